"""What looks like personal data in a text: numbers of citizens, telephones and accounts, addresses.

Pure functions on plain text. A number is known by its digits and by how they are grouped, whatever
digits it is written in and whatever stands between them: a space, a dash, a dot, the end of a line.
An empty line ends everything.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from minutes.thai import grouped_numbers, home_addresses, personal_papers, plain_text
from minutes.thai.grouped_numbers import SPELT, Number, shapes
from minutes.thai.plain_text import squeezed

LONGEST_KEPT = 200  # letters of a text whose finds are kept
MOST_KEPT = 2_000  # such texts
Kind = Literal[
    "citizen", "account", "phone", "email", "line", "plate", "address", "patient", "paper", "birth"
]


class Found(NamedTuple):
    """One find: its place in the text, what stands there, and the form in which it is compared."""

    kind: Kind
    start: int
    end: int
    text: str
    form: str


def find(text: str) -> list[Found]:
    """Give what looks personal, in the order of the text; what overlaps is told once."""
    return list(_found(text)) if len(text) <= LONGEST_KEPT else _look_for(text)


@lru_cache(maxsize=MOST_KEPT)
def _found(text: str) -> tuple[Found, ...]:
    """Give what a short text holds: names and places come again in every meeting of a body."""
    return tuple(_look_for(text))


def _look_for(text: str) -> list[Found]:
    written, places = plain_text.of(text)
    if not _is_worth_a_look(written):
        return []
    written = grouped_numbers.unmistaken(written)
    kept: list[Found] = []
    taken = bytearray(len(text))
    for kind, look in LOOKS.items():
        for start, end, form in look(written):
            first, last = places[start], places[end - 1] + 1
            if 1 not in taken[first:last]:
                taken[first:last] = bytes([1]) * (last - first)
                kept.append(Found(kind, first, last, text[first:last], form))
    return sorted(kept, key=lambda found: found.start)


_DIGIT_OR_AT = re.compile("[0-9@]")
_WITHOUT_DIGITS = ("ไลน์", "ไอดี", "ที่อยู่", "บ้านเลขที่", "ศูนย์", "แอท", "แอ็ท", "แอต", "แอ็ต")
_LATIN_WITHOUT_DIGITS = re.compile(r"[(\[{<] ?at? ?[)\]}>]|line| at ", re.IGNORECASE)


def _is_worth_a_look(text: str) -> bool:
    """Whether any look could find something; most texts hold nothing that it could."""
    return bool(
        _DIGIT_OR_AT.search(text)
        or any(word in text for word in _WITHOUT_DIGITS)
        or _LATIN_WITHOUT_DIGITS.search(text)
    )


@dataclass(frozen=True)
class Allowed:
    """What may be public although it looks personal."""

    forms: frozenset[str]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Allowed":
        """Take texts as a writer lists them; each may hold several numbers."""
        given = [text for text in texts if text.strip()]
        forms = frozenset(found.form for text in given for found in find(text))
        return cls(forms, tuple(map(squeezed, given)))

    def covers(self, found: Found) -> bool:
        """Whether a find is among what may be public, however it is grouped."""
        if found.form in self.forms:
            return True
        part = re.compile(rf"{re.escape(found.form)}(?!\d)")
        in_part = found.kind == "address" and any(map(part.match, self.forms))
        text = squeezed(found.text)
        return in_part or any(text in allowed for allowed in self.texts)


# --- numbers ----------------------------------------------------------------------------------

Span = tuple[int, int, str]
_AMOUNT = re.compile(
    r"\s*(?:ล้าน|แสน|หมื่น|พัน)?(?:บาท|คน|ราย|เครื่อง|ครั้ง|ชิ้น|ถุง|ชุด|กล่อง|ตัว(?!อย่าง)|คัน|ตัน|กก|กรัม|กิโล|เมตร|ไร่|ครัวเรือน|แห่ง|%)"
)
_MONEY = re.compile(r"\s*(?:ล้าน|แสน|หมื่น|พัน)?(?:บาท|สตางค์)|\s?%")

# Citizens: 13 digits, the last of which checks the others

CITIZEN = shapes("13 1-4-5-2-1 1-12 1-4-5-3 1-4-8 4-4-5 5-8 1-4-4-4 3-3-3-4 3-3-3-3-1 7-6 6-7")
CANONICAL = shapes("1-4-5-2-1")
SPREAD = shapes("1-4-5-2-1 1-4-5-3 1-12")  # over cells, or with a sign between spaces
FOREIGN = shapes("2-4-6-1")  # the card of one without Thai nationality, which begins with 00
_AS_CITIZEN = re.compile(r"(?:ประชาชน|ปชช\.?|citizen|national|\bid)[^\d\n]{0,16}$", re.IGNORECASE)


def is_citizen_number(digits: str) -> bool:
    """Whether 13 digits are the number of a natural person: check digit, and no company's 0.

    A company's number goes on with that of its province, which begins with no 0.
    """
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    checks = (11 - total % 11) % 10 == int(digits[12])
    without_nationality = digits[0] == "0" and (digits[1] == "0" or digits[5:7] == "89")
    return checks and (digits[0] in "12345678" or without_nationality)


def _citizens(text: str) -> Iterator[Span]:
    for number in grouped_numbers.numbers(text, 13, 13):
        if _is_citizen(number, text):
            yield number.start, number.end, number.digits
    for number in grouped_numbers.odd(text, 13, 13):
        known = number.is_shaped(CITIZEN if number.is_tight else SPREAD)
        if (
            known
            and is_citizen_number(number.digits)
            and not grouped_numbers.is_torn_off(text, number)
        ):
            yield number.start, number.end, number.digits


def _is_citizen(number: Number, text: str) -> bool:
    gaps = "".join(number.gaps)
    known = ("-" in gaps and " " not in gaps) or number.is_shaped(CITIZEN | FOREIGN)
    if known and is_citizen_number(number.digits):
        return not grouped_numbers.is_torn_off(text, number)
    person, foreign = number.digits[0] in "12345678", number.digits[:2] == "00"
    mistyped = number.is_shaped(CANONICAL) and (person or foreign)
    without = foreign and number.is_shaped(FOREIGN) and not number.is_bare
    called = person and known and _is_called(_AS_CITIZEN, text, number)
    return (mistyped or without or called) and not grouped_numbers.is_part_of_more(text, number)


def _is_called(names: re.Pattern[str], text: str, number: Number) -> bool:
    """Whether what stands before a number says what it is."""
    return bool(names.search(text[max(0, number.start - 40) : number.start]))


# Telephones

MOBILE = shapes(
    "10 3-7 3-3-4 3-4-3 2-4-4 2-8 1-4-5 1-9 4-3-3 4-6 1-2-3-4 3-2-5 2-4-2-2 3-3-2-2 5-5 3-5-2"
    " 1-1-4-4 1-4-4-1 1-4-3-2 1-3-3-3 3-4-1-2 3-1-3-3 2-2-2-2-2"
)
LANDLINE = shapes(
    "9 1-4-4 2-3-4 2-7 3-6 3-3-3 1-8 2-4-3 1-2-3-3 1-1-3-4 1-1-7 1-2-6 1-1-4-3 3-2-4 2-3-2-2"
    " 3-2-2-2 1-4-2-2"
)
IN_CELLS = shapes("3-3-4 3-7 3-4-3")  # lists of numbers stand so seldom
_YEAR_LAST = re.compile(r"[/-]2[45]\d\d$")
_ABROAD = re.compile(r"(?<![\w+])(?:\+ ?|00(?=66))(?=\d)[\d \n().-]{8,24}")
_CALLED = re.compile(
    r"(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|มือถือ|เบอร์|(?<![a-z])(?:tel|phone|mobile|fax))[^\d\n]{0,14}\n?[(+]{0,2}$",
    re.IGNORECASE,
)
_FILED_UNDER = re.compile(r"(?:เลขที่|เลขรับ|สัญญา|โครงการ|ครุภัณฑ์|e-?GP)[ :]*(?:ที่)?[ :]*$", re.I)
_CODE = re.compile(r"รหัส[ :]*$")
_LETTER_OF_OFFICE = re.compile(r"ที่ ?[ก-ฮ]{1,3}\.? ?$")  # หนังสือที่ มท 0812/…
_EXTENSION = re.compile(
    r"(?:\s?(?:-|/|ถึง)\s?\d{1,2}(?!\d))?(?:\s*(?:ต่อ|กด|ext\.?|#)\s*\d{1,5})?", re.IGNORECASE
)


def _phones(text: str) -> Iterator[Span]:
    if "+" in text or "0066" in text:
        yield from _phones_abroad(text)
    for number in grouped_numbers.numbers(text, grouped_numbers.SHORTEST_NUMBER, 12):
        if _is_phone(number, text):
            yield _with_extension(text, number)
    for number in grouped_numbers.odd(text, grouped_numbers.SHORTEST_ODD, 10):
        if _is_odd_phone(number, text):
            yield _with_extension(text, number)
    if "ศูนย์" in text:
        yield from _spelled(text)


def _with_extension(text: str, number: Number) -> Span:
    extension = _EXTENSION.match(text, number.end)
    assert extension is not None, "it may be empty"
    return number.start, extension.end(), _at_home(number.digits)


def _is_phone(number: Number, text: str) -> bool:
    before, digits = text[max(0, number.start - 24) : number.start], number.digits
    mobile = _is_mobile(digits) and number.is_shaped(MOBILE)
    if grouped_numbers.is_part_of_more(text, number):
        return mobile and _is_stuck_mobile(number, text)
    if _CALLED.search(before):
        return not _AMOUNT.match(text, number.end)
    if number.is_bare and _is_something_else(number, text, before):
        return False
    landline = len(digits) == 9 and re.match("0[2-7]", digits) and number.is_shaped(LANDLINE)
    # without its zero, and no project of the year 2566, whose month would follow
    abroad = len(digits) == 11 and re.match("66[689]", digits)
    return bool(mobile or landline or abroad)


def _is_mobile(digits: str) -> bool:
    return len(digits) == 10 and digits[0] == "0" and digits[1] in "689"


def _is_something_else(number: Number, text: str, before: str) -> bool:
    """Whether digits in one piece are what a file is known by, or an amount.

    No amount of anything but money has ten digits and begins with 0.
    """
    mobile = _is_mobile(number.digits)
    amount = _MONEY if mobile else _AMOUNT
    coded = not mobile and _CODE.search(before)
    return bool(_FILED_UNDER.search(before) or coded or amount.match(text, number.end))


_BEFORE_PHONE = re.compile(
    r"(?:(?<![A-Za-z0-9])(?:tel|mob|mobile|phone|fax|call|line|wa|whatsapp|no|id|[A-Za-z])|_)\.?$"
    r"|\d[,/]$",
    re.IGNORECASE,
)
_AFTER_PHONE = re.compile("_|[A-Za-z]{1,16}(?![A-Za-z0-9])")


def _is_stuck_mobile(number: Number, text: str) -> bool:
    """Whether only a word, a file's underscore or another number is stuck to a mobile's.

    That is ``tel0812345678``, ``สำเนา_0812345678.pdf``, ``0812345678,0898765432``.
    """
    before, after = text[max(0, number.start - 10) : number.start], text[number.end :][:18]
    stuck = re.search(r"[A-Za-z_]$|[0-9][.,/:-]$", before)
    goes_on = re.match(r"[A-Za-z_]|[.:][0-9]", after)
    if (stuck and not _BEFORE_PHONE.search(before)) or (goes_on and not _AFTER_PHONE.match(after)):
        return False
    return not (number.is_bare and _is_something_else(number, text, before))


def _is_odd_phone(number: Number, text: str) -> bool:
    before = text[max(0, number.start - 24) : number.start]
    filed = _FILED_UNDER.search(before) or _LETTER_OF_OFFICE.search(before)
    if filed or _MONEY.match(text, number.end):
        return False
    if _YEAR_LAST.search(text[number.start : number.end]):  # a file, by its year
        return False
    mobile = _is_mobile(number.digits)
    if grouped_numbers.is_part_of_more(text, number) and not (
        mobile and _is_stuck_mobile(number, text)
    ):
        return False
    return _is_odd_mobile(number) if mobile else _is_odd_landline(number)


def _is_odd_mobile(number: Number) -> bool:
    if not number.is_tight or len(set(number.gaps)) > 1:  # 09:30:00+07:00 is a time
        return number.lengths in IN_CELLS
    return number.is_shaped(MOBILE)


def _is_odd_landline(number: Number) -> bool:
    known = len(number.digits) == 9 and re.match("0[2-7]", number.digits)
    mixed = len(set(number.gaps)) > 1 and ":" in "".join(number.gaps)
    return bool(known and number.is_tight and not mixed and number.lengths in LANDLINE)


_ONE_SPELT = rf"(?:{'|'.join(SPELT)})"
_NUMBER_SPELT = re.compile(rf"{_ONE_SPELT}(?:[ \n-]{{0,2}}{_ONE_SPELT}){{8,12}}")


def _spelled(text: str) -> Iterator[Span]:
    """Go through numbers that are written in words, digit by digit."""
    for match in _NUMBER_SPELT.finditer(text):
        said = re.findall(_ONE_SPELT, match[0])
        yield *match.span(), "".join(str(SPELT.index(word)) for word in said)


def _phones_abroad(text: str) -> Iterator[Span]:
    for match in _ABROAD.finditer(text):
        written = re.split(r"\n\s*\n", match[0])[0].rstrip(" \n().-")
        digits = re.sub(r"\D", "", written.replace("(0)", ""))
        if 9 <= len(digits) <= 15 and not _AMOUNT.match(text, match.start() + len(written)):
            yield match.start(), match.start() + len(written), _at_home(digits)


def _at_home(digits: str) -> str:
    """Give a number as it is dialled in Thailand."""
    return re.sub("^(?:00)?66(?=[2-9])", "0", digits) if len(digits) > 9 else digits


# Accounts

ACCOUNT = shapes("3-1-5-1 3-6-1")
_BANKED = re.compile(
    r"(?:เลข(?:ที่)?บัญชี|บัญชี(?:เงินฝาก|ธนาคาร|ออมทรัพย์|กระแสรายวัน|เลข|ชื่อ)|ธนาคาร|พร้อมเพย์|เงินฝาก"
    r"|โอน[^\d\n]{0,30}บัญชี|promptpay|\ba/c\b|\baccount\b)[^\d]{0,60}(?:\d{1,2}[^\d]{1,20})?$",
    re.IGNORECASE,
)
_BANK = re.compile(
    r"(?:กสิกร|กรุงไทย|ไทยพาณิชย์|ออมสิน|ธ\. ?ก\. ?ส|ธกส|(?<![ก-๎.])ธ\. ?[ก-๎]{4,20}|ธ\. ?อ\. ?ส|ธอส"
    r"|กรุงศรี|ทหารไทย"
    r"|ทีเอ็มบี|ทีทีบี|ยูโอบี|ซีไอเอ็มบี|เกียรตินาคิน|ทิสโก้|แลนด์ ?แอนด์ ?เฮ้าส์|ทรูมันนี่|วอลเล็ต|แบงก์|สหกรณ์ออมทรัพย์"
    r"|(?<![a-z])(?:k ?bank|scb|ktb|bbl|bay|ttb|tmb|gsb|baac|ghb|uob|cimb|kkp|tisco|lh bank"
    r"|true ?money|wallet|bank)(?![a-z]))[^\d\n]{0,40}$",
    re.IGNORECASE,
)
_NO_ACCOUNT = re.compile(r"รหัส|โครงการ|สัญญา|หนังสือ|โทร|ทะเบียน|ภาษี|ครุภัณฑ์|ประกาศ|ปี|พ\.ศ|e-?GP", re.I)
_YEARS = re.compile(r"(?:2[45]\d\d)+")
_LEDGER = re.compile(r"แยกประเภท|ผังบัญชี|รหัสบัญชี")


def _accounts(text: str) -> Iterator[Span]:
    for number in grouped_numbers.numbers(text, 9, 15):
        if _is_account(number, text) and not grouped_numbers.is_part_of_more(text, number):
            yield number.start, number.end, number.digits
    for number in grouped_numbers.odd(text, 10, 12):
        if _is_odd_account(number, text) and not grouped_numbers.is_part_of_more(text, number):
            yield number.start, number.end, number.digits


def _is_account(number: Number, text: str) -> bool:
    before = text[max(0, number.start - 90) : number.start].rpartition("\n\n")[2]
    dashed = set(number.gaps) <= {"-", "\n", "-\n"}
    shaped = dashed and number.is_shaped(ACCOUNT)
    banked = _BANKED.search(before) and not _LEDGER.search(before)
    known = shaped or banked or _is_at_bank(number, before)
    return bool(known and (shaped or not _AMOUNT.match(text, number.end)))


def _is_at_bank(number: Number, before: str) -> bool:
    """Whether a bank is named before a number, and nothing that else has one."""
    bank = len(number.digits) >= 10 and _BANK.search(before)
    years = len(number.lengths) > 1 and _YEARS.fullmatch(number.digits)
    return bool(bank and not years and not _NO_ACCOUNT.search(bank[0]))


def _is_odd_account(number: Number, text: str) -> bool:
    """Whether it is grouped as accounts are, or a bank is named; a sum has no such groups."""
    before = text[max(0, number.start - 90) : number.start].rpartition("\n\n")[2]
    banked = (_BANKED.search(before) or _BANK.search(before)) and "," not in number.gaps
    return bool(number.is_tight and (number.lengths in ACCOUNT or banked))


# --- words ------------------------------------------------------------------------------------

_AT = (
    r"(?:\s?@\s?|[ ]?[(\[{<] ?(?:at?|แอท) ?[)\]}>][ ]?|[ ]?แอ็?[ทต][ ]?| at (?=[a-z0-9-]+"
    r"(?: dot | ?[(\[{]dot| ?[(\[{]?\.)))"
)
_DOT = r"(?:\n?\.\n?|[ ]?[(\[{<] ?(?:dot|\.|จุด) ?[)\]}>][ ]?| dot | ?ดอ[ทต] ?)"
_TOPS = r"(?:com|net|org|th|info|biz|asia|email|live|me|io|edu|gov|ไทย)"
_LOCAL = r"(?<![a-z0-9])[a-z0-9][a-z0-9._%+-]{0,63}"
_EMAIL = re.compile(
    rf"{_LOCAL}{_AT}(?:[a-z0-9-]+{_DOT})+[a-z]{{2,}}"
    rf"|{_LOCAL} ?@ ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+){{0,3}} ?\. ?{_TOPS}(?![a-z0-9])"
    rf"|[ก-๎]{{1,64}}@(?:[a-z0-9-]+{_DOT})+[a-z]{{2,}}"
    r"|[^\s@<>()\[\],;:\"“”]{1,64}@[^\s@<>()\[\],;:\"“”]{1,64}\.ไทย",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(rf"@|{_AT}", re.IGNORECASE)
_DOT_SIGN = re.compile(_DOT, re.IGNORECASE)
_FREE = re.compile(r" at (?:gmail|hotmail|yahoo|outlook|icloud|live|msn)\b|dot", re.IGNORECASE)
_LINE = re.compile(
    r"(?:(?<![A-Za-z])LINE|ไลน์|ไอดี)\s?(?:(?:ID|ไอดี|OA|ไลน์)\s?[:=]?\s?@?|[:=]\s?@?|@)[A-Za-z0-9][A-Za-z0-9._-]{2,}"
    r"|ไลน์\s?[A-Za-z][A-Za-z._-]{2,}\d[A-Za-z0-9._-]*",
    re.IGNORECASE,
)

_LINE_IN_LATIN = re.compile("[Ll][Iiİı][Nn][Ee]")


def _may_be_line(text: str) -> bool:
    """Whether a name in LINE may be meant; as above, and many times as fast."""
    in_latin = plain_text.has_latin(text) and _LINE_IN_LATIN.search(text)
    return "ไลน์" in text or "ไอดี" in text or bool(in_latin)


def _emails(text: str) -> Iterator[Span]:
    may_be = "@" in text or (plain_text.has_latin(text) and _AT_SPELT.search(text))
    for match in _EMAIL.finditer(text) if may_be else ():
        if " at " not in match[0].lower() or _FREE.search(match[0]):  # "look at page.html"
            yield *match.span(), _as_address(match[0])


_AT_SPELT = re.compile(r"[(\[{<] ?(?:at?|แอท) ?[)\]}>]| at |แอ็?[ทต]", re.IGNORECASE)


def _as_address(written: str) -> str:
    """Give an e-mail address as it is sent to, however its signs are spelled."""
    local, _, domain = _AT_SIGN.sub("@", written, count=1).partition("@")
    return re.sub(r"\s", "", f"{local}@{_DOT_SIGN.sub('.', domain)}").lower()


def _line_names(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text) if _may_be_line(text) else ():
        yield *match.span(), squeezed(match[0])


PROVINCES = re.split(" +",
    "กรุงเทพ กทม กระบี่ กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย"
    " เชียงใหม่ ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน"
    " บึงกาฬ บุรีรัมย์ ปทุมธานี ประจวบคีรีขันธ์ ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี"
    " เพชรบูรณ์ แพร่ ภูเก็ต มหาสารคาม มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี ลำปาง"
    " ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี สิงห์บุรี สุโขทัย"
    " สุพรรณบุรี สุราษฎร์ธานี สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง อำนาจเจริญ อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี"
    " เบตง",
)  # fmt: skip
_PROVINCE = rf"\s?\(?(?:(?:จ\.|จังหวัด)\s?[ก-ฮเ-ไ]|{'|'.join(PROVINCES)})"
_UNITS = "กม|ชม|ซม|มม|มล|ลบ|ตร"
_ERAS = "[พครจฮ]ศ|กพ|พค|กค|สค|กย|ตค|พย|ธค|นส"  # eras, months, and the papers of land
_PAIR = rf"(?<![ก-๛A-Za-z.])(?!{_UNITS}|{_ERAS})[ก-ฮ]{{2}}"
# with their points: no era, no month, no paper of land, no member or office of the state
_SHORT = (
    "พ.ศ|ค.ศ|จ.ศ|ร.ศ|ฮ.ศ|ม.ค|ก.พ|พ.ค|ก.ค|ส.ค|ก.ย|ต.ค|พ.ย|ธ.ค|น.ส|ร.ร|ร.พ|ส.ส|ส.ว|ส.ท|ส.จ|ก.ม|ช.ม|ต.ร|ก.ก"
    "|น.ค|ท.ล|ท.ช|ท.ต|ท.ม|ท.น|อ.ส|อ.บ|ก.ท|ก.จ|ก.อ|อ.ก|ว.ช|ม.ท|ส.ต|จ.ส|ร.ต|พ.ต|ด.ต|ด.ช|ด.ญ|ศ.พ|ส.พ|ม.อ|ป.ป"
)
_DOTTED = rf"(?<![ก-๛A-Za-z.])(?<!ที่ )(?!{_SHORT.replace('.', '[.]')})\d?[ก-ฮ]\. ?[ก-ฮ]\."
_DIGITS = r"\s?-?\s?\d{1,4}(?![\d])(?![.,/]\d)"
_PLATE = re.compile(
    rf"(?<![ก-๛\w.,/])\d(?!{_UNITS})[ก-ฮ]{{2}}{_DIGITS}"
    rf"|(?<!ที่ ){_PAIR}{_DIGITS}(?={_PROVINCE})"
    rf"|(?<=ทะเบียน)(?:รถ|ยนต์|เลขที่|หมายเลข|คัน|[ :.\n])*"
    rf"(?:\d?(?<![ก-๛])[ก-ฮ]{{1,3}}{_DIGITS}|\d{{2}}-\d{{4}}(?!\d))"
    rf"|(?<=รถ)(?:[ก-๛]{{0,20}}[ \n])?{_PAIR}{_DIGITS}"
)
_DOTTED_PLATE = re.compile(
    rf"{_DOTTED}{_DIGITS}(?={_PROVINCE})"
    rf"|(?:(?<=รถ)|(?<=ทะเบียน))(?:[ก-๛]{{0,20}}[ \n])?{_DOTTED}{_DIGITS}"
)


# Two consonants that follow no letter, and figures: any plate but one that a word names.
_MAY_BE_PLATE = re.compile(
    r"\d(?:"
    + "|".join(
        rf"(?<=[ก-ฮ]{{2}}{gap}\d)(?<![ก-๛A-Za-z.][ก-ฮ]{{2}}{gap}\d)"
        for gap in ("", r"[\s-]", r"[\s-]{2}", r"\s-\s")
    )
    + ")"
)
_MAY_BE_DOTTED = re.compile(
    r"\.[\s-]{0,3}\d(?:(?<=[ก-ฮ]\.\d)|(?<=[ก-ฮ]\.[\s-]\d)|(?<=[ก-ฮ]\. - \d))"
)
# Words of two consonants, which a count may follow: 6 คน 3 ครั้ง, พบ 5 จังหวัด.
_WORDS = frozenset(
    re.split(" ", "คน ชน ผล รถ วง บท นม ฝน บน จน พบ จบ ลด ลง ยก รบ ขน สน ทน กบ นก ตก งบ งด หก")
)


def _plates(text: str) -> Iterator[Span]:
    may_be = "ทะเบียน" in text or _MAY_BE_PLATE.search(text)
    for match in _PLATE.finditer(text) if may_be else ():
        yield from _plate(match, text)
    for match in _DOTTED_PLATE.finditer(text) if _MAY_BE_DOTTED.search(text) else ():
        yield from _plate(match, text)


_IN_PLATE = re.compile(r"\d?([ก-ฮ]{1,3}|[ก-ฮ]\. ?[ก-ฮ]\.)\s?-?\s?(\d{1,4})$|\d{2}-\d{4}$")


def _plate(match: re.Match[str], text: str) -> Iterator[Span]:
    plate = _IN_PLATE.search(match[0])
    assert plate is not None, "each alternative ends so"
    is_count = plate[1] in _WORDS and len(plate[2]) < 4
    if not (is_count or _AMOUNT.match(text, match.end())):
        yield match.start() + plate.start(), match.end(), squeezed(plate[0])


# In the order in which they are believed, where two claim the same place.
LOOKS: dict[Kind, Callable[[str], Iterator[Span]]] = {
    "email": _emails,
    "patient": personal_papers.patients,
    "paper": personal_papers.papers,
    "citizen": _citizens,
    "account": _accounts,
    "phone": _phones,
    "line": _line_names,
    "plate": _plates,
    "birth": personal_papers.births,
    "address": home_addresses.homes,
}
