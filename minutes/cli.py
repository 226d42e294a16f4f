"""The command line: options, progress, messages, exit codes. The only module that prints.

Exit status: 0 all well, 1 problems in the input, 2 wrong use or a broken set-up.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from minutes.words import WORDS, Language, usage_error

if TYPE_CHECKING:
    from minutes.errors import Problem
    from minutes.pipeline import Format
    from minutes.proceedings import Proceedings

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    _speak_utf8()
    language = _language(arguments)
    try:
        status = _command(language).main(arguments, prog_name="build.py", standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_error(error, language), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(WORDS[language].stopped, err=True)
        return 130
    return cast(int, status or 0)


def _speak_utf8() -> None:
    """Thai must come out whole on a Windows console and under LANG=C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _language(arguments: Sequence[str]) -> Language:
    """Give the language of help and messages; looked up before the options are parsed."""
    wanted = [a for flag, a in pairwise(arguments) if flag == "--lang"]
    return "en" if "--lang=en" in arguments or wanted[-1:] == ["en"] else "th"


class _Command(click.Command):
    """A command whose help speaks the user's language throughout."""

    def __init__(self, language: Language, **options: Any) -> None:
        super().__init__(**options)
        self.words = WORDS[language]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, self.words.usage, f"{self.words.how}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for p in self.get_params(ctx) if (row := p.get_help_record(ctx))]
        with formatter.section(self.words.options):
            formatter.write_dl(rows)


def _command(language: Language) -> click.Command:
    words = WORDS[language]
    helps = words.helps
    path = click.Path(path_type=Path)
    return _Command(
        language,
        name="build",
        callback=_build,
        help=words.about,
        add_help_option=False,
        params=[
            click.Argument(["paths"], nargs=-1, type=path),
            click.Option(["--only"], help=helps["only"], callback=_some_of("minutes", "release")),
            click.Option(["--to"], help=helps["to"], callback=_some_of("pdf", "docx")),
            click.Option(["-o", "--output"], type=path, default=ROOT / "out", help=helps["output"]),
            click.Option(["--strict"], is_flag=True, help=helps["strict"]),
            click.Option(
                ["--errors"],
                type=click.Choice(["text", "json"]),
                default="text",
                help=helps["errors"],
            ),
            click.Option(
                ["--lang"], type=click.Choice(["th", "en"]), default="th", help=helps["lang"]
            ),
            click.Option(
                ["-h", "--help"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                help=helps["help"],
                callback=_show_help,
            ),
        ],
    )


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(ctx.get_help())
        ctx.exit()


def _some_of(*choices: str) -> Any:
    """Read one or more of a few words with commas between them; all of them when none is given."""

    def read(_: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
        chosen = tuple((value or ",".join(choices)).split(","))
        for word in chosen:
            if word not in choices:
                raise click.BadParameter(word, param=parameter, param_hint=" · ".join(choices))
        return chosen

    return read


@dataclass(frozen=True)
class _Built:
    """One line of the table at the end."""

    source: Path
    path: Path
    pages: int | None
    size: int


def _build(
    paths: tuple[Path, ...],
    only: Collection[str],
    to: Collection[str],
    output: Path,
    strict: bool,
    errors: str,
    lang: Language,
) -> int:
    from minutes import proceedings, records, rules

    found = records.find(paths or (ROOT / "agendas",))
    sound: list[Proceedings] = []
    problems = list(found.problems)
    for case in found.cases:
        worked_out = proceedings.work_out(case)
        objections = [*worked_out.problems, *rules.check(worked_out)]
        problems += objections
        if not any(_stops(objection, strict) for objection in objections):
            sound.append(worked_out)
    problems = records.in_file_order(problems)
    _report(problems, errors, lang)
    status = _make(sound, only, to, output, lang, problems)
    return 1 if any(_stops(p, strict) for p in problems) else status


def _stops(problem: "Problem", strict: bool) -> bool:
    return problem.severity == "error" or (strict and problem.severity == "warning")


def _make(
    sound: Sequence["Proceedings"],
    only: Collection[str],
    to: Collection[str],
    output: Path,
    language: Language,
    problems: Sequence["Problem"],
) -> int:
    if not sound:
        return 0
    formats = _formats(to, language)
    try:
        built = _write_all(sound, only, formats, output, language)
    except OSError as error:
        reason = WORDS[language].no_write.format(path=error.filename2 or error.filename or output)
        click.echo(f"{reason}\n    {error.strerror}", err=True)
        return 2
    _show_table(built, problems, language)
    return 0 if set(formats) == set(to) else 2


def _formats(to: Collection[str], language: Language) -> "tuple[Format, ...]":
    """Give the formats that can be made here; says what the missing one needs."""
    from minutes import pdf, pipeline

    formats = tuple(f for f in pipeline.FORMATS if f in to)
    if "pdf" in formats:
        try:
            pdf.engine()
        except pdf.UnavailableError:
            click.echo(WORDS[language].no_pdf, err=True)
            return tuple(f for f in formats if f != "pdf")
    return formats


def _write_all(
    sound: Sequence["Proceedings"],
    only: Collection[str],
    formats: "Sequence[Format]",
    output: Path,
    language: Language,
) -> list[_Built]:
    from rich.console import Console

    from minutes import pdf, pipeline, store

    built: list[_Built] = []
    with Console(stderr=True).status("") as progress:
        for index, meeting in enumerate(sound, 1):
            progress.update(f"{WORDS[language].building} {meeting.case.id} ({index}/{len(sound)})")
            files = pipeline.build(meeting, cast(Any, only), formats)
            for path in store.write(output / meeting.case.folder, files):
                data = files[path.name]
                pages = pdf.page_count(data) if path.suffix == ".pdf" else None
                built.append(_Built(meeting.case.path, path, pages, len(data)))
    return built


def _report(problems: Sequence["Problem"], form: str, language: Language) -> None:
    for problem in problems:
        shown = _shown(problem.path)
        if form == "json":
            click.echo(json.dumps(_as_json(problem, shown, language), ensure_ascii=False), err=True)
        else:
            _print_problem(problem, shown, language)


def _print_problem(problem: "Problem", shown: str, language: Language) -> None:
    colours = {"error": "red", "warning": "yellow", "info": "blue"}
    line = problem.line_of_text(shown, language)
    place, _, rest = line.partition(": ")
    click.echo(f"{place}: {click.style(rest, fg=colours[problem.severity])}", err=True)
    if hint := problem.hint(language):
        click.echo(f"    {hint}", err=True)


def _as_json(problem: "Problem", shown: str, language: Language) -> dict[str, object]:
    return {
        "file": shown,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message(language),
        "hint": problem.hint(language),
    }


def _shown(path: Path) -> str:
    """Give a path as its reader would type it: relative to where the program was called."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _show_table(built: Sequence[_Built], problems: Sequence["Problem"], language: Language) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    words = WORDS[language]
    table = Table(box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column(words.file, no_wrap=True)
    table.add_column(words.pages, justify="right")
    table.add_column(words.size, justify="right")
    table.add_column(words.warnings, justify="right")
    warned = Counter(problem.path for problem in problems if problem.severity == "warning")
    for row in built:
        pages = str(row.pages) if row.pages is not None else ""
        noted = str(warned.pop(row.source, ""))
        table.add_row(escape(_shown(row.path)), pages, f"{row.size / 1024:,.0f} kB", noted)
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    warnings = sum(problem.severity == "warning" for problem in problems)
    failures = sum(problem.severity == "error" for problem in problems)
    click.echo(words.summary.format(files=len(built), warnings=warnings, errors=failures))


if __name__ == "__main__":
    sys.exit(main())
