"""The bytes of a file -> its letters; refuses other encodings and what nobody can see or print.

Every line end becomes a line feed and the byte-order mark goes. A forbidden character is reported
and left out, so that the rest of the file can still be looked through.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from minutes.problems.errors import MinutesError, Problem, problem
from minutes.thai import units

_ENDS_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
# Control characters other than tab and line feed, the line breaks that only some programs know, the
# controls that turn the direction of writing, lone surrogates, what holds the place of a picture or
# an annotation that was lost, and what is no character at all.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc"
    f"{_ENDS_OF_PLANES}]"
)

# What Thai becomes when it is read in another code than it was written in, once or twice over. Of
# its bytes in UTF-8, E0 and B8 or B9 come before nearly every letter; the third is often lost.
_PAIRS = (
    "[à‡Óα][¸¹∏π©╣╕]",  # read as Windows-1252, in a Macintosh or in a DOS window
    "Ã[\u00a0 ]?Â[¸¹]",  # read as Windows-1252 twice
)
_SECOND = (
    "\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # behind Â and Ã, when Latin letters were read twice
)
IN_LATIN = re.compile(
    f"(?:(?:{'|'.join(_PAIRS)}).{{0,3}}?){{2}}|(?:[ÂÃ][{_SECOND}]){{3}}"
    # One byte a letter; more than its dots and degrees, see _is_thai_in_latin.
    "|(?P<latin>[¡-Úß-û](?:[\u00a0 ]?[¡-Úß-û]){2,})"
)
WESTERN = re.compile("[¡-û‡Óα]")
# In Windows-874, E0 B8 and E0 B9 are เธ and เน. เนเธอร์แลนด์ begins with both, เนเน่ has two; but
# no third byte is a letter behind ฟ, a tone or a vowel.
_CONTROLS = "\u0080-\u00a0€…‘’“”•–—"  # the bytes 80 to A0
IN_THAI = re.compile(f"เ(?:ธ[ก-บฟ{_CONTROLS}]?|น(?:[{_CONTROLS}]|(?!เธอ)))เ[ธน](?![ภ-ฺแ-๎])")
# The same of what had been read as Western before.
IN_BOTH = re.compile("(?:ร[\u00a0 ]?ย[ธน].{0,3}?){2}")
CONTROL = re.compile("[\u0080-\u009f]")
LOST_LETTER = re.compile("\ufffd")
# A key that a program wrote in a code without Thai letters: nothing of them is left.
LOST_KEY = re.compile(r"(?m)^[ ]*(?:- +)*(?P<key>\?{2,}[? ./()-]*):(?=[ \t]|$)")

MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# Where the high bytes of a character stand when there is no mark: name, width, offsets.
WIDE = (("UTF-32", 4, (2, 3)), ("UTF-32", 4, (0, 1)), ("UTF-16", 2, (1,)), ("UTF-16", 2, (0,)))
FOREIGN = {
    b"PK\x03\x04": "Word / Excel",
    b"\xd0\xcf\x11\xe0": "Word / Excel",
    b"{\\rtf": "RTF (Word)",
    b"%PDF": "PDF",
}
THAI_IN_UTF_8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
THAI_IN_874 = bytes(range(0xA1, 0xDB)) + bytes(range(0xDF, 0xFC))
WORD_IN_874 = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3}")
PUNCTUATION_IN_874 = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0"


def decode(data: bytes, path: Path) -> tuple[str, list[Problem]]:
    """Give the text of a file and what is wrong in it, in file order.

    Raises MinutesError when the bytes are not UTF-8.
    """
    for mark, kind in FOREIGN.items():
        if data.startswith(mark):
            raise MinutesError([problem(path, 1, 1, "D15", kind=kind)])
    if encoding := _wide_encoding(data):
        raise MinutesError([problem(path, 1, 1, "D14", encoding=encoding)])
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise MinutesError([_not_utf_8(data, error.start, path)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if lost := LOST_KEY.search(text):
        raise MinutesError([problem(path, *_place(text, lost.start("key")), "D421")])
    problems = sorted(_faults(text, path), key=lambda p: (p.line, p.column))
    return FORBIDDEN.sub("", text), problems


def _place(text: str, at: int) -> tuple[int, int]:
    """Give the line and the column of a character, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def name_of(character: str) -> str:
    """Give the number of a character as Unicode writes it: ``U+202E``."""
    return f"U+{ord(character):04X}"


