import re
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.model import prose
from minutes.model.prose import (
    Block,
    Break,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Stars,
    Strong,
    Table,
    Text,
    inline,
    parse,
    plain,
)
from minutes.problems.errors import Fault
from tests.support.effort import assert_in_proportion, in_sight_of_an_end


def words(content: Iterable[Inline]) -> str:
    """Give inline text in the tests' small language: <b>, <i> and / for a break."""
    return "".join(map(_word, content))


def _word(part: Inline) -> str:
    match part:
        case Text(text):
            return text
        case Break():
            return "/"
        case Strong(children):
            return f"<b>{words(children)}</b>"
        case _:
            return f"<i>{words(part.children)}</i>"


def outline(blocks: Iterable[Block]) -> str:
    """Give blocks in the tests' small language: p(…), list[marker|text …], table."""
    return " ".join(map(_outline, blocks))


def _outline(block: Block) -> str:
    match block:
        case Paragraph(content):
            return f"p({words(content)})"
        case ListBlock(items):
            return f"[{' '.join(map(_outline_item, items))}]"
        case _:
            return "table"


def _outline_item(item: ListItem) -> str:
    below = outline(item.children)
    return f"{item.marker}|{words(item.content)}{' ' + below if below else ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("ก\nข", "p(ก/ข)"),
        ("ก\r\nข\rค\u2028ง\x85จ", "p(ก/ข/ค/ง/จ)"),
        ("ก\n\nข", "p(ก) p(ข)"),
        ("\n\n\nก\n \n\t\n\nข\n\n", "p(ก) p(ข)"),
        ("ก  \nข\\\nค", "p(ก/ข\\/ค)"),
        ("ก\n    ข\n\tค", "p(ก/ข/ค)"),
        ("    ก\n\n        ข", "p(ก) p(ข)"),
        ("\u00a0\u00a0ก\n\u3000ข", "p(ก/ข)"),
        ("    1. ก", "[1.|ก]"),
    ],
)
def test_a_blank_line_parts_paragraphs_and_every_line_break_is_kept(
    text: str, expected: str
) -> None:
    assert outline(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ก\n2. ข", "[1.|ก 2.|ข]"),
        ("๑) ก\n๒) ข", "[๑)|ก ๒)|ข]"),
        ("- ก\n• ข\n•ค", "[-|ก •|ข •|ค]"),
        ("1.อาหาร\n2.เครื่องแต่งกาย\n3.OTOP", "[1.|อาหาร 2.|เครื่องแต่งกาย 3.|OTOP]"),
        ("2)แฮนด์เมด292\n7)108อาชีพ", "[2)|แฮนด์เมด292 7)|108อาชีพ]"),
        ('1."ผ้าไทย"\n2)“ผ้าไทย”\n3.**ผ้า**', '[1.|"ผ้าไทย" 2)|“ผ้าไทย” 3.|<b>ผ้า</b>]'),
        ("1.\n2.\n-", "[1.| 2.| -|]"),
        ("-\u00a0ก", "[-|ก]"),
        ("ประเภท ดังนี้\n1. ก\n2. ข", "p(ประเภท ดังนี้) [1.|ก 2.|ข]"),
        ("ดังนี้\n- ก", "p(ดังนี้) [-|ก]"),
        ("7. ก\n9. ข", "[7.|ก 9.|ข]"),
        ("- - ก", "[-|- ก]"),
        ("1. ก\n\n2. ข", "[1.|ก 2.|ข]"),
        ("1. 5 ราย", "[1.|5 ราย]"),
        ("1) มกราคม\n2) กุมภาพันธ์", "[1)|มกราคม 2)|กุมภาพันธ์]"),
        ("1. ส.ค.ส. ปีใหม่", "[1.|ส.ค.ส. ปีใหม่]"),
        ("3. สำรวจ\n4. เมษายน อบรม", "[3.|สำรวจ 4.|เมษายน อบรม]"),
        ("45. มกราคม", "[45.|มกราคม]"),
    ],
)
def test_a_list_keeps_its_markers_as_typed(text: str, expected: str) -> None:
    assert outline(parse(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "1.5 ล้านบาท",
        "10.30 น.",
        "๑๐.๓๐ น.",
        "1.1 หัวข้อ",
        "2567-05-14",
        "2567. ก",
        "500.- บาท",
        "14 พฤษภาคม 2567",
        "14. พฤษภาคม 2567",
        "14.พฤษภาคม",
        "๑๔. พ.ค. ๖๗",
        "1. ก.พ. 67",
        "30. มิ.ย.",
        "-5",
        "-อาหาร",
        "---",
        "===",
        "– ก",
        "(1) ก",
        "1.) ก",
        "1), 2)",
        "ก. ข",
        "* หมายเหตุ",
        "+ ก",
        "1",
    ],
)
def test_what_is_no_marker_starts_no_list(line: str) -> None:
    assert outline(parse(line)) == f"p({line})"
    assert outline(parse(f"ก\n{line}\nข")) == f"p(ก/{line}/ข)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ก\n   - ข\n   - ค\n2. ง", "[1.|ก [-|ข -|ค] 2.|ง]"),
        ("1. ก\n  1) ข\n    • ค\n  2) ง\n2. จ", "[1.|ก [1)|ข [•|ค] 2)|ง] 2.|จ]"),
        (" 9. ก\n10. ข", "[9.|ก 10.|ข]"),
        ("1. ก\n 2. ข", "[1.|ก 2.|ข]"),
        ("1. ก\n - ข\n2. ค", "[1.|ก [-|ข] 2.|ค]"),
        ("1. ก\n   - ข\n  - ค", "[1.|ก [-|ข -|ค]]"),
        ("1. ก\n- ข\n2. ค", "[1.|ก -|ข 2.|ค]"),
        ("1. ก\n\t- ข\n\n2. ค", "[1.|ก [-|ข] 2.|ค]"),
        ("1. ก\n   ข\n 14. พฤษภาคม\n2. ค", "[1.|ก/ข/14. พฤษภาคม 2.|ค]"),
        ("1.\n   ก", "[1.|ก]"),
        ("1. ก\n\n   ข\n   ค\n2. ง", "[1.|ก p(ข/ค) 2.|ง]"),
        ("1. ก\n   - ข\n   ค", "[1.|ก [-|ข] p(ค)]"),
        ("1. ก\n   - ข\n     ค", "[1.|ก [-|ข/ค]]"),
        ("1. ก\n   - ข\n   ค\n   - ง", "[1.|ก [-|ข] p(ค) [-|ง]]"),
        ("    1. ก\n    ข", "[1.|ก] p(ข)"),
    ],
)
def test_indentation_inside_a_list_says_what_belongs_to_what(text: str, expected: str) -> None:
    assert outline(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ก\nข", "[1.|ก] p(ข)"),
        ("1. ก\n\nข", "[1.|ก] p(ข)"),
        ("1. ก\n14. พฤษภาคม", "[1.|ก] p(14. พฤษภาคม)"),
        ("1. ก\n| ข | ค |\n|---|---|\n2. ง", "[1.|ก] table [2.|ง]"),
        ("1. ก\n   | ข |\n   | - |", "[1.|ก] table"),
        ("ก\n| ข |\n| - |\nค", "p(ก) table p(ค)"),
    ],
)
def test_an_unindented_line_or_a_table_ends_a_list(text: str, expected: str) -> None:
    assert outline(parse(text)) == expected


