"""Pages of a PDF as a browser shows them."""

import io

import pymupdf
import pytest
from PIL import Image

from minutes.watch import page_images


def pdf(*pages: str) -> bytes:
    """Draw a PDF with a line on each A4 page."""
    with pymupdf.open() as document:  # type: ignore[no-untyped-call] # it has no types
        for text in pages:
            page = document.new_page(width=595, height=842)
            page.insert_text((72, 72), text)
        return bytes(document.tobytes(no_new_id=True))


def test_each_page_tells_its_size_and_its_text() -> None:
    found = page_images.sheets(pdf("one\ntwo", "three"))
    assert [one.text for one in found] == ["one\ntwo", "three"]
    assert [(one.width, one.height) for one in found] == [(595, 842)] * 2


def test_pages_have_one_digest_exactly_when_they_look_alike() -> None:
    first, second = page_images.sheets(pdf("one", "two")), page_images.sheets(pdf("one", "two."))
    assert first[0].digest == second[0].digest
    assert first[1].digest != second[1].digest
    assert len(first[0].digest) == 32


@pytest.mark.parametrize("width", page_images.WIDTHS)
def test_a_page_is_drawn_as_wide_as_it_is_asked_for(width: int) -> None:
    document = pdf("", "black")
    drawn = Image.open(io.BytesIO(page_images.picture(document, 1, width)))
    assert drawn.width == pytest.approx(width, abs=1)
    assert drawn.height == pytest.approx(width * 842 / 595, abs=2)
    assert min(drawn.convert("L").tobytes()) < 60
    blank = Image.open(io.BytesIO(page_images.picture(document, 0, width)))
    assert set(blank.tobytes()) == {255}


def test_colours_are_those_of_the_page() -> None:
    with pymupdf.open() as document:  # type: ignore[no-untyped-call] # it has no types
        page = document.new_page(width=595, height=842)
        page.draw_rect((0, 0, 595, 842), fill=(1, 0, 0))
        data = bytes(document.tobytes())
    drawn = Image.open(io.BytesIO(page_images.picture(data, 0, 800)))
    assert drawn.getpixel((400, 400)) == (255, 0, 0)
