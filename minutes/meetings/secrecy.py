"""What an office's meetings withhold, and whether a text quotes it: in any meeting, of any body.

Letters are compared, so spaces, ends of lines, marks of bold, kinds of digits and commas in figures
don't matter. A text quotes what is withheld where it has 30 of its letters in a row, a whole line
of it from 20 letters on, the title of a secret item, a person's name with or without a title, or a
figure of five digits. That others say the same elsewhere saves nothing, for that may be the leak.
What every office says (``commonplace``), names on lists of people, round sums, and what the office
allows (เปิดเผยได้) are no quotation.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from minutes.meetings import commonplace, folders, loading, public_texts
from minutes.meetings.commonplace import letters
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings, Unsaid
from minutes.meetings.public_texts import Written
from minutes.model.meeting import Correction
from minutes.model.office import Body, Office, Person
from minutes.problems.errors import Fault, Problem
from minutes.thai import amounts, dates, digits, personal_data, units
from minutes.thai.names import split_name

LONG, WHOLE, WINDOW = 30, 20, 16  # letters: a run, a whole line, what is looked up of a run
STRIDE = LONG - WINDOW + 1
SHORTEST_TITLE, SHORTEST_NAME, HEAD = 12, 6, 6
TELLING, TELLING_TITLE = 10, 6  # letters that are no commonplace
PLAIN_NAME = 8  # letters from which a name is known without its title too
FEWEST_DIGITS, TELLING_DIGITS = 5, 3  # in all, and before the zeros at the end
OF_MANY = 3  # items with personal data from which on what they all say is of no single person

CODES = ("D112", "D186")  # of a title that is quoted, and of other words
Kind = Literal["title", "words", "name", "figure"]

_FIGURES = (
    re.compile(r"\d(?:,?\d){4,}"),
    re.compile(r"\d{1,3}(?:[,\s'’]\s?\d{3})+(?!\d)"),
    re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}(?!\d)|\.\d{3}(?=\s?บาท))"),  # 48.575 km² is a decimal
)
SCALES = {"ล้าน": 6, "แสน": 5, "หมื่น": 4, "พัน": 3}  # the zeros that a word stands for
_SCALE = (
    r"(?<![\d.,/])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,9})?)"
    rf"\s?({'|'.join(SCALES)})(?!ธ)"
)
_ONE_SCALED = re.compile(_SCALE)
_REST = r"\d{1,3}(?:,\d{3})+(?![\d,])"
_SCALED = re.compile(rf"{_SCALE}(?:\s?{_SCALE})*(?:\s?(?P<rest>{_REST}))?")  # 1 ล้าน 2 แสน 50,000
_OF_EVERYBODY = re.compile(  # postal codes and circulars, whose digits are no secret of anybody's
    r"(?:จังหวัด|จ\.|กรุงเทพ|ไปรษณีย์)[ก-๙]*\s*\d{5}(?![\d,])|\d/\s*ว\s*\d+"
)
_NO_DIGIT = re.compile(r"\D+")
_MARKS = re.compile(r"[*_\s]+")


def is_date(text: str) -> bool:
    """Return whether a text is a day and nothing else."""
    try:
        dates.parse_date(" ".join(text.split()))
    except Fault:
        return False
    return True


def figures(text: str) -> dict[str, str]:
    """Return the numbers of five digits or more that tell something, each as it is written."""
    plain = unicodedata.normalize("NFKC", digits.strip_invisible(text))
    plain = _OF_EVERYBODY.sub(" ", digits.arabic(plain).replace("*", ""))
    written = (match[0] for figure in _FIGURES for match in figure.finditer(plain))
    found = {number: figure for figure in written for number in _read(figure)}
    found |= {_value(match): match[0] for match in _SCALED.finditer(plain)}
    return {number: figure for number, figure in found.items() if _tells_of_one(number)}


def _tells_of_one(number: str) -> bool:
    """Return whether a number is long enough, and not so round that many matters have it."""
    return len(number) >= FEWEST_DIGITS and len(number.strip("0")) >= TELLING_DIGITS


def _value(scaled: re.Match[str]) -> str:
    """Return the digits of ``1.25 ล้าน``, or of ``1 ล้าน 2 แสน``, as if they were all written."""
    value = Decimal((scaled["rest"] or "0").replace(",", ""))
    for number, scale in _ONE_SCALED.findall(scaled[0]):
        value += Decimal(number.replace(",", "")).scaleb(SCALES[scale])
    return f"{value:f}".split(".")[0]


def _read(figure: str) -> Iterator[str]:
    """Go through what a figure may be: spaces part its thousands, or it from what is before."""
    parts = figure.split()
    for first in range(len(parts)):
        number = _NO_DIGIT.sub("", "".join(parts[first:]))
        if len(number) >= FEWEST_DIGITS:
            yield number


def names(text: str) -> dict[str, str]:
    """Return the persons that a text names, by the letters that they are looked for with."""
    told = units.names_in(_MARKS.sub(" ", digits.strip_invisible(text)))
    return {row: name for name in told if len(row := _name(name)) >= SHORTEST_NAME}


def _name(name: str) -> str:
    """Return the letters of a name: without its title where they tell the person alone."""
    parts = split_name(name)
    plain = letters(parts.given + parts.surname)
    return plain if len(plain) >= PLAIN_NAME else letters(name)


class Quote(NamedTuple):
    """What a text has of something withheld: from which letter on, how many, and whose it is."""

    kind: Kind
    start: int
    length: int
    source: "Withheld"


@dataclass(frozen=True)
class Withheld:
    """A text that the public may not know, the id of the meeting that it is from, and its item."""

    meeting: str
    written: Written
    item: int = 0
    is_secret: bool = True
    is_title: bool = False
    own: str = ""  # letters that the item itself makes public

    @cached_property
    def row(self) -> str:
        """What is compared of it."""
        return letters(self.written.text)

    def runs(self) -> Iterator[str]:
        """Go through its rows of 30 letters."""
        return (self.row[start : start + LONG] for start in range(len(self.row) - LONG + 1))

    def has(self, row: str) -> bool:
        """Return whether it has these letters, and its item does not make them public."""
        return row in self.row and row not in self.own


class Needle(NamedTuple):
    """A row that is looked for as a whole."""

    row: str
    kind: Kind
    source: Withheld


@dataclass
class Secrets:
    """What some meetings withhold, ready to be looked for."""

    texts: list[Withheld] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    owns: set[str] = field(default_factory=set)  # letters of the offices' and bodies' own names

    cases: dict[Path, Case] = field(default_factory=dict)  # those that withhold something

    @classmethod
    def over(cls, cases: Iterable[Case]) -> "Secrets":
        """Return what these meetings withhold; they need not be public themselves."""
        found, seen = cls(), set[int]()
        for case in cases:
            if id(case.body) not in seen:
                seen.add(id(case.body))
                found.learn(case.office, case.body)
            found.withhold(case)
        return found

    @classmethod
    def of_office(cls, folder: Path) -> "Secrets":
        """Return what the meetings on file withhold of the office that a body's folder is of."""
        root = folders.office_of(folder).parent
        return _on_file(root, loading.state(root))

    def withhold(self, case: Case) -> None:
        """Learn what a meeting withholds, and whom it lists anyway."""
        if own := list(_withheld_by(case)):
            self.texts += own
            self.listed |= people_of(case)
            self.cases[folders.absolute(case.path)] = case

    def learn(self, office: Office, body: Body) -> None:
        """Learn what a body and its office make public of themselves."""
        self.allowed += [*office.public, *(getattr(office, name) for name in public_texts.OWN)]
        people = [*body.members, *body.checker, *([body.recorder] if body.recorder else [])]
        self.listed |= {_name(person.name) for person in people}
        said = [*(person.name for person in people), *(one.position for one in people)]
        own = [body.name, body.short_name, body.place, office.name, office.short_name, office.unit]
        self.owns |= {letters(text) for text in (*said, *own)} - {""}

    @cached_property
    def digest(self) -> str:
        """A digest of all on which it rests whether a text quotes something."""
        texts = [f"{one.meeting} {one.is_title} {one.is_secret} {one.row}" for one in self.texts]
        parts = (sorted(texts), sorted(self.allowed), sorted(self.listed), sorted(self.owns))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    # --- what is looked for -------------------------------------------------------------------

    @cached_property
    def _common(self) -> re.Pattern[str]:
        """What these offices say of themselves, and what they let be public."""
        provinces = (f"จังหวัด{name}" for name in personal_data.PROVINCES)
        return commonplace.pattern([*self.owns, *map(letters, (*provinces, *self.allowed))])

    @cached_property
    def _allowed(self) -> str:
        return "\n".join(map(letters, self.allowed))

    @cached_property
    def _rows(self) -> dict[str, Withheld]:
        """Every row of 30 letters."""
        rows: dict[str, Withheld] = {}
        for one in self.texts:
            for row in one.runs():
                if not (one.own and row in one.own) and self._of_items[row] < OF_MANY:
                    rows.setdefault(row, one)
        return rows

    @cached_property
    def _of_items(self) -> Counter[str]:
        """In how many items with personal data a row stands: what many have tells of nobody."""
        items: dict[tuple[str, int], set[str]] = {}
        for one in self.texts:
            if not one.is_secret:
                items.setdefault((one.meeting, one.item), set()).update(one.runs())
        return Counter(row for rows in items.values() for row in rows)

    @cached_property
    def _windows(self) -> set[str]:
        return {row[at : at + WINDOW] for row in self._rows for at in range(STRIDE)}

    @cached_property
    def _needles(self) -> dict[str, list[Needle]]:
        """What is looked for as a whole, by its first letters."""
        found: dict[str, dict[str, Needle]] = {}
        for one in self.texts:
            for needle in _needles_of(one):
                if self._tells(needle):
                    found.setdefault(needle.row[:HEAD], {}).setdefault(needle.row, needle)
        return {head: list(needles.values()) for head, needles in found.items()}

    def _tells(self, needle: Needle) -> bool:
        if self.allows(needle.row) or needle.row in needle.source.own:
            return False
        if needle.kind == "name":
            return needle.row not in self.listed
        return self._telling(needle.row) >= (TELLING if needle.kind == "words" else TELLING_TITLE)

    @cached_property
    def _figures(self) -> dict[str, Withheld]:
        allowed = set[str]().union(*map(figures, self.allowed))
        return {
            number: one
            for one in self.texts
            if one.is_secret
            for number in figures(one.written.text).keys() - allowed
        }

    def allows(self, row: str) -> bool:
        """Return whether an office lets these letters be public."""
        return row in self._allowed

    def tells(self, row: str) -> bool:
        """Return whether a short row says something that not every office says."""
        return self._telling(row) >= TELLING_TITLE

    @cached_property
    def _told(self) -> dict[int, int]:
        return {}

    def _telling(self, row: str) -> int:
        """Return how many letters of a row are no commonplace and nothing that is allowed."""
        known = hash(row)
        if known not in self._told:
            rest = self._common.sub("", row)
            self._told[known] = len(commonplace.everywhere().sub("", rest))
        return self._told[known]

    # --- looking ------------------------------------------------------------------------------

    def quotes(self, text: str, attending: Collection[str] = ()) -> Iterator[Quote]:
        """Go through what a text quotes; ``attending`` are the persons whom its meeting lists."""
        if self.texts:
            row = letters(text)
            yield from self._whole(row, attending)
            yield from self._runs(row)
            yield from self._persons(text, row, attending)
            yield from self._numbers(text, row)

    def _runs(self, row: str) -> Iterator[Quote]:
        done = 0
        for at in range(0, len(row) - WINDOW + 1, STRIDE):
            if at + WINDOW <= done or row[at : at + WINDOW] not in self._windows:
                continue
            for start in range(max(done, at - STRIDE + 1), at + 1):
                if source := self._rows.get(row[start : start + LONG]):
                    done = self._end(row, start)
                    found = row[start:done]
                    if self._telling(found) >= TELLING and not self.allows(found):
                        yield Quote("words", start, done - start, source)
                    break

    def _end(self, row: str, start: int) -> int:
        """Return where a run ends that begins here."""
        end = start + LONG
        while row[end - LONG + 1 : end + 1] in self._rows:
            end += 1
        return end

    def _whole(self, row: str, attending: Collection[str]) -> Iterator[Quote]:
        heads = self._needles
        near = (n for n in range(len(row) - HEAD + 1) if row[n : n + HEAD] in heads)
        for start in near:
            for needle in heads[row[start : start + HEAD]]:
                is_there = stands_at(needle.row, row, start)
                if is_there and not (needle.kind == "name" and needle.row in attending):
                    yield Quote(needle.kind, start, len(needle.row), needle.source)

    def _persons(self, text: str, row: str, attending: Collection[str]) -> Iterator[Quote]:
        """Go through the persons whom a text names and a withheld one too, in running letters."""
        for name in names(text):
            is_known = name in self.listed or name in attending or self.allows(name)
            if not is_known and name in self._all:
                for source in (one for one in self.texts if one.has(name)):
                    yield Quote("name", max(row.find(name), 0), len(name), source)

    @cached_property
    def _all(self) -> str:
        return "\n".join(one.row for one in self.texts)

    def _numbers(self, text: str, row: str) -> Iterator[Quote]:
        for number, written in sorted(figures(text).items()):
            if source := self._figures.get(number):
                short = letters(written)
                yield Quote("figure", _place_of(short, row), len(short), source)


