"""A body's members out of a list that people already have: a table, or numbered lines.

No row is dropped: each is a heading, a member, or a remark that stands where it stood. What the
reading of a row is not sure of, it says beside that row, with the original text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from minutes import quoting, sheets, thai
from minutes.errors import MinutesError, problem
from minutes.letters import FORBIDDEN
from minutes.messages import Language
from minutes.tables import Row, Sheet

Column = Literal[
    "number", "title", "given", "surname", "name", "position", "agency", "role", "note"
]
Columns: TypeAlias = Mapping[int, Column | str]  # one of another kind goes by its own heading
Doubt = Literal[
    "no name", "no title", "two names", "twice", "merged", "hidden", "hidden sheet", "gap", "rest"
]

HEADINGS: Mapping[Column, tuple[str, ...]] = {
    "number": ("ลำดับ", "ลำดับที่", "ที่", "เลขที่", "ข้อ", "no", "#"),
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "ยศ/คำนำหน้า", "prefix"),
    "surname": ("นามสกุล", "สกุล", "ชื่อสกุล", "lastname", "surname"),
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
        *("ตำแหน่ง/หน่วยงาน", "ตำแหน่งงาน", "ตำแหน่งหลัก", "ตำแหน่งและสังกัด"),
    ),
    "agency": ("หน่วยงาน", "สังกัด", "หน่วยงาน/สังกัด", "สังกัด/หน่วยงาน", "ส่วนราชการ", "organization"),
    "note": ("หมายเหตุ", "note", "remark", "remarks"),
}
KNOWN: Mapping[str, Column] = {word: column for column, words in HEADINGS.items() for word in words}
NAMED: tuple[Column, ...] = ("name", "given", "surname")
MOST_ABOVE = 15  # rows of titles above the headings

_CHAIR = "(?:รอง|ผู้ช่วย)?(?:ประธาน|เลขานุการ|เหรัญญิก|หัวหน้า)"
_OF = "(?:ที่ประชุม|คณะที่ปรึกษา|คณะกรรมการ|คณะอนุกรรมการ|คณะทำงาน|อนุกรรมการ|กรรมการ|สภา[ก-ฮะ-์]*)?"
_ONE_ROLE = (
    rf"(?:ที่ปรึกษา(?:คณะกรรมการ|คณะทำงาน)?|{_CHAIR}{_OF}|กรรมการ(?:กลาง|บริหาร|โดยตำแหน่ง|"
    r"ผู้ทรงคุณวุฒิ)?|อนุกรรมการ|คณะทำงาน|ผู้ทำงาน|สมาชิก(?:สภา[ก-ฮะ-์]*)?|ผู้ประสานงาน|นายทะเบียน|"
    r"ประชาสัมพันธ์|ปฏิคม)"
)
_ORDER = "(?: ?(?:คนที่|ลำดับที่) ?(?:[0-9๐-๙]+|หนึ่ง|สอง|สาม|สี่))?"
ROLE = re.compile(rf"{_ONE_ROLE}{_ORDER}(?: ?(?:และ|/|, ?) ?{_ONE_ROLE}{_ORDER})*")
ROLE_AT_END = re.compile(rf"(?<=\s)({ROLE.pattern})$")
NUMBER = re.compile(r"\(?([0-9๐-๙]{1,3})(?:\.[0-9๐-๙]{1,2})*(?:[.)]+\s*|\s+|$)")
LABEL = re.compile(r"(?:(ตำแหน่ง)|(หน้าที่))\s*[:：]?\s*")
ANOTHER = re.compile(r"\s(?:และ|หรือ)?|[/,;]\s?")


@dataclass(frozen=True)
class Member:
    """A member as read from a row, what is doubtful about it, and the row's own text."""

    name: str
    position: str = ""
    role: str = ""
    note: str = ""
    place: int = 0
    original: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A row that names nobody: a title, a section of the list, or other text."""

    text: str
    place: int = 0


@dataclass(frozen=True)
class Roster:
    """What a file holds, in its order: as many ``entries`` and ``headings`` as it has rows."""

    entries: tuple[Member | Remark, ...]
    headings: int = 0
    left_out: tuple[str, ...] = field(default=())

    @property
    def members(self) -> list[Member]:
        """The members in the order of the file."""
        return [entry for entry in self.entries if isinstance(entry, Member)]

    @property
    def doubtful(self) -> int:
        """How many members somebody has to look at."""
        return sum(bool(member.doubts) for member in self.members)


def read(path: Path) -> Roster:
    """Read the members out of a Word, Excel or CSV file; raises MinutesError."""
    roster = of(sheets.read(path))
    if not roster.members:
        raise MinutesError([problem(path, 1, 1, "D126")])
    return roster


def of(found: Iterable[Sheet]) -> Roster:
    """Give the members that stand in some sheets."""
    parts = [_of_sheet(sheet) for sheet in found]
    entries = tuple(_twice(entry for part in parts for entry in part.entries))
    left_out = dict.fromkeys(heading for part in parts for heading in part.left_out)
    return Roster(entries, sum(part.headings for part in parts), tuple(left_out))


def _of_sheet(sheet: Sheet) -> Roster:
    at, columns = _headings(sheet)
    entries: list[Member | Remark] = []
    numbers: list[int] = []
    for row in (row for index, row in enumerate(sheet.rows) if index != at):
        below = columns and row.number > sheet.rows[at].number
        entry = _under(row, columns) if below else _by_itself(row, is_table=sheet.is_table)
        if isinstance(entry, Member):
            entry = _doubted(entry, row, sheet, numbers)
        entries.append(entry)
    known = {*HEADINGS}
    others = tuple(heading for heading in columns.values() if heading not in known)
    return Roster(tuple(entries), int(bool(columns)), others)


# --- headings -----------------------------------------------------------------------------------


def _headings(sheet: Sheet) -> tuple[int, Columns]:
    """Find the row of headings and what each column holds; no columns where there is none."""
    for index, row in enumerate(sheet.rows[:MOST_ABOVE] if sheet.is_table else ()):
        columns, below = _columns(row), sheet.rows[index + 1 :]
        kinds = {*columns.values()} & {*HEADINGS}
        alone = len(columns) == 1 and all(sum(map(bool, r.cells)) == 1 for r in below)
        if kinds & {*NAMED} and (len(kinds) > 1 or alone):
            return index, _roles_told_apart(columns, below)
    return -1, {}


def _columns(row: Row) -> dict[int, Column | str]:
    """Give what each column holds if the row is one of headings."""
    columns: dict[int, Column | str] = {}
    for place, cell in enumerate(row.cells):
        if heading := " ".join(cell.split()):
            kind = KNOWN.get(_folded(heading))
            columns[place] = heading if kind is None or kind in columns.values() else kind
    if "surname" in columns.values():
        columns = {at: "given" if kind == "name" else kind for at, kind in columns.items()}
    return columns


def _folded(heading: str) -> str:
    """Give a heading as it is compared: without spaces, full stops, brackets and long dashes."""
    plain = thai.strip_invisible(heading).lower()
    return re.sub(r"[\s.:]|\(.*?\)", "", re.sub("[–—−]", "-", plain))


def _roles_told_apart(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Take a column headed ตำแหน่ง for the roles in the body where its words are such."""
    if "role" in columns.values():
        return columns
    for at, kind in columns.items():
        cells = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
        if kind == "position" and cells and sum(map(_is_role, cells)) > len(cells) / 2:
            return {**columns, at: "role"}
    return columns


