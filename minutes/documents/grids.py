"""How the grids of a page stand: their columns, the size of their type, and where they may part.

PDF and Word go by the same arithmetic. Figures have their width first, for a figure in two lines is
misread; then words. Where a table has no room for both, names may turn at their spaces, then its
type becomes smaller, down to 10 pt, and long compounds are parted between their words; what is too
wide even so is torn. Rule W72 tells of both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate, product
from math import ceil
from typing import NamedTuple

from lxml import etree, html

from minutes.documents.word.styles import (
    INDENTED_WIDTH,
    TEXT_WIDTH,
    Piece,
    asked_width,
    cut,
    insert,
    line,
    span,
)
from minutes.paths import ROOT
from minutes.thai import line_breaks
from minutes.thai import units as thai_units
from minutes.thai.line_breaks import Span

FONTS = ROOT / "templates/fonts"
SIZES = {16: "", 14: "small", 12: "smaller", 10: "smallest"}  # pt -> the class of such a table
# What a cell's borders and margins take of its column, cm, with what rounding may take.
USUAL_MARGINS, NARROW_MARGINS = 0.37, 0.21
ROUNDING = 1e-6
CM_IN_POINT = 2.54 / 72
LEADING = 1.327  # of the type's size
PAGE_HEIGHT = 25.2  # cm
LONGEST_CHAIN = PAGE_HEIGHT / 2  # rows that are to stay together, or in one piece
TALLEST_HEAD = PAGE_HEIGHT / 4  # that is repeated on every page
WIDEST = 0.6  # of a table: what a column gets by its text alone
STROKES = re.compile("[-–—/ ]")  # in a figure, where another program may end a line


class Whole(IntEnum):
    """What a table keeps on one line; each keeps what is below it, too."""

    FIGURES = 0
    WORDS = 1  # long compounds among them
    UNITS = 2  # such as names


# In this order, the size of the type and what it keeps whole; a compound is parted only when the
# type is smaller, for not every program knows where.
WAYS = [way for way in product(SIZES, reversed(Whole)) if way != (16, Whole.FIGURES)]


# --- text -------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A line of a cell: its text, where each letter and the end stand (em), what holds together."""

    text: str
    x: Sequence[float]
    units: Sequence[Span]
    figures: Sequence[Span]

    def unbroken(self, whole: Whole) -> list[Span]:
        """Give what has to stand on one line, by how much of it is to be whole."""
        units = list(_united(sorted({*self.units, *self.figures})))
        held = units if whole is Whole.UNITS else self.figures
        return _unbroken(self.text, tuple(held), whole is Whole.FIGURES)

    def width(self, part: Span) -> float:
        """Give how wide a part of the line is, em."""
        return self.x[part[1]] - self.x[part[0]]


@lru_cache(maxsize=8192)
def _unbroken(text: str, units: tuple[Span, ...], compounds: bool) -> list[Span]:
    """Keep what was found: a table is tried in several sizes, and says the same in many rows."""
    return line_breaks.unbroken(text, units, compounds=compounds)


@dataclass(frozen=True)
class Cell:
    """What a cell says, line by line, and how many columns it takes."""

    lines: Sequence[Line]
    span: int = 1


Row = Sequence[Cell]


def written(pieces: Iterable[Piece], *, is_bold: bool) -> tuple[Line, ...]:
    """Give the lines of a cell, with the widths that its letters have in our face."""
    lines: list[tuple[list[str], list[float], list[Span]]] = [([], [], [])]
    for text, look in pieces:
        face = _advances("Bold" if is_bold or look.strong else "Regular")
        for number, part in enumerate(text.replace("\t", " ").split("\n")):
            if number:
                lines.append(([], [], []))
            letters, widths, units = lines[-1]
            if look.held and part:
                units.append((len(letters), len(letters) + len(part)))
            letters += part.replace("\u00a0", " ")
            widths += [face.get(letter, 1.0) for letter in part]
    return tuple(_line("".join(letters), widths, units) for letters, widths, units in lines)


