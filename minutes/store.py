"""The only module that writes outputs: each appears whole, and no hand edit is lost."""

import hashlib
import os
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """One output on the disk; ``edited`` is the hand-edited file that it stands beside, if any."""

    path: Path
    digest: str
    edited: Path | None = None


def write(
    folder: Path,
    files: Mapping[str, bytes],
    ours: Mapping[str, Collection[str]],
    aside: str = "",
) -> dict[str, Written]:
    """Write one meeting's files, whole or not at all; gives what became of each by its name.

    A file whose content is none of ``ours`` was edited by hand: it stays, and the new one goes
    beside it as ``NAME.new.docx``. With ``aside``, a word for file names, it is renamed instead to
    ``NAME.<aside>.docx``. Raises OSError; then every old file is as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prepared: list[tuple[str, Path, Path]] = []
    try:
        for name, data in files.items():
            target = _target(folder / name, data, ours, aside)
            prepared.append((name, _temporary(target, data), target))
        return {name: _put(name, temporary, target, files) for name, temporary, target in prepared}
    finally:
        for _, temporary, _ in prepared:
            temporary.unlink(missing_ok=True)
        _sync_folder(folder)


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str | None:
    """Give the SHA-256 of a file on the disk; None when it is not there."""
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return None


def beside(path: Path, word: str) -> Path:
    """Give the name beside a file, ``minutes.docx`` -> ``minutes.new.docx``."""
    return path.with_name(f"{path.stem}.{word}{path.suffix}")


def _target(path: Path, data: bytes, ours: Mapping[str, Collection[str]], aside: str) -> Path:
    """Give where a file may go: its own place, or beside one that was edited by hand."""
    there = digest_of(path)
    known = ours.get(path.name.replace(".new", ""), ())
    if there is None or there == digest(data) or there in known:
        return path
    if aside:
        path.replace(beside(path, aside))
        return path
    return _target(beside(path, "new"), data, ours, "")


def _temporary(target: Path, data: bytes) -> Path:
    """Write a file's content under another name in its folder, down to the disk."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
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


def _put(name: str, temporary: Path, target: Path, files: Mapping[str, bytes]) -> Written:
    temporary.replace(target)
    edited = target.with_name(name) if target.name != name else None
    return Written(target, digest(files[name]), edited)


def _sync_folder(folder: Path) -> None:
    """Bring the renames down to the disk, where the system can."""
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
