"""What comes from others cannot command a terminal, and no command writes over a writer's file."""

import shutil
from pathlib import Path

import docx
import pytest

from minutes import cli, console
from minutes.commands import diff
from tests.edits import by_docx

AGENDAS = Path(__file__).parent.parent / "agendas"
ID = "product-2569-02"
AGENDA = Path("agendas/product/2569-02.yaml")
EDITED = Path(f"out/product/2569-02/{ID}-minutes.docx")
COMMANDS = "\x1b[31m \x07 \x9b31m \u202e \u2066"  # to a terminal: colours, a bell, a direction


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build a meeting, and change its minutes in Word; gives the folder."""
    (tmp_path / "agendas").mkdir()
    shutil.copy(AGENDAS / "tuayang" / "office.yaml", tmp_path / "agendas")
    shutil.copytree(AGENDAS / "tuayang" / "product", tmp_path / "agendas" / "product")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(diff, "ROOT", tmp_path)
    cli.main([str(AGENDA), "-o", "out", "--to", "docx", "--only", "minutes"])
    EDITED.write_bytes(by_docx(_add, EDITED.read_bytes()))
    return tmp_path


def _add(opened: docx.document.Document) -> None:
    opened.add_paragraph("เติม \x9b31m\u2066\u202e")


# --- what is shown ------------------------------------------------------------------------------


def test_the_name_of_a_file_commands_no_terminal(tmp_path: Path) -> None:
    told = console.shown(tmp_path / f"a{COMMANDS}b\n.yaml")
    assert told.isprintable()
    assert told.endswith("b .yaml")


def test_a_word_file_commands_no_terminal(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["diff", ID, "-o", "out", "--html", "ผล.html"]) == 1
    out = capsys.readouterr().out
    assert "เติม 31m" in out
    for text in (out, Path("ผล.html").read_text("utf-8")):
        assert all(letter.isprintable() or letter == "\n" for letter in text)


# --- what is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("mistaken", [AGENDA, EDITED])
def test_the_page_of_a_comparison_never_takes_the_place_of_another_file(
    edited: Path, mistaken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = mistaken.read_bytes()
    assert cli.main(["diff", ID, "-o", "out", "--html", str(mistaken)]) == 1
    out, err = capsys.readouterr()
    beside = mistaken.with_name(f"{mistaken.stem}.new{mistaken.suffix}")
    assert mistaken.read_bytes() == before
    assert b"<!DOCTYPE html>" in beside.read_bytes()[:100]
    assert f"{mistaken} ไม่ใช่หน้าเปรียบเทียบ" in err
    assert str(beside) in out


def test_the_page_of_a_comparison_takes_the_place_of_an_earlier_one(edited: Path) -> None:
    page = Path("ผล.html")
    assert cli.main(["diff", ID, "-o", "out", "--html", str(page)]) == 1
    first = page.read_bytes()
    EDITED.write_bytes(by_docx(_add, EDITED.read_bytes()))
    assert cli.main(["diff", ID, "-o", "out", "--html", str(page)]) == 1
    assert page.read_bytes() != first
    assert [found.name for found in edited.glob("*.html")] == ["ผล.html"]
