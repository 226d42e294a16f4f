"""What the archive's commands share: their options, their exit status, the table of versions."""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.archive.vault import Version
    from minutes.signing.trust import Trust

SAYS: dict[Language, dict[str, str]] = {
    "th": {
        "archive": "โฟลเดอร์ของคลัง (ปกติตาม office.yaml หรือ archive)",
        "head": "เลขทะเบียน {head} จดหรือพิมพ์ไว้นอกเครื่องนี้ เป็นหลักฐานว่าไม่มีรายการใดหาย",
        "name": "ฉบับ",
        "put on": "วันที่เก็บ",
        "status": "สถานะ",
        "description": "รายงาน",
        "until": "เก็บถึง",
        "for ever": "ตลอดไป",
        "signature": "ลายมือชื่อในช่อง {field}: {signer}",
        "stamped": "เวลาที่ผู้ให้บริการเวลารับรองประทับ",
        "claimed": "เวลาตามนาฬิกาของผู้ลงนาม",
        "unchanged": "เนื้อหาที่ลงนามไม่เปลี่ยน",
        "later": "สิ่งที่เพิ่มหลังลงนาม",
        "trusted": "ใบรับรองถึงผู้ออกที่หน่วยงานเชื่อถือ",
        "unrevoked": "ใบรับรองไม่ถูกเพิกถอนเมื่อลงนาม",
        "yes": "ใช่",
        "no": "ไม่ใช่",
        "unknown": "ไม่ทราบ",
        "none": "ไม่มี",
        "allowed": "มีแต่ลายมือชื่อหรือหลักฐาน",
        "forbidden": "มีสิ่งที่ไม่ควรมี",
    },
    "en": {
        "archive": "the archive's folder (as office.yaml says, or archive)",
        "head": "head of the register: {head}; write it down away from this machine, for it proves "
        "that no entry was taken away",
        "name": "Version",
        "put on": "Put",
        "status": "Status",
        "description": "Minutes",
        "until": "Keep until",
        "for ever": "for ever",
        "signature": "signature in {field}: {signer}",
        "stamped": "time, by an authority for time",
        "claimed": "time, by the signer's clock",
        "unchanged": "what was signed is unchanged",
        "later": "added after signing",
        "trusted": "the certificate leads to one that the office trusts",
        "unrevoked": "the certificate was not revoked when it signed",
        "yes": "yes",
        "no": "no",
        "unknown": "not known",
        "none": "nothing",
        "allowed": "signatures or proofs alone",
        "forbidden": "what should not be there",
    },
}
WIDE = 200  # columns, where the output is no terminal
SET_UP = (
    "D148",
    "D190",
    "D151",
    "D171",
    "D236",
    "D239",
)  # what is wrong with the command or the machine


def part(
    name: str, language: Language, callback: Callable[..., int], *params: click.Parameter,
    about: str, usage: str = "", of_a_meeting: bool = False,
) -> terminal.Command:  # fmt: skip
    """Give one command of the archive, with the options that all of them have.

    One that is ``of_a_meeting`` finds by itself the archive of the meeting's office.
    """
    words = WORDS[language]
    where = click.Option(["--archive"], type=PATH, help=SAYS[language]["archive"])
    return terminal.Command(
        name,
        language,
        callback=callback if of_a_meeting else partial(_in_the_archive, callback),
        help=about,
        usage=usage,
        params=[*params, where, terminal.errors_option(words)],
    )


def _in_the_archive(
    callback: Callable[..., int], *,
    archive: Path | None, errors: str, lang: Language, **given: object,
) -> int:  # fmt: skip
    """Run a command in the archive that was asked for, or else in the one that the offices have."""
    known = partial(callback, errors=errors, lang=lang, **given)
    if archive is not None:
        return known(archive=archive)
    from minutes.archive import location

    def work() -> int:
        return known(archive=location.only([ROOT / "agendas"], location.usual(ROOT)))

    return carried_out(work, ROOT, errors, lang)


def trusted() -> "Trust":
    """Read the certificates that the offices trust; raises Fault for a file that is none."""
    from minutes.archive import location
    from minutes.signing import trust

    return trust.together(map(trust.read, location.trusted([ROOT / "agendas"])))


def carried_out(work: Callable[[], int], place: Path, errors: str, lang: Language) -> int:
    """Do the work; gives its exit status, or says what is wrong and gives 1, or 2 for the disk."""
    from minutes.problems.errors import Fault, MinutesError, problem

    try:
        return work()
    except MinutesError as error:
        terminal.report(error.problems, errors, lang)
        return 1
    except Fault as fault:
        told = {n: shown(v) if isinstance(v, Path) else v for n, v in fault.values.items()}
        terminal.report([problem(place, 1, 1, fault.code, **told)], errors, lang)
        return 2 if fault.code in SET_UP else 1
    except OSError as error:
        click.echo(terminal.why_not_written(error, place, WORDS[lang]), err=True)
        return 2


def show_versions(found: "list[Version]", lang: Language) -> None:
    """Print a table of versions."""
    from rich import box
    from rich.table import Table

    from minutes.archive import retention

    say = SAYS[lang]
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("name", "put on", "status", "until", "description"):
        table.add_column(say[heading], no_wrap=heading == "name")
    for version in found:
        told = version.info
        ends = retention.ends(version)
        until = day(ends - timedelta(days=1), lang) if ends else say["for ever"]
        bagged = told.get("Bagging-Date")
        put_on = day(date.fromisoformat(bagged), lang) if bagged else ""
        status, about = (told.get(f, "") for f in ("Minutes-Status", "External-Description"))
        table.add_row(version.name, put_on, status, until, about)
    print_table(table)


def day(shown: date, lang: Language) -> str:
    """Give a day as its readers know it: ``31 ธันวาคม 2579``, ``2036-12-31``."""
    from minutes.thai import dates

    return dates.date_text(shown) if lang == "th" else shown.isoformat()


def moment(at: datetime, lang: Language) -> str:
    """Give a moment as its readers know it, in the time of Thailand or, in English, UTC."""
    from minutes.thai import dates

    if lang == "en":
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    here = at.astimezone(dates.THAILAND)
    return f"{dates.date_text(here)} เวลา {dates.time_text(here.time())}"


ANSWERS = ("unchanged", "later", "trusted", "unrevoked")


def tell_signatures(record: Mapping[str, Any], lang: Language) -> None:
    """Show whose the signatures of a copy are, since when, and the four answers to each."""
    say = SAYS[lang]
    for one in record.get("verdict", {}).get("signatures", ()):
        click.echo(say["signature"].format(field=one["field"], signer=one["signer"] or "-"))
        if when := next((name for name in ("stamped", "claimed") if one[name]), ""):
            click.echo(f"  {say[when]}: {moment(datetime.fromisoformat(one[when]), lang)}")
        for answer in ANSWERS:
            click.echo(f"  {say[answer]}: {say[one[answer]]}")


def print_table(table: Any) -> None:
    """Print a table, as wide as the terminal or, into a file, as it needs."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    Console(width=width, markup=False, emoji=False, highlight=False).print(table)
