"""Objections to days and times in free text that no calendar and no clock has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from minutes.problems.errors import Fault, Problem
from minutes.rules.figures import (
    BOLD_GAP,
    ENDS_OF_MONTHS,
    GAP,
    LOOSELY_SHORT,
    SHORT_MONTHS,
    WIDE_GAP,
    D,
    days_of_months,
)
from minutes.rules.texts import Text
from minutes.thai import dates, units
from minutes.thai.digits import arabic

LAST_HOUR, LAST_MINUTE = 24, 59
TIME = re.compile(
    rf"(?P<hour>{D}(?<![0-9๐-๙.,:/-]{D}){D}?)(?P<mark>[.:])(?P<minute>{D}{{2}})(?![0-9๐-๙.:,])"
    rf"(?P<unit>{GAP}?น\.(?!ส\.))?"
)
SAID = re.compile(rf"เวลา{GAP}?\Z")

# --- how a day is written in running text -------------------------------------------------------

S = WIDE_GAP
G = BOLD_GAP
MONTH = "|".join([*dates.MONTHS, LOOSELY_SHORT])
MONTH_OF = {short.replace(".", ""): month for short, month in SHORT_MONTHS.items()}
ERA = rf"(?:ปี)?{S}(?P<era>[พค]\.{S}ศ\.|พุทธศักราช|คริสต์ศักราช)?"
# Two digits are a year, unless they count something: 21 ตุลาคม 15 คน.
YEAR = rf"{D}{{4}}(?!{D})|{D}{{2}}(?![0-9๐-๙]|[.,:/]{D}){units.COUNTS_NOTHING}"
IN_WORDS = re.compile(
    rf"(?P<day>{D}{{1,2}}){G}(?:เดือน{G})?(?P<month>{MONTH}){G}{ERA}{G}(?P<year>{YEAR})"
)
IN_FIGURES = re.compile(
    rf"(?P<day>{D}(?<![0-9๐-๙./-]{D}){D}?)(?P<mark>[/.-])(?P<month>{D}{{1,2}})(?P=mark)"
    rf"(?P<year>{D}{{4}}|{D}{{2}})(?![0-9๐-๙]|[/.-]{D})"
)
FULL_NAME = "จันทร์|อังคาร|พุธ|พฤหัส(?:บดี|ฯ)?|ศุกร์|เสาร์|อาทิตย์"
SHORT_NAMES = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
NAMES = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
# A weekday is a word of its own where วัน does not say that it is one; อาทิตย์ที่ 3 is a week, and
# จ. at the beginning of a line comes behind ง.
WEEKDAY = (
    rf"(?:(?<!ทุก)วัน{S}(?:{FULL_NAME})"
    rf"|(?<![ก-๙.])(?:(?!อาทิตย์{S}ที่)(?:{FULL_NAME})|(?:(?<!^)จ|อ|พ|พฤ|ศ|ส|อา)\.))"
)
AND = rf"{G}(?:[-–—,]|ถึง|และ|กับ){G}"
TO_THE_DAY = rf"{G},?{G}(?:\n{G}(?=(?:วัน)?ที่))?(?:(?:วัน)?ที่{G}\n?{G})?\(?{G}"
# Of several weekdays, as in วันพุธ - ศุกร์ที่ 21 - 23 ตุลาคม, the first alone needs the word วัน.
AGAIN = rf"(?:วัน{S})?(?:{FULL_NAME})"
BETWEEN = rf"(?:{AND}|{G})"
ENDS_WEEKDAYS = re.compile(rf"(?:{FULL_NAME}){G}(?:[-–—]|ถึง){G}\Z")
LONGEST_WITHOUT = 32  # characters that stand before a day without the name of a weekday
BEFORE = 60  # characters before a day in which its weekday and the days of a range stand
LEAD = re.compile(
    rf"(?:(?:(?P<others>{WEEKDAY}{BETWEEN}(?:{AGAIN}{BETWEEN})*)?"
    rf"(?P<first_weekday>(?(others){AGAIN}|{WEEKDAY})){TO_THE_DAY})?(?<![0-9๐-๙/.])"
    rf"(?P<first_day>{D}{{1,2}})"
    rf"(?:{S}(?P<first_month>{MONTH}))?(?P<more>(?:{S},{S}{D}{{1,2}})*){AND})?"
    rf"(?:(?P<weekday>{WEEKDAY}){TO_THE_DAY}|(?:วัน)?ที่{G})?\Z",
    re.MULTILINE,
)
TAIL = re.compile(
    rf"{G}(?:\({S}(?P<weekday>{WEEKDAY})(?={S}(?:[),\]–-]|และ|ถึง|เวลา|ที่{S}\)))"
    rf"(?:{AND}(?P<last_weekday>{WEEKDAY}))?"
    rf"|(?:ซึ่ง)?{S}ตรงกับ{S}(?P<said>วัน{S}(?:{FULL_NAME}))(?!{S}ที่)"
    rf"|ซึ่งเป็น{S}(?P<being>วัน{S}(?:{FULL_NAME}))(?!{S}ที่))"
)


class _Day(NamedTuple):
    """A day of a text: its parts as written, the weekday that it is given, and where all stands."""

    day: str
    month: str
    year: str
    weekday: str
    span: tuple[int, int]


class _Wrong(NamedTuple):
    """A date that cannot be: what the reader of dates says of it, and where it stands."""

    code: str
    span: tuple[int, int]
    values: Mapping[str, Any]


NEVER_WERE = ("D03", "D420")


def weekdays_fit_their_dates(texts: Sequence[Text]) -> Iterator[Problem]:
    """W03: a weekday that is written beside a whole date is that day's."""
    for text in texts:
        for wrong in _wrong_dates(text.own):
            if wrong.code == "D02":
                yield text.problem("W03", wrong.span, **wrong.values)


