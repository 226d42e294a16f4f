"""``build.py check [PATHS]``: read and check all meetings, and mend what is certain with ``--fix``.

Nothing is built; without ``--fix`` nothing is written.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.build.review import Review
    from minutes.rules.fixes import Mended


FLAGS = ("proof", "fix", "yes")


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    summary: str
    off: str
    mendable: str
    helps: dict[str, str]
    certain: str
    question: str
    consent: tuple[str, ...]
    only_shown: str
    mended: str
    nothing: str
    unread: str
    changed: str


SAID: dict[Language, Words] = {
    "th": Words(
        about="อ่านและตรวจทุกการประชุม โดยไม่สร้างเอกสาร และไม่เขียนไฟล์ใดถ้าไม่สั่ง --fix",
        usage="[ตัวเลือก] [ไฟล์หรือโฟลเดอร์…]",
        summary="ตรวจแล้ว {meetings} การประชุม · ผิดพลาด {errors} · คำเตือน {warnings} · แนะนำ {infos}",
        off="{place}: ละเว้น {code}: {reason}",
        mendable="โปรแกรมแก้ให้ได้ {count} แห่ง สั่ง check --fix",
        helps={
            "proof": "ตรวจหน้าเอกสารด้วย (สร้างในหน่วยความจำ ใช้เวลาเท่าการสร้าง)",
            "fix": "แก้สิ่งที่ผิดแน่นอนในไฟล์ โดยแสดงให้ดูและถามก่อน",
            "yes": "กับ --fix: แก้โดยไม่ถาม",
        },
        certain="แก้ได้แน่นอน {count} แห่ง ใน {files} ไฟล์",
        question="แก้ไขไฟล์ตามนี้หรือไม่ (ใช่/ไม่)",
        consent=("ใช่", "ใช", "y", "yes"),
        only_shown="ยังไม่ได้แก้ไฟล์ใด ถ้าต้องการแก้ สั่ง check --fix --yes",
        mended="แก้แล้ว {path}",
        nothing="ไม่มีสิ่งที่แก้ให้ได้แน่นอน",
        unread="อ่านไฟล์ {path} ไม่ได้ จึงไม่แก้",
        changed="ไฟล์ {path} ถูกแก้ไขระหว่างนี้ จึงไม่เขียนทับ สั่งใหม่อีกครั้ง",
    ),
    "en": Words(
        about="Reads and checks every meeting; builds nothing, and writes nothing without --fix.",
        usage="[OPTIONS] [FILE OR FOLDER…]",
        summary="{meetings} meetings checked · {errors} errors · {warnings} warnings · "
        "{infos} notes",
        off="{place}: {code} is switched off: {reason}",
        mendable="{count} of these can be mended by check --fix",
        helps={
            "proof": "look over the finished pages too (made in memory; takes as long as building)",
            "fix": "mend in the files what is certainly wrong; shows it and asks first",
            "yes": "with --fix: mend without asking",
        },
        certain="{count} places in {files} files can certainly be mended",
        question="Change the files like this (yes/no)",
        consent=("y", "yes", "ใช่"),
        only_shown="No file was changed; to change them, call check --fix --yes",
        mended="mended {path}",
        nothing="nothing can certainly be mended",
        unread="cannot read {path}, and leave it alone",
        changed="{path} was changed meanwhile and is left alone; call this again",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that checks."""
    words, helps = SAID[language], WORDS[language].helps
    return terminal.Command(
        "check",
        language,
        usage=words.usage,
        callback=check,
        help=words.about,
        params=[
            click.Argument(["paths"], nargs=-1, type=PATH),
            click.Option(["--strict"], is_flag=True, help=helps["strict"]),
            *(click.Option([f"--{flag}"], is_flag=True, help=words.helps[flag]) for flag in FLAGS),
            terminal.errors_option(WORDS[language]),
        ],
    )


def check(
    paths: tuple[Path, ...],
    errors: str,
    lang: Language,
    strict: bool,
    fix: bool,
    yes: bool,
    proof: bool,
) -> int:
    """Say what is wrong, how much of it, and what is switched off; gives the exit status."""
    from minutes.build import review

    asked = paths or (ROOT / "agendas",)
    try:
        if fix:
            _mend(asked, SAID[lang], sure=yes)
    except OSError as error:
        click.echo(terminal.why_not_written(error, asked[0], WORDS[lang]), err=True)
        return 2
    found = review.review(asked, proofs=proof)
    terminal.report(found.problems, errors, lang)
    _conclude(found, SAID[lang])
    return 1 if found.stops(strict=strict) else 0


# --- mending ----------------------------------------------------------------------------------


def _mend(paths: Sequence[Path], words: Words, *, sure: bool) -> None:
    """Show what can be mended and, once that is agreed to, mend it."""
    mended = _to_mend(paths, words)
    if not mended:
        click.echo(words.nothing)
        return
    for file in mended:
        _show(file)
    click.echo(words.certain.format(count=sum(m.count for m in mended), files=len(mended)))
    if not (sure or _agreed(words)):
        click.echo(words.only_shown)
        return
    for file in mended:
        told = words.mended if file.write() else words.changed
        click.echo(told.format(path=shown(file.path)))


def _to_mend(paths: Sequence[Path], words: Words) -> "list[Mended]":
    """Mend all files in memory; one that cannot be read is named, and why is told by the check."""
    from minutes.problems.errors import MinutesError
    from minutes.rules import fixes

    found: list[Mended] = []
    for path in fixes.files(paths, []):
        try:
            found.append(fixes.mend(path))
        except MinutesError:
            click.echo(words.unread.format(path=shown(path)))
    return [file for file in found if file.has_changed]


def _show(file: "Mended") -> None:
    """Print a diff, coloured on a terminal."""
    colours = {"-": "red", "+": "green", "@": "cyan"}
    for line in file.diff(shown(file.path)):
        is_heading = line.startswith(("---", "+++"))
        click.secho(line, fg=None if is_heading else colours.get(line[:1]), bold=is_heading)


def _agreed(words: Words) -> bool:
    """Ask; where nobody can answer, the answer is no."""
    if not sys.stdin.isatty():
        return False
    answer: str = click.prompt(words.question, default="", show_default=False)
    return answer.strip().lower() in words.consent


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
    if count := sum(problem.correction is not None for problem in found.problems):
        click.echo(words.mendable.format(count=count))
    for off in found.off:
        place = f"{shown(off.path)}:{off.line}:{off.column}"
        click.echo(words.off.format(place=place, code=off.code, reason=off.reason))
