"""``build.py diff``: which meeting, which Word files, what is said of them, and as which page."""

import io
import re
import shutil
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from lxml import html

from minutes import __main__ as cli
from minutes import store
from minutes.commands import diff
from minutes.paths import ROOT
from tests.support.word_edits import by_docx, document, zipped

AGENDAS = ROOT / "agendas"
ID = "product-2569-02"
AGENDA = Path("agendas/product/2569-02.yaml")
EDITED = Path(f"out/product/2569-02/{ID}-minutes.docx")
ADDED = "แก้ด้วยมือ"


class Office:
    """A folder with one body of the examples, its documents built, and the program run upon it."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture
        self.err = ""

    def build(self) -> str:
        cli.main(["agendas", "-o", "out", "--to", "docx"])
        return self.capture.readouterr().err

    def diff(self, *arguments: object, status: int) -> str:
        """Run the command; gives what it said on standard output."""
        assert cli.main(["diff", *map(str, arguments), "-o", "out"]) == status
        out, self.err = self.capture.readouterr()
        return out

    def edit(self, path: Path = EDITED) -> None:
        """Add words to a resolution, as somebody in Word."""
        path.write_bytes(by_docx(add_to_resolution, path.read_bytes()))


def add_to_resolution(opened: docx.document.Document) -> None:
    found = next(p for p in opened.paragraphs if p.text == "มติที่ประชุม\tรับทราบ")
    found.add_run(f" {ADDED}")


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    (tmp_path / "agendas").mkdir()
    shutil.copy(AGENDAS / "tuayang" / "office.yaml", tmp_path / "agendas")
    shutil.copytree(AGENDAS / "tuayang" / "product", tmp_path / "agendas" / "product")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(diff, "ROOT", tmp_path)
    made = Office(capsys)
    assert made.build() == ""
    return made


def test_documents_that_nobody_has_edited_are_said_to_be_so(office: Office) -> None:
    said = office.diff(ID, status=0)
    assert said.count("ยังไม่มีใครแก้ไฟล์นี้") == 2
    assert "ไม่มีสิ่งที่ต่างกัน" in said


@pytest.mark.parametrize("meeting", [ID, AGENDA, EDITED])
def test_an_edit_is_told_with_its_words_its_keys_and_its_line(
    office: Office, meeting: object
) -> None:
    office.edit()
    said = office.diff(meeting, status=1)
    lines = AGENDA.read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, 1) if text.strip() == "มติ: รับทราบ")
    assert f"รับทราบ[+ {ADDED}+]" in said
    assert "ระเบียบวาระ › แจ้งให้ทราบ › เรื่องที่ 1 › มติ" in said
    assert f"{AGENDA} บรรทัด {line} อักษรที่ 14" in said


def test_a_build_leaves_the_edited_file_and_points_to_this_command(office: Office) -> None:
    office.edit()
    before = EDITED.read_bytes()
    with AGENDA.open("a", encoding="utf-8") as agenda:
        agenda.write("\n# อื่น\n")
    told = office.build()
    assert EDITED.read_bytes() == before
    assert "คำเตือน[D98]" in told
    command = re.search(r"python3 build\.py diff (\S+)", told)
    assert command
    assert ADDED in office.diff(command[1], status=1)


def test_a_copy_under_another_name_is_known_by_its_title_inside(
    office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "ฉบับแก้ไข.docx"
    shutil.copy(EDITED, copy)
    office.edit(copy)
    assert f"รับทราบ[+ {ADDED}+]" in office.diff(copy, status=1)
    assert f"รับทราบ[+ {ADDED}+]" in office.diff(AGENDA, copy, status=1)
    kept = store.beside(EDITED, "2026-11-22-101010")
    shutil.copy(EDITED, kept)
    assert "ไม่ต่างจากไฟล์การประชุม" in office.diff(kept, status=0)


def test_what_the_agenda_says_now_is_what_counts(office: Office) -> None:
    office.edit()
    text = AGENDA.read_text("utf-8")
    AGENDA.write_text(text.replace("มติ: รับทราบ\n", f"มติ: รับทราบ {ADDED}\n", 1), "utf-8")
    assert "ไม่ต่างจากไฟล์การประชุม" in office.diff(ID, status=0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["product-2569-20"], "D367"),
        (["agendas/product/2569-20.yaml"], "D80"),
        (["agendas/product"], "D367"),
        (["none.docx"], "D10"),
        (["other.docx"], "D369"),
        ([ID, "other.docx"], "D369"),
        ([ID, "minutes.docx"], "D361"),
    ],
)
def test_what_cannot_be_compared_is_told(office: Office, arguments: list[str], code: str) -> None:
    plain = io.BytesIO()
    docx.Document().save(plain)
    Path("other.docx").write_bytes(plain.getvalue())
    Path("minutes.docx").write_bytes(zipped({"a": b""}))
    assert office.diff(*arguments, status=2) == ""
    assert f"ผิดพลาด[{code}]" in office.err


def test_a_meeting_without_word_files_is_told(office: Office) -> None:
    shutil.rmtree("out")
    office.diff(ID, status=2)
    assert "ผิดพลาด[D368]" in office.err


def test_without_agendas_no_id_is_known(office: Office) -> None:
    shutil.rmtree("agendas")
    office.diff(ID, status=2)
    assert "ผิดพลาด[D367]" in office.err


def test_the_errors_of_an_agenda_are_told_as_a_build_tells_them(office: Office) -> None:
    AGENDA.write_text("วันที่: วันพุธที่ 14 พฤษภาคม 2567\n", "utf-8")
    office.diff(ID, status=2)
    assert f"{AGENDA}:1:9: ผิดพลาด[D02]" in office.err


def test_wrong_use_is_told(office: Office) -> None:
    assert cli.main(["diff"]) == 2
    assert cli.main(["diff", ID, "--nothing"]) == 2


def test_files_without_a_ledger_are_compared(office: Office) -> None:
    for left in Path("out").glob(".built*"):
        left.unlink()
    assert office.diff(ID, status=0).count("ไม่ต่างจากไฟล์การประชุม") == 2


def test_all_is_said_in_english_too(office: Office) -> None:
    office.edit()
    said = office.diff(ID, "--lang", "en", status=1)
    assert "words changed" in said
    assert "written at" in said
    assert "nobody has edited this file" in said


# --- on a terminal ------------------------------------------------------------------------------


def everything(opened: docx.document.Document) -> None:
    add_to_resolution(opened)
    first = next(p for p in opened.paragraphs if "ประเภทของใช้" in p.text)
    first.insert_paragraph_before("ย่อหน้าใหม่")
    first.runs[-1].bold = True
    opened.add_comment(first.runs, "ตรวจอีกครั้ง", author="ผู้ตรวจ")
    last = next(p for p in opened.paragraphs if "นายอำเภออนุมัติ" in p.text)
    last.add_run(f" {ADDED}")
    opened.sections[0].header.paragraphs[0].add_run("ลับ")
    opened.tables[0].cell(0, 0).paragraphs[0].add_run("*")


def test_a_terminal_gets_colours_and_lines_that_end_between_words(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    EDITED.write_bytes(by_docx(everything, EDITED.read_bytes()))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    said = office.diff(ID, status=1)
    assert re.search(f"\x1b\\[[0-9;]*4[0-9;]*m[^\x1b]*{ADDED[:3]}", said)
    assert "[+" not in said
    plain = re.sub("\x1b\\[[0-9;]*m", "", said)
    for line in plain.splitlines():
        assert not re.match("    │ [ัิ-ฺ็-๎ำ]", line)
    assert " … " in plain
    assert "ข้อคิดเห็นในไฟล์ Word 1 ข้อ" in plain
    assert "ผู้ตรวจ: ตรวจอีกครั้ง" in plain


def test_without_colours_what_changed_is_in_brackets(office: Office) -> None:
    EDITED.write_bytes(by_docx(everything, EDITED.read_bytes()))
    said = office.diff(ID, status=1)
    for mark in (f"[+ {ADDED}+]", "[+ย่อหน้าใหม่+]", "[−- # -−]", "[~", "(แถวในตาราง)"):
        assert mark in said


# --- the page -----------------------------------------------------------------------------------


def page(office: Office) -> tuple[str, html.HtmlElement]:
    EDITED.write_bytes(by_docx(everything, EDITED.read_bytes()))
    said = office.diff(ID, "--html", "ผล/diff.html", status=1)
    assert "ผล/diff.html" in said
    text = Path("ผล/diff.html").read_text("utf-8")
    return text, html.document_fromstring(text)


def test_the_page_needs_nothing_from_anywhere(office: Office) -> None:
    text, tree = page(office)
    assert not re.search(r"https?:|url\(|@import|src=|<script|<link", text)
    assert tree.get("lang") == "th"
    policy = tree.xpath('string(//meta[@http-equiv="Content-Security-Policy"]/@content)')
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_page_says_each_difference_to_eye_and_ear(office: Office) -> None:
    _, tree = page(office)
    items = tree.xpath('//li[@class="difference"]')
    assert isinstance(items, list)
    assert len(items) == 8
    (added,) = tree.xpath(f'//ins[contains(., "{ADDED}")][ancestor::li[contains(., "แจ้งให้ทราบ")]]')
    assert " ".join(added.text_content().split()) == f"[เพิ่ม: {ADDED}]"
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [node.text for node in tree.iter("h2")] == ["รายงานการประชุม", "ข่าว"]


def test_what_people_wrote_is_text_on_the_page(office: Office) -> None:
    def change(opened: docx.document.Document) -> None:
        opened.paragraphs[0].add_run("<script>alert(1)</script>")

    EDITED.write_bytes(by_docx(change, EDITED.read_bytes()))
    office.diff(ID, "--html", "diff.html", status=1)
    assert "<script" not in Path("diff.html").read_text("utf-8")


def test_a_page_that_cannot_be_written_is_told(office: Office) -> None:
    office.edit()
    Path("full").mkdir()
    office.diff(ID, "--html", "full", status=2)
    assert "full" in office.err


def test_the_documents_of_the_examples_are_as_they_were_built() -> None:
    assert document() == document()
