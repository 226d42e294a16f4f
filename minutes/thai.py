"""Thai digits, dates, times, money, meeting numbers, names, and what a line may not tear apart.

Pure functions on plain text. What a writer typed is read by ``parse_…``, which raises a ``Fault``;
what a page shows is made by ``…_text``, always with Arabic digits: ``digits`` turns a finished
sentence into the numerals that the office wants.
"""

import datetime
import difflib
import os
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from minutes import invisible
from minutes.errors import Fault

Numerals = Literal["thai", "arabic"]
Span = tuple[int, int]

THAILAND = datetime.timezone(datetime.timedelta(hours=7))
BUDDHIST_OFFSET = 543  # พ.ศ. - ค.ศ.
_LAST_YEAR_FROM_APRIL = 2483  # which had nine months; พ.ศ. 2484 began on 1 January 1941
_FIRST_SOLAR_YEAR = 2432  # from 1 April 1889; the moon counted the days of the years before
_OLDEST_DAY = datetime.date(1858, 4, 1)  # พ.ศ. 2401, the oldest that is unlike a common year
_LAST_COMMON_YEAR = 2400  # "a year over 2400 is Buddhist"
_LONGEST_VALUE = 100  # no date, time, sum or number is longer; keeps patterns off mad input
_MOST_BAHT_DIGITS = 18  # sums of such amounts stay exact in Decimal's 28 places

_D = "[0-9๐-๙]"
_THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # letters; not ฯ ฿ ๆ nor digits
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# ---------------------------------------------------------------- characters

_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_ODD = re.compile(f"[{invisible.IGNORABLE}\u00a0\u202f\u0e4d]")


def strip_invisible(text: str) -> str:
    """Drop characters that nobody sees (U+200B …), make U+00A0 a space, fold ํา to ำ."""
    if not _ODD.search(text):  # as most
        return text
    text = invisible.without_invisible(text).replace("\u00a0", " ").replace("\u202f", " ")
    return _SPLIT_AM.sub("\\1\u0e33", text)


_THAI_DIGIT = re.compile("[๐-๙]+")


def _as_arabic(match: re.Match[str]) -> str:
    return match[0].translate(_TO_ARABIC)


def arabic(text: str) -> str:
    """Write every Thai digit as an Arabic one."""
    return _THAI_DIGIT.sub(_as_arabic, text)  # most of a text is letters, which translate() visits


def to_thai_digits(text: str) -> str:
    """Write every Arabic digit as a Thai one; ``digits`` is the rule for running text."""
    return text.translate(_TO_THAI)


_WEB = rf"(?:https?://|www\.)[^\s<>\"“”()]+|[{_LATIN}0-9._%+-]{{1,64}}@[{_LATIN}0-9.-]+"
_WORD = f"[{_LATIN}0-9๐-๙]+"
_CODE = rf"{_WORD}(?:(?:[-–/._:+&#'’=?%~@]+|(?<={_D}),(?={_D})){_WORD})*"
_ROOM = rf"(?<![{_LATIN}0-9๐-๙])[A-Z]{{1,2}} {_D}+(?:[-–/.,:]{_D}+)*"
_KEYCAP = "[0-9]\u20e3"  # an emoji, with or without what is invisible between
_KEPT = re.compile(
    rf"(?P<keycap>{_KEYCAP})|(?P<web>{_WEB})|(?P<room>{_ROOM}(?![{_LATIN}]))|(?P<code>{_CODE})"
)
_HAS_LATIN = re.compile(f"[{_LATIN}]")


def digits(text: str, numerals: Numerals, glossary: Sequence[str] = ()) -> str:
    """Write the digits of running text as the office wants, codes and addresses as they stand.

    Untouched: a digit that touches Latin letters or stands in an unspaced code with them
    (``COVID-19``, ``A4-12/3``), one after one or two capitals and a space (``N 406``), URLs,
    e-mail addresses and the terms of ``glossary``. ``OTOP 15 ราย`` becomes ``OTOP ๑๕ ราย``.
    """
    table = _TO_THAI if numerals == "thai" else _TO_ARABIC
    kept = _merged([*_code_spans(text), *_term_spans(text, glossary)])
    parts: list[str] = []
    done = 0
    for start, end in kept:
        parts += [text[done:start].translate(table), text[start:end]]
        done = end
    return "".join([*parts, text[done:].translate(table)])


def _code_spans(text: str) -> Iterator[Span]:
    for match in _KEPT.finditer(text):
        if match.lastgroup == "room" and _is_list_mark(text, match):
            continue
        if match.lastgroup != "code" or _HAS_LATIN.search(match[0]):
            yield match.span()


def _is_list_mark(text: str, match: re.Match[str]) -> bool:
    """Tell the ``9)`` of ``บ้านเห็ด NP 9) กลุ่ม…`` from the room of ``(ห้อง N 406)``."""
    closed = text.startswith(")", match.end())
    return closed and not _in_brackets(text, match.start())


def _in_brackets(text: str, place: int) -> bool:
    """Say whether a bracket stands open here; looks back 80 characters."""
    near = max(0, place - 80)
    return text.rfind("(", near, place) > text.rfind(")", near, place)


def _term_spans(text: str, terms: Iterable[str]) -> Iterator[Span]:
    """Give each place where one of the terms stands as a word of its own."""
    for term in terms:
        start = text.find(term) if term else -1
        while start >= 0:
            end = start + len(term)
            if not (_joins(text, start) or _joins(text, end)):
                yield start, end
            start = text.find(term, end)


