"""What was assigned, over bodies and meetings, as rows and as files: CSV, XLSX, HTML.

CSV and XLSX are for Excel: no text of theirs is ever read as a formula. The same assignments on the
same day give the same bytes.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from minutes import store
from minutes.build import ledger
from minutes.documents.word import ooxml
from minutes.meetings import actions
from minutes.meetings.actions import Assignment, Status
from minutes.meetings.loading import History
from minutes.paths import TEMPLATES
from minutes.problems.messages import Language
from minutes.store import Written
from minutes.thai import dates

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Format = Literal["csv", "xlsx", "html"]
OURS = "actions"  # what the ledger knows these files by: no meeting has this id


@dataclass(frozen=True)
class Words:
    """What the table says in one language."""

    title: str
    status: str
    task: str
    owner: str
    due: str
    postponed: str
    done: str
    body: str
    meeting: str
    held: str
    item: str
    matter: str
    from_: str
    latest: str
    mark: str
    secret: str
    personal: str
    secrets: str
    nothing: str
    summary: str
    standing: dict[Status, str]
    undated: str


WORDS: dict[Language, Words] = {
    "th": Words(
        title="งานที่มอบหมาย",
        status="สถานะ",
        task="งาน",
        owner="ผู้รับผิดชอบ",
        due="กำหนดเสร็จ",
        postponed="เลื่อน (ครั้ง)",
        done="เสร็จเมื่อ",
        body="คณะ",
        meeting="การประชุม",
        held="วันประชุม",
        item="ระเบียบวาระที่",
        matter="เรื่อง",
        from_="มอบหมายใน",
        latest="ล่าสุดใน",
        mark="หมายเหตุ",
        secret="ลับ",
        personal="ข้อมูลส่วนบุคคล",
        secrets="มีเรื่องลับหรือข้อมูลส่วนบุคคล ใช้ภายในเท่านั้น ห้ามเผยแพร่",
        nothing="ไม่มีงาน",
        summary="ณ วันที่ {on}: เลยกำหนด {overdue} · ยังไม่เสร็จ {open} · เสร็จหรือยุติแล้ว {over}",
        standing={
            "overdue": "เลยกำหนด {days} วัน",
            "open": "ยังไม่ถึงกำหนด",
            "done": "เสร็จแล้ว",
            "closed": "ยุติแล้ว",
        },
        undated="ไม่มีกำหนด",
    ),
    "en": Words(
        title="Actions",
        status="Status",
        task="Task",
        owner="Owner",
        due="Due",
        postponed="Put off",
        done="Done on",
        body="Body",
        meeting="Meeting",
        held="Held on",
        item="item",
        matter="Subject",
        from_="Assigned in",
        latest="last in",
        mark="Note",
        secret="secret",
        personal="personal data",
        secrets="Holds secret or personal items: for the office alone, not for publication.",
        nothing="no actions",
        summary="on {on}: {overdue} overdue · {open} open · {over} done or closed",
        standing={
            "overdue": "{days} days late",
            "open": "open",
            "done": "done",
            "closed": "closed",
        },
        undated="open, no date",
    ),
}


@dataclass(frozen=True)
class Row:
    """One assignment as it stands on a day, in the words of a language.

    ``latest`` is the item that dealt with it last, if that is not the one where it was assigned.
    """

    status: Status
    standing: str
    task: str
    owner: str
    due: date | None
    postponed: int
    done: date | None
    body: str
    meeting: str
    held: date
    item: str
    title: str
    reference: str
    latest: str
    mark: str


@dataclass(frozen=True)
class Overview:
    """All that is shown: the rows in order, the bodies that they are of, the day."""

    rows: tuple[Row, ...]
    bodies: tuple[str, ...]
    on: date
    language: Language

    @property
    def words(self) -> Words:
        """The words of its language."""
        return WORDS[self.language]

    @property
    def summary(self) -> str:
        """How many are overdue, open and over, in one line."""
        counts = Counter(row.status for row in self.rows)
        return self.words.summary.format(
            on=dates.date_text(self.on),
            overdue=counts["overdue"],
            open=counts["open"],
            over=counts["done"] + counts["closed"],
        )

    @property
    def has_secrets(self) -> bool:
        """Whether a row is not for the public."""
        return any(row.mark for row in self.rows)


def of(
    histories: Iterable[History], on: date, language: Language = "th", *, only_open: bool = False
) -> Overview:
    """Give what the bodies assigned, the overdue first, then by due date; or only what is open."""
    given = [(each, one) for each in histories for one in actions.of(each)]
    names = {id(one): each.body.name for each, one in given if each.body is not None}
    rows = [
        _row(one, names[id(one)], on, language)
        for one in actions.in_order((one for _, one in given), on)
        if one.is_open or not only_open
    ]
    return Overview(tuple(rows), tuple(dict.fromkeys(names.values())), on, language)


def _row(one: Assignment, body: str, on: date, language: Language) -> Row:
    words, status, item = WORDS[language], one.status(on), one.assigned
    last = one.closed or one.latest
    return Row(
        status,
        _standing(one, status, on, words),
        one.task,
        one.owner,
        one.due,
        one.postponed,
        one.done if isinstance(one.done, date) else None,
        body,
        item.session or (f"ครั้งที่ {item.meeting_number}" if item.meeting_number else ""),
        item.date,
        item.number,
        item.title,
        item.reference or item.meeting_id,
        last.reference if last != item else "",
        " · ".join(_marks(one, words)),
    )


def _standing(one: Assignment, status: Status, on: date, words: Words) -> str:
    if status == "open" and one.due is None:
        return words.undated
    days = (on - one.due).days if one.due else 0
    return words.standing[status].format(days=days)


def _marks(one: Assignment, words: Words) -> list[str]:
    marks = {words.secret: one.is_secret, words.personal: one.is_personal}
    return [mark for mark, is_set in marks.items() if is_set]


def columns(words: Words) -> dict[str, Callable[[Row], str | int | date | None]]:
    """Give the columns of CSV and XLSX by their headings, each with what a row has there."""
    return {
        words.status: lambda row: row.standing,
        words.task: lambda row: row.task,
        words.owner: lambda row: row.owner,
        words.due: lambda row: row.due,
        words.postponed: lambda row: row.postponed,
        words.done: lambda row: row.done,
        words.body: lambda row: row.body,
        words.meeting: lambda row: row.meeting,
        words.held: lambda row: row.held,
        words.item: lambda row: row.item,
        words.matter: lambda row: row.title,
        words.from_: lambda row: row.reference,
        words.latest: lambda row: row.latest,
        words.mark: lambda row: row.mark,
    }


# --- files --------------------------------------------------------------------------------------


def render(overview: Overview, format_: Format) -> bytes:
    """Give the table as a file."""
    return RENDERERS[format_](overview)


def put(folder: Path, files: dict[str, bytes]) -> dict[str, Written]:
    """Write the files to the output folder, never over a hand edit; raises OSError."""
    with ledger.opened(folder) as book, store.prepared(folder, files) as ready:
        digests = {name: store.digest(data) for name, data in files.items()}
        return ready.put(book.record(OURS, digests, lambda known: known))


# What Excel and its kin read as a formula when a cell begins with it.
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def _csv(overview: Overview) -> bytes:
    """Give CSV as Excel opens it: UTF-8 with a mark, dates as 2026-01-31."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    given = columns(overview.words)
    writer.writerow(given)
    for row in overview.rows:
        writer.writerow([_cell(value(row)) for value in given.values()])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | int | date | None) -> str:
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) else value
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")


