import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html

from minutes.build import pipeline
from minutes.documents import grids, pages
from minutes.documents.grids import Cell, Plan, Whole
from minutes.documents.pages import Kind
from minutes.documents.proof import layout
from minutes.documents.word.styles import PLAIN, Look
from minutes.meetings.proceedings import Proceedings
from minutes.rules.tables import tables_fit_their_page
from tests.support import pdf_readers, tables
from tests.support.libreoffice import converted
from tests.support.tables import Table, bare, meeting_of, torn, typed

MINUTES: tuple[Kind, ...] = ("minutes",)
PATH = Path("agendas/board/2567-02.yaml")


def files(meeting: Proceedings) -> tuple[bytes, bytes]:
    """Give the minutes of a meeting as PDF and as DOCX."""
    made = pipeline.build(meeting, MINUTES)
    pdf = next(data for name, data in made.items() if name.endswith(".pdf"))
    return pdf, next(data for name, data in made.items() if name.endswith(".docx"))


def settled(meeting: Proceedings) -> list[etree._Element]:
    """Give the grids of a meeting's minutes as they are set."""
    page = html.document_fromstring(grids.settled(pages.render("minutes", meeting).html))
    return [table for table in page.iter("table") if "grid" in table.get("class", "").split()]


# --- columns ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "needs", "expected"),
    [
        (10, [(1, 2), (1, 3)], [4, 6]),
        (10, [(2, 5), (2, 12)], [5 - 3 / 7, 5 + 3 / 7]),
        (10, [(4, 5), (1, 30)], [4 + 5 / 6, 5 + 1 / 6]),
        (10, [(7, 20), (3, 3)], [7, 3]),
        (10, [(1, 1)], [10]),
        (10, [], []),
    ],
)
def test_columns_get_what_their_words_need_and_then_by_length(
    total: float, needs: list[tuple[float, float]], expected: list[float]
) -> None:
    assert grids.share(total, needs) == pytest.approx(expected)


def planned(*columns: Sequence[str], asked: Sequence[float | None] = (), room: float = 16) -> Plan:
    """Plan a table of columns; ``<…>`` is a unit."""
    cells = [
        [Cell(grids.written(_pieces(text), is_bold=False)) for text in row]
        for row in zip(*columns, strict=True)
    ]
    return grids.plan(cells, asked or [None] * len(columns), room)


def _pieces(text: str) -> Iterator[tuple[str, Look]]:
    for part in re.split("(<.*?>)", text):
        yield part.strip("<>"), Look(held=True) if part.startswith("<") else PLAIN


SUM = ["๑,๒๕๐,๐๐๐"]
NAME = ["<นายตัวอย่าง ที่หนึ่ง>"]
ROAD = ["คอนกรีตเสริมเหล็ก"]


@pytest.mark.parametrize(
    ("columns", "size", "whole"),
    [
        ([SUM] * 3, 16, Whole.UNITS),
        ([*[SUM] * 6, NAME], 16, Whole.WORDS),
        ([*[SUM] * 7], 14, Whole.UNITS),
        ([SUM] * 8, 12, Whole.UNITS),
        ([SUM] * 10, 10, Whole.UNITS),
        ([ROAD] * 6, 14, Whole.FIGURES),
    ],
)
def test_names_give_way_first_then_the_type_then_compounds(
    columns: list[list[str]], size: int, whole: Whole
) -> None:
    found = planned(*columns)
    assert (found.size, found.whole, found.is_torn) == (size, whole, False)
    assert sum(found.widths) == pytest.approx(16)
    assert found.parted == (ROAD[0] if whole is Whole.FIGURES else "")


def test_words_are_torn_before_figures_and_figures_are_told_first() -> None:
    words = planned(*[["สำนักงาน"]] * 14, *[["๑๒,๕๐๐"]] * 4)
    assert (words.is_torn, words.parted) == (True, "สำนักงาน")
    figures = planned(*[["สำนักงาน"]] * 14, *[SUM] * 14)
    assert (figures.is_torn, figures.parted) == (True, SUM[0])