_LATIN_OR_DIGIT = re.compile(f"[{_LATIN}0-9๐-๙]{{2}}")


def _joins(text: str, place: int) -> bool:
    """Say whether Latin letters or digits run across this place."""
    return place > 0 and bool(_LATIN_OR_DIGIT.match(text, place - 1))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and unite those that overlap."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


# ---------------------------------------------------------------- dates

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
    rf"(?P<day>[0-9]{{1,2}})\.? ?(?:เดือน)? ?(?P<month>[{_THAI}][{_THAI}. ]*?) ?(?:ปี)?"
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
    value = _value(text, "D01")
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


def _value(text: str, code: str) -> str:
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
    is_buddhist = year > _LAST_COMMON_YEAR
    is_known = is_buddhist or year >= _OLDEST_DAY.year
    common = year - BUDDHIST_OFFSET if is_buddhist else year
    if (era and era.startswith("พ") != is_buddhist) or not is_known or common > _LAST_COMMON_YEAR:
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
    return 4 if _LAST_COMMON_YEAR < year <= _LAST_YEAR_FROM_APRIL else 1


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
    if date.year > _LAST_COMMON_YEAR:
        raise ValueError(f"a date holds the common year, not the Buddhist one: {date}")
    _keep_offline()
    from pythainlp.util import thai_strftime

    year = str(buddhist_year(date))  # PyThaiNLP's begins in January at all times
    pattern = pattern.replace("%Y", year).replace("%y", year[2:])
    return str(thai_strftime(date, pattern))


def _keep_offline() -> None:
    """Have PyThaiNLP neither download nor make a folder in the user's home; before its import."""
    os.environ["PYTHAINLP_OFFLINE"] = "1"
    os.environ["PYTHAINLP_READ_ONLY"] = "1"


def romanised(word: str) -> str:
    """Give a Thai word in Latin letters (Royal Institute); empty where some letter has no rule."""
    _keep_offline()
    from pythainlp.transliterate import romanize

    latin = str(romanize(word, engine="royin"))
    return latin if re.fullmatch("[a-z]+", latin) else ""


# ---------------------------------------------------------------- times, money, numbers

_TIME = re.compile(r"(?:เวลา ?)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?: ?(?:น\.?|นาฬิกา))?")
_MONEY = re.compile(
    r"(?P<baht>[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?P<satang>\.[0-9]{1,2})?"
    r"(?:\.-)?(?: ?บาท(?: ?ถ้วน)?)?"
)
_NUMBER = re.compile(
    r"(?:ครั้งที่ ?)?(?:(?P<running>0*[1-9][0-9]{0,4}) ?- ?)?(?P<number>0*[1-9][0-9]{0,4})"
    r"(?: ?/ ?(?P<year>[0-9]{1,5}))?"
)


def parse_time(text: str) -> datetime.time:
    """Read ``14.00``, ``14.00 น.``, ``14:00`` or ``๙.๓๐ น.``; raises Fault D04.

    ``24.00`` is refused: only what has begun can end there, see ``parse_later_time``.
    """
    value = _value(text, "D04")
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
    value = _value(text, "D04")
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


def parse_money(text: str) -> Decimal:
    """Read ``15,000 บาท``, ``15000`` or ``27,276,511.85`` exactly, in baht; raises Fault D05."""
    value = _value(text, "D05")
    match = _MONEY.fullmatch(value)
    if not match or len(match["baht"].replace(",", "")) > _MOST_BAHT_DIGITS:
        raise Fault("D05", text=value)
    return Decimal(match["baht"].replace(",", "") + (match["satang"] or ""))


def _baht_and_satang(amount: Decimal) -> tuple[int, int]:
    """Split an amount exactly; what has more than two decimals was never an amount of money."""
    satang = amount.scaleb(2)
    if amount.is_signed() or satang != satang.to_integral_value():
        raise ValueError(f"not an amount in baht and satang: {amount}")
    return divmod(int(satang), 100)


def money_text(amount: Decimal) -> str:
    """Give ``15,000 บาท``, with satang only when there are some: ``27,276,511.85 บาท``."""
    baht, satang = _baht_and_satang(amount)
    return f"{baht:,}.{satang:02} บาท" if satang else f"{baht:,} บาท"


def baht_words(amount: Decimal) -> str:
    """Give an amount in words: ``หนึ่งหมื่นห้าพันบาทถ้วน``, ``ห้าสิบสตางค์``; exact for any size."""
    baht, satang = _baht_and_satang(amount)
    whole = f"{_number_words(baht)}บาท" if baht or not satang else ""
    return whole + (f"{_number_words(satang)}สตางค์" if satang else "ถ้วน")


_MILLION = 1_000_000


def _number_words(number: int) -> str:
    """Give a number in words; beyond a million it is so many million and what is left over.

    A million of millions is ``หนึ่งล้านล้าน``; a one that something stands before is ``เอ็ด``.
    """
    _keep_offline()
    from pythainlp.util import num_to_thaiword

    if number < _MILLION:
        return str(num_to_thaiword(number))
    millions, rest = divmod(number, _MILLION)
    words = {0: "", 1: "เอ็ด"}.get(rest) or (_number_words(rest) if rest else "")
    return f"{_number_words(millions)}ล้าน{words}"


