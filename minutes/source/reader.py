"""YAML text -> plain strings, each with its line and column; refuses what is dangerous.

The tree is built from libyaml's events, so no value is ever guessed (``no`` stays ``no``), nothing
is expanded, and a depth of 100,000 brackets is a message and not a crash.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import yaml

from minutes.problems.errors import MinutesError, Problem, problem
from minutes.source import encoding, repair
from minutes.source.repair import shortened
from minutes.source.spaces import WIDE
from minutes.thai import invisible

MOST_BYTES = 1_048_576
MOST_DEPTH = 20
MOST_NODES = 80_000  # keys and values, more than the longest meeting has

Style = Literal["plain", "single", "double", "literal", "folded"]
STYLES: dict[str, Style] = {
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


class Written(NamedTuple):
    """How a text was written: the whole text of its file, and the part that it took there."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; ``lost`` is what stood behind `` #`` on its line and so is not part of it.

    A key without a value has an empty plain text. ``lines`` gives the file line of each line of the
    text when it was written over several.
    """

    text: str
    line: int
    column: int
    style: Style = "plain"
    lost: str = ""
    lines: range | tuple[int, ...] = ()
    written: Written | None = field(default=None, compare=False, repr=False)

    def line_of(self, offset: int) -> int:
        """Give the line in the file of a line in the text, counted from 0."""
        return self.lines[min(offset, len(self.lines) - 1)] if self.lines else self.line


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; ``flow`` when it is written in brackets."""

    members: tuple["Node", ...]
    line: int
    column: int
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; ``flow`` when it is written in braces."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    flow: bool = False


Node: TypeAlias = Scalar | Sequence | Mapping


class Reading(NamedTuple):
    """What could be read of a file, and all that is wrong with it, in file order.

    With problems, ``node`` is the best that can be made of the file (None when nothing can), good
    for finding more problems and for nothing else.
    """

    node: Mapping | None
    problems: tuple[Problem, ...]


def last_line(node: Node) -> int:
    """Give the last line of the file on which a node has something."""
    if isinstance(node, Scalar):
        return node.lines[-1] if node.lines else node.line
    below = [entry.value for entry in node.entries] if isinstance(node, Mapping) else node.members
    return max([node.line, *map(last_line, below)])


def read(path: Path) -> Mapping:
    """Read a file; raises MinutesError with every problem that was found, in file order."""
    return parse(bytes_of(path), path)


def survey(path: Path) -> Reading:
    """Read a file as far as it can be read, and tell every problem; never raises."""
    try:
        return examine(bytes_of(path), path)
    except MinutesError as error:
        return Reading(None, error.problems)


def parse(data: bytes, path: Path) -> Mapping:
    """Read the bytes of a file, whose path is only named in problems; raises like ``read``."""
    node, problems = examine(data, path)
    if problems or node is None:
        raise MinutesError(problems)
    return node


def examine(data: bytes, path: Path) -> Reading:
    """Read the bytes of a file as far as they can be read, and tell every problem; never raises."""
    if len(data) > MOST_BYTES:
        return Reading(None, (problem(path, 1, 1, "D13", limit=f"{MOST_BYTES // 1024:,}"),))
    try:
        text, problems = encoding.decode(data, path)
    except MinutesError as error:
        return Reading(None, error.problems)
    node, more = _understood(text, path)
    unclear = {known.line for known in problems}
    more = [known for known in more if known.line not in unclear]
    in_order = sorted(problems + more, key=lambda p: (p.line, p.column))
    return Reading(node, tuple(in_order[: repair.MOST_FAULTS]))


UNSEEN_IN_KEY = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@lru_cache(maxsize=4096)
def folded_key(text: str) -> str:
    """Give a key as it is compared: without what a reader cannot see in it."""
    visible = invisible.without_invisible(text)
    if "\u0e4d" in visible:
        visible = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", visible)
    return " ".join(visible.split())


def bytes_of(path: Path) -> bytes:
    """Read a little more than is allowed, so that an endless file ends."""
    try:
        if path.is_dir():
            raise MinutesError([problem(path, 1, 1, "D11")])
        if not path.exists():
            raise MinutesError([problem(path, 1, 1, "D10")])
        if not path.is_file():
            raise OSError("a pipe or a device")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise MinutesError([problem(path, 1, 1, "D12")]) from None


