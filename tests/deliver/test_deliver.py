"""Where a publication goes, what it may remove, and a site swapped into a folder."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.commands import publish
from minutes.deliver import folder, manifest, ssh, targets
from minutes.deliver.manifest import RECORD, Changes
from minutes.deliver.targets import Folder, Server, WordPress
from minutes.paths import ROOT
from minutes.problems.errors import Fault
from minutes.problems.messages import DELIVERY
from minutes.site import build_state
from minutes.site.build_state import Memory

AGENDAS = ROOT / "agendas"
Site = dict[str, bytes]
OLD: Site = {"index.html": b"old", "2568/a/index.html": b"a", "2568/b/index.html": b"b"}
NEW: Site = {"index.html": b"new", "2568/a/index.html": b"a", "2568/c/index.html": b"c"}


def lay(root: Path, site: Site) -> Path:
    for name, data in site.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def made(root: Path, site: Site) -> Path:
    """Lay a site as the program makes it, with the record of what it made."""
    known = {name: store.digest(data) for name, data in site.items()}
    build_state.write(lay(root, site), Memory(lists=sorted(known), shared=known))
    return root


def there(root: Path) -> Site:
    """Give what a folder holds, but for the record of what was brought."""
    names = (name for name in manifest.files_in(root) if name not in {RECORD, build_state.NAME})
    return {name: (root / name).read_bytes() for name in names}


def silent(*_: object) -> None:
    """Watch nothing."""


# --- targets ----------------------------------------------------------------------------------

TARGETS = {
    "folder:/srv/www": Folder(Path("/srv/www")),
    "folder:www": Folder(Path("www")),
    "web@district.example:/var/www": Server("web", "district.example", "/var/www"),
    "web@district.example:public_html/": Server("web", "district.example", "public_html"),
    "ssh://web@district.example:2222/www": Server("web", "district.example", "/www", 2222),
    "sftp://web@10.0.0.5/www/": Server("web", "10.0.0.5", "/www", 0, True),
    "https://district.example/": WordPress("https://district.example"),
    "https://district.example/news": WordPress("https://district.example/news"),
    "https://clerk@district.example/news/": WordPress("https://district.example/news", "clerk"),
    "http://localhost:8080": WordPress("http://localhost:8080"),
    "http://[::1]:8080": WordPress("http://[::1]:8080"),
}
REFUSED = {
    "": "D380",
    "folder:": "D380",
    "www": "D380",
    "district.example:/var/www": "D380",
    "-oProxyCommand=x@host:/www": "D380",
    "web@-host:/www": "D380",
    "web@host:/": "D380",
    "web@host:..": "D380",
    "web@host:/www\nrm": "D380",
    "ftp://web@host/www": "D380",
    "sftp://web:secret@host/www": "D380",
    "https://web:secret@district.example": "D380",
    "web:secret@host:/www": "D380",
    "web:sec/secret@host:/www": "D380",
    "https://web:sec@secret@district.example": "D380",
    "https://": "D380",
    "https://district.example/?p=1": "D380",
    "http://district.example": "D381",
    "http://localhost.example": "D381",
}


@pytest.mark.parametrize("text", TARGETS)
def test_a_place_is_understood(text: str) -> None:
    assert targets.read(text) == TARGETS[text]


@pytest.mark.parametrize("text", REFUSED)
def test_a_place_is_refused_and_no_secret_in_it_is_repeated(text: str) -> None:
    with pytest.raises(Fault) as caught:
        targets.read(text)
    assert caught.value.code == REFUSED[text]
    assert "secret" not in str(caught.value)


def test_a_server_is_named_as_people_do() -> None:
    assert Server("web", "district.example", "/www").name == "web@district.example"


# --- what is sent -----------------------------------------------------------------------------


def test_the_front_page_is_sent_last_and_links_and_hidden_files_not_at_all(tmp_path: Path) -> None:
    root = lay(tmp_path, {**OLD, "z.html": b"z", ".git/config": b"", ".part": b""})
    (root / "link.html").symlink_to("/etc/passwd")
    assert manifest.pack(root).in_order() == [*sorted(OLD)[:2], "z.html", "index.html"]


@pytest.mark.parametrize("site", [{}, {"2568/index.html": b"no front page"}])
def test_a_folder_without_a_front_page_is_no_site(site: Site, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="D382"):
        manifest.pack(lay(tmp_path, site) / "")
    with pytest.raises(Fault, match="D382"):
        manifest.pack(tmp_path / "nowhere")


@pytest.mark.parametrize(("removed", "of", "stops"), [(1, 3, False), (2, 5, True), (0, 0, False)])
def test_more_than_a_third_is_not_removed_unasked(removed: int, of: int, stops: bool) -> None:
    names = [f"{n}.html" for n in range(removed)]
    manifest.guard(names, of, allowed=True)
    if stops:
        with pytest.raises(Fault, match="D383"):
            manifest.guard(names, of, allowed=False)
    else:
        manifest.guard(names, of, allowed=False)


# --- a folder ---------------------------------------------------------------------------------


def without_exchange(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(folder, "exchange", lambda *_: False)


def with_exchange(_: pytest.MonkeyPatch) -> None:
    """Leave the system as it is."""


SWAPS = pytest.mark.parametrize("swap", [with_exchange, without_exchange])


@SWAPS
def test_a_folder_holds_the_site_and_what_belongs_to_the_server(
    swap: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap(monkeypatch)
    web = tmp_path / "deep" / "web"
    old, new = (manifest.pack(lay(tmp_path / w, s)) for w, s in (("old", OLD), ("new", NEW)))
    assert folder.publish(old, web, silent).added == tuple(sorted(OLD))
    lay(web, {".htaccess": b"Deny", ".well-known/acme": b"token"})
    web.chmod(0o750)
    seen: list[tuple[int, int, str]] = []
    planned = folder.plan(new, web)
    found = folder.publish(new, web, lambda *told: seen.append(told))
    assert found == planned
    assert found == Changes(("2568/c/index.html",), ("index.html",), ("2568/b/index.html",))
    assert there(web) == {**NEW, ".htaccess": b"Deny", ".well-known/acme": b"token"}
    assert web.stat().st_mode & 0o777 == 0o750
    assert seen[-1] == (3, 3, "index.html")
    assert [p.name for p in web.parent.iterdir()] == ["web"]
    assert folder.publish(new, web, silent).count == 0


def test_two_folders_change_names_in_one_step(tmp_path: Path) -> None:
    one, other = (lay(tmp_path / w, {"index.html": w.encode()}) for w in ("one", "other"))
    assert folder.exchange(one, other)
    assert there(one) == {"index.html": b"other"}
    assert not folder.exchange(one, tmp_path / "nowhere")


@pytest.mark.parametrize("without", ["renameat2", "the system"])
def test_a_system_that_cannot_exchange_folders_says_so(
    without: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if without == "renameat2":
        monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    else:
        monkeypatch.setattr("sys.platform", "win32")
    assert not folder.exchange(tmp_path, tmp_path)


def test_a_folder_behind_a_link_is_filled_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "web").symlink_to("real")
    folder.publish(manifest.pack(lay(tmp_path / "site", NEW)), tmp_path / "web", silent)
    assert there(tmp_path / "real") == NEW
    assert (tmp_path / "web").is_symlink()


@pytest.mark.parametrize("name", ["site", "site/web", ".", "file"])
def test_a_folder_around_or_inside_the_site_is_refused(name: str, tmp_path: Path) -> None:
    site = manifest.pack(lay(tmp_path / "site", NEW))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault, match="D396"):
        folder.publish(site, tmp_path / name, silent)
    assert there(tmp_path / "site") == NEW


def test_a_folder_that_would_lose_much_stays(tmp_path: Path) -> None:
    web, nine = tmp_path / "web", {f"{n}.html": b"" for n in range(9)}
    folder.publish(manifest.pack(lay(tmp_path / "old", {**NEW, **nine})), web, silent)
    site = manifest.pack(lay(tmp_path / "site", NEW))
    with pytest.raises(Fault, match="D383"):
        folder.publish(site, web, silent)
    assert there(web) == {**NEW, **nine}
    folder.publish(site, web, silent, allow_removal=True)
    assert there(web) == NEW


def test_what_a_crash_between_two_renames_left_is_put_right(tmp_path: Path) -> None:
    record = manifest.written_record(dict.fromkeys(OLD, ""))
    lay(tmp_path / ".web.old", {**OLD, ".htaccess": b"Deny", RECORD: record})
    lay(tmp_path / ".web.new", {"index.html": b"ha"})
    folder.publish(manifest.pack(lay(tmp_path / "site", NEW)), tmp_path / "web", silent)
    assert there(tmp_path / "web") == {**NEW, ".htaccess": b"Deny"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "web"]


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == ".web.new":
            raise PermissionError(13, "open elsewhere", str(path))
        return rename(path, target)

    without_exchange(monkeypatch)
    web = tmp_path / "web"
    folder.publish(manifest.pack(lay(tmp_path / "old", OLD)), web, silent)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        folder.publish(manifest.pack(lay(tmp_path / "site", NEW)), web, silent)
    assert there(web) == OLD


def test_a_publication_killed_at_any_moment_leaves_the_old_site_or_the_new_one(
    tmp_path: Path,
) -> None:
    web, chance = tmp_path / "web", random.Random(3)
    sites = {w: {**OLD, **{f"{n}/x.html": w.encode() * 999 for n in range(150)}} for w in "on"}
    folders = {word: made(tmp_path / word, site) for word, site in sites.items()}
    for turn in range(16):
        command = [sys.executable, "-m", "minutes", "publish", "--to", f"folder:{web}"]
        command += ["--site", str(folders["on"[turn % 2]])]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 0.9))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not web.exists() or there(web) in sites.values()
    folder.publish(manifest.pack(folders["o"]), web, silent)
    assert there(web) == sites["o"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["n", "o", "web"]


# --- SSH's words ------------------------------------------------------------------------------

ROWS = [
    "cd+++++++++ 2568/",
    "<f+++++++++ 2568/new page.html",
    "<fc.T...... index.html",
    "*deleting   2568/gone/",
    "*deleting   2568/gone/index.html",
    ".d..t...... ./",
]


def test_what_rsync_would_do_is_read() -> None:
    found = Changes(("2568/new page.html",), ("index.html",), ("2568/gone/index.html",))
    record = {"2568/gone/index.html": ""}
    assert ssh._compared(ROWS, record) == (found, False)
    assert ssh._compared([*ROWS, "*deleting   .~tmp~/half"], record) == (found, True)
    gone = ("2568/gone/index.html",)
    assert ssh._compared(ROWS, {})[0] == replace(found, removed=(), kept=gone)
    assert ssh._compared(ROWS, None)[0] == replace(found, removed=(), kept=gone, is_unrecorded=True)


SAID = {
    "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @": "D386",
    "No ED25519 host key is known for host and you have requested strict checking.": "D385",
    "Host key verification failed.\nConnection closed": "D385",
    "web@host: Permission denied (publickey).\nConnection closed": "D387",
    "Received disconnect: Too many authentication failures": "D387",
    'rsync: mkdir "/www" failed: Permission denied (13)': "D389",
    "rsync: No space left on device (28)\nrsync: connection unexpectedly closed": "D389",
    'remote open("/www/a.part"): Failure': "D389",
    "ssh: connect to host host port 22: Connection refused": "D388",
    "ssh: Could not resolve hostname host: Name or service not known": "D388",
    "Warning: Identity file x not accessible: No such file.\nConnection timed out": "D388",
    "client_loop: send disconnect: Broken pipe": "D388",
    "": "D388",
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("port", [0, 2222])
def test_the_words_of_ssh_become_a_fault_with_a_remedy(said: str, port: int) -> None:
    fault = ssh._fault(ssh.Line(Server("web", "host", "/www", port)), said)
    assert fault.code == SAID[said]
    assert DELIVERY[fault.code].hint_th.format_map(fault.values)
    assert ("2222" in str(fault.values)) == bool(port)


def test_names_are_quoted_for_sftp_and_rsync() -> None:
    assert ssh._in_quotes('a "b" [1]*?.html') == '"a \\"b\\" \\[1\\]\\*\\?.html"'
    assert ssh._quoted("-F") == "-F"
    assert ssh._quoted("/home/the web/config") == "'/home/the web/config'"


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../../x", "a\nrm b"])
def test_a_record_names_nothing_outside_the_site(name: str) -> None:
    assert not manifest.is_below(name)
    assert manifest.is_below("2568/a/index.html")


def test_outer_folders_are_made_first() -> None:
    made = ["/srv", "/srv/www", "/srv/www/2568", "/srv/www/2568/a"]
    assert ssh._folders("/srv/www", ["index.html", "2568/a/index.html"]) == made
    assert ssh._folders("www", ["b/x"]) == ["www", "www/b"]


@pytest.mark.parametrize("by_sftp", [True, False])
def test_a_machine_without_clients_is_told(
    by_sftp: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has = {"ssh"} if by_sftp else set()
    monkeypatch.setattr("shutil.which", lambda name: name if name in has else None)
    line = ssh.Line(Server("web", "host", "/www", 0, by_sftp))
    with pytest.raises(Fault, match="D384"):
        ssh.publish(line, manifest.pack(lay(tmp_path, NEW)), silent)


def test_on_windows_rsync_is_not_asked_for_it_takes_a_drive_for_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def without(_: object) -> None:
        asked.append("rsync")

    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(ssh, "_looked_at", without)
    monkeypatch.setattr(ssh, "_by_sftp", lambda *_, **__: asked.append("sftp"))
    line, site = (
        ssh.Line(Server("web", "host", "/www", 0, False)),
        manifest.pack(lay(tmp_path, NEW)),
    )
    ssh.publish(line, site, silent)
    monkeypatch.setattr(sys, "platform", "win32")
    ssh.publish(line, site, silent)
    assert asked == ["rsync", "sftp", "sftp"]


# --- the command ------------------------------------------------------------------------------


def run(*words: str) -> int:
    return cli.main(["publish", *words])


def test_a_dry_run_names_what_it_would_do_and_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {f"old/{n:02}.html": b"" for n in range(25)}
    web, changed = tmp_path / "web", dict.fromkeys(list(many)[:22], b"changed")
    folder.publish(manifest.pack(lay(tmp_path / "old", {**OLD, **many})), web, silent)
    made(tmp_path / "site", {**NEW, **many, **changed})
    monkeypatch.chdir(tmp_path)
    assert run("--site", "site", "--to", "folder:web", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "เพิ่ม 2568/c/index.html\n" in told
    assert "ลบ 2568/b/index.html\n" in told
    assert "แก้ … อีก 3 ไฟล์\n" in told
    assert "เพิ่ม 1 · แก้ 23 · ลบ 1 ไฟล์" in told
    assert there(web) == {**OLD, **many}


def test_a_publication_is_told_and_the_next_one_has_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "site", NEW)
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    place = f"folder:{tmp_path / 'web'}"
    assert run("--site", str(tmp_path / "site"), "--to", place, "--lang", "en") == 0
    assert "3 added · 0 changed · 0 removed" in capsys.readouterr().out
    assert run("--site", str(tmp_path / "site"), "--to", place, "--lang", "en") == 0
    assert "is up to date" in capsys.readouterr().out


def test_a_fault_is_told_in_thai_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--site", "site", "--to", "folder:web") == 2
    assert capsys.readouterr().err == (
        "ผิดพลาด[D382]: ไม่มีเว็บไซต์ที่จะเผยแพร่ใน site (ไม่พบ index.html)\n    "
        f"{DELIVERY['D382'].hint_th}\n"
    )


def test_a_full_disk_is_told_and_the_old_site_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28), "index.html")

    web, site = lay(tmp_path / "web", OLD), made(tmp_path / "site", NEW)
    monkeypatch.setattr(os, "fsync", full)
    assert run("--site", str(site), "--to", f"folder:{web}") == 2
    assert "ดิสก์เต็ม" in capsys.readouterr().err
    assert there(web) == OLD


def test_the_site_is_made_first_and_what_stops_it_stops_the_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(AGENDAS / "tuayang", tmp_path / "agendas" / "tuayang")
    shutil.copy(AGENDAS / "office.yaml", tmp_path / "agendas")
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run("--to", "folder:www") == 0
    assert "เผยแพร่แล้วที่ folder:www" in capsys.readouterr().out
    assert there(Path("www")) == {n: d for n, d in there(Path("site")).items() if n[0] != "."}
    Path("agendas/tuayang/product/2569-03.yaml").write_text("วันที่: 1 มกราคม 2599\n", "utf-8")
    for words, is_told in ((["--upcoming"], True), ([], False)):
        assert run("--to", "folder:www", *words) == 0
        before = there(Path("www"))
        assert ("1 มกราคม 2599".encode() in before["index.html"]) is is_told
    lay(Path("site"), {"2569/notes.docx": b"somebody's own", ".htaccess": b""})
    for words in ([], ["--site", "site"]):
        assert run("--to", "folder:www", *words) == 2
        assert "D185" in (told := capsys.readouterr().err)
        assert "(1 ไฟล์): 2569/notes.docx" in told
        assert there(Path("www")) == before
    Path("site/2569/notes.docx").unlink()
    assert run("--to", "folder:www", "--site", "site") == 0
    Path("site/feed.xml").write_bytes(b"<feed>edited</feed>")
    assert run("--to", "folder:www", "--site", "site") == 2
    assert "D450" in (told := capsys.readouterr().err)
    assert told.splitlines()[0].endswith("(1 ไฟล์ แก้หรือลบไปแล้ว): feed.xml")
    assert there(Path("www")) == before
    assert run("--to", "folder:www") == 0
    (agenda,) = Path("agendas").rglob("product/2569-01.yaml")
    agenda.write_text(agenda.read_text("utf-8").replace("มติ", "โทร 081-234-5678 มติ", 1), "utf-8")
    assert run("--to", "folder:www") == 1
    assert "2569-01.yaml" in capsys.readouterr().err
    assert there(Path("www")) == before


def test_the_place_may_stand_in_office_yaml(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = str(made(tmp_path / "site", NEW))
    body = tmp_path / "agendas" / "tuayang" / "product"
    shutil.copytree(AGENDAS / "tuayang" / "product", body)
    office = (AGENDAS / "tuayang" / "office.yaml").read_text("utf-8")
    (body.parent / "office.yaml").write_text(office, "utf-8")
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    assert run("--site", site) == 2
    assert "ผิดพลาด[D398]" in capsys.readouterr().err
    place = f"เผยแพร่ที่: folder:{tmp_path}/www\n"
    (body.parent / "office.yaml").write_text(f"{office}\n{place}", "utf-8")
    assert run("--site", site) == 0
    assert there(tmp_path / "www") == NEW
