"""The schemas in a real editor's server: it offers, explains and underlines, all in Thai."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.paths import ROOT
from tests.program.test_examples import FILES
from tests.support.editor import Editor, editor

MODELINE = "# yaml-language-server: $schema=../../schema/th/meeting.json\n"
NEW = "agendas/club/2569-01.yaml"

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder like the program's, with its schemas and without agendas."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "schema", folder / "schema")
    return folder


@pytest.fixture(scope="module")
def vs_code(desk: Path) -> Iterator[Editor]:
    with editor(desk) as opened:
        yield opened


def test_an_empty_line_offers_the_thai_keys_with_what_they_mean(vs_code: Editor) -> None:
    vs_code.open(NEW, f"{MODELINE}วันที่: 1 ตุลาคม 2569\n\n")
    offered = vs_code.offers(2, 0)
    assert offered["สถานที่"] == "สถานที่ประชุม ถ้าไม่ใช่สถานที่ประจำใน body.yaml"
    assert len(offered) == 22  # all but the one that is there
    assert not [key for key in offered if key.isascii()]
    assert all(offered.values())


def test_an_empty_line_in_an_item_offers_the_keys_of_items(vs_code: Editor) -> None:
    section = "ระเบียบวาระ:\n  - ชนิด: เพื่อทราบ\n    เรื่อง:\n      - ชื่อเรื่อง: ก\n        \n"
    vs_code.open(NEW, f"{MODELINE}วันที่: 1 ตุลาคม 2569\n{section}")
    offered = vs_code.offers(6, 8)
    assert offered["มติ"] == "มติของที่ประชุม ต้องมีตั้งแต่ฉบับสมบูรณ์"
    assert "สถานที่" not in offered


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("สถานะ: ", ["ร่าง", "ฉบับสมบูรณ์", "รับรองแล้ว"]),
        ("รูปแบบ: ", ["ในที่ประชุม", "ออนไลน์", "ผสม"]),
        ("ก่อนวาระ: [{ชื่อเรื่อง: ก, ลับ: ", ["ใช่", "ไม่ใช่"]),
    ],
)
def test_a_key_offers_its_words(vs_code: Editor, line: str, words: list[str]) -> None:
    end = "}]" if "{" in line else ""
    vs_code.open(NEW, f"{MODELINE}{line}{end}\n")
    assert set(words) <= set(vs_code.offers(1, len(line)))


def test_a_key_is_explained_in_thai(vs_code: Editor) -> None:
    vs_code.open(NEW, f"{MODELINE}วันที่: 1 ตุลาคม 2569\nstatus: final\n")
    assert "วันประชุม ถ้าเขียนวันในสัปดาห์จะตรวจให้ ต้องมี" in vs_code.hover(1, 2)
    assert "วันพุธที่ 21 ตุลาคม 2569" in vs_code.hover(1, 2)
    assert "ฉบับสมบูรณ์ เมื่อจดเสร็จ" in vs_code.hover(2, 2)  # the English key has the same meaning


@pytest.mark.parametrize(
    ("lines", "line", "text", "message"),
    [
        ("สถานะ: ร่างง", 2, "ร่างง", "ใช้ได้: ร่าง · ฉบับสมบูรณ์ · รับรองแล้ว"),
        ("สถานที่: [ก, ข]", 2, "[ก, ข]", "ใส่ข้อความ ไม่ใช่รายการหรือคีย์ย่อย"),
        ("เวลาเริ่ม: เช้า", 2, "เช้า", "ใส่เวลา เช่น 09.30"),
        ("สถาน: ก", 2, "สถาน", "ไม่รู้จักคีย์นี้ในที่นี้"),
        ("ก่อนวาระ:\n  - ก\n  - {มติ: ก}", 4, "{", "ต้องมีคีย์ ชื่อเรื่อง"),
    ],
)
def test_a_wrong_value_is_underlined_at_its_place(
    vs_code: Editor, lines: str, line: int, text: str, message: str
) -> None:
    marks = vs_code.open(NEW, f"{MODELINE}วันที่: 1 ตุลาคม 2569\n{lines}\n")
    assert marks == [(line, text, message)]


def test_a_file_without_the_first_line_is_led_by_the_settings(vs_code: Editor) -> None:
    (mark,) = vs_code.open(NEW, "วันที่: 1 ตุลาคม 2569\nสถานะ: ร่างง\n")
    assert mark[:2] == (1, "ร่างง")
    (mark,) = vs_code.open("agendas/club/body.yaml", "ชื่อ: ก\nประเภท: สมาคม\n")
    assert mark[:2] == (1, "สมาคม")


def test_no_example_has_anything_underlined() -> None:
    assert len(FILES) > 10
    with editor(ROOT) as vs_code:
        for path in FILES:
            assert vs_code.open(str(path.relative_to(ROOT)), path.read_text("utf-8")) == []


def test_the_editor_asks_nothing_of_the_network(desk: Path, tmp_path: Path) -> None:
    log = tmp_path / "connections.txt"
    tracer = ["strace", "-f", "-e", "trace=connect", "-o", str(log)]
    with editor(desk, around=tracer) as vs_code:
        assert len(vs_code.open(NEW, f"{MODELINE}สถานะ: ร่างง\n")) == 2
        assert vs_code.offers(1, 0)
        assert vs_code.hover(1, 2)
    told = log.read_text("utf-8")
    assert "+++ exited with 0 +++" in told
    assert "connect(" not in told
