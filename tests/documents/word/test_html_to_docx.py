import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree, html
from markupsafe import Markup
from openxml_audit import OpenXmlValidator
from PIL import Image

from minutes.documents import pages
from minutes.documents.word import html_to_docx, ooxml
from minutes.model import prose
from minutes.paths import ROOT
from tests.support.libreoffice import converted

TEMPLATES = ROOT / "templates"
STYLES = (TEMPLATES / "styles.docx").read_bytes()
W = f"{{{ooxml.NAMESPACES['w']}}}"


def picture(width: int, height: int) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (width, height), "#c8d4d3").save(packed, "PNG")
    return packed.getvalue()


FILES = {"wide.png": picture(640, 480), "tall.png": picture(300, 900)}

HEAD = """<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>รายงาน ครั้งที่ ๑</title>
<meta name="author" content="ที่ว่าการอำเภอตัวอย่าง"><meta name="description" content="เรื่อง">
<meta name="keywords" content="ประชุม, สินค้า">
<meta name="dcterms.created" content="2026-11-18T09:30:00+07:00">
<meta name="dcterms.modified" content="2026-11-19T09:30:00+07:00"></head>"""

# Every element and class of the vocabulary.
EVERYTHING = """
<header><h1>รายงานการประชุม</h1><p class="subtitle">ครั้งที่ ๑/๒๕๖๙</p><hr></header><main><section>
<h2>ผู้มาประชุม</h2>
<table class="people"><colgroup><col class="number"><col class="name"><col class="position">
<col class="role"></colgroup><tbody>
<tr><td>๑.</td><td><span class="nw">นายตัวอย่าง ที่หนึ่ง</span></td><td>นายอำเภอ<br>แทน ผู้ว่าฯ</td>
<td>ประธาน</td></tr><tr><td>๒.</td><td colspan="3">ผู้แทนกลุ่ม</td></tr></tbody></table>
<table class="people"><colgroup><col class="number"><col class="name"><col class="position wide">
</colgroup><tbody><tr><td>๑.</td><td>นางตัวอย่าง</td><td class="centre">ลา</td></tr></tbody></table>
<p class="time">เริ่มประชุมเวลา <span class="nw">๐๙.๓๐ น.</span></p></section>
<h2 class="agenda"><span class="label">ระเบียบวาระที่ ๑</span> เรื่องแจ้ง</h2>
<h3><span class="label">๑.๑</span> งานสินค้า<strong>ชุมชน</strong></h3>
<p>ด้วย<strong>จังหวัด</strong> <em>กำหนด</em> <strong><em>จัดงาน</em></strong> ที่ <!-- ไม่พิมพ์ -->
<a href="https://example.go.th/?a=1&amp;b=2">เว็บ<em>ไซต์</em></a> <a href="#บน">บน</a>
๑๐ ม.<sup>๒</sup>
&lt;/w:t&gt; &amp;amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>
<p class="flush">ชิดซ้าย</p><p class="indent">หมายเหตุ</p><p class="none">- ไม่มี -</p>
<ul class="list"><li><span class="marker">๑.</span> หนึ่ง<br>สอง<ul class="list">
<li><span class="marker">(๑)</span> ย่อย<p class="more">ต่อ</p><ul class="list"><li>สาม</li></ul></li>
</ul></li><li><span class="marker">๒.</span> ท้าย</li></ul>
<p class="resolution"><strong class="label">มติที่ประชุม</strong> รับทราบ</p>
<p class="resolution more">และมอบหมาย</p>
<table class="grid indent"><caption>งบประมาณ</caption>
<colgroup><col style="width:1.1cm"><col></colgroup>
<thead><tr><th class="centre">ที่</th><th>รายการ</th><th class="number">บาท</th></tr></thead><tbody>
<tr><td class="centre">๑</td><td>ค่าเต็นท์</td><td class="number">๑๐๐</td></tr>
<tr><td>๒</td><td>ค่าขนส่ง</td></tr><tr><td colspan="2">รวม</td><td>๑๐๐</td></tr></tbody></table>
<table class="grid small"><tbody><tr><td class="number">ก</td><td class="centre">ข</td></tr>
</tbody></table>
<figure><img src="wide.png" alt="บรรยากาศ" width="640" height="480">
<figcaption>ภาพ</figcaption></figure>
<div class="photos"><figure><img src="wide.png" alt="หนึ่ง"><figcaption>ซ้าย</figcaption></figure>
<figure><img src="wide.png" alt="สอง"><figcaption>ขวา</figcaption></figure>
<figure><img src="tall.png" alt="สาม"></figure></div>
<p class="centre">กลาง</p><p class="right">ที่ว่าการอำเภอ</p><p class="credit">ข่าวและภาพ</p>
<p class="caption">คำบรรยาย</p>
<p class="ending">ปิดประชุม</p><div class="keep"><p class="time">เลิกประชุม</p>
<div class="signatures">
<div class="signature"><p>(ลงชื่อ) ……… ผู้จด</p><p>(ชื่อ)</p><p>ตำแหน่ง</p></div>
<div class="signature"><p>(ลงชื่อ) ……… ผู้ตรวจ</p><p>(ชื่อ)</p></div></div></div></main>"""


