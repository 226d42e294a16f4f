"""``templates/styles.docx``: the named styles and the page of every Word document, and no text.

An office that wants another look restyles the
file in Word; the names of the styles are what ``minutes.documents.word.html_to_docx`` relies on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from minutes.documents.word.ooxml import (
    NAMESPACES,
    archive,
    content_types,
    element,
    name,
    part,
    twips,
)
from minutes.paths import TEMPLATES

FONT = "TH SarabunPSK"
BODY_SIZE = 16
SMALL_SIZE = 14
# The tables' sizes of type: the end of the style's name, in Thai too, and the size in points.
TABLE_SIZES = (
    ("", "", BODY_SIZE),
    (" Small", " เล็ก", SMALL_SIZE),
    (" Smaller", " เล็กกว่า", 12),
    (" Smallest", " เล็กที่สุด", 10),
)

# The one grid of the page, cm from the left text edge (rules 2.1: a paragraph starts at 2.5).
INDENT = 2.5
AGENDA_TEXT = 3.1
STEP = 1.1  # room for ๑๐.๑
# Both signatures share one axis, 11.2 cm from the left text edge; wide enough for a pen.
SIGNATURE_LEFT = 6.4
RIGHT_HALF = 7.0
RULE_SIDES = 5.9


@dataclass(frozen=True)
class Paragraph:
    """A paragraph style; lengths in cm, sizes and spaces in points.

    ``hanging`` pulls the first line back from ``left``; a negative one pushes it in.
    """

    name: str
    thai: str = ""
    size: int = BODY_SIZE
    bold: bool = False
    align: str = "left"
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    space_inside: bool = True  # is there space between two paragraphs of this style?
    outline: int | None = None
    based_on: str = "Normal"
    following: str = ""


HEADING = Paragraph("", bold=True, keep_next=True, keep_lines=True, following="Body Text")
TITLES = (
    replace(HEADING, name="Title", align="center", size=18),
    replace(HEADING, name="Subtitle", align="center"),
    Paragraph("Title Rule", "เส้นคั่นหัวเรื่อง", left=RULE_SIDES, right=RULE_SIDES, after=12),
)
HEADINGS = (
    replace(HEADING, name="heading 1", before=10, outline=0),
    replace(
        HEADING,
        name="Agenda Item",
        thai="ระเบียบวาระ",
        before=14,
        left=AGENDA_TEXT,
        hanging=AGENDA_TEXT,
        outline=0,
        based_on="heading 1",
    ),
    replace(HEADING, name="heading 2", before=3, left=INDENT + STEP, hanging=STEP, outline=1),
    replace(HEADING, name="Meeting Time", thai="เวลาประชุม", before=13),
)
BODY = (
    Paragraph("Body Text", align="thaiDistribute", hanging=-INDENT),
    Paragraph("Body Text Flush", "เนื้อความชิดซ้าย", align="thaiDistribute"),
    Paragraph("Body Text Indent", left=INDENT),
    Paragraph("Nothing", "ไม่มี", left=INDENT),
    Paragraph(
        "Resolution",
        "มติที่ประชุม",
        align="thaiDistribute",
        left=INDENT,
        hanging=INDENT,
        before=5,
        following="Resolution Continued",
    ),
    Paragraph("Resolution Continued", "มติที่ประชุม ต่อ", align="thaiDistribute", left=INDENT),
    Paragraph("Adjournment", "ปิดประชุม", align="thaiDistribute", hanging=-INDENT, before=13),
    Paragraph("Centred", "กึ่งกลาง", align="center"),
    Paragraph(
        "Closing", align="center", left=RIGHT_HALF, before=13, space_inside=False, keep_lines=True
    ),
    Paragraph("Credit", "ที่มา", size=SMALL_SIZE, before=12),
    Paragraph("caption", size=SMALL_SIZE, align="center", after=6, keep_lines=True),
    Paragraph("Figure", "ภาพ", align="center", before=6),
    Paragraph("header", align="center"),
)
SIGNATURES = (
    Paragraph(
        "Signature",
        align="center",
        left=SIGNATURE_LEFT,
        before=24,
        keep_next=True,
        keep_lines=True,
        following="Signature Name",
    ),
    Paragraph(
        "Signature Name",
        "ชื่อใต้ลายมือชื่อ",
        align="center",
        left=SIGNATURE_LEFT,
        after=8,
        keep_lines=True,
        space_inside=False,
    ),
)


def _lists() -> Iterator[Paragraph]:
    for level in range(5):
        number = f" {level + 1}" if level else ""
        left = INDENT + STEP * (level + 1)
        yield Paragraph(f"List{number}", left=left, hanging=STEP)
        yield Paragraph(f"List Continue{number}", left=left)


def _tables() -> Iterator[Paragraph]:
    for suffix, thai, size in TABLE_SIZES:
        yield Paragraph(
            f"Table Heading{suffix}", f"หัวตาราง{thai}", size=size, bold=True, align="center"
        )
        yield Paragraph(f"Table Text{suffix}", f"ข้อความในตาราง{thai}", size=size)
        yield Paragraph(f"Table Centred{suffix}", f"กลางช่องตาราง{thai}", size=size, align="center")
        yield Paragraph(f"Table Number{suffix}", f"ตัวเลขในตาราง{thai}", size=size, align="right")
    yield Paragraph("Table Gap", "ท้ายตาราง")


PARAGRAPHS = (
    Paragraph("Normal", based_on=""),
    *TITLES,
    *HEADINGS,
    *BODY,
    *SIGNATURES,
    *_lists(),
    *_tables(),
)
CHARACTERS = {
    "Strong": ("b", "bCs"),
    "Emphasis": ("i", "iCs"),
    "Intense Emphasis": ("b", "bCs", "i", "iCs"),
    "Hyperlink": (),
}
# Paragraphs that hold no text are a thin line high, whatever the size of the font.
THIN_LINES = {"Title Rule": 6, "Table Gap": 5}
SIDES = ("top", "left", "bottom", "right")
# Table styles: is it ruled; cell margins in cm, in the order of SIDES.
TABLES = {
    "Table Grid": (True, (0.03, 0.15, 0.03, 0.15)),
    "Narrow Grid": (True, (0.03, 0.08, 0.03, 0.08)),
    "People Table": (False, (0.0, 0.0, 0.0, 0.2)),
    "Photo Table": (False, (0.0, 0.1, 0.0, 0.1)),
}
TABLES_IN_THAI = {
    "Narrow Grid": "ตารางแน่น",
    "People Table": "ตารางรายชื่อ",
    "Photo Table": "ตารางภาพ",
}
# The colours that Word offers first when somebody restyles a document.
COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F3864",
    "lt2": "E7E6E6",
    "accent1": "1F4E79",
    "accent2": "7F6000",
    "accent3": "385723",
    "accent4": "833C0B",
    "accent5": "5B5B5B",
    "accent6": "7030A0",
    "hlink": "0563C1",
    "folHlink": "954F72",
}


def style_id(style: str) -> str:
    """Give the id of a style, as Word makes it from the name."""
    return "".join(word[0].upper() + word[1:] for word in style.split())


def _fonts() -> etree._Element:
    return element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)


def _run(size: int, *, bold: bool = False) -> etree._Element:
    weight = [element("w:b"), element("w:bCs")] if bold else []
    return element(
        "w:rPr",
        _fonts(),
        *weight,
        element("w:sz", val=size * 2),
        element("w:szCs", val=size * 2),
        element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"),
    )


def _paragraph(style: Paragraph) -> etree._Element:
    made = element("w:pPr")
    if style.keep_next:
        made.append(element("w:keepNext"))
    if style.keep_lines:
        made.append(element("w:keepLines"))
    made.append(element("w:widowControl"))
    if style.name == "Title Rule":
        line = element("w:bottom", val="single", sz=6, space=0, color="auto")
        made.append(element("w:pBdr", line))
    if style.hanging > 0:
        made.append(element("w:tabs", element("w:tab", val="left", pos=twips(style.left))))
    made.append(_spacing(style))
    made.append(_indents(style))
    if not style.space_inside:
        made.append(element("w:contextualSpacing"))
    made.append(element("w:jc", val=style.align))
    if style.outline is not None:
        made.append(element("w:outlineLvl", val=style.outline))
    return made


def _spacing(style: Paragraph) -> etree._Element:
    thin = THIN_LINES.get(style.name)
    line, rule = (thin * 20, "exact") if thin else (240, "auto")
    return element(
        "w:spacing",
        before=round(style.before * 20),
        after=round(style.after * 20),
        line=line,
        lineRule=rule,
    )


def _indents(style: Paragraph) -> etree._Element:
    made = element("w:ind", left=twips(style.left), right=twips(style.right))
    first = "hanging" if style.hanging > 0 else "firstLine"
    made.set(name(f"w:{first}"), str(twips(abs(style.hanging))))
    return made


def _style(kind: str, style: str, *details: etree._Element, thai: str = "") -> etree._Element:
    made = element("w:style", type=kind, styleId=style_id(style))
    if thai:
        made.set(name("w:customStyle"), "1")
    made.append(element("w:name", val=style))
    if thai:
        made.append(element("w:aliases", val=thai))
    made.extend(details)
    return made


def _paragraph_style(style: Paragraph, priority: int) -> etree._Element:
    details = []
    if style.based_on:
        details.append(element("w:basedOn", val=style_id(style.based_on)))
    if style.following:
        details.append(element("w:next", val=style_id(style.following)))
    details += [element("w:uiPriority", val=priority), element("w:qFormat")]
    details += [_paragraph(style), _run(style.size, bold=style.bold)]
    made = _style("paragraph", style.name, *details, thai=style.thai)
    if style.name == "Normal":
        made.set(name("w:default"), "1")
    return made


def _character_style(style: str, marks: tuple[str, ...]) -> etree._Element:
    properties = element("w:rPr", *(element(f"w:{mark}") for mark in marks))
    return _style(
        "character",
        style,
        element("w:basedOn", val="DefaultParagraphFont"),
        element("w:uiPriority", val=60),
        element("w:qFormat"),
        *([properties] if marks else []),
    )


def _table_style(style: str, ruled: bool, margins: tuple[float, ...]) -> etree._Element:
    borders = [
        element(f"w:{side}", val="single", sz=4, space=0, color="auto")
        for side in (*SIDES, "insideH", "insideV")
    ]
    sides = zip(SIDES, margins, strict=True)
    cells = [element(f"w:{side}", w=twips(cm), type="dxa") for side, cm in sides]
    properties = element("w:tblPr", element("w:tblInd", w=0, type="dxa"))
    if ruled:
        properties.append(element("w:tblBorders", *borders))
    properties.append(element("w:tblCellMar", *cells))
    thai = TABLES_IN_THAI.get(style, "")
    return _style(
        "table",
        style,
        element("w:basedOn", val="TableNormal"),
        element("w:uiPriority", val=70),
        properties,
        thai=thai,
    )


def _foundation() -> Iterator[etree._Element]:
    """Give the three styles that Word wants to find under all the others."""
    hidden = [
        element("w:uiPriority", val=99),
        element("w:semiHidden"),
        element("w:unhideWhenUsed"),
    ]
    cells = [element(f"w:{side}", w=0, type="dxa") for side in SIDES]
    table = element("w:tblPr", element("w:tblInd", w=0, type="dxa"))
    table.append(element("w:tblCellMar", *cells))
    for kind, style, details in (
        ("character", "Default Paragraph Font", []),
        ("table", "Normal Table", [table]),
        ("numbering", "No List", []),
    ):
        made = _style(kind, style, *(etree.fromstring(etree.tostring(h)) for h in hidden), *details)
        made.set(name("w:default"), "1")
        if style == "Normal Table":
            made.set(name("w:styleId"), "TableNormal")
        yield made


def styles() -> etree._Element:
    """Give the part with the styles."""
    latent = element(
        "w:latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    defaults = element(
        "w:docDefaults",
        element("w:rPrDefault", _run(BODY_SIZE)),
        element("w:pPrDefault", element("w:pPr", _spacing(Paragraph("")))),
    )
    return element(
        "w:styles",
        defaults,
        latent,
        *_foundation(),
        *(_paragraph_style(style, number) for number, style in enumerate(PARAGRAPHS, 1)),
        *(_character_style(*row) for row in CHARACTERS.items()),
        *(_table_style(style, *look) for style, look in TABLES.items()),
    )


def document() -> etree._Element:
    """Give a document without text: A4, margins as the regulation's guide sets them."""
    section = element(
        "w:sectPr",
        element("w:pgSz", w=11906, h=16838),
        element(
            "w:pgMar",
            top=twips(2.5),
            right=twips(2),
            bottom=twips(2),
            left=twips(3),
            header=twips(1.25),
            footer=twips(1),
            gutter=0,
        ),
        element("w:pgNumType", fmt="thaiNumbers"),
        element("w:cols", space=twips(1.25)),
        element("w:titlePg"),
    )
    return element("w:document", element("w:body", section))


