"""Which meetings must be built anew, and why; decided without reading YAML or loading PyThaiNLP.

Inputs count by their content: the agenda, what it names, body and office, what it draws on of its
neighbours, templates, fonts, the program and its pinned libraries. Outputs count by size, time and
inode, and by content when these differ.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from minutes import folders, store
from minutes.ledger import Entry, Output

PROGRAM = Path(__file__).parent
MISSING = "-"


@dataclass(frozen=True)
class Reason:
    """Why a meeting is built: which input or output, by name, is not as it was."""

    what: str
    name: str = ""


@dataclass
class Disk:
    """The digests of input files, each file read once a run."""

    glimpse: Callable[[Path], str]
    glimpses: dict[str, str]
    learned: dict[str, str] = field(default_factory=dict)
    digests: dict[Path, str] = field(default_factory=dict)
    listings: dict[Path, list[Path]] = field(default_factory=dict)

    def digest(self, path: Path) -> str:
        """Give a file's digest, or MISSING."""
        if path not in self.digests:
            self.digests[path] = store.digest_of(path) or MISSING if path.is_file() else MISSING
        return self.digests[path]

    def glimpsed(self, path: Path | None) -> str:
        """Give what a neighbour needs to know of a meeting's file, read once for each content."""
        if path is None:
            return ""
        digest = self.digest(path)
        if digest not in self.glimpses:
            self.glimpses[digest] = self.learned[digest] = self.glimpse(path)
        return self.glimpses[digest]

    def neighbours(self, path: Path) -> tuple[Path | None, Path | None]:
        """Give the files before and after a meeting's among its body's."""
        folder = path.parent
        if folder not in self.listings:
            self.listings[folder] = folders.meetings_in(folder)
        listing = self.listings[folder]
        index = listing.index(path)
        before = listing[index - 1] if index else None
        return before, listing[index + 1] if index + 1 < len(listing) else None


def inputs(path: Path, disk: Disk) -> dict[str, str]:
    """Give a meeting's inputs by name, each as a digest or a short text."""
    before, after = disk.neighbours(path)
    return {
        "program": program(),
        "agenda": disk.digest(path),
        "body": disk.digest(path.parent / folders.BODY),
        "office": disk.digest(folders.office_of(path.parent)),
        "previous": disk.glimpsed(before),
        "following": disk.glimpsed(after),
    }


def files(path: Path, named: Iterable[str], disk: Disk) -> dict[str, str]:
    """Give the pictures and attachments that an agenda names, each as a digest."""
    return {name: disk.digest(path.parent / name) for name in named}


def key(found: Mapping[str, str]) -> str:
    """Give one digest for all inputs of a meeting."""
    text = "\0".join(f"{name}\0{value}" for name, value in sorted(found.items()))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def program() -> str:
    """Give a digest of all that is the same for every meeting: program, templates, libraries."""
    root = PROGRAM.parent
    files = [*PROGRAM.glob("*.py"), root / "requirements.txt"]
    files += [path for path in (root / "templates").rglob("*") if path.suffix in SUFFIXES]
    whole = hashlib.sha256(sys.version.encode())
    for path in sorted(files):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


SUFFIXES = (".html", ".css", ".svg", ".docx", ".ttf")


def reasons(
    entry: Entry | None,
    found: Mapping[str, str],
    wanted: Iterable[str],
    folder: Path,
    *,
    verify: bool = False,
) -> Iterator[Reason]:
    """Say why a meeting's outputs are to be built; nothing when all are as they should be."""
    if entry is None:
        yield Reason("never")
        return
    names = sorted(set(found) | set(entry.inputs))
    changed = [name for name in names if found.get(name) != entry.inputs.get(name)]
    yield from (Reason("input", name) for name in changed)
    if changed:
        return
    whole = key(found)
    for name in wanted:
        if entry.lacks.get(name) == whole:
            continue
        output = entry.outputs.get(name)
        if output is None or output.key != whole:
            yield Reason("new", name)
        elif not _is_there(folder / name, output, verify=verify):
            yield Reason("gone", name)


def _is_there(path: Path, output: Output, *, verify: bool) -> bool:
    """Whether an output is on the disk, as it was written or as somebody edited it by hand."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return False
    looks = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
    if looks == (output.size, output.mtime_ns, output.inode) and not verify:
        return True
    return store.digest_of(path) == output.digest or not _is_damaged(path)


def _is_damaged(path: Path) -> bool:
    """Whether a file that is not as it was written is broken, rather than edited."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        return not (data.startswith(b"PK") and b"PK\x05\x06" in data[-66_000:])
    if path.suffix == ".pdf":
        return not (data.startswith(b"%PDF") and b"%%EOF" in data[-2048:])
    return not data.strip(b"\0")
