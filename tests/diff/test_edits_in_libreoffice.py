"""Files that LibreOffice saved again say nothing new; what was edited in it is told.

And the page that tells it, in Chromium.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes import store
from minutes.paths import ROOT
from tests.diff.test_comparison import names
from tests.diff.test_edits import everything
from tests.support import browser
from tests.support.word_edits import by_docx, compared, document, documents

EDITS = ROOT / "tests/support/libreoffice_edits.py"
AGENDAS = ROOT / "agendas" / "tuayang"
SYSTEM_PYTHON = "/usr/bin/python3"  # which has LibreOffice's own library, python3-uno

pytestmark = pytest.mark.system


def office(folder: Path, *arguments: str | Path) -> list[str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return ["soffice", profile, "--headless", *map(str, arguments)]


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with all documents of all examples, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("again")
    given = []
    for id_, kind in documents():
        given.append(folder / f"{id_}-{kind}.docx")
        given[-1].write_bytes(document(id_, kind))
    command = office(folder, "--convert-to", "docx", "--outdir", folder / "saved", *given)
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "saved"


def test_a_file_that_libreoffice_saved_again_is_the_same(saved_again: Path) -> None:
    assert len(documents()) >= 8
    for id_, kind in documents():
        data = (saved_again / f"{id_}-{kind}.docx").read_bytes()
        assert data != document(id_, kind)
        found = compared(data, id_, kind)
        assert (found.differences, found.comments) == ((), ()), (id_, kind)


def test_comments_and_emphasis_outlive_libreoffice(tmp_path: Path) -> None:
    def change(opened):  # type: ignore[no-untyped-def] # python-docx's document
        runs = next(p for p in opened.paragraphs if "เลิกประชุมเวลา" in p.text).runs
        opened.add_comment(runs, "ขอให้ตรวจเวลา", author="ผู้ตรวจ")
        next(p for p in opened.paragraphs if "นายอำเภออนุมัติ" in p.text).runs[0].bold = True

    path = tmp_path / "edited.docx"
    path.write_bytes(by_docx(change))
    command = office(tmp_path, "--convert-to", "docx", "--outdir", tmp_path / "saved", path)
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = compared((tmp_path / "saved" / "edited.docx").read_bytes())
    assert [one.what for one in found.differences] == ["look"]
    assert [noted.comment.about for noted in found.comments] == ["เลิกประชุมเวลา ๑๑.๔๕ น."]


def edit_in_office(folder: Path, source: Path, target: Path) -> None:
    """Let LibreOffice open, edit and save a document, as office_edits.py says."""
    listening = subprocess.Popen(
        office(folder, "--norestore", f"--accept=pipe,name={folder.name};urp;"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        command = [SYSTEM_PYTHON, str(EDITS), folder.name, str(source), str(target)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    finally:
        listening.terminate()
        listening.wait(60)


def test_what_was_edited_in_libreoffice_is_kept_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(AGENDAS, tmp_path / "agendas")
    agenda = tmp_path / "agendas" / "product" / "2569-02.yaml"
    out = tmp_path / "out"
    build = [str(agenda), "-o", str(out), "--to", "docx"]
    assert cli.main(build) == 0
    path = out / "product/2569-02/product-2569-02-minutes.docx"
    target = tmp_path / "edited.docx"
    edit_in_office(tmp_path, path, target)
    target.replace(path)
    edited = store.digest_of(path)
    with agenda.open("a", encoding="utf-8") as file:
        file.write("\n# อื่น\n")
    assert cli.main(build) == 0
    assert store.digest_of(path) == edited
    assert "D98" in capsys.readouterr().err
    assert cli.main(["diff", str(agenda), "-o", str(out)]) == 1
    said = capsys.readouterr().out
    assert said.count("[+แล้ว+]") == 7
    for told in ("[−อนุมัติ−][+เห็นชอบ+]", "[+๓. ของใช้และของที่ระลึก+]", "[−เอกสารแนบ แผนที่พื้นที่จอดรถ−]"):
        assert told in said
    found = compared(path.read_bytes()).differences
    assert len(found) == 10
    assert all(names(one) for one in found)


@pytest.fixture(scope="module")
def chromium() -> Iterator[browser.Browser]:
    with browser.opened() as running:
        yield running


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_nothing_to_object_to_on_the_page(
    chromium: browser.Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    edited, told = tmp_path / "product-2569-02-minutes.docx", tmp_path / "diff.html"
    edited.write_bytes(by_docx(everything))
    agenda = AGENDAS / "product" / "2569-02.yaml"
    assert cli.main(["diff", str(agenda), str(edited), "--html", str(told)]) == 1
    page = chromium.page(width, dark=dark)
    page.go(told.as_uri())
    assert page.violations() == []
    assert page.value("document.documentElement.scrollWidth") <= width
    assert [one for one in page.requests if not one.startswith("file:")] == []
    assert len(page.requests) == 1
