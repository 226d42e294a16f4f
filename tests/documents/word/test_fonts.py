import io
import re
import uuid
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from minutes.build import pipeline
from minutes.documents.word import fonts, html_to_docx
from minutes.paths import ROOT

FONT = ROOT / "templates/fonts/THSarabunPSK.ttf"
PAGE = "<!DOCTYPE html><html lang='th'><head><title>ก</title></head><body><p>ก</p></body></html>"


def member(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


def document() -> bytes:
    return html_to_docx.render(PAGE, {}, pipeline.word_styles(embed_fonts=True))


def test_the_font_is_found_again_under_its_veil() -> None:
    made = document()
    found = re.search(rb'fontKey="\{([0-9A-F-]+)\}"', member(made, "word/fontTable.xml"))
    assert found is not None
    veiled = member(made, fonts.PLACE)
    assert veiled[:32] != FONT.read_bytes()[:32]
    assert fonts.veiled(veiled, uuid.UUID(found[1].decode())) == FONT.read_bytes()


def test_a_document_with_its_font_has_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(document())
    assert OpenXmlValidator().validate(path).errors == []


def test_the_font_is_carried_only_when_it_is_wanted() -> None:
    plain = html_to_docx.render(PAGE, {}, pipeline.word_styles(embed_fonts=False))
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        assert fonts.PLACE not in package.namelist()
    assert b"embedTrueTypeFonts" not in member(plain, "word/settings.xml")
    assert b"embedTrueTypeFonts" in member(document(), "word/settings.xml")


def test_the_same_font_gives_the_same_bytes() -> None:
    pipeline.word_styles.cache_clear()
    first = document()
    pipeline.word_styles.cache_clear()
    assert document() == first


def test_a_family_that_no_style_uses_is_refused() -> None:
    styles = pipeline.word_styles(embed_fonts=False)
    with pytest.raises(ValueError, match="Comic"):
        fonts.with_font(styles, "Comic", b"")
