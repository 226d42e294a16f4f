"""What a secretary runs: `python3 build.py` builds the documents of every meeting.

On a fresh machine it first makes `.venv` beside itself from the hash-locked requirements, and on
Debian and Ubuntu installs what the PDF needs; then it hands over to `minutes.__main__`. Standard
library alone, and no more of it than `os` and `sys` once all is in place, for the hand-over is paid
at every start. It parses on Python 3.6, to be able to tell an old Python what to do.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told, instead of a traceback
    sys.stderr.buffer.write(
        (
            "โปรแกรมนี้ต้องใช้ Python 3.11 ขึ้นไป แต่เครื่องนี้เรียก Python {}.{}\n"
            "ติดตั้งรุ่นใหม่จาก https://www.python.org/downloads/ แล้วเรียก build.py อีกครั้ง\n"
            "(ถ้ามีรุ่นใหม่อยู่แล้ว ให้เรียกด้วยชื่อเต็ม เช่น python3.12 build.py)\n"
        )
        .format(*sys.version_info[:2])
        .encode("utf-8")
    )
    sys.exit(2)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from subprocess import Popen
    from typing import IO

    Lock = tuple[str, str, tuple[str, ...]]

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = sys.platform == "win32"

# A lock; the stamp, inside .venv, that holds a copy of it once all of it is installed; and the
# packages without which nothing starts: what cannot import them is not ready.
PROGRAM: "Lock" = ("requirements.txt", "ready", ("click", "docx", "jinja2", "pydantic", "yaml"))
TESTS: "Lock" = ("requirements-test.txt", "ready-tests", ("pytest",))

# Python as its own files make it, whatever lies in the current folder or stands in PYTHONPATH.
ALONE = "-EP"
FOREIGN = ("PYTHONPATH", "PYTHONHOME")  # neither for a child that is started without ALONE

# The lock holds all that is needed, so pip need not look what else a package asks for: one before
# 23.3 stops where it finds a newer version of a package that is locked with an extra.
PIP_INSTALL = ("install", "--require-hashes", "--no-deps")
# A source package would run code of unlocked build tools, and need a compiler: wheels only
PIP_WHEELS = ("--only-binary=:all:", "--no-user", "--no-input")
PIP_QUIET = ("--disable-pip-version-check", "--no-warn-script-location", "--progress-bar=off")

LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
PROGRAMS = {"fontconfig": "fc-cache"}
TEST_PROGRAMS = {"poppler-utils": "pdftotext"}

OTHER_SYSTEMS = {
    "dnf": "sudo dnf install pango fontconfig",
    "pacman": "sudo pacman -S pango fontconfig",
    "zypper": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0 fontconfig",
}
ASK = "ใช้คำสั่งนี้ (หรือส่งให้ผู้ดูแลเครื่อง) แล้วเรียก build.py อีกครั้ง"
MACOS = "brew install pango"
WINDOWS_STEPS = (
    "ติดตั้ง MSYS2 จาก https://www.msys2.org/ โดยไม่ต้องเปลี่ยนค่าใด "
    "แล้วเปิดหน้าต่าง MSYS2 UCRT64 พิมพ์ pacman -S mingw-w64-ucrt-x86_64-pango "
    "(ถ้าติดตั้งไว้ที่อื่นนอกจาก C:\\msys64 ให้ตั้งตัวแปร WEASYPRINT_DLL_DIRECTORIES "
    "เป็นโฟลเดอร์ ucrt64\\bin ของที่นั้น)"
)

DAMAGED = (
    "✗ ส่วนประกอบในโฟลเดอร์ .venv เสียหาย",
    "ลบโฟลเดอร์ .venv แล้วเรียก build.py อีกครั้ง โปรแกรมจะติดตั้งให้ใหม่",
)

LEFT_OUT = "not system and not servers"
FAST = ("source", "model", "thai", "rules", "documents/test_pages.py")  # from a text to its HTML
NOT_HERE = (
    "ไม่รวมการทดสอบชุด system (LibreOffice, Chromium, Java, npm) และ servers (SSH, WordPress) "
    "ซึ่ง .ci/run ติดตั้งและทดสอบให้"
)

NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Name or service not known",
    "name resolution",
    "Temporary failure resolving",
    "Could not resolve",
    "Network is unreachable",
    "Connection refused",
    "getaddrinfo failed",
)


class SetupError(Exception):
    """The set-up can't go on; each argument is a line for the user."""


