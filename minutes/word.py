"""HTML -> DOCX bytes: one table of element -> named style, and an error for all that is not in it.

The look of a document is in the styles that are handed in (``templates/styles.docx``); here are
only the order of the text, the widths of tables and pictures, and what must stay together.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.section import _Header
from docx.styles.style import BaseStyle, ParagraphStyle
from lxml import etree

from minutes import ooxml
from minutes.ooxml import element, name

# Element and class -> the name of the style in Word. Classes in alphabetical order;
# "a b" is b inside a.
STYLES = {
    "h1": "Title",
    "p.subtitle": "Subtitle",
    "hr": "Title Rule",
    "h2": "Heading 1",
    "h2.agenda": "Agenda Item",
    "h3": "Heading 2",
    "p": "Body Text",
    "p.flush": "Body Text Flush",
    "p.time": "Meeting Time",
    "p.indent": "Body Text Indent",
    "p.none": "Nothing",
    "p.resolution": "Resolution",
    "p.more.resolution": "Resolution Continued",
    "p.centre": "Centred",
    "p.right": "Closing",
    "p.credit": "Credit",
    "p.caption": "Caption",
    "header": "Header",
    "li": "List",
    "li p.more": "List Continue",
    "li li": "List 2",
    "li li p.more": "List Continue 2",
    "li li li": "List 3",
    "li li li p.more": "List Continue 3",
    "li li li li": "List 4",
    "li li li li p.more": "List Continue 4",
    "li li li li li": "List 5",
    "li li li li li p.more": "List Continue 5",
    "table.people": "People Table",
    "table.people td": "Table Text",
    "table.people td.number": "Table Number",
    "table.people td.centre": "Table Centred",
    "table.grid": "Table Grid",
    "table.grid td": "Table Text",
    "table.grid td.number": "Table Number",
    "table.grid td.centre": "Table Centred",
    "table.grid th": "Table Heading",
    "table.grid th.number": "Table Heading",
    "table.grid th.centre": "Table Heading",
    "table.grid.small td": "Table Text Small",
    "table.grid.small td.number": "Table Number Small",
    "table.grid.small td.centre": "Table Centred Small",
    "table.grid.small th": "Table Heading Small",
    "table.grid.small th.number": "Table Heading Small",
    "table.grid.small th.centre": "Table Heading Small",
    "table end": "Table Gap",
    "caption": "Caption",
    "figure": "Figure",
    "figcaption": "Caption",
    "div.photos": "Photo Table",
    "div.signature p:first-child": "Signature",
    "div.signature p": "Signature Name",
    "strong": "Strong",
    "em": "Emphasis",
    "strong em": "Intense Emphasis",
    "a": "Hyperlink",
}
BODY_CLASSES = {"minutes", "release", "draft"}
PARAGRAPH_TAGS = {"h1", "h2", "h3", "p", "hr"}
PEOPLE_COLUMNS = {  # cm
    "col.number": 1.1,
    "col.name": 5.3,
    "col.position": 5.4,
    "col.role": 4.2,
    "col.position.wide": 9.6,
}
TEXT_WIDTH = 16.0  # cm
INDENTED_WIDTH = 13.5
PHOTO_COLUMN = 8.0
FIGURE_LIMIT = (12.0, 9.0)  # cm, width and height
PHOTO_LIMIT = (7.8, 9.0)
INVISIBLE = {"\u200b": "U+200B", "\u2060": "U+2060"}


def render(html: str, files: Mapping[str, bytes], styles: bytes) -> bytes:
    """Give the DOCX of a page: the same text in the same order, every look a named style.

    ``files`` has the pictures by the ``src`` that the page gives them, ``styles`` is a DOCX with
    the named styles. Raises ValueError for an element or class that has no place in Word.
    """
    page = etree.fromstring(html, etree.HTMLParser(huge_tree=True))
    body = page.find("body")
    document = docx.Document(io.BytesIO(styles))
    writer = _Writer(document, files)
    writer.flow(body)
    writer.finish()
    _heads(writer, draft="draft" in _body_classes(body))
    _properties(document, page)
    return ooxml.pack(document.part.package)


def _body_classes(body: etree._Element) -> set[str]:
    classes = set(body.get("class", "").split())
    if classes - BODY_CLASSES:
        raise _unknown(body)
    return classes


def selector(node: etree._Element) -> str:
    """Give ``p.more.resolution`` for ``<p class="resolution more">``."""
    return ".".join([str(node.tag), *sorted(node.get("class", "").split())])


def _unknown(node: etree._Element) -> ValueError:
    classes = node.get("class")
    shown = f'<{node.tag} class="{classes}">' if classes else f"<{node.tag}>"
    parent = node.getparent()
    inside = "" if parent is None else f" in <{parent.tag}>"
    return ValueError(f"{shown}{inside} at line {node.sourceline} of the page has no Word style")


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """Give the elements of a container; its own text would be lost, so it may have none."""
    texts = [node.text, *(child.tail for child in node)]
    for text in texts:
        if text and text.strip():
            raise ValueError(f"text straight in <{node.tag}>, outside a paragraph: {text.strip()!r}")
    return (child for child in node if isinstance(child.tag, str))


class Look(NamedTuple):
    """How a piece of a line stands out; ``held`` spaces don't break."""

    strong: bool = False
    em: bool = False
    sup: bool = False
    held: bool = False
    href: str = ""


