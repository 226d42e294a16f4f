"""An agenda's file as it travels inside the minutes: without its writer's notes and reasons.

What follows ``#`` is for those who keep the file, and so are the reasons for which a check is
switched off (ละเว้น). All else stays byte for byte, and reads as it did; but where spaces were
mended in reading (a no-break space behind a colon), it has ordinary ones, as YAML wants them.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from minutes.model.meeting import Matter
from minutes.model.record import folded
from minutes.source import repair

LEFT_OUT = "ตัดออก"
IGNORE = frozenset(word for word, name in Matter.keys.items() if name == "ignore")
BLOCKS = ("|", ">")
_NOTE = re.compile(r"[ \t]*#[^\r\n]*")
_NOTE_LINE = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|\r|\n|$)")
_BARE_SIGN = re.compile(r"#[^\r\n]*")


class _Edit(NamedTuple):
    """What stands in place of a part of a text."""

    start: int
    end: int
    text: str = ""


def left_out(data: bytes) -> bytes:
    """Return the file of a sound agenda without comments and without reasons of ละเว้น."""
    mark, written = _without_mark(data.decode("utf-8"))
    text = _as_read(written)
    if (tree := _tree(text)) is None:  # of a meeting that no file has
        return data
    return (mark + _without_notes(_done(text, _reasons(tree)))).encode()


def _without_mark(text: str) -> tuple[str, str]:
    rest = text.lstrip("\ufeff")
    return text[: len(text) - len(rest)], rest


def _as_read(text: str) -> str:
    """Return a text with the spaces that it was read with, and then with line feeds too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    ordinary = repair.as_meant(lines)
    return text if ordinary == lines else ordinary


def _tree(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.CBaseLoader)


def _reasons(node: Any) -> Iterator[_Edit]:
    """Go through the reasons below a node."""
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _reasons(member)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            is_reason = isinstance(key, yaml.ScalarNode) and folded(key.value) in IGNORE
            yield from map(_reworded, _scalars(value, keys=False)) if is_reason else _reasons(value)


def _reworded(node: Any) -> _Edit:
    end = "\n" if node.style in BLOCKS else ""
    return _Edit(node.start_mark.index, node.end_mark.index, LEFT_OUT + end)


def _scalars(node: Any, *, keys: bool = True) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _scalars(member, keys=keys)
    else:
        for key, value in node.value:
            yield from _scalars(key) if keys else ()
            yield from _scalars(value, keys=keys)


def _without_notes(text: str) -> str:
    """Return a text without comments; their signs stay where it would read otherwise."""
    tree = _tree(text)
    gaps = list(_gaps(tree, text))
    bare = _done(text, (edit for gap in gaps for edit in _notes(text, *gap)))
    if _said(_tree(bare)) == _said(tree):
        return bare
    signs = (_Edit(*found.span(), "#") for gap in gaps for found in _BARE_SIGN.finditer(text, *gap))
    return _done(text, signs)


def _gaps(tree: Any, text: str) -> Iterator[tuple[int, int]]:
    """Go through what stands between values, the headers of blocks too: notes are only there."""
    done = 0
    for node in sorted(_scalars(tree), key=lambda one: int(one.start_mark.index)):
        start = node.start_mark.index
        yield done, start
        if node.style in BLOCKS:
            header = re.compile(r"[^\r\n]*").match(text, start)
            yield start, header.end() if header else start
        done = node.end_mark.index
    yield done, len(text)


def _notes(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Go through the comments of a gap, each with its line where that has nothing else."""
    while found := _NOTE.search(text, start, end):
        whole = _NOTE_LINE.match(text, found.start(), end)
        is_line = found.start() == 0 or text[found.start() - 1] in "\r\n"
        note = whole if whole and is_line else found
        yield _Edit(*note.span())
        start = max(note.end(), found.end())


def _done(text: str, edits: Iterator[_Edit]) -> str:
    parts, done = [], 0
    for edit in sorted(edits):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def _said(node: Any) -> Any:
    """Return what a tree says, without where it says it."""
    if isinstance(node, yaml.ScalarNode):
        return node.value, node.style in BLOCKS
    if isinstance(node, yaml.SequenceNode):
        return [_said(member) for member in node.value]
    return [(_said(key), _said(value)) for key, value in node.value]
