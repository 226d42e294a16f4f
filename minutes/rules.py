"""What a checker of minutes would object to: one function and one code a rule, in a table."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from minutes import prose, source, thai
from minutes.errors import Problem, problem
from minutes.folders import BODY
from minutes.messages import Severity
from minutes.model import (
    BALLOTS,
    Attendance,
    Matter,
    Meeting,
    Places,
    Record,
    Release,
    Remark,
    Section,
    at_line,
)
from minutes.proceedings import Part, Proceedings, items_of

Rule = Callable[[Proceedings], Iterator[Problem]]


def check(proceedings: Proceedings) -> list[Problem]:
    """Give every objection that neither the body nor the meeting switches off, in file order."""
    ignored = {*proceedings.body.ignore, *proceedings.meeting.ignore}
    found = [objection for rule in RULES.values() for objection in rule(proceedings)]
    kept = [objection for objection in found if objection.code not in ignored]
    return sorted(kept, key=lambda p: (p.line, p.column, p.code))


def _at(
    proceedings: Proceedings, record: Record, name: str, code: str, /, **values: object
) -> Problem:
    line, column = record.places.of(name)
    return problem(proceedings.case.path, line, column, code, **values)


def _later(proceedings: Proceedings) -> Severity:
    """Give the severity of a gap: a draft may still lack what a finished record must have."""
    return "warning" if proceedings.meeting.is_draft else "error"


def missing_particulars(proceedings: Proceedings) -> Iterator[Problem]:
    """W02: number, place, times, those present and the recorder (ข้อ 25)."""
    meeting, severity = proceedings.meeting, _later(proceedings)
    given = {
        "number": meeting.number or meeting.session,
        "start": meeting.start,
        "end": meeting.end,
        "attendance": "attendance" in meeting.places.fields or not meeting.is_draft,
        "recorder": proceedings.recorder,
    }
    for name, value in given.items():
        if not value:
            gap = _at(proceedings, meeting, name, "W02", what=meeting.key_for(name))
            yield replace(gap, severity=severity)
    if not proceedings.place:
        yield _at(proceedings, meeting, "place", "W02", what=meeting.key_for("place"))
    if not proceedings.people.present and not meeting.is_draft:
        what = Attendance.shown_key("present", english=meeting.places.is_english)
        yield _at(proceedings, meeting, "attendance", "W02", what=what)


def end_after_start(proceedings: Proceedings) -> Iterator[Problem]:
    """W04: a meeting ends after it starts."""
    start, end = proceedings.meeting.start, proceedings.meeting.end
    if start and end and end <= start:
        times = {"start": thai.time_text(start), "end": thai.time_text(end)}
        yield _at(proceedings, proceedings.meeting, "end", "W04", **times)


def nobody_is_listed_twice(proceedings: Proceedings) -> Iterator[Problem]:
    """W06: each person stands once in the lists of those present, absent, sent and sitting in."""
    attendance = proceedings.meeting.attendance
    comers = [
        *(_Listing(entry.name, entry, "name") for entry in attendance.substitutes),
        *(_Listing(entry.name, entry, "name") for entry in attendance.guests),
    ]
    members = [
        *(_Listing(entry.name, entry, "name") for entry in attendance.present),
        *(_Listing(entry.name, entry, "name") for entry in attendance.absent),
    ]
    yield from _twice(proceedings, [*members, *comers])
    yield from _twice(
        proceedings, [_Listing(e.member, e, "member") for e in attendance.substitutes]
    )
    listed = {proceedings.listed_as(entry.name) for entry in members}
    for entry in comers:
        if proceedings.is_member(entry.name) and proceedings.listed_as(entry.name) not in listed:
            yield entry.problem(proceedings, where_th=BODY, where=BODY)


class _Listing(NamedTuple):
    """A name in one of the lists, and the record and field that it stands in."""

    name: str
    record: Record
    field: str

    def problem(self, proceedings: Proceedings, **where: str) -> Problem:
        return _at(proceedings, self.record, self.field, "W06", name=self.name, **where)


def _twice(proceedings: Proceedings, listings: Sequence[_Listing]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for listing in listings:
        known = proceedings.listed_as(listing.name)
        if known in first:
            yield listing.problem(proceedings, **at_line(first[known]))
        first.setdefault(known, listing.record.places.of(listing.field)[0])


def the_absent_do_nothing(proceedings: Proceedings) -> Iterator[Problem]:
    """W42: who did not come neither chairs, comes late, leaves early nor votes."""
    absent = {
        proceedings.listed_as(entry.name): entry.places.of("name")[0]
        for entry in proceedings.meeting.attendance.absent
    }
    for name, line, column in _acting(proceedings.meeting):
        if (listed := absent.get(proceedings.listed_as(name))) is not None:
            path, where = proceedings.case.path, at_line(listed)
            yield problem(path, line, column, "W42", name=name, **where)


def _acting(meeting: Meeting) -> Iterator[tuple[str, int, int]]:
    if meeting.chair is not None:
        yield meeting.chair.name, *meeting.chair.places.of("name")
    for change in meeting.attendance.changes:
        yield change.name, *change.places.of("name")
    for matter in meeting.all_matters():
        for name, node in matter.vote.named() if matter.vote else ():
            yield name, node.line, node.column


def absence_has_a_reason(proceedings: Proceedings) -> Iterator[Problem]:
    """W08: who did not come says why; a council's ขาด is an absence without a word."""
    for entry in proceedings.meeting.attendance.absent:
        if not entry.reason and entry.kind == "leave":
            key = entry.key_for("reason")
            yield _at(proceedings, entry, "", "W08", name=entry.name, key=key)


