"""Every text that a secretary can write, found in the models: so no field can be forgotten.

A field is known by the way to it from the top of its file. ``written`` gives a file in which texts
stand at such ways.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from minutes.model import meeting, office
from minutes.model.record import Record

TOPS: tuple[type[Record], ...] = (office.Office, office.Body, meeting.Meeting)
IMAGE = "images/a.jpg"
BESIDE: dict[type[Record], dict[str, object]] = {
    office.Person: {"name": "นายตัวอย่าง ที่หนึ่ง"},
    meeting.Absentee: {"name": "นางสอง ใจเย็น"},
    meeting.Substitute: {"member": "นางสอง ใจเย็น", "name": "นายตัวอย่าง ที่หก"},
    meeting.Change: {"name": "นายหนึ่ง ใจดี", "arrived": "09.45"},
    meeting.Remark: {"text": "ควรเร่งดำเนินการ"},
    meeting.Vote: {"in_favour": "3"},
    meeting.Action: {"task": "จัดทำแผนงาน"},
    meeting.Image: {"file": IMAGE},
    meeting.Attachment: {"title": "แผนงาน"},
    meeting.Correction: {"old": "เดิม", "new": "ใหม่"},
    meeting.Matter: {"title": "แผนงานประจำปี", "resolution": "รับทราบ"},
    meeting.Section: {"kind": "other"},
    meeting.Quote: {"name": "นายหนึ่ง ใจดี", "text": "พร้อมดำเนินการ"},
    office.Office: {"name": "ที่ว่าการอำเภอตัวอย่าง"},
    office.Body: {"name": "คณะกรรมการตัวอย่าง"},
}
"""What a record needs beside the field that is looked at, and what is innocent."""
SOMEBODY_ELSE = {
    "guests": {"name": "นายตัวอย่าง ที่เจ็ด"},
    "absent": {"name": "นางสาม ใจเย็น"},
    "present": {"name": "นายหนึ่ง ใจดี"},
}
"""Nobody is on two lists."""

# What becomes of each text in the public copy, but for those of an item that is secret or personal.
PUBLIC: dict[type[Record], str] = {
    office.Office: "name short_name unit release_credit",
    office.Body: "name short_name place sections",
    office.Person: "name position role note",
    meeting.Meeting: "session month place platform title opening closing",
    meeting.Absentee: "name",
    meeting.Substitute: "member name position",
    meeting.Change: "name",
    meeting.Remark: "speaker text",
    meeting.Vote: "in_favour against abstain",
    meeting.Action: "task owner",
    meeting.Image: "caption",
    meeting.Attachment: "title",
    meeting.Correction: "page line old new",
    meeting.Matter: "title presenter background detail proposal resolution in_release",
    meeting.Section: "title resolution",
    meeting.Release: "headline issue lead participants highlights closing credit",
    meeting.Quote: "name text",
}
WITHHELD: dict[type[Record], str] = {
    office.Office: "document_code logo garuda glossary publish_to public trust archive",
    meeting.Absentee: "reason",
    meeting.Image: "file",
    meeting.Attachment: "file",
}
EVERYWHERE_WITHHELD = "ignore"
OWN: dict[type[Record], str] = {office.Office: "address phone email website"}
FORMS: dict[type[Record], str] = {meeting.Matter: "follows"}  # of one form, which says nothing


@dataclass(frozen=True)
class Field:
    """A text: the records and fields that lead to it."""

    way: tuple[tuple[type[Record], str], ...]

    def __str__(self) -> str:
        top = self.way[0][0].__name__
        return ".".join([top, *(name for _, name in self.way)])

    @property
    def top(self) -> type[Record]:
        """The record that its file is."""
        return self.way[0][0]

    @property
    def last(self) -> tuple[type[Record], str]:
        """The record that has it, and its name there."""
        return self.way[-1]

    def is_in(self, decided: Mapping[type[Record], str]) -> bool:
        """Whether a table has it."""
        record, name = self.last
        return name in decided.get(record, "").split()

    @property
    def is_public(self) -> bool:
        """Whether the public sees it."""
        return self.is_in(PUBLIC)

    @property
    def is_withheld(self) -> bool:
        """Whether no public file may hold it."""
        return self.is_in(WITHHELD) or self.last[1] == EVERYWHERE_WITHHELD


def fields(top: type[Record]) -> Iterator[Field]:
    """Go through every text that a file may hold."""
    yield from (Field(way) for way in _ways(top))


def _ways(record: type[Record]) -> Iterator[tuple[tuple[type[Record], str], ...]]:
    for name, info in record.model_fields.items():
        for kind in _types(info.annotation) if name != "places" else ():
            if kind is str:
                yield ((record, name),)
            elif isinstance(kind, type) and issubclass(kind, Record):
                yield from (((record, name), *rest) for rest in _ways(kind))


def _types(annotation: Any) -> Iterator[Any]:
    """Go through the types that an annotation is made of; words to choose from are no texts."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return
    if origin is None:
        yield annotation
    for each in dict.fromkeys(inside[:1] if origin in (dict, Mapping) else inside):
        yield from _types(each)


def written(top: type[Record], texts: Mapping[Field, str], **others: object) -> str:
    """Give a file with these texts and other values, a line for each key at its left edge."""
    whole: dict[str, Any] = _named(top, {**BESIDE.get(top, {}), **others})
    for field, text in texts.items():
        _put(whole, field.way, text)
    return "".join(f"{key}: {json.dumps(v, ensure_ascii=False)}\n" for key, v in whole.items())


def _named(record: type[Record], values: Mapping[str, object]) -> dict[str, Any]:
    return {record.shown_key(name): value for name, value in values.items()}


def _put(into: dict[str, Any], way: tuple[tuple[type[Record], str], ...], text: str) -> None:
    (record, name), *rest = way
    key = record.shown_key(name)
    if not rest:
        into[key] = _value(record, name, text)
        return
    inner = {**BESIDE.get(rest[0][0], {}), **SOMEBODY_ELSE.get(name, {})}
    into.setdefault(key, _named(rest[0][0], inner))
    if "tuple" in str(record.model_fields[name].annotation):
        into[key] = [into[key]] if isinstance(into[key], dict) else into[key]
        _put(into[key][-1], tuple(rest), text)
    else:
        _put(into[key], tuple(rest), text)


def _value(record: type[Record], name: str, text: str) -> object:
    annotation = str(record.model_fields[name].annotation)
    if "Mapping" in annotation:
        return {"W08": text} if name == "ignore" else {"สายด่วนของโครงการ": text}
    return [text] if "tuple" in annotation else text
