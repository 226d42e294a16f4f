import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pythainlp.corpus import thai_words

from minutes.problems.errors import MinutesError, Problem
from minutes.source import encoding

PATH = Path("2567-02.yaml")
THAI = "สถานที่: ห้องประชุมที่ว่าการอำเภอ ชั้น 2\n"


def refused(data: bytes) -> Problem:
    with pytest.raises(MinutesError) as caught:
        encoding.decode(data, PATH)
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
    assert encoding.decode(text.encode(), PATH) == (text, [])


@pytest.mark.parametrize(
    "character", ["\0", "\x1b", "\x0b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\U0001fffe"]
)
def test_reports_and_leaves_out_what_cannot_be_seen(character: str) -> None:
    text, (problem,) = encoding.decode(f"ก\nข{character}ค{character}\n".encode(), PATH)
    assert text == "ก\nขค\n"
    assert (problem.line, problem.column, problem.code) == (2, 2, "D18")
    assert f"U+{ord(character):04X}" in problem.message()


def in_bytes(text: str) -> bytes:
    return text.encode()


def in_874(text: str) -> bytes:
    return text.encode("cp874")


def loosely(data: bytes, encoding: str) -> str:
    """Read bytes as browsers and Windows do: what the code does not have is a control character."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in data)


def without_controls(text: str) -> str:
    return re.sub("[\u0080-\u00a0]", "", text)


WORDS = ["มติ", "เวลา", "ประชุม", "ที่ประชุมรับทราบ", "ศูนย์", "น้ำ", "ระเบียบวาระการประชุม"]
READ_AS: dict[str, Callable[[str], str]] = {
    "UTF-8 as Latin-1": lambda text: in_bytes(text).decode("latin-1"),
    "UTF-8 as Windows-1252": lambda text: loosely(in_bytes(text), "cp1252"),
    "UTF-8 as Windows-1252, controls lost": lambda text: in_bytes(text).decode("cp1252", "ignore"),
    "UTF-8 as Latin-1, controls lost": lambda text: without_controls(
        in_bytes(text).decode("latin-1")
    ),
    "UTF-8 as Windows-874": lambda text: loosely(in_bytes(text), "cp874"),
    "UTF-8 as Windows-874, controls lost": lambda text: in_bytes(text).decode("cp874", "ignore"),
    "UTF-8 as TIS-620": lambda text: loosely(in_bytes(text), "tis-620"),
    "UTF-8 as TIS-620, controls lost": lambda text: without_controls(
        in_bytes(text).decode("tis-620", "ignore")
    ),
    "UTF-8 in a Macintosh": lambda text: in_bytes(text).decode("mac-roman"),
    "UTF-8 in a DOS window": lambda text: in_bytes(text).decode("cp437"),
    "Windows-874 as Latin-1": lambda text: in_874(text).decode("latin-1"),
    "Windows-874 as Windows-1252": lambda text: in_874(text).decode("cp1252"),
}
TWICE = [name for name in READ_AS if name.startswith("UTF-8 as")]


@pytest.mark.parametrize("how", READ_AS)
@pytest.mark.parametrize("word", WORDS)
def test_thai_that_was_read_in_another_code_is_told(word: str, how: str) -> None:
    damaged = READ_AS[how](word)
    _, found = encoding.decode(f"ก: ข\nค: ง {damaged} จ\n".encode(), PATH)
    assert [(problem.code, problem.line, problem.column) for problem in found] == [("D17", 2, 6)]


@pytest.mark.parametrize("first", TWICE)
@pytest.mark.parametrize("second", TWICE)
def test_thai_that_was_read_wrongly_twice_is_told(first: str, second: str) -> None:
    damaged = READ_AS[second](READ_AS[first]("ที่ประชุมรับทราบ"))
    _, found = encoding.decode(f"ก: {damaged}\n".encode(), PATH)
    assert [problem.code for problem in found] == ["D17"]


@pytest.mark.parametrize("how", READ_AS)
def test_a_whole_file_that_was_read_in_another_code_is_told(how: str) -> None:
    _, found = encoding.decode(READ_AS[how](THAI * 3).encode(), PATH)
    assert [(problem.code, problem.line) for problem in found] == [
        ("D17", line) for line in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "เนเธอร์แลนด์ และเอเธนส์",
        "เด็กหญิงเนเน่ กับเด็กหญิงเนเนม",
        "เธอเน้นเนื้อเนย เนินเธอ เนตรเธียร",
        "café crème brûlée, São Tomé, Malmö, Ærøskøbing",
        "± 5 °C ½ ¼ ¾ × ÷ «É» § 5 ¶ ©®",
        "ก ยธ ร ยธ",
    ],
)
def test_finds_no_damage_in(text: str) -> None:
    assert encoding.decode(text.encode(), PATH) == (text, [])


def test_finds_no_damage_in_any_word_of_the_dictionary_nor_where_two_meet() -> None:
    words = sorted(thai_words())
    text = "\n".join([*words, *map("".join, zip(words[::2], words[::-2], strict=False))])
    assert len(words) > 60_000
    assert encoding.decode(text.encode(), PATH) == (text, [])


def test_reports_a_letter_that_an_earlier_conversion_lost() -> None:
    _, found = encoding.decode("ห\ufffdอง".encode(), PATH)
    assert [problem.code for problem in found] == ["D17"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ครั้งที่: 1\n??????: 18 ???????? 2567\n", (2, 1)),
        ("????????: ????\n", (1, 1)),
        ("????:\n  - ????: ????\n", (1, 1)),
        ("ก:\n  - ?????? ????: ข\n", (2, 5)),
    ],
)
def test_a_file_whose_thai_letters_are_lost_is_refused_once(
    text: str, place: tuple[int, int]
) -> None:
    problem = refused(text.encode())
    assert (problem.line, problem.column, problem.code) == (*place, "D421")


@pytest.mark.parametrize("text", ["ก: อย่างไร??\n", "ก: ???? ????\n", "ก: |\n  ที่ใด?: ข\n"])
def test_question_marks_in_a_text_refuse_no_file(text: str) -> None:
    assert encoding.decode(text.encode(), PATH) == (text, [])


def test_reports_at_most_a_hundred_lines_of_a_kind() -> None:
    _, found = encoding.decode(b"\x1b\n" * 1000, PATH)
    assert len(found) == 100