def test_columns_that_ask_for_a_width_have_it_unless_that_would_tear() -> None:
    assert planned(["๑"], ["งาน"], asked=[1, None]).widths == [1, 15]
    office = planned(["๑"], ["องค์กรปกครองส่วนท้องถิ่น"], ["งาน"], asked=[0.9, 4, 8.6], room=13.5)
    assert (office.size, office.widths) == (16, [0.9, 4, 8.6])
    code = "๔๑๖-๖๗-๐๐๐๑-๐๐๐๒-๐๐๐๓/๒๕๖๙"
    found = planned(["๑"], [code], ["งาน"], asked=[0.9, 4, 8.6], room=13.5)
    assert (found.size, found.is_torn) == (16, False)
    assert found.widths[1] > 5


def test_pdf_and_word_have_the_same_columns() -> None:
    meeting = meeting_of([tables.table(7, 6).text])
    (table,) = settled(meeting)
    asked = [float(column.get("style", "")[6:-2]) for column in table.iter("col")]
    document = etree.fromstring(_part(files(meeting)[1]))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    grid = next(one for one in document.iter(f"{word}tblGrid") if len(one) == 6)
    found = [int(column.get(f"{word}w", "0")) / 1440 * 2.54 for column in grid]
    assert len(asked) == 6
    assert found == pytest.approx(asked, abs=0.01)


