import re

import pytest

from minutes.meetings import release_text
from minutes.meetings.proceedings import Proceedings
from tests.support.sample import agenda, item, meeting, texts, words


def release(proceedings: Proceedings) -> str:
    return words(proceedings, "release")


def phrases(proceedings: Proceedings) -> list[str]:
    return [subject.phrase for subject in release_text.subjects(proceedings).phrases]


# --- what the meeting was about ---------------------------------------------------------------


def test_without_a_word_the_titles_of_what_was_told_and_considered_are_named() -> None:
    proceedings = meeting("""
        ก่อนวาระ: [มอบรางวัล]
        ระเบียบวาระ:
          - {ชนิด: แจ้งให้ทราบ, เรื่อง: [คำสั่ง]}
          - {ชนิด: สืบเนื่อง, เรื่อง: [งานค้าง]}
          - {หัวข้อ: รายงานของคณะทำงาน, เรื่อง: [ผังร้านค้า]}
          - {ชนิด: เพื่อทราบ, เรื่อง: [ผลงาน]}
          - {ชนิด: เพื่อพิจารณา, เรื่อง: [แผนงาน]}
          - {ชนิด: อื่น ๆ, เรื่อง: [นัดหมาย]}
    """)
    assert phrases(proceedings) == ["ผังร้านค้า", "ผลงาน", "แผนงาน"]


def test_phrases_that_are_asked_for_stand_alone_in_the_order_of_the_file() -> None:
    proceedings = meeting("""
        ก่อนวาระ: [{ชื่อเรื่อง: มอบรางวัล, ในข่าว: การมอบรางวัล}]
        ระเบียบวาระ:
          - {ชนิด: แจ้งให้ทราบ, เรื่อง: [{ชื่อเรื่อง: คำสั่ง, ในข่าว: คำสั่งใหม่}]}
          - {ชนิด: เพื่อทราบ, เรื่อง: [ผลงาน]}
    """)
    assert phrases(proceedings) == ["การมอบรางวัล", "คำสั่งใหม่"]


@pytest.mark.parametrize("hidden", ["ลับ: ใช่", "ถอนเรื่อง: ใช่", "ในข่าว: ไม่ใช่", "ข้อมูลส่วนบุคคล: ใช่"])
def test_no_phrase_is_given_of_a_matter_with(hidden: str) -> None:
    assert phrases(item(hidden)) == []
    assert "เรื่องหนึ่ง" not in release(item(hidden))


def test_a_secret_stays_one_even_where_a_phrase_is_written_for_it() -> None:
    assert phrases(item("ลับ: ใช่\nในข่าว: ผลการสอบ")) == []


def test_what_is_personal_may_be_told_in_the_writers_own_words() -> None:
    assert phrases(item("ข้อมูลส่วนบุคคล: ใช่\nในข่าว: การช่วยเหลือ")) == ["การช่วยเหลือ"]


@pytest.mark.parametrize(("count", "more"), [(8, []), (9, ["เรื่องอื่น ๆ"])])
def test_more_than_eight_end_in_other_matters(count: int, more: list[str]) -> None:
    titles = [f"เรื่องที่{letter}" for letter in "กขคงจฉชซฌ"[:count]]
    proceedings = meeting(agenda("เพื่อทราบ", *(f"ชื่อเรื่อง: {title}" for title in titles)))
    assert phrases(proceedings) == titles[:8] + more


def test_what_a_sentence_cannot_carry_becomes_a_list() -> None:
    short = [f"ชื่อเรื่อง: {'ก' * 80}", f"ชื่อเรื่อง: {'ข' * 80}"]
    assert not release_text.subjects(meeting(agenda("เพื่อทราบ", *short))).is_list
    assert release_text.subjects(meeting(agenda("เพื่อทราบ", *short, "ชื่อเรื่อง: ค"))).is_list
    assert not release_text.subjects(item(f"ชื่อเรื่อง: {'ก' * 200}")).is_list


def test_a_list_is_numbered_in_the_digits_of_the_release() -> None:
    long = [f"ชื่อเรื่อง: {letter * 90}" for letter in "กข"]
    items = texts(meeting(agenda("เพื่อทราบ", *long)), "//li", "release")
    assert items == [f"1. {'ก' * 90}", f"2. {'ข' * 90}"]


def test_a_sentence_joins_the_last_phrase_with_and() -> None:
    three = meeting(agenda("เพื่อทราบ", *(f"ชื่อเรื่อง: งาน{letter}" for letter in "กขค")))
    assert "ระเบียบวาระสำคัญ ได้แก่ งานก งานข และงานค" in release(three)
    assert "ระเบียบวาระสำคัญ ได้แก่ เรื่องหนึ่ง" in release(item())


def test_a_meeting_about_nothing_public_says_nothing_of_its_agenda() -> None:
    assert "ระเบียบวาระสำคัญ" not in release(meeting())


