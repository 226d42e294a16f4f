from datetime import date
from pathlib import Path

import pytest

from minutes.meetings import actions
from minutes.meetings.actions import Assignment
from tests.support.body_folder import Shelf, item

PUMP = "งาน: ซ่อมเครื่องสูบน้ำ, ผู้รับผิดชอบ: กองช่าง, กำหนดเสร็จ: 31 มกราคม 2569"
SURVEY = "งาน: สำรวจพื้นที่, ผู้รับผิดชอบ: สำนักปลัด, กำหนดเสร็จ: 20 มกราคม 2569"
RESOLVED = "มติ: รับทราบ"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def follows(reference: str, *tasks: str, resolved: bool = True, more: str = "") -> str:
    told = f"สืบเนื่องจาก: {reference}\n{RESOLVED if resolved else ''}\n{more}"
    return item("ผลการดำเนินงาน", *tasks, more=told)


def the(shelf: Shelf, task: str = "ซ่อมเครื่องสูบน้ำ") -> Assignment:
    (found,) = (one for one in shelf.actions() if one.task == task)
    return found


def start(shelf: Shelf, *tasks: str) -> None:
    """Let the first meeting, on 5 January 2569, assign the tasks in its item 5.1."""
    shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", *tasks), number="1/2569")


def test_an_action_tells_where_it_was_assigned_to_whom_and_until_when(shelf: Shelf) -> None:
    start(shelf, PUMP)
    pump = the(shelf)
    assert (pump.owner, pump.due, pump.done, pump.postponed) == (
        "กองช่าง",
        date(2026, 1, 31),
        False,
        0,
    )
    assert pump.assigned.reference == "board-2569-01 5.1"
    assert (pump.assigned.title, str(pump.assigned.meeting_number)) == ("ระบบประปา", "1/2569")
    assert pump.latest == pump.assigned
    assert pump.is_open


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2026, 1, 30), "open"), (date(2026, 1, 31), "open"), (date(2026, 2, 1), "overdue")],
)
def test_an_action_is_overdue_from_the_day_after_it_was_due(
    shelf: Shelf, day: date, status: str
) -> None:
    start(shelf, PUMP)
    assert the(shelf).status(day) == status


def test_an_action_without_a_due_date_is_never_overdue(shelf: Shelf) -> None:
    start(shelf, "งาน: ซ่อมเครื่องสูบน้ำ")
    assert the(shelf).status(date.max) == "open"


@pytest.mark.parametrize(("done", "value"), [("ใช่", True), ("30 มกราคม 2569", date(2026, 1, 30))])
def test_done_where_it_was_assigned_is_done(shelf: Shelf, done: str, value: object) -> None:
    start(shelf, f"{PUMP}, เสร็จแล้ว: {done}")
    assert the(shelf).status(date(2026, 3, 1)) == "done"
    assert the(shelf).done == value
    assert not the(shelf).is_open


def test_done_in_a_later_meeting_is_done(shelf: Shelf) -> None:
    start(shelf, PUMP)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", f"{PUMP}, เสร็จแล้ว: ใช่"))
    assert the(shelf).done is True
    assert the(shelf).latest.reference == "board-2569-02 3.1"


def test_a_later_due_date_counts_as_put_off_and_an_earlier_or_equal_one_does_not(
    shelf: Shelf,
) -> None:
    start(shelf, PUMP)
    days = ["15 กุมภาพันธ์ 2569", "15 กุมภาพันธ์ 2569", "10 กุมภาพันธ์ 2569", "31 มีนาคม 2569"]
    before = "board-2569-01 5.1"
    for number, day in enumerate(days, 2):
        task = f"งาน: ซ่อมเครื่องสูบน้ำ, ผู้รับผิดชอบ: กองช่าง, กำหนดเสร็จ: {day}"
        shelf.meet(f"2569-{number:02}", f"{number} กุมภาพันธ์ 2569", follows(before, task))
        before = f"board-2569-{number:02} 3.1"
    pump = the(shelf)
    assert (pump.postponed, pump.due) == (2, date(2026, 3, 31))
    assert pump.assigned.reference == "board-2569-01 5.1"
    assert pump.latest.reference == "board-2569-05 3.1"


