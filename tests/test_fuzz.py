"""Random edits of the examples: whatever a hand slips into a file, the program answers in words."""

import random
import shutil
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from minutes import pages, records
from minutes.errors import Problem
from minutes.proceedings import work_out
from minutes.rules import table

AGENDAS = Path(__file__).parent.parent / "agendas"
EXAMPLES = sorted(path for path in AGENDAS.rglob("*.yaml"))
ROUNDS = 12

Edit = Callable[[random.Random, str], str]

SLIPS = [
    ":", ": ", "- ", "#", " #", "[", "]", "{", "}", '"', "'", "|", ">", "&", "*", "!", "%", "@",
    "`", ",", "\t", "\n", "\r", "  ", "\u00a0", "\u200b", "\ufeff", "\\", "\\u202e", "~", "null",
    "---\n", "...\n", "**", "| a | b |\n", "$", "<b>", "{{x}}", "๓๑/๑๓/๒๕๖๗", "0", "-1", "ํ", "ๆ",
    "\0", "\x1b", "\U0001f600",
]  # fmt: skip


def insert_a_slip(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SLIPS) + text[at:]


def drop_some_letters(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randrange(1, 20) :]


def on_lines(change: Callable[[random.Random, list[str]], None]) -> Edit:
    def edit(chance: random.Random, text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        change(chance, lines)
        return "".join(lines)

    return edit


def drop_a_line(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def double_a_line(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines) + 1), lines[at])


def swap_lines(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent_a_line(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice([" ", "  ", "\t"]) + lines[at]


def outdent_a_line(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at].removeprefix(chance.choice([" ", "  ", "    "]))


def give_a_line_another_value(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    value = lines[other].partition(":")[2]
    lines[one] = lines[one].partition(":")[0] + ":" + (value or "\n")


def cut_the_end(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines)) :]


EDITS: list[Edit] = [
    insert_a_slip,
    drop_some_letters,
    *map(
        on_lines,
        (
            drop_a_line,
            double_a_line,
            swap_lines,
            indent_a_line,
            outdent_a_line,
            give_a_line_another_value,
            cut_the_end,
        ),
    ),
]


def slipped(chance: random.Random, text: str) -> str:
    for _ in range(chance.randrange(1, 4)):
        text = chance.choice(EDITS)(chance, text) or string.ascii_letters
    return text


def copy_with_small_pictures(folder: Path) -> None:
    shutil.copytree(AGENDAS, folder, dirs_exist_ok=True)
    for path in [*folder.rglob("*.jpg"), *folder.rglob("*.png")]:
        Image.new("RGB", (8, 6)).save(path, "JPEG")


def one_body_under(folder: Path) -> Path:
    return min(folder.rglob("body.yaml")).parent


def answer(root: Path) -> list[Problem]:
    """Read everything and set the pages of what is sound; give what is wrong."""
    found = records.find([root])
    problems = list(found.problems)
    for case in found.cases:
        proceedings = work_out(case)
        objections = [*proceedings.problems, *table.check(proceedings)]
        problems += objections
        if not any(each.severity == "error" for each in objections):
            pages.render("minutes", proceedings)
            pages.render("release", proceedings)
    return problems


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_slip_in_an_example_is_never_a_crash(example: Path, tmp_path: Path) -> None:
    chance = random.Random(example.name)
    copy_with_small_pictures(tmp_path)
    copy = tmp_path / example.relative_to(AGENDAS)
    sound = example.read_text("utf-8")
    told = 0
    for _ in range(ROUNDS):
        copy.write_text(slipped(chance, sound), "utf-8", newline="")
        for found in answer(one_body_under(copy.parent)):
            told += 1
            assert found.message("th")
            assert found.message("en")
            assert len(found.line_of_text(str(found.path)).splitlines()) == 1
            assert found.hint("th") or found.hint("en") == ""
    assert told
