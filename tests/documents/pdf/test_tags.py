"""The structure, as poppler reads it aloud: ``P(ก)`` is a paragraph that says ก."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from unittest.mock import Mock

import pikepdf
import pypdfium2
import pytest

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf, tags
from tests.documents.pdf.test_typeset import source_of
from tests.support import stress_page

SOURCES = {  # of WeasyPrint 70.0: when one changes, read what it does now, then write its new sum
    "draw.text.draw_first_line": "df38b8753e86c3ba",
    "draw.text.draw_text": "d1cfa769e258eb9a",
    "pdf.generate_pdf": "fd816c8d91ce1c94",
    "pdf.stream.Stream.marked": "db0b0ade89909d88",
    "pdf.tags.add_tags": "74d331d78a019795",
}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_weasyprint_still_works_as_when_it_was_taught_our_structure(name: str) -> None:
    assert hashlib.sha256(source_of(name).encode()).hexdigest()[:16] == SOURCES[name]


def test_every_function_that_is_touched_or_leant_on_is_guarded() -> None:
    assert sorted(SOURCES) == sorted({*tags.TOUCHED, *tags.LEANT_ON})


# The small language.


def printed(body: str, css: str = "", classes: str = "") -> bytes:
    head = '<html lang="th"><head><title>ทดสอบ</title></head>'
    markup = f'{head}<body class="{classes}">{body}</body></html>'
    return html_to_pdf.render(markup, pages.stylesheet() + css, stress_page.files())


def spoken(data: bytes) -> str:
    """Give the structure on one line: elements with what they hold in brackets."""
    command = ["pdfinfo", "-struct-text", "-enc", "UTF-8", "-"]
    lines = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return _joined(list(_steps(lines)))


def _steps(lines: str) -> Iterator[tuple[int, str]]:
    """Give each element, attribute and text with its depth."""
    for line in lines.splitlines():
        depth = (len(line) - len(line.lstrip(" "))) // 2
        if match := re.fullmatch(r' *"(.*)"', line):
            yield depth, f'"{match[1]}'
        elif match := re.fullmatch(r" *(/(?:Scope|ColSpan|ListNumbering)) /?(\w+)", line):
            yield depth, f"{match[1]} {match[2]}"
        elif match := re.fullmatch(r" *([A-Z]\w*)(?: \(\w+\))?:?", line):
            yield depth, match[1]


def _joined(steps: list[tuple[int, str]]) -> str:
    result, open_depths = "", [0]
    for depth, step in steps[1:]:
        if step[0] == "/":
            result = f"{result.removesuffix('(')}{step}("
            continue
        while open_depths and open_depths[-1] >= depth and len(open_depths) > 1:
            open_depths.pop()
            result += ")"
        if step[0] == '"':
            result += step[1:]
        else:
            result += f"{step}("
            open_depths.append(depth)
    return result + ")" * (len(open_depths) - 1)


HEAD = '<colgroup><col class="number"><col class="name"><col class="position"></colgroup>'


@pytest.mark.parametrize(
    ("body", "structure"),
    [
        ("<header><h1>ก</h1><p class='subtitle'>ข</p><hr></header>", "H1(ก)P(ข)"),
        ("<main><section><h2>ก</h2><p>ข</p></section></main>", "Sect(H2(ก)P(ข))"),
        (
            '<h2 class="agenda"><span class="label">ระเบียบวาระที่ ๑ </span>ก</h2>',
            "H2(ระเบียบวาระที่ ๑ ก)",
        ),
        ('<p>ก<span class="nw">ข <strong>ค</strong></span> <em>ง</em></p>', "P(กข ค ง)"),
        (
            '<ul class="list"><li><span class="marker">๑. </span>ก</li></ul>',
            "L/ListNumbering Decimal(LI(Lbl(๑. )LBody(ก)))",
        ),
        (
            '<ul class="list"><li><span class="marker">- </span>ก<p class="more">ข</p>'
            '<ul class="list"><li><span class="marker">ก. </span>ค</li></ul></li></ul>',
            "L(LI(Lbl(- )LBody(กP(ข)L(LI(Lbl(ก. )LBody(ค))))))",
        ),
        ('<ul class="list"><li>ก</li></ul>', "L(LI(LBody(ก)))"),
        (
            f'<table class="people">{HEAD}<tbody>'
            '<tr><td>๑.</td><th scope="row">ก</th><td></td></tr>'
            '<tr><td>๒.</td><th scope="row" colspan="2">ข</th></tr></tbody></table>',
            "Table(TBody(TR(TD(๑. )TH/Scope Row(ก )TD())TR(TD(๒. )TH/ColSpan 2/Scope Row(ข ))))",
        ),
        (
            '<table class="grid"><caption>ง</caption><thead><tr><th>ก</th><th>ข</th></tr></thead>'
            '<tbody><tr><td colspan="2">ค</td></tr></tbody></table>',
            "Table(Caption(ง)THead(TR(TH/Scope Column(ก )TH/Scope Column(ข )))"
            "TBody(TR(TD/ColSpan 2(ค ))))",
        ),
        (
            '<figure><img src="seal.png" alt="ตรา" width="90" height="90">'
            "<figcaption>ก</figcaption></figure>",
            "Div(Figure()Caption(ก))",
        ),
        (
            '<div class="signatures"><div class="signature"><p>(ลงชื่อ)</p><p>(ก)</p></div></div>',
            "P((ลงชื่อ))P((ก))",
        ),
        ('<p>ก <a href="https://example.go.th/">ข</a> ค</p>', "P(ก Link(ข) ค)"),
        ('<section></section><p class="none"></p><p>ก</p>', "P(ก)"),
    ],
)
def test_each_element_has_its_place(body: str, structure: str) -> None:
    assert spoken(printed(body)) == structure


TALL = "@page { size: 21cm 8cm }"


def test_a_paragraph_over_two_pages_is_read_as_one() -> None:
    data = printed(f"<p>{'ที่ประชุมรับทราบ ' * 80}</p>", TALL)
    assert html_to_pdf.page_count(data) > 1
    assert spoken(data).count("P(") == 1


def test_a_table_over_two_pages_is_one_and_says_its_header_once() -> None:
    rows = "<tr><td>ข</td></tr>" * 20
    table = f'<table class="grid"><thead><tr><th>ก</th></tr></thead><tbody>{rows}</tbody></table>'
    data = printed(table, TALL)
    assert html_to_pdf.page_count(data) > 1
    header = "Table(THead(TR(TH/Scope Column(ก )))TBody("
    assert spoken(data) == header + "TR(TD(ข ))" * 20 + "))"


def test_a_list_over_two_pages_is_one() -> None:
    item = f'<li><span class="marker">- </span>{"ที่ประชุมรับทราบ " * 50}</li>'
    data = printed(f'<ul class="list">{item * 4}</ul>', TALL)
    assert html_to_pdf.page_count(data) > 1
    assert re.findall(r"\bL\(|\bLI\(", spoken(data)) == ["L(", *["LI("] * 4]


def test_page_numbers_are_not_read_aloud() -> None:
    data = printed(f"<p>{'ที่ประชุมรับทราบ ' * 80}</p>", TALL)
    second = pypdfium2.PdfDocument(data)[1].get_textpage().get_text_range()
    assert "- ๒ -" in second
    assert "๒" not in spoken(data)


def test_the_draft_mark_is_not_read_aloud() -> None:
    assert spoken(printed("<p>ก</p>", classes="minutes draft")) == "P(ก)"


def test_an_empty_page_has_an_empty_structure() -> None:
    assert spoken(printed("")) == ""


@pytest.fixture(scope="module")
def long() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(stress_page.document())) as document:
        yield document


def elements(document: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    found = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}"
    ]
    assert found
    return found


def test_a_figure_has_its_alternative_text_and_its_place_on_the_page() -> None:
    picture = '<figure><img src="photo.jpg" alt="ภาพการประชุม" width="600" height="400"></figure>'
    with pikepdf.open(BytesIO(printed(picture))) as document:
        (figure,) = elements(document, "Figure")
        assert str(figure.Alt) == "ภาพการประชุม"
        left, bottom, right, top = map(float, figure.A.BBox)
    cm = 72 / 2.54
    place = [value / cm for value in (left, bottom, right, top)]
    assert place == pytest.approx([5, 19, 17, 27], abs=0.01)


def test_every_piece_of_content_knows_its_element(long: pikepdf.Pdf) -> None:
    numbers = list(long.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in long.pages:
        found = owners[int(page.StructParents)]
        marks = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        assert marks
        assert all(found[int(mark)].P is not None for mark in marks)


def test_a_link_over_two_lines_is_one_element_with_its_two_places() -> None:
    body = f'<p>ดู <a href="https://example.go.th/">{"ที่ประชุมรับทราบ " * 10}</a></p>'
    with pikepdf.open(BytesIO(printed(body))) as document:
        (link,) = elements(document, "Link")
        places = [part for part in link.K if part.Type == "/OBJR"]
        assert len(places) == 2
        numbers = {int(place.Obj.StructParent) for place in places}
        assert numbers.isdisjoint({int(page.StructParents) for page in document.pages})
        owners = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owned = dict(zip(map(int, owners[::2]), owners[1::2], strict=True))
        assert all(owned[number].objgen == link.objgen for number in numbers)


def test_a_picture_that_only_decorates_is_not_read_aloud() -> None:
    picture = '<figure><img src="seal.png" alt="" width="90" height="90"></figure>'
    assert spoken(printed(f"<p>ก</p>{picture}")) == "P(ก)"


def test_a_picture_without_a_word_about_it_is_an_error() -> None:
    with pytest.raises(KeyError, match="alt"):
        printed('<figure><img src="seal.png" width="90" height="90"></figure>')


def test_what_is_drawn_and_has_no_place_is_an_error() -> None:
    page = SimpleNamespace(
        height=100, _page_box=Mock(element=None, link_annotation=None, children=())
    )
    stream = SimpleNamespace(_tags={"another": {"mcid": 0}})
    with pytest.raises(RuntimeError, match="drawn but not tagged"):
        tags.add_tags(None, SimpleNamespace(pages=[page]), "1.7", [stream])