def _understood(text: str, path: Path) -> tuple[Mapping | None, list[Problem]]:
    """Build the tree; where libyaml stumbles, say why, mend what is certain and read on."""
    text = repair.with_ordinary_spaces(text)
    builder = _Builder(text, path)
    try:
        return builder.document(), builder.problems
    except yaml.YAMLError as error:
        found, fault = repair.find(text), error
    if found.mended != text:
        builder = _Builder(found.mended, path)
        try:
            node = builder.document()
            return _as_far_as_meant(node, builder.problems, found, path)
        except yaml.YAMLError as error:
            fault = error
    return None, _in_words(found.explaining(fault), path) + builder.problems


def _as_far_as_meant(
    node: Mapping | None, problems: list[Problem], found: repair.Findings, path: Path
) -> tuple[Mapping | None, list[Problem]]:
    """Add the stumbles; where something had to be left out, the rest is not what it seems."""
    if not found.is_faithful:
        left_out = min(known.line for known in found.stumbles if not known.is_mended)
        whole = ("D19", "D21")
        problems = [at for at in problems if at.code not in whole and at.line < left_out]
        node = None
    return node, _in_words(found.stumbles, path) + problems


def _in_words(found: Iterable[repair.Stumble], path: Path) -> list[Problem]:
    return [problem(path, at.line, at.column, at.code, **at.values) for at in found]


class _Stop(Exception):
    """Reading cannot go on; what is wrong has been reported."""


# Behind closing quotes or | a comment is meant as one, unless it looks like #1 or a hashtag.
# One space before the # is how text is lost; whoever means a comment sets it off by two.
LOST_BEHIND_TEXT = re.compile(r" #[ \t]*([^\n]*)")
LOST_BEHIND_QUOTES = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
LOST_BEHIND_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\s#][^\n]*)")
LOST_AT_ONCE = re.compile(r"[ \t]*(#([^\s#])?[^\n]*)")
LOST: dict[Style, re.Pattern[str]] = {
    "plain": LOST_BEHIND_TEXT,
    "single": LOST_BEHIND_QUOTES,
    "double": LOST_BEHIND_QUOTES,
    "literal": LOST_BEHIND_HEADER,
    "folded": LOST_BEHIND_HEADER,
}
ESCAPED_LINE_END = re.compile(r"(?<!\\)(?:\\\\)*\\n")
TIGHT_DASH = re.compile(r"-[^\W\d]")
THOUSANDS = re.compile(r"\d{3}(?!\d)")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b"}
SHORT_ESCAPES |= {"N": "\x85", "L": "\u2028", "P": "\u2029"}
INDENTED_BY_OTHER_SPACES = re.compile(f" *(?P<first>[{WIDE}])[{WIDE} ]+")