@lru_cache(maxsize=4)
def _on_file(root: Path, _: object) -> Secrets:
    """Return what an office's meetings withhold, read once for each state of its files."""
    found = Secrets()
    for office, body, cases in loading.that_withhold(root):
        found.learn(office, body)
        for case in cases:
            found.withhold(case)
    return found


def _place_of(short: str, row: str) -> int:
    """Return where a short text stands in others by itself: not in 4,857,500, if it is 48,575."""
    places = (found.start() for found in re.finditer(f"(?={re.escape(short)})", row))
    return next((at for at in places if stands_at(short, row, at)), 0)


def stands_at(short: str, row: str, start: int) -> bool:
    """Return whether a short text stands here, its figures being no part of longer ones."""
    end = start + len(short)
    torn_before = short[0].isdigit() and row[start - 1 : start].isdigit()
    torn_after = short[-1].isdigit() and row[end : end + 1].isdigit()
    return row.startswith(short, start) and not (torn_before or torn_after)


def _needles_of(one: Withheld) -> Iterator[Needle]:
    if one.is_title and len(one.row) >= SHORTEST_TITLE:
        yield Needle(one.row, "title", one)
    for line in re.split(r"[\n|]+", one.written.text):
        if WHOLE <= len(row := letters(line)) < LONG:
            yield Needle(row, "words", one)
    for row in names(one.written.text):
        yield Needle(row, "name", one)
    for number in figures(one.written.text) if one.is_secret else ():
        words = letters(amounts.baht_words(Decimal(number[:12]))).removesuffix("บาทถ้วน")
        if len(words) >= SHORTEST_TITLE:
            yield Needle(words, "figure", one)


