"""The log of verifications, ``checks.jsonl``: each result with its date, chained."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from minutes.archive import bags, register, vault
from minutes.archive.audit import Anchor, Audit
from minutes.problems.errors import Fault

HEAD = re.compile(rf"(?:ทะเบียน\s*)?([1-9][0-9]{{0,8}})-([0-9a-f]{{{register.SHORT},64}})")
MOST_TOLD = 100  # problems in a line of the log
LONGEST = 1 << 16  # bytes of a file with a head


def anchor(given: str) -> Anchor:
    """Read a head as it was printed, ``12-0123456789abcdef``, or the file that was published.

    Raises Fault.
    """
    if found := HEAD.fullmatch(given.strip().lower()):
        return Anchor(int(found[1]), found[2])
    try:
        return _published(next(bags.pieces(Path(given)))[:LONGEST])
    except (OSError, ValueError, StopIteration) as error:  # a Fault is a ValueError
        raise Fault("D236", name=given) from error


def _published(data: bytes) -> Anchor:
    values = json.loads(data)
    found = (
        HEAD.fullmatch(f"{values.get('number')}-{values.get('hash')}")
        if isinstance(values, dict)
        else None
    )
    if not found:
        raise ValueError("no head")
    return Anchor(int(found[1]), found[2])


def record(root: Path, audit: Audit, now: datetime) -> None:
    """Append a verification's result, down to the disk; raises OSError."""
    log = root / vault.CHECKS
    with FileLock(root / vault.LOCK, timeout=vault.PATIENCE):
        register.append(log, register.end(log), says(audit, now))


def says(audit: Audit, now: datetime) -> Mapping[str, object]:
    """Give a verification's result as the log and other programs read it."""
    told = [
        {"code": one.code, "severity": one.severity, "message": one.message("en")}
        for one in audit.problems
    ]
    return {
        "kind": "check",
        "at": now.isoformat(timespec="seconds"),
        "quick": audit.quick,
        "sound": audit.is_sound,
        "versions": audit.versions,
        "head": f"{audit.head.number}-{audit.head.hash}",
        "anchored": audit.anchored,
        "found": len(told),
        "problems": told[:MOST_TOLD],
    }
