"""Every byte of an archive read again: what is not as it was put, and what cannot be proven."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from minutes.archive import bags, register, stamps, vault
from minutes.archive.bags import Damage
from minutes.archive.register import Head, Line
from minutes.archive.vault import Vault, Version
from minutes.problems.errors import Fault, Problem, problem

MOMENT = 0.5  # seconds between a version's coming to its place and its line in the register
TOP = {
    *(vault.REGISTER, vault.OBJECTS, vault.STAGING, vault.LOCK, vault.CHECKS, vault.STAMPS),
    vault.ASIDE,  # of an archive that is a disk of its own
}


@dataclass(frozen=True)
class Anchor:
    """A head that left the machine: its number, and its hash or the first digits of it."""

    number: int
    hash: str


@dataclass
class Audit:
    """What a verification found: problems, how much was read, and the head of the register."""

    quick: bool
    head: Head = register.START
    problems: list[Problem] = field(default_factory=list)
    versions: int = 0
    anchored: int = 0  # the entry up to which an anchor vouches for the register; 0 without one

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong; what cannot be proven is not wrong."""
        return all(one.severity != "error" for one in self.problems)


def verify(root: Path, anchors: Iterable[Anchor] = (), *, quick: bool = False) -> Audit:
    """Check an archive against its register and against heads that left the machine.

    Reads every byte; ``quick`` looks at the names and the tag manifests alone. Writes nothing.
    Raises Fault where there is no archive, and OSError.
    """
    found = Vault(root)
    seen, audit = _Seen(wanted := list(anchors)), Audit(quick)
    chain: list[Problem] = []
    damaged: list[Problem] = []
    for line in found.lines():
        chain += _line(found.register, line, seen)
        if version := seen.add(line):
            damaged += _version(found, version, quick=quick)
    audit.head, audit.versions = seen.head, len(seen.names)
    audit.problems += chain
    audit.problems += _anchors(audit, found, seen, wanted)
    audit.problems += _chain_of_checks(root)
    audit.problems += damaged
    audit.problems += _stamps(root / vault.STAMPS, seen.stamps)
    audit.problems += _strangers(found, seen.names)
    return audit


class _Seen:
    """What the register told so far: of ten thousand versions no more than their names."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self.head = register.START
        self.names: set[str] = set()
        self.stamps: dict[str, str] = {}
        self.hashes = {anchor.number: "" for anchor in anchors}

    def add(self, line: Line) -> Version | None:
        """Take note of a line; gives the version that it tells of first."""
        if line.entry is None:
            return None
        self.head = line.entry.head
        self.stamps |= stamps.noted([line.entry])
        if self.head.number in self.hashes:
            self.hashes[self.head.number] = self.head.hash
        version = vault.version_of(line.entry)
        if version is None or version.name in self.names:
            return None
        self.names.add(version.name)
        return version


def _line(path: Path, line: Line, seen: _Seen) -> Iterator[Problem]:
    """D152, D153, D155: a line is whole, follows the one before, and names nothing twice."""
    if line.is_wrong:
        yield problem(path, line.number, 1, "D152", entry=line.number)
    if line.is_torn:
        yield problem(path, line.number, 1, "D153")
    version = vault.version_of(line.entry) if line.entry else None
    if version and (version.name in seen.names or not _follows(version, seen.names)):
        yield problem(path, line.number, 1, "D155", name=version.name)


def _follows(version: Version, seen: set[str]) -> bool:
    return version.number == 1 or f"{version.id}/v{version.number - 1}" in seen


def _anchors(
    audit: Audit, found: Vault, seen: _Seen, anchors: Iterable[Anchor]
) -> Iterator[Problem]:
    """D154, D156, D157: every head that left the machine is there; else the end is unproven."""
    if not seen.head.number:
        yield problem(found.register, 1, 1, "D154")
    for anchor in anchors:
        told = seen.hashes[anchor.number]
        if not told or not told.startswith(anchor.hash):
            yield problem(found.register, 1, 1, "D156", head=f"{anchor.number}-{anchor.hash}")
        else:
            audit.anchored = max(audit.anchored, anchor.number)
    if audit.anchored < seen.head.number:
        yield problem(found.register, seen.head.number, 1, "D157", after=audit.anchored)


def _chain_of_checks(root: Path) -> Iterator[Problem]:
    """D152, D153: the log of earlier verifications is chained as the register is."""
    log = root / vault.CHECKS
    for line in register.lines(log):
        if line.is_wrong:
            yield problem(log, line.number, 1, "D152", entry=line.number)
        if line.is_torn:
            yield problem(log, line.number, 1, "D153")


def _version(found: Vault, version: Version, *, quick: bool) -> Iterator[Problem]:
    """D140 to D146, D158: a bag is whole, and is the one that was put."""
    bag = found.bag(version)
    if not bag.is_dir() or bag.is_symlink() or bag.parent.is_symlink():
        yield problem(bag, 1, 1, "D158", name=version.name)
        return
    damages = list(_damages(bag, version, quick=quick))
    for damage in damages:
        yield problem(bag / damage.name, 1, 1, damage.code, name=damage.name)
    if not damages and vault.read_version(bag, version.id) != version:
        yield problem(bag / bags.INFO, 1, 1, "D144", name=bags.INFO)


def _damages(bag: Path, version: Version, *, quick: bool) -> Iterator[Damage]:
    try:
        if bags.digest(bag) != version.bag:
            yield Damage(bags.TAGS, "D144")
        if not quick:
            yield from bags.damages(bag)
    except (OSError, Fault):
        yield Damage(bags.TAGS, "D159")


def stamps_of(root: Path) -> list[Problem]:
    """Give what is wrong with the time-stamps of an archive alone."""
    return list(_stamps(root / vault.STAMPS, stamps.noted(Vault(root).read().entries)))


def _stamps(folder: Path, noted: Mapping[str, str]) -> Iterator[Problem]:
    """D145, D238: the time-stamps are those that the register tells of, byte for byte."""
    for name, digest in sorted(noted.items()):
        if not bags.is_as_noted(folder / name, digest):
            yield problem(folder / name, 1, 1, "D238", name=name)
    for place in sorted(_entries(folder)):
        if place.name not in noted:
            yield problem(place, 1, 1, "D145", name=place.name)


def _strangers(found: Vault, versions: set[str]) -> Iterator[Problem]:
    """D145, D160, D161: nothing lies in the archive that the register does not know."""
    for place in sorted(_entries(found.root)):
        if place.name not in TOP or place.is_symlink():
            yield problem(place, 1, 1, "D145", name=place.name)
    objects = found.root / vault.OBJECTS
    unknown = set(_unknown(objects, versions))
    if unknown:  # put a moment ago, while this one was reading?
        time.sleep(MOMENT)
        unknown &= set(_unknown(objects, {version.name for version in found.versions()}))
    for place in sorted(unknown):
        name = place.relative_to(objects).as_posix()
        yield problem(place, 1, 1, "D160", name=name)
    for left in sorted(_entries(found.root / vault.STAGING)):
        yield problem(left, 1, 1, "D161", name=left.name)


def _unknown(objects: Path, known: set[str]) -> Iterator[Path]:
    """Give what lies among the objects and is neither a version that is known nor its folder."""
    ids = {name.partition("/")[0] for name in known}
    for folder in _entries(objects):
        if folder.name not in ids or folder.is_symlink():
            yield folder
        else:
            yield from (p for p in _entries(folder) if f"{folder.name}/{p.name}" not in known)


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())
