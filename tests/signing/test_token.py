"""Signing by a token: SoftHSM in the place of a card.

Of the second set of tests: `.ci/run` installs SoftHSM.
"""

import getpass
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes.problems.errors import Fault
from minutes.signing import pades
from tests.signing.test_pades import TAKER
from tests.signing.test_verify import GOOD, answers, built, look
from tests.support.certificates import Holder, authority

pytestmark = pytest.mark.system
A = authority()
LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "271828"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a token with one key and its certificate."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        made = ["--init-token", "--free", "--label", "card", "--pin", PIN, "--so-pin", "0000"]
        subprocess.run(["softhsm2-util", *made], check=True, capture_output=True)
        put(A.taker, "mine", b"\1")
        yield folder


def put(holder: Holder, label: str, number: bytes) -> None:
    import pkcs11
    from cryptography.hazmat.primitives import serialization as s
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    form = (s.Encoding.DER, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption())
    key = decode_rsa_private_key(holder.key.private_bytes(*form))
    certificate = decode_x509_certificate(holder.der)
    own = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: number}
    kept = {**own, pkcs11.Attribute.TOKEN: True}
    opened = pkcs11.lib(LIBRARY).get_token(token_label="card").open(rw=True, user_pin=PIN)
    with opened as session:
        session.create_object({**key, **kept})
        session.create_object({**certificate, **kept})


def test_a_key_that_never_leaves_the_token_signs(token: Path) -> None:
    with pades.by_token(LIBRARY, PIN) as signer:
        assert pades.name_of(signer) == "นางสาวห้า ใจกว้าง"
        signed = pades.sign(built(), replace(TAKER, signer=signer))
    assert [answers(one) for one in look(signed).signatures] == [GOOD]


def test_the_command_signs_by_a_token(
    token: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(built())
    monkeypatch.setattr(getpass, "getpass", lambda _: PIN)
    words = ["sign", str(tmp_path / "a.pdf"), "--field", "Reviewer", "--pkcs11", LIBRARY]
    assert cli.main([*words, "--key", "mine"]) == 0
    assert look((tmp_path / "a-signed.pdf").read_bytes()).signed == ("Reviewer",)


@pytest.mark.parametrize(("pin", "label", "code"), [("1", "", "D206"), (PIN, "other", "D207")])
def test_what_does_not_open_is_told(token: Path, pin: str, label: str, code: str) -> None:
    with pytest.raises(Fault) as caught, pades.by_token(LIBRARY, pin, label):
        pass
    assert caught.value.code == code
    assert pin not in str(caught.value) or len(pin) == 1


def test_a_token_that_is_pulled_out_meanwhile_is_told(token: Path) -> None:
    from pkcs11.exceptions import DeviceRemoved

    with pytest.raises(Fault) as caught, pades.by_token(LIBRARY, PIN):
        raise DeviceRemoved
    assert caught.value.values == {"reason": "DeviceRemoved"}
