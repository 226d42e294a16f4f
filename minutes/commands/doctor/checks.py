"""What this machine has of what the program needs, and the one command that mends each gap.

It must find its way where much is broken: the standard library alone, and what may fail to load is
loaded in a process of its own. What the set-up knows of systems stays in ``build.py``.
"""

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Literal

State = Literal["good", "warning", "broken", "absent"]

MEGABYTE = 1024**2
ROOM_WANTED = 500 * MEGABYTE  # for the parts, and for some hundred meetings
ROOM_NEEDED = 20 * MEGABYTE
LONGEST_WAIT = 120  # seconds, for a library to load from a slow disk
WORDS_OF_THAI = 50_000  # the dictionary has 62,000
SMALLEST_FONT = 500  # bytes: of one box
FONT_MARKS = (b"\0\1\0\0", b"OTTO")

MAIN = ("python", "packages", "thai", "fonts", "output", "pdf")
"""The checks without which a main feature does not work."""
EXTRA = ("sign", "dask", "libreoffice", "publish")
"""The checks of what only some people need."""
FEATURES: Mapping[str, tuple[str, ...]] = {
    "word": ("python", "packages", "thai", "output"),
    "pdf": ("python", "packages", "thai", "output", "fonts", "pdf"),
    "view": ("libreoffice",),
    "publish": ("publish",),
    "sign": ("sign",),
    "dask": ("dask",),
}
"""What the program does for people, and the checks that each of these stands on."""
MAIN_FEATURES = ("word", "pdf")

DRAWS_PDF = (
    "import weasyprint\nfrom weasyprint.text.ffi import pango\nv = pango.pango_version()\n"
    "print(weasyprint.__version__, f'{v // 10000}.{v // 100 % 100}.{v % 100}')"
)
KNOWS_THAI = "from pythainlp.corpus import thai_words\nprint(len(thai_words()))"

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "libreoffice": {
        "apt-get": "libreoffice-writer",
        "dnf": "dnf install -y libreoffice-writer",
        "brew": "brew install --cask libreoffice",
        "winget": "winget install TheDocumentFoundation.LibreOffice",
    },
    "publish": {
        "apt-get": "openssh-client rsync",
        "dnf": "dnf install -y openssh-clients rsync",
        "brew": "brew install rsync",
        "winget": "winget install Microsoft.OpenSSH.Beta",
    },
    "zone": {
        "apt-get": "timedatectl set-timezone Asia/Bangkok",
        "dnf": "timedatectl set-timezone Asia/Bangkok",
        "brew": "sudo systemsetup -settimezone Asia/Bangkok",
        "winget": 'tzutil /s "SE Asia Standard Time"',
    },
    "clock": {
        "apt-get": "timedatectl set-ntp true",
        "dnf": "timedatectl set-ntp true",
        "brew": "sudo sntp -sS time.apple.com",
        "winget": "w32tm /resync",
    },
    "python": {
        "apt-get": "python3",
        "dnf": "dnf install -y python3.11",
        "brew": "brew install python",
        "winget": "winget install Python.Python.3.13",
    },
}
"""What mends a gap, by the system's installer; for apt, packages by their names."""


@dataclass(frozen=True)
class Finding:
    """What one check found: ``why`` names what is wrong and is empty where all is well."""

    check: str
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    remedy: str = ""

    @property
    def state(self) -> State:
        """How bad it is: a main feature is broken, something is odd, or an extra is absent."""
        if not self.why:
            return "good"
        if self.check in EXTRA:
            return "absent"
        return "broken" if self.check in MAIN and self.why not in ("other", "little") else "warning"


