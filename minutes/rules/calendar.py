"""Objections to days and times in free text that no calendar and no clock has."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from minutes import thai
from minutes.errors import Fault, Problem
from minutes.rules.figures import ANY_MONTH, GAP, MONTH, SHORT_MONTHS, D
from minutes.rules.places import Text

CALENDAR = {"D02": "W03", "D03": "W63"}  # what the reader of dates objects to, and the rule's code
_MONTHS = "|".join([MONTH, *map(re.escape, SHORT_MONTHS)])
_ERA = rf"(?:พ\.{GAP}?ศ\.{GAP}?|ค\.{GAP}?ศ\.{GAP}?)?"
DATE = re.compile(
    rf"(?:วัน(?:{'|'.join(thai.WEEKDAYS)})(?:ที่)?{GAP}*)?(?<![0-9๐-๙.,/-]){D}{{1,2}}{GAP}*"
    rf"(?:เดือน{GAP}*)?(?:{_MONTHS}){GAP}*{_ERA}{D}{{4}}(?!{D})"
)
LAST_HOUR, LAST_MINUTE = 24, 59
TIME = re.compile(
    rf"(?<![0-9๐-๙.,:/-])(?P<hour>{D}{{1,2}})(?P<mark>[.:])(?P<minute>{D}{{2}})(?![0-9๐-๙.:,])"
    rf"(?P<unit>{GAP}?น\.(?!ส\.))?"
)
SAID = re.compile(rf"เวลา{GAP}?\Z")


def weekdays_fit_their_dates(texts: Sequence[Text]) -> Iterator[Problem]:
    """W03: a weekday that is written before a whole date is that day's."""
    yield from _of_dates(texts, "W03")


def days_and_times_exist(texts: Sequence[Text]) -> Iterator[Problem]:
    """W63: no month has more days than it has, and no day ends after 24.00."""
    yield from _of_dates(texts, "W63")
    for text in texts:
        for found in TIME.finditer(text.own) if "น." in text.own or "เวลา" in text.own else ():
            if not _on_a_clock(found) and _is_said_to_be_a_time(found):
                yield text.problem("W63", (found.start(), found.end("minute")))


def _of_dates(texts: Sequence[Text], code: str) -> Iterator[Problem]:
    for text in texts:
        for found in DATE.finditer(text.own) if ANY_MONTH.search(text.own) else ():
            try:
                thai.parse_date(found[0])
            except Fault as fault:
                values: dict[str, Any] = fault.values
                if CALENDAR.get(fault.code) == code:
                    yield text.problem(code, found.span(), **values)


def _on_a_clock(found: re.Match[str]) -> bool:
    hour, minute = int(found["hour"]), int(found["minute"])
    return minute <= LAST_MINUTE and (hour, minute) <= (LAST_HOUR, 0)


def _is_said_to_be_a_time(found: re.Match[str]) -> bool:
    """Tell a time from a ratio and a measure."""
    before = found.string[: found.start()]
    return bool(SAID.search(before[-6:])) or (found["mark"] == "." and bool(found["unit"]))
