"""What was done to an archive behind its back is found: every bit, file and line of it.

The archive is the command's: a scan and a copy that was signed digitally, two versions of one
meeting's minutes, a time-stamp, and the log of a verification.
"""

import hashlib
import json
import random
import shutil
import subprocess
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import bagit
import pytest

from minutes import __main__ as cli
from minutes.archive import audit, bags, stamps, vault
from minutes.archive.audit import verify
from minutes.archive.vault import Vault
from tests.archive.test_stamps import answered
from tests.archive.test_vault import codes, head
from tests.support import archived_meeting
from tests.support.archived_meeting import ID

VERSIONS = [f"{ID}/v1", f"{ID}/v2"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let the command make an archive."""
    root = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        office = archived_meeting.office(root, patch)
        for signed in (office.scans[0], office.digital):
            assert office.put(signed)() == 0
        (root / "a.tsr").write_bytes(answered(Vault(office.archive).read().head))
        for work in (("stamp", "--reply", "a.tsr"), ("verify",)):
            assert cli.main(["archive", *work, "--archive", "archive"]) == 0
    return office.archive


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture(autouse=True)
def nobody_else_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)


def files(root: Path) -> list[Path]:
    """Give every file of an archive that has a byte to lose."""
    return sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size)


def damaged(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


# --- what others read -------------------------------------------------------------------------


def test_the_archive_has_all_kinds_of_files_and_is_sound(archive: Path) -> None:
    assert [one.name for one in Vault(archive).versions()] == VERSIONS
    assert (archive / "objects" / VERSIONS[0] / "data/scan.pdf").is_file()
    assert (archive / "objects" / VERSIONS[1] / "data/crl/1.crl").is_file()
    assert len(list((archive / "timestamps").iterdir())) == 1
    assert len(files(archive)) >= 29
    assert verify(archive, [head(archive)]).problems == []


@pytest.mark.parametrize("name", VERSIONS)
def test_bags_of_the_command_are_read_by_others(archive: Path, name: str) -> None:
    bag = archive / "objects" / name
    bagit.Bag(str(bag)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "--strict", "-c", manifest]
        subprocess.run(command, cwd=bag, check=True, capture_output=True)


def test_the_register_can_be_made_anew_from_the_bags(archive: Path) -> None:
    found = [vault.read_version(place, id_) for id_, place in vault.places(archive)]
    assert [one.name for one in found] == VERSIONS
    assert found == Vault(archive).versions()


def test_an_index_made_by_others_from_the_bags_alone_is_the_register_s(archive: Path) -> None:
    lines = (archive / "register.jsonl").read_bytes().splitlines()
    told = [one for one in map(json.loads, lines) if one["kind"] == "version"]
    assert len(told) == 2
    for one in told:
        place = archive / "objects" / one["id"] / f"v{one['version']}"
        bag = bagit.Bag(str(place))
        assert one["info"] == bag.info
        assert one["id"] == bag.info["External-Identifier"]
        signed = bag.info["Minutes-Signed-File"]
        assert one["signed"] == bag.entries[f"data/{signed}"]["sha256"]
        tags = (place / "tagmanifest-sha256.txt").read_bytes()
        assert one["bag"] == hashlib.sha256(tags).hexdigest()


# --- bits and files ---------------------------------------------------------------------------


def test_every_flipped_bit_is_found(archive: Path) -> None:
    chance, anchor = random.Random(2567), head(archive)
    wholes = {path: path.read_bytes() for path in files(archive)}
    struck = set()
    for _ in range(2000):
        path = chance.choice(list(wholes))
        place, bit = chance.randrange(len(wholes[path])), chance.randrange(8)
        data = bytearray(wholes[path])
        data[place] ^= 1 << bit
        damaged(path, bytes(data))
        assert verify(archive, [anchor]).problems, (path, place, bit)
        path.write_bytes(wholes[path])
        struck.add(path)
    assert struck == set(wholes)
    assert verify(archive, [anchor]).problems == []


def test_a_file_cut_emptied_lengthened_removed_or_renamed_is_found(archive: Path) -> None:
    """The log of verifications is anchored nowhere: that its newest lines are gone, nobody sees."""
    anchor = head(archive)
    log = archive / "checks.jsonl"
    for path in files(archive):
        whole = path.read_bytes()
        for other in (whole[:-1], whole[: len(whole) // 2], b"", whole + b"\n", whole + b"\0"):
            damaged(path, other)
            assert verify(archive, [anchor]).problems or (path, other) == (log, b""), path
        path.unlink()
        assert path == log or not verify(archive, [anchor]).is_sound, path
        path.with_name("renamed").write_bytes(whole)
        assert not verify(archive, [anchor]).is_sound, path
        path.with_name("renamed").rename(path)
    assert verify(archive, [anchor]).problems == []


@pytest.mark.parametrize("name", VERSIONS)
def test_files_that_changed_places_are_found(archive: Path, name: str) -> None:
    anchor = head(archive)
    inside = files(archive / "objects" / name)
    assert len(inside) >= 12
    for one, other in combinations(inside, 2):
        data = one.read_bytes(), other.read_bytes()
        damaged(one, data[1])
        damaged(other, data[0])
        assert not verify(archive, [anchor]).is_sound, (one, other)
        one.write_bytes(data[0])
        other.write_bytes(data[1])
    assert verify(archive, [anchor]).problems == []


def test_versions_that_changed_places_are_found(archive: Path) -> None:
    first, second = (archive / "objects" / name for name in VERSIONS)
    first.rename(first.with_name("v9"))
    second.rename(first)
    first.with_name("v9").rename(second)
    assert "D144" in codes(archive, head(archive))


PLACES = [
    ".",
    "objects",
    "timestamps",
    f"objects/{ID}",
    f"objects/{ID}/v1",
    f"objects/{ID}/v2/data",
]


@pytest.mark.parametrize("place", PLACES)
def test_what_does_not_belong_there_is_found(archive: Path, place: str) -> None:
    anchor = head(archive)
    (archive / place / "extra.txt").write_text("who put me here?")
    assert not verify(archive, [anchor]).is_sound
    (archive / place / "extra.txt").unlink()
    (archive / place / "empty").mkdir()
    assert not verify(archive, [anchor]).is_sound


def test_a_link_is_no_file_even_if_its_content_is_right(archive: Path) -> None:
    anchor, aside = head(archive), archive.parent / "aside"
    folders = [archive / "objects", archive / "timestamps"]
    folders += [archive / "objects" / name for name in (ID, *VERSIONS)]
    for path in [*files(archive), *folders]:
        path.rename(aside)
        path.symlink_to(aside)
        assert not verify(archive, [anchor]).is_sound, path
        path.unlink()
        aside.rename(path)
    assert verify(archive, [anchor]).problems == []


# --- the register -----------------------------------------------------------------------------


def without(lines: list[bytes], left_out: int) -> bytes:
    return b"".join(line for number, line in enumerate(lines, 1) if number != left_out)


CHANGES: dict[str, Callable[[list[bytes], int], bytes]] = {
    "removed": without,
    "doubled": lambda lines, n: b"".join(lines[:n] + lines[n - 1 :]),
    "moved to the end": lambda lines, n: without(lines, n) + lines[n - 1],
    "moved to the start": lambda lines, n: lines[n - 1] + without(lines, n),
    "cut off with all behind": lambda lines, n: b"".join(lines[: n - 1]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_register_line_that_was_removed_doubled_or_moved_is_found(
    archive: Path, change: str
) -> None:
    path, anchor = archive / "register.jsonl", head(archive)
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 4  # the archive, two versions, a time-stamp
    tried = 0
    for number in range(1, len(lines) + 1):
        other = CHANGES[change](lines, number)
        if other != b"".join(lines):
            path.write_bytes(other)
            assert not verify(archive).is_sound, number
            assert not verify(archive, [anchor]).is_sound, number
            tried += 1
    assert tried >= 3


@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_removed_with_its_folder_is_found(archive: Path, name: str) -> None:
    shutil.rmtree(archive / "objects" / name)
    assert codes(archive) == {"D157", "D158"}


FORGED = [(VERSIONS[0], "scan-original"), (VERSIONS[1], "signed")]


@pytest.mark.parametrize(("name", "file"), FORGED)
def test_a_bag_forged_with_bagits_own_tools_is_found(archive: Path, name: str, file: str) -> None:
    place = archive / "objects" / name
    damaged(place / "data" / f"{file}.pdf", b"%PDF forged")
    for path in (place, *place.rglob("*")):
        path.chmod(0o755)
    bag = bagit.Bag(str(place))
    bag.save(manifests=True)
    bag.validate()
    assert "D144" in codes(archive)


def forge(archive: Path, keep: int) -> None:
    """Take away the newest entries with all that they tell of, so that nobody may see it."""
    path = archive / "register.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:keep]))
    for says in map(json.loads, lines[keep:]):
        if says["kind"] == "version":
            shutil.rmtree(archive / "objects" / says["id"] / f"v{says['version']}")
        else:
            (archive / "timestamps" / says["file"]).unlink()


@pytest.mark.parametrize("keep", [2, 3])
def test_removal_of_the_newest_is_found_with_the_anchor_and_said_to_be_unprovable_without(
    archive: Path, keep: int
) -> None:
    anchor = head(archive)
    forge(archive, keep)
    found = verify(archive)
    assert found.is_sound
    assert [one.code for one in found.problems] == ["D157"]
    assert codes(archive, anchor) >= {"D156"}


def test_a_rewritten_register_is_found_with_the_anchor(archive: Path) -> None:
    anchor = head(archive)
    forge(archive, 2)
    signed: dict[str, bags.Content] = {"signed.pdf": b"%PDF another story"}
    Vault(archive).put(ID, signed, [], "signed.pdf")
    Vault(archive).note({"kind": "timestamp", "of": 2})
    assert head(archive).number == anchor.number
    assert codes(archive) == {"D157"}
    assert "D156" in codes(archive, anchor)


# --- how it is looked for ---------------------------------------------------------------------


def test_a_quick_look_says_that_it_is_quick_and_reads_no_payload(archive: Path) -> None:
    damaged(archive / "objects" / VERSIONS[0] / "data/scan.pdf", b"%PDF changed")
    found = verify(archive, quick=True)
    assert found.quick
    assert found.is_sound
    shutil.rmtree(archive / "objects" / VERSIONS[0])
    assert not verify(archive, quick=True).is_sound


def test_an_unreadable_manifest_is_told(archive: Path) -> None:
    place = archive / "objects" / VERSIONS[0] / bags.TAGS
    place.unlink()
    place.mkdir()
    assert codes(archive) & {"D143", "D158", "D159", "D144"}


def test_verification_writes_nothing(archive: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in archive.rglob("*")}
    assert len(before) > 30
    verify(archive)
    assert {path: path.stat().st_mtime_ns for path in archive.rglob("*")} == before


def test_a_stamp_that_is_no_more_is_missed(archive: Path) -> None:
    (stamp,) = (archive / vault.STAMPS).iterdir()
    assert stamp.name in stamps.noted(Vault(archive).read().entries)
    stamp.unlink()
    assert "D238" in codes(archive)
