"""Days and times as they are written in Thai, read and told.

What a writer typed is read by ``parse_…``, which raises a ``Fault``; what a page shows is made
by ``…_text``, always with Arabic digits.
"""

import datetime
import difflib
import os
import re
from calendar import monthrange
from typing import NamedTuple

from minutes.problems.errors import Fault
from minutes.thai.digits import LAST_COMMON_YEAR, THAI_LETTERS, arabic, strip_invisible

THAILAND = datetime.timezone(datetime.timedelta(hours=7))
BUDDHIST_OFFSET = 543  # พ.ศ. - ค.ศ.
_LAST_YEAR_FROM_APRIL = 2483  # which had nine months; พ.ศ. 2484 began on 1 January 1941
_FIRST_SOLAR_YEAR = 2432  # from 1 April 1889; the moon counted the days of the years before
_OLDEST_DAY = datetime.date(1858, 4, 1)  # พ.ศ. 2401, the oldest that is unlike a common year


_LONGEST_VALUE = 100  # no date, time, sum or number is longer; keeps patterns off mad input


MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT_MONTHS = (
    "มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_SHORT_WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_ENGLISH_WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTH_OF = {name: number for number, name in enumerate(MONTHS, 1)} | {
    name: number for number, name in enumerate(_SHORT_MONTHS, 1)
}
_WEEKDAY_OF = (
    {name: number for number, name in enumerate(WEEKDAYS)}
    | {name: number for number, name in enumerate(_SHORT_WEEKDAYS)}
    | {"พฤหัส": 3, "พฤหัสฯ": 3}
)
_ANY_WEEKDAY = "|".join(re.escape(name) for name in sorted(_WEEKDAY_OF, key=len, reverse=True))
_WRITTEN_DATE = re.compile(
    rf"(?:เมื่อ)? ?(?:วัน)? ?(?P<weekday>{_ANY_WEEKDAY})? ?(?:ที่)? ?"
    rf"(?P<day>[0-9]{{1,2}})\.? ?(?:เดือน)? ?(?P<month>[{THAI_LETTERS}][{THAI_LETTERS}. ]*?) ?(?:ปี)?"
    r" ?(?P<era>พ ?\. ?ศ ?\.?|พุทธศักราช|ค ?\. ?ศ ?\.?|คริสต์ศักราช)? ?(?P<year>[0-9]{1,5})"
)
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_SLASHED_DATE = re.compile(
    r"(?P<day>[0-9]{1,2}) ?/ ?(?P<month>[0-9]{1,2}) ?/ ?(?P<year>[0-9]{2,5})"
)


def parse_date(text: str) -> datetime.date:
    """Read a date as people write it: ``14 พ.ค. 67``, ``วันอังคารที่ ๑๔ พฤษภาคม ๒๕๖๗``, ``2567-05-14``.

    A year over 2400 is Buddhist, two digits after a month's name are of 25xx.
    Raises Fault D01 (no date), D02 (weekday), D03 or D420 (day), D07 (year), D08 or D09 (month).
    """
    value = typed_value(text, "D01")
    if match := _ISO_DATE.fullmatch(value) or _SLASHED_DATE.fullmatch(value):
        year = _year(match["year"])
        return _day(year, _numbered_month(match["month"]), int(match["day"]))
    match = _WRITTEN_DATE.fullmatch(value)
    if not match:
        raise Fault("D01", text=value)
    month = _named_month(match["month"], value)
    year = _year(match["year"], match["era"] or "", short=True)
    date = _day(year, month, int(match["day"]))
    if match["weekday"]:
        _check_weekday(date, _WEEKDAY_OF[match["weekday"]])
    return date


def typed_value(text: str, code: str) -> str:
    """Fold a typed value to Arabic digits and single spaces; refuse what is too long."""
    value = " ".join(arabic(strip_invisible(text[: 4 * _LONGEST_VALUE])).split())
    if len(value) > _LONGEST_VALUE:
        raise Fault(code, text=value[:40] + "…")
    return value


