from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from minutes.meetings.attendance import Attendee
from minutes.meetings.loading import Earlier
from minutes.meetings.proceedings import Proceedings, work_out
from tests.support.sample import PREVIOUS, agenda, meeting

OWN = "หัวข้อ: เรื่องของเรา"


def names(people: tuple[Attendee, ...]) -> list[str]:
    return [person.name for person in people]


def kinds(proceedings: Proceedings) -> list[str]:
    return [part.kind or part.title for part in proceedings.parts]


def sections(*lines: str) -> str:
    return "ระเบียบวาระ:\n" + "".join(f"  - {line}\n" for line in lines)


# --- people -----------------------------------------------------------------------------------


def test_without_a_word_about_attendance_all_members_came() -> None:
    proceedings = meeting()
    assert len(proceedings.people.present) == 5
    assert proceedings.people.absent == ()


def test_who_is_absent_is_not_present_and_keeps_position_and_reason() -> None:
    people = meeting("""
        การเข้าประชุม:
          ผู้ไม่มาประชุม: [{ชื่อ: นางสอง ใจเย็น, เหตุผล: ลาป่วย}]
    """).people
    assert "นางสอง ใจเย็น" not in names(people.present)
    assert people.absent == (
        Attendee("นางสอง ใจเย็น", "ปลัดอำเภอ", "กรรมการ", reason="ลาป่วย"),
    )  # fmt: skip


SUBSTITUTE = """
    การเข้าประชุม:
      ผู้ไม่มาประชุม: [{ชื่อ: นางสอง ใจเย็น, เหตุผล: ลาป่วย}]
      ผู้มาประชุมแทน: [{แทน: นางสอง ใจเย็น, ชื่อ: นายหก ใจถึง, ตำแหน่ง: ปลัดอาวุโส}]
"""


def test_a_substitute_sits_in_the_members_place_and_says_for_whom() -> None:
    person = meeting(SUBSTITUTE).people.present[1]
    assert person == Attendee("นายหก ใจถึง", "ปลัดอาวุโส", "กรรมการ", stands_for="ปลัดอำเภอ")


def test_a_member_with_a_substitute_is_printed_as_absent_too() -> None:
    assert names(meeting(SUBSTITUTE).people.absent) == ["นางสอง ใจเย็น"]


def test_a_substitute_stands_for_the_name_of_a_member_without_a_position() -> None:
    people = meeting(
        "การเข้าประชุม: {ผู้มาประชุมแทน: [{แทน: นายก ก้าวหน้า, ชื่อ: นายข ขยัน}]}",
        body="สมาชิก: [นายก ก้าวหน้า]",
    ).people
    assert [person.stands_for for person in people.present] == ["นายก ก้าวหน้า"]


@pytest.mark.parametrize("called", ["นางสอง ใจเย็น", "นางสอง  ใจเย็น", "สอง ใจเย็น", "ปลัดอำเภอ"])
def test_a_member_is_found_by(called: str) -> None:
    people = meeting(f"การเข้าประชุม: {{ผู้ไม่มาประชุม: [{{ชื่อ: {called}, เหตุผล: ลา}}]}}").people
    assert names(people.absent) == ["นางสอง ใจเย็น"]


def test_a_position_that_two_hold_finds_nobody() -> None:
    proceedings = meeting(
        "การเข้าประชุม: {ผู้ไม่มาประชุม: [กำนัน]}",
        body="สมาชิก: [{ชื่อ: นายก, ตำแหน่ง: กำนัน}, {ชื่อ: นายข, ตำแหน่ง: กำนัน}]",
    )
    assert [problem.code for problem in proceedings.problems] == ["D54"]


@pytest.mark.parametrize(
    ("name", "code", "near"), [("นางสอง ใจเยน", "D50", "นางสอง ใจเย็น"), ("พระอาทิตย์", "D54", "")]
)
def test_an_absent_stranger_is_a_problem_with_the_nearest_name(
    name: str, code: str, near: str
) -> None:
    [problem] = meeting(f"การเข้าประชุม:\n  ผู้ไม่มาประชุม:\n    - {{ชื่อ: {name}, เหตุผล: ลา}}").problems
    assert (problem.code, problem.values["near"]) == (code, near)
    assert (problem.line, problem.column) == (3, 14)


