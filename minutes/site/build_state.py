"""What a site's folder remembers of itself: what was made from what, and what was withdrawn.

A hidden file of JSON in the folder, which no visitor is sent to. It holds digests, and of what is
withdrawn the address and the name that were public.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from minutes import store

NAME = ".site.json"
VERSION = 1


@dataclass
class Memory:
    """For each meeting the key of its inputs, its name, and its files with their digests.

    Of some also the ``shell``, the public letters that ``exposure`` knows them by, and digests of
    all that was ``looked`` at for quotations of what is withheld, and of corrections left
    ``unsaid``.

    ``state`` stands for all that the whole site was made from, ``shared`` are the digests of the
    files that belong to no single meeting. ``withdrawn`` are pages that once were something else,
    each with the name that it then had.
    """

    meetings: dict[str, dict[str, Any]] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    state: str = ""
    shared: dict[str, str] = field(default_factory=dict)

    def is_whole(self, folder: Path, state: str) -> bool:
        """Whether the site rests on what it rested on, and every file is there as it was made."""
        files = [*(known.get("files", {}) for known in self.meetings.values()), self.shared]
        return self.state == state and all(map(partial(_are_there, folder), files))

    def is_fresh(self, folder: Path, meeting: str, key: str) -> bool:
        """Whether a meeting's pages are there, made of the same, as they were made."""
        known = self.meetings.get(meeting, {})
        return known.get("key") == key and _are_there(folder, known.get("files", {}))

    def shells(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Give the shells of meetings that are known and made of the same still, by their ids."""
        return {
            id_: known["shell"]
            for id_, known in self.meetings.items()
            if "shell" in known and known["key"] == keys.get(id_)
        }

    def names(self) -> set[str]:
        """Give every file that the site has been given."""
        files = {name for known in self.meetings.values() for name in known["files"]}
        return files | set(self.lists) | self.withdrawn.keys()

    def digests(self) -> dict[str, str]:
        """Give the SHA-256 that each file of the site had when it was made and proved."""
        of_meetings = (known["files"] for known in self.meetings.values())
        return {name: was for files in (*of_meetings, self.shared) for name, was in files.items()}

    def pages(self, site: str) -> dict[str, str]:
        """Give every page that the site ever had, by its address, and what it was called."""
        of_meetings = {
            name: known["name"] for known in self.meetings.values() for name in known["files"]
        }
        named = {**dict.fromkeys(self.lists, site), **of_meetings, **self.withdrawn}
        return {name: called for name, called in named.items() if name.endswith(".html")}


def _are_there(folder: Path, files: Mapping[str, str]) -> bool:
    return all(store.digest_of(folder / name) == digest for name, digest in files.items())


def read(folder: Path) -> Memory:
    """Give what a folder remembers; nothing, when it is new or its memory cannot be read."""
    try:
        told = json.loads((folder / NAME).read_bytes())
        if told.pop("version") == VERSION and _is_shaped(told):
            return Memory(**told)
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        pass
    return Memory()


def _is_shaped(told: Mapping[str, Any]) -> bool:
    """Whether a memory is made as ours are; raises AttributeError where a meeting is no record."""
    meetings = (known.get("files") for known in told["meetings"].values())
    every = [told["withdrawn"], told["shared"], *meetings]
    return all(isinstance(one, dict) for one in every) and isinstance(told["lists"], list)


def write(folder: Path, memory: Memory) -> None:
    """Keep what a folder is to remember."""
    told = {"version": VERSION, **vars(memory)}
    store.put(folder / NAME, (json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n").encode())
