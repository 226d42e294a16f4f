"""What all commands share on the command line: options, help, problems, progress."""

import errno
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes.console.columns import Formatter
from minutes.console.wording import WORDS, Language, Words
from minutes.problems.errors import as_typed, without_unseen

if TYPE_CHECKING:
    from minutes.build.runs import Watch
    from minutes.problems.errors import Problem

PATH = click.Path(path_type=Path, readable=False)  # what cannot be read is told by who reads it


def speak_utf8() -> None:
    """Thai must come out whole on a Windows console and under LANG=C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


# --- commands and their options ---------------------------------------------------------------


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help speaks the user's language throughout.

    Every one has the options ``--lang`` and ``--help`` beside its own, and gives its callback the
    language as ``lang``; the callback gives the exit status.
    """

    context_class = _Context

    def __init__(self, name: str, language: Language, *, usage: str = "", **options: Any) -> None:
        self.words = WORDS[language]
        self.usage = usage or self.words.usage
        params = [*options.pop("params", ()), *_common(self.words)]
        options["help"] = as_typed(options.get("help", ""))
        super().__init__(name, params=params, add_help_option=False, **options)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        formatter.write_usage(ctx.command_path, self.usage, f"{self.words.how}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each option."""
        rows = [row for p in self.get_params(ctx) if (row := _help_of(p, ctx, self.words))]
        with formatter.section(self.words.options):
            formatter.write_dl(rows)


def _common(words: Words) -> list[click.Option]:
    """Give the options of every command."""
    languages = click.Choice(["th", "en"])
    return [
        click.Option(["--lang"], type=languages, default="th", help=words.helps["lang"]),
        click.Option(
            ["-h", "--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=words.helps["help"],
            callback=_show_help,
        ),
    ]


def _help_of(
    parameter: click.Parameter, ctx: click.Context, words: Words
) -> tuple[str, str] | None:
    """Give an option's line of help; arguments stand in the usage."""
    if not isinstance(parameter, click.Option):
        return None
    names = ", ".join(sorted(parameter.opts, key=len))
    if not parameter.is_flag:
        kind = parameter.type
        names += f" {_choices(kind) or words.kinds[kind.name]}"
    required = f"  [{words.required}]" if parameter.required else ""
    return names, f"{parameter.help}{required}"


def _choices(kind: object) -> str:
    return f"[{'|'.join(kind.choices)}]" if isinstance(kind, click.Choice) else ""


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(ctx.get_help())
        ctx.exit()


def errors_option(words: Words) -> click.Option:
    """Give the option of commands that report problems: as text, or as lines of JSON."""
    forms = click.Choice(["text", "json"])
    return click.Option(["--errors"], type=forms, default="text", help=words.helps["errors"])


def some_of(*choices: str) -> Any:
    """Read one or more of a few words with commas between them; all of them when none is given."""

    def read(_: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
        chosen = tuple((value or ",".join(choices)).split(","))
        for word in chosen:
            if word not in choices:
                raise click.BadParameter(word, param=parameter, param_hint=" · ".join(choices))
        return chosen

    return read


def thai_value(kind: str, language: Language) -> Any:
    """Read an option as files are read, a ``date`` or a ``number``; refused in the same words."""

    def read(_: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        from minutes.problems.errors import Fault, problem
        from minutes.thai import amounts, dates

        if value is None:
            return None
        try:
            return {"date": dates.parse_date, "number": amounts.parse_number}[kind](value)
        except Fault as fault:
            told = problem(Path(), 1, 1, fault.code, **fault.values)
            hint = told.hint(language) or told.message(language)
            raise click.BadParameter(value, param=parameter, param_hint=hint) from None

    return read


# --- problems ---------------------------------------------------------------------------------


def report(problems: Sequence["Problem"], form: str, language: Language) -> None:
    """Print problems on standard error, as text or as one JSON object a line."""
    if form == "json":
        for problem in problems:
            said = _as_json(problem, shown(problem.path), language)
            click.echo(json.dumps(said, ensure_ascii=False), err=True)
        return
    for problem, *others in _said_together(problems, language):
        _print_problem(problem, shown(problem.path), language)
        if others:
            lines = _lines([other.line for other in others])
            more = WORDS[language].others.format(count=len(others), lines=lines)
            click.echo(f"    {more}", err=True)


FEWEST_TOGETHER = 3


def _said_together(problems: Sequence["Problem"], language: Language) -> Iterator[list["Problem"]]:
    """Group what would be said of a file in the same words three times and more.

    An error is said at each of its places, for all must go; what hides them is said once.
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        if problem.severity != "error":
            words = (problem.code, problem.message(language), problem.hint(language))
            groups.setdefault((str(problem.path), *words), []).append(problem)
    alike = [group for group in groups.values() if len(group) >= FEWEST_TOGETHER]
    first = {id(group[0]): group for group in alike}
    later = {id(problem) for group in alike for problem in group[1:]}
    for problem in problems:
        if id(problem) not in later:
            yield first.get(id(problem), [problem])


MOST_LINES = 20  # or ranges of them that are named; each is a problem of its own in JSON


def _lines(numbers: Sequence[int]) -> str:
    """Give lines in short: ``12, 14–16, 20 (3)`` for three places on line 20."""
    counts = Counter(numbers)
    parts: list[str] = []
    in_order = enumerate(sorted(counts))
    for _, group in groupby(in_order, lambda one: (one[1] - one[0], counts[one[1]])):
        lines = [line for _, line in group]
        span = f"{lines[0]}–{lines[-1]}" if len(lines) > 1 else str(lines[0])
        parts.append(span + (f" ({counts[lines[0]]})" if counts[lines[0]] > 1 else ""))
    return ", ".join(parts[:MOST_LINES]) + (" …" if len(parts) > MOST_LINES else "")


def _print_problem(problem: "Problem", path: str, language: Language) -> None:
    colours = {"error": "red", "warning": "yellow", "info": "blue"}
    line = problem.line_of_text(path, language)
    place, _, rest = line.partition(": ")
    click.echo(f"{place}: {click.style(rest, fg=colours[problem.severity])}", err=True)
    if hint := problem.hint(language):
        click.echo(f"    {hint}", err=True)


def _as_json(problem: "Problem", path: str, language: Language) -> dict[str, object]:
    return {
        "file": path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message(language),
        "hint": problem.hint(language),
    }


def shown(path: Path) -> str:
    """Give a path as its reader would type it: relative to where the program was called.

    What a name may hold to command a terminal, or to turn the direction of writing, is left out.
    """
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return without_unseen(str(path))
    is_near = not relative.startswith("..")
    return without_unseen(Path(relative).as_posix() if is_near else str(path))


def typed(command: str, path: Path) -> str:
    """Give a command as it is typed on this system, with a path; one with spaces is in quotes."""
    name = shown(path)
    return as_typed(command).format(path=f'"{name}"' if " " in name else name)


def why_not_written(error: OSError, output: Path, words: Words) -> str:
    """Say which file could not be written, why, and what to do about it."""
    number = errno.errorcode.get(error.errno or 0, "")
    reason = words.no_write.get(number, words.no_write[""])
    path = shown(Path(error.filename2 or error.filename or output))
    return f"{reason.format(path=path)}\n    {error.strerror}"


# --- progress ---------------------------------------------------------------------------------


@contextmanager
def progress(words: Words) -> Iterator["Watch"]:
    """Show a bar with count and time left on a terminal, and plain lines elsewhere."""
    if not sys.stderr.isatty():
        # on standard output: standard error is for problems, which other programs may read
        yield lambda done, of, meeting: click.echo(f"{words.building} {meeting} ({done}/{of})")
        return
    with ExitStack() as open_bar:
        started: list[Watch] = []

        def watch(done: int, of: int, meeting: str) -> None:
            if not started:  # the bar takes longer to load than a run that has nothing to do
                started.append(open_bar.enter_context(_bar(words)))
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
