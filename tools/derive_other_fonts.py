"""Derive the faces for letters that Minutes Sarabun lacks: signs, other scripts, emoji, and a box.

Each face is cut out of a free one: the letters named below that no face before it has, without
hints, so small that they look as large as the Thai beside them, and in the lines of Minutes
Sarabun, so that a sign moves no line. Shapes and layout tables are the source's own.

A source is a file of a Debian package (bookworm), of npm's ``@expo-google-fonts/noto-emoji`` 0.4.7,
or of this folder's neighbour. Put the unpacked packages into one folder, all their files anywhere
below it, and run ``python tools/derive_other_fonts.py FOLDER``: same sources, same bytes.

    fonts-dejavu-core 2.37-6, fonts-noto-core 20201225-1, fonts-noto-extra 20201225-1,
    fonts-droid-fallback 1:6.0.1r16-1.1, fonts-nanum 20200506-1

``templates/faces.csv`` says which letters each face draws, in the order in which they are asked.
"""

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import cmap_format_13

from minutes.paths import FONTS, TEMPLATES

HERE = FONTS / "others"
MAIN = FONTS / "MinutesSarabun-Regular.ttf"
TABLE = TEMPLATES / "faces.csv"
LAST = 0x10FFFF
SPACE = 216  # thousandths of an em: as wide as the space of Minutes Sarabun
DIGIT = 362  # how wide its digits are
KEPT_NAMES = (0, 7, 8, 9, 11, 12, 13, 14)


class Face(NamedTuple):
    """One face: its name, source and checksum, how much smaller it is drawn, which letters."""

    name: str
    source: str
    sha256: str
    scale: float
    letters: str = "0000-10FFFF"
    style: str = "Regular"

    @property
    def family(self) -> str:
        """The name of its family, such as ``Minutes Khmer``; Pango asks for emoji by ``emoji``."""
        return "emoji" if self.name == "Emoji" else f"Minutes {self.name}"

    @property
    def is_asked_first(self) -> bool:
        """Whether it draws letters that an earlier one has too: bold ones, and Pango's emoji."""
        return self.style != "Regular" or self.name == "Emoji"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"Minutes{self.name}-{self.style}.ttf"


def letters_of(numbers: str) -> Iterator[int]:
    """Go through the letters of ``0041-005A 00B5``."""
    for span in numbers.split():
        first, _, last = span.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


# Letters by their numbers. Of the bold signs only what a heading or a name may hold.
SIGNS = """
    0020-058F 10A0-10FF 1AB0-1AFF 1C80-1CBF 1D00-2BFF 2C60-2C7F 2E00-2E7F A640-A69F A700-A7FF
    AB30-AB6F FB00-FB17 1D400-1D7FF
"""
BOLD_SIGNS = "0020-058F 1E00-1FFF 2000-206F 20A0-20CF 2100-214F"
CJK = """
    2E80-33FF 4E00-A4CF A960-A97F AC00-D7FF F900-FAFF FE10-FE1F FE30-FE6F FF00-FFEF
    1F200-1F2FF 20000-3FFFF
"""
EMOJI = "200D 203C 2049 2139-2B55 3030 303D 3297 3299 1F000-1FAFF"


def noto(name: str, source: str, sha256: str, letters: str, scale: float = 0.667) -> Face:
    """Give the face of a script that Noto draws."""
    return Face(name, source, sha256, scale, letters)


