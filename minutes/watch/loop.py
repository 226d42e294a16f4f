"""Watching: what was saved is built first, then all that it affects. Nothing is printed.

The libraries stay loaded and meetings are built one after another in this process, so that a page
is there in a fraction of a second, and the next save waits for one meeting at most.
"""

import os.path
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from pathlib import Path
from typing import Any, Literal, NoReturn

from minutes import paths, store
from minutes.build import pipeline, runs, staleness
from minutes.build.runs import Outcome, Request
from minutes.meetings import folders
from minutes.problems.errors import Problem
from minutes.watch.file_events import Saves

State = Literal["waiting", "built", "faulty", "crashed", "unwritten"]
AGAIN = 2.0  # seconds after which files that another program held are tried again


class ChangedProgramError(Exception):
    """The program itself was changed: what runs is no longer what lies on the disk."""


@dataclass(frozen=True)
class Standing:
    """How it stands with one meeting: whether its documents are as its file says, or why not."""

    path: Path
    state: State = "waiting"
    problems: tuple[Problem, ...] = ()
    trace: str = ""
    unwritten: tuple[OSError, ...] = ()

    @property
    def id(self) -> str:
        """The meeting's id."""
        return folders.meeting_id(self.path)


@dataclass(frozen=True)
class Turn:
    """What is to be told after a save; false when there is nothing.

    How it stands with each meeting that was tried, how many files were written, problems that
    belong to no meeting, why no file can be written, formats that this machine cannot make.
    """

    standings: tuple[Standing, ...] = ()
    files: int = 0
    seconds: float = 0.0
    others: tuple[Problem, ...] = ()
    trouble: OSError | None = None
    lacking: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.standings or self.others or self.trouble)


@dataclass(frozen=True)
class Scene:
    """How it stands with all meetings, in order, and what is being done.

    ``latest`` is the meeting that was saved last, ``saves`` how often one was.
    """

    standings: Mapping[Path, Standing] = field(default_factory=dict)
    others: tuple[Problem, ...] = ()
    trouble: OSError | None = None
    busy: bool = True
    building: Path | None = None
    latest: Path | None = None
    saves: int = 0

    @property
    def is_held(self) -> bool:
        """Whether files could not be written, which may pass without anything being saved."""
        held = any(one.state == "unwritten" for one in self.standings.values())
        return held or self.trouble is not None


@dataclass
class Watcher:
    """Keeps the documents of a request up to date.

    ``tell`` is given each turn that has something to tell, ``show`` each new scene.
    """

    request: Request
    tell: Callable[[Turn], None] = lambda _: None
    show: Callable[[Scene], None] = lambda _: None
    scene: Scene = field(default_factory=Scene)

    def __post_init__(self) -> None:
        self._code = staleness.code()
        staleness.program.cache_clear()
        self._program = staleness.program()

    @property
    def tops(self) -> list[Path]:
        """The folders in which a saved file may matter: the meetings' and the program's own."""
        given = [_top(folders.absolute(path)) for path in self.request.paths]
        program = paths.PROGRAM
        return [top for top in (*given, program, program.parent / "templates") if top.is_dir()]

    def keep(self, saves: Saves) -> NoReturn:
        """Build what is stale, and again after every save, until an interrupt.

        Raises ChangedProgramError when the program itself was changed, and OSError when the folders
        cannot be watched.
        """
        saved: frozenset[Path] = frozenset()
        while True:
            self.turn(saved, lambda: saves.pending)
            saved = saves.wait(AGAIN if self.scene.is_held else None)

    def turn(
        self, saved: Collection[Path] = (), is_overtaken: Callable[[], bool] = lambda: False
    ) -> None:
        """Build the saved meetings, then what else is stale unless a new save overtakes it."""
        self._follow_the_program()
        first = self._meetings_among(saved)
        latest = first[-1] if first else self.scene.latest
        self._set(busy=True, latest=latest, saves=self.scene.saves + bool(first))
        self._build(iter(first), Turn(), is_saved=True)
        outcome, turn = self._look()
        others = [one.path for one in outcome.stale if one.path not in first]
        others.sort(key=self._when_saved, reverse=True)  # what is at hand comes before old years
        self._build(takewhile(lambda _: not is_overtaken(), others), turn)
        self._set(busy=False)

    def _follow_the_program(self) -> None:
        """Take in templates that were changed; what runs cannot be changed under itself."""
        if staleness.code() != self._code:
            raise ChangedProgramError
        staleness.program.cache_clear()
        if staleness.program() != self._program:
            self._program = staleness.program()
            pipeline.forget()

    def _meetings_among(self, saved: Collection[Path]) -> list[Path]:
        """Give those of the saved files that are meetings to build, named as the request does."""
        places = set(map(os.path.realpath, saved))
        found = folders.wanted(self.request.paths, []).values() if places else ()
        return [path for path in chain(*found) if os.path.realpath(path) in places]

    def _when_saved(self, path: Path) -> tuple[bool, int]:
        looks = store.looks(path)
        return path == self.scene.latest, looks.mtime_ns if looks else 0

    def _set(self, **changes: Any) -> None:
        self.scene = replace(self.scene, **changes)
        self.show(self.scene)

    # --- what is built ------------------------------------------------------------------------

    def _build(self, meetings: Iterator[Path], turn: Turn, *, is_saved: bool = False) -> None:
        """Build meetings one after another, and tell what came of it together with the turn."""
        begun = time.perf_counter()
        for path in meetings:
            turn = self._build_one(path, turn, is_saved)
        if turn:
            self.tell(replace(turn, seconds=time.perf_counter() - begun))

    def _build_one(self, path: Path, turn: Turn, is_saved: bool) -> Turn:
        before = self.scene.standings.get(path)
        self._set(building=path)
        outcome = _tried(replace(self.request, paths=(path,)), path)
        standing = _standing(path, outcome, self.request.strict)
        self._set(standings={**self.scene.standings, path: standing}, building=None)
        files = len(outcome.documents)
        is_heard = is_saved and standing.state != "built"  # who saves a fault anew hears of it
        if not (files or is_heard) and before is not None and _looks_the_same(before, standing):
            return turn
        return replace(
            turn,
            standings=(*turn.standings, standing),
            files=turn.files + files,
            lacking=outcome.lacking or turn.lacking,
        )

    # --- how it stands ------------------------------------------------------------------------

    def _look(self) -> tuple[Outcome, Turn]:
        """See how it stands with all meetings; gives what is stale, and what is to be told."""
        try:
            outcome = runs.look(self.request)
        except OSError as error:  # of the folder of documents, so of all meetings
            is_new = str(error) != str(self.scene.trouble)
            self._set(trouble=error)
            return Outcome(), Turn(trouble=error if is_new else None)
        before, now = self.scene.standings, _standings(outcome, self.scene.standings)
        told = set(chain(*(one.problems for one in now.values())))
        others = tuple(one for one in outcome.problems if one not in told)
        news = tuple(one for one in others if one not in self.scene.others)
        mended = tuple(one for path, one in now.items() if _is_news(before.get(path), one))
        self._set(standings=now, others=others, trouble=None)
        return outcome, Turn(mended, others=news)