def _withheld_by(case: Case) -> Iterator[Withheld]:
    for item, matter in enumerate(case.meeting.all_matters()):
        if loading.is_marked(matter):
            own = "" if matter.secret else letters(f"{matter.title}\n{matter.in_release or ''}")
            title = matter.places.node("title")
            for node in public_texts.withheld_of(matter):
                if node.text and not is_date(node.text):
                    is_title = matter.secret and node is title
                    written = Written(case.path, node)
                    yield Withheld(case.id, written, item, matter.secret, is_title, own)


def people_of(case: Case) -> frozenset[str]:
    """Return the letters of the persons whom a meeting lists."""
    meeting = case.meeting
    attendance = meeting.attendance
    signing = [one for one in (meeting.chair, meeting.recorder, *meeting.checker) if one]
    listed: list[Person] = [*attendance.present, *attendance.guests, *signing]
    others = [one.name for one in attendance.absent], [one.name for one in attendance.substitutes]
    return frozenset(map(_name, [*(one.name for one in listed), *chain(*others)]))


# --- what a meeting quotes --------------------------------------------------------------------


class Said(NamedTuple):
    """A quotation in a meeting's own file: where it stands, and in which line of words."""

    written: Written
    offset: int
    text: str
    quote: Quote

    def problem(self, code: str) -> Problem:
        """Return the problem of this code at the line of the quotation."""
        source = self.quote.source
        values = {"text": self.text, "meeting": source.meeting, "source": source.written.node.line}
        return self.written.problem(self.offset, code, **values)