def at(node: etree._Element, path: str) -> etree._Element:
    found = node.find(path, ooxml.NAMESPACES)
    assert found is not None, path
    return found


def has(node: etree._Element, path: str) -> bool:
    return node.find(path, ooxml.NAMESPACES) is not None


def value(node: etree._Element, path: str, attribute: str = "w:val") -> str:
    return str(at(node, path).attrib[ooxml.name(attribute)])


def joined(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def page(body: str, classes: str = "minutes") -> str:
    return f'{HEAD}<body class="{classes}">{body}</body></html>'


def render(body: str, classes: str = "minutes", styles: bytes = STYLES) -> bytes:
    return html_to_docx.render(page(body, classes), FILES, styles)


def read(body: str) -> Document:
    return docx.Document(io.BytesIO(render(body)))


def part(packed: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Read as python-docx does, and go through the cells of tables once each."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in {id(cell._tc): cell for cell in row.cells}.values():
                    yield from cell.paragraphs
        else:
            yield block


def styled(body: str) -> list[tuple[str | None, str]]:
    return [(p.style.name if p.style else None, p.text) for p in paragraphs(read(body))]


def shown(body: str) -> list[str]:
    """Give the words that a browser shows, by lxml's own text of the page."""
    root = html.document_fromstring(page(body))
    root.remove(root[0])
    blocks = {"h1", "h2", "h3", "p", "td", "th", "li", "caption", "figcaption", "ul", "br"}
    for node in list(root.iter(*blocks)):
        node.text = "\n" + (node.text or "")
        node.tail = "\n" + (node.tail or "")
    return str(root.xpath("string()")).split()


# --- text -------------------------------------------------------------------------------------


def test_document_has_the_text_of_the_page_in_its_order() -> None:
    words = " ".join(paragraph.text for paragraph in paragraphs(read(EVERYTHING))).split()
    assert words == shown(EVERYTHING)
    assert "</w:t>" in words
    assert "&amp;" in words
    assert "<script>alert(1)</script>" in words


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>ก</h1>", [("Title", "ก")]),
        ('<p class="subtitle">ก</p><hr>', [("Subtitle", "ก"), ("Title Rule", "")]),
        ("<h2>ก</h2>", [("Heading 1", "ก")]),
        (
            '<h2 class="agenda"><span class="label">ก</span> ข</h2>',
            [("Agenda Item", "ก\tข")],
        ),
        ('<h3><span class="label">๑.๑</span> ข</h3>', [("Heading 2", "๑.๑\tข")]),
        ("<p>ก</p>", [("Body Text", "ก")]),
        ('<p class="flush">ก</p>', [("Body Text Flush", "ก")]),
        ('<p class="time">ก</p>', [("Meeting Time", "ก")]),
        ('<p class="indent">ก</p>', [("Body Text Indent", "ก")]),
        ('<p class="none">- ไม่มี -</p>', [("Nothing", "- ไม่มี -")]),
        (
            '<p class="resolution"><strong class="label">มติ</strong> รับทราบ</p>',
            [("Resolution", "มติ\tรับทราบ")],
        ),
        ('<p class="resolution more">ก</p>', [("Resolution Continued", "ก")]),
        ('<p class="more resolution">ก</p>', [("Resolution Continued", "ก")]),
        ('<p class="centre">ก</p><p class="right">ข</p>', [("Centred", "ก"), ("Closing", "ข")]),
        ('<p class="ending">ก</p>', [("Adjournment", "ก")]),
        ('<p class="credit">ก</p><p class="caption">ข</p>', [("Credit", "ก"), ("Caption", "ข")]),
        (
            '<ul class="list"><li><span class="marker">๑.</span> ก<p class="more">ข</p></li></ul>',
            [("List", "๑.\tก"), ("List Continue", "ข")],
        ),
        (
            '<ul class="list"><li>ก<ul class="list"><li>ข<ul class="list"><li>ค</li></ul></li></ul>'
            "</li><li>ง</li></ul>",
            [("List", "ก"), ("List 2", "ข"), ("List 3", "ค"), ("List", "ง")],
        ),
        (
            '<div class="signatures"><div class="signature"><p>ก</p><p>ข</p></div></div>',
            [("Signature", "ก"), ("Signature Name", "ข")],
        ),
        (
            '<table class="grid small"><tbody><tr><td>ก</td><td class="number">ข</td></tr></tbody>'
            "</table>",
            [
                ("Table Gap", ""),
                ("Table Text Small", "ก"),
                ("Table Number Small", "ข"),
                ("Table Gap", ""),
            ],
        ),
        (
            '<figure><img src="wide.png" alt=""><figcaption>ก</figcaption></figure>',
            [("Figure", ""), ("Caption", "ก")],
        ),
    ],
)
def test_element_has_its_named_style(body: str, expected: list[tuple[str, str]]) -> None:
    assert styled(body) == expected


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (" ก \n\t ข ", "ก ข"),
        ("ก <strong> ข</strong> ค", "ก ข ค"),
        ("ก <br> ข<br>", "ก\nข"),
        ("ก<br><br>ข", "ก\n\nข"),
        ('วันที่ <span class="nw">๑๒ มกราคม</span> นี้', "วันที่ ๑๒\u00a0มกราคม นี้"),
        ("<em> </em><strong> </strong>", ""),
        ('<strong class="label">มติ</strong>', "มติ"),
    ],
)
def test_line_keeps_the_spaces_that_a_browser_shows(markup: str, text: str) -> None:
    assert styled(f"<p>{markup}</p>") == [("Body Text", text)]


