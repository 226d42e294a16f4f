"""The proof of a publication: finished files, read back, hold nothing that was withheld.

A withheld text counts where its letters and digits stand in a row: 20 of them anywhere in it, or a
whole line or cell of 6 to 19, or a person's full name, or a figure of six digits or more. Spaces,
signs, kinds of digits, letter case and ends of lines don't matter; dates don't count. Words don't
count either that are public anyway, because they are written elsewhere without a mark, belong to
every document, or are allowed by the office: nobody could tell a leak from them in a file. What the
agendas themselves quote is looked for before, by ``secrecy``. What looks like personal data counts
wherever it stands, unless the office allows it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from minutes.documents import pages
from minutes.documents.pages import Kind
from minutes.documents.proof import reading
from minutes.documents.proof.reading import Reading
from minutes.meetings import public_texts, redact, release_text
from minutes.meetings.commonplace import letters
from minutes.meetings.folders import in_file_order
from minutes.meetings.proceedings import TITLES, Proceedings
from minutes.meetings.public_texts import Written
from minutes.meetings.secrecy import is_date, line_at, stands_at
from minutes.model.meeting import Matter
from minutes.model.record import Record
from minutes.paths import TEMPLATES
from minutes.problems.errors import Problem, problem
from minutes.problems.messages import PERSONAL_KINDS
from minutes.thai import amounts, dates, digits, personal_data, units
from minutes.thai.personal_data import Allowed, Found

KINDS: tuple[Kind, ...] = ("minutes", "release")
WINDOW, STRIDE = 16, 5
LONGEST_SHORT = WINDOW + STRIDE - 2  # whatever is longer holds a window that is looked for
SHORTEST = 6

# --- texts as they are compared ---------------------------------------------------------------

_FIGURE = re.compile(r"\d(?:,?\d){5,}")
_FILE = re.compile(r"[\w./\\ -]+\.[a-z]{3,4}", re.ASCII | re.IGNORECASE)


def figures(text: str) -> set[str]:
    """Give the numbers of six digits or more that stand in a text, without their commas."""
    plain = digits.arabic(digits.strip_invisible(text))
    return {match[0].replace(",", "") for match in _FIGURE.finditer(plain)}


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Go through short lines, cells and names, each with its place; no file's name is one."""
    for match in re.finditer(r"[^\n|]+", text):
        if not _FILE.fullmatch(match[0].strip()):
            yield match.start(), match[0]
    for name in units.names_in(text):
        yield text.index(name), name


# --- what is public anyway --------------------------------------------------------------------


def _written_words(proceedings: Proceedings) -> Iterator[str]:
    """Go through what a meeting's public documents may say, as it is written."""
    office = proceedings.case.office
    yield from (written.text for written in public_texts.shown(proceedings))
    yield from (*office.public, *(getattr(office, name) for name in public_texts.OWN))
    yield from _values(proceedings.meeting)
    yield from (*proceedings.known_as.values(), proceedings.kept)


def shell(proceedings: Proceedings) -> str:
    """Give the letters of the sentences that a meeting's public documents make of it."""
    bare = _without_items(redact.public(proceedings))
    said = (pages.render(kind, bare).html.encode() for kind in KINDS)
    return "\n".join(letters(reading.read("shell.html", page).shown) for page in said)


def _without_items(proceedings: Proceedings) -> Proceedings:
    """Give the meeting as its documents begin and end, with the headings of its agenda alone."""
    meeting = proceedings.meeting.model_copy(update={"before": (), "agenda": ()})
    return replace(
        proceedings,
        case=replace(proceedings.case, meeting=meeting),
        parts=tuple(replace(part, matters=()) for part in proceedings.parts),
    )


