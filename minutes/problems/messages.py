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
    "D420": Message(
        "error",
        "ไม่มีเดือน{month} พ.ศ. {year}",
        "there was no {month} {year}",
        "ก่อน พ.ศ. 2484 ปีเริ่มวันที่ 1 เมษายน และ พ.ศ. 2483 มีเพียงเมษายนถึงธันวาคม "
        "ถ้าหมายถึงเดือนก่อนหน้านั้นเป็นปี 2482 ถ้าหมายถึงเดือนหลังจากนั้นเป็นปี 2484",
        "before 2484 the year began on 1 April, and 2483 had April to December alone: "
        "it is 2482 if the month before them is meant, 2484 if the one behind them",
    ),
}

# Reading YAML: minutes.source.reader
SOURCE: dict[str, Message] = {
    "D10": Message(
        "error",
        "ไม่มีไฟล์นี้",
        "there is no such file",
        "ตรวจชื่อไฟล์และชื่อโฟลเดอร์",
        "check the name of the file and of its folder",
    ),
    "D11": Message(
        "error",
        "ตรงนี้เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
        "this is a folder, not a file",
        "ระบุชื่อไฟล์ .yaml ในโฟลเดอร์นั้น",
        "name a .yaml file in it",
    ),
    "D12": Message(
        "error",
        "เปิดอ่านไฟล์นี้ไม่ได้",
        "this file cannot be opened",
        "ตรวจสิทธิ์การอ่านไฟล์ แล้วปิดโปรแกรมอื่นที่เปิดไฟล์นี้ค้างไว้",
        "check that you may read it, and close other programs that hold it open",
    ),
    "D13": Message(
        "error",
        "ไฟล์ใหญ่เกิน {limit} KB",
        "the file is larger than {limit} KB",
        "ใส่ภาพและเอกสารเป็นไฟล์ต่างหาก แล้วอ้างชื่อไฟล์",
        "keep pictures and documents as files of their own, and name them here",
    ),
    "D14": Message(
        "error",
        "ไฟล์นี้บันทึกเป็น {encoding} ไม่ใช่ UTF-8",
        "this file is saved as {encoding}, not UTF-8",
        "เปิดไฟล์ด้วย Notepad เลือก Save as (บันทึกเป็น) แล้วเลือก Encoding เป็น UTF-8",
        "open it in Notepad, choose Save as, and set Encoding to UTF-8",
    ),
    "D15": Message(
        "error",
        "ไฟล์นี้เป็นเอกสาร {kind} ไม่ใช่ข้อความธรรมดา",
        "this file is a document ({kind}), not plain text",
        "คัดลอกข้อความไปวางใน Notepad แล้วบันทึกเป็น .yaml โดยเลือก Encoding เป็น UTF-8",
        "paste the text into Notepad and save it as .yaml with the encoding UTF-8",
    ),
    "D16": Message(
        "error",
        "ตรงนี้มีข้อมูลที่ไม่ใช่ UTF-8",
        "what stands here is not UTF-8",
        "พิมพ์ข้อความตรงนี้ใหม่ แล้วบันทึกด้วย Notepad โดยเลือก Encoding เป็น UTF-8",
        "type the text here again and save it in Notepad with the encoding UTF-8",
    ),
    "D17": Message(
        "error",
        "ข้อความตรงนี้เสียหายจากการแปลงรหัสภาษาไทย",
        "the text here was damaged when its encoding was changed",
        "พิมพ์ข้อความนี้ใหม่ หรือคัดลอกจากต้นฉบับอีกครั้ง",
        "type it again, or copy it again from where it came",
    ),
    "D18": Message(
        "error",
        "มีอักขระควบคุมที่มองไม่เห็น ({name})",
        "there is a control character that cannot be seen ({name})",
        "ลบอักขระตรงนี้ แล้วพิมพ์วรรคหรือขึ้นบรรทัดใหม่เองถ้าจำเป็น",
        "delete it, and type a space or a new line in its place if one is needed",
    ),
    "D19": Message(
        "error",
        "ไฟล์นี้ว่างเปล่า หรือมีแต่หมายเหตุ (#)",
        "this file is empty, or has nothing but comments (#)",
        "คัดลอกไฟล์ของครั้งก่อนในโฟลเดอร์ agendas มาแก้ไข",
        "copy an earlier file from the folder agendas and change it",
    ),
    "D20": Message(
        "error",
        "ไฟล์หนึ่งมีได้เพียงเรื่องเดียว แต่เครื่องหมาย --- หรือ ... เริ่มส่วนใหม่ตรงนี้",
        "a file holds one document, but --- or ... begins another one here",
        "ลบบรรทัด --- หรือ ... ออก หรือแยกเป็นอีกไฟล์หนึ่ง",
        "delete the line --- or ..., or make it a file of its own",
    ),
    "D21": Message(
        "error",
        'ไฟล์ต้องเป็นบรรทัด "คีย์: ค่า"',
        'the file must be lines of "key: value"',
        "ดูตัวอย่างในโฟลเดอร์ agendas",
        "see the examples in the folder agendas",
    ),
    "D22": Message(
        "error",
        "ย่อหน้าด้วยแท็บ วรรคชนิดพิเศษ หรืออักขระที่มองไม่เห็น ({name})",
        "the line is indented by a tab, an unusual space or what nobody sees ({name})",
        "ลบช่องว่างหน้าบรรทัด แล้วเคาะวรรคธรรมดาให้ตรงกับบรรทัดอื่น",
        "delete what stands before the text and type ordinary spaces, as on the other lines",
    ),
    "D23": Message(
        "error",
        'คีย์ "{key}" ซ้ำ: อยู่ทั้งในบรรทัดที่ {first} และบรรทัดที่ {second}',
        'the key "{key}" is given twice: on line {first} and on line {second}',
        "เก็บไว้เพียงบรรทัดเดียว",
        "keep only one of them",
    ),
    "D24": Message(
        "error",
        "คำสั่งพิเศษของ YAML ({sign}) ใช้ในไฟล์นี้ไม่ได้",
        "the YAML feature {sign} is not used in these files",
        "ถ้าเป็นข้อความ ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ ถ้าเป็นคำสั่ง ให้เขียนค่าเต็มแทน",
        "if it is text, put all of it in quotes; if not, write the value out in full",
    ),
    "D25": Message(
        "error",
        "ซ้อนกันลึกเกิน {limit} ชั้น",
        "things lie within one another more than {limit} deep",
        'ถ้าเป็นข้อความ ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ "…" หรือเขียนไว้บรรทัดถัดไปหลัง |',
        'if it is text, put the whole of it in quotes "…" or on the next line after |',
    ),
    "D26": Message(
        "error",
        "คีย์ต้องเป็นคำหรือข้อความสั้น ๆ",
        "a key must be a word or a short text",
        'เขียนใหม่เป็น "คีย์: ค่า"',
        'write it as "key: value"',
    ),
    "D27": Message(
        "error",
        "มีเครื่องหมาย : ซ้อนอยู่ในค่า",
        "there is another colon inside the value",
        "ใส่เครื่องหมายคำพูดคร่อมทั้งค่าเป็น {fixed} หรือเขียนไว้บรรทัดถัดไปหลัง | ถ้าเป็นอีกคีย์ ขึ้นบรรทัดใหม่",
        "put the whole value in quotes, as {fixed}, or after |; another key needs its own line",
    ),
    "D28": Message(
        "error",
        "ค่าขึ้นต้นด้วยเครื่องหมาย {sign} ซึ่งมีความหมายพิเศษ",
        "the value begins with {sign}, which has a meaning of its own",
        "ใส่เครื่องหมายคำพูดคร่อมทั้งค่าเป็น {fixed} หรือเขียนไว้บรรทัดถัดไปหลัง |",
        "put the whole value in quotes, as {fixed}, or on the next line after |",
    ),
    "D29": Message(
        "error",
        "มีข้อความต่อจากเครื่องหมายคำพูดปิด",
        "text follows the closing quotation mark",
        "ใส่เครื่องหมายคำพูดคร่อมทั้งค่าเป็น {fixed} หรือเขียนไว้บรรทัดถัดไปหลัง |",
        "put the whole value in quotes, as {fixed}, or on the next line after |",
    ),
    "D30": Message(
        "error",
        "ไม่มีวรรคหลังเครื่องหมาย {sign}",
        "a space is missing after {sign}",
        'เคาะวรรคหนึ่งครั้งหลัง {sign} ถ้าเป็นข้อความ ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ "…"',
        'type one space after {sign}; if it is text, put the whole of it in quotes "…"',
    ),
    "D31": Message(
        "error",
        "ย่อหน้าของบรรทัดนี้ไม่ตรงกับบรรทัดอื่น",
        "this line is not indented like its neighbours",
        "ย่อหน้าคีย์ให้ตรงกับคีย์อื่นในชุดเดียวกัน ข้อความหลายบรรทัดเขียนไว้หลัง | ย่อหน้าให้เท่ากัน",
        "indent a key like its neighbours; put a text of several lines after |, all at one depth",
    ),
    "D32": Message(
        "error",
        'เครื่องหมาย {sign} หลัง "{key}" เป็นแบบเต็มความกว้าง',
        'the colon {sign} after "{key}" is a full-width one',
        'พิมพ์ : ธรรมดา แล้วเคาะวรรคหนึ่งครั้ง: "{key}: …"',
        'type an ordinary colon and one space: "{key}: …"',
    ),
    "D33": Message(
        "error",
        'เครื่องหมายจุลภาค (,) ในวงเล็บตัดข้อความตรง "{text}"',
        'a comma within brackets cuts the text at "{text}"',
        'ใส่เครื่องหมายคำพูดคร่อมค่าที่มีจุลภาค เช่น "15,000 บาท" ถ้าเป็นคนละค่า เคาะวรรคหลังจุลภาค',
        'put the value that has a comma in quotes, like "15,000 บาท"; '
        "between two values, type a space after the comma",
    ),
    "D34": Message(
        "error",
        "เครื่องหมายคำพูดเปิดแล้วไม่ปิด",
        "a quotation mark is opened but not closed",
        "ปิดเครื่องหมายคำพูดท้ายค่า ถ้าเครื่องหมายนั้นเป็นส่วนของข้อความ เขียนเป็น {fixed}",
        "close it at the end of the value; if the mark is part of the text, write {fixed}",
    ),
    "D35": Message(
        "error",
        "วงเล็บเปิดแล้วไม่ปิด หรือข้อความในวงเล็บอ่านไม่ได้",
        "a bracket is not closed, or what stands within it cannot be read",
        "ปิดวงเล็บให้ครบ ถ้าวงเล็บเป็นส่วนของข้อความ ใส่เครื่องหมายคำพูดคร่อมทั้งค่า",
        "close the bracket; if it is part of the text, put the whole value in quotes",
    ),
    "D36": Message(
        "error",
        'ข้อความหลัง " #" หายไป: "{lost}"',
        'the text after " #" is lost: "{lost}"',
        'ใส่เครื่องหมายคำพูดคร่อมทั้งค่า "…" ถ้าเป็นหมายเหตุ ย้ายไปไว้บรรทัดของตัวเอง',
        'put the whole value in quotes "…"; give a comment a line of its own',
    ),
    "D37": Message(
        "error",
        'เครื่องหมาย \\ ในเครื่องหมายคำพูด "…" ใช้ไม่ถูก',
        "the backslash in this quoted text means nothing",
        "ใช้เครื่องหมายคำพูดเดี่ยว '…' แทน เช่น {fixed}",
        "use single quotation marks '…' instead, like {fixed}",
    ),
    "D38": Message(
        "error",
        'บรรทัดนี้ไม่ใช่ "คีย์: ค่า"',
        'this line is not "key: value"',
        "เติมคีย์ เครื่องหมาย : และวรรค ข้อความหลายบรรทัดเขียนไว้หลัง | ย่อหน้าให้เท่ากัน",
        "add the key, a colon and a space; put a text of several lines after |, all at one depth",
    ),
    "D39": Message(
        "error",
        "อ่านบรรทัดนี้ไม่เข้าใจ",
        "this line is not understood",
        'เขียนเป็น "คีย์: ค่า" ถ้าเป็นข้อความ ใส่เครื่องหมายคำพูดคร่อม หรือเขียนไว้บรรทัดถัดไปหลัง |',
        'write it as "key: value"; put text in quotes, or on the next line after |',
    ),
    "D421": Message(
        "error",
        "ข้อความไทยในไฟล์นี้หายไป กลายเป็นเครื่องหมาย ? ตั้งแต่ตรงนี้",
        "the Thai letters of this file are lost: from here on they are question marks",
        "ไฟล์ถูกบันทึกเป็น ANSI ข้อความเดิมไม่เหลืออยู่ในไฟล์แล้ว ใช้สำเนาเดิมหรือพิมพ์ใหม่ แล้วบันทึกเป็น UTF-8",
        "it was saved as ANSI, and nothing of them is left in it; take an older copy or type them "
        "again, and save as UTF-8",
    ),
    "D422": Message(
        "error",
        "ไฟล์มีคีย์และค่ามากเกิน {limit} รายการ จึงอ่านถึงเพียงตรงนี้",
        "the file has more than {limit} keys and values, and is read as far as here",
        "ตรวจว่าไม่ได้วางข้อมูลซ้ำ ตารางยาวเขียนเป็นตารางหลัง | หรือแนบเป็นเอกสาร",
        "see that nothing was pasted twice; write a long table after |, or attach it",
    ),
    "D423": Message(
        "error",
        "เครื่องหมาย {sign} หน้ารายการไม่ใช่ขีดของแป้นพิมพ์",
        "the {sign} before an entry of a list is not the hyphen of the keyboard",
        'พิมพ์ - แล้วเคาะวรรคหนึ่งครั้ง: "- …" (Word เปลี่ยน - เป็น – เอง)',
        'type - and one space: "- …" (Word makes – of - by itself)',
    ),
}

