"""Headings as offices have them: over several columns, in several rows, in other words."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from minutes.drafting import rosters, sheets, tables
from minutes.drafting.rosters import Member, Remark, Roster
from tests.support.member_lists import csv_file, excel

Table = Sequence[Sequence[str]]
Member3 = tuple[str, str, str]
ONE: Member3 = ("นายตัวอย่าง ที่หนึ่ง", "นายอำเภอ", "ประธานกรรมการ")
TWO: Member3 = ("นางตัวอย่าง ที่สอง", "ปลัดอำเภอ", "กรรมการ")


def in_excel(rows: Table, merged: Sequence[str]) -> tuple[str, bytes]:
    """Write a workbook by another library than the reader."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([cell or None for cell in row])
    for span in merged:
        sheet.merge_cells(span)
    stream = io.BytesIO()
    book.save(stream)
    return "a.xlsx", stream.getvalue()


def in_word(rows: Table, merged: Sequence[str]) -> tuple[str, bytes]:
    """Write a table of Word with the same cells merged."""
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for span in merged:
        left, top, right, bottom = (end or 0 for end in openpyxl.utils.range_boundaries(span))
        kept = table.cell(top - 1, left - 1).text
        table.cell(top - 1, left - 1).merge(table.cell(bottom - 1, right - 1)).text = kept
    stream = io.BytesIO()
    document.save(stream)
    return "a.docx", stream.getvalue()


def in_csv(rows: Table, merged: Sequence[str]) -> tuple[str, bytes]:
    """Write what is left of the merging in a CSV file: blank cells."""
    return "a.csv", csv_file(rows)


def read(given: tuple[str, bytes], folder: Path) -> Roster:
    path = folder / given[0]
    path.write_bytes(given[1])
    return rosters.read(path)


def told(roster: Roster) -> list[Member3]:
    return [(member.name, member.position, member.role) for member in roster.members]


def table(*rows: Sequence[str]) -> Roster:
    found = (tables.Row(number, tuple(row)) for number, row in enumerate(rows, 1))
    return rosters.of([tables.Sheet(tables.spoken(found))])


# --- merged -----------------------------------------------------------------------------------

GIVEN = ["1", "นายตัวอย่าง", "ที่หนึ่ง", "นายอำเภอ", "ประธานกรรมการ"], [
    "2", "นางตัวอย่าง", "ที่สอง", "ปลัดอำเภอ", "กรรมการ"
]  # fmt: skip
TITLED = ["๑", "นาย", "ตัวอย่าง", "ที่หนึ่ง", "นายอำเภอ", "ประธานกรรมการ"], [
    "๒", "นาง", "ตัวอย่าง", "ที่สอง", "ปลัดอำเภอ", "กรรมการ"
]  # fmt: skip
SHAPES: dict[str, tuple[Table, Sequence[str], int]] = {
    "over two columns": (
        [["ลำดับ", "ชื่อ - สกุล", "", "ตำแหน่ง", "หน้าที่"], *GIVEN], ["B1:C1"], 1
    ),
    "over three columns": (
        [["ที่", "ชื่อ – นามสกุล", "", "", "ตำแหน่ง", "หน้าที่"], *TITLED], ["B1:D1"], 1
    ),
    "the role among the notes": (
        [["ลำดับ", "ชื่อ - สกุล", "", "ตำแหน่ง", "หมายเหตุ"], *GIVEN], ["B1:C1"], 1
    ),
    "two rows": (
        [["ลำดับ", "ชื่อ", "", "ตำแหน่ง", ""], ["", "ชื่อ", "สกุล", "ทางราชการ", "ในคณะ"], *GIVEN],
        ["A1:A2", "B1:C1", "D1:E1"], 2,
    ),
    "two rows with titles": (
        [
            ["ที่", "ชื่อ - สกุล", "", "", "ตำแหน่ง", ""],
            ["", "คำนำหน้า", "ชื่อ", "สกุล", "ปัจจุบัน", "ในคณะกรรมการ"], *TITLED,
        ],
        ["A1:A2", "B1:D1", "E1:F1"], 2,
    ),
    "three rows and the columns numbered": (
        [
            ["ลำดับที่", "กรรมการ", "", "", "ตำแหน่ง", ""],
            ["", "ชื่อ - สกุล", "", "", "ปัจจุบัน", "ในคณะกรรมการ"],
            ["", "คำนำหน้า", "ชื่อ", "นามสกุล", "", ""],
            ["(๑)", "(๒)", "(๓)", "(๔)", "(๕)", "(๖)"], *TITLED,
        ],
        ["A1:A3", "B1:D1", "B2:D2", "E1:F1", "E2:E3", "F2:F3"], 4,
    ),
    "a column beside that is nothing of ours": (
        [
            ["ลำดับ", "ชื่อ - สกุล", "", "ตำแหน่ง", "หน้าที่", "การเข้าประชุม", ""],
            ["", "ชื่อ", "สกุล", "", "", "มา", "ไม่มา"],
            [*GIVEN[0], "/", ""], [*GIVEN[1], "", "/"],
        ],
        ["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:G1"], 2,
    ),
}  # fmt: skip
WRITERS: list[Callable[[Table, Sequence[str]], tuple[str, bytes]]] = [in_excel, in_word, in_csv]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_headings_over_columns_and_rows_hold_for_all_below_them(
    shape: str, write: Callable[[Table, Sequence[str]], tuple[str, bytes]], tmp_path: Path
) -> None:
    rows, merged, heads = SHAPES[shape]
    if write is in_csv and shape == "a column beside that is nothing of ours":
        rows = [row[:5] for row in rows]  # nothing tells there that มา is no position
    roster = read(write(rows, merged), tmp_path)
    assert told(roster) == [ONE, TWO]
    assert roster.headings == heads
    assert roster.doubtful == 0


