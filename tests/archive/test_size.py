"""Large scans and long registers: what they cost grows with neither."""

import os
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pikepdf
import pytest
from PIL import Image, ImageChops

from minutes.archive import audit, bags, register
from minutes.archive.vault import Vault
from minutes.paths import ROOT
from tests.support import archived_meeting, scanned_pages
from tests.support.archived_meeting import ID, Office

PUT = """
import sys
from pathlib import Path
from minutes import __main__ as cli
if sys.argv[1:]:
    assert cli.main(sys.argv[1:]) == 0
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""  # ru_maxrss would count the memory of whoever began the process as well
MEETING = f"agendas/board/{ID.removeprefix('board-')}.yaml"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with pytest.MonkeyPatch.context() as patch:
        yield archived_meeting.office(tmp_path_factory.mktemp("office"), patch)


def grey(told: str, dots: int = 300) -> Image.Image:
    """Scan a page so that nothing can make it smaller: nine megabytes at 300 dpi."""
    page = scanned_pages.sheet(told).resize((round(8.27 * dots), round(11.69 * dots)))
    noise = Image.frombytes("L", page.size, os.urandom(page.width * page.height))
    return ImageChops.subtract(page, noise.point(lambda level: level // 3))


def large_scan(place: Path, pages: int) -> Path:
    """Write a scan of so many pages, none of them packed."""
    document = pikepdf.new()
    for told in archived_meeting.codes(pages):
        page = grey(told)
        shown = pikepdf.Stream(document, zlib.compress(page.tobytes(), 0))
        shown.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=page.width,
            Height=page.height, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
            Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        content = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        leaf = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Contents=content,
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=shown)),
        )  # fmt: skip
        document.pages.append(pikepdf.Page(document.make_indirect(leaf)))
    document.save(place)
    return place


def memory(*arguments: object) -> int:
    """Run a command in a process of its own; gives the most memory that it took, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", PUT, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) // 1024


@pytest.mark.system
def test_the_memory_of_a_put_does_not_grow_with_the_scan(office: Office, tmp_path: Path) -> None:
    taken = {}
    for pages in (1, 7):
        scan = large_scan(tmp_path / f"{pages}.pdf", pages)
        taken[pages] = memory("archive", "put", MEETING, scan, "--archive", tmp_path / str(pages))
        assert scan.stat().st_size > pages * 8_000_000
    assert taken[7] - taken[1] < 30, taken
    assert taken[7] - memory() < 250, taken  # building takes 170 of them


# --- long registers ---------------------------------------------------------------------------


def fill(root: Path, versions: int) -> None:
    """Keep so many versions, ten of each meeting."""
    kept = Vault(root)
    for number in range(versions):
        files: dict[str, bags.Content] = {"signed.pdf": str(number).encode()}
        kept.put(f"board-{number // 10}", files, [("Meeting-Date", "2026-01-05")], "signed.pdf")


@pytest.fixture
def no_platter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: what is measured here is not whether it keeps."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.usefixtures("no_platter")
def test_a_put_judges_as_few_lines_of_a_long_register_as_of_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []
    for versions in (20, 400):
        fill(tmp_path / str(versions), versions)
        with monkeypatch.context() as patch:
            judge = Mock(wraps=register._entry)
            patch.setattr(register, "_entry", judge)
            signed: dict[str, bags.Content] = {"signed.pdf": b"one more"}
            Vault(tmp_path / str(versions)).put("board-0", signed, [], "signed.pdf")
        judged.append(judge.call_count)
    assert judged == [11, 11]  # the last line, and ten of the meeting


@pytest.mark.usefixtures("no_platter")
def test_the_memory_of_a_verification_does_not_grow_with_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)
    taken = []
    for versions in (100, 600):
        fill(tmp_path / str(versions), versions)
        tracemalloc.start()
        assert audit.verify(tmp_path / str(versions)).versions == versions
        taken.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (taken[1] - taken[0]) / 500 < 500, taken  # bytes a version: its name, and little else
