"""The agendas folder: which meetings there are, in which order, and what each one draws on."""

import os
from datetime import date
from pathlib import Path

import pytest

from minutes.meetings import folders, loading
from minutes.meetings.folders import in_file_order, order
from minutes.meetings.loading import Case, Earlier, Found, find
from minutes.problems.errors import Problem, problem
from tests.support.agenda_folder import ROOT
from tests.support.sample import picture

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\n"
BODY = "ชื่อ: คณะกรรมการตัวอย่าง\n"


def meeting(number: str, day: str = "14 พฤษภาคม 2567", more: str = "") -> str:
    return f"ครั้งที่: {number}\nวันที่: {day}\nเวลาเริ่ม: 09.30\n{more}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "office.yaml", OFFICE)
    put(tmp_path, "otop/body.yaml", BODY)
    put(tmp_path, "otop/2567-01.yaml", meeting("1/2567"))
    put(tmp_path, "otop/2567-02.yaml", meeting("2/2567", "18 มิถุนายน 2567"))
    return tmp_path


def put(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def ids(found: Found) -> list[str]:
    return [case.id for case in found.cases]


def told(found: Found) -> list[tuple[str, str]]:
    return [(each.path.name, each.code) for each in found.problems]


def case(root: Path, name: str = "otop/2567-02.yaml") -> Case:
    (only,) = find([root / name]).cases
    return only


# --- finding --------------------------------------------------------------------------------------


def test_a_root_gives_its_meetings_in_the_order_of_their_numbers(root: Path) -> None:
    for name in ("2567-10", "2567-9", "2566-12", "2567-02b"):
        put(root, f"otop/{name}.yaml", meeting("3/2567"))
    put(root, "a-body/body.yaml", BODY)
    put(root, "a-body/2567-01.yaml", meeting("1/2567"))
    assert ids(find([root])) == [
        "a-body-2567-01",
        "otop-2566-12",
        "otop-2567-01",
        "otop-2567-02",
        "otop-2567-02b",
        "otop-2567-9",
        "otop-2567-10",
    ]


@pytest.mark.parametrize("asked", ["otop", "otop/body.yaml", "office.yaml", "."])
def test_a_folder_or_the_file_of_a_body_or_office_gives_all_below_it(
    asked: str, root: Path
) -> None:
    assert ids(find([root / asked])) == ["otop-2567-01", "otop-2567-02"]


def test_a_meeting_asked_for_in_several_ways_is_built_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "otop")
    asked = [Path("2567-02.yaml"), root / "otop" / "2567-02.yaml", Path("../otop/2567-02.yaml")]
    found = find(asked)
    assert ids(found) == ["otop-2567-02"]
    assert found.problems == ()
    assert found.cases[0].folder == "otop/2567-02"


def test_a_bodys_own_folder_may_be_where_the_program_is_called(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "otop")
    assert ids(find([Path()])) == ["otop-2567-01", "otop-2567-02"]


def test_the_nearest_office_upward_issues_the_documents(root: Path) -> None:
    put(root, "south/office.yaml", "ชื่อหน่วยงาน: อำเภอใต้\n")
    put(root, "south/deep/club/body.yaml", BODY)
    put(root, "south/deep/club/2567-01.yaml", meeting("1/2567"))
    assert {each.id: each.office.name for each in find([root]).cases} == {
        "otop-2567-01": "ที่ว่าการอำเภอตัวอย่าง",
        "otop-2567-02": "ที่ว่าการอำเภอตัวอย่าง",
        "club-2567-01": "อำเภอใต้",
    }


def test_a_meeting_carries_the_bytes_that_it_was_read_from(root: Path) -> None:
    assert case(root).source == (root / "otop" / "2567-02.yaml").read_bytes()


def test_an_empty_folder_is_told(root: Path) -> None:
    (root / "new").mkdir()
    assert told(find([root / "new"])) == [("new", "D82")]


def test_a_file_of_another_name_is_a_warning_in_a_folder_and_an_error_by_itself(
    root: Path,
) -> None:
    path = put(root, "otop/draft.yaml", meeting("3/2567"))
    assert [each.severity for each in find([root]).problems] == ["warning"]
    assert [each.severity for each in find([path]).problems] == ["error"]


