"""What happened at a meeting, worked out from what was written: lists of people, numbered sections.

Documents print this; nothing here knows a page. Regulation: ระเบียบงานสารบรรณ พ.ศ. 2526, ข้อ 25.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Literal

from minutes.meetings import loading
from minutes.meetings.attendance import MOST_HINTED, NEARLY_THE_SAME, PERSONAL, Attendee, People
from minutes.meetings.folders import BODY
from minutes.meetings.loading import Case, Earlier
from minutes.meetings.provenance import Origin, Origins
from minutes.model.meeting import Absentee, Correction, Matter, Meeting, Quote, Section, Substitute
from minutes.model.office import SECTION_KINDS, Body, Person, SectionKind
from minutes.model.record import Places
from minutes.model.values import squeeze
from minutes.problems.errors import Problem, problem
from minutes.thai import dates, names

TITLES: dict[SectionKind, str] = {
    "inform": "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
    "certify": "เรื่องรับรองรายงานการประชุม",
    "arising": "เรื่องสืบเนื่องจากการประชุมครั้งก่อน",
    "acknowledge": "เรื่องที่เสนอให้ที่ประชุมทราบ",
    "consider": "เรื่องที่เสนอให้ที่ประชุมพิจารณา",
    "other": "เรื่องอื่น ๆ",
}
STANDARD_PLACES = {kind: place for place, kind in enumerate(TITLES)}
OWN_TITLE_PLACE = STANDARD_PLACES["arising"] + 0.5


Unsaid = frozenset[tuple[str, str]]  # corrections, by what they say: from what, to what


@dataclass(frozen=True)
class Numbered:
    """An item with its number on the page, such as ``5.2``; without one, before the agenda."""

    number: str
    matter: Matter

    @property
    def origins(self) -> Origins:
        """The number stands for the item's place in the file."""
        return {"number": (Origin(self.matter),)}


