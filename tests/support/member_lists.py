"""Lists of people as offices keep them, written by code that shares nothing with the reader's."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import docx

Table = Sequence[Sequence[str]]


def csv_file(rows: Table, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Give a CSV file as a spreadsheet saves it."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def word_table(rows: Table, change: Callable[..., None] = lambda table: None) -> bytes:
    """Give a Word file with one table, ``change``d before it is saved."""
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    change(table)
    return _saved(document)


def word_lines(lines: Sequence[str]) -> bytes:
    """Give a Word file with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return _saved(document)


def _saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


CONTENT_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{0}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{0}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{0}.sharedStrings+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{0}.styles+xml"/></Types>
""".format("application/vnd.openxmlformats-officedocument.spreadsheetml")
RELATION = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
Target="{target}"/></Relationships>
"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = f"""<?xml version="1.0"?>
<workbook xmlns="{MAIN}"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="รายชื่อ" sheetId="1" {{state}} r:id="rId1"/></sheets></workbook>
"""


def excel(
    rows: Table,
    *,
    hidden: Sequence[int] = (),
    merged: Sequence[str] = (),
    state: str = "",
    formulas: Sequence[str] = (),
    unseen: Sequence[int] = (),
) -> bytes:
    """Give an Excel file, its parts written by hand; rows count from 1, as in ``A2:A4``.

    ``unseen`` are columns that are hidden, counted from 1 too.
    """
    written = "".join(
        f'<row r="{number}" hidden="{int(number in hidden)}">'
        f"{''.join(_cell(number, column, text, formulas) for column, text in enumerate(row))}</row>"
        for number, row in enumerate(rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    merges = f"<mergeCells>{spans}</mergeCells>" if merged else ""
    columns = "".join(f'<col min="{n}" max="{n}" hidden="1"/>' for n in unseen)
    cols = f"<cols>{columns}</cols>" if unseen else ""
    return workbook(f"{cols}<sheetData>{written}</sheetData>{merges}", state=state)


BESIDE = "".join(
    f'<Relationship Id="{kind}" Target="{kind}.xml" '
    f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    for kind in ("sharedStrings", "styles")
)


def workbook(sheet: str, *, texts: str = "", styles: str = "", state: str = "") -> bytes:
    """Give an Excel file whose worksheet, shared texts and styles hold this XML."""
    related = RELATION.format(kind="worksheet", target="worksheets/sheet1.xml")
    return package(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATION.format(kind="officeDocument", target="xl/workbook.xml"),
            "xl/workbook.xml": WORKBOOK.format(state=state),
            "xl/_rels/workbook.xml.rels": related.replace("</Rel", f"{BESIDE}</Rel"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        }
    )


def _cell(row: int, column: int, text: str, formulas: Sequence[str]) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if not text:
        return ""
    if text in formulas:
        return f'<c r="{place}"><f>{escape(text)}</f></c>'
    if text.isascii() and text.isdecimal():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def package(parts: dict[str, str]) -> bytes:
    """Give a zip of some parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return stream.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_xml(body: str) -> bytes:
    """Give a Word file that has this body and nothing else."""
    document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
