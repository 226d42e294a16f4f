"""Meetings read and checked without building: every problem, and which checks are switched off.

Nothing is printed or written here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from minutes import folders, proceedings, records
from minutes.errors import Problem
from minutes.folders import BODY
from minutes.model import Record
from minutes.rules import table


@dataclass(frozen=True)
class Off:
    """A check that a body or a meeting switches off: where that is written, and why."""

    path: Path
    line: int
    column: int
    code: str
    reason: str


@dataclass(frozen=True)
class Review:
    """What was found: problems in file order, meetings that were read, checks switched off."""

    problems: tuple[Problem, ...]
    meetings: int
    off: tuple[Off, ...]

    def stops(self, *, strict: bool) -> bool:
        """Whether a problem would keep a meeting from being built; info never does."""
        severities = ("error", "warning") if strict else ("error",)
        return any(found.severity in severities for found in self.problems)


def review(paths: Iterable[Path]) -> Review:
    """Read and check the meetings under the given roots, bodies' folders and files."""
    found = records.find(paths)
    problems = list(found.problems)
    off: dict[Off, None] = {}
    for case in found.cases:
        worked_out = proceedings.work_out(case)
        problems += [*worked_out.problems, *table.check(worked_out)]
        off |= dict.fromkeys(_off(case.body, case.path.with_name(BODY)))
        off |= dict.fromkeys(_off(case.meeting, case.path))
    return Review(
        tuple(folders.in_file_order(problems)), len(found.cases) + found.faulty, tuple(off)
    )


def _off(record: Record, path: Path) -> Iterator[Off]:
    """Give the checks that a record switches off."""
    for code, (reason, key) in record.switched_off():
        yield Off(path, key.line, key.column, code, reason)
