"""What can be said of a signed PDF: four answers a signature, never one green tick.

Whether what was signed is unchanged; what came later; whether the certificate leads to a root that
the office trusts; whether it was revoked when it was used. Nothing is fetched and nothing is
written. What cannot be read is not verified, whatever the reason.
"""

import asyncio
import hashlib
import io
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from minutes.signing.trust import Trust

Answer = Literal["yes", "no", "unknown"]
Later = Literal["none", "allowed", "forbidden"]
Kind = Literal["signature", "timestamp"]
END = b"%%EOF"
WHITE = b"\0\t\n\f\r "
LATER: dict[str, Later] = {
    "NONE": "none",
    "LTA_UPDATES": "allowed",
    "FORM_FILLING": "allowed",
}
LOGGERS = ("pyhanko", "pyhanko_certvalidator")


@dataclass(frozen=True)
class Signature:
    """A signature, or a document's time-stamp, and what can be said of it.

    ``claimed`` is when its signer's clock says that it was made, ``stamped`` when an authority for
    time that the office trusts says it was there: ISO 8601, or empty. ``unchanged`` is about the
    bytes that were signed, ``later`` about what was added behind them, ``trusted`` about the
    chain to a root, and ``unrevoked`` about that chain at the time of the signature.
    """

    field: str
    kind: Kind
    signer: str = ""
    subject: str = ""
    issuer: str = ""
    certificate: str = ""
    claimed: str = ""
    stamped: str = ""
    unchanged: Answer = "no"
    later: Later = "forbidden"
    trusted: Answer = "no"
    unrevoked: Answer = "unknown"
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a PDF's signatures say; ``unread`` tells why nothing can be said."""

    sha256: str
    signatures: tuple[Signature, ...] = ()
    timestamps: tuple[Signature, ...] = ()
    empty: tuple[str, ...] = ()
    unread: str = ""

    @property
    def signed(self) -> tuple[str, ...]:
        """The names of the fields that carry a signature."""
        return tuple(signature.field for signature in self.signatures)

    def missing(self, expected: Iterable[str]) -> tuple[str, ...]:
        """Give those of the expected fields that nobody signed."""
        return tuple(name for name in expected if name not in self.signed)

    def record(self) -> dict[str, Any]:
        """Give everything as JSON can hold it."""
        return asdict(self)


def verify(data: bytes, trust: Trust, moment: datetime) -> Verdict:
    """Say what the signatures of a PDF are worth at a moment; never raises."""
    digest = hashlib.sha256(data).hexdigest()
    silence()
    try:
        return _verify(data, digest, trust, moment)
    except Exception as error:  # of a file from anywhere: whatever it is, nothing is verified
        return Verdict(digest, unread=told(error))


def told(error: Exception) -> str:
    """Give an error of a library in a line."""
    return f"{type(error).__name__}: {error}"[:300]


def silence() -> None:
    """Keep the libraries from printing tracebacks of what is only a bad file."""
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _verify(data: bytes, digest: str, trust: Trust, moment: datetime) -> Verdict:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(io.BytesIO(data))
    if reader.encrypted:
        raise ValueError("the file is encrypted")
    looks = _Looks(trust, moment, reader, has_tail(data))
    return Verdict(
        digest,
        tuple(looks.signature(one) for one in reader.embedded_regular_signatures),
        tuple(looks.timestamp(one) for one in reader.embedded_timestamp_signatures),
        tuple(name for name, value, _ in enumerate_sig_fields(reader) if value is None),
    )


def has_tail(data: bytes) -> bool:
    """Whether anything but white space follows the end of the PDF, which no signature sees."""
    _, found, tail = data.rpartition(END)
    return not found or bool(tail.strip(WHITE))


