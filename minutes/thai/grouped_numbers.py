"""Numbers as people group them: digits with spaces, dashes, dots, or whatever sign, in between.

Pure functions on a text in plain letters. An empty line ends every number.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from minutes.thai import plain_text

SHORTEST_NUMBER = 6  # digits that any of the looks asks for
SHORTEST_ODD = 9  # those that ask for a number with other signs in it
SPELT = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
MOST_GROUPS = 6  # unless the digits stand one by one

_RUN = re.compile(r"[0-9]+(?:(?!\s*\n\s*\n)[ \n().-]{1,4}[0-9]+)*")
_GROUP = re.compile("[0-9]+")
_SIGN = r"(?:[^\w\n]{1,4}|[ ]?_{1,3}[ ]?)"
_ODD_RUN = re.compile(rf"(?<![0-9])[0-9]+(?:{_SIGN}[0-9]+)+")
_FIRST = "[0-9](?<![0-9][0-9])"  # of a group: so no text is looked at from each of its digits
_MAY_BE = re.compile(_FIRST + "[ \n().-]{0,4}[0-9]" * (SHORTEST_NUMBER - 1))
_MAY_BE_ODD = re.compile(_FIRST + "[^0-9ก-๎A-Za-z\n]{0,4}[0-9]" * (SHORTEST_ODD - 1))
_SUM = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_USUAL = frozenset(" \n().-0123456789")
_NOTHING_SHOWN = re.compile(r"\*{1,3}|_{2,3}|~~")  # signs of bold, struck out: they join
_ALIKE = re.compile("(?<![A-Za-z0-9])(?=[OoIl]*[0-9])[0-9OoIl]{3,16}(?![A-Za-z0-9])")
_MAY_BE_ALIKE = re.compile("[0-9][OoIl]|[OoIl][0-9]")
_DIGITS_OF = str.maketrans("OoIl", "0011")

Shape = tuple[int, ...]
Shapes = frozenset[Shape]


def shapes(written: str) -> Shapes:
    """Give the lengths of groups, which are written as ``3-3-4``."""
    return frozenset(tuple(map(int, shape.split("-"))) for shape in written.split())


class Number(NamedTuple):
    """Digits that stand together, in groups, with what stands between these."""

    start: int
    end: int
    digits: str
    lengths: Shape
    gaps: tuple[str, ...]
    is_alone: bool

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands between its digits."""
        return not self.gaps

    @property
    def is_tight(self) -> bool:
        """Whether no space parts its groups."""
        return " " not in "".join(self.gaps)

    @property
    def shapes(self) -> set[Shape]:
        """The lengths of the groups, also as if what only parts them to the eye were not there."""
        joined = [self.lengths[0]]
        for length, gap in zip(self.lengths[1:], self.gaps, strict=True):
            if gap.strip(" ") == "\n" or _NOTHING_SHOWN.fullmatch(gap):
                joined[-1] += length
            else:
                joined.append(length)
        return {self.lengths, tuple(joined)}

    def is_shaped(self, shapes: Shapes) -> bool:
        """Whether the groups are such; digits one by one are, when they stand alone."""
        one_by_one = self.is_alone and len(self.lengths) == len(self.digits)
        return one_by_one or not shapes.isdisjoint(self.shapes)


Groups = list[tuple[int, int]]
Run = tuple[int, str, Groups]


def unmistaken(text: str) -> str:
    """Give a text with the digits that somebody typed as letters like them: ``O81``, ``08l2``."""
    if not (plain_text.has_latin(text) and _MAY_BE_ALIKE.search(text)):
        return text
    return _ALIKE.sub(lambda found: found[0].translate(_DIGITS_OF), text)


def numbers(text: str, least: int, most: int) -> Iterator[Number]:
    """Go through the numbers of so many digits that begin and end with a group of a run."""
    for run in _runs(text):
        if len(run[1]) >= least:
            yield from _within(run, least, most)


