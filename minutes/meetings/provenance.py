"""Where each value on a page was written, or would be: file, line, column, and the keys to it.

Whoever works a value out names its origins beside the working out; an ``Atlas`` knows in which
file, and where in it, each record stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from minutes.model.meeting import Meeting, Section
from minutes.model.office import SECTION_KINDS
from minutes.model.record import NOWHERE, Places, Record, folded
from minutes.problems.errors import MinutesError
from minutes.source import reader
from minutes.source.reader import Scalar, Sequence


@dataclass(frozen=True, eq=False)
class Origin:
    """A field of a record, or the record itself; a member of the field's list, a line of its text.

    ``record`` is a Record, or what was glimpsed of another meeting and has fields of these names.
    Members and lines count from 0.
    """

    record: object
    field: str = ""
    member: int | None = None
    line: int | None = None

    @property
    def key(self) -> tuple[int, str, int | None, int | None]:
        """What tells one origin from another."""
        return id(self.record), self.field, self.member, self.line

    @property
    def value(self) -> object:
        """What was written there, as the record has it."""
        value: Any = getattr(self.record, self.field) if self.field else self.record
        return value[self.member] if self.member is not None else value

    @property
    def has_value(self) -> bool:
        """Whether anything was written there; a nought is something."""
        return bool(self.value) or self.value == 0


Origins = Mapping[str, tuple[Origin, ...]]
"""The origins of an object's attributes, by their names."""


class Place(NamedTuple):
    """Where an origin stands; ``names`` are the keys that lead there, in Thai.

    Of a field that was not written, line and column are those of its record.
    """

    path: Path
    line: int
    column: int
    names: tuple[str, ...]
    is_written: bool


# What one of a list is called; one of any other list is a ข้อ.
ONE_OF = {
    "matters": "เรื่อง",
    "before": "เรื่อง",
    "absent": "คน",
    "substitutes": "คน",
    "guests": "คน",
    "present": "คน",
    "changes": "คน",
    "members": "คน",
    "checker": "คน",
    "actions": "งาน",
    "images": "ภาพ",
    "photos": "ภาพ",
    "attachments": "เอกสาร",
}


@dataclass(frozen=True)
class _Home:
    """Where a record stands: its file, the keys to it, and the nodes of its fields."""

    record: object  # kept, so that no other gets its id
    path: Path
    names: tuple[str, ...]
    places: Places


class Atlas:
    """Where the records of some files stand."""

    def __init__(self) -> None:
        self._homes: dict[int, _Home] = {}

    def add(self, record: Record, path: Path, names: tuple[str, ...] = ()) -> None:
        """Learn where a file's record stands, and all records below it."""
        self._settle(record, _Home(record, path, names, record.places))

    def add_glimpse(self, glimpse: object, path: Path) -> None:
        """Learn where the fields of what was glimpsed of another meeting stand in its file."""
        try:
            node = reader.read(path)
        except MinutesError:  # it went bad since
            return
        fields = {Meeting.keys.get(folded(e.key.text), ""): e.value for e in node.entries}
        self._homes[id(glimpse)] = _Home(glimpse, path, (), Places(node, fields))

    def _settle(self, record: Record, home: _Home) -> None:
        self._homes[id(record)] = home
        for name in type(record).model_fields:
            value = getattr(record, name)
            members = value if isinstance(value, tuple) else (value,)
            for number, member in enumerate(members, 1):
                if isinstance(member, Record):
                    leading = _names_to(member, record, name, number)
                    below = (*home.names, *leading)
                    self._settle(member, _Home(member, home.path, below, _places(member, home)))

    def locate(self, origin: Origin) -> Place | None:
        """Give the place of an origin; None of what no file says."""
        home = self._homes.get(id(origin.record))
        if home is None:
            return None
        is_written = _is_written(origin, home.places)
        node = home.places.node(origin.field)
        if origin.member is not None and isinstance(node, Sequence):
            node = node.members[origin.member]
        line, column = Places(node).of(offset=origin.line if is_written else None)
        return Place(home.path, line, column, (*home.names, *_field_names(origin)), is_written)


def _places(record: Record, above: _Home) -> Places:
    """Give a record's places; one that was not written stands where the one above it does."""
    return Places(above.places.whole) if record.places == NOWHERE else record.places


def _is_written(origin: Origin, places: Places) -> bool:
    """Whether a field has a place of its own; a record that is one text has one for a field."""
    is_alone = isinstance(places.whole, Scalar) and places != NOWHERE and origin.has_value
    return not origin.field or origin.field in places.fields or is_alone


def _names_to(member: Record, record: Record, field: str, number: int) -> tuple[str, ...]:
    """Give the keys from a record to one below it: ``ระเบียบวาระ``, ``เพื่อทราบ``."""
    key = record.shown_key(field)
    if isinstance(member, Section):
        return key, member.title or SECTION_KINDS[member.kind or "other"]
    if not isinstance(getattr(record, field), tuple):
        return (key,)
    one = f"{ONE_OF.get(field, 'ข้อ')}ที่ {number}"
    return (one,) if field == "matters" else (key, one)


def _field_names(origin: Origin) -> tuple[str, ...]:
    record = type(origin.record) if isinstance(origin.record, Record) else Meeting
    names = (record.shown_key(origin.field),) if origin.field else ()
    return names if origin.member is None else (*names, f"ข้อที่ {origin.member + 1}")
