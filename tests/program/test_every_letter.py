"""Letters of every class, and pairs of them, in every text: no crash, no silence, nothing lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import every_field, every_letter
from tests.support.every_letter import Tally

BUILDS = 60


def test_every_class_of_letters_may_be_drawn_and_every_text_may_have_them() -> None:
    known = {letter for one in every_letter.classes() for letter in one}
    assert len(every_letter.classes()) > 1_000
    assert set("ก🙏ខম한中ع\u0301\ufe0f\u202e\ufdd0\U0010ffff\U000e0100") <= known
    assert len(every_letter.TEXTS) > 100
    assert {one.top for one in every_letter.TEXTS} == set(every_field.TOPS)


def test_a_letter_that_got_lost_is_seen(tmp_path: Path) -> None:
    every_letter.lay_out(tmp_path, 1)
    _, files = every_letter.answer(tmp_path)
    pdf, docx = files["otop-2567-02-minutes.pdf"], files["otop-2567-02-minutes.docx"]
    assert list(every_letter.lost_letters(pdf, docx)) == []
    other = files["otop-2567-02-release.pdf"]
    assert len(list(every_letter.lost_letters(other, docx))) > 10


@pytest.mark.system
def test_letters_of_every_class_are_refused_at_their_place_or_found_again(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tally = Tally()
    for seed in range(BUILDS):
        every_letter.run(tmp_path / str(seed), seed, tally)
    assert tally.faults == []
    assert tally.built > 0.8 * BUILDS
    assert tally.refused > 0
    assert {"W70", "D18"} <= set(tally.codes)
    record_property("boxes", tally.boxes)
    record_property("letters", tally.letters)
