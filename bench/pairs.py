"""Two things timed in turn, and the ratio of their medians with the machine's load beside it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent


def compare(
    name: str, ours: Callable[[], None], theirs: Callable[[], None], pairs: int = 5
) -> float:
    """Time both in turn and print the medians; gives ours divided by theirs."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(pairs):
        for work, times in zip((ours, theirs), seconds, strict=True):
            times.append(timed(work))
    a, b = (statistics.median(times) for times in seconds)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{name}: {a:.3f} s / {b:.3f} s = {a / b:.2f} ({pairs} pairs, load {load:.1f})")
    return a / b


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(*arguments: str | Path) -> None:
    """Run Python on arguments, in silence, from the project's folder."""
    silent(sys.executable, *arguments)


def build(*arguments: str | Path) -> None:
    """Run the program as a secretary would."""
    run("-m", "minutes", *arguments)


def silent(*command: str | Path) -> None:
    """Run a command in silence; exits with what it said when it fails."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace"))


def number(arguments: Sequence[str], flag: str, default: int) -> int:
    """Give the number that follows a flag."""
    return int(arguments[arguments.index(flag) + 1]) if flag in arguments else default
