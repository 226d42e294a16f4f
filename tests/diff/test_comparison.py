"""What people change in Word is named, paragraph by paragraph, with its field."""

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document
from docx.shared import Pt
from lxml import etree

from minutes.diff import comparison
from minutes.diff.comparison import Difference, Word, words
from minutes.diff.template_trace import Block
from minutes.documents.pages import Kind
from minutes.documents.word import reader
from minutes.documents.word.reader import Manuscript, Paragraph, Unit
from minutes.meetings.provenance import Atlas
from minutes.thai import digits, line_breaks
from tests.support.sample import picture
from tests.support.word_edits import (
    MEETING,
    W,
    by_docx,
    by_xml,
    compared,
    document,
    documents,
    ours,
    paragraphs,
    xml,
)

ADDED = "ถ้อยคำที่เพิ่ม"


def names(found: Difference) -> list[str]:
    return [" › ".join(source.place.names) for source in found.sources]


def after(found: Difference) -> str:
    return "".join(text for did, text in found.words if did != "removed")


# --- every paragraph of every example, changed alone --------------------------------------------


def add(node: etree._Element) -> None:
    node.append(xml(f"<w:r><w:t>{ADDED}</w:t></w:r>"))


def is_said_there(found: Difference) -> bool:
    """Whether the words before what was added stand in the file, from the place that is named."""
    kept = "".join(text for did, text in found.words if did == "kept")
    path, line, column, *_ = found.sources[0].place
    lines = path.read_text("utf-8").split("\n")[line - 1 :]
    lines[0] = lines[0][column - 1 :]
    written = digits.arabic(reader.folded(" ".join(lines).replace("**", "").replace('"', "")))
    last = digits.arabic(kept).rstrip(")”").split()[-1][-8:]
    return last in written.replace("*", "")[: len(lines[0]) + 40 + 3 * len(kept)]


@pytest.mark.parametrize(("id_", "kind"), documents())
def test_a_word_added_to_any_paragraph_is_told_with_the_field_that_says_the_paragraph(
    id_: str, kind: Kind
) -> None:
    count = len([unit for one in ours(id_, kind)[0].units for unit in one.paragraphs])
    roles: Counter[str] = Counter()
    for number in range(count):

        def change(root: etree._Element, number: int = number) -> None:
            add(list(paragraphs(root))[number])

        (found,) = compared(by_xml(change, document(id_, kind)), id_, kind).differences
        assert found.what == "changed"
        assert Word("added", ADDED) in found.words or ADDED in after(found)
        role = found.sources[0].role if found.sources else "template"
        roles[role] += 1
        if role == "written" and any(text for did, text in found.words if did == "kept"):
            assert is_said_there(found), (after(found), found.sources)
    assert roles["written"] > count / 3
    assert roles.total() == count > 10


# --- what kinds of edits there are ---------------------------------------------------------------


