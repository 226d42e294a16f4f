"""Members put into a body's file: everything else in it stays as it was written."""

import re
from dataclasses import dataclass
from pathlib import Path

from minutes.drafting import rosters
from minutes.drafting.rosters import Roster
from minutes.model import office, record
from minutes.problems.messages import Language
from minutes.source import reader
from minutes.source.reader import Mapping, Sequence

EXAMPLE = re.compile(r"# ?สมาชิก:")  # what a new body's file shows in its place
OF_EXAMPLE = re.compile(r"#(?: {2,}| ?-)")


@dataclass(frozen=True)
class Fitted:
    """A body's file with other members; ``line`` is where its own began, 0 where it had none."""

    data: bytes
    line: int


def fitted(data: bytes, path: Path, roster: Roster, language: Language = "th") -> Fitted | None:
    """Give a body's file with these members; None for one that is not understood well enough."""
    node, problems = reader.examine(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if node is None or problems or any(entry.key.column != 1 for entry in node.entries):
        return None
    known = {office.Body.keys.get(record.folded(e.key.text)): e.key.line for e in node.entries}
    members = rosters.as_yaml(roster, language, has_recorder="recorder" in known)
    lines = text.splitlines(keepends=True)
    line = known.get("members", 0)
    begin, end = _own(lines, node, line) if line else (_free(lines),) * 2
    if begin and not lines[begin - 1].endswith(("\n", "\r")):
        lines[begin - 1] += "\n"
    whole = "".join([*lines[:begin], members, *lines[end:]])
    written = re.sub("\r?\n", "\r\n" if "\r\n" in text else "\n", whole).encode()
    return Fitted(written, line) if _holds(written, path, len(roster.members)) else None


def _own(lines: list[str], node: Mapping, line: int) -> tuple[int, int]:
    """Give the lines of the members that are there, without what stands before the next key."""
    later = [entry.key.line for entry in node.entries if entry.key.line > line]
    end = min(later, default=len(lines) + 1) - 1
    while end > line and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return line - 1, end


def _free(lines: list[str]) -> int:
    """Give the line before which members fit: behind the example of a new file, or at the end."""
    begin = next((n for n, line in enumerate(lines, 1) if EXAMPLE.match(line)), len(lines))
    while begin < len(lines) and OF_EXAMPLE.match(lines[begin]):
        begin += 1
    return begin


def _holds(data: bytes, path: Path, count: int) -> bool:
    """Whether the file, read again, has so many members."""
    node, problems = reader.examine(data, path)
    if node is None or problems:
        return False
    found = [
        entry.value
        for entry in node.entries
        if office.Body.keys.get(record.folded(entry.key.text)) == "members"
    ]
    return len(found) == 1 and isinstance(found[0], Sequence) and len(found[0].members) == count
