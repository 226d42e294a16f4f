"""The comparisons can be begun; their figures are for people, on a machine that is quiet."""

import importlib
import sys
from pathlib import Path

import pytest

from bench import office, pairs, site
from minutes.meetings import loading, redact
from minutes.paths import ROOT

NAMES = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_comparison_can_be_loaded_and_is_described(name: str) -> None:
    module = importlib.import_module(f"bench.{name}")
    if hasattr(module, "main"):
        assert f"python -m bench.{name}" in (ROOT / "docs/bench.md").read_text("utf-8")


def test_the_meetings_that_are_compared_have_no_faults(tmp_path: Path) -> None:
    agendas = office.write(tmp_path, 2, 30)
    found = loading.find([agendas])
    assert (len(found.cases), found.problems) == (60, ())
    office.remember(agendas, tmp_path / "out")
    assert len(list((tmp_path / "out").rglob("*.docx"))) == 120


def test_the_meetings_of_the_website_that_is_compared_hold_all_kinds_of_secrets(
    tmp_path: Path,
) -> None:
    found = loading.find([site.write(tmp_path, 40)])
    assert (len(found.cases), found.problems) == (40, ())
    assert all(redact.may_be_published(case) for case in found.cases)
    matters = [matter for case in found.cases for matter in case.meeting.all_matters()]
    absent = [one for case in found.cases for one in case.meeting.attendance.absent]
    assert (sum(m.secret for m in matters), sum(m.personal for m in matters)) == (2, 4)
    assert {one.reason for one in absent} == set(site.REASONS)
    assert sum(case.meeting.release.skip for case in found.cases) == 20


def test_a_comparison_gives_the_ratio_of_the_medians(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter([2.0, 1.0, 9.0, 1.0, 3.0, 1.5])
    monkeypatch.setattr(pairs, "timed", lambda work: next(seconds))
    assert pairs.compare("a / b", lambda: None, lambda: None, pairs=3) == 3.0
    assert "a / b: 3.000 s / 1.000 s = 3.00 (3 pairs" in capsys.readouterr().out
    assert pairs.number(["--pairs", "7"], "--pairs", 5) == 7
    assert pairs.number([], "--pairs", 5) == 5


def test_a_command_that_fails_ends_the_comparison_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match="broken"):
        pairs.silent(sys.executable, "-c", "import sys; sys.exit('broken')")
    assert pairs.timed(lambda: pairs.run("-c", "pass")) > 0
