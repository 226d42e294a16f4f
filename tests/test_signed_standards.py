"""PDF/A-3a and PDF/UA-1 of minutes that are ready to be signed and of signed ones.

Of the second set of tests: `.ci/run` installs Java and JAXB.
"""

from dataclasses import replace
from functools import cache

import pytest

from minutes.signing import making
from tests.authority import NOW, authority
from tests.test_making import REVIEWER, TAKER
from tests.test_verifying import built, once
from tests.verapdf import Flavour, broken_rules

pytestmark = pytest.mark.system
A = authority()
LASTING = {"moment": NOW, "timestamper": A.stamper(), "proofs": A.trust}


@cache
def files() -> dict[str, bytes]:
    one = making.sign(built(), TAKER)
    lasting = making.sign(built(), replace(TAKER, **LASTING))
    return {
        "empty fields": built(),
        "one signature": one,
        "two signatures": making.sign(one, REVIEWER),
        "one that lasts": lasting,
        "two that last": making.sign(lasting, replace(REVIEWER, **LASTING)),
    }


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize(
    "name",
    ["empty fields", "one signature", "two signatures", "one that lasts", "two that last"],
)
def test_the_standard_is_kept_with(name: str, flavour: Flavour) -> None:
    assert broken_rules(files()[name], flavour) == {}


def test_verapdf_finds_a_signature_that_others_drew() -> None:
    assert broken_rules(once(), "3a")
