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
MEETING_NAME = re.compile(r"([0-9]{4})-([0-9]{1,4})([a-z]?)")
OLDEST_YEAR = 2400  # พ.ศ.; a smaller one in a file's name is a common year
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
    unread: Path | None = None  # the file of the meeting before, when it cannot be read

    @property
    def id(self) -> str:
        """The meeting's id, ``<folder>-<file stem>``."""
        return f"{body_id(self.path.parent)}-{self.path.stem}"

    @property
    def folder(self) -> str:
        """Where the meeting's documents go, below the output folder: ``<body>/<stem>``."""
        return f"{body_id(self.path.parent)}/{self.path.stem}"


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
    return Found(tuple(cases), tuple(problems), faulty)


def body_id(folder: Path) -> str:
    """Give the name of a body's folder, however the path to it was written."""
    return _absolute(folder).name


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def order(path: Path) -> tuple[int, int, str]:
    """Give the place of a meeting's file among its body's: year, number as a number, letter."""
    year, number, letter = _name(path).groups()
    return int(year), int(number), letter


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, office and body before their meetings, and each named once."""
    return sorted(dict.fromkeys(problems), key=_place)


def _place(found: Problem) -> tuple[Path, tuple[int, int, str], str, int, int, str]:
    path = _absolute(found.path)
    place = order(path) if _is_meeting(path) else (0, 0, "")
    return path.parent, place, path.name, found.line, found.column, found.code


def _name(path: Path) -> re.Match[str]:
    match = MEETING_NAME.fullmatch(path.stem)
    assert match is not None, "only files with a meeting's name are ordered"
    return match


def _is_meeting(path: Path) -> bool:
    match = MEETING_NAME.fullmatch(path.stem)
    return path.suffix == ".yaml" and match is not None and int(match[1]) > OLDEST_YEAR


def _not_a_meeting(path: Path) -> Problem:
    """Say why nothing is built from a file of this name."""
    is_common_year = path.suffix == ".yaml" and MEETING_NAME.fullmatch(path.stem)
    return problem(path, 1, 1, "D86" if is_common_year else "D81")


def _wanted(paths: Iterable[Path], problems: list[Problem]) -> dict[Path, list[Path]]:
    """Sort the paths asked for into bodies' folders, each with its chosen meetings in order."""
    files: dict[Path, Path] = {}
    for path in paths:
        for file in _meetings_under(path, problems):
            files.setdefault(_absolute(file), file)
    folders: dict[Path, Path] = {}
    wanted: dict[Path, list[Path]] = {}
    for place in sorted(files, key=lambda place: (place.parent, order(place))):
        folder = folders.setdefault(place.parent, files[place].parent)
        wanted.setdefault(folder, []).append(folder / place.name)
    return wanted


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
        problems.append(_not_a_meeting(path))
    else:
        yield path


def _walk(top: Path, problems: list[Problem]) -> Iterator[Path]:
    for where, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith((".", "~$"))):
            path = Path(where, name)
            if _is_meeting(path):
                yield path
            elif path.suffix in (".yaml", ".yml") and name not in (OFFICE, BODY):
                problems.append(replace(_not_a_meeting(path), severity="warning"))


def _refuse_same_ids(wanted: dict[Path, list[Path]], problems: list[Problem]) -> None:
    """Two bodies' folders of one name would write over each other's documents."""
    first: dict[str, Path] = {}
    for folder in list(wanted):
        name = body_id(folder)
        if not BODY_ID.fullmatch(name):
            problems.append(problem(folder, 1, 1, "D83", name=name))
            del wanted[folder]
        elif (other := first.setdefault(name, folder)) != folder:
            problems.append(problem(folder, 1, 1, "D84", name=name, other=other))
            del wanted[folder]


