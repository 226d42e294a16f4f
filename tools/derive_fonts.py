"""Derive the family Minutes Sarabun, whose every character is drawn by a glyph of its own.

A PDF finds its text back through the glyphs: WeasyPrint writes down, for each glyph, the text
that the glyph was first drawn for. That is exact only while one glyph stands for one character,
in the order of the text. HarfBuzz breaks this for Thai: its Thai shaper splits ำ in two and moves
the first half before the tone mark, whatever the font says. It leaves that shaper aside when the
font brings an Apple ``morx`` table. So each face gets such a table, with the positional forms of
the marks as single glyphs, and loses GSUB, GPOS and kern. (Word does not kern by default either,
so lines break in the same places.)

The Regular needs it too, though it brings a ``morx``: that one draws ฤๅ and ฤา by one glyph, loses ๎
over ป, and HarfBuzz (12.1 to 15, not 10.2) passes over its rules in a run of the letters ก to ฌ
alone, so that the tone of คู่ stands too high.

Sources, all of them the same design in the same widths:

* Regular: ``THSarabunPSK.ttf`` beside this file: TH SarabunPSK, Version 2.0 2016, SIL OFL 1.1,
  from the PyPI package odoo-addon-l10n-th-fonts 18.0.1.0.0.2, ``static/fonts/THSarabun.ttf``,
  sha256 6d90ebc8a0dfa0026bc16549b5416152ca0d0329b442132250033ef2ea5a341a.
* Bold, Italic, Bold Italic: Laksaman, the maintained descendant of TH Sarabun New, GPL-2+ with the
  font exception, drawn 1.503 times as large, from the Debian package fonts-tlwg-laksaman-ttf
  1:0.7.3-1 (source package fonts-tlwg), files in ``/usr/share/fonts/truetype/tlwg``:
  ``Laksaman-Bold.ttf``       5c7a5a8e0e10db603db2257777a67fc94770241377a585eff898cf76c23c0c45,
  ``Laksaman-Italic.ttf``     cd35b54e819a47ac2ef8fb6b6165cbc607f821e640500a41a3bb3505a035d115,
  ``Laksaman-BoldItalic.ttf`` 51fa5cbf9faff9715947e288afa47f9a812bb88690de8f2cf25cb2adfd38b68d.

Run ``python tools/derive_fonts.py`` to write the four faces anew: same sources, same bytes.
"""

import hashlib
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables.otTables import AATState, AATStateTable, ContextualMorphAction

from minutes.paths import FONTS

LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg")
FAMILY = "Minutes Sarabun"
UNITS_PER_EM = 1000
LAKSAMAN_UNITS = 1503  # units of Laksaman in one em of TH Sarabun
KEPT_TABLES = {"head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post"}
ITALIC, BOLD, REGULAR = 1 << 0, 1 << 5, 1 << 6  # bits of OS/2.fsSelection

Outline = list[tuple[int, int]]


class Face(NamedTuple):
    """One face: its style, its source with checksum, and how many units its source has in an em."""

    style: str
    source: Path
    sha256: str
    units: int

    @property
    def target(self) -> Path:
        """The file that the face is written to, such as ``MinutesSarabun-BoldItalic.ttf``."""
        return FONTS / f"{self.postscript}.ttf"

    @property
    def postscript(self) -> str:
        """The name of the face in a PDF, such as ``MinutesSarabun-BoldItalic``."""
        return f"{FAMILY}-{self.style}".replace(" ", "")


FACES = (
    Face(
        "Regular",
        FONTS / "THSarabunPSK.ttf",
        "6d90ebc8a0dfa0026bc16549b5416152ca0d0329b442132250033ef2ea5a341a",
        UNITS_PER_EM,
    ),
    Face(
        "Bold",
        LAKSAMAN / "Laksaman-Bold.ttf",
        "5c7a5a8e0e10db603db2257777a67fc94770241377a585eff898cf76c23c0c45",
        LAKSAMAN_UNITS,
    ),
    Face(
        "Italic",
        LAKSAMAN / "Laksaman-Italic.ttf",
        "cd35b54e819a47ac2ef8fb6b6165cbc607f821e640500a41a3bb3505a035d115",
        LAKSAMAN_UNITS,
    ),
    Face(
        "Bold Italic",
        LAKSAMAN / "Laksaman-BoldItalic.ttf",
        "51fa5cbf9faff9715947e288afa47f9a812bb88690de8f2cf25cb2adfd38b68d",
        LAKSAMAN_UNITS,
    ),
)