# What every start pays for


def main(arguments: list[str]) -> int:
    """Set up what is missing, then hand over; return an exit code only where that failed."""
    if hasattr(sys.stderr, "reconfigure"):  # Thai, also where the console's own encoding has none
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    testing = arguments[:1] == ["test"]
    try:
        for lock in (PROGRAM, TESTS) if testing else (PROGRAM,):
            if not is_ready(VENV, lock):
                set_up(VENV, lock)
        if arguments[:1] == ["doctor"] and not can_start(VENV):
            raise SetupError(*DAMAGED)
        if testing:
            os.chdir(ROOT)
            if "-m" not in arguments:
                say(NOT_HERE)
            return hand_over(["-m", "pytest", *chosen(arguments[1:])])
        return hand_over(["-m", "minutes", *arguments])
    except SetupError as error:
        say("", *error.args)
        return 2
    except KeyboardInterrupt:
        say("", "หยุดแล้ว เรียก build.py อีกครั้งเมื่อใดก็ได้ โปรแกรมจะทำต่อให้เอง")
        return 130


def chosen(arguments: list[str]) -> list[str]:
    """Return what pytest is told: all of the first set, or after `fast` what draws no PDF of it."""
    if arguments[:1] != ["fast"]:
        return ["-m", LEFT_OUT, *arguments]
    paths = [os.path.join("tests", *name.split("/")) for name in FAST]
    return ["-m", LEFT_OUT + " and not pdf", "-n0", *paths, *arguments[1:]]


def is_ready(venv: str, lock: "Lock") -> bool:
    """Whether `venv` holds all of `lock`, for the Python that runs now."""
    try:
        known = read(os.path.join(venv, lock[1])).split(b"\n", 2)
        whole = os.path.exists(python_of(venv)) and are_in(venv, known[1].decode().split("|"))
        return whole and known[::2] == [kind(), read(os.path.join(ROOT, lock[0]))]
    except (OSError, IndexError, ValueError):
        return False


def are_in(venv: str, paths: "Sequence[str]") -> bool:
    """Whether `venv` has each of `paths`."""
    return all(os.path.exists(os.path.join(venv, path)) for path in paths)


def can_start(venv: str) -> bool:
    """Whether what reads the command line is still in `venv`; the rest tells its own faults."""
    import subprocess

    command = [python_of(venv), ALONE, "-c", "import click"]
    return subprocess.call(command, stderr=subprocess.DEVNULL, env=surroundings()) == 0


def kind() -> bytes:
    """Return what a `.venv` of another Python has otherwise."""
    return f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {sys.platform}".encode()


def read(path: str) -> bytes:
    """Read the bytes of a file."""
    with open(path, "rb") as file:
        return file.read()


def python_of(venv: str) -> str:
    """Give the path of the interpreter in `venv`; it may not exist."""
    return os.path.join(venv, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))


def hand_over(arguments: list[str]) -> int:
    """Become the program; on Windows run it and come back with its exit code."""
    # UTF-8 whatever the console and the locale say, so that Thai can always be printed
    clean = ["-B"] if sys.dont_write_bytecode else []  # PYTHONDONTWRITEBYTECODE is heard here alone
    command = [python_of(VENV), ALONE, *clean, "-X", "utf8", *arguments]
    if not WINDOWS:
        os.execve(command[0], command, surroundings())
    import subprocess  # os.execv on Windows returns to the prompt before the end

    return subprocess.call(command, env=surroundings())


