"""Tables for tests: made by a seed, with figures that are known, and looked for line by line."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import indent

from minutes.meetings.proceedings import Proceedings
from minutes.thai import digits
from tests.support import pdf_readers
from tests.support.sample import agenda, meeting

HEADS = (
    "ที่", "หน่วยงาน", "งบประมาณที่ได้รับจัดสรร (บาท)", "เบิกจ่ายแล้ว (บาท)", "คงเหลือ", "ร้อยละการเบิกจ่าย",
    "ผูกพัน", "หมายเหตุ", "จำนวนครัวเรือน", "พื้นที่เสียหาย (ไร่)", "วันที่สำรวจ", "ผู้รับผิดชอบ", "ตำบล",
    "มกราคม", "ต.ค. 69", "ไตรมาส 1", "ข้อเสนอแนะ",
)  # fmt: skip
PHRASES = (
    "สำนักงานเกษตรอำเภอตัวอย่าง", "องค์การบริหารส่วนตำบลตัวอย่าง", "อยู่ระหว่างตรวจรับ", "ตำบลตัวอย่าง",
    "นายตัวอย่าง ที่หนึ่ง", "จ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก หมู่ที่ 5", "-", "ขุดลอกคลองและกำจัดวัชพืช",
)  # fmt: skip
MONTHS = ("พฤศจิกายน 2569", "กันยายน 2570", "ก.ย. 69", "มิ.ย. 2569", "กุมภาพันธ์ 2569")


def amount(chance: random.Random) -> str:
    """Give an amount of three to twelve digits, some with satang."""
    digits = chance.randrange(3, 13)
    whole = f"{chance.randrange(10 ** (digits - 1), 10**digits):,}"
    return whole + (f".{chance.randrange(10, 100)}" if chance.random() < 0.4 else "")


def day(chance: random.Random) -> str:
    """Give a date, in full or short."""
    return f"{chance.randrange(1, 29)} {chance.choice(MONTHS)}"


def code(chance: random.Random) -> str:
    """Give the number of a thing."""
    return "-".join(str(chance.randrange(10, 9999)) for _ in range(chance.randrange(2, 5)))


def share_of(chance: random.Random) -> str:
    """Give a part of a hundred."""
    return f"{chance.randrange(1, 99)}.{chance.randrange(10, 99)}%"


FIGURES: tuple[Callable[[random.Random], str], ...] = (amount, amount, day, share_of, code)


@dataclass(frozen=True)
class Table:
    """A table as somebody types it, and what of it no line may tear."""

    text: str
    figures: Sequence[str]


def table(seed: int, columns: int) -> Table:
    """Make a table of three rows: half its columns, about, are figures of one kind each."""
    chance = random.Random(seed)
    kinds = [chance.choice((*FIGURES, *[None] * 3)) for _ in range(columns)]
    rows = [[kind(chance) if kind else chance.choice(PHRASES) for kind in kinds] for _ in "123"]
    figures = [cell for row in rows for cell, kind in zip(row, kinds, strict=True) if kind]
    return Table(typed([chance.choice(HEADS) for _ in kinds], rows), figures)


def typed(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table as it is typed."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def meeting_of(texts: Iterable[str]) -> Proceedings:
    """Work out a meeting with an item for each text."""
    details = [f"รายละเอียด: |\n{indent(text, '  ')}\nมติ: รับทราบ" for text in texts]
    titled = [f"ชื่อเรื่อง: เรื่องที่ต่าง{'ๆ' * number}\n{one}" for number, one in enumerate(details)]
    return meeting(agenda("เพื่อทราบ", *titled))


def torn(pdf: bytes, figures: Iterable[str]) -> list[str]:
    """Give the figures that stand on no line of a PDF as PDFium reads it."""
    lines = {bare(line) for page in pdf_readers.pdfium(pdf) for line in page.splitlines()}
    shown = (bare(digits.to_thai_digits(figure)) for figure in figures)
    return [figure for figure in shown if not any(figure in line for line in lines)]


def bare(text: str) -> str:
    """Give a text without its spaces."""
    return "".join(text.split())
