"""What a browser is told of meetings that are watched."""

import io
import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from minutes.build import pipeline
from minutes.build.runs import Request
from minutes.problems.errors import problem
from minutes.watch import preview
from minutes.watch.loop import Scene, Standing
from minutes.watch.preview import Board
from tests.support.quick_build import BODY, OFFICE, meeting
from tests.watch.test_page_images import pdf

NOW = datetime(2024, 5, 14, 10, 31)
ONE = Path("agendas/council/2567-02.yaml")


class Shop:
    """A board over a small folder of agendas and documents."""

    def __init__(self, folder: Path, kinds: Any = pipeline.KINDS) -> None:
        self.out = folder / "out"
        request = Request((Path("agendas"),), Path("out"), kinds, pipeline.FORMATS)
        self.now = NOW
        self.board = Board(request, lambda: self.now)

    def document(self, ending: str, data: bytes, when: datetime = NOW) -> None:
        path = self.out / "council/2567-02" / f"council-2567-02-{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (when.timestamp(), when.timestamp()))

    def show(self, *standings: Standing, **scene: Any) -> None:
        self.board.show(Scene({one.path: one for one in standings}, **{"busy": False, **scene}))

    def meeting(self, id_: str = "") -> dict[str, Any]:
        found = self.board.state(id_)["meeting"]
        assert isinstance(found, dict)
        return found

    def give(self, name: str) -> bytes:
        reply = self.board.give(name)
        assert reply is not None
        return reply.data


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "office.yaml": OFFICE,
        "council/body.yaml": BODY.format("สภาตัวอย่าง"),
        "council/2567-01.yaml": meeting(1),
        "council/2567-02.yaml": meeting(2),
        "board/2567-01.yaml": "ก",
    }.items():
        path = Path("agendas", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shop = Shop(tmp_path)
    shop.document("minutes.pdf", pdf("one", "two"))
    shop.document("release.pdf", pdf("news"))
    shop.document("release.txt", "ข่าว\n\nวันนี้\n".encode())
    return shop


def test_the_shown_meeting_has_its_title_its_files_and_its_pages(shop: Shop) -> None:
    shop.show(Standing(ONE, "built"))
    found = shop.meeting()
    assert found["id"] == "council-2567-02"
    assert found["title"] == "ครั้งที่ 2/2567 วันที่ 2 พฤษภาคม 2567"
    assert (found["file"], found["folder"]) == (str(ONE), "out/council/2567-02")
    assert [(one["kind"], one["name"]) for one in found["documents"]] == [
        ("minutes", "รายงานการประชุม"),
        ("release", "ข่าว"),
    ]
    pages = [[page["text"] for page in one["pages"]] for one in found["documents"]]
    assert pages == [["one", "two"], ["news"]]
    assert found["text"] == "ข่าว\n\nวันนี้"


def test_what_is_not_asked_for_is_not_shown(shop: Shop, tmp_path: Path) -> None:
    only = Shop(tmp_path, ("minutes",))
    only.show(Standing(ONE, "built"))
    assert [one["kind"] for one in only.meeting()["documents"]] == ["minutes"]
    assert only.meeting()["text"] == ""


def test_beside_a_document_edited_by_hand_the_new_one_is_shown(shop: Shop) -> None:
    shop.document("minutes.new.pdf", pdf("new"))
    shop.show(Standing(ONE, "built"))
    assert shop.meeting()["documents"][0]["pages"][0]["text"] == "new"
    assert shop.give("pdf/council-2567-02-minutes") == pdf("new")


# --- pictures and files -----------------------------------------------------------------------


def test_every_page_that_is_told_of_can_be_had_as_a_picture(shop: Shop) -> None:
    shop.show(Standing(ONE, "built"))
    digests = [page["digest"] for one in shop.meeting()["documents"] for page in one["pages"]]
    assert len(set(digests)) == 3
    for digest in digests:
        drawn = Image.open(io.BytesIO(shop.give(f"page/{digest}-800.png")))
        assert drawn.width == pytest.approx(800, abs=1)


def test_a_page_can_still_be_had_when_a_newer_one_is_there(shop: Shop) -> None:
    shop.show(Standing(ONE, "built"))
    digest = shop.meeting()["documents"][0]["pages"][0]["digest"]
    shop.document("minutes.pdf", pdf("newer"))
    assert shop.meeting()["documents"][0]["pages"][0]["digest"] != digest
    assert shop.give(f"page/{digest}-800.png")


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "page/" + "0" * 32 + "-800.png",
        "page/{digest}-801.png",
        "page/{digest}-99999999999.png",
        "page/../{digest}-800.png",
        "pdf/",
        "pdf/council-2567-02",
        "pdf/council-2567-02-secret",
        "pdf/council-2567-01-minutes",
        "pdf/../council-2567-02-minutes",
        "pdf/council-2567-02-minutes.pdf",
        "preview/preview.css",
        "../preview.html",
        "/etc/passwd",
        "fonts/THSarabunPSK.ttf",
    ],
)
def test_nothing_else_can_be_had(shop: Shop, name: str) -> None:
    shop.show(Standing(ONE, "built"), Standing(ONE.with_name("2567-01.yaml"), "faulty"))
    digest = shop.meeting("council-2567-02")["documents"][0]["pages"][0]["digest"]
    assert shop.board.give(name.format(digest=digest)) is None