def test_a_list_is_never_deeper_than_a_page_can_show() -> None:
    blocks: tuple[Block, ...] = parse("\n".join(" " * 2 * n + "- ก" for n in range(40)))
    depth = 0
    while blocks:
        assert isinstance(blocks[0], ListBlock)
        depth += 1
        deepest = blocks[0]
        blocks = deepest.items[-1].children
    assert depth == prose.DEEPEST
    assert len(deepest.items) == 40 - prose.DEEPEST + 1


def test_a_place_is_the_line_of_the_text() -> None:
    blocks = parse("\n\nก\n1. ข\n\n   ค\n   1) ง\n\n| จ |\n|---|")
    paragraph, items, table = blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(items, ListBlock)
    assert isinstance(table, Table)
    below, nested = items.items[0].children
    assert isinstance(below, Paragraph)
    assert isinstance(nested, ListBlock)
    lines = [paragraph.line, items.items[0].line, below.line, nested.items[0].line, table.line]
    assert lines == [2, 3, 5, 6, 8]


def table(text: str) -> Table:
    (block,) = parse(text)
    assert isinstance(block, Table)
    return block


def test_a_table_has_a_head_rows_and_alignment() -> None:
    found = table("| ก | ข | ค | ง |\n|---|:--|:-:|--:|\n| 1 | 2 | **3** |  |\nจ | ฉ | ช | ซ")
    assert [words(cell) for cell in found.header] == ["ก", "ข", "ค", "ง"]
    assert [[words(cell) for cell in row] for row in found.rows] == [
        ["1", "2", "<b>3</b>", ""],
        ["จ", "ฉ", "ช", "ซ"],
    ]
    assert found.align == ("", "left", "centre", "right")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| ก | ข |\n|---|---|\n", ["ก", "ข"]),
        ("   ก | ข\n  --- | ---", ["ก", "ข"]),
        ("| ก |\n|---|", ["ก"]),
        ("| ก \\| ข | C:\\ |\n|---|---|", ["ก | ข", "C:\\"]),
        ("| 1. ก | - ข |\n|---|---|", ["1. ก", "- ข"]),
        ("1. ก | ข\n---|---", ["1. ก", "ข"]),
    ],
)
def test_a_table_row_is_parted_at_its_bars(text: str, cells: list[str]) -> None:
    assert [words(cell) for cell in table(text).header] == cells


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("| ก | ข |\n|---|\n", 1, 1),
        ("\nก\n| ก | ข |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |", 5, 3),
        ("| ก | ข |\n|---|---|\n| 1 |", 2, 1),
        ("| ก | ข |\n|---|---|\n|", 2, 1),
    ],
)
def test_refuses_a_row_with_a_cell_too_few_or_many(text: str, line: int, found: int) -> None:
    with pytest.raises(Fault) as caught:
        parse(text)
    assert caught.value.code == "D60"
    assert caught.value.line == line
    assert caught.value.values == {"found": found, "expected": 2}


