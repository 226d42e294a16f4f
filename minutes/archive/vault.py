"""The archive: a bag for every version, never written twice, and a register of them all.

    register.jsonl               a line an entry, chained
    objects/<id>/v1/ …           a bag a version
    staging/<word>/bag/          what is being written; emptied once it is in the register
    checks.jsonl                 what verification found, and when, chained as well
    timestamps/<number>.tsq …    RFC 3161

An acknowledged version is on the disk, read back, and in the register. Whatever moment a run is
killed at, the next one finishes or forgets what it was doing.
"""

import os
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from minutes.archive import bags, register
from minutes.archive.bags import Content, Info
from minutes.archive.register import End, Entry, Head, Line, Reading
from minutes.problems.errors import Fault

REGISTER, OBJECTS, STAGING, LOCK = register.NAME, "objects", "staging", ".lock"
CHECKS, STAMPS = "checks.jsonl", "timestamps"
ASIDE = "damaged"  # where a repair puts what was damaged
BAG = "bag"
ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789"),
}
VERSION = re.compile(r"v([1-9][0-9]{0,5})")
PATIENCE = 60  # seconds to wait for another run to end
FORMAT = "1"


@dataclass(frozen=True)
class Version:
    """A version as the register has it: whose, which, the bag's digest, and what bag-info says."""

    id: str
    number: int
    bag: str
    info: Mapping[str, str]
    signed: str = ""

    @property
    def name(self) -> str:
        """The folder below objects/: ``otop-2567-02/v1``."""
        return f"{self.id}/v{self.number}"

    @property
    def mark(self) -> str:
        """Its name and digest, as a public copy says them."""
        return f"{self.name} · SHA-256 {self.bag}"


@dataclass(frozen=True)
class Kept:
    """What became of a put: the version, the head after it, and whether it was there before."""

    version: Version
    head: Head
    was_there: bool


def check_id(id_: str) -> str:
    """Give an id back that can be a folder on every system; raises Fault for another."""
    if not ID.fullmatch(id_) or id_ in DEVICES:
        raise Fault("D147", id=id_)
    return id_


class Vault:
    """An archive on the disk. Raises OSError where the disk refuses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.register = root / REGISTER

    # --- reading ---

    def lines(self) -> Iterator[Line]:
        """Read the register line by line; raises Fault where there is no archive."""
        if not self.root.is_dir():
            raise Fault("D148", path=self.root)
        yield from register.lines(self.register)

    def read(self) -> Reading:
        """Read the whole register; raises Fault where there is no archive."""
        return register.read(self.lines())

    def versions(self, id_: str = "") -> list[Version]:
        """Give the versions in the order in which they were put; of one id, or of all."""
        found = (version_of(entry) for entry in self.read().entries)
        return [one for one in found if one is not None and id_ in ("", one.id)]

    def version(self, name: str) -> Version:
        """Give a version by its name, ``otop-2567-02/v1``, or the newest of an id.

        Raises Fault when the register has none.
        """
        id_, _, number = name.partition("/")
        found = [one for one in self.versions(id_) if number in ("", f"v{one.number}")]
        if not id_ or not found:
            raise Fault("D149", name=name)
        return found[-1]

    def bag(self, version: Version) -> Path:
        """Give the folder of a version's bag."""
        return self.root / OBJECTS / version.name

    # --- writing ---

    def put(
        self,
        id_: str,
        payload: Mapping[str, Content],
        info: Info | Callable[[Version | None], Info],
        signed: str,
    ) -> Kept:
        """Keep a new version; gives it once it is on the disk and in the register.

        ``signed`` names the file of the payload that says whether this is the same as the newest
        version: that is not kept twice. ``info`` may depend on the newest version, and refuse to
        follow it. Raises Fault and OSError; then nothing was kept, or the next run finishes it.
        """
        check_id(id_)
        with self.locked() as end:
            newest = self._newest(id_)
            if os.path.lexists(self._next_place(id_, newest)):  # the register lacks what is there
                end = self._entered(end)
                newest = self._newest(id_)
            place = self._next_place(id_, newest)
            about = info(newest) if callable(info) else info
            number = place.name.removeprefix("v")
            told = (*about, ("Minutes-Signed-File", signed), ("Minutes-Version", number))
            with self.staged() as bag:
                bags.write(bag, payload, told)
                if newest and bags.payload(bag)[signed] == newest.signed:
                    return Kept(newest, end.head, was_there=True)
                bring(bag, place)
                version = read_version(place, id_)
                return Kept(version, self._enter(version, end).head, was_there=False)

    def note(self, says: Mapping[str, object]) -> Head:
        """Add an entry of another kind to the register, such as a time-stamp's."""
        with self.locked() as end:
            return register.append(self.register, end, says).head

    def _newest(self, id_: str) -> Version | None:
        """Give the newest version of an id; raises Fault where a line of it was changed."""
        newest = None
        for line in register.naming(self.register, "id", id_):
            if line.is_wrong:
                raise Fault("D152", entry=line.number)
            newest = (version_of(line.entry) if line.entry else None) or newest
        return newest

    def _next_place(self, id_: str, newest: Version | None) -> Path:
        """Give the folder for the version after the newest; raises Fault for a link."""
        folder = self.root / OBJECTS / id_
        if folder.is_symlink():
            raise Fault("D141", name=id_)
        return folder / f"v{newest.number + 1 if newest else 1}"

    def _enter(self, version: Version, end: End) -> End:
        after = register.append(self.register, end, _says(version))
        bags.sync_folder(self.root)
        return after

    @contextmanager
    def staged(self) -> Iterator[Path]:
        """Give a place for a new bag; the caller holds the lock.

        The folder around it stays where a run is killed, or fails, after the bag has left it: by
        that the next run knows that a version may lack its line in the register.
        """
        work = self.root / STAGING / uuid.uuid4().hex
        work.mkdir()
        bags.sync_folder(work.parent)
        try:
            yield work / BAG
        except BaseException:
            if (work / BAG).exists():
                _discard(work)
            raise
        _discard(work)

    @contextmanager
    def locked(self, *, begin: bool = True) -> Iterator[End]:
        """Hold the archive alone, with what a killed run left behind finished or forgotten.

        Gives where the register ends. ``begin`` gives a new archive its first entry; a copy gets
        that from the one it copies. Raises Fault for a register that was changed.
        """
        for folder in (self.root, self.root / OBJECTS, self.root / STAGING):
            folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / LOCK, timeout=PATIENCE)
        try:
            with lock:
                yield self._recovered(begin=begin)
                for work in self._left():  # all is in the register now
                    _discard(work)
        except Timeout as error:
            raise Fault("D151", path=self.root) from error

    def _recovered(self, *, begin: bool) -> End:
        """Cut a torn line, empty the staging, enter a version that came to its place alone."""
        end = register.end(self.register)
        if end.wrong:
            raise Fault("D152", entry=end.wrong)
        register.mend(self.register, end)
        end = replace(end, torn=0)
        for work in self._left():
            if (work / BAG).exists():  # it never came to its place
                bags.discard(work)
        if begin and not end.head.number:
            if any(places(self.root)):  # no killed run brings a version before the first entry
                raise Fault("D154")
            end = register.append(self.register, end, {"kind": "archive", "format": FORMAT})
        return self._entered(end) if begin and self._left() else end

    def _left(self) -> list[Path]:
        """Give what runs that were cut off left in the staging."""
        return list((self.root / STAGING).iterdir())

    def _entered(self, end: End) -> End:
        """Look through all places, and enter the versions that the register does not know."""
        known = {version.name for version in self.versions()}
        for id_, place in places(self.root):
            if f"{id_}/{place.name}" not in known and next(bags.damages(place), None) is None:
                version = read_version(place, id_)
                if self.bag(version) == place:
                    end = self._enter(version, end)
        return end


