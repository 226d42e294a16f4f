"""What a page of ours can say, as Word needs it: lines of text with their looks, and tables.

The page's own words are in the templates; an element or class that has no place here raises
ValueError, so that nothing is lost silently.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

EM = 16 / 72 * 2.54  # cm
TEXT_WIDTH = 16.0
INDENTED_WIDTH = 13.5
PEOPLE_COLUMNS = {  # cm
    "col.number": 1.1,
    "col.name": 5.3,
    "col.position": 5.4,
    "col.role": 4.2,
    "col.position.wide": 9.6,
}
# What HTML folds into one space; the spaces that hold are not among it.
SPACES = re.compile(r"[ \t\r\n\f]+")
INVISIBLE = re.compile("[\u200b\u2060]")


# --- elements ---------------------------------------------------------------------------------


def selector(node: etree._Element) -> str:
    """Give ``p.more.resolution`` for ``<p class="resolution more">``."""
    return ".".join([str(node.tag), *sorted(node.get("class", "").split())])


def unknown(node: etree._Element) -> ValueError:
    """Give the error for an element that has no place in Word, with its line in the page."""
    classes = node.get("class")
    shown = f'<{node.tag} class="{classes}">' if classes else f"<{node.tag}>"
    parent = node.getparent()
    inside = "" if parent is None else f" in <{parent.tag}>"
    return ValueError(f"{shown}{inside} at line {node.sourceline} of the page has no Word style")


def children(node: etree._Element) -> list[etree._Element]:
    """Give the elements of a container; text of its own would be lost, so it may have none."""
    texts = [node.text, *(child.tail for child in node)]
    stray = " ".join(text.strip() for text in texts if text and text.strip())
    if stray:
        raise ValueError(f"text straight in <{node.tag}>, outside a paragraph: {stray!r}")
    return list(node)


def plain(node: etree._Element | None) -> str:
    """Give the text of an element on one line; none of no element."""
    return "" if node is None else " ".join("".join(map(str, node.itertext())).split())


def cut(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut a text at spans that no line may break; gives the pieces, each with whether it is one."""
    done = 0
    for start, end in spans:
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


def insert(parent: etree._Element, index: int, pieces: Iterable[tuple[str, bool]]) -> None:
    """Put the pieces of a text before a child of an element, those that no line may break held."""
    for text, is_unit in pieces:
        if is_unit:
            unit = parent.makeelement("span", {"class": "nw"})
            unit.text = text
            parent.insert(index, unit)
            index += 1
        elif index:
            before = parent[index - 1]
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text


# --- lines of text ----------------------------------------------------------------------------


class Look(NamedTuple):
    """How a piece of a line stands out; ``held`` spaces don't break."""

    strong: bool = False
    em: bool = False
    sup: bool = False
    held: bool = False
    href: str = ""

    def inside(self, outer: "Look") -> "Look":
        """Give both looks at once."""
        marks = (self.strong or outer.strong, self.em or outer.em, self.sup or outer.sup)
        return Look(*marks, held=self.held or outer.held, href=self.href or outer.href)


Piece = tuple[str, Look]
PLAIN = Look()
# Inline element and class -> what its text looks like, besides what it stands in.
INLINE = {
    "strong": Look(strong=True),
    "strong.label": Look(strong=True),
    "em": Look(em=True),
    "sup": Look(sup=True),
    "span.nw": Look(held=True),
    "span.label": PLAIN,
    "span.marker": PLAIN,
    "a": PLAIN,
    "br": PLAIN,
}
# What a tab sets off from the text that follows.
LABELS = {"strong.label", "span.label", "span.marker"}
LINKS = ("http://", "https://", "mailto:")


def line(node: etree._Element) -> list[Piece]:
    """Give the text inside an element: a line feed is a line break, a tab stands after a label.

    The spaces that HTML doesn't show are dropped, at the ends and beside breaks.
    """
    tidied: list[Piece] = []
    before = "\n"
    for text, look in _pieces(node, PLAIN):
        if before in " \n\t":
            text = text.removeprefix(" ")
        if text in {"\n", "\t"}:
            _strip_end(tidied, " ")
        if text:
            before = text[-1]
            _join(tidied, text, look)
    _strip_end(tidied, " \n\t")
    return tidied


def _pieces(node: etree._Element, look: Look) -> Iterator[Piece]:
    yield _folded(node.text, look), look
    for child in node:
        yield from _inline(child, look)
        yield _folded(child.tail, look), look


def _inline(node: etree._Element, look: Look) -> Iterator[Piece]:
    key = selector(node)
    if key not in INLINE:
        raise unknown(node)
    if key == "br":
        yield "\n", look
        return
    inner = INLINE[key].inside(look)
    if key == "a" and node.get("href", "").startswith(LINKS):
        inner = inner._replace(href=node.get("href", ""))
    yield from _pieces(node, inner)
    if key in LABELS:
        yield "\t", look


def _folded(text: str | None, look: Look) -> str:
    text = SPACES.sub(" ", text or "")
    if found := INVISIBLE.search(text):
        raise ValueError(f"invisible character U+{ord(found[0]):04X} in {text.strip()!r}")
    return text.replace(" ", "\u00a0") if look.held else text


