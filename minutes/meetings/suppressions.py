"""Checks that a writer switches off: where, why, and over which lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from minutes.meetings.folders import BODY
from minutes.meetings.loading import Case
from minutes.model.record import Record
from minutes.problems.errors import Problem
from minutes.source import reader


@dataclass(frozen=True)
class Switch:
    """One ``ละเว้น``: the check, the reason, where it is written and the lines that it is for.

    A body's or a meeting's own is for everything that the meeting's checks say.
    """

    path: Path
    line: int
    column: int
    code: str
    reason: str
    lines: range | None = None

    def silences(self, found: Problem) -> bool:
        """Whether an objection is one that is switched off here."""
        if found.code != self.code:
            return False
        if self.lines is None:
            return self.path.name == BODY or found.path in (self.path, self.path.with_name(BODY))
        return found.path == self.path and found.line in self.lines


def switches(case: Case) -> list[Switch]:
    """Give the checks that a meeting and its body switch off, the whole ones first."""
    body, meeting = case.path.with_name(BODY), case.path
    whole = [*_of(case.body, body, whole=True), *_of(case.meeting, meeting, whole=True)]
    return [*whole, *_within(case.body, body), *_within(case.meeting, meeting)]


def of_file(record: Record, path: Path) -> list[Switch]:
    """Give the checks that one file switches off, the whole ones first."""
    return [*_of(record, path, whole=True), *_within(record, path)]


def _within(top: Record, path: Path) -> Iterator[Switch]:
    for record in top.within():
        if getattr(record, "ignore", None):
            yield from _of(record, path, whole=False)


def _of(record: Record, path: Path, *, whole: bool) -> Iterator[Switch]:
    for code, (reason, key) in record.switched_off():
        node = record.places.whole
        lines = None if whole else range(node.line, reader.last_line(node) + 1)
        yield Switch(path, key.line, key.column, code, reason, lines)


def part(found: Iterable[Problem], by: Iterable[Switch]) -> tuple[list[Problem], dict[Switch, int]]:
    """Give the objections that nobody switches off, and how many each switch silences."""
    silenced = dict.fromkeys(by, 0)
    kept: list[Problem] = []
    for objection in found:
        silent = [switch for switch in silenced if switch.silences(objection)]
        for switch in silent:
            silenced[switch] += 1
        if not silent:
            kept.append(objection)
    return kept, silenced
