import re
from datetime import date

import pytest
from lxml import html

from minutes.documents import pages
from minutes.documents.pages import Page, plain
from minutes.meetings.loading import Earlier
from minutes.meetings.proceedings import Proceedings
from tests.support.sample import PREVIOUS, agenda, item, meeting, page, shown, texts, words

BLANK = "…………"


def matter(lines: str) -> list[str]:
    """Give the blocks that are printed for a single matter, its heading first."""
    found = page(item(lines)).xpath("//h3/following-sibling::*")
    assert isinstance(found, list)
    return [shown(element) for element in found]


def classes(proceedings: Proceedings, text: str) -> list[str]:
    found = page(proceedings).xpath("//p[contains(., $text)]", text=text)
    assert isinstance(found, list)
    return [element.get("class", "") for element in found]


# --- the record as the regulation wants it (ข้อ 25) -------------------------------------------


def test_the_parts_of_the_record_stand_in_their_fixed_order() -> None:
    proceedings = item(
        "มติ: รับทราบ",
        more="""
        ผู้ตรวจรายงาน: นางสอง ใจเย็น
        การเข้าประชุม:
          ผู้ไม่มาประชุม: [{ชื่อ: นายสาม ใจงาม, เหตุผล: ลาป่วย}]
          ผู้เข้าร่วมประชุม: [ชาวบ้าน 3 คน]
        """,
    )
    parts = (
        "รายงานการประชุมคณะกรรมการตัวอย่าง", "ครั้งที่ ๒/๒๕๖๗", "เมื่อวันอังคารที่ ๑๔ พฤษภาคม ๒๕๖๗",
        "ณ ห้องประชุมอำเภอ", "ผู้มาประชุม", "ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา ๐๙.๓๐ น.", "ระเบียบวาระที่ ๑", "ระเบียบวาระที่ ๖", "เลิกประชุมเวลา ๑๑.๐๐ น.",
        "ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม",
    )  # fmt: skip
    assert re.search(".*".join(map(re.escape, parts)), words(proceedings))


@pytest.mark.parametrize(
    "banned", ["บันทึกการประชุม", "เปิดประชุมเวลา", "ปิดประชุมเวลา", "ผู้บันทึก", "ผู้เข้าประชุม", "(ถ้ามี)"]
)
def test_the_record_avoids_the_word(banned: str) -> None:
    assert banned not in words(item("มติ: รับทราบ"))


def test_there_are_four_heading_lines_and_a_rule() -> None:
    header = page(meeting("ประจำเดือน: พฤษภาคม 2567")).find("body/header")
    assert header is not None
    assert [element.tag for element in header] == ["h1", "p", "p", "p", "hr"]
    assert shown(header[1]) == "ครั้งที่ ๒/๒๕๖๗ ประจำเดือนพฤษภาคม ๒๕๖๗"


def test_lists_of_nobody_are_not_printed() -> None:
    assert texts(meeting(), "//h2[not(@class)]") == ["ผู้มาประชุม"]


def test_a_council_lists_leave_and_missing_apart() -> None:
    council = meeting(
        """
        การเข้าประชุม:
          ผู้ไม่มาประชุม:
            - {ชื่อ: นางสอง ใจเย็น, เหตุผล: ลาป่วย}
            - {ชื่อ: นายสาม ใจงาม, ชนิด: ขาด}
        """,
        council=True,
    )
    assert texts(council, "//h2[not(@class)]") == ["ผู้มาประชุม", "ผู้ลาประชุม", "ผู้ขาดประชุม"]


def rows(proceedings: Proceedings) -> list[list[str]]:
    found = page(proceedings).xpath("//table[@class='people']//tr")
    assert isinstance(found, list)
    return [[shown(cell) for cell in row] for row in found]


def test_people_stand_in_numbered_columns() -> None:
    assert rows(meeting())[0] == ["๑.", "นายหนึ่ง ใจดี", "นายอำเภอ", "ประธานกรรมการ"]


