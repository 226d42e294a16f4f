"""What somebody changed in a document of ours: paragraph by paragraph, and to which field it goes.

Paragraphs that are the same hold the two texts together; between them, as many on one side as on
the other are each other's, in their order. Only where their number differs are they paired by
their words, and the difference says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from minutes.diff.template_trace import Block, How, Trace
from minutes.documents.word.reader import Comment, Manuscript, Paragraph, Unit
from minutes.meetings.provenance import Atlas, Place
from minutes.thai import dictionary, digits, line_breaks

What = Literal["changed", "added", "removed", "look", "picture", "margin"]
Did = Literal["kept", "removed", "added", "look"]
Role = Literal["written", "made", "missing", "about", "beside"]
UNLIKE = 0.2  # likeness of two paragraphs' words below which neither became the other
LONGEST_RUN = 2_000  # letters without a space that are cut into words at once
MOST_PAIRS = 40_000  # of paragraphs that are weighed against each other


class Word(NamedTuple):
    """Some words of a paragraph, and what became of them."""

    did: Did
    text: str


class Source(NamedTuple):
    """What a difference belongs to: how the words came about, and the place of their field.

    ``beside``: new words next to those of this field. Without a place, no file says the words.
    """

    role: Role
    place: Place


@dataclass(frozen=True)
class Difference:
    """One paragraph that is not what the agenda gives; without sources it is the template's own.

    ``is_paired_by_words`` when the two were taken for each other by their likeness alone.
    """

    what: What
    words: tuple[Word, ...]
    sources: tuple[Source, ...] = ()
    after: str = ""
    authors: tuple[str, ...] = ()
    is_row: bool = False
    is_paired_by_words: bool = False


@dataclass(frozen=True)
class Noted:
    """A comment in the margin, with the paragraph's sources."""

    comment: Comment
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Compared:
    """What was found in one document."""

    differences: tuple[Difference, ...]
    comments: tuple[Noted, ...] = ()


def compare(
    ours: Manuscript, blocks: Sequence[Block], theirs: Manuscript, atlas: Atlas
) -> Compared:
    """Compare the document that the agenda gives, whose page has these blocks, with an edited one.

    Raises ValueError when the blocks are not those of the document, a fault of the program.
    """
    traced = _traced(ours, blocks)
    comparing = _Comparing(traced, atlas)
    found = [
        *comparing.units(ours.units, theirs.units),
        *_margins(ours.margins, theirs.margins),
    ]
    comments = (
        Noted(theirs.comments[note], sources)
        for note, sources in comparing.notes
        if note in theirs.comments
    )
    return Compared(tuple(found), tuple(comments))


def _traced(ours: Manuscript, blocks: Sequence[Block]) -> dict[int, Block]:
    """Give each paragraph of ours, by its id, the block of the page that it was made from."""
    traced: dict[int, Block] = {}
    left = iter(blocks)
    for paragraph in (one for unit in ours.units for one in unit.paragraphs):
        block = next(left, Block(""))
        while not block.text and paragraph.text:  # a paragraph of nothing is none in Word
            block = next(left, Block("?"))
        if digits.arabic(block.text) != digits.arabic(paragraph.text):
            raise ValueError(f"{block.text!r} on the page is {paragraph.text!r} in the document")
        traced[id(paragraph)] = block
    return traced


# --- which paragraph became which -------------------------------------------------------------


class _Pair(NamedTuple):
    """Units that are each other's; one of them may be missing."""

    ours: Unit | None
    theirs: Unit | None
    is_by_words: bool = False


