"""Where in the writer's file an objection points, and how grave it is."""

from collections.abc import Callable
from typing import TypeVar, cast

from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.problems.errors import Problem, problem
from minutes.problems.messages import Severity


def at(
    proceedings: Proceedings, record: Record, name: str, code: str, /, **values: object
) -> Problem:
    """Give an objection to a field of a record, at its place; to the record's own for ``""``."""
    line, column = record.places.of(name)
    return problem(proceedings.case.path, line, column, code, **values)


def later(proceedings: Proceedings) -> Severity:
    """Give the severity of a gap: a draft may still lack what a finished record must have."""
    return "warning" if proceedings.meeting.is_draft else "error"


T = TypeVar("T")
MOST_BODIES = 8  # whose findings are kept


def once_a_body(work: Callable[[Case], T]) -> Callable[[Case], T]:
    """Let what only a body and its office tell be worked out once for all the body's meetings."""
    known: dict[int, tuple[Body, Office, T]] = {}

    def found(case: Case) -> T:
        body, office, told = known.get(id(case.body), (None, None, None))
        if body is case.body and office is case.office:
            return cast(T, told)
        if len(known) >= MOST_BODIES:
            known.clear()
        result = work(case)
        known[id(case.body)] = (case.body, case.office, result)
        return result

    return found
