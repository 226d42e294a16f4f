"""The locks: what they hold, and that pip installs them when every package has a newer version."""

import ast
import base64
import hashlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from threading import Thread

import pytest

import build
from minutes.paths import ROOT
from tools import lock as lock_maker

PROGRAM, TESTS, SIGN = LOCKS = (
    "requirements.txt",
    "requirements-test.txt",
    "requirements-sign.txt",
)
# What Debian 12 has, and the newest: to pip before 23.3 a package with an extra is another one.
PIPS = OLD, _ = ("pip==23.0.1", "pip")


@dataclass(frozen=True)
class Pinned:
    """One package of a lock."""

    name: str
    extras: str
    version: str
    marker: str
    lines: str

    @property
    def newer(self) -> str:
        """A later version that meets every bound which the locked one meets."""
        return re.sub(r"(\.post\d+)?$", ".post99", self.version, count=1)

    def line(self, digest: str, extras: str) -> str:
        return f"{self.name}{extras}=={self.version} {self.marker} --hash=sha256:{digest}\n"


PIN = re.compile(r"^([a-z0-9-]+)(\[[a-z0-9,-]+\])?==([\w.]+) (; .+ )?\\$")


def pinned(lock: str) -> dict[str, Pinned]:
    """Return each package of a lock by its name."""
    blocks = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert len(blocks) > 20
    found = [(PIN.match(block.partition("\n")[0]), block) for block in blocks]
    assert all(match for match, _ in found), blocks
    rows = [([*match.groups("")], block) for match, block in found if match]
    return {row[0]: Pinned(row[0], row[1], row[2], row[3], block) for row, block in rows}