def surroundings() -> "Mapping[str, str]":
    """Return the program's environment: on macOS with Homebrew's libraries, unknown to dyld."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    if sys.platform != "darwin":
        return kept
    return {"DYLD_FALLBACK_LIBRARY_PATH": "/opt/homebrew/lib:/usr/local/lib:/usr/lib", **kept}


def say(*lines: str) -> None:
    """Tell the user on standard error, for standard output belongs to the program."""
    sys.stderr.write("".join(line + "\n" for line in lines))
    sys.stderr.flush()


# What only a set-up pays for


def set_up(venv: str, lock: "Lock") -> None:
    """Make `venv` hold all of `lock`, while no other start does the same. Raises SetupError."""
    try:
        os.makedirs(venv, exist_ok=True)
        with open(os.path.join(venv, "lock"), "a+b") as guard:
            wait_for(guard)
            if not is_ready(venv, lock):
                (set_up_program if lock == PROGRAM else set_up_tests)(venv)
    except OSError as error:
        raise SetupError(
            f"เขียนลงโฟลเดอร์ {venv} ไม่ได้: {error}",
            "ย้ายโฟลเดอร์ของโปรแกรมไปไว้ในที่ที่เขียนได้และมีที่ว่าง 500 MB แล้วเรียก build.py อีกครั้ง",
        ) from error


def wait_for(guard: "IO[bytes]") -> None:
    """Hold `guard` alone; the system lets go of it however this process and its children end."""
    if not WINDOWS:  # a pip whose build.py was killed goes on, and must go on holding
        os.set_inheritable(guard.fileno(), True)
    if try_to_hold(guard):
        return
    say("อีกหน้าต่างหนึ่งกำลังเตรียมเครื่องมืออยู่ รอสักครู่ …")
    import time

    while not try_to_hold(guard):
        time.sleep(0.5)


def try_to_hold(guard: "IO[bytes]") -> bool:
    """Whether `guard` is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            guard.seek(0)
            msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def set_up_program(venv: str) -> None:
    """Install the program's requirements, and what the PDF needs of the system."""
    update = is_update(venv, PROGRAM)
    say(
        "มีส่วนประกอบรุ่นใหม่ กำลังปรับปรุง …"
        if update
        else "เตรียมเครื่องมือครั้งแรก ใช้เวลาราว 1-3 นาที ดาวน์โหลดราว 50-90 MB (ทำครั้งเดียว)"
    )
    if not update:
        clear(venv)
    log = new_log(venv)
    missing = install_for_system(log, missing_packages(LIBRARIES, PROGRAMS))
    if not update:
        make_venv(venv, log, missing)
    install_lock(venv, log, PROGRAM)
    advise_on_pdf(venv, log, missing)
    say("เครื่องมือพร้อมใช้แล้ว", "")


def set_up_tests(venv: str) -> None:
    """Install what the tests need besides."""
    say("เตรียมสิ่งที่ชุดทดสอบใช้เพิ่ม ใช้เวลาราว 1 นาที ดาวน์โหลดราว 100 MB (ทำครั้งเดียว)")
    log = new_log(venv)
    missing = install_for_system(log, missing_packages({}, TEST_PROGRAMS))
    if missing:
        say("ชุดทดสอบใช้โปรแกรมที่ยังไม่มีในเครื่องนี้", *remedy(missing))
    if os.path.exists(os.path.join(venv, TESTS[1])) and not is_update(venv, TESTS):
        write(begun(venv, TESTS), b"")  # stamped once, and yet not whole
    install_lock(venv, log, TESTS)


def new_log(venv: str) -> str:
    """Give the path of this set-up's log; an earlier one's is gone."""
    log = os.path.join(venv, "setup.log")
    if os.path.exists(log):
        os.remove(log)
    return log


def is_update(venv: str, lock: "Lock") -> bool:
    """Whether `venv` was finished by this Python for another lock; its stamp is withdrawn."""
    path = os.path.join(venv, lock[1])
    try:
        ours = read(path).split(b"\n", 1)[0] == kind()
        os.remove(path)
    except OSError:
        return False
    return ours and are_in(venv, [python_of(venv), *paths_of(venv, lock)])


def paths_of(venv: str, lock: "Lock") -> list[str]:
    """Return where in `venv` the packages lie without which nothing of `lock` starts."""
    packages = os.path.relpath(packages_of(venv), venv)
    return [os.path.join(packages, name, "__init__.py") for name in lock[2]]


def begun(venv: str, lock: "Lock") -> str:
    """Return the path of the file that stands from the beginning of an installation to its end."""
    return os.path.join(venv, lock[1] + ".begun")