def _is_role(text: str) -> bool:
    return ROLE.fullmatch(" ".join(text.split())) is not None


# --- rows ---------------------------------------------------------------------------------------


def _under(row: Row, columns: Columns) -> Member | Remark:
    """Read a row below headings."""
    held: dict[str, str] = {}
    rest: list[str] = []
    for place, cell in enumerate(row.cells):
        kind = columns.get(place, "")
        if cell and not kind:
            rest.append(_line(cell))
        elif cell:
            held[kind] = cell
    told = {kind for kind in held if kind != "number"}
    name, more = _name_of(held)
    if not told or (
        told <= {*NAMED} and not _looks_like_a_name(name) and len({*columns.values()}) > 2
    ):
        return Remark(row.text, row.number)
    position = " ".join(_line(held[kind]) for kind in ("position", "agency") if kind in held)
    doubts: list[Doubt] = [] if name else ["no name"]
    if rest or (more and position):
        doubts.append("rest")
    if not position and not more and len(parts := _divided(name)) > 1:
        name, more = parts[0], " ".join(parts[1:])
        doubts.append("rest")
    if not name:  # appointed by position
        name, position = position or row.text, ""
    role, note = _line(held.get("role", "")), _line(held.get("note", ""))
    return Member(name, position or more, role, note, row.number, row.text, tuple(doubts))