@dataclass(frozen=True)
class Part:
    """A section of the agenda with its number, heading and items."""

    number: int
    kind: SectionKind | None
    title: str
    matters: tuple[Numbered, ...]
    resolution: str = ""
    corrections: tuple[Correction, ...] = ()
    is_listed: bool = True
    nothing: str = "- ไม่มี -"
    awaits_resolution: bool = False
    origins: Origins = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print under the heading."""
        return not (self.matters or self.resolution or self.corrections or self.awaits_resolution)


@dataclass(frozen=True)
class Proceedings:
    """A meeting as its documents show it."""

    case: Case
    title: str
    chair: Attendee | None
    people: People
    parts: tuple[Part, ...]
    recorder: Attendee | None
    checkers: tuple[Attendee, ...]
    members: tuple[Attendee, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    known_as: Mapping[str, str] = field(default_factory=dict)  # earlier meetings, by their ids
    kept: str = ""  # what the public copy says of the full one's place in the archive
    unsaid: Unsaid = frozenset()  # corrections that the public copy withholds
    is_public: bool = False  # whether what the public may not know has been left out

    @property
    def meeting(self) -> Meeting:
        """The meeting as it was written."""
        return self.case.meeting

    @property
    def body(self) -> Body:
        """The body that met."""
        return self.case.body

    @property
    def place(self) -> str:
        """Where it met: the meeting's own place, or the body's usual one."""
        return self.meeting.place or self.body.place

    @property
    def convened(self) -> str:
        """What met, as it follows the word ``การประชุม``."""
        return self.title.removeprefix("การประชุม").removeprefix("ประชุม")

    @property
    def occasion(self) -> str:
        """Which meeting it was: session, number and month, as far as they are known."""
        meeting = self.meeting
        words = (
            meeting.session,
            f"ครั้งที่ {meeting.number}" if meeting.number else "",
            f"ประจำเดือน{meeting.month.removeprefix('เดือน')}" if meeting.month else "",
        )
        return " ".join(word for word in words if word)

    @property
    def whereabouts(self) -> str:
        """Where it met, with the system when it met online; nothing when that is not known yet."""
        platform = self.meeting.platform
        system = platform if platform.startswith("ระบบ") else f"ระบบ {platform}"
        online = f"ผ่านสื่ออิเล็กทรอนิกส์ด้วย{system}" if platform else "ผ่านสื่ออิเล็กทรอนิกส์"
        words = {"onsite": "", "online": f"โดยประชุม{online}", "hybrid": f"และประชุม{online}"}
        place = f"ณ {self.place}" if self.place else ""
        return f"{place} {words[self.meeting.mode]}".strip()

    @property
    def origins(self) -> Origins:
        """What title, occasion and whereabouts are made of."""
        meeting = self.meeting
        occasion = [Origin(meeting, name) for name in ("session", "number", "month")]
        modes = ("mode", "platform") if meeting.mode != "onsite" else ()
        return {
            "title": (Origin(*(meeting, "title") if meeting.title else (self.body, "name")),),
            "occasion": tuple(one for one in occasion if one.has_value) or (occasion[1],),
            "whereabouts": (
                Origin(*(self.body if self.body.place and not meeting.place else meeting, "place")),
                *(Origin(meeting, name) for name in modes),
            ),
        }

    def listed_as(self, name: str) -> str:
        """Give what tells a person apart in the lists: the member's name, or the person's own."""
        index = self._names.index(name)
        return _plain(name if index is None else self.members[index].name)

    def is_member(self, name: str) -> bool:
        """Whether a member of the body has this name."""
        return _plain(name) in self._plain_names

    @cached_property
    def _names(self) -> "_Names":
        return _Names(self.members)

    @cached_property
    def _plain_names(self) -> set[str]:
        return {_plain(member.name) for member in self.body.members}

    def followed(self, reference: str) -> str:
        """Name what ``otop-2567-01 5.2`` refers to as a reader knows it."""
        meeting_id, item = reference.split()
        return f"ระเบียบวาระที่ {item} การประชุม{self.known_as[meeting_id]}"

    def numbered(self) -> Iterator[Numbered]:
        """Go through the numbered items of all sections."""
        for part in self.parts:
            yield from part.matters


def work_out(case: Case) -> Proceedings:
    """Derive lists and numbers; names that nobody knows come back as problems beside them."""
    roll = _Roll(case)
    people = roll.people()
    meeting, body = case.meeting, case.body
    roll.suspect_all()
    return Proceedings(
        case,
        meeting.title or body.name,
        roll.chair(people.present),
        people,
        tuple(_parts(case)),
        roll.somebody(meeting.recorder or body.recorder),
        tuple(roll.known(person) for person in meeting.checker or body.checker),
        tuple(roll.members),
        tuple(roll.problems),
        {id_: _known_as(case, id_) for id_ in followed_up(meeting)},
    )


def followed_up(meeting: Meeting) -> list[str]:
    """Give the ids of the meetings whose items a meeting follows up, each once."""
    references = (matter.follows for matter in meeting.all_matters() if matter.follows)
    return list(dict.fromkeys(reference.split()[0] for reference in references))


def items_of(case: Case, meeting_id: str) -> tuple[str, ...] | None:
    """Give the items' numbers of an earlier meeting; none when there is no such meeting.

    Empty when nothing can be said of it: it took place before the files begin, or has faults.
    """
    path = loading.meeting_file(case, meeting_id)
    if path is None:
        return () if loading.is_before_all_files(case, meeting_id) else None
    other = loading.read_again(case, path)
    if other is None:
        return ()
    return tuple(item.number for item in numbered(other))


def _known_as(case: Case, meeting_id: str) -> str:
    """Name an earlier meeting: by its own file, else by what its id says."""
    path = loading.meeting_file(case, meeting_id)
    other = loading.read_again(case, path) if path else None
    if other is None:
        _, year, number = meeting_id.rsplit("-", 2)
        return f"ครั้งที่ {int(number.rstrip(ascii_lowercase))}/{year}"
    number = str(other.meeting.number) if other.meeting.number else ""
    name = "" if other.body == case.body else other.body.name
    return " ".join([name, _which(other.meeting.session, number)]).strip()


def _which(session: str, number: str) -> str:
    words = (session, f"ครั้งที่ {number}" if number else "")
    return " ".join(word for word in words if word)


class _Roll:
    """The body's members as they stood at one meeting."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.problems: list[Problem] = []
        self.names = _Names(_members(case.body, case.meeting.attendance.present))
        self.members = self.names.people
        self.everybody = self.names

    def people(self) -> People:
        """Return everybody as the lists show them."""
        attendance = self.case.meeting.attendance
        substitutes = {
            index: entry
            for entry in attendance.substitutes
            if (index := self._find(entry.member, entry.places, "member")) is not None
        }
        absentees = {self._find(entry.name, entry.places, "name") for entry in attendance.absent}
        people = People(
            tuple(self._present(substitutes, absentees)) if self.case.attendance_is_known else (),
            tuple(self._absent(entry) for entry in attendance.absent),
            tuple(self._absent(entry) for entry in self._excused("leave")),
            tuple(self._absent(entry) for entry in self._excused("missing")),
            tuple(_attendee(person) for person in attendance.guests),
        )
        self.everybody = _Names([*self.members, *people.present, *people.guests])
        self.look_for_strangers(people)
        return people

    def _excused(self, kind: Literal["leave", "missing"]) -> Iterator[Absentee]:
        """Go through those whose absence was of a kind, which only councils tell apart."""
        absent = self.case.meeting.attendance.absent if self.case.body.kind == "council" else ()
        return (entry for entry in absent if entry.kind == kind)

    def look_for_strangers(self, people: People) -> None:
        """Report names that come, go or vote without being on any list."""
        meeting = self.case.meeting
        for change in meeting.attendance.changes:
            self.expect(change.name, self.everybody, *change.places.of("name"))
        votes = [matter.vote for matter in meeting.all_matters() if matter.vote]
        voters = _Names([*self.members, *people.present]) if votes else self.names
        for name, node in (one for vote in votes for one in vote.named()):
            self.expect(name, voters, node.line, node.column)

    def expect(self, name: str, known: "_Names", line: int, column: int) -> None:
        """Report a name that none of the persons has, with the nearest of theirs."""
        if name not in known:
            self.report_stranger(name, known, line, column)

    def report_stranger(self, name: str, known: "_Names", line: int, column: int) -> None:
        """Report a name that is on no list, unless the body has no standing members."""
        if self.case.body.members:
            near = known.nearest(name) if len(self.problems) < MOST_HINTED else ""
            code = "D50" if near else "D54"
            self.problems.append(problem(self.case.path, line, column, code, name=name, near=near))

    def suspect(self, person: Person | Quote, path: Path) -> None:
        """Warn of a name without a position that is nearly, but not quite, that of a member."""
        is_bare = not (getattr(person, "position", "") or getattr(person, "role", ""))
        if not is_bare or person.name in self.names:
            return
        if near := self.names.nearest(person.name, NEARLY_THE_SAME):
            place = person.places.of("name")
            found = problem(path, *place, "D50", name=person.name, near=near)
            self.problems.append(replace(found, severity="warning"))

    def suspect_all(self) -> None:
        """Look at the names that the chair, those who sign and who is quoted go by."""
        meeting, body = self.case.meeting, self.case.body
        checkers = meeting.checker[:MOST_HINTED]
        own = [meeting.chair, meeting.recorder, *checkers, meeting.release.quote]
        for person in own:
            if person is not None:
                self.suspect(person, self.case.path)
        for person in [body.recorder, *body.checker[:MOST_HINTED]]:
            if person is not None:
                self.suspect(person, self.case.path.with_name(BODY))

    def _present(
        self, substitutes: dict[int, Substitute], absentees: set[int | None]
    ) -> Iterator[Attendee]:
        for index, member in enumerate(self.members):
            if (substitute := substitutes.get(index)) is not None:
                yield _substitute(substitute, member)
            elif index not in absentees:
                yield member

    def _absent(self, entry: Absentee) -> Attendee:
        index = self.names.index(entry.name)
        if index is None:
            member = Attendee(_shown(entry.name), origins={"name": (Origin(entry, "name"),)})
        else:
            member = self.members[index]
        origins = {**member.origins, "reason": (Origin(entry, "reason"),)}
        return replace(member, reason=entry.reason, origins=origins)

    def _find(self, name: str, places: Places, key: str) -> int | None:
        """Give the member's index; a name that nobody on the list has is a problem."""
        index = self.names.index(name)
        if index is None:
            self.report_stranger(name, self.names, *places.of(key))
        return index

    def known(self, person: Person) -> Attendee:
        """Give a person with position and role as the lists of people have them."""
        index = self.everybody.index(person.name)
        given = _attendee(person)
        if index is None:
            return given
        member = self.everybody.people[index]
        return _given_again(member, given, ("position", "role"))

    def somebody(self, person: Person | None) -> Attendee | None:
        """Return one person of the lists, or None."""
        return self.known(person) if person is not None else None

    def chair(self, present: Sequence[Attendee]) -> Attendee | None:
        """Give who chaired: whom the meeting names, else the body's chair if present."""
        if (person := self.case.meeting.chair) is not None:
            return self.known(person)
        chair = next((member for member in self.members if member.is_chair), None)
        return chair if chair in present else None


