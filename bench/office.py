"""Makes many small meetings, and the memory of a run that seems to have built them."""

from collections.abc import Collection
from pathlib import Path
from unittest.mock import patch

from minutes.build import pipeline, runs
from minutes.build.pipeline import Format
from minutes.documents.pages import Kind
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import layout
from minutes.meetings.proceedings import Proceedings

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\n"
BODY = """ชื่อ: คณะกรรมการที่ {}
สมาชิก:
  - {{ชื่อ: นายหนึ่ง ใจดี, ตำแหน่ง: นายอำเภอ, หน้าที่: ประธานกรรมการ}}
  - {{ชื่อ: นางสอง ใจเย็น, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: กรรมการและเลขานุการ}}
"""
MEETING = """ครั้งที่: {number}/2567
วันที่: {day} {month} 2567
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานที่: ห้องประชุมที่ว่าการอำเภอ
สถานะ: ฉบับสมบูรณ์
ผู้จดรายงาน: นางสอง ใจเย็น
ระเบียบวาระ:
  - ชนิด: รับรองรายงาน
  - ชนิด: เพื่อพิจารณา
    เรื่อง:
      - ชื่อเรื่อง: การจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน ครั้งที่ {number}
        รายละเอียด: |
          ฝ่ายเลขานุการรายงานว่า มีผู้ประกอบการสมัครเข้าร่วม {number} ราย จากทุกตำบล
          โดยใช้งบประมาณ {number},500 บาท และขอให้ทุกส่วนราชการช่วยประชาสัมพันธ์
        มติ: เห็นชอบให้ดำเนินการตามที่เสนอ และมอบฝ่ายเลขานุการแจ้งผู้เกี่ยวข้อง
      - ชื่อเรื่อง: แผนการดำเนินงานประจำเดือน
        มติ: รับทราบ
"""
MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"]


def write(root: Path, bodies: int, meetings: int) -> Path:
    """Write so many bodies of so many meetings each; gives the folder of the agendas."""
    agendas = root / "agendas"
    agendas.mkdir(parents=True)
    (agendas / "office.yaml").write_text(OFFICE, "utf-8")
    for body in range(1, bodies + 1):
        folder = agendas / f"body-{body}"
        folder.mkdir()
        (folder / "body.yaml").write_text(BODY.format(body), "utf-8")
        for number in range(1, meetings + 1):
            (folder / f"2567-{number:02}.yaml").write_text(meeting(number), "utf-8")
    return agendas


def meeting(number: int) -> str:
    """Give the file of a meeting; no two numbers below 150 give the same day."""
    month = MONTHS[(number // 25) % len(MONTHS)]
    return MEETING.format(number=number, day=number % 25 + 1, month=month)


def remember(agendas: Path, out: Path) -> None:
    """Note all meetings as built, with small documents that nobody could read."""
    formats: tuple[Format, ...] = ("docx", "pdf")
    request = runs.Request((agendas,), out, pipeline.KINDS, formats)
    with (
        patch.object(pipeline, "build", _nothing),
        patch.object(pipeline, "possible", tuple),
        patch.object(html_to_pdf, "page_count", len),
        patch.object(layout, "objections", lambda *_: []),
        patch("os.fsync"),
    ):
        outcome = runs.run(request)
    assert outcome.documents
    assert not outcome.crashes, outcome.crashes[0]


def _nothing(
    proceedings: Proceedings, kinds: Collection[Kind], formats: Collection[Format], **_: object
) -> dict[str, bytes]:
    id_ = proceedings.case.id
    files = {f"{id_}-{kind}.{suffix}": id_.encode() for kind in kinds for suffix in formats}
    return {**files, f"{id_}-release.txt": id_.encode()}
