"""What the public may know of what was written, and what it may not: each text with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from minutes.meetings import folders
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings, Unsaid
from minutes.meetings.redact import SHOWN_OF_PERSONAL, SHOWN_OF_SECRET
from minutes.model.meeting import Attachment, Image, Matter
from minutes.model.office import Office
from minutes.model.record import Record
from minutes.problems.errors import Problem, problem
from minutes.source import reader
from minutes.source.reader import Node, Scalar
from minutes.thai import personal_data
from minutes.thai.personal_data import Allowed, Found

OWN = ("phone", "email", "website", "address")  # an office's, public without saying
SHOWN_OF_OFFICE = ("name", "short_name", "unit", "release_credit")
NEVER_SHOWN = {"places", "ignore"}
# What an item that is withheld says of itself, and what no text could give away.
ABOUT_ITSELF = {"secret", "personal", "withdrawn", "votes_in_release", "follows"}


@dataclass(frozen=True)
class Written:
    """A text as it stands in a file."""

    path: Path
    node: Scalar

    @property
    def text(self) -> str:
        """The text, as it was read."""
        return self.node.text

    def problem(self, offset: int, code: str, /, **values: object) -> Problem:
        """Give a problem at the line in which a letter of the text stands."""
        line = self.node.line_of(self.text.count("\n", 0, offset))
        column = self.node.column if line == self.node.line else 1
        return problem(self.path, line, column, code, **values)


def allowed(office: Office) -> Allowed:
    """Give what is public by the office's word (เปิดเผยได้), and what of its own is without it."""
    return Allowed.of([*office.public, *(getattr(office, name) for name in OWN)])


def unmarked(public: Allowed, texts: Iterable[Written]) -> Iterator[tuple[Written, Found]]:
    """Go through what looks like personal data in texts, but for what is ``allowed``."""
    for written in texts:
        for found in personal_data.find(written.text):
            if not public.covers(found):
                yield written, found


def shown(proceedings: Proceedings) -> Iterator[Written]:
    """Go through the texts that a public document of the meeting may show."""
    yield from shown_of_meeting(proceedings.case, proceedings.unsaid)
    yield from shown_of_body(proceedings.case)


def shown_of_meeting(case: Case, unsaid: Unsaid = frozenset()) -> Iterator[Written]:
    """Go through those that the meeting's own file has, but for corrections that are withheld."""
    kept = set() if case.office.public_reasons else set(map(id, _reasons(case)))
    kept |= {id(written.node) for written in corrections(case, unsaid)}
    nodes = (node for node in _texts(case.meeting) if id(node) not in kept)
    yield from (Written(case.path, node) for node in nodes)


def sums_of_meeting(case: Case) -> Iterator[Written]:
    """Go through the sums that it shows as values of their own, as they were typed."""
    for matter in case.meeting.all_matters():
        node = matter.places.node("budget")
        is_shown = matter.budget is not None and not (matter.secret or matter.personal)
        if is_shown and isinstance(node, Scalar):
            yield Written(case.path, node)


def corrections(case: Case, unsaid: Unsaid) -> Iterator[Written]:
    """Go through the texts of the corrections that are withheld."""
    for section in case.meeting.agenda if unsaid else ():
        for change in section.corrections:
            if (change.old, change.new) in unsaid:
                yield from (Written(case.path, node) for node in _scalars(change.places.whole))


def _reasons(case: Case) -> Iterator[Scalar]:
    """Go through the reasons why members did not come."""
    for entry in case.meeting.attendance.absent:
        node = entry.places.node("reason")
        if entry.reason and isinstance(node, Scalar):
            yield node


def shown_of_body(case: Case) -> Iterator[Written]:
    """Go through those that the files of its body and its office have."""
    folder = case.path.parent
    body, office = folder / folders.BODY, folders.office_of(folder)
    yield from (Written(body, node) for node in _texts(case.body))
    yield from (Written(office, node) for node in _texts(case.office, SHOWN_OF_OFFICE))


def withheld(proceedings: Proceedings) -> Iterator[Written]:
    """Go through everything that is written in what the public may not know."""
    path = proceedings.case.path
    for matter in proceedings.meeting.all_matters():
        if matter.secret or matter.personal:
            yield from (Written(path, node) for node in withheld_of(matter))
    yield from corrections(proceedings.case, proceedings.unsaid)
    if not proceedings.case.office.public_reasons:
        yield from (Written(path, node) for node in _reasons(proceedings.case))


def withheld_of(matter: Matter) -> Iterator[Scalar]:
    """Go through everything that is written in an item and that the public may not know."""
    if isinstance(matter.places.whole, Scalar):  # pragma: no cover - a bare title marks nothing
        return
    public = set(SHOWN_OF_SECRET if matter.secret else SHOWN_OF_PERSONAL)
    for name, node in matter.places.fields.items():
        if name not in public | ABOUT_ITSELF:
            yield from _scalars(node)


def _scalars(node: Node) -> Iterator[Scalar]:
    """Go through the values below a node, keys apart."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, reader.Sequence):
        for member in node.members:
            yield from _scalars(member)
    else:
        for entry in node.entries:
            yield from _scalars(entry.value)


def _texts(record: Record, names: Sequence[str] = ()) -> list[Scalar]:
    """Give the texts of a record and of those inside it, as far as they may be shown."""
    found: list[Scalar] = []
    _gather(record, names, found)
    return found


def _gather(record: Record, names: Sequence[str], found: list[Scalar]) -> None:
    for name in names or _public_fields(record):
        if value := getattr(record, name):  # most fields of most records say nothing
            _gather_text(value, record.places.node(name), found)


def _gather_text(value: object, node: Node, found: list[Scalar]) -> None:
    if isinstance(value, Record):
        _gather(value, (), found)
    elif isinstance(value, tuple):
        nodes = node.members if isinstance(node, reader.Sequence) else (node,) * len(value)
        for member, place in zip(value, nodes, strict=True):
            _gather_text(member, place, found)
    elif isinstance(value, str) and value and isinstance(node, Scalar):
        found.append(node)


def _public_fields(record: Record) -> Sequence[str]:
    """Give the fields that a public document may show."""
    if isinstance(record, Matter) and (record.secret or record.personal):
        return SHOWN_OF_SECRET if record.secret else SHOWN_OF_PERSONAL
    if isinstance(record, Attachment) and record.title:
        return ("title",)
    return _fields_of(type(record))


@lru_cache(maxsize=64)
def _fields_of(kind: type[Record]) -> tuple[str, ...]:
    """Give the fields of a kind of record that anybody may see; a picture's file has no name."""
    hidden = NEVER_SHOWN | ({"file"} if issubclass(kind, Image) else set())
    return tuple(name for name in kind.model_fields if name not in hidden)