def test_a_substitute_an_absence_and_a_note_are_told_in_the_row() -> None:
    proceedings = meeting("""
        การเข้าประชุม:
          ผู้ไม่มาประชุม: [{ชื่อ: นายสาม ใจงาม, เหตุผล: ลาป่วย}]
          ผู้มาประชุมแทน:
            - {แทน: นางสอง ใจเย็น, ชื่อ: นายหก ใจถึง, ตำแหน่ง: ปลัดอาวุโส}
            - {แทน: นางสี่ ณ สงขลา, ชื่อ: นายเจ็ด ใจสู้}
          ผู้เข้าร่วมประชุม:
            - {ชื่อ: พระครูแปด, ตำแหน่ง: เจ้าคณะอำเภอ, หมายเหตุ: ช่วงแรก}
            - {ชื่อ: นายเก้า, หมายเหตุ: แทนนายสิบ}
            - ชาวบ้าน 3 คน
    """)
    assert rows(proceedings)[1:] == [
        ["๒.", "นายหก ใจถึง", "ปลัดอาวุโส แทน ปลัดอำเภอ", "กรรมการ"],
        ["๓.", "นายเจ็ด ใจสู้", "แทน พัฒนาการอำเภอ", "กรรมการ"],
        ["๔.", "นางสาวห้า ใจกว้าง", "นักวิชาการ", "กรรมการและเลขานุการ"],
        ["๑.", "นายสาม ใจงาม", "เกษตรอำเภอ", "ลาป่วย"],
        ["๑.", "พระครูแปด", "เจ้าคณะอำเภอ (ช่วงแรก)"],
        ["๒.", "นายเก้า", "(แทนนายสิบ)"],
        ["๓.", "ชาวบ้าน ๓ คน"],
    ]


def test_a_list_without_roles_gives_positions_the_room() -> None:
    proceedings = meeting("การเข้าประชุม: {ผู้เข้าร่วมประชุม: [{ชื่อ: นายก, ตำแหน่ง: ครู}, ชาวบ้าน]}")
    guests = page(proceedings).xpath("//table[@class='people']")[1]
    assert [column.get("class") for column in guests.iter("col")] == [
        "number", "name", "position wide",
    ]  # fmt: skip
    assert [cell.get("colspan") for cell in guests.iter("th")][-1] == "2"


def test_who_came_late_or_left_early_is_told_with_the_time() -> None:
    proceedings = meeting("""
        การเข้าประชุม:
          เข้าออกระหว่างประชุม:
            - {ชื่อ: นางสอง ใจเย็น, มาถึง: 09.50}
            - {ชื่อ: นายสาม ใจงาม, ออก: ใช่, เวลา: 10.20}
    """)
    assert texts(proceedings, "//p[@class='indent']") == [
        "นางสอง ใจเย็น มาถึงเวลา ๐๙.๕๐ น.",
        "นายสาม ใจงาม ออกจากที่ประชุมเวลา ๑๐.๒๐ น.",
    ]


@pytest.mark.parametrize(
    ("kind", "opening"),
    [
        ("คณะกรรมการ", "เมื่อกรรมการมาครบองค์ประชุมแล้ว ประธานกล่าวเปิดประชุม"),
        ("สภาท้องถิ่น", "เมื่อสมาชิกสภามาครบองค์ประชุมแล้ว ประธานสภากล่าวเปิดประชุม"),
        ("หัวหน้าส่วนราชการ", "เมื่อที่ประชุมพร้อมแล้ว ประธานกล่าวเปิดประชุม"),
    ],
)
def test_a_meeting_opens_in_the_words_of_its_body(kind: str, opening: str) -> None:
    assert opening in words(meeting(body=f"ประเภท: {kind}"))


def test_a_draft_does_not_close_a_meeting_whose_end_is_not_known() -> None:
    closed = "กล่าวปิดประชุม"
    assert closed not in words(meeting(draft=True))
    assert closed in words(meeting("เวลาเลิก: 11.00", draft=True))
    assert closed in words(meeting())


def test_opening_and_closing_may_be_the_writers_own() -> None:
    proceedings = meeting("คำเปิดประชุม: เริ่มกันเลย\nคำปิดประชุม: จบแล้ว")
    assert classes(proceedings, "เริ่มกันเลย") == [""]
    assert classes(proceedings, "จบแล้ว") == ["ending"]
    assert "กล่าวเปิดประชุม" not in words(proceedings)
    assert "กล่าวปิดประชุม" not in words(proceedings)


