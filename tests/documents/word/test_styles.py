import pytest

from minutes.documents.word import styles


@pytest.mark.parametrize(
    ("narrower", "wider"), [("ที่", "ทีา"), ("(1)", "กกก"), ("ก\u00a0ก", "กกก"), ("กก", "๑๑")]
)
def test_width_of_a_text_knows_marks_stops_and_digits(narrower: str, wider: str) -> None:
    assert styles.width(narrower) < styles.width(wider)
