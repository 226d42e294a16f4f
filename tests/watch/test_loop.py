"""What is built after a save, in which order, and what is told and shown of it."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes import paths
from minutes.build import pipeline, runs
from minutes.build.runs import Request
from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.watch.file_events import Saves
from minutes.watch.loop import ChangedProgramError, Scene, Turn, Watcher
from tests.support import quick_build
from tests.support.quick_build import ALL, BODY, OFFICE, Desk, building, meeting

ONE, OTHER = "council/2567-02.yaml", "board/2567-01.yaml"
WRONG = meeting(2).replace("09.30", "99.30")


class Watched:
    """A desk that is watched, with what was told and shown."""

    def __init__(self, desk: Desk, *named: str) -> None:
        self.desk = desk
        given = tuple(desk.agendas / path for path in named or ("",))
        self.request = Request(given, desk.out, pipeline.KINDS, pipeline.FORMATS)
        self.turns: list[Turn] = []
        self.scenes: list[Scene] = []
        self.watcher = Watcher(self.request, self.turns.append, self.scenes.append)

    def turn(self, *saved: Path, **options: Any) -> list[Turn]:
        del self.turns[:], self.scenes[:]
        self.watcher.turn(saved, **options)
        return self.turns

    @property
    def states(self) -> dict[str, str]:
        return {one.id: one.state for one in self.watcher.scene.standings.values()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with building():
        yield Desk(tmp_path)


@pytest.fixture
def watched(desk: Desk) -> Watched:
    watched = Watched(desk)
    watched.turn()
    return watched


def ids(turn: Turn) -> list[str]:
    return [one.id for one in turn.standings]


def test_all_that_is_stale_is_built_at_first_the_newest_file_before_the_others(desk: Desk) -> None:
    newest = desk.put(ONE, meeting(2))
    watched = Watched(desk)
    [told] = watched.turn()
    assert set(ids(told)) == ALL
    assert ids(told)[0] == "council-2567-02"
    assert told.files == 5 * len(ALL)
    assert set(watched.states.values()) == {"built"}
    assert told.standings[0].path == newest


def test_when_nothing_is_stale_nothing_is_told(watched: Watched) -> None:
    assert watched.turn() == []
    assert watched.scenes[-1].busy is False


def test_the_saved_meeting_is_built_first_and_told_by_itself(watched: Watched) -> None:
    path = watched.desk.put("board/2567-01.yaml", meeting(1, day=9))
    watched.desk.put("council/body.yaml", BODY.format("คณะใหม่"))
    first, rest = watched.turn(path)
    assert (ids(first), first.files) == (["board-2567-01"], 5)
    assert set(ids(rest)) == {"board-2567-02", *(one for one in ALL if one.startswith("council"))}
    assert watched.watcher.scene.latest == path
    assert watched.watcher.scene.saves == 1


def test_a_scene_says_what_is_being_built(watched: Watched) -> None:
    path = watched.desk.put(ONE, meeting(2, title="ใหม่"))
    watched.turn(path)
    assert [scene.building for scene in watched.scenes][:3] == [None, path, None]
    assert [scene.busy for scene in watched.scenes] == [True, True, True, True, False]


def test_an_error_keeps_the_last_documents_and_is_told_each_time_it_is_saved(
    watched: Watched,
) -> None:
    before = watched.desk.documents()
    for _ in range(2):
        [told] = watched.turn(watched.desk.put(ONE, WRONG))
        assert [one.state for one in told.standings] == ["faulty"]
        found = told.standings[0].problems[0]
        assert (found.line, found.severity) == (3, "error")
        assert told.files == 0
    assert watched.desk.documents() == before
    other = watched.desk.put(OTHER, meeting(1, title="ใหม่"))
    assert [ids(turn) for turn in watched.turn(other)] == [["board-2567-01"]]


def test_a_meeting_is_told_to_be_mended_when_its_file_is_as_it_was(watched: Watched) -> None:
    path = watched.desk.put(ONE, WRONG)
    watched.turn(path)
    path.write_text(meeting(2), "utf-8")
    [told] = watched.turn(path)
    assert (ids(told), told.standings[0].state, told.files) == (["council-2567-02"], "built", 0)
    watched.turn(watched.desk.put(ONE, WRONG))
    path.write_text(meeting(2), "utf-8")
    [told] = watched.turn()  # heard of another file alone
    assert (ids(told), told.files) == (["council-2567-02"], 0)


def test_a_new_file_joins_and_a_deleted_one_leaves(watched: Watched) -> None:
    path = watched.desk.put("council/2567-04.yaml", meeting(4))
    first, rest = watched.turn(path)
    assert ids(first) == ["council-2567-04"]
    assert ids(rest) == ["council-2567-03"]  # which names the following meeting
    assert list(watched.states) == sorted([*ALL, "council-2567-04"])
    path.unlink()
    [told] = watched.turn(path)
    assert ids(told) == ["council-2567-03"]
    assert set(watched.states) == ALL


def test_a_link_that_leads_to_itself_stops_no_watching(watched: Watched) -> None:
    link = watched.desk.agendas / "council" / "2567-09.yaml"
    link.symlink_to(link.name)
    watched.turn(link)
    assert watched.states.get("council-2567-09") != "built"
    assert {"council-2567-03"} <= set(watched.states)


def test_a_file_that_is_no_meeting_is_told_once(watched: Watched) -> None:
    path = watched.desk.put("council/notes.yaml", "ก: ข\n")
    [told] = watched.turn(path)
    assert [one.code for one in told.others] == ["D81"]
    assert watched.turn(path) == []
    assert [one.code for one in watched.watcher.scene.others] == ["D81"]


def test_warnings_of_fresh_meetings_are_told_at_first_sight(desk: Desk) -> None:
    Watched(desk).turn()
    [told] = Watched(desk).turn()
    assert told.files == 0
    assert len(told.standings) == len(ALL)
    assert all(one.problems for one in told.standings)


def test_a_new_save_overtakes_what_is_left_and_it_is_built_later(watched: Watched) -> None:
    watched.desk.put("office.yaml", OFFICE + "ชื่อย่อ: ก\n")
    answers = iter([False, False, True])
    [told] = watched.turn(is_overtaken=lambda: next(answers))
    assert len(told.standings) == 2
    assert sorted(watched.states.values()).count("waiting") == len(ALL) - 2
    [told] = watched.turn()
    assert len(told.standings) == len(ALL) - 2


def test_only_what_was_asked_for_is_built(desk: Desk) -> None:
    watched = Watched(desk, ONE)
    [told] = watched.turn()
    assert ids(told) == ["council-2567-02"]
    assert watched.turn(desk.put(OTHER, meeting(1, title="ใหม่"))) == []
    assert watched.watcher.scene.latest is None
    desk.put("council/body.yaml", BODY.format("คณะใหม่"))
    assert len(watched.turn()) == 1


def test_two_folders_of_one_name_do_not_write_over_each_other(watched: Watched) -> None:
    watched.desk.put("again/council/body.yaml", BODY.format("คณะอื่น"))
    path = watched.desk.put("again/council/2567-02.yaml", meeting(2, title="อื่น"))
    turns = watched.turn(path)
    assert {one.code for turn in turns for one in turn.others} == {"D84"}


# --- what goes wrong that is not the writer's fault -------------------------------------------


def fail(*_: Any, **__: Any) -> dict[str, bytes]:
    raise RuntimeError("ours")


def test_a_crash_is_told_once_for_a_save_and_the_rest_goes_on(watched: Watched) -> None:
    before = watched.desk.documents()
    path = watched.desk.put(ONE, meeting(2, title="ใหม่"))
    with building(fail):
        [told] = watched.turn(path)
        assert watched.turn() == []
    assert told.standings[0].state == "crashed"
    assert "RuntimeError: ours" in told.standings[0].trace
    assert watched.desk.documents() == before
    [told] = watched.turn(path)
    assert told.standings[0].state == "built"


def test_a_crash_while_a_meeting_is_checked_stops_no_watching(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = watched.desk.put(ONE, meeting(2, title="ใหม่"))
    monkeypatch.setattr(runs, "_sound", fail)
    [told] = watched.turn(path)
    assert told.standings[0].state == "crashed"
    assert "RuntimeError: ours" in told.standings[0].trace


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "out/x.docx")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_documents_that_cannot_be_written_are_tried_again_and_told_once(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: Any) -> Path:
        raise OSError(number, "no", "out/x.docx")

    path = watched.desk.put(ONE, meeting(2, title="ใหม่"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        [told] = watched.turn(path)
        assert [error.errno for error in told.standings[0].unwritten] == [number]
        assert watched.watcher.scene.is_held
        assert watched.turn() == []
    [told] = watched.turn()
    assert told.standings[0].state == "built"
    assert not watched.watcher.scene.is_held


def test_a_folder_of_documents_that_cannot_be_used_is_told_once(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = watched.desk.put(ONE, meeting(2, title="ใหม่"))
    with monkeypatch.context() as patch:
        patch.setattr(runs, "look", full)
        [told] = watched.turn()
        assert told.trouble is not None
        assert watched.watcher.scene.is_held
        assert watched.turn() == []
    assert len(watched.turn(path)) == 1
    assert watched.watcher.scene.trouble is None


def test_formats_that_cannot_be_made_here_are_told(desk: Desk) -> None:
    def no_pdf(formats: Any) -> tuple[str, ...]:
        return tuple(f for f in formats if f != "pdf")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "possible", no_pdf)
        [told] = Watched(desk).turn()
    assert told.lacking == ("pdf",)


# --- templates and the program ----------------------------------------------------------------


@pytest.fixture
def program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small program and templates of its own on the desk."""
    root = desk.folder / "program"
    for name in ("minutes/a.py", "templates/minutes.html", "templates/preview/preview.css"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", "utf-8")
    monkeypatch.setattr(paths, "PROGRAM", root / "minutes")
    return root


def test_a_changed_template_is_read_anew_and_rebuilds_everything(
    desk: Desk, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(pipeline, "forget", lambda: forgotten.append(True))
    watched = Watched(desk)
    watched.turn()
    assert watched.turn() == []
    assert not forgotten
    (program / "templates/minutes.html").write_text("2", "utf-8")
    [told] = watched.turn()
    assert set(ids(told)) == ALL
    assert forgotten == [True]
    assert desk.rebuilt() == set()  # the next ordinary run agrees


def test_what_only_the_preview_shows_rebuilds_nothing(desk: Desk, program: Path) -> None:
    watched = Watched(desk)
    watched.turn()
    (program / "templates/preview/preview.css").write_text("2", "utf-8")
    assert watched.turn() == []


@pytest.mark.parametrize("name", ["minutes/a.py", "requirements.txt"])
def test_when_the_program_changes_nothing_more_is_built(
    desk: Desk, program: Path, name: str
) -> None:
    watched = Watched(desk)
    watched.turn()
    before = desk.documents()
    (program / name).write_text("2", "utf-8")
    desk.put(ONE, meeting(2, title="ใหม่"))
    with pytest.raises(ChangedProgramError):
        watched.turn()
    assert desk.documents() == before


def test_templates_styles_and_fonts_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    before = (pages.stylesheet(), html_to_pdf._own_files(), pipeline.word_styles(False))
    assert before[0] is pages.stylesheet()
    pipeline.forget()
    after = (pages.stylesheet(), html_to_pdf._own_files(), pipeline.word_styles(False))
    assert after == before
    assert [one is other for one, other in zip(before, after, strict=True)] == [False] * 3


# --- which folders ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "top"),
    [
        ("", ""),
        ("council", ""),
        ("council/2567-02.yaml", ""),
        ("far/away", "far"),
        ("far/away/2567-01.yaml", "far"),
        ("nothing-yet", ""),
    ],
)
def test_all_that_a_meeting_draws_on_lies_in_the_watched_folder(
    desk: Desk, path: str, top: str
) -> None:
    desk.put("far/office.yaml", OFFICE)
    desk.put("far/away/body.yaml", BODY.format("ก"))
    desk.put("far/away/2567-01.yaml", meeting(1))
    (desk.agendas / "nothing-yet").mkdir()
    watched = Watched(desk, path)
    assert watched.watcher.tops[0] == desk.agendas / top
    assert watched.watcher.tops[1:] == [paths.PROGRAM, paths.PROGRAM.parent / "templates"]


# --- on and on --------------------------------------------------------------------------------


class Saved:
    """Saves that come one after another; the last one is an interrupt."""

    def __init__(self, *acts: Callable[[], Path]) -> None:
        self.acts = list(acts)
        self.pending = False
        self.patience: list[float | None] = []

    def wait(self, seconds: float | None) -> frozenset[Path]:
        self.patience.append(seconds)
        if not self.acts:
            raise KeyboardInterrupt
        return frozenset([self.acts.pop(0)()])


def test_watching_goes_on_until_an_interrupt(watched: Watched) -> None:
    put = watched.desk.put
    saved = Saved(lambda: put(ONE, WRONG), lambda: put(ONE, meeting(2, title="ใหม่")))
    with pytest.raises(KeyboardInterrupt):
        watched.watcher.keep(saved)  # type: ignore[arg-type] # it stands in for Saves
    assert [turn.standings[0].state for turn in watched.turns[1:]] == ["faulty", "built"]
    assert saved.patience == [None] * 3


def test_when_files_are_held_it_is_tried_again_without_a_save(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "look", full)
    saved = Saved()
    with pytest.raises(KeyboardInterrupt):
        watched.watcher.keep(saved)  # type: ignore[arg-type] # it stands in for Saves
    assert saved.patience == [2.0]


def test_quick_and_saves_are_what_they_stand_in_for() -> None:
    assert {"wait", "pending"} <= set(dir(Saves))
    assert quick_build.ALL
