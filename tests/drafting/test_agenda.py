"""The next meeting's file, read back by the program that reads all meetings."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from minutes.commands import new
from minutes.drafting import agenda, next_meeting
from minutes.meetings import loading, proceedings
from minutes.meetings.proceedings import Proceedings
from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.paths import ROOT
from minutes.rules import registry
from minutes.source import reader
from minutes.thai import amounts, dates, digits
from tests.source.test_quoting import CLEAN
from tests.support.body_folder import BODY, Shelf, item

EXAMPLES = ROOT / "agendas"
PUMP = "งาน: ซ่อมเครื่องสูบน้ำ, ผู้รับผิดชอบ: กองช่าง, กำหนดเสร็จ: 31 มกราคม 2569"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def text(folder: Path, day: str = "", number: str = "") -> tuple[str, str]:
    """Write what follows in a body's folder; gives the name of the file and its text."""
    history = loading.history(folder)
    assert history.body is not None
    next_ = next_meeting.after(
        history.body,
        [case.path for case in history.cases],
        history.cases,
        day=dates.parse_date(day) if day else None,
        number=amounts.parse_number(number) if number else None,
    )
    data = agenda.following(history, history.body, next_, "../schema")
    (folder / next_.name).write_bytes(data)
    return next_.name, data.decode()


def written(folder: Path, name: str) -> Meeting:
    return validation.read(Meeting, folder / name)


def opened(folder: Path, name: str) -> Proceedings:
    found = loading.find([folder / name])
    assert found.problems == ()
    (case,) = found.cases
    return proceedings.work_out(case)


KEY_IN_COMMENT = re.compile(
    r"^( *)# (?!yaml-language-server|โปรดตรวจ|จำเป็น)"
    r"(?=(?: *)(?:- )?[^\s:#]+(?: [^\s:#]+)?:(?: |$))",
    re.MULTILINE,
)


def uncommented(told: str) -> str:
    """Take the mark off every line that is a key or an entry put in a comment."""
    return KEY_IN_COMMENT.sub(r"\1", told)


# --- what stays ---------------------------------------------------------------------------------


