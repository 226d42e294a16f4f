"""Signed on paper and scanned: which pages lie in the file, by the codes that are printed on them.

A page whose code is read belongs to the text that the code names; whether the signature on it is
genuine, no program can say.
"""

import errno
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from minutes.documents.pdf import page_codes
from minutes.documents.pdf.page_codes import Code as Code
from minutes.problems.errors import Problem, problem

SCALES = (200 / 72, 300 / 72, 130 / 72, 400 / 72)  # a noisy page reads best small, a fine one large
MOST_PIXELS = 3600  # of a page's longer side; no scanner's bed is larger at 300 dpi
LEAST_COVERED = 0.5  # of a page, by pictures, where the page was scanned


@dataclass(frozen=True)
class Leaf:
    """One page of the file, counted from 1: whether it is a picture, and the codes on it."""

    number: int
    is_scan: bool
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Expected:
    """What should have been signed; ``text`` is empty, ``version`` 0, where that is not known."""

    id: str
    text: str = ""
    version: int = 0


def code(text: str) -> Code | None:
    """Read a page's code; None for what is no code of ours."""
    found = page_codes.read(text)
    return found if found and 0 < found.page <= found.pages else None


# --- reading ----------------------------------------------------------------------------------


def leaves(path: Path) -> Iterator[Leaf]:
    """Draw the pages of a PDF one after another and read their codes; raises ValueError, OSError.

    The file is opened anew for each page: PDFium keeps what it has unpacked until it is closed,
    and a scan may have hundreds of megabytes.
    """
    import pypdfium2

    number, count = 0, 1
    while number < count:
        try:
            with pypdfium2.PdfDocument(path) as document:
                count = len(document)
                leaf = _leaf(document[number], number + 1)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pypdfium2.raw.FPDF_ERR_FILE:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path)) from error
            raise ValueError(str(error)) from error
        yield leaf
        number += 1


def _leaf(page: Any, number: int) -> Leaf:
    try:
        return Leaf(number, _is_scan(page), _codes(page))
    finally:
        page.close()


def _is_scan(page: Any) -> bool:
    """Whether pictures cover most of a page."""
    from pypdfium2 import raw

    left, bottom, right, top = page.get_bbox()
    covered = 0.0
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x, y, x2, y2 = found.get_bounds()
        width, height = min(x2, right) - max(x, left), min(y2, top) - max(y, bottom)
        covered += max(width, 0) * max(height, 0)
    whole: float = (right - left) * (top - bottom)
    return covered >= LEAST_COVERED * whole


def _codes(page: Any) -> tuple[Code, ...]:
    """Read the codes of a page, drawn larger and smaller until there is one."""
    longest = max(page.get_size())
    for scale in SCALES:
        drawn = page.render(scale=min(scale, MOST_PIXELS / longest), grayscale=True).to_pil()
        if found := _read(drawn):
            return found
    return ()


def _read(picture: Any) -> tuple[Code, ...]:
    """Read the codes of a picture: as it is, then without its specks, then by its average grey."""
    import zxingcpp
    from PIL import ImageFilter

    qr, average = zxingcpp.BarcodeFormat.QRCode, zxingcpp.Binarizer.GlobalHistogram
    for turn in range(3):
        shown = picture.filter(ImageFilter.MedianFilter(3)) if turn == 1 else picture
        how = {"binarizer": average} if turn == 2 else {}
        texts = [one.text for one in zxingcpp.read_barcodes(shown, formats=qr, **how)]
        if found := tuple(one for text in texts if (one := code(text))):
            return found
    return ()


# --- judging ----------------------------------------------------------------------------------


def judge(found: Sequence[Leaf], expected: Expected, path: Path) -> list[Problem]:
    """Say what is wrong with the pages; a problem's line is the page in the file.

    D192, D193, D224 to D232: a page that is missing, there twice, of another meeting or version,
    out of its order, of another text than the one that would be built now, without a code, or no
    picture.
    """
    coded = [(leaf.number, one) for leaf in found for one in leaf.codes]
    told = [problem(path, leaf.number, 1, "D232") for leaf in found if not leaf.is_scan]
    if not coded:
        return [*told, problem(path, 1, 1, "D230")]
    told += [problem(path, leaf.number, 1, "D231") for leaf in found if not leaf.codes]
    own = [(number, one) for number, one in coded if one.id == expected.id]
    told += [
        problem(path, number, 1, "D226", other=one.id, page=one.page)
        for number, one in coded
        if one.id != expected.id
    ]
    if own:
        told += _of_one_text(own, expected, path)
    return sorted(told, key=lambda one: one.line)


def _of_one_text(
    own: Sequence[tuple[int, Code]], expected: Expected, path: Path
) -> Iterator[Problem]:
    """D227: pages of another version; D192, D229, D193: what all others say is not expected."""
    version, text = _prevailing(own, expected)
    for number, one in own:
        if (one.version, one.digest) != (version, text):
            yield problem(path, number, 1, "D227", page=one.page, version=one.version)
    if expected.text:
        yield from _of_another(version, text, expected, path)
    right = [(number, one) for number, one in own if (one.version, one.digest) == (version, text)]
    yield from _complete(right, path)
    yield from _in_order(right, path)


def _prevailing(own: Sequence[tuple[int, Code]], expected: Expected) -> tuple[int, str]:
    """Give the version and the text that were expected, if a page has them, else of most pages."""
    counted = Counter((one.version, one.digest) for _, one in own)
    for version, text in counted:
        if version == expected.version and expected.text.startswith(text):
            return version, text
    return max(counted, key=lambda key: (counted[key], expected.text.startswith(key[1]), key))


def _of_another(version: int, text: str, expected: Expected, path: Path) -> Iterator[Problem]:
    """D192, D229: an older version was signed, or the agenda changed since; D193: its number."""
    if expected.text.startswith(text):
        if expected.version not in (0, version):
            yield problem(path, 1, 1, "D193")
    elif version < expected.version:
        yield problem(path, 1, 1, "D192", version=version, expected=expected.version)
    else:
        yield problem(path, 1, 1, "D229")


def _complete(right: Sequence[tuple[int, Code]], path: Path) -> Iterator[Problem]:
    """D224, D225: every page is there once."""
    seen: set[int] = set()
    for number, one in right:
        if one.page in seen:
            yield problem(path, number, 1, "D225", page=one.page)
        seen.add(one.page)
    of = max(one.pages for _, one in right)
    for page in sorted(set(range(1, of + 1)) - seen):
        yield problem(path, 1, 1, "D224", page=page, of=of)


def _in_order(right: Sequence[tuple[int, Code]], path: Path) -> Iterator[Problem]:
    """D228: no page stands behind a later one."""
    for (_, before), (number, one) in pairwise(right):
        if one.page < before.page:
            yield problem(path, number, 1, "D228", page=one.page, before=before.page)
