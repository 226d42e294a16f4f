"""A server for this computer's own browser: a few fixed addresses, behind a word that nobody knows.

It listens on 127.0.0.1 alone. It answers only requests that were meant for it (the Host header, for
another site's name may be made to lead here) and that no other site's page has sent (the Origin
header), whose address begins with a random word. It only gives: every method but GET is refused.
No path of a request ever becomes a path on the disk. The standard library's server is enough for
one reader on one computer.
"""

import os
import secrets
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOCAL = "127.0.0.1"
IDLE = 30  # seconds after which a silent connection is closed
AT_ONCE = 6  # answers that are worked out side by side, as many as a browser asks for
PATIENCE = 0.1  # seconds, for each of them at the end
BEAT = 10.0  # seconds between two signs of life to a listener
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# A browser shows a PDF by a page of its own making, which the policy would forbid to draw it.
VIEWER = ("application/pdf", "Content-Security-Policy")

# A page of the owner's own that leads to the address; its reader follows it at once.
DOOR = """<!doctype html><html lang="th"><meta charset="utf-8">
<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={address}">
<title>minutes</title><p><a href="{address}">{address}</a></p></html>
"""
SNAPS = Path("/snap/bin")


@dataclass(frozen=True)
class Reply:
    """What is sent for an address: its kind, as Content-Type names it, and the bytes."""

    kind: str
    data: bytes


class Bell:
    """Rings when there is something new, for any number of listeners."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = threading.Condition()

    def ring(self) -> None:
        """Wake all who listen."""
        with self._rung:
            self.rings += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Wait for a ring after the ones that were heard; gives how many there were in all."""
        with self._rung:
            self._rung.wait_for(lambda: self.rings != heard, seconds)
            return self.rings


class _Server(ThreadingHTTPServer):
    """Threads that end with the program; nobody else may listen at the same port."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = sys.platform != "win32"  # there it would let another program in

    def __init__(self, port: int, give: Callable[[str], Reply | None], bell: Bell) -> None:
        self.give = give
        self.bell = bell
        self.word = secrets.token_urlsafe(16)
        self.places = threading.Semaphore(AT_ONCE)
        super().__init__((LOCAL, port), _Handler)
        own = self.server_address[1]
        self.hosts = {f"{LOCAL}:{own}", f"localhost:{own}"}
        self.origins = {f"http://{host}" for host in self.hosts}

    def answer(self, name: str) -> Reply | None:
        """Give what stands under a name; only so many are at it at once."""
        with self.places:
            return self.give(name)

    def finish(self) -> None:
        """Take no more requests, and let those that are under way come to their end.

        Their threads end with the program, which no library likes that is still at work.
        """
        self.shutdown()
        for _ in range(AT_ONCE):
            self.places.acquire(timeout=PATIENCE)

    def server_bind(self) -> None:
        """Take the port, for this program alone; no name is looked up for it."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOCAL, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that hung up; anything else is a fault of the program."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        """Answer, or refuse with a bare number."""
        if not self._is_meant_for_us() or self._is_from_elsewhere():
            self._refuse(403)
            return
        _, word, name = (*self.path.split("/", 2), "", "")[:3]
        if not secrets.compare_digest(word.encode(), self.server.word.encode()):
            self._refuse(404)
        elif name == "events":
            self._tell_of_events()
        elif (reply := self.server.answer(name)) is None:
            self._refuse(404)
        else:
            self._send(200, reply)

    def _is_meant_for_us(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and hosts[0].lower() in self.server.hosts

    def _is_from_elsewhere(self) -> bool:
        origins = self.headers.get_all("Origin", [])
        return any(origin not in self.server.origins for origin in origins)

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._send(status, Reply("text/plain", b""))

    def _send(self, status: int, reply: Reply) -> None:
        self._begin(status, reply.kind)
        self.send_header("Content-Length", str(len(reply.data)))
        self.end_headers()
        self.wfile.write(reply.data)

    def _begin(self, status: int, kind: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **HEADERS}.items():
            if (kind, name) != VIEWER:
                self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")

    def _tell_of_events(self) -> None:
        """Send a line for every ring of the bell, as long as the browser listens."""
        self.close_connection = True
        self._begin(200, "text/event-stream")
        self.end_headers()
        rings, heard = self.server.bell.rings, -1
        self.wfile.write(b"retry: 1000\n")
        while True:
            line = f"data: {rings}\n\n" if rings != heard else ": still here\n\n"
            self.wfile.write(line.encode())
            heard, rings = rings, self.server.bell.wait(rings, BEAT)

    def send_error(self, code: int, *_: Any, **__: Any) -> None:
        """Refuse what the library cannot read, other methods too, without repeating any of it."""
        self._refuse(405 if code == 501 else code)

    def version_string(self) -> str:
        """Name no program and no version."""
        return "minutes"

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@contextmanager
def serving(port: int, give: Callable[[str], Reply | None], bell: Bell) -> Iterator[str]:
    """Serve what ``give`` has under each name, at a free port for 0; gives the address.

    ``events`` is a stream of events in which the bell rings. Raises OSError when the port is taken.
    """
    with _Server(port, give, bell) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield f"http://{LOCAL}:{server.server_port}/{server.word}/"
        finally:
            server.finish()


@contextmanager
def door(address: str) -> Iterator[str]:
    """Write a file that leads to an address, for its owner alone; gives the file's own address.

    Who starts a browser with an address tells the word in it to every user of the computer: they
    can read what each program was started with. Raises OSError.
    """
    # a browser out of a snap reads neither /tmp nor what is hidden
    folder = Path.home() if SNAPS.is_dir() else None
    handle, name = tempfile.mkstemp(".html", "minutes-preview-", folder)  # its mode is 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(DOOR.format(address=escape(address)))
        yield Path(name).as_uri()
    finally:
        Path(name).unlink(missing_ok=True)
