"""One version on the disk: a BagIt bag (RFC 8493) that is written once and never touched again.

A stranger checks it in thirty years with ``sha256sum -c manifest-sha256.txt``. Nothing here knows
what a meeting is.
"""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from minutes import store
from minutes.problems.errors import Fault

PAYLOAD, INFO = "data", "bag-info.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAG_FILES = ("bagit.txt", INFO, MANIFEST)
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
PIECE = 1 << 20  # bytes read at once: memory stays flat, whatever the size of a scan
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe would keep us waiting for ever
BINARY = getattr(os, "O_BINARY", 0)
LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")

Content = bytes | Path  # what goes into a file: the bytes, or the file that has them
Info = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Damage:
    """One thing that is wrong with a bag: which file, and how (a message's code)."""

    name: str
    code: str


# --- writing ----------------------------------------------------------------------------------


def write(bag: Path, payload: Mapping[str, Content], info: Info) -> str:
    """Write a new bag, down to the disk, and read it back; gives its digest.

    ``payload`` has the files below ``data/`` by name (``crl/1.crl``), ``info`` the lines of
    bag-info.txt. The digest is the SHA-256 of the tag manifest, which covers every byte of the
    bag. Raises OSError, and Fault for a source that is no plain file or for what came back
    otherwise than it was written.
    """
    for name in payload:
        if not all(NAME.fullmatch(part) for part in name.split("/")):
            raise ValueError(f"{name!r} is no name for a file in a bag")
    bag.mkdir()
    lines = {
        f"{PAYLOAD}/{name}": write_file(bag / PAYLOAD / name, content)
        for name, content in sorted(payload.items())
    }
    size = sum((bag / name).stat().st_size for name in lines)
    tags = {
        "bagit.txt": DECLARATION,
        INFO: _info([*info, ("Payload-Oxum", f"{size}.{len(lines)}")]),
        MANIFEST: _manifest(lines),
    }
    digests = {name: write_file(bag / name, data) for name, data in tags.items()}
    whole = write_file(bag / TAGS, _manifest(digests))
    sync_folders(bag)
    return whole


def write_file(place: Path, content: Content) -> str:
    """Write a file that is not there yet, and read it back; gives its SHA-256."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o444)
    hashed = hashlib.sha256()
    with named(place), os.fdopen(handle, "wb") as file:
        for piece in pieces(content):
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    written = hashed.hexdigest()
    if digest_of(place) != written:
        raise Fault("D140", name=place.name)
    return written


def discard(folder: Path) -> None:
    """Take away a folder with a bag that came to nothing; raises OSError.

    Its files may only be read, and such a file Windows does not take away.
    """
    for place in folder.rglob("*"):
        if place.is_file():
            place.chmod(0o644)
    shutil.rmtree(folder)


def pieces(content: Content) -> Iterator[bytes]:
    """Give a content piece by piece; raises as ``opened`` does."""
    if isinstance(content, bytes):
        yield content
        return
    with opened(content) as file:
        yield from iter(lambda: file.read(PIECE), b"")


@contextmanager
def opened(path: Path) -> Iterator[FileIO]:
    """Open a plain file to read; raises Fault for a link, a pipe, a device or a folder."""
    try:
        handle = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT | BINARY)
    except OSError as error:
        if path.is_symlink() or path.is_dir():
            raise Fault("D141", name=path.name) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Fault("D141", name=path.name)
    with FileIO(handle) as file:
        yield file


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a plain file; raises OSError, and Fault for what is none."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def _info(lines: Info) -> bytes:
    """Give bag-info.txt (RFC 8493, 2.2.2): a label and a value a line, none of them empty."""
    text = "".join(f"{label}: {' '.join(value.split())}\n" for label, value in lines if value)
    return text.encode()


def sync_folders(top: Path) -> None:
    """Bring the names in a folder and in all below it down to the disk."""

    def fail(error: OSError) -> None:
        raise error

    for folder, _, _ in os.walk(top, topdown=False, onerror=fail):
        sync_folder(Path(folder))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder down to the disk, where the system can."""
    with named(folder):
        store.sync_folder(folder)


