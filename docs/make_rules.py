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
    "W01": Why(
        "ใช้คำตามแบบรายงานการประชุม",
        "แบบรายงานการประชุมใช้คำว่า รายงานการประชุม ผู้มาประชุม เริ่มประชุมเวลา "
        "เลิกประชุมเวลา และผู้จดรายงานการประชุม ส่วน เปิดประชุม และ ปิดประชุม "
        "ใช้กับสิ่งที่ประธานกล่าวเท่านั้น",
        REGULATION,
    ),
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
    "W05": Why(
        "ครั้งที่เรียงต่อกัน",
        "การนับครั้งเริ่ม 1 ใหม่ทุกปีปฏิทิน และปีเป็นพุทธศักราช "
        "ครั้งที่ข้ามหรือซ้ำแปลว่ามีรายงานหายไปหรือพิมพ์ผิด คณะที่นับต่อเนื่องเขียน "
        "การนับครั้ง: ต่อเนื่อง ใน body.yaml",
    ),
    "W06": Why(
        "คนหนึ่งอยู่ในรายชื่อเดียว",
        "ผู้มาประชุม ผู้ไม่มาประชุม และผู้เข้าร่วมประชุมเป็นคนละรายชื่อ คนเดียวกันอยู่สองแห่งทำให้นับองค์ประชุมผิด",
        REGULATION,
    ),
    "W07": Why(
        "สมาชิกอยู่ในผู้มาประชุม ผู้อื่นอยู่ในผู้เข้าร่วมประชุม",
        "ผู้มาประชุมคือผู้ที่ได้รับแต่งตั้ง ซึ่งนับเป็นองค์ประชุมและออกเสียงได้ ผู้ที่มิได้รับแต่งตั้งเป็นผู้เข้าร่วมประชุม",
        REGULATION,
    ),
    "W08": Why(
        "ผู้ไม่มาประชุมมีเหตุผล",
        "รายงานการประชุมมักถูกส่งกลับเมื่อไม่บอกว่าผู้ไม่มาประชุมติดราชการหรือลาด้วยเหตุใด",
    ),
    "W09": Why(
        "ผู้มาประชุมแทนมีตำแหน่ง",
        "ผู้มาประชุมแทนลงชื่อและตำแหน่งของตน และบอกว่ามาแทนผู้ใดหรือตำแหน่งใด",
        REGULATION,
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
    "W14": Why(
        "ระเบียบวาระที่ไม่มีเรื่องยังอยู่",
        "ระเบียบวาระมาตรฐานที่ไม่มีเรื่องพิมพ์ว่า - ไม่มี - ไม่ตัดออกและไม่เลื่อนเลข และคำว่า ไม่มี ไม่ใช่เรื่อง",
    ),
    "W15": Why(
        "มติเข้ากับระเบียบวาระ",
        "เรื่องเพื่อพิจารณาต้องลงมติ เรื่องเพื่อทราบไม่ต้องอนุมัติ มติที่ไม่เข้ากับวาระมักแปลว่าเรื่องอยู่ผิดวาระ",
    ),
    "W16": Why(
        "งานที่มอบหมายมีผู้รับผิดชอบและกำหนดเสร็จ",
        "มติที่ไม่บอกว่าใครทำและเสร็จเมื่อใดติดตามไม่ได้",
    ),
    "W17": Why(
        "คะแนนเสียงไม่เกินผู้มาประชุม",
        "ผู้มีสิทธิออกเสียงคนหนึ่งมีหนึ่งเสียง คะแนนรวมจึงมากกว่าผู้มาประชุมไม่ได้",
    ),
    "W18": Why(
        "เรื่องสืบเนื่องบอกที่มา",
        "เรื่องสืบเนื่องต้องบอกว่ามาจากการประชุมครั้งใด ระเบียบวาระใด จึงตรวจได้ว่าทำตามมติแล้ว",
    ),
    "W19": Why(
        "รับรองรายงานการประชุมครั้งก่อน",
        "ที่ประชุมรับรองรายงานครั้งก่อนในระเบียบวาระที่ 2 ข้อที่แก้ไขต้องบอกหน้า ข้อความเดิม และข้อความใหม่",
    ),
    "W34": Why(
        "ข่าวตรงกับรายงานการประชุม",
        "ตัวเลข วัน ชื่อ สถานที่ และมติในข่าวต้องมีในรายงานการประชุม "
        "ข่าวที่ต่างจากรายงานทำให้หน่วยงานเสียความน่าเชื่อถือ จำนวนโดยประมาณ เช่น กว่า 1,000 "
        "คน ไม่ตรวจ",
    ),
    "W35": Why(
        "วันในข่าวตรงกับวันออกข่าว",
        "ข่าวออกหลังการประชุม และคำว่า วันนี้ หรือ เมื่อวานนี้ ต้องตรงกับวันที่ออกข่าว",
    ),
    "W36": Why(
        "ผู้ตรวจไม่ใช่ผู้จด",
        "ผู้ตรวจรายงานการประชุมอ่านสิ่งที่ผู้อื่นจด จึงพบข้อผิดพลาดที่ผู้จดมองไม่เห็น",
    ),
    "W37": Why(
        "รายงานครั้งก่อนได้รับการรับรอง",
        "เมื่อประชุมครั้งถัดไปแล้ว รายงานครั้งก่อนควรได้รับการรับรอง ตรวจเมื่อสั่ง build.py check เท่านั้น",
    ),
    "W38": Why(
        "ย่อหน้าไม่ยาวเกินแปดบรรทัด",
        "ย่อหน้ายาวอ่านยาก และผู้บังคับบัญชามักส่งกลับให้แบ่งเป็นข้อ",
    ),
    "W41": Why(
        "ไม่พิมพ์เลขลำดับเอง",
        "โปรแกรมใส่เลขระเบียบวาระ เลขเรื่อง และเลขรายชื่อให้ เลขที่พิมพ์เองจึงซ้อนกับเลขของโปรแกรม",
    ),
    "W42": Why(
        "ผู้ไม่มาประชุมไม่ทำอะไรในที่ประชุม",
        "ผู้ไม่มาประชุมเป็นประธาน เข้าออกระหว่างประชุม หรือออกเสียงไม่ได้",
    ),
    "W43": Why(
        "ชื่อสะกดตรงกับรายชื่อ",
        "ชื่อที่ต่างจากชื่อในรายชื่อเพียงอักษรหรือเครื่องหมายเดียวมักเป็นการพิมพ์ผิด",
    ),
    "W44": Why(
        "ตำแหน่งของบุคคลตรงกันทุกครั้ง",
        "คนเดียวกันควรมีตำแหน่งเดียวกันในทุกรายงาน นอกจากย้ายหรือเลื่อนตำแหน่ง ตรวจเมื่อสั่ง build.py check เท่านั้น",
    ),
    "W45": Why(
        "ยอดรวมในตารางถูกต้อง",
        "แถวสุดท้ายที่เขียนว่า รวม ต้องเท่ากับผลบวกของแถวบน ไม่ตรวจช่องร้อยละ ราคา และค่าเฉลี่ย",
    ),
    "W46": Why(
        "ข้อความตรงกับงบประมาณ",
        "จำนวนเงินในข้อเสนอ มติ และตารางค่าใช้จ่าย ต้องเท่ากับงบประมาณของเรื่อง",
    ),
    "W47": Why(
        "ผู้ออกเสียงอยู่ในที่ประชุม",
        "ผู้ที่ออกไปก่อนอีกคนหนึ่งมาถึง ออกเสียงพร้อมหรือหลังคนนั้นไม่ได้ โปรแกรมดูจากเวลาเข้าออกและลำดับเรื่อง",
    ),
    "W48": Why(
        "ครบองค์ประชุมตลอดการประชุม",
        "มติที่ลงเมื่อไม่ครบองค์ประชุมใช้ไม่ได้ โปรแกรมนับผู้มีสิทธิออกเสียงหลังการเข้าออกทุกครั้ง",
    ),
    "W49": Why(
        "กำหนดเสร็จอยู่หลังวันประชุม",
        "งานที่มอบหมายในที่ประชุมเสร็จก่อนวันประชุมไม่ได้ มักเป็นการพิมพ์วัน เดือน หรือปีผิด",
    ),
    "W50": Why(
        "ผู้ที่มีผู้แทนไม่ได้มาเอง",
        "สมาชิกที่มีผู้มาประชุมแทนไม่อยู่ในผู้มาประชุม และไม่ออกเสียง",
        REGULATION,
    ),
    "W51": Why(
        "ชื่อเรื่องไม่ซ้ำกัน",
        "เรื่องชื่อเดียวกันในวาระเดียวกันมักเกิดจากการคัดลอก",
    ),
    "W52": Why(
        "สืบเนื่องจากครั้งล่าสุด",
        "เรื่องที่ติดตามต่อกันหลายครั้งอ้างถึงครั้งล่าสุด จึงเห็นลำดับความก้าวหน้า ตรวจเมื่อสั่ง build.py check เท่านั้น",
    ),
    "W53": Why(
        "งานที่ครบกำหนดมีการติดตาม",
        "งานที่ครบกำหนดแล้วควรรายงานในการประชุมครั้งต่อไป ตรวจเมื่อสั่ง build.py check เท่านั้น",
    ),
    "W54": Why(
        "เวลาเข้าออกอยู่ในเวลาประชุม",
        "ผู้ที่มาสายหรือออกก่อนทำเช่นนั้นระหว่างเวลาเริ่มกับเวลาเลิก",
    ),
    "W55": Why(
        "วันประชุมเรียงตามลำดับไฟล์",
        "การประชุมครั้งหลังไม่มาก่อนครั้งก่อน มักเป็นการพิมพ์วันที่ผิดหรือตั้งชื่อไฟล์ผิด",
    ),
    "W56": Why(
        "ผู้จดรายงานอยู่ในที่ประชุม",
        "ผู้จดรายงานต้องอยู่ในที่ประชุม จึงอยู่ในผู้มาประชุมหรือผู้เข้าร่วมประชุม",
    ),
    "W57": Why(
        "คะแนนเสียงไม่เกินผู้ที่อยู่พร้อมกัน",
        "เมื่อมีผู้เข้าออกระหว่างประชุม คะแนนเสียงมากกว่าจำนวนผู้มีสิทธิที่อยู่พร้อมกันไม่ได้",
    ),
    "W58": Why(
        "รับรองรายงานครั้งที่ถูกต้อง",
        "รายงานที่รับรองต้องเป็นของการประชุมครั้งก่อน ทั้งครั้งที่และวันที่",
    ),
    "W59": Why(
        "ข้อแก้ไขรายงานครบถ้วน",
        "ข้อแก้ไขต้องบอกหน้า ข้อความเดิม และข้อความใหม่ และตรงกับมติ",
    ),
    "W69": Why(
        "ข้อที่ปิดไว้ยังต้องปิด",
        "การตรวจที่ปิดไว้โดยไม่จำเป็นอาจบังข้อผิดพลาดในวันหน้า",
    ),
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
