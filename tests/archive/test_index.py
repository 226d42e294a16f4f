"""What the register says of a meeting, as its pages print it."""

import json
from pathlib import Path

import pytest

from minutes.archive import index, register
from minutes.archive.index import Held
from minutes.archive.vault import Vault
from tests.support.effort import assert_in_proportion

TEXTS = {name: digit * 64 for name, digit in zip(("", "A", "B", "C"), "0abc", strict=True)}


def put(archive: Path, id_: str, text: str = "A", record: bytes = b"{}") -> str:
    """Keep a version that says a text; gives the head after it."""
    vault = Vault(archive)
    content = {"signed.pdf": f"{len(vault.versions())}".encode() if archive.exists() else b""}
    about = [(index.TEXT, TEXTS[text])] if text else []
    return str(vault.put(id_, {**content, "verify.json": record}, about, "signed.pdf").head)


@pytest.mark.parametrize(
    ("texts", "newest", "since", "says"),
    [
        ("A", 1, 1, "A"),
        ("AA", 2, 1, "A"),
        ("AB", 2, 2, "B"),
        ("ABB", 3, 2, "B"),
        ("ABA", 3, 3, "A"),
        ("BAAA", 4, 2, "A"),
    ],
)
def test_the_version_is_the_first_that_has_said_so_ever_since(
    tmp_path: Path, texts: str, newest: int, since: int, says: str
) -> None:
    for text in texts:
        put(tmp_path / "archive", "board-2569-01", text)
    held = index.read(tmp_path / "archive").held("board-2569-01")
    assert held == Held(newest, since, TEXTS[says])
    assert held.version(TEXTS[says]) == since
    assert held.version(TEXTS["C"]) == newest + 1


def test_without_an_archive_nothing_is_said(tmp_path: Path) -> None:
    assert index.read(tmp_path / "archive").held("board-2569-01") == Held()
    assert Held().version("f" * 64) == 1


def test_an_archive_on_a_disk_that_is_away_is_not_taken_for_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        index.read(tmp_path / "disk" / "archive")


def test_a_scan_of_an_older_program_tells_its_text_in_its_record(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put(archive, "board-2569-01", "", json.dumps({"text_sha256": TEXTS["A"]}).encode())
    assert index.read(archive).held("board-2569-01").version(TEXTS["A"]) == 1
    put(archive, "board-2569-02", "", b"[]")
    assert index.read(archive).held("board-2569-02").version(TEXTS["A"]) == 2


def test_the_head_is_that_after_the_newest_earlier_meeting_of_the_body(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    heads = {id_: put(archive, id_) for id_ in ("board-2569-01", "water-2569-03", "board-2569-9")}
    put(archive, "board-2569-01", "B")  # what comes later to the same meeting changes no head
    read = index.read(archive)
    told = {id_: read.held(id_).head for id_ in ("board-2569-1", "board-2569-02", "board-2570-01")}
    assert told == {
        "board-2569-1": "",
        "board-2569-02": heads["board-2569-01"],
        "board-2570-01": heads["board-2569-9"],
    }
    assert read.held("big-board-2570-01") == Held() == read.held("board")
    for id_ in ("board-2569-1", "board-2569-02", "board-2569-9", "water-2569-04", "board", "wat"):
        assert index.read(archive, of=id_).held(id_) == read.held(id_)


def test_what_was_printed_before_a_meeting_was_kept_stays(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    first = put(archive, "board-2569-01")
    assert index.read(archive).held("board-2569-03").head == first
    put(archive, "board-2569-03")
    put(archive, "board-2569-02")
    assert index.read(archive).held("board-2569-03").head == first
    assert index.read(archive).held("board-2569-04").head != first


@pytest.mark.parametrize(
    ("held", "version"),
    [
        (Held(), 1),
        (Held(1, 1, "a" * 64), 1),
        (Held(head="3-" + "b" * 16), 1),
        (Held(3, 2, "c" * 64, "1-" + "d" * 16), 4),
    ],
)
def test_what_was_printed_is_printed_again_of_a_register_that_is_away(
    held: Held, version: int
) -> None:
    printed = held.printed("a" * 64)
    last = Held.last(printed)
    assert (last.version("a" * 64), last.head, last.printed("a" * 64)) == (
        version,
        held.head,
        printed,
    )


def test_pages_without_a_code_print_nothing_of_the_register() -> None:
    assert (Held(2, 2, "a" * 64).printed(""), Held.last("")) == ("", Held())


@pytest.mark.parametrize("torn", [b'{"kind":"version"', b'{"kind":"version"}\n', b"\xff\n"])
def test_lines_that_are_none_are_passed_over(tmp_path: Path, torn: bytes) -> None:
    archive = tmp_path / "archive"
    put(archive, "board-2569-01")
    with (archive / register.NAME).open("ab") as file:
        file.write(torn)
    assert index.read(archive).held("board-2569-01").newest == 1


def test_a_register_of_ten_thousand_versions_is_read_in_a_moment(tmp_path: Path) -> None:
    says = {"kind": "version", "version": 1, "bag": "0" * 64, "signed": "0" * 64}
    about = {index.TEXT: "a" * 64, "External-Description": "รายงานการประชุม" * 20}
    ids = [f"board-{2400 + year}-{number:02}" for year in range(1, 201) for number in range(50)]
    lines = [
        json.dumps(
            {**says, "id": id_, "info": about, "number": n, "hash": f"{n:064x}"},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for n, id_ in enumerate(ids, 1)
    ]
    (tmp_path / register.NAME).write_text("\n".join(lines) + "\n", "utf-8")

    def all_held(count: int) -> list[index.Held]:
        (tmp_path / register.NAME).write_text("\n".join(lines[:count]) + "\n", "utf-8")
        read = index.read(tmp_path)
        return [read.held(id_) for id_ in ids[:count]]

    assert_in_proportion(all_held, 10_000)
    held = all_held(10_000)
    assert (len(held), held[-1].newest, held[-1].head[:5]) == (10_000, 1, "9999-")
