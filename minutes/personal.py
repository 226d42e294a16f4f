"""What looks like personal data in a text: numbers of citizens, telephones and accounts, addresses.

Pure functions on plain text. A number is known by its digits and by how they are grouped, whatever
digits it is written in and whatever stands between them: a space, a dash, a dot, the end of a line.
An empty line ends everything.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

LONGEST_KEPT = 200  # letters of a text whose finds are kept
MOST_KEPT = 2_000  # such texts
Kind = Literal["citizen", "account", "phone", "email", "line", "plate", "address"]


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
    if not (_WORTH_A_LOOK.search(text) or _UNSEEN.search(text)):
        return []
    plain, places = _plain(text)
    if not _WORTH_A_LOOK.search(plain):
        return []
    kept: list[Found] = []
    taken = bytearray(len(text))
    for kind, look in LOOKS.items():
        for start, end, form in look(plain):
            first, last = places[start], places[end - 1] + 1
            if 1 not in taken[first:last]:
                taken[first:last] = bytes([1]) * (last - first)
                kept.append(Found(kind, first, last, text[first:last], form))
    return sorted(kept, key=lambda found: found.start)


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


# --- plain letters ----------------------------------------------------------------------------

_ZEROS = "๐໐០٠۰०𝟎𝟘𝟢𝟬𝟶"  # the last five are the bold and wide ones of social media
_SAME: dict[int, str | None] = {
    **{ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # fullwidth forms
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣·•∙"), "-"),
    **dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\v\f\u0085\u2028\u2029"), "\n"),
}
_WORTH_A_LOOK = re.compile(r"\d|[@＠﹫]|[(\[]at[)\]]|line|ไลน์|ไอดี|ที่อยู่", re.IGNORECASE)
_UNSEEN = re.compile("[\r\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


_NOT_PLAIN = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]+")


def _as_plain(found: re.Match[str]) -> str:
    return found[0].translate(_SAME)


def _plain(text: str) -> tuple[str, list[int] | range]:
    """Give the text in Arabic digits, plain dashes and spaces, and the place of each letter."""
    same = _NOT_PLAIN.sub(_as_plain, text)  # translate() would visit every letter
    if not _UNSEEN.search(same):
        return same, range(len(same))
    places = [place for place, letter in enumerate(same) if not _UNSEEN.match(letter)]
    return "".join(same[place] for place in places), places


def squeezed(text: str) -> str:
    """Give letters and digits alone, in small letters, as texts are compared."""
    return re.sub(r"[\s\-.,:;()/]+", "", _plain(text)[0]).lower()


# --- numbers ----------------------------------------------------------------------------------

Span = tuple[int, int, str]
_RUN = re.compile(r"\d+(?:(?!\s*\n\s*\n)[ \n().-]{1,4}\d+)*")
_GROUP = re.compile(r"\d+")
SHORTEST_NUMBER = 6  # digits that any of the looks asks for
_AMOUNT = re.compile(
    r"\s*(?:ล้าน|แสน|หมื่น|พัน)?(?:บาท|คน|ราย|เครื่อง|ครั้ง|ชิ้น|ถุง|ชุด|กล่อง|ตัว(?!อย่าง)|คัน|ตัน|กก|กรัม|กิโล|เมตร|ไร่|ครัวเรือน|แห่ง|%)"
)


class _Number(NamedTuple):
    """Digits that stand together, in groups, with what stands between these."""

    start: int
    end: int
    digits: str
    lengths: tuple[int, ...]
    gaps: tuple[str, ...]
    is_alone: bool

    @property
    def shapes(self) -> set[tuple[int, ...]]:
        """The lengths of the groups, also as if the ends of lines had torn them apart."""
        joined = [self.lengths[0]]
        for length, gap in zip(self.lengths[1:], self.gaps, strict=True):
            if gap.strip(" ") == "\n":
                joined[-1] += length
            else:
                joined.append(length)
        return {self.lengths, tuple(joined)}

    def is_shaped(self, shapes: frozenset[tuple[int, ...]]) -> bool:
        """Whether the groups are such; digits one by one are, when they stand alone."""
        one_by_one = self.is_alone and len(self.lengths) == len(self.digits)
        return one_by_one or not shapes.isdisjoint(self.shapes)


Groups = list[tuple[int, int]]
MOST_GROUPS = 6  # unless the digits stand one by one


def _numbers(text: str, least: int, most: int) -> Iterator[_Number]:
    """Go through the numbers of so many digits that begin and end with a group of a run."""
    for begin, run, groups in _runs(text):
        if len(run) < least:
            continue
        for chosen in _windows(groups, least, most):
            start, end = begin + chosen[0][0], begin + chosen[-1][1]
            if not _is_part_of_more(text, start, end):
                yield _number(run, begin, chosen, len(chosen) == len(groups))


@lru_cache(maxsize=1)
def _runs(text: str) -> list[tuple[int, str, Groups]]:
    """Give the runs of digits that could be a number, for which three looks at a text ask."""
    return [
        (run.start(), run[0], [match.span() for match in _GROUP.finditer(run[0])])
        for run in _RUN.finditer(text)
        if run.end() - run.start() >= SHORTEST_NUMBER
    ]


def _windows(groups: Groups, least: int, most: int) -> Iterator[Groups]:
    """Give the neighbouring groups that have so many digits, the longest from each place first."""
    one_by_one = len(groups) <= most and groups[-1][1] - groups[0][0] >= least
    longest = len(groups) if one_by_one else MOST_GROUPS
    for first in range(len(groups)):
        found: list[Groups] = []
        total, last = 0, first
        while last < min(first + longest, len(groups)):
            total += groups[last][1] - groups[last][0]
            last += 1
            if least <= total <= most:
                found.insert(0, groups[first:last])
        yield from found


def _number(run: str, start: int, groups: Groups, is_alone: bool) -> _Number:
    gaps = tuple(run[end:begin] for (_, end), (begin, _) in pairwise(groups))
    lengths = tuple(end - begin for begin, end in groups)
    digits = "".join(run[begin:end] for begin, end in groups)
    return _Number(start + groups[0][0], start + groups[-1][1], digits, lengths, gaps, is_alone)


def _is_part_of_more(text: str, start: int, end: int) -> bool:
    """Whether a number goes on beyond its groups: as a code, a decimal, a sum with commas."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(re.search(r"[A-Za-z_]$|\d[.,/:-]$", before) or re.match(r"[A-Za-z_]|[.:]\d", after))


