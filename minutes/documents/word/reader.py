"""A Word file as somebody left it: its paragraphs, with what was tracked, noted and made bold.

What a program changes by merely saving is not seen: how text is cut into runs, kinds of space,
soft hyphens, marks of proofing, fields, numbers of revisions. Nothing is fetched, nothing run.
"""

import hashlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TypeVar

from lxml import etree

from minutes.problems.errors import Fault

MOST_BYTES = 100_000_000  # of the file
MOST_UNPACKED = 500_000_000  # of all its parts
LARGEST_XML = 64_000_000  # of one part that is read as XML
MOST_PARTS = 5_000
PICTURE = "\ufffc"  # stands in a paragraph's text for each picture
BOLD, ITALIC, UNDERLINE, STRUCK = 1, 2, 4, 8


@dataclass(frozen=True)
class Comment:
    """What somebody wrote in the margin, and the words that it is about."""

    author: str
    text: str
    about: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that is read, or one of a table's cell, with spaces folded to one.

    ``looks`` has a digit for each character of ``text``: its emphasis, a sum of BOLD and the like,
    in hexadecimal. ``authors`` are those whose tracked changes are in it, ``notes`` the ids of its
    comments. ``cell`` counts from 0.
    """

    text: str
    looks: str = ""
    pictures: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cell: int = 0


@dataclass(frozen=True)
class Unit:
    """What stands between two others in the flow of the text: a paragraph, or a table's row."""

    paragraphs: tuple[Paragraph, ...]
    is_row: bool = False

    @property
    def signature(self) -> tuple[tuple[int, str], ...]:
        """What tells a unit from another: its words."""
        return tuple((one.cell, one.text) for one in self.paragraphs)

    @property
    def text(self) -> str:
        """All its words, in one line."""
        return " ".join(one.text for one in self.paragraphs)


@dataclass(frozen=True)
class Manuscript:
    """A document: the flow of its text, notes at its foot included, and its heads and feet."""

    units: tuple[Unit, ...]
    margins: tuple[str, ...]
    comments: Mapping[str, Comment]
    title: str = ""
    subject: str = ""


