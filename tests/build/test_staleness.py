"""Each thing that documents depend on, changed alone, has just the right meetings built again."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes import paths, store
from minutes.archive import index
from minutes.archive.location import Archives
from minutes.archive.vault import Vault
from minutes.build import ledger, pipeline, runs, staleness
from minutes.build.staleness import Disk
from minutes.meetings import loading, proceedings
from tests.support.quick_build import ALL, BODIES, BODY, OFFICE, Desk, building, meeting


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with building():
        desk = Desk(tmp_path)
        desk.put_picture("board/ภาพ.png")
        desk.put("board/2567-02.yaml", meeting(2, image="ภาพ.png"))
        desk.put("council/2567-03.yaml", meeting(3, follows="board-2567-01 5.1"))
        assert desk.rebuilt() == ALL
        assert desk.rebuilt() == set()
        yield desk


def of(body: str) -> set[str]:
    return {id_ for id_ in ALL if id_.startswith(body)}


Change = Callable[[Desk], object]
CHANGES: dict[str, tuple[Change, set[str], tuple[str, str]]] = {
    "the agenda": (
        lambda desk: desk.put("council/2567-02.yaml", meeting(2, title="เรื่องอื่น")),
        {"council-2567-02"},
        ("input", "agenda"),
    ),
    "the agenda by a comment": (
        lambda desk: desk.put("council/2567-02.yaml", meeting(2) + "# ก\n"),
        {"council-2567-02"},
        ("input", "agenda"),
    ),
    "a picture": (
        lambda desk: desk.put_picture("board/ภาพ.png", 61),
        {"board-2567-02"},
        ("input", "./ภาพ.png"),
    ),
    "a body": (
        lambda desk: desk.put("council/body.yaml", BODY.format("คณะกรรมการใหม่")),
        of("council"),
        ("input", "body"),
    ),
    "a body that is followed up": (
        lambda desk: desk.put("board/body.yaml", BODY.format("คณะกรรมการใหม่")),
        {*of("board"), "council-2567-03"},
        ("input", "../board/body.yaml"),
    ),
    "the office": (
        lambda desk: desk.put("office.yaml", OFFICE.replace("ตัวอย่าง", "อื่น")),
        set(ALL),
        ("input", "office"),
    ),
    "an office file where none is looked for": (
        lambda desk: desk.put("council/office.yaml", OFFICE.replace("ตัวอย่าง", "อื่น")),
        set(),
        ("", ""),
    ),
    "a meeting that is followed up": (
        lambda desk: desk.put("board/2567-01.yaml", meeting(1, title="เรื่องอื่น")),
        {"board-2567-01", "council-2567-03"},
        ("input", "../board/2567-01.yaml"),
    ),
    "the number, for the neighbours": (
        lambda desk: desk.put("council/2567-02.yaml", meeting(9, day=2)),
        of("council"),
        ("input", "previous"),
    ),
    "the date, for the neighbours": (
        lambda desk: desk.put("council/2567-02.yaml", meeting(2, day=20)),
        of("council"),
        ("input", "following"),
    ),
    "the status, for the neighbours": (
        lambda desk: desk.put("council/2567-02.yaml", meeting(2, status="ฉบับสมบูรณ์")),
        of("council"),
        ("input", "previous"),
    ),
    "the date of a last meeting, for the one before": (
        lambda desk: desk.put("board/2567-03.yaml", meeting(3, day=20)),
        {"board-2567-02", "board-2567-03"},
        ("input", "following"),
    ),
    "a new last meeting": (
        lambda desk: desk.put("board/2567-04.yaml", meeting(4)),
        {"board-2567-03", "board-2567-04"},
        ("never", ""),
    ),
    "a last meeting that is taken away": (
        lambda desk: (desk.agendas / "board/2567-03.yaml").unlink(),
        {"board-2567-02"},
        ("input", "following"),
    ),
    "a file that claims the same place": (
        lambda desk: desk.put(
            "board/2567-3.yaml", (desk.agendas / "board/2567-03.yaml").read_bytes()
        ),
        {"board-2567-03", "board-2567-3"},
        ("input", "twin"),
    ),
    "a file of nobody's": (lambda desk: desk.put("board/ประกาศ.pdf", b"%PDF"), set(), ("", "")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_alone_has_just_these_meetings_built(desk: Desk, name: str) -> None:
    change, expected, reason = CHANGES[name]
    change(desk)
    outcome = desk.run()
    assert {f"{stale.path.parent.name}-{stale.path.stem}" for stale in outcome.stale} == expected
    why = {(one.what, one.name) for stale in outcome.stale for one in stale.reasons}
    assert reason in why or not expected


# --- what the archive has ---------------------------------------------------------------------


@pytest.fixture
def shelved(desk: Desk) -> Callable[..., set[tuple[str, str, str]]]:
    """Build with an archive; gives which meetings were, and why."""

    def build(**options: Any) -> set[tuple[str, str, str]]:
        archives = Archives(usual=desk.folder / "archive")
        stale = desk.run(**{"archives": archives, **options}).stale
        return {
            (f"{s.path.parent.name}-{s.path.stem}", r.what, r.name)
            for s in stale
            for r in s.reasons
        }

    assert build() == set()
    return build


def keep(archive: Path, id_: str, text: str = "a") -> None:
    about = [(index.TEXT, text * 64)]
    Vault(archive).put(id_, {"signed.pdf": os.urandom(8)}, about, "signed.pdf")


def because(*ids: str) -> set[tuple[str, str, str]]:
    return {(id_, "input", "register") for id_ in ids}


def test_what_the_register_says_of_it_builds_a_meeting_and_those_after_it(
    desk: Desk, shelved: Callable[..., set[tuple[str, str, str]]]
) -> None:
    archive = desk.folder / "archive"
    keep(archive, "board-2567-01")
    assert shelved() == because(*of("board"))
    assert shelved() == set()
    keep(archive, "board-2567-02")
    assert shelved() == because("board-2567-02", "board-2567-03")
    keep(archive, "board-2567-01", "b")  # a later version: no other meeting prints it
    assert shelved() == because("board-2567-01")
    keep(archive, "elsewhere-2567-01")
    Vault(archive).note({"kind": "timestamp"})
    assert shelved() == set()


def test_a_meeting_that_comes_into_the_archive_as_it_was_built_is_not_built_again(
    desk: Desk, shelved: Callable[..., set[tuple[str, str, str]]]
) -> None:
    """Nothing that its pages print has changed; only those of the next meetings have."""
    (case,) = loading.find([desk.agendas / "board/2567-02.yaml"]).cases
    text = pipeline.text(proceedings.work_out(case))
    about = [(index.TEXT, text)]
    Vault(desk.folder / "archive").put(case.id, {"signed.pdf": b"1"}, about, "signed.pdf")
    assert shelved() == because("board-2567-03")
    Vault(desk.folder / "archive").put(case.id, {"signed.pdf": b"2"}, about, "signed.pdf")
    assert shelved() == set()
    assert desk.rebuilt(force=True, archives=Archives(usual=desk.folder / "archive")) == ALL
    assert shelved() == set()


def test_a_draft_prints_nothing_of_the_register(
    desk: Desk, shelved: Callable[..., set[tuple[str, str, str]]]
) -> None:
    desk.put("council/2567-03.yaml", meeting(3, status="ร่าง"))
    assert "council-2567-03" in {id_ for id_, _, _ in shelved()}
    keep(desk.folder / "archive", "council-2567-01")
    assert shelved() == because("council-2567-01", "council-2567-02")


def test_the_archive_that_an_office_names_is_asked_and_one_that_is_chosen_goes_before(
    desk: Desk, shelved: Callable[..., set[tuple[str, str, str]]]
) -> None:
    for name in ("named", "chosen"):
        keep(desk.folder / name, f"board-2567-0{len(name) % 4}")
    desk.put("office.yaml", OFFICE + "คลัง: ../named\n")
    assert {(what, name) for _, what, name in shelved()} == {
        ("input", "office"),
        ("input", "register"),
    }
    assert shelved() == set()
    archives = Archives(desk.folder / "chosen", desk.folder / "archive")
    assert shelved(archives=archives) == because(*of("board"))


def test_an_archive_on_a_disk_that_is_away_is_remembered_and_missed(
    desk: Desk, shelved: Callable[..., set[tuple[str, str, str]]]
) -> None:
    disk = desk.folder / "disk"
    keep(disk / "archive", "board-2567-01")
    archives = Archives(disk / "archive")
    assert shelved(archives=archives) == because(*of("board"))
    disk.rename(desk.folder / "away")
    outcome = desk.run(archives=archives)
    assert (outcome.stale, {one.code for one in outcome.problems}) == ([], {"D191", "W15", "W19"})
    assert not outcome.stops(strict=False)


def test_a_register_that_the_disk_does_not_give_stops_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(index, "read", fail)
    outcome = desk.run(archives=Archives(desk.folder / "archive"))
    (told,) = {one for one in outcome.problems if one.code == "D191"}
    assert (outcome.stale, told.path.name) == ([], "office.yaml")


# --- what is the same for every meeting -------------------------------------------------------


@pytest.fixture
def program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small program that the meetings seem to have been built by."""
    files = ("minutes/a.py", "minutes/deep/b.py", "templates/page.html", "templates/document.css")
    others = ("templates/fonts/ก.ttf", "templates/styles.docx", "templates/draft.svg")
    for name in (*files, *others, "requirements.txt", "minutes/notes.md", "templates/derive.py"):
        path = desk.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
    monkeypatch.setattr(paths, "PROGRAM", desk.folder / "minutes")
    assert desk.reasons() == {("input", "program")}
    assert desk.rebuilt() == set()
    return desk.folder


