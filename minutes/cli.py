"""The command line: options, progress, messages, exit codes. The only module that prints.

Exit status: 0 all well, 1 problems in the input, 2 wrong use or a broken set-up.
"""

import errno
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, cast

import click

from minutes.words import WORDS, Language, Words, usage_error

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from minutes.errors import Problem
    from minutes.pages import Kind
    from minutes.pipeline import Format
    from minutes.runs import Outcome, Watch

ROOT = Path(__file__).parent.parent
FLAGS = ("force", "explain", "verify", "embed-fonts", "strict")
WORTH_A_PROCESS = 4  # meetings; fewer are built before a worker has loaded its libraries


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
        rows = [row for p in self.get_params(ctx) if (row := _help_of(p, ctx))]
        with formatter.section(self.words.options):
            formatter.write_dl(rows)


def _help_of(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """Give an option's line of help; arguments stand in the usage."""
    return parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None


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
            click.Option(["-j", "--jobs"], type=click.IntRange(1, 256), help=helps["jobs"]),
            click.Option(["--dask"], help=helps["dask"]),
            *(click.Option([f"--{flag}"], is_flag=True, help=helps[flag]) for flag in FLAGS),
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


def _build(
    paths: tuple[Path, ...],
    only: "tuple[Kind, ...]",
    to: "tuple[Format, ...]",
    errors: str,
    lang: Language,
    output: Path,
    jobs: int | None,
    dask: str | None,
    explain: bool,
    **how: bool,
) -> int:
    from minutes import runs
    from minutes.errors import ClusterError

    request = runs.Request(paths or (ROOT / "agendas",), output, only, to, _aside(), **how)
    words = WORDS[lang]
    try:
        with _progress(words) as watch:
            report = partial(_report, form=errors, language=lang)
            workers = partial(_workers, jobs, dask)
            outcome = runs.run(request, workers, report, watch)
    except OSError as error:
        click.echo(_why_not_written(error, output, words), err=True)
        return 2
    except ClusterError as error:
        click.echo(f"{words.no_cluster[error.why].format(address=dask)}\n    {error}", err=True)
        return 2
    _report(outcome.edited, errors, lang)
    if explain:
        _explain(outcome, words)
    _conclude(outcome, words)
    return _status(outcome, request.strict)


def _why_not_written(error: OSError, output: Path, words: Words) -> str:
    """Say which file could not be written, why, and what to do about it."""
    number = errno.errorcode.get(error.errno or 0, "")
    reason = words.no_write.get(number, words.no_write[""])
    path = _shown(Path(error.filename2 or error.filename or output))
    return f"{reason.format(path=path)}\n    {error.strerror}"


def _aside() -> str:
    """Give the word, the time of day in it, under which hand edits are kept when they give way."""
    return datetime.now().strftime("%Y-%m-%d-%H%M%S")


@contextmanager
def _workers(jobs: int | None, dask: str | None, meetings: int) -> Iterator["Executor | None"]:
    """Give what builds so many meetings; a few are done before a process has started."""
    from minutes import freshness, workers

    with workers.no_interrupt():  # which pikepdf's libraries, half loaded, answer with a crash
        from minutes import pipeline
    if dask:
        with workers.dask(dask, freshness.program) as cluster:
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
        click.echo(_why_not_written(error, Path(), words), err=True)
    for path, trace in outcome.crashes:
        click.echo(f"{words.crash.format(path=_shown(path))}\n{trace}", err=True)


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
        click.echo(f"{_shown(stale.path)}: {reasons}")
    for path in outcome.fresh:
        click.echo(f"{_shown(path)}: {words.fresh}")


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
        table.add_row(escape(_shown(row.path)), pages, f"{row.size / 1024:,.0f} kB", noted)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@contextmanager
def _progress(words: Words) -> Iterator["Watch"]:
    """Show a bar with count and time left on a terminal, and plain lines elsewhere."""
    if not sys.stderr.isatty():
        # on standard output: standard error is for problems, which other programs may read
        yield lambda done, of, meeting: click.echo(f"{words.building} {meeting} ({done}/{of})")
        return
    with ExitStack() as shown:
        started: list[Watch] = []

        def watch(done: int, of: int, meeting: str) -> None:
            if not started:  # the bar takes longer to load than a run that has nothing to do
                started.append(shown.enter_context(_bar(words)))
            started[0](done, of, meeting)

        yield watch


@contextmanager
def _bar(words: Words) -> Iterator["Watch"]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(words.building, start=True)
        yield lambda done, of, meeting: bar.update(
            task, completed=done - 1, total=of, description=f"{words.building} {meeting}"
        )


if __name__ == "__main__":
    sys.exit(main())
