"""Posts brought to a small WordPress of our own, which fails as it is told to."""

import json
import re
import shutil
import socket
import ssl
import sys
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import click
import httpx
import pytest

from minutes import __main__ as cli
from minutes.build import pipeline
from minutes.commands import publish
from minutes.deliver import posts, wordpress
from minutes.deliver.wordpress import Deed, Journal, Post, Site
from minutes.documents.pdf import html_to_pdf
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.paths import ROOT
from minutes.problems.errors import Fault, Problem, problem

PASSWORD = "correct horse battery"
MOMENT = 1.0  # seconds that the client waits for an answer that does not come
PATIENCE = 60.0  # and for all others, on a machine that does a lot else


class Fake(ThreadingHTTPServer):
    """What a WordPress does of the API; ``faults`` says what goes wrong, by number of request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.posts: list[dict[str, Any]] = []
        self.media: list[dict[str, Any]] = []
        self.faults: dict[int, str] = {}
        self.count = 0
        self.pretty = True
        self.asked: list[str] = []
        self.refusals: dict[str, tuple[int, Any, dict[str, str]]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def patience(self) -> float:
        return MOMENT if "hang" in self.faults.values() else PATIENCE

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


class Handler(BaseHTTPRequestHandler):
    server: Fake

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        site = self.server
        fault, site.count = site.faults.get(site.count, ""), site.count + 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        split = urlsplit(self.path)
        query = dict(parse_qsl(split.query))
        site.asked.append(f"{self.command} {self.path}")
        if fault == "drop before":
            self.close_connection = True
            return
        if fault in ("429", "500"):
            self._answer(int(fault), {"message": "<b>busy</b>"}, {"Retry-After": "7"})
            return
        status, told, headers = self._told(split.path, query, body)
        if fault == "hang":
            time.sleep(2 * MOMENT)
        if fault == "drop after":
            self.close_connection = True
            return
        self._answer(status, told, headers)

    def _told(
        self, path: str, query: Mapping[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        site = self.server
        route = query.get("rest_route", "")
        if not route:
            if not (site.pretty and path.startswith("/wp-json")):
                return 404, "<h1>no such page</h1>", {}
            route = path.removeprefix("/wp-json")
        for start, refusal in site.refusals.items():
            if f"{self.command} {route}".startswith(start):
                return refusal
        if route == "/":
            return 200, {"namespaces": ["wp/v2"]}, {}
        if httpx.BasicAuth("clerk", PASSWORD)._auth_header != self.headers["Authorization"]:
            return 401, {"code": "incorrect_password"}, {}
        if route == "/wp/v2/users/me":
            return 200, {"id": 2}, {}
        return self._collection(route, query, body)

    def _collection(
        self, route: str, query: Mapping[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        _, _, _, kind, *rest = route.split("/")
        there = self.server.media if kind == "media" else self.server.posts
        if self.command == "GET":
            ids = [int(each) for each in query.get("include", "").split(",") if each]
            wanted = [one for one in there if one["id"] in ids or one["slug"] == query.get("slug")]
            return 200, wanted, {}
        if rest:
            (one,) = (one for one in there if one["id"] == int(rest[0]))
            one.update(json.loads(body))
            return 200, one, {}
        one = {"id": len(self.server.posts) + len(self.server.media) + 1, "status": "inherit"}
        if kind == "media":
            name = re.findall('filename="(.+)"', self.headers["Content-Disposition"])[0]
            one |= {"slug": name.rsplit(".", 1)[0], "data": body.decode("latin-1")}
            one |= {"source_url": f"https://site.example/{name}"}
        else:
            one |= json.loads(body)
        there.append(one)
        return 201, one, {}

    def _answer(self, status: int, told: Any, headers: Mapping[str, str]) -> None:
        data = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        with suppress(OSError):  # the client has gone
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving() as server:
        yield server


@contextmanager
def serving() -> Iterator[Fake]:
    """Have the server answer, in a thread of its own."""
    with Fake() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def post(slug: str = "water-2568-03") -> Post:
    markup = '<p>ข่าว <img src="1.jpg" alt="ภาพ"> <a href="รายงาน.pdf">PDF</a></p>'
    files = {"1.jpg": slug.encode(), "รายงาน.pdf": b"%PDF " + slug.encode()}
    return Post(slug, "พาดหัว <ก> & ข", markup, datetime(2025, 3, 28, 2, tzinfo=UTC), files)


OURS = [post("water-2568-02"), post("water-2568-03")]


def bring(
    fake: Fake, path: Path, *ours: Post, password: str = PASSWORD, **options: Any
) -> list[Deed]:
    waits: list[float] = []
    site = Site(fake.address, "clerk", password, sleep=waits.append, timeout=fake.patience)
    journal = Journal.read(path / "journal.json", fake.address)
    try:
        return list(wordpress.publish(ours, site, journal, lambda *_: None, **options))
    finally:
        fake.asked.append(f"waited {waits}")
        site.close()


def test_posts_and_their_files_arrive_once(fake: Fake, tmp_path: Path) -> None:
    assert bring(fake, tmp_path, *OURS) == [Deed(one.slug, "created") for one in OURS]
    assert bring(fake, tmp_path, *OURS) == [Deed(one.slug, "same") for one in OURS]
    assert fake.count == 2 + 2 * 7 + 3, "unchanged posts cost one request in all"
    assert [one["slug"] for one in fake.posts] == [one.slug for one in OURS]
    assert len(fake.media) == 4
    sent = fake.posts[0]
    assert sent["title"] == "พาดหัว &lt;ก&gt; &amp; ข"
    assert sent["date_gmt"] == "2025-03-28T02:00:00"
    assert all(one["source_url"].isascii() for one in fake.media)
    assert all(one["source_url"] in sent["content"] for one in fake.media[:2])


FAULTS = ("429", "500", "hang", "drop before", "drop after")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(16))
def test_a_fault_at_any_request_doubles_nothing_and_loses_nothing(
    number: int, fault: str, fake: Fake, tmp_path: Path
) -> None:
    fake.faults = {number: fault}
    assert len(bring(fake, tmp_path, *OURS)) == 2
    assert fake.count > number, "the fault happened"
    assert sorted(one["slug"] for one in fake.posts) == [one.slug for one in OURS]
    assert len({one["slug"] for one in fake.media}) == len(fake.media) == 4
    assert ("7.0" in fake.asked[-1]) == (fault in ("429", "500"))


@pytest.mark.parametrize(("fault", "code"), [("500", "D393"), ("drop after", "D388")])
def test_a_site_that_stays_broken_is_told_and_the_next_run_finishes(
    fault: str, code: str, fake: Fake, tmp_path: Path
) -> None:
    fake.faults = dict.fromkeys(range(8, 99), fault)
    with pytest.raises(Fault, match=code):
        bring(fake, tmp_path, *OURS)
    fake.faults = {}
    bring(fake, tmp_path, *OURS)
    assert sorted(one["slug"] for one in fake.posts) == [one.slug for one in OURS]
    assert len(fake.media) == 4


def test_a_site_without_permalinks_is_reached_the_other_way(fake: Fake, tmp_path: Path) -> None:
    fake.pretty = False
    assert bring(fake, tmp_path, post()) == [Deed(post().slug, "created")]
    assert len(fake.posts) == 1


def test_an_update_changes_the_post_whatever_the_journal_says(fake: Fake, tmp_path: Path) -> None:
    bring(fake, tmp_path, post())
    newer = replace(post(), title="ใหม่", files={**post().files, "1.jpg": b"new"})
    assert bring(fake, tmp_path, newer) == [Deed(post().slug, "updated")]
    broken = json.dumps({fake.address: {"posts": 3}})
    for text in ("", "[]", broken, "{}"):
        (tmp_path / "journal.json").write_text(text)
        assert bring(fake, tmp_path, newer) == [Deed(post().slug, "updated")]
    assert [one["title"] for one in fake.posts] == ["ใหม่"]
    assert len(fake.media) == 3


def test_a_draft_leaves_what_is_public_alone(fake: Fake, tmp_path: Path) -> None:
    first, second = OURS
    bring(fake, tmp_path, first)
    newer = replace(first, title="ใหม่")
    deeds = bring(fake, tmp_path, newer, second, drafts=True)
    assert deeds == [Deed(first.slug, "public"), Deed(second.slug, "created")]
    assert [one["status"] for one in fake.posts] == ["publish", "draft"]
    assert bring(fake, tmp_path, first, drafts=True) == [Deed(first.slug, "same")]
    assert bring(fake, tmp_path, second) == [Deed(second.slug, "updated")]
    assert [one["status"] for one in fake.posts] == ["publish", "publish"]


def test_a_dry_run_only_asks(fake: Fake, tmp_path: Path) -> None:
    assert bring(fake, tmp_path, post(), dry=True, kind="pages") == [Deed(post().slug, "created")]
    assert [each for each in fake.asked if each.startswith("POST")] == []
    assert any("/wp/v2/pages" in each for each in fake.asked)


def standing(fake: Fake, path: Path, **keys: str) -> set[str]:
    site = Site(fake.address, "clerk", PASSWORD, sleep=lambda _: None, timeout=fake.patience)
    journal = Journal.read(path / "journal.json", fake.address)
    wanted = {name.replace("_", "-"): key for name, key in keys.items()}
    try:
        return wordpress.standing(wanted, site, journal)
    finally:
        site.close()


def test_a_post_stands_while_it_is_made_of_the_same_and_is_there(
    fake: Fake, tmp_path: Path
) -> None:
    assert standing(fake, tmp_path, water_2568_03="a") == set()
    bring(fake, tmp_path, replace(post(), key="a"))
    assert standing(fake, tmp_path, water_2568_03="a", water_2568_04="a") == {"water-2568-03"}
    assert standing(fake, tmp_path, water_2568_03="b") == set()
    bring(fake, tmp_path, replace(post(), key="b"))
    assert standing(fake, tmp_path, water_2568_03="b") == {"water-2568-03"}
    fake.posts.clear()
    assert standing(fake, tmp_path, water_2568_03="b") == set()


def test_a_draft_that_is_to_be_shown_does_not_stand(fake: Fake, tmp_path: Path) -> None:
    bring(fake, tmp_path, replace(post(), key="a"), drafts=True)
    assert standing(fake, tmp_path, water_2568_03="a") == set()
    bring(fake, tmp_path, replace(post(), key="a"))
    assert standing(fake, tmp_path, water_2568_03="a") == {"water-2568-03"}


def left(fake: Fake, path: Path, *slugs: str) -> list[str]:
    site = Site(fake.address, "clerk", PASSWORD, sleep=lambda _: None, timeout=fake.patience)
    journal = Journal.read(path / "journal.json", fake.address)
    try:
        return wordpress.left_behind(slugs, site, journal, kind="posts")
    finally:
        site.close()


def test_what_nothing_uses_any_more_is_named_and_not_deleted(fake: Fake, tmp_path: Path) -> None:
    slugs = [one.slug for one in OURS]
    bring(fake, tmp_path, *OURS)
    assert left(fake, tmp_path, *slugs) == []
    first = fake.media[0]["source_url"]
    bring(fake, tmp_path, replace(OURS[0], files={**OURS[0].files, "1.jpg": b"new"}))
    assert left(fake, tmp_path, *slugs) == [first]
    assert left(fake, tmp_path, slugs[0]) == [f"{fake.address}/?p={fake.posts[1]['id']}", first]
    assert len(fake.media) == 5
    del fake.media[0]
    assert left(fake, tmp_path, *slugs) == []


def test_a_journal_that_does_not_know_of_all_files_calls_none_unused(
    fake: Fake, tmp_path: Path
) -> None:
    bring(fake, tmp_path, *OURS)
    path = tmp_path / "journal.json"
    told = json.loads(path.read_text())
    del told[fake.address]["files"], told[fake.address]["keys"]
    path.write_text(json.dumps(told))
    assert left(fake, tmp_path, *(one.slug for one in OURS)) == []
    assert {deed.what for deed in bring(fake, tmp_path, *OURS)} == {"same"}
    assert sorted(json.loads(path.read_text())[fake.address]["files"]) == [p.slug for p in OURS]


HTML = "<html>sign in</html>"
REFUSALS: dict[str, tuple[str, tuple[int, Any, dict[str, str]], str]] = {
    "too large": ("POST /wp/v2/media", (413, HTML, {}), "D392"),
    "too large for PHP": (
        "POST /wp/v2/media",
        (400, {"code": "rest_upload_no_data", "message": "No data"}, {}),
        "D392",
    ),
    "not allowed": ("POST /wp/v2/posts", (403, {"code": "rest_cannot_create"}, {}), "D390"),
    "a firewall": ("POST /wp/v2/posts", (403, HTML, {}), "D393"),
    "bad": ("POST /wp/v2/posts", (400, {"message": "<p>Invalid</p>"}, {}), "D393"),
    "a page": ("GET /wp/v2/users", (200, HTML, {}), "D393"),
    "switched off": ("GET /", (404, {"code": "rest_no_route"}, {}), "D391"),
    "hidden": ("GET /", (200, HTML, {}), "D391"),
    "moved": ("GET /", (301, "", {"Location": "https://new.example/wp-json/"}), "D395"),
    "led around": ("GET /", (301, "", {"Location": "/elsewhere"}), "D391"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_told_for_what_it_is(case: str, fake: Fake, tmp_path: Path) -> None:
    where, refusal, code = REFUSALS[case]
    fake.refusals = {where: refusal}
    with pytest.raises(Fault) as caught:
        bring(fake, tmp_path, post())
    assert caught.value.code == code, caught.value
    assert "<" not in str(caught.value.values)
    assert fake.asked[-1] == "waited []", "what is refused for good is not tried again"


def test_a_wrong_password_is_told_once_and_repeated_nowhere(fake: Fake, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="D390") as caught:
        bring(fake, tmp_path, post(), password="wrong mule")
    told = f"{caught.value!r} {caught.value.values} {caught.value.__context__!r} {fake.asked}"
    assert "wrong" not in told
    assert fake.count == 2


def test_a_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        site = Site(f"http://127.0.0.1:{one.getsockname()[1]}", "u", "p", sleep=lambda _: None)
        with pytest.raises(Fault, match="D388"):
            site.enter()
        site.close()


def test_a_certificate_that_is_not_valid_is_told_at_once() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        cause = ssl.SSLCertVerificationError("certificate has expired")
        cause.verify_message = "certificate has expired"
        try:
            raise cause
        except ssl.SSLError as error:
            raise httpx.ConnectError(str(error)) from error

    waits: list[float] = []
    site = Site("https://district.example", "u", "p", sleep=waits.append)
    site._client = httpx.Client(transport=httpx.MockTransport(refuse))
    with pytest.raises(Fault, match="D394"):
        site.enter()
    assert waits == []
    site.close()


CONTENT = {
    "<p class='x' onclick='y'>ก</p>": "<p>ก</p>",
    "<p>ก<script>alert(1)</script>ข</p>": "<p>กข</p>",
    "<p><span class='nw'>ก ข</span></p>": "<p>ก ข</p>",
    "<p>ก\n ข</p><!-- secret -->": "<p>ก ข</p>",
    "<ul class='list'><li>1. ก</li></ul>": '<ul style="list-style-type:none"><li>1. ก</li></ul>',
    "<a href='javascript:x()'>ก</a>": "<a>ก</a>",
    "<a href='file.pdf'>ก</a>": '<a href="https://site.example/f.pdf">ก</a>',
    "<a href='tel:021234567'>ก</a>": '<a href="tel:021234567">ก</a>',
    "ก<p>ข</p>": "ก<p>ข</p>",
}


@pytest.mark.parametrize("markup", CONTENT)
def test_a_page_is_sent_plain(markup: str) -> None:
    sent = wordpress.content(markup, {"file.pdf": "https://site.example/f.pdf"})
    assert sent == f"<!-- wp:html -->{CONTENT[markup]}<!-- /wp:html -->"


@pytest.mark.parametrize(
    ("name", "given"),
    [("รายงาน.PDF", "file-0123456789ab.pdf"), ("a/My Photo.jpg", "my-photo-0123456789ab.jpg")],
)
def test_a_file_gets_a_name_in_ascii_that_tells_its_content(name: str, given: str) -> None:
    assert wordpress.media_name(name, "0123456789abcdef") == given


# --- a meeting as a post ----------------------------------------------------------------------

AGENDAS = ROOT / "agendas"


def test_a_meeting_that_may_be_published_becomes_a_post() -> None:
    meetings = [work_out(case) for case in loading.find([AGENDAS / "tuayang"]).cases]
    ours, problems = posts.of(meetings)
    assert problems == []
    (one,) = (each for each in ours if each.slug == "product-2569-01")
    names = [name.rpartition("/")[2] for name in one.files]
    ends = ["product-2569-01-minutes-public.docx", "product-2569-01-minutes-public.pdf"]
    assert names == [*ends, "1.jpg", "2.jpg"]
    assert one.title == "อำเภอตัวอย่างเตรียมจัดงานมหกรรมผลิตภัณฑ์ชุมชน 11 - 13 ธันวาคม 2569"
    assert one.html.count("<img") == 2
    assert "รายงานการประชุม (PDF, " in one.html
    assert one.date.isoformat() == "2026-10-21T09:00:00+07:00"


def test_a_meeting_without_a_release_has_its_minutes_to_fetch() -> None:
    (case,) = loading.find([AGENDAS / "tuayang" / "product" / "2569-01.yaml"]).cases
    release = case.meeting.release.model_copy(update={"skip": True, "headline": ""})
    silent = replace(case, meeting=case.meeting.model_copy(update={"release": release}))
    one = posts.post(work_out(silent))
    assert one.html.startswith('<p><a href="product-2569-01-minutes-public.docx">')
    assert "ประชุม" in one.title


def test_publishing_again_builds_what_changed_and_nothing_else(
    fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(AGENDAS / "tuayang", tmp_path / "agendas")
    built: list[str] = []
    build = pipeline.build_public

    def noted(meeting: Proceedings, *how: Any) -> dict[str, bytes]:
        built.append(meeting.case.id)
        return build(meeting, *how)

    monkeypatch.setattr(pipeline, "build_public", noted)
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.setenv("MINUTES_WORDPRESS_PASSWORD", PASSWORD)
    agenda = tmp_path / "agendas/product/2569-01.yaml"
    written = agenda.read_text("utf-8")
    one = ["product-2569-01"]
    for text, said, builds in (
        (written, "เพิ่ม 1 · แก้ 0 · ไม่เปลี่ยน 0", one),
        (written, "เพิ่ม 0 · แก้ 0 · ไม่เปลี่ยน 1", []),
        (f"{written}# ตรวจแล้ว\n", "เพิ่ม 0 · แก้ 0 · ไม่เปลี่ยน 1", one),
        (f"{written}# ตรวจแล้ว\n", "เพิ่ม 0 · แก้ 0 · ไม่เปลี่ยน 1", []),
    ):
        agenda.write_text(text, "utf-8")
        built.clear()
        assert run(fake, "--user", "clerk") == 0
        assert said in capsys.readouterr().out
        assert built == builds
    assert len(fake.posts) == 1


# --- the command ------------------------------------------------------------------------------


def made(_: object, standing: Collection[str]) -> tuple[list[Post], list[Problem]]:
    return [replace(one, key="made") for one in OURS if one.slug not in standing], []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sit down before two posts, with the password in the environment."""
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.setattr(loading, "find", lambda _: SimpleNamespace(cases=(), problems=()))
    monkeypatch.setattr(posts, "keys", lambda _: {one.slug: "made" for one in OURS})
    monkeypatch.setattr(posts, "of", made)
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setenv("MINUTES_WORDPRESS_PASSWORD", PASSWORD)
    return tmp_path


