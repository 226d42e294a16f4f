"""The text beneath the glyphs of a PDF, where glyphs alone would tell a reader something else.

WeasyPrint notes for each glyph the text that it was first drawn for. That is the truth while one
glyph stands for one letter, as in our face of Thai. Where letters join, change places or run from
right to left, and in the box that stands for a letter without a glyph, an ``ActualText`` (ISO
32000-1, 14.9.4) tells how the letters read.
"""

import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, zip_longest
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont

from minutes.thai import faces, line_breaks

APART = 0.028, 0.095  # em: beyond it, poppler sees spaces between letters; and between words
BOXES = "□☐"
UNKNOWN = 0x10000000  # PANGO_GLYPH_UNKNOWN_FLAG


def speaking(draw_first_line: Any) -> Any:
    """Have a line read as it was written: the words of a widely set one, and letters that join.

    Poppler (``pdftotext``, Evince, Okular) takes 0.03 em behind a tone mark for a space. An
    ``ActualText`` tells it, and every other reader, how the word reads. From half a space on, the
    distance is written as the letters' own (9.3.2), which none takes for one.
    """

    def draw(stream: Any, box: Any, *others: Any) -> Any:
        layout = box.pango_layout
        share = getattr(layout, "share", 0) / box.style["font_size"]
        spans = list(_words(layout.text, share))
        if not faces.is_usual(layout.text):
            spans = _with_untold(spans, stream, layout, share)
            _box_unknown(stream, layout)
        if not spans and share <= APART[0]:
            return draw_first_line(stream, box, *others)
        speaker = _Speaker(stream, layout, spans, round(1000 * share) if share > APART[1] else 0)
        drawn = draw_first_line(speaker, box, *others)
        speaker.close()
        return drawn

    return draw


def _words(text: str, share: float) -> Iterator[line_breaks.Span]:
    """Give the words of a line whose letters stand apart by a share of an em; of others none."""
    end = len(text.rstrip(" -"))  # at a line's end PDFium takes a spoken hyphen for a soft one
    if share <= APART[0]:
        return
    words = [(0, end)] if share > APART[1] else line_breaks.words_with_marks(text[:end])
    for start, stop in words:  # with the spaces beside them: PDFium reads none that stands alone
        yield start - (text[:start] == " "), stop + text.startswith(" ", stop)


def _joined(spans: Iterable[line_breaks.Span]) -> Iterator[line_breaks.Span]:
    """Give spans in order, those that overlap as one."""
    last: line_breaks.Span | None = None
    for start, stop in sorted(spans):
        if last and start < last[1]:
            last = last[0], max(last[1], stop)
        else:
            yield from [last] if last else []
            last = start, stop
    yield from [last] if last else []


# --- what glyphs do not tell --------------------------------------------------------------------


class _Cluster(NamedTuple):
    """Letters that cannot be told apart in the glyphs that draw them, which stand as printed."""

    start: int  # the first letter in the text
    text: str
    glyphs: tuple[int, ...]
    level: int  # odd: it runs from right to left; even and not 0: figures in what does
    font: Any  # Pango's

    @property
    def end(self) -> int:
        """The letter behind it."""
        return self.start + len(self.text)

    @property
    def is_turned(self) -> bool:
        """Whether it runs from right to left."""
        return self.level % 2 == 1

    def told(self, font: Any) -> list[tuple[int, str]]:
        """Give what each glyph stands for by itself; nothing where that would not be the text.

        A reader puts letters that run from right to left into their order by itself.
        """
        is_unclear = any(unicodedata.category(letter) == "Co" for letter in self.text)
        if is_unclear or font.family == faces.BOX or any(one & UNKNOWN for one in self.glyphs):
            return []
        is_apart = self.is_turned or font.family == faces.MAIN  # which change no places
        if len(self.glyphs) == len(self.text) and (is_apart or len(self.text) == 1):
            text = self.text[::-1].translate(MIRRORED) if self.is_turned else self.text
            return list(zip(self.glyphs, text, strict=True))
        return [(self.glyphs[0], self.text)] if len(self.glyphs) == 1 else []


MIRRORED = str.maketrans("()[]{}<>«»≤≥‹›", ")(][}{><»«≥≤›‹")


def _with_untold(
    words: Iterable[line_breaks.Span], stream: Any, layout: Any, share: float
) -> list[line_breaks.Span]:
    """Give the parts of a line that are spoken, each of which is drawn in one piece."""
    clusters = _clusters(layout)
    levels = [0] * len(layout.text)
    for cluster in clusters:
        levels[cluster.start : cluster.end] = [cluster.level] * len(cluster.text)
    if share <= APART[1]:
        words = [span for word in words for span in _on_one_level(word, levels)]
    untold = (
        _word(layout.text, levels, cluster)
        for cluster in clusters
        if not _is_told(stream, cluster, is_spread=share > 0)
    )
    return list(_joined([*words, *untold]))


