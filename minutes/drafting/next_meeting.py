"""What comes after a body's last meeting: the day, the number, the session and the file's name.

Nothing is invented in silence: what is proposed carries its reason, which the new file tells.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from minutes.meetings import folders, proceedings
from minutes.meetings.loading import Case
from minutes.model.meeting import Matter
from minutes.model.office import Body
from minutes.problems.errors import Fault
from minutes.thai import dates as thai_dates
from minutes.thai import digits
from minutes.thai.amounts import MeetingNumber

Reason = Literal["given", "announced", "weekday", "interval", "counted", "files"]
LONGEST_WEEKS = 25  # days; meetings that are further apart go by months
DAYS_A_MONTH = 30.44
MOST = 9_999  # the largest number in a file's name
FARTHEST = 400  # days; what is further ahead is not the next meeting's date


class Day(NamedTuple):
    """The day of the next meeting and why; ``item`` is where the last meeting announced it."""

    date: date
    reason: Reason
    item: str = ""


class Number(NamedTuple):
    """The number of the next meeting and why; none where a session stands for it."""

    number: MeetingNumber | None
    reason: Reason


@dataclass(frozen=True)
class Sequel:
    """The next meeting as far as the earlier ones tell; ``name`` is its file's."""

    day: Day
    number: Number
    session: str
    name: str


def after(
    body: Body,
    files: Sequence[Path],
    cases: Sequence[Case],
    *,
    day: date | None = None,
    number: MeetingNumber | None = None,
) -> Sequel:
    """Give what comes after the meetings of a body, which may have none yet.

    ``files`` are all its meetings' in order, ``cases`` what was read of them. Raises Fault D180
    (a day before the last meeting), D181 (the file is there), D182 (a first meeting without a day)
    or D183 (the number's place is before the last meeting's).
    """
    when = Day(day, "given") if day else _day(cases)
    if cases and when.date < cases[-1].meeting.date:
        last = cases[-1]
        dates = [thai_dates.date_text(day) for day in (when.date, last.meeting.date)]
        raise Fault("D180", date=dates[0], last=dates[1], name=last.path.name)
    counted = Number(number, "given") if number else _number(body, cases, when.date)
    if number and cases and cases[-1].meeting.number == number:
        name = _letter_after(files[-1])
    else:
        name = _name(files, cases, counted.number, when.date)
    _look_for_room(files, name)
    return Sequel(when, counted, "" if number else _session(cases, when.date), name)


def _look_for_room(files: Sequence[Path], name: str) -> None:
    """Raise a Fault unless a file of this name would come after all others."""
    path = Path(name)
    is_name = folders.is_meeting(path)
    if is_name and folders.order(path) in {folders.order(file) for file in files}:
        raise Fault("D181", name=name, free=free(files))
    if files and not (is_name and folders.order(path) > folders.order(files[-1])):
        raise Fault("D183", name=name, last=files[-1].name)


# --- the day ------------------------------------------------------------------------------------


def _day(cases: Sequence[Case]) -> Day:
    """Propose the day that the last meeting announced, else one in the rhythm of the last two."""
    if not cases:
        raise Fault("D182")
    announced = _announced(cases[-1])
    return announced or _in_rhythm([c.meeting.date for c in cases if not _letter(c.path)])


NEXT_MEETING = re.compile("ประชุมครั้ง(?:ต่อไป|ถัดไป|หน้า)|นัดประชุม")
DATE = re.compile(
    rf"(?:วัน(?:{'|'.join(thai_dates.WEEKDAYS)})?ที่ ?)?[0-9๐-๙]{{1,2}} ?"
    rf"(?:{'|'.join(thai_dates.MONTHS)}) ?(?:พ\.ศ\. ?)?[0-9๐-๙]{{4}}"
)


def _announced(case: Case) -> Day | None:
    """Find the first later date in an item about the next meeting."""
    for item in proceedings.numbered(case):
        if NEXT_MEETING.search(item.matter.title) and not item.matter.secret:
            for day in _dates(item.matter):
                if 0 < (day - case.meeting.date).days <= FARTHEST:
                    return Day(day, "announced", item.number)
    return None


def _dates(matter: Matter) -> list[date]:
    found: list[date] = []
    for match in DATE.finditer("\n".join([matter.title, matter.detail, matter.resolution])):
        try:
            found.append(thai_dates.parse_date(match[0]))
        except Fault:
            continue  # a day that does not exist; the writer is told elsewhere
    return found