def somebody_chairs(proceedings: Proceedings) -> Iterator[Problem]:
    """W10: a meeting has a chair."""
    if proceedings.chair is None and proceedings.case.attendance_is_known:
        meeting = proceedings.meeting
        objection = _at(proceedings, meeting, "attendance", "W10", key=meeting.key_for("chair"))
        yield replace(objection, severity=_later(proceedings))


def quorum_is_met(proceedings: Proceedings) -> Iterator[Problem]:
    """W11: half of the voting members, or the number that the body sets."""
    members = [member for member in proceedings.body.members if proceedings.body.votes(member)]
    quorum = proceedings.body.quorum
    needed = (len(members) + 1) // 2 if quorum == "half" else quorum
    present = _voting(proceedings)
    if members and present < needed and proceedings.case.attendance_is_known:
        objection = _at(
            proceedings, proceedings.meeting, "attendance", "W11", present=present, quorum=needed
        )
        yield replace(objection, severity=_later(proceedings))


def _voting(proceedings: Proceedings) -> int:
    return sum(person.votes for person in proceedings.people.present)


def list_numbers_run_on(proceedings: Proceedings) -> Iterator[Problem]:
    """W12: the numbers that a writer types in a list follow one another."""
    for places, name, text in _texts(proceedings):
        for offset, expected, found in prose.skipped(prose.parse(text)):
            line, column = places.of(name, offset)
            path = proceedings.case.path
            yield problem(path, line, column, "W12", expected=expected, found=found)


def writing_is_understood(proceedings: Proceedings) -> Iterator[Problem]:
    """D61, D62: marks of bold without a partner, and what looks like a table but is none."""
    for places, name, text in _texts(proceedings):
        for fault in prose.remarks(prose.parse(text)):
            line, column = places.of(name, fault.line)
            yield problem(proceedings.case.path, line, column, fault.code, **fault.values)


PROSE: dict[type[Record], tuple[str, ...]] = {
    Meeting: ("opening", "closing"),
    Release: ("lead", "closing"),
    Section: ("resolution",),
    Matter: ("background", "detail", "proposal", "resolution"),
    Remark: ("text",),
}


def _texts(proceedings: Proceedings) -> Iterator[tuple[Places, str, str]]:
    """Give every text that is written freely, with the field that it stands in."""
    meeting = proceedings.meeting
    matters = list(meeting.all_matters())
    remarks = [remark for matter in matters for remark in matter.discussion]
    for record in (meeting, meeting.release, *meeting.agenda, *matters, *remarks):
        for name in PROSE[type(record)]:
            yield record.places, name, getattr(record, name)
    highlights = meeting.release.places.fields.get("highlights")
    if isinstance(highlights, source.Sequence):
        for node, text in zip(highlights.members, meeting.release.highlights, strict=True):
            yield Places(node), "", text


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
            yield _at(proceedings, record, name, "W41", text=text)
    for member in proceedings.body.members:
        if TYPED_NUMBER.match(member.name):
            path = proceedings.case.path.with_name(BODY)
            yield problem(path, *member.places.of("name"), "W41", text=member.name)


def item_has_a_resolution(proceedings: Proceedings) -> Iterator[Problem]:
    """W13: every item ends in a resolution or conclusion, unless it was withdrawn."""
    severity = _later(proceedings)
    for numbered in proceedings.numbered():
        matter = numbered.matter
        if not matter.resolution and not matter.withdrawn:
            values = {"title": matter.title, "key": matter.key_for("resolution")}
            yield replace(_at(proceedings, matter, "title", "W13", **values), severity=severity)


def follows_an_item(proceedings: Proceedings) -> Iterator[Problem]:
    """D88, D89: what an item follows up is an item of an earlier meeting of a body on file."""
    for matter in proceedings.meeting.all_matters():
        if not matter.follows:
            continue
        meeting_id, item = matter.follows.split()
        items = items_of(proceedings.case, meeting_id)
        if items is None:
            yield _at(proceedings, matter, "follows", "D88", id=meeting_id)
        elif items and item not in items:
            values = {"id": meeting_id, "item": item, "items": items}
            yield _at(proceedings, matter, "follows", "D89", **values)


def votes_fit_those_present(proceedings: Proceedings) -> Iterator[Problem]:
    """W17: no more votes than voting persons who are there."""
    present = _voting(proceedings)
    for numbered in proceedings.numbered():
        votes = _votes(numbered.matter)
        if votes > present and proceedings.case.attendance_is_known:
            yield _at(proceedings, numbered.matter, "vote", "W17", votes=votes, present=present)


def _votes(matter: Matter) -> int:
    if matter.vote is None:
        return 0
    return sum(matter.vote.count(ballot) for ballot in BALLOTS)


def earlier_minutes_are_certified(proceedings: Proceedings) -> Iterator[Problem]:
    """W19: the minutes of the previous meeting come up for certification."""
    is_certifying = any(_certifies(part) for part in proceedings.parts)
    if proceedings.case.previous and not proceedings.meeting.is_draft and not is_certifying:
        yield _at(proceedings, proceedings.meeting, "agenda", "W19")


def _certifies(part: Part) -> bool:
    return part.kind == "certify" and part.is_listed


RULES: dict[str, Rule] = {
    "D61": writing_is_understood,
    "D88": follows_an_item,
    "W02": missing_particulars,
    "W04": end_after_start,
    "W06": nobody_is_listed_twice,
    "W08": absence_has_a_reason,
    "W10": somebody_chairs,
    "W11": quorum_is_met,
    "W12": list_numbers_run_on,
    "W13": item_has_a_resolution,
    "W17": votes_fit_those_present,
    "W19": earlier_minutes_are_certified,
    "W41": no_number_is_typed,
    "W42": the_absent_do_nothing,
}
