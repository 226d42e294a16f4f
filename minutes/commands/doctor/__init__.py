"""``build.py doctor``: what this machine has, what that leaves to do, and how to mend each gap."""

import json
import locale
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from minutes.commands.doctor import checks
from minutes.commands.doctor.checks import Finding, Machine, State
from minutes.console import terminal
from minutes.console.wording import Language
from minutes.paths import ROOT

SIGNS: dict[State, tuple[str, str]] = {
    "good": ("✓", "green"),
    "warning": ("!", "yellow"),
    "broken": ("✗", "red"),
    "absent": ("-", "white"),
}


@dataclass(frozen=True)
class Words:
    """What this command says in one language; ``found`` by the check and what is wrong."""

    about: str
    usage: str
    json: str
    heading: str
    found: dict[str, str]
    leaves: str
    features: dict[str, str]
    well: str
    unwell: str


THAI = Words(
    about="ตรวจว่าเครื่องนี้มีสิ่งที่โปรแกรมใช้ครบหรือไม่ ทำอะไรได้บ้าง และบอกคำสั่งที่แก้สิ่งที่ขาด ไม่เปลี่ยนแปลงสิ่งใด",
    usage="[ตัวเลือก]",
    json="พิมพ์เป็น JSON สำหรับโปรแกรมอื่น",
    heading="เครื่องนี้",
    found={
        "python": "Python {version}",
        "python old": "Python {version} เก่าเกินไป ต้องใช้ 3.11 ขึ้นไป",
        "program": "โปรแกรมรุ่น {version} อยู่ที่ {path}",
        "packages": "ส่วนประกอบของโปรแกรมครบ {count} รายการ",
        "packages missing": "ส่วนประกอบของโปรแกรมขาดไป: {names}",
        "packages other": "ส่วนประกอบไม่ตรงกับรุ่นที่โปรแกรมทดสอบไว้: {names}",
        "packages unlocked": "อ่านไฟล์ requirements.txt ของโปรแกรมไม่ได้ วางโปรแกรมใหม่ให้ครบทุกไฟล์",
        "thai": "พจนานุกรมไทย {words} คำ",
        "thai missing": "อ่านพจนานุกรมไทย (PyThaiNLP) ไม่ได้ จึงตัดคำและเขียนวันที่ไม่ได้: {words}",
        "pdf": "สร้าง PDF ได้ (WeasyPrint {version}, Pango {pango})",
        "pdf library": "สร้าง PDF ไม่ได้ เพราะยังไม่มีไลบรารี Pango ในเครื่อง: {detail}",
        "pdf package": "สร้าง PDF ไม่ได้ เพราะส่วนประกอบขาดไป: {detail}",
        "fonts": "แบบอักษรของโปรแกรมครบ {count} ไฟล์",
        "fonts unreadable": "อ่านแบบอักษรใน templates/fonts ไม่ได้: {names} วางโปรแกรมใหม่ให้ครบทุกไฟล์",
        "word font": "มีแบบอักษร TH SarabunPSK สำหรับเปิดไฟล์ Word",
        "word font missing": "ยังไม่ได้ติดตั้งแบบอักษร TH SarabunPSK ไฟล์ Word จะแสดงด้วยแบบอักษรอื่นในเครื่องนี้",
        "output": "เขียนเอกสารลง {path} ได้ มีที่ว่าง {free} MB",
        "output unwritable": "เขียนลง {path} ไม่ได้ ({detail}) "
        "ย้ายโปรแกรมไปไว้ในที่ที่เขียนได้ หรือใช้ -o เลือกโฟลเดอร์อื่น",
        "output full": "ดิสก์เกือบเต็ม เหลือ {free} MB ลบไฟล์ที่ไม่ใช้ก่อน",
        "output little": "ที่ว่างในดิสก์เหลือ {free} MB ควรมีอย่างน้อย 500 MB",
        "agendas": "พบหน่วยงานใน agendas {count} แห่ง",
        "agendas none": "ยังไม่มี office.yaml ใน {path} ดูวิธีเตรียมในคู่มือหัวข้อ 3",
        "console": "หน้าต่างคำสั่งแสดงภาษาไทยได้ ({encoding})",
        "console other": "หน้าต่างคำสั่งใช้รหัส {encoding} ภาษาไทยอาจเป็นสี่เหลี่ยม "
        "ใช้ Windows Terminal หรือ VS Code หรือสั่ง",
        "clock": "นาฬิกา {now} เขตเวลา {zone}",
        "clock wrong": "นาฬิกาของเครื่อง ({now}) ผิด ตั้งวันและเวลาให้ถูกต้อง ปีเป็น ค.ศ.",
        "clock zone": "เขตเวลาของเครื่องคือ {zone} ไม่ใช่เวลาประเทศไทย (+0700) "
        "วันเวลาในเอกสารอาจคลาดเคลื่อน",
        "libreoffice": "มี LibreOffice สำหรับเปิดไฟล์ Word",
        "libreoffice missing": "ไม่มี LibreOffice (ไม่จำเป็นถ้ามี Word)",
        "publish": "มี ssh และ rsync สำหรับเผยแพร่",
        "publish missing": "ไม่มี {names} (จำเป็นเฉพาะเมื่อส่งเว็บไซต์ขึ้นเครื่องอื่น)",
        "sign": "มีส่วนเสริมสำหรับลงและตรวจลายมือชื่ออิเล็กทรอนิกส์ (pyHanko {version})",
        "sign missing": "ไม่มีส่วนเสริมสำหรับลงและตรวจลายมือชื่ออิเล็กทรอนิกส์ (จำเป็นเฉพาะผู้ที่ใช้ใบรับรอง)",
        "dask": "มีส่วนเสริม --dask (distributed {version})",
        "dask missing": "ไม่มีส่วนเสริม --dask (จำเป็นเฉพาะเมื่อใช้คลัสเตอร์ Dask)",
    },
    leaves="ทำอะไรได้บ้าง",
    features={
        "word": "รายงานและข่าวเป็น Word",
        "pdf": "รายงานและข่าวเป็น PDF",
        "view": "เปิดไฟล์ Word ด้วย LibreOffice",
        "publish": "ส่งเว็บไซต์ด้วย ssh และ rsync",
        "sign": "ลงและตรวจลายมือชื่ออิเล็กทรอนิกส์",
        "dask": "สร้างเอกสารบนคลัสเตอร์ Dask",
    },
    well="เครื่องนี้พร้อมใช้",
    unwell="แก้ข้อที่มี ✗ ตามคำสั่งใต้ข้อนั้น (หรือส่งให้ผู้ดูแลเครื่อง) แล้วเรียก build.py doctor อีกครั้ง",
)

