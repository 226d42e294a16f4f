"""HTML -> DOCX bytes: one table of element -> named style, and an error for all that is not in it.

The look of a document is in the styles that are handed in (``templates/styles.docx``); here are
only the order of the text, the places of pictures, and what must stay together.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.section import _Header
from docx.shared import Length
from docx.styles.style import BaseStyle, ParagraphStyle
from lxml import etree

from minutes.documents import grids
from minutes.documents.word import ooxml
from minutes.documents.word.ooxml import element, name
from minutes.documents.word.styles import (
    EM,
    Look,
    Piece,
    Table,
    children,
    line,
    list_item,
    plain,
    read_table,
    selector,
    span,
    unknown,
    width,
)

# A cell of a grid -> its style; the class of a grid in smaller type -> the end of the style's name.
CELLS = {
    "td": "Table Text",
    "td.number": "Table Number",
    "td.centre": "Table Centred",
    "th": "Table Heading",
    "th.number": "Table Heading",
    "th.centre": "Table Heading",
}
GRIDS = {"": "", ".small": " Small", ".smaller": " Smaller", ".smallest": " Smallest"}
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
    "p.ending": "Adjournment",
    "p.centre": "Centred",
    "p.right": "Closing",
    "p.credit": "Credit",
    "p.credit.kept": "Credit",
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
    "table.people th": "Table Text",
    "table.people td.number": "Table Number",
    "table.people td.centre": "Table Centred",
    "table.grid": "Table Grid",
    "table.grid.small": "Table Grid",
    "table.grid.smaller": "Narrow Grid",
    "table.grid.smallest": "Narrow Grid",
    **{
        f"table.grid{size} {cell}": f"{style}{suffix}"
        for size, suffix in GRIDS.items()
        for cell, style in CELLS.items()
    },
    "table gap": "Table Gap",
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
BODY_CLASSES = {"minutes", "release", "draft", "arabic"}
PARAGRAPHS = {"h1", "h2", "h3", "p", "hr"}
CONTAINERS = {"header", "section", "main"}
DEEPEST = 5  # levels of a list that have a style; what is deeper stands at the last
TIGHT = 0.12  # cm; a label that comes nearer to its text
LOOSE = 0.25  # gets so much room
PHOTO_COLUMN = 8.0
FIGURE_LIMIT = (12.0, 9.0)  # cm, width and height
PHOTO_LIMIT = (7.8, 5.85)  # photographs are 4:3 or 3:2: the rows come out even
PEOPLE_DESCRIPTION = "รายชื่อ แต่ละแถวคือลำดับที่ ชื่อ ตำแหน่ง และหน้าที่"
PHOTOS_TITLE = "ภาพประกอบ"
PHOTOS_DESCRIPTION = "ภาพถ่ายแถวละสองภาพ พร้อมคำบรรยายใต้ภาพ"
WATERMARK = "ร่าง"
LONGEST_PROPERTY = 255  # characters; Word takes no more


def render(html: str, files: Mapping[str, bytes], styles: bytes) -> bytes:
    """Give the DOCX of a page: the same text in the same order, every look a named style.

    ``files`` has the pictures by the ``src`` that the page gives them, ``styles`` is a DOCX with
    the named styles. Raises ValueError for an element or class that has no place in Word.
    """
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    page = etree.fromstring(html, parser)
    grids.settle(page)
    body = next(page.iter("body"))
    document = docx.Document(io.BytesIO(styles))
    writer = _Writer(document, files)
    writer.flow(body)
    writer.finish()
    _heads(writer, _body_classes(body))
    _properties(document, page)
    return ooxml.pack(document.part.package)


def _body_classes(body: etree._Element) -> set[str]:
    classes = set(body.get("class", "").split())
    if classes - BODY_CLASSES:
        raise unknown(body)
    return classes


class _Writer:
    """The blocks of one document, as far as they are written."""

    def __init__(self, document: Document, files: Mapping[str, bytes]) -> None:
        self.document = document
        self.files = files
        self.blocks: list[etree._Element] = []
        self.ids: dict[str | None, str] = {s.name: s.style_id for s in document.styles}
        self.bold = set(_bold_styles(document))
        self.hanging = dict(_hanging_styles(document))
        self.pictures = 0
        self.heading = ""

    def style(self, key: str) -> str:
        """Give the id of the style for an entry of STYLES."""
        if STYLES[key] not in self.ids:
            raise ValueError(f"the styles have no style named {STYLES[key]!r}")
        return self.ids[STYLES[key]]

    # --- blocks ---

    def flow(self, container: etree._Element) -> None:
        """Write the blocks of a container in their order."""
        for node in children(container):
            self.block(node)

    def block(self, node: etree._Element) -> None:
        """Write one block."""
        key = selector(node)
        if key in BLOCKS:
            BLOCKS[key](self, node)
        elif node.tag == "table" and _table_kind(key) in STYLES:
            self.table(node)
        elif node.tag in CONTAINERS:
            self.flow(node)
        elif node.tag in PARAGRAPHS and key in STYLES:
            self.add(self.paragraph(line(node), key))
        else:
            raise unknown(node)
        if node.tag == "h2":
            self.heading = plain(node)

    def add(self, block: etree._Element) -> None:
        """Put a block at the end; Word joins two tables unless something stands between them."""
        if _is_table(block) and self.blocks and _is_table(self.blocks[-1]):
            self.gap()
        self.blocks.append(block)

    def gap(self) -> None:
        """Put a thin empty line before or after a table."""
        self.blocks.append(ooxml.paragraph(self.style("table gap")))

    def keep(self, node: etree._Element) -> None:
        """Write blocks that stay together; signatures among them know where they may part."""
        start = len(self.blocks)
        self.flow(node)
        signed = self.style("div.signature p")
        for block in self.blocks[start:-1]:
            if ooxml.style_of(block) != signed:
                ooxml.keep_with_next(block)

    def introduce(self) -> None:
        """Hold the paragraph before a list or table together with its beginning."""
        if self.blocks and not _is_table(self.blocks[-1]):
            ooxml.keep_with_next(self.blocks[-1])

    def finish(self) -> None:
        """Put the blocks into the document, in place of what the styles' file had."""
        if self.blocks and _is_table(self.blocks[-1]):
            self.gap()
        body = self.document.element.body
        for old in list(body):
            if old.tag != name("w:sectPr"):
                body.remove(old)
        for number, block in enumerate(self.blocks):
            body.insert(number, block)

    # --- text ---

    def paragraph(self, content: list[Piece], key: str) -> etree._Element:
        """Give a line of text in the style of an entry of STYLES."""
        style = self.style(key)
        made = ooxml.paragraph(style, *self.runs(content, in_bold=style in self.bold))
        label, tab, _ = "".join(text for text, _ in content).partition("\t")
        wide = width(label) * EM
        edge, hanging = self.hanging.get(style, (0, wide + TIGHT))
        if tab and wide + TIGHT > hanging:
            ooxml.hang(made, edge, hanging, wide + LOOSE)
        return made

    def runs(self, content: list[Piece], *, in_bold: bool) -> Iterator[etree._Element]:
        """Give the runs of a line, those of a link inside it."""
        for href, pieces in groupby(content, key=lambda piece: piece[1].href):
            runs = [self.run(text, look, in_bold=in_bold) for text, look in pieces]
            if href:
                kind = RELATIONSHIP_TYPE.HYPERLINK
                target = self.document.part.relate_to(href, kind, is_external=True)
                yield element("w:hyperlink", *runs, r__id=target)
            else:
                yield from runs

    def run(self, text: str, look: Look, *, in_bold: bool) -> etree._Element:
        """Give one run; a look is a character style, never a font or a size."""
        # Word turns bold in bold to light, so a bold paragraph has no strong text.
        marks = ["strong"] * (look.strong and not in_bold) + ["em"] * look.em
        style = " ".join(marks) or ("a" if look.href else "")
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=self.style(style)))
        if look.sup:
            properties.append(element("w:vertAlign", val="superscript"))
        made = element("w:r", *([properties] if len(properties) else []))
        made.extend(ooxml.text(text))
        return made

    def continuation(self, node: etree._Element) -> None:
        """Write a further paragraph of a resolution, kept with the one before it."""
        self.introduce()
        self.add(self.paragraph(line(node), selector(node)))

    # --- lists and signatures ---

    def listing(self, node: etree._Element, depth: int = 1) -> None:
        """Write a list with its typed markers; each level is a style of its own, to the deepest."""
        self.introduce()
        level = " ".join(["li"] * min(depth, DEEPEST))
        for item in children(node):
            if selector(item) != "li":
                raise unknown(item)
            content, blocks = list_item(item)
            self.add(self.paragraph(content, level))
            for block in blocks:
                if block.tag == "ul":
                    self.listing(block, depth + 1)
                else:
                    self.add(self.paragraph(line(block), f"{level} p.more"))

    def signatures(self, node: etree._Element) -> None:
        """Write the signatures: each whole, none alone on a page, the first with text before it."""
        for block in _last_two(self.blocks, self.style("div.signature p")):
            ooxml.keep_with_next(block)
        signatures = children(node)
        for number, signature in enumerate(signatures):
            lines = self.signature(signature)
            left = len(signatures) - number - 1
            may_break = left == 0 or (number % 2 == 1 and left > 1)
            for block in lines[:-1] if may_break else lines:
                ooxml.keep_with_next(block)
            self.blocks += lines

    def signature(self, node: etree._Element) -> list[etree._Element]:
        """Give the lines of one signature, the first with space for a pen above it."""
        if selector(node) != "div.signature":
            raise unknown(node)
        made: list[etree._Element] = []
        for part in children(node):
            if selector(part) != "p":
                raise unknown(part)
            key = "div.signature p" if made else "div.signature p:first-child"
            made.append(self.paragraph(line(part), key))
        return made

    # --- tables ---

    def table(self, node: etree._Element) -> None:
        """Write a table: fixed widths, rows whole, its head on every page, no row alone."""
        table = read_table(node)
        self.introduce()
        if table.caption is not None:
            self.add(self.paragraph(line(table.caption), "caption"))
            self.introduce()
        elif "people" not in table.kind:
            self.gap()
            self.introduce()
        self.add(self.rows(table))
        if "people" not in table.kind:
            self.gap()

    def rows(self, table: Table) -> etree._Element:
        """Give the table itself, with what is read aloud of it."""
        style = self.style(table.kind)
        title = plain(table.caption) or self.heading
        heads = ", ".join(plain(cell) for row in table.rows if _is_head(row) for cell in row)
        made = ooxml.table(style, table.indent, table.widths, title, heads or PEOPLE_DESCRIPTION)
        rows = [self.row(row, table) for row in table.rows]
        first = sum(map(_is_head, table.rows))
        held = set() if table.is_loose else {*range(first + 1), len(rows) - 2}
        for number in held & set(range(len(rows) - 1)):
            ooxml.keep_with_next(rows[number])
        made.extend(rows)
        return made

    def row(self, row: etree._Element, table: Table) -> etree._Element:
        """Give a row; a short one is filled up with empty cells."""
        made = ooxml.row(head=_is_head(row), whole="tall" not in row.get("class", ""))
        column = 0
        for node in children(row):
            key = table.cell_kind(node, column)
            if key not in STYLES:
                raise unknown(node)
            width = sum(table.widths[column : column + span(node)])
            made.append(ooxml.cell(width, span(node), self.paragraph(line(node), key)))
            column += span(node)
        for width in table.widths[column:]:
            made.append(ooxml.cell(width, 1, self.paragraph([], f"{table.kind} td")))
        return made

    # --- pictures ---

    def figure(self, node: etree._Element) -> None:
        """Write a picture and its caption."""
        paragraphs = self.picture(node, FIGURE_LIMIT)
        for paragraph in paragraphs[:-1]:
            ooxml.keep_with_next(paragraph)
        self.blocks += paragraphs

    def photos(self, node: etree._Element) -> None:
        """Write pictures two by two; a last odd one stands in the middle."""
        figures = children(node)
        made = ooxml.table(
            self.style("div.photos"), 0, [PHOTO_COLUMN] * 2, PHOTOS_TITLE, PHOTOS_DESCRIPTION
        )
        for start in range(0, len(figures), 2):
            pair = figures[start : start + 2]
            columns = 2 // len(pair)
            cells = [self.picture(figure, PHOTO_LIMIT) for figure in pair]
            row = ooxml.row()
            row.extend(ooxml.cell(PHOTO_COLUMN * columns, columns, *cell) for cell in cells)
            made.append(row)
        self.add(made)
        self.gap()

    def picture(self, node: etree._Element, limit: tuple[float, float]) -> list[etree._Element]:
        """Give the paragraphs of a figure."""
        if selector(node) != "figure":
            raise unknown(node)
        made = []
        for part in children(node):
            if selector(part) == "img":
                run = element("w:r", self.drawing(part, limit))
                made.append(ooxml.paragraph(self.style("figure"), run))
            elif selector(part) == "figcaption":
                made.append(self.paragraph(line(part), "figcaption"))
            else:
                raise unknown(part)
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


