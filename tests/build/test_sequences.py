"""Whatever is changed, in whatever order, a run that builds what is stale equals a clean build."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from minutes.build import ledger, pipeline
from tests.support.quick_build import BODIES, BODY, OFFICE, Desk, building, meeting

BODY_NAMES = st.sampled_from(sorted(BODIES))
NUMBERS = st.integers(1, 4)
WORDS = st.sampled_from(["ก", "ข", "ค"])
FOLLOWED = st.sampled_from(["", "board-2567-01 5.1", "council-2567-02 5.1", "board-2566-01 1"])


class Secretary(RuleBasedStateMachine):
    """Somebody who changes this and that, and builds now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.quickly = careless()
        self.quickly.__enter__()
        self.builds = 0

    @initialize()
    def begin(self) -> None:
        self.desk = Desk(self.folder)
        self.desk.put_picture("board/ภาพ.png")
        self.desk.put_picture("council/ภาพ.png")

    def teardown(self) -> None:
        try:
            if hasattr(self, "desk"):
                self.build_and_compare()
        finally:
            self.quickly.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    @rule(
        body=BODY_NAMES,
        number=NUMBERS,
        day=st.integers(1, 5),
        title=WORDS,
        status=st.sampled_from(["ฉบับสมบูรณ์", "รับรองแล้ว"]),
        follows=FOLLOWED,
        image=st.sampled_from(["", "ภาพ.png"]),
    )
    def write_a_meeting(self, body: str, number: int, **said: Any) -> None:
        self.desk.put(f"{body}/2567-0{number}.yaml", meeting(number, **said))

    @rule(body=BODY_NAMES, number=NUMBERS, skips=st.booleans())
    def decide_about_the_release(self, body: str, number: int, skips: bool) -> None:
        skip = "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}\n" if skips else ""
        self.desk.put(f"{body}/2567-0{number}.yaml", meeting(number) + skip)

    @rule(body=BODY_NAMES, number=NUMBERS)
    def spoil_a_meeting(self, body: str, number: int) -> None:
        self.desk.put(f"{body}/2567-0{number}.yaml", "วันที่: เมื่อวาน\n")

    @rule(body=BODY_NAMES, number=NUMBERS)
    def take_a_meeting_away(self, body: str, number: int) -> None:
        (self.desk.agendas / body / f"2567-0{number}.yaml").unlink(missing_ok=True)

    @rule(body=BODY_NAMES, name=WORDS)
    def rename_a_body(self, body: str, name: str) -> None:
        self.desk.put(f"{body}/body.yaml", BODY.format(name))

    @rule(name=WORDS)
    def rename_the_office(self, name: str) -> None:
        self.desk.put("office.yaml", OFFICE + f"ชื่อย่อ: {name}\n")

    @rule(body=BODY_NAMES, width=st.integers(60, 62))
    def take_another_picture(self, body: str, width: int) -> None:
        self.desk.put_picture(f"{body}/ภาพ.png", width)

    @precondition(lambda self: self.builds)
    @rule(place=st.integers(0, 99), harm=st.sampled_from(["lose", "empty", "touch", "copy"]))
    def harm_an_output(self, place: int, harm: str) -> None:
        outputs = sorted(path for path in self.desk.out.rglob("[!.]*") if path.is_file())
        if not outputs:
            return
        path = outputs[place % len(outputs)]
        if harm == "lose":
            path.unlink()
        elif harm == "empty":
            path.write_bytes(b"")
        elif harm == "touch":
            os.utime(path, (place, place))
        else:
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)

    @rule(
        paths=st.sampled_from([(), ("board",), ("council/body.yaml",)]),
        kinds=st.sampled_from([("minutes",), ("release",), pipeline.KINDS]),
        formats=st.sampled_from([("docx",), ("pdf",)]),
        force=st.booleans(),
    )
    def build_some(self, paths: tuple[str, ...], **options: Any) -> None:
        self.builds += 1
        assert not self.desk.run(*paths, aside="aside", **options).crashes

    @rule()
    def build_and_compare(self) -> None:
        self.builds += 1
        self.desk.run()
        built, clean = self.desk.documents(), self.desk.clean()
        meetings = {name.rpartition("/")[0] for name in clean}
        ours = {n: data for n, data in built.items() if self.is_compared(n, meetings)}
        assert ours == clean

    @staticmethod
    def is_compared(name: str, meetings: set[str]) -> bool:
        """Whether a clean build would have to give this file too; it was asked for no PDF."""
        folder = name.rpartition("/")[0]
        return folder in meetings and "damaged" not in name and not name.endswith(".pdf")


@contextmanager
def careless() -> Iterator[None]:
    """Build quickly, and wait for no disk."""
    prepared = ledger._prepared

    def hasty(path: Path) -> Any:
        connection = prepared(path)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with building(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "_prepared", hasty)
        patch.setattr(os, "fsync", lambda handle: None)
        yield


def sequences(number: int) -> Any:
    """Give a test of so many sequences."""
    case: Any = type(f"Sequences{number}", (Secretary,), {})
    case = case.TestCase
    case.settings = settings(max_examples=number, stateful_step_count=12, deadline=None)
    return case


TestSomeSequences = sequences(30)
TestManySequences = pytest.mark.system(sequences(500))


def test_with_the_real_documents_a_changed_meeting_equals_a_clean_build(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    options: dict[str, Any] = {"formats": ("docx", "pdf")}
    desk.run("council", **options)
    desk.put("council/2567-02.yaml", meeting(2, day=20, title="เรื่องใหม่"))
    outcome = desk.run("council", **options)
    assert len(outcome.documents) == 3 * 5
    assert desk.documents() == desk.clean("council", **options)
