"""Sums of money and the numbers of meetings, read and told."""

import re
from dataclasses import dataclass
from decimal import Decimal

from minutes.problems.errors import Fault
from minutes.thai.dates import keep_offline, typed_value
from minutes.thai.digits import LAST_COMMON_YEAR

_MOST_BAHT_DIGITS = 18  # sums of such amounts stay exact in Decimal's 28 places


_MONEY = re.compile(
    r"(?P<baht>[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?P<satang>\.[0-9]{1,2})?"
    r"(?:\.-)?(?: ?บาท(?: ?ถ้วน)?)?"
)
_NUMBER = re.compile(
    r"(?:ครั้งที่ ?)?(?:(?P<running>0*[1-9][0-9]{0,4}) ?- ?)?(?P<number>0*[1-9][0-9]{0,4})"
    r"(?: ?/ ?(?P<year>[0-9]{1,5}))?"
)


def parse_money(text: str) -> Decimal:
    """Read ``15,000 บาท``, ``15000`` or ``27,276,511.85`` exactly, in baht; raises Fault D05."""
    value = typed_value(text, "D05")
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
    keep_offline()
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
    value = typed_value(text, "D06")
    match = _NUMBER.fullmatch(value)
    if not match or (match["running"] and not match["year"]):
        raise Fault("D06", text=value)
    number = int(match["number"])
    if not match["year"]:
        return MeetingNumber(running=number)
    if len(match["year"]) != 4 or int(match["year"]) <= LAST_COMMON_YEAR:
        raise Fault("D07", year=match["year"])
    return MeetingNumber(
        int(match["running"]) if match["running"] else None, number, int(match["year"])
    )
