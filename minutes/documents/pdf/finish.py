"""A drawn PDF made fit to be kept and to be read aloud: PDF/A-3a and PDF/UA-1 at once.

The drawing brings the tags, the title and the dates; what both standards ask besides is added here.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream
from pikepdf.models import PdfMetadata

from minutes.documents.pdf import page_codes

UA = "http://www.aiim.org/pdfua/ns/id/"
CLAIMS = {"pdfaid:part": "3", "pdfaid:conformance": "A", f"{{{UA}}}part": "1"}
# A name in the metadata that PDF/A does not know has to be described (ISO 19005-3, 6.6.2.3.3).
DESCRIPTION = f"""\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{UA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
PRINT = 4  # an annotation's flag: it is on paper too


@dataclass(frozen=True)
class Attachment:
    """A file to carry inside the PDF: what the document was made from."""

    name: str
    data: bytes
    mime: str
    modified: datetime
    description: str


def finish(drawn: bytes, attachments: Sequence[Attachment] = (), label: str = "") -> bytes:
    """Give a drawn, tagged PDF as PDF/A-3a and PDF/UA-1, with the attachments inside.

    Its metadata says what the drawing's own information says; a label stands on every page as a
    code. Same input, same bytes.
    """
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        _describe(pdf)
        _name_the_colours(pdf)
        _forbid_what_varies(pdf)
        _attach(pdf, attachments)
        if label:
            page_codes.draw(pdf, label)
        finished = io.BytesIO()
        together = pikepdf.ObjectStreamMode.generate
        pdf.save(finished, object_stream_mode=together, deterministic_id=True)
    return finished.getvalue()


def _describe(pdf: Pdf) -> None:
    """Repeat the information as metadata, in the clear, with the claims to both standards."""
    PdfMetadata.register_xml_namespace(UA, "pdfuaid")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
        for name, value in CLAIMS.items():
            metadata[name] = value
    end = b"</rdf:RDF>"
    written = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(written.replace(end, DESCRIPTION.encode() + end))


def _name_the_colours(pdf: Pdf) -> None:
    """Say that the colours are meant as sRGB (ISO 19005-3, 6.2.3)."""
    profile = Stream(pdf, _srgb(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([intent])


@cache
def _srgb() -> bytes:
    return (resources.files("weasyprint") / "pdf/sRGB2014.icc").read_bytes()


def _forbid_what_varies(pdf: Pdf) -> None:
    """Print every link's frame, smooth no picture (ISO 19005-3, 6.3.2 and 6.2.8)."""
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Interpolate" in item:
            del item["/Interpolate"]
        elif isinstance(item, Dictionary) and item.get("/Type") == "/Annot":
            item.F = PRINT


def _attach(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    for attachment in attachments:
        moment = attachment.modified.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        file = AttachedFileSpec(
            pdf,
            attachment.data,
            description=attachment.description,
            filename=attachment.name,
            mime_type=attachment.mime,
            creation_date=moment,
            mod_date=moment,
        )
        file.relationship = Name.Source
        pdf.attachments[attachment.name] = file
    if attachments:
        pdf.Root.AF = Array([pdf.attachments[a.name].obj for a in attachments])
