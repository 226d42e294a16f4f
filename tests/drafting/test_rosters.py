"""Lists that people already have become members: the same ones, and none is lost."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes import __main__ as cli
from minutes.commands import import_ as command
from minutes.commands import new
from minutes.drafting import rosters, sheets, tables, workbooks
from minutes.drafting.rosters import Member, Remark, Roster
from minutes.model import validation
from minutes.model.office import Body
from minutes.problems.errors import MinutesError
from minutes.problems.messages import IMPORTS
from minutes.source import reader
from minutes.thai import digits, names
from tests.support.member_lists import csv_file, excel, package, word_lines, word_table, word_xml

HEADS = ["ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่"]
ONE = ["1", "นายตัวอย่าง ที่หนึ่ง", "นายอำเภอตัวอย่าง", "ประธานกรรมการ"]
TWO = ["2", "นางตัวอย่าง ที่สอง", "ปลัดอำเภอ", "กรรมการ"]
THREE = ["3", "นางสาวตัวอย่าง ที่สาม", "เกษตรอำเภอ", "กรรมการและเลขานุการ"]


def read(data: bytes, name: str, folder: Path) -> Roster:
    path = folder / name
    path.write_bytes(data)
    return rosters.read(path)


def told(roster: Roster) -> list[tuple[str, str, str]]:
    return [(member.name, member.position, member.role) for member in roster.members]


def as_body(roster: Roster) -> Body:
    """Read back what is written for a roster, by the program itself."""
    text = "ชื่อ: คณะกรรมการ\n" + rosters.as_yaml(roster)
    return validation.validate(
        Body, reader.parse(text.encode(), Path("body.yaml")), Path("body.yaml")
    )


# --- the same members come back -----------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    title: str
    given: str
    surname: str
    position: str
    role: str

    @property
    def name(self) -> str:
        return names.display_name(f"{self.title}{self.given} {self.surname}")


TITLES = ["นาย", "นาง", "นางสาว", "พ.ต.อ.", "ว่าที่ร้อยตรี", "ดร.", "รศ.", "ม.ล.", "ร้อยตำรวจเอก"]
SURNAMES = ["ที่หนึ่ง", "ตัวอย่างดี", "ณ ตัวอย่าง", "ใจงาม ณ อยุธยา", "แซ่ลิ้ม"]
POSITIONS = [
    "นายอำเภอตัวอย่าง",
    "ปลัดอำเภอ (เจ้าพนักงานปกครองชำนาญการ)",
    "นายกเทศมนตรีตำบลตัวอย่าง",
    "ผู้แทนกลุ่ม OTOP",
    'ผู้จัดการ "ร้านค้าชุมชน"',
    "ประธานเครือข่ายผู้ผลิตสินค้าชุมชนอำเภอตัวอย่าง",
]
ROLES = [
    "ประธานกรรมการ",
    "รองประธานกรรมการ คนที่ 1",
    "รองประธานกรรมการ คนที่สอง",
    "กรรมการ",
    "กรรมการและเลขานุการ",
    "กรรมการและผู้ช่วยเลขานุการ",
    "ที่ปรึกษา",
]
GIVEN = st.sampled_from(["ตัวอย่าง", "สมมติ", "ทดลอง", "กานต์", "พลอย", "อุ้ม", "จำลอง"])
PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from(TITLES),
        GIVEN,
        st.sampled_from(SURNAMES),
        st.sampled_from(POSITIONS),
        st.sampled_from(ROLES),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda person: "".join(person.name.split()),
)
NUMBERS = [
    lambda n: f"{n}.",
    lambda n: f"{digits.to_thai_digits(str(n))}.",
    lambda n: f"{n})",
    lambda n: f"1.{n}",
    lambda n: f"({n})",
]


def in_four_columns(people: Sequence[Person]) -> list[list[str]]:
    rows = [[str(n), p.name, p.position, p.role] for n, p in enumerate(people, 1)]
    return [HEADS, *rows]


def in_six_columns(people: Sequence[Person]) -> list[list[str]]:
    """The order of columns is another, the name is in three of them."""
    heads = ["หน้าที่ในคณะกรรมการ", "คำนำหน้า", "ชื่อ", "นามสกุล", "ตำแหน่ง/สังกัด", "หมายเหตุ"]
    return [heads, *([p.role, p.title, p.given, p.surname, p.position, ""] for p in people)]


WAYS: dict[str, Callable[[list[Person]], tuple[str, bytes]]] = {
    "csv": lambda people: ("a.csv", csv_file(in_four_columns(people))),
    "csv with a mark": lambda people: ("a.csv", csv_file(in_six_columns(people), "utf-8-sig", ";")),
    "csv of Windows": lambda people: ("a.csv", csv_file(in_four_columns(people), "cp874", "\t")),
    "csv of TIS-620": lambda people: ("a.txt", csv_file(in_six_columns(people), "tis-620", ";")),
    "csv in UTF-16": lambda people: ("a.csv", csv_file(in_four_columns(people), "utf-16", "\t")),
    "excel": lambda people: ("a.xlsx", excel(in_four_columns(people))),
    "excel, the name in parts": lambda people: ("a.xlsx", excel(in_six_columns(people))),
    "word": lambda people: ("a.docx", word_table(in_four_columns(people))),
    "word, the name in parts": lambda people: ("a.docx", word_table(in_six_columns(people))),
    "word, without headings": lambda people: ("a.docx", word_table(in_four_columns(people)[1:])),
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=20)  # in each of ten ways, and some take a file of Word's a time
@given(people=PEOPLE)
def test_the_members_of_a_table_come_back(
    way: str, people: list[Person], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, data = WAYS[way](people)
    roster = read(data, name, tmp_path_factory.mktemp("list"))
    wanted = [(person.name, person.position, person.role) for person in people]
    assert told(roster) == wanted
    assert roster.doubtful == 0
    written = as_body(roster).members
    assert [(member.name, member.position, member.role) for member in written] == wanted


@settings(max_examples=50)
@given(people=PEOPLE, number=st.sampled_from(NUMBERS), gap=st.sampled_from(["\t", "   ", "\n"]))
def test_the_members_of_numbered_lines_come_back(
    people: list[Person],
    number: Callable[[int], str],
    gap: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lines = [f"{number(n)} {p.name}{gap}{p.position}{gap}{p.role}" for n, p in enumerate(people, 1)]
    data = word_lines(["คำสั่งแต่งตั้ง", *lines, "สั่ง ณ วันนี้"])
    roster = read(data, "a.docx", tmp_path_factory.mktemp("list"))
    assert told(roster) == [(person.name, person.position, person.role) for person in people]
    assert [e.text for e in roster.entries if isinstance(e, Remark)] == [
        "คำสั่งแต่งตั้ง",
        "สั่ง ณ วันนี้",
    ]


CELLS = st.sampled_from(
    [
        "",
        "1",
        "๒.",
        "นายตัวอย่าง ที่หนึ่ง",
        "กรรมการ",
        "ตำแหน่ง",
        "ชื่อ",
        "หน้าที่",
        "ก",
        "นาย",
        " ",
        "#",
        "a: b",
        "- x",
    ]
)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12))
def test_no_row_is_dropped_whatever_stands_in_it(rows: list[list[str]]) -> None:
    found = [
        tables.Row(number, tuple(cell.strip() for cell in row))
        for number, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row)
    ]
    for is_table in (True, False):
        roster = rosters.of([tables.Sheet(tuple(found), is_table=is_table)])
        assert len(roster.entries) + roster.headings == len(found)
        written = rosters.as_yaml(roster)
        assert written.count("\n  - ชื่อ: ") == len(roster.members)
        assert written.count("# ไม่ใช่รายชื่อ: ") == len(roster.entries) - len(roster.members)
        assert written.count("# ตรวจ: ") == roster.doubtful
        if roster.members:
            reader.parse(written.encode(), Path("a.yaml"))


# --- one row each -------------------------------------------------------------------------------


def one(line: str) -> Member | Remark:
    """Read one paragraph of Word."""
    parts = tuple(part for part in sheets.GAPS.split(line) if part)
    (entry,) = rosters.of([tables.Sheet((tables.Row(1, parts),), is_table=False)]).entries
    return entry


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("๑. นายก ข  ตำแหน่ง  กรรมการ", ("นายก ข", "", "กรรมการ")),
        ("1) นายก ข\tตำแหน่ง ครู\tหน้าที่ กรรมการ", ("นายก ข", "ครู", "กรรมการ")),
        ("นายก ข นายอำเภอตัวอย่าง ประธานกรรมการ", ("นายก ข", "นายอำเภอตัวอย่าง", "ประธานกรรมการ")),
        ("2. นางก ข ณ ค ตำแหน่ง ปลัดอำเภอ กรรมการ", ("นางก ข ณ ค", "ปลัดอำเภอ", "กรรมการ")),
        ("๓. พ.ต.อ. ก ข  กรรมการ", ("พ.ต.อ. ก ข", "", "กรรมการ")),
        ("(๔) พระครูสังฆรักษ์ก\tที่ปรึกษา", ("พระครูสังฆรักษ์ก", "", "ที่ปรึกษา")),
        ("๕. นายก ข", ("นายก ข", "", "")),
    ],
)
def test_a_numbered_line_is_a_member(line: str, member: tuple[str, str, str]) -> None:
    entry = one(line)
    assert isinstance(entry, Member)
    assert (entry.name, entry.position, entry.role) == member
    assert entry.doubts == ()


@pytest.mark.parametrize(
    ("line", "doubt", "name"),
    [
        ("1. นายอำเภอตัวอย่าง\tประธานกรรมการ", "no name", "นายอำเภอตัวอย่าง"),
        ("1. นายก ข และนายค ง\tกรรมการ", "two names", "นายก ข และนายค ง"),
        ("1. นายก ข/นายค ง\tกรรมการ", "two names", "นายก ข/นายค ง"),
        ("นายก ข มาประชุมเมื่อวานนี้", "rest", "นายก ข"),
        ("1. นายก ข\tครู\tโรงเรียนตัวอย่าง\tกรรมการ", "rest", "นายก ข"),
    ],
)
def test_a_doubtful_line_says_why_and_keeps_its_text(line: str, doubt: str, name: str) -> None:
    entry = one(line)
    assert isinstance(entry, Member)
    assert (entry.doubts, entry.name) == ((doubt,), name)
    written = rosters.as_yaml(Roster((entry,)))
    why = rosters.WORDS["th"][doubt]
    assert f"  # ตรวจ: {why} ข้อความเดิม: {entry.original}\n  - ชื่อ: " in written
    assert " ".join(re.split(r"\s+", line)) == entry.original.replace(" · ", " ")


@pytest.mark.parametrize(
    "line",
    ["ให้คณะกรรมการมีหน้าที่", "(นายก ข)", "ที่ปรึกษา", "1. ให้นายอำเภอกำกับ", "กรรมการ\tกรรมการ", "3."],
)
def test_other_text_is_a_remark(line: str) -> None:
    assert isinstance(one(line), Remark)


def table(*rows: Sequence[str]) -> Roster:
    found = tuple(tables.Row(number, tuple(row)) for number, row in enumerate(rows, 1))
    return rosters.of([tables.Sheet(found)])


def test_headings_are_found_below_titles() -> None:
    roster = table(["บัญชีรายชื่อ"], ["แนบท้ายคำสั่ง", "", ""], HEADS, ONE, TWO)
    assert [type(entry) for entry in roster.entries] == [Remark, Remark, Member, Member]
    assert roster.headings == 1
    assert roster.doubtful == 0


@pytest.mark.parametrize(
    "heads",
    [
        ["ที่", "ชื่อ – สกุล", "ตำแหน่ง", "หน้าที่"],
        ["ลำดับที่", "รายชื่อ", "ตำแหน่งทางราชการ", "ตำแหน่งในคณะกรรมการ"],
        ["ลำดับ ที่", "ชื่อ-นามสกุล", "ตำแหน่ง / หน่วยงาน", "แต่งตั้งเป็น"],
        ["No.", "Name", "Position", "Role"],
        ["ลำดับ", "ชื่อและ\nนามสกุล", "ตำแหน่ง (ปัจจุบัน)", "บทบาท"],
    ],
)
def test_headings_are_known_by_many_names(heads: list[str]) -> None:
    roster = table(heads, ONE, TWO)
    assert told(roster) == [tuple(ONE[1:]), tuple(TWO[1:])]


def test_a_column_headed_position_may_hold_the_roles() -> None:
    roster = table(["ชื่อ", "ตำแหน่ง"], ["นายก ข", "ประธานกรรมการ"], ["นายค ง", "กรรมการ"])
    assert told(roster) == [("นายก ข", "", "ประธานกรรมการ"), ("นายค ง", "", "กรรมการ")]
    roster = table(["ชื่อ", "ตำแหน่ง"], ["นายก ข", "นายอำเภอ"], ["นายค ง", "กรรมการ"])
    assert told(roster) == [("นายก ข", "นายอำเภอ", ""), ("นายค ง", "กรรมการ", "")]


def test_position_and_agency_are_said_together() -> None:
    roster = table(["ชื่อ", "ตำแหน่ง", "สังกัด"], ["นายก ข", "ครู", "โรงเรียนตัวอย่าง"])
    assert told(roster) == [("นายก ข", "ครู โรงเรียนตัวอย่าง", "")]


def test_a_position_below_the_name_in_its_cell_is_told_apart() -> None:
    roster = table(["ชื่อ", "หน้าที่"], ["นายก ข\nตำแหน่ง ครู", "กรรมการ"], ["นายค ง ครู", "กรรมการ"])
    assert told(roster) == [("นายก ข", "ครู", "กรรมการ"), ("นายค ง", "ครู", "กรรมการ")]
    assert [member.doubts for member in roster.members] == [(), ("rest",)]


def test_columns_of_another_kind_are_left_out_and_named() -> None:
    roster = table([*HEADS, "โทรศัพท์"], [*ONE, "0 0000 0001"])
    written = rosters.as_yaml(roster)
    assert "  # ไม่นำเข้าคอลัมน์: โทรศัพท์\n" in written
    assert "0001" not in written


def test_notes_are_taken() -> None:
    roster = table(["ชื่อ", "หมายเหตุ"], ["นายก ข", "รักษาราชการแทน"])
    assert as_body(roster).members[0].note == "รักษาราชการแทน"


@pytest.mark.parametrize(
    ("rows", "doubts"),
    [
        ([HEADS, ["1", "ตัวอย่าง", "ครู", "กรรมการ"]], [("no title",)]),
        ([HEADS, ["1", "", "เกษตรอำเภอ", "กรรมการ"]], [("no name",)]),
        ([HEADS, ONE, [*ONE]], [(), ("twice",)]),
        ([HEADS, ONE, THREE], [(), ("gap",)]),
        ([HEADS, ONE, ["1", *TWO[1:]]], [(), ()]),
        ([HEADS, [*ONE, "อื่น"]], [("rest",)]),
        ([["ชื่อ"], ["สมมติ ตัวอย่าง"]], [("no title",)]),
    ],
)
def test_a_doubtful_row_says_why(rows: list[list[str]], doubts: list[tuple[str, ...]]) -> None:
    assert [member.doubts for member in table(*rows).members] == doubts


def test_a_section_of_the_list_is_a_remark_where_it_stands() -> None:
    roster = table(HEADS, ["", "คณะกรรมการอำนวยการ", "", ""], ONE, ["4", "", "", ""])
    assert [type(entry) for entry in roster.entries] == [Remark, Member, Remark]
    written = rosters.as_yaml(roster, "en").splitlines()
    assert written[1] == "  # not a person: คณะกรรมการอำนวยการ"
    assert written[-1] == "  # not a person: 4"


def test_what_no_file_may_hold_does_not_come_in() -> None:
    roster = table(["ชื่อ"], ["นายก\u200b \x07ข\u202e"])
    assert as_body(roster).members[0].name == "นายก ข"


# --- files --------------------------------------------------------------------------------------


def test_hidden_rows_and_sheets_of_excel_are_said_so(tmp_path: Path) -> None:
    rows = [HEADS, ONE, TWO, THREE]
    roster = read(excel(rows, hidden=[3]), "a.xlsx", tmp_path)
    assert [member.doubts for member in roster.members] == [(), ("hidden",), ()]
    roster = read(excel(rows, state='state="hidden"'), "a.xlsx", tmp_path)
    assert {member.doubts for member in roster.members} == {("hidden sheet",)}


def test_merged_cells_of_excel_hold_for_all_their_rows(tmp_path: Path) -> None:
    rows = [HEADS, ONE, TWO, ["3", *THREE[1:3], ""]]
    roster = read(excel(rows, merged=["D3:D4", "F2:F4"]), "a.xlsx", tmp_path)
    assert [member.role for member in roster.members] == ["ประธานกรรมการ", "กรรมการ", "กรรมการ"]
    assert [member.doubts for member in roster.members] == [(), (), ("merged",)]


def test_a_formula_that_was_never_worked_out_is_not_lost(tmp_path: Path) -> None:
    formula = 'CONCATENATE("นายก"," ข")'
    roster = read(
        excel([HEADS, ["1", formula, "ครู", "กรรมการ"]], formulas=[formula]), "a.xlsx", tmp_path
    )
    (member,) = roster.members
    assert member.name == f"={formula}"
    assert member.doubts == ("no title", "formula")


def test_merged_cells_of_word_hold_for_all_their_rows(tmp_path: Path) -> None:
    def merge(table: "object") -> None:
        first, last = table.cell(2, 3), table.cell(3, 3)  # type: ignore[attr-defined] # a table of python-docx
        first.merge(last).text = "กรรมการ"

    roster = read(word_table([HEADS, ONE, TWO, THREE], merge), "a.docx", tmp_path)
    assert [member.role for member in roster.members] == ["ประธานกรรมการ", "กรรมการ", "กรรมการ"]
    assert [member.doubts for member in roster.members] == [(), (), ("merged",)]


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def row_of_word(*cells: str, before: str = "") -> str:
    return f"<w:tr>{before}{''.join(map(CELL.format, cells))}</w:tr>"


def test_a_cell_over_several_columns_keeps_the_others_in_place(tmp_path: Path) -> None:
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p/></w:tc>' + CELL.format(
        "กรรมการ"
    )
    rows = row_of_word(*HEADS) + row_of_word(*ONE) + wide + "</w:tr>"
    roster = read(word_xml(f"<w:tbl>{rows}</w:tbl>"), "a.docx", tmp_path)
    assert told(roster)[1] == ("กรรมการ", "", "กรรมการ")
    assert roster.members[1].doubts == ("no name",)


def test_hidden_rows_and_words_of_word_are_said_so(tmp_path: Path) -> None:
    hidden = row_of_word(*TWO, before="<w:trPr><w:hidden/></w:trPr>")
    vanished = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>นายค ง</w:t><w:tab/><w:t>กรรมการ</w:t></w:r>"
    body = f"<w:tbl>{row_of_word(*ONE)}{hidden}</w:tbl><w:p>{vanished}</w:p>"
    roster = read(word_xml(body), "a.docx", tmp_path)
    assert [member.doubts for member in roster.members] == [(), ("hidden",), ("hidden",)]


def test_what_is_deleted_is_out_and_what_is_inserted_linked_or_boxed_is_in(tmp_path: Path) -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    tab = "<w:r><w:tab/></w:r>"
    box = f"<w:txbxContent><w:p>{run('นายจ ฉ')}{tab}{run('กรรมการ')}</w:p></w:txbxContent>"
    boxes = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = (
        f"<w:p><w:del>{run('นายลบ แล้ว')}</w:del><w:ins>{run('นายก ข')}</w:ins>{tab}"
        f"<w:hyperlink>{run('กรรมการ')}</w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('นายค ง')}{tab}{run('กรรมการ')}</w:p></w:sdtContent>"
        f"</w:sdt><w:tbl><w:tr><w:sdt><w:sdtContent>{CELL.format('นายช ซ')}</w:sdtContent></w:sdt>"
        f"{CELL.format('กรรมการ')}</w:tr></w:tbl>"
        f"<w:p><w:r>{boxes}</mc:AlternateContent></w:r></w:p>"
    )
    roster = read(word_xml(body), "a.docx", tmp_path)
    assert [member.name for member in roster.members] == ["นายก ข", "นายค ง", "นายช ซ", "นายจ ฉ"]


def test_a_table_within_a_table_and_automatic_numbers_are_read(tmp_path: Path) -> None:
    inner = f"<w:tbl>{row_of_word('นายค ง', 'ครู', 'กรรมการ')}</w:tbl>"
    outer = f"<w:tbl><w:tr>{CELL.format('รายชื่อ')}<w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    listed = (
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>นายก ข</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>หมายเหตุ</w:t><w:noBreakHyphen/></w:r></w:p>"
    )
    roster = read(word_xml(outer + listed), "a.docx", tmp_path)
    assert told(roster) == [("นายค ง", "ครู", "กรรมการ"), ("นายก ข", "", "")]
    assert roster.doubtful == 0
    assert [e.text for e in roster.entries if isinstance(e, Remark)] == ["รายชื่อ", "หมายเหตุ-"]


def test_strict_word_files_are_read_as_well(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = "<w:body><w:p><w:r><w:t>1. นายก ข</w:t></w:r></w:p></w:body>"
    text = f'<w:document xmlns:w="{strict}">{body}</w:document>'
    roster = read(package({"word/document.xml": text}), "a.docx", tmp_path)
    assert told(roster) == [("นายก ข", "", "")]


def test_quoted_cells_of_csv_may_hold_its_delimiter_and_lines(tmp_path: Path) -> None:
    data = '"ชื่อ","ตำแหน่ง"\n"นายก ข","ครู, โรงเรียน\nตัวอย่าง"\n'.encode()
    assert told(read(data, "a.csv", tmp_path)) == [("นายก ข", "ครู, โรงเรียน ตัวอย่าง", "")]


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
ENCRYPTED = LOCKED + "EncryptedPackage".encode("utf-16-le")
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document/>'


def bomb() -> bytes:
    return package({"word/document.xml": "<w:document>" + "ก" * 40_000_000})


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an old Word file": ("a.doc", lambda: LOCKED, "D120"),
    "an old Excel file": ("a.xls", lambda: LOCKED, "D120"),
    "a locked Word file": ("a.docx", lambda: ENCRYPTED, "D121"),
    "a locked Excel file by another name": ("a.xls", lambda: ENCRYPTED, "D121"),
    "a Word file cut short": ("a.docx", lambda: word_lines(["1. นายก ข"])[:2000], "D122"),
    "an Excel file cut short": ("a.xlsx", lambda: excel([HEADS, ONE])[:700], "D122"),
    "a text that calls itself Word": ("a.docx", lambda: b"hello", "D122"),
    "a Word file that is no XML": (
        "a.docx",
        lambda: package({"word/document.xml": "<a><b>"}),
        "D122",
    ),
    "an Excel file without sheets": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<a/>"}),
        "D122",
    ),
    "XML that expands itself": ("a.docx", lambda: package({"word/document.xml": ENTITIES}), "D122"),
    "a bomb": ("a.docx", bomb, "D123"),
    "too many parts": ("a.docx", lambda: package({f"{n}": "" for n in range(2_001)}), "D123"),
    "too many bytes": ("a.csv", lambda: b"a," * 11_000_000, "D123"),
    "too many rows": ("a.csv", lambda: b"a\n" * 20_001, "D123"),
    "a PDF": ("a.pdf", lambda: b"%PDF-1.7", "D124"),
    "a PDF that calls itself CSV": ("a.csv", lambda: b"%PDF-1.7", "D124"),
    "another zip": ("a.zip", lambda: package({"a.txt": "a"}), "D124"),
    "letters of no encoding": ("a.csv", lambda: b"\xff\xdb\xdc\xfe,", "D125"),
    "a cell without end": ("a.csv", lambda: b'"' + b"a" * 200_000, "D122"),
    "no persons": ("a.csv", lambda: "รายการ,ราคา\nโต๊ะ,5\n".encode(), "D126"),
    "nothing": ("a.csv", lambda: b"", "D126"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_that_is(what: str, tmp_path: Path) -> None:
    name, data, code = REFUSED[what]
    with pytest.raises(MinutesError) as caught:
        read(data(), name, tmp_path)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].hint()


def test_every_message_about_such_files_is_told() -> None:
    assert {code for _, _, code in REFUSED.values()} | {"D431", "D432"} == IMPORTS.keys()


@pytest.mark.parametrize("flag", [b"\x01\x00"])
def test_a_zip_that_is_locked_is_told(flag: bytes, tmp_path: Path) -> None:
    data = package({"word/document.xml": "<a/>"})
    data = data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00" + flag)
    data = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00" + flag)
    with pytest.raises(MinutesError, match="D121"):
        read(data, "a.docx", tmp_path)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(MinutesError, match="D10"):
        rosters.read(tmp_path / "a.csv")
    with pytest.raises(MinutesError, match="D124"):
        rosters.read(tmp_path)


def test_a_file_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    (tmp_path / "a.csv").write_bytes(b"a")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MinutesError, match="D12"):
        rosters.read(tmp_path / "a.csv")


def test_cells_are_shown_as_their_reader_sees_them() -> None:
    from datetime import date

    shown = [workbooks._shown(value) for value in (1.0, 1.5, date(2026, 1, 2), True, None, "ก")]
    assert shown == ["1", "1.5", "2026-01-02", "True", "", "ก"]


# --- the command --------------------------------------------------------------------------------

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Take lists in a folder that has one body, ``water``, without members and ``club`` with."""
    monkeypatch.chdir(tmp_path)
    for module in (command, new):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    for name in ("water", "club", "new"):
        (tmp_path / "agendas" / "amphoe" / name).mkdir(parents=True)
    bodies = {
        "water": "ชื่อ: คณะน้ำ\n",
        "club": "ชื่อ: คณะ\nประเภท: คณะกรรมการ\nสมาชิก:\n  - นายเก่า แก่\n",
    }
    for name, text in bodies.items():
        (tmp_path / "agendas" / "amphoe" / name / "body.yaml").write_text(text, "utf-8")
    (tmp_path / "list.csv").write_bytes(csv_file([HEADS, ONE, TWO]))
    (tmp_path / "odd.csv").write_bytes(csv_file([HEADS, ["1", "ตัวอย่าง", "ครู", ""]]))

    def take(*arguments: str) -> SimpleNamespace:
        status = cli.main(["import", *arguments])
        printed = capsys.readouterr()
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    return take