BLOCKS: Mapping[str, Callable[[_Writer, etree._Element], None]] = {
    "div.keep": _Writer.keep,
    "p.more.resolution": _Writer.continuation,
    "ul.list": _Writer.listing,
    "div.signatures": _Writer.signatures,
    "figure": _Writer.figure,
    "div.photos": _Writer.photos,
}


def _table_kind(key: str) -> str:
    """Give what kind of table a selector names, wherever that stands and parts."""
    return key.replace(".indent", "").replace(".loose", "")


def _is_table(block: etree._Element) -> bool:
    return block.tag == name("w:tbl")


def _last_two(blocks: list[etree._Element], signed: str) -> Iterator[etree._Element]:
    """Give the last two blocks and the gaps between them; of a table its last row.

    Another signature, in the style ``signed``, ends them: more would not fit on one page.
    """
    left = 2
    for block in reversed(blocks):
        if not left or ooxml.style_of(block) == signed:
            return
        left -= _is_table(block) or bool(block.findall(name("w:r")))
        yield block.findall(name("w:tr"))[-1] if _is_table(block) else block


def _is_head(row: etree._Element) -> bool:
    section = row.getparent()
    return section is not None and section.tag == "thead"


def _bold_styles(document: Document) -> Iterator[str]:
    """Give the ids of the paragraph styles that are bold, whoever they have it from."""
    for style in document.styles:
        above: BaseStyle | None = style
        while isinstance(above, ParagraphStyle) and above.font.bold is None:
            above = above.base_style
        if isinstance(above, ParagraphStyle) and above.font.bold:
            yield style.style_id