def test_what_happened_before_the_agenda_has_no_number_and_no_resolution() -> None:
    proceedings = meeting("ก่อนวาระ: [{ชื่อเรื่อง: มอบรางวัล, รายละเอียด: สามคน}]")
    assert texts(proceedings, "//h3") == ["มอบรางวัล"]
    assert "ก่อนระเบียบวาระการประชุม มอบรางวัล สามคน ระเบียบวาระที่ ๑" in words(proceedings)


def test_empty_standard_sections_say_so() -> None:
    assert (
        texts(meeting(), "//h2[@class='agenda']/following-sibling::p[@class='none']")
        == ["- ไม่มี -"] * 6
    )


# --- what is missing in a draft ---------------------------------------------------------------


def test_a_draft_shows_dots_where_something_is_still_missing() -> None:
    draft = item("รายละเอียด: ก", draft=True)
    told = words(draft)
    assert f"ครั้งที่ {BLANK} เมื่อวัน" in told
    assert f"เริ่มประชุมเวลา {BLANK} น." in told
    assert f"มติที่ประชุม {BLANK}" in told
    assert f"เลิกประชุมเวลา {BLANK} น." in told
    assert re.search(r"ผู้จดรายงานการประชุม \(…+\)", told)
    assert page(draft).find("body").get("class") == "minutes draft"


def test_a_draft_with_a_month_keeps_it_beside_the_dots() -> None:
    draft = meeting("ประจำเดือน: พฤษภาคม 2567", draft=True)
    assert f"ครั้งที่ {BLANK} ประจำเดือนพฤษภาคม ๒๕๖๗" in words(draft)


def test_a_draft_without_members_shows_dots_for_those_present() -> None:
    assert f"ผู้มาประชุม {BLANK}" in words(meeting(draft=True, body="สมาชิก: []"))


def test_a_draft_waits_for_the_certification_that_it_lists() -> None:
    draft = meeting("ระเบียบวาระ: [{ชนิด: รับรองรายงาน}]", draft=True, previous=PREVIOUS)
    assert f"เมื่อวันที่ ๙ เมษายน ๒๕๖๗ มติที่ประชุม {BLANK} ระเบียบวาระที่ ๓" in words(draft)


def test_a_release_of_a_draft_carries_no_mark() -> None:
    assert page(meeting(draft=True), "release").find("body").get("class") == "release arabic"


# --- one matter -------------------------------------------------------------------------------


def test_a_matter_is_told_from_who_brought_it_to_what_was_resolved() -> None:
    assert matter("""
        ผู้เสนอ: พัฒนาการอำเภอ
        สืบเนื่องจาก: board-2567-01 5.2
        เรื่องเดิม: ปีก่อนจัดแล้ว
        รายละเอียด: ปีนี้จัดอีก
        งบประมาณ: 1,250.50 บาท
        ข้อเสนอ: ขอความเห็นชอบ
        อภิปราย:
          - {ผู้พูด: นายสาม ใจงาม, ข้อความ: ถามว่าเมื่อใด}
          - ไม่มีผู้คัดค้าน
        มติ: เห็นชอบ
    """) == [
        "ผู้เสนอ พัฒนาการอำเภอ",
        "สืบเนื่องจาก ระเบียบวาระที่ ๕.๒ การประชุมครั้งที่ ๑/๒๕๖๗",
        "เรื่องเดิม ปีก่อนจัดแล้ว",
        "ปีนี้จัดอีก",
        "งบประมาณ ๑,๒๕๐.๕๐ บาท (หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์)",
        "ข้อเสนอ ขอความเห็นชอบ",
        "นายสาม ใจงาม ถามว่าเมื่อใด",
        "ไม่มีผู้คัดค้าน",
        "มติที่ประชุม เห็นชอบ",
    ]


@pytest.mark.parametrize(
    ("follows", "told"),
    [
        ("board-2567-01 5.2", "ระเบียบวาระที่ ๕.๒ การประชุมครั้งที่ ๑/๒๕๖๗"),
        ("board-๒๕๖๗-๑๒b 5", "ระเบียบวาระที่ ๕ การประชุมครั้งที่ ๑๒/๒๕๖๗"),
    ],
)
def test_what_a_matter_follows_up_is_told_as_a_reader_knows_it(follows: str, told: str) -> None:
    assert f"สืบเนื่องจาก {told}" in matter(f"สืบเนื่องจาก: {follows}\nมติ: รับทราบ")[0]


