"""The agendas folder: which meetings there are, in which order, and what each one draws on."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from minutes import model, pictures, source, thai
from minutes.errors import Fault, MinutesError, Problem, problem
from minutes.model import Body, Image, Meeting, Office, Record
from minutes.pictures import Picture

OFFICE, BODY = "office.yaml", "body.yaml"
MEETING_NAME = re.compile(r"(\d{4})-(\d{1,4})([a-z]?)")
BODY_ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Earlier:
    """What a meeting needs to know of the one before it: number, session and date, as printed."""

    number: str
    session: str
    date: date
    is_certified: bool


@dataclass(frozen=True)
class Case:
    """One meeting with everything that its documents draw on."""

    path: Path
    office: Office
    body: Body
    meeting: Meeting
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    source: bytes = b""
    previous: Earlier | None = None
    following: Earlier | None = None

    @property
    def id(self) -> str:
        """The meeting's id, ``<folder>-<file stem>``."""
        return f"{self.path.parent.name}-{self.path.stem}"

    @property
    def folder(self) -> str:
        """Where the meeting's documents go, below the output folder: ``<body>/<stem>``."""
        return f"{self.path.parent.name}/{self.path.stem}"


@dataclass(frozen=True)
class Found:
    """What was found and read: the meetings in order, and every problem in file order."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]
    faulty: int


def find(paths: Iterable[Path]) -> Found:
    """Read the meetings under the given roots, bodies' folders and files, and their neighbours."""
    cases: list[Case] = []
    problems: list[Problem] = []
    faulty = 0
    wanted = _wanted(paths, problems)
    _refuse_same_ids(wanted, problems)
    for folder, chosen in wanted.items():
        found, bad = _read_folder(folder, chosen, problems)
        cases += found
        faulty += bad
    return Found(tuple(cases), tuple(dict.fromkeys(problems)), faulty)


def order(path: Path) -> tuple[int, int, str]:
    """Give the place of a meeting's file among its body's: year, number as a number, letter."""
    year, number, letter = _name(path).groups()
    return int(year), int(number), letter


def _name(path: Path) -> re.Match[str]:
    match = MEETING_NAME.fullmatch(path.stem)
    assert match is not None, "only files with a meeting's name are ordered"
    return match


def _is_meeting(path: Path) -> bool:
    return path.suffix == ".yaml" and MEETING_NAME.fullmatch(path.stem) is not None


def _wanted(paths: Iterable[Path], problems: list[Problem]) -> dict[Path, list[Path]]:
    """Sort the paths asked for into bodies' folders, each with its chosen meetings in order."""
    wanted: dict[Path, list[Path]] = {}
    for path in paths:
        for file in _meetings_under(path, problems):
            wanted.setdefault(file.parent, []).append(file)
    return {folder: sorted(set(files), key=order) for folder, files in sorted(wanted.items())}


def _meetings_under(path: Path, problems: list[Problem]) -> Iterator[Path]:
    if path.is_dir():
        files = list(_walk(path, problems))
        if not files:
            problems.append(problem(path, 1, 1, "D82"))
        yield from files
    elif path.name in (OFFICE, BODY):
        yield from _meetings_under(path.parent, problems)
    elif not path.exists():
        problems.append(problem(path, 1, 1, "D80"))
    elif not _is_meeting(path):
        problems.append(problem(path, 1, 1, "D81"))
    else:
        yield path


def _walk(top: Path, problems: list[Problem]) -> Iterator[Path]:
    for where, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            if _is_meeting(path):
                yield path
            elif path.suffix in (".yaml", ".yml") and name not in (OFFICE, BODY):
                problems.append(replace(problem(path, 1, 1, "D81"), severity="warning"))


def _refuse_same_ids(wanted: dict[Path, list[Path]], problems: list[Problem]) -> None:
    """Two bodies' folders of one name would write over each other's documents."""
    first: dict[str, Path] = {}
    for folder in list(wanted):
        if not BODY_ID.fullmatch(folder.resolve().name):
            problems.append(problem(folder, 1, 1, "D83", name=folder.resolve().name))
            del wanted[folder]
        elif (other := first.setdefault(folder.resolve().name, folder)) != folder:
            problems.append(problem(folder, 1, 1, "D84", name=folder.name, other=other))
            del wanted[folder]


def _read_folder(
    folder: Path, chosen: list[Path], problems: list[Problem]
) -> tuple[list[Case], int]:
    office = _read(Office, _office_of(folder), problems)
    body = _read(Body, folder / BODY, problems)
    neighbours = sorted((p for p in folder.iterdir() if _is_meeting(p)), key=order)
    meetings = {path: _read(Meeting, path, problems) for path in chosen}
    if office is None or body is None:
        return [], len(chosen)
    cases = [
        Case(
            path,
            office,
            body,
            meeting,
            shown,
            path.read_bytes(),
            previous=_neighbour(neighbours, path, -1),
            following=_neighbour(neighbours, path, +1),
        )
        for path, meeting in meetings.items()
        if meeting is not None and (shown := _pictures(meeting, path, problems)) is not None
    ]
    return cases, len(chosen) - len(cases)


def _office_of(folder: Path) -> Path:
    """Give the nearest office.yaml upward; the folder's own place if there is none."""
    for parent in folder.resolve().parents:
        if (parent / OFFICE).is_file():
            return Path(os.path.relpath(parent / OFFICE, Path.cwd()))
    return folder.parent / OFFICE


R = TypeVar("R", bound=model.Record)


def _read(cls: type[R], path: Path, problems: list[Problem]) -> R | None:
    """Read a file; what is wrong with it joins the problems, and nothing comes back."""
    try:
        return model.read(cls, path)
    except MinutesError as error:
        problems += error.problems
        return None


def _pictures(meeting: Meeting, path: Path, problems: list[Problem]) -> dict[str, Picture] | None:
    """Read the pictures that a meeting shows, and look that its attachments are there."""
    shown: dict[str, Picture] = {}
    faults: list[Problem] = []
    for record in meeting.files():
        try:
            if isinstance(record, Image):
                shown[record.file] = pictures.load(path, path.parent, record.file)
            else:
                pictures.attachment(path, path.parent, record.file)
        except Fault as fault:
            faults.append(_placed(fault, record, path))
    problems += faults
    return None if faults else shown


def _placed(fault: Fault, record: Record, path: Path) -> Problem:
    line, column = record.places.of("file")
    return problem(path, line, column, fault.code, **fault.values)


def _neighbour(files: list[Path], path: Path, step: int) -> Earlier | None:
    """Give what is known of the meeting before (-1) or after (+1) one, even from a faulty file."""
    index = files.index(path) + step
    if not 0 <= index < len(files):
        return None
    try:
        entries = source.read(files[index])
    except MinutesError:
        return None
    return _glimpse(entries)


def _glimpse(node: source.Node) -> Earlier | None:
    """Take number, session and date alone, so that a fault elsewhere does not spoil a neighbour."""
    if not isinstance(node, source.Mapping):
        return None
    given = {
        Meeting.keys.get(model.folded(entry.key.text)): entry.value.text
        for entry in node.entries
        if isinstance(entry.value, source.Scalar)
    }
    try:
        day = thai.parse_date(given["date"])
        number = str(thai.parse_number(given["number"])) if given.get("number") else ""
    except (KeyError, Fault):
        return None
    status = model.squeeze(given.get("status", ""))
    certified = status in ("certified", "รับรองแล้ว")
    return Earlier(number, given.get("session", ""), day, certified)