@pytest.mark.parametrize(
    "line", ["ก | ข", "|", "||", "| ก |", "|---|", "a || b", "ก \\| ข", "| --- | ก |"]
)
def test_a_lone_bar_is_text(line: str) -> None:
    assert outline(parse(f"{line}\nก")) == f"p({line}/ก)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**หนา**", "<b>หนา</b>"),
        ("คำ**หนา**คำ", "คำ<b>หนา</b>คำ"),
        ('**"ผ้าไทย"**ใส่', '<b>"ผ้าไทย"</b>ใส่'),
        ("โครงการ**“ผ้าไทย”**ใส่**(ต่อ)**ไป", "โครงการ<b>“ผ้าไทย”</b>ใส่<b>(ต่อ)</b>ไป"),
        ("**เด็ก ๆ**และ**ฯลฯ**", "<b>เด็ก ๆ</b>และ<b>ฯลฯ</b>"),
        ("*เอียง*คำ*เอียง*", "<i>เอียง</i>คำ<i>เอียง</i>"),
        ('คำ*"เอียง"*คำ', 'คำ<i>"เอียง"</i>คำ'),
        ("***ทั้งคู่***", "<i><b>ทั้งคู่</b></i>"),
        ("**หนา*เอียง*หนา**", "<b>หนา<i>เอียง</i>หนา</b>"),
        ("*เอียง **หนา** เอียง*", "<i>เอียง <b>หนา</b> เอียง</i>"),
        ("**ก** **ข**,**ค**", "<b>ก</b> <b>ข</b>,<b>ค</b>"),
        ("**ก\nข**", "<b>ก/ข</b>"),
        ("****ก****", "<b>ก</b>"),
        ("*ก *ข* ก*", "<i>ก ข ก</i>"),
        ("**15,000 บาท**", "<b>15,000 บาท</b>"),
    ],
)
def test_stars_beside_thai_letters_and_quotation_marks_are_marks(text: str, expected: str) -> None:
    assert words(inline(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 * 3", "5 * 3"),
        ("5*3*2", "5*3*2"),
        ("๕*๓*๒", "๕*๓*๒"),
        ("* หมายเหตุ", "* หมายเหตุ"),
        ("*หมายเหตุ", "*หมายเหตุ"),
        ("ราคา* รวม*", "ราคา* รวม*"),
        ("* * *", "* * *"),
        ("*", "*"),
        ("*******", "*******"),
        ("**หนา *** ก** **", "<b>หนา *** ก</b> **"),
        (r"\*ก\*", "*ก*"),
        (r"\*\*ก\*\*", "**ก**"),
        (r"\\*ก*", r"\*ก*"),
        (r"**ก\*ข**", "<b>ก*ข</b>"),
    ],
)
def test_other_stars_are_printed(text: str, expected: str) -> None:
    assert words(inline(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# x",
        "## x ##",
        "> x",
        "`x` ``y``",
        "```",
        "~~~",
        "[a](b)",
        "![a](b)",
        "[a]: https://example.org",
        "[^1]",
        "_x_ __x__",
        "~~x~~",
        "<script>alert(1)</script>",
        "<!-- x -->",
        "<https://example.org>",
        "https://example.org/a_b_c",
        "{{7*7}}",
        "{% x %}",
        "</w:t>",
        "&amp; &nbsp; &#65; &copy;",
        r"a\nb \- \. \) \| \_ \\ C:\temp",
        "---",
        "***",
        "___",
        "===",
        "...",
        "--",
        '"x"',
        "(c) (tm)",
        ":smile:",
        "๏ ๚ ฯลฯ",
    ],
)
def test_everything_else_is_ordinary_characters(text: str) -> None:
    assert outline(parse(f"ก\n{text}\nข")) == f"p(ก/{text}/ข)"
    assert plain(parse(f"    {text}")) == text
    assert words(inline(text)) == text