def run(fake: Fake, *words: str) -> int:
    return cli.main(["publish", "--to", fake.address, *words])


def test_one_command_publishes_and_tells(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(fake, "--user", "clerk", "--dry-run") == 0
    assert "ถ้าเผยแพร่จริง" in capsys.readouterr().out
    assert fake.posts == []
    assert run(fake, "--user", "clerk", "--drafts") == 0
    told = capsys.readouterr().out
    assert "เพิ่ม water-2568-02\nเพิ่ม water-2568-03\n" in told
    assert "เพิ่ม 2 · แก้ 0 · ไม่เปลี่ยน 0 เรื่อง" in told
    assert run(fake, "--user", "clerk", "--drafts") == 0
    assert "ไม่เปลี่ยน 2 เรื่อง" in capsys.readouterr().out
    kept = (desk / "out" / ".wordpress.json").read_text()
    assert PASSWORD not in kept + told


def test_without_pango_no_post_is_made(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise html_to_pdf.UnavailableError("libpango")

    monkeypatch.setattr(posts, "of", refuse)
    assert run(fake, "--user", "clerk") == 2
    assert "Pango" in capsys.readouterr().err
    assert fake.posts == []


def test_a_refused_password_is_told_without_it(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINUTES_WORDPRESS_PASSWORD", "wrong mule")
    assert run(fake, "--user", "clerk") == 2
    told = capsys.readouterr()
    assert "ผิดพลาด[D390]" in told.err
    assert "wrong" not in told.out + told.err


def test_the_password_is_asked_for_where_it_can_be_typed(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINUTES_WORDPRESS_PASSWORD")
    assert run(fake, "--user", "clerk") == 2
    assert run(fake) == 2
    assert capsys.readouterr().err.count("D397") == 2
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(click, "prompt", lambda *_, **how: PASSWORD if how["hide_input"] else "")
    assert run(fake, "--user", "clerk") == 0


def test_the_keyring_gives_the_password_where_there_is_one(
    fake: Fake, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINUTES_WORDPRESS_PASSWORD")
    kept = {(fake.address, "clerk"): PASSWORD}
    ring = SimpleNamespace(get_password=lambda *key: kept.get(key))
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert run(fake, "--user", "clerk") == 0
    assert len(fake.posts) == 2


def test_what_must_not_be_public_stops_all(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leak = problem(desk / "2569-01.yaml", 7, 1, "D111", text="ลับ", files="x.html")
    monkeypatch.setattr(posts, "of", lambda *_: (OURS, [leak]))
    assert run(fake, "--user", "clerk") == 1
    assert "2569-01.yaml:7:1" in capsys.readouterr().err
    assert len(fake.asked) > 1
    assert [each for each in fake.asked if each.startswith("POST")] == []


def test_agendas_with_faults_and_agendas_without_posts_are_told(
    fake: Fake, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "keys", lambda _: {})
    assert run(fake, "--user", "clerk") == 0
    assert "ยังไม่มีการประชุมที่เผยแพร่ได้" in capsys.readouterr().out
    fault = problem(desk / "2569-01.yaml", 3, 1, "D111", text="ลับ", files="x.html")
    unread = SimpleNamespace(cases=(), problems=(fault,))
    monkeypatch.setattr(loading, "find", lambda _: unread)
    assert run(fake, "--user", "clerk") == 1
    assert "2569-01.yaml:3:1" in capsys.readouterr().err