def test_a_stranger_who_has_a_substitute_is_a_problem() -> None:
    proceedings = meeting("การเข้าประชุม: {ผู้มาประชุมแทน: [{แทน: นายไม่รู้จัก, ชื่อ: นายข}]}")
    assert [problem.code for problem in proceedings.problems] == ["D54"]
    assert "นายข" not in names(proceedings.people.present)


def test_a_body_without_members_takes_every_name() -> None:
    proceedings = meeting(
        """
        การเข้าประชุม:
          ผู้มาประชุม: [{ชื่อ: นายก, หน้าที่: ประธาน}, นายข]
          ผู้ไม่มาประชุม: [นายค]
        """,
        body="สมาชิก: []",
    )
    assert proceedings.problems == ()
    assert names(proceedings.people.present) == ["นายก", "นายข"]
    assert names(proceedings.people.absent) == ["นายค"]


def present(person: str) -> list[Attendee]:
    people = meeting(f"การเข้าประชุม: {{ผู้มาประชุม: [{person}]}}").people
    return list(people.present)


def test_a_member_may_have_another_position_for_one_meeting() -> None:
    second = present("{ชื่อ: นางสอง ใจเย็น, ตำแหน่ง: รักษาราชการแทน}")[1]
    assert second == Attendee("นางสอง ใจเย็น", "รักษาราชการแทน", "กรรมการ")


def test_a_member_may_have_another_name_for_one_meeting() -> None:
    people = present("{ชื่อ: นางสอง ใหม่กว่า, ตำแหน่ง: ปลัดอำเภอ}")
    assert names(tuple(people))[1] == "นางสอง ใหม่กว่า"
    assert len(people) == 5


def test_somebody_else_who_is_present_comes_after_the_members() -> None:
    assert present("{ชื่อ: นายหก ใจถึง, ตำแหน่ง: กำนัน}")[5] == Attendee("นายหก ใจถึง", "กำนัน")


def test_lists_of_a_thousand_people_are_worked_out_at_once() -> None:
    members = [f"  - {{ชื่อ: นายสมชาย{n} ใจดี, ตำแหน่ง: กำนัน}}" for n in range(1_000)]
    away = [f"    - {{ชื่อ: นาย สมชาย{n} ใจดี, เหตุผล: ลา}}" for n in range(0, 1_000, 2)]
    sent = [f"    - {{แทน: สมชาย{n} ใจดี, ชื่อ: นายแทน{n} ใจดี}}" for n in range(0, 1_000, 4)]
    given = [f"    - {{ชื่อ: นายสมชาย{n} ใจดี, หน้าที่: กรรมการ}}" for n in range(1, 1_000, 2)]
    lists = [
        "การเข้าประชุม:",
        *("  ผู้ไม่มาประชุม:", *away),
        *("  ผู้มาประชุมแทน:", *sent),
        *("  ผู้มาประชุม:", *given),
    ]
    worked_out = meeting("\n".join(lists), body="\n".join(["สมาชิก:", *members]))
    assert worked_out.problems == ()
    assert len(worked_out.people.absent) == 500
    assert len(worked_out.people.present) == 750
    assert worked_out.people.present[1].role == "กรรมการ"


def test_only_a_council_parts_leave_from_missing() -> None:
    text = """
        การเข้าประชุม:
          ผู้ไม่มาประชุม:
            - {ชื่อ: นางสอง ใจเย็น, เหตุผล: ลาป่วย}
            - {ชื่อ: นายสาม ใจงาม, ชนิด: ขาด}
    """
    council, committee = meeting(text, council=True).people, meeting(text).people
    assert (names(council.leave), names(council.missing)) == (["นางสอง ใจเย็น"], ["นายสาม ใจงาม"])
    assert (committee.leave, committee.missing) == ((), ())
    assert len(committee.absent) == 2


def test_a_councils_secretary_has_no_vote() -> None:
    votes = [person.votes for person in meeting(council=True).people.present]
    assert votes == [True, True, True, True, False]


# --- who chairs, writes and checks ------------------------------------------------------------


def test_the_first_whose_role_begins_with_chair_chairs() -> None:
    chair = meeting().chair
    assert chair is not None
    assert chair.name == "นายหนึ่ง ใจดี"


def test_an_absent_chair_does_not_chair() -> None:
    assert meeting("การเข้าประชุม: {ผู้ไม่มาประชุม: [นายหนึ่ง ใจดี]}").chair is None


