"""The structure of a PDF, for those who listen to it: one element for each of the page's.

WeasyPrint starts a new paragraph, list and table on every page, reads out page numbers and repeated
header rows, and does not know a typed list marker. Here each element of the HTML has one place in
the tree, over as many pages as it runs, and what only serves the paper is no part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakSet

from minutes.documents.pdf import signature_fields

TOUCHED = ("pdf.tags.add_tags", "draw.text.draw_first_line")
LEANT_ON = ("pdf.generate_pdf", "pdf.stream.Stream.marked", "draw.text.draw_text")

# Element -> standard structure type (ISO 32000-1, 14.8.4); what is not named here has no own place.
ROLES = {
    "section": "Sect",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "p": "P",
    "ul": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "figure": "Div",
    "img": "Figure",
    "figcaption": "Caption",
    "a": "Link",
}
CELLS = {"TH", "TD"}  # they stand in their row even when they are empty
NUMBERED = re.compile(r"[0-9๐-๙]")
POINTS = 0.75  # in a px


def install(weasyprint: Any) -> None:
    """Teach WeasyPrint our structure; to be called once, before anything is drawn."""
    from weasyprint.draw import text

    weasyprint.pdf.add_tags = add_tags
    draw = text.draw_first_line

    def draw_with_spaces(stream: Any, box: Any, *rest: Any) -> Any:
        """Draw the spaces that keep words apart for a reader, where there is nothing to see."""
        if box.text.isspace():
            box = box.copy()
            box.text = "not empty"  # asked for nothing else: what is drawn is the box's layout
        if box in _cell_ends:
            box.pango_layout.set_text(f"{box.text} ")
        return draw(stream, box, *rest)

    text.draw_first_line = draw_with_spaces


_cell_ends: WeakSet[Any] = WeakSet()


def part_cells(document: Any) -> None:
    """Have each cell of a table drawn with a space at its end: some readers see no columns."""
    from weasyprint.formatting_structure.boxes import TableCellBox, TextBox

    for page in document.pages:
        for cell in page._page_box.descendants():
            if isinstance(cell, TableCellBox):
                texts = [box for box in cell.descendants() if isinstance(box, TextBox)]
                _cell_ends.update(texts[-1:])


class Mark(NamedTuple):
    """A piece of marked content: the page, from 0, and its number there."""

    page: int
    number: int


@dataclass(eq=False)
class Node:
    """One element of the structure, with its parts in the order of reading."""

    role: str
    parent: "Node | None" = None
    entries: dict[str, Any] = field(default_factory=dict)  # of its dictionary, beside the tree
    parts: "list[Node | Mark]" = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    def child(self, role: str) -> "Node":
        """Give a new last part."""
        node = Node(role, self)
        self.parts.append(node)
        return node

    @property
    def speaks(self) -> bool:
        """Whether anything would be missed without it."""
        heard = bool(self.annotations) or self.role in CELLS
        return heard or any(isinstance(part, Mark) or part.speaks for part in self.parts)


def add_tags(pdf: Any, document: Any, version: object, streams: list[Any]) -> None:
    """Write the structure of a drawn document into its PDF, in the place of WeasyPrint's own."""
    reading = _Reading()
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        _Page(reading, number, page, stream).read()
    signature_fields.enter(pdf, list(reading.fields.values()))
    _Tree(pdf, len(document.pages)).write(reading.root)
    pdf.catalog["ViewerPreferences"] = _dictionary(DisplayDocTitle="true")
    pdf.catalog["MarkInfo"] = _dictionary(Marked="true")


# --- reading the drawn boxes ------------------------------------------------------------------


class _Reading:
    """The tree as it grows from page to page, and where each element of the HTML stands in it."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.places: dict[Any, Node] = {}
        self.header_pages: dict[Any, int] = {}
        self.fields: dict[str, signature_fields.Field] = {}

    def place(self, element: Any, within: Node) -> Node:
        """Give the node of an element inside another, the same on all its pages."""
        if element not in self.places:
            self.places[element] = self._new_place(element, within)
        return self.places[element]

    def _new_place(self, element: Any, within: Node) -> Node:
        if element.get("class") == "marker":
            return within.child("Lbl")
        if element.tag not in ROLES:
            return self.body(within)
        node = self.body(within).child(ROLES[element.tag])
        node.entries = dict(_entries(element))
        return node

    def body(self, node: Node) -> Node:
        """Give where the content of a node goes: that of a list's item into its body."""
        if node.role != "LI":
            return node
        last = node.parts[-1] if node.parts else None
        return last if isinstance(last, Node) and last.role == "LBody" else node.child("LBody")

    def is_silent(self, element: Any, page: int) -> bool:
        """Whether nothing is missed: a table's header on its next page, a picture without words."""
        if element.tag == "img":
            return bool(element.get("alt") == "")
        first = self.header_pages.setdefault(element, page) if element.tag == "thead" else page
        return first != page