# --- votes ------------------------------------------------------------------------------------

VOTE = "มติ: เห็นชอบ\nคะแนนเสียง: {เห็นชอบ: [นายหนึ่ง ใจดี, นางสอง ใจเย็น], ไม่เห็นชอบ: [นายสาม ใจงาม]}"


def test_a_release_gives_no_votes_unasked() -> None:
    assert "เสียง" not in release(item(VOTE))
    assert (
        "นายสาม ใจงาม"
        not in release(item(VOTE + "\nคะแนนในข่าว: ไม่ใช่")).partition("การประชุมครั้งนี้")[2]
    )


@pytest.mark.parametrize("length", [10, 200])
def test_votes_that_are_asked_for_are_counts_without_names(length: int) -> None:
    more = agenda("เพื่อทราบ", f"{VOTE}\nคะแนนในข่าว: ใช่", f"ชื่อเรื่อง: {'ก' * length}")
    after = release(meeting(more)).partition("การประชุมครั้งนี้")[2]
    assert "เรื่องหนึ่ง (เห็นชอบ 2 เสียง ไม่เห็นชอบ 1 เสียง งดออกเสียง ไม่มี)" in after
    assert "ใจงาม" not in after


def test_neither_dissent_nor_detail_nor_who_said_what_is_told() -> None:
    told = release(item("รายละเอียด: ตัวเลขลับ\nมติ: เห็นชอบ\nอภิปราย: [{ผู้พูด: นายก, ข้อความ: ไม่เห็นด้วย}]"))
    assert not re.search("ตัวเลขลับ|ไม่เห็นด้วย|มติ", told)


# --- the first sentence -----------------------------------------------------------------------


def test_the_first_sentence_tells_who_chaired_which_meeting_when_where_and_with_whom() -> None:
    assert (
        "วันอังคารที่ 14 พฤษภาคม 2567 เวลา 09.30 น. นายหนึ่ง ใจดี นายอำเภอ เป็นประธานการประชุม"
        "คณะกรรมการตัวอย่าง ครั้งที่ 2/2567 โดยมีนางสอง ใจเย็น ปลัดอำเภอ นายสาม ใจงาม เกษตรอำเภอ "
        "นางสี่ ณ สงขลา พัฒนาการอำเภอ พร้อมด้วยคณะกรรมการ เข้าร่วมประชุม ณ ห้องประชุมอำเภอ"
    ) in release(meeting())


def test_without_a_chair_the_office_held_the_meeting() -> None:
    told = release(meeting("การเข้าประชุม: {ผู้ไม่มาประชุม: [นายหนึ่ง ใจดี]}"))
    assert "เวลา 09.30 น. อำเภอตัวอย่าง จัดการประชุมคณะกรรมการตัวอย่าง ครั้งที่ 2/2567 โดยมี" in told


def test_a_chair_without_a_position_has_the_role() -> None:
    told = release(meeting(body="สมาชิก: [{ชื่อ: นายก ดีงาม, หน้าที่: ประธานกลุ่ม}]"))
    assert "นายก ดีงาม ประธานกลุ่ม เป็นประธานการประชุม" in told


def test_a_draft_says_nothing_of_what_is_not_known_yet() -> None:
    told = release(meeting(draft=True, body="สมาชิก: []"))
    assert "วันอังคารที่ 14 พฤษภาคม 2567 อำเภอตัวอย่าง จัดการประชุมคณะกรรมการตัวอย่าง ณ ห้องประชุมอำเภอ" in told
    assert "…" not in told


# --- those present ----------------------------------------------------------------------------


def participants(text: str = "", members: str = "", **around: object) -> str:
    body = f"สมาชิก: {members}" if members else ""
    return release_text.participants(meeting(text, body=body, **around))


CHAIR = "{ชื่อ: นายก, ตำแหน่ง: นายอำเภอ, หน้าที่: ประธาน}"


@pytest.mark.parametrize(
    ("members", "guests", "told"),
    [
        (f"[{CHAIR}]", "[]", ""),
        (f"[{CHAIR}, นายข]", "[]", "คณะกรรมการ"),
        (f"[{CHAIR}, {{ชื่อ: นายข, ตำแหน่ง: กำนัน}}]", "[]", "นายข กำนัน"),
        (f"[{CHAIR}]", "[ชาวบ้าน 12 คน]", "ชาวบ้าน 12 คน"),
        (f"[{CHAIR}]", "[ชาวบ้าน (รายชื่อตามบัญชีลงเวลาแนบท้าย)]", "ชาวบ้าน"),
        (f"[{CHAIR}]", "[ผู้ประกอบการ (OTOP)]", "ผู้ประกอบการ (OTOP)"),
        (f"[{CHAIR}]", "[ชาวบ้าน, ครู]", "ชาวบ้าน และครู"),
        (f"[{CHAIR}, นายข]", "[ชาวบ้าน, ครู]", "คณะกรรมการ ชาวบ้าน และครู"),
        (f"[{CHAIR}]", "[ชาวบ้าน, {ชื่อ: นายง, ตำแหน่ง: ครู}]", "ชาวบ้าน และผู้เกี่ยวข้อง"),
        (f"[{CHAIR}]", "[นางสาวง งาม]", "ผู้เกี่ยวข้อง"),
    ],
)
def test_those_present_are_told_as(members: str, guests: str, told: str) -> None:
    assert participants(f"การเข้าประชุม: {{ผู้เข้าร่วมประชุม: {guests}}}", members) == told


