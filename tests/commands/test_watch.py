"""The command that watches: its options, and what it prints."""

import os
import re
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from minutes import __main__ as cli
from minutes.commands import watch
from minutes.paths import ROOT
from minutes.problems.errors import problem
from minutes.watch import loop
from minutes.watch.loop import ChangedProgramError, Standing, Turn
from tests.support.quick_build import Desk, building

ONE = Path("agendas/council/2567-02.yaml")


# --- what the terminal shows ------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    with building():
        yield Desk(tmp_path)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, end: BaseException | None = None) -> int:
    """Run the command over the desk for one turn."""

    def keep_once(watcher: loop.Watcher, _: object) -> None:
        watcher.turn()
        raise end or KeyboardInterrupt

    monkeypatch.setattr(loop.Watcher, "keep", keep_once)
    return cli.main(["watch", "agendas", "-o", "out", *arguments])


def test_a_line_tells_what_was_built_and_an_interrupt_is_a_good_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch) == 0
    first, built, _, end = capsys.readouterr().out.splitlines()
    assert first == "กำลังเฝ้าดู agendas กด Ctrl-C เพื่อหยุด"
    assert re.fullmatch(r"\d\d\.\d\d\.\d\d  สร้างแล้ว 6 การประชุม · 30 ไฟล์ · \d\.\d วินาที", built)
    assert end == "หยุดเฝ้าดูแล้ว"
    assert len(desk.documents()) == 30


def test_it_speaks_english_when_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--lang", "en", "--only", "minutes", "--to", "docx") == 0
    assert "  built 6 meetings · 6 files · " in capsys.readouterr().out


LINES = [
    ([Standing(ONE, "built")], 5, "สร้างแล้ว council/2567-02 · 5 ไฟล์ · 0.4 วินาที"),
    ([Standing(ONE, "built")], 0, "council/2567-02 เป็นปัจจุบัน ไม่ต้องสร้างใหม่"),
    ([Standing(ONE, "faulty")], 0, "ยังไม่สร้าง council/2567-02 เพราะมีข้อผิดพลาด เอกสารฉบับก่อนยังอยู่"),
    ([Standing(ONE, "crashed")], 0, "สร้าง council/2567-02 ไม่สำเร็จ เอกสารฉบับก่อนยังอยู่"),
    ([Standing(ONE, "unwritten")], 0, "เขียนเอกสารของ council/2567-02 ไม่ได้ โปรแกรมจะลองใหม่เอง"),
    ([Standing(ONE, "built")] * 3, 9, f"สร้างแล้ว {' · '.join(['council/2567-02'] * 3)} · 9 ไฟล์"),
    ([Standing(ONE, "built")] * 4, 9, "สร้างแล้ว 4 การประชุม · 9 ไฟล์ · 0.4 วินาที"),
]


@pytest.mark.parametrize(("standings", "files", "line"), LINES)
def test_each_end_has_its_line(standings: list[Standing], files: int, line: str) -> None:
    turn = Turn(tuple(standings), files, 0.4)
    [told] = watch._lines(turn, watch.THAI)
    assert told.startswith(line)
    [other] = watch._lines(turn, watch.ENGLISH)
    assert other != told


def test_problems_faults_and_held_files_stand_below_the_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    held = OSError(13, "denied", "out/x.docx")
    faulty = Standing(ONE, "faulty", (problem(ONE, 3, 7, "D82"),))
    turn = Turn(
        (
            faulty,
            Standing(ONE, "crashed", trace="Traceback: ours"),
            Standing(ONE, "unwritten", unwritten=(held, held)),
        ),
        others=(problem(ONE.with_name("ก.yaml"), 1, 1, "D81"),),
        trouble=OSError(28, "full", "out/y.docx"),
        lacking=("pdf",),
    )
    watch._tell("th", Path("out"), turn)
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3
    assert f"{ONE}:3:7: " in err
    assert "agendas/council/ก.yaml:1:1: " in err
    assert "Pango" in err
    assert err.count("out/x.docx") == 1
    assert "ดิสก์เต็ม เขียนไฟล์ out/y.docx" in err
    assert "Traceback: ours" in err


