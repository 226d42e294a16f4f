"""What is said of signed PDFs, against an authority made for the purpose."""

import io
import json
import logging
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from minutes.build import pipeline
from minutes.paths import ROOT
from minutes.signing import verify
from minutes.signing.trust import Trust
from minutes.signing.verify import Signature, Verdict
from tests.support import sample
from tests.support.certificates import DAY, NOW, authority, issue, revoked, signed_with

A = authority()
GOOD = {"unchanged": "yes", "later": "none", "trusted": "yes", "unrevoked": "yes"}


@cache
def built() -> bytes:
    proceedings = sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น")
    (data,) = pipeline.build(proceedings, ["minutes"], ["pdf"]).values()
    return data


@cache
def once() -> bytes:
    return signed_with(built(), A.taker, "MinuteTaker")


@cache
def twice() -> bytes:
    return signed_with(once(), A.reviewer, "Reviewer")


def look(data: bytes, trust: Trust | None = None) -> Verdict:
    return verify.verify(data, trust or A.trust, NOW)


def answers(signature: Signature) -> dict[str, str]:
    return {name: getattr(signature, name) for name in GOOD}


def first(data: bytes, trust: Trust | None = None) -> dict[str, str]:
    verdict = look(data, trust)
    assert not verdict.unread
    return answers(verdict.signatures[0])


# --- sound files ------------------------------------------------------------------------------


def test_of_a_first_signature_all_is_well() -> None:
    verdict = look(once())
    assert [answers(one) for one in verdict.signatures] == [GOOD]
    assert verdict.empty == ("Reviewer",)
    (one,) = verdict.signatures
    assert (one.field, one.kind, one.signer) == ("MinuteTaker", "signature", "นางสาวห้า ใจกว้าง")
    assert "หน่วยงานตัวอย่าง" in one.subject
    assert "ผู้ออกใบรับรอง" in one.issuer
    assert one.claimed
    assert one.stamped == ""


def test_a_second_signature_is_an_allowed_change_after_the_first() -> None:
    verdict = look(twice())
    assert [answers(one) for one in verdict.signatures] == [{**GOOD, "later": "allowed"}, GOOD]
    assert verdict.signed == ("MinuteTaker", "Reviewer")


def test_an_authority_s_time_is_told_beside_the_signer_s_own() -> None:
    data = signed_with(built(), A.taker, "MinuteTaker", timestamper=A.stamper(NOW - DAY))
    (one,) = look(data).signatures
    assert one.stamped == (NOW - DAY).isoformat()
    assert one.claimed != one.stamped
    assert answers(one) == GOOD


def test_a_certificate_that_ran_out_after_its_stamped_time_was_good_then() -> None:
    then = NOW - 30 * DAY
    data = signed_with(built(), A.extra["expired"], "MinuteTaker", timestamper=A.stamper(then))
    assert first(data) == GOOD


def lasting(data: bytes, field: str = "MinuteTaker") -> bytes:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(A.root.der)],
        other_certs=[x509.Certificate.load(A.issuing.der)],
        crls=list(A.lists),
        moment=NOW,
        retroactive_revinfo=True,
    )
    return signed_with(
        data,
        A.taker if field == "MinuteTaker" else A.reviewer,
        field,
        timestamper=A.stamper(),
        embed_validation_info=True,
        use_pades_lta=True,
        validation_context=context,
    )


def test_a_signature_that_lasts_brings_its_own_proofs_along() -> None:
    verdict = look(lasting(built()), Trust((A.root.der,)))
    (one,) = verdict.signatures
    assert answers(one) == {**GOOD, "later": "allowed"}
    (stamp,) = verdict.timestamps
    assert stamp.kind == "timestamp"
    assert stamp.signer == "หน่วยรับรองเวลา"
    assert stamp.stamped == NOW.isoformat()
    assert answers(stamp)["unchanged"] == "yes"
    assert answers(stamp)["later"] != "forbidden"
    assert answers(stamp)["trusted"] == "yes"


def test_two_signatures_that_last_are_both_sound() -> None:
    verdict = look(lasting(lasting(built()), "Reviewer"), Trust((A.root.der,)))
    assert len(verdict.signatures) == 2
    for one in verdict.signatures:
        assert answers(one) == {**GOOD, "later": "allowed"}


# --- what was done to the file later ----------------------------------------------------------


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def parts(data: bytes) -> tuple[int, int, int]:
    """Give where the signature's slot begins and ends, and the end of what it signs."""
    start = data.index(b"/ByteRange")
    numbers = data[data.index(b"[", start) + 1 : data.index(b"]", start)].split()
    _, begin, end, rest = map(int, numbers)
    return begin, end, end + rest


def test_every_bit_that_was_signed_counts() -> None:
    data = once()
    begin, end, length = parts(data)
    assert length == len(data)
    chance = random.Random(7)
    signed = [*range(8 * begin), *range(8 * end, 8 * length)]
    bits = chance.sample(signed, 360)
    accepted = []
    for bit in bits:
        verdict = look(flipped(data, bit))
        if verdict.signatures and verdict.signatures[0].unchanged == "yes":
            accepted.append(bit)
    assert accepted == []


