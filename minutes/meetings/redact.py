"""The public copy of a meeting: what is left out, is left out of the data before anything is set.

A secret item (ลับ) keeps its number and nothing else; of one with personal data
(ข้อมูลส่วนบุคคล) the title stays, and the phrase that its writer put into the press release. Of a
correction that quotes such an item it stays that there was one. Why somebody did not come is often
a matter of health: it goes, unless the office wants it told.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from minutes.meetings.attendance import Attendee, People
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Part, Proceedings, Unsaid, followed_up
from minutes.model.meeting import Attendance, Correction, Matter, Meeting, Section
from minutes.model.office import Office
from minutes.model.record import NOWHERE, Record

SECRET_TITLE = "เรื่องที่ไม่เผยแพร่"
SECRET_CORRECTION = "แก้ไขข้อความในเรื่องที่ไม่เผยแพร่"
SHOWN_OF_SECRET = ("secret",)
SHOWN_OF_PERSONAL = ("title", "personal", "withdrawn", "in_release")

R = TypeVar("R", bound=Record)


def may_be_published(case: Case) -> bool:
    """Whether the meeting has come as far as its office publishes from (เผยแพร่เมื่อ)."""
    far_enough = {"certified"} | ({"final"} & {case.office.publish_from})
    return case.meeting.status in far_enough


def public(proceedings: Proceedings) -> Proceedings:
    """Give the meeting as the public may know it; numbers stay as they are in the full one.

    It holds no place in a file, no source text and no picture that it does not show. Raises
    ValueError for a meeting that may not be published: whoever asks looks at that first.
    """
    case = proceedings.case
    if not may_be_published(case):
        raise ValueError(f"{case.id} is not to be published yet: its status is {_status(case)}")
    tells_reasons = case.office.public_reasons
    unsaid = proceedings.unsaid
    meeting = _meeting(case.meeting, tells_reasons, unsaid)
    followed = followed_up(meeting)
    return replace(
        proceedings,
        case=_case(case, meeting),
        people=proceedings.people if tells_reasons else _without_reasons(proceedings.people),
        parts=tuple(_part(part, unsaid) for part in proceedings.parts),
        problems=(),
        known_as={id_: proceedings.known_as[id_] for id_ in followed},
        unsaid=frozenset(),
        is_public=True,
    )


def _status(case: Case) -> str:
    return f"{case.meeting.status}, not {case.office.publish_from}"


def _case(case: Case, meeting: Meeting) -> Case:
    shown = {record.file for record in meeting.files()}
    return replace(
        case,
        office=_office(case.office),
        body=without_places(case.body),
        meeting=meeting,
        pictures={name: picture for name, picture in case.pictures.items() if name in shown},
        source=b"",
        unread=None,
    )


def _office(office: Office) -> Office:
    kept = {"public": {}, "publish_to": "", "trust": "", "archive": ""}
    return without_places(office).model_copy(update=kept)


def _without_reasons(people: People) -> People:
    """Give the lists of people without why somebody did not come."""

    def bare(absent: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        return tuple(replace(one, reason="") for one in absent)

    leave, missing = bare(people.leave), bare(people.missing)
    return replace(people, absent=bare(people.absent), leave=leave, missing=missing)


def _attendance(full: Attendance) -> Attendance:
    """Give the same of what was written."""
    absent = tuple(entry.model_copy(update={"reason": ""}) for entry in full.absent)
    return full.model_copy(update={"absent": absent})


def _meeting(meeting: Meeting, tells_reasons: bool, unsaid: Unsaid) -> Meeting:
    sections = [_section(section, unsaid) for section in meeting.agenda]
    shown = {
        "before": tuple(matter(item) for item in meeting.before if not item.secret),
        "agenda": tuple(sections),
        "attendance": meeting.attendance if tells_reasons else _attendance(meeting.attendance),
    }
    return without_places(meeting.model_copy(update=shown))


def _section(section: Section, unsaid: Unsaid) -> Section:
    matters = tuple(map(matter, section.matters))
    corrections = _corrections(section.corrections, unsaid)
    return section.model_copy(update={"matters": matters, "corrections": corrections})


def _part(part: Part, unsaid: Unsaid) -> Part:
    matters = tuple(replace(item, matter=matter(item.matter)) for item in part.matters)
    return replace(part, matters=matters, corrections=_corrections(part.corrections, unsaid))


def _corrections(full: tuple[Correction, ...], unsaid: Unsaid) -> tuple[Correction, ...]:
    """Give corrections as the public may know them: of one that is withheld, that there was one."""
    withheld = Correction.model_construct(old="", new=SECRET_CORRECTION)
    return tuple(
        withheld if (change.old, change.new) in unsaid else without_places(change)
        for change in full
    )


def matter(full: Matter) -> Matter:
    """Give an item as the public may know it; what it may not know is not in it."""
    if full.secret:
        return Matter.model_construct(title=SECRET_TITLE, secret=True)
    if full.personal:
        return Matter.model_construct(**{name: getattr(full, name) for name in SHOWN_OF_PERSONAL})
    return without_places(full)


def without_places(record: R) -> R:
    """Give a record, and those inside it, without nodes of the file and reasons for its checker."""
    fields = {name: _without_places(getattr(record, name)) for name in type(record).model_fields}
    reasons: dict[str, object] = {"ignore": {}} if "ignore" in fields else {}
    return record.model_copy(update={**fields, **reasons, "places": NOWHERE})


def _without_places(value: Any) -> Any:
    if isinstance(value, Record):
        return without_places(value)
    if isinstance(value, tuple):
        return tuple(map(_without_places, value))
    return dict(cast(Mapping[str, str], value)) if isinstance(value, Mapping) else value
