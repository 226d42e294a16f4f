"""HTML to PDF bytes. Nothing is read but what the page was handed: the default is to deny."""

import atexit
import gc
import html
import io
import logging
import warnings
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from minutes.documents import grids
from minutes.documents.pdf import finish, page_codes, tags, typeset
from minutes.documents.pdf.finish import Attachment
from minutes.paths import TEMPLATES
from minutes.thai import faces

BASE = "http://page.invalid/"  # never asked for: .invalid is reserved (RFC 2606)
# Compressed and numbered at the end, when the file is finished.
DRAWN_AS = {"pdf_tags": True, "uncompressed_pdf": True}


class UnavailableError(RuntimeError):
    """The libraries that draw a PDF cannot be loaded on this machine; the text says which."""


class ForbiddenError(RuntimeError):
    """The page names a file or an address that it was not handed; the text says which."""


@cache
def engine() -> Any:
    """Give WeasyPrint; raises UnavailableError where Pango is not installed."""
    try:
        with faces.alone(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that fontconfig has no fonts: our pages bring theirs
            import weasyprint

            _begin_fontconfig()
    except OSError as error:  # a library that cffi cannot open
        raise UnavailableError(str(error)) from error
    _teach(weasyprint)
    return weasyprint


def _begin_fontconfig() -> None:
    """Have fontconfig read our settings now: left to Pango, a thread would read the machine's."""
    from weasyprint.text.ffi import ffi, fontconfig

    ffi.cdef("int FcInit(void);")
    fontconfig.FcInit()


@cache
def _teach(weasyprint: Any) -> None:
    typeset.install(weasyprint)
    tags.install(weasyprint)
    logging.getLogger("weasyprint").addHandler(_Strict(logging.WARNING))
    logging.getLogger("weasyprint").propagate = False
    atexit.register(_give_back)


def _give_back() -> None:
    """Let go of the fonts: they take their files away, which the end of Python is too late for."""
    _style.cache_clear()
    gc.collect()


class _Strict(logging.Handler):
    """A warning of the typesetter is a fault of a template: it is raised, not printed."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())


def render(
    markup: str,
    css: str,
    files: Mapping[str, bytes],
    attachments: Sequence[Attachment] = (),
    label: str = "",
    head: str = "",
) -> bytes:
    """Give the page as PDF/A-3a and PDF/UA-1, which carries the attachments, and a label if any.

    Beside the label stands the head of the archive's register, where there is one.
    The page may name the given files and our fonts; ForbiddenError tells of anything else.
    """
    refused: list[str] = []
    try:
        shown = page_codes.labelled(markup, label, head) if label else markup
        shown = grids.settled(shown)
        drawn = _draw(engine(), shown, css, _fetcher(files, refused))
    except BaseException:  # such is FatalURLFetchingError, and not all that WeasyPrint makes of it
        if not refused:
            raise
    if refused:
        raise _forbidden(refused)
    return finish.finish(drawn, attachments, label)


def _draw(weasyprint: Any, markup: str, css: str, fetcher: Any) -> bytes:
    style, fonts = _style(_with_faces(css, markup))
    page = weasyprint.HTML(string=markup, base_url=BASE, url_fetcher=fetcher)
    document = page.render(stylesheets=[style], font_config=fonts)
    tags.part_cells(document)
    drawn: bytes = document.write_pdf(**DRAWN_AS)
    return drawn


def stamp(markup: str, css: str) -> bytes | None:
    """Give a page as it looks, without structure or metadata: to be put into another PDF.

    None where it does not fit on one page.
    """
    weasyprint = engine()
    style, fonts = _style(_with_faces(css, markup))
    page = weasyprint.HTML(string=markup, base_url=BASE, url_fetcher=_fetcher({}, []))
    document = page.render(stylesheets=[style], font_config=fonts)
    if len(document.pages) > 1:
        return None
    drawn: bytes = document.write_pdf()
    return drawn


def _with_faces(css: str, markup: str) -> str:
    """Give the style sheet of a page, with our other faces where its letters may want them."""
    return css if faces.is_usual(html.unescape(markup)) else faces.with_others(css)


@lru_cache(maxsize=4)
def _style(css: str) -> tuple[Any, Any]:
    """Give a style sheet with its fonts, read once: Pango never gives a font's memory back."""
    refused: list[str] = []
    own = engine()
    with faces.alone():
        fonts = own.text.fonts.FontConfiguration()
    fetcher = _fetcher({}, refused)
    try:
        style = own.CSS(string=css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    except BaseException:
        if not refused:
            raise
    if refused:
        raise _forbidden(refused)
    return style, fonts


def forget() -> None:
    """Let our fonts and the style sheets that name them be read anew when they are next needed."""
    _style.cache_clear()
    _own_files.cache_clear()


def _forbidden(refused: Sequence[str]) -> ForbiddenError:
    return ForbiddenError(f"the page names {refused[0]}, which it was not handed")


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _fetcher(files: Mapping[str, bytes], refused: list[str]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        """Serves the files of one page and our fonts by name; notes every other address."""

        def fetch(self, url: str, headers: object = None) -> Any:
            name = unquote(url.removeprefix(BASE))
            for known in (files, _own_files()):
                if url.startswith(BASE) and name in known:
                    return URLFetcherResponse(url, known[name])
            refused.append(url)
            raise FatalURLFetchingError(url)

    return Fetcher()


@cache
def _own_files() -> Mapping[str, bytes]:
    """Give what our style sheet names: the fonts, and the mark of a draft."""
    paths = [*faces.files(), *TEMPLATES.glob("fonts/*.ttf"), TEMPLATES / "draft.svg"]
    return {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in paths}
