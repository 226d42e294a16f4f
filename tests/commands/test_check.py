"""``build.py check``: what it prints, what it leaves alone, and its exit status."""

import json

import pytest

from tests.rules.test_cases import RULES
from tests.support.agenda_folder import Desk

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
    assert [line.split(": ")[1] for line in answer.problems] == ["แนะนำ[W69]"]
    summary, *off = answer.out.splitlines()
    assert summary == "ตรวจแล้ว 3 การประชุม · ผิดพลาด 0 · คำเตือน 0 · แนะนำ 1"
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


ABSENT = """\
ครั้งที่: 2/2567
วันที่: 18 มิถุนายน 2567
เวลาเริ่ม: 09.30
เวลาเลิก: 11.45
สถานะ: ฉบับสมบูรณ์
การเข้าประชุม:
  ผู้ไม่มาประชุม:
    - นายตัวอย่าง ที่สาม
    - ชื่อ: นางสาวตัวอย่าง ที่สี่
      ละเว้น: {W08: แจ้งด้วยวาจา}
ระเบียบวาระ:
  - ชนิด: รับรองรายงาน
"""


def test_a_check_is_switched_off_for_one_line_alone(desk: Desk) -> None:
    desk.put(MEETING, ABSENT)
    answer = desk.call("check", "agendas")
    assert [line.split(":")[1] for line in answer.problems] == ["8"]
    assert "2567-02.yaml:10:16: ละเว้น W08: แจ้งด้วยวาจา" in answer.out
    assert desk.run("--to", "docx", "--only", "minutes").err == answer.err


def test_a_check_that_is_switched_off_for_nothing_is_told_as_advice(desk: Desk) -> None:
    desk.put(MEETING, f"{SOUND}ละเว้น: {{W08: ไม่เก็บเหตุผล}}\n")
    answer = desk.call("check", "agendas", "--strict")
    assert answer.status == 0
    assert "2567-02.yaml:16:10: แนะนำ[W69]" in answer.err


def test_what_a_body_switches_off_is_used_when_one_of_its_meetings_needs_it(desk: Desk) -> None:
    desk.put(MEETING, WARNED)
    with (desk.folder / "agendas/otop/body.yaml").open("a", encoding="utf-8") as body:
        body.write("ละเว้น: {W08: ไม่เก็บเหตุผล}\n")
    assert desk.call("check", "agendas").err == ""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{W8: ก}", 'D59]: ไม่มีการตรวจรหัส "W8"\n    หมายถึง W08'),
        ("{W08: }", 'D92]: "W08" ยังไม่มีเหตุผล'),
        ("{ลำดับ: ก}", "หมายถึง W08"),
    ],
)
def test_a_switch_wants_a_known_code_and_a_reason(written: str, told: str, desk: Desk) -> None:
    desk.put(MEETING, ABSENT.replace("{W08: แจ้งด้วยวาจา}", written))
    assert told in desk.call("check", "agendas").err