ENGLISH = Words(
    about="Says what this machine has of what the program needs, what that leaves to do, and the "
    "command that mends each gap; changes nothing.",
    usage="[OPTIONS]",
    json="print JSON, for other programs",
    heading="This machine",
    found={
        "python": "Python {version}",
        "python old": "Python {version} is too old; 3.11 or later is needed",
        "program": "version {version} of the program, in {path}",
        "packages": "all {count} packages of the program are installed",
        "packages missing": "packages of the program are missing: {names}",
        "packages other": "packages differ from those that the program was tested with: {names}",
        "packages unlocked": "the program's requirements.txt cannot be read; put the program's "
        "files in place again",
        "thai": "a Thai dictionary of {words} words",
        "thai missing": "the Thai dictionary (PyThaiNLP) cannot be read: {words}",
        "pdf": "PDFs can be made (WeasyPrint {version}, Pango {pango})",
        "pdf library": "no PDFs: the library Pango is not on this machine: {detail}",
        "pdf package": "no PDFs: a package is missing: {detail}",
        "fonts": "all {count} fonts of the program are there",
        "fonts unreadable": "fonts in templates/fonts cannot be read: {names}; put the program's "
        "files in place again",
        "word font": "the font TH SarabunPSK is installed, for Word files",
        "word font missing": "the font TH SarabunPSK is not installed: this machine shows Word "
        "files in another font",
        "output": "documents can be written to {path}; {free} MB are free",
        "output unwritable": "nothing can be written to {path} ({detail}); move the program where "
        "you may write, or choose another folder with -o",
        "output full": "the disk is all but full: {free} MB are free; make room first",
        "output little": "{free} MB are free on the disk; 500 MB are better",
        "agendas": "offices found under agendas: {count}",
        "agendas none": "there is no office.yaml in {path} yet; see section 3 of the guide",
        "console": "the console shows Thai ({encoding})",
        "console other": "the console is set to {encoding} and may not show Thai; use another "
        "one, or",
        "clock": "the clock says {now}, zone {zone}",
        "clock wrong": "the clock ({now}) is wrong; set date and time, with the common year",
        "clock zone": "the time zone is {zone}, not Thailand's (+0700): times in documents may "
        "be off",
        "libreoffice": "LibreOffice is here to open Word files",
        "libreoffice missing": "no LibreOffice (not needed where Word is)",
        "publish": "ssh and rsync are here to publish with",
        "publish missing": "no {names} (only needed to send the website to another machine)",
        "sign": "the extra for signing and verifying is here (pyHanko {version})",
        "sign missing": "no extra for signing and verifying (only needed with a certificate)",
        "dask": "the extra for --dask is here (distributed {version})",
        "dask missing": "no extra for --dask (only needed for a Dask cluster)",
    },
    leaves="What works",
    features={
        "word": "minutes and releases as Word",
        "pdf": "minutes and releases as PDF",
        "view": "Word files in LibreOffice",
        "publish": "sending the website by ssh and rsync",
        "sign": "signing and verifying by certificates",
        "dask": "building on a Dask cluster",
    },
    well="This machine is ready.",
    unwell="Mend what has a ✗ with the command below it, then run build.py doctor again.",
)