def _members(body: Body, given: Sequence[Person]) -> Iterator[Attendee]:
    """Give the body's members as the meeting gives them again, then those of the meeting alone."""
    members = {_plain(member.name) for member in body.members}
    by_name: dict[str, Person] = {}
    for person in given:
        by_name.setdefault(_plain(person.name), person)
    left = {id(person): person for person in given}
    for member in body.members:
        strangers = (person for person in left.values() if _plain(person.name) not in members)
        again = by_name.get(_plain(member.name)) or _successor(member, strangers)
        if again is not None:
            del left[id(again)]
        attendee = _attendee(member, votes=body.votes(member))
        yield attendee if again is None else _given_again(attendee, _attendee(again))
    for person in left.values():
        yield _attendee(person, votes=body.votes(person))


def _successor(member: Person, strangers: Iterable[Person]) -> Person | None:
    """Give who now holds a member's position, and role if one is given, under another name."""
    for person in strangers:
        role = person.role or member.role
        if person.position and (person.position, role) == (member.position, member.role):
            return person
    return None


def _given_again(member: Attendee, again: Attendee, names: Sequence[str] = PERSONAL) -> Attendee:
    """Give a member with what the meeting says otherwise of the same person."""
    given = {name: value for name in names if (value := getattr(again, name))}
    origins = {**member.origins, **{name: again.origins[name] for name in given}}
    return replace(member, **given, origins=origins)


