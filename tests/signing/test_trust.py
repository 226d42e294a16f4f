"""The folder of an office's certificates."""

from pathlib import Path

import pytest
from asn1crypto import pem

from minutes.problems.errors import Fault
from minutes.signing import trust
from minutes.signing.trust import Trust
from tests.support.certificates import authority

A = authority()


def test_the_files_of_a_folder_are_told_apart_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(A.root.der)
    (tmp_path / "issuing.PEM").write_bytes(pem.armor("CERTIFICATE", A.issuing.der))
    (tmp_path / "list.crl").write_bytes(A.lists[0])
    (tmp_path / "second.crl").write_bytes(pem.armor("X509 CRL", A.lists[1]))
    (tmp_path / "README.md").write_text("อ่านก่อน", "utf-8")
    read = trust.read(tmp_path)
    assert read.roots == (A.root.der,)
    assert read.others == (A.issuing.der,)
    assert read.revoked == A.lists


def test_a_file_may_hold_a_whole_chain(tmp_path: Path) -> None:
    chain = pem.armor("CERTIFICATE", A.issuing.der) + pem.armor("CERTIFICATE", A.root.der)
    (tmp_path / "chain.pem").write_bytes(chain)
    assert trust.read(tmp_path) == Trust((A.root.der,), (A.issuing.der,))


def test_without_a_folder_nobody_is_trusted(tmp_path: Path) -> None:
    assert trust.read(tmp_path / "none") == Trust() == trust.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.crt", b"no certificate"),
        ("a.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ("a.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n"),
        ("a.der", b""),
        ("a.crl", A.root.der),
        ("a.crt", A.lists[0]),
        ("a.crt", A.root.der[:-5]),
    ],
)
def test_a_file_that_is_no_certificate_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Fault) as caught:
        trust.read(tmp_path)
    assert (caught.value.code, caught.value.values) == ("D210", {"name": name})