def _discard(work: Path) -> None:
    """Take away what was staged, or leave it to the next run where the disk refuses."""
    with suppress(OSError):
        bags.discard(work)


def bring(staged: Path, place: Path) -> None:
    """Bring a bag to its place, down to the disk; raises Fault where something is in the way."""
    if not place.parent.is_dir():
        place.parent.mkdir()
        bags.sync_folder(place.parent.parent)
    if os.path.lexists(place):  # rename() would take an empty folder's place
        raise Fault("D150", name=f"{place.parent.name}/{place.name}")
    staged.rename(place)
    bags.sync_folder(place.parent)


def places(root: Path) -> Iterator[tuple[str, Path]]:
    """Give the folders of the versions on the disk, each with its id, in order."""
    for folder in sorted((root / OBJECTS).iterdir()):
        if folder.is_dir() and not folder.is_symlink():
            found = ((VERSION.fullmatch(place.name), place) for place in folder.iterdir())
            for _, place in sorted((int(m[1]), place) for m, place in found if m):
                yield folder.name, place


def version_of(entry: Entry) -> Version | None:
    """Give the version that an entry tells of; None for an entry of another kind."""
    says = entry.says
    if says.get("kind") != "version":
        return None
    about = says["info"]
    assert isinstance(about, dict), "append wrote it"
    return Version(
        str(says["id"]), int(str(says["version"])), str(says["bag"]), about, str(says["signed"])
    )


def marks(reading: Reading) -> dict[str, str]:
    """Give the mark of each id's newest version, as the register has it."""
    found = (version_of(entry) for entry in reading.entries)
    return {version.id: version.mark for version in found if version is not None}


def read_version(place: Path, id_: str) -> Version:
    """Read a version from its bag: the register of an archive can be made anew from its bags."""
    about = bags.info(place)
    signed = bags.payload(place).get(about["Minutes-Signed-File"], "")
    return Version(id_, int(about["Minutes-Version"]), bags.digest(place), about, signed)


def _says(version: Version) -> dict[str, object]:
    return {
        "kind": "version",
        "id": version.id,
        "version": version.number,
        "bag": version.bag,
        "signed": version.signed,
        "info": dict(version.info),
    }
