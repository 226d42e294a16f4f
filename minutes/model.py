"""What a secretary writes, as frozen records: an office, its bodies, their meetings.

Every field has an English key and a Thai one. The records are validated straight from the nodes of
``minutes.source``, so that every problem knows its line and column; nothing here knows a page.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
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
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema

from minutes import prose, source, thai
from minutes.errors import Fault, MinutesError, Problem, problem
from minutes.messages import MESSAGES
from minutes.source import Node, Scalar, Sequence
from minutes.stumbles import MOST_FAULTS, OTHER_DASH
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
    if scalar.lines and scalar.style != "literal":
        raise Fault("D101")
    text = thai.strip_invisible(scalar.text).rstrip()
    prose.parse(text)
    return text


def _entry(node: Node) -> str:
    """Read one line of text that must not be empty."""
    if _is_empty(node) or not (line := _line(node)):
        raise Fault("D91")
    return line


def _passage(node: Node) -> str:
    """Read plain writing that must not be empty."""
    if _is_empty(node) or not (text := _text(node)):
        raise Fault("D91")
    return text


def _words_of(node: Node) -> str:
    return " ".join(thai.strip_invisible(_scalar(node).text).split())


class Value:
    """Reads a node as one value; ``parse`` makes it of the words that were written."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        self.parse = parse

    def __call__(self, node: Node) -> Any:
        """Give the value; raises Fault."""
        return self.parse(_words_of(node))


def _value(parse: Callable[[str], Any]) -> Value:
    return Value(parse)


def _whole_number(text: str, *, least: int = 0) -> int:
    """Return the whole number that a text holds; raises Fault where there is none."""
    plain = thai.arabic(text).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain) or int(plain) < least:
        raise Fault("D47", value=text, least=least)
    return int(plain)


class Choice(Value):
    """Reads one of a few words; ``words`` gives the Thai word of each English key."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(self._chosen)
        self.words = words
        self._known = {squeeze(word): key for key, word in words.items()} | {k: k for k in words}

    def _chosen(self, text: str) -> str:
        if (found := self._known.get(squeeze(text).lower())) is None:
            thai_words, words = tuple(self.words.values()), tuple(self.words)
            raise Fault("D46", value=text, wanted_th=thai_words, wanted=words)
        return found


def _choice(**words: str) -> Choice:
    return Choice(words)


def squeeze(text: str) -> str:
    """Give the text without spaces: ``อื่น ๆ`` and ``อื่นๆ`` are one word to a reader of choices."""
    return "".join(text.split())


YES = frozenset({"true", "yes", "ใช่"})
NO = frozenset({"false", "no", "ไม่ใช่"})


def _yes_or_no(text: str) -> bool:
    """Return whether a text says yes; raises Fault where it says neither."""
    word = text.lower()
    if word not in YES | NO:
        raise Fault("D57", value=text)
    return word in YES


def _line_or_false(node: Node) -> str | Literal[False]:
    text = _line(node)
    return False if text.lower() in NO else text


def _yes_or_time(text: str) -> time | bool:
    return _yes_or_no(text) if text.lower() in YES | NO else thai.parse_later_time(text)


def _yes_or_date(text: str) -> date | bool:
    return _yes_or_no(text) if text.lower() in YES | NO else thai.parse_date(text)


def _half_or_number(text: str) -> int | Literal["half"]:
    is_half = text.lower() in {"half", "กึ่งหนึ่ง", "ครึ่งหนึ่ง"}
    return "half" if is_half else _whole_number(text.removesuffix("คน").strip(), least=1)


def _years_or_forever(text: str) -> int | Literal["forever"]:
    is_forever = text.lower() in {"ตลอดไป", "forever"}
    return "forever" if is_forever else _whole_number(text.removesuffix("ปี").strip(), least=1)


REFERENCE = re.compile(r"([a-z0-9-]+-[0-9]{4}-[0-9]{1,4}[a-z]?) +([0-9]+(?:\.[0-9]+)*)")


def _reference(text: str) -> str:
    """Read the id and the item of an earlier meeting, ``otop-2567-01 5.2``."""
    if REFERENCE.fullmatch(plain := thai.arabic(text)) is None:
        raise Fault("D93", value=text)
    return plain


def _refuse_other_dashes(node: Node) -> None:
    """Say of lines that each begin with another dash than the keyboard's that they are no list."""
    is_plain = isinstance(node, Scalar) and node.style == "plain"
    if is_plain and (dash := OTHER_DASH.match(cast(Scalar, node).text)):
        raise Fault("D423", sign=dash["sign"])


