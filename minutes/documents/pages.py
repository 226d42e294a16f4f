"""From proceedings to one semantic HTML page a document: Jinja templates, Thai filters, set type.

Wording and order stand in the templates. What every page needs of Thai typography, the office's
digits and the units that no line may break, is done once, on the finished page's text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree, html
from markupsafe import Markup, escape

from minutes.documents.word.styles import cut, insert
from minutes.meetings import release_text
from minutes.meetings.attendance import Attendee
from minutes.meetings.proceedings import Proceedings
from minutes.model import prose
from minutes.model.meeting import Vote
from minutes.paths import TEMPLATES
from minutes.thai import amounts, dates, digits
from minutes.thai import units as thai_units
from minutes.thai.digits import Numerals
from minutes.thai.names import display_name, split_name

Kind = Literal["minutes", "release"]
E = TypeVar("E", bound=Environment)


@dataclass(frozen=True)
class Page:
    """One document as HTML, with its style sheet and the files that it names."""

    html: str
    css: str
    files: Mapping[str, bytes]


def render(kind: Kind, proceedings: Proceedings) -> Page:
    """Give the page of one document; the page's files are the pictures that it shows."""
    office = proceedings.case.office
    template = _environment().get_template(f"{kind}.html")
    markup = template.render(context(kind, proceedings))
    terms = (*office.glossary, *proceedings.kept.split(" · "))
    set_page = _set_type(markup, getattr(office.numerals, kind), terms, tuple(_names(proceedings)))
    shown = _shown(proceedings).values()
    files = {picture.name: picture.data for picture in shown if f'"{picture.name}"' in set_page}
    return Page(set_page, stylesheet(), files)


@dataclass(frozen=True)
class _Shown:
    """A picture under the name that the page gives it."""

    name: str
    data: bytes
    width: int
    height: int


def _shown(proceedings: Proceedings) -> dict[str, _Shown]:
    """Give the meeting's pictures by the file names that its writer used."""
    return {
        file: _Shown(f"pictures/{index}{p.suffix}", p.data, p.width, p.height)
        for index, (file, p) in enumerate(proceedings.case.pictures.items(), 1)
    }


@cache
def stylesheet() -> str:
    """Give the style sheet that every document's PDF is set with."""
    return (TEMPLATES / "document.css").read_text("utf-8")


def forget() -> None:
    """Let templates and style sheet be read anew when they are next needed."""
    stylesheet.cache_clear()
    _environment.cache_clear()


