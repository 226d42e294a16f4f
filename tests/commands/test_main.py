import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.build import pipeline, staleness, workers
from minutes.commands import build
from minutes.console import terminal
from minutes.console.wording import WORDS
from minutes.documents.pdf import html_to_pdf
from minutes.documents.word import html_to_docx

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\n"
BODY = "ชื่อ: คณะกรรมการตัวอย่าง\nสมาชิก: [{ชื่อ: นายก ดี, ตำแหน่ง: นายอำเภอ, หน้าที่: ประธาน}]\n"
SOUND = """
ครั้งที่: 1/2567
วันที่: 14 พฤษภาคม 2567
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานที่: ห้องประชุม
สถานะ: ฉบับสมบูรณ์
ผู้จดรายงาน: นายก ดี
""".lstrip()
DRAFT = "วันที่: 14 พฤษภาคม 2567\nสถานที่: ห้องประชุม\n"
WRONG = "วันที่: วันพุธที่ 14 พฤษภาคม 2567\n"


class Desk:
    """A folder with agendas, and the program run upon it."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.agendas = folder / "agendas"
        self.out = folder / "out"
        self.capture = capture
        (self.agendas / "board").mkdir(parents=True)
        (self.agendas / "office.yaml").write_text(OFFICE, "utf-8")
        (self.agendas / "board" / "body.yaml").write_text(BODY, "utf-8")

    def write(self, name: str, text: str) -> Path:
        path = self.agendas / "board" / name
        path.write_text(text, "utf-8")
        return path

    def run(self, *arguments: str | Path) -> SimpleNamespace:
        """Build the agendas unless other paths are given; gives status, out and err."""
        given = [str(argument) for argument in arguments]
        status = cli.main([*given, "-o", str(self.out)])
        printed = self.capture.readouterr()
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    def built(self) -> list[str]:
        return sorted(path.name for path in self.out.rglob("[!.]*") if path.is_file())


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


# --- what is built ----------------------------------------------------------------------------


def test_a_meeting_is_built_into_its_own_folder(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    assert desk.run(desk.agendas).status == 0
    assert {str(path.relative_to(desk.out)) for path in desk.out.rglob("[!.]*.*")} == {
        f"board/2567-01/board-2567-01-{name}"
        for name in ("minutes.docx", "minutes.pdf", "release.docx", "release.pdf", "release.txt")
    }


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--only", "minutes", "--to", "docx"], ["minutes.docx"]),
        (["--only=release", "--to=docx"], ["release.docx", "release.txt"]),
        (
            ["--only", "release,minutes", "--to", "docx"],
            ["minutes.docx", "release.docx", "release.txt"],
        ),
        (["--only", "minutes", "--to", "pdf"], ["minutes.pdf"]),
    ],
)
def test_only_what_is_asked_for_is_built(desk: Desk, options: list[str], names: list[str]) -> None:
    desk.write("2567-01.yaml", SOUND)
    assert desk.run(desk.agendas, *options).status == 0
    assert desk.built() == [f"board-2567-01-{name}" for name in names]


def test_without_a_path_the_agendas_beside_the_program_are_built(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "ROOT", desk.agendas.parent)
    desk.write("2567-01.yaml", SOUND)
    assert desk.run("--to", "docx").status == 0
    assert len(desk.built()) == 3


def test_the_end_tells_what_was_written_with_pages_size_and_warnings(desk: Desk) -> None:
    desk.write("2567-01.yaml", DRAFT)
    printed = desk.run(desk.agendas, "--only", "minutes").out
    assert re.search(r"out/board/2567-01/board-2567-01-minutes\.pdf +\d+ +\d+ kB", printed)
    assert re.search(r"out/board/2567-01/board-2567-01-minutes\.docx +\d+ kB", printed)
    assert "สร้างแล้ว 2 ไฟล์ · ไม่ต้องสร้างใหม่ 0 การประชุม · คำเตือน 5" in printed


def test_a_folder_named_like_a_style_is_shown_as_it_is(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    desk.out = desk.out.parent / "[bold]"
    printed = desk.run(desk.agendas, "--to", "docx").out
    assert "[bold]/board/2567-01" in printed


# --- problems ---------------------------------------------------------------------------------


def test_a_problem_is_a_line_with_its_place_and_a_line_with_the_remedy(desk: Desk) -> None:
    desk.write("2567-01.yaml", WRONG)
    run = desk.run(desk.agendas)
    first, second, *_ = run.err.splitlines()
    assert first == (
        "agendas/board/2567-01.yaml:1:9: ผิดพลาด[D02]: วันที่ 14 พฤษภาคม 2567 ตรงกับวันอังคาร ไม่ใช่วันพุธ"
    )
    assert second.startswith("    แก้เป็น")
    assert (run.status, run.out, desk.built()) == (1, "", [])


def test_a_faulty_meeting_is_not_touched_and_the_others_are_built(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    desk.run(desk.agendas, "--to", "docx")
    kept = {path: path.stat().st_mtime_ns for path in desk.out.rglob("*.docx")}
    desk.write("2567-01.yaml", WRONG)
    desk.write("2567-02.yaml", SOUND.replace("1/2567", "2/2567"))
    run = desk.run(desk.agendas, "--to", "docx")
    assert run.status == 1
    assert all(path.stat().st_mtime_ns == moment for path, moment in kept.items())
    assert "board-2567-02-minutes.docx" in desk.built()


def test_a_record_that_the_rules_refuse_is_not_built(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND.replace("11.00", "09.00"))
    run = desk.run(desk.agendas)
    assert (run.status, desk.built()) == (1, [])
    assert "ผิดพลาด[W04]" in run.err


def test_a_name_that_nobody_knows_stops_the_meeting(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND + "การเข้าประชุม: {ผู้ไม่มาประชุม: [{ชื่อ: ใครไม่รู้, เหตุผล: ลา}]}\n")
    run = desk.run(desk.agendas)
    assert (run.status, desk.built()) == (1, [])
    assert "ผิดพลาด[D54]" in run.err


@pytest.mark.parametrize(("options", "status", "count"), [([], 0, 3), (["--strict"], 1, 0)])
def test_a_warning_stops_a_meeting_only_when_the_run_is_strict(
    desk: Desk, options: list[str], status: int, count: int
) -> None:
    desk.write("2567-01.yaml", DRAFT)
    run = desk.run(desk.agendas, "--to", "docx", *options)
    assert "คำเตือน[W02]" in run.err
    assert (run.status, len(desk.built())) == (status, count)


def test_problems_of_all_files_come_in_file_order(desk: Desk) -> None:
    desk.write("2567-10.yaml", WRONG)
    desk.write("2567-9.yaml", DRAFT)
    desk.write("2567-11.yaml", DRAFT + "ไม่รู้จัก: ก\nเวลาเริ่ม: 25.00\n")
    places = re.findall(r"board/(\S+?):(\d+)", desk.run(desk.agendas, "--to", "docx").err)
    files = [int(re.findall(r"-(\d+)", name)[0]) for name, _ in places]
    assert files == sorted(files)
    assert [int(line) for name, line in places if name == "2567-11.yaml"] == [3, 4]


def test_problems_are_given_to_machines_as_one_object_a_line(desk: Desk) -> None:
    desk.write("2567-01.yaml", WRONG)
    lines = desk.run(desk.agendas, "--errors", "json").err.splitlines()
    assert lines
    first = json.loads(lines[0])
    assert list(first) == ["file", "line", "column", "severity", "code", "message", "hint"]
    assert (first["line"], first["column"], first["severity"], first["code"]) == (
        1,
        9,
        "error",
        "D02",
    )
    assert "วันอังคาร" in first["message"]


def test_messages_are_never_wrapped_nor_coloured_when_nobody_looks(desk: Desk) -> None:
    desk.write("2567-01.yaml", f"{DRAFT}{'ก' * 300}: ข\n")
    printed = desk.run(desk.agendas).err
    assert "\x1b" not in printed
    assert max(map(len, printed.splitlines())) > 300


def test_to_build_is_what_is_meant_where_no_command_is_named(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    assert desk.run("build", desk.agendas, "--to", "docx").status == 0
    assert WORDS["th"].fresh in desk.run(desk.agendas, "--to", "docx", "--explain").out


def test_problems_are_told_in_english_on_demand(desk: Desk) -> None:
    desk.write("2567-01.yaml", WRONG)
    assert ": error[D02]: " in desk.run(desk.agendas, "--lang", "en").err


def test_a_file_elsewhere_is_shown_by_its_whole_path(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = desk.write("2567-01.yaml", WRONG)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert f"{path}:1:9" in desk.run(path).err


def test_a_path_on_another_drive_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert terminal.shown(Path("/d/agendas")) == "/d/agendas"


# --- the run itself ---------------------------------------------------------------------------


def test_a_run_explains_what_it_builds_and_what_it_leaves(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    options = (desk.agendas, "--to", "docx", "--explain")
    place = "agendas/board/2567-01.yaml: "
    assert f"{place}สร้างใหม่ เพราะยังไม่เคยสร้าง" in desk.run(*options).out
    assert f"{place}{WORDS['th'].fresh}" in desk.run(*options).out


def test_a_fault_of_the_program_is_told_with_all_that_its_maintainers_need(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(html_to_docx, "render", broken)
    desk.write("2567-01.yaml", SOUND)
    run = desk.run(desk.agendas, "--to", "docx")
    assert run.status == 2
    assert "โปรแกรมขัดข้องขณะสร้างเอกสารของ agendas/board/2567-01.yaml" in run.err
    assert "ZeroDivisionError: a fault of ours" in run.err


@pytest.mark.parametrize(
    ("options", "where", "asked"),
    [
        (["--jobs", "2"], "processes", (2, pipeline.begin)),
        (["--dask", "tcp://here:1"], "dask", ("tcp://here:1", staleness.program)),
    ],
)
def test_meetings_are_built_where_the_user_wants(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    where: str,
    asked: tuple[object, ...],
) -> None:
    called: list[tuple[object, ...]] = []

    @contextmanager
    def threads(*arguments: object) -> Iterator[Executor]:
        called.append(arguments)
        with ThreadPoolExecutor(1) as pool:
            yield pool

    monkeypatch.setattr(workers, where, threads)
    desk.write("2567-01.yaml", SOUND)
    desk.write("2567-02.yaml", SOUND.replace("1/2567", "2/2567"))
    assert desk.run(desk.agendas, "--to", "docx", "--only", "minutes", *options).status == 0
    assert called == [asked]
    assert len(desk.built()) == 2


def test_a_terminal_shows_how_far_the_run_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    desk.write("2567-01.yaml", SOUND)
    run = desk.run(desk.agendas, "--to", "docx", "--only", "minutes")
    assert "กำลังสร้าง" in run.err
    assert "กำลังสร้าง" not in run.out


# --- wrong use and a broken set-up ------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--colour"], "ไม่รู้จักตัวเลือก --colour"),
        (["--to", "odt"], "pdf · docx"),
        (["--only", "agenda"], "minutes · release"),
        (["--errors", "xml"], 'ค่า "xml" ของ --errors ใช้ไม่ได้: text · json'),
        (["--jobs", "0"], 'ค่า "0" ของ --jobs ใช้ไม่ได้: 1 - 256'),
        (["watch", "--port", "x"], 'ค่า "x" ของ --port ใช้ไม่ได้: 0 - 65535'),
        (["check", "--colour"], "ดูวิธีใช้: python3 build.py check --help"),
        (["chek", "agendas"], "ไม่มีคำสั่งหรือไฟล์ chek คำสั่งที่ใกล้เคียงคือ python3 build.py check"),
        (["--lang", "en", "check", "--colour"], "see python3 build.py check --help"),
        (["--lang=en", "diff"], "write python3 build.py diff MEETING"),
        (["--strict", "check", "agendas"], "คำสั่ง check ต้องเขียนเป็นคำแรก เช่น python3 build.py check"),
        (["acton", "--lang", "en"], "the nearest is python3 build.py actions"),
        (["diff"], "ต้องเขียนว่า python3 build.py diff การประชุม [ไฟล์ Word…] [ตัวเลือก]"),
        (["import", "a.csv"], "ต้องเขียนว่า python3 build.py import ไฟล์ --as members"),
        (["--to"], "--to"),
        (["--lang=en", "--colour"], "unknown option --colour"),
    ],
)
def test_wrong_use_is_status_2_and_told_in_the_users_language(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_path_that_is_not_there_is_a_problem(desk: Desk) -> None:
    assert desk.run(desk.agendas / "nowhere").status == 1


def test_without_pango_word_files_are_made_and_the_status_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise html_to_pdf.UnavailableError("libpango")

    monkeypatch.setattr(html_to_pdf, "engine", missing)
    desk.write("2567-01.yaml", SOUND)
    run = desk.run(desk.agendas)
    assert run.status == 2
    assert "Pango" in run.err
    assert {Path(name).suffix for name in desk.built()} == {".docx", ".txt"}


def test_a_file_that_cannot_be_written_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_in_word(folder: Path, *_: object) -> None:
        target = str(folder / "board-2567-01-minutes.docx")
        raise PermissionError(13, "Permission denied", "/tmp/x", None, target)

    monkeypatch.setattr(store, "prepared", open_in_word)
    desk.write("2567-01.yaml", SOUND)
    run = desk.run(desk.agendas, "--to", "docx")
    assert run.status == 2
    assert "2567-01/board-2567-01-minutes.docx ไม่ได้" in run.err


def test_an_output_folder_that_is_a_file_is_named(desk: Desk) -> None:
    desk.write("2567-01.yaml", SOUND)
    desk.out.write_text("not a folder")
    run = desk.run(desk.agendas, "--to", "docx")
    assert run.status == 2
    assert "เขียนไฟล์ out/" in run.err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_a_run_that_is_stopped_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(store, "prepared", stopped)
    desk.write("2567-01.yaml", SOUND)
    run = desk.run(desk.agendas, "--to", "docx")
    assert run.status == 130
    assert run.err.rstrip().endswith("หยุดตามคำสั่ง")


# --- help, and the program as a process -------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--help"], "วิธีใช้"), (["-h", "--lang", "en"], "Usage")]
)
def test_help_speaks_the_users_language(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(arguments) == 0
    printed = capsys.readouterr().out
    assert said in printed
    for option in ("--only", "--to", "--output", "--strict", "--errors", "--lang", "--help"):
        assert option in printed


HEAVY = ("weasyprint", "pythainlp", "pydantic", "docx", "PIL", "lxml", "jinja2", "rich")


def test_help_loads_nothing_that_is_slow() -> None:
    asked = f"""
import sys
from minutes import __main__ as cli
status = cli.main(["--help"])
print(status, [name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "0 []"


def test_the_program_speaks_thai_under_any_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "minutes", "--help"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "วิธีใช้" in done.stdout.decode("utf-8")


def test_the_arguments_of_the_process_serve_where_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["build.py", "--help", "--lang", "en"])
    assert cli.main() == 0
    assert "Usage: build.py" in capsys.readouterr().out


def test_a_console_that_cannot_change_its_letters_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace())
    monkeypatch.setattr(sys, "stderr", SimpleNamespace())
    terminal.speak_utf8()


def test_colours_are_for_a_terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    desk.write("2567-01.yaml", WRONG)
    lines = desk.run(desk.agendas).err.splitlines()
    assert lines[0].startswith("agendas/board/2567-01.yaml:1:9: \x1b[31m")
