"""Thai help in the columns of a terminal: vowels and tones above and below take none.

A line ends at a space alone, for whoever writes the help puts one where a reader may pause; to
part words that touch would need a dictionary, which help is too quick to load.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import click

UNSEEN = frozenset({"Mn", "Me", "Cf"})  # categories of characters that take no column
WIDEST_TERM, GAP = 30, 2  # columns of what is explained, and between it and the explanation
NARROWEST = 20


def width(text: str) -> int:
    """Give how many columns a text takes."""
    return sum(unicodedata.category(letter) not in UNSEEN for letter in text)


def lines(text: str, columns: int) -> Iterator[str]:
    """Part a paragraph into lines of at most so many columns; a longer word has its own line."""
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > columns:
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line


class Formatter(click.HelpFormatter):
    """Writes click's help in columns as they are seen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called; what does not fit stands below its first word."""
        head = f"{prefix or ''}{prog} "
        self._hang(head, width(head), args)

    def write_text(self, text: str) -> None:
        """Write paragraphs, which an empty line parts."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in lines(paragraph, self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = WIDEST_TERM, col_spacing: int = GAP
    ) -> None:
        """Write terms with their explanations beside them."""
        told = [(" " * self.current_indent + term, explained) for term, explained in rows]
        widest = max(width(term) for term, _ in told)
        column = min(widest, col_max + self.current_indent) + col_spacing
        for term, explained in told:
            self._hang(term, column, explained)

    def _hang(self, head: str, column: int, text: str) -> None:
        """Write a text from a column on, beside what stands before it if that leaves room."""
        free = max(self.width - column, NARROWEST)
        first, *rest = lines(text, free)
        fits = width(head) <= column
        self.write(head + " " * (column - width(head)) if fits else f"{head}\n{' ' * column}")
        self.write("".join([f"{first}\n", *(f"{' ' * column}{line}\n" for line in rest)]))