def settings() -> etree._Element:
    """Give the settings: the layout of Word 2013 and later."""
    mode = element(
        "w:compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return element(
        "w:settings",
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=twips(INDENT / 2)),
        element("w:characterSpacingControl", val="doNotCompress"),
        element("w:compat", mode),
        element("w:themeFontLang", val="en-US", bidi="th-TH"),
        element("w:decimalSymbol", val="."),
        element("w:listSeparator", val=","),
    )


def font_table() -> etree._Element:
    """Give the font, and what stands in for it where it is not installed."""
    font = element(
        "w:font",
        element("w:altName", val="TH Sarabun New"),
        element("w:panose1", val="020B0500040200020003"),
        element("w:charset", val="DE"),
        element("w:family", val="swiss"),
        element("w:pitch", val="variable"),
        name=FONT,
    )
    return element("w:fonts", font)


def theme() -> etree._Element:
    """Give the theme that Word wants to find; no style refers to it, so its font is ours too."""
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{FONT}"/><a:ea typeface=""/>'
        f'<a:cs typeface="{FONT}"/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    plain = {
        "fillStyleLst": fill * 3,
        "lnStyleLst": f'<a:ln w="6350">{fill}</a:ln>' * 3,
        "effectStyleLst": "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3,
        "bgFillStyleLst": fill * 3,
    }
    formats = "".join(f"<a:{tag}>{content}</a:{tag}>" for tag, content in plain.items())
    colours = "".join(
        f'<a:{tag}><a:srgbClr val="{colour}"/></a:{tag}>' for tag, colour in COLOURS.items()
    )
    return etree.fromstring(
        f'<a:theme xmlns:a="{NAMESPACES["a"]}" name="Minutes"><a:themeElements>'
        f'<a:clrScheme name="Minutes">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Minutes">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Minutes">{formats}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )


def _core() -> etree._Element:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core})