def _members(node: Node) -> list[Node]:
    """Give the members of a list, or say that a list was wanted."""
    if isinstance(node, Sequence):
        return list(node.members)
    if isinstance(node, Scalar) and node.style == "plain" and node.text.startswith("-"):
        raise Fault("D30", sign="-")
    _refuse_other_dashes(node)
    raise Fault("D94" if isinstance(node, source.Mapping) else "D45")


def _persons(node: Node) -> list[Node]:
    members = _members(node)
    if len(members) > MOST_PERSONS:
        raise Fault("D48", count=f"{len(members):,}", limit=f"{MOST_PERSONS:,}")
    return members


def _one_or_more(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return _persons(node)
    _refuse_other_dashes(node)
    return [node]


def _names_or_count(node: Node, info: ValidationInfo) -> int | tuple[str, ...]:
    if not isinstance(node, Sequence):
        return _whole_number(_words_of(node).removesuffix("เสียง").strip())
    reading = cast(_Reading, info.context)
    return tuple(thai.display_name(reading.text(name, _entry)) for name in _persons(node))


def _reasons(
    node: Node, info: ValidationInfo, example_th: str = "ข้อความ", example: str = "text"
) -> dict[str, str]:
    """Read a free mapping of texts and the reason for each."""
    if not isinstance(node, source.Mapping):
        raise Fault("D95", example_th=f"{example_th}: เหตุผล", example=f"{example}: reason")
    reading = cast(_Reading, info.context)
    for entry in node.entries:
        if _is_empty(entry.value):
            reading.report(entry.key, "D92", key=entry.key.text)
    given = [entry for entry in node.entries if not _is_empty(entry.value)]
    return {folded(entry.key.text): reading.text(entry.value, _entry) for entry in given}


CHECKS = (
    frozenset(f"W{number:02}" for number in range(1, 43))
    | {code for code in MESSAGES if code.startswith("W")}
    | {"D61", "D62"}
)
"""The codes of checks that may be switched off."""


def _ignored(node: Node, info: ValidationInfo) -> dict[str, str]:
    """Read the codes of checks and the reason to switch each one off."""
    reasons = _reasons(node, info, "W08", "W08")
    for entry in cast(source.Mapping, node).entries:
        if (code := folded(entry.key.text)) not in CHECKS:
            values = {"value": entry.key.text, "near": _nearest_check(code)}
            cast(_Reading, info.context).report(entry.key, "D59", **values)
    return reasons


def _nearest_check(code: str) -> str:
    """Give the code of a check that was meant: the one with the nearest number."""
    number = int((re.findall("[0-9]{1,3}", thai.arabic(code)) or ["8"])[0])
    return min(sorted(CHECKS, reverse=True), key=lambda known: abs(int(known[1:]) - number))


Line = Annotated[str, PlainValidator(_line, json_schema_input_type=str)]
Entry = Annotated[str, PlainValidator(_entry, json_schema_input_type=str)]
Passage = Annotated[str, PlainValidator(_passage, json_schema_input_type=str)]
Prose = Annotated[str, PlainValidator(_text, json_schema_input_type=str)]
Day = Annotated[date, PlainValidator(_value(thai.parse_date), json_schema_input_type=str)]
Clock = Annotated[time, PlainValidator(_value(thai.parse_time), json_schema_input_type=str)]
LaterClock = Annotated[
    time, PlainValidator(_value(thai.parse_later_time), json_schema_input_type=str)
]
Money = Annotated[Decimal, PlainValidator(_value(thai.parse_money), json_schema_input_type=str)]
Count = Annotated[int, PlainValidator(_value(_whole_number), json_schema_input_type=str)]
YesNo = Annotated[bool, PlainValidator(_value(_yes_or_no), json_schema_input_type=str)]
Reasons = Annotated[
    Mapping[str, str], PlainValidator(_reasons, json_schema_input_type=dict[str, str])
]
Ignored = Annotated[
    Mapping[str, str], PlainValidator(_ignored, json_schema_input_type=dict[str, str])
]
Reference = Annotated[str, PlainValidator(_value(_reference), json_schema_input_type=str)]
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

    def of(self, name: str = "", offset: int | None = None) -> tuple[int, int]:
        """Give line and column of a field, or of the record; ``offset`` counts lines in a text."""
        node = self.node(name)
        if offset is None:
            return node.line, node.column
        return _line_in(node, offset)

    def node(self, name: str) -> Node:
        """Give what was written for a field, or for the record when the field was not."""
        return self.fields.get(name, self.whole)

    @property
    def is_english(self) -> bool:
        """Whether the record's keys are written in English."""
        if not isinstance(self.whole, source.Mapping) or not self.whole.entries:
            return False
        return all(entry.key.text.isascii() for entry in self.whole.entries)


def _line_in(node: Node, offset: int) -> tuple[int, int]:
    """Give line and column of a line in a text, counted from 0; a text after | begins below it."""
    line = node.line_of(offset) if isinstance(node, Scalar) else node.line
    return line, node.column if line == node.line else 1


def at_line(line: int) -> dict[str, str]:
    """Give the slots of a message that says where something stands besides."""
    return {"where_th": f"บรรทัดที่ {line}", "where": f"line {line}"}


NOWHERE = Places(Scalar("", 1, 1))


class _Fields(dict[str, Any]):
    """The entries of one mapping by field name, and what its keys were taken for."""

    def __init__(self, record: type["Record"], node: source.Mapping) -> None:
        super().__init__()
        self.record = record
        self.places = Places(node)


@dataclass
class _Reading:
    """What is gathered while one file is validated."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, node: Node, code: str, **values: object) -> None:
        self.problems.append(problem(self.path, node.line, node.column, code, **values))

    def report_unknown(self, key: Scalar, record: type["Record"]) -> None:
        """Report a key that the record does not have, unless more than enough is wrong already."""
        if len(self.problems) < MOST_FAULTS:
            fault = _unknown_key(record, key.text)
            self.report(key, fault.code, **fault.values)

    def text(self, node: Node, read: Callable[[Node], str]) -> str:
        """Read one text among several; a fault is reported at its own place."""
        try:
            return read(node)
        except Fault as fault:
            self.report(node, fault.code, **fault.values)
            return ""


def key(
    *thai_keys: str,
    english: str = "",
    default: Any = None,
    meant_by: tuple[str, ...] = (),
    **more: Any,
) -> Any:
    """Declare a field: its Thai keys, the first of which is shown, and its English one.

    ``meant_by`` are words that people write for it and that only a hint knows.
    """
    extra: JsonDict = {"keys": [english, *thai_keys], "meant_by": [*meant_by]}
    return Field(default, title=thai_keys[0], json_schema_extra=extra, **more)


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
            if _is_empty(node) or (isinstance(node, Scalar) and not node.text.strip()):
                raise Fault("D91")
            return cls._from_text(node)
        if isinstance(node, source.Mapping):
            return cls._from_mapping(node, cast(_Reading, info.context))
        return node

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        first = next(name for name in cls.model_fields if name != "places")
        raise Fault("D52", key=cls.shown_key(first), key_en=cls.shown_key(first, english=True))

    @classmethod
    def _from_mapping(cls, node: source.Mapping, reading: _Reading) -> _Fields:
        fields = _Fields(cls, node)
        written: dict[str, source.Entry] = {}
        for entry in node.entries:
            name = cls.keys.get(folded(entry.key.text))
            if name is None:
                reading.report_unknown(entry.key, cls)
            elif name in written:
                other = written[name].key
                values = {"key": entry.key.text, "other": other.text, "line": other.line}
                reading.report(entry.key, "D41", **values)
            else:
                written[name] = entry
        for name, entry in written.items():
            if not _is_empty(entry.value):
                fields[name] = entry.value
        places = {name: e.key if _is_empty(e.value) else e.value for name, e in written.items()}
        fields["places"] = fields.places = Places(node, places)
        return fields

    @classmethod
    def shown_key(cls, name: str, *, english: bool = False) -> str:
        """Give the key of a field as a message shows it."""
        info = cls.model_fields[name]
        return next(_keys_of(name, info)) if english else str(info.title)

    def key_for(self, name: str) -> str:
        """Give the key of a field in the language in which this record is written."""
        return self.shown_key(name, english=self.places.is_english)

    def within(self) -> Iterator["Record"]:
        """Go through every record below this one, in no order of the file."""
        found: list[Record] = []
        self._gather(found)
        return iter(found)

    def _gather(self, found: "list[Record]") -> None:
        for value in self.__dict__.values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Record):
                    found.append(one)
                    one._gather(found)

    def switched_off(self) -> Iterator[tuple[str, tuple[str, Scalar]]]:
        """Go through the checks that the record switches off: code, reason, the key in the file."""
        reasons: Mapping[str, str] = getattr(self, "ignore", {})
        node = self.places.node("ignore")
        for entry in node.entries if reasons and isinstance(node, source.Mapping) else ():
            code = folded(entry.key.text)
            yield code, (reasons[code], entry.key)

    @property
    def has_unknown_keys(self) -> bool:
        """Whether a key was not understood, so that nothing can be said to be missing."""
        node = self.places.whole
        entries = node.entries if isinstance(node, source.Mapping) else ()
        return any(folded(entry.key.text) not in self.keys for entry in entries)


def _keys_of(name: str, info: FieldInfo) -> Iterator[str]:
    extra = info.json_schema_extra
    if isinstance(extra, dict):
        english, *others = cast(list[str], extra["keys"])
        yield english or name
        yield from others


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.style == "plain" and node.text in ("", "~", "null")


def _name_alone(node: Scalar | Sequence) -> dict[str, object]:
    if isinstance(node, Sequence):
        raise Fault("D97")
    return {"name": node, "places": Places(node)}


class Person(Record):
    """บุคคล: a name alone, or with position, role and a note."""

    name: Entry = key("ชื่อ", default=...)
    position: Line = key("ตำแหน่ง", default="")
    role: Line = key("หน้าที่", default="")
    note: Line = key("หมายเหตุ", default="")
    voting: YesNo | None = key("สิทธิออกเสียง")
    ignore: Ignored = key("ละเว้น", default={})

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return _name_alone(node)

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

    name: Entry = key("ชื่อหน่วยงาน", default=...)
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
    glossary: Many[Entry] = key("คำเฉพาะ", default=())
    publish_from: Annotated[
        Literal["certified", "final"],
        PlainValidator(_choice(certified="รับรองแล้ว", final="ฉบับสมบูรณ์")),
    ] = key("เผยแพร่เมื่อ", default="certified")
    publish_to: Line = key("เผยแพร่ที่", default="")
    public: Reasons = key("เปิดเผยได้", default={})
    public_reasons: YesNo = key("เผยแพร่เหตุผลที่ไม่มา", default=False)
    page_codes: YesNo = key("รหัสท้ายหน้า", default=True)
    trust: Line = key("ใบรับรองที่เชื่อถือ", default="")
    archive: Line = key("คลัง", default="")
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


RECORDERS = ("เลขานุการ", "ผู้บันทึก", "ผู้จดบันทึก", "ผู้จด")


class Body(Record):
    """คณะ: a committee, a council or the heads of agencies, whose meetings lie in one folder."""

    name: Entry = key("ชื่อ", default=...)
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
    recorder: Person | None = key("ผู้จดรายงาน", meant_by=RECORDERS)
    checker: OneOrMore[Person] = key("ผู้ตรวจรายงาน", default=())
    place: Line = key("สถานที่", default="", meant_by=("ห้องประชุม", "ณ"))
    sections: Many[Entry] = key("ระเบียบวาระ", default=())
    ignore: Ignored = key("ละเว้น", default={})

    @model_validator(mode="after")
    def _members_are_sound(self, info: ValidationInfo) -> Self:
        reading = cast(_Reading, info.context)
        known: dict[str, Node] = {}
        for member in self.members:
            node = member.places.node("name")
            first = known.setdefault(squeeze(member.shown_name), node)
            if first is not node:
                reading.report(node, "W06", name=member.shown_name, **at_line(first.line))
        voting = sum(self.votes(member) for member in self.members)
        if self.quorum != "half" and self.members and self.quorum > voting:
            node = self.places.node("quorum")
            reading.report(node, "D96", quorum=self.quorum, members=voting)
        return self

    def votes(self, person: Person) -> bool:
        """Say whether a member votes; a council's secretary does not, unless told otherwise."""
        if person.voting is not None:
            return person.voting
        return not (self.kind == "council" and "เลขานุการ" in person.role)


class Absentee(Record):
    """ผู้ไม่มาประชุม: a member who did not come, and why."""

    name: Entry = key("ชื่อ", default=...)
    reason: Line = key("เหตุผล", default="")
    kind: Annotated[
        Literal["leave", "missing"], PlainValidator(_choice(leave="ลา", missing="ขาด"))
    ] = key("ชนิด", "ประเภท", default="leave")
    ignore: Ignored = key("ละเว้น", default={})

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        return _name_alone(node)


class Substitute(Record):
    """ผู้มาประชุมแทน: who came in a member's place."""

    member: Entry = key("แทน", english="for", default=...)
    name: Entry = key("ชื่อ", default=...)
    position: Line = key("ตำแหน่ง", default="")
    ignore: Ignored = key("ละเว้น", default={})


class Change(Record):
    """เข้าออกระหว่างประชุม: who came late or left early, and when."""

    name: Entry = key("ชื่อ", default=...)
    arrived: Annotated[time | bool | None, PlainValidator(_value(_yes_or_time))] = key("มาถึง")
    left: Annotated[time | bool | None, PlainValidator(_value(_yes_or_time))] = key("ออก")
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
    done: Annotated[date | bool, PlainValidator(_value(_yes_or_date))] = key(
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

    kind: Annotated[SectionKind | None, PlainValidator(_choice(**SECTION_KINDS))] = key(
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
        PlainValidator(_choice(onsite="ในที่ประชุม", online="ออนไลน์", hybrid="ผสม")),
    ] = key("รูปแบบ", default="onsite")
    platform: Line = key("ระบบประชุม", default="")
    status: Annotated[
        Status,
        PlainValidator(_choice(draft="ร่าง", final="ฉบับสมบูรณ์", certified="รับรองแล้ว")),
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


# --- reading ----------------------------------------------------------------------------------

R = TypeVar("R", bound=Record)


def read(cls: type[R], path: Path) -> R:
    """Read a file as a record; raises MinutesError with every problem, in file order.

    Where the file could be read only in part, the rest is looked through for more problems.
    """
    return understand(cls, source.survey(path), path)


def understand(cls: type[R], reading: source.Reading, path: Path) -> R:
    """Turn what could be read of a file into a record; raises as ``read`` does."""
    node, problems = reading
    if node is None:
        raise MinutesError(problems)
    try:
        record = validate(cls, node, path)
    except MinutesError as error:
        stumbled = {known.line for known in problems}
        more = [found for found in error.problems if found.line not in stumbled]
        raise MinutesError(sorted([*problems, *more], key=_place)) from None
    if problems:
        raise MinutesError(problems)
    return record


def _place(found: Problem) -> tuple[int, int]:
    return found.line, found.column


def validate(cls: type[R], node: Node, path: Path) -> R:
    """Turn a file's nodes into a record; raises MinutesError with every problem, in file order."""
    reading = _Reading(path)
    record = None
    try:
        record = cls.model_validate(node, context=reading)
    except ValidationError as caught:
        found = (_as_problem(error, path, node) for error in caught.errors())
        reading.problems += [problem for problem in found if problem is not None]
    if record is None or reading.problems:
        raise MinutesError(sorted(reading.problems, key=_place)[:MOST_FAULTS])
    return record


def _as_problem(error: Any, path: Path, whole: Node) -> Problem | None:
    """Give a problem its place: the node that was refused, or the mapping that lacks a key."""
    at = error["input"]
    if error["type"] == "missing" and isinstance(at, _Fields):
        return _missing(at, str(error["loc"][-1]), path)
    fault = error.get("ctx", {}).get("error")
    if not isinstance(fault, Fault):
        raise TypeError(f"a fault of the program, not of the file: {error}")
    line, column = getattr(at, "line", whole.line), getattr(at, "column", whole.column)
    if fault.line is not None and isinstance(at, Scalar):
        line, column = _line_in(at, fault.line)
    return problem(path, line, column, fault.code, **fault.values)


def _missing(fields: _Fields, name: str, path: Path) -> Problem | None:
    """Say that a key is missing or has no value, unless an unknown key was meant for it."""
    record, places = fields.record, fields.places
    shown = record.shown_key(name, english=places.is_english)
    if name in places.fields:
        return problem(path, *places.of(name), "D90", key=shown)
    if name in {
        record.keys.get(near) for near in _meant(record, cast(source.Mapping, places.whole))
    }:
        return None
    return problem(path, *places.of(), "D42", key=shown)


# --- unknown keys -----------------------------------------------------------------------------

RECORDS: Mapping[type[Record], tuple[str, str]] = {
    Meeting: ("การประชุม (ชิดซ้ายสุด)", "the meeting itself (at the left edge)"),
    Matter: ("เรื่อง", "items"),
    Person: ("รายชื่อบุคคล", "persons"),
    Attendance: ("การเข้าประชุม", "attendance"),
    Absentee: ("ผู้ไม่มาประชุม", "absent"),
    Substitute: ("ผู้มาประชุมแทน", "substitutes"),
    Change: ("เข้าออกระหว่างประชุม", "changes"),
    Section: ("ระเบียบวาระ", "agenda"),
    Correction: ("ข้อแก้ไข", "corrections"),
    Remark: ("อภิปราย", "discussion"),
    Vote: ("คะแนนเสียง", "vote"),
    Action: ("มอบหมาย", "actions"),
    Image: ("ภาพ", "images"),
    Attachment: ("เอกสารแนบ", "attachments"),
    Release: ("ข่าวประชาสัมพันธ์", "release"),
    Quote: ("คำกล่าว", "quote"),
    Body: ("body.yaml", "body.yaml"),
    Office: ("office.yaml", "office.yaml"),
    Numerals: ("ตัวเลข", "numerals"),
    Certified: ("รับรองครั้งที่", "certified"),
}
"""The records by what a writer calls them."""


@lru_cache(maxsize=MOST_FAULTS)
def _unknown_key(record: type[Record], text: str) -> Fault:
    """Say what an unknown key may mean: one that is known here, one of another record, or none."""
    word = folded(text).lower()
    if near := _meant_by(record, word):
        return Fault("D40", key=text, near=near)
    owners = [
        names for other, names in RECORDS.items() if word in other.keys | _hints(other).keys()
    ]
    if owners:
        where_th, where_en = zip(*owners[:3], strict=True)
        return Fault("D56", key=text, where_th=where_th, where=where_en)
    if near := _nearest(word, record.keys, 0.65):
        return Fault("D40", key=text, near=near)
    english = word.isascii()
    shown = [
        record.shown_key(name, english=english) for name in dict.fromkeys(record.keys.values())
    ]
    return Fault("D55", key=text, known=tuple(shown))


def _meant_by(record: type[Record], word: str) -> str:
    """Give the key that people mean by a word, that it nearly spells, or that it contains."""
    if word in (hints := _hints(record)):
        return hints[word]
    if near := _nearest(word, record.keys, 0.85):
        return near
    if any(word in other.keys or word in _hints(other) for other in RECORDS):
        return ""
    within = [known for known in record.keys if len(known) > 2 and (known in word or word in known)]
    return max(within, key=len, default="") if len(word) > 2 else ""


@cache
def _hints(record: type[Record]) -> dict[str, str]:
    """Give the words that people write for a record's keys, and the keys."""
    hints: dict[str, str] = {}
    for info in record.model_fields.values():
        extra = info.json_schema_extra
        words = cast(list[str], extra["meant_by"]) if isinstance(extra, dict) else []
        hints |= dict.fromkeys(words, str(info.title))
    return hints


def _nearest(word: str, keys: Iterable[str], cutoff: float) -> str:
    """Give the nearest key in the language of the word."""
    same_language = [known for known in keys if known.isascii() == word.isascii()]
    return next(iter(difflib.get_close_matches(word, same_language, n=1, cutoff=cutoff)), "")


def _meant(record: type[Record], node: source.Mapping) -> Iterator[str]:
    """Go through the known keys that the unknown ones of a mapping probably mean."""
    for entry in node.entries[:MOST_FAULTS]:
        if folded(entry.key.text) not in record.keys:
            yield str(_unknown_key(record, entry.key.text).values.get("near", ""))