@pytest.mark.parametrize(
    ("given", "position"),
    [("นางสอง ใจเย็น", "ปลัดอำเภอ"), ("{ชื่อ: นายหก, ตำแหน่ง: ปลัดจังหวัด}", "ปลัดจังหวัด"), ("นายหก", "")],
)
def test_the_meeting_may_name_another_chair(given: str, position: str) -> None:
    chair = meeting(f"ประธานในที่ประชุม: {given}").chair
    assert chair is not None
    assert chair.position == position


def test_a_recorder_who_is_a_guest_or_a_substitute_keeps_the_position() -> None:
    guest = meeting("""
        ผู้จดรายงาน: นางเจ็ด
        การเข้าประชุม: {ผู้เข้าร่วมประชุม: [{ชื่อ: นางเจ็ด, ตำแหน่ง: เจ้าหน้าที่ธุรการ}]}
    """).recorder
    substitute = meeting(SUBSTITUTE + "    ผู้จดรายงาน: นายหก ใจถึง").recorder
    assert guest is not None
    assert substitute is not None
    assert (guest.position, substitute.position) == ("เจ้าหน้าที่ธุรการ", "ปลัดอาวุโส")


def test_the_bodys_recorder_and_checkers_serve_where_the_meeting_names_none() -> None:
    proceedings = meeting(
        body="""
        ผู้จดรายงาน: นางสาวห้า ใจกว้าง
        ผู้ตรวจรายงาน: [นางสอง ใจเย็น, {ชื่อ: นายแปด, หน้าที่: กรรมการตรวจรายงานการประชุม}]
        """,
        draft=True,
    )
    assert proceedings.recorder is not None
    assert proceedings.recorder.position == "นักวิชาการ"
    assert [(p.name, p.position, p.role) for p in proceedings.checkers] == [
        ("นางสอง ใจเย็น", "ปลัดอำเภอ", "กรรมการ"),
        ("นายแปด", "", "กรรมการตรวจรายงานการประชุม"),
    ]


def test_nobody_records_a_draft_that_names_nobody() -> None:
    assert meeting(draft=True).recorder is None


# --- the heading ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "occasion"),
    [
        ("", "ครั้งที่ 2/2567"),
        ("ประจำเดือน: พฤษภาคม 2567", "ครั้งที่ 2/2567 ประจำเดือนพฤษภาคม 2567"),
        ("ประจำเดือน: เดือนพฤษภาคม 2567", "ครั้งที่ 2/2567 ประจำเดือนพฤษภาคม 2567"),
        ("สมัยประชุม: สมัยสามัญ สมัยที่ 1", "สมัยสามัญ สมัยที่ 1 ครั้งที่ 2/2567"),
    ],
)
def test_the_occasion_is(lines: str, occasion: str) -> None:
    assert meeting(lines).occasion == occasion


@pytest.mark.parametrize("written", ["การประชุมใหญ่สามัญ", "ประชุมใหญ่สามัญ", "ใหญ่สามัญ"])
def test_a_title_of_its_own_does_not_say_meeting_twice(written: str) -> None:
    assert meeting(f"ชื่อการประชุม: {written}").convened == "ใหญ่สามัญ"


@pytest.mark.parametrize(
    ("lines", "whereabouts"),
    [
        ("", "ณ ห้องประชุมอำเภอ"),
        (
            "รูปแบบ: ออนไลน์\nระบบประชุม: Zoom",
            "ณ ห้องประชุมอำเภอ โดยประชุมผ่านสื่ออิเล็กทรอนิกส์ด้วยระบบ Zoom",
        ),
        (
            "รูปแบบ: ออนไลน์\nระบบประชุม: ระบบ Cisco Webex",
            "ณ ห้องประชุมอำเภอ โดยประชุมผ่านสื่ออิเล็กทรอนิกส์ด้วยระบบ Cisco Webex",
        ),
        ("รูปแบบ: ผสม", "ณ ห้องประชุมอำเภอ และประชุมผ่านสื่ออิเล็กทรอนิกส์"),
    ],
)
def test_the_place_says_how_people_met(lines: str, whereabouts: str) -> None:
    assert meeting(lines).whereabouts == whereabouts


def test_the_bodys_usual_place_serves_where_the_meeting_names_none() -> None:
    assert meeting("สถานที่:", body="สถานที่: หอประชุม").whereabouts == "ณ หอประชุม"
    assert meeting("สถานที่:").whereabouts == ""


# --- sections ---------------------------------------------------------------------------------

STANDARD = ["inform", "certify", "arising", "acknowledge", "consider", "other"]


