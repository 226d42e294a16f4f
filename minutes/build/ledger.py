"""What was built, from what, and how each output looked when it was written.

One SQLite file beside the outputs. It survives a killed run at any point. A meeting is noted when
its outputs are on the disk but before they take their places, so what a killed run left behind, old
or new, is known as ours, and never taken for a hand edit or for up to date.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES, EBUSY, EIO, ENOSPC
from functools import partial
from pathlib import Path
from typing import NamedTuple

from minutes.store import Looks

NAME = ".built.sqlite3"
PATIENCE = 120.0  # seconds that one run waits for another to finish its write
VERSION = 2  # of the tables and of what an entry holds; those of another version are begun anew
TABLES = (
    "DROP TABLE IF EXISTS meetings",
    "DROP TABLE IF EXISTS glimpses",
    "CREATE TABLE meetings (id TEXT PRIMARY KEY, entry TEXT NOT NULL)",
    "CREATE TABLE glimpses (digest TEXT PRIMARY KEY, program TEXT, glimpse TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS ours"
    " (id TEXT, name TEXT, digest TEXT, PRIMARY KEY (id, name, digest))",
    f"PRAGMA user_version = {VERSION}",
)
REMEMBERED = 40  # contents of one output, the latest; an older one is taken for somebody's own
FORGET = """
DELETE FROM ours WHERE id = :id AND rowid IN (
    SELECT rowid FROM (
        SELECT rowid, row_number() OVER (PARTITION BY name ORDER BY rowid DESC) AS age
        FROM ours WHERE id = :id
    ) WHERE age > :remembered
)
"""
# What SQLite says, as the system would say it.
ERRORS = {
    sqlite3.SQLITE_FULL: ENOSPC,
    sqlite3.SQLITE_READONLY: EACCES,
    sqlite3.SQLITE_PERM: EACCES,
    sqlite3.SQLITE_CANTOPEN: EACCES,
    sqlite3.SQLITE_BUSY: EBUSY,
}


class Output(NamedTuple):
    """One output: the inputs that it was made from, and what stands in its place on the disk."""

    key: str
    digest: str
    size: int
    mtime_ns: int
    inode: int

    @property
    def looks(self) -> Looks:
        """What a look at the disk showed."""
        return Looks(*self[2:])


class Entry(NamedTuple):
    """One meeting as it was last built: its inputs by name, its problems, its outputs.

    ``key`` stands for all inputs; ``lacks`` are outputs that the meeting does not have, such as a
    release that it skips; ``named`` are the other files that it draws on.
    """

    key: str = ""
    inputs: Mapping[str, str] = {}
    named: tuple[str, ...] = ()
    problems: tuple[Mapping[str, object], ...] = ()
    outputs: Mapping[str, Output] = {}
    lacks: Mapping[str, str] = {}


class Ledger:
    """The memory of one output folder; the file is there from the first write on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._opened = _connect(self._path)
        return self._opened

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def entries(self) -> dict[str, str]:
        """Give every meeting that was built, by its id, each for ``entry`` to read."""
        return self._all("SELECT id, entry FROM meetings")

    def glimpses(self, program: str) -> dict[str, str]:
        """Give what neighbours need to know of a file, by the digest of its content."""
        return self._all("SELECT digest, glimpse FROM glimpses WHERE program = ?", program)

    def _all(self, select: str, *values: str) -> dict[str, str]:
        if not self._path.exists():
            return {}
        try:
            return dict(self._connection.execute(select, values))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged further down than where it was opened
            self.close()
            _set_aside(self._path)
            return {}

    def remember_glimpses(self, program: str, glimpses: Mapping[str, str]) -> None:
        """Keep what was learned of files, for the next run; nothing, before anything was built."""
        if not glimpses or not self._path.exists():
            return
        rows = [(digest, program, glimpse) for digest, glimpse in glimpses.items()]
        with self._changing() as connection:
            connection.execute("DELETE FROM glimpses WHERE program != ?", (program,))
            connection.executemany("INSERT OR REPLACE INTO glimpses VALUES (?, ?, ?)", rows)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock; what was done is kept whole, or undone."""
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def is_ours(self, meeting: str, name: str, digest: str) -> bool:
        """Whether the program lately wrote this content to an output."""
        select = "SELECT 1 FROM ours WHERE id = ? AND name = ? AND digest = ?"
        return bool(self._connection.execute(select, (meeting, name, digest)).fetchone())

    def record(
        self, meeting: str, digests: Mapping[str, str], renew: Callable[[Entry], Entry]
    ) -> dict[str, set[str]]:
        """Note a meeting as built; ``renew`` makes its entry from the one before.

        Gives, by the output's name, the contents that the program lately wrote there, these too.
        """
        rows = [(meeting, name, digest) for name, digest in digests.items()]
        with self._changing() as connection:
            connection.executemany("INSERT OR REPLACE INTO ours VALUES (?, ?, ?)", rows)
            connection.execute(FORGET, {"id": meeting, "remembered": REMEMBERED})
            self._renew(meeting, renew)
            return self._ours(meeting)

    def _ours(self, meeting: str) -> dict[str, set[str]]:
        ours: dict[str, set[str]] = {}
        select = "SELECT name, digest FROM ours WHERE id = ?"
        for name, digest in self._connection.execute(select, (meeting,)):
            ours.setdefault(name, set()).add(digest)
        return ours

    def _renew(self, meeting: str, renew: Callable[[Entry], Entry]) -> None:
        select = "SELECT entry FROM meetings WHERE id = ?"
        row = self._connection.execute(select, (meeting,)).fetchone()
        known = (entry(row[0]) if row else None) or Entry()
        values = (meeting, _text(renew(known)))
        self._connection.execute("INSERT OR REPLACE INTO meetings VALUES (?, ?)", values)

    def look_again(self, looks: Mapping[str, Mapping[str, Output]]) -> None:
        """Note how outputs look that were found sound though they looked otherwise."""
        if not looks:
            return
        with self._changing():
            for meeting, outputs in looks.items():
                self._renew(meeting, partial(_seen_anew, outputs=outputs))


def entry(text: str) -> Entry | None:
    """Read a meeting's entry; None when it cannot be read."""
    try:
        key, inputs, named, problems, outputs, lacks = json.loads(text)
        read = {name: Output(*output) for name, output in outputs.items()}
        return Entry(key, inputs, tuple(named), tuple(problems), read, lacks)
    except (ValueError, TypeError, AttributeError):
        return None


