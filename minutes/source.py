"""YAML text -> plain strings, each with its line and column; refuses what is dangerous.

The tree is built from libyaml's events, so no value is ever guessed (``no`` stays ``no``), nothing
is expanded, and a depth of 100,000 brackets is a message and not a crash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

from minutes.errors import MinutesError, Problem, problem

MOST_BYTES = 1_048_576
MOST_DEPTH = 20

Style = Literal["plain", "single", "double", "literal", "folded"]
STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; ``lost`` is what stood behind `` #`` on its line and so is not part of it.

    ``lines`` gives the file line of each line of the text when it is written over several.
    """

    text: str
    line: int
    column: int
    style: Style = "plain"
    lost: str = ""
    lines: range | tuple[int, ...] = ()

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


def read(path: Path) -> Node:
    """Read a file; raises MinutesError with every problem that was found, in file order."""
    return parse(_bytes_of(path), path)


def parse(data: bytes, path: Path) -> Node:
    """Read the bytes of a file, whose path is only named in problems; raises like ``read``."""
    reader = _Reader(_decoded(data, path), path)
    node = reader.document()
    if reader.problems:
        raise MinutesError(sorted(reader.problems, key=lambda p: (p.line, p.column)))
    return node


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MinutesError([problem(path, 1, 1, "D10")]) from error
    return data


def _decoded(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MinutesError([problem(path, 1, 1, "D16")]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


# One space before the # is how text is lost; whoever means a comment sets it off by two.
LOST = re.compile(r" #[ \t]*([^\n]*)")


class _Reader:
    """Builds the tree of one file from libyaml's events and gathers what is wrong on the way."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CBaseLoader)

    def report(self, mark: Any, code: str, **values: object) -> None:
        self.problems.append(problem(self.path, mark.line + 1, mark.column + 1, code, **values))

    def document(self) -> Node:
        try:
            next(self.events)
            next(self.events)
            return self.node(next(self.events), 1)
        except yaml.MarkedYAMLError as error:
            self.report(error.problem_mark, "D39")
        return Scalar("", 1, 1)

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        return self.sequence(event, depth)

    def scalar(self, event: Any) -> Scalar:
        mark = event.start_mark
        style = STYLES[event.style]
        lost = LOST.match(self.text, event.end_mark.index) if style == "plain" else None
        lines = range(0)
        if style in ("literal", "folded"):
            lines = range(mark.line + 2, mark.line + 3 + event.value.count("\n"))
        return Scalar(
            event.value, mark.line + 1, mark.column + 1, style, lost[1] if lost else "", lines
        )

    def sequence(self, event: Any, depth: int) -> Sequence:
        members = []
        while not isinstance(found := next(self.events), yaml.SequenceEndEvent):
            members.append(self.node(found, depth + 1))
        mark = event.start_mark
        return Sequence(tuple(members), mark.line + 1, mark.column + 1, bool(event.flow_style))

    def mapping(self, event: Any, depth: int) -> Mapping:
        entries = []
        while not isinstance(found := next(self.events), yaml.MappingEndEvent):
            key = self.scalar(found)
            entries.append(Entry(key, self.node(next(self.events), depth + 1)))
        mark = event.start_mark
        return Mapping(tuple(entries), mark.line + 1, mark.column + 1, bool(event.flow_style))