def test_an_empty_agenda_has_the_six_standard_sections() -> None:
    proceedings = meeting()
    assert kinds(proceedings) == STANDARD
    assert [part.number for part in proceedings.parts] == [1, 2, 3, 4, 5, 6]
    assert all(part.is_empty and not part.is_listed for part in proceedings.parts)


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["ชนิด: เพื่อพิจารณา"], STANDARD),
        (
            [OWN],
            ["inform", "certify", "arising", "เรื่องของเรา", "acknowledge", "consider", "other"],
        ),
        (
            ["ชนิด: เพื่อพิจารณา", OWN, "ชนิด: เพื่อทราบ"],
            ["inform", "certify", "arising", "consider", "เรื่องของเรา", "acknowledge", "other"],
        ),
        (
            ["ชนิด: อื่น ๆ", "ชนิด: แจ้งให้ทราบ"],
            ["other", "inform", "certify", "arising", "acknowledge", "consider"],
        ),
        (
            ["ชนิด: เพื่อทราบ", "ชนิด: เพื่อทราบ"],
            ["inform", "certify", "arising", "acknowledge", "acknowledge", "consider", "other"],
        ),
    ],
)
def test_the_order_of_the_file_rules_and_the_rest_is_put_in_its_place(
    written: list[str], order: list[str]
) -> None:
    assert kinds(meeting(sections(*written))) == order


def test_nothing_is_put_into_a_councils_agenda() -> None:
    assert kinds(meeting(sections(OWN), council=True)) == ["เรื่องของเรา"]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["ชนิด: เพื่อทราบ"], ["เรื่องด่วน", "acknowledge", "other"]),
        ([OWN], ["เรื่องด่วน", "เรื่องของเรา", "acknowledge", "other"]),
        (["หัวข้อ: เรื่อง ด่วน"], ["เรื่อง ด่วน", "acknowledge", "other"]),
        (["ชนิด: เพื่อพิจารณา"], ["เรื่องด่วน", "acknowledge", "consider", "other"]),
    ],
)
def test_a_bodys_own_sections_take_the_place_of_the_six(
    written: list[str], order: list[str]
) -> None:
    body = "ระเบียบวาระ: [เรื่องด่วน, เพื่อทราบ, อื่นๆ]"
    assert kinds(meeting(sections(*written), body=body)) == order


def test_a_kind_that_the_body_does_not_use_stands_last_if_nothing_comes_after_it() -> None:
    order = kinds(meeting(sections("ชนิด: อื่น ๆ"), body="ระเบียบวาระ: [inform]"))
    assert order == ["inform", "other"]


def test_a_title_of_its_own_keeps_the_kind() -> None:
    part = meeting(sections("{ชนิด: เพื่อทราบ, หัวข้อ: รายงานประจำเดือน}")).parts[3]
    assert (part.kind, part.title) == ("acknowledge", "รายงานประจำเดือน")


def test_items_are_numbered_below_their_section() -> None:
    proceedings = meeting(sections("{ชนิด: เพื่อทราบ, เรื่อง: [ก, ข]}", "{ชนิด: อื่น ๆ, เรื่อง: [ค]}"))
    assert [numbered.number for numbered in proceedings.numbered()] == ["4.1", "4.2", "6.1"]


# --- certifying the previous minutes ----------------------------------------------------------

CERTIFY = sections("ชนิด: รับรองรายงาน")


def certifying(text: str = CERTIFY, **around: object) -> tuple[str, str]:
    part = next(part for part in meeting(text, **around).parts if part.kind == "certify")
    return part.title, part.resolution or part.nothing


def test_the_previous_minutes_fill_heading_and_resolution() -> None:
    assert certifying(previous=PREVIOUS) == (
        "เรื่องรับรองรายงานการประชุม ครั้งที่ 1/2567 เมื่อวันที่ 9 เมษายน 2567",
        "รับรองรายงานการประชุมครั้งที่ 1/2567 โดยไม่มีการแก้ไข",
    )


