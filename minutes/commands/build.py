"""``build.py [PATHS]``: bring the documents of all meetings up to date."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from minutes.archive import location
from minutes.archive.location import Archives
from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language, Words
from minutes.paths import ROOT

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from minutes.build.pipeline import Format
    from minutes.build.runs import Outcome
    from minutes.documents.pages import Kind

FLAGS = ("force", "explain", "verify", "embed-fonts", "strict")
WORTH_A_PROCESS = 4  # meetings; fewer are built before a worker has loaded its libraries


def command(language: Language) -> click.Command:
    """Give the command that builds; it is meant where no other is named."""
    words = WORDS[language]
    helps = words.helps
    only, to = terminal.some_of("minutes", "release"), terminal.some_of("pdf", "docx")
    return _Build(
        "build",
        language,
        callback=build,
        help=words.about,
        params=[
            click.Argument(["paths"], nargs=-1, type=PATH),
            click.Option(["--only"], help=helps["only"], callback=only),
            click.Option(["--to"], help=helps["to"], callback=to),
            click.Option(["-o", "--output"], type=PATH, default=ROOT / "out", help=helps["output"]),
            click.Option(["-j", "--jobs"], type=click.IntRange(1, 256), help=helps["jobs"]),
            click.Option(["--dask"], help=helps["dask"]),
            click.Option(["--archive"], type=PATH, help=helps["archive"]),
            *(click.Option([f"--{flag}"], is_flag=True, help=helps[flag]) for flag in FLAGS),
            terminal.errors_option(words),
        ],
    )


class _Build(terminal.Command):
    """The command that is meant where none is named: its help names all the others."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands before the options of this one."""
        with formatter.section(self.words.all_commands):
            formatter.write_dl(list(self.words.commands.items()))
        super().format_options(ctx, formatter)


def build(
    paths: tuple[Path, ...],
    only: "tuple[Kind, ...]",
    to: "tuple[Format, ...]",
    errors: str,
    lang: Language,
    output: Path,
    jobs: int | None,
    dask: str | None,
    archive: Path | None,
    explain: bool,
    **how: bool,
) -> int:
    """Build what is stale and say what was done; gives the exit status."""
    from minutes.build import runs
    from minutes.problems.errors import ClusterError, as_typed

    words = WORDS[lang]
    for path in paths:
        if str(path) in words.commands and not path.exists():
            click.echo(as_typed(words.first.format(name=path)), err=True)
            return 2
    wanted, asked = paths or (ROOT / "agendas",), Archives(archive, location.usual(ROOT))
    request = runs.Request(wanted, output, only, to, _aside(), archives=asked, **how)
    try:
        with terminal.progress(words) as watch:
            report = partial(terminal.report, form=errors, language=lang)
            workers = partial(crew, jobs, dask)
            outcome = runs.run(request, workers, report, watch)
    except OSError as error:
        click.echo(terminal.why_not_written(error, output, words), err=True)
        return 2
    except ClusterError as error:
        click.echo(f"{words.no_cluster[error.why].format(address=dask)}\n    {error}", err=True)
        return 2
    terminal.report([*outcome.seen, *outcome.edited], errors, lang)
    if explain:
        _explain(outcome, words)
    _conclude(outcome, words)
    return _status(outcome, request.strict)


def _aside() -> str:
    """Give the word, the time of day in it, under which hand edits are kept when they give way."""
    return datetime.now().strftime("%Y-%m-%d-%H%M%S")


@contextmanager
def crew(jobs: int | None, dask: str | None, meetings: int) -> Iterator["Executor | None"]:
    """Give what builds so many meetings; a few are done before a process has started."""
    from minutes.build import staleness, workers

    with workers.no_interrupt():  # which pikepdf's libraries, half loaded, answer with a crash
        from minutes.build import pipeline
    if dask:
        with workers.dask(dask, staleness.program) as cluster:
            yield cluster
        return
    width = min(jobs or workers.default_jobs(), meetings)
    if width < 2 or (jobs is None and meetings < WORTH_A_PROCESS):
        yield None
        return
    with workers.processes(width, pipeline.begin) as pool:
        yield pool


def _status(outcome: "Outcome", strict: bool) -> int:
    if outcome.crashes or outcome.unwritten or outcome.lacking:
        return 2
    return 1 if outcome.stops(strict) else 0


def _conclude(outcome: "Outcome", words: Words) -> None:
    """Say what was done: a table of what was written, a line of sums, and what went wrong."""
    if outcome.documents:
        _show_table(outcome, words)
    found = Counter(problem.severity for problem in [*outcome.problems, *outcome.edited])
    if outcome.documents or outcome.fresh:
        summary = words.summary if outcome.documents else words.all_fresh
        counts = {"files": len(outcome.documents), "fresh": len(outcome.fresh)}
        click.echo(summary.format(**counts, warnings=found["warning"], errors=found["error"]))
    if outcome.lacking:
        click.echo(words.no_pdf, err=True)
        click.echo(_remedy(), err=True)
    for error in outcome.unwritten:
        click.echo(terminal.why_not_written(error, Path(), words), err=True)
    for path, trace in outcome.crashes:
        click.echo(f"{words.crash.format(path=shown(path))}\n{trace}", err=True)


def _remedy() -> str:
    """Give what the set-up said of the PDF's libraries on this machine."""
    told = ROOT / ".venv" / "pdf.txt"
    return indent(told.read_text("utf-8"), "    ") if told.is_file() else ""


def _explain(outcome: "Outcome", words: Words) -> None:
    """Say of each meeting why it was built, or that nothing has changed."""
    for stale in outcome.stale:
        reasons = " · ".join(
            words.reasons[reason.what].format(name=words.inputs.get(reason.name, reason.name))
            for reason in stale.reasons
        )
        click.echo(f"{shown(stale.path)}: {reasons}")
    for path in outcome.fresh:
        click.echo(f"{shown(path)}: {words.fresh}")


def _show_table(outcome: "Outcome", words: Words) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column(words.file, no_wrap=True)
    for heading in (words.pages, words.size, words.warnings):
        table.add_column(heading, justify="right")
    warned = Counter(found.path for found in outcome.problems if found.severity == "warning")
    for row in outcome.documents:
        pages = str(row.pages) if row.pages is not None else ""
        noted = str(warned.pop(row.source, ""))
        table.add_row(escape(shown(row.path)), pages, f"{row.size / 1024:,.0f} kB", noted)
    Console(width=None if sys.stdout.isatty() else 200).print(table)
