"""The preview in headless Chromium: it renews itself, and nobody else can see it.

The second set of tests: `.ci/run` installs Chromium, and axe-core by tests/package.json.
"""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from minutes.build import runs
from minutes.build.pipeline import FORMATS, KINDS
from minutes.build.runs import Request
from minutes.paths import ROOT
from minutes.watch import server
from tests.support import browser
from tests.support.browser import Browser, BrowserError, Page

pytestmark = pytest.mark.system

SOON = 40.0  # seconds in which all must be there, on a machine that does a lot else
IMAGES = "[...document.querySelectorAll('.page img')]"
STATE = "document.getElementById('state').dataset.state"


class Program:
    """The program, watching a copy of the examples."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "agendas/tuayang", folder / "agendas/tuayang")
        command = [sys.executable, "-m", "minutes", "watch", "agendas", "-o", "out"]
        self.process = subprocess.Popen(
            [*command, "--preview", "--no-browser"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.address = self.line("http://").split()[-1]
        self.line("สร้างแล้ว")

    def line(self, word: str) -> str:
        """Give the next line that the program prints with a word in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if word in line:
                return line
        raise AssertionError(f"the program ended without {word}")

    def end(self) -> int:
        """Interrupt the program as Ctrl-C does, and wait for it; gives its exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(SOON)

    def path(self, name: str) -> Path:
        return self.folder / "agendas/tuayang" / name

    def agendas(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.path("").rglob("*.yaml")}

    def settle(self) -> None:
        """Wait until every document is as the agendas say."""
        request = Request((self.path(""),), self.folder / "out", KINDS, FORMATS)
        until = time.monotonic() + SOON
        while runs.look(request).stale or self.ask("state/")["busy"]:
            assert time.monotonic() < until
            time.sleep(0.05)

    def ask(self, name: str) -> Any:
        """Ask the program for JSON."""
        with urlopen(self.address + name) as answer:
            return json.load(answer)

    def close(self) -> None:
        """End the program, if it has not ended."""
        if self.process.poll() is None:
            self.end()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser.opened() as chromium:
        yield chromium


@pytest.fixture
def chromium(started: Browser) -> Iterator[Browser]:
    yield started
    started.close_pages()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = Program(tmp_path_factory.mktemp("watched"))
    yield program
    program.close()


@pytest.fixture
def program(running: Program) -> Iterator[Program]:
    """Give the program that runs for all tests; what a test saves is put back."""
    before = running.agendas()
    yield running
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)
    running.settle()


@pytest.fixture
def own_program(tmp_path: Path) -> Iterator[Program]:
    """Give a program that a test may end."""
    program = Program(tmp_path)
    yield program
    program.close()


@pytest.fixture
def page(chromium: Browser, program: Program) -> Page:
    page = opened(chromium, program)
    choose(page, "product-2569-01")
    return page


def opened(chromium: Browser, program: Program, width: int = 1440, **options: Any) -> Page:
    """Give a page on which the documents are seen."""
    page = chromium.page(width, 800, **options)
    page.go(program.address)
    page.wait_for(f"{IMAGES}.length && {IMAGES}[0].complete && {STATE} === 'built'")
    return page


def choose(page: Page, id_: str) -> None:
    page.value(f"document.querySelector('[data-meeting={id_}]').click()")
    page.wait_for(f"(document.documentElement.dataset.shown || '').startsWith('{id_} built')")
    page.wait_for(f"{IMAGES}.length && {IMAGES}[0].complete")


def edit(path: Path, old: str, new: str) -> None:
    """Save a change as most editors do: beside the file, then in its place."""
    text = path.read_text("utf-8")
    assert old in text
    other = path.with_name(f".{path.name}.tmp")
    other.write_text(text.replace(old, new, 1), "utf-8")
    other.replace(path)


def sources(page: Page) -> list[str]:
    found = page.value(f"{IMAGES}.map(image => image.src)")
    assert isinstance(found, list)
    return found


def said(page: Page, id_: str) -> str:
    return str(page.value(f"document.getElementById('{id_}').textContent"))


# --- what is shown ----------------------------------------------------------------------------


def test_the_pages_of_the_documents_are_shown_with_their_text(page: Page, program: Program) -> None:
    assert said(page, "title") == "ครั้งที่ 1/2569 วันที่ 21 ตุลาคม 2569"
    names = page.value("[...document.querySelectorAll('.document h2')].map(one => one.textContent)")
    assert names == ["รายงานการประชุม", "ข่าว"]
    assert len(sources(page)) >= 4
    assert page.value(f"{IMAGES}[0].naturalWidth") >= 800
    assert page.value(f"{IMAGES}[0].alt").startswith("รายงานการประชุม หน้า 1 จาก ")
    hidden = page.value("document.querySelector('.page .unseen').textContent")
    assert "คณะกรรมการส่งเสริมผลิตภัณฑ์ชุมชนอำเภอตัวอย่าง" in hidden
    release = program.folder / "out/product/2569-01/product-2569-01-release.txt"
    assert said(page, "text") == release.read_text("utf-8").strip()
    assert re.fullmatch(r"สร้างแล้ว \d\d\.\d\d น\.", said(page, "state"))
    assert page.faults == []


def test_the_file_that_the_browser_is_started_with_leads_to_the_pages(
    chromium: Browser, program: Program
) -> None:
    page = chromium.page(1440, 800)
    with server.door(program.address) as door:
        assert door.startswith("file:///")
        page.go(door)
        page.wait_for(f"location.href === '{program.address}' && {IMAGES}.length")


def test_on_a_sharp_screen_the_pages_are_sharp(chromium: Browser, program: Program) -> None:
    page = opened(chromium, program, scale=2)
    drawn, shown = page.value(f"[{IMAGES}[0].currentSrc, {IMAGES}[0].clientWidth * 2]")
    assert int(re.findall(r"-(\d+)\.png", drawn)[0]) >= shown


def test_the_text_of_the_release_is_copied_with_a_button(page: Page) -> None:
    permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    page.browser.call("Browser.grantPermissions", permissions=permissions)
    page.call("Emulation.setFocusEmulationEnabled", enabled=True)
    page.value("document.getElementById('copy').click()")
    page.wait_for("document.getElementById('copied').textContent === 'คัดลอกแล้ว'")
    assert page.value("navigator.clipboard.readText()") == said(page, "text")


# --- a saved change ---------------------------------------------------------------------------


def test_a_saved_change_is_on_the_screen_without_a_reload_and_the_reader_stays(
    page: Page, program: Program, record_property: Callable[[str, object], None]
) -> None:
    page.value("window.marker = 'not reloaded'; window.scrollTo(0, 900)")
    page.value(f"window.before = {IMAGES}")
    before = sources(page)
    edit(program.path("product/2569-01.yaml"), "มติ: รับทราบ", "มติ: รับทราบและให้ถือปฏิบัติ")
    begun = time.monotonic()
    page.wait_for(
        f"{IMAGES}.some((one, index) => one !== window.before[index] && one.complete)", SOON
    )
    record_property("seconds to screen", time.monotonic() - begun)
    assert page.value("window.marker") == "not reloaded"
    assert page.value("window.scrollY") == 900
    page.wait_for(f"{STATE} === 'built'")
    after = sources(page)
    kept = [index for index, source in enumerate(after) if source == before[index]]
    assert 0 < len(kept) < len(before)
    for index in kept:  # a page that looks as before is not even touched
        assert page.value(f"{IMAGES}[{index}] === window.before[{index}]")
    assert "รับทราบและให้ถือปฏิบัติ" in page.value("document.getElementById('documents').textContent")


def test_what_the_change_affects_follows(page: Page, program: Program) -> None:
    choose(page, "product-2569-02")
    before = sources(page)
    edit(program.path("product/body.yaml"), "เกษตรอำเภอตัวอย่าง", "เกษตรอำเภอสมมติ")
    page.wait_for(f"{IMAGES}[0].src !== {before[0]!r} && {IMAGES}[0].complete", SOON)
    shown = page.value("document.querySelector('.page .unseen').textContent")
    assert "เกษตรอำเภอสมมติ" in shown


def test_the_meeting_that_is_saved_comes_to_the_screen(page: Page, program: Program) -> None:
    edit(program.path("heads/2569-10.yaml"), "สถานการณ์อุทกภัย", "สถานการณ์น้ำท่วม")
    page.wait_for("document.documentElement.dataset.shown.startsWith('heads-2569-10 built')", SOON)
    current = page.value("document.querySelector('.meetings [aria-current]').dataset.meeting")
    assert current == "heads-2569-10"


def test_an_error_is_shown_with_its_line_and_the_last_good_pages_stay(
    page: Page, program: Program
) -> None:
    path = program.path("product/2569-01.yaml")
    before = sources(page)
    text = path.read_text("utf-8")
    [number] = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("เวลาเริ่ม:")]
    edit(path, "เวลาเริ่ม: 09.30", "เวลาเริ่ม: 99.30")
    page.wait_for(f"{STATE} === 'faulty'", SOON)
    shown = page.value("document.querySelector('.problem.error').innerText")
    assert f"agendas/tuayang/product/2569-01.yaml:{number}:" in shown
    assert "เวลาเริ่ม: 99.30" in shown
    assert re.fullmatch(r"มีข้อผิดพลาด แสดงฉบับ \d\d\.\d\d น\.", said(page, "state"))
    assert said(page, "problems-title").startswith("สิ่งที่ควรแก้ ")
    assert sources(page) == before
    assert page.violations() == []
    edit(path, "เวลาเริ่ม: 99.30", "เวลาเริ่ม: 09.30")
    page.wait_for(f"{STATE} === 'built' && !document.querySelector('.problem.error')", SOON)
    assert sources(page) == before


def test_a_document_that_was_edited_by_hand_stays(program: Program) -> None:
    document = program.folder / "out/product/2569-01/product-2569-01-minutes.docx"
    edited = document.read_bytes() + b"edited"
    document.write_bytes(edited)
    edit(program.path("product/2569-01.yaml"), "มติ: รับทราบ", "มติ: รับทราบแล้ว")
    program.settle()
    assert document.read_bytes() == edited
    assert document.with_name("product-2569-01-minutes.new.docx").is_file()


# --- for everybody ----------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1000, 360])
def test_axe_finds_nothing_to_object_to(
    chromium: Browser, program: Program, width: int, dark: bool
) -> None:
    page = opened(chromium, program, width, dark=dark)
    assert page.violations() == []
    assert page.value("document.documentElement.scrollWidth") <= width
    if width < 1200:
        page.value("document.getElementById('menu').click()")
        assert (
            page.value("getComputedStyle(document.getElementById('meetings')).display") == "block"
        )
        assert page.violations() == []
    edit(program.path("product/2569-01.yaml"), "เวลาเลิก", "เวลาเลิกงาน")
    page.wait_for(f"{STATE} === 'faulty'", SOON)
    assert page.violations() == []
    assert page.value("document.documentElement.scrollWidth") <= width


def test_a_fault_of_the_page_would_be_found(page: Page) -> None:
    page.value("document.querySelector('main').append(new Image()); 0")
    assert [one.partition(":")[0] for one in page.violations()] == ["image-alt"]


# --- for nobody else --------------------------------------------------------------------------


def test_no_request_leaves_this_computer(page: Page, program: Program) -> None:
    edit(program.path("product/2569-01.yaml"), "มติ: รับทราบ", "มติ: รับทราบแล้ว")
    program.settle()
    page.wait_for(f"{STATE} === 'built'")
    assert len(page.requests) > 8
    assert [one for one in page.requests if not one.startswith(program.address)] == []


def test_the_page_may_not_ask_elsewhere_either(page: Page, program: Program) -> None:
    with pytest.raises(BrowserError, match="Failed to fetch"):
        page.value("fetch('http://127.0.0.1:9/')")
    assert any("Content Security Policy" in fault for fault in page.faults)


def test_another_sites_page_can_neither_read_nor_show_it(
    chromium: Browser, program: Program
) -> None:
    page = chromium.page()
    page.go("data:text/html,<title>another site</title>")
    with pytest.raises(BrowserError, match="Failed to fetch"):
        page.value(f"fetch('{program.address}state/')")
    picture = f"const image = new Image(); image.src = '{program.address}icon.svg'"
    ends = "image.onload = () => done('shown'); image.onerror = () => done('refused')"
    assert page.value(f"new Promise(done => {{ {picture}; {ends} }})") == "refused"


@pytest.mark.parametrize(
    ("header", "value"), [("Host", "evil.example"), ("Origin", "http://evil.example")]
)
def test_a_foreign_host_or_origin_is_refused(program: Program, header: str, value: str) -> None:
    parts = urlsplit(program.address)
    for path in ("", "state/", "events", "preview.js"):
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=SOON)
        connection.request("GET", parts.path + path, headers={header: value})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (403, b"")
        connection.close()


# --- the end ----------------------------------------------------------------------------------


def test_an_interrupt_ends_it_at_once_and_the_page_says_so(
    chromium: Browser, own_program: Program
) -> None:
    page = opened(chromium, own_program)
    assert own_program.end() == 0
    page.wait_for(f"{STATE} === 'ended'", SOON)
    assert "หยุดเฝ้าดูแล้ว" in said(page, "state")
    assert sources(page)
    assert page.violations() == []


def test_an_interrupt_while_a_meeting_is_built_leaves_no_traceback(own_program: Program) -> None:
    edit(own_program.path("product/body.yaml"), "เกษตรอำเภอตัวอย่าง", "เกษตรอำเภอสมมติ")
    time.sleep(0.3)
    assert own_program.end() == 0
    assert own_program.process.stdout is not None
    rest = own_program.process.stdout.read()
    assert "Traceback" not in rest
    assert rest.endswith("หยุดเฝ้าดูแล้ว\n")
