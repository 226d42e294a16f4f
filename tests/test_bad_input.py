"""Wrong agendas beside the exact text that the whole program prints for them.

``pytest --update`` rewrites the expected texts; read what changed before it is kept.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import CASES, MEETING, QUICK, Answer, Desk

TARGETS = {"body": "agendas/otop/body.yaml", "office": "agendas/office.yaml"}
BAD = sorted((CASES / "bad").rglob("*.yaml"))
NEIGHBOUR = "council/2567-01/council-2567-01-minutes.docx"
EARLIER = "otop/2567-01/otop-2567-01-minutes.docx"
GOOD_MEETING = (CASES / "good.yaml").read_text("utf-8")

Record = Callable[[str, object], None]


def refuse(desk: Desk, record_property: Record, *arguments: str) -> Answer:
    """Run the program; it must refuse the meeting, leave its old documents and build the others."""
    old = desk.leave_old_documents()
    answer = desk.run(*QUICK, *arguments)
    record_property("seconds to refuse", answer.seconds)
    assert answer.status == 1
    assert {path: path.read_bytes() for path in old} == old
    assert NEIGHBOUR in desk.built()
    return answer


def name_of(case: Path) -> str:
    return case.relative_to(CASES / "bad").with_suffix("").as_posix()


@pytest.mark.parametrize("case", BAD, ids=name_of)
def test_a_wrong_file_is_told_in_exactly_these_words(
    case: Path, desk: Desk, record_property: Record, update: bool
) -> None:
    desk.put(MEETING, GOOD_MEETING)
    desk.put(TARGETS.get(case.parent.name, MEETING), case.read_bytes())
    answer = refuse(desk, record_property)
    if update:
        case.with_suffix(".txt").write_text(answer.err, "utf-8")
    assert answer.err == case.with_suffix(".txt").read_text("utf-8")
    assert (EARLIER in desk.built()) == (case.parent.name not in TARGETS)


def test_there_are_cases() -> None:
    assert len(BAD) > 50
    assert all(case.with_suffix(".txt").stat().st_size for case in BAD)
