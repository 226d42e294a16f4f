"""Objections to days and times in free text that no calendar and no clock has."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from minutes import thai
from minutes.errors import Fault, Problem
from minutes.rules.figures import DAY_OF_A_MONTH, GAP, D, days_of_months
from minutes.rules.places import Text

_ERA = rf"(?:[พค]\.{GAP}?ศ\.{GAP}?)?"
DATE = re.compile(rf"{DAY_OF_A_MONTH.pattern}{GAP}*{_ERA}{D}{{4}}(?!{D})")
WEEKDAY = re.compile(rf"วัน(?:{'|'.join(thai.WEEKDAYS)})(?:ที่)?{GAP}*\Z")
BEFORE = 20  # letters in which a weekday stands
LAST_HOUR, LAST_MINUTE = 24, 59
TIME = re.compile(
    rf"(?P<hour>{D}(?<![0-9๐-๙.,:/-]{D}){D}?)(?P<mark>[.:])(?P<minute>{D}{{2}})(?![0-9๐-๙.:,])"
    rf"(?P<unit>{GAP}?น\.(?!ส\.))?"
)
SAID = re.compile(rf"เวลา{GAP}?\Z")


def weekdays_fit_their_dates(texts: Sequence[Text]) -> Iterator[Problem]:
    """W03: a weekday that is written before a whole date is that day's."""
    for text in texts:
        for wrong in _wrong_dates(text.own):
            if wrong.code == "D02":
                yield text.problem("W03", wrong.span, **wrong.values)


def days_and_times_exist(texts: Sequence[Text]) -> Iterator[Problem]:
    """W63: no month has more days than it has, and no day ends after 24.00."""
    for text in texts:
        own = text.own
        for wrong in _wrong_dates(own):
            if wrong.code == "D03":
                yield text.problem("W63", wrong.span)
        for found in TIME.finditer(own) if "น." in own or "เวลา" in own else ():
            if not _on_a_clock(found) and _is_said_to_be_a_time(found):
                yield text.problem("W63", (found.start(), found.end("minute")))


class _Wrong(NamedTuple):
    """A date that cannot be: what the reader of dates says of it, and where it stands."""

    code: str
    span: tuple[int, int]
    values: dict[str, Any]


@lru_cache(maxsize=1_000)  # two rules ask of each text
def _wrong_dates(text: str) -> tuple[_Wrong, ...]:
    dates = (DATE.match(text, place) for place in days_of_months(text))
    return tuple(wrong for found in dates if found and (wrong := _wrong(found)))


def _wrong(found: re.Match[str]) -> _Wrong | None:
    start, end = _with_its_weekday(found)
    try:
        thai.parse_date(found.string[start:end])
    except Fault as fault:
        return _Wrong(fault.code, (start, end), fault.values)
    return None


def _with_its_weekday(found: re.Match[str]) -> tuple[int, int]:
    first = max(0, found.start() - BEFORE)
    weekday = WEEKDAY.search(found.string[first : found.start()])
    return (first + weekday.start() if weekday else found.start()), found.end()


def _on_a_clock(found: re.Match[str]) -> bool:
    hour, minute = int(found["hour"]), int(found["minute"])
    return minute <= LAST_MINUTE and (hour, minute) <= (LAST_HOUR, 0)


def _is_said_to_be_a_time(found: re.Match[str]) -> bool:
    """Tell a time from a ratio and a measure."""
    before = found.string[: found.start()]
    return bool(SAID.search(before[-6:])) or (found["mark"] == "." and bool(found["unit"]))
