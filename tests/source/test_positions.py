"""Where letters stand: compared with what PyYAML writes, and with hand-written odd cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from minutes.source import positions, reader
from minutes.source.positions import Place
from minutes.source.reader import Node, Scalar

PATH = Path("agendas/board/2567-02.yaml")


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, reader.Sequence):
        for member in node.members:
            yield from scalars(member)
    else:
        for entry in node.entries:
            yield from scalars(entry.key)
            yield from scalars(entry.value)


def text_of(written: str) -> Scalar:
    value = reader.parse(written.encode(), PATH).entries[0].value
    assert isinstance(value, Scalar)
    return value


def test_every_letter_of_the_examples_is_found() -> None:
    files = [*ROOT.glob("agendas/**/*.yaml"), *ROOT.glob("tests/cases/rules/**/*.yaml")]
    texts = [text for file in files for text in scalars(reader.read(file)) if text.text]
    assert len(texts) > 1000
    for text in texts:
        places = positions.indices(text)
        assert text.written is not None
        if text.style in ("plain", "literal"):
            assert "".join(text.written.file[place] for place in places) == text.text
        assert len(places) == len(text.text)


ODD = {
    "folded": ("a: >\n  หนึ่ง\n  สอง\n\n  สาม\n", "สาม", Place(5, 3)),
    "folded deeper": ("a: >\n  หนึ่ง\n    สอง\n  สาม\n", "สอง", Place(3, 5)),
    "folded kept": ("a: >+\n  หนึ่ง\n\n\n", "หนึ่ง", Place(2, 3)),
    "folded after blanks": ("a: >-\n\n\n  หนึ่ง\n  สอง\n", "สอง", Place(5, 3)),
    "literal indented": ("a: |2\n    หนึ่ง\n  สอง\n", "สอง", Place(3, 3)),
    "literal at the end of a file": ("a: |\n\n  หนึ่ง\n  สอง", "สอง", Place(4, 3)),
    "double with escapes": ('a: "\\u0e01 \\"หนึ่ง\\" \\\n  สอง"\n', "สอง", Place(2, 3)),
    "double with blank lines": ('a: "หนึ่ง \\\n\n\n  สอง"\n', "สอง", Place(4, 3)),
    "single with quotes": ("a: 'it''s หนึ่ง\n  สอง'\n", "หนึ่ง", Place(1, 11)),
    "plain over lines": ("a: หนึ่ง\n\n  สอง\n", "สอง", Place(3, 3)),
    "in brackets": ("a: {b: [ก, หนึ่ง]}\n", "", Place(1, 4)),
}


@pytest.mark.parametrize("what", ODD)
def test_a_word_is_found_in_a_text_that_is(what: str) -> None:
    written, word, place = ODD[what]
    if not word:
        text = list(scalars(reader.parse(written.encode(), PATH)))[-1]
        assert positions.place(text, 0) == Place(1, 12)
        return
    text = text_of(written)
    assert positions.place(text, text.text.index(word)) == place


def test_behind_the_last_letter_stands_the_next_place() -> None:
    assert positions.place(text_of("a: หนึ่ง\n"), 5) == Place(1, 9)


@pytest.mark.parametrize("text", [Scalar("ก", 3, 7), Scalar("", 3, 7)])
def test_a_text_of_no_file_has_its_own_place_alone(text: Scalar) -> None:
    assert positions.place(text, 0) == Place(3, 7)
    assert positions.as_written(text, 0, 1) is None


def test_what_cannot_be_found_again_is_not_guessed() -> None:
    text = text_of("a: หนึ่ง\n")
    other = Scalar("สอง", text.line, text.column, written=text.written)
    assert positions.indices(other) == ()
    assert positions.place(other, 1) == Place(1, 4)


AS_WRITTEN = {
    "letters": ("a: ต่างๆ ที่\n", "ๆ", Place(1, 8)),
    "over a line end": ("a: ต่าง\n  ๆ\n", " ๆ", None),
    "an escape": ('a: "ก\\u0e46"\n', "ๆ", None),
    "an escape of itself": ('a: "ก\\"ข"\n', '"', None),
    "two quotes": ("a: 'ก''ข'\n", "'ข", None),
    "nothing": ("a: ก\n", "", None),
}


@pytest.mark.parametrize("what", AS_WRITTEN)
def test_a_part_is_written_letter_by_letter_or_not_at_all(what: str) -> None:
    written, part, place = AS_WRITTEN[what]
    text = text_of(written)
    start = text.text.index(part)
    assert positions.as_written(text, start, start + len(part)) == place


LETTERS = st.text(st.sampled_from("กขาิ่ๆ ๑1aZ'\"\\:#-|>\n\t é"), min_size=1, max_size=40)


@given(LETTERS, st.sampled_from(["", "'", '"', "|", ">"]), st.integers(4, 60), st.booleans())
def test_every_letter_that_pyyaml_writes_is_found(
    text: str, style: str, width: int, unicode: bool
) -> None:
    written = yaml.dump({"a": text}, default_style=style, width=width, allow_unicode=unicode)
    try:
        found = reader.parse(written.encode(), PATH).entries[0].value
    except MinutesError:
        return
    assert isinstance(found, Scalar)
    places = positions.indices(found)
    assert len(places) == len(found.text) or not found.text.strip()  # blanks alone have no place
    assert list(places) == sorted(places)
    for letter, place in zip(found.text, places, strict=False):
        assert found.written is not None
        assert found.written.file[place] in {letter, "\\", " ", "\n", "\t"}
