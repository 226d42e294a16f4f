"""Text as a YAML file holds it: bare where that is safe, else in quotes, or below a bar.

The reader is ``minutes.source``: what is written here comes back from there, letter for letter.
"""

import re

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
