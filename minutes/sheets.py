"""Word, Excel and CSV files that people already have, as plain rows of text.

Only text is read: no macro, formula, link or picture is run or followed. Each file is unpacked
within limits, so that a small one cannot fill the memory. Raises MinutesError for a file that is of
another kind, locked, damaged or too large, with the remedy.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutes.errors import MinutesError, problem

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 20 * 1024**2
MOST_UNPACKED = 100 * 1024**2
MOST_PARTS = 2_000
MOST_ROWS = 20_000

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # what "Strict Open XML" says instead
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"
GAPS = re.compile(r"\t| {2,}|\u00a0{2,}|\n")


@dataclass(frozen=True)
class Row:
    """A row of a table, or a paragraph in its parts; ``number`` counts as the program shows it."""

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False
    is_merged: bool = False
    is_numbered: bool = False

    @property
    def text(self) -> str:
        """All that the row says, on one line."""
        return " ".join(" · ".join(cell for cell in self.cells if cell).split())


@dataclass(frozen=True)
class Sheet:
    """The rows of one table or worksheet, or the paragraphs between tables; none of them blank."""

    rows: tuple[Row, ...]
    name: str = ""
    is_table: bool = True
    is_hidden: bool = False


class _Refused(Exception):
    """A file that cannot be used: the code of the message, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read(path: Path) -> list[Sheet]:
    """Read a file; gives its sheets in order, those without a word left out."""
    try:
        sheets = list(_sheets(_bytes_of(path), path.suffix.lower()))
    except _Refused as refused:
        raise MinutesError([problem(path, 1, 1, refused.code, **refused.values)]) from None
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise MinutesError([problem(path, 1, 1, "D123", limit=f"{MOST_ROWS:,}")])
    return [sheet for sheet in sheets if sheet.rows]


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise _Refused("D124", kind=path.name)
    if not path.exists():
        raise _Refused("D10")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise _Refused("D12") from None
    if len(data) > MOST_BYTES:
        raise _Refused("D123", limit=f"{MOST_BYTES // 1024**2} MB")
    return data


def _sheets(data: bytes, suffix: str) -> Iterator[Sheet]:
    if data.startswith(OLD):
        raise _Refused(*_what_is_old(data, suffix))
    if data.startswith(b"PK"):
        yield from _of_package(data)
    elif suffix in (".csv", ".txt", ".tsv") and not data.startswith((b"%PDF", b"{\\rtf")):
        yield from _of_csv(data)
    elif suffix in (".docx", ".xlsx"):
        raise _Refused("D122")
    else:
        raise _Refused("D124", kind=suffix or "?")


def _what_is_old(data: bytes, suffix: str) -> tuple[str]:
    """Tell a file of before 2007 from a new one that is locked: both are of the old container."""
    return ("D121" if ENCRYPTED in data or suffix in (".docx", ".xlsx") else "D120",)


# --- CSV ----------------------------------------------------------------------------------------


def _of_csv(data: bytes) -> Iterator[Sheet]:
    text = _decoded(data).replace("\0", "")
    delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [_row(number, line) for number, line in enumerate(lines, 1)]
    except csv.Error:
        raise _Refused("D122") from None
    yield Sheet(_spoken(rows))


def _decoded(data: bytes) -> str:
    """Give the text of a CSV file in the encodings that Thai Excel writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Refused("D125")


def _delimiter(text: str) -> str:
    """Give the sign that parts the most lines into equally many cells."""

    def fitness(sign: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=sign)
        widths = [len(line) for line in lines if any(map(str.strip, line))]
        parted = [width for width in widths if width > 1]
        usual = max(set(parted), key=parted.count, default=1)
        return parted.count(usual), usual

    return max(DELIMITERS, key=fitness)


def _row(number: int, cells: Iterable[str]) -> Row:
    return Row(number, tuple(cell.strip() for cell in cells))


def _spoken(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Leave out the rows in which nothing stands."""
    return tuple(row for row in rows if any(cell.strip() for cell in row.cells))


# --- packages -----------------------------------------------------------------------------------


def _of_package(data: bytes) -> Iterator[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = _checked(package)
            main = next((name for name in names if name.endswith("word/document.xml")), "")
            if main:
                yield from _of_word(package.read(main))
            elif any(name.endswith("xl/workbook.xml") for name in names):
                yield from _of_excel(data)
            else:
                raise _Refused("D124", kind="zip")
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise _Refused("D122") from None


def _checked(package: zipfile.ZipFile) -> list[str]:
    """Give the names of the parts; refuse what would unpack to too much, or expands itself."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _Refused("D123", limit=f"{MOST_UNPACKED // 1024**2} MB")
    for part in parts:
        if part.flag_bits & 1:
            raise _Refused("D121")
        if part.filename.endswith((".xml", ".rels")) and _declares(package, part):
            raise _Refused("D122")
    return [part.filename for part in parts]


def _declares(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part of XML defines entities, which no office program writes."""
    with package.open(part) as file:
        head = file.read(4096)
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


# --- Excel --------------------------------------------------------------------------------------


def _of_excel(data: bytes) -> Iterator[Sheet]:
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):  # of parts that hold no text
            values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except Exception:  # openpyxl lets out whatever a damaged part makes it stumble upon
        raise _Refused("D122") from None
    for sheet in values.worksheets:
        rows = tuple(_rows_of_excel(sheet, formulas[sheet.title]))
        yield Sheet(_spoken(rows), sheet.title, is_hidden=sheet.sheet_state != "visible")