def _line(text: str, widths: Sequence[float], units: Sequence[Span]) -> Line:
    return Line(text, [0.0, *accumulate(widths)], units, thai_units.figures(text))


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    """Unite the spans that overlap, of many in their order."""
    last: Span | None = None
    for start, end in spans:
        if last and start < last[1]:
            last = last[0], max(end, last[1])
        else:
            if last:
                yield last
            last = start, end
    if last:
        yield last


@cache
def _advances(weight: str) -> Mapping[str, float]:
    """Give the width of every letter of our face, em; bold and italic are as wide as each other."""
    from fontTools.ttLib import TTFont

    with TTFont(FONTS / f"MinutesSarabun-{weight}.ttf") as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}


# --- columns ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """How a table is to be set: widths in cm, the type in pt, what it keeps whole.

    ``parted`` is a figure or word that is not whole; ``is_torn`` if not even at its seams.
    """

    widths: Sequence[float]
    size: int
    whole: Whole
    parted: str = ""
    is_torn: bool = False


Need = tuple[float, float]  # the least width of a column and its natural one, cm


def plan(rows: Sequence[Row], asked: Sequence[float | None], room: float) -> Plan:
    """Settle how a table with these rows is set in so much room (cm); ``asked`` are its wishes."""
    columns = _columns(rows, len(asked))
    if roomy := _roomy(columns, asked, room):
        return roomy
    for wishes, size, whole in _ways(asked):
        needs = [_need(column, size, whole) for column in columns]
        if widths := _fitting(needs, wishes, room):
            parted = _parted(columns, widths, size, Whole.WORDS)
            return Plan(widths, size, whole, parted)
    return _crowded(columns, min(SIZES), room)


def _ways(asked: Sequence[float | None]) -> Iterator[tuple[Sequence[float | None], int, Whole]]:
    """Give what to try, in order: the widths that are asked for, and then none of them."""
    if any(asked):
        yield from ((asked, max(SIZES), whole) for whole in reversed(Whole))
    yield from (([None] * len(asked), size, whole) for size, whole in WAYS)


def _roomy(
    columns: Sequence[Sequence[Line]], asked: Sequence[float | None], room: float
) -> Plan | None:
    """Give the plan of a table all whose lines have room: no dictionary has to be loaded for it."""
    size = max(SIZES)
    widest = [_cm(max((one.x[-1] for one in lines), default=0), size) for lines in columns]
    if any(asked) or sum(widest) > room or max(widest, default=0) > WIDEST * room:
        return None
    return Plan(share(room, [(width, width) for width in widest]), size, Whole.UNITS)


def _columns(rows: Sequence[Row], count: int) -> list[list[Line]]:
    """Give the lines of each column's cells, but for those that span several."""
    columns: list[list[Line]] = [[] for _ in range(count)]
    for row in rows:
        column = 0
        for cell in row:
            if cell.span == 1:
                columns[column] += cell.lines
            column += cell.span
    return columns


def _need(lines: Sequence[Line], size: int, whole: Whole) -> Need:
    """Give what a column needs for what stands on one line, and for all its lines."""
    parts = (one.width(part) for one in lines for part in one.unbroken(whole))
    return _cm(max(parts, default=0), size), _cm(max((one.x[-1] for one in lines), default=0), size)


def _cm(ems: float, size: int) -> float:
    """Give the width of a column that holds so much text."""
    return ems * size * CM_IN_POINT + _margins(size)


def _margins(size: int) -> float:
    return USUAL_MARGINS if size > 12 else NARROW_MARGINS


def _fitting(
    needs: Sequence[Need], asked: Sequence[float | None], room: float
) -> list[float] | None:
    """Give the columns their widths, those that ask for one that; None where something is torn."""
    given = [(need, width) for need, width in zip(needs, asked, strict=True) if width is not None]
    free = [need for need, width in zip(needs, asked, strict=True) if width is None]
    left = room - sum(width for _, width in given)
    if any(need[0] > width for need, width in given) or sum(least for least, _ in free) > left:
        return None
    shared = iter(share(left, free))
    return [next(shared) if width is None else width for width in asked]


