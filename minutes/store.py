"""The only module that writes outputs: each appears whole, and no hand edit is lost."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

NOTHING: frozenset[str] = frozenset()
ABANDONED = 600  # seconds after which nobody comes back for a half-written file


class Looks(NamedTuple):
    """What a look at the disk shows of a file, without reading it."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True)
class Written:
    """One output on the disk; ``edited`` is the hand-edited file that it stands beside, if any.

    ``kept`` is where a file went that gave way to it.
    """

    path: Path
    edited: Path | None = None
    kept: Path | None = None


@dataclass(frozen=True)
class Ready:
    """One meeting's files, whole on the disk under other names, but for those that are there.

    ``looks`` are those that each file has, and keeps when it takes its place.
    """

    folder: Path
    files: Mapping[str, bytes]
    temporary: Mapping[str, Path]
    looks: Mapping[str, Looks]

    def put(self, ours: Mapping[str, Collection[str]], aside: str = "") -> dict[str, Written]:
        """Bring each file into its place at once; gives what became of each by its name.

        A file whose content is none of ``ours`` was edited by hand: it stays, and the new one goes
        beside it as ``NAME.new.docx``. With ``aside``, a word for file names, it is renamed instead
        to ``NAME.<aside>.docx``; a damaged one is renamed to ``NAME.damaged.docx``. Raises OSError;
        then each file is the old or the new one, whole.
        """
        try:
            return {
                name: _put(
                    self.folder / name, data, self.temporary.get(name), ours.get(name, ()), aside
                )
                for name, data in self.files.items()
            }
        finally:
            sync_folder(self.folder)


@contextmanager
def prepared(folder: Path, files: Mapping[str, bytes]) -> Iterator[Ready]:
    """Write one meeting's files down to the disk under other names; raises OSError.

    What has not taken its place by the end is removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    temporary: dict[str, Path] = {}
    seen: dict[str, Looks] = {}
    try:
        for name, data in files.items():
            place = folder / name
            if digest_of(place) != digest(data):
                place = temporary[name] = _temporary(place, data)
            seen[name] = looks(place) or Looks(0, 0, 0)
        _sweep(folder, files, temporary.values())
        yield Ready(folder, files, temporary, seen)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


def write(
    folder: Path,
    files: Mapping[str, bytes],
    ours: Mapping[str, Collection[str]],
    aside: str = "",
) -> dict[str, Written]:
    """Write files, as ``prepared`` and ``Ready.put`` say."""
    with prepared(folder, files) as ready:
        return ready.put(ours, aside)


def create(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all; makes its folder.

    Raises FileExistsError, whoever made the file and when, and any other OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path, data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        with path.open("xb") as file:
            file.write(data)
    finally:
        temporary.unlink()
    sync_folder(path.parent)


def replace_whole(path: Path, data: bytes) -> None:
    """Bring new content into a file, at once and with the rights that it has; raises OSError."""
    target = path.resolve()
    temporary = _temporary(target, data)
    try:
        temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
        sync_folder(target.parent)


def put(path: Path, data: bytes) -> bool:
    """Bring a file to its place, whole, whatever was there; gives whether it was other than that.

    Makes its folder; raises OSError. For what nobody edits by hand.
    """
    if digest_of(path) == digest(data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def copy_down(source: Path, copy: Path) -> None:
    """Copy a file's content to a new place, down to the disk; makes its folder; raises OSError."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as given, copy.open("wb") as made:
        shutil.copyfileobj(given, made)
        made.flush()
        os.fsync(made.fileno())


def withdraw(folder: Path, names: Iterable[str], ours: Mapping[str, Collection[str]]) -> None:
    """Take away the files that a meeting no longer has; one that was edited by hand stays."""
    for name in names:
        path = folder / name
        for place in (path, beside(path, "new")):
            there = digest_of(place)
            if there in ours.get(name, NOTHING) or (there and _is_blank(place)):
                place.unlink(missing_ok=True)
            elif there and is_damaged(place):
                place.rename(_unused(place, "damaged"))


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: str | Path) -> str | None:
    """Give the SHA-256 of a file on the disk; None when it is not there."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast as Path
            return hashlib.sha256(file.read()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def looks(path: str | Path) -> Looks | None:
    """Give what a look at a file shows; None when it is not there."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - for thousands of files
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Looks(seen.st_size, seen.st_mtime_ns, seen.st_ino)


def beside(path: Path, word: str) -> Path:
    """Give the name beside a file, ``minutes.docx`` -> ``minutes.new.docx``."""
    return path.with_name(f"{path.stem}.{word}{path.suffix}")


def is_damaged(path: Path) -> bool:
    """Whether a file that is not as it was written is broken, rather than edited.

    Broken is what is empty, or begins as a document and does not end as one.
    """
    if _is_blank(path):
        return True
    data = path.read_bytes()
    start, end, where = ENDS.get(path.suffix, (b"\0", b"", 0))
    return data.startswith(start) and end not in data[-where:]


def _is_blank(path: Path) -> bool:
    return not path.read_bytes().strip(b"\0")


# How a whole document begins, and what stands within its last bytes.
ENDS = {".docx": (b"PK", b"PK\x05\x06", 66_000), ".pdf": (b"%PDF", b"%%EOF", 2048)}


def _put(
    path: Path, data: bytes, temporary: Path | None, ours: Collection[str], aside: str
) -> Written:
    """Bring a file into its place, or beside the one that was edited by hand."""
    there = digest_of(path)
    if there != digest(data):
        temporary = temporary or _temporary(path, data)  # else somebody saved it a moment ago
        if not (there in (None, *ours) or _is_blank(path)):
            word = "damaged" if is_damaged(path) else aside
            if not word:
                return _placed_beside(path, data, temporary, ours)
            kept = _unused(path, word)
            path.rename(kept)
            return _placed(path, temporary, ours, kept)
    return _placed(path, temporary, ours)


def _placed(
    path: Path, temporary: Path | None, ours: Collection[str], kept: Path | None = None
) -> Written:
    if temporary is not None:
        temporary.replace(path)
    newer = beside(path, "new")
    if digest_of(newer) in ours:
        newer.unlink(missing_ok=True)  # it stood beside an edited file that is gone
    return Written(path, None, kept)


def _placed_beside(path: Path, data: bytes, temporary: Path, ours: Collection[str]) -> Written:
    place = next(p for p in _places_beside(path) if digest_of(p) in (None, digest(data), *ours))
    temporary.replace(place)
    return Written(place, edited=path)


def _places_beside(path: Path) -> Iterator[Path]:
    while True:
        path = beside(path, "new")
        yield path


def _unused(path: Path, word: str) -> Path:
    """Give a name beside a file that no other has: ``.damaged``, ``.damaged-2``."""
    names = (beside(path, word if number == 1 else f"{word}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _temporary(target: Path, data: bytes) -> Path:
    """Write a file's content under another name in its folder, down to the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        error.filename = str(target)  # the name that people know
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _sweep(folder: Path, names: Iterable[str], written: Collection[Path]) -> None:
    """Remove what a killed run left half written of these files; another may be at work now.

    How old it is, the disk's own clock says, by which files were written just now: that of a file
    server and that of this machine may be hours apart.
    """
    now = max((path.stat().st_mtime for path in written), default=0.0)
    starts = tuple(f".{name}." for name in names)
    for left in os.scandir(folder):
        if left.name.startswith(starts) and left.name.endswith(".tmp"):
            with suppress(FileNotFoundError):
                if now - left.stat().st_mtime > ABANDONED:
                    Path(left).unlink()


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder down to the disk, where the system can; raises OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
