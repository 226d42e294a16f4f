"""HTML to PDF bytes. Nothing is read but what the page was handed: the default is to deny."""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FONTS = Path(__file__).parent.parent / "templates" / "fonts"
BASE = "page:/"


class UnavailableError(RuntimeError):
    """The libraries that draw a PDF cannot be loaded on this machine; the text says which."""


@cache
def engine() -> Any:
    """Give WeasyPrint; raises UnavailableError where Pango is not installed."""
    try:
        import weasyprint
    except OSError as error:  # a library that cffi cannot open
        raise UnavailableError(str(error)) from error
    logging.getLogger("weasyprint").addHandler(_Strict(logging.WARNING))
    logging.getLogger("weasyprint").propagate = False
    return weasyprint


class _Strict(logging.Handler):
    """A warning of the typesetter is a fault of a template: it is raised, not printed."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())


def render(markup: str, css: str, files: Mapping[str, bytes]) -> bytes:
    """Give the page as PDF; the page may name the given files and our fonts, and nothing else."""
    weasyprint = engine()
    fetcher = _fetcher(files)
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(
        string=css, base_url=BASE, url_fetcher=fetcher, font_config=fonts
    )
    document = weasyprint.HTML(string=markup, base_url=BASE, url_fetcher=fetcher)
    result: bytes = document.write_pdf(stylesheets=[style], font_config=fonts)
    return result


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF that this module wrote."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page/")


def _fetcher(files: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Serves the files of one page and our fonts by name; refuses every other address."""

        def fetch(self, url: str, headers: object = None) -> Any:
            parts = urlsplit(url)
            name = unquote(parts.path).lstrip("/")
            if parts.scheme == "page" and not parts.netloc and not parts.query:
                if name in files:
                    return URLFetcherResponse(url, files[name])
                if name in _fonts():
                    return URLFetcherResponse(url, _fonts()[name])
            raise FatalURLFetchingError(f"the page names {url}, which it was not handed")

    return Fetcher()


@cache
def _fonts() -> Mapping[str, bytes]:
    return {f"fonts/{path.name}": path.read_bytes() for path in FONTS.glob("*.ttf")}