@dataclass(frozen=True)
class MeetingNumber:
    """ครั้งที่: ``1/2567``, ``70-5/2556`` (running total, number of the year) or ``49`` (running)."""

    running: int | None = None
    number: int | None = None
    year: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return str(self.running)
        total = "" if self.running is None else f"{self.running}-"
        return f"{total}{self.number}/{self.year}"

    @property
    def order(self) -> tuple[int, int]:
        """Sort key among the numbers of one body: year, then number; a running one has year 0."""
        return self.year or 0, self.number or self.running or 0


def parse_number(text: str) -> MeetingNumber:
    """Read a meeting's number; raises Fault D06, or D07 when its year is not Buddhist."""
    value = _value(text, "D06")
    match = _NUMBER.fullmatch(value)
    if not match or (match["running"] and not match["year"]):
        raise Fault("D06", text=value)
    number = int(match["number"])
    if not match["year"]:
        return MeetingNumber(running=number)
    if len(match["year"]) != 4 or int(match["year"]) <= _LAST_COMMON_YEAR:
        raise Fault("D07", year=match["year"])
    return MeetingNumber(
        int(match["running"]) if match["running"] else None, number, int(match["year"])
    )


# ---------------------------------------------------------------- names

_TITLES = (
    "นางสาว", "นาย", "นาง", "น.ส.", "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "ดร.",
    "ศาสตราจารย์เกียรติคุณ", "ศาสตราจารย์", "รองศาสตราจารย์", "ผู้ช่วยศาสตราจารย์",
    "ศ.", "รศ.", "ผศ.", "นายแพทย์", "แพทย์หญิง", "ทันตแพทย์หญิง", "ทันตแพทย์", "นพ.", "พญ.",
    "ทพ.", "ทพญ.", "เภสัชกรหญิง", "เภสัชกร", "ภก.", "ภญ.", "นายสัตวแพทย์", "สัตวแพทย์หญิง",
    "น.สพ.", "สพ.ญ.", "หม่อมหลวง", "หม่อมราชวงศ์", "หม่อมเจ้า", "ม.ล.", "ม.ร.ว.", "ม.จ.",
    "ท่านผู้หญิง", "คุณหญิง", "อาจารย์",
)  # fmt: skip
_MONKS = (
    "พระครูสังฆรักษ์", "พระครูวินัยธร", "พระครูธรรมธร", "พระครูใบฎีกา", "พระครูสมุห์", "พระครูปลัด",
    "พระครู", "พระมหา", "พระอธิการ", "เจ้าอธิการ", "พระอาจารย์", "พระปลัด", "พระสมุห์", "พระใบฎีกา",
    "พระภิกษุ", "สมเด็จพระ", "พระ", "สามเณร", "หลวงพ่อ", "หลวงปู่", "หลวงตา",
)  # fmt: skip
_ROYAL = (
    "สมเด็จพระเจ้า",
    "สมเด็จพระนาง",
    "สมเด็จพระบรม",
    "พระบาท",
    "พระเจ้า",
    "พระองค์",
    "พระนาง",
    "พระวรวงศ์",
    "พระราชวงศ์",
    "พระบรม",
)
_GRADES = "(?:เอก|โท|ตรี)"
_FULL_RANKS = (
    rf"(?:พลตำรวจ|พันตำรวจ|ร้อยตำรวจ|พลเรือ|พลอากาศ|นาวาอากาศ|เรืออากาศ|พันจ่าอากาศ|จ่าอากาศ|"
    rf"พันจ่า|จ่าสิบ|นาวา|สิบตำรวจ|นายกอง|นายหมวด|นายหมู่|พล|พัน|ร้อย|สิบ|จ่า|เรือ){_GRADES}"
    r"|ดาบตำรวจ|จ่าสิบตำรวจ|พลตำรวจ|พลจัตวา|นายกองใหญ่|นายหมู่ใหญ่"
)
_SHORT_RANKS = (
    r"(?:พล\.[ตรอ]\.|พ\.ต\.|ร\.ต\.|จ\.ส\.|ส\.ต\.|พ\.จ\.|พ\.อ\.)[อทต]\."
    r"|(?:พล|พ|ร|ส|น|จ)\.[อทต]\.|ด\.ต\."
)
_RANK = rf"(?:ว่าที่ ?)?(?:{_SHORT_RANKS}|{_FULL_RANKS})(?:หญิง(?= ))?(?: ?\(พิเศษ\))?"
_ENGLISH_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof)\.|Miss(?= )"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Words that begin like a title and name an office, a trade or a place.
_NO_TITLE = (
    r"(?!นาย(?:ก(?:เทศ|องค์|สภา|สมาคม|รัฐ|อบ|เมือง|เหล่า|สโมสร|พุทธ| (?:อบ|เทศ|สมาคม|สภา)|$)"
    r"|อำเภอ|ทะเบียน|ทหาร|ตำรวจ|ช่าง|จ้าง|หน้า|ทุน|ประกัน|ตรวจ|ด่าน|ท้าย|ท่า|สถานี|ประจำ)"
    r"|นาง(?:พยาบาล|แบบ|ฟ้า|งาม|รำ|นพมาศ|สงกรานต์|เลิ้ง|รอง)"
    r"|อาจารย์(?:ใหญ่|ที่|ประจำ|พิเศษ)|พระราช(?:ดำริ|กรณียกิจ|ทาน|บัญญัติ))"
)
_TITLE_PART = re.compile(
    rf"(?P<rank>{_RANK}|{_ENGLISH_TITLE})"
    rf"|{_NO_TITLE}(?P<title>{_alternatives([*_TITLES, *_MONKS])})"
)
_PLAIN_NAME = re.compile(rf"[{_THAI}]+ (?:[{_THAI}]+(?: ณ [{_THAI}]+)?|ณ [{_THAI}]+)")


