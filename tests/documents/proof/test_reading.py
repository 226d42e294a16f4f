"""Finished files read back: what they show, what they carry besides, what hides in them."""

import io
import zipfile

import docx
import pikepdf
import pytest
from PIL import Image

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import reading
from tests.support import sample
from tests.support.sample import meeting


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.comment = "หมายเหตุของห่อ".encode()
        for name, text in parts.items():
            package.writestr(name.replace("_", "."), text)
    return stream.getvalue()


def jpeg(**more: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "JPEG", **more)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>ก<b>ข</b>ค</p>", "กขค"),
        ("<p>ก</p><p>ข</p>", "ก\n\nข"),
        ("<p>ก<br>ข</p>", "ก\nข"),
        ("<table><tr><td>ก</td><td>ข</td></tr></table>", "ก\n\nข"),
        ("<p>ก <time datetime='2024-05-14'>14 พ.ค.</time> ข</p>", "ก 14 พ.ค. ข"),
    ],
)
def test_a_page_is_read_as_its_reader_reads_it(page: str, shown: str) -> None:
    parts = reading.read("a.html", f"<div>{page}</div>".encode()).shown.split("\n\n")
    assert "\n\n".join(part for part in parts if part.strip()) == shown


def test_what_a_page_tells_is_told_apart_from_what_it_carries() -> None:
    read = reading.read("a.html", b'<p data-a="one"><a href="two">b</a><!-- three --></p>')
    assert ("two" in read.shown, "one" in read.shown) == (True, False)
    assert "one" in read.carried
    assert "three" in read.carried


def test_a_package_is_read_to_its_last_part_and_remark() -> None:
    read = reading.read(
        "a.zip", packed(a_txt="หนึ่ง", b_json='{"สอง": [3, null]}', c_svg="<svg>สี่</svg>")
    )
    for word in ("a.txt", "หนึ่ง", "สอง", "3", "สี่", "หมายเหตุของห่อ"):
        assert word in read.shown


def test_a_feed_is_read_through_the_markup_that_it_carries() -> None:
    read = reading.read(
        "feed.xml", "<feed><c>&lt;p&gt;ก&lt;b&gt;ข&lt;/b&gt;&lt;/p&gt;</c></feed>".encode()
    )
    assert "".join(read.shown.split()) == "กข"


def test_a_word_document_is_read_with_its_properties_and_descriptions() -> None:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("ก").add_run("ข").add_tab()
    document.add_picture(io.BytesIO(sample.picture()))
    [shape] = document.inline_shapes
    shape._inline.docPr.set("descr", "ภาพลับ")
    document.core_properties.comments = "ความเห็น"
    document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    document.save(stream)
    read = reading.read("a.docx", stream.getvalue())
    assert "thumbnail (docProps/thumbnail.jpeg)" in read.hidden
    for word in ("กข", "ภาพลับ", "ความเห็น", "ท้ายกระดาษ"):
        assert word in read.shown


def test_a_pdf_is_read_with_its_outline_alternatives_and_properties() -> None:
    given = meeting("ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: a.png, คำบรรยาย: คนมาก}]}")
    page = pages.render("release", given)
    data = html_to_pdf.render(page.html.replace('alt="คนมาก"', 'alt="ภาพคน"'), page.css, page.files)
    read = reading.read("a.pdf", data)
    for word in ("คนมาก", "ภาพคน", "ที่ว่าการอำเภอตัวอย่าง"):
        assert word in read.shown
    assert read.hidden == ()


def test_what_is_told_in_place_of_glyphs_is_read() -> None:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        told = "แทนภาพ".encode("utf-16-be").hex()
        page.Contents = document.make_stream(f"/Span <</ActualText <feff{told}>>> BDC EMC".encode())
        document.save(stream)
    assert "แทนภาพ" in reading.read("a.pdf", stream.getvalue()).carried


def test_a_photograph_inside_a_pdf_is_looked_into() -> None:
    head = '<html lang="th"><head><title>ก</title></head>'
    page = f'{head}<body><p><img src="a.jpg" alt="ก"></p></body></html>'
    data = html_to_pdf.render(page, pages.stylesheet(), {"a.jpg": jpeg()})
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                thing.write(jpeg(comment="ผู้ถ่าย".encode()), filter=pikepdf.Name.DCTDecode)
        document.save(stream)
    assert reading.read("a.pdf", data).hidden == ()
    read = reading.read("a.pdf", stream.getvalue())
    assert (read.hidden, "ผู้ถ่าย" in read.carried) == (("metadata (COM)",), True)


@pytest.mark.parametrize(
    ("name", "data", "hidden"),
    [
        ("a.jpg", jpeg(), ()),
        ("a.jpg", jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"), ("metadata (APP1)",)),
        ("a.jpeg", jpeg(comment=b"x", icc_profile=b"y"), ("metadata (APP2)", "metadata (COM)")),
        ("a.jpg", jpeg() + b"PK", ("metadata (after the end)",)),
        ("a.png", sample.picture(), ()),
        ("a.png", sample.picture() + b"PK", ("metadata (after the end)",)),
    ],
)
def test_what_hides_in_a_picture_is_named(name: str, data: bytes, hidden: tuple[str, ...]) -> None:
    assert set(reading.read(name, data).hidden) == set(hidden)


def test_a_file_of_no_known_kind_is_read_as_text() -> None:
    assert reading.read("robots", b"a \\u0e01").shown == "a ก"
