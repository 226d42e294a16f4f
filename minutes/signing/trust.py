"""The certificates that an office trusts, and what their issuers have revoked: files in a folder.

The roots of a signature's chain must be among them; nothing is bundled, and nothing is asked of a
network. A certificate that issued itself is a root; another only helps to find the way to one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from minutes.problems.errors import Fault

CERTIFICATES = {".pem", ".crt", ".cer", ".der"}
REVOKED = {".crl"}
LARGEST = 64 * 1024 * 1024  # bytes; the lists of a large authority have some megabytes


@dataclass(frozen=True)
class Trust:
    """Certificates and lists of revoked ones, each in DER."""

    roots: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()


NOBODY = Trust()


def read(folder: Path) -> Trust:
    """Read a folder's certificates and lists; raises Fault for a file that is neither.

    A folder that is not there, or has none, trusts nobody.
    """
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    certificates = [one for path in paths for one in _certificates(path)]
    roots = tuple(one for one in certificates if _issued_itself(one))
    others = tuple(one for one in certificates if one not in roots)
    return Trust(roots, others, tuple(one for path in paths for one in _lists(path)))


def together(every: Iterable[Trust]) -> Trust:
    """Trust whom any of them trusts."""
    known = [(one.roots, one.others, one.revoked) for one in every]
    return Trust(*(tuple(dict.fromkeys(chain(*kind))) for kind in zip(*known, strict=True)))


def _certificates(path: Path) -> Iterator[bytes]:
    from asn1crypto.x509 import Certificate

    if path.suffix.lower() in CERTIFICATES:
        for der in _parts(path):
            yield _checked(path, Certificate, der)


def _lists(path: Path) -> Iterator[bytes]:
    from asn1crypto.crl import CertificateList

    if path.suffix.lower() in REVOKED:
        for der in _parts(path):
            yield _checked(path, CertificateList, der)


def _checked(path: Path, kind: type, der: bytes) -> bytes:
    try:
        assert kind.load(der, strict=True).native  # type: ignore[attr-defined] # asn1crypto's
    except ValueError as error:
        raise Fault("D210", name=path.name) from error
    return der


def _parts(path: Path) -> Iterator[bytes]:
    """Give the objects of a file: one in DER, or as many as there are in PEM."""
    from asn1crypto import pem

    with path.open("rb") as file:
        data = file.read(LARGEST)
    if not pem.detect(data):
        yield data
        return
    try:
        yield from (der for _, _, der in pem.unarmor(data, multiple=True))
    except ValueError as error:
        raise Fault("D210", name=path.name) from error


def _issued_itself(der: bytes) -> bool:
    from asn1crypto.x509 import Certificate

    return Certificate.load(der).self_issued is True
