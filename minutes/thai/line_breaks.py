"""Where a line of Thai may end, how soft each place is, and which places make a paragraph even.

Pango offers breaks from libthai's dictionary, which tears ``มีม|ติ``; PyThaiNLP's dictionary knows
better where words end: here the two are weighed. The lines of a paragraph are then chosen together
(after Knuth and Plass), in no more lines than setting one after the other would take.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from minutes.thai import faces, invisible
from minutes.thai.dictionary import common_words, dictionary, segment

Span = tuple[int, int]


class Softness(IntEnum):
    """How much a reader minds a line that ends here: the softer the place, the more."""

    SPACE = 0
    WORD = 1
    PART = 2  # between the words of a long compound: คณะ|กรรมการ
    SEAM = 3  # in a long word, beside a smaller one: only where the line would be set too wide
    TORN = 4  # in any word: likewise, where no seam helps
    HELD_SPACE = 5  # inside a unit, at its spaces and dashes: only in a unit wider than its line
    HELD_WORD = 6
    HELD_TORN = 7
    LAST = 8  # before any cluster: only in a word wider than its line


class Place(NamedTuple):
    """A place where a line may end: behind ``end``, the next line beginning at ``start``."""

    end: int
    start: int
    softness: Softness


ATOM = "\ufffc"  # a box among the letters, such as the label that a text hangs on
NEVER_FIRST = frozenset("ๆฯ)]}”’»,.;:!?%…" + ATOM)
NEVER_LAST = frozenset("([{“‘«" + ATOM)
_LETTERS = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
_LETTER = re.compile(f"[{_LETTERS}]")
_MARK = re.compile("[ัิ-ฺ็-๎]")
_RUN = re.compile(f"[{_LETTERS}]+")
_WORD_OR_RUN = re.compile(f"[{_LETTERS}]+|[^{_LETTERS}\\s]+")
_CLUSTER = re.compile("[^\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufe0f\n]")
_VIRAMA = 9  # the class of combining marks that put the next consonant below
_ONE_WITH_WHAT_IS_BEFORE = frozenset("ຳ\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_FLAG, _CURSIVE = "\U0001f1e6-\U0001f1ff", "\u0620-\u06ff\u0750-\u077f\u0900-\u0a7f"
_HANGING = re.compile(f"[{_FLAG}]{{2}}|[{_CURSIVE}]{{2}}")
_FOREIGN = re.compile("[A-Za-z0-9๐-๙]")
_SYLLABLE_HEADS = frozenset("เแโใไ")
_SYLLABLE_TAILS = frozenset("ะาๅ")
_LEANING = frozenset({"การ", "ความ", "ผู้", "นัก", "ชาว"})  # begin a word: การ|ออกกำลังกาย
_KINDS_OF_PLACE = frozenset({"หมู่บ้าน", "บ้าน", "ตำบล", "อำเภอ", "จังหวัด", "ถนน", "คลอง", "วัด"})
_SHORT_NAME = 10  # letters
_LONG = 8  # clusters: a longer compound may be parted
_SHORT = 3  # letters: a shorter word beside an unknown one is hardly a word


def clusters(text: str) -> list[int]:
    """Give where the grapheme clusters of a text begin; tone marks and ำ begin none."""
    starts = [match.start() for match in _CLUSTER.finditer(text)]
    if faces.is_usual(text):
        return starts
    return [start for start in starts if not (start and _goes_on(text[start - 1], text[start]))]


def _goes_on(before: str, letter: str) -> bool:
    """Whether a letter of any script is drawn as one with the letter before it, or hangs on it."""
    if (
        faces.is_mark(letter)
        or letter in _ONE_WITH_WHAT_IS_BEFORE
        or invisible.JOINER in before + letter
    ):
        return True
    is_below = unicodedata.combining(before) == _VIRAMA
    return is_below or bool(_HANGING.fullmatch(before + letter))


def places(text: str, offered: Sequence[int], units: Sequence[Span]) -> list[Place]:
    """Give the places where a line of the text may end, in order, without the end of the text.

    ``offered`` are the breaks that Pango finds, ``units`` the spans that hold together, sorted.
    """
    known = dict(_word_places(text, offered))
    known |= dict.fromkeys(_address_places(text), Softness.TORN)
    starts = [start for start, _ in units]
    found = []
    for start in sorted({*offered, *known}):
        end = len(text[:start].rstrip(" "))
        if not end or start >= len(text) or not may_break(text, end, start):
            continue
        softness = known[start] if start in known else _other(text, start)
        unit = bisect_right(starts, start) - 1
        if unit >= 0 and units[unit][0] < start < units[unit][1]:
            softness = _held(text, start, softness)
        found.append(Place(end, start, softness))
    return found


def may_break(text: str, end: int, start: int) -> bool:
    """Whether a line may end here: not before ``ๆ ฯ ) ” , .`` nor after ``( “`` and ``ณ``."""
    if text[start] in NEVER_FIRST or text[end - 1] in NEVER_LAST:
        return False
    if text[end - 2 : start] == "//" or text.startswith("ฯลฯ", start - 1):
        return False
    lone = text[end - 1] == "ณ" and (end == 1 or not _LETTER.match(text[end - 2]))
    return not lone and text[start] not in " \u00a0"


def filled(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    """Give the lines of a text in a column of a terminal, broken between words.

    A word that is wider than the column is torn between two clusters; ``measure`` tells how wide a
    text is. Nothing of the text is lost but the spaces at the ends of lines.
    """
    starts = [*_starts(text), len(text)]
    lines: list[str] = []
    begin = 0
    while begin < len(text):
        ahead = [place for place in starts if place > begin]
        fits = [place for place in ahead if measure(text[begin:place].rstrip()) <= width]
        end = fits[-1] if fits else begin + _torn(text[begin : ahead[0]], width, measure)
        lines.append(text[begin:end].rstrip())
        begin = end
    return lines or [""]


def _starts(text: str) -> Iterator[int]:
    """Give where a word begins that may stand first on a line."""
    for run in _WORD_OR_RUN.finditer(text):
        start = run.start()
        for word in segment(run[0]) if _LETTER.match(run[0]) else (run[0],):
            if start and may_break(text, len(text[:start].rstrip()), start):
                yield start
            start += len(word)


def soft_places(text: str, units: Sequence[Span], longest: int) -> list[int]:
    """Give where a line may begin in a text whose widths nobody knows: at spaces and between words.

    A piece of more than ``longest`` clusters is parted again, as softly as that can be.
    """
    found = places(text, [space.end() for space in re.finditer(" +", text)], units)
    return list(_parted(text, found, (0, len(text)), longest, Softness.WORD))


def _parted(
    text: str, found: Sequence[Place], span: Span, longest: int, softest: Softness
) -> Iterator[int]:
    within = (one for one in found if span[0] < one.start < span[1])
    soft = [one.start for one in within if one.softness <= softest]
    for piece in pairwise([span[0], *soft, span[1]]):
        if piece[0] > span[0]:
            yield piece[0]
        if len(clusters(text[slice(*piece)].rstrip())) <= longest:
            continue
        if softest < Softness.HELD_TORN:
            yield from _parted(text, found, piece, longest, Softness(softest + 1))
        else:
            yield from _torn_apart(text, piece, longest)


def _torn_apart(text: str, piece: Span, longest: int) -> Iterator[int]:
    begin = piece[0]
    for cut in clusters(text[slice(*piece)])[1:]:
        place = piece[0] + cut
        if len(clusters(text[begin:place])) >= longest and last_resort(text, place):
            yield place
            begin = place


def unbroken(text: str, units: Sequence[Span], *, compounds: bool = False) -> list[Span]:
    """Give the parts of a line of text that have to stand on one line, without spaces at its ends.

    They end at spaces and between words, where every program ends a line; with ``compounds`` also
    between the words of a long one.
    """
    found = places(text, [match.end() for match in _OPENING.finditer(text)], units)
    soft = {place.start for place in found if place.softness <= Softness.PART}
    harder = {*_address_places(text)} & {place.start for place in found}
    if compounds:
        harder |= {*_seams(text)}
    soft |= {place for place in harder if not any(start < place < end for start, end in units)}
    bounds = pairwise([0, *sorted(soft), len(text)])
    return [(start, start + len(text[start:end].rstrip(" "))) for start, end in bounds]


def _torn(word: str, width: int, measure: Callable[[str], int]) -> int:
    """Give how much of a word fits: up to a smaller word in it, or one whole cluster at least."""
    ends = [*clusters(word)[1:], len(word)]
    fits = [end for end in ends if end < len(word) and measure(word[:end]) <= width]
    good = [end for end in fits if last_resort(word, end)]
    best = [end for end in good if _inside(word, end) <= Softness.SEAM]
    return (best or good or fits or ends)[-1 if fits else 0]


def last_resort(text: str, start: int) -> bool:
    """Whether a word that no line can hold may be torn before this cluster."""
    before, after = text[start - 1], text[start]
    end = len(text[:start].rstrip(" "))
    return (
        before not in _SYLLABLE_HEADS
        and after not in _SYLLABLE_TAILS
        and may_break(text, end, start)
    )


def _held(text: str, start: int, softness: Softness) -> Softness:
    if text[start - 1] in " -–/":
        return Softness.HELD_SPACE
    return Softness.HELD_WORD if softness <= Softness.PART else Softness.HELD_TORN


def _other(text: str, start: int) -> Softness:
    """Weigh a break that Pango offers where no Thai word ends: at a space, a dash, an address."""
    if text[start - 1] == " ":
        return Softness.SPACE
    is_thai = _LETTER.match(text[start]) and not _FOREIGN.match(text[max(0, start - 2)])
    return Softness.WORD if is_thai else Softness.TORN


def _word_places(text: str, offered: Sequence[int]) -> Iterator[tuple[int, Softness]]:
    """Give the places inside the runs of Thai letters: between words and within them."""
    for run in _RUN.finditer(text):
        first = run.start()
        among = offered[bisect_right(offered, first) : bisect_left(offered, run.end())]
        inside = tuple(place - first for place in among)
        for place, softness in _run_places(run[0], inside):
            yield first + place, softness


# Behind spaces, and behind a stroke between Thai words.
_OPENING = re.compile(f" +|[/–-](?=[{_LETTERS}])")
_ADDRESS = re.compile(r"[!-~]{20,}")
_JOINT = re.compile(r"[/.?&=_@-](?=[A-Za-z0-9])")


def _address_places(text: str) -> Iterator[int]:
    """Give the places inside the addresses of the web and of e-mail: behind a stroke or a dot."""
    for address in _ADDRESS.finditer(text):
        yield from (address.start() + joint.end() for joint in _JOINT.finditer(address[0]))


@lru_cache(maxsize=8192)
def _run_places(run: str, offered: tuple[int, ...]) -> tuple[tuple[int, Softness], ...]:
    """Give the places of one run of Thai letters; kept, as official Thai repeats itself."""
    found = []
    words = segment(run)
    name, doubtful = _name_of_place(words), _doubtful(words)
    end = 0
    for index, word in enumerate(words):
        start, end = end, end + len(word)
        for place in range(start + 1, end):
            if place in offered:
                found.append((place, _inside(word, place - start)))
        if end < len(run):
            softness = _between(
                words[index : index + 2], doubtful[index : index + 2], end in offered
            )
            found.append((end, max(softness, Softness.SEAM) if end > name else softness))
    return tuple(found)


def _name_of_place(words: Sequence[str]) -> int:
    """Give where a short name begins behind ``ตำบล`` and the like: ``ควน|ลัง`` reads badly."""
    end = len(run := "".join(words))
    for word in reversed(words):
        if word in _KINDS_OF_PLACE and len(run) - end <= _SHORT_NAME:
            return end
        end -= len(word)
    return len(run)


def _inside(word: str, place: int) -> Softness:
    """Weigh a break inside a word: good where both parts are words, and the whole is long."""
    parts = [part in dictionary() for part in (word[:place], word[place:])]
    if len(clusters(word)) <= _LONG or not any(parts):
        return Softness.TORN
    return Softness.PART if all(parts) else Softness.SEAM


def _seams(text: str) -> Iterator[int]:
    """Give the places inside the long words of a text where a smaller word of theirs begins."""
    for run in _RUN.finditer(text):
        place = run.start()
        for word in segment(run[0]):
            yield from (place + seam for seam in _seams_of_word(word))
            place += len(word)


@lru_cache(maxsize=8192)
def _seams_of_word(word: str) -> tuple[int, ...]:
    """Part a long word into the fewest words of the dictionary: องค์การ|บริหาร|ส่วน|ตำบล."""
    if len(clusters(word)) <= _LONG:
        return ()
    best: dict[int, tuple[int, ...]] = {0: ()}  # how the beginning of the word can be parted
    for end in range(_SHORT, len(word) + 1):
        ways = [
            (*best[start], end)
            for start in range(end - _SHORT + 1)
            if start in best and end - start < len(word) and word[start:end] in dictionary()
        ]
        if ways:
            best[end] = min(ways, key=lambda way: (len(way), _longest_part(way)))
    return best.get(len(word), ())[:-1]


def _longest_part(ends: Sequence[int]) -> int:
    return max(end - start for start, end in pairwise((0, *ends)))


def words_with_marks(text: str) -> Iterator[Span]:
    """Give the Thai words of a text in which a vowel or a tone stands above or below a letter."""
    for run in _RUN.finditer(text):
        end = run.start()
        for word in segment(run[0]):
            start, end = end, end + len(word)
            if _MARK.search(word):
                yield start, end


def _doubtful(words: Sequence[str]) -> list[bool]:
    """Whether each word is none: unknown, or short beside such a one, as in ``ศรี|สุว|รร|ณา``."""
    doubtful = [word not in dictionary() for word in words]
    order = range(len(words))
    for one, beside in [*pairwise(order), *pairwise(reversed(order))]:
        is_short = len(words[beside]) <= _SHORT and words[beside] not in common_words()
        doubtful[beside] |= doubtful[one] and is_short
    return doubtful


def _between(words: Sequence[str], doubtful: Sequence[bool], is_offered: bool) -> Softness:
    """Weigh the end of a word, given with the next; a doubtful one needs Pango's word too."""
    is_likely = is_offered and min(map(len, words)) > _SHORT
    if any(doubtful) and not is_likely:
        return Softness.TORN
    return Softness.PART if words[0] in _LEANING else Softness.WORD


WIDE = 0.12  # em a cluster: a line set wider than this may tear a word
_MOST = 8  # ends that are weighed for one line
_DEMERITS = (
    0.0,
    0.02,
    0.25,
    4.0,
    8.0,
    20.0,
    30.0,
    40.0,
    100.0,
)  # by softness; a spread of 0.05 em is 1
_RUNT, _RUNT_DEMERIT = 5, 0.5  # a last line of fewer clusters looks lost


@dataclass(frozen=True)
class Text:
    """A text with its widths: what a choice of lines needs to know."""

    text: str
    x: Sequence[float]  # where each character begins when all stand on one line, and their end
    count: Sequence[int]  # how many clusters begin before each character
    places: Sequence[Place]
    units: Sequence[Span]


@dataclass(frozen=True)
class Column:
    """What a text is set into: its width, that of the first line, the em, and how it is set."""

    first: float
    rest: float
    em: float
    is_justified: bool


def lines(text: Text, begin: int, end: int, column: Column) -> list[Span]:
    """Give the lines from one place to another as ``(start, end)``, without the spaces between."""
    choice = _Choice(text, begin, end, column)
    return choice.total_fit() if column.is_justified else choice.first_fit()


class _Choice:
    """The choice of the lines of one paragraph, or of what stands between two forced breaks."""

    def __init__(self, text: Text, begin: int, end: int, column: Column) -> None:
        self.text, self.column = text, column
        end = begin + len(text.text[begin:end].rstrip(" "))
        self.nodes = [Place(begin, begin, Softness.SPACE), *_usable(text, begin, end, column)]
        self.nodes.append(Place(end, end, Softness.SPACE))
        self.ends = [text.x[node.end] for node in self.nodes]
        self.last = len(self.nodes) - 1

    def first_fit(self) -> list[Span]:
        """Fill one line after the other."""
        path = [0]
        while path[-1] < self.last:
            path.append(self._edges(path[-1])[0][0])
        return self._spans(path)

    def total_fit(self) -> list[Span]:
        """Find the most even lines among those that are fewest."""
        best: dict[int, tuple[int, float, int]] = {0: (0, 0.0, 0)}
        for node in range(self.last):
            if node not in best:
                continue
            count, cost, _ = best[node]
            for following, spread in self._edges(node):
                way = (count + 1, cost + self._demerits(node, following, spread), node)
                if following not in best or way < best[following]:
                    best[following] = way
        path = [self.last]
        while path[-1]:
            path.append(best[path[-1]][2])
        return self._spans(path[::-1])

    def _spans(self, path: Sequence[int]) -> list[Span]:
        return [
            (self.nodes[one].start, self.nodes[following].end) for one, following in pairwise(path)
        ]

    def _edges(self, node: int) -> list[tuple[int, float]]:
        """Give the ends of a line that begins here, the fullest first, with their spread in em."""
        limit = self.text.x[self.nodes[node].start]
        limit += self.column.rest if node else self.column.first
        past = bisect_right(self.ends, limit + 1e-6, node + 1)
        if past > self.last:
            return [(self.last, 0.0)]
        for softest in (Softness.PART, Softness.SEAM, Softness.TORN):
            edges = self._fitting(node, past, limit, softest)
            if edges and (edges[0][1] <= WIDE or not self.column.is_justified):
                return edges
        return edges or [self._forced(node, past, limit)]

    def _fitting(
        self, node: int, past: int, limit: float, softest: Softness
    ) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for end in range(past - 1, node, -1):
            if self.nodes[end].softness <= softest:
                spread = self._spread(node, end, limit)
                if found and (spread > WIDE or len(found) == _MOST):
                    break
                found.append((end, spread))
        return found

    def _forced(self, node: int, past: int, limit: float) -> tuple[int, float]:
        """Break a unit or a word that is wider than its line at its hardest place."""
        fitting = range(past - 1, node, -1)
        end = min(fitting, key=lambda one: self.nodes[one].softness, default=node + 1)
        return end, self._spread(node, end, limit)

    def _spread(self, node: int, end: int, limit: float) -> float:
        count = self.text.count
        gaps = count[self.nodes[end].end] - count[self.nodes[node].start] - 1
        return (limit - self.ends[end]) / max(gaps, 1) / self.column.em

    def _demerits(self, node: int, end: int, spread: float) -> float:
        demerits = (spread / 0.05) ** 3 + _DEMERITS[self.nodes[end].softness]
        clusters_on_it = (
            self.text.count[self.nodes[end].end] - self.text.count[self.nodes[node].start]
        )
        return demerits + _RUNT_DEMERIT * (end == self.last and clusters_on_it < _RUNT)


def _usable(text: Text, begin: int, end: int, column: Column) -> Iterator[Place]:
    """Give the places between two, with those inside what is wider than its line."""
    narrowest = min(column.first, column.rest)
    open_places = _open_places(text, column.rest)
    before = begin
    for place in [*(p for p in text.places if begin < p.start and p.end < end), None]:
        stop = place.end if place else end
        if text.x[stop] - text.x[before] > narrowest:
            yield from _last_resorts(text.text, before, stop)
        if place:
            before = place.start
            yield place._replace(softness=Softness.TORN) if before in open_places else place


def _last_resorts(text: str, before: int, stop: int) -> Iterator[Place]:
    seams = {before + seam for seam in _seams(text[before:stop])}
    for start in clusters(text[before:stop])[1:]:
        place = before + start
        if place in seams or last_resort(text, place):
            yield Place(place, place, Softness.TORN if place in seams else Softness.LAST)


def _open_places(text: Text, width: float) -> set[int]:
    """Give the softest places of each unit that is wider than its line: they are held no more."""
    found: set[int] = set()
    for start, end in text.units:
        if text.x[end] - text.x[start] > width:
            inside = [place for place in text.places if start < place.start < end]
            hardest = min((place.softness for place in inside), default=0)
            found |= {place.start for place in inside if place.softness == hardest}
    return found
