"""What a time-stamp (RFC 3161) is worth: answers that are kept apart, as those about a signature.

Whether it is about this hash; whether its signature is right; whose it is, and whether the
certificate leads to a root that the office trusts; whether that was revoked. Nothing is fetched.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from minutes.problems.errors import Problem, problem
from minutes.signing import verify
from minutes.signing.trust import Trust
from minutes.signing.verify import Answer


@dataclass(frozen=True)
class Token:
    """A time-stamp, and what can be said of it; ``at`` is None where it cannot be read.

    ``fits`` is about the hash that was sent, ``unchanged`` about the authority's own signature;
    ``trusted`` and ``unrevoked`` are about its certificate at that time.
    """

    at: datetime | None = None
    signer: str = ""
    issuer: str = ""
    fits: Answer = "no"
    unchanged: Answer = "no"
    trusted: Answer = "no"
    unrevoked: Answer = "unknown"
    why: str = ""


def can_be_judged() -> bool:
    """Whether this machine has what verifies signatures."""
    return find_spec("pyhanko") is not None


def look(reply: bytes, hashed: str, trust: Trust) -> Token:
    """Say what an authority's answer (``.tsr``) about a SHA-256 is worth; never raises."""
    verify.silence()
    try:
        return _look(reply, hashed, trust)
    except Exception as error:  # of a file from anywhere: whatever it is, nothing is verified
        return Token(why=verify.told(error))


def _look(reply: bytes, hashed: str, trust: Trust) -> Token:
    from asn1crypto import tsp

    answer: Any = tsp.TimeStampResp.load(reply, strict=True)
    signed = answer["time_stamp_token"]["content"]
    told = signed["encap_content_info"]["content"].parsed
    at, imprint = told["gen_time"].native, told["message_imprint"]
    is_ours = imprint["hash_algorithm"]["algorithm"].native == "sha256"
    fits = is_ours and imprint["hashed_message"].native.hex() == hashed
    status = _status(signed, trust, at, must_know=False)
    whole = status.intact and status.valid
    trusted = whole and status.trusted
    known = verify.unrevoked(_status(signed, trust, at, must_know=True)) if trusted else "unknown"
    owner = verify.owner(status.signing_cert)
    return Token(
        at,
        owner["signer"],
        owner["issuer"],
        "yes" if fits else "no",
        "yes" if whole else "no",
        "yes" if trusted else "no",
        known,
        str(status.trust_problem_indic.name) if status.trust_problem_indic else "",
    )


def _status(signed: Any, trust: Trust, at: datetime, *, must_know: bool) -> Any:
    """Give the library's answer about a token at the time that it tells."""
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    own = signed["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"].native
    whom = verify.whom(trust, at, must_know=must_know)
    return TimestampSignatureStatus(
        **asyncio.run(validate_tst_signed_data(signed, whom, lambda _: own))
    )


def judge(token: Token, path: Path) -> Iterator[Problem]:
    """Say what is wrong with a time-stamp: D194 to D197."""
    who = {"name": path.name, "signer": token.signer or "-"}
    if token.fits != "yes" or token.unchanged != "yes":
        yield problem(path, 1, 1, "D194", name=path.name)
    elif token.trusted != "yes":
        yield problem(path, 1, 1, "D195", **who)
    elif token.unrevoked != "yes":
        yield problem(path, 1, 1, "D197" if token.unrevoked == "no" else "D196", **who)
