"""``build.py watch [PATHS]``: build what is affected as a file is saved, and show it."""

import signal
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from minutes.archive import location
from minutes.archive.location import Archives
from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.meetings import folders
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.build.pipeline import Format
    from minutes.build.runs import Request
    from minutes.documents.pages import Kind
    from minutes.watch.loop import Scene, Standing, Turn

NAMED = 3  # meetings that a line names; more are counted


@dataclass(frozen=True)
class Sayings:
    """What the command says in one language."""

    usage: str
    about: str
    helps: dict[str, str]
    watching: str
    address: str
    built: str
    faulty: str
    crashed: str
    unwritten: str
    mended: str
    meetings: str
    program: str
    port: str
    no_watch: str
    stopped: str


THAI = Sayings(
    usage="[ตัวเลือก] [ไฟล์หรือโฟลเดอร์…]",
    about=(
        "เฝ้าดูไฟล์ระเบียบวาระ และสร้างเอกสารที่เกี่ยวข้องใหม่ทุกครั้งที่บันทึก\n\n"
        "ถ้าไฟล์มีข้อผิดพลาด เอกสารฉบับก่อนยังอยู่ กด Ctrl-C เพื่อหยุด"
    ),
    helps={
        "preview": "เปิดหน้าเอกสารในเบราว์เซอร์ ซึ่งเปลี่ยนตามเองทุกครั้งที่บันทึก (เห็นได้เฉพาะเครื่องนี้)",
        "port": "หมายเลขพอร์ตของหน้านั้น (ปกติเลือกพอร์ตที่ว่าง)",
        "no-browser": "ไม่ต้องเปิดเบราว์เซอร์ บอกเพียงที่อยู่",
    },
    watching="กำลังเฝ้าดู {paths} กด Ctrl-C เพื่อหยุด",
    address="ดูหน้าเอกสารที่ {address}",
    built="สร้างแล้ว {meetings} · {files} ไฟล์ · {seconds:.1f} วินาที",
    faulty="ยังไม่สร้าง {meetings} เพราะมีข้อผิดพลาด เอกสารฉบับก่อนยังอยู่",
    crashed="สร้าง {meetings} ไม่สำเร็จ เอกสารฉบับก่อนยังอยู่",
    unwritten="เขียนเอกสารของ {meetings} ไม่ได้ โปรแกรมจะลองใหม่เอง",
    mended="{meetings} เป็นปัจจุบัน ไม่ต้องสร้างใหม่",
    meetings="{count} การประชุม",
    program="ตัวโปรแกรมเปลี่ยนไป จึงหยุดเฝ้าดู เริ่มคำสั่ง watch ใหม่เพื่อใช้โปรแกรมที่เปลี่ยน",
    port="ใช้พอร์ต {port} ไม่ได้ เพราะโปรแกรมอื่นใช้อยู่หรือไม่มีสิทธิ์ เลือกเลขอื่น หรือไม่ต้องระบุ --port",
    no_watch="เฝ้าดูโฟลเดอร์นี้ไม่ได้ ตรวจว่าโฟลเดอร์ยังอยู่และเปิดอ่านได้ แล้วสั่งใหม่",
    stopped="หยุดเฝ้าดูแล้ว",
)

ENGLISH = Sayings(
    usage="[OPTIONS] [FILE OR FOLDER…]",
    about=(
        "Watches agendas and builds anew what is affected each time one is saved.\n\n"
        "While a file has errors its last documents stay. Ctrl-C stops."
    ),
    helps={
        "preview": "show the pages in the browser, renewed at each save (for this computer alone)",
        "port": "port of that page (a free one)",
        "no-browser": "open no browser, only tell the address",
    },
    watching="watching {paths}; Ctrl-C stops",
    address="the pages are at {address}",
    built="built {meetings} · {files} files · {seconds:.1f} s",
    faulty="not built, for it has errors: {meetings}; the last documents stay",
    crashed="could not build {meetings}; the last documents stay",
    unwritten="could not write the documents of {meetings}; it will be tried again",
    mended="{meetings} up to date",
    meetings="{count} meetings",
    program="The program itself has changed, so watching ends. Start watch again to use it.",
    port="Cannot use port {port}: another program has it, or it is not allowed. Choose another, or "
    "leave out --port.",
    no_watch="Cannot watch this folder. See that it is there and can be read, and start again.",
    stopped="stopped watching",
)

SAYINGS: dict[Language, Sayings] = {"th": THAI, "en": ENGLISH}


def command(language: Language) -> click.Command:
    """Give the command that watches."""
    sayings, helps = SAYINGS[language], WORDS[language].helps
    only, to = terminal.some_of("minutes", "release"), terminal.some_of("pdf", "docx")
    return terminal.Command(
        "watch",
        language,
        usage=sayings.usage,
        callback=watch,
        help=sayings.about,
        params=[
            click.Argument(["paths"], nargs=-1, type=PATH),
            click.Option(["--preview"], is_flag=True, help=sayings.helps["preview"]),
            click.Option(
                ["--port"], type=click.IntRange(0, 65535), default=0, help=sayings.helps["port"]
            ),
            click.Option(["--no-browser"], is_flag=True, help=sayings.helps["no-browser"]),
            click.Option(["--only"], help=helps["only"], callback=only),
            click.Option(["--to"], help=helps["to"], callback=to),
            click.Option(["-o", "--output"], type=PATH, default=ROOT / "out", help=helps["output"]),
        ],
    )