class Name(NamedTuple):
    """A person's name in its parts; a ``ณ …`` belongs to the surname. Missing parts are empty."""

    title: str
    given: str
    surname: str


def split_name(name: str) -> Name:
    """Take a name apart; one whose shape is not recognised comes back whole, as ``given``."""
    folded = " ".join(strip_invisible(name).split())
    titles, rest = _leading_titles(folded)
    if not titles:
        known = _PLAIN_NAME.fullmatch(folded)
        given, _, surname = folded.partition(" ")
        return Name("", given, surname) if known else Name("", name, "")
    given, _, surname = rest.partition(" ")
    return Name(" ".join(titles), given, surname) if given else Name("", name, "")


def _leading_titles(folded: str) -> tuple[list[str], str]:
    """Peel the titles off a name's front; a rank comes back with its canonical spacing."""
    titles: list[str] = []
    rest = folded
    while (match := _TITLE_PART.match(rest)) and not rest.startswith(_ROYAL):
        titles.append(_rank_text(match["rank"]) if match["rank"] else match[0])
        rest = rest[match.end() :].lstrip()
        if match["title"] in _MONKS:
            break
    return titles, rest


def _rank_text(rank: str) -> str:
    """Space a rank: ``ว่าที่ร้อยตรี``, ``ว่าที่ ร.ต.``, ``พันเอก (พิเศษ)``."""
    rank = re.sub(r" ?\(พิเศษ\)", " (พิเศษ)", rank)
    return re.sub(r"ว่าที่ ?", "ว่าที่ " if "." in rank else "ว่าที่", rank)


@lru_cache(maxsize=10_000)
def display_name(name: str) -> str:
    """Give a name in the house spacing: ``นายก ข``, ``พ.ต.อ. ก ข``, ``รศ. ดร.ก ข``.

    A title touches the name; a rank, each further title and the surname stand one space away
    (Royal Society's rules of spacing 1.2.8 and 2.3). An unknown shape comes back as written.
    """
    title, given, surname = split_name(name)
    if not title:
        return f"{given} {surname}" if surname else name
    last = title.rpartition(" ")[2]
    joined = _TITLE_PART.fullmatch(last)
    gap = "" if joined and joined["title"] else " "
    return f"{title}{gap}{given} {surname}".rstrip()


def is_monk(name: str) -> bool:
    """Say whether a name is a monk's, who is counted with รูป; royal titles in พระ are not."""
    folded = strip_invisible(name).lstrip()
    return folded.startswith(_MONKS) and not folded.startswith(_ROYAL)


_HEADS = re.compile(r"(?<![0-9,.ละ-])(?<!ละ )([0-9][0-9,]{0,8}) ?(?:(คน|ท่าน|ราย|นาย)|รูป|องค์)")


def counter(names: Iterable[str]) -> str:
    """Count people: ``12 คน``, monks with their own word: ``2 รูป`` or ``2 รูป 12 คน``.

    A line for a group that tells its number (``ผู้แทนชุมชน 20 คน``) counts as that many.
    """
    heads = [_heads(name) for name in names]
    monks = sum(monk for monk, _ in heads)
    people = sum(person for _, person in heads)
    if not monks:
        return f"{people} คน"
    return f"{monks} รูป {people} คน" if people else f"{monks} รูป"


def _heads(name: str) -> tuple[int, int]:
    """Count the monks and the other people of one line."""
    told = _HEADS.findall(arabic(strip_invisible(name)))
    if not told:
        return (1, 0) if is_monk(name) else (0, 1)
    monks = sum(int(figure.replace(",", "")) for figure, people in told if not people)
    people = sum(int(figure.replace(",", "")) for figure, people in told if people)
    return monks, people


_TONES = "\u0e47-\u0e4e"


def sort_key(text: str) -> tuple[str, str]:
    """Order Thai words as a dictionary does: vowels written first count after their consonant."""
    letters = re.sub("([เ-ไ])([ก-ฮ])", r"\2\1", arabic(strip_invisible(text)))
    return re.sub(f"[{_TONES}]", "", letters), letters


# ---------------------------------------------------------------- units that hold together

