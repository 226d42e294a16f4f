"""The set-up's decisions, on fakes of the machine; and the hand-over, on the real one."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from minutes.paths import ROOT

LOCKS = ("requirements.txt", "requirements-test.txt")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a copy of the program's folder, with a space and Thai in its path and no .venv."""
    folder = tmp_path / "งาน ประชุม"
    folder.mkdir()
    for name in ("build.py", *LOCKS):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def build(home: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import the copy, on a Debian machine without rights and without anything missing."""
    spec = importlib.util.spec_from_file_location("build_copy", home / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "has_module", lambda _: True)
    monkeypatch.setattr(module, "loads", lambda _: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return module


class Machine:
    """Stands in for `run`: remembers the commands, and fails those that a test names."""

    def __init__(self, build: ModuleType) -> None:
        self.build = build
        self.commands: list[str] = []
        self.failing: Callable[[str], bool] = lambda _: False

    def __call__(self, command: Sequence[str], log: str, what: str = "") -> bool:
        self.commands.append(" ".join(command))
        Path(log).write_text(f"{what}\nlast words\n", encoding="utf-8")
        failed = self.failing(self.commands[-1])
        if "venv" in command:
            (Path(command[-1]) / "lib/python/site-packages").mkdir(parents=True)
            make_python(Path(command[-1]))
        elif "install" in command and "apt-get" not in command and not failed:
            install(self.build, Path(self.build.VENV))
        return not failed


@pytest.fixture
def machine(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    fake = Machine(build)
    monkeypatch.setattr(build, "run", fake)
    monkeypatch.setattr(build, "packages_of", lambda venv: f"{venv}/lib/python/site-packages")
    return fake


def make_python(venv: Path, script: str = "") -> None:
    (venv / "bin").mkdir(parents=True, exist_ok=True)
    python = venv / "bin/python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


def make_ready(build: ModuleType, script: str = "") -> Path:
    venv = Path(build.VENV)
    make_python(venv, script)
    install(build, venv)
    (venv / "ready").write_bytes(build.stamp(str(venv), build.PROGRAM))
    return venv


def make_ready_for_tests(build: ModuleType, script: str = "") -> Path:
    venv = make_ready(build, script)
    (venv / "ready-tests").write_bytes(build.stamp(str(venv), build.TESTS))
    return venv


def install(build: ModuleType, venv: Path) -> None:
    """Lay what the set-up looks for where it looks for it."""
    for lock in (build.PROGRAM, build.TESTS):
        for path in build.paths_of(str(venv), lock):
            (venv / path).parent.mkdir(parents=True, exist_ok=True)
            (venv / path).write_text("", encoding="utf-8")


# What every start pays for


def test_an_old_python_can_parse_it() -> None:
    ast.parse((ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_in_thai_what_to_do() -> None:
    code = (
        "import sys; sys.version_info = (3, 9, 2);"
        f"exec(compile(open({str(ROOT / 'build.py')!r}, 'rb').read(), 'build.py', 'exec'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={"LC_ALL": "C"}
    )
    assert told.returncode == 2
    assert "ต้องใช้ Python 3.11 ขึ้นไป แต่เครื่องนี้เรียก Python 3.9" in told.stderr.decode()
    assert b"Traceback" not in told.stderr


def test_a_ready_start_imports_nothing_but_os_and_sys(build: ModuleType) -> None:
    make_ready(build)
    code = (
        "import sys; before = set(sys.modules); import build; assert build.is_ready(build.VENV,"
        "build.PROGRAM); print(*sorted(set(sys.modules) - before))"
    )
    seen = subprocess.run(
        [sys.executable, "-c", code], cwd=build.ROOT, capture_output=True, check=True
    )
    assert seen.stdout.split() == [b"build"]


def imported_by(*command: str | Path, **options: Any) -> set[str]:
    """Return the modules that Python imports for a command, its own start included."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, check=True, **options
    )
    modules = set(re.findall(r"\| +([\w.]+)$", told.stderr.decode(), re.MULTILINE))
    assert "site" in modules
    return modules


def test_the_hand_over_imports_nothing_that_python_has_not_imported(build: ModuleType) -> None:
    make_ready(build, script="exit 0")
    whole = imported_by(f"{build.ROOT}/build.py", "check")
    assert not whole - imported_by("-c", "pass")


