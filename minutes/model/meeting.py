"""A meeting as a secretary writes it: who came, the agenda, votes, the release."""

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import (
    PlainValidator,
    model_validator,
)

from minutes.model.office import RECORDERS, SECTION_KINDS, Person, SectionKind
from minutes.model.record import Places, Record, key, name_alone
from minutes.model.values import (
    NO,
    YES,
    Ballot,
    Clock,
    Day,
    Entry,
    Ignored,
    LaterClock,
    Line,
    Many,
    Money,
    Number,
    OneOrMore,
    Passage,
    People,
    Prose,
    Reference,
    YesNo,
    choice,
    line_text,
    value,
    yes_or_no,
)
from minutes.problems.errors import Fault
from minutes.source.reader import Node, Scalar, Sequence
from minutes.thai import dates

MOST_MATTERS = 1_000


def _line_or_false(node: Node) -> str | Literal[False]:
    text = line_text(node)
    return False if text.lower() in NO else text


def _yes_or_time(text: str) -> time | bool:
    return yes_or_no(text) if text.lower() in YES | NO else dates.parse_later_time(text)


def _yes_or_date(text: str) -> date | bool:
    return yes_or_no(text) if text.lower() in YES | NO else dates.parse_date(text)


class Absentee(Record):
    """ผู้ไม่มาประชุม: a member who did not come, and why."""

    name: Entry = key("ชื่อ", default=...)
    reason: Line = key("เหตุผล", default="")
    kind: Annotated[
        Literal["leave", "missing"], PlainValidator(choice(leave="ลา", missing="ขาด"))
    ] = key("ชนิด", "ประเภท", default="leave")
    ignore: Ignored = key("ละเว้น", default={})

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return name_alone(node)


class Substitute(Record):
    """ผู้มาประชุมแทน: who came in a member's place."""

    member: Entry = key("แทน", english="for", default=...)
    name: Entry = key("ชื่อ", default=...)
    position: Line = key("ตำแหน่ง", default="")
    ignore: Ignored = key("ละเว้น", default={})


class Change(Record):
    """เข้าออกระหว่างประชุม: who came late or left early, and when."""

    name: Entry = key("ชื่อ", default=...)
    arrived: Annotated[time | bool | None, PlainValidator(value(_yes_or_time))] = key("มาถึง")
    left: Annotated[time | bool | None, PlainValidator(value(_yes_or_time))] = key("ออก")
    at: LaterClock | None = key("เวลา")
    ignore: Ignored = key("ละเว้น", default={})

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        is_one = (self.arrived is None) != (self.left is None)
        if not self.has_unknown_keys and not (is_one and self.when):
            raise Fault("D58")
        return self

    @property
    def when(self) -> time | None:
        """The time of the change."""
        given = self.arrived if self.arrived is not None else self.left
        return given if isinstance(given, time) else self.at


class Attendance(Record):
    """การเข้าประชุม: who came, who did not, who came in whose place, who sat in."""

    absent: People[Absentee] = key(
        "ผู้ไม่มาประชุม",
        default=(),
        meant_by=(
            "ผู้ลาประชุม",
            "ผู้ขาดประชุม",
            "ผู้ลา",
            "ผู้ขาด",
            "ผู้ไม่เข้าประชุม",
        ),
    )
    substitutes: People[Substitute] = key(
        "ผู้มาประชุมแทน",
        default=(),
        meant_by=(
            "ผู้แทน",
            "แทน",
        ),
    )
    guests: People[Person] = key(
        "ผู้เข้าร่วมประชุม",
        default=(),
        meant_by=(
            "แขก",
            "ผู้สังเกตการณ์",
        ),
    )
    present: People[Person] = key("ผู้มาประชุม", default=(), meant_by=("ผู้เข้าประชุม",))
    changes: People[Change] = key("เข้าออกระหว่างประชุม", default=())
    ignore: Ignored = key("ละเว้น", default={})


class Remark(Record):
    """อภิปราย: what was said, by whom if it matters."""

    speaker: Line = key("ผู้พูด", default="")
    text: Prose = key("ข้อความ", default=...)
    ignore: Ignored = key("ละเว้น", default={})

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"text": node, "places": Places(node, {"text": node})}


BALLOTS = ("in_favour", "against", "abstain")


