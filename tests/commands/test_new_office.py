"""``build.py new --office`` and ``--body``: by options, by questions, and in a real terminal."""

import os
import pty
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutes import __main__ as cli
from minutes.commands import new
from minutes.commands.new import office
from minutes.meetings import loading
from minutes.model import validation
from minutes.model.office import Body, Office
from minutes.paths import ROOT

OFFICE = ("--office", "--name", "ที่ว่าการอำเภอตัวอย่าง")
BODY = ("--body", "--name", "คณะกรรมการน้ำ")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for module in (office, new):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(["new", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def answer(monkeypatch: pytest.MonkeyPatch, lines: list[str], *arguments: str) -> Result:
    """Type the lines as answers; gives what was shown."""
    monkeypatch.setattr(office, "asks", lambda: True)
    command = new.command("en" if "en" in arguments else "th")
    typed = "".join(f"{line}\n" for line in lines)
    result = CliRunner().invoke(command, list(arguments), input=typed, standalone_mode=False)
    assert result.exception is None, result.output
    return result


# --- by options ---------------------------------------------------------------------------------


def test_office_body_and_first_meeting_by_options_build_at_once(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *OFFICE, "--short-name", "อำเภอตัวอย่าง", "--id", "amphoe")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "สร้าง agendas/amphoe/office.yaml แล้ว",
        "    ต่อไปเริ่มคณะ: python3 build.py new --body",
    ]
    members = ("--member", "นายตัวอย่าง ที่หนึ่ง, นายอำเภอ, ประธานกรรมการ", "--member", "นางตัวอย่าง ที่สอง")
    people = ("--recorder", "นางตัวอย่าง ที่สอง", "--place", "ห้องประชุม: ชั้น 2")
    status, out, err = run(capsys, *BODY, "--id", "water", *members, *people)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "สร้าง agendas/amphoe/water/body.yaml แล้ว"
    command = 'python3 build.py new agendas/amphoe/water --date "14 พ.ค. 67"'
    assert out.splitlines()[1] == "    เป็นคณะของหน่วยงานใน agendas/amphoe/office.yaml"
    assert out.splitlines()[2].endswith(command)
    assert run(capsys, "agendas/amphoe/water", "--date", "14 พ.ค. 67")[0] == 0
    meeting = "agendas/amphoe/water/2567-01.yaml"
    assert cli.main([meeting, "--to", "docx", "--only", "minutes", "-o", "out"]) == 0
    assert list((place / "out/water/2567-01").glob("*.docx"))
    history = loading.history(place / "agendas/amphoe/water")
    assert history.problems == ()
    assert history.body is not None
    assert [m.role for m in history.body.members] == ["ประธานกรรมการ", ""]


def test_a_folder_that_is_named_is_taken(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *OFFICE, "elsewhere/office")[0] == 0
    assert run(capsys, *BODY, "elsewhere/office/water")[0] == 0
    assert validation.read(Office, place / "elsewhere/office/office.yaml")
    assert validation.read(Body, place / "elsewhere/office/water/body.yaml")


def test_the_folders_name_is_proposed_where_nobody_can_be_asked(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "agendas/amphoe-tuayang/office.yaml" in run(capsys, *OFFICE)[1]
    assert "agendas/amphoe-tuayang-2/office.yaml" in run(capsys, *OFFICE)[1]
    folder = "agendas/amphoe-tuayang"
    assert run(capsys, *BODY, f"{folder}/nam")[0] == 0
    (place / "agendas/amphoe-tuayang-2/office.yaml").unlink()
    assert f"{folder}/nam-2/body.yaml" in run(capsys, *BODY)[1]


def test_nothing_is_ever_written_over(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *OFFICE, "agendas/a")
    run(capsys, *BODY, "agendas/a/water")
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    assert len(before) == 2
    for arguments in (
        (*OFFICE, "agendas/a"),
        (*OFFICE, "--id", "a"),
        (*BODY, "agendas/a/water"),
    ):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (2, "")
        assert "ผิดพลาด[D181]" in err
    assert "water-2/body.yaml" in err
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--body",), "ต้องระบุ --name"),
        (("--office",), "ต้องระบุ --name"),
        ((*BODY, "--kind", "ชมรม"), "ไม่รู้จักค่า"),
        ((*BODY, "--id", "น้ำ"), "D83"),
        ((*BODY, "--id", "taken"), "D84"),
        ((*BODY, "agendas/a/Water"), "D83"),
        ((*BODY, "other/taken"), "D84"),
        ((*BODY, "--member", "นาย ก ข", "--member", "นาย ก ข"), "มากกว่าหนึ่งครั้ง"),
        ((*BODY, "--member", ", ปลัด"), "ว่าง"),
    ],
)
def test_an_option_that_cannot_be_used_is_told_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    run(capsys, *OFFICE, "agendas/a")
    run(capsys, *OFFICE, "./other")
    run(capsys, *BODY, "agendas/a/taken")
    before = sorted(place.rglob("*"))
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert sorted(place.rglob("*")) == before


