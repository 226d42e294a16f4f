"""What tests share: the flag that rewrites expected texts, a desk, the slowest bad inputs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.agenda_folder import Desk


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the expected texts be rewritten, and more spoilt agendas be tried."""
    parser.addoption("--update", action="store_true", help="rewrite the texts that tests expect")
    parser.addoption("--every-fault", action="store_true", help="strike each call of archive put")
    parser.addoption("--mutants", type=int, default=2000, help="spoilt agendas; 10000 by hand")


def pytest_collection_finish() -> None:
    """Refuse tests for which pages are set before the first runs: every other would wait for it."""
    if "weasyprint" in sys.modules:
        raise pytest.UsageError("a test's module, or its cases, load WeasyPrint: make them lazily")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the bad inputs that took longest to refuse, and how soon a saved change was seen."""
    times = sorted(_times(terminalreporter, "seconds to refuse"), reverse=True)
    if times:
        shown = ", ".join(f"{name} {seconds:.2f} s" for seconds, name in times[:3])
        terminalreporter.write_line(f"slowest bad input of {len(times)}: {shown}")
    for count, name in _times(terminalreporter, "faults fired"):
        terminalreporter.write_line(f"{name}: {count:.0f} faults fired")
    for seconds, _ in _times(terminalreporter, "seconds to screen"):
        terminalreporter.write_line(f"a saved change was on the screen after {seconds:.2f} s")


def _times(terminalreporter: pytest.TerminalReporter, what: str) -> Iterator[tuple[float, str]]:
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name == what and report.when == "call":
                yield float(value), report.nodeid.rpartition("::")[2]
