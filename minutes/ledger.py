"""What was built, from what, and how each output looked when it was written.

One SQLite file beside the outputs. It survives a killed run at any point, and two runs at once take
turns: whoever writes a meeting's outputs holds its write lock. What is about to be written is noted
first, so that an output which a killed run left behind is known as ours, not as a hand edit.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = ".built.sqlite3"
PATIENCE = 120.0  # seconds that one run waits for another to finish its write
SCHEMA = """
CREATE TABLE IF NOT EXISTS meetings (id TEXT PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ours (id TEXT, name TEXT, digest TEXT, PRIMARY KEY (id, name, digest));
CREATE TABLE IF NOT EXISTS glimpses (digest TEXT PRIMARY KEY, glimpse TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Output:
    """One output as it was written: its content, and what a look at the disk shows of it."""

    key: str
    digest: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True)
class Entry:
    """One meeting as it was last built: its inputs by name, its problems, its outputs.

    ``lacks`` are outputs that the meeting does not have, such as a release that it skips.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    problems: tuple[Mapping[str, object], ...] = ()
    outputs: Mapping[str, Output] = field(default_factory=dict)
    lacks: Mapping[str, str] = field(default_factory=dict)


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

    def entries(self) -> dict[str, Entry]:
        """Give every meeting that was built, by its id."""
        if not self._path.exists():
            return {}
        rows = self._connection.execute("SELECT id, entry FROM meetings")
        return {id_: _entry(json.loads(text)) for id_, text in rows}

    def glimpses(self) -> dict[str, str]:
        """Give what neighbours need to know of a file, by the digest of its content."""
        if not self._path.exists():
            return {}
        return dict(self._connection.execute("SELECT digest, glimpse FROM glimpses"))

    def remember_glimpses(self, glimpses: Mapping[str, str]) -> None:
        """Keep what was learned of files, for the next run; nothing, before anything was built."""
        if not self._path.exists():
            return
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO glimpses VALUES (?, ?)", glimpses.items()
            )

    @contextmanager
    def writing(self, meeting: str, digests: Mapping[str, str]) -> Iterator[dict[str, set[str]]]:
        """Hold the write lock while a meeting's outputs are replaced.

        Gives, by the output's name, the contents that the program ever wrote there.
        """
        self._claim(meeting, digests)
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._ours(meeting)

    def _claim(self, meeting: str, digests: Mapping[str, str]) -> None:
        rows = [(meeting, name, digest) for name, digest in digests.items()]
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR IGNORE INTO ours VALUES (?, ?, ?)", rows)

    def _ours(self, meeting: str) -> dict[str, set[str]]:
        ours: dict[str, set[str]] = {}
        select = "SELECT name, digest FROM ours WHERE id = ?"
        for name, digest in self._connection.execute(select, (meeting,)):
            ours.setdefault(name, set()).add(digest)
        return ours

    def record(self, meeting: str, entry: Entry) -> None:
        """Note a meeting as built; only inside ``writing``."""
        text = json.dumps(asdict(entry), ensure_ascii=False, default=str)
        self._connection.execute("INSERT OR REPLACE INTO meetings VALUES (?, ?)", (meeting, text))


def _entry(stored: dict[str, object]) -> Entry:
    outputs = {name: Output(**output) for name, output in stored.pop("outputs").items()}  # type: ignore[attr-defined]
    return Entry(outputs=outputs, **stored)  # type: ignore[arg-type]


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of an output folder; raises OSError when it cannot be used."""
    ledger = Ledger(folder / NAME)
    try:
        yield ledger
    except sqlite3.Error as error:  # a folder that cannot be written, a full disk
        raise OSError(0, str(error), str(folder / NAME)) from error
    finally:
        ledger.close()


def _connect(path: Path) -> sqlite3.Connection:
    """Connect to a ledger; a damaged one is set aside and begun anew."""
    try:
        return _prepared(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        path.replace(path.with_suffix(".damaged"))
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.executescript(SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
