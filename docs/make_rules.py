"""Write ``rules/Wnn.md``, a page for each rule, from the messages and the rules' cases.

python docs/make_rules.py
"""

import difflib
import re
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from minutes.messages import MESSAGES, SEVERITIES  # noqa: E402 - found once its folder is known
from minutes.rules import table  # noqa: E402

PAGES = Path(__file__).with_name("rules")
CASES = ROOT / "tests" / "cases" / "rules"
AROUND = 3  # lines shown before and after the one that is wrong

PRACTICE = "แนวปฏิบัติ"
REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 ข้อ 25"


class Why(NamedTuple):
    """A rule's name, why it stands, and who says so."""

    name: str
    reason: str
    source: str = PRACTICE


READ_EARLIER = {"W03": "D02"}  # rules that the reader of values keeps, by the code it uses

WHY = {
    "W02": Why(
        "รายการที่ต้องมีในรายงานการประชุม",
        "รายงานการประชุมต้องบอกครั้งที่ วันเวลา สถานที่ ผู้มาประชุม และผู้จดรายงาน จึงใช้เป็นหลักฐานได้",
        REGULATION,
    ),
    "W03": Why(
        "วันในสัปดาห์ตรงกับวันที่",
        "วันกับวันที่ที่ไม่ตรงกันเป็นข้อผิดพลาดที่พบบ่อย และทำให้ไม่รู้ว่าประชุมวันใด "
        "โปรแกรมตรวจเมื่ออ่านวันที่ จึงแจ้งเป็นรหัส D02",
    ),
    "W04": Why(
        "เวลาเลิกอยู่หลังเวลาเริ่ม",
        "เวลาเริ่มและเวลาเลิกเป็นเวลาจริง เวลาเลิกที่มาก่อนเวลาเริ่มจึงเป็นการพิมพ์ผิด",
        REGULATION,
    ),
    "W06": Why(
        "คนหนึ่งอยู่ในรายชื่อเดียว",
        "ผู้มาประชุม ผู้ไม่มาประชุม และผู้เข้าร่วมประชุมเป็นคนละรายชื่อ คนเดียวกันอยู่สองแห่งทำให้นับองค์ประชุมผิด",
        REGULATION,
    ),
    "W08": Why(
        "ผู้ไม่มาประชุมมีเหตุผล",
        "รายงานการประชุมมักถูกส่งกลับเมื่อไม่บอกว่าผู้ไม่มาประชุมติดราชการหรือลาด้วยเหตุใด",
    ),
    "W10": Why(
        "มีประธานในที่ประชุม",
        "ข้อความของรายงานเริ่มที่ประธานกล่าวเปิดประชุม เมื่อประธานของคณะไม่มา ต้องบอกว่าผู้ใดทำหน้าที่แทน",
        REGULATION,
    ),
    "W11": Why(
        "ครบองค์ประชุม",
        "มติของที่ประชุมที่ไม่ครบองค์ประชุมใช้ไม่ได้ โดยทั่วไปองค์ประชุมคือกึ่งหนึ่งของกรรมการ",
    ),
    "W12": Why(
        "เลขในรายการเรียงต่อกัน",
        "เลขลำดับที่ข้ามหรือซ้ำมักแปลว่ามีข้อหนึ่งตกหล่น",
    ),
    "W13": Why(
        "ทุกเรื่องมีมติ",
        "รายงานการประชุมบันทึกความคิดเห็นและมติ เรื่องที่ไม่มีมติทำให้ไม่รู้ว่าที่ประชุมตกลงอย่างไร",
        REGULATION,
    ),
    "W17": Why(
        "คะแนนเสียงไม่เกินผู้มาประชุม",
        "ผู้มีสิทธิออกเสียงคนหนึ่งมีหนึ่งเสียง คะแนนรวมจึงมากกว่าผู้มาประชุมไม่ได้",
    ),
    "W19": Why(
        "รับรองรายงานการประชุมครั้งก่อน",
        "ที่ประชุมรับรองรายงานครั้งก่อนในระเบียบวาระที่ 2 ข้อที่แก้ไขต้องบอกหน้า ข้อความเดิม และข้อความใหม่",
    ),
    "W33": Why(
        "ข้อมูลส่วนบุคคลที่จะเผยแพร่มีเครื่องหมาย",
        "ฉบับเผยแพร่ต้องไม่มีเลขประจำตัวประชาชน หมายเลขโทรศัพท์ อีเมล เลขที่บัญชี ทะเบียนรถ หรือที่อยู่ของบุคคล "
        "โปรแกรมตรวจเมื่อการประชุมเผยแพร่ได้แล้ว และจะไม่เผยแพร่จนกว่าจะแก้ไข",
        "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
    ),
    "W41": Why(
        "ไม่พิมพ์เลขลำดับเอง",
        "โปรแกรมใส่เลขระเบียบวาระ เลขเรื่อง และเลขรายชื่อให้ เลขที่พิมพ์เองจึงซ้อนกับเลขของโปรแกรม",
    ),
    "W42": Why(
        "ผู้ไม่มาประชุมไม่ทำอะไรในที่ประชุม",
        "ผู้ไม่มาประชุมเป็นประธาน เข้าออกระหว่างประชุม หรือออกเสียงไม่ได้",
    ),
    "W69": Why(
        "ข้อที่ปิดไว้ยังต้องปิด",
        "การตรวจที่ปิดไว้โดยไม่จำเป็นอาจบังข้อผิดพลาดในวันหน้า",
    ),
}


