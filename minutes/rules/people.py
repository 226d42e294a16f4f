"""Objections to who came: the lists, the chair, the quorum."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from minutes.meetings.folders import BODY
from minutes.meetings.proceedings import Proceedings
from minutes.meetings.quorum import quorum, voting
from minutes.model.meeting import Attendance, Meeting
from minutes.model.record import Record, at_line
from minutes.problems.errors import Problem, problem
from minutes.rules.report import at, later
from minutes.thai import dates


def missing_particulars(proceedings: Proceedings) -> Iterator[Problem]:
    """W02: number, place, times, those present and the recorder (ข้อ 25)."""
    meeting, severity = proceedings.meeting, later(proceedings)
    given = {
        "number": meeting.number or meeting.session,
        "start": meeting.start,
        "end": meeting.end,
        "attendance": "attendance" in meeting.places.fields or not meeting.is_draft,
        "recorder": proceedings.recorder,
    }
    for name, value in given.items():
        if not value:
            gap = at(proceedings, meeting, name, "W02", what=meeting.key_for(name))
            yield replace(gap, severity=severity)
    if not proceedings.place:
        yield at(proceedings, meeting, "place", "W02", what=meeting.key_for("place"))
    if not proceedings.people.present and not meeting.is_draft:
        what = Attendance.shown_key("present", english=meeting.places.is_english)
        yield at(proceedings, meeting, "attendance", "W02", what=what)


def end_after_start(proceedings: Proceedings) -> Iterator[Problem]:
    """W04: a meeting ends after it starts."""
    start, end = proceedings.meeting.start, proceedings.meeting.end
    if start and end and end <= start:
        times = {"start": dates.time_text(start), "end": dates.time_text(end)}
        yield at(proceedings, proceedings.meeting, "end", "W04", **times)


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
        return at(proceedings, self.record, self.field, "W06", name=self.name, **where)


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
            yield at(proceedings, entry, "", "W08", name=entry.name, key=key)


def somebody_chairs(proceedings: Proceedings) -> Iterator[Problem]:
    """W10: a meeting has a chair."""
    if proceedings.chair is None and proceedings.case.attendance_is_known:
        meeting = proceedings.meeting
        objection = at(proceedings, meeting, "attendance", "W10", key=meeting.key_for("chair"))
        yield replace(objection, severity=later(proceedings))


def quorum_is_met(proceedings: Proceedings) -> Iterator[Problem]:
    """W11: half of the voting members, or the number that the body sets."""
    needed, present = quorum(proceedings.body), voting(proceedings)
    if present < needed and proceedings.case.attendance_is_known:
        objection = at(
            proceedings, proceedings.meeting, "attendance", "W11", present=present, quorum=needed
        )
        yield replace(objection, severity=later(proceedings))


def members_and_guests_are_apart(proceedings: Proceedings) -> Iterator[Problem]:
    """W07: who is no member stands among the guests, and who has a member's role does not."""
    members = proceedings.body.members
    positions = {member.position for member in members}
    for person in proceedings.meeting.attendance.present if members else ():
        is_known = proceedings.is_member(person.name) or person.position in positions
        if not (is_known or person.role):
            wrong = at(proceedings, person, "name", "W07", name=person.name)
            yield replace(wrong, severity=later(proceedings))


def substitutes_have_positions(proceedings: Proceedings) -> Iterator[Problem]:
    """W09: the record says what a substitute is."""
    for entry in proceedings.meeting.attendance.substitutes:
        if not entry.position:
            values = {"name": entry.name, "member": entry.member, "key": entry.key_for("position")}
            yield at(proceedings, entry, "name", "W09", **values)


def recorder_and_checker_are_two(proceedings: Proceedings) -> Iterator[Problem]:
    """W36: who checks the minutes did not take them."""
    recorder = proceedings.recorder
    names = {proceedings.listed_as(checker.name) for checker in proceedings.checkers}
    if recorder is not None and proceedings.listed_as(recorder.name) in names:
        yield _signing(proceedings, "checker", "W36", name=recorder.name)


def recorder_was_there(proceedings: Proceedings) -> Iterator[Problem]:
    """W56: who took the minutes is on the list of those who came or sat in."""
    recorder, people = proceedings.recorder, proceedings.people
    if recorder is None or not (people.present and proceedings.case.attendance_is_known):
        return
    there = {proceedings.listed_as(person.name) for person in (*people.present, *people.guests)}
    is_misspelt = any(found.values.get("name") == recorder.name for found in proceedings.problems)
    if proceedings.listed_as(recorder.name) not in there and not is_misspelt:
        yield _signing(proceedings, "recorder", "W56", name=recorder.name)


def _signing(
    proceedings: Proceedings, who: Literal["recorder", "checker"], code: str, /, **values: object
) -> Problem:
    """Object to who signs, where the meeting names them, or at the status that asks for them."""
    meeting = proceedings.meeting
    return at(
        proceedings, meeting, who if who in meeting.places.fields else "status", code, **values
    )


def the_substituted_stayed_away(proceedings: Proceedings) -> Iterator[Problem]:
    """W50: a member in whose place somebody came is neither listed as present nor acts."""
    attendance = proceedings.meeting.attendance
    sent = {proceedings.listed_as(entry.member): entry.name for entry in attendance.substitutes}
    listed = [(person.name, *person.places.of("name")) for person in attendance.present]
    for name, line, column in [*listed, *_acting(proceedings.meeting)]:
        if (substitute := sent.get(proceedings.listed_as(name))) is not None:
            values = {"name": name, "substitute": substitute}
            yield problem(proceedings.case.path, line, column, "W50", **values)
