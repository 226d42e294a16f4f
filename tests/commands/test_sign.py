"""``build.py sign``: the password is asked for, and nothing is overwritten."""

import getpass
import sys
import warnings
from pathlib import Path

import pytest
from asn1crypto import pem

from minutes import __main__ as cli
from minutes.commands import sign
from minutes.paths import ROOT
from tests.signing.test_verify import built, look
from tests.support.certificates import Clock, authority

A = authority()
PASSWORD = "รหัส-ลับ-4711"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "minutes.pdf").write_bytes(built())
    (tmp_path / "me.p12").write_bytes(A.taker.p12(PASSWORD))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSWORD)
    monkeypatch.setattr(sign, "datetime", Clock)
    return tmp_path


def called(*arguments: str, field: str = "MinuteTaker") -> int:
    return cli.main(["sign", *arguments, "--field", field, "--p12", "me.p12"])


def test_the_signed_file_stands_beside_the_untouched_one(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("minutes.pdf") == 0
    assert (desk / "minutes.pdf").read_bytes() == built()
    signed = (desk / "minutes-signed.pdf").read_bytes()
    assert look(signed).signed == ("MinuteTaker",)
    printed = capsys.readouterr()
    assert "นางสาวห้า ใจกว้าง" in printed.out
    assert "minutes-signed.pdf" in printed.out
    assert PASSWORD not in printed.out + printed.err
    assert PASSWORD.encode() not in signed


def test_the_next_who_signs_makes_the_next_file(desk: Path) -> None:
    assert called("minutes.pdf") == 0
    assert called("minutes-signed.pdf", field="Reviewer") == 0
    assert look((desk / "minutes-signed-2.pdf").read_bytes()).signed == ("MinuteTaker", "Reviewer")
    assert sign._name(Path("a-signed-2.pdf")) == Path("a-signed-3.pdf")


def test_a_file_that_is_there_is_left_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "minutes-signed.pdf").write_bytes(b"mine")
    assert called("minutes.pdf") == 2
    assert (desk / "minutes-signed.pdf").read_bytes() == b"mine"
    assert "ไม่เขียนทับ" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "field", "code"),
    [
        (["none.pdf"], "MinuteTaker", "D80"),
        (["me.p12"], "MinuteTaker", "D201"),
        (["minutes.pdf"], "Chair", "D202"),
        (["minutes.pdf", "--timestamp", "http://127.0.0.1:9/"], "MinuteTaker", "D204"),
        (["minutes.pdf", "--position", "ยาว " * 900], "MinuteTaker", "D205"),
        (["minutes.pdf", "--proofs", "bad"], "MinuteTaker", "D210"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], field: str, code: str
) -> None:
    (desk / "bad").mkdir()
    (desk / "bad" / "root.crt").write_bytes(b"x")
    assert called(*arguments, field=field) == 1
    told = capsys.readouterr()
    assert f"[{code}]" in told.err
    assert PASSWORD not in told.err + told.out
    assert sorted(path.name for path in desk.glob("*-signed*")) == []


def test_a_wrong_password_is_told_without_it(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "อื่น-0815")
    assert called("minutes.pdf") == 1
    told = capsys.readouterr().err
    assert "[D200]" in told
    assert "0815" not in told


def test_the_proofs_of_a_folder_go_into_the_file(desk: Path) -> None:
    folder = desk / "certificates"
    folder.mkdir()
    (folder / "root.crt").write_bytes(A.root.der)
    (folder / "issuing.pem").write_bytes(pem.armor("CERTIFICATE", A.issuing.der))
    for number, one in enumerate(A.lists):
        (folder / f"{number}.crl").write_bytes(one)
    assert called("minutes.pdf", "--proofs", "certificates") == 0
    assert b"/DSS" in (desk / "minutes-signed.pdf").read_bytes()


def ask_nobody(prompt: str) -> str:
    warnings.warn("seen by all", getpass.GetPassWarning, stacklevel=1)
    return "typed for all to see"


def test_where_nobody_can_be_asked_nothing_is_signed(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", ask_nobody)
    assert called("minutes.pdf") == 2
    assert "Terminal" in capsys.readouterr().err
    assert not (desk / "minutes-signed.pdf").exists()


def test_there_is_no_way_to_give_the_password_as_an_argument() -> None:
    names = {name for one in sign.command("th").params for name in one.opts}
    assert names == {
        *("file", "--field", "--p12", "--pkcs11", "--key"),
        *("--position", "--timestamp", "--proofs"),
        *("--lang", "--help", "-h"),
    }


@pytest.mark.parametrize(("lang", "word"), [("th", "ติดตั้งครั้งเดียว"), ("en", "installed once")])
def test_without_the_extra_the_command_that_brings_it_is_told(
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    word: str,
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    assert called("minutes.pdf", "--lang", lang) == 2
    told = capsys.readouterr().err
    assert word in told
    assert sign.EXTRA in told
    assert (ROOT / sign.EXTRA.split()[-1]).exists()


def test_a_place_that_cannot_be_written_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("minutes.store.create", full)
    assert called("minutes.pdf") == 2
    assert "minutes-signed.pdf" in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--p12", "me.p12", "--pkcs11", "x.so"]])
def test_one_certificate_is_named(
    desk: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert cli.main(["sign", "minutes.pdf", "--field", "MinuteTaker", *more]) == 2
    assert "--p12" in capsys.readouterr().err


def test_a_token_s_library_that_is_none_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sign", "minutes.pdf", "--field", "MinuteTaker", "--pkcs11", "none.so"]
    assert cli.main(words) == 1
    told = capsys.readouterr().err
    assert "none.so:1:1: " in told
    assert "[D206]" in told
    assert PASSWORD not in told
