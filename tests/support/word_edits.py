"""Word files as people leave them: made by python-docx, or letter by letter in their XML."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import docx
from docx.document import Document
from lxml import etree

from minutes.build import pipeline
from minutes.diff import comparison, template_trace
from minutes.diff.comparison import Compared
from minutes.diff.template_trace import Block
from minutes.documents.pages import Kind
from minutes.documents.word import reader
from minutes.documents.word.reader import Manuscript
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.meetings.provenance import Atlas
from tests.program.test_examples import ROOTS

WORD: tuple[pipeline.Format, ...] = ("docx",)
MEETING = "product-2569-02"
MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@cache
def examples() -> dict[str, Proceedings]:
    return {case.id: work_out(case) for case in loading.find(ROOTS).cases}


def documents() -> list[tuple[str, Kind]]:
    """Give every document of every example."""
    return [
        (id_, kind)
        for id_, meeting in examples().items()
        for kind in pipeline.wanted(meeting, pipeline.KINDS)
    ]


@cache
def document(id_: str = MEETING, kind: Kind = "minutes") -> bytes:
    return pipeline.build(examples()[id_], (kind,), WORD)[f"{id_}-{kind}.docx"]


@cache
def ours(id_: str, kind: Kind) -> tuple[Manuscript, list[Block], Atlas]:
    meeting = examples()[id_]
    blocks = template_trace.trace(kind, meeting)
    return reader.read(document(id_, kind)), blocks, template_trace.atlas(meeting)


def compared(data: bytes, id_: str = MEETING, kind: Kind = "minutes") -> Compared:
    """Compare somebody's file with what the example's agenda gives."""
    read, blocks, atlas = ours(id_, kind)
    return comparison.compare(read, blocks, reader.read(data), atlas)


def by_docx(change: Callable[[Document], object], data: bytes | None = None) -> bytes:
    """Let python-docx open a document, change it and save it."""
    opened = docx.Document(io.BytesIO(data or document()))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return packed.getvalue()


def by_xml(change: Callable[[etree._Element], object], data: bytes | None = None) -> bytes:
    """Change the XML of a document's text."""
    content = parts(data or document())
    root = etree.fromstring(content[MAIN])
    change(root)
    return zipped({**content, MAIN: etree.tostring(root)})


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Go through the paragraphs that are read, and those of cells."""
    for node in root.iter(f"{W}p"):
        is_cell = node.getparent().tag == f"{W}tc"  # type: ignore[union-attr] # none is the root
        if is_cell or "".join(map(str, node.itertext())).strip() or node.findall(f".//{W}drawing"):
            yield node


def xml(text: str) -> etree._Element:
    """Make an element of WordprocessingML."""
    name, _, rest = text.partition(" ") if " " in text.partition(">")[0] else text.partition(">")
    start = f"{name} {NAMESPACES}"
    whole = f"{start} {rest}" if " " in text.partition(">")[0] else f"{start}>{rest}"
    return etree.fromstring(whole)