def test_a_body_needs_an_office_and_only_one(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (BODY, (*BODY, "agendas/a/water")):
        status, _, err = run(capsys, *arguments)
        assert (status, "new --office" in err) == (2, True)
    run(capsys, *OFFICE, "agendas/a")
    run(capsys, *OFFICE, "agendas/b")
    status, _, err = run(capsys, *BODY)
    assert (status, "new --body agendas/b/water" in err) == (2, True)


def test_a_folder_that_cannot_be_written_to_is_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "agendas").write_text("a file", "utf-8")
    status, _, err = run(capsys, *OFFICE, "agendas/a")
    assert (status, "เขียนไฟล์" in err) == (2, True)


def test_a_bare_name_is_a_folder_of_agendas(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "agendas" / "amphoe").mkdir(parents=True)  # made by hand, and still empty
    assert "สร้าง agendas/amphoe/office.yaml แล้ว" in run(capsys, *OFFICE, "amphoe")[1]
    assert "สร้าง agendas/amphoe/water/body.yaml แล้ว" in run(capsys, *BODY, "water")[1]


def test_an_answer_of_several_lines_is_written_on_one(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--office", "--name", "อำเภอ\nตัวอย่าง  ที่หนึ่ง", "agendas/a")[0] == 0
    assert validation.read(Office, place / "agendas/a/office.yaml").name == "อำเภอ ตัวอย่าง ที่หนึ่ง"


@pytest.mark.parametrize(
    "arguments", [("--office", "--body", "--name", "ก"), (*OFFICE, "a", "b"), (*BODY, "a", "b")]
)
def test_one_beginning_at_a_time(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "อย่างใดอย่างหนึ่ง" in err
    assert list(place.iterdir()) == []


def test_a_wrong_option_is_told_without_the_place_of_a_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, *OFFICE, "agendas/a")
    told = 'ไม่รู้จักค่า "ชมรม"\n    ใช้ค่าใดค่าหนึ่ง: คณะกรรมการ · สภาท้องถิ่น · หัวหน้าส่วนราชการ\n'
    assert run(capsys, *BODY, "--kind", "ชมรม")[2] == told
    as_json = run(capsys, *BODY, "--kind", "ชมรม", "--errors", "json")[2]
    assert '"code": "D46"' in as_json


# --- by questions -------------------------------------------------------------------------------


def test_the_questions_about_an_office_are_asked_until_each_answer_is_good(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "",
        "ที่ว่าการอำเภอตัวอย่าง",
        "",
        "กลุ่มงาน: ปกครอง #1",
        "",
        "0 0000 0000",
        "",
        "",
        "อำเภอ",
        "amphoe",
    ]
    result = answer(monkeypatch, lines, "--office")
    office = validation.read(Office, place / "agendas/amphoe/office.yaml")
    assert (office.name, office.short_name) == ("ที่ว่าการอำเภอตัวอย่าง", "อำเภอตัวอย่าง")
    assert (office.unit, office.phone, office.email) == ("กลุ่มงาน: ปกครอง #1", "0 0000 0000", "")
    assert "ชื่อเต็มของหน่วยงาน" in result.output
    assert result.output.count("ชื่อเต็มของหน่วยงาน") == 2, "an empty name is asked for again"
    assert "[amphoe-tuayang]" in result.output
    assert 'ชื่อโฟลเดอร์ของคณะ "อำเภอ" ใช้ไม่ได้' in result.output


@pytest.mark.parametrize("begun", [(*OFFICE, "agendas/a"), (*BODY, "agendas/a/water")])
def test_what_is_there_already_is_told_before_the_first_question(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    begun: tuple[str, ...],
) -> None:
    run(capsys, *OFFICE, "agendas/a")
    run(capsys, *BODY, "agendas/a/water")
    result = answer(monkeypatch, [], begun[0], begun[-1])
    assert result.return_value == 2
    assert result.output.startswith(f"{begun[-1]}/")
    assert "D181" in result.output


def test_the_questions_about_a_body_take_members_one_by_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, *OFFICE, "agendas/a")
    run(capsys, *OFFICE, "agendas/b")
    lines = [
        "agendas/b", "คณะกรรมการน้ำ", "", "ชมรม", "", "", "ห้องประชุม ชั้น 2",
        "นายตัวอย่าง ที่หนึ่ง, นายอำเภอ, ประธานกรรมการ", "นายตัวอย่าง ที่หนึ่ง",
        "นางตัวอย่าง ที่สอง, ปลัดอำเภอ, กรรมการและเลขานุการ", "", "", "", "",
    ]  # fmt: skip
    result = answer(monkeypatch, lines, "--body")
    body = validation.read(Body, place / "agendas/b/nam/body.yaml")
    assert (body.kind, body.numbering, body.place) == ("committee", "calendar", "ห้องประชุม ชั้น 2")
    assert [member.name for member in body.members] == ["นายตัวอย่าง ที่หนึ่ง", "นางตัวอย่าง ที่สอง"]
    assert body.recorder is not None
    assert body.recorder.name == "นางตัวอย่าง ที่สอง"
    assert 'ไม่รู้จักค่า "ชมรม"' in result.output
    assert "อยู่ในรายชื่อมากกว่าหนึ่งครั้ง" in result.output
    assert "สมาชิกคนที่ 3" in result.output


