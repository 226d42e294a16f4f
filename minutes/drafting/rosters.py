"""A body's members out of a list that people already have: a table, or numbered lines.

No row is dropped: each is a heading, a member, or a remark that stands where it stood. What the
reading of a row is not sure of, it says beside that row, with the original text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from minutes.drafting import headings, sheets
from minutes.drafting.headings import HEADINGS, NAMED, Columns
from minutes.drafting.roles import ROLE_AT_END, is_role, without_recorder
from minutes.drafting.tables import Row, Sheet
from minutes.problems.errors import MinutesError, problem
from minutes.problems.messages import Language
from minutes.source import quoting
from minutes.source.encoding import FORBIDDEN
from minutes.thai import digits, names

Doubt = Literal[
    "no name", "no title", "two names", "twice", "merged", "hidden", "hidden sheet",
    "hidden column", "formula", "gap", "rest",
]  # fmt: skip

NUMBER = re.compile(r"\(?([0-9๐-๙]{1,3})(?:\.[0-9๐-๙]{1,2})*(?:[.)]+\s*|\s+|$)")
LABEL = re.compile(r"(?:(ตำแหน่ง)|(หน้าที่))\s*[:：]?\s*")
# What begins a position: whoever stands before it has no surname there.
POST = re.compile(
    r"(?:นายก|นายอำเภอ|นายทะเบียน|นายแพทย์|ปลัด|กำนัน|ผู้|รอง|หัวหน้า|เกษตร|พัฒนา|สาธารณสุข|ครู|อาจารย์|เจ้า|นัก|พนักงาน|"
    r"ลูกจ้าง|ประธาน|เลขา|กรรมการ|สมาชิก|ที่ปรึกษา|แพทย์|พยาบาล|วิศวกร|นิติกร|ท้องถิ่น|ประมง|ปศุสัตว์|สัสดี|สรรพ|ศึกษา|"
    r"ป้องกัน|อำนวยการ|ข้าราชการ|ตัวแทน|ราษฎร|ประชาชน|เหรัญญิก|คณบดี|อธิการ|ผอ|ผญบ|สารวัตร|อิหม่าม|โต๊ะ|วัฒนธรรม|แรงงาน|"
    r"คลัง|ที่ดิน|ขนส่ง|ตำแหน่ง|หน้าที่|ปราชญ์|อสม|ข้อ)"
)
SHORT = {"ต": "ตำบล", "อ": "อำเภอ", "จ": "จังหวัด", "รร": "โรงเรียน", "สนง": "สำนักงาน"}
SHORT |= {"อบต": "องค์การบริหารส่วนตำบล", "ทต": "เทศบาลตำบล", "สภ": "สถานีตำรวจภูธร", "ม": "หมู่ที่"}
SHORTENED = re.compile(r"(?<![ก-๙.])(" + "|".join(sorted(SHORT, key=len, reverse=True)) + r")\.\s*")
SEAT = re.compile(r"(?:ที่ว่าการ|สำนักงาน|ที่ทำการ)")
LEAST_SHARED = 4  # letters that the end of a position and the beginning of an agency have in common
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
    is_recorder: bool = False


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
    def recorders(self) -> list[str]:
        """The names of those who take the minutes."""
        return [member.name for member in self.members if member.is_recorder]

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
    entries: list[Member | Remark] = []
    numbers: list[int] = []
    others: list[str] = []
    columns: Columns = {}
    are_wide = sum(row.filled > 1 for row in sheet.rows) * 2 > len(sheet.rows)
    at = count = 0
    while at < len(sheet.rows):
        found = headings.at(sheet.rows, at, again=bool(columns)) if sheet.is_table else None
        if found:
            columns, count, at = found.columns, count + found.rows, at + found.rows
            others += [kind for kind in columns.values() if kind not in HEADINGS]
            continue
        row = sheet.rows[at]
        entry = _entry(row, columns, sheet, are_wide=are_wide)
        if isinstance(entry, Member):
            entry = _doubted(_with_role(entry), row, sheet, numbers)
        entries.append(entry)
        at += 1
    return Roster(tuple(entries), count, tuple(others))


def _entry(row: Row, columns: Columns, sheet: Sheet, *, are_wide: bool) -> Member | Remark:
    """Read a row; what stands alone in one, of a list that has more in each, names a group."""
    own = [at for at, cell in enumerate(row.cells) if cell and at not in row.above]
    if columns and are_wide and len(own) == 1:
        is_post = columns.get(own[0]) in ("position", "agency", "status", "role")
        if not is_post and not _looks_like_a_name(_line(row.cells[own[0]])):
            return Remark(row.text, row.number)
    return _under(row, columns) if columns else _by_itself(row, is_table=sheet.is_table)


# --- rows ---------------------------------------------------------------------------------------


def _under(row: Row, columns: Columns) -> Member | Remark:
    """Read a row below headings."""
    held: dict[str, list[str]] = {}
    rest: list[str] = []
    for place, cell in enumerate(row.cells):
        kind = columns.get(place, "")
        if cell and (not kind or (kind in held and not _can_go_on(kind, cell))):
            rest.append(_line(cell))
        elif cell:
            held.setdefault(kind, []).append(cell)
    told = {kind for kind in held if kind != "number"}
    name, more = _name_of(held)
    if not told or (
        told <= {*NAMED} and not _looks_like_a_name(name) and len({*columns.values()}) > 2
    ):
        return Remark(row.text, row.number)
    position = _together(_told(held, "position"), _told(held, "agency"))
    doubts: list[Doubt] = [] if name else ["no name"]
    if rest or (more and position):
        doubts.append("rest")
    if not position and not more and len(parts := _divided(name)) > 1:
        name, more = parts[0], " ".join(parts[1:])
        doubts.append("rest")
    if not name:  # appointed by position
        name, position = position or row.text, ""
    role, note = _told(held, "role"), _told(held, "note")
    return Member(name, position or more, role, note, row.number, row.text, tuple(doubts))


def _told(held: Mapping[str, Sequence[str]], kind: str) -> str:
    """Give what the columns of a kind say, on one line."""
    return " ".join(_line(cell) for cell in held.get(kind, ()))


def _can_go_on(kind: str, cell: str) -> bool:
    """Whether a cell may be the rest of what stands in the column before, under one heading."""
    return kind not in NAMED or not (re.search("[0-9๐-๙]", cell) or is_role(cell))


def _together(position: str, agency: str) -> str:
    """Give position and agency in one, without saying twice what both say."""
    if not agency or _plain(SEAT.sub("", agency, count=1)) in _plain(position):
        return position
    whole = _written_out(agency)
    for shared in range(min(len(position), len(whole)), LEAST_SHARED - 1, -1):
        if position.endswith(whole[:shared]):
            return position + whole[shared:]
    return f"{position} {agency}".strip()


def _plain(text: str) -> str:
    """Give a text as it is compared: short forms written out, no spaces, one kind of digits."""
    return "".join(digits.arabic(_written_out(text)).split())


def _written_out(text: str) -> str:
    return SHORTENED.sub(lambda found: SHORT[found[1]], text)


def _name_of(held: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Put a name together from its columns; gives also what stands on lines below it."""
    title = _told(held, "title")
    if "name" not in held:
        given, surname = _told(held, "given"), _told(held, "surname")
        return _in_one([title, given, surname]), ""
    if len(held["name"]) > 1:
        return _in_one([title, *map(_line, held["name"])]), ""
    first, *lines = [line for line in held["name"][0].split("\n") if line.strip()]
    name = _joined(title, NUMBER.sub("", _line(first), count=1).strip())
    return name, LABEL.sub("", " ".join(map(_line, lines)), count=1)


