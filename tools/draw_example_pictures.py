"""Draw the pictures of the examples: flat shapes in muted colours, the same on every run.

Nobody and no place is shown: the meetings of Tuayang are invented, and so are their photographs.
``python tools/draw_example_pictures.py`` writes them where the agendas name them.
"""

import math
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageDraw

from minutes.paths import ROOT

HERE = ROOT / "agendas"
WIDTH, HEIGHT = 1200, 800
FINER = 2  # drawn this much larger, then reduced: smooth edges

WALL, FLOOR, SHADE = "#ece6da", "#cdbda4", "#dcd3c2"
WOOD, DARK_WOOD, PALE_WOOD = "#b08d6a", "#86674d", "#d3b892"
NAVY, TEAL, CLAY, LEAF, GOLD, ROSE = (
    "#46546b",
    "#7a9a95",
    "#bf8063",
    "#8fa37f",
    "#d2ad68",
    "#b98a8a",
)
INK, WHITE, SKY, SKIN, HAIR = "#3b3f48", "#faf7f0", "#c9d8dc", "#cfa07c", "#43393a"
CLOTHES = (NAVY, TEAL, WHITE, CLAY, LEAF, ROSE, GOLD)

Point = tuple[float, float]


class Canvas:
    """A picture in the making; every length is in pixels of the finished picture."""

    def __init__(self, ground: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * FINER, height * FINER), ground)
        self._draw = ImageDraw.Draw(self.image)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, round_: float = 0
    ) -> None:
        """Fill a rectangle, with round corners if asked."""
        corners = [v * FINER for v in (x, y, x + width, y + height)]
        self._draw.rounded_rectangle(corners, round_ * FINER, fill)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill)

    def slab(self, x: float, y: float, top: float, foot: float, down: float, fill: str) -> None:
        """Fill a trapezium: the middle of its upper edge, its half widths, its height."""
        self.shape([(x - top, y), (x + top, y), (x + foot, y + down), (x - foot, y + down)], fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: str) -> None:
        """Fill an ellipse around a centre, with its two radii."""
        corners = [v * FINER for v in (x - across, y - down, x + across, y + down)]
        self._draw.ellipse(corners, fill)

    def line(self, points: Iterable[Point], fill: str, width: float) -> None:
        """Draw a line through the points."""
        path = [(x * FINER, y * FINER) for x, y in points]
        self._draw.line(path, fill, round(width * FINER), joint="curve")

    def finished(self) -> Image.Image:
        """Give the picture in its own size."""
        return self.image.resize(self.size, Image.Resampling.LANCZOS)


def person(c: Canvas, x: float, y: float, size: float, clothes: str, *, back: bool = True) -> None:
    """Put head and shoulders at x, with the top of the head at y; from behind or from the front."""
    c.box(x - size * 0.62, y + size * 0.86, size * 1.24, size * 1.4, clothes, size * 0.42)
    c.box(x - size * 0.14, y + size * 0.62, size * 0.28, size * 0.34, SKIN, size * 0.1)
    c.oval(x, y + size * 0.34, size * 0.34, size * 0.36, HAIR)
    if not back:
        c.oval(x, y + size * 0.47, size * 0.27, size * 0.31, SKIN)