FACES = (
    Face(
        "Signs",
        "DejaVuSans.ttf",
        "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322",
        0.653,
        SIGNS,
    ),
    Face(
        "Signs",
        "DejaVuSans-Bold.ttf",
        "0d977336a6d5fba34eab8e3199eb218327161b5143749f802982c2bc34df0c96",
        0.653,
        BOLD_SIGNS,
        "Bold",
    ),
    noto(
        "Lao",
        "NotoSansLao-Regular.ttf",
        "6c3de7db369e85cba20255d161eeeb3d934ea3c4c51e2574c2ddcce79a25025c",
        "0E80-0EFF",
    ),
    noto(
        "Khmer",
        "NotoSansKhmer-Regular.ttf",
        "bc9a5e2afcee249849e409aabe6e22330c479b878ea3e59bf5e7c84482d7ee53",
        "1780-17FF 19E0-19FF",
    ),
    noto(
        "Myanmar",
        "NotoSansMyanmar-Regular.ttf",
        "3fe9a4babc12081adc979e0313433e6ec85bb3ad069681c23ee8d8ea8b91332b",
        "1000-109F A9E0-A9FF AA60-AA7F",
    ),
    noto(
        "TaiTham",
        "NotoSansTaiTham-Regular.ttf",
        "d3065a143eb21f13406307602940b9f7cd20e935a1e20a829f9867b152056714",
        "1A20-1AAF",
    ),
    noto(
        "NewTaiLue",
        "NotoSansNewTaiLue-Regular.ttf",
        "53005c3e1b61c5d3002510479144867a5a1370a32a78c5cf374f9a6dd576cf9b",
        "1980-19DF",
    ),
    noto(
        "TaiLe",
        "NotoSansTaiLe-Regular.ttf",
        "a2cde56384066013cf1efafc5d3cfc142b9a0d10c77c7e1f8ee2880cbe121d4c",
        "1950-197F",
    ),
    noto(
        "TaiViet",
        "NotoSansTaiViet-Regular.ttf",
        "b7e6d86488e34d9bbc3c6ba55097d8b1a16325650af50a7242df2c2a4a663ced",
        "AA80-AADF",
    ),
    noto(
        "Cham",
        "NotoSansCham-Regular.ttf",
        "b87ef0181fb1f11da6a36846724a299143d73d8afffd238018fd91291beb87bb",
        "AA00-AA5F",
    ),
    noto(
        "KayahLi",
        "NotoSansKayahLi-Regular.ttf",
        "24fce18dd43d89de37f1be211ae935d30b2c87e19eece8d52cfc0d9c2ce44806",
        "A900-A92F",
    ),
    noto(
        "Lisu",
        "NotoSansLisu-Regular.ttf",
        "243c09079c08619a4b11621f07027c10e5eb067b7e2e217537ae5e01be79e21b",
        "A4D0-A4FF",
    ),
    noto(
        "PahawhHmong",
        "NotoSansPahawhHmong-Regular.ttf",
        "303dbcc71425c331cc5d293254acfdf15aed04cf5e0075ecba0ed0d8a5d5862b",
        "16B00-16B8F",
    ),
    noto(
        "Javanese",
        "NotoSansJavanese-Regular.ttf",
        "faff63a3ea4c5a882508d85935f02e4f80e923551d4716e27706dd3c6cb07d67",
        "A980-A9DF",
    ),
    noto(
        "Balinese",
        "NotoSansBalinese-Regular.ttf",
        "97d94b44707d68adde5d0e766536c016e635b64006a4b2dcf4ed79959480f095",
        "1B00-1B7F",
    ),
    noto(
        "Arabic",
        "NotoNaskhArabic-Regular.ttf",
        "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
        "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFE",
        0.7,
    ),
    noto(
        "Hebrew",
        "NotoSansHebrew-Regular.ttf",
        "436900d5ad77d33e4234247f3076eaecd25b92b9bea0519514f684140e3566a7",
        "0590-05FF FB1D-FB4F",
    ),
    noto(
        "Devanagari",
        "NotoSansDevanagari-Regular.ttf",
        "79a470365ccb210fa3c7d8d8ff2e005ef9d983cfd067f735a0caf7e15070ca9f",
        "0900-097F 1CD0-1CFF A830-A839 A8E0-A8FF",
    ),
    noto(
        "Bengali",
        "NotoSansBengali-Regular.ttf",
        "9bb35b3547829ecc42041b6017e87fd4c5f1da1edcd00f59171777050f346018",
        "0980-09FF",
    ),
    noto(
        "Gurmukhi",
        "NotoSansGurmukhi-Regular.ttf",
        "1db960ff6f506a98f5b3ece78f54618388c6187e7edf8ceee5ab63389c0db3ab",
        "0A00-0A7F",
    ),
    noto(
        "Gujarati",
        "NotoSansGujarati-Regular.ttf",
        "4468a3a24516831874fb4a867b760a22257944584e478d32a97e3c4d4bfc6400",
        "0A80-0AFF",
    ),
    noto(
        "Tamil",
        "NotoSansTamil-Regular.ttf",
        "a7bb7f92f165479af2f0556c4fd669b74c5959f464f603e18389b532f4d07a71",
        "0B80-0BFF",
    ),
    noto(
        "Telugu",
        "NotoSansTelugu-Regular.ttf",
        "cb3165071121b1e80c55a041d0c1f79b3bbc68e4b0eab37b0d881958dfc3ed7a",
        "0C00-0C7F",
    ),
    noto(
        "Kannada",
        "NotoSansKannada-Regular.ttf",
        "892b841b0b87ca3c2702bdc78d3031c8220f53e8f5f496ec5e37ccf0ca03ddf7",
        "0C80-0CFF",
    ),
    noto(
        "Malayalam",
        "NotoSansMalayalam-Regular.ttf",
        "5433f4a642b4325aa169a55c4c6b8d1c4a45c4e08bcd9cbe72888229709a8f2d",
        "0D00-0D7F",
    ),
    noto(
        "Sinhala",
        "NotoSansSinhala-Regular.ttf",
        "31f83eec724a27779d1434afc84beabee239c0ff77dc8d04bee9f49c60b23fdd",
        "0D80-0DFF 111E0-111FF",
    ),
    Face(
        "CJK",
        "DroidSansFallbackFull.ttf",
        "acb6440a713d880a13a21b468ba7cd43f5a2b2934972e51be791c880730777b8",
        0.72,
        CJK,
    ),
    Face(
        "Hangul",
        "NanumSquareR.ttf",
        "5a51deae5237435d9a0bc0cc6cc30619a914b29801f895698cfdacadcad06e94",
        0.72,
        "1100-11FF 3130-318F A960-A97F AC00-D7FF",
    ),
    Face(
        "Emoji",
        "NotoEmoji_400Regular.ttf",
        "24aaa2a20c9c06ffe9bf04284bfd1f14376a329d10122f902abe2770817eb504",
        0.6,
        EMOJI,
    ),
    noto(
        "Symbols",
        "NotoSansSymbols-Regular.ttf",
        "24b615ceb7d50a2c09060664ca9e24a160c9beb6bfca0563e8359369a4bc0993",
        "2000-2BFF 1F000-1FAFF",
    ),
    noto(
        "Symbols2",
        "NotoSansSymbols2-Regular.ttf",
        "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688",
        "2000-2BFF 4DC0-4DFF 10100-1018F 101D0-101FF 1F000-1FBFF",
    ),
)
UNSEEN = set(
    letters_of(
        "00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F"
        " FEFF FFA0 FFF0-FFFC 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
    )
)
NEEDED = {0x20, 0x200D, 0x25CC, *b"0123456789#*"}  # signs of a script stand on them; 1️⃣ is one emoji
BOX = Face("Box", "", "", 1)


