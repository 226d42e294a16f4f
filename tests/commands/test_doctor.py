"""``doctor`` on machines that are broken in one way each, and on this one."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from minutes import __main__ as cli
from minutes.commands import doctor
from minutes.commands.doctor import checks
from minutes.commands.doctor.checks import Finding, Machine
from minutes.paths import ROOT

THAILAND = timezone(timedelta(hours=7))
NOW = datetime(2037, 1, 5, 9, 30, tzinfo=THAILAND)  # after any copy of the program was made


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Give a machine on which all is well, with a copy of what the checks look at."""
    root = tmp_path / "งาน ประชุม"
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "agendas").mkdir()
    for name in ("build.py", "requirements.txt", "agendas/office.yaml"):
        shutil.copy(ROOT / name, root / name)
    return Machine(root, root / "out", NOW, "UTF-8", os.environ, which=programs("apt-get"))


def programs(*names: str) -> Callable[[str], str | None]:
    """Give a ``which`` that finds these programs alone."""
    return lambda name: shutil.which(name) or f"/usr/bin/{name}" if name in names else None


def stub(machine: Machine, name: str, code: str) -> Machine:
    """Put a module of this name before the true one."""
    folder = machine.root / "stubs"
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code, "utf-8")
    environ = {**machine.environ, "PYTHONPATH": str(folder)}
    return replace(machine, environ=environ, interpreter=[sys.executable])


def found(machine: Machine, check: str) -> Finding:
    finding = checks.CHECKS[check](machine)
    assert finding.check == check
    return finding


def state(machine: Machine, check: str) -> tuple[str, str]:
    finding = found(machine, check)
    return finding.state, finding.why


def works(*findings: Finding) -> Mapping[str, bool]:
    return checks.features(findings)


def test_where_all_is_there_both_main_features_work(machine: Machine) -> None:
    findings = list(checks.look(machine))
    assert {f.check: f.why for f in findings if f.state == "broken"} == {}
    assert works(*findings)["word"]
    assert works(*findings)["pdf"]


def test_looking_changes_nothing(machine: Machine) -> None:
    before = written(machine.root)
    assert len(before) > 20
    assert len(list(checks.look(machine))) == len(checks.CHECKS)
    assert written(machine.root) == before


def written(folder: Path) -> list[Path]:
    """Give what lies in a folder, without what Python keeps there for itself."""
    return sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


# --- one fault each -----------------------------------------------------------------------------

NO_PANGO = "raise OSError(\"cannot load library 'libpango-1.0-0'\")"


def test_without_pango_word_files_are_left(machine: Machine) -> None:
    broken = stub(machine, "weasyprint", NO_PANGO)
    finding = found(broken, "pdf")
    assert (finding.state, finding.why) == ("broken", "library")
    assert "libpango" in finding.values["detail"]
    assert works(finding)["word"]
    assert not works(finding)["pdf"]


def test_a_library_that_kills_its_process_is_told(machine: Machine) -> None:
    broken = stub(machine, "weasyprint", "import os\nos.abort()")
    finding = found(broken, "pdf")
    assert (finding.why, finding.values["detail"]) == ("library", "exit -6")


def test_without_weasyprint_the_packages_are_installed_anew(machine: Machine) -> None:
    code = "raise ModuleNotFoundError(\"No module named 'weasyprint'\")"
    finding = found(stub(machine, "weasyprint", code), "pdf")
    assert (finding.state, finding.why) == ("broken", "package")
    assert finding.remedy == "rm -rf .venv && python3 build.py doctor"


def test_a_python_that_cannot_be_started_again_is_told(machine: Machine) -> None:
    gone = replace(machine, interpreter=[str(machine.root / "gone")])
    assert state(gone, "thai") == ("broken", "missing")
    assert state(gone, "pdf") == ("broken", "library")