def run_styles(body: str) -> list[tuple[str, str | None]]:
    runs = [run for paragraph in paragraphs(read(body)) for run in paragraph.runs]
    return [(run.text, run.style.name if run.style else None) for run in runs]


def test_bold_and_italic_are_character_styles() -> None:
    markup = "<p>ก<strong>ข</strong><em>ค</em><em><strong>ง</strong></em></p>"
    plain = "Default Paragraph Font"
    looks = [("ก", plain), ("ข", "Strong"), ("ค", "Emphasis"), ("ง", "Intense Emphasis")]
    assert run_styles(markup) == looks


def indents(body: str) -> list[tuple[float, float]]:
    """Give left indent and room of the label, cm, of the paragraphs that have their own."""
    found = part(render(body), "word/document.xml").iterfind(f".//{W}p/{W}pPr/{W}ind")
    return [
        (
            round(int(node.get(f"{W}left", "")) / ooxml.TWIPS_IN_CM, 1),
            round(int(node.get(f"{W}hanging", "")) / ooxml.TWIPS_IN_CM, 1),
        )
        for node in found
    ]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("๑.๑", []), ("๑๐.๑", []), ("๑๐.๑๐.๑", [(4.2, 1.7)])],
)
def test_wide_label_gets_room_of_its_own(label: str, expected: list[tuple[float, float]]) -> None:
    assert indents(f'<h3><span class="label">{label}</span> เรื่อง</h3>') == expected


def test_usual_labels_stand_on_the_grid() -> None:
    labels = """<h2 class="agenda"><span class="label">ระเบียบวาระที่ ๑๐</span> ก</h2>
    <p class="resolution"><strong class="label">มติที่ประชุม</strong> ข</p>
    <ul class="list"><li><span class="marker">(๑๐)</span> ค</li></ul>
    <p><span class="label">๑๐.๑๐.๑๐</span> ง</p>"""
    assert indents(labels) == []


def test_strong_text_in_a_bold_heading_stays_bold() -> None:
    markup = '<h2 class="agenda"><span class="label">ก</span> <strong>ข<em>ค</em></strong></h2>'
    plain = "Default Paragraph Font"
    assert run_styles(markup) == [("ก\t", plain), ("ข", plain), ("ค", "Emphasis")]


def test_link_to_the_web_can_be_followed_and_no_other() -> None:
    found = [
        (link.address, link.text)
        for paragraph in paragraphs(read(EVERYTHING))
        for link in paragraph.hyperlinks
    ]
    assert found == [("https://example.go.th/?a=1&b=2", "เว็บไซต์")]


def test_raised_text_is_raised() -> None:
    raised = [
        run.text for p in paragraphs(read(EVERYTHING)) for run in p.runs if run.font.superscript
    ]
    assert raised == ["๒"]


def test_no_run_has_a_font_or_size_of_its_own() -> None:
    looks = set()
    packed = render(EVERYTHING, "minutes draft")
    for name in ("word/document.xml", "word/header1.xml", "word/header2.xml"):
        looks |= {node.tag.removeprefix(W) for node in part(packed, name).iterfind(f".//{W}rPr/*")}
    assert looks == {"rStyle", "vertAlign", "noProof"}


