"""An office with one meeting, copies of its minutes as they come back signed, and its archive."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import deposit
from minutes.archive import audit
from minutes.archive.index import NOTHING, Held
from minutes.build import pipeline
from minutes.commands import archive as command
from minutes.commands.archive import frame, holdings
from minutes.meetings.proceedings import Proceedings
from tests.support import scanned_pages
from tests.support.body_folder import Shelf
from tests.support.certificates import NOW, authority, signed_with

ID = "board-2569-01"
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
A = authority()
Build = Callable[..., dict[str, bytes]]


@dataclass(frozen=True)
class Office:
    """An office's folder, with scans of its minutes and a copy that was signed digitally."""

    root: Path
    scans: tuple[Path, ...]
    digital: Path

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    def put(self, signed: Path) -> Callable[[], int]:
        """Give the command as a piece of work."""
        return lambda: cli.main(["archive", "put", ID, str(signed), "--archive", str(self.archive)])


def office(root: Path, patch: pytest.MonkeyPatch, *, build_once: bool = True) -> Office:
    """Make an office in a folder, and let the program work there, at the authority's time."""
    patch.chdir(root)
    for module in (command, frame, holdings):
        patch.setattr(module, "ROOT", root)
    patch.setattr(command, "_now", lambda: NOW)
    patch.setattr(tempfile, "tempdir", str(root / "temporary"))
    patch.setattr(audit, "MOMENT", 0)
    (root / "temporary").mkdir()
    shelf = Shelf(root / "agendas")
    shelf.put("2569-01", MEETING)
    trust(shelf)
    if build_once:
        patch.setattr(pipeline, "build", built_once(pipeline.build))
    meeting, _ = deposit.meeting(ID, Path("agendas"))
    built = pipeline.build(meeting, deposit.MINUTES)
    return Office(root, scans(), digital(built[f"{ID}-minutes.pdf"]))


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


def built_once(build: Build) -> Build:
    """Give what builds as ``build`` does, once for all that a page may print."""
    known: dict[tuple[int, str, str], dict[str, bytes]] = {}

    def fetch(meeting: Proceedings, kinds: object, *, held: Held = NOTHING) -> dict[str, bytes]:
        key = (held.since, held.text, held.head)
        if key not in known:
            known[key] = build(meeting, kinds, held=held)
        return known[key]

    return fetch


def codes(pages: int) -> list[str]:
    """Give the codes on the pages of the minutes, if there were so many."""
    meeting, _ = deposit.meeting(ID, Path("agendas"))
    return scanned_pages.pages(pages, id_=ID, text=pipeline.text_of(meeting)[:32])


def scans() -> tuple[Path, ...]:
    """Scan three copies of one page, each of other bytes."""
    one = scanned_pages.scan(Path("0.pdf"), codes(1), scanned_pages.Glass(150))
    return (one.absolute(), *(copy_of(one, turn) for turn in (1, 2)))


def copy_of(signed: Path, turn: object) -> Path:
    """Have another signed copy: the same pages in other bytes."""
    made = signed.with_name(f"copy-{turn}.pdf").absolute()
    made.write_bytes(signed.read_bytes() + f"% {turn}\n".encode())
    return made


def digital(built: bytes) -> Path:
    path = Path("digital.pdf").absolute()
    path.write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    return path