def test_no_module_of_the_current_folder_answers_for_the_programs_own(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("weasyprint", "pythainlp"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('another one')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    here = replace(machine, environ={**machine.environ, "PYTHONPATH": str(tmp_path)})
    assert state(here, "thai") == ("good", "")
    assert state(here, "pdf") == ("good", "")


@pytest.mark.parametrize(
    "code", ["raise ImportError", "", "def thai_words(): return {'คำ'}"], ids=str
)
def test_a_dictionary_that_is_gone_or_cut_short_is_told(machine: Machine, code: str) -> None:
    broken = stub(machine, "pythainlp", "")
    (broken.root / "stubs" / "pythainlp" / "corpus.py").write_text(code, "utf-8")
    assert state(broken, "thai") == ("broken", "missing")
    assert not works(found(broken, "thai"))["word"]


@pytest.mark.parametrize(
    ("line", "state_and_why", "names"),
    [
        ("no-such-package==1.0 \\", ("broken", "missing"), "no-such-package"),
        ("click==0.1 \\", ("warning", "other"), "click "),
        ("fonttools[woff,ufo]==0.1 \\", ("warning", "other"), "fonttools "),
        ("no-such-package==1.0 ; sys_platform == 'win32' \\", ("good", ""), ""),
    ],
)
def test_packages_are_compared_with_the_lock(
    machine: Machine, line: str, state_and_why: tuple[str, str], names: str
) -> None:
    (machine.root / "requirements.txt").write_text(f"{line}\n    --hash=sha256:0\n", "utf-8")
    assert state(machine, "packages") == state_and_why
    assert found(machine, "packages").values["names"].startswith(names)


def test_a_lock_that_is_gone_is_told(machine: Machine) -> None:
    (machine.root / "requirements.txt").unlink()
    assert state(machine, "packages") == ("broken", "unlocked")


@pytest.mark.parametrize("content", [None, b"", b"<html>", b"\0\1\0\0 cut short"])
def test_a_font_that_cannot_be_read_is_named(machine: Machine, content: bytes | None) -> None:
    font = machine.root / "templates" / "fonts" / "MinutesSarabun-Bold.ttf"
    font.unlink()
    if content is not None:
        font.write_bytes(content)
    finding = found(machine, "fonts")
    assert (finding.state, finding.values["names"]) == ("broken", font.name)
    assert works(finding)["word"]
    assert not works(finding)["pdf"]


def test_all_fonts_are_looked_at(machine: Machine) -> None:
    fonts = ROOT / "templates" / "fonts"
    shipped = {path.relative_to(fonts).as_posix() for path in fonts.rglob("*.ttf")}
    shutil.rmtree(machine.root / "templates" / "fonts")
    assert set(found(machine, "fonts").values["names"].split(", ")) == shipped


def test_a_style_sheet_that_is_gone_is_a_fault_of_the_fonts(machine: Machine) -> None:
    (machine.root / "templates" / "document.css").unlink()
    assert state(machine, "fonts") == ("broken", "unreadable")


def test_an_output_folder_that_cannot_be_written_is_told(machine: Machine) -> None:
    blocked = machine.root / "file"
    blocked.write_bytes(b"")
    finding = found(replace(machine, output=blocked / "out"), "output")
    assert (finding.state, finding.why) == ("broken", "unwritable")
    assert not works(finding)["word"]


@pytest.mark.parametrize(
    ("megabytes", "expected"),
    [(5, ("broken", "full")), (100, ("warning", "little")), (900, ("good", ""))],
)
def test_the_room_on_the_disk_is_told(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    megabytes: int,
    expected: tuple[str, str],
) -> None:
    usage = SimpleNamespace(free=megabytes * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert state(machine, "output") == expected


def test_agendas_without_an_office_are_told(machine: Machine) -> None:
    (machine.root / "agendas" / "office.yaml").unlink()
    assert state(machine, "agendas") == ("warning", "none")
    shutil.rmtree(machine.root / "agendas")
    assert state(machine, "agendas") == ("warning", "none")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW, ("good", "")),
        (NOW.astimezone(UTC), ("warning", "zone")),
        (NOW.replace(year=2004), ("warning", "wrong")),
        (NOW.replace(year=2580), ("warning", "wrong")),  # the Buddhist year
    ],
)
def test_a_clock_that_cannot_be_right_is_told(
    machine: Machine, now: datetime, expected: tuple[str, str]
) -> None:
    assert state(replace(machine, now=now), "clock") == expected


