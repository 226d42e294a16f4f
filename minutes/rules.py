"""What a checker of minutes would object to: one function and one code a rule, in a table."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from minutes import prose, thai
from minutes.errors import Problem, problem
from minutes.messages import Severity
from minutes.model import Matter, Meeting, Places, Record, Release, Remark, Section
from minutes.proceedings import Part, Proceedings
from minutes.source import Sequence

Rule = Callable[[Proceedings], Iterator[Problem]]


def check(proceedings: Proceedings) -> list[Problem]:
    """Give every objection that neither the body nor the meeting switches off, in file order."""
    ignored = {*proceedings.body.ignore, *proceedings.meeting.ignore}
    found = [objection for rule in RULES.values() for objection in rule(proceedings)]
    kept = [objection for objection in found if objection.code not in ignored]
    return sorted(kept, key=lambda p: (p.line, p.column, p.code))


def _at(
    proceedings: Proceedings, record: Record, name: str, code: str, /, **values: object
) -> Problem:
    line, column = record.places.of(name)
    return problem(proceedings.case.path, line, column, code, **values)


def _later(proceedings: Proceedings) -> Severity:
    """Give the severity of a gap: a draft may still lack what a finished record must have."""
    return "warning" if proceedings.meeting.is_draft else "error"


def missing_particulars(proceedings: Proceedings) -> Iterator[Problem]:
    """W02: number, place, times, those present and the recorder (ข้อ 25)."""
    meeting, severity = proceedings.meeting, _later(proceedings)
    given = {
        "ครั้งที่": meeting.number or meeting.session,
        "เวลาเริ่ม": meeting.start,
        "เวลาเลิก": meeting.end,
        "การเข้าประชุม": "attendance" in meeting.places.fields or not meeting.is_draft,
        "ผู้จดรายงาน": proceedings.recorder,
    }
    for what, value in given.items():
        if not value:
            yield replace(_at(proceedings, meeting, "", "W02", what=what), severity=severity)
    if not proceedings.place:
        yield _at(proceedings, meeting, "", "W02", what="สถานที่")
    if not proceedings.people.present and not meeting.is_draft:
        yield _at(proceedings, meeting, "attendance", "W02", what="ผู้มาประชุม")


def end_after_start(proceedings: Proceedings) -> Iterator[Problem]:
    """W04: a meeting ends after it starts."""
    start, end = proceedings.meeting.start, proceedings.meeting.end
    if start and end and end <= start:
        times = {"start": thai.time_text(start), "end": thai.time_text(end)}
        yield _at(proceedings, proceedings.meeting, "end", "W04", **times)


def absence_has_a_reason(proceedings: Proceedings) -> Iterator[Problem]:
    """W08: who did not come says why; a council's ขาด is an absence without a word."""
    for entry in proceedings.meeting.attendance.absent:
        if not entry.reason and entry.kind == "leave":
            yield _at(proceedings, entry, "", "W08", name=entry.name)


def somebody_chairs(proceedings: Proceedings) -> Iterator[Problem]:
    """W10: a meeting has a chair."""
    if proceedings.chair is None:
        objection = _at(proceedings, proceedings.meeting, "attendance", "W10")
        yield replace(objection, severity=_later(proceedings))


def quorum_is_met(proceedings: Proceedings) -> Iterator[Problem]:
    """W11: half of the voting members, or the number that the body sets."""
    members = [member for member in proceedings.body.members if proceedings.body.votes(member)]
    quorum = proceedings.body.quorum
    needed = (len(members) + 1) // 2 if quorum == "half" else quorum
    present = _voting(proceedings)
    if members and present < needed:
        objection = _at(
            proceedings, proceedings.meeting, "attendance", "W11", present=present, quorum=needed
        )
        yield replace(objection, severity=_later(proceedings))


def _voting(proceedings: Proceedings) -> int:
    return sum(person.votes for person in proceedings.people.present)


def list_numbers_run_on(proceedings: Proceedings) -> Iterator[Problem]:
    """W12: the numbers that a writer types in a list follow one another."""
    for places, name, text in _texts(proceedings):
        for offset, expected, found in prose.skipped(prose.parse(text)):
            line, column = places.of(name, offset)
            path = proceedings.case.path
            yield problem(path, line, column, "W12", expected=expected, found=found)


def writing_is_understood(proceedings: Proceedings) -> Iterator[Problem]:
    """D61, D62: marks of bold without a partner, and what looks like a table but is none."""
    for places, name, text in _texts(proceedings):
        for fault in prose.remarks(prose.parse(text)):
            line, column = places.of(name, fault.line)
            yield problem(proceedings.case.path, line, column, fault.code, **fault.values)


PROSE: dict[type[Record], tuple[str, ...]] = {
    Meeting: ("opening", "closing"),
    Release: ("lead", "closing"),
    Section: ("resolution",),
    Matter: ("background", "detail", "proposal", "resolution"),
    Remark: ("text",),
}


def _texts(proceedings: Proceedings) -> Iterator[tuple[Places, str, str]]:
    """Give every text that is written freely, with the field that it stands in."""
    meeting = proceedings.meeting
    matters = list(meeting.all_matters())
    remarks = [remark for matter in matters for remark in matter.discussion]
    for record in (meeting, meeting.release, *meeting.agenda, *matters, *remarks):
        for name in PROSE[type(record)]:
            yield record.places, name, getattr(record, name)
    highlights = meeting.release.places.fields.get("highlights")
    if isinstance(highlights, Sequence):
        for node, text in zip(highlights.members, meeting.release.highlights, strict=True):
            yield Places(node), "", text


def item_has_a_resolution(proceedings: Proceedings) -> Iterator[Problem]:
    """W13: every item ends in a resolution or conclusion, unless it was withdrawn."""
    severity = _later(proceedings)
    for numbered in proceedings.numbered():
        matter = numbered.matter
        if not matter.resolution and not matter.withdrawn:
            objection = _at(proceedings, matter, "title", "W13", title=matter.title)
            yield replace(objection, severity=severity)


def votes_fit_those_present(proceedings: Proceedings) -> Iterator[Problem]:
    """W17: no more votes than voting persons who are there."""
    present = _voting(proceedings)
    for numbered in proceedings.numbered():
        if (votes := _votes(numbered.matter)) > present:
            yield _at(proceedings, numbered.matter, "vote", "W17", votes=votes, present=present)


def _votes(matter: Matter) -> int:
    if matter.vote is None:
        return 0
    return sum(matter.vote.count(ballot) for ballot in ("in_favour", "against", "abstain"))


def earlier_minutes_are_certified(proceedings: Proceedings) -> Iterator[Problem]:
    """W19: the minutes of the previous meeting come up for certification."""
    is_certifying = any(_certifies(part) for part in proceedings.parts)
    if proceedings.case.previous and not proceedings.meeting.is_draft and not is_certifying:
        yield _at(proceedings, proceedings.meeting, "agenda", "W19")


def _certifies(part: Part) -> bool:
    return part.kind == "certify" and part.is_listed


RULES: dict[str, Rule] = {
    "D61": writing_is_understood,
    "W02": missing_particulars,
    "W04": end_after_start,
    "W08": absence_has_a_reason,
    "W10": somebody_chairs,
    "W11": quorum_is_met,
    "W12": list_numbers_run_on,
    "W13": item_has_a_resolution,
    "W17": votes_fit_those_present,
    "W19": earlier_minutes_are_certified,
}
