"""An objection to what the public copy would show: personal data that nobody marked."""

from collections.abc import Iterator

from minutes import disclosure, redact
from minutes.disclosure import Written
from minutes.errors import Problem
from minutes.messages import PERSONAL_KINDS
from minutes.personal import Allowed, Found
from minutes.proceedings import Proceedings
from minutes.records import Case
from minutes.rules.places import once_a_body


def personal_data_is_marked(proceedings: Proceedings) -> Iterator[Problem]:
    """W33: what looks personal stands in an item marked so, or is allowed by the office.

    Only where the meeting may be published: until then there is time, and nothing leaves.
    """
    case = proceedings.case
    if redact.may_be_published(case):
        public, of_body = _of_body(case)
        found = disclosure.unmarked(public, disclosure.shown_of_meeting(case))
        yield from (_objection(*one) for one in (*found, *of_body))


@once_a_body
def _of_body(case: Case) -> tuple[Allowed, list[tuple[Written, Found]]]:
    """Give what an office lets be public, and what stands unmarked in its and the body's file."""
    public = disclosure.allowed(case.office)
    return public, list(disclosure.unmarked(public, disclosure.shown_of_body(case)))


def _objection(written: Written, found: Found) -> Problem:
    kind_th, kind = PERSONAL_KINDS[found.kind]
    return written.problem(found.start, "W33", kind_th=kind_th, kind=kind, text=found.text)
