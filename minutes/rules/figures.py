"""Objections to how figures are written in free text: digits, times, dates, sums of money."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from minutes.problems.errors import Problem
from minutes.rules.texts import Role, Text
from minutes.thai import amounts, dates
from minutes.thai.digits import arabic, to_thai_digits

D = "[0-9๐-๙]"
GAP = "[ \u00a0]"
WIDE_GAP = "[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000]*"
MONTH = "|".join(dates.MONTHS)
SHORT_MONTHS = {
    f"{first}.{second}.": month
    for (first, second), month in zip(
        (
            ("ม", "ค"), ("ก", "พ"), ("มี", "ค"), ("เม", "ย"), ("พ", "ค"), ("มิ", "ย"),
            ("ก", "ค"), ("ส", "ค"), ("ก", "ย"), ("ต", "ค"), ("พ", "ย"), ("ธ", "ค"),
        ),
        dates.MONTHS,
        strict=True,
    )
}  # fmt: skip
MINUTES: frozenset[Role] = frozenset({"prose", "heading"})
"""What a text of the minutes proper is for: the release and captions may shorten a month."""

# --- W23 ----------------------------------------------------------------------------------------

NUMBER = f"{D}+(?:[.,/:–-]{D}+)*"
BETWEEN = (  # what joins two numbers to one figure, beyond the marks within a number
    rf"(?:{GAP}[-–]{GAP}?|[-–]{GAP}|{GAP}?น\.{GAP}?[-–]{GAP}?"
    rf"|{GAP}?(?:{MONTH}){GAP}?(?:พ\.ศ\.{GAP}?)?)"
)
FIGURE = re.compile(rf"(?<![A-Za-z0-9๐-๙.-]){NUMBER}(?:{BETWEEN}{NUMBER})*(?![A-Za-z0-9๐-๙])")


def digits_are_of_one_kind(texts: Sequence[Text]) -> Iterator[Problem]:
    """W23: one number, date or time is written with Thai digits or with Arabic ones."""
    for text in texts:
        if not (re.search("[0-9]", text.own) and re.search("[๐-๙]", text.own)):
            continue
        for found in FIGURE.finditer(text.own):
            if re.search("[0-9]", found[0]) and re.search("[๐-๙]", found[0]):
                yield text.problem("W23", found.span(), _of_one_kind(found[0]))


def _of_one_kind(figure: str) -> str:
    """Write a figure with the kind of digits that it has more of; with Arabic ones if neither."""
    thai_digits, all_digits = len(re.findall("[๐-๙]", figure)), len(re.findall(D, figure))
    is_thai = 2 * thai_digits > all_digits
    return to_thai_digits(figure) if is_thai else arabic(figure)


# --- W25 ----------------------------------------------------------------------------------------

TIME = re.compile(
    rf"(?P<hour>{D}(?<![0-9๐-๙.,:/]{D}){D}?)(?:(?P<mark>[.:])(?P<minute>{D}{{2}})|(?P<tight>{D}{{2}}))"
    rf"(?P<unit>(?P<gap>{GAP}*)น(?P<stop>\.(?!ส\.))?(?![\u0e00-\u0e4e.]))?"
)
RANGE_OF_TIMES = re.compile(rf"{GAP}?[-–]{GAP}?{D}{{1,2}}[.:]{D}{{2}}{GAP}*น")


def times_are_written_alike(texts: Sequence[Text]) -> Iterator[Problem]:
    """W25: a time is ``09.30 น.``: a dot in it, a space before น, a stop behind it."""
    for text in texts:
        if text.role == "name" or ("น" not in text.own and ":" not in text.own):
            continue
        for found in TIME.finditer(text.own):
            right = _time(found)
            if right and right != found[0].replace("\u00a0", " ") and _is_time(found):
                problem = text.problem("W25", found.span(), right)
                lenient = right == found[0].replace(":", ".")  # the Royal Society allows both
                yield replace(problem, severity="info") if lenient else problem


def _time(found: re.Match[str]) -> str:
    """Give the time as it should be written; empty when it is none."""
    hour, minute = found["hour"], found["minute"] or found["tight"]
    if int(hour) > 24 or int(minute) > 59 or (found["tight"] and len(hour) < 2):
        return ""
    return f"{hour}.{minute}" + (" น." if found["unit"] else "")


def _is_time(found: re.Match[str]) -> bool:
    """Tell a time from a ratio, a score and a sum: by its unit, or by what stands around it."""
    if found["unit"]:
        return True
    text, start, end = found.string, found.start(), found.end()
    if found["mark"] != ":" or re.match("[0-9๐-๙:]", text[end : end + 1]):
        return False
    if RANGE_OF_TIMES.match(text, end):
        return True
    return bool(re.search(rf"เวลา{GAP}?$", text[max(0, start - 6) : start]))


# --- W26 ----------------------------------------------------------------------------------------

ENDS_OF_MONTHS = ("คม", "ยน", "กุมภาพันธ์", "ค.", "ย.", "ก.พ.")
DAY = rf"(?P<day>{D}(?<![0-9๐-๙.,/-]{D}){D}?)"  # re looks fastest for what begins with a class
WORD_MONTH = re.compile(
    rf"ที่{GAP}?(?:{D}{{1,2}}{GAP}?[-–]{GAP}?)?{DAY}{GAP}*เดือน{GAP}*(?P<month>{MONTH})"
    r"(?![\u0e00-\u0e4e])"
)
TIGHT_ERA = re.compile(rf"(?P<era>[พค])\.{GAP}?ศ\.(?=(?P<year>{D}{{4}})(?!{D}))")
_SHORT = "|".join(re.escape(month) for month in SHORT_MONTHS)
SHORT_MONTH = re.compile(
    rf"{DAY}{GAP}?(?P<month>{_SHORT}){GAP}?(?:พ\.ศ\.{GAP}?)?(?P<year>{D}{{4}}|{D}{{2}})(?!{D})"
)
# Such as ตค. and ต. ค.
LOOSELY_SHORT = "|".join(
    rf"{first}(?:\.{WIDE_GAP})?{second}"
    for first, second in (re.escape(month).split(r"\.", 1) for month in SHORT_MONTHS)
)
BOLD_GAP = f"[*_{WIDE_GAP[1:]}"  # a gap, or the marks of bold and italic letters
DAY_OF_A_MONTH = re.compile(
    rf"{D}(?<![0-9๐-๙.,/]{D}){D}?{BOLD_GAP}(?:เดือน{BOLD_GAP})?(?:{MONTH}|{LOOSELY_SHORT})"
)
MAY_BE_SHORT = re.compile(rf"[คพย]\.{GAP}?(?:{D}|พ\.ศ\.)")
SHORT_YEAR = re.compile(
    rf"{DAY}{GAP}(?P<month>{MONTH}){GAP}?(?P<year>[5-9๕-๙]{D})"
    rf"(?=$|\n|[),”]"
    rf"|{GAP}(?:เวลา|ณ|ถึง|และ|[-–]|ที่ประชุม|ให้|จึง|โดย|เพื่อ|ซึ่ง|แล้ว|มี|ได้){GAP}?)"
)
SLASHED = re.compile(rf"(?<=วันที่{GAP}){D}{{1,2}}/{D}{{1,2}}/{D}{{2,4}}(?![0-9๐-๙/])")
COMMON_YEAR = re.compile(
    rf"{DAY}{GAP}(?P<month>{MONTH}){GAP}(?P<year>(?:19|20|๑๙|๒๐){D}{{2}})(?!{D})"
)


@lru_cache(maxsize=1_000)  # some rules ask of each text
def days_of_months(text: str) -> tuple[int, ...]:
    """Give where a day stands with the month's name behind it."""
    if not any(end in text for end in ENDS_OF_MONTHS):  # as in most
        return ()
    return tuple(found.start() for found in DAY_OF_A_MONTH.finditer(text))