SPACING = "แนวปฏิบัติ ตามหลักเกณฑ์การเว้นวรรคของราชบัณฑิตยสภา"
DICTIONARY = "พจนานุกรมฉบับราชบัณฑิตยสถาน พ.ศ. 2554"
WHY |= {
    "W01": Why(
        "หัวข้อใช้คำของระเบียบ",
        "แบบรายงานการประชุมกำหนดคำหัวข้อไว้ เช่น ผู้มาประชุม เริ่มประชุมเวลา และเลิกประชุมเวลา "
        "คำว่าเปิดและปิดใช้กับสิ่งที่ประธานทำเท่านั้น เช่น ประธานกล่าวเปิดประชุม",
        REGULATION,
    ),
    "W20": Why(
        "ใช้ภาษาเขียน",
        "รายงานการประชุมบันทึกสาระ ไม่ใช่ถ้อยคำสนทนา รายงานที่มีภาษาพูดมักถูกส่งกลับมาแก้ "
        "ข้อความในเครื่องหมายคำพูดไม่ตรวจ",
    ),
    "W21": Why(
        "ไม่ใช้คำฟุ่มเฟือย",
        "คำว่า ทำการ หน้าคำกริยา และ ในส่วนของ ตัดออกได้โดยความหมายไม่เปลี่ยน วันทำการ และ ที่ทำการ ไม่เกี่ยว",
    ),
    "W22": Why("ไม่มีชื่อเล่นหลังชื่อ", "เอกสารราชการระบุตัวบุคคลด้วยชื่อและสกุล ชื่อเล่นทำให้เอกสารไม่เป็นทางการ"),
    "W23": Why(
        "เลขไทยไม่ปนเลขอารบิก",
        "เลขสองแบบปนกันในจำนวนหรือวันที่เดียวกันมักเกิดจากการแก้ไม่ครบ เขียนทั้งไฟล์เป็นแบบใดก็ได้ "
        "โปรแกรมพิมพ์ให้ตามที่หน่วยงานเลือก รหัส เช่น COVID-19 ไม่เกี่ยว",
    ),
    "W24": Why(
        "เว้นวรรคหน้าและหลัง ๆ และ ฯลฯ",
        "ไม้ยมกและไปยาลใหญ่เว้นวรรคทั้งสองข้าง ส่วน ฯ ติดกับคำหน้า เช่น กรุงเทพฯ",
        SPACING,
    ),
    "W25": Why(
        "เขียนเวลาเหมือนกันทั้งฉบับ",
        "หนังสือราชการเขียนเวลาด้วยจุด เว้นวรรค แล้วตามด้วย น. ราชบัณฑิตยสภาให้ใช้ทวิภาค (:) ได้ด้วย "
        "ถ้าต่างเพียงทวิภาค โปรแกรมจึงเพียงแนะนำ",
    ),
    "W26": Why(
        "เขียนวันที่เต็ม",
        "วันที่ในรายงานเขียนเดือนเต็มและปีพุทธศักราชสี่หลัก ไม่มีคำว่าเดือน และเว้นวรรคหลัง พ.ศ. "
        "ตารางและข่าวใช้ชื่อย่อของเดือนได้",
    ),
    "W27": Why(
        "วรรคระหว่างคำนำหน้า ยศ และชื่อ",
        "คำนำหน้าชื่อติดกับชื่อ ยศทหารและตำรวจเว้นวรรคก่อนชื่อ "
        "ในทางปฏิบัติมีผู้เขียนยศติดกับชื่อ โปรแกรมจึงเพียงแนะนำในข้อนี้",
        SPACING,
    ),
    "W28": Why(
        "ไม่เว้นวรรคเกิน",
        "วรรคเล็กหนึ่งเคาะใช้ในประโยค วรรคใหญ่สองเคาะใช้ระหว่างประโยค "
        "วรรคในวงเล็บและหน้าจุลภาคเป็นเพียงข้อแนะนำ วรรคท้ายบรรทัดไม่มีผล โปรแกรมตัดให้เอง",
    ),
    "W29": Why(
        "ไม่ใช้จุดจบประโยค และไม่ใช้จุลภาคคั่นคำไทย",
        "ภาษาไทยจบประโยคด้วยวรรคใหญ่หรือย่อหน้าใหม่ จุดใช้กับอักษรย่อ เลขข้อ และเวลา จุลภาคใช้กับตัวเลข",
    ),
    "W30": Why(
        "เขียนคำเต็มก่อนใช้คำย่อ",
        "ผู้อ่านนอกหน่วยงานอาจไม่รู้จักคำย่อ เขียนคำเต็มพร้อมคำย่อในวงเล็บเมื่อใช้ครั้งแรก แล้วใช้คำย่อต่อไปได้",
    ),
    "W31": Why(
        "จำนวนเงินตรงกับตัวหนังสือ",
        "จำนวนเงินที่เป็นตัวเลขกับตัวหนังสือต้องเท่ากันทุกสตางค์ มิฉะนั้นไม่รู้ว่าที่ประชุมอนุมัติเท่าใด "
        "การไม่คั่นหลักพันเป็นเพียงคำเตือน",
    ),
    "W39": Why(
        "ตัวอักษรไม่เสียหาย",
        "สระหรือวรรณยุกต์ที่ซ้ำ สลับลำดับ หรือเป็นอักษรเฉพาะของ PDF ทำให้ค้นหาคำไม่พบและพิมพ์เพี้ยน "
        "ส่วน ํ กับ า ที่ใช้แทน ำ และอักขระที่มองไม่เห็น โปรแกรมพิมพ์ให้ถูก จึงเพียงแนะนำ",
    ),
    "W40": Why("สะกดถูก", "คำเหล่านี้สะกดผิดบ่อยในเอกสารราชการ โปรแกรมตรวจเฉพาะคำที่แน่ใจ", DICTIONARY),
}