def test_a_bit_of_the_slot_may_not_matter_but_the_file_s_digest_shows_it() -> None:
    data = once()
    _, end, _ = parts(data)
    changed = flipped(data, 8 * (end - 20))  # among the zeros behind the signature
    assert data[end - 20 : end - 19] == b"0"
    assert first(changed) == GOOD
    assert look(changed).sha256 != look(data).sha256


@pytest.mark.parametrize("new", [b"ff" * 40, b"3000" + b"00" * 60, b"30820004" + b"00" * 60])
def test_of_a_slot_that_holds_no_signature_nothing_is_verified(new: bytes) -> None:
    data = once()
    begin, _, _ = parts(data)
    verdict = look(data[: begin + 1] + new + data[begin + 1 + len(new) :])
    assert verdict.unread or verdict.signatures[0].unchanged == "no"
    assert not any(one.trusted == "yes" for one in verdict.signatures)


def test_whatever_goes_wrong_with_one_signature_is_said_of_that_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("out of order")

    data = lasting(built())
    monkeypatch.setattr(verify._Looks, "context", broken)
    verdict = look(data)
    assert verdict.unread == ""
    for one in (*verdict.signatures, *verdict.timestamps):
        assert one.why == "RuntimeError: out of order"
        assert (one.unchanged, one.later, one.trusted) == ("no", "forbidden", "no")
    assert len(verdict.signatures) == len(verdict.timestamps) == 1


