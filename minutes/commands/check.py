"""``build.py check [PATHS]``: read and check all meetings; nothing is built and nothing written."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes import console
from minutes.console import PATH, ROOT, shown
from minutes.words import WORDS, Language

if TYPE_CHECKING:
    from minutes.review import Review


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    summary: str
    off: str


SAID: dict[Language, Words] = {
    "th": Words(
        about="อ่านและตรวจทุกการประชุม โดยไม่สร้างเอกสารและไม่เขียนไฟล์ใด",
        usage="[ตัวเลือก] [ไฟล์หรือโฟลเดอร์…]",
        summary="ตรวจแล้ว {meetings} การประชุม · ผิดพลาด {errors} · คำเตือน {warnings} · แนะนำ {infos}",
        off="{place}: ละเว้น {code}: {reason}",
    ),
    "en": Words(
        about="Reads and checks every meeting; builds nothing and writes nothing.",
        usage="[OPTIONS] [FILE OR FOLDER…]",
        summary="{meetings} meetings checked · {errors} errors · {warnings} warnings · "
        "{infos} notes",
        off="{place}: {code} is switched off: {reason}",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that checks."""
    words, helps = SAID[language], WORDS[language].helps
    return console.Command(
        "check",
        language,
        usage=words.usage,
        callback=check,
        help=words.about,
        params=[
            click.Argument(["paths"], nargs=-1, type=PATH),
            click.Option(["--strict"], is_flag=True, help=helps["strict"]),
            console.errors_option(WORDS[language]),
        ],
    )


def check(paths: tuple[Path, ...], errors: str, lang: Language, strict: bool) -> int:
    """Say what is wrong, how much of it, and what is switched off; gives the exit status."""
    from minutes import review

    found = review.review(paths or (ROOT / "agendas",))
    console.report(found.problems, errors, lang)
    _conclude(found, SAID[lang])
    return 1 if found.stops(strict=strict) else 0


def _conclude(found: "Review", words: Words) -> None:
    """Say on standard output what was looked at, and each rule that was not."""
    counts = Counter(problem.severity for problem in found.problems)
    click.echo(
        words.summary.format(
            meetings=found.meetings,
            errors=counts["error"],
            warnings=counts["warning"],
            infos=counts["info"],
        )
    )
    for off in found.off:
        place = f"{shown(off.path)}:{off.line}:{off.column}"
        click.echo(words.off.format(place=place, code=off.code, reason=off.reason))
