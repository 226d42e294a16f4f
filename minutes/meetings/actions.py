"""What a body assigned over all its meetings: to whom, until when, done, or put off how often.

An action lives on through the items that follow the one where it was assigned (สืบเนื่องจาก):

- It is the same action where such an item lists the same task again, its due date then the newer
  one; each time that a due date becomes a later one it was put off once.
- It is done where its ``done`` says so, at the first meeting or at a later one.
- It is closed where an item follows it up, comes to a resolution and no longer lists it, unless
  it is not due yet at that meeting: what still lies ahead is not over because progress was told.
- Else it is open, and overdue from the day after its due date.

An item under สืบเนื่อง that names nothing to follow goes on with what has the same task and owner:
what was assigned before the agenda has no number to refer to. A body's actions are followed up in
its own meetings; nothing is open or closed by those of another body.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from minutes.meetings import folders, proceedings
from minutes.meetings.loading import Case, History
from minutes.model.meeting import Action, Matter
from minutes.model.values import squeeze
from minutes.thai import digits
from minutes.thai.amounts import MeetingNumber

Status = Literal["overdue", "open", "done", "closed"]
RANKS: dict[Status, int] = {"overdue": 0, "open": 1, "closed": 2, "done": 2}


@dataclass(frozen=True)
class Item:
    """An item of a meeting: its place on the agenda, and what a document calls the meeting.

    ``number`` is the item's, ``5.2``; empty before the agenda.
    """

    meeting_id: str
    number: str
    title: str
    date: date
    meeting_number: MeetingNumber | None = None
    session: str = ""
    is_secret: bool = False
    is_personal: bool = False
    is_in_release: bool = True

    @property
    def reference(self) -> str:
        """What a later item writes to follow this one, ``otop-2567-01 5.2``; empty if it cannot."""
        return f"{self.meeting_id} {self.number}" if self.number else ""


@dataclass(frozen=True)
class Assignment:
    """มอบหมาย: one task through all the items that it was on.

    ``done`` is the day, or True when only the fact is known. ``postponed`` counts how often the due
    date became a later one. ``assigned`` is the item where it was first given, ``latest`` the last
    one that lists it, ``closed`` the one that followed it up without listing it again. It is secret
    or personal when an item that it was on is.
    """

    task: str
    owner: str
    due: date | None
    done: date | bool
    postponed: int
    assigned: Item
    latest: Item
    closed: Item | None = None
    is_secret: bool = False
    is_personal: bool = False

    def status(self, on: date) -> Status:
        """Give how the task stands on a day; it may still be done on the day when it is due."""
        if self.done:
            return "done"
        if self.closed is not None:
            return "closed"
        return "overdue" if self.due is not None and self.due < on else "open"

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor closed."""
        return not self.done and self.closed is None


def of(history: History) -> tuple[Assignment, ...]:
    """Give all that a body assigned, in the order of its meetings and their items."""
    book = _Book()
    for case in history.cases:
        book.enter(case)
    return tuple(task.shown() for task in book.tasks)


def in_order(assignments: Iterable[Assignment], on: date) -> list[Assignment]:
    """Sort by due date, what is overdue first, then what is open, then what is over."""
    return sorted(assignments, key=lambda one: _rank(one, on))


def _rank(one: Assignment, on: date) -> tuple[int, date, str]:
    return RANKS[one.status(on)], one.due or date.max, one.assigned.meeting_id


# --- following one task through the meetings ----------------------------------------------------


@dataclass(eq=False)
class _Task:
    """A task while its meetings are gone through; two of the same words are still two."""

    said: Action
    due: date | None
    owner: str
    items: list[Item]
    postponed: int = 0
    closed: Item | None = None

    def say_again(self, action: Action, item: Item) -> None:
        """Take what a later item says of it; what that leaves out stays as it was."""
        if action.due is not None:
            self.postponed += self.due is not None and action.due > self.due
            self.due = action.due
        self.said, self.owner = action, action.owner or self.owner
        self.items.append(item)
        self.closed = None

    def close(self, item: Item) -> None:
        """Take it as over by an item that follows it up, unless it is not due yet."""
        if self.is_open and not (self.due is not None and self.due > item.date):
            self.closed = item

    @property
    def is_open(self) -> bool:
        return not self.said.done and self.closed is None

    def shown(self) -> Assignment:
        return Assignment(
            self.said.task,
            self.owner,
            self.due,
            self.said.done,
            self.postponed,
            self.items[0],
            self.items[-1],
            self.closed,
            any(item.is_secret for item in self.items),
            any(item.is_personal for item in self.items),
        )