def days_and_times_exist(texts: Sequence[Text]) -> Iterator[Problem]:
    """W63: no month has more days than it has, and no day ends after 24.00."""
    for text in texts:
        own = text.own
        for wrong in _wrong_dates(own):
            if wrong.code in NEVER_WERE:
                yield text.problem("W63", wrong.span)
        for found in TIME.finditer(own) if "น." in own or "เวลา" in own else ():
            if not _on_a_clock(found) and _is_said_to_be_a_time(found):
                yield text.problem("W63", (found.start(), found.end("minute")))


@lru_cache(maxsize=1_000)  # two rules ask of each text
def _wrong_dates(text: str) -> tuple[_Wrong, ...]:
    found = [wrong for day in _days(text) if (wrong := _wrong(day, text))]
    return tuple({(wrong.code, wrong.span): wrong for wrong in found}.values())


def _wrong(day: _Day, text: str) -> _Wrong | None:
    weekday = f"{day.weekday} ที่ " if day.weekday else ""
    try:
        dates.parse_date(f"{weekday}{day.day} {day.month} {day.year}")
    except Fault as fault:
        if fault.code == "D02" and _is_a_surname(day, text):
            return None
        return _Wrong(fault.code, day.span, fault.values)
    return None


def _is_a_surname(day: _Day, text: str) -> bool:
    """Tell the surname of ``นายตัวอย่าง จันทร์ 21 ตุลาคม 2569`` from a Monday."""
    start = day.span[0]
    names = ((place, place + len(name)) for place, name in units.persons_in(text))
    return any(begin < start < end for begin, end in names)


# --- the days of a text ------------------------------------------------------------------------


def _days(text: str) -> Iterator[_Day]:
    """Go through the days that may be wrong, the first day of a range as well as the last."""
    for place in days_of_months(text):
        if found := IN_WORDS.match(text, place):
            yield from _around(found)
    if "/" in text or ("วัน" in text and any(name in text for name in NAMES)):
        for found in IN_FIGURES.finditer(text):
            if 1 <= int(found["month"]) <= len(dates.MONTHS):
                yield from (day for day in _around(found) if day.weekday)


SHORTEST_MONTH = 28  # days, which every month has but three of 2483
EIGHT = re.compile("[8๘]")


def _around(found: re.Match[str]) -> Iterator[_Day]:
    """Give a day with what stands around it: weekdays, and the first day of a range."""
    begin, end = max(0, found.start() - BEFORE), found.end()
    tail = TAIL.match(found.string, end)
    lead = _lead(found, begin, is_told_behind=tail is not None)
    if (
        not (lead or tail)
        and int(found["day"]) <= SHORTEST_MONTH
        and not EIGHT.search(found["year"])
    ):
        return  # as most
    month, year = _month(found), _year(found)
    start, weekday = found.start(), ""
    if lead and _is_a_range(lead, found):
        at = lead.start("first_weekday") if lead["first_weekday"] else lead.start("first_day")
        yield _first_of_range(lead, month, year)._replace(span=(begin + at, end))
    if lead and (group := _group_of_last(lead)):
        start, weekday = begin + lead.start(group), lead[group]
    yield _Day(found["day"], month, year, _name(weekday), (start, end))
    if tail:
        yield from _told_behind(found, lead, tail, month, year)


def _month(found: re.Match[str]) -> str:
    """Give the name of a month that is written in words or in figures."""
    return found["month"] if found.re is IN_WORDS else dates.MONTHS[int(found["month"]) - 1]


