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
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from minutes import cli, pipeline
from minutes.archive import audit, bags, copies, deposit
from minutes.archive.audit import verify
from minutes.archive.index import NOTHING, Held
from minutes.archive.vault import Vault
from minutes.commands import archive as command
from minutes.proceedings import Proceedings
from tests import scanner, strikes
from tests.authority import NOW, authority, signed_with
from tests.shelf import Shelf
from tests.strikes import Call, Outcome

ID, OTHER = "board-2569-01", "board-2569-02"
MEETING = """
ครั้งที่: 1/2569
วันที่: 5 มกราคม 2569
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานะ: ฉบับสมบูรณ์
ระเบียบวาระ:
  - ชนิด: เพื่อพิจารณา
    เรื่อง:
      - {ชื่อเรื่อง: แผนงานประจำปี, รายละเอียด: ตามเอกสาร, มติ: เห็นชอบ}
"""
KINDS = ("scan", "digital")
Record = Callable[[str, object], None]
Build = Callable[..., dict[str, bytes]]


@dataclass
class Office:
    """An office with one meeting, its signed copies, and an archive; all on a disk in memory."""

    root: Path
    copies: dict[str, list[Path]]
    kept: list[str] = field(default_factory=list)  # digests of what the prepared archive has

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def roots(self) -> list[Path]:
        return [self.archive, Path(tempfile.gettempdir())]

    def put(self, signed: Path) -> Callable[[], int]:
        """Give the command as a piece of work."""
        return lambda: cli.main(["archive", "put", ID, str(signed), "--archive", str(self.archive)])

    def prepare(self) -> None:
        """Keep two copies; then leave all that runs may leave that were killed."""
        for signed in self.copies["scan"][:2]:
            assert self.put(signed)() == 0
            self.kept.append(bags.digest_of(signed))
        lines = (self.archive / "register.jsonl").read_bytes().splitlines(keepends=True)
        (self.archive / "register.jsonl").write_bytes(b"".join(lines[:-1]) + b'{"bag":"12')
        (self.archive / "staging/left").mkdir()  # its bag came to its place: the second copy
        (self.archive / "staging/half/bag/data").mkdir(parents=True)
        (self.archive / "staging/half/bag/data/scan-original.pdf").write_bytes(b"%PDF-")
        self.archive.rename(self.root / "prepared")

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


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk in memory: a thousand runs wait for no platter."""
    place = tmp_path_factory.mktemp("disk")
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def office(disk: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(disk)
        patch.setattr(command, "ROOT", disk)
        patch.setattr(command, "_now", lambda: NOW)
        patch.setattr(tempfile, "tempdir", str(disk / "temporary"))
        patch.setattr(audit, "MOMENT", 0)
        Path("temporary").mkdir()
        shelf = Shelf(disk / "agendas")
        shelf.put("2569-01", MEETING)
        trust(shelf)
        meeting, _ = deposit.meeting(ID, Path("agendas"))
        if not request.config.getoption("--every-fault"):
            patch.setattr(pipeline, "build", built_once(pipeline.build))
        built = pipeline.build(meeting, deposit.MINUTES)
        made = Office(
            disk, {"scan": scans(meeting), "digital": digital(built[f"{ID}-minutes.pdf"])}
        )
        made.prepare()
        for signed in made.copies["digital"][:1]:  # loads what the children inherit
            made.restore()
            assert made.put(signed)() == 0
        yield made


def built_once(build: Build) -> Build:
    """Give what builds as ``build`` does, once for all that a page may print."""
    known: dict[tuple[str, str], dict[str, bytes]] = {}

    def fetch(meeting: Proceedings, kinds: object, *, held: Held = NOTHING) -> dict[str, bytes]:
        key = (str(held.version(deposit.text_of(meeting))), held.head)
        if key not in known:
            known[key] = build(meeting, kinds, held=held)
        return known[key]

    return fetch


A = authority()


def trust(shelf: Shelf) -> None:
    """Let the office trust the test's authority, and know its lists of revoked certificates."""
    folder = shelf.root / "roots"
    folder.mkdir()
    for number, root in enumerate([*A.trust.roots, *A.trust.others]):
        (folder / f"{number}.cer").write_bytes(root)
    for number, told in enumerate(A.trust.revoked):
        (folder / f"{number}.crl").write_bytes(told)
    office = shelf.root / "office.yaml"
    office.write_text(office.read_text("utf-8") + "ใบรับรองที่เชื่อถือ: roots\n", "utf-8")


def scans(meeting: Proceedings) -> list[Path]:
    """Scan three copies of one page, each of other bytes."""
    told = scanner.pages(1, id_=ID, text=deposit.text_of(meeting)[:32])
    one = scanner.scan(Path("0.pdf"), told, scanner.Glass(150)).read_bytes()
    made = [Path(f"{number}.pdf").absolute() for number in range(3)]
    for number, path in enumerate(made):
        path.write_bytes(one + b"%%%d\n" % number)
    return made


def digital(built: bytes) -> list[Path]:
    path = Path("digital.pdf").absolute()
    path.write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    return [path]


# --- every call -------------------------------------------------------------------------------


