"""Objections to letters that none of our faces draws, wherever what is written is printed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from minutes.meetings.folders import BODY, office_of
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings
from minutes.model import meeting, office
from minutes.model.record import Record
from minutes.problems.errors import Problem, problem
from minutes.rules import marks
from minutes.rules.report import once_a_body
from minutes.rules.texts import WRITTEN_FREELY
from minutes.source import encoding, positions, reader
from minutes.source.reader import Node, Scalar
from minutes.thai import faces

# What no page shows: names of files and settings.
UNPRINTED: Mapping[type[Record], frozenset[str]] = {
    office.Office: frozenset(
        {"logo", "garuda", "glossary", "publish_to", "public", "trust", "archive"}
    ),
    meeting.Image: frozenset({"file"}),
    meeting.Attachment: frozenset({"file"}),
}
EVERYWHERE_UNPRINTED = "ignore"


def letters_have_a_face(proceedings: Proceedings) -> Iterator[Problem]:
    """W70: one of the faces that we ship draws each letter; the machine's fonts do not count."""
    case = proceedings.case
    yield from _of_record(case.meeting, case.path)
    yield from _of_body(case)


@once_a_body
def _of_body(case: Case) -> list[Problem]:
    """Give the objections to what a body's own file and its office's say."""
    office, body = office_of(case.path.parent), case.path.with_name(BODY)
    return [*_of_record(case.office, office), *_of_record(case.body, body)]


def _of_record(record: Record, path: Path) -> Iterator[Problem]:
    for part in (record, *record.within()):
        unprinted = UNPRINTED.get(type(part), frozenset())
        freely = WRITTEN_FREELY.get(type(part), {})
        for name in type(part).model_fields:
            node = part.places.fields.get(name)
            if node is not None and name not in unprinted and name != EVERYWHERE_UNPRINTED:
                yield from _of_node(node, path, is_free=name in freely)
        if isinstance(part.places.whole, Scalar) and not part.places.fields:
            yield from _of_node(part.places.whole, path, is_free=bool(freely))


def _of_node(node: Node, path: Path, *, is_free: bool) -> Iterator[Problem]:
    """Give the objections to a text, or to the texts of a list; a record's are found by itself."""
    if isinstance(node, reader.Sequence):
        for member in node.members:
            if isinstance(member, Scalar):
                yield from _of_text(member, path, is_free=is_free)
    elif isinstance(node, Scalar):
        yield from _of_text(node, path, is_free=is_free)


def _of_text(node: Scalar, path: Path, *, is_free: bool) -> Iterator[Problem]:
    """Give one objection to each letter of a text, at the first place where it stands."""
    found: dict[str, list[int]] = {}
    for offset, letter in faces.undrawn(node.text):
        if not (is_free and marks.PRIVATE_LETTER.match(letter)):  # which W39 tells
            found.setdefault(letter, []).append(offset)
    for letter, offsets in found.items():
        line, column = positions.place(node, offsets[0])
        yield problem(path, line, column, "W70", **_told(letter, len(offsets)))


def _told(letter: str, count: int) -> dict[str, str]:
    is_many = count > 1
    return {
        "text": letter,
        "number": encoding.name_of(letter),
        "times_th": f", {count} แห่ง" if is_many else "",
        "times": f", {count} times" if is_many else "",
    }
