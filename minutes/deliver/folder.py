"""A site brought into a folder: copied beside it, then swapped with it in one step.

On Linux and macOS the system exchanges the two folders, so that a reader never finds none. Where
it cannot, two renames do; what a crash between them leaves is put right by the next run.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from minutes import store
from minutes.deliver import parcel
from minutes.deliver.parcel import Changes, Parcel, Watch
from minutes.errors import Fault

AT_CWD = -100 if sys.platform.startswith("linux") else -2
EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike


def plan(site: Parcel, target: Path) -> Changes:
    """Say what the folder lacks, what changes in it and what goes; raises OSError and Fault."""
    real = _real(site, target)
    names = parcel.files_in(real) if real.is_dir() else ()
    old = {name: parcel.digest_of(real / name) for name in names if not parcel.is_hidden(name)}
    return parcel.changes(old, site.digests)


def publish(site: Parcel, target: Path, watch: Watch, *, allow_removal: bool = False) -> Changes:
    """Make the folder hold the site and nothing else but its own hidden files.

    Raises Fault (D383, D396) and OSError; then the folder is as it was.
    """
    real = _real(site, target)
    _recover(real)
    found = plan(site, real)
    there = len(site.digests) - len(found.added) + len(found.removed)
    parcel.guard(found.removed, there, allowed=allow_removal)
    if found.count:
        _bring(site, real, watch)
    return found


def _real(site: Parcel, target: Path) -> Path:
    """Give the folder behind links; neither it nor the site may be inside the other."""
    real, root = target.resolve(), site.root.resolve()
    inside = real.is_relative_to(root) or root.is_relative_to(real)
    if inside or (real.exists() and not real.is_dir()):
        raise Fault("D396", folder=target)
    return real


def _recover(real: Path) -> None:
    """Put right what a killed run left: the old folder under its other name, half a new one."""
    if not real.exists() and _aside(real, "old").is_dir():
        _aside(real, "old").rename(real)
    for word in ("new", "old"):
        shutil.rmtree(_aside(real, word), ignore_errors=True)


def _aside(real: Path, word: str) -> Path:
    return real.with_name(f".{real.name}.{word}")


def _bring(site: Parcel, real: Path, watch: Watch) -> None:
    new = _aside(real, "new")
    real.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(site, new, watch)
        if real.is_dir():
            _take_over_hidden(real, new)
        _swap(new, real)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        store.sync_folder(real.parent)


def _copy(site: Parcel, new: Path, watch: Watch) -> None:
    """Copy the site down to the disk, files first and then the folders that name them."""
    names = site.in_order()
    for done, name in enumerate(names, 1):
        place = new / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with (site.root / name).open("rb") as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        watch(done, len(names), name)
    for folder in {(new / name).parent for name in names}:
        store.sync_folder(folder)


def _take_over_hidden(real: Path, new: Path) -> None:
    """Keep what belongs to the server: its hidden files, and the rights of the folder."""
    for name in filter(parcel.is_hidden, parcel.files_in(real)):
        place = new / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(real / name, place)
    shutil.copymode(real, new)


def _swap(new: Path, real: Path) -> None:
    """Let the new folder take the place of the old one, and take the old one away."""
    if not real.exists():
        new.rename(real)
    elif not exchange(new, real):
        old = _aside(real, "old")
        real.rename(old)
        try:
            new.rename(real)
        except OSError:
            old.rename(real)
            raise
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None)
    call = getattr(library, "renameat2", None) or getattr(library, "renameatx_np", None)
    if call is None:
        return False
    paths = (AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other))
    return bool(call(*paths, ctypes.c_uint(EXCHANGE)) == 0)
