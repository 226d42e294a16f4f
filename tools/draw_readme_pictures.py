"""Draw the README's pictures: the first page of an example's minutes and of its release.

    python3 build.py agendas/tuayang/product && .venv/bin/python tools/draw_readme_pictures.py

Needs poppler-utils.
"""

import subprocess
from io import BytesIO

from PIL import Image, ImageOps

from minutes.paths import ROOT

MEETING = "product-2569-01"
DOCUMENTS = ROOT / "out" / "product" / "2569-01"
IMAGES = ROOT / "docs" / "images"
DPI = 80
COLOURS = 64
EDGE = "#cccccc"  # the page's edge on a white screen


def draw(kind: str) -> None:
    """Draw the first page of one document into ``docs/images``."""
    pdf = DOCUMENTS / f"{MEETING}-{kind}.pdf"
    command = ["pdftoppm", "-png", "-r", str(DPI), "-f", "1", "-singlefile", str(pdf)]
    drawn = Image.open(BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))
    page = ImageOps.expand(drawn.convert("RGB"), border=1, fill=EDGE)
    page.quantize(COLOURS).save(IMAGES / f"{kind}.png", optimize=True)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for kind in ("minutes", "release"):
        draw(kind)
