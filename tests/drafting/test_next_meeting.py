from datetime import date
from pathlib import Path

import pytest

from minutes.drafting import next_meeting
from minutes.drafting.next_meeting import Sequel
from minutes.meetings import folders
from minutes.problems.errors import Fault
from minutes.thai import amounts, dates
from tests.support.body_folder import BODY, Shelf

RUNNING = BODY + "การนับครั้ง: ต่อเนื่อง\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def following(shelf: Shelf, day: str = "", number: str = "") -> Sequel:
    history = shelf.history()
    assert history.body is not None
    return next_meeting.after(
        history.body,
        folders.meetings_in(shelf.folder),
        history.cases,
        day=dates.parse_date(day) if day else None,
        number=amounts.parse_number(number) if number else None,
    )


def meet(shelf: Shelf, name: str, day: str, number: str = "", more: str = "") -> None:
    shelf.meet(name, day, number=number, more=more)


# --- the day ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected", "reason"),
    [
        (["21 ตุลาคม 2569"], date(2026, 11, 18), "weekday"),
        (["21 ตุลาคม 2569", "18 พฤศจิกายน 2569"], date(2026, 12, 16), "weekday"),
        (["30 กันยายน 2569"], date(2026, 10, 28), "weekday"),  # the fifth Wednesday: the last one
        (["15 ตุลาคม 2568", "21 มกราคม 2569"], date(2026, 4, 15), "weekday"),
        (["16 ธันวาคม 2569"], date(2027, 1, 20), "weekday"),
        (["16 มกราคม 2566", "20 มกราคม 2569"], date(2027, 1, 19), "weekday"),
        (["2 ธันวาคม 2569", "16 ธันวาคม 2569"], date(2026, 12, 30), "interval"),
        (["9 ธันวาคม 2569", "16 ธันวาคม 2569"], date(2026, 12, 23), "interval"),
    ],
    ids=["one", "monthly", "fifth", "quarterly", "new year", "yearly", "fortnightly", "weekly"],
)
def test_the_day_goes_on_in_the_rhythm_of_the_last_meetings(
    shelf: Shelf, days: list[str], expected: date, reason: str
) -> None:
    for place, day in enumerate(days, 1):
        meet(shelf, f"2569-{place:02}", day)
    assert following(shelf).day == (expected, reason, "")


def test_another_sitting_does_not_disturb_the_rhythm(shelf: Shelf) -> None:
    meet(shelf, "2569-01", "21 ตุลาคม 2569")
    meet(shelf, "2569-01b", "22 ตุลาคม 2569")
    assert following(shelf).day.date == date(2026, 11, 18)


ANNOUNCED = """
ระเบียบวาระ:
  - ชนิด: อื่น ๆ
    เรื่อง:
      - ชื่อเรื่อง: กำหนดการประชุมครั้งต่อไป
        รายละเอียด: แจ้งเมื่อวันที่ 3 ตุลาคม 2569 ว่า ประชุมในวันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙ เวลา 09.00 น.
"""


def test_the_day_that_the_last_meeting_announced_comes_first(shelf: Shelf) -> None:
    shelf.put("2569-01", f"วันที่: 28 ตุลาคม 2569{ANNOUNCED}")
    assert following(shelf).day == (date(2026, 11, 27), "announced", "6.1")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("๒๗ พฤศจิกายน ๒๕๖๙", "๓๑ พฤศจิกายน ๒๕๖๙"),
        ("๒๗ พฤศจิกายน ๒๕๖๙", "๒๗ พฤศจิกายน ๒๕๗๙"),
        ("ประชุมครั้งต่อไป", "ประชุมครั้งก่อน"),
        ("รายละเอียด", "ลับ: ใช่\n        รายละเอียด"),
    ],
    ids=["no such day", "ten years ahead", "another item", "secret"],
)
def test_a_day_that_was_not_announced_is_not_taken(shelf: Shelf, right: str, wrong: str) -> None:
    shelf.put("2569-01", f"วันที่: 28 ตุลาคม 2569{ANNOUNCED.replace(right, wrong)}")
    assert following(shelf).day == (date(2026, 11, 25), "weekday", "")


def test_a_day_that_is_given_is_taken(shelf: Shelf) -> None:
    meet(shelf, "2569-01", "28 ตุลาคม 2569")
    assert following(shelf, "1 ธ.ค. 69").day == (date(2026, 12, 1), "given", "")


def test_a_day_before_the_last_meeting_is_refused(shelf: Shelf) -> None:
    meet(shelf, "2569-01", "28 ตุลาคม 2569")
    with pytest.raises(Fault) as caught:
        following(shelf, "27 ตุลาคม 2569")
    assert (caught.value.code, caught.value.values["name"]) == ("D180", "2569-01.yaml")


def test_a_first_meeting_needs_its_day(shelf: Shelf) -> None:
    with pytest.raises(Fault) as caught:
        following(shelf)
    assert caught.value.code == "D182"
    first = following(shelf, "5 มกราคม 2569")
    assert (str(first.number.number), first.name) == ("1/2569", "2569-01.yaml")


