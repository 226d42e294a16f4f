"""Objections to who came: the lists, the chair, the quorum."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from minutes import thai
from minutes.errors import Problem, problem
from minutes.folders import BODY
from minutes.model import Attendance, Meeting, Record, at_line
from minutes.proceedings import Proceedings
from minutes.rules.places import at, later, voting


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
        times = {"start": thai.time_text(start), "end": thai.time_text(end)}
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
    members = [member for member in proceedings.body.members if proceedings.body.votes(member)]
    quorum = proceedings.body.quorum
    needed = (len(members) + 1) // 2 if quorum == "half" else quorum
    present = voting(proceedings)
    if members and present < needed and proceedings.case.attendance_is_known:
        objection = at(
            proceedings, proceedings.meeting, "attendance", "W11", present=present, quorum=needed
        )
        yield replace(objection, severity=later(proceedings))