@pytest.mark.parametrize("write", WRITERS)
def test_titles_above_are_no_headings(
    write: Callable[[Table, Sequence[str]], tuple[str, bytes]], tmp_path: Path
) -> None:
    title = ["บัญชีรายชื่อคณะกรรมการบริหารจัดการน้ำ", "", "", "", ""]
    rows = [title, ["แนบท้ายคำสั่ง", "", "", "", ""], *SHAPES["over two columns"][0]]
    roster = read(write(rows, ["A1:E1", "A2:E2", "B3:C3"]), tmp_path)
    assert told(roster) == [ONE, TWO]
    assert [entry.text for entry in roster.entries if isinstance(entry, Remark)] == [
        title[0],
        "แนบท้ายคำสั่ง",
    ]


@pytest.mark.parametrize("write", [in_excel, in_word])
def test_what_is_merged_down_holds_for_each_and_a_row_of_nothing_else_is_nobody(
    write: Callable[[Table, Sequence[str]], tuple[str, bytes]], tmp_path: Path
) -> None:
    rows = [
        ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่"],
        ["1", ONE[0], "นายอำเภอ", "ประธานกรรมการ"],
        ["2", TWO[0], "ปลัดอำเภอ", "กรรมการ"],
        ["3", "นายตัวอย่าง ที่สาม", "ปลัดอำเภอ", ""],
        ["", "", "", ""],
    ]
    roster = read(write(rows, ["D3:D5"]), tmp_path)
    assert told(roster) == [ONE, TWO, ("นายตัวอย่าง ที่สาม", "ปลัดอำเภอ", "กรรมการ")]
    assert [member.doubts for member in roster.members] == [(), (), ("merged",)]


def test_headings_that_come_again_are_headings_and_may_hold_for_other_columns() -> None:
    heads = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่"]
    roster = table(
        heads, ["1", *ONE], heads, ["2", *TWO],
        ["ที่", "หน้าที่", "โทรศัพท์", "ชื่อ-สกุล"], ["3", "กรรมการ", "-", "นายตัวอย่าง ที่สาม"],
    )  # fmt: skip
    assert told(roster) == [ONE, TWO, ("นายตัวอย่าง ที่สาม", "", "กรรมการ")]
    assert (roster.headings, roster.doubtful) == (3, 0)


