"""What a secretary writes, as frozen records: an office, its bodies, their meetings.

Every field has an English key and a Thai one. The records are validated straight from the nodes of
``minutes.source``, so that every problem knows its line and column; nothing here knows a page.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema

from minutes import prose, source, thai
from minutes.errors import Fault, MinutesError, Problem, problem
from minutes.source import Node, Scalar, Sequence
from minutes.thai import MeetingNumber

MOST_PERSONS = 1_000
MOST_MATTERS = 1_000


# --- values -----------------------------------------------------------------------------------


def _scalar(node: Node) -> Scalar:
    """Give the node as text, or say that text was wanted where a list or a mapping stands."""
    if isinstance(node, Scalar):
        return node
    raise Fault("D43" if node.flow else "D44")


def _line(node: Node) -> str:
    """Read one line of text; line breaks and runs of spaces fold into one space."""
    scalar = _scalar(node)
    if scalar.lost:
        raise Fault("D51", kept=scalar.text, lost=scalar.lost)
    return " ".join(thai.strip_invisible(scalar.text).split())


def _text(node: Node) -> str:
    """Read plain writing with a little Markdown; what cannot be read as such is a Fault."""
    scalar = _scalar(node)
    if scalar.lost:
        raise Fault("D51", kept=scalar.text, lost=scalar.lost)
    text = thai.strip_invisible(scalar.text).rstrip()
    prose.parse(text)
    return text


def _value(parse: Callable[[str], Any]) -> Callable[[Node], Any]:
    def read(node: Node) -> Any:
        return parse(" ".join(thai.strip_invisible(_scalar(node).text).split()))

    return read


def _whole_number(text: str) -> int:
    plain = thai.arabic(text).replace(",", "")
    if not re.fullmatch(r"\d{1,9}", plain):
        raise Fault("D47", value=text)
    return int(plain)


def _choice(**choices: str) -> Callable[[Node], str]:
    """Read one of a few words, given as English key = Thai word."""
    known = {squeeze(word): key for key, word in choices.items()} | {key: key for key in choices}

    def parse(text: str) -> str:
        if (found := known.get(squeeze(text).lower())) is None:
            wanted = " · ".join(f"{key} ({word})" for key, word in choices.items())
            raise Fault("D46", value=text, wanted=wanted)
        return found

    return _value(parse)


def squeeze(text: str) -> str:
    """Give the text without spaces: ``อื่น ๆ`` and ``อื่นๆ`` are one word to a reader of choices."""
    return "".join(text.split())


YES = frozenset({"true", "yes", "ใช่"})
NO = frozenset({"false", "no", "ไม่ใช่"})


def _yes_or_no(text: str) -> bool:
    word = text.lower()
    if word not in YES | NO:
        raise Fault("D57", value=text)
    return word in YES


def _line_or_false(node: Node) -> str | Literal[False]:
    text = _line(node)
    return False if text.lower() in NO else text


def _yes_or_time(text: str) -> time | bool:
    return _yes_or_no(text) if text.lower() in YES | NO else thai.parse_time(text)


def _yes_or_date(text: str) -> date | bool:
    return _yes_or_no(text) if text.lower() in YES | NO else thai.parse_date(text)


def _half_or_number(text: str) -> int | Literal["half"]:
    return "half" if text.lower() in {"half", "กึ่งหนึ่ง"} else _whole_number(text)


def _years_or_forever(text: str) -> int | Literal["forever"]:
    forever = text.lower() in {"ตลอดไป", "forever"}
    return "forever" if forever else _whole_number(text.removesuffix("ปี").strip())


def _members(node: Node) -> list[Node]:
    """Give the members of a list, or say that a list was wanted."""
    if not isinstance(node, Sequence):
        raise Fault("D45")
    return list(node.members)


def _persons(node: Node) -> list[Node]:
    members = _members(node)
    if len(members) > MOST_PERSONS:
        raise Fault("D48", count=f"{len(members):,}", limit=f"{MOST_PERSONS:,}")
    return members


def _one_or_more(node: Node) -> list[Node]:
    return _persons(node) if isinstance(node, Sequence) else [node]


def _names_or_count(node: Node) -> int | tuple[str, ...]:
    if isinstance(node, Sequence):
        return tuple(thai.display_name(_line(member)) for member in _persons(node))
    return cast(int, _value(_whole_number)(node))


def _reasons(node: Node) -> dict[str, str]:
    """Read a free mapping of one-line texts, e.g. rule codes and the reasons to switch them off."""
    if not isinstance(node, source.Mapping):
        raise Fault("D52")
    return {entry.key.text.strip(): _line(entry.value) for entry in node.entries}


Line = Annotated[str, PlainValidator(_line, json_schema_input_type=str)]
Prose = Annotated[str, PlainValidator(_text, json_schema_input_type=str)]
Day = Annotated[date, PlainValidator(_value(thai.parse_date), json_schema_input_type=str)]
Clock = Annotated[time, PlainValidator(_value(thai.parse_time), json_schema_input_type=str)]
Money = Annotated[Decimal, PlainValidator(_value(thai.parse_money), json_schema_input_type=str)]
Count = Annotated[int, PlainValidator(_value(_whole_number), json_schema_input_type=str)]
YesNo = Annotated[bool, PlainValidator(_value(_yes_or_no), json_schema_input_type=str)]
Reasons = Annotated[
    Mapping[str, str], PlainValidator(_reasons, json_schema_input_type=dict[str, str])
]
Number = Annotated[
    MeetingNumber, PlainValidator(_value(thai.parse_number), json_schema_input_type=str)
]
Ballot = Annotated[int | tuple[str, ...], PlainValidator(_names_or_count)]

T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(_members)]
People = Annotated[tuple[T, ...], BeforeValidator(_persons)]
OneOrMore = Annotated[tuple[T, ...], BeforeValidator(_one_or_more)]


# --- records ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Places:
    """Where a record and each of its fields stand in the file."""

    whole: Node
    fields: Mapping[str, Node] = field(default_factory=dict)

    def of(self, name: str = "", offset: int = 0) -> tuple[int, int]:
        """Give line and column of a field, or of the record; ``offset`` counts lines in a text."""
        node = self.fields.get(name, self.whole)
        if offset and isinstance(node, Scalar):
            return node.line_of(offset), 1
        return node.line, node.column


NOWHERE = Places(Scalar("", 1, 1))


class _Fields(dict[str, Any]):
    """The entries of one mapping by field name, with the node that they come from."""

    line = 1
    column = 1


@dataclass
class _Reading:
    """What is gathered while one file is validated."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, node: Node, code: str, **values: object) -> None:
        self.problems.append(problem(self.path, node.line, node.column, code, **values))


