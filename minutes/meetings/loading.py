"""Meetings read from their files, each with what its documents draw on: body, neighbours."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from minutes.meetings import folders
from minutes.model import pictures, validation, values
from minutes.model import record as model_record
from minutes.model.meeting import Image, Matter, Meeting
from minutes.model.office import Body, Office
from minutes.model.pictures import Picture
from minutes.model.record import Record
from minutes.problems.errors import Fault, MinutesError, Problem, problem
from minutes.source import reader
from minutes.thai import amounts, dates

MOST_KEPT = 8  # meetings; those around the one that is looked at


@dataclass(frozen=True)
class Earlier:
    """What a meeting needs to know of the one before it: number, session and date, as printed."""

    number: str
    session: str
    date: date
    is_certified: bool
    is_draft: bool = False


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
    wanted = folders.wanted(paths, problems)
    for folder, chosen in wanted.items():
        cases += each(folder, chosen, problems)
    faulty = sum(map(len, wanted.values())) - len(cases)
    return Found(tuple(cases), tuple(problems), faulty)


@dataclass(frozen=True)
class History:
    """A body with all its meetings in order, those that can be read, and what is wrong in them."""

    folder: Path
    office: Office | None
    body: Body | None
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def history(folder: Path) -> History:
    """Read a body and every meeting of it; pictures and attachments are not looked at."""
    problems: list[Problem] = []
    office = _read(Office, folders.office_of(folder), problems)
    body = _read(Body, folder / folders.BODY, problems)
    files = folders.meetings_in(folder)
    cases: list[Case] = []
    for path in files:
        meeting, told = _meeting(path)
        problems += told
        if meeting is None or _has_the_place_of_another(path, files, problems):
            continue
        if office is not None and body is not None:
            cases.append(Case(path, office, body, meeting, source=path.read_bytes()))
    return History(folder, office, body, tuple(cases), tuple(problems))


def each(folder: Path, chosen: Sequence[Path], problems: list[Problem]) -> Iterator[Case]:
    """Read the chosen meetings of a body one after another, in order; ``problems`` grow with them.

    A meeting with faults does not come. Each file is read once, also for its neighbours.
    """
    office = _read(Office, folders.office_of(folder), problems)
    body = _read(Body, folder / folders.BODY, problems)
    files = folders.meetings_in(folder)
    places = {path.name: place for place, path in enumerate(files)}
    for path in chosen:
        meeting, told = _meeting(path)
        problems += told
        if meeting is None:
            continue
        place = places[path.name]
        if _has_the_place_of_another(path, files[max(place - 1, 0) : place + 2], problems):
            continue
        shown = _pictures(meeting, path, problems)
        if office is not None and body is not None and shown is not None:
            case = Case(path, office, body, meeting, shown, path.read_bytes())
            yield _case(case, files, place, problems)


def _case(case: Case, files: list[Path], place: int, problems: list[Problem]) -> Case:
    """Add what is known of the meetings before and after."""
    before = files[place - 1] if place else None
    after = files[place + 1] if place + 1 < len(files) else None
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
    """Refuse ``2567-1`` beside ``2567-01``: nobody could say which of them comes first.

    ``files`` are those of the body around this one, in their order.
    """
    own = folders.order(path)
    for other in files:
        if other.name != path.name and folders.order(other) == own:
            problems.append(problem(path, 1, 1, "D85", other=other.name))
            return True
    return False


R = TypeVar("R", bound=model_record.Record)
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
        return validation.read(cls, path)
    except MinutesError as error:
        problems += error.problems
        return None


def _meeting(path: Path) -> tuple[Meeting | None, tuple[Problem, ...]]:
    """Read a meeting, and say what is wrong with its file."""
    try:
        return _understood(path, reader.bytes_of(path))
    except MinutesError as error:
        return None, error.problems


@lru_cache(maxsize=MOST_KEPT)
def _understood(path: Path, data: bytes) -> tuple[Meeting | None, tuple[Problem, ...]]:
    try:
        return validation.understand(Meeting, _examined(path, data), path), ()
    except MinutesError as error:
        return None, error.problems


@lru_cache(maxsize=MOST_KEPT)
def _examined(path: Path, data: bytes) -> reader.Reading:
    """Read the nodes of a file, for which its neighbours and those that follow it up ask too."""
    return reader.examine(data, path)


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


def glimpse(path: Path) -> Earlier | None:
    """Take number, session and date alone, so that a fault elsewhere does not spoil a neighbour."""
    try:
        node, problems = _examined(path, reader.bytes_of(path))
    except MinutesError:
        return None
    if node is None or problems:
        return None
    given = {
        Meeting.keys.get(model_record.folded(entry.key.text)): entry.value.text
        for entry in node.entries
        if isinstance(entry.value, reader.Scalar)
    }
    try:
        day = dates.parse_date(given["date"])
        number = str(amounts.parse_number(given["number"])) if given.get("number") else ""
    except (KeyError, Fault):
        return None
    status = values.squeeze(given.get("status", "draft"))
    certified = status in ("certified", "รับรองแล้ว")
    return Earlier(
        number, given.get("session", ""), day, certified, is_draft=status in ("draft", "ร่าง")
    )


def beside(case: Case, step: int) -> Path | None:
    """Give the file of the meeting that its body held before (-1) or after (+1) a meeting."""
    files = folders.meetings_in(case.path.parent)
    place = [file.name for file in files].index(case.path.name) + step
    return files[place] if 0 <= place < len(files) else None


# --- meetings that withhold something ---------------------------------------------------------

# The keys ลับ and ข้อมูลส่วนบุคคล, and all that could spell one without showing it.
_MARKED = re.compile(
    "(?:ลับ|secret|ข้อมูลส่วนบุคคล|personal)[\"']?[ \t\u00a0\u1680\u2000-\u200f\u202f\u205f\u3000]*:"
    r"|\\[xuU]|[\u00ad\u200b-\u200f\u2060\ufeff]"
)


def that_withhold(root: Path) -> Iterator[tuple[Office, Body, list[Case]]]:
    """Go through the bodies of an office with their meetings that have marked items.

    Only files that may have one are understood. What cannot be read does not come.
    """
    for folder in folders.bodies([root], []):
        office = _read(Office, folders.office_of(folder), [])
        body = _read(Body, folder / folders.BODY, [])
        if office is not None and body is not None:
            files = folders.meetings_in(folder)
            marked = [(path, found) for path in files if (found := _marked(path)) is not None]
            yield office, body, [Case(path, office, body, meeting) for path, meeting in marked]


def state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Return by what it is known whether a file of an office's folders was written to."""
    paths = (path for folder in folders.bodies([root], []) for path in folder.glob("*.yaml"))
    looks = ((path, path.stat()) for path in (root / folders.OFFICE, *paths) if path.exists())
    return tuple((str(path), look.st_mtime_ns, look.st_size) for path, look in looks)


def _marked(path: Path) -> Meeting | None:
    """Read a meeting, if it has an item that the public may not know."""
    try:
        data = reader.bytes_of(path)
    except MinutesError:
        return None
    return _understood_if_marked(path, data)


@lru_cache(maxsize=4096)
def _understood_if_marked(path: Path, data: bytes) -> Meeting | None:
    if not _MARKED.search(data.decode("utf-8", "replace")):
        return None
    meeting, _ = _understood(path, data)
    return meeting if meeting and any(map(is_marked, meeting.all_matters())) else None


def is_marked(matter: Matter) -> bool:
    """Whether the public may not know all of an item."""
    return matter.secret or matter.personal


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
    meeting, _ = _meeting(path)
    return Case(path, case.office, body, meeting) if body and meeting else None
