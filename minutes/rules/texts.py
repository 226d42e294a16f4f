"""The texts that are written freely, as they stand in the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from minutes.meetings.proceedings import Proceedings
from minutes.model import meeting, office
from minutes.model.meeting import Matter, Meeting, Release, Remark, Section
from minutes.model.record import Places, Record
from minutes.problems.errors import Correction, Problem, problem
from minutes.source import positions, reader
from minutes.source.reader import Node, Scalar

PROSE: dict[type[Record], tuple[str, ...]] = {
    Meeting: ("opening", "closing"),
    Release: ("lead", "closing"),
    Section: ("resolution",),
    Matter: ("background", "detail", "proposal", "resolution"),
    Remark: ("text",),
}


def texts(proceedings: Proceedings) -> Iterator[tuple[Places, str, str]]:
    """Give every text that is written freely, with the field that it stands in."""
    meeting = proceedings.meeting
    matters = list(meeting.all_matters())
    remarks = [remark for matter in matters for remark in matter.discussion]
    for record in (meeting, meeting.release, *meeting.agenda, *matters, *remarks):
        for name in PROSE[type(record)]:
            yield record.places, name, getattr(record, name)
    highlights = meeting.release.places.fields.get("highlights")
    if isinstance(highlights, reader.Sequence):
        for node, text in zip(highlights.members, meeting.release.highlights, strict=True):
            yield Places(node), "", text


Role = Literal["prose", "heading", "line", "news", "spoken", "name"]
"""What a text is for: paragraphs of the minutes, a title, one line of another kind, a text of the
release, what somebody said word for word, and the name of a person or of a group."""
WRITTEN_FREELY: Mapping[type[Record], Mapping[str, Role]] = {
    office.Office: {
        "name": "line", "short_name": "line", "unit": "line", "address": "line",
        "release_credit": "line",
    },
    office.Body: {"name": "line", "short_name": "line", "place": "line", "sections": "heading"},
    Meeting: {
        "session": "line", "month": "line", "place": "line", "title": "heading",
        "opening": "prose", "closing": "prose",
    },
    office.Person: {"name": "name", "position": "line", "role": "line", "note": "line"},
    meeting.Absentee: {"name": "name", "reason": "line"},
    meeting.Substitute: {"name": "name", "position": "line"},
    Section: {"title": "heading", "resolution": "prose"},
    Matter: {
        "title": "heading", "presenter": "line", "background": "prose", "detail": "prose",
        "proposal": "prose", "resolution": "prose", "in_release": "news",
    },
    Remark: {"speaker": "line", "text": "prose"},
    meeting.Action: {"task": "line", "owner": "line"},
    meeting.Image: {"caption": "line"},
    meeting.Attachment: {"title": "heading"},
    Release: {
        "headline": "news", "lead": "news", "participants": "news", "highlights": "news",
        "closing": "news", "credit": "line",
    },
    meeting.Quote: {"text": "spoken"},
}  # fmt: skip
HIDDEN = "\ufffc"
# Addresses, and what stands in quotation marks: others wrote or said that.
NOT_OURS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]+"
    r"|(?<=“)[^“”\n]+(?=”)|(?<=‘)[^‘’\n]+(?=’)|(?<=«)[^«»\n]+(?=»)|\"[^\"\n]*\""
)
MAY_BE_OTHERS = re.compile('["“‘«@]|[:w][/w]')
NEAR = 12  # letters of a word that are shown with a fault in it
LETTERS_BEFORE = re.compile("[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e01-\u0e2e\u0e30-\u0e4e]*\\Z")
LETTERS_BEHIND = re.compile("[\u0e01-\u0e2e\u0e30-\u0e4e]*")
ROW_OF_A_TABLE = re.compile(r"(?m)^[ \t]*\|.*$")


@dataclass(frozen=True)
class Text:
    """One text that is written freely, as it stands in its file, with what it is for."""

    path: Path
    node: Scalar
    role: Role
    names: re.Pattern[str] | None = None

    @cached_property
    def letters(self) -> positions.Letters:
        """Where each letter of the text stands in its file."""
        return positions.Letters(self.node)

    @cached_property
    def own(self) -> str:
        """The text with quotations, addresses and the office's own terms hidden, letter by letter.

        What stands there is nobody's fault; every other character keeps its place.
        """
        text = self.node.text
        hidden = NOT_OURS.sub(_hidden, text) if MAY_BE_OTHERS.search(text) else text
        return self.names.sub(_hidden, hidden) if self.names else hidden

    @cached_property
    def sentences(self) -> str:
        """The same without the rows of tables, which are no sentences."""
        return ROW_OF_A_TABLE.sub(_hidden, self.own) if "|" in self.own else self.own

    def problem(
        self,
        code: str,
        span: tuple[int, int],
        right: str | None = None,
        /,
        shown: tuple[int, int] | None = None,
        **values: object,
    ) -> Problem:
        """Object to a part of the text; ``right`` is what should certainly stand there instead.

        The message is given both, as ``text`` and ``right``, besides the ``values``; ``shown`` is
        the part that it quotes when the fault alone would say nothing.
        """
        (start, end), (first, last) = span, shown or span
        written = self.node.text
        given: dict[str, object] = {"text": written[first:last].strip(), **values}
        if right is not None:
            given["right"] = f"{written[first:start]}{right}{written[end:last]}".strip()
        line, column = self.letters.place(start)
        found = problem(self.path, line, column, code, **given)
        return replace(found, correction=self._correction(start, end, right))

    def around(self, span: tuple[int, int]) -> tuple[int, int]:
        """Give a part of the text with the letters that touch it, as far as a reader needs them."""
        before = LETTERS_BEFORE.search(self.node.text, max(0, span[0] - NEAR), span[0])
        behind = LETTERS_BEHIND.match(self.node.text, span[1], span[1] + NEAR)
        return before.start() if before else span[0], behind.end() if behind else span[1]

    def _correction(self, start: int, end: int, right: str | None) -> Correction | None:
        if right is None or (where := self.letters.as_written(start, end)) is None:
            return None
        old = self.node.text[start:end]
        if self.node.style == "plain" and right.count(",") > old.count(","):
            return None  # braces around it would part the value there
        return Correction(*where, old, right)


def _hidden(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])


def free_texts(record: Record, path: Path, glossary: Sequence[str] = ()) -> Iterator[Text]:
    """Give every text that is written freely in an office, a body or a meeting.

    ``glossary`` are the office's own names and terms, which nobody objects to.
    """
    terms = "|".join(re.escape(term) for term in sorted(glossary, key=len, reverse=True))
    names = re.compile(terms) if terms else None
    for part in (record, *record.within()):
        for name, role in WRITTEN_FREELY.get(type(part), {}).items():
            for node in _nodes(part, name):
                yield Text(path, node, role, names)


def _nodes(record: Record, name: str) -> Iterator[Scalar]:
    """Give what was written for a field: a text, or the members of a list."""
    if not getattr(record, name):
        return
    node: Node | None = record.places.fields.get(name)
    if node is None and isinstance(record.places.whole, Scalar):
        node = record.places.whole
    members = node.members if isinstance(node, reader.Sequence) else (node,)
    yield from (member for member in members if isinstance(member, Scalar))
