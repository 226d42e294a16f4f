"""Elements of WordprocessingML and the package that holds them: what Word reads, and no more."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from docx.opc.package import OpcPackage
from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
# Else a file's bytes would depend on which other libraries have told lxml their prefixes.
for _prefix in NAMESPACES.keys() - {"xml"}:
    etree.register_namespace(_prefix, NAMESPACES[_prefix])
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# The first moment that a zip file can name: the same input gives the same bytes.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

TWIPS_IN_CM = 1440 / 2.54
EMU_IN_CM = 360_000
EMU_IN_PIXEL = 9_525


def twips(cm: float) -> int:
    """Give a length as Word counts it, in twentieths of a point."""
    return round(cm * TWIPS_IN_CM)


def name(prefixed: str) -> str:
    """Turn ``w:p`` into the name that lxml uses."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def element(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """Make an element; its attributes are in ``w:`` as it is, ``r__embed`` means ``r:embed``."""
    own = "w:" if tag.startswith("w:") else ""
    made = etree.Element(name(tag), nsmap={"w": NAMESPACES["w"]})
    for key, value in attributes.items():
        key = key.replace("__", ":")
        made.set(name(key if ":" in key else own + key), str(value))
    made.extend(children)
    return made


def text(content: str) -> Iterator[etree._Element]:
    """Give the content of a run; a tab and a line end have elements of their own."""
    for part in _split(content):
        if part == "\t":
            yield element("w:tab")
        elif part == "\n":
            yield element("w:br")
        else:
            made = element("w:t", xml__space="preserve")
            made.text = part
            yield made


def _split(content: str) -> list[str]:
    marked = content.replace("\t", "\0\t\0").replace("\n", "\0\n\0")
    return [part for part in marked.split("\0") if part]


def paragraph(style: str, *content: etree._Element) -> etree._Element:
    """Make a paragraph of the style with this id."""
    return element("w:p", element("w:pPr", element("w:pStyle", val=style)), *content)


def style_of(paragraph: etree._Element) -> str | None:
    """Give the id of a paragraph's style; none of a table."""
    style = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return None if style is None else style.get(name("w:val"))


def keep_with_next(block: etree._Element) -> None:
    """Hold a paragraph, or every row of a table, together with the block that follows."""
    for properties in block.iter(name("w:pPr")):
        if properties.find(name("w:keepNext")) is None:
            properties.insert(1, element("w:keepNext"))


def table(
    style: str, indent: float, widths: Sequence[float], title: str, description: str
) -> etree._Element:
    """Make a table without rows; ``indent`` and ``widths`` in cm, the two texts are read aloud."""
    columns = [element("w:gridCol", w=twips(width)) for width in widths]
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style),
        element("w:tblW", w=sum(map(twips, widths)), type="dxa"),
        element("w:tblInd", w=twips(indent), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0020", firstRow=1, noHBand=1, noVBand=1),
        element("w:tblCaption", val=title),
        element("w:tblDescription", val=description),
    )
    return element("w:tbl", properties, element("w:tblGrid", *columns))


def row(*, head: bool = False, whole: bool = True) -> etree._Element:
    """Make a row that stays ``whole`` on one page; a ``head`` is repeated on every page."""
    marks = [element("w:cantSplit")] * whole + [element("w:tblHeader")] * head
    return element("w:tr", *([element("w:trPr", *marks)] if marks else []))


def cell(width: float, span: int, *content: etree._Element) -> etree._Element:
    """Make a cell, ``width`` cm wide, over ``span`` columns."""
    properties = element("w:tcPr", element("w:tcW", w=twips(width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    return element("w:tc", properties, *content)


def picture(relation: str, number: int, alt: str, size: tuple[int, int]) -> etree._Element:
    """Make an inline picture, ``size`` in EMU; ``number`` is its own in the document."""
    width, height = size
    title: dict[str, str | int] = {"id": number, "name": f"Picture {number}", "descr": alt}
    shape = element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", **title), element("pic:cNvPicPr")),
        element(
            "pic:blipFill",
            element("a:blip", r__embed=relation),
            element("a:stretch", element("a:fillRect")),
        ),
        element(
            "pic:spPr",
            element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=width, cy=height)),
            element("a:prstGeom", element("a:avLst"), prst="rect"),
        ),
    )
    data = element("a:graphicData", shape, uri=NAMESPACES["pic"])
    inline = element(
        "wp:inline",
        element("wp:extent", cx=width, cy=height),
        element("wp:docPr", **title),
        element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1)),
        element("a:graphic", data),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return element("w:drawing", inline)