@contextmanager
def named(place: Path) -> Iterator[None]:
    """Let an OSError say which file it is about, which a write cannot know."""
    try:
        yield
    except OSError as error:
        if not isinstance(error.filename, str):
            error.filename = str(place)
        raise


# --- reading ----------------------------------------------------------------------------------


def info(bag: Path) -> dict[str, str]:
    """Read bag-info.txt; the last of two lines with one label counts."""
    lines = (bag / INFO).read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines)
    return {label: value for label, _, value in pairs}


def digest(bag: Path) -> str:
    """Give a bag's digest, as ``write`` did; whether the rest fits it, ``damages`` tells."""
    return digest_of(bag / TAGS)


def payload(bag: Path) -> dict[str, str]:
    """Give the SHA-256 of each file of the payload by its name below ``data/``, as noted."""
    noted = _read_manifest((bag / MANIFEST).read_bytes())
    return {name.removeprefix(f"{PAYLOAD}/"): digest for name, digest in noted.items()}


def damages(bag: Path) -> Iterator[Damage]:
    """Read every byte of a bag and give all that is not as it was written."""
    found = dict(walk(str(bag)))
    for name, kind in found.items():
        if kind != "file":
            yield Damage(name, "D142")
    try:
        tags = _read_manifest(_small(bag / TAGS))
        files = _read_manifest(_small(bag / MANIFEST))
    except (OSError, ValueError, Fault):
        yield Damage(TAGS, "D143")
        return
    if sorted(tags) != sorted(TAG_FILES) or not all(_is_payload(name) for name in files):
        yield Damage(TAGS, "D143")
    elif _small(bag / "bagit.txt") != DECLARATION:
        yield Damage("bagit.txt", "D144")
    noted = {**files, **tags}
    yield from _changed(bag, noted, found)
    for name in sorted(found.keys() - noted.keys() - {TAGS}):
        if found[name] == "file":
            yield Damage(name, "D145")


def _changed(bag: Path, noted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Damage]:
    for name, digest in sorted(noted.items()):
        if name not in found:
            yield Damage(name, "D146")
        elif found[name] == "file" and not is_as_noted(bag / name, digest):
            yield Damage(name, "D144")


def joined(places: Sequence[Path], whole: str) -> dict[str, Path | None]:
    """Give where each file of a bag is as it was written, in the first of some places that has it.

    ``whole`` is the bag's digest, by which the manifests are known, and by them the files. None for
    what is damaged or gone everywhere; of a manifest that is, its files are not known.
    """
    found = {TAGS: _first_sound(places, TAGS, whole)}
    for manifest in (TAGS, MANIFEST):  # the second stands in the first
        if known := found.get(manifest):
            noted = _read_manifest(_small(known)).items()
            found |= {name: _first_sound(places, name, digest) for name, digest in noted}
    return found


def _first_sound(places: Sequence[Path], name: str, digest: str) -> Path | None:
    paths = (place / name for place in places)
    return next((path for path in paths if is_as_noted(path, digest)), None)


def is_as_noted(path: Path, digest: str) -> bool:
    """Whether a plain file is there that has this SHA-256."""
    try:
        return digest_of(path) == digest
    except (OSError, Fault):
        return False


def _is_payload(name: str) -> bool:
    top, *parts = name.split("/")
    return top == PAYLOAD and bool(parts) and all(NAME.fullmatch(part) for part in parts)


def _small(path: Path) -> bytes:
    with opened(path) as file:
        return file.read()


def _read_manifest(data: bytes) -> dict[str, str]:
    """Read a manifest; raises ValueError for one that we did not write."""
    lines = [LINE.fullmatch(line) for line in data.decode("ascii").splitlines()]
    noted = {line[2]: line[1] for line in lines if line}
    if len(noted) != len(lines) or _manifest(noted) != data:
        raise ValueError("no manifest of ours")
    return noted


def walk(folder: str, within: str = "") -> Iterator[tuple[str, str]]:
    """Give what lies in a folder by name, and whether it is a plain file; follows no link."""
    for entry in os.scandir(folder):
        name = within + entry.name
        if entry.is_dir(follow_symlinks=False):
            below = list(walk(entry.path, f"{name}/"))
            yield from below or [(name, "empty")]
        else:
            yield name, "file" if entry.is_file(follow_symlinks=False) else "other"
