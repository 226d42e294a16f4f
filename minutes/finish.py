"""A drawn PDF made fit to be kept and read aloud: PDF/A-3a and PDF/UA-1 at once.

WeasyPrint claims the first alone; the claim to both has to stand in the one RDF of the metadata.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, AttachedFileSpec, Name, Pdf

# ISO 14289-1, 5: the claim; ISO 19005-3, 6.6.2.3.3: a name that PDF/A does not know is described.
CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
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


@dataclass(frozen=True)
class Attachment:
    """A file to carry inside the PDF: what the document was made from."""

    name: str
    data: bytes
    mime: str
    modified: datetime


def finish(drawn: bytes, attachments: Sequence[Attachment] = ()) -> bytes:
    """Give the drawn PDF/A-3a as PDF/UA-1 too, with the attachments; same input, same bytes."""
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        _claim_both(pdf)
        _forbid_smoothing(pdf)
        _attach(pdf, attachments)
        finished = io.BytesIO()
        pdf.save(
            finished,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return finished.getvalue()


def _claim_both(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", CLAIM + b"</rdf:RDF>"))


def _forbid_smoothing(pdf: Pdf) -> None:
    """Drop the wish to smooth pictures, which PDF/A forbids (ISO 19005-3, 6.2.8)."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Interpolate" in item:
            del item["/Interpolate"]


def _attach(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    for attachment in attachments:
        moment = attachment.modified.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        pdf.attachments[attachment.name] = AttachedFileSpec(
            pdf,
            attachment.data,
            filename=attachment.name,
            mime_type=attachment.mime,
            creation_date=moment,
            mod_date=moment,
            relationship=Name.Source,  # type: ignore[call-arg] # missing in its stubs
        )
    if attachments:
        pdf.Root.AF = Array([pdf.attachments[a.name].obj for a in attachments])