# What the locks hold


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock: str) -> None:
    for package in pinned(lock).values():
        assert "--hash=sha256:" in package.lines


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_place_to_fetch_from(lock: str) -> None:
    assert not re.search(r"://|--index|--find-links", (ROOT / lock).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", [TESTS, SIGN])
def test_the_other_locks_use_the_very_versions_of_the_program(lock: str) -> None:
    program, other = pinned(PROGRAM), pinned(lock)
    versions = {name: package.version for name, package in program.items()}
    assert versions == {name: other[name].version for name in versions}


def declared() -> Iterator[tuple[str, str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in project["dependencies"]:
        yield PROGRAM, line
    for lock, extra in lock_maker.EXTRAS.items():
        for line in project["optional-dependencies"][extra]:
            yield lock, line


def name_and_extras(line: str) -> tuple[str, set[str]]:
    match = re.match(r"([\w.-]+)(?:\[([\w,-]+)\])?", line)
    assert match
    return match[1].lower(), set((match[2] or "").split(",")) - {""}


def test_the_locks_hold_what_pyproject_declares_with_its_extras() -> None:
    lines = list(declared())
    assert len(lines) > 20
    for lock, line in lines:
        name, extras = name_and_extras(line)
        locked = pinned(lock).get(name)
        assert locked, f"{name}: make {lock} again"
        assert extras <= name_and_extras(name + locked.extras)[1], f"{line}: make {lock} again"


def test_the_program_imports_only_what_it_declares() -> None:
    names = {name_and_extras(line)[0] for _, line in list(declared())}
    imported = {name for path in (ROOT / "minutes").rglob("*.py") for name in imports(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"minutes"}
    assert "click" in foreign
    for name in foreign:
        assert {owner.lower() for owner in owners().get(name, [])} & names, (
            f"{name} is not declared in pyproject.toml"
        )


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_one_script_makes_all_locks_the_programs_first_and_none_without_its_extras() -> None:
    commands = list(lock_maker.commands(["--upgrade"]))
    assert [command[command.index("-o") + 1] for command in commands] == list(LOCKS)
    for command in commands:
        assert {"--no-strip-extras", "--generate-hashes", "--universal", "--upgrade"} <= {*command}
    assert all(command[-4:-2] == ["-c", PROGRAM] for command in commands[1:])


# What pip makes of them, from an index in which every package has a newer version


@dataclass(frozen=True)
class Index:
    """A package index on this machine, of wheels without content; locks with their hashes."""

    address: str
    digests: dict[str, str]

    def write(self, lock: str, folder: Path, *, extras: bool = True) -> Path:
        """Write a lock with the hashes of this index; with or without its extras."""
        packages = pinned(lock).values()
        lines = [p.line(self.digests[p.name], p.extras if extras else "") for p in packages]
        (folder / lock).write_text("".join(lines), encoding="utf-8")
        return folder / lock


class Quiet(SimpleHTTPRequestHandler):
    """Lists a folder as a simple index does: links to its files."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    packages = {name: package for lock in LOCKS for name, package in pinned(lock).items()}
    digests = {name: add(folder / name, package) for name, package in packages.items()}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Index(f"http://127.0.0.1:{server.server_port}/", digests)
        server.shutdown()


def add(folder: Path, package: Pinned) -> str:
    """Lay a package into the index in two versions; return the digest of the locked one."""
    folder.mkdir()
    wheel(folder, package, package.newer)
    return hashlib.sha256(wheel(folder, package, package.version).read_bytes()).hexdigest()


def wheel(folder: Path, package: Pinned, version: str) -> Path:
    """Write a wheel that asks for what the real one asks for, and has nothing in its modules."""
    about = f"{package.name.replace('-', '_')}-{version}"
    files = {f"{name}/__init__.py": "" for name in modules(package.name)}
    files[f"{about}.dist-info/METADATA"] = asks(package, version)
    files[f"{about}.dist-info/WHEEL"] = (
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{name},sha256={encoded(text)},{len(text)}\n" for name, text in files.items()]
    files[f"{about}.dist-info/RECORD"] = "".join([*record, f"{about}.dist-info/RECORD,,\n"])
    with zipfile.ZipFile(folder / f"{about}-py3-none-any.whl", "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return folder / f"{about}-py3-none-any.whl"


def encoded(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def modules(name: str) -> list[str]:
    """Return which modules the real package brings, of those that the set-up looks for."""
    wanted = (*build.PROGRAM[2], *build.TESTS[2])
    return [module for module in wanted if name in map(str.lower, owners()[module])]


@cache
def owners() -> Mapping[str, list[str]]:
    """Return the packages that bring each module."""
    return metadata.packages_distributions()


def asks(package: Pinned, version: str) -> str:
    """Return the metadata of the real package under another version."""
    lines = [f"Metadata-Version: 2.1\nName: {package.name}\nVersion: {version}\n"]
    try:
        real = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        assert package.marker, f"{package.name} is locked for every machine, and not here"
        return lines[0]
    for key in ("Requires-Dist", "Provides-Extra"):
        lines += [f"{key}: {value}\n" for value in real.get_all(key, [])]
    return "".join(lines)


@pytest.fixture(scope="module")
def pips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the wheels of an old pip and of the newest, from where this machine has packages."""
    wheels = {}
    for pip in PIPS:
        folder = tmp_path_factory.mktemp("pip")
        command = [*build.pip_of(build.VENV), "download", "--no-deps", "--dest", str(folder), pip]
        subprocess.run(command, check=True, capture_output=True)
        (wheels[pip],) = folder.glob("pip-*.whl")
    return wheels


@pytest.fixture
def venv(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make an environment without any pip, in a home whose locks are of the index alone."""
    monkeypatch.setenv("PIP_INDEX_URL", index.address)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    for name, value in {"PIP_CONFIG_FILE": "/dev/null", "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(build, "ROOT", str(tmp_path))
    for lock in LOCKS:
        index.write(lock, tmp_path)
    made = str(tmp_path / ".venv")
    command = [build.base_python(), build.ALONE, "-m", "venv", "--without-pip", made]
    subprocess.run(command, check=True)
    return made


def give(venv: str, pip: Path) -> None:
    """Lay a pip into an environment: its wheel holds nothing that needs to be made."""
    with zipfile.ZipFile(pip) as archive:
        archive.extractall(build.packages_of(venv))


def installs(venv: str, lock: Path, tmp_path: Path) -> str:
    """Let pip work out a lock as who installs it by hand; return why it cannot, else nothing."""
    log = tmp_path / "log"
    command = [*build.pip_of(venv), "install", "--dry-run", *build.PIP_QUIET, "-r", str(lock)]
    return "" if build.run(command, str(log)) else log.read_text(encoding="utf-8")


def versions(venv: str) -> dict[str, str]:
    found = metadata.distributions(path=[build.packages_of(venv)])
    return {one.name: one.version for one in found if one.name != "pip"}


@pytest.mark.system
@pytest.mark.parametrize("pip", PIPS)
def test_the_set_up_installs_every_locked_version_though_each_has_a_newer_one(
    venv: str, pips: dict[str, Path], pip: str, tmp_path: Path
) -> None:
    give(venv, pips[pip])
    for lock in (build.PROGRAM, build.TESTS):
        build.install_lock(venv, str(tmp_path / "log"), lock)
        assert build.is_ready(venv, lock)
    locked = pinned(TESTS)
    found = versions(venv)
    assert found == {name: locked[name].version for name in found}
    assert found.keys() >= {name for name, package in locked.items() if not package.marker}


@pytest.mark.system
@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("pip", PIPS)
def test_a_lock_holds_all_that_its_packages_ask_for(
    venv: str, pips: dict[str, Path], pip: str, tmp_path: Path, lock: str
) -> None:
    give(venv, pips[pip])
    assert installs(venv, tmp_path / lock, tmp_path) == ""


@pytest.mark.system
@pytest.mark.parametrize("lock", [PROGRAM, TESTS])
def test_an_old_pip_refuses_a_lock_without_its_extras(
    venv: str, pips: dict[str, Path], index: Index, tmp_path: Path, lock: str
) -> None:
    give(venv, pips[OLD])
    bare = index.write(lock, tmp_path, extras=False)
    assert "must have their versions pinned" in installs(venv, bare, tmp_path)
