"""What is certainly wrong in the writer's files, mended in the files themselves.

Comments, the order of keys, quotes, line ends and the byte-order mark stay: nothing changes but the
letters that an objection is sure of. What was mended is read again, and must say the same.
"""

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from minutes import store
from minutes.meetings import folders, suppressions
from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.problems.errors import Correction, MinutesError, Problem
from minutes.rules import registry
from minutes.rules.texts import free_texts
from minutes.source import positions, reader
from minutes.source.reader import Node, Scalar

MOST_ROUNDS = 5  # what was mended may show the next fault: ก่ี่ becomes กี่่ and then กี่
LINE_END = re.compile("(\r\n|\r|\n)")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Mended:
    """A file as it was and as it should be; both the same when nothing is certain."""

    path: Path
    before: bytes
    after: bytes
    count: int = 0

    @property
    def has_changed(self) -> bool:
        """Whether there is something to write."""
        return self.before != self.after

    def diff(self, shown: str) -> list[str]:
        """Give the lines of a unified diff, without their line ends; ``shown`` names the file."""
        before, after = (_lines(data.decode("utf-8")) for data in (self.before, self.after))
        lines = difflib.unified_diff(before, after, shown, shown, lineterm="")
        return [line.rstrip("\r\n") for line in lines]

    def write(self) -> bool:
        """Write the file whole, unless it was changed meanwhile; say whether; raises OSError."""
        if self.path.read_bytes() != self.before:
            return False
        store.replace_whole(self.path, self.after)
        return True


def files(paths: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """Give the files under the paths that can be mended, those of office and body first.

    A meeting that was asked for by name comes alone; what is no such file joins the problems.
    """
    asked = list(paths)
    named = {folders.absolute(path) for path in asked if not path.is_dir()}
    found: dict[Path, None] = {}
    for folder, chosen in folders.wanted(asked, problems).items():
        alone = named >= {folders.absolute(path) for path in chosen}
        around = (folders.office_of(folder), folder / folders.BODY)
        found |= dict.fromkeys(path for path in around if not alone and path.is_file())
        found |= dict.fromkeys(chosen)
    found |= dict.fromkeys(path for path in asked if path.name in KINDS and path.is_file())
    return list(found)


def corrections(path: Path) -> tuple[Correction, ...]:
    """Give what mends a file, in its order; raises MinutesError when it cannot be read."""
    return _corrections(path.read_bytes(), path)


def mend(path: Path) -> Mended:
    """Mend a file in memory, until nothing more is certain.

    Raises MinutesError when it cannot be read as what it is; such a file is left alone.
    """
    return mended(path.read_bytes(), path)


def mended(before: bytes, path: Path) -> Mended:
    """Mend a file's bytes, as ``mend`` does."""
    after, count = before, 0
    for _ in range(MOST_ROUNDS):
        wanted = _sound(after, _corrections(after, path), path)
        if not wanted:
            break
        after, count = _applied(after, wanted), count + len(wanted)
    return Mended(path, before, after, count)


def apply(text: str, wanted: Iterable[Correction]) -> str:
    """Give a file's text with the corrections in it; every line end stays what it is."""
    pieces = LINE_END.split(text)
    for number, line in groupby(sorted(wanted, key=_place), key=lambda each: each.line):
        at = 2 * (number - 1)
        pieces[at] = _replaced(pieces[at], [(each.column - 1, each) for each in line])
    return "".join(pieces)


def _place(correction: Correction) -> tuple[int, int, int, str]:
    return correction.line, correction.column, correction.end, correction.new


def _replaced(text: str, wanted: Iterable[tuple[int, Correction]]) -> str:
    """Give a text with corrections in it, each with where it begins, in order."""
    parts, done = [], 0
    for start, correction in wanted:
        end = start + len(correction.old)
        assert text[start:end] == correction.old, "corrections are made for this very text"
        parts += [text[done:start], correction.new]
        done = end
    return "".join([*parts, text[done:]])


def _applied(data: bytes, wanted: Iterable[Correction]) -> bytes:
    text = data.decode("utf-8")
    body = text.lstrip(BYTE_ORDER_MARK)
    mark = text[: len(text) - len(body)]
    return (mark + apply(body, wanted)).encode("utf-8")


def _lines(text: str) -> list[str]:
    pieces = LINE_END.split(text)
    lines = ("".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2))
    return [line for line in lines if line]


# --- what is certain --------------------------------------------------------------------------

KINDS: dict[str, type[Record]] = {folders.OFFICE: Office, folders.BODY: Body}