@pytest.mark.parametrize(
    "heads",
    [
        ["ลำดับที่", "คำนำหน้า - ชื่อ - สกุล", "ตำแหน่งในสังกัด", "ตำแหน่งในคณะกรรมการชุดนี้"],
        ["เลขลำดับ", "ยศ/ชื่อ-สกุล", "ตำแหน่งทางการบริหาร", "บทบาทในคณะทำงาน"],
        ["ที่", "รายนามกรรมการ", "อาชีพ", "แต่งตั้งให้เป็น"],
        ["#", "ชื่อผู้เข้าร่วมประชุม", "หน่วยงานต้นสังกัด", "ตำแหน่งในที่ประชุม"],
        ["ลำดับ", "ชื่อ - ชื่อสกุล (ตัวบรรจง)", "องค์กร / หน่วยงาน", "หน้าที่ในคณะกรรมการฯ"],
        ["ลำดับ", "ชื่อ-สกุล", "สถานะ", "ตำแหน่ง"],
    ],
)
def test_headings_in_other_words_are_known(heads: list[str]) -> None:
    roster = table(heads, ["1", *ONE], ["2", *TWO])
    assert told(roster) == [ONE, TWO]
    assert (roster.doubtful, roster.left_out) == (0, ())


@pytest.mark.parametrize("heads", ["โทรศัพท์", "ลายมือชื่อ", "ตำแหน่งเลขที่", "ที่อยู่", "ชื่อเล่น", "สถานะ"])
def test_what_is_no_business_of_ours_is_left_out_and_named(heads: str) -> None:
    row = ["1", ONE[0], "นายอำเภอ", "ประธานกรรมการ", "มาประชุม"]
    roster = table(["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่", heads], row)
    assert told(roster) == [ONE]
    assert roster.left_out == (heads,)


# --- what columns say -------------------------------------------------------------------------

ATTENDANCE = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หมายเหตุ"]


def test_notes_that_are_roles_are_roles_and_name_who_takes_the_minutes() -> None:
    roster = table(
        ATTENDANCE,
        ["1", ONE[0], "นายอำเภอ", "ประธาน"],
        ["2", TWO[0], "ปลัดอำเภอ", "เลขานุการ/ผู้จดรายงานการประชุม"],
        ["3", "นายตัวอย่าง ที่สาม", "เกษตรอำเภอ", "แทน"],
    )
    assert [(one.role, one.note) for one in roster.members] == [
        ("ประธาน", ""),
        ("เลขานุการ", ""),
        ("", "แทน"),
    ]
    assert rosters.as_yaml(roster).endswith(f"\nผู้จดรายงาน: {TWO[0]}\n")
    assert roster.doubtful == 0


@pytest.mark.parametrize(
    "word", ["ผู้จดรายงาน", "ผู้จดรายงานการประชุม", "ผู้บันทึกการประชุม", "ผู้จดบันทึกการประชุม", "ผู้บันทึกรายงาน"]
)
@pytest.mark.parametrize("column", [2, 3])
def test_who_takes_the_minutes_is_known_by_many_words(word: str, column: int) -> None:
    row = ["1", ONE[0], "นายอำเภอ", ""]
    row[column] = word
    roster = table(ATTENDANCE, row, ["2", TWO[0], "ปลัดอำเภอ", ""])
    assert roster.recorders == [ONE[0]]
    assert word not in rosters.as_yaml(roster).replace("ผู้จดรายงาน:", "")


def test_two_who_take_the_minutes_are_told_and_none_is_chosen() -> None:
    roster = table(ATTENDANCE, ["1", ONE[0], "ครู", "ผู้จดรายงาน"], ["2", TWO[0], "ครู", "ผู้จดรายงาน"])
    assert rosters.as_yaml(roster).endswith(f"  # ผู้จดรายงานตามไฟล์: {ONE[0]} · {TWO[0]}\n")


def test_a_note_that_says_another_role_is_kept_and_doubted() -> None:
    roster = table(["ชื่อ", "หน้าที่", "หมายเหตุ"], [ONE[0], "กรรมการ", "ประธาน"])
    (member,) = roster.members
    assert (member.role, member.note, member.doubts) == ("กรรมการ", "ประธาน", ("rest",))