def test_a_resolution_of_several_paragraphs_keeps_its_indent() -> None:
    proceedings = item("มติ: |\n  เห็นชอบ\n\n  และให้รายงาน")
    assert classes(proceedings, "เห็นชอบ") == ["resolution"]
    assert classes(proceedings, "และให้รายงาน") == ["resolution more"]


def test_a_resolution_that_begins_with_a_list_has_its_label_above_it() -> None:
    assert matter("มติ: |\n  1. ก\n  2. ข") == ["มติที่ประชุม", "๑. ก ๒. ข"]


def test_votes_of_the_record_name_those_who_are_named() -> None:
    assert matter("มติ: เห็นชอบ\nคะแนนเสียง: {เห็นชอบ: [นายก, นายข, นายค], ไม่เห็นชอบ: [นายง]}")[1] == (
        "คะแนนเสียง เห็นชอบ ๓ เสียง (นายก นายข และนายค) ไม่เห็นชอบ ๑ เสียง (นายง) งดออกเสียง ไม่มี"
    )


def test_work_is_assigned_in_a_table_with_owner_and_due_date() -> None:
    proceedings = item("""
        มติ: เห็นชอบ
        มอบหมาย:
          - {งาน: ทำแผน, ผู้รับผิดชอบ: สำนักงาน, กำหนดเสร็จ: 5 ก.ค. 67}
          - {งาน: รายงาน, เสร็จแล้ว: ใช่}
          - {งาน: สรุป, ผู้รับผิดชอบ: ครู, กำหนดเสร็จ: 5 ก.ค. 67, เสร็จแล้ว: 1 ก.ค. 67}
    """)
    cells = [
        shown(cell) for cell in page(proceedings).iter("td") if cell.getparent()[0] is not cell
    ]
    assert cells[-9:] == [
        "ทำแผน", "สำนักงาน", "๕ กรกฎาคม ๒๕๖๗",
        "รายงาน", BLANK, "- (เสร็จแล้ว)",
        "สรุป", "ครู", "๕ กรกฎาคม ๒๕๖๗ (เสร็จแล้ว ๑ กรกฎาคม ๒๕๖๗)",
    ]  # fmt: skip


def test_a_matter_that_was_withdrawn_keeps_its_number_and_says_so() -> None:
    proceedings = item("ผู้เสนอ: นายสาม\nถอนเรื่อง: ใช่")
    assert texts(proceedings, "//h3") == ["๕.๑ เรื่องหนึ่ง"]
    assert matter("ผู้เสนอ: นายสาม\nถอนเรื่อง: ใช่") == ["ผู้เสนอ นายสาม", "- ถอนเรื่องออกจากระเบียบวาระ -"]


def test_attachments_are_listed_by_title_or_file() -> None:
    lines = "มติ: รับทราบ\nเอกสารแนบ: [{ไฟล์: a.pdf}, {ชื่อเอกสาร: ผังร้าน}]"
    assert matter(lines)[1:] == ["เอกสารแนบ a.pdf", "เอกสารแนบ ผังร้าน"]
    whole = meeting("เอกสารแนบ: [{ไฟล์: a.pdf}, {ชื่อเอกสาร: ผังร้าน}]")
    assert words(whole).endswith("เอกสารแนบ ๑. a.pdf ๒. ผังร้าน")


def test_corrections_to_the_previous_minutes_are_told_with_their_place() -> None:
    proceedings = meeting(
        """
        ระเบียบวาระ:
          - ชนิด: รับรองรายงาน
            ข้อแก้ไข:
              - {หน้า: 3, บรรทัด: 20, จากเดิม: สิบ, แก้เป็น: ร้อย}
              - {จากเดิม: ก, แก้เป็น: ข}
        """,
        previous=PREVIOUS,
    )
    assert texts(proceedings, "//p[@class='resolution more']") == [
        "หน้า ๓ บรรทัดที่ ๒๐ จาก “สิบ” เป็น “ร้อย”",
        "จาก “ก” เป็น “ข”",
    ]


