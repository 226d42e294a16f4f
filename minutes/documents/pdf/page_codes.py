"""The code at the foot of every page: which meeting, version and text it is, and which page.

A page that is signed by hand and scanned is known by it again; one that is missing, swapped or of
another version is found. ``MIN1:board-2567-02:v1:<32 hexadecimal digits>:p1/3``, of which the page
shows all but the page's own number and count in letters, and all in a QR code.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

SIZE, LEFT, BOTTOM = 56.7, 22.7, 22.7  # pt: 20 mm, 8 mm from the left and the lower edge
DOTS = 8  # pixels of a module's side, a byte: no viewer blurs it much
CORRECTION = "q"  # a quarter of the code may be lost
MASK = 2  # fixed: to try all eight takes longer than to draw the page
HEAD = "ทะเบียน {}"  # the register's head, as a page prints it
DIGITS = 32  # of the digest: as many bits as nobody can search through
PATTERN = re.compile(
    r"min1:(?P<id>[a-z0-9-]+):v(?P<version>[1-9][0-9]{0,5}):(?P<digest>[0-9a-f]{32})"
    r"(?::p(?P<page>[1-9][0-9]{0,4})/(?P<pages>[1-9][0-9]{0,4}))?"
)


@dataclass(frozen=True)
class Code:
    """What a page says of itself; page and pages are 0 where it does not say which it is."""

    id: str
    version: int
    digest: str
    page: int = 0
    pages: int = 0

    def __str__(self) -> str:
        said = f"MIN1:{self.id}:v{self.version}:{self.digest[:DIGITS]}"
        return f"{said}:p{self.page}/{self.pages}" if self.page else said


def read(text: str) -> Code | None:
    """Give what a code says, read from a scan or a page's text; None for any other code."""
    found = PATTERN.fullmatch(text.strip().lower())
    if found is None:
        return None
    version, page, pages = (int(found[name] or 0) for name in ("version", "page", "pages"))
    return Code(found["id"], version, found["digest"], page, pages)


def labelled(markup: str, label: str, head: str = "") -> str:
    """Give an HTML page that shows the label at the foot of each of its pages.

    Beside it stands the head of the archive's register, where there is one.
    """
    begun = '<body class="'
    assert begun in markup, "every page's body has a class"
    shown = f'data-code="{label}" data-register="{HEAD.format(head) if head else ""}"'
    return markup.replace(begun, f'<body {shown} class="coded ', 1)


def draw(pdf: "Pdf", label: str) -> None:
    """Draw each page's own code in the lower left corner, where no text stands.

    It is no part of the structure: who listens to the page does not hear it.
    """
    from pikepdf import Name

    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, 1):
        name = f"/Code{number}"
        page.add_resource(_picture(pdf, f"{label}:p{number}/{count}"), Name.XObject, Name(name))
        place = f"q {SIZE} 0 0 {SIZE} {LEFT} {BOTTOM} cm {name} Do Q"
        drawn = f"/Artifact BMC {place} EMC\n".encode()
        page.contents_add(pdf.make_stream(drawn), prepend=True)


def _picture(pdf: "Pdf", text: str) -> Any:
    """Give a code as a picture in black and white, without the white around it."""
    import segno
    from pikepdf import Name

    code = segno.make_qr(text, error=CORRECTION, mask=MASK, boost_error=False)
    rows = [b"".join(b"\0" if dark else b"\xff" for dark in row) for row in code.matrix]
    side = DOTS * len(rows)
    stream = pdf.make_stream(b"".join(row * DOTS for row in rows))
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width = stream.Height = side
    stream.BitsPerComponent, stream.ColorSpace = 1, Name.DeviceGray
    return stream
