from pathlib import Path

import pytest

from minutes.meetings import folders
from minutes.problems.errors import Problem, problem


@pytest.fixture
def agendas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("office.yaml", "board/body.yaml", "board/2567-10.yaml", "board/2567-9.yaml"):
        put(tmp_path / "agendas" / name)
    put(tmp_path / "agendas/council/2566-01b.yaml")
    return Path("agendas")


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    return path


def found(*paths: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the meetings under paths, and the problems by their file's name and code."""
    problems: list[Problem] = []
    wanted = folders.wanted(paths, problems)
    names = [path.as_posix() for files in wanted.values() for path in files]
    assert all(path.parent == folder for folder, files in wanted.items() for path in files)
    return names, [(one.path.name, one.code) for one in problems]


NINE, TEN = "agendas/board/2567-9.yaml", "agendas/board/2567-10.yaml"


def test_meetings_come_by_body_and_by_number(agendas: Path) -> None:
    assert found(agendas) == ([NINE, TEN, "agendas/council/2566-01b.yaml"], [])


def test_a_body_or_an_office_stands_for_its_meetings(agendas: Path) -> None:
    assert found(agendas / "board/body.yaml") == ([NINE, TEN], [])
    assert len(found(agendas / "office.yaml")[0]) == 3


def test_a_meeting_named_twice_is_built_once(agendas: Path) -> None:
    assert found(Path(TEN), agendas / "board", Path(TEN)) == ([NINE, TEN], [])
    assert len(found(Path(TEN), agendas.absolute())[0]) == 3


@pytest.mark.parametrize(
    ("name", "code"),
    [("2567-9.yml", "D81"), ("2567.yaml", "D81"), ("2024-01.yaml", "D86"), ("gone.yaml", "D80")],
)
def test_what_is_no_meeting_is_told_of(agendas: Path, name: str, code: str) -> None:
    path = agendas / "board" / name
    if code != "D80":
        put(path)
    assert found(path) == ([], [(name, code)])
    if code != "D80":
        assert found(agendas)[1] == [(name, code)]


def test_hidden_files_and_those_that_word_leaves_are_passed_over(agendas: Path) -> None:
    for name in ("board/.2567-01.yaml", "board/~$2567-01.yaml", ".git/2567-01.yaml", "board/ก.txt"):
        put(agendas / name)
    assert len(found(agendas)[0]) == 3


def test_a_folder_without_meetings_is_told_of(agendas: Path) -> None:
    (agendas / "empty").mkdir()
    assert found(agendas / "empty") == ([], [("empty", "D82")])


def test_a_folder_whose_name_no_id_can_hold_is_refused(agendas: Path) -> None:
    put(agendas / "Board ๑/2567-01.yaml")
    names, problems = found(agendas)
    assert (len(names), problems) == (3, [("Board ๑", "D83")])


def test_of_two_folders_of_one_name_the_second_is_refused(agendas: Path) -> None:
    put(agendas / "sapha/board/2567-01.yaml")
    names, problems = found(agendas)
    assert (len(names), problems) == (3, [("board", "D84")])


def test_a_meeting_knows_its_id_and_its_folder(agendas: Path) -> None:
    assert folders.meeting_id(agendas / "board/2567-9.yaml") == "board-2567-9"
    assert folders.output_folder(agendas / "board/2567-9.yaml") == "board/2567-9"


def test_the_office_is_the_nearest_above(agendas: Path) -> None:
    nearer = put(agendas / "sapha/office.yaml")
    assert folders.office_of(agendas / "sapha/council") == nearer.absolute()
    assert folders.office_of(agendas / "board") == (agendas / "office.yaml").absolute()
    (agendas / "office.yaml").unlink()
    assert folders.office_of(agendas / "board") == agendas / "office.yaml"


def test_a_folder_that_is_not_there_has_no_meetings(agendas: Path) -> None:
    assert folders.meetings_in(agendas / "nowhere") == []
    assert [path.name for path in folders.meetings_in(agendas / "board")] == [
        "2567-9.yaml",
        "2567-10.yaml",
    ]


def test_problems_come_in_the_order_of_the_files_and_once(agendas: Path) -> None:
    names = ("2567-10.yaml", "2567-9.yaml", "body.yaml", "2567-9.yaml")
    problems = [problem(agendas / "board" / name, 1, 1, "D80") for name in names]
    sorted_ = folders.in_file_order([*problems, problem(Path(NINE), 1, 2, "D80")])
    assert [(one.path.name, one.column) for one in sorted_] == [
        ("body.yaml", 1),
        ("2567-9.yaml", 1),
        ("2567-9.yaml", 2),
        ("2567-10.yaml", 1),
    ]
