import ast
import gc
import hashlib
import importlib.util
import io
import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf
import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf, typeset
from minutes.paths import TEMPLATES
from minutes.thai import line_breaks

SOURCES = {  # of WeasyPrint 70.0: when one changes, read what it does now, then write its new sum
    "draw.text.draw_first_line": "df38b8753e86c3ba",
    "draw.text.draw_text": "d1cfa769e258eb9a",
    "layout.inline.atomic_box": "7bdc202808f21ba4",
    "layout.inline.get_next_linebox": "85f1eff36fce2a08",
    "layout.inline.justify_line": "cbba344b3c57ef10",
    "layout.inline.skip_first_whitespace": "8b59fadfb638461c",
    "layout.inline.split_inline_box": "039bca5ab9589160",
    "layout.inline.split_inline_level": "8098bdbd3e2d7c03",
    "layout.inline.split_text_box": "eb75c8b916afcf2c",
    "layout.inline.text_align": "79372fc12c3602fd",
    "text.line_break.Layout.reactivate": "3d5afe839d754d13",
    "text.line_break.create_layout": "5d4b11726a68d0a4",
    "text.line_break.first_line_metrics": "d3ba485663a7b6c5",
    "text.line_break.get_log_attrs": "371b8bcb27fb157b",
    "text.line_break.split_first_line": "f5cfad56910a1b96",
}


def source_of(name: str) -> str:
    """Give a function's source as it is in the file, whatever has been put in its place."""
    *module, _ = parts = name.split(".")
    module = [part for part in module if part.islower()]
    spec = importlib.util.find_spec(".".join(("weasyprint", *module)))
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).read_text("utf-8")
    node: ast.AST = ast.parse(text)
    for part in parts[len(module) :]:
        node = next(n for n in ast.iter_child_nodes(node) if getattr(n, "name", "") == part)
    return ast.get_source_segment(text, node) or ""


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_weasyprint_still_works_as_when_it_was_taught_thai(name: str) -> None:
    assert hashlib.sha256(source_of(name).encode()).hexdigest()[:16] == SOURCES[name]


def test_every_function_that_is_touched_or_leant_on_is_guarded() -> None:
    assert sorted(SOURCES) == sorted({*typeset.TOUCHED, *typeset.LEANT_ON})


class Letter(NamedTuple):
    text: str
    page: int
    y: float  # pt, from the top
    x: float  # pt, where its pen starts


def opened(data: bytes) -> Any:
    return pymupdf.open(stream=data)  # type: ignore[no-untyped-call] # PyMuPDF has no types


def letters(data: bytes) -> Iterator[Letter]:
    """Read a PDF's letters, as they are drawn, by MuPDF."""
    for number, page in enumerate(opened(data)):
        for span in page.get_texttrace():
            for code, _, (x, y), _ in span["chars"]:
                yield Letter(chr(code), number, round(y, 1), x)


Line = list[Letter]


def lines(data: bytes) -> list[Line]:
    """Give the lines of a PDF, without the spaces at their ends and the number of the page."""
    found = []
    for (_, y), letters_of_it in groupby(letters(data), lambda one: (one.page, one.y)):
        line = list(letters_of_it)
        while line[-1].text == " ":
            line.pop()
        if y > 65:
            found.append(line)
    return found


def text_of(line: Line) -> str:
    return "".join(letter.text for letter in line)


FACES = {weight: TEMPLATES / f"fonts/MinutesSarabun-{weight}.ttf" for weight in ("Regular", "Bold")}


def advances(weight: str) -> dict[str, float]:
    """Give the width of every letter of a face in pt at 16 pt."""
    font = TTFont(FACES[weight])
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[name][0] / em * 16 for code, name in font.getBestCmap().items()}


REGULAR = advances("Regular")


