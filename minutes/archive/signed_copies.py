"""Signed digitally: what each signature is worth, and whether it is the PDF that was built.

The signatures are judged once, when the copy is put: certificates end after a few years, and the
record and the lists of revoked ones are kept beside it.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from minutes.documents.pdf import page_codes
from minutes.problems.errors import Fault, Problem, problem
from minutes.signing import match, trust, verify
from minutes.signing.match import Tie
from minutes.signing.trust import Trust
from minutes.signing.verify import Signature, Verdict

HOPELESS = {"D163", "D164"}  # no person's eye can tell that the text is the one that was signed
TIES = {"other text": "D229", "other version": "D193", "altered": "D172", "unknown": "D230"}


def is_signed(pdf: Path) -> bool:
    """Whether a PDF has a field that carries a signature; raises what pikepdf does."""
    import pikepdf

    with pikepdf.open(pdf, access_mode=pikepdf.AccessMode.stream) as document:
        form: Any = document.Root.get("/AcroForm", {})
        return any(map(_is_signed, form.get("/Fields", [])))


def _is_signed(field: Any) -> bool:
    is_signature = field.get("/FT") == "/Sig" and "/V" in field
    return is_signature or any(map(_is_signed, field.get("/Kids", [])))


def look(data: bytes, built: bytes, trusted: Trust, moment: datetime) -> tuple[Verdict, Tie]:
    """Verify a signed PDF and hold it against the built one; raises Fault without pyHanko."""
    if find_spec("pyhanko") is None:
        raise Fault("D171")
    return verify.verify(data, trusted, moment), match.tie(data, built)


def expected(built: bytes, moment: datetime) -> tuple[str, ...]:
    """Give the names of the fields that were made to be signed."""
    return verify.verify(built, Trust(), moment).empty


def judge(verdict: Verdict, tie: Tie, fields: tuple[str, ...], path: Path) -> list[Problem]:
    """Say what is wrong with the signatures: D163 to D169, D172, D187, D192, D193, D229, D230."""
    if verdict.unread:
        return [problem(path, 1, 1, "D163", why=verdict.unread)]
    told = [one for signature in verdict.signatures for one in _of_one(signature, path)]
    told += _of_one_person(verdict, path)
    missing = verdict.missing(fields) if verdict.signatures else ("-",)
    told += [problem(path, 1, 1, "D169", field=name) for name in missing]
    return [*told, *_of_the_tie(tie, path)]


def _of_the_tie(tie: Tie, path: Path) -> Iterator[Problem]:
    """D172, D192, D193, D229, D230: whether it is the document that is to be kept."""
    was, now = map(_version, (tie.found, tie.expected))
    if tie.bond == "other text" and 0 < was < now:
        yield problem(path, 1, 1, "D192", version=was, expected=now)
    elif tie.bond in TIES:
        yield problem(path, 1, 1, TIES[tie.bond])


def _version(printed: tuple[str, ...]) -> int:
    """Give the version that all pages say they are; 0 where they do not agree."""
    found = {code.version if (code := page_codes.read(one)) else 0 for one in printed}
    return found.pop() if len(found) == 1 else 0


def _of_one(one: Signature, path: Path) -> Iterator[Problem]:
    """D164 to D168: the four answers, as far as they are not good."""
    who = {"field": one.field, "signer": one.signer or "-"}
    if one.unchanged != "yes":
        yield problem(path, 1, 1, "D164", **who)
        return
    if one.later == "forbidden":
        yield problem(path, 1, 1, "D165", **who)
    if one.trusted != "yes":
        yield problem(path, 1, 1, "D166", **who)
    elif one.unrevoked != "yes":
        yield problem(path, 1, 1, "D167" if one.unrevoked == "no" else "D168", **who)


def _of_one_person(verdict: Verdict, path: Path) -> Iterator[Problem]:
    """D187: a certificate that signed more than one field."""
    fields: dict[str, Signature] = {}
    for one in verdict.signatures:
        before = fields.setdefault(one.certificate, one)
        if one.certificate and before is not one:
            values = {"signer": one.signer or "-", "field": before.field, "other": one.field}
            yield problem(path, 1, 1, "D187", **values)


def record(verdict: Verdict, tie: Tie, fields: tuple[str, ...]) -> dict[str, object]:
    """Give all that was found as JSON can hold it."""
    found = {"kind": "digital", "verdict": verdict.record(), "expected_fields": list(fields)}
    return {**found, "tie": asdict(tie)}


def lists(trusted: Trust) -> dict[str, bytes]:
    """Give the lists of revoked certificates that were known, as files of a bag."""
    return {f"crl/{number}.crl": data for number, data in enumerate(trusted.revoked, 1)}


def trusted_by(office: Path, folder: str) -> Trust:
    """Read the certificates that an office trusts, from the folder that its file names."""
    return trust.read(office.parent / folder) if folder else Trust()