def watch(
    paths: tuple[Path, ...],
    preview: bool,
    port: int,
    no_browser: bool,
    only: "tuple[Kind, ...]",
    to: "tuple[Format, ...]",
    output: Path,
    lang: Language,
) -> int:
    """Build at every save until an interrupt; gives the exit status."""
    from minutes.build import runs, workers
    from minutes.problems.errors import problem

    wanted = paths or (ROOT / "agendas",)
    request = runs.Request(wanted, output, only, to, archives=Archives(usual=location.usual(ROOT)))
    if missing := [problem(path, 1, 1, "D80") for path in request.paths if not path.exists()]:
        terminal.report(missing, "text", lang)
        return 1
    with workers.no_interrupt():  # which libraries, half loaded, answer with a crash
        from minutes.watch import loop
    try:
        with _shown(request, preview, port, not no_browser, lang) as show:
            return _keep(request, show, lang)
    except KeyboardInterrupt:
        click.echo(f"\n{SAYINGS[lang].stopped}")
        return 0
    except loop.ChangedProgramError:
        click.echo(SAYINGS[lang].program, err=True)
    except _PortError as error:
        click.echo(f"{SAYINGS[lang].port.format(port=port)}\n    {error}", err=True)
    except OSError as error:
        click.echo(f"{SAYINGS[lang].no_watch}\n    {error}", err=True)
    return 2


class _PortError(Exception):
    """The port for the preview cannot be had."""


def _keep(request: "Request", show: "Callable[[Scene], None]", language: Language) -> NoReturn:
    """Watch until an interrupt; what is saved while the libraries load is seen as well."""
    from minutes.build import pipeline, workers
    from minutes.watch import file_events, loop

    watcher = loop.Watcher(request, partial(_tell, language, request.output), show)
    with file_events.listening(watcher.tops, request.output) as saved, _interrupts(saved.interrupt):
        paths = " · ".join(shown(path) for path in request.paths)
        click.echo(SAYINGS[language].watching.format(paths=paths))
        with workers.no_interrupt():
            pipeline.begin()
        watcher.keep(saved)


@contextmanager
def _interrupts(handle: "Callable[..., None]") -> Iterator[None]:
    """Let interrupts be handled so for a while; one that falls into a finalizer is not printed."""
    before, told = signal.signal(signal.SIGINT, handle), sys.unraisablehook

    def tell(lost: "sys.UnraisableHookArgs") -> None:
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            told(lost)

    sys.unraisablehook = tell
    try:
        yield
    finally:
        sys.unraisablehook = told
        signal.signal(signal.SIGINT, before)


@contextmanager
def _shown(
    request: "Request", preview: bool, port: int, opens: bool, language: Language
) -> "Iterator[Callable[[Scene], None]]":
    """Show the scenes in a browser, if that is wanted; gives what takes them."""
    if not preview:
        yield lambda _: None
        return
    from minutes.watch import server
    from minutes.watch.preview import Board

    board = Board(request, datetime.now)
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server.serving(port, board.give, board.bell))
        except OSError as error:
            raise _PortError(error) from error
        click.echo(SAYINGS[language].address.format(address=address))
        if opens and (browser := _browser()):
            with suppress(OSError):  # the address was told
                browser.open(stack.enter_context(server.door(address)))
        yield board.show


def _browser() -> webbrowser.BaseBrowser | None:
    """Give the browser, if it has a window of its own; none that would take this terminal."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        return None if type(browser) is webbrowser.GenericBrowser else browser
    return None


# --- what the terminal shows ------------------------------------------------------------------


def _tell(language: Language, output: Path, turn: "Turn") -> None:
    """Say in a line for each kind of end what came of a save, and the problems below it."""
    for line in _lines(turn, SAYINGS[language]):
        click.echo(f"{click.style(f'{datetime.now():%H.%M.%S}', dim=True)}  {line}")
    words = WORDS[language]
    if turn.lacking:
        click.echo(words.no_pdf, err=True)
    problems = chain(*(one.problems for one in turn.standings), turn.others)
    terminal.report(folders.in_file_order(problems), "text", language)
    for error in _held(turn):
        click.echo(terminal.why_not_written(error, output, words), err=True)
    for one in turn.standings:
        if one.trace:
            click.echo(f"{words.crash.format(path=shown(one.path))}\n{one.trace}", err=True)


def _lines(turn: "Turn", sayings: Sayings) -> Iterator[str]:
    """Give a line for those that were built, and one for each way in which others were not."""
    lines = {
        "built": sayings.built if turn.files else sayings.mended,
        "faulty": sayings.faulty,
        "crashed": sayings.crashed,
        "unwritten": sayings.unwritten,
    }
    for state, line in lines.items():
        meetings = [one for one in turn.standings if one.state == state]
        if meetings:
            names = _names(meetings, sayings)
            yield line.format(meetings=names, files=turn.files, seconds=turn.seconds)


def _names(meetings: "Sequence[Standing]", sayings: Sayings) -> str:
    if len(meetings) > NAMED:
        return sayings.meetings.format(count=len(meetings))
    return " · ".join(folders.output_folder(one.path) for one in meetings)


def _held(turn: "Turn") -> Iterator[OSError]:
    """Give why files could not be written, each reason once."""
    found = chain(*(one.unwritten for one in turn.standings))
    reasons = {str(error): error for error in found}
    yield from reasons.values()
    if turn.trouble is not None:
        yield turn.trouble
