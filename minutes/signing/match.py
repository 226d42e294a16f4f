"""Whether a signed PDF is the one that was built: the same file signed, or the same text at least.

A program that signs adds to the end of a file; one that saves it anew leaves only the codes on its
pages to know it by.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from minutes.documents.pdf import page_codes as pdf_page_codes
from minutes.documents.pdf.page_codes import Code
from minutes.signing import verify

LINE = re.compile(r"MIN1:[a-z0-9-]+:v[0-9]+:[0-9a-f]{32}")
VERSION = re.compile(r":v[0-9]+:")
Bond = Literal["signed", "altered", "same text", "other version", "other text", "unknown"]
FINE = {"NONE", "LTA_UPDATES", "FORM_FILLING"}


@dataclass(frozen=True)
class Tie:
    """How a signed file belongs to the built one, and what the codes on both say.

    ``signed``: the built file, to which nothing but signatures was added; ``altered``: something
    else was added as well; ``same text``: another file whose every page has the built one's code;
    ``other version``: the same, but for the version's number; ``other text``: another meeting or
    text, or pages are missing; ``unknown``: no codes.
    """

    bond: Bond
    found: tuple[str, ...]
    expected: tuple[str, ...]


def tie(signed: bytes, built: bytes) -> Tie:
    """Say how a signed PDF belongs to the PDF that was built; never raises."""
    found, expected = page_codes(signed), page_codes(built)
    if signed.startswith(built):
        verify.silence()
        return Tie("signed" if _only_signed(signed, built) else "altered", found, expected)
    if not any(found):
        return Tie("unknown", found, expected)
    return Tie(_bond(found, expected), found, expected)


def _bond(found: tuple[str, ...], expected: tuple[str, ...]) -> Bond:
    if found == expected:
        return "same text"
    is_same_text = [VERSION.sub("", one) for one in found] == [VERSION.sub("", o) for o in expected]
    return "other version" if is_same_text else "other text"


def page_codes(pdf: bytes) -> tuple[str, ...]:
    """Give the code in letters at the foot of each page; empty for a page without one."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(map(str, _codes(document)))
    except pypdfium2.PdfiumError:
        return ()


def _codes(document: Any) -> Iterator[Code | str]:
    for page in document:
        found = LINE.findall(page.get_textpage().get_text_range())
        yield (pdf_page_codes.read(found[-1]) or "") if found else ""


def _only_signed(signed: bytes, built: bytes) -> bool:
    """Whether nothing but signatures and what proves them was added to the built file."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult

    if verify.has_tail(signed):
        return False
    try:
        last = PdfFileReader(io.BytesIO(built)).xrefs.total_revisions - 1
        reader = PdfFileReader(io.BytesIO(signed))
        found = DEFAULT_DIFF_POLICY.review_file(reader, last)
    except Exception:  # whatever a file from anywhere makes of it, it is not as it was built
        return False
    return isinstance(found, DiffResult) and found.modification_level.name in FINE
