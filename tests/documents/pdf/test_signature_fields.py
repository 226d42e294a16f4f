"""The empty signature fields, as programs read them that did not write them."""

import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from minutes.build import pipeline
from minutes.meetings import loading, proceedings
from minutes.meetings.proceedings import Proceedings
from minutes.paths import ROOT
from tests.support import sample

EXAMPLE = ROOT / "agendas/sapha/council/2569-03.yaml"
INSPECTORS = """
ผู้ตรวจรายงาน:
  - {ชื่อ: นางสอง ใจเย็น, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: ประธานกรรมการตรวจรายงานการประชุม}
  - {ชื่อ: นายสาม ใจงาม, ตำแหน่ง: เกษตรอำเภอ, หน้าที่: กรรมการตรวจรายงานการประชุม}
"""


def printed(proceedings: Proceedings) -> bytes:
    (data,) = pipeline.build(proceedings, ["minutes"], ["pdf"]).values()
    return data


def fields(data: bytes) -> dict[str, Any]:
    return pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}


@pytest.mark.parametrize(
    ("proceedings", "names"),
    [
        (sample.item("มติ: รับทราบ"), ["MinuteTaker"]),
        (sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น"), ["MinuteTaker", "Reviewer"]),
        (
            sample.meeting(INSPECTORS, council=True),
            ["MinuteTaker", "Reviewer1", "Reviewer2", "Chair"],
        ),
        (sample.item(draft=True), []),
    ],
)
def test_there_is_a_field_for_each_who_signs(proceedings: Proceedings, names: list[str]) -> None:
    found = fields(printed(proceedings))
    assert list(found) == names
    assert {field["/FT"] for field in found.values()} <= {"/Sig"}
    assert not any("/V" in field for field in found.values())


def test_the_public_copy_has_no_field() -> None:
    proceedings = sample.item("มติ: รับทราบ", office="เผยแพร่เมื่อ: ฉบับสมบูรณ์")
    (data,) = pipeline.build_public(proceedings, ["minutes"], ["pdf"]).values()
    assert fields(data) == {}


def test_a_field_says_in_thai_who_signs_there_and_as_what() -> None:
    found = fields(printed(sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น")))
    assert [field["/TU"] for field in found.values()] == [
        "ช่องลงลายมือชื่อ ผู้จดรายงานการประชุม (นางสาวห้า ใจกว้าง) นักวิชาการ",
        "ช่องลงลายมือชื่อ ผู้ตรวจรายงานการประชุม (นางสอง ใจเย็น) ปลัดอำเภอ",
    ]


def test_of_an_example_council_committee_and_chair_sign_as_they_are_named() -> None:
    """Of names that no line breaks, none is broken for those who listen."""
    (case,) = loading.find([EXAMPLE]).cases
    found = fields(printed(proceedings.work_out(case)))
    office = "องค์การบริหารส่วนตำบลตัวอย่าง"
    assert {name: field["/TU"].removeprefix("ช่องลงลายมือชื่อ ") for name, field in found.items()} == {
        "MinuteTaker": f"ผู้จดรายงานการประชุม (นางสาวสมมติ ที่สิบสาม) ปลัด{office}",
        "Reviewer1": "ประธานกรรมการ (นายสมมติ ที่สาม) สมาชิกสภา หมู่ที่ ๓",
        "Reviewer2": "กรรมการ (นางสาวสมมติ ที่ห้า) สมาชิกสภา หมู่ที่ ๕",
        "Reviewer3": "กรรมการ (นายสมมติ ที่เก้า) สมาชิกสภา หมู่ที่ ๙",
        "Chair": f"ประธานสภา (นายสมมติ ที่หนึ่ง) ประธานสภา{office}",
    }


def test_a_field_stands_right_above_the_line_that_is_signed() -> None:
    data = printed(sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น"))
    seen = 0
    for page, shown in zip(
        pypdf.PdfReader(io.BytesIO(data)).pages, pypdfium2.PdfDocument(data), strict=False
    ):
        text = shown.get_textpage()
        for widget in (entry.get_object() for entry in page.get("/Annots", ())):
            left, bottom, right, top = map(float, widget["/Rect"])
            below = text.get_text_bounded(left, bottom - 20, right, bottom)
            assert below.startswith("(ลงชื่อ)"), below
            assert widget["/TU"].split()[1] in below
            assert text.get_text_bounded(left, bottom + 1, right, top).strip() == ""
            assert top - bottom == pytest.approx(25.5, abs=0.1)
            seen += 1
    assert seen == 2


def test_a_field_is_in_the_structure_before_the_words_of_its_block() -> None:
    data = printed(sample.item("มติ: รับทราบ"))
    reader = pypdf.PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    (reference,) = root["/AcroForm"]["/Fields"]
    widget = reference.get_object()
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    form = owners[widget["/StructParent"]].get_object()
    assert form["/S"] == "/Form"
    assert form["/Alt"] == widget["/TU"]
    assert form["/K"]["/Type"] == "/OBJR"  # not a list of one: signatures would seem broken
    assert form["/K"].raw_get("/Obj") == reference
    siblings = form["/P"]["/K"]
    after = siblings[list(siblings).index(form.indirect_reference) + 1].get_object()
    assert after["/S"] == "/P"
