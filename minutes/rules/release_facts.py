"""Objections to a press release: what it says and the minutes do not, and its days."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from minutes.meetings import loading
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings
from minutes.model.meeting import BALLOTS, Matter, Release
from minutes.model.record import Places, Record
from minutes.model.values import squeeze
from minutes.problems.errors import Problem, problem
from minutes.rules.report import at, later, once_a_body
from minutes.source import reader
from minutes.source.reader import Node, Scalar
from minutes.thai import dates, digits, names, units


class Said(NamedTuple):
    """A text of the release and where it stands."""

    text: str
    places: Places
    field: str


def release_says_what_the_minutes_say(proceedings: Proceedings) -> Iterator[Problem]:
    """W34: every number, day, name, place and resolution of the release is in the minutes."""
    if proceedings.meeting.release.skip:
        return
    minutes = _Minutes(proceedings, tuple(_typed(proceedings)))
    wider = _Minutes(proceedings, _followed(proceedings))
    severity = later(proceedings)
    told = {(found.line, found.column) for found in proceedings.problems}
    for said in _said(proceedings):
        for offset, line in enumerate(said.text[:LONGEST_SAID].split("\n")):
            place = said.places.of(said.field, offset)
            plain = digits.arabic(line)
            unknown = dict.fromkeys(minutes.unknown(plain)) if place not in told else {}
            still = set(wider.unknown(plain)) if unknown else set()
            for what, found in unknown:
                if (what, found) in still:
                    what_th, what_en = WHAT[what]
                    values = {"what_th": what_th, "what": what_en, "found": found}
                    objection = problem(proceedings.case.path, *place, "W34", **values)
                    yield replace(objection, severity=severity)


LONGEST_SAID = 20_000  # letters of a release that are looked at
WHAT = {
    "day": ("วันที่", "the day"),
    "figure": ("ตัวเลข", "the figure"),
    "name": ("ชื่อ", "the name"),
    "place": ("สถานที่", "the place"),
    "resolution": ("มติ", "the resolution"),
}


def _said(proceedings: Proceedings) -> Iterator[Said]:
    """Go through what the writer typed for the release alone."""
    release = proceedings.meeting.release
    for name in ("headline", "lead", "participants", "closing"):
        yield Said(getattr(release, name), release.places, name)
    yield from (Said(text, places, "") for text, places in _highlights(release))
    if release.quote is not None:
        yield Said(release.quote.name, release.quote.places, "name")
        yield Said(release.quote.text, release.quote.places, "text")
    for matter in proceedings.meeting.all_matters():
        if isinstance(matter.in_release, str):
            yield Said(matter.in_release, matter.places, "in_release")


def _highlights(release: Release) -> Iterator[tuple[str, Places]]:
    node = release.places.fields.get("highlights")
    if isinstance(node, reader.Sequence):
        for member, text in zip(node.members, release.highlights, strict=True):
            yield text, Places(member)


# --- what the minutes say ---------------------------------------------------------------------

SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS = {name: n for names in (dates.MONTHS, SHORT_MONTHS) for n, name in enumerate(names, 1)}
MONTH = "|".join(map(re.escape, MONTHS))
DATE = re.compile(
    rf"(?P<days>[0-9]{{1,2}}(?: ?(?:[-–,]|ถึง|และ) ?[0-9]{{1,2}}){{0,9}}) ?(?P<month>{MONTH})"
    r"(?: ?(?:พ\.ศ\. ?)?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9]))?"
)
FIGURE = re.compile(r"(?<![0-9A-Za-z.])[0-9][0-9,]{0,30}(?:\.[0-9]{1,30})?")
PART_OF_FIGURE = re.compile(r"[0-9A-Za-z.,/–-]")
ENUMERATED = re.compile(r"(?:^|(?<=[\s(]))[0-9]{1,2}[.)](?=\s|[ก-๙A-Za-z])")
UNITS = {"ล้าน": 1_000_000, "แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000}
UNIT = re.compile(rf" ?({'|'.join(UNITS)})")
FIGURE_OF_UNITS = re.compile(f"({FIGURE.pattern})(?:{UNIT.pattern})?")
ROUGHLY = re.compile(r"(?:ประมาณ|ราว|กว่า|เกือบ|เกิน)(?: ?(?:จำนวน|วงเงิน|งบประมาณ))? ?$")
PLACE = re.compile(r"(?:^|(?<= ))ณ (?P<place>[^\s“”\"()]+)")
DECISION = re.compile(
    r"(?:ที่ประชุม|มีมติ|มติ)(?: ?(?:ได้|มีมติ|ให้ความ|เป็นเอกฉันท์))* ?"
    r"(?P<word>ไม่เห็นชอบ|ไม่อนุมัติ|เห็นชอบ|อนุมัติ|รับหลักการ)"
)
UNANIMOUS = "เอกฉันท์"


Day = tuple[int, int, int | None]  # day, month, and the Buddhist year where it is written


class _Minutes:
    """What may be said in public: all that stands in some minutes, looked up by kind."""

    def __init__(self, proceedings: Proceedings, texts: Iterable[str]) -> None:
        self.proceedings = proceedings
        self.texts = texts

    def unknown(self, line: str) -> Iterator[tuple[str, str]]:
        """Go through what a line says and the minutes do not: its kind, and the words."""
        yield from (("day", match[0]) for match in DATE.finditer(line) if not self._has_day(match))
        plain = ENUMERATED.sub(_blank, DATE.sub(_blank, line))
        for match in FIGURE.finditer(plain):
            if not (self._has_figure(plain, match) or ROUGHLY.search(plain[: match.start()])):
                yield "figure", match[0].rstrip(",")
        for _, name in units.persons_in(line):
            if not self._has_name(name):
                yield "name", name
        for match in PLACE.finditer(line):
            if squeeze(match["place"]) not in self.squeezed:
                yield "place", match["place"]
        yield from self._decisions(line)

    def _decisions(self, line: str) -> Iterator[tuple[str, str]]:
        for match in DECISION.finditer(line):
            if match["word"] not in self.resolutions:
                yield "resolution", match["word"]
        if UNANIMOUS in line and UNANIMOUS not in self.squeezed and not self._is_unanimous:
            yield "resolution", UNANIMOUS

    @cached_property
    def text(self) -> str:
        """All that the minutes print, more or less: what was typed, and what is derived."""
        return digits.arabic("\n".join(self.texts))

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self.text)

    @cached_property
    def resolutions(self) -> str:
        meeting = self.proceedings.meeting
        given = [matter.resolution for matter in meeting.all_matters()]
        return "\n".join([*given, *(part.resolution for part in self.proceedings.parts), self.text])

    @cached_property
    def days(self) -> set[Day]:
        """The days that the texts of the minutes name; each without its year too."""
        found = {day for match in DATE.finditer(self.text) for day in _days(match)}
        return found | {(day, month, None) for day, month, _ in found}

    @cached_property
    def typed_days(self) -> set[Day]:
        """The days that are values of their own, and those that the documents derive."""
        found = [(d.day, d.month, dates.buddhist_year(d)) for d in _dates(self.proceedings)]
        return {*found, *((day, month, None) for day, month, _ in found)}

    @cached_property
    def figures(self) -> set[Decimal]:
        written = set(FIGURE_OF_UNITS.findall(self.text))  # most come again and again
        found = {value for figure, unit in written for value in _values(figure, unit)}
        return found | {Decimal(count) for count in _counts(self.proceedings)}

    def _has_day(self, match: re.Match[str]) -> bool:
        if self._says(match[0]):
            return True
        wanted = set(_days(match)) - self.typed_days
        return not wanted or self.days >= wanted

    def _says(self, words: str) -> bool:
        """Whether the minutes have these very words and figures: then nothing needs to be read."""
        place = self.text.find(words)
        while place >= 0:
            end = place + len(words)
            if not PART_OF_FIGURE.search(
                self.text[max(place - 1, 0) : place] + self.text[end : end + 1]
            ):
                return True
            place = self.text.find(words, place + 1)
        return False

    def _has_figure(self, line: str, match: re.Match[str]) -> bool:
        if self._says(match[0]):
            return True
        unit = UNIT.match(line, match.end())
        return not self.figures.isdisjoint(_values(match[0], unit[1] if unit else ""))

    def _has_name(self, name: str) -> bool:
        parts = names.split_name(name)
        return squeeze(parts.given + parts.surname.split(" ")[0]) in self.squeezed or any(
            squeeze(f"{given}{surname}") in squeeze(parts.given + parts.surname)
            for given, surname in self._names
        )

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        people = self.proceedings.people
        listed = (*self.proceedings.members, *people.present, *people.guests)
        named = [names.split_name(person.name) for person in listed]
        return [(name.given, name.surname) for name in named if name.surname]

    @property
    def _is_unanimous(self) -> bool:
        votes = [matter.vote for matter in self.proceedings.meeting.all_matters() if matter.vote]
        return any(vote.count("against") + vote.count("abstain") == 0 for vote in votes)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _days(match: re.Match[str]) -> Iterator[Day]:
    """Give the days of ``11 - 13 ธันวาคม 2569``, each with month and, if written, year."""
    year = int(match["year"]) if match["year"] else None
    for day in re.findall("[0-9]+", match["days"]):
        yield int(day), MONTHS[match["month"]], year + 2500 if year and year < 100 else year


def _values(figure: str, unit: str) -> Iterator[Decimal]:
    """Give what a figure is: its number, and that many of the million that follows it."""
    value = Decimal(figure.replace(",", ""))
    yield value
    if unit:
        yield value * UNITS[unit]


def _typed(proceedings: Proceedings) -> Iterator[str]:
    """Go through all texts of the meeting but those of the release, and what stands around it."""
    case, meeting = proceedings.case, proceedings.meeting
    hidden = {id(meeting.release.places.whole)}
    for matter in meeting.all_matters():
        if "in_release" in matter.places.fields:
            hidden.add(id(matter.places.fields["in_release"]))
    yield from _scalars(meeting.places.whole, hidden)
    yield from _of_body(case)
    yield from (proceedings.title, proceedings.occasion, proceedings.whereabouts)
    yield from (f"{part.title} {part.resolution}" for part in proceedings.parts)
    yield from (dates.date_text(day, weekday=True) for day in _dates(proceedings))
    yield from (dates.time_text(time) for time in (meeting.start, meeting.end) if time)
    yield from (case.previous.number if case.previous else "", *proceedings.known_as.values())


@once_a_body
def _of_body(case: Case) -> list[str]:
    """Give the texts of the files of a body and its office."""
    return [*_scalars(case.body.places.whole), *_scalars(case.office.places.whole)]


def _followed(proceedings: Proceedings) -> Iterator[str]:
    """Go through the meeting's texts and those of the earlier ones that it follows up."""
    yield from _typed(proceedings)
    for id_ in proceedings.known_as:
        path = loading.meeting_file(proceedings.case, id_)
        other = loading.read_again(proceedings.case, path) if path else None
        if other is not None:
            hidden = {id(other.meeting.release.places.whole)}
            yield from _scalars(other.meeting.places.whole, hidden)


