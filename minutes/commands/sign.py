"""``build.py sign FILE.pdf``: a field of the minutes signed by one's certificate."""

import getpass
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.problems.errors import Fault, problem

SIGNED = re.compile(r"(?P<stem>.*?)-signed(?:-(?P<number>[0-9]+))?")
EXTRA = ".venv/bin/python -m pip install -r requirements-sign.txt"


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    field: str
    p12: str
    pkcs11: str
    key: str
    position: str
    timestamp: str
    proofs: str
    ask: str
    one_of: str
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
        pkcs11="ไลบรารี PKCS#11 ของบัตรหรือ USB token (แทน --p12)",
        key="ชื่อกุญแจในบัตร เมื่อมีหลายดอก",
        position="ตำแหน่งที่แสดงกับลายมือชื่อ (ปกติตามที่พิมพ์ในรายงาน)",
        timestamp="ที่อยู่ของผู้ให้บริการเวลารับรอง (TSA) เช่น https://tsa.example/",
        proofs="โฟลเดอร์ใบรับรองที่เชื่อถือและ CRL ใส่หลักฐานไว้ในไฟล์ ให้ตรวจได้แม้ใบรับรองหมดอายุ",
        ask="รหัสผ่านของใบรับรอง หรือ PIN: ",
        one_of="ระบุใบรับรองอย่างเดียว: --p12 หรือ --pkcs11",
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
        pkcs11="the PKCS#11 library of a card or USB token (instead of --p12)",
        key="the name of the key on the token, where there are several",
        position="the position shown with the signature (else the one that is printed)",
        timestamp="address of an authority for time-stamps (TSA), such as https://tsa.example/",
        proofs="folder of trusted certificates and CRLs: the file carries the proofs, and can be "
        "verified after the certificate has run out",
        ask="password of the certificate, or PIN: ",
        one_of="name one certificate: --p12 or --pkcs11",
        nobody="the password must be typed: call this in a terminal, not from another program",
        done="{name} signed the field {field}: {path}",
        there_already="{path} is there already and is left alone; move or rename it first",
        extra="this command needs an extra, to be installed once by\n    {command}",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that signs."""
    words = SAID[language]
    return terminal.Command(
        "sign",
        language,
        usage=words.usage,
        callback=sign,
        help=words.about,
        params=[
            click.Argument(["file"], type=PATH),
            click.Option(["--field"], required=True, help=words.field),
            click.Option(["--p12"], type=PATH, help=words.p12),
            click.Option(["--pkcs11"], help=words.pkcs11),
            click.Option(["--key"], default="", help=words.key),
            click.Option(["--position"], default="", help=words.position),
            click.Option(["--timestamp"], help=words.timestamp),
            click.Option(["--proofs"], type=PATH, help=words.proofs),
        ],
    )


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    field: str
    p12: Path | None
    pkcs11: str | None
    key: str
    position: str
    timestamp: str | None
    proofs: Path | None


def sign(file: Path, lang: Language, **options: Any) -> int:
    """Sign a field of a PDF into a new file; gives the exit status."""
    words, request = SAID[lang], Request(**options)
    if not _is_installed():
        click.echo(words.extra.format(command=EXTRA), err=True)
        return 2
    if (request.p12 is None) == (request.pkcs11 is None):
        click.echo(words.one_of, err=True)
        return 2
    for path in filter(None, (file, request.p12)):
        if not path.is_file():
            _report(Fault("D80"), path, lang)
            return 1
    password = _password(words)
    return 2 if password is None else _signed(file, password, request, lang)


def _signed(file: Path, password: str, request: Request, lang: Language) -> int:
    target = _name(file)
    try:
        with _signer(request, password) as signer:
            name = _sign(file, target, signer, request)
    except Fault as fault:
        _report(fault, _blamed(fault, file, request), lang)
        return 1
    except FileExistsError:
        click.echo(SAID[lang].there_already.format(path=shown(target)), err=True)
        return 2
    except OSError as error:
        click.echo(terminal.why_not_written(error, target, WORDS[lang]), err=True)
        return 2
    said = SAID[lang].done.format(name=name, field=request.field, path=shown(target))
    click.echo(said)
    return 0


def _blamed(fault: Fault, file: Path, request: Request) -> Path:
    """Give the file that a fault is about."""
    at = {"D200": request.p12, "D206": request.pkcs11, "D207": request.pkcs11}
    return Path(at.get(fault.code) or (fault.code == "D210" and request.proofs) or file)


@contextmanager
def _signer(request: Request, password: str) -> Iterator[Any]:
    from minutes.signing import pades

    if request.p12:
        yield pades.from_p12(request.p12.read_bytes(), password)
        return
    with pades.by_token(str(request.pkcs11), password, request.key) as signer:
        yield signer


def _sign(file: Path, target: Path, signer: Any, request: Request) -> str:
    """Write the signed file; gives the name on the certificate."""
    from minutes import store
    from minutes.signing import pades, trust
    from minutes.thai.dates import THAILAND

    stamper = None
    if request.timestamp:
        from pyhanko.sign.timestamps import HTTPTimeStamper

        stamper = HTTPTimeStamper(request.timestamp)
    proofs = trust.read(request.proofs) if request.proofs else None
    now = datetime.now(THAILAND)
    order = pades.Order(request.field, signer, now, request.position, stamper, proofs)
    store.create(target, pades.sign(file.read_bytes(), order))
    return pades.name_of(signer)


def _is_installed() -> bool:
    try:
        import pyhanko  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


def _report(fault: Fault, path: Path, lang: Language) -> None:
    terminal.report([problem(path, 1, 1, fault.code, **fault.values)], "text", lang)


def _password(words: Words) -> str | None:
    """Ask for the password on the terminal, unseen; None where nobody can be asked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(words.ask)
        except (getpass.GetPassWarning, EOFError):
            click.echo(words.nobody, err=True)
            return None


def _name(file: Path) -> Path:
    """Give the name of the signed file: ``x-signed.pdf``, and ``x-signed-2.pdf`` after that."""
    found = SIGNED.fullmatch(file.stem)
    if found is None:
        return file.with_name(f"{file.stem}-signed{file.suffix}")
    number = int(found["number"] or 1) + 1
    return file.with_name(f"{found['stem']}-signed-{number}{file.suffix}")