def glyphs(characters: str, form: str = "") -> list[str]:
    """Return the glyph names of characters, in a positional form such as ``.low``."""
    return [f"uni{ord(character):04X}{form}" for character in characters]


def forms(characters: str, before: str, after: str) -> dict[str, str]:
    """Return the substitution of one positional form of characters by another."""
    return dict(zip(glyphs(characters, before), glyphs(characters, after), strict=True))


TALL, SHORTENED = "ปฝฟ", "ฬ"  # consonants whose stem stands where a mark would
FOOTED, DEEP, LEGGED = "ญฐ", "ฎฏ", "ฤฦ"  # foot taken off; foot cut; leg below the line
UPPER, LOWER, TONES, AM = "ัิีึื็ํ๎", "ุู\u0e3a", "่้๊๋์", "ำ"

# The glyphs that the Regular names otherwise than Laksaman does; Laksaman's names say more.
REGULAR_NAMES = {
    **forms(TONES, ".alt1", ".low_left"),
    **forms(TONES, ".alt2", ".low"),
    **forms(TONES, ".alt3", ".left"),
    **forms(UPPER + AM, ".alt1", ".left"),
    **forms(LOWER, ".alt1", ".low"),
    **forms(FOOTED, ".alt1", ".cut"),
    **forms(DEEP + SHORTENED, ".alt1", ".cut"),
}
LAKSAMAN_NAMES = {
    **forms("๎" + AM, ".alt1", ".left"),
    **forms(FOOTED, ".descless", ".cut"),
    **forms(DEEP + SHORTENED, ".alt1", ".cut"),
}


def derive(face: Face) -> bytes:
    """Return the font file of a face, the same bytes each time.

    Raises ValueError if the source is not the file that this script was written for.
    """
    font = opened(face)
    strip(font)
    font["head"].unitsPerEm = face.units
    scale_upem(font, UNITS_PER_EM)
    set_metrics(font, face)
    set_names(font, face)
    tidy_characters(font)
    add_copies(font)
    add_signs(font, stroke(face))
    font["morx"] = thai_forms()
    saved = BytesIO()
    font.save(saved)
    return saved.getvalue()


def opened(face: Face) -> TTFont:
    """Return the source font of a face, its positional forms named in one way."""
    data = face.source.read_bytes()
    if hashlib.sha256(data).hexdigest() != face.sha256:
        raise ValueError(f"{face.source} is another version than the one this script knows")
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    names = REGULAR_NAMES if face.style == "Regular" else LAKSAMAN_NAMES
    font.setGlyphOrder([names.get(name, name) for name in font.getGlyphOrder()])
    return font


def strip(font: TTFont) -> None:
    """Take out the hints and the layout that `thai_forms` replaces."""
    for tag in {*font.keys()} - KEPT_TABLES - {"GlyphOrder"}:
        del font[tag]
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()


def set_metrics(font: TTFont, face: Face) -> None:
    """Give the face the lines of the Regular, so that a bold word moves no line."""
    lines, windows, underline = font["hhea"], font["OS/2"], font["post"]
    lines.ascent, lines.descent, lines.lineGap = 850, -447, 30
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = 850, -250, 60
    windows.usWinAscent, windows.usWinDescent = 850, 447
    underline.underlinePosition, underline.underlineThickness = -75, stroke(face)
    bold, italic = "Bold" in face.style, "Italic" in face.style
    windows.usWeightClass = 700 if bold else 400
    windows.fsSelection = (ITALIC if italic else 0) | (BOLD if bold else 0) or REGULAR
    font["head"].macStyle = (1 if bold else 0) | (2 if italic else 0)


def stroke(face: Face) -> int:
    """Return the thickness of the face's hyphen, in units."""
    return 54 if "Bold" in face.style else 33


