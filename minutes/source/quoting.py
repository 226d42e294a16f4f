"""Text as a YAML file holds it: bare where that is safe, else in quotes, or below a bar.

The reader is ``minutes.source.reader``: what is written here comes back from there, letter for
letter.
"""

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from minutes.paths import TEMPLATES
from minutes.thai import dates

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# Begins with a letter, a digit or an opening mark; the rest cannot end the text or start a comment.
_BARE = re.compile(r"[^\W_][^\n]*|[(“‘฿][^\n]*")
_TRAPS = re.compile(r":(?:\s|$)|\s#|\s$")
_EMPTY = frozenset({"null"})


def scalar(text: str) -> str:
    """Give one line of text as a value: bare or in single quotes.

    Raises ValueError for a line break, which a value of one line cannot have.
    """
    if "\n" in text:
        raise ValueError("a text of several lines is a block")
    if _BARE.fullmatch(text) and not _TRAPS.search(text) and text not in _EMPTY:
        return text
    return "'" + text.replace("'", "''") + "'"


def block(text: str, indent: int) -> str:
    """Give a text of any lines as a value below ``|``, so many spaces in; it has no empty end.

    Raises ValueError for a text that begins with a space or an empty line.
    """
    if not text or text[0].isspace():
        raise ValueError("a block begins with a letter")
    lines = text.rstrip().split("\n")
    return "\n".join(["|", *(" " * indent + line if line else "" for line in lines)])


def comment(text: str) -> str:
    """Give a text as it can stand in a comment: on one line."""
    return " ".join(text.split())


def line(key: str, text: str, example: str) -> str:
    """Give a key with its value; without one, in a comment with an example of it."""
    return f"{key}: {scalar(text)}" if text else f"# {key}: {scalar(example)}"


def template(name: str) -> "Template":
    """Give a template of a YAML file; its filters quote, and write dates in full."""
    return _environment().get_template(name)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "scalar": scalar,
        "block": block,
        "comment": comment,
        "day": partial(dates.date_text, weekday=True),
        "year": dates.buddhist_year,
    }
    return environment
