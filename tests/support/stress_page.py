"""A long document with all that a page can say: what the readers and checkers of PDFs are given."""

import io
from collections.abc import Iterator
from functools import cache
from itertools import cycle

from PIL import Image

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf

SENTENCES = (
    "ที่ประชุมพิจารณาแล้วมีมติเห็นชอบให้ดำเนินการจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน "
    "ณ ลานหน้าที่ว่าการอำเภอ โดยมอบหมายให้ฝ่ายเลขานุการประสานงานกับหน่วยงานที่เกี่ยวข้อง ",
    "ผู้เข้าร่วมโครงการพัฒนาศักยภาพผู้ประกอบการ OTOP และสินค้าชุมชน <span class=\"nw\">จำนวน ๘๐ คน</span> "
    "เป็น<strong>เจ้าหน้าที่พัฒนาชุมชน</strong>และ<em>คณะอาจารย์ที่ปรึกษา</em> ร้อยละ ๙๒.๕ มีความพึงพอใจ ",
    "พื้นที่จัดงานประมาณ ๑,๒๐๐ ม.<sup>๒</sup> แบ่งเป็นร้านค้า ๒๔ ร้าน ขนาด 3 × 3 m "
    "ตามแบบแปลนที่ e-mail (PDF version 1.7) ส่งให้คณะทำงานทุกฝ่ายแล้ว ",
    "ฤๅษีดัดตน ฤาษี ธรรมะ น้ำดื่ม เก้าอี้ กุ้ง ปิ่นโต ผู้ใหญ่ ฎีกา กฎหมาย ญาติ ฐานะ เปี๊ยะ ป้ำ ฯลฯ "
    "ต่าง ๆ ให้ครบถ้วน <strong><em>ภายในสามวัน</em></strong> ",
    "ดูรายละเอียดได้ที่ <a href=\"https://www.example.go.th/otop?year=2569&amp;no=2\">"
    "www.example.go.th/otop?year=2569&amp;no=2</a> หรือติดต่อสำนักงานพัฒนาชุมชนอำเภอ ",
)  # fmt: skip
PEOPLE = '<col class="number"><col class="name"><col class="position"><col class="role">'


def markup(length: int = 3) -> str:
    """Give the document as HTML; with three parts it has more than twenty pages."""
    sections = "".join(_section(number) for number in range(1, length + 1))
    return f"""<!DOCTYPE html><html lang="th"><head><meta charset="utf-8">
<title>รายงานการประชุมทดสอบ</title>
<meta name="author" content="สำนักงานทดสอบ"><meta name="description" content="ครั้งที่ ๑/๒๕๖๙">
<meta name="keywords" content="ทดสอบ, ครั้งที่ ๑/๒๕๖๙">
<meta name="dcterms.created" content="2026-01-15T00:00:00+07:00">
<meta name="dcterms.modified" content="2026-01-15T00:00:00+07:00">
</head><body class="minutes"><header><h1>รายงานการประชุมทดสอบ</h1>
<p class="subtitle">ครั้งที่ ๑/๒๕๖๙</p><hr></header><main>{_people(16 * length)}{sections}
<div class="keep"><p>เมื่อไม่มีเรื่องอื่นใดแล้ว ประธานกล่าวปิดประชุม</p>
<p class="time">เลิกประชุมเวลา ๑๒.๐๐ น.</p><div class="signatures">{_signature() * 3}</div></div>
<p class="right">สำนักงานทดสอบ</p><p class="credit">ภาพและข่าว : งานประชาสัมพันธ์</p>
</main></body></html>"""


def files() -> dict[str, bytes]:
    """Give the pictures that the document shows: a photograph, and a seal with clear ground."""
    return {
        "photo.jpg": _picture("RGB", (600, 400), "JPEG"),
        "seal.png": _picture("RGBA", (90, 90), "PNG"),
    }


