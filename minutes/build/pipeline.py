"""From one meeting to its files, in lines that one can read aloud."""

from collections.abc import Callable, Collection
from datetime import datetime, time
from functools import cache
from typing import Literal

from minutes.archive.index import NOTHING, Held
from minutes.documents import pages, text_digest
from minutes.documents.pages import Kind
from minutes.documents.pdf import html_to_pdf
from minutes.documents.pdf.finish import Attachment
from minutes.documents.pdf.page_codes import Code
from minutes.documents.word import fonts, html_to_docx
from minutes.meetings import redact, remarks
from minutes.meetings.proceedings import Proceedings
from minutes.paths import FONTS, TEMPLATES
from minutes.thai.dates import THAILAND

Format = Literal["pdf", "docx"]
PublicFormat = Literal["docx", "pdf", "html", "txt"]
KINDS: tuple[Kind, ...] = ("minutes", "release")
FORMATS: tuple[Format, ...] = ("docx", "pdf")
PUBLIC_FORMATS: tuple[PublicFormat, ...] = ("docx", "pdf", "html", "txt")
CARRIED = "ระเบียบวาระที่ใช้จัดทำเอกสารนี้"


def build(
    proceedings: Proceedings,
    kinds: Collection[Kind] = KINDS,
    formats: Collection[Format] = FORMATS,
    *,
    held: Held = NOTHING,
    embed_fonts: bool = False,
) -> dict[str, bytes]:
    """Give the meeting's documents as file name -> bytes; reads and writes no output.

    ``held`` is what the archive has of the meeting, which its pages print.
    """
    files: dict[str, bytes] = {}
    styles = word_styles(embed_fonts)
    for kind in wanted(proceedings, kinds):
        page = pages.render(kind, proceedings)
        stem = f"{proceedings.case.id}-{kind}"
        if "docx" in formats:
            files[f"{stem}.docx"] = html_to_docx.render(page.html, page.files, styles)
        if "pdf" in formats:
            files[f"{stem}.pdf"] = html_to_pdf.render(
                page.html,
                page.css,
                page.files,
                _carried(kind, proceedings),
                label(kind, proceedings, page, held),
                held.head,
            )
        if kind == "release":
            files[f"{stem}.txt"] = pages.plain(page).encode()
    return files


def build_public(
    proceedings: Proceedings,
    kinds: Collection[Kind] = KINDS,
    formats: Collection[PublicFormat] = PUBLIC_FORMATS,
) -> dict[str, bytes]:
    """Give the documents that the public may have as file name -> bytes, from the full meeting.

    The HTML names the pictures beside it, which are among the files. Raises ValueError for a
    meeting that may not be published.
    """
    shown = redact.public(proceedings)
    files: dict[str, bytes] = {}
    for kind in wanted(shown, kinds):
        page = pages.render(kind, shown)
        stem = f"{shown.case.id}-{kind}-public"
        files |= {f"{stem}.{form}": PUBLIC[form](page) for form in PUBLIC if form in formats}
        if "html" in formats:
            files |= page.files
    return files


def _docx(page: pages.Page) -> bytes:
    return html_to_docx.render(page.html, page.files, word_styles(embed_fonts=False))


def _pdf(page: pages.Page) -> bytes:
    return html_to_pdf.render(page.html, page.css, page.files)


PUBLIC: dict[PublicFormat, Callable[[pages.Page], bytes]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": lambda page: page.html.encode(),
    "txt": lambda page: pages.plain(page).encode(),
}


@cache
def word_styles(embed_fonts: bool) -> bytes:
    """Give the Word file whose named styles every DOCX has, with the official font if wanted."""
    styles = (TEMPLATES / "styles.docx").read_bytes()
    if not embed_fonts:
        return styles
    font = (FONTS / "THSarabunPSK.ttf").read_bytes()
    return fonts.with_font(styles, "TH SarabunPSK", font)


def possible(formats: Collection[Format]) -> tuple[Format, ...]:
    """Give those of the formats that this machine can make: without Pango there is no PDF."""
    if "pdf" in formats:
        try:
            html_to_pdf.engine()
        except html_to_pdf.UnavailableError:
            return tuple(f for f in FORMATS if f in formats and f != "pdf")
    return tuple(f for f in FORMATS if f in formats)


def begin() -> None:
    """Load what building needs, once in a worker's life."""
    possible(FORMATS)
    pages.stylesheet()


def forget() -> None:
    """Let templates, style sheets and fonts be read anew, for they have changed."""
    pages.forget()
    html_to_pdf.forget()
    word_styles.cache_clear()


def wanted(proceedings: Proceedings, kinds: Collection[Kind]) -> list[Kind]:
    """Give the documents to make of a meeting: those asked for, without a release that it skips."""
    skipped = {"release"} if proceedings.meeting.release.skip else set()
    return [kind for kind in KINDS if kind in kinds and kind not in skipped]


def label(kind: Kind, proceedings: Proceedings, page: pages.Page, held: Held = NOTHING) -> str:
    """Give what every page says of its text, so that a scan is known by it; nothing for a draft.

    Only minutes are signed, and only where the office wants the codes. The version is the one
    under which the archive keeps that text, or will keep it.
    """
    if kind != "minutes" or not _is_coded(proceedings):
        return ""
    text = text_digest.digest(page.html)
    return str(Code(proceedings.case.id, held.version(text), text))


def _is_coded(proceedings: Proceedings) -> bool:
    return proceedings.case.office.page_codes and not proceedings.case.meeting.is_draft


def text(proceedings: Proceedings) -> str:
    """Give the SHA-256 of what a meeting's minutes say; nothing where no page prints it."""
    return text_of(proceedings) if _is_coded(proceedings) else ""


def text_of(proceedings: Proceedings) -> str:
    """Give the SHA-256 of what a meeting's minutes say, as codes and archive have it."""
    return text_digest.digest(pages.render("minutes", proceedings).html)


def _carried(kind: Kind, proceedings: Proceedings) -> tuple[Attachment, ...]:
    """Give what the PDF carries inside: the minutes their agenda without notes, a release none."""
    if kind != "minutes":
        return ()
    case = proceedings.case
    day = datetime.combine(case.meeting.date, time(), THAILAND)
    agenda = remarks.left_out(case.source)
    return (Attachment(f"{case.id}.yaml", agenda, "application/yaml", day, CARRIED),)
