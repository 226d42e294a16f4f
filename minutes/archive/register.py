"""A register that only grows: one line of JSON an entry, each with the hash of the one before.

Whoever knows the last line's hash, the head, can prove that no entry was taken away, changed,
doubled or moved. The register alone cannot prove that its newest entries are all there.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "register.jsonl"  # in the archive's folder
FIRST = "0" * 64  # what the first line has for the hash of the one before
SHORT = 16  # hexadecimal digits of a head as it is printed: 64 bits
LONGEST = 1 << 16  # bytes of a line


@dataclass(frozen=True)
class Head:
    """The last entry: its number, counted from 1, and its hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}-{self.hash[:SHORT]}"


@dataclass(frozen=True)
class Entry:
    """One line: its number, what it says, the hash of the line before, and its own."""

    number: int
    says: Mapping[str, object]
    previous: str
    hash: str

    @property
    def head(self) -> Head:
        """The register's head, when this entry is the last."""
        return Head(self.number, self.hash)


@dataclass(frozen=True)
class Reading:
    """A register as it stands on the disk: entries, lines that are wrong, and a torn end."""

    entries: tuple[Entry, ...]
    wrong: tuple[int, ...]
    torn: bytes
    size: int  # bytes without the torn end

    @property
    def head(self) -> Head:
        """The last entry's; of an empty register the number 0."""
        return self.entries[-1].head if self.entries else Head(0, FIRST)


def read(path: Path) -> Reading:
    """Read a register and check each line's hash and its place; raises OSError."""
    data = path.read_bytes() if path.exists() else b""
    whole, _, torn = data.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    entries: list[Entry] = []
    wrong: list[int] = []
    before = Head(0, FIRST)
    for number, line in enumerate(lines, 1):
        entry = _entry(line)
        if entry is None or entry.number != before.number + 1 or entry.previous != before.hash:
            wrong.append(number)
        if entry is not None:
            entries.append(entry)
            before = entry.head
    return Reading(tuple(entries), tuple(wrong), torn, len(data) - len(torn))


def append(path: Path, reading: Reading, says: Mapping[str, object]) -> Reading:
    """Add an entry, down to the disk; gives the register as it stands then. Raises OSError.

    The caller holds the lock and has just read the register. What a killed run left of a line at
    the end was never told to anybody, and is cut off.
    """
    mend(path, reading)
    entry = _following(reading.head, says)
    line = _line(entry)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0))
    try:
        _write_whole(handle, line)
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, reading.size)  # a full disk took part of a line
        raise
    finally:
        os.close(handle)
    return Reading((*reading.entries, entry), reading.wrong, b"", reading.size + len(line))


def mend(path: Path, reading: Reading) -> None:
    """Cut off what a killed run left of a line."""
    if reading.torn:
        with path.open("r+b") as file:
            file.truncate(reading.size)
            os.fsync(file.fileno())


def _write_whole(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _following(head: Head, says: Mapping[str, object]) -> Entry:
    number = head.number + 1
    return Entry(number, says, head.hash, _hash(number, says, head.hash))


def _hash(number: int, says: Mapping[str, object], previous: str) -> str:
    return hashlib.sha256(_canonical({**says, "number": number, "previous": previous})).hexdigest()


def _line(entry: Entry) -> bytes:
    known = {"number": entry.number, "previous": entry.previous, "hash": entry.hash}
    return _canonical({**entry.says, **known}) + b"\n"


def _canonical(values: Mapping[str, object]) -> bytes:
    """Give JSON with one way to write it: keys sorted, no spaces, UTF-8 (after RFC 8785)."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _entry(line: bytes) -> Entry | None:
    """Read a line; None unless it is, byte for byte, what ``append`` writes of it."""
    try:
        values = json.loads(line)
        number, previous, told = (values.pop(name) for name in ("number", "previous", "hash"))
        entry = Entry(number, values, previous, told)
        same = _line(entry) == line + b"\n" and _hash(number, values, previous) == told
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if same else None