def _part(docx: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml")


# --- figures ----------------------------------------------------------------------------------

TABLES = [tables.table(seed, 2 + seed % 13) for seed in range(26)]


@cache
def crowded() -> tuple[Proceedings, bytes, bytes]:
    """Build a meeting with all the tables."""
    meeting = meeting_of(table.text for table in TABLES)
    return meeting, *files(meeting)


def untold(meeting: Proceedings) -> list[Table]:
    """Give the tables of which no warning tells."""
    found = {one.line for one in tables_fit_their_page(meeting) if one.severity == "warning"}
    lines = [matter.places.of("detail", 0)[0] for matter in meeting.meeting.all_matters()]
    return [table for table, line in zip(TABLES, lines, strict=True) if line not in found]


def test_no_figure_of_a_pdf_is_torn_unless_a_warning_tells() -> None:
    meeting, pdf, _ = crowded()
    tables = untold(meeting)
    assert 15 < len(tables) < len(TABLES)
    figures = [figure for table in tables for figure in table.figures]
    assert len(figures) > 200
    assert torn(pdf, figures) == []
    told = [figure for table in TABLES if table not in tables for figure in table.figures]
    assert torn(pdf, told), "the tables that are told of would be torn indeed"


@pytest.mark.system
def test_no_figure_of_a_word_file_is_torn_unless_a_warning_tells(tmp_path: Path) -> None:
    meeting, _, docx = crowded()
    (tmp_path / "tables.docx").write_bytes(docx)
    (made,) = converted([tmp_path / "tables.docx"], tmp_path)
    figures = [figure for table in untold(meeting) for figure in table.figures]
    assert torn(made.read_bytes(), figures) == []


def test_the_rule_tells_of_what_the_page_cannot_keep() -> None:
    meeting, *_ = crowded()
    classes = [set(table.get("class", "").split()) for table in settled(meeting)]
    assert len(classes) == len(TABLES)
    assert set(grids.SIZES.values()) - {""} <= set.union(*classes)
    for table, kinds in zip(TABLES, classes, strict=True):
        assert table in untold(meeting) or "smallest" in kinds


DAMAGE = typed(
    ["ที่", "ตำบล", "จำนวนครัวเรือน", "พื้นที่เสียหาย (ไร่)", "วงเงินช่วยเหลือ (บาท)", "วันที่สำรวจ", "ผู้รับผิดชอบ"],
    [["1", "ตำบลตัวอย่าง", "1,234", "12,345", "27,276,511.85", "14 พฤศจิกายน 2569", "นายหนึ่ง ใจดี"]],
)


def test_dates_and_amounts_of_a_damage_table_stand_on_one_line_and_names_may_turn() -> None:
    meeting = meeting_of([DAMAGE])
    pdf, docx = files(meeting)
    assert torn(pdf, ["14 พฤศจิกายน 2569", "27,276,511.85", "12,345"]) == []
    assert list(tables_fit_their_page(meeting)) == []
    held = [node.text for node in settled(meeting)[0].iter("span")]
    assert "๑๔ พฤศจิกายน ๒๕๖๙" in held
    assert "๑๔\u00a0พฤศจิกายน\u00a0๒๕๖๙" in _part(docx).decode()


# --- rows -------------------------------------------------------------------------------------

SENTENCE = "ที่ประชุมได้อภิปรายเรื่องการจัดการน้ำอย่างกว้างขวางและมีข้อเสนอแนะ "


def tall(columns: int, rows: int, which: Sequence[int], sentences: int, head: int = 1) -> str:
    """Give a table in which some rows, counted from 0, or the head, are tall."""
    heads = [f"หัวข้อ{'กขคงจฉชซ'[n]}" for n in range(columns)]
    heads[-1] = heads[-1] + SENTENCE * (head - 1)
    cells = [[f"แถว{'กขคงจฉชซ'[row]}"] + ["งาน"] * (columns - 1) for row in range(rows)]
    for row in which:
        cells[row][1 + row % (columns - 1)] = SENTENCE * sentences + f"จบ{'กขคงจฉชซ'[row]}"
    return typed(heads, cells)


SHAPES = [
    (2, 3, [0], 100, 1),
    (5, 3, [0], 28, 1),
    (5, 3, [1], 28, 1),
    (5, 4, [0, 1], 15, 1),
    (8, 6, [5], 20, 1),
    (3, 3, [2], 60, 1),
    (5, 4, [0, 1, 2, 3], 30, 1),
    (5, 1, [0], 60, 1),
    (5, 2, [0], 60, 1),
    (2, 7, [1, 2], 40, 1),
    (5, 3, [0], 28, 2),
    (5, 3, [0], 28, 8),
    (5, 3, [], 1, 40),
    (5, 1, [0], 28, 40),
]


@cache
def built(shape: int) -> tuple[bytes, bytes]:
    return files(meeting_of([f"รายละเอียด ดังนี้\n\n{tall(*SHAPES[shape])}"]))


def expected_of(shape: int) -> set[str]:
    columns, rows, which, *_ = SHAPES[shape]
    return {
        *(f"หัวข้อ{'กขคงจฉชซ'[n]}" for n in range(columns)),
        *(f"แถว{'กขคงจฉชซ'[n]}" for n in range(rows)),
        *(f"จบ{'กขคงจฉชซ'[n]}" for n in which),
    }


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_a_row_taller_than_a_page_leaves_the_head_and_all_words_in_their_place(shape: int) -> None:
    pdf, docx = built(shape)
    assert layout.proof(PATH, {"a.pdf": pdf, "a.docx": docx}) == []
    shown = pdf_readers.pdfium(pdf)
    text = bare("".join(shown))
    assert {word for word in expected_of(shape) if word not in text} == set()
    first = next(page for page in shown if "แถวก" in page)
    if SHAPES[shape][-1] < 8:  # a head that can be repeated
        assert "หัวข้อก" in first
        assert len(shown) > 2
        for page in shown[1:-1]:
            assert "หัวข้อก" in page


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_a_tall_row_begins_where_the_page_has_room(shape: int) -> None:
    shown = pdf_readers.pdfium(built(shape)[0])
    assert [page for page in shown[:-1] if len(page.splitlines()) < 12] == []


@pytest.mark.system
def test_libreoffice_shows_every_word_of_a_word_file_with_tall_rows(tmp_path: Path) -> None:
    documents = [tmp_path / f"{shape}.docx" for shape in range(len(SHAPES))]
    for shape, path in enumerate(documents):
        path.write_bytes(built(shape)[1])
    for shape, path in enumerate(converted(documents, tmp_path)):
        text = bare("".join(pdf_readers.pdfium(path.read_bytes())))
        assert {word for word in expected_of(shape) if word not in text} == set()


@pytest.mark.parametrize(
    ("heads", "rows", "runs", "loose", "which"),
    [
        ([1], [1, 1, 1, 1], True, False, []),
        ([1], [4, 4, 4], True, True, []),
        ([1], [4, 4, 4, 1], True, False, []),
        ([1], [1, 1, 7, 7], True, True, []),
        ([1], [14, 1], True, True, [1]),
        ([7], [1], False, True, []),
        ([14], [1], False, True, [0]),
    ],
)
def test_what_holds_together_takes_half_a_page_at_most(
    heads: list[float], rows: list[float], runs: bool, loose: bool, which: list[int]
) -> None:
    found = grids.ties(heads, rows)
    tall = [number for number, is_tall in enumerate(found.tall) if is_tall]
    assert (found.has_running_head, found.is_loose, tall) == (runs, loose, which)