def load(path: Path) -> Manuscript:
    """Read a file; Fault D361 to D365 when it is no DOCX that can be read."""
    _refuse_open(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Fault("D363", limit=f"{MOST_BYTES // 1_000_000:,}")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Fault("D10") from None
    except OSError as error:
        raise Fault("D365", reason=error.strerror or "") from None
    return read(data)


def _refuse_open(path: Path) -> None:
    """Word and LibreOffice leave a file beside the one that they have open."""
    names = (f"~${path.name[2:]}", f"~${path.name}", f".~lock.{path.name}#")
    for name in names:
        if path.with_name(name).exists():
            raise Fault("D364", lock=name)


def read(data: bytes) -> Manuscript:
    """Read the bytes of a file; Fault D361 to D363 when they are no DOCX that can be read."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: an encrypted DOCX, or a file of Word 97
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Fault("D362" if locked else "D366")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Reader(_Package(archive)).manuscript()
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError):
        raise Fault("D361") from None
    except etree.XMLSyntaxError:
        raise Fault("D361") from None


# --- the package ------------------------------------------------------------------------------


class _Package:
    """The parts of a file, none of them larger than it may be."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Fault("D362")
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise Fault("D363", limit=f"{MOST_UNPACKED // 1_000_000:,}")
        self.names = {entry.filename for entry in entries}

    def digest(self, name: str) -> str:
        """Give what tells a picture apart; of one that is missing, nothing."""
        if name not in self.names:
            return ""
        with self.archive.open(name) as part:
            return hashlib.sha256(_within(part, MOST_BYTES)).hexdigest()

    def xml(self, name: str) -> etree._Element | None:
        """Read a part; None when there is none of this name."""
        if name not in self.names:
            return None
        with self.archive.open(name) as part:
            data = _within(part, LARGEST_XML)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        if b"<!DOCTYPE" in data:  # which no program writes into a DOCX
            raise Fault("D361")
        return etree.fromstring(data, parser)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Give a part's relations by their ids, each with its kind and its target's name."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], place)
        return found


def _within(part: IO[bytes], limit: int) -> bytes:
    """Read no more than is allowed, whatever the archive's own list says of the size."""
    data = part.read(limit + 1)
    if len(data) > limit:
        raise Fault("D363", limit=f"{limit // 1_000_000:,}")
    return data


# --- elements ---------------------------------------------------------------------------------


def _local(node: etree._Element) -> str:
    """Give an element's name without its namespace, of which Word has two sets."""
    return str(node.tag).rpartition("}")[2]


def _get(node: etree._Element | None, name: str) -> str:
    """Give an attribute by its name without a namespace; empty when it is not there."""
    for key, value in node.attrib.items() if node is not None else ():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """Go down to the first element of these names; None when there is none."""
    for name in path:
        node = next((c for c in node if _local(c) == name), None) if node is not None else None
    return node


def _is_on(node: etree._Element | None) -> bool | None:
    """Read a property that is on or off; None when nothing is said of it."""
    return None if node is None else _get(node, "val") not in ("0", "false", "off", "none")


# --- emphasis ---------------------------------------------------------------------------------

# A paragraph of Thai is bold by bCs, of Latin letters by b: either counts.
EMPHASES = {"b": BOLD, "bCs": BOLD, "i": ITALIC, "iCs": ITALIC, "u": UNDERLINE, "strike": STRUCK}
EMPHASES |= {"dstrike": STRUCK}


@dataclass(frozen=True)
class _Emphasis:
    """What is switched on and off, as bits."""

    on: int = 0
    off: int = 0

    def over(self, base: "_Emphasis") -> "_Emphasis":
        """Give both, this one where they differ."""
        return _Emphasis(self.on | (base.on & ~self.off), self.off | (base.off & ~self.on))


def _emphasis(properties: etree._Element | None) -> _Emphasis:
    on = off = 0
    for node in properties if properties is not None else ():
        bit = EMPHASES.get(_local(node), 0)
        if _is_on(node):
            on |= bit
        else:
            off |= bit
    return _Emphasis(on, off & ~on)


class _Styles:
    """The emphasis that each named style gives."""

    def __init__(self, root: etree._Element | None) -> None:
        nodes = [node for node in root if _local(node) == "style"] if root is not None else []
        self.nodes = {_get(node, "styleId"): node for node in nodes}
        standard = (n for n in nodes if _get(n, "type") == "paragraph" and _get(n, "default"))
        self.standard = _get(next(standard, None), "styleId")

    def emphasis(self, style: str, depth: int = 0) -> _Emphasis:
        """Give a style's emphasis, that of the styles below it included."""
        node = self.nodes.get(style)
        if node is None or depth > len(self.nodes):
            return _Emphasis()
        base = self.emphasis(_get(_child(node, "basedOn"), "val"), depth + 1)
        return _emphasis(_child(node, "rPr")).over(base)


# --- text -------------------------------------------------------------------------------------

T = TypeVar("T")
_UNSEEN = "\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_FOLDED = re.compile(
    rf"(?P<space>[{_UNSEEN}]*\s[\s{_UNSEEN}]*)|(?P<unseen>[{_UNSEEN}]+)"
    "|\u0e4d(?P<tone>[\u0e48-\u0e4b]?)\u0e32|(?P<hyphen>\u2011)|.",
    re.DOTALL,
)


