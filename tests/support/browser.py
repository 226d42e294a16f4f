"""Headless Chromium, spoken to over a pipe (the Chrome DevTools Protocol), and axe-core in it.

    with browser.opened() as chromium:
        page = chromium.page(width=360, height=800, dark=True)
        page.go("http://127.0.0.1:8000/")
        page.wait_for("document.querySelector('h1')")
        assert page.violations() == []

Needs Debian's ``chromium`` and ``npm ci --ignore-scripts --prefix tests``. ``page.requests`` are
the addresses that a page has asked for, ``page.faults`` what went wrong in it.
"""

import base64
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes.paths import ROOT

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
PATIENCE = 60.0  # seconds; a machine that does a lot else is slow
# What WCAG 2.2 asks for at levels A and AA, and what axe-core's makers call good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The last four keep Chromium from asking its makers' servers for anything.
COMMAND = (
    "chromium",
    "--headless",
    "--no-sandbox",  # as root there is none
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Chromium reads from its file 3 and writes to its file 4.
JOIN = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for place, end in enumerate(ends, 3):
    os.dup2(end, place)
os.execvp(sys.argv[3], sys.argv[3:])
"""


class BrowserError(Exception):
    """What the browser says went wrong."""


@dataclass
class Page:
    """A page in a browser, and the addresses that it has asked for."""

    browser: "Browser"
    session: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Go to an address and wait until its page is loaded."""
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete'")

    def call(self, method: str, **params: Any) -> Any:
        """Call a method of the protocol for this page."""
        return self.browser.call(method, session=self.session, **params)

    def value(self, script: str) -> Any:
        """Give the value of an expression in the page, awaited if it is a promise."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"], ensure_ascii=False))
        return answer["result"].get("value")

    def wait_for(self, script: str, seconds: float = PATIENCE) -> float:
        """Wait until an expression is true; gives the seconds that it took."""
        begun = time.monotonic()
        while not self.value(f"Boolean({script})"):
            if time.monotonic() - begun > seconds:
                raise BrowserError(f"not within {seconds:g} s: {script}")
            time.sleep(0.01)
        return time.monotonic() - begun

    def resize(self, width: int, height: int, scale: float = 1.0) -> None:
        """Give the window another size in CSS pixels; ``scale`` is device pixels for each."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale}
        self.call("Emulation.setDeviceMetricsOverride", mobile=False, **size)

    def prefer(self, scheme: str) -> None:
        """Prefer colours, ``light`` or ``dark``."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def photograph(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def violations(self) -> list[str]:
        """Give what axe-core finds wrong: each rule with the places that break it."""
        self.value(AXE.read_text("utf-8"))
        options = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
        found = self.value(f"axe.run(document, {options}).then(found => found.violations)")
        return [f"{one['id']}: {one['help']} {_places(one)}" for one in found]


def _places(violation: dict[str, Any]) -> list[str]:
    return [node["html"][:200] for node in violation["nodes"]]


class Browser:
    """A browser that runs, with nothing remembered from before."""

    def __init__(self, asked: int, answers: int) -> None:
        self._asked = asked
        self._answers = answers
        self._calls = 0
        self._read = b""
        self._pages: dict[str, Page] = {}

    def page(
        self, width: int = 1440, height: int = 900, *, scale: float = 1.0, dark: bool = False
    ) -> Page:
        """Open an empty page in a window of so many CSS pixels."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.resize(width, height, scale)
        page.prefer("dark" if dark else "light")
        return page

    def close_pages(self) -> None:
        """Close all pages: a browser asks one server for no more than six things at once."""
        while self._pages:
            _, page = self._pages.popitem()
            page.call("Page.close")

    def call(self, method: str, session: str = "", **params: Any) -> Any:
        """Call a method of the protocol; gives its result."""
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._asked, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._calls:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        """Keep what a page asks for, and what went wrong in it."""
        page = self._pages.get(event.get("sessionId", ""))
        if page is None:
            return
        told = event.get("params", {})
        if event["method"] == "Network.requestWillBeSent":
            page.requests.append(told["request"]["url"])
        elif event["method"] == "Runtime.exceptionThrown":
            page.faults.append(json.dumps(told["exceptionDetails"], ensure_ascii=False))
        elif event["method"] == "Log.entryAdded" and told["entry"]["level"] == "error":
            page.faults.append(told["entry"]["text"])

    def _next(self) -> Any:
        while b"\0" not in self._read:
            if not select.select([self._answers], [], [], PATIENCE)[0]:
                raise BrowserError("the browser says nothing")
            got = os.read(self._answers, 1 << 20)
            if not got:
                raise BrowserError("the browser has ended")
            self._read += got
        message, _, self._read = self._read.partition(b"\0")
        return json.loads(message)


@contextmanager
def opened() -> Iterator[Browser]:
    """Run Chromium with a new profile for a while."""
    read, asked = os.pipe()
    answers, write = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        ends = (str(read), str(write))
        command = [sys.executable, "-c", JOIN, *ends, *COMMAND, f"--user-data-dir={profile}"]
        with subprocess.Popen(
            command, pass_fds=(read, write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            os.close(read)
            os.close(write)
            try:
                yield Browser(asked, answers)
            finally:
                os.close(asked)
                os.close(answers)
                process.terminate()
