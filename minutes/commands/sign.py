"""``build.py sign FILE.pdf``: a field of the minutes signed by one's certificate."""

import getpass
import re
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes import console
from minutes.console import PATH, shown
from minutes.errors import Fault, problem
from minutes.words import WORDS, Language

if TYPE_CHECKING:
    from minutes.signing.making import Order

SIGNED = re.compile(r"(?P<stem>.*?)-signed(?:-(?P<number>[0-9]+))?")
EXTRA = ".venv/bin/python -m pip install -r requirements-sign.txt"


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    field: str
    p12: str
    position: str
    timestamp: str
    proofs: str
    ask: str
    nobody: str
    done: str
    there_already: str
    extra: str


SAID: dict[Language, Words] = {
    "th": Words(
        about=(
            "ลงลายมือชื่ออิเล็กทรอนิกส์ในช่องของรายงาน PDF ด้วยใบรับรองของท่าน\n\n"
            "ถามรหัสผ่านทุกครั้งและไม่เก็บไว้ ไม่แก้ไฟล์เดิม เขียนเป็นไฟล์ใหม่ชื่อลงท้าย -signed"
        ),
        usage="ไฟล์.pdf --field ช่อง --p12 ใบรับรอง [ตัวเลือก]",
        field="ช่องที่จะลงนาม: MinuteTaker ผู้จด, Reviewer ผู้ตรวจ, Chair ประธานสภา",
        p12="ไฟล์ใบรับรองของท่าน (.p12 หรือ .pfx)",
        position="ตำแหน่งที่แสดงกับลายมือชื่อ (ปกติตามที่พิมพ์ในรายงาน)",
        timestamp="ที่อยู่ของผู้ให้บริการเวลารับรอง (TSA) เช่น https://tsa.example/",
        proofs="โฟลเดอร์ใบรับรองที่เชื่อถือและ CRL ใส่หลักฐานไว้ในไฟล์ ให้ตรวจได้แม้ใบรับรองหมดอายุ",
        ask="รหัสผ่านของใบรับรอง: ",
        nobody="ต้องพิมพ์รหัสผ่านเอง สั่งในหน้าต่างคำสั่ง (Terminal) ไม่ใช่จากโปรแกรมอื่น",
        done="{name} ลงนามในช่อง {field} แล้ว: {path}",
        there_already="มีไฟล์ {path} อยู่แล้ว จึงไม่เขียนทับ ย้ายหรือเปลี่ยนชื่อไฟล์นั้นก่อน",
        extra="คำสั่งนี้ใช้ส่วนเสริม ติดตั้งครั้งเดียวด้วยคำสั่ง\n    {command}",
    ),
    "en": Words(
        about=(
            "Signs a field of the minutes' PDF by your certificate.\n\n"
            "The password is asked for every time and kept nowhere. The file stays as it is; a "
            "new one is written, whose name ends in -signed."
        ),
        usage="FILE.pdf --field FIELD --p12 CERTIFICATE [OPTIONS]",
        field="the field to sign: MinuteTaker, Reviewer, Chair",
        p12="your certificate's file (.p12 or .pfx)",
        position="the position shown with the signature (else the one that is printed)",
        timestamp="address of an authority for time-stamps (TSA), such as https://tsa.example/",
        proofs="folder of trusted certificates and CRLs: the file carries the proofs, and can be "
        "verified after the certificate has run out",
        ask="password of the certificate: ",
        nobody="the password must be typed: call this in a terminal, not from another program",
        done="{name} signed the field {field}: {path}",
        there_already="{path} is there already and is left alone; move or rename it first",
        extra="this command needs an extra, to be installed once by\n    {command}",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that signs."""
    words = SAID[language]
    return console.Command(
        "sign",
        language,
        usage=words.usage,
        callback=sign,
        help=words.about,
        params=[
            click.Argument(["file"], type=PATH),
            click.Option(["--field"], required=True, help=words.field),
            click.Option(["--p12"], type=PATH, required=True, help=words.p12),
            click.Option(["--position"], default="", help=words.position),
            click.Option(["--timestamp"], help=words.timestamp),
            click.Option(["--proofs"], type=PATH, help=words.proofs),
        ],
    )


def sign(
    file: Path,
    field: str,
    p12: Path,
    position: str,
    timestamp: str | None,
    proofs: Path | None,
    lang: Language,
) -> int:
    """Sign a field of a PDF into a new file; gives the exit status."""
    words = SAID[lang]
    if not _is_installed():
        click.echo(words.extra.format(command=EXTRA), err=True)
        return 2
    files = {path: _read(path, lang) for path in (file, p12)}
    if None in files.values():
        return 1
    password = _password(words)
    if password is None:
        return 2
    try:
        order = _order(files[p12] or b"", password, field, position, timestamp, proofs)
    except Fault as fault:
        _report(fault, proofs if fault.code == "D210" and proofs else p12, lang)
        return 1
    return _sign(file, files[file] or b"", order, lang)


def _is_installed() -> bool:
    try:
        import pyhanko  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


def _read(path: Path, lang: Language) -> bytes | None:
    """Give a file's bytes; None after it was said why there are none."""
    try:
        return path.read_bytes()
    except OSError:
        _report(Fault("D80"), path, lang)
        return None


def _report(fault: Fault, path: Path, lang: Language) -> None:
    console.report([problem(path, 1, 1, fault.code, **fault.values)], "text", lang)


def _password(words: Words) -> str | None:
    """Ask for the password on the terminal, unseen; None where nobody can be asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(words.ask)
        except (getpass.GetPassWarning, EOFError):
            click.echo(words.nobody, err=True)
            return None


def _order(
    p12: bytes,
    password: str,
    field: str,
    position: str,
    timestamp: str | None,
    proofs: Path | None,
) -> "Order":
    from minutes.pipeline import THAILAND
    from minutes.signing import making, trust

    trusted = trust.read(proofs) if proofs else None
    stamper = None
    if timestamp:
        from pyhanko.sign.timestamps import HTTPTimeStamper

        stamper = HTTPTimeStamper(timestamp)
    signer = making.from_p12(p12, password)
    return making.Order(field, signer, datetime.now(THAILAND), position, stamper, trusted)


def _sign(file: Path, data: bytes, order: "Order", lang: Language) -> int:
    from minutes import store
    from minutes.signing import making

    words = SAID[lang]
    target = _name(file)
    try:
        store.create(target, making.sign(data, order))
    except Fault as fault:
        _report(fault, file, lang)
        return 1
    except FileExistsError:
        click.echo(words.there_already.format(path=shown(target)), err=True)
        return 2
    except OSError as error:
        click.echo(console.why_not_written(error, target, WORDS[lang]), err=True)
        return 2
    name = making.name_of(order.signer)
    click.echo(words.done.format(name=name, field=order.field, path=shown(target)))
    return 0


def _name(file: Path) -> Path:
    """Give the name of the signed file: ``x-signed.pdf``, and ``x-signed-2.pdf`` after that."""
    found = SIGNED.fullmatch(file.stem)
    if found is None:
        return file.with_name(f"{file.stem}-signed{file.suffix}")
    number = int(found["number"] or 1) + 1
    return file.with_name(f"{found['stem']}-signed-{number}{file.suffix}")