@pytest.mark.parametrize(
    ("encoding", "platform", "remedy"),
    [
        ("UTF-8", "linux", ""),
        ("cp65001", "win32", ""),
        ("cp874", "win32", "chcp 65001"),
        ("ANSI_X3.4-1968", "linux", "export LANG=C.UTF-8"),
    ],
)
def test_a_console_that_may_not_show_thai_is_told(
    machine: Machine, encoding: str, platform: str, remedy: str
) -> None:
    finding = found(replace(machine, encoding=encoding, platform=platform), "console")
    assert (finding.state, finding.remedy) == ("warning" if remedy else "good", remedy)


def test_an_old_python_is_told(machine: Machine) -> None:
    old = replace(machine, version=(3, 10, 4), which=programs("dnf"))
    finding = found(old, "python")
    assert (finding.state, finding.values["version"]) == ("broken", "3.10.4")
    assert "dnf install -y python3" in finding.remedy


# --- what may be missing ------------------------------------------------------------------------


def test_the_font_of_word_files_is_looked_for_where_each_system_keeps_it(machine: Machine) -> None:
    home = machine.root / "home"
    folders = {
        "win32": home / "Microsoft" / "Windows" / "Fonts",
        "darwin": home / "Library" / "Fonts",
    }
    environ = {"HOME": str(home), "LOCALAPPDATA": str(home), "WINDIR": str(home / "Windows")}
    for platform, folder in folders.items():
        here = replace(machine, platform=platform, environ=environ, which=programs())
        assert "THSarabunPSK.ttf" in found(here, "word font").remedy
        folder.mkdir(parents=True)
        (folder / "THSarabunPSK.ttf").write_bytes(b"")
        assert state(here, "word font") == ("good", "")


def test_fontconfig_is_asked_for_the_font_of_word_files(machine: Machine) -> None:
    listing = machine.root / "fc-list"
    listing.write_text("#!/bin/sh\necho 'Noto Sans'\necho 'TH SarabunPSK'\n", "utf-8")
    listing.chmod(0o755)
    here = replace(machine, which=lambda name: str(listing) if name == "fc-list" else None)
    assert state(here, "word font") == ("good", "")
    listing.write_text("#!/bin/sh\necho 'Noto Sans'\n", "utf-8")
    assert state(here, "word font") == ("warning", "missing")


EXTRAS = ("libreoffice", "publish", "sign", "dask")


def test_an_extra_that_is_missing_stops_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.importlib.util, "find_spec", lambda _: None)  # type: ignore[attr-defined] # the module's own import
    monkeypatch.setattr(checks, "_setup", lambda _: None)
    bare = replace(machine, which=programs())
    assert [state(bare, name) for name in EXTRAS] == [("absent", "missing")] * 4
    assert found(bare, "publish").values["names"] == "ssh, rsync"
    assert found(bare, "sign").remedy.endswith('requirements-sign.txt"')
    told = works(*(found(bare, name) for name in EXTRAS))
    assert (told["word"], told["view"], told["publish"], told["dask"]) == (
        True,
        False,
        False,
        False,
    )


def test_extras_that_are_there_are_told(machine: Machine) -> None:
    full = replace(machine, which=programs("soffice", "ssh", "rsync"))
    assert [state(full, name) for name in EXTRAS] == [("good", "")] * 4


# --- the command that mends it ------------------------------------------------------------------

MENDS = {
    "apt-get": {
        "pdf": "apt-get install -y --no-install-recommends lib",
        "publish": "apt-get install -y --no-install-recommends openssh-client rsync",
        "clock": "timedatectl set-timezone Asia/Bangkok",
    },
    "dnf": {
        "pdf": "sudo dnf install pango fontconfig",
        "publish": "dnf install -y openssh-clients rsync",
        "clock": "timedatectl set-timezone Asia/Bangkok",
    },
    "brew": {
        "pdf": "brew install pango",
        "publish": "brew install rsync",
        "clock": "sudo systemsetup -settimezone Asia/Bangkok",
    },
    "winget": {
        "pdf": "winget install MSYS2.MSYS2 && ",
        "publish": "winget install Microsoft.OpenSSH",
        "clock": 'tzutil /s "SE Asia Standard Time"',
    },
    "pacman": {"pdf": "sudo pacman -S pango fontconfig", "publish": "", "clock": ""},
    "": {"pdf": "", "publish": "", "clock": ""},
}
PLATFORMS = {"brew": "darwin", "winget": "win32"}