def test_the_editor_is_told_where_the_keys_are_in_the_files_language(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569")
    assert text(shelf.folder)[1].splitlines()[0] == (
        "# yaml-language-server: $schema=../schema/th/meeting.json"
    )
    shelf.put("2569-02", "date: 2 กุมภาพันธ์ 2569\nagenda: [{kind: other}]\n")
    english = text(shelf.folder)[1]
    assert english.startswith("# yaml-language-server: $schema=../schema/en/meeting.json\n")
    assert "\ndate: วันจันทร์ที่ 2 มีนาคม 2569\n" in english
    keys = [line for line in english.splitlines() if line.strip() and "#" not in line]
    assert [line for line in keys if not line.lstrip(" -").partition(":")[0].isascii()] == []


def test_place_hours_and_system_of_the_last_meeting_stay_and_its_attendance_goes(
    shelf: Shelf,
) -> None:
    shelf.put(
        "2569-01",
        """
        ครั้งที่: 1/2569
        วันที่: 5 มกราคม 2569
        เวลาเริ่ม: 09.30
        เวลาเลิก: 11.00
        สถานที่: "ห้อง #3: ชั้น 2"
        รูปแบบ: ผสม
        ระบบประชุม: Meet
        สถานะ: ฉบับสมบูรณ์
        การเข้าประชุม: {ผู้ไม่มาประชุม: [{ชื่อ: นายตัวอย่าง ที่หนึ่ง, เหตุผล: ลากิจ}]}
        """,
    )
    name, _ = text(shelf.folder)
    meeting = written(shelf.folder, name)
    assert (meeting.place, meeting.mode, meeting.platform) == ("ห้อง #3: ชั้น 2", "hybrid", "Meet")
    assert (str(meeting.start), meeting.end, meeting.status) == ("09:30:00", None, "draft")
    assert meeting.attendance.absent == ()


@pytest.mark.parametrize(
    ("month", "expected"),
    [("มกราคม 2569", "กุมภาพันธ์ 2569"), ("ธันวาคม 2568", "มกราคม 2569"), ("ที่สอง", "")],
)
def test_the_month_goes_on_as_far_from_the_day_as_it_was(
    shelf: Shelf, month: str, expected: str
) -> None:
    shelf.meet("2569-01", "21 มกราคม 2569", more=f"ประจำเดือน: {month}")
    name, _ = text(shelf.folder)
    assert written(shelf.folder, name).month == expected


def test_a_body_without_a_recorder_keeps_the_last_meetings(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "ชื่อ: คณะทำงาน\n")
    more = "ผู้จดรายงาน: {ชื่อ: 'นางตัวอย่าง: ที่สอง', ตำแหน่ง: ปลัดอำเภอ}\n"
    more += "การเข้าประชุม: {ผู้มาประชุม: [นายตัวอย่าง ที่สาม]}"
    shelf.meet("2569-01", "5 มกราคม 2569", more=more)
    name, told = text(shelf.folder)
    recorder = written(shelf.folder, name).recorder
    assert recorder is not None
    assert (recorder.name, recorder.position) == ("นางตัวอย่าง: ที่สอง", "ปลัดอำเภอ")
    assert "#     - ชื่อ: นายตัวอย่าง ที่สาม\n" in told


def test_the_line_ends_are_those_of_the_last_file(shelf: Shelf) -> None:
    path = shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", PUMP))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    name, _ = text(shelf.folder)
    data = (shelf.folder / name).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 50
    assert written(shelf.folder, name).agenda


# --- sections -----------------------------------------------------------------------------------


def kinds(folder: Path, name: str) -> list[str]:
    return [section.kind or section.title for section in written(folder, name).agenda]


STANDARD = ["inform", "certify", "arising", "acknowledge", "consider", "other"]


def test_the_standard_sections_stand_in_their_order(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569")
    assert kinds(shelf.folder, text(shelf.folder)[0]) == STANDARD
    (shelf.folder / "2569-01.yaml").unlink()
    (shelf.folder / "2569-02.yaml").unlink()
    assert kinds(shelf.folder, text(shelf.folder, "5 ม.ค. 69")[0]) == STANDARD


def test_the_bodys_own_sections_get_what_the_meeting_cannot_lack(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, BODY + "ระเบียบวาระ: [แจ้งให้ทราบ, รายงานของฝ่าย, เพื่อพิจารณา]\n")
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP), number="1/2569")
    name, _ = text(shelf.folder)
    assert kinds(shelf.folder, name) == ["inform", "certify", "arising", "รายงานของฝ่าย", "consider"]