@dataclass(frozen=True)
class Machine:
    """The machine that is looked at: where the program lies, and what the system says of itself."""

    root: Path
    output: Path
    now: datetime
    encoding: str
    environ: Mapping[str, str]
    platform: str = sys.platform
    version: tuple[int, ...] = sys.version_info[:3]
    which: Callable[[str], str | None] = shutil.which
    interpreter: Sequence[str] = (sys.executable, "-EP")  # deaf to this folder, and to PYTHONPATH

    @property
    def installer(self) -> str:
        """The program that installs others here: ``apt-get``, ``dnf``, ``brew``, ``winget``."""
        if self.platform == "win32":
            return "winget"
        if self.platform == "darwin":
            return "brew"
        return next((name for name in ("apt-get", "dnf") if self.which(name)), "")

    @property
    def python(self) -> str:
        """The interpreter of the program's own environment, as one types it in its folder."""
        return r".venv\Scripts\python.exe" if self.platform == "win32" else ".venv/bin/python"


def look(machine: Machine) -> Iterator[Finding]:
    """Go through what every check finds; nothing is changed."""
    for check in CHECKS.values():
        yield check(machine)


def features(findings: Sequence[Finding]) -> dict[str, bool]:
    """Say of each feature whether all that it stands on is there."""
    lacking = {found.check for found in findings if found.state in ("broken", "absent")}
    return {name: not lacking & {*needed} for name, needed in FEATURES.items()}


# --- the program --------------------------------------------------------------------------------


def _python(machine: Machine) -> Finding:
    values = {"version": ".".join(map(str, machine.version)), "path": sys.executable}
    old = machine.version < (3, 11)
    return Finding(
        "python", "old" if old else "", values, _remedy(machine, "python") if old else ""
    )


def _program(machine: Machine) -> Finding:
    version = str(importlib.import_module("minutes").__version__)
    return Finding("program", "", {"version": version, "path": str(machine.root)})


def _packages(machine: Machine) -> Finding:
    """Compare what is installed with the lock."""
    try:
        locked = _locked((machine.root / "requirements.txt").read_text("utf-8"))
    except (OSError, ValueError):
        return Finding("packages", "unlocked", {}, "")
    installed = {name: _installed(name) for name in locked}
    missing = [name for name, found in installed.items() if not found]
    other = [
        f"{name} {found}" for name, found in installed.items() if found not in ("", locked[name])
    ]
    why = "missing" if missing else "other" if other else ""
    values = {"count": str(len(locked)), "names": ", ".join(missing or other)}
    return Finding("packages", why, values, _anew(machine) if why else "")


PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(?= \\$|$)", re.MULTILINE)


def _locked(text: str) -> dict[str, str]:
    """Give the version of each package that every machine needs; those for some are left out."""
    return dict(PINNED.findall(text))


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _anew(machine: Machine) -> str:
    """Give the command that installs all packages anew."""
    if machine.platform == "win32":
        return "rmdir /s /q .venv && python build.py doctor"
    return "rm -rf .venv && python3 build.py doctor"


def _thai(machine: Machine) -> Finding:
    answer = _ask(machine, KNOWS_THAI)
    if answer.isdecimal() and int(answer) >= WORDS_OF_THAI:
        return Finding("thai", "", {"words": f"{int(answer):,}"})
    return Finding("thai", "missing", {"words": answer}, _anew(machine))


