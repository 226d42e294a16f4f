"""Objections to what a meeting says of the one before it: its number, its day, its minutes."""

import re
from collections.abc import Iterator
from datetime import date

from minutes.meetings.folders import order
from minutes.meetings.loading import Earlier
from minutes.meetings.proceedings import Proceedings
from minutes.model.meeting import Section
from minutes.problems.errors import Fault, Problem
from minutes.rules.report import at
from minutes.thai import amounts, dates, digits
from minutes.thai.amounts import MeetingNumber


def number_runs_on(proceedings: Proceedings) -> Iterator[Problem]:
    """W05: the number is the previous one and one more, 1 in a new year; its year is the date's."""
    meeting, number = proceedings.meeting, proceedings.meeting.number
    if number is None or meeting.session:
        return
    year = dates.buddhist_year(meeting.date)
    if number.year not in (None, year) and proceedings.body.numbering == "calendar":
        expected = MeetingNumber(number.running, number.number, year)
        held = f"ประชุมเมื่อ {dates.date_text(meeting.date)}"
        why = {"why_th": held, "why": f"held on {meeting.date.isoformat()}"}
        yield at(proceedings, meeting, "number", "W05", number=number, expected=expected, **why)
        return
    previous = _number(proceedings.case.previous)
    expected = _next(proceedings, previous, number) if previous else number
    if previous and expected != number and not _is_second_sitting(proceedings, previous):
        why = {"why_th": f"ครั้งก่อนคือ {previous}", "why": f"the one before is {previous}"}
        yield at(proceedings, meeting, "number", "W05", number=number, expected=expected, **why)


def _number(previous: Earlier | None) -> MeetingNumber | None:
    if previous is None or previous.session:
        return None
    try:
        return amounts.parse_number(previous.number)
    except Fault:
        return None


def _next(
    proceedings: Proceedings, previous: MeetingNumber, number: MeetingNumber
) -> MeetingNumber:
    """Give the number that follows another, in the form of the one that is given."""
    restarts = proceedings.body.numbering == "calendar" and number.year != previous.year
    if number.year is None or previous.year is None:
        both = previous.running is not None and number.running is not None
        running = (previous.running or 0) + 1 if both else number.running
        return MeetingNumber(running, number.number, number.year)
    running = number.running
    if previous.running is not None and running is not None:
        running = previous.running + 1
    following = 1 if restarts else (previous.number or 0) + 1
    return MeetingNumber(running, following, number.year)


def _is_second_sitting(proceedings: Proceedings, previous: MeetingNumber) -> bool:
    """Whether the file says that this is the same meeting, gone on with: ``2567-01b``."""
    return order(proceedings.case.path)[2] != "" and proceedings.meeting.number == previous


def day_comes_after(proceedings: Proceedings) -> Iterator[Problem]:
    """W55: a meeting is not held before the previous one."""
    meeting, previous = proceedings.meeting, proceedings.case.previous
    if previous and meeting.date < previous.date:
        days = {"date": dates.date_text(meeting.date), "other": dates.date_text(previous.date)}
        yield at(proceedings, meeting, "date", "W55", **days)


NUMBERS = re.compile(r"ครั้งที่ ?([0-9]+(?:-[0-9]+)?/[0-9]{4})")
DAYS = re.compile(r"เมื่อวัน(?:[ก-๙]+)?ที่ ?([0-9]{1,2} [ก-๙.]+ (?:พ\.ศ\. ?)?[0-9]{4})")


def the_right_minutes_are_certified(proceedings: Proceedings) -> Iterator[Problem]:
    """W58: a certification names the previous meeting, by its number and its day."""
    previous = proceedings.case.previous
    certified = proceedings.meeting.certified
    if previous is None:
        return
    if certified and certified.number and previous.number not in ("", str(certified.number)):
        values = {"found": certified.number, "expected": previous.number}
        yield at(proceedings, certified, "number", "W58", **values)
    for section in proceedings.meeting.agenda:
        if section.kind == "certify":
            yield from _named(proceedings, section, previous)


def _named(proceedings: Proceedings, section: Section, previous: Earlier) -> Iterator[Problem]:
    for name in ("title", "resolution"):
        text = digits.arabic(getattr(section, name))
        numbers = NUMBERS.findall(text)
        if previous.number and numbers and previous.number not in numbers:
            values = {"found": numbers[0], "expected": previous.number}
            yield at(proceedings, section, name, "W58", **values)
    days = [found for text in DAYS.findall(digits.arabic(section.title)) for found in _day(text)]
    if days and previous.date not in days:
        values = {"found": dates.date_text(days[0]), "expected": dates.date_text(previous.date)}
        yield at(proceedings, section, "title", "W58", **values)


def _day(text: str) -> list[date]:
    try:
        return [dates.parse_date(text)]
    except Fault:
        return []


def corrections_are_whole(proceedings: Proceedings) -> Iterator[Problem]:
    """W59: a correction names its page and changes something, and the resolution says so."""
    for section in proceedings.meeting.agenda:
        for correction in section.corrections:
            if not correction.page:
                key = correction.key_for("page")
                yield at(proceedings, correction, "", "W59", **_lacks(key))
            if correction.old == correction.new:
                yield at(proceedings, correction, "new", "W59", **UNCHANGED)
        says_none = "ไม่มีการแก้ไข" in section.resolution
        if section.corrections and says_none:
            yield at(proceedings, section, "resolution", "W59", **DENIED)
        _, some, how = section.resolution.partition("มีการแก้ไข")
        if some and "เป็น" not in how and not (says_none or section.corrections):
            yield at(proceedings, section, "resolution", "W59", **UNTOLD)


def _lacks(key: str) -> dict[str, str]:
    return {"what_th": f'ไม่บอก "{key}"', "what": f'does not give "{key}"'}


UNCHANGED = {"what_th": "ข้อความเดิมกับข้อความใหม่เหมือนกัน", "what": "changes nothing"}
DENIED = {
    "what_th": "มติว่าไม่มีการแก้ไข แต่มีข้อแก้ไข",
    "what": "stands beside a resolution that denies it",
}
UNTOLD = {"what_th": "มติว่ามีการแก้ไข แต่ไม่บอกว่าแก้อะไร", "what": "is resolved but not told"}
