"""A signature in an empty field of a PDF, by whoever holds a certificate: PAdES.

How it looks is drawn by our own renderer: an appearance by the library would break PDF/A. The file
is added to and never written anew, so earlier signatures stay good.
"""

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.problems.errors import Fault
from minutes.signing import verify
from minutes.signing.trust import Trust
from minutes.thai import dates

SIZES = (11, 10, 9, 8, 7, 6)  # pt: the largest that fits
LOOK = """
@page {{ size: {width}pt {height}pt; margin: 0; @top-center {{ content: none }} }}
html {{ font-size: {size}pt; line-height: 1.15 }}
p {{ text-indent: 0; text-align: center }}
"""
WORDS = Markup(
    '<!DOCTYPE html><html lang="th"><head><title>ลายมือชื่อ</title></head><body>'
    '<p>ลงลายมือชื่ออิเล็กทรอนิกส์โดย <span class="nw">{name}</span></p><p>{rest}</p></body></html>'
)
POSITION = re.compile(r"\([^()]*\)\s*(?P<position>\S.*)$")  # what follows the name on the block


@dataclass(frozen=True)
class Order:
    """Who signs which field, and when; ``signer`` and ``timestamper`` are the library's.

    With ``proofs``, and a time-stamp, the file carries all that proves the signature later.
    """

    field: str
    signer: Any
    moment: datetime
    position: str = ""
    timestamper: Any = None
    proofs: Trust | None = None


def from_p12(data: bytes, password: str) -> Any:
    """Give who signs by a PKCS#12 file; raises Fault where it does not open."""
    from pyhanko.sign.signers import SimpleSigner

    verify.silence()
    try:
        return SimpleSigner.load_pkcs12_data(data, [], passphrase=password.encode())
    except ValueError:
        fault = Fault("D200")
    raise fault  # outside: a traceback of the opening is nobody's business


@contextmanager
def by_token(library: str, pin: str, label: str = "") -> Iterator[Any]:
    """Give who signs by a card or a USB token while it is open; ``library`` is its maker's.

    Raises Fault: D206 where the token does not open, D207 where it has not the one key that is
    meant; ``label`` chooses among several.
    """
    from pkcs11 import Attribute, ObjectClass, TokenFlag, lib
    from pkcs11.exceptions import NoSuchToken, PKCS11Error
    from pyhanko.sign.pkcs11 import PKCS11Signer

    try:
        tokens = lib(library).get_tokens(token_flags=TokenFlag.TOKEN_INITIALIZED)
        if (token := next(iter(tokens), None)) is None:
            raise NoSuchToken
        session = token.open(user_pin=pin)
    except (PKCS11Error, OSError, RuntimeError) as error:
        fault = Fault("D206", reason=type(error).__name__)
    else:
        with session:
            keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
            meant = [key for key in keys if label in ("", key.label)]
            if len(meant) != 1:
                raise Fault("D207", near=tuple(key.label for key in keys) or ("-",))
            try:
                yield PKCS11Signer(session, key_id=meant[0].id, other_certs_to_pull=None)
            except PKCS11Error as error:  # it was pulled out, or it does not sign so
                raise Fault("D206", reason=type(error).__name__) from None
        return
    raise fault  # outside, as above: the PIN was among what was called


def name_of(signer: Any) -> str:
    """Give the name on the certificate of who signs."""
    return str(signer.signing_cert.subject.native.get("common_name", ""))


def sign(data: bytes, order: Order) -> bytes:
    """Give a PDF with one more signature; raises Fault where it has no such empty field."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSigner
    from pyhanko.stamp import StaticStampStyle

    verify.silence()
    field = _field(data, order.field)
    left, bottom, right, top = map(float, field["/Rect"])
    position = order.position or _position(str(field.get("/TU", "")))
    look = appearance(order, position, (right - left, top - bottom))
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        drawn = Path(folder, "look.pdf")
        drawn.write_bytes(look)
        style = StaticStampStyle.from_pdf_file(str(drawn), border_width=0, **_whole())
        stamper = order.timestamper
        signer = PdfSigner(_how(order), order.signer, timestamper=stamper, stamp_style=style)
        return _signed(signer, IncrementalPdfFileWriter(io.BytesIO(data)))


def _signed(signer: Any, writer: Any) -> bytes:
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    try:
        signed: bytes = signer.sign_pdf(writer).getvalue()
    except TimestampRequestError as error:
        raise Fault("D204", reason=error) from error
    except SigningError as error:
        raise Fault("D203", reason=error) from error
    return signed


def _field(data: bytes, name: str) -> Any:
    """Give the widget of an empty field; D201 for no PDF that can be signed, D202 for no field."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        reader = PdfFileReader(io.BytesIO(data))
        if reader.encrypted:
            raise ValueError("the file is encrypted")
        empty = {
            found: reference.get_object()
            for found, value, reference in enumerate_sig_fields(reader)
            if value is None
        }
    except Exception as error:  # a file from anywhere
        raise Fault("D201") from error
    if name not in empty:
        raise Fault("D202", name=name, near=tuple(empty) or ("-",))
    return empty[name]


def _position(told: str) -> str:
    """Give the position that the block on the page names."""
    found = POSITION.search(told)
    return found["position"] if found else ""


def appearance(order: Order, position: str, size: tuple[float, float]) -> bytes:
    """Draw name, position and time into a box in pt, in the largest letters that fit."""
    when = f"{dates.date_text(order.moment.date())} เวลา {dates.time_text(order.moment.time())}"
    rest = " · ".join(part for part in (position, when) if part)
    words = WORDS.format(name=name_of(order.signer), rest=rest)
    width, height = size
    for letters in SIZES:
        look = LOOK.format(width=width, height=height, size=letters)
        if drawn := html_to_pdf.stamp(words, pages.stylesheet() + look):
            return drawn
    raise Fault("D205", name=order.field)


def _whole() -> dict[str, Any]:
    """Give how the drawing fills its box: wholly, and opaque."""
    from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule

    middle = AxisAlignment.ALIGN_MID
    return {
        "background_layout": SimpleBoxLayoutRule(x_align=middle, y_align=middle),
        "background_opacity": 1.0,
    }


def _how(order: Order) -> Any:
    """Give what the library has to know: PAdES, and with proofs all that makes it last."""
    from pyhanko.sign import PdfSignatureMetadata
    from pyhanko.sign.fields import SigSeedSubFilter

    lasting: dict[str, Any] = {}
    if order.proofs:
        lasting = {
            "embed_validation_info": True,
            "use_pades_lta": order.timestamper is not None,
            "validation_context": verify.whom(order.proofs, order.moment),
        }
    return PdfSignatureMetadata(
        order.field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **lasting
    )
