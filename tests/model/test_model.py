"""What a secretary writes becomes typed records, and every fault knows its place."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest

from minutes.model import key_hints, meeting, validation
from minutes.model.key_hints import RECORDS
from minutes.model.meeting import (
    Action,
    Attachment,
    Attendance,
    Change,
    Correction,
    Image,
    Matter,
    Meeting,
    Quote,
    Release,
    Remark,
    Section,
    Vote,
)
from minutes.model.office import Body, Numerals, Office, Person
from minutes.model.record import Record, line_in
from minutes.problems.errors import MinutesError, Problem
from minutes.source import reader
from minutes.source.reader import Scalar

PATH = Path("agendas/otop/2567-02.yaml")
R = TypeVar("R", bound=Record)

# The keys of the input format, as its tables name them: English, Thai.
KEYS: dict[type[Record], str] = {
    Office: """name ชื่อหน่วยงาน, short_name ชื่อย่อ, unit ส่วนงาน, address ที่อยู่, phone โทรศัพท์,
        email อีเมล, website เว็บไซต์, document_code รหัสหนังสือ, numerals ตัวเลข, logo ตรา, garuda ครุฑ,
        release_credit เครดิตข่าว, glossary คำเฉพาะ, publish_from เผยแพร่เมื่อ, public เปิดเผยได้,
        public_reasons เผยแพร่เหตุผลที่ไม่มา,
        page_codes รหัสท้ายหน้า, publish_to เผยแพร่ที่, trust ใบรับรองที่เชื่อถือ,
        archive คลัง, retention อายุการเก็บ""",
    Body: """name ชื่อ, short_name ชื่อย่อ, kind ประเภท, numbering การนับครั้ง, quorum องค์ประชุม,
        members สมาชิก, recorder ผู้จดรายงาน, checker ผู้ตรวจรายงาน, place สถานที่, sections ระเบียบวาระ,
        ignore ละเว้น""",
    Person: "name ชื่อ, position ตำแหน่ง, role หน้าที่, note หมายเหตุ, voting สิทธิออกเสียง, ignore ละเว้น",
    Meeting: """number ครั้งที่, session สมัยประชุม, month ประจำเดือน, date วันที่, start เวลาเริ่ม,
        end เวลาเลิก, place สถานที่, mode รูปแบบ, platform ระบบประชุม, status สถานะ,
        certified รับรองครั้งที่, title ชื่อการประชุม, chair ประธานในที่ประชุม, attendance การเข้าประชุม,
        opening คำเปิดประชุม, closing คำปิดประชุม, before ก่อนวาระ, agenda ระเบียบวาระ,
        recorder ผู้จดรายงาน, checker ผู้ตรวจรายงาน, release ข่าวประชาสัมพันธ์, attachments เอกสารแนบ,
        ignore ละเว้น""",
    Attendance: """absent ผู้ไม่มาประชุม, substitutes ผู้มาประชุมแทน, guests ผู้เข้าร่วมประชุม,
        present ผู้มาประชุม, changes เข้าออกระหว่างประชุม, ignore ละเว้น""",
    meeting.Absentee: "name ชื่อ, reason เหตุผล, kind ชนิด, ignore ละเว้น",
    meeting.Substitute: "for แทน, name ชื่อ, position ตำแหน่ง, ignore ละเว้น",
    Change: "name ชื่อ, arrived มาถึง, left ออก, at เวลา, ignore ละเว้น",
    Section: "kind ชนิด, title หัวข้อ, items เรื่อง, corrections ข้อแก้ไข, resolution มติ, ignore ละเว้น",
    Correction: "page หน้า, line บรรทัด, from จากเดิม, to แก้เป็น",
    Matter: """title ชื่อเรื่อง, presenter ผู้เสนอ, background เรื่องเดิม, detail รายละเอียด,
        proposal ข้อเสนอ, discussion อภิปราย, resolution มติ, vote คะแนนเสียง, budget งบประมาณ,
        actions มอบหมาย, secret ลับ, personal ข้อมูลส่วนบุคคล, in_release ในข่าว,
        votes_in_release คะแนนในข่าว, images ภาพ, attachments เอกสารแนบ, withdrawn ถอนเรื่อง,
        follows สืบเนื่องจาก, ignore ละเว้น""",
    Remark: "speaker ผู้พูด, text ข้อความ, ignore ละเว้น",
    Vote: "for เห็นชอบ, against ไม่เห็นชอบ, abstain งดออกเสียง",
    Action: "task งาน, owner ผู้รับผิดชอบ, due กำหนดเสร็จ, done เสร็จแล้ว, ignore ละเว้น",
    Image: "file ไฟล์, caption คำบรรยาย",
    Release: """headline พาดหัว, issue ฉบับที่, date วันที่ออกข่าว, lead ความนำ, participants ผู้เข้าร่วม,
        highlights ประเด็น, quote คำกล่าว, closing ปิดท้าย, photos ภาพ, credit เครดิต, skip ไม่ออกข่าว,
        ignore ละเว้น""",
    Quote: "name ชื่อ, text ข้อความ",
    Attachment: "file ไฟล์, title ชื่อเรื่อง",
}
PAIRS = [(record, *pair.split()) for record, pairs in KEYS.items() for pair in pairs.split(",")]


def read(record: type[R], text: str) -> R:
    return validation.validate(record, reader.parse(text.encode(), PATH), PATH)


def problems(record: type[Record], text: str) -> list[Problem]:
    with pytest.raises(MinutesError) as caught:
        read(record, text)
    return list(caught.value.problems)


def places(record: type[Record], text: str) -> list[tuple[int, int, str]]:
    return [(found.line, found.column, found.code) for found in problems(record, text)]


def matter(text: str) -> Matter:
    return read(Matter, f"ชื่อเรื่อง: ก\n{text}")


# --- keys -----------------------------------------------------------------------------------------


def test_every_record_is_in_the_table_of_records() -> None:
    assert set(Record.__subclasses__()) == RECORDS.keys()
    assert RECORDS.keys() - KEYS.keys() == {Numerals, meeting.Certified}
    assert len(PAIRS) == 138


@pytest.mark.parametrize(("record", "english", "thai"), PAIRS)
def test_the_two_languages_name_one_field(record: type[Record], english: str, thai: str) -> None:
    assert record.keys[english] == record.keys[thai]


@pytest.mark.parametrize("record", KEYS)
def test_there_are_no_keys_beyond_the_format_but_other_thai_words(record: type[Record]) -> None:
    english = {word for word in record.keys if word.isascii()}
    assert english == {pair[1] for pair in PAIRS if pair[0] is record}


@pytest.mark.parametrize("record", KEYS)
def test_every_hinted_word_is_unknown_and_means_a_key(record: type[Record]) -> None:
    hints = key_hints._hints(record)
    assert not hints.keys() & record.keys.keys()
    assert set(hints.values()) <= record.keys.keys()


@pytest.mark.parametrize(
    "written", ["สถานที่", "place", "สถานที่\u00a0", "สถาน\u200bที่", "'สถานที่'", '"place"']
)
def test_a_key_is_known_however_it_is_written(written: str) -> None:
    assert read(Meeting, f"วันที่: 1 มิ.ย. 67\n{written}: ห้อง").place == "ห้อง"


def test_a_split_sara_am_in_a_key_is_known() -> None:
    assert read(Quote, "ชื่อ: ก\nข้อความ: คํา").text == "คำ"
    assert read(
        Meeting, "วันที่: 1 มิ.ย. 67\nข่าวประชาสัมพันธ์:\n  คํากล่าว: {ชื่อ: ก, ข้อความ: ข}"
    ).release.quote


@pytest.mark.parametrize(
    ("record", "written", "code", "meant"),
    [
        (Meeting, "สถานทื่", "D40", "สถานที่"),
        (Meeting, "agneda", "D40", "agenda"),
        (Meeting, "Date", "D40", "date"),
        (Meeting, "PLACE", "D40", "place"),
        (Meeting, "ห้องประชุม", "D40", "สถานที่"),
        (Meeting, "วันที่ประชุม", "D40", "วันที่"),
        (Meeting, "ประธาน", "D40", "ประธานในที่ประชุม"),
        (Meeting, "เวลา", "D40", "เวลาเริ่ม"),
        (Meeting, "เลิกประชุม", "D40", "เวลาเลิก"),
        (Attendance, "ผู้ลาประชุม", "D40", "ผู้ไม่มาประชุม"),
        (Attendance, "ผู้ขาดประชุม", "D40", "ผู้ไม่มาประชุม"),
        (Attendance, "ผู้เข้าประชุม", "D40", "ผู้มาประชุม"),
        (Matter, "มติที่ประชุม", "D40", "มติ"),
        (Matter, "ชื่อ", "D40", "ชื่อเรื่อง"),
        (Matter, "หัวข้อ", "D40", "ชื่อเรื่อง"),
        (Matter, "รูปภาพ", "D40", "ภาพ"),
        (Section, "เพื่อทราบ", "D40", "ชนิด"),
        (Section, "ชื่อเรื่อง", "D56", "เรื่อง"),
        (Section, "title of section", "D40", "title"),
        (Meeting, "มติ", "D56", "เรื่อง"),
        (Attendance, "สถานที่", "D56", "การประชุม (ชิดซ้ายสุด)"),
        (Meeting, "สมาชิก", "D56", "body.yaml"),
        (Meeting, "สีเสื้อ", "D55", "ครั้งที่"),
        (Meeting, "colour of shirts", "D55", "number"),
        (Meeting, "ๆ", "D55", "ครั้งที่"),
    ],
)
def test_an_unknown_key_is_told_with_what_it_may_mean(
    record: type[Record], written: str, code: str, meant: str
) -> None:
    (found,) = (
        each for each in problems(record, f"{written}: ก") if each.code not in ("D42", "D53")
    )
    values = found.values
    hinted = values.get("near") or values.get("where_th") or values.get("known")
    assert found.code == code
    assert meant in (hinted if isinstance(hinted, tuple) else (hinted,))


def test_a_misspelt_required_key_is_one_fault() -> None:
    assert places(Meeting, "วันที: 1 มิ.ย. 67") == [(1, 1, "D40")]
    assert places(Meeting, "วันที: 1 มิ.ย. 67\nสถานที่: ก") == [(1, 1, "D40")]
    assert places(Meeting, "สีเสื้อ: เหลือง") == [(1, 1, "D55"), (1, 1, "D42")]


@pytest.mark.parametrize(
    ("record", "text"),
    [(Change, "มาถึงเวลา: 10.00\nชื่อ: ก"), (Attachment, "ชื่อไฟล์แนบ: ก"), (Section, "ชนิดวาระ: ก")],
)
def test_an_unknown_key_is_not_taken_for_a_missing_one(record: type[Record], text: str) -> None:
    assert [found.code for found in problems(record, text)] == ["D40"]


def test_a_key_in_both_languages_is_told_with_the_line_of_the_first() -> None:
    (found,) = problems(Meeting, "วันที่: 1 มิ.ย. 67\ndate: 1 มิ.ย. 67")
    assert (found.line, found.column, found.code, found.values["line"]) == (2, 1, "D41", 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [("สถานที่: ก", "วันที่"), ("place: ก", "date"), ("place: ก\nเวลาเริ่ม: 09.30", "วันที่"), ("{}", "วันที่")],
)
def test_a_missing_key_is_named_in_the_writers_language(text: str, key: str) -> None:
    assert problems(Meeting, text)[0].values == {"key": key}


@pytest.mark.parametrize("nothing", ["", "~", "null", " # ยังไม่ทราบ"])
def test_a_required_key_without_a_value_is_told_at_the_key(nothing: str) -> None:
    assert places(Meeting, f"สถานที่: ก\nวันที่: {nothing}") == [(2, 1, "D90")]


def test_an_optional_key_without_a_value_counts_as_not_written() -> None:
    written = read(Meeting, "วันที่: 1 มิ.ย. 67\nครั้งที่:\nการเข้าประชุม:\nระเบียบวาระ:\nผู้ตรวจรายงาน:\n")
    assert (written.number, written.agenda, written.checker) == (None, (), ())
    assert written.attendance == Attendance()


# --- values ---------------------------------------------------------------------------------------


def test_no_value_is_guessed() -> None:
    office = read(Office, "ชื่อหน่วยงาน: no\nโทรศัพท์: 0812345678\nที่อยู่: 1.10\nรหัสหนังสือ: 14:00")
    assert (office.name, office.phone, office.address) == ("no", "0812345678", "1.10")
    assert office.document_code == "14:00"


def test_typed_values_of_a_meeting() -> None:
    written = read(
        Meeting,
        """