@pytest.mark.parametrize(
    "name",
    [
        "minutes/a.py",
        "minutes/deep/b.py",
        "templates/page.html",
        "templates/document.css",
        "templates/fonts/ก.ttf",
        "templates/styles.docx",
        "templates/draft.svg",
        "requirements.txt",
    ],
)
def test_another_program_template_font_or_library_builds_all(
    desk: Desk, program: Path, name: str
) -> None:
    (program / name).write_text("two")
    assert desk.rebuilt() == ALL
    (program / name).unlink()
    assert desk.reasons() == {("input", "program")}


@pytest.mark.parametrize("name", ["minutes/notes.md", "templates/derive.py", "templates/OFL.txt"])
def test_what_no_document_comes_of_builds_nothing(desk: Desk, program: Path, name: str) -> None:
    (program / name).write_text("two")
    assert desk.rebuilt() == set()


def test_the_time_of_an_input_says_nothing(desk: Desk, program: Path) -> None:
    inputs = [*desk.agendas.rglob("*.yaml"), *program.glob("templates/*")]
    assert len(inputs) > 10
    for path in inputs:
        os.utime(path, (0, 0))
    assert desk.rebuilt() == set()


def test_an_input_is_seen_to_change_though_its_time_and_size_are_the_same(desk: Desk) -> None:
    path = desk.agendas / "council/2567-01.yaml"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("เรื่องหนึ่ง", "เรื่องที่สี่"[:11]), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert desk.rebuilt() == {"council-2567-01"}


