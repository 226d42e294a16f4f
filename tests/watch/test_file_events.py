"""What counts as a save, with the operating system's own events."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles
from watchfiles import Change

from minutes.watch import file_events
from minutes.watch.file_events import Saves, listening

SOON = 20.0  # seconds, on a machine that does a lot else


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "agendas" / "board"
    folder.mkdir(parents=True)
    (folder / "2567-01.yaml").write_text("ก: ข\n", "utf-8")
    (tmp_path / "agendas" / "out").mkdir()
    return tmp_path / "agendas"


@pytest.fixture
def saved(top: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Saves]:
    """Listen with more patience than people have: a busy machine makes no two saves of one."""
    monkeypatch.setattr(file_events, "QUIET", 300)
    monkeypatch.setattr(file_events, "STORM", 10_000)
    monkeypatch.setattr(file_events, "UNFINISHED", 2.0)
    with listening([top], top / "out") as saved:
        yield saved


def write(path: Path) -> None:
    path.write_text("ก: ค\n", "utf-8")


def replace(path: Path) -> None:
    """Save as most editors do: beside it, then in its place."""
    other = path.with_name(f".{path.name}.tmp")
    other.write_text("ก: ค\n", "utf-8")
    other.replace(path)


def swap(path: Path) -> None:
    """Save as Vim does: try the folder, move the old file away, write, delete the old one."""
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    path.rename(path.with_name(f"{path.name}~"))
    write(path)
    path.with_name(f"{path.name}~").unlink()


def empty_and_fill(path: Path) -> None:
    path.write_bytes(b"")
    threading.Timer(0.12, write, [path]).start()


@pytest.mark.parametrize("save", [write, replace, swap, empty_and_fill, Path.unlink])
def test_a_save_is_told_once_whatever_an_editor_does(
    top: Path, saved: Saves, save: Callable[[Path], None]
) -> None:
    path = top / "board" / "2567-01.yaml"
    save(path)
    assert saved.wait(SOON) == {path}
    if save is not Path.unlink:
        assert path.read_text("utf-8") == "ก: ค\n"
    assert saved.wait(0.5) == frozenset()


def test_a_storm_of_saves_comes_as_one(top: Path, saved: Saves) -> None:
    paths = {top / "board" / f"2567-0{number}.yaml" for number in range(1, 9)}
    for path in paths:
        write(path)
        time.sleep(0.01)
    until = time.monotonic() + SOON
    while not saved.pending and time.monotonic() < until:
        time.sleep(0.01)
    assert saved.pending
    assert saved.wait(SOON) == paths
    assert not saved.pending


def test_what_is_saved_in_a_new_folder_is_told(top: Path, saved: Saves) -> None:
    path = top / "new" / "2567-01.yaml"
    path.parent.mkdir()
    seen = set(saved.wait(SOON))
    write(path)
    while path not in seen:
        more = saved.wait(SOON)
        assert more
        seen |= more


NOISE = [
    "~$2567-01.yaml",
    ".#2567-01.yaml",
    "#2567-01.yaml#",
    ".2567-01.yaml.swp",
    "2567-01.yaml.swx",
    "2567-01.yaml~",
    "2567-01.yaml.TMP",
    "2567-01.bak",
    "photo.jpg.crdownload",
    "photo.jpg.part",
    "4913",
    ".git/index",
    "__pycache__/a.pyc",
]


def test_what_editors_leave_about_is_no_save(top: Path, saved: Saves) -> None:
    assert NOISE
    for name in [*NOISE, "../out/board-2567-01.pdf"]:
        path = top / "board" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert saved.wait(0.7) == frozenset()
    write(top / "board" / "2567-01.yaml")
    assert saved.wait(SOON) == {top / "board" / "2567-01.yaml"}


@pytest.mark.parametrize("name", ["2567-01.yaml", "images/ภาพ 1.jpg", "office.yaml", "tmp.yaml"])
def test_what_people_write_is_a_save(top: Path, name: str) -> None:
    assert Saves([top], top / "out")._is_meant(Change.added, str(top / name))


def test_a_hidden_folder_above_what_is_watched_hides_nothing(tmp_path: Path) -> None:
    top = tmp_path / ".office" / "agendas"
    assert Saves([top], tmp_path / "out")._is_meant(Change.added, str(top / "2567-01.yaml"))


def test_an_empty_file_that_stays_empty_is_told_all_the_same(top: Path, saved: Saves) -> None:
    path = top / "board" / "2567-01.yaml"
    path.write_bytes(b"")
    assert saved.wait(SOON) == {path}


def test_where_the_system_watches_no_more_folders_they_are_looked_at_again_and_again(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool | None] = []

    def refuse(*tops: Path, force_polling: bool | None, **options: object) -> object:
        asked.append(force_polling)
        if not force_polling:
            raise OSError(28, "OS file watch limit reached")
        return watchfiles.watch(*tops, force_polling=True, **options)  # type: ignore[arg-type] # as it was asked

    monkeypatch.setattr(file_events, "watch", refuse)
    with listening([top], top / "out") as saved:
        path = top / "board" / "2567-01.yaml"
        path.write_text("ยาวกว่าเดิม: มาก\n", "utf-8")
        os.utime(path, (2**31, 2**31))
        assert path in saved.wait(SOON)
    assert asked == [None, True]


def test_folders_that_cannot_be_watched_at_all_are_told_to_who_waits(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(file_events, "watch", refuse)
    with listening([top], top / "out") as saved, pytest.raises(PermissionError):
        saved.wait()


def test_an_interrupt_is_not_lost_when_a_library_swallows_it(top: Path) -> None:
    with listening([top], top / "out") as saved:
        with contextlib.suppress(KeyboardInterrupt):
            saved.interrupt()
        with pytest.raises(KeyboardInterrupt):
            saved.wait()


def test_the_thread_ends_when_nobody_listens_any_more(top: Path) -> None:
    with listening([top], top / "out") as saved:
        assert saved._thread.is_alive()
    assert not saved._thread.is_alive()
