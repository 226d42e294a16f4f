"""Mutants of the examples and the clean agendas: refused in words, at their place, or built."""

import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from minutes.build import pipeline, review
from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.documents.word import html_to_docx
from minutes.meetings import loading
from minutes.meetings.folders import BODY, OFFICE
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model import record, validation
from minutes.paths import ROOT
from minutes.problems.errors import Problem
from minutes.problems.messages import MESSAGES
from minutes.rules import registry
from tests.support.effort import in_sight_of_an_end
from tests.support.mutations import mutant

TESTS = ROOT / "tests"
SOURCES = [TESTS.parent / "agendas", TESTS / "cases" / "clean"]
SAMPLE, FIRST_TOGETHER = 500, 10_000
TOGETHER = 100
PRINTED = 100


@dataclass
class Farm:
    """Copies of all agendas; one file at a time is a mutant, and is whole again afterwards."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    sound: dict[Path, bytes] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    accepted: list[int] = field(default_factory=list)
    refused: int = 0
    slowest: float = 0.0

    def __post_init__(self) -> None:
        for index, source in enumerate(SOURCES):
            shutil.copytree(source, self.folder / str(index))
        for path in [*self.folder.rglob("*.jpg"), *self.folder.rglob("*.png")]:
            Image.new("RGB", (8, 6)).save(path, "JPEG")
        found = sorted(self.folder.rglob("*.yaml"))
        self.files = [path for path in found if any(path.parent.rglob("2*.yaml"))]
        self.sound = {path: path.read_bytes() for path in self.files}

    def mutant(self, seed: int) -> Path:
        """Write the mutant of a seed over its file; gives the file."""
        path = self.files[seed % len(self.files)]
        path.write_bytes(mutant(random.Random(seed), self.sound[path]))
        return path

    def heal(self, path: Path) -> None:
        path.write_bytes(self.sound[path])


def meeting_of(path: Path) -> Path:
    """Give the meeting to look at when a file was changed: itself, or one that depends on it."""
    if path.name not in (OFFICE, BODY):
        return path
    return max(path.parent.rglob("2*.yaml"), key=lambda found: (len(found.parts), found))


Build = Callable[[Proceedings], object]


def answer(path: Path, build: Build) -> tuple[list[Problem], bool]:
    """Read, work out and check one meeting, and build it when nothing forbids it."""
    found = loading.find([path])
    problems = list(found.problems)
    for case in found.cases:
        proceedings = work_out(case)
        problems += [*proceedings.problems, *registry.check(proceedings)]
        if not any(problem.severity == "error" for problem in problems):
            build(proceedings)
            return problems, True
    return problems, False


def assert_said_in_words(problem: Problem, folder: Path) -> None:
    """A problem names a file of the farm, a line that it has, a known code, and speaks."""
    assert problem.code in MESSAGES
    assert problem.path.is_relative_to(folder)
    last = len(re.split(rb"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]", problem.path.read_bytes()))
    assert 1 <= problem.line <= last, problem
    assert problem.column >= 1
    for language in ("th", "en"):
        assert len(problem.line_of_text(problem.path.name, language).splitlines()) == 1
        assert len(problem.hint(language).splitlines()) <= 1


def run(farm: Farm, seeds: Iterable[int], build: Build) -> None:
    """Let every mutant be answered; an exception, silence or no end fails with its seed."""
    for seed in seeds:
        path = farm.mutant(seed)
        start = time.process_time()
        try:
            with in_sight_of_an_end():
                problems, is_accepted = answer(meeting_of(path), build)
            seconds = time.process_time() - start
            assert is_accepted or any(problem.severity == "error" for problem in problems)
            for problem in problems:
                assert_said_in_words(problem, farm.folder)
        except BaseException as error:
            error.add_note(f"seed {seed}, {path.relative_to(farm.folder)}")
            raise
        finally:
            farm.heal(path)
        farm.slowest = max(farm.slowest, seconds)
        farm.codes.update({problem.code for problem in problems})
        farm.refused += not is_accepted
        farm.accepted += [seed] * is_accepted


@dataclass
class Press:
    """Pages set for Word; one that no mutation touched is set once."""

    done: set[str] = field(default_factory=set)

    def word(self, proceedings: Proceedings) -> None:
        for kind in pipeline.wanted(proceedings, pipeline.KINDS):
            page = pages.render(kind, proceedings)
            if page.html not in self.done:
                styles = pipeline.word_styles(embed_fonts=False)
                assert html_to_docx.render(page.html, page.files, styles)
                self.done.add(page.html)

    def pdf(self, proceedings: Proceedings) -> None:
        page = pages.render("minutes", proceedings)
        assert html_to_pdf.render(page.html, page.css, page.files).startswith(b"%PDF-")


@pytest.fixture
def farm(tmp_path: Path) -> Farm:
    return Farm(tmp_path / "farm")


def test_a_sample_of_mutants_is_refused_in_words_or_builds(farm: Farm) -> None:
    run(farm, range(SAMPLE), Press().word)
    assert farm.refused > SAMPLE / 4
    assert len(farm.accepted) > SAMPLE / 4
    assert len(farm.codes) > 25


def test_a_body_with_a_mutant_among_its_meetings_is_checked_as_a_whole(farm: Farm) -> None:
    told = 0
    for seed in range(FIRST_TOGETHER, FIRST_TOGETHER + TOGETHER):
        path = farm.mutant(seed)
        problems = review.review([meeting_of(path).parent]).problems
        for problem in problems:
            assert_said_in_words(problem, farm.folder)
        told += bool(problems)
        farm.heal(path)
    assert told > TOGETHER / 4


@pytest.fixture
def read_once(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was read of files that are whole: only the mutant is read again."""
    read, kept = validation.read, cache(validation.read)

    def read_or_remember(cls: type[record.Record], path: Path) -> record.Record:
        is_whole = path.read_bytes() == farm.sound[path]
        return kept(cls, path) if is_whole else read(cls, path)

    monkeypatch.setattr(validation, "read", read_or_remember)
    monkeypatch.setattr(loading, "glimpse", cache(loading.glimpse))


@pytest.mark.system
@pytest.mark.usefixtures("read_once")
def test_thousands_of_mutants_are_refused_in_words_or_build(
    farm: Farm, record_property: Callable[[str, object], None], pytestconfig: pytest.Config
) -> None:
    press, whole = Press(), pytestconfig.getoption("--mutants")
    run(farm, range(whole), press.word)
    assert len(farm.accepted) + farm.refused == whole
    assert len(farm.codes) > 50
    record_property("refused", farm.refused)
    record_property("codes", dict(farm.codes))
    record_property("slowest in seconds", farm.slowest)
    sample = random.Random(PRINTED).sample(farm.accepted, PRINTED)
    run(farm, sample, press.pdf)