def test_a_title_of_the_last_meeting_alone_may_be_left_out(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", more="ก่อนวาระ: [พิธีเปิด]")
    with (shelf.folder / "2569-01.yaml").open("a", encoding="utf-8") as file:
        file.write("  - หัวข้อ: รายงาน\n  - {ชนิด: เพื่อทราบ, หัวข้อ: เรื่องแจ้ง}\n  - ชนิด: เพื่อทราบ\n")
    name, told = text(shelf.folder)
    assert "  # หัวข้อของครั้งก่อน ถ้าครั้งนี้ไม่ใช้ ลบได้\n  - หัวข้อ: รายงาน\n" in told
    assert kinds(shelf.folder, name).count("acknowledge") == 1
    assert [s.title for s in written(shelf.folder, name).agenda if s.kind == "acknowledge"] == [
        "เรื่องแจ้ง"
    ]


def test_a_councils_first_sitting_has_its_sections(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, BODY + "ประเภท: สภาท้องถิ่น\n")
    name, _ = text(shelf.folder, "5 ม.ค. 69")
    assert kinds(shelf.folder, name) == [part.kind or part.title for part in agenda.COUNCIL]


def test_the_certified_minutes_are_those_of_the_last_meeting(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", number="1/2569", more="สถานะ: ฉบับสมบูรณ์")
    name, told = text(shelf.folder)
    assert "# รายงานการประชุมครั้งที่ 1/2569 เมื่อวันที่ 5 มกราคม 2569" in told
    certify = opened(shelf.folder, name).parts[1]
    assert certify.title == "เรื่องรับรองรายงานการประชุม ครั้งที่ 1/2569 เมื่อวันที่ 5 มกราคม 2569"
    assert "ยังเป็นร่าง" not in told
    _, told = text(shelf.folder)
    assert "โปรดตรวจ: 2569-02.yaml ยังเป็นร่าง" in told


# --- what is open -------------------------------------------------------------------------------


def test_what_is_open_is_carried_with_owner_due_date_and_how_often_it_was_put_off(
    shelf: Shelf,
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", PUMP, "งาน: ก, เสร็จแล้ว: ใช่"))
    later = PUMP.replace("31 มกราคม", "5 มีนาคม")
    again = item("ความก้าวหน้า", later, more="สืบเนื่องจาก: board-2569-01 5.1")
    shelf.meet("2569-02", "2 กุมภาพันธ์ 2569", again, number="2/2569")
    name, told = text(shelf.folder)
    (matter,) = written(shelf.folder, name).agenda[2].matters
    (action,) = matter.actions
    assert (matter.title, matter.follows) == ("ความก้าวหน้า", "board-2569-02 3.1")
    assert (action.task, action.owner, action.done) == ("ซ่อมเครื่องสูบน้ำ", "กองช่าง", False)
    assert dates.date_text(action.due or dates.parse_date("1/1/2500")) == "5 มีนาคม 2569"
    assert matter.background == (
        "ที่ประชุมเมื่อวันที่ 5 มกราคม 2569 มอบหมายให้กองช่าง ซ่อมเครื่องสูบน้ำ ภายในวันที่ 5 มีนาคม 2569 "
        "เลื่อนกำหนดมาแล้ว 1 ครั้ง"
    )
    assert "            # เลื่อนกำหนดมาแล้ว 1 ครั้ง\n            กำหนดเสร็จ: 5 มีนาคม 2569\n" in told


def test_what_is_late_on_the_day_of_the_meeting_is_told(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ระบบประปา", PUMP))
    assert "เลยกำหนดแล้วในวันประชุมครั้งนี้" in text(shelf.folder, "1 ก.พ. 69")[1]
    (shelf.folder / "2569-02.yaml").unlink()
    assert "เลยกำหนดแล้วในวันประชุมครั้งนี้" not in text(shelf.folder, "31 ม.ค. 69")[1]


def test_actions_of_one_item_stay_together_and_those_of_others_apart(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, "งาน: สำรวจ"), item("ข", "งาน: รายงาน"))
    name, _ = text(shelf.folder)
    matters = written(shelf.folder, name).agenda[2].matters
    assert [(m.title, m.follows, [a.task for a in m.actions]) for m in matters] == [
        ("ก", "board-2569-01 5.1", ["ซ่อมเครื่องสูบน้ำ", "สำรวจ"]),
        ("ข", "board-2569-01 5.2", ["รายงาน"]),
    ]
    assert matters[0].background.endswith("มอบหมายงานซึ่งยังไม่แล้วเสร็จ จำนวน 2 งาน")


@pytest.mark.parametrize(
    ("mark", "field"),
    [("ลับ: ใช่", "secret"), ("ข้อมูลส่วนบุคคล: ใช่", "personal"), ("ในข่าว: ไม่ใช่", "in_release")],
)
def test_what_was_kept_from_the_public_stays_so(shelf: Shelf, mark: str, field: str) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, more=mark), item("ข", "งาน: รายงาน"))
    for _ in range(3):
        name, _ = text(shelf.folder)
    marked, plain = written(shelf.folder, name).agenda[2].matters
    expected = (False, "") if field == "in_release" else (True, False)
    assert (getattr(marked, field), getattr(plain, field)) == expected


def test_what_was_assigned_before_the_agenda_is_carried_without_a_reference(shelf: Shelf) -> None:
    more = "ก่อนวาระ:\n  - ชื่อเรื่อง: มอบรางวัล\n    มอบหมาย: [{งาน: จัดทำเกียรติบัตร}]"
    shelf.meet("2569-01", "5 มกราคม 2569", more=more)
    for _ in range(2):
        name, told = text(shelf.folder)
        assert len(shelf.actions()) == 1
    (matter,) = written(shelf.folder, name).agenda[2].matters
    assert matter.follows == "board-2569-02 3.1"
    assert "# มอบหมายในการประชุมเมื่อวันที่ 5 มกราคม 2569 ก่อนระเบียบวาระ" in told


@pytest.mark.parametrize(
    ("mark", "told"),
    [("", "ซ่อมเครื่องสูบน้ำ (กองช่าง)"), ("ลับ: ใช่", "งานในการประชุมครั้งที่ 1/2569 เมื่อวันที่ 5 มกราคม 2569")],
)
def test_what_the_last_meeting_closed_without_a_word_is_told_in_a_comment(
    shelf: Shelf, mark: str, told: str
) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, more=mark), number="1/2569")
    end = item("ข", more="สืบเนื่องจาก: board-2569-01 5.1\nมติ: รับทราบ")
    shelf.meet("2569-02", "2 กุมภาพันธ์ 2569", end)
    _, written_ = text(shelf.folder)
    assert f"จึงถือว่ายุติ: {told}" in written_
    assert ("ซ่อมเครื่องสูบน้ำ" in written_) is (mark == "")
    assert "จึงถือว่ายุติ" not in text(shelf.folder)[1], "only the meeting before tells it"


