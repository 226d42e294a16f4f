"""Help in a terminal: measured in columns, parted at spaces, and no run of letters too long."""

import click
import pytest

from minutes import __main__ as cli
from minutes.console.columns import Formatter, lines, width
from minutes.console.wording import WORDS, Language

COLUMNS = 80
BESIDE = 50  # columns that an explanation has beside its option


def commands(language: Language) -> list[click.Command]:
    """Give every command, and those below the groups."""
    found: list[click.Command] = []
    for name in WORDS[language].commands:
        found.append(cli._command(name, language))
        found += getattr(found[-1], "commands", {}).values()
    return found


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("ab", 2), ("ที่", 1), ("น้ำ", 2), ("ก\u200bข", 2), ("กู้ภัย", 3)]
)
def test_marks_above_and_below_take_no_column(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [""]),
        ("ที่ นี่ ที่นั่น", ["ที่ นี่", "ที่นั่น"]),
        ("ยาวกว่าบรรทัด ๆ", ["ยาวกว่าบรรทัด", "ๆ"]),
    ],
)
def test_a_line_ends_at_a_space_alone(text: str, told: list[str]) -> None:
    assert list(lines(text, 5)) == told


def test_what_does_not_fit_beside_stands_below() -> None:
    formatter = Formatter(width=40)
    formatter.write_dl([("--ที่", "หนึ่ง สอง"), ("--" + "ก" * 40, "สาม")])
    assert formatter.getvalue() == (f"--ที่{' ' * 29}หนึ่ง สอง\n--{'ก' * 40}\n{' ' * 32}สาม\n")


@pytest.mark.parametrize("language", ["th", "en"])
def test_help_fits_a_terminal(language: Language) -> None:
    shown = 0
    for command in commands(language):
        with click.Context(command, info_name="build.py", terminal_width=COLUMNS) as context:
            context.formatter_class = Formatter
            for line in command.get_help(context).splitlines():
                assert width(line) <= COLUMNS, line
                shown += 1
    assert shown > 100


def test_no_explanation_has_a_run_of_letters_that_must_be_parted() -> None:
    told = [
        word
        for command in commands("th")
        for parameter in command.params
        for word in (getattr(parameter, "help", "") or "").split()
    ]
    assert len(told) > 200
    assert [word for word in told if width(word) > BESIDE] == []
