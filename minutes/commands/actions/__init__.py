"""``build.py actions [BODY…]``: what was assigned, to whom, until when, and how it stands."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from rich.table import Table

    from minutes.commands.actions.export import Format, Overview, Row
    from minutes.problems.errors import Problem

WIDE = 200  # columns, where the output is no terminal
LEAST = 64  # columns that a table needs
ROOMY = 120  # columns from which owner and status have columns of their own
EDGES = 3  # columns that a column's sides take
NARROWEST = 10
STYLES = {"overdue": "red", "open": "", "done": "dim", "closed": "dim"}


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    usage: str
    about: str
    on: str
    open: str
    to: str
    output: str
    wrote: str
    postponed: str


TEXTS: dict[Language, Words] = {
    "th": Words(
        usage="[คณะ…] [ตัวเลือก]",
        about=(
            "แสดงงานที่มอบหมายไว้ในทุกการประชุม ใครรับผิดชอบ กำหนดเมื่อใด เสร็จหรือเลยกำหนด\n\n"
            "คณะ: ชื่อโฟลเดอร์ของคณะ หรือที่อยู่ของโฟลเดอร์ (ปกติทุกคณะใน agendas)"
        ),
        on="ดูสถานะ ณ วันที่นี้ (ปกติวันนี้)",
        open="เฉพาะงานที่ยังไม่เสร็จ",
        to="เขียนเป็นไฟล์แทนการแสดง: csv, xlsx, html (คั่นด้วยจุลภาค)",
        output="โฟลเดอร์ที่เก็บไฟล์ (ปกติ out)",
        wrote="สร้าง {path} แล้ว",
        postponed="เลื่อน",
    ),
    "en": Words(
        usage="[BODY…] [OPTIONS]",
        about=(
            "Shows what was assigned in all meetings: to whom, due when, done or overdue.\n\n"
            "BODY: the name of a body's folder, or its path (all bodies under agendas)"
        ),
        on="how it stands on this day (today)",
        open="only what is still open",
        to="write files instead: csv, xlsx, html (commas between them)",
        output="folder for the files (out)",
        wrote="wrote {path}",
        postponed="Put off",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that shows what was assigned."""
    words = TEXTS[language]
    return terminal.Command(
        "actions",
        language,
        usage=words.usage,
        callback=actions,
        help=words.about,
        params=[
            click.Argument(["bodies"], nargs=-1),
            click.Option(["--on"], help=words.on, callback=terminal.thai_value("date", language)),
            click.Option(["--open", "only_open"], is_flag=True, help=words.open),
            click.Option(["--to"], help=words.to, callback=_formats),
            click.Option(["-o", "--output"], type=PATH, default=ROOT / "out", help=words.output),
            terminal.errors_option(WORDS[language]),
        ],
    )


