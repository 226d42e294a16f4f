"""One run after another: what is damaged, edited by hand, killed, or done twice at once."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.build import ledger, pipeline, runs
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import layout
from minutes.meetings import folders
from minutes.paths import ROOT
from minutes.problems.errors import Problem, problem
from tests.support import quick_build
from tests.support.quick_build import ALL, OFFICE, Desk, building, meeting

ONE = "council-2567-02"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with building():
        desk = Desk(tmp_path)
        assert desk.rebuilt() == ALL
        yield desk


def change(desk: Desk, title: str = "เรื่องใหม่") -> None:
    desk.put("council/2567-02.yaml", meeting(2, title=title))


# --- outputs that are not as they were --------------------------------------------------------


def lose(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def rot(path: Path) -> None:
    """Change a byte, but neither size nor time."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("harm", [lose, truncate, zero])
@pytest.mark.parametrize("ending", ["minutes.docx", "release.txt"])
def test_an_output_that_is_lost_or_damaged_is_made_again(
    desk: Desk, harm: Callable[[Path], None], ending: str
) -> None:
    before = desk.documents()
    path = desk.output(ONE, ending)
    if harm is truncate and ending.endswith("txt"):
        harm = zero  # a shorter text is still a text
    harm(path)
    assert desk.reasons() == {("gone", path.name)}
    after = {n: data for n, data in desk.documents().items() if "damaged" not in n}
    assert after == before
    assert desk.rebuilt() == set()


def test_a_damaged_output_is_kept_and_told_of(desk: Desk) -> None:
    for turn in ("", "-2"):
        truncate(desk.output(ONE))
        [told] = desk.run().edited
        assert (told.code, told.values) == ("D99", {"kept": f"{ONE}-minutes.damaged{turn}.docx"})
        assert (desk.output(ONE).parent / str(told.values["kept"])).stat().st_size == 100


@pytest.mark.parametrize(
    ("harm", "left"), [(zero, []), (truncate, [f"{ONE}-release.damaged.docx"])]
)
def test_a_damaged_release_that_is_given_up_goes_too(
    desk: Desk, harm: Callable[[Path], None], left: list[str]
) -> None:
    harm(desk.output(ONE, "release.docx"))
    desk.put("council/2567-02.yaml", meeting(2) + "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}\n")
    desk.run()
    found = desk.output(ONE).parent.glob("*release*")
    assert [path.name for path in found] == left


def test_rot_is_found_when_every_output_is_read(desk: Desk) -> None:
    rot(desk.output(ONE))
    assert desk.rebuilt() == set()
    assert desk.reasons(verify=True) == {("gone", f"{ONE}-minutes.docx")}
    assert desk.rebuilt(verify=True) == set()


def test_a_folder_of_outputs_that_is_lost_is_made_again(desk: Desk) -> None:
    before = desk.documents()
    shutil.rmtree(desk.out / "council")
    assert len(desk.rebuilt()) == 3
    assert desk.documents() == before


def test_outputs_that_were_copied_are_sound_and_read_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.out.rename(desk.folder / "moved")
    shutil.copytree(desk.folder / "moved", desk.out)  # other times, other inodes
    assert desk.rebuilt() == set()
    monkeypatch.setattr(store, "is_damaged", lambda path: pytest.fail("read again"))
    real = store.digest_of
    read: list[str] = []

    def noted(path: str | Path) -> str | None:
        read.append(str(path))
        return real(path)

    monkeypatch.setattr(store, "digest_of", noted)
    assert desk.rebuilt() == set()
    assert read
    assert not [path for path in read if str(desk.out) in path]


def test_a_clock_that_is_set_back_hides_nothing(desk: Desk) -> None:
    path = desk.output(ONE)
    change(desk)
    os.utime(desk.agendas / "council/2567-02.yaml", (0, 0))
    for output in desk.out.rglob("*.docx"):
        os.utime(output, (2**32, 2**32))
    assert desk.rebuilt() == {ONE}
    assert "เรื่องใหม่" in path.read_bytes().decode()
    path.write_bytes(path.read_bytes()[:-9])
    os.utime(path, (0, 0))
    assert desk.rebuilt() == {ONE}


def test_an_older_output_that_was_put_back_is_no_hand_edit(desk: Desk) -> None:
    path = desk.output(ONE)
    old = path.read_bytes()
    change(desk)
    desk.run()
    path.write_bytes(old)
    assert desk.reasons() == {("new", path.name)}
    assert "เรื่องใหม่" in path.read_bytes().decode()
    assert list(path.parent.glob("*.new.*")) == []