# --- what has no place ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<h4>ก</h4>", "<h4> in <body> at line"),
        ('<p class="fancy">ก</p>', '<p class="fancy"> in <body>'),
        ('<p class="time credit">ก</p>', '<p class="time credit">'),
        ("<div>ก</div>", "<div> in <body>"),
        ("<p><u>ก</u></p>", "<u> in <p>"),
        ('<p><span class="big">ก</span></p>', '<span class="big"> in <p>'),
        ("<script>alert(1)</script>", "<script> in <body>"),
        ("ก", "text straight in <body>, outside a paragraph: 'ก'"),
        ("<main><p>ก</p>ข</main>", "text straight in <main>"),
        ("<table><tbody></tbody></table>", "<table> in <body>"),
        ('<ul class="list"><p>ก</p></ul>', "<p> in <ul>"),
        ("<ul><li>ก</li></ul>", "<ul> in <body>"),
        ('<ul class="list"><li>ก<ul><li>ข</li></ul></li></ul>', "<ul> in <li>"),
        ('<ul class="list"><li>ก<p>ข</p></li></ul>', "<p> in <li>"),
        ('<ul class="list"><li><p class="more">ก</p>ข</li></ul>', "text after <p> in <li>: 'ข'"),
        ('<ul class="list"><li><p class="more">ก</p><em>ข</em></li></ul>', "<em> in <li>"),
        ('<table class="grid"><tfoot></tfoot></table>', "<tfoot> in <table"),
        ('<table class="grid"><tbody><td>ก</td></tbody></table>', "<td> in <tbody>"),
        ('<table class="people"><colgroup><col></colgroup></table>', "<col> in <colgroup>"),
        (
            '<table class="grid"><colgroup><col class="name"></colgroup></table>',
            '<col class="name">',
        ),
        (
            '<table class="grid"><colgroup><col style="width:20%"></colgroup></table>',
            "<col style='width:20%'> at line",
        ),
        (
            '<table class="grid"><tbody><tr><td rowspan="2">ก</td></tr></tbody></table>',
            "<td rowspan> at line",
        ),
        (
            '<table class="grid"><tbody><tr><td class="big">ก</td></tr></tbody></table>',
            '<td class="big"> in <tr>',
        ),
        (
            '<table class="people"><colgroup><col class="number"></colgroup>'
            "<tbody><tr><td>ก</td><td>ข</td></tr></tbody></table>",
            "has more than 1 columns",
        ),
        ('<div class="signatures"><p>ก</p></div>', "<p> in <div>"),
        (
            '<div class="signatures"><div class="signature"><h2>ก</h2></div></div>',
            "<h2> in <div>",
        ),
        ('<div class="photos"><p>ก</p></div>', "<p> in <div>"),
        ("<figure><p>ก</p></figure>", "<p> in <figure>"),
        ('<figure><img src="none.png"></figure>', "no file for <img src='none.png'>"),
        ("<p>ก\u200bข</p>", "invisible character U+200B in 'ก"),
        ('<p><span class="nw">ก\u2060ข</span></p>', "invisible character U+2060"),
    ],
)
def test_what_has_no_place_in_word_is_an_error_that_names_it(body: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        render(body)


def test_unknown_class_of_the_body_is_an_error() -> None:
    with pytest.raises(ValueError, match='<body class="drfat">'):
        render("<p>ก</p>", "drfat")


# --- the file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("classes", ["minutes", "release draft"])
def test_word_is_expected_to_open_the_file_without_repair(tmp_path: Path, classes: str) -> None:
    path = tmp_path / "ก.docx"
    path.write_bytes(render(EVERYTHING, classes))
    assert OpenXmlValidator().validate(path).errors == []


def test_same_page_gives_the_same_bytes_without_a_date() -> None:
    packed = render(EVERYTHING, "minutes draft")
    assert packed == render(EVERYTHING, "minutes draft")
    entries = zipfile.ZipFile(io.BytesIO(packed)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"


def test_properties_of_the_file_come_from_the_head_of_the_page() -> None:
    core = read("<p>ก</p>").core_properties
    assert (core.title, core.author) == ("รายงาน ครั้งที่ ๑", "ที่ว่าการอำเภอตัวอย่าง")
    assert (core.subject, core.keywords) == ("เรื่อง", "ประชุม, สินค้า")
    assert (core.language, core.revision) == ("th-TH", 1)
    assert core.last_modified_by == core.author
    assert core.created == datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
    assert core.modified == datetime(2026, 11, 19, 2, 30, tzinfo=UTC)


def test_long_title_is_cut_to_what_word_takes_and_missing_dates_stay_missing() -> None:
    body = f"<title>{'ก' * 300}</title><body class='minutes'><p>ก</p></body>"
    core = docx.Document(io.BytesIO(html_to_docx.render(body, {}, STYLES))).core_properties
    assert len(core.title) == 255
    assert core.created is None


# --- the page ---------------------------------------------------------------------------------


def test_page_is_a4_with_the_margins_of_an_official_paper() -> None:
    section = read("<p>ก</p>").sections[0]
    lengths = [section.page_width, section.page_height, section.left_margin, section.right_margin]
    lengths += [section.top_margin, section.bottom_margin]
    assert [round(length.cm, 1) for length in lengths if length] == [21.0, 29.7, 3.0, 2.0, 2.5, 2.0]


@pytest.mark.parametrize(
    ("classes", "shown", "numerals"),
    [("minutes", "- ๒ -", "thaiNumbers"), ("release arabic", "- 2 -", "decimal")],
)
def test_page_number_stands_at_the_top_from_page_two_on(
    classes: str, shown: str, numerals: str
) -> None:
    packed = render("<p>ก</p>", classes)
    header = part(packed, "word/header1.xml")
    section = at(part(packed, "word/document.xml"), ".//w:sectPr")
    assert joined(header) == shown
    assert value(header, ".//w:fldSimple", "w:instr") == " PAGE "
    assert value(section, "w:pgNumType", "w:fmt") == numerals
    assert has(section, "w:titlePg")
    kinds = [reference.get(f"{W}type") for reference in section.iter(f"{W}headerReference")]
    assert kinds == ["default"]


def test_draft_says_so_across_every_page_and_a_final_does_not() -> None:
    draft = render("<p>ก</p>", "minutes draft")
    section = at(part(draft, "word/document.xml"), ".//w:sectPr")
    kinds = {reference.get(f"{W}type") for reference in section.iter(f"{W}headerReference")}
    assert kinds == {"default", "first"}
    for name in ("word/header1.xml", "word/header2.xml"):
        texts = [node.get("string") for node in part(draft, name).iter("{*}textpath")]
        assert texts == [None, "ร่าง"]
    assert b"textpath" not in etree.tostring(part(render("<p>ก</p>"), "word/header1.xml"))


# --- tables -----------------------------------------------------------------------------------


def tables(body: str) -> list[etree._Element]:
    found = list(part(render(body), "word/document.xml").iter(f"{W}tbl"))
    assert found
    return found


def widths(table: etree._Element) -> list[float]:
    columns = table.iterfind(f"{W}tblGrid/{W}gridCol")
    return [round(int(column.get(f"{W}w", "")) / ooxml.TWIPS_IN_CM, 1) for column in columns]


def test_tables_have_fixed_widths_and_words_for_a_screen_reader() -> None:
    people, wide, grid, small, photos = tables(EVERYTHING)
    assert widths(people) == [1.1, 5.3, 5.4, 4.2]
    assert widths(wide) == [1.1, 5.3, 9.6]
    assert widths(grid)[0] == 1.1
    assert sum(widths(grid)) == pytest.approx(13.5, abs=0.1)
    assert widths(small) == [8.0, 8.0]
    assert widths(photos) == [8.0, 8.0]
    for table in (people, wide, grid, small, photos):
        assert value(table, "w:tblPr/w:tblLayout", "w:type") == "fixed"
        assert value(table, "w:tblPr/w:tblCaption")
        assert value(table, "w:tblPr/w:tblDescription")
    assert value(grid, "w:tblPr/w:tblCaption") == "งบประมาณ"
    assert value(people, "w:tblPr/w:tblCaption") == "ผู้มาประชุม"
    assert value(grid, "w:tblPr/w:tblDescription") == "ที่, รายการ, บาท"


def test_rows_stay_whole_and_the_head_is_repeated() -> None:
    rows = [row for table in tables(EVERYTHING) for row in table.iter(f"{W}tr")]
    assert all(has(row, "w:trPr/w:cantSplit") for row in rows)
    heads = [row for row in rows if has(row, "w:trPr/w:tblHeader")]
    assert [joined(head) for head in heads] == ["ที่รายการบาท"]


def test_every_row_has_all_the_columns() -> None:
    for table in tables(EVERYTHING):
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            count = sum(1 if span is None else int(span.get(f"{W}val", "")) for span in spans)
            assert count == len(widths(table))


def test_no_row_stands_alone_at_the_end_or_the_start_of_a_page() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(5))
    table = f'<table class="grid"><thead><tr><th>ก</th></tr></thead><tbody>{rows}</tbody></table>'
    kept = [has(row, ".//w:keepNext") for row in tables(table)[0].iter(f"{W}tr")]
    assert kept == [True, True, False, False, True, False]


def test_two_tables_one_after_the_other_stay_two() -> None:
    body = part(render(EVERYTHING), "word/document.xml")[0]
    tags = [block.tag.removeprefix(W) for block in body]
    assert tags.count("tbl") == 5
    assert "tbl tbl" not in " ".join(tags)
    assert tags[-1] == "sectPr"


def test_document_that_ends_with_a_table_has_a_paragraph_after_it() -> None:
    table = EVERYTHING[EVERYTHING.index("<table") : EVERYTHING.index("</table>") + 8]
    assert [name for name, _ in styled(table)][-1] == "Table Gap"


def test_columns_asked_too_wide_leave_room_for_the_others() -> None:
    columns = '<colgroup><col style="width:16cm"></colgroup>'
    rows = "<tbody><tr><td>ก</td><td>ข</td></tr></tbody>"
    assert widths(tables(f'<table class="grid">{columns}{rows}</table>')[0]) == [8.0, 8.0]


@pytest.mark.parametrize("size", ["small", "smaller", "smallest"])
def test_each_size_of_a_table_has_its_own_styles(size: str) -> None:
    row = '<tr><th>ก</th><td>ข</td><td class="number">ค</td><td class="centre">ง</td></tr>'
    found = styled(f'<table class="grid {size}"><tbody>{row}</tbody></table>')[1:-1]
    kinds = ["Heading", "Text", "Number", "Centred"]
    assert [name for name, _ in found] == [f"Table {kind} {size.title()}" for kind in kinds]


@pytest.mark.parametrize("depth", [1, 5, 6, 9])
def test_a_list_stands_on_its_level_or_on_the_deepest(depth: int) -> None:
    levels = "".join(
        f'<ul class="list"><li><span class="marker">{n}. </span>ก{n}<p class="more">ต่อ{n}</p>'
        for n in range(1, depth + 1)
    )
    found = styled(levels + "</li></ul>" * depth)
    suffixes = ["", " 2", " 3", " 4", " 5", *[" 5"] * 4][:depth]
    assert found == [
        line
        for n, suffix in enumerate(suffixes, 1)
        for line in ((f"List{suffix}", f"{n}.\tก{n}"), (f"List Continue{suffix}", f"ต่อ{n}"))
    ]


def test_a_tall_row_may_part_and_the_rows_of_its_table_do_not_hold_on() -> None:
    rows = f"<tr><td>{'คำ ' * 1500}</td></tr><tr><td>ข</td></tr>"
    table = f'<table class="grid"><thead><tr><th>ก</th></tr></thead><tbody>{rows}</tbody></table>'
    found = list(tables(table)[0].iter(f"{W}tr"))
    assert [has(row, "w:trPr/w:cantSplit") for row in found] == [True, False, True]
    assert [has(row, "w:trPr/w:tblHeader") for row in found] == [True, False, False]
    assert [has(row, ".//w:keepNext") for row in found] == [False] * 3


def test_a_head_that_is_too_tall_to_be_repeated_is_a_row() -> None:
    head = f"<thead><tr><th>{'คำ ' * 1500}</th></tr></thead>"
    table = f'<table class="grid">{head}<tbody><tr><td>ข</td></tr></tbody></table>'
    found = list(tables(table)[0].iter(f"{W}tr"))
    assert [has(row, "w:trPr/w:tblHeader") for row in found] == [False, False]
    assert joined(found[0]).count("คำ") == 1500


# --- pictures ---------------------------------------------------------------------------------


def sizes(body: str) -> list[tuple[str, float, float]]:
    """Give the alternative text, the width and the height (cm) of every picture."""
    root = part(render(body), "word/document.xml")
    return [
        (
            value(inline, "wp:docPr", "descr"),
            round(int(value(inline, "wp:extent", "cx")) / ooxml.EMU_IN_CM, 2),
            round(int(value(inline, "wp:extent", "cy")) / ooxml.EMU_IN_CM, 2),
        )
        for inline in root.iter(ooxml.name("wp:inline"))
    ]


@pytest.mark.parametrize(
    ("attributes", "width", "height"),
    [
        ('width="192" height="96"', 5.08, 2.54),
        ('width="1600" height="800"', 12.0, 6.0),
        ('width="800" height="1600"', 4.5, 9.0),
        ("", 12.0, 9.0),
    ],
)
def test_picture_keeps_its_shape_within_the_limits(
    attributes: str, width: float, height: float
) -> None:
    markup = f'<figure><img src="wide.png" alt="ก" {attributes}></figure>'
    assert sizes(markup) == [("ก", width, height)]


def test_photos_stand_in_two_columns_and_a_last_one_in_the_middle() -> None:
    photos = tables(EVERYTHING)[-1]
    counts = [len(row.findall(f"{W}tc")) for row in photos.iter(f"{W}tr")]
    assert counts == [2, 1]
    assert sizes(EVERYTHING)[1:] == [
        ("หนึ่ง", 7.8, 5.85),
        ("สอง", 7.8, 5.85),
        ("สาม", 1.95, 5.85),
    ]


def test_a_picture_that_is_shown_twice_is_stored_once() -> None:
    names = zipfile.ZipFile(io.BytesIO(render(EVERYTHING))).namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == len(FILES)


# --- what stays together ----------------------------------------------------------------------


def kept(body: str) -> list[tuple[str, bool]]:
    """Give the paragraphs outside tables, each with whether it is kept with the next."""
    root = part(render(body), "word/document.xml")[0]
    return [(joined(block), has(block, "w:pPr/w:keepNext")) for block in root.iterfind(f"{W}p")]


def signatures(count: int) -> str:
    lines = "".join(
        f'<div class="signature"><p>ล{number}</p><p>ช{number}</p></div>' for number in range(count)
    )
    return f'<div class="signatures">{lines}</div>'


def test_signatures_are_kept_with_the_two_blocks_before_them() -> None:
    found = kept("<p>ก</p><p>ข</p><p>ค</p>" + signatures(2))
    flags = "".join("+" if flag else "-" for _, flag in found)
    assert flags == "-++" + "+++-"


@pytest.mark.parametrize(
    ("count", "breaks_after"),
    [(1, ["ช0"]), (3, ["ช2"]), (4, ["ช1", "ช3"]), (5, ["ช1", "ช4"])],
)
def test_no_signature_goes_alone_to_the_next_page(count: int, breaks_after: list[str]) -> None:
    assert [text for text, flag in kept(signatures(count)) if not flag] == breaks_after


def test_last_row_of_a_table_goes_with_the_signatures_and_the_rows_before_it_do_not() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(5))
    table = f'<table class="grid"><tbody>{rows}</tbody></table>'
    found = tables(table + "<p>ก</p>" + signatures(1))[0].iter(f"{W}tr")
    assert [has(row, ".//w:keepNext") for row in found] == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_signatures_do_not_hold_on_to_those_before_them() -> None:
    body = signatures(1) + "<p>ก</p>" + signatures(1)
    assert kept(body)[1:3] == [("ช0", False), ("ก", True)]