def key(*thai_keys: str, english: str = "", default: Any = None, **more: Any) -> Any:
    """Declare a field: its Thai keys, the first of which is shown, and its English one."""
    return Field(
        default, title=thai_keys[0], json_schema_extra={"keys": [english, *thai_keys]}, **more
    )


def folded(text: str) -> str:
    """Give a key as it is compared: NBSP, doubled spaces and the split SARA AM are folded."""
    return " ".join(thai.strip_invisible(text).split())


class Record(BaseModel):
    """A mapping of the input; an unknown key is an error, with the nearest known one as a hint."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    places: SkipJsonSchema[Places] = Field(default=NOWHERE, exclude=True, repr=False)
    keys: ClassVar[Mapping[str, str]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """List the keys of the record, English and Thai, with the field that each one names."""
        cls.keys = {
            word: name for name, info in cls.model_fields.items() for word in _keys_of(name, info)
        }

    @model_validator(mode="before")
    @classmethod
    def _from_node(cls, node: object, info: ValidationInfo) -> object:
        if isinstance(node, (Scalar, Sequence)):
            return cls._from_text(node)
        if isinstance(node, source.Mapping):
            return cls._from_mapping(node, cast(_Reading, info.context))
        return node

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        raise Fault("D52")

    @classmethod
    def _from_mapping(cls, node: source.Mapping, reading: _Reading) -> _Fields:
        fields, nodes = _Fields(), {}
        fields.line, fields.column = node.line, node.column
        first: dict[str, Scalar] = {}
        for entry in node.entries:
            name = cls.keys.get(folded(entry.key.text))
            if name is None:
                reading.report(entry.key, "D40", **cls._nearest(entry.key.text))
            elif name in first:
                reading.report(
                    entry.key,
                    "D41",
                    key=entry.key.text,
                    other=first[name].text,
                    line=first[name].line,
                )
            else:
                first[name] = entry.key
                nodes[name] = entry.value if not _is_empty(entry.value) else entry.key
                if not _is_empty(entry.value):
                    fields[name] = entry.value
        fields["places"] = Places(node, nodes)
        return fields

    @classmethod
    def _nearest(cls, text: str) -> dict[str, str]:
        near = difflib.get_close_matches(folded(text), cls.keys, n=1, cutoff=0.5)
        known = [word for word in cls.keys if not word.isascii()]
        return {"key": text, "near": near[0] if near else " · ".join(known)}


def _keys_of(name: str, info: FieldInfo) -> Iterator[str]:
    extra = info.json_schema_extra
    if isinstance(extra, dict):
        english, *others = cast(list[str], extra["keys"])
        yield english or name
        yield from others


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.style == "plain" and node.text in ("", "~", "null")


class Person(Record):
    """บุคคล: a name alone, or with position, role and a note."""

    name: Line = key("ชื่อ", default=...)
    position: Line = key("ตำแหน่ง", default="")
    role: Line = key("หน้าที่", default="")
    note: Line = key("หมายเหตุ", default="")
    voting: YesNo | None = key("สิทธิออกเสียง")

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"name": node, "places": Places(node)}

    @property
    def shown_name(self) -> str:
        """The name with the spaces that official paper gives it."""
        return thai.display_name(self.name)


class Numerals(Record):
    """ตัวเลข: which digits each document shows."""

    minutes: Annotated[
        Literal["thai", "arabic"], PlainValidator(_choice(thai="ไทย", arabic="อารบิก"))
    ] = key("รายงานการประชุม", "รายงาน", default="thai")
    release: Annotated[
        Literal["thai", "arabic"], PlainValidator(_choice(thai="ไทย", arabic="อารบิก"))
    ] = key("ข่าว", default="arabic")


class Office(Record):
    """หน่วยงาน: who issues the documents."""

    name: Line = key("ชื่อหน่วยงาน", default=...)
    short_name: Line = key("ชื่อย่อ", default="")
    unit: Line = key("ส่วนงาน", default="")
    address: Line = key("ที่อยู่", default="")
    phone: Line = key("โทรศัพท์", default="")
    email: Line = key("อีเมล", default="")
    website: Line = key("เว็บไซต์", default="")
    document_code: Line = key("รหัสหนังสือ", default="")
    numerals: Numerals = key("ตัวเลข", default=Numerals())
    logo: Line = key("ตรา", default="")
    garuda: Line = key("ครุฑ", default="")
    release_credit: Line = key("เครดิตข่าว", default="")
    glossary: Many[Line] = key("คำเฉพาะ", default=())
    publish_from: Annotated[
        Literal["certified", "final"],
        PlainValidator(_choice(certified="รับรองแล้ว", final="ฉบับสมบูรณ์")),
    ] = key("เผยแพร่เมื่อ", default="certified")
    public: Reasons = key("เปิดเผยได้", default={})
    trust: Line = key("ใบรับรองที่เชื่อถือ", default="")
    retention: Annotated[int | Literal["forever"], PlainValidator(_value(_years_or_forever))] = key(
        "อายุการเก็บ", default=10
    )


SECTION_KINDS = {
    "inform": "แจ้งให้ทราบ",
    "certify": "รับรองรายงาน",
    "arising": "สืบเนื่อง",
    "acknowledge": "เพื่อทราบ",
    "consider": "เพื่อพิจารณา",
    "other": "อื่น ๆ",
}
SectionKind = Literal["inform", "certify", "arising", "acknowledge", "consider", "other"]


class Body(Record):
    """คณะ: a committee, a council or the heads of agencies, whose meetings lie in one folder."""

    name: Line = key("ชื่อ", default=...)
    short_name: Line = key("ชื่อย่อ", default="")
    kind: Annotated[
        Literal["committee", "council", "staff"],
        PlainValidator(_choice(committee="คณะกรรมการ", council="สภาท้องถิ่น", staff="หัวหน้าส่วนราชการ")),
    ] = key("ประเภท", default="committee")
    numbering: Annotated[
        Literal["calendar", "running"],
        PlainValidator(_choice(calendar="ปีปฏิทิน", running="ต่อเนื่อง")),
    ] = key("การนับครั้ง", default="calendar")
    quorum: Annotated[int | Literal["half"], PlainValidator(_value(_half_or_number))] = key(
        "องค์ประชุม", default="half"
    )
    members: People[Person] = key("สมาชิก", default=())
    recorder: Person | None = key("ผู้จดรายงาน")
    checker: OneOrMore[Person] = key("ผู้ตรวจรายงาน", default=())
    place: Line = key("สถานที่", default="")
    sections: Many[Line] = key("ระเบียบวาระ", default=())
    ignore: Reasons = key("ละเว้น", default={})

    def votes(self, person: Person) -> bool:
        """Say whether a member votes; a council's secretary does not, unless told otherwise."""
        if person.voting is not None:
            return person.voting
        return not (self.kind == "council" and "เลขานุการ" in person.role)


