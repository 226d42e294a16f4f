"""From which fields each paragraph of a page came, letter by letter.

The templates are rendered once more, by an environment that marks what each ``{{ … }}`` puts out
with the fields that the expression reads; the templates and ``pages`` know nothing of it. A text
of a record carries its origin along, through a local name, a list or a default.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

from jinja2 import Environment, nodes
from lxml import etree, html
from markupsafe import Markup, escape

from minutes.documents import pages
from minutes.documents.pages import Kind
from minutes.documents.word import reader
from minutes.meetings import folders, loading, release_text
from minutes.meetings.proceedings import Proceedings
from minutes.meetings.provenance import Atlas, Origin
from minutes.model import prose
from minutes.model.meeting import Image
from minutes.model.record import Record
from minutes.thai import dates, names

How = Literal["written", "made", "missing", "about"]
"""A text is as it was written; the program made it of fields; it stands where a field is missing;
or it is the template's own words, printed because of a field."""


@dataclass(frozen=True)
class Trace:
    """How a piece of a page came about, and from which fields."""

    how: How
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Span:
    """The letters of a block from ``start`` up to ``end`` that have a trace; there may be none."""

    start: int
    end: int
    trace: Trace


@dataclass(frozen=True)
class Block:
    """A paragraph, cell or picture of a page, its spaces folded, before its digits are set.

    What has no span is the template's own; ``about`` is what it is printed for, where known.
    """

    text: str
    spans: tuple[Span, ...] = ()
    about: Trace | None = None


def trace(kind: Kind, proceedings: Proceedings) -> list[Block]:
    """Give the blocks of a document's page in their order."""
    tracer = _tracer()
    tracer.traces, tracer.names = [], _names(proceedings)
    context = pages.context(kind, proceedings) | _stand_ins(kind, proceedings)
    markup = tracer.get_template(f"{kind}.html").render(context)
    body = html.document_fromstring(markup).find("body")
    assert body is not None, "every page has a body"
    extractor = _Extractor(tracer.traces)
    extractor.read(body)
    return extractor.finished()


def atlas(proceedings: Proceedings) -> Atlas:
    """Give the map of the files that a meeting's documents are made from."""
    case = proceedings.case
    known = Atlas()
    known.add(case.office, folders.office_of(case.path.parent))
    known.add(case.body, case.path.with_name(folders.BODY))
    known.add(case.meeting, case.path)
    for glimpse, step in ((case.previous, -1), (case.following, +1)):
        if glimpse is not None and (path := loading.beside(case, step)):
            known.add_glimpse(glimpse, path)
    return known


# --- what the templates are given besides records ---------------------------------------------


def _names(proceedings: Proceedings) -> dict[str, tuple[Origin, ...]]:
    """Give the origins of what the program worked out, by its name in the templates."""
    following = proceedings.case.following
    known = {**proceedings.origins, **release_text.origins(proceedings)}
    known |= {"convened": known["title"], "group": (Origin(proceedings.body, "name"),)}
    if following is not None:
        found = (Origin(following, name) for name in ("session", "number", "date"))
        known["certified_at"] = tuple(one for one in found if one.has_value)
    return known


def _stand_ins(kind: Kind, proceedings: Proceedings) -> dict[str, object]:
    """Give what stands in for persons whom nobody named, and pictures that know their records."""
    meeting = proceedings.meeting
    given = pages.context(kind, proceedings)
    missing: dict[str, object] = {
        name: _Missing((Origin(meeting, name),))
        for name in ("chair", "recorder")
        if name in given and given[name] is None
    }
    images: dict[str, Image] = {}
    for record in meeting.files():
        if isinstance(record, Image):
            images.setdefault(record.file, record)
    pictures: Any = given["pictures"]
    shown = {file: _shown(pictures[file], image) for file, image in images.items()}
    return {**missing, "pictures": shown}