def test_the_modeline_of_a_new_file_leads_to_the_schema_that_is_there() -> None:
    schema = new.schema_from(EXAMPLES / "tuayang" / "product")
    assert (EXAMPLES / "tuayang" / "product" / schema / "th" / "meeting.json").is_file()


def test_a_file_that_is_not_filled_in_changes_nothing_of_what_is_open(shelf: Shelf) -> None:
    shelf.meet("2569-01", "5 มกราคม 2569", item("ก", PUMP, "งาน: สำรวจ"), item("ข", "งาน: รายงาน"))
    before = [(one.task, one.owner, one.due, one.postponed) for one in shelf.actions()]
    for _ in range(4):
        text(shelf.folder)
    after = [(one.task, one.owner, one.due, one.postponed) for one in shelf.actions()]
    assert after == before
    assert all(one.is_open for one in shelf.actions())


# --- every value, every example -----------------------------------------------------------------

WORDS = CLEAN.map(lambda text: " ".join(digits.strip_invisible(text).split())).filter(bool)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(WORDS, WORDS, WORDS, WORDS)
def test_whatever_the_texts_are_they_come_back_and_nothing_else_is_wrong(
    tmp_path: Path, title: str, task: str, owner: str, place: str
) -> None:
    shelf = Shelf(tmp_path)
    for old in shelf.files:
        old.unlink()
    given = f"งาน: {quoted(task)}, ผู้รับผิดชอบ: {quoted(owner)}"
    shelf.meet(
        "2569-01", "5 มกราคม 2569", item(quoted(title), given), more=f"สถานที่: {quoted(place)}"
    )
    name, _ = text(shelf.folder)
    meeting = written(shelf.folder, name)
    (matter,) = meeting.agenda[2].matters
    (action,) = matter.actions
    assert (matter.title, action.task, action.owner, meeting.place) == (title, task, owner, place)
    found = registry.check(opened(shelf.folder, name))
    assert not [problem for problem in found if problem.code.startswith("D")]


@pytest.mark.parametrize("body", ["otop", "tuayang/product", "tuayang/heads", "sapha/council"])
def test_what_follows_an_example_is_right_and_lacks_only_what_a_draft_may(
    tmp_path: Path, body: str
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "agendas")
    folder = tmp_path / "agendas" / body
    for _ in range(2):
        name, _ = text(folder)
        found = registry.check(opened(folder, name))
        assert {(problem.code, problem.severity) for problem in found} <= {
            ("W02", "warning"),
            ("W13", "warning"),
            ("W16", "warning"),  # of an action that was given no day
        }
        gaps = [problem.values["what"] for problem in found if problem.code == "W02"]
        assert len(gaps) <= 3


@pytest.mark.parametrize("body", ["tuayang/product", "tuayang/heads", "otop"])
def test_what_stands_in_comments_can_be_used_as_it_is(tmp_path: Path, body: str) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "agendas")
    folder = tmp_path / "agendas" / body
    name, told = text(folder)
    full = uncommented(told)
    assert full.count("#") < told.count("#") - 30
    node = reader.parse(full.encode(), folder / name)
    meeting = validation.validate(Meeting, node, folder / name)
    assert meeting.attendance.absent
    assert meeting.release.photos
    assert all(section.matters for section in meeting.agenda if section.kind == "consider")