def dates_are_written_in_full(texts: Sequence[Text]) -> Iterator[Problem]:
    """W26: a date is day, whole month and Buddhist year; one space stands behind พ.ศ."""
    for text in texts:
        if text.role in ("name", "spoken") or not re.search(D, text.own):
            continue
        yield from _slips_in_dates(text)
        if text.role in MINUTES and MAY_BE_SHORT.search(text.own):
            for found in SHORT_MONTH.finditer(text.sentences):
                yield text.problem("W26", found.span(), _in_full(found))


def _slips_in_dates(text: Text) -> Iterator[Problem]:
    for found in TIGHT_ERA.finditer(text.own) if "ศ." in text.own else ():
        shown = found.start(), found.end("year")
        yield text.problem("W26", found.span(), f"{found['era']}.ศ. ", shown)
    for found in WORD_MONTH.finditer(text.own) if "เดือน" in text.own else ():
        start, end = found.start("day"), found.end("month")
        yield text.problem("W26", (start, end), f"{found['day']} {found['month']}")
    for place in days_of_months(text.own):
        slip = SHORT_YEAR.match(text.own, place) or COMMON_YEAR.match(text.own, place)
        if slip:
            yield text.problem("W26", slip.span())
    for found in SLASHED.finditer(text.own) if "/" in text.own else ():
        yield text.problem("W26", found.span())


