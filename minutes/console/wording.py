"""The words of the command line, in Thai and in English."""

from dataclasses import dataclass

import click

from minutes.problems.errors import as_typed
from minutes.problems.messages import Language as Language

NEAR = 0.75  # likeness from which a word may be a command that was typed wrong


@dataclass(frozen=True)
class Words:
    """What the program says about itself in one language."""

    how: str
    usage: str
    about: str
    options: str
    commands: dict[str, str]
    all_commands: str
    helps: dict[str, str]
    building: str
    file: str
    pages: str
    size: str
    warnings: str
    summary: str
    all_fresh: str
    fresh: str
    reasons: dict[str, str]
    inputs: dict[str, str]
    crash: str
    stopped: str
    no_pdf: str
    no_write: dict[str, str]
    no_cluster: dict[str, str]
    no_option: str
    bad_value: str
    no_value: str
    missing: str
    required: str
    kinds: dict[str, str]
    extra: str
    no_command: str
    meant: str
    first: str
    wrong_use: str
    others: str


THAI = Words(
    how="วิธีใช้",
    usage="[คำสั่ง] [ตัวเลือก] [ไฟล์หรือโฟลเดอร์…]",
    about=(
        "สร้างรายงานการประชุมและข่าว เป็น Word และ PDF จากไฟล์ระเบียบวาระ (YAML)\n\n"
        "ไม่ระบุไฟล์: สร้างทุกการประชุมในโฟลเดอร์ agendas ไว้ในโฟลเดอร์ out\n\n"
        "python3 build.py test ทดสอบโปรแกรม"
    ),
    options="ตัวเลือก",
    all_commands="คำสั่ง",
    commands={
        "build": "สร้างเอกสาร (เมื่อไม่ระบุคำสั่ง)",
        "check": "ตรวจทุกการประชุมโดยไม่สร้างเอกสาร",
        "diff": "บอกสิ่งที่แก้ในไฟล์ Word และบรรทัดในไฟล์การประชุม",
        "new": "สร้างไฟล์การประชุมครั้งต่อไป พร้อมงานที่ยังค้าง",
        "actions": "แสดงงานที่มอบหมาย ใครรับผิดชอบ เสร็จหรือเลยกำหนด",
        "import": "นำรายชื่อจากไฟล์ Word, Excel หรือ CSV มาเป็นสมาชิกของคณะ",
        "doctor": "ตรวจว่าเครื่องนี้มีสิ่งที่โปรแกรมใช้ครบหรือไม่ และแก้อย่างไร",
        "site": "สร้างเว็บไซต์จากการประชุมที่เผยแพร่ได้ พร้อมการค้นหา",
        "archive": "เก็บรายงานที่ลงนามแล้วไว้ในคลัง ตรวจคลัง และนำออก",
        "publish": "เผยแพร่เว็บไซต์ไปยังโฟลเดอร์ เครื่องแม่ข่าย (SSH) หรือ WordPress",
        "sign": "ลงลายมือชื่ออิเล็กทรอนิกส์ในรายงาน PDF ด้วยใบรับรอง",
        "watch": "สร้างเอกสารใหม่ทุกครั้งที่บันทึกไฟล์ และแสดงในเบราว์เซอร์ (--preview)",
    },
    helps={
        "only": "เอกสารที่ต้องการ: minutes รายงาน, release ข่าว (คั่นด้วยจุลภาค)",
        "to": "รูปแบบที่ต้องการ: pdf, docx (คั่นด้วยจุลภาค)",
        "output": "โฟลเดอร์ที่เก็บเอกสาร (ปกติ out)",
        "jobs": "จำนวนงานที่ทำพร้อมกัน (ปกติเท่าจำนวนคอร์ของเครื่อง)",
        "force": "สร้างใหม่ทั้งหมด เก็บสำเนาของไฟล์ที่แก้ด้วยมือไว้พร้อมวันเวลา",
        "explain": "บอกว่าเอกสารใดสร้างใหม่ เพราะอะไร",
        "verify": "อ่านเอกสารทุกไฟล์เพื่อตรวจว่ายังครบถ้วน",
        "archive": "คลังที่รายงานพิมพ์เลขฉบับและเลขทะเบียนจาก (ปกติตาม office.yaml หรือ archive)",
        "dask": "ส่งงานไปยังคลัสเตอร์ Dask เช่น tcp://10.0.0.5:8786",
        "embed-fonts": "ฝังแบบอักษร TH SarabunPSK ไว้ในไฟล์ Word สำหรับเครื่องที่ไม่มี",
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
    summary="สร้างแล้ว {files} ไฟล์ · ไม่ต้องสร้างใหม่ {fresh} การประชุม · "
    "คำเตือน {warnings} · ผิดพลาด {errors}",
    all_fresh="เอกสารเป็นปัจจุบันทั้งหมด {fresh} การประชุม · คำเตือน {warnings} · ผิดพลาด {errors}",
    fresh="ไม่ต้องสร้างใหม่ ไม่มีอะไรเปลี่ยน",
    reasons={
        "never": "สร้างใหม่ เพราะยังไม่เคยสร้าง",
        "forced": "สร้างใหม่ ตามคำสั่ง --force",
        "input": "สร้างใหม่ เพราะ{name}เปลี่ยน",
        "new": "สร้างใหม่ เพราะยังไม่มี {name} ของเนื้อหานี้",
        "gone": "สร้างใหม่ เพราะ {name} หายไปหรือเสียหาย",
    },
    inputs={
        "program": "โปรแกรมหรือแม่แบบ",
        "agenda": "ไฟล์การประชุม",
        "body": " body.yaml ",
        "office": " office.yaml ",
        "previous": "การประชุมครั้งก่อน",
        "following": "การประชุมครั้งถัดไป",
        "embedded fonts": "การฝังแบบอักษร",
        "register": "ทะเบียนของคลัง",
        "twin": "มีไฟล์อื่นที่เป็นการประชุมลำดับเดียวกัน ",
    },
    crash="โปรแกรมขัดข้องขณะสร้างเอกสารของ {path} โปรดส่งข้อความต่อไปนี้ให้ผู้ดูแลโปรแกรม",
    stopped="หยุดตามคำสั่ง",
    no_pdf="เครื่องนี้ยังไม่มีไลบรารี Pango ที่ใช้สร้าง PDF จึงสร้างเฉพาะ Word",
    no_write={
        "": "เขียนไฟล์ {path} ไม่ได้ ถ้าเปิดอยู่ในโปรแกรมอื่นให้ปิดก่อน แล้วสั่งใหม่",
        "EACCES": "เขียนไฟล์ {path} ไม่ได้ เพราะเปิดอยู่ในโปรแกรมอื่นหรือไม่มีสิทธิ์เขียน "
        "ปิดโปรแกรมนั้น หรือเลือกโฟลเดอร์อื่น แล้วสั่งใหม่",
        "ENOSPC": "ดิสก์เต็ม เขียนไฟล์ {path} ไม่ได้ เอกสารเดิมยังอยู่ครบ ลบไฟล์ที่ไม่ใช้แล้วสั่งใหม่",
        "EDQUOT": "เนื้อที่ดิสก์ที่ได้รับเต็ม เขียนไฟล์ {path} ไม่ได้ เอกสารเดิมยังอยู่ครบ ลบไฟล์ที่ไม่ใช้แล้วสั่งใหม่",
        "EROFS": "ดิสก์นี้อ่านได้อย่างเดียว เขียนไฟล์ {path} ไม่ได้ เลือกโฟลเดอร์บนดิสก์อื่น",
        "EIO": "ดิสก์หรือสายขัดข้อง อ่านหรือเขียน {path} ไม่ได้ ตรวจดิสก์ แล้วสั่งใหม่",
        "EBUSY": "มีการสร้างเอกสารอีกงานหนึ่งใช้ {path} อยู่ รอให้งานนั้นเสร็จ แล้วสั่งใหม่",
    },
    no_cluster={
        "address": "ติดต่อคลัสเตอร์ Dask ที่ {address} ไม่ได้ ตรวจที่อยู่ และตรวจว่าตัวจัดงาน (scheduler) ทำงานอยู่",
        "extra": "ยังไม่ได้ติดตั้งส่วนเสริมสำหรับ --dask ติดตั้งแพ็กเกจ distributed ใน .venv ก่อน",
        "workers": "คลัสเตอร์ Dask ที่ {address} ยังไม่มีเครื่องทำงาน (worker)",
        "program": "เครื่องในคลัสเตอร์ Dask ที่ {address} มีโปรแกรมไม่ตรงกับเครื่องนี้ ติดตั้งรุ่นเดียวกันทุกเครื่อง",
    },
    no_option="ไม่รู้จักตัวเลือก {name}",
    bad_value='ค่า "{value}" ของ {name} ใช้ไม่ได้: {choices}',
    no_value="ตัวเลือก {name} ต้องมีค่าตามหลัง",
    required="ต้องระบุ",
    kinds={"text": "ข้อความ", "path": "ที่อยู่", "integer": "จำนวน", "integer range": "จำนวน"},
    extra="คำสั่งนี้ไม่รับคำว่า {words}",
    no_command="ไม่มีคำสั่ง {name} คำสั่งที่มี: {names}",
    first="คำสั่ง {name} ต้องเขียนเป็นคำแรก เช่น python3 build.py {name} จึงยังไม่ได้สร้างเอกสารใด",
    meant="ไม่มีคำสั่งหรือไฟล์ {name} คำสั่งที่ใกล้เคียงคือ python3 build.py {near}",
    missing="คำสั่งยังไม่ครบ ต้องเขียนว่า python3 {command} {usage}",
    wrong_use="คำสั่งไม่ถูกต้อง ดูวิธีใช้: python3 {command} --help",
    others="อีก {count} แห่ง: บรรทัด {lines}",
)

ENGLISH = Words(
    how="Usage",
    usage="[COMMAND] [OPTIONS] [FILE OR FOLDER…]",
    about=(
        "Builds official minutes and a press release, as Word and PDF, from agendas in YAML.\n\n"
        "Without a path: every meeting under agendas/, into out/.\n\n"
        "python3 build.py test runs the tests."
    ),
    options="Options",
    all_commands="Commands",
    commands={
        "build": "build the documents (where no command is named)",
        "check": "check every meeting and build nothing",
        "diff": "say what was changed in the Word files, and to which line it belongs",
        "new": "write the next meeting's file, with what is still open",
        "actions": "show what was assigned, to whom, done or overdue",
        "import": "take a body's members from a Word, Excel or CSV list",
        "doctor": "say what this machine has and lacks, and how to mend it",
        "site": "build the website of what may be published, with a search",
        "archive": "keep signed minutes, check that they are unchanged, give them out",
        "publish": "bring the site to a folder, a server (SSH) or WordPress",
        "sign": "sign the minutes' PDF by a certificate",
        "watch": "build anew at every save, and show the pages in the browser (--preview)",
    },
    helps={
        "only": "documents to make: minutes, release (commas between them)",
        "to": "formats to make: pdf, docx (commas between them)",
        "output": "folder for the documents (out)",
        "jobs": "meetings built at once (as many as there are processors)",
        "force": "build everything anew; hand-edited files are kept beside, with date and time",
        "explain": "say what is built, and why",
        "verify": "read every document to see that it is whole",
        "archive": "the archive whose versions and register minutes print (as in office.yaml)",
        "dask": "send the work to a Dask cluster, such as tcp://10.0.0.5:8786",
        "embed-fonts": "carry the font TH SarabunPSK in Word files, for machines without it",
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
    summary="{files} files written · {fresh} meetings up to date · "
    "{warnings} warnings · {errors} errors",
    all_fresh="all {fresh} meetings are up to date · {warnings} warnings · {errors} errors",
    fresh="up to date",
    reasons={
        "never": "built, for it never was",
        "forced": "built, for --force asks so",
        "input": "built, for {name} changed",
        "new": "built, for there is no {name} of this content",
        "gone": "built, for {name} is gone or damaged",
    },
    inputs={
        "program": "the program or a template",
        "agenda": "the meeting's file",
        "body": "body.yaml",
        "office": "office.yaml",
        "previous": "the previous meeting",
        "following": "the following meeting",
        "embedded fonts": "the embedding of fonts",
        "register": "the archive's register",
        "twin": "another file with the same place",
    },
    crash="the program failed while it built {path}; please send this to its maintainers",
    stopped="stopped",
    no_pdf="No PDF: the Pango library is not on this machine, so only Word files are made.",
    no_write={
        "": "Cannot write {path}. If another program has it open, close it and try again.",
        "EACCES": "Cannot write {path}: another program has it open, or you may not write there. "
        "Close that program, or choose another folder, and try again.",
        "ENOSPC": "The disk is full: cannot write {path}. All old documents are whole; make room "
        "and try again.",
        "EDQUOT": "Your share of the disk is full: cannot write {path}. All old documents are "
        "whole; make room and try again.",
        "EROFS": "This disk can only be read: cannot write {path}. Choose one on another disk.",
        "EIO": "The disk or its cable fails: cannot read or write {path}. Check it and try again.",
        "EBUSY": "Another run is using {path}. Wait until it ends and try again.",
    },
    no_cluster={
        "address": "No Dask cluster answers at {address}. Check the address and its scheduler.",
        "extra": "--dask needs an extra: .venv/bin/python -m pip install distributed",
        "workers": "The Dask cluster at {address} has no workers.",
        "program": "The workers of the Dask cluster at {address} have another version of this "
        "program. Install the same one everywhere.",
    },
    no_option="unknown option {name}",
    bad_value='"{value}" is not a value of {name}; use {choices}',
    no_value="the option {name} needs a value",
    required="required",
    kinds={"text": "TEXT", "path": "PATH", "integer": "NUMBER", "integer range": "NUMBER"},
    extra="this command takes no {words}",
    no_command="there is no command {name}; there are {names}",
    first="{name} must be the first word: python3 build.py {name}; nothing was built",
    meant="there is no command or file {name}; the nearest is python3 build.py {near}",
    missing="the command is not complete; write python3 {command} {usage}",
    wrong_use="wrong use; see python3 {command} --help",
    others="and {count} more: line {lines}",
)

WORDS: dict[Language, Words] = {"th": THAI, "en": ENGLISH}


def meant(word: str, language: Language) -> str:
    """Say which command somebody may have meant; nothing when none is near."""
    import difflib

    words = WORDS[language]
    near = difflib.get_close_matches(word, words.commands, 1, NEAR)
    return as_typed(words.meant.format(name=word, near=near[0])) if near else ""


def usage_error(error: click.UsageError, language: Language) -> str:
    """Say in one line what is wrong with a command."""
    words = WORDS[language]
    command = error.ctx.command_path if error.ctx else "build.py"
    wrong_use = words.wrong_use.format(command=command)
    if isinstance(error, click.NoSuchOption):
        sentence = words.no_option.format(name=error.option_name)
    elif isinstance(error, click.MissingParameter):
        usage = getattr(error.ctx.command, "usage", "") if error.ctx else ""
        sentence = words.missing.format(command=command, usage=usage)
    elif isinstance(error, click.BadParameter) and error.param is not None:
        sentence = _bad_value(error, words)
    elif isinstance(error, click.BadOptionUsage):
        sentence = words.no_value.format(name=error.option_name)
    elif isinstance(error, click.NoSuchCommand):
        group = error.ctx.command if error.ctx else None
        names = " · ".join(group.commands) if isinstance(group, click.Group) else ""
        sentence = words.no_command.format(name=error.command_name, names=names)
    elif error.message.endswith(")"):  # words too many, which click has between brackets
        sentence = words.extra.format(words=error.message.partition("(")[2].rstrip(")"))
    else:
        sentence = error.message
    return as_typed(f"{sentence}\n    {wrong_use}")


def _bad_value(error: click.BadParameter, words: Words) -> str:
    parameter = error.param
    assert parameter is not None, "only errors of a parameter come here"
    kind, choices, value = parameter.type, error.param_hint, error.message
    if not choices:  # refused by click, whose message is a sentence of its own
        choices = " · ".join(getattr(kind, "choices", ()))
        value = value.partition(" is not ")[0].strip("'")
    if isinstance(kind, click.IntRange):
        choices = f"{kind.min} - {kind.max}"
    return words.bad_value.format(value=value, name=parameter.opts[-1], choices=choices)