def test_a_ledger_that_is_lost_costs_a_build_and_no_document(desk: Desk) -> None:
    before = desk.documents()
    (desk.out / ledger.NAME).unlink()
    assert desk.rebuilt() == ALL
    assert desk.documents() == before


# --- hand edits -------------------------------------------------------------------------------


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[tuple[Desk, Path, bytes]]:
    """Give a desk with a real document that somebody changed through python-docx."""
    with building(real_documents):
        desk = Desk(tmp_path)
        assert desk.rebuilt() == ALL
        path = desk.output(ONE)
        document = docx.Document(str(path))
        document.paragraphs[0].add_run("แก้ด้วยมือ")
        document.save(str(path))
        yield desk, path, path.read_bytes()


def real_documents(proceedings: Any, *given: Any, **options: Any) -> dict[str, bytes]:
    """Build one meeting's Word file in earnest, and the others quickly."""
    if proceedings.case.id == ONE:
        return REAL(proceedings, ["minutes"], ["docx"])
    return quick_build.build(proceedings, *given, **options)


REAL = pipeline.build


def test_a_document_edited_by_hand_is_no_reason_to_build(edited: tuple[Desk, Path, bytes]) -> None:
    desk, path, data = edited
    assert desk.rebuilt() == set()
    assert desk.rebuilt(verify=True) == set()
    assert path.read_bytes() == data


def test_a_document_edited_by_hand_stays_and_the_new_one_is_beside_it(
    edited: tuple[Desk, Path, bytes],
) -> None:
    desk, path, data = edited
    change(desk)
    outcome = desk.run()
    assert [(told.path, told.code) for told in outcome.edited] == [(path, "D98")]
    beside = store.beside(path, "new")
    assert path.read_bytes() == data
    assert "เรื่องใหม่" in "".join(p.text for p in docx.Document(str(beside)).paragraphs)
    assert desk.rebuilt() == set()
    assert desk.rebuilt(verify=True) == set()
    change(desk, "เรื่องที่ใหม่กว่า")
    desk.run()
    assert path.read_bytes() == data
    texts = "".join(p.text for p in docx.Document(str(beside)).paragraphs)
    assert "เรื่องที่ใหม่กว่า" in texts
    assert len(list(path.parent.glob("*.docx"))) == 2


def test_when_the_edited_document_is_deleted_the_new_one_takes_its_place(
    edited: tuple[Desk, Path, bytes],
) -> None:
    desk, path, _ = edited
    change(desk)
    desk.run()
    new = store.beside(path, "new").read_bytes()
    path.unlink()
    assert desk.rebuilt() == {ONE}
    assert path.read_bytes() == new
    assert not store.beside(path, "new").exists()


def test_the_new_document_may_be_put_over_the_edited_one(
    edited: tuple[Desk, Path, bytes],
) -> None:
    desk, path, _ = edited
    change(desk)
    desk.run()
    store.beside(path, "new").replace(path)
    assert desk.rebuilt() == set()
    change(desk, "อีกเรื่อง")
    assert desk.run().edited == []


def test_force_keeps_the_edited_document_under_a_date(edited: tuple[Desk, Path, bytes]) -> None:
    desk, path, data = edited
    outcome = desk.run(force=True, aside="2567-06-18-090000")
    kept = path.with_name(f"{path.stem}.2567-06-18-090000.docx")
    assert kept.read_bytes() == data
    assert path.read_bytes() != data
    assert [(told.code, told.values) for told in outcome.edited] == [("D99", {"kept": kept.name})]
    assert desk.rebuilt() == set()


