"""Finished files read back: the words that they show, what they carry besides, and what hides.

PDFs are read by PDFium, which did not write them, and object by object; of packages every part is
unfolded. Raises what a reader raises when a file is broken: ours are not.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from lxml import html as lxml_html

BREAK = "\n\n"  # between what does not read on
INLINE = frozenset(
    {
        "span",
        "strong",
        "em",
        "a",
        "sup",
        "sub",
        "b",
        "i",
        "small",
        "mark",
        "abbr",
        "time",
        "code",
        "wbr",
    }
)
TOLD_ATTRIBUTES = frozenset(
    {"alt", "title", "content", "href", "src", "aria-label", "placeholder", "value", "descr"}
)


@dataclass(frozen=True)
class Reading:
    """What one file says: what its reader is shown or told, all else, and what hides in it."""

    shown: str
    carried: str = ""
    hidden: tuple[str, ...] = ()


def read(name: str, data: bytes) -> Reading:
    """Read a file by the end of its name; text is what no other reader is known for."""
    return READERS.get(PurePosixPath(name).suffix.lower(), _text)(data)


def _joined(readings: Iterable[Reading]) -> Reading:
    every = list(readings)
    return Reading(
        BREAK.join(each.shown for each in every),
        BREAK.join(each.carried for each in every),
        tuple(what for each in every for what in each.hidden),
    )


def _text(data: bytes) -> Reading:
    return Reading(_unescaped(data.decode("utf-8", "replace")))


def _unescaped(text: str) -> str:
    """Undo what scripts write for letters: a backslash, u and four digits."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


def _json(data: bytes) -> Reading:
    return Reading(BREAK.join(_strings(json.loads(data))))


def _strings(value: Any) -> Iterator[str]:
    """Go through the texts of a JSON document, its keys too."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)
    else:
        yield str(value)


# --- markup -----------------------------------------------------------------------------------


def _html(data: bytes) -> Reading:
    page = lxml_html.document_fromstring(data.decode("utf-8"))
    told = (value for node in page.iter(etree.Element) for value in _told(node))
    return Reading(BREAK.join([_unescaped(_flow(page)), *told]), _carried(page))


def _xml(data: bytes) -> Reading:
    """Read XML of which nothing is known; a text in it may be HTML, as a feed's is."""
    page = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    texts = [html.unescape(text) for text in map(str, page.itertext()) if text.strip()]
    plain = [re.sub(r"<[^<>]*>", BREAK, text) for text in texts]
    told = (value for node in page.iter(etree.Element) for value in _told(node))
    return Reading(BREAK.join([*plain, *told]), BREAK.join([*texts, _carried(page)]))


def _flow(page: etree._Element) -> str:
    """Give the text of a page: inline elements read on, all others stand for themselves."""
    parts: list[str] = []
    for event, node in etree.iterwalk(page, events=("start", "end", "comment")):
        starts = event == "start"
        edge = "" if node.tag in INLINE else "\n" if node.tag == "br" and starts else BREAK
        text = node.text if starts else node.tail
        parts.append(f"{'' if node.tag == 'br' and not starts else edge}{text or ''}")
    return "".join(parts)


def _told(node: etree._Element) -> Iterator[str]:
    """Go through the attributes that a reader is told, or that lead somewhere."""
    for name, value in node.attrib.items():
        if str(name).rpartition("}")[2] in TOLD_ATTRIBUTES:
            yield str(value)


def _carried(page: etree._Element) -> str:
    """Give every attribute, comment and instruction."""
    parts = [str(value) for node in page.iter(etree.Element) for value in node.attrib.values()]
    parts += [node.text or "" for node in page.iter(etree.Comment, etree.PI)]
    return BREAK.join(parts)


# --- packages ---------------------------------------------------------------------------------


def _package(data: bytes) -> Reading:
    """Read every part of a ZIP; its comments and the names of its parts are read too."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [read(part.filename, package.read(part)) for part in package.infolist()]
        names = [part.filename for part in package.infolist()]
        remarks = [package.comment, *(part.comment + part.extra for part in package.infolist())]
    return _joined([Reading(BREAK.join(names)), *parts, *map(_text, remarks)])


def _docx(data: bytes) -> Reading:
    """Read a Word document: paragraphs as they read on, then all parts, whatever they are."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        stories = [etree.fromstring(package.read(n)) for n in names if STORY.match(n)]
        about = [n for n in names if n.startswith("docProps/")]
        core = [_xml(package.read(name)).shown for name in about if name.endswith(".xml")]
    whole = _package(data)
    told = (value for story in stories for node in story.iter("{*}docPr") for value in _told(node))
    pictures = tuple(f"thumbnail ({name})" for name in about if not name.endswith(".xml"))
    return Reading(
        BREAK.join([*map(_paragraphs, stories), *core, *told]),
        f"{whole.shown}{BREAK}{whole.carried}",
        whole.hidden + pictures,
    )


