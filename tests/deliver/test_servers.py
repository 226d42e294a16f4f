"""Sites delivered to real servers: rsync and SFTP to OpenSSH's, over loopback."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.deliver import folder, manifest, ssh, targets
from minutes.deliver.ssh import Line
from minutes.problems.errors import Fault
from minutes.site import build_state
from minutes.site.build_state import Memory
from tests.support import servers
from tests.support.servers import Sshd

pytestmark = pytest.mark.servers

WAYS = ("rsync", "sftp", "sftp only")
Site = dict[str, bytes]

OLD: Site = {
    "index.html": b"<h1>old</h1>",
    "2568/water-03/index.html": b"<p>three</p>",
    "2568/water-03/minutes.pdf": b"%PDF old",
    "2568/water-02/index.html": b"<p>two</p>",
    "feed.xml": b"<feed/>",
}
NEW: Site = {
    **OLD,
    "index.html": b"<h1>new</h1>",
    "2568/water-03/minutes.pdf": b"%PDF new",
    "2568/water-04/index.html": b"<p>four</p>",
}


def lay(root: Path, site: Site) -> Path:
    for name, data in site.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def there(root: Path) -> Site:
    """Give what a reader of the website can see."""
    names = (
        [n for n in manifest.files_in(root) if not manifest.is_hidden(n)] if root.is_dir() else []
    )
    return {name: (root / name).read_bytes() for name in names if not name.endswith(".part")}


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with servers.sshd(tmp_path_factory.mktemp("shells") / "sshd") as server:
        yield server


@pytest.fixture(scope="module")
def files_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with servers.sshd(tmp_path_factory.mktemp("files") / "sshd", sftp_only=True) as server:
        yield server


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, shells: Sshd, files_only: Sshd) -> tuple[Sshd, bool]:
    """Give a server, and whether SFTP is asked for; without asking it is found out."""
    return (files_only if request.param == "sftp only" else shells), request.param == "sftp"


def send(
    way: tuple[Sshd, bool], site: Path, web: Path, *, allow_removal: bool = False, dry: bool = False
) -> manifest.Changes:
    server, sftp = way
    target = targets.read(server.target(web, sftp=sftp))
    assert isinstance(target, targets.Server)
    return ssh.publish(
        Line(target, server.config),
        manifest.pack(site),
        lambda *_: None,
        allow_removal=allow_removal,
        dry=dry,
    )


def test_a_first_publication_arrives_whole(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    web = tmp_path / "var" / "web site"
    found = send(way, lay(tmp_path / "site", OLD), web)
    assert there(web) == OLD
    assert found == manifest.Changes(tuple(sorted(OLD)), (), ())


def test_an_update_sends_what_changed_and_removes_what_is_gone(
    way: tuple[Sshd, bool], tmp_path: Path
) -> None:
    web = tmp_path / "web"
    send(way, lay(tmp_path / "one", OLD), web)
    site = {name: data for name, data in NEW.items() if name != "feed.xml"}
    found = send(way, lay(tmp_path / "two", site), web)
    assert there(web) == site
    changed = ("2568/water-03/minutes.pdf", "index.html")
    assert found == manifest.Changes(("2568/water-04/index.html",), changed, ("feed.xml",))
    assert send(way, tmp_path / "two", web).count == 0


def test_what_is_only_looked_at_changes_nothing(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    web = tmp_path / "deep" / "web"
    assert send(way, lay(tmp_path / "one", OLD), web, dry=True).added == tuple(sorted(OLD))
    assert not web.exists()
    send(way, tmp_path / "one", web)
    assert send(way, lay(tmp_path / "two", NEW), web, dry=True).count == 3
    assert there(web) == OLD


def test_much_is_removed_only_when_that_is_allowed(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    web = tmp_path / "web"
    send(way, lay(tmp_path / "one", OLD), web)
    small = lay(tmp_path / "two", {"index.html": b"nearly nothing"})
    with pytest.raises(Fault, match="D383"):
        send(way, small, web)
    assert there(web) == OLD
    send(way, small, web, allow_removal=True)
    assert there(web) == {"index.html": b"nearly nothing"}


def test_what_belongs_to_the_server_stays(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    web = tmp_path / "web"
    send(way, lay(tmp_path / "one", OLD), web)
    lay(web, {".htaccess": b"Deny", ".well-known/acme": b"token"})
    send(way, lay(tmp_path / "two", NEW), web)
    assert (web / ".htaccess").read_bytes() == b"Deny"
    assert (web / ".well-known/acme").read_bytes() == b"token"


OTHERS: Site = {"uploads/a.pdf": b"%PDF", "foreign.pdf": b"%PDF", "2568/water-02/notes": b"own"}
GONE = "2568/water-02/index.html"


def test_only_what_an_earlier_run_brought_is_removed(
    way: tuple[Sshd, bool], tmp_path: Path
) -> None:
    web = tmp_path / "the clerk's web"
    send(way, lay(tmp_path / "one", OLD), web)
    lay(web, OTHERS)
    (web / "a link").symlink_to("foreign.pdf")
    (web / "2568" / "empty").mkdir()
    site = lay(tmp_path / "two", {name: data for name, data in NEW.items() if name != GONE})
    planned = send(way, site, web, dry=True)
    found = send(way, site, web)
    assert planned == found
    assert found.removed == (GONE,)
    assert not found.is_unrecorded
    assert there(web) == {**there(site), **OTHERS}
    assert (web / "a link").is_symlink()
    assert (web / "2568" / "empty").is_dir()
    assert send(way, site, web).count == 0


def test_rsync_names_what_it_keeps(shells: Sshd, tmp_path: Path) -> None:
    web = tmp_path / "web"
    send((shells, False), lay(tmp_path / "one", OLD), web)
    lay(web, OTHERS)
    (web / "a link").symlink_to("foreign.pdf")
    found = send((shells, False), lay(tmp_path / "two", NEW), web)
    assert found.kept == tuple(sorted([*OTHERS, "a link"]))


def test_rsync_removes_nothing_where_nothing_says_what_was_sent(
    shells: Sshd, tmp_path: Path
) -> None:
    web, site = lay(tmp_path / "web", {**OLD, **OTHERS}), {**NEW}
    site.pop(GONE)
    found = send((shells, False), lay(tmp_path / "two", site), web, allow_removal=True)
    assert (found.removed, found.is_unrecorded) == ((), True)
    assert found.kept == tuple(sorted([*OTHERS, GONE]))
    assert there(web) == {**site, **OTHERS, GONE: OLD[GONE]}
    site.pop("feed.xml")
    found = send((shells, False), lay(tmp_path / "three", site), web)
    assert (found.removed, found.is_unrecorded) == (("feed.xml",), False)


def test_each_way_knows_what_the_others_brought(shells: Sshd, tmp_path: Path) -> None:
    web, site = tmp_path / "web", dict(OLD)
    send((shells, False), lay(tmp_path / "all", site), web)
    for times, by_sftp in enumerate((True, False, True)):
        name = sorted(site)[0]
        site.pop(name)
        found = send((shells, by_sftp), lay(tmp_path / f"{times}", site), web, allow_removal=True)
        assert found == manifest.Changes((), (), (name,))
        assert there(web) == site
    if "index.html" in site:
        folder.publish(manifest.pack(tmp_path / "2"), web, lambda *_: None)
        assert there(web) == site


def test_names_that_rsync_takes_for_patterns_are_removed_as_they_stand(
    shells: Sshd, tmp_path: Path
) -> None:
    strange = {"a [1]*.html": b"1", "b\\c?.html": b"2", "ค วาม/x.html": b"3"}
    web = tmp_path / "web"
    send((shells, False), lay(tmp_path / "one", {**OLD, **strange}), web)
    lay(web, {"a 1x.html": b"own"})
    found = send((shells, False), lay(tmp_path / "two", OLD), web, allow_removal=True)
    assert found.removed == tuple(sorted(strange))
    assert there(web) == {**OLD, "a 1x.html": b"own"}
    assert not (web / "ค วาม").exists()


def test_what_is_in_a_pages_way_is_named_and_left_alone(shells: Sshd, tmp_path: Path) -> None:
    site, elsewhere = lay(tmp_path / "site", OLD), lay(tmp_path / "elsewhere", OTHERS)
    web = tmp_path / "web"
    web.mkdir()
    (web / "2568").symlink_to(elsewhere)
    with pytest.raises(Fault, match=r"D451.*web/2568"):
        send((shells, False), site, web)
    (web / "2568").unlink()
    lay(web, {"index.html/own": b"own"})
    with pytest.raises(Fault, match=r"D451.*web/index\.html"):
        send((shells, False), site, web)
    assert there(web) == {"index.html/own": b"own"}
    assert there(elsewhere) == OTHERS


def test_what_a_killed_rsync_left_goes(shells: Sshd, tmp_path: Path) -> None:
    web = tmp_path / "web"
    send((shells, False), lay(tmp_path / "one", OLD), web)
    lay(web, {".~tmp~/index.html": b"ha", "2568/water-03/.~tmp~/x": b"ha", "foreign": b"own"})
    send((shells, False), tmp_path / "one", web)
    assert [path for path in web.rglob("*") if "~tmp~" in path.name] == []
    assert there(web) == {**OLD, "foreign": b"own"}


def test_a_host_that_is_not_known_gets_nothing(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    server, web = way[0], tmp_path / "web"
    site = lay(tmp_path / "site", OLD)
    known = server.known_hosts.read_text()
    try:
        server.known_hosts.write_text("")
        with pytest.raises(Fault, match="D385"):
            send(way, site, web)
        servers.make_key(tmp_path / "other")
        servers.trust(server.known_hosts, server.port, tmp_path / "other.pub")
        with pytest.raises(Fault, match="D386"):
            send(way, site, web)
    finally:
        server.known_hosts.write_text(known)
    assert not web.exists()


def test_a_user_without_the_right_key_is_told(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    server = way[0]
    servers.make_key(tmp_path / "stranger")
    other = server.config.read_text().replace(f"{server.home}/user_key", f"{tmp_path}/stranger")
    config = tmp_path / "config"
    config.write_text(other)
    stranger = Sshd(server.port, config, server.known_hosts, server.home)
    with pytest.raises(Fault, match="D387"):
        send((stranger, way[1]), lay(tmp_path / "site", OLD), tmp_path / "web")


def test_a_folder_that_cannot_be_written_is_told(way: tuple[Sshd, bool], tmp_path: Path) -> None:
    (tmp_path / "web").write_bytes(b"a file, not a folder")
    with pytest.raises(Fault, match="D389"):
        send(way, lay(tmp_path / "site", OLD), tmp_path / "web")


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    nobody = Sshd(servers.free_port(), Path("/dev/null"), Path("/dev/null"), tmp_path)
    with pytest.raises(Fault, match="D388"):
        send((nobody, False), lay(tmp_path / "site", OLD), tmp_path / "web")
    with pytest.raises(Fault, match="D388"):
        send((nobody, True), lay(tmp_path / "site", OLD), tmp_path / "web")


# --- interrupted ------------------------------------------------------------------------------

PAGES = 60


def large(word: str) -> Site:
    pages = {f"2568/water-{n:02}/index.html": f"{word} {n} ".encode() * 4000 for n in range(PAGES)}
    return {**pages, "index.html": f"<h1>{word}</h1>".encode()}


def interrupted(way: tuple[Sshd, bool], site: Path, web: Path, after: float) -> int:
    """Publish in a process of its own, and end it and its clients after so many seconds."""
    server, sftp = way
    to, config = server.target(web, sftp=sftp), str(server.config)
    words = ["publish", "--site", str(site), "--to", to, "--ssh-config", config]
    command = [sys.executable, "-m", "minutes", *words]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def test_a_publication_interrupted_at_20_moments_leaves_whole_pages(
    way: tuple[Sshd, bool], tmp_path: Path
) -> None:
    web, chance = tmp_path / "web", random.Random(7)
    sites = {word: large(word) for word in ("old", "new")}
    folders = {word: lay(tmp_path / word, site) for word, site in sites.items()}
    for word, site in sites.items():
        known = {name: store.digest(data) for name, data in site.items()}
        build_state.write(folders[word], Memory(lists=sorted(known), shared=known))
    send(way, folders["old"], web)
    start = time.monotonic()
    to, config = way[0].target(web, sftp=way[1]), str(way[0].config)
    words = ["publish", "--site", str(folders["new"]), "--to", to, "--ssh-config", config]
    assert cli.main(words) == 0
    lasts = time.monotonic() - start + 0.5  # a process of its own starts besides
    caught, old, new = 0, "new", "old"
    for _ in range(20):
        caught += interrupted(way, folders[new], web, chance.uniform(0.2, lasts)) != 0
        seen = there(web)
        assert seen.keys() == sites[old].keys()
        for name, data in seen.items():
            assert data in (sites[old][name], sites[new][name]), name
        if seen["index.html"] == sites[new]["index.html"]:
            assert seen == sites[new]
        send(way, folders[new], web)
        assert there(web) == sites[new]
        old, new = new, old
    assert caught >= 10
