"""A text in plain letters: Arabic digits, plain dashes and spaces, nothing that nobody sees.

What a letter is follows from Unicode's own properties: any sign with the value of a digit is that
digit, be it Burmese, circled, raised or bold; what no reader sees (controls, joiners, selectors,
marks upon a digit) is nothing. Thai letters and their marks stay.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from minutes.thai.invisible import INVISIBLE

ENDS = "\v\f\x85\u2028\u2029"  # of lines, beside the line feed
DASHES = "−·•∙‧⁃"  # points and signs that part numbers as dashes do
STOPS = "。｡․"  # full stops of other scripts
BLANKS = "\t\u2800"  # the second is Braille's, which shows nothing
MARKS = ("Cc", "Cf", "Mn", "Me")  # controls, and marks that stand upon a digit

_OTHER = re.compile("[^\n\x20-\x7e\u0e01-\u0e4f\u0e5a\u0e5b“”‘’…]")
_LATIN = re.compile("[A-Za-z]")
_NUMBER = re.compile("[0-9](?:[ /-]?[0-9]){4}")
_OTHERS = re.compile(f"{_OTHER.pattern}+")


@lru_cache(maxsize=4_096)
def letter(one: str) -> str:
    """Give one letter as plain as it can be; nothing for what nobody sees."""
    if not _OTHER.match(one):
        return one
    value, category = unicodedata.digit(one, None), unicodedata.category(one)
    if value is not None:
        return str(value)
    if one in ENDS:
        return "\n"
    if category == "Zs" or one in BLANKS:
        return " "
    if category == "Pd" or one in DASHES:
        return "-"
    if one in STOPS:
        return "."
    if category in MARKS or INVISIBLE.match(one):
        return ""
    folded = unicodedata.normalize("NFKC", one)
    return folded if len(folded) == 1 else one


def of(text: str) -> tuple[str, Sequence[int]]:
    """Give the text in plain letters, and the place of each in the text as it is written."""
    if not _OTHER.search(text):
        return text, range(len(text))
    same = _OTHERS.sub(_as_plain, text)  # visits the other letters alone
    if len(same) == len(text):
        return same, range(len(text))
    return same, [place for place, one in enumerate(text) if letter(one)]


def _as_plain(found: re.Match[str]) -> str:
    return "".join(map(letter, found[0]))


@lru_cache(maxsize=1)
def has_latin(text: str) -> bool:
    """Whether there is any letter from a to z, which most Thai texts have none of."""
    return _LATIN.search(text) is not None


@lru_cache(maxsize=1)
def has_number(text: str) -> bool:
    """Whether five digits stand as one number might have them."""
    return _NUMBER.search(text) is not None


def squeezed(text: str) -> str:
    """Give letters and digits alone, in small letters, as texts are compared."""
    return re.sub(r"[\s\-.,:;()/]+", "", of(text)[0]).lower()