def test_many_signatures_may_part_even_where_their_text_keeps_together() -> None:
    found = kept(f'<div class="keep"><p>ก</p>{signatures(5)}</div>')
    assert [text for text, flag in found if not flag] == ["ช1", "ช4"]


def test_further_paragraphs_of_a_resolution_are_kept_with_it() -> None:
    found = kept('<p class="resolution">ก</p><p class="resolution more">ข</p><p>ค</p>')
    assert found == [("ก", True), ("ข", False), ("ค", False)]


def test_blocks_of_a_keep_stay_together_but_not_with_the_next() -> None:
    found = kept('<div class="keep"><p>ก</p><p>ข</p></div><p>ค</p>')
    assert found == [("ก", True), ("ข", False), ("ค", False)]


@pytest.mark.parametrize(
    "following",
    [
        '<ul class="list"><li>ข</li></ul>',
        '<table class="grid"><tbody><tr><td>ข</td></tr></tbody></table>',
        '<table class="grid"><caption>ค</caption><tbody><tr><td>ข</td></tr></tbody></table>',
    ],
)
def test_lead_in_is_kept_with_its_list_or_table(following: str) -> None:
    assert kept(f"<p>ดังนี้</p>{following}")[0] == ("ดังนี้", True)


def test_picture_is_kept_with_its_caption() -> None:
    found = kept('<figure><img src="wide.png"><figcaption>ก</figcaption></figure>')
    assert found == [("", True), ("ก", False)]


