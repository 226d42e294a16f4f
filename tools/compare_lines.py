"""Draw the same paragraphs as WeasyPrint sets them and as they are set here, side by side.

    .venv/bin/python tools/compare_lines.py

Needs poppler-utils.
"""

import subprocess
from io import BytesIO

from PIL import Image

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.paths import ROOT

IMAGE = ROOT / "docs" / "images" / "lines.png"
DPI = 96
COLOURS = 32
GAP = 40  # px
WIDE, NARROW = 15, 8.4  # cm
DATE = '<span class="nw">วันศุกร์ที่ ๒๗ พฤศจิกายน ๒๕๖๙</span>'
NAME = '<strong><span class="nw">นางสาวตัวอย่าง ศรีสุวรรณาภรณ์</span></strong>'
TEXT = (
    f"<p>{NAME} แจ้งว่า สำนักงานสาธารณสุขอำเภอกำหนดอบรมสุขาภิบาลอาหารแก่ผู้จำหน่ายทุกราย ใน{DATE} "
    "ณ ห้องประชุมที่ว่าการอำเภอ ผู้ที่ไม่ผ่านการอบรมจะไม่ได้รับหนังสือรับรอง และมีผู้เข้าร่วมกิจกรรม"
    '<span class="nw">ร้อยละ ๘๐</span> ของเป้าหมาย</p>'
    "<p>ที่ประชุมพิจารณาแล้วมีมติเห็นชอบให้ดำเนินการจัดงานแสดงและจำหน่ายผลิตภัณฑ์ชุมชน "
    "โดยมอบหมายให้ฝ่ายเลขานุการประสานงานกับองค์กรปกครองส่วนท้องถิ่น เพื่อเตรียมน้ำดื่ม ไฟฟ้า "
    "และที่จอดรถให้พร้อมก่อนวันเปิดงานไม่น้อยกว่าสามวัน</p>"
)
MARKUP = (
    '<html lang="th"><head><title>เปรียบเทียบ</title></head><body>{}'
    f"<div>{TEXT}</div><div class='narrow'>{TEXT}</div></body></html>"
)
STYLE = (
    f"@page {{ size: {WIDE + 1}cm 16.4cm; margin: 0.5cm; @top-center {{ content: none }} }}"
    f".narrow {{ width: {NARROW}cm; margin-top: 0.6cm }} h2 {{ margin: 0 0 0.2cm }}"
)


def by_weasyprint(markup: str, style: str) -> bytes:
    """Set a page with WeasyPrint as it comes; to be called before ``pdf`` has taught it Thai."""
    import weasyprint

    fetcher = html_to_pdf._fetcher({}, [])
    fonts = weasyprint.text.fonts.FontConfiguration()
    css = weasyprint.CSS(
        string=style, base_url=html_to_pdf.BASE, url_fetcher=fetcher, font_config=fonts
    )
    result: bytes = weasyprint.HTML(string=markup).write_pdf(stylesheets=[css], font_config=fonts)
    return result


def drawn(data: bytes) -> Image.Image:
    """Draw the first page of a PDF."""
    command = ["pdftoppm", "-png", "-r", str(DPI), "-singlefile", "-"]
    picture = subprocess.run(command, input=data, check=True, capture_output=True).stdout
    return Image.open(BytesIO(picture)).convert("RGB")


def main() -> None:
    """Draw both pages into one picture."""
    style = pages.stylesheet() + STYLE
    stock = drawn(by_weasyprint(MARKUP.format("<h2>WeasyPrint</h2>"), style))
    ours = drawn(html_to_pdf.render(MARKUP.format("<h2>รายงานการประชุม</h2>"), style, {}))
    both = Image.new("RGB", (stock.width + GAP + ours.width, stock.height), "white")
    both.paste(stock, (0, 0))
    both.paste(ours, (stock.width + GAP, 0))
    both.quantize(COLOURS).save(IMAGE, optimize=True)


if __name__ == "__main__":
    main()
