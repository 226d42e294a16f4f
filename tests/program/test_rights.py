"""Who on a computer that several share may read what the program writes.

The full minutes and the archive are for their owner and group; the website is for everybody.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes import __main__ as cli
from tests.support.body_folder import Shelf
from tests.support.quick_build import Desk, building

OTHERS = 0o007


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    with building():
        yield Desk(tmp_path)


@pytest.fixture
def umask() -> Iterator[None]:
    """Have the mask that most computers come with."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022, "the program leaves the mask as it was"


def rights(top: Path) -> dict[str, set[int]]:
    """Give the rights that the folders have, and those of the files."""
    places = [top, *top.rglob("*")]
    return {
        kind: {place.stat().st_mode & 0o777 for place in places if place.is_dir() == (kind == "d")}
        for kind in "df"
    }


OWN = {"d": {0o750}, "f": {0o640}}


def test_documents_and_what_is_remembered_of_them_are_closed_to_others(
    desk: Desk, umask: None
) -> None:
    assert cli.main(["agendas", "-o", "out", "-j", "1"]) == 0
    names = {path.name for path in Path("out").rglob("*")}
    assert {".built.sqlite3", "board-2567-01-minutes.docx"} <= names
    assert rights(Path("out")) == OWN


def test_the_document_beside_one_edited_by_hand_is_closed_too(desk: Desk, umask: None) -> None:
    assert cli.main(["agendas", "-o", "out", "-j", "1"]) == 0
    edited = Path("out/board/2567-01/board-2567-01-minutes.docx")
    edited.write_bytes(b"PK edited PK\x05\x06")
    agenda = Path("agendas/board/2567-01.yaml")
    agenda.write_text(agenda.read_text("utf-8").replace("เรื่องหนึ่ง", "เรื่องใหม่"), "utf-8")
    cli.main(["agendas", "-o", "out", "-j", "1"])
    assert edited.with_name("board-2567-01-minutes.new.docx").is_file()
    assert rights(Path("out")) == OWN


@pytest.mark.parametrize(
    ("mask", "kept"),
    # SQLite never lets the group write
    [(0o002, {"d": {0o770}, "f": {0o660, 0o640}}), (0o077, {"d": {0o700}, "f": {0o600}})],
)
def test_a_computer_that_gives_the_group_more_or_less_keeps_to_that(
    desk: Desk, mask: int, kept: dict[str, set[int]]
) -> None:
    before = os.umask(mask)
    try:
        assert cli.main(["agendas", "-o", "out", "-j", "1"]) == 0
    finally:
        os.umask(before)
    assert rights(Path("out")) == kept


def test_new_agendas_and_lists_of_what_was_assigned_are_closed_to_others(
    desk: Desk, umask: None
) -> None:
    Path("begun").mkdir(mode=0o750)
    list_ = Path("list.csv")
    list_.write_text("ชื่อ,ตำแหน่ง\nนายตัวอย่าง ที่หนึ่ง,ปลัด\n", "utf-8")
    assert cli.main(["import", str(list_), "--as", "members", "-o", "begun/members.yaml"]) == 0
    assert cli.main(["actions", "agendas", "-o", "begun/tasks"]) == 0
    found = rights(Path("begun"))
    assert found["f"]
    assert not {mode & OTHERS for modes in found.values() for mode in modes} - {0}


def test_the_site_and_the_folder_that_it_is_published_to_are_for_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: None
) -> None:
    monkeypatch.chdir(tmp_path)
    meeting = "วันที่: 5 มกราคม 2569\nสถานะ: ร่าง\nระเบียบวาระ: []\n"
    Shelf(Path("agendas")).put("2569-01", meeting)
    assert cli.main(["site", "-o", "site", "agendas", "--upcoming"]) == 0
    assert cli.main(["publish", "--site", "site", "--to", "folder:web"]) == 0
    for top in ("site", "web"):
        assert (Path(top) / "index.html").is_file()
        assert rights(Path(top)) == {"d": {0o755}, "f": {0o644}}