def _corrections(data: bytes, path: Path) -> tuple[Correction, ...]:
    """Give the corrections of what nobody switched off, in order and none over another."""
    node = reader.parse(data, path)
    record = validation.validate(KINDS.get(path.name, Meeting), node, path)
    office = (
        _around(Office, folders.office_of(path.parent)) if path.name != folders.OFFICE else None
    )
    body = _around(Body, path.with_name(folders.BODY)) if isinstance(record, Meeting) else None
    glossary = office.glossary if isinstance(office, Office) else ()
    found = registry.read(list(free_texts(record, path, glossary)))
    off = suppressions.of_file(record, path)
    if body is not None:
        off += suppressions.of_file(body, path.with_name(folders.BODY))
    kept, _ = suppressions.part(found, off)
    lines = LINE_END.split(data.decode("utf-8").lstrip(BYTE_ORDER_MARK))[::2]
    certain = {problem.correction for problem in kept if problem.correction is not None}
    there = (each for each in certain if _stands_in(lines, each))
    return tuple(_apart(sorted(there, key=_place)))


def _stands_in(lines: Sequence[str], correction: Correction) -> bool:
    """Whether a correction's old letters are the file's: a space may have been read otherwise."""
    start = correction.column - 1
    return lines[correction.line - 1][start : start + len(correction.old)] == correction.old


def _around(kind: type[Record], path: Path) -> Record | None:
    """Read what a meeting stands in; that it cannot be read is for others to say."""
    try:
        return validation.read(kind, path)
    except MinutesError:
        return None


def _apart(wanted: Iterable[Correction]) -> Iterator[Correction]:
    """Leave out what touches the correction before it; the next round finds it again."""
    for _, line in groupby(wanted, key=lambda correction: correction.line):
        end = 0
        for correction in line:
            if correction.column > end:
                yield correction
                end = correction.end


# --- what must stay ---------------------------------------------------------------------------


def _sound(data: bytes, wanted: tuple[Correction, ...], path: Path) -> tuple[Correction, ...]:
    """Give the corrections after which the file says the same; all of them, as a rule."""
    if not wanted or _says_the_same(data, wanted, path):
        return wanted
    alone = tuple(one for one in wanted if _says_the_same(data, (one,), path))
    return alone if _says_the_same(data, alone, path) else ()


def _says_the_same(data: bytes, wanted: Sequence[Correction], path: Path) -> bool:
    """Whether a file with corrections in it reads as before, but for the corrected letters."""
    before = reader.parse(data, path)
    try:
        after = reader.parse(_applied(data, wanted), path)
        validation.validate(KINDS.get(path.name, Meeting), after, path)
    except MinutesError:
        return False
    return _is_same(before, after, _by_index(data, wanted))


class Wanted(NamedTuple):
    """Corrections by where they begin in the file's text, as ``source`` counts it."""

    starts: Sequence[int]
    by_start: Mapping[int, Correction]

    def any_in(self, start: int, end: int) -> bool:
        """Whether a correction begins in a part of the file's text."""
        return bisect_left(self.starts, start) < bisect_left(self.starts, end)


NONE = Wanted((), {})


def _by_index(data: bytes, wanted: Sequence[Correction]) -> Wanted:
    text = LINE_END.sub("\n", data.decode("utf-8").lstrip(BYTE_ORDER_MARK))
    begins = [0, *(found.end() for found in re.finditer("\n", text))]
    by_start = {begins[c.line - 1] + c.column - 1: c for c in wanted}
    return Wanted(sorted(by_start), by_start)


def _is_same(before: Node, after: Node, wanted: Wanted) -> bool:
    """Whether two files say the same, but for corrections in the values of the first."""
    if isinstance(before, Scalar):
        return isinstance(after, Scalar) and _expected(before, wanted) == _seen(after)
    if isinstance(before, reader.Sequence):
        return isinstance(after, reader.Sequence) and _are_same(
            before.members, after.members, wanted
        )
    if not isinstance(after, reader.Mapping):
        return False
    keys, other_keys = ([entry.key for entry in node.entries] for node in (before, after))
    values, other_values = ([entry.value for entry in node.entries] for node in (before, after))
    return _are_same(keys, other_keys, NONE) and _are_same(values, other_values, wanted)


def _are_same(before: Sequence[Node], after: Sequence[Node], wanted: Wanted) -> bool:
    return len(before) == len(after) and all(
        _is_same(one, other, wanted) for one, other in zip(before, after, strict=True)
    )


def _seen(node: Scalar) -> tuple[str, str, str]:
    return node.text, node.style, node.lost


def _expected(node: Scalar, wanted: Wanted) -> tuple[str, str, str]:
    """Give what a text should be after the corrections within it."""
    return _replaced(node.text, _within(node, wanted)), node.style, node.lost


def _within(node: Scalar, wanted: Wanted) -> Iterator[tuple[int, Correction]]:
    """Give the corrections in a text, each with where it stands in it."""
    if node.written is None or not wanted.any_in(node.written.start, node.written.end):
        return
    for offset, index in enumerate(positions.indices(node)):
        if index in wanted.by_start:
            yield offset, wanted.by_start[index]