class _Builder:
    """Builds the tree of one text from libyaml's events and gathers what is wrong on the way."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CBaseLoader)

    def report(self, at: "Any | Node", code: str, **values: Any) -> None:
        """Report a problem at a node, or at a mark of libyaml's, which counts from 0."""
        from_0 = 0 if isinstance(at, Node) else 1
        line, column = at.line + from_0, at.column + from_0
        self.problems.append(problem(self.path, line, column, code, **values))
        if len(self.problems) >= repair.MOST_FAULTS:
            raise _Stop

    def document(self) -> Mapping | None:
        """Give the one mapping that the text is, or None after reporting that it is not."""
        try:
            return self.whole()
        except _Stop:
            return None

    def whole(self) -> Mapping | None:
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            self.report(Scalar("", 1, 1), "D19")
            return None
        if start.version or start.tags:
            self.report(start.start_mark, "D24", sign="%")
        node = self.node(next(self.events), 1)
        self.end_of_document()
        return self.top(node)

    def end_of_document(self) -> None:
        next(self.events)
        following = next(self.events)
        if isinstance(following, yaml.DocumentStartEvent):
            self.report(following.start_mark, "D20")

    def top(self, node: Node) -> Mapping | None:
        if isinstance(node, Mapping):
            return node
        found = repair.find(self.text).stumbles
        if isinstance(node, Scalar) and node.text == "" and node.style == "plain":
            self.report(node, "D19")
        elif found:
            self.problems += _in_words(found, self.path)
        else:
            self.report(node, "D21")
        return None

    def node(self, event: Any, depth: int) -> Node:
        """Read the node that begins with the event; the whole file is at depth 1."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.report(event.start_mark, "D422", limit=f"{MOST_NODES:,}")
            raise _Stop
        self.refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return _empty(event.start_mark)
        if depth > MOST_DEPTH:
            self.report(event.start_mark, "D25", limit=MOST_DEPTH)
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def refuse_references(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if self.problems and (self.problems[-1].line, self.problems[-1].code) == (line, "D24"):
            return  # one is enough of a bomb
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.report(event.start_mark, "D24", sign=f"{sign}{shortened(event.anchor)}")
        elif event.tag is not None:
            self.report(event.start_mark, "D24", sign=self.written_tag(event))

    def written_tag(self, event: Any) -> str:
        return shortened(self.text[event.start_mark.index :].split(maxsplit=1)[0])

    def scalar(self, event: Any) -> Scalar:
        start, style = event.start_mark, STYLES[event.style or ""]
        text: str = event.value
        if style == "double":
            self.refuse_escapes(event)
            text = encoding.FORBIDDEN.sub("", _one_line_end(text))
        lost = self.lost(event, style)
        lines = self.lines(event, style)
        written = Written(self.text, start.index, event.end_mark.index)
        return Scalar(text, start.line + 1, start.column + 1, style, lost, lines, written)

    def refuse_escapes(self, event: Any) -> None:
        """Report a forbidden character that is written by its number."""
        if not encoding.FORBIDDEN.search(_one_line_end(event.value)):
            return
        for match in ESCAPE.finditer(self.text, event.start_mark.index, event.end_mark.index):
            character = _unescaped(match)
            if encoding.FORBIDDEN.match(_one_line_end(character)):
                at = self.place(event.start_mark, match.start())
                self.report(at, "D18", name=encoding.name_of(character))

    def place(self, mark: Any, index: int) -> Scalar:
        """Give a place behind a mark, as an empty text there."""
        breaks = self.text.count("\n", mark.index, index)
        return Scalar("", mark.line + 1 + breaks, index - self.text.rfind("\n", 0, index))

    def lost(self, event: Any, style: Style) -> str:
        if style == "plain" and not event.value:
            return self.lost_at_once(event)
        at, pattern = event.end_mark.index, LOST[style]
        if style in ("literal", "folded"):
            at = event.start_mark.index
        match = pattern.match(self.text, at)
        return match[1].rstrip() if match else ""

    def lost_at_once(self, event: Any) -> str:
        """Give the comment that stands in place of a value; ``#1`` is never meant as one."""
        match = LOST_AT_ONCE.match(self.text, event.end_mark.index)
        if match is None:
            return ""
        if match[2]:
            written = repair.example_of_quotes(match[1].rstrip())
            at = self.place(event.start_mark, match.start(1))
            self.report(at, "D28", sign="#", fixed=written)
        return match[1].rstrip()

    def lines(self, event: Any, style: Style) -> range | tuple[int, ...]:
        start, end = event.start_mark, event.end_mark
        if style == "literal":
            return range(start.line + 2, start.line + 3 + event.value.count("\n"))
        if start.line == end.line or not event.value.strip():
            return ()
        written = self.text[start.index : end.index].split("\n")
        if style == "folded":
            return tuple(_lines_of_folded(written[1:], start.line + 2))
        indented = [line.lstrip(" \t") for line in written]
        return tuple(_lines_of_folded(indented, start.line + 1))

    def sequence(self, event: Any, depth: int) -> Sequence:
        members: list[Node] = []
        before: Any = None
        while not isinstance(found := next(self.events), yaml.SequenceEndEvent):
            members.append(self.node(found, depth + 1))
            if event.flow_style and self.splits_a_number(before, found):
                self.report(found.start_mark, "D33", text=shortened(found.value))
            before = found
        mark = event.start_mark
        return Sequence(tuple(members), mark.line + 1, mark.column + 1, bool(event.flow_style))

    def splits_a_number(self, before: Any, found: Any) -> bool:
        """Say whether a comma between members is the one in ``15,000``."""
        if not (_is_plain(before) and _is_plain(found)):
            return False
        between = self.text[before.end_mark.index : found.start_mark.index]
        digits = before.value[-1:].isdigit() and THOUSANDS.match(found.value)
        return between == "," and bool(digits)

    def mapping(self, event: Any, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(found := next(self.events), yaml.MappingEndEvent):
            known = len(self.problems)
            key = self.node(found, depth + 1)
            following = next(self.events)
            value = self.node(following, depth + 1)
            if not isinstance(key, Scalar) or key.style in ("literal", "folded"):
                del self.problems[known:]
                self.refuse_complex_key(found, event)
            elif event.flow_style and self.has_no_colon(found, following):
                self.entry_without_colon(key, event, entries)
            elif self.is_good_key(key, entries):
                entries[folded_key(key.text)] = Entry(key, value)
        mark = event.start_mark
        flow = bool(event.flow_style)
        return Mapping(tuple(entries.values()), mark.line + 1, mark.column + 1, flow)

    def has_no_colon(self, key: Any, value: Any) -> bool:
        if not _is_plain(value) or value.value:
            return False
        return ":" not in self.text[key.end_mark.index : value.start_mark.index + 1]

    def refuse_complex_key(self, key: Any, mapping: Any) -> None:
        """Report ``? [a]: b``, or ``{{a}}``, which is meant as text."""
        if mapping.flow_style:
            self.report(mapping.start_mark, "D28", sign="{", fixed='"{…}"')
        else:
            self.report(key.start_mark, "D26")

    def entry_without_colon(self, key: Scalar, event: Any, entries: dict[str, Entry]) -> None:
        """Report what braces made a key of: ``{ชื่อ:นาย ก}``, ``{งบ: 15,000}``, ``{ด่วน}``."""
        if repair.TIGHT_COLON.match(key.text):
            self.report(key, "D30", sign=":")
        elif entries:
            self.report(key, "D33", text=shortened(key.text))
        else:
            self.report(event.start_mark, "D28", sign="{", fixed='"{…}"')

    def is_good_key(self, key: Scalar, entries: dict[str, Entry]) -> bool:
        folded = folded_key(key.text)
        if not folded:
            self.report(key, "D38")
        elif key.text == "<<" and key.style == "plain":
            self.report(key, "D24", sign="<<")
        elif key.style == "plain" and TIGHT_DASH.match(key.text):
            self.report(key, "D30", sign="-")
        elif indent := INDENTED_BY_OTHER_SPACES.match(key.text):
            self.report(key, "D22", name=encoding.name_of(indent["first"]))
        elif folded in entries:
            first = entries[folded].key.line
            self.report(key, "D23", key=shortened(folded), first=first, second=key.line)
        else:
            return True
        return False


def _empty(mark: Any) -> Scalar:
    return Scalar("", mark.line + 1, mark.column + 1)


def _is_plain(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    return chr(int(number, 16)) if number else SHORT_ESCAPES.get(match[4], match[4])


def _lines_of_folded(written: list[str], first: int) -> Iterator[int]:
    """Give the file line of each line of a text whose written lines are joined by spaces.

    A blank line makes a new one; so do lines that stand deeper, and a line feed by its escape.
    """
    depth = min(len(line) - len(line.lstrip(" ")) for line in written if line.strip())
    blank, was_deep, is_first = 0, False, True
    for line, text in enumerate((line[depth:] for line in written), first):
        if not text.strip():
            blank += 1
            continue
        is_deep = text[0] in " \t"
        new = blank + (1 if is_first or is_deep or was_deep else 0)
        yield from range(line - new + 1, line + 1)
        yield from [line] * len(ESCAPED_LINE_END.findall(text))
        blank, was_deep, is_first = 0, is_deep, False
