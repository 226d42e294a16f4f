"""The faces for letters that Minutes Sarabun lacks: what they draw, how large, their licence."""

import io
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from minutes.paths import FONTS
from minutes.thai import faces, invisible
from tests.support.every_letter import classes

OTHERS = FONTS / "others"
LICENCES = {"NOTO-OFL.txt", "NANUM-OFL.txt", "DEJAVU.txt", "DROID-APACHE-2.0.txt"}
MOST_BYTES = 8_000_000
# Of each script beside Thai's borders, of signs and of emoji, some that a secretary may paste.
NEIGHBOURS = (
    "ສະບາຍດີຂະແໜງການ ជំរាបសួរប្រទេសកម្ពុជា၊ မင်္ဂလာပါမြန်မာ၊ ᨠᩣᩴᨾᩮᩬᩥᨦ ᥖᥭᥰ ᦅᧄ ꪼꪕ ꓡꓲꓢꓴ ꤊꤢꤛꤢ "
    "Việt Nam tiếng Việt بهاسملايوجاويڠچڤݢڽۏ 中华人民共和国漢字かなカナ한국어 नमस्ते বাংলা தமிழ் "
    "Ελληνικά Русский Українська עברית ČeskýPolskiąęłMagyarőű ₂⁴①⑩№℃㎡㎏★☆●■◦✔✗⇒☎❤♻🙏👍🏽😊🇹🇭👨👩👧"
)


def font(name: str) -> TTFont:
    return TTFont(io.BytesIO((FONTS / name).read_bytes()))


@cache
def drawn_by(name: str) -> frozenset[int]:
    return frozenset(font(name).getBestCmap())


def test_the_table_names_each_face_that_is_there() -> None:
    named = {path.name for path in faces.files()}
    there = {path.name for path in [*OTHERS.glob("*.ttf"), *FONTS.glob("*-Regular.ttf")]}
    assert len(named) > 25
    assert named == there


@pytest.mark.parametrize("face", faces.faces(), ids=lambda face: face.file)
def test_a_face_draws_what_the_table_says(face: faces.Face) -> None:
    said = {code for first, last in face.spans for code in range(first, last + 1)}
    assert len(said) > 30
    assert said <= drawn_by(face.file)
    kinds = {unicodedata.category(chr(code)) for code in said if code < 0x1F000}
    assert not kinds & {"Cc", "Cn", "Co", "Cs"}
    assert not any(invisible.INVISIBLE.match(chr(code)) for code in said)


def test_the_box_draws_every_letter_that_there_is_or_will_be() -> None:
    assert set(range(0x20, 0x110000)) <= drawn_by(faces.BOX_FILE)


@pytest.mark.parametrize("path", [path.name for path in faces.files()])
def test_a_foreign_letter_moves_no_line(path: str) -> None:
    face = font(path if path.startswith("MinutesSarabun") else f"others/{path}")
    em = face["head"].unitsPerEm
    lines, windows = face["hhea"], face["OS/2"]
    heights = (lines.ascent, -lines.descent, lines.lineGap, windows.usWinAscent)
    for height, wanted in zip(heights, (850, 447, 30, 850), strict=True):
        assert height / em * 1000 == pytest.approx(wanted, abs=3)


def test_what_neighbours_write_is_drawn() -> None:
    assert list(faces.undrawn(NEIGHBOURS)) == []


def test_what_is_drawn_of_each_class_of_letters_is_known_without_the_fonts() -> None:
    every = [one[0] for one in classes()]
    assert len(every) > 1_000
    known = {face.file for face in faces.faces() if not face.is_bold}
    for letter in every:
        in_a_font = any(ord(letter) in drawn_by(name) for name in known)
        if faces.is_drawn(letter) and not letter.isspace():
            assert in_a_font, f"U+{ord(letter):04X}"


def test_a_usual_text_is_one_that_the_face_of_thai_draws() -> None:
    usual = [chr(code) for code in range(0x20, 0x3000) if faces.is_usual(chr(code))]
    assert len(usual) > 250
    assert [letter for letter in usual if not faces.is_thai_face(letter)] == []


def test_each_font_has_its_licence_beside_it_and_the_whole_is_of_a_size() -> None:
    assert {path.name for path in OTHERS.glob("*.txt")} == LICENCES
    told = (FONTS / "README.md").read_text("utf-8")
    for path in OTHERS.glob("*.txt"):
        assert path.name in told
    assert sum(path.stat().st_size for path in OTHERS.glob("*.ttf")) < MOST_BYTES
    for path in OTHERS.glob("*.ttf"):
        names = font(f"others/{path.name}")["name"]
        assert names.getDebugName(1).startswith(("Minutes ", "emoji")), path.name
        assert Path(path).stem == names.getDebugName(6)
