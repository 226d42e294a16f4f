import os
from pathlib import Path

import pytest

from minutes import store


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "otop" / "2567-01"
    written = store.write(folder, {"ก.pdf": b"one", "ข.docx": b"two"})
    assert written == [folder / "ก.pdf", folder / "ข.docx"]
    assert [path.read_bytes() for path in written] == [b"one", b"two"]


def test_a_file_is_replaced_and_its_neighbours_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"kept")
    store.write(tmp_path, {"a": b"new"})
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
        [path] = store.write(tmp_path, {"a": b""})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


def test_a_run_that_dies_leaves_the_old_file_whole_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        store.write(tmp_path, {"a": b"new"})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_folder_in_the_way_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="a"):
        store.write(tmp_path, {"a": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