def _in_one(parts: Sequence[str]) -> str:
    """Give a name out of its parts: a title touches what follows it."""
    first, *others = [part for part in parts if part] or [""]
    first = NUMBER.sub("", first, count=1).strip()
    if _is_title(first):
        return _joined(first, " ".join(others))
    return " ".join([first, *others])


def _is_title(text: str) -> bool:
    """Whether a text is a title and no more."""
    return bool(text) and names.split_name(f"{text}ก ข")[1:] == ("ก", "ข")


def _with_role(member: Member) -> Member:
    """Take for roles what is written as a note, and know who takes the minutes."""
    role, writes = without_recorder(member.role)
    note, writes_too = without_recorder(member.note)
    position, writes_as_well = without_recorder(member.position)
    doubts = member.doubts
    if note and is_role(note) and role in ("", note):
        role, note = note, ""
    elif note and is_role(note):
        doubts = (*doubts, "rest")
    found = writes or writes_too or writes_as_well
    return replace(
        member, position=position, role=role, note=note, doubts=doubts, is_recorder=found
    )


def _joined(title: str, name: str) -> str:
    """Give a name behind its title as it is written."""
    if not title or not name:
        return name
    joined = names.display_name(f"{title}{name}")
    return joined if names.split_name(joined).title else f"{title} {name}"