def _hanging_styles(document: Document) -> Iterator[tuple[str, tuple[float, float]]]:
    """Give the ids of the styles whose text hangs beside a label: its edge, and its room, cm."""
    for style in document.styles:
        look = style.paragraph_format if isinstance(style, ParagraphStyle) else None
        if look and look.left_indent is not None and (look.first_line_indent or 0) < 0:
            first = Length(look.first_line_indent or 0)
            yield style.style_id, (Length(look.left_indent + first).cm, -first.cm)


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


def _heads(writer: _Writer, classes: set[str]) -> None:
    """Write the page number from page 2 on, and ร่าง across every page of a draft."""
    section = writer.document.sections[0]
    style, is_draft = writer.style("header"), "draft" in classes
    numerals, two = ("decimal", "2") if "arabic" in classes else ("thaiNumbers", "๒")
    for numbers in writer.document.element.iter(name("w:pgNumType")):
        numbers.set(name("w:fmt"), numerals)
    _head(section.header, ooxml.paragraph(style, *ooxml.page_number(two)), is_draft)
    section.different_first_page_header_footer = True
    if is_draft:
        _head(section.first_page_header, ooxml.paragraph(style), is_draft)


def _head(header: _Header, content: etree._Element, is_draft: bool) -> None:
    root = header.part.element
    for old in list(root):
        root.remove(old)
    if is_draft:
        content.append(ooxml.watermark(WATERMARK))
    root.append(content)


def _properties(document: Document, page: etree._Element) -> None:
    """Set the properties of the file from the head of the page, and no others."""
    metas = {meta.get("name"): meta.get("content", "") for meta in page.iter("meta")}
    core = document.core_properties
    for old in list(core._element):
        core._element.remove(old)
    core.title = page.findtext("head/title", "")[:LONGEST_PROPERTY]
    core.author = core.last_modified_by = metas.get("author", "")[:LONGEST_PROPERTY]
    core.subject = metas.get("description", "")[:LONGEST_PROPERTY]
    core.keywords = metas.get("keywords", "")[:LONGEST_PROPERTY]
    core.language = "th-TH"
    core.revision = 1
    for kind in ("created", "modified"):
        if moment := metas.get(f"dcterms.{kind}"):
            utc = datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
            setattr(core, kind, utc)
