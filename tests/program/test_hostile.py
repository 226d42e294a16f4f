"""What comes from others cannot command a terminal, and no command writes over a writer's file."""

import os
import shutil
import tempfile
from pathlib import Path

import docx
import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.commands import diff
from minutes.console import terminal
from minutes.meetings import folders
from minutes.paths import ROOT
from minutes.problems import errors
from minutes.problems.errors import Problem, problem
from tests.support.word_edits import by_docx

AGENDAS = ROOT / "agendas"
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
    told = terminal.shown(tmp_path / f"a{COMMANDS}b\n.yaml")
    assert told.isprintable()
    assert told.endswith("b .yaml")


def test_a_word_file_commands_no_terminal(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["diff", ID, "-o", "out", "--html", "ผล.html"]) == 1
    out = capsys.readouterr().out
    assert "เติม 31m" in out
    for text in (out, Path("ผล.html").read_text("utf-8")):
        assert all(letter.isprintable() or letter == "\n" for letter in text)


@pytest.mark.parametrize(("python", "told"), [("python", "python b"), ("python3", "python3 b")])
def test_a_command_is_told_as_it_is_typed_on_this_system(
    python: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(errors, "PYTHON", python)
    meeting = Path("ที่ ใหม่/2569-01.yaml")
    assert terminal.typed("สั่ง python3 build.py {path}", meeting) == f'สั่ง {told}uild.py "{meeting}"'
    hint = problem(meeting, 1, 1, "D98", new="x", meeting="water-2569-01").hint()
    assert f"{told}uild.py diff water-2569-01" in hint
    assert cli.main(["--colour"]) == 2
    assert f": {told}uild.py --help" in capsys.readouterr().err
    assert cli.main(["--help"]) == 0
    assert f"{told}uild.py test" in capsys.readouterr().out


def test_the_help_of_an_option_that_must_be_there_is_in_thai(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["import", "--help"]) == 0
    out = capsys.readouterr().out
    assert "[ต้องระบุ]" in out
    assert "[required]" not in out


# --- what cannot be read or written -------------------------------------------------------------


def refuse(path: str | Path, *_: object, **__: object) -> object:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "water").mkdir()
    (tmp_path / "water" / "2569-01.yaml").write_text("", "utf-8")
    monkeypatch.setattr(os, "scandir", refuse)
    told: list[Problem] = []
    assert folders.wanted([tmp_path], told) == {}
    assert folders.bodies([tmp_path], told) == []
    assert {(one.path, one.code) for one in told} == {(tmp_path, "D12"), (tmp_path, "D82")}
    gone = tmp_path / "gone"
    monkeypatch.undo()
    assert folders.bodies([gone], told := []) == []
    assert [one.code for one in told] == ["D80"]


def test_who_cannot_write_hears_the_name_that_people_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", lambda **_: refuse("/x/.2569-01.yaml.abc.tmp"))
    path = tmp_path / "2569-01.yaml"
    with pytest.raises(PermissionError) as caught:
        store.create(path, b"x")
    assert caught.value.filename == str(path)


def test_a_list_that_cannot_be_read_is_told_in_thai(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("นายก ข", "utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as click asks
    monkeypatch.setattr(Path, "open", refuse)
    assert cli.main(["import", str(path), "--as", "members"]) == 1
    assert "ผิดพลาด[D12]" in capsys.readouterr().err


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
