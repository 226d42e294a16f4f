"""The program's door: which command is meant, in which language, and the exit status.

Exit status: 0 all well, 1 problems in the input, 2 wrong use or a broken set-up.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import cast

import click

from minutes.console.terminal import speak_utf8
from minutes.console.wording import WORDS, Language, meant, usage_error

# The name of a command -> its module, where these differ: some names are words of Python.
MODULES = {"import": "import_"}
# What these write is for everybody; what the others write may hold what is withheld.
PUBLIC = ("site", "publish")
OTHERS = 0o007  # the rights of whoever is neither a file's owner nor of its group


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    speak_utf8()
    arguments = _command_first(arguments)
    language = _language(arguments)
    named = bool(arguments) and arguments[0] in WORDS[language].commands
    if not named and (told := _meant(arguments, language)):
        click.echo(told, err=True)
        return 2
    name, rest = (arguments[0], arguments[1:]) if named else ("build", arguments)
    program = f"build.py {name}" if named else "build.py"
    try:
        with _closed_to(0 if name in PUBLIC else OTHERS):
            status = _command(name, language).main(rest, prog_name=program, standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_error(error, language), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(WORDS[language].stopped, err=True)
        return 130
    return cast(int, status or 0)


@contextmanager
def _closed_to(rights: int) -> Iterator[None]:
    """Give none of these rights to files that are made meanwhile, by whichever library.

    A machine that gives fewer keeps to that. Windows knows no such rights.
    """
    before = os.umask(0)
    os.umask(before | rights)
    try:
        yield
    finally:
        os.umask(before)


def _command_first(arguments: Sequence[str]) -> Sequence[str]:
    """Give the arguments with a language that stands before the command behind it."""
    flags = 2 if arguments[:1] == ["--lang"] else 1
    first, rest = arguments[:flags], arguments[flags:]
    is_language = first and first[0].startswith("--lang")
    return (
        [*rest, *first] if is_language and rest and rest[0] in WORDS["th"].commands else arguments
    )


def _meant(arguments: Sequence[str], language: Language) -> str:
    """Say which command is meant by a word that is no file; nothing when it may be a file's."""
    word = arguments[0] if arguments else "-"
    return "" if word.startswith("-") or Path(word).exists() else meant(word, language)


def _command(name: str, language: Language) -> click.Command:
    """Load a command; the libraries of the others stay on the disk."""
    module = import_module(f"minutes.commands.{MODULES.get(name, name)}")
    return cast(click.Command, module.command(language))


def _language(arguments: Sequence[str]) -> Language:
    """Give the language of help and messages; looked up before the options are parsed."""
    wanted = [a for flag, a in pairwise(arguments) if flag == "--lang"]
    return "en" if "--lang=en" in arguments or wanted[-1:] == ["en"] else "th"


if __name__ == "__main__":
    sys.exit(main())
