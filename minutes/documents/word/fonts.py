"""A font inside a DOCX, so that a reader without it sees the page as it was meant.

ECMA-376 part 1, 17.8.1: the font's first 32 bytes are veiled with the GUID that names it.
"""

import io
import uuid
import zipfile

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from minutes.documents.word.ooxml import CONTENT_TYPES, archive, element, name, part

OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
VEILED = 32  # bytes
PLACE = "word/fonts/regular.odttf"


def with_font(styles: bytes, family: str, font: bytes) -> bytes:
    """Give a DOCX that carries the regular face of a family which its font table names.

    Raises ValueError when the font table does not name the family.
    """
    with zipfile.ZipFile(io.BytesIO(styles)) as package:
        parts = {member: package.read(member) for member in package.namelist()}
    guid = uuid.uuid5(uuid.NAMESPACE_URL, font.hex())
    parts[PLACE] = veiled(font, guid)
    parts["word/fontTable.xml"] = _table(parts["word/fontTable.xml"], family, guid)
    parts["word/_rels/fontTable.xml.rels"] = _relationship()
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"])
    parts["[Content_Types].xml"] = _types(parts["[Content_Types].xml"])
    return archive(parts)


def veiled(font: bytes, guid: uuid.UUID) -> bytes:
    """Veil a font with a GUID; the same again unveils it."""
    key = guid.bytes[::-1] * (VEILED // len(guid.bytes))
    head = bytes(byte ^ mask for byte, mask in zip(font, key, strict=False))
    return head + font[VEILED:]


def _table(table: bytes, family: str, guid: uuid.UUID) -> bytes:
    root = etree.fromstring(table)
    for font in root:
        if font.get(name("w:name")) == family:
            carried = element("w:embedRegular", fontKey=f"{{{str(guid).upper()}}}")
            carried.set(name("r:id"), "rId1")
            font.append(carried)
            return part(root)
    raise ValueError(f"the font table does not name {family}")


def _relationship() -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS}"/>')
    attributes = {"Id": "rId1", "Type": RELATIONSHIP_TYPE.FONT, "Target": "fonts/regular.odttf"}
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    return part(root)


def _settings(settings: bytes) -> bytes:
    """Say that fonts are carried; the schema wants it right behind the zoom."""
    root = etree.fromstring(settings)
    zoom = root.find(name("w:zoom"))
    root.insert(0 if zoom is None else root.index(zoom) + 1, element("w:embedTrueTypeFonts"))
    return part(root)


def _types(types: bytes) -> bytes:
    root = etree.fromstring(types)
    attributes = {"PartName": f"/{PLACE}", "ContentType": OBFUSCATED}
    etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", attributes)
    return part(root)
