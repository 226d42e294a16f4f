"""Objections to words in free text: headings, spoken and empty words, nicknames, short forms."""

import re
from collections.abc import Iterator, Sequence

from minutes.problems.errors import Problem
from minutes.rules.spellings import WRONG_WORDS, misspelt
from minutes.rules.texts import Role, Text
from minutes.thai import units

LETTER = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
D = "[0-9๐-๙]"
AUTHOR: frozenset[Role] = frozenset({"prose", "heading", "line", "news"})
"""What a text is for that the writer of the minutes words himself."""

# --- W01 ----------------------------------------------------------------------------------------

HEADINGS = {
    "บันทึกการประชุม": "รายงานการประชุม",
    "รายงานประชุม": "รายงานการประชุม",
    "เปิดประชุมเวลา": "เริ่มประชุมเวลา",
    "ปิดประชุมเวลา": "เลิกประชุมเวลา",
    "รายชื่อผู้เข้าประชุม": "ผู้มาประชุม",
    "ผู้เข้าประชุม": "ผู้มาประชุม",
    "ผู้ที่ไม่เข้าประชุม": "ผู้ไม่มาประชุม",
    "ผู้บันทึกรายงานการประชุม": "ผู้จดรายงานการประชุม",
    "ผู้บันทึกการประชุม": "ผู้จดรายงานการประชุม",
    "ผู้บันทึก": "ผู้จดรายงานการประชุม",
}
"""The words that stand in minutes as headings, and those that the regulation has for them."""

HEADING = re.compile(
    rf"(?m)^[ \t]*(?:[*]{{2}})?(?P<word>{'|'.join(HEADINGS)})"
    rf"(?:(?<=เวลา)|(?=$|[ \t]*$|[ \t]*:|[ \t]+{D}|[*]{{2}}|ครั้งที่|คณะ))"
)
AGENDA = re.compile(rf"(?m)^[ \t]*(?P<word>วาระที่)[ \t]*(?P<number>{D}+)(?!{D})")
READINGS = 3  # of a draft ordinance, which are called วาระที่ 1 to 3


def headings_use_the_regulations_words(texts: Sequence[Text]) -> Iterator[Problem]:
    """W01: what begins a line as a heading is worded as ข้อ 25 of the regulation words it."""
    for text in texts:
        if text.role not in ("prose", "heading"):
            continue
        for found in HEADING.finditer(text.own):
            yield text.problem("W01", found.span("word"), right=HEADINGS[found["word"]])
        for found in AGENDA.finditer(text.own) if text.role == "prose" else ():
            if int(found["number"]) > READINGS:
                yield text.problem("W01", found.span("word"), right="ระเบียบวาระที่")


# --- W20 ----------------------------------------------------------------------------------------

SPOKEN = {
    "พูดว่า": "กล่าวว่า",
    "บอกว่า": "แจ้งว่า",
    "เยอะแยะ": "จำนวนมาก",
    "เยอะ": "มาก",
    "ก็": "จึง",
    "นะคะ": "(ตัดออก)",
    "นะครับ": "(ตัดออก)",
    "ครับ": "(ตัดออก)",
    "ค่ะ": "(ตัดออก)",
    "อยากให้": "ขอให้",
    "โอเค": "เห็นชอบ",
    "ดิฉัน": "ข้าพเจ้า",
    "จะต้องทำให้ได้": "จะดำเนินการ",
}
WORDS_THAT_HOLD_IT = re.compile(
    r"(?:อย่างไร|เมื่อใด|ผู้ใด|กรณีใด|ใด)?(?:ใด)?ก็(?:ตาม|ดี|ได้|แล้วแต่|ต่อเมื่อ)|จะด้วยเหตุใดก็"
)
FOREIGN_NAME = re.compile("อ(?!าจ|ยู่|ยาก|ย่าง|ีก|นุ|ัน|อก|าศัย|ำนวย)")  # สก็อตต์, ก็อดเดิร์ด
SPOKEN_WORD = re.compile("|".join(sorted(map(re.escape, SPOKEN), key=len, reverse=True)))
OKAY = re.compile(
    r"(?:(?<=ว่า)|(?<=ว่า )|(?<=ตกลง )|(?<=ประชุม )|(?<=^))(?:OK|Ok|ok)(?=$|[ \n]?[ก-๙]|\n)"
)
I_SAY = re.compile(
    r"(?:^|(?<=[\s(]))(?P<word>ผม|กระผม)(?=ขอ|คิด|เห็น(?:ว่า|ด้วย)|อยาก|เสนอ|เข้าใจ|เชื่อ|รู้สึก|ฝาก|ว่า|จะขอ|ได้รับ)"
)
SIGNS = ("ป้าย", "เครื่องหมาย", "คำ")