def test_what_the_writer_says_was_certified_stands_before_the_file() -> None:
    text = CERTIFY + "รับรองครั้งที่: {ครั้งที่: 9/2566, วันที่: 4 ธันวาคม 2566}"
    title, _ = certifying(text, previous=PREVIOUS)
    assert title.endswith("ครั้งที่ 9/2566 เมื่อวันที่ 4 ธันวาคม 2566")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("{ครั้งที่: 9/2566}", "เรื่องรับรองรายงานการประชุม ครั้งที่ 9/2566"),
        ("{วันที่: 4 ธันวาคม 2566}", "เรื่องรับรองรายงานการประชุม เมื่อวันที่ 4 ธันวาคม 2566"),
    ],
)
def test_what_was_certified_may_be_half_known(given: str, title: str) -> None:
    assert certifying(CERTIFY + f"รับรองครั้งที่: {given}")[0] == title


def test_a_session_names_the_minutes_of_a_council() -> None:
    earlier = Earlier("", "สมัยสามัญ สมัยที่ 2", date(2024, 2, 1), is_certified=False)
    assert certifying(previous=earlier, council=True) == (
        "เรื่องรับรองรายงานการประชุม สมัยสามัญ สมัยที่ 2 เมื่อวันที่ 1 กุมภาพันธ์ 2567",
        "รับรองรายงานการประชุมสมัยสามัญ สมัยที่ 2 โดยไม่มีการแก้ไข",
    )


def test_corrections_stand_in_the_resolution() -> None:
    text = sections("{ชนิด: รับรองรายงาน, ข้อแก้ไข: [{จากเดิม: ก, แก้เป็น: ข}]}")
    assert certifying(text, previous=PREVIOUS)[1].endswith("โดยมีการแก้ไข ดังนี้")


def test_a_resolution_and_a_title_that_are_written_are_kept() -> None:
    text = sections("{ชนิด: รับรองรายงาน, หัวข้อ: รับรองครั้งก่อน, มติ: เลื่อนไป}")
    assert certifying(text, previous=PREVIOUS) == ("รับรองครั้งก่อน", "เลื่อนไป")


def test_minutes_that_nobody_brought_up_are_not_certified() -> None:
    assert certifying("", previous=PREVIOUS)[1] == "- ไม่มี -"


@pytest.mark.parametrize(("text", "waits"), [(CERTIFY, True), ("", False)])
def test_a_draft_does_not_say_yet_how_minutes_were_certified(text: str, waits: bool) -> None:
    part = meeting(text, draft=True, previous=PREVIOUS).parts[1]
    assert (part.resolution, part.awaits_resolution, part.is_empty) == ("", waits, not waits)


def test_a_first_meeting_says_so() -> None:
    assert certifying("ครั้งที่: 1/2567") == (
        "เรื่องรับรองรายงานการประชุม",
        "ไม่มี เนื่องจากเป็นการประชุมครั้งแรก",
    )
    assert certifying()[1] == "- ไม่มี -"


def test_proceedings_hand_on_what_was_written() -> None:
    proceedings = meeting()
    assert proceedings.meeting is proceedings.case.meeting
    assert proceedings.body is proceedings.case.body
    assert proceedings == replace(proceedings)


# --- what an item follows up ------------------------------------------------------------------


def test_what_an_item_follows_is_named_by_the_earlier_meetings_own_file(tmp_path: Path) -> None:
    for folder, name in (("board", "คณะกรรมการตัวอย่าง"), ("council", "สภาตัวอย่าง")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "body.yaml").write_text(f"ชื่อ: {name}\n", "utf-8")
    day = "วันที่: 9 เมษายน 2567\nสถานที่: ศาลา\n"
    (tmp_path / "board" / "2567-01.yaml").write_text(day + "ครั้งที่: 7/2567\n", "utf-8")
    (tmp_path / "council" / "2567-02.yaml").write_text(day + "สมัยประชุม: สมัยสามัญ\n", "utf-8")
    references = ("board-2567-01 5.2", "council-2567-02 3", "board-2566-09b 1.1")
    matters = [f"ชื่อเรื่อง: ก\nสืบเนื่องจาก: {reference}" for reference in references]
    made = meeting(agenda("สืบเนื่อง", *matters), body="ชื่อ: คณะกรรมการตัวอย่าง")
    followed = work_out(replace(made.case, path=tmp_path / "board" / "2567-02.yaml")).followed
    assert followed("board-2567-01 5.2") == "ระเบียบวาระที่ 5.2 การประชุมครั้งที่ 7/2567"
    assert followed("council-2567-02 3") == "ระเบียบวาระที่ 3 การประชุมสภาตัวอย่าง สมัยสามัญ"
    assert followed("board-2566-09b 1.1") == "ระเบียบวาระที่ 1.1 การประชุมครั้งที่ 9/2566"