def fold(pieces: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    """Give a text as it is compared, letter by letter, each with what its piece had beside it.

    There is one kind of space and never two, none at the ends, nothing that is not seen, and one
    way to write SARA AM and a hyphen.
    """
    given = list(pieces)
    text = "".join(piece for piece, _ in given)
    beside = [label for piece, label in given for _ in piece]
    found = [(_as_seen(match), beside[match.start()]) for match in _FOLDED.finditer(text)]
    seen = [pair for pair in found if pair[0]]
    while seen and seen[-1][0] == " ":
        seen.pop()
    return seen[1:] if seen and seen[0][0] == " " else seen


def _as_seen(match: re.Match[str]) -> str:
    if match["space"]:
        return " "
    if match["tone"] is not None:
        return f"{match['tone']}\u0e33"
    return "" if match["unseen"] else "-" if match["hyphen"] else match[0]


def folded(text: str) -> str:
    """Give a text as it is compared."""
    return "".join(letters for letters, _ in fold([(text, None)]))


@dataclass
class _Draft:
    """A paragraph while it is read."""

    pieces: list[tuple[str, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)  # words that a drawing is shaped of
    boxes: list[etree._Element] = field(default_factory=list)  # boxes of text that hang on it

    def paragraph(self) -> Paragraph:
        """Give the paragraph, its spaces folded; nobody sees the emphasis of a space."""
        letters = fold(self.pieces)
        looks = (("0" if seen == " " else f"{look:x}") * len(seen) for seen, look in letters)
        text = "".join(seen for seen, _ in letters)
        authors, notes = tuple(dict.fromkeys(self.authors)), tuple(dict.fromkeys(self.notes))
        return Paragraph(text, "".join(looks), tuple(self.pictures), authors, notes)


class _Reader:
    """Reads one document; knows what was deleted, and which comments are open."""

    def __init__(self, package: _Package) -> None:
        self.package = package
        kinds = dict(package.related("").values())
        self.main = kinds["officeDocument"]
        self.core = package.xml(kinds.get("core-properties", ""))
        self.relations = package.related(self.main)
        self.targets = dict(self.relations.values())
        self.styles = _Styles(package.xml(self.targets.get("styles", "")))
        self.about: dict[str, list[str]] = {}  # the words that each comment is about
        self.open: set[str] = set()  # comments whose words go on

    def manuscript(self) -> Manuscript:
        """Read everything."""
        root = self.package.xml(self.main)
        body = _child(root, "body")
        if root is None or body is None:
            raise Fault("D361")
        units = (*self.flow(body), *self._notes())
        title, subject = (_text_of(_child(self.core, name)) for name in ("title", "subject"))
        return Manuscript(units, tuple(self._margins()), dict(self._comments()), title, subject)

    def _part(self, kind: str) -> etree._Element | None:
        """Read the part of a kind, and follow the relations of the pictures in it."""
        name = self.targets.get(kind, "")
        root = self.package.xml(name)
        if root is not None:
            self.relations = self.package.related(name)
        return root

    def _comments(self) -> Iterator[tuple[str, Comment]]:
        root = self.package.xml(self.targets.get("comments", ""))
        for node in root if root is not None else ():
            id_ = _get(node, "id")
            about = folded("".join(self.about.get(id_, ())))
            text = " ".join(unit.text for unit in self.flow(node))
            yield id_, Comment(folded(_get(node, "author")), text, about)

    def _notes(self) -> Iterator[Unit]:
        """Give the notes at the foot and at the end, without the lines that set them off."""
        for kind in ("footnotes", "endnotes"):
            root = self._part(kind)
            for note in root if root is not None else ():
                if _get(note, "type") in ("", "normal"):
                    yield from self.flow(note)

    def _margins(self) -> Iterator[str]:
        """Give the different texts of heads and feet, without the numbers of pages."""
        found = set()
        for kind, name in sorted(self.package.related(self.main).values()):
            root = self.package.xml(name) if kind in ("header", "footer") else None
            for unit in self.flow(root) if root is not None else ():
                found.add(re.sub("[0-9๐-๙]+", "#", unit.text))
        yield from sorted(found - {""})

    # --- blocks ---

    def flow(self, container: etree._Element) -> Iterator[Unit]:
        """Give the paragraphs and rows inside a container, in their order; none that is empty."""
        draft = _Draft()
        for node in _blocks(container):
            if _local(node) == "tbl":
                yield from self.rows(node)
                continue
            self.fill(draft, node)
            if _child(node, "pPr", "rPr", "del") is not None:
                continue  # its end was deleted: the next paragraph goes on
            yield from self.close(draft)
            draft = _Draft()
        yield from self.close(draft)

    def close(self, draft: _Draft) -> Iterator[Unit]:
        """Give a paragraph that is complete, and after it the boxes of text that hang on it."""
        paragraph = draft.paragraph()
        if paragraph.text or paragraph.notes:
            yield Unit((paragraph,))
        yield from (Unit((Paragraph(folded(words)),)) for words in draft.drawn)
        for box in draft.boxes:
            yield from self.flow(box)

    def rows(self, table: etree._Element) -> Iterator[Unit]:
        """Give the rows of a table, without those whose deletion was tracked."""
        for row in _down(table, "tr"):
            if _child(row, "trPr", "del") is None:
                cells = [self.cell(number, cell) for number, cell in enumerate(_down(row, "tc"))]
                yield Unit(tuple(one for cell in cells for one in cell), is_row=True)

    def cell(self, number: int, cell: etree._Element) -> Iterator[Paragraph]:
        """Give a cell's paragraphs, those of a table inside it too; an empty one if it has none."""
        found = [one for unit in self.flow(cell) for one in unit.paragraphs]
        yield from (replace(one, cell=number) for one in found or [Paragraph("")])

    # --- runs ---

    def fill(self, draft: _Draft, paragraph: etree._Element) -> None:
        """Add what a paragraph says to a draft."""
        style = _get(_child(paragraph, "pPr", "pStyle"), "val") or self.styles.standard
        self.inline(draft, paragraph, self.styles.emphasis(style))

    def inline(self, draft: _Draft, container: etree._Element, base: _Emphasis) -> None:
        """Add what stands inside a paragraph, a link, a field or what was tracked."""
        for node in container:
            kind = _local(node)
            if kind in ("ins", "del", "moveFrom", "moveTo"):
                draft.authors.append(folded(_get(node, "author")))
            if kind == "r":
                self.run(draft, node, base)
            elif kind in ("commentRangeStart", "commentRangeEnd"):
                self.comment(draft, kind, _get(node, "id"))
            elif kind == "AlternateContent":
                self.inline(draft, _chosen(node), base)
            elif kind not in ("del", "moveFrom", "pPr", "rPr", "sdtPr"):
                self.inline(draft, node, base)

    def comment(self, draft: _Draft, kind: str, id_: str) -> None:
        """Note a comment; the words between its beginning and its end are what it is about."""
        if kind == "commentRangeStart":
            self.open.add(id_)
        elif kind == "commentRangeEnd":
            self.open.discard(id_)
        else:
            draft.notes.append(id_)

    def run(self, draft: _Draft, run: etree._Element, base: _Emphasis) -> None:
        """Add the text and the pictures of a run, in its emphasis."""
        properties = _child(run, "rPr")
        style = self.styles.emphasis(_get(_child(properties, "rStyle"), "val"))
        look = _emphasis(properties).over(style.over(base)).on
        for node in run:
            self.content(draft, node, look)

    def content(self, draft: _Draft, node: etree._Element, look: int) -> None:
        """Add one thing of a run."""
        kind = _local(node)
        if kind == "AlternateContent":
            for inner in _chosen(node):
                self.content(draft, inner, look)
        elif kind in ("drawing", "pict", "object"):
            self.drawing(draft, node)
        elif kind == "commentReference":
            self.comment(draft, kind, _get(node, "id"))
        else:
            self.say(draft, _character(node, kind), look)

    def say(self, draft: _Draft, text: str, look: int) -> None:
        """Add text, also to what the open comments are about."""
        draft.pieces.append((text, look))
        for id_ in self.open:
            self.about.setdefault(id_, []).append(text)

    def drawing(self, draft: _Draft, node: etree._Element) -> None:
        """Add the pictures of a drawing, the words that it is shaped of, and its boxes of text."""
        for inner in node.iter():
            kind = _local(inner)
            if kind == "txbxContent":
                draft.boxes.append(inner)
            elif kind == "textpath":
                draft.drawn += [_get(inner, "string")] * bool(_get(inner, "string"))
            elif kind in ("blip", "imagedata"):
                _, name = self.relations.get(_get(inner, "embed") or _get(inner, "id"), ("", ""))
                draft.pictures.append(self.package.digest(name))
                self.say(draft, PICTURE, 0)


def _text_of(node: etree._Element | None) -> str:
    return folded(node.text or "") if node is not None else ""


def _character(node: etree._Element, kind: str) -> str:
    """Give what an element of a run says; a tab and a break are spaces."""
    if kind == "t":
        return node.text or ""
    if kind == "sym":
        code = re.fullmatch("[0-9A-Fa-f]{1,4}", _get(node, "char"))
        return chr(int(code[0], 16)) if code else ""
    if kind == "noBreakHyphen":
        return "-"
    return " " if kind in ("tab", "br", "cr", "ptab") else ""


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of the same thing said twice, for new programs and for old ones, give one."""
    return next(iter(alternatives))


TRANSPARENT = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent"}
TRANSPARENT |= {"Choice"}


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Give paragraphs and tables, those inside what Word puts around them too."""
    for node in container:
        if _local(node) in ("p", "tbl"):
            yield node
        elif _local(node) in TRANSPARENT:
            yield from _blocks(node)


def _down(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Give the rows of a table, or the cells of a row."""
    for node in container:
        if _local(node) == wanted:
            yield node
        elif _local(node) in TRANSPARENT:
            yield from _down(node, wanted)