# The shape and the fields of a file: minutes.model
MODEL: dict[str, Message] = {
    "D40": Message(
        "error",
        'ไม่รู้จักคีย์ "{key}"',
        'unknown key "{key}"',
        'หมายถึง "{near}" ใช่หรือไม่',
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
        'ตรงนี้ยังไม่มี "{key}"',
        '"{key}" is missing here',
        'เพิ่ม "{key}: …"',
        'add "{key}: …"',
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
        "ตรงนี้ต้องเป็นรายการ แม้มีเพียงรายการเดียว",
        "a list is wanted here, even of one",
        'ขึ้นบรรทัดใหม่ แล้วเขียนแต่ละรายการหลังขีดและวรรค "- …" ถ้าไม่มี ลบคีย์นี้',
        'start a new line, begin each entry with "- "; if there is none, delete the key',
    ),
    "D46": Message(
        "error",
        'ไม่รู้จักค่า "{value}"',
        '"{value}" is not one of the values that are known here',
        "ใช้ค่าใดค่าหนึ่ง: {wanted_th}",
        "use one of: {wanted}",
    ),
    "D47": Message(
        "error",
        '"{value}" ใช้เป็นจำนวนไม่ได้',
        '"{value}" cannot be a number here',
        "เขียนเป็นตัวเลขจำนวนเต็มตั้งแต่ {least} ขึ้นไป เช่น 7 หรือ ๗",
        "write a whole number from {least} up in digits, such as 7 or ๗",
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
        '"{name}" ไม่อยู่ในรายชื่อ',
        '"{name}" is not on the list',
        'ชื่อที่ใกล้ที่สุดคือ "{near}"; แก้ให้ตรงกัน หรือเพิ่มชื่อใน body.yaml',
        'the nearest name is "{near}"; make them agree, or add the name to body.yaml',
    ),
    "D51": Message(
        "error",
        'ข้อความหลัง " #" หายไป: เหลือเพียง "{kept}"',
        'the text after " #" is lost: only "{kept}" is left',
        'ใส่เครื่องหมายคำพูดคร่อมทั้งข้อความ "…" หรือเขียนไว้บรรทัดถัดไปหลัง | '
        "ถ้าตั้งใจเขียนหมายเหตุ ให้เว้นสองวรรคหน้า #",
        'put the whole text in quotes "…" or on the next line after |; '
        "if a comment is meant, leave two spaces before the #",
    ),
    "D52": Message(
        "error",
        'ตรงนี้ต้องมีคีย์ย่อย เช่น "{key}: …"',
        'keys are wanted here, such as "{key_en}: …"',
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
    "D54": Message(
        "error",
        '"{name}" ไม่อยู่ในรายชื่อ',
        '"{name}" is not on the list',
        "ตรวจตัวสะกด หรือเพิ่มชื่อใน body.yaml (ผู้อื่นที่มาร่วมประชุม เขียนไว้ใน ผู้เข้าร่วมประชุม)",
        "check the spelling, or add the name to body.yaml (others who came belong to guests)",
    ),
    "D55": Message(
        "error",
        'ไม่รู้จักคีย์ "{key}"',
        'unknown key "{key}"',
        "ถ้าเป็นข้อความต่อจากบรรทัดบน เขียนข้อความทั้งหมดไว้หลัง | ถ้าเป็นคีย์ ใช้คีย์ใดคีย์หนึ่ง: {known}",
        "put a text of several lines after |; if a key is meant, use one of: {known}",
    ),
    "D56": Message(
        "error",
        'คีย์ "{key}" อยู่ผิดที่',
        'the key "{key}" stands in the wrong place',
        "คีย์นี้ใช้ใน: {where_th}; ตรวจย่อหน้าของบรรทัดนี้ และคีย์ที่อยู่เหนือขึ้นไป",
        "it belongs to: {where}; check how this line is indented, and the key above",
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
    "D59": Message(
        "error",
        'ไม่มีการตรวจรหัส "{value}"',
        'there is no check with the code "{value}"',
        "หมายถึง {near} ใช่หรือไม่ ใช้รหัสในวงเล็บเหลี่ยมของคำเตือน",
        "did you mean {near}? use the code in the square brackets of a warning",
    ),
}

MODEL |= {
    "D90": Message(
        "error",
        'คีย์ "{key}" ยังไม่มีค่า',
        'the key "{key}" has no value yet',
        "เขียนค่าหลังเครื่องหมาย : ในบรรทัดเดียวกัน",
        "write the value behind the colon",
    ),
    "D91": Message(
        "error",
        "รายการนี้ว่างเปล่า",
        "this entry is empty",
        "เขียนข้อความหลังขีด - หรือลบบรรทัดนี้",
        "write something behind the hyphen, or delete the line",
    ),
    "D92": Message(
        "error",
        '"{key}" ยังไม่มีเหตุผล',
        '"{key}" has no reason yet',
        "เขียนเหตุผลสั้น ๆ หลังเครื่องหมาย :",
        "write a short reason behind the colon",
    ),
    "D93": Message(
        "error",
        'ไม่เข้าใจการอ้างถึง "{value}"',
        'cannot read the reference "{value}"',
        "เขียนรหัสการประชุม วรรค และเลขเรื่อง เช่น otop-2567-01 5.2",
        "write the id of the meeting, a space and the number of the item, such as otop-2567-01 5.2",
    ),
    "D94": Message(
        "error",
        "ตรงนี้ต้องเป็นรายการ แต่ไม่มีขีดนำหน้า",
        "a list is wanted here, but no hyphen begins it",
        'เติมขีดและวรรค "- " หน้าคีย์แรกของแต่ละรายการ แล้วย่อหน้าคีย์ที่เหลือให้ตรงกัน',
        'put a hyphen and a space, "- ", before the first key of each; indent the other keys alike',
    ),
    "D95": Message(
        "error",
        "ตรงนี้ต้องเป็นคู่ของรหัสหรือข้อความกับเหตุผล",
        "pairs of a code or text and a reason are wanted here",
        'ขึ้นบรรทัดใหม่ ย่อหน้าเข้าไป แล้วเขียนทีละบรรทัด เช่น "{example_th}"',
        'start a new line, indent it, and write one pair a line, such as "{example}"',
    ),
    "D96": Message(
        "error",
        "องค์ประชุม {quorum} คน มากกว่าสมาชิกที่มีสิทธิออกเสียง {members} คน",
        "the quorum of {quorum} is more than the {members} voting members",
        "แก้จำนวน หรือเขียน กึ่งหนึ่ง",
        "correct the number, or write half",
    ),
    "D97": Message(
        "error",
        "ตรงนี้เขียนได้คนเดียว แต่มีหลายชื่อเป็นรายการ",
        "one person is wanted here, but there is a list",
        "เขียนชื่อเดียวหลังเครื่องหมาย : หรือแยกเป็นรายการละคน",
        "write one name behind the colon, or one person an entry",
    ),
    "D101": Message(
        "error",
        "ข้อความหลายบรรทัดที่ไม่มี | จะต่อกันเป็นบรรทัดเดียว",
        "a text over several lines without | would run together into one",
        "ใส่ | หลังเครื่องหมาย : แล้วเขียนข้อความทั้งหมดตั้งแต่บรรทัดถัดไป ย่อหน้าให้เท่ากัน",
        "put | after the colon and write the text from the next line on, evenly indented",
    ),
}

# Plain writing with a little Markdown: minutes.model.prose
PROSE: dict[str, Message] = {
    "D60": Message(
        "error",
        "แถวนี้ของตารางมี {found} ช่อง แต่หัวตารางมี {expected} ช่อง",
        "this row of the table has {found} cells, its head has {expected}",
        "เติมหรือลบช่องให้ครบ {expected} ช่อง โดยคั่นด้วย | (ถ้าเครื่องหมาย | เป็นส่วนหนึ่งของข้อความ ให้พิมพ์ \\|)",
        "make it {expected} cells with | between (a | that belongs to the text is written \\|)",
    ),
    "D61": Message(
        "warning",
        "เครื่องหมาย ** ไม่ครบคู่ จึงพิมพ์เป็นดอกจันตามที่เขียน",
        "** has no partner, so the asterisks are printed as written",
        "ใส่ ** ให้ชิดข้อความทั้งหน้าและหลัง เช่น **ข้อความ** หรือลบออก (ถ้าต้องการพิมพ์ดอกจัน ให้เขียน \\*)",
        "put ** right before and right after the words, or remove it (for an asterisk write \\*)",
    ),
    "D62": Message(
        "warning",
        "ข้อความนี้คล้ายตารางแต่ไม่มีบรรทัดคั่นใต้หัวตาราง จึงพิมพ์เป็นข้อความธรรมดา",
        "this looks like a table without the line under its head, so it is printed as plain text",
        "เพิ่มบรรทัด | --- | --- | ใต้หัวตาราง ให้มีจำนวนช่องเท่ากับหัวตาราง",
        "add a line | --- | --- | under the head, with as many cells as the head",
    ),
}

# Pictures and attachments: minutes.model.pictures
PICTURES: dict[str, Message] = {
    "D70": Message(
        "error",
        'ไม่พบไฟล์ "{name}"',
        'there is no file "{name}"',
        'ไฟล์ที่ใกล้เคียงคือ "{near}" คัดลอกชื่อนี้ไปวาง (ตัวพิมพ์เล็กใหญ่ต้องตรงกัน)',
        'the nearest one is "{near}"; copy this name (small and capital letters count)',
    ),
    "D71": Message(
        "error",
        'ไม่พบไฟล์ "{name}"',
        'there is no file "{name}"',
        "วางไฟล์ไว้ในโฟลเดอร์ images ข้างไฟล์นี้ แล้วเขียนเป็น images/ชื่อไฟล์",
        "put it into the folder images beside this file and write images/…",
    ),
    "D72": Message(
        "error",
        '"{name}" อยู่นอกโฟลเดอร์ของไฟล์นี้',
        '"{name}" lies outside the folder of this file',
        "คัดลอกไฟล์จริงมาไว้ในโฟลเดอร์ images แล้วเขียนเป็น images/ชื่อไฟล์ (ไม่ใช้ ../ ชื่อไดรฟ์ ที่อยู่เว็บ หรือทางลัด)",
        "copy the file itself into the folder images and write images/… (no ../, drive or link)",
    ),
    "D73": Message(
        "error",
        '"{name}" ไม่ใช่ไฟล์ที่เปิดอ่านได้',
        '"{name}" is not a file that can be opened',
        "เขียนชื่อไฟล์ ไม่ใช่ชื่อโฟลเดอร์ และตรวจว่ามีสิทธิ์อ่านไฟล์นั้น",
        "name a file, not a folder, and see that you may read it",
    ),
    "D74": Message(
        "error",
        'ไฟล์ "{name}" ว่างเปล่า (0 ไบต์)',
        'the file "{name}" is empty (0 bytes)',
        "คัดลอกไฟล์จากต้นฉบับมาใหม่",
        "copy it again from where it came",
    ),
    "D75": Message(
        "error",
        'ไฟล์ "{name}" ใหญ่เกิน {limit}',
        'the file "{name}" is larger than {limit}',
        "ย่อให้เล็กลงแล้วบันทึกใหม่ (ภาพกว้าง 2,000 พิกเซลก็คมพอสำหรับพิมพ์)",
        "save it smaller (a picture 2,000 pixels wide is sharp enough in print)",
    ),
    "D76": Message(
        "error",
        'ภาพ "{name}" เสียหายหรือคัดลอกมาไม่ครบ',
        'the picture "{name}" is damaged or was not copied whole',
        "คัดลอกจากต้นฉบับมาใหม่ แล้วลองเปิดดูก่อน",
        "copy it again from where it came, and open it to see",
    ),
    "D77": Message(
        "error",
        '"{name}" เป็นไฟล์ {kind} ซึ่งใช้เป็นภาพในเอกสารไม่ได้',
        '"{name}" is a file of the kind {kind}, which cannot be a picture here',
        "เปิดด้วยโปรแกรมของไฟล์นั้น แล้วส่งออกหรือบันทึกเป็น PNG หรือ JPEG",
        "open it in its own program and export it as PNG or JPEG",
    ),
    "D78": Message(
        "error",
        'ภาพ "{name}" เป็นแบบ HEIC ของโทรศัพท์ ซึ่งใช้ในเอกสารไม่ได้',
        'the picture "{name}" is a HEIC of a telephone, which cannot be used here',
        "บันทึกเป็น JPEG ก่อน; บน iPhone ตั้งค่า > กล้อง > รูปแบบ > เข้ากันได้มากที่สุด แล้วภาพต่อไปจะเป็น JPEG",
        "save it as JPEG; on an iPhone Settings > Camera > Formats > Most Compatible makes JPEG",
    ),
    "D79": Message(
        "error",
        'ไฟล์ "{name}" ไม่ใช่ภาพที่อ่านได้',
        'the file "{name}" is not a picture that can be read',
        "บันทึกภาพเป็น JPEG หรือ PNG แล้วใช้ไฟล์นั้น (เปลี่ยนเพียงนามสกุลของไฟล์ไม่พอ)",
        "save the picture as JPEG or PNG and use that file (another suffix is not enough)",
    ),
}

# Folders and neighbours: minutes.meetings.loading
RECORDS: dict[str, Message] = {
    "D80": Message(
        "error",
        "ไม่พบไฟล์หรือโฟลเดอร์นี้",
        "there is no such file or folder",
        "ตรวจตัวสะกดของชื่อ",
        "check the spelling of the name",
    ),
    "D81": Message(
        "error",
        "ชื่อไฟล์นี้ไม่ใช่ชื่อของการประชุม จึงไม่ได้สร้างเอกสาร",
        "this is not the name of a meeting's file, so nothing is built from it",
        "ตั้งชื่อเป็นปี พ.ศ. ขีด และลำดับ เช่น 2567-01.yaml",
        "name it by Buddhist year, hyphen and number, e.g. 2567-01.yaml",
    ),
    "D82": Message(
        "error",
        "ไม่พบไฟล์การประชุมในโฟลเดอร์นี้",
        "there is no meeting in this folder",
        "ไฟล์การประชุมชื่อเช่น 2567-01.yaml อยู่ในโฟลเดอร์ของคณะ",
        "a meeting's file has a name like 2567-01.yaml, in its body's folder",
    ),
    "D83": Message(
        "error",
        'ชื่อโฟลเดอร์ของคณะ "{name}" ใช้ไม่ได้',
        'the name of the body\'s folder, "{name}", cannot be used',
        "ใช้ a-z 0-9 และขีด - เท่านั้น เช่น otop",
        "use a-z, 0-9 and the hyphen only, e.g. otop",
    ),
    "D84": Message(
        "error",
        'ชื่อโฟลเดอร์ "{name}" ซ้ำกับ {other} เอกสารจะเขียนทับกัน',
        'the folder "{name}" has the name of {other}; their documents would overwrite each other',
        "เปลี่ยนชื่อโฟลเดอร์หนึ่ง",
        "rename one of the two",
    ),
    "D85": Message(
        "error",
        "เป็นการประชุมลำดับเดียวกับ {other}",
        "this has the same place among the meetings as {other}",
        "เปลี่ยนชื่อไฟล์หนึ่ง หรือเติมอักษรท้ายลำดับ เช่น 2567-01b.yaml",
        "rename one, or add a letter to the number, such as 2567-01b.yaml",
    ),
    "D86": Message(
        "error",
        "ปีในชื่อไฟล์ไม่ใช่ปี พ.ศ.",
        "the year in the name of the file is not Buddhist",
        "ตั้งชื่อเป็นปี พ.ศ. ขีด และลำดับ เช่น 2567-01.yaml",
        "name it by Buddhist year, hyphen and number, such as 2567-01.yaml",
    ),
    "D87": Message(
        "warning",
        "อ่านการประชุมครั้งก่อนไม่ได้ จึงไม่ได้เติมครั้งที่และวันที่ของรายงานที่รับรอง",
        "the meeting before cannot be read, so its number and date are left out here",
        "แก้ไฟล์ {other} ก่อน แล้วสร้างใหม่",
        "mend the file {other} first, then build again",
    ),
    "D88": Message(
        "error",
        'ไม่พบการประชุม "{id}"',
        'there is no meeting "{id}"',
        "รหัสคือชื่อโฟลเดอร์ของคณะ ขีด และชื่อไฟล์ เช่น otop-2567-01 และต้องเป็นการประชุมก่อนครั้งนี้",
        "the id is folder, hyphen and name of the file of an earlier meeting, such as otop-2567-01",
    ),
    "D89": Message(
        "error",
        'การประชุม "{id}" ไม่มีเรื่องที่ {item}',
        'the meeting "{id}" has no item {item}',
        "เรื่องของการประชุมนั้นคือ {items}",
        "its items are {items}",
    ),
    "D100": Message(
        "error",
        "ยังไม่มีไฟล์ {name} ({what})",
        "the file {name} ({what_en}) is missing",
        "คัดลอก {name} จากโฟลเดอร์ตัวอย่างใน agendas มาไว้ที่นี่ แล้วแก้เป็นของท่าน",
        "copy {name} from one of the examples under agendas to this place, and change it",
    ),
}

# A new file after the last one: minutes.drafting.next_meeting
NEW: dict[str, Message] = {
    "D180": Message(
        "error",
        "วันที่ {date} อยู่ก่อนการประชุมครั้งก่อน ({name} วันที่ {last})",
        "{date} is before the last meeting ({name}, {last})",
        "เลือกวันที่หลังการประชุมครั้งก่อน",
        "choose a day after the last meeting",
    ),
    "D181": Message(
        "error",
        "มีไฟล์นี้แล้ว จึงไม่ได้เขียนทับ",
        "this file is there already and was not written over",
        "ใช้ชื่ออื่น ชื่อที่ยังว่างคือ {free}",
        "use another name; {free} is free",
    ),
    "D182": Message(
        "error",
        "คณะนี้ยังไม่มีการประชุม จึงเสนอวันที่ไม่ได้",
        "this body has not met yet, so no day can be proposed",
        'ระบุวันที่ เช่น --date "14 พฤษภาคม 2567"',
        'give the day, such as --date "14 พฤษภาคม 2567"',
    ),
    "D183": Message(
        "error",
        "การประชุม {name} ไม่อยู่หลังการประชุมล่าสุด ({last})",
        "the meeting {name} does not come after the last one ({last})",
        "เลือกครั้งที่หลังจากครั้งล่าสุด ครั้งที่เดียวกับครั้งล่าสุดคือประชุมต่ออีกวัน",
        "choose a later number; the number of the last meeting means another sitting of it",
    ),
}

# What a checker of minutes objects to: minutes.rules
RULES: dict[str, Message] = {
    "W02": Message(
        "error",
        'ยังไม่มี "{what}"',
        '"{what}" is still missing',
        'เพิ่มบรรทัด "{what}: …" หรือถ้ามีบรรทัดนั้นแล้ว เขียนค่าหลัง :',
        'add a line "{what}: …", or write its value where the line is there',
    ),
    "W04": Message(
        "error",
        "เวลาเลิก {end} ไม่อยู่หลังเวลาเริ่ม {start}",
        "the meeting ends at {end}, not after its start at {start}",
        'แก้เวลาเริ่มหรือเวลาเลิกให้ถูกต้อง ถ้าประชุมข้ามเที่ยงคืน เขียนเวลาเลิกเป็น "{end} (วันถัดไป)"',
        'correct one of the two times; for a meeting past midnight write "{end} (วันถัดไป)"',
    ),
    "W06": Message(
        "error",
        '"{name}" อยู่ในรายชื่อมากกว่าหนึ่งครั้ง (อีกแห่ง: {where_th})',
        '"{name}" is listed more than once (also: {where})',
        "เก็บไว้เพียงครั้งเดียว",
        "keep only one of them",
    ),
    "W08": Message(
        "warning",
        "ผู้ไม่มาประชุมไม่ระบุเหตุผล: {name}",
        "an absence without a reason: {name}",
        'เพิ่ม "{key}: ติดราชการ" หรือเหตุผลที่แจ้งไว้',
        'add "{key}: …" as it was given',
    ),
    "W10": Message(
        "error",
        "ไม่มีประธานในที่ประชุม",
        "nobody is named as chair",
        'เพิ่ม "{key}: ชื่อ" หรือให้สมาชิกคนหนึ่งมีหน้าที่ขึ้นต้นด้วย ประธาน',
        'add "{key}: name", or give a member a role that begins with ประธาน',
    ),
    "W11": Message(
        "error",
        "ผู้มาประชุมที่มีสิทธิออกเสียง {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "{present} voting members are present, fewer than the quorum of {quorum}",
        "ตรวจรายชื่อผู้ไม่มาประชุม หรือแก้ องค์ประชุม ใน body.yaml",
        "check who was absent, or quorum in body.yaml",
    ),
    "W12": Message(
        "warning",
        "ลำดับในรายการข้ามหรือซ้ำ: ควรเป็น {expected} แต่เขียน {found}",
        "the list's numbers skip or repeat: {found} stands where {expected} was expected",
        "แก้เลขลำดับ หรือตรวจว่ามีรายการตกหล่น",
        "correct the number, or look for an entry that was lost",
    ),
    "W13": Message(
        "error",
        'เรื่อง "{title}" ยังไม่มีมติ',
        'the item "{title}" has no resolution yet',
        'เพิ่ม "{key}: รับทราบ" หรือมติของที่ประชุม',
        'add "{key}: …" with what was resolved',
    ),
    "W17": Message(
        "error",
        "คะแนนเสียงรวม {votes} เสียง มากกว่าผู้มาประชุมที่มีสิทธิออกเสียง {present} คน",
        "{votes} votes were counted, but {present} voting members are present",
        "ตรวจคะแนนเสียงและรายชื่อผู้มาประชุม",
        "check the votes and who was present",
    ),
    "W19": Message(
        "warning",
        "ไม่มีระเบียบวาระรับรองรายงานการประชุม ทั้งที่มีการประชุมครั้งก่อน",
        "no section certifies the previous minutes, although there was an earlier meeting",
        'เพิ่ม "- ชนิด: รับรองรายงาน" ใน ระเบียบวาระ',
        'add "- kind: certify" to the agenda',
    ),
    "W41": Message(
        "warning",
        '"{text}" ขึ้นต้นด้วยเลขลำดับ จะมีเลขซ้อนกันในเอกสาร',
        '"{text}" begins with a number, so that two will stand in the document',
        "ลบเลขลำดับออก โปรแกรมใส่ให้เอง",
        "delete the number; the program puts it there",
    ),
    "W42": Message(
        "error",
        '"{name}" อยู่ในผู้ไม่มาประชุม ({where_th})',
        '"{name}" is among the absent ({where})',
        "แก้รายชื่อผู้ไม่มาประชุม หรือแก้ชื่อตรงนี้",
        "correct the list of the absent, or the name here",
    ),
}

# Facts that disagree with each other: minutes.rules
FACTS: dict[str, Message] = {
    "W05": Message(
        "warning",
        "ครั้งที่ {number} ควรเป็น {expected} ({why_th})",
        "the number {number} should be {expected} ({why})",
        "แก้ครั้งที่ หรือตรวจว่ามีการประชุมที่ยังไม่ได้เก็บไฟล์",
        "correct the number, or look for a meeting without a file",
    ),
    "W07": Message(
        "error",
        '"{name}" อยู่ในผู้มาประชุม แต่ไม่ใช่สมาชิกของคณะ',
        '"{name}" is listed as present, but is no member of the body',
        "ย้ายไป ผู้เข้าร่วมประชุม ถ้าเป็นกรรมการ บอกหน้าที่ด้วย หรือเพิ่มใน body.yaml",
        "move the name to guests; for a member, give the role or add the name to body.yaml",
    ),
    "W09": Message(
        "warning",
        '"{name}" มาแทน {member} แต่ไม่บอกตำแหน่ง',
        '"{name}" came for {member}, but has no position',
        'เพิ่ม "{key}: …"',
        'add "{key}: …"',
    ),
    "W14": Message(
        "warning",
        "ระเบียบวาระไม่ครบหรือเกิน: {what_th}",
        "the agenda lacks something or has too much: {what}",
        "ให้{how_th}",
        "please {how}",
    ),
    "W15": Message(
        "warning",
        'มติ "{resolution}" ไม่เข้ากับ{title}',
        'the resolution "{resolution}" does not fit the section {title}',
        "เรื่องเพื่อพิจารณาลงมติว่า เห็นชอบ หรือ อนุมัติ เรื่องเพื่อทราบลงมติว่า รับทราบ หรือย้ายเรื่องไปวาระที่ตรงกัน",
        "decide what is to be considered and note what is told, or move the item",
    ),
    "W16": Message(
        "warning",
        'งานที่มอบหมายไม่บอก "{what}"',
        'work is assigned without "{what}"',
        'เพิ่ม "{what}: …"',
        'add "{what}: …"',
    ),
    "W18": Message(
        "warning",
        'เรื่อง "{title}" ไม่บอกว่าสืบเนื่องจากครั้งใด เรื่องใด',
        'the item "{title}" does not say what it arises from',
        'เพิ่ม "{key}: รหัสการประชุม เลขเรื่อง" เช่น "{key}: otop-2567-01 5.2"',
        'add "{key}: meeting item", such as "{key}: otop-2567-01 5.2"',
    ),
    "W34": Message(
        "error",
        'ข่าวบอก{what_th} "{found}" ซึ่งไม่มีในรายงานการประชุม',
        'the release gives {what} "{found}", which the minutes do not have',
        "แก้ข่าวให้ตรงกับรายงาน หรือเพิ่มในรายงาน",
        "correct the release, or add it to the minutes",
    ),
    "W35": Message(
        "warning",
        "ข่าวบอกวันไม่ถูก: {what_th}",
        "the release is wrong about its day: {what}",
        'แก้ "วันที่ออกข่าว" หรือเขียนวันที่เต็มแทน',
        "correct the date of the release, or write the full date instead",
    ),
    "W36": Message(
        "warning",
        "{name} เป็นทั้งผู้จดและผู้ตรวจรายงาน",
        "{name} both took and checks the minutes",
        "ให้ผู้อื่นเป็นผู้ตรวจรายงาน",
        "let somebody else check them",
    ),
    "W37": Message(
        "warning",
        "ประชุม{which} แล้ว แต่รายงานนี้ยังไม่ได้รับรอง",
        "the next meeting ({which}) was held, but these minutes are not certified",
        'เขียน "{key}: รับรองแล้ว" เมื่อที่ประชุมรับรองแล้ว',
        'write "{key}: certified" once they are',
    ),
    "W38": Message(
        "info",
        "ย่อหน้านี้ยาวราว {lines} บรรทัด",
        "this paragraph takes some {lines} lines",
        "แบ่งเป็นย่อหน้าหรือข้อย่อย ไม่เกิน 8 บรรทัด",
        "part it into paragraphs or a list, of 8 lines at most",
    ),
    "W43": Message(
        "warning",
        '"{name}" ต่างจาก "{near}" เพียงอักษรเดียว',
        '"{name}" is one letter away from "{near}"',
        "ตรวจตัวสะกดชื่อ ถ้าเป็นคนละคน ปิดการเตือนนี้พร้อมเหตุผล",
        "check the spelling; for two persons, switch this off with the reason",
    ),
    "W44": Message(
        "info",
        '{name} ตำแหน่ง "{position}" แต่ใน {id} เขียนว่า "{known}"',
        '{name} is "{position}" here, but "{known}" in {id}',
        "ตรวจว่าตำแหน่งเปลี่ยนจริงหรือพิมพ์ต่างกัน",
        "look whether the position changed or is only written otherwise",
    ),
    "W45": Message(
        "warning",
        'ช่อง "{column}" รวมได้ {sum} ไม่ใช่ {total}',
        'the column "{column}" adds up to {sum}, not {total}',
        "แก้ตัวเลขในตารางหรือยอดรวม",
        "correct a figure or the total",
    ),
    "W46": Message(
        "warning",
        "ข้อความบอก {said} แต่งบประมาณของเรื่องคือ {budget}",
        "the text says {said}, but the budget of the item is {budget}",
        "แก้ให้ตรงกัน",
        "make them agree",
    ),
    "W47": Message(
        "warning",
        "{name} ออกไปตั้งแต่ {left} จึงออกเสียงพร้อมหรือหลัง {other} ซึ่งมาถึง {arrived} ไม่ได้",
        "{name} left at {left}, and cannot vote with or after {other}, who came at {arrived}",
        "ตรวจเวลาเข้าออก และรายชื่อผู้ออกเสียง",
        "check the times, and the names of those who voted",
    ),
    "W48": Message(
        "warning",
        "{since_th} {when} มีผู้มีสิทธิออกเสียงในที่ประชุม {present} คน ไม่ครบองค์ประชุม {quorum} คน",
        "{since} {when} there are {present} voting members, fewer than the quorum of {quorum}",
        "ตรวจเวลาเข้าออก และมติในช่วงนั้น",
        "check the times, and what was resolved then",
    ),
    "W49": Message(
        "warning",
        '"{key}" {date} มาก่อนวันประชุม {day}',
        '"{key}", {date}, comes before the day of the meeting, {day}',
        "ตรวจวัน เดือน ปี",
        "check day, month and year",
    ),
    "W50": Message(
        "error",
        '"{name}" มี {substitute} มาประชุมแทนแล้ว',
        '"{name}" was represented by {substitute}',
        "ลบออกจากแห่งใดแห่งหนึ่ง",
        "remove one of the two",
    ),
    "W51": Message(
        "warning",
        'ชื่อเรื่อง "{title}" ซ้ำกับ{where_th}',
        'the title "{title}" stands at {where} too',
        "รวมเป็นเรื่องเดียว หรือเขียนชื่อให้ต่างกัน",
        "make them one item, or give them different titles",
    ),
    "W52": Message(
        "info",
        "เรื่อง {item} มีเรื่องสืบเนื่องแล้วที่ {latest}",
        "{item} was already followed up by {latest}",
        "อ้างถึง {latest} ซึ่งเป็นครั้งล่าสุด",
        "refer to {latest}, which is the latest",
    ),
    "W53": Message(
        "info",
        'งาน "{task}" ({owner}) ครบกำหนด {due} แล้ว ยังไม่มีเรื่องสืบเนื่อง',
        'the work "{task}" ({owner}) was due on {due}, and nothing follows it up',
        'เขียน "เสร็จแล้ว: ใช่" หรือรายงานในระเบียบวาระสืบเนื่องของครั้งต่อไป',
        'write "done: yes", or take it up at the next meeting',
    ),
    "W54": Message(
        "warning",
        "{name} เข้าหรือออกเวลา {when} ซึ่งอยู่นอกเวลาประชุม",
        "{name} came or left at {when}, outside the time of the meeting",
        "ตรวจเวลาเข้าออก เวลาเริ่ม และเวลาเลิก",
        "check the time, and start and end",
    ),
    "W55": Message(
        "warning",
        "ประชุมวันที่ {date} ก่อนการประชุมครั้งก่อน วันที่ {other}",
        "held on {date}, before the previous meeting on {other}",
        "แก้วันที่ หรือเปลี่ยนลำดับในชื่อไฟล์",
        "correct the date, or the number in the file's name",
    ),
    "W56": Message(
        "warning",
        "ผู้จดรายงาน {name} ไม่อยู่ในผู้มาประชุมหรือผู้เข้าร่วมประชุม",
        "{name}, who took the minutes, is neither present nor a guest",
        "เพิ่มชื่อในผู้เข้าร่วมประชุม หรือแก้ผู้จดรายงาน",
        "add the name to the guests, or correct the recorder",
    ),
    "W57": Message(
        "warning",
        "คะแนนเสียงรวม {votes} เสียง แต่มีผู้มีสิทธิออกเสียงอยู่พร้อมกันไม่เกิน {present} คน",
        "{votes} votes were counted, but never more than {present} voting members were "
        "there at once",
        "ตรวจคะแนนเสียง และเวลาเข้าออก",
        "check the votes, and who came and left when",
    ),
    "W58": Message(
        "warning",
        "รายงานที่รับรองคือ {found} แต่การประชุมครั้งก่อนคือ {expected}",
        "the minutes certified are {found}, but the previous meeting is {expected}",
        "แก้ครั้งที่หรือวันที่ของรายงานที่รับรอง",
        "correct the number or day of the minutes certified",
    ),
    "W59": Message(
        "warning",
        "ข้อแก้ไขรายงานการประชุมไม่ครบ: {what_th}",
        "a correction of the minutes is not whole: it {what}",
        "เขียนหน้า ข้อความเดิม และข้อความใหม่ ให้ตรงกับมติ",
        "give the page, the old words and the new, as they were resolved",
    ),
    "W69": Message(
        "info",
        "ละเว้น {code} ไว้ แต่ไม่มีอะไรให้ละเว้น",
        "{code} is switched off here, but has nothing to object to",
        "ถ้าไม่ใช้แล้วลบบรรทัดนี้ได้",
        "delete this line when it is no longer needed",
    ),
    "W72": Message(
        "warning",
        'ตาราง {columns} คอลัมน์กว้างเกินไป "{text}" ไม่พอในบรรทัดเดียว แม้ใช้ตัวอักษร {size} พอยต์',
        'a table of {columns} columns is too wide: "{text}" needs two lines, even in {size} pt',
        "ลดจำนวนคอลัมน์ แยกเป็นสองตาราง หรือแนบตารางเป็นไฟล์ (เอกสารแนบ)",
        "take out columns, make two tables of it, or attach it as a file",
    ),
}

# Words, spaces and figures in free text: minutes.rules.wording, marks and figures
WORDING: dict[str, Message] = {
    "W01": Message(
        "error",
        'หัวข้อ "{text}" ไม่ใช่คำในระเบียบงานสารบรรณ',
        'the heading "{text}" is not what the regulation calls it',
        'ใช้ "{right}"',
        'write "{right}"',
    ),
    "W03": Message(*VALUES["D02"]),  # the same, in free text
    "W20": Message(
        "warning",
        '"{text}" เป็นภาษาพูด',
        '"{text}" is spoken language',
        "ใช้ภาษาเขียน เช่น {right} ถ้ายกคำพูดมาทั้งคำ ให้ใส่เครื่องหมายคำพูด",
        "use written language, such as {right}; words quoted exactly go in quotation marks",
    ),
    "W21": Message(
        "info",
        '"{text}" เป็นคำฟุ่มเฟือย',
        '"{text}" says nothing',
        "เขียนให้สั้น เช่น {right}",
        "shorten it, such as {right}",
    ),
    "W22": Message(
        "warning",
        "มีชื่อเล่น {text} หลังชื่อบุคคล",
        "the nickname {text} stands behind a person's name",
        "ใช้ชื่อและสกุลเท่านั้น",
        "give the name alone",
    ),
    "W23": Message(
        "warning",
        '"{text}" มีเลขไทยปนกับเลขอารบิก',
        '"{text}" mixes Thai and Arabic digits',
        'เขียนเป็นเลขแบบเดียวกัน เช่น "{right}"',
        'use one kind of digits, such as "{right}"',
    ),
    "W24": Message(
        "warning",
        'วรรคหน้าหรือหลัง "{text}" ไม่ถูกต้อง',
        'the spaces in "{text}" are not as they should be',
        'เว้นหนึ่งวรรคทั้งหน้าและหลัง ๆ และ ฯลฯ เช่น "ต่าง ๆ ที่" และไม่ขึ้นบรรทัดใหม่ด้วย ๆ',
        'a space stands on both sides of ๆ and ฯลฯ, as in "ต่าง ๆ ที่"; no line begins with ๆ',
    ),
    "W25": Message(
        "warning",
        'เวลา "{text}" ควรเขียนว่า "{right}"',
        'the time "{text}" should be written "{right}"',
        "ใช้จุดคั่นชั่วโมงกับนาที เว้นหนึ่งวรรค แล้วใส่ น. พร้อมจุด",
        "a dot parts hours and minutes; a space and น. with its stop follow",
    ),
    "W26": Message(
        "warning",
        'วันที่หรือปี "{text}" ไม่ได้เขียนตามแบบของหนังสือราชการ',
        'the date or year "{text}" is not written as official papers write it',
        'เขียนวัน เดือนเต็ม และปี พ.ศ. สี่หลัก เช่น "14 พฤษภาคม 2567" หลัง พ.ศ. เว้นหนึ่งวรรค',
        'write day, whole month and Buddhist year: "14 พฤษภาคม 2567"; after พ.ศ. a space',
    ),
    "W27": Message(
        "warning",
        'วรรคหน้าชื่อใน "{text}" ไม่ตรงตามหลักการเว้นวรรค',
        'the space before the name in "{text}" is not as it should be',
        'เขียน "{right}" คำนำหน้าชื่อติดกับชื่อ ยศเว้นหนึ่งวรรค',
        'write "{right}": a title touches the name, a rank stands a space away',
    ),
    "W28": Message(
        "warning",
        "เว้นวรรคเกิน",
        "there are too many spaces here",
        "ในประโยคเว้นหนึ่งวรรค ระหว่างประโยคไม่เกินสองวรรค ด้านในวงเล็บและหน้าจุลภาคไม่เว้นวรรค",
        "one space in a sentence, two at most between sentences, none in brackets or before commas",
    ),
    "W29": Message(
        "info",
        'ภาษาไทยไม่ใช้ "{text}" ตรงนี้',
        '"{text}" is not used here in Thai',
        "จบประโยคโดยไม่ใส่จุด และคั่นคำด้วยวรรคแทนจุลภาค",
        "a sentence ends without a stop, and a space parts words where English has a comma",
    ),
    "W30": Message(
        "info",
        'คำย่อ "{text}" ยังไม่ได้เขียนเต็ม',
        'the short form "{text}" was not spelled out before',
        'ครั้งแรกเขียนเต็มก่อน เช่น "{right} ({text})" หรือเพิ่มใน คำเฉพาะ ของ office.yaml',
        'spell it out at first, as in "{right} ({text})", or add it to glossary in office.yaml',
    ),
    "W31": Message(
        "error",
        'จำนวนเงิน "{text}" ควรเป็น "{right}"',
        'the amount "{text}" should be "{right}"',
        "ตรวจว่าตัวเลขหรือตัวหนังสือถูก ตัวเลขตั้งแต่หลักพันคั่นด้วยจุลภาค",
        "see whether figures or words are right; commas part the thousands",
    ),
    "W63": Message(
        "error",
        'ไม่มีวันหรือเวลา "{text}"',
        'there is no such day or time: "{text}"',
        "แก้วันที่ให้มีในเดือนนั้น หรือแก้เวลาให้อยู่ระหว่าง 00.00 กับ 24.00 (พ.ศ. 2483 มีเพียงเมษายนถึงธันวาคม)",
        "a day is one that its month has, a time is from 00.00 to 24.00 "
        "(พ.ศ. 2483 had April to December alone)",
    ),
    "W39": Message(
        "error",
        'ตัวอักษรของ "{text}" เสียหายหรือพิมพ์ผิดลำดับ',
        'the letters of "{text}" are damaged or typed in the wrong order',
        "พิมพ์คำนี้ใหม่ สระและวรรณยุกต์พิมพ์อย่างละหนึ่งครั้ง มักเกิดจากการคัดลอกจาก PDF",
        "type the word anew, each vowel and tone once; texts copied from a PDF are often so",
    ),
    "W70": Message(
        "warning",
        'ไม่มีแบบอักษรของ "{text}" ({number}{times_th}) ใน PDF จะเป็นกรอบสี่เหลี่ยม',
        'no font of the program draws "{text}" ({number}{times}); the PDF shows a box',
        "เขียนด้วยอักษรอื่น หรือปล่อยไว้ก็ได้ ไฟล์ Word และข้อความที่คัดลอกจาก PDF ยังเป็นอักษรเดิม",
        "write it in other letters, or leave it: Word files and copied text have it as typed",
    ),
    "W40": Message(
        "warning",
        '"{text}" สะกดผิด',
        '"{text}" is misspelt',
        'แก้เป็น "{right}"',
        'write "{right}"',
    ),
    "W74": Message(
        "warning",
        'ข้อความตรง "{text}" หายไป กลายเป็นเครื่องหมาย ?',
        'the letters at "{text}" are lost: they are question marks now',
        "พิมพ์ข้อความนี้ใหม่ มักเกิดจากโปรแกรมหรือไฟล์ที่บันทึกแบบ ANSI ซึ่งไม่มีอักษรไทย",
        "type them again; a program or a file without Thai letters (ANSI) does this",
    ),
    "W75": Message(
        "error",
        "อักขระ {name} เป็นสัญลักษณ์ของแบบอักษรใน Word (Symbol, Wingdings) {so_th}",
        "the character {name} belongs to fonts of Word's alone (Symbol, Wingdings): {so}",
        "ลบ แล้วพิมพ์เครื่องหมายใหม่ เช่น • หรือ - หน้ารายการ ✓ หรือ → ในข้อความ",
        "delete it and type the sign anew: • or - before an entry, ✓ or → within a text",
    ),
    "W76": Message(
        "warning",
        "แถวที่คั่นช่องด้วยแท็บ อย่างที่วางมาจาก Excel พิมพ์ต่อกันเป็นข้อความธรรมดา",
        "rows with tabs, as they are pasted from Excel, are printed as plain text run together",
        "ทำเป็นตาราง: คั่นช่องด้วย | เช่น {row} แล้วเพิ่มบรรทัด | --- | --- | ใต้หัวตาราง ให้มีจำนวนช่องเท่ากัน",
        "make it a table: put | between the cells, as {row}, and a line | --- | --- | under the "
        "head, with as many cells",
    ),
}

# What stands where a document should go: minutes.build.runs
OUTPUTS: dict[str, Message] = {
    "D98": Message(
        "warning",
        "ไฟล์นี้ถูกแก้ไขด้วยมือ จึงไม่เขียนทับ ฉบับใหม่อยู่ที่ {new}",
        "this file was edited by hand and is left alone; the new one is {new}",
        "ดูสิ่งที่แก้ด้วย python3 build.py diff {meeting} ย้ายไปไว้ในไฟล์การประชุม แล้วลบไฟล์นี้ หรือใช้ --force",
        "see what was changed with python3 build.py diff {meeting}, bring it into the agenda and "
        "delete this file, or use --force",
    ),
    "D99": Message(
        "warning",
        "ไฟล์เดิมถูกแก้ไขด้วยมือหรือเสียหาย เก็บไว้ที่ {kept}",
        "the file that was here, edited by hand or damaged, is kept as {kept}",
        "ถ้าไม่ต้องการแล้วลบไฟล์นั้นได้",
        "delete that file when it is no longer needed",
    ),
    "D184": Message(
        "warning",
        "ไฟล์นี้ถูกแก้ไขด้วยมือ จึงไม่เขียนทับ ฉบับใหม่อยู่ที่ {new}",
        "this file was edited by hand and is left alone; the new one is {new}",
        "ย้ายสิ่งที่แก้ไปไว้ในฉบับใหม่ แล้วลบไฟล์นี้",
        "take your changes over into the new one, then delete this file",
    ),
    "W32": Message(
        "error",
        '{file}: รูปแบบ "{style}" ไม่กำหนดแบบอักษรหรือขนาดของภาษาไทย',
        '{file}: "{style}" sets no font or size for Thai',
        "แก้รูปแบบนั้นใน templates/styles.docx ให้กำหนดแบบอักษรและขนาดของ Complex Script ด้วย",
        "set the complex-script font and size of that style in templates/styles.docx",
    ),
    "W60": Message(
        "info",
        '{file} หน้า {page}: หัวเรื่อง "{text}" อยู่ท้ายหน้า ห่างจากข้อความ',
        '{file}, page {page}: the heading "{text}" is parted from its text',
        "เพิ่มหรือลดข้อความก่อนหน้านั้นเล็กน้อย",
        "say a little more or less before it",
    ),
    "W61": Message(
        "info",
        "{file}: หน้า {page} ขึ้นต้นด้วยลายมือชื่อ ไม่มีข้อความอยู่ด้วย",
        "{file}: page {page} begins with a signature, without any text",
        "เพิ่มหรือลดข้อความเล็กน้อย ให้ลายมือชื่ออยู่กับข้อความท้ายรายงาน",
        "say a little more or less, so that the signature stands below some text",
    ),
    "W62": Message(
        "error",
        '{file}: ข้อความใน PDF กับ Word ไม่เหมือนกัน ตรง "{text}"',
        '{file}: the PDF and the Word file differ at "{text}"',
        "ส่งไฟล์การประชุมนี้ให้ผู้ดูแลโปรแกรม",
        "send this agenda to the maintainers of the program",
    ),
}

# What is wrong with an archive, or with what is to be kept in it: minutes.archive
ARCHIVE: dict[str, Message] = {
    "D140": Message(
        "error",
        "ไฟล์ {name} อ่านกลับมาไม่ตรงกับที่เขียน ยังไม่ได้เก็บ",
        "{name} reads back otherwise than it was written; nothing was kept",
        "ตรวจดิสก์ แล้วสั่งใหม่",
        "check the disk and try again",
    ),
    "D141": Message(
        "error",
        "{name} ไม่ใช่ไฟล์ธรรมดา (เป็นลิงก์ โฟลเดอร์ หรืออุปกรณ์)",
        "{name} is no plain file, but a link, a folder or a device",
        "ระบุไฟล์ PDF ตัวจริง",
        "name the PDF itself",
    ),
    "D142": Message(
        "error",
        "ในคลังมี {name} ซึ่งไม่ใช่ไฟล์ธรรมดา",
        "the archive holds {name}, which is no plain file",
        "ตรวจว่าใครวางไว้ กู้ฉบับนี้จากสำเนาอีกแห่ง",
        "find out who put it there; restore this version from the other copy",
    ),
    "D143": Message(
        "error",
        "รายการไฟล์ {name} เสียหายหรือหายไป",
        "the manifest {name} is damaged or gone",
        "กู้ฉบับนี้จากสำเนาอีกแห่งด้วย archive compare --repair",
        "restore this version from the other copy: archive compare --repair",
    ),
    "D144": Message(
        "error",
        "ไฟล์ {name} ไม่ตรงกับที่เก็บไว้",
        "{name} is not as it was put",
        "กู้ฉบับนี้จากสำเนาอีกแห่งด้วย archive compare --repair",
        "restore this version from the other copy: archive compare --repair",
    ),
    "D145": Message(
        "error",
        "มีไฟล์แปลกปลอม {name}",
        "{name} does not belong here",
        "ย้ายออกจากคลัง คลังมีได้เฉพาะสิ่งที่โปรแกรมเก็บ",
        "take it out: the archive holds what the program put there, and nothing else",
    ),
    "D146": Message(
        "error",
        "ไฟล์ {name} หายไป",
        "{name} is gone",
        "กู้ฉบับนี้จากสำเนาอีกแห่งด้วย archive compare --repair",
        "restore this version from the other copy: archive compare --repair",
    ),
    "D147": Message(
        "error",
        'รหัส "{id}" ใช้ไม่ได้',
        '"{id}" cannot be an id',
        "ใช้อักษร a-z ตัวเลข 0-9 และขีด - ไม่เกิน 64 ตัว",
        "use a-z, 0-9 and hyphens, at most 64 of them",
    ),
    "D148": Message(
        "error",
        "ไม่มีคลังเอกสารที่ {path}",
        "there is no archive at {path}",
        "ตรวจชื่อโฟลเดอร์ คลังสร้างขึ้นเองเมื่อเก็บรายงานฉบับแรกด้วย archive put",
        "check the folder's name; an archive begins with the first archive put",
    ),
    "D149": Message(
        "error",
        'ในคลังไม่มี "{name}"',
        'the archive has no "{name}"',
        "ดูรายการด้วย archive list",
        "see archive list",
    ),
    "D150": Message(
        "error",
        "มีโฟลเดอร์ {name} อยู่แล้ว แต่ไม่อยู่ในทะเบียน ยังไม่ได้เก็บ",
        "the folder {name} is there but not in the register; nothing was kept",
        "ตรวจคลังด้วย archive verify ก่อน",
        "run archive verify first",
    ),
    "D151": Message(
        "error",
        "มีโปรแกรมอื่นกำลังเขียนคลัง {path} อยู่นานเกินไป",
        "another run has been writing to {path} for too long",
        "รอให้งานนั้นเสร็จ แล้วสั่งใหม่",
        "wait until it ends and try again",
    ),
    "D152": Message(
        "error",
        "ทะเบียนบรรทัดที่ {entry} ถูกแก้ ลบ สลับ หรือเพิ่ม",
        "line {entry} of the register was changed, removed, moved or added",
        "อย่าแก้ทะเบียน เทียบกับสำเนาอีกแห่งด้วย archive compare",
        "leave the register as it is; archive compare with the other copy",
    ),
    "D153": Message(
        "warning",
        "ท้ายทะเบียนมีบรรทัดที่เขียนไม่จบ (งานถูกตัดกลางคัน)",
        "the register ends in half a line, left by a run that was cut off",
        "ไม่มีสิ่งใดหาย การเก็บครั้งต่อไปจะจัดการเอง",
        "nothing is lost; the next put will mend it",
    ),
    "D154": Message(
        "error",
        "ทะเบียนว่างเปล่าหรือหายไป",
        "the register is empty or gone",
        "เติมกลับด้วย archive copy archive --archive โฟลเดอร์ของสำเนา "
        "ถ้าไม่มีสำเนา ย้ายคลังนี้ไปเก็บไว้ทั้งโฟลเดอร์ แล้วเริ่มคลังใหม่",
        "bring it back from the copy: archive copy archive --archive COPY; without a copy, put the "
        "whole folder away, and begin another archive",
    ),
    "D155": Message(
        "error",
        "ทะเบียนมี {name} ซ้ำ หรือข้ามฉบับก่อนหน้า",
        "the register has {name} twice, or skips the version before",
        "เทียบกับสำเนาอีกแห่งด้วย archive compare",
        "archive compare with the other copy",
    ),
    "D156": Message(
        "error",
        "ทะเบียนไม่มีรายการ {head} ตามหลักฐานที่ให้มา: รายการท้ายถูกตัดออกหรือทะเบียนถูกเขียนใหม่",
        "the register lacks the anchor {head}: its end was removed, or it was rewritten",
        "เทียบกับสำเนาอีกแห่งด้วย archive compare",
        "archive compare with the other copy",
    ),
    "D157": Message(
        "info",
        "พิสูจน์ไม่ได้ว่าหลังรายการที่ {after} ไม่มีรายการใดถูกตัดออก เพราะไม่มีหลักฐานจากภายนอก",
        "nothing proves that no entry after number {after} was removed: no anchor vouches for it",
        "ให้ --anchor ตามเลขที่พิมพ์ในรายงานครั้งล่าสุด หรือที่ลงไว้ในเว็บไซต์",
        "give --anchor with the head printed in the latest minutes or on the website",
    ),
    "D158": Message(
        "error",
        "ฉบับ {name} หายไปทั้งโฟลเดอร์",
        "the whole folder of {name} is gone",
        "กู้จากสำเนาอีกแห่งด้วย archive compare --repair",
        "restore it from the other copy: archive compare --repair",
    ),
    "D159": Message(
        "error",
        "อ่าน {name} ไม่ได้",
        "cannot read {name}",
        "ตรวจดิสก์และสิทธิ์อ่าน",
        "check the disk and the right to read",
    ),
    "D160": Message(
        "error",
        "{name} อยู่ในคลังแต่ไม่อยู่ในทะเบียน",
        "{name} is in the archive but not in the register",
        "ถ้างานก่อนถูกตัดกลางคัน การเก็บครั้งต่อไปจะลงทะเบียนให้ มิฉะนั้นมีผู้วางไว้เอง",
        "after a run that was cut off the next put enters it; otherwise somebody placed it there",
    ),
    "D162": Message(
        "error",
        "ทะเบียนสองแห่งไม่ตรงกันตั้งแต่รายการที่ {number} จึงไม่คัดลอกทับ",
        "the two registers differ from entry {number} on, so nothing is copied over",
        "ตรวจทั้งสองแห่งด้วย archive verify --anchor ว่าแห่งใดถูกแก้",
        "run archive verify --anchor on both to see which one was changed",
    ),
    "D161": Message(
        "info",
        "งานที่ถูกตัดกลางคันเหลือ {name} ไว้ใน staging",
        "a run that was cut off left {name} in staging",
        "ไม่มีสิ่งใดหาย การเก็บครั้งต่อไปจะลบเอง",
        "nothing is lost; the next put takes it away",
    ),
    "D430": Message(
        "error",
        "{name} เสียหายทั้งสองแห่ง ไม่มีแห่งใดมีไฟล์ {file} ที่ครบถ้วน",
        "{name} is damaged in both places, and neither has a sound {file}",
        "โปรแกรมไม่แตะต้องทั้งสองแห่ง กู้จากสำเนาแห่งที่สาม เช่น archive compare กับดิสก์อื่น หรือ zip ที่เคยส่งออก",
        "both are left as they are; restore it from a third copy: compare with another disk, or an "
        "exported zip",
    ),
}

# A Word file that was edited, and its meeting: minutes.documents.word.reader, minutes.diff.edits
HANDWORK: dict[str, Message] = {
    "D361": Message(
        "error",
        "ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx) หรือเสียหาย",
        "this is no Word file (.docx), or it is damaged",
        "เปิดไฟล์ใน Word แล้วบันทึกเป็นชนิด Word (.docx)",
        "open it in Word and save it as a Word document (.docx)",
    ),
    "D362": Message(
        "error",
        "ไฟล์นี้มีรหัสผ่าน จึงอ่านไม่ได้",
        "this file has a password and cannot be read",
        "เปิดใน Word เลือก ไฟล์ > ข้อมูล > ป้องกันเอกสาร แล้วเอารหัสผ่านออก",
        "open it in Word and take the password off: File > Info > Protect Document",
    ),
    "D363": Message(
        "error",
        "ไฟล์นี้ใหญ่เกินไป อ่านได้ไม่เกิน {limit} MB",
        "this file is too large; at most {limit} MB can be read",
        "ถ้ามีภาพขนาดใหญ่ ให้ลดขนาดภาพใน Word แล้วบันทึกใหม่",
        "if it has large pictures, compress them in Word and save it again",
    ),
    "D364": Message(
        "error",
        "ไฟล์นี้เปิดอยู่ใน Word หรือ LibreOffice สิ่งที่แก้อาจยังไม่ได้บันทึก",
        "this file is open in Word or LibreOffice; what was changed may not be saved yet",
        "บันทึกและปิดไฟล์ก่อน แล้วสั่งใหม่ ถ้าไม่ได้เปิดอยู่ ให้ลบไฟล์ {lock} ที่อยู่ข้างกัน",
        "save and close it first; if it is not open, delete the file {lock} beside it",
    ),
    "D365": Message(
        "error",
        "อ่านไฟล์นี้ไม่ได้ ({reason})",
        "this file cannot be read ({reason})",
        "ตรวจชื่อไฟล์ และปิดไฟล์ในโปรแกรมอื่นก่อน แล้วสั่งใหม่",
        "check its name, close it in other programs, and try again",
    ),
    "D366": Message(
        "error",
        "ไฟล์นี้เป็น Word รุ่นเก่า (.doc) จึงเปรียบเทียบไม่ได้",
        "this is a file of old Word (.doc), which cannot be compared",
        "เปิดใน Word แล้วบันทึกเป็นชนิด Word (.docx)",
        "open it in Word and save it as a Word document (.docx)",
    ),
    "D367": Message(
        "error",
        'ไม่มีการประชุม "{name}"',
        'there is no meeting "{name}"',
        "พิมพ์รหัสหรือไฟล์ของการประชุม เช่น {near}",
        "give the id or the file of a meeting, such as {near}",
    ),
    "D368": Message(
        "error",
        "ยังไม่มีไฟล์ Word ของการประชุมนี้ในโฟลเดอร์ {folder}",
        "there is no Word file of this meeting in {folder}",
        "สร้างเอกสารก่อนด้วย python3 build.py หรือพิมพ์ชื่อไฟล์ Word ที่แก้ไว้ตามหลังการประชุม",
        "build its documents first, or name the edited Word file after the meeting",
    ),
    "D369": Message(
        "error",
        "ไม่ทราบว่าไฟล์ Word นี้เป็นเอกสารใดของการประชุมใด",
        "it cannot be told which document of which meeting this Word file is",
        "พิมพ์ไฟล์การประชุมนำหน้า และให้ชื่อไฟล์ Word มีคำว่า minutes (รายงาน) หรือ release (ข่าว)",
        "name the meeting's file before it, and let its name have minutes or release in it",
    ),
}

# What the public may not know: minutes.rules.personal_data, minutes.documents.proof.leaks
PERSONAL_KINDS: dict[str, tuple[str, str]] = {
    "citizen": ("เลขประจำตัวประชาชน", "a citizen's number"),
    "account": ("เลขที่บัญชี", "an account number"),
    "phone": ("หมายเลขโทรศัพท์", "a telephone number"),
    "email": ("อีเมล", "an e-mail address"),
    "line": ("ชื่อในไลน์", "a LINE name"),
    "plate": ("ทะเบียนรถ", "a licence plate"),
    "address": ("ที่อยู่", "a home address"),
    "patient": ("เลขประจำตัวผู้ป่วย", "a patient's number"),
    "paper": ("เลขที่เอกสารประจำตัว", "the number of somebody's card or paper"),
    "birth": ("วันเกิด", "a date of birth"),
}
"""What ``minutes.thai.personal_data`` tells apart, in Thai and in English."""

_UNQUOTE = (
    'แก้ข้อความนี้ หรือใส่ "ลับ: ใช่" ถ้าเป็นเรื่องเดียวกัน '
    'ถ้าเปิดเผยได้ ให้เพิ่มใน "เปิดเผยได้" ของ office.yaml พร้อมเหตุผล'
)
_UNQUOTE_EN = (
    'change this text, or write "secret: true" where it is the same matter; what may be public '
    'is listed with a reason under "public" in office.yaml'
)
_MARK_IT = (
    'ลบออก หรือใส่ "ข้อมูลส่วนบุคคล: ใช่" ในเรื่องนั้น ถ้าเปิดเผยได้ ให้เพิ่มใน "เปิดเผยได้" ของ office.yaml พร้อมเหตุผล'
)
_MARK_IT_EN = (
    'delete it, or put "personal: true" on the item; '
    'if it may be public, list it with a reason under "public" in office.yaml'
)
PUBLICATION: dict[str, Message] = {
    "D110": Message(
        "error",
        '{kind_th} "{text}" จะปรากฏในฉบับเผยแพร่',
        'the public copy would show {kind}, "{text}"',
        _MARK_IT,
        _MARK_IT_EN,
    ),
    "D111": Message(
        "error",
        'ข้อความที่ไม่เผยแพร่ "{text}" ปรากฏใน {files}',
        'the withheld text "{text}" stands in {files}',
        'ลบข้อความนี้ออกจากที่ที่เปิดเผย ถ้าเปิดเผยได้ ให้เพิ่มใน "เปิดเผยได้" ของ office.yaml พร้อมเหตุผล',
        'remove it from where it is public, or list it with a reason under "public" in office.yaml',
    ),
    "D112": Message(
        "error",
        'ข้อความที่เผยแพร่มีชื่อเรื่องลับของ {meeting} (บรรทัด {source}): "{text}"',
        'what is published has the title of a secret item of {meeting} (line {source}): "{text}"',
        _UNQUOTE,
        _UNQUOTE_EN,
    ),
    "D113": Message(
        "error",
        "มีข้อมูลแฝง {what} อยู่ใน {files}",
        "{files} carries {what}",
        "อย่าเผยแพร่ไฟล์นี้ แล้วแจ้งผู้ดูแลโปรแกรม",
        "do not publish this file, and tell whoever looks after the program",
    ),
    "D186": Message(
        "error",
        "ข้อความที่เผยแพร่มีถ้อยคำ ชื่อบุคคล หรือตัวเลขของเรื่องที่ไม่เผยแพร่ "
        'ใน {meeting} (บรรทัด {source}): "{text}"',
        "what is published has words, a name or a figure of a withheld item of {meeting} "
        '(line {source}): "{text}"',
        _UNQUOTE,
        _UNQUOTE_EN,
    ),
    "D114": Message(
        "error",
        'พบ{kind_th} "{text}" ใน {files}',
        '{files} shows {kind}, "{text}"',
        _MARK_IT,
        _MARK_IT_EN,
    ),
    "W80": Message(
        "warning",
        "ข้อความนี้มีถ้อยคำ ชื่อบุคคล หรือตัวเลขของเรื่องที่ไม่เผยแพร่ใน {meeting} (บรรทัด {source}) "
        'จึงเผยแพร่ไม่ได้: "{text}"',
        "this has words, a name or a figure of a withheld item of {meeting} (line {source}), "
        'and cannot be published: "{text}"',
        _UNQUOTE,
        _UNQUOTE_EN,
    ),
    "W81": Message(
        "info",
        'ข้อแก้ไขนี้เป็นของเรื่องที่ไม่เผยแพร่ ฉบับเผยแพร่จะเขียนเพียงว่า "แก้ไขข้อความในเรื่องที่ไม่เผยแพร่"',
        "this correction is of a withheld item; public copies only say that there was one",
        "ถูกต้องแล้วไม่ต้องแก้ ถ้าเปิดเผยได้ ให้เพิ่มข้อความเดิมและข้อความที่แก้ใน "
        '"เปิดเผยได้" ของ office.yaml พร้อมเหตุผล',
        'right as it is; where both texts may be read, list them under "public" in office.yaml',
    ),
    "W33": Message(
        "warning",
        '{kind_th} "{text}" จะปรากฏในฉบับเผยแพร่',
        'the public copy would show {kind}, "{text}"',
        _MARK_IT,
        _MARK_IT_EN,
    ),
}

# Word, Excel and CSV files that lists are taken from: minutes.drafting.sheets,
# minutes.drafting.rosters
IMPORTS: dict[str, Message] = {
    "D120": Message(
        "error",
        "ไฟล์นี้เป็นรูปแบบเก่า (.doc หรือ .xls)",
        "this file is of the old kind (.doc or .xls)",
        "เปิดใน Word หรือ Excel เลือกบันทึกเป็น .docx หรือ .xlsx แล้วใช้ไฟล์ใหม่",
        "open it in Word or Excel, save it as .docx or .xlsx, and use the new file",
    ),
    "D121": Message(
        "error",
        "ไฟล์นี้ล็อกด้วยรหัสผ่าน",
        "this file is locked with a password",
        "เปิดด้วยรหัสผ่าน เลือก ไฟล์ > ข้อมูล > ป้องกัน เอารหัสผ่านออก บันทึกเป็นไฟล์ใหม่ แล้วใช้ไฟล์นั้น",
        "open it with the password, take that away under File > Info > Protect, save a copy",
    ),
    "D122": Message(
        "error",
        "ไฟล์นี้เสียหาย อ่านไม่ได้",
        "this file is damaged and cannot be read",
        "เปิดใน Word หรือ Excel บันทึกเป็นไฟล์ใหม่ แล้วใช้ไฟล์นั้น ถ้าเปิดไม่ได้ให้ขอไฟล์ใหม่",
        "open it in Word or Excel and save a copy; where that fails, ask for the file anew",
    ),
    "D123": Message(
        "error",
        "ไฟล์นี้ใหญ่เกินไป (เกิน {limit})",
        "this file is too large (more than {limit})",
        "คัดเฉพาะรายชื่อไปวางในไฟล์ใหม่ แล้วใช้ไฟล์นั้น",
        "copy the list alone into a new file, and use that one",
    ),
    "D124": Message(
        "error",
        "อ่านรายชื่อจากไฟล์ชนิดนี้ไม่ได้ ({kind})",
        "lists cannot be read from such a file ({kind})",
        "บันทึกเป็น .docx .xlsx หรือ .csv แล้วใช้ไฟล์นั้น",
        "save it as .docx, .xlsx or .csv, and use that one",
    ),
    "D125": Message(
        "error",
        "อ่านตัวอักษรในไฟล์ CSV นี้ไม่ได้",
        "the letters of this CSV file cannot be read",
        "ใน Excel เลือกบันทึกเป็น CSV UTF-8 (คั่นด้วยจุลภาค) หรือ .xlsx",
        "in Excel save it as CSV UTF-8 (comma delimited) or as .xlsx",
    ),
    "D126": Message(
        "error",
        "ไม่พบรายชื่อบุคคลในไฟล์นี้",
        "there are no names of persons in this file",
        "ใช้ไฟล์ที่มีตารางหรือรายการ ชื่อ ตำแหน่ง หน้าที่ แถวละหนึ่งคน",
        "use a file with a table or a list of names, positions and roles, one person a row",
    ),
    "D431": Message(
        "error",
        "ตารางกว้างเกิน {limit} คอลัมน์: มีข้อความไกลออกไปที่ {place}",
        "the table is wider than {limit} columns: something stands far away at {place}",
        "ลบสิ่งที่อยู่นอกตารางรายชื่อแล้วบันทึก หรือคัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่ แล้วใช้ไฟล์นั้น",
        "delete what stands outside the list and save, or copy the table alone into a new file",
    ),
    "D432": Message(
        "error",
        "มีเซลล์ที่ผสานกันมากเกินไป: {place}",
        "too many cells are merged: {place}",
        "เลือกช่วงนั้นใน Excel ยกเลิกการผสานเซลล์ (Unmerge Cells) แล้วบันทึก หรือคัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่",
        "select the range in Excel, unmerge it and save, or copy the table alone into a new file",
    ),
}

SITE: dict[str, Message] = {
    "D170": Message(
        "error",
        "จะถอน {count} จาก {of} การประชุมออกจากเว็บไซต์",
        "{count} of {of} meetings would go from the website",
        "ตรวจว่าเลือกโฟลเดอร์ถูกต้อง ถ้าตั้งใจถอน ให้สั่งใหม่โดยเพิ่ม --withdraw",
        "see whether the right folder was chosen; if that is meant, add --withdraw",
    ),
}

DEPOSIT: dict[str, Message] = {
    "D163": Message(
        "error",
        "อ่านลายมือชื่อดิจิทัลในไฟล์นี้ไม่ได้ ({why}) ยังไม่ได้เก็บ",
        "the signatures in this file cannot be read ({why}); nothing was kept",
        "ใช้ไฟล์ที่ได้จากโปรแกรมลงนามโดยตรง ไม่ผ่านการบันทึกใหม่",
        "use the file as the signing program wrote it, not one that was saved again",
    ),
    "D164": Message(
        "error",
        "ไฟล์ถูกแก้หลังลงนามในช่อง {field} ({signer}) ลายมือชื่อใช้ไม่ได้ ยังไม่ได้เก็บ",
        "the file was changed after {field} was signed ({signer}): the signature is broken; "
        "nothing was kept",
        "ขอไฟล์ต้นฉบับที่ลงนาม หรือลงนามใหม่",
        "ask for the file that was signed, or have it signed anew",
    ),
    "D165": Message(
        "error",
        "หลังลงนามในช่อง {field} ({signer}) มีการเพิ่มสิ่งที่ไม่ใช่ลายมือชื่อ",
        "after {field} was signed ({signer}), something was added that is no signature",
        "เปิดดูสิ่งที่เพิ่ม ขอไฟล์ต้นฉบับ ถ้าตรวจด้วยตาแล้ว ใช้ --checked",
        "look at what was added, or ask for the original; if you have looked, use --checked",
    ),
    "D166": Message(
        "warning",
        "ใบรับรองของ {signer} (ช่อง {field}) ไม่ได้ออกโดยผู้ที่หน่วยงานเชื่อถือ",
        "the certificate of {signer} ({field}) leads to nobody whom the office trusts",
        "ถ้าเชื่อถือผู้ออก ใส่ใบรับรองของผู้ออกไว้ในโฟลเดอร์ตามคีย์ ใบรับรองที่เชื่อถือ ใน office.yaml",
        "if you trust its issuer, put the issuer's certificate into the folder that office.yaml "
        "names under ใบรับรองที่เชื่อถือ",
    ),
    "D167": Message(
        "error",
        "ใบรับรองของ {signer} (ช่อง {field}) ถูกเพิกถอนแล้ว",
        "the certificate of {signer} ({field}) was revoked",
        "ให้ลงนามใหม่ด้วยใบรับรองที่ใช้ได้",
        "have it signed anew with a certificate that is good",
    ),
    "D168": Message(
        "warning",
        "ไม่ทราบว่าใบรับรองของ {signer} (ช่อง {field}) ถูกเพิกถอนหรือไม่",
        "nobody can say whether the certificate of {signer} ({field}) was revoked",
        "ใส่รายการเพิกถอน (.crl) ของผู้ออกไว้ในโฟลเดอร์ใบรับรอง แล้วสั่งใหม่",
        "put the issuer's list (.crl) into the folder of certificates and try again",
    ),
    "D169": Message(
        "error",
        "ยังไม่ได้ลงนามในช่อง {field}",
        "{field} was not signed",
        "ให้ลงนามให้ครบ ถ้าตั้งใจให้ว่าง ใช้ --checked",
        "have it signed; if it is meant to be empty, use --checked",
    ),
    "D187": Message(
        "warning",
        "ใบรับรองเดียวกัน ({signer}) ลงนามทั้งช่อง {field} และช่อง {other}",
        "one certificate ({signer}) signed both {field} and {other}",
        "ตรวจว่าผู้จดกับผู้ตรวจลงนามด้วยใบรับรองของตนเอง",
        "see that each person signed with a certificate of their own",
    ),
    "D172": Message(
        "error",
        "ไฟล์นี้มีสิ่งอื่นนอกจากลายมือชื่อเพิ่มเข้ามาหลังจากสร้าง",
        "something was added to this file after it was built that is no signature",
        "เปิดดูสิ่งที่เพิ่ม ถ้าตรวจด้วยตาแล้ว ใช้ --checked",
        "look at what was added; if you have looked, use --checked",
    ),
    "D171": Message(
        "error",
        "เครื่องนี้ยังไม่มีส่วนที่ตรวจลายมือชื่อดิจิทัล ยังไม่ได้เก็บ",
        "this machine lacks what verifies digital signatures; nothing was kept",
        "ติดตั้งด้วย .venv/bin/python -m pip install -r requirements-sign.txt แล้วสั่งใหม่",
        "install it: .venv/bin/python -m pip install -r requirements-sign.txt",
    ),
    "D190": Message(
        "error",
        "หน่วยงานในโฟลเดอร์นี้มีคลังมากกว่าหนึ่งแห่ง: {places}",
        "the offices here have more than one archive: {places}",
        "เลือกด้วย --archive ตามด้วยโฟลเดอร์ของคลัง",
        "choose one with --archive and its folder",
    ),
    "D191": Message(
        "warning",
        "อ่านทะเบียนของคลังที่นี่ไม่ได้ จึงพิมพ์เลขฉบับและเลขทะเบียนที่ทราบครั้งล่าสุด",
        "the archive's register cannot be read here, so pages print what was last known of it",
        "ต่อดิสก์ที่มีคลัง หรือแก้ คลัง ใน office.yaml แล้วสร้างใหม่",
        "connect the disk that has the archive, or mend archive in office.yaml, and build again",
    ),
    "D192": Message(
        "error",
        "ฉบับที่ลงนามเป็นฉบับที่ {version} ซึ่งเป็นข้อความเก่า ฉบับที่จะเก็บตอนนี้คือฉบับที่ {expected}",
        "version {version}, an older text, was signed; to be kept now is version {expected}",
        "พิมพ์ฉบับที่ {expected} แล้วลงนามและสแกนใหม่ ถ้าทราบความต่างแล้ว ใช้ --checked",
        "print version {expected}, have it signed and scan it; "
        "if you know the difference, use --checked",
    ),
    "D193": Message(
        "warning",
        "เลขฉบับบนหน้าไม่ใช่เลขที่คลังจะใช้ แต่ข้อความเป็นข้อความเดียวกัน",
        "the pages bear another number than the archive will use, but the text is the same",
        "ไม่ต้องทำอะไร เลขฉบับในคลังอยู่ในทะเบียน",
        "nothing needs to be done; the register has the number",
    ),
    "D194": Message(
        "error",
        "การประทับเวลา {name} ลงลายมือชื่อไม่ถูกต้อง หรือถูกแก้",
        "the time-stamp {name} is not signed as it should be, or was changed",
        "ขอคำตอบ (.tsr) จากผู้ให้บริการใหม่ ด้วย archive stamp --query",
        "ask the authority anew: archive stamp --query",
    ),
    "D195": Message(
        "warning",
        "ผู้ประทับเวลา {signer} ({name}) ไม่ใช่ผู้ที่หน่วยงานเชื่อถือ",
        "{signer}, who gave the time-stamp {name}, leads to nobody whom the office trusts",
        "ถ้าเชื่อถือ นำใบรับรองของผู้ออกใบรับรองนั้นใส่ในโฟลเดอร์ที่ ใบรับรองที่เชื่อถือ ใน office.yaml บอกไว้",
        "if you do, put its issuer's certificate into the folder that office.yaml names as trust",
    ),
    "D196": Message(
        "warning",
        "ไม่ทราบว่าใบรับรองของผู้ประทับเวลา {signer} ({name}) ถูกเพิกถอนหรือไม่",
        "nobody knows whether {signer}, who gave the time-stamp {name}, had been revoked",
        "นำรายการเพิกถอน (.crl) ของผู้ออกใบรับรองใส่ในโฟลเดอร์ใบรับรองที่เชื่อถือ",
        "put its issuer's list of revoked certificates (.crl) into the folder of trusted ones",
    ),
    "D197": Message(
        "warning",
        "ใบรับรองของผู้ประทับเวลา {signer} ({name}) ถูกเพิกถอนแล้ว",
        "the certificate of {signer}, who gave the time-stamp {name}, was revoked",
        "ประทับเวลาใหม่กับผู้ให้บริการอื่น ด้วย archive stamp --query",
        "have the register stamped by another authority: archive stamp --query",
    ),
    "D198": Message(
        "info",
        "ยังไม่ได้ตรวจว่าผู้ประทับเวลาเป็นใคร เพราะเครื่องนี้ไม่มีส่วนที่ตรวจลายมือชื่อดิจิทัล",
        "who gave the time-stamps was not checked: this machine lacks what verifies signatures",
        "ติดตั้งด้วย .venv/bin/python -m pip install -r requirements-sign.txt แล้วสั่งใหม่",
        "install it: .venv/bin/python -m pip install -r requirements-sign.txt",
    ),
    "D220": Message(
        "error",
        "รายงานนี้ยังเป็นร่าง จึงยังเก็บเข้าคลังไม่ได้",
        "these minutes are a draft and cannot be archived yet",
        "เมื่อลงนามแล้ว เขียน สถานะ: ฉบับสมบูรณ์ หรือ สถานะ: รับรองแล้ว แล้วสั่งใหม่",
        "once they are signed write สถานะ: ฉบับสมบูรณ์ or สถานะ: รับรองแล้ว and try again",
    ),
    "D221": Message(
        "error",
        "ไฟล์นี้ไม่ใช่ PDF หรือ PDF เสียหาย อ่านไม่ได้ ยังไม่ได้เก็บ",
        "this is no PDF, or a damaged one; nothing was kept",
        "ตรวจว่าระบุไฟล์ถูก เปิดดูไฟล์ หรือสแกนใหม่เป็น PDF",
        "check the name, open the file, or scan it again as PDF",
    ),
    "D222": Message(
        "error",
        "PDF นี้มีรหัสผ่าน ยังไม่ได้เก็บ",
        "this PDF asks for a password; nothing was kept",
        "ใช้ไฟล์ที่ไม่มีรหัสผ่าน เพราะอีกสิบปีจะไม่มีใครจำรหัสผ่านได้",
        "use a file without one: in ten years nobody will know the password",
    ),
    "D223": Message(
        "error",
        "PDF นี้ไม่มีลายมือชื่อดิจิทัลที่โปรแกรมรู้จัก และไม่มีหน้าใดเป็นภาพสแกน ยังไม่ได้เก็บ",
        "this PDF has no digital signature that is known here, and no scanned page; "
        "nothing was kept",
        "ระบุฉบับที่สแกนหลังลงนามแล้ว ไม่ใช่ไฟล์ที่โปรแกรมสร้าง",
        "name the copy that was scanned after it was signed, not the one that was built",
    ),
    "D224": Message(
        "error",
        "ไม่พบหน้า {page} จาก {of} หน้า",
        "page {page} of {of} is missing",
        "ดูว่าหน้านั้นตกหล่น หรือรหัสบนหน้านั้นถูกบังหรือเลือน สแกนใหม่ที่ 300 dpi ถ้าตรวจด้วยตาแล้วว่าครบ ใช้ --checked",
        "see whether it was left out, or its code is covered or faint; scan again at 300 dpi. "
        "If you have looked and all is there, use --checked",
    ),
    "D225": Message(
        "error",
        "หน้า {page} มีซ้ำ",
        "page {page} is there twice",
        "เอาหน้าที่ซ้ำออก แล้วสแกนใหม่ ถ้าตั้งใจให้มีสองแผ่น ใช้ --checked",
        "take one of them out and scan again; if both are meant, use --checked",
    ),
    "D226": Message(
        "error",
        "หน้านี้เป็นของการประชุมอื่น: หน้า {page} ของ {other}",
        "this page belongs to another meeting: page {page} of {other}",
        "เอาหน้านี้ออก แล้วสแกนใหม่",
        "take it out and scan again",
    ),
    "D227": Message(
        "error",
        "หน้า {page} เป็นของฉบับอื่น (ฉบับที่ {version})",
        "page {page} is of another version (version {version})",
        "เปลี่ยนเป็นหน้าจากฉบับที่ลงนาม แล้วสแกนใหม่",
        "put in the page of the version that was signed and scan again",
    ),
    "D228": Message(
        "error",
        "หน้า {page} อยู่หลังหน้า {before}",
        "page {page} stands after page {before}",
        "เรียงหน้าใหม่ แล้วสแกนใหม่",
        "put the pages in order and scan again",
    ),
    "D229": Message(
        "error",
        "ข้อความในไฟล์การประชุมตอนนี้ ไม่ตรงกับฉบับที่พิมพ์และลงนาม",
        "the agenda's text is no longer the one that was printed and signed",
        "แก้ไฟล์การประชุมกลับให้ตรงกับฉบับที่ลงนาม หรือพิมพ์และลงนามใหม่ ถ้าทราบความต่างแล้ว ใช้ --checked",
        "make the agenda say what was signed, or print and sign anew; "
        "if you know the difference, use --checked",
    ),
    "D230": Message(
        "warning",
        "ไม่มีหน้าใดมีรหัสของโปรแกรม จึงบอกไม่ได้ว่าฉบับที่ลงนามตรงกับไฟล์การประชุมหรือไม่",
        "no page has a code, so nobody can say whether the signed copy has the agenda's text",
        "เทียบด้วยตากับ minutes.pdf ที่เก็บไว้ข้างกัน",
        "compare it with minutes.pdf, kept beside it, by eye",
    ),
    "D231": Message(
        "warning",
        "หน้านี้ไม่มีรหัสที่อ่านได้",
        "no code can be read on this page",
        "ถ้าเป็นเอกสารแนบ ไม่ต้องทำอะไร",
        "if it is an attachment, all is well",
    ),
    "D232": Message(
        "warning",
        "หน้านี้ไม่ใช่ภาพสแกน",
        "this page is no scan",
        "ดูว่าหน้านี้เป็นหน้าที่ลงนามแล้วจริง",
        "see that it is the page that was signed",
    ),
    "D233": Message(
        "warning",
        "ทำ PDF/A-2b จากไฟล์นี้ไม่ได้ จึงเก็บเฉพาะไฟล์เดิม",
        "no PDF/A-2b can be made of this file, so it alone is kept",
        "ถ้าทำได้ ให้สแกนใหม่โดยเลือกชนิด PDF/A",
        "if you can, scan again and choose PDF/A",
    ),
    "D234": Message(
        "error",
        "{name} รับรองแล้ว ฉบับแก้ไขต้องบอกว่าการประชุมครั้งใดมีมติให้แก้ ยังไม่ได้เก็บ",
        "{name} was certified: a corrected version must name the meeting that decided it; "
        "nothing was kept",
        "เพิ่ม --approved-in ตามด้วยรหัสของการประชุมนั้น เช่น --approved-in otop-2567-03",
        "add --approved-in and that meeting's id, such as --approved-in otop-2567-03",
    ),
    "D235": Message(
        "error",
        "ไม่พบการประชุม {id} ที่ประชุมหลังครั้งนี้ในคณะเดียวกัน ยังไม่ได้เก็บ",
        "this body has no later meeting {id}; nothing was kept",
        "การประชุมครั้งหลังที่มี: {near}",
        "its later meetings: {near}",
    ),
    "D236": Message(
        "error",
        "อ่านหลักฐาน {name} ไม่ได้",
        "the anchor {name} cannot be read",
        "ใช้เลขทะเบียนอย่างที่พิมพ์ไว้ เช่น 12-0123456789abcdef หรือไฟล์ register-head.json",
        "use a head as it was printed, such as 12-0123456789abcdef, or a register-head.json",
    ),
    "D237": Message(
        "error",
        "{name} ไม่ใช่คำตอบการประทับเวลาของทะเบียนนี้ ยังไม่ได้เก็บ",
        "{name} is no time-stamp of an entry of this register; nothing was kept",
        "ใช้ไฟล์ .tsr ที่ได้จากการส่งคำขอซึ่งสร้างด้วย archive stamp --query",
        "use the .tsr that came back for a question made with archive stamp --query",
    ),
    "D238": Message(
        "error",
        "การประทับเวลา {name} หายไปหรือถูกแก้",
        "the time-stamp {name} is gone or was changed",
        "กู้ไฟล์นี้จากสำเนาอีกแห่งด้วย archive compare --repair",
        "restore it from the other copy: archive compare --repair",
    ),
    "D239": Message(
        "error",
        "เครื่องนี้สร้าง PDF ไม่ได้ จึงเก็บเข้าคลังไม่ได้ ยังไม่ได้เก็บ",
        "this machine cannot make PDFs, so it cannot archive; nothing was kept",
        "ดูวิธีแก้ด้วย python3 build.py doctor",
        "python3 build.py doctor says how to mend it",
    ),
}

# Where a publication goes: minutes.deliver
DELIVERY: dict[str, Message] = {
    "D380": Message(
        "error",
        'ไม่เข้าใจที่หมายของการเผยแพร่ "{to}"',
        'cannot read where to publish: "{to}"',
        "ใช้ folder:/โฟลเดอร์ หรือ ผู้ใช้@เครื่อง:/โฟลเดอร์ หรือ https://เว็บไซต์ โดยไม่มีรหัสผ่านในที่อยู่",
        "use folder:/folder, user@host:/folder or https://site, with no password in it",
    ),
    "D381": Message(
        "error",
        "ที่อยู่ {to} ไม่เข้ารหัส รหัสผ่านจะถูกอ่านได้ระหว่างทาง จึงไม่ส่ง",
        "{to} is not encrypted: the password could be read on the way, so nothing is sent",
        "ใช้ https:// ถ้าเว็บไซต์ยังไม่มี ให้ผู้ดูแลเว็บติดตั้งใบรับรองก่อน",
        "use https://; where the site has none yet, its webmaster installs a certificate first",
    ),
    "D382": Message(
        "error",
        "ไม่มีเว็บไซต์ที่จะเผยแพร่ใน {folder} (ไม่พบ index.html)",
        "there is no site to publish in {folder} (no index.html)",
        "สร้างเว็บไซต์ก่อน แล้วสั่งใหม่",
        "make the site first, then publish again",
    ),
    "D383": Message(
        "error",
        "การเผยแพร่นี้จะลบ {removed} จาก {there} ไฟล์ที่ปลายทาง เช่น {first} จึงหยุดก่อน",
        "this would remove {removed} of {there} files there, such as {first}, and was stopped",
        "ตรวจว่าที่หมายถูกต้องและเว็บไซต์ครบ ถ้าต้องการลบจริง สั่งใหม่พร้อม --allow-removal",
        "see that the place is right and the site whole; to remove them, add --allow-removal",
    ),
    "D384": Message(
        "error",
        "เครื่องนี้ไม่มีโปรแกรม {names} ที่ใช้ส่งไฟล์",
        "the programs that send files are not on this machine: {names}",
        "สั่ง python3 build.py doctor เพื่อดูคำสั่งติดตั้ง",
        "python3 build.py doctor says how to install them",
    ),
    "D385": Message(
        "error",
        "ยังไม่รู้จักกุญแจของเครื่อง {host} จึงไม่ส่ง",
        "the host key of {host} is not known yet, so nothing is sent",
        "ขอลายนิ้วมือกุญแจ (fingerprint) จากผู้ดูแลเครื่อง สั่ง {command} เทียบให้ตรงกันแล้วตอบ yes "
        "จากนั้นเผยแพร่ใหม่",
        "ask its administrator for the fingerprint, call {command}, answer yes only if it is the "
        "same, then publish again",
    ),
    "D386": Message(
        "error",
        "กุญแจของเครื่อง {host} ไม่ตรงกับที่เคยใช้ อาจเป็นเครื่องปลอม จึงไม่ส่ง",
        "the host key of {host} is not the one known so far: it may be another machine; "
        "nothing is sent",
        "ถามผู้ดูแลเครื่องว่าเปลี่ยนกุญแจหรือไม่ ถ้าเปลี่ยนจริง สั่ง {command} แล้วรับกุญแจใหม่",
        "ask its administrator; if the key was changed, call {command} and accept the new one",
    ),
    "D387": Message(
        "error",
        "เครื่อง {host} ไม่ยอมให้เข้า ({detail})",
        "{host} does not let this user in ({detail})",
        "ส่งกุญแจสาธารณะของเครื่องนี้ให้ผู้ดูแลเครื่อง (สร้างด้วย ssh-keygen) โปรแกรมไม่ใช้รหัสผ่านกับ SSH",
        "give this machine's public key (ssh-keygen makes one) to its administrator; passwords "
        "are not used with SSH",
    ),
    "D388": Message(
        "error",
        "ติดต่อ {host} ไม่ได้ หรือการเชื่อมต่อขาดระหว่างทาง ({detail})",
        "{host} cannot be reached, or the connection broke ({detail})",
        "ตรวจอินเทอร์เน็ตและชื่อเครื่อง แล้วสั่งใหม่ โปรแกรมจะส่งต่อเฉพาะที่ขาด เว็บไซต์เดิมยังใช้ได้",
        "check the network and the name, then call this again: only what is missing is sent; "
        "the old site still stands",
    ),
    "D389": Message(
        "error",
        "เครื่อง {host} เขียนไฟล์ลง {path} ไม่ได้ ({detail})",
        "{host} cannot write to {path} ({detail})",
        "ให้ผู้ดูแลเครื่องตรวจว่ามีโฟลเดอร์นั้น มีสิทธิ์เขียน และดิสก์ไม่เต็ม แล้วสั่งใหม่",
        "its administrator sees that the folder is there, may be written to and has room; then "
        "call this again",
    ),
    "D390": Message(
        "error",
        'เว็บไซต์ {site} ไม่รับชื่อผู้ใช้ "{user}" หรือรหัสผ่านแอปพลิเคชัน',
        '{site} refuses the user "{user}" or the application password',
        "สร้างรหัสผ่านแอปพลิเคชันใหม่ใน WordPress หน้า โปรไฟล์ ของผู้ใช้ที่เป็นผู้เขียน (Author) ขึ้นไป "
        "แล้วใส่ในตัวแปร MINUTES_WORDPRESS_PASSWORD หรือพิมพ์เมื่อถาม "
        "ถ้ายังไม่ได้ ให้ผู้ดูแลเว็บตรวจว่าเครื่องส่งหัวเรื่อง Authorization ถึง WordPress",
        "make a new application password on the profile page of a user who is Author or more, and "
        "put it into MINUTES_WORDPRESS_PASSWORD or type it when asked; if it still fails, the "
        "server may keep the Authorization header from WordPress",
    ),
    "D391": Message(
        "error",
        "ไม่พบ REST API ของ WordPress ที่ {site}",
        "no REST API of WordPress is found at {site}",
        "ตรวจที่อยู่หน้าแรกของเว็บไซต์ และให้ผู้ดูแลเว็บเปิด REST API (ปลั๊กอินความปลอดภัยอาจปิดไว้)",
        "check the address of the front page; a security plug-in may have switched the API off",
    ),
    "D392": Message(
        "error",
        "เว็บไซต์ {site} ไม่รับไฟล์ {name} เพราะใหญ่เกินไป ({size})",
        "{site} refuses {name}: it is too large ({size})",
        "ให้ผู้ดูแลเว็บเพิ่ม upload_max_filesize และ post_max_size แล้วสั่งใหม่",
        "its webmaster raises upload_max_filesize and post_max_size; then call this again",
    ),
    "D393": Message(
        "error",
        "เว็บไซต์ {site} ไม่รับ {name} ({detail})",
        "{site} refuses {name} ({detail})",
        "ส่งข้อความในวงเล็บให้ผู้ดูแลเว็บ สิ่งที่ส่งไปแล้วยังอยู่ สั่งใหม่จะทำต่อจากเดิม",
        "tell the webmaster what stands in brackets; what was sent stays, the next run goes on",
    ),
    "D394": Message(
        "error",
        "ใบรับรองความปลอดภัยของ {host} ใช้ไม่ได้ ({detail}) จึงไม่ส่ง",
        "the certificate of {host} is not valid ({detail}), so nothing is sent",
        "ตรวจวันเวลาของเครื่องนี้และที่อยู่เว็บไซต์ ถ้าถูกแล้ว ให้ผู้ดูแลเว็บต่ออายุใบรับรอง",
        "check this machine's clock and the address; then the webmaster renews the certificate",
    ),
    "D395": Message(
        "error",
        "เว็บไซต์ {site} ย้ายไปที่ {new}",
        "{site} has moved to {new}",
        "สั่งใหม่ด้วย --to ที่อยู่ใหม่",
        "call this again with the new address after --to",
    ),
    "D396": Message(
        "error",
        "เผยแพร่ลง {folder} ไม่ได้ เพราะเป็นไฟล์ หรือซ้อนกับโฟลเดอร์ของเว็บไซต์ต้นทาง",
        "cannot publish to {folder}: it is a file, or one inside the other with the site itself",
        "เลือกโฟลเดอร์อื่น",
        "choose another folder",
    ),
    "D185": Message(
        "error",
        "ในโฟลเดอร์ของเว็บไซต์มีสิ่งที่โปรแกรมไม่ได้สร้างและไม่ได้ตรวจ ({count} ไฟล์): {first}",
        "the site's folder holds what was neither made nor proved here ({count} files): {first}",
        "ย้ายออกจากโฟลเดอร์นั้น แล้วสั่งใหม่ ยังไม่ได้ส่งสิ่งใด",
        "move it out of that folder and call this again; nothing was sent",
    ),
    "D450": Message(
        "error",
        "ในโฟลเดอร์ของเว็บไซต์มีสิ่งที่ไม่ตรงกับที่โปรแกรมสร้างและตรวจไว้ ({count} ไฟล์ แก้หรือลบไปแล้ว): {first}",
        "the site's folder is not as it was made and proved ({count} files changed or gone): "
        "{first}",
        "สร้างเว็บไซต์ใหม่ด้วยคำสั่ง site แล้วสั่งใหม่ ยังไม่ได้ส่งสิ่งใด",
        "make the site anew with the command site and call this again; nothing was sent",
    ),
    "D451": Message(
        "error",
        "ที่ปลายทาง {path} เป็นลิงก์ ไฟล์ หรือโฟลเดอร์ที่โปรแกรมไม่ได้ส่ง และขวางที่ของเว็บไซต์ จึงไม่เผยแพร่",
        "at the target {path} is a link, file or folder that was not sent from here, in the place "
        "of a page; nothing was published",
        "ให้ผู้ดูแลเครื่องย้ายหรือเปลี่ยนชื่อสิ่งนั้น แล้วสั่งใหม่ โปรแกรมไม่ลบสิ่งที่ไม่ได้ส่ง",
        "its administrator moves or renames it; then call this again: nothing of others is deleted",
    ),
    "D452": Message(
        "error",
        "ระบบไม่ยอมให้เปลี่ยน {path} เพราะเป็นไดรฟ์หรือจุดต่อเชื่อม หรือโปรแกรมอื่นเปิดอยู่ ({detail})",
        "the system does not let {path} be changed: it is a drive or a mount point, or another "
        "program has it open ({detail})",
        "ปิดโปรแกรมที่เปิดไฟล์นั้น หรือเลือกโฟลเดอร์ย่อยในไดรฟ์ เช่น folder:/ไดรฟ์/www แล้วสั่งใหม่",
        "close the program that has it open, or choose a folder inside the drive such as "
        "folder:/drive/www; then call this again",
    ),
    "D453": Message(
        "error",
        "โฟลเดอร์ {folder} ไม่มีบันทึกว่าโปรแกรมสร้างและตรวจสิ่งใดไว้ (.site.json) จึงไม่ส่ง",
        "{folder} has no record of what was made and proved there (.site.json), so nothing is sent",
        "สร้างด้วย site -o โฟลเดอร์นั้น แล้วสั่งใหม่ ถ้าคัดลอกมาจากที่อื่น ให้คัดลอกไฟล์ .site.json มาด้วย",
        "make it with site -o FOLDER and call this again; if it was copied, copy .site.json too",
    ),
    "D454": Message(
        "warning",
        "ที่ {to} ไม่มีบันทึกของการเผยแพร่ครั้งก่อน จึงไม่รู้ว่าสิ่งใดเคยส่ง และไม่ลบสิ่งใดเลย",
        "{to} has no record of earlier publications: nobody knows what was sent there, so nothing "
        "is removed",
        "ดูรายชื่อที่เก็บไว้ ถ้ามีหน้าเดิมที่ไม่เผยแพร่แล้ว ให้ผู้ดูแลเว็บลบเอง ครั้งต่อไปโปรแกรมจำได้",
        "look through what is listed as kept; the webmaster deletes old pages that are not public "
        "any more; from now on it is remembered",
    ),
    "D398": Message(
        "error",
        "ยังไม่ได้บอกที่หมายของการเผยแพร่ หรือแต่ละหน่วยงานบอกไว้ต่างกัน",
        "it is not said where to publish, or each office says another place",
        "ระบุ --to หรือเขียน เผยแพร่ที่ ใน office.yaml",
        "give --to, or write publish_to in office.yaml",
    ),
    "D397": Message(
        "error",
        "ยังไม่มีชื่อผู้ใช้หรือรหัสผ่านแอปพลิเคชันของ WordPress",
        "there is no user or no application password for WordPress",
        "ระบุ --user และตั้งตัวแปร MINUTES_WORDPRESS_PASSWORD หรือสั่งในหน้าต่างที่พิมพ์รหัสได้",
        "give --user, and set MINUTES_WORDPRESS_PASSWORD or call this where it can be typed",
    ),
}

# Signatures and those whom an office trusts: minutes.signing
SIGNING: dict[str, Message] = {
    "D200": Message(
        "error",
        "เปิดไฟล์ใบรับรองไม่ได้ รหัสผ่านไม่ถูกต้อง หรือไม่ใช่ไฟล์ PKCS#12",
        "the certificate's file does not open: a wrong password, or no PKCS#12 file",
        "สั่งใหม่และพิมพ์รหัสผ่านอีกครั้ง ใช้ไฟล์ .p12 หรือ .pfx ที่ได้จากผู้ออกใบรับรอง",
        "try again with the right password and the .p12 or .pfx file that its issuer gave",
    ),
    "D201": Message(
        "error",
        "ไฟล์นี้ไม่ใช่ PDF ที่ลงลายมือชื่อได้ เสียหาย หรือมีรหัสผ่าน",
        "this is no PDF that can be signed: it is damaged or locked",
        "ใช้ไฟล์ PDF ของรายงานที่โปรแกรมสร้าง โดยไม่บันทึกผ่านโปรแกรมอื่น",
        "use the minutes' PDF as this program built it, not saved by another",
    ),
    "D202": Message(
        "error",
        'ไม่มีช่องลงลายมือชื่อว่างชื่อ "{name}" ช่องที่ว่างคือ {near}',
        'there is no empty signature field "{name}"; empty are {near}',
        "เลือกช่องที่ว่างด้วย --field ถ้าไม่มีช่องว่าง ไฟล์นี้ลงนามครบแล้ว หรือเป็นฉบับร่าง",
        "choose an empty one by --field; without any, all have signed or it is a draft",
    ),
    "D203": Message(
        "error",
        "ลงลายมือชื่อไม่ได้ ({reason})",
        "it cannot be signed ({reason})",
        "ผู้ที่ลงนามก่อนอาจห้ามลงนามต่อ หรือใบรับรองใช้ลงนามไม่ได้ ลงนามใหม่จากไฟล์ที่โปรแกรมสร้าง",
        "an earlier signer may have forbidden it; begin again with the file as it was built",
    ),
    "D204": Message(
        "error",
        "ขอเวลารับรองไม่ได้ ({reason})",
        "no time-stamp could be had ({reason})",
        "ตรวจที่อยู่ของผู้ให้บริการเวลาและอินเทอร์เน็ต หรือลงนามโดยไม่ใช้ --timestamp",
        "see whether the address and the network are right, or sign without --timestamp",
    ),
    "D205": Message(
        "error",
        "ชื่อและตำแหน่งยาวเกินช่อง {name}",
        "name and position do not fit into the field {name}",
        "ย่อตำแหน่งด้วย --position",
        "give a shorter position by --position",
    ),
    "D206": Message(
        "error",
        "เปิดบัตรหรือ USB token ไม่ได้ ({reason})",
        "the card or token does not open ({reason})",
        "เสียบให้แน่น ดูว่า --pkcs11 ชี้ไปที่ไลบรารีของผู้ผลิต และใช้รหัสให้ถูก ใส่ผิดหลายครั้งบัตรจะล็อก",
        "see that it is plugged in and --pkcs11 names its maker's library; a wrong PIN may lock it",
    ),
    "D207": Message(
        "error",
        "ในบัตรไม่มีกุญแจที่เลือก หรือมีหลายดอก: {near}",
        "the token has not the one key that is meant, but {near}",
        "เลือกกุญแจด้วย --key ตามด้วยชื่อที่แสดง",
        "choose one of those names by --key",
    ),
    "D210": Message(
        "error",
        "ไฟล์ {name} ในโฟลเดอร์ใบรับรองที่เชื่อถือ อ่านเป็นใบรับรองไม่ได้",
        "{name} in the folder of trusted certificates cannot be read as what it is named",
        "ขอไฟล์ใหม่จากผู้ออกใบรับรอง (.crt .cer .pem หรือ .crl) หรือย้ายไฟล์นี้ออกจากโฟลเดอร์",
        "ask its issuer for the file anew (.crt, .cer, .pem or .crl), or take it out of the folder",
    ),
}

MESSAGES: dict[str, Message] = {
    **VALUES,
    **SOURCE,
    **MODEL,
    **PROSE,
    **PICTURES,
    **RECORDS,
    **NEW,
    **RULES,
    **FACTS,
    **WORDING,
    **OUTPUTS,
    **ARCHIVE,
    **HANDWORK,
    **PUBLICATION,
    **IMPORTS,
    **SITE,
    **DEPOSIT,
    **DELIVERY,
    **SIGNING,
}