def _pairs(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[_Pair]:
    """Pair the units of two documents in their order."""
    matcher = SequenceMatcher(
        None, [one.signature for one in ours], [one.signature for one in theirs], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from map(_Pair, ours[a:b], theirs[c:d])
        else:
            yield from _between(ours[a:b], theirs[c:d])


def _between(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[_Pair]:
    """Pair the units between two that are the same."""
    kinds = [one.is_row for one in ours], [one.is_row for one in theirs]
    if kinds[0] == kinds[1] or not ours or not theirs or len(ours) * len(theirs) > MOST_PAIRS:
        yield from _in_order(ours, theirs)
    else:
        yield from _by_words(ours, theirs)


def _in_order(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[_Pair]:
    common = min(len(ours), len(theirs))
    yield from map(_Pair, ours[:common], theirs[:common])
    yield from (_Pair(one, None) for one in ours[common:])
    yield from (_Pair(None, one) for one in theirs[common:])


def _by_words(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[_Pair]:
    """Pair what is most alike, in the order of both (after Needleman and Wunsch)."""
    bags = [[Counter(words(one.text)) for one in side] for side in (ours, theirs)]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    likes = [[0.0] * len(theirs) for _ in ours]
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            if ours[i].is_row == theirs[j].is_row:
                likes[i][j] = _likeness(bags[0][i], bags[1][j])
            together = best[i + 1][j + 1] + likes[i][j] if likes[i][j] >= UNLIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    yield from _best(ours, theirs, best, likes)


def _best(
    ours: Sequence[Unit],
    theirs: Sequence[Unit],
    best: Sequence[Sequence[float]],
    likes: Sequence[Sequence[float]],
) -> Iterator[_Pair]:
    """Walk through the table of the best pairs."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        like = likes[i][j]
        if like >= UNLIKE and best[i][j] == best[i + 1][j + 1] + like:
            yield _Pair(ours[i], theirs[j], is_by_words=True)
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield _Pair(ours[i], None)
            i += 1
        else:
            yield _Pair(None, theirs[j])
            j += 1
    yield from _in_order(ours[i:], theirs[j:])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Give how many of their words two paragraphs share, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


# --- what is different ------------------------------------------------------------------------

NOTHING = Paragraph("")


class _Comparing:
    """Compares one document; gathers the comments on the way."""

    def __init__(self, traced: Mapping[int, Block], atlas: Atlas) -> None:
        self.traced = traced
        self.atlas = atlas
        self.notes: list[tuple[str, tuple[Source, ...]]] = []
        self.last: Paragraph = NOTHING

    def units(self, ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Difference]:
        """Give the differences between two flows of text."""
        for pair in _pairs(ours, theirs):
            for found in self.pair(pair):
                by_words = pair.is_by_words or found.is_paired_by_words
                is_row = found.is_row or any(one and one.is_row for one in pair[:2])
                yield replace(found, is_row=is_row, is_paired_by_words=by_words)

    def pair(self, pair: _Pair) -> Iterator[Difference]:
        """Give the differences between two units."""
        if pair.theirs is None and pair.ours is not None:
            yield self.removed(pair.ours)
        elif pair.ours is None and pair.theirs is not None:
            yield self.added(pair.theirs)
        elif pair.ours is not None and pair.theirs is not None:
            yield from self.both(pair.ours.paragraphs, pair.theirs.paragraphs)

    def both(self, ours: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> Iterator[Difference]:
        """Compare the paragraphs of two units, cell by cell."""
        for cell in sorted({one.cell for one in (*ours, *theirs)}):
            mine = [one for one in ours if one.cell == cell] or [NOTHING]
            other = [one for one in theirs if one.cell == cell] or [NOTHING]
            if len(mine) == len(other):
                for one, two in zip(mine, other, strict=True):
                    yield from self.paragraphs(one, two)
            else:
                flows = ([Unit((one,)) for one in mine], [Unit((two,)) for two in other])
                yield from self.units(*flows)

    def paragraphs(self, ours: Paragraph, theirs: Paragraph) -> Iterator[Difference]:
        """Compare two paragraphs: their words, else their emphasis and their pictures."""
        self.note(theirs, ours)
        self.last = ours if id(ours) in self.traced else self.last
        changed = tuple(_changes(ours.text, theirs.text))
        if ours.text != theirs.text:
            sources = self.sources(ours, _touched(changed))
            yield Difference("changed", changed, sources, authors=theirs.authors)
        elif ours.pictures != theirs.pictures:
            yield Difference("picture", changed, self.sources(ours, [(0, len(ours.text))]))
        if looks := _looks(ours, theirs, changed):
            yield Difference("look", _with_looks(ours.text, looks), self.sources(ours, looks))

    def removed(self, unit: Unit) -> Difference:
        """Give the difference of a unit that is gone."""
        sources = [self.sources(one, [(0, len(one.text))]) for one in unit.paragraphs]
        self.last = unit.paragraphs[-1]
        return Difference("removed", (Word("removed", _line(unit)),), _once(sources))

    def added(self, unit: Unit) -> Difference:
        """Give the difference of a unit that is new, and what it comes after."""
        near = self.sources(self.last, [(len(self.last.text), len(self.last.text))])
        beside = tuple(Source("beside", source.place) for source in near)[:1]
        authors = tuple(dict.fromkeys(a for one in unit.paragraphs for a in one.authors))
        for one in unit.paragraphs:
            self.note(one, self.last)
        words = (Word("added", _line(unit)),)
        return Difference("added", words, beside, after=self.last.text, authors=authors)

    def note(self, theirs: Paragraph, ours: Paragraph) -> None:
        """Keep the comments of a paragraph, with the field that it belongs to."""
        for note in theirs.notes:
            self.notes.append((note, self.sources(ours, [(0, len(ours.text))])))

    def sources(
        self, paragraph: Paragraph, touched: Iterable[tuple[int, int]]
    ) -> tuple[Source, ...]:
        """Give the sources of the letters that were touched, else of the whole paragraph."""
        block = self.traced.get(id(paragraph), Block(""))
        traces = list(_traces(block, touched))
        found = [self.located(trace) for trace in traces]
        return _once(found)

    def located(self, trace: Trace) -> tuple[Source, ...]:
        """Give the places of a trace."""
        places = ((origin, self.atlas.locate(origin)) for origin in trace.origins)
        return tuple(Source(_role(trace.how, at), at) for origin, at in places if at is not None)


def _role(how: How, place: Place) -> Role:
    return how if place.is_written or how == "about" else "missing"


def _once(found: Iterable[Iterable[Source]]) -> tuple[Source, ...]:
    """Give each place once; what words are printed for counts where no field says them."""
    by_place: dict[Place, Source] = {}
    for source in (one for sources in found for one in sources):
        by_place.setdefault(source.place, source)
    said = tuple(source for source in by_place.values() if source.role != "about")
    return said or tuple(by_place.values())


def _traces(block: Block, touched: Iterable[tuple[int, int]]) -> Iterator[Trace]:
    """Give the traces of the letters that were touched.

    Words put in between two pieces go to the one that was written, else to the one before.
    """
    for start, end in touched:
        within = [s for s in block.spans if s.start < end and start < s.end]
        if start == end or not within:
            near = [s for s in block.spans if s.start <= start <= s.end or s.start <= end <= s.end]
            within = within or sorted(near, key=lambda s: s.trace.how != "written")[:1]
        yield from (span.trace for span in within)
        if not within and block.about:
            yield block.about


def _line(unit: Unit) -> str:
    return " | ".join(one.text for one in unit.paragraphs) if unit.paragraphs[1:] else unit.text


def _margins(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Difference]:
    """Compare heads and feet, each different text once."""
    for text in ours:
        if text not in theirs:
            yield Difference("margin", (Word("removed", text),))
    for text in theirs:
        if text not in ours:
            yield Difference("margin", (Word("added", text),))


# --- words ------------------------------------------------------------------------------------

_RUNS = re.compile(r"[\u0e00-\u0e4f\u0e5a-\u0e7f]+|[0-9๐-๙]+(?:[.,/][0-9๐-๙]+)*|[^\W\d_]+|\s|.")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Cut a text into words, never between a letter and the marks above or below it."""
    cut = [word for run in _RUNS.findall(text) for word in _words_of(run)]
    starts = set(line_breaks.clusters(text))
    whole: list[str] = []
    at = 0
    for word in cut:
        if whole and at not in starts:
            whole[-1] += word
        else:
            whole.append(word)
        at += len(word)
    return tuple(whole)


def _words_of(run: str) -> Iterator[str]:
    """Cut a run of letters; a very long one, which is no writing, in pieces of a size."""
    if not "\u0e00" <= run[0] <= "\u0e7f":
        yield run
        return
    for start in range(0, len(run), LONGEST_RUN):
        yield from dictionary.segment(run[start : start + LONGEST_RUN])


def _changes(ours: str, theirs: str) -> Iterator[Word]:
    """Give both texts as one, word by word: what stayed, what is gone, what is new."""
    before, after = words(ours), words(theirs)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Word("kept", "".join(before[a:b]))
            continue
        if a < b:
            yield Word("removed", "".join(before[a:b]))
        if c < d:
            yield Word("added", "".join(after[c:d]))


def _touched(changed: Iterable[Word]) -> list[tuple[int, int]]:
    """Give the letters of our text that were touched; an empty span where something was put in."""
    spans, at = [], 0
    for did, text in changed:
        end = at + len(text) * (did != "added")
        if did != "kept":
            spans.append((at, end))
        at = end
    removed = {end for start, end in spans if start < end}
    return [(start, end) for start, end in spans if start < end or start not in removed]


def _looks(ours: Paragraph, theirs: Paragraph, changed: Iterable[Word]) -> list[tuple[int, int]]:
    """Give the letters of our text that stayed and stand out otherwise; nobody sees a space."""
    found: list[tuple[int, int]] = []
    a = b = 0
    for did, text in changed:
        if did == "kept":
            for offset, letter in enumerate(text):
                if letter != " " and ours.looks[a + offset] != theirs.looks[b + offset]:
                    found.append((a + offset, a + offset + 1))
        a += len(text) * (did != "added")
        b += len(text) * (did != "removed")
    return list(_joined(found, ours.text))


def _joined(letters: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Join letters to spans, over the spaces between them."""
    last: tuple[int, int] | None = None
    for start, end in letters:
        if last and not text[last[1] : start].strip():
            last = last[0], end
        else:
            yield from [last] if last else []
            last = start, end
    yield from [last] if last else []


def _with_looks(text: str, looks: Iterable[tuple[int, int]]) -> tuple[Word, ...]:
    found: list[Word] = []
    done = 0
    for start, end in looks:
        found += [Word("kept", text[done:start]), Word("look", text[start:end])]
        done = end
    return tuple(word for word in (*found, Word("kept", text[done:])) if word.text)
