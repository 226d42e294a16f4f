"""The next meeting's file, written from the earlier ones: what stays, what follows, what is open.

The text is a template, ``templates/agenda.yaml.j2``: a draft that builds at once, in the keys of
the last file (Thai or English), with comments in Thai for whoever fills it in.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import SimpleNamespace

from minutes.drafting.next_meeting import Sequel
from minutes.meetings import actions, proceedings
from minutes.meetings.actions import Assignment, Item
from minutes.meetings.loading import Case, History
from minutes.model import meeting, office, prose, values
from minutes.model.meeting import Section
from minutes.model.office import SECTION_KINDS, Body, SectionKind
from minutes.model.record import Record
from minutes.source import quoting
from minutes.thai import dates

# The order of a council's sitting (ข้อบังคับการประชุมสภาท้องถิ่น พ.ศ. 2547).
COUNCIL: tuple[Section, ...] = (
    Section.model_construct(kind="inform"),
    Section.model_construct(kind="certify"),
    Section.model_construct(title="กระทู้ถาม"),
    Section.model_construct(title="เรื่องที่คณะกรรมการที่สภาท้องถิ่นตั้งขึ้นพิจารณาเสร็จแล้ว"),
    Section.model_construct(title="เรื่องที่เสนอใหม่"),
    Section.model_construct(kind="other"),
)


@dataclass(frozen=True)
class Task:
    """An open action as the new file lists it; ``notes`` are comments above its due date."""

    task: str
    owner: str
    due: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Carried:
    """An item under สืบเนื่อง: what is still open of one earlier item."""

    title: str
    follows: str
    assigned: str
    background: str
    actions: tuple[Task, ...]
    is_secret: bool
    is_personal: bool
    is_withheld: bool


@dataclass(frozen=True)
class Part:
    """A section of the new agenda; a passing one is the last meeting's own and not the body's."""

    kind: SectionKind | None
    title: str
    carried: tuple[Carried, ...] = ()
    is_passing: bool = False
    shows_every_key: bool = False


def following(history: History, body: Body, next_: Sequel, schema: str) -> bytes:
    """Give the next meeting's file, with the line ends of the last one.

    ``schema`` is the folder where an editor finds the keys, as the file's own folder names it.
    """
    last = history.cases[-1] if history.cases else None
    is_english = (last.meeting if last else body).places.is_english
    values = _values(history, body, next_, last) | _keys(is_english)
    template = quoting.template("agenda.yaml.j2")
    text = str(template.render(values | {"schema": schema}))
    is_windows = last is not None and b"\r\n" in last.source
    return (text.replace("\n", "\r\n") if is_windows else text).encode()


# --- words --------------------------------------------------------------------------------------

RECORDS: dict[str, type[Record]] = {
    "meeting": meeting.Meeting,
    "someone": office.Person,
    "attendance": meeting.Attendance,
    "absentee": meeting.Absentee,
    "substitute": meeting.Substitute,
    "change": meeting.Change,
    "section": meeting.Section,
    "correction": meeting.Correction,
    "item": meeting.Matter,
    "remark": meeting.Remark,
    "vote": meeting.Vote,
    "action": meeting.Action,
    "release": meeting.Release,
    "image": meeting.Image,
    "attachment": meeting.Attachment,
}
THAI = {
    "yes": "ใช่",
    "no": "ไม่ใช่",
    "draft": "ร่าง",
    "certified": "รับรองแล้ว",
    "statuses": "ร่าง แล้วเป็น ฉบับสมบูรณ์ เมื่อเขียนเสร็จ และ รับรองแล้ว เมื่อครั้งต่อไปรับรอง",
    "modes": "ในที่ประชุม ออนไลน์ หรือ ผสม",
}
ENGLISH = {
    "yes": "true",
    "no": "false",
    "draft": "draft",
    "certified": "certified",
    "statuses": "draft แล้วเป็น final เมื่อเขียนเสร็จ และ certified เมื่อครั้งต่อไปรับรอง",
    "modes": "onsite online หรือ hybrid",
}


def _keys(is_english: bool) -> dict[str, object]:
    """Give the keys of every record, and the words of values, in one language."""
    names: dict[str, object] = {
        name: SimpleNamespace(
            **{
                key: record.shown_key(key, english=is_english)
                for key in record.model_fields
                if key != "places"
            }
        )
        for name, record in RECORDS.items()
    }
    kinds = {kind: kind if is_english else word for kind, word in SECTION_KINDS.items()}
    names["language"] = "en" if is_english else "th"
    return names | {"word": ENGLISH if is_english else THAI, "kinds": kinds}


# --- what the template is given -----------------------------------------------------------------


def _values(history: History, body: Body, next_: Sequel, last: Case | None) -> dict[str, object]:
    number, day = next_.number.number, next_.day.date
    assigned = actions.of(history)
    carried = tuple(_carried((one for one in assigned if one.is_open), day))
    return _of_last(last, body, day) | {
        "name": " ".join(filter(None, [_label(body, number), next_.session])),
        "body": body,
        "last": last,
        "which": _which(last) if last else "",
        "number": str(number) if number else "",
        "number_reason": next_.number.reason,
        "begins_anew": bool(last and number and number.number == 1),
        "session": next_.session,
        "day": day,
        "day_reason": next_.day.reason,
        "day_item": next_.day.item,
        "member": body.members[0].name if body.members else "ชื่อสมาชิก",
        "sections": _parts(last, body, carried),
        "closed": [_shown(one) for one in assigned if last and _ended_in(one, last)],
    }


def _label(body: Body, number: object) -> str:
    name = body.short_name or body.name
    return f"การประชุม{name}{f' ครั้งที่ {number}' if number else ''}"


def _of_last(last: Case | None, body: Body, day: date) -> dict[str, object]:
    """Give what the last meeting hands on: hour, place, system, and what the body does not say."""
    if last is None:
        names = ("month", "start", "place", "mode", "platform", "title", "recorder")
        return dict.fromkeys(names, "") | {"present": ()}
    meeting, mode = last.meeting, last.meeting.places.fields.get("mode")
    return {
        "month": _month(last, day),
        "start": f"{meeting.start:%H.%M}" if meeting.start else "",
        "place": meeting.place,
        "mode": getattr(mode, "text", ""),
        "platform": meeting.platform,
        "title": meeting.title,
        "recorder": None if body.recorder else meeting.recorder,
        "present": () if body.members else meeting.attendance.present,
    }


MONTH = re.compile("|".join(dates.MONTHS))


def _month(last: Case, day: date) -> str:
    """Give the month that the meeting is of, as far from its day as the last meeting's was."""
    found = MONTH.search(last.meeting.month)
    if found is None:
        return ""
    before = dates.MONTHS.index(found[0]) + 1
    ahead = (before - last.meeting.date.month + 6) % 12 - 6
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    return dates.month_text(date(year, month + 1, 1))