Piece = tuple[str, Look]
PLAIN = Look()
# Inline element and class -> what it adds to the look of its text.
INLINE: dict[str, dict[str, bool]] = {
    "strong": {"strong": True},
    "strong.label": {"strong": True},
    "em": {"em": True},
    "sup": {"sup": True},
    "span.nw": {"held": True},
    "span.label": {},
    "span.marker": {},
    "a": {},
    "br": {},
}
# What a tab sets off from the text that follows.
LABELS = {"strong.label", "span.label", "span.marker"}
LINKS = ("http://", "https://", "mailto:")


def pieces(node: etree._Element, look: Look = PLAIN) -> Iterator[Piece]:
    """Give the text inside an element with its looks; a line end is ``\\n``, a label ends in ``\\t``."""
    yield _folded(node.text, look), look
    for child in node:
        if isinstance(child.tag, str):
            yield from _inline(child, look)
        yield _folded(child.tail, look), look


def _inline(node: etree._Element, look: Look) -> Iterator[Piece]:
    key = selector(node)
    if key not in INLINE:
        raise _unknown(node)
    if key == "br":
        yield "\n", look
        return
    inner = look._replace(**INLINE[key])
    if key == "a" and node.get("href", "").startswith(LINKS):
        inner = inner._replace(href=node.get("href", ""))
    yield from pieces(node, inner)
    if key in LABELS:
        yield "\t", look


def _folded(text: str | None, look: Look) -> str:
    text = re.sub(r"[ \t\r\n\f]+", " ", text or "")
    for character, shown in INVISIBLE.items():
        if character in text:
            raise ValueError(f"invisible character {shown} in {text.strip()!r}")
    return text.replace(" ", "\u00a0") if look.held else text


def tidy(line: Iterator[Piece]) -> list[Piece]:
    """Join pieces of one look; drop the spaces that HTML doesn't show: at ends and beside breaks."""
    tidied: list[Piece] = []
    before = "\n"
    for text, look in line:
        if before in " \n\t":
            text = text.removeprefix(" ")
        if not text:
            continue
        if text in "\n\t":
            _strip_end(tidied, " ")
        before = text[-1]
        if tidied and tidied[-1][1] == look:
            text = tidied.pop()[0] + text
        tidied.append((text, look))
    _strip_end(tidied, " \n\t")
    return tidied


def _strip_end(line: list[Piece], characters: str) -> None:
    while line:
        text, look = line.pop()
        if text := text.rstrip(characters):
            line.append((text, look))
            return


