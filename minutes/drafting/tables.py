"""Tables of text as they come out of other programs' files, and how large such a file may be.

Only text is read: no macro, formula, link or picture is run or followed. A file is refused as soon
as it is seen to be too large, before it can fill the memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_ROWS = 20_000
MOST_BLANK = 100_000  # rows and paragraphs, those without a word counted too
MOST_COLUMNS = 256
MOST_LETTERS = 32_767  # in a cell, as Excel has it


class RefusedError(Exception):
    """A file that cannot be used: the code of the message, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Row:
    """A row of a table, or a paragraph in its parts; ``number`` counts as the program shows it.

    Columns, counted from 0, are ``above`` where the text is that of the cell above, merged with
    it, ``unseen`` where they are hidden, and ``unsure`` where a formula was never worked out.
    ``spans`` says over how many columns a cell goes, of those that go over more than one.
    """

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False
    is_numbered: bool = False
    above: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()
    unsure: frozenset[int] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """All that the row says, on one line."""
        return " ".join(" · ".join(cell for cell in self.cells if cell).split())

    @property
    def filled(self) -> int:
        """How many cells say something."""
        return sum(map(bool, self.cells))

    @property
    def is_blank(self) -> bool:
        """Whether nothing of its own stands in it."""
        return not any(cell.strip() for at, cell in enumerate(self.cells) if at not in self.above)


@dataclass(frozen=True)
class Sheet:
    """The rows of one table or worksheet, or the paragraphs between tables; none of them blank."""

    rows: tuple[Row, ...]
    name: str = ""
    is_table: bool = True
    is_hidden: bool = False


def spoken(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Leave out the rows in which nothing stands; raises RefusedError for too many, or too long."""
    found: list[Row] = []
    for count, row in enumerate(rows):
        if count >= MOST_BLANK or len(found) > MOST_ROWS:
            raise RefusedError("D123", limit=f"{MOST_ROWS:,}")
        if not row.is_blank:
            refuse_large(row)
            found.append(row)
    return tuple(found)


def refuse_large(row: Row) -> None:
    """Raise RefusedError for a row with too many columns, or a cell with too many letters."""
    if len(row.cells) > MOST_COLUMNS:
        raise RefusedError("D431", place=row.number, limit=MOST_COLUMNS)
    if any(len(cell) > MOST_LETTERS for cell in row.cells):
        raise RefusedError("D123", limit=f"{MOST_LETTERS:,}")
