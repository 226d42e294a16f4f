"""A page that names what it was not handed: nothing is read, nobody is called, and it is told."""

import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf

SECRET = "ความลับของราชการ"

STYLE = pages.stylesheet()  # our own fonts: a machine may have no others


class Watch:
    """What Python opens, and whom it calls, while the watch is on."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None
        sys.addaudithook(self.note)

    def note(self, event: str, values: Sequence[Any]) -> None:
        if self.seen is not None and event in {"open", "socket.connect", "socket.getaddrinfo"}:
            self.seen.append(f"{event} {values}")


WATCH = Watch()


class Server:
    """A listening socket of this machine that counts who calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.count, daemon=True).start()

    def count(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


class Quiet:
    """A stretch of time in which the secret is not opened and nobody is called."""

    def __init__(self, secret: Path, server: Server) -> None:
        self.secret, self.server = secret, server

    def fill(self, place: str) -> str:
        """Give an address with the secret's path and the server's port."""
        return place.format(secret=self.secret, port=self.server.port)

    def __enter__(self) -> None:
        WATCH.seen = []

    def __exit__(self, *error: object) -> None:
        seen, WATCH.seen = WATCH.seen or [], None
        assert [event for event in seen if ".css" in event or "socket" in event] == []
        assert self.server.calls == 0


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.socket.close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that nobody may read, with a symlink to it beside and a folder below."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "secret.css").write_text(f'body::before {{ content: "{SECRET}" }}', "utf-8")
    (folder / "link.css").symlink_to(folder / "secret.css")
    (folder / "below").mkdir()
    return folder / "secret.css"


@pytest.fixture
def quiet(secret: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Quiet:
    """Give the watch over a run in the secret's own folder."""
    html_to_pdf.render(page("<p>ก</p>"), STYLE, {})
    monkeypatch.chdir(secret.parent)
    return Quiet(secret, server)


def test_the_watch_sees_who_reads_and_who_calls(secret: Path, server: Server) -> None:
    with pytest.raises(AssertionError), Quiet(secret, server):
        (secret.parent / "link.css").read_text("utf-8")
    with pytest.raises(AssertionError), Quiet(secret, server):
        socket.create_connection(("127.0.0.1", server.port)).close()
    while server.calls == 0:
        time.sleep(0.01)
    server.calls = 0


PLACES = [
    "file://{secret}",
    "FILE://{secret}",
    "{secret}",
    "../{secret.parent.name}/secret.css",
    "..%2f{secret.parent.name}%2fsecret.css",
    "fonts/../../../../../..{secret}",
    "link.css",
    "http://127.0.0.1:{port}/a",
    "https://127.0.0.1:{port}/a",
    "ftp://127.0.0.1:{port}/a",
    "//127.0.0.1:{port}/a",
    "http://page.invalid@127.0.0.1:{port}/a",
    "data:text/css,p%7Bcolor:red%7D",
]
WAYS = [
    '<p><img src="{place}" alt="ภาพ"></p>',
    '<p style="background: url({place})">ก</p>',
    '<p style="list-style: url({place}); display: list-item">ก</p>',
    "<style>@import '{place}';</style><p>ก</p>",
    "<style>@import url('{place}') print;</style><p>ก</p>",
    "<style>p::before {{ content: url('{place}') }}</style><p>ก</p>",
    "<style>@page {{ background: url('{place}') }}</style><p>ก</p>",
    "<style>@font-face {{ font-family: x; src: url('{place}') }}</style><p>ก</p>",
    '<link rel="stylesheet" href="{place}"><p>ก</p>',
    '<link rel="attachment" href="{place}"><p>ก</p>',
    '<p><a rel="attachment" href="{place}">ก</a></p>',
    '<p><object data="{place}">ก</object></p>',
    '<p><embed src="{place}"></p>',
    '<base href="{place}"><p><img src="a" alt="ภาพ"></p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{place}" width="9" height="9"/></svg>',
]


def page(body: str) -> str:
    return f'<html lang="th"><head><title>ก</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_a_page_reads_and_calls_nobody(way: str, place: str, quiet: Quiet) -> None:
    body = way.format(place=quiet.fill(place))
    with quiet, pytest.raises(html_to_pdf.ForbiddenError, match="which it was not handed"):
        html_to_pdf.render(page(body), STYLE, {})


# A picture that the page was handed may name others. WeasyPrint draws inside of it what it is
# served, fails on style sheets, and leaves out the rest.

DRAWING = (
    '{doctype}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="9" height="9"><rect width="9" height="9"/>{inside}</svg>'
)
FORBIDDEN, BROKEN = html_to_pdf.ForbiddenError, RuntimeError


@pytest.mark.parametrize("place", ["file://{secret}", "secret.css", "http://127.0.0.1:{port}/"])
@pytest.mark.parametrize(
    ("doctype", "inside", "end"),
    [
        ("", '<image href="{place}" width="9" height="9"/>', FORBIDDEN),
        ("", '<image xlink:href="{place}" width="9" height="9"/>', FORBIDDEN),
        ("", "<style>@import '{place}';</style>", BROKEN),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "{place}">]>', "<text>&x;</text>", BROKEN),
        ('<!DOCTYPE svg SYSTEM "{place}">', "", None),
        ("", '<use href="{place}#a"/>', None),
        ("", '<rect width="9" height="9" fill="url({place}#a)"/>', None),
        ("", '<rect width="9" height="9" style="filter: url({place}#a)"/>', None),
        ("", '<script href="{place}"/>', None),
        ("", '<foreignObject><p><img src="{place}"/></p></foreignObject>', None),
    ],
)
def test_a_drawing_reads_and_calls_nobody(
    doctype: str, inside: str, end: type[Exception] | None, place: str, quiet: Quiet
) -> None:
    drawing = DRAWING.format(doctype=doctype, inside=inside).replace("{place}", quiet.fill(place))
    files = {"drawing.svg": drawing.encode()}
    with quiet, pytest.raises(end) if end else nullcontext():
        html_to_pdf.render(page('<p><img src="drawing.svg" alt="ภาพ"></p>'), STYLE, files)


@pytest.mark.parametrize("place", ["own.svg", "below/../own.svg", "http://page.invalid/own.svg"])
def test_what_the_page_was_handed_it_may_name(place: str) -> None:
    files = {"own.svg": DRAWING.format(doctype="", inside="").encode()}
    printed = html_to_pdf.render(page(f'<p><img src="{place}" alt="ภาพ"></p>'), STYLE, files)
    [paper] = pypdfium2.PdfDocument(printed)
    assert paper.render().to_pil().convert("L").getextrema() == (0, 255)


def test_our_own_files_cannot_be_left_by_their_folder() -> None:
    with pytest.raises(html_to_pdf.ForbiddenError, match=r"page\.invalid/fonts/OFL\.txt"):
        html_to_pdf.render(page('<img src="fonts/OFL.txt" alt="ก">'), STYLE, {})
