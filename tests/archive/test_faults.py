"""``archive put`` struck at each of its calls to the system, killed, on a full disk: all is safe.

The whole command is run, for a scan and for a copy that was signed digitally. Two things alone
are not as they are in life: the clock, for the test's certificates end; and, unless pytest is told
``--every-fault``, the minutes are built once, for building touches neither archive nor copy.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes.archive import bags, copies
from minutes.archive.audit import verify
from minutes.archive.vault import Vault
from tests.support import archived_meeting, syscall_faults
from tests.support.archived_meeting import ID, Office, copy_of
from tests.support.syscall_faults import Call, Outcome

Record = Callable[[str, object], None]


@dataclass(frozen=True)
class Prepared(Office):
    """An office whose archive has two versions, and all that runs leave that were killed."""

    kept: tuple[str, str]  # the digests of the two signed copies

    @property
    def roots(self) -> list[Path]:
        return [self.archive, Path(tempfile.gettempdir())]

    def another(self, turn: object) -> Path:
        """Have one more signed copy."""
        return copy_of(self.scans[-1], turn)

    def restore(self) -> None:
        """Have the prepared archive again, and an empty folder for temporary files."""
        for folder in self.roots:
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root / "prepared", self.archive)
        Path(tempfile.gettempdir()).mkdir()

    def signed(self) -> list[str]:
        """Look that the archive is sound; gives the digests of the signed copies in it."""
        found = verify(self.archive)
        assert found.is_sound, found.problems
        return [one.signed for one in Vault(self.archive).versions()]


def prepared(office: Office) -> Prepared:
    """Keep two copies; then leave the second without its line, half a line, and half a bag."""
    for signed in office.scans[:2]:
        assert office.put(signed)() == 0
    lines = (office.archive / "register.jsonl").read_bytes().splitlines(keepends=True)
    (office.archive / "register.jsonl").write_bytes(b"".join(lines[:-1]) + b'{"bag":"12')
    (office.archive / "staging/left").mkdir()  # its bag came to its place
    (office.archive / "staging/half/bag/data").mkdir(parents=True)
    (office.archive / "staging/half/bag/data/scan-original.pdf").write_bytes(b"%PDF-")
    office.archive.rename(office.root / "prepared")
    first, second = map(bags.digest_of, office.scans[:2])
    return Prepared(office.root, office.scans, office.digital, (first, second))


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk in memory: a thousand runs wait for no platter."""
    place = tmp_path_factory.mktemp("disk")
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def office(disk: Path, pytestconfig: pytest.Config) -> Iterator[Prepared]:
    with pytest.MonkeyPatch.context() as patch:
        build_once = not pytestconfig.getoption("--every-fault")
        made = prepared(archived_meeting.office(disk, patch, build_once=build_once))
        made.restore()
        assert made.put(made.digital)() == 0  # loads what the children inherit
        yield made


# --- every call -------------------------------------------------------------------------------


def look_at(office: Prepared, signed: Path, outcome: Outcome) -> None:
    """Look that what was acknowledged is there, and that what was not was refused in words."""
    if outcome.status == 0:
        assert office.signed().count(bags.digest_of(signed)) == 1
    elif outcome.status != -signal.SIGKILL:
        assert outcome.status == 2, outcome
        assert re.search("[ก-๙]{5}", outcome.err), outcome
        assert "Traceback" not in outcome.err, outcome.err
        assert "เก็บ board" not in outcome.out


def go_on(office: Prepared, signed: Path, *kept: str) -> None:
    """Look that the next run finishes all by itself, and that nothing is there twice."""
    outcome = syscall_faults.done(office.put(signed), office.root)
    assert outcome.status == 0, outcome
    assert office.signed() == [*kept, bags.digest_of(signed)]
    assert not list((office.archive / "staging").iterdir())


@dataclass(frozen=True)
class Case:
    """Which copy is put into which archive: the prepared one, or one that has not begun."""

    office: Prepared
    kind: str

    @property
    def signed(self) -> Path:
        return self.office.scans[-1] if self.kind == "scan" else self.office.digital

    @property
    def kept(self) -> tuple[str, ...]:
        return self.office.kept if self.kind == "scan" else ()

    def begin(self) -> None:
        self.office.restore()
        if not self.kept:
            shutil.rmtree(self.office.archive)

    def calls(self) -> list[Call]:
        """Give every call that touches the archive or a temporary file."""
        self.begin()
        work = self.office.put(self.signed)
        return list(syscall_faults.calls_below(self.office.roots, work, self.office.root))

    def strike(self, call: Call, fault: str) -> None:
        """Let a call fail, and look what came of it, then and in the next run."""
        office, signed = self.office, self.signed
        self.begin()
        outcome, struck = syscall_faults.strike(call, fault, office.put(signed), office.root)
        assert any(str(root) in struck for root in office.roots), (call, struck)
        look_at(office, signed, outcome)
        go_on(office, signed, *self.kept)