_ORDINALS = (
    *(f"วัน{day}ที่" for day in WEEKDAYS),
    "ระเบียบวาระที่", "วาระที่", "ครั้งที่", "วันที่", "หมู่ที่", "ฉบับที่", "สมัยที่", "รุ่นที่", "ข้อที่",
    "คนที่", "ลำดับที่", "อันดับที่", "บ้านเลขที่", "เลขที่", "งวดที่", "ระยะที่", "ไตรมาสที่", "ภาคที่",
    "แบบที่", "ชั้นที่", "ไตรมาส", "พ.ศ.", "ค.ศ.", "พุทธศักราช", "ประจำปี", "ปี", "ปีงบประมาณ",
    "ปีการศึกษา", "ข้อ", "มาตรา", "วรรค", "ชั้น", "บรรทัด", "ห้อง", "โทร.", "โทรศัพท์", "โทรสาร",
    "ที่", "หน้า", "หมู่", "ม.",
)  # fmt: skip
_AMOUNTS = ("ร้อยละ", "เวลา", "อายุ")
_BEFORE_NUMBER = tuple(sorted((*_ORDINALS, *_AMOUNTS), key=len, reverse=True))
_WORDS_OF_THEIR_OWN = ("ที่", "หน้า", "หมู่", "ม.")  # else the end of พื้นที่, ล่วงหน้า, หมวดหมู่, กม.
_ENDS_OF_WORDS = ("หัวข้อ", "ระยะเวลา", "รูปี")
_COUNTERS = (
    "คน", "ราย", "รายการ", "บาท", "สตางค์", "รูป", "ท่าน", "ครั้ง", "วัน", "วันทำการ", "สัปดาห์", "เดือน",
    "ปี", "ชั่วโมง", "นาที", "แห่ง", "กลุ่ม", "ตำบล", "อำเภอ", "จังหวัด", "หมู่บ้าน", "ชุมชน", "ครัวเรือน",
    "หลังคาเรือน", "หลัง", "ไร่", "งาน", "ตารางวา", "ตารางเมตร", "ตารางกิโลเมตร", "ลูกบาศก์เมตร", "เมตร",
    "กิโลเมตร", "เซนติเมตร", "มิลลิเมตร", "กิโลกรัม", "กรัม", "ตัน", "ลิตร", "ชิ้น", "ผืน", "ตัว", "ตัวอย่าง",
    "คัน", "เครื่อง", "เล่ม", "ชุด", "ฉบับ", "เรื่อง", "ข้อ", "โครงการ", "กิจกรรม", "ประเภท", "ด้าน",
    "ระดับ", "ดาว", "หน้า", "บรรทัด", "เสียง", "ถุง", "กล่อง", "ขวด", "ต้น", "สาย", "จุด", "ช่อง", "ชั้น",
    "แปลง", "องค์", "คณะ", "หน่วย", "หน่วยงาน", "สถานี", "โรง", "โรงเรียน", "วัด", "ตอน", "เขต",
    "ประเทศ", "ผลิตภัณฑ์", "เมนู", "เปอร์เซ็นต์", "องศา", "คู่", "ใบ", "แผ่น", "ภาพ", "ดวง", "ทีม", "รุ่น",
    "ร้าน", "บูธ", "ลำ", "ขั้นตอน", "ประเด็น", "มาตรการ", "ช่องทาง", "ตำแหน่ง", "อัตรา", "สาขา", "กอง",
    "สมัย", "นาย", "ฝ่าย", "เท่า", "ปีงบประมาณ", "คูหา", "เส้น", "ทุน", "บริษัท", "องค์กร",
    "องค์ประกอบ", "กรณี", "คดี", "แผนงาน", "เป้าหมาย", "หลักสูตร", "คู่มือ", "ปีก",
)  # fmt: skip
_NOT_COUNTED = (
    r"(?!ข้อมูล|ข้อเท็จ|วัดผล|ตัวแทน|ตัวชี้|หน้าที่|หลังจาก|ต้นทุน|จุดประสงค์"
    rf"|(?:ชั้น|หน้า|ข้อ|บรรทัด|เขต|รุ่น) ?{_D})"
)
_NOT_THE_END = "(?!ที่|[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"  # วันที่, and the ี of รูปี
_SPACE = " {0,2}"
_AFTER_NUMBER = re.compile(
    rf"{_SPACE}(?:(?:น\.(?!ส\.)|นาฬิกา|%|{_NOT_COUNTED}(?:(?:ล้าน|แสน|หมื่น|พัน|ร้อย)?(?:{_alternatives(_COUNTERS)}){_NOT_THE_END}"
    rf"|(?:ล้าน|แสน|หมื่น)(?![{_THAI}]))))"
)
COUNTS_NOTHING = f"(?!{_AFTER_NUMBER.pattern})"
"""What stands behind a figure that is a day or a year, as part of a pattern."""
_ANY_MONTH = "|".join(
    [*MONTHS, *(r"\.".join(_s) + r"\." for _s in
      (("ม", "ค"), ("ก", "พ"), ("มี", "ค"), ("เม", "ย"), ("พ", "ค"), ("มิ", "ย"), ("ก", "ค"),
       ("ส", "ค"), ("ก", "ย"), ("ต", "ค"), ("พ", "ย"), ("ธ", "ค")))]
)  # fmt: skip
_YEAR_AFTER = rf"(?:{_SPACE}(?:พ\.ศ\.{_SPACE})?{_D}{{4}}(?!{_D})|{_SPACE}{_D}{{2}}(?!{_D}))?"
_AFTER_DAY = re.compile(rf"{_SPACE}(?:{_ANY_MONTH}){_YEAR_AFTER}")
_MONTH_YEAR = re.compile(rf"(?:{_ANY_MONTH}){_SPACE}(?:พ\.ศ\.{_SPACE})?{_D}{{2,4}}(?!{_D})")
_RANGE_DASH = re.compile(rf" [-–](?= ?{_D})")
_FIGURE = re.compile(rf"{_D}+(?:[.,/:–-]{_D}+)*")
_DAYS = re.compile(rf"{_D}{{1,2}}(?:[,–-]{_D}{{1,2}})*")