def said(case: Case, secrets: Secrets, unsaid: Unsaid = frozenset()) -> Iterator[Said]:
    """Go through what a meeting's file quotes where the public may read it, one of each line."""
    if not secrets.texts:
        return
    attending = people_of(case)
    shown = public_texts.shown_of_meeting(case, unsaid)
    for written in chain(
        shown, public_texts.sums_of_meeting(case), public_texts.shown_of_body(case)
    ):
        yield from said_in(written, secrets, attending)


def said_in(written: Written, secrets: Secrets, attending: Collection[str]) -> Iterator[Said]:
    """Go through what one text quotes, one of each line: a title before other words."""
    found = [_said(written, quote) for quote in secrets.quotes(written.text, attending)]
    found.sort(key=lambda one: (one.offset, one.quote.kind != "title", one.quote.start))
    lines: dict[int, Said] = {}
    for one in found:
        lines.setdefault(one.offset, one)
    yield from lines.values()


def _said(written: Written, quote: Quote) -> Said:
    start = line_at(written.text, quote.start)
    return Said(written, start, written.text[start:].split("\n", 1)[0].strip(), quote)


def line_at(text: str, letter: int) -> int:
    """Return where the line begins that holds one of the letters that are compared."""
    count, start = 0, 0
    for line in re.finditer(r"[^\n]+", text):
        if count > letter:
            break
        count, start = count + len(letters(line[0])), line.start()
    return start


