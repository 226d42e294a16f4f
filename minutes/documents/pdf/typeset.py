"""What WeasyPrint lacks for Thai, in one place: where lines end, and their even spread.

WeasyPrint takes every break that Pango offers and justifies by spaces alone, and Thai has few. Here
the lines of a paragraph are chosen by ``minutes.breaks`` before WeasyPrint sets them, and the slack
of a line is shared by all its grapheme clusters, as Word's ``thaiDistribute`` does. Every function
of WeasyPrint that is replaced, wrapped or leant on is named here; a test fails when one changes.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, zip_longest
from math import floor, inf
from typing import Any
from weakref import WeakKeyDictionary

from minutes.documents.pdf import actual_text
from minutes.thai import dictionary, line_breaks

NARROWEST = 6 / 2.54 * 96  # px (6 cm): a narrower column stays ragged

TOUCHED = (
    "draw.text.draw_first_line",
    "layout.inline.justify_line",
    "layout.inline.split_inline_box",
    "layout.inline.split_text_box",
    "text.line_break.Layout.reactivate",
    "text.line_break.split_first_line",
)
LEANT_ON = (
    "draw.text.draw_text",
    "layout.inline.atomic_box",
    "layout.inline.get_next_linebox",
    "layout.inline.skip_first_whitespace",
    "layout.inline.split_inline_level",
    "layout.inline.text_align",
    "text.line_break.create_layout",
    "text.line_break.first_line_metrics",
    "text.line_break.get_log_attrs",
)


@cache
def install(weasyprint: Any) -> None:
    """Teach WeasyPrint to set Thai, once for the life of the program."""
    from weasyprint.draw import text as draw
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    dictionary.prepare()
    draw.draw_first_line = actual_text.speaking(draw.draw_first_line)
    inline.justify_line = distribute
    inline.split_inline_box = _planned(inline.split_inline_box)
    inline.split_text_box = _stopping(inline.split_text_box)
    inline.split_first_line = _measuring_once(inline.split_first_line)
    line_break.Layout.reactivate = _widening(line_break.Layout.reactivate)


def _planned(split_inline_box: Any) -> Any:
    """Have a line end where the plan of its paragraph says: there it stops, and has all room."""

    def split(context: Any, box: Any, x: float, max_x: float, *others: Any) -> Any:
        _, skip_stack, containing_block, *_, letter_style, line_style = others
        is_plain = not (letter_style or line_style or context.excluded_shapes)
        paragraph = _paragraph(context, box, containing_block) if is_plain else None
        if paragraph is None:
            return split_inline_box(context, box, x, max_x, *others)
        begin = paragraph.position(box, skip_stack)
        stop = paragraph.stop(begin, max_x - x, containing_block.width)
        _stops.update(stop)
        try:
            result = split_inline_box(context, box, x, inf, *others)
            _attach_spaces(result[0])
            return result
        finally:
            for one in stop:
                _stops.pop(one, None)

    return split


_stops: dict[int, int] = {}  # id of the text box in which a line ends -> byte before which it ends
_measured: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # text box -> its layout and metrics
_at_hand: list[Any] = []  # those of the text box that is being set


def _stopping(split_text_box: Any) -> Any:
    """Have a text box end at the byte where its line stops."""

    def split(context: Any, box: Any, width: float, skip: int, is_line_start: bool = True) -> Any:
        stop = _stops.pop(id(box), None)
        if stop is not None:
            part = box.copy_with_text(box.text.encode()[:stop].decode())
            new_box, _, preserved = split_text_box(context, part, None, skip, is_line_start)
            return new_box, stop, preserved
        if width == inf and not skip and box in _measured:
            _at_hand.append(_measured.pop(box))
        try:
            return split_text_box(context, box, width, skip, is_line_start)
        finally:
            _at_hand.clear()

    return split


def _measuring_once(split_first_line: Any) -> Any:
    """Have the measures of a text box taken from its paragraph, which has them already."""

    def split(*arguments: Any, **options: Any) -> Any:
        return _at_hand.pop() if _at_hand else split_first_line(*arguments, **options)

    return split


def _widening(reactivate: Any) -> Any:
    """Have the glyphs of a justified text drawn with their share of the slack."""

    def reactivate_wider(layout: Any, style: Any) -> None:
        reactivate(layout, style)
        if getattr(layout, "share", 0):
            _widen(layout)

    return reactivate_wider


# --- paragraphs -------------------------------------------------------------------------------

_paragraphs: WeakKeyDictionary[Any, "_Paragraph | None"] = WeakKeyDictionary()


def _paragraph(context: Any, box: Any, containing_block: Any) -> "_Paragraph | None":
    """Give the paragraph that a line box holds; None for what WeasyPrint had better set itself."""
    from weasyprint.formatting_structure.boxes import LineBox

    if not isinstance(box, LineBox):
        return None
    if box not in _paragraphs:
        try:
            _paragraphs[box] = _Paragraph(context, box, containing_block)
        except _UnusualError:
            _paragraphs[box] = None
    return _paragraphs[box]


class _UnusualError(Exception):
    """A paragraph holds what our documents do not: a float, a tab, letter spacing."""


@dataclass(frozen=True)
class _Setting:
    """Where a paragraph is set: WeasyPrint's context, and the block around it."""

    context: Any
    block: Any