def _year(found: re.Match[str]) -> str:
    """Give a year with its era; two digits are of 25xx."""
    era = (found["era"] or "") if found.re is IN_WORDS else ""
    digits = arabic(found["year"])
    return f"{era} {digits if len(digits) > 2 else f'25{digits}'}"


def _lead(found: re.Match[str], begin: int, *, is_told_behind: bool) -> re.Match[str] | None:
    """Find the weekday and the earlier days before a day; most have none."""
    near = found.string[begin : found.start()]
    if named := [place for name in NAMES if (place := near.find(name)) >= 0]:
        return LEAD.search(near, max(0, min(named) - len("วัน  ")))
    close = near[-LONGEST_WITHOUT:]
    is_short = close.rstrip(" (*_\u00a0").endswith(SHORT_NAMES)
    if is_short or is_told_behind or any(end in close for end in ENDS_OF_MONTHS):
        return LEAD.search(near, max(0, len(near) - LONGEST_WITHOUT))
    return None


def _is_a_range(lead: re.Match[str], found: re.Match[str]) -> bool:
    """Tell ``วันอังคารที่ 21 และ 22 ตุลาคม`` from ``มาตรา 50 และ 22 ตุลาคม``."""
    if not lead["first_day"] or not (lead["first_weekday"] or lead["first_month"]):
        return False
    return bool(lead["first_month"]) or int(lead["first_day"]) < int(found["day"])


def _first_of_range(lead: re.Match[str], month: str, year: str) -> _Day:
    """Give the first day of ``29 ธันวาคม - 2 มกราคม 2570``, whose year is the one before."""
    own = lead["first_month"] or month
    era, _, digits = year.rpartition(" ")
    begins = dates.first_month(int(digits))
    if (_number(own) - begins) % 12 > (_number(month) - begins) % 12:
        year = f"{era} {int(digits) - 1}"
    return _Day(lead["first_day"], own, year, _name(_weekday_of_first(lead)), (0, 0))


def _weekday_of_first(lead: re.Match[str]) -> str | None:
    """Give the weekday of the first day of a range; none where it cannot be known."""
    if lead["others"] is None:
        return lead["first_weekday"] if _is_of_its_day(lead, "first_weekday") else None
    return re.findall(FULL_NAME, lead["others"])[0] if _is_a_pair(lead) else None


def _group_of_last(lead: re.Match[str]) -> str:
    """Give the group with the weekday of a day, or of the last of a range; most have none."""
    if lead["weekday"]:
        return "weekday" if _is_of_its_day(lead, "weekday") else ""
    return "first_weekday" if lead["others"] and _is_a_pair(lead) else ""


def _is_of_its_day(lead: re.Match[str], group: str) -> bool:
    """Tell ``วันศุกร์ที่ 23`` from ``วันพุธ - วันศุกร์ที่ 21 ตุลาคม 2569 ถึง 23 …``."""
    return not ENDS_WEEKDAYS.search(lead.string, 0, lead.start(group)) if lead[group] else False


def _is_a_pair(lead: re.Match[str]) -> bool:
    """Tell ``วันพุธ - วันศุกร์ที่ 21 - 23``, a weekday for each end, from three days and more."""
    return len(re.findall(FULL_NAME, lead["others"])) == 1 and not lead["more"]


def _told_behind(
    found: re.Match[str], lead: re.Match[str] | None, tail: re.Match[str], month: str, year: str
) -> Iterator[_Day]:
    """Give the day with the weekday behind it, in brackets; of a range, those of both days."""
    span = found.start(), tail.end()
    told = _name(tail["weekday"] or tail["said"] or tail["being"])
    last = _name(tail["last_weekday"])
    is_range = bool(lead and lead["first_day"])
    if not is_range and not last:
        yield _Day(found["day"], month, year, told, span)
    elif lead and is_range and last:
        yield _first_of_range(lead, month, year)._replace(weekday=told, span=span)
        yield _Day(found["day"], month, year, last, span)


def _number(month: str) -> int:
    """Give the number of a month, from 1."""
    letters = re.sub(rf"[.]|{S}", "", month)
    return dates.MONTHS.index(MONTH_OF.get(letters, month)) + 1


def _name(written: str | None) -> str:
    """Give a weekday without the word วัน and the spaces."""
    return re.sub(rf"^วัน{S}", "", written) if written else ""


# --- times --------------------------------------------------------------------------------------


def _on_a_clock(found: re.Match[str]) -> bool:
    hour, minute = int(found["hour"]), int(found["minute"])
    return minute <= LAST_MINUTE and (hour, minute) <= (LAST_HOUR, 0)


def _is_said_to_be_a_time(found: re.Match[str]) -> bool:
    """Tell a time from a ratio and a measure."""
    before = found.string[: found.start()]
    return bool(SAID.search(before[-6:])) or (found["mark"] == "." and bool(found["unit"]))