def _which(case: Case) -> str:
    """Name a meeting as the section that certifies its minutes does."""
    meeting = case.meeting
    return _named(str(meeting.number or ""), meeting.session, meeting.date)


def _named(number: str, session: str, day: date) -> str:
    words = (session, f"ครั้งที่ {number}" if number else "", f"เมื่อวันที่ {dates.date_text(day)}")
    return " ".join(word for word in words if word)


# --- sections -----------------------------------------------------------------------------------


def _parts(last: Case | None, body: Body, carried: tuple[Carried, ...]) -> list[Part]:
    """Give the body's sections, those of the last meeting, and what this meeting cannot lack."""
    own = {values.squeeze(name) for name in body.sections}
    parts = [_part(section, own, body, carried) for section in _sections(last, body)]
    kinds = [part.kind for part in parts]
    place = 1 if kinds[:1] == ["inform"] else 0
    if last and "certify" not in kinds:
        parts.insert(place, Part("certify", ""))
    if carried and "arising" not in kinds:
        certify = [part.kind for part in parts].index("certify")
        parts.insert(certify + 1, Part("arising", "", carried))
    return parts


def _part(section: Section, own: set[str], body: Body, carried: tuple[Carried, ...]) -> Part:
    kind, title = section.kind, "" if section.kind == "certify" else section.title
    is_own = kind is not None or values.squeeze(title) in own or body.kind == "council"
    return Part(kind, title, carried if kind == "arising" else (), not is_own, kind == "consider")


