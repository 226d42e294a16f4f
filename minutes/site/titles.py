"""Titles and headings that a browser breaks only where ``minutes.breaks`` would: at a ``<wbr>``.

A browser's own dictionary tears ``ส่ง|เสริม``. What is set here has the class ``set``: its lines may
end at its ``<wbr>`` alone. No letter is added: what is copied or read aloud is the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from lxml import html
from markupsafe import Markup

from minutes.thai import line_breaks, units

LONGEST = 20  # clusters that a telephone's screen holds in a heading
CLASS = "set"


@lru_cache(maxsize=1 << 16)
def title(text: str) -> Markup:
    """Give a text as markup with its places."""
    return Markup('<span class="%s">%s</span>') % (CLASS, Markup("<wbr>").join(pieces(text)))


def pieces(text: str) -> list[str]:
    """Give a text cut at its places."""
    return _cut(text, line_breaks.soft_places(text, units.units(text), LONGEST))


def heading(element: html.HtmlElement) -> None:
    """Put the places into a heading of a document; what that holds together stays together.

    A place at the edge of an inner element stands outside it.
    """
    slots = list(_slots(element))
    held, begin = list[line_breaks.Span](), 0
    for owner, is_tail, text in slots:
        if not is_tail and owner.get("class") == "nw":
            held.append((begin, begin + len(text)))
        begin += len(text)
    places = line_breaks.soft_places("".join(text for _, _, text in slots), held, LONGEST)
    for owner, is_tail, text in reversed(slots):
        begin -= len(text)
        edge = 0 if is_tail or owner is element else 1
        inside = range(edge, len(text) + 1 - edge)
        own = [place - begin for place in places if place - begin in inside]
        _fill(owner, _cut(text, own), is_tail=is_tail)
    element.set("class", f"{element.get('class', '')} {CLASS}".strip())


def _cut(text: str, places: Iterable[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *places, len(text)])]


def _slots(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, bool, str]]:
    """Go through an element's texts in their order: inside elements, and behind them."""
    yield element, False, element.text or ""
    for child in element:
        yield from _slots(child)
        yield child, True, child.tail or ""


def _fill(owner: html.HtmlElement, pieces: Sequence[str], *, is_tail: bool) -> None:
    """Put the pieces of a text where it stood, with a place between each two."""
    places = [html.Element("wbr") for _ in pieces[1:]]
    for place, piece in zip(places, pieces[1:], strict=True):
        place.tail = piece
    if is_tail:
        parent = owner.getparent()
        index = parent.index(owner) + 1
        owner.tail = pieces[0]
        parent[index:index] = places
    else:
        owner.text = pieces[0]
        owner[0:0] = places
