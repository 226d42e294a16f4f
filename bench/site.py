"""The website of 1,000 meetings: made at first, with nothing to do, and with one changed."""

import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from bench import office, pairs

ABSENT = """การเข้าประชุม:
  ผู้ไม่มาประชุม:
    - {{ชื่อ: นางสอง ใจเย็น, เหตุผล: {reason}}}
"""
MARKED = """      - ชื่อเรื่อง: {title}รายที่ {number}
        {mark}: ใช่
        รายละเอียด: |
          ผู้ร้องรายที่ {number} แจ้งว่าบ้านเสียหายทั้งหลัง และขอให้พิจารณาช่วยเหลือเป็นการเร่งด่วน
        มติ: ช่วยเหลือตามระเบียบ
"""
MARKS = {"ข้อมูลส่วนบุคคล": ("การช่วยเหลือผู้ประสบภัย", 10), "ลับ": ("การสอบข้อเท็จจริง", 20)}
REASONS = ("ติดราชการ", "ลาป่วย", "ลาพักผ่อน", "ไปประชุมที่กรุงเทพมหานคร")


def write(root: Path, meetings: int) -> Path:
    """Write ten bodies with so many public meetings in all; gives the folder of the agendas.

    A meeting in two has a release, one in three an absence, one in ten an item with personal data,
    one in twenty a secret one.
    """
    agendas = office.write(root, 10, meetings // 10)
    for number, path in enumerate(sorted(agendas.glob("*/2567-*.yaml"))):
        path.write_text(public(path.read_text("utf-8"), number), "utf-8")
    return agendas


def public(text: str, number: int) -> str:
    """Give a meeting's file as it is when the minutes are certified."""
    text = text.replace("ฉบับสมบูรณ์", "รับรองแล้ว")
    if number % 2:
        text += "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}\n"
    if number % 3 == 0:
        text += ABSENT.format(reason=REASONS[number % len(REASONS)])
    marks = [mark for mark, (_, one_in) in MARKS.items() if number % one_in == 0]
    items = "".join(MARKED.format(mark=mark, title=MARKS[mark][0], number=number) for mark in marks)
    return text.replace("      - ชื่อเรื่อง: แผนการ", f"{items}      - ชื่อเรื่อง: แผนการ")


def main() -> None:
    """Print the seconds of the first site, and the ratios of nothing and of one change."""
    meetings = pairs.number(sys.argv, "--meetings", 1_000)
    times = pairs.number(sys.argv, "--pairs", 3)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        agendas = write(root, meetings)
        first = pairs.timed(lambda: build(agendas, root / "site"))
        print(f"first site of {meetings:,} meetings: {first:.1f} s")
        told = f"nothing to do over {meetings:,} / sha256sum of all files"
        pairs.compare(told, lambda: build(agendas, root / "site"), lambda: read_all(root), times)
        change_one(root, agendas, meetings, times)


def build(agendas: Path, site: Path) -> None:
    """Bring a website up to date."""
    pairs.build("site", agendas, "-o", site, "--archive", agendas.parent / "archive")


def read_all(root: Path) -> None:
    """Hash every input and output with the system's tools."""
    find = ["find", str(root / "agendas"), str(root / "site"), "-type", "f", "-print0"]
    found = subprocess.run(find, check=True, capture_output=True).stdout
    command = ["xargs", "-0", "sha256sum"]
    subprocess.run(command, input=found, check=True, stdout=subprocess.DEVNULL)


def change_one(root: Path, agendas: Path, meetings: int, times: int) -> None:
    """Compare a run after one change with the website of one meeting alone."""
    turns = count(1)
    changed = agendas / "body-5" / f"2567-{meetings // 20:02}.yaml"
    text, lonely = changed.read_text("utf-8"), office.write(root / "lonely", 1, 1)
    (lonely / "body-1/2567-01.yaml").write_text(public(office.meeting(1), 0), "utf-8")

    def edited() -> None:
        changed.write_text(text.replace("ทุกตำบล", f"{next(turns)} ตำบล"), "utf-8")
        build(agendas, root / "site")

    def alone() -> None:
        shutil.rmtree(root / "lonely/site", ignore_errors=True)
        build(lonely, root / "lonely/site")

    told = f"one of {meetings:,} changed / one meeting alone"
    pairs.compare(told, edited, alone, times)


if __name__ == "__main__":
    main()