def clear(venv: str) -> None:
    """Empty `venv` but for the lock that is held; what an interruption left can't be trusted."""
    import shutil

    for entry in list(os.scandir(venv)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != "lock":
            os.remove(entry.path)


def make_venv(venv: str, log: str, missing: "Sequence[str]") -> None:
    """Make the environment, with a pip of its own or with the system's. Raises SetupError."""
    command = [base_python(), ALONE, "-m", "venv", venv]
    if not has_module("ensurepip"):
        if not has_module("pip"):
            raise SetupError(*no_installer(log, missing))
        command.insert(-1, "--without-pip")
    if not run(command, log, "สร้างโฟลเดอร์ .venv"):
        raise SetupError(*trouble(log, "สร้างโฟลเดอร์ .venv ไม่สำเร็จ"))
    # Makes the package importable from any folder; relative, so that the folder may be moved
    packages = packages_of(venv)
    home = os.path.relpath(os.path.dirname(venv), packages)
    write(os.path.join(packages, "minutes.pth"), home.encode() + b"\n")


def no_installer(log: str, missing: "Sequence[str]") -> list[str]:
    """Say how to get what Python installs packages with, be it the network that is missing."""
    if os.path.exists(log):  # apt was tried
        return trouble(log, "ติดตั้งโปรแกรมของระบบไม่สำเร็จ")
    return ["เครื่องนี้ยังไม่มีส่วนของ Python ที่ใช้ติดตั้งโปรแกรม", *remedy(missing)]


def packages_of(venv: str) -> str:
    """Give the folder of `venv` that installed packages lie in."""
    import sysconfig

    return sysconfig.get_path("purelib", "venv", {"base": venv, "platbase": venv})


def base_python() -> str:
    """Give the interpreter itself, also when this runs inside an activated environment."""
    return getattr(sys, "_base_executable", "") or sys.executable


def has_module(name: str) -> bool:
    """Whether Python itself, without any environment around it, could import `name`."""
    import subprocess

    code = f"import importlib.util, sys; sys.exit(not importlib.util.find_spec({name!r}))"
    return subprocess.call([base_python(), ALONE, "-c", code], env=surroundings()) == 0


def install_lock(venv: str, log: str, lock: "Lock") -> None:
    """Install all of `lock` by pip as the user configured it; stamp it. Raises SetupError."""
    command = [*pip_of(venv), *PIP_INSTALL, *PIP_WHEELS, *PIP_QUIET]
    command += ["-r", os.path.join(ROOT, lock[0])]
    if os.path.exists(begun(venv, lock)):  # pip takes a package that it was killed in for whole
        command.append("--force-reinstall")
    write(begun(venv, lock), b"")
    if not run(command, log, "ดาวน์โหลดและติดตั้งส่วนประกอบ"):
        raise SetupError(*trouble(log, "ติดตั้งส่วนประกอบไม่สำเร็จ"))
    # A pip that was told elsewhere to install elsewhere succeeds as well
    if not run([python_of(venv), ALONE, "-c", "import " + ", ".join(lock[2])], log):
        raise SetupError(*trouble(log, "ติดตั้งแล้ว แต่เรียกใช้ส่วนประกอบจากโฟลเดอร์ .venv ไม่ได้"))
    write(os.path.join(venv, lock[1]), stamp(venv, lock))
    os.remove(begun(venv, lock))


def pip_of(venv: str) -> list[str]:
    """Return the command of the pip in `venv`, or else of the system's, which installs into it."""
    if os.path.exists(os.path.join(packages_of(venv), "pip")):
        return [python_of(venv), ALONE, "-m", "pip"]
    return [base_python(), ALONE, "-m", "pip", "--python", python_of(venv)]


def stamp(venv: str, lock: "Lock") -> bytes:
    """Return what a finished `venv` remembers: the kind of Python, what lies there, the lock."""
    paths = "|".join(paths_of(venv, lock)).encode()
    return b"\n".join([kind(), paths, read(os.path.join(ROOT, lock[0]))])


def write(path: str, content: bytes) -> None:
    """Make the file hold `content`."""
    with open(path, "wb") as file:
        file.write(content)


def trouble(log: str, what: str) -> list[str]:
    """Say why a step failed: the network is missing, else `what` and the end of the log."""
    text = read(log).decode("utf-8", "replace")
    if any(sign in text for sign in NO_NETWORK):
        return [
            "ดาวน์โหลดไม่ได้ เพราะเครื่องนี้ติดต่ออินเทอร์เน็ตไม่ได้",
            "ตรวจสาย หรือ Wi-Fi หรือ proxy ของสำนักงาน แล้วเรียก build.py อีกครั้ง โปรแกรมจะทำต่อให้เอง",
            f"รายละเอียดอยู่ใน {log}",
        ]
    last = ["  " + line for line in text.splitlines() if line.strip()][-8:]
    return [what, *last, f"รายละเอียดอยู่ใน {log}", "เรียก build.py อีกครั้งเพื่อลองใหม่"]


def run(command: "Sequence[str]", log: str, what: str = "") -> bool:
    """Whether `command` succeeded; its output goes to `log`, the user sees `what`, if anything."""
    import subprocess

    with open(log, "ab") as file:
        file.write(f"\n$ {' '.join(command)}\n".encode("utf-8", "replace"))
        file.flush()
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=surroundings(),
            close_fds=WINDOWS,  # elsewhere the child inherits the guard, and nothing else
        ) as process:
            watch(process, what)
        return process.returncode == 0


