from datetime import date

import pytest

from minutes.meetings.loading import Earlier
from minutes.meetings.proceedings import Proceedings
from minutes.problems.messages import MESSAGES
from minutes.rules import registry
from tests.support.sample import PREVIOUS, agenda, item, meeting

DONE = agenda("เพื่อทราบ", "มติ: รับทราบ")
COUNCILS = "ระเบียบวาระ: [{ชนิด: แจ้งให้ทราบ}, {ชนิด: อื่น ๆ}]\n"


def found(proceedings: Proceedings) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in registry.check(proceedings)]


def places(proceedings: Proceedings) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in registry.check(proceedings)]


def absent(*names: str) -> str:
    entries = ", ".join(f"{{ชื่อ: {name}, เหตุผล: ลา}}" for name in names)
    return f"การเข้าประชุม: {{ผู้ไม่มาประชุม: [{entries}]}}"


def test_a_whole_record_gives_nothing_to_object_to() -> None:
    assert found(meeting(DONE)) == []


def test_every_rule_has_its_wording_and_says_which_code_it_finds() -> None:
    assert registry.RULES
    for code, rule in registry.RULES.items():
        assert code in MESSAGES
        assert rule.__doc__ is not None
        assert code in rule.__doc__


@pytest.mark.parametrize(
    ("line", "what"),
    [("ครั้งที่", "ครั้งที่"), ("เวลาเริ่ม", "เวลาเริ่ม"), ("เวลาเลิก", "เวลาเลิก"), ("ผู้จดรายงาน", "ผู้จดรายงาน")],
)
def test_a_final_record_must_have(line: str, what: str) -> None:
    [problem] = registry.check(meeting(f"{line}:\n{DONE}"))
    assert (problem.code, problem.severity) == ("W02", "error")
    assert problem.values["what"] == what


def test_a_session_stands_for_the_number() -> None:
    assert found(meeting(f"ครั้งที่:\nสมัยประชุม: สมัยสามัญ\n{DONE}")) == []


def test_a_draft_may_lack_them_with_a_warning_each() -> None:
    problems = registry.check(meeting(DONE, draft=True))
    assert {(problem.code, problem.severity) for problem in problems} == {("W02", "warning")}
    assert {problem.values["what"] for problem in problems} == {
        "ครั้งที่", "เวลาเริ่ม", "เวลาเลิก", "การเข้าประชุม", "ผู้จดรายงาน",
    }  # fmt: skip


def test_a_place_is_wanted_even_of_a_draft() -> None:
    draft = meeting(f"สถานที่:\n{DONE}", draft=True)
    assert [p.severity for p in registry.check(draft) if p.values["what"] == "สถานที่"] == ["error"]


def test_a_final_record_without_anybody_present_is_an_error() -> None:
    proceedings = meeting(DONE, body="สมาชิก: []")
    assert ("W02", "error") in found(proceedings)
    assert "ผู้มาประชุม" in {p.values.get("what") for p in registry.check(proceedings)}


@pytest.mark.parametrize(("end", "codes"), [("09.30", ["W04"]), ("09.00", ["W04"]), ("09.31", [])])
def test_a_meeting_ends_after_it_starts(end: str, codes: list[str]) -> None:
    problems = registry.check(meeting(f"เวลาเลิก: {end}\n{DONE}"))
    assert [problem.code for problem in problems] == codes


def test_times_that_cannot_be_are_shown_as_they_are_printed() -> None:
    [problem] = registry.check(meeting(f"เวลาเลิก: 09:00\n{DONE}"))
    assert problem.values == {"start": "09.30 น.", "end": "09.00 น."}
    assert (problem.line, problem.column) == (1, 11)


def test_who_is_absent_without_a_reason_is_warned_of_at_the_name() -> None:
    lines = "การเข้าประชุม:\n  ผู้ไม่มาประชุม:\n    - นางสอง ใจเย็น\n"
    assert places(meeting(lines + DONE)) == [("W08", 3, 7)]
    assert found(meeting(lines + DONE)) == [("W08", "warning")]


def test_who_is_missing_from_a_council_gave_no_reason() -> None:
    lines = "การเข้าประชุม: {ผู้ไม่มาประชุม: [{ชื่อ: นางสอง ใจเย็น, ชนิด: ขาด}]}\n"
    assert found(meeting(lines + COUNCILS, council=True)) == []


