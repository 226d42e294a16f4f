"""The text that a document is known by, whatever file carries it: what a copy is held against."""

import hashlib
import unicodedata

from lxml import html


def text(page: str) -> str:
    """Give what an HTML page says: its body's text in NFC, each white space folded to one blank."""
    body = html.document_fromstring(page).find("body")
    assert body is not None, "every page has a body"
    said = "".join(part for part in body.itertext() if isinstance(part, str))
    return unicodedata.normalize("NFC", " ".join(said.split()))


def digest(page: str) -> str:
    """Give the SHA-256 of a page's canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text(page).encode()).hexdigest()