# --- styles -----------------------------------------------------------------------------------


def styles_of(kind: str) -> dict[str, etree._Element]:
    found = part(STYLES, "word/styles.xml").iterfind(f"{W}style[@{W}type='{kind}']")
    return {value(style, "w:name"): style for style in found}


def test_styles_have_no_text() -> None:
    assert "".join(map(str, part(STYLES, "word/document.xml").itertext())) == ""


def test_every_paragraph_style_is_thai_in_full() -> None:
    root = part(STYLES, "word/styles.xml")
    looks = {name: at(style, "w:rPr") for name, style in styles_of("paragraph").items()}
    looks["defaults"] = at(root, "w:docDefaults/w:rPrDefault/w:rPr")
    assert len(looks) > 40
    for name, look in looks.items():
        fonts = {str(key): str(font) for key, font in at(look, "w:rFonts").attrib.items()}
        assert set(fonts.values()) == {"TH SarabunPSK"}, name
        assert {key.removeprefix(W) for key in fonts} == {"ascii", "hAnsi", "eastAsia", "cs"}, name
        assert value(look, "w:sz") == value(look, "w:szCs"), name
        assert value(look, "w:lang") == "en-US", name
        assert value(look, "w:lang", "w:bidi") == "th-TH", name
        assert has(look, "w:b") == has(look, "w:bCs"), name