@pytest.mark.parametrize(("draft", "severity"), [(False, "error"), (True, "warning")])
def test_somebody_chairs(draft: bool, severity: str) -> None:
    proceedings = meeting(f"{absent('นายหนึ่ง ใจดี')}\n{DONE}", draft=draft)
    assert ("W10", severity) in found(proceedings)


TWO = ("นางสอง ใจเย็น", "นายสาม ใจงาม")


@pytest.mark.parametrize(
    ("who", "body", "codes"),
    [
        (TWO, "", []),
        ((*TWO, "นางสี่ ณ สงขลา"), "", ["W11"]),
        ((), "องค์ประชุม: 5", []),
        (TWO[:1], "องค์ประชุม: 5", ["W11"]),
    ],
)
def test_a_quorum_is_half_of_those_who_vote_or_what_the_body_says(
    who: tuple[str, ...], body: str, codes: list[str]
) -> None:
    problems = registry.check(meeting(f"{absent(*who)}\n{DONE}", body=body))
    assert [problem.code for problem in problems] == codes


def test_a_substitute_counts_for_the_quorum_and_a_councils_secretary_does_not() -> None:
    three = absent(*TWO, "นางสี่ ณ สงขลา")
    substitute = "ผู้มาประชุมแทน: [{แทน: นางสอง ใจเย็น, ชื่อ: นายหก, ตำแหน่ง: นิติกร}]"
    assert found(meeting(f"{three[:-1]}, {substitute}}}\n{DONE}")) == []
    [problem] = registry.check(meeting(f"{three}\n{COUNCILS}", council=True))
    assert problem.values == {"present": 1, "quorum": 2}


def test_a_quorum_of_a_draft_may_still_come_together() -> None:
    proceedings = meeting(f"{absent(*TWO, 'นางสี่ ณ สงขลา')}\n{DONE}", draft=True)
    assert ("W11", "warning") in found(proceedings)


@pytest.mark.parametrize(("draft", "severity"), [(False, "error"), (True, "warning")])
def test_an_item_ends_in_a_resolution(draft: bool, severity: str) -> None:
    proceedings = item("รายละเอียด: ก", draft=draft)
    assert ("W13", severity) in found(proceedings)


def test_an_item_that_was_withdrawn_or_comes_before_the_agenda_needs_no_resolution() -> None:
    assert found(item("ถอนเรื่อง: ใช่")) == []
    assert found(meeting(f"ก่อนวาระ: [มอบรางวัล]\n{DONE}")) == []


@pytest.mark.parametrize(
    ("votes", "codes"),
    [
        ("{เห็นชอบ: 5}", []),
        ("{เห็นชอบ: 4, งดออกเสียง: 1}", []),
        ("{เห็นชอบ: 4, ไม่เห็นชอบ: 1, งดออกเสียง: 1}", ["W17"]),
        ("{เห็นชอบ: [ก, ข, ค], ไม่เห็นชอบ: [ง, จ, ฉ]}", ["W17"]),
    ],
)
def test_no_more_votes_are_counted_than_there_are_voters(votes: str, codes: list[str]) -> None:
    problems = registry.check(item(f"มติ: เห็นชอบ\nคะแนนเสียง: {votes}"))
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("", ["W19"]),
        ("ระเบียบวาระ: [{ชนิด: รับรองรายงาน}]", []),
        ("ระเบียบวาระ: [{ชนิด: อื่น ๆ}]", ["W19"]),
    ],
)
def test_the_previous_minutes_come_up_for_certification(lines: str, codes: list[str]) -> None:
    assert [code for code, _ in found(meeting(lines, previous=PREVIOUS))] == codes
    assert found(meeting(lines)) == []


def test_a_draft_may_still_bring_them_up() -> None:
    assert "W19" not in {code for code, _ in found(meeting(draft=True, previous=PREVIOUS))}