def _in_full(found: re.Match[str]) -> str | None:
    """Give a date with its whole month; a year of two digits is for the writer to complete."""
    year = found["year"]
    return f"{found['day']} {SHORT_MONTHS[found['month']]} {year}" if len(year) == 4 else None


# --- W31 ----------------------------------------------------------------------------------------

UNITS = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
ONES = {
    "ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6,
    "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
NUMERAL = re.compile("|".join([*ONES, *UNITS, "ล้าน"]))
MILLION = 1_000_000
PART = re.compile(f"((?:{'|'.join([*ONES, *UNITS])})*)((?:ล้าน)*)")
_WORDS = f"(?:{NUMERAL.pattern}){{1,60}}"
IN_WORDS = rf"(?:(?P<baht>{_WORDS})บาท(?:ถ้วน|(?P<satang>{_WORDS})สตางค์(?:ถ้วน)?)?)"
SUM = (
    rf"(?P<sum>{D}(?<![0-9๐-๙.,]{D})"
    rf"(?:{D}{{0,2}}(?:,{D}{{3}}){{1,5}}(?:\.{D}{{1,2}})?|{D}{{0,17}}(?:\.{D}{{1,6}})?))"
    rf"{GAP}*(?P<many>ล้านล้าน|ล้าน|แสน|หมื่น|พัน)?{GAP}*บาท(?:ถ้วน)?"
)
FIGURES_THEN_WORDS = re.compile(rf"{SUM}{GAP}*\({GAP}*{IN_WORDS}{GAP}*\)")
WORDS_THEN_FIGURES = re.compile(rf"{IN_WORDS}{GAP}*\({GAP}*{SUM}{GAP}*\)")
TIGHT_SUM = re.compile(
    rf"(?P<sum>[1-9๑-๙](?<![0-9๐-๙A-Za-z.,/-][1-9๑-๙]){D}{{3,}})(?=(?:\.{D}{{1,2}})?{GAP}*บาท)"
)


def sums_agree_with_their_words(texts: Sequence[Text]) -> Iterator[Problem]:
    """W31: a sum in words is the one in figures; its thousands are parted by commas."""
    for text in texts:
        if "บาท" not in text.own:
            continue
        for pattern in (FIGURES_THEN_WORDS, WORDS_THEN_FIGURES) if "(" in text.own else ():
            for found in pattern.finditer(text.own):
                if (amount := _amount(found)) != _amount_in_words(found):
                    right = f"{amounts.money_text(amount)} ({amounts.baht_words(amount)})"
                    yield text.problem("W31", found.span(), right=right)
        for found in TIGHT_SUM.finditer(text.own):
            problem = text.problem("W31", found.span(), _with_commas(found["sum"]))
            yield replace(problem, severity="warning")


def _amount(found: re.Match[str]) -> Decimal:
    many = {"ล้าน": MILLION, "ล้านล้าน": MILLION**2, **UNITS}.get(found["many"] or "", 1)
    amount = Decimal(arabic(found["sum"]).replace(",", "")) * many
    return amount.quantize(Decimal("0.01"))


def _amount_in_words(found: re.Match[str]) -> Decimal:
    return _counted(found["baht"]) + _counted(found["satang"] or "") / 100


def _counted(words: str) -> Decimal:
    """Give the number that numerals in words stand for, exactly.

    ล้าน multiplies all before it: ``สองล้านเอ็ดล้าน``. Beside ``สองล้านล้านหนึ่งล้าน``, where a
    million of millions comes first, the parts are added, as they are meant.
    """
    parts = _parts_of_millions(words)
    powers = [power for _, power in parts]
    if powers[0] > 1 and powers == sorted(set(powers), reverse=True):
        return Decimal(sum(number * MILLION**power for number, power in parts))
    total = 0
    for number, power in parts:
        total = (total + number) * MILLION**power
    return Decimal(total)


def _parts_of_millions(words: str) -> list[tuple[int, int]]:
    """Give the numbers below a million, each with how many ล้าน stand behind it."""
    parts: list[tuple[int, int]] = []
    for digits, millions in PART.findall(words):
        if digits or millions:
            number = _below_a_million(digits) if digits else 1
            parts.append((number, millions.count("ล้าน")))
    return parts or [(0, 0)]


def _below_a_million(words: str) -> int:
    total, one = 0, None
    for word in NUMERAL.findall(words):
        if word in ONES:
            one = ONES[word]
        else:
            total, one = total + (1 if one is None else one) * UNITS[word], None
    return total + (one or 0)


def _with_commas(figure: str) -> str:
    parted = f"{int(arabic(figure)):,}"
    return parted if figure.isascii() else to_thai_digits(parted)
