"""Make the three locks from ``pyproject.toml``: ``python tools/lock.py``.

Versions that are locked stay as they are; ``--upgrade`` takes the newest, and what else is given
goes to uv as well (``--upgrade-package NAME``). Needs uv (https://docs.astral.sh/uv/). The tests
and the signatures use the very versions of the program, so its lock is made first.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "requirements.txt"
EXTRAS = {"requirements-test.txt": "test", "requirements-sign.txt": "sign"}

# With its extras, for pip before 23.3 takes `fonttools[woff]` for another package than the
# `fonttools==…` that is locked, and stops as soon as a newer one is out.
COMPILE = ("pip", "compile", "pyproject.toml", "--no-strip-extras", "--generate-hashes")
EVERYWHERE = ("--universal", "--python-version", "3.11")
HEADER = ("--custom-compile-command", "python tools/lock.py")


def commands(given: Sequence[str]) -> Iterator[list[str]]:
    """Yield what uv is told for each lock, the program's first."""
    alike = [*COMPILE, *EVERYWHERE, *HEADER, "--quiet", *given]
    yield [*alike, "-o", PROGRAM]
    for lock, extra in EXTRAS.items():
        yield [*alike, "--extra", extra, "-c", PROGRAM, "-o", lock]


def main(given: Sequence[str]) -> int:
    """Make all locks; return uv's exit code where it failed."""
    uv = shutil.which("uv")
    if not uv:
        print("uv is not installed: https://docs.astral.sh/uv/", file=sys.stderr)
        return 2
    for command in commands(given):
        if failed := subprocess.call([uv, *command], cwd=ROOT, stdout=subprocess.DEVNULL):
            return failed
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
