"""A site brought into a folder: made beside it, then swapped with it in one step.

On Linux and macOS the system exchanges the two folders, so that a reader never finds none. Where
it cannot, two renames do; what a crash between them leaves is put right by the next run. What is
not ours is taken over as it is. A folder that has to stay is filled file by file (``inplace``).
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from dataclasses import replace
from errno import EBUSY
from pathlib import Path, PurePosixPath

from minutes import store
from minutes.deliver import carry, inplace, manifest
from minutes.deliver.manifest import RECORD, Changes, Parcel, Watch
from minutes.problems.errors import Fault

AT_CWD = -100 if sys.platform.startswith("linux") else -2
EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike


def plan(site: Parcel, target: Path) -> Changes:
    """Say what the folder lacks, what changes in it and what goes; raises OSError and Fault."""
    real = _real(site, target)
    return _compared(site, real, _record(real))


def publish(site: Parcel, target: Path, watch: Watch, *, allow_removal: bool = False) -> Changes:
    """Make the folder hold the site, beside what is the server's own or somebody else's.

    Raises Fault (D383, D396, D451, D452) and OSError; then the folder is as it was, or holds whole
    pages of which the next run brings the rest.
    """
    real = _real(site, target)
    _recover(real)
    record = _record(real)
    found = _compared(site, real, record)
    there = len(site.digests) - len(found.added) + len(found.removed)
    manifest.guard(found.removed, there, allowed=allow_removal)
    if found.count or record != site.digests:
        try:
            _bring(site, real, found, record or {}, watch)
        except OSError as error:
            if error.errno == EBUSY:
                path = Path(error.filename2 or error.filename or real)
                raise Fault("D452", path=path, detail=error.strerror) from error
            raise
    return found


def _real(site: Parcel, target: Path) -> Path:
    """Give the folder behind links; neither it nor the site may be inside the other."""
    real, root = target.resolve(), site.root.resolve()
    inside = real.is_relative_to(root) or root.is_relative_to(real)
    if inside or (real.exists() and not real.is_dir()):
        raise Fault("D396", folder=target)
    return real


def _record(real: Path) -> dict[str, str] | None:
    """Give what earlier runs brought; None where nothing says so."""
    try:
        return manifest.read_record((real / RECORD).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _compared(site: Parcel, real: Path, record: Mapping[str, str] | None) -> Changes:
    """Compare the folder with the site; raises Fault (D451) for what is in a page's way."""
    things = dict(manifest.things_in(real))
    things.pop(RECORD, None)
    _refuse_in_the_way(site, real, things)
    there = [name for name, is_folder in things.items() if not is_folder]
    ours = {*site.digests, *(record or ())}
    old = {name: _digest(real / name, name in site.digests) for name in there if name in ours}
    others = (name for name in there if name not in ours and not manifest.is_hidden(name))
    kept = tuple(sorted(others))
    unrecorded = record is None and bool(kept)
    return replace(manifest.changes(old, site.digests), kept=kept, is_unrecorded=unrecorded)


def _digest(path: Path, is_sent: bool) -> str:
    """Give a file's digest, as far as it matters; a link is other than any file."""
    return manifest.digest_of(path) if is_sent and path.is_file() and not path.is_symlink() else ""


def _refuse_in_the_way(site: Parcel, real: Path, things: Mapping[str, bool]) -> None:
    """Raise Fault (D451) where a folder of ours meets a file or a link, or a file a folder."""
    folders = manifest.folders_of(site.digests)
    for name, is_folder in things.items():
        if name in (site.digests if is_folder else folders):
            raise Fault("D451", path=real / name)


# --- in its place -----------------------------------------------------------------------------


def _bring(
    site: Parcel, real: Path, found: Changes, record: Mapping[str, str], watch: Watch
) -> None:
    if not (found.count and _may_stand_aside(real, found) and _swapped(site, real, record, watch)):
        inplace.bring(site, real, found, record, watch)


def _may_stand_aside(real: Path, found: Changes) -> bool:
    """Whether the folder can give way to another: no drive, no mount, nobody else's files in it."""
    if not real.exists():
        return True
    alone = not real.name or os.path.ismount(real)  # Path.is_mount knows no drives
    return not alone and not found.kept and os.access(real.parent, os.W_OK | os.X_OK)


def _recover(real: Path) -> None:
    """Put right what a killed run left: the old folder under its other name, half a new one."""
    inplace.clear(real)
    if not real.name:  # a drive has nothing beside it
        return
    if not real.exists() and _aside(real, "old").is_dir():
        _aside(real, "old").rename(real)
    for word in ("new", "old"):
        shutil.rmtree(_aside(real, word), ignore_errors=True)


def _aside(real: Path, word: str) -> Path:
    return real.with_name(f".{real.name}.{word}")


def _swapped(site: Parcel, real: Path, record: Mapping[str, str], watch: Watch) -> bool:
    """Let a new folder take the place of the old one; False where the old one has to stay."""
    new, ours = _aside(real, "new"), {RECORD, *record, *site.digests}
    real.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not _taken_over(real, new, ours):
            return False
        _copy(site, new, real, watch)
        store.put(new / RECORD, manifest.written_record(site.digests))
        return _swap(new, real, ours)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        store.sync_folder(real.parent)


def _taken_over(real: Path, new: Path, ours: Collection[str]) -> bool:
    """Begin the new folder with what is not ours in the old one, if that can be had as it is."""
    if not real.exists():
        new.mkdir()
        return True
    try:
        carry.make_folder(new, real, ".")
        carry.take_over(real, new, ours)
    except OSError:
        return False
    return True


def _copy(site: Parcel, new: Path, real: Path, watch: Watch) -> None:
    """Copy the site down to the disk, files first and then the folders that name them."""
    names = site.in_order()
    for done, name in enumerate(names, 1):
        carry.make_folder(new, real, str(PurePosixPath(name).parent))
        store.copy_down(site.root / name, new / name)
        watch(done, len(names), name)
    for folder in {(new / name).parent for name in names}:
        store.sync_folder(folder)


def _swap(new: Path, real: Path, ours: Collection[str]) -> bool:
    """Let the new folder take the place of the old one, and take the old one away.

    What came into the old one meanwhile, and is not ours, is taken over first.
    """
    if not real.exists():
        new.rename(real)
    elif exchange(new, real):
        carry.take_over(new, real, ours)
    else:
        old = _aside(real, "old")
        try:
            real.rename(old)
        except OSError:  # a mount, or the system holds it
            return False
        try:
            new.rename(real)
        except OSError:
            old.rename(real)
            raise
        carry.take_over(old, real, ours)
        shutil.rmtree(old, ignore_errors=True)
    return True


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
