"""``build.py publish --to PLACE``: bring the site to a folder, a server or WordPress."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes import console
from minutes.console import PATH, ROOT, shown
from minutes.words import WORDS, Language

if TYPE_CHECKING:
    from minutes.deliver.folder import Watch
    from minutes.deliver.parcel import Changes
    from minutes.deliver.targets import Folder, Server
    from minutes.errors import Fault

MOST_SHOWN = 20  # names of files in a list, of each kind
ERROR_COLOUR = "red"


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    helps: dict[str, str]
    sending: str
    deeds: tuple[str, str, str]
    more: str
    would: str
    done: str
    nothing: str


SAID: dict[Language, Words] = {
    "th": Words(
        about="เผยแพร่เว็บไซต์ที่สร้างแล้ว ไปยังโฟลเดอร์ หรือเครื่องแม่ข่าย (SSH)\n\n"
        "หน้าแรกส่งหลังสุด ถ้าหยุดกลางคัน เว็บไซต์เดิมยังใช้ได้ สั่งใหม่จะส่งต่อเฉพาะที่ขาด",
        usage="--to ที่หมาย [ตัวเลือก]",
        helps={
            "to": "ที่หมาย: folder:/โฟลเดอร์ หรือ ผู้ใช้@เครื่อง:/โฟลเดอร์ (sftp://… เมื่อต้องการ SFTP)",
            "site": "โฟลเดอร์ของเว็บไซต์ (ปกติ site)",
            "dry-run": "บอกว่าจะส่งและลบอะไร โดยไม่ทำ",
            "allow-removal": "ยอมให้ลบเกินหนึ่งในสามของไฟล์ที่ปลายทาง",
            "ssh-config": "ไฟล์ตั้งค่า SSH อื่น (ปกติของผู้ใช้เอง)",
        },
        sending="กำลังส่ง",
        deeds=("เพิ่ม", "แก้", "ลบ"),
        more="… อีก {count} ไฟล์",
        would="ถ้าเผยแพร่จริงไปที่ {to}: เพิ่ม {added} · แก้ {changed} · ลบ {removed} ไฟล์",
        done="เผยแพร่แล้วที่ {to} · เพิ่ม {added} · แก้ {changed} · ลบ {removed} ไฟล์",
        nothing="ที่ {to} เป็นปัจจุบันแล้ว ไม่มีอะไรต้องส่ง",
    ),
    "en": Words(
        about="Brings the finished site to a folder or to a server (SSH).\n\n"
        "The front page is sent last: after an interruption the old site still stands, and the "
        "next run sends what is missing.",
        usage="--to PLACE [OPTIONS]",
        helps={
            "to": "where: folder:/folder or user@host:/folder (sftp://… asks for SFTP)",
            "site": "folder of the site (site)",
            "dry-run": "say what would be sent and removed, and do nothing",
            "allow-removal": "let more than a third of the files there go",
            "ssh-config": "another SSH configuration than the user's own",
        },
        sending="sending",
        deeds=("add", "change", "remove"),
        more="… and {count} more",
        would="would publish to {to}: {added} added · {changed} changed · {removed} removed",
        done="published to {to} · {added} added · {changed} changed · {removed} removed",
        nothing="{to} is up to date; there is nothing to send",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that publishes."""
    words = SAID[language]
    helps = words.helps
    return console.Command(
        "publish",
        language,
        usage=words.usage,
        callback=publish,
        help=words.about,
        params=[
            click.Option(["--to"], required=True, help=helps["to"]),
            click.Option(["--site"], type=PATH, default=ROOT / "site", help=helps["site"]),
            click.Option(["--dry-run"], is_flag=True, help=helps["dry-run"]),
            click.Option(["--allow-removal"], is_flag=True, help=helps["allow-removal"]),
            click.Option(["--ssh-config"], type=PATH, help=helps["ssh-config"]),
        ],
    )


def publish(to: str, lang: Language, **options: Any) -> int:
    """Deliver what is public; gives the exit status."""
    from minutes.errors import Fault

    try:
        return _publish(to, lang, options)
    except Fault as fault:
        _tell(fault, lang)
    except OSError as error:
        click.echo(console.why_not_written(error, Path(to), WORDS[lang]), err=True)
    return 2


def _publish(to: str, lang: Language, options: dict[str, Any]) -> int:
    from minutes.deliver import targets
    from minutes.errors import Fault

    target = targets.read(to)
    words = SAID[lang]
    if isinstance(target, targets.WordPress):
        raise Fault("D380", to=to)
    with _progress(words) as watch:
        found = _sent(target, watch, options)
    _conclude(found, to, words, dry=options["dry_run"])
    return 0


def _sent(target: "Folder | Server", watch: "Watch", options: dict[str, Any]) -> "Changes":
    """Send the site's folder, or see what would be sent."""
    from minutes.deliver import folder, parcel, ssh, targets

    site = parcel.pack(options["site"])
    dry, allow = options["dry_run"], options["allow_removal"]
    if isinstance(target, targets.Server):
        line = ssh.Line(target, options["ssh_config"])
        return ssh.publish(line, site, watch, allow_removal=allow, dry=dry)
    if dry:
        return folder.plan(site, target.path)
    return folder.publish(site, target.path, watch, allow_removal=allow)


# --- what is said -----------------------------------------------------------------------------


def _tell(fault: "Fault", lang: Language) -> None:
    """Say on standard error what stopped this and what to do about it."""
    from minutes.errors import problem
    from minutes.messages import SEVERITIES

    values = {name: shown(v) if isinstance(v, Path) else v for name, v in fault.values.items()}
    told = problem(Path(), 1, 1, fault.code, **values)
    head = f"{SEVERITIES[told.severity][lang]}[{told.code}]: {told.message(lang)}"
    click.echo(f"{click.style(head, fg=ERROR_COLOUR)}\n    {told.hint(lang)}", err=True)


def _conclude(found: "Changes", to: str, words: Words, *, dry: bool) -> None:
    """Say what was done; of what would be done, name the files."""
    if not found.count:
        click.echo(words.nothing.format(to=to))
        return
    kinds = (found.added, found.changed, found.removed)
    if dry:
        for deed, names in zip(words.deeds, kinds, strict=True):
            _list(deed, names, words)
    added, changed, removed = (f"{len(names):,}" for names in kinds)
    said = words.would if dry else words.done
    click.echo(said.format(to=to, added=added, changed=changed, removed=removed))


def _list(deed: str, names: tuple[str, ...], words: Words) -> None:
    for name in names[:MOST_SHOWN]:
        click.echo(f"{deed} {name}")
    if len(names) > MOST_SHOWN:
        click.echo(f"{deed} {words.more.format(count=f'{len(names) - MOST_SHOWN:,}')}")


@contextmanager
def _progress(words: Words) -> Iterator["Watch"]:
    """Show on a terminal how far it is; elsewhere nothing until the end."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console

    with Console(stderr=True).status(words.sending) as status:
        yield lambda done, of, name: status.update(f"{words.sending} {name} ({done:,}/{of:,})")