@pytest.mark.parametrize(
    "name", ["notes.txt", "2567-01.pdf", "images/2567.png", ".git/2567-05.yaml"]
)
def test_other_files_are_none_of_its_business(name: str, root: Path) -> None:
    put(root, f"otop/{name}", "x")
    assert find([root]).problems == ()


@pytest.mark.parametrize("year", ["2567", "2401"])
def test_a_buddhist_year_begins_the_name_of_a_file(year: str, root: Path) -> None:
    put(root, f"otop/{year}-07.yaml", meeting("7/2567"))
    assert f"otop-{year}-07" in ids(find([root]))


@pytest.mark.parametrize("year", ["2024", "2400", "0001"])
def test_a_common_year_does_not(year: str, root: Path) -> None:
    put(root, f"otop/{year}-07.yaml", meeting("7/2567"))
    assert told(find([root])) == [(f"{year}-07.yaml", "D86")]


def test_two_files_of_one_place_are_both_refused(root: Path) -> None:
    put(root, "otop/2567-2.yaml", meeting("2/2567"))
    found = find([root])
    assert sorted(told(found)) == [("2567-02.yaml", "D85"), ("2567-2.yaml", "D85")]
    assert ids(found) == ["otop-2567-01"]


def test_what_is_faulty_is_counted(root: Path) -> None:
    put(root, "otop/2567-03.yaml", "วันที่: เมื่อวาน\n")
    assert find([root]).faulty == 1
    put(root, "otop/body.yaml", "")
    assert find([root]).faulty == 3


def test_a_folder_that_cannot_be_listed_has_no_neighbours(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "walk", lambda _: iter(()))
    assert folders.meetings_in(root / "otop") == []


# --- neighbours -----------------------------------------------------------------------------------


def test_a_meeting_knows_the_one_before_and_the_one_after(root: Path) -> None:
    put(root, "otop/2567-03.yaml", meeting("3/2567", "16 กรกฎาคม 2567"))
    middle = case(root)
    assert middle.previous == Earlier(
        "1/2567", "", date(2024, 5, 14), is_certified=False, is_draft=True
    )
    assert middle.following == Earlier(
        "3/2567", "", date(2024, 7, 16), is_certified=False, is_draft=True
    )
    assert case(root, "otop/2567-01.yaml").previous is None
    assert case(root, "otop/2567-03.yaml").following is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("date: 1/6/2567\nstatus: certified", Earlier("", "", date(2024, 6, 1), is_certified=True)),
        (
            "วันที่: 1/6/2567\nสมัยประชุม: สมัยสามัญ\nสถานะ: รับรอง แล้ว",
            Earlier("", "สมัยสามัญ", date(2024, 6, 1), is_certified=True),
        ),
        (
            "วันที่\u00a0: 1/6/2567\nเวลาเริ่ม: 99",
            Earlier("", "", date(2024, 6, 1), is_certified=False, is_draft=True),
        ),
    ],
)
def test_a_fault_elsewhere_does_not_spoil_a_neighbour(text: str, seen: Earlier, root: Path) -> None:
    put(root, "otop/2567-01.yaml", text)
    assert case(root).previous == seen


CERTIFYING = "ระเบียบวาระ: [{ชนิด: รับรองรายงาน}]\n"
UNREADABLE = ["[", "- ก", "สถานที่: ก", "วันที่: เมื่อวาน", "วันที่: 1/6/2567\nครั้งที่: สอง", ""]


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_neighbour_that_cannot_be_read_is_told_where_it_matters(text: str, root: Path) -> None:
    put(root, "otop/2567-01.yaml", text)
    path = put(root, "otop/2567-02.yaml", meeting("2/2567", more=CERTIFYING))
    found = find([path])
    assert told(found) == [("2567-02.yaml", "D87")]
    assert [each.severity for each in found.problems] == ["warning"]
    assert (found.cases[0].previous, found.cases[0].unread) == (
        None,
        root / "otop" / "2567-01.yaml",
    )


