"""What WeasyPrint lacks for Thai, in one place: lines spread evenly over their letters.

WeasyPrint justifies by its spaces alone, and Thai has few. Here the slack of a line is shared by
all its grapheme clusters, as Word's ``thaiDistribute`` does. Every function that this module
replaces or wraps is named in ``TOUCHED``; a test fails when a new WeasyPrint changes one of them.
"""

import re
from collections.abc import Iterator
from math import floor
from typing import Any

NARROWEST = 6 / 2.54 * 96  # px (6 cm): a narrower column stays ragged
_CLUSTER = re.compile("[^\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufe0f\n]")

TOUCHED = ("layout.inline.justify_line", "text.line_break.Layout.reactivate")
LEANT_ON = ("draw.text.draw_text", "draw.text.draw_first_line", "layout.inline.text_align")


def install(weasyprint: Any) -> None:
    """Teach WeasyPrint to set Thai; to be called once, before anything is laid out."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    inline.justify_line = distribute
    reactivate = line_break.Layout.reactivate

    def reactivate_and_widen(layout: Any, style: Any) -> None:
        reactivate(layout, style)
        if getattr(layout, "share", 0):
            _widen(layout)

    line_break.Layout.reactivate = reactivate_and_widen


# --- justification ----------------------------------------------------------------------------


def distribute(context: Any, line: Any, extra: float) -> None:
    """Spread ``extra`` px of slack evenly over the grapheme clusters of a line, but the last."""
    if line.width + extra < NARROWEST:
        return
    leaves = list(_leaves(line))
    gaps = {id(box): range(_clusters(box.text)) for box in leaves if _is_text(box)}
    for box in leaves[1:2]:
        if not _is_text(leaves[0]) and _is_text(box):  # the space behind a label stays as it is
            gaps[id(box)] = gaps[id(box)][len(box.text) - len(box.text.lstrip(" ")) :]
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


def _clusters(text: str) -> int:
    return len(_CLUSTER.findall(text))


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
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # as draw_first_line will
    line, _ = layout.get_first_line()
    scale = 1000 * FROM_UNITS / layout.style["font_size"]  # Pango units -> thousandths of an em
    share = layout.share * 1000 / layout.style["font_size"]
    ends = _ends(layout.text, layout.gaps)
    drift = 0.0  # what is drawn too little so far, in thousandths
    run = line.runs
    while run != ffi.NULL:
        drift = _widen_run(run.data, ends, share, scale, drift)
        run = run.next


def _ends(text: str, gaps: range) -> list[int]:
    """Give for each byte of a text whether it is the last of a cluster that gets a share."""
    starts = [match.start() for match in _CLUSTER.finditer(text)]
    ends = [*starts[1:], len(text)]
    marks = [0] * len(text.encode())
    for gap in gaps:
        marks[len(text[: ends[gap]].encode()) - 1] = 1
    return marks


def _widen_run(item: Any, ends: list[int], share: float, scale: float, drift: float) -> float:
    from weasyprint.text.ffi import ffi

    count, offset = item.glyphs.num_glyphs, item.item.offset
    size = ffi.sizeof("PangoGlyphInfo") // 4
    cells = memoryview(ffi.buffer(item.glyphs.glyphs, count * size * 4)).cast("i")
    starts = memoryview(ffi.buffer(item.glyphs.log_clusters, count * 4)).cast("i").tolist()
    stops = [*starts[1:], item.item.length]
    for index, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        natural = cells[index * size + 1] * scale
        shares = sum(ends[offset + start : offset + stop])
        drift += natural - round(natural) + shares * share
        if shares:
            whole = round(natural) + round(drift)
            cells[index * size + 1] = floor(whole / scale) + 1
            drift -= round(drift)
    return drift
