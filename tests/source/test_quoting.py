from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.source import encoding, quoting, reader

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]).filter(
    lambda letter: not encoding.FORBIDDEN.search(letter)
)
THAI = st.sampled_from(list("กขคมน้ำเงินๆฯ๐๑๒๙0129aZ:#-'\"|>{}[],&*!%@`~?=.()/\\“” \u00a0"))
LINES = st.text(THAI | LETTERS, min_size=1, max_size=60).map(str.strip).filter(bool)
CLEAN = LINES.filter(lambda text: encoding.decode(text.encode(), Path())[1] == [])


def read(text: str) -> reader.Scalar:
    node = reader.parse(text.encode(), Path("x.yaml"))
    value = node.entries[0].value
    assert isinstance(value, reader.Scalar)
    return value


@given(CLEAN)
@example("ผลคือ: เห็นชอบ")
@example("รอบแรก #2")
@example("~")
@example("null")
@example("ข้อ 1:")
@example("'")
@example('it\'s "so"')
@example("๑/๒๕๖๗")
@example("- ไม่มี -")
@example("2569")
@example("yes")
def test_a_line_comes_back_letter_for_letter(text: str) -> None:
    value = read(f"เรื่อง: {quoting.scalar(text)}\n")
    assert (value.text, value.lost) == (text, "")
    if value.style == "plain":
        assert text not in ("", "~", "null")


@given(st.lists(CLEAN | st.just(""), min_size=1, max_size=5), st.integers(2, 10))
def test_a_text_of_lines_comes_back_below_a_bar(lines: list[str], indent: int) -> None:
    text = "\n".join(lines).strip()
    if text:
        value = read(f"เรื่อง: {quoting.block(text, indent)}\n")
        assert (value.text.rstrip(), value.style) == (text, "literal")


@pytest.mark.parametrize("text", ["  ก\nข", "\nก", ""])
def test_a_block_begins_with_a_letter(text: str) -> None:
    with pytest.raises(ValueError, match="begins with a letter"):
        quoting.block(text, 4)


def test_thai_and_figures_stay_bare() -> None:
    for text in ("จัดทำโครงการ (ระยะที่ ๒)", "2/2569", "“คำกล่าว”", "(ร่าง) ข้อบัญญัติ", "15,000 บาท"):
        assert quoting.scalar(text) == text


def test_a_line_break_is_no_part_of_a_line() -> None:
    with pytest.raises(ValueError, match="several lines"):
        quoting.scalar("ก\nข")


def test_a_comment_stays_on_its_line() -> None:
    assert quoting.comment("ก\nข:  ค") == "ก ข: ค"
