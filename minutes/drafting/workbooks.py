"""The worksheets of an Excel file as rows of text, read from their XML one row at a time.

A library that gives a worksheet as a grid makes an object for every cell up to the last, and for
every cell of a merged range: a file of five kilobytes then fills the memory. Here a cell costs
what stands in it.
"""

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes.drafting.packages import Package
from minutes.drafting.tables import MOST_COLUMNS, MOST_ROWS, RefusedError, Row, Sheet, spoken

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDEST = 16_384  # columns that Excel knows
HIGHEST = 1_048_576
MOST_MERGED = 100_000  # cells of one range, and rows of all
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ON = ("1", "true", "on")


class Span(NamedTuple):
    """A merged range: rows as they are numbered, columns from 0."""

    first: int
    last: int
    left: int
    right: int


@dataclass
class _Found:
    """What a worksheet holds: the cells with a text in them by row and column, and its layout."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    unsure: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    unseen: set[int] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class _Book:
    """What all worksheets draw on: the texts, the styles that are dates, and their first day."""

    texts: Sequence[str]
    dates: frozenset[int]
    epoch: datetime


def read(package: Package) -> Iterator[Sheet]:
    """Go through the worksheets in order; raises RefusedError."""
    from lxml import etree

    main = package.named("xl/workbook.xml")
    try:
        related = _related(package, main)
        sheets = [(_local(one), one) for one in _elements(package, main, "sheet", "workbookPr")]
        epoch = _epoch([one for name, one in sheets if name == "workbookPr"])
        book = _Book(_texts(package, related), _dates(package, related), epoch)
        for name, one in sheets:
            kind, target = related.get(_relation(one), ("", ""))
            if name == "sheet" and kind == "worksheet":
                yield _sheet(package, target, book, one)
    except (etree.XMLSyntaxError, ValueError, KeyError, IndexError, OverflowError):
        raise RefusedError("D122") from None


def _elements(package: Package, name: str, *wanted: str) -> "Iterator[_Element]":
    """Go through the elements of a part that have one of these names, each as it ends."""
    from lxml import etree

    data = io.BytesIO(package.read(name))
    tags = [f"{{*}}{tag}" for tag in wanted]
    for _, element in etree.iterparse(
        data, tag=tags, resolve_entities=False, no_network=True, huge_tree=False
    ):
        yield element


def _forget(element: "_Element") -> None:
    """Let go of an element that was read, and of all before it."""
    element.clear()
    while (before := element.getprevious()) is not None:
        before.getparent().remove(before)  # type: ignore[union-attr] # whoever has a brother


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _relation(element: "_Element") -> str:
    """Give the id by which an element names another part, in the old namespace or the strict."""
    return next((str(v) for k, v in element.items() if str(k).endswith("}id")), "")


def _related(package: Package, main: str) -> dict[str, tuple[str, str]]:
    """Give the parts that a part names, by their ids: each one's kind and name."""
    folder = dirname(main)
    rels = join(folder, "_rels", f"{main.rpartition('/')[2]}.rels")
    found = {}
    for one in _elements(package, rels, "Relationship"):
        target = normpath(join("/", folder, one.get("Target", ""))).lstrip("/")
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
    return found


def _first_of(kind: str, related: Mapping[str, tuple[str, str]]) -> str:
    return next((target for known, target in related.values() if known == kind), "")


def _texts(package: Package, related: Mapping[str, tuple[str, str]]) -> list[str]:
    """Read the texts that cells share."""
    name = _first_of("sharedStrings", related)
    found: list[str] = []
    for element in _elements(package, name, "si") if name else ():
        found.append(_text(element))
        _forget(element)
    return found


def _text(element: "_Element") -> str:
    """Give a text of one or more runs, without the readings that stand above it."""
    parts = (
        one.text or ""
        for one in element.iter("{*}t")
        if (above := one.getparent()) is not None and _local(above) != "rPh"
    )
    return "".join(parts).replace("_x000D_", "\n")


