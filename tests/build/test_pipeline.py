import io
import zipfile

import pikepdf
import pytest

from minutes.build import pipeline
from minutes.build.pipeline import Format
from minutes.documents.pages import Kind
from tests.support.sample import meeting

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


CERTIFIED = "สถานะ: รับรองแล้ว\n"


def test_the_public_copy_has_names_of_its_own_and_its_pictures_beside_it() -> None:
    pictured = f"{CERTIFIED}ข่าวประชาสัมพันธ์: {{ภาพ: [{{ไฟล์: a.png, คำบรรยาย: ก}}]}}"
    files = pipeline.build_public(meeting(pictured))
    names = [
        f"{STEM}-{k}-public.{f}" for k in pipeline.KINDS for f in ("docx", "pdf", "html", "txt")
    ]
    assert list(files) == [*names, "pictures/1.png"]
    assert b'src="pictures/1.png"' in files[f"{STEM}-release-public.html"]


def test_only_the_formats_that_are_asked_for_are_made_public() -> None:
    files = pipeline.build_public(meeting(CERTIFIED), ["minutes"], ["txt"])
    assert list(files) == [f"{STEM}-minutes-public.txt"]


def test_the_public_pdf_carries_no_agenda() -> None:
    name = f"{STEM}-minutes-public.pdf"
    files = pipeline.build_public(meeting(CERTIFIED), ["minutes"], ["pdf"])
    full = pipeline.build(meeting(CERTIFIED), ["minutes"], ["pdf"])
    with pikepdf.open(io.BytesIO(files[name])) as pdf:
        assert (len(pdf.attachments), "/AF" in pdf.Root) == (0, False)
    with pikepdf.open(io.BytesIO(full[f"{STEM}-minutes.pdf"])) as pdf:
        assert len(pdf.attachments) == 1


def test_a_draft_never_leaves_the_building() -> None:
    with pytest.raises(ValueError, match="is not to be published yet"):
        pipeline.build_public(meeting(draft=True))