def words_are_written_ones(texts: Sequence[Text]) -> Iterator[Problem]:
    """W20: minutes and news report what was said in written words; quotations may speak."""
    for text in texts:
        if text.role not in AUTHOR:
            continue
        for found in SPOKEN_WORD.finditer(text.own):
            if _is_spoken(found):
                yield text.problem("W20", found.span(), right=SPOKEN[found[0]])
        for found in OKAY.finditer(text.own) if "ok" in text.own.lower() else ():
            yield text.problem("W20", found.span(), right="เห็นชอบ")
        for found in I_SAY.finditer(text.own) if "ผม" in text.own else ():
            yield text.problem("W20", found.span("word"), right="ข้าพเจ้า")


def _is_spoken(found: re.Match[str]) -> bool:
    text, (start, end) = found.string, found.span()
    if text.endswith(SIGNS, max(0, start - 12), start):
        return False
    if found[0] == "ก็":
        around = WORDS_THAT_HOLD_IT.finditer(text, max(0, start - 12), end + 12)
        if any(each.start() <= start and end <= each.end() for each in around):
            return False
        if FOREIGN_NAME.match(text, end):
            return False
    return units.is_whole_word(text, start, end)


# --- W21 ----------------------------------------------------------------------------------------

ACTS = (
    "ตรวจสอบ|ตรวจ|สำรวจ|แก้ไข|ติดตั้ง|ประชุม|พิจารณา|ประชาสัมพันธ์|ศึกษา|รวบรวม|จัดซื้อ|จัดจ้าง|จัดทำ|จัดเก็บ"
    "|ซ่อมแซม|ซ่อม|ปรับปรุง|ขุดลอก|เบิกจ่าย|แจ้ง|สอบถาม|สอบสวน|คัดเลือก|โอน|ก่อสร้าง|รื้อถอน|บันทึก|ทดสอบ"
    "|ประเมิน|แต่งตั้ง|ส่ง|ลงทะเบียน|ขึ้นทะเบียน|อบรม|ฝึกอบรม|วางแผน|ประสานงาน|ประสาน|รายงาน|เปลี่ยน|มอบ"
)
DO_THE_DOING = re.compile(
    rf"(?<!ที่)(?<!วัน)(?<!เวลา)(?<!เปิด)(?<!ปิด)(?<!ชั่วโมง)(?<!การ)ทำการ(?P<act>{ACTS})"
)
CONCERNING = re.compile(r"(?m)(?:^|(?<=\s))ในส่วนของ")
THERE_IS = re.compile(rf"(?:(?<=^)|(?<=[\s]))มีการ(?=[{LETTER}])")
OFTEN = 3


def words_say_something(texts: Sequence[Text]) -> Iterator[Problem]:
    """W21: fillers that can go: ทำการ before a verb, ในส่วนของ, มีการ again and again."""
    for text in texts:
        if text.role not in AUTHOR:
            continue
        for found in DO_THE_DOING.finditer(text.own) if "ทำการ" in text.own else ():
            yield text.problem("W21", found.span(), right=found["act"])
        for found in CONCERNING.finditer(text.own) if "ในส่วน" in text.own else ():
            yield text.problem("W21", found.span(), right="สำหรับ")
        repeated = list(THERE_IS.finditer(text.own)) if text.own.count("มีการ") >= OFTEN else []
        if len(repeated) >= OFTEN:
            yield text.problem("W21", repeated[OFTEN - 1].span(), right="(ตัดออก)")


# --- W22 ----------------------------------------------------------------------------------------