class Absentee(Record):
    """ผู้ไม่มาประชุม: a member who did not come, and why."""

    name: Line = key("ชื่อ", default=...)
    reason: Line = key("เหตุผล", default="")
    kind: Annotated[
        Literal["leave", "missing"], PlainValidator(_choice(leave="ลา", missing="ขาด"))
    ] = key("ชนิด", "ประเภท", default="leave")

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"name": node, "places": Places(node)}


class Substitute(Record):
    """ผู้มาประชุมแทน: who came in a member's place."""

    member: Line = key("แทน", english="for", default=...)
    name: Line = key("ชื่อ", default=...)
    position: Line = key("ตำแหน่ง", default="")


class Change(Record):
    """เข้าออกระหว่างประชุม: who came late or left early, and when."""

    name: Line = key("ชื่อ", default=...)
    arrived: Annotated[time | bool | None, PlainValidator(_value(_yes_or_time))] = key("มาถึง")
    left: Annotated[time | bool | None, PlainValidator(_value(_yes_or_time))] = key("ออก")
    at: Clock | None = key("เวลา")

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if bool(self.arrived is not None) == bool(self.left is not None):
            raise Fault("D58")
        if self.when is None:
            raise Fault("D58")
        return self

    @property
    def when(self) -> time | None:
        """The time of the change."""
        given = self.arrived if self.arrived is not None else self.left
        return given if isinstance(given, time) else self.at