class _Entry(NamedTuple):
    """An item of the meeting that is entered, and the earlier tasks that it may go on with."""

    item: Item
    matter: Matter
    earlier: list[_Task]

    @property
    def concludes(self) -> bool:
        """Whether it follows something up and came to a resolution."""
        matter = self.matter
        return bool(matter.follows and matter.resolution) and not matter.withdrawn


@dataclass
class _Book:
    """The tasks so far, and those that each item listed, by the item's reference."""

    tasks: list[_Task] = field(default_factory=list)
    listed: dict[str, list[_Task]] = field(default_factory=dict)

    def enter(self, case: Case) -> None:
        """Go through a meeting: what it says of earlier tasks, what it assigns, what it closes."""
        entries = [
            _Entry(item, matter, self._earlier(matter, is_arising))
            for item, matter, is_arising in _items(case)
        ]
        said: set[_Task] = set()
        for entry in entries:
            for action, task in _same(entry, said):
                said.add(self._written(entry.item, action, task))
        for entry in entries:
            if entry.concludes:
                for task in entry.earlier:
                    if task not in said:
                        task.close(entry.item)

    def _earlier(self, matter: Matter, is_arising: bool) -> list[_Task]:
        if matter.follows:
            return self.listed.get(" ".join(matter.follows.split()), [])
        wanted = {_words(action) for action in matter.actions}
        is_meant = (task for task in self.tasks if task.is_open and _words(task.said) in wanted)
        return list(is_meant) if is_arising else []

    def _written(self, item: Item, action: Action, task: _Task | None) -> _Task:
        """Note an action under its item; gives its task, a new one if it had none."""
        if task is None:
            task = _Task(action, action.due, action.owner, [item])
            self.tasks.append(task)
        else:
            task.say_again(action, item)
        self.listed.setdefault(item.reference, []).append(task)
        return task


def _items(case: Case) -> Iterator[tuple[Item, Matter, bool]]:
    """Go through a meeting's items as they are numbered, and whether each stands under สืบเนื่อง."""
    arising = [s.matters for s in case.meeting.agenda if s.kind == "arising"]
    is_arising = {id(matter) for matters in arising for matter in matters}
    for matter in case.meeting.before:
        yield _item(case, "", matter), matter, False
    for numbered in proceedings.numbered(case):
        matter = numbered.matter
        yield _item(case, numbered.number, matter), matter, id(matter) in is_arising


def _item(case: Case, number: str, matter: Matter) -> Item:
    meeting = case.meeting
    return Item(
        folders.meeting_id(case.path),
        number,
        matter.title,
        meeting.date,
        meeting.number,
        meeting.session,
        matter.secret,
        matter.personal,
        matter.in_release is not False,
    )


def _same(entry: _Entry, said: set[_Task]) -> Iterator[tuple[Action, _Task | None]]:
    """Pair an item's actions with earlier tasks: by task and owner, then by the task alone."""
    left = [task for task in entry.earlier if task not in said]
    pairs: dict[int, _Task] = {}
    for words in (_words, _task_alone):
        for index, action in enumerate(entry.matter.actions):
            same = (task for task in left if words(task.said) == words(action))
            if index not in pairs and (task := next(same, None)) is not None:
                pairs[index] = task
                left.remove(task)
    for index, action in enumerate(entry.matter.actions):
        yield action, pairs.get(index)


def _words(action: Action) -> tuple[str, str]:
    """Give what two actions are compared by: digits, spaces and unseen characters aside."""
    return _plain(action.task), _plain(action.owner)


def _task_alone(action: Action) -> tuple[str, str]:
    return _plain(action.task), ""


def _plain(text: str) -> str:
    return squeeze(digits.arabic(text))
