"""Word, Excel and CSV files that people already have, as plain rows of text.

Raises MinutesError for a file that is of another kind, locked, damaged or too large, with the
remedy.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from minutes.drafting import packages, workbooks
from minutes.drafting.tables import (
    MOST_BLANK,
    MOST_COLUMNS,
    MOST_ROWS,
    RefusedError,
    Row,
    Sheet,
    spoken,
)
from minutes.problems.errors import MinutesError, problem

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 20 * 1024**2

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # what "Strict Open XML" says instead
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"
GAPS = re.compile(r"\t| {2,}|\u00a0{2,}|\n")


def read(path: Path) -> list[Sheet]:
    """Read a file; gives its sheets in order, those without a word left out."""
    try:
        sheets = list(_sheets(_bytes_of(path), path.suffix.lower()))
    except RefusedError as refused:
        raise MinutesError([problem(path, 1, 1, refused.code, **refused.values)]) from None
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise MinutesError([problem(path, 1, 1, "D123", limit=f"{MOST_ROWS:,}")])
    return [sheet for sheet in sheets if sheet.rows]


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise RefusedError("D124", kind=path.name)
    if not path.exists():
        raise RefusedError("D10")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise RefusedError("D12") from None
    if len(data) > MOST_BYTES:
        raise RefusedError("D123", limit=f"{MOST_BYTES // 1024**2} MB")
    return data


def _sheets(data: bytes, suffix: str) -> Iterator[Sheet]:
    if data.startswith(OLD):
        raise RefusedError(*_what_is_old(data, suffix))
    if data.startswith(b"PK"):
        yield from _of_package(data)
    elif suffix in (".csv", ".txt", ".tsv") and not data.startswith((b"%PDF", b"{\\rtf")):
        yield from _of_csv(data)
    elif suffix in (".docx", ".xlsx"):
        raise RefusedError("D122")
    else:
        raise RefusedError("D124", kind=suffix or "?")


def _what_is_old(data: bytes, suffix: str) -> tuple[str]:
    """Tell a file of before 2007 from a new one that is locked: both are of the old container."""
    return ("D121" if ENCRYPTED in data or suffix in (".docx", ".xlsx") else "D120",)


# --- CSV ----------------------------------------------------------------------------------------


def _of_csv(data: bytes) -> Iterator[Sheet]:
    text = _decoded(data).replace("\0", "")
    delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield Sheet(spoken(_row(number, line) for number, line in enumerate(lines, 1)))
    except csv.Error:
        raise RefusedError("D122") from None


def _decoded(data: bytes) -> str:
    """Give the text of a CSV file in the encodings that Thai Excel writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("D125")


def _delimiter(text: str) -> str:
    """Give the sign that parts the most lines into equally many cells."""

    def fitness(sign: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=sign)
        widths = [len(line) for line in lines if any(map(str.strip, line))]
        parted = [width for width in widths if width > 1]
        usual, count = max(Counter(parted).items(), key=lambda pair: pair[1], default=(1, 0))
        return count, usual

    return max(DELIMITERS, key=fitness)


def _row(number: int, cells: Iterable[str]) -> Row:
    told = [cell.strip() for cell in cells]
    while told and not told[-1]:
        told.pop()
    return Row(number, tuple(told))


# --- packages -----------------------------------------------------------------------------------


def _of_package(data: bytes) -> Iterator[Sheet]:
    with packages.opened(data) as package:
        if main := package.named("word/document.xml"):
            yield from _of_word(package.read(main))
        elif package.named("xl/workbook.xml"):
            yield from workbooks.read(package)
        else:
            raise RefusedError("D124", kind="zip")


# --- Word ---------------------------------------------------------------------------------------


def _of_word(data: bytes) -> Iterator[Sheet]:
    """Go through tables, and the runs of paragraphs between them, in their order."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data.replace(STRICT[1:-1].encode(), WORD[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        raise RefusedError("D122") from None
    loose: list[Row] = []
    number = 0
    for count, block in enumerate(_blocks(root)):
        if count >= MOST_BLANK:
            raise RefusedError("D123", limit=f"{MOST_ROWS:,}")
        if block.tag == f"{WORD}p":
            number += 1
            loose.append(_paragraph(block, number))
            continue
        yield Sheet(spoken(loose), is_table=False)
        loose = []
        yield Sheet(spoken(_rows_of_word(block)))
    yield Sheet(spoken(loose), is_table=False)


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
        cells = [""] * _before(row)
        merged: set[int] = set()
        spans: list[tuple[int, int]] = []
        is_hidden = row.find(f"{WORD}trPr/{WORD}hidden") is not None
        for cell in _cells(row):
            at, span = len(cells), _span(cell)
            text, vanishes = _text_of_cell(cell)
            if _goes_on(cell):
                text = above.get(at, "")
                merged.add(at)
            above[at] = text
            is_hidden |= vanishes
            spans += [(at, span)] if span > 1 else []
            cells += [text, *[""] * (span - 1)]
            if len(cells) > MOST_COLUMNS:
                raise RefusedError("D431", place=number, limit=MOST_COLUMNS)
        found = replace(_row(number, cells), is_hidden=is_hidden, spans=tuple(spans))
        yield replace(found, above=frozenset(at for at in merged if above[at]))


def _before(row: "_Element") -> int:
    """Give how many columns of a table a row begins behind."""
    return _count(row.find(f"{WORD}trPr/{WORD}gridBefore"), 0)


def _count(element: "_Element | None", otherwise: int) -> int:
    """Give the number that an element holds, of columns: no more than there may be."""
    value = "" if element is None else element.get(f"{WORD}val", "")
    known = value.isascii() and value.isdecimal()
    return min(int(value[:9]), MOST_COLUMNS + 1) if known else otherwise


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
    return _count(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1) or 1