AT_LEAST = {"openat", "write", "fsync", "rename", "mkdir", "unlinkat", "rmdir"}


@pytest.mark.system
@pytest.mark.parametrize("fault", syscall_faults.FAULTS)
@pytest.mark.parametrize(("kind", "least"), [("scan", 150), ("digital", 110)])
def test_a_fault_at_any_call_loses_nothing_and_doubles_nothing(
    office: Prepared, kind: str, least: int, fault: str, pytestconfig: pytest.Config,
    record_property: Record,
) -> None:  # fmt: skip
    case = Case(office, kind)
    found = case.calls()
    assert {call.name for call in found} >= AT_LEAST | ({"ftruncate"} if case.kept else set())
    assert len(found) >= least
    step = 1 if kind == "scan" or pytestconfig.getoption("--every-fault") else 6
    for call in found[::step]:
        case.strike(call, fault)
    record_property("faults fired", len(found[::step]))


# --- at any moment ----------------------------------------------------------------------------


def how_long(office: Prepared, signed: Path) -> float:
    """Give the seconds that a run takes that nobody troubles."""
    start = time.perf_counter()
    assert syscall_faults.done(office.put(signed), office.root).status == 0
    return time.perf_counter() - start


@pytest.mark.system
def test_three_hundred_killed_runs_lose_and_double_nothing(
    office: Prepared, record_property: Record
) -> None:
    """A copy is given again and again until its being kept is acknowledged, then another."""
    office.restore()
    chance, killed, turn = random.Random(2567), 0, 1
    given = [office.another(turn) for turn in range(2)]
    whole = how_long(office, given[0])
    while killed < 300:
        turn += 1
        child = syscall_faults.forked(office.put(given[-1]), office.root)
        os.kill(child, signal.SIGCONT)
        if turn % 12:  # each twelfth is left in peace, however slow the machine is now
            time.sleep(chance.uniform(0, whole))
            os.kill(child, signal.SIGKILL)
        outcome = syscall_faults.ended(child, office.root)
        killed += outcome.status == -signal.SIGKILL
        if outcome.status == 0:
            given.append(office.another(turn))
    how_long(office, given[-1])
    assert office.signed() == [*office.kept, *map(bags.digest_of, given)]
    assert len(given) >= 20
    record_property("faults fired", killed)


@pytest.mark.system
def test_twelve_commands_at_once_lose_nothing(office: Prepared) -> None:
    office.restore()
    given = [office.another(f"at-once-{turn}") for turn in range(12)]
    places = [office.root / path.stem for path in given]
    for place in places:
        place.mkdir()
    children = [
        syscall_faults.forked(office.put(path), place)
        for path, place in zip(given, places, strict=True)
    ]
    for child in children:
        os.kill(child, signal.SIGCONT)
    ended = [
        syscall_faults.ended(child, place) for child, place in zip(children, places, strict=True)
    ]
    assert [outcome.status for outcome in ended] == [0] * 12, ended
    found = office.signed()
    assert sorted(found[2:]) == sorted(map(bags.digest_of, given))


# --- a full disk, and one that can only be read -----------------------------------------------


@pytest.fixture
def small(office: Prepared) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = Path(tempfile.mkdtemp(dir=office.root))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def run(office: Prepared, archive: Path, *arguments: object) -> Outcome:
    """Run a command on an archive."""
    given = ["archive", *map(str, arguments), "--archive", str(archive)]
    outcome = syscall_faults.done(lambda: cli.main(given), office.root)
    assert "Traceback" not in outcome.err, outcome.err
    return outcome


def put_at(office: Prepared, archive: Path, turn: object) -> Outcome:
    """Keep another copy in an archive."""
    return run(office, archive, "put", ID, office.another(turn))


@pytest.mark.system
def test_a_full_disk_and_one_that_can_only_be_read_are_told_and_leave_what_was_there(
    office: Prepared, small: Path
) -> None:
    archive, kept = small / "archive", 0
    while (outcome := put_at(office, archive, f"full-{kept}")).status == 0:
        kept += 1
    assert kept >= 2
    assert (outcome.status, "ดิสก์เต็ม" in outcome.err, outcome.out) == (2, True, "")
    assert len(Vault(archive).versions()) == kept
    assert f"ครบถ้วน ไม่มีสิ่งใดเปลี่ยน: {kept} ฉบับ" in run(office, archive, "verify").out
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    outcome = put_at(office, archive, "read-only")
    assert (outcome.status, "อ่านได้อย่างเดียว" in outcome.err, outcome.out) == (2, True, "")
    told = run(office, archive, "verify")
    assert (told.status, "บันทึกผลไว้ในคลังไม่ได้" in told.out) == (0, True)