@dataclass
class _Piece:
    """A text box, with its place in the text of its paragraph."""

    box: Any
    first: int  # its first character in the paragraph
    offsets: list[int]  # the byte of each of its characters, and of its end


class _Paragraph:
    """The text of a line box, the widths of its characters, and its lines once they are chosen."""

    def __init__(self, context: Any, box: Any, containing_block: Any) -> None:
        self.pieces: list[_Piece] = []
        self.firsts: dict[int, int] = {}  # of each box: its first character
        self.chosen: dict[tuple[int, float, float], int | None] = {}
        self._text: list[str] = []
        self._x: list[float] = []
        self._units: list[line_breaks.Span] = []
        self._length, self._end = 0, 0.0
        if box.style["direction"] != "ltr" or box.style["white_space"] not in WRAPPING:
            raise _UnusualError
        self._gather(_Setting(context, containing_block), box, is_held=False)
        self.em = box.style["font_size"]
        self.is_justified = box.style["text_align_all"] == "justify"
        self.text = self._finish(box.style["lang"])

    def _finish(self, language: str) -> line_breaks.Text:
        text = "".join(self._text)
        count = [0] * (len(text) + 1)
        for start in line_breaks.clusters(text):
            count[start + 1] = int(text[start] != line_breaks.ATOM)
        places = line_breaks.places(text, _offered(text, language), self._units)
        x = [*self._x, self._end]
        return line_breaks.Text(text, x, list(accumulate(count)), places, self._units)

    # --- gathering

    def _gather(self, setting: _Setting, parent: Any, *, is_held: bool) -> None:
        from weasyprint.formatting_structure import boxes

        for child in parent.children:
            self.firsts[id(child)] = self._length
            if not child.is_in_normal_flow():
                raise _UnusualError
            if isinstance(child, boxes.TextBox):
                self._add_text(setting, child)
            elif isinstance(child, boxes.InlineBox):
                self._add_inline(setting, child, is_held=is_held)
            elif isinstance(child, boxes.InlineBlockBox):
                self._add_atom(setting, child)
            else:
                raise _UnusualError

    def _add_inline(self, setting: _Setting, box: Any, *, is_held: bool) -> None:
        begin, holds = self._length, box.style["white_space"] not in WRAPPING
        self._end += _side(box.style, "left")
        self._gather(setting, box, is_held=is_held or holds)
        self._end += _side(box.style, "right")
        if holds and not is_held:
            self._units.append((begin, self._length))

    def _add_text(self, setting: _Setting, box: Any) -> None:
        if not _is_usual(box):
            raise _UnusualError
        offsets = [0, *accumulate(len(letter.encode()) for letter in box.text)]
        self.pieces.append(_Piece(box, self._length, offsets))
        self._text.append(box.text)
        self._length += len(box.text)
        advances, measures = _measure(setting.context, box)
        if box.text != "\n":
            _measured[box] = measures
        reach = [0, *accumulate(advances)]
        self._x += [self._end + reach[offset] for offset in offsets[:-1]]
        self._end += reach[-1]

    def _add_atom(self, setting: _Setting, box: Any) -> None:
        from weasyprint.layout import inline

        if self._length:  # only a label, before all text, is known to us
            raise _UnusualError
        laid_out = inline.atomic_box(setting.context, box, 0, None, setting.block, [], [])
        self._text.append(line_breaks.ATOM)
        self._x.append(self._end)
        self._length += 1
        self._end += laid_out.margin_width()

    # --- lines

    def stop(self, begin: int, first: float, rest: float) -> dict[int, int]:
        """Give the text box in which a line stops, and the byte; nothing where the text ends."""
        key = (begin, round(first, 3), round(rest, 3))
        if key not in self.chosen:
            self._choose(begin, first, rest)
        end = self.chosen[key]
        if end is None:
            return {}
        piece = self.pieces[bisect_right(self.pieces, end - 1, key=lambda one: one.first) - 1]
        return {id(piece.box): piece.offsets[end - piece.first]}

    def _choose(self, begin: int, first: float, rest: float) -> None:
        """Choose the lines from a place up to the next forced break or the end."""
        forced = self.text.text.find("\n", begin)
        end = forced if forced >= 0 else len(self.text.text)
        is_justified = self.is_justified and rest >= NARROWEST
        column = line_breaks.Column(first, rest, self.em, is_justified)
        *lines, (start, _) = line_breaks.lines(self.text, begin, end, column)
        width = first
        for line, stop in lines:
            self.chosen[line, round(width, 3), round(rest, 3)] = stop
            width = rest
        self.chosen[start, round(width, 3), round(rest, 3)] = None

    def position(self, box: Any, skip_stack: Any) -> int:
        """Find the character of the paragraph that a skip stack leads to."""
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            if _is_text(box):
                piece = next(one for one in self.pieces if one.box is box)
                return piece.first + piece.offsets.index(index)
            box = box.children[index]
        return self.firsts.get(id(box), 0)