def by_update(draw: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        draw(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return change


@by_update
def box(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    stream = generic.StreamObject(stream_data=b"0 0 500 500 re f")
    writer.add_stream_to_page(0, writer.add_object(stream))


@by_update
def language(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    writer.root["/Lang"] = generic.TextStringObject("en")
    writer.update_root()


@by_update
def comment(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.TextStringObject("x"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, [0, 0, 9, 9])),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


@by_update
def field(writer: Any) -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    append_signature_field(writer, SigFieldSpec("Another", on_page=0, box=(10, 10, 90, 40)))


def saved(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


def linearized(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, linearize=True)
    return out.getvalue()


ANEW = {"unchanged": "no", "later": "forbidden", "trusted": "no", "unrevoked": "unknown"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data + b"\njunk", {"later": "forbidden"}),
        (lambda data: data + b"\r\n \n", {}),
        (box, {"later": "forbidden"}),
        (language, {"later": "forbidden"}),
        (comment, {"later": "forbidden"}),
        (field, {"later": "allowed"}),
        (saved, ANEW),
        (linearized, ANEW),
    ],
    ids=["junk", "white space", "box", "language", "comment", "new field", "saved", "linearized"],
)
def test_a_later_change(change: Callable[[bytes], bytes], expected: dict[str, str]) -> None:
    later = first(change(once()))
    assert {**GOOD, **expected, "later": later["later"]} == later
    assert later["later"] in {expected.get("later", "none"), "allowed" if not expected else ""}


@pytest.mark.parametrize("cut", [1, 10, 100, 20_000])
def test_a_file_that_was_cut_is_not_verified(cut: int) -> None:
    verdict = look(once()[:-cut])
    assert verdict.unread or verdict.signatures[0].unchanged == "no"


def test_a_revision_that_was_cut_off_is_missed() -> None:
    verdict = look(once()[: len(built())])
    assert verdict.signatures == ()
    assert not verdict.unread
    assert verdict.missing(["MinuteTaker", "Reviewer"]) == ("MinuteTaker", "Reviewer")
    assert look(once()).missing(["MinuteTaker", "Reviewer"]) == ("Reviewer",)


def test_a_second_signature_that_was_cut_off_is_missed_too() -> None:
    verdict = look(twice()[: len(once())])
    assert [answers(one) for one in verdict.signatures] == [GOOD]
    assert verdict.missing(["MinuteTaker", "Reviewer"]) == ("Reviewer",)
    assert verdict.empty == ("Reviewer",)


def test_the_last_proofs_that_were_cut_off_are_missed() -> None:
    data = lasting(built())
    whole = look(data, Trust((A.root.der,)))
    ends = [found.end() for found in re.finditer(rb"%%EOF\n?", data)]
    assert (len(whole.timestamps), len(ends) >= 3) == (1, True)
    for number, end in enumerate(ends, 1):  # behind the time-stamp come but the proofs of its own
        cut = look(data[:end], Trust((A.root.der,)))
        assert number >= len(ends) - 1 or cut.timestamps == ()
        assert all(one.unchanged == "yes" for one in cut.signatures)
    assert look(data[: ends[0]]).missing(["MinuteTaker"]) == ("MinuteTaker",)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_revision_that_was_cut_in_two_is_missed(share: float) -> None:
    begin, end = len(once()), len(twice())
    verdict = look(twice()[: begin + round((end - begin) * share)])
    good = [one.field for one in verdict.signatures if answers(one) == GOOD]
    assert verdict.unread or "Reviewer" not in good
    assert verdict.unread or verdict.signatures[0].later == "forbidden"


# --- certificates -----------------------------------------------------------------------------


def with_lists(*lists: bytes) -> Trust:
    return replace(A.trust, revoked=lists)


STRANGER = issue("ผู้อื่น", None)
LISTED = revoked(A.issuing, A.taker, A.extra["undeclared"])


@pytest.mark.parametrize(
    ("holder", "trust", "expected"),
    [
        (A.taker, replace(A.trust, roots=(STRANGER.der,)), {"trusted": "no"}),
        (A.taker, Trust(), {"trusted": "no"}),
        (A.extra["expired"], A.trust, {"trusted": "no"}),
        (A.taker, with_lists(revoked(A.root), LISTED), {"unrevoked": "no"}),
        (A.extra["undeclared"], with_lists(revoked(A.root), LISTED), {"unrevoked": "no"}),
        (A.extra["undeclared"], A.trust, {}),
        (A.taker, with_lists(), {"unrevoked": "unknown"}),
        (A.extra["undeclared"], with_lists(), {"unrevoked": "unknown"}),
    ],
    ids=[
        "other root",
        "no root",
        "expired",
        "revoked",
        "revoked, no address of a list",
        "no address of a list",
        "no list",
        "no list, no address",
    ],
)
def test_a_certificate(holder: Any, trust: Trust, expected: dict[str, str]) -> None:
    unknown = {"unrevoked": "unknown"} if "trusted" in expected else {}
    data = signed_with(built(), holder, "MinuteTaker")
    assert first(data, trust) == {**GOOD, **unknown, **expected}


def test_what_was_revoked_after_the_stamped_time_was_good_then() -> None:
    data = signed_with(built(), A.taker, "MinuteTaker", timestamper=A.stamper(NOW - 5 * DAY))
    later = with_lists(revoked(A.root), revoked(A.issuing, A.taker, at=NOW - 2 * DAY))
    before = with_lists(revoked(A.root), revoked(A.issuing, A.taker, at=NOW - 9 * DAY))
    assert first(data, later)["unrevoked"] == "yes"
    assert first(data, before)["unrevoked"] == "no"


def test_who_certifies_that_nothing_may_follow_is_followed_by_nobody() -> None:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.general import SigningError

    sealed = signed_with(
        built(), A.taker, "MinuteTaker", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    assert first(sealed) == GOOD
    with pytest.raises(SigningError):
        signed_with(sealed, A.reviewer, "Reviewer")


def test_who_certifies_that_others_may_sign_is_followed_by_them() -> None:
    from pyhanko.sign.fields import MDPPerm

    how = {"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS}
    data = signed_with(signed_with(built(), A.taker, "MinuteTaker", **how), A.reviewer, "Reviewer")
    both = look(data).signatures
    assert [answers(one) for one in both] == [{**GOOD, "later": "allowed"}, GOOD]


# --- what cannot be read, and what is told ----------------------------------------------------


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(built())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


UNREADABLE: dict[str, Callable[[], bytes]] = {
    "empty": bytes,
    "no objects": lambda: b"%PDF-1.7\n%%EOF",
    "no PDF": lambda: b"no PDF",
    "zeros": lambda: bytes(9000),
    "locked": locked,
    "cut": lambda: built()[:500],
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_not_verified(kind: str) -> None:
    verdict = look(UNREADABLE[kind]())
    assert verdict.unread
    assert verdict.signatures == ()


def test_nothing_is_printed_of_a_bad_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        look(flipped(once(), 8 * 40))
        look(signed_with(built(), A.taker, "MinuteTaker"), Trust())
    assert [entry for entry in caplog.records if entry.name.startswith("pyhanko")] == []


def test_all_of_it_fits_into_json() -> None:
    told = json.loads(json.dumps(look(twice()).record(), ensure_ascii=False))
    assert [one["signer"] for one in told["signatures"]] == ["นางสาวห้า ใจกว้าง", "นางสอง ใจเย็น"]
    assert told["sha256"] == look(twice()).sha256


@pytest.mark.parametrize("count", [0, 1, 2])
def test_poppler_agrees(count: int, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes([built, once, twice][count]())
    done = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
    assert done.stdout.count("Signature is Valid.") == count
    assert done.stdout.count("  Total document signed") == 0
    assert done.stdout.count("- Total document signed") == min(count, 1)
    if count:
        assert "CN=นางสาวห้า ใจกว้าง" in done.stdout


def test_poppler_finds_the_same_change(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(flipped(once(), 8 * 12_000))
    done = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
    assert "Signature is Valid." not in done.stdout


def test_whoever_does_not_verify_loads_nothing_for_it() -> None:
    program = (
        "import sys, pkgutil, minutes.__main__, minutes.commands as all\n"
        "import importlib, minutes.build.pipeline\n"
        "for one in pkgutil.iter_modules(all.__path__):\n"
        "    importlib.import_module(f'minutes.commands.{one.name}')\n"
        "from tests.support import sample\n"
        "minutes.build.pipeline.build(sample.meeting(), ['minutes'])\n"
        "print([m for m in sys.modules if m.startswith(('pyhanko', 'cryptography', 'asn1crypto'))])"
    )
    root = ROOT
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
