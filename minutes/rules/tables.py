"""Objections to tables that their page has no room for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minutes.documents import grids
from minutes.documents.grids import Cell
from minutes.documents.word.styles import PLAIN, TEXT_WIDTH, Look, Piece
from minutes.meetings.proceedings import Proceedings
from minutes.model import prose
from minutes.problems.errors import Problem, problem
from minutes.rules.texts import texts
from minutes.thai import digits
from minutes.thai.digits import Numerals


def tables_fit_their_page(proceedings: Proceedings) -> Iterator[Problem]:
    """W72: every figure and every word of a table stands on one line."""
    case, release = proceedings.case, proceedings.meeting.release
    for places, name, text in texts(proceedings):
        is_news = places is release.places or not name  # a point of a release has no name
        numerals = case.office.numerals.release if is_news else case.office.numerals.minutes
        page = _Page(numerals, case.office.glossary)
        for table in prose.tables(text):
            planned = grids.plan(page.rows(table), [None] * len(table.header), TEXT_WIDTH)
            if planned.parted:
                line, column = places.of(name, table.line)
                values = {"columns": len(table.header), "size": planned.size}
                found = problem(case.path, line, column, "W72", text=planned.parted, **values)
                yield found if planned.is_torn else replace(found, severity="info")


@dataclass(frozen=True)
class _Page:
    """The page that a table is printed on: its digits, and what keeps other ones."""

    numerals: Numerals
    glossary: tuple[str, ...]

    def rows(self, table: prose.Table) -> list[list[Cell]]:
        """Give the rows of a table, the head first, as they are measured."""
        head = [self._cell(content, is_bold=True) for content in table.header]
        return [head, *([self._cell(content) for content in row] for row in table.rows)]

    def _cell(self, content: Iterable[prose.Inline], *, is_bold: bool = False) -> Cell:
        return Cell(grids.written(self._pieces(content, PLAIN), is_bold=is_bold))

    def _pieces(self, content: Iterable[prose.Inline], look: Look) -> Iterator[Piece]:
        for part in content:
            if isinstance(part, prose.Text):
                yield digits.digits(part.text, self.numerals, self.glossary), look
            elif isinstance(part, prose.Break):
                yield "\n", look
            else:
                strong = isinstance(part, prose.Strong)
                yield from self._pieces(part.children, Look(strong=strong).inside(look))