def _scalars(node: Node, hidden: Container[int] = ()) -> list[str]:
    """Give the texts below a node, but for those below the hidden nodes."""
    found: list[str] = []
    _gather(node, hidden, found)
    return found


def _gather(node: Node, hidden: Container[int], found: list[str]) -> None:
    if id(node) in hidden:
        return
    if isinstance(node, Scalar):
        found.append(node.text)
    elif isinstance(node, reader.Sequence):
        for member in node.members:
            _gather(member, hidden, found)
    else:
        for entry in node.entries:
            _gather(entry.value, hidden, found)


def _dates(proceedings: Proceedings) -> Iterator[date]:
    """Go through the typed days of a meeting, those that the documents derive included."""
    case, meeting = proceedings.case, proceedings.meeting
    around = [one.date for one in (case.previous, case.following) if one]
    certified = meeting.certified.date if meeting.certified else None
    yield from (day for day in (meeting.date, meeting.release.date, certified, *around) if day)
    for matter in meeting.all_matters():
        for action in matter.actions:
            yield from (day for day in (action.due, action.done) if isinstance(day, date))


def _counts(proceedings: Proceedings) -> Iterator[int]:
    """Go through what can be counted in the minutes: people, items, votes."""
    people, meeting = proceedings.people, proceedings.meeting
    present, absent, guests = map(len, (people.present, people.absent, people.guests))
    yield from (present, absent, guests, present + guests, len(proceedings.members))
    heads = re.findall("[0-9]+", digits.arabic(names.counter(p.name for p in people.guests)))
    yield from (int(count) for count in heads)
    yield from (int(count) + present for count in heads)
    matters = list(meeting.all_matters())
    yield from (len(matters), len(proceedings.parts), len(meeting.release.highlights))
    for part in proceedings.parts:
        yield from (part.number, len(part.matters))
    for matter in matters:
        yield from _counts_of(matter)


