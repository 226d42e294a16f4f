"""The finished documents of all examples, read back by other programs than wrote them."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree, html
from openxml_audit import OpenXmlValidator

from minutes.build import pipeline
from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.documents.word import ooxml
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model.meeting import Matter
from minutes.paths import ROOT
from tests.support.real_release import ENTREPRENEURS, FACTS, FAULTS, MENUS
from tests.support.sample import shown

IDS = ("council-2569-03", "heads-2569-10", "otop-2567-01", "product-2569-01", "product-2569-02")
DOCUMENTS = [f"{meeting}-{kind}" for meeting in IDS for kind in pipeline.KINDS]
MINUTES = [f"{meeting}-minutes" for meeting in IDS]
RELEASES = [f"{meeting}-release" for meeting in IDS]
TOP_MARGIN = 2.5 / 2.54 * 72
BOTTOM_MARGIN = 1.9 / 2.54 * 72  # of 2 cm, for what hangs below the last line
W = f"{{{ooxml.NAMESPACES['w']}}}"


@dataclass(frozen=True)
class Made:
    """One document in each of its renderings."""

    kind: pages.Kind
    proceedings: Proceedings
    page: pages.Page
    docx: bytes
    pdf: bytes
    txt: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.page.html)

    @cached_property
    def html_text(self) -> str:
        return shown(self.tree)

    @cached_property
    def docx_text(self) -> str:
        document = docx.Document(io.BytesIO(self.docx))
        return folded(" ".join(p.text for p in paragraphs(document.iter_inner_content())))

    @cached_property
    def pdf_pages(self) -> list["Sheet"]:
        return [Sheet(page) for page in pypdfium2.PdfDocument(self.pdf)]

    @cached_property
    def pdf_text(self) -> str:
        """The text without white space, page numbers and the repeated heads of tables."""
        return "".join(without_repeated_heads(self.pdf_pages, self.tree))


class Sheet:
    """One page of a PDF: the text of its head and of its body, and where the lines stand."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.text = page.get_textpage()
        width, height = page.get_size()
        border = height - TOP_MARGIN
        self.head = folded(self.text.get_text_bounded(bottom=border, right=width, top=height))
        area = {"bottom": BOTTOM_MARGIN, "right": width, "top": border}
        body = self.text.get_text_bounded(**area)
        self.body = body.replace("\x02", "-")  # so PDFium gives a hyphen that ends a line

    def lines(self) -> list[str]:
        """Give the lines of the body as they stand, without white space."""
        return [squeezed(line) for line in self.body.splitlines() if line.strip()]


