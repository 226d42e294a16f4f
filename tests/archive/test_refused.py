"""What ``archive put`` refuses is said in words, with an exit status, and nothing is written."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from minutes import __main__ as cli
from minutes.archive import bags
from minutes.archive.vault import Vault
from tests.commands.test_archive import Desk
from tests.support import archived_meeting, scanned_pages
from tests.support.archived_meeting import ID, Office

HUGE = 300 << 20  # bytes
Tree = dict[str, tuple[int, int, int, int]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose archive has a version."""
    with pytest.MonkeyPatch.context() as patch:
        made = archived_meeting.office(tmp_path_factory.mktemp("office"), patch)
        assert made.put(made.scans[0])() == 0
        yield made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(capsys)


def tree(root: Path) -> Tree:
    """Give all that lies in an office's folder, and how it looks; what is read looks the same."""
    found = (path for path in root.rglob("*") if path != root / "temporary")
    looks = {str(path.relative_to(root)): path.lstat() for path in found}
    assert len(looks) > 30
    return {n: (s.st_mode, s.st_size, s.st_mtime_ns, s.st_ino) for n, s in looks.items()}


def linked(place: Path) -> None:
    place.symlink_to(scanned_pages.scan(place.with_name("real.pdf"), scanned_pages.pages(1)))


def locked(place: Path) -> None:
    scanned_pages.scan(place, scanned_pages.pages(1))
    with pikepdf.open(place, allow_overwriting_input=True) as pdf:
        pdf.save(place, encryption=pikepdf.Encryption(owner="หนึ่ง", user="two"))


def cut(place: Path) -> None:
    data = scanned_pages.scan(place, scanned_pages.pages(1)).read_bytes()
    place.write_bytes(data[: len(data) // 3].replace(b"obj", b"job"))


def huge(place: Path, beginning: bytes = b"") -> None:
    """Write a file that takes no room, for it is nothing but zeros."""
    place.write_bytes(beginning)
    os.truncate(place, HUGE)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (linked, "D141"),
    "a link to nowhere": (lambda place: place.symlink_to("nowhere"), "D141"),
    "a pipe": (os.mkfifo, "D141"),
    "a folder": (Path.mkdir, "D141"),
    "nothing": (lambda place: None, "D80"),
    "an empty file": (Path.touch, "D221"),
    "no PDF": (lambda place: place.write_bytes(b"PK\x03\x04" * 1000), "D221"),
    "a PDF cut off": (cut, "D221"),
    "the first line of a PDF": (lambda place: place.write_bytes(b"%PDF-1.7\n"), "D221"),
    "300 MB of nothing": (huge, "D221"),
    "300 MB that begin as a PDF": (lambda place: huge(place, b"%PDF-1.7\n"), "D221"),
    "a PDF with a password": (locked, "D222"),
    "a PDF that nobody signed": (scanned_pages.born_digital, "D223"),
}


@pytest.mark.parametrize("archive", ["archive", "no archive yet"])
@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_signed_copy_is_refused(
    kind: str, archive: str, office: Office, run: Desk, tmp_path: Path
) -> None:
    make, code = REFUSED[kind]
    make(tmp_path / "bad.pdf")
    before = tree(office.root)
    given = ("put", ID, str(tmp_path / "bad.pdf"), "--archive", archive)
    assert run.codes(*given) == (1, [code])
    assert tree(office.root) == before


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full"])
def test_a_device_is_refused(device: str, office: Office, run: Desk) -> None:
    before = tree(office.root)
    assert run.codes("put", ID, device) == (1, ["D141"])
    assert tree(office.root) == before


IDS = [
    "../x", "a/b", "a\n", "con", "ก" * 86, "../../etc/passwd", "board-2569-02", "", "-rf", "a\\b",
    "a" * 65, "a" * 5000, "BOARD-2569-01", f"{ID}\n", f" {ID}", f"{ID}/v1", ".", "..", "*",
]  # fmt: skip


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_none_is_refused(name: str, office: Office, run: Desk) -> None:
    before = tree(office.root)
    status, codes = run.codes("put", "--", name, str(office.scans[1]))
    assert (status, len(codes)) == (1, 1)
    assert codes[0] in {"D147", "D367", "D82"}
    assert tree(office.root) == before


def test_a_name_that_looks_like_an_option_is_refused(office: Office, run: Desk) -> None:
    before = tree(office.root)
    assert run("put", "-rf", str(office.scans[1]))[0] == 2
    assert run("put", ID, "-rf")[0] == 2
    assert tree(office.root) == before


@pytest.mark.parametrize("name", ["../x", "a/b", "a\n", "con", "-rf", "ก" * 86, ""])
def test_a_signed_copy_that_is_nowhere_is_told(name: str, office: Office, run: Desk) -> None:
    before = tree(office.root)
    status, _, err = run("put", "--", ID, name)
    assert status in (1, 2)
    assert err.strip()
    assert "Traceback" not in err
    assert tree(office.root) == before


@pytest.mark.parametrize("name", ["con", "-rf", "a\n", "ก" * 80, "* ? [x]", "%s {} \u202e"])
def test_the_name_that_a_signed_copy_came_with_is_nowhere_in_the_archive(
    name: str, office: Office, run: Desk, tmp_path: Path
) -> None:
    place = tmp_path / name
    place.write_bytes(office.scans[1].read_bytes() + name.encode())
    assert run("put", "--archive", str(tmp_path / "archive"), "--", ID, str(place))[0] == 0
    (version,) = Vault(tmp_path / "archive").versions()
    assert version.signed == bags.digest_of(place)
    names = [path.name for path in (tmp_path / "archive").rglob("*")]
    assert len(names) > 15
    assert all(one.isascii() and one.isprintable() and "*" not in one for one in names)


def test_what_was_refused_can_be_kept_once_it_is_mended(office: Office, tmp_path: Path) -> None:
    given, archive = tmp_path / "a.pdf", str(tmp_path / "archive")
    cut(given)
    assert cli.main(["archive", "put", ID, str(given), "--archive", archive]) == 1
    given.write_bytes(office.scans[1].read_bytes())
    assert cli.main(["archive", "put", ID, str(given), "--archive", archive]) == 0
    says = json.loads((tmp_path / "archive/register.jsonl").read_bytes().splitlines()[1])
    assert (says["version"], says["signed"]) == (1, bags.digest_of(given))