WRAPPING = ("normal", "pre-line")


def _side(style: Any, side: str) -> float:
    """Give what stands beside an inline box: its margin, border and padding, px."""
    width: float = style[f"border_{side}_width"]
    return width + _pixels(style[f"margin_{side}"]) + _pixels(style[f"padding_{side}"])


def _pixels(length: Any) -> float:
    if getattr(length, "unit", "px") != "px" or not hasattr(length, "value"):
        raise _UnusualError
    return float(length.value)


def _is_usual(box: Any) -> bool:
    style = box.style
    return (
        (box.text == "\n" or not set(box.text) & set("\n\t\f\u00ad\u2028\u2029"))
        and style["white_space"] in ("normal", "nowrap", "pre-line")
        and style["letter_spacing"] == "normal"
        and style["word_spacing"] == 0
        and style["font_size"] > 0
        and style["hyphens"] != "auto"
    )


def _offered(text: str, language: str) -> list[int]:
    """Give the places before which Pango would break a line."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    flags = memoryview(ffi.buffer(get_log_attrs(text, language))).cast("I")
    return [place for place, flag in enumerate(flags) if flag & 1 and place]


def _measure(context: Any, box: Any) -> tuple[list[float], Any]:
    """Give the width in px that begins at each byte of a text box, and what it is drawn from."""
    from weasyprint.text.ffi import FROM_UNITS
    from weasyprint.text.line_break import create_layout, first_line_metrics

    layout = create_layout(box.text, box.style, context, None, 0)
    advances = [0.0] * len(box.text.encode())
    for cells, starts, offset, _ in actual_text.runs(layout):
        for start, width in zip(starts, cells[1 :: len(cells) // len(starts)], strict=True):
            advances[offset + start] += width * FROM_UNITS
    line, _ = layout.get_first_line()
    return advances, first_line_metrics(line, box.text, layout, None, True, box.style)


def _attach_spaces(line: Any) -> None:
    """Have the space behind a unit written with it: PDFium reads none that stands alone."""
    for box, following in pairwise(_leaves(line)):
        if _is_text(box) and box.text.strip(" ") and _is_text(following) and following.text == " ":
            box.text += " "
            box.pango_layout.text += " "
            following.text = ""


# --- justification ----------------------------------------------------------------------------


def distribute(context: Any, line: Any, extra: float) -> None:
    """Spread ``extra`` px of slack evenly over the grapheme clusters of a line, but the last."""
    if line.width + extra < NARROWEST:
        return
    leaves = list(_leaves(line))
    gaps = {id(box): range(len(line_breaks.clusters(box.text))) for box in leaves if _is_text(box)}
    if leaves and _is_text(leaves[-1]):
        gaps[id(leaves[-1])] = gaps[id(leaves[-1])][:-1]
    if total := sum(map(len, gaps.values())):
        _shift(line, extra / total, gaps, 0)


def _is_text(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import TextBox

    return isinstance(box, TextBox)


def _leaves(box: Any) -> Iterator[Any]:
    """Give the text and the atomic boxes of a line in their order."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox

    for child in box.children:
        if isinstance(child, (InlineBox, LineBox)):
            yield from _leaves(child)
        elif child.is_in_normal_flow():
            yield child


