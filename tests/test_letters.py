from pathlib import Path

import pytest

from minutes import letters
from minutes.errors import MinutesError, Problem

PATH = Path("2567-02.yaml")
THAI = "สถานที่: ห้องประชุมที่ว่าการอำเภอ ชั้น 2\n"


def refused(data: bytes) -> Problem:
    with pytest.raises(MinutesError) as caught:
        letters.decode(data, PATH)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("text", [THAI, "name: District Office\n", "ที่"])
def test_names_a_wide_encoding(encoding: str, text: str) -> None:
    assert encoding[:6].upper() in refused(text.encode(encoding)).message()


def test_names_windows_874_and_the_first_place() -> None:
    problem = refused(f"# notes\nname: {THAI}".encode("cp874"))
    assert (problem.line, problem.column, problem.code) == (2, 7, "D14")
    assert "Windows-874" in problem.message()
    assert "UTF-8" in problem.hint()


def test_takes_windows_874_punctuation_for_windows_874() -> None:
    assert refused("“ข่าว” – ด่วน…\n".encode("cp874")).code == "D14"


@pytest.mark.parametrize(
    "data",
    [
        "café".encode("latin-1"),
        THAI.encode()[:-30] + "ห้อง".encode("cp874"),
        THAI.encode()[:10],
        b"\x80\xff",
    ],
)
def test_points_at_what_is_not_utf_8(data: bytes) -> None:
    assert refused(data).code == "D16"


def test_counts_lines_and_columns_before_what_is_not_utf_8() -> None:
    problem = refused("\ufeffก: ข\r\nค: ง\rจฉ".encode() + b"\xff")
    assert (problem.line, problem.column) == (3, 3)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.7", b"{\\rtf1", b"\xd0\xcf\x11\xe0"])
def test_knows_documents_of_other_programs(data: bytes) -> None:
    assert refused(data).code == "D15"


@pytest.mark.parametrize(
    "text", ["", THAI, "a: b", "ก" * 5000, "a: ········ °°°°°°°°°", "à la carte", "…", "ไ\u0e3aก"]
)
def test_finds_nothing_wrong_with_text(text: str) -> None:
    assert letters.decode(text.encode(), PATH) == (text, [])


@pytest.mark.parametrize(
    "character", ["\0", "\x1b", "\x0b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\U0001fffe"]
)
def test_reports_and_leaves_out_what_cannot_be_seen(character: str) -> None:
    text, (problem,) = letters.decode(f"ก\nข{character}ค{character}\n".encode(), PATH)
    assert text == "ก\nขค\n"
    assert (problem.line, problem.column, problem.code) == (2, 2, "D18")
    assert f"U+{ord(character):04X}" in problem.message()


@pytest.mark.parametrize("text", ["ห\ufffdอง", "à¸«à¹‰à¸\xad", "ËéÍ§»ÃÐªØÁ"])
def test_reports_letters_that_an_earlier_conversion_damaged(text: str) -> None:
    _, found = letters.decode(text.encode(), PATH)
    assert [problem.code for problem in found] == ["D17"]


def test_reports_at_most_a_hundred_lines_of_a_kind() -> None:
    _, found = letters.decode(b"\x1b\n" * 1000, PATH)
    assert len(found) == 100
