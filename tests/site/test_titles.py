"""Where titles of the website may break: between words, never in a unit, and no letter is added."""

import pytest
from lxml import html

from minutes.documents.proof import reading
from minutes.site import article, titles
from minutes.thai import line_breaks


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("คณะกรรมการส่งเสริมผลิตภัณฑ์ชุมชน", "คณะกรรมการ|ส่งเสริม|ผลิตภัณฑ์|ชุมชน"),
        ("ประชุม ครั้งที่ 1/2569", "ประชุม |ครั้งที่ 1/2569"),
        ("วันที่ 21 ตุลาคม 2569 เวลา 09.30 น.", "วันที่ 21 ตุลาคม 2569 |เวลา 09.30 น."),
        ("รับทราบ", "รับทราบ"),
        ("", ""),
    ],
)
def test_a_title_may_break_between_words_and_not_in_a_unit(text: str, pieces: str) -> None:
    assert "|".join(titles.pieces(text)) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.go.th/" + "a" * 60,
        "กกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกกก",
        "นายตัวอย่าง ที่หนึ่ง พันตำรวจเอกหญิงตัวอย่างนามสกุลยาวอย่างยิ่ง ณ ตัวอย่างนคร",
    ],
)
def test_what_no_screen_could_hold_breaks_all_the_same(text: str) -> None:
    pieces = titles.pieces(text)
    assert "".join(pieces) == text
    assert len(pieces) > 1
    assert max(len(line_breaks.clusters(piece.rstrip())) for piece in pieces) <= titles.LONGEST


def test_a_longer_limit_parts_a_compound_less() -> None:
    text = "พระบรมราชานุสาวรีย์สมเด็จพระนเรศวรมหาราช"
    assert len(line_breaks.soft_places(text, [], 60)) < len(line_breaks.soft_places(text, [], 6))


def test_markup_in_a_title_is_text() -> None:
    assert titles.title("<b> & ชุมชน") == '<span class="set">&lt;b&gt; <wbr>&amp; <wbr>ชุมชน</span>'


@pytest.mark.parametrize(
    "markup",
    [
        '<h2 class="agenda"><span class="label">ระเบียบวาระที่ ๑</span> เรื่องที่ประธานแจ้งให้ทราบ</h2>',
        '<h3>แผนของ<span class="nw">นายตัวอย่าง ที่หนึ่ง</span> และ<strong>ชุมชนเมือง</strong>ต่อไป</h3>',
        "<h2>ผู้มาประชุม</h2>",
    ],
)
def test_a_heading_keeps_its_text_its_elements_and_what_holds_together(markup: str) -> None:
    element = html.fragment_fromstring(markup)
    before, kinds = article.words(element), [str(one.tag) for one in element.iter()]
    titles.heading(element)
    assert article.words(element) == before
    assert [str(one.tag) for one in element.iter() if one.tag != "wbr"] == kinds
    assert element.findall(".//wbr")
    assert not element.findall(".//span[@class='nw']//wbr")
    assert element.get("class", "").split()[-1] == "set"


def test_the_proof_reads_a_title_whole() -> None:
    """What is withheld must not hide behind a place where a line may end."""
    text = "คณะกรรมการส่งเสริมผลิตภัณฑ์ชุมชน"
    page = f"<html><body><h1>{titles.title(text)}</h1></body></html>"
    assert "<wbr>" in page
    assert text in reading.read("page.html", page.encode()).shown