def set_names(font: TTFont, face: Face) -> None:
    """Name the face; keep its makers, their copyright and its licence."""
    source = font["name"]
    kept = {number: source.getDebugName(number) for number in (0, 7, 8, 9, 11, 12, 13, 14)}
    own = {
        1: FAMILY,
        2: face.style,
        3: f"{face.postscript} 1.0",
        4: f"{FAMILY} {face.style}",
        5: f"Version 1.0; derived from {source.getDebugName(4)}, {source.getDebugName(5).strip()}",
        6: face.postscript,
    }
    table = font["name"] = newTable("name")
    table.names = []
    for number, text in sorted((kept | own).items()):
        if text:
            table.setName(text, number, 3, 1, 0x409)


def tidy_characters(font: TTFont) -> None:
    """Leave each glyph to one character; the private ones stay, for shapers without ``morx``."""
    characters = font.getBestCmap()
    for stray in (0x8E, 0x9E, 0xAD):  # two control codes, and the soft hyphen drawn as "-"
        characters.pop(stray, None)
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if code in characters}
    font["cmap"].tables = [table for table in font["cmap"].tables if table.isUnicode()]


def add_copies(font: TTFont) -> None:
    """Draw hyphens as "-", and า after ฤ and ฦ as ๅ: they look alike, their text differs."""
    for name, like in (("uni2010", "hyphen"), ("uni2011", "hyphen"), ("uni0E32.long", "uni0E45")):
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(like, (1, 0, 0, 1, 0, 0))
        add_glyph(font, name, font["hmtx"][like][0], pen)


