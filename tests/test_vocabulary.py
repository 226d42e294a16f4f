import pytest

from minutes import vocabulary


@pytest.mark.parametrize(
    ("total", "needs", "expected"),
    [
        (10, [(1, 2), (1, 3)], [4, 6]),
        (10, [(2, 5), (2, 12)], [5 - 3 / 7, 5 + 3 / 7]),
        (10, [(10, 10), (20, 20)], [5, 5]),
        (10, [(4, 5), (1, 30)], [4 + 5 / 6, 5 + 1 / 6]),
        (10, [(1, 1)], [10]),
        (10, [], []),
    ],
)
def test_columns_get_what_their_words_need_and_then_by_length(
    total: float, needs: list[tuple[float, float]], expected: list[float]
) -> None:
    assert vocabulary.share(total, needs) == pytest.approx(expected)


def test_unit_that_holds_together_is_not_broken_by_a_narrow_column() -> None:
    date = "๒๗\u00a0พฤศจิกายน\u00a0๒๕๖๙"
    least, natural = vocabulary.need([date], 1)
    assert least == natural


def test_long_thai_word_asks_for_no_more_than_its_parts() -> None:
    least, natural = vocabulary.need(["ก" * 50], 1)
    assert least < natural / 3


@pytest.mark.parametrize(
    ("narrower", "wider"), [("ที่", "ทีา"), ("(1)", "กกก"), ("ก\u00a0ก", "กกก"), ("กก", "๑๑")]
)
def test_width_of_a_text_knows_marks_stops_and_digits(narrower: str, wider: str) -> None:
    assert vocabulary.width(narrower) < vocabulary.width(wider)
