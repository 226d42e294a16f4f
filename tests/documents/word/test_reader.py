"""A DOCX as somebody left it is read whole, and nothing that is no DOCX is."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree

from minutes.documents.word import reader
from minutes.documents.word.reader import Manuscript
from minutes.problems.errors import Fault
from tests.support.word_edits import MAIN, by_docx, by_xml, document, parts, xml, zipped

STYLES = "word/styles.xml"


def texts(found: Manuscript) -> list[str]:
    return [unit.text for unit in found.units]


def written(*paragraphs: str) -> bytes:
    """Give a file of python-docx's own look, with these elements in its text."""

    def change(root: etree._Element) -> None:
        for old in list(root[0])[:-1]:
            root[0].remove(old)
        for number, text in enumerate(paragraphs):
            root[0].insert(number, xml(text))

    empty = io.BytesIO()
    docx.Document().save(empty)
    return by_xml(change, empty.getvalue())


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (run("<w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t>"), "ก ข ค"),
        (run("<w:t>ก</w:t><w:noBreakHyphen/><w:t>ข\u2011ค</w:t>"), "ก-ข-ค"),
        (run("<w:t>ก\u00ad\u200bข \u00a0 ค</w:t><w:softHyphen/>"), "กข ค"),
        (run("<w:t>น\u0e4d\u0e49\u0e32ใจ</w:t>"), "น\u0e49\u0e33ใจ"),
        (run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "\uf0fc"),
        (run('<w:sym w:font="Wingdings" w:char="x"/><w:t>ก</w:t>'), "ก"),
        (run("<w:instrText>PAGE</w:instrText><w:delText>ก</w:delText><w:t>ข</w:t>"), "ข"),
        ("<w:p><w:hyperlink><w:r><w:t>ก</w:t></w:r></w:hyperlink></w:p>", "ก"),
        ("<w:p><w:fldSimple><w:r><w:t>๒</w:t></w:r></w:fldSimple></w:p>", "๒"),
    ],
)
def test_a_paragraph_is_read_as_it_is_seen(paragraph: str, text: str) -> None:
    assert texts(reader.read(written(paragraph))) == [text]


def test_a_box_of_text_is_read_after_the_paragraph_that_it_hangs_on() -> None:
    box = f"<w:pict><w:txbxContent>{run('<w:t>ในกรอบ</w:t>')}</w:txbxContent></w:pict>"
    assert texts(reader.read(written(run(f"<w:t>นอก</w:t>{box}")))) == ["นอก", "ในกรอบ"]


def test_a_row_whose_deletion_was_tracked_is_gone_and_an_empty_cell_stays() -> None:
    cells = f"<w:tc>{run('<w:t>ก</w:t>')}</w:tc><w:tc><w:p></w:p></w:tc>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cells}</w:tr>"
    found = reader.read(written(f"<w:tbl><w:tr>{cells}</w:tr>{gone}</w:tbl>"))
    (unit,) = found.units
    assert unit.is_row
    assert unit.signature == ((0, "ก"), (1, ""))


def test_notes_at_the_foot_are_read_without_the_line_that_sets_them_off() -> None:
    content = parts(written(run("<w:t>ก</w:t>")))
    relations = "word/_rels/document.xml.rels"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = f'<Relationship Id="n1" Type="{base}/footnotes" Target="/word/footnotes.xml"/>'
    content[relations] = content[relations].replace(
        b"</Relationships>", f"{added}</Relationships>".encode()
    )
    notes = (
        f'<w:footnotes><w:footnote w:type="separator">{run("<w:t>เส้น</w:t>")}</w:footnote>'
        f"<w:footnote>{run('<w:t>หมายเหตุ</w:t>')}</w:footnote></w:footnotes>"
    )
    content["word/footnotes.xml"] = etree.tostring(xml(notes))
    assert texts(reader.read(zipped(content))) == ["ก", "หมายเหตุ"]


LOOKS = {
    "<w:b/>": "1",
    "<w:bCs/>": "1",
    '<w:b w:val="0"/>': "0",
    "<w:b/><w:i/>": "3",
    '<w:u w:val="single"/>': "4",
    '<w:u w:val="none"/>': "0",
    "<w:strike/>": "8",
    '<w:rStyle w:val="Strong"/>': "1",
    '<w:rStyle w:val="Strong"/><w:b w:val="false"/><w:bCs w:val="off"/>': "0",
    '<w:rStyle w:val="Nowhere"/>': "0",
}


@pytest.mark.parametrize("properties", LOOKS)
def test_emphasis_is_what_the_run_says_else_what_its_style_does(properties: str) -> None:
    found = reader.read(written(run(f"<w:rPr>{properties}</w:rPr><w:t>ก ข</w:t>")))
    look = LOOKS[properties]
    assert found.units[0].paragraphs[0].looks == f"{look}0{look}"