def test_the_questions_come_in_english_too_and_options_answer_theirs(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["", "", "", "", "", "", "", ""]
    result = answer(monkeypatch, lines, *OFFICE, "--lang", "en")
    assert "Full name" not in result.output
    assert "Name of the folder" in result.output
    assert validation.read(Office, place / "agendas/amphoe-tuayang/office.yaml").short_name


def test_a_real_terminal_asks_in_thai_and_writes_the_file(tmp_path: Path) -> None:
    parent, child = pty.openpty()
    script = (
        "import sys; from pathlib import Path; from minutes import __main__ as cli;"
        "from minutes.commands.new import office as beginning; from minutes.commands import new;"
        "beginning.ROOT = new.ROOT = Path(sys.argv[1]); sys.exit(cli.main(['new', '--office']))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=tmp_path, stdin=child, stdout=child, stderr=child, env=environment,
    )  # fmt: skip
    os.close(child)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    typed = ["ที่ว่าการอำเภอตัวอย่าง", *[""] * 6, "amphoe"]
    os.write(parent, "".join(f"{line}\n" for line in typed).encode())
    shown = b""
    with suppress(OSError):  # which is how Linux ends a terminal
        while read := os.read(parent, 65536):
            shown += read
    watchdog.cancel()
    os.close(parent)
    assert process.wait(10) == 0, shown.decode()
    assert "ชื่อเต็มของหน่วยงาน" in shown.decode()
    assert "สร้าง agendas/amphoe/office.yaml แล้ว" in shown.decode()
    assert (
        validation.read(Office, tmp_path / "agendas/amphoe/office.yaml").short_name == "อำเภอตัวอย่าง"
    )