def plain(page: Page) -> str:
    """Give the page as plain text, ready to paste into a form: an empty line between blocks."""
    body = html.document_fromstring(page.html).find("body")
    assert body is not None, "every page has a body"
    blocks = ["\n".join(_plain_lines(block)) for block in _plain_blocks(body)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _plain_blocks(container: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for block in container:
        if block.tag in ("main", "section"):
            yield from _plain_blocks(block)
        else:
            yield block


def _plain_lines(block: html.HtmlElement, indent: str = "") -> Iterator[str]:
    """Give the lines of a block; those of a list inside a list stand further in."""
    if block.tag == "tr":
        yield " | ".join(_own_text(cell) for cell in block)
    elif block.tag in TEXT_BLOCKS:
        yield from (indent + line for line in _own_text(block).split("\n"))
    for child in block:
        if block.tag != "tr" and child.tag not in INLINES:
            yield from _plain_lines(child, indent + "  " * (block.tag == "li"))


def _own_text(block: html.HtmlElement) -> str:
    """Give a block's own text, without that of the blocks inside it; breaks are kept."""
    return "\n".join(" ".join(line.split()) for line in _own_parts(block).split("\n"))


def _own_parts(element: html.HtmlElement) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag in INLINES:
            parts.append("\n" if child.tag == "br" else _own_parts(child))
        parts.append(child.tail or "")
    return "".join(parts)


# --- what the templates are given -------------------------------------------------------------


def context(kind: Kind, proceedings: Proceedings) -> dict[str, object]:
    """Give what the template of a document is filled with, by the names that it uses."""
    return _common(kind, proceedings) | DOCUMENTS[kind](proceedings)


def _common(kind: Kind, proceedings: Proceedings) -> dict[str, object]:
    meeting = proceedings.meeting
    return {
        "kind": kind,
        "numerals": getattr(proceedings.case.office.numerals, kind),
        "is_public": proceedings.is_public,
        "is_draft": meeting.is_draft and kind == "minutes",
        "subject": f"{proceedings.title} {proceedings.occasion}".strip(),
        "keywords": [word for word in (proceedings.title, proceedings.occasion) if word],
        "office": proceedings.case.office,
        "body": proceedings.body,
        "meeting": meeting,
        "chair": proceedings.chair,
        "occasion": proceedings.occasion,
        "whereabouts": proceedings.whereabouts,
        "pictures": _shown(proceedings),
    }


def _minutes(proceedings: Proceedings) -> dict[str, object]:
    return {
        "title": f"รายงานการประชุม{proceedings.convened}",
        "day": proceedings.meeting.date,
        "people": proceedings.people,
        "group": release_text.group_of(proceedings),
        "parts": proceedings.parts,
        "recorder": proceedings.recorder,
        "checkers": [person for person in proceedings.checkers if not _is_inspector(person)],
        "inspectors": [person for person in proceedings.checkers if _is_inspector(person)],
        "certified_at": certified_at(proceedings),
        "followed": proceedings.followed,
        "kept": proceedings.kept,
    }


def _is_inspector(checker: Attendee) -> bool:
    """Whether somebody sits on the council's own committee for the minutes."""
    return "ตรวจรายงาน" in checker.role


def certified_at(proceedings: Proceedings) -> str:
    """Name the meeting that certified these minutes; nothing until it is known."""
    following = proceedings.case.following
    if proceedings.meeting.status != "certified" or following is None:
        return ""
    number = f"ครั้งที่ {following.number}" if following.number else ""
    words = (following.session, number, "เมื่อ" + dates.date_text(following.date, weekday=True))
    return " ".join(word for word in words if word)


def _release(proceedings: Proceedings) -> dict[str, object]:
    release, office = proceedings.meeting.release, proceedings.case.office
    issued = release.date or proceedings.meeting.date
    return {
        "title": f"ข่าว{office.name} เรื่อง {release_text.headline(proceedings)}",
        "day": issued,
        "issued": issued,
        "headline": release_text.headline(proceedings),
        "convened": proceedings.convened,
        "participants": release_text.participants(proceedings),
        "subjects": release_text.subjects(proceedings),
        "has_actions": release_text.has_actions(proceedings),
        "credit": release.credit or office.release_credit,
    }


DOCUMENTS = {"minutes": _minutes, "release": _release}


def _names(proceedings: Proceedings) -> Iterator[str]:
    """Give every name that the page may show, so that none is broken."""
    people = proceedings.people
    persons = [*people.present, *people.absent, *people.guests, *proceedings.checkers]
    persons += [person for person in (proceedings.chair, proceedings.recorder) if person]
    yield from {person.name: None for person in persons if split_name(person.name).title}


# --- Jinja ------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    return environment(Environment)


def environment(kind: type[E]) -> E:
    """Give an environment of a kind, which may watch what the templates do."""
    made = kind(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "date": dates.date_text,
        "weekday": lambda day: dates.date_text(day, weekday=True),
        "time": dates.time_text,
        "money": amounts.money_text,
        "words": amounts.baht_words,
        "name": display_name,
        "voters": _voters,
        "prose": _prose,
        "resolution": _resolution,
    }
    return made


def _voters(vote: Vote, ballot: str) -> Sequence[str]:
    value = getattr(vote, ballot)
    return value if isinstance(value, tuple) else ()


def _prose(text: str, label: str = "", kind: str = "") -> Markup:
    """Turn plain writing into blocks; label and kind are those of its first paragraph."""
    return prose_blocks(by_lines(prose.parse(text)), label, kind)


def prose_blocks(blocks: Sequence[prose.Block], label: str = "", kind: str = "") -> Markup:
    """Give blocks; label and kind are those of the first paragraph."""
    lead = Markup("<strong>{}</strong> ").format(label) if label else Markup()
    return _labelled(blocks, lead, kind, "")


def _resolution(text: str, label: str) -> Markup:
    return resolution_blocks(by_lines(prose.parse(text)), label)


def resolution_blocks(blocks: Sequence[prose.Block], label: str) -> Markup:
    """Give blocks, the first of which hangs on its label."""
    lead = Markup('<strong class="label">{} </strong>').format(label)
    return _labelled(blocks, lead, "resolution", "resolution more")


def _labelled(blocks: Sequence[prose.Block], lead: Markup, first: str, more: str) -> Markup:
    """Give the blocks of a text, the lead inside the first if that is a paragraph."""
    if blocks and lead and not isinstance(blocks[0], prose.Paragraph):
        blocks = (prose.Paragraph(()), *blocks)
    return Markup().join(
        _block(block, Markup() if index else lead, more if index else first)
        for index, block in enumerate(blocks)
    )


def by_lines(blocks: Iterable[prose.Block]) -> tuple[prose.Block, ...]:
    """Give each written line of a paragraph as a paragraph of its own, as Word's Enter does."""
    return tuple(_lines_apart(blocks))


def _lines_apart(blocks: Iterable[prose.Block]) -> Iterator[prose.Block]:
    for block in blocks:
        if not isinstance(block, prose.Paragraph):
            yield block
            continue
        line: list[prose.Inline] = []
        number = block.line
        for part in block.content:
            if isinstance(part, prose.Break):
                yield prose.Paragraph(tuple(line), number)
                line, number = [], number + 1
            else:
                line.append(part)
        yield prose.Paragraph(tuple(line), number)


def _block(block: prose.Block, lead: Markup, kind: str) -> Markup:
    if isinstance(block, prose.Paragraph):
        attribute = Markup(' class="{}"').format(kind) if kind else Markup()
        return Markup("<p{}>{}{}</p>").format(attribute, lead, _inlines(block.content))
    if isinstance(block, prose.ListBlock):
        return _list(block)
    return _table(block)


def _list(block: prose.ListBlock) -> Markup:
    return Markup('<ul class="list">{}</ul>').format(Markup().join(map(_item, block.items)))


def _item(item: prose.ListItem) -> Markup:
    children = Markup().join(
        _list(child) if isinstance(child, prose.ListBlock) else _block(child, Markup(), "more")
        for child in item.children
    )
    return Markup('<li><span class="marker">{} </span>{}{}</li>').format(
        item.marker, _inlines(item.content), children
    )


def _table(table: prose.Table) -> Markup:
    rows = Markup().join(_row("td", row, table.align) for row in table.rows)
    return Markup('<table class="grid"><thead>{}</thead><tbody>{}</tbody></table>').format(
        _row("th", table.header, table.align), rows
    )


CELL_CLASSES: dict[prose.Align, str] = {
    "": "",
    "left": "",
    "centre": ' class="centre"',
    "right": ' class="number"',
}


def _row(
    cell: Literal["td", "th"],
    row: Iterable[tuple[prose.Inline, ...]],
    align: Iterable[prose.Align],
) -> Markup:
    cells = (
        Markup("<{0}{1}>{2}</{0}>").format(cell, Markup(CELL_CLASSES[side]), _inlines(content))
        for content, side in zip(row, align, strict=True)
    )
    return Markup("<tr>{}</tr>").format(Markup().join(cells))


def _inlines(content: Iterable[prose.Inline]) -> Markup:
    return Markup().join(map(_inline, content))


def _inline(part: prose.Inline) -> Markup:
    if isinstance(part, prose.Strong):
        return Markup("<strong>{}</strong>").format(_inlines(part.children))
    if isinstance(part, prose.Emphasis):
        return Markup("<em>{}</em>").format(_inlines(part.children))
    return Markup("<br>") if isinstance(part, prose.Break) else escape(part.text)


# --- set type ---------------------------------------------------------------------------------

TEXT_BLOCKS = frozenset({"p", "h1", "h2", "h3", "td", "th", "li", "figcaption", "caption", "title"})
INLINES = frozenset({"span", "strong", "em", "br", "a", "sup"})


def _set_type(
    markup: str, numerals: Numerals, glossary: Sequence[str], names: Sequence[str]
) -> str:
    """Give the page with the office's digits and units held together, without stray spaces."""
    page = html.document_fromstring(markup)
    for element in list(page.iter(etree.Element)):
        if element.tag in TEXT_BLOCKS:
            _trim(element)
        elif element.tag not in INLINES:
            _drop_layout(element)
    for element in list(page.iter(*TEXT_BLOCKS, *INLINES)):
        _set_element(element, numerals, glossary, names)
    return f"<!DOCTYPE html>\n{html.tostring(page, encoding='unicode')}"


def _drop_layout(container: html.HtmlElement) -> None:
    """Drop the white space that lays out the template, not the page."""
    container.text = "\n" if len(container) else container.text
    for child in container:
        child.tail = "\n"


def _trim(block: html.HtmlElement) -> None:
    """Fold white space inside a block of text, and drop it at its ends."""
    for element in block.iter():
        element.text = _fold(element.text)
        if element is not block:
            element.tail = _fold(element.tail)
    block.text = (block.text or "").lstrip(" ")
    if len(block) and block[-1].tail:
        block[-1].tail = block[-1].tail.rstrip(" ")
    elif not len(block):
        block.text = block.text.rstrip(" ")


def _fold(text: str | None) -> str | None:
    return re.sub(r"[ \t\r\n]+", " ", text) if text else text


def _set_element(
    element: html.HtmlElement, numerals: Numerals, glossary: Sequence[str], names: Sequence[str]
) -> None:
    """Set the text directly inside an element, and that after each of its inline children."""
    plain = element.tag == "title"
    for child in reversed(list(element)):
        if child.tail and child.tail.strip():
            _set_tail(child, child.tail, numerals, glossary, names)
    if element.text and element.text.strip():
        text = digits.digits(element.text, numerals, glossary)
        units = [] if plain else thai_units.units(text, glossary, names)
        element.text = None
        insert(element, 0, cut(text, units))


def _set_tail(
    child: html.HtmlElement,
    tail: str,
    numerals: Numerals,
    glossary: Sequence[str],
    names: Sequence[str],
) -> None:
    parent = child.getparent()
    assert parent is not None, "a tail stands inside its parent"
    child.tail = None
    text = digits.digits(tail, numerals, glossary)
    insert(parent, parent.index(child) + 1, cut(text, thai_units.units(text, glossary, names)))