def numbers_of(letters: Iterable[int]) -> str:
    """Give letters as ``letters_of`` reads them."""
    runs = groupby(enumerate(sorted(letters)), key=lambda pair: pair[1] - pair[0])
    spans = [[letter for _, letter in run] for _, run in runs]
    return " ".join("-".join(f"{n:04X}" for n in dict.fromkeys((s[0], s[-1]))) for s in spans)


def is_drawn(letter: int) -> bool:
    """Whether a face may be asked for a letter: not for what is unseen, private or nothing yet.

    Among the emoji are some that are younger than Python.
    """
    kind = unicodedata.category(chr(letter))
    if kind == "Cn":
        return letter >= 0x1F000
    return kind not in ("Cc", "Co", "Cs", "Zl", "Zp") and letter not in UNSEEN


def derive(face: Face, data: bytes, wanted: set[int]) -> bytes:
    """Return the font file of a face for the wanted letters, the same bytes each time.

    Raises ValueError if the source is not the file that this script was written for.
    """
    if hashlib.sha256(data).hexdigest() != face.sha256:
        raise ValueError(f"{face.source} is another version than the one this script knows")
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=["*"], notdef_outline=True, legacy_kern=False
    )
    options.drop_tables += ["DSIG", "FFTM", "MATH", "STAT", "VORG", "meta", "vhea", "vmtx"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=wanted)
    cut.subset(font)
    add_box(font)
    if face.name == "Symbols":
        put_around_a_digit(font)
    source = TTFont(BytesIO(data))["name"]
    font["head"].unitsPerEm = em = round(font["head"].unitsPerEm / face.scale)
    space = font.getBestCmap()[0x20]
    font["hmtx"][space] = round(SPACE * em / 1000), font["hmtx"][space][1]
    return finished(font, face, {number: source.getDebugName(number) for number in KEPT_NAMES})