def _attendee(person: Person, *, votes: bool = True) -> Attendee:
    origins = {name: (Origin(person, name),) for name in PERSONAL}
    return Attendee(
        person.shown_name,
        person.position,
        person.role,
        note=person.note,
        votes=votes,
        origins=origins,
    )


def _substitute(entry: Substitute, member: Attendee) -> Attendee:
    stands_for = member.position or member.name
    origins = {
        "name": (Origin(entry, "name"),),
        "position": (Origin(entry, "position"),),
        "role": member.origins["role"],
        "stands_for": member.origins["position" if member.position else "name"],
    }
    return Attendee(
        _shown(entry.name),
        entry.position,
        member.role,
        stands_for,
        votes=member.votes,
        origins=origins,
    )


def _shown(name: str) -> str:
    return names.display_name(name)


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    """Give a name as it is compared: as official paper writes it, without spaces."""
    return squeeze(_shown(name))


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    parts = names.split_name(name)
    return squeeze(parts.given + parts.surname)


class _Names:
    """People by what they are called: the name, the name without the title, or the position."""

    def __init__(self, people: Iterable[Attendee]) -> None:
        self.people = list(dict.fromkeys(people))
        self.callings: list[dict[str, list[int]]] = [{}, {}, {}]
        for index, person in enumerate(self.people):
            called = (_plain(person.name), _bare(person.name), person.position)
            for known, name in zip(self.callings, called, strict=True):
                if name:
                    known.setdefault(name, []).append(index)

    def found(self, name: str) -> Iterator[list[int]]:
        """Give who goes by a name, without its title, and who holds a position of that name."""
        called = (_plain(name), _bare(name), name)
        return (known.get(each, []) for known, each in zip(self.callings, called, strict=True))

    def index(self, name: str) -> int | None:
        """Find a person by name, without the title, or by position, when only one is meant."""
        return next((found[0] for found in self.found(name) if len(found) == 1), None)

    def __contains__(self, name: str) -> bool:
        return any(self.found(name))

    def nearest(self, name: str, cutoff: float = 0.6) -> str:
        """Give the name of a person that is most like this one; empty when none is."""
        names = [person.name for person in self.people]
        return next(iter(difflib.get_close_matches(_shown(name), names, 1, cutoff)), "")


def numbered(case: Case) -> Iterator[Numbered]:
    """Go through a meeting's items with their numbers, without working out who was there."""
    for part in _parts(case):
        yield from part.matters


def _parts(case: Case) -> Iterator[Part]:
    for number, section in enumerate(sections(case), 1):
        matters = tuple(
            Numbered(f"{number}.{index}", matter) for index, matter in enumerate(section.matters, 1)
        )
        part = Part(
            number,
            section.kind,
            section.title or TITLES[section.kind or "other"],
            matters,
            section.resolution,
            section.corrections,
            any(section is listed for listed in case.meeting.agenda),
        )
        part = replace(part, origins=_origins_of(part, section, case))
        yield _certifying(part, case) if section.kind == "certify" else part


def _origins_of(part: Part, section: Section, case: Case) -> Origins:
    """Name what a section was written as, and what one that the file leaves out is there for."""
    if not part.is_listed:
        left_out = (Origin(case.meeting, "agenda"),)
        return dict.fromkeys(("number", "title", "resolution", "nothing"), left_out)
    return {
        "number": (Origin(section),),
        "title": (Origin(section, "title" if section.title else "kind"),),
        "resolution": (Origin(section, "resolution"),),
        "nothing": (Origin(section, "matters"),),
    }


