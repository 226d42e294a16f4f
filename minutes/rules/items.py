"""Objections to the agenda and its items: numbers, resolutions, votes, what they follow up."""

import re
from collections.abc import Iterator
from dataclasses import replace

from minutes import prose
from minutes.errors import Problem, problem
from minutes.folders import BODY
from minutes.model import BALLOTS, Matter, Record
from minutes.proceedings import Part, Proceedings, items_of
from minutes.rules.places import at, later, texts, voting


def list_numbers_run_on(proceedings: Proceedings) -> Iterator[Problem]:
    """W12: the numbers that a writer types in a list follow one another."""
    for places, name, text in texts(proceedings):
        for offset, expected, found in prose.skipped(prose.parse(text)):
            line, column = places.of(name, offset)
            path = proceedings.case.path
            yield problem(path, line, column, "W12", expected=expected, found=found)


def writing_is_understood(proceedings: Proceedings) -> Iterator[Problem]:
    """D61, D62: marks of bold without a partner, and what looks like a table but is none."""
    for places, name, text in texts(proceedings):
        for fault in prose.remarks(prose.parse(text)):
            line, column = places.of(name, fault.line)
            yield problem(proceedings.case.path, line, column, fault.code, **fault.values)


TYPED_NUMBER = re.compile(
    r"(?:ระเบียบ)?วาระ(?:ที่)? ?[0-9๐-๙]+|[0-9๐-๙]+(?:\.[0-9๐-๙]+)+[.)]? |[0-9๐-๙]+[.)](?![0-9๐-๙])"
)


def no_number_is_typed(proceedings: Proceedings) -> Iterator[Problem]:
    """W41: sections, items and persons are numbered by the program, not once more by hand."""
    meeting, attendance = proceedings.meeting, proceedings.meeting.attendance
    texts: list[tuple[str, Record, str]] = [
        *((person.name, person, "name") for person in attendance.present),
        *((person.name, person, "name") for person in attendance.substitutes),
        *((person.name, person, "name") for person in attendance.guests),
        *((section.title, section, "title") for section in meeting.agenda),
        *((matter.title, matter, "title") for matter in meeting.all_matters()),
    ]
    for text, record, name in texts:
        if TYPED_NUMBER.match(text):
            yield at(proceedings, record, name, "W41", text=text)
    for member in proceedings.body.members:
        if TYPED_NUMBER.match(member.name):
            path = proceedings.case.path.with_name(BODY)
            yield problem(path, *member.places.of("name"), "W41", text=member.name)


def item_has_a_resolution(proceedings: Proceedings) -> Iterator[Problem]:
    """W13: every item ends in a resolution or conclusion, unless it was withdrawn."""
    severity = later(proceedings)
    for numbered in proceedings.numbered():
        matter = numbered.matter
        if not matter.resolution and not matter.withdrawn:
            values = {"title": matter.title, "key": matter.key_for("resolution")}
            yield replace(at(proceedings, matter, "title", "W13", **values), severity=severity)


def follows_an_item(proceedings: Proceedings) -> Iterator[Problem]:
    """D88, D89: what an item follows up is an item of an earlier meeting of a body on file."""
    for matter in proceedings.meeting.all_matters():
        if not matter.follows:
            continue
        meeting_id, item = matter.follows.split()
        items = items_of(proceedings.case, meeting_id)
        if items is None:
            yield at(proceedings, matter, "follows", "D88", id=meeting_id)
        elif items and item not in items:
            values = {"id": meeting_id, "item": item, "items": items}
            yield at(proceedings, matter, "follows", "D89", **values)


def votes_fit_those_present(proceedings: Proceedings) -> Iterator[Problem]:
    """W17: no more votes than voting persons who are there."""
    present = voting(proceedings)
    for numbered in proceedings.numbered():
        votes = _votes(numbered.matter)
        if votes > present and proceedings.case.attendance_is_known:
            yield at(proceedings, numbered.matter, "vote", "W17", votes=votes, present=present)


def _votes(matter: Matter) -> int:
    if matter.vote is None:
        return 0
    return sum(matter.vote.count(ballot) for ballot in BALLOTS)


def earlier_minutes_are_certified(proceedings: Proceedings) -> Iterator[Problem]:
    """W19: the minutes of the previous meeting come up for certification."""
    is_certifying = any(_certifies(part) for part in proceedings.parts)
    if proceedings.case.previous and not proceedings.meeting.is_draft and not is_certifying:
        yield at(proceedings, proceedings.meeting, "agenda", "W19")


def _certifies(part: Part) -> bool:
    return part.kind == "certify" and part.is_listed