class _Year(NamedTuple):
    """A year as it was written: its number, and whether that is of the Buddhist era (พ.ศ.)."""

    number: int
    is_buddhist: bool


def _year(written: str, era: str = "", *, short: bool = False) -> _Year:
    """Read a year and the era before it; ``short`` allows the two digits of 25xx."""
    year = int(written)
    if short and len(written) == 2 and not era.startswith("ค"):
        year += 2500
    elif len(written) != 4:
        raise Fault("D07", year=written)
    is_buddhist = year > LAST_COMMON_YEAR
    is_known = is_buddhist or year >= _OLDEST_DAY.year
    common = year - BUDDHIST_OFFSET if is_buddhist else year
    if (era and era.startswith("พ") != is_buddhist) or not is_known or common > LAST_COMMON_YEAR:
        raise Fault("D07", year=f"{era} {written}".strip())
    return _Year(year, is_buddhist)


def _numbered_month(written: str) -> int:
    month = int(written)
    if not 1 <= month <= 12:
        raise Fault("D09", month=month)
    return month


def _named_month(written: str, value: str) -> int:
    name = re.sub("[. ]", "", written)
    if name in _MONTH_OF:
        return _MONTH_OF[name]
    near = difflib.get_close_matches(name, MONTHS, n=1, cutoff=0.7)
    if not near:
        raise Fault("D01", text=value)
    raise Fault("D08", month=written.strip(), near=near[0])


def _day(year: _Year, month: int, day: int) -> datetime.date:
    common = _common_year(year.number, month) if year.is_buddhist else year.number
    days = monthrange(common, month)[1]
    if not 1 <= day <= days:
        shown = year.number if year.is_buddhist else common + BUDDHIST_OFFSET
        raise Fault("D03", day=day, month=MONTHS[month - 1], year=shown, days=days)
    date = datetime.date(common, month, day)
    if date < _OLDEST_DAY:
        raise Fault("D07", year=year.number)
    return date


def _common_year(buddhist: int, month: int) -> int:
    """Give the common year (ค.ศ.) in which a month of a Buddhist year fell.

    From พ.ศ. 2432 to 2483 the year began on 1 April: January to March of 2480 came behind its
    December, in 1938. พ.ศ. 2483 ended with its December (พระราชบัญญัติปีประดิทิน พ.ศ. 2483), so that
    its January to March never were: Fault D420.

    Before 2432 the moon counted the days, and the year's number changed in March or April. A day
    of those years that is named by a solar month was reckoned back by somebody later; it is read
    in the same way, which is likely and not certain: see ``_is_certain``.
    """
    if month >= first_month(buddhist):
        return buddhist - BUDDHIST_OFFSET
    if buddhist == _LAST_YEAR_FROM_APRIL:
        raise Fault("D420", month=MONTHS[month - 1], year=buddhist)
    return buddhist - BUDDHIST_OFFSET + 1


def first_month(year: int) -> int:
    """Give the month in which a year began, Buddhist or common: 4 for April up to พ.ศ. 2483."""
    return 4 if LAST_COMMON_YEAR < year <= _LAST_YEAR_FROM_APRIL else 1


def _is_certain(date: datetime.date) -> bool:
    """Say whether a date with a Buddhist year can be no other day."""
    return date.month > 4 or buddhist_year(date) >= _FIRST_SOLAR_YEAR


def _check_weekday(date: datetime.date, written: int) -> None:
    if not _is_certain(date):
        return
    right = date.weekday()
    if written != right:
        raise Fault(
            "D02",
            date=date_text(date),
            iso=date.isoformat(),
            right=WEEKDAYS[right],
            wrong=WEEKDAYS[written],
            right_en=_ENGLISH_WEEKDAYS[right],
            wrong_en=_ENGLISH_WEEKDAYS[written],
        )


