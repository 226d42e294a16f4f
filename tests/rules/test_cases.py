"""Every rule with agendas that it objects to, beside its words, and others that it must let be.

A case is a meeting, put in the place of the desk's second one, or a folder of files that are laid
over the body's: ``W06/wrong-1.yaml`` and ``W06/wrong-1.txt``, ``W06/right-1.yaml``. The text is
printed by ``build.py check`` on standard error; ``pytest --update`` rewrites it.
"""

import re
import shutil
from pathlib import Path

import pytest

from minutes.rules import registry
from tests.support.agenda_folder import CASES, MEETING, Answer, Desk

RULES = CASES / "rules"
FEWEST = 2
WRONG = sorted(path for path in RULES.glob("*/wrong-*") if path.suffix != ".txt")
RIGHT = sorted(RULES.glob("*/right-*"))
CODES = sorted(code for code in registry.CODES if code.startswith("W"))
TYPED = {"D02": "W03"}  # what the reader of values tells, and the rule that it belongs to


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def lay_out(case: Path, root: Path) -> None:
    """Put a case's files into a copy of the desk's folder."""
    if case.is_dir():
        shutil.copytree(case, (root / MEETING).parent, dirs_exist_ok=True)
    else:
        shutil.copy(case, root / MEETING)


def checked(case: Path, desk: Desk) -> Answer:
    """Check the desk's folder with the case in it."""
    lay_out(case, desk.folder)
    return desk.call("check", "agendas")


def test_there_are_rules_and_their_cases() -> None:
    assert len(CODES) > 12
    assert {case.parent.name for case in [*WRONG, *RIGHT]} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_has_cases_that_it_objects_to_and_cases_that_it_lets_be(code: str) -> None:
    assert len([case for case in WRONG if case.parent.name == code]) >= FEWEST
    assert len([case for case in RIGHT if case.parent.name == code]) >= FEWEST


@pytest.mark.parametrize("case", WRONG, ids=name_of)
def test_a_rule_objects_in_exactly_these_words(case: Path, desk: Desk, update: bool) -> None:
    answer = checked(case, desk)
    expected = case.with_suffix(".txt")
    if update:
        expected.write_text(answer.err, "utf-8")
    assert answer.err == expected.read_text("utf-8")
    codes = re.findall(r"\[([DW][0-9]+)\]:", answer.err)
    assert {TYPED.get(code, code) for code in codes} == {case.parent.name}, "a case shows one rule"


@pytest.mark.parametrize("case", RIGHT, ids=name_of)
def test_a_rule_says_nothing_of_what_only_looks_wrong(case: Path, desk: Desk) -> None:
    answer = checked(case, desk)
    assert (answer.status, answer.err) == (0, "")
