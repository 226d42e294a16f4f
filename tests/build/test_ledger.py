"""The memory of an output folder: what it keeps, and how it takes damage."""

import errno
import sqlite3
from pathlib import Path

import pytest

from minutes.build import ledger
from minutes.build.ledger import Entry, Output

SEEN = Output("key", "digest", 1, 2, 3)
ENTRY = Entry(
    "key",
    {"agenda": "a", "./ก.png": "b"},
    ("ก.png",),
    ({"code": "W01"},),
    {"n": SEEN},
    {"r": "key"},
)


def kept(folder: Path) -> dict[str, Entry | None]:
    with ledger.opened(folder) as book:
        return {id_: ledger.entry(text) for id_, text in book.entries().items()}


def keep(folder: Path, entry: Entry = ENTRY, digest: str = "digest") -> dict[str, set[str]]:
    with ledger.opened(folder) as book:
        return book.record("board-2567-01", {"n": digest}, lambda before: entry)


def test_an_entry_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    keep(tmp_path)
    assert kept(tmp_path) == {"board-2567-01": ENTRY}
    assert SEEN.looks == (1, 2, 3)


def test_an_entry_is_made_from_the_one_before(tmp_path: Path) -> None:
    keep(tmp_path)
    with ledger.opened(tmp_path) as book:
        book.record("board-2567-01", {}, lambda before: before._replace(key="next"))
    assert kept(tmp_path) == {"board-2567-01": ENTRY._replace(key="next")}


def test_nothing_is_on_the_disk_before_something_was_built(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with ledger.opened(folder) as book:
        assert (book.entries(), book.glimpses("p")) == ({}, {})
        book.remember_glimpses("p", {"a": "b"})
        book.look_again({})
    assert not folder.exists()


def test_a_ledger_that_has_nothing_to_learn_is_not_written(tmp_path: Path) -> None:
    keep(tmp_path)
    before = (tmp_path / ledger.NAME).read_bytes()
    (tmp_path / ledger.NAME).chmod(0o444)
    with ledger.opened(tmp_path) as book:
        book.entries()
        book.remember_glimpses("p", {})
        book.look_again({})
    assert (tmp_path / ledger.NAME).read_bytes() == before


def test_only_what_was_lately_written_is_remembered_as_ours(tmp_path: Path) -> None:
    for turn in range(ledger.REMEMBERED + 5):
        ours = keep(tmp_path, digest=f"digest {turn}")
    assert len(ours["n"]) == ledger.REMEMBERED
    with ledger.opened(tmp_path) as book:
        assert not book.is_ours("board-2567-01", "n", "digest 4")
        assert book.is_ours("board-2567-01", "n", "digest 5")
        assert not book.is_ours("board-2567-02", "n", "digest 5")


def test_what_is_written_again_counts_as_written_lately(tmp_path: Path) -> None:
    for turn in range(ledger.REMEMBERED):
        keep(tmp_path, digest=f"digest {turn}")
    keep(tmp_path, digest="digest 0")
    assert "digest 0" in keep(tmp_path, digest="another")["n"]


def test_new_looks_are_noted_but_not_of_what_was_built_meanwhile(tmp_path: Path) -> None:
    keep(tmp_path)
    touched = SEEN._replace(mtime_ns=9)
    with ledger.opened(tmp_path) as book:
        book.look_again({"board-2567-01": {"n": touched, "other": touched}})
    assert kept(tmp_path) == {"board-2567-01": ENTRY._replace(outputs={"n": touched})}
    with ledger.opened(tmp_path) as book:
        book.look_again({"board-2567-01": {"n": SEEN._replace(key="older")}})
    assert kept(tmp_path) == {"board-2567-01": ENTRY._replace(outputs={"n": touched})}


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '["k", {}, [], [], {"n": 3}, {}]'])
def test_an_entry_that_cannot_be_read_is_none(text: str) -> None:
    assert ledger.entry(text) is None


@pytest.mark.parametrize("harm", ["nonsense", "torn", "older"])
def test_a_damaged_ledger_is_set_aside_and_begun_anew(tmp_path: Path, harm: str) -> None:
    path = tmp_path / ledger.NAME
    for number in range(200):
        with ledger.opened(tmp_path) as book:
            book.record(f"board-2567-{number}", {}, lambda before: ENTRY)
        if harm != "torn":
            break
    data = path.read_bytes()
    if harm == "nonsense":
        path.write_bytes(b"no database" * 100)
    elif harm == "torn":
        path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 1")
        connection.close()
    path.with_name(path.name + "-journal").write_bytes(b"")
    assert kept(tmp_path) == {}
    keep(tmp_path)
    assert kept(tmp_path) == {"board-2567-01": ENTRY}
    assert path.with_suffix(".damaged").exists() == (harm != "older")


def test_two_that_begin_a_ledger_at_once_begin_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = ledger._version
    keep(tmp_path)
    answers = iter([0])  # what was seen before the other run made the tables
    monkeypatch.setattr(ledger, "_version", lambda c: next(answers, version(c)))
    assert kept(tmp_path) == {"board-2567-01": ENTRY}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (sqlite3.SQLITE_FULL, errno.ENOSPC),
        (sqlite3.SQLITE_READONLY, errno.EACCES),
        (sqlite3.SQLITE_CANTOPEN, errno.EACCES),
        (sqlite3.SQLITE_BUSY, errno.EBUSY),
        (sqlite3.SQLITE_IOERR_FSYNC, errno.EIO),
    ],
)
def test_what_the_ledger_cannot_do_is_told_as_the_system_would(
    tmp_path: Path, code: int, number: int
) -> None:
    def fail() -> None:
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    with pytest.raises(OSError, match="no") as error, ledger.opened(tmp_path):
        fail()
    assert (error.value.errno, error.value.filename) == (number, str(tmp_path / ledger.NAME))


def test_a_ledger_that_another_run_holds_is_waited_for_and_then_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    monkeypatch.setattr(ledger, "PATIENCE", 0.1)
    other = sqlite3.connect(tmp_path / ledger.NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(OSError, match="locked") as error:
            keep(tmp_path)
        with pytest.raises(OSError, match="locked"):
            kept(tmp_path)
    finally:
        other.close()
    assert error.value.errno == errno.EBUSY


def test_a_folder_in_the_place_of_the_ledger_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ledger.NAME).mkdir()
    with pytest.raises(OSError, match="unable to open"):
        keep(tmp_path)