def test_character_styles_are_bold_and_italic_in_thai_too() -> None:
    marks = {
        name: [mark.tag.removeprefix(W) for mark in style.iterfind(f"{W}rPr/*")]
        for name, style in styles_of("character").items()
    }
    assert marks["Strong"] == ["b", "bCs"]
    assert marks["Emphasis"] == ["i", "iCs"]
    assert marks["Intense Emphasis"] == ["b", "bCs", "i", "iCs"]


def test_only_running_text_is_spread_in_the_thai_way() -> None:
    spread = {
        name
        for name, style in styles_of("paragraph").items()
        if value(style, "w:pPr/w:jc") == "thaiDistribute"
    }
    resolutions = {"Resolution", "Resolution Continued"}
    assert spread == {"Body Text", "Body Text Flush", "Adjournment"} | resolutions


def test_every_named_style_is_in_the_file() -> None:
    document = docx.Document(io.BytesIO(STYLES))
    names = {style.name for style in document.styles}
    assert set(html_to_docx.STYLES.values()) <= names


def test_headings_stand_in_the_navigation_pane_and_stay_with_their_text() -> None:
    found = styles_of("paragraph")
    for name, level in (("heading 1", "0"), ("Agenda Item", "0"), ("heading 2", "1")):
        properties = at(found[name], "w:pPr")
        assert value(properties, "w:outlineLvl") == level
        assert has(properties, "w:keepNext")
        assert has(properties, "w:keepLines")