ครั้งที่: ๗๐-๕/๒๕๕๖
วันที่: วันอังคารที่ 18 มิถุนายน 2567
เวลาเริ่ม: ๐๙.๓๐ น.
end: 11:45
รูปแบบ: ผสม
status: certified
รับรองครั้งที่: {ครั้งที่: 1/2567, วันที่: 14/5/2567}
""",
    )
    assert str(written.number) == "70-5/2556"
    assert (written.date, written.start, written.end) == (
        date(2024, 6, 18),
        time(9, 30),
        time(11, 45),
    )
    assert (written.mode, written.status, written.is_draft) == ("hybrid", "certified", False)
    assert written.certified is not None
    assert written.certified.date == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("งบประมาณ: 15,000 บาท", "budget", Decimal(15000)),
        ("ลับ: ใช่", "secret", True),
        ("ลับ: true", "secret", True),
        ("ลับ: Yes", "secret", True),
        ("ข้อมูลส่วนบุคคล: ไม่ใช่", "personal", False),
        ("ในข่าว: แผนการจัดงาน", "in_release", "แผนการจัดงาน"),
        ("ในข่าว: ไม่ใช่", "in_release", False),
        ("ในข่าว: false", "in_release", False),
        ("สืบเนื่องจาก: otop-2567-01 5.2", "follows", "otop-2567-01 5.2"),
        ("สืบเนื่องจาก: otop-๒๕๖๗-๐๑  ๕.๒", "follows", "otop-2567-01 5.2"),
        ("สืบเนื่องจาก: the-2-body-2567-1b 12", "follows", "the-2-body-2567-1b 12"),
    ],
)
def test_a_value_of_an_item_is_read(line: str, field: str, value: object) -> None:
    assert getattr(matter(line), field) == value


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("งบประมาณ: 15,00", "D05"),
        ("ลับ: ครับ", "D57"),
        ("สืบเนื่องจาก: otop-2567-01", "D93"),
        ("สืบเนื่องจาก: 5.2", "D93"),
        ("สืบเนื่องจาก: OTOP-2567-01 5.2", "D93"),
        ("คะแนนเสียง: 7", "D52"),
        ("คะแนนเสียง: {เห็นชอบ: เจ็ด}", "D47"),
        ("คะแนนเสียง: {เห็นชอบ: -1}", "D47"),
        ("คะแนนเสียง: {เห็นชอบ: 1000000000}", "D47"),
        ("คะแนนเสียง: {เห็นชอบ: ²}", "D47"),
        ("คะแนนเสียง: {เห็นชอบ: [นาย ก, '']}", "D91"),
        ("คะแนนเสียง: {ไม่เห็นชอบ: 1}", "D42"),
        ("มอบหมาย: [{ผู้รับผิดชอบ: ก}]", "D42"),
        ("มอบหมาย: [{งาน: ก, กำหนดเสร็จ: เร็ว ๆ นี้}]", "D01"),
        ("มอบหมาย: [{งาน: ก, เสร็จแล้ว: บางส่วน}]", "D01"),
        ("อภิปราย: [[ก]]", "D43"),
        ("อภิปราย: เห็นด้วย", "D45"),
        ("ภาพ: {ไฟล์: ก.jpg}", "D94"),
        ("ภาพ: -ก.jpg", "D30"),
        ("ผู้เสนอ: {ก: ข}", "D43"),
        ("ผู้เสนอ:\n  ก: ข", "D44"),
        ("ผู้เสนอ: ก #1", "D51"),
        ("รายละเอียด: ก #1", "D51"),
        ("รายละเอียด: [ก]", "D43"),
    ],
)
def test_a_value_of_an_item_is_refused(line: str, code: str) -> None:
    assert [found.code for found in problems(Matter, f"ชื่อเรื่อง: ก\n{line}")] == [code]


@pytest.mark.parametrize("done", ["ใช่", "true", "30 ต.ค. 2569"])
def test_an_action_is_done_or_done_on_a_day(done: str) -> None:
    written = read(Action, f"งาน: ก\nเสร็จแล้ว: {done}")
    assert written.done in (True, date(2026, 10, 30))


@pytest.mark.parametrize(
    ("line", "left", "arrived", "when"),
    [
        ("มาถึง: 10.15", None, time(10, 15), time(10, 15)),
        ("ออก: 11.00", time(11), None, time(11)),
        ("มาถึง: ใช่\nเวลา: 10.15", None, True, time(10, 15)),
    ],
)
def test_somebody_came_late_or_left_early(line: str, left: Any, arrived: Any, when: time) -> None:
    change = read(Change, f"ชื่อ: ก\n{line}")
    assert (change.left, change.arrived, change.when) == (left, arrived, when)


@pytest.mark.parametrize("line", ["", "มาถึง: 10.00\nออก: 11.00", "มาถึง: ใช่", "เวลา: 10.00"])
def test_a_change_needs_one_way_and_a_time(line: str) -> None:
    assert places(Change, f"ชื่อ: ก\n{line}") == [(1, 1, "D58")]


@pytest.mark.parametrize(
    ("written", "quorum"),
    [
        ("กึ่งหนึ่ง", "half"),
        ("Half", "half"),
        ("ครึ่งหนึ่ง", "half"),
        ("๗", 7),
        ("7 คน", 7),
        ("1,000", 1000),
    ],
)
def test_a_quorum_is_half_or_a_number(written: str, quorum: object) -> None:
    assert read(Body, f"ชื่อ: ก\nองค์ประชุม: {written}").quorum == quorum


@pytest.mark.parametrize("written", ["0", "-1", "สองในสาม", "1.5", "7 เสียง"])
def test_a_quorum_is_at_least_one(written: str) -> None:
    assert places(Body, f"ชื่อ: ก\nองค์ประชุม: {written}") == [(2, 13, "D47")]


def test_a_quorum_is_not_beyond_the_voting_members() -> None:
    members = "สมาชิก: [นาย ก, นาง ข, {ชื่อ: นาย ค, สิทธิออกเสียง: ไม่ใช่}]"
    assert read(Body, f"ชื่อ: ก\nองค์ประชุม: 2\n{members}").quorum == 2
    (found,) = problems(Body, f"ชื่อ: ก\nองค์ประชุม: 3\n{members}")
    assert (found.code, found.values) == ("D96", {"quorum": 3, "members": 2})


@pytest.mark.parametrize(
    ("written", "years"), [("10", 10), ("๑๐ ปี", 10), ("ตลอดไป", "forever"), ("Forever", "forever")]
)
def test_minutes_are_kept_some_years_or_forever(written: str, years: object) -> None:
    assert read(Office, f"ชื่อหน่วยงาน: ก\nอายุการเก็บ: {written}").retention == years


@pytest.mark.parametrize("written", ["0 ปี", "สิบปี", "-1"])
def test_minutes_are_kept_a_year_at_least(written: str) -> None:
    assert places(Office, f"ชื่อหน่วยงาน: ก\nอายุการเก็บ: {written}") == [(2, 14, "D47")]


@pytest.mark.parametrize("kind", ["อื่น ๆ", "อื่นๆ", "อื่น\u00a0ๆ", "other", "Other"])
def test_a_word_of_choice_is_known_with_and_without_spaces(kind: str) -> None:
    assert read(Section, f"ชนิด: {kind}").kind == "other"


def test_an_unknown_word_of_choice_is_told_with_the_known_ones() -> None:
    (found,) = problems(Numerals, "ข่าว: โรมัน")
    assert found.values == {
        "value": "โรมัน",
        "wanted_th": ("ไทย", "อารบิก"),
        "wanted": ("thai", "arabic"),
    }


@pytest.mark.parametrize("written", ["W08: แจ้งไว้แล้ว", "W40: คำเฉพาะ", "D61: ดอกจัน", "'W08 ': ก"])
def test_a_check_is_switched_off_with_a_reason(written: str) -> None:
    assert len(read(Body, f"ชื่อ: ก\nละเว้น:\n  {written}").ignore) == 1


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("W8: ก", "D59"),
        ("W99: ก", "D59"),
        ("D04: ก", "D59"),
        ("w08: ก", "D59"),
        ("W08:", "D92"),
        ("W08: [ก]", "D43"),
    ],
)
def test_a_check_is_not_switched_off_by(written: str, code: str) -> None:
    found = places(Body, f"ชื่อ: ก\nละเว้น:\n  {written}")
    assert (found[0][0], found[0][2]) == (3, code)


def test_what_is_public_may_be_any_text_with_a_reason() -> None:
    office = read(Office, "ชื่อหน่วยงาน: ก\nเปิดเผยได้: {0 0000 0000: สายด่วน}")
    assert office.public == {"0 0000 0000": "สายด่วน"}


# --- persons --------------------------------------------------------------------------------------


def test_a_person_may_be_a_name_alone() -> None:
    body = read(Body, "ชื่อ: ก\nสมาชิก:\n  - นายเอก ยังอภัย ณ สงขลา\n  - {ชื่อ: นาย  ก, หน้าที่: ประธาน}")
    assert [member.shown_name for member in body.members] == ["นายเอก ยังอภัย ณ สงขลา", "นายก"]


@pytest.mark.parametrize("written", ["นาย ก", "[นาย ก]", "- นาย ก\n  - นาง ข"])
def test_there_may_be_one_checker_or_several(written: str) -> None:
    text = f"ชื่อ: ก\nผู้ตรวจรายงาน:{chr(10) + '  ' if written[0] == '-' else ' '}{written}"
    assert read(Body, text).checker[0].shown_name == "นายก"


def test_a_list_is_no_person() -> None:
    assert places(Body, "ชื่อ: ก\nผู้จดรายงาน: [นาย ก, นาง ข]") == [(2, 14, "D97")]
    assert places(Body, "ชื่อ: ก\nสมาชิก:\n  - [นาย ก, นาง ข]") == [(3, 5, "D97")]


def test_a_member_listed_twice_is_told_once_at_the_second_place() -> None:
    (found,) = problems(Body, "ชื่อ: ก\nสมาชิก:\n  - นาย ก  ข\n  - นาง ค ง\n  - {ชื่อ: นายก ข}\n")
    assert (found.line, found.column, found.code) == (5, 12, "W06")
    assert found.values["where"] == "line 3"


def test_a_councils_secretary_does_not_vote_unless_the_file_says_so() -> None:
    members = "สมาชิก: [{ชื่อ: ก ก, หน้าที่: เลขานุการสภา}, {ชื่อ: ข ข, หน้าที่: เลขานุการ, สิทธิออกเสียง: ใช่}]"
    council = read(Body, f"ชื่อ: สภา\nประเภท: สภาท้องถิ่น\n{members}")
    assert [council.votes(member) for member in council.members] == [False, True]


@pytest.mark.parametrize(("count", "codes"), [(1_000, []), (1_001, ["D48"])])
def test_a_list_has_a_thousand_persons_at_most(count: int, codes: list[str]) -> None:
    names = ", ".join(f"นาย ก {number}" for number in range(count))
    text = f"ชื่อ: ก\nสมาชิก: [{names}]"
    found = problems(Body, text) if codes else []
    assert len(read(Body, text).members) == count if not codes else found[0].code == codes[0]


@pytest.mark.parametrize(("count", "codes"), [(999, []), (1_000, ["D49"])])
def test_a_meeting_has_a_thousand_items_at_most(count: int, codes: list[str]) -> None:
    items = ", ".join(["ก"] * count)
    text = f"วันที่: 1 มิ.ย. 67\nก่อนวาระ: [ข]\nระเบียบวาระ: [{{ชนิด: เพื่อทราบ, เรื่อง: [{items}]}}]"
    if codes:
        assert [found.code for found in problems(Meeting, text)] == codes
    else:
        assert len(list(read(Meeting, text).all_matters())) == 1_000


def test_a_vote_counts_numbers_and_names_alike() -> None:
    vote = read(Vote, "เห็นชอบ: ๗ เสียง\nไม่เห็นชอบ: [นาย ก, นาง  ข]")
    assert [vote.count(ballot) for ballot in meeting.BALLOTS] == [7, 2, 0]
    assert [(name, node.line, node.column) for name, node in vote.named()] == [
        ("นายก", 2, 14),
        ("นางข", 2, 21),
    ]


# --- lists and texts ------------------------------------------------------------------------------


def test_an_item_and_a_remark_may_be_a_text_alone() -> None:
    section = read(Section, "ชนิด: เพื่อทราบ\nเรื่อง:\n  - แผนงาน\n")
    assert section.matters[0].title == "แผนงาน"
    assert matter("อภิปราย: [เห็นด้วย]").discussion[0].text == "เห็นด้วย"


@pytest.mark.parametrize("empty", ["-", "- ''", "- ~", '- "  "'])
@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (Body, "ชื่อ: ก\nสมาชิก:"),
        (Body, "ชื่อ: ก\nระเบียบวาระ:"),
        (Office, "ชื่อหน่วยงาน: ก\nคำเฉพาะ:"),
        (Matter, "ชื่อเรื่อง: ก\nอภิปราย:"),
        (Matter, "ชื่อเรื่อง: ก\nมอบหมาย:"),
        (Section, "ชนิด: เพื่อทราบ\nเรื่อง:"),
        (Attendance, "ผู้มาประชุม: []\nผู้ไม่มาประชุม:"),
    ],
)
def test_an_empty_entry_is_told_at_its_line(record: type[Record], lines: str, empty: str) -> None:
    assert [(line, code) for line, _, code in places(record, f"{lines}\n  {empty}")] == [(3, "D91")]


def test_a_fault_in_a_text_points_at_its_own_line() -> None:
    text = "ชื่อเรื่อง: ก\nรายละเอียด: |\n\n  ข\n  | ก | ข |\n  | --- | --- |\n  | 1 | 2 | 3 |\n"
    assert places(Matter, text) == [(7, 1, "D60")]


def test_places_tell_where_fields_and_lines_of_texts_stand() -> None:
    written = read(Matter, "ชื่อเรื่อง: ก\nมติ: |\n  ข\n  ค\nลับ:\nผู้เสนอ: ง\n")
    assert written.places.of() == (1, 1)
    assert written.places.of("resolution") == (2, 6)
    assert written.places.of("resolution", 0) == (3, 1)
    assert written.places.of("resolution", 1) == (4, 1)
    assert written.places.of("secret") == (5, 1)
    assert written.places.of("presenter", 0) == (6, 10)
    assert written.places.of("budget") == (1, 1)
    assert Matter.model_construct(title="ก").places.of("title") == (1, 1)


def test_keys_are_shown_in_the_language_of_the_record() -> None:
    assert read(Matter, "title: ก").key_for("resolution") == "resolution"
    assert read(Matter, "ชื่อเรื่อง: ก").key_for("resolution") == "มติ"
    assert read(Matter, "title: ก\nมติ: ข").key_for("vote") == "คะแนนเสียง"
    assert Matter.model_construct(title="ก").key_for("resolution") == "มติ"


def test_a_meeting_lists_its_files_and_items_in_their_order() -> None:
    written = read(
        Meeting,
        """
