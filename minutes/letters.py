"""The bytes of a file -> its letters; refuses other encodings and what nobody can see or print.

Every line end becomes a line feed and the byte-order mark goes. A forbidden character is reported
and left out, so that the rest of the file can still be looked through.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from minutes.errors import MinutesError, Problem, problem

_ENDS_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
# Control characters other than tab and line feed, the line breaks that only some programs know, the
# controls that turn the direction of writing, lone surrogates, what holds the place of a picture or
# an annotation that was lost, and what is no character at all.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc"
    f"{_ENDS_OF_PLANES}]"
)

# What nobody sees and no page is given: Unicode's Default_Ignorable_Code_Point. It has no sign of
# its own and only tells how others look, as U+FE0F does.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{IGNORABLE}]")
# But U+200D between two emoji makes one sign of them, a family of two parents and a child.
JOINER = "\u200d"
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
NO_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f]){JOINER}|{JOINER}(?![{_EMOJI}])")

# What Thai in UTF-8 (the first) or Windows-874 (the second) becomes when it is read as Western.
MANGLED = re.compile("(?:à[¸¹].?){2}|[¡-¶¸-û]{8}")

SEARCHES = ((FORBIDDEN, "D18", 100), (re.compile("\ufffd"), "D17", 100), (MANGLED, "D17", 1))

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
    problems = sorted(_faults(text, path), key=lambda p: (p.line, p.column))
    return FORBIDDEN.sub("", text), problems


def without_invisible(text: str) -> str:
    """Drop what nobody sees; emoji that are one sign stay one."""
    if JOINER not in text:
        return INVISIBLE.sub("", text)
    kept = (INVISIBLE.sub("", part) for part in text.split(JOINER))
    return NO_JOINER.sub("", JOINER.join(kept))


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
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    if is_874:
        return problem(path, line, column, "D14", encoding="Windows-874 (TIS-620)")
    return problem(path, line, column, "D16")


def _looks_like_874(data: bytes) -> bool:
    high = data.translate(None, bytes(range(0x80)))
    other = len(high.translate(None, THAI_IN_874 + PUNCTUATION_IN_874))
    in_utf_8 = 3 * len(THAI_IN_UTF_8.findall(data))
    return in_utf_8 <= len(high) / 2 and other == 0 and bool(WORD_IN_874.search(data))


def _faults(text: str, path: Path) -> Iterator[Problem]:
    """Find what must not be in a text: the first of each kind on a line, and not without end."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for pattern, code, most in SEARCHES:
        seen: set[int] = set()
        for match in pattern.finditer(text):
            line = bisect_right(starts, match.start())
            if line in seen or len(seen) == most or _is_a_row_of_dots(match[0]):
                continue
            seen.add(line)
            column = match.start() - starts[line - 1] + 1
            yield problem(path, line, column, code, name=name_of(match[0][0]))


def _is_a_row_of_dots(match: str) -> bool:
    return len(match) == 8 and len(set(match)) < 4