def folded(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def without_repeated_heads(sheets: Sequence[Sheet], tree: html.HtmlElement) -> Iterator[str]:
    """Give each page's text; where a table goes on, without the head that it begins with."""
    heads = [squeezed(shown(head)) for head in tree.iter("thead")]
    left = squeezed(shown(tree))
    for sheet in sheets:
        text = squeezed(sheet.body)
        if not left.startswith(text):
            repeated = next((head for head in heads if text.startswith(head)), "")
            text = text.removeprefix(repeated)
        left = left.removeprefix(text)
        yield text


def paragraphs(blocks: Iterator[Paragraph | Table]) -> Iterator[Paragraph]:
    """Read as python-docx does, and go through the cells of tables once each."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            cells = {id(cell._tc): cell for cell in row.cells}
            for cell in cells.values():
                yield from paragraphs(cell.iter_inner_content())


@cache
def all_proceedings() -> dict[str, Proceedings]:
    found = loading.find([ROOT / "agendas"])
    assert found.problems == ()
    return {case.id: work_out(case) for case in found.cases}


@pytest.fixture(scope="session")
def made() -> dict[str, Made]:
    """Build every document of every example once."""
    documents = {}
    for name, proceedings in all_proceedings().items():
        files = pipeline.build(proceedings)
        for kind in pipeline.KINDS:
            stem = f"{name}-{kind}"
            page = pages.render(kind, proceedings)
            text = files.get(f"{stem}.txt", b"").decode()
            rendered = (files[f"{stem}.docx"], files[f"{stem}.pdf"], text)
            documents[stem] = Made(kind, proceedings, page, *rendered)
    return documents


def test_every_example_is_looked_at(made: dict[str, Made]) -> None:
    assert sorted(made) == sorted(DOCUMENTS)


# --- one text in three renderings -------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_word_and_page_say_the_same(made: dict[str, Made], name: str) -> None:
    assert len(made[name].html_text) > 500
    assert made[name].docx_text == made[name].html_text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdf_and_page_say_the_same(made: dict[str, Made], name: str) -> None:
    assert made[name].pdf_text == squeezed(made[name].html_text)


@pytest.mark.parametrize("name", RELEASES)
def test_the_text_to_paste_says_the_same(made: dict[str, Made], name: str) -> None:
    assert folded(made[name].txt) == made[name].html_text


# --- Word -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_validator_finds_nothing_in_the_word_file(
    made: dict[str, Made], name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(made[name].docx)
    assert OpenXmlValidator().validate(path).errors == []


def xml_parts(packed: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return {name: etree.fromstring(archive.read(name)) for name in names}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_paragraph_style_is_thai_in_full(made: dict[str, Made], name: str) -> None:
    styles = xml_parts(made[name].docx)["word/styles.xml"].iterfind(
        f"{W}style[@{W}type='paragraph']"
    )
    found = [style.find(f"{W}rPr") for style in styles]
    assert len(found) > 30
    for looks in found:
        assert looks is not None
        given = {child.tag.removeprefix(W): dict(child.attrib) for child in looks}
        assert given["rFonts"][f"{W}cs"] == "TH SarabunPSK"
        assert given["szCs"] == given["sz"]
        assert ("bCs" in given) == ("b" in given)
        assert given["lang"][f"{W}bidi"] == "th-TH"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_run_carries_a_font_or_a_size(made: dict[str, Made], name: str) -> None:
    parts = xml_parts(made[name].docx)
    runs = [
        run for part in parts if part != "word/styles.xml" for run in parts[part].iter(f"{W}rPr")
    ]
    own = [f"{W}{tag}" for tag in ("rFonts", "sz", "szCs", "b", "bCs", "i", "iCs", "lang", "color")]
    assert not [run for run in runs if any(run.find(tag) is not None for tag in own)]


# --- PDF --------------------------------------------------------------------------------------

DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_are_numbered_at_the_top_from_the_second_on(made: dict[str, Made], name: str) -> None:
    heads = [sheet.head for sheet in made[name].pdf_pages]
    wanted = ["", *(f"- {number} -" for number in range(2, len(heads) + 1))]
    if made[name].kind == "minutes":
        wanted = [head.translate(DIGITS) for head in wanted]
    assert heads == wanted


@pytest.mark.parametrize("name", MINUTES)
def test_no_signature_is_torn_or_alone_on_its_page(made: dict[str, Made], name: str) -> None:
    signatures = made[name].tree.xpath("//div[@class='signature']")
    assert signatures
    sheets = made[name].pdf_pages
    for signature in signatures:
        text = squeezed(shown(signature))
        assert len([sheet for sheet in sheets if text in squeezed(sheet.body)]) == 1, text
    signed = [[line.startswith("(ลงชื่อ)") for line in sheet.lines()] for sheet in sheets]
    first_lines = [lines.index(True) for lines in signed if any(lines)]
    assert first_lines
    assert min(first_lines) >= 2


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_heading_ends_a_page(made: dict[str, Made], name: str) -> None:
    headings = {squeezed(shown(heading)) for heading in made[name].tree.iter("h2", "h3")}
    for sheet in made[name].pdf_pages:
        assert sheet.lines()[-1] not in headings


# --- the mark of a draft ----------------------------------------------------------------------


def pictures(packed: bytes) -> list[bytes]:
    return [page.render(scale=0.4).to_pil().tobytes() for page in pypdfium2.PdfDocument(packed)]


def test_every_page_of_a_draft_is_drawn_upon_in_the_pdf(made: dict[str, Made]) -> None:
    draft = made["otop-2567-01-minutes"]
    markup = draft.page.html.replace('class="minutes draft"', 'class="minutes"')
    assert markup != draft.page.html
    plain = pictures(html_to_pdf.render(markup, draft.page.css, draft.page.files))
    marked = pictures(draft.pdf)
    assert len(marked) == len(plain) > 1
    assert all(one != other for one, other in zip(marked, plain, strict=True))


def marks(packed: bytes) -> list[str]:
    """Give the words that lie behind the pages, by the headers that carry them."""
    parts = xml_parts(packed)
    headers = [part for name, part in parts.items() if name.startswith("word/header")]
    return [
        shape.get("string", "") for header in headers for shape in header.iter("{*}textpath")
        if shape.get("string")
    ]  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_a_draft_carries_the_mark_on_first_and_further_pages(
    made: dict[str, Made], name: str
) -> None:
    is_draft = made[name].proceedings.meeting.is_draft and made[name].kind == "minutes"
    assert marks(made[name].docx) == ["ร่าง", "ร่าง"] * is_draft


# --- the record's form ------------------------------------------------------------------------


@pytest.mark.parametrize("name", MINUTES)
def test_sections_and_items_are_numbered_on_without_a_gap(made: dict[str, Made], name: str) -> None:
    document = docx.Document(io.BytesIO(made[name].docx))
    labels = {
        style: [
            folded(p.text.split("\t")[0])
            for p in document.paragraphs
            if p.style and p.style.name == style
        ]
        for style in ("Agenda Item", "Heading 2")
    }
    parts = made[name].proceedings.parts
    assert labels["Agenda Item"] == [
        f"ระเบียบวาระที่ {number}".translate(DIGITS) for number in range(1, len(parts) + 1)
    ]
    wanted = [f"{p.number}.{k}" for p in parts for k in range(1, len(p.matters) + 1)]
    before = len(made[name].proceedings.meeting.before)
    assert labels["Heading 2"][before:] == [number.translate(DIGITS) for number in wanted]


EMPTY = [
    ("product-2569-01-minutes", "เรื่องรับรองรายงานการประชุม", "ไม่มี เนื่องจากเป็นการประชุมครั้งแรก"),
    ("product-2569-01-minutes", "เรื่องสืบเนื่องจากการประชุมครั้งก่อน", "- ไม่มี -"),
    ("council-2569-03-minutes", "เรื่องที่คณะกรรมการที่สภาท้องถิ่นตั้งขึ้นพิจารณาเสร็จแล้ว", "- ไม่มี -"),
]


@pytest.mark.parametrize(("name", "heading", "nothing"), EMPTY)
def test_a_section_without_anything_says_so(
    made: dict[str, Made], name: str, heading: str, nothing: str
) -> None:
    assert f"{heading} {nothing}" in made[name].docx_text
    assert squeezed(f"{heading} {nothing}") in made[name].pdf_text


def test_the_previous_meeting_fills_the_section_that_certifies_it(made: dict[str, Made]) -> None:
    assert (
        "เรื่องรับรองรายงานการประชุม ครั้งที่ ๑/๒๕๖๙ เมื่อวันที่ ๒๑ ตุลาคม ๒๕๖๙ "
        "มติที่ประชุม รับรองรายงานการประชุมครั้งที่ ๑/๒๕๖๙"
    ) in made["product-2569-02-minutes"].docx_text


# --- what a release keeps to itself, and what it tells ----------------------------------------


def hidden_texts(matter: Matter) -> Iterator[str]:
    """Give what of a secret or personal matter no reader of a release may see."""
    yield from (text for text in (matter.detail, matter.background, matter.proposal) if text)
    yield from (remark.text for remark in matter.discussion)
    if matter.secret:
        yield matter.title


def secrets() -> list[tuple[str, str]]:
    return [
        (f"{name}-release", squeezed(text))
        for name, proceedings in all_proceedings().items()
        for matter in proceedings.meeting.all_matters()
        if matter.secret or matter.personal
        for text in hidden_texts(matter)
    ]


def test_nothing_secret_or_personal_is_in_a_release(made: dict[str, Made]) -> None:
    assert len(secrets()) >= 3
    for name, secret in secrets():
        release = made[name]
        raw = "".join(str(t) for part in xml_parts(release.docx).values() for t in part.itertext())
        for told in (release.docx_text, release.pdf_text, release.txt, raw):
            assert secret not in squeezed(told)
        assert secret in squeezed(release.proceedings.case.path.read_text("utf-8"))


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_carries_no_file_inside(made: dict[str, Made], name: str) -> None:
    assert pypdfium2.PdfDocument(made[name].pdf).count_attachments() == 0


def seed_texts(made: dict[str, Made]) -> dict[str, str]:
    release = made["otop-2567-01-release"]
    return {"docx": release.docx_text, "txt": folded(release.txt), "pdf": release.pdf_text}


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
def test_the_release_of_the_real_example_tells_all_that_its_source_tells(
    made: dict[str, Made], form: str
) -> None:
    text = squeezed(seed_texts(made)[form])
    listed = [f"{n}) {name}" for names in (MENUS, ENTREPRENEURS) for n, name in enumerate(names, 1)]
    assert len(listed) == 28
    assert [fact for fact in (*FACTS, *listed) if squeezed(fact) not in text] == []


@pytest.mark.parametrize("form", ["docx", "txt"])
def test_the_release_of_the_real_example_has_none_of_its_sources_faults(
    made: dict[str, Made], form: str
) -> None:
    assert FAULTS
    assert [fault for fault in FAULTS if fault in seed_texts(made)[form]] == []


def test_the_pdf_of_the_real_example_has_none_of_its_sources_misspellings(
    made: dict[str, Made],
) -> None:
    words = ("ชุมชม", "คลองแห้", ",ใบ", ",การ", "9)ลุ่ม")  # white space cannot be seen in a PDF
    assert [fault for fault in words if fault in seed_texts(made)["pdf"]] == []


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
def test_the_release_of_the_real_example_mixes_no_digits(made: dict[str, Made], form: str) -> None:
    assert not re.search("[๐-๙]", seed_texts(made)[form])


# --- the same input, the same bytes -----------------------------------------------------------

BUILD_AND_SUM = """
import importlib, os
importlib.import_module(os.environ.get("BESIDE", "os"))
import sys
from hashlib import sha256
from pathlib import Path
from minutes.build import pipeline; from minutes.meetings import loading as records
from minutes.meetings.proceedings import work_out
for case in records.find([Path("agendas/tuayang"), Path("agendas/otop")]).cases:
    for name, data in pipeline.build(work_out(case)).items():
        print(name, sha256(data).hexdigest())
"""


def sums_under(**environment: str) -> dict[str, str]:
    command = [sys.executable, "-c", BUILD_AND_SUM]
    settings = {**os.environ, **environment}
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    return dict(line.split() for line in done.stdout.splitlines())


def test_neither_place_nor_language_nor_hour_changes_a_byte(made: dict[str, Made]) -> None:
    sums = sums_under(LC_ALL="th_TH.UTF-8", TZ="Asia/Bangkok", PYTHONHASHSEED="1")
    assert sums == sums_under(LC_ALL="C", TZ="UTC", PYTHONHASHSEED="2", BESIDE="openpyxl")
    here = made["product-2569-02-minutes"]
    assert sums["product-2569-02-minutes.pdf"] == sha256(here.pdf).hexdigest()
    assert sums["product-2569-02-minutes.docx"] == sha256(here.docx).hexdigest()


def test_a_status_is_all_that_parts_a_draft_from_a_final(made: dict[str, Made]) -> None:
    draft = made["otop-2567-01-minutes"].proceedings
    meeting = draft.meeting.model_copy(update={"status": "final"})
    final = replace(draft, case=replace(draft.case, meeting=meeting))
    assert marks(pipeline.build(final, ["minutes"], ["docx"])["otop-2567-01-minutes.docx"]) == []
