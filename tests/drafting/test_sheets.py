"""Files that are larger than they look are refused in words, before they fill the memory."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from minutes.drafting import sheets
from minutes.drafting.tables import Row, Sheet
from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from tests.support.member_lists import excel, package, word_xml, workbook


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


LIST = row(1, cell("A1", "ชื่อ"), cell("B1", "ตำแหน่ง")) + row(
    2, cell("A2", "นายตัวอย่าง ที่หนึ่ง"), cell("B2", "ปลัดอำเภอ")
)


def listed(more: str = "", after: str = "", before: str = "", **parts: str) -> bytes:
    """Give an Excel file with a list and something more."""
    return workbook(f"{before}<sheetData>{LIST}{more}</sheetData>{after}", **parts)


def merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def table(*rows: str) -> bytes:
    return word_xml(f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in rows)}</w:tbl>")


def spanning(value: str) -> str:
    text = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{value}"/></w:tcPr>{text}</w:tc>'


FILLED = "".join(row(number, cell(f"A{number}", "x")) for number in range(3, 9_000))
XF = '<xf numFmtId="14"/>'
LONG = "<w:p><w:r><w:t>ก</w:t></w:r></w:p>"
LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell far away.xlsx": (lambda: listed(row(20_000, cell("XFD20000", "x"))), "D431"),
    "all is one cell.xlsx": (lambda: listed(after=merged("A1:XFD1048576")), "D432"),
    "a column is one cell.xlsx": (lambda: listed(after=merged("C1:C1048576")), "D432"),
    "a broad band is one cell.xlsx": (lambda: listed(after=merged("A5:XFD20")), "D432"),
    "merged ten thousand times.xlsx": (lambda: listed(FILLED, merged(*["C1:C9000"] * 9)), ""),
    "merged for ever.xlsx": (lambda: listed(FILLED, merged(*["C1:C9000"] * 20_000)), "D432"),
    "rows beyond Excel.xlsx": (lambda: listed(row(1_048_577, cell("A1", "x"))), "D122"),
    "columns beyond Excel.xlsx": (lambda: listed(row(3, cell("XFE3", "x"))), "D122"),
    "a far row.xlsx": (lambda: listed(row(1_048_576, cell("A1048576", "x"))), ""),
    "a far format.xlsx": (lambda: listed(row(20_000, '<c r="XFD20000" s="1"/>')), ""),
    "a lying size.xlsx": (lambda: listed(before='<dimension ref="A1:XFD1048576"/>'), ""),
    "blank rows.xlsx": (lambda: listed('<row r="9"/>' * 3_000_000), "D123"),
    "blank cells.xlsx": (lambda: listed(row(9, '<c s="1"/>' * 2_000_000)), "D123"),
    "shared texts.xlsx": (lambda: listed(texts="<si><t/></si>" * 2_000_000), "D123"),
    "one shared text.xlsx": (lambda: listed(texts=f"<si><t>{'a' * 40_000_000}</t></si>"), "D123"),
    "styles.xlsx": (
        lambda: listed(styles=f"<cellXfs>{XF * 1_500_000}</cellXfs>"), "D123"
    ),
    "a long cell.xlsx": (lambda: listed(row(3, cell("A3", "ก" * 40_000))), "D123"),
    "a heading as wide as the sheet.xlsx": (lambda: listed(after=merged("A1:XFD1")), ""),
    "blank paragraphs.docx": (lambda: word_xml("<w:p/>" * 3_000_000), "D123"),
    "fewer blank paragraphs.docx": (lambda: word_xml("<w:p/>" * 390_000), "D123"),
    "blank tables.docx": (lambda: word_xml("<w:tbl/>" * 390_000), "D123"),
    "blank rows.docx": (lambda: table(*[""] * 190_000), "D123"),
    "one broad row.docx": (lambda: table("<w:tc><w:p/></w:tc>" * 60_000), "D431"),
    "broad cells.docx": (lambda: table(spanning("100") * 30_000), "D431"),
    "a cell over more columns than a number holds.docx": (
        lambda: table(spanning("9" * 5_000)), "D431"
    ),
    "a long paragraph.docx": (lambda: word_xml(f"<w:p>{LONG[5:-6] * 60_000}</w:p>"), "D123"),
    "rows.csv": (lambda: "นายตัวอย่าง ที่หนึ่ง,กรรมการ\n".encode() * 180_000, "D123"),
    "blank lines.csv": (lambda: b"\n" * 12_000_000, "D123"),
    "one broad line.csv": (lambda: b"x," * 6_000_000, "D431"),
}  # fmt: skip
READ = """
import json, sys
from pathlib import Path
from minutes.drafting import sheets
from minutes.problems.errors import MinutesError
import lxml.etree, openpyxl.utils  # so that the first file pays for no library
for name in sys.argv[1:]:
    try:
        sheets.read(Path(name))
        codes = []
    except MinutesError as error:
        codes = [one.code for one in error.problems]
    print(json.dumps([name, "".join(codes)]), flush=True)