class Attendance(Record):
    """การเข้าประชุม: who came, who did not, who came in whose place, who sat in."""

    absent: People[Absentee] = key("ผู้ไม่มาประชุม", default=())
    substitutes: People[Substitute] = key("ผู้มาประชุมแทน", default=())
    guests: People[Person] = key("ผู้เข้าร่วมประชุม", default=())
    present: People[Person] = key("ผู้มาประชุม", default=())
    changes: People[Change] = key("เข้าออกระหว่างประชุม", default=())


class Remark(Record):
    """อภิปราย: what was said, by whom if it matters."""

    speaker: Line = key("ผู้พูด", default="")
    text: Prose = key("ข้อความ", default=...)

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"text": node, "places": Places(node, {"text": node})}


class Vote(Record):
    """คะแนนเสียง: counts, or the names of those who voted so."""

    in_favour: Ballot = key("เห็นชอบ", english="for", default=...)
    against: Ballot = key("ไม่เห็นชอบ", default=0)
    abstain: Ballot = key("งดออกเสียง", default=0)

    def count(self, ballot: str) -> int:
        """Give how many votes a ballot (a field's name) got."""
        value: int | tuple[str, ...] = getattr(self, ballot)
        return value if isinstance(value, int) else len(value)


class Action(Record):
    """มอบหมาย: what is to be done, by whom, until when."""

    task: Line = key("งาน", default=...)
    owner: Line = key("ผู้รับผิดชอบ", default="")
    due: Day | None = key("กำหนดเสร็จ")
    done: Annotated[date | bool, PlainValidator(_value(_yes_or_date))] = key(
        "เสร็จแล้ว", default=False
    )