def sections(case: Case) -> list[Section]:
    """Give the file's sections in its order, with the standard ones that it leaves out."""
    standard = standard_sections(case.body)
    sections = list(case.meeting.agenda)
    if case.body.kind == "council":
        return sections
    ranks = [_rank(section, standard) for section in sections]
    for rank, missing in enumerate(standard):
        if rank not in ranks:
            at = _place_for(rank, ranks)
            sections.insert(at, missing)
            ranks.insert(at, rank)
    return sections


def standard_sections(body: Body) -> list[Section]:
    """Give the sections that a body has by itself: its own, or the six standard ones."""
    return list(_standard(body.sections))


@lru_cache(maxsize=64)
def _standard(sections: tuple[str, ...]) -> tuple[Section, ...]:
    """Give the sections of a body that lists these, or the six standard ones."""
    kinds: dict[str, SectionKind] = {
        squeeze(word): kind for kind in TITLES for word in (kind, SECTION_KINDS[kind])
    }
    if not sections:
        return tuple(Section.model_construct(kind=kind) for kind in TITLES)
    return tuple(
        Section.model_construct(kind=kinds[squeeze(name)])
        if squeeze(name) in kinds
        else Section.model_construct(title=name)
        for name in sections
    )


def _rank(section: Section, standard: Sequence[Section]) -> float:
    """Give a section's place among the standard ones, half a step beside them if it is none.

    A title of its own stands after arising; a kind that the body does not use, before the next.
    """
    for rank, other in enumerate(standard):
        same_title = squeeze(section.title) == squeeze(other.title) and section.title
        if same_title or (section.kind and section.kind == other.kind):
            return rank
    kinds = [other.kind for other in standard]
    if section.kind is None and "arising" in kinds:
        return kinds.index("arising") + 0.5
    place = STANDARD_PLACES[section.kind] if section.kind else OWN_TITLE_PLACE
    later = [rank for rank, kind in enumerate(kinds) if kind and STANDARD_PLACES[kind] > place]
    return (later[0] if later else len(kinds)) - 0.5


def _place_for(rank: int, ranks: Sequence[float]) -> int:
    """Give the index for a standard section: after the last of those that come before it."""
    before = [index for index, other in enumerate(ranks) if other < rank]
    return before[-1] + 1 if before else 0


def _certifying(part: Part, case: Case) -> Part:
    """Fill the section that certifies the previous minutes: which, of what day, resolved how."""
    earlier = earlier_minutes(case)
    if earlier is None and case.unread is None:
        first = case.meeting.number is not None and case.meeting.number.number == 1
        reason = "ไม่มี เนื่องจากเป็นการประชุมครั้งแรก" if first and not case.previous else part.nothing
        return replace(part, nothing=reason)
    is_standard = part.title == TITLES["certify"]
    resolution = part.resolution or _certified(part, case)
    named = part.origins["title"] + (_earlier_origins(case) if earlier and is_standard else ())
    resolved = part.origins["resolution"] + (() if part.resolution else _earlier_origins(case))
    return replace(
        part,
        title=f"{part.title} {earlier}" if earlier and is_standard else part.title,
        resolution=resolution,
        awaits_resolution=part.is_listed and not resolution,
        origins={**part.origins, "title": named, "resolution": resolved},
    )


def earlier_minutes(case: Case) -> str | None:
    """Name the minutes to be certified: ``ครั้งที่ 1/2567 เมื่อวันที่ 14 พฤษภาคม 2567``."""
    number, session, day = _earlier(case)
    if not (number or session or day):
        return None
    when = f"เมื่อวันที่ {dates.date_text(day)}" if day else ""
    return f"{_which(session, number)} {when}".strip()


def _earlier(case: Case) -> tuple[str, str, date | None]:
    if (given := case.meeting.certified) is not None:
        return (str(given.number) if given.number else "", "", given.date)
    if (previous := case.previous) is not None:
        return (previous.number, previous.session, previous.date)
    return ("", "", None)


def _earlier_origins(case: Case) -> tuple[Origin, ...]:
    """Name what the earlier minutes are known from: this meeting's file, or the one before."""
    known = case.meeting.certified or case.previous
    fields = ("session", "number", "date") if isinstance(known, Earlier) else ("number", "date")
    return tuple(Origin(known, field) for field in fields if getattr(known, field, None))


def _certified(part: Part, case: Case) -> str:
    """From final on, a listed certification without a resolution means: certified as it stands."""
    if case.meeting.is_draft or not part.is_listed:
        return ""
    number, session, _ = _earlier(case)
    how = "โดยมีการแก้ไข ดังนี้" if part.corrections else "โดยไม่มีการแก้ไข"
    return f"รับรองรายงานการประชุม{_which(session, number)} {how}"
