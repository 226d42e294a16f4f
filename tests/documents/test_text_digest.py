"""The canonical text of a page, and its digest."""

import hashlib

import pytest

from minutes.documents import pages, text_digest
from tests.support import sample

PAGE = '<html><head><title>ก</title></head><body class="minutes">{}</body></html>'


def said(markup: str) -> str:
    return text_digest.text(PAGE.format(markup))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>น้ำ\n  ประปา</p>\n<p>ไฟ</p>", "น้ำ ประปา ไฟ"),
        ('<p>ครั้งที่ <span class="nw">๒/๒๕๖๙</span></p>', "ครั้งที่ ๒/๒๕๖๙"),
        ("<p>\u00a0ก\u00a0ข&nbsp;</p>", "ก ข"),
        ("<p>e\u0301</p>", "\u00e9"),
        ("<!-- ไม่พิมพ์ --><p>ก</p>", "ก"),
        ('<p><img src="x" alt="ภาพ">ก</p>', "ก"),
        ("", ""),
    ],
)
def test_the_text_is_what_the_body_says(markup: str, text: str) -> None:
    assert said(markup) == text


def test_the_digest_is_the_text_s_sha_256_in_utf_8() -> None:
    page = PAGE.format("<p>ก  ข</p>")
    assert text_digest.digest(page) == hashlib.sha256("ก ข".encode()).hexdigest()


def test_another_word_is_another_digest_and_another_look_is_not() -> None:
    page = pages.render("minutes", sample.item("มติ: รับทราบ")).html
    assert text_digest.digest(page.replace("รับทราบ", "เห็นชอบ")) != text_digest.digest(page)
    other = page.replace('class="nw"', "").replace("</p>\n", "</p>\n\n ")
    assert other != page
    assert text_digest.digest(other) == text_digest.digest(page)
