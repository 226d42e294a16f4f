"""Empty signature fields in a drawn PDF, where the signature blocks of the page stand.

Written before anything is signed, and tagged: a field that is added later breaks PDF/UA-1. Names
are ASCII; the Thai that a screen reader says is the field's alternative name.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

ATTRIBUTE = "data-field"  # of the block in the HTML that is signed
PEN = 34  # px above the block: what the style sheet leaves for a pen
PRINT = 4  # an annotation's flag: it is on paper too
APPEND = 3  # there are signature fields, and a program that saves the file adds to its end
BLANKS = re.compile(r"\(ลงชื่อ\)|…+|\(\s*\)")
Rectangle = tuple[float, float, float, float]


class Field(NamedTuple):
    """A field: its page, from 0, and its widget, which is also its entry in the form."""

    page: int
    widget: Any


def told(element: Any) -> str:
    """Give what a reader who listens is told of a block: who signs there, and as what."""
    words = " ".join(" ".join("".join(line.itertext()) for line in element.iter("p")).split())
    words = BLANKS.sub(" ", BLANKS.sub(" ", words))
    return " ".join(["ช่องลงลายมือชื่อ", *words.split()])


def widget(name: str, said: str, area: Rectangle) -> Any:
    """Give an empty field as PDF objects know it; the area in pt from the lower left corner."""
    import pydyf

    return pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(said),
            "Contents": pydyf.String(said),
            "F": PRINT,
            "Rect": pydyf.Array([round(value, 2) for value in area]),
        }
    )


def enter(pdf: Any, fields: Sequence[Field]) -> None:
    """Put the fields on their pages and into the PDF's form; without any there is no form."""
    import pydyf

    if not fields:
        return
    for page, field in fields:
        pdf.add_object(field)
        field["P"] = pdf.page_references[page]
        field["AP"] = pydyf.Dictionary({"N": _nothing(pdf, field["Rect"])})
        _page(pdf, page).setdefault("Annots", pydyf.Array()).append(field.reference)
    references = pydyf.Array([field.reference for _, field in fields])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": references, "SigFlags": APPEND})


def _nothing(pdf: Any, area: Sequence[float]) -> bytes:
    """Add how an empty field looks, which PDF/A wants to be told (ISO 19005-3, 6.3.3)."""
    import pydyf

    left, bottom, right, top = area
    box = pydyf.Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    look = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": box})
    pdf.add_object(look)
    reference: bytes = look.reference
    return reference


def _page(pdf: Any, number: int) -> Any:
    reference = pdf.page_references[number]
    return pdf.objects[int(reference.split()[0])]
