"""What LibreOffice, the Open XML SDK and qpdf say of the examples' documents.

The second set of tests: `.ci/run` installs these programs, and the validator by tests/package.json.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from minutes import __main__ as cli
from minutes.paths import ROOT
from tests.support.libreoffice import converted

VALIDATOR = ROOT / "tests/node_modules/.bin/ooxml-validator"

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that holds all documents of all examples."""
    folder = tmp_path_factory.mktemp("out")
    assert cli.main(["-o", str(folder)]) == 0
    return folder


def documents(out: Path, kind: str) -> list[Path]:
    found = sorted(out.rglob(f"*.{kind}"))
    assert len(found) >= 8
    return found


def stdout(command: Sequence[str | Path]) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout


def test_the_open_xml_sdk_finds_no_error_in_any_docx(out: Path) -> None:
    for path in documents(out, "docx"):
        verdict = json.loads(stdout([VALIDATOR, path]))
        assert verdict["errors"] == [], path.name
        assert verdict["ok"]


def test_qpdf_finds_every_pdf_sound(out: Path) -> None:
    for path in documents(out, "pdf"):
        assert "No syntax or stream encoding errors found" in stdout(["qpdf", "--check", path])


def test_libreoffice_sets_each_docx_in_as_many_pages_as_the_pdf_give_or_take_one(
    out: Path, tmp_path: Path
) -> None:
    found = documents(out, "docx")
    for path, theirs in zip(found, converted(found, tmp_path), strict=True):
        counts = pages(theirs), pages(path.with_suffix(".pdf"))
        assert abs(counts[0] - counts[1]) <= 1, f"{path.name}: LibreOffice and we: {counts}"


def pages(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)