def _values(record: Record) -> Iterator[str]:
    """Go through the days and sums of a record, as documents write them out."""
    if isinstance(record, Matter) and (record.secret or record.personal):
        return
    for name in type(record).model_fields:
        value = getattr(record, name)
        for member in value if isinstance(value, tuple) else (value,):
            if isinstance(member, Record):
                yield from _values(member)
            elif isinstance(member, date):
                yield dates.date_text(member)
            elif isinstance(member, Decimal):
                yield f"{amounts.money_text(member)} ({amounts.baht_words(member)})"


@cache
def _words_of_all_documents() -> tuple[str, ...]:
    pages = [page.read_text("utf-8") for page in sorted(TEMPLATES.rglob("*.html"))]
    own = (redact.SECRET_TITLE, redact.SECRET_CORRECTION, release_text.AND_OTHERS)
    return (*pages, *TITLES.values(), *own)


# --- the watch --------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where a withheld text stands: which letter of it is meant, and its line or name."""

    written: Written
    offset: int
    text: str


@dataclass
class Watch:
    """What must not be in any public file of some meetings, and what may be.

    ``shells`` are those of meetings, by their ids, as far as they are known: they take long.
    """

    shells: dict[str, str] = field(default_factory=dict)
    windows: dict[str, tuple[Written, int]] = field(default_factory=dict)
    short: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    numbers: dict[str, Place] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)  # of personal data that the agendas say
    judged: dict[str, bool] = field(default_factory=dict)  # rows of letters: public anyway or not
    told: list[Problem] = field(default_factory=list)
    public: list[Written] = field(default_factory=list)
    meetings: list[Proceedings] = field(default_factory=list)
    allowed: Allowed = field(default_factory=lambda: Allowed.of(()))
    held_back: Collection[str] = ()

    @classmethod
    def over(
        cls,
        meetings: Iterable[Proceedings],
        shells: Mapping[str, str] | None = None,
        held_back: Collection[str] = (),
    ) -> "Watch":
        """Watch over what is published of these meetings: the full ones, not their public copies.

        They may include meetings that are not published yet, or ``held_back`` (by their ids), whose
        secrets are kept too, and whose words are not public.
        """
        watch = cls(dict(shells or {}), held_back=held_back)
        for proceedings in meetings:
            watch._take(proceedings)
        return watch

    def _is_public(self, short: str) -> bool:
        """Whether a row of letters is public anyway; worked out at the first suspicion of it."""
        if short not in self.judged:
            shown = (short in told for told in self._all_shells())
            self.judged[short] = short in self._written or any(shown)
        return self.judged[short]

    @cached_property
    def _written(self) -> str:
        own = (text for meeting in self.meetings for text in _written_words(meeting))
        return "\n".join(map(letters, [*own, *_words_of_all_documents()]))

    def _all_shells(self) -> Iterator[str]:
        """Go through what all meetings' documents say by themselves, the known ones first."""
        yield from list(self.shells.values())
        for meeting in self.meetings:
            if meeting.case.id not in self.shells:
                self.shells[meeting.case.id] = shell(meeting)
                yield self.shells[meeting.case.id]

    @cached_property
    def _public_figures(self) -> frozenset[str]:
        words = (text for meeting in self.meetings for text in _written_words(meeting))
        return frozenset(number for text in words for number in figures(text))

    def findings(self, files: Mapping[str, bytes]) -> list[Problem]:
        """Give what stands in the files, or is about to, and must not, in file order.

        Files are read by the ends of their names. Each finding has the line of the agenda that it
        comes from; one whose line nobody knows, and what hides in a file, has the file's own name.
        """
        found: dict[Problem, list[str]] = {}
        for name, data in files.items():
            for each in dict.fromkeys(self._look_through(reading.read(name, data))):
                found.setdefault(each, []).append(name)
        named = [_in_files(each, names) for each, names in found.items()]
        return in_file_order([*self.told, *named])

    def leaks(self, files: Mapping[str, bytes]) -> bool:
        """Return whether something that is withheld stands in the files."""
        read = (reading.read(name, data) for name, data in files.items())
        return any(any(self._of_withheld(file)) for file in read)

    def _take(self, proceedings: Proceedings) -> None:
        case = proceedings.case
        if redact.may_be_published(case) and case.id not in self.held_back:
            self._publish(proceedings)
        for written in public_texts.withheld(proceedings):
            if not is_date(written.text):
                self._withhold(written)

    def _publish(self, proceedings: Proceedings) -> None:
        own = public_texts.allowed(proceedings.case.office)
        self.allowed = Allowed(self.allowed.forms | own.forms, self.allowed.texts + own.texts)
        self.meetings.append(proceedings)
        texts = list(public_texts.shown(proceedings))
        self.public += texts
        for written, found in public_texts.unmarked(own, texts):
            self.told.append(written.problem(found.start, "D110", **_kinds(found)))
            self.forms.add(found.form)

    def _withhold(self, written: Written) -> None:
        row = letters(written.text)
        for start in range(len(row) - WINDOW + 1):
            self.windows.setdefault(row[start : start + WINDOW], (written, start))
        for offset, piece in _pieces(written.text):
            short = letters(piece)
            if SHORTEST <= len(short) <= LONGEST_SHORT:
                known = self.short.setdefault(short[:SHORTEST], [])
                known.append((short, Place(written, offset, piece.strip())))
        for number in figures(written.text):
            self.numbers.setdefault(number, Place(written, 0, number))

    def _look_through(self, file: Reading) -> Iterator[Problem]:
        for place in dict.fromkeys(self._of_withheld(file)):
            yield place.written.problem(place.offset, "D111", text=place.text)
        yield from self._personal_data(file.shown)
        for what in file.hidden:
            yield problem(NO_FILE, 1, 1, "D113", what=what)

    def _of_withheld(self, file: Reading) -> Iterator[Place]:
        yield from self._rows(file.shown)
        yield from self._rows(file.carried)
        yield from self._figures(file.shown)

    def _rows(self, text: str) -> Iterator[Place]:
        row = letters(text)
        for start in range(0, len(row) - WINDOW + 1, STRIDE):
            window = row[start : start + WINDOW]
            if (found := self.windows.get(window)) and not self._is_public(window):
                yield _line_of(*found)
        known = self.short
        near = (n for n in range(len(row) - SHORTEST + 1) if row[n : n + SHORTEST] in known)
        for start in near:
            for short, place in known[row[start : start + SHORTEST]]:
                if stands_at(short, row, start) and not self._is_public(short):
                    yield place

    def _figures(self, text: str) -> Iterator[Place]:
        for number in figures(text) & self.numbers.keys():
            if number not in self._public_figures:
                yield self.numbers[number]

    def _personal_data(self, text: str) -> Iterator[Problem]:
        """Tell of what no single text of an agenda says: all else is told already, at its line."""
        for found in personal_data.find(text):
            if found.form not in self.forms and not self.allowed.covers(found):
                yield self._found_in_file(found)

    def _found_in_file(self, found: Found) -> Problem:
        text = letters(found.text)
        for written in self.public:
            if text in letters(written.text):
                return written.problem(0, "D114", **_kinds(found))
        return problem(NO_FILE, 1, 1, "D114", **_kinds(found))


NO_FILE = Path()  # stands for the file that is looked through, until that is known


def _in_files(found: Problem, names: list[str]) -> Problem:
    path = Path(names[0]) if found.path == NO_FILE else found.path
    return replace(found, path=path, values={**found.values, "files": tuple(names)})


def _kinds(found: Found) -> dict[str, str]:
    kind_th, kind = PERSONAL_KINDS[found.kind]
    return {"kind_th": kind_th, "kind": kind, "text": found.text}


def _line_of(written: Written, letter: int) -> Place:
    """Give the line in which a letter of a withheld text stands."""
    start = line_at(written.text, letter)
    return Place(written, start, written.text[start:].split("\n", 1)[0].strip())