def put_around_a_digit(font: TTFont) -> None:
    """Move the enclosing marks, drawn around their place, around the digit before it: 1⃣."""
    back = round(DIGIT / 2 * font["head"].unitsPerEm / 1000)
    for letter in set(letters_of("20DD-20E0 20E2-20E4")) & set(font.getBestCmap()):
        name = font.getBestCmap()[letter]
        glyph = font["glyf"][name]
        glyph.coordinates.translate((-back, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = 0, glyph.xMin


def finished(font: TTFont, face: Face, names: dict[int, str | None]) -> bytes:
    """Give a face the lines of Minutes Sarabun and its names; return its file."""
    lines, windows = font["hhea"], font["OS/2"]
    em = font["head"].unitsPerEm / 1000
    ascent, descent, gap = round(850 * em), round(447 * em), round(30 * em)
    lines.ascent, lines.descent, lines.lineGap = ascent, -descent, gap
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = ascent, -descent, gap
    windows.usWinAscent, windows.usWinDescent = ascent, descent
    windows.fsSelection &= ~(1 << 7)  # hhea's lines count
    postscript = face.file.removesuffix(".ttf")
    own = {1: face.family, 2: face.style, 3: postscript, 4: f"{face.family} {face.style}"}
    own |= {5: "Version 1.0", 6: postscript}
    table = font["name"] = newTable("name")
    table.names = []
    for number, text in sorted((names | own).items()):
        if text:
            table.setName(text, number, 3, 1, 0x409)
    saved = BytesIO()
    font.save(saved)
    return saved.getvalue()


def box_glyph(em: int) -> Any:
    """Return an empty box of 38 hundredths of an em, for a face with so many units in it."""
    pen = TTGlyphPen(None)
    for outline in (
        [(60, 0), (60, 480), (440, 480), (440, 0)],
        [(95, 35), (405, 35), (405, 445), (95, 445)],
    ):
        first, *others = [(round(x * em / 1000), round(y * em / 1000)) for x, y in outline]
        pen.moveTo(first)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def add_box(font: TTFont) -> None:
    """Give a face a box of its own, for what a typesetter asks no other face for."""
    if 0x25A1 in font.getBestCmap():
        return
    em = font["head"].unitsPerEm
    font["glyf"]["box"] = glyph = box_glyph(em)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"]["box"] = round(em / 2), glyph.xMin
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[0x25A1] = "box"


def box() -> bytes:
    """Return a face that draws an empty box for every letter that there is, or ever will be."""
    glyph = box_glyph(1000)
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "space", "box"])
    made.setupGlyf({".notdef": glyph, "space": TTGlyphPen(None).glyph(), "box": glyph})
    made.setupHorizontalMetrics({".notdef": (500, 60), "space": (SPACE, 0), "box": (500, 60)})
    made.setupCharacterMap({0x25A1: "box"})
    made.setupHorizontalHeader()
    made.setupOS2()
    made.setupPost()
    made.updateHead(created=0, modified=0)
    every = cmap_format_13(13)
    every.platformID, every.platEncID, every.language = 3, 10, 0
    every.cmap = {0x20: "space"} | dict.fromkeys(range(0x21, LAST + 1), "box")
    made.font["cmap"].tables = [every]
    made.font.recalcTimestamp = False
    return finished(made.font, BOX, {0: "Made for the program minutes, under its licence"})


def main() -> None:
    """Write the faces, and the table of what each of them draws."""
    found = {path.name: path for path in Path(sys.argv[1]).rglob("*.ttf")}
    drawn = {n for n in TTFont(MAIN).getBestCmap() if is_drawn(n)}
    table = [f"{MAIN.name}; Minutes Sarabun; {numbers_of(drawn)}"]
    for face in FACES:
        data = found[face.source].read_bytes()
        known = {n for n in TTFont(BytesIO(data)).getBestCmap() if is_drawn(n)}
        own = known & set(letters_of(face.letters)) - (set() if face.is_asked_first else drawn)
        (HERE / face.file).write_bytes(derive(face, data, own | NEEDED))
        table.append(f"{face.file}; {face.family}; {numbers_of(own)}")
        drawn |= own
    (HERE / BOX.file).write_bytes(box())
    TABLE.write_text("".join(f"{line}\n" for line in table), "ascii")


if __name__ == "__main__":
    main()
