"""Where each character of a text stands in its file, whatever YAML writes between them.

A text is written plainly, in quotes with their escapes, or below ``|`` or ``>``; folded lines and
indents are no part of it. What is found is compared with what libyaml read: where the two differ,
nothing is known.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.source.reader import Scalar

SPACES = re.compile(r"[ \t\n]+")
ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n)[ \t]*((?:\n[ \t]*)*)|(.))"
)
SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f"}
SHORT_ESCAPES |= {"r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}


class Place(NamedTuple):
    """A place in a file, both counted from 1; a column is one character."""

    line: int
    column: int


def indices(node: Scalar) -> Sequence[int]:
    """Give where in the file's text each character of a text begins; empty when nobody knows."""
    if node.written is None or not node.text:
        return ()
    for reading in _readings(node):
        pairs = list(reading)
        found = "".join(character for character, _ in pairs)
        if found.startswith(node.text) and not found[len(node.text) :].strip("\n"):
            return [index for _, index in pairs[: len(node.text)]]
    return ()


class Letters:
    """The letters of one text and where they stand, looked for once."""

    def __init__(self, node: Scalar) -> None:
        self.node = node
        self.indices = indices(node)
        file, start, _ = node.written or ("", 0, 0)
        last = self.indices[-1] if self.indices else start
        self.breaks = [found.start() for found in re.compile("\n").finditer(file, start, last)]

    def place(self, offset: int) -> Place:
        """Give where a letter stands; the text's own place when nobody knows."""
        known = self.indices
        if not known:
            return Place(self.node.line, self.node.column)
        beyond = max(0, offset - len(known) + 1)
        return self._place(known[offset - beyond] + beyond)

    def as_written(self, start: int, end: int) -> Place | None:
        """Give where a part stands letter by letter; None when it does not.

        A part that holds an escape, or goes over the end of a line, is written otherwise than read.
        """
        known, written = self.indices, self.node.written
        if written is None or not start < end <= len(known):
            return None
        first, last = known[start], known[end - 1] + 1
        part = written.file[first:last]
        is_escaped = self.node.style == "double" and written.file[first] == "\\"
        if part != self.node.text[start:end] or "\n" in part or is_escaped:
            return None
        return self._place(first)

    def _place(self, index: int) -> Place:
        assert self.node.written is not None, "only a text of a file has letters there"
        line = self.node.line + bisect_left(self.breaks, index)
        return Place(line, index - self.node.written.file.rfind("\n", 0, index))


def place(node: Scalar, offset: int) -> Place:
    """Give where a letter of a text stands in the file; the text's own place if nobody knows."""
    return Letters(node).place(offset)


def as_written(node: Scalar, start: int, end: int) -> Place | None:
    """Give where a part of a text stands in the file letter by letter; None when it does not."""
    return Letters(node).as_written(start, end)


Pairs = Iterator[tuple[str, int]]
"""The characters of a text, each with its index in the file's text."""


def _readings(node: Scalar) -> Iterator[Pairs]:
    """Give the ways in which a text may have been written; how deep ``>`` stands is tried out."""
    assert node.written is not None, "asked for by those who looked"
    _, start, end = node.written
    if node.style == "literal":
        yield _literal(node)
    elif node.style == "folded":
        lines = list(_lines_below(node))
        deepest = min((len(t) - len(t.lstrip(" ")) for _, t in lines if t.strip()), default=0)
        yield from (_folded(lines, depth) for depth in range(deepest, -1, -1))
    else:
        inset = 0 if node.style == "plain" else 1
        yield _flowing(node, start + inset, end - inset)


def _flowing(node: Scalar, start: int, end: int) -> Pairs:
    """Go through a plain or quoted text, whose line ends fold."""
    assert node.written is not None, "asked for by those who looked"
    file, at = node.written.file, start
    while at < end:
        if spaces := SPACES.match(file, at, end):
            yield from _folded_spaces(spaces)
            at = spaces.end()
        elif node.style == "double" and (escape := ESCAPE.match(file, at, end)):
            yield from ((character, at) for character in _unescaped(escape))
            at = escape.end()
        else:
            yield file[at], at
            at += 2 if node.style == "single" and file[at] == "'" else 1


def _folded_spaces(spaces: re.Match[str]) -> Pairs:
    """Give what spaces become: one line end is a space, each further one a line end."""
    breaks = spaces[0].count("\n")
    if breaks == 0:
        yield from ((space, spaces.start() + at) for at, space in enumerate(spaces[0]))
    else:
        yield from ((mark, spaces.start()) for mark in "\n" * (breaks - 1) or " ")


def _unescaped(escape: re.Match[str]) -> str:
    """Give the characters that an escape stands for; an escaped line end is none."""
    if number := escape[1] or escape[2] or escape[3]:
        return chr(int(number, 16))
    if escape[4]:
        return "\n" * escape[5].count("\n")
    return SHORT_ESCAPES.get(escape[6], escape[6])


def _lines_below(node: Scalar) -> Iterator[tuple[int, str]]:
    """Go through the file's lines below the header of ``|`` or ``>``, each with where it begins."""
    assert node.written is not None, "asked for by those who looked"
    file, start, end = node.written
    at = file.find("\n", start) + 1
    while 0 < at <= max(end, at):
        stop = file.find("\n", at)
        yield at, file[at : stop if stop >= 0 else len(file)]
        if stop < 0 or stop >= end:
            return
        at = stop + 1


def _literal(node: Scalar) -> Pairs:
    """Go through a text below ``|``: each of its lines is the end of one line of the file."""
    for text, (at, line) in zip(node.text.split("\n"), _lines_below(node), strict=False):
        begins = at + len(line) - len(text)
        yield from ((character, begins + place) for place, character in enumerate(text))
        yield "\n", at + len(line)


def _folded(lines: Sequence[tuple[int, str]], depth: int) -> Pairs:
    """Go through a text below ``>``: lines fold, but for blank ones and those that stand deeper."""
    breaks, ends, was_deep = 0, lines[0][0] - 1 if lines else 0, False
    for number, (at, line) in enumerate(lines):
        text = line[depth:]
        if not text.strip():
            breaks += 1
            continue
        is_deep = text[0] in " \t"
        keeps_end = is_deep or was_deep
        joint = "\n" * (breaks + keeps_end) or " "
        yield from ((mark, ends) for mark in (joint if number > breaks else "\n" * breaks))
        yield from ((character, at + depth + place) for place, character in enumerate(text))
        breaks, ends, was_deep = 0, at + len(line), is_deep
    yield from (("\n", ends) for _ in range(breaks + 1))
