"""Plain writing with a little Markdown, as a secretary types it: text -> a small frozen tree.

Blocks are read line by line here, for the contract's lists and tables share little with Markdown's;
the pairing of ``*`` and ``**`` inside a paragraph is markdown-it-py's, with rules of our own for
what may stand beside a mark. Nothing is dropped: what is no mark is an ordinary character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from minutes.problems.errors import Fault

Align = Literal["", "left", "centre", "right"]

DEEPEST = 6
LONGEST_KEPT = 4_000  # letters of a text whose reading is kept
MOST_KEPT = 512  # such texts: those of one meeting and more
"""Levels of a nested list; what is indented further stands at the deepest."""


@dataclass(frozen=True, slots=True)
class Text:
    """Ordinary characters, as they were written."""

    text: str


@dataclass(frozen=True, slots=True)
class Stars(Text):
    """Two or more asterisks that mark nothing; printed as written. ``line`` as in Paragraph."""

    line: int


@dataclass(frozen=True, slots=True)
class Strong:
    """What stood between ``**`` and ``**``; holds no other Strong."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What stood between ``*`` and ``*``; holds no other Emphasis."""

    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the writer made."""


Inline = Text | Strong | Emphasis | Break


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines without a blank one between them; ``line`` is where it begins in the text, from 0."""

    content: tuple[Inline, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: its marker as typed (``1.`` ``๑)`` ``-`` ``•``), its text, what is below it."""

    marker: str
    content: tuple[Inline, ...] = ()
    children: "tuple[Paragraph | ListBlock, ...]" = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A run of list lines of one level; their markers may be of several kinds."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row and ``align`` have as many cells as ``header``."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Align, ...]
    line: int = field(default=0, compare=False)


Block = Paragraph | ListBlock | Table


def parse(text: str) -> tuple[Block, ...]:
    """Read a text of several paragraphs; Fault D60 for a table row with a cell too few or many."""
    return _parsed(text) if len(text) <= LONGEST_KEPT else _read_blocks(text)


@lru_cache(maxsize=MOST_KEPT)
def _parsed(text: str) -> tuple[Block, ...]:
    """Read a text for which the reader, the rules and the pages ask one after another."""
    return _read_blocks(text)


def _read_blocks(text: str) -> tuple[Block, ...]:
    lines = [_Line(number, raw) for number, raw in enumerate(_LINE_END.split(text))]
    return tuple(_blocks(lines))


def inline(text: str) -> tuple[Inline, ...]:
    """Read a value of one line, such as a title: marks are read, lists and tables are not."""
    lines = (line.strip() for line in _LINE_END.split(text))
    return _inline("\n".join(filter(None, lines)), 0)


def plain(blocks: Iterable[Block]) -> str:
    """Give the text without marks: a blank line between blocks, three spaces a list level."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def plain_line(content: Iterable[Inline]) -> str:
    """Give the text of a cell or a line without marks."""
    return _plain_inline(content)


def tables(text: str) -> Iterator[Table]:
    """Give the tables of a text."""
    blocks = parse(text) if "|" in text else ()
    return (block for block in blocks if isinstance(block, Table))


def skipped(blocks: Iterable[Block]) -> Iterator[tuple[int, int, int]]:
    """Find list numbers that skip or repeat: the line from 0, the number expected, the one found.

    A list may start at any number; after other text it may go on or start at 1 again.
    """
    last: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from _skipped_items(block.items, last)


def unmatched(blocks: Iterable[Block]) -> Iterator[int]:
    """Find ``**`` that pairs with no other: its line from 0, each line once, in order."""
    stars = (star.line for content in _contents(blocks) for star in _stars_in(content))
    yield from (line for line, _ in groupby(stars))


def barred(blocks: Iterable[Block]) -> Iterator[int]:
    """Find what looks like a table but lacks ``| --- |`` under its head: its line from 0."""
    for paragraph in _paragraphs(blocks):
        lines = enumerate(_plain_inline(paragraph.content).split("\n"), paragraph.line)
        for is_row, group in groupby(lines, lambda line: _ROW.fullmatch(line[1]) is not None):
            rows = list(group)
            if is_row and len(rows) > 1:
                yield rows[0][0]


