"""What a register says of each meeting, read at a glance: nothing is hashed, nothing is judged.

Minutes print under which version the archive will keep them, and where the register stood when the
meeting before had come into it.
"""

import json
import re
from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes.archive.register import NAME, Head
from minutes.meetings import folders

TEXT = "Minutes-Text-SHA256"  # in bag-info.txt: the digest of what the version says
RECORD = "objects/{id}/v{number}/data/verify.json"  # says it of scans in bags that lack the line
ID = re.compile(r"(.+)-([0-9]{4}-[0-9]{1,4}[a-z]?)")
VERSION = b'"kind":"version"'
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Held:
    """What a register says of a meeting, as far as its pages print that.

    ``newest`` is the number of its newest version, 0 without one; ``text`` the SHA-256 of what that
    one says, and ``since`` the first version that has said so ever since. ``head`` is the
    register's head right after the first version of the newest earlier meeting of the body.
    """

    newest: int = 0
    since: int = 0
    text: str = ""
    head: str = ""

    def version(self, text: str) -> int:
        """Give the number under which the archive keeps a text, or will keep it."""
        return self.since if self.text and self.text == text else self.newest + 1

    def printed(self, text: str) -> str:
        """Give all that pages with a text print of this; nothing for pages that print none."""
        return f"{text} {self.version(text)} {self.head or '-'}" if text else ""

    @classmethod
    def last(cls, printed: str) -> "Held":
        """Give what has the same printed again, whatever the text."""
        if not printed:
            return cls()
        _, version, head = printed.split(" ")
        return cls(int(version) - 1, head=head.strip("-"))


NOTHING = Held()


@dataclass(frozen=True)
class _Known:
    """A version in the register: its number, what it says, the entry."""

    number: int
    text: str
    head: Head


class Index:
    """The versions of a register by meeting, and the meetings by body."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._versions: dict[str, list[_Known]] = {}
        self._bodies: dict[str, list[tuple[Place, str]]] = {}

    def add(self, entry: Mapping[str, Any]) -> None:
        """Take note of a version's entry."""
        id_, body, place = str(entry["id"]), *_placed(str(entry["id"]))
        head = Head(int(entry["number"]), str(entry["hash"]))
        known = _Known(int(entry["version"]), str(entry["info"].get(TEXT, "")), head)
        if id_ not in self._versions and place:
            insort(self._bodies.setdefault(body, []), (place, id_))
        self._versions.setdefault(id_, []).append(known)

    def held(self, id_: str) -> Held:
        """Say what the register says of a meeting."""
        own = self._versions.get(id_, [])
        head = self._head_before(id_, own[0].head.number if own else 0)
        if not own:
            return Held(head=head)
        text = self._text(id_, own[-1])
        since = own[-1].number
        for one in reversed(own):
            if self._text(id_, one) != text:
                break
            since = one.number
        return Held(own[-1].number, since, text, head)

    def _head_before(self, id_: str, entry: int) -> str:
        """Give the head after the newest earlier meeting; one that came later than this is none."""
        body, place = _placed(id_)
        meetings = self._bodies.get(body, []) if place else []
        for at in range(bisect_left(meetings, (place, "")) - 1, -1, -1):
            head = self._versions[meetings[at][1]][0].head
            if not entry or head.number < entry:
                return str(head)
        return ""

    def _text(self, id_: str, version: _Known) -> str:
        if version.text:
            return version.text
        try:
            record = self.root / RECORD.format(id=id_, number=version.number)
            return str(json.loads(record.read_bytes()).get("text_sha256", ""))
        except (OSError, ValueError, AttributeError):
            return ""


def _placed(id_: str) -> tuple[str, Place | None]:
    """Part an id into its body's and the meeting's place among the body's."""
    found = ID.fullmatch(id_)
    return (found[1], folders.order(Path(f"{found[2]}.yaml"))) if found else (id_, None)


def read(root: Path, of: str = "") -> Index:
    """Read an archive's register; an archive that has not begun says nothing. Raises OSError.

    So it does where the folder around the archive is missing, as of a disk that is not there.
    ``of`` is the id of a meeting: then no more is read than what is said of its body.
    """
    index = Index(root)
    body, place = _placed(of)
    mark = f'"id":"{body}{"-" if place else ""}'.encode()
    try:
        with (root / NAME).open("rb") as lines:
            for line in lines:
                if VERSION in line and mark in line:
                    _add(index, line)
    except FileNotFoundError:
        if not root.parent.is_dir():
            raise
    return index


def _add(index: Index, line: bytes) -> None:
    try:
        index.add(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # archive verify tells of it
