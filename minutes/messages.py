"""Every sentence that tells a writer what is wrong, in Thai and in English, by its code.

``D…`` are faults met while a file is read, ``W…`` are what a checker of minutes would object to.
Slots in braces are filled from the values that the fault carries. A hint says what to do about it.
Keep each block in the order of its codes; a test fires every code once.
"""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Language = Literal["th", "en"]


class Message(NamedTuple):
    """The wording of one code: its severity, the sentence and the remedy in both languages."""

    severity: Severity
    th: str
    en: str
    hint_th: str = ""
    hint_en: str = ""


SEVERITIES: dict[Severity, dict[Language, str]] = {
    "error": {"th": "ผิดพลาด", "en": "error"},
    "warning": {"th": "คำเตือน", "en": "warning"},
    "info": {"th": "แนะนำ", "en": "info"},
}

# Dates, times, money, numbers: minutes.thai
VALUES: dict[str, Message] = {
    "D01": Message(
        "error",
        'ไม่เข้าใจวันที่ "{text}"',
        'cannot read the date "{text}"',
        'เขียนวัน เดือน ปี เช่น "14 พฤษภาคม 2567" "14 พ.ค. 67" หรือ "14/5/2567"',
        'write day, month and year, such as "14 พฤษภาคม 2567", "14 พ.ค. 67" or "14/5/2567"',
    ),
    "D02": Message(
        "error",
        "วันที่ {date} ตรงกับวัน{right} ไม่ใช่วัน{wrong}",
        "{iso} is a {right_en}, not a {wrong_en}",
        'แก้เป็น "วัน{right}ที่ {date}" หรือแก้วันที่ให้ถูกต้อง',
        'write "วัน{right}ที่ {date}", or correct the date',
    ),
    "D03": Message(
        "error",
        "ไม่มีวันที่ {day} {month} {year}",
        "there is no {day} {month} {year}",
        "เดือน{month} {year} มี {days} วัน",
        "{month} {year} has {days} days",
    ),
    "D04": Message(
        "error",
        'ไม่เข้าใจเวลา "{text}"',
        'cannot read the time "{text}"',
        'เขียนชั่วโมงและนาทีสองหลัก ตั้งแต่ 00.00 ถึง 23.59 เช่น "09.30" หรือ "14.00 น."',
        'write the hour and two digits of minutes, from 00.00 to 23.59, such as "09.30"',
    ),
    "D05": Message(
        "error",
        'ไม่เข้าใจจำนวนเงิน "{text}"',
        'cannot read the amount "{text}"',
        'เขียนเป็นบาทด้วยตัวเลข ทศนิยมไม่เกินสองตำแหน่ง เช่น "15,000 บาท" หรือ "27,276,511.85"',
        'write baht in figures with two decimals at most, such as "15,000 บาท" or "27,276,511.85"',
    ),
    "D06": Message(
        "error",
        'ไม่เข้าใจครั้งที่ "{text}"',
        'cannot read the meeting number "{text}"',
        'เขียนครั้งที่และปี พ.ศ. เช่น "1/2567" หรือ "70-5/2556" หรือเลขต่อเนื่อง เช่น "49"',
        'write number and Buddhist year, such as "1/2567" or "70-5/2556", or the running "49"',
    ),
    "D07": Message(
        "error",
        'ปี "{year}" ใช้ไม่ได้',
        'the year "{year}" cannot be used',
        'เขียนปี พ.ศ. สี่หลัก เช่น "2567"',
        'write the Buddhist year with four digits, such as "2567"',
    ),
    "D08": Message(
        "error",
        'ไม่รู้จักเดือน "{month}"',
        'there is no month "{month}"',
        'หมายถึง "{near}" ใช่หรือไม่',
        'did you mean "{near}"?',
    ),
    "D09": Message(
        "error",
        "ไม่มีเดือนที่ {month}",
        "there is no month {month}",
        'เขียนวัน/เดือน/ปี เช่น "14/5/2567" หรือปี-เดือน-วัน เช่น "2567-05-14"',
        'write day/month/year, such as "14/5/2567", or year-month-day, such as "2567-05-14"',
    ),
}

# Reading YAML: minutes.source
SOURCE: dict[str, Message] = {}

# The shape and the fields of a file: minutes.model
MODEL: dict[str, Message] = {}

# Plain writing with a little Markdown: minutes.prose
PROSE: dict[str, Message] = {}

# Pictures and attachments: minutes.pictures
PICTURES: dict[str, Message] = {}

# Folders and neighbours: minutes.records
RECORDS: dict[str, Message] = {}

# What a checker of minutes objects to: minutes.rules
RULES: dict[str, Message] = {}

MESSAGES: dict[str, Message] = VALUES | SOURCE | MODEL | PROSE | PICTURES | RECORDS | RULES
