"""The headings of a list of people: which rows they are, and what each column holds.

A heading may stand in one row or in up to three, over one column or over several, be merged across
and down, come a second time further down, and be worded in many ways.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from minutes.drafting.roles import are_roles
from minutes.drafting.tables import MOST_COLUMNS, Row
from minutes.thai import digits, names

Column = Literal[
    "number", "title", "given", "surname", "name", "position", "agency", "status", "role", "note"
]
Columns: TypeAlias = Mapping[int, Column | str]  # one of another kind goes by its own heading

HEADINGS: Mapping[Column, tuple[str, ...]] = {
    "number": ("ลำดับ", "ลำดับที่", "ที่", "เลขที่", "ข้อ", "no", "#"),
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "ยศ/คำนำหน้า", "prefix", "title"),
    "surname": ("นามสกุล", "สกุล", "ชื่อสกุล", "ฉายา/นามสกุล", "lastname", "surname"),
    "given": ("ชื่อตัว", "ชื่อจริง", "firstname"),
    "name": (
        *("ชื่อ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อ-ชื่อสกุล", "ชื่อและนามสกุล", "ชื่อและสกุล", "ชื่อสกุลตำแหน่ง"),
        *("รายชื่อ", "รายนาม", "ชื่อ/สกุล", "ชื่อ/นามสกุล", "ชื่อนามสกุล", "ยศ-ชื่อ-สกุล", "name", "fullname"),
        *("ยศชื่อสกุล", "ชื่อกรรมการ", "รายชื่อกรรมการ", "รายชื่อคณะกรรมการ", "ชื่อผู้เข้าประชุม", "ชื่อ-ฉายา"),
    ),
    "role": (
        *("หน้าที่", "บทบาท", "บทบาทหน้าที่", "หน้าที่ในคณะกรรมการ", "ตำแหน่งในคณะกรรมการ", "role"),
        *("ตำแหน่งในคณะทำงาน", "ตำแหน่งในคณะ", "หน้าที่ในคณะทำงาน", "ตำแหน่งคณะกรรมการ", "แต่งตั้งเป็น"),
    ),
    "position": (
        *("ตำแหน่ง", "ตำแหน่งทางราชการ", "ตำแหน่งปัจจุบัน", "ตำแหน่งหน้าที่", "ตำแหน่ง/สังกัด", "position"),
        *("ตำแหน่ง/หน่วยงาน", "ตำแหน่งงาน", "ตำแหน่งหลัก", "ตำแหน่งและสังกัด", "อาชีพ"),
    ),
    "agency": ("หน่วยงาน", "สังกัด", "หน่วยงาน/สังกัด", "สังกัด/หน่วยงาน", "ส่วนราชการ", "organization"),
    "status": (
        "สถานะ",
        "สถานภาพ",
        "ฐานะ",
        "ในฐานะ",
        "องค์ประกอบ",
        "ผู้แทน",
        "ประเภทกรรมการ",
        "status",
    ),
    "note": ("หมายเหตุ", "note", "remark", "remarks"),
}
KNOWN: Mapping[str, Column] = {word: column for column, words in HEADINGS.items() for word in words}
# What is worded otherwise, in the order in which it is tried.
_OF_BODY = "(?:ใน)?(?:คณะ|กรรมการ|ที่ประชุม|การประชุม|สภา|คำสั่ง)"
LIKE: Mapping[Column, re.Pattern[str]] = {
    "name": re.compile(
        r"(?!ลายมือ|ลาย).*ชื่อ.+สกุล.*|(?:ราย)?ชื่อ(?:ผู้|กรรมการ|คณะ|อนุ|สมาชิก|บุคคล).*|ราย(?:ชื่อ|นาม).*|"
        r"นาม(?:ผู้|กรรมการ).*"
    ),
    "number": re.compile(r"(?:เลข)?ลำดับ.*"),
    "title": re.compile(r"(?:คำนำหน้า|ยศ).*"),
    "role": re.compile(rf"(?:ตำแหน่ง|หน้าที่|บทบาท|สถานะ|ฐานะ){_OF_BODY}.*|แต่งตั้ง.*"),
    "position": re.compile(r"ตำแหน่ง(?!เลขที่|ประเภท|ระดับ|ว่าง).*"),
    "agency": re.compile(r"(?:ชื่อ)?(?:หน่วยงาน|สังกัด|ต้นสังกัด|ส่วนราชการ|องค์กร).*"),
}
NAMED: tuple[Column, ...] = ("name", "given", "surname")
MOST_ABOVE = 15  # rows of titles above the headings
MOST_ROWS = 3
MOST_BELOW = 300  # rows that are looked at to tell what a column holds
ATTENDING = re.compile(r"มา|ไม่|ลา|ขาด|เข้า|ปกติ|ยืนยัน|รอ|โสด|สมรส|ปฏิบัติ|ใช้งาน|มีชีวิต")
NUMBERED = re.compile(r"\(?([0-9๐-๙]{1,2})[).]?")


@dataclass(frozen=True)
class Headings:
    """How many rows of headings there are, and what each column below them holds."""

    rows: int
    columns: Columns


def at(rows: Sequence[Row], first: int, *, again: bool = False) -> Headings | None:
    """Give the headings that begin in a row; None where none do.

    ``again`` asks for headings below others, where most words must be those of a heading.
    """
    known = [bool(_kind(cell)) for cell in rows[first].cells if cell]
    are_known = all(known)
    if sum(known) * 2 <= len(known) if again else first >= MOST_ABOVE:
        return None
    found = {count: _columns(rows[first : first + count]) for count in _heights(rows, first)}
    usable = [count for count in found if _are_headings(found[count], _below(rows, first + count))]
    if not usable:
        return None
    count = max(usable, key=lambda count: (_worth(found[count]), -count))
    is_title = not are_known and _worth(found[1]) < 2
    if is_title and _worth(_columns(rows[first + 1 : first + count])) >= _worth(found[count]):
        return None
    end = first + count
    count += end < len(rows) and _numbers_columns(rows[end])
    below = _below(rows, first + count)
    return Headings(count, _told_apart(found[end - first], rows[first:end], below))


def _below(rows: Sequence[Row], first: int) -> Sequence[Row]:
    return rows[first : first + MOST_BELOW]


def _numbers_columns(row: Row) -> bool:
    """Whether a row numbers the columns, as forms do: ``(1) (2) (3)``."""
    found = [NUMBERED.fullmatch(cell) for cell in row.cells if cell]
    numbers = [int(digits.arabic(one[1])) for one in found if one]
    return len(found) > 1 and numbers == [*range(1, len(found) + 1)]


def _worth(columns: Columns) -> int:
    """Give how many kinds are told, where a name is among them."""
    kinds = {*columns.values()} & {*HEADINGS}
    return len(kinds) if kinds & {*NAMED} else 0


def _are_headings(columns: Columns, below: Sequence[Row]) -> bool:
    """Whether so much is told that this must be the headings."""
    alone = len(columns) == 1 and all(row.filled == 1 for row in below)
    return _worth(columns) > 1 or (_worth(columns) == 1 and alone)


def _heights(rows: Sequence[Row], first: int) -> list[int]:
    """Give of how many rows the headings may be: each below the first one goes on from above."""
    heights = [1]
    for count in range(1, MOST_ROWS):
        if first + count >= len(rows) or not _goes_on(rows[first : first + count + 1]):
            break
        heights.append(count + 1)
    return heights


def _goes_on(rows: Sequence[Row]) -> bool:
    """Whether the last of some rows divides the headings of those above it."""
    *above, last = rows
    own = [at for at, cell in enumerate(last.cells) if cell and at not in last.above]
    if not own or last.number != above[-1].number + 1:
        return False
    if all(_kind(last.cells[at]) or _kind_below(above, at, last.cells[at]) for at in own):
        return True
    wide = {at for start, span in above[-1].spans for at in range(start, start + span)}
    is_name = any(names.split_name(last.cells[at]).title for at in own)
    return bool(last.above) and wide.issuperset(own) and not is_name


def _kind_below(above: Sequence[Row], column: int, heading: str) -> str:
    """Give what a heading says together with the one that it divides: ``ตำแหน่ง``, ``ในคณะ``."""
    joined = f"{_over(above, column)}{heading}"
    return _kind(joined, strict=True) or (
        kind if (kind := _kind(joined)) in ("role", "agency") else ""
    )


def _over(above: Sequence[Row], column: int) -> str:
    """Give what stands above a cell: in its column, or to the left where that heading is wide."""
    return next(filter(None, (_spread(row, column) for row in reversed(above))), "")


def _spread(row: Row, column: int) -> str:
    """Give a heading for each column under it; one without span holds up to the next heading."""
    if column < len(row.cells) and row.cells[column]:
        return row.cells[column]
    if any(start <= column < start + span for start, span in row.spans) or not row.spans:
        return next(filter(None, reversed(row.cells[:column])), "")
    return ""


# --- columns ------------------------------------------------------------------------------------


def _columns(rows: Sequence[Row]) -> dict[int, Column | str]:
    """Give what each column holds, if these rows are headings."""
    columns: dict[int, Column | str] = {}
    begun: dict[str, int] = {}  # where the cell stands that a kind is known by
    for column in range(_width(rows)):
        kind, origin = _held(rows, column)
        if kind and begun.setdefault(kind, origin) != origin:
            kind = ""
        if heading := kind or " ".join(dict.fromkeys(_words(rows, column))):
            columns[column] = heading
    if "surname" in columns.values():
        columns = {at: "given" if kind == "name" else kind for at, kind in columns.items()}
    return columns


def _width(rows: Sequence[Row]) -> int:
    """Give how many columns the headings stand over; a wide one ends with the list."""
    last = max(len(row.cells) for row in rows) if rows else 0
    ends = [start + span for row in rows for start, span in row.spans if start < last]
    return max([last, *(end for end in ends if end <= MOST_COLUMNS)])


def _words(rows: Sequence[Row], column: int) -> list[str]:
    """Give the headings of a column from above, those of one that is merged down once."""
    return [
        " ".join(row.cells[column].split())
        for row in rows
        if column < len(row.cells) and row.cells[column] and column not in row.above
    ]


def _held(rows: Sequence[Row], column: int) -> tuple[str, int]:
    """Give what a column holds, and the column in which the cell begins that says so.

    The lowest heading decides, with the one that it divides or by itself; a wide one above decides
    alone only where nothing stands below it.
    """
    own = [n for n in range(len(rows)) if _words(rows[n : n + 1], column)]
    if own:
        heading = rows[own[-1]].cells[column]
        return _kind_below(rows[: own[-1]], column, heading) or _kind(heading), column
    for row in reversed(rows):
        for start, span in row.spans:
            if start < column < start + span and start < len(row.cells) and row.cells[start]:
                return _kind(row.cells[start]), start
    return _held_to_the_right(rows, column)


def _held_to_the_right(rows: Sequence[Row], column: int) -> tuple[str, int]:
    """Give what a column without heading holds: a name goes on where nothing tells of merging."""
    before = next((at for at in range(column - 1, -1, -1) if _words(rows, at)), -1)
    if before < 0 or any(row.spans for row in rows):
        return "", column
    kind, origin = _held(rows, before)
    return (kind, origin) if kind == "name" else ("", column)


def _told_apart(columns: Columns, heads: Sequence[Row], rows: Sequence[Row]) -> Columns:
    """Look at what stands below: which of ตำแหน่ง and สถานะ are roles, and which positions."""
    told = dict(columns)

    def cells(at: int) -> list[str]:
        return [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]

    posts = [at for at, kind in told.items() if kind == "position" or _kind(kind) == "position"]
    states = [at for at, kind in told.items() if kind == "status"]
    as_roles = [at for at in [*posts, *states] if are_roles(cells(at))]
    if as_roles and "role" not in told.values():
        told[as_roles[0]] = "role"
    others = [at for at in posts if told[at] != "role"]
    if others and "position" not in told.values():
        told[others[0]] = "position"
    for at in states:
        if told[at] == "status":
            is_post = not {"position", "agency"} & {*told.values()} and not _attend(cells(at))
            told[at] = (
                "position" if is_post else " ".join(_words(heads, at)) or HEADINGS["status"][0]
            )
    return told


def _attend(cells: Sequence[str]) -> bool:
    """Whether most cells say who came, or how somebody lives, rather than for whom he sits."""
    return sum(bool(ATTENDING.match(cell)) for cell in cells) * 2 >= len(cells)


# --- words --------------------------------------------------------------------------------------


def _kind(heading: str, *, strict: bool = False) -> str:
    """Give what a heading's words say that a column holds; nothing where they do not tell."""
    return _kind_of(_folded(heading), strict)


@lru_cache(maxsize=10_000)
def _kind_of(folded: str, strict: bool) -> str:
    known = KNOWN.get(folded, "")
    if known or strict or len(folded) > 60:
        return known
    return next((column for column, like in LIKE.items() if like.fullmatch(folded)), "")


@lru_cache(maxsize=10_000)
def _folded(heading: str) -> str:
    """Give a heading as it is compared: without spaces, full stops, brackets and long dashes."""
    plain = digits.strip_invisible(heading).lower()
    return re.sub(r"[\s.:]|\(.*?\)", "", re.sub("[–—−]", "-", plain))