@cache
def document(length: int = 3) -> bytes:
    """Give the document as PDF."""
    return html_to_pdf.render(markup(length), pages.stylesheet(), files())


def _picture(mode: str, size: tuple[int, int], kind: str) -> bytes:
    picture = Image.linear_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.radial_gradient("L").resize(size))
    data = io.BytesIO()
    picture.save(data, kind)
    return data.getvalue()


def _people(count: int) -> str:
    rows = "".join(
        f'<tr><td>{number}.</td><th scope="row">นายตัวอย่าง ที่{number}</th>'
        "<td>ผู้อำนวยการ<br>แทน นายอำเภอตัวอย่าง</td><td>กรรมการ</td></tr>"
        for number in range(1, count)
    )
    last = f'<tr><td>{count}.</td><th scope="row" colspan="3">ผู้แทนร้านค้า</th></tr>'
    return (
        "<section><h2>ผู้มาประชุม</h2>"
        f'<table class="people"><colgroup>{PEOPLE}</colgroup><tbody>{rows}{last}</tbody></table>'
        "</section>"
    )


def _section(number: int) -> str:
    sentences = cycle(SENTENCES[number % 2 :] + SENTENCES[: number % 2])
    label = f'<span class="label">ระเบียบวาระที่ {number} </span>'
    return f"""<section><h2 class="agenda">{label}เรื่องที่ {number}</h2>
<h3><span class="label">{number}.1 </span>{"ชื่อเรื่องที่ยาวจนต้องขึ้นบรรทัดใหม่" * 3}</h3>
<p class="indent"><strong>ผู้เสนอ</strong> ประธานกรรมการ</p>
{"".join(_paragraphs(sentences, number))}
{_list(3)}{_figures()}{_grid(30, "grid")}
<p class="resolution"><strong class="label">มติที่ประชุม </strong>{next(sentences) * 2}</p>
<p class="resolution more">{next(sentences)}</p>{_grid(5, "grid indent")}
<p class="none">- ไม่มี -</p></section>"""


def _paragraphs(sentences: Iterator[str], number: int) -> Iterator[str]:
    for length in range(3, 8):
        yield f"<p>{''.join(next(sentences) for _ in range(length + number % 3)).strip()}</p>"


def _list(depth: int) -> str:
    below = _list(depth - 1) if depth > 1 else ""
    items = "".join(
        f'<li><span class="marker">{marker} </span>{SENTENCES[depth].strip()}{below}</li>'
        for marker in ("๑.", "๒.")
    )
    noted = f'<li><span class="marker">- </span>ข้อสังเกต<p class="more">{SENTENCES[0]}</p></li>'
    return f'<ul class="list">{items}{noted}</ul>'


def _figures() -> str:
    photo = '<figure><img src="photo.jpg" alt="ภาพการประชุม" width="600" height="400">'
    seal = '<figure><img src="seal.png" alt="ตราของสำนักงาน" width="90" height="90"></figure>'
    captioned = f"{photo}<figcaption>ภาพการประชุม</figcaption></figure>"
    return f'{seal}<div class="photos">{captioned}{captioned}{captioned}</div>'


def _grid(count: int, kind: str) -> str:
    rows = "".join(
        f'<tr><td class="centre">{row}</td><td>จัดเตรียมสถานที่และเครื่องเสียง</td>'
        f'<td class="number">{row * 1250:,}.00</td></tr>'
        for row in range(count)
    )
    return (
        f'<table class="{kind}"><thead><tr><th class="centre">ที่</th><th>รายการ</th>'
        f'<th class="number">บาท</th></tr></thead><tbody>{rows}'
        '<tr><td colspan="2">รวม</td><td></td></tr></tbody></table>'
    )


def _signature() -> str:
    return (
        '<div class="signature"><p>(ลงชื่อ) ……………………… ผู้จดรายงานการประชุม</p>'
        "<p>(นายตัวอย่าง ที่หนึ่ง)</p><p>ปลัดอำเภอ</p></div>"
    )
