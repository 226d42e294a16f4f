"""``build.py new``: five meetings in a row, and everything that it refuses."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from minutes import __main__ as cli
from minutes import store
from minutes.commands import new
from minutes.commands.new import office
from minutes.meetings import actions, loading
from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.paths import ROOT
from tests.support.body_folder import Shelf, item

EXAMPLES = ROOT / "agendas"
QUICK = ("--to", "docx", "--only", "minutes", "-o", "out")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return Shelf(tmp_path / "agendas")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = cli.main(["new", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def names(shelf: Shelf) -> list[str]:
    return [path.name for path in shelf.files]


# --- five in a row ------------------------------------------------------------------------------

NEW_ITEM = """
      - ชื่อเรื่อง: เรื่องใหม่ของครั้งที่ {place}
        มติ: เห็นชอบ
        มอบหมาย:
          - {{งาน: "งาน ก{place}: เร่งด่วน", ผู้รับผิดชอบ: กองช่าง, กำหนดเสร็จ: {due}}}
          - {{งาน: งาน ข{place}, ผู้รับผิดชอบ: สำนักปลัด}}
"""
DUES = ["31 ตุลาคม 2569", "30 พฤศจิกายน 2569", "31 ธันวาคม 2569", "31 มกราคม 2570", "28 กุมภาพันธ์ 2570"]
PUT_OFF = {2: "31 มกราคม 2570", 3: "28 กุมภาพันธ์ 2570"}  # งาน ก1, in the third and fourth meeting


def fill_in(path: Path, place: int) -> None:
    """Add two actions, close one (งาน ข of the meeting before), put งาน ก1 off twice."""
    text = path.read_text("utf-8")
    before, marked, rest = text.partition("  - ชนิด: เพื่อพิจารณา\n    เรื่อง:\n")
    text = before + marked + NEW_ITEM.format(place=place, due=DUES[place]).lstrip("\n") + rest
    gap = "\n            "
    closed = f"- งาน: งาน ข{place - 1}{gap}ผู้รับผิดชอบ: สำนักปลัด{gap}กำหนดเสร็จ:{gap}"
    assert place == 0 or closed in text
    text = text.replace(f"{closed}เสร็จแล้ว:\n", f"{closed}เสร็จแล้ว: ใช่\n")
    if place in PUT_OFF:
        old = DUES[0] if place == 2 else PUT_OFF[2]
        assert text.count(f"กำหนดเสร็จ: {old}\n") == 1
        text = text.replace(f"กำหนดเสร็จ: {old}\n", f"กำหนดเสร็จ: {PUT_OFF[place]}\n")
    path.write_text(text, "utf-8")


def test_five_in_a_row_with_two_actions_more_and_one_done_each_time(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = ["2569-10.yaml", "2569-11.yaml", "2569-12.yaml", "2570-01.yaml", "2570-02.yaml"]
    told = ["10/2569", "11/2569", "12/2569", "1/2570", "2/2570"]
    days = [
        "21 ตุลาคม 2569",
        "18 พฤศจิกายน 2569",
        "16 ธันวาคม 2569",
        "20 มกราคม 2570",
        "17 กุมภาพันธ์ 2570",
    ]
    for place, name in enumerate(expected):
        first = ("--date", days[0], "--number", told[0]) if place == 0 else ()
        status, out, err = run(capsys, "board", *first)
        assert (status, err) == (0, "")
        assert f"ครั้งที่ {told[place]} วันพุธที่ {days[place]}" in out
        path = shelf.folder / name
        assert cli.main([str(path), *QUICK]) == 0, "it builds as it is"
        assert " ผิดพลาด 0" in capsys.readouterr().out
        opened = [one for one in shelf.actions() if one.is_open]
        assert len(opened) == max(0, place + (place > 0))
        assert cli.main(["check", str(path)]) == 0
        fill_in(path, place)
        assert cli.main(["check", str(path)]) == 0
        assert cli.main([str(path), *QUICK]) == 0, "it builds when it is filled in"
    assert names(shelf) == expected
    by_task = {one.task: one for one in shelf.actions()}
    assert len(by_task) == 10
    assert {task: one.postponed for task, one in by_task.items() if one.postponed} == {
        "งาน ก0: เร่งด่วน": 2
    }
    assert {task for task, one in by_task.items() if not one.is_open} == {
        f"งาน ข{place}" for place in range(4)
    }
    assert by_task["งาน ก0: เร่งด่วน"].assigned.reference == "board-2569-10 5.1"
    assert by_task["งาน ก0: เร่งด่วน"].latest.reference == "board-2570-02 3.1"


# --- where it writes, and where it does not -----------------------------------------------------


def test_a_body_is_named_by_its_id_its_folder_or_a_file_of_it(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569")
    for words in (
        "board",
        "agendas/board",
        "agendas/board/body.yaml",
        "agendas/board/2569-01.yaml",
    ):
        assert run(capsys, words)[0] == 0
    assert names(shelf)[-1] == "2569-05.yaml"


def test_no_body_two_bodies_or_an_unknown_one_are_wrong_use(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    Shelf(shelf.root, name="water")
    assert run(capsys) == (2, "", "ระบุคณะเดียว เช่น python3 build.py new otop\n")
    assert run(capsys, "board", "water")[0] == 2
    assert run(capsys, "agendas")[0] == 2
    status, _, err = run(capsys, "boards")
    assert (status, "D80" in err) == (2, True)
    (shelf.root.parent / "empty").mkdir()
    status, _, err = run(capsys, "empty")
    assert (status, "D82" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--date", "4 มกราคม 2569"), "agendas/board/2569-02.yaml:1:1: ผิดพลาด[D180]"),
        (("--number", "1/2569"), "agendas/board/2569-01.yaml:1:1: ผิดพลาด[D181]"),
        (("--number", "1/2568"), "agendas/board/2568-01.yaml:1:1: ผิดพลาด[D183]"),
    ],
)
def test_what_would_not_come_last_is_refused_and_nothing_is_written(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", number="1/2569")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", number="2/2569")
    before = {path: path.read_bytes() for path in shelf.files}
    status, out, err = run(capsys, "board", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(code)
    assert {path: path.read_bytes() for path in shelf.files} == before


def test_the_next_free_name_is_told(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", number="1/2569")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569", number="2/2569")
    assert "ชื่อที่ยังว่างคือ 2569-03.yaml" in run(capsys, "board", "--number", "1/2569")[2]


def test_a_first_meeting_without_a_day_is_refused(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "board")
    assert (status, "D182" in err) == (2, True)
    assert run(capsys, "board", "--date", "๕ ม.ค. ๖๙")[0] == 0
    assert names(shelf) == ["2569-01.yaml"]


def test_the_day_of_a_first_meeting_is_asked_for_on_a_terminal(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "asks", lambda: True)
    typed = "31/2/2569\n๕ ม.ค. ๖๙\n"
    result = CliRunner().invoke(new.command("th"), ["board"], input=typed, standalone_mode=False)
    assert "เดือนกุมภาพันธ์ 2569 มี 28 วัน" in result.output
    assert names(shelf) == ["2569-01.yaml"]


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--date", "วันจันทร์ที่ 6 มกราคม 2569", "วันอังคารที่ 6 มกราคม 2569"),
        ("--date", "31/2/2569", "28 วัน"),
        ("--number", "ครั้งแรก", "1/2567"),
    ],
)
def test_a_value_is_refused_in_the_words_that_the_files_get(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], option: str, value: str, hint: str
) -> None:
    status, _, err = run(capsys, "board", option, value)
    assert status == 2
    assert hint in err


def test_a_body_with_a_faulty_meeting_gets_no_next_one(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.put("2569-01", "วันที่: เมื่อวาน\n")
    shelf.meet("2569-02", "5 กุมภาพันธ์ 2569")
    status, out, err = run(capsys, "board")
    assert (status, out) == (1, "")
    assert "2569-01.yaml:1:9: ผิดพลาด[D01]" in err
    assert len(names(shelf)) == 2


def test_a_file_that_somebody_makes_meanwhile_is_not_written_over(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569")
    create = store.create

    def late(path: Path, data: bytes) -> None:
        path.write_text("ของผู้อื่น", "utf-8")
        create(path, data)

    monkeypatch.setattr(store, "create", late)
    status, _, err = run(capsys, "board")
    assert (status, "D181" in err, "2569-03.yaml" in err) == (2, True, True)
    assert (shelf.folder / "2569-02.yaml").read_text("utf-8") == "ของผู้อื่น"
    assert sorted(path.name for path in shelf.folder.iterdir()) == [
        "2569-01.yaml",
        "2569-02.yaml",
        "body.yaml",
    ]


def test_a_folder_that_cannot_be_written_to_is_told(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    shelf.meet("2569-01", "5 มกราคม 2569")
    monkeypatch.setattr(store, "create", full)
    status, _, err = run(capsys, "board")
    assert (status, "ดิสก์เต็ม" in err) == (2, True)


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_is_created_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr(os, "link", none)
    path = tmp_path / "board" / "2569-01.yaml"
    store.create(path, b"one")
    with pytest.raises(FileExistsError):
        store.create(path, b"two")
    assert [p.read_bytes() for p in path.parent.iterdir()] == [b"one"]


def test_what_is_open_and_the_next_step_are_told_in_either_language(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", "งาน: ข", "งาน: ค"), number="1/2569")
    _, out, _ = run(capsys, "board")
    assert out.splitlines() == [
        "สร้าง agendas/board/2569-02.yaml แล้ว",
        "    ครั้งที่ 2/2569 วันจันทร์ที่ 2 กุมภาพันธ์ 2569 (วันที่เสนอให้ โปรดตรวจ)",
        "    ยกงานที่ยังค้างมา 2 งาน ใน 1 เรื่อง",
        "    เปิดไฟล์เติมหัวข้อที่ว่าง แล้วสั่ง python3 build.py agendas/board/2569-02.yaml",
    ]
    _, out, _ = run(capsys, "board", "--lang", "en", "--date", "2/3/2569")
    assert out.startswith(
        "wrote agendas/board/2569-03.yaml\n    ครั้งที่ 3/2569 วันจันทร์ที่ 2 มีนาคม 2569\n"
    )


def test_the_schema_is_named_from_the_meetings_folder(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert new.schema_from(shelf.folder) == "../../schema"
    spaced = shelf.root.parent / "my files"
    monkeypatch.setattr(new, "ROOT", spaced)
    assert new.schema_from(shelf.folder) == (spaced / "schema").as_uri()

    def apart(*_: object) -> str:
        raise ValueError("another drive")

    monkeypatch.setattr(os.path, "relpath", apart)
    assert new.schema_from(shelf.folder).startswith("file:///")


@pytest.mark.parametrize("body", ["otop", "product", "heads", "council"])
def test_new_serves_every_example_twice_over(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    body: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    shutil.copytree(EXAMPLES, tmp_path / "agendas")
    before = set(tmp_path.rglob("*.yaml"))
    for _ in range(2):
        assert run(capsys, body)[0] == 0
    made = sorted(set(tmp_path.rglob("*.yaml")) - before)
    assert len(made) == 2
    assert cli.main([*map(str, made), *QUICK]) == 0
    meetings = [validation.read(Meeting, path) for path in made]
    assert all(meeting.is_draft for meeting in meetings)
    opened = [one for one in actions.of(loading.history(made[0].parent)) if one.is_open]
    carried = [m for meeting in meetings for m in meeting.all_matters()]
    assert len([a for m in carried for a in m.actions]) == 2 * len(opened)
