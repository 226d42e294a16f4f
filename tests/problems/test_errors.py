"""Problems, and the words for every one of them."""

import os
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.build import review
from minutes.problems import messages
from minutes.problems.errors import LONGEST_SHOWN, Fault, MinutesError, Problem, problem
from minutes.problems.messages import (
    ARCHIVE,
    DELIVERY,
    DEPOSIT,
    HANDWORK,
    IMPORTS,
    MESSAGES,
    NEW,
    OUTPUTS,
    PUBLICATION,
    SEVERITIES,
    SIGNING,
    SITE,
    Language,
)
from tests.program.test_bad_input import (
    BAD,
    GENERATED,
    NAMES_OF_FILES,
    PICTURES,
    SOUND,
    TARGETS,
    UNREADABLE,
    naming,
)
from tests.rules.test_cases import WRONG, lay_out
from tests.support.agenda_folder import MEETING, ROOT

WORDINGS = Path(messages.__file__)
PATH = Path("agendas/otop/2567-02.yaml")
NOT_OF_INPUT = {
    "D10",  # a file that vanishes between two looks
    *OUTPUTS,
    *ARCHIVE,
    *DEPOSIT,
    *HANDWORK,
    *DELIVERY,
    *IMPORTS,
    *SIGNING,
    *NEW,
    *SITE,
    *(PUBLICATION.keys() - {"W33", "W80", "W81"}),
}
LANGUAGES: tuple[Language, ...] = ("th", "en")


def problems_of(*paths: Path) -> Iterator[Problem]:
    """Give what the program finds wrong, without building anything."""
    yield from review.review(paths).problems


def folders_of_all_bad_inputs(folder: Path) -> Iterator[Path]:
    """Lay out one folder of agendas for every wrong file."""
    files = [(TARGETS.get(case.parent.name, MEETING), case.read_bytes()) for case in BAD]
    files += [(MEETING, case.read_bytes()) for case in UNREADABLE]
    files += [(MEETING, data) for data, _ in GENERATED.values()]
    files += [(MEETING, naming("images/hall.jpg").encode()) for _ in PICTURES]
    files += [(f"agendas/otop/{name}", SOUND.encode()) for name in NAMES_OF_FILES]
    pictures: dict[int, bytes | None] = dict(enumerate(data for data, _ in PICTURES.values()))
    first = len(files) - len(PICTURES) - len(NAMES_OF_FILES)
    for number, (name, data) in enumerate(files):
        root = folder / str(number)
        shutil.copytree(ROOT, root)
        (root / MEETING).write_text(SOUND, "utf-8")
        (root / name).write_bytes(data)
        (root / "agendas/otop/images").mkdir()
        if (picture := pictures.get(number - first)) is not None:
            (root / "agendas/otop/images/hall.jpg").write_bytes(picture)
        yield root
    for number, case in enumerate(WRONG):
        root = folder / f"rule {number}"
        shutil.copytree(ROOT, root)
        lay_out(case, root)
        yield root


def odd_folder(root: Path) -> Path:
    """Lay out a folder with whatever is odd about files and folders themselves."""
    shutil.copy(ROOT / "agendas" / "office.yaml", root)
    shutil.copytree(ROOT / "agendas" / "otop", root / "otop")
    shutil.copytree(ROOT / "agendas" / "otop", root / "same" / "name" / "otop")
    (root / "nobody").mkdir()
    (root / "nobody" / "2567-01.yaml").write_text(SOUND, "utf-8")
    shutil.copytree(ROOT / "agendas" / "otop", root / "โอทอป")
    (root / "club" / "body.yaml").mkdir(parents=True)
    os.mkfifo(root / "club" / "2567-01.yaml")
    (root / "otop" / "2567-01.yaml").write_text("ครั้งที่: [", "utf-8")
    (root / "otop" / "2567-02.yaml").write_text(SOUND, "utf-8")
    (root / "otop" / "images" / "Hall.JPG").mkdir(parents=True)
    (root / "otop" / "images" / "Front.JPG").write_bytes(b"")
    (root / "otop" / "2567-03.yaml").write_text(naming("images/front.jpg"), "utf-8")
    (root / "otop" / "2567-04.yaml").write_text(naming("images/Hall.JPG"), "utf-8")
    (root / "empty").mkdir()
    return root


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    folder = tmp_path_factory.mktemp("bad")
    roots = folders_of_all_bad_inputs(folder)
    found = [each for root in roots for each in problems_of(root / "agendas")]
    odd = odd_folder(tmp_path_factory.mktemp("odd"))
    return [*found, *problems_of(odd, odd / "empty", odd / "nowhere")]