# --- what is asked for ------------------------------------------------------------------------


def test_what_was_never_asked_for_is_made_when_it_is_and_kept_as_made(desk: Desk) -> None:
    assert desk.reasons(formats=("pdf",)) == {
        ("new", f"{id_}-{kind}.pdf") for id_ in ALL for kind in ("minutes", "release")
    }
    assert desk.rebuilt(formats=("pdf", "docx")) == set()
    assert desk.rebuilt(kinds=("release",), formats=("pdf",)) == set()


def test_what_was_not_asked_for_is_made_anew_when_it_is_asked_for_again(desk: Desk) -> None:
    desk.put("council/2567-02.yaml", meeting(2, title="เรื่องอื่น"))
    assert desk.rebuilt(kinds=("minutes",)) == {"council-2567-02"}
    assert desk.rebuilt(kinds=("minutes",)) == set()
    assert desk.reasons() == {
        ("new", "council-2567-02-release.docx"),
        ("new", "council-2567-02-release.txt"),
    }
    assert desk.documents() == desk.clean()


def test_documents_with_the_font_in_them_are_others(desk: Desk) -> None:
    assert desk.reasons(embed_fonts=True) == {("input", "embedded fonts")}
    assert desk.rebuilt(embed_fonts=True) == set()
    assert desk.rebuilt() == ALL
    assert desk.documents() == desk.clean()