def _ask(machine: Machine, code: str) -> str:
    """Run a few lines of Python in a process of their own; gives what they print, or the fault."""
    keep_offline = {"PYTHAINLP_OFFLINE": "1", "PYTHAINLP_READ_ONLY": "1"}
    try:
        run = subprocess.run(
            [*machine.interpreter, "-X", "utf8", "-c", code],
            capture_output=True,
            env={**machine.environ, **keep_offline},
            timeout=LONGEST_WAIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = (run.stderr if run.returncode else run.stdout).decode("utf-8", "replace").strip()
    return said.rpartition("\n")[2][:200] or f"exit {run.returncode}"


# --- PDF and fonts ------------------------------------------------------------------------------


def _pdf(machine: Machine) -> Finding:
    """See whether what draws a PDF can be loaded."""
    answer = _ask(machine, DRAWS_PDF)
    if match := re.fullmatch(r"([\w.]+) ([0-9.]+)", answer):
        return Finding("pdf", "", {"version": match[1], "pango": match[2]})
    if "ModuleNotFoundError" in answer:
        return Finding("pdf", "package", {"detail": answer}, _anew(machine))
    return Finding("pdf", "library", {"detail": answer}, _pango(machine))


def _pango(machine: Machine) -> str:
    """Give the command that installs Pango, as the set-up knows it."""
    setup = _setup(machine.root)
    if machine.installer == "winget":
        shell = r'C:\msys64\usr\bin\bash -lc "pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"'
        return f"winget install MSYS2.MSYS2 && {shell}"
    if machine.installer == "brew":
        return str(setup.MACOS)
    if machine.installer == "apt-get":
        wanted = setup.missing_packages(setup.LIBRARIES, setup.PROGRAMS) or [*setup.LIBRARIES]
        return str(setup.apt_command(wanted))
    known = (line for name, line in setup.OTHER_SYSTEMS.items() if machine.which(name))
    return str(next(known, ""))


def _setup(root: Path) -> ModuleType:
    """Import ``build.py``, which knows how each system installs."""
    spec = importlib.util.spec_from_file_location("_setup", root / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fonts(machine: Machine) -> Finding:
    """See whether the program's own fonts can be read, those of PDF and the one of Word."""
    folder = machine.root / "templates" / "fonts"
    others = _fonts_of_others(machine.root)
    names = [*_fonts_of_pages(machine.root), *others, "THSarabunPSK.ttf"]
    bad = [name for name in names if not _is_font(folder / name)]
    values = {"count": str(len(names)), "names": ", ".join(bad)}
    return Finding(
        "fonts", "unreadable" if bad or not others or len(names) == len(others) + 1 else "", values
    )


def _fonts_of_pages(root: Path) -> list[str]:
    """Give the fonts that the style sheet names."""
    try:
        css = (root / "templates" / "document.css").read_text("utf-8")
    except (OSError, ValueError):
        return []
    return re.findall(r"url\(fonts/([\w-]+\.ttf)\)", css)


def _fonts_of_others(root: Path) -> list[str]:
    """Give the fonts of the letters that the style sheet's have not."""
    try:
        table = (root / "templates" / "faces.csv").read_text("ascii")
    except (OSError, ValueError):
        return []
    names = re.findall(r"(?m)^(Minutes(?!Sarabun)[\w-]+\.ttf);", table)
    return [f"others/{name}" for name in (*names, "MinutesBox-Regular.ttf")]


def _is_font(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in FONT_MARKS and path.stat().st_size > SMALLEST_FONT
    except OSError:
        return False


def _word_font(machine: Machine) -> Finding:
    """See whether Word and LibreOffice will find TH SarabunPSK on this machine."""
    if any("sarabunpsk" in name.casefold().replace(" ", "") for name in _installed_fonts(machine)):
        return Finding("word font")
    return Finding("word font", "missing", {}, _font_command(machine))


def _installed_fonts(machine: Machine) -> Iterator[str]:
    """Go through the families or the files of the fonts that are installed."""
    for folder in _font_folders(machine):
        yield from (path.stem for path in folder.rglob("*.[tToO][tT][fFcC]"))
    if program := machine.which("fc-list"):
        listed = subprocess.run(
            [program, ":", "family"], capture_output=True, env=machine.environ, check=False
        )
        yield from listed.stdout.decode("utf-8", "replace").splitlines()


def _font_folders(machine: Machine) -> list[Path]:
    environ, home = machine.environ, Path(machine.environ.get("HOME", "/nonexistent"))
    if machine.platform == "win32":
        local = Path(environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
        return [Path(environ.get("WINDIR", r"C:\Windows")) / "Fonts", local]
    if machine.platform == "darwin":
        return [Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return []  # fc-list knows them


def _font_command(machine: Machine) -> str:
    if machine.platform == "win32":
        return r"start templates\fonts\THSarabunPSK.ttf"
    if machine.platform == "darwin":
        return "cp templates/fonts/THSarabunPSK.ttf ~/Library/Fonts/"
    return (
        "mkdir -p ~/.local/share/fonts && "
        "cp templates/fonts/THSarabunPSK.ttf ~/.local/share/fonts/ && fc-cache -f"
    )


# --- places and surroundings --------------------------------------------------------------------


def _output(machine: Machine) -> Finding:
    """See whether documents can be written, and how much room there is."""
    place = next(p for p in (machine.output, *machine.output.parents) if p.exists())
    values = {"path": str(machine.output)}
    try:
        free = shutil.disk_usage(place).free
        values["free"] = f"{free // MEGABYTE:,}"
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"\0")
    except OSError as error:
        return Finding("output", "unwritable", {**values, "detail": str(error.strerror)})
    why = "full" if free < ROOM_NEEDED else "little" if free < ROOM_WANTED else ""
    return Finding("output", why, values)


def _agendas(machine: Machine) -> Finding:
    folder = machine.root / "agendas"
    offices = sum(1 for _ in folder.rglob("office.yaml"))
    return Finding(
        "agendas", "" if offices else "none", {"path": str(folder), "count": str(offices)}
    )


def _console(machine: Machine) -> Finding:
    """See whether the console was made for Thai; what is printed is always UTF-8."""
    values = {"encoding": machine.encoding}
    if machine.encoding.casefold().replace("-", "") in ("utf8", "cp65001"):
        return Finding("console", "", values)
    command = "chcp 65001" if machine.platform == "win32" else "export LANG=C.UTF-8"
    return Finding("console", "other", values, command)


def _clock(machine: Machine) -> Finding:
    """See whether the clock can be right: after the program was made, in this age, in Thailand."""
    made = datetime.fromtimestamp((machine.root / "build.py").stat().st_mtime).astimezone()
    offset = machine.now.utcoffset() or timedelta()
    values = {"now": f"{machine.now:%Y-%m-%d %H:%M}", "zone": f"{machine.now:%z}"}
    if machine.now < made - timedelta(days=1) or machine.now.year > 2400:
        return Finding("clock", "wrong", values, _remedy(machine, "clock"))
    if offset != timedelta(hours=7):
        return Finding("clock", "zone", values, _remedy(machine, "zone"))
    return Finding("clock", "", values)


# --- extras -------------------------------------------------------------------------------------


def _dask(machine: Machine) -> Finding:
    if importlib.util.find_spec("distributed"):
        return Finding("dask", "", {"version": _installed("distributed")})
    return Finding("dask", "missing", {}, f"{machine.python} -m pip install distributed")


def _sign(machine: Machine) -> Finding:
    if importlib.util.find_spec("pyhanko"):
        return Finding("sign", "", {"version": _installed("pyhanko")})
    lock = machine.root / "requirements-sign.txt"
    return Finding("sign", "missing", {}, f'{machine.python} -m pip install -r "{lock}"')


def _libreoffice(machine: Machine) -> Finding:
    places = ("/Applications/LibreOffice.app", r"C:\Program Files\LibreOffice")
    if machine.which("soffice") or any(Path(place).exists() for place in places):
        return Finding("libreoffice")
    return Finding("libreoffice", "missing", {}, _remedy(machine, "libreoffice"))


def _publish(machine: Machine) -> Finding:
    missing = [name for name in ("ssh", "rsync") if not machine.which(name)]
    why = "missing" if missing else ""
    command = _remedy(machine, "publish") if missing else ""
    return Finding("publish", why, {"names": ", ".join(missing)}, command)


def _remedy(machine: Machine, what: str) -> str:
    """Give the one command that mends something, or nothing where none is known."""
    command = COMMANDS[what].get(machine.installer, "")
    if machine.installer == "apt-get" and " set-" not in command:
        return str(_setup(machine.root).apt_command(command.split()))
    if machine.installer in ("apt-get", "dnf") and command and os.geteuid():
        return f"sudo {command}"
    return command


CHECKS: Mapping[str, Callable[[Machine], Finding]] = {
    "python": _python,
    "program": _program,
    "packages": _packages,
    "thai": _thai,
    "pdf": _pdf,
    "fonts": _fonts,
    "word font": _word_font,
    "output": _output,
    "agendas": _agendas,
    "console": _console,
    "clock": _clock,
    "libreoffice": _libreoffice,
    "publish": _publish,
    "sign": _sign,
    "dask": _dask,
}
"""All checks, in the order in which they are told."""