SKIPS = "|\n  1. ก\n  3. ข"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (f"คำเปิดประชุม: {SKIPS}\n{DONE}", (3, 1)),
        (f"คำปิดประชุม: {SKIPS}\n{DONE}", (3, 1)),
        (f"ข่าวประชาสัมพันธ์:\n  ความนำ: |\n    1. ก\n    3. ข\n{DONE}", (4, 1)),
        (f"ข่าวประชาสัมพันธ์:\n  ปิดท้าย: |\n    1. ก\n    3. ข\n{DONE}", (4, 1)),
        (f"ข่าวประชาสัมพันธ์:\n  ประเด็น:\n    - ก\n    - |\n      1. ก\n      3. ข\n{DONE}", (6, 1)),
        ("ระเบียบวาระ:\n  - ชนิด: อื่น ๆ\n    มติ: |\n      1. ก\n      3. ข\n", (5, 1)),
        (agenda("เพื่อทราบ", f"เรื่องเดิม: {SKIPS}\nมติ: รับทราบ"), (7, 1)),
        (agenda("เพื่อทราบ", f"รายละเอียด: {SKIPS}\nมติ: รับทราบ"), (7, 1)),
        (agenda("เพื่อทราบ", f"ข้อเสนอ: {SKIPS}\nมติ: รับทราบ"), (7, 1)),
        (agenda("เพื่อทราบ", f"มติ: {SKIPS}"), (7, 1)),
        (agenda("เพื่อทราบ", "มติ: รับทราบ\nอภิปราย:\n  - |\n    1. ก\n    3. ข"), (9, 1)),
    ],
)
def test_a_list_that_skips_a_number_is_warned_of_wherever_it_is_written(
    lines: str, place: tuple[int, int]
) -> None:
    assert places(meeting(lines)) == [("W12", *place)]


def test_marks_that_mean_nothing_are_warned_of() -> None:
    stars, bars = "มติ: '**รับทราบ'", "มติ: |\n  | ก | ข |\n  | ค | ง |"
    assert found(item(stars)) == [("D61", "warning")]
    assert found(item(bars)) == [("D62", "warning")]


@pytest.mark.parametrize("code", ["D61", "D62"])
def test_a_body_or_a_meeting_switches_a_check_off_by_its_code(code: str) -> None:
    lines = agenda("เพื่อทราบ", "มติ: |\n  **รับทราบ\n\n  | ก | ข |\n  | ค | ง |")
    other = {"D61": "D62", "D62": "D61"}[code]
    ignored = f"ละเว้น: {{{code}: ตั้งใจเขียน}}"
    assert found(meeting(lines, body=ignored)) == [(other, "warning")]
    assert found(meeting(f"{lines}{ignored}")) == [(other, "warning")]


def test_objections_come_in_the_order_of_the_file() -> None:
    proceedings = meeting(
        "เวลาเลิก: 09.00\n"
        + agenda("เพื่อทราบ", "รายละเอียด: ก", "ชื่อเรื่อง: อีกเรื่องหนึ่ง\nมติ: '**ก'")
        + "การเข้าประชุม: {ผู้ไม่มาประชุม: [นางสอง ใจเย็น]}\n"
    )
    assert [code for code, _, _ in places(proceedings)] == ["W04", "W13", "D61", "W08"]


@pytest.mark.parametrize("figure", ["-1", "12.345", "9" * 40, ",".join(["999"] * 14), "0"])
def test_a_figure_that_is_no_sum_of_money_stops_no_check(figure: str) -> None:
    proceedings = item(f"""
        งบประมาณ: 500 บาท
        รายละเอียด: |
          | รายการ | จำนวนเงิน (บาท) |
          | --- | ---: |
          | ค่าวัสดุ | {figure} |
          | รวม | {figure} |
        ข้อเสนอ: ขออนุมัติวงเงิน {figure} บาท
        มติ: เห็นชอบ {figure} บาท (ห้าร้อยบาทถ้วน)
        """)
    expected = {"W31", "W46"} if figure == "0" else {"W31"}
    assert {code for code, _ in found(proceedings)} <= expected


def test_a_number_is_not_compared_with_one_that_the_previous_meeting_lacks() -> None:
    unnumbered = Earlier("", "", date(2024, 4, 9), is_certified=True)
    lines = "ครั้งที่: 7/2567\nระเบียบวาระ: [{ชนิด: รับรองรายงาน}]"
    assert found(meeting(lines, previous=unnumbered)) == []


def test_a_day_that_does_not_exist_is_not_taken_for_that_of_the_minutes() -> None:
    title = "หัวข้อ: รับรองรายงานการประชุมเมื่อวันที่ 31 กุมภาพันธ์ 2567"
    lines = f"ระเบียบวาระ: [{{ชนิด: รับรองรายงาน, {title}}}]"
    assert found(meeting(lines, previous=PREVIOUS)) == [("W63", "error")]


def test_info_comes_with_the_lines_that_a_paragraph_takes() -> None:
    [problem] = registry.check(item(f"รายละเอียด: {'ก' * 900}\nมติ: เห็นชอบ"))
    assert (problem.code, problem.severity, problem.values) == ("W38", "info", {"lines": 10})