def _shown(picture: Any, image: Image) -> SimpleNamespace:
    own = {name: getattr(picture, name) for name in ("name", "width", "height")}
    return SimpleNamespace(**own, origins={"name": (Origin(image, "file"),)})


class _Missing:
    """Stands for a person whom nobody named: nothing, but with a place to be written at."""

    def __init__(self, origins: tuple[Origin, ...]) -> None:
        self.own = origins

    def __bool__(self) -> bool:
        return False


class _Told(str):
    """A text of a record, with its origins."""

    __slots__ = ("origins",)
    origins: tuple[Origin, ...]


def _told(text: str, origins: tuple[Origin, ...]) -> _Told:
    told = _Told(text)
    told.origins = origins
    return told


def _origins(owner: object, name: str) -> tuple[Origin, ...]:
    """Give the origins of an attribute: a record's own fields, or what its owner says of it."""
    if isinstance(owner, Record):
        return (Origin(owner, name if name in type(owner).model_fields else ""),)
    if isinstance(owner, _Missing):
        return owner.own
    known: Mapping[str, tuple[Origin, ...]] = getattr(owner, "origins", {})
    return known.get(name, ())


# --- rendering with marks ---------------------------------------------------------------------

BEGIN, DONE, END = "\ufdd0", "\ufdd1", "\ufdd2"  # characters that no text has
MARK = re.compile(f"{BEGIN}([0-9]+){DONE}|({END})")
PICTURE_FILE = re.compile(f"^((?:{BEGIN}[0-9]+{DONE})?).*?({END}?)$")
Pair = tuple[object, str]