def pages() -> dict[str, str]:
    """Give every page by its name: one a rule, and their list."""
    codes = sorted({*READ_EARLIER, *(code for code in table.CODES if code.startswith("W"))})
    if codes != sorted(WHY):
        raise ValueError(f"WHY and the rules differ: {sorted(set(codes) ^ set(WHY))}")
    return {"README.md": _list(codes), **{f"{code}.md": _page(code) for code in codes}}


def _list(codes: Sequence[str]) -> str:
    rows = "".join(
        f"| [{code}]({code}.md) | {_severity(code)} | {WHY[code].name} |\n" for code in codes
    )
    return (
        "<!-- Made by ../make_rules.py -->\n\n# ข้อที่โปรแกรมตรวจ\n\n"
        f"| รหัส | ระดับ | ตรวจว่า |\n| --- | --- | --- |\n{rows}"
    )


def _severity(code: str) -> str:
    return SEVERITIES[MESSAGES[READ_EARLIER.get(code, code)].severity]["th"]


def _page(code: str) -> str:
    message, why = MESSAGES[READ_EARLIER.get(code, code)], WHY[code]
    wrong = CASES / code / "wrong-1.txt"
    return f"""\
<!-- Made by ../make_rules.py from minutes/messages.py and tests/cases/rules/{code} -->

# {code} {why.name}

[ข้อที่ตรวจทั้งหมด](README.md) · {_severity(code)}

**ผิดอย่างไร** {_shown(message.th)}

**เพราะอะไร** {why.reason} (ที่มา: {why.source})

**วิธีแก้** {_shown(message.hint_th)}

ตัวอย่างที่ผิด

```yaml
{_wrong(wrong)}
```

```text
{wrong.read_text("utf-8").rstrip()}
```

ตัวอย่างที่ถูก

```yaml
{_right(code)}
```

{_switch(code)}"""


