"""A second place for an archive: brought up to date, compared, and each mended from the other."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutes import store
from minutes.archive import audit, bags, register, vault
from minutes.archive.audit import Audit
from minutes.archive.exports import refuse_damaged
from minutes.archive.register import Reading
from minutes.archive.vault import Vault, Version
from minutes.errors import Fault


@dataclass(frozen=True)
class Difference:
    """A version that is sound in one place and not in the other."""

    version: Version
    sound: Path
    damaged: Path
    is_gone: bool


@dataclass(frozen=True)
class Comparison:
    """Two places read through: what each one's verification found, and what one can give."""

    here: Audit
    there: Audit
    differences: tuple[Difference, ...]
    behind: int  # entries that the shorter register lacks

    @property
    def is_even(self) -> bool:
        """Whether both are sound and say the same."""
        return self.here.is_sound and self.there.is_sound and not self.behind


def copy(source: Path, target: Path) -> list[Version]:
    """Bring a copy up to date; gives the versions that were new to it, each read back.

    Raises Fault where the two registers do not tell the same story, or where a version of the
    source is damaged: what is damaged is never copied. Raises OSError.
    """
    origin, reading = Vault(source), Vault(source).read()
    if reading.wrong:
        raise Fault("D152", entry=reading.wrong[0])
    new: list[Version] = []
    with Vault(target).locked(begin=False) as end:
        _refuse_another_story(reading, Vault(target).read())
        for stamp in sorted((source / vault.STAMPS).glob("*")):
            store.put(target / vault.STAMPS / stamp.name, stamp.read_bytes())
        for entry in reading.entries[end.head.number :]:
            if version := vault.version_of(entry):
                _copy_bag(origin.bag(version), Vault(target), version)
                new.append(version)
            end = register.append(target / vault.REGISTER, end, entry.says)
    return new


def _refuse_another_story(one: Reading, other: Reading) -> None:
    """Raise Fault unless the second register is the beginning of the first."""
    for mine, theirs in zip(one.entries, other.entries, strict=False):
        if mine.hash != theirs.hash:
            raise Fault("D162", number=mine.number)
    if len(other.entries) > len(one.entries):
        raise Fault("D162", number=len(one.entries) + 1)


def _copy_bag(sound: Path, target: Vault, version: Version) -> None:
    """Copy a bag to its place in an archive where none is, whole or not at all."""
    refuse_damaged(sound, version)
    place = target.bag(version)
    if place.is_dir() and bags.digest(place) == version.bag:
        return  # a run that was cut off had brought it
    with target.staged() as staged:
        for name, _ in bags.walk(str(sound)):
            bags.write_file(staged / name, sound / name)
        bags.sync_folders(staged)
        refuse_damaged(staged, version)
        vault.bring(staged, place)


def compare(here: Path, there: Path) -> Comparison:
    """Read two places through and say what each can give the other; changes nothing."""
    one, other = Vault(here), Vault(there)
    _refuse_fork(one.read(), other.read())
    audits = audit.verify(here), audit.verify(there)
    entries = max(one.read().entries, other.read().entries, key=len)
    versions = [version for entry in entries if (version := vault.version_of(entry))]
    found = [diff for version in versions for diff in _difference(one, other, version)]
    behind = abs(len(one.read().entries) - len(other.read().entries))
    return Comparison(*audits, tuple(found), behind)


def _refuse_fork(one: Reading, other: Reading) -> None:
    shorter, longer = sorted((one, other), key=lambda reading: len(reading.entries))
    if not (one.wrong or other.wrong):
        _refuse_another_story(longer, shorter)


def _difference(one: Vault, other: Vault, version: Version) -> Iterator[Difference]:
    bag, copy_ = one.bag(version), other.bag(version)
    sound, copy_sound = is_sound(bag, version), is_sound(copy_, version)
    if sound and not copy_sound:
        yield Difference(version, bag, copy_, not copy_.exists())
    elif copy_sound and not sound:
        yield Difference(version, copy_, bag, not bag.exists())


def is_sound(bag: Path, version: Version) -> bool:
    """Whether a bag is, byte for byte, the version that was put."""
    try:
        refuse_damaged(bag, version)
    except (Fault, OSError):
        return False
    return True


def repair(difference: Difference, word: str) -> Path | None:
    """Put the sound bag in the place of the damaged one; gives where that one went.

    It goes beside the archive, into ``<archive>.damaged/``, under its name and ``word``: nothing
    is deleted. Raises Fault and OSError.
    """
    place = difference.damaged
    root = place.parent.parent.parent
    moved = None
    with Vault(root).locked(begin=False):
        if os.path.lexists(place):
            moved = (
                root.with_name(f"{root.name}.damaged") / f"{place.parent.name}-{place.name}-{word}"
            )
            moved.parent.mkdir(exist_ok=True)
            place.rename(moved)
        _copy_bag(difference.sound, Vault(root), difference.version)
    return moved