@pytest.mark.parametrize(
    "more",
    [
        "",
        f"{CERTIFYING}รับรองครั้งที่: {{ครั้งที่: 9/2566}}\n",
        "ระเบียบวาระ: [{ชนิด: certify, หัวข้อ: รับรอง}]\n",
    ],
)
def test_a_neighbour_that_cannot_be_read_does_not_matter_where(more: str, root: Path) -> None:
    put(root, "otop/2567-01.yaml", "[")
    assert find([put(root, "otop/2567-02.yaml", meeting("2/2567", more=more))]).problems == ()


# --- what an item follows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting_id", "file"),
    [
        ("otop-2567-01", "otop/2567-01.yaml"),
        ("otop-2567-02", None),
        ("otop-2567-03", None),
        ("otop-2566-01", None),
        ("a-club-2567-07", "a-club/2567-07.yaml"),
        ("club-2567-07", None),
        ("otop-2024-01", None),
    ],
)
def test_an_earlier_meeting_is_found_by_its_id(
    meeting_id: str, file: str | None, root: Path
) -> None:
    put(root, "a-club/2567-07.yaml", meeting("7/2567"))
    put(root, "otop/2567-03.yaml", meeting("3/2567"))
    put(root, "otop/2024-01.yaml", meeting("1/2567"))
    assert loading.meeting_file(case(root), meeting_id) == (root / file if file else None)


@pytest.mark.parametrize(
    ("meeting_id", "is_before"),
    [
        ("otop-2566-12", True),
        ("otop-2567-01", False),
        ("otop-2567-09", False),
        ("club-2566-01", False),
    ],
)
def test_a_meeting_before_all_files_is_known_by_its_id(
    meeting_id: str, is_before: bool, root: Path
) -> None:
    assert loading.is_before_all_files(case(root), meeting_id) == is_before


def test_another_meeting_is_read_with_its_own_body(root: Path) -> None:
    put(root, "club/body.yaml", "ชื่อ: ชมรม\n")
    path = put(root, "club/2567-07.yaml", meeting("7/2567"))
    other = loading.read_again(case(root), path)
    assert other is not None
    assert (other.body.name, str(other.meeting.number)) == ("ชมรม", "7/2567")
    path.write_text("[", "utf-8")
    assert loading.read_again(case(root), path) is None


# --- pictures -------------------------------------------------------------------------------------


def test_pictures_are_read_and_attachments_looked_for(root: Path) -> None:
    put(root, "otop/images/hall.png", picture())
    put(root, "otop/images/plan.pdf", b"%PDF")
    more = "ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: images/hall.png}]}\nเอกสารแนบ: [{ไฟล์: images/plan.pdf}]\n"
    put(root, "otop/2567-02.yaml", meeting("2/2567", more=more))
    assert list(case(root).pictures) == ["images/hall.png"]


def test_every_missing_file_is_told_at_its_name(root: Path) -> None:
    more = "ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: ก.png}, {ไฟล์: ข.png}]}\nเอกสารแนบ: [{ไฟล์: ค.pdf}]\n"
    found = find([put(root, "otop/2567-02.yaml", meeting("2/2567", more=more))])
    assert [(each.line, each.column) for each in found.problems] == [(4, 34), (4, 49), (5, 20)]
    assert found.cases == ()


# --- order ----------------------------------------------------------------------------------------


def at(name: str, line: int = 1, column: int = 1, code: str = "D19") -> Problem:
    return problem(Path(name), line, column, code)


def test_problems_stand_by_file_then_place_and_each_only_once() -> None:
    wanted = [
        at("a/office.yaml"),
        at("a/b/body.yaml", 9),
        at("a/b/2566-12.yaml"),
        at("a/b/2567-9.yaml"),
        at("a/b/2567-10.yaml", 2),
        at("a/b/2567-10.yaml", 10, 2),
        at("a/b/2567-10.yaml", 10, 10, "D21"),
        at("a/b/2567-10.yaml", 10, 10, "W04"),
    ]
    mixed = [*reversed(wanted), at("a/b/body.yaml", 9)]
    assert in_file_order(mixed) == wanted


def test_the_place_of_a_file_is_year_number_and_letter() -> None:
    assert order(Path("otop/2567-0012b.yaml")) == (2567, 12, "b")


def test_the_root_of_the_bad_inputs_is_sound() -> None:
    found = find([ROOT / "agendas"])
    assert (ids(found), found.problems) == (["otop-2567-01", "council-2567-01"], ())
