"""What is written is what is found, copied and read aloud: PDFs read back by other programs."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from lxml import html

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from tests.support import pdf_readers, stress_page
from tests.support.dictionary import words
from tests.support.pdf_readers import Reader

# A long document, character by character.

NUMBER = re.compile(r"^\s*- [๐-๙]+ -\s*$", re.MULTILINE)
BLOCKS = {"p", "h1", "h2", "h3", "li", "ul", "th", "td", "tr", "figcaption"}


@cache
def written() -> str:
    """Give the long document's text; where one block ends, and another begins, is a line feed."""
    body = html.document_fromstring(stress_page.markup()).find("body")
    assert body is not None
    text = re.sub(r"[ \t]+", " ", "".join(_texts(body)))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def _texts(node: html.HtmlElement) -> Iterator[str]:
    edge = "\n" if node.tag in BLOCKS or node.tag == "br" else ""
    yield edge + (node.text or "")
    for child in node:
        yield from _texts(child)
        yield child.tail or ""
    yield edge


def read_by(reader: Reader) -> str:
    """Give the long document as a program reads it, without page numbers and repeated headers."""
    sheets = [
        NUMBER.sub("", sheet.replace("\r", "")).strip() for sheet in reader(stress_page.document())
    ]
    header = re.compile(r"^ที่\s+รายการ\s+บาท\s+(?!0\s)")
    return "\n".join(header.sub("", sheet) for sheet in sheets)


def differences(text: str, expected: str = "") -> Iterator[str]:
    """Tell where the text read is not the text written, or has its spaces elsewhere.

    A line may end anywhere; other white space stands in both texts or in none.
    """
    ours = re.findall(r"(\s*)(\S)", expected or written())
    theirs = re.findall(r"(\s*)(\S)", text.strip())
    for index, ((space, one), (gap, other)) in enumerate(zip(ours, theirs, strict=False)):
        near = "".join(letter for _, letter in ours[max(index - 15, 0) : index + 5])
        if one != other:
            yield f"{other} for {one}: {near}"
            return
        if bool(space) != bool(gap) and (space or "\n" not in gap):
            yield f"{'no space' if space else 'a space'}: {near}"
    if len(ours) != len(theirs):
        yield f"{len(theirs)} letters of {len(ours)}"


@pytest.mark.parametrize("reader", pdf_readers.IN_ORDER)
def test_a_long_document_is_read_as_it_was_written(reader: Reader) -> None:
    assert len(written()) > 30_000
    assert list(differences(read_by(reader))) == []


@pytest.mark.system
def test_firefox_reads_a_long_document_as_it_was_written() -> None:
    assert list(differences(read_by(pdf_readers.pdfjs))) == []


def test_poppler_by_itself_finds_nearly_every_word_of_a_long_document() -> None:
    """It reads across the columns of a table, and so loses a word that goes on in the next line."""
    ours, theirs = (
        "".join(text.split()) for text in (written(), read_by(pdf_readers.poppler_by_place))
    )
    found = {word: (ours.count(word), theirs.count(word)) for word in set(written().split())}
    lost = sum(max(0, here - there) for here, there in found.values())
    assert lost <= 0.005 * sum(here for here, _ in found.values())


def test_a_difference_is_seen() -> None:
    text = written()
    assert list(differences(text)) == []
    assert list(differences(text.replace("น้ำดื่ม", "นํ้าดื่ม"))) != []
    assert list(differences(text.replace("น้ำดื่ม", "น้ำ ดื่ม"))) != []
    assert list(differences(text.replace("e-mail (PDF", "e-mail(PDF"))) != []
    assert list(differences(text.replace("น้ำดื่ม", "น้ำ\nดื่ม"))) == []
    assert list(differences(text[:-1])) != []


# A line that is set very wide, for the long unit behind it.

WIDE = "กรมอุตุนิยมวิทยาคาดหมายว่าจะมีฝนตกหนักในพื้นที่ ระหว่างวันที่ ๒ -"
LONG = "๘ พฤศจิกายน ๒๕๖๙ ของจังหวัดตัวอย่าง"


@pytest.mark.parametrize("reader", pdf_readers.IN_ORDER)
def test_the_words_of_a_very_wide_line_stay_whole(reader: Reader) -> None:
    css = f"{pages.stylesheet()} @page {{ size: 19cm 29.7cm; margin: 3cm }}"
    data = html_to_pdf.render(_page(WIDE, f'<span class="nw">{LONG}</span>'), css, {})
    first, *_ = pdf_readers.pdfium(data)[0].splitlines()
    assert first.endswith("-")
    assert list(differences("".join(reader(data)), f"{WIDE} {LONG}")) == []


def _page(*texts: str) -> str:
    body = f'<p class="flush">{" ".join(texts)}</p>'
    return f'<html lang="th"><head><title>คำ</title></head><body>{body}</body></html>'


# The dictionary, a word a line.


@cache
def printed(weight: str) -> tuple[bytes, ...]:
    """Give PDFs with 10,000 words each, on sheets that are a few metres long."""
    css = (
        "@page { size: 40cm 500cm; @top-center { content: none } }"
        f"p {{ text-indent: 0; font-weight: {weight} }}"
    )
    return tuple(
        html_to_pdf.render(
            _page("</p><p>".join(words()[start : start + 10_000])), pages.stylesheet() + css, {}
        )
        for start in range(0, len(words()), 10_000)
    )


@pytest.mark.system
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(
    ("reader", "most"),
    [
        *((reader, 0) for reader in pdf_readers.IN_ORDER),
        (pdf_readers.pdfjs, 0),
        (pdf_readers.poppler_by_place, 6),
    ],
)
def test_every_word_of_the_dictionary_is_read_as_it_was_written(
    reader: Reader, most: int, weight: str
) -> None:
    assert len(words()) > 60_000
    read = [
        line.strip() for data in printed(weight) for line in "\n".join(reader(data)).splitlines()
    ]
    found = [line for line in read if line]
    wrong = [pair for pair in zip(words(), found, strict=True) if pair[0] != pair[1]]
    assert len(wrong) <= most, wrong