def _relationships(targets: dict[str, str]) -> bytes:
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = etree.fromstring(f'<Relationships xmlns="{uri}"/>')
    for number, (target, kind) in enumerate(targets.items(), 1):
        details = {"Id": f"rId{number}", "Type": kind, "Target": target}
        etree.SubElement(root, f"{{{uri}}}Relationship", details)
    return part(root)


def make() -> bytes:
    """Give the bytes of ``styles.docx``: the same each time."""
    office = NAMESPACES["r"]
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    }
    root = {
        "word/document.xml": f"{office}/officeDocument",
        "docProps/core.xml": f"{package}/metadata/core-properties",
    }
    parts = {
        "styles.xml": f"{office}/styles",
        "settings.xml": f"{office}/settings",
        "fontTable.xml": f"{office}/fontTable",
        "theme/theme1.xml": f"{office}/theme",
    }
    return archive(
        {
            "[Content_Types].xml": content_types(types),
            "_rels/.rels": _relationships(root),
            "docProps/core.xml": part(_core()),
            "word/document.xml": part(document()),
            "word/_rels/document.xml.rels": _relationships(parts),
            "word/styles.xml": part(styles()),
            "word/settings.xml": part(settings()),
            "word/fontTable.xml": part(font_table()),
            "word/theme/theme1.xml": part(theme()),
        }
    )


def files() -> dict[Path, bytes]:
    """Return the file."""
    return {TEMPLATES / "styles.docx": make()}