def problems(case: Case, secrets: Secrets, unsaid: Unsaid = frozenset()) -> list[Problem]:
    """Return D112 for each title of a secret item, and D186 for other words, that are quoted."""
    return [one.problem(CODES[one.quote.kind != "title"]) for one in said(case, secrets, unsaid)]


# --- corrections that are withheld themselves -------------------------------------------------

COMMON = 12  # letters in a row by which a correction is known to be of a withheld text


def of_all(meetings: Sequence[Proceedings]) -> tuple[list[Proceedings], Secrets]:
    """Return meetings, each with the corrections that are withheld, and all that is withheld.

    What such a correction says is as secret as what it corrects.
    """
    secrets = Secrets.over(meeting.case for meeting in meetings)
    marked = [replace(one, unsaid=unsaid(one.case, secrets)) for one in meetings]
    if not any(one.unsaid for one in marked):
        return marked, secrets
    whole = Secrets.over(meeting.case for meeting in meetings)
    for one in marked:
        texts = public_texts.corrections(one.case, one.unsaid)
        whole.texts += [Withheld(one.case.id, written) for written in texts]
    return marked, whole


def unsaid(case: Case, secrets: Secrets) -> Unsaid:
    """Return a meeting's corrections that the public may not read: they quote what is withheld."""
    return frozenset((change.old, change.new) for change in withheld_corrections(case, secrets))


def withheld_corrections(case: Case, secrets: Secrets) -> Iterator[Correction]:
    """Go through the corrections of what is withheld.

    They quote it as any text may, or have what stood in the withheld part of earlier minutes and
    nowhere in their public one.
    """
    corrections = [change for section in case.meeting.agenda for change in section.corrections]
    if not (corrections and secrets.texts):
        return
    before, attending = list(_minutes_before(case, secrets)), people_of(case)
    for change in corrections:
        quotes = chain(*(secrets.quotes(text, attending) for text in (change.old, change.new)))
        if any(quotes) or any(minutes.has(change) for minutes in before):
            yield change


@dataclass(frozen=True)
class _Minutes:
    """Earlier minutes as letters: what they withhold, and what the public reads."""

    secrets: Secrets
    withheld: str
    public: str
    is_last: bool

    def has(self, change: Correction) -> bool:
        """Return whether a correction is of what these minutes withhold."""
        old = letters(change.old)
        if self.is_last and old and self._hides(old):
            return True
        return any(map(self._gives_away, (old, letters(change.new))))

    def _hides(self, row: str) -> bool:
        is_public = row in self.public or self.secrets.allows(row)
        return row in self.withheld and not is_public

    def _gives_away(self, row: str) -> bool:
        parts = (row[at : at + COMMON] for at in range(len(row) - COMMON + 1))
        return any(self._hides(part) and self.secrets.tells(part) for part in parts)


def _minutes_before(case: Case, secrets: Secrets) -> Iterator[_Minutes]:
    """Go through the minutes that a body had made before, where they withhold something."""
    own = folders.absolute(case.path)
    earlier = [
        (path, other)
        for path, other in secrets.cases.items()
        if path.parent == own.parent and folders.order(path) < folders.order(own)
    ]
    for path, other in earlier:
        withheld = (one.row for one in secrets.texts if one.meeting == other.id)
        public = (letters(written.text) for written in public_texts.shown_of_meeting(other))
        is_last = path == _last_before(own)
        yield _Minutes(secrets, "\n".join(withheld), "\n".join(public), is_last)


def _last_before(path: Path) -> Path | None:
    files = folders.meetings_in(path.parent)
    earlier = [file for file in files if folders.order(file) < folders.order(path)]
    return earlier[-1] if earlier else None