def _figure_spans(text: str) -> Iterator[Span]:
    """Give dates, times, counted and numbered things, found from their figures outwards."""
    done, range_word = 0, ""
    for match in _FIGURE.finditer(text):
        if match.start() < done:
            continue
        word = _word_of_number(text, match.start())
        start = match.start() - len(word)
        word = word.strip() or range_word
        done = _end_after_number(text, match, word)
        range_word = ""
        if dash := _RANGE_DASH.match(text, done):
            done, range_word = dash.end(), word
        if (start, done) != match.span() or _BREAKS_INSIDE.search(match[0]):
            yield start, done


_SIGNS = r",.:/%+()\[\]#×=°'’&_~−–—-"
_CODE_OR_FIGURE = re.compile(
    rf"(?:(?<![{_THAI}.])[ก-ฮ]{{1,3}})?[{_LATIN}0-9๐-๙{_SIGNS}]+"
    rf"(?:[ก-ฮ]{{1,3}}[{_LATIN}0-9๐-๙{_SIGNS}]+)*(?:[ก-ฮ]{{1,2}}(?![{_THAI}]))?(?: ?น\.(?!ส\.))?"
)
_SPACED_FIGURE = re.compile(  # a telephone, the number of a citizen
    rf"(?<!{_D})(?:[0๐]{_D}?(?: {_D}{{3,4}}){{2}}|{_D} {_D}{{4}} {_D}{{5}} {_D}{{2}} {_D})(?!{_D})"
)
_DAY = re.compile(rf"(?<!{_D}){_D}{{1,2}}(?:[,–-]{_D}{{1,2}}){{0,9}}{_AFTER_DAY.pattern}")


def figures(text: str) -> list[Span]:
    """Give the figures, dates, times and codes of a text, each of which is misread when torn.

    A figure is a run of digits with all signs and Latin letters that touch it; an address of the
    web is none. Unlike ``units``, they hold no more than that: neither ครั้งที่ nor บาท.
    """
    text = _WEB_ADDRESS.sub(lambda address: " " * len(address[0]), text)
    spans = [
        *(match.span() for match in _CODE_OR_FIGURE.finditer(text) if _DIGIT.search(match[0])),
        *(match.span() for match in _SPACED_FIGURE.finditer(text)),
        *(match.span() for match in _DAY.finditer(text)),
        *(match.span() for match in _MONTH_YEAR.finditer(text)),
    ]
    return _merged(spans)


_WEB_ADDRESS = re.compile(_WEB)
_DIGIT = re.compile(_D)


def _word_of_number(text: str, start: int) -> str:
    """Give the word, with the spaces, that a number belongs to: ``ครั้งที่ `` of ``ครั้งที่ ๑``."""
    lead = text[max(0, start - 2) : start]
    end = start - len(lead) + len(lead.rstrip(" "))
    low = max(0, end - 20)
    if not text.endswith(_BEFORE_NUMBER, low, end) or text.endswith(_ENDS_OF_WORDS, low, end):
        return ""
    word = next(w for w in _BEFORE_NUMBER if text.endswith(w, low, end))
    begin = end - len(word)
    if word in _WORDS_OF_THEIR_OWN and _LETTER.match(text, max(0, begin - 1), begin):
        return ""
    return text[begin:start]


def _end_after_number(text: str, match: re.Match[str], word: str) -> int:
    """Find where the unit ends that a number begins: behind its month, counter or bracket."""
    figure, end = match[0], match.end()
    after = _AFTER_DAY.match(text, end) if _DAYS.fullmatch(figure) else None
    if not after and word not in _ORDINALS and not _NAMES_A_THING.match(text, match.start()):
        after = _AFTER_NUMBER.match(text, end)
    mark = None if after or word else _LIST_MARK.match(text, end)
    if mark and not _in_brackets(text, match.start()):
        return _word_after(text, mark.end())
    return after.end() if after else end


_NAMES_A_THING = re.compile(  # ๑/๒๕๖๗ and the year ๒๕๖๗ count nothing
    rf"{_D}+/|[2๒][4-6๔-๖]{_D}{_D}(?![0-9๐-๙.,])(?! {{0,2}}(?:บาท|คน|ราย))"
)
_LIST_MARK = re.compile(rf"(?:\) ?|\. )(?=[{_LATIN}{_THAI}])")
_BREAKS_INSIDE = re.compile("[-–/]")
_LETTER = re.compile(f"[{_THAI}.]")
_CLEAR_TITLES = ("น.ส.", "ดร.", "รศ.", "ผศ.", "นพ.", "พญ.")
_DOTTED_TITLES = [t for t in _TITLES if "." in t and t not in _CLEAR_TITLES]
_WORD_TITLES = [t for t in _TITLES if t not in _DOTTED_TITLES]
# One of these is in every title and every rank.
_OF_TITLES = (
    *(".", "เอก", "โท", "ตรี", "ตำรวจ", "จัตวา"),
    *(t for t in _WORD_TITLES if "." not in t and not any(o in t and o != t for o in _WORD_TITLES)),
)
_TITLES_IN_TEXT = (
    rf"(?:(?<![{_THAI}.])(?:{_RANK}|{_alternatives(_DOTTED_TITLES)}) ?"
    rf"|(?:ว่าที่ ?)?(?:{_FULL_RANKS})(?:หญิง(?= ))? ?"
    rf"|(?<!ท)(?<!ขุน)(?<!เจ้า){_NO_TITLE}(?:{_alternatives(_WORD_TITLES)}) ?){{1,3}}"
)
_SURNAME = rf"[{_THAI}]{{2,22}}(?: ณ [{_THAI}]{{2,20}})?|ณ [{_THAI}]{{2,20}}"
_NAME_IN_TEXT = re.compile(
    rf"{_TITLES_IN_TEXT}(?P<given>[{_THAI}]{{2,20}})(?![{_THAI}.])"
    rf"(?: {{1,2}}(?P<surname>{_SURNAME})(?![{_THAI}.]))?"
)


