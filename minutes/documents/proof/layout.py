"""Finished documents read back and looked over: what only the pages show.

The readers here are not the writers: a PDF is read from its structure and its fonts' own tables, a
Word file from its XML. Nothing here knows how either was made.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from minutes.meetings import suppressions
from minutes.meetings.proceedings import Proceedings
from minutes.problems.errors import Problem, problem

CODES = frozenset({"W32", "W60", "W61", "W62"})
HEADINGS = ("H2", "H3")
SIGNED = "(ลงชื่อ)"


class Piece(NamedTuple):
    """What one element of a PDF shows on one page: its role, the page from 1, the text."""

    role: str
    page: int
    text: str


def proof(path: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Look over the documents of the meeting at ``path``, by their names; gives the objections."""
    found: list[Problem] = []
    for name, data in files.items():
        if name.endswith(".pdf"):
            pieces = read_pdf(data)
            found += [problem(path, 1, 1, code, file=name, **v) for code, v in layout(pieces)]
            twin = files.get(f"{name.removesuffix('.pdf')}.docx")
            if twin is not None and (differs := first_difference(_text(pieces), read_docx(twin))):
                found.append(problem(path, 1, 1, "W62", file=name, text=differs))
        elif name.endswith(".docx"):
            found += [problem(path, 1, 1, "W32", file=name, style=s) for s in without_thai(data)]
    return found


def objections(meeting: Proceedings, files: Mapping[str, bytes]) -> list[Problem]:
    """Give what is objected to in a meeting's documents and is not switched off for it."""
    kept, _ = suppressions.part(
        proof(meeting.case.path, files), suppressions.switches(meeting.case)
    )
    return kept


def layout(pieces: Sequence[Piece]) -> Iterator[tuple[str, dict[str, object]]]:
    """W60, W61: find headings parted from their text and signatures alone on a page."""
    for piece, following in pairwise(pieces):
        if piece.role in HEADINGS and following.page > piece.page:
            yield "W60", {"page": piece.page, "text": piece.text.strip()}
    first = next((n for n, piece in enumerate(pieces) if piece.text.startswith(SIGNED)), None)
    if first and pieces[first].page > pieces[first - 1].page:
        yield "W61", {"page": pieces[first].page}


def first_difference(one: str, other: str) -> str:
    """Give the words around the first letter in which two texts differ; spaces do not count."""
    one, other = ("".join(text.split()) for text in (one, other))
    if one == other or (TURNED.search(one) and _as_shown(one) == _as_shown(other)):
        return ""
    letters = enumerate(zip(one, other, strict=False))
    place = next((n for n, (a, b) in letters if a != b), min(len(one), len(other)))
    return one[max(place - 20, 0) : place + 20] or other[:40]


# Letters that run from right to left. A PDF has them, and the figures and brackets among them, in
# the order in which they are seen; where they stand is told by the letters around them.
TURNED = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
ALIKE = str.maketrans(")]}>»≥›", "([{<«≤‹")


def _as_shown(text: str) -> tuple[str, list[str]]:
    """Give the letters that run from left to right in their order, and all the rest in any."""
    in_order = (letter for letter in text if unicodedata.bidirectional(letter) == "L")
    return "".join(in_order), sorted(text.translate(ALIKE))