def test_the_page_and_all_that_it_names_are_there(shop: Shop) -> None:
    assert preview.OWN
    for name in preview.OWN:
        assert shop.give(name)
    page, style = shop.give("").decode(), shop.give("preview.css").decode()
    for name in ("preview.css", "preview.js", "icon.svg"):
        assert f'"{name}"' in page
    for name in ("regular.ttf", "bold.ttf"):
        assert f"url({name})" in style
    assert "://" not in page + style + shop.give("preview.js").decode()


def test_the_state_comes_as_json(shop: Shop) -> None:
    shop.show(Standing(ONE, "built"))
    assert json.loads(shop.give("state/")) == shop.board.state()
    assert json.loads(shop.give("state/council-2567-02")) == shop.board.state("council-2567-02")


def test_the_bell_rings_at_each_scene(shop: Shop) -> None:
    shop.show(Standing(ONE))
    shop.show(Standing(ONE, "built"))
    assert shop.board.bell.rings == 2


# --- which meeting ----------------------------------------------------------------------------


def test_the_chosen_meeting_is_shown_then_the_last_saved_then_the_newest_file(shop: Shop) -> None:
    first, other = ONE.with_name("2567-01.yaml"), Path("agendas/board/2567-01.yaml")
    os.utime(first, (2**31, 2**31))
    shop.show(Standing(other), Standing(first), Standing(ONE))
    assert shop.meeting()["id"] == "council-2567-01"
    assert shop.meeting("board-2567-01")["id"] == "board-2567-01"
    assert shop.meeting("nobody-2567-01")["id"] == "council-2567-01"
    shop.show(Standing(other), Standing(first), Standing(ONE), latest=ONE, saves=3)
    assert shop.meeting()["id"] == "council-2567-02"
    state = shop.board.state("board-2567-01")
    assert (state["saves"], state["latest"]) == (3, "council-2567-02")
    assert state["meeting"]["id"] == "board-2567-01"


def test_without_meetings_there_is_none_to_show(shop: Shop) -> None:
    assert shop.board.state()["meeting"] is None
    shop.show(latest=ONE)
    assert shop.board.state()["latest"] == ""
    shop.show(Standing(ONE.with_name("2567-09.yaml")))
    assert shop.board.state()["meeting"] is None


def test_meetings_stand_by_their_bodies_with_what_is_wrong_with_them(shop: Shop) -> None:
    found = (problem(ONE, 1, 1, "D82"), problem(ONE, 1, 1, "D62"))
    shop.show(
        Standing(Path("agendas/board/2567-01.yaml")),
        Standing(ONE.with_name("2567-01.yaml"), "built"),
        Standing(ONE, "faulty", found),
        building=ONE.with_name("2567-01.yaml"),
    )
    assert shop.board.state()["groups"] == [
        {"name": "board", "meetings": [line("board-2567-01", "waiting")]},
        {
            "name": "สภาตัวอย่าง",
            "meetings": [
                line("council-2567-01", "building"),
                line("council-2567-02", "faulty", 1, 1),
            ],
        },
    ]


def line(id_: str, state: str, errors: int = 0, warnings: int = 0) -> dict[str, Any]:
    counts = {"errors": errors, "warnings": warnings}
    return {"id": id_, "name": id_.partition("-")[2], "state": state, **counts}


@pytest.mark.parametrize("text", ["", "ชื่อ:", "ชื่อ: [ก]", "สมาชิก: []", "[", "name: Board", "ชื่อ: สภา"])
def test_a_body_is_called_by_its_name_or_by_its_folder(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "council"
    folder.mkdir()
    (folder / "body.yaml").write_text(text, "utf-8")
    expected = {"name: Board": "Board", "ชื่อ: สภา": "สภา"}.get(text, "council")
    assert preview._body_name(folder) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("วันที่: 2 พฤษภาคม 2567", "วันที่ 2 พฤษภาคม 2567"),
        ("วันที่: 2 พฤษภาคม 2567\nสมัยประชุม: สมัยสามัญ", "สมัยสามัญ วันที่ 2 พฤษภาคม 2567"),
        ("วันที่: วันนี้", "2567-02"),
        ("[", "2567-02"),
        (None, "2567-02"),
    ],
)
def test_a_meeting_is_called_by_what_its_file_tells(
    shop: Shop, text: str | None, title: str
) -> None:
    ONE.unlink() if text is None else ONE.write_text(text, "utf-8")
    assert preview._title(ONE) == title


