import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from minutes.thai import line_breaks
from minutes.thai.line_breaks import Column, Place, Softness, Text


def places(text: str, units: Sequence[line_breaks.Span] = ()) -> list[Place]:
    """Weigh a text in which Pango offers a break before every cluster."""
    offered = [start for start in line_breaks.clusters(text) if start]
    return line_breaks.places(text, offered, units)


def cut(text: str, softest: Softness, units: Sequence[line_breaks.Span] = ()) -> str:
    """Show the places of a text up to a softness, as bars."""
    starts = [0, *(p.start for p in places(text, units) if p.softness <= softest), len(text)]
    return "|".join(text[one:other] for one, other in pairwise(starts))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("คณะกรรมการ", "คณะ|กรรมการ"),
        ("สุดยอด", "สุดยอด"),
        ("ที่ประชุมมีมติเห็นชอบ", "ที่ประชุม|มีมติ|เห็นชอบ"),
        ("ศรีสุวรรณา", "ศรีสุวรรณา"),
        ("ให้ตำบลควนลัง", "ให้|ตำบล|ควนลัง"),
        ("น้ำดื่ม", "น้ำดื่ม"),
        ("ก", "ก"),
    ],
)
def test_a_line_ends_between_words_and_only_long_compounds_are_parted(
    text: str, shown: str
) -> None:
    assert cut(text, Softness.PART) == shown


@pytest.mark.parametrize(
    ("text", "softness", "place"),
    [
        ("ทราบ และ", Softness.SPACE, 5),
        ("ทราบและ", Softness.WORD, 4),
        ("การออกกำลัง", Softness.PART, 3),
        ("ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร", Softness.SEAM, 6),
        ("องค์กรปกครองส่วนท้องถิ่น", Softness.SEAM, 16),
        ("ควนลังตำบลควนลัง", Softness.SEAM, 13),
        ("มติ", Softness.TORN, 1),
        ("แพลตฟอร์ฟม์ของ", Softness.TORN, 5),
        ("https://www.example.go.th/news", Softness.TORN, 20),
        ("ระบบ e-bidding", Softness.TORN, 7),
        ("หาดใหญ่-สงขลา", Softness.WORD, 8),
    ],
)
def test_a_place_is_as_soft_as_a_reader_minds_it(text: str, softness: Softness, place: int) -> None:
    found = {one.start: one.softness for one in places(text)}
    assert found[place] == softness


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("ต่าง ๆ", "ๆ"),
        ("ตำบล ฯลฯ", "ฯ"),
        ("พบฯลฯ", "ลฯ"),
        ("(ร่าง) ๑", "ร่าง"),
        ("ก ) ข", ")"),
        ("“ คำ ” ข", "คำ"),
        ("ก , ข . ค", ","),
        ("ณ ห้อง", "ห้อง"),
        ("พบ ณ ห้อง", "ห้อง"),
        ("https://www.example.com", "www"),
        ("\ufffc คำ", "คำ"),
    ],
)
def test_no_line_begins_or_ends_with_a_mark_that_belongs_to_its_neighbour(
    text: str, torn: str
) -> None:
    assert text.index(torn) not in {place.start for place in places(text)}


def test_a_word_that_ends_with_no_nen_may_end_a_line() -> None:
    assert Place(6, 7, Softness.SPACE) in places("บริเวณ ห้อง")


def test_the_spaces_between_two_lines_belong_to_neither() -> None:
    assert Place(4, 5, Softness.SPACE) in places("ทราบ และ")


def test_a_unit_is_held_most_where_it_has_no_space() -> None:
    text = "วันที่ ๑๔ พฤษภาคม ๒๕๖๗ นี้"
    unit = (0, text.index(" นี้"))
    found = {p.start: p.softness for p in places(text, [unit])}
    assert found[text.index("๑")] == Softness.HELD_SPACE
    assert found[text.index("ที่")] >= Softness.HELD_WORD
    assert found[text.index("นี้")] == Softness.SPACE
    assert min(s for start, s in found.items() if start < unit[1]) == Softness.HELD_SPACE


