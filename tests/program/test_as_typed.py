"""What is typed and pasted otherwise than was expected: read, or told at its place."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pythainlp.corpus import thai_words

from minutes.rules import marks
from minutes.rules.texts import Text
from minutes.source.reader import Scalar
from tests.support.agenda_folder import MEETING, QUICK, Answer, Desk
from tests.support.sample import PATH

HEAD = """\
ครั้งที่: 2/2569
วันที่: วันพุธที่ 21 ตุลาคม 2569
เวลาเริ่ม: 09.30
เวลาเลิก: 11.45
สถานะ: ฉบับสมบูรณ์
ระเบียบวาระ:
  - ชนิด: รับรองรายงาน
  - ชนิด: เพื่อทราบ
    เรื่อง:
      - ชื่อเรื่อง: การทดสอบ
        มติ: รับทราบ
"""
OUT = "otop/2569-02/otop-2569-02-minutes"
LATER = MEETING.replace("2567-02", "2569-02")


def checked(desk: Desk, text: str) -> Answer:
    """Check a meeting of the desk's body."""
    desk.put("agendas/otop/2569-01.yaml", HEAD.replace("2/2569", "1/2569"))
    desk.put(LATER, text)
    return desk.call("check", LATER)


def with_detail(*lines: str) -> str:
    """Give a meeting whose item has these lines; the first is line 13 of the file."""
    return HEAD + "        รายละเอียด: |\n" + "".join(f"          {line}\n" for line in lines)


def printed(desk: Desk, text: str) -> str:
    """Build a meeting, and read the letters of its Word document."""
    checked(desk, text)
    answer = desk.call(LATER, "-o", "out", *QUICK)
    assert (answer.status, answer.problems) == (0, [])
    return letters_of(desk.folder / "out" / f"{OUT}.docx")


def letters_of(path: Path) -> str:
    """Give the letters of a Word document, without spaces."""
    with zipfile.ZipFile(path) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    return "".join("".join(map(str, document.itertext())).split())


def codes(answer: Answer) -> list[str]:
    return re.findall(r"\[([DW][0-9]+)\]", answer.err)


# --- days and times -----------------------------------------------------------------------------


def test_days_of_years_that_began_in_april_are_right(desk: Desk) -> None:
    line = "ตั้งเมื่อวันเสาร์ที่ 1 มกราคม 2480 หลังวันเสาร์ที่ 2 มีนาคม 2477 และวันที่ 29 กุมภาพันธ์ 2478"
    assert checked(desk, with_detail(line)).status == 0


def test_a_day_that_fell_out_of_the_calendar_is_told_with_the_reason(desk: Desk) -> None:
    answer = checked(desk, with_detail("ตั้งเมื่อวันที่ 15 กุมภาพันธ์ 2483"))
    assert codes(answer) == ["W63"]
    assert "พ.ศ. 2483 มีเพียงเมษายนถึงธันวาคม" in answer.err
    answer = checked(desk, HEAD.replace("21 ตุลาคม 2569", "15 มกราคม 2483"))
    assert codes(answer)[0] == "D420"


def test_every_spelling_of_a_wrong_weekday_is_told_at_its_line(desk: Desk) -> None:
    lines = (
        "ส่งวันอังคารที่ 21 ตุลาคม 2569",
        "ส่งวันอังคาร ที่ 21 ตุลาคม 2569",
        "ส่งวันอังคารที่ 21 ต.ค. 69",
        "ส่งวันอังคารที่ 21 - 22 ตุลาคม 2569",
        "ส่งวันอังคารที่ 21 ตุลาคม พุทธศักราช 2569",
        "ส่ง**วันอังคาร**ที่ 21 ตุลาคม 2569",
        "ส่งวันอังคารที่ **21 ตุลาคม 2569**",
        "ส่งวันอังคารที่ 21/10/2569",
    )
    checked(desk, with_detail(*lines))
    answer = desk.call("check", LATER, "--errors", "json")
    assert re.findall(
        r'"line": ([0-9]+), "column": [0-9]+, "severity": "error", "code": "W03"', answer.err
    ) == [str(line) for line in range(13, 21)]


def test_a_sitting_past_midnight_is_told_how_it_is_written(desk: Desk) -> None:
    late = HEAD.replace("09.30", "22.00").replace("11.45", "00.30")
    answer = checked(desk, late)
    assert codes(answer) == ["W04"]
    assert '"00.30 น. (วันถัดไป)"' in answer.err
    text = printed(desk, late.replace("00.30", "00.30 น. (วันถัดไป)"))
    assert "เลิกประชุมเวลา๐๐.๓๐น.ของวันถัดไป" in text


