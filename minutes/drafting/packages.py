"""The zip that a Word or Excel file is: its parts, given out only as long as they are not too much.

The sizes that a zip tells are held to by the library; how much comes of a part is counted here,
before a parser makes an object of each element.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from minutes.drafting.tables import RefusedError

MOST_UNPACKED = 100 * 1024**2
MOST_READ = 32 * 1024**2  # of the parts that hold text
MOST_PARTS = 2_000
MOST_TAGS = 400_000
PIECE = 1 << 20


class Package:
    """The parts of an Office file by their names; those that are read count together."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._parts = {part.filename: part for part in packed.infolist()}
        self._size = self._tags = 0
        if len(self._parts) > MOST_PARTS or sum(map(_size, packed.infolist())) > MOST_UNPACKED:
            raise _too_much(f"{MOST_UNPACKED // 1024**2} MB")
        if any(part.flag_bits & 1 for part in self._parts.values()):
            raise RefusedError("D121")

    def named(self, ending: str) -> str:
        """Give the name of the first part that ends so; nothing where there is none."""
        return next((name for name in self._parts if name.endswith(ending)), "")

    def read(self, name: str) -> bytes:
        """Give a part; raises RefusedError for too much, and for one that expands itself."""
        part = self._parts.get(name)
        if part is None:
            raise RefusedError("D122")
        self._size += part.file_size
        if self._size > MOST_READ:
            raise _too_much(f"{MOST_READ // 1024**2} MB")
        with self._packed.open(part) as file:
            data = b"".join(self._counted(file))
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # which no office program writes
            raise RefusedError("D122")
        return data

    def _counted(self, file: IO[bytes]) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            self._tags += piece.count(b"<")
            if self._tags > MOST_TAGS:
                raise _too_much(f"{MOST_TAGS:,}")
            yield piece


def _size(part: zipfile.ZipInfo) -> int:
    return part.file_size


def _too_much(limit: str) -> RefusedError:
    return RefusedError("D123", limit=limit)


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """Open a file; raises RefusedError for one that is damaged, locked or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield Package(packed)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise RefusedError("D122") from None