def look_at(office: Office, signed: Path, outcome: Outcome) -> None:
    """Look that what was acknowledged is there, and that what was not was refused in words."""
    if outcome.status == 0:
        assert office.signed().count(bags.digest_of(signed)) == 1
    elif outcome.status != -signal.SIGKILL:
        assert outcome.status == 2, outcome
        assert re.search("[ก-๙]{5}", outcome.err), outcome
        assert "Traceback" not in outcome.err, outcome.err
        assert "เก็บ board" not in outcome.out


def go_on(office: Office, signed: Path) -> None:
    """Look that the next run finishes all by itself, and that nothing is there twice."""
    outcome = strikes.done(office.put(signed), office.root)
    assert outcome.status == 0, outcome
    assert office.signed() == [*office.kept, bags.digest_of(signed)]
    assert not list((office.archive / "staging").iterdir())


def every_call(office: Office, signed: Path) -> list[Call]:
    office.restore()
    return list(strikes.calls_below(office.roots, office.put(signed), office.root))


@pytest.mark.system
@pytest.mark.parametrize("fault", strikes.FAULTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_at_any_call_loses_nothing_and_doubles_nothing(
    office: Office, kind: str, fault: str, pytestconfig: pytest.Config, record_property: Record
) -> None:
    signed = office.copies[kind][-1]
    found = every_call(office, signed)
    assert {call.name for call in found} >= AT_LEAST
    assert len(found) >= 150
    step = 1 if kind == "scan" or pytestconfig.getoption("--every-fault") else 3
    for call in found[::step]:
        office.restore()
        outcome, struck = strikes.strike(call, fault, office.put(signed), office.root)
        assert any(str(root) in struck for root in office.roots), (call, struck)
        look_at(office, signed, outcome)
        go_on(office, signed)
    record_property("faults fired", len(found[::step]))


AT_LEAST = {"openat", "write", "fsync", "rename", "mkdir", "unlinkat", "rmdir", "ftruncate"}


# --- at any moment ----------------------------------------------------------------------------


def copy_of(signed: Path, turn: object) -> Path:
    """Have another signed copy: the same pages in other bytes."""
    made = signed.with_name(f"copy-{turn}.pdf")
    made.write_bytes(signed.read_bytes() + f"% {turn}\n".encode())
    return made


def how_long(office: Office, signed: Path) -> float:
    """Give the seconds that a run takes that nobody troubles."""
    start = time.perf_counter()
    assert strikes.done(office.put(signed), office.root).status == 0
    return time.perf_counter() - start


@pytest.mark.system
def test_three_hundred_killed_runs_lose_and_double_nothing(
    office: Office, record_property: Record
) -> None:
    """A copy is given again and again until its being kept is acknowledged, then another."""
    office.restore()
    chance, killed, turn = random.Random(2567), 0, 1
    given = [copy_of(office.copies["scan"][-1], turn) for turn in range(2)]
    whole = how_long(office, given[0])
    while killed < 300:
        turn += 1
        child = strikes.forked(office.put(given[-1]), office.root)
        os.kill(child, signal.SIGCONT)
        time.sleep(chance.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        outcome = strikes.ended(child, office.root)
        killed += outcome.status == -signal.SIGKILL
        if outcome.status == 0:
            given.append(copy_of(office.copies["scan"][-1], turn))
    how_long(office, given[-1])
    assert office.signed() == [*office.kept, *map(bags.digest_of, given)]
    assert len(given) >= 20
    record_property("faults fired", killed)


@pytest.mark.system
def test_twelve_commands_at_once_lose_nothing(office: Office) -> None:
    office.restore()
    given = [copy_of(office.copies["scan"][-1], f"at-once-{turn}") for turn in range(12)]
    places = [office.root / path.stem for path in given]
    for place in places:
        place.mkdir()
    children = [
        strikes.forked(office.put(path), place) for path, place in zip(given, places, strict=True)
    ]
    for child in children:
        os.kill(child, signal.SIGCONT)
    ended = [strikes.ended(child, place) for child, place in zip(children, places, strict=True)]
    assert [outcome.status for outcome in ended] == [0] * 12, ended
    found = office.signed()
    assert sorted(found[2:]) == sorted(map(bags.digest_of, given))


# --- a full disk, and one that can only be read -----------------------------------------------


@pytest.fixture
def small(office: Office) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = Path(tempfile.mkdtemp(dir=office.root))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def run(office: Office, archive: Path, *arguments: object) -> Outcome:
    """Run a command on an archive."""
    given = ["archive", *map(str, arguments), "--archive", str(archive)]
    outcome = strikes.done(lambda: cli.main(given), office.root)
    assert "Traceback" not in outcome.err, outcome.err
    return outcome


def put_at(office: Office, archive: Path, turn: object) -> Outcome:
    """Keep another copy in an archive."""
    return run(office, archive, "put", ID, copy_of(office.copies["scan"][-1], turn))


@pytest.mark.system
def test_a_full_disk_and_one_that_can_only_be_read_are_told_and_leave_what_was_there(
    office: Office, small: Path
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
    office: Office, small: Path
) -> None:
    office.restore()
    go_on(office, office.copies["scan"][-1])
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
