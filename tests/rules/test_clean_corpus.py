"""Clean agendas of thirteen invented bodies: a checker objects to nothing, and all are built."""

import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import docx
import pytest

from minutes import __main__ as cli
from minutes.build import pipeline
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.paths import ROOT
from minutes.rules import registry
from minutes.thai import digits
from tests.support import pdf_readers

CLEAN = ROOT / "tests/cases" / "clean"
FILES = sorted(CLEAN.rglob("2*.yaml"))
IDS = [f"{path.parent.name}-{path.stem}" for path in FILES]
PRINTED = ["huana-2569-09", "phai-2569-02", "sapha-thesaban-2569-01", "rongrian-2569-02"]

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
BUDDHIST_OFFSET = 543


@cache
def found() -> loading.Found:
    return loading.find([CLEAN])


@cache
def corpus() -> dict[str, Proceedings]:
    return {case.id: work_out(case) for case in found().cases}


def text_of(path: Path) -> str:
    return digits.arabic(path.read_text("utf-8"))


def test_these_agendas_are_found_and_no_others() -> None:
    assert found().problems == ()
    assert sorted(corpus()) == sorted(IDS)
    assert len(IDS) >= 30
    assert len({path.parent for path in FILES}) >= 12


@pytest.mark.parametrize("meeting", IDS)
def test_a_clean_agenda_gives_a_checker_nothing_to_object_to(meeting: str) -> None:
    proceedings = corpus()[meeting]
    problems = [*proceedings.problems, *registry.check(proceedings)]
    assert [problem.line_of_text(problem.path.name) for problem in problems] == []


def test_the_command_finds_nothing_either_and_strictly(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--strict", str(CLEAN)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("what", "all_of_them"),
    [
        ("status", {"draft", "final", "certified"}),
        ("mode", {"onsite", "online", "hybrid"}),
    ],
)
def test_the_corpus_shows_every(what: str, all_of_them: set[str]) -> None:
    assert {getattr(each.meeting, what) for each in corpus().values()} == all_of_them


def test_the_corpus_has_bodies_of_every_kind_and_numbering() -> None:
    bodies = [each.body for each in corpus().values()]
    assert {body.kind for body in bodies} == {"committee", "council", "staff"}
    assert {body.numbering for body in bodies} == {"calendar", "running"}


# --- the corpus is right by other means than the rules' ---------------------------------------


def test_every_weekday_fits_its_date() -> None:
    mention = re.compile(rf"วัน({'|'.join(WEEKDAYS)})ที่ (\d+) ({'|'.join(MONTHS)}) (\d{{4}})")
    mentions = [match.groups() for path in FILES for match in mention.finditer(text_of(path))]
    assert len(mentions) > 40
    for weekday, day, month, year in mentions:
        when = date(int(year) - BUDDHIST_OFFSET, MONTHS.index(month) + 1, int(day))
        assert WEEKDAYS[when.weekday()] == weekday, when


def tables(path: Path) -> Iterator[list[list[str]]]:
    """Give the tables with a total, without heading and rule, as the file has them."""
    lines = (line.strip() for line in text_of(path).splitlines())
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        rows = [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in group]
        if is_table and "รวม" in rows[-1]:
            yield rows[2:]


def figure(cell: str) -> float:
    return float(cell.replace(",", "")) if re.fullmatch(r"[\d,.]+", cell) else 0.0


def test_every_table_with_a_total_adds_up() -> None:
    totals = [rows for path in FILES for rows in tables(path)]
    assert len(totals) >= 20
    for *rows, total in totals:
        for column, cell in enumerate(total):
            if figure(cell):
                assert sum(figure(row[column]) for row in rows) == pytest.approx(figure(cell)), rows


# --- all of them build ------------------------------------------------------------------------


def words_in(document: bytes) -> str:
    parts = docx.Document(io.BytesIO(document)).element.body.itertext()
    return "".join("".join(parts).split())


@pytest.mark.parametrize("meeting", IDS)
def test_a_clean_agenda_becomes_word_documents_with_every_item(meeting: str) -> None:
    proceedings = corpus()[meeting]
    files = pipeline.build(proceedings, formats=["docx"])
    shown = digits.arabic(words_in(files[f"{meeting}-minutes.docx"]))
    titles = [digits.arabic(matter.title) for matter in proceedings.meeting.all_matters()]
    assert titles
    assert [title for title in titles if "".join(title.split()) not in shown] == []


def as_pdf(meeting: str) -> dict[str, bytes]:
    files = pipeline.build(corpus()[meeting], formats=["pdf"])
    return {name: data for name, data in files.items() if name.endswith(".pdf")}


@pytest.mark.pdf
@pytest.mark.parametrize("meeting", PRINTED)
def test_a_clean_agenda_becomes_a_pdf_that_opens_with_its_heading(meeting: str) -> None:
    pages = pdf_readers.pdfium(as_pdf(meeting)[f"{meeting}-minutes.pdf"])
    assert "รายงานการประชุม" in pages[0]


@pytest.mark.system
@pytest.mark.parametrize("meeting", IDS)
def test_every_clean_agenda_becomes_pdfs_of_few_pages(meeting: str) -> None:
    for name, data in as_pdf(meeting).items():
        assert 1 <= len(pdf_readers.pdfium(data)) <= 8, name