def _entries(element: Any) -> Iterator[tuple[str, Any]]:
    """Give what an element says besides its text (ISO 32000-1, 14.8.5 and 14.9.3)."""
    import pydyf

    if element.tag == "img":
        yield "Alt", pydyf.String(element.attrib["alt"])
    if element.tag in {"th", "td"}:
        cell = _dictionary(O="/Table")
        if element.tag == "th":
            cell["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
        if "colspan" in element.attrib:
            cell["ColSpan"] = int(element.get("colspan"))
        yield "A", cell
    if element.tag == "ul" and NUMBERED.match("".join(element.itertext()).strip()):
        yield "A", _dictionary(O="/List", ListNumbering="/Decimal")


class _Page:
    """One page, whose marked content is given its places in the tree."""

    def __init__(self, reading: _Reading, number: int, page: Any, stream: Any) -> None:
        self.reading = reading
        self.number = number
        self.stream = stream
        self.box = page._page_box
        self.height = page.height

    def read(self) -> None:
        """Give every piece of marked content its place, or none."""
        self._walk(self.box, self.reading.root)
        if self.stream._tags:
            raise RuntimeError(f"drawn but not tagged: {list(self.stream._tags)}")

    def _walk(self, box: Any, node: Node | None) -> None:
        """Read a box and what is in it into a node; into none, what only serves the paper."""
        from weasyprint.formatting_structure.boxes import MarginBox

        if isinstance(box, MarginBox):
            node = None
        elif node and box.element is not None:
            silent = self.reading.is_silent(box.element, self.number)
            node = None if silent else self.reading.place(box.element, node)
            if node and signature_fields.ATTRIBUTE in box.element.attrib:
                self._field(box, node)
        if node and box.link_annotation:
            node.annotations.append(box.link_annotation)
        if box in self.stream._tags:
            self._mark(box, node)
        for child in getattr(box, "children", ()):
            self._walk(child, node)

    def _mark(self, box: Any, node: Node | None) -> None:
        number = self.stream._tags.pop(box)["mcid"]
        if node is None:
            self._leave_out(number)
            return
        self.reading.body(node).parts.append(Mark(self.number, number))
        if node.role == "Figure":
            node.entries["A"] = _dictionary(O="/Layout", BBox=self._area(box))

    def _field(self, box: Any, node: Node) -> None:
        """Give a signature its field, above the block that names the one who signs."""
        name = box.element.get(signature_fields.ATTRIBUTE)
        if name in self.reading.fields:
            return
        left, top = box.border_box_x(), box.border_box_y()
        edges = (left, top, left + box.border_width(), top - signature_fields.PEN)
        left, bottom, right, top = (POINTS * value for value in edges)
        height, said = POINTS * self.height, signature_fields.told(box.element)
        widget = signature_fields.widget(name, said, (left, height - bottom, right, height - top))
        form = node.child("Form")
        form.entries["Alt"] = _string(said)
        form.annotations.append(widget)
        self.reading.fields[name] = signature_fields.Field(self.number, widget)

    def _area(self, box: Any) -> Any:
        """Give where a picture stands, in pt from the page's lower left corner."""
        import pydyf

        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        corners = (left, self.height - bottom, right, self.height - top)
        return pydyf.Array([round(POINTS * value, 2) for value in corners])

    def _leave_out(self, number: int) -> None:
        """Turn a piece of marked content into an artifact (ISO 32000-1, 14.8.2.2)."""
        items = self.stream.stream
        index = next(
            index
            for index, item in enumerate(items)
            if isinstance(item, dict) and item.get("MCID") == number
        )
        items[index - 1 : index + 2] = ["/Artifact", b"BMC"]


# --- writing the tree -------------------------------------------------------------------------


def _dictionary(**entries: object) -> Any:
    import pydyf

    return pydyf.Dictionary(entries)


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)


class _Tree:
    """The tree as objects of a PDF, with the way back from marked content to its element."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.owners: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.annotations: list[bytes] = []

    def write(self, root: Node) -> None:
        """Add the whole structure to the PDF's catalog."""
        import pydyf

        tree = _dictionary(Type="/StructTreeRoot")
        self.pdf.add_object(tree)
        tree["K"] = pydyf.Array([self._element(root, tree.reference)])
        tree["ParentTree"] = self._parent_tree()
        tree["ParentTreeNextKey"] = len(self.owners) + len(self.annotations)
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _element(self, node: Node, parent: bytes) -> bytes:
        """Add a node and what is in it; gives its reference."""
        import pydyf

        element = _dictionary(Type="/StructElem", S=f"/{node.role}", P=parent, **node.entries)
        self.pdf.add_object(element)
        reference: bytes = element.reference
        kids = [self._kid(part, reference) for part in node.parts if _is_heard(part)]
        kids += [self._annotation(annotation, reference) for annotation in node.annotations]
        # A field's is not in a list: who verifies signatures looks for it there.
        element["K"] = kids[0] if node.role == "Form" else pydyf.Array(kids)
        return reference

    def _kid(self, part: Node | Mark, owner: bytes) -> Any:
        if isinstance(part, Node):
            return self._element(part, owner)
        self.owners[part.page][part.number] = owner
        return _dictionary(Type="/MCR", Pg=self.pages[part.page], MCID=part.number)

    def _annotation(self, annotation: Any, owner: bytes) -> Any:
        annotation["StructParent"] = len(self.owners) + len(self.annotations)
        self.annotations.append(owner)
        return _dictionary(Type="/OBJR", Obj=annotation.reference)

    def _parent_tree(self) -> bytes:
        import pydyf

        entries: list[Any] = []
        for page, owners in enumerate(self.owners):
            count = max(owners, default=-1) + 1
            entries += [page, pydyf.Array([owners.get(n, b"null") for n in range(count)])]
        for number, owner in enumerate(self.annotations, len(self.owners)):
            entries += [number, owner]
        tree = _dictionary(Nums=pydyf.Array(entries))
        self.pdf.add_object(tree)
        reference: bytes = tree.reference
        return reference


def _is_heard(part: Node | Mark) -> bool:
    return isinstance(part, Mark) or part.speaks
