import ast
import hashlib
import importlib.util
from collections.abc import Iterator
from ctypes import c_double
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from pypdfium2 import raw

from minutes import pages, pdf, typeset

SOURCES = {  # of WeasyPrint 70.0: when one changes, read what it does now, then write its new sum
    "draw.text.draw_first_line": "df38b8753e86c3ba",
    "draw.text.draw_text": "d1cfa769e258eb9a",
    "layout.inline.justify_line": "cbba344b3c57ef10",
    "layout.inline.text_align": "79372fc12c3602fd",
    "text.line_break.Layout.reactivate": "3d5afe839d754d13",
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
    y: float  # pt
    left: float  # pt, where its pen starts
    right: float  # pt, where its pen stops


def letters(data: bytes) -> Iterator[Letter]:
    """Read a PDF's letters in the order of its text, by PDFium."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if not raw.FPDFText_IsGenerated(text, index):
                box, x, y = raw.FS_RECTF(), c_double(), c_double()
                raw.FPDFText_GetLooseCharBox(text, index, box)
                raw.FPDFText_GetCharOrigin(text, index, x, y)
                letter = chr(raw.FPDFText_GetUnicode(text, index))
                yield Letter(letter, number, round(y.value, 1), x.value, box.right)


def lines(data: bytes) -> list[list[Letter]]:
    return [list(line) for _, line in groupby(letters(data), lambda one: (one.page, one.y))]


def page_of(body: str, width: float = 16, css: str = "") -> bytes:
    """Set a body of HTML in columns of a width in cm."""
    markup = f'<html lang="th"><head><title>ทดสอบ</title></head><body>{body}</body></html>'
    size = f"@page {{ size: {width + 2}cm 29.7cm; margin: 2.5cm 1cm 2cm }}"
    return pdf.render(markup, pages.stylesheet() + size + css, {})


TEXT = (
    "ที่ประชุมพิจารณาแล้วมีมติเห็นชอบให้ดำเนินการจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน "
    "ณ ลานหน้าที่ว่าการอำเภอ โดยมอบหมายให้ฝ่ายเลขานุการประสานงานกับหน่วยงานที่เกี่ยวข้อง ได้แก่ "
    "สำนักงานพัฒนาชุมชนจังหวัด และ<strong>องค์การบริหารส่วนตำบล</strong>ทุกแห่ง เพื่อให้น้ำดื่ม ไฟฟ้า และที่จอดรถ"
    "พร้อมก่อนวันงานไม่น้อยกว่าสามวัน และรายงานผลให้คณะกรรมการทราบในการประชุมครั้งต่อไป "
)


@pytest.fixture(scope="module")
def paragraph() -> list[list[Letter]]:
    return lines(page_of(f"<p>{TEXT * 3}</p>"))


def test_every_line_but_the_last_ends_at_the_edge(paragraph: list[list[Letter]]) -> None:
    edge = 17 / 2.54 * 72
    assert len(paragraph) > 6
    for line in paragraph[:-1]:
        assert line[-1].right == pytest.approx(edge, abs=0.1)
    assert paragraph[-1][-1].right < edge - 20
