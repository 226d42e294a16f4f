"""``build.py actions``: the table in terminals of every width, and the files."""

import os
import pty
import re
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes.commands import actions
from minutes.paths import ROOT
from tests.support.body_folder import Shelf, item

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PUMP = (
    "งาน: ซ่อมเครื่องสูบน้ำเพื่อการเกษตรและอุปโภคบริโภคของหมู่บ้าน, "
    "ผู้รับผิดชอบ: องค์กรปกครองส่วนท้องถิ่นทุกแห่ง, กำหนดเสร็จ: 31 มกราคม 2569"
)
ON = ("--on", "10 ก.พ. 69")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(actions, "ROOT", tmp_path)
    shelf = Shelf(tmp_path / "agendas")
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, "งาน: ข, เสร็จแล้ว: ใช่"), number="1/2569")
    return shelf


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(["actions", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def on_terminal(folder: Path, columns: int, *arguments: str) -> str:
    """Run the program in a terminal of so many columns; gives what a reader sees."""
    parent, child = pty.openpty()
    environment = os.environ | {
        "COLUMNS": str(columns), "TERM": "xterm", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "minutes", "actions", *arguments]
    process = subprocess.Popen(command, cwd=folder, stdout=child, stderr=child, env=environment)
    os.close(child)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    shown = b""
    with suppress(OSError):  # which is how Linux ends a terminal
        while read := os.read(parent, 65536):
            shown += read
    watchdog.cancel()
    os.close(parent)
    assert process.wait(10) == 0
    return ANSI.sub("", shown.decode()).replace("\r\n", "\n")


def test_the_table_tells_all_in_a_line_where_there_is_room(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *ON)
    assert (status, err) == (0, "")
    head, line = (
        next(line.split() for line in out.splitlines() if word in line)
        for word in ("สถานะ", "เลยกำหนด 10 วัน")
    )
    assert head == ["กำหนดเสร็จ", "สถานะ", "งาน", "ผู้รับผิดชอบ", "เลื่อน", "มอบหมายใน"]
    assert line[:3] == ["31", "ม.ค.", "69"]
    assert line[-2:] == ["board-2569-01", "5.1"]
    assert out.endswith("ณ วันที่ 10 กุมภาพันธ์ 2569: เลยกำหนด 1 · ยังไม่เสร็จ 0 · เสร็จหรือยุติแล้ว 1\n")


@pytest.mark.parametrize("columns", [130, 80, 64, 40])
def test_nothing_is_cut_off_and_no_word_is_torn_in_a_terminal_of(
    shelf: Shelf, columns: int
) -> None:
    from rich.cells import cell_len

    shown = on_terminal(shelf.root.parent, columns, "agendas", *ON)
    assert max(cell_len(line) for line in shown.splitlines()[:-1]) <= columns
    assert "…" not in shown
    assert "เลยกำหนด 10 วัน" in shown
    assert "board-2569-01 5.1" in shown
    for word in ("ซ่อม", "เครื่องสูบน้ำ", "หมู่บ้าน", "ท้องถิ่น", "ทุก", "แห่ง"):
        assert word in shown


@pytest.mark.parametrize(("columns", "lines"), [(200, 8), (80, 10), (40, 13)])
def test_the_less_room_there_is_the_more_stands_below(
    shelf: Shelf,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    lines: int,
) -> None:
    again = item("ข", PUMP.replace("31 มกราคม", "1 มีนาคม"), more="สืบเนื่องจาก: board-2569-01 5.1")
    shelf.meet("2569-02", "2 กุมภาพันธ์ 2569", again)
    monkeypatch.setattr(actions, "WIDE", columns)
    _, out, _ = run(capsys, *ON)
    assert len(out.splitlines()) == lines
    assert "→ board-2569-02 3.1" in out


def test_only_the_open_ones_and_only_one_body_when_asked(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Shelf(shelf.root, name="water")
    other.meet("2569-01", "5 มกราคม 2569", item("ก", "งาน: ประปา"))
    assert "water-2569-01" in run(capsys)[1]
    _, out, _ = run(capsys, "board", "--open", *ON)
    assert "water-2569-01" not in out
    assert "เสร็จแล้ว" not in out


def test_today_is_the_day_without_another(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2026, 2, 3)

    monkeypatch.setattr(actions, "date", Clock)
    assert "เลยกำหนด 3 วัน" in run(capsys)[1]


def test_nothing_assigned_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf = Shelf(tmp_path)
    shelf.meet("2569-01", "5 มกราคม 2569")
    assert run(capsys, str(shelf.folder)) == (0, "ไม่มีงาน\n", "")


def test_the_files_are_written_to_the_output_folder(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "board", "--to", "csv,html", "-o", "here", *ON)
    assert status == 0
    assert out.splitlines() == [
        "สร้าง here/board-actions.csv แล้ว",
        "สร้าง here/board-actions.html แล้ว",
    ]
    Shelf(shelf.root, name="water").meet("2569-01", "5 มกราคม 2569")
    assert run(capsys, "--to", "xlsx", "-o", "here", *ON)[1] == "สร้าง here/actions.xlsx แล้ว\n"
    assert Path("here/actions.xlsx").read_bytes().startswith(b"PK")


def test_a_file_edited_by_hand_stays_and_is_told_of(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        status, out, err = run(capsys, "board", "--to", "csv", "-o", "out", *ON)
        Path("out/board-actions.csv").write_text("ของฉัน", "utf-8")
    assert (status, out) == (0, "สร้าง out/board-actions.new.csv แล้ว\n")
    assert "out/board-actions.csv:1:1: คำเตือน[D184]" in err


def test_a_format_that_is_none_and_a_day_that_is_none_are_wrong_use(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "--to", "docx")
    assert (status, "csv · xlsx · html" in err) == (2, True)
    status, _, err = run(capsys, "--on", "เมื่อวาน")
    assert (status, "14 พฤษภาคม 2567" in err) == (2, True)
    assert run(capsys, "nobody")[0] == 2


def test_a_meeting_that_cannot_be_read_is_told_and_the_rest_is_shown(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.put("2569-02", "วันที่: เมื่อวาน\n")
    status, out, err = run(capsys, *ON)
    assert (status, "D01" in err, "board-2569-01 5.1" in out) == (1, True, True)


def test_a_folder_that_cannot_be_written_to_is_told(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("taken").write_text("a file", "utf-8")
    status, _, err = run(capsys, "--to", "csv", "-o", "taken", *ON)
    assert (status, "taken" in err) == (2, True)