def chair(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Put the back of a chair, its middle at x and its upper edge at y."""
    c.box(x - size * 0.5, y, size, size * 0.95, colour, size * 0.16)
    c.box(x - size * 0.4, y + size * 0.12, size * 0.8, size * 0.1, SHADE, size * 0.05)


def window(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Put a window of two panes, with hills outside."""
    c.box(x - 8, y - 8, width + 16, height + 16, PALE_WOOD)
    c.box(x, y, width, height, SKY)
    c.shape([(x, y + height), (x, y + height * 0.7), (x + width * 0.45, y + height * 0.5),
             (x + width, y + height * 0.75), (x + width, y + height)], LEAF)  # fmt: skip
    c.box(x + width / 2 - 4, y, 8, height, PALE_WOOD)


def screen(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Put a screen that shows a chart."""
    c.box(x - 10, y - 10, width + 20, height + 20, INK, 8)
    c.box(x, y, width, height, WHITE)
    for n, (tall, colour) in enumerate(zip((0.3, 0.45, 0.4, 0.6, 0.72), CLOTHES * 2, strict=False)):
        bar = width * 0.1
        left = x + width * 0.14 + n * bar * 1.55
        c.box(left, y + height * (0.88 - tall), bar, height * tall, colour if n != 2 else GOLD)
    c.box(x + width * 0.1, y + height * 0.88, width * 0.8, 4, INK)


def meeting() -> Canvas:
    """Draw a meeting room from the back: the chair at the far end, members along the table."""
    c = Canvas(WALL)
    c.box(0, 430, WIDTH, 370, FLOOR)
    c.box(0, 418, WIDTH, 14, PALE_WOOD)
    window(c, 70, 110, 190, 230)
    window(c, 940, 110, 190, 230)
    screen(c, 400, 70, 400, 225)
    person(c, 600, 318, 66, NAVY, back=False)
    for side in (-1, 1):
        for n in range(3):
            x, clothes = 600 + side * (232 + n * 62), CLOTHES[(n + side + 2) % 7]
            person(c, x, 352 + n * 66, 74 + n * 15, clothes, back=False)
    c.slab(600, 430, 160, 410, 370, WOOD)
    c.slab(600, 440, 144, 376, 360, PALE_WOOD)
    for side in (-1, 1):
        for n in range(4):
            x, y, w = 600 + side * (96 + n * 44), 462 + n * 74, 34 + n * 10
            c.slab(x, y, w / 2, w * 0.62, w * 0.7, WHITE)
    for n, clothes in enumerate((TEAL, ROSE, NAVY, LEAF)):
        x = 190 + n * 273
        person(c, x, 560, 118, clothes)
        chair(c, x, 690, 176, DARK_WOOD)
    return c


def council() -> Canvas:
    """Draw a council room: three on the dais, members in two curved rows before them."""
    c = Canvas(WALL)
    c.box(0, 0, WIDTH, 330, SHADE)
    for n in range(13):
        c.box(n * 100 - 30, 0, 50, 330, WALL)
    c.box(0, 330, WIDTH, 470, FLOOR)
    c.oval(600, 130, 72, 72, PALE_WOOD)
    c.oval(600, 130, 58, 58, GOLD)
    c.oval(600, 130, 34, 34, PALE_WOOD)
    for x, clothes in ((470, TEAL), (600, NAVY), (730, CLAY)):
        person(c, x, 226 if x == 600 else 240, 74, clothes, back=False)
    c.box(360, 330, 480, 98, DARK_WOOD, 6)
    c.box(348, 322, 504, 16, WOOD, 5)
    for n in range(5):
        c.box(382 + n * 90, 352, 74, 60, WOOD, 4)
    for row, (count, top, size) in enumerate(((6, 452, 72), (6, 596, 100))):
        _row_of_desks(c, row, count, top, size)
    return c


def _row_of_desks(c: Canvas, row: int, count: int, top: float, size: float) -> None:
    spread = 150 + row * 46
    for n in range(count):
        offset = n - (count - 1) / 2
        x, y = 600 + offset * spread, top - offset**2 * 5
        c.box(x - spread * 0.47, y - size * 0.16, spread * 0.94, size * 0.62, WOOD, 4)
        person(c, x, y, size, CLOTHES[(n * 3 + row * 2) % 7])
        chair(c, x, y + size * 1.12, size * 1.32, NAVY if row == 0 else INK)


def hall() -> Canvas:
    """Draw a hall with a stage and rows of chairs, seen from the last row."""
    c = Canvas(WALL)
    c.box(0, 400, WIDTH, 400, FLOOR)
    c.box(200, 60, 800, 300, CLAY)
    for n in range(20):
        c.box(200 + n * 40, 60, 20, 300, ROSE)
    c.box(330, 100, 540, 220, SHADE)
    screen(c, 460, 118, 280, 160)
    c.box(180, 40, 840, 28, DARK_WOOD)
    c.box(150, 352, 900, 60, WOOD)
    c.box(150, 352, 900, 12, PALE_WOOD)
    person(c, 842, 190, 62, NAVY, back=False)
    c.box(806, 272, 72, 82, DARK_WOOD, 5)
    c.box(800, 264, 84, 12, WOOD, 4)
    for n in range(7):
        c.oval(350 + n * 50, 352, 24, 15, LEAF)
        c.oval(350 + n * 50, 343, 9, 8, GOLD)
    for row in range(4):
        _row_of_seats(c, row)
    return c


def _row_of_seats(c: Canvas, row: int) -> None:
    size, top = 52 + row * 17, 424 + row * 92
    gap = size * 1.42
    for n in range(-7, 8):
        x = 600 + n * gap + (30 if n > 0 else -30 if n < 0 else 0)
        if n == 0 or not -80 < x < WIDTH + 80:
            continue
        if (n * 5 + row * 3) % 8:
            person(c, x, top - size * 0.5, size * 0.8, CLOTHES[(n * 2 + row * 3) % 7])
        chair(c, x, top + size * 0.4, size * 1.1, TEAL if row % 2 else NAVY)


def booth() -> Canvas:
    """Draw a booth with a striped roof, cloth and jars on the counter, baskets before it."""
    c = Canvas(SKY)
    c.shape(
        [
            (0, 440),
            (130, 380),
            (330, 470),
            (860, 470),
            (1080, 350),
            (1200, 410),
            (1200, 560),
            (0, 560),
        ],
        LEAF,
    )
    c.box(0, 540, WIDTH, 260, FLOOR)
    c.box(240, 210, 18, 470, DARK_WOOD)
    c.box(942, 210, 18, 470, DARK_WOOD)
    c.box(258, 230, 684, 260, SHADE)
    for n, colour in enumerate((NAVY, CLAY, TEAL, GOLD, ROSE)):
        x = 300 + n * 126
        c.box(x, 262, 96, 170, colour)
        for k in range(4):
            c.box(x, 290 + k * 34, 96, 8, WHITE if k % 2 else PALE_WOOD)
    roof(c)
    person(c, 600, 372, 84, LEAF, back=False)
    c.box(214, 490, 772, 26, WOOD, 6)
    c.box(230, 516, 740, 190, WHITE)
    for n in range(9):
        c.shape([(230 + n * 84, 516), (314 + n * 84, 516), (272 + n * 84, 560)], TEAL)
    for n in range(5):
        jar(c, 290 + n * 52, 490, (CLAY, GOLD, LEAF, ROSE, GOLD)[n])
    for n, colour in enumerate((NAVY, ROSE, GOLD, TEAL)):
        c.box(700, 472 - n * 18, 110, 17, colour, 4)
        c.box(840, 472 - n * 18, 100, 17, (LEAF, CLAY, WHITE, NAVY)[n], 4)
    basket(c, 150, 640, 100, PALE_WOOD)
    basket(c, 1050, 640, 100, WOOD)
    return c


def roof(c: Canvas) -> None:
    """Hang a striped roof of cloth over the booth."""
    c.box(250, 252, 700, 12, DARK_WOOD)
    for n in range(10):
        stripe, top, edge = CLAY if n % 2 else WHITE, 260 + n * 68, 220 + n * 76
        c.shape([(top, 110), (top + 68, 110), (edge + 76, 236), (edge, 236)], stripe)
        c.oval(edge + 38, 236, 38, 26, stripe)


def jar(c: Canvas, x: float, bottom: float, colour: str) -> None:
    """Put a jar with a lid, standing on the line ``bottom``."""
    c.box(x - 19, bottom - 58, 38, 58, colour, 8)
    c.box(x - 15, bottom - 70, 30, 16, DARK_WOOD, 4)
    c.box(x - 19, bottom - 42, 38, 20, WHITE)


def basket(c: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Put a woven basket with fruit, its rim at y."""
    for n, fruit in enumerate((CLAY, GOLD, LEAF, GOLD, CLAY)):
        c.oval(
            x + (n - 2) * size * 0.3,
            y - size * (0.16 if n % 2 else 0.06),
            size * 0.24,
            size * 0.24,
            fruit,
        )
    c.slab(x, y, size * 0.9, size * 0.66, size * 1.05, colour)
    for row in range(6):
        half = size * (0.84 - row * 0.04)
        for k in range(8):
            step = half * 2 / 8
            left = x - half + k * step
            if (k + row) % 2:
                c.box(
                    left,
                    y + size * (0.1 + row * 0.155),
                    step * 0.94,
                    size * 0.12,
                    DARK_WOOD,
                    size * 0.03,
                )
    c.box(x - size, y - size * 0.06, size * 2, size * 0.14, DARK_WOOD, size * 0.07)


def baskets() -> Canvas:
    """Draw three woven baskets on a table with a cloth."""
    c = Canvas(WALL)
    window(c, 110, 90, 230, 250)
    c.box(820, 120, 270, 14, DARK_WOOD)
    for n, colour in enumerate((TEAL, GOLD, ROSE)):
        c.box(850 + n * 76, 134, 60, 150 + n * 24, colour)
        c.box(850 + n * 76, 170, 60, 10, WHITE)
    c.box(0, 560, WIDTH, 240, WOOD)
    c.box(0, 560, WIDTH, 16, PALE_WOOD)
    c.shape([(240, 600), (960, 600), (1080, 800), (120, 800)], WHITE)
    for n in range(12):
        c.shape([(132 + n * 78, 800), (210 + n * 78, 800), (171 + n * 78, 764)], TEAL)
    for x, y, size, colour in (
        (320, 440, 150, PALE_WOOD),
        (890, 450, 140, PALE_WOOD),
        (605, 470, 195, WOOD),
    ):
        turns = [step / 12 * math.pi for step in range(13)]
        handle = [(x + math.cos(a) * size * 0.8, y - math.sin(a) * size * 0.9) for a in turns]
        c.line(handle, DARK_WOOD, size * 0.09)
        basket(c, x, y, size, colour)
    return c


def award() -> Canvas:
    """Draw two people on a stage, a certificate between them."""
    c = Canvas(SHADE)
    for n in range(15):
        c.box(n * 86, 0, 43, 600, WALL)
    c.box(0, 600, WIDTH, 200, WOOD)
    c.box(0, 600, WIDTH, 18, PALE_WOOD)
    for x, clothes, hand in ((400, NAVY, 500), (800, TEAL, 700)):
        c.box(x - 62, 470, 54, 220, INK, 12)
        c.box(x + 8, 470, 54, 220, INK, 12)
        c.line([(x, 340), ((x + hand) / 2, 420), (hand, 400)], clothes, 40)
        c.box(x - 82, 262, 164, 250, clothes, 44)
        c.oval(hand, 400, 22, 22, SKIN)
        c.box(x - 18, 222, 36, 60, SKIN, 10)
        c.oval(x, 172, 56, 58, HAIR)
        c.oval(x, 190, 45, 50, SKIN)
    c.box(490, 330, 220, 150, DARK_WOOD, 6)
    c.box(502, 342, 196, 126, WHITE)
    for n in range(3):
        c.box(540, 372 + n * 20, 120, 7, SHADE)
    c.oval(600, 446, 13, 13, GOLD)
    for n in range(16):
        c.oval(40 + n * 76, 716, 46, 38, LEAF)
        c.oval(40 + n * 76, 696, 17, 16, (GOLD, ROSE, WHITE)[n % 3])
    return c


def water_tower() -> Canvas:
    """Draw a village water tower among fields."""
    c = Canvas(SKY)
    c.oval(980, 150, 62, 62, "#e8d6ab")
    c.shape(
        [(0, 520), (220, 360), (470, 500), (760, 340), (1200, 520), (1200, 600), (0, 600)], TEAL
    )
    c.box(0, 560, WIDTH, 240, LEAF)
    for n in range(6):
        c.shape(
            [(-60 + n * 240, 800), (60 + n * 240, 800), (500 + n * 60, 570), (480 + n * 60, 570)],
            GOLD,
        )
    for x in (470, 560, 650, 718):
        c.line([(x, 350), (x + (x - 600) * 0.3, 690)], DARK_WOOD, 16)
    for y in (450, 560, 660):
        c.line([(442, y), (750, y)], WOOD, 12)
    c.shape([(440, 150), (600, 90), (760, 150)], NAVY)
    c.box(440, 150, 320, 210, WHITE, 14)
    for n in range(3):
        c.box(440, 192 + n * 56, 320, 9, SHADE)
    c.box(596, 360, 16, 330, TEAL)
    c.box(812, 560, 190, 132, WALL)
    c.shape([(790, 568), (907, 490), (1024, 568)], CLAY)
    c.box(880, 610, 54, 82, DARK_WOOD, 4)
    for x, y in ((120, 560), (230, 590), (1110, 600)):
        c.box(x - 9, y - 10, 18, 90, DARK_WOOD)
        c.oval(x, y - 60, 62, 78, "#7c926d")
    return c


def seal() -> Canvas:
    """Draw a round mark for the invented district: sun, hills and water, no letters."""
    c = Canvas("#ffffff", 480, 480)
    c.oval(240, 240, 228, 228, NAVY)
    c.oval(240, 240, 212, 212, WHITE)
    c.oval(240, 240, 196, 196, SKY)
    c.oval(240, 190, 62, 62, GOLD)
    c.shape(
        [(58, 300), (160, 190), (250, 280), (330, 200), (422, 300), (380, 330), (100, 330)], LEAF
    )
    for n in range(3):
        half = 176 - n * 34
        c.box(240 - half, 318 + n * 34, half * 2, 22, TEAL, 11)
    return c


def booth_plan() -> Canvas:
    """Draw the plan of the fair: two rows of ten booths, a stage, two gates, the car park."""
    c = Canvas("#ffffff")
    c.box(40, 40, 1120, 720, INK, 10)
    c.box(46, 46, 1108, 708, WHITE, 8)
    for row in range(2):
        for n in range(10):
            c.box(110 + n * 99, 270 + row * 230, 84, 84, (CLAY, TEAL, GOLD)[(n + row) // 4 % 3], 6)
    c.box(400, 90, 400, 110, NAVY, 8)
    for x in (24, 1132):
        c.box(x, 380, 44, 94, WHITE)
    for n in range(12):
        c.box(160 + n * 74, 660, 52, 72, SHADE, 4)
    return c


PICTURES: dict[str, Callable[[], Canvas]] = {
    "tuayang/product/images/meeting.jpg": meeting,
    "tuayang/product/images/booth.jpg": booth,
    "tuayang/product/images/baskets.jpg": baskets,
    "tuayang/product/images/award.jpg": award,
    "tuayang/heads/images/hall.jpg": hall,
    "sapha/council/images/council.jpg": council,
    "sapha/council/images/water-tower.jpg": water_tower,
    "tuayang/images/seal.png": seal,
    "tuayang/product/documents/booth-plan.pdf": booth_plan,
}


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as its name says, without the time of day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".pdf":
        then = time.struct_time((2026, 11, 16, 9, 0, 0, 0, 320, 0))
        picture.save(path, resolution=144, creationDate=then, modDate=then)
    elif path.suffix == ".png":
        picture.quantize(64).save(path, optimize=True)
    else:
        picture.save(path, quality=80, optimize=True)


def main() -> None:
    """Draw every picture into its place."""
    for name, draw in PICTURES.items():
        save(draw().finished(), HERE / name)


if __name__ == "__main__":
    main()
