"""Objections to names that are nearly, but not quite, those of people on the lists."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from minutes.meetings.proceedings import Proceedings
from minutes.model.meeting import Meeting, Substitute
from minutes.model.office import Person
from minutes.model.record import Places, Record
from minutes.model.values import squeeze
from minutes.problems.errors import Problem, problem
from minutes.rules.texts import texts
from minutes.thai import names, units

SHORTEST = 6  # letters of given name and surname; in less, one letter is a whole difference
LONGEST = 60  # what is longer names a group


class Written(NamedTuple):
    """A name as somebody typed it, where, and the position beside it."""

    name: str
    places: Places
    field: str
    offset: int | None = None
    position: str = ""
    is_listed: bool = False


def names_are_spelt_alike(proceedings: Proceedings) -> Iterator[Problem]:
    """W43: a name is not one letter or mark away from that of a member or of who came."""
    members, known = _members(proceedings), _known(proceedings)
    told = {(found.line, found.column) for found in proceedings.problems}
    for written in _written(proceedings, known.parts):
        near = (members if written.is_listed else known).near(written.name)
        if near is None or (written.position and written.position != near.position):
            continue
        line, column = written.places.of(written.field, written.offset)
        if (line, column) not in told:
            values = {"name": written.name, "near": near.name}
            yield problem(proceedings.case.path, line, column, "W43", **values)


def _written(proceedings: Proceedings, parts: Iterable[str]) -> Iterator[Written]:
    """Go through the names that are typed; in texts, where a part of a known name stands."""
    meeting = proceedings.meeting
    attendance = meeting.attendance
    people: list[Person | Substitute] = [*attendance.guests, *attendance.substitutes]
    for person in (*people, *attendance.present):
        yield _person(person, is_listed=True)
    for signing in (meeting.chair, meeting.recorder, *meeting.checker):
        if signing is not None:
            yield _person(signing, is_listed=False)
    if (quote := meeting.release.quote) is not None:
        yield Written(quote.name, quote.places, "name")
    for record, field in _lines(meeting):
        for _, name in units.persons_in(getattr(record, field)):
            yield Written(name, record.places, field)
    for places, field, text in texts(proceedings):
        if not any(part in text for part in parts):
            continue  # to look for names takes its time
        for offset, line in enumerate(text.split("\n")):
            for _, name in units.persons_in(line):
                yield Written(name, places, field, offset)


def _person(person: Person | Substitute, *, is_listed: bool) -> Written:
    return Written(person.name, person.places, "name", None, person.position, is_listed)


def _lines(meeting: Meeting) -> Iterator[tuple[Record, str]]:
    """Go through the fields of one line in which a person may be named."""
    for matter in meeting.all_matters():
        yield matter, "title"
        yield matter, "presenter"
        if matter.in_release:
            yield matter, "in_release"
        yield from ((remark, "speaker") for remark in matter.discussion)
        yield from ((action, "owner") for action in matter.actions)
    yield meeting.release, "headline"
    yield meeting.release, "participants"


# --- names one letter apart -------------------------------------------------------------------


class Known(NamedTuple):
    """Somebody on a list."""

    name: str
    position: str


class _Names:
    """People on the lists, to be found by a name that is one letter away from theirs."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.exact: set[str] = set()
        self.parts: set[str] = set()  # of which a name one letter apart has one untouched
        self.without_one: dict[str, list[Known]] = {}
        for person in people:
            bare = _bare(person.name)
            self.exact.add(bare)
            _, given, surname = names.split_name(person.name)
            self.parts |= {f"{given} ", f" {surname}"}
            for shorter in {bare, *_without_one(bare)} if _is_compared(bare) else ():
                self.without_one.setdefault(shorter, []).append(person)

    def near(self, name: str) -> Known | None:
        """Give the one whose name differs by a letter put in, left out or exchanged."""
        bare = _bare(name)
        if bare in self.exact or not _is_compared(bare):
            return None
        for shorter in (bare, *_without_one(bare)):
            for person in self.without_one.get(shorter, ()):
                if _same_title(name, person.name) and _one_apart(bare, _bare(person.name)):
                    return person
        return None


def _is_compared(name: str) -> bool:
    return SHORTEST <= len(name) <= LONGEST


def _without_one(name: str) -> Iterator[str]:
    return (name[:place] + name[place + 1 :] for place in range(len(name)))


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out or exchanged makes one name of the other."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    rest, left = one[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == left
    return swapped or rest[1:] in (left, left[1:]) or rest == left[1:]


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    parts = names.split_name(name)
    return squeeze(parts.given + parts.surname)


def _same_title(one: str, other: str) -> bool:
    titles = {squeeze(title) for name in (one, other) if (title := names.split_name(name).title)}
    return len({TITLES.get(title, title) for title in titles}) < 2


TITLES = {"น.ส.": "นางสาว", "ด.ช.": "เด็กชาย", "ด.ญ.": "เด็กหญิง"}


def _members(proceedings: Proceedings) -> _Names:
    body = proceedings.body
    return _names(Known(member.shown_name, member.position) for member in body.members)


def _known(proceedings: Proceedings) -> _Names:
    people = proceedings.people
    listed = (*proceedings.members, *people.present, *people.guests)
    return _names(Known(person.name, person.position) for person in listed)


def _names(people: Iterable[Known]) -> _Names:
    return _of(tuple(dict.fromkeys(person for person in people if _is_person(person.name))))


@lru_cache(maxsize=8)
def _of(people: tuple[Known, ...]) -> _Names:
    """Give the names of people, who are the same at most meetings of a body."""
    return _Names(people)


@lru_cache(maxsize=10_000)
def _is_person(name: str) -> bool:
    return bool(names.split_name(name).surname) and not re.search("[0-9๐-๙]", name)
