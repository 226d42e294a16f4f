import os
import time
from pathlib import Path

import pytest

from minutes import store

OLD = {"a": {store.digest(b"old")}}


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "otop" / "2567-01"
    written = store.write(folder, {"ก.pdf": b"one", "ข.docx": b"two"}, {})
    assert [one.path for one in written.values()] == [folder / "ก.pdf", folder / "ข.docx"]
    assert [one.path.read_bytes() for one in written.values()] == [b"one", b"two"]


def test_a_file_is_replaced_and_its_neighbours_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"kept")
    store.write(tmp_path, {"a": b"new"}, OLD)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"new",
        "b": b"kept",
    }


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_file_may_be_read_by_whom_the_machine_lets_read(
    tmp_path: Path, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        path = store.write(tmp_path, {"a": b""}, {})["a"].path
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


def test_what_a_killed_run_left_is_removed_by_the_next_that_writes(tmp_path: Path) -> None:
    (tmp_path / "fresh").touch()
    then = (tmp_path / "fresh").stat().st_mtime - store.ABANDONED - 60
    left = [tmp_path / f".{name}.x1.tmp" for name in ("a", "b", "c")]
    for path in left:
        path.write_bytes(b"ha")
        os.utime(path, (then, then))
    store.write(tmp_path, {"a": b"new", "b": b"new"}, {})
    assert sorted(path.name for path in tmp_path.glob(".*.tmp")) == [".c.x1.tmp"]


@pytest.mark.parametrize("hours", [-24, 24])
def test_what_another_run_writes_now_stays_whatever_this_machine_takes_the_time_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    (tmp_path / ".a.x1.tmp").write_bytes(b"ha")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + hours * 3600)
    store.write(tmp_path, {"a": b"new"}, {})
    assert (tmp_path / ".a.x1.tmp").exists()


def test_a_run_that_dies_leaves_the_old_file_whole_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        store.write(tmp_path, {"a": b"new"}, OLD)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_folder_in_the_way_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="a"):
        store.write(tmp_path, {"a": b"new"}, OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_edited_by_hand_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"edited")
    ours = {"a.docx": {store.digest(b"old")}}
    written = store.write(tmp_path, {"a.docx": b"new"}, ours)["a.docx"]
    assert (written.path, written.edited) == (tmp_path / "a.new.docx", tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == b"edited"
    assert (tmp_path / "a.new.docx").read_bytes() == b"new"


def test_a_file_beside_an_edited_one_gives_way_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"edited")
    (tmp_path / "a.new.docx").write_bytes(b"old")
    ours = {"a.docx": {store.digest(b"old")}}
    store.write(tmp_path, {"a.docx": b"newer"}, ours)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.new.docx"]
    assert (tmp_path / "a.new.docx").read_bytes() == b"newer"


def test_both_files_edited_by_hand_stay(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"edited")
    (tmp_path / "a.new.docx").write_bytes(b"edited too")
    store.write(tmp_path, {"a.docx": b"newer"}, {})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.docx": b"edited",
        "a.new.docx": b"edited too",
        "a.new.new.docx": b"newer",
    }


def test_an_edited_file_that_must_give_way_is_kept_under_the_word_given(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"edited")
    written = store.write(tmp_path, {"a.docx": b"new"}, {}, "2567-06-18")["a.docx"]
    assert (written.path.read_bytes(), written.edited) == (b"new", None)
    assert (tmp_path / "a.2567-06-18.docx").read_bytes() == b"edited"


def test_a_file_that_is_as_it_should_be_is_nobodys_edit(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"new")
    assert store.write(tmp_path, {"a.docx": b"new"}, {})["a.docx"].edited is None
