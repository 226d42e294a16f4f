"""The archive: kept whole, found changed, brought back. Its bags are read by bagit-python too."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bagit
import pytest
from filelock import FileLock

from minutes.archive import audit, bags, copies, exports, register, retention, vault
from minutes.archive.audit import Anchor, verify
from minutes.archive.vault import Kept, Vault
from minutes.problems.errors import Fault

SIGNED = b"%PDF-1.7 signed by hand\n" + bytes(range(256)) * 3
FILES: dict[str, bags.Content] = {
    "signed.pdf": SIGNED,
    "source.yaml": "วันที่: 18 มิถุนายน 2567\n".encode(),
    "crl/1.crl": b"revoked: nobody",
}
INFO = [
    ("Source-Organization", "ที่ว่าการอำเภอตัวอย่าง"),
    ("External-Description", "รายงานการประชุมคณะกรรมการตัวอย่าง\nครั้งที่ ๒/๒๕๖๗"),
    ("Meeting-Date", "2024-06-18 (18 มิถุนายน 2567)"),
    ("Retention-Class", "10 years"),
]
MEETING = "otop-2567-02"


def put(root: Path, signed: bytes = SIGNED, id_: str = MEETING) -> Kept:
    return Vault(root).put(id_, {**FILES, "signed.pdf": signed}, INFO, "signed.pdf")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with two versions of one meeting's minutes, and one of another's."""
    root = tmp_path / "archive"
    for signed, id_ in (
        (SIGNED, MEETING),
        (b"%PDF as corrected", MEETING),
        (SIGNED, "sapha-2567-01"),
    ):
        assert not put(root, signed, id_).was_there
    return root


@pytest.fixture(autouse=True)
def nobody_else_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)


def codes(root: Path, *anchors: Anchor, quick: bool = False) -> set[str]:
    found = verify(root, anchors, quick=quick)
    assert found.is_sound == all(one.severity != "error" for one in found.problems)
    return {one.code for one in found.problems}


def head(root: Path) -> Anchor:
    reading = Vault(root).read()
    return Anchor(reading.head.number, reading.head.hash[: register.SHORT])