def _read_folder(
    folder: Path, chosen: list[Path], problems: list[Problem]
) -> tuple[list[Case], int]:
    office = _read(Office, _office_of(folder), problems)
    body = _read(Body, folder / BODY, problems)
    files = _meetings_in(folder)
    cases: list[Case] = []
    for path in chosen:
        meeting = _read(Meeting, path, problems)
        if meeting is None or _has_the_place_of_another(path, files, problems):
            continue
        shown = _pictures(meeting, path, problems)
        if office is not None and body is not None and shown is not None:
            case = Case(path, office, body, meeting, shown, path.read_bytes())
            cases.append(_case(case, files, problems))
    return cases, len(chosen) - len(cases)


def _case(case: Case, files: list[Path], problems: list[Problem]) -> Case:
    """Add what is known of the meetings before and after."""
    before, after = _neighbour(files, case.path, -1), _neighbour(files, case.path, +1)
    previous = _glimpse(before) if before else None
    case = replace(case, previous=previous, following=_glimpse(after) if after else None)
    if before is None or previous is not None or case.meeting.certified is not None:
        return case
    problems += _certifies_the_unknown(case, before)
    return replace(case, unread=before)


def _certifies_the_unknown(case: Case, unread: Path) -> Iterator[Problem]:
    for section in case.meeting.agenda:
        if section.kind == "certify" and not section.title:
            yield problem(case.path, *section.places.of("kind"), "D87", other=unread.name)


def _meetings_in(folder: Path) -> list[Path]:
    """Give the files of a body's meetings in order, hidden from nobody who asks for one of them."""
    _, _, names = next(os.walk(folder), ("", [], []))
    return sorted((folder / name for name in names if _is_meeting(folder / name)), key=order)


def _has_the_place_of_another(path: Path, files: list[Path], problems: list[Problem]) -> bool:
    """Refuse ``2567-1`` beside ``2567-01``: nobody could say which of them comes first."""
    for other in files:
        if other.name != path.name and order(other) == order(path):
            problems.append(problem(path, 1, 1, "D85", other=other.name))
            return True
    return False


def _office_of(folder: Path) -> Path:
    """Give the nearest office.yaml upward; the folder's own place if there is none."""
    for parent in _absolute(folder).parents:
        if (parent / OFFICE).is_file():
            return parent / OFFICE
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


def _neighbour(files: list[Path], path: Path, step: int) -> Path | None:
    """Give the file of the meeting before (-1) or after (+1) one."""
    index = [file.name for file in files].index(path.name) + step
    return files[index] if 0 <= index < len(files) else None


def _glimpse(path: Path) -> Earlier | None:
    """Take number, session and date alone, so that a fault elsewhere does not spoil a neighbour."""
    try:
        node = source.read(path)
    except MinutesError:
        return None
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


# --- meetings that others refer to ------------------------------------------------------------


def meeting_file(case: Case, meeting_id: str) -> Path | None:
    """Give the file of an earlier meeting by its id; of any meeting, when it is another body's."""
    folder, name = _by_id(case, meeting_id)
    path = folder / f"{name}.yaml"
    is_own = folder == _absolute(case.path).parent
    if not (_is_meeting(path) and path.is_file()) or (is_own and order(path) >= order(case.path)):
        return None
    return path


def is_before_all_files(case: Case, meeting_id: str) -> bool:
    """Whether an id names a meeting that a body held before the first of its files."""
    folder, name = _by_id(case, meeting_id)
    files, wanted = _meetings_in(folder), folder / f"{name}.yaml"
    return bool(files) and _is_meeting(wanted) and order(wanted) < order(files[0])


def _by_id(case: Case, meeting_id: str) -> tuple[Path, str]:
    """Part an id into the body's folder, beside this meeting's, and the name of the file."""
    body, year, number = meeting_id.rsplit("-", 2)
    return _absolute(case.path).parent.parent / body, f"{year}-{number}"


def read_again(case: Case, path: Path) -> Case | None:
    """Read another meeting of a body on file, if it has no faults of its own."""
    own = path.parent == _absolute(case.path).parent
    body = case.body if own else _read(Body, path.parent / BODY, [])
    meeting = _read(Meeting, path, [])
    return Case(path, case.office, body, meeting) if body and meeting else None
