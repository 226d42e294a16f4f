"""What is not ours in a folder, taken over into the one that will stand in its place.

It is the same file afterwards, under a second name: with its owner, its rights and whatever else a
system keeps of it. What cannot be taken over so is an OSError; then the folder has to stay.
"""

import os
import shutil
from collections.abc import Collection
from errno import ENOTSUP
from pathlib import Path, PurePosixPath

from minutes.deliver import manifest


def liken(old: Path, new: Path) -> None:
    """Give a folder the owner, group, rights and attributes of another; raises OSError."""
    if hasattr(os, "chown"):
        was, now = old.stat(), new.stat()
        if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid):
            os.chown(new, was.st_uid, was.st_gid)
    shutil.copystat(old, new)


def make_folder(root: Path, old: Path, name: str) -> None:
    """Make a folder below a root, and those around it, like those of the same name in ``old``."""
    place = root / name
    if place.is_dir():
        return
    if name != ".":
        make_folder(root, old, str(PurePosixPath(name).parent))
    place.mkdir()
    there = old / name
    if there.is_dir() and not there.is_symlink():
        liken(there, place)


def take_over(old: Path, new: Path, ours: Collection[str]) -> None:
    """Bring to ``new`` what ``old`` has besides our files: files, links and folders; OSError.

    What is there already stays, unless it is another file by now.
    """
    our_folders = manifest.folders_of(ours)
    for name, is_folder in manifest.things_in(old, strictly=True):
        if is_folder and name not in our_folders:
            make_folder(new, old, name)
        elif not is_folder and name not in ours:
            make_folder(new, old, str(PurePosixPath(name).parent))
            link(old / name, new / name)


def link(source: Path, target: Path) -> None:
    """Let a file, or a link itself, have a second name; raises OSError where it cannot."""
    can = os.link in os.supports_follow_symlinks
    if not can and source.is_symlink():
        raise OSError(ENOTSUP, os.strerror(ENOTSUP), str(source))
    if os.path.lexists(target):
        if os.path.samestat(source.lstat(), target.lstat()):
            return
        target.unlink()
    os.link(source, target, **({"follow_symlinks": False} if can else {}))