def damaged(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


# --- keeping ----------------------------------------------------------------------------------


def test_what_was_put_is_there_in_bags_that_others_can_read(archive: Path) -> None:
    found = sorted((archive / "objects").glob("*/*"))
    assert [f"{p.parent.name}/{p.name}" for p in found] == [
        f"{MEETING}/v1", f"{MEETING}/v2", "sapha-2567-01/v1"
    ]  # fmt: skip
    for bag in found:
        bagit.Bag(str(bag)).validate()
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            command = ["sha256sum", "--strict", "-c", manifest]
            subprocess.run(command, cwd=bag, check=True, capture_output=True)
    assert (found[0] / "data" / "signed.pdf").read_bytes() == SIGNED
    assert not (archive / "register.jsonl").stat().st_mode & 0o111  # it is no program
    about = bagit.Bag(str(found[0])).info
    assert about["External-Description"] == "รายงานการประชุมคณะกรรมการตัวอย่าง ครั้งที่ ๒/๒๕๖๗"


def test_a_sound_archive_is_proven_up_to_its_anchor(archive: Path) -> None:
    found = verify(archive, [head(archive)])
    assert (found.problems, found.versions, found.anchored) == ([], 3, 4)


def test_without_an_anchor_the_end_is_said_to_be_unproven(archive: Path) -> None:
    assert codes(archive) == {"D157"}
    first = Vault(archive).read().entries[0].head
    found = verify(archive, [Anchor(first.number, first.hash)])
    assert [one.values["after"] for one in found.problems] == [1]


def test_the_same_signed_file_is_not_kept_twice(archive: Path) -> None:
    before = (archive / "register.jsonl").read_bytes()
    kept = put(archive, b"%PDF as corrected")
    assert kept.was_there
    assert kept.version.name == f"{MEETING}/v2"
    assert (archive / "register.jsonl").read_bytes() == before


def test_what_is_not_kept_is_taken_away_where_no_read_only_file_may_be(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    unlink = os.unlink

    def as_on_windows(path: str, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd).st_mode & 0o200:
            refused.append(path)
            raise PermissionError(13, "Access is denied", path)
        unlink(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", as_on_windows)
    with pytest.raises(PermissionError):
        (archive / "objects" / MEETING / "v1" / "bagit.txt").unlink()
    assert put(archive, b"%PDF as corrected").was_there
    assert not list((archive / "staging").iterdir())
    (archive / "staging" / "left").mkdir()
    bags.write(archive / "staging" / "left" / "bag", FILES, INFO)  # as a killed run leaves it
    assert put(archive, b"%PDF as corrected").was_there
    assert not list((archive / "staging").iterdir())
    assert len(refused) == 1


def test_a_version_is_found_by_its_name_and_the_newest_by_its_id(archive: Path) -> None:
    found = Vault(archive)
    assert found.version(f"{MEETING}/v1").number == 1
    assert found.version(MEETING).number == 2
    for name in ("otop-2567-99", f"{MEETING}/v3", "", "/v1", f"{MEETING}/"[:-1] + "/1"):
        with pytest.raises(Fault, match="D149"):
            found.version(name)


@pytest.mark.parametrize(
    "id_",
    [
        "../x",
        "a/b",
        "a\\b",
        "a\n",
        "con",
        "nul",
        "com1",
        "-rf",
        "a-",
        "",
        "ก" * 86,
        "A",
        "a" * 65,
        "๑",
    ],
)
def test_an_id_that_is_no_name_for_a_folder_is_refused(tmp_path: Path, id_: str) -> None:
    with pytest.raises(Fault, match="D147"):
        put(tmp_path / "archive", id_=id_)
    assert not (tmp_path / "archive").exists()


def test_names_inside_a_bag_are_plain(tmp_path: Path) -> None:
    for name in ("../x", "a//b", "รายงาน.pdf", ".hidden", "a\nb", ""):
        with pytest.raises(ValueError, match="no name"):
            bags.write(tmp_path / "bag", {name: b""}, [])


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "device"])
def test_what_is_no_plain_file_is_not_kept(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "signed.pdf"
    (tmp_path / "real.pdf").write_bytes(SIGNED)
    make: dict[str, Callable[[], None]] = {
        "link": lambda: place.symlink_to(tmp_path / "real.pdf"),
        "pipe": lambda: os.mkfifo(place),
        "folder": place.mkdir,
        "device": lambda: None,
    }
    make[kind]()
    source = Path("/dev/null") if kind == "device" else place
    with pytest.raises(Fault, match="D141"):
        Vault(tmp_path / "archive").put(MEETING, {"signed.pdf": source}, INFO, "signed.pdf")
    assert Vault(tmp_path / "archive").versions() == []
    assert not list((tmp_path / "archive" / "staging").iterdir())


def test_a_file_is_copied_from_its_place(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(SIGNED * 2000)
    kept = Vault(tmp_path / "a").put(MEETING, {"signed.pdf": scan}, INFO, "signed.pdf")
    assert kept.version.signed == hashlib.sha256(SIGNED * 2000).hexdigest()


def test_what_reads_back_otherwise_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bags, "digest_of", lambda _: "0" * 64)
    with pytest.raises(Fault, match="D140"):
        put(tmp_path / "archive")


def test_there_must_be_an_archive_to_verify(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="D148"):
        verify(tmp_path / "nowhere")


# --- what a killed run leaves -----------------------------------------------------------------


def test_a_version_that_came_to_its_place_alone_is_entered_by_the_next_run(archive: Path) -> None:
    lines = (archive / "register.jsonl").read_bytes().splitlines(keepends=True)
    (archive / "register.jsonl").write_bytes(b"".join(lines[:-1]))
    assert codes(archive) == {"D157", "D160"}
    assert put(archive, SIGNED, "sapha-2567-01").was_there
    assert codes(archive) == {"D157"}
    assert (archive / "register.jsonl").read_bytes() == b"".join(lines)


def test_half_a_line_and_what_was_staged_are_forgotten(archive: Path) -> None:
    whole = (archive / "register.jsonl").read_bytes()
    (archive / "register.jsonl").write_bytes(whole + b'{"bag":"12')
    (archive / "staging" / "left").mkdir()
    assert codes(archive) == {"D153", "D157", "D161"}
    assert put(archive).was_there is False  # SIGNED is not the newest version's
    assert codes(archive) == {"D157"}
    assert (archive / "register.jsonl").read_bytes().startswith(whole)


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "the last line was changed": lambda lines: [*lines[:3], lines[3].replace(b"sapha", b"samut")],
    "a line of the meeting was changed": lambda lines: [
        lines[0], lines[1].replace(b"2024-06-18", b"2024-06-19"), *lines[2:]
    ],
    "a line was removed": lambda lines: [*lines[:2], lines[3]],
    "a line was doubled": lambda lines: [*lines[:2], *lines[1:]],
    "two lines changed places": lambda lines: [lines[0], lines[2], lines[1], lines[3]],
    "a line is none": lambda lines: [lines[0], b"{}\n", *lines[2:]],
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_added_to_a_register_that_was_changed(archive: Path, change: str) -> None:
    path = archive / "register.jsonl"
    path.write_bytes(b"".join(CHANGES[change](path.read_bytes().splitlines(keepends=True))))
    before = path.read_bytes()
    with pytest.raises(Fault, match="D152"):
        put(archive, b"%PDF another")
    assert path.read_bytes() == before


def test_a_register_that_is_gone_is_brought_back_from_the_copy_and_never_begun_anew(
    archive: Path,
) -> None:
    copy = archive.parent / "copy"
    copies.copy(archive, copy)
    whole = (archive / "register.jsonl").read_bytes()
    (archive / "register.jsonl").unlink()
    with pytest.raises(Fault, match="D154"):
        put(archive, b"%PDF another")
    assert not (archive / "register.jsonl").exists()
    assert "D154" in codes(archive)
    copies.copy(copy, archive)
    assert (archive / "register.jsonl").read_bytes() == whole
    assert codes(archive) == {"D157"}


def test_what_lies_where_no_run_brought_it_is_not_entered(archive: Path) -> None:
    meeting = archive / "objects" / MEETING
    shutil.copytree(meeting / "v1", meeting / "v3")  # says of itself that it is v1
    with pytest.raises(Fault, match="D150"):
        put(archive, b"%PDF another")
    assert len(Vault(archive).versions()) == 3


def test_a_version_that_a_killed_run_brought_is_entered_by_a_put_of_another_meeting(
    archive: Path,
) -> None:
    lines = (archive / "register.jsonl").read_bytes().splitlines(keepends=True)
    (archive / "register.jsonl").write_bytes(b"".join(lines[:-1]))
    (archive / "staging" / "left").mkdir()  # its bag came to its place
    put(archive, b"%PDF another")
    found = [one.name for one in Vault(archive).versions()]
    assert found[2:] == ["sapha-2567-01/v1", f"{MEETING}/v3"]
    assert codes(archive) == {"D157"}


def test_a_version_stays_marked_until_it_is_in_the_register(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(register, "append", refuse)
        with pytest.raises(OSError, match="No space"):
            put(archive, b"%PDF another")
    assert len(list((archive / "staging").iterdir())) == 1
    put(archive, SIGNED + b"more", "sapha-2567-01")
    found = [one.name for one in Vault(archive).versions()]
    assert found[3:] == [f"{MEETING}/v3", "sapha-2567-01/v2"]
    assert codes(archive) == {"D157"}
    assert not list((archive / "staging").iterdir())


def test_a_folder_in_the_way_is_not_written_over(archive: Path) -> None:
    (archive / "objects" / MEETING / "v3").mkdir()
    with pytest.raises(Fault, match="D150"):
        put(archive, b"%PDF another")
    shutil.move(archive / "objects" / MEETING, archive.parent / "elsewhere")
    (archive / "objects" / MEETING).symlink_to(archive.parent / "elsewhere")
    with pytest.raises(Fault, match="D141"):
        put(archive, b"%PDF another")


def test_another_run_that_never_ends_is_told(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "PATIENCE", 0.01)
    with FileLock(archive / ".lock"), pytest.raises(Fault, match="D151"):
        put(archive, b"%PDF another")


# --- copies -----------------------------------------------------------------------------------


def test_a_copy_is_brought_up_to_date_and_is_an_archive_itself(archive: Path) -> None:
    there = archive.parent / "second"
    assert len(copies.copy(archive, there)) == 3
    put(archive, b"%PDF a third")
    assert [one.name for one in copies.copy(archive, there)] == [f"{MEETING}/v3"]
    assert verify(there, [head(archive)]).problems == []
    assert copies.compare(archive, there).is_even


def test_what_is_damaged_is_never_copied(archive: Path) -> None:
    damaged(archive / "objects" / MEETING / "v2" / "data" / "signed.pdf", b"%PDF changed")
    with pytest.raises(Fault, match="D144"):
        copies.copy(archive, archive.parent / "second")
    assert codes(archive.parent / "second") == {"D157"}
    assert [one.name for one in Vault(archive.parent / "second").versions()] == [f"{MEETING}/v1"]


def test_two_stories_are_not_mixed(archive: Path) -> None:
    there = archive.parent / "second"
    copies.copy(archive, there)
    put(there, b"%PDF only there")
    with pytest.raises(Fault, match="D162"):
        copies.copy(archive, there)
    put(archive, b"%PDF only here")
    for work in (copies.copy, copies.compare):
        with pytest.raises(Fault, match="D162"):
            work(archive, there)


def test_a_copy_of_a_changed_register_is_refused(archive: Path) -> None:
    path = archive / "register.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], *lines[2:]]))
    with pytest.raises(Fault, match="D152"):
        copies.copy(archive, archive.parent / "second")


@pytest.mark.parametrize("place", ["here", "there"])
def test_each_place_is_mended_from_the_other_and_nothing_is_lost(archive: Path, place: str) -> None:
    there = archive.parent / "second"
    copies.copy(archive, there)
    broken = archive if place == "here" else there
    damaged(broken / "objects" / MEETING / "v1" / "data" / "signed.pdf", b"%PDF changed")
    shutil.rmtree(broken / "objects" / "sapha-2567-01" / "v1")
    found = copies.compare(archive, there)
    assert not found.is_even
    assert [(d.name, d.is_gone) for d in found.differences] == [
        (f"{MEETING}/v1", False), ("sapha-2567-01/v1", True)
    ]  # fmt: skip
    moved = [copies.repair(difference, "2567-06-18") for difference in found.differences]
    assert moved[1] is None
    assert moved[0] is not None
    assert (moved[0] / "data" / "signed.pdf").read_bytes() == b"%PDF changed"
    assert copies.compare(archive, there).is_even


def test_a_place_that_lags_behind_is_no_equal(archive: Path) -> None:
    there = archive.parent / "second"
    copies.copy(archive, there)
    put(archive, b"%PDF a third")
    found = copies.compare(archive, there)
    assert found.behind == 1
    assert not found.is_even


# --- giving out -------------------------------------------------------------------------------


def test_a_stranger_checks_an_exported_version_with_sha256sum(archive: Path) -> None:
    found = Vault(archive)
    target = exports.export(found, found.version(f"{MEETING}/v1"), archive.parent / "v1.zip")
    with zipfile.ZipFile(target) as packed:
        packed.extractall(archive.parent / "stranger")
    place = archive.parent / "stranger" / f"{MEETING}-v1"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "--strict", "-c", manifest]
        subprocess.run(command, cwd=place, check=True, capture_output=True)
    note = place.with_suffix(".txt").read_text("utf-8")
    assert f"entry 2, {found.read().entries[1].hash}" in note
    with pytest.raises(FileExistsError):
        exports.export(found, found.version(MEETING), target)


def test_a_version_is_restored_into_a_new_folder(archive: Path) -> None:
    found = Vault(archive)
    place = archive.parent / "restored"
    names = {
        p.relative_to(place).as_posix()
        for p in exports.restore(found, found.version(MEETING), place)
    }
    assert names == {"signed.pdf", "source.yaml", "crl/1.crl"}
    assert (place / "signed.pdf").read_bytes() == b"%PDF as corrected"
    with pytest.raises(FileExistsError):
        exports.restore(found, found.version(MEETING), place)


@pytest.mark.parametrize("work", [exports.export, exports.restore])
def test_what_cannot_be_given_out_whole_is_not_given_out(
    archive: Path, work: Callable[[Vault, vault.Version, Path], object], tmp_path: Path
) -> None:
    found = Vault(archive)
    version = found.version(MEETING)
    read = bags.opened

    def full(path: Path) -> object:
        if path.name == "source.yaml" and (tmp_path / "out").exists():
            raise OSError(28, "No space left on device")
        return read(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bags, "opened", full)
        with pytest.raises(OSError, match="No space") as told:
            work(found, version, tmp_path / "out")
    assert told.value.filename == str(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    work(found, version, tmp_path / "out")


@pytest.mark.parametrize("work", [exports.export, exports.restore])
def test_what_is_damaged_is_not_given_out(
    archive: Path, work: Callable[[Vault, vault.Version, Path], object]
) -> None:
    found = Vault(archive)
    damaged(archive / "objects" / MEETING / "v1" / "data" / "signed.pdf", b"%PDF changed")
    with pytest.raises(Fault, match="D144"):
        work(found, found.version(f"{MEETING}/v1"), archive.parent / "out")
    shutil.rmtree(archive / "objects" / MEETING / "v1")
    with pytest.raises(Fault, match="D158"):
        work(found, found.version(f"{MEETING}/v1"), archive.parent / "out")
    assert not (archive.parent / "out").exists()


def test_the_head_is_published_with_its_short_form(archive: Path) -> None:
    told = exports.head_file(Vault(archive).read())
    assert told["number"] == 4
    assert told["short"] == f"4-{str(told['hash'])[:16]}"


@pytest.mark.parametrize(
    ("kept", "on", "found"),
    [
        ("10 years", date(2034, 12, 31), 0),
        ("10 years", date(2035, 1, 1), 1),
        ("permanent", date(2999, 1, 1), 0),
        ("", date(2999, 1, 1), 0),
    ],
)
def test_what_has_reached_the_end_of_its_time_is_listed(
    tmp_path: Path, kept: str, on: date, found: int
) -> None:
    about = [*INFO[:-1], ("Retention-Class", kept)]
    Vault(tmp_path / "a").put(MEETING, FILES, about, "signed.pdf")
    listed = retention.due(Vault(tmp_path / "a").versions(), on)
    assert [one.since for one in listed] == [date(2035, 1, 1)] * found


def test_a_version_without_a_date_is_never_due(tmp_path: Path) -> None:
    kept = Vault(tmp_path / "a").put(MEETING, FILES, INFO[-1:], "signed.pdf")
    assert retention.ends(kept.version) is None


def test_an_entry_of_another_kind_joins_the_chain(archive: Path) -> None:
    before = Vault(archive).read().head
    after = Vault(archive).note({"kind": "timestamp", "of": before.number})
    assert after.number == before.number + 1
    assert verify(archive, [Anchor(after.number, after.hash)]).problems == []