def date_text(date: datetime.date, *, weekday: bool = False, short: bool = False) -> str:
    """Give ``18 มิถุนายน 2567``, ``วันอังคารที่ 18 มิถุนายน 2567`` or, short, ``18 มิ.ย. 67``."""
    pattern = "%-d %b %y" if short else "%-d %B %Y"
    return _strftime(date, f"%Aที่ {pattern}" if weekday else pattern)


def month_text(date: datetime.date) -> str:
    """Give the month and the Buddhist year: ``มิถุนายน 2567``."""
    return _strftime(date, "%B %Y")


def buddhist_year(date: datetime.date) -> int:
    """Give the Buddhist year (พ.ศ.) of a date; up to 2483 it began on 1 April."""
    year = date.year + BUDDHIST_OFFSET
    return year if date.month >= first_month(year) else year - 1


def _strftime(date: datetime.date, pattern: str) -> str:
    if date.year > LAST_COMMON_YEAR:
        raise ValueError(f"a date holds the common year, not the Buddhist one: {date}")
    keep_offline()
    from pythainlp.util import thai_strftime

    year = str(buddhist_year(date))  # PyThaiNLP's begins in January at all times
    pattern = pattern.replace("%Y", year).replace("%y", year[2:])
    return str(thai_strftime(date, pattern))


def keep_offline() -> None:
    """Have PyThaiNLP neither download nor make a folder in the user's home; before its import."""
    os.environ["PYTHAINLP_OFFLINE"] = "1"
    os.environ["PYTHAINLP_READ_ONLY"] = "1"


_TIME = re.compile(r"(?:เวลา ?)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?: ?(?:น\.?|นาฬิกา))?")


def parse_time(text: str) -> datetime.time:
    """Read ``14.00``, ``14.00 น.``, ``14:00`` or ``๙.๓๐ น.``; raises Fault D04.

    ``24.00`` is refused: only what has begun can end there, see ``parse_later_time``.
    """
    value = typed_value(text, "D04")
    match = _TIME.fullmatch(value)
    if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        raise Fault("D04", text=value)
    return datetime.time(int(match["hour"]), int(match["minute"]))


class AfterMidnight(datetime.time):
    """A time of the day after: later than every time of the day itself; 00.00 is ``24.00``."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AfterMidnight) and super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((AfterMidnight, super().__hash__()))

    def __lt__(self, other: datetime.time) -> bool:
        return isinstance(other, AfterMidnight) and super().__lt__(other)

    def __le__(self, other: datetime.time) -> bool:
        return self < other or self == other

    def __gt__(self, other: datetime.time) -> bool:
        return not self <= other

    def __ge__(self, other: datetime.time) -> bool:
        return not self < other


_NEXT_DAY = re.compile(r" ?(?:\( ?)?(?:ของ|ใน)? ?(?:วันถัดไป|วันรุ่งขึ้น|วันต่อมา|next day)(?: ?\))?")


def parse_later_time(text: str) -> datetime.time:
    """Read a time that may be past midnight: ``00.30 น. (วันถัดไป)``, ``24.00``; raises Fault D04."""
    value = typed_value(text, "D04")
    if midnight := _TIME.fullmatch(value):
        if (midnight["hour"], midnight["minute"]) == ("24", "00"):
            return AfterMidnight(0)
    elif (match := _NEXT_DAY.search(value)) and match.end() == len(value):
        time = parse_time(value[: match.start()])
        return AfterMidnight(time.hour, time.minute)
    return parse_time(value)


def time_text(time: datetime.time) -> str:
    """Give ``09.30 น.``; ``00.30 น. ของวันถัดไป`` and ``24.00 น.`` for those after midnight."""
    if not isinstance(time, AfterMidnight):
        return f"{time:%H.%M} น."
    return f"{time:%H.%M} น. ของวันถัดไป" if time > AfterMidnight(0) else "24.00 น."
