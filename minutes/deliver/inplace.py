"""A site brought into a folder that has to stay: file by file, each whole, the front page last.

So it is done where the folder is a drive or a mount point, where the one around it may not be
written to, or where it holds what is not ours. All new files are first made whole in a hidden
folder inside it; an interruption then leaves whole pages, and the next run finishes.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from errno import EXDEV
from pathlib import Path, PurePosixPath

from minutes import store
from minutes.deliver import manifest
from minutes.deliver.manifest import RECORD, Changes, Parcel, Watch

STAGE = ".publishing"


def clear(real: Path) -> None:
    """Take away what a killed run left half done inside the folder."""
    shutil.rmtree(real / STAGE, ignore_errors=True)
    for left in real.glob(f".{RECORD}.*.tmp"):
        left.unlink(missing_ok=True)


def bring(
    site: Parcel, real: Path, found: Changes, record: Mapping[str, str], watch: Watch
) -> None:
    """Bring what is new into the folder and take away what is gone; raises OSError.

    Until all new files are whole, nothing of the old site is touched.
    """
    touched = {*found.added, *found.changed}
    names = [name for name in site.in_order() if name in touched]
    stage = real / STAGE
    try:
        for name in names:
            store.copy_down(site.root / name, stage / name)
        _put_record(real, {**record, **dict.fromkeys(names, "")})
        for done, name in enumerate(names, 1):
            _place(stage / name, real / name)
            watch(done, len(names), name)
        _remove(real, found.removed, manifest.folders_of(site.digests))
        _put_record(real, site.digests)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _put_record(real: Path, record: Mapping[str, str]) -> None:
    store.put(real / RECORD, manifest.written_record(record))
    store.sync_folder(real)


def _place(staged: Path, place: Path) -> None:
    """Let a file take its place at once, also where that lies on another disk."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        staged.replace(place)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        store.put(place, staged.read_bytes())
    store.sync_folder(place.parent)


def _remove(real: Path, names: Iterable[str], kept: set[str]) -> None:
    """Take away what is gone, and the folders that this empties."""
    for name in names:
        (real / name).unlink(missing_ok=True)
        for folder in PurePosixPath(name).parents:
            if str(folder) in {".", *kept}:
                break
            with suppress(OSError):  # something else is in it
                os.rmdir(real / folder)  # noqa: PTH106 - never more than an empty one
