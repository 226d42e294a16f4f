"""The counts of work that stand in place of a clock."""

import re

import pytest

from tests.support import effort


def test_work_that_grows_faster_than_its_size_is_told() -> None:
    effort.assert_in_proportion(lambda size: [len("") for _ in range(size)], 2_000)
    with pytest.raises(AssertionError):
        effort.assert_in_proportion(lambda size: [len("") for _ in range(size * size)], 2_000)


def test_a_pattern_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "LONGEST", 0.1)
    with effort.in_sight_of_an_end():
        assert re.match("a+$", "a" * 50)
    with pytest.raises(AssertionError, match="does not end"), effort.in_sight_of_an_end():
        re.match("(a+)+$", "a" * 50 + "b")