class _Writer:
    """The blocks of one document, as far as they are written."""

    def __init__(self, document: Document, files: Mapping[str, bytes]) -> None:
        self.document = document
        self.files = files
        self.blocks: list[etree._Element] = []
        self.ids = {style.name: style.style_id for style in document.styles}
        self.bold = set(_bold_styles(document))
        self.pictures = 0
        self.heading = ""

    def style(self, key: str) -> str:
        """Give the id of the style for an entry of STYLES."""
        if STYLES[key] not in self.ids:
            raise ValueError(f"the styles have no style named {STYLES[key]!r}")
        return self.ids[STYLES[key]]

    def flow(self, container: etree._Element) -> None:
        """Write the blocks of a container in their order."""
        for node in _children(container):
            self.block(node)

    def block(self, node: etree._Element) -> None:
        """Write one block."""
        key = selector(node)
        if key in BLOCKS:
            BLOCKS[key](self, node)
        elif node.tag in CONTAINERS:
            self.flow(node)
        elif node.tag in PARAGRAPH_TAGS and key in STYLES:
            self.add(self.paragraph(node, key))
        else:
            raise _unknown(node)
        if node.tag == "h2":
            self.heading = plain(node)

    def add(self, block: etree._Element) -> None:
        """Put a block at the end; Word joins two tables unless something stands between them."""
        both = [*self.blocks[-1:], block]
        if len(both) == 2 and all(each.tag == name("w:tbl") for each in both):
            self.gap()
        self.blocks.append(block)

    def gap(self) -> None:
        """Put a thin empty line after a table."""
        self.blocks.append(ooxml.paragraph(self.style("table end")))

    def paragraph(
        self, node: etree._Element, key: str, line: Iterator[Piece] | None = None
    ) -> etree._Element:
        """Give the paragraph of an element, or of a line of it, in the style of an entry."""
        style = self.style(key)
        content = tidy(pieces(node) if line is None else line)
        return ooxml.paragraph(style, *self.runs(content, bold=style in self.bold))

    def runs(self, line: list[Piece], *, bold: bool) -> Iterator[etree._Element]:
        """Give the runs of a line; ``bold`` text in a bold paragraph would turn light again."""
        for href, linked in groupby(line, key=lambda piece: piece[1].href):
            runs = [self.run(text, look, bold=bold) for text, look in linked]
            if href:
                target = self.document.part.relate_to(
                    href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                yield element("w:hyperlink", *runs, r__id=target)
            else:
                yield from runs

    def run(self, text: str, look: Look, *, bold: bool) -> etree._Element:
        """Give one run; a look is a character style, never a font or a size."""
        strong = "strong" if look.strong and not bold else ""
        style = " ".join(filter(None, [strong, "em" if look.em else ""])) or (look.href and "a")
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=self.style(style)))
        if look.sup:
            properties.append(element("w:vertAlign", val="superscript"))
        made = element("w:r", *([properties] if len(properties) else []))
        made.extend(ooxml.text(text))
        return made

    def keep(self, node: etree._Element) -> None:
        """Write blocks that stay together, and with the block after them."""
        start = len(self.blocks)
        self.flow(node)
        for block in self.blocks[start:]:
            ooxml.keep_with_next(block)

    def listing(self, node: etree._Element, inside: str = "") -> None:
        """Write a list with its typed markers; each level is a style of its own."""
        level = f"{inside} li".strip()
        for item in _children(node):
            if selector(item) != "li" or level not in STYLES:
                raise _unknown(item)
            line, rest = _item(item)
            self.add(self.paragraph(item, level, line))
            for child in rest:
                self.continuation(child, level)

    def continuation(self, node: etree._Element, level: str) -> None:
        """Write what follows the first line of a list's item: a paragraph or a list in it."""
        if selector(node) == "ul.list":
            self.listing(node, level)
        else:
            self.add(self.paragraph(node, f"{level} p.more"))

    def signatures(self, node: etree._Element) -> None:
        """Write the signatures: never split, never on a page without the two blocks before."""
        for block in self.blocks[-2:]:
            ooxml.keep_with_next(block)
        for signature in _children(node):
            if selector(signature) != "div.signature":
                raise _unknown(signature)
            for number, line in enumerate(_children(signature)):
                if selector(line) != "p":
                    raise _unknown(line)
                key = "div.signature p" if number else "div.signature p:first-child"
                self.add(self.paragraph(line, key))

    def table(self, node: etree._Element) -> None:
        """Write a table: fixed widths, rows whole, its head on every page."""
        table = _read_table(node)
        title = self.heading
        if table.caption is not None:
            title = plain(table.caption)
            caption = self.paragraph(table.caption, "caption")
            ooxml.keep_with_next(caption)
            self.add(caption)
        rows = [self.row(row, table) for row in table.rows]
        for row in {*rows[:-1][:1], *rows[:-1][-1:]}:  # no row alone on a page
            ooxml.keep_with_next(row)
        heads = ", ".join(plain(head) for head in node.iter("th"))
        made = ooxml.table(
            self.style(table.style), table.indent, table.widths, title, heads or PEOPLE_DESCRIPTION
        )
        made.extend(rows)
        self.add(made)
        if "grid" in table.prefix:
            self.gap()

    def row(self, row: etree._Element, table: "Table") -> etree._Element:
        """Give a row; a short one is filled up with empty cells."""
        made = ooxml.row(head=row.getparent().tag == "thead")
        column = 0
        for node in _children(row):
            key, span = table.key(node, column), _span(node)
            width = sum(table.widths[column : column + span])
            made.append(ooxml.cell(width, span, self.paragraph(node, key)))
            column += span
        for width in table.widths[column:]:
            empty = ooxml.paragraph(self.style(f"{table.prefix} td"))
            made.append(ooxml.cell(width, 1, empty))
        return made

    def figure(self, node: etree._Element, limit: tuple[float, float] = FIGURE_LIMIT) -> None:
        """Write a picture and its caption."""
        self.blocks += self.picture(node, limit)

    def picture(
        self, node: etree._Element, limit: tuple[float, float]
    ) -> list[etree._Element]:
        """Give the paragraphs of a figure."""
        made = []
        for part in _children(node):
            if selector(part) == "img":
                run = element("w:r", self.drawing(part, limit))
                made.append(ooxml.paragraph(self.style("figure"), run))
            elif selector(part) == "figcaption":
                made.append(self.paragraph(part, "figcaption"))
            else:
                raise _unknown(part)
        return made

    def drawing(self, node: etree._Element, limit: tuple[float, float]) -> etree._Element:
        """Give the picture of an ``img``, as large as it is but within ``limit`` (cm)."""
        source = node.get("src", "")
        if source not in self.files:
            raise ValueError(f"no file for <img src={source!r}>")
        relation, image = self.document.part.get_or_add_image(io.BytesIO(self.files[source]))
        size = int(node.get("width", image.px_width)), int(node.get("height", image.px_height))
        self.pictures += 1
        return ooxml.picture(relation, self.pictures, node.get("alt", ""), _fit(size, limit))

    def photos(self, node: etree._Element) -> None:
        """Write pictures two by two; a last odd one stands in the middle."""
        figures = list(_children(node))
        for figure in figures:
            if selector(figure) != "figure":
                raise _unknown(figure)
        made = ooxml.table(
            self.style("div.photos"), 0, [PHOTO_COLUMN] * 2, PHOTOS_TITLE, PHOTOS_DESCRIPTION
        )
        for pair in (figures[start : start + 2] for start in range(0, len(figures), 2)):
            span = 3 - len(pair)
            row = ooxml.row()
            for figure in pair:
                content = self.picture(figure, PHOTO_LIMIT)
                row.append(ooxml.cell(PHOTO_COLUMN * span, span, *content))
            made.append(row)
        self.add(made)
        self.gap()

    def finish(self) -> None:
        """Put the blocks into the document, in place of what the styles' file had."""
        body = self.document.element.body
        if self.blocks and self.blocks[-1].tag == name("w:tbl"):
            self.gap()
        for old in list(body):
            if old.tag != name("w:sectPr"):
                body.remove(old)
        for number, block in enumerate(self.blocks):
            body.insert(number, block)