def _in_rhythm(days: Sequence[date]) -> Day:
    """Go on as the last two meetings did: so many weeks later, or the same weekday of a month."""
    last = days[-1]
    gap = (last - days[-2]).days if len(days) > 1 else 0
    if 0 < gap <= LONGEST_WEEKS:
        return Day(last + timedelta(gap), "interval")
    return Day(same_weekday(last, min(max(1, round(gap / DAYS_A_MONTH)), 12)), "weekday")


def same_weekday(day: date, months: int) -> date:
    """Give the same weekday so many months later: the third Wednesday after a third Wednesday.

    After the fifth of a month comes the last one.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first, days = date(year, month + 1, 1), monthrange(year, month + 1)[1]
    offset = (day.weekday() - first.weekday()) % 7 + (day.day - 1) // 7 * 7
    return first + timedelta(offset if offset < days else offset - 7)


# --- number and session ---------------------------------------------------------------------------


def _number(body: Body, cases: Sequence[Case], day: date) -> Number:
    """Count on from the last meeting that has a number, past those that have none."""
    for place, case in enumerate(reversed(cases)):
        if case.meeting.number is not None:
            later = [c for c in cases[len(cases) - place :] if not _letter(c.path)]
            reason: Reason = "files" if later else "counted"
            return Number(_next(case.meeting.number, body, day, len(later)), reason)
    if cases and cases[-1].meeting.session:
        return Number(None, "counted")
    return Number(_first(body, cases, day), "files" if cases else "counted")


def _first(body: Body, cases: Sequence[Case], day: date) -> MeetingNumber:
    """Give the first number of a body, or the next one as its unnumbered files are counted."""
    year, place, _ = folders.order(cases[-1].path) if cases else (0, 0, "")
    if body.numbering == "running":
        return MeetingNumber(running=place + 1)
    place = place if year >= thai_dates.buddhist_year(day) else 0
    return MeetingNumber(number=place + 1, year=thai_dates.buddhist_year(day))


def _next(last: MeetingNumber, body: Body, day: date, between: int) -> MeetingNumber:
    """Give the number after one and so many unnumbered meetings; a calendar year begins with 1."""
    if last.year is None or last.number is None:
        return MeetingNumber(running=(last.running or 0) + 1 + between)
    year = max(last.year, thai_dates.buddhist_year(day))
    begins_anew = year > last.year and body.numbering == "calendar"
    running = None if last.running is None else last.running + 1 + between
    return MeetingNumber(running, 1 if begins_anew else last.number + 1 + between, year)


SITTING = re.compile("(ครั้งที่ ?)([0-9๐-๙]{1,3})")


def _session(cases: Sequence[Case], day: date) -> str:
    """Give the session with its next sitting, as long as the year is the same; else nothing."""
    session = cases[-1].meeting.session if cases else ""
    if not session or day.year != cases[-1].meeting.date.year:
        return ""
    return SITTING.sub(lambda found: f"{found[1]}{int(digits.arabic(found[2])) + 1}", session, 1)


# --- the file's name ------------------------------------------------------------------------------


def _name(
    files: Sequence[Path], cases: Sequence[Case], number: MeetingNumber | None, day: date
) -> str:
    """Name the file as the last ones are named: by the meeting's number, or one after another."""
    year, place, width = thai_dates.buddhist_year(day), 1, 2
    if files:
        last_year, last, _ = folders.order(files[-1])
        width = max(width, len(files[-1].stem.rstrip("abcdefghijklmnopqrstuvwxyz")) - 5)
        year = max(year, last_year)
        place = last + 1 if year == last_year else 1
    if number and _goes_by_number(cases) and (number.number or number.running or 0) <= MOST:
        year = number.year or year
        place = number.number or number.running or place
    return f"{year}-{place:0{width}}.yaml"


def _goes_by_number(cases: Sequence[Case]) -> bool:
    """Whether the files of the body's numbered meetings have the meetings' numbers."""
    for case in reversed(cases):
        if (number := case.meeting.number) is not None:
            year, place, _ = folders.order(case.path)
            return (number.year or year, number.number or number.running) == (year, place)
    return True


def _letter(path: Path) -> str:
    return folders.order(path)[2]


def _letter_after(path: Path) -> str:
    """Name another sitting of one meeting: ``2567-01`` -> ``2567-01b`` -> ``2567-01c``."""
    letter = _letter(path)
    return f"{path.stem.removesuffix(letter)}{chr(ord(letter or 'a') + 1)}.yaml"


def free(files: Sequence[Path]) -> str:
    """Give the name that follows the last of a body's files."""
    year, place, _ = folders.order(files[-1])
    return f"{year}-{place + 1:02}.yaml"
