"""Agendas spoilt on purpose, each from its seed: what a hand, a program or a disk does to one."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

Lines = list[str]
Mutation = Callable[[random.Random, str], str]

HOW_MANY = (1, 1, 2, 3)
DIGITS = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", "๐๑๒๓๔๕๖๗๘๙0123456789")
KEY = re.compile(r"(?P<before> *(?:- )?)(?P<key>[^\s:#][^:#]*):(?: (?P<value>.*))?")
FIGURE = re.compile("[0-9๐-๙][0-9๐-๙,]*")
CLOCK = re.compile(r"[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}")
DAY = re.compile(r"[0-9๐-๙]{1,2} (?:[ก-๎]+|[ก-๎]\.[ก-๎]\.) [0-9๐-๙]{2,4}")

SIGNS = [
    ":", ": ", "- ", "#", " #", "[", "]", "{", "}", '"', "'", "|", ">", "&", "*", "!", "%", "@",
    "`", ",", "\t", "\n", "\r", "  ", "\\", "\\u202e", "~", "null", "---\n", "...\n", "**", "?",
    "| a | b |\n", "$", "<b>", "{{x}}", "๓๑/๑๓/๒๕๖๗", "0", "-1", "ๆ", "<<: *x", "!!python/object:x",
]  # fmt: skip
UNSEEN = [
    "\0", "\x07", "\x1b", "\x7f", "\x85", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200e",
    "\u2028", "\u202e", "\u2060", "\ufeff", "\uf701", "\ufffe", "\U0001f600", "\U000e0041",
]  # fmt: skip
DAMAGE = [
    ("ำ", "ํา"), ("แ", "เเ"), ("่", "่่"), ("้", "้้"), ("ี", "ีี"), ("ำ", "ำำ"), ("น้ำ", "นํ้า"),
    ("ๆ", "ๆๆ"), (" ๆ", "ๆ"), ("ศ", "ษ"), ("ร", "ล"), ("า", "ๅ"), ("ู", "ุ"), ("์", ""),
]  # fmt: skip
CLOCKS = ["00.00", "24.00", "25.61", "9.5", "๑๓.๓๐", "12:00", "0900", "-1.00", "23.59 น."]
DAYS = ["30 กุมภาพันธ์ 2569", "1 มกราคม 2400", "2569-02-29", "31/12/9999", "๑ ม.ค. ๐๐", "1 มกรา 69"]
FIGURES = [
    "0", "-1", "๐", "9" * 22, "9" * 40, ",".join(["999"] * 14), "1,00", "1.000.000", "12.345",
    "1e9", "½", "๑2", "", "NaN", "๙๙,๙๙๙.๙๙๙",
]  # fmt: skip


def mutant(chance: random.Random, sound: bytes) -> bytes:
    """Give a file's bytes with one to three things wrong; some of it is harmless."""
    text = sound.decode()
    for _ in range(chance.choice(HOW_MANY)):
        text = chance.choice(chance.choice(MUTATIONS))(chance, text) or "ก"
    data = text.encode("utf-8", "surrogatepass")
    return chance.choice(ENCODINGS)(chance, data) if chance.random() < 1 / 12 else data


# --- letters ----------------------------------------------------------------------------------


def insert_a_sign(chance: random.Random, text: str) -> str:
    return _inserted(chance, text, chance.choice(SIGNS))


def insert_what_nobody_sees(chance: random.Random, text: str) -> str:
    return _inserted(chance, text, chance.choice(UNSEEN))