def _on_one_level(span: line_breaks.Span, levels: Sequence[int]) -> Iterator[line_breaks.Span]:
    start = span[0]
    for place in range(span[0] + 1, span[1]):
        if levels[place] != levels[start]:
            yield start, place
            start = place
    yield start, span[1]


def _is_told(stream: Any, cluster: _Cluster, *, is_spread: bool) -> bool:
    """Whether the glyphs of a cluster tell its text, and no distance tears it apart."""
    font, _ = stream.add_font(cluster.font)
    _teach(font, cluster)
    told = cluster.told(font)
    is_torn = is_spread and font.family != faces.MAIN and any(map(faces.is_mark, cluster.text))
    if not told or is_torn:
        return False
    return all(font.to_unicode.setdefault(*pair) == pair[1] for pair in told)


def _word(text: str, levels: Sequence[int], cluster: _Cluster) -> line_breaks.Span:
    """Give the word that a cluster is in: a reader that sorts what is shown would tear it."""
    start, end = cluster.start, cluster.end
    if cluster.is_turned:  # which a reader puts into order letter by letter
        return start, end

    def goes_on(place: int) -> bool:
        letter = text[place]
        is_other = letter.isspace() or faces.is_thai_face(letter)
        return not is_other and levels[place] == cluster.level

    while start and goes_on(start - 1):
        start -= 1
    while end < len(text) and goes_on(end):
        end += 1
    has_space = text.startswith(" ", end) and levels[end] == cluster.level
    return start, end + has_space


def _teach(font: Any, cluster: _Cluster) -> None:
    """Note what a glyph always stands for, before it is first drawn for something else."""
    if font.family == faces.BOX:
        font.to_unicode.update(dict.fromkeys(cluster.glyphs, BOXES[0]))
    elif len(cluster.text) > 1 and (len(cluster.glyphs) > 1 or font.family == faces.MAIN):
        known = _letters(font.file_content)
        for glyph in cluster.glyphs:
            if glyph in known:
                font.to_unicode.setdefault(glyph, known[glyph])


def _box_unknown(stream: Any, layout: Any) -> None:
    """Have a box drawn of what Pango looks for in no font, as U+06DD beside Thai letters."""
    from weasyprint.text.ffi import pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # as draw_first_line will
    for item, (cells, starts, _, _) in zip(_items(layout), runs(layout), strict=True):
        size = len(cells) // len(starts)
        for at in range(0, len(cells), size):
            if cells[at] & UNKNOWN and cells[at] != pango.PANGO_GLYPH_EMPTY:
                font, _ = stream.add_font(item.analysis.font)
                boxes = {text: glyph for glyph, text in _letters(font.file_content).items()}
                (sign, *_) = (sign for sign in BOXES if sign in boxes)
                cells[at] = boxes[sign]
                font.to_unicode.setdefault(boxes[sign], sign)


@lru_cache(maxsize=8)
def _letters(file: bytes) -> dict[int, str]:
    """Give the letter of each glyph of a font that has one."""
    font = TTFont(io.BytesIO(file), lazy=True)
    return {font.getGlyphID(name): chr(letter) for letter, name in font.getBestCmap().items()}


