"""A register that only grows: one line of JSON an entry, each with the hash of the one before.

Whoever knows the last line's hash, the head, can prove that no entry was taken away, changed,
doubled or moved. The register alone cannot prove that its newest entries are all there.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "register.jsonl"  # in the archive's folder
FIRST = "0" * 64  # what the first line has for the hash of the one before
TO_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
SHORT = 16  # hexadecimal digits of a head as it is printed: 64 bits


@dataclass(frozen=True)
class Head:
    """The last entry: its number, counted from 1, and its hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}-{self.hash[:SHORT]}"


START = Head(0, FIRST)


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
class Line:
    """One line as it stands on the disk: what it says, and what is wrong with it."""

    number: int
    entry: Entry | None
    is_wrong: bool = False
    is_torn: bool = False


@dataclass(frozen=True)
class End:
    """Where a register ends: its head, and the bytes of its whole lines.

    ``wrong`` is the first line that does not follow the one before it, ``torn`` has the bytes of
    half a line behind the last; or they are 0.
    """

    head: Head = START
    wrong: int = 0
    size: int = 0
    torn: int = 0


@dataclass(frozen=True)
class Reading:
    """A register as it stands on the disk: entries, lines that are wrong, and its end."""

    entries: tuple[Entry, ...]
    wrong: tuple[int, ...]

    @property
    def head(self) -> Head:
        """The last entry's; of an empty register the number 0."""
        return self.entries[-1].head if self.entries else START


# --- reading ----------------------------------------------------------------------------------


def lines(path: Path) -> Iterator[Line]:
    """Read a register line by line and check each one's hash and its place; raises OSError."""
    before = START
    for number, data in enumerate(_pieces(path), 1):
        if not data.endswith(b"\n"):
            yield Line(number, None, is_torn=True)
            return
        entry = _entry(data)
        yield Line(number, entry, is_wrong=entry is None or not _follows(entry, before))
        before = entry.head if entry else before


def read(told: Iterable[Line]) -> Reading:
    """Give all lines of a register together."""
    found = list(told)
    entries = tuple(line.entry for line in found if line.entry)
    return Reading(entries, tuple(line.number for line in found if line.is_wrong))


def end(path: Path) -> End:
    """Find where a register ends: what a new entry builds on. Raises OSError.

    Each line must name its number and the hash of the one before, and the last is checked against
    its own: none was removed, doubled or moved. Whether each says what it said, ``lines`` tells.
    """
    number, size, wrong, told, last = 0, 0, 0, FIRST.encode(), b""
    for data in _pieces(path):
        if not data.endswith(b"\n"):
            return End(*_last(last, number, wrong), size, len(data))
        number, size, last = number + 1, size + len(data), data
        if b'"number":%d,' % number not in data or b'"previous":"%b"' % told not in data:
            wrong = wrong or number
        told = _hash_told(data)
    return End(*_last(last, number, wrong), size)


def _last(line: bytes, number: int, wrong: int) -> tuple[Head, int]:
    """Give the head, and the first line that is wrong, which may be the last one."""
    if not line:
        return START, wrong
    entry = _entry(line)
    told = _hash_told(line).decode("ascii", "replace")
    return (entry.head, wrong) if entry else (Head(number, told), wrong or number)


def _hash_told(line: bytes) -> bytes:
    """Give the hash that a line says it has; in its texts each quote is escaped."""
    mark = b'"hash":"'
    return line[line.find(mark) + len(mark) :][: len(FIRST)]


def naming(path: Path, name: str, value: str) -> Iterator[Line]:
    """Read the lines alone that have a value of this name; each is checked against its own hash."""
    mark = _canonical({name: value})[1:-1]
    for number, data in enumerate(_pieces(path), 1):
        if mark in data and data.endswith(b"\n"):
            entry = _entry(data)
            yield Line(number, entry, is_wrong=entry is None)


def _pieces(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _follows(entry: Entry, before: Head) -> bool:
    return (entry.number, entry.previous) == (before.number + 1, before.hash)


# --- writing ----------------------------------------------------------------------------------


def append(path: Path, after: End, says: Mapping[str, object]) -> End:
    """Add an entry, down to the disk; gives where the register ends then. Raises OSError.

    The caller holds the lock and has just found the end. What a killed run left of a line there
    was never told to anybody, and is cut off.
    """
    mend(path, after)
    entry = _following(after.head, says)
    line = _line(entry)
    handle = os.open(path, TO_APPEND, 0o666)
    try:
        _write_whole(handle, line)
        os.fsync(handle)
    except OSError as error:
        error.filename = str(path)
        os.ftruncate(handle, after.size)  # a full disk took part of a line
        raise
    finally:
        os.close(handle)
    return End(entry.head, size=after.size + len(line))


def mend(path: Path, found: End) -> None:
    """Cut off what a killed run left of a line."""
    if found.torn:
        with path.open("r+b") as file:
            file.truncate(found.size)
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
    """Read a whole line; None unless it is, byte for byte, what ``append`` writes of it."""
    try:
        values = json.loads(line)
        number, previous, told = (values.pop(name) for name in ("number", "previous", "hash"))
        entry = Entry(number, values, previous, told)
        same = _line(entry) == line and _hash(number, values, previous) == told
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if same else None