SAID: dict[Language, Words] = {"th": THAI, "en": ENGLISH}


def command(language: Language) -> click.Command:
    """Give the command that looks at the machine."""
    words = SAID[language]
    return terminal.Command(
        "doctor",
        language,
        usage=words.usage,
        callback=doctor,
        help=words.about,
        params=[click.Option(["--json", "as_json"], is_flag=True, help=words.json)],
    )


def doctor(lang: Language, as_json: bool) -> int:
    """Say what was found; gives 0 where all main features work, else 2."""
    findings = list(checks.look(this_machine()))
    works = checks.features(findings)
    if as_json:
        click.echo(json.dumps(_told(findings, works, lang), ensure_ascii=False, indent=1))
    else:
        _show(findings, works, SAID[lang])
    return 0 if all(works[name] for name in checks.MAIN_FEATURES) else 2


def this_machine() -> Machine:
    """Give the machine that the program runs on."""
    now = datetime.now().astimezone()
    return Machine(ROOT, ROOT / "out", now, _encoding(), os.environ)


def _encoding() -> str:
    """Give the console's own encoding; Python's is UTF-8 whatever the console has."""
    if sys.platform == "win32":
        import ctypes

        return f"cp{ctypes.windll.kernel32.GetConsoleOutputCP()}"
    return locale.getencoding()


def _sentence(finding: Finding, words: Words) -> str:
    return words.found[f"{finding.check} {finding.why}".strip()].format(**finding.values)


def _show(findings: Sequence[Finding], works: dict[str, bool], words: Words) -> None:
    click.echo(words.heading)
    for finding in findings:
        _line(finding.state, _sentence(finding, words))
        if finding.remedy:
            click.echo(f"      {finding.remedy}")
    click.echo(f"\n{words.leaves}")
    for name, is_there in works.items():
        missing: State = "broken" if name in checks.MAIN_FEATURES else "absent"
        _line("good" if is_there else missing, words.features[name])
    is_well = all(works[name] for name in checks.MAIN_FEATURES)
    click.echo(f"\n{words.well if is_well else words.unwell}")


def _line(state: State, sentence: str) -> None:
    sign, colour = SIGNS[state]
    click.echo(f"  {click.style(sign, fg=colour)} {sentence}")


def _told(findings: Sequence[Finding], works: dict[str, bool], lang: Language) -> object:
    """Give what was found as JSON has it."""
    checks = [
        {
            "check": finding.check,
            "state": finding.state,
            "why": finding.why,
            "message": _sentence(finding, SAID[lang]),
            "remedy": finding.remedy,
            **({"values": dict(finding.values)} if finding.values else {}),
        }
        for finding in findings
    ]
    return {"checks": checks, "features": works}