def _text(pieces: Iterable[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


# --- PDF --------------------------------------------------------------------------------------


def read_pdf(data: bytes) -> list[Piece]:
    """Give what the elements of a tagged PDF show, in their order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        texts = {number: _marked(page) for number, page in enumerate(pdf.pages, 1)}
        leaves = _leaves(pdf.Root.StructTreeRoot.K, pdf.Root, numbers)
        parts = [(where, texts[where.page].get(mark, "")) for where, mark in leaves]
    grouped = groupby(parts, key=lambda part: part[0])
    return [Piece(at.role, at.page, "".join(text for _, text in group)) for at, group in grouped]


class _Where(NamedTuple):
    """An element of the structure, as far as it stands on one page."""

    element: tuple[int, int]
    role: str
    page: int


def _leaves(node: Any, above: Any, numbers: Mapping[Any, int]) -> Iterator[tuple[_Where, int]]:
    """Go through the marked contents below a node: the element that they are of, their number."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _leaves(one, above, numbers)
    elif isinstance(node, int) or "/MCID" in node:
        own = above if isinstance(node, int) else node
        role = str(above.S).removeprefix("/")
        page = numbers[own.get("/Pg", above.get("/Pg")).objgen]
        yield _Where(above.objgen, role, page), int(node if isinstance(node, int) else node.MCID)
    elif "/S" in node and "/K" in node:
        yield from _leaves(node.K, node, numbers)


def _marked(page: Any) -> dict[int, str]:
    """Give the text of each marked content of a page by its number."""
    import pikepdf

    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, list[str]] = {}
    marks: list[_Mark] = []
    font: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                marks.append(_mark_of(operands, marks))
            case "EMC":
                mark = marks.pop()
                is_within = bool(marks) and marks[-1].number == mark.number
                (marks[-1].shown if is_within else texts.setdefault(mark.number, [])).append(
                    _read(mark)
                )
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if marks:
                marks[-1].shown.append(_shown(operands[0], font))
    return {number: "".join(parts) for number, parts in texts.items() if number >= 0}


@dataclass
class _Mark:
    """A marked content: its number, or that of the one around it (-1: none); its two texts."""

    number: int
    said: str | None
    shown: list[str] = field(default_factory=list)


def _mark_of(operands: Any, around: Sequence[_Mark]) -> _Mark:
    properties = operands[1] if len(operands) > 1 else {}
    outer = around[-1].number if around else -1
    number = int(properties["/MCID"]) if "/MCID" in properties else outer
    return _Mark(number, str(properties["/ActualText"]) if "/ActualText" in properties else None)


# Letters that join, change places, run from right to left or have no glyph: there the text beneath
# is the only one. Everything else is told by its glyphs, one for each letter.
JOINED = re.compile("[^\x00-\xff\u0e00-\u0e7f\u2010-\u2044]")
BOX = "\u25a1"  # drawn for a letter that its face could not set where it stands


def _read(mark: _Mark) -> str:
    """Give what a reader makes of a marked content."""
    shown = "".join(mark.shown)
    return mark.said if mark.said and (JOINED.search(mark.said) or BOX in shown) else shown


def _shown(operand: Any, font: Mapping[int, str]) -> str:
    import pikepdf

    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    data = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
    codes = (int.from_bytes(data[n : n + 2], "big") for n in range(0, len(data), 2))
    return "".join(font.get(code, "\ufffd") for code in codes)


BLOCK = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
HEX = re.compile(r"<([0-9A-Fa-f]*)>")


def _letters(font: Any) -> dict[int, str]:
    """Give what each code of a font stands for, from its ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("ascii", "replace")
    letters: dict[int, str] = {}
    for kind, body in BLOCK.findall(table):
        found = HEX.findall(body)
        if kind == "bfchar":
            letters |= {int(c, 16): _utf16(t) for c, t in zip(found[::2], found[1::2], strict=True)}
        else:
            for low, high, first in zip(found[::3], found[1::3], found[2::3], strict=True):
                run = range(int(low, 16), int(high, 16) + 1)
                letters |= {code: chr(int(first, 16) + n) for n, code in enumerate(run)}
    return letters


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")


# --- Word -------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {f"{W}tab", f"{W}br", f"{W}p", f"{W}tc"}


def read_docx(data: bytes) -> str:
    """Give the text of a Word file's body, paragraphs and tables in their order."""
    parts: list[str] = []
    for node in _part(data, "word/document.xml").iter():
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in SPACES:
            parts.append(" ")
    return "".join(parts)


def without_thai(data: bytes) -> list[str]:
    """W32: name the styles, and runs, that set a font, a size or bold for Latin letters alone.

    Also a font whose 0-9 look Thai, in which the digits of a text would be typed wrongly.
    """
    styles = _part(data, "word/styles.xml")
    named = [(style.get(f"{W}styleId", ""), style) for style in styles.iter(f"{W}style")]
    body = _part(data, "word/document.xml")
    named += [(f"{W}defaults", node) for node in styles.iter(f"{W}rPrDefault")]
    found = [name for name, node in named if any(map(_is_half, node.iter(f"{W}rPr")))]
    found += [_words(run) for run in body.iter(f"{W}r") if any(map(_is_half, run.iter(f"{W}rPr")))]
    return list(dict.fromkeys(name.removeprefix(W) for name in found))


PAIRS = (("sz", "szCs"), ("b", "bCs"), ("i", "iCs"))
THAI_DIGITS = re.compile("IT[๙9]")


def _is_half(properties: etree._Element) -> bool:
    """Whether run properties are set for one kind of letters and not for Thai."""
    has = {child.tag.removeprefix(W) for child in properties}
    if any(latin in has and thai not in has for latin, thai in PAIRS):
        return True
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        return False
    ascii_, thai = fonts.get(f"{W}ascii", ""), fonts.get(f"{W}cs", "")
    return bool((ascii_ and not thai) or THAI_DIGITS.search(ascii_))


def _words(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.iter(f"{W}t"))[:40]


def _part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
