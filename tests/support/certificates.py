"""A certification authority of its own for tests: root, issuing authority, persons, time, lists."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, cached_property
from io import BytesIO
from typing import Any, Self
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from minutes.signing.trust import Trust

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
LIST_AT = "http://authority.invalid/list.crl"


class Clock(datetime):
    """The day on which the authority's lists are good, whatever day it is."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp(), tz)


def name(common: str) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "TH")
    office = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "หน่วยงานตัวอย่าง")
    return x509.Name([country, office, x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Holder:
    """Whoever has a key and a certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def p12(self, password: str) -> bytes:
        locked = serialization.BestAvailableEncryption(password.encode())
        given = (b"key", self.key, self.certificate, self.chain)
        return pkcs12.serialize_key_and_certificates(*given, locked)

    def signer(self) -> Any:
        from pyhanko.sign.signers import SimpleSigner

        return SimpleSigner.load_pkcs12_data(self.p12("x"), [], passphrase=b"x")


@dataclass(frozen=True)
class Usage:
    """What a certificate is for, how long it is good, and whether it says where the list is."""

    is_authority: bool = False
    is_time: bool = False
    days: int = 365
    declares_list: bool = True


def issue(subject: str, by: Holder | None, usage: Usage = Usage()) -> Holder:
    key = rsa.generate_private_key(65537, 2048)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(by.certificate.subject if by else name(subject))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 400 * DAY)
        .not_valid_after(NOW + usage.days * DAY)
        .add_extension(own, critical=False)
        .add_extension(x509.BasicConstraints(usage.is_authority, None), critical=True)
        .add_extension(_key_usage(usage), critical=True)
    )
    if by:
        theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        made = made.add_extension(theirs, critical=False)
    if usage.is_time:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(stamping, critical=True)
    if by and usage.declares_list:
        place = x509.DistributionPoint([x509.UniformResourceIdentifier(LIST_AT)], None, None, None)
        made = made.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    certificate = made.sign(by.key if by else key, hashes.SHA256())
    chain = (by.certificate, *by.chain) if by else ()
    return Holder(key, certificate, chain)


def _key_usage(usage: Usage) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not usage.is_authority,
        content_commitment=not usage.is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=usage.is_authority,
        crl_sign=usage.is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def revoked(by: Holder, *ones: Holder, at: datetime = NOW - DAY) -> bytes:
    """Give an authority's list of revoked certificates."""
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(NOW - DAY)
        .next_update(NOW + 30 * DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
    )
    for one in ones:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        made = made.add_revoked_certificate(entry.revocation_date(at).build())
    return made.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True)
class Authority:
    """Everybody, issued once."""

    root: Holder
    issuing: Holder
    taker: Holder
    reviewer: Holder
    time: Holder
    extra: dict[str, Holder] = field(default_factory=dict)

    @cached_property
    def lists(self) -> tuple[bytes, ...]:
        return revoked(self.root), revoked(self.issuing)

    @property
    def trust(self) -> Trust:
        return Trust((self.root.der,), (self.issuing.der,), self.lists)

    def stamper(self, at: datetime = NOW) -> Any:
        from asn1crypto import keys
        from asn1crypto import x509 as asn1
        from pyhanko.sign.timestamps import DummyTimeStamper
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        private = self.time.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        store = SimpleCertificateStore.from_certs([asn1.Certificate.load(self.issuing.der)])
        return DummyTimeStamper(
            asn1.Certificate.load(self.time.der), keys.PrivateKeyInfo.load(private), store, at
        )


@cache
def authority() -> Authority:
    root = issue("รากตัวอย่าง", None, Usage(is_authority=True, days=3650))
    issuing = issue("ผู้ออกใบรับรอง", root, Usage(is_authority=True, days=3650))
    return Authority(
        root,
        issuing,
        issue("นางสาวห้า ใจกว้าง", issuing),
        issue("นางสอง ใจเย็น", issuing),
        issue("หน่วยรับรองเวลา", issuing, Usage(is_time=True, days=3650)),
        {
            "expired": issue("นายหมดอายุ ใจดี", issuing, Usage(days=-10)),
            "undeclared": issue("นายไม่บอก ใจดี", issuing, Usage(declares_list=False)),
        },
    )


def signed_with(data: bytes, holder: Holder, field_name: str, **options: Any) -> bytes:
    """Sign with the library itself, as another program would; without our appearance."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import pdf_signer

    timestamper = options.pop("timestamper", None)
    how = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256", **options}
    writer = IncrementalPdfFileWriter(BytesIO(data))
    signer = PdfSigner(
        PdfSignatureMetadata(field_name, **how), holder.signer(), timestamper=timestamper
    )
    with patch.object(pdf_signer, "datetime", Clock):
        signed: bytes = signer.sign_pdf(writer).getvalue()
    return signed