def test_a_value_of_one_line_has_no_lists_and_keeps_its_line_breaks() -> None:
    assert words(inline(" 1. **ก**\n\n- ข\n")) == "1. <b>ก</b>/- ข"


def test_neighbouring_characters_are_one_text() -> None:
    assert inline(r"ก * ข \* ค*") == (Text("ก * ข * ค*"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ก\n2. ข\n3. ค", []),
        ("7) ก\n9) ข", [(1, 8, 9)]),
        ("๑. ก\n๑. ข", [(1, 2, 1)]),
        ("1. ก\n๒. ข", []),
        ("8. ก\n9. ข", []),
        ("1. ก\n- ข\n2. ค", []),
        ("1. ก\n1) ข\n2) ค\n2. ง\n1) จ", []),
        ("1. ก\n3) ข", []),
        ("1. ก\n\nข\n\n2. ค", []),
        ("1. ก\n2. ข\n\nค\n\n1. ง", []),
        ("1. ก\n2. ข\n\nค\n\n4. ง", [(5, 3, 4)]),
        ("1. ก\n   1) ข\n   3) ค\n2. ง\n   1) จ\n3. ฉ", [(2, 2, 3)]),
        ("2. ก\n1. ข", [(1, 3, 1)]),
    ],
)
def test_finds_a_number_that_skips_or_repeats(
    text: str, expected: list[tuple[int, int, int]]
) -> None:
    assert list(prose.skipped(parse(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**ก**", []),
        ("5 * 3\n*ก", []),
        ("*******", []),
        ("ก\n**ข", [1]),
        ("ก **\nข** ค\n\n** **", [0, 1, 3]),
        ("** หนา **", [0]),
        ("**ก****ข**", [0]),
        ("***ก*", [0]),
        ("***ก **ข\n**ค", [0, 1]),
        ("**ก\n*ข **ค** ง*", [0]),
        ("1. ก**\n   ข\n   - **ค\n\n   ง\n   จ**", [0, 2, 5]),
        ("| **ก | ข** |\n|---|---|\n| ก | **ข |", [0, 2]),
    ],
)
def test_finds_stars_without_a_partner(text: str, expected: list[int]) -> None:
    assert list(prose.unmatched(parse(text))) == expected


def test_stars_without_a_partner_are_a_text() -> None:
    assert inline("** ก") == (Stars("**", 0), Text(" ก"))


def test_remarks_come_in_the_order_of_the_lines() -> None:
    text = "1. ก **\n   | ค |\n   | ง |\n\n| จ | ฉ |\n| ช | ซ |\n| ฌ |\nญ\n| ฎ |\n** ฏ"
    found = [(fault.line, fault.code) for fault in prose.remarks(parse(text))]
    assert found == [(0, "D61"), (1, "D62"), (4, "D62"), (9, "D61")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก\nข\n\nค", "ก\nข\n\nค"),
        ("**ก**\n1.ข\n  - ค\n    ง\n2)จ", "ก\n\n1. ข\n   - ค\n      ง\n2) จ"),
        ("1. ก\n\n   ข", "1. ก\n   ข"),
        ("1.\n", "1."),
        ("| ก | *ข* |\n|---|---|\n| 1 |  |", "ก | ข\n1 | "),
    ],
)
def test_plain_text_has_no_marks(text: str, expected: str) -> None:
    assert plain(parse(text)) == expected


