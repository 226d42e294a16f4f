"""Time-stamps: the question and the answer, each read by OpenSSL, and what is no answer."""

import json
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import tsp

from minutes import __main__ as cli
from minutes.archive import audit, register, stamps
from minutes.archive.vault import Vault
from minutes.commands.archive import frame
from minutes.problems.errors import Fault, MinutesError
from minutes.signing import timestamps
from minutes.signing.trust import Trust
from tests.archive.test_vault import put
from tests.support.body_folder import OFFICE, Shelf
from tests.support.certificates import NOW, authority, revoked

A = authority()
GOOD = {"fits": "yes", "unchanged": "yes", "trusted": "yes", "unrevoked": "yes"}
NOT_TRUSTED = {"trusted": "no", "unrevoked": "unknown"}

SETTINGS = """
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
[usage]
extendedKeyUsage = critical,timeStamping
"""


@pytest.fixture(autouse=True)
def nobody_else_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    put(tmp_path / "archive")
    return tmp_path / "archive"


def answered(head: register.Head, at: datetime = NOW) -> bytes:
    """Give what the test's authority answers to our question."""
    asked = tsp.TimeStampReq.load(stamps.query(head))
    answer: bytes = A.stamper(at).request_tsa_response(asked).dump()
    return answer


def answer(head: register.Head, status: str = "granted", digest: str = "sha256") -> bytes:
    """Give what an authority answers, without its signature."""
    imprint = {
        "hash_algorithm": {"algorithm": digest},
        "hashed_message": bytes.fromhex(head.hash),
    }
    told = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3.4",
            "message_imprint": imprint,
            "serial_number": 1,
            "gen_time": "20261123000000Z",
        }
    )
    signed = {
        "version": "v3",
        "digest_algorithms": [],
        "encap_content_info": {"content_type": "tst_info", "content": told},
        "signer_infos": [],
    }
    token = {"content_type": "signed_data", "content": signed}
    return bytes(
        tsp.TimeStampResp({"status": {"status": status}, "time_stamp_token": token}).dump()
    )


def codes(root: Path) -> list[str]:
    found = audit.verify(root, [audit.Anchor(head(root).number, head(root).hash)])
    return [one.code for one in found.problems]


def head(root: Path) -> register.Head:
    return Vault(root).read().head


def test_an_answer_is_kept_once_and_entered(archive: Path, tmp_path: Path) -> None:
    asked = head(archive)
    reply = tmp_path / "a.tsr"
    reply.write_bytes(answered(asked))
    put(archive, b"%PDF another")
    done = stamps.accept(archive, reply)
    assert (done.head, done.at, done.was_there) == (asked, NOW, False)
    says = Vault(archive).read().entries[-1].says
    assert (says["kind"], says["of"]) == ("timestamp", asked.number)
    assert stamps.accept(archive, reply).was_there
    assert head(archive).number == asked.number + 2
    assert codes(archive) == []