def test_every_known_code_is_fired_by_some_wrong_input(fired: list[Problem]) -> None:
    assert {each.code for each in fired} == MESSAGES.keys() - NOT_OF_INPUT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fired_problem_is_told_on_one_line_without_an_unfilled_slot(
    language: Language, fired: list[Problem]
) -> None:
    slots = {f"{{{slot}}}" for code in MESSAGES for slot in slots_of(code)}
    assert len(fired) > 500
    for each in fired:
        told = f"{each.message(language)}|{each.hint(language)}"
        assert not [slot for slot in slots if slot in told], told
        assert told.splitlines() == [told]
        assert each.message(language)
        assert each.line > 0
        assert each.column > 0


def slots_of(code: str) -> set[str]:
    return {
        slot
        for wording in MESSAGES[code][1:]
        for _, slot, _, _ in string.Formatter().parse(wording)
        if slot
    }


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    wording = MESSAGES[code]
    assert re.search("[ก-๙]", wording.th)
    assert re.search("[ก-๙]", wording.hint_th)
    for english in (wording.en, wording.hint_en):
        assert re.match('[a-z0-9W*"{]', english)
    assert not re.search(r"\.$|แฟ้ม|กรุณา|โปรด", wording.th + wording.hint_th)
    assert wording.severity in SEVERITIES


def test_no_code_has_two_meanings() -> None:
    codes = re.findall(r'^    "([DW][0-9]+)": Message', WORDINGS.read_text("utf-8"), re.MULTILINE)
    assert len(codes) == len(MESSAGES)
    assert set(codes) == set(MESSAGES)


def test_a_message_is_as_severe_as_its_letter_says() -> None:
    unlike = {code for code in MESSAGES if code[0] == "D" and MESSAGES[code].severity != "error"}
    assert unlike - NOT_OF_INPUT == {"D61", "D62", "D87"}


def test_a_line_of_text_names_file_line_column_severity_and_code() -> None:
    found = problem(PATH, 3, 9, "D04", text="14.3")
    assert found.line_of_text("a.yaml") == 'a.yaml:3:9: ผิดพลาด[D04]: ไม่เข้าใจเวลา "14.3"'
    assert (
        found.line_of_text("a.yaml", "en") == 'a.yaml:3:9: error[D04]: cannot read the time "14.3"'
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("14.3", "14.3"),
        ("สอง\nบรรทัด\tและ  วรรค", "สอง บรรทัด และ วรรค"),
        ("\x1b[31mแดง\u202e\u2066", "[31mแดง"),
        ("\udcff", ""),
        ("ก" * LONGEST_SHOWN, "ก" * LONGEST_SHOWN),
        ("ก" * (LONGEST_SHOWN + 1), "ก" * (LONGEST_SHOWN - 1) + "…"),
        ("ก" * 1_000_000, "ก" * (LONGEST_SHOWN - 1) + "…"),
        (" " * 1_000_000, "…"),
        (7, "7"),
    ],
)
def test_a_value_is_shown_on_one_line_and_not_at_length(value: object, shown: str) -> None:
    found = problem(PATH, 1, 1, "D04", text=value)
    assert found.message() == f'ไม่เข้าใจเวลา "{shown}"'


def test_a_choice_of_words_is_shown_with_dots_between_and_never_cut() -> None:
    words = tuple(f"คำ{number}" for number in range(100))
    found = problem(PATH, 1, 1, "D46", value="ซูม", wanted_th=words, wanted=("online",))
    assert found.hint() == "ใช้ค่าใดค่าหนึ่ง: " + " · ".join(words)
    assert found.hint("en") == "use one of: online"


def test_a_value_may_have_the_name_of_any_slot() -> None:
    found = problem(PATH, 2, 1, "D41", key="date", other="วันที่", line=1)
    assert found.message("en") == 'the key "date" says the same as "วันที่" on line 1'


def test_equal_problems_are_one() -> None:
    twice = [problem(PATH, 1, 1, "D04", text="9"), problem(PATH, 1, 1, "D04", text="9")]
    other = problem(PATH, 1, 1, "D04", text="8")
    assert list(dict.fromkeys([*twice, other])) == [twice[0], other]


def test_a_fault_tells_itself_in_english_for_developers() -> None:
    assert str(Fault("D04", text="9")) == 'D04: cannot read the time "9"'


def test_an_error_carries_every_problem_in_its_text() -> None:
    error = MinutesError([problem(PATH, 1, 1, "D19"), problem(PATH, 2, 3, "D04", text="9")])
    assert [found.code for found in error.problems] == ["D19", "D04"]
    assert (
        str(error)
        .splitlines()[1]
        .endswith('2567-02.yaml:2:3: error[D04]: cannot read the time "9"')
    )