def add_signs(font: TTFont, stroke: int) -> None:
    """Draw what forms need and the sources lack: ✓ ☐ ☑ →."""
    tick = band([(130, 200), (230, 85), (410, 340)], 0, round(1.5 * stroke))
    square = [box(50, -10, 490, 430), box(50 + stroke, stroke - 10, 490 - stroke, 430 - stroke)]
    square[1].reverse()  # a hole
    shaft = band([(40, 180 - stroke // 2), (530, 180 - stroke // 2)], 0, stroke)
    head = band([(400, 300), (520, 180), (400, 60)], round(1.4 * stroke), 0)
    add_drawn(font, "✓", 500, [tick])
    add_drawn(font, "☐", 540, square)
    add_drawn(font, "☑", 540, [*square, tick])
    add_drawn(font, "→", 620, [shaft, head])


def add_drawn(font: TTFont, character: str, width: int, outlines: list[Outline]) -> None:
    """Add a character of straight lines."""
    pen = TTGlyphPen(None)
    for first, *others in outlines:
        pen.moveTo(first)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    add_glyph(font, glyphs(character)[0], width, pen)


def box(left: int, bottom: int, right: int, top: int) -> Outline:
    """Return the outline of a rectangle."""
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def band(path: Outline, across: int, up: int) -> Outline:
    """Return the outline of a path that is drawn with a pen as wide and high as said."""
    return [(x + across, y + up) for x, y in path] + path[::-1]


def add_glyph(font: TTFont, name: str, width: int, pen: TTGlyphPen) -> None:
    """Add a glyph, and its character if the name is one."""
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = width, glyph.xMin
    if "." not in name:
        for table in font["cmap"].tables:
            table.cmap[int(name[3:], 16)] = name


def thai_forms() -> Any:
    """Return the ``morx`` table: which form a character takes beside which others, step by step."""
    lower, upper, lefts = glyphs(LOWER), glyphs(UPPER + AM), glyphs(UPPER + AM, ".left")
    steps = [
        always(forms(TONES, "", ".low")),
        after(
            glyphs(TALL + SHORTENED),
            forms(TONES, ".low", ".low_left") | forms(UPPER + AM, "", ".left"),
            lower,
        ),
        after(upper, forms(TONES, ".low", ""), lower),
        before(upper, forms(TONES, ".low", ""), lower),
        after(lefts, forms(TONES, ".low", ".left") | forms(TONES, ".low_left", ".left"), lower),
        before(lefts, forms(TONES, ".low_left", ".left"), lower),
        before(lefts, forms(SHORTENED, "", ".cut")),
        after(glyphs(DEEP + LEGGED), forms(LOWER, "", ".low")),
        before(glyphs(LOWER, ".low"), forms(DEEP, "", ".cut")),
        before(lower, forms(FOOTED, "", ".cut")),
        after(glyphs(LEGGED), {"uni0E32": "uni0E32.long"}),
    ]
    return morx(steps)


def morx(steps: list[Any]) -> Any:
    """Return the steps as one Apple substitution table that no feature can switch off."""
    chain = otTables.MorxChain()
    chain.DefaultFlags = 1
    chain.MorphFeature, chain.MorphSubtable = [], steps
    chain.MorphFeatureCount, chain.MorphSubtableCount = 0, len(steps)
    table = newTable("morx")
    table.table = otTables.morx()
    table.table.Version, table.table.Reserved = 2, 0  # 3 wants coverage, or HarfBuzz skips it all
    table.table.MorphChain, table.table.MorphChainCount = [chain], 1
    return table


def step(kind: int, content: Any) -> Any:
    """Return one subtable: kind 1 looks at neighbours, kind 4 does not."""
    subtable = otTables.MorxSubtable()
    subtable.TextDirection, subtable.ProcessingOrder = "Any", "LayoutOrder"
    subtable.Reserved, subtable.MorphType, subtable.SubFeatureFlags = 0, kind, 1
    subtable.SubStruct = content
    return subtable


def always(mapping: Mapping[str, str]) -> Any:
    """Replace glyphs wherever they stand."""
    content = otTables.NoncontextualMorph()
    content.Substitution = dict(mapping)
    return step(4, content)


NEIGHBOUR, BETWEEN, CHANGED = 4, 5, 6  # classes of glyphs; 0 to 3 have a fixed meaning
SEEN = 2  # a state; 0 and 1 are the start of the text and of a line


def after(
    neighbours: Collection[str], mapping: Mapping[str, str], across: Collection[str] = ()
) -> Any:
    """Replace glyphs that follow a neighbour, `across` and others of their kind between."""
    seen = {NEIGHBOUR: to(SEEN), BETWEEN: to(SEEN), CHANGED: to(SEEN, CurrentIndex=0)}
    return contextual(neighbours, mapping, across, {NEIGHBOUR: to(SEEN)}, seen)


def before(
    neighbours: Collection[str], mapping: Mapping[str, str], across: Collection[str] = ()
) -> Any:
    """Replace glyphs that a neighbour follows, `across` between."""
    marked = to(SEEN, SetMark=True)
    seen = {NEIGHBOUR: to(0, MarkIndex=0), BETWEEN: to(SEEN), CHANGED: marked}
    return contextual(neighbours, mapping, across, {CHANGED: marked}, seen)


def to(state: int, **action: Any) -> ContextualMorphAction:
    """Return the transition to a state, with what it does on the way."""
    transition = ContextualMorphAction()
    transition.NewState = state
    for name, value in action.items():
        setattr(transition, name, value)
    return transition


def contextual(
    neighbours: Collection[str],
    mapping: Mapping[str, str],
    across: Collection[str],
    unseen: Mapping[int, ContextualMorphAction],
    seen: Mapping[int, ContextualMorphAction],
) -> Any:
    """Return a machine of two states, `unseen` (also at the start of text or line) and `seen`."""
    machine = AATStateTable()
    machine.GlyphClassCount = CHANGED + 1
    machine.GlyphClasses = (
        dict.fromkeys(across, BETWEEN)
        | dict.fromkeys(neighbours, NEIGHBOUR)
        | dict.fromkeys(mapping, CHANGED)
    )
    machine.PerGlyphLookups = [dict(mapping)]
    for transitions in (unseen, unseen, seen):
        state = AATState()
        state.Transitions = {code: to(0) for code in range(CHANGED + 1)} | dict(transitions)
        machine.States.append(state)
    content = otTables.ContextualMorph()
    content.StateTable = machine
    return step(1, content)


def files() -> dict[Path, bytes]:
    """Return the face whose source lies beside it; the others come of Debian's fonts."""
    return {face.target: derive(face) for face in FACES if face.source.is_relative_to(FONTS)}


def main() -> None:
    """Write the four faces."""
    for face in FACES:
        face.target.write_bytes(derive(face))


if __name__ == "__main__":
    main()
