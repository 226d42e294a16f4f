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
VALUES: dict[str, Message] = {}

# Reading YAML: minutes.source
SOURCE: dict[str, Message] = {}

# The shape and the fields of a file: minutes.model
MODEL: dict[str, Message] = {
    "D40": Message(
        "error",
        'ไม่รู้จักคีย์ "{key}"',
        'unknown key "{key}"',
        'หมายถึง "{near}" หรือไม่',
        'did you mean "{near}"?',
    ),
    "D41": Message(
        "error",
        'คีย์ "{key}" ซ้ำกับ "{other}" ในบรรทัดที่ {line}',
        'the key "{key}" says the same as "{other}" on line {line}',
        "เก็บไว้เพียงบรรทัดเดียว",
        "keep only one of them",
    ),
    "D42": Message(
        "error",
        'ไม่มี "{key}"',
        '"{key}" is missing',
        'เพิ่มบรรทัด "{key}: …"',
        'add a line "{key}: …"',
    ),
    "D43": Message(
        "error",
        "ตรงนี้ต้องเป็นข้อความ แต่วงเล็บ [ ] หรือ {{ }} ทำให้กลายเป็นรายการ",
        "text is wanted here, but the brackets make it a list or a mapping",
        'ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ "…" หรือเขียนไว้บรรทัดถัดไปหลัง |',
        'put the whole text in quotes "…" or on the next line after |',
    ),
    "D44": Message(
        "error",
        "ตรงนี้ต้องเป็นข้อความ แต่มีรายการหรือคีย์ย่อยอยู่ข้างใต้",
        "text is wanted here, but a list or keys stand below it",
        "เขียนเป็นข้อความต่อท้ายเครื่องหมาย : หรือเขียนหลายบรรทัดหลัง |",
        "write it as text after the colon, or on several lines after |",
    ),
    "D45": Message(
        "error",
        "ตรงนี้ต้องเป็นรายการ",
        "a list is wanted here",
        'ขึ้นบรรทัดใหม่ ย่อหน้าเข้าไป แล้วขึ้นต้นแต่ละรายการด้วย "- "',
        'start a new line, indent it, and begin each member with "- "',
    ),
    "D46": Message(
        "error",
        'ไม่รู้จักค่า "{value}"',
        '"{value}" is not one of the values that are known here',
        "ใช้ค่าใดค่าหนึ่ง: {wanted}",
        "use one of: {wanted}",
    ),
    "D47": Message(
        "error",
        '"{value}" ไม่ใช่จำนวนนับ',
        '"{value}" is not a whole number',
        "เขียนเป็นตัวเลข เช่น 7 หรือ ๗",
        "write it in digits, e.g. 7 or ๗",
    ),
    "D48": Message(
        "error",
        "รายชื่อมี {count} คน เกินกว่า {limit} คน",
        "the list has {count} persons, more than {limit}",
        "เขียนเป็นกลุ่ม แล้วแนบบัญชีรายชื่อ",
        "name them as a group and attach the list",
    ),
    "D49": Message(
        "error",
        "การประชุมมี {count} เรื่อง เกินกว่า {limit} เรื่อง",
        "the meeting has {count} items, more than {limit}",
        "แบ่งเป็นหลายการประชุม",
        "split it into several meetings",
    ),
    "D50": Message(
        "error",
        '"{name}" ไม่อยู่ในรายชื่อสมาชิก',
        '"{name}" is not on the list of members',
        "{near}",
        "{near}",
    ),
    "D51": Message(
        "error",
        'ข้อความหลัง " #" หายไป: เหลือเพียง "{kept}"',
        'the text after " #" is lost: only "{kept}" is left',
        'ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ "…" หรือเขียนไว้บรรทัดถัดไปหลัง |',
        'put the whole text in quotes "…" or on the next line after |',
    ),
    "D52": Message(
        "error",
        'ตรงนี้ต้องมีคีย์ย่อย เช่น "ชื่อ: …"',
        'keys are wanted here, such as "name: …"',
        "ขึ้นบรรทัดใหม่ ย่อหน้าเข้าไป แล้วเขียนทีละคีย์ ดูตัวอย่างในโฟลเดอร์ agendas",
        "start a new line, indent it, and write one key a line; see the examples in agendas",
    ),
    "D53": Message(
        "error",
        "ระเบียบวาระนี้ไม่มีทั้งชนิดและหัวข้อ",
        "this section has neither a kind nor a title",
        'เพิ่ม "ชนิด: เพื่อพิจารณา" หรือ "หัวข้อ: …"',
        'add "kind: consider" or "title: …"',
    ),
    "D57": Message(
        "error",
        '"{value}" ต้องเป็น ใช่ หรือ ไม่ใช่',
        '"{value}" must be true or false',
        "เขียน ใช่ หรือ ไม่ใช่",
        "write true or false",
    ),
    "D58": Message(
        "error",
        "ต้องบอกว่ามาถึงหรือออก อย่างใดอย่างหนึ่ง พร้อมเวลา",
        "say either arrived or left, with the time",
        "เขียนเช่น {{ชื่อ: …, มาถึง: 10.15}} หรือ {{ชื่อ: …, ออก: 11.00}}",
        "write e.g. {{name: …, arrived: 10.15}} or {{name: …, left: 11.00}}",
    ),
}

# Plain writing with a little Markdown: minutes.prose
PROSE: dict[str, Message] = {
    "D60": Message(
        "error",
        "แถวนี้ของตารางมี {found} ช่อง แต่หัวตารางมี {expected} ช่อง",
        "this row of the table has {found} cells, its head has {expected}",
        "เติมหรือลบช่องให้ครบ {expected} ช่อง โดยคั่นด้วย | (ถ้าเครื่องหมาย | เป็นส่วนหนึ่งของข้อความ ให้พิมพ์ \\|)",
        "make it {expected} cells with | between (a | that belongs to the text is written \\|)",
    ),
}

# Pictures and attachments: minutes.pictures
PICTURES: dict[str, Message] = {}

# Folders and neighbours: minutes.records
RECORDS: dict[str, Message] = {}

# What a checker of minutes objects to: minutes.rules
RULES: dict[str, Message] = {}

MESSAGES: dict[str, Message] = VALUES | SOURCE | MODEL | PROSE | PICTURES | RECORDS | RULES
