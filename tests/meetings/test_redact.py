"""The public copy: what is in it, what is not, and that the rest stands as it stood."""

import dataclasses
import io
import re
import zipfile
from collections.abc import Iterator
from textwrap import indent
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import html

from minutes.build import pipeline
from minutes.documents import pages
from minutes.meetings import redact
from minutes.meetings.proceedings import Proceedings
from minutes.model.record import NOWHERE, Record
from tests.support import pdf_readers, sample
from tests.support.sample import agenda, item, meeting

CERTIFIED = "สถานะ: รับรองแล้ว\n"
SECRET = """
    ชื่อเรื่อง: การสอบข้อเท็จจริง
    ลับ: ใช่
    รายละเอียด: พยานสามปาก
    มติ: ลงโทษ
    ในข่าว: การลงโทษ
    ภาพ: [{ไฟล์: พยาน.png, คำบรรยาย: พยาน}]
"""
PERSONAL = """
    ชื่อเรื่อง: การช่วยเหลือผู้ประสบภัย
    ข้อมูลส่วนบุคคล: ใช่
    ผู้เสนอ: ผู้ใหญ่บ้าน
    รายละเอียด: บ้านของนางไหม
    มติ: ช่วยเหลือ
    คะแนนเสียง: {เห็นชอบ: 3}
    งบประมาณ: 4,321 บาท
"""
PLAIN = "ชื่อเรื่อง: แผนงานประจำปี\nมติ: เห็นชอบ\nภาพ: [{ไฟล์: แผน.png, คำบรรยาย: แผน}]"


def mixed(more: str = "", **around: Any) -> Proceedings:
    """Give a certified meeting with a secret, a personal and a plain item, in this order."""
    written = agenda("เพื่อพิจารณา", SECRET, PERSONAL, PLAIN)
    return meeting(CERTIFIED + written + more, **around)


def numbers(proceedings: Proceedings) -> list[str]:
    return sample.texts(proceedings, "//h3")