def persons_in(text: str) -> Iterator[tuple[int, str]]:
    """Go through the full names after a title in a text: where each begins, and the name."""
    may_be = " " in text and any(part in text for part in _OF_TITLES)
    for match in _NAME_IN_TEXT.finditer(text) if may_be else ():
        if match["surname"]:
            yield match.start(), match[0]


def names_in(text: str) -> list[str]:
    """Give the names of persons, with title and surname, that stand in running text."""
    return [name for _, name in persons_in(text)]


def _name_spans(text: str) -> Iterator[Span]:
    """Title and given name as one unit, the surname as the next: a line may turn between them."""
    for match in _NAME_IN_TEXT.finditer(text):
        yield match.start(), match.end("given")
        if match["surname"]:
            yield match.span("surname")


@lru_cache(maxsize=64)
def _known_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the forms in which known persons may stand in a text; lines for groups give none."""
    forms = set()
    for name in names:
        title, given, surname = split_name(name)
        if title:
            forms |= {name, display_name(name)}
        if surname and len(given) <= _LONGEST_GIVEN:
            forms.add(f"{given} {surname}")
    return tuple(sorted(forms))


_LONGEST_GIVEN = 20
# A word with a hyphen; a room; a short form in brackets; ต. and the like; a telephone number;
# places and royal names, which a dictionary does not know.
_FIXED = re.compile(
    rf"(?<![{_LATIN}0-9])[{_LATIN}0-9]{{1,20}}(?:-[{_LATIN}0-9]{{1,20}}){{1,4}}(?![{_LATIN}0-9])"
    rf"|(?<![{_LATIN}0-9])[A-Z]{{1,2}} {_D}+(?:[-–/.,:]{_D}+)*"
    rf"|\([{_LATIN}0-9๐-๙.&/-]{{1,24}}\)|\((?:[{_THAI}]{{1,6}}\.){{1,6}}\)"
    rf"|(?<![{_THAI}.])[ตอจมถซ]\. [{_THAI}]{{2,15}}(?![{_THAI}])"
    r"|ฯพณฯ"
    rf"|(?<!{_D})[0๐]{_D}? {_D}{{3,4}} {_D}{{3,4}}(?!{_D})"
    rf"|(?:ตำบล|อำเภอ|จังหวัด|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร)[{_THAI}]{{2,16}}(?![{_THAI}])"
    rf"|(?:สมเด็จพระ|เจ้าฟ้า|พระองค์เจ้า)[{_THAI}]{{2,24}}(?![{_THAI}])"
)
_MARK = re.compile(
    r"(?P<open>[“‘«] {0,3}(?=\S)|[(\[] {1,3}(?=\S)|(?<![^\s(“\"])ณ {1,3}(?=\S))"
    r"|(?P<close> {0,3}(?:ฯลฯ|ๆ|ฯ(?!พณฯ))| {1,3}[)\]”’»,;:!?]| {1,3}\.(?= |$))"
)
_REPEATED = (
    "ต่าง", "อื่น", "ใหม่", "หลาย", "เล็ก", "จริง", "เร็ว", "ใกล้", "บ่อย", "ช้า", "ทุก", "เรื่อย", "ใหญ่",
    "ประชุม", "กรุงเทพ", "คณะกรรมการ", "คณะทำงาน", "โครงการ", "กรรมการ", "จังหวัด", "อำเภอ", "ตำบล",
)  # fmt: skip
_PLACES = (
    "ห้องประชุม", "หอประชุม", "ที่ว่าการ", "ศาลากลาง", "ศาลา", "สำนักงาน", "โรงเรียน", "โรงแรม", "อาคาร",
    "ศูนย์", "จังหวัด", "อำเภอ", "ตำบล", "เทศบาล", "องค์การ", "มหาวิทยาลัย", "โรงพยาบาล", "บริเวณ", "วันที่",
    "บ้าน", "ร้าน",
)  # fmt: skip


# พ.ร.บ. from the start of a run of letters, or its single letters at the end of one: ตามพ.ร.บ.
_SHORT_FORM = re.compile(
    rf"(?<![{_THAI}.])(?:[{_THAI}]{{1,5}}\.)+|(?<=[{_THAI}])[ก-ฮ]\.(?:[{_THAI}]{{1,2}}\.)+"
)


def _short_form_spans(text: str) -> Iterator[Span]:
    """Give short forms with the word that touches them (``หจก.ยอดรส``), or a line ends in พ."""
    for match in _SHORT_FORM.finditer(text):
        yield match.start(), _word_after(text, match.end())


def _mark_spans(text: str) -> Iterator[Span]:
    """No line begins with ๆ ฯ ) ” or a comma, none ends with an opening mark or ณ."""
    for match in _MARK.finditer(text):
        start, end = match.span()
        if match["open"]:
            yield start, _word_after(text, end)
        elif start:
            yield _word_before(text, start), end


def _quote_spans(text: str) -> Iterator[Span]:
    """Hold spaces on the inner side of straight quotation marks, which open and close in turn."""
    opens = False
    for match in _QUOTE.finditer(text):
        opens = not opens
        start, mark = match.span("mark")
        if opens and match["after"]:
            yield start, _word_after(text, match.end())
        elif not opens and match["before"] and match.start():
            yield _word_before(text, match.start()), mark


_QUOTE = re.compile(r'(?P<before> {0,3})(?P<mark>")(?P<after> {1,3}(?=\S))?')
_OPENING = tuple('([“‘«"')
_THAI_TAIL = re.compile(rf"[{_THAI}]+\Z")
_THAI_HEAD = re.compile(f"[{_THAI}]{{1,30}}")
_THAI_RUN = re.compile(f"[{_THAI}]*")
_OTHER_HEAD = re.compile(f"[^ \n{_THAI}]{{1,20}}")


def _word_before(text: str, end: int) -> int:
    """Find where the word begins that ends here; looks at no more than 30 characters."""
    window = text[max(0, end - 30) : end]
    tail = _THAI_TAIL.search(window)
    if not tail:
        return end - len(window[-20:].rpartition(" ")[2].rpartition("\n")[2])
    run = tail[0]
    if run.endswith(_REPEATED):
        return end - len(next(w for w in _REPEATED if run.endswith(w)))
    return end - len(run if len(run) <= 8 else _words(run)[-1])


def _word_after(text: str, start: int) -> int:
    """Find where the word ends that begins here; looks at no more than 30 characters."""
    if text.startswith(_OPENING, start):
        start += 1
    head = _THAI_HEAD.match(text, start)
    if not head:
        other = _OTHER_HEAD.match(text, start)
        return other.end() if other else start
    run = head[0]
    if run.startswith(_PLACES):
        return start + len(next(w for w in _PLACES if run.startswith(w)))
    return start + len(run if len(run) <= 12 else _words(run)[0])


@lru_cache(maxsize=4096)
def _words(run: str) -> tuple[str, ...]:
    """Part a run of Thai letters into words, by PyThaiNLP's dictionary."""
    _keep_offline()
    from pythainlp.tokenize import word_tokenize

    return tuple(word_tokenize(run))


