import io
import zipfile

import pytest

from minutes import pipeline
from minutes.pages import Kind
from minutes.pipeline import Format
from tests.sample import meeting

STEM = "board-2567-02"


@pytest.mark.parametrize(
    ("kinds", "formats", "names"),
    [
        (("minutes",), ("docx",), ["minutes.docx"]),
        (("minutes",), ("pdf",), ["minutes.pdf"]),
        (("release",), ("docx",), ["release.docx", "release.txt"]),
        (("release",), (), ["release.txt"]),
        ((), ("docx", "pdf"), []),
    ],
)
def test_what_is_asked_for_is_made(
    kinds: tuple[Kind, ...], formats: tuple[Format, ...], names: list[str]
) -> None:
    files = pipeline.build(meeting(), kinds, formats)
    assert list(files) == [f"{STEM}-{name}" for name in names]


def test_a_meeting_gives_five_files_each_of_its_own_kind() -> None:
    files = pipeline.build(meeting())
    assert list(files) == [
        f"{STEM}-minutes.docx",
        f"{STEM}-minutes.pdf",
        f"{STEM}-release.docx",
        f"{STEM}-release.pdf",
        f"{STEM}-release.txt",
    ]
    for name, data in files.items():
        if name.endswith(".docx"):
            assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
        elif name.endswith(".pdf"):
            assert data.startswith(b"%PDF-")
        else:
            assert data.decode().startswith("ข่าวที่ว่าการอำเภอตัวอย่าง")


def test_a_meeting_without_a_release_gives_none() -> None:
    proceedings = meeting("ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}")
    assert pipeline.wanted(proceedings, pipeline.KINDS) == ["minutes"]
    assert pipeline.build(proceedings, ["release"]) == {}