EM = 2.7  # clusters: about what it is in TH SarabunPSK


def monospaced(text: str, units: Sequence[line_breaks.Span] = ()) -> Text:
    """Give a text in which every cluster is one wide."""
    begins = [0] * (len(text) + 1)
    for start in line_breaks.clusters(text):
        begins[start + 1] = 1
    count = [sum(begins[: place + 1]) for place in range(len(text) + 1)]
    x = [float(clusters) for clusters in count]
    return Text(text, x, count, places(text, units), list(units))


def set_in(text: str, column: Column, units: Sequence[line_breaks.Span] = ()) -> list[str]:
    spans = line_breaks.lines(monospaced(text, units), 0, len(text), column)
    return [text[start:end] for start, end in spans]


def column(width: float, *, first: float = 0, em: float = 100, justified: bool = True) -> Column:
    return Column(first or width, width, em, justified)


PROSE = (
    "ที่ประชุมพิจารณาแล้วมีมติเห็นชอบให้ดำเนินการจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน โดยมอบหมายให้ฝ่ายเลขานุการ"
    "ประสานงานกับหน่วยงานที่เกี่ยวข้อง และรายงานผลให้คณะกรรมการทราบในการประชุมครั้งต่อไป"
)


def test_lines_chosen_together_are_more_even_and_not_more() -> None:
    gained = 0.0
    for width in range(24, 72):
        one_by_one = set_in(PROSE, column(width, em=EM, justified=False))
        together = set_in(PROSE, column(width, em=EM))
        assert "".join(together).replace(" ", "") == PROSE.replace(" ", "")
        assert len(together) <= len(one_by_one)
        gained += _unevenness(one_by_one, width) - _unevenness(together, width)
    assert gained > 10


def _unevenness(chosen: list[str], width: int) -> float:
    """Give the cubes of what each line but the last is spread, where 0.05 em counts one."""
    sizes = [len(line_breaks.clusters(line)) for line in chosen[:-1]]
    return sum(((width - size) / (size - 1) / EM / 0.05) ** 3 for size in sizes)


@pytest.mark.parametrize("justified", [True, False])
def test_no_line_is_wider_than_its_column_and_the_first_may_be_narrower(justified: bool) -> None:
    chosen = set_in(PROSE, column(30, first=14, justified=justified))
    assert len(line_breaks.clusters(chosen[0])) <= 14
    assert all(len(line_breaks.clusters(line)) <= 30 for line in chosen)


def test_a_word_is_torn_only_where_its_line_would_be_set_too_wide() -> None:
    text = "ให้ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตรทราบ"
    wide_em = column(30, em=500)
    narrow_em = column(30, em=10)
    assert set_in(text, wide_em)[0] == "ให้"
    assert set_in(text, narrow_em)[0] != "ให้"
    assert set_in(text, column(30, em=10, justified=False))[0] == "ให้"


def test_a_unit_holds_even_where_its_line_is_set_wide() -> None:
    text = "ประชุมใน วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙"
    unit = (text.index("วัน"), len(text))
    assert set_in(text, column(30, em=1), [unit]) == ["ประชุมใน", text[unit[0] :]]


def test_a_unit_wider_than_its_line_breaks_at_a_space() -> None:
    text = "ใน วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙"
    chosen = set_in(text, column(17, em=1), [(3, len(text))])
    assert chosen == ["ใน วันศุกร์ที่ ๒๗", "พฤศจิกายน ๒๕๖๙"]


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize(
    "word",
    [
        "นามสกุลที่ยาวเหลือเกินจนไม่มีบรรทัดใดรับไว้ได้ในคราวเดียวสุดพรรณนา",
        "x" * 90,
        "ก" * 60,
    ],
)
def test_what_no_line_can_hold_breaks_before_a_cluster(word: str, justified: bool) -> None:
    units = [(0, len(word))]
    chosen = set_in(word, column(11, justified=justified), units)
    assert "".join(chosen) == word
    assert all(len(line_breaks.clusters(line)) <= 11 for line in chosen)
    assert not any(re.match("[ะาๅ]", line) for line in chosen)
    assert not any(line.endswith(("เ", "แ", "โ", "ใ", "ไ")) for line in chosen)


