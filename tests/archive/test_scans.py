"""Scanned pages: every code is read, however it lay on the glass; every fault is named."""

import random
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from minutes.archive import scans
from minutes.archive.scans import Code, Expected
from minutes.build import pipeline
from tests.support import sample, scanned_pages
from tests.support.scanned_pages import TEXT, Glass, code, pages

ID = "board-2569-01"
OTHER = "f" * 32
BAD = {"jpeg": 40, "specks": 0.03}
GLASSES = [
    *(Glass(dpi) for dpi in (150, 200, 300)),
    *(Glass(dpi, askew, jpeg=60) for dpi in (150, 200, 300) for askew in (-3.0, 1.5, 3.0)),
    *(Glass(dpi, upside_down=True) for dpi in (150, 200, 300)),
    *(Glass(dpi, askew, True, 40, 0.03) for dpi in (150, 200, 300) for askew in (-2.0, 3.0)),
    Glass(150, 1.0, jpeg=40, specks=0.06),
]


@pytest.mark.parametrize("glass", GLASSES, ids=str)
def test_every_code_is_read_however_the_page_was_scanned(glass: Glass, tmp_path: Path) -> None:
    found = list(scans.leaves(scanned_pages.scan(tmp_path / "a.pdf", pages(2), glass)))
    assert [leaf.codes for leaf in found] == [(Code(ID, 1, TEXT, n, 2),) for n in (1, 2)]
    assert all(leaf.is_scan for leaf in found)


# --- our own pages, on a glass that is no larger than the paper ---------------------------------


@pytest.fixture(scope="module")
def printed() -> Image.Image:
    """Print the first page of minutes."""
    (data,) = pipeline.build(sample.item("มติ: รับทราบ"), ["minutes"], ["pdf"]).values()
    with pypdfium2.PdfDocument(data) as document:
        page: Image.Image = document[0].render(scale=600 / 72, grayscale=True).to_pil()
    return page


NARROW = [
    Glass(dpi, askew, upside_down, 40, specks, bed=0)
    for dpi in (150, 200, 300)
    for askew in (-3.0, 3.0)
    for upside_down in (False, True)
    for specks in (0.0, 0.03)
]


def codes_on(page: Image.Image, glass: Glass, place: Path) -> list[Code]:
    path = scanned_pages.pdf(place, [scanned_pages.scanned(page, glass, random.Random(1))])
    return [code for leaf in scans.leaves(path) for code in leaf.codes]


@pytest.mark.parametrize("glass", NARROW, ids=str)
def test_a_code_is_read_on_glass_as_small_as_the_paper(
    glass: Glass, printed: Image.Image, tmp_path: Path
) -> None:
    (code,) = codes_on(printed, glass, tmp_path / "a.pdf")
    assert (code.id, code.version, code.page) == ("board-2567-02", 1, 1)


def test_on_such_glass_a_page_askew_by_more_loses_its_corner(
    printed: Image.Image, tmp_path: Path
) -> None:
    """The corner of the code, 8 mm from both edges, leaves the glass at 3.3 degrees."""
    glass = Glass(300, -3.5, bed=0)
    assert codes_on(printed, glass, tmp_path / "a.pdf") == []
    assert len(codes_on(printed, Glass(300, 3.5, bed=0), tmp_path / "b.pdf")) == 1
    assert len(codes_on(printed, Glass(300, -3.5), tmp_path / "c.pdf")) == 1  # 216 mm of glass


