"""One agenda with twenty-five different faults: all are told in one run, each at its line."""

import pytest

from minutes import __main__ as cli
from minutes.build import review
from minutes.paths import ROOT

FAULTY = ROOT / "tests/cases" / "25-faults"
MEETING = "2569-02.yaml"
# Written by hand: the line in the agenda, and what is wrong with it.
EXPECTED = [
    (2, "W05"),  # number 3 after number 1
    (5, "W04"),  # ends before it starts
    (10, "W08"),  # absent without a reason
    (13, "W06"),  # a guest who is listed twice
    (23, "W12"),  # a list that goes from 1 to 3
    (25, "W24"),  # ต่างๆ
    (27, "W25"),  # 09.30น.
    (29, "W26"),  # 5 ม.ค. 69
    (31, "W41"),  # a title that begins with its number
    (32, "W21"),  # ทำการสำรวจ
    (40, "D89"),  # follows an item that there was not
    (42, "W18"),  # arises from nobody knows where
    (48, "W13"),  # no resolution
    (56, "W45"),  # a total that is 500 short
    (59, "W27"),  # นาย apart from the name
    (60, "W20"),  # บอกว่า
    (61, "W40"),  # ขออนุญาติ
    (62, "W29"),  # a full stop
    (63, "W39"),  # เ typed twice for แ
    (64, "W31"),  # figures and words that differ
    (70, "D61"),  # bold that never ends
    (72, "W17"),  # six votes of four members
    (74, "W16"),  # work without an owner
    (77, "W15"),  # considered, and only noted
    (80, "W35"),  # news of tomorrow's meeting
]


def test_the_list_has_twenty_five_faults_no_two_alike() -> None:
    assert len(EXPECTED) == 25
    assert len({code for _, code in EXPECTED}) == 25


def test_all_faults_are_found_in_one_run_each_at_its_line_and_nothing_else() -> None:
    problems = review.review([FAULTY]).problems
    assert {problem.path.name for problem in problems} == {MEETING}
    assert [(problem.line, problem.code) for problem in problems] == EXPECTED


def test_the_command_prints_a_line_for_each_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(FAULTY)]) == 1
    said = capsys.readouterr().err.splitlines()
    told = [line for line in said if not line.startswith("    ")]
    assert len(told) == len(EXPECTED)
    for line, (number, code) in zip(told, EXPECTED, strict=True):
        assert f"{MEETING}:{number}:" in line
        assert f"[{code}]" in line
