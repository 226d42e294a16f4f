"""Which meetings must be built anew, and why; decided without reading YAML or loading PyThaiNLP.

Inputs count by their content: the agenda, what it names, body and office, what it draws on of its
neighbours, templates, fonts, the program and its pinned libraries. Outputs count by size, time and
inode, and by content when these differ.
"""

import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from minutes import paths, store
from minutes.archive import index, location
from minutes.archive.index import Held, Index
from minutes.archive.location import Archives
from minutes.build.ledger import Entry, Output
from minutes.meetings import folders

MISSING, UNREADABLE = "-", "?"
NOT_READ = {".py", ".pyc", ".md", ".txt"}  # in templates: no document comes of these
PREVIEW = os.path.join("templates", "preview", "")  # noqa: PTH118 - what os.walk's names begin with


@dataclass(frozen=True)
class Reason:
    """Why a meeting is built: which input or output, by name, is not as it was."""

    what: str
    name: str = ""


@dataclass(frozen=True)
class Neighbours:
    """The files around a meeting's among its body's; a ``twin`` claims the same place."""

    before: str = ""
    after: str = ""
    twin: str = ""


@dataclass
class Disk:
    """The digests of input files, each file read once a run."""

    glimpse: Callable[[Path], str]
    glimpses: dict[str, str]
    learned: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    listings: dict[Path, dict[str, Neighbours]] = field(default_factory=dict)
    offices: dict[Path, str] = field(default_factory=dict)
    archives: Archives = location.NONE
    indexes: dict[Path, Index] = field(default_factory=dict)

    def digest(self, path: str) -> str:
        """Give a file's digest, or MISSING, or UNREADABLE."""
        known = self.digests.get(path)
        if known is None:
            known = self.digests[path] = _digest(path)
        return known

    def glimpsed(self, folder: Path, name: str) -> str:
        """Give what a neighbour needs to know of a meeting's file, read once for each content.

        Of a file that cannot be read, a neighbour's message gives the name.
        """
        if not name:
            return ""
        digest = self.digest(f"{folder}/{name}")
        if digest not in self.glimpses:
            self.glimpses[digest] = self.learned[digest] = self.glimpse(folder / name)
        return self.glimpses[digest] or name

    def neighbours(self, folder: Path, name: str) -> Neighbours:
        """Give the files before and after a meeting's among its body's."""
        if folder not in self.listings:
            self.listings[folder] = _neighbours(folders.meetings_in(folder))
        return self.listings[folder].get(name) or Neighbours()

    def office(self, folder: Path) -> str:
        """Give the digest of the office that a body's folder belongs to."""
        if folder not in self.offices:
            self.offices[folder] = self.digest(str(folders.office_of(folder)))
        return self.offices[folder]

    def held(self, folder: Path, id_: str) -> Held:
        """Give what the register of its office's archive says of a meeting; raises OSError."""
        place = self._archive(folder)
        if place is None:
            return index.NOTHING
        if place not in self.indexes:
            self.indexes[place] = index.read(place)
        return self.indexes[place].held(id_)

    def _archive(self, folder: Path) -> Path | None:
        """Give the archive of a body's office; the office's file is read once for each content."""
        if self.archives.chosen or not self.archives.usual:
            return self.archives.chosen
        office = folders.office_of(folder)
        seen = f"archive {self.office(folder)}"
        if seen not in self.glimpses:
            self.glimpses[seen] = self.learned[seen] = location.named(office)
        return location.of(office, self.glimpses[seen], self.archives.usual)


def _digest(path: str) -> str:
    try:
        return store.digest_of(path) or MISSING
    except IsADirectoryError:
        return MISSING
    except (OSError, ValueError):  # whoever reads it will say why; no name for a disk
        return UNREADABLE


def _neighbours(listing: list[Path]) -> dict[str, Neighbours]:
    around = {}
    for before, path, after in zip([None, *listing], listing, [*listing[1:], None], strict=False):
        beside = [other for other in (before, after) if other is not None]
        twins = [other.name for other in beside if folders.order(other) == folders.order(path)]
        names = (before.name if before else "", after.name if after else "")
        around[path.name] = Neighbours(*names, ",".join(twins))
    return around