def clusters(line: Line) -> list[Line]:
    starts = line_breaks.clusters(text_of(line))
    return [line[a:b] for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def end_of(line: Line) -> float:
    """Give where the pen stops behind a line in the regular face, pt."""
    last = clusters(line)[-1]
    return last[0].x + sum(REGULAR[letter.text] for letter in last)


def added(line: Line) -> list[float]:
    """Give what was added between the clusters of a line in the regular face, in em."""
    parts = clusters(line)
    return [
        (after[0].x - part[0].x - sum(REGULAR[letter.text] for letter in part)) / 16
        for part, after in pairwise(parts)
    ]


def page_of(body: str, width: float = 16, css: str = "") -> bytes:
    """Set a body of HTML in a column of a width in cm, 1 cm from the left edge."""
    markup = f'<html lang="th"><head><title>ทดสอบ</title></head><body>{body}</body></html>'
    size = f"@page {{ size: {width + 2}cm 29.7cm; margin: 2.5cm 1cm 2cm }}"
    return html_to_pdf.render(markup, pages.stylesheet() + size + css, {})


def edge(width: float) -> float:
    return (width + 1) / 2.54 * 72


SENTENCE = (
    "ที่ประชุมพิจารณาแล้วมีมติเห็นชอบให้ดำเนินการจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน "
    "ณ ลานหน้าที่ว่าการอำเภอ โดยมอบหมายให้ฝ่ายเลขานุการประสานงานกับหน่วยงานที่เกี่ยวข้อง ได้แก่ "
    "สำนักงานพัฒนาชุมชนจังหวัด และองค์การบริหารส่วนตำบลทุกแห่ง เพื่อให้น้ำดื่ม ไฟฟ้า และที่จอดรถ"
    "พร้อมก่อนวันงานไม่น้อยกว่าสามวัน แล้วรายงานผลให้คณะกรรมการทราบในการประชุมครั้งต่อไป "
)
PARAGRAPH = f"<p>{SENTENCE * 3}</p>"
UNIT = '<span class="nw">วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙</span>'
MIXED = f"<p>{SENTENCE}<strong>นางสาวสมมติ</strong> แจ้งว่า OTOP {UNIT} {UNIT} และ{SENTENCE}</p>" * 3


# --- justification ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [6.5, 9, 12.3, 16])
def test_every_line_but_the_last_ends_at_the_edge(width: float) -> None:
    set_lines = lines(page_of(PARAGRAPH, width))
    assert len(set_lines) > 8
    for line in set_lines[:-1]:
        assert end_of(line) == pytest.approx(edge(width), abs=0.05)
    assert end_of(set_lines[-1]) < edge(width) - 5


@pytest.mark.parametrize("width", [6.5, 9, 12.3, 16])
def test_the_slack_of_a_line_is_the_same_behind_every_cluster(width: float) -> None:
    set_lines = lines(page_of(PARAGRAPH, width))
    assert max(max(added(line)) for line in set_lines) > 0.02
    for line in set_lines:
        assert max(added(line)) - min(added(line)) < 0.0025
    assert added(set_lines[-1]) == pytest.approx([0] * len(added(set_lines[-1])), abs=0.001)


def test_marks_stand_over_their_letters_as_on_a_ragged_page() -> None:
    assert _marks(PARAGRAPH, "") == pytest.approx(
        _marks(PARAGRAPH, "p { text-align: left }"), abs=0.02
    )


def _marks(body: str, css: str) -> list[float]:
    """Give how far each mark, and each ำ, stands behind the letter that bears it, pt."""
    parts = [part for line in lines(page_of(body, css=css)) for part in clusters(line)]
    return [mark.x - part[0].x for part in parts for mark in part[1:]]


def test_bold_words_latin_and_units_share_in_the_slack_of_their_line() -> None:
    found = 0
    for line in lines(page_of(MIXED)):
        gaps = [
            after[0].x - part[0].x - sum(REGULAR[letter.text] for letter in part)
            for part, after in pairwise(clusters(line))
            if part[0].text in "วันศุกร์ OTOP๒๕๖๙" and after[0].text in "วันศุกร์ OTOP๒๕๖๙"
        ]
        found += len(gaps)
        plain = [gap for gap in gaps if abs(gap - gaps[0]) < 0.1]
        assert len(plain) > 0.7 * len(gaps)
    assert found > 50


@pytest.mark.parametrize(
    "body",
    [
        f"<h3>{SENTENCE}</h3>",
        f"<table class='grid'><tr><td>{SENTENCE}</td></tr></table>",
        f"<p class='indent'>{SENTENCE}</p>",
        f"<p class='centre'>{SENTENCE}</p>",
    ],
)
def test_headings_cells_and_names_keep_their_letters_together(body: str) -> None:
    set_lines = lines(page_of(body, css="h3 { font-weight: normal }"))
    assert len(set_lines) > 2
    for line in set_lines:
        assert added(line) == pytest.approx([0] * len(added(line)), abs=0.001)


def test_a_narrow_column_stays_ragged() -> None:
    for line in lines(page_of(PARAGRAPH, 5.9)):
        assert max(added(line)) < 0.001


def test_a_line_before_a_forced_break_stays_as_it_is() -> None:
    first, second, *_ = lines(page_of(f"<p class='flush'>ทราบแล้ว<br>{SENTENCE}</p>"))
    assert text_of(first) == "ทราบแล้ว"
    assert max(added(first)) < 0.001
    assert min(added(second)) > 0


def test_what_follows_a_label_begins_where_it_does_on_a_ragged_page() -> None:
    body = f"<p class='resolution'><strong class='label'>มติที่ประชุม </strong>{SENTENCE}</p>"
    begins = [
        next(one.x for one in lines(page_of(body, css=css))[0] if one.x > edge(0) + 70)
        for css in ("", "p { text-align: left }")
    ]
    assert begins[0] == pytest.approx(begins[1], abs=0.01)


# --- line breaking ----------------------------------------------------------------------------


def joined(text: str) -> str:
    return "".join(text.split())


WIDTHS = [6.0, 6.7, 7.9, 9.4, 11.8, 13.1, 14.6, 17.0]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_is_on_one_line(width: float) -> None:
    found = "\n".join(text_of(line) for line in lines(page_of(MIXED, width)))
    assert found.count("วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙") == 6


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_begins_or_ends_with_a_mark_of_its_neighbour(width: float) -> None:
    text = "กลุ่มต่าง ๆ ได้แก่ (ก) “ผ้าไทย” ณ ห้อง, ตำบล ฯลฯ และ " * 12
    found = [text_of(line) for line in lines(page_of(f"<p>{text}</p>", width))]
    assert len(found) > 5
    assert not [line for line in found if re.search(r"^[ๆฯ)”,.]|[(“]$|(?:^| )ณ$", line)]


@pytest.mark.parametrize("width", [11.8, 13.1, 14.6, 17.0])
def test_a_line_ends_between_words_or_between_the_words_of_a_long_one(width: float) -> None:
    ends, place = {0}, 0
    for word in word_tokenize(SENTENCE, keep_whitespace=False):
        splits = range(1, len(word)) if len(line_breaks.clusters(word)) > 8 else []
        ends |= {place + at for at in splits if {word[:at], word[at:]} <= thai_words()}
        ends.add(place := place + len(word))
    reached = accumulate(len(joined(text_of(line))) for line in lines(page_of(PARAGRAPH, width)))
    assert {reach % place for reach in reached} - ends <= {0}


LONG_NAME = "นาย" + "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ" + "มหาสมุทรไพศาล"
ADDRESS = "https://www.example.go.th/" + "abcdefgh" * 8 + "?x=1"


@pytest.mark.parametrize("width", [6.0, 8.0, 11.0, 16.0])
@pytest.mark.parametrize("word", [LONG_NAME, ADDRESS, f'<span class="nw">{LONG_NAME}</span>'])
@pytest.mark.parametrize(
    "frame",
    [
        "<p>ผู้แทน {} แจ้งต่อที่ประชุมว่าไม่ขัดข้อง</p>",
        "<p>{}</p>",
        "<h3><span class='label'>๑.๑ </span>{}</h3>",
        "<ul class='list'><li><span class='marker'>๑. </span>{}</li></ul>",
        "<table><tr><td>ที่</td><td>{}</td><td>คณะกรรมการพัฒนา</td></tr></table>",
    ],
)
def test_nothing_runs_into_the_margin(frame: str, word: str, width: float) -> None:
    data = page_of(frame.format(word), width)
    assert max(one.x for line in lines(data) for one in line) < edge(width)
    text = joined("".join(text_of(line) for line in lines(data)))
    assert joined(re.sub("<[^>]*>", "", word)) in text


def test_what_is_deeper_than_the_fifth_level_of_a_list_stands_there() -> None:
    body = "".join(
        f"<ul class='list'><li><span class='marker'>- </span>กขค{n}" for n in range(1, 9)
    )
    begins = [line[2].x for line in lines(page_of(body + "</li></ul>" * 8))]
    steps = [round((after - before) / 72 * 2.54, 2) for before, after in pairwise(begins)]
    assert steps == [1.1] * 4 + [0] * 3


def test_a_line_of_one_letter_stays_as_it_is() -> None:
    unit = f'<span class="nw">{"ก" * 28}</span>'
    found = [text_of(line) for line in lines(page_of(f"<p class='flush'>ก {unit} ข</p>", 6.2))]
    assert found == ["ก", "ก" * 28, "ข"]


def test_a_table_with_room_keeps_its_units_whole() -> None:
    row = f"<td>{SENTENCE}</td><td>{UNIT}</td>"
    found = [
        text_of(line) for line in lines(page_of(f"<table class='grid'><tr>{row}</tr></table>"))
    ]
    assert "วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙" in found


def test_paragraphs_go_on_over_pages_without_a_letter_lost() -> None:
    data = page_of(PARAGRAPH * 12)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 2
    assert joined("".join(text_of(line) for line in lines(data))) == joined(SENTENCE) * 36


UNUSUAL = {
    "a float": f"<p><span style='float:left'>ก</span>{SENTENCE}</p>",
    "after a float": f"<div style='float:left;width:3cm'>ก</div><p>{SENTENCE}</p>",
    "a box out of the flow": f"<p>{SENTENCE}<b style='position:absolute'>ก</b>{SENTENCE}</p>",
    "a box of one width": f"<p>{SENTENCE}<b style='display:inline-block;width:1cm'>ก</b></p>",
    "a tab": f"<p style='white-space:pre-wrap'>ก\tข {SENTENCE}</p>",
    "letter spacing": f"<p style='letter-spacing:1pt'>{SENTENCE}</p>",
    "a box inside": f"<p>{SENTENCE}<span style='display:inline-block'>กล่อง</span>{SENTENCE}</p>",
    "a label of no known width": f"<p><span style='display:inline-block'>ก</span>{SENTENCE}</p>",
    "a flex box": f"<p>{SENTENCE}<span style='display:inline-flex'>ก</span></p>",
    "right to left": f"<p style='direction:rtl'>{SENTENCE}</p>",
    "a first letter": f"<style>p::first-letter {{ color: red }}</style><p>ก {SENTENCE}</p>",
    "nowrap": "<p style='white-space:nowrap'>ทราบ</p>",
    "a margin in percent": f"<p>{SENTENCE}<em style='margin-left:1%'>{SENTENCE}</em></p>",
    "a cell with an indent": f"<table><tr><td style='text-indent:1cm'>{SENTENCE}</td></tr></table>",
    "an empty span": f"<p>ก<span class='nw'></span>{SENTENCE}<em>{SENTENCE}</em></p>",
    "a margin": f"<p>{SENTENCE}<em style='margin-left:1cm'>{SENTENCE}</em></p>",
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_what_our_pages_never_hold_is_set_all_the_same(what: str) -> None:
    found = joined("".join(text_of(line) for line in lines(page_of(UNUSUAL[what]))))
    assert sorted(found) == sorted(joined(re.sub("<style.*</style>|<[^>]*>", "", UNUSUAL[what])))


# --- the text beneath -------------------------------------------------------------------------


Reader = Callable[[bytes], str]


def by_poppler(data: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def by_pdfium(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_mupdf(data: bytes) -> str:
    return "\n".join(page.get_text() for page in opened(data))


@pytest.mark.parametrize("width", [7, 10.6, 16])
@pytest.mark.parametrize("read", [by_poppler, by_pdfium, by_pypdf, by_mupdf])
def test_every_reader_finds_the_words_and_spaces_of_a_justified_page(
    read: Reader, width: float
) -> None:
    data = page_of(MIXED, width, "@page { @top-center { content: none } }")
    drawn = " ".join(text_of(line) for line in lines(data))
    assert read(data).split() == drawn.split()


def test_a_character_without_width_does_not_disturb_the_words_of_a_line() -> None:
    data = page_of(MIXED.replace("แจ้งว่า", "แจ้ง\u200bว่า"), 7)
    assert joined(by_pypdf(data)).count("ที่ประชุมพิจารณาแล้ว") == 6


def test_a_label_and_its_text_are_two_words_to_a_reader() -> None:
    body = "<p class='resolution'><strong class='label'>มติที่ประชุม </strong>รับทราบ</p>"
    assert by_pypdf(page_of(body)).split() == ["มติที่ประชุม", "รับทราบ"]


# --- the program ------------------------------------------------------------------------------


def test_the_same_page_is_the_same_bytes() -> None:
    assert page_of(MIXED) == page_of(MIXED)


def test_nothing_of_a_finished_document_stays_in_memory() -> None:
    page_of(MIXED)
    gc.collect()
    kept = (typeset._paragraphs, typeset._measured, typeset._stops, typeset._at_hand)
    assert [len(one) for one in kept] == [0, 0, 0, 0]
