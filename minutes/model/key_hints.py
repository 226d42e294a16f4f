"""What an unknown key may mean: one that is known here, one of another record, or none."""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import cast

from minutes.model.meeting import (
    Absentee,
    Action,
    Attachment,
    Attendance,
    Certified,
    Change,
    Correction,
    Image,
    Matter,
    Meeting,
    Quote,
    Release,
    Remark,
    Section,
    Substitute,
    Vote,
)
from minutes.model.office import Body, Numerals, Office, Person
from minutes.model.record import Record, folded
from minutes.problems.errors import Fault
from minutes.source.repair import MOST_FAULTS

RECORDS: Mapping[type[Record], tuple[str, str]] = {
    Meeting: ("การประชุม (ชิดซ้ายสุด)", "the meeting itself (at the left edge)"),
    Matter: ("เรื่อง", "items"),
    Person: ("รายชื่อบุคคล", "persons"),
    Attendance: ("การเข้าประชุม", "attendance"),
    Absentee: ("ผู้ไม่มาประชุม", "absent"),
    Substitute: ("ผู้มาประชุมแทน", "substitutes"),
    Change: ("เข้าออกระหว่างประชุม", "changes"),
    Section: ("ระเบียบวาระ", "agenda"),
    Correction: ("ข้อแก้ไข", "corrections"),
    Remark: ("อภิปราย", "discussion"),
    Vote: ("คะแนนเสียง", "vote"),
    Action: ("มอบหมาย", "actions"),
    Image: ("ภาพ", "images"),
    Attachment: ("เอกสารแนบ", "attachments"),
    Release: ("ข่าวประชาสัมพันธ์", "release"),
    Quote: ("คำกล่าว", "quote"),
    Body: ("body.yaml", "body.yaml"),
    Office: ("office.yaml", "office.yaml"),
    Numerals: ("ตัวเลข", "numerals"),
    Certified: ("รับรองครั้งที่", "certified"),
}
"""The records by what a writer calls them."""


@lru_cache(maxsize=MOST_FAULTS)
def unknown_key(record: type[Record], text: str) -> Fault:
    """Say what an unknown key may mean: one that is known here, one of another record, or none."""
    word = folded(text).lower()
    if near := _meant_by(record, word):
        return Fault("D40", key=text, near=near)
    owners = [
        names for other, names in RECORDS.items() if word in other.keys | _hints(other).keys()
    ]
    if owners:
        where_th, where_en = zip(*owners[:3], strict=True)
        return Fault("D56", key=text, where_th=where_th, where=where_en)
    if near := _nearest(word, record.keys, 0.65):
        return Fault("D40", key=text, near=near)
    english = word.isascii()
    shown = [
        record.shown_key(name, english=english) for name in dict.fromkeys(record.keys.values())
    ]
    return Fault("D55", key=text, known=tuple(shown))


def _meant_by(record: type[Record], word: str) -> str:
    """Give the key that people mean by a word, that it nearly spells, or that it contains."""
    if word in (hints := _hints(record)):
        return hints[word]
    if near := _nearest(word, record.keys, 0.85):
        return near
    if any(word in other.keys or word in _hints(other) for other in RECORDS):
        return ""
    within = [known for known in record.keys if len(known) > 2 and (known in word or word in known)]
    return max(within, key=len, default="") if len(word) > 2 else ""


@cache
def _hints(record: type[Record]) -> dict[str, str]:
    """Give the words that people write for a record's keys, and the keys."""
    hints: dict[str, str] = {}
    for info in record.model_fields.values():
        extra = info.json_schema_extra
        words = cast(list[str], extra["meant_by"]) if isinstance(extra, dict) else []
        hints |= dict.fromkeys(words, str(info.title))
    return hints


def _nearest(word: str, keys: Iterable[str], cutoff: float) -> str:
    """Give the nearest key in the language of the word."""
    same_language = [known for known in keys if known.isascii() == word.isascii()]
    return next(iter(difflib.get_close_matches(word, same_language, n=1, cutoff=cutoff)), "")