def test_a_document_that_is_saved_while_the_new_one_is_made_stays(
    edited: tuple[Desk, Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, path, data = edited
    path.unlink()
    desk.run()
    record = ledger.Ledger.record

    def saved_meanwhile(*given: Any) -> Any:
        path.write_bytes(data)
        return record(*given)

    change(desk)
    monkeypatch.setattr(ledger.Ledger, "record", saved_meanwhile)
    assert [told.code for told in desk.run().edited] == ["D98"]
    assert path.read_bytes() == data
    assert desk.rebuilt() == set()


def test_a_release_that_is_given_up_stays_when_it_was_edited(desk: Desk) -> None:
    path = desk.output(ONE, "release.txt")
    path.write_text("แก้ด้วยมือ", "utf-8")
    desk.put("council/2567-02.yaml", meeting(2) + "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}\n")
    desk.run()
    assert path.read_text("utf-8") == "แก้ด้วยมือ"
    assert not desk.output(ONE, "release.docx").exists()


# --- problems ---------------------------------------------------------------------------------


def test_the_warnings_of_a_fresh_meeting_are_told_again(desk: Desk) -> None:
    desk.put("council/2567-03.yaml", meeting(3).replace("มติ: รับทราบ", "มติ: ''"))
    desk.put("board/body.yaml", quick_build.BODY.format("ก") + "ผู้จดรายงานการประชุม: นายก ดิ\n")
    first = desk.run().problems
    again = desk.run()
    assert len(first) >= 1
    assert [shown(one) for one in again.problems] == [shown(one) for one in first]


def shown(problem: Problem) -> tuple[str, str]:
    return problem.line_of_text(str(problem.path)), problem.hint()


def test_a_problem_comes_back_from_the_ledger_as_it_was() -> None:
    path = Path("agendas/board/2567-01.yaml")
    values = {"one": ("ก", "ข"), "number": 3}
    for place in (path, path.with_name("body.yaml")):
        found = Problem(place, 2, 3, "D53", values, "warning")
        back = runs._problem(path, runs._stored(found, path))
        assert (back.path, back._shown_values) == (place, found._shown_values)


def test_a_meeting_that_fails_stops_no_other(desk: Desk) -> None:
    def fail(proceedings: Any, *given: Any, **options: Any) -> dict[str, bytes]:
        if proceedings.case.id == ONE:
            raise RuntimeError("ours")
        return quick_build.build(proceedings, *given, **options)

    desk.put("office.yaml", OFFICE + "# ก\n")
    before = desk.output(ONE).read_bytes()
    with building(fail):
        outcome = desk.run()
    assert [path.stem for path, _ in outcome.crashes] == ["2567-02"]
    assert "RuntimeError: ours" in outcome.crashes[0][1]
    assert len({one.source for one in outcome.documents}) == len(ALL) - 1
    assert desk.output(ONE).read_bytes() == before
    assert desk.rebuilt() == {ONE}


def test_a_document_that_is_open_elsewhere_stops_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if ONE in str(target):
            raise PermissionError(errno.EACCES, "Access is denied", str(path), None, str(target))
        return replace(path, target)

    desk.put("office.yaml", OFFICE + "ชื่อย่อ: ก\n")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        outcome = desk.run()
    assert [error.filename2 for error in outcome.unwritten] == [str(desk.output(ONE))]
    assert desk.rebuilt() == {ONE}
    assert desk.documents() == desk.clean()


# --- a full disk ------------------------------------------------------------------------------


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "out/x.docx")


@pytest.mark.parametrize(
    ("where", "what"),
    [(os, "fsync"), (Path, "replace"), (Path, "chmod"), (Path, "mkdir"), (store, "_temporary")],
)
def test_on_a_full_disk_the_old_documents_stay_whole_and_the_run_says_so(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: object,
    what: str,
) -> None:
    before = desk.documents()
    desk.put("office.yaml", OFFICE + "ชื่อย่อ: ก\n")
    with monkeypatch.context() as patch:
        patch.setattr(where, what, full)
        status = cli.main([str(desk.agendas), "-o", str(desk.out), "--to", "docx", "-j1"])
    assert status == 2
    assert "ดิสก์เต็ม เขียนไฟล์ " in capsys.readouterr().err
    assert desk.documents() == before
    assert desk.rebuilt() == ALL
    assert desk.documents() == desk.clean()


def test_when_the_ledger_finds_the_disk_full_no_document_changes(desk: Desk) -> None:
    before = desk.documents()
    desk.put("office.yaml", OFFICE + "ชื่อย่อ: ก\n")
    connect = ledger._prepared

    def small(path: Path) -> Any:
        connection = connect(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "_prepared", small)
        with pytest.raises(OSError, match="full") as error:
            desk.run()
    assert error.value.errno == errno.ENOSPC
    assert desk.documents() == before
    desk.run()
    assert desk.documents() == desk.clean()


# --- two at once, and killed ones -------------------------------------------------------------


def test_two_runs_at_once_end_as_one(desk: Desk) -> None:
    desk.put("office.yaml", OFFICE + "ชื่อย่อ: ก\n")
    outcomes: list[runs.Outcome] = []
    both = [threading.Thread(target=lambda: outcomes.append(desk.run())) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(outcomes) == 2
    assert not [o for o in outcomes if o.crashes or o.edited or o.unwritten]
    assert desk.rebuilt() == set()
    assert desk.documents() == desk.clean()


RUNNER = """
import os, sys
from pathlib import Path
from minutes.meetings import proceedings; from minutes.meetings import loading as records
from minutes.rules import registry as table
from tests.support.quick_build import Desk, building
desk = Desk.there(Path(sys.argv[1]))
for turn in sys.stdin:
    child = os.fork()
    if child == 0:
        with building():
            outcome = desk.run()
        os._exit(bool(outcome.crashes or outcome.unwritten))
    print(child, flush=True)
    sys.stdin.readline()
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Runner:
    """A process that starts runs, each in a process of its own that has its libraries at once."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.asked, self.answers = process.stdin, process.stdout

    def kill_at(self, moment: float) -> bool:
        """Kill a run after some seconds; gives whether it was still under way."""
        self.asked.write("run\n")
        self.asked.flush()
        child = int(self.answers.readline())
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)  # its parent waits for it only now: the id is still its own
        self.asked.write("killed\n")
        self.asked.flush()
        status = int(self.answers.readline())
        assert status in (0, signal.SIGKILL)
        return status != 0


@pytest.fixture
def runner(desk: Desk) -> Iterator[Runner]:
    command = [sys.executable, "-c", RUNNER, str(desk.folder)]
    with subprocess.Popen(
        command, text=True, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Runner(process)


def look_at_all(desk: Desk, allowed: dict[str, set[bytes]]) -> None:
    """Look that every document is one that a whole run wrote."""
    for name, data in desk.documents().items():
        if not name.endswith(".tmp"):
            assert data in allowed[name], name


def killing(desk: Desk, runner: Runner, times: int) -> int:
    """Kill runs at moments all over their length; gives how many were under way."""
    edited = desk.output("board-2567-01")
    edited.write_bytes(HAND)
    allowed = {name: {data} for name, data in desk.documents().items()}
    beside = f"board/2567-01/{store.beside(edited, 'new').name}"
    struck = 0
    for turn in range(times):
        desk.put("office.yaml", OFFICE + f"ชื่อย่อ: ก{turn}\n")
        for name, data in desk.clean().items():
            allowed.setdefault(name, set()).add(data)
        allowed[beside] = allowed[f"board/2567-01/{edited.name}"] - {HAND}
        step = 0.004 if turn % 2 else 0.02  # seconds: for fast machines, and for slow ones
        struck += runner.kill_at(step * (turn * 7 % 13))
        look_at_all(desk, allowed)
        assert edited.read_bytes() == HAND
    edited.unlink()
    desk.run()
    assert {n: d for n, d in desk.documents().items() if not n.endswith(".tmp")} == desk.clean()
    return struck


HAND = b"PK by hand PK\x05\x06"


def test_killed_runs_leave_whole_documents_and_the_next_one_ends_well(
    desk: Desk, runner: Runner
) -> None:
    assert killing(desk, runner, 10) >= 2


@pytest.mark.system
def test_two_hundred_killed_runs_leave_whole_documents(desk: Desk, runner: Runner) -> None:
    assert killing(desk, runner, 200) >= 30


ONCE = """
import os, sys
from pathlib import Path
from minutes.meetings import proceedings; from minutes.meetings import loading as records
from minutes.rules import registry as table
from tests.support.quick_build import Desk, building
with building():
    Desk.there(Path(sys.argv[1])).run("council/2567-02.yaml", "board/2567-01.yaml")
"""
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate")


def kill_at_call(desk: Desk, call: str, number: int) -> bool:
    """Kill a run as it makes the system call for the nth time; gives whether it came to that."""
    log = desk.folder / "calls.log"
    inject = f"inject={call}:signal=KILL:when={number}"
    trace = ["strace", "-f", "-o", str(log), "-e", f"trace={call}", "-e", inject]
    command = [sys.executable, "-B", "-c", ONCE, str(desk.folder)]
    status = subprocess.run([*trace, *command], cwd=ROOT, check=False).returncode
    calls = sum(f" {call}(" in line for line in log.read_text("utf-8", "replace").splitlines())
    assert calls == number if status else calls < number
    return status != 0


@pytest.mark.system
@pytest.mark.parametrize("call", CALLS)
def test_a_run_may_be_killed_at_each_of_its_writes_syncs_and_renames(desk: Desk, call: str) -> None:
    edited = desk.output("board-2567-01")
    edited.write_bytes(HAND)
    allowed = {name: {data} for name, data in desk.documents().items()}
    beside = f"board/2567-01/{store.beside(edited, 'new').name}"
    number, fired = 1, True
    while fired:
        for body, n in (("board", 1), ("council", 2)):
            desk.put(f"{body}/2567-0{n}.yaml", meeting(n, title=f"เรื่องที่ {number}"))
        for name, data in desk.clean().items():
            allowed.setdefault(name, set()).add(data)
        allowed[beside] = allowed[f"board/2567-01/{edited.name}"] - {HAND}
        fired = kill_at_call(desk, call, number)
        look_at_all(desk, allowed)
        assert edited.read_bytes() == HAND
        number += 1
    assert number > EXPECTED[call]
    edited.unlink()
    desk.run()
    assert {n: d for n, d in desk.documents().items() if not n.endswith(".tmp")} == desk.clean()


# How often two meetings of three files each make a call at the least; SQLite's own come on top.
EXPECTED = {
    "write": 6,
    "pwrite64": 10,
    "fsync": 8,
    "fdatasync": 4,
    "rename": 6,
    "unlink": 2,
    "ftruncate": 0,
}


# --- the loose ends ---------------------------------------------------------------------------


def test_what_is_not_asked_for_stays_out_of_the_way_of_a_machine_without_pdf(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "possible", lambda formats: ("docx",))
    outcome = desk.run(formats=("docx", "pdf"))
    assert outcome.lacking == ("pdf",)
    assert not list(desk.out.rglob("*.pdf"))


def test_a_run_in_the_bodys_own_folder_names_its_documents_by_the_folder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.agendas / "council")
    change(desk)
    request = runs.Request((Path("2567-02.yaml"),), desk.out, pipeline.KINDS, ("docx",))
    seen: list[tuple[int, int, str]] = []
    outcome = runs.run(request, watch=lambda *told: seen.append(told))
    assert seen == [(1, 1, ONE)]
    assert {one.path.name for one in outcome.documents} == {
        f"{ONE}-minutes.docx",
        f"{ONE}-release.docx",
        f"{ONE}-release.txt",
    }
    assert folders.meeting_id(Path("2567-02.yaml")) == ONE
    assert html_to_pdf.page_count(b"") == 1


# --- what only the finished pages show --------------------------------------------------------


@pytest.fixture
def alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let every PDF of the council's second meeting have its signatures alone on a page."""

    def look(path: Path, files: dict[str, bytes]) -> list[Problem]:
        named = [name for name in files if name.startswith(ONE) and name.endswith(".pdf")]
        return [problem(path, 1, 1, "W61", file=name, page=2) for name in named]

    monkeypatch.setattr(layout, "proof", look)
    return desk


SEEN = [(Path("council/2567-02.yaml"), f"{ONE}-{kind}.pdf") for kind in ("minutes", "release")]


def seen(desk: Desk, problems: list[Problem]) -> list[tuple[Path, object]]:
    told = (one for one in problems if one.code == "W61")
    return [(one.path.relative_to(desk.agendas), one.values["file"]) for one in told]


def test_what_the_pages_show_is_told_when_they_are_made_and_ever_after(alone: Desk) -> None:
    desk = alone
    first = desk.run(formats=("pdf",))
    assert first.stale
    assert seen(desk, first.seen) == seen(desk, first.problems) == SEEN
    again = desk.run(formats=("pdf",))
    assert not again.stale
    assert seen(desk, again.problems) == SEEN


def test_what_the_pages_show_can_be_switched_off(alone: Desk) -> None:
    desk = alone
    off = meeting(2, title="เรื่องใหม่") + "ละเว้น: {W61: พิมพ์ลงสมุด}\n"
    desk.put("council/2567-02.yaml", off)
    outcome = desk.run(formats=("pdf",))
    assert len(outcome.documents) == 3 * len(ALL)  # with the texts of the releases
    assert outcome.seen == []


def test_pages_that_are_wrong_are_not_put_in_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [problem(desk.agendas / "council/2567-02.yaml", 1, 1, "W62", file="a.pdf", text="ก")]
    before = desk.documents()
    change(desk)
    with monkeypatch.context() as patch:
        patch.setattr(layout, "proof", lambda path, files: wrong)
        outcome = desk.run()
        assert [one.code for one in outcome.seen] == ["W62"]
        assert outcome.stops(strict=False)
    assert desk.documents() == before
    assert desk.rebuilt() == {ONE}
