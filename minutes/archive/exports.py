"""What of an archive leaves it: a version for a stranger, the register's head, a version's mark.

A version is one zip whose content is checked with ``sha256sum`` alone.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

from minutes.archive import bags, register
from minutes.archive.vault import Vault, Version, marks
from minutes.meetings.proceedings import Proceedings
from minutes.problems.errors import Fault, Problem, problem

DATE = (1980, 1, 1, 0, 0, 0)  # a zip of the same version has the same bytes
NOTE = """{description}

{name} จากคลังรายงานการประชุม: โฟลเดอร์นี้เป็นถุง BagIt (RFC 8493)
ตรวจว่าไม่มีไฟล์ใดเปลี่ยนแปลง: เปิด terminal ในโฟลเดอร์นี้ แล้วสั่ง

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

This folder is a BagIt bag (RFC 8493); the two commands check that no file has changed.
ทะเบียน / register: entry {number}, {hash}
sha256 of tagmanifest-sha256.txt: {bag}
"""


def export(vault: Vault, version: Version, target: Path) -> Path:
    """Write a version as a new zip; gives its path. Raises Fault for a damaged one, OSError."""
    bag = vault.bag(version)
    refuse_damaged(bag, version)
    entry = next(e for e in vault.read().entries if e.says.get("bag") == version.bag)
    note = NOTE.format(
        description=version.info.get("External-Description", ""),
        name=version.name,
        bag=version.bag,
        number=entry.number,
        hash=entry.hash,
    )
    target.touch(exist_ok=False)
    with _whole(target.unlink), bags.named(target), target.open("wb") as file:
        _pack(file, version.name.replace("/", "-"), note, bag)
    return target


@contextmanager
def _whole(forget: Callable[[], object]) -> Iterator[None]:
    """Leave nothing half done: what has begun is taken away again where it cannot be finished."""
    try:
        yield
    except BaseException:
        forget()
        raise


def _pack(file: IO[bytes], top: str, note: str, bag: Path) -> None:
    """Write a bag as a zip, and beside it what a stranger is told."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _add(packed, f"{top}.txt", note.encode())
        for name, kind in sorted(bags.walk(str(bag))):
            assert kind == "file", "a sound bag has files alone"
            _add(packed, f"{top}/{name}", bag / name)


def _add(packed: zipfile.ZipFile, name: str, content: bags.Content) -> None:
    about = zipfile.ZipInfo(name, DATE)
    about.external_attr = 0o640 << 16
    about.compress_type = zipfile.ZIP_DEFLATED
    with packed.open(about, "w", force_zip64=True) as file:
        for piece in bags.pieces(content):
            file.write(piece)


def restore(vault: Vault, version: Version, target: Path) -> list[Path]:
    """Copy the files of a version into a new folder, each read back; gives them.

    Raises Fault for a damaged version, FileExistsError for a folder that is there, and OSError.
    """
    bag = vault.bag(version)
    refuse_damaged(bag, version)
    target.mkdir(parents=True)
    with _whole(partial(shutil.rmtree, target)), bags.named(target):
        return [
            _copied(bag / bags.PAYLOAD / name, target / name, digest)
            for name, digest in sorted(bags.payload(bag).items())
        ]


def _copied(source: Path, place: Path, digest: str) -> Path:
    """Copy a file and read it back; raises Fault where it came out otherwise."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with bags.opened(source) as file, place.open("xb") as copy:
        shutil.copyfileobj(file, copy, bags.PIECE)
    if bags.digest_of(place) != digest:
        raise Fault("D140", name=place.name)
    return place


def refuse_damaged(bag: Path, version: Version) -> None:
    """Raise Fault unless a bag is, byte for byte, the version that was put."""
    if not bag.is_dir() or bags.digest(bag) != version.bag:
        raise Fault("D158", name=version.name)
    for damage in bags.damages(bag):
        raise Fault(damage.code, name=f"{version.name}/{damage.name}")


def head_file(reading: register.Reading) -> dict[str, object]:
    """Give what the office publishes of its archive, so that no end of it can be cut unseen."""
    return {"number": reading.head.number, "hash": reading.head.hash, "short": str(reading.head)}


def register_of(root: Path | None, problems: list[Problem]) -> register.Reading | None:
    """Read the register of an archive, if there is one; what is wrong in it joins the problems."""
    if root is None or not root.is_dir():
        return None
    archive = Vault(root)
    reading = archive.read()
    problems += [problem(archive.register, n, 1, "D152", entry=n) for n in reading.wrong]
    return reading


def marked(
    meetings: Iterable[Proceedings], reading: register.Reading | None
) -> Iterator[Proceedings]:
    """Go through meetings, each with the mark of its newest version in the register, if any."""
    known = marks(reading) if reading and not reading.wrong else {}
    for meeting in meetings:
        yield replace(meeting, kept=known.get(meeting.case.id, ""))
