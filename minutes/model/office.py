"""An office and its bodies: names, members, habits."""

from typing import Annotated, Literal, Self, cast

from pydantic import (
    PlainValidator,
    ValidationInfo,
    model_validator,
)

from minutes.model.record import Reading, Record, at_line, key, name_alone
from minutes.model.values import (
    Entry,
    Ignored,
    Line,
    Many,
    OneOrMore,
    People,
    Reasons,
    YesNo,
    choice,
    squeeze,
    value,
    whole_number,
)
from minutes.source.reader import Node, Scalar, Sequence
from minutes.thai import names


def _half_or_number(text: str) -> int | Literal["half"]:
    is_half = text.lower() in {"half", "กึ่งหนึ่ง", "ครึ่งหนึ่ง"}
    return "half" if is_half else whole_number(text.removesuffix("คน").strip(), least=1)


def _years_or_forever(text: str) -> int | Literal["forever"]:
    is_forever = text.lower() in {"ตลอดไป", "forever"}
    return "forever" if is_forever else whole_number(text.removesuffix("ปี").strip(), least=1)


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
        return name_alone(node)

    @property
    def shown_name(self) -> str:
        """The name with the spaces that official paper gives it."""
        return names.display_name(self.name)


class Numerals(Record):
    """ตัวเลข: which digits each document shows."""

    minutes: Annotated[
        Literal["thai", "arabic"], PlainValidator(choice(thai="ไทย", arabic="อารบิก"))
    ] = key("รายงานการประชุม", "รายงาน", default="thai")
    release: Annotated[
        Literal["thai", "arabic"], PlainValidator(choice(thai="ไทย", arabic="อารบิก"))
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
        PlainValidator(choice(certified="รับรองแล้ว", final="ฉบับสมบูรณ์")),
    ] = key("เผยแพร่เมื่อ", default="certified")
    publish_to: Line = key("เผยแพร่ที่", default="")
    public: Reasons = key("เปิดเผยได้", default={})
    public_reasons: YesNo = key("เผยแพร่เหตุผลที่ไม่มา", default=False)
    page_codes: YesNo = key("รหัสท้ายหน้า", default=True)
    trust: Line = key("ใบรับรองที่เชื่อถือ", default="")
    archive: Line = key("คลัง", default="")
    retention: Annotated[int | Literal["forever"], PlainValidator(value(_years_or_forever))] = key(
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
        PlainValidator(choice(committee="คณะกรรมการ", council="สภาท้องถิ่น", staff="หัวหน้าส่วนราชการ")),
    ] = key("ประเภท", default="committee")
    numbering: Annotated[
        Literal["calendar", "running"],
        PlainValidator(choice(calendar="ปีปฏิทิน", running="ต่อเนื่อง")),
    ] = key("การนับครั้ง", default="calendar")
    quorum: Annotated[int | Literal["half"], PlainValidator(value(_half_or_number))] = key(
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
        reading = cast(Reading, info.context)
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