@pytest.mark.parametrize(
    ("position", "agency", "together"),
    [
        ("กำนันตำบลสมมติ1", "ตำบลสมมติ1", "กำนันตำบลสมมติ1"),
        ("กำนันตำบลสมมติ ๑", "ต.สมมติ 1", "กำนันตำบลสมมติ ๑"),
        ("นายอำเภอตัวอย่าง", "ที่ว่าการอำเภอตัวอย่าง", "นายอำเภอตัวอย่าง"),
        ("ผู้อำนวยการโรงเรียน", "โรงเรียนบ้านตัวอย่าง", "ผู้อำนวยการโรงเรียนบ้านตัวอย่าง"),
        ("ผู้อำนวยการโรงเรียน", "รร.บ้านตัวอย่าง", "ผู้อำนวยการโรงเรียนบ้านตัวอย่าง"),
        ("นายก อบต.สมมติ", "องค์การบริหารส่วนตำบลสมมติ", "นายก อบต.สมมติ"),
        ("ปลัดอำเภอ", "อ.ตัวอย่าง", "ปลัดอำเภอตัวอย่าง"),
        ("ครู", "โรงเรียนตัวอย่าง", "ครู โรงเรียนตัวอย่าง"),
        ("", "โรงเรียนตัวอย่าง", "โรงเรียนตัวอย่าง"),
        ("ครู", "", "ครู"),
    ],
)
def test_position_and_agency_say_nothing_twice(position: str, agency: str, together: str) -> None:
    roster = table(["ชื่อ", "ตำแหน่ง", "หน่วยงาน"], [ONE[0], position, agency])
    assert [member.position for member in roster.members] == [together]


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("heads", [["ที่", "ชื่อ-สกุล", "ตำแหน่ง"], ["ชื่อ-สกุล", "ตำแหน่ง"]])
def test_a_group_of_the_list_is_nobody(heads: list[str], place: int) -> None:
    if len(heads) == 2 and place:
        place = 0
    group = [""] * len(heads)
    group[place] = "กำนัน ผู้ใหญ่บ้าน"
    rows = [[*heads], [*ONE[:2]], group, [*TWO[:2]]]
    if len(heads) == 3:
        rows = [heads, ["1", *ONE[:2]], group, ["2", *TWO[:2]]]
    roster = table(*rows)
    assert [type(entry) for entry in roster.entries] == [Member, Remark, Member]


def test_who_is_appointed_by_position_alone_is_still_a_member() -> None:
    roster = table(["ที่", "ชื่อ-สกุล", "ตำแหน่ง"], ["1", *ONE[:2]], ["2", "", "เกษตรอำเภอ"])
    assert [(one.name, one.doubts) for one in roster.members][1] == ("เกษตรอำเภอ", ("no name",))


# --- hidden, and not worked out ---------------------------------------------------------------


def test_hidden_columns_and_formulas_without_result_are_said_so(tmp_path: Path) -> None:
    formula = 'CONCATENATE("ครู")'
    rows = [["ชื่อ", "ตำแหน่ง", "หมายเหตุ"], [ONE[0], formula, ""], [TWO[0], "ครู", "เดิม"]]
    data = excel(rows, formulas=[formula], unseen=[3])
    roster = read(("a.xlsx", data), tmp_path)
    assert [member.doubts for member in roster.members] == [("formula",), ("hidden column",)]
    written = rosters.as_yaml(roster)
    assert "# ตรวจ: มีสูตรที่ยังไม่ได้คำนวณ" in written
    assert "# ตรวจ: มีคอลัมน์ที่ซ่อนอยู่ในไฟล์" in written


# --- lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("1. นายตัวอย่าง  ที่หนึ่ง  นายอำเภอ  ประธานกรรมการ", ONE),
        ("๑. นาย  ตัวอย่าง  ที่หนึ่ง   นายอำเภอ   ประธานกรรมการ", ONE),
        ("1. นายตัวอย่าง  ที่หนึ่ง", (ONE[0], "", "")),
        ("2. นางตัวอย่าง  ณ อยุธยา  กรรมการ", ("นางตัวอย่าง ณ อยุธยา", "", "กรรมการ")),
        ("3. นางตัวอย่าง  ปลัดอำเภอ  กรรมการ", ("นางตัวอย่าง", "ปลัดอำเภอ", "กรรมการ")),
        ("4. พระครูตัวอย่าง  เจ้าคณะอำเภอ  ที่ปรึกษา", ("พระครูตัวอย่าง", "เจ้าคณะอำเภอ", "ที่ปรึกษา")),
        ("5. นางตัวอย่าง ที่สอง  ปลัดอำเภอ  กรรมการ", TWO),
    ],
)
def test_two_spaces_before_a_surname_do_not_part_it_from_the_name(
    line: str, member: Member3
) -> None:
    parts = tuple(part for part in sheets.GAPS.split(line) if part)
    roster = rosters.of([tables.Sheet((tables.Row(1, parts),), is_table=False)])
    assert told(roster) == [member]
    assert roster.doubtful == 0