@pytest.mark.parametrize(
    ("kind", "group"),
    [("คณะกรรมการ", "คณะกรรมการ"), ("สภาท้องถิ่น", "สมาชิกสภา"), ("หัวหน้าส่วนราชการ", "หัวหน้าส่วนราชการ")],
)
def test_the_others_are_called_after_the_kind_of_body(kind: str, group: str) -> None:
    body = f"ประเภท: {kind}\nสมาชิก: [{CHAIR}, นายข]"
    assert release_text.participants(meeting(body=body)) == group


def test_what_the_writer_says_of_those_present_is_printed_as_it_is() -> None:
    told = meeting("ข่าวประชาสัมพันธ์: {ผู้เข้าร่วม: ทุกภาคส่วน}")
    assert "โดยมีทุกภาคส่วน เข้าร่วมประชุม" in release(told)


# --- the other parts --------------------------------------------------------------------------


def test_the_heading_names_office_and_subject() -> None:
    headings = texts(meeting(), "//header/*", "release")
    assert headings == [
        "ข่าวที่ว่าการอำเภอตัวอย่าง",
        "เรื่อง อำเภอตัวอย่าง จัดประชุมคณะกรรมการตัวอย่าง ครั้งที่ 2/2567",
        "",
    ]


def test_an_office_without_a_short_name_is_called_by_its_name() -> None:
    assert release_text.headline(meeting(office="ชื่อย่อ:")) == (
        "ที่ว่าการอำเภอตัวอย่าง จัดประชุมคณะกรรมการตัวอย่าง ครั้งที่ 2/2567"
    )


def test_every_part_can_be_replaced() -> None:
    told = release(
        item(
            "มติ: รับทราบ",
            more="""
            ข่าวประชาสัมพันธ์:
              พาดหัว: ข่าวดี
              ฉบับที่: 3
              วันที่: 20 พฤษภาคม 2567
              ความนำ: ทุกคนมา
              ประเด็น: [ประเด็นแรก, ประเด็นสอง]
              คำกล่าว: {ชื่อ: นายหนึ่ง ใจดี, ข้อความ: ขอบคุณทุกฝ่าย}
              ปิดท้าย: พบกันใหม่
              ภาพ: [{ไฟล์: a.png, คำบรรยาย: ภาพหมู่}]
              เครดิต: ข่าวโดยเรา
            """,
        )
    )
    assert told == (
        "ข่าวที่ว่าการอำเภอตัวอย่าง เรื่อง ข่าวดี ฉบับที่ 3 ทุกคนมา ประเด็นแรก ประเด็นสอง "
        "นายหนึ่ง ใจดี กล่าวว่า “ขอบคุณทุกฝ่าย” พบกันใหม่ ภาพหมู่ "
        "ที่ว่าการอำเภอตัวอย่าง 20 พฤษภาคม 2567 ข่าวโดยเรา"
    )


def test_the_offices_credit_serves_where_the_release_has_none() -> None:
    assert release(meeting(office="เครดิตข่าว: งานข่าวอำเภอ")).endswith("2567 งานข่าวอำเภอ")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("มติ: รับทราบ", False),
        ("มอบหมาย: [{งาน: ทำแผน}]", True),
        ("มอบหมาย: [{งาน: ทำแผน}]\nลับ: ใช่", False),
        ("มอบหมาย: [{งาน: ทำแผน}]\nข้อมูลส่วนบุคคล: ใช่", False),
        ("มอบหมาย: [{งาน: ทำแผน}]\nข้อมูลส่วนบุคคล: ใช่\nในข่าว: การช่วยเหลือ", False),
    ],
)
def test_work_is_mentioned_only_where_it_was_assigned_in_public(lines: str, told: bool) -> None:
    assert ("ที่ประชุมได้มอบหมาย" in release(item(lines))) is told
    assert "ทำแผน" not in release(item(lines))


def test_a_release_is_in_arabic_digits_unless_the_office_wants_thai_ones() -> None:
    assert "2567" in release(meeting())
    assert "๒๕๖๗" in release(meeting(office="ตัวเลข: {ข่าว: ไทย}"))
