"""``docs/messages.md``, the table of all messages, from ``minutes.problems.messages``."""

import re
import string
from pathlib import Path

from minutes.paths import ROOT
from minutes.problems import messages
from minutes.problems.messages import MESSAGES, SEVERITIES, Message

PAGE = ROOT / "docs" / "messages.md"

HEAD = """\
<!-- Made by tools/make_messages.py from minutes/problems/messages.py; change the wording there. -->

# ข้อความแจ้งปัญหาทั้งหมด

`…` คือค่าที่โปรแกรมเติมจากไฟล์ของท่าน วิธีอ่านข้อความอยู่ใน [คู่มือ](guide.md#10-เมื่อโปรแกรมแจ้งปัญหา)
ข้อที่เป็นผิดพลาดบางข้อเป็นเพียงคำเตือนเมื่อรายงานยังเป็นร่าง
"""
COLUMNS = "| รหัส | ระดับ | ข้อความ | วิธีแก้ |\n| --- | --- | --- | --- |\n"

GROUPS = {
    "VALUES": "วันที่ เวลา จำนวนเงิน และครั้งที่",
    "SOURCE": "การเขียนไฟล์",
    "MODEL": "คีย์และค่า",
    "PROSE": "ข้อความและตาราง",
    "PICTURES": "ภาพและเอกสารแนบ",
    "RECORDS": "ชื่อไฟล์และโฟลเดอร์",
    "NEW": "การเริ่มไฟล์ใหม่",
    "RULES": "เนื้อหาของรายงาน",
    "FACTS": "ข้อเท็จจริงที่ขัดกัน",
    "WORDING": "การใช้คำ วรรคตอน และการเขียนตัวเลข",
    "OUTPUTS": "เอกสารที่สร้าง",
    "ARCHIVE": "คลังรายงานที่ลงนามแล้ว",
    "DEPOSIT": "การเก็บรายงานที่ลงนามแล้วเข้าคลัง",
    "HANDWORK": "ไฟล์ Word ที่แก้ด้วยมือ",
    "PUBLICATION": "สิ่งที่ไม่ควรเผยแพร่",
    "SITE": "เว็บไซต์",
    "SIGNING": "การลงลายมือชื่อและใบรับรอง",
    "IMPORTS": "ไฟล์รายชื่อที่นำเข้า",
    "DELIVERY": "การเผยแพร่",
}


def files() -> dict[Path, bytes]:
    """Return the page."""
    return {PAGE: page().encode()}


def page() -> str:
    """Give the whole page: a heading and a table for each group of messages."""
    groups = {title: getattr(messages, name) for name, title in GROUPS.items()}
    grouped = {code for group in groups.values() for code in group}
    if left := MESSAGES.keys() - grouped:
        raise ValueError(f"no group of GROUPS holds {sorted(left)}")
    return HEAD + "".join(_section(title, group) for title, group in groups.items())


def _section(title: str, group: dict[str, Message]) -> str:
    rows = "".join(_row(code, group[code]) for code in sorted(group))
    return f"\n## {title}\n\n{COLUMNS}{rows}"


def _row(code: str, message: Message) -> str:
    severity = SEVERITIES[message.severity]["th"]
    return f"| {code} | {severity} | {_shown(message.th)} | {_shown(message.hint_th)} |\n"


def _shown(wording: str) -> str:
    """Give a wording as a cell shows it: ``…`` for its slots, nothing that Markdown would read."""
    parts = string.Formatter().parse(wording)
    text = "".join(plain + ("…" if slot is not None else "") for plain, slot, _, _ in parts)
    text = re.sub("…(?: …)+", "…", text)
    return re.sub(r"[\\|*<>]", r"\\\g<0>", text)