def test_a_first_due_date_puts_nothing_off_and_a_missing_one_leaves_the_old(shelf: Shelf) -> None:
    start(shelf, "งาน: ซ่อมเครื่องสูบน้ำ")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", PUMP))
    bare = "งาน: ซ่อมเครื่องสูบน้ำ"
    shelf.meet("2569-03", "6 กุมภาพันธ์ 2569", follows("board-2569-02 3.1", bare))
    pump = the(shelf)
    assert (pump.postponed, pump.due, pump.owner) == (0, date(2026, 1, 31), "กองช่าง")


def test_what_a_resolved_item_no_longer_lists_is_closed(shelf: Shelf) -> None:
    start(shelf, PUMP, SURVEY)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", PUMP))
    assert the(shelf).is_open
    survey = the(shelf, "สำรวจพื้นที่")
    assert survey.status(date(2026, 3, 1)) == "closed"
    assert survey.closed is not None
    assert survey.closed.reference == "board-2569-02 3.1"


def test_what_is_not_due_yet_is_not_closed_by_a_report_of_progress(shelf: Shelf) -> None:
    start(shelf, PUMP)
    shelf.meet("2569-02", "30 มกราคม 2569", follows("board-2569-01 5.1"))
    assert the(shelf).is_open
    shelf.meet("2569-03", "31 มกราคม 2569", follows("board-2569-01 5.1"))
    assert not the(shelf).is_open


@pytest.mark.parametrize(
    "told",
    [
        follows("board-2569-01 5.1", resolved=False),
        follows("board-2569-01 5.1", more="ถอนเรื่อง: ใช่"),
        item("เรื่องอื่น", more=RESOLVED),
        follows("board-2569-01 5.2"),
        follows("board-2568-01 5.1"),
    ],
    ids=["unresolved", "withdrawn", "follows nothing", "another item", "before the files"],
)
def test_an_action_is_not_closed_by(shelf: Shelf, told: str) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", PUMP), item("อื่น"))
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", told)
    assert the(shelf).is_open


def test_what_is_closed_or_done_can_open_again(shelf: Shelf) -> None:
    start(shelf, f"{SURVEY}, เสร็จแล้ว: ใช่", PUMP)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1"))
    assert [one.is_open for one in shelf.actions()] == [False, False]
    shelf.meet("2569-03", "6 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", SURVEY, PUMP))
    assert [one.is_open for one in shelf.actions()] == [True, True]
    assert len(shelf.actions()) == 2


def test_a_reworded_task_is_a_new_one_and_ends_the_old(shelf: Shelf) -> None:
    start(shelf, PUMP)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", "งาน: ซื้อเครื่องใหม่"))
    assert [(one.task, one.is_open) for one in shelf.actions()] == [
        ("ซ่อมเครื่องสูบน้ำ", False),
        ("ซื้อเครื่องใหม่", True),
    ]


@pytest.mark.parametrize(
    "task", ["ซ่อมเครื่อง สูบน้ำ ๒ เครื่อง", "ซ่อมเครื่องสูบน้ำ  2 เครื่อง", "ซ่อมเครื่องสูบน้ํา 2 เครื่อง"]
)
def test_spaces_and_digits_do_not_make_another_task(shelf: Shelf, task: str) -> None:
    start(shelf, "งาน: ซ่อมเครื่องสูบน้ำ 2 เครื่อง")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", f"งาน: {task}"))
    assert len(shelf.actions()) == 1


def test_one_task_for_two_owners_is_two(shelf: Shelf) -> None:
    both = [f"งาน: รายงานผล, ผู้รับผิดชอบ: {owner}" for owner in ("กองช่าง", "กองคลัง")]
    start(shelf, *both)
    later = follows("board-2569-01 5.1", both[1], f"{both[0]}, เสร็จแล้ว: ใช่")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", later)
    assert [(one.owner, one.is_open) for one in shelf.actions()] == [
        ("กองช่าง", False),
        ("กองคลัง", True),
    ]