def _wide_encoding(data: bytes) -> str:
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return name
    head = data[:4000]
    for name, width, high in WIDE:
        if len(head) >= width and all(_mostly_high(head[at::width]) for at in high):
            low = (head[at::width] for at in range(width) if at not in high)
            if not all(_mostly_high(part) for part in low):
                return name
    return ""


def _mostly_high(part: bytes) -> bool:
    """Say whether these are the high bytes of Latin (00) and Thai (0E), which no UTF-8 text has."""
    return part.count(0) + part.count(0x0E) > 0.8 * len(part)


def _not_utf_8(data: bytes, start: int, path: Path) -> Problem:
    """Say where the bytes stop being UTF-8; in Windows-874 some of the first may look like it."""
    if is_874 := _looks_like_874(data):
        start = next(at for at, byte in enumerate(data) if byte >= 0x80)
    before = re.sub("\r\n?", "\n", data[:start].decode("utf-8").lstrip("\ufeff"))
    line, column = _place(before, len(before))
    if is_874:
        return problem(path, line, column, "D14", encoding="Windows-874 (TIS-620)")
    return problem(path, line, column, "D16")


def _looks_like_874(data: bytes) -> bool:
    high = data.translate(None, bytes(range(0x80)))
    other = len(high.translate(None, THAI_IN_874 + PUNCTUATION_IN_874))
    in_utf_8 = 3 * len(THAI_IN_UTF_8.findall(data))
    return in_utf_8 <= len(high) / 2 and other == 0 and bool(WORD_IN_874.search(data))


MOST_LINES = 100  # that are told of one kind


def _faults(text: str, path: Path) -> Iterator[Problem]:
    """Find what must not be in a text: the first of each kind on a line, and not without end.

    Controls in text that was read in a wrong code are part of its damage.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    damaged: set[int] = set()
    for pattern, code in _searches(text):
        seen: set[int] = set()
        for match in pattern.finditer(text):
            line = bisect_right(starts, match.start())
            if line in seen or len(seen) == MOST_LINES or not _is_damage(match):
                continue
            if line in damaged and (code == "D17" or CONTROL.match(match[0])):
                continue
            seen.add(line)
            column = match.start() - starts[line - 1] + 1
            yield problem(path, line, column, code, name=name_of(match[0][0]))
        damaged |= seen


def _searches(text: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """Give what to look for in a text, and the code of each; the rarest only where it may be."""
    yield IN_THAI, "D17"
    if "ยธ" in text:
        yield IN_BOTH, "D17"
    if WESTERN.search(text):
        yield IN_LATIN, "D17"
    yield LOST_LETTER, "D17"
    yield FORBIDDEN, "D18"


def _is_damage(match: re.Match[str]) -> bool:
    return match.lastgroup != "latin" or _is_thai_in_latin(match[0])


def _is_thai_in_latin(run: str) -> bool:
    """Tell ``»ÃÐªØÁ`` from a row of dots, from ``«É»`` and from a word of another language.

    A long run is Thai; a shorter one when the letters meant are Thai words, as ÁµÔ is มติ.
    """
    if len(set(run)) < 3:
        return False
    is_long = "·" not in run and LONG_RUN.search(run)
    meant = run.encode("latin-1").decode("cp874")
    return bool(is_long or SYLLABLES.fullmatch(meant)) or units.are_words(meant)


LONG_RUN = re.compile("[¡-Úß-û]{8}")
# Five letters and more, with a vowel above or below, or with a tone.
SYLLABLES = re.compile(
    "(?=.*[\u0e31\u0e34-\u0e39\u0e47-\u0e49].*)(?=.{5})"
    "(?:[เ-ไ]?[ก-ฮ][\u0e31\u0e34-\u0e39\u0e47]?[\u0e48-\u0e4c]?[\u0e30\u0e32\u0e33]?)+"
)
