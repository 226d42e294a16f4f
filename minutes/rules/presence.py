"""Objections to who was in the room when: arrivals and departures, and the votes between them.

An item carries no time, so only what holds at every moment, or in the order of the items, counts.
"""

from collections.abc import Iterator, Mapping
from datetime import time

from minutes.meetings.proceedings import Proceedings
from minutes.meetings.quorum import quorum
from minutes.model.meeting import BALLOTS, Change, Matter
from minutes.problems.errors import Problem, problem
from minutes.rules.report import at
from minutes.thai import dates


def changes_fall_into_the_meeting(proceedings: Proceedings) -> Iterator[Problem]:
    """W54: who comes late or leaves early does so between start and end."""
    meeting = proceedings.meeting
    for change in meeting.attendance.changes:
        when = change.when
        is_before = meeting.start is not None and when is not None and when < meeting.start
        is_after = meeting.end is not None and when is not None and when > meeting.end
        if when is not None and (is_before or is_after):
            values = {"name": change.name, "when": dates.time_text(when)}
            yield at(proceedings, change, "name", "W54", **values)


def quorum_lasts(proceedings: Proceedings) -> Iterator[Problem]:
    """W48: so many voting members as make a quorum are there at every moment."""
    needed, room = quorum(proceedings.body), _Room(proceedings)
    if room.most < needed:
        return
    if room.changes and room.at_start < needed:
        yield _short(proceedings, room.changes[0], room.at_start, needed, "ก่อน", "before")
    was_enough = room.at_start >= needed
    for change, present in room.moments():
        if was_enough and present < needed:
            yield _short(proceedings, change, present, needed, "ตั้งแต่", "from")
        was_enough = present >= needed


def _short(
    proceedings: Proceedings, change: Change, present: int, needed: int, since_th: str, since: str
) -> Problem:
    when = dates.time_text(change.when or time())
    values = {"present": present, "quorum": needed, "since_th": since_th, "since": since}
    return at(proceedings, change, "name", "W48", when=when, **values)


def votes_fit_the_room(proceedings: Proceedings) -> Iterator[Problem]:
    """W57: no more votes are counted than voting persons were there at one moment."""
    room = _Room(proceedings)
    most = room.most
    for numbered in proceedings.numbered() if room.changes else ():
        votes = _votes(numbered.matter)
        if most < votes <= room.everybody:
            values = {"votes": votes, "present": most}
            yield at(proceedings, numbered.matter, "vote", "W57", **values)


def _votes(matter: Matter) -> int:
    return sum(map(matter.vote.count, BALLOTS)) if matter.vote else 0


def nobody_votes_who_had_left(proceedings: Proceedings) -> Iterator[Problem]:
    """W47: nobody votes after another who came only when the first had left: items are in order."""
    came, left = _comings(proceedings, "arrived"), _comings(proceedings, "left")
    latest, latecomer = time.min, ""
    for matter in proceedings.meeting.all_matters():
        named = list(matter.vote.named()) if matter.vote else []
        for name, _ in named:
            if (arrived := came.get(proceedings.listed_as(name), time.min)) > latest:
                latest, latecomer = arrived, name
        for name, node in named:
            gone = left.get(proceedings.listed_as(name))
            if gone is not None and gone <= latest:
                values = {"name": name, "left": dates.time_text(gone), "other": latecomer}
                values["arrived"] = dates.time_text(latest)
                path = proceedings.case.path
                yield problem(path, node.line, node.column, "W47", **values)


def _comings(proceedings: Proceedings, what: str) -> Mapping[str, time]:
    """Give when those came (``arrived``) or went (``left``) who did so once and nothing else."""
    times: dict[str, list[time | None]] = {}
    for change in proceedings.meeting.attendance.changes:
        name = proceedings.listed_as(change.name)
        is_such = getattr(change, what) not in (None, False)
        times.setdefault(name, []).append(change.when if is_such else None)
    return {name: ts[0] for name, ts in times.items() if len(ts) == 1 and ts[0] is not None}


class _Room:
    """How many of those who vote are in the room, from the start through every change."""

    def __init__(self, proceedings: Proceedings) -> None:
        self.voters = {
            proceedings.listed_as(person.name)
            for person in proceedings.people.present
            if person.votes
        }
        known = [(proceedings.listed_as(c.name), c) for c in proceedings.meeting.attendance.changes]
        voting = [(name, change) for name, change in known if name in self.voters and change.when]
        self.known = sorted(voting, key=lambda one: one[1].when or time())
        self.changes = [change for _, change in self.known]
        first: dict[str, Change] = {}
        for name, change in self.known:
            first.setdefault(name, change)
        late = {name for name, change in first.items() if _arrives(change)}
        self.inside = self.voters - late
        self.at_start, self.everybody = len(self.inside), len(self.voters)

    @property
    def most(self) -> int:
        """The most who were there at one moment."""
        return max([self.at_start, *(present for _, present in self.moments())])

    def moments(self) -> Iterator[tuple[Change, int]]:
        """Go through the changes in the order of time, each with how many are there after it."""
        inside = set(self.inside)
        for place, (name, change) in enumerate(self.known):
            if _arrives(change):
                inside.add(name)
            else:
                inside.discard(name)
            after = self.known[place + 1 : place + 2]
            if not after or after[0][1].when != change.when:  # what happens at once counts at once
                yield change, len(inside)


def _arrives(change: Change) -> bool:
    return change.arrived not in (None, False)