CONTAINERS = {"header", "section", "main"}
BLOCKS: Mapping[str, Callable[[_Writer, etree._Element], None]] = {
    "div.keep": _Writer.keep,
    "ul.list": _Writer.listing,
    "div.signatures": _Writer.signatures,
    "table.people": _Writer.table,
    "table.grid": _Writer.table,
    "table.grid.indent": _Writer.table,
    "table.grid.small": _Writer.table,
    "table.grid.indent.small": _Writer.table,
    "figure": _Writer.figure,
    "div.photos": _Writer.photos,
}


def plain(node: etree._Element) -> str:
    """Give the text of an element on one line."""
    return " ".join("".join(node.itertext()).split())


def _bold_styles(document: Document) -> Iterator[str]:
    """Give the ids of the paragraph styles that are bold, whoever they have it from."""
    for style in document.styles:
        above: BaseStyle | None = style
        while isinstance(above, ParagraphStyle) and above.font.bold is None:
            above = above.base_style
        if isinstance(above, ParagraphStyle) and above.font.bold:
            yield style.style_id


def _item(node: etree._Element) -> tuple[Iterator[Piece], list[etree._Element]]:
    """Part a list's item into its first line and the blocks after it."""
    blocks = [child for child in node if child.tag in {"ul", "p"}]
    for block in blocks:
        if selector(block) not in {"ul.list", "p.more"}:
            raise _unknown(block)
        _expect_block_after(block)
        node.remove(block)
    return pieces(node), blocks


