"""A scanner for tests: pages with codes on them, laid on its glass askew, noisy or upside down."""

import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import segno
from PIL import Image, ImageDraw, ImageFont

from minutes.paths import ROOT

TEXT = "0123456789abcdef" * 2  # the first half of a SHA-256
MILLIMETRE = 1 / 25.4  # inches
BED = 3  # millimetres of glass on either side of a sheet: 216 in all, for A4 and Letter
FONT = ROOT / "templates/fonts/THSarabunPSK.ttf"


@dataclass(frozen=True)
class Glass:
    """How a page is scanned: dots an inch, degrees askew, JPEG quality, share of specks.

    ``bed`` are the millimetres of glass on either side of a sheet.
    """

    dpi: int = 200
    askew: float = 0.0
    upside_down: bool = False
    jpeg: int = 80
    specks: float = 0.0
    bed: float = BED


def code(page: int, of: int, id_: str = "board-2569-01", version: int = 1, text: str = TEXT) -> str:
    return f"MIN1:{id_}:v{version}:{text}:p{page}/{of}"


def pages(count: int, **of: Any) -> list[str]:
    return [code(page, count, **of) for page in range(1, count + 1)]


def sheet(told: str) -> Image.Image:
    """Draw a page as it comes out of the printer at 600 dpi, with a code of 22 mm and text."""
    dots = 600
    drawn = Image.new("L", (round(210 * MILLIMETRE * dots), round(297 * MILLIMETRE * dots)), 255)
    if told:
        packed = io.BytesIO()
        segno.make(told, error="q", micro=False).save(packed, kind="png", scale=20, border=4)
        side = round(22 * MILLIMETRE * dots)
        square = Image.open(packed).convert("L").resize((side, side), Image.Resampling.NEAREST)
        drawn.paste(square, (drawn.width - side - 600, drawn.height - side - 300))
    font = ImageFont.truetype(FONT, 130)
    pen = ImageDraw.Draw(drawn)
    for line in range(30):
        pen.text((700, 700 + 180 * line), f"ข้อความในรายงาน บรรทัดที่ {line} " * 3, 0, font)
    return drawn


def scanned(page: Image.Image, glass: Glass, chance: random.Random) -> bytes:
    """Scan a page; gives a JPEG."""
    shape = tuple(round(side * glass.dpi / 600) for side in page.size)
    sheet = page.resize((shape[0], shape[1]), Image.Resampling.BOX)
    side = round(glass.bed * MILLIMETRE * glass.dpi)
    found = Image.new("L", (sheet.width + 2 * side, sheet.height), 235)
    found.paste(sheet, (side, 0))
    turn = glass.askew + (180 if glass.upside_down else 0)
    found = found.rotate(turn, Image.Resampling.BICUBIC, fillcolor=235)
    if glass.specks:
        specks = Image.frombytes("L", found.size, chance.randbytes(found.width * found.height))
        noise = specks.point(lambda level: 255 if level < 256 * glass.specks else 0)
        found.paste(Image.frombytes("L", found.size, specks.tobytes()[::-1]), mask=noise)
    packed = io.BytesIO()
    found.save(packed, "JPEG", quality=glass.jpeg)
    return packed.getvalue()


def pdf(place: Path, pictures: Iterable[bytes]) -> Path:
    """Write scanned pages as a PDF, as a scanner does: a picture a page, and nothing else."""
    document = pikepdf.new()
    for data in pictures:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
        shown = pikepdf.Stream(document, data)
        shown.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        across = 841.89 * width / height
        content = pikepdf.Stream(document, f"q {across} 0 0 841.89 0 0 cm /Im0 Do Q".encode())
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, across, 841.89], Contents=content,
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=shown)),
        )  # fmt: skip
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    document.save(place)
    return place


def scan(place: Path, told: Sequence[str], glass: Glass = Glass(), seed: int = 1) -> Path:
    """Print pages with these codes, an empty one without, and scan them into a PDF."""
    chance = random.Random(seed)
    return pdf(place, [scanned(sheet(one), glass, chance) for one in told])


def born_digital(place: Path) -> Path:
    """Write a PDF that nobody printed."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(place)
    document.close()
    return place
