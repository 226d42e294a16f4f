"""From one meeting to its files, in lines that one can read aloud."""

from collections.abc import Collection
from typing import Literal

from minutes import pages, pdf, word
from minutes.pages import Kind
from minutes.proceedings import Proceedings

Format = Literal["pdf", "docx"]
KINDS: tuple[Kind, ...] = ("minutes", "release")
FORMATS: tuple[Format, ...] = ("docx", "pdf")


def build(
    proceedings: Proceedings,
    kinds: Collection[Kind] = KINDS,
    formats: Collection[Format] = FORMATS,
) -> dict[str, bytes]:
    """Give the meeting's documents as file name -> bytes; reads and writes no output."""
    files: dict[str, bytes] = {}
    for kind in wanted(proceedings, kinds):
        page = pages.render(kind, proceedings)
        stem = f"{proceedings.case.id}-{kind}"
        if "docx" in formats:
            files[f"{stem}.docx"] = word.render(page.html, page.files, pages.word_styles())
        if "pdf" in formats:
            files[f"{stem}.pdf"] = pdf.render(page.html, page.css, page.files)
        if kind == "release":
            files[f"{stem}.txt"] = pages.plain(page).encode()
    return files


def wanted(proceedings: Proceedings, kinds: Collection[Kind]) -> list[Kind]:
    """Give the documents to make of a meeting: those asked for, without a release that it skips."""
    skipped = {"release"} if proceedings.meeting.release.skip else set()
    return [kind for kind in KINDS if kind in kinds and kind not in skipped]
