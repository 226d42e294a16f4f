"""A second place for an archive: brought up to date, compared, and each mended from the other.

What is damaged in both, in different files, is put together again file by file.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes.archive import audit, bags, register, stamps, vault
from minutes.archive.audit import Audit
from minutes.archive.exports import refuse_damaged
from minutes.archive.register import Entry, Reading
from minutes.archive.vault import Vault, Version
from minutes.problems.errors import Fault, Problem, problem


@dataclass(frozen=True)
class Difference:
    """A version or a time-stamp that is not sound in an archive, and what can mend it.

    ``parts`` are its files by their names, each where it is sound; None where neither place has it
    so. ``digest`` is what all of it must have; ``version`` is None of a time-stamp.
    """

    name: str
    digest: str
    archive: Path
    other: Path
    damaged: Path
    parts: Mapping[str, Path | None]
    version: Version | None
    is_in_both: bool

    @property
    def is_gone(self) -> bool:
        """Whether nothing is there."""
        return not os.path.lexists(self.damaged)

    @property
    def lost(self) -> list[str]:
        """The files that neither place has."""
        return sorted(name for name, part in self.parts.items() if part is None)


@dataclass(frozen=True)
class Comparison:
    """Two places read through: what each one's verification found, and what can be mended."""

    here: Audit
    there: Audit
    differences: tuple[Difference, ...]
    behind: int  # entries that the shorter register lacks

    @property
    def is_even(self) -> bool:
        """Whether both are sound and say the same."""
        return self.here.is_sound and self.there.is_sound and not self.behind

    @property
    def mendable(self) -> list[Difference]:
        """What the two places have whole between them."""
        return [one for one in self.differences if not one.lost]

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong; D430 for what cannot be mended, which no advice to repair helps."""
        hopeless = [one for one in self.differences if one.lost]
        found = [
            one
            for one in (*self.here.problems, *self.there.problems)
            if one.severity != "info"
            and not any(one.path.is_relative_to(lost.damaged) for lost in hopeless)
        ]
        return found + [
            problem(one.damaged, 1, 1, "D430", name=one.name, file=name)
            for one in {one.name: one for one in reversed(hopeless)}.values()
            for name in one.lost
        ]


def copy(source: Path, target: Path) -> list[Version]:
    """Bring a copy up to date; gives the versions that were new to it, each read back.

    Raises Fault where the two registers do not tell the same story, or where a version of the
    source is damaged: what is damaged is never copied, and nothing that is there is written over.
    Raises OSError.
    """
    origin, reading = Vault(source), Vault(source).read()
    if reading.wrong:
        raise Fault("D152", entry=reading.wrong[0])
    new: list[Version] = []
    with Vault(target).locked(begin=False) as end:
        _refuse_another_story(reading, Vault(target).read())
        _copy_stamps(origin, Vault(target), reading)
        for entry in reading.entries[end.head.number :]:
            if version := vault.version_of(entry):
                _copy_bag(origin.bag(version), Vault(target), version)
                new.append(version)
            end = register.append(target / vault.REGISTER, end, entry.says)
    return new


def damaged_stamps(*archives: Path) -> list[Problem]:
    """Give D238 for each time-stamp that is damaged or gone in some archives."""
    found = (one for archive in archives for one in audit.stamps_of(archive))
    return [one for one in found if one.code == "D238"]


def _refuse_another_story(one: Reading, other: Reading) -> None:
    """Raise Fault unless the second register is the beginning of the first."""
    for mine, theirs in zip(one.entries, other.entries, strict=False):
        if mine.hash != theirs.hash:
            raise Fault("D162", number=mine.number)
    if len(other.entries) > len(one.entries):
        raise Fault("D162", number=len(one.entries) + 1)


def _copy_stamps(source: Vault, target: Vault, reading: Reading) -> None:
    """Copy the sound time-stamps to where none is: one that was damaged there stays to be seen."""
    for name, digest in stamps.noted(reading.entries).items():
        sound, place = (vault_.root / vault.STAMPS / name for vault_ in (source, target))
        if not os.path.lexists(place) and bags.is_as_noted(sound, digest):
            with target.staged() as staged:
                _write_stamp(staged, sound, digest)
                vault.bring(staged, place)


def _write_stamp(staged: Path, sound: Path, digest: str) -> None:
    """Write a copy of a time-stamp; raises Fault where it came out otherwise."""
    if bags.write_file(staged, sound) != digest:
        raise Fault("D238", name=sound.name)


def _copy_bag(sound: Path, target: Vault, version: Version) -> None:
    """Copy a bag to its place in an archive where none is, whole or not at all."""
    refuse_damaged(sound, version)
    place = target.bag(version)
    if place.is_dir() and bags.digest(place) == version.bag:
        return  # a run that was cut off had brought it
    with target.staged() as staged:
        _write_bag(staged, {name: sound / name for name, _ in bags.walk(str(sound))}, version)
        vault.bring(staged, place)


def _write_bag(staged: Path, parts: Mapping[str, Path], version: Version) -> None:
    """Write a copy of a bag out of its files; raises Fault where it came out otherwise."""
    for name, part in parts.items():
        bags.write_file(staged / name, part)
    bags.sync_folders(staged)
    refuse_damaged(staged, version)


def compare(here: Path, there: Path) -> Comparison:
    """Read two places through and say what each can give the other; changes nothing."""
    one, other = Vault(here), Vault(there)
    readings = one.read(), other.read()
    _refuse_fork(*readings)
    audits = audit.verify(here), audit.verify(there)
    entries = max((reading.entries for reading in readings), key=len)
    found = tuple(_differences(one, other, entries))
    behind = abs(len(readings[0].entries) - len(readings[1].entries))
    return Comparison(*audits, found, behind)


def _refuse_fork(one: Reading, other: Reading) -> None:
    shorter, longer = sorted((one, other), key=lambda reading: len(reading.entries))
    if not (one.wrong or other.wrong):
        _refuse_another_story(longer, shorter)


def _differences(one: Vault, other: Vault, entries: Sequence[Entry]) -> Iterator[Difference]:
    """Go through what is not sound in one of two places, or in both."""
    for version in filter(None, map(vault.version_of, entries)):
        pair = one.bag(version), other.bag(version)
        damaged = [bag for bag in pair if not is_sound(bag, version)]
        parts = bags.joined(pair, version.bag) if damaged else {}
        for bag in damaged:
            told = version.name, version.bag, *_places(one, other, bag is pair[0])
            yield Difference(*told, bag, parts, version, len(damaged) == len(pair))
    for name, digest in stamps.noted(entries).items():
        paths = [each.root / vault.STAMPS / name for each in (one, other)]
        sound = [path for path in paths if bags.is_as_noted(path, digest)]
        for path in (path for path in paths if path not in sound):
            told = f"{vault.STAMPS}/{name}", digest, *_places(one, other, path is paths[0])
            yield Difference(*told, path, {name: next(iter(sound), None)}, None, not sound)


def _places(one: Vault, other: Vault, is_first: bool) -> tuple[Path, Path]:
    """Give the archive that is meant, and the other one."""
    return (one.root, other.root) if is_first else (other.root, one.root)


def is_sound(bag: Path, version: Version) -> bool:
    """Whether a bag is, byte for byte, the version that was put."""
    try:
        refuse_damaged(bag, version)
    except (Fault, OSError):
        return False
    return True


def repair(difference: Difference, word: str) -> Path | None:
    """Put what is sound in the place of what is damaged; gives where that one went.

    It goes beside the archive, into ``<archive>.damaged/``, under its name and ``word``: nothing
    is deleted, and nothing is moved before what comes in its place is whole on that disk. Raises
    Fault and OSError; then all is as it was.
    """
    place, target = difference.damaged, Vault(difference.archive)
    moved = None
    with target.locked(begin=False), target.staged() as staged:
        _write(staged, difference)
        if not difference.is_gone:
            moved = _aside(difference, word)
            place.rename(moved)
        try:
            vault.bring(staged, place)
        except BaseException:
            if moved and not os.path.lexists(place):
                moved.rename(place)
            raise
    return moved


def _write(staged: Path, difference: Difference) -> None:
    """Write a sound version or time-stamp out of what the two places have of it."""
    parts = {name: part for name, part in difference.parts.items() if part}
    if difference.version:
        _write_bag(staged, parts, difference.version)
    else:
        (part,) = parts.values()
        _write_stamp(staged, part, difference.digest)


def _aside(difference: Difference, word: str) -> Path:
    """Give a new place for what is damaged, on the disk where it is."""
    root, place = difference.archive.absolute(), difference.damaged
    whole = os.path.ismount(root)
    folder = root / vault.ASIDE if whole else root.with_name(f"{root.name}.{vault.ASIDE}")
    folder.mkdir(exist_ok=True)
    return folder / f"{place.parent.name}-{place.name}-{word}"