def _shift(box: Any, share: float, gaps: dict[int, range], advance: float) -> float:
    """Move a box by what stands before it has grown, and let it grow; gives the new advance, px."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox

    if _is_text(box):
        box.position_x += advance
        box.width += share * len(gaps[id(box)])
        box.pango_layout.share, box.pango_layout.gaps = share, gaps[id(box)]
        return advance + share * len(gaps[id(box)])
    if not isinstance(box, (InlineBox, LineBox)):
        box.translate(advance, 0)
        return advance
    before = advance
    box.position_x += advance
    for child in box.children:
        if child.is_in_normal_flow():
            advance = _shift(child, share, gaps, advance)
    box.width += advance - before
    return advance


def _widen(layout: Any) -> None:
    """Give the last glyph of each cluster its share, in whole thousandths of an em.

    WeasyPrint writes distances cut to thousandths, so a share of 30.9 would lose a point over a
    line: here what is cut from one glyph is carried to the next. Widening the glyphs, where Pango's
    letter spacing would also move every tone mark, leaves the marks where the font has them.
    """
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # as draw_first_line will
    scale = 1000 * FROM_UNITS / layout.style["font_size"]  # Pango units -> thousandths of an em
    share = layout.share * 1000 / layout.style["font_size"]
    before = _gaps_before(layout.text, layout.gaps)
    drift = 0.0  # what is drawn too little so far, in thousandths
    for cells, starts, offset, length in actual_text.runs(layout):
        stops = actual_text.stops(starts, length)
        shares = [
            share * (before[offset + stop] - before[offset + start]) * is_last
            for start, stop, is_last in zip(starts, stops, _lasts(starts), strict=True)
        ]
        drift = _widen_run(cells, shares, scale, drift)


def _lasts(starts: Sequence[int]) -> list[bool]:
    """Give for each glyph whether it is the last that is drawn of its letters."""
    return [start != following for start, following in zip_longest(starts, starts[1:])]


def _gaps_before(text: str, gaps: range) -> list[int]:
    """Give for each byte of a text, and its end, how many clusters that get a share end before."""
    offsets = [0, *accumulate(len(letter.encode()) for letter in text)]
    ends = [*line_breaks.clusters(text)[1:], len(text)]
    marks = [0] * (offsets[-1] + 1)
    for gap in gaps:
        marks[offsets[ends[gap]]] = 1
    return list(accumulate(marks))


def _widen_run(cells: Any, shares: Sequence[float], scale: float, drift: float) -> float:
    """Widen the glyphs of a run by their shares (1/1000 em); gives what is left to make good."""
    size = len(cells) // len(shares)
    for index, share in enumerate(shares):
        natural = cells[index * size + 1] * scale
        drift += natural - round(natural) + share
        if share:
            whole = round(natural) + round(drift)
            cells[index * size + 1] = floor(whole / scale) + 1
            drift -= round(drift)
    return drift