def _shapes(written: str) -> frozenset[tuple[int, ...]]:
    return frozenset(tuple(map(int, shape.split("-"))) for shape in written.split())


# Citizens: 13 digits, the last of which checks the others

CITIZEN = _shapes("13 1-4-5-2-1 1-12 1-4-5-3 1-4-8 4-4-5 5-8 1-4-4-4 3-3-3-4 3-3-3-3-1 7-6 6-7")
CANONICAL = (1, 4, 5, 2, 1)


def is_citizen_number(digits: str) -> bool:
    """Whether 13 digits are the number of a natural person: check digit, and no company's 0."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    checks = (11 - total % 11) % 10 == int(digits[12])
    without_nationality = digits[0] == "0" and digits[5:7] == "89"
    return checks and (digits[0] in "12345678" or without_nationality)


def _citizens(text: str) -> Iterator[Span]:
    for number in _numbers(text, 13, 13):
        gaps = "".join(number.gaps)
        dashed = "-" in gaps and " " not in gaps
        known = dashed or number.is_shaped(CITIZEN)
        mistyped = number.is_shaped(frozenset({CANONICAL})) and number.digits[0] in "12345678"
        if mistyped or (known and is_citizen_number(number.digits)):
            yield number.start, number.end, number.digits


# Telephones

MOBILE = _shapes(
    "10 3-7 3-3-4 3-4-3 2-4-4 2-8 1-4-5 1-9 4-3-3 4-6 1-2-3-4 3-2-5 2-4-2-2 3-3-2-2 5-5 3-5-2"
    " 1-1-4-4 1-4-4-1 1-4-3-2 1-3-3-3 3-4-1-2 3-1-3-3 2-2-2-2-2"
)
LANDLINE = _shapes(
    "9 1-4-4 2-3-4 2-7 3-6 3-3-3 1-8 2-4-3 1-2-3-3 1-1-3-4 1-1-7 1-2-6 1-1-4-3 3-2-4 2-3-2-2"
    " 3-2-2-2 1-4-2-2"
)
_ABROAD = re.compile(r"(?<![\w+])(?:\+ ?|00(?=66))(?=\d)[\d \n().-]{8,24}")
_CALLED = re.compile(
    r"(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|มือถือ|เบอร์|(?<![a-z])(?:tel|phone|mobile|fax))[^\d\n]{0,14}\n?[(+]{0,2}$",
    re.IGNORECASE,
)
_FILED_UNDER = re.compile(r"(?:เลขที่|เลขรับ|รหัส|สัญญา|โครงการ|ครุภัณฑ์|e-?GP)[ :]*(?:ที่)?[ :]*$", re.I)
_EXTENSION = re.compile(
    r"(?:\s?(?:-|/|ถึง)\s?\d{1,2}(?!\d))?(?:\s*(?:ต่อ|กด|ext\.?|#)\s*\d{1,5})?", re.IGNORECASE
)


def _phones(text: str) -> Iterator[Span]:
    if "+" in text or "0066" in text:
        yield from _phones_abroad(text)
    for number in _numbers(text, SHORTEST_NUMBER, 12):
        if _is_phone(number, text):
            extension = _EXTENSION.match(text, number.end)
            assert extension is not None, "it may be empty"
            yield number.start, extension.end(), _at_home(number.digits)


def _is_phone(number: _Number, text: str) -> bool:
    before = text[max(0, number.start - 24) : number.start]
    if _CALLED.search(before):
        return not _AMOUNT.match(text, number.end)
    digits = number.digits
    is_bare = number.lengths == (len(digits),)
    if is_bare and (_FILED_UNDER.search(before) or _AMOUNT.match(text, number.end)):
        return False
    mobile = len(digits) == 10 and re.match("0[689]", digits) and number.is_shaped(MOBILE)
    landline = len(digits) == 9 and re.match("0[2-7]", digits) and number.is_shaped(LANDLINE)
    # without its zero, and no project of the year 2566, whose month would follow
    abroad = len(digits) == 11 and re.match("66[689]", digits)
    return bool(mobile or landline or abroad)


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

ACCOUNT = _shapes("3-1-5-1 3-6-1")
_BANKED = re.compile(
    r"(?:เลข(?:ที่)?บัญชี|บัญชี(?:เงินฝาก|ธนาคาร|ออมทรัพย์|กระแสรายวัน|เลข|ชื่อ)|ธนาคาร|พร้อมเพย์|เงินฝาก"
    r"|promptpay|\ba/c\b|\baccount\b)[^\d]{0,60}(?:\d{1,2}[^\d]{1,20})?$",
    re.IGNORECASE,
)
_LEDGER = re.compile(r"แยกประเภท|ผังบัญชี|รหัสบัญชี")


def _accounts(text: str) -> Iterator[Span]:
    for number in _numbers(text, 9, 15):
        before = text[max(0, number.start - 90) : number.start].rpartition("\n\n")[2]
        banked = _BANKED.search(before) and not _LEDGER.search(before)
        dashed = set(number.gaps) <= {"-", "\n", "-\n"}
        shaped = dashed and number.is_shaped(ACCOUNT)
        if shaped or (banked and not _AMOUNT.match(text, number.end)):
            yield number.start, number.end, number.digits


# --- words ------------------------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?(?:@|\(at\)|\[at\])\s?"
    r"(?:[A-Za-z0-9-]+\n?\.\n?)+[A-Za-z]{2,}"
    r"|[^\s@<>()\[\],;:\"“”]{1,64}@[^\s@<>()\[\],;:\"“”]{1,64}\.ไทย"
)
_LINE = re.compile(
    r"(?:(?<![A-Za-z])LINE|ไลน์|ไอดี)\s?(?:(?:ID|ไอดี|OA|ไลน์)\s?[:=]?\s?@?|[:=]\s?@?|@)[A-Za-z0-9][A-Za-z0-9._-]{2,}"
    r"|ไลน์\s?[A-Za-z][A-Za-z._-]{2,}\d[A-Za-z0-9._-]*",
    re.IGNORECASE,
)

_MAY_BE_LINE = re.compile("[Ll][Iiİı][Nn][Ee]|ไลน์|ไอดี")  # as above, and many times as fast


def _emails(text: str) -> Iterator[Span]:
    has_sign = any(sign in text for sign in ("@", "(at)", "[at]"))
    for match in _EMAIL.finditer(text) if has_sign else ():
        form = re.sub(r"\s", "", match[0]).replace("(at)", "@").replace("[at]", "@")
        yield *match.span(), form.lower()


def _line_names(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text) if _MAY_BE_LINE.search(text) else ():
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
_DIGITS = r"\s?-?\s?\d{1,4}(?![\d])(?![.,/]\d)"
_PLATE = re.compile(
    rf"(?<![ก-๛\w.,/])\d(?!{_UNITS})[ก-ฮ]{{2}}{_DIGITS}"
    rf"|(?<!ที่ ){_PAIR}{_DIGITS}(?={_PROVINCE})"
    rf"|(?<=ทะเบียน)(?:รถ|ยนต์|เลขที่|หมายเลข|คัน|[ :.\n])*"
    rf"(?:\d?(?<![ก-๛])[ก-ฮ]{{1,3}}{_DIGITS}|\d{{2}}-\d{{4}}(?!\d))"
    rf"|(?<=รถ)(?:[ก-๛]{{0,20}}[ \n])?{_PAIR}{_DIGITS}"
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
# Words of two consonants, which a count may follow: 6 คน 3 ครั้ง, พบ 5 จังหวัด.
_WORDS = frozenset(
    re.split(" ", "คน ชน ผล รถ วง บท นม ฝน บน จน พบ จบ ลด ลง ยก รบ ขน สน ทน กบ นก ตก งบ งด หก")
)


def _plates(text: str) -> Iterator[Span]:
    may_be = "ทะเบียน" in text or _MAY_BE_PLATE.search(text)
    for match in _PLATE.finditer(text) if may_be else ():
        plate = re.search(r"\d?([ก-ฮ]{1,3})\s?-?\s?(\d{1,4})$|\d{2}-\d{4}$", match[0])
        assert plate is not None, "each alternative ends so"
        is_count = plate[1] in _WORDS and len(plate[2]) < 4
        if not (is_count or _AMOUNT.match(text, match.end())):
            yield match.start() + plate.start(), match.end(), squeezed(plate[0])


_HOUSE = r"\d{1,4}(?:/\d{1,4})?(?:-\d{1,4})?(?![\d/])"
_NOT_A_PAPER = "".join(
    f"(?<!{word})"
    for word in (
        "สัญญา", "ขาย", "คำสั่ง", "ประกาศ", "หนังสือ", "โฉนด", "ที่ดิน", "โครงการ", "ครุภัณฑ์", "จ้าง", "ซื้อ",
        "อนุญาต", "ใบเสร็จ", "บัญชี", "บันทึก",
    )
)  # fmt: skip
_STREET = r"\s?(?:หมู่(?:ที่)?|ม\.|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|ชุมชน)\s?[\dก-๛]"
_REST = (
    r"(?:[ ,]{0,3}\n?[ ,]{0,3}(?:หมู่(?:ที่|บ้าน)?|ม\.|บ้าน|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|อำเภอ|อ\."
    r"|เขต|จังหวัด|จ\.) ?[^\s,()“”\"]+|[ \n]\d{5}(?!\d))*"
)
_ADDRESS = re.compile(
    rf"บ้านเลขที่[ :\n]*{_HOUSE}{_REST}"
    rf"|(?:{_NOT_A_PAPER}เลขที่|ที่อยู่|อยู่ที่|ตั้งอยู่)[ :\n]*{_HOUSE}(?={_STREET}){_REST}"
    rf"|(?<![\d/.])(?<!ที่)(?<!ที่ )\d{{1,4}}/\d{{1,3}}(?![\d/])"
    rf"(?=\s?(?:หมู่(?:ที่)?|ม\.|ซอย|ซ\.)\s?[\dก-๛]){_REST}"
    r"|ที่อยู่(?:ปัจจุบัน|ตามทะเบียนบ้าน|ผู้ร้อง)? ?: ?[^\s][^\n]*"
)


_OF_ADDRESSES = ("เลขที่", "ที่อยู่", "อยู่ที่", "ตั้งอยู่")  # one of these, or 12/3, in each of them
_WITH_A_SLASH = re.compile(r"\d/\d{1,3}(?![\d/])\s?[หมซ]")


def _addresses(text: str) -> Iterator[Span]:
    may_be = any(word in text for word in _OF_ADDRESSES) or _WITH_A_SLASH.search(text)
    for match in _ADDRESS.finditer(text) if may_be else ():
        yield *match.span(), _shortened(match[0])


def _shortened(address: str) -> str:
    """Give an address as it is compared: house, village and street, however they are written."""
    first = re.split(r"(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|จังหวัด|จ\.)", address)[0]
    words = re.sub(r"บ้านเลขที่|เลขที่|ที่อยู่|อยู่ที่|ตั้งอยู่", "", first).replace("ม.", "หมู่").replace("หมู่ที่", "หมู่")
    return re.sub(r"[\s:,]+", "", words)


# In the order in which they are believed, where two claim the same place.
LOOKS: dict[Kind, Callable[[str], Iterator[Span]]] = {
    "email": _emails,
    "citizen": _citizens,
    "account": _accounts,
    "phone": _phones,
    "line": _line_names,
    "plate": _plates,
    "address": _addresses,
}
