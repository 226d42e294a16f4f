"""Whether a feed is one, by RFC 4287: its grammar (``atom.rng``), and the rules of its prose."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree

GRAMMAR = Path(__file__).parent / "atom.rng"
NAMES = {"a": "http://www.w3.org/2005/Atom"}
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.ASCII)  # RFC 3987, 2.2: an IRI
NAMESPACES = ("uuid",)  # of URNs, that are registered with IANA and given out by nobody
# RFC 3339 as section 3.3 narrows it: a T, and a zone
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def faults(data: bytes) -> list[str]:
    """Give what is wrong with a feed, each fault with the section that forbids it."""
    feed = etree.fromstring(data)
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    if not grammar.validate(feed):
        return [f"B: {error.message}" for error in grammar.error_log]
    entries = feed.findall("a:entry", NAMES)
    return [
        *_of_feed(feed, entries),
        *(fault for entry in entries for fault in _of_entry(entry, feed)),
        *(fault for one in (feed, *entries) for fault in _of_both(one)),
    ]


def _of_feed(feed: etree._Element, entries: list[etree._Element]) -> Iterator[str]:
    ids = Counter(_text(one, "id") for one in (feed, *entries))
    yield from (f"4.1.1: twice the id {id_}" for id_, count in ids.items() if count > 1)
    if len(_links(feed, "self")) != 1:
        yield "4.1.1: a feed should say where it is itself"
    if any(_moment(feed, "updated") < _moment(entry, "updated") for entry in entries):
        yield "4.2.15: an entry is newer than its feed"


def _of_entry(entry: etree._Element, feed: etree._Element) -> Iterator[str]:
    if not _links(entry, "alternate") and entry.find("a:content", NAMES) is None:
        yield "4.1.2: neither content nor a link to it"
    if not any(one.findall("a:author", NAMES) for one in (entry, feed)):
        yield "4.1.2: nobody wrote it"
    if entry.find("a:published", NAMES) is not None:
        if not MOMENT.fullmatch(_text(entry, "published")):
            yield "3.3: a moment without its zone"
        elif _moment(entry, "updated") < _moment(entry, "published"):
            yield "4.2.9: changed before it was there"


def _of_both(one: etree._Element) -> Iterator[str]:
    id_ = _text(one, "id")
    if not ABSOLUTE.fullmatch(id_):
        yield f"4.2.6: no IRI: {id_}"
    if id_.startswith("urn:") and id_.split(":")[1] not in NAMESPACES:
        yield f"4.2.6: not universally unique: {id_}"
    if not MOMENT.fullmatch(_text(one, "updated")):
        yield "3.3: a moment without its zone"
    if not _text(one, "title").strip():
        yield "4.2.14: a title that says nothing"
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in _links(one, "alternate"))
    yield from (f"4.1.1: two alternates of {kind}" for kind, count in kinds.items() if count > 1)
    yield from (f"4.2.7: no address: {href}" for href in _hrefs(one) if re.search(r"[\s<>]", href))


def _links(one: etree._Element, rel: str) -> list[etree._Element]:
    links = one.findall("a:link", NAMES)
    return [link for link in links if link.get("rel", "alternate") == rel]


def _hrefs(one: etree._Element) -> list[str]:
    return [link.get("href", "") for link in one.findall("a:link", NAMES)]


def _text(one: etree._Element, name: str) -> str:
    return one.findtext(f"a:{name}", "", NAMES)


def _moment(one: etree._Element, name: str) -> float:
    """Give a moment in seconds; what has no zone is taken for one of here."""
    return datetime.fromisoformat(_text(one, name)).timestamp()
