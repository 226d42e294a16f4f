"""The codes at the foot of the pages, read by a program that did not draw them."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from minutes.archive import scans
from minutes.archive.index import Held
from minutes.build import pipeline
from minutes.documents import pages, text_digest
from minutes.documents.pdf import page_codes
from minutes.documents.pdf.page_codes import Code
from minutes.meetings.proceedings import Proceedings
from minutes.signing import match
from tests.support import sample

DIGEST = "0123456789abcdef" * 2
LONG = "รายละเอียด: |\n" + "\n\n".join(f"  ข้อความที่ {n} ของเรื่อง" for n in range(90))


def printed(proceedings: Proceedings, kind: pages.Kind = "minutes") -> bytes:
    (data,) = (
        data
        for name, data in pipeline.build(proceedings, [kind], ["pdf"]).items()
        if name.endswith(".pdf")
    )
    return data


def scanned(data: bytes, dpi: int = 150) -> Iterator[list[str]]:
    """Read the codes on a picture of each page."""
    for page in pypdfium2.PdfDocument(data):
        picture = page.render(scale=dpi / 72).to_pil()
        yield [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.fixture(scope="module")
def meeting() -> Proceedings:
    return sample.item(LONG)


@pytest.fixture(scope="module")
def long(meeting: Proceedings) -> bytes:
    return printed(meeting)


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_every_page_has_its_own_code(long: bytes, meeting: Proceedings, dpi: int) -> None:
    digest = text_digest.digest(pages.render("minutes", meeting).html)[:32]
    read = list(scanned(long, dpi))
    assert len(read) >= 3
    for number, (text,) in enumerate(read, 1):
        assert text == f"MIN1:board-2567-02:v1:{digest}:p{number}/{len(read)}"
        assert scans.code(text) == scans.Code("board-2567-02", 1, digest, number, len(read))


def test_every_page_says_the_same_in_letters(long: bytes, meeting: Proceedings) -> None:
    label = pipeline.label("minutes", meeting, pages.render("minutes", meeting))
    reader = pypdf.PdfReader(io.BytesIO(long))
    for number, page in enumerate(reader.pages, 1):
        assert f"{label} {number}/{len(reader.pages)}" in " ".join(page.extract_text().split())


def test_the_code_stands_in_the_margin_and_is_20_mm_wide(long: bytes) -> None:
    page = pypdfium2.PdfDocument(long)[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=10).to_pil())
    corners = [code.position.top_left, code.position.bottom_right]
    left, right = sorted(corner.x / 10 for corner in corners)
    top, bottom = sorted(corner.y / 10 for corner in corners)
    assert right - left == pytest.approx(page_codes.SIZE, abs=1)
    assert bottom - top == pytest.approx(20 / 25.4 * 72, abs=1)
    assert right < 3 / 2.54 * 72 - 4  # the text's edge, and the four modules of white before it


@pytest.mark.parametrize(
    ("proceedings", "kind"),
    [
        (sample.item(draft=True), "minutes"),
        (sample.item("มติ: รับทราบ"), "release"),
        (sample.item("มติ: รับทราบ", office="รหัสท้ายหน้า: ไม่ใช่"), "minutes"),
    ],
)
def test_there_is_none_on(proceedings: Proceedings, kind: pages.Kind) -> None:
    data = printed(proceedings, kind)
    assert not any(scanned(data))
    assert "MIN1" not in "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_the_public_copy_has_none() -> None:
    proceedings = sample.item("มติ: รับทราบ", office="เผยแพร่เมื่อ: ฉบับสมบูรณ์")
    files = pipeline.build_public(proceedings, ["minutes"], ["pdf"])
    (data,) = files.values()
    assert not any(scanned(data))


def test_in_arabic_digits_only_the_first_page_lacks_its_number() -> None:
    data = printed(sample.item(LONG, office="ตัวเลข: {รายงาน: อารบิก}"))
    first, second, *_ = (p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "- 1 -" not in first
    assert "- 2 -" in second
    assert "MIN1:" in second


def test_the_same_minutes_are_the_same_bytes(long: bytes, meeting: Proceedings) -> None:
    assert printed(meeting) == long


@pytest.mark.parametrize(
    ("held", "version"),
    [
        (Held(), 1),
        (Held(1, 1, "same"), 1),
        (Held(3, 2, "same"), 2),  # the same was put twice, so what was printed stays right
        (Held(1, 1, "f" * 64), 2),
        (Held(4, 2, "f" * 64), 5),
        (Held(2, 2, ""), 3),  # of older versions nobody knows the text
    ],
)
def test_the_version_is_the_one_that_the_archive_will_have(held: Held, version: int) -> None:
    proceedings = sample.item("มติ: รับทราบ")
    page = pages.render("minutes", proceedings)
    known = replace(held, text=held.text.replace("same", text_digest.digest(page.html)))
    code = page_codes.read(pipeline.label("minutes", proceedings, page, known))
    assert code is not None
    assert code.version == version


def test_the_registers_head_stands_at_the_foot_of_every_page(meeting: Proceedings) -> None:
    held = Held(head="12-0123456789abcdef")
    (data,) = pipeline.build(meeting, ["minutes"], ["pdf"], held=held).values()
    pages_ = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert len(pages_) >= 3
    assert all("ทะเบียน 12-0123456789abcdef" in text for text in pages_)
    assert match.page_codes(data) == match.page_codes(printed(meeting))  # no part of the text


def test_the_head_stands_alone_in_the_margin(meeting: Proceedings) -> None:
    """Nothing of the page changes but the place where it is printed."""
    held = Held(head="123456-0123456789abcdef")
    (data,) = pipeline.build(meeting, ["minutes"], ["pdf"], held=held).values()
    shown, without = (
        pypdfium2.PdfDocument(file)[0].render(scale=2, grayscale=True).to_pil()
        for file in (data, printed(meeting))
    )
    box = ImageChops.difference(shown, without).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left / 2 > 20 / 2.54 * 72 / 2  # in the right half, away from the code's own line
    assert right / 2 <= (21 - 2) / 2.54 * 72 + 1
    assert top / 2 > (29.7 - 2) / 2.54 * 72  # below the text
    assert bottom / 2 < (29.7 - 0.5) / 2.54 * 72


def test_where_no_codes_are_wanted_no_head_is_printed() -> None:
    plain = sample.item("มติ: รับทราบ", office="รหัสท้ายหน้า: ไม่ใช่")
    (data,) = pipeline.build(plain, ["minutes"], ["pdf"], held=Held(head="1-" + "a" * 16)).values()
    assert "ทะเบียน" not in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"MIN1:a-2569-01:v1:{DIGEST}", Code("a-2569-01", 1, DIGEST)),
        (f"MIN1:A-2569-01:V12:{DIGEST.upper()}:P3/14", Code("a-2569-01", 12, DIGEST, 3, 14)),
        (f" min1:a:v1:{DIGEST}\n", Code("a", 1, DIGEST)),
        (f"MIN2:a:v1:{DIGEST}", None),
        (f"MIN1:a:v0:{DIGEST}", None),
        (f"MIN1:a:v1:{DIGEST[1:]}", None),
        (f"MIN1:a:v1:{DIGEST}:p0/3", None),
        (f"MIN1:../x:v1:{DIGEST}", None),
        ("https://example.invalid/", None),
        ("", None),
    ],
)
def test_a_code_is_read_or_is_none_of_ours(text: str, code: Code | None) -> None:
    assert page_codes.read(text) == code


@pytest.mark.parametrize("code", [Code("a-1", 1, DIGEST), Code("a-1", 2, DIGEST, 3, 4)])
def test_what_a_code_says_is_read_back(code: Code) -> None:
    assert page_codes.read(str(code)) == code