class Vote(Record):
    """คะแนนเสียง: counts, or the names of those who voted so."""

    in_favour: Ballot = key("เห็นชอบ", english="for", default=...)
    against: Ballot = key("ไม่เห็นชอบ", default=0)
    abstain: Ballot = key("งดออกเสียง", default=0)

    def named(self) -> Iterator[tuple[str, Node]]:
        """Go through the names of those who voted, each with its node in the file."""
        for ballot in BALLOTS:
            node = self.places.node(ballot)
            if isinstance(names := getattr(self, ballot), tuple) and isinstance(node, Sequence):
                yield from zip(names, node.members, strict=True)

    def count(self, ballot: str) -> int:
        """Give how many votes a ballot (a field's name) got."""
        value: int | tuple[str, ...] = getattr(self, ballot)
        return value if isinstance(value, int) else len(value)


class Action(Record):
    """มอบหมาย: what is to be done, by whom, until when."""

    task: Entry = key("งาน", default=...)
    owner: Line = key("ผู้รับผิดชอบ", default="")
    due: Day | None = key("กำหนดเสร็จ")
    done: Annotated[date | bool, PlainValidator(value(_yes_or_date))] = key(
        "เสร็จแล้ว", default=False
    )
    ignore: Ignored = key("ละเว้น", default={})


class Image(Record):
    """ภาพ: a picture file and its caption."""

    file: Entry = key("ไฟล์", default=...)
    caption: Line = key("คำบรรยาย", default="")


class Attachment(Record):
    """เอกสารแนบ: a file, or a paper that was handed out."""

    file: Line = key("ไฟล์", default="")
    title: Line = key("ชื่อเอกสาร", "ชื่อ", "ชื่อเรื่อง", default="")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.file or self.title or self.has_unknown_keys):
            raise Fault("D42", key=self.key_for("title"))
        return self


class Correction(Record):
    """ข้อแก้ไข: one change to the previous minutes, made while they were certified."""

    page: Line = key("หน้า", default="")
    line: Line = key("บรรทัด", default="")
    old: Entry = key("จากเดิม", english="from", default=...)
    new: Entry = key("แก้เป็น", english="to", default=...)


class Matter(Record):
    """เรื่อง: one item of an agenda."""

    title: Entry = key("ชื่อเรื่อง", default=..., meant_by=("ชื่อ", "หัวข้อ", "name"))
    presenter: Line = key("ผู้เสนอ", default="")
    background: Prose = key("เรื่องเดิม", default="")
    detail: Prose = key("รายละเอียด", default="")
    proposal: Prose = key("ข้อเสนอ", default="")
    discussion: Many[Remark] = key("อภิปราย", default=(), meant_by=("ข้อสังเกต", "ความเห็น"))
    resolution: Prose = key("มติ", default="", meant_by=("มติที่ประชุม", "ผลการพิจารณา"))
    vote: Vote | None = key("คะแนนเสียง")
    budget: Money | None = key("งบประมาณ")
    actions: Many[Action] = key("มอบหมาย", default=())
    secret: YesNo = key("ลับ", default=False)
    personal: YesNo = key("ข้อมูลส่วนบุคคล", default=False)
    in_release: Annotated[
        str | Literal[False], PlainValidator(_line_or_false, json_schema_input_type=str)
    ] = key("ในข่าว", default="")
    votes_in_release: YesNo = key("คะแนนในข่าว", default=False)
    images: Many[Image] = key("ภาพ", default=())
    attachments: Many[Attachment] = key("เอกสารแนบ", default=())
    withdrawn: YesNo = key("ถอนเรื่อง", default=False)
    follows: Reference = key("สืบเนื่องจาก", default="")
    ignore: Ignored = key("ละเว้น", default={})

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"title": node, "places": Places(node)}


class Section(Record):
    """ระเบียบวาระ: a standard section by its kind, one with a title of its own, or both."""

    kind: Annotated[SectionKind | None, PlainValidator(choice(**SECTION_KINDS))] = key(
        "ชนิด", meant_by=tuple(SECTION_KINDS.values())
    )
    title: Line = key("หัวข้อ", default="", meant_by=("ชื่อ", "ชื่อวาระ"))
    matters: Many[Matter] = key("เรื่อง", english="items", default=())
    corrections: Many[Correction] = key("ข้อแก้ไข", default=())
    resolution: Prose = key("มติ", default="")
    ignore: Ignored = key("ละเว้น", default={})

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.kind or self.title or self.has_unknown_keys):
            raise Fault("D53")
        return self


