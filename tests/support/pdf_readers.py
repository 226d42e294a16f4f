"""The text of a PDF as five programs read it that did not write it, page by page."""

import io
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2

Reader = Callable[[bytes], list[str]]
PDFJS = Path(__file__).parent / "pdfjs.mjs"


def pdfium(pdf: bytes) -> list[str]:
    """Read as Chrome and Edge do."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def mupdf(pdf: bytes) -> list[str]:
    """Read as MuPDF does."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:  # type: ignore[no-untyped-call] # it has no types
        return [page.get_text() for page in document]


def by_pypdf(pdf: bytes) -> list[str]:
    """Read as pypdf does."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def poppler(pdf: bytes) -> list[str]:
    """Read as poppler does, in the order of the content."""
    return _printed(["pdftotext", "-raw"], pdf)


def poppler_by_place(pdf: bytes) -> list[str]:
    """Read as poppler does by itself, in the order that it makes of the places on the page."""
    return _printed(["pdftotext"], pdf)


def pdfjs(pdf: bytes) -> list[str]:
    """Read as Firefox does; needs Node.js and ``npm ci --ignore-scripts --prefix tests``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "read.pdf")
        path.write_bytes(pdf)
        command = ["node", str(PDFJS), str(path)]
        text = subprocess.run(command, capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]


def _printed(command: Sequence[str], pdf: bytes) -> list[str]:
    done = subprocess.run([*command, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


IN_ORDER: tuple[Reader, ...] = (pdfium, mupdf, by_pypdf, poppler)