def odd(text: str, least: int, most: int) -> Iterator[Number]:
    """Go through those that are parted by other signs: ``081/234/5678``, ``1 | 1017 | …``.

    It is one sign throughout, or the usual ones beside it where no space is.
    """
    for run in _odd_runs(text):
        for number in _within(run, least, most):
            signs = {gap.strip() for gap in number.gaps}
            if any(not _USUAL.issuperset(sign) for sign in signs) and (
                len(signs) == 1 or number.is_tight
            ):
                yield number


def _within(run: Run, least: int, most: int) -> Iterator[Number]:
    begin, written, groups = run
    for chosen in _windows(groups, least, most):
        yield _number(written, begin, chosen, len(chosen) == len(groups))


@lru_cache(maxsize=1)
def _runs(text: str) -> list[Run]:
    """Give the runs of digits that could be a number, for which several looks at a text ask."""
    if not _MAY_BE.search(text):
        return []
    return [
        (run.start(), run[0], [match.span() for match in _GROUP.finditer(run[0])])
        for run in _RUN.finditer(text)
        if run.end() - run.start() >= SHORTEST_NUMBER
    ]


@lru_cache(maxsize=1)
def _odd_runs(text: str) -> list[Run]:
    """Give those with other signs between the digits, if any; a sum of money is none."""
    if not _MAY_BE_ODD.search(text):
        return []
    return [
        (run.start(), run[0], [match.span() for match in _GROUP.finditer(run[0])])
        for run in _ODD_RUN.finditer(text)
        if run.end() - run.start() > SHORTEST_ODD
        and not _USUAL.issuperset(run[0])
        and not _SUM.fullmatch(run[0])
    ]


def _windows(groups: Groups, least: int, most: int) -> Iterator[Groups]:
    """Give the neighbouring groups that have so many digits, the longest from each place first."""
    one_by_one = len(groups) <= most and groups[-1][1] - groups[0][0] >= least
    longest = len(groups) if one_by_one else MOST_GROUPS
    for first in range(len(groups)):
        found: list[Groups] = []
        total, last = 0, first
        while last < min(first + longest, len(groups)):
            total += groups[last][1] - groups[last][0]
            last += 1
            if least <= total <= most:
                found.insert(0, groups[first:last])
        yield from found


def _number(run: str, start: int, groups: Groups, is_alone: bool) -> Number:
    gaps = tuple(run[end:begin] for (_, end), (begin, _) in pairwise(groups))
    lengths = tuple(end - begin for begin, end in groups)
    digits = "".join(run[begin:end] for begin, end in groups)
    return Number(start + groups[0][0], start + groups[-1][1], digits, lengths, gaps, is_alone)


# --- where a number ends ----------------------------------------------------------------------

_GOES_ON = re.compile(r"[A-Za-z_]|[.:][0-9]")
_WENT_ON = re.compile(r"[A-Za-z_]$|[0-9][.,/:-]$")
_WORD_BEFORE = re.compile("(?<![A-Za-z0-9])[A-Za-z]{1,16}$")
_WORD_AFTER = re.compile("[A-Za-z]{1,16}(?![A-Za-z0-9])")


def is_part_of_more(text: str, number: Number) -> bool:
    """Whether a number goes on beyond its groups: as a code, a decimal, a sum with commas."""
    before = text[max(0, number.start - 2) : number.start]
    return bool(_WENT_ON.search(before) or _GOES_ON.match(text, number.end))


def is_torn_off(text: str, number: Number) -> bool:
    """Whether a number that is known for sure is still a piece of something else.

    It is not where a word of Latin letters or a file's underscore is stuck to it, nor where another
    number follows after a comma or a slash.
    """
    before, after = text[max(0, number.start - 17) : number.start], text[number.end :][:18]
    begun = re.search(r"[A-Za-z]$|[0-9][.:-]$", before) and not _WORD_BEFORE.search(before)
    goes_on = re.match(r"[A-Za-z]|[.:][0-9]", after) and not _WORD_AFTER.match(after)
    return bool(begun or goes_on)