@pytest.mark.parametrize("installer", MENDS)
@pytest.mark.parametrize("check", ["pdf", "publish", "clock"])
def test_each_system_is_told_one_command(machine: Machine, installer: str, check: str) -> None:
    broken = replace(
        stub(machine, "weasyprint", NO_PANGO),
        platform=PLATFORMS.get(installer, "linux"),
        now=NOW.astimezone(UTC),
        which=programs(installer),
    )
    remedy = found(broken, check).remedy
    assert MENDS[installer][check] in remedy
    assert "\n" not in remedy
    assert bool(remedy) == bool(MENDS[installer][check])


def test_who_is_not_root_is_told_to_be(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    bare = replace(machine, which=programs("dnf"))
    assert found(bare, "publish").remedy == "sudo dnf install -y openssh-clients rsync"


@pytest.mark.parametrize(("platform", "start"), [("win32", "rmdir /s /q .venv"), ("linux", "rm ")])
def test_packages_are_installed_anew_as_each_system_does(
    machine: Machine, platform: str, start: str
) -> None:
    (machine.root / "requirements.txt").write_text("no-such-package==1.0 \\\n", "utf-8")
    assert found(replace(machine, platform=platform), "packages").remedy.startswith(start)


def test_the_program_s_own_python_is_named_as_each_system_does(machine: Machine) -> None:
    assert machine.python == ".venv/bin/python"
    assert replace(machine, platform="win32").python == r".venv\Scripts\python.exe"


# --- the command --------------------------------------------------------------------------------

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    def doctor_on(here: Machine = machine, *arguments: str) -> SimpleNamespace:
        monkeypatch.setattr(doctor, "this_machine", lambda: here)
        status = cli.main(["doctor", *arguments])
        printed = capsys.readouterr()
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    return doctor_on


def test_a_machine_that_is_well_is_told_so(run: Run) -> None:
    told = run()
    assert (told.status, told.err) == (0, "")
    assert told.out.rstrip().endswith("เครื่องนี้พร้อมใช้")
    assert "  ✓ สร้าง PDF ได้ (WeasyPrint 70.0, Pango 1." in told.out
    assert "✗" not in told.out


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_broken_machine_is_told_with_the_command_below(
    run: Run, machine: Machine, language: str
) -> None:
    told = run(stub(machine, "weasyprint", NO_PANGO), "--lang", language)
    assert told.status == 2
    lines = told.out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  ✗"))
    assert "Pango" in lines[at]
    assert lines[at + 1].startswith("      ")
    assert "\x1b" not in told.out


def test_the_same_is_told_as_json(run: Run, machine: Machine) -> None:
    told = run(stub(machine, "weasyprint", NO_PANGO), "--json")
    data = json.loads(told.out)
    assert told.status == 2
    assert data["features"]["pdf"] is False
    pdf = next(check for check in data["checks"] if check["check"] == "pdf")
    assert (pdf["state"], pdf["why"]) == ("broken", "library")
    assert pdf["remedy"]
    assert "Pango" in pdf["message"]


def test_this_machine_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 0
    assert "Python 3." in capsys.readouterr().out


def test_a_windows_console_is_asked_for_its_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetConsoleOutputCP=lambda: 874)
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert doctor._encoding() == "cp874"


WHYS = {
    "python": ["old"],
    "packages": ["missing", "other", "unlocked"],
    "thai": ["missing"],
    "pdf": ["library", "package"],
    "fonts": ["unreadable"],
    "word font": ["missing"],
    "output": ["unwritable", "full", "little"],
    "agendas": ["none"],
    "console": ["other"],
    "clock": ["wrong", "zone"],
    "libreoffice": ["missing"],
    "publish": ["missing"],
    "sign": ["missing"],
    "dask": ["missing"],
    "program": [],
}


@pytest.mark.parametrize("language", ["th", "en"])
def test_there_are_words_for_all_that_can_be_found(language: str) -> None:
    words = doctor.SAID["th" if language == "th" else "en"]
    can_be = {f"{check} {why}".strip() for check, whys in WHYS.items() for why in ["", *whys]}
    assert words.found.keys() == can_be
    assert words.features.keys() == checks.FEATURES.keys()
