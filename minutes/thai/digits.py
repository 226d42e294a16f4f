"""Thai and Arabic digits, and characters that nobody sees: a text's letters made plain."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from minutes.thai import invisible

Numerals = Literal["thai", "arabic"]
Span = tuple[int, int]


LAST_COMMON_YEAR = 2400  # "a year over 2400 is Buddhist"


DIGIT = "[0-9๐-๙]"
THAI_LETTERS = (
    "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # letters; not ฯ ฿ ๆ nor digits
)
LATIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_ODD = re.compile(f"[{invisible.IGNORABLE}\u00a0\u202f\u0e4d]")


def strip_invisible(text: str) -> str:
    """Drop characters that nobody sees (U+200B …), make U+00A0 a space, fold ํา to ำ."""
    if not _ODD.search(text):  # as most
        return text
    text = invisible.without_invisible(text).replace("\u00a0", " ").replace("\u202f", " ")
    return _SPLIT_AM.sub("\\1\u0e33", text)


_THAI_DIGIT = re.compile("[๐-๙]+")


def _as_arabic(match: re.Match[str]) -> str:
    return match[0].translate(_TO_ARABIC)


def arabic(text: str) -> str:
    """Write every Thai digit as an Arabic one."""
    return _THAI_DIGIT.sub(_as_arabic, text)  # most of a text is letters, which translate() visits


def to_thai_digits(text: str) -> str:
    """Write every Arabic digit as a Thai one; ``digits`` is the rule for running text."""
    return text.translate(_TO_THAI)


WEB = (
    rf"(?:https?://|www\.)[^\s<>\"“”()]+|[{LATIN_LETTERS}0-9._%+-]{{1,64}}@[{LATIN_LETTERS}0-9.-]+"
)
_WORD = f"[{LATIN_LETTERS}0-9๐-๙]+"
_CODE = rf"{_WORD}(?:(?:[-–/._:+&#'’=?%~@]+|(?<={DIGIT}),(?={DIGIT})){_WORD})*"
_ROOM = rf"(?<![{LATIN_LETTERS}0-9๐-๙])[A-Z]{{1,2}} {DIGIT}+(?:[-–/.,:]{DIGIT}+)*"
_KEYCAP = "[0-9]\u20e3"  # an emoji, with or without what is invisible between
_KEPT = re.compile(
    rf"(?P<keycap>{_KEYCAP})|(?P<web>{WEB})|(?P<room>{_ROOM}(?![{LATIN_LETTERS}]))|(?P<code>{_CODE})"
)
_HAS_LATIN = re.compile(f"[{LATIN_LETTERS}]")


def digits(text: str, numerals: Numerals, glossary: Sequence[str] = ()) -> str:
    """Write the digits of running text as the office wants, codes and addresses as they stand.

    Untouched: a digit that touches Latin letters or stands in an unspaced code with them
    (``COVID-19``, ``A4-12/3``), one after one or two capitals and a space (``N 406``), URLs,
    e-mail addresses and the terms of ``glossary``. ``OTOP 15 ราย`` becomes ``OTOP ๑๕ ราย``.
    """
    table = _TO_THAI if numerals == "thai" else _TO_ARABIC
    kept = merged([*_code_spans(text), *term_spans(text, glossary)])
    parts: list[str] = []
    done = 0
    for start, end in kept:
        parts += [text[done:start].translate(table), text[start:end]]
        done = end
    return "".join([*parts, text[done:].translate(table)])


def _code_spans(text: str) -> Iterator[Span]:
    for match in _KEPT.finditer(text):
        if match.lastgroup == "room" and _is_list_mark(text, match):
            continue
        if match.lastgroup != "code" or _HAS_LATIN.search(match[0]):
            yield match.span()


def _is_list_mark(text: str, match: re.Match[str]) -> bool:
    """Tell the ``9)`` of ``บ้านเห็ด NP 9) กลุ่ม…`` from the room of ``(ห้อง N 406)``."""
    closed = text.startswith(")", match.end())
    return closed and not in_brackets(text, match.start())


def in_brackets(text: str, place: int) -> bool:
    """Say whether a bracket stands open here; looks back 80 characters."""
    near = max(0, place - 80)
    return text.rfind("(", near, place) > text.rfind(")", near, place)


def term_spans(text: str, terms: Iterable[str]) -> Iterator[Span]:
    """Give each place where one of the terms stands as a word of its own."""
    for term in terms:
        start = text.find(term) if term else -1
        while start >= 0:
            end = start + len(term)
            if not (_joins(text, start) or _joins(text, end)):
                yield start, end
            start = text.find(term, end)


_LATIN_OR_DIGIT = re.compile(f"[{LATIN_LETTERS}0-9๐-๙]{{2}}")


def _joins(text: str, place: int) -> bool:
    """Say whether Latin letters or digits run across this place."""
    return place > 0 and bool(_LATIN_OR_DIGIT.match(text, place - 1))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and unite those that overlap."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united
