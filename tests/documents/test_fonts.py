"""The family Minutes Sarabun, shaped, compared with its sources, and read back from a PDF."""

import math
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import product, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
import pypdfium2
import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from minutes.paths import ROOT
from tests.support.dictionary import words
from tools import derive_fonts

FONTS = ROOT / "templates" / "fonts"
OFFICIAL = FONTS / "THSarabunPSK.ttf"
FACES = {face.style: face for face in derive_fonts.FACES}
FROM_LAKSAMAN = ["Bold", "Italic", "Bold Italic"]
STYLES = ["Regular", *FROM_LAKSAMAN]

CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]
VOWELS = ["", *"ัิีึื็ํ๎ุู\u0e3a"]
TONES = ["", *"่้๊๋์"]
SYLLABLES = [
    *("".join(parts) for parts in product(CONSONANTS, VOWELS, TONES)),
    *("".join(parts) for parts in product(CONSONANTS, TONES, "ำ")),
]
THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))]
CLUSTER = "[ก-ฮ][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+ำ?|[ก-ฮ]ำ"
WAKE = "ป"  # without such a letter newer HarfBuzz passes over the official font's rules


class Glyph(NamedTuple):
    name: str
    cluster: int
    advance: int
    offset: tuple[int, int]


@cache
def shaper(path: Path) -> Any:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


