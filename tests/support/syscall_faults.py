"""A piece of work done in a forked child, with one of its calls to the system struck by strace.

The child inherits all that is loaded, so that a run costs a fraction of a second. It stops itself,
strace is attached, and it goes on: strace counts its calls from there.
"""

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "open", "openat", "creat", "write", "writev", "pwrite64", "copy_file_range", "sendfile",
    "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
    "symlinkat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "ftruncate", "truncate",
)  # fmt: skip
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
MADE = re.compile(r"\d+ +(\w+)\(")
ALLOW_ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER, PR_SET_PTRACER_ANY
BROKEN = 70  # exit status of a child that raised

Work = Callable[[], int]


@dataclass(frozen=True)
class Call:
    """The nth call of its kind, as strace writes it down."""

    name: str
    number: int
    line: str


@dataclass(frozen=True)
class Outcome:
    """What became of a child: its status (-9 when it was killed), and what it said."""

    status: int
    out: str
    err: str


def forked(work: Work, place: Path) -> int:
    """Fork a child that stops before it works; gives its number. It speaks into two files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # no other thread of ours holds a lock
        child = os.fork()
    if child:
        os.waitpid(child, os.WUNTRACED)
        return child
    status = BROKEN
    try:
        sys.settrace(None)  # coverage
        sys.stdout, sys.stderr = ((place / name).open("w", encoding="utf-8") for name in SAID)
        ctypes.CDLL(None).prctl(*ALLOW_ANY_TRACER)
        os.kill(os.getpid(), signal.SIGSTOP)
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


SAID = ("out", "err")


def ended(child: int, place: Path) -> Outcome:
    """Wait for a child's end."""
    _, told = os.waitpid(child, 0)
    out, err = ((place / name).read_text("utf-8") for name in SAID)
    return Outcome(os.waitstatus_to_exitcode(told), out, err)


def done(work: Work, place: Path) -> Outcome:
    """Let a child do the work, and nobody trouble it."""
    child = forked(work, place)
    os.kill(child, signal.SIGCONT)
    return ended(child, place)


def traced(work: Work, place: Path, calls: Sequence[str], *how: str) -> tuple[Outcome, list[str]]:
    """Let a child do the work under strace; gives what became of it, and strace's lines."""
    log, child = place / "calls.log", forked(work, place)
    kinds = "trace=" + ",".join(f"?{name}" for name in calls)
    command = ["strace", "-f", "-y", "-s", "0", "-o", str(log), "-e", kinds, *how, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as strace:
        while not _is_traced(child):
            assert strace.poll() is None, "strace cannot be attached"
            time.sleep(0.0005)
        os.kill(child, signal.SIGCONT)
        outcome = ended(child, place)
    return outcome, log.read_text("utf-8", "replace").splitlines()


def _is_traced(child: int) -> bool:
    return "TracerPid:\t0\n" not in Path(f"/proc/{child}/status").read_text()


def calls_below(roots: Sequence[Path], work: Work, place: Path) -> Iterator[Call]:
    """Give the calls that touch these folders in an untroubled run."""
    outcome, lines = traced(work, place, CALLS)
    assert outcome.status == 0, outcome.err
    made: Counter[str] = Counter()
    for line in lines:
        if found := MADE.match(line):
            made[found[1]] += 1
            if any(f"{root}" in line for root in roots):
                yield Call(found[1], made[found[1]], line)


def strike(call: Call, fault: str, work: Work, place: Path) -> tuple[Outcome, str]:
    """Let one call fail; gives what became of the child, and the line of that call."""
    inject = f"inject={call.name}:{fault}:when={call.number}"
    outcome, lines = traced(work, place, [call.name], "-e", inject)
    if fault == "signal=KILL":
        is_killed = any("+++ killed by SIGKILL" in line for line in lines)
        struck = (
            [line for line in lines if MADE.match(line)][call.number - 1 :] if is_killed else []
        )
    else:
        struck = [line for line in lines if "(INJECTED)" in line]
    assert len(struck) == 1, (call, fault, lines[-3:])
    return outcome, struck[0]
