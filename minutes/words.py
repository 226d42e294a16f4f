"""The words of the command line, in Thai and in English."""

from dataclasses import dataclass

import click

from minutes.messages import Language as Language


@dataclass(frozen=True)
class Words:
    """What the program says about itself in one language."""

    how: str
    usage: str
    about: str
    options: str
    helps: dict[str, str]
    building: str
    file: str
    pages: str
    size: str
    warnings: str
    summary: str
    stopped: str
    no_pdf: str
    no_write: str
    no_option: str
    bad_value: str
    no_value: str
    wrong_use: str


THAI = Words(
    how="วิธีใช้",
    usage="[ตัวเลือก] [ไฟล์หรือโฟลเดอร์…]",
    about=(
        "สร้างรายงานการประชุมและข่าว เป็น Word และ PDF จากไฟล์ระเบียบวาระ (YAML)\n\n"
        "ไม่ระบุไฟล์: สร้างทุกการประชุมในโฟลเดอร์ agendas ไว้ในโฟลเดอร์ out\n\n"
        "python3 build.py test ทดสอบโปรแกรม"
    ),
    options="ตัวเลือก",
    helps={
        "only": "เอกสารที่ต้องการ: minutes รายงาน, release ข่าว (คั่นด้วยจุลภาค)",
        "to": "รูปแบบที่ต้องการ: pdf, docx (คั่นด้วยจุลภาค)",
        "output": "โฟลเดอร์ที่เก็บเอกสาร (ปกติ out)",
        "strict": "ถือว่าคำเตือนเป็นข้อผิดพลาด",
        "errors": "รูปแบบข้อความแจ้งปัญหา",
        "lang": "ภาษาของข้อความ",
        "help": "แสดงวิธีใช้",
    },
    building="กำลังสร้าง",
    file="ไฟล์",
    pages="หน้า",
    size="ขนาด",
    warnings="คำเตือน",
    summary="สร้างแล้ว {files} ไฟล์ · คำเตือน {warnings} · ผิดพลาด {errors}",
    stopped="หยุดตามคำสั่ง",
    no_pdf="เครื่องนี้ยังไม่มีไลบรารี Pango ที่ใช้สร้าง PDF จึงสร้างเฉพาะ Word",
    no_write="เขียนไฟล์ {path} ไม่ได้ ถ้าเปิดอยู่ในโปรแกรมอื่นให้ปิดก่อน แล้วสั่งใหม่",
    no_option="ไม่รู้จักตัวเลือก {name}",
    bad_value='ค่า "{value}" ของ {name} ใช้ไม่ได้ ใช้ได้: {choices}',
    no_value="ตัวเลือก {name} ต้องมีค่าตามหลัง",
    wrong_use="คำสั่งไม่ถูกต้อง ดูวิธีใช้: python3 build.py --help",
)

ENGLISH = Words(
    how="Usage",
    usage="[OPTIONS] [FILE OR FOLDER…]",
    about=(
        "Builds official minutes and a press release, as Word and PDF, from agendas in YAML.\n\n"
        "Without a path: every meeting under agendas/, into out/.\n\n"
        "python3 build.py test runs the tests."
    ),
    options="Options",
    helps={
        "only": "documents to make: minutes, release (commas between them)",
        "to": "formats to make: pdf, docx (commas between them)",
        "output": "folder for the documents (out)",
        "strict": "take warnings for errors",
        "errors": "how problems are printed",
        "lang": "language of help and messages",
        "help": "show this help",
    },
    building="building",
    file="File",
    pages="Pages",
    size="Size",
    warnings="Warnings",
    summary="{files} files written · {warnings} warnings · {errors} errors",
    stopped="stopped",
    no_pdf="No PDF: the Pango library is not on this machine, so only Word files are made.",
    no_write="Cannot write {path}. If another program has it open, close it and build again.",
    no_option="unknown option {name}",
    bad_value='"{value}" is not a value of {name}; use {choices}',
    no_value="the option {name} needs a value",
    wrong_use="wrong use; see python3 build.py --help",
)

WORDS: dict[Language, Words] = {"th": THAI, "en": ENGLISH}


def usage_error(error: click.UsageError, language: Language) -> str:
    """Say in one line what is wrong with a command."""
    words = WORDS[language]
    if isinstance(error, click.NoSuchOption):
        sentence = words.no_option.format(name=error.option_name)
    elif isinstance(error, click.BadParameter) and error.param is not None:
        sentence = _bad_value(error, words)
    elif isinstance(error, click.BadOptionUsage):
        sentence = words.no_value.format(name=error.option_name)
    else:
        return f"{words.wrong_use}\n    {error.format_message()}"
    return f"{sentence}\n    {words.wrong_use}"


def _bad_value(error: click.BadParameter, words: Words) -> str:
    parameter = error.param
    assert parameter is not None, "only errors of a parameter come here"
    choices = error.param_hint or " · ".join(getattr(parameter.type, "choices", ()))
    return words.bad_value.format(value=error.message, name=parameter.opts[-1], choices=choices)