class _Tracer(Environment):
    """Renders templates with marks around whatever they put out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.traces: list[Trace] = []
        self.names: Mapping[str, tuple[Origin, ...]] = {}

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        """Compile a template in which each expression that is put out says what it reads."""
        if isinstance(source, str):
            source = self.parse(source, name, filename)
        for output in source.find_all(nodes.Output):
            output.nodes = [self._watched(expression) for expression in output.nodes]
        return super().compile(source, name, filename, *rest)

    def _watched(self, expression: nodes.Expr) -> nodes.Expr:
        if isinstance(expression, nodes.TemplateData):
            return expression
        watcher = nodes.EnvironmentAttribute("put", lineno=expression.lineno, environment=self)
        read = nodes.List(list(_read(expression)), lineno=expression.lineno, environment=self)
        return nodes.Call(
            watcher, [expression, read], [], None, None, lineno=expression.lineno, environment=self
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give an attribute, a text with its origins."""
        return _carrying(super().getattr(obj, attribute), _origins(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give an item, or an attribute under a name that the template was handed."""
        value = super().getitem(obj, argument)
        return _carrying(value, _origins(obj, argument)) if isinstance(argument, str) else value

    def put(self, value: object, read: Sequence[Pair]) -> object:
        """Give what an expression puts out, between marks if its origins are known."""
        origins = value.origins if isinstance(value, _Told) else self._of_read(read)
        if not origins:
            return value
        if not any(one.has_value for one in origins):
            return self.marked(value, Trace("missing", origins))
        if isinstance(value, Markup):
            return self.marked(value, Trace("about", origins))
        return self.marked(self._parted(str(value), origins), Trace("made", origins))

    def _of_read(self, read: Sequence[Pair]) -> tuple[Origin, ...]:
        """Give the origins of what an expression reads, each once."""
        found = [
            one
            for owner, name in read
            for one in (self.names.get(name, ()) if owner is None else _origins(owner, name))
        ]
        return tuple({one.key: one for one in found}.values())

    def _parted(self, text: str, origins: Sequence[Origin]) -> Markup:
        """Mark those words of a text that a field says, where they stand in it as they are."""
        parts, done = [], 0
        for origin in origins:
            said = _printed(origin)
            at = text.find(said, done) if said else -1
            if at >= 0:
                how: How = "written" if isinstance(origin.value, str) else "made"
                parts += [escape(text[done:at]), self.marked(said, Trace(how, (origin,)))]
                done = at + len(said)
        return Markup().join([*parts, escape(text[done:])])

    def marked(self, value: object, trace: Trace) -> Markup:
        """Put marks around a value."""
        self.traces.append(trace)
        return Markup(f"{BEGIN}{len(self.traces) - 1}{DONE}{escape(value)}{END}")

    def told_prose(self, text: str, label: str = "", kind: str = "") -> Markup:
        """Do as the filter of this name, and mark each line."""
        return pages.prose_blocks(self._lines(text), self._label(label), kind)

    def told_resolution(self, text: str, label: str) -> Markup:
        """Do as the filter of this name, and mark each line."""
        return pages.resolution_blocks(self._lines(text), self._label(label))

    def _label(self, label: str) -> str:
        return self.marked(label, Trace("written", _of(label))) if _of(label) else label

    def _lines(self, text: str) -> tuple[prose.Block, ...]:
        blocks = pages.by_lines(prose.parse(text))
        origins = _of(text)
        if not origins:
            return blocks

        def mark(line: int) -> str:
            self.traces.append(Trace("written", (replace(origins[0], line=line),)))
            return f"{BEGIN}{len(self.traces) - 1}{DONE}"

        return tuple(_marked_block(block, mark) for block in blocks)


def _of(text: str) -> tuple[Origin, ...]:
    return text.origins if isinstance(text, _Told) else ()


def _read(expression: nodes.Expr) -> Iterator[nodes.Expr]:
    """Give what an expression reads, as pairs of an owner and a name; no owner of a plain name."""
    for node in _named(expression):
        owner: nodes.Expr = nodes.Const(None)
        name: nodes.Expr = nodes.Const(getattr(node, "name", ""))
        if isinstance(node, nodes.Getattr):
            owner, name = node.node, nodes.Const(node.attr)
        elif isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Slice):
            owner, name = node.node, node.arg
        yield nodes.Tuple([owner, name], "load", lineno=node.lineno)


def _named(node: nodes.Node) -> Iterator[nodes.Node]:
    """Go through what is named inside an expression, but not what is called."""
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        yield node
        return
    for child in node.iter_child_nodes():
        if not (isinstance(node, nodes.Call) and child is node.node):
            yield from _named(child)


def _carrying(value: Any, origins: tuple[Origin, ...]) -> Any:
    """Give a value with its origins if it is a text; a list of texts with one for each."""
    if type(value) is str and origins:
        return _told(value, origins)
    if isinstance(value, tuple) and len(origins) == 1 and all(type(v) is str for v in value):
        return tuple(
            _told(text, (replace(origins[0], member=number),)) for number, text in enumerate(value)
        )
    return value


def _printed(origin: Origin) -> str:
    """Give a field as a page prints it inside a sentence."""
    value = origin.value if origin.field else ""
    if isinstance(value, date):
        return dates.date_text(value)
    if isinstance(value, str) and origin.field == "name":
        return names.display_name(value)
    return str(value) if value else ""


def _marked_block(block: prose.Block, mark: Callable[[int], str]) -> prose.Block:
    """Give a block with marks around each of its lines, which count from 0."""
    if isinstance(block, prose.Paragraph):
        return replace(block, content=_between(block.content, mark(block.line)))
    if isinstance(block, prose.ListBlock):
        return prose.ListBlock(tuple(_marked_item(item, mark) for item in block.items))
    rows = [
        tuple(_between(cell, mark(line)) for cell in row) for line, row in _numbered_rows(block)
    ]
    return replace(block, header=rows[0], rows=tuple(rows[1:]))


def _numbered_rows(
    table: prose.Table,
) -> Iterator[tuple[int, tuple[tuple[prose.Inline, ...], ...]]]:
    """Go through a table's rows, the line under its head left out."""
    yield table.line, table.header
    yield from enumerate(table.rows, table.line + 2)


def _marked_item(item: prose.ListItem, mark: Callable[[int], str]) -> prose.ListItem:
    begin = mark(item.line)
    children: list[Any] = [_marked_block(child, mark) for child in item.children]
    marker = f"{begin}{item.marker}{END}"
    return replace(
        item, marker=marker, content=_between(item.content, begin), children=tuple(children)
    )


def _between(content: tuple[prose.Inline, ...], begin: str) -> tuple[prose.Inline, ...]:
    return (prose.Text(begin), *content, prose.Text(END))


@cache
def _tracer() -> _Tracer:
    tracer = pages.environment(_Tracer)
    tracer.filters |= {"prose": tracer.told_prose, "resolution": tracer.told_resolution}
    return tracer


# --- reading the marks ------------------------------------------------------------------------


@dataclass
class _Growing:
    """A block while it is read: its pieces, each with its trace, and the row that it stands in."""

    around: Trace | None
    row: etree._Element | None = None
    pieces: list[tuple[str, Trace | None]] = field(default_factory=list)

    def block(self) -> Block:
        """Give the block with its spaces folded."""
        letters = reader.fold(self.pieces)
        text = "".join(seen for seen, _ in letters)
        told = {origin.key for _, trace in letters if trace for origin in trace.origins}
        silent = {id(trace): trace for _, trace in self.pieces if trace}
        left = (t for t in silent.values() if not {o.key for o in t.origins} <= told)
        return Block(text, (*_spans(letters), *(Span(0, 0, t) for t in left)), self.around)


def _spans(pieces: Iterable[tuple[str, Trace | None]]) -> Iterator[Span]:
    """Join the letters that have one trace."""
    start = 0
    last: Span | None = None
    for letters, found in pieces:
        end = start + len(letters)
        if last and found is last.trace:
            last = replace(last, end=end)
        else:
            yield from [last] if last else []
            last = Span(start, end, found) if found else None
        start = end
    yield from [last] if last else []


class _Extractor:
    """Reads a page with marks into blocks."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.traces = traces
        self.inside: list[Trace] = []
        self.made: list[_Growing] = []
        self.current: _Growing | None = None

    @property
    def innermost(self) -> Trace | None:
        """The trace of the innermost marks that are open."""
        return self.inside[-1] if self.inside else None

    def read(self, element: html.HtmlElement) -> None:
        """Read an element and what is in it."""
        before = self.current
        if element.tag in pages.TEXT_BLOCKS:
            row = element.getparent() if element.tag in ("td", "th") else None
            self.begin(row)
        elif element.tag == "img":
            self.begin(None)
            self.text(PICTURE_FILE.sub(f"\\1{reader.PICTURE}\\2", element.get("src", ""), 1))
        self.text(element.text or "")
        if element.tag == "br":
            self.say(" ")
        for child in element:
            self.read(child)
            self.text(child.tail or "")
        self.current = before

    def begin(self, row: html.HtmlElement | None) -> None:
        """Begin a block."""
        self.current = _Growing(self.innermost, row)
        self.made.append(self.current)

    def text(self, text: str) -> None:
        """Read a text with marks in it."""
        done = 0
        for mark in MARK.finditer(text):
            self.say(text[done : mark.start()])
            if mark[1]:
                self.inside.append(self.traces[int(mark[1])])
                self.say("")
            else:
                self.inside.pop()
            done = mark.end()
        self.say(text[done:])

    def say(self, text: str) -> None:
        """Add text to the block that it stands in; between blocks there is only layout."""
        if self.current is not None:
            self.current.pieces.append((text, self.innermost))

    def finished(self) -> list[Block]:
        """Give the blocks; a cell of the template's own is about what its row is about."""
        return [self._in_its_row(growing) for growing in self.made]

    def _in_its_row(self, growing: _Growing) -> Block:
        block = growing.block()
        if block.spans or growing.row is None:
            return block
        others = (g for g in self.made if g.row is growing.row)
        first = next((t for other in others for _, t in other.pieces if t), block.about)
        return replace(block, about=Trace("about", first.origins) if first else None)
