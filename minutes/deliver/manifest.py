"""A folder of finished public files, as it is sent: what is in it, what may go for it."""

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from minutes.problems.errors import Fault

Watch = Callable[[int, int, str], object]
"""Is told how many files are done, of how many, and the name of one."""

FRONT = "index.html"
"""The page that is sent last, for it leads to all others."""


RECORD = ".published.json"
"""Where it was sent to: what was sent, name -> SHA-256; empty while it is on its way.

Nothing but what it names is ever removed there.
"""


@dataclass(frozen=True)
class Parcel:
    """The files of a site, by their names below its folder with ``/``, each with its SHA-256."""

    root: Path
    digests: Mapping[str, str]

    def in_order(self) -> list[str]:
        """Give the names as they are sent: the front page is the last one."""
        return sorted(self.digests, key=lambda name: (name == FRONT, name))


@dataclass(frozen=True)
class Changes:
    """What a delivery does there, or would do: names of files, by what becomes of them.

    ``kept`` are those that no delivery brought, as far as they are known; ``is_unrecorded`` is a
    place without a record, where nobody knows what an earlier one brought.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...] = ()
    is_unrecorded: bool = False

    @property
    def count(self) -> int:
        """How many files are touched."""
        return len(self.added) + len(self.changed) + len(self.removed)


def pack(root: Path) -> Parcel:
    """Read a site's folder; raises Fault (D382) where there is no site, and OSError."""
    names = sorted(files_in(root)) if root.is_dir() else []
    if FRONT not in names:
        raise Fault("D382", folder=root)
    return Parcel(root, {name: digest_of(root / name) for name in names if not is_hidden(name)})


def refuse_others(site: Parcel, known: Collection[str]) -> None:
    """Raise Fault (D185) for a file that is not among those that were made and proved."""
    if others := sorted(site.digests.keys() - known):
        raise Fault("D185", count=f"{len(others):,}", first=others[0])


def refuse_edited(site: Parcel, made: Mapping[str, str]) -> None:
    """Raise Fault (D450) for a file that is not as it was made and proved, or is gone."""
    if edited := sorted(name for name, was in made.items() if site.digests.get(name) != was):
        raise Fault("D450", count=f"{len(edited):,}", first=edited[0])


def files_in(root: Path) -> Iterator[str]:
    """Go through the files below a folder, links left out, as names with ``/``."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix()


def things_in(root: Path, *, strictly: bool = False) -> Iterator[tuple[str, bool]]:
    """Go through everything below a folder, and whether it is a folder; a link is none.

    With ``strictly`` raises OSError for a folder that cannot be looked into.
    """
    for folder, folders, names in os.walk(root, onerror=_raise if strictly else None):
        for name in (*folders, *names):
            path = Path(folder, name)
            is_folder = name in folders and not path.is_symlink()
            yield path.relative_to(root).as_posix(), is_folder


def _raise(error: OSError) -> NoReturn:
    raise error


def folders_of(names: Iterable[str]) -> set[str]:
    """Give every folder that files are in, by their names."""
    return {str(one) for name in names for one in PurePosixPath(name).parents} - {"."}


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder above it, begins with a dot: ``.htaccess``, ``.well-known/…``.

    Those belong to the server: they are neither sent nor removed.
    """
    return any(part.startswith(".") for part in name.split("/"))


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """Compare what is there with what shall be."""
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(name for name in new.keys() & old.keys() if old[name] != new[name])),
        tuple(sorted(old.keys() - new.keys())),
    )


def read_record(data: bytes) -> dict[str, str] | None:
    """Read a record; None where there is none that can be read."""
    try:
        found = dict(json.loads(data))
    except (ValueError, TypeError):
        return None
    return {str(name): str(digest) for name, digest in found.items() if is_below(str(name))}


def written_record(record: Mapping[str, str]) -> bytes:
    """Give a record as it is kept."""
    return json.dumps(record, ensure_ascii=False, indent=0).encode()


def is_below(name: str) -> bool:
    """Whether a name of a record stays inside the site's folder, as all do that we wrote."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\n" not in name


def guard(removed: Collection[str], there: int, *, allowed: bool) -> None:
    """Let no more than a third of what is there go away; raises Fault (D383) unless ``allowed``."""
    if not allowed and 3 * len(removed) > there:
        first = sorted(removed)[0]
        raise Fault("D383", removed=f"{len(removed):,}", there=f"{there:,}", first=first)