def _counts_of(matter: Matter) -> Iterator[int]:
    yield from (len(matter.discussion), len(matter.actions), len(matter.attachments))
    if matter.vote is not None:
        counts = [matter.vote.count(ballot) for ballot in BALLOTS]
        yield from (*counts, sum(counts))


# --- days of the release ----------------------------------------------------------------------


def release_comes_after_the_meeting(proceedings: Proceedings) -> Iterator[Problem]:
    """W35: a release is not dated before the meeting, and its วันนี้ is the day that it names."""
    meeting, release = proceedings.meeting, proceedings.meeting.release
    if release.skip:
        return
    issued = release.date or meeting.date
    if issued < meeting.date:
        day = dates.date_text(meeting.date)
        values = {"what_th": f"ลงวันที่ก่อนวันประชุม {day}", "what": "dated before the meeting"}
        yield at(proceedings, release, "date", "W35", **values)
    for record, name in _openings(release):
        for days, word in enumerate(RELATIVE):
            if word.search(getattr(record, name)) and (issued - meeting.date).days != days:
                shown = dates.date_text(issued)
                said = "เมื่อวานนี้" if days else "วันนี้"
                values = {
                    "what_th": f'คำว่า "{said}" ไม่ตรงกับวันที่ออกข่าว {shown}',
                    "what": f'"{said}" does not fit the day of issue, {issued.isoformat()}',
                }
                yield at(proceedings, record, name, "W35", **values)


RELATIVE = (re.compile("(?<![ก-๙])วันนี้"), re.compile("เมื่อวาน"))  # by the days since the meeting


def _openings(release: Release) -> Iterator[tuple[Record, str]]:
    yield release, "headline"
    yield release, "lead"