def _expect_block_after(block: etree._Element) -> None:
    following = block.getnext()
    if block.tail and block.tail.strip():
        raise ValueError(f"text after <{block.tag}> in <li>: {block.tail.strip()!r}")
    if following is not None and following.tag not in {"ul", "p"}:
        raise _unknown(following)


def _fit(size: tuple[int, int], limit: tuple[float, float]) -> tuple[int, int]:
    """Give width and height in EMU for a picture of so many pixels, at most ``limit`` cm."""
    scale = min(
        1.0,
        *(
            most * ooxml.EMU_IN_CM / (pixels * ooxml.EMU_IN_PIXEL)
            for pixels, most in zip(size, limit, strict=True)
        ),
    )
    width, height = (round(pixels * ooxml.EMU_IN_PIXEL * scale) for pixels in size)
    return width, height


class Table(NamedTuple):
    """A table as the page has it; ``indent`` and ``widths`` in cm."""

    prefix: str
    indent: float
    columns: list[etree._Element]
    widths: list[float]
    caption: etree._Element | None
    rows: list[etree._Element]

    @property
    def style(self) -> str:
        """The entry of STYLES for the whole table."""
        return self.prefix.removesuffix(".small")

    def key(self, cell: etree._Element, column: int) -> str:
        """Give the entry of STYLES for a cell."""
        key = f"{self.prefix} {selector(cell)}"
        if key not in STYLES or column >= len(self.widths):
            raise _unknown(cell)
        is_number = column < len(self.columns) and selector(self.columns[column]) == "col.number"
        return f"{self.prefix} td.number" if is_number and cell.tag == "td" else key


def _read_table(node: etree._Element) -> Table:
    classes = set(node.get("class", "").split())
    prefix = ".".join(["table", *sorted(classes - {"indent"})])
    indent = TEXT_WIDTH - INDENTED_WIDTH if "indent" in classes else 0
    parts = _table_parts(node)
    rows = [row for section in parts["rows"] for row in _children(section)]
    for row in rows:
        if selector(row) != "tr":
            raise _unknown(row)
    columns = [column for group in parts["colgroup"] for column in _children(group)]
    if "people" in classes:
        widths = [_people_width(column) for column in columns]
    else:
        widths = _grid_widths(columns, rows, prefix, TEXT_WIDTH - indent)
    caption = next(iter(parts["caption"]), None)
    return Table(prefix, indent, columns, widths, caption, rows)


def _table_parts(node: etree._Element) -> dict[str, list[etree._Element]]:
    names = {"caption": "caption", "colgroup": "colgroup", "thead": "rows", "tbody": "rows"}
    parts: dict[str, list[etree._Element]] = {part: [] for part in names.values()}
    for child in _children(node):
        if selector(child) not in names:
            raise _unknown(child)
        parts[names[selector(child)]].append(child)
    return parts


def _people_width(column: etree._Element) -> float:
    if selector(column) not in PEOPLE_COLUMNS:
        raise _unknown(column)
    return PEOPLE_COLUMNS[selector(column)]


def _span(cell: etree._Element) -> int:
    if "rowspan" in cell.attrib:
        raise ValueError(f"<{cell.tag} rowspan> at line {cell.sourceline} has no place in Word")
    return int(cell.get("colspan", "1"))


def _grid_widths(
    columns: list[etree._Element], rows: list[etree._Element], prefix: str, total: float
) -> list[float]:
    """Give the widths of a ruled table's columns, cm: those that are asked for, the rest by text."""
    count = max((sum(map(_span, _children(row))) for row in rows), default=0)
    asked = [*map(_asked_width, columns), *([None] * count)][: max(count, len(columns))]
    em = 14 / 72 * 2.54 if "small" in prefix else 16 / 72 * 2.54
    texts: list[list[str]] = [[] for _ in asked]
    for row in rows:
        column = 0
        for cell in _children(row):
            if _span(cell) == 1:
                texts[column].append("".join(text for text, _ in tidy(pieces(cell))))
            column += _span(cell)
    free = [number for number, width in enumerate(asked) if width is None]
    room = total - sum(width or 0 for width in asked)
    shared = iter(share(room, [need(texts[number], em) for number in free]))
    return [next(shared) if width is None else width for width in asked]


