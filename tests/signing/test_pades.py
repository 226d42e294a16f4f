"""Signing a field, as the verifier and programs that did not sign see it."""

import io
import subprocess
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest

from minutes.documents.pdf import html_to_pdf
from minutes.problems.errors import Fault
from minutes.signing import match, pades
from minutes.signing.pades import Order
from minutes.thai.dates import THAILAND
from tests.signing.test_verify import GOOD, answers, built, locked, look
from tests.support.certificates import NOW, authority, issue, signed_with

A = authority()
THEN = datetime(2026, 11, 20, 17, 5, tzinfo=THAILAND)
TAKER = Order("MinuteTaker", A.taker.signer(), THEN)
REVIEWER = Order("Reviewer", A.reviewer.signer(), THEN)


def refused(data: bytes, order: Order) -> Fault:
    with pytest.raises(Fault) as caught:
        pades.sign(data, order)
    return caught.value


def test_two_sign_one_after_another_and_both_are_sound() -> None:
    one = pades.sign(built(), TAKER)
    two = pades.sign(one, REVIEWER)
    assert [answers(found) for found in look(one).signatures] == [GOOD]
    assert [answers(found) for found in look(two).signatures] == [
        {**GOOD, "later": "allowed"},
        GOOD,
    ]
    assert two.startswith(one)
    assert match.tie(two, built()).bond == "signed"


def test_poppler_finds_both_valid(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(pades.sign(pades.sign(built(), TAKER), REVIEWER))
    told = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2
    assert "CN=นางสอง ใจเย็น" in told
    assert told.count("ETSI.CAdES.detached") == 2


def test_a_signature_shows_name_position_and_day() -> None:
    found = look_of(pades.sign(built(), TAKER), "MinuteTaker")
    assert "ลงลายมือชื่ออิเล็กทรอนิกส์โดย นางสาวห้า ใจกว้าง" in found
    assert "นักวิชาการ · 20 พฤศจิกายน 2569 เวลา 17.05 น." in found


def look_of(data: bytes, name: str) -> str:
    """Give the text of a signature's appearance, drawn as a page of its own."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    widget: Any = next(
        entry.get_object()
        for page in reader.pages
        for entry in page.get("/Annots", ())
        if entry.get_object().get("/T") == name
    )
    outer = widget["/AP"]["/N"]
    (inner,) = outer["/Resources"]["/XObject"].values()
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(400, 60)
    inner = inner.get_object().clone(writer)
    page[pypdf.generic.NameObject("/Resources")] = inner["/Resources"]
    content = pypdf.generic.DecodedStreamObject()
    content.set_data(inner.get_data())
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return " ".join(pypdf.PdfReader(out).pages[0].extract_text().split())


def test_another_position_may_be_shown() -> None:
    order = replace(TAKER, position="รักษาราชการแทน")
    assert "รักษาราชการแทน · 20" in look_of(pades.sign(built(), order), "MinuteTaker")


@pytest.mark.parametrize("letters", [10, 200])
def test_long_words_are_set_smaller_until_they_fit(letters: int) -> None:
    drawn = pades.appearance(TAKER, "ก" * letters, (272.0, 25.5))
    assert html_to_pdf.page_count(drawn) == 1
    assert "ก" * 10 in pypdf.PdfReader(io.BytesIO(drawn)).pages[0].extract_text()


def test_what_never_fits_is_refused() -> None:
    with pytest.raises(Fault) as caught:
        pades.appearance(TAKER, "ยาวมาก " * 400, (272.0, 25.5))
    assert caught.value.code == "D205"


def test_an_authority_s_time_and_all_proofs_make_it_last() -> None:
    order = replace(TAKER, moment=NOW, timestamper=A.stamper(), proofs=A.trust)
    verdict = look(pades.sign(built(), order), replace(A.trust, others=(), revoked=()))
    assert [answers(one) for one in verdict.signatures] == [{**GOOD, "later": "allowed"}]
    assert verdict.signatures[0].stamped == NOW.isoformat()
    assert len(verdict.timestamps) == 1


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "no PDF": (lambda: b"no PDF", "MinuteTaker", "D201"),
    "empty": (bytes, "MinuteTaker", "D201"),
    "locked": (locked, "MinuteTaker", "D201"),
    "no such field": (built, "Chair", "D202"),
    "signed already": (lambda: pades.sign(built(), TAKER), "MinuteTaker", "D202"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_signed_is_refused(kind: str) -> None:
    data, field, code = REFUSED[kind]
    assert refused(data(), replace(TAKER, field=field)).code == code


def test_the_empty_fields_are_named_to_who_chose_another() -> None:
    assert refused(built(), replace(TAKER, field="X")).values["near"] == ("MinuteTaker", "Reviewer")
    both = pades.sign(pades.sign(built(), TAKER), REVIEWER)
    assert refused(both, TAKER).values["near"] == ("-",)


def test_after_who_certified_that_nothing_may_follow_nobody_signs() -> None:
    from pyhanko.sign.fields import MDPPerm

    how = {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES}
    assert refused(signed_with(built(), A.taker, "MinuteTaker", **how), REVIEWER).code == "D203"


def test_an_authority_for_time_that_does_not_answer_is_told() -> None:
    from pyhanko.sign.timestamps import HTTPTimeStamper

    silent = HTTPTimeStamper("http://127.0.0.1:9/", timeout=2)
    assert refused(built(), replace(TAKER, timestamper=silent)).code == "D204"


def test_a_certificate_s_file_opens_with_its_password_alone() -> None:
    data = A.taker.p12("ลับมาก")
    assert pades.name_of(pades.from_p12(data, "ลับมาก")) == "นางสาวห้า ใจกว้าง"
    for given, password in ((data, "ลับ"), (data, ""), (b"no file", "ลับมาก")):
        with pytest.raises(Fault) as caught:
            pades.from_p12(given, password)
        assert caught.value.code == "D200"
        told = "".join(traceback.format_exception(caught.value))
        assert "load_key_and_certificates" not in told


def test_a_name_of_many_letters_is_taken_from_the_certificate_as_it_is() -> None:
    holder = issue("พันจ่าเอกหญิง ก ข", A.issuing)
    assert pades.name_of(holder.signer()) == "พันจ่าเอกหญิง ก ข"


def test_where_no_token_is_plugged_in_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pkcs11.lib", lambda _: SimpleNamespace(get_tokens=lambda **_: iter(())))
    with pytest.raises(Fault) as caught, pades.by_token("any.so", "1"):
        pass
    assert caught.value.values == {"reason": "NoSuchToken"}
