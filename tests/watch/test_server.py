"""The server of the preview: what it gives, and to whom alone."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from minutes.watch import server
from minutes.watch.server import Bell, Reply, serving

GIVEN = {
    "": Reply("text/html", b"page"),
    "a/b": Reply("image/png", b"\x89PNG"),
    "pdf": Reply("application/pdf", b"%PDF"),
}


class Site(NamedTuple):
    """A server at work."""

    address: str
    bell: Bell

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def root(self) -> str:
        return urlsplit(self.address).path

    def ask(
        self, path: str | None = None, method: str = "GET", **headers: str
    ) -> http.client.HTTPResponse:
        """Ask for a path with these headers, whose names have _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path or self.root, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        answer.body = answer.read() if answer.getheader("Content-Length") else b""  # type: ignore[attr-defined] # for the tests
        connection.close()
        return answer

    def raw(self, request: bytes) -> bytes:
        """Send bytes and give all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def site() -> Iterator[Site]:
    bell = Bell()
    with serving(0, GIVEN.get, bell) as address:
        yield Site(address, bell)


def body(answer: http.client.HTTPResponse) -> bytes:
    return answer.body  # type: ignore[attr-defined, no-any-return] # set by Site.ask


def test_what_stands_under_a_name_is_given_with_its_kind(site: Site) -> None:
    for name, reply in GIVEN.items():
        answer = site.ask(site.root + name)
        assert (answer.status, body(answer)) == (200, reply.data)
        assert answer.getheader("Content-Type") == reply.kind


def test_no_answer_lets_a_page_ask_elsewhere_or_be_framed_or_kept(site: Site) -> None:
    for path in (site.root, "/"):
        answer = site.ask(path)
        policy = answer.getheader("Content-Security-Policy") or ""
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "no-referrer"
        assert answer.getheader("Access-Control-Allow-Origin") is None


def test_a_pdf_may_be_drawn_by_the_browsers_own_viewer(site: Site) -> None:
    answer = site.ask(f"{site.root}pdf")
    assert answer.getheader("Content-Security-Policy") is None
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/favicon.ico",
        "//",
        "/{word}x/",
        "/{cut}/",
        "/{word}/nothing",
        "/{word}/../{word}/",
        "/{word}/a/b/",
        "/{word}/a/b?c",
        "/{word}/%61/b",
        "/{word}/../../../../etc/passwd",
        "/{word}//etc/passwd",
        "/{word}/state/../../x",
        "http://127.0.0.1/{word}/",
        "/\xe0\xb8\x81/",
    ],
)
def test_any_other_address_is_not_there(site: Site, path: str) -> None:
    word = site.root.strip("/")
    answer = site.raw(
        f"GET {path.format(word=word, cut=word[:-1])} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n"
        "Connection: close\r\n\r\n".encode("latin-1")
    )
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_this_computer_may_be_called_by_its_two_names(site: Site, name: str) -> None:
    assert site.ask(Host=f"{name}:{site.port}").status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.", ""],
)
def test_a_request_that_was_meant_for_another_host_is_refused(site: Site, host: str) -> None:
    answer = site.ask(Host=host.format(port=site.port))
    assert (answer.status, body(answer)) == (403, b"")


@pytest.mark.parametrize("hosts", ["", "Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"])
def test_a_request_for_no_host_or_for_two_is_refused(site: Site, hosts: str) -> None:
    request = f"GET {site.root} HTTP/1.1\r\n{hosts.format(port=site.port)}\r\n"
    assert site.raw(request.encode()).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 200),
        ("http://localhost:{port}", 200),
        ("https://127.0.0.1:{port}", 403),
        ("http://127.0.0.1", 403),
        ("http://evil.example", 403),
        ("null", 403),
    ],
)
@pytest.mark.parametrize("name", ["", "a/b", "nothing"])
def test_a_request_from_another_site_is_refused(
    site: Site, origin: str, status: int, name: str
) -> None:
    answer = site.ask(site.root + name, Origin=origin.format(port=site.port))
    assert answer.status == (404 if name == "nothing" and status == 200 else status)


def test_the_events_are_refused_to_another_site_too(site: Site) -> None:
    assert site.ask(f"{site.root}events", Origin="http://evil.example").status == 403
    assert site.ask(f"{site.root}events", Host="evil.example").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE"])
def test_nothing_but_reading_is_allowed(site: Site, method: str) -> None:
    answer = site.ask(method=method)
    assert (answer.status, body(answer)) == (405, b"")


@pytest.mark.parametrize(
    "request_", [b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"x" * 70_000]
)
def test_what_is_no_request_is_refused_without_an_echo(site: Site, request_: bytes) -> None:
    answer = site.raw(request_ + b"\r\n")
    assert b" 200 " not in answer
    assert b"xxx" not in answer
    assert site.ask().status == 200


def test_no_other_computer_can_reach_it(site: Site) -> None:
    listening = Path("/proc/net/tcp").read_text("ascii").splitlines()
    own = [line.split()[1] for line in listening if line.split()[1].endswith(f":{site.port:04X}")]
    assert own
    assert {place.partition(":")[0] for place in own} == {"0100007F"}


def test_the_word_is_another_one_each_time() -> None:
    words = set()
    for _ in range(3):
        with serving(0, GIVEN.get, Bell()) as address:
            words.add(urlsplit(address).path)
    assert len(words) == 3
    assert min(map(len, words)) >= 22 + 2


def test_a_port_that_is_taken_is_an_error(site: Site) -> None:
    with pytest.raises(OSError, match="in use"), serving(site.port, GIVEN.get, Bell()):
        pass


def listen(site: Site) -> Iterator[str]:
    """Give the lines of the stream of events."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", f"{site.root}events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    try:
        while line := answer.readline():
            yield line.decode().strip()
    finally:
        connection.close()


def test_the_bell_rings_in_every_listening_browser(site: Site) -> None:
    both = [filter(lambda line: line.startswith("data"), listen(site)) for _ in range(2)]
    assert [next(one) for one in both] == ["data: 0"] * 2
    site.bell.ring()
    assert [next(one) for one in both] == ["data: 1"] * 2


def test_a_listener_is_told_that_the_server_lives(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "BEAT", 0.02)
    lines = filter(None, listen(site))
    assert [next(lines) for _ in range(4)] == ["retry: 1000", "data: 0", *[": still here"] * 2]


def test_a_browser_that_hangs_up_leaves_no_thread_and_no_word(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "BEAT", 0.02)
    before = threading.active_count()
    stream = listen(site)
    next(stream)
    assert threading.active_count() > before
    del stream
    until = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")


def test_what_is_being_answered_comes_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 20.0)
    begun, answers = threading.Event(), list[int]()

    def slow(_: str) -> Reply:
        begun.set()
        time.sleep(0.3)
        answers.append(1)
        return GIVEN[""]

    with serving(0, slow, Bell()) as address:
        asking = threading.Thread(target=Site(address, Bell()).ask)
        asking.start()
        begun.wait()
    assert answers == [1]
    asking.join()


def test_a_fault_of_the_program_is_not_kept_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("ours")

    with serving(0, fail, Bell()) as address, pytest.raises(http.client.RemoteDisconnected):
        Site(address, Bell()).ask()
    assert "RuntimeError: ours" in capfd.readouterr().err
