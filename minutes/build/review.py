"""Meetings read and checked without building: every problem, and which checks are switched off.

Nothing is printed or written here.
"""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from minutes.meetings import folders, loading, proceedings, suppressions
from minutes.meetings.proceedings import Proceedings
from minutes.meetings.suppressions import Switch
from minutes.problems.errors import MinutesError, Problem, problem
from minutes.rules import history, registry

MOST_NAMED = 4  # meetings that a hint names


@dataclass(frozen=True)
class Review:
    """What was found: problems in file order, meetings that were read, checks switched off."""

    problems: tuple[Problem, ...]
    meetings: int
    off: tuple[Switch, ...]

    def stops(self, *, strict: bool) -> bool:
        """Whether a problem would keep a meeting from being built; info never does."""
        severities = ("error", "warning") if strict else ("error",)
        return any(found.severity in severities for found in self.problems)


def review(paths: Iterable[Path], *, proofs: bool = False) -> Review:
    """Read and check the meetings under the given roots, bodies' folders and files.

    With ``proofs``, documents are made of the sound ones, in memory alone, and looked over.
    """
    problems: list[Problem] = []
    off: list[Switch] = []
    wanted = folders.wanted(paths, problems)
    for folder, chosen in wanted.items():
        found, silenced = _folder(folder, chosen, proofs)
        problems += [*found, *_idle(silenced)]
        off += silenced
    meetings = sum(map(len, wanted.values()))
    return Review(tuple(folders.in_file_order(problems)), meetings, tuple(off))


def _folder(
    folder: Path, chosen: list[Path], proofs: bool
) -> tuple[list[Problem], Mapping[Switch, int]]:
    """Check a body's meetings, one after another; gives what each switch silenced, too."""
    problems: list[Problem] = []
    silenced: Counter[Switch] = Counter()
    past = history.Past()
    for case in loading.each(folder, chosen, problems):
        worked_out = proceedings.work_out(case)
        own = suppressions.switches(case)
        found = registry.objections(worked_out)
        if proofs and not any(one.severity == "error" for one in (*worked_out.problems, *found)):
            found += _proofs(worked_out)
        kept, silent = suppressions.part(found, own)
        problems += [*worked_out.problems, *kept]
        silenced.update(silent)
        past.add(worked_out)
    kept, silent = suppressions.part(past.objections(), silenced)
    silenced.update(silent)
    return [*problems, *kept], silenced


def _proofs(meeting: Proceedings) -> list[Problem]:
    """Make the documents of a meeting and look them over."""
    from minutes.build import pipeline
    from minutes.documents.proof import layout

    formats = pipeline.possible(pipeline.FORMATS)
    return layout.proof(meeting.case.path, pipeline.build(meeting, pipeline.KINDS, formats))


def _idle(silenced: Mapping[Switch, int]) -> Iterator[Problem]:
    """W69: a check that is switched off where it has nothing to object to."""
    for switch, count in silenced.items():
        if not count and switch.code in registry.CODES:
            yield problem(switch.path, switch.line, switch.column, registry.IDLE, code=switch.code)


# --- one meeting ------------------------------------------------------------------------------


def meeting_named(given: Path, agendas: Path) -> Path:
    """Give the file of a meeting that is named by its file or its id.

    Raises MinutesError that names meetings which are there.
    """
    if (given.suffix or given.exists()) and not given.is_dir():
        return given
    known = by_id(agendas)
    if str(given) in known:
        return known[str(given)]
    near = difflib.get_close_matches(str(given), known, MOST_NAMED, 0.5)
    shown = tuple(near or list(known)[:MOST_NAMED]) or ("agendas/otop/2567-01.yaml",)
    raise MinutesError([problem(given, 1, 1, "D367", name=given, near=shown)])


def by_id(agendas: Path) -> dict[str, Path]:
    """Give the files of all meetings below a folder by their ids."""
    found = folders.wanted([agendas], []) if agendas.is_dir() else {}
    files = [path for paths in found.values() for path in paths]
    return {folders.meeting_id(path): path for path in files}


def sound(path: Path) -> tuple[Proceedings, tuple[Problem, ...]]:
    """Read and check a meeting as a build does; gives it with its warnings.

    Raises MinutesError for a meeting with errors.
    """
    found = loading.find([path])
    problems = list(found.problems)
    meetings = [proceedings.work_out(case) for case in found.cases]
    for meeting in meetings:
        problems += [*meeting.problems, *registry.check(meeting)]
    problems = folders.in_file_order(problems)
    if len(meetings) != 1 or any(one.severity == "error" for one in problems):
        raise MinutesError(problems or [problem(path, 1, 1, "D367", name=path, near=("",))])
    return meetings[0], tuple(problems)
