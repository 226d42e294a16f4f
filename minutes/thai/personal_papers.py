"""Numbers that are personal by what they are called, and days of birth; on a text in plain letters.

A patient's number, a passport's, a licence's: of themselves these are digits like any others. The
word before them says what they are.
"""

import re
from collections.abc import Iterator

from minutes.thai import plain_text
from minutes.thai.plain_text import squeezed

Span = tuple[int, int, str]

_CALLED = r"(?:[ ]?(?:no\.?|number|เลขที่|หมายเลข|เลข|ที่|id|[:.#=]))*[ ]?"
_COUNTED = r"(?![0-9/]|[.,][0-9]| ?(?:ฉบับ|เล่ม|ราย|คน|บาท|ใบ|ชุด|แห่ง|ล้าน|%))"

# --- patients ---------------------------------------------------------------------------------

_PATIENT = re.compile(
    rf"(?:(?<![A-Za-z0-9])(?:[HAVX]N|[HAVX]\.N\.|hn(?=[ :]*[0-9]))"
    rf"(?:[ ]?ของ(?:ผู้ป่วย|คนไข้))?{_CALLED}"
    rf"|เวชระเบียน(?:ผู้ป่วย)?(?:นอก|ใน)?{_CALLED}"
    rf"|(?:เลข|หมายเลข|รหัส)(?:ที่)?(?:ประจำตัว)?(?:ทั่วไป|ภายใน)?(?:ของ)?(?:ผู้ป่วย|คนไข้)(?:นอก|ใน)?{_CALLED})"
    rf"(?P<number>[0-9]{{5,13}}|[0-9]{{1,7}}(?:[/-][0-9]{{1,7}}){{1,3}}){_COUNTED}",
)
_OF_PATIENTS = re.compile(r"[HAVX]\.?N|hn|ผู้ป่วย|คนไข้|เวชระเบียน")
FEWEST = 5  # digits of a patient's number


def patients(text: str) -> Iterator[Span]:
    """Go through the numbers of patients: HN, AN, VN."""
    may_be = plain_text.has_number(text) and _OF_PATIENTS.search(text)
    for match in _PATIENT.finditer(text) if may_be else ():
        form = squeezed(match["number"])
        if len(form) >= FEWEST:
            yield *match.span(), form


# --- papers -----------------------------------------------------------------------------------

_UP_TO = r"[^0-9\n]{0,24}?"
_NUMBER = r"[0-9](?:[ -]?[0-9]){4,14}"
_BY_YEAR = r"[0-9]{1,6}/[0-9]{2,4}"
_NAMED = r"(?:(?:รหัส|เลข|หมายเลข|เลขหมาย)(?:ประจำตัว)?|เลขที่|เลขประจำตัวของ)[ ]?"
_PERSONS = (
    "ทหาร|ตำรวจ|นักเรียน|นักศึกษา|นิสิต|พนักงาน|ข้าราชการ|ลูกจ้าง|ผู้ประกันตน|ประกันสังคม|ผู้ต้องขัง"
    "|สมาชิก|ผู้พิการ|คนพิการ"
)
_LICENCE = (
    r"(?:ใบขับขี่|ใบอนุญาต(?:ให้)?(?:เป็นผู้)?(?:ขับรถ|ขับขี่|ทำงาน)"
    r"|driv(?:er'?s?|ing) licen[cs]e|work permit)"
)
_PAPER = re.compile(
    rf"(?:หนังสือเดินทาง|พาสส?ปอร์?ต|passport){_UP_TO}"
    rf"(?P<passport>(?<![A-Za-z])[A-Z]{{0,2}}[ -]?[0-9]{{6,9}}){_COUNTED}"
    rf"|{_LICENCE}(?:{_UP_TO}(?P<licence>[0-9]{{7,8}}|{_NUMBER})|{_CALLED}(?P<year>{_BY_YEAR})){_COUNTED}"
    rf"|(?:บัตร(?:สี)?ชมพู|บัตรหัว(?:ศูนย์|0)|ต่างด้าว|(?:ไม่มี|ไร้)สัญชาติ(?:ไทย)?|pink card){_UP_TO}"
    rf"(?P<card>[0-9][ -]?[0-9](?:[ -]?[0-9]){{6,14}}){_COUNTED}"
    rf"|{_NAMED}(?:{_PERSONS}){_CALLED}(?P<member>[A-Z]{{0,3}}[0-9][0-9-]{{3,14}}(?<=[0-9])|{_BY_YEAR}){_COUNTED}"
    rf"|บัตร(?:ประจำตัว)?(?:{_PERSONS}){_CALLED}"
    rf"(?P<badge>[0-9][0-9-]{{4,14}}(?<=[0-9])|{_BY_YEAR}){_COUNTED}"
    rf"|(?:สูติบัตร|มรณบัตร|ใบมรณบัตร|ใบเกิด){_CALLED}(?P<record>[0-9][0-9/-]{{4,16}}(?<=[0-9])){_COUNTED}"
    r"|(?<![A-Za-z0-9])(?P<back>[A-Z]{2}[0-9]-[0-9]{7}-[0-9]{2})(?![0-9-])"
    rf"|(?:เลเซอร์|laser|หลังบัตร){_UP_TO}(?P<laser>[A-Z]{{2}}[0-9]{{10}})(?![0-9])",
    re.IGNORECASE,
)
# Each of these begins with a letter of its own: so a search is many times as fast as of the above.
_OF_PAPERS = re.compile(
    "หนังสือเดินทาง|พาส|ใบขับ|ใบอนุญาต|ใบเกิด|ชมพู|มรณบัตร|สูติบัตร|บัตรหัว|หลังบัตร|ต่างด้าว|สัญชาติ|เลเซอร์"
    f"|บัตร(?:ประจำตัว)?(?:{_PERSONS})"
    f"|รหัส(?:ประจำตัว)? ?(?:{_PERSONS})|เลข[ก-๎]{{0,12}} ?(?:{_PERSONS})"
)
# They begin with a class, so that a search skips all that is Thai.
_OF_PAPERS_IN_LATIN = re.compile(
    "[A-Za-z][A-Za-z][0-9]-[0-9]{7}|[PpLl](?i:assport|icen[cs]e|ermit|ink card|aser)"
)


