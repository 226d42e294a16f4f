"""HTML to PDF bytes. Nothing is read but what the page was handed: the default is to deny."""

import io
import logging
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from minutes import finish, tags, typeset
from minutes.finish import Attachment

TEMPLATES = Path(__file__).parent.parent / "templates"
BASE = "http://page.invalid/"  # never asked for: .invalid is reserved (RFC 2606)
# Compressed and numbered at the end, when the file is finished.
DRAWN_AS = {"pdf_tags": True, "uncompressed_pdf": True}


class UnavailableError(RuntimeError):
    """The libraries that draw a PDF cannot be loaded on this machine; the text says which."""


@cache
def engine() -> Any:
    """Give WeasyPrint; raises UnavailableError where Pango is not installed."""
    try:
        import weasyprint
    except OSError as error:  # a library that cffi cannot open
        raise UnavailableError(str(error)) from error
    typeset.install(weasyprint)
    tags.install(weasyprint)
    logging.getLogger("weasyprint").addHandler(_Strict(logging.WARNING))
    logging.getLogger("weasyprint").propagate = False
    return weasyprint


class _Strict(logging.Handler):
    """A warning of the typesetter is a fault of a template: it is raised, not printed."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())


def render(
    markup: str, css: str, files: Mapping[str, bytes], attachments: Sequence[Attachment] = ()
) -> bytes:
    """Give the page as PDF/A-3a and PDF/UA-1, which carries the attachments.

    The page may name the given files and our fonts, and nothing else.
    """
    weasyprint = engine()
    fetcher = _fetcher(files)
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=markup, base_url=BASE, url_fetcher=fetcher)
    drawn = document.write_pdf(stylesheets=[style], font_config=fonts, **DRAWN_AS)
    return finish.finish(drawn, attachments)


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _fetcher(files: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Serves the files of one page and our fonts by name; refuses every other address."""

        def fetch(self, url: str, headers: object = None) -> Any:
            name = unquote(url.removeprefix(BASE))
            for known in (files, _own_files()):
                if url.startswith(BASE) and name in known:
                    return URLFetcherResponse(url, known[name])
            raise FatalURLFetchingError(f"the page names {url}, which it was not handed")

    return Fetcher()


@cache
def _own_files() -> Mapping[str, bytes]:
    """Give what our style sheet names: the fonts, and the mark of a draft."""
    paths = [*TEMPLATES.glob("fonts/*.ttf"), TEMPLATES / "draft.svg"]
    return {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in paths}
