"""``templates/draft.svg``: the word ร่าง as outlines, so that no page's text contains it."""

from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from minutes.paths import FONTS, TEMPLATES

WORD = "ร่าง"
GREY = "#e3e3e3"


def draw() -> str:
    """Give the mark as SVG, rising from the lower left to the upper right."""
    font = TTFont(FONTS / "MinutesSarabun-Bold.ttf")
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen, x = SVGPathPen(glyphs, ntos=lambda n: f"{n:.0f}"), 0
    for character in WORD:
        glyph = glyphs[names[ord(character)]]
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, x, 0)))
        x += glyph.width
    size = x + 400
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<g transform="translate({size / 2:.0f} {size / 2:.0f}) rotate(-45) '
        f'translate({-x / 2:.0f} 250)"><path fill="{GREY}" d="{pen.getCommands()}"/></g></svg>\n'
    )


def files() -> dict[Path, bytes]:
    """Return the mark."""
    return {TEMPLATES / "draft.svg": draw().encode()}