# --- how it stands ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "when"),
    [
        (datetime(2024, 5, 14, 9, 5), "09.05 น."),
        (datetime(2024, 5, 13, 23, 59), "13 พ.ค. 67 23.59 น."),
    ],
)
def test_documents_from_before_tell_when_they_were_written(
    shop: Shop, written: datetime, when: str
) -> None:
    shop.document("minutes.pdf", pdf("one"), written)
    shop.show(Standing(ONE, "built"))
    assert shop.meeting()["at"] == when


def test_documents_that_were_built_meanwhile_tell_the_time_of_day(shop: Shop) -> None:
    shop.document("minutes.pdf", pdf("one"), datetime(2024, 5, 13, 8))
    built = Standing(ONE, "built")
    shop.show(Standing(ONE))
    shop.show(built)
    shop.now = NOW.replace(minute=45)
    shop.show(built)
    assert shop.meeting()["at"] == "10.31 น."
    shop.show(Standing(ONE, "faulty"))
    assert shop.meeting()["at"] == "10.31 น."
    shop.show(Standing(ONE, "built"))
    assert shop.meeting()["at"] == "10.45 น."


def test_where_there_is_no_document_no_time_is_told(shop: Shop) -> None:
    shop.show(Standing(ONE.with_name("2567-01.yaml"), "faulty"))
    assert (shop.meeting()["at"], shop.meeting()["documents"]) == ("", [])


@pytest.mark.parametrize(
    ("state", "scene", "shown"),
    [
        ("built", {}, "built"),
        ("built", {"building": ONE}, "building"),
        ("built", {"busy": True}, "built"),
        ("waiting", {"busy": True}, "building"),
        ("waiting", {}, "waiting"),
        ("faulty", {"busy": True}, "faulty"),
    ],
)
def test_the_state_tells_what_is_being_built(
    shop: Shop, state: Any, scene: dict[str, Any], shown: str
) -> None:
    shop.show(Standing(ONE, state), **scene)
    assert shop.meeting()["state"] == shown


def test_problems_come_with_their_place_their_hint_and_the_line_the_gravest_first(
    shop: Shop,
) -> None:
    warning, error = problem(ONE, 3, 5, "D62"), problem(ONE, 2, 9, "D82")
    shop.show(Standing(ONE, "faulty", (warning, error, error)), others=(warning,))
    first, second = shop.meeting()["problems"]
    assert (first["place"], first["line"]) == (f"{ONE}:2:9", 2)
    assert (first["severity"], first["word"]) == ("error", "ผิดพลาด")
    assert first["message"] == error.message()
    assert first["excerpt"] == "วันที่: 2 พฤษภาคม 2567"
    assert second["hint"] == warning.hint()
    assert shop.board.state()["others"] == [second]


@pytest.mark.parametrize(
    ("path", "line", "excerpt"),
    [
        (ONE, 1, "ครั้งที่: 2/2567"),
        (ONE, 99, ""),
        (Path("agendas/none.yaml"), 1, ""),
        (Path("agendas"), 1, ""),
        (Path("out/council/2567-02/council-2567-02-minutes.pdf"), 1, ""),
    ],
)
def test_only_lines_of_agendas_are_shown(shop: Shop, path: Path, line: int, excerpt: str) -> None:
    assert preview._excerpt(problem(path, line, 1, "D80")) == excerpt


def test_a_long_line_is_cut(shop: Shop) -> None:
    ONE.write_text("ก" * 500, "utf-8")
    shown = preview._excerpt(problem(ONE, 1, 1, "D80"))
    assert len(shown) == preview.LONGEST_LINE
    assert shown.endswith("ก…")


def test_a_crash_and_a_file_that_is_held_are_told(shop: Shop) -> None:
    crashed = Standing(ONE, "crashed", trace="Traceback\n  line\nRuntimeError: ours\n")
    shop.show(crashed)
    assert shop.meeting()["trouble"].splitlines()[-1] == "RuntimeError: ours"
    held = OSError(13, "denied", "out/x.docx")
    shop.show(replace(crashed, trace="", unwritten=(held,)))
    assert "out/x.docx" in shop.meeting()["trouble"]
    shop.show(Standing(ONE, "built"), trouble=held)
    assert shop.meeting()["trouble"] == ""
    assert "out/x.docx" in shop.board.state()["trouble"]
