"""A secretary's desk: a small agendas folder, copied, in which a test runs the whole program."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import paths

CASES = paths.ROOT / "tests/cases"
ROOT = CASES / "around"
MEETING = "agendas/otop/2567-02.yaml"
DOCUMENTS = ("minutes.pdf", "minutes.docx", "release.pdf", "release.docx", "release.txt")
QUICK = ("--to", "docx", "--only", "minutes")


@dataclass(frozen=True)
class Answer:
    """What a run of the program gave: exit status, both streams, and how long it took."""

    status: int
    out: str
    err: str
    seconds: float

    @property
    def problems(self) -> list[str]:
        """The lines that name a place, without their hints."""
        return [line for line in self.err.splitlines() if not line.startswith("    ")]


class Desk:
    """The copied folder; paths are relative to it, as the program was called in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        shutil.copytree(ROOT, folder, dirs_exist_ok=True)

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file of the folder, making its parents."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def leave_old_documents(self) -> dict[Path, bytes]:
        """Put last month's documents of the meeting where the program writes."""
        folder = self.folder / "out" / "otop" / "2567-02"
        names = [f"otop-2567-02-{document}" for document in DOCUMENTS]
        return {
            self.put(str(folder / name), f"old {name}"): f"old {name}".encode() for name in names
        }

    def run(self, *arguments: str, on: tuple[str, ...] = ("agendas",)) -> Answer:
        """Build the paths of the folder; an exception out of the program fails the test."""
        return self.call(*on, "-o", "out", *arguments)

    def call(self, *arguments: str) -> Answer:
        """Run the program with just these arguments."""
        self.capsys.readouterr()
        start = time.perf_counter()
        status = cli.main(arguments)
        seconds = time.perf_counter() - start
        out, err = self.capsys.readouterr()
        return Answer(status, out, err, seconds)

    def built(self) -> set[str]:
        """Give the files of the output folder by their paths in it."""
        out = self.folder / "out"
        return {path.relative_to(out).as_posix() for path in out.rglob("[!.]*") if path.is_file()}