def test_doctor_tells_of_an_environment_in_which_nothing_can_start(
    build: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    make_ready(build, script="exit 1")
    assert build.main(["doctor"]) == 2
    assert "ลบโฟลเดอร์ .venv แล้วเรียก build.py อีกครั้ง" in capsys.readouterr().err


def test_doctor_is_handed_over_where_it_can_start(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(build, script="exit 0")
    monkeypatch.setattr(build, "hand_over", lambda arguments: arguments[-1])
    assert build.main(["doctor"]) == "doctor"


def test_help_imports_neither_weasyprint_nor_pythainlp() -> None:
    imported = imported_by("-m", "minutes", "--help", cwd=ROOT)
    assert "click" in imported
    assert not {name for name in imported if name.startswith(("weasyprint", "pythainlp"))}


def test_help_imports_no_more_than_a_few_modules() -> None:
    own = imported_by("-c", "pass", cwd=ROOT)
    assert len(imported_by("-m", "minutes", "--help", cwd=ROOT) - own) < 150


def test_hands_arguments_and_exit_code_over_from_any_folder(
    build: ModuleType, tmp_path: Path
) -> None:
    make_ready(build, script='printf "%s|" "$@"; exit 7')
    command = [sys.executable, f"{build.ROOT}/build.py", "ก ข.yaml", "--to", "pdf"]
    handed = subprocess.run(
        command, cwd=tmp_path, capture_output=True, check=False, env={"LC_ALL": "C"}
    )
    assert handed.stdout.decode() == "-EP|-X|utf8|-m|minutes|ก ข.yaml|--to|pdf|"
    assert handed.returncode == 7


def test_windows_runs_the_program_and_passes_its_exit_code_on(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "WINDOWS", True)
    monkeypatch.setattr(build, "python_of", lambda _: "python.exe")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(subprocess, "call", lambda command, env: (" ".join(command), "PATH" in env))
    handed = build.hand_over(["-m", "minutes"])
    assert handed == ("python.exe -EP -B -X utf8 -m minutes", True)


def test_windows_keeps_the_interpreter_elsewhere(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build.python_of("x").replace("\\", "/") == "x/bin/python"
    monkeypatch.setattr(build, "WINDOWS", True)
    assert build.python_of("x").replace("\\", "/") == "x/Scripts/python.exe"


def test_macos_lets_the_program_find_homebrews_libraries(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "DYLD_FALLBACK_LIBRARY_PATH" not in build.surroundings()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "/opt/homebrew/lib" in build.surroundings()["DYLD_FALLBACK_LIBRARY_PATH"]


def test_ready_means_this_python_and_this_lock(build: ModuleType, home: Path) -> None:
    venv = make_ready(build)
    assert build.is_ready(str(venv), build.PROGRAM)
    assert not build.is_ready(str(venv), build.TESTS)
    (venv / "bin/python").unlink()
    assert not build.is_ready(str(venv), build.PROGRAM)
    make_python(venv)
    (home / "requirements.txt").write_text("click==9\n", encoding="utf-8")
    assert not build.is_ready(str(venv), build.PROGRAM)


def test_a_venv_of_another_python_is_not_ready(build: ModuleType) -> None:
    venv = make_ready(build)
    stamp = (venv / "ready").read_bytes()
    (venv / "ready").write_bytes(stamp.replace(b"cpython-3", b"cpython-2", 1))
    assert not build.is_ready(str(venv), build.PROGRAM)


# A set-up from beginning to end


@pytest.fixture
def handed(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect what is handed over, in place of the hand-over."""
    collected: list[list[str]] = []

    def collect(arguments: list[str]) -> int:
        collected.append(arguments)
        return 0

    monkeypatch.setattr(build, "hand_over", collect)
    return collected


def test_a_first_start_makes_the_venv_from_the_lock_and_goes_on(
    build: ModuleType,
    machine: Machine,
    handed: list[list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert build.main(["--help"]) == 0
    make, install, whole, probe = machine.commands
    assert " -m venv " in make
    assert "--require-hashes --no-deps --only-binary=:all:" in install
    assert install.endswith("requirements.txt")
    assert whole.endswith("-c import click, docx, jinja2, pydantic, yaml")
    assert probe.endswith("import weasyprint")
    assert handed == [["-m", "minutes", "--help"]]
    assert build.is_ready(build.VENV, build.PROGRAM)
    out, err = capsys.readouterr()
    assert out == ""
    assert "ครั้งแรก" in err


def test_a_second_start_sets_nothing_up(
    build: ModuleType, machine: Machine, handed: list[list[str]]
) -> None:
    make_ready(build)
    assert build.main([]) == 0
    assert machine.commands == []
    assert len(handed) == 1


def test_the_package_is_found_by_a_path_that_survives_a_move(
    build: ModuleType, machine: Machine, handed: list[list[str]]
) -> None:
    build.main([])
    packages = Path(build.packages_of(build.VENV))
    line = (packages / "minutes.pth").read_text(encoding="ascii").strip()
    assert not Path(line).is_absolute()
    assert (packages / line).resolve() == Path(build.ROOT).resolve()


@pytest.mark.usefixtures("machine")
def test_what_an_interruption_left_is_cleared_away(
    build: ModuleType, handed: list[list[str]]
) -> None:
    venv = Path(build.VENV)
    make_python(venv)
    (venv / "lib/half/done").mkdir(parents=True)
    (venv / "stray").write_text("", encoding="utf-8")
    assert build.main([]) == 0
    assert not (venv / "lib/half").exists()
    assert not (venv / "stray").exists()
    assert len(handed) == 1


def test_a_changed_lock_updates_in_place(
    build: ModuleType, machine: Machine, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    venv = make_ready(build)
    (venv / "lib/python/site-packages/pip").mkdir(parents=True)
    with (home / "requirements.txt").open("a") as lock:
        lock.write("# newer\n")
    build.set_up(str(venv), build.PROGRAM)
    assert not any(" -m venv " in command for command in machine.commands)
    assert machine.commands[0].startswith(f"{venv}/bin/python -EP -m pip install")
    assert build.is_ready(str(venv), build.PROGRAM)
    assert "ปรับปรุง" in capsys.readouterr().err


def test_an_update_that_fails_is_no_longer_ready(
    build: ModuleType, machine: Machine, home: Path
) -> None:
    venv = make_ready(build)
    (home / "requirements.txt").write_text("click==9\n", encoding="utf-8")
    machine.failing = lambda command: " install " in command
    with pytest.raises(build.SetupError):
        build.set_up(str(venv), build.PROGRAM)
    assert not (venv / "ready").exists()


def test_a_failure_shows_the_end_of_the_log_and_exits_2(
    build: ModuleType,
    machine: Machine,
    handed: list[list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.failing = lambda command: " install " in command
    assert build.main([]) == 2
    assert handed == []
    err = capsys.readouterr().err
    assert "ติดตั้งส่วนประกอบไม่สำเร็จ\n" in err
    assert "  last words\n" in err
    assert "setup.log" in err


def test_a_venv_that_cannot_be_made_is_reported(build: ModuleType, machine: Machine) -> None:
    machine.failing = lambda command: " -m venv " in command
    with pytest.raises(build.SetupError, match=r"\.venv"):
        build.set_up(build.VENV, build.PROGRAM)


def test_ctrl_c_leaves_a_friendly_word(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "run", interrupt)
    assert build.main([]) == 130
    assert "เรียก build.py อีกครั้ง" in capsys.readouterr().err
    assert not build.is_ready(build.VENV, build.PROGRAM)


def test_a_folder_that_cannot_be_written_is_named(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "makedirs", refuse)
    assert build.main([]) == 2
    assert f"เขียนลงโฟลเดอร์ {build.VENV} ไม่ได้" in capsys.readouterr().err


@pytest.mark.usefixtures("machine")
def test_the_tests_bring_their_own_lock_and_run_without_the_second_set(
    build: ModuleType, handed: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert build.main(["test", "-k", "thai"]) == 0
    assert handed == [["-m", "pytest", "-m", "not system and not servers", "-k", "thai"]]
    assert build.is_ready(build.VENV, build.PROGRAM)
    assert build.is_ready(build.VENV, build.TESTS)
    assert Path.cwd() == Path(build.ROOT)


def test_the_fast_tests_are_those_up_to_the_html_that_draw_no_pdf(
    build: ModuleType, handed: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    make_ready_for_tests(build)
    assert build.main(["test", "fast", "-x"]) == 0
    ((*start, only, one_process, source, model, thai, rules, html, stop),) = handed
    assert (start, one_process, stop) == (["-m", "pytest", "-m"], "-n0", "-x")
    assert only == "not system and not servers and not pdf"
    folders = [Path("tests", name) for name in ("source", "model", "thai", "rules")]
    assert list(map(Path, (source, model, thai, rules))) == folders
    assert all(any((ROOT / folder).glob("test_*.py")) for folder in folders)
    assert (ROOT / html).is_file()


def test_packages_that_pip_may_have_been_killed_in_are_installed_anew(
    build: ModuleType, machine: Machine
) -> None:
    venv = make_ready(build)
    machine.failing = lambda _: True
    with pytest.raises(build.SetupError):
        build.set_up(str(venv), build.TESTS)
    machine.failing = lambda _: False
    build.set_up(str(venv), build.TESTS)
    first, second, _ = machine.commands
    assert "--force-reinstall" not in first
    assert second.endswith("--force-reinstall")
    assert build.is_ready(str(venv), build.TESTS)
    assert build.is_ready(str(venv), build.PROGRAM)


# Two starts at once


def test_a_second_set_up_waits_for_the_first(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    with (tmp_path / "lock").open("a+b") as first, (tmp_path / "lock").open("a+b") as second:

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            first.close()

        monkeypatch.setattr(time, "sleep", sleep)
        build.wait_for(first)
        build.wait_for(second)
    assert slept == [0.5]


def test_a_child_left_behind_goes_on_holding(build: ModuleType, tmp_path: Path) -> None:
    with (tmp_path / "lock").open("a+b") as first:
        build.wait_for(first)
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    with (tmp_path / "lock").open("a+b") as second:
        assert not build.try_to_hold(second)
        child.kill()
        child.wait()
        assert build.try_to_hold(second)


@pytest.mark.usefixtures("machine")
def test_a_start_that_waited_does_not_set_up_again(
    build: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "wait_for", lambda _: make_ready(build))
    build.set_up(build.VENV, build.PROGRAM)
    assert machine.commands == []


# What the system must give

NOTHING: Mapping[str, str] = {}


def test_names_the_packages_of_what_is_missing(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build.missing_packages(build.LIBRARIES, build.PROGRAMS) == []
    monkeypatch.setattr(build, "has_module", lambda _: False)
    monkeypatch.setattr(build, "loads", lambda name: "harfbuzz" not in name)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert build.missing_packages(build.LIBRARIES, build.PROGRAMS) == [
        f"python3.{sys.version_info.minor}-venv",
        "libharfbuzz-subset0",
        "fontconfig",
    ]


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_no_debian_package_is_missing_elsewhere(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(build, "loads", lambda _: False)
    assert build.missing_packages(build.LIBRARIES, build.PROGRAMS) == []


def test_knows_a_library_that_the_system_has() -> None:
    import build

    assert not build.loads("libno-such-thing.so.0")
    assert build.loads("libc.so.6") or sys.platform != "linux"


@pytest.mark.parametrize(
    ("user", "programs", "password", "prefix"),
    [
        (0, {"apt-get"}, 1, []),
        (1000, {"apt-get", "sudo"}, 0, ["sudo", "-n"]),
        (1000, {"apt-get", "sudo"}, 1, None),
        (1000, {"apt-get"}, 0, None),
        (0, set(), 0, None),
    ],
)
def test_uses_apt_only_with_the_right_to(
    build: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    user: int,
    programs: set[str],
    password: int,
    prefix: list[str] | None,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, password)
    )
    assert build.administrator() == prefix


def test_asks_apt_for_nothing_when_nothing_is_missing(build: ModuleType, machine: Machine) -> None:
    assert build.install_for_system("log", []) == []
    assert machine.commands == []


def test_the_lists_of_apt_are_fetched_only_when_needed(
    build: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "administrator", lambda: ["sudo", "-n"])
    log = str(tmp_path / "log")
    assert build.install_for_system(log, ["fontconfig"]) == []
    (install,) = machine.commands
    assert install.startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y")
    assert "--no-install-recommends" in install

    machine.failing = lambda command: command == install and machine.commands.count(install) == 2
    assert build.install_for_system(log, ["fontconfig"]) == []
    assert [command.split("apt-get ")[-1].split()[0] for command in machine.commands[1:]] == [
        "install",
        "sudo",
        "update",
        "install",
    ]


def test_a_failed_apt_leaves_the_docx(
    build: ModuleType,
    machine: Machine,
    handed: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(build, "loads", lambda _: False)
    machine.failing = lambda command: "apt-get" in command or "weasyprint" in command
    assert build.main([]) == 0
    assert len(handed) == 1
    err = capsys.readouterr().err
    command = "apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0"
    assert f"\n  {command}" in err
    assert "DOCX" in err
    assert command in (Path(build.VENV) / "pdf.txt").read_text(encoding="utf-8")


def test_says_what_is_missing_besides_when_the_pdf_works(
    build: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    build.advise_on_pdf(str(tmp_path), str(tmp_path / "log"), ["fontconfig"])
    err = capsys.readouterr().err
    assert "DOCX" not in err
    assert err.endswith("sudo apt-get install -y --no-install-recommends fontconfig\n")


def test_pip_of_the_system_serves_where_venv_has_none(
    build: ModuleType,
    machine: Machine,
    handed: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(build, "has_module", lambda name: name == "pip")
    monkeypatch.setattr(build, "administrator", lambda: None)
    assert build.main([]) == 0
    make, install, *_ = machine.commands
    assert " -m venv --without-pip " in make
    assert f"-EP -m pip --python {build.VENV}" in install
    assert len(handed) == 1


def test_without_any_pip_the_one_command_is_printed(
    build: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(build, "has_module", lambda _: False)
    monkeypatch.setattr(build, "administrator", lambda: None)
    assert build.main([]) == 2
    assert machine.commands == []
    lines = capsys.readouterr().err.splitlines()
    package = f"python3.{sys.version_info.minor}-venv"
    assert lines[-1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends " + package
    )


def test_without_any_pip_a_failed_apt_is_explained(
    build: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(build, "has_module", lambda _: False)
    monkeypatch.setattr(build, "administrator", list)
    machine.failing = lambda _: True
    assert build.main([]) == 2
    assert "ติดตั้งโปรแกรมของระบบไม่สำเร็จ" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("platform", "programs", "words"),
    [
        ("darwin", {"apt-get"}, "brew install pango"),
        ("win32", set(), "pacman -S mingw-w64-ucrt-x86_64-pango"),
        ("linux", {"apt-get", "sudo"}, "sudo apt-get update && sudo apt-get install -y"),
        ("linux", {"apt-get"}, "su -c 'apt-get update && apt-get install -y"),
        ("linux", {"dnf"}, "sudo dnf install pango"),
        ("linux", {"pacman"}, "sudo pacman -S pango"),
        ("linux", set(), "Pango 1.44"),
    ],
)
def test_says_exactly_what_to_install(
    build: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    programs: set[str],
    words: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(build, "WINDOWS", platform == "win32")
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    assert words in "\n".join(build.remedy(["libpango-1.0-0"]))


def test_missing_poppler_is_named_before_the_tests_run(
    build: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    venv = make_ready(build)
    monkeypatch.setattr(build, "missing_packages", lambda *_: ["poppler-utils"])
    monkeypatch.setattr(build, "administrator", lambda: None)
    build.set_up(str(venv), build.TESTS)
    assert "poppler-utils\n" in capsys.readouterr().err
    assert build.is_ready(str(venv), build.TESTS)


# Running a step


def test_a_step_writes_its_output_to_the_log_alone(
    build: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    assert build.run(["sh", "-c", "echo loud; echo ก >&2"], str(log), "ทำงาน")
    assert not build.run(["sh", "-c", "exit 3"], str(log))
    assert capfd.readouterr() == ("", "  ทำงาน …\n")
    assert log.read_text(encoding="utf-8").split("\n")[2:4] == ["loud", "ก"]


def test_a_person_sees_the_seconds_go_by(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    class Terminal:
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            shown.append(text)

        def flush(self) -> None: ...

    monkeypatch.setattr(sys, "stderr", Terminal())
    assert build.run(["sleep", "0.1"], str(tmp_path / "log"), "ทำงาน")
    assert shown[0] == "\r  ทำงาน … 0 วินาที"
    assert shown[-1] == "\n"


# Nothing from elsewhere

SHADOWS = (
    "click",
    "ctypes",
    "docx",
    "ensurepip",
    "minutes",
    "pip",
    "pytest",
    "shutil",
    "subprocess",
    "sysconfig",
    "venv",
    "weasyprint",
)


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Make a folder with modules of our names, each of which leaves a mark when it runs.

    What Python imports for itself, by hooks of the machine, comes before any line of ours.
    """
    import build

    folder = tmp_path / "strange"
    folder.mkdir()
    command = [build.base_python(), "-c", "import sys; print(*sys.modules)"]
    imported = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    for name in {*SHADOWS} - {*imported}:
        (folder / f"{name}.py").write_text(f"open({str(folder / name)!r}, 'w')\n", "utf-8")
    return folder


def ran(strange: Path) -> list[str]:
    return sorted(path.name for path in strange.iterdir() if path.suffix != ".py")


def test_the_marks_would_be_seen(strange: Path) -> None:
    for name in sorted(path.stem for path in strange.iterdir()):
        subprocess.run([sys.executable, "-c", f"import {name}"], cwd=strange, check=True)
    assert {"click", "minutes", "pip", "pytest", "venv", "weasyprint"} <= {*ran(strange)}


def start(build: ModuleType, strange: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the program in a folder that is on PYTHONPATH as well, as GIS programs set it."""
    environment = {**os.environ, "PYTHONPATH": str(strange), "PYTHONHOME": sys.base_prefix}
    environment["LD_PRELOAD"] = ""  # no faked day, under which `doctor` could not wait for a child
    return subprocess.run(
        [build.base_python(), f"{build.ROOT}/build.py", *arguments],
        cwd=strange,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_first_start_without_a_network_says_so_and_runs_nothing_from_elsewhere(
    home: Path, build: ModuleType, strange: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_FIND_LINKS": ""}
    for name, value in {**nowhere, "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    first = start(build, strange, "check")
    assert first.returncode == 2
    assert "ติดต่ออินเทอร์เน็ตไม่ได้" in first.stderr
    assert "Traceback" not in first.stderr
    assert (home / ".venv/lib").exists()
    assert not (home / ".venv/ready").exists()
    assert ran(strange) == []


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--help"], "python3 build.py"),
        (["doctor"], "weasyprint"),
        (["test", "--version"], "pytest"),
    ],
)
def test_a_ready_start_runs_nothing_out_of_the_current_folder_or_pythonpath(
    build: ModuleType, strange: Path, arguments: list[str], answer: str
) -> None:
    make_ready_for_tests(build, script=f'exec "{sys.executable}" "$@"')
    started = start(build, strange, *arguments)
    assert answer in (started.stdout + started.stderr).lower(), started.stderr
    assert ran(strange) == []


def test_the_steps_of_a_set_up_run_nothing_out_of_the_current_folder_or_pythonpath(
    build: ModuleType, strange: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(strange)
    monkeypatch.setenv("PYTHONPATH", str(strange))
    venv = make_ready(build, script=f'exec "{sys.executable}" "$@"')
    Path(build.packages_of(str(venv)), "pip").mkdir()
    build.advise_on_pdf(str(venv), str(tmp_path / "log"), [])
    assert build.can_start(str(venv))
    assert build.run([*build.pip_of(str(venv)), "--version"], str(tmp_path / "log"))
    assert b"pip " in build.read(str(tmp_path / "log"))
    assert "PYTHONPATH" not in build.surroundings()  # nor in what pip itself starts
    assert ran(strange) == []


def test_a_module_is_looked_for_in_python_alone(
    strange: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import build

    (strange / "no_such_module.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(strange)
    monkeypatch.setenv("PYTHONPATH", str(strange))
    assert build.has_module("venv")
    assert not build.has_module("no_such_module")


def test_what_cannot_be_imported_is_not_ready(
    build: ModuleType, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing = lambda command: "import click" in command
    assert build.main([]) == 2
    assert "ติดตั้งแล้ว แต่เรียกใช้ส่วนประกอบจากโฟลเดอร์ .venv ไม่ได้" in capsys.readouterr().err
    assert not build.is_ready(build.VENV, build.PROGRAM)
    assert not (Path(build.VENV) / "ready").exists()


@pytest.mark.parametrize("name", ["click", "docx", "jinja2", "pydantic", "yaml"])
def test_an_environment_that_was_called_ready_by_mistake_is_made_anew(
    build: ModuleType, machine: Machine, handed: list[list[str]], name: str
) -> None:
    venv = make_ready(build)
    shutil.rmtree(venv / f"lib/python/site-packages/{name}")
    assert build.main([]) == 0
    assert " -m venv " in machine.commands[0]
    assert build.is_ready(build.VENV, build.PROGRAM)
    assert len(handed) == 1


@pytest.mark.usefixtures("handed")
def test_tests_that_were_called_ready_by_mistake_are_installed_anew(
    build: ModuleType, machine: Machine
) -> None:
    venv = make_ready_for_tests(build)
    shutil.rmtree(venv / "lib/python/site-packages/pytest")
    assert build.main(["test"]) == 0
    assert machine.commands[0].endswith("--force-reinstall")
    assert build.is_ready(build.VENV, build.TESTS)


def test_a_stamp_of_the_time_before_is_no_whole_one(build: ModuleType) -> None:
    venv = make_ready(build)
    lock = build.read(f"{build.ROOT}/requirements.txt")
    (venv / "ready").write_bytes(build.kind() + b"\n" + lock)
    assert not build.is_ready(str(venv), build.PROGRAM)
    assert build.is_update(str(venv), build.PROGRAM)
