"""Time-stamps (RFC 3161) of the register's head: the question, and the answer brought back later.

No connection is needed here. What is stamped is the hash of an entry, and with it all that stands
before. It is checked that an answer is about an entry of this register, and, where this machine can
verify signatures, whose it is.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from minutes.archive import bags, vault
from minutes.archive.register import Entry, Head
from minutes.archive.vault import Vault
from minutes.problems.errors import Fault, MinutesError, problem
from minutes.signing import timestamps
from minutes.signing.timestamps import Token
from minutes.signing.trust import NOBODY, Trust

KIND = "timestamp"
GRANTED = ("granted", "granted_with_mods")
LARGEST = 1 << 20  # bytes of an answer; one with all its certificates has some thousand


@dataclass(frozen=True)
class Stamp:
    """An answer: the entry that it vouches for, the moment, and whether it was there before.

    ``token`` is None where this machine cannot verify signatures.
    """

    head: Head
    at: datetime
    was_there: bool
    token: Token | None = None


def query(head: Head) -> bytes:
    """Give the question for a stamping authority about a head (``.tsq``)."""
    from asn1crypto import tsp

    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": bytes.fromhex(head.hash),
    }
    asked = {"version": "v1", "message_imprint": imprint, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def accept(archive: Path, reply: Path, trust: Trust = NOBODY) -> Stamp:
    """Keep an authority's answer (``.tsr``), and enter it in the register.

    Raises Fault for what is no answer about an entry of this register, or is not signed as it
    should be, MinutesError where there is no such file, and OSError.
    """
    found, data = Vault(archive), _answer(reply)
    imprint, at = _read(data, reply)
    reading = found.read()
    head = next((entry.head for entry in reading.entries if entry.hash == imprint), None)
    if head is None:
        raise Fault("D237", name=reply.name)
    token = timestamps.look(data, head.hash, trust) if timestamps.can_be_judged() else None
    if token and token.unchanged != "yes":
        raise Fault("D194", name=reply.name)
    digest = hashlib.sha256(data).hexdigest()
    if digest in noted(reading.entries).values():
        return Stamp(head, at, True, token)
    name = f"{head.number}-{digest[:16]}.tsr"
    _keep(archive / vault.STAMPS / name, data)
    says = {"kind": KIND, "of": head.number, "at": at.isoformat(), "file": name, "sha256": digest}
    found.note(says)
    return Stamp(head, at, False, token)


def _answer(reply: Path) -> bytes:
    try:
        with bags.opened(reply) as file:
            return file.read(LARGEST)
    except FileNotFoundError as error:
        raise MinutesError([problem(reply, 1, 1, "D80")]) from error


def _read(data: bytes, reply: Path) -> tuple[str, datetime]:
    """Give the hash that an answer vouches for, and since when; raises Fault."""
    from asn1crypto import tsp

    try:
        answer: Any = tsp.TimeStampResp.load(data, strict=True)
        if answer["status"]["status"].native not in GRANTED:
            raise ValueError("not granted")
        told = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        imprint = told["message_imprint"]
        if imprint["hash_algorithm"]["algorithm"].native != "sha256":
            raise ValueError("another kind of hash")
        return imprint["hashed_message"].native.hex(), told["gen_time"].native
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Fault("D237", name=reply.name) from error


def _keep(place: Path, data: bytes) -> None:
    """Write an answer, down to the disk, unless a run that was cut off had brought it."""
    place.parent.mkdir(exist_ok=True)
    if place.is_file() and bags.digest_of(place) == hashlib.sha256(data).hexdigest():
        return
    bags.write_file(place, data)
    bags.sync_folder(place.parent)
    bags.sync_folder(place.parent.parent)


def kept(archive: Path, trust: Callable[[], Trust]) -> Iterator[tuple[Path, Head, Token]]:
    """Look at every answer that is kept: its file, the entry that it is about, what it is worth.

    ``trust`` is asked where there is one. One that is damaged or gone does not come.
    """
    reading = Vault(archive).read()
    heads = {entry.number: entry.head for entry in reading.entries}
    known = None
    for entry in reading.entries:
        place = archive / vault.STAMPS / str(entry.says.get("file"))
        if entry.says.get("kind") == KIND and (data := _sound(place, entry.says.get("sha256"))):
            known = known or trust()
            head = heads.get(int(str(entry.says.get("of"))), Head(0, ""))
            yield place, head, timestamps.look(data, head.hash, known)


def _sound(place: Path, digest: object) -> bytes:
    try:
        data = b"".join(bags.pieces(place))
    except (OSError, Fault):
        return b""
    return data if hashlib.sha256(data).hexdigest() == digest else b""


def noted(entries: Iterable[Entry]) -> dict[str, str]:
    """Give the SHA-256 of each answer that entries tell of, by the name of its file."""
    told = (entry.says for entry in entries if entry.says.get("kind") == KIND)
    return {str(says["file"]): str(says["sha256"]) for says in told if "file" in says}