def _asked_width(column: etree._Element) -> float | None:
    if selector(column) != "col":
        raise _unknown(column)
    if not (style := column.get("style", "")):
        return None
    if not (match := re.fullmatch(r"\s*width:\s*([0-9.]+)cm;?\s*", style)):
        raise ValueError(f"<col style={style!r}> at line {column.sourceline} is no width in cm")
    return float(match[1])


# A glyph of TH SarabunPSK is 0.38 em wide on average; vowels and tones above and below have no
# width. A Thai word is seldom longer than 12 such glyphs, and nobody can see where it ends.
GLYPH = 0.38
MARKS = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
LONGEST_WORD = 12
CELL_PADDING = 0.4  # cm


def _width(text: str, em: float) -> float:
    return len(MARKS.sub("", text)) * GLYPH * em


def need(texts: Sequence[str], em: float) -> tuple[float, float]:
    """Give the least and the natural width of a column with these texts, cm."""
    lines = [line for text in texts for line in text.split("\n")]
    words = [word for line in lines for word in line.split(" ")]
    longest = LONGEST_WORD * GLYPH * em
    least = max((_width(w, em) if "\u00a0" in w else min(_width(w, em), longest) for w in words), default=0)
    natural = max((_width(line, em) for line in lines), default=0)
    return least + CELL_PADDING, natural + CELL_PADDING


def share(total: float, needs: Sequence[tuple[float, float]]) -> list[float]:
    """Share a width out among columns: what their words need first, then by length of text."""
    natural = [min(widest, total * 0.6) for _, widest in needs]
    least = [min(word, widest) for (word, _), widest in zip(needs, natural, strict=True)]
    room = total - sum(least)
    if room <= 0 or sum(natural) <= total:
        basis = least if room <= 0 else natural
        return [width * total / sum(basis) for width in basis]
    wishes = [widest - word for word, widest in zip(least, natural, strict=True)]
    return [
        word + room * wish / sum(wishes) for word, wish in zip(least, wishes, strict=True)
    ]


PEOPLE_DESCRIPTION = "รายชื่อเรียงตามลำดับ แต่ละแถวคือลำดับที่ ชื่อ ตำแหน่ง และหน้าที่"
PHOTOS_TITLE = "ภาพประกอบ"
PHOTOS_DESCRIPTION = "ภาพถ่ายวางแถวละสองภาพ พร้อมคำบรรยายใต้ภาพ"
WATERMARK = "ร่าง"


def _heads(writer: _Writer, *, draft: bool) -> None:
    """Write the page number from page 2 on, and ร่าง across every page of a draft."""
    section = writer.document.sections[0]
    style = writer.style("header")
    _head(section.header, ooxml.paragraph(style, *ooxml.page_number()), draft=draft)
    section.different_first_page_header_footer = True
    if draft:
        _head(section.first_page_header, ooxml.paragraph(style), draft=True)


def _head(header: _Header, line: etree._Element, *, draft: bool) -> None:
    root = header.part.element
    for old in list(root):
        root.remove(old)
    if draft:
        line.append(ooxml.watermark(WATERMARK))
    root.append(line)


def _properties(document: Document, page: etree._Element) -> None:
    """Set the properties of the file from the head of the page, and no others."""
    metas = {meta.get("name"): meta.get("content", "") for meta in page.iter("meta")}
    core = document.core_properties
    for old in list(core._element):
        core._element.remove(old)
    # Word takes at most 255 characters a property.
    core.title = plain(page.find("head/title"))[:255]
    core.author = core.last_modified_by = metas.get("author", "")[:255]
    core.subject = metas.get("description", "")[:255]
    core.keywords = metas.get("keywords", "")[:255]
    core.language = "th-TH"
    core.revision = 1
    for kind in ("created", "modified"):
        if moment := metas.get(f"dcterms.{kind}"):
            utc = datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
            setattr(core, kind, utc)