NICKNAMES = """
    เล็ก ใหญ่ แดง ดำ ขาว เขียว ต้อย ติ๋ม ตุ้ม ตุ๊ก ตุ๊กตา ต้อม ต๋อง ต่าย แต๋ว แต้ม แตง โต้ง โต
    นก หนู หนุ่ม หนึ่ง น้อย หน่อย นิด หน่อง นุ้ย นุช บี บอย เบิร์ด โบว์ ปู ปุ๊ก ปุ้ย ปุ๋ย เปิ้ล
    แป๋ว แป้ง โป้ง ป้อม ป้อง ฝน พลอย เพชร แพร ฟ้า ฟิล์ม มด เมย์ แมว หมู หมี หมวย แหม่ม อ้อ อ้อย
    อ้วน อ๊อด อุ้ม เอ๋ แอน แอ๊ด โอ๋ โอ๊ต กบ กุ้ง ไก่ เก่ง เก๋ แก้ว กอล์ฟ ขวัญ จุ๋ม จิ๋ว เจี๊ยบ
    แจ๊ค แจ๋ว ชาย ช้าง เดี่ยว ดาว แดน ตาล ทราย ทิพย์ นัท แนน บอล เบนซ์ ใบเฟิร์น ยุ้ย เยาว์ รุ่ง
    ลูกปลา ลูกหมู วิว ส้ม เสือ โส เหน่ง เหมียว แอ๋ว โอ จ๋า จ๊ะ ตั้ม ตี๋ เต้ย เต้ ท็อป นิว
    เบียร์ ไผ่ พีท มาร์ค แม็ค
"""
NICKNAME = re.compile(
    rf"(?:(?:นางสาว|นาย|นาง|ดร\.)[{LETTER}]{{2,20}} {{1,2}}[{LETTER}]{{2,22}}) ?"
    rf"(?P<nick>\((?:ชื่อเล่น ?[{LETTER}]{{1,12}}|(?:พี่|น้อง|ป้า|ลุง|น้า|เฮีย|เจ๊)[{LETTER}]{{1,8}}"
    rf"|{'|'.join(NICKNAMES.split())})\))"
)


def nobody_is_called_by_a_nickname(texts: Sequence[Text]) -> Iterator[Problem]:
    """W22: a person's name stands without a nickname in brackets."""
    for text in texts:
        for found in NICKNAME.finditer(text.node.text) if "(" in text.node.text else ():
            if text.role != "spoken":
                yield text.problem("W22", found.span("nick"))


# --- W30 ----------------------------------------------------------------------------------------

SHORT_FORMS = {
    "อปท.": "องค์กรปกครองส่วนท้องถิ่น",
    "กบอ.": "คณะกรมการบริหารอำเภอ",
    "ศป.ปส.อ.": "ศูนย์ปฏิบัติการป้องกันและปราบปรามยาเสพติดอำเภอ",
    "ผอ.": "ผู้อำนวยการ",
    "จนท.": "เจ้าหน้าที่",
    "ผญบ.": "ผู้ใหญ่บ้าน",
    "ผช.ผญบ.": "ผู้ช่วยผู้ใหญ่บ้าน",
    "นอภ.": "นายอำเภอ",
    "ผวจ.": "ผู้ว่าราชการจังหวัด",
    "สนง.": "สำนักงาน",
    "คกก.": "คณะกรรมการ",
    "ปชช.": "ประชาชน",
    "ขรก.": "ข้าราชการ",
    "งปม.": "งบประมาณ",
    "ปชส.": "ประชาสัมพันธ์",
    "นร.": "นักเรียน",
}
SHORT_FORM = re.compile(
    rf"(?<![ก-ฮ.])(?P<form>{'|'.join(map(re.escape, sorted(SHORT_FORMS, key=len, reverse=True)))})"
)


def short_forms_are_told_once(texts: Sequence[Text]) -> Iterator[Problem]:
    """W30: a short form is spelled out where it first stands, and may be short from then on."""
    known: set[str] = set()
    for text in sorted(texts, key=lambda text: (text.node.line, text.node.column)):
        for found in SHORT_FORM.finditer(text.own) if "." in text.own else ():
            form = found["form"]
            if form in known:
                continue
            known.add(form)
            is_told = _is_told(text.own, found.start(), SHORT_FORMS[form])
            if not is_told and text.role in AUTHOR:
                yield text.problem("W30", found.span(), right=SHORT_FORMS[form])


def _is_told(text: str, start: int, full: str) -> bool:
    """Whether a short form is introduced: in brackets, or by its words that stand before it."""
    return text[:start].endswith("(") or full in text[:start]


# --- W40 ----------------------------------------------------------------------------------------


def _word(text: Text, found: re.Match[str]) -> tuple[int, int] | None:
    """Give what is shown of a wrong beginning of many words, such as ปฎิ: all of the letters."""
    return text.around(found.span()) if len(found[0]) < SHORTEST_ALONE else None


SHORTEST_ALONE = 5


def words_are_spelled_right(texts: Sequence[Text]) -> Iterator[Problem]:
    """W40: words that are often misspelt are spelled as the Royal Society's dictionary does."""
    for text in texts:
        if text.role in ("name", "spoken"):
            continue
        for found in misspelt(text.own):
            right, is_compound = WRONG_WORDS[found[0]]
            if not is_compound or units.is_whole_word(text.own, *found.span()):
                yield text.problem("W40", found.span(), right, _word(text, found))