def _html(overview: Overview) -> bytes:
    page = _environment().get_template("actions.html")
    values = {name: getattr(overview, name) for name in ("rows", "bodies", "summary", "language")}
    return str(
        page.render(
            values,
            say=overview.words,
            has_secrets=overview.has_secrets,
            on=dates.date_text(overview.on),
        )
    ).encode()


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.filters["day"] = partial(dates.date_text, short=True)
    return environment


# --- XLSX ---------------------------------------------------------------------------------------

FONT = "TH SarabunPSK"
BUDDHIST_DAY = "[$-107041E]d mmm yyyy"  # Arabic figures, the Buddhist calendar, in Thai
WIDTHS = (17, 46, 28, 15, 9, 15, 34, 16, 15, 12, 40, 22, 22, 16)  # of the columns, in figures


def _xlsx(overview: Overview) -> bytes:
    """Give a workbook with one sheet: dates that Excel shows in the Buddhist calendar."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = overview.words.title
    given = columns(overview.words)
    for place, (heading, value) in enumerate(given.items(), 1):
        _fill(sheet, (1, place), heading, is_head=True)
        for at, row in enumerate(overview.rows, 2):
            _fill(sheet, (at, place), value(row))
    _lay_out(sheet, overview)
    book.properties.title = overview.words.title
    book.properties.creator = " · ".join(overview.bodies)
    packed = io.BytesIO()
    book.save(packed)
    return _dated(packed.getvalue(), overview.on)


def _fill(
    sheet: "Worksheet",
    place: tuple[int, int],
    value: str | int | date | None,
    *,
    is_head: bool = False,
) -> None:
    """Put a value into a cell; a text stays one, whatever it begins with."""
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(*place)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))
    elif isinstance(value, date):
        cell.number_format = BUDDHIST_DAY
    cell.font = Font(name=FONT, size=16, bold=is_head)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _lay_out(sheet: "Worksheet", overview: Overview) -> None:
    """Set widths, the head that stays, the filter, and how the sheet prints."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = f"{get_column_letter(len(WIDTHS))}{len(overview.rows) + 1}"
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _dated(data: bytes, on: date) -> bytes:
    """Give the workbook the overview's day instead of the moment in which it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    moment = rb">[^<]*(</dcterms:(?:created|modified)>)"
    core = "docProps/core.xml"
    parts[core] = re.sub(moment, _stamp(on), parts[core])
    return ooxml.archive(parts)


def _stamp(on: date) -> bytes:
    return f">{on.isoformat()}T00:00:00Z".encode() + rb"\1"


RENDERERS: dict[Format, Callable[[Overview], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "html": _html,
}
FORMATS: Sequence[Format] = tuple(RENDERERS)