def shaped(path: Path, text: str) -> list[Glyph]:
    """Return the glyphs as Pango asks HarfBuzz for them."""
    font, buffer = shaper(path), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(font, buffer)
    return [
        Glyph(
            font.glyph_to_string(info.codepoint),
            info.cluster,
            position.x_advance,
            (position.x_offset, position.y_offset),
        )
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


@pytest.mark.parametrize("style", STYLES)
def test_every_syllable_is_one_unmoved_glyph_a_character_in_the_order_of_the_text(
    style: str,
) -> None:
    assert len(SYLLABLES) == 46 * 12 * 6 + 46 * 6
    for text in SYLLABLES:
        glyphs = shaped(FACES[style].target, text)
        assert [glyph.cluster for glyph in glyphs] == list(range(len(text))), text
        assert {glyph.offset for glyph in glyphs} == {(0, 0)}, text
        assert ".notdef" not in {glyph.name for glyph in glyphs}, text


@pytest.mark.parametrize("style", STYLES)
def test_no_glyph_stands_for_two_characters(style: str) -> None:
    meanings: dict[str, set[str]] = {}
    for text in [*SYLLABLES, *pairs(), *visible_characters(style)]:
        for glyph, character in zip(shaped(FACES[style].target, text), text, strict=True):
            meanings.setdefault(glyph.name, set()).add(character)
    assert len(meanings) > 400
    assert {name: told for name, told in meanings.items() if len(told) > 1} == {}


def pairs() -> list[str]:
    """Return any two Thai characters, in normal form: HarfBuzz reorders what is not.

    Two marks below one letter are left out: HarfBuzz disagrees with Unicode about their order.
    """
    normal = {unicodedata.normalize("NFC", "".join(pair)) for pair in product(THAI, THAI)}
    return sorted(pair for pair in normal if not {*pair} <= {*"ุู\u0e3a"})


def visible_characters(style: str) -> list[str]:
    """Return the characters of a face that somebody can type and see."""
    characters = map(chr, TTFont(FACES[style].target).getBestCmap())
    return [char for char in characters if unicodedata.category(char) not in {"Cc", "Cf", "Co"}]


@pytest.mark.parametrize("style", STYLES)
def test_marks_take_no_room_and_am_as_much_as_aa(style: str) -> None:
    font = FACES[style].target
    (aa,) = shaped(font, "า")
    for text in SYLLABLES:
        widths = [glyph.advance for glyph in shaped(font, text)]
        assert widths[0] > 0
        assert widths[1:] == [aa.advance if mark == "ำ" else 0 for mark in text[1:]], text


@pytest.mark.parametrize(
    ("style", "letter", "digit"),
    [("Regular", 386, 449), ("Bold", 391, 456), ("Italic", 386, 449), ("Bold Italic", 391, 456)],
)
def test_letters_are_as_wide_as_in_the_official_family(style: str, letter: int, digit: int) -> None:
    font = FACES[style].target
    assert shaped(font, "ก")[0].advance == letter
    assert {glyph.advance for glyph in shaped(font, "๐๑๒๓๔๕๖๗๘๙")} == {digit}


def test_a_bold_word_does_not_move_the_lines() -> None:
    def lines(path: Path) -> tuple[int, ...]:
        table = TTFont(path)["hhea"]
        return table.ascent, table.descent, table.lineGap, TTFont(path)["head"].unitsPerEm

    assert {lines(face.target) for face in FACES.values()} == {lines(OFFICIAL)}


@pytest.mark.parametrize("style", STYLES)
def test_what_a_secretary_types_is_there(style: str) -> None:
    typed = "“”‘’–—…•×½¼°²³±✓☐☑→%/().,:;-‐‑฿ๆฯ๏๚๛0123456789ABCabc\u00a0"
    assert set(typed) <= set(visible_characters(style))


@pytest.mark.parametrize("style", STYLES)
def test_each_face_says_its_own_name_and_its_makers(style: str) -> None:
    names = TTFont(FACES[style].target)["name"]
    assert names.getDebugName(1) == "Minutes Sarabun"
    assert names.getDebugName(2) == style
    assert "(SIPA)" in names.getDebugName(0)
    licence = "General Public License" if style != "Regular" else "SIL Open Font License"
    assert licence in names.getDebugName(13)


def test_each_font_has_its_licence_beside_it() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()
    assert "GPL-2+ with Font exception" in (FONTS / "LAKSAMAN.txt").read_text()
    assert "Version 2, June 1991" in (FONTS / "GPL-2.txt").read_text()


@pytest.mark.system
@pytest.mark.parametrize("style", FROM_LAKSAMAN)
def test_bold_and_italics_are_what_the_script_makes_from_debian(style: str) -> None:
    assert derive_fonts.derive(FACES[style]) == FACES[style].target.read_bytes()


def test_another_version_of_a_source_is_refused() -> None:
    face = FACES["Regular"]._replace(sha256="0" * 64)
    with pytest.raises(ValueError, match=r"THSarabunPSK\.ttf is another version"):
        derive_fonts.derive(face)


# The stacking, compared with the source as outlines: the corners of each contour, in 1/1000 em.

Corners = tuple[float, ...]


@cache
def glyph_corners(path: Path, name: str, units: int) -> list[Corners]:
    pen = DecomposingRecordingPen(outlines := TTFont(path).getGlyphSet())
    outlines[name].draw(pen)
    contours: list[list[tuple[float, float]]] = []
    for operator, points in pen.value:
        if operator == "moveTo":
            contours.append([])
        if contours:
            contours[-1] += [point for point in points if point]
    return [corners(contour, 1000 / units) for contour in contours]


def corners(points: list[tuple[float, float]], scale: float) -> Corners:
    xs, ys = zip(*points, strict=True)
    return tuple(scale * value for value in (min(xs), min(ys), max(xs), max(ys)))


def drawn(path: Path, text: str, units: int) -> list[Corners]:
    """Return the corners of every contour of a text, from left to right."""
    contours, x = [], 0.0
    for glyph in shaped(path, text):
        dx, dy = (value * 1000 / units for value in glyph.offset)
        for left, bottom, right, top in glyph_corners(path, glyph.name, units):
            contours.append((left + x + dx, bottom + dy, right + x + dx, top + dy))
        x += glyph.advance * 1000 / units
    return sorted(contours)


def apart(one: Corners, other: Corners) -> float:
    return max(abs(mine - yours) for mine, yours in zip(one, other, strict=True))


def farthest(one: list[Corners], other: list[Corners]) -> float:
    """Return how far the contour moved that moved farthest; infinity if their number differs."""
    if len(one) != len(other):
        return math.inf
    rest, moved = other.copy(), 0.0
    for contour in one:
        distances = [apart(contour, candidate) for candidate in rest]
        moved = max(moved, min(distances))
        del rest[distances.index(min(distances))]
    return moved


def test_the_regular_stacks_as_the_official_font_does() -> None:
    lost = "๎"  # the official font leaves it out over ป ฝ ฟ ฬ
    texts = [WAKE + text for text in SYLLABLES if lost not in text]
    assert len(texts) > 3000
    for text in texts:
        ours, theirs = drawn(FACES["Regular"].target, text, 1000), drawn(OFFICIAL, text, 1000)
        assert farthest(ours, theirs) == 0, text


@pytest.mark.system
@pytest.mark.parametrize("style", FROM_LAKSAMAN)
def test_bold_and_italics_stack_as_laksaman_but_for_where_a_tone_stands(style: str) -> None:
    """Laksaman centres some tones over their vowel; here they stand as in the official Regular."""
    face = FACES[style]
    common = [
        text for text in re.findall(CLUSTER, "".join(words())) if not re.search("[ฬฎฏ๎]", text)
    ]
    texts = {text for text, times in Counter(common).items() if times > 4}
    assert len(texts) > 400
    for text in texts:
        ours, theirs = drawn(face.target, text, 1000), drawn(face.source, text, face.units)
        assert farthest(ours, theirs) < 65, text


# Through WeasyPrint into a PDF and out again.


@cache
def printed(style: str) -> bytes:
    """Return a PDF of some lines of words, one after another."""
    import weasyprint

    rule = f"@font-face {{ font-family: face; src: url({FACES[style].target.as_uri()}) }}"
    page = "@page { size: 150mm 1500mm; margin: 5mm }"
    body = "body { font: 9pt/1.4 face; margin: 0; white-space: nowrap }"
    text = f"<style>{rule} {page} {body}</style>" + "<br>".join(some_words())
    return bytes(weasyprint.HTML(string=text).write_pdf())


def by_pypdf(pdf: bytes) -> list[str]:
    return [
        line
        for page in pypdf.PdfReader(BytesIO(pdf)).pages
        for line in page.extract_text().splitlines()
    ]


def by_pdfium(pdf: bytes) -> list[str]:
    return [
        line
        for page in pypdfium2.PdfDocument(pdf)
        for line in page.get_textpage().get_text_range().splitlines()
    ]


def by_poppler(pdf: bytes) -> list[str]:
    command = ["pdftotext", "-raw", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return text.replace("\f", "\n").split("\n")


def wrong(lines: list[str], read: list[str]) -> list[tuple[str | None, str | None]]:
    """Return the lines that came back otherwise, beside what was written."""
    found = [line.strip() for line in read if line.strip()]
    return [pair for pair in zip_longest(lines, found) if pair[0] != pair[1]]


HARD = [
    "ฤๅสาย",
    "ฤาษี",
    "ฦๅชา",
    "ฦาชา",
    "น้ำ",
    "นำ",
    "ป้ำ",
    "ฏุ",
    "ญู",
    "ฐุ",
    "ฬิ",
    "เปี๊ยะ",
    "๑๐ e‑mail e-mail",
]


def some_words() -> list[str]:
    """Return what is hard, and each hundredth word; all of them are in the second set."""
    return [*HARD, *words()[::100]]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("reader", [by_pypdf, by_pdfium])
def test_words_come_back_from_a_pdf(style: str, reader: Callable[[bytes], list[str]]) -> None:
    assert len(some_words()) > 500
    assert wrong(some_words(), reader(printed(style))) == []