def share(total: float, needs: Sequence[Need]) -> list[float]:
    """Share a width out among columns: what they need at least, then by length of text."""
    natural = [max(least, min(widest, total * WIDEST)) for least, widest in needs]
    if sum(natural) <= total:
        return [width * total / sum(natural) for width in natural]
    wishes = [widest - least for (least, _), widest in zip(needs, natural, strict=True)]
    room = total - sum(least for least, _ in needs)
    return [
        least + room * wish / sum(wishes) for (least, _), wish in zip(needs, wishes, strict=True)
    ]


def _crowded(columns: Sequence[Sequence[Line]], size: int, room: float) -> Plan:
    """Give the widths of columns that are too many: figures are whole while they have room."""
    least = [_need(lines, size, Whole.FIGURES)[0] for lines in columns]
    figures = [_cm(max(_figures(lines), default=1), size) for lines in columns]
    wishes = [max(every - some, 0) for every, some in zip(least, figures, strict=True)]
    left = room - sum(figures)
    if left < 0 or not sum(wishes):
        widths = [width * room / sum(least) for width in least]
    else:
        share_ = left / sum(wishes)
        widths = [width + share_ * wish for width, wish in zip(figures, wishes, strict=True)]
    parted = _parted(columns, widths, size, Whole.FIGURES)
    return Plan(widths, size, Whole.FIGURES, parted, is_torn=True)


def _figures(lines: Sequence[Line]) -> Iterator[float]:
    return (one.width(figure) for one in lines for figure in one.figures)


def _parted(
    columns: Sequence[Sequence[Line]], widths: Sequence[float], size: int, whole: Whole
) -> str:
    """Give the longest part that its column has no room for, a figure before a word; or nothing."""
    parts = [
        (any(a < part[1] and part[0] < b for a, b in one.figures), one.text[slice(*part)])
        for lines, width in zip(columns, widths, strict=True)
        for one in lines
        for part in one.unbroken(whole)
        if _cm(one.width(part), size) > width + ROUNDING
    ]
    return max(parts, key=lambda part: (part[0], len(part[1])), default=(False, ""))[1]


# --- rows -------------------------------------------------------------------------------------


def height(row: Row, plan: Plan) -> float:
    """Give about how tall a row is, cm."""
    column, most = 0, 1
    for cell in row:
        width = sum(plan.widths[column : column + cell.span]) - _margins(plan.size)
        ems = max(width / plan.size / CM_IN_POINT, 1.0)
        most = max(most, sum(_filled(one, ems, plan.whole) for one in cell.lines))
        column += cell.span
    return most * plan.size * LEADING * CM_IN_POINT


def _filled(line: Line, width: float, whole: Whole) -> int:
    """Count the lines that a text takes in a column of so many em."""
    if line.x[-1] <= width:
        return 1
    count, begin = 1, 0
    for start, end in line.unbroken(whole):
        if line.x[end] - line.x[begin] > width:
            count += ceil((line.x[end] - line.x[start]) / width)
            begin = start
    return count


class Ties(NamedTuple):
    """How the rows of a table may part: is its head repeated, do rows hold on, which are tall."""

    has_running_head: bool
    is_loose: bool
    tall: list[bool]


def ties(heads: Sequence[float], rows: Sequence[float]) -> Ties:
    """Settle by the heights (cm) of a table's rows what would leave pages half empty, or hide it.

    A page that cannot take a head with the rows that hold to it shows no head at all.
    """
    runs = sum(heads) <= TALLEST_HEAD
    beginning = sum(heads) + sum(rows[: 3 if len(rows) == 3 else 2])
    is_loose = not runs or max(beginning, sum(rows[-2:])) > LONGEST_CHAIN
    return Ties(runs, is_loose, [one > LONGEST_CHAIN for one in (*heads, *rows)])


# --- the page ---------------------------------------------------------------------------------