def records_in(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from records_in(getattr(value, name))
    elif isinstance(value, tuple):
        for member in value:
            yield from records_in(member)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from records_in(getattr(value, field.name))


@pytest.mark.parametrize(
    ("status", "publish_from", "may"),
    [
        ("ร่าง", "รับรองแล้ว", False),
        ("ร่าง", "ฉบับสมบูรณ์", False),
        ("ฉบับสมบูรณ์", "รับรองแล้ว", False),
        ("ฉบับสมบูรณ์", "ฉบับสมบูรณ์", True),
        ("รับรองแล้ว", "รับรองแล้ว", True),
        ("รับรองแล้ว", "ฉบับสมบูรณ์", True),
    ],
)
def test_only_what_has_come_far_enough_is_published(
    status: str, publish_from: str, may: bool
) -> None:
    given = meeting(f"สถานะ: {status}", office=f"เผยแพร่เมื่อ: {publish_from}")
    assert redact.may_be_published(given.case) is may
    if not may:
        with pytest.raises(ValueError, match="board-2567-02 is not to be published yet"):
            redact.public(given)


def test_the_numbers_of_the_items_stay_as_they_are() -> None:
    assert numbers(mixed()) == ["๕.๑ การสอบข้อเท็จจริง", "๕.๒ การช่วยเหลือผู้ประสบภัย", "๕.๓ แผนงานประจำปี"]
    assert numbers(redact.public(mixed())) == [
        "๕.๑ เรื่องที่ไม่เผยแพร่",
        "๕.๒ การช่วยเหลือผู้ประสบภัย",
        "๕.๓ แผนงานประจำปี",
    ]


def test_of_a_secret_item_nothing_is_left_but_its_number() -> None:
    secret = redact.public(mixed()).parts[4].matters[0].matter
    left = {name for name in secret.model_fields_set if getattr(secret, name)}
    assert (left, secret.title) == ({"title", "secret"}, "เรื่องที่ไม่เผยแพร่")


def test_of_a_personal_item_the_title_is_left() -> None:
    shown = sample.words(redact.public(mixed()))
    assert "๕.๒ การช่วยเหลือผู้ประสบภัย - รายละเอียดเป็นข้อมูลส่วนบุคคล ไม่เผยแพร่ - ๕.๓" in shown
    assert [word for word in ("ผู้ใหญ่บ้าน", "นางไหม", "ช่วยเหลือ คะแนน", "๔,๓๒๑") if word in shown] == []


def test_a_personal_item_says_in_the_release_what_its_writer_put_there() -> None:
    given = item(
        "ชื่อเรื่อง: การช่วยเหลือ\nข้อมูลส่วนบุคคล: ใช่\nมติ: ก\nในข่าว: การช่วยเหลือ 3 ราย", more=CERTIFIED
    )
    assert "การช่วยเหลือ 3 ราย" in sample.words(redact.public(given), "release")


ABSENT = """การเข้าประชุม:
  ผู้ไม่มาประชุม:
    - {ชื่อ: นายสาม ใจงาม, เหตุผล: ลาป่วยด้วยโรคหัวใจ}
    - {ชื่อ: นางสี่ ณ สงขลา, เหตุผล: ติดราชการ, ชนิด: ขาด}
"""


@pytest.mark.parametrize("council", [False, True])
def test_who_was_absent_is_told_and_why_only_where_the_office_says_so(council: bool) -> None:
    full, private = (meeting(CERTIFIED + ABSENT, council=council) for _ in range(2))
    open_ = meeting(CERTIFIED + ABSENT, council=council, office="เผยแพร่เหตุผลที่ไม่มา: ใช่")
    told = (sample.words(one) for one in (full, redact.public(private), redact.public(open_)))
    for said, tells in zip(told, (True, False, True), strict=True):
        assert ("โรคหัวใจ" in said, "ติดราชการ" in said) == (tells, tells)
        assert "นายสาม ใจงาม เกษตรอำเภอ" in said
    assert "โรคหัวใจ" not in repr(redact.public(private))


def test_a_secret_item_before_the_agenda_leaves_no_trace() -> None:
    hidden = "ก่อนวาระ: [{ชื่อเรื่อง: รับตัวผู้ต้องหา, ลับ: ใช่}]\n"
    assert "ก่อนระเบียบวาระ" not in sample.words(redact.public(meeting(CERTIFIED + hidden)))
    both = "ก่อนวาระ: [{ชื่อเรื่อง: รับตัวผู้ต้องหา, ลับ: ใช่}, มอบรางวัล]\n"
    shown = sample.words(redact.public(meeting(CERTIFIED + both)))
    assert "ก่อนระเบียบวาระการประชุม มอบรางวัล" in shown
    assert "ผู้ต้องหา" not in shown


def test_what_is_public_stands_as_in_the_full_minutes() -> None:
    full, public = sample.words(mixed()), sample.words(redact.public(mixed()))
    part = slice(full.index("๕.๓ แผนงาน"), full.index("(ลงชื่อ)"))
    assert full[part] in public


def test_the_copy_says_that_it_is_one() -> None:
    public = redact.public(mixed())
    assert sample.texts(public, "//header/p")[-1] == "(ฉบับเผยแพร่)"
    assert sample.texts(public, "//title")[0].endswith("(ฉบับเผยแพร่)")
    assert "ฉบับเผยแพร่" not in sample.words(mixed())


def test_the_copy_is_signed_by_name_alone() -> None:
    shown = sample.texts(
        redact.public(mixed("ผู้ตรวจรายงาน: นายก้อง ใจใส\n")), "//*[@class='signature']"
    )
    assert shown == [
        "(นางสาวห้า ใจกว้าง) นักวิชาการ ผู้จดรายงานการประชุม",
        "(นายก้อง ใจใส) ผู้ตรวจรายงานการประชุม",
    ]


@pytest.mark.parametrize(
    "checker", ["", "ผู้ตรวจรายงาน: {ชื่อ: นายก้อง ใจใส, หน้าที่: กรรมการตรวจรายงานการประชุม}\n"]
)
def test_a_councils_copy_has_no_line_to_fill_in_by_hand(checker: str) -> None:
    public = redact.public(mixed(checker, council=True))
    assert "…" in sample.words(mixed(checker, council=True))
    assert "…" not in sample.words(public)
    assert "รับรองรายงานการประชุมนี้" not in sample.words(public)


def test_a_councils_copy_says_who_certified_it_when() -> None:
    shown = sample.words(redact.public(mixed(council=True, following=sample.PREVIOUS)))
    assert "รับรองรายงานการประชุมนี้ ในคราวประชุม ครั้งที่ ๑/๒๕๖๗" in shown


def test_nothing_of_the_files_is_in_the_data() -> None:
    public = redact.public(mixed())
    found = list(records_in(public))
    assert len(found) > 15
    assert [record for record in found if record.places != NOWHERE] == []
    assert (public.case.source, public.problems) == (b"", ())


def test_only_pictures_that_are_shown_are_in_the_data() -> None:
    assert set(mixed().case.pictures) == {"พยาน.png", "แผน.png"}
    public = redact.public(mixed())
    assert set(public.case.pictures) == {"แผน.png"}
    assert set(pages.render("minutes", public).files) == {"pictures/1.png"}


def test_reasons_for_what_is_allowed_are_not_in_the_data() -> None:
    office = "เปิดเผยได้: {081-234 5678: สายด่วน}\nใบรับรองที่เชื่อถือ: certificates\n"
    given = mixed("ละเว้น: {W08: เหตุผลภายใน}\n", office=office, body="ละเว้น: {W10: เหตุผลภายใน}")
    public = redact.public(given)
    assert "เหตุผลภายใน" not in repr(public)
    assert (public.case.office.public, public.case.office.trust) == ({}, "")


def test_earlier_meetings_that_only_a_secret_item_follows_up_are_not_in_the_data() -> None:
    given = item("ลับ: ใช่\nสืบเนื่องจาก: board-2567-01 4.1", more=CERTIFIED)
    assert set(given.known_as) == {"board-2567-01"}
    assert redact.public(given).known_as == {}


def test_the_copy_of_the_copy_is_the_copy() -> None:
    public = redact.public(mixed())
    assert redact.public(public) == public


def test_every_field_of_the_proceedings_has_been_decided_upon() -> None:
    fields = {field.name for field in dataclasses.fields(Proceedings)}
    replaced = {"case", "people", "parts", "problems", "known_as", "unsaid", "is_public"}
    lists_of_people = {"chair", "recorder", "checkers", "members"}
    assert fields == replaced | lists_of_people | {"title", "kept"}


# The same text in every form (and in that of the full minutes, where nothing is left out).


def folded(text: str) -> str:
    return "".join(text.split())


def of_word(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def of_pdf(data: bytes) -> str:
    pages = [re.sub(r"^- [0-9๐-๙]+ -$", "", page, flags=re.M) for page in pdf_readers.pdfium(data)]
    return "".join(pages).replace("\r", "")


LONG = "\n".join(
    f"- ชื่อเรื่อง: เรื่องที่ {n}\n  รายละเอียด: การดำเนินงานตามแผนพัฒนาอำเภอในพื้นที่ 9 ตำบล\n  มติ: รับทราบ"
    for n in range(1, 30)
)
MANY = f"{CERTIFIED}ระเบียบวาระ:\n  - ชนิด: เพื่อทราบ\n    เรื่อง:\n{indent(LONG, '      ')}\n"


MARK = f"board-2567-02/v12 · SHA-256 {'0123456789abcdef' * 4}"


def test_the_copy_names_the_full_minutes_in_the_archive_as_they_are_written_there() -> None:
    given = dataclasses.replace(mixed(), kept=MARK)
    public = redact.public(given)
    assert sample.texts(public, "//main//p")[-1] == f"ฉบับเต็มเก็บในคลัง: {MARK}"
    assert "คลัง" not in sample.words(given) + sample.words(public, "release")
    assert "คลัง" not in sample.words(redact.public(mixed()))


@pytest.mark.parametrize("written", ["mixed", "long", "council"])
@pytest.mark.parametrize("kind", pipeline.KINDS)
def test_the_page_the_word_file_and_the_pdf_carry_the_same_text(
    kind: pages.Kind, written: str
) -> None:
    given = meeting(MANY) if written == "long" else mixed(council=written == "council")
    given = dataclasses.replace(given, kept=MARK)
    files = pipeline.build_public(given, [kind])
    stem = f"board-2567-02-{kind}-public"
    page = folded(sample.shown(html.document_fromstring(files[f"{stem}.html"].decode())))
    assert len(page) > 200
    assert folded(of_word(files[f"{stem}.docx"])) == page
    assert folded(of_pdf(files[f"{stem}.pdf"])) == page
    assert folded(files[f"{stem}.txt"].decode()).replace("|", "") == page


@pytest.mark.parametrize("kind", pipeline.KINDS)
def test_two_copies_of_a_meeting_are_the_same_bytes(kind: pages.Kind) -> None:
    assert pipeline.build_public(mixed(), [kind]) == pipeline.build_public(mixed(), [kind])


# What the files say of themselves.

ABOUT = {
    "minutes": ("รายงานการประชุมคณะกรรมการตัวอย่าง (ฉบับเผยแพร่)", "ที่ว่าการอำเภอตัวอย่าง"),
    "release": ("ข่าวที่ว่าการอำเภอตัวอย่าง เรื่อง", "ที่ว่าการอำเภอตัวอย่าง"),
}


@pytest.mark.parametrize("kind", pipeline.KINDS)
def test_a_public_pdf_says_what_it_is_and_carries_nothing(kind: pages.Kind) -> None:
    title, office = ABOUT[kind]
    (data,) = pipeline.build_public(mixed(), [kind], ["pdf"]).values()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert dict(pdf.attachments) == {}
        assert "/AF" not in pdf.Root
        about = {name: str(value) for name, value in dict(pdf.docinfo).items()}
        told = dict(pdf.open_metadata())
    assert about.keys() == {
        "/Author",
        "/CreationDate",
        "/Keywords",
        "/ModDate",
        "/Producer",
        "/Subject",
        "/Title",
    }
    assert (about["/Title"][: len(title)], about["/Author"]) == (title, office)
    names = {name.rpartition("}")[2] for name in told}
    assert names == {
        "part",
        "conformance",
        "title",
        "creator",
        "description",
        "schemas",
        "Keywords",
        "Producer",
        "CreateDate",
        "ModifyDate",
    }


@pytest.mark.parametrize("kind", pipeline.KINDS)
def test_a_public_word_file_says_what_it_is_and_no_more(kind: pages.Kind) -> None:
    title, office = ABOUT[kind]
    (data,) = pipeline.build_public(mixed(), [kind], ["docx"]).values()
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.title[: len(title)], about.author, about.last_modified_by) == (
        title,
        office,
        office,
    )
    empty = ("category", "comments", "content_status", "identifier", "version", "last_printed")
    assert [name for name in empty if getattr(about, name)] == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    assert [
        name for name in names if "custom" in name or "comments" in name or "thumb" in name
    ] == []
    assert [name for name in names if name.startswith("docProps/")] == ["docProps/core.xml"]
