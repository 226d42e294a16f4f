"""A public document's page as a part of a web page: anchors, tables for small screens, its texts.

What is found here is found in the page that the public may have, and nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import html

from minutes.documents.proof.reading import INLINE
from minutes.site import titles
from minutes.thai import digits

KEPT = "credit kept"  # of the line that names the archive's version, which nobody searches for
UNSEEN = "unseen"  # of what tells those who listen to a page what stands there already
SPACES = re.compile(r"\s+")


class Passage(NamedTuple):
    """What stands from one anchor to the next: where, under which heading, in which words."""

    anchor: str
    heading: str
    text: str


@dataclass
class Item:
    """An item of the agenda; its number is ``5.2``, or empty before the agenda.

    ``label`` is the number as the document writes it, ``๕.๒``.
    """

    anchor: str
    label: str
    title: str
    resolution: str = ""
    resolution_anchor: str = ""

    @property
    def number(self) -> str:
        """The number in Arabic digits."""
        return digits.arabic(self.label)


@dataclass
class Article:
    """A document's title and content; the markup has no heading of the first level."""

    title: str
    subtitles: tuple[str, ...]
    markup: str
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    pictures: tuple[str, ...] = ()


def of(page: str) -> Article:
    """Give the article in a public page as ``pages`` renders it."""
    whole = html.document_fromstring(page)
    header, main = whole.find("body/header"), whole.find("body/main")
    assert header is not None, "every document has a header"
    assert main is not None, "every document has content"
    walk = _Walk()
    for element in list(main.iter(*HANDLERS)):
        HANDLERS[str(element.tag)](walk, element)
    return Article(
        words(header[0]),
        tuple(words(line) for line in header.findall("p")),
        _inner(main),
        tuple(_passages(main)),
        tuple(item for item in walk.items if item.resolution or item.number),
        tuple(picture.get("src", "") for picture in main.iter("img")),
    )


def words(element: html.HtmlElement) -> str:
    """Give the text of an element as it reads, with single spaces."""
    return SPACES.sub(" ", "".join(_parts(element))).strip()


def _parts(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("class") == UNSEEN:
            yield child.tail or ""
            continue
        edge = "" if child.tag in INLINE else " "
        yield edge
        yield from _parts(child)
        yield edge
        yield child.tail or ""


def _inner(main: html.HtmlElement) -> str:
    markup = "".join(html.tostring(child, encoding="unicode") for child in main).strip()
    return markup.replace("</wbr>", "")  # libxml2 does not know that it has no end


@dataclass
class _Walk:
    """A way through a document, in its order: which item is being read."""

    items: list[Item] = field(default_factory=list)
    parts: int = 0
    unnumbered: int = 0

    def heading(self, element: html.HtmlElement) -> None:
        """Give a section's heading its anchor; its own resolution is one of the whole section."""
        if element.get("class") != "agenda":
            titles.heading(element)
            return
        self.parts += 1
        element.set("id", f"agenda-{self.parts}")
        title = words(element).removeprefix(words(element[0])).strip()
        self.items.append(Item(f"agenda-{self.parts}", "", title))
        titles.heading(element)

    def item(self, element: html.HtmlElement) -> None:
        """Give an item its anchor, by its number."""
        label = words(element[0]) if len(element) and element[0].get("class") == "label" else ""
        number = digits.arabic(label)
        if not number:
            self.unnumbered += 1
        anchor = f"item-{number or f'0.{self.unnumbered}'}".replace(".", "-")
        element.set("id", anchor)
        self.items.append(Item(anchor, label, words(element).removeprefix(label).strip()))
        titles.heading(element)

    def paragraph(self, element: html.HtmlElement) -> None:
        """Give a resolution its anchor, and note its words."""
        if element.get("class") != "resolution" or not self.items:
            return
        item = self.items[-1]
        kind = item.anchor.partition("-")[2]
        item.resolution_anchor = f"resolution-{kind}"
        element.set("id", item.resolution_anchor)
        item.resolution = " ".join(_resolution(element))

    def table(self, element: html.HtmlElement) -> None:
        """Make a table one that every screen can show and every reader can follow."""
        for group in element.findall("colgroup"):
            element.remove(group)
        for cell in element.iter("th"):
            if "scope" not in cell.attrib:
                cell.set("scope", "col")
            if not words(cell):
                cell.tag = "td"
                del cell.attrib["scope"]
        if element.get("class") == "people":
            heading = element.getprevious()
            caption = html.Element("caption", {"class": UNSEEN})
            caption.text = words(heading)
            element.insert(0, caption)
        else:
            _in_a_box(element)

    def picture(self, element: html.HtmlElement) -> None:
        """Let a picture be loaded when it comes into view."""
        element.set("loading", "lazy")


HANDLERS = {
    "h2": _Walk.heading,
    "h3": _Walk.item,
    "p": _Walk.paragraph,
    "table": _Walk.table,
    "img": _Walk.picture,
}


def _in_a_box(table: html.HtmlElement) -> None:
    """Put a wide table into a box that scrolls by itself, with the keyboard too."""
    parent, place = table.getparent(), table.getparent().index(table)
    label = "ตาราง " + " · ".join(words(cell) for cell in table.iter("th") if words(cell))
    box = html.Element("div", {"class": "wide", "role": "group", "tabindex": "0"})
    box.set("aria-label", label.strip())
    box.tail, table.tail = table.tail, None
    parent.insert(place, box)
    box.append(table)


def _resolution(first: html.HtmlElement) -> Iterator[str]:
    """Go through the paragraphs and lists of a resolution, without its label."""
    label = words(first[0])
    yield words(first).removeprefix(label).strip()
    following = first.getnext()
    while following is not None and following.get("class") in ("resolution more", "list"):
        yield words(following)
        following = following.getnext()


def _passages(main: html.HtmlElement) -> Iterator[Passage]:
    """Part a document's text at its anchors; what has no letters is left out."""
    anchor, heading, parts = "minutes", "", list[str]()
    for block in _blocks(main):
        if block.tag in ("h2", "h3") and block.get("id"):
            if parts:
                yield Passage(anchor, heading, " ".join(parts))
            anchor, heading, parts = str(block.get("id")), words(block), []
        parts += [words(block)] if words(block) else []
    if parts:
        yield Passage(anchor, heading, " ".join(parts))


def _blocks(container: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in container:
        if child.tag in ("section", "div"):
            yield from _blocks(child)
        elif child.get("class") != KEPT:
            yield child