def _formats(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> "tuple[Format, ...]":
    choose = terminal.some_of("csv", "xlsx", "html")
    chosen: tuple[Format, ...] = choose(ctx, parameter, value) if value else ()
    return chosen


def actions(
    bodies: tuple[str, ...],
    on: date | None,
    only_open: bool,
    to: "tuple[Format, ...]",
    output: Path,
    errors: str,
    lang: Language,
) -> int:
    """Show what was assigned, or write it as files; gives the exit status."""
    from minutes.commands.actions import export
    from minutes.meetings import folders, loading

    problems: list[Problem] = []
    root = ROOT / "agendas"
    found = folders.named(bodies or [str(root)], root, problems)
    if problems:
        terminal.report(problems, errors, lang)
        return 2
    histories = [loading.history(folder) for folder in found]
    problems = [problem for history in histories for problem in history.problems]
    terminal.report(problems, errors, lang)
    today = on or date.today()
    shown_ = export.of(histories, today, lang, only_open=only_open)
    if not to:
        _show(shown_, TEXTS[lang])
    elif not _wrote(shown_, to, output, found, lang):
        return 2
    return 1 if problems else 0


def _wrote(
    given: "Overview",
    formats: "tuple[Format, ...]",
    output: Path,
    folders_: list[Path],
    lang: Language,
) -> bool:
    """Write the files and say where they are; says why, if it cannot."""
    from minutes.commands.actions import export
    from minutes.meetings import folders
    from minutes.problems.errors import problem

    start = f"{folders.body_id(folders_[0])}-" if len(folders_) == 1 else ""
    files = {f"{start}actions.{one}": export.render(given, one) for one in formats}
    try:
        written = export.put(output, files)
    except OSError as error:
        click.echo(terminal.why_not_written(error, output, WORDS[lang]), err=True)
        return False
    for one in written.values():
        click.echo(TEXTS[lang].wrote.format(path=shown(one.path)))
        if one.edited is not None:
            edited = problem(one.edited, 1, 1, "D184", new=one.path.name)
            terminal.report([edited], "text", lang)
    return True


# --- the table ----------------------------------------------------------------------------------

Cell = list[str]  # its paragraphs


def _show(given: "Overview", words: Words) -> None:
    """Print the table, or a list where there is no room for one, and the line of sums."""
    from rich.console import Console

    terminal = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    if terminal.width < LEAST:
        _list(given, terminal.width)
    elif given.rows:
        terminal.print(_table(given, words, terminal.width))
    click.echo(given.summary if given.rows else given.words.nothing)


def _list(given: "Overview", width: int) -> None:
    for row in given.rows:
        day, task, _, where = _cells(row, is_roomy=False)
        for part in ([" · ".join(day)], task, where):
            click.echo(_filled(part, width))
        click.echo()


def _table(given: "Overview", words: Words, width: int) -> "Table":
    """Lay the rows out in so many columns of a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    say, is_roomy = given.words, width >= ROOMY
    heads = [say.due, say.task, words.postponed, say.from_]
    heads[1:1] = [say.status] if is_roomy else []
    heads[3:3] = [say.owner] if is_roomy else []
    rows = [_cells(row, is_roomy=is_roomy) for row in given.rows]
    widths = _widths([[[head] for head in heads], *rows], (2, 3) if is_roomy else (1,), width)
    table = Table(box=box.SIMPLE_HEAD)
    for head, room in zip(heads, widths, strict=True):
        table.add_column(head, width=room, no_wrap=True)
    for row, cells in zip(given.rows, rows, strict=True):
        style = STYLES[row.status]
        lines = [_filled(cell, room) for cell, room in zip(cells, widths, strict=True)]
        table.add_row(*(Text(line, style) for line in lines))
    return table


def _cells(row: "Row", *, is_roomy: bool) -> list[Cell]:
    """Give a row's cells; where there is little room the status and the owner stand below."""
    from minutes.thai import dates

    due = dates.date_text(row.due, short=True) if row.due else "-"
    task = f"{row.task} ({row.mark})" if row.mark else row.task
    owner = row.owner or "-"
    where = [row.reference, *([f"→ {row.latest}"] if row.latest else [])]
    postponed = [str(row.postponed or "")]
    if is_roomy:
        return [[due], [row.standing], [task], [owner], postponed, where]
    return [[due, row.standing], [task, owner], postponed, where]


def _widths(rows: list[list[Cell]], open_: tuple[int, ...], width: int) -> list[int]:
    """Give each column what it needs; those that are open share what is left, by their needs."""
    from rich.cells import cell_len

    needs = [
        max(cell_len(part) for cell in column for part in cell)
        for column in zip(*rows, strict=True)
    ]
    left = width - 1 - EDGES * len(needs) - sum(n for at, n in enumerate(needs) if at not in open_)
    wanted = sum(needs[at] for at in open_)
    for at in open_ if left < wanted else ():
        needs[at] = max(NARROWEST, left * needs[at] // wanted)
    return needs


def _filled(cell: Cell, room: int) -> str:
    """Give a cell's lines: Thai is broken between words, and nothing is cut off."""
    from rich.cells import cell_len

    from minutes.thai import line_breaks

    return "\n".join(line for part in cell for line in line_breaks.filled(part, room, cell_len))