def _top(path: Path) -> Path:
    """Give the folder that holds all that the meetings under a path draw on."""
    folder = path if path.is_dir() else path.parent
    office = folders.office_of(folder)
    return office.parent if office.is_file() or (folder / folders.BODY).is_file() else folder


def _tried(request: Request, path: Path) -> Outcome:
    """Build one meeting; whatever happens, the next one can be built."""
    try:
        return runs.run(request)
    except OSError as error:
        return Outcome(unwritten=[error])
    except Exception:  # a fault of the program, or of a template
        return Outcome(crashes=[(path, traceback.format_exc())])


def _standing(path: Path, outcome: Outcome, strict: bool) -> Standing:
    state: State = "built"
    if outcome.crashes:
        state = "crashed"
    elif outcome.unwritten:
        state = "unwritten"
    elif outcome.stops(strict):
        state = "faulty"
    trace = "".join(trace for _, trace in outcome.crashes)
    problems = (*outcome.problems, *outcome.edited)
    return Standing(path, state, problems, trace, tuple(outcome.unwritten))


def _standings(outcome: Outcome, known: Mapping[Path, Standing]) -> dict[Path, Standing]:
    """Give how it stands with each meeting after a look, in their order."""
    now: dict[Path, Standing] = {}
    for path in outcome.fresh:
        before = known.get(path)
        told = tuple(one for one in outcome.problems if _is_of(one, path))
        is_built = before is not None and before.state == "built"
        now[path] = before if before and is_built else Standing(path, "built", told)
    for stale in outcome.stale:
        before = known.get(stale.path, Standing(stale.path))
        is_built = before.state == "built"
        now[stale.path] = replace(before, state="waiting") if is_built else before
    return {path: now[path] for path in sorted(now, key=_place)}


def _place(path: Path) -> tuple[Path, tuple[int, int, str]]:
    return folders.absolute(path.parent), folders.order(path)


def _is_of(problem: Problem, meeting: Path) -> bool:
    """Whether a problem stands in a meeting's file, or was told of it in those around it."""
    around = (meeting.name, folders.BODY, folders.OFFICE)
    return problem.path.parent == meeting.parent and problem.path.name in around


def _is_news(before: Standing | None, now: Standing) -> bool:
    """Whether a fresh meeting is worth a word: it has warnings at first sight, or was mended."""
    if now.state != "built" or before is now:
        return False
    return bool(now.problems) if before is None else before.state != "waiting"


def _looks_the_same(before: Standing, now: Standing) -> bool:
    is_same = before.problems == now.problems and before.trace == now.trace
    return before.state == now.state and is_same