def inputs(path: Path, disk: Disk) -> dict[str, str]:
    """Give a meeting's inputs by name, each as a digest or a short text."""
    folder, name = path.parent, path.name
    around = disk.neighbours(folder, name)
    return {
        "program": program(),
        "agenda": disk.digest(f"{folder}/{name}"),
        "body": disk.digest(f"{folder}/{folders.BODY}"),
        "office": disk.office(folder),
        "previous": disk.glimpsed(folder, around.before),
        "following": disk.glimpsed(folder, around.after),
        "twin": around.twin,
    }


def files(path: Path, named: Iterable[str], disk: Disk) -> dict[str, str]:
    """Give the other files that a meeting draws on, by their names from its folder, as digests."""
    return {input_name(name): _other_file(path.parent / name, disk) for name in named}


def input_name(name: str) -> str:
    """Give the name of an input that is a file, which no other kind of input has."""
    return name if name.startswith("../") else f"./{name}"


def _other_file(path: Path, disk: Disk) -> str:
    """Give a file's digest; of a meeting that is not on file, what the files begin with."""
    digest = disk.digest(os.path.normpath(path))
    if digest != MISSING or not folders.is_meeting(path):
        return digest
    return digest + "".join(first.name for first in folders.meetings_in(path.parent)[:1])


def key(found: Mapping[str, str]) -> str:
    """Give one digest for all inputs of a meeting."""
    text = "\0".join(f"{name}\0{value}" for name, value in sorted(found.items()))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def program() -> str:
    """Give a digest of all that is the same for every meeting: program, templates, libraries."""
    return _whole([*_code(), *_templates()])


def code() -> str:
    """Give a digest of what runs, the program and its libraries, as it stands on the disk now."""
    return _whole(_code())


def _whole(names: Iterable[str]) -> str:
    """Give one digest for files of the program, named from its folder."""
    whole = hashlib.sha256(f"{sys.version_info} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for name in sorted(names):
        whole.update(f"{name}\0{_digest(f'{paths.PROGRAM.parent}/{name}')}\0".encode())
    return whole.hexdigest()


def _code() -> Iterator[str]:
    yield "requirements.txt"
    for name, end in _files_of(paths.PROGRAM.name):
        if end == ".py":
            yield name


def _templates() -> Iterator[str]:
    for name, end in _files_of("templates"):
        if end not in NOT_READ and not name.startswith(PREVIEW):
            yield name


def _files_of(top: str) -> Iterator[tuple[str, str]]:
    """Give the files below a folder of the program: names from the program's folder, endings."""
    root = str(paths.PROGRAM.parent)
    for where, _, names in os.walk(f"{root}/{top}"):
        place = os.path.relpath(where, root)
        for name in names:
            end = os.path.splitext(name)[1]  # noqa: PTH122 - a Path a file takes its time
            yield f"{place}/{name}", end


@dataclass
class Outputs:
    """A look at a meeting's outputs; ``looks`` are those that are sound but look otherwise.

    ``is_ours`` tells of a name and a digest whether the program lately wrote that.
    """

    folder: str
    is_ours: Callable[[str, str], bool]
    verify: bool = False
    looks: dict[str, Output] = field(default_factory=dict)

    def reasons(
        self, entry: Entry | None, found: Mapping[str, str], wanted: Iterable[str]
    ) -> Iterator[Reason]:
        """Say why a meeting's outputs are to be built; nothing when all are as they should be."""
        if entry is None:
            yield Reason("never")
        elif found != entry.inputs:
            names = dict.fromkeys([*found, *entry.inputs])
            for name in names:
                if found.get(name) != entry.inputs.get(name):
                    yield Reason("input", name)
        else:
            yield from self._lacking(entry, wanted)

    def _lacking(self, entry: Entry, wanted: Iterable[str]) -> Iterator[Reason]:
        for name in wanted:
            if entry.lacks.get(name) == entry.key:
                continue
            output = entry.outputs.get(name)
            if output is None or output.key != entry.key:
                yield Reason("new", name)
            elif what := self._amiss(name, output):
                yield Reason(what, name)

    def _amiss(self, name: str, output: Output) -> str:
        """Say what is wrong with an output; one that somebody edited by hand is as it should be."""
        path = f"{self.folder}/{name}"
        seen = store.looks(path)
        if seen is None:
            return "gone"
        is_same = seen == output[2:]
        if is_same and not self.verify:
            return ""
        digest = store.digest_of(path) or ""
        if digest != output.digest:
            if is_same or store.is_damaged(Path(path)):
                return "gone"
            if self.is_ours(name, digest):  # a run was killed before it put the new one there
                return "new"
        if not is_same:
            self.looks[name] = Output(output.key, digest, *seen)
        return ""