def _inserted(chance: random.Random, text: str, what: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + what + text[at:]


def drop_letters(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randrange(1, 20) :]


def double_letters(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    end = at + chance.randrange(1, 20)
    return text[:end] + text[at:end] + text[end:]


def exchange_two_letters(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def break_letters(chance: random.Random, text: str) -> str:
    whole, broken = chance.choice(DAMAGE)
    return _replaced(chance, text, re.compile(re.escape(whole)), lambda _: broken)


def truncate(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text))]


# --- values -----------------------------------------------------------------------------------


def _replaced(
    chance: random.Random,
    text: str,
    wanted: re.Pattern[str],
    change: Callable[[str], str],
) -> str:
    found = list(wanted.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + change(one[0]) + text[one.end() :]


def give_another_time(chance: random.Random, text: str) -> str:
    return _replaced(chance, text, CLOCK, lambda _: chance.choice(CLOCKS))


def give_another_date(chance: random.Random, text: str) -> str:
    return _replaced(chance, text, DAY, lambda _: chance.choice(DAYS))


def give_another_figure(chance: random.Random, text: str) -> str:
    return _replaced(chance, text, FIGURE, lambda _: chance.choice(FIGURES))


def count_one_off(chance: random.Random, text: str) -> str:
    def off(figure: str) -> str:
        return str(max(0, int(figure.replace(",", "")) + chance.choice([-1, 1])))

    return _replaced(chance, text, FIGURE, off)


def exchange_digits(chance: random.Random, text: str) -> str:
    if chance.random() < 0.2:
        return text.translate(DIGITS)
    return _replaced(chance, text, FIGURE, lambda figure: figure.translate(DIGITS))


# --- lines and what is indented below them ----------------------------------------------------


class Block(NamedTuple):
    """A line and the deeper ones below it: from ``start`` up to ``end``."""

    start: int
    end: int


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block(lines: Lines, start: int) -> Block:
    end = start + 1
    while end < len(lines) and (
        not lines[end].strip() or _indent(lines[end]) > _indent(lines[start])
    ):
        end += 1
    return Block(start, end)


def _keys(lines: Lines) -> list[int]:
    return [index for index, line in enumerate(lines) if KEY.fullmatch(line.rstrip("\r\n"))]


def on_lines(change: Callable[[random.Random, Lines], object]) -> Mutation:
    """Make a mutation of what changes a list of lines, two at least."""

    def mutate(chance: random.Random, text: str) -> str:
        lines = text.splitlines(keepends=True)
        if len(lines) < 2:
            return text
        change(chance, lines)
        return "".join(lines)

    return mutate


def on_keys(change: Callable[[random.Random, Lines, int, int], object]) -> Mutation:
    """Make a mutation of what changes lines, given two that begin with keys of one depth."""

    def mutate(chance: random.Random, text: str) -> str:
        lines = text.splitlines(keepends=True)
        keys = _keys(lines)
        if not keys:
            return text
        key = chance.choice(keys)
        beside = [other for other in keys if _indent(lines[other]) == _indent(lines[key])]
        one, other = sorted([key, chance.choice(beside)])
        change(chance, lines, one, other)
        return "".join(lines)

    return mutate


def drop_a_line(chance: random.Random, lines: Lines) -> None:
    del lines[chance.randrange(len(lines))]


def double_a_line(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines.insert(at, lines[at])


def move_a_line(chance: random.Random, lines: Lines) -> None:
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)


def swap_two_lines(chance: random.Random, lines: Lines) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent_a_line(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice([" ", "  ", "\t", "\u00a0"]) + lines[at]


def outdent_a_line(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at].removeprefix(chance.choice([" ", "  ", "    "]))


def indent_a_block(chance: random.Random, lines: Lines) -> None:
    block = _block(lines, chance.randrange(len(lines)))
    lines[slice(*block)] = [f"  {line}" for line in lines[slice(*block)]]


def delete_a_key(_: random.Random, lines: Lines, key: int, __: int) -> None:
    del lines[slice(*_block(lines, key))]


def empty_a_key(_: random.Random, lines: Lines, key: int, __: int) -> None:
    lines[key] = lines[key].partition(":")[0] + ":\n"


def misspell_a_key(chance: random.Random, lines: Lines, key: int, _: int) -> None:
    name, colon, value = lines[key].partition(":")
    at = chance.randrange(_indent(name), len(name))
    lines[key] = name[:at] + name[at + 1 :] + colon + value


def swap_the_values_of_two_keys(_: random.Random, lines: Lines, one: int, other: int) -> None:
    (key, colon, value), (key2, colon2, value2) = (lines[at].partition(":") for at in (one, other))
    lines[one], lines[other] = key + colon + value2, key2 + colon2 + value


def swap_what_stands_below_two_keys(_: random.Random, lines: Lines, one: int, other: int) -> None:
    first, second = _block(lines, one), _block(lines, other)
    if first.end > second.start:  # one and the same
        return
    below, below2 = lines[one + 1 : first.end], lines[other + 1 : second.end]
    lines[other + 1 : second.end] = below
    lines[one + 1 : first.end] = below2


def repeat_what_stands_below_a_key(chance: random.Random, lines: Lines, key: int, _: int) -> None:
    block = lines[slice(*_block(lines, key))]
    lines[key:key] = block * chance.choice([1, 1, 2, 20])


def move_what_stands_below_a_key(_: random.Random, lines: Lines, key: int, other: int) -> None:
    block = _block(lines, key)
    moved = lines[slice(*block)]
    lines[other:other] = moved if block.end <= other else []


LETTERS: list[Mutation] = [
    insert_a_sign,
    insert_what_nobody_sees,
    drop_letters,
    double_letters,
    exchange_two_letters,
    break_letters,
    truncate,
]
VALUES: list[Mutation] = [
    give_another_time,
    give_another_date,
    give_another_figure,
    count_one_off,
    exchange_digits,
    on_keys(empty_a_key),
    on_keys(swap_the_values_of_two_keys),
]
LINES: list[Mutation] = [
    on_lines(drop_a_line),
    on_lines(double_a_line),
    on_lines(move_a_line),
    on_lines(swap_two_lines),
    on_lines(indent_a_line),
    on_lines(outdent_a_line),
    on_lines(indent_a_block),
]
BLOCKS: list[Mutation] = [
    on_keys(delete_a_key),
    on_keys(misspell_a_key),
    on_keys(swap_what_stands_below_two_keys),
    on_keys(repeat_what_stands_below_a_key),
    on_keys(move_what_stands_below_a_key),
]
MUTATIONS = [LETTERS, VALUES, VALUES, LINES, BLOCKS]


# --- bytes ------------------------------------------------------------------------------------


def cut_a_letter_in_two(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + 1 :]


def write_as_old_windows_does(_: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode("cp874", "replace")


def write_as_utf_16(_: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode("utf-16")


def end_lines_as_windows_does(_: random.Random, data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


ENCODINGS = [
    cut_a_letter_in_two,
    write_as_old_windows_does,
    write_as_utf_16,
    end_lines_as_windows_does,
]