def settled(markup: str) -> str:
    """Give a page whose grids say how they are set."""
    if "<table" not in markup:
        return markup
    page = etree.fromstring(markup, etree.HTMLParser(huge_tree=True))
    settle(page)
    return f"<!DOCTYPE html>\n{html.tostring(page, encoding='unicode')}"


def settle(page: etree._Element) -> None:
    """Write into every grid of a page how it is set: for PDF and Word alike."""
    for table in page.iter("table"):
        classes = table.get("class", "").split()
        if "grid" in classes and table.find(".//tr") is not None:
            _settle(table, TEXT_WIDTH if "indent" not in classes else INDENTED_WIDTH)


def _settle(table: etree._Element, room: float) -> None:
    nodes = list(table.iter("tr"))
    rows = [[_cell(cell) for cell in node.iter("td", "th")] for node in nodes]
    asked = [asked_width(column) for column in table.iter("col")]
    count = max(len(asked), *(sum(cell.span for cell in row) for row in rows))
    planned = plan(rows, [*asked, *[None] * (count - len(asked))], room)
    for cell in table.iter("td", "th"):
        _hold(cell, afresh=planned.whole < Whole.UNITS)
    _write_columns(table, planned.widths)
    _add_class(table, SIZES[planned.size])
    _part(table, [height(row, planned) for row in rows])


def _cell(node: etree._Element) -> Cell:
    return Cell(written(line(node), is_bold=node.tag == "th"), span(node))


def _write_columns(table: etree._Element, widths: Sequence[float]) -> None:
    for old in [*table.iter("colgroup"), *table.iter("col")]:
        if (parent := old.getparent()) is not None:
            parent.remove(old)
    group = table.makeelement("colgroup")
    for width in widths:
        group.append(table.makeelement("col", {"style": f"width:{width:.3f}cm"}))
    table.insert(1 if len(table) and table[0].tag == "caption" else 0, group)


def _add_class(node: etree._Element, name: str) -> None:
    if name and name not in node.get("class", "").split():
        node.set("class", f"{node.get('class', '')} {name}".strip())


def _part(table: etree._Element, heights: Sequence[float]) -> None:
    """Let a table part where it must: a head that is too tall to be repeated becomes a row."""
    nodes = list(table.iter("tr"))
    heads = sum(_is_head(node) for node in nodes)
    how = ties(heights[:heads], heights[heads:])
    for node, is_tall in zip(nodes, how.tall, strict=True):
        if is_tall:
            _add_class(node, "tall")
    if how.is_loose:
        _add_class(table, "loose")
    if heads and not how.has_running_head:
        _demote(table, nodes[:heads])


def _is_head(row: etree._Element) -> bool:
    section = row.getparent()
    return section is not None and section.tag == "thead"


def _demote(table: etree._Element, heads: Sequence[etree._Element]) -> None:
    """Have the head's rows stand before the others, in the same part of the table."""
    head = heads[0].getparent()
    if head is None:
        return
    body = table.find("tbody")
    if body is None:
        head.tag = "tbody"
        return
    for number, row in enumerate(heads):
        body.insert(number, row)
    table.remove(head)


def _hold(cell: etree._Element, *, afresh: bool) -> None:
    """Hold the figures of a cell together; ``afresh`` lets go of the units that they stand in."""
    if afresh:
        for unit in cell.iter("span"):
            unit.tag = "released"
        etree.strip_tags(cell, "released")
    for node in list(cell.iter()):
        if node.tag == "span":  # a unit
            text: str | None = None
        else:
            text, node.text = node.text, None
            insert(node, 0, _held(text))
        parent = node.getparent()
        if node is not cell and parent is not None:
            tail, node.tail = node.tail, None
            insert(parent, parent.index(node) + 1, _held(tail))


def _held(text: str | None) -> Iterator[tuple[str, bool]]:
    """Cut a text into figures in which a line could end, and what is between them."""
    figures = [
        one for one in thai_units.figures(text or "") if STROKES.search((text or "")[slice(*one)])
    ]
    return cut(text or "", figures)