def test_a_path_that_is_not_there_is_told_at_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["watch", "agendas/none", "agendas"]) == 1
    assert "agendas/none:1:1: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (ChangedProgramError(), "ตัวโปรแกรมเปลี่ยนไป จึงหยุดเฝ้าดู"),
        (OSError(28, "OS file watch limit reached"), "เฝ้าดูโฟลเดอร์นี้ไม่ได้"),
    ],
)
def test_what_ends_it_otherwise_is_told_and_is_no_good_end(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    end: BaseException,
    told: str,
) -> None:
    assert run(monkeypatch, end=end) == 2
    assert told in capsys.readouterr().err


def test_the_address_is_told_and_opened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[tuple[Path, int, str]] = []

    def look(address: str) -> None:
        door = Path(url2pathname(urlsplit(address).path))
        opened.append((door, door.stat().st_mode & 0o777, door.read_text("utf-8")))

    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(open=look))
    assert run(monkeypatch, "--preview") == 0
    [(door, mode, page)] = opened
    [address] = re.findall(r"url=(http://127\.0\.0\.1:\d+/[\w-]{22}/)", page)
    assert f"ดูหน้าเอกสารที่ {address}" in capsys.readouterr().out
    assert (mode, door.exists()) == (0o600, False)


def test_the_secret_address_stands_in_the_arguments_of_no_program(tmp_path: Path) -> None:
    """Every user of a computer can read those."""
    told = tmp_path / "told"
    os.mkfifo(told)
    for name in ("xdg-open", "chromium", "firefox"):
        browser = tmp_path / "bin" / name
        browser.parent.mkdir(exist_ok=True)
        browser.write_text(f'#!/bin/sh\necho "$0 $@" > {told}\n')
        browser.chmod(0o755)
    (tmp_path / "agendas").mkdir()
    known = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "DISPLAY": ":0"}
    known |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "minutes", "watch", "agendas", "--preview"]
    with subprocess.Popen(  # a session of its own: its end is the end of all that it started
        command, cwd=tmp_path, env=known, stdout=subprocess.PIPE, start_new_session=True
    ) as program:
        try:
            assert program.stdout is not None
            address = next(line for line in program.stdout if b"http://" in line).split()[-1]
            arguments = told.read_bytes()  # waits for the browser
            started = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        finally:
            os.killpg(program.pid, signal.SIGKILL)
    word = address.rstrip(b"/").rpartition(b"/")[2]
    assert len(word) == 22
    assert b"minutes-preview-" in arguments
    assert not [line for line in [arguments, *started] if word in line]


def no_browser() -> None:
    raise webbrowser.Error("could not locate runnable browser")


@pytest.mark.parametrize("get", [no_browser, lambda: webbrowser.GenericBrowser("w3m")])
def test_where_no_browser_has_a_window_the_address_is_enough(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], get: Any
) -> None:
    monkeypatch.setattr(webbrowser, "get", get)
    monkeypatch.setattr(subprocess, "Popen", lambda *_: pytest.fail("started"))
    assert run(monkeypatch, "--preview") == 0
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_a_port_that_is_taken_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(monkeypatch, "--preview", "--no-browser", "--port", port) == 2
    assert f"ใช้พอร์ต {port} ไม่ได้" in capsys.readouterr().err


def test_the_command_shows_its_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["watch", "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("วิธีใช้: build.py watch ")
    for option in ("--preview", "--port", "--no-browser", "--only", "--to", "--output", "--lang"):
        assert option in out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from minutes import __main__ as cli; cli.main(['watch', '--help']);"
        "print(sorted({'pydantic', 'weasyprint', 'watchfiles', 'pypdfium2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


FINALIZERS = """
import signal, sys
from minutes.commands import watch

class Late:
    def __init__(self, error): self.error = error
    def __del__(self): raise self.error

with watch._interrupts(lambda *_: None):
    Late(KeyboardInterrupt())
    Late(ValueError("seen"))
"""


def test_an_interrupt_that_falls_into_a_finalizer_is_not_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FINALIZERS], capture_output=True, text=True, check=True
    )
    assert "KeyboardInterrupt" not in done.stderr
    assert "ValueError: seen" in done.stderr