AS = ("--as", "members")


def test_members_are_shown_and_counted(run: Run) -> None:
    answer = run("list.csv", *AS)
    assert answer.status == 0
    assert answer.out.startswith("สมาชิก:\n  - ชื่อ: นายตัวอย่าง ที่หนึ่ง\n    ตำแหน่ง: นายอำเภอตัวอย่าง\n")
    assert answer.err == "อ่าน 3 แถว: สมาชิก 2 คน (ต้องตรวจ 0) · หัวตาราง 1 · ข้อความอื่น 0\n"


def test_what_is_to_be_checked_is_said(run: Run) -> None:
    answer = run("odd.csv", *AS, "--lang", "en")
    assert "  # check: no title before the name original: 1 · ตัวอย่าง · ครู\n" in answer.out
    assert "1 members (1 to check)" in answer.err
    assert "look for # check" in answer.err


def test_a_body_without_members_gets_them_and_keeps_all_else(run: Run) -> None:
    path = Path("agendas/amphoe/water/body.yaml")
    answer = run("list.csv", *AS, "--body", "water")
    assert (answer.status, answer.out) == (0, f"เพิ่ม สมาชิก ใน {path} แล้ว ส่วนอื่นคงเดิม\n")
    assert path.read_text("utf-8").startswith("ชื่อ: คณะน้ำ\nสมาชิก:\n  - ชื่อ: ")
    assert [member.name for member in validation.read(Body, path).members] == [ONE[1], TWO[1]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_members_come_in_place_of_the_example_of_a_new_body(run: Run, line_end: str) -> None:
    Path("agendas/amphoe/office.yaml").write_text("ชื่อหน่วยงาน: อำเภอตัวอย่าง\n", "utf-8")
    path = Path("agendas/amphoe/group/body.yaml")
    assert cli.main(["new", "--body", "agendas/amphoe/group", "--name", "คณะกรรมการตัวอย่าง"]) == 0
    begun = path.read_text("utf-8").splitlines()
    path.write_bytes((line_end.join(begun) + line_end).encode())
    assert run("list.csv", *AS, "--body", "group").status == 0
    written = path.read_bytes().decode()
    assert written.count(line_end) == written.count("\n")
    lines = written.splitlines()
    at = lines.index("สมาชิก:")
    assert lines[:at] + lines[at + 7 :] == begun, "nothing else has changed"
    assert lines[at - 1] == "#     หน้าที่: กรรมการและเลขานุการ"
    assert [member.name for member in validation.read(Body, path).members] == [ONE[1], TWO[1]]


def test_a_body_that_has_members_is_left_alone_and_the_new_ones_stand_beside_it(run: Run) -> None:
    path = Path("agendas/amphoe/club/body.yaml")
    path.write_text(path.read_text("utf-8") + "\n# จากคำสั่งเดิม\nผู้จดรายงาน: นายเก่า แก่\n", "utf-8")
    before = path.read_bytes()
    answer = run("list.csv", *AS, "--body", "agendas/amphoe/club")
    assert (answer.status, path.read_bytes()) == (0, before)
    beside = path.with_name("body.new.yaml")
    assert f"เขียน {beside} แล้ว" in answer.err
    assert "แทนรายชื่อตั้งแต่บรรทัดที่ 3" in answer.out
    body = validation.read(Body, beside)
    assert [member.name for member in body.members] == [ONE[1], TWO[1]]
    assert "\n\n# จากคำสั่งเดิม\nผู้จดรายงาน: นายเก่า แก่\n" in beside.read_text("utf-8")
    again = run("odd.csv", *AS, "--body", "club")
    assert (again.status, f"มีไฟล์ {beside} อยู่แล้ว" in again.err) == (2, True)
    beside.rename(path)
    assert validation.read(Body, path).members == body.members
    assert cli.main(["check", "agendas/amphoe/club"]) != 2


@pytest.mark.parametrize("text", ["{ชื่อ: คณะน้ำ}\n", "ชื่อ: [\n", "ชื่อ: ก\nชื่อ: ข\n"])
def test_a_body_that_is_not_understood_is_left_alone_and_the_members_are_shown(
    run: Run, text: str
) -> None:
    path = Path("agendas/amphoe/water/body.yaml")
    path.write_text(text, "utf-8")
    answer = run("list.csv", *AS, "--body", "water")
    assert (answer.status, path.read_text("utf-8")) == (0, text)
    assert answer.out.startswith("สมาชิก:\n")
    assert f"วางต่อท้าย {path}" in answer.err


def test_who_takes_the_minutes_comes_with_the_members_unless_the_body_says_so(run: Run) -> None:
    heads = [*HEADS, "หมายเหตุ"]
    Path("list.csv").write_bytes(csv_file([heads, [*ONE, ""], [*TWO, "ผู้จดรายงานการประชุม"]]))
    path = Path("agendas/amphoe/water/body.yaml")
    assert run("list.csv", *AS, "--body", "water").status == 0
    assert path.read_text("utf-8").endswith(f"\nผู้จดรายงาน: {TWO[1]}\n")
    path.write_text("ผู้จดรายงาน: นายเก่า แก่\nชื่อ: คณะน้ำ\n", "utf-8")
    assert run("list.csv", *AS, "--body", "water").status == 0
    assert path.read_text("utf-8").endswith(f"  # ผู้จดรายงานตามไฟล์: {TWO[1]}\n")


def test_a_body_that_has_no_file_gets_one(run: Run) -> None:
    answer = run("list.csv", *AS, "--body", "new")
    path = Path("agendas/amphoe/new/body.yaml")
    assert (answer.status, answer.out) == (0, "")
    assert answer.err.startswith(f"เขียน {path} แล้ว\n    เปิดไฟล์แล้วแก้ ชื่อ ")
    first = path.read_text("utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../../../schema/th/body.json"
    assert [member.name for member in validation.read(Body, path).members] == [ONE[1], TWO[1]]


@pytest.mark.parametrize("body", ["nowhere", "../..x", "คณะ"])
def test_a_body_that_is_not_there_is_told(run: Run, body: str) -> None:
    answer = run("list.csv", *AS, "--body", body)
    assert (answer.status, answer.out) == (2, "")
    assert f"ไม่พบคณะ {body}" in answer.err


@pytest.mark.parametrize(
    ("folder", "told"), [("agendas/amphoe", "เป็นโฟลเดอร์ของหน่วยงาน"), ("ที่ใหม่", "D83"), ("/", "D83")]
)
def test_a_folder_that_cannot_be_a_bodys_gets_no_file(run: Run, folder: str, told: str) -> None:
    Path("ที่ใหม่").mkdir()
    Path("agendas/amphoe/office.yaml").touch()
    answer = run("list.csv", *AS, "--body", folder)
    assert (answer.status, answer.out, told in answer.err) == (2, "", True)
    assert not Path(folder, "body.yaml").exists()


def test_a_new_file_is_written_once(run: Run) -> None:
    assert run("list.csv", *AS, "-o", "new.yaml").status == 0
    written = Path("new.yaml").read_text("utf-8")
    answer = run("odd.csv", *AS, "-o", "new.yaml")
    assert answer.status == 2
    assert "มีไฟล์ new.yaml อยู่แล้ว" in answer.err
    assert Path("new.yaml").read_text("utf-8") == written


def test_a_file_that_cannot_be_written_is_told(run: Run) -> None:
    answer = run("list.csv", *AS, "-o", "list.csv/members.yaml")
    assert answer.status == 2
    assert "เขียนไฟล์ list.csv ไม่ได้" in answer.err


def test_a_file_that_cannot_be_used_is_a_problem_with_its_remedy(run: Run) -> None:
    Path("old.doc").write_bytes(LOCKED)
    answer = run("old.doc", *AS)
    assert answer.status == 1
    assert answer.err.startswith("old.doc:1:1: ผิดพลาด[D120]: ")
    assert "บันทึกเป็น .docx" in answer.err


@pytest.mark.parametrize("arguments", [["list.csv"], ["list.csv", "--as", "agenda"], []])
def test_what_is_taken_must_be_said(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).status == 2