def test_a_sitting_that_ends_at_midnight_says_so(desk: Desk) -> None:
    text = printed(desk, HEAD.replace("09.30", "22.00").replace("11.45", "24.00"))
    assert "เลิกประชุมเวลา๒๔.๐๐น." in text


def test_who_left_past_midnight_left_before_the_end(desk: Desk) -> None:
    left = "การเข้าประชุม:\n  เข้าออกระหว่างประชุม: [{ชื่อ: นายตัวอย่าง ที่สาม, ออก: 00.10 (วันถัดไป)}]\n"
    late = HEAD.replace("09.30", "22.00").replace("11.45", "00.30 (วันถัดไป)")
    assert checked(desk, late + left).err == ""
    told = checked(desk, late + left.replace("00.10", "00.40"))
    assert codes(told) == ["W54"]


# --- sums ---------------------------------------------------------------------------------------


def test_a_sum_of_millions_of_millions_is_printed_as_it_is_said(desk: Desk) -> None:
    text = printed(desk, HEAD + "        งบประมาณ: 2,000,001,000,001 บาท\n")
    assert "สองล้านเอ็ดล้านเอ็ดบาทถ้วน" in text


# --- letters ------------------------------------------------------------------------------------


def test_thai_read_as_thai_of_another_code_is_told_where_it_was_pasted(desk: Desk) -> None:
    answer = checked(desk, with_detail("เธเธฃเธฐเธเธธเธกเธเธ“เธฐเธเธฃเธฃเธกเธเธฒเธฃ"))
    assert answer.problems[0].startswith(f"{LATER}:13:11: ผิดพลาด[D17]")


def test_each_doubled_vowel_is_told_and_mended(desk: Desk) -> None:
    answer = checked(desk, with_detail("ทํำการ และ ทำาการ และ มาาตรา และ กํํา"))
    for word in ("ทํำการ", "ทำาการ", "มาาตรา", "กํํา"):
        assert f'ผิดพลาด[W39]: ตัวอักษรของ "{word}"' in answer.err
    assert desk.call("check", LATER, "--fix", "--yes").status == 0
    written = (desk.folder / LATER).read_text("utf-8")
    assert written == with_detail("ทำการ และ ทำการ และ มาตรา และ กำ")


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("น\u0e4d\u0e49\u0e33", "น้ำ"),
        ("ทำํา", "ทำ"),
        ("ทาำ", "ทำ"),
        ("จะะ", "จะ"),
        ("แแผน", "แผน"),
        ("เเผน", "แผน"),
        ("โโครงการ", "โครงการ"),
        ("ใใน", "ใน"),
        ("ไไป", "ไป"),
        ("กู้้", "กู้"),
        ("ก็็", "ก็"),
        ("ศูนย์์", "ศูนย์"),
        ("เแ", "เแ"),
        ("เ้า", "เ้า"),
        ("ลัาน", "ลัาน"),
        ("กิี", "กิี"),
    ],
)
def test_a_doubled_or_impossible_letter_is_told_and_mended_where_that_is_certain(
    damaged: str, mended: str, desk: Desk
) -> None:
    assert "W39" in codes(checked(desk, with_detail(damaged)))
    desk.call("check", LATER, "--fix", "--yes")
    assert (desk.folder / LATER).read_text("utf-8") == with_detail(mended)


def test_of_the_dictionarys_words_no_letter_is_told_but_of_its_own_slips() -> None:
    text = Text(PATH, Scalar("\n".join(sorted(thai_words())), 1, 1), "prose")
    told = {str(problem.values["text"]) for problem in marks.letters_are_whole([text])}
    assert 0 < len(told) < 15
    assert {"เมีัย", "อาวุูธ", "ลัาน"} <= told


WORDS_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf06c\uf0a8\uf076\uf06e\uf0e0"


@pytest.mark.parametrize("bullet", [*WORDS_BULLETS, "·", "§", "Ø", "ü", "v", "q", "o"])
def test_a_bullet_of_words_is_read_as_one(bullet: str, desk: Desk) -> None:
    read = desk.folder / "out" / f"{OUT}.docx"
    document = with_detail(*(f"{bullet}\t{word}" for word in ("หนึ่ง", "สอง", "สาม")))
    checked(desk, document)
    answer = desk.call(LATER, "-o", "out", *QUICK)
    assert answer.status == 0
    assert set(codes(answer)) <= {"W75"}
    assert "ผิดพลาด" not in answer.err
    assert "•หนึ่ง•สอง•สาม" in letters_of(read)


def test_words_bullets_are_mended_into_the_file(desk: Desk) -> None:
    answer = checked(desk, with_detail("\uf0b7\tหนึ่ง", "\uf0d8 สอง ผ่าน \uf0fc แล้ว"))
    assert codes(answer) == ["W75", "W75", "W75"]
    assert answer.err.count("แนะนำ") == 2
    assert "U+F0FC" in answer.err
    desk.call("check", LATER, "--fix", "--yes")
    written = (desk.folder / LATER).read_text("utf-8")
    assert written == with_detail("•\tหนึ่ง", "• สอง ผ่าน ✓ แล้ว")