# --- signatures -------------------------------------------------------------------------------


def signatures(proceedings: Proceedings) -> list[str]:
    return texts(proceedings, "//div[@class='signature']")


def test_recorder_and_checkers_sign_below_each_other() -> None:
    proceedings = meeting("ผู้ตรวจรายงาน: [นางสอง ใจเย็น, นายหก]")
    assert [re.sub("…+", "…", signature) for signature in signatures(proceedings)] == [
        "(ลงชื่อ) … ผู้จดรายงานการประชุม (นางสาวห้า ใจกว้าง) นักวิชาการ",
        "(ลงชื่อ) … ผู้ตรวจรายงานการประชุม (นางสอง ใจเย็น) ปลัดอำเภอ",
        "(ลงชื่อ) … ผู้ตรวจรายงานการประชุม (นายหก)",
    ]


INSPECTORS = """
ผู้ตรวจรายงาน:
  - {ชื่อ: นางสอง ใจเย็น, หน้าที่: ประธานกรรมการตรวจรายงานการประชุม}
  - {ชื่อ: นายสาม ใจงาม, หน้าที่: กรรมการตรวจรายงานการประชุม}
"""


def test_a_councils_own_committee_checks_the_minutes_and_its_chair_certifies_them() -> None:
    council = meeting(body=f"ชื่อย่อ: สภาฯ{INSPECTORS}", council=True)
    assert [re.sub("…+", "…", signature) for signature in signatures(council)[1:]] == [
        "(ลงชื่อ) … ประธานกรรมการ (นางสอง ใจเย็น) ปลัดอำเภอ",
        "(ลงชื่อ) … กรรมการ (นายสาม ใจงาม) เกษตรอำเภอ",
        "(ลงชื่อ) … ประธานกรรมการ (นายหนึ่ง ใจดี) นายอำเภอ",
    ]
    told = re.sub("…+", "…", words(council))
    assert (
        "คณะกรรมการตรวจรายงานการประชุมได้ตรวจรายงานการประชุมสภาตัวอย่าง ครั้งที่ ๒/๒๕๖๗ แล้ว เมื่อวันที่ …"
    ) in told
    assert "สภาฯรับรองรายงานการประชุมนี้ ในคราวประชุม … เมื่อวันที่ …" in told


def test_a_council_without_such_a_committee_still_notes_the_day_of_the_check() -> None:
    absent = "การเข้าประชุม: {ผู้ไม่มาประชุม: [นายหนึ่ง ใจดี]}"
    told = re.sub("…+", "…", words(meeting(absent, council=True)))
    assert "(นางสาวห้า ใจกว้าง) นักวิชาการ ตรวจแล้ว เมื่อวันที่ …" in told
    assert told.endswith("(ลงชื่อ) … ประธานสภา (…)")


def test_certified_minutes_of_a_council_name_the_meeting_that_certified_them() -> None:
    later = Earlier("3/2567", "สมัยสามัญ", date(2024, 6, 18), is_certified=False)
    certified = meeting("สถานะ: รับรองแล้ว", council=True, following=later)
    assert "ในคราวประชุม สมัยสามัญ ครั้งที่ ๓/๒๕๖๗ เมื่อวันอังคารที่ ๑๘ มิถุนายน ๒๕๖๗ (ลงชื่อ)" in words(certified)
    session = Earlier("", "สมัยวิสามัญ", date(2024, 6, 18), is_certified=False)
    told = words(meeting("สถานะ: รับรองแล้ว", council=True, following=session))
    assert "ในคราวประชุม สมัยวิสามัญ เมื่อวันอังคาร" in told


# --- set type ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("OTOP 15 ราย", "OTOP ๑๕ ราย"),
        ("โรค COVID-19 และ PM2.5", "โรค COVID-19 และ PM2.5"),
        ("ห้อง N 406", "ห้อง N 406"),
        ("https://example.go.th/2567", "https://example.go.th/2567"),
    ],
)
def test_digits_follow_the_office_and_spare_codes(written: str, printed: str) -> None:
    assert matter(f"รายละเอียด: '{written}'")[0] == printed