def tabbed(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Find rows with tabs, as Excel gives them: the line from 0 of the first, and that row.

    Two in a row are some, and so is one of three columns. The tab that Word puts behind the number
    of a paragraph (1.1, ก), ข้อ 2) parts no columns.
    """
    lines = [
        line
        for paragraph in _paragraphs(blocks)
        for line in enumerate(_plain_inline(paragraph.content).split("\n"), paragraph.line)
    ]
    rows = [(number, text.strip()) for number, text in lines if _has_columns(text.strip())]
    for _, group in groupby(enumerate(rows), lambda row: row[1][0] - row[0]):
        found = [row for _, row in group]
        if len(found) > 1 or found[0][1].count("\t") > 1:
            yield found[0]


def _has_columns(row: str) -> bool:
    numbered = _NUMBERED.match(row)
    return "\t" in row[numbered.end() if numbered else 0 :]


def remarks(blocks: Sequence[Block]) -> list[Fault]:
    """Say what is odd and yet printed as written, in the order of the lines: D61 and D62."""
    stars = [Fault("D61", line=line) for line in unmatched(blocks)]
    tables = [Fault("D62", line=line) for line in barred(blocks)]
    return sorted(stars + tables, key=lambda fault: fault.line or 0)


# Lines

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # YAML ends a line at these too
_NUMBER = r"(?:[0-9]{1,3}|[๐-๙]{1,3})"
_MARKER = re.compile(
    rf"""(?P<marker>
      {_NUMBER}\.(?=$|\s|[^\W\d_]|["“‘'*])  # 1.อาหาร, but neither 10.30 nor 1.1
    | {_NUMBER}\)(?=$|\s|\w|["“‘'*(])
    | -(?=$|\s)
    | [•\uf020-\uf0ff]       # as Word draws its bullets, in Symbol and Wingdings
    | [·§Øüvqnlo](?=\t)      # and what these become in other fonts
    )\s*(?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
_MONTH = re.compile(
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน"
    r"|ธันวาคม|[มกสตธ]\.\s?ค\.|ก\.\s?[พย]\.|มี\.\s?ค\.|เม\.\s?ย\.|พ\.\s?[คย]\.|มิ\.\s?ย\.)(?!\w)"
)
_NUMBERED = re.compile(
    rf"(?:ข้อ(?:ที่)? ?{_NUMBER}\.?|{_NUMBER}(?:\.{_NUMBER})+[.)]?|{_NUMBER}[.)]|[ก-ฮ][.)]"
    rf"|\((?:{_NUMBER}|[ก-ฮ])\))\t+(?=[^\d\t])"
)
_ROW = re.compile(r"\|.+\|")
_RULE_CELL = re.compile(":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")


class _Line:
    """One line of the text: its place, its indent in columns, and its marker if it has one."""

    __slots__ = ("indent", "kind", "marker", "number", "rest", "text", "value")

    def __init__(self, number: int, raw: str) -> None:
        self.number = number
        self.text = raw.strip()
        lead = raw[: len(raw) - len(raw.lstrip())]
        self.indent = len(lead.expandtabs(4))
        found = _MARKER.match(self.text)
        self.marker, self.rest = (found["marker"], found["rest"]) if found else ("", self.text)
        if self.marker and self.marker[-1] not in ".)-":
            self.marker = "•"
        self.kind, self.value = _marker_value(self.marker)

    @property
    def is_date(self) -> bool:
        """``14. พฤษภาคม`` looks like a list line and is none."""
        return self.kind == "." and self.value in range(1, 32) and bool(_MONTH.match(self.rest))

    @property
    def is_rule(self) -> bool:
        """``| --- | :-: |``, the line under the head of a table."""
        return "|" in self.text and all(_RULE_CELL.fullmatch(cell) for cell in _cells(self.text))


def _marker_value(marker: str) -> tuple[str, int | None]:
    kind = marker[-1:]
    return kind, int(marker[:-1]) if kind in {".", ")"} else None


# Blocks


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        block: Block
        if not lines[at].text:
            at += 1
            continue
        if _begins_table(lines, at):
            block, at = _table(lines, at)
        elif lines[at].marker and not lines[at].is_date:
            block, at = _list(lines, at)
        else:
            block, at = _paragraph(lines, at)
        yield block


def _paragraph(lines: Sequence[_Line], start: int) -> tuple[Paragraph, int]:
    end = start + 1
    while end < len(lines) and _continues_paragraph(lines, end):
        end += 1
    words = _Words(start, [line.text for line in lines[start:end]])
    return words.paragraph(), end


def _continues_paragraph(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    is_item = line.marker and not line.is_date
    return bool(line.text) and not is_item and not _begins_table(lines, at)


class _Words:
    """Lines that become one paragraph."""

    def __init__(self, line: int, texts: list[str]) -> None:
        self.line = line
        self.texts = texts

    def add(self, line: _Line) -> None:
        """Put one more line below; a marker's empty line gives way to it."""
        if self.texts == [""]:
            self.line, self.texts = line.number, []
        self.texts.append(line.text)

    def content(self) -> tuple[Inline, ...]:
        return _inline("\n".join(self.texts), self.line)

    def paragraph(self) -> Paragraph:
        return Paragraph(self.content(), self.line)


class _Item:
    """A list item that is still being read."""

    def __init__(self, line: _Line) -> None:
        self.line = line
        self.parts: list[_Words | list[_Item]] = [_Words(line.number, [line.rest])]

    def adopts(self, line: _Line) -> bool:
        """Two columns further in is below; one column may be a slip, unless the marker differs."""
        further = line.indent - self.line.indent
        return further >= 2 or (further == 1 and line.kind != self.line.kind)

    def add_item(self, line: _Line) -> "_Item":
        item = _Item(line)
        if not isinstance(self.parts[-1], list):
            self.parts.append([])
        siblings = self.parts[-1]
        assert isinstance(siblings, list)
        siblings.append(item)
        return item

    def add_text(self, line: _Line, *, after_blank: bool) -> None:
        last = self.parts[-1]
        if isinstance(last, _Words) and not after_blank:
            last.add(line)
        else:
            self.parts.append(_Words(line.number, [line.text]))

    def freeze(self) -> ListItem:
        first, *rest = self.parts
        assert isinstance(first, _Words)
        children = tuple(
            _list_block(part) if isinstance(part, list) else part.paragraph() for part in rest
        )
        return ListItem(self.line.marker, first.content(), children, self.line.number)


def _list_block(items: Iterable[_Item]) -> ListBlock:
    return ListBlock(tuple(item.freeze() for item in items))


def _list(lines: Sequence[_Line], at: int) -> tuple[ListBlock, int]:
    """Read a list: indented lines belong to the item above, an unindented one ends the list.

    A line break is always meant (every one is kept), so a line that stands at the marker's column
    or before it is a paragraph after the list and not the rest of the item's last line.
    """
    top: list[_Item] = []
    path: list[_Item] = []
    after_blank = False
    while at < len(lines) and not _begins_table(lines, at):
        line = lines[at]
        if line.text and not _take(line, top, path, after_blank=after_blank):
            break
        after_blank = not line.text
        at += 1
    return _list_block(top), at


def _take(line: _Line, top: list[_Item], path: list[_Item], *, after_blank: bool) -> bool:
    """Add a line to the list whose open items, outermost first, are ``path``; no if it ends it."""
    if line.marker and not (line.is_date and not _is_next(line, path)):
        while path and (len(path) == DEEPEST or not path[-1].adopts(line)):
            path.pop()
        item = path[-1].add_item(line) if path else _Item(line)
        if not path:
            top.append(item)
        path.append(item)
        return True
    while path and line.indent <= path[-1].line.indent:
        path.pop()
    if path:
        path[-1].add_text(line, after_blank=after_blank)
    return bool(path)


def _is_next(line: _Line, path: Iterable[_Item]) -> bool:
    """Tell ``4. เมษายน …`` after item ``3.`` from a date."""
    return any(
        item.line.kind == line.kind and item.line.value == (line.value or 0) - 1 for item in path
    )


# Tables


def _begins_table(lines: Sequence[_Line], at: int) -> bool:
    return bool(_BAR.search(lines[at].text)) and at + 1 < len(lines) and lines[at + 1].is_rule


def _table(lines: Sequence[_Line], start: int) -> tuple[Table, int]:
    """Read a table: every line with a bar belongs to it, until one has none."""
    end = start + 2
    while end < len(lines) and _BAR.search(lines[end].text):
        end += 1
    width = len(_cells(lines[start].text))
    rows = [_row(line, width) for line in lines[start:end] if line.number != start + 1]
    rule = _cells(lines[start + 1].text)
    if len(rule) != width:
        raise Fault("D60", line=start + 1, found=len(rule), expected=width)
    return Table(rows[0], tuple(rows[1:]), tuple(map(_align, rule)), start), end


def _row(line: _Line, width: int) -> tuple[tuple[Inline, ...], ...]:
    cells = _cells(line.text)
    if len(cells) != width:
        raise Fault("D60", line=line.number, found=len(cells), expected=width)
    return tuple(_inline(cell, line.number) for cell in cells)


def _cells(row: str) -> list[str]:
    cells = [cell.replace("\\|", "|").strip() for cell in _BAR.split(row)]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells


def _align(cell: str) -> Align:
    left, right = cell.startswith(":"), cell.endswith(":")
    if left and right:
        return "centre"
    return "left" if left else "right" if right else ""


# Marks inside a paragraph


def _inline(text: str, line: int) -> tuple[Inline, ...]:
    """Read the marks of a paragraph that begins in ``line``."""
    if "*" not in text:
        return tuple(_characters(text))
    return _tree(_marks().inline.parse(text, _marks(), {"line": line}, []))


def _characters(text: str) -> Iterator[Text | Break]:
    first, *lines = text.split("\n")
    if first:
        yield Text(first)
    for line in lines:
        yield Break()
        if line:
            yield Text(line)


@cache
def _marks() -> MarkdownIt:
    """Give a parser that knows bold, italic and an escaped asterisk, and only these."""
    parser = MarkdownIt("zero")
    parser.inline.ruler.at("text", _read_characters)
    parser.inline.ruler.at("escape", _read_escape)
    parser.inline.ruler.at("emphasis", _read_stars)
    return parser.enable(["escape", "emphasis"]).disable("fragments_join")


_CHARACTERS = re.compile(r"(?:[^*\\]|\\(?!\*)|(?<!\S)\*(?!\S))+")
_STARS = re.compile(r"\*+")
_LONGEST = 6  # ***…*** beside another; a longer row of stars is an ornament


def _push(state: StateInline, content: str) -> Token:
    token = state.push("text", "", 0)
    token.content = content
    return token


def _read_characters(state: StateInline, silent: bool) -> bool:
    found = _CHARACTERS.match(state.src, state.pos)
    if found:
        _push(state, found[0])
        state.env["line"] += found[0].count("\n")
        state.pos = found.end()
    return bool(found)


def _read_escape(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    _push(state, "*")
    state.pos += 2
    return True


def _read_stars(state: StateInline, silent: bool) -> bool:
    """Unlike Markdown, ask only for a letter, digit or sign on the inner side of a mark.

    Markdown's own rule fails where Thai needs it: ``**"ผ้าไทย"**ใส่`` has no space around.
    """
    found = _STARS.match(state.src, state.pos)
    assert found
    length = len(found[0])
    can_open, can_close = _sides(found)
    marks = (can_open or can_close) and length <= _LONGEST
    for _ in range(length if marks else 1):
        token = _push(state, "*" if marks else found[0])
        token.meta = {"line": state.env["line"], "loose": 1 < length <= _LONGEST}
        if marks:
            at = len(state.tokens) - 1
            state.delimiters.append(Delimiter(ord("*"), length, at, -1, can_open, can_close))
    state.pos = found.end()
    return True


def _sides(stars: re.Match[str]) -> tuple[bool, bool]:
    """Say whether a mark can open, and whether it can close; ``5*3`` is a product."""
    before = stars.string[stars.start() - 1 : stars.start()] or " "
    after = stars.string[stars.end() : stars.end() + 1] or " "
    if len(stars[0]) == 1 and before.isdigit() and after.isdigit():
        return False, False
    return not after.isspace(), not before.isspace()


class _Frame:
    """What is gathered for one Strong, one Emphasis or the whole paragraph."""

    def __init__(self) -> None:
        self.parts: list[Inline] = []

    def join(self) -> tuple[Inline, ...]:
        """Give the parts, with neighbouring texts made one."""
        joined: list[Inline] = []
        for kind, group in groupby(self.parts, type):
            parts = list(group)
            first = parts[0]
            text = "".join(part.text for part in parts if isinstance(part, Text))
            if isinstance(first, Stars):
                joined.append(Stars(text, first.line))
            elif kind is Text:
                joined.append(Text(text))
            else:
                joined.extend(parts)
        return tuple(joined)


def _tree(tokens: Iterable[Token]) -> tuple[Inline, ...]:
    """Build the tree; bold inside bold is bold, so it is never deeper than two."""
    frames = [_Frame()]
    depth = {"strong": 0, "em": 0}
    for token in tokens:
        if token.nesting == 1:
            depth[token.tag] += 1
            if depth[token.tag] == 1:
                frames.append(_Frame())
        elif token.nesting == -1:
            depth[token.tag] -= 1
            if depth[token.tag] == 0:
                children = frames.pop().join()
                frames[-1].parts.append((Strong if token.tag == "strong" else Emphasis)(children))
        else:
            frames[-1].parts += _leaves(token)
    return frames[0].join()


def _leaves(token: Token) -> Iterable[Inline]:
    if token.meta.get("loose") and token.content:
        return (Stars(token.content, token.meta["line"]),)
    return _characters(token.content)


# Back to text, and what is odd in it


def _plain_block(block: Block) -> str:
    if isinstance(block, Table):
        rows = (block.header, *block.rows)
        return "\n".join(" | ".join(_plain_inline(cell) for cell in row) for row in rows)
    if isinstance(block, ListBlock):
        return "\n".join(map(_plain_item, block.items))
    return _plain_inline(block.content)


def _plain_item(item: ListItem) -> str:
    children = "".join("\n" + _plain_block(child) for child in item.children)
    text = f"{item.marker} {_plain_inline(item.content)}".rstrip()
    return (text + children).replace("\n", "\n   ")


def _plain_inline(content: Iterable[Inline]) -> str:
    return "".join(map(_plain_part, content))


def _plain_part(part: Inline) -> str:
    if isinstance(part, Text):
        return part.text
    return "\n" if isinstance(part, Break) else _plain_inline(part.children)


def _skipped_items(
    items: Iterable[ListItem], last: dict[str, int]
) -> Iterator[tuple[int, int, int]]:
    previous = ""
    for item in items:
        kind, number = _marker_value(item.marker)
        if number is not None:
            expected = last.get(kind, number - 1) + 1
            restarts = number == 1 and previous != kind
            if number != expected and not restarts:
                yield item.line, expected, number
            last[kind] = number
        previous = kind
        yield from skipped(item.children)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Give all running text outside tables; an item's own text comes as a paragraph too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield Paragraph(item.content, item.line)
                yield from _paragraphs(item.children)


def _contents(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        else:
            yield from (paragraph.content for paragraph in _paragraphs([block]))


def _stars_in(content: Iterable[Inline]) -> Iterator[Stars]:
    for part in content:
        if isinstance(part, Stars):
            yield part
        elif isinstance(part, Strong | Emphasis):
            yield from _stars_in(part.children)