def test_a_release_that_is_given_up_goes_and_comes_back(desk: Desk) -> None:
    path = desk.output("council-2567-02", "release.docx")
    text = meeting(2)
    desk.put("council/2567-02.yaml", text + "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}\n")
    assert desk.rebuilt() == {"council-2567-02"}
    assert not path.exists()
    assert desk.rebuilt() == set()
    desk.put("council/2567-02.yaml", text)
    assert desk.rebuilt() == {"council-2567-02"}
    assert path.exists()


def test_only_the_meetings_asked_for_are_built(desk: Desk) -> None:
    desk.put("office.yaml", OFFICE.replace("ตัวอย่าง", "อื่น"))
    assert desk.rebuilt("board/2567-01.yaml") == {"board-2567-01"}
    assert desk.rebuilt("board") == {"board-2567-02", "board-2567-03"}
    assert desk.rebuilt() == of("council")


def test_force_builds_all_that_is_asked_for(desk: Desk) -> None:
    assert desk.rebuilt("board", force=True) == of("board")
    assert desk.reasons(force=True) == {("forced", "")}


# --- what cannot be read ----------------------------------------------------------------------


def test_a_faulty_meeting_stays_stale_and_its_neighbours_do_without_it(desk: Desk) -> None:
    desk.put("council/2567-02.yaml", "วันที่: เมื่อวาน\n")
    assert desk.rebuilt() == of("council")
    assert desk.rebuilt() == {"council-2567-02"}
    desk.put("council/2567-02.yaml", meeting(2))
    assert desk.rebuilt() == of("council") - {"council-2567-02"}  # its documents are as they were


@pytest.mark.parametrize("fault", [PermissionError, OSError, ValueError])
def test_an_input_that_cannot_be_read_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def refuse(_: object) -> None:
        raise fault

    monkeypatch.setattr(store, "digest_of", refuse)
    assert Disk(str, {}).digest(str(tmp_path)) == staleness.UNREADABLE


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert Disk(str, {}).digest(str(tmp_path)) == staleness.MISSING


def test_a_meeting_that_is_followed_up_before_the_files_begin_is_waited_for(desk: Desk) -> None:
    desk.put("council/2567-02.yaml", meeting(2, follows="board-2566-09 5.1"))
    assert desk.rebuilt() == {"council-2567-02"}
    assert desk.rebuilt() == set()
    desk.put("board/2566-08.yaml", meeting(8))  # now the files begin before it, without it
    assert "council-2567-02" in desk.rebuilt()
    desk.put("board/2566-09.yaml", meeting(9))
    assert "council-2567-02" in desk.rebuilt()


# --- each file is read once -------------------------------------------------------------------


def test_with_nothing_to_do_each_input_is_read_once_and_no_output(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = store.digest_of

    def noted(path: str | Path) -> str | None:
        read.append(str(path))
        return real(path)

    monkeypatch.setattr(store, "digest_of", noted)
    assert desk.rebuilt() == set()
    inputs = [path for path in read if "agendas" in path]
    assert len(inputs) == len(set(inputs)) == len(ALL) + len(BODIES) + 2
    assert not [path for path in read if str(desk.out) in path]


def test_nothing_is_parsed_when_nothing_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "glimpse", lambda path: pytest.fail(f"{path} was read"))
    assert desk.rebuilt() == set()


def test_what_was_learned_by_another_program_is_learned_again(desk: Desk) -> None:
    with ledger.opened(desk.out) as book:
        known = book.glimpses(staleness.program())
        assert len(known) >= 4
        assert json.loads(next(iter(known.values())))["number"]
        assert book.glimpses("another") == {}
        book.remember_glimpses("another", {"a": "b"})
        assert book.glimpses(staleness.program()) == {}