def test_terms_of_the_offices_glossary_keep_their_digits_and_hold_together() -> None:
    proceedings = item("รายละเอียด: ร้าน 7 ดาว เปิดแล้ว", office="คำเฉพาะ: [ร้าน 7 ดาว]")
    assert "ร้าน 7 ดาว" in texts(proceedings, "//span[@class='nw']")


@pytest.mark.parametrize("unit", ["๑๔ พฤษภาคม ๒๕๖๗", "นายสาม ใจงาม", "๐๙.๓๐ น."])
def test_no_line_breaks(unit: str) -> None:
    proceedings = item("รายละเอียด: พบ นายสาม ใจงาม เมื่อ 14 พฤษภาคม 2567 เวลา 09.30 น. ที่ศาลา")
    held = texts(proceedings, "//p/span[@class='nw']")
    assert any(unit in piece for piece in held), held


def test_marks_of_html_and_of_templates_are_ordinary_characters() -> None:
    written = "<script>alert(1)</script> {{7*7}} {% raw %} </w:t> &amp; <b>ก</b>"
    proceedings = item(f"รายละเอียด: |\n  {written}\nมติ: รับทราบ")
    assert matter(f"รายละเอียด: |\n  {written}")[0] == written.replace("1", "๑").replace(
        "7*7", "๗*๗"
    )
    assert not page(proceedings).xpath("//script | //b")


def test_plain_writing_becomes_paragraphs_lists_and_tables() -> None:
    proceedings = item(
        "รายละเอียด: |\n  ข้อ **สำคัญ** *มาก*\n  สอง\n\n  1. ก\n     - ข\n  2. ค\n\n"
        "  | ที่ | ราคา | ชื่อ |\n  | :---: | ---: | :--- |\n  | 1 | 50 | ง |\n"
    )
    document = page(proceedings)
    [paragraph] = document.xpath("//p[strong[text()='สำคัญ'] and em]")
    assert paragraph.get("class") is None
    assert shown(paragraph.getnext()) == "สอง"
    assert [shown(item) for item in document.xpath("//li")] == ["๑. ก - ข", "- ข", "๒. ค"]
    cells = document.xpath("//table[@class='grid']//*[self::th or self::td]")
    assert [(cell.tag, cell.get("class")) for cell in cells] == [
        (tag, name) for tag in ("th", "td") for name in ("centre", "number", None)
    ]


def test_the_text_of_a_list_item_may_go_on_in_paragraphs() -> None:
    proceedings = item("รายละเอียด: |\n  1. ก\n\n     ต่อ\n")
    assert texts(proceedings, "//li/p[@class='more']") == ["ต่อ"]


def test_the_page_has_no_white_space_but_what_is_read() -> None:
    page = pages.render("minutes", item("มติ: รับทราบ")).html
    assert not re.search(r"[ \t]{2}|<p[^>]*>\s|\s</p>", page)


# --- the head of the page ---------------------------------------------------------------------


def metas(proceedings: Proceedings, kind: pages.Kind) -> dict[str, str]:
    return {
        meta.get("name", ""): meta.get("content", "")
        for meta in page(proceedings, kind).iter("meta")
    }


def test_the_head_says_what_the_document_is() -> None:
    assert page(meeting()).findtext("head/title") == "รายงานการประชุมคณะกรรมการตัวอย่าง"
    given = metas(meeting(), "minutes")
    assert given["author"] == "ที่ว่าการอำเภอตัวอย่าง"
    assert given["description"] == "คณะกรรมการตัวอย่าง ครั้งที่ 2/2567"
    assert given["keywords"] == "คณะกรรมการตัวอย่าง, ครั้งที่ 2/2567"
    assert given["dcterms.created"] == given["dcterms.modified"] == "2024-05-14T00:00:00+07:00"


def test_a_release_is_dated_by_the_day_it_is_issued() -> None:
    proceedings = meeting("ข่าวประชาสัมพันธ์: {วันที่: 20 พฤษภาคม 2567}")
    assert metas(proceedings, "release")["dcterms.created"] == "2024-05-20T00:00:00+07:00"
    assert page(proceedings, "release").findtext("head/title", "").startswith("ข่าวที่ว่าการ")