def take_out(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def find(document: Document, words: str) -> int:
    return next(n for n, one in enumerate(document.paragraphs) if words in one.text)


def test_a_paragraph_put_in_belongs_after_the_one_before_it() -> None:
    def change(opened: Document) -> None:
        at = opened.paragraphs[find(opened, "ประเภทของใช้") + 1]
        at.insert_paragraph_before("๒. กลุ่มใหม่")

    (found,) = compared(by_docx(change)).differences
    assert (found.what, found.words) == ("added", (Word("added", "๒. กลุ่มใหม่"),))
    assert found.after.endswith("ประเภทของใช้")
    assert [source.role for source in found.sources] == ["beside"]
    assert names(found) == ["ก่อนวาระ › เรื่องที่ 1 › รายละเอียด"]


def test_a_paragraph_taken_away_belongs_to_its_field() -> None:
    def change(opened: Document) -> None:
        take_out(opened.paragraphs[find(opened, "ประเภทของใช้")]._p)

    (found,) = compared(by_docx(change)).differences
    assert found.what == "removed"
    assert names(found) == ["ก่อนวาระ › เรื่องที่ 1 › รายละเอียด"]


def test_a_paragraph_parted_in_two_is_a_shorter_one_and_a_new_one() -> None:
    def change(opened: Document) -> None:
        at = find(opened, "นายอำเภออนุมัติโครงการแล้ว")
        whole = opened.paragraphs[at]
        first, second = whole.text.split(" และอยู่ระหว่าง")
        whole.insert_paragraph_before(first, whole.style)
        for run in whole.runs[1:]:
            run.text = ""
        whole.runs[0].text = f"และอยู่ระหว่าง{second}"

    found = compared(by_docx(change)).differences
    assert sorted(one.what for one in found) == ["added", "changed"]
    assert all(one.is_paired_by_words for one in found if one.what == "changed")
    assert {name for one in found for name in names(one)} == {
        "ระเบียบวาระ › สืบเนื่อง › เรื่องที่ 1 › รายละเอียด"
    } | {name for one in found if one.what == "added" for name in names(one)}


def test_a_row_put_in_and_a_row_taken_away_are_told_as_rows() -> None:
    def change(opened: Document) -> None:
        rows = opened.tables[0].rows
        rows[1]._tr.addnext(deepcopy(rows[0]._tr))
        take_out(rows[-1]._tr)

    found = compared(by_docx(change)).differences
    assert {"added", "removed"} <= {one.what for one in found}
    assert all(one.is_row for one in found)


def test_an_empty_cell_that_was_filled_in_belongs_to_the_key_that_is_not_written() -> None:
    def change(opened: Document) -> None:
        empty = next(c for t in opened.tables for r in t.rows for c in r.cells if not c.text)
        empty.paragraphs[0].add_run(ADDED)

    data = by_docx(change, document("council-2569-03"))
    (found,) = compared(data, "council-2569-03").differences
    assert found.words == (Word("added", ADDED),)
    (source,) = found.sources
    assert (source.role, source.place.is_written) == ("missing", False)


def test_bold_put_on_or_taken_off_is_told_with_the_words_that_it_is_about() -> None:
    def change(opened: Document) -> None:
        opened.paragraphs[find(opened, "นายอำเภออนุมัติโครงการแล้ว")].runs[0].bold = True
        label = opened.paragraphs[find(opened, "ผู้เสนอ")].runs[0]
        label.style = None
        label.bold = False

    found = compared(by_docx(change)).differences
    assert [one.what for one in found] == ["look", "look"]
    bold, plain = sorted(found, key=lambda one: "ผู้เสนอ" in after(one))
    assert any(did == "look" and "นายอำเภอ" in text for did, text in bold.words)
    assert [text.strip() for did, text in plain.words if did == "look"] == ["ผู้เสนอ"]
    assert names(bold) == ["ระเบียบวาระ › สืบเนื่อง › เรื่องที่ 1 › รายละเอียด"]


def test_size_of_letters_is_not_compared() -> None:
    def change(opened: Document) -> None:
        for paragraph in opened.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(20)

    assert compared(by_docx(change)).differences == ()


def test_another_picture_in_place_of_one_is_told_with_its_file() -> None:
    def change(opened: Document) -> None:
        images = [r for r in opened.part.rels.values() if r.reltype.endswith("/image")]
        images[0].target_part._blob = picture(40, 30)

    (found,) = compared(by_docx(change)).differences
    assert found.what == "picture"
    assert re.fullmatch(".*ภาพ › ภาพที่ [0-9] › ไฟล์", names(found)[0])


def test_a_header_that_was_changed_is_told() -> None:
    def change(opened: Document) -> None:
        opened.sections[0].header.paragraphs[0].add_run(" ลับ")

    found = compared(by_docx(change)).differences
    assert [(one.what, one.words) for one in found] == [
        ("margin", (Word("removed", "- # -"),)),
        ("margin", (Word("added", "- # - ลับ"),)),
    ]


def test_the_word_draft_taken_off_the_pages_is_told() -> None:
    def change(opened: Document) -> None:
        for section in opened.sections:
            for header in (section.header, section.first_page_header):
                for drawn in header._element.findall(f".//{W}pict"):
                    drawn.getparent().remove(drawn)

    data = by_docx(change, document("otop-2567-01"))
    found = compared(data, "otop-2567-01").differences
    assert all(one.what == "margin" for one in found)
    assert Word("removed", "ร่าง") in [word for one in found for word in one.words]


def test_a_comment_is_told_with_its_author_and_the_field_that_it_is_about() -> None:
    def change(opened: Document) -> None:
        runs = opened.paragraphs[find(opened, "เลิกประชุมเวลา")].runs
        opened.add_comment(runs, "ขอให้ตรวจเวลา", author="ผู้ตรวจ", initials="ต")

    found = compared(by_docx(change))
    assert found.differences == ()
    (noted,) = found.comments
    assert (noted.comment.author, noted.comment.text) == ("ผู้ตรวจ", "ขอให้ตรวจเวลา")
    assert noted.comment.about.startswith("เลิกประชุมเวลา")
    assert [" › ".join(source.place.names) for source in noted.sources] == ["เวลาเลิก"]


@pytest.mark.parametrize(
    ("edit", "did"),
    [
        ('<w:ins w:author="ปลัด"><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>', Word("added", "เพิ่ม")),
        ('<w:moveTo w:author="ปลัด"><w:r><w:t>เพิ่ม</w:t></w:r></w:moveTo>', Word("added", "เพิ่ม")),
    ],
)
def test_a_tracked_insertion_is_new_text(edit: str, did: Word) -> None:
    def change(root: etree._Element) -> None:
        said(root, "นายอำเภออนุมัติ").append(xml(edit))

    (found,) = compared(by_xml(change)).differences
    assert did in found.words
    assert found.authors == ("ปลัด",)


def said(root: etree._Element, words: str) -> etree._Element:
    return next(p for p in paragraphs(root) if words in "".join(map(str, p.itertext())))


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_a_tracked_deletion_is_gone(tag: str) -> None:
    def change(root: etree._Element) -> None:
        node = said(root, "นายอำเภออนุมัติ")
        tracked = xml(f'<w:{tag} w:author="ปลัด"></w:{tag}>')
        tracked.extend(node.findall(f"{W}r"))
        node.append(tracked)

    (found,) = compared(by_xml(change)).differences
    assert found.what in ("removed", "changed")
    assert [did for did, _ in found.words] == ["removed"]


def test_two_paragraphs_made_one_by_a_tracked_deletion_are_read_as_one() -> None:
    def change(root: etree._Element) -> None:
        node = said(root, "ประเภทของใช้")
        node.insert(0, xml('<w:pPr><w:rPr><w:del w:author="ปลัด"/></w:rPr></w:pPr>'))

    found = compared(by_xml(change)).differences
    assert any("ประเภทของใช้๒." in after(one) for one in found)


# --- what is no edit ----------------------------------------------------------------------------


def split_runs(root: etree._Element) -> None:
    """Cut each run before its last letter, as Word does at marks of spelling and languages."""
    for text in list(root.iter(f"{W}t")):
        run = text.getparent()
        alone = run is not None and {child.tag for child in run} <= {f"{W}t", f"{W}rPr"}
        if run is not None and alone and text.text and len(text.text) > 2:
            head, last = text.text[:-1], text.text[-1]
            text.text = head
            more = xml("<w:r><w:rPr></w:rPr></w:r>")
            old = run.find(f"{W}rPr")
            more[0].extend([] if old is None else list(etree.fromstring(etree.tostring(old))))
            more.append(xml(f'<w:t xml:space="preserve">{last}</w:t>'))
            run.addnext(more)
            run.addnext(xml('<w:proofErr w:type="spellStart"/>'))


def other_spaces(root: etree._Element) -> None:
    for text in root.iter(f"{W}t"):
        text.text = (text.text or "").replace(" ", "\u00a0 ").replace("ก", "\u200bก\u00ad")


def into_tags(root: etree._Element) -> None:
    for run in list(root.iter(f"{W}r"))[::2]:
        parent = run.getparent()
        assert parent is not None
        tag = xml('<w:smartTag w:element="place"></w:smartTag>')
        parent.replace(run, tag)
        tag.append(run)


def into_controls(root: etree._Element) -> None:
    for node in list(root.iter(f"{W}p"))[::3]:
        parent = node.getparent()
        assert parent is not None
        box = xml("<w:sdt><w:sdtPr></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>")
        parent.replace(node, box)
        box[1].append(node)


def revisions(root: etree._Element) -> None:
    for number, node in enumerate(root.iter(f"{W}p", f"{W}r")):
        node.set(f"{W}rsidR", f"{number:08X}")


def empty_paragraphs(root: etree._Element) -> None:
    for node in list(root.iter(f"{W}p")):
        parent = node.getparent()
        if parent is not None and parent.tag == f"{W}body":
            node.addnext(xml("<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>"))


def strict(root: etree._Element) -> None:
    """Add what newer programs say twice, for themselves and for older ones."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    for run in list(root.iter(f"{W}drawing")):
        parent = run.getparent()
        assert parent is not None
        twice = etree.Element(f"{{{mc}}}AlternateContent")
        parent.replace(run, twice)
        for name in ("Choice", "Fallback"):
            etree.SubElement(twice, f"{{{mc}}}{name}").append(etree.fromstring(etree.tostring(run)))


@pytest.mark.parametrize(
    "saved",
    [
        split_runs,
        other_spaces,
        into_tags,
        into_controls,
        revisions,
        empty_paragraphs,
        strict,
    ],
)
@pytest.mark.parametrize("id_", [MEETING, "otop-2567-01"])
def test_saving_a_file_again_changes_nothing(
    saved: Callable[[etree._Element], None], id_: str
) -> None:
    data = document(id_)
    again = by_xml(saved, data)
    assert again != data
    assert compared(again, id_).differences == ()


@pytest.mark.parametrize(("id_", "kind"), documents())
def test_a_file_that_python_docx_saved_again_is_the_same(id_: str, kind: Kind) -> None:
    found = compared(by_docx(lambda _: None, document(id_, kind)), id_, kind)
    assert (found.differences, found.comments) == ((), ())


# --- pieces -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["เรื่องที่เสนอให้ที่ประชุมทราบ", "กำหนด น้ำใจ ผู้ที่", "กิ์ก็กั้", "๑๔.๓๐ น. OTOP 15 ราย", "ก" * 5000],
)
def test_no_word_begins_with_a_mark_above_or_below(text: str) -> None:
    cut = words(text)
    assert "".join(cut) == text
    starts = line_breaks.clusters(text)
    at = 0
    for word in cut:
        assert at in starts
        at += len(word)


def test_blocks_that_are_not_the_documents_are_a_fault_of_the_program() -> None:
    read, blocks, atlas = ours(MEETING, "minutes")
    with pytest.raises(ValueError, match="on the page is"):
        comparison.compare(read, blocks[1:], read, atlas)


def unit(text: str, *, is_row: bool = False) -> Unit:
    return Unit((Paragraph(text, "0" * len(text)),), is_row)


def pairs(before: list[str], now: list[str]) -> list[tuple[str, ...]]:
    one = Manuscript(tuple(map(unit, before)), (), {})
    two = Manuscript(tuple(map(unit, now)), (), {})
    blocks = [Block(text) for text in before]
    found = comparison.compare(one, blocks, two, Atlas()).differences
    return [(each.what, *(text for _, text in each.words)) for each in found]


def test_paragraphs_are_paired_by_their_words_only_where_their_number_differs() -> None:
    assert pairs(["ก ข", "ค ง"], ["ข", "ค"]) == [
        ("changed", "ก ", "ข"),
        ("changed", "ค", " ง"),
    ]
    assert pairs(["หนึ่ง", "สอง สาม สี่"], ["สอง สาม ห้า"]) == [
        ("removed", "หนึ่ง"),
        ("changed", "สอง สาม ", "สี่", "ห้า"),
    ]


def test_very_many_paragraphs_are_paired_in_their_order() -> None:
    before, now = [f"ก{n}" for n in range(300)], [f"ข{n}" for n in range(299)]
    assert len(pairs(before, now)) == 300


def test_a_difference_says_nothing_of_what_no_file_says() -> None:
    read, blocks, _ = ours(MEETING, "minutes")
    changed = replace(read, units=(*read.units[:-1], unit("อื่น")))
    (found,) = comparison.compare(read, blocks, changed, Atlas()).differences
    assert found.sources == ()
    assert Path("agendas").is_dir()
