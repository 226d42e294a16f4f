"""Whether a signed file is the built one, or says the same at least."""

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest

from minutes.archive.index import Held
from minutes.build import pipeline
from minutes.signing import match
from tests.signing.test_verify import box, built, comment, field, once, saved, twice
from tests.support import sample
from tests.support.certificates import authority, signed_with


@cache
def other() -> bytes:
    """Build the minutes of another text."""
    proceedings = sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น\nสถานที่: ศาลาว่าการ")
    (data,) = pipeline.build(proceedings, ["minutes"], ["pdf"]).values()
    return data


@cache
def numbered() -> bytes:
    """Build the same minutes as they are printed once the archive has a version of another text."""
    held = Held(1, 1, "f" * 64)
    proceedings = sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น")  # as ``built`` has it
    (data,) = pipeline.build(proceedings, ["minutes"], ["pdf"], held=held).values()
    return data


def with_a_page_twice(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(out)
    return out.getvalue()


def sealed(data: bytes) -> bytes:
    return signed_with(data, authority().taker, "MinuteTaker")


BONDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "as built": (built, "signed"),
    "signed": (once, "signed"),
    "signed twice": (twice, "signed"),
    "signed, a field more": (lambda: field(once()), "signed"),
    "signed, then a box": (lambda: box(once()), "altered"),
    "a box, then signed": (lambda: sealed(box(built())), "altered"),
    "a comment": (lambda: comment(built()), "altered"),
    "junk at the end": (lambda: built() + b"junk", "altered"),
    "another end": (lambda: built() + b"\nxref\nstartxref\n7\n%%EOF", "altered"),
    "saved": (lambda: saved(built()), "same text"),
    "saved, then signed": (lambda: sealed(saved(built())), "same text"),
    "another version": (numbered, "other version"),
    "another text": (other, "other text"),
    "a page twice": (lambda: with_a_page_twice(built()), "other text"),
    "no PDF": (lambda: b"no PDF", "unknown"),
    "empty": (bytes, "unknown"),
}


@pytest.mark.parametrize("kind", BONDS)
def test_the_bond_of_a_signed_file_to_the_built_one(kind: str) -> None:
    signed, bond = BONDS[kind]
    assert match.tie(signed(), built()).bond == bond


def test_the_codes_of_both_are_told() -> None:
    found = match.tie(other(), built())
    assert len(found.found) == len(found.expected) >= 1
    assert all(code.startswith("MIN1:board-2567-02:v1:") for code in found.found + found.expected)
    assert found.found != found.expected


def test_a_page_without_a_code_is_told_as_such() -> None:
    draft = pipeline.build(sample.meeting(draft=True), ["minutes"], ["pdf"])
    (data,) = draft.values()
    assert set(match.page_codes(data)) == {""}
    assert match.tie(data, built()).bond == "unknown"
