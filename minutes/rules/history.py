"""Objections that only all meetings of a body show: work left lying, positions that change.

They look at the meetings that are checked together, in order, and so run in ``check`` alone: what
building tells of a meeting depends on its own file, its body, its office and its neighbours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from minutes.meetings.proceedings import Proceedings
from minutes.model.meeting import Substitute
from minutes.model.office import Person
from minutes.model.values import squeeze
from minutes.problems.errors import Problem, problem
from minutes.thai import dates, names

CODES = frozenset({"W37", "W44", "W52", "W53"})
Place = tuple[Path, int, int]


@dataclass(frozen=True)
class Task:
    """Work that was assigned and is not done: what, when due, in which item."""

    place: Place
    task: str
    owner: str
    due: date
    item: str


@dataclass
class Past:
    """What is known of a body's meetings so far: no more than the rules need of each."""

    tasks: list[Task] = field(default_factory=list)
    followed: dict[str, str] = field(default_factory=dict)  # item -> the last that follows it up
    positions: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> position, meeting
    last: date = date.min
    problems: list[Problem] = field(default_factory=list)

    def add(self, proceedings: Proceedings) -> None:
        """Take in the next meeting of the body."""
        self.problems += _uncertified(proceedings)
        self._positions(proceedings)
        self._follow(proceedings)
        id_ = proceedings.case.id
        for numbered in proceedings.numbered():
            for action in numbered.matter.actions:
                if action.due and not action.done and action.due >= proceedings.meeting.date:
                    place = (proceedings.case.path, *action.places.of("due"))
                    item = f"{id_} {numbered.number}"
                    task = Task(place, action.task, action.owner or "-", action.due, item)
                    self.tasks.append(task)
        if not proceedings.meeting.is_draft:
            self.last = max(self.last, proceedings.meeting.date)

    def _follow(self, proceedings: Proceedings) -> None:
        """W52: an item follows up the last that was said of the matter."""
        new: dict[str, str] = {}
        for numbered in proceedings.numbered():
            if not (reference := " ".join(numbered.matter.follows.split())):
                continue
            if (latest := self.followed.get(reference)) is not None:
                place = numbered.matter.places.of("follows")
                values = {"item": reference, "latest": latest}
                self.problems.append(problem(proceedings.case.path, *place, "W52", **values))
            new[reference] = f"{proceedings.case.id} {numbered.number}"
        self.followed |= new

    def _positions(self, proceedings: Proceedings) -> None:
        """W44: a person has the position that an earlier meeting gave."""
        for person, position in _with_positions(proceedings):
            name = squeeze(names.display_name(person.name))
            known, where = self.positions.get(name, (position, ""))
            if squeeze(known) != squeeze(position):
                place = person.places.of("position")
                values = {"name": person.name, "position": position, "known": known, "id": where}
                self.problems.append(problem(proceedings.case.path, *place, "W44", **values))
            self.positions[name] = (position, proceedings.case.id)

    def objections(self) -> list[Problem]:
        """Give all objections, once the last meeting is in."""
        return [*self.problems, *self._left_lying()]

    def _left_lying(self) -> Iterator[Problem]:
        """W53: what is overdue is followed up by a later meeting."""
        for task in self.tasks:
            if task.due < self.last and task.item not in self.followed:
                due = dates.date_text(task.due)
                yield problem(*task.place, "W53", task=task.task, owner=task.owner, due=due)


def _with_positions(proceedings: Proceedings) -> Iterator[tuple[Person | Substitute, str]]:
    """Go through those whose position a meeting gives by itself, members apart."""
    meeting = proceedings.meeting
    attendance = meeting.attendance
    signing = [person for person in (meeting.recorder, *meeting.checker) if person]
    people: list[Person | Substitute] = [*attendance.guests, *attendance.substitutes, *signing]
    for person in people:
        if person.position and not proceedings.is_member(person.name):
            yield person, person.position


def _uncertified(proceedings: Proceedings) -> Iterator[Problem]:
    """W37: the minutes are certified once the next meeting was held."""
    meeting, following = proceedings.meeting, proceedings.case.following
    if following is None or following.is_draft or meeting.status == "certified":
        return
    day = f"เมื่อ {dates.date_text(following.date)}"
    which = f"ครั้งที่ {following.number} " if following.number else f"{day} "
    values = {"which": which, "key": meeting.key_for("status")}
    yield problem(proceedings.case.path, *meeting.places.of("status"), "W37", **values)
