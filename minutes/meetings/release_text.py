"""What a press release says of a meeting by itself, in the habits of district offices' releases.

Nothing secret or personal, no dissent, and no votes unless they are asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minutes.meetings.attendance import Attendee
from minutes.meetings.proceedings import Part, Proceedings
from minutes.meetings.provenance import Origin, Origins
from minutes.model.meeting import Matter, Vote
from minutes.thai import names

MOST_SUBJECTS = 8
MOST_NAMED = 3
LONGEST_SENTENCE = 160  # characters of phrases that one sentence still carries
AND_OTHERS = "เรื่องอื่น ๆ"
PROCEDURAL = ("inform", "certify", "arising", "other")

# "(รายชื่อตามบัญชีลงเวลาแนบท้าย)": the minutes enclose the list, a release does not.
LIST_ENCLOSED = re.compile(r"\s*\([^()]*(?:รายชื่อ|บัญชี|แนบ)[^()]*\)$")

GROUPS = {"committee": "คณะกรรมการ", "council": "สมาชิกสภา", "staff": "หัวหน้าส่วนราชการ"}
COMMITTEES = ("คณะทำงาน", "คณะอนุกรรมการ")  # which call themselves otherwise than คณะกรรมการ


@dataclass(frozen=True)
class Subject:
    """One noun phrase about an item, and the vote on it where the release gives it."""

    phrase: str
    vote: Vote | None = None
    origins: Origins = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Subjects:
    """What the meeting was about; ``is_list`` when a sentence could not carry it."""

    phrases: tuple[Subject, ...]
    is_list: bool


def subjects(proceedings: Proceedings) -> Subjects:
    """Give the phrases that items ask for, else up to eight public items by their titles."""
    public = filter(_is_public, proceedings.meeting.all_matters())
    asked = [matter for matter in public if matter.in_release]
    if asked:
        return _subjects([_subject(matter, str(matter.in_release)) for matter in asked])
    named = [matter for part in proceedings.parts for matter in _noteworthy(part)]
    phrases = [_subject(matter, matter.title) for matter in named[:MOST_SUBJECTS]]
    if len(named) > MOST_SUBJECTS:
        phrases.append(Subject(AND_OTHERS))
    return _subjects(phrases)


def _subjects(phrases: Sequence[Subject]) -> Subjects:
    length = sum(len(subject.phrase) for subject in phrases)
    return Subjects(tuple(phrases), len(phrases) > 1 and length > LONGEST_SENTENCE)


def _subject(matter: Matter, phrase: str) -> Subject:
    named = Origin(matter, "in_release" if matter.in_release else "title")
    vote = matter.vote if matter.votes_in_release else None
    return Subject(phrase, vote, {"phrase": (named,)})


def _is_public(matter: Matter) -> bool:
    hidden = matter.secret or matter.withdrawn or matter.in_release is False
    return not hidden and not (matter.personal and not matter.in_release)


def _noteworthy(part: Part) -> Iterator[Matter]:
    if part.kind not in PROCEDURAL:
        yield from (numbered.matter for numbered in part.matters if _is_public(numbered.matter))


def participants(proceedings: Proceedings) -> str:
    """Give the words after ``โดยมี``: a few names with positions, then the groups."""
    if given := proceedings.meeting.release.participants:
        return given
    others = [person for person in proceedings.people.present if person != proceedings.chair]
    named = [f"{p.name} {p.position}" for p in others if p.position][:MOST_NAMED]
    groups = list(_groups(proceedings, len(others) > len(named)))
    if not named:
        return _listed(groups)
    return " ".join(named) + (f" พร้อมด้วย{_listed(groups)}" if groups else "")


def _groups(proceedings: Proceedings, has_more: bool) -> Iterator[str]:
    if has_more:
        yield group_of(proceedings)
    groups = [guest for guest in proceedings.people.guests if _is_group(guest)]
    yield from (LIST_ENCLOSED.sub("", guest.name) for guest in groups)
    if len(groups) < len(proceedings.people.guests):
        yield "ผู้เกี่ยวข้อง"


def group_of(proceedings: Proceedings) -> str:
    """Give the word for all who belong to the body, as its own name has it."""
    own = (word for word in COMMITTEES if proceedings.body.name.startswith(word))
    return next(own, GROUPS[proceedings.body.kind])


def _is_group(guest: Attendee) -> bool:
    return not (guest.position or names.split_name(guest.name).title)


def _listed(words: Sequence[str]) -> str:
    return " และ".join([" ".join(words[:-1]), words[-1]]) if words[1:] else "".join(words)


def headline(proceedings: Proceedings) -> str:
    """Give the release's own headline, else who met about what."""
    office = proceedings.case.office
    who = office.short_name or office.name
    which = f"{proceedings.convened} {proceedings.occasion}".strip()
    return proceedings.meeting.release.headline or f"{who} จัดประชุม{which}"


def has_actions(proceedings: Proceedings) -> bool:
    """Whether the record bears out that work was assigned, in an item that the public may know."""
    matters = [numbered.matter for numbered in proceedings.numbered()]
    return any(matter.actions for matter in matters if _is_public(matter) and not matter.personal)


# --- what it is made of -----------------------------------------------------------------------


def origins(proceedings: Proceedings) -> Origins:
    """Name what headline, participants, date and credit of a release are made of."""
    release, office = proceedings.meeting.release, proceedings.case.office
    dated = Origin(release, "date") if release.date else Origin(proceedings.meeting, "date")
    credited = office if office.release_credit and not release.credit else release
    return {
        "headline": _headline_origins(proceedings),
        "participants": _participants_origins(proceedings),
        "issued": (dated,),
        "credit": (Origin(credited, "credit" if credited is release else "release_credit"),),
    }


def _headline_origins(proceedings: Proceedings) -> tuple[Origin, ...]:
    release, office = proceedings.meeting.release, proceedings.case.office
    if release.headline:
        return (Origin(release, "headline"),)
    known = proceedings.origins
    who = Origin(office, "short_name" if office.short_name else "name")
    return (Origin(release, "headline"), who, *known["title"], *known["occasion"])


def _participants_origins(proceedings: Proceedings) -> tuple[Origin, ...]:
    release, people = proceedings.meeting.release, proceedings.people
    if release.participants:
        return (Origin(release, "participants"),)
    others = [person for person in people.present if person != proceedings.chair]
    named = [person for person in others if person.position][:MOST_NAMED]
    persons = [person.origins[name] for person in named for name in ("name", "position")]
    groups = [guest.origins["name"] for guest in people.guests if _is_group(guest)]
    found = [one for origins in [*persons, *groups] for one in origins]
    return (Origin(release, "participants"), *found)