def _rows_of_excel(sheet: "Worksheet", formulas: "Worksheet") -> Iterator[Row]:
    merged = dict(_merged_down(sheet))
    for number, cells in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS + 1)), 1):
        texts, is_merged = [], False
        for column, cell in enumerate(cells, 1):
            value = merged.get((number, column), cell.value)
            if value is None and formulas.cell(number, column).value is not None:
                value = formulas.cell(number, column).value  # never worked out by a program
            is_merged |= (number, column) in merged
            texts.append(_shown(value).strip())
        is_hidden = bool(sheet.row_dimensions[number].hidden)
        yield Row(number, tuple(texts), is_hidden, is_merged)


def _merged_down(sheet: "Worksheet") -> Iterator[tuple[tuple[int, int], Any]]:
    """Go through the cells below the first of a merged range, with what stands in that one."""
    for span in sheet.merged_cells.ranges:
        value = sheet.cell(span.min_row, span.min_col).value
        for row in range(span.min_row + 1, min(span.max_row, MOST_ROWS) + 1):
            if value is not None:
                yield (row, span.min_col), value


def _shown(value: Any) -> str:
    """Give a cell's value as its reader sees it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "" if value is None else str(value)


# --- Word ---------------------------------------------------------------------------------------


def _of_word(data: bytes) -> Iterator[Sheet]:
    """Go through tables, and the runs of paragraphs between them, in their order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data.replace(STRICT[1:-1].encode(), WORD[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        raise _Refused("D122") from None
    loose: list[Row] = []
    number = 0
    for block in _blocks(root):
        if block.tag == f"{WORD}p":
            number += 1
            loose.append(_paragraph(block, number))
            continue
        yield Sheet(_spoken(loose), is_table=False)
        loose = []
        yield Sheet(_spoken(_rows_of_word(block)))
    yield Sheet(_spoken(loose), is_table=False)


def _blocks(within: "_Element") -> Iterator["_Element"]:
    """Go through paragraphs and outermost tables, those in boxes and controls too, each once."""
    for child in within:
        if child.tag == FALLBACK:
            continue
        if child.tag in (f"{WORD}p", f"{WORD}tbl"):
            yield child
        if child.tag != f"{WORD}tbl":
            yield from _blocks(child)


def _paragraph(paragraph: "_Element", number: int) -> Row:
    """Give a paragraph in its parts, which tabs, line ends and wide gaps divide."""
    text, is_hidden = _text_of(paragraph)
    parts = tuple(part.strip() for part in GAPS.split(text.strip()) if part.strip())
    is_numbered = paragraph.find(f"{WORD}pPr/{WORD}numPr") is not None
    return Row(number, parts, is_hidden, is_numbered=is_numbered)


SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _text_of(paragraph: "_Element") -> tuple[str, bool]:
    """Give a paragraph's text, without what was deleted from it, and whether some is hidden."""
    parts: list[str] = []
    is_hidden = False
    for run in _runs(paragraph):
        is_hidden |= run.find(f"{WORD}rPr/{WORD}vanish") is not None
        for piece in run:
            name = str(piece.tag).removeprefix(WORD)
            parts.append(piece.text or "" if name == "t" else SIGNS.get(name, ""))
    return "".join(parts), is_hidden


def _runs(within: "_Element") -> Iterator["_Element"]:
    """Go through the runs of a paragraph: of links and insertions too, not of boxes in it."""
    for child in within:
        if child.tag == f"{WORD}r":
            yield child
        elif child.tag not in (f"{WORD}del", f"{WORD}moveFrom", f"{WORD}p", FALLBACK):
            yield from _runs(child)


def _rows_of_word(table: "_Element") -> Iterator[Row]:
    above: dict[int, str] = {}
    for number, row in enumerate(table.iter(f"{WORD}tr"), 1):
        cells: list[str] = []
        is_merged, is_hidden = False, row.find(f"{WORD}trPr/{WORD}hidden") is not None
        for cell in _cells(row):
            text, vanishes = _text_of_cell(cell)
            if _goes_on(cell):
                text, is_merged = above.get(len(cells), ""), True
            above[len(cells)] = text
            is_hidden |= vanishes
            cells += [text, *[""] * (_span(cell) - 1)]
        found = _row(number, cells)
        yield replace(found, is_hidden=is_hidden, is_merged=is_merged)


def _cells(row: "_Element") -> Iterator["_Element"]:
    """Go through the cells of a row, those in content controls too."""
    for child in row:
        if child.tag == f"{WORD}tc":
            yield child
        elif child.tag in (f"{WORD}sdt", f"{WORD}sdtContent", f"{WORD}ins"):
            yield from _cells(child)


def _text_of_cell(cell: "_Element") -> tuple[str, bool]:
    """Give a cell's paragraphs, a line each; a table in it has rows of its own."""
    told = [_text_of(block) for block in _blocks(cell) if block.tag == f"{WORD}p"]
    lines = "\n".join(text.replace("\t", "  ") for text, _ in told)
    return lines.strip(), any(hidden for _, hidden in told)


def _goes_on(cell: "_Element") -> bool:
    """Whether a cell goes on from the one above it."""
    merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
    return merge is not None and merge.get(f"{WORD}val", "continue") == "continue"


def _span(cell: "_Element") -> int:
    """Give how many columns a cell takes."""
    span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
    value = "1" if span is None else span.get(f"{WORD}val", "1")
    return min(int(value), 100) if value.isdecimal() and int(value) else 1
