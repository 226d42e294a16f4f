import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pikepdf import Pdf

from minutes import __main__ as cli
from minutes.documents import pages
from minutes.documents.pdf import finish, html_to_pdf
from minutes.paths import ROOT
from tests.support import stress_page

AGENDA = ROOT / "agendas/tuayang/product/2569-02.yaml"
SOURCE = finish.Attachment(
    name="agenda.yaml",
    data="วันที่: ๑".encode(),
    mime="application/yaml",
    modified=datetime.fromisoformat("2026-01-15T00:00:00+07:00"),
    description="ระเบียบวาระ",
)
TITLE = "รายงานการประชุม <ทดสอบ> & (ต่อ)"


def printed(body: str = "<p>ก</p>", *carried: finish.Attachment) -> bytes:
    head = "".join(
        f'<meta name="{name}" content="{content}">'
        for name, content in {
            "author": "ที่ว่าการอำเภอตัวอย่าง",
            "description": "ครั้งที่ ๒/๒๕๖๙",
            "keywords": "อำเภอตัวอย่าง, ครั้งที่ ๒/๒๕๖๙",
            "dcterms.created": "2026-11-18T00:00:00+07:00",
            "dcterms.modified": "2026-11-19T09:30:00+07:00",
        }.items()
    )
    title = TITLE.replace("&", "&amp;").replace("<", "&lt;")
    markup = f'<html lang="th"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    return html_to_pdf.render(markup, pages.stylesheet(), stress_page.files(), carried)


@pytest.fixture(scope="module")
def read() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(printed("<p>ก</p>", SOURCE)))


def test_the_information_is_what_the_page_says_of_itself(read: pypdf.PdfReader) -> None:
    info = read.metadata
    assert info is not None
    assert info.title == TITLE
    assert info.author == "ที่ว่าการอำเภอตัวอย่าง"
    assert info.subject == "ครั้งที่ ๒/๒๕๖๙"
    assert info.keywords == "อำเภอตัวอย่าง, ครั้งที่ ๒/๒๕๖๙"
    assert info.creation_date == datetime.fromisoformat("2026-11-18T00:00:00+07:00")
    assert info.modification_date == datetime.fromisoformat("2026-11-19T09:30:00+07:00")


def test_the_metadata_says_the_same(read: pypdf.PdfReader) -> None:
    info, told = read.metadata, read.xmp_metadata
    assert info is not None
    assert told is not None
    assert told.dc_title == {"x-default": info.title}
    assert told.dc_creator == [info.author]
    assert told.dc_description == {"x-default": info.subject}
    assert told.pdf_keywords == info.keywords
    assert told.pdf_producer == info.producer
    assert told.xmp_create_date == utc(info.creation_date)
    assert told.xmp_modify_date == utc(info.modification_date)


def utc(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(UTC).replace(tzinfo=None)


def test_the_metadata_is_one_text_in_the_clear_and_claims_both_standards() -> None:
    (metadata,) = re.findall(rb"<rdf:RDF.*</rdf:RDF>", printed(), re.DOTALL)
    assert metadata.count(b"<rdf:RDF") == 1
    assert re.search(rb"<pdfaid:part [^>]*>3<", metadata)
    assert re.search(rb"<pdfaid:conformance [^>]*>A<", metadata)
    assert re.search(rb"<pdfuaid:part [^>]*>1<", metadata)


def test_a_reader_shows_the_title_and_speaks_thai(read: pypdf.PdfReader) -> None:
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == "th"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"][0]["/OutputConditionIdentifier"] == "sRGB"


def test_what_it_was_made_from_is_inside_byte_for_byte(read: pypdf.PdfReader) -> None:
    assert read.attachments == {SOURCE.name: [SOURCE.data]}
    root: Any = read.trailer["/Root"]
    (file,) = root["/AF"]
    assert file["/AFRelationship"] == "/Source"
    assert file["/Desc"] == "ระเบียบวาระ"
    embedded = file["/EF"]["/F"]
    assert embedded["/Subtype"] == "/application/yaml"
    assert embedded["/Params"]["/ModDate"] == "D:20260114170000Z"


def test_a_pdf_without_a_source_names_none() -> None:
    with Pdf.open(io.BytesIO(printed())) as document:
        assert not document.attachments
        assert "/AF" not in document.Root


def test_pictures_are_not_smoothed() -> None:
    with Pdf.open(io.BytesIO(stress_page.document())) as document:
        pictures = [o for o in document.objects if isinstance(o, pikepdf.Stream) and "/Width" in o]
        assert len(pictures) >= 2
        assert not any("/Interpolate" in picture for picture in pictures)


def bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """Give each bookmark's depth, words and page, from 1."""
    reader = pypdf.PdfReader(io.BytesIO(data))

    def walk(entries: Sequence[object], depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                assert isinstance(entry, pypdf.generic.Destination)
                page = reader.get_destination_page_number(entry)
                assert page is not None
                yield depth, str(entry.title), page + 1

    return list(walk(reader.outline, 1))


def test_the_headings_are_its_bookmarks() -> None:
    body = (
        "<header><h1>รายงาน</h1><p class='subtitle'>ครั้งที่ ๑</p></header><h2>ผู้มาประชุม</h2>"
        '<h2 class="agenda" style="break-before: page"><span class="label">ระเบียบวาระที่ ๑ </span>'
        'เรื่อง<span class="nw">ก ข</span></h2><h3><span class="label">๑.๑ </span>น้ำ</h3>'
    )
    assert bookmarks(printed(body)) == [
        (1, "รายงาน", 1),
        (2, "ผู้มาประชุม", 1),
        (2, "ระเบียบวาระที่ ๑ เรื่องก ข", 2),
        (3, "๑.๑ น้ำ", 2),
    ]


# The documents of a meeting.


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert cli.main([str(AGENDA), "-o", str(folder), "--to", "pdf"]) == 0
    return folder / "product/2569-02"


def test_the_minutes_carry_their_agenda_but_for_its_notes_and_reasons(out: Path) -> None:
    reader = pypdf.PdfReader(out / "product-2569-02-minutes.pdf")
    lines = AGENDA.read_bytes().splitlines(keepends=True)
    whole = b"".join(line for line in lines if not line.lstrip().startswith(b"#"))
    whole = re.sub("(?<=  W16: ).*", "ตัดออก", whole.decode()).encode()
    assert (len(lines) > 100, b" #" in whole, "ตัดออก".encode() in whole) == (True, False, True)
    assert reader.attachments == {"product-2569-02.yaml": [whole]}


def test_a_release_carries_nothing(out: Path) -> None:
    assert not pypdf.PdfReader(out / "product-2569-02-release.pdf").attachments


def test_the_same_agenda_gives_the_same_bytes_anywhere(out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "โฟลเดอร์อื่น"
    shutil.copytree(ROOT / "agendas/tuayang", elsewhere / "agendas")
    surroundings = {"TZ": "America/New_York", "LANG": "th_TH.UTF-8", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "minutes", "agendas/product/2569-02.yaml", "-o", "."],
        cwd=elsewhere,
        env=os.environ | surroundings | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    names = [path.name for path in out.iterdir()]
    assert len(names) == 3
    for name in names:
        assert (elsewhere / "product/2569-02" / name).read_bytes() == (out / name).read_bytes()