def test_a_style_that_is_based_on_itself_is_read() -> None:
    content = parts(written(run('<w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>ก</w:t>')))
    root = etree.fromstring(content[STYLES])
    name = root.nsmap["w"]
    for style in root.iter(f"{{{name}}}style"):
        for base in style.iter(f"{{{name}}}basedOn"):
            base.set(f"{{{name}}}val", style.get(f"{{{name}}}styleId") or "")
    content[STYLES] = etree.tostring(root)
    assert texts(reader.read(zipped(content))) == ["ก"]


def test_the_words_that_a_comment_is_about_may_go_on_over_paragraphs() -> None:
    def change(opened: Document) -> None:
        first, last = opened.paragraphs[0], opened.paragraphs[1]
        first.insert_paragraph_before("ก่อน")
        opened.add_comment([first.runs[0], last.runs[-1]], "ตรวจ", author="ก")

    found = reader.read(by_docx(change))
    (comment,) = found.comments.values()
    assert comment.text == "ตรวจ"
    assert comment.about.replace(" ", "") == (texts(found)[1] + texts(found)[2]).replace(" ", "")


# --- what is no DOCX ----------------------------------------------------------------------------


def fault(data: bytes) -> str:
    with pytest.raises(Fault) as raised:
        reader.read(data)
    return raised.value.code


def with_part(name: str, data: bytes) -> bytes:
    return zipped({**parts(document()), name: data})


def without(name: str) -> bytes:
    content = parts(document())
    del content[name]
    return zipped(content)


def encrypted_entries() -> bytes:
    data = bytearray(zipped({"a": b"a"}))
    for start in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[start] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 500


NO_DOCX: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (bytes, "D361"),
    "a broken zip": (lambda: b"PK\x03\x04 broken", "D361"),
    "OpenDocument": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "D361",
    ),
    "no text": (lambda: without(MAIN), "D361"),
    "no XML": (lambda: with_part(MAIN, b"<broken"), "D361"),
    "other XML": (lambda: with_part(MAIN, b"<w/>"), "D361"),
    "an entity": (lambda: with_part(MAIN, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "D361"),
    "cut short": (lambda: document()[:-200], "D361"),
    "locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "D362"),
    "locked entries": (encrypted_entries, "D362"),
    "an old Word file": (lambda: OLE, "D366"),
}


@pytest.mark.parametrize("kind", NO_DOCX)
def test_what_is_no_docx_is_told(kind: str) -> None:
    data, code = NO_DOCX[kind]
    assert fault(data()) == code


def bomb(member: str, size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(document()).items():
            archive.writestr(name, data if name != member else b" " * size)
    return packed.getvalue()


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "LARGEST_XML", 100_000)
    assert fault(bomb(MAIN, 1_000_000)) == "D363"
    monkeypatch.setattr(reader, "MOST_UNPACKED", 10_000)
    assert fault(document()) == "D363"
    monkeypatch.setattr(reader, "MOST_PARTS", 2)
    assert fault(document()) == "D363"


def loading(path: Path) -> str:
    with pytest.raises(Fault) as raised:
        reader.load(path)
    return raised.value.code


@pytest.mark.parametrize("lock", ["~$minutes.docx", "~$nutes.docx", ".~lock.minutes.docx#"])
def test_a_file_that_is_open_in_word_or_libreoffice_is_not_read(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(document())
    assert reader.load(path).units
    (tmp_path / lock).touch()
    assert loading(path) == "D364"


def test_a_file_that_is_too_large_or_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loading(tmp_path / "none.docx") == "D10"
    assert loading(tmp_path) == "D365"
    path = tmp_path / "minutes.docx"
    path.write_bytes(document())
    monkeypatch.setattr(reader, "MOST_BYTES", 1_000)
    assert loading(path) == "D363"
    assert os.path.exists(path)  # noqa: PTH110 - and it is left alone


def test_a_picture_that_is_missing_is_a_picture_still() -> None:
    names = [name for name in parts(document("product-2569-02", "release")) if "/media/" in name]
    content = parts(document("product-2569-02", "release"))
    del content[names[0]]
    found = reader.read(zipped(content))
    pictures = [one for unit in found.units for p in unit.paragraphs for one in p.pictures]
    assert "" in pictures
    assert len(pictures) >= 2


CHANGES: list[Callable[[bytes], bytes]] = [bytes.lower, bytes.upper, bytes.swapcase]


@pytest.mark.parametrize("change", CHANGES)
def test_garbage_is_no_docx(change: Callable[[bytes], bytes]) -> None:
    assert fault(change(document())) == "D361"