def test_rows_pasted_from_excel_are_told_once_with_a_table_to_write(desk: Desk) -> None:
    answer = checked(desk, with_detail("ลำดับ\tรายการ\tจำนวน", "1\tโต๊ะ\t10", "2\tเก้าอี้\t20"))
    assert answer.problems == [
        line for line in answer.problems if f"{LATER}:13:1: คำเตือน[W76]" in line
    ]
    assert len(answer.problems) == 1
    assert "| ลำดับ | รายการ | จำนวน |" in answer.err


@pytest.mark.parametrize("space", list("\u00a0\u3000\u2009\u200b\ufeff"))
def test_a_meeting_with_special_spaces_is_read_as_it_looks(space: str, desk: Desk) -> None:
    text = with_detail("ปกติ").replace(": ", f":{space}").replace("- ", f"-{space}")
    assert checked(desk, text).err == ""
    assert "การทดสอบปกติ" in printed(desk, text)


def test_special_spaces_keep_nothing_from_being_mended(desk: Desk) -> None:
    text = with_detail("ปกติ").replace("มติ: รับทราบ", "มติ:\u00a0ต่างๆ ที่")
    checked(desk, text)
    desk.call("check", LATER, "--fix", "--yes")
    assert (desk.folder / LATER).read_text("utf-8") == text.replace("ต่างๆ", "ต่าง ๆ")


def test_a_list_with_the_dashes_of_word_is_told_for_what_it_is(desk: Desk) -> None:
    people = "การเข้าประชุม:\n  ผู้ไม่มาประชุม:\n    – นายตัวอย่าง ที่สาม\n    – นางตัวอย่าง ที่สอง\n"
    answer = checked(desk, HEAD + people)
    assert "D423" in codes(answer)
    assert "เครื่องหมาย –" in answer.err


# --- many of one kind ---------------------------------------------------------------------------


def test_what_is_said_in_the_same_words_is_said_once_with_its_lines(desk: Desk) -> None:
    lines = ["ผ้า,อาหาร", "ยา", *["ผ้า,อาหาร"] * 3, "ผ้า,อาหาร,ยา", *["ยา"] * 3, "ผ้า,อาหาร", "อนุญาติ"]
    answer = checked(desk, with_detail(*lines))
    first, second = answer.problems
    assert f"{LATER}:13:14: แนะนำ[W29]" in first
    assert "W40" in second
    assert "    อีก 6 แห่ง: บรรทัด 15–17, 18 (2), 22\n" in answer.err
    assert "แนะนำ 7" in answer.out
    english = desk.call("check", LATER, "--lang", "en")
    assert "    and 6 more: line 15–17, 18 (2), 22\n" in english.err
    in_json = desk.call("check", LATER, "--errors", "json").err.splitlines()
    places = [(each["line"], each["column"]) for each in map(json.loads, in_json)]
    assert len(places) == len(set(places)) == 8


def test_what_is_said_twice_in_other_words_or_of_another_file_is_said_apart(desk: Desk) -> None:
    text = with_detail("อนุญาติ", "สังเกตุ", "อนุญาติ", "สังเกตุ", "อนุญาติ")
    desk.put("agendas/otop/2569-01.yaml", text.replace("2/2569", "1/2569"))
    desk.put(LATER, text)
    answer = desk.call("check", "agendas/otop/2569-01.yaml", LATER)
    assert codes(answer).count("W40") == 6
    assert answer.err.count("    อีก 2 แห่ง: บรรทัด 15, 17\n") == 2


def test_an_error_is_said_at_each_of_its_places(desk: Desk) -> None:
    answer = checked(desk, with_detail(*["ส่งวันอังคารที่ 21 ตุลาคม 2569"] * 4))
    assert [line.split(":")[1] for line in answer.problems] == ["13", "14", "15", "16"]


def test_of_very_many_lines_some_are_named(desk: Desk) -> None:
    answer = checked(desk, with_detail(*(["ผ้า,อาหาร", "ยา"] * 60)))
    assert codes(answer).count("W29") == 1
    assert max(map(len, answer.err.splitlines())) < 300
    assert "อีก 59 แห่ง: บรรทัด 15, 17" in answer.err
    assert " …\n" in answer.err


def test_a_message_has_a_space_behind_the_number_of_a_meeting(desk: Desk) -> None:
    checked(desk, HEAD)
    assert "ประชุมครั้งที่ 2/2569 แล้ว" in desk.call("check", "agendas/otop").err