@pytest.mark.system
def test_a_copy_on_another_disk_grows_with_its_archive_and_stays_sound_when_that_is_full(
    office: Prepared, small: Path
) -> None:
    office.restore()
    go_on(office, office.scans[-1], *office.kept)
    there = small / "second"
    assert small.stat().st_dev != office.archive.stat().st_dev
    outcome = run(office, office.archive, "copy", there)
    assert (outcome.status, "ดิสก์เต็ม" in outcome.err, outcome.out) == (2, True, "")
    assert verify(there).is_sound
    assert 0 < len(Vault(there).versions()) < 3
    subprocess.run(["mount", "-o", "remount,size=8m", str(small)], check=True)
    for turn in range(2):
        assert run(office, office.archive, "copy", there).status == 0
        assert copies.compare(office.archive, there).is_even
        assert put_at(office, office.archive, f"one more {turn}").status == 0
    assert len(Vault(there).versions()) == 4


# --- a repair that the disk refuses -----------------------------------------------------------


@pytest.fixture
def pair(office: Prepared) -> tuple[Path, Path]:
    """The archive and its copy, as they are kept to be had again."""
    office.restore()
    go_on(office, office.scans[-1], *office.kept)
    shutil.rmtree(office.root / "whole", ignore_errors=True)
    copies.copy(office.archive, office.root / "whole")
    return office.archive, office.root / "whole"


BROKEN = f"objects/{ID}/v1/data/scan-original.pdf"


def break_one(archive: Path) -> None:
    (archive / BROKEN).chmod(0o644)
    (archive / BROKEN).write_bytes(b"%PDF broken")


@pytest.mark.system
def test_a_repair_on_a_full_disk_leaves_what_was_there_and_is_done_once_there_is_room(
    office: Prepared, pair: tuple[Path, Path], small: Path
) -> None:
    here, there = pair[0], small / "second"
    subprocess.run(["mount", "-o", "remount,size=8m", str(small)], check=True)
    assert run(office, here, "copy", there).status == 0
    break_one(there)
    room = shutil.disk_usage(small).free
    (small / "filler").write_bytes(bytes(room - 100_000))
    outcome = run(office, here, "compare", there, "--repair", "--yes")
    assert (outcome.status, "ดิสก์เต็ม" in outcome.err) == (2, True)
    assert (there / BROKEN).read_bytes() == b"%PDF broken"
    assert not (small / "second.damaged").exists()
    (small / "filler").unlink()
    assert run(office, here, "compare", there, "--repair", "--yes").status == 0
    assert copies.compare(here, there).is_even


@pytest.mark.system
@pytest.mark.parametrize("fault", syscall_faults.FAULTS)
def test_a_fault_at_any_call_of_a_repair_loses_nothing(
    office: Prepared, pair: tuple[Path, Path], fault: str, pytestconfig: pytest.Config,
    record_property: Record,
) -> None:  # fmt: skip
    here, whole = pair
    there, aside = office.root / "second", office.root / "second.damaged"

    def begin() -> None:
        for folder in (there, aside):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, there)
        break_one(there)

    def work() -> int:
        given = ["compare", str(there), "--repair", "--yes", "--archive", str(here)]
        return cli.main(["archive", *given])

    begin()
    found = list(syscall_faults.calls_below([there, aside], work, office.root))
    assert {"openat", "write", "fsync", "rename", "mkdir"} <= {call.name for call in found}
    step = 1 if pytestconfig.getoption("--every-fault") else 12
    chosen = [c for at, c in enumerate(found) if at % step == 0 or c.name in ("rename", "mkdir")]
    for call in chosen:
        begin()
        outcome, _ = syscall_faults.strike(
            call, fault, work, office.root
        )  # says itself that it struck
        assert "Traceback" not in outcome.err, outcome.err
        is_kept = (there / BROKEN).is_file() or list(aside.glob("*/data/scan-original.pdf"))
        assert is_kept, (call, fault)
        if fault != "signal=KILL":
            assert (there / BROKEN).is_file(), (call, fault)
        assert syscall_faults.done(work, office.root).status == 0
        assert copies.compare(here, there).is_even
    record_property("faults fired", len(chosen))
