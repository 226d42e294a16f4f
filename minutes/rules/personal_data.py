"""Objections to what the public copy would show: unmarked personal data, words of a secret item."""

from collections.abc import Iterator
from pathlib import Path

from minutes.meetings import folders, public_texts, redact, secrecy
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings
from minutes.meetings.public_texts import Written
from minutes.meetings.secrecy import Secrets
from minutes.problems.errors import Problem, problem
from minutes.problems.messages import PERSONAL_KINDS
from minutes.rules.report import once_a_body
from minutes.thai.personal_data import Allowed, Found


def personal_data_is_marked(proceedings: Proceedings) -> Iterator[Problem]:
    """W33: what looks personal stands in an item marked so, or is allowed by the office.

    Only where the meeting may be published: until then there is time, and nothing leaves.
    """
    case = proceedings.case
    if redact.may_be_published(case):
        public, of_body = _of_body(case)
        found = public_texts.unmarked(public, public_texts.shown_of_meeting(case))
        yield from (_objection(*one) for one in (*found, *of_body))


@once_a_body
def _of_body(case: Case) -> tuple[Allowed, list[tuple[Written, Found]]]:
    """Give what an office lets be public, and what stands unmarked in its and the body's file."""
    public = public_texts.allowed(case.office)
    return public, list(public_texts.unmarked(public, public_texts.shown_of_body(case)))


def _objection(written: Written, found: Found) -> Problem:
    kind_th, kind = PERSONAL_KINDS[found.kind]
    return written.problem(found.start, "W33", kind_th=kind_th, kind=kind, text=found.text)


# --- what is withheld -------------------------------------------------------------------------


def nothing_withheld_is_quoted(proceedings: Proceedings) -> Iterator[Problem]:
    """W80: no public text has words, names or figures of a marked item of any meeting."""
    case = proceedings.case
    told: set[tuple[Path, int]] = set()
    for secrets in _all_secrets(case):
        for said in secrecy.said(case, secrets, secrecy.unsaid(case, secrets)):
            found = said.problem("W80")
            if (found.path, found.line) not in told:
                told.add((found.path, found.line))
                yield found


def corrections_of_the_withheld(proceedings: Proceedings) -> Iterator[Problem]:
    """W81: a correction that quotes a marked item is told, for no public copy will print it."""
    case = proceedings.case
    every = _all_secrets(case)
    changes = [one for each in every for one in secrecy.withheld_corrections(case, each)]
    for place in dict.fromkeys(change.places.of("old") for change in changes):
        yield problem(case.path, *place, "W81")


def _all_secrets(case: Case) -> list[Secrets]:
    """Give what the office's meetings withhold: those on file, and this one if it is not there."""
    on_file = _secrets(case)
    is_there = folders.absolute(case.path) in on_file.cases
    own = [] if is_there else [Secrets.over([case])]
    return [one for one in (on_file, *own) if one.texts]


@once_a_body
def _secrets(case: Case) -> Secrets:
    return Secrets.of_office(case.path.parent)