"""
MEMORY = 450 * 1024**2  # bytes; a file of 12 MB is in it once as text
SECONDS = 60  # of the processor, for all of them together


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def test_a_file_that_grows_is_refused_in_words_with_little_memory_and_soon(tmp_path: Path) -> None:
    for name, (make, _) in LARGE.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", READ, *LARGE]
    known = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=known, preexec_fn=limit, capture_output=True, text=True
    )
    found = dict(json.loads(line) for line in done.stdout.splitlines())
    assert found == {name: code for name, (_, code) in LARGE.items()}, done.stderr


def test_the_message_names_the_place_and_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for data, place in (
        (listed(row(20_000, cell("XFD20000", "x"))), "รายชื่อ XFD20000"),
        (listed(after=merged("A1:XFD1048576")), "รายชื่อ A1:XFD1048576"),
    ):
        path.write_bytes(data)
        with pytest.raises(MinutesError) as caught:
            sheets.read(path)
        (problem,) = caught.value.problems
        assert place in problem.message()
        assert "คัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่" in problem.hint()


# --- what is read all the same ----------------------------------------------------------------


def read(data: bytes, tmp_path: Path) -> list[Sheet]:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    return sheets.read(path)


@pytest.mark.parametrize(
    "data",
    [
        listed(row(20_000, '<c r="XFD20000" s="1"/>')),
        listed(before='<dimension ref="A1:XFD1048576"/>'),
        listed(after=merged("A1:XFD1")),
        listed('<row r="1048576" ht="15"/>'),
    ],
)
def test_a_format_far_away_costs_nothing_and_the_list_is_read(data: bytes, tmp_path: Path) -> None:
    (sheet,) = read(data, tmp_path)
    assert [found.cells for found in sheet.rows] == [
        ("ชื่อ", "ตำแหน่ง"),
        ("นายตัวอย่าง ที่หนึ่ง", "ปลัดอำเภอ"),
    ]


def test_all_kinds_of_cells_are_read_as_another_reader_reads_them(tmp_path: Path) -> None:
    """openpyxl writes them, and reads them as well."""
    from datetime import date, datetime, time

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    values = ["ก\nข", 1, 1.5, -2, 1e20, True, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), time(9)]
    first.append(values)
    first.append(["ก <&> ข", None, "  ", 0, "=A1"])
    book.create_sheet("ซ่อน").append(["x"])
    book["ซ่อน"].sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    one, other = sheets.read(path)
    told = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    assert [str(value) for value in told[:6]] == [
        str(value) if not value.endswith("00000") else "1e+20" for value in one.rows[0].cells[:6]
    ]
    assert one.rows[0].cells[6:] == ("2026-01-02T00:00:00", "2026-01-02T03:04:00", "09:00:00")
    assert one.rows[1].cells == ("ก <&> ข", "", "", "0", "=A1")
    assert (set(one.rows[1].unsure), one.is_hidden) == ({4}, False)
    assert (other.name, other.is_hidden) == ("ซ่อน", True)


def test_shared_texts_are_read_without_the_readings_above_them(tmp_path: Path) -> None:
    texts = "<si><r><t>นาย</t></r><r><t>ก ข</t></r><rPh><t>อ่าน</t></rPh></si><si><t>ครู</t></si>"
    data = workbook(
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></sheetData>', texts=texts
    )
    (sheet,) = read(data, tmp_path)
    assert sheet.rows == (Row(1, ("นายก ข", "ครู")),)


def test_strict_excel_files_are_read_as_well(tmp_path: Path) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(listed())) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    swapped = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "officeDocument/relationships"
        ),
    }
    for name, text in parts.items():
        for old, new in swapped.items():
            text = text.replace(old, f"http://purl.oclc.org/ooxml/{new}")
        parts[name] = text
    (sheet,) = read(package(parts), tmp_path)
    assert len(sheet.rows) == 2


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>',
        '<sheetData><row r="x"/></sheetData>',
        merged("A1:nowhere"),
        merged("A1:B2:C3"),
        '<cols><col min="1" width="wide"/></cols>',
        "<sheetData>",
    ],
)
def test_a_damaged_worksheet_is_told(sheet: str, tmp_path: Path) -> None:
    with pytest.raises(MinutesError, match="D122"):
        read(workbook(sheet), tmp_path)


def test_hidden_columns_and_formulas_without_result_are_known(tmp_path: Path) -> None:
    data = excel([["ชื่อ", "ตำแหน่ง"], ["นายก ข", 'CONCATENATE("ครู")']],
                 formulas=['CONCATENATE("ครู")'], unseen=[2])  # fmt: skip
    (sheet,) = read(data, tmp_path)
    assert [(set(one.unseen), set(one.unsure)) for one in sheet.rows] == [({1}, set()), ({1}, {1})]
