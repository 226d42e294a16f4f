"""``build.py site [PATHS]``: the office's website, from what may be published."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.site.generator import Outcome


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    usage: str
    about: str
    output: str
    address: str
    archive: str
    upcoming: str
    withdraw: str
    jobs: str
    done: str
    withdrawn: str
    nothing: str
    held_back: str
    stopped: str


TEXTS: dict[Language, Words] = {
    "th": Words(
        usage="[ตัวเลือก] [โฟลเดอร์…]",
        about=(
            "สร้างเว็บไซต์จากการประชุมที่เผยแพร่ได้: รายงาน มติ ข่าว และการค้นหา\n\n"
            "ทุกไฟล์ผ่านการตรวจก่อนว่าไม่มีเรื่องลับหรือข้อมูลส่วนบุคคล ถ้าพบ เว็บไซต์เดิมอยู่ครบ"
        ),
        output="โฟลเดอร์ของเว็บไซต์ (ปกติ site)",
        address="ที่อยู่ของเว็บไซต์ เมื่อไม่ใช่เว็บไซต์ใน office.yaml",
        archive="โฟลเดอร์ของคลัง ซึ่งเว็บไซต์แสดงหัวทะเบียน (ปกติตาม office.yaml หรือ archive)",
        upcoming="แสดงวัน เวลา และสถานที่ของการประชุมครั้งต่อไปจากไฟล์ที่ยังเป็นร่าง",
        withdraw="ถอนการประชุมจำนวนมากจากเว็บไซต์",
        jobs=WORDS["th"].helps["jobs"],
        done="เว็บไซต์อยู่ที่ {path}: {meetings} การประชุม · "
        "สร้างใหม่ {built} · เขียน {written} ไฟล์ · ลบ {removed} ไฟล์",
        withdrawn="ถอนจากเว็บไซต์: {meetings}",
        nothing="ยังไม่มีการประชุมที่เผยแพร่ได้ ดูสถานะในไฟล์การประชุม และ เผยแพร่เมื่อ ใน office.yaml",
        held_back="การประชุมที่มีข้อผิดพลาดข้างต้นไม่ได้เผยแพร่ หรือยังเป็นอย่างเดิมซึ่งไม่มีถ้อยคำนั้น",
        stopped="ไม่ได้สร้างเว็บไซต์ เว็บไซต์เดิมอยู่ครบ",
    ),
    "en": Words(
        usage="[OPTIONS] [FOLDER…]",
        about=(
            "Builds the website of what may be published: minutes, resolutions, releases.\n\n"
            "Every file is first searched for what is secret or personal; a find stops it all."
        ),
        output="the website's folder (site)",
        address="the website's address, if it is not the one in office.yaml",
        archive="the archive's folder, whose register's head is shown (as in office.yaml)",
        upcoming="show day, time and place of meetings to come, from drafts",
        withdraw="take many meetings from the website",
        jobs=WORDS["en"].helps["jobs"],
        done="the website is in {path}: {meetings} meetings · "
        "{built} built · {written} files written · {removed} removed",
        withdrawn="withdrawn from the website: {meetings}",
        nothing="No meeting may be published yet: see its status, and publish_from in office.yaml.",
        held_back="Meetings with the errors above were not published, or stay as they were.",
        stopped="The website was not built; the old one is as it was.",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that builds the website."""
    words = TEXTS[language]
    return terminal.Command(
        "site",
        language,
        usage=words.usage,
        callback=site,
        help=words.about,
        params=[
            click.Argument(["paths"], nargs=-1, type=PATH),
            click.Option(["-o", "--output"], type=PATH, default=ROOT / "site", help=words.output),
            click.Option(["--address"], default="", help=words.address),
            click.Option(["--archive"], type=PATH, help=words.archive),
            click.Option(["--upcoming"], is_flag=True, help=words.upcoming),
            click.Option(["--withdraw"], is_flag=True, help=words.withdraw),
            click.Option(["-j", "--jobs"], type=click.IntRange(1, 256), help=words.jobs),
            terminal.errors_option(WORDS[language]),
        ],
    )


def site(*asked: Any, **named: Any) -> int:
    """Build the website, or say what keeps it from being built; gives the exit status."""
    status, _ = made(*asked, **named)
    return status


def made(
    paths: tuple[Path, ...],
    output: Path,
    address: str,
    archive: Path | None,
    upcoming: bool,
    withdraw: bool,
    jobs: int | None,
    errors: str,
    lang: Language,
) -> "tuple[int, Outcome | None]":
    """Do as ``site``, and give what came of it besides, as far as it came to that."""
    from minutes.archive import location
    from minutes.commands import build
    from minutes.commands.archive import frame
    from minutes.documents.pdf import html_to_pdf
    from minutes.site import generator

    today = date.today() if upcoming else None
    wanted = paths or (ROOT / "agendas",)
    outcomes: list[Outcome] = []

    def work() -> int:
        place = archive or location.only(wanted, location.usual(ROOT))
        request = generator.Request(wanted, output, address, today, withdraw, place)
        with terminal.progress(WORDS[lang]) as watch:
            outcome = generator.run(request, partial(build.crew, jobs, None), watch)
        outcomes.append(outcome)
        terminal.report(outcome.told, errors, lang)
        _conclude(outcome, output, TEXTS[lang])
        return 1 if outcome.stops or outcome.quoting else 0

    try:
        status = frame.carried_out(work, output, errors, lang)
    except html_to_pdf.UnavailableError:
        click.echo(WORDS[lang].no_pdf, err=True)
        status = 2
    return status, outcomes[0] if outcomes else None


def _conclude(outcome: "Outcome", output: Path, words: Words) -> None:
    if outcome.stops:
        click.echo(words.stopped, err=True)
        return
    if outcome.quoting:
        click.echo(words.held_back, err=True)
    if outcome.withdrawn:
        click.echo(words.withdrawn.format(meetings=" · ".join(outcome.withdrawn)))
    counts = {"meetings": outcome.meetings, "built": len(outcome.built)}
    counts |= {"written": outcome.written, "removed": outcome.removed}
    click.echo(words.done.format(path=shown(output), **counts))
    if not outcome.meetings:
        click.echo(words.nothing)