def _join(tidied: list[Piece], text: str, look: Look) -> None:
    if tidied and tidied[-1][1] == look:
        text = tidied.pop()[0] + text
    tidied.append((text, look))


def _strip_end(tidied: list[Piece], characters: str) -> None:
    while tidied:
        text, look = tidied.pop()
        if text := text.rstrip(characters):
            tidied.append((text, look))
            return


def list_item(node: etree._Element) -> tuple[list[Piece], list[etree._Element]]:
    """Part a list's item into its first line and the paragraphs and lists after it."""
    blocks = [child for child in node if child.tag in {"ul", "p"}]
    for block in blocks:
        if selector(block) not in {"ul.list", "p.more"}:
            raise unknown(block)
        following = block.getnext()
        if following is not None and following not in blocks:
            raise unknown(following)
        if block.tail and block.tail.strip():
            raise ValueError(f"text after <{block.tag}> in <li>: {block.tail.strip()!r}")
    for block in blocks:
        node.remove(block)
    return line(node), blocks


# --- tables -----------------------------------------------------------------------------------


class Table(NamedTuple):
    """A table of the page; ``kind`` is ``table.grid.small`` and the like, lengths are in cm.

    ``is_loose`` says that its rows do not hold to one another.
    """

    kind: str
    caption: etree._Element | None
    indent: float
    columns: list[etree._Element]
    widths: list[float]
    rows: list[etree._Element]
    is_loose: bool

    def cell_kind(self, cell: etree._Element, column: int) -> str:
        """Give ``table.grid td.number`` and the like: a number is one by its cell or its column."""
        in_numbers = column < len(self.columns) and selector(self.columns[column]) == "col.number"
        own = "td.number" if in_numbers and selector(cell) == "td" else selector(cell)
        return f"{self.kind} {own}"


def read_table(node: etree._Element) -> Table:
    """Read a table of people, or a grid that says how wide its columns are."""
    classes = set(node.get("class", "").split())
    kind = ".".join(["table", *sorted(classes - {"indent", "loose"})])
    indent = TEXT_WIDTH - INDENTED_WIDTH if "indent" in classes else 0
    parts = _parts(node)
    rows = [row for section in parts["rows"] for row in _rows(section)]
    columns = [column for group in parts["colgroup"] for column in children(group)]
    asked = _people_width if "people" in classes else asked_width
    widths = [asked(column) or 0 for column in columns]
    _expect_room(rows, len(widths))
    caption = next(iter(parts["caption"]), None)
    return Table(kind, caption, indent, columns, widths, rows, "loose" in classes)


PARTS = {"caption": "caption", "colgroup": "colgroup", "thead": "rows", "tbody": "rows"}


def _parts(node: etree._Element) -> dict[str, list[etree._Element]]:
    parts: dict[str, list[etree._Element]] = {part: [] for part in PARTS.values()}
    for child in children(node):
        if selector(child) not in PARTS:
            raise unknown(child)
        parts[PARTS[selector(child)]].append(child)
    return parts


def _rows(section: etree._Element) -> list[etree._Element]:
    for child in children(section):
        if selector(child) not in {"tr", "tr.tall"}:
            raise unknown(child)
    return children(section)


def _expect_room(rows: list[etree._Element], count: int) -> None:
    for row in rows:
        if sum(span(cell) for cell in children(row)) > count:
            raise ValueError(f"<tr> at line {row.sourceline} has more than {count} columns")


def span(cell: etree._Element) -> int:
    """Give how many columns a cell takes."""
    if "rowspan" in cell.attrib:
        raise ValueError(f"<{cell.tag} rowspan> at line {cell.sourceline} has no place in Word")
    return int(cell.get("colspan", "1"))


def _people_width(column: etree._Element) -> float:
    if selector(column) not in PEOPLE_COLUMNS:
        raise unknown(column)
    return PEOPLE_COLUMNS[selector(column)]


def asked_width(column: etree._Element) -> float | None:
    """Give how wide a column of a grid is asked to be, cm."""
    if selector(column) != "col":
        raise unknown(column)
    style = column.get("style", "")
    match = re.fullmatch(r"\s*width:\s*([0-9.]+)cm\s*;?\s*", style)
    if style and match is None:
        raise ValueError(f"<col style={style!r}> at line {column.sourceline} is no width in cm")
    return float(match[1]) if match else None


# Widths in TH SarabunPSK, em: a Thai digit, a stop or bracket, any other glyph on average; vowels
# and tones above and below have none.
MARKS = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
DIGITS = re.compile(r"[\u0e50-\u0e59]")
STOPS = re.compile(r"[ \u00a0.,:;()/-]")
DIGIT, STOP, GLYPH = 0.45, 0.19, 0.38


def width(text: str) -> float:
    """Give about how wide a text is on one line, em."""
    glyphs = len(MARKS.sub("", text))
    digits, stops = len(DIGITS.findall(text)), len(STOPS.findall(text))
    return digits * DIGIT + stops * STOP + (glyphs - digits - stops) * GLYPH