def test_a_cluster_wider_than_its_line_stands_alone() -> None:
    assert set_in("กข", column(0.5)) == ["ก", "ข"]


def test_a_last_line_of_a_few_letters_is_given_company() -> None:
    assert set_in("ทราบ ทราบ ทราบ ทราบ ทราบ", column(19)) == ["ทราบ ทราบ ทราบ", "ทราบ ทราบ"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ที่ ประชุม  ทราบ", ["ที่", "ประชุม", "ทราบ"]),
        ("สำนักงานเกษตร/ปศุสัตว์", ["สำนักงาน", "เกษตร/", "ปศุสัตว์"]),
        ("ถนนคอนกรีตเสริมเหล็ก", ["ถนน", "คอนกรีตเสริมเหล็ก"]),
        ("รวม <๑ - ๒> คน", ["รวม", "<๑ - ๒>", "คน"]),
        ("https://www.example.go.th/a", ["https://www.", "example.", "go.", "th/", "a"]),
        ("เลข <https://www.example.go.th/a>", ["เลข", "<https://www.example.go.th/a>"]),
        ("", [""]),
    ],
)
def test_what_has_to_stand_on_one_line_ends_at_spaces_and_between_words(
    text: str, parts: list[str]
) -> None:
    """``<…>`` is a unit."""
    units = [match.span() for match in re.finditer("<.*?>", text)]
    assert [text[start:end] for start, end in line_breaks.unbroken(text, units)] == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("คอนกรีตเสริมเหล็ก", ["คอนกรีต", "เสริม", "เหล็ก"]),
        ("องค์การบริหารส่วนตำบล", ["องค์การ", "บริหาร", "ส่วน", "ตำบล"]),
        ("ข้อเสนอแนะ", ["ข้อ", "เสนอแนะ"]),
        ("ศรีสุวรรณาภรณ์วิทยาคม", ["ศรีสุวรรณาภรณ์วิทยาคม"]),  # no word of the dictionary
        ("สำนักงาน", ["สำนักงาน"]),  # not long
    ],
)
def test_a_long_compound_can_be_parted_between_its_words(word: str, parts: list[str]) -> None:
    found = line_breaks.unbroken(word, [], compounds=True)
    assert [word[start:end] for start, end in found] == parts
    assert line_breaks.unbroken(word, [(0, len(word))], compounds=True) == [(0, len(word))]


def test_a_compound_wider_than_its_line_is_parted_between_its_words() -> None:
    assert set_in("คอนกรีตเสริมเหล็ก", column(9)) == ["คอนกรีต", "เสริมเหล็ก"]


def test_words_with_marks_are_found_in_their_place() -> None:
    text = "ณ ที่ประชุม และรับ OTOP"
    found = [text[start:end] for start, end in line_breaks.words_with_marks(text)]
    assert found == ["ที่ประชุม", "รับ"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("จัดทำโครงการเสนอนายอำเภอ", 40, ["จัดทำโครงการเสนอนายอำเภอ"]),
        ("จัดทำ โครงการ", 7, ["จัดทำ", "โครงการ"]),
        ("ต่าง ๆ กัน", 5, ["ต่าง ๆ", "กัน"]),
        ("", 5, [""]),
        ("น้ำน้ำ", 2, ["น้ำ", "น้ำ"]),
        ("องค์กรปกครองส่วนท้องถิ่น", 16, ["องค์กรปกครองส่วน", "ท้องถิ่น"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("น้ำ", 1, ["น้ำ"]),
    ],
)
def test_a_column_of_a_terminal_is_filled_word_by_word(
    text: str, width: int, lines: list[str]
) -> None:
    assert line_breaks.filled(text, width, cell_len) == lines


@given(st.text("กขเแาำิ่ๆ ab(1”"), st.integers(1, 12))
def test_a_column_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = line_breaks.filled(text, width, cell_len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