FAULTS: dict[str, tuple[Sequence[str], list[tuple[int, str]]]] = {
    "all there": (pages(3), []),
    "one missing": ([code(1, 3), code(3, 3)], [(1, "D224")]),
    "the last one missing": ([code(1, 3), code(2, 3)], [(1, "D224")]),
    "one twice": ([code(1, 2), code(2, 2), code(2, 2)], [(3, "D225")]),
    "two swapped": ([code(1, 3), code(3, 3), code(2, 3)], [(3, "D228")]),
    "one of another meeting": (
        [code(1, 2), code(2, 2), code(2, 4, id_="heads-2569-02")],
        [(3, "D226")],
    ),
    "one of another meeting in the place of ours": (
        [code(1, 2), code(2, 4, id_="heads-2569-02")],
        [(1, "D224"), (2, "D226")],
    ),
    "one of another version": (
        [code(1, 3), code(2, 3, version=2, text=OTHER), code(3, 3)],
        [(1, "D224"), (2, "D227")],
    ),
    "one of another text": (
        [code(1, 3), code(2, 3, text=OTHER), code(3, 3)],
        [(1, "D224"), (2, "D227")],
    ),
    "all of another text": (pages(2, text=OTHER), [(1, "D229")]),
    "an attachment behind": ([*pages(2), ""], [(3, "D231")]),
    "a code of somebody else": ([*pages(1), "https://www.example.org"], [(2, "D231")]),
    "no code at all": (["", ""], [(1, "D230")]),
    "all of another meeting": (pages(2, id_="heads-2569-02"), [(1, "D226"), (2, "D226")]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_with_its_page(fault: str, tmp_path: Path) -> None:
    told, expected = FAULTS[fault]
    path = scanned_pages.scan(tmp_path / "a.pdf", told, Glass(150, 1.0, jpeg=40))
    problems = scans.judge(list(scans.leaves(path)), Expected(ID, TEXT * 2), path)
    assert [(one.line, one.code) for one in problems] == expected
    assert all("{" not in one.message() + one.hint() for one in problems)


def test_the_text_that_is_expected_prevails_over_as_many_pages_of_another() -> None:
    one, other = Code(ID, 2, OTHER, 1, 2), Code(ID, 1, TEXT, 2, 2)
    leaves = [scans.Leaf(1, True, (one,)), scans.Leaf(2, True, (other,))]
    problems = scans.judge(leaves, Expected(ID, TEXT), Path("a.pdf"))
    assert [(p.code, p.values["page"]) for p in problems] == [("D227", 1), ("D224", 1)]


@pytest.mark.parametrize(
    ("printed", "expected", "told"),
    [
        ([(2, OTHER)] * 2, 2, []),
        ([(1, TEXT)] * 2, 2, [("D192", 1)]),
        ([(1, TEXT)] * 2, 1, [("D229", 1)]),
        ([(3, TEXT)] * 2, 2, [("D229", 1)]),
        ([(1, OTHER)] * 2, 2, [("D193", 1)]),
        ([(1, TEXT), (2, OTHER)], 2, [("D224", 1), ("D227", 1)]),
        ([(2, OTHER), (1, TEXT)], 2, [("D224", 1), ("D227", 2)]),
    ],
)
def test_after_a_correction_each_page_of_the_old_version_is_named(
    printed: list[tuple[int, str]], expected: int, told: list[tuple[str, int]]
) -> None:
    leaves = [
        scans.Leaf(number, True, (Code(ID, version, text, number, len(printed)),))
        for number, (version, text) in enumerate(printed, 1)
    ]
    found = scans.judge(leaves, Expected(ID, OTHER, expected), Path("a.pdf"))
    assert sorted((one.code, one.line) for one in found) == told


def test_one_page_of_the_right_version_shows_that_all_others_are_old() -> None:
    printed = [(1, TEXT), (1, TEXT), (2, OTHER)]
    leaves = [
        scans.Leaf(number, True, (Code(ID, version, text, number, 3),))
        for number, (version, text) in enumerate(printed, 1)
    ]
    found = scans.judge(leaves, Expected(ID, OTHER, 2), Path("a.pdf"))
    assert [p.values for p in found if p.code == "D227"] == [
        {"page": page, "version": 1} for page in (1, 2)
    ]


def test_a_page_that_nobody_scanned_is_told(tmp_path: Path) -> None:
    path = scanned_pages.born_digital(tmp_path / "a.pdf")
    problems = scans.judge(list(scans.leaves(path)), Expected(ID), path)
    assert [one.code for one in problems] == ["D232", "D230"]


@pytest.mark.parametrize(
    "text",
    ["", "MIN2:a:v1", code(1, 1)[:-2], code(3, 2), code(1, 1, id_="../x"), code(1, 1) + "x"],
)
def test_what_is_no_code_of_ours_is_passed_over(text: str) -> None:
    assert scans.code(text) is None


def test_capitals_take_less_room_and_say_the_same() -> None:
    assert scans.code(code(1, 2).upper()) == scans.code(code(1, 2)) == Code(ID, 1, TEXT, 1, 2)


def test_what_pdfium_cannot_open_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(ValueError, match="PDF"):
        list(scans.leaves(tmp_path / "a.pdf"))
