"""The pages of a PDF as pictures and as text, for showing them on a screen."""

import hashlib
import io
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

WIDTHS = (800, 1600, 2400)  # pixels that a page may be drawn wide; 2400 is sharp on any screen
COMPARED = 800  # at which two pages that differ to the eye look different
_one_at_a_time = threading.Lock()  # PDFium is not made for threads


@dataclass(frozen=True)
class Sheet:
    """One page: a digest of what it looks like, its size in points, its text by lines."""

    digest: str
    width: float
    height: float
    text: str


@lru_cache(maxsize=8)
def sheets(pdf: bytes) -> tuple[Sheet, ...]:
    """Give the pages of a PDF in order."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            return tuple(_sheet(document, number) for number in range(len(document)))
        finally:
            document.close()


def picture(pdf: bytes, number: int, width: int) -> bytes:
    """Draw a page, counted from 0, so many pixels wide, as PNG."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            drawn = _drawn(document[number], width).to_pil()
        finally:
            document.close()
    packed = io.BytesIO()
    drawn.save(packed, "PNG", compress_level=1)  # it only crosses this computer
    return packed.getvalue()


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _sheet(document: Any, number: int) -> Sheet:
    page = document[number]
    look = hashlib.blake2b(bytes(_drawn(page, COMPARED).buffer), digest_size=16).hexdigest()
    text = page.get_textpage().get_text_range()
    width, height = page.get_size()
    return Sheet(look, width, height, "\n".join(text.splitlines()))


def _drawn(page: Any, width: int) -> Any:
    return page.render(scale=width / page.get_width(), rev_byteorder=True)
