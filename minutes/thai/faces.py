"""The faces that we ship, and which letters each of them draws: never those of the machine.

``templates/faces.csv`` is the table, in the order in which they are asked; the script that
made the faces wrote it. Behind all of them stands one that draws a box for every letter.
"""

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from minutes.paths import FONTS
from minutes.thai import invisible

MAIN = "Minutes Sarabun"
BOX = "Minutes Box"
BOX_FILE = "others/MinutesBox-Regular.ttf"
# What every page has, and MAIN draws letter by letter.
_USUAL = re.compile("[\t\n -~\u00a0-\u00ac\u00ae-\u00ff\u0e01-\u0e3a\u0e3f-\u0e5b‘’“”–—…•]*")
_VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT")


class Face(NamedTuple):
    """One face: its file below the fonts' folder, its family, and the spans of its letters."""

    file: str
    family: str
    spans: tuple[tuple[int, int], ...]

    @property
    def is_bold(self) -> bool:
        """Whether it is the bold face of its family."""
        return self.file.endswith("-Bold.ttf")


@cache
def faces() -> tuple[Face, ...]:
    """Give the faces, the one of Thai first."""
    lines = (FONTS.parent / "faces.csv").read_text("ascii").splitlines()
    return tuple(_face(*line.split("; ")) for line in lines)


def _face(file: str, family: str, numbers: str) -> Face:
    spans = (span.partition("-") for span in numbers.split())
    known = tuple((int(first, 16), int(last or first, 16)) for first, _, last in spans)
    return Face(file if family == MAIN else f"others/{file}", family, known)


@cache
def _drawn(*, by_main: bool) -> tuple[list[int], list[int]]:
    """Give the first and the last letter of each span that is drawn, in order."""
    known = faces()[:1] if by_main else faces()
    spans = sorted({span for face in known if not face.is_bold for span in face.spans})
    lasts = accumulate((last for _, last in spans), max)  # some letters are in two faces
    return [first for first, _ in spans], list(lasts)


def _has(letter: str, *, by_main: bool = False) -> bool:
    firsts, lasts = _drawn(by_main=by_main)
    at = bisect_right(firsts, ord(letter)) - 1
    return at >= 0 and ord(letter) <= lasts[at]


def is_usual(text: str) -> bool:
    """Whether a text has only what every page has; it says nothing of what else MAIN draws."""
    return _USUAL.fullmatch(text) is not None


@cache
def is_thai_face(letter: str) -> bool:
    """Whether the face of Thai draws a letter."""
    return _has(letter, by_main=True)


@cache
def is_drawn(letter: str) -> bool:
    """Whether one of our faces draws a letter; a space needs none."""
    return letter.isspace() or _has(letter)


def undrawn(text: str) -> Iterator[tuple[int, str]]:
    """Go through the letters of a text that print as a box, with their places in it.

    What nobody sees is dropped before it is printed, and no box.
    """
    if is_usual(text):
        return
    for place, letter in enumerate(text):
        if not (is_drawn(letter) or invisible.INVISIBLE.match(letter)):
            yield place, letter


def is_mark(letter: str) -> bool:
    """Whether a letter stands above, below or around the one before it."""
    return unicodedata.category(letter)[0] == "M"


@cache
def style() -> str:
    """Give the style sheet that names the faces beside the one of Thai."""
    rules = [_rule(face.family, face.file, is_bold=face.is_bold) for face in faces()[1:]]
    return "\n".join([*rules, _rule(BOX, BOX_FILE, is_bold=False)])


def _rule(family: str, file: str, *, is_bold: bool) -> str:
    weight = "; font-weight: bold" if is_bold else ""
    return f'@font-face {{ font-family: "{family}"; src: url(fonts/{file}){weight} }}'


def with_others(css: str) -> str:
    """Give a style sheet in which the other faces stand behind the one of Thai."""
    families = dict.fromkeys(face.family for face in faces())
    named = ", ".join(f'"{family}"' for family in (*families, BOX))
    return f"{re.sub(_NAMED, named, css)}\n{style()}"


_NAMED = re.compile(f'(?<!font-family: )"{MAIN}"')


def files() -> list[Path]:
    """Give the files of all faces."""
    return [FONTS / name for name in (*(face.file for face in faces()), BOX_FILE)]


@contextmanager
def alone() -> Iterator[None]:
    """Have fontconfig read our settings, which know no font of the machine, in place of its own."""
    kept = {name: os.environ.pop(name, None) for name in _VARIABLES}
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        os.environ.update({name: value for name, value in kept.items() if value is not None})
