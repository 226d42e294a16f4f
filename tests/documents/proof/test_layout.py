"""The finished pages are looked over by a reader that is not their writer."""

import io
import zipfile
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest

from minutes.build import pipeline, review
from minutes.documents.pages import Kind
from minutes.documents.proof import layout
from minutes.documents.proof.layout import Piece
from minutes.paths import ROOT
from minutes.problems.errors import Problem
from tests.support import pdf_readers
from tests.support.agenda_folder import Desk
from tests.support.sample import item

PATH = Path("agendas/board/2567-02.yaml")


@cache
def documents() -> dict[str, bytes]:
    """Build a meeting long enough for several pages."""
    text = " ".join(["ที่ประชุมพิจารณาแล้ว"] * 900)
    meeting = item(f"รายละเอียด: {text}\nมติ: เห็นชอบ **ทั้งหมด**\nละเว้น: {{W38: ยาวโดยตั้งใจ}}")
    kinds: tuple[Kind, ...] = ("minutes",)
    return pipeline.build(meeting, kinds)


def named(suffix: str) -> bytes:
    (data,) = (data for name, data in documents().items() if name.endswith(suffix))
    return data


def bare(text: str) -> str:
    return "".join(text.split())


def test_sound_documents_give_nothing_to_object_to() -> None:
    assert layout.proof(PATH, documents()) == []


def test_a_pdf_is_read_as_others_read_it_but_for_its_page_numbers() -> None:
    pieces = layout.read_pdf(named(".pdf"))
    pages = pdf_readers.pdfium(named(".pdf"))
    for number, page in enumerate(pages, 1):
        ours = bare("".join(piece.text for piece in pieces if piece.page == number))
        assert len(ours) > 50
        assert ours in bare(page)
    assert {piece.role for piece in pieces} >= {"H1", "H2", "H3", "P", "TD"}
    assert max(piece.page for piece in pieces) == len(pages) > 2


LEVELS = "\n".join(f"{'  ' * depth}{'- ' if depth % 2 else '1. '}ระดับ{depth}" for depth in range(9))
SPOKEN = "อภิปราย:\n  - ผู้พูด: นายหนึ่ง ใจดี\n    ข้อความ: |\n"


@pytest.mark.parametrize(
    ("before", "steps"),
    [("รายละเอียด: |\n", 2), ("ข้อเสนอ: |\n", 2), ("มติ: |\n", 2), (SPOKEN, 6)],
)
def test_a_list_of_any_depth_says_the_same_in_pdf_and_word(before: str, steps: int) -> None:
    meeting = item(before + indent(LEVELS, " " * steps))
    kinds: tuple[Kind, ...] = ("minutes",)
    built = pipeline.build(meeting, kinds)
    assert layout.proof(PATH, built) == []
    pdf = next(data for name, data in built.items() if name.endswith(".pdf"))
    text = bare("".join(pdf_readers.pdfium(pdf)))
    for depth in range(9):
        mark = "-" if depth % 2 else "๑."
        assert f"{mark}ระดับ{'๐๑๒๓๔๕๖๗๘'[depth]}" in text


P = [Piece("P", 1, "ก")]
HEADING, TEXT = Piece("H3", 1, "๔.๑ เรื่องหนึ่ง"), Piece("P", 2, "ข")
SIGNED = [Piece("P", 2, "(ลงชื่อ) ……"), Piece("P", 2, "(นายหนึ่ง)")]


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ([], []),
        ([*P, HEADING, TEXT], ["W60"]),
        ([*P, HEADING, TEXT._replace(page=1)], []),
        ([*P, HEADING._replace(page=2), TEXT], []),
        ([*P, *SIGNED], ["W61"]),
        ([*P, TEXT, *SIGNED], []),
        (SIGNED, []),
    ],
)
def test_what_stands_alone_on_a_page_is_told(pieces: list[Piece], found: list[str]) -> None:
    assert [code for code, _ in layout.layout(pieces)] == found


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("ก ข", "กข", ""),
        ("ก ข", "ก ค", "กข"),
        ("กข", "กขค", "กข"),
        ("", "กข", "กข"),
        ("กขค", "กข", "กขค"),
    ],
)
def test_texts_are_compared_without_their_spaces(one: str, other: str, told: str) -> None:
    assert layout.first_difference(one, other) == told


def changed(part: str, old: str, new: str) -> bytes:
    """Give the Word file with something else in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(named(".docx"))) as package, zipfile.ZipFile(made, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == part:
                assert old in data.decode()
                data = data.decode().replace(old, new).encode()
            copy.writestr(name, data)
    return made.getvalue()


def test_a_word_file_that_says_otherwise_is_told() -> None:
    docx = changed("word/document.xml", "ที่ประชุมพิจารณาแล้ว", "ที่ประชุมไม่พิจารณา")
    files = {"a.pdf": named(".pdf"), "a.docx": docx}
    (found,) = layout.proof(PATH, files)
    assert (found.code, found.severity) == ("W62", "error")
    assert "พิจารณาแล้ว" in found.message()


STYLES = "word/styles.xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STYLES, "<w:szCs ", "<w:kern "),
        (STYLES, "<w:bCs/>", ""),
        (STYLES, 'w:cs="TH SarabunPSK"', ""),
        (STYLES, 'w:ascii="TH SarabunPSK"', 'w:ascii="TH SarabunIT๙"'),
        ("word/document.xml", "<w:r>", "<w:r><w:rPr><w:b/></w:rPr>"),
    ],
)
def test_a_style_or_run_that_forgets_thai_is_told(part: str, old: str, new: str) -> None:
    found = layout.proof(PATH, {"a.docx": changed(part, old, new)})
    assert {one.code for one in found} == {"W32"}


def test_the_command_looks_the_pages_over_when_it_is_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def look(path: Path, _: object) -> list[Problem]:
        looked.append(path)
        return []

    monkeypatch.setattr(layout, "proof", look)
    assert desk.call("check", "agendas").status == 0
    assert looked == []
    desk.put("agendas/otop/2567-02.yaml", "ครั้งที่: [")
    assert desk.call("check", "agendas", "--proof").status == 1
    assert [path.name for path in looked] == ["2567-01.yaml", "2567-01.yaml"]
    assert not (desk.folder / "out").exists()


def test_examples_have_sound_pages() -> None:
    found = review.review([ROOT / "tests/cases" / "around" / "agendas"], proofs=True)
    assert found.problems == ()


class Font:
    """A font with a table of what its codes stand for."""

    class ToUnicode:
        @staticmethod
        def read_bytes() -> bytes:
            return (
                b"1 beginbfchar <0001> <0e010e33> endbfchar\n"
                b"1 beginbfrange <0003> <0004> <0e02> endbfrange"
            )


def test_a_fonts_table_may_give_codes_one_by_one_or_in_runs() -> None:
    assert layout._letters(Font) == {1: "กำ", 3: "ข", 4: "ฃ"}
