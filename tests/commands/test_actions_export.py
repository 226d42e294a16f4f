import csv
import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

from minutes.commands.actions import export
from minutes.commands.actions.export import Overview
from minutes.problems.messages import Language
from tests.support.body_folder import BODY, Shelf, item
from tests.support.libreoffice import converted

ON = date(2026, 2, 10)
PUMP = "งาน: ซ่อมเครื่องสูบน้ำ, ผู้รับผิดชอบ: กองช่าง, กำหนดเสร็จ: 31 มกราคม 2569"
TRAPS = ["=1+1", "+66 0000", "-ลบ", "@SUM(A1)", "＝1", "#N/A", "2569-01-05", "007"]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def given(*shelves: Shelf, only_open: bool = False, language: Language = "th") -> Overview:
    histories = [shelf.history() for shelf in shelves]
    return export.of(histories, ON, language, only_open=only_open)


def sheet(data: bytes) -> list[list[str]]:
    """Read a sheet's cells from its raw part: a text as it is, all else with its type before it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rows = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    return [[_shown(cell) for cell in row] for row in rows.iterfind("{*}sheetData/{*}row")]


def _shown(cell: etree._Element) -> str:
    if cell.get("t") == "inlineStr":
        return cell.findtext("{*}is/{*}t", "")
    return f"{cell.get('t')} {cell.findtext('{*}v', '')}".strip()


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- rows ---------------------------------------------------------------------------------------


def test_a_row_tells_how_long_a_task_is_late_and_where_it_comes_from(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", PUMP), number="1/2569")
    again = item("ความก้าวหน้า", PUMP, more="สืบเนื่องจาก: board-2569-01 5.1")
    shelf.meet("2569-02", "2 กุมภาพันธ์ 2569", again)
    (row,) = given(shelf).rows
    assert (row.status, row.standing, row.task) == ("overdue", "เลยกำหนด 10 วัน", "ซ่อมเครื่องสูบน้ำ")
    assert (row.meeting, row.item, row.title) == ("ครั้งที่ 1/2569", "5.1", "ระบบประปา")
    assert (row.reference, row.latest) == ("board-2569-01 5.1", "board-2569-02 3.1")
    assert row.body == "คณะกรรมการตัวอย่าง"


def test_the_states_have_their_words_in_both_languages(shelf: Shelf) -> None:
    tasks = [
        "งาน: ก, เสร็จแล้ว: 3 ก.พ. 69",
        "งาน: ข",
        "งาน: ค, กำหนดเสร็จ: 10 ก.พ. 69",
        "งาน: ง, กำหนดเสร็จ: 9 ก.พ. 69",
    ]
    shelf.meet("2569-01", "5 มกราคม 2569", item("เรื่อง", *tasks), item("ปิด", "งาน: จ"))
    end = item("จบ", more="สืบเนื่องจาก: board-2569-01 5.2\nมติ: รับทราบ")
    shelf.meet("2569-02", "2 กุมภาพันธ์ 2569", end)
    assert {row.task: row.standing for row in given(shelf).rows} == {
        "ง": "เลยกำหนด 1 วัน",
        "ค": "ยังไม่ถึงกำหนด",
        "ข": "ไม่มีกำหนด",
        "ก": "เสร็จแล้ว",
        "จ": "ยุติแล้ว",
    }
    english = given(shelf, language="en")
    assert [row.standing for row in english.rows][:3] == ["1 days late", "open", "open, no date"]
    assert english.summary == "on 10 กุมภาพันธ์ 2569: 1 overdue · 2 open · 2 done or closed"
    closed = next(row for row in english.rows if row.task == "จ")
    assert closed.latest == "board-2569-02 3.1"
    assert next(row.done for row in english.rows if row.task == "ก") == date(2026, 2, 3)


def test_only_what_is_open_is_given_when_asked(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, "งาน: ข, เสร็จแล้ว: ใช่"))
    assert [row.task for row in given(shelf, only_open=True).rows] == ["ซ่อมเครื่องสูบน้ำ"]


def test_two_bodies_stand_in_one_list_by_due_date(tmp_path: Path) -> None:
    names = {"a-board": "คณะหนึ่ง", "b-board": "คณะสอง"}
    shelves = [Shelf(tmp_path, BODY.replace("คณะกรรมการตัวอย่าง", n), i) for i, n in names.items()]
    shelves[0].meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, "งาน: ข, กำหนดเสร็จ: 9 ก.พ. 69"))
    shelves[1].meet("2569-01", "5 มกราคม 2569", item("ก", "งาน: ค, กำหนดเสร็จ: 5 ก.พ. 69"))
    found = given(*shelves)
    assert [(row.task, row.body) for row in found.rows] == [
        ("ซ่อมเครื่องสูบน้ำ", "คณะหนึ่ง"),
        ("ค", "คณะสอง"),
        ("ข", "คณะหนึ่ง"),
    ]
    assert found.bodies == ("คณะหนึ่ง", "คณะสอง")


def test_a_session_stands_for_the_number(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP), more="สมัยประชุม: สมัยสามัญ สมัยที่ 1")
    assert given(shelf).rows[0].meeting == "สมัยสามัญ สมัยที่ 1"


# --- files --------------------------------------------------------------------------------------


def traps(shelf: Shelf) -> Overview:
    tasks = [f"งาน: '{trap}', ผู้รับผิดชอบ: '{trap}', กำหนดเสร็จ: 31 มกราคม 2569" for trap in TRAPS]
    shelf.meet("2569-01", "5 มกราคม 2569", item("'=1+1'", *tasks), number="1/2569")
    return given(shelf)


def test_csv_opens_in_excel_and_no_text_is_a_formula(shelf: Shelf) -> None:
    data = export.render(traps(shelf), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(TRAPS) + 1
    head, *rows = rows_of_csv(data)
    assert head[:5] == ["สถานะ", "งาน", "ผู้รับผิดชอบ", "กำหนดเสร็จ", "เลื่อน (ครั้ง)"]
    assert [row[1] for row in rows] == [
        "'=1+1", "'+66 0000", "'-ลบ", "'@SUM(A1)", "'＝1", "#N/A", "2569-01-05", "007",
    ]  # fmt: skip
    assert {row[3] for row in rows} == {"2026-01-31"}
    assert not [cell for row in rows for cell in row if export.FORMULA.match(cell)]


def test_xlsx_has_texts_as_texts_numbers_as_numbers_and_dates_as_dates(shelf: Shelf) -> None:
    head, *rows = sheet(export.render(traps(shelf), "xlsx"))
    assert head[13] == "หมายเหตุ"
    assert [row[1] for row in rows] == TRAPS
    assert {row[4] for row in rows} == {"n 0"}
    assert {row[3] for row in rows} == {"n 46053"}  # days since 1900 of 31 January 2026
    assert {row[10] for row in rows} == {"=1+1"}


def test_xlsx_is_set_in_thai_with_the_buddhist_calendar_and_prints_on_a4(shelf: Shelf) -> None:
    data = export.render(traps(shelf), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("xl/styles.xml").decode()
        page = package.read("xl/worksheets/sheet1.xml").decode()
    assert "[$-107041E]d mmm yyyy" in styles
    assert '<name val="TH SarabunPSK"' in styles
    assert "<f>" not in page
    assert 'paperSize="9"' in page
    assert 'orientation="landscape"' in page
    assert 'ref="A1:N9"' in page


@pytest.mark.parametrize("format_", export.FORMATS)
def test_the_same_assignments_give_the_same_bytes(
    shelf: Shelf, format_: export.Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = export.render(traps(shelf), format_)
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    assert export.render(given(shelf), format_) == first


def test_html_needs_nothing_else_and_is_a_table_for_those_who_listen(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP), item("<b>ข</b>", "งาน: '<script>'"))
    text = export.render(given(shelf), "html").decode()
    page = html.document_fromstring(text)
    assert page.get("lang") == "th"
    assert not re.findall(r"(?:src=|href=|url\()", text)
    assert page.xpath("count(//script)") == 0
    assert page.xpath("string(//title)") == "งานที่มอบหมาย 10 กุมภาพันธ์ 2569"
    heads = page.xpath("//thead//th[@scope='col']/text()")
    assert heads == ["สถานะ", "งาน", "ผู้รับผิดชอบ", "กำหนดเสร็จ", "เลื่อน (ครั้ง)", "มอบหมายใน"]
    assert page.xpath("//tbody//th[@scope='row']/text()") == ["ซ่อมเครื่องสูบน้ำ", "<script>"]
    assert page.xpath("//tbody//time/@datetime") == ["2026-01-31"]
    assert page.xpath("//table/caption")


@pytest.mark.parametrize(("mark", "word"), [("ลับ", "ลับ"), ("ข้อมูลส่วนบุคคล", "ข้อมูลส่วนบุคคล")])
def test_what_is_not_for_the_public_is_marked_in_every_file(
    shelf: Shelf, mark: str, word: str
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP))
    assert "ห้ามเผยแพร่" not in export.render(given(shelf), "html").decode()
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, more=f"{mark}: ใช่"))
    found = given(shelf)
    page = export.render(found, "html").decode()
    assert f"({word})" in page
    assert "ห้ามเผยแพร่" in page
    assert 'content="noindex, nofollow"' in page
    assert rows_of_csv(export.render(found, "csv"))[1][-1] == word
    assert sheet(export.render(found, "xlsx"))[1][-1] == word


def test_nothing_assigned_is_said(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569")
    assert "<p>ไม่มีงาน</p>" in export.render(given(shelf), "html").decode()
    assert len(rows_of_csv(export.render(given(shelf), "csv"))) == 1


def test_a_file_that_was_edited_by_hand_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export.put(out, {"actions.csv": b"one"})
    export.put(out, {"actions.csv": b"two"})
    assert (out / "actions.csv").read_bytes() == b"two"
    (out / "actions.csv").write_bytes(b"mine")
    written = export.put(out, {"actions.csv": b"three"})
    assert (out / "actions.csv").read_bytes() == b"mine"
    assert (out / "actions.new.csv").read_bytes() == b"three"
    assert written["actions.csv"].edited == out / "actions.csv"


@pytest.mark.system
def test_libreoffice_shows_the_dates_in_the_buddhist_calendar(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "actions.xlsx"
    path.write_bytes(export.render(traps(shelf), "xlsx"))
    folder = tmp_path / "pdf"
    folder.mkdir()
    (made,) = converted([path], folder)
    told = subprocess.run(
        ["pdftotext", "-layout", made, "-"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    assert "5 ม.ค. 2569" in " ".join(told.split())  # as wide as its column, in any font
    assert "=1+1" in told
