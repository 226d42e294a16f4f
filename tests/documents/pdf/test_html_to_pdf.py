import builtins
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2
import pytest

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from tests.support.sample import picture

NONE: Mapping[str, bytes] = MappingProxyType({})
HEAD = '<html lang="th"><head><meta charset="utf-8"><title>ทดสอบ</title></head>'


def render(
    body: str,
    classes: str = "minutes",
    css: str = "",
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    markup = f'{HEAD}<body class="{classes}">{body}</body></html>'
    return html_to_pdf.render(markup, pages.stylesheet() + css, files)


def texts(packed: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(packed)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_page_becomes_a_pdf_that_another_program_reads() -> None:
    assert texts(render("<p>น้ำท่วมที่ตำบลตัวอย่าง</p>")) == ["น้ำท่วมที่ตำบลตัวอย่าง"]


TWO_PAGES = '<p>หนึ่ง</p><p style="break-before: page">สอง</p>'


@pytest.mark.parametrize(
    ("classes", "second"),
    [
        ("minutes", "- ๒ -"),
        ("release arabic", "- 2 -"),
        ("minutes draft", "- ๒ -"),
        ("minutes arabic draft", "- 2 -"),
    ],
)
def test_pages_are_numbered_from_the_second_on(classes: str, second: str) -> None:
    first, other = texts(render(TWO_PAGES, classes))
    assert first == "หนึ่ง"
    assert other.replace("สอง", "").strip() == second


def test_pages_are_counted() -> None:
    assert html_to_pdf.page_count(render(TWO_PAGES)) == 2


def test_a_page_is_a4() -> None:
    width, height = pypdfium2.PdfDocument(render("<p>ก</p>"))[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_text_fills_the_page_between_the_margins_of_an_official_paper() -> None:
    page = pypdfium2.PdfDocument(render(f"<p>{'กกก ' * 1500}</p>"))[0].get_textpage()
    left, bottom, right, top = (side / 72 * 2.54 for side in extent(page))
    assert left == pytest.approx(3, abs=0.1)
    assert right == pytest.approx(21 - 2, abs=0.1)
    assert 29.7 - 2.5 - 0.6 < top <= 29.7 - 2.5
    assert 2 <= bottom < 2 + 0.8


def extent(page: Any) -> list[float]:
    """Give left, bottom, right and top of what is written on a page, in points."""
    characters = [page.get_charbox(index) for index in range(page.count_chars())]
    boxes = [box for box in characters if box[2] > box[0]]
    corners = [min(box[side] for box in boxes) for side in (0, 1)]
    return [*corners, *(max(box[side] for box in boxes) for side in (2, 3))]


@pytest.mark.parametrize("classes", ["minutes", "release arabic"])
def test_a_draft_is_drawn_upon_and_a_final_is_not(classes: str) -> None:
    def drawn(also: str) -> list[bytes]:
        document = pypdfium2.PdfDocument(render(TWO_PAGES, f"{classes}{also}"))
        return [page.render(scale=0.5).to_pil().tobytes() for page in document]

    final, draft = drawn(""), drawn(" draft")
    assert len(draft) == 2
    assert all(one != other for one, other in zip(draft, final, strict=True))


def test_a_picture_that_the_page_was_handed_is_shown() -> None:
    body = '<figure><img src="pictures/one.png" alt=""></figure>'
    packed = render(body, files={"pictures/one.png": picture()})
    [page] = pypdfium2.PdfDocument(packed)
    kinds = [part.type for part in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


@pytest.mark.parametrize(
    "source",
    ["other.png", "/etc/hostname", "file:///etc/hostname", "http://127.0.0.1/a.png", "../a.png"],
)
def test_nothing_is_read_that_the_page_was_not_handed(source: str) -> None:
    with pytest.raises(html_to_pdf.ForbiddenError, match="which it was not handed") as caught:
        render(f'<figure><img src="{source}" alt=""></figure>')
    assert source.strip("./") in str(caught.value)


def test_a_mistake_in_a_style_sheet_is_raised_and_not_printed() -> None:
    with pytest.raises(RuntimeError, match="no-such-property"):
        render("<p>ก</p>", css="p { no-such-property: 1 }")


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render(TWO_PAGES, "minutes draft") == render(TWO_PAGES, "minutes draft")


def test_a_machine_without_pango_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_import = builtins.__import__

    def without_pango(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return plain_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(html_to_pdf.UnavailableError, match="libpango"):
        html_to_pdf.engine.__wrapped__()  # the typesetter is taught Thai once, and stays so


def test_the_engine_is_not_loaded_before_it_is_needed() -> None:
    asked = "import sys, minutes.documents.pdf.html_to_pdf; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_fonts_are_given_back_before_the_program_ends(tmp_path: Path) -> None:
    told = "atexit._run_exitfuncs(); print(len(os.listdir(tempfile.gettempdir())))"
    asked = f"import atexit, os, tempfile; {FONTS}; {told}"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout.strip(), done.stderr) == ("0", "")
    assert list(tmp_path.iterdir()) == []


FONTS = (
    "from minutes.documents import pages; from minutes.documents.pdf import html_to_pdf\n"
    "html_to_pdf.render('<p>ก</p>', pages.stylesheet(), {})\n"
    "assert os.listdir(tempfile.gettempdir())"
)


def test_the_output_is_one_whole_file() -> None:
    packed = render("<p>ก</p>")
    assert packed.startswith(b"%PDF-")
    assert io.BytesIO(packed).read().rstrip().endswith(b"%%EOF")