def watch(process: "Popen[bytes]", what: str) -> None:
    """Wait for `process`, with the seconds counted before a person's eyes."""
    import time

    if not what or not sys.stderr.isatty():
        say(*[f"  {what} …"] if what else [])
        process.wait()
        return
    begin = time.monotonic()
    while process.poll() is None:
        sys.stderr.write(f"\r  {what} … {time.monotonic() - begin:.0f} วินาที")
        sys.stderr.flush()
        time.sleep(0.2)
    say("")


# What the system must give


def missing_packages(libraries: "Mapping[str, str]", programs: "Mapping[str, str]") -> list[str]:
    """Name the Debian packages of what this Linux lacks; none on another system."""
    if not sys.platform.startswith("linux"):
        return []
    import shutil

    missing = [] if has_module("ensurepip") else [f"python3.{sys.version_info[1]}-venv"]
    missing += [package for package, name in libraries.items() if not loads(name)]
    missing += [package for package, name in programs.items() if not shutil.which(name)]
    return missing


def loads(library: str) -> bool:
    """Whether the system's loader finds `library`."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_for_system(log: str, packages: list[str]) -> list[str]:
    """Install `packages` where apt is and may be used; comes back with what is still missing."""
    prefix = administrator() if packages else None
    if prefix is None:
        return packages
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    what = "ติดตั้งโปรแกรมของระบบ: " + " ".join(packages)
    if run([*install, *packages], log, what):
        return []
    run([*prefix, "dpkg", "--configure", "-a"], log)
    run([*apt, "update"], log, "ปรับปรุงรายชื่อโปรแกรมของระบบ")
    return [] if run([*install, *packages], log, what) else packages


def administrator() -> list[str] | None:
    """Give what a command begins with to run as administrator; None where that can't be."""
    import shutil
    import subprocess

    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    ask = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return None if ask.returncode else ["sudo", "-n"]


def remedy(missing: "Sequence[str]") -> list[str]:
    """Say what to do for what the system lacks: one command, wherever one is enough."""
    import shutil

    if WINDOWS:
        return [WINDOWS_STEPS]
    if sys.platform == "darwin":
        return ["เปิด Terminal แล้วใช้คำสั่งนี้ (ต้องมี Homebrew จาก https://brew.sh/)", "  " + MACOS]
    if missing and shutil.which("apt-get"):
        return [ASK, "  " + apt_command(missing)]
    for manager, command in OTHER_SYSTEMS.items():
        if shutil.which(manager):
            return [ASK, "  " + command]
    return ["ติดตั้ง Pango 1.44 ขึ้นไป, HarfBuzz และ fontconfig แล้วเรียก build.py อีกครั้ง"]


def apt_command(packages: "Sequence[str]") -> str:
    """Give the one line that installs `packages`, as this user can run it."""
    import shutil

    update = "apt-get update"
    install = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if os.geteuid() == 0:
        return f"{update} && {install}"
    if shutil.which("sudo"):
        return f"sudo {update} && sudo {install}"
    return f"su -c '{update} && {install}'"


def advise_on_pdf(venv: str, log: str, missing: "Sequence[str]") -> None:
    """Say what the PDF needs of the system, and leave it in `pdf.txt` for who meets it later."""
    probe = [python_of(venv), ALONE, "-c", "import weasyprint"]
    works = run(probe, log, "ตรวจว่าทำ PDF ได้")
    if works and not missing:
        return
    lines = remedy(missing)
    write(os.path.join(venv, "pdf.txt"), "\n".join(lines).encode())
    state = "แต่ยังขาดโปรแกรมของระบบบางตัว" if works else "ระหว่างนี้ทำได้เฉพาะ DOCX ส่วน PDF ต้องติดตั้งเพิ่ม"
    say("", state, *lines)


if __name__ == "__main__":
    # No module of Python's own out of PYTHONPATH, or out of this folder, while this imports more
    sys.path.sort(key=lambda folder: not folder.startswith(os.path.dirname(os.__file__)))
    sys.exit(main(sys.argv[1:]))