def papers(text: str) -> Iterator[Span]:
    """Go through the numbers of passports, licences, permits, cards and members."""
    for match in _PAPER.finditer(text) if _may_name_a_paper(text) else ():
        name = match.lastgroup
        assert name is not None, "each alternative names its number"
        yield *match.span(name), squeezed(match[name])


def _may_name_a_paper(text: str) -> bool:
    if not plain_text.has_number(text):
        return False
    in_latin = plain_text.has_latin(text) and _OF_PAPERS_IN_LATIN.search(text)
    return bool(in_latin or _OF_PAPERS.search(text))


# --- days of birth ----------------------------------------------------------------------------

_MONTH = (
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|(?:ม\.? ?ค|ก\.? ?พ|มี\.? ?ค|เม\.? ?ย|พ\.? ?ค|มิ\.? ?ย"
    r"|ก\.? ?ค|ส\.? ?ค|ก\.? ?ย|ต\.? ?ค|พ\.? ?ย|ธ\.? ?ค)\.?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)"
)
_DAY = (
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:เดือน ?)?{_MONTH},? ?(?:[พค]\.? ?ศ\.? ?)?[0-9]{{2,4}}"
    rf"|{_MONTH} ?[0-9]{{1,2}}, ?[0-9]{{4}}"
    r"|[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
)
_OF_BIRTH = (
    r"ว(?:ัน|\.)?[ /,]*(?:เดือน|ด\.?)[ /,]*(?:ปี|ป\.?)[ /]*(?:ที่)?เกิด|(?<!คล้าย)วัน(?:ที่)?เกิด(?!เหตุ)"
    r"|date of birth|birth ?da(?:te|y)|(?<![a-z])d\.?o\.?b\.?(?![a-z])|(?<![a-z])born(?: on)?"
)
_BORN = re.compile(
    rf"(?:(?P<sure>{_OF_BIRTH})[^0-9\n]{{0,12}}?|(?<!ที่)(?<!ซึ่ง)(?<!ได้)(?<!จะ)(?<!เหตุ)"
    rf"เกิด(?:เมื่อ)?(?: ?วัน(?:[ก-๎]{{2,12}})??(?:ที่)?)? ?:? ?)(?P<day>{_DAY})",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    "เหตุ|ภัย|ไหม้|ท่วม|อุบัติ|ระบาด|พายุ|ไหว|ทรุด|พัง|ถล่ม|รั่ว|ระเบิด|เสียหาย|ปัญหา|โรค|ติดเชื้อ|ป่วย|หนี้|พิพาท|ทะเลาะ|คดี|ละเมิด|รั่วไหล"
)
_EVENT_GOES_ON = re.compile(" ?(?:เวลา|บริเวณ|ณ |ในพื้นที่|ในเขต|ที่)")
_AGED = re.compile(r"[^\n]{0,12}อายุ")
_IN_LATIN = re.compile(r"[BbDd](?i:irth|orn|\.?o\.?b)")


def births(text: str) -> Iterator[Span]:
    """Go through the days on which somebody was born; an accident has such a day too."""
    may_be = "เกิด" in text or (plain_text.has_latin(text) and _IN_LATIN.search(text))
    for match in _BORN.finditer(text) if may_be else ():
        if match["sure"] or _AGED.match(text, match.end()) or not _is_event(text, match):
            yield *match.span("day"), squeezed(match["day"])


def _is_event(text: str, match: re.Match[str]) -> bool:
    """Whether it is something that happened on the day, by the words around."""
    before = text[max(0, match.start() - 60) : match.start()].rpartition("\n")[2]
    return bool(_HAPPENED.search(before) or _EVENT_GOES_ON.match(text, match.end()))
