"""Two places of one archive, each damaged in its own way: what is sound in either is never lost."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes.archive import audit, bags, copies, vault
from minutes.archive.audit import verify
from minutes.archive.vault import Vault
from tests.archive.test_vault import MEETING, codes, damaged, put

ANSWER = b"an authority's answer"
NAME = "2-answer.tsr"
STAMP = f"timestamps/{NAME}"
BAG = f"objects/{MEETING}/v1"


@pytest.fixture(autouse=True)
def nobody_else_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with two versions and a time-stamp."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "here"
    for signed in (b"%PDF one", b"%PDF two"):
        put(root, signed)
    (root / vault.STAMPS).mkdir()
    (root / STAMP).write_bytes(ANSWER)
    told = {"of": 2, "file": NAME, "sha256": hashlib.sha256(ANSWER).hexdigest()}
    Vault(root).note({"kind": "timestamp", **told})
    return root


@pytest.fixture
def there(here: Path) -> Path:
    """Its copy."""
    copies.copy(here, here.with_name("there"))
    return here.with_name("there")


def run(*words: str) -> int:
    return cli.main(["archive", *words, "--archive", "here"])


def told(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    return out + err


# --- time-stamps ------------------------------------------------------------------------------


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def another(path: Path) -> None:
    path.write_bytes(b"ROTTEN")


def linked(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


DAMAGES: list[Callable[[Path], None]] = [emptied, another, linked, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_copy_never_puts_a_damaged_time_stamp_over_a_good_one(
    here: Path, there: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(here / STAMP)
    assert run("copy", "there") == 1
    assert f"here/{STAMP}:1:1: ผิดพลาด[D238]" in told(capsys)
    assert (there / STAMP).read_bytes() == ANSWER


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_time_stamp_is_not_copied_and_the_rest_is(
    here: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(here / STAMP)
    assert run("copy", "there") == 1
    assert "เพิ่ม 2 ฉบับ" in told(capsys)
    there = here.with_name("there")
    assert len(Vault(there).versions()) == 2
    assert not (there / STAMP).exists()
    assert codes(there) == {"D157", "D238"}


def test_what_the_register_does_not_know_is_not_copied(here: Path) -> None:
    (here / vault.STAMPS / "stray.tsr").write_bytes(b"stray")
    assert run("copy", "there") == 0
    assert [path.name for path in (here.with_name("there") / vault.STAMPS).iterdir()] == [NAME]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("place", ["here", "there"])
def test_each_place_gets_its_time_stamp_back_from_the_other(
    here: Path, there: Path, place: str, damage: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    damage(Path(place) / STAMP)
    is_gone = damage == Path.unlink
    assert run("compare", "there") == 1
    word = f"{STAMP} หายไปจาก {place}" if is_gone else f"{STAMP} ที่ {place} เสียหาย"
    assert word in told(capsys)
    assert run("compare", "there", "--repair", "--yes") == 0
    assert [(root / STAMP).read_bytes() for root in (here, there)] == [ANSWER, ANSWER]
    assert Path(f"{place}.damaged").exists() is not is_gone
    assert codes(here) == codes(there) == {"D157"}


def test_a_time_stamp_that_is_damaged_in_both_places_is_left_and_told(
    here: Path, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    emptied(here / STAMP)
    another(there / STAMP)
    assert run("compare", "there", "--repair", "--yes") == 1
    said = told(capsys)
    assert "ผิดพลาด[D430]" in said
    assert "archive compare --repair" not in said
    assert [(here / STAMP).read_bytes(), (there / STAMP).read_bytes()] == [b"", b"ROTTEN"]


# --- damaged in both places -------------------------------------------------------------------

FILES = (
    *("data/signed.pdf", "data/source.yaml", "data/crl/1.crl"),
    *("bagit.txt", "bag-info.txt", bags.MANIFEST, bags.TAGS),
)


def spoil(path: Path) -> None:
    damaged(path, b"spoilt")


def take_away(path: Path) -> None:
    path.unlink()


PAIRS = [(one, FILES[number - 3]) for number, one in enumerate(FILES)]


@pytest.mark.parametrize("damage", [spoil, take_away])
@pytest.mark.parametrize(("mine", "theirs"), PAIRS)
def test_what_is_damaged_in_different_files_is_put_together_again(
    here: Path, there: Path, mine: str, theirs: str, damage: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    whole = verify(here).head
    damage(here / BAG / mine)
    damage(there / BAG / theirs)
    assert run("compare", "there") == 1
    assert f"{MEETING}/v1 เสียหายทั้งสองแห่ง แต่คนละไฟล์" in told(capsys)
    assert run("compare", "there", "--repair", "--yes") == 0
    assert codes(here) == codes(there) == {"D157"}
    assert verify(here).head == verify(there).head == whole
    assert (here / BAG / "data/signed.pdf").read_bytes() == b"%PDF one"
    for place in ("here", "there"):
        (aside,) = Path(f"{place}.damaged").iterdir()
        assert aside.name.startswith(f"{MEETING}-v1-")


def test_a_version_that_one_place_lacks_is_taken_from_the_other_file_by_file(
    here: Path, there: Path
) -> None:
    shutil.rmtree(here / BAG)
    (there / BAG / "data" / "stray").write_bytes(b"does not belong there")
    assert run("compare", "there", "--repair", "--yes") == 0
    assert codes(here) == codes(there) == {"D157"}


def test_what_neither_place_has_is_named_and_nothing_is_touched(
    here: Path, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (here, there):
        damaged(place / BAG / "data/signed.pdf", place.name.encode())
    damaged(there / BAG / "data/source.yaml", b"spoilt")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert run("compare", "there", "--repair", "--yes") == 1
    said = told(capsys)
    assert f"{MEETING}/v1 เสียหายทั้งสองแห่ง และรวมให้ครบไม่ได้" in said
    assert said.count("ผิดพลาด[D430]") == 1
    assert "ไม่มีแห่งใดมีไฟล์ data/signed.pdf" in said
    assert "archive compare --repair" not in said, "it would lead in a circle"
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_other_damage_is_mended_beside_what_cannot_be(here: Path, there: Path) -> None:
    for place in (here, there):
        damaged(place / BAG / "data/signed.pdf", b"spoilt")
    second = f"objects/{MEETING}/v2/data/signed.pdf"
    damaged(here / second, b"spoilt")
    assert run("compare", "there", "--repair", "--yes") == 1
    assert (here / second).read_bytes() == b"%PDF two"


# --- what cannot be written -------------------------------------------------------------------


@pytest.mark.parametrize("name", [f"{BAG}/data/signed.pdf", STAMP])
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_what_is_damaged_stays_in_its_place_until_what_is_sound_is_beside_it(
    here: Path, there: Path, name: str, call: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (here / name).chmod(0o644)
    another(here / name)
    with monkeypatch.context() as patch:
        fired = refuse(patch, call)
        assert run("compare", "there", "--repair", "--yes") == 2
    assert fired, "the disk refused nothing"
    assert "ดิสก์เต็ม" in told(capsys)
    assert (here / name).read_bytes() == b"ROTTEN"
    assert run("compare", "there", "--repair", "--yes") == 0
    assert codes(here) == codes(there) == {"D157"}


def refuse(patch: pytest.MonkeyPatch, call: str) -> list[str]:
    """Let a full disk take nothing; gives what it refused."""
    fired: list[str] = []

    def full(path: object, *_: object) -> None:
        fired.append(str(path))
        raise OSError(28, "No space left on device", str(path))

    if call == "fsync":
        patch.setattr("os.fsync", full)
    else:  # what was damaged goes away, and what is sound does not come
        rename = Path.rename
        patch.setattr(
            Path,
            "rename",
            lambda path, to: full(path) if "staging" in path.parts else rename(path, to),
        )
    return fired


def test_of_an_archive_that_is_a_whole_disk_what_was_damaged_stays_on_it(
    here: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == there)
    damaged(there / BAG / "data/signed.pdf", b"spoilt")
    assert run("compare", str(there), "--repair", "--yes") == 0
    (aside,) = (there / "damaged").iterdir()
    assert (aside / "data/signed.pdf").read_bytes() == b"spoilt"
    assert codes(there) == {"D157"}