def test_an_answer_that_is_not_there_is_told_as_that(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(MinutesError) as caught:
        stamps.accept(archive, tmp_path / "a.tsr")
    assert [one.code for one in caught.value.problems] == ["D80"]


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_answer_that_a_killed_run_brought_is_entered_by_the_next(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = tmp_path / "a.tsr"
    reply.write_bytes(answered(head(archive)))
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            stamps.accept(archive, reply)
    assert codes(archive) == ["D145"]
    assert not stamps.accept(archive, reply).was_there
    assert codes(archive) == []


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_an_answer_that_was_changed_or_taken_away_is_found(
    damage: str, archive: Path, tmp_path: Path
) -> None:
    reply = tmp_path / "a.tsr"
    reply.write_bytes(answered(head(archive)))
    stamps.accept(archive, reply)
    (kept,) = (archive / "timestamps").iterdir()
    kept.unlink()
    if damage == "changed":
        kept.write_bytes(answered(head(archive)))
    assert codes(archive) == ["D238"]
    assert list(stamps.kept(archive, lambda: A.trust)) == []


WRONG: dict[str, Callable[[register.Head], bytes]] = {
    "of another register": lambda right: answered(replace(right, hash="f" * 64, number=1)),
    "signed by nobody": lambda right: answer(right),
    "not granted": lambda right: answer(right, "rejection"),
    "of another hash": lambda right: answer(right, digest="sha1"),
    "cut off": lambda right: answer(right)[:-9],
    "lengthened": lambda right: answer(right) + b"0",
    "a question": stamps.query,
    "empty": lambda right: b"",
    "text": lambda right: "คำตอบ".encode(),
    "a number": lambda right: b"\x02\x01\x05",
    "an empty sequence": lambda right: b"\x30\x00",
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_answer_is_refused(kind: str, archive: Path, tmp_path: Path) -> None:
    reply = tmp_path / "a.tsr"
    reply.write_bytes(WRONG[kind](head(archive)))
    before = (archive / "register.jsonl").read_bytes()
    with pytest.raises(Fault) as caught:
        stamps.accept(archive, reply)
    assert caught.value.code == ("D194" if kind == "signed by nobody" else "D237")
    assert (archive / "register.jsonl").read_bytes() == before
    assert not (archive / "timestamps").exists()


# --- whose it is ------------------------------------------------------------------------------


TRUSTS: dict[str, tuple[Trust, dict[str, str], list[str]]] = {
    "all is known": (A.trust, {}, []),
    "no list tells": (replace(A.trust, revoked=()), {"unrevoked": "unknown"}, ["D196"]),
    "revoked": (
        replace(A.trust, revoked=(revoked(A.root), revoked(A.issuing, A.time))),
        {"unrevoked": "no"},
        ["D197"],
    ),
    "of another root": (replace(A.trust, roots=(A.taker.der,)), NOT_TRUSTED, ["D195"]),
    "nobody is trusted": (Trust(), NOT_TRUSTED, ["D195"]),
}


@pytest.mark.parametrize("case", TRUSTS)
def test_each_answer_about_a_time_stamp_stands_for_itself(case: str, archive: Path) -> None:
    trust, expected, codes = TRUSTS[case]
    asked = head(archive)
    token = timestamps.look(answered(asked), asked.hash, trust)
    told = {name: getattr(token, name) for name in GOOD}
    assert told == {**GOOD, **expected}
    assert (token.at, token.signer, "ผู้ออกใบรับรอง" in token.issuer) == (NOW, "หน่วยรับรองเวลา", True)
    assert [one.code for one in timestamps.judge(token, archive)] == codes


def test_a_time_stamp_of_another_hash_does_not_fit(archive: Path) -> None:
    token = timestamps.look(answered(head(archive)), "f" * 64, A.trust)
    assert (token.fits, token.unchanged) == ("no", "yes")
    assert [one.code for one in timestamps.judge(token, archive)] == ["D194"]


def test_what_a_person_signed_is_no_time_stamp(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = head(archive)
    person = replace(A, time=A.taker)
    monkeypatch.setattr("tests.archive.test_stamps.A", person)
    token = timestamps.look(answered(asked), asked.hash, A.trust)
    assert (token.signer, token.trusted) == ("นางสาวห้า ใจกว้าง", "no")


def test_no_bit_of_what_a_time_stamp_says_can_be_changed(archive: Path) -> None:
    asked = head(archive)
    right = answered(asked)
    whole = timestamps.look(right, asked.hash, A.trust)
    chance = random.Random(1)
    refused = 0
    for _ in range(150):
        at = chance.randrange(8 * len(right))
        data = bytearray(right)
        data[at // 8] ^= 1 << at % 8
        token = timestamps.look(bytes(data), asked.hash, A.trust)
        if (token.fits, token.unchanged, token.trusted) == ("yes", "yes", "yes"):
            assert (token.at, token.signer) == (whole.at, whole.signer)
        else:
            refused += 1
    assert refused > 100


def test_verify_says_whose_time_stamp_vouches_for_the_register(
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf = Shelf(tmp_path / "agendas")
    office = shelf.root / "office.yaml"
    office.write_text(f"{OFFICE}ใบรับรองที่เชื่อถือ: certificates\nคลัง: ../archive\n", "utf-8")
    monkeypatch.setattr(frame, "ROOT", tmp_path)
    reply = tmp_path / "a.tsr"
    reply.write_bytes(answered(head(archive)))
    number = head(archive).number

    def run(*arguments: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        status = cli.main(["archive", *arguments, "--errors", "json"])
        out, err = capsys.readouterr()
        return status, out, [json.loads(line)["code"] for line in err.splitlines()]

    status, out, told = run("stamp", "--reply", str(reply))
    assert (status, told, "ประทับเวลาโดย หน่วยรับรองเวลา" in out) == (0, ["D195"], True)
    assert run("verify", "--no-log")[::2] == (0, ["D157", "D195"])
    folder = shelf.root / "certificates"
    folder.mkdir()
    (folder / "root.cer").write_bytes(A.root.der)
    assert run("verify", "--no-log")[::2] == (0, ["D157", "D196"])
    for place, data in zip(("root.crl", "issuing.crl"), A.trust.revoked, strict=True):
        (folder / place).write_bytes(data)
    status, out, told = run("verify", "--no-log")
    assert (status, told) == (0, ["D157"])
    assert f"ทะเบียนถึงรายการที่ {number} มีอยู่แล้วเมื่อ 20 พฤศจิกายน 2569 เวลา 17.00 น." in out
    monkeypatch.setattr(timestamps, "can_be_judged", lambda: False)
    assert run("verify", "--no-log")[::2] == (0, ["D157", "D198"])
    assert run("stamp", "--reply", str(reply))[::2] == (0, ["D198"])


def openssl(arguments: str, folder: Path) -> None:
    command = ["openssl", *arguments.split()]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.mark.system
def test_openssl_answers_our_question_and_verifies_what_we_kept(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--archive", str(archive))
    (tmp_path / "tsa.conf").write_text(SETTINGS.format(folder=tmp_path))
    made = "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 2 -config tsa.conf"
    openssl(f"{made} -subj /CN=Test -extensions usage", folder=tmp_path)
    query, reply = tmp_path / "a.tsq", tmp_path / "a.tsr"
    assert cli.main(["archive", "stamp", "--query", str(query), *where]) == 0
    asked = head(archive)
    answered = "ts -reply -queryfile a.tsq -out a.tsr -section tsa -config tsa.conf"
    openssl(answered, folder=tmp_path)
    assert cli.main(["archive", "stamp", "--reply", str(reply), *where]) == 0
    assert cli.main(["archive", "stamp", "--reply", str(reply), *where]) == 0
    (kept,) = (archive / "timestamps").iterdir()
    openssl(f"ts -verify -digest {asked.hash} -in {kept} -CAfile tsa.pem", folder=tmp_path)
    assert cli.main(["archive", "verify", *where]) == 0
    assert "อยู่แล้ว" in capsys.readouterr().out


def test_a_question_is_written_once_and_one_thing_is_asked(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query, where = tmp_path / "a.tsq", ["--archive", str(archive)]
    assert cli.main(["archive", "stamp", "--query", str(query), *where]) == 0
    asked = tsp.TimeStampReq.load(query.read_bytes(), strict=True).native
    assert asked["message_imprint"]["hashed_message"].hex() == head(archive).hash
    assert cli.main(["archive", "stamp", "--query", str(query), *where]) == 2
    assert cli.main(["archive", "stamp", *where]) == 2
    assert "ระบุ --query หรือ --reply" in capsys.readouterr().err
