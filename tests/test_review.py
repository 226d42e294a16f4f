"""``build.py check``: what it prints, what it leaves alone, and its exit status."""

import json

import pytest

from tests.desk import Desk
from tests.test_rule_cases import RULES

SOUND = (RULES / "W06" / "right-2.yaml").read_text("utf-8")
WARNED = (RULES / "W08" / "wrong-1.yaml").read_text("utf-8")
WRONG = (RULES / "W06" / "wrong-1.yaml").read_text("utf-8")
MEETING = "agendas/otop/2567-02.yaml"


@pytest.mark.parametrize(
    ("written", "strict", "status"),
    [
        (SOUND, False, 0),
        (SOUND, True, 0),
        (WARNED, False, 0),
        (WARNED, True, 1),
        (WRONG, False, 1),
        ("ครั้งที่: [", False, 1),
    ],
)
def test_the_exit_status_is_that_of_building(
    written: str, strict: bool, status: int, desk: Desk
) -> None:
    desk.put(MEETING, written)
    flags = ["--strict"] if strict else []
    assert desk.call("check", "agendas", *flags).status == status
    assert desk.run("--to", "docx", "--only", "minutes", *flags).status == status


@pytest.mark.parametrize("written", [WARNED, WRONG, "ครั้งที่: ["])
def test_checking_prints_what_building_prints_and_writes_nothing(written: str, desk: Desk) -> None:
    desk.put(MEETING, written)
    before = sorted(desk.folder.rglob("*"))
    checked = desk.call("check", "agendas")
    assert sorted(desk.folder.rglob("*")) == before
    assert checked.err == desk.run("--to", "docx", "--only", "minutes").err != ""


def test_problems_come_as_json_when_that_is_asked_for(desk: Desk) -> None:
    desk.put(MEETING, WARNED)
    (line,) = desk.call("check", MEETING, "--errors", "json").err.splitlines()
    assert json.loads(line)["code"] == "W08"


def test_the_closing_line_counts_and_names_what_is_switched_off_and_why(desk: Desk) -> None:
    desk.put(MEETING, f"{WARNED}ละเว้น: {{W08: ไม่เก็บเหตุผล}}\n")
    with (desk.folder / "agendas/otop/body.yaml").open("a", encoding="utf-8") as body:
        body.write("ละเว้น:\n  W16: งานต่อเนื่อง\n")
    answer = desk.call("check", "agendas")
    assert answer.err == ""
    summary, *off = answer.out.splitlines()
    assert summary == "ตรวจแล้ว 3 การประชุม · ผิดพลาด 0 · คำเตือน 0 · แนะนำ 0"
    assert off == [
        "agendas/otop/body.yaml:12:3: ละเว้น W16: งานต่อเนื่อง",
        "agendas/otop/2567-02.yaml:15:10: ละเว้น W08: ไม่เก็บเหตุผล",
    ]


def test_it_speaks_english_too(desk: Desk) -> None:
    answer = desk.call("check", "agendas", "--lang", "en")
    assert answer.out == "2 meetings checked · 0 errors · 0 warnings · 0 notes\n"
    assert "check" in desk.call("check", "--help", "--lang", "en").out


def test_without_a_path_it_checks_the_agendas_beside_the_program(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minutes.commands.check.ROOT", desk.folder)
    desk.put(MEETING, WARNED)
    assert "W08" in desk.call("check").err