def _dates(package: Package, related: Mapping[str, tuple[str, str]]) -> frozenset[int]:
    """Give the styles whose numbers are days or times."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    name = _first_of("styles", related)
    formats = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    for element in _elements(package, name, "numFmt", "xf") if name else ():
        above = element.getparent()
        number = int(element.get("numFmtId", "0"))
        if _local(element) == "numFmt":
            formats.setdefault(number, element.get("formatCode", ""))
        elif above is not None and _local(above) == "cellXfs":
            styles.append(number)
        _forget(element)
    codes = (formats.get(number, "") for number in styles)
    return frozenset(at for at, code in enumerate(codes) if code and is_date_format(code))


def _epoch(about: "Sequence[_Element]") -> datetime:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    return MAC_EPOCH if any(one.get("date1904") in ON for one in about) else WINDOWS_EPOCH


# --- a worksheet --------------------------------------------------------------------------------


def _sheet(package: Package, part: str, book: _Book, about: "_Element") -> Sheet:
    name = about.get("name", "")
    found = _found(package, part, book, name)
    rows = spoken(_rows(found, name))
    return Sheet(rows, name, is_hidden=about.get("state", "visible") != "visible")


def _found(package: Package, part: str, book: _Book, name: str) -> _Found:
    """Read a worksheet."""
    found, number = _Found(), 0
    for element in _elements(package, part, "row", "col", "mergeCell"):
        kind = _local(element)
        if kind == "row":
            number = int(element.get("r", number + 1))
            if number > HIGHEST:
                raise ValueError("no row of Excel")
            _read_row(element, number, found, book, name)
        elif kind == "mergeCell":
            found.spans.append(_span(element.get("ref", ""), name))
        elif element.get("hidden") in ON or float(element.get("width", "1")) == 0:
            left, right = (int(element.get(end, "1")) for end in ("min", "max"))
            found.unseen.update(range(left - 1, min(right, MOST_COLUMNS)))
        _forget(element)
    return found


def _read_row(row: "_Element", number: int, found: _Found, book: _Book, name: str) -> None:
    """Take note of the cells of a row that have a text; D431 for one that is far away."""
    cells: dict[int, str] = {}
    column = -1
    for cell in row.iterchildren("{*}c"):
        column = _column(cell.get("r", ""), column + 1)
        text, is_sure = _shown_text(cell, book)
        if text and column >= MOST_COLUMNS:
            place = f"{name} {cell.get('r', number)}".strip()
            raise RefusedError("D431", place=place, limit=MOST_COLUMNS)
        if text:
            cells[column] = text
        if text and not is_sure:
            found.unsure.add((number, column))
    if cells:
        found.cells.setdefault(number, {}).update(cells)
    if row.get("hidden") in ON:
        found.hidden.add(number)
    if len(found.cells) > MOST_ROWS:
        raise RefusedError("D123", limit=f"{MOST_ROWS:,}")


def _column(place: str, otherwise: int) -> int:
    """Give a cell's column, counted from 0; raises ValueError for one that Excel does not know."""
    letters = PLACE.fullmatch(place)
    column = _number_of(letters[1]) if letters else otherwise
    if column >= WIDEST:
        raise ValueError("no column of Excel")
    return column


def _number_of(letters: str) -> int:
    """Give a column by its letters: ``A`` is 0, ``AA`` is 26."""
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letters)) - 1


def _shown_text(cell: "_Element", book: _Book) -> tuple[str, bool]:
    """Give what a cell says, and whether that is sure: no formula without result, no fault."""
    held = {_local(one): one for one in cell.iterchildren("{*}v", "{*}f", "{*}is")}
    kind = cell.get("t", "n")
    value = (held["v"].text or "") if "v" in held else ""
    if kind == "inlineStr":
        return (_text(held["is"]).strip() if "is" in held else ""), True
    if "f" in held and not value and kind != "str":
        return f"={held['f'].text or ''}", False  # never worked out by a program
    if kind == "s":
        return book.texts[int(value)].strip() if value else "", True
    if kind == "n" and value:
        return _shown(_number(value, int(cell.get("s", "0")), book)), True
    if kind == "b":
        return _shown(value in ON), True
    return value.replace("_x000D_", "\n").strip(), kind != "e"


def _number(value: str, style: int, book: _Book) -> Any:
    """Give a number, or the day or time that it stands for."""
    from openpyxl.utils.datetime import from_excel

    number = int(value) if value.isdecimal() and len(value) < 400 else float(value)
    return from_excel(number, book.epoch) if style in book.dates else number


def _shown(value: Any) -> str:
    """Give a cell's value as its reader sees it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "" if value is None else str(value)


# --- merged cells -------------------------------------------------------------------------------


def _span(range_: str, name: str) -> Span:
    """Read a merged range; D432 for one that is no cell of a list."""
    ends = [PLACE.fullmatch(end) for end in range_.split(":")]
    if not 1 <= len(ends) <= 2 or None in ends:
        raise ValueError("no range")
    columns, rows = zip(*((_number_of(end[1]), int(end[2])) for end in ends if end), strict=True)
    span = Span(min(rows), max(rows), min(columns), max(columns))
    height, width = span.last - span.first + 1, span.right - span.left + 1
    if height > 1 and height * width > MOST_MERGED:
        raise RefusedError("D432", place=f"{name} {range_}".strip())
    return span


def _rows(found: _Found, name: str) -> Iterator[Row]:
    """Give the rows in which something stands, with what is merged down into them."""
    numbers = sorted(found.cells)
    wide: dict[int, list[tuple[int, int]]] = {}
    above: dict[int, dict[int, str]] = {}
    count = 0
    for span in found.spans:
        text = found.cells.get(span.first, {}).get(span.left, "")
        for number in numbers[bisect_left(numbers, span.first) : bisect_right(numbers, span.last)]:
            count += 1
            if count > MOST_MERGED:
                raise RefusedError("D432", place=name)
            if span.right > span.left:
                wide.setdefault(number, []).append((span.left, span.right - span.left + 1))
            if text and number > span.first and span.left < MOST_COLUMNS:
                above.setdefault(number, {})[span.left] = text
    for number in numbers:
        yield _row(number, found, above.get(number, {}), wide.get(number, []))


def _row(
    number: int, found: _Found, above: Mapping[int, str], wide: Sequence[tuple[int, int]]
) -> Row:
    cells = {**found.cells[number], **above}
    return Row(
        number,
        tuple(cells.get(column, "") for column in range(max(cells) + 1)),
        is_hidden=number in found.hidden,
        above=frozenset(above),
        unseen=frozenset(cells.keys() & found.unseen),
        unsure=frozenset(column for column in cells if (number, column) in found.unsure),
        spans=tuple(sorted(wide)),
    )
