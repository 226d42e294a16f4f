from dataclasses import fields

import click
import pytest

from minutes.console.wording import WORDS, Language, Words, usage_error

PARAMETER = click.Option(["--errors"], type=click.Choice(["text", "json"]))


def test_both_languages_say_everything() -> None:
    assert fields(Words)
    for field in fields(Words):
        one, other = (getattr(words, field.name) for words in WORDS.values())
        assert one
        assert other
        assert one != other


def test_both_languages_describe_the_same_options() -> None:
    assert WORDS["th"].helps.keys() == WORDS["en"].helps.keys()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (click.NoSuchOption("--colour"), "--colour"),
        (click.BadParameter("xml", param=PARAMETER), "text · json"),
        (click.BadParameter("odt", param=PARAMETER, param_hint="pdf · docx"), "pdf · docx"),
        (click.BadOptionUsage("--to", "needs an argument"), "--to"),
        (click.MissingParameter(param=PARAMETER), "build.py"),
        (click.UsageError("Got unexpected extra arguments (one two)"), " one two"),
        (click.UsageError("too many"), "too many"),
        (click.NoSuchCommand("puts"), "puts"),
    ],
)
def test_wrong_use_is_told_in_a_line_with_the_way_to_help(
    error: click.UsageError, said: str, language: Language
) -> None:
    lines = usage_error(error, language).splitlines()
    assert len(lines) == 2
    assert said in "".join(lines)
    assert WORDS[language].wrong_use.format(command="build.py") in "".join(lines)