def _name_of(held: Mapping[str, str]) -> tuple[str, str]:
    """Put a name together from its columns; gives also what stands on lines below it."""
    if "name" not in held:
        title, given, surname = (
            _line(held.get(kind, "")) for kind in ("title", "given", "surname")
        )
        return _joined(title, f"{given} {surname}".strip()), ""
    first, *lines = [line for line in held["name"].split("\n") if line.strip()]
    name = _joined(_line(held.get("title", "")), NUMBER.sub("", _line(first), count=1).strip())
    return name, LABEL.sub("", " ".join(map(_line, lines)), count=1)


def _joined(title: str, name: str) -> str:
    """Give a name behind its title as it is written."""
    if not title or not name:
        return name
    joined = thai.display_name(f"{title}{name}")
    return joined if thai.split_name(joined).title else f"{title} {name}"


def _line(text: str) -> str:
    """Give a text on one line, without what nobody can see or print."""
    return " ".join(FORBIDDEN.sub(" ", thai.strip_invisible(text)).split())


def _looks_like_a_name(text: str) -> bool:
    """Whether a text has a title before it."""
    return bool(thai.split_name(text).title)


def _by_itself(row: Row, *, is_table: bool) -> Member | Remark:
    """Read a row or a paragraph without headings by what its parts look like."""
    cells = [cell for cell in (_line(part) for part in row.cells) if cell]
    is_numbered = row.is_numbered
    if cells and (match := NUMBER.match(f"{cells[0]} ")):
        is_numbered = True
        cells[0] = cells[0][match.end() :].strip()
    parts = [part for cell in cells if cell for part in _unlabelled(cell)]
    parts = _divided(parts[0]) if len(parts) == 1 else parts
    named = [part for part in parts if _looks_like_a_name(part)]
    roles = [part for part in parts if _is_role(part)]
    if not named and not (roles and len(parts) > 1 and (is_numbered or is_table)):
        return Remark(row.text, row.number)
    name = named[0] if named else next((part for part in parts if part not in roles), parts[0])
    others = [part for part in parts if part != name and part not in roles[-1:]]
    role = roles[-1] if roles and roles[-1] != name else ""
    doubts: list[Doubt] = [] if named else ["no name"]
    if len(others) > 1 or not (is_table or is_numbered or role):
        doubts.append("rest")
    return Member(name, " ".join(others), role, "", row.number, row.text, tuple(doubts))


def _unlabelled(cell: str) -> list[str]:
    """Take away the labels ``ตำแหน่ง`` and ``หน้าที่`` before what they name."""
    text = LABEL.sub("", cell, count=1) if LABEL.match(f"{cell} ") else cell
    return [text] if text else []


def _divided(text: str) -> list[str]:
    """Divide a line without gaps: name, position and role, where a title begins it."""
    role = ROLE_AT_END.search(text)
    rest, parts = (text[: role.start()].strip(), [role[1]]) if role else (text, [])
    if not _looks_like_a_name(rest) or _names_another(rest):
        return [*([rest] if rest else []), *parts]
    if label := re.search(r"\s+ตำแหน่ง\s*", rest):
        return [rest[: label.start()], *_unlabelled(rest[label.end() :]), *parts]
    title, given, surname = thai.split_name(rest)
    family, position = _family_and_position(surname)
    name = thai.display_name(f"{title} {given} {family}".strip())
    return [name, *([position] if position else []), *parts]


def _family_and_position(surname: str) -> tuple[str, str]:
    """Divide what stands behind a given name: a surname, with its ``ณ``, and a position."""
    match = re.match(r"((?:ณ )?\S+(?: ณ \S+)?)(?:\s+(.*))?$", surname)
    return (match[1], match[2] or "") if match else (surname, "")


# --- doubts -------------------------------------------------------------------------------------