class Quote(Record):
    """คำกล่าว: what somebody said, for the press."""

    name: Entry = key("ชื่อ", default=...)
    text: Entry = key("ข้อความ", default=...)


class Release(Record):
    """ข่าวประชาสัมพันธ์: what the press release says otherwise than the meeting would."""

    headline: Line = key("พาดหัว", default="")
    issue: Line = key("ฉบับที่", default="")
    date: Day | None = key("วันที่ออกข่าว", "วันที่")
    lead: Prose = key("ความนำ", default="")
    participants: Line = key("ผู้เข้าร่วม", default="")
    highlights: Many[Passage] = key("ประเด็น", default=())
    quote: Quote | None = key("คำกล่าว")
    closing: Prose = key("ปิดท้าย", default="")
    photos: Many[Image] = key("ภาพ", default=())
    credit: Line = key("เครดิต", default="")
    skip: YesNo = key("ไม่ออกข่าว", default=False)
    ignore: Ignored = key("ละเว้น", default={})


class Certified(Record):
    """รับรองครั้งที่: the earlier minutes that this meeting certified, when they are not on file."""

    number: Number | None = key("ครั้งที่")
    date: Day | None = key("วันที่")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not (self.number or self.date or self.has_unknown_keys):
            raise Fault("D42", key=self.key_for("number"))
        return self


Status = Literal["draft", "final", "certified"]


class Meeting(Record):
    """การประชุม: one sitting of a body, before it, while it is written up, and after it."""

    number: Number | None = key("ครั้งที่")
    session: Line = key("สมัยประชุม", default="")
    month: Line = key("ประจำเดือน", default="")
    date: Day = key("วันที่", default=...)
    start: Clock | None = key(
        "เวลาเริ่ม",
        meant_by=(
            "เริ่มประชุม",
            "เปิดประชุม",
            "เวลา",
            "time",
        ),
    )
    end: LaterClock | None = key(
        "เวลาเลิก",
        meant_by=(
            "เลิกประชุม",
            "ปิดประชุม",
            "เวลาปิด",
        ),
    )
    place: Line = key("สถานที่", default="", meant_by=("ห้องประชุม", "ณ"))
    mode: Annotated[
        Literal["onsite", "online", "hybrid"],
        PlainValidator(choice(onsite="ในที่ประชุม", online="ออนไลน์", hybrid="ผสม")),
    ] = key("รูปแบบ", default="onsite")
    platform: Line = key("ระบบประชุม", default="")
    status: Annotated[
        Status,
        PlainValidator(choice(draft="ร่าง", final="ฉบับสมบูรณ์", certified="รับรองแล้ว")),
    ] = key("สถานะ", default="draft")
    certified: Certified | None = key("รับรองครั้งที่")
    title: Line = key("ชื่อการประชุม", default="")
    chair: Person | None = key("ประธานในที่ประชุม", meant_by=("ประธาน",))
    attendance: Attendance = key("การเข้าประชุม", default=Attendance())
    opening: Prose = key("คำเปิดประชุม", default="")
    closing: Prose = key("คำปิดประชุม", default="")
    before: Many[Matter] = key("ก่อนวาระ", default=())
    agenda: Many[Section] = key("ระเบียบวาระ", default=())
    recorder: Person | None = key("ผู้จดรายงาน", meant_by=RECORDERS)
    checker: OneOrMore[Person] = key("ผู้ตรวจรายงาน", default=())
    release: Release = key("ข่าวประชาสัมพันธ์", default=Release())
    attachments: Many[Attachment] = key("เอกสารแนบ", default=())
    ignore: Ignored = key("ละเว้น", default={})

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        count = len(self.before) + sum(len(section.matters) for section in self.agenda)
        if count > MOST_MATTERS:
            raise Fault("D49", count=f"{count:,}", limit=f"{MOST_MATTERS:,}")
        return self

    @property
    def is_draft(self) -> bool:
        """Whether what is missing may still be missing."""
        return self.status == "draft"

    def files(self) -> Iterator["Image | Attachment"]:
        """Go through the pictures and attachments that the meeting names by file."""
        named: list[Image | Attachment] = [*self.release.photos, *self.attachments]
        for matter in self.all_matters():
            named += [*matter.images, *matter.attachments]
        return (record for record in named if record.file)

    def all_matters(self) -> Iterator[Matter]:
        """Go through the items in the order of the file, those before the agenda first."""
        yield from self.before
        for section in self.agenda:
            yield from section.matters