def test_a_task_handed_to_another_owner_goes_on(shelf: Shelf) -> None:
    start(shelf, PUMP)
    handed = "งาน: ซ่อมเครื่องสูบน้ำ, ผู้รับผิดชอบ: กองสาธารณสุข"
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", handed))
    assert [one.owner for one in shelf.actions()] == ["กองสาธารณสุข"]


def test_two_items_of_one_meeting_may_share_what_they_follow(shelf: Shelf) -> None:
    start(shelf, PUMP, SURVEY)
    two = [follows("board-2569-01 5.1", task) for task in (SURVEY, PUMP)]
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", *two)
    assert [one.is_open for one in shelf.actions()] == [True, True]
    shelf.meet("2569-03", "6 กุมภาพันธ์ 2569", follows("board-2569-02 3.1"))
    assert the(shelf).is_open
    assert not the(shelf, "สำรวจพื้นที่").is_open


def test_an_item_may_follow_the_first_one_over_the_head_of_another(shelf: Shelf) -> None:
    start(shelf, PUMP)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", PUMP))
    shelf.meet("2569-03", "6 กุมภาพันธ์ 2569", follows("board-2569-01 5.1"))
    assert not the(shelf).is_open


def test_what_was_assigned_before_the_agenda_goes_on_under_arising(shelf: Shelf) -> None:
    shelf.put(
        "2569-01",
        "วันที่: 5 มกราคม 2569\nก่อนวาระ:\n  - ชื่อเรื่อง: มอบรางวัล\n    มอบหมาย:\n"
        "      - {งาน: จัดทำเกียรติบัตร, กำหนดเสร็จ: 9 มกราคม 2569}\n",
    )
    assert the(shelf, "จัดทำเกียรติบัตร").assigned.reference == ""
    shelf.put(
        "2569-02",
        "วันที่: 5 กุมภาพันธ์ 2569\nระเบียบวาระ:\n  - ชนิด: สืบเนื่อง\n    เรื่อง:\n      - ชื่อเรื่อง: ก\n"
        "        มอบหมาย:\n          - {งาน: จัดทำเกียรติบัตร, กำหนดเสร็จ: 9 มีนาคม 2569}\n",
    )
    (one,) = shelf.actions()
    assert (one.postponed, one.latest.reference) == (1, "board-2569-02 3.1")


def test_the_same_words_elsewhere_are_another_task(shelf: Shelf) -> None:
    start(shelf, PUMP)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", item("ระบบประปา", PUMP))
    assert len(shelf.actions()) == 2


@pytest.mark.parametrize("mark", ["ลับ", "ข้อมูลส่วนบุคคล"])
def test_once_secret_or_personal_is_so_for_good(shelf: Shelf, mark: str) -> None:
    marked = item("ระบบประปา", PUMP, more=f"{mark}: ใช่")
    shelf.meet("2569-01", "5 มกราคม 2569", marked)
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", follows("board-2569-01 5.1", PUMP))
    pump = the(shelf)
    assert (pump.is_secret, pump.is_personal) == (mark == "ลับ", mark != "ลับ")


def test_the_overdue_come_first_then_the_open_then_what_is_over_each_by_due_date(
    shelf: Shelf,
) -> None:
    tasks = {"ก": "9 มีนาคม 2569", "ข": "9 เมษายน 2569", "ค": "1 มกราคม 2569", "ง": "8 มีนาคม 2569"}
    given = [f"งาน: {task}, กำหนดเสร็จ: {due}" for task, due in tasks.items()]
    start(shelf, "งาน: จ", *given, "งาน: ฉ, เสร็จแล้ว: ใช่, กำหนดเสร็จ: 1 มกราคม 2568")
    sorted_ = actions.in_order(shelf.actions(), date(2026, 3, 10))
    assert [one.task for one in sorted_] == ["ค", "ง", "ก", "ข", "จ", "ฉ"]