def page_number(shown: str) -> Iterator[etree._Element]:
    """Give the runs of ``- ๒ -``; Word puts each page's number, in the section's digits."""
    field = element("w:fldSimple", element("w:r", *text(shown)), instr=" PAGE ")
    yield element("w:r", *text("- "))
    yield field
    yield element("w:r", *text(" -"))


# Word's own watermark, as its menu makes it: WordArt that fills its shape.
WATERMARK = """\
<w:r {namespaces}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
</v:formulas><v:path textpathok="t" o:connecttype="custom"
 o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/>
</v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" stroked="f" fillcolor="silver"
 o:allowincell="f" alt="{text}" style="position:absolute;margin-left:0;margin-top:0;\
width:250pt;height:140pt;rotation:315;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:fill opacity=".5"/><v:textpath string="{text}"
 style="font-family:'TH SarabunPSK';font-size:1pt"/>
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""


def watermark(word: str) -> etree._Element:
    """Make the run that draws a word large, light grey and diagonal across the page."""
    namespaces = " ".join(f'xmlns:{p}="{NAMESPACES[p]}"' for p in ("w", "v", "o", "w10"))
    parser = etree.XMLParser(remove_blank_text=True)
    return etree.fromstring(WATERMARK.format(namespaces=namespaces, text=word), parser)


def hang(block: etree._Element, edge: float, before: float, room: float) -> None:
    """Give the label at the ``edge`` of a paragraph more ``room`` than its style gave it; cm."""
    old, left = twips(edge + before), twips(edge + room)
    stops = [element("w:tab", val="clear", pos=old), element("w:tab", val="left", pos=left)]
    block[0].append(element("w:tabs", *stops))
    block[0].append(element("w:ind", left=left, hanging=twips(room)))


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts of an Open XML package: the same parts give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for path in sorted(parts, key=_reading_order):
            entry = zipfile.ZipInfo(path, ZIP_DATE)
            entry.create_system = 0  # whichever system packs it
            is_xml = path.endswith((".xml", ".rels"))
            entry.compress_type = zipfile.ZIP_DEFLATED if is_xml else zipfile.ZIP_STORED
            target.writestr(entry, parts[path])
    return packed.getvalue()


def _reading_order(path: str) -> tuple[bool, bool, str]:
    return path != "[Content_Types].xml", path != "_rels/.rels", path


def pack(package: OpcPackage) -> bytes:
    """Give the bytes of a python-docx package, without the date of the day in them."""
    parts = {"_rels/.rels": _xml(package.rels.xml)}
    types = {}
    for part in package.iter_parts():
        path = part.partname.membername
        parts[path] = part.blob
        types[part.partname] = part.content_type
        if part.rels:
            parts[part.partname.rels_uri.membername] = _xml(part.rels.xml)
    parts["[Content_Types].xml"] = content_types(types)
    return archive(parts)


def _xml(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def content_types(types: Mapping[str, str]) -> bytes:
    """Give ``[Content_Types].xml`` for a package whose parts have these types, by ``/path``."""
    root = etree.fromstring(f'<Types xmlns="{CONTENT_TYPES}"/>')
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    entries = [("Default", {"Extension": "rels"}, relations)]
    entries += [("Override", {"PartName": path}, kind) for path, kind in sorted(types.items())]
    for tag, which, kind in entries:
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}{tag}", which, ContentType=kind)
    return part(root)


def part(root: etree._Element) -> bytes:
    """Give the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