def _clusters(layout: Any) -> list[_Cluster]:
    """Give the clusters of a line in the order of its text."""
    text: str = layout.text
    offsets = [0, *accumulate(len(letter.encode()) for letter in text)]
    found: list[_Cluster] = []
    for item, (cells, starts, offset, length) in zip(_items(layout), runs(layout), strict=True):
        glyphs = cells[:: len(cells) // len(starts)]
        drawn = zip(starts, stops(starts, length), glyphs, strict=True)
        for (start, stop), group in groupby(drawn, key=lambda one: one[:2]):
            first = bisect_right(offsets, offset + start) - 1
            last = bisect_right(offsets, offset + stop - 1)
            own = tuple(glyph for _, _, glyph in group)
            level, font = item.analysis.level, item.analysis.font
            found.append(_Cluster(first, text[first:last], own, level, font))
    return sorted(found, key=lambda one: one.start)


def stops(starts: Sequence[int], length: int) -> list[int]:
    """Give for each glyph of a run the byte behind its letters, in whichever direction it runs."""
    known = sorted({*starts, length})
    return [known[bisect_right(known, start)] for start in starts]


def runs(layout: Any) -> Iterator[tuple[Any, list[int], int, int]]:
    """Give the runs of a line: glyphs as cells, first byte of each; the run's offset and length."""
    from weasyprint.text.ffi import ffi

    for run in _glyph_items(layout):
        glyphs, item = run.glyphs, run.item
        size = glyphs.num_glyphs * ffi.sizeof("PangoGlyphInfo")
        cells = memoryview(ffi.buffer(glyphs.glyphs, size)).cast("i")
        clusters = memoryview(ffi.buffer(glyphs.log_clusters, glyphs.num_glyphs * 4)).cast("i")
        yield cells, clusters.tolist(), item.offset, item.length


def _items(layout: Any) -> Iterator[Any]:
    return (run.item for run in _glyph_items(layout))


def _glyph_items(layout: Any) -> Iterator[Any]:
    from weasyprint.text.ffi import ffi

    line, _ = layout.get_first_line()
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


# --- writing it ---------------------------------------------------------------------------------


class _Speaker:
    """A stream that writes the glyphs of a spoken part with its text; all else it hands on."""

    def __init__(
        self, stream: Any, layout: Any, spans: Sequence[line_breaks.Span], spacing: int
    ) -> None:
        text: str = layout.text
        self._stream, self._spacing = stream, spacing  # thousandths of an em
        self._words = [text[start:end] for start, end in spans]
        self._of_glyphs = _spans_of_glyphs(layout, spans)
        self._open: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def show_text(self, shown: str) -> None:
        """Write what WeasyPrint shows, ``<glyphs>distance<glyphs>``, part by part."""
        pieces: list[tuple[int | None, list[str]]] = []
        for glyph, distance in _SHOWN.findall(shown):
            before = pieces[-1][0] if pieces else self._open
            word = next(self._of_glyphs) if glyph else before
            if not pieces or pieces[-1][0] != word:
                pieces.append((word, []))
            parts = pieces[-1][1]
            if distance and parts and parts[-1][0] != "<":  # PDF would read two as one number
                distance = f"{float(parts.pop()) + float(distance):.6f}"
            parts.append(f"<{glyph}>" if glyph else distance)
        for word, parts in pieces:
            self._show(word, parts)

    def _show(self, word: int | None, parts: list[str]) -> None:
        import pydyf

        if word != self._open:
            self.close()
            if word is not None:
                text = pydyf.Dictionary({"ActualText": pydyf.String(self._words[word])})
                self._stream.begin_marked_content("Span", text)
            self._open = word
        self._spaced(parts)

    def close(self) -> None:
        """End the part that is being spoken."""
        if self._open is not None:
            self._stream.end_marked_content()
        self._open = None

    def _spaced(self, parts: list[str]) -> None:
        """Show glyphs with the spacing as their own, which a distance takes back where none is."""
        if self._spacing:
            _, size = self._stream._current_font
            self._stream.stream.append(f"{self._spacing * size / 1000:.3f} Tc")
            parts = list(_taken_back(parts, self._spacing))
        self._stream.show_text("".join(parts).replace("><", ""))
        if self._spacing:
            self._stream.stream.append("0 Tc")


def _taken_back(parts: Sequence[str], spacing: int) -> Iterator[str]:
    """Give glyphs and distances with each distance less by the spacing of the glyph before it."""
    for part, following in zip_longest(parts, parts[1:], fillvalue="<"):
        if part[0] == "<":
            yield part
            if following[0] == "<":
                yield f"{spacing}"
        elif distance := float(part) + spacing:
            yield f"{distance:g}"


_SHOWN = re.compile("([0-9a-f]{4})(?=[0-9a-f]*>)|(-?[0-9.]+(?:e-?[0-9]+)?)(?=<|$)")


def _spans_of_glyphs(layout: Any, spans: Sequence[line_breaks.Span]) -> Iterator[int | None]:
    """Give for each glyph that is written which of the spans of the text it stands in."""
    from weasyprint.text.ffi import pango

    offsets = [0, *accumulate(len(letter.encode()) for letter in layout.text)]
    span_at: list[int | None] = [None] * offsets[-1]
    for index, (start, end) in enumerate(spans):
        span_at[offsets[start] : offsets[end]] = [index] * (offsets[end] - offsets[start])
    for cells, starts, offset, _ in runs(layout):
        for glyph, start in zip(cells[:: len(cells) // len(starts)], starts, strict=True):
            if glyph != pango.PANGO_GLYPH_EMPTY:
                yield span_at[offset + start]
