"""A folder that is published to keeps what is the server's own and what others put there."""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from errno import EBUSY
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.deliver import carry, folder, inplace, manifest
from minutes.deliver.manifest import RECORD, Changes, Parcel
from minutes.problems.errors import Fault
from tests.deliver.test_deliver import NEW, OLD, lay, made, silent, there

OWN: dict[str, bytes] = {".htpasswd": b"clerk:secret", ".well-known/acme/token": b"token"}
OTHERS: dict[str, bytes] = {
    "uploads/a.pdf": b"%PDF",
    "foreign.pdf": b"%PDF",
    "2568/b/notes": b"own",
}
GONE, EMPTY = "2568/b/index.html", ".emptyhidden"
NOBODYS_GROUP = 65534 if os.geteuid() == 0 else os.getgid()


def packed(root: Path, site: dict[str, bytes]) -> Parcel:
    return manifest.pack(lay(root, site))


Look = tuple[int, int, int, str, bytes, dict[str, bytes]]


def look(path: Path) -> Look:
    """Give all that a server goes by: rights, owner, group, link, content, attributes."""
    seen = path.lstat()
    link = os.readlink(path) if path.is_symlink() else ""  # noqa: PTH115 - as it is written
    data = path.read_bytes() if stat.S_ISREG(seen.st_mode) else b""
    names = os.listxattr(path, follow_symlinks=False)
    kept = {name: os.getxattr(path, name, follow_symlinks=False) for name in names}
    return seen.st_mode, seen.st_uid, seen.st_gid, link, data, kept


def looks(root: Path, names: set[str]) -> dict[str, Look]:
    return {name: look(root / name) for name in sorted(names)}


def of_the_server(web: Path) -> set[str]:
    """Set up what a server's administrator has in a published folder; gives the names."""
    lay(web, OWN)
    lay(web.parent / "shared", {"ht": b"Deny from all"})
    (web / ".htaccess").symlink_to("../shared/ht")
    (web / ".acme").symlink_to("../shared")
    (web / ".dangling").symlink_to("nowhere")
    (web / EMPTY).mkdir(0o710)
    os.mkfifo(web / ".pipe")
    (web / ".htpasswd").chmod(0o640)
    for name in (".htpasswd", EMPTY, "2568", "."):
        os.chown(web / name, -1, NOBODYS_GROUP)
    (web / "2568").chmod(0o2755)
    web.chmod(0o2750)
    try:
        os.setxattr(web, "user.note", b"of the web")
        os.setxattr(web / ".htpasswd", "user.note", b"of the server")
    except OSError:
        pass  # a disk that keeps none: there is nothing to lose
    return {*OWN, ".htaccess", ".acme", ".dangling", EMPTY, ".pipe", ".well-known", "2568", "."}


# --- ways into a folder -----------------------------------------------------------------------


@contextmanager
def by_exchange(_: Path, __: pytest.MonkeyPatch) -> Iterator[None]:
    yield