class Image(Record):
    """ภาพ: a picture file and its caption."""

    file: Line = key("ไฟล์", default=...)
    caption: Line = key("คำบรรยาย", default="")


class Attachment(Record):
    """เอกสารแนบ: a file, or a paper that was handed out."""

    file: Line = key("ไฟล์", default="")
    title: Line = key("ชื่อเอกสาร", "ชื่อ", "ชื่อเรื่อง", default="")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.file and not self.title:
            raise Fault("D42", key="ชื่อเอกสาร")
        return self


class Correction(Record):
    """ข้อแก้ไข: one change to the previous minutes, made while they were certified."""

    page: Line = key("หน้า", default="")
    line: Line = key("บรรทัด", default="")
    old: Line = key("จากเดิม", english="from", default=...)
    new: Line = key("แก้เป็น", english="to", default=...)


class Matter(Record):
    """เรื่อง: one item of an agenda."""

    title: Line = key("ชื่อเรื่อง", default=...)
    presenter: Line = key("ผู้เสนอ", default="")
    background: Prose = key("เรื่องเดิม", default="")
    detail: Prose = key("รายละเอียด", default="")
    proposal: Prose = key("ข้อเสนอ", default="")
    discussion: Many[Remark] = key("อภิปราย", default=())
    resolution: Prose = key("มติ", default="")
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
    follows: Line = key("สืบเนื่องจาก", default="")

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return {"title": node, "places": Places(node)}


class Section(Record):
    """ระเบียบวาระ: a standard section by its kind, one with a title of its own, or both."""

    kind: Annotated[SectionKind | None, PlainValidator(_choice(**SECTION_KINDS))] = key("ชนิด")
    title: Line = key("หัวข้อ", default="")
    matters: Many[Matter] = key("เรื่อง", english="items", default=())
    corrections: Many[Correction] = key("ข้อแก้ไข", default=())
    resolution: Prose = key("มติ", default="")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.kind is None and not self.title:
            raise Fault("D53")
        return self


class Quote(Record):
    """คำกล่าว: what somebody said, for the press."""

    name: Line = key("ชื่อ", default=...)
    text: Line = key("ข้อความ", default=...)


class Release(Record):
    """ข่าวประชาสัมพันธ์: what the press release says otherwise than the meeting would."""

    headline: Line = key("พาดหัว", default="")
    issue: Line = key("ฉบับที่", default="")
    date: Day | None = key("วันที่ออกข่าว", "วันที่")
    lead: Prose = key("ความนำ", default="")
    participants: Line = key("ผู้เข้าร่วม", default="")
    highlights: Many[Prose] = key("ประเด็น", default=())
    quote: Quote | None = key("คำกล่าว")
    closing: Prose = key("ปิดท้าย", default="")
    photos: Many[Image] = key("ภาพ", default=())
    credit: Line = key("เครดิต", default="")
    skip: YesNo = key("ไม่ออกข่าว", default=False)


