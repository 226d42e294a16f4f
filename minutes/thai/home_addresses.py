"""Where people live: addresses with a house's number, on a text in plain letters."""

import re
from collections.abc import Iterator

from minutes.thai.grouped_numbers import SPELT

Span = tuple[int, int, str]

_HOUSE = r"\d{1,4}(?:/\d{1,4})?(?:-\d{1,4})?(?![\d/])"
_TENS = f"(?:{'|'.join((*SPELT[1:], 'เอ็ด', 'ยี่', 'สิบ', 'ร้อย', 'พัน'))})"
_IN_WORDS = f"{_TENS}{{1,8}}(?:ทับ{_TENS}{{1,6}})?"
_NOT_A_PAPER = "".join(
    f"(?<!{word})"
    for word in (
        "สัญญา", "ขาย", "คำสั่ง", "ประกาศ", "หนังสือ", "โฉนด", "ที่ดิน", "โครงการ", "ครุภัณฑ์", "จ้าง", "ซื้อ",
        "อนุญาต", "ใบเสร็จ", "บัญชี", "บันทึก",
    )
)  # fmt: skip
_VILLAGE = r"(?:หมู่(?:ที่)?|ม\.)"
_ROAD = r"(?:ถนน|ถ\.|ซอย|ซ\.)"
_WARD = r"(?:ตำบล|ต\.|แขวง) ?[ก-ฮเ-ไ]"
_DISTRICT = r"(?:อำเภอ|อ\.|เขต|จังหวัด|จ\.) ?[ก-ฮเ-ไ]|(?<!\d)\d{5}(?!\d)"
_STREET = r"\s?(?:หมู่(?:ที่)?|ม\.|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|ชุมชน)\s?[\dก-๛]"
_REST = (
    r"(?:[ ,]{0,3}\n?[ ,]{0,3}(?:หมู่(?:ที่|บ้าน)?|ม\.|บ้าน|ซอย|ซ\.|ถนน|ถ\.|ตำบล|ต\.|แขวง|อำเภอ|อ\."
    r"|เขต|จังหวัด|จ\.) ?[^\s,()“”\"]+|[ \n]\d{5}(?!\d))*"
)
_HOME = re.compile(
    rf"บ้านเลขที่[ :\n]*(?:{_HOUSE}|{_IN_WORDS}(?={_STREET})){_REST}"
    rf"|(?:{_NOT_A_PAPER}เลขที่|ที่อยู่|อยู่ที่|ตั้งอยู่)[ :\n]*{_HOUSE}(?={_STREET}){_REST}"
    rf"|(?<![\d/.])(?<!ที่)(?<!ที่ )\d{{1,4}}/\d{{1,3}}(?![\d/])"
    rf"(?=\s?(?:หมู่(?:ที่)?|ม\.|ซอย|ซ\.)\s?[\dก-๛]){_REST}"
    rf"|(?P<rural>(?<![\d/.,-])(?!2[45]\d\d)\d{{1,4}}(?=\s?{_VILLAGE}\s?\d{{1,2}}(?!\d)){_REST})"
    rf"|(?P<urban>(?<![\d/.,-])\d{{1,4}}(?:/\d{{1,3}})?(?![\d/])(?=\s?{_ROAD}\s?(?!ตำบล|ต\.)[ก-๛\d]){_REST})"
    r"|ที่อยู่(?:ปัจจุบัน|ตามทะเบียนบ้าน|ผู้ร้อง)? ?: ?[^\s][^\n]*"
)
_OF_HOMES = ("เลขที่", "ที่อยู่", "อยู่ที่", "ตั้งอยู่")  # one of these, or 12/3, or 12 หมู่ 3, in each of them
_WITH_A_NUMBER = re.compile(r"\d(?![\d/])\s?(?:หมู่|ม\.|ซ|ถ)")

# What is counted or numbered before a village, and is no house; by name, or right before.
_NAMED_PLACE = re.compile(
    r"(?:ซอย|ซ\.|สาย|ถนน|ถ\.|คลอง|ชุมชน|หมู่บ้าน|โรงเรียน|รร\.|สะพาน|วัด|ตลาด|โครงการ|แปลง|ฝาย"
    r"|อ่าง|บ่อ|ประปา|สถานี|ศูนย์|อาคาร|หนอง|ห้วย|บึง|สระ|ท่อ|ทาง|ลำ|เหมือง|สนาม|ป่า|ฟาร์ม|โรง|กลุ่ม|กองทุน"
    r"|รหัส|รุ่น|แผน|สัญญา|คดี|มาตรา|ข้อ|งวด|ลำดับ)[ก-๎. ]{0,20}$"
)
_COUNTED = re.compile(
    r"(?:ที่|จำนวน|โซน|จุด|เขต|ปี|หลัง|หน่วย|กม\.?|รวม|ระยะ|ห้อง|ชั้น|รายการ|เดือน|ตำบล|แห่ง|ครั้ง|เบอร์|หมายเลข|เมตร|พ\.ศ\."
    r"|และ|ถึง|หรือ|กับ|ม\.|หมู่|ทั้ง|อีก|เพียง|ประมาณ|กว่า|\d ?[,-]?|[:=(]) ?$"
)
_LIVES = re.compile(
    r"(?:(?<!หมู่)(?<!หมู่ )บ้าน|(?<!ตั้ง)อยู่|อาศัย|ภูมิลำเนา"
    r"|(?:นาย|นาง|นางสาว|น\.ส\.|ด\.[ชญ]\.|เด็กชาย|เด็กหญิง) ?[ก-๎]+ [ก-๎]+) ?$"
)


def homes(text: str) -> Iterator[Span]:
    """Go through what looks like a home's address."""
    may_be = any(word in text for word in _OF_HOMES) or _WITH_A_NUMBER.search(text)
    for match in _HOME.finditer(text) if may_be else ():
        if _is_home(text, match):
            yield *match.span(), _shortened(match[0])


def _is_home(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number before a village or a road is a house's, by what is around it.

    Roads and alleys have numbers too: 12 หมู่ 4 is a house's only in a whole address, or where it
    is said that somebody lives there.
    """
    if match.lastgroup is None:
        return True
    before, rest = text[max(0, match.start() - 40) : match.start()], match[0]
    before = before.rpartition("\n")[2]
    lives = _LIVES.search(before)
    if _COUNTED.search(before) or (_NAMED_PLACE.search(before) and not lives):
        return False
    ward, district = re.search(_WARD, rest), re.search(_DISTRICT, rest)
    if match.lastgroup == "urban":
        sure = lives or "/" in rest[:6] or re.search(r"\d{5}$", rest)
        return bool(ward and sure)
    return bool(ward and (district or lives))


def _shortened(address: str) -> str:
    """Give an address as it is compared: house, village and street, however they are written."""
    first = re.split(r"(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|จังหวัด|จ\.)", address)[0]
    words = re.sub(r"บ้านเลขที่|เลขที่|ที่อยู่|อยู่ที่|ตั้งอยู่", "", first).replace("ม.", "หมู่").replace("หมู่ที่", "หมู่")
    return re.sub(r"[\s:,]+", "", words)