@contextmanager
def by_renaming(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(folder, "exchange", lambda *_: False)
    yield


def _busy(patch: pytest.MonkeyPatch, web: Path) -> None:
    """Let the system refuse to rename a folder, as it does with a mount point."""
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if web.exists() and web in (path, Path(target)):
            raise OSError(EBUSY, os.strerror(EBUSY), str(path), None, str(target))
        return rename(path, target)

    patch.setattr(folder, "exchange", lambda *_: False)
    patch.setattr(Path, "rename", refuse)


@contextmanager
def refused(web: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    _busy(patch, web)
    yield


@contextmanager
def mounted(web: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mount a disk there; where this machine lets nobody mount, what the system would say."""
    web.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(web)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        _busy(patch, web)
        patch.setattr(os.path, "ismount", lambda path: Path(path) == web)
        yield
        return
    try:
        yield
    finally:
        subprocess.run(["umount", str(web)], check=True)


Way = Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[None]]
WAYS = [by_exchange, by_renaming, refused, mounted]
IN_PLACE = [refused, mounted]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def web(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give a folder to publish to, beside nothing else, by each way into it."""
    place = tmp_path / "srv" / "web"
    with request.param(place, monkeypatch):
        yield place


# --- what is the server's own -----------------------------------------------------------------


def test_what_is_the_servers_own_stays_as_it_is(web: Path, tmp_path: Path) -> None:
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    names = of_the_server(web)
    before = looks(web, names)
    folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert looks(web, names) == before
    assert {name: web.joinpath(name).read_bytes() for name in NEW} == NEW
    assert not (web / GONE).exists()
    assert (web / "2568/c").stat().st_gid == NOBODYS_GROUP
    assert {path.name for path in web.parent.iterdir()} == {"web", "shared"}


def test_what_comes_while_the_site_is_copied_is_not_lost(web: Path, tmp_path: Path) -> None:
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    lay(web, {".htpasswd": b"before"})

    def meanwhile(*_: object) -> None:
        (web / ".htpasswd.new").write_bytes(b"after")
        (web / ".htpasswd.new").replace(web / ".htpasswd")
        lay(web, {"uploads/late.pdf": b"%PDF"})

    folder.publish(packed(tmp_path / "new", NEW), web, meanwhile)
    assert there(web) == {**NEW, ".htpasswd": b"after", "uploads/late.pdf": b"%PDF"}


# --- what others put there --------------------------------------------------------------------


def test_only_what_an_earlier_run_brought_is_removed(web: Path, tmp_path: Path) -> None:
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    lay(web, OTHERS)
    (web / "a link").symlink_to("foreign.pdf")
    (web / "empty").mkdir()
    new = packed(tmp_path / "new", NEW)
    kept = tuple(sorted([*OTHERS, "a link"]))
    planned = folder.plan(new, web)
    assert planned == Changes(("2568/c/index.html",), ("index.html",), (GONE,), kept)
    assert folder.publish(new, web, silent) == planned
    assert there(web) == {**NEW, **OTHERS}
    assert (web / "a link").is_symlink()
    assert (web / "empty").is_dir()
    assert folder.publish(new, web, silent) == Changes((), (), (), kept)


def test_a_folder_that_is_emptied_goes_and_no_other(web: Path, tmp_path: Path) -> None:
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert sorted(path.name for path in (web / "2568").iterdir()) == ["a", "c"]


def test_where_nothing_says_what_was_sent_nothing_is_removed(web: Path, tmp_path: Path) -> None:
    lay(web, {**OLD, **OTHERS})
    new = packed(tmp_path / "new", NEW)
    kept = tuple(sorted([*OTHERS, GONE]))
    found = folder.publish(new, web, silent, allow_removal=True)
    assert found == Changes(("2568/c/index.html",), ("index.html",), (), kept, is_unrecorded=True)
    assert there(web) == {**NEW, **OTHERS, GONE: b"b"}
    less = packed(tmp_path / "less", {name: NEW[name] for name in NEW if "/c/" not in name})
    found = folder.publish(less, web, silent)
    assert (found.removed, found.kept, found.is_unrecorded) == (("2568/c/index.html",), kept, False)


def test_an_older_publication_that_is_the_same_is_recorded(web: Path, tmp_path: Path) -> None:
    lay(web, NEW)
    new = packed(tmp_path / "new", NEW)
    assert folder.plan(new, web).count == 0
    assert not (web / RECORD).exists()
    folder.publish(new, web, silent)
    assert manifest.read_record((web / RECORD).read_bytes()) == new.digests


@pytest.mark.parametrize("record", [b"", b"{", b"[1]", b"7", b'"x"', b"\xff"])
def test_a_record_that_cannot_be_read_is_none(record: bytes, tmp_path: Path) -> None:
    web = lay(tmp_path / "web", {**OLD, RECORD: record})
    assert folder.publish(packed(tmp_path / "new", NEW), web, silent).kept == (GONE,)


def test_a_record_reaches_nothing_outside_the_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"outside.html": b"own"})
    names = ["../outside.html", str(tmp_path / "outside.html"), "a/../../outside.html", GONE]
    record = manifest.written_record(dict.fromkeys(names, ""))
    web = lay(tmp_path / "web", {**OLD, RECORD: record})
    found = folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert found.removed == (GONE,)
    assert (tmp_path / "outside.html").read_bytes() == b"own"


def test_what_is_in_a_pages_way_is_named_and_left_alone(web: Path, tmp_path: Path) -> None:
    elsewhere = lay(tmp_path / "elsewhere", {"c/own.html": b"own"})
    new = packed(tmp_path / "new", NEW)
    web.mkdir(parents=True, exist_ok=True)
    for is_link in (True, False):
        if is_link:
            (web / "2568").symlink_to(elsewhere)
        else:
            (web / "index.html").mkdir()
        with pytest.raises(Fault, match="D451"):
            folder.publish(new, web, silent)
        assert there(elsewhere) == {"c/own.html": b"own"}
        assert there(web) == {}
        (web / "2568").unlink(missing_ok=True)


# --- drives and mounts ------------------------------------------------------------------------


@pytest.mark.parametrize("way", IN_PLACE, ids=lambda way: way.__name__)
def test_a_full_disk_leaves_the_old_site_of_a_drive(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "srv" / "web"
    with way(place, monkeypatch):
        folder.publish(packed(tmp_path / "old", OLD), place, silent)
        new, copied = packed(tmp_path / "new", NEW), []

        def full(source: Path, copy: Path) -> None:
            copied.append(copy)
            raise OSError(28, os.strerror(28), str(copy))

        monkeypatch.setattr(store, "copy_down", full)
        with pytest.raises(OSError, match="No space"):
            folder.publish(new, place, silent)
        assert copied
        assert there(place) == OLD
        assert not (place / inplace.STAGE).exists()


class Drive(type(Path())):  # type: ignore[misc]  # the class of this system's paths
    """A folder without a name of its own, as ``W:\\`` and ``\\\\server\\share`` are on Windows."""

    name = ""


def test_a_drive_is_filled_in_its_place(tmp_path: Path) -> None:
    drive = Drive(tmp_path / "drive")
    drive.mkdir()
    with pytest.raises(ValueError, match="empty name"):
        drive.with_name("other")
    folder.publish(packed(tmp_path / "old", OLD), drive, silent)
    lay(tmp_path / "drive", OTHERS)
    found = folder.publish(packed(tmp_path / "new", NEW), drive, silent)
    assert found.kept == tuple(sorted(OTHERS))
    assert there(tmp_path / "drive") == {**NEW, **OTHERS}


def test_what_a_killed_run_left_inside_a_drive_is_cleared(web: Path, tmp_path: Path) -> None:
    lay(web, {f"{inplace.STAGE}/2568/half.html": b"ha", f".{RECORD}.x.tmp": b"{"})
    folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert there(web) == NEW


def test_a_page_lies_whole_where_a_folder_inside_is_another_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def across(path: Path, target: Path) -> Path:
        if inplace.STAGE in path.parts and "2568" in path.parts:
            raise OSError(18, os.strerror(18), str(path))
        return replace(path, target)

    web = lay(tmp_path / "web", OTHERS)
    monkeypatch.setattr(Path, "replace", across)
    folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert there(web) == {**NEW, **OTHERS}


def test_the_front_page_comes_last_and_what_is_gone_goes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tmp_path / "web"
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    lay(web, OTHERS)
    seen: list[tuple[str, bool]] = []
    folder.publish(
        packed(tmp_path / "new", NEW),
        web,
        lambda _, __, name: seen.append((name, (web / GONE).exists())),
    )
    assert seen == [("2568/c/index.html", True), ("index.html", True)]
    assert not (web / GONE).exists()


@pytest.mark.parametrize("way", IN_PLACE, ids=lambda way: way.__name__)
def test_an_interruption_in_a_drive_leaves_whole_pages_and_the_next_run_finishes(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    place = tmp_path / "srv" / "web"
    with way(place, monkeypatch):
        folder.publish(packed(tmp_path / "old", OLD), place, silent)
        lay(place, OTHERS)
        new = packed(tmp_path / "new", NEW)
        with pytest.raises(KeyboardInterrupt):
            folder.publish(new, place, interrupt)
        half = {**OLD, **OTHERS, "2568/c/index.html": NEW["2568/c/index.html"]}
        assert there(place) == half
        assert folder.publish(new, place, silent).removed == (GONE,)
        assert there(place) == {**NEW, **OTHERS}


def test_files_of_another_owner_that_cannot_be_taken_over_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, os.strerror(1))

    web = tmp_path / "web"
    folder.publish(packed(tmp_path / "old", OLD), web, silent)
    lay(web, OWN)
    (web / ".link").symlink_to("index.html")
    inode = web.stat().st_ino
    monkeypatch.setattr(carry, "link", refuse)
    folder.publish(packed(tmp_path / "new", NEW), web, silent)
    assert there(web) == {**NEW, **OWN}
    assert web.stat().st_ino == inode


# --- what is said -----------------------------------------------------------------------------


def test_what_is_kept_is_named_and_a_place_without_a_record_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    web, site = lay(tmp_path / "web", {**OLD, **OTHERS}), made(tmp_path / "site", NEW)
    words = ["publish", "--site", str(site), "--to", f"folder:{web}"]
    for times, more in enumerate((["--dry-run"], [], [])):
        assert cli.main([*words, *more]) == 0
        told = capsys.readouterr()
        for name in (*OTHERS, GONE):
            assert f"เก็บไว้ (ไม่ได้ส่งจากที่นี่) {name}\n" in told.out
        assert ("คำเตือน[D454]" in told.err) == (times < 2)
    assert "เป็นปัจจุบันแล้ว" in told.out
    assert there(web) == {**NEW, **OTHERS, GONE: b"b"}


def test_a_busy_drive_is_told_by_its_real_cause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(path: Path, target: Path) -> Path:
        raise OSError(EBUSY, os.strerror(EBUSY), str(path), None, str(target))

    web, site = lay(tmp_path / "web", OTHERS), made(tmp_path / "site", NEW)
    monkeypatch.setattr(Path, "replace", busy)
    assert cli.main(["publish", "--site", str(site), "--to", f"folder:{web}"]) == 2
    told = capsys.readouterr().err
    assert "D452" in told
    assert "จุดต่อเชื่อม" in told
    assert "อีกงานหนึ่ง" not in told
    assert there(web) == OTHERS


def test_a_site_that_nobody_proved_is_not_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    web = f"folder:{tmp_path / 'web'}"
    for site, change, code in (
        (lay(tmp_path / "bare", NEW), {}, "D453"),
        (made(tmp_path / "stray", NEW), {"x": b"stray"}, "D185"),
        (made(tmp_path / "edited", NEW), {"index.html": b"edited"}, "D450"),
    ):
        lay(site, change)
        assert cli.main(["publish", "--site", str(site), "--to", web]) == 2
        assert f"ผิดพลาด[{code}]" in capsys.readouterr().err
    site = made(tmp_path / "short", NEW)
    (site / "2568/c/index.html").unlink()
    assert cli.main(["publish", "--site", str(site), "--to", web]) == 2
    assert "2568/c/index.html" in capsys.readouterr().err
    assert not (tmp_path / "web").exists()
