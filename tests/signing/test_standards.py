"""PDF/A-3a and PDF/UA-1 of minutes that are ready to be signed and of signed ones.

Of the second set of tests: `.ci/run` installs Java and JAXB.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from minutes import deposit
from minutes.archive.index import Held
from minutes.build import pipeline
from minutes.signing import pades
from tests.signing.test_pades import REVIEWER, TAKER
from tests.signing.test_verify import built, once
from tests.support import sample, scanned_pages
from tests.support.certificates import NOW, authority
from tests.support.verapdf import Flavour, broken_rules

pytestmark = pytest.mark.system
A = authority()
LASTING = {"moment": NOW, "timestamper": A.stamper(), "proofs": A.trust}


@cache
def files() -> dict[str, bytes]:
    one = pades.sign(built(), TAKER)
    lasting = pades.sign(built(), replace(TAKER, **LASTING))
    return {
        "empty fields": built(),
        "one signature": one,
        "two signatures": pades.sign(one, REVIEWER),
        "one that lasts": lasting,
        "two that last": pades.sign(lasting, replace(REVIEWER, **LASTING)),
    }


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize(
    "name",
    ["empty fields", "one signature", "two signatures", "one that lasts", "two that last"],
)
def test_the_standard_is_kept_with(name: str, flavour: Flavour) -> None:
    assert broken_rules(files()[name], flavour) == {}


def test_the_standard_is_kept_with_the_registers_head_at_the_foot() -> None:
    proceedings = sample.meeting("ผู้ตรวจรายงาน: นางสอง ใจเย็น")
    held = Held(1, 1, "f" * 64, "12-0123456789abcdef")
    (data,) = pipeline.build(proceedings, ["minutes"], ["pdf"], held=held).values()
    assert broken_rules(data, "3a") == {} == broken_rules(data, "ua1")


def test_a_scan_becomes_one_for_the_archive(tmp_path: Path) -> None:
    place, kept = tmp_path / "a.pdf", tmp_path / "scan.pdf"
    scan = scanned_pages.scan(place, scanned_pages.pages(2), scanned_pages.Glass(150))
    assert broken_rules(scan.read_bytes(), "2b")
    assert deposit.archival(scan, kept, scan) == []
    assert broken_rules(kept.read_bytes(), "2b") == {}


def test_verapdf_finds_a_signature_that_others_drew() -> None:
    assert broken_rules(once(), "3a")