# --- pictures ---------------------------------------------------------------------------------

PICTURES = """
ภาพ:
  - {ไฟล์: one.png, คำบรรยาย: หนึ่ง}
  - {ไฟล์: two.png}
"""


def test_a_page_is_handed_the_pictures_that_it_shows_and_no_others() -> None:
    proceedings = item(PICTURES, more="ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: three.png}]}")
    minutes = pages.render("minutes", proceedings)
    release = pages.render("release", proceedings)
    assert len(minutes.files) == 2
    assert len(release.files) == 1
    assert not set(minutes.files) & set(release.files)
    for made in (minutes, release):
        shown_ones = html.document_fromstring(made.html).iter("img")
        assert sorted(img.get("src", "") for img in shown_ones) == sorted(made.files)


def test_one_picture_stands_alone_and_several_in_a_grid() -> None:
    two = page(item(PICTURES))
    assert [len(grid) for grid in two.xpath("//div[@class='photos']")] == [2]
    assert [img.get("alt") for img in two.iter("img")] == ["หนึ่ง", "ภาพประกอบ"]
    one = page(item("ภาพ: [{ไฟล์: one.png}]"))
    assert (len(one.xpath("//div")), len(one.xpath("//figure"))) == (3, 1)


def test_photographs_of_a_release_always_stand_in_its_grid() -> None:
    release = page(meeting("ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: one.png}]}"), "release")
    assert len(release.xpath("//div[@class='photos']/figure")) == 1


# --- plain text -------------------------------------------------------------------------------


def text_of(markup: str) -> str:
    return plain(Page(f"<html><body>{markup}</body></html>", "", {}))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<main><p>ก</p><p>ข</p></main>", "ก\n\nข\n"),
        ("<header><h1>ก</h1><p>ข</p><hr></header><p>ค</p>", "ก\nข\n\nค\n"),
        ("<p>ก<br>ข <span>ค</span> <strong>ง</strong>จ</p>", "ก\nข ค งจ\n"),
        ("<ul><li><span>1. </span>ก</li><li><span>2. </span>ข</li></ul>", "1. ก\n2. ข\n"),
        (
            "<ul><li>1. ก<ul><li>- ข<ul><li>• ค</li></ul></li></ul></li><li>2. ง</li></ul>",
            "1. ก\n  - ข\n    • ค\n2. ง\n",
        ),
        ("<ul><li>1. ก<p>ต่อ<br>ไป</p></li></ul>", "1. ก\n  ต่อ\n  ไป\n"),
        (
            "<table><thead><tr><th>ก</th><th>ข</th></tr></thead><tr><td>1</td><td>2</td></tr></table>",
            "ก | ข\n1 | 2\n",
        ),
        (
            "<div><figure><img><figcaption>ภาพหนึ่ง</figcaption></figure>"
            "<figure><img><figcaption>ภาพสอง</figcaption></figure></div>",
            "ภาพหนึ่ง\nภาพสอง\n",
        ),
        ("<figure><img></figure><p>ก</p>", "ก\n"),
    ],
)
def test_a_page_pasted_as_text_reads(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_the_text_of_a_release_ends_with_office_day_and_credit() -> None:
    made = plain(pages.render("release", meeting(office="เครดิตข่าว: งานข่าวอำเภอ")))
    assert made.endswith("\n\nที่ว่าการอำเภอตัวอย่าง\n14 พฤษภาคม 2567\nงานข่าวอำเภอ\n")
    assert made.startswith("ข่าวที่ว่าการอำเภอตัวอย่าง\nเรื่อง อำเภอตัวอย่าง จัดประชุม")


def test_the_sections_of_an_agenda_are_numbered_on() -> None:
    proceedings = meeting(agenda("เพื่อทราบ", "ชื่อเรื่อง: ก", "ชื่อเรื่อง: ข"))
    assert texts(proceedings, "//h2[@class='agenda']/span[@class='label']") == [
        f"ระเบียบวาระที่ {number}" for number in "๑๒๓๔๕๖"
    ]
    assert texts(proceedings, "//h3/span[@class='label']") == ["๔.๑", "๔.๒"]
