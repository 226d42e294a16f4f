"""An objection to what the public copy would show: personal data that nobody marked."""

from collections.abc import Iterator

from minutes import disclosure, redact
from minutes.errors import Problem
from minutes.messages import PERSONAL_KINDS
from minutes.proceedings import Proceedings


def personal_data_is_marked(proceedings: Proceedings) -> Iterator[Problem]:
    """W33: what looks personal stands in an item marked so, or is allowed by the office.

    Only where the meeting may be published: until then there is time, and nothing leaves.
    """
    case = proceedings.case
    if redact.may_be_published(case):
        for written, found in disclosure.unmarked(case.office, disclosure.shown(proceedings)):
            kind_th, kind = PERSONAL_KINDS[found.kind]
            values = {"kind_th": kind_th, "kind": kind, "text": found.text}
            yield written.problem(found.start, "W33", **values)