# --- number and name ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "number", "day", "expected", "name"),
    [
        ("2569-02", "2/2569", "16 ธันวาคม 2569", "3/2569", "2569-03.yaml"),
        ("2569-12", "12/2569", "20 มกราคม 2570", "1/2570", "2570-01.yaml"),
        ("2569-9", "9/2569", "16 ธันวาคม 2569", "10/2569", "2569-10.yaml"),
        ("2569-009", "9/2569", "16 ธันวาคม 2569", "10/2569", "2569-010.yaml"),
        ("2569-01b", "1/2569", "16 ธันวาคม 2569", "2/2569", "2569-02.yaml"),
        ("2569-01b", "", "16 ธันวาคม 2569", "2/2569", "2569-02.yaml"),
        ("2569-49", "49", "16 ธันวาคม 2569", "50", "2569-50.yaml"),
        ("2569-49", "49", "20 มกราคม 2570", "50", "2570-50.yaml"),
        ("2569-02", "49", "20 มกราคม 2570", "50", "2570-01.yaml"),
        ("2569-02", "70-5/2569", "16 ธันวาคม 2569", "71-6/2569", "2569-03.yaml"),
        ("2569-05", "70-5/2569", "20 มกราคม 2570", "71-1/2570", "2570-01.yaml"),
        ("2570-01", "1/2570", "16 ธันวาคม 2569", "2/2570", "2570-02.yaml"),
        ("2569-02", "", "16 ธันวาคม 2569", "3/2569", "2569-03.yaml"),
        ("2569-02", "", "20 มกราคม 2570", "1/2570", "2570-01.yaml"),
        ("2569-03", "99999", "16 ธันวาคม 2569", "100000", "2569-04.yaml"),
    ],
)
def test_the_number_and_the_name_of_the_file_go_on(
    shelf: Shelf, last: str, number: str, day: str, expected: str, name: str
) -> None:
    if last.endswith("b"):
        meet(shelf, last.removesuffix("b"), "18 พฤศจิกายน 2569", "1/2569")
    meet(shelf, last, "18 พฤศจิกายน 2569", number)
    found = following(shelf, day)
    assert (str(found.number.number), found.name) == (expected, name)


@pytest.mark.parametrize(
    ("last", "number", "expected", "name"),
    [
        ("2569-02", "2/2569", "3/2570", "2570-03.yaml"),
        ("2569-02", "", "3", "2570-03.yaml"),
        ("2569-02", "70-2/2569", "71-3/2570", "2570-03.yaml"),
    ],
)
def test_a_running_body_counts_on_over_the_new_year(
    tmp_path: Path, last: str, number: str, expected: str, name: str
) -> None:
    shelf = Shelf(tmp_path, RUNNING)
    meet(shelf, last, "18 พฤศจิกายน 2569", number)
    found = following(shelf, "20 มกราคม 2570")
    assert (str(found.number.number), found.name) == (expected, name)


def test_meetings_without_a_number_are_counted_and_told(shelf: Shelf) -> None:
    meet(shelf, "2569-01", "5 มกราคม 2569", "1/2569")
    assert following(shelf).number.reason == "counted"
    meet(shelf, "2569-02", "5 กุมภาพันธ์ 2569")
    meet(shelf, "2569-02b", "6 กุมภาพันธ์ 2569")
    found = following(shelf)
    assert (str(found.number.number), found.number.reason) == ("3/2569", "files")


def test_the_number_of_the_last_meeting_means_another_sitting(shelf: Shelf) -> None:
    meet(shelf, "2569-01", "5 มกราคม 2569", "1/2569")
    assert following(shelf, "6 มกราคม 2569", "1/2569").name == "2569-01b.yaml"
    meet(shelf, "2569-01b", "6 มกราคม 2569", "1/2569")
    assert following(shelf, "7 มกราคม 2569", "ครั้งที่ ๑/๒๕๖๙").name == "2569-01c.yaml"


@pytest.mark.parametrize(
    ("number", "code"),
    [("2/2569", "D181"), ("1/2569", "D183"), ("4/2568", "D183")],
    ids=["there", "before", "last year"],
)
def test_a_number_without_room_is_refused(shelf: Shelf, number: str, code: str) -> None:
    meet(shelf, "2569-02", "5 มกราคม 2569")
    meet(shelf, "2569-03", "5 กุมภาพันธ์ 2569", "3/2569")
    with pytest.raises(Fault) as caught:
        following(shelf, number=number)
    assert caught.value.code == code
    if code == "D181":
        assert caught.value.values["free"] == "2569-04.yaml"


def test_after_the_sitting_z_there_is_no_other(shelf: Shelf) -> None:
    meet(shelf, "2569-01z", "5 มกราคม 2569", "1/2569")
    with pytest.raises(Fault) as caught:
        following(shelf, "6 มกราคม 2569", "1/2569")
    assert caught.value.code == "D183"


# --- the session --------------------------------------------------------------------------------

SESSION = "สมัยสามัญ สมัยที่ 3 ครั้งที่ {} ประจำปี 2569"


@pytest.mark.parametrize(
    ("last", "day", "expected"),
    [
        ("1", "11 กันยายน 2569", SESSION.format(2)),
        ("๙", "11 กันยายน 2569", SESSION.format(10)),
        ("1", "11 มกราคม 2570", ""),
    ],
)
def test_a_session_goes_on_with_its_next_sitting_within_the_year(
    shelf: Shelf, last: str, day: str, expected: str
) -> None:
    meet(shelf, "2569-03", "14 สิงหาคม 2569", more=f"สมัยประชุม: {SESSION.format(last)}")
    found = following(shelf, day)
    assert (found.session, found.number.number) == (expected, None)


def test_a_number_that_is_given_stands_instead_of_the_session(shelf: Shelf) -> None:
    meet(shelf, "2569-03", "14 สิงหาคม 2569", more=f"สมัยประชุม: {SESSION.format(1)}")
    found = following(shelf, number="4/2569")
    assert (found.session, str(found.number.number)) == ("", "4/2569")