def last_word(text: str, end: int) -> str:
    """Give the word that ends at a place; empty when it is none of the dictionary's."""
    _keep_offline()
    from pythainlp.corpus import thai_words

    run = _THAI_TAIL.search(text, max(0, end - _FARTHEST), end)
    word = _words(run[0])[-1] if run else ""
    return word if word in thai_words() else ""


def are_words(text: str) -> bool:
    """Say whether all that spaces part in a text are words of PyThaiNLP's dictionary."""
    _keep_offline()
    from pythainlp.corpus import thai_words

    return bool(thai_words().issuperset(text.split()))


_FARTHEST = 40  # characters; no word is longer, and what is farther away does not part it


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Say whether words begin and end at these places, and not within เก็บ where ``ก็`` was found.

    The Thai letters around are parted into the words of PyThaiNLP's dictionary.
    """
    before = _THAI_TAIL.search(text, max(0, start - _FARTHEST), start)
    begin = before.start() if before else start
    behind = _THAI_RUN.match(text, end, end + _FARTHEST)
    edges, place = {begin}, begin
    for word in _words(text[begin : behind.end() if behind else end]):
        place += len(word)
        edges.add(place)
    return {start, end} <= edges


def units(
    text: str, glossary: Sequence[str] = (), names: Sequence[str] = (), *, longest: int = 60
) -> list[Span]:
    """Give the places ``(start, end)`` that no line may tear apart, sorted, not overlapping.

    Dates (a range may turn after its dash), times, numbers with their word, names, ``คำ ๆ``,
    marks with their neighbour, codes, the terms of ``glossary``, and known ``names`` whole. A unit
    of more than ``longest`` characters is left out: it would not fit on a line.
    """
    spans = [
        *_figure_spans(text),
        *(match.span() for match in _MONTH_YEAR.finditer(text)),
        *_name_spans(text),
        *(match.span() for match in _FIXED.finditer(text)),
        *_mark_spans(text),
        *_short_form_spans(text),
        *_quote_spans(text),
        *_term_spans(text, [*glossary, *_known_names(tuple(names))]),
    ]
    return _held(text, spans, longest)


def _held(text: str, spans: Iterable[Span], longest: int) -> list[Span]:
    """Unite what overlaps, with the marks that touch it; drop what grows too long."""
    held: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        before, behind = text[max(0, start - 3) : start], text[end : end + 3]
        first = start - len(before) + len(before.rstrip("([“‘«"))
        last = end + len(behind) - len(behind.lstrip(")]”’»,;:!?ๆฯ"))
        if held and first < held[-1][1]:
            first, last = held[-1][0], max(last, held[-1][1])
            if last - first <= longest:
                held[-1] = first, last
        elif last - first <= longest:
            held.append((first, last))
    return held