วันที่: 1 มิ.ย. 67
ก่อนวาระ: [{ชื่อเรื่อง: ก, ภาพ: [{ไฟล์: 1.jpg}]}]
ระเบียบวาระ: [{ชนิด: เพื่อทราบ, เรื่อง: [{ชื่อเรื่อง: ข, เอกสารแนบ: [{ไฟล์: 2.pdf}, {ชื่อเอกสาร: บัญชี}]}]}]
ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: 3.jpg}]}
เอกสารแนบ: [{ไฟล์: 4.pdf}]
""",
    )
    assert [matter.title for matter in written.all_matters()] == ["ก", "ข"]
    assert [record.file for record in written.files()] == ["3.jpg", "4.pdf", "1.jpg", "2.pdf"]


# --- files ----------------------------------------------------------------------------------------


def test_every_problem_of_a_file_comes_at_once_and_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "2567-02.yaml"
    path.write_text("เวลาเลิก: 9.75\nวันที่: 31/6/2567\nมติ: @ก\nครั้งที่:2/67\nสีเสื้อ: [ก\n", "utf-8")
    with pytest.raises(MinutesError) as caught:
        validation.read(Meeting, path)
    found = [(each.line, each.code) for each in caught.value.problems]
    assert found == sorted(found)
    path.write_text("เวลาเลิก: 9.75\nวันที่: 31/6/2567\nสถานที่: @ก\nครั้งที่:2/67\n", "utf-8")
    with pytest.raises(MinutesError) as caught:
        validation.read(Meeting, path)
    assert [(each.line, each.code) for each in caught.value.problems] == [
        (1, "D04"),
        (2, "D03"),
        (3, "D28"),
        (4, "D30"),
    ]


def test_a_sound_file_with_a_fault_of_writing_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "2567-02.yaml"
    path.write_text("วันที่: 1/6/2567\nสถานที่: @ก\n", "utf-8")
    with pytest.raises(MinutesError) as caught:
        validation.read(Meeting, path)
    assert [each.code for each in caught.value.problems] == ["D28"]


def test_a_file_is_told_two_hundred_problems_at_most() -> None:
    assert len(problems(Meeting, "".join(f"ก{number}: ข\n" for number in range(1_000)))) == 200


def test_a_fault_of_the_program_is_not_told_as_one_of_the_file() -> None:
    with pytest.raises(TypeError, match="a fault of the program"):
        validation.validate(Meeting, 7, PATH)  # type: ignore[arg-type] # which is the fault


def test_a_scalar_without_lines_is_at_its_own_place() -> None:
    assert line_in(Scalar("ก", 3, 7), 0) == (3, 7)
    assert line_in(reader.Mapping((), 3, 7), 5) == (3, 7)
