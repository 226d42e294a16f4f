"""What is typed and pasted otherwise than was expected: read, or told at its place."""

import re
import zipfile

from lxml import etree

from tests.desk import MEETING, QUICK, Answer, Desk

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
    with zipfile.ZipFile(desk.folder / "out" / f"{OUT}.docx") as package:
        document = etree.fromstring(package.read("word/document.xml"))
    return " ".join("".join(document.itertext()).split())


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
    assert "เลิกประชุมเวลา ๐๐.๓๐ น. ของวันถัดไป" in text


def test_a_sitting_that_ends_at_midnight_says_so(desk: Desk) -> None:
    text = printed(desk, HEAD.replace("09.30", "22.00").replace("11.45", "24.00"))
    assert "เลิกประชุมเวลา ๒๔.๐๐ น." in text


def test_who_left_past_midnight_left_before_the_end(desk: Desk) -> None:
    left = "การเข้าประชุม:\n  เข้าออกระหว่างประชุม: [{ชื่อ: นายตัวอย่าง ที่สาม, ออก: 00.10 (วันถัดไป)}]\n"
    late = HEAD.replace("09.30", "22.00").replace("11.45", "00.30 (วันถัดไป)")
    assert checked(desk, late + left).err == ""
    told = checked(desk, late + left.replace("00.10", "00.40"))
    assert codes(told) == ["W54"]


# --- sums ---------------------------------------------------------------------------------------


def test_a_sum_of_millions_of_millions_is_printed_as_it_is_said(desk: Desk) -> None:
    text = printed(desk, HEAD + "        งบประมาณ: 2,000,001,000,001 บาท\n")
    assert "สองล้านเอ็ดล้านเอ็ดบาทถ้วน" in "".join(text.split())
