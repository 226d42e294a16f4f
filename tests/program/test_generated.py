"""What is committed and made by us is what its maker gives now."""

from pathlib import Path

import pytest

from minutes.paths import ROOT
from tools import generate
from tools.generate import MAKERS, Maker


@pytest.mark.parametrize("name", MAKERS)
def test_a_generated_file_is_what_its_maker_gives(name: str) -> None:
    assert generate.stale(name) == [], "run .venv/bin/python tools/generate.py"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Path, bytes]:
    """Give what a maker of one folder makes."""
    made = {tmp_path / "one/a.md": b"a\n", tmp_path / "one/b.md": b"b\n"}
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(Maker, "made", lambda _: made)
    monkeypatch.setitem(MAKERS, "few", Maker("few", "one/*.md"))
    return made


def test_what_is_stale_is_named_and_not_touched_and_then_made(
    made: dict[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = made
    first.parent.mkdir()
    first.write_bytes(b"old")
    (first.parent / "left.md").write_bytes(b"of no rule")
    assert generate.main(["--check", "few"]) == 1
    told = ["one/a.md", "one/b.md", "one/left.md"]
    assert capsys.readouterr().out.splitlines() == [f"stale: {name}" for name in told]
    assert (first.read_bytes(), second.exists()) == (b"old", False)
    assert generate.main(["few"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"made: {name}" for name in told]
    assert {path: path.read_bytes() for path in first.parent.iterdir()} == made
    assert generate.main(["--check", "few"]) == 0
    assert capsys.readouterr().out == ""


def test_a_maker_that_makes_nothing_is_no_maker(made: dict[Path, bytes]) -> None:
    made.clear()
    with pytest.raises(ValueError, match="few makes nothing"):
        generate.stale("few")


def test_a_name_that_no_maker_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        generate.main(["nothing"])
    assert "there are: messages, rules" in capsys.readouterr().err


def test_every_module_of_the_tools_is_run_by_name_or_made_by_all() -> None:
    modules = {path.stem for path in (ROOT / "tools").glob("[a-z]*.py")}
    alone = {path.stem for path in (ROOT / "tools").glob("*.py") if "__main__" in path.read_text()}
    assert len(modules) > len(MAKERS)
    assert modules == alone | {maker.module for maker in MAKERS.values()}