def _switch(code: str) -> str:
    """Say how the rule is switched off."""
    if code in READ_EARLIER:
        return "ข้อนี้ปิดไม่ได้\n"
    return f"""\
ถ้าไม่ใช้กับคณะหรือการประชุมของท่าน ปิดได้ใน `body.yaml` หรือไฟล์การประชุม พร้อมเหตุผล

```yaml
ละเว้น:
  {code}: เหตุผลที่ไม่ใช้ข้อนี้
```
"""


def _shown(wording: str) -> str:
    """Give a wording with ``…`` for its slots."""
    parts = string.Formatter().parse(wording)
    text = "".join(plain + ("…" if slot is not None else "") for plain, slot, _, _ in parts)
    return re.sub("…(?: …)+", "…", text)


def _wrong(told: Path) -> str:
    """Give the lines around the first that is objected to."""
    name, line, *_ = told.read_text("utf-8").split(":")
    lines = _file(told.with_suffix(""), Path(name).name).read_text("utf-8").splitlines()
    first = max(0, int(line) - 1 - AROUND)
    return "\n".join(lines[first : int(line) + AROUND])


def _file(case: Path, name: str) -> Path:
    """Give a file of a case, which is a folder or the meeting alone."""
    return case / name if case.is_dir() else case.with_suffix(".yaml")


def _right(code: str) -> str:
    """Give what the first right case has where the wrong one is otherwise."""
    wrong, right = (_meeting(CASES / code / name) for name in ("wrong-1", "right-1"))
    changed = list(_changed(wrong, right))
    if not changed:
        return "\n".join(right[: 2 * AROUND])
    first, last = max(0, min(changed) - 1), max(changed) + 1
    return "\n".join(right[first:last])


def _meeting(case: Path) -> list[str]:
    files = sorted(case.glob("*.yaml")) if case.is_dir() else [case.with_suffix(".yaml")]
    return files[-1].read_text("utf-8").splitlines()


def _changed(wrong: Sequence[str], right: Sequence[str]) -> Iterator[int]:
    matcher = difflib.SequenceMatcher(None, wrong, right, autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield from range(start, max(end, start + 1))


def write() -> None:
    """Write all pages, and take away those of rules that are no more."""
    made = pages()
    PAGES.mkdir(exist_ok=True)
    for old in PAGES.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