def _text(entry: Entry) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _seen_anew(known: Entry, *, outputs: Mapping[str, Output]) -> Entry:
    """Give the entry with new looks of outputs, but for those that were built meanwhile."""
    same = {
        n: o for n, o in outputs.items() if n in known.outputs and known.outputs[n].key == o.key
    }
    return known._replace(outputs={**known.outputs, **same})


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of an output folder; raises OSError when it cannot be used."""
    ledger = Ledger(folder / NAME)
    try:
        yield ledger
    except sqlite3.Error as error:  # a folder that cannot be written, a full disk
        number = ERRORS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, EIO)
        raise OSError(number, str(error), str(folder / NAME)) from error
    finally:
        ledger.close()


def _connect(path: Path) -> sqlite3.Connection:
    """Connect to a ledger; a damaged one is set aside and begun anew."""
    try:
        return _prepared(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _set_aside(path)
        return _prepared(path)


def _set_aside(path: Path) -> None:
    """Keep a damaged ledger under another name; a journal must not be played into a new one."""
    for part in ("", "-journal"):
        place = path.with_name(path.name + part)
        if place.exists():
            place.replace(path.with_suffix(f".damaged{part}"))


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        if _version(connection) != VERSION:
            _begin(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _begin(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another run has made them in the meantime."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in TABLES if _version(connection) != VERSION else ():
            connection.execute(statement)
