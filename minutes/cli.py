"""The program's door: which command is meant, in which language, and the exit status.

Exit status: 0 all well, 1 problems in the input, 2 wrong use or a broken set-up.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import cast

import click

from minutes.console import speak_utf8
from minutes.words import WORDS, Language, usage_error

# The name of a command -> its module, where these differ: some names are words of Python.
MODULES = {"import": "members"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    speak_utf8()
    language = _language(arguments)
    named = bool(arguments) and arguments[0] in WORDS[language].commands
    name, rest = (arguments[0], arguments[1:]) if named else ("build", arguments)
    program = f"build.py {name}" if named else "build.py"
    try:
        status = _command(name, language).main(rest, prog_name=program, standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_error(error, language), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(WORDS[language].stopped, err=True)
        return 130
    return cast(int, status or 0)


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