def with_styles(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(STYLES)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["word/styles.xml"]
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(old, new)
    return ooxml.archive(parts)


def test_styles_that_word_gave_other_ids_still_serve() -> None:
    renamed = with_styles(b'w:styleId="Title"', b'w:styleId="a3"')
    document = docx.Document(io.BytesIO(render("<h1>ก</h1>", styles=renamed)))
    style = document.paragraphs[0].style
    assert style is not None
    assert (style.name, style.style_id) == ("Title", "a3")


def test_missing_style_is_an_error_that_names_it() -> None:
    without = with_styles(b'w:val="Resolution"', b'w:val="Decision"')
    with pytest.raises(ValueError, match="no style named 'Resolution'"):
        render('<p class="resolution">ก</p>', styles=without)


def test_text_that_somebody_left_in_the_styles_is_not_printed() -> None:
    leftover = render("<p>ของเก่า</p><p>ก</p>", "minutes draft")
    packed = render("<p>ใหม่</p>", styles=leftover)
    document = docx.Document(io.BytesIO(packed))
    assert [paragraph.text for paragraph in document.paragraphs] == ["ใหม่"]
    header = part(packed, "word/header1.xml")
    assert joined(header) == "- ๒ -"
    assert header.find(".//{*}textpath") is None


# --- another reader ---------------------------------------------------------------------------


@pytest.mark.system
def test_libreoffice_draws_the_draft_mark_on_every_page(tmp_path: Path) -> None:
    (tmp_path / "page.docx").write_bytes(render("<p>ก</p>" * 60, "minutes draft"))
    document = pypdfium2.PdfDocument(*converted([tmp_path / "page.docx"], tmp_path))
    grey = []
    for page in document:
        levels = page.render(scale=0.5).to_pil().convert("L").histogram()
        grey.append(sum(levels[200:240]) / sum(levels))
    document.close()
    assert len(grey) > 1
    assert min(grey) > 0.02


# --- all that prose can say -------------------------------------------------------------------

WORD = prose.Text("คำ")
INLINES: tuple[tuple[prose.Inline, ...], ...] = (
    (),
    (WORD,),
    (prose.Stars("**", 0), WORD),
    (prose.Strong((WORD, prose.Break(), WORD)), WORD),
    (prose.Emphasis((WORD, prose.Break(), WORD)),),
    (prose.Strong((prose.Emphasis((WORD,)), WORD)), prose.Break(), WORD),
    (prose.Emphasis((prose.Strong((WORD,)),)), prose.Break(), prose.Break(), WORD),
)
ALIGNS: tuple[prose.Align, ...] = ("", "left", "centre", "right")
LEADS: dict[str, Callable[[Sequence[prose.Block]], Markup]] = {
    "plain": pages.prose_blocks,
    "labelled": lambda blocks: pages.prose_blocks(blocks, "เรื่องเดิม"),
    "ending": lambda blocks: pages.prose_blocks(blocks, kind="ending"),
    "resolution": lambda blocks: pages.resolution_blocks(blocks, "มติที่ประชุม"),
}


def deep_list(content: tuple[prose.Inline, ...], depth: int) -> prose.ListBlock:
    """Give a list with paragraphs and a list in each item, down to a level."""
    more = prose.Paragraph(content)
    below = (more, deep_list(content, depth - 1), more) if depth > 1 else (more,)
    return prose.ListBlock((prose.ListItem("1.", content, below), prose.ListItem("-", content)))


def blocks_of(content: tuple[prose.Inline, ...]) -> Iterator[prose.Block]:
    yield prose.Paragraph(content)
    yield from (deep_list(content, depth) for depth in range(1, prose.DEEPEST + 2))
    yield prose.Table((content,) * 4, ((content,) * 4,) * 2, ALIGNS)
    yield prose.Table((content,), (), ("",))


@pytest.mark.parametrize("lead", LEADS)
def test_word_has_a_style_for_all_that_prose_can_say_wherever_it_stands(lead: str) -> None:
    """Each block stands first under the lead, with another behind it."""
    blocks = [block for content in INLINES for block in blocks_of(content)]
    pairs = zip(blocks, [*blocks[1:], blocks[0]], strict=True)
    markup = Markup().join(LEADS[lead](pages.by_lines(pair)) for pair in pairs)
    text = "".join(joined(html.document_fromstring(f"<body>{markup}</body>")).split())
    assert len(text) > 1000
    assert "".join("".join(line for _, line in styled(markup)).split()) == text


def test_prose_gives_no_more_kinds_of_blocks_and_letters_than_are_tried() -> None:
    tried = {type(block) for content in INLINES for block in blocks_of(content)}
    assert tried == set(get_args(prose.Block))
    parts = {type(part) for content in INLINES for part in content} | {prose.Break}
    assert parts - {prose.Stars} == set(get_args(prose.Inline))