def fold(text: str, marks: str = r"\s") -> str:
    return re.sub(f"[{marks}]", "", text)


ALPHABET = 'กเที่ำ๑1. )(-•|*:\\\n\t\u00a0_#>`<&{"aA'


@given(st.text(st.sampled_from(ALPHABET.replace("*", "").replace("|", ""))))
def test_text_without_marks_comes_back(text: str) -> None:
    assert fold(plain(parse(text))) == fold(text)
    assert fold(plain([Paragraph(inline(text))])) == fold(text)


@given(st.text(st.sampled_from(ALPHABET)))
def test_no_character_but_marks_is_ever_lost(text: str) -> None:
    marks = r"\s*|\\:-"
    with suppress(Fault):
        assert fold(plain(parse(text)), marks) == fold(text, marks)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="*|")))
def test_any_script_comes_back(text: str) -> None:
    assert fold(plain(parse(text))) == fold(text)


@pytest.mark.parametrize(
    "unit",
    [
        "ก",
        "*",
        "* ",
        "*\n",
        "*a ",
        "a* ",
        "**a ",
        "a**b*c",
        "*a**b*c** ",
        "\\*",
        "|",
        "|\n",
        "|-|\n",
        "-",
        "- \n",
        "1.",
        "1.\n",
        "ก\n\n",
    ],
)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    assert_in_proportion(lambda size: prose.remarks(parse(unit * (size // len(unit)))), 60_000)


def test_deep_indentation_and_deep_nesting_are_read() -> None:
    steps = "\n".join(" " * n + "- ก" for n in range(600))
    nested = "*ก " * 10_000 + "ก* " * 10_000
    assert fold(plain(parse(steps))) == "-ก" * 600
    assert fold(plain(parse(nested))) == "ก" * 20_000


def test_reads_a_text_of_200_kb() -> None:
    text = "ที่ประชุมรับทราบ **ผลการดำเนินงาน** ดังนี้\n1. อาหาร\n2. ผ้า\n\n" * 1_400
    assert len(text.encode()) > 200_000
    with in_sight_of_an_end():
        assert len(parse(text)) == 2_800


@pytest.mark.parametrize(
    "row", ["1.{}\tก", "{}.1\tก", "๑.๑.{}\tก", "(1{})\tก", "ก)\tก{}", "ข้อ {}\tก", "- {}.1\tก"]
)
def test_a_tab_behind_the_number_of_a_paragraph_parts_no_columns(row: str) -> None:
    text = "\n".join(row.format(number) for number in (1, 2))
    assert list(prose.tabbed(parse(text))) == []
    assert list(prose.tabbed(parse(text.replace("\tก", "\tก\t10")))) != []