def _doubted(member: Member, row: Row, sheet: Sheet, numbers: list[int]) -> Member:
    """Add what is doubtful about the row itself, and about the name in it."""
    doubts = [*member.doubts]
    if "no name" not in doubts and not _looks_like_a_name(member.name):
        doubts.append("no title")
    if _names_another(member.name):
        doubts.append("two names")
    number = next(iter(_typed_number(row)), 0)
    if number and numbers and number not in (numbers[-1] + 1, 1):
        doubts.append("gap")
    numbers += [number] if number else []
    if row.above:
        doubts.append("merged")
    if row.is_hidden:
        doubts.append("hidden")
    if sheet.is_hidden:
        doubts.append("hidden sheet")
    return replace(member, doubts=tuple(doubts))


def _names_another(name: str) -> bool:
    """Whether a second person's title stands behind a name."""
    surname = thai.split_name(name).surname
    return any(_looks_like_a_name(surname[at.end() :]) for at in ANOTHER.finditer(surname))


def _typed_number(row: Row) -> Iterator[int]:
    """Give the number that a row begins with."""
    first = next((cell for cell in row.cells if cell), "")
    if match := NUMBER.match(f"{first} "):
        yield int(thai.arabic(match[1]))


def _twice(entries: Iterable[Member | Remark]) -> Iterator[Member | Remark]:
    """Go through the entries; whoever comes a second time is doubtful."""
    seen: Counter[str] = Counter()
    for entry in entries:
        if isinstance(entry, Member):
            key = "".join(entry.name.split())
            seen[key] += 1
            if seen[key] > 1:
                entry = replace(entry, doubts=(*entry.doubts, "twice"))
        yield entry


# --- YAML ---------------------------------------------------------------------------------------

WORDS: Mapping[Language, Mapping[str, str]] = {
    "th": {
        "check": "ตรวจ",
        "original": "ข้อความเดิม",
        "remark": "ไม่ใช่รายชื่อ",
        "left out": "ไม่นำเข้าคอลัมน์",
        "no name": "ไม่พบชื่อบุคคล อาจแต่งตั้งโดยตำแหน่ง",
        "no title": "ไม่พบคำนำหน้าชื่อ",
        "two names": "อาจมีมากกว่าหนึ่งคน",
        "twice": "ชื่อซ้ำ",
        "merged": "มีเซลล์ที่ผสานกับแถวบน",
        "hidden": "แถวหรือข้อความนี้ซ่อนอยู่ในไฟล์",
        "hidden sheet": "แผ่นงานนี้ซ่อนอยู่ในไฟล์",
        "gap": "ลำดับไม่ต่อกับแถวก่อน",
        "rest": "แบ่งตำแหน่งและหน้าที่ไม่แน่ใจ",
    },
    "en": {
        "check": "check",
        "original": "original",
        "remark": "not a person",
        "left out": "columns left out",
        "no name": "no person's name, perhaps appointed by position",
        "no title": "no title before the name",
        "two names": "perhaps more than one person",
        "twice": "the name comes twice",
        "merged": "a cell is merged with the row above",
        "hidden": "this row or text is hidden in the file",
        "hidden sheet": "this worksheet is hidden in the file",
        "gap": "the number does not follow the row before",
        "rest": "position and role may be divided otherwise",
    },
}


def as_yaml(roster: Roster, language: Language = "th") -> str:
    """Give the members as body.yaml holds them, doubts and remarks as comments in their places."""
    words = WORDS[language]
    lines = ["สมาชิก:"]
    if roster.left_out:
        lines.append(
            f"  # {words['left out']}: {quoting.comment(_line(' · '.join(roster.left_out)))}"
        )
    for entry in roster.entries:
        if isinstance(entry, Remark):
            lines.append(f"  # {words['remark']}: {quoting.comment(_line(entry.text))}")
        else:
            lines += _lines_of(entry, words)
    return "\n".join(lines) + "\n"


def _lines_of(member: Member, words: Mapping[str, str]) -> Iterator[str]:
    if member.doubts:
        reasons = ", ".join(words[doubt] for doubt in member.doubts)
        original = quoting.comment(_line(member.original))
        yield f"  # {words['check']}: {reasons} {words['original']}: {original}"
    yield f"  - ชื่อ: {quoting.scalar(_line(member.name))}"
    for key, value in (
        ("ตำแหน่ง", member.position),
        ("หน้าที่", member.role),
        ("หมายเหตุ", member.note),
    ):
        if value:
            yield f"    {key}: {quoting.scalar(_line(value))}"
