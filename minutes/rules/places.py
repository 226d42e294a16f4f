"""Where in the writer's file an objection points, and the texts that it may look at."""

from collections.abc import Iterator

from minutes import source
from minutes.errors import Problem, problem
from minutes.messages import Severity
from minutes.model import Body, Matter, Meeting, Places, Record, Release, Remark, Section
from minutes.proceedings import Proceedings


def at(
    proceedings: Proceedings, record: Record, name: str, code: str, /, **values: object
) -> Problem:
    """Give an objection to a field of a record, at its place; to the record's own for ``""``."""
    line, column = record.places.of(name)
    return problem(proceedings.case.path, line, column, code, **values)


def later(proceedings: Proceedings) -> Severity:
    """Give the severity of a gap: a draft may still lack what a finished record must have."""
    return "warning" if proceedings.meeting.is_draft else "error"


PROSE: dict[type[Record], tuple[str, ...]] = {
    Meeting: ("opening", "closing"),
    Release: ("lead", "closing"),
    Section: ("resolution",),
    Matter: ("background", "detail", "proposal", "resolution"),
    Remark: ("text",),
}


def texts(proceedings: Proceedings) -> Iterator[tuple[Places, str, str]]:
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


def voting(proceedings: Proceedings) -> int:
    """Give how many of those present may vote."""
    return sum(person.votes for person in proceedings.people.present)


def quorum(body: Body) -> int:
    """Give how many voting members make a quorum; 0 for a body without standing members."""
    members = sum(body.votes(member) for member in body.members)
    if not members:
        return 0
    return (members + 1) // 2 if body.quorum == "half" else body.quorum