def _line(text: str) -> str:
    """Give a text on one line, without what nobody can see or print."""
    return " ".join(FORBIDDEN.sub(" ", digits.strip_invisible(text)).split())


def _looks_like_a_name(text: str) -> bool:
    """Whether a text has a title before it."""
    return bool(names.split_name(text).title)


def _by_itself(row: Row, *, is_table: bool) -> Member | Remark:
    """Read a row or a paragraph without headings by what its parts look like."""
    cells = [cell for cell in (_line(part) for part in row.cells) if cell]
    is_numbered = row.is_numbered
    if cells and (match := NUMBER.match(f"{cells[0]} ")):
        is_numbered = True
        cells[0] = cells[0][match.end() :].strip()
    parts = [part for cell in cells if cell for part in _unlabelled(cell)]
    parts = _divided(parts[0]) if len(parts) == 1 else _with_surname(parts)
    named = [part for part in parts if _looks_like_a_name(part)]
    roles = [part for part in parts if is_role(part) or without_recorder(part)[1]]
    if not named and not (roles and len(parts) > 1 and (is_numbered or is_table)):
        return Remark(row.text, row.number)
    name = named[0] if named else next((part for part in parts if part not in roles), parts[0])
    others = [part for part in parts if part != name and part not in roles[-1:]]
    role = roles[-1] if roles and roles[-1] != name else ""
    doubts: list[Doubt] = [] if named else ["no name"]
    if len(others) > 1 or not (is_table or is_numbered or role):
        doubts.append("rest")
    return Member(name, " ".join(others), role, "", row.number, row.text, tuple(doubts))


def _with_surname(parts: Sequence[str]) -> list[str]:
    """Put a name together that wide gaps, or columns of its own, have parted."""
    for at, part in enumerate(parts[:-1]):
        if _is_title(part):
            joined = _joined(part, parts[at + 1])
            return _with_surname([*parts[:at], joined, *parts[at + 2 :]])
        title, _, surname = names.split_name(part)
        following = parts[at + 1]
        is_word = " " not in following.removeprefix("ณ ") and not POST.match(following)
        if title and not surname and "พระ" not in title and is_word and not is_role(following):
            return [*parts[:at], f"{part} {following}", *parts[at + 2 :]]
    return list(parts)


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
    title, given, surname = names.split_name(rest)
    family, position = _family_and_position(surname)
    name = names.display_name(f"{title} {given} {family}".strip())
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
    if row.unsure:
        doubts.append("formula")
    if row.unseen:
        doubts.append("hidden column")
    if row.is_hidden:
        doubts.append("hidden")
    if sheet.is_hidden:
        doubts.append("hidden sheet")
    return replace(member, doubts=tuple(doubts))


def _names_another(name: str) -> bool:
    """Whether a second person's title stands behind a name."""
    surname = names.split_name(name).surname
    return any(_looks_like_a_name(surname[at.end() :]) for at in ANOTHER.finditer(surname))


def _typed_number(row: Row) -> Iterator[int]:
    """Give the number that a row begins with."""
    first = next((cell for cell in row.cells if cell), "")
    if match := NUMBER.match(f"{first} "):
        yield int(digits.arabic(match[1]))


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
        "hidden column": "มีคอลัมน์ที่ซ่อนอยู่ในไฟล์",
        "formula": "มีสูตรที่ยังไม่ได้คำนวณหรือคำนวณไม่ได้ เปิดใน Excel แล้วบันทึกก่อน",
        "recorders": "ผู้จดรายงานตามไฟล์",
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
        "hidden column": "a column is hidden in the file",
        "formula": "a formula without a result: open the file in Excel and save it first",
        "recorders": "minute-taker in the file",
        "gap": "the number does not follow the row before",
        "rest": "position and role may be divided otherwise",
    },
}


def as_yaml(roster: Roster, language: Language = "th", *, has_recorder: bool = False) -> str:
    """Give the members as body.yaml holds them, doubts and remarks as comments in their places.

    Who takes the minutes comes behind them; as a comment where the body ``has_recorder``.
    """
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
    named = [_line(name) for name in roster.recorders]
    if len(named) == 1 and not has_recorder:
        lines.append(f"ผู้จดรายงาน: {quoting.scalar(named[0])}")
    elif named:
        lines.append(f"  # {words['recorders']}: {quoting.comment(' · '.join(named))}")
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
