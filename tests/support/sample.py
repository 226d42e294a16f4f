"""A small language for tests: an office, a body and a meeting from a few lines of an agenda.

What a test does not write is filled in: an invented committee of five, a day, a place, times.
``meeting("เวลาเลิก: 11.00")`` is that committee's meeting with this line, ``item("มติ: รับทราบ")``
one with a single matter to consider; ``draft=True`` and ``council=True`` are what they say.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, TypeVar

from lxml import etree, html
from PIL import Image

from minutes.documents import pages
from minutes.meetings.loading import Case, Earlier
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.model.office import Body, Office
from minutes.model.pictures import Picture
from minutes.model.record import Record
from minutes.source import reader

PATH = Path("agendas/board/2567-02.yaml")
OFFICE = {"ชื่อหน่วยงาน": "ที่ว่าการอำเภอตัวอย่าง", "ชื่อย่อ": "อำเภอตัวอย่าง"}
MEMBERS = """
  - {ชื่อ: นายหนึ่ง ใจดี, ตำแหน่ง: นายอำเภอ, หน้าที่: ประธานกรรมการ}
  - {ชื่อ: นางสอง ใจเย็น, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: กรรมการ}
  - {ชื่อ: นายสาม ใจงาม, ตำแหน่ง: เกษตรอำเภอ, หน้าที่: กรรมการ}
  - {ชื่อ: นางสี่ ณ สงขลา, ตำแหน่ง: พัฒนาการอำเภอ, หน้าที่: กรรมการ}
  - {ชื่อ: นางสาวห้า ใจกว้าง, ตำแหน่ง: นักวิชาการ, หน้าที่: กรรมการและเลขานุการ}"""
BODY = {"ชื่อ": "คณะกรรมการตัวอย่าง", "สมาชิก": MEMBERS}
COUNCIL = {**BODY, "ชื่อ": "สภาตัวอย่าง", "ประเภท": "สภาท้องถิ่น"}
DRAFT = {"วันที่": "14 พฤษภาคม 2567", "สถานที่": "ห้องประชุมอำเภอ"}
MEETING = {
    **DRAFT,
    "ครั้งที่": "2/2567",
    "เวลาเริ่ม": "09.30",
    "เวลาเลิก": "11.00",
    "ผู้จดรายงาน": "นางสาวห้า ใจกว้าง",
    "สถานะ": "ฉบับสมบูรณ์",
}
PREVIOUS = Earlier("1/2567", "", date(2024, 4, 9), is_certified=False)

R = TypeVar("R", bound=Record)


def read(kind: type[R], text: str, defaults: Mapping[str, str] | None = None) -> R:
    """Read a record from a test's lines, and from the defaults for the keys that it leaves out."""
    written = dedent(text).strip("\n")
    given = {line.partition(":")[0] for line in written.splitlines()}
    others = [f"{key}: {value}" for key, value in (defaults or {}).items() if key not in given]
    lines = "\n".join([written, *others])
    return validation.validate(kind, reader.parse(lines.encode(), PATH), PATH)


@dataclass(frozen=True)
class Around:
    """What a meeting stands in: its office and body, and the meetings before and after it."""

    body: str = ""
    office: str = ""
    council: bool = False
    draft: bool = False
    previous: Earlier | None = None
    following: Earlier | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict, hash=False)


@cache
def _office(text: str) -> Office:
    return read(Office, text, OFFICE)


@cache
def _body(text: str, council: bool) -> Body:
    return read(Body, text, COUNCIL if council else BODY)


def meeting(text: str = "", **around: Any) -> Proceedings:
    """Work out a meeting that has these lines and the defaults; ``around`` fills an Around."""
    given = Around(**around)
    written = read(Meeting, text, DRAFT if given.draft else MEETING)
    pictures = {record.file: PICTURE for record in written.files()}
    case = Case(
        PATH,
        _office(dedent(given.office)),
        _body(dedent(given.body), given.council),
        written,
        pictures,
        previous=given.previous,
        following=given.following,
    )
    return work_out(case)


def item(text: str = "", *, kind: str = "เพื่อพิจารณา", more: str = "", **around: Any) -> Proceedings:
    """Work out a meeting about one matter, named เรื่องหนึ่ง unless its lines name it."""
    return meeting(agenda(kind, text) + dedent(more), **around)


def agenda(kind: str, *matters: str) -> str:
    """Give the lines of an agenda with one section; each matter is given as its own lines."""
    items = "\n".join(f"- {indent(_named(matter), '  ')[2:]}" for matter in matters)
    return f"ระเบียบวาระ:\n  - ชนิด: {kind}\n    เรื่อง:\n{indent(items, '      ')}\n"


def _named(matter: str) -> str:
    lines = dedent(matter).strip()
    return lines if "ชื่อเรื่อง:" in lines else f"ชื่อเรื่อง: เรื่องหนึ่ง\n{lines}".strip()


def picture(width: int = 60, height: int = 40) -> bytes:
    """Draw a plain picture."""
    packed = io.BytesIO()
    Image.new("RGB", (width, height), "#c8d4d3").save(packed, "PNG")
    return packed.getvalue()


PICTURE = Picture(picture(), ".png", 60, 40)


def page(proceedings: Proceedings, kind: pages.Kind = "minutes") -> html.HtmlElement:
    """Give a document's page, to look things up in it."""
    return html.document_fromstring(pages.render(kind, proceedings).html)


def words(proceedings: Proceedings, kind: pages.Kind = "minutes") -> str:
    """Give what a reader of a document's page reads."""
    return shown(page(proceedings, kind))


def texts(proceedings: Proceedings, path: str, kind: pages.Kind = "minutes") -> list[str]:
    """Give what a reader reads of the elements that an XPath finds."""
    found = page(proceedings, kind).xpath(path)
    assert isinstance(found, list)
    return [shown(element) for element in found]


INLINE = frozenset({"span", "strong", "em", "a", "sup"})


def shown(element: etree._Element) -> str:
    """Give the text of an element, or of a page's body, as it reads, with single spaces."""
    body = element.find("body")
    top = element if body is None else body
    parts: list[str] = []
    for event, node in etree.iterwalk(top, events=("start", "end")):
        text = node.text if event == "start" else node.tail if node is not top else ""
        parts.append(f"{'' if node.tag in INLINE else ' '}{text or ''}")
    return " ".join("".join(parts).split())