STORY = re.compile(r"word/[a-z0-9]+\.xml$")
WORD_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "p": BREAK}


def _paragraphs(part: etree._Element) -> str:
    parts: list[str] = []
    for node in part.iter(etree.Element):
        name = etree.QName(node).localname
        parts.append(WORD_BREAKS.get(name, node.text or ""))
    return "".join(parts)


# --- pictures ---------------------------------------------------------------------------------

PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"sRGB", b"cHRM"}
JFIF, STARTS, SCAN, ENDS = 0xE0, 0xD8, 0xDA, 0xD9


def _picture(data: bytes) -> Reading:
    blocks = _jpeg(data) if data.startswith(b"\xff\xd8") else _png(data)
    found = list(blocks)
    carried = BREAK.join(block.decode("utf-8", "replace") for _, block in found)
    return Reading("", carried, tuple(f"metadata ({name})" for name, _ in found))


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Go through the chunks of a PNG that are not its pixels."""
    place = 8
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if kind not in PNG_CHUNKS:
            yield kind.decode("latin-1"), data[place + 8 : place + 8 + size]
        place += size + 12
        if kind == b"IEND" and place < len(data):
            yield "after the end", data[place:]
            return


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Go through the segments of a JPEG that are not its pixels, and what stands behind them."""
    place = 2
    while data[place + 1] not in (SCAN, ENDS):
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if marker == 0xFE or (0xE0 < marker <= 0xEF and marker != 0xEE):  # EE: Adobe's colours
            yield (
                f"APP{marker - 0xE0}" if marker != 0xFE else "COM",
                data[place + 4 : place + 2 + size],
            )
        place += 2 + size
    end = data.rfind(b"\xff\xd9") + 2
    if data[end:].strip(b"\0"):
        yield "after the end", data[end:]


# --- PDF --------------------------------------------------------------------------------------

TOLD_KEYS = {"/Alt", "/Title", "/Contents", "/ActualText", "/E", "/TU", "/Subject", "/Keywords"}
TOLD_KEYS |= {"/Author", "/Creator", "/Producer", "/URI", "/Desc", "/F", "/UF"}
HEX_STRING = re.compile(rb"<((?:[0-9A-Fa-f]{2})+)>")


def _pdf(data: bytes) -> Reading:
    """Read a PDF: its pages as PDFium reads them, then its objects one by one."""
    import pikepdf

    told: list[str] = []
    carried: list[str] = []
    hidden: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as document:
        hidden += [f"attachment ({name})" for name in document.attachments]
        for thing in document.objects:
            _look_into(thing, told, carried)
            if isinstance(thing, pikepdf.Stream):
                _look_into_stream(thing, carried, hidden)
    return Reading(BREAK.join([*_pages(data), *told]), BREAK.join(carried), tuple(hidden))


def _pages(data: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield page.get_textpage().get_text_range().replace("\r", "")
    finally:
        document.close()


def _look_into(thing: Any, told: list[str], carried: list[str]) -> None:
    """Note the texts of an object; those that it only refers to have their own turn."""
    import pikepdf

    pairs = thing.items() if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else ()
    members = [("", member) for member in thing] if isinstance(thing, pikepdf.Array) else pairs
    for key, member in members:
        if isinstance(member, pikepdf.String | pikepdf.Name):
            (told if key in TOLD_KEYS else carried).append(str(member))
        elif isinstance(member, pikepdf.Object) and not member.is_indirect:
            _look_into(member, told, carried)


def _look_into_stream(stream: Any, carried: list[str], hidden: list[str]) -> None:
    if stream.get("/Subtype") == "/Image" and stream.get("/Filter") == "/DCTDecode":
        picture = _picture(stream.read_raw_bytes())
        carried.append(picture.carried)
        hidden += picture.hidden
    elif stream.get("/Subtype") != "/Image" and "/Length1" not in stream:
        content = stream.read_bytes()
        carried.append(content.decode("utf-8", "replace"))
        carried += _marked_texts(content)


def _marked_texts(content: bytes) -> Iterator[str]:
    """Go through the texts that stand in UTF-16 in a page's content, told in place of glyphs."""
    for match in HEX_STRING.finditer(content):
        text = bytes.fromhex(match[1].decode())
        if text.startswith(b"\xfe\xff"):
            yield text.decode("utf-16", "replace")


READERS: dict[str, Callable[[bytes], Reading]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".zip": _package,
    ".html": _html,
    ".xhtml": _xml,
    ".xml": _xml,
    ".rels": _xml,
    ".svg": _xml,
    ".atom": _xml,
    ".json": _json,
    ".jpg": _picture,
    ".jpeg": _picture,
    ".png": _picture,
}