class Certified(Record):
    """รับรองครั้งที่: the earlier minutes that this meeting certified, when they are not on file."""

    number: Number | None = key("ครั้งที่")
    date: Day | None = key("วันที่")


Status = Literal["draft", "final", "certified"]


class Meeting(Record):
    """การประชุม: one sitting of a body, before it, while it is written up, and after it."""

    number: Number | None = key("ครั้งที่")
    session: Line = key("สมัยประชุม", default="")
    month: Line = key("ประจำเดือน", default="")
    date: Day = key("วันที่", default=...)
    start: Clock | None = key("เวลาเริ่ม")
    end: Clock | None = key("เวลาเลิก")
    place: Line = key("สถานที่", default="")
    mode: Annotated[
        Literal["onsite", "online", "hybrid"],
        PlainValidator(_choice(onsite="ในที่ประชุม", online="ออนไลน์", hybrid="ผสม")),
    ] = key("รูปแบบ", default="onsite")
    platform: Line = key("ระบบประชุม", default="")
    status: Annotated[
        Status,
        PlainValidator(_choice(draft="ร่าง", final="ฉบับสมบูรณ์", certified="รับรองแล้ว")),
    ] = key("สถานะ", default="draft")
    certified: Certified | None = key("รับรองครั้งที่")
    title: Line = key("ชื่อการประชุม", default="")
    chair: Person | None = key("ประธานในที่ประชุม")
    attendance: Attendance = key("การเข้าประชุม", default=Attendance())
    opening: Prose = key("คำเปิดประชุม", default="")
    closing: Prose = key("คำปิดประชุม", default="")
    before: Many[Matter] = key("ก่อนวาระ", default=())
    agenda: Many[Section] = key("ระเบียบวาระ", default=())
    recorder: Person | None = key("ผู้จดรายงาน")
    checker: OneOrMore[Person] = key("ผู้ตรวจรายงาน", default=())
    release: Release = key("ข่าวประชาสัมพันธ์", default=Release())
    attachments: Many[Attachment] = key("เอกสารแนบ", default=())
    ignore: Reasons = key("ละเว้น", default={})

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


# --- reading ----------------------------------------------------------------------------------

R = TypeVar("R", bound=Record)


def read(cls: type[R], path: Path) -> R:
    """Read a file as a record; raises MinutesError with every problem, in file order."""
    return validate(cls, source.read(path), path)


def validate(cls: type[R], node: Node, path: Path) -> R:
    """Turn a file's nodes into a record; raises MinutesError with every problem, in file order."""
    reading = _Reading(path)
    record = None
    try:
        record = cls.model_validate(node, context=reading)
    except ValidationError as caught:
        reading.problems += [_as_problem(error, path, node) for error in caught.errors()]
    if record is None or reading.problems:
        raise MinutesError(sorted(reading.problems, key=lambda p: (p.line, p.column)))
    return record


def _as_problem(error: Any, path: Path, whole: Node) -> Problem:
    """Give a problem its place: the node that was refused, or the mapping that lacks a key."""
    at = error["input"]
    line, column = getattr(at, "line", whole.line), getattr(at, "column", whole.column)
    if isinstance(at, Record):
        line, column = at.places.of()
    if error["type"] == "missing":
        return problem(path, line, column, "D42", key=_thai_key(error["loc"][-1]))
    fault = error.get("ctx", {}).get("error")
    if not isinstance(fault, Fault):
        raise TypeError(f"a fault of the program, not of the file: {error}")
    if fault.line and isinstance(at, Scalar):
        line, column = at.line_of(fault.line), 1
    return problem(path, line, column, fault.code, **fault.values)


def _thai_key(name: object) -> str:
    for cls in Record.__subclasses__():
        if (info := cls.model_fields.get(str(name))) is not None and info.is_required():
            return str(info.title)
    return str(name)