def _sections(last: Case | None, body: Body) -> Sequence[Section]:
    if last is not None:
        return _once(proceedings.sections(last))
    if body.kind == "council" and not body.sections:
        return COUNCIL
    return proceedings.standard_sections(body)


def _once(sections: Iterable[Section]) -> list[Section]:
    """Give each kind once: what is open stands in one place."""
    seen: set[SectionKind] = set()
    kept: list[Section] = []
    for section in sections:
        if section.kind is None or section.kind not in seen:
            kept.append(section)
        if section.kind is not None:
            seen.add(section.kind)
    return kept


# --- what is still open -------------------------------------------------------------------------


def _carried(assigned: Iterable[Assignment], day: date) -> Iterator[Carried]:
    """Give an item for each earlier one that has something open, in the order of the meetings."""
    in_order = sorted(assigned, key=lambda one: (one.latest.date, _place(one.latest)))
    for latest, tasks in groupby(in_order, key=lambda one: one.latest):
        yield _item(latest, list(tasks), day)


def _place(item: Item) -> tuple[str, list[int]]:
    return item.meeting_id, [int(part) for part in item.number.split(".") if part]


def _item(latest: Item, tasks: list[Assignment], day: date) -> Carried:
    return Carried(
        latest.title,
        latest.reference,
        _where(tasks[0].assigned),
        _background(tasks),
        tuple(_task(one, day) for one in tasks),
        any(one.is_secret for one in tasks),
        any(one.is_personal for one in tasks),
        not latest.is_in_release,
    )


def _ended_in(one: Assignment, case: Case) -> bool:
    """Whether a meeting closed a task by not listing it again, perhaps without meaning to."""
    return not one.done and one.closed is not None and one.closed.meeting_id == case.id


def _shown(one: Assignment) -> str:
    """Name a task in a comment, which nothing redacts: what is not for the public is not told."""
    hidden = one.is_secret or one.is_personal
    return f"งานใน{_where(one.assigned)}" if hidden else f"{one.task} ({one.owner or '-'})"


def _task(one: Assignment, day: date) -> Task:
    notes = [f"เลื่อนกำหนดมาแล้ว {one.postponed} ครั้ง"] if one.postponed else []
    if one.status(day) == "overdue":
        notes.append("เลยกำหนดแล้วในวันประชุมครั้งนี้ โปรดเติมว่าเสร็จ หรือกำหนดวันใหม่")
    due = dates.date_text(one.due) if one.due else ""
    return Task(one.task, one.owner, due, tuple(notes))


def _where(item: Item) -> str:
    where = f"ระเบียบวาระที่ {item.number}" if item.number else "ก่อนระเบียบวาระ"
    return f"การประชุม{_meeting(item)} {where}"


def _meeting(item: Item) -> str:
    return _named(str(item.meeting_number or ""), item.session, item.date)


def _background(tasks: list[Assignment]) -> str:
    """Say in a sentence what was assigned and how often it was put off."""
    first = tasks[0]
    if len(tasks) == 1:
        sentence = _assigned(first)
        return sentence if _is_plain(sentence) else _counted(tasks)
    return _counted(tasks)


def _assigned(one: Assignment) -> str:
    owner = f"ให้{one.owner} " if one.owner else ""
    due = f" ภายในวันที่ {dates.date_text(one.due)}" if one.due else ""
    return f"ที่ประชุม{_meeting(one.assigned)} มอบหมาย{owner}{one.task}{due}{_put_off(one)}"


def _counted(tasks: list[Assignment]) -> str:
    number = f" จำนวน {len(tasks)} งาน" if len(tasks) > 1 else ""
    put_off = "".join(
        f" งานที่ {place}{_put_off(one)}" for place, one in enumerate(tasks, 1) if one.postponed
    )
    return f"ที่ประชุม{_meeting(tasks[0].assigned)} มอบหมายงานซึ่งยังไม่แล้วเสร็จ{number}{put_off}"


def _put_off(one: Assignment) -> str:
    return f" เลื่อนกำหนดมาแล้ว {one.postponed} ครั้ง" if one.postponed else ""


def _is_plain(sentence: str) -> bool:
    """Whether a sentence reads as it stands, whatever marks its task may hold."""
    blocks = prose.parse(sentence)
    return prose.plain(blocks) == sentence and not list(prose.remarks(blocks))