class _Looks:
    """One file looked at, with what it has brought along to prove its own signatures."""

    def __init__(self, trust: Trust, moment: datetime, reader: Any, has_tail: bool) -> None:
        self.trust = trust
        self.moment = moment
        self.reader = reader
        self.has_tail = has_tail

    def signature(self, embedded: Any) -> Signature:
        """Give what can be said of one signature."""
        from pyhanko.sign.validation import async_validate_pdf_signature

        ask = _Question(self, async_validate_pdf_signature, "signer_validation_context", embedded)
        field = str(embedded.field_name)
        try:
            status = ask(self.moment)
            stamp = status.timestamp_validity
            stamped = stamp.timestamp if stamp is not None and stamp.trusted else None
            if stamped:  # the certificate had to be good then, not now
                status = ask(stamped)
            said = self._judge(ask, status, stamped or self.moment)
        except Exception as error:  # a damaged signature must not hide the others
            return Signature(field, "signature", why=told(error))
        claimed = _iso(status.signer_reported_dt)
        return Signature(field, "signature", **said, claimed=claimed, stamped=_iso(stamped))

    def timestamp(self, embedded: Any) -> Signature:
        """Give what can be said of a document's time-stamp."""
        from pyhanko.sign.validation import async_validate_pdf_timestamp

        ask = _Question(self, async_validate_pdf_timestamp, "validation_context", embedded)
        field = str(embedded.field_name)
        try:
            status = ask(self.moment)
            said = self._judge(ask, status, self.moment)
        except Exception as error:  # as above
            return Signature(field, "timestamp", why=told(error))
        return Signature(field, "timestamp", **said, stamped=_iso(status.timestamp))

    def _judge(self, ask: "_Question", status: Any, at: datetime) -> dict[str, Any]:
        whole = status.intact and status.valid
        problem = status.trust_problem_indic
        return {
            **owner(status.signing_cert),
            "unchanged": "yes" if whole else "no",
            "later": _later(status) if whole and not self.has_tail else "forbidden",
            "trusted": "yes" if status.trusted else "no",
            "unrevoked": unrevoked(ask(at, must_know=True)) if status.trusted else "unknown",
            "why": "" if problem is None else str(problem.name),
        }

    def context(self, at: datetime, must_know: bool) -> Any:
        """Give whom to trust at a moment, with what the file brought along."""
        from pyhanko.sign.validation.dss import DocumentSecurityStore
        from pyhanko.sign.validation.errors import NoDSSFoundError

        try:
            store = DocumentSecurityStore.read_dss(self.reader)
        except NoDSSFoundError:
            store = None
        return whom(self.trust, at, must_know=must_know, store=store)


def whom(trust: Trust, at: datetime, *, must_know: bool = True, store: Any = None) -> Any:
    """Give the library's own form of whom to trust at a moment; nothing is ever fetched.

    ``must_know``: who may have been revoked is not trusted.
    """
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator import policy_decl as policy

    rules = policy.RevocationCheckingRule
    rule = rules.CRL_OR_OCSP_REQUIRED if must_know else rules.NO_CHECK
    given = {
        "trust_roots": [Certificate.load(root) for root in trust.roots],
        "other_certs": [Certificate.load(other) for other in trust.others],
        "crls": list(trust.revoked),
        "moment": at,
        "revinfo_policy": policy.CertRevTrustPolicy(
            policy.RevocationCheckingPolicy(rule, rule), retroactive_revinfo=True
        ),
    }
    return store.as_validation_context(given) if store else ValidationContext(**given)


@dataclass(frozen=True)
class _Question:
    """What is asked of the library about one signature, again and again."""

    looks: _Looks
    validate: Any
    context: str
    embedded: Any

    def __call__(self, at: datetime, *, must_know: bool = False) -> Any:
        """Give its status at a moment; when revocation is asked for, later changes are not."""
        whom = {self.context: self.looks.context(at, must_know)}
        return asyncio.run(self.validate(self.embedded, **whom, skip_diff=must_know))


def owner(certificate: Any) -> dict[str, str]:
    """Say whose a certificate is, and which."""
    names = certificate.subject.native
    return {
        "signer": str(names.get("common_name", "")),
        "subject": certificate.subject.human_friendly,
        "issuer": certificate.issuer.human_friendly,
        "certificate": hashlib.sha256(certificate.dump()).hexdigest(),
    }


def _later(status: Any) -> Later:
    """Say what was added to the file behind a signature: what its signer allowed, or more."""
    level = status.modification_level
    known = LATER.get(level.name) if level is not None else None
    return known if known and status.docmdp_ok is not False else "forbidden"


def unrevoked(status: Any) -> Answer:
    """Say whether no certificate of the chain was revoked; unknown where no list tells."""
    if status.trusted:
        return "yes"
    return "no" if status.revoked else "unknown"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
