"""Meetings read from their files, each with what its documents draw on: body, neighbours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from minutes import folders, model, pictures, source, thai
from minutes.errors import Fault, MinutesError, Problem, problem
from minutes.model import Body, Image, Meeting, Office, Record
from minutes.pictures import Picture


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
        return folders.meeting_id(self.path)

    @property
    def attendance_is_known(self) -> bool:
        """Whether those who came are known: in a draft, only when it says who."""
        return not self.meeting.is_draft or "attendance" in self.meeting.places.fields

    @property
    def folder(self) -> str:
        """Where the meeting's documents go, below the output folder: ``<body>/<stem>``."""
        return folders.output_folder(self.path)


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
    for folder, chosen in folders.wanted(paths, problems).items():
        found, bad = _read_folder(folder, chosen, problems)
        cases += found
        faulty += bad
    return Found(tuple(cases), tuple(problems), faulty)


def _read_folder(
    folder: Path, chosen: list[Path], problems: list[Problem]
) -> tuple[list[Case], int]:
    office = _read(Office, folders.office_of(folder), problems)
    body = _read(Body, folder / folders.BODY, problems)
    files = folders.meetings_in(folder)
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
    previous = glimpse(before) if before else None
    case = replace(case, previous=previous, following=glimpse(after) if after else None)
    if before is None or previous is not None or case.meeting.certified is not None:
        return case
    problems += _certifies_the_unknown(case, before)
    return replace(case, unread=before)


def _certifies_the_unknown(case: Case, unread: Path) -> Iterator[Problem]:
    for section in case.meeting.agenda:
        if section.kind == "certify" and not section.title:
            yield problem(case.path, *section.places.of("kind"), "D87", other=unread.name)


def _has_the_place_of_another(path: Path, files: list[Path], problems: list[Problem]) -> bool:
    """Refuse ``2567-1`` beside ``2567-01``: nobody could say which of them comes first."""
    for other in files:
        if other.name != path.name and folders.order(other) == folders.order(path):
            problems.append(problem(path, 1, 1, "D85", other=other.name))
            return True
    return False


R = TypeVar("R", bound=model.Record)
WHAT_FOR = {
    folders.OFFICE: ("ชื่อหน่วยงาน", "the office"),
    folders.BODY: ("ชื่อคณะและรายชื่อสมาชิก", "the body and its members"),
}


def _read(cls: type[R], path: Path, problems: list[Problem]) -> R | None:
    """Read a file; what is wrong with it joins the problems, and nothing comes back."""
    if path.name in WHAT_FOR and not path.exists():
        what, what_en = WHAT_FOR[path.name]
        problems.append(problem(path, 1, 1, "D100", name=path.name, what=what, what_en=what_en))
        return None
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


def glimpse(path: Path) -> Earlier | None:
    """Take number, session and date alone, so that a fault elsewhere does not spoil a neighbour."""
    try:
        node = source.read(path)
    except MinutesError:
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
    folder, name = place_of(case.path, meeting_id)
    path = folder / f"{name}.yaml"
    is_own = folder == folders.absolute(case.path).parent
    if not (folders.is_meeting(path) and path.is_file()):
        return None
    is_later = is_own and folders.order(path) >= folders.order(case.path)
    return None if is_later else path


def is_before_all_files(case: Case, meeting_id: str) -> bool:
    """Whether an id names a meeting that a body held before the first of its files."""
    folder, name = place_of(case.path, meeting_id)
    files, wanted = folders.meetings_in(folder), folder / f"{name}.yaml"
    return (
        bool(files)
        and folders.is_meeting(wanted)
        and folders.order(wanted) < folders.order(files[0])
    )


def place_of(path: Path, meeting_id: str) -> tuple[Path, str]:
    """Part an id into the body's folder, beside that of the meeting at ``path``, and the name."""
    body, year, number = meeting_id.rsplit("-", 2)
    return folders.absolute(path).parent.parent / body, f"{year}-{number}"


def read_again(case: Case, path: Path) -> Case | None:
    """Read another meeting of a body on file, if it has no faults of its own."""
    own = path.parent == folders.absolute(case.path).parent
    body = case.body if own else _read(Body, path.parent / folders.BODY, [])
    meeting = _read(Meeting, path, [])
    return Case(path, case.office, body, meeting) if body and meeting else None
