"""Objections to sums: tables that do not add up, budgets that texts give otherwise."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from minutes.meetings.proceedings import Proceedings
from minutes.model import prose
from minutes.model.meeting import Matter
from minutes.model.prose import Table
from minutes.problems.errors import Problem, problem
from minutes.rules.report import at
from minutes.rules.texts import PROSE, texts
from minutes.thai import amounts, digits

FIGURE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?")
LONGEST = 25  # letters of a figure; sums of such stay exact
NOTHING = ("", "-", "–", "—", "ไม่มี")
TOTAL = re.compile(r"(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|เป็นเงินทั้งสิ้น|งบประมาณ)?(?: ?\(.*\))?")
NOT_SUMMED = ("ร้อยละ", "%", "เฉลี่ย", "อัตรา", "ต่อหน่วย", "คะแนน", "ปี", "ลำดับ", "หน่วยละ", "ราคา")


def tables_add_up(proceedings: Proceedings) -> Iterator[Problem]:
    """W45: the last row of a table, called รวม, is the sum of the rows above it."""
    for places, name, text in texts(proceedings):
        for table in prose.tables(text):
            for column, total, expected in _wrong_sums(table):
                line, offset = places.of(name, table.line + len(table.rows) + 1)
                values = {"column": column, "total": total, "sum": f"{expected:,}"}
                yield problem(proceedings.case.path, line, offset, "W45", **values)


def _cells(row: Sequence[Sequence[prose.Inline]]) -> list[str]:
    return [digits.arabic(prose.plain_line(cell)).strip() for cell in row]


def _wrong_sums(table: Table) -> Iterator[tuple[str, str, Decimal]]:
    """Go through the columns whose total is another: heading, total, sum."""
    rows = [_cells(row) for row in table.rows]
    if len(rows) < 3 or not _is_total(rows[-1]):
        return
    parts = [row for row in rows[:-1] if not any(cell.startswith("รวม") for cell in row)]
    for column, heading in enumerate(_cells(table.header)):
        if any(word in heading for word in NOT_SUMMED):
            continue
        total = _amount(rows[-1][column])
        amounts = [_amount(row[column]) for row in parts]
        known = [amount for amount in amounts if amount is not None]
        if total is None or rows[-1][column] in NOTHING or len(known) < len(amounts):
            continue
        if (found := sum(known, Decimal(0))) != total:
            yield heading, rows[-1][column], found


def _is_total(row: Sequence[str]) -> bool:
    return any(TOTAL.fullmatch(cell) for cell in row)


def _amount(cell: str) -> Decimal | None:
    """Give a cell's number, 0 for one that says nothing; None for what is no number."""
    if cell in NOTHING:
        return Decimal(0)
    is_figure = len(cell) <= LONGEST and FIGURE.fullmatch(cell)
    return Decimal(cell.replace(",", "")) if is_figure else None


BUDGET = re.compile(
    r"(?:วงเงิน|งบประมาณ)(?:งบประมาณ)?(?: ?(?:รวม|ทั้งสิ้น|รวมทั้งสิ้น|จำนวน|เป็นเงิน))* ?"
    r"(?P<figure>[0-9][0-9,]{0,24}(?:\.[0-9]{1,4})?) ?(?P<unit>ล้าน|แสน|หมื่น|พัน)?บาท"
)
UNITS = {"ล้าน": 1_000_000, "แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000}


def texts_agree_with_the_budget(proceedings: Proceedings) -> Iterator[Problem]:
    """W46: proposal and resolution, and the one table of costs, give the item's budget."""
    for matter in proceedings.meeting.all_matters():
        if matter.budget is not None:
            yield from _otherwise(proceedings, matter, matter.budget)


def _otherwise(proceedings: Proceedings, matter: Matter, budget: Decimal) -> Iterator[Problem]:
    values = {"budget": amounts.money_text(budget)}
    for name in ("proposal", "resolution"):
        texts_found = BUDGET.finditer(digits.arabic(getattr(matter, name)))
        found = [baht for m in texts_found if _is_money(baht := _baht(m))]
        if found and budget not in found:
            said = amounts.money_text(found[0])
            yield at(proceedings, matter, name, "W46", said=said, **values)
    totals = [
        (name, table, total)
        for name in PROSE[Matter]
        for table in prose.tables(getattr(matter, name))
        if (total := _total_in_baht(table)) is not None
    ]
    if len(totals) == 1 and totals[0][2] != budget:
        name, table, total = totals[0]
        line, column = matter.places.of(name, table.line + len(table.rows) + 1)
        said = amounts.money_text(total)
        yield problem(proceedings.case.path, line, column, "W46", said=said, **values)


def _is_money(amount: Decimal) -> bool:
    """Whether an amount is one that could be paid: not below nothing, no part of a satang."""
    return 0 <= amount < MOST_BAHT and amount == round(amount, 2)


MOST_BAHT = 10**15


def _baht(match: re.Match[str]) -> Decimal:
    figure = Decimal(match["figure"].replace(",", ""))
    return figure * UNITS.get(match["unit"] or "", 1)


def _total_in_baht(table: Table) -> Decimal | None:
    """Give the total of a table with one column of baht."""
    rows = [_cells(row) for row in table.rows]
    columns = [n for n, heading in enumerate(_cells(table.header)) if "บาท" in heading]
    if len(columns) != 1 or len(rows) < 2 or not _is_total(rows[-1]):
        return None
    cell = rows[-1][columns[0]]
    total = None if cell in NOTHING else _amount(cell)
    return total if total is not None and _is_money(total) else None
