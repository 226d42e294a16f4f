"""An archive filled and verified, beside ``sha256sum`` over the same bytes; and its memory."""

import hashlib
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench import pairs
from minutes.archive.vault import Vault

SCAN = 200_000  # bytes of a scan
WATCHED = """
import sys
from pathlib import Path
from minutes import __main__ as cli
cli.main(sys.argv[1:])
status = Path("/proc/self/status").read_text().splitlines()
print(next(line for line in status if line.startswith("VmHWM")))
"""  # ru_maxrss would count the memory of whoever began the process as well
INFO = [("Meeting-Date", "2026-01-05 (5 มกราคม 2569)"), ("Retention-Class", "10 years")]


def fill(root: Path, versions: int) -> tuple[list[Path], list[float]]:
    """Put so many versions into an archive, each with files of its own.

    Gives all its files, and the seconds that each put took.
    """
    vault, seconds = Vault(root), []
    for number in range(versions):
        seed = hashlib.sha256(str(number).encode()).digest()
        files = {"signed.pdf": seed * (SCAN // len(seed)), "source.yaml": seed * 100}
        put = partial(vault.put, f"board-{number // 10}", files, INFO, "signed.pdf")
        seconds.append(pairs.timed(put))
    return sorted(path for path in root.rglob("*") if path.is_file()), seconds


def verify(root: Path) -> None:
    """Verify it as cron does; the log of results is left alone."""
    pairs.build("archive", "verify", "--no-log", "--archive", root)


def memory(root: Path) -> int:
    """Give the largest memory that a verification took, in megabytes; on Linux alone."""
    command = [sys.executable, "-c", WATCHED, "archive", "verify", "--no-log"]
    command += ["--archive", str(root)]
    told = subprocess.run(command, cwd=pairs.ROOT, capture_output=True, text=True, check=True)
    return int(told.stdout.split()[-2]) // 1024


def hashed(files: list[Path]) -> None:
    """Let sha256sum read the same bytes."""
    command = ["xargs", "-0", "sha256sum"]
    told = b"\0".join(str(path).encode() for path in files)
    subprocess.run(command, input=told, capture_output=True, check=True)


def main() -> None:
    """Print the ratio, and the largest memory that a verification took."""
    versions = pairs.number(sys.argv, "--versions", 10_000)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "archive"
        files, seconds = fill(root, versions)
        for last in (100, versions):
            took = statistics.median(seconds[last - 50 : last])
            print(f"put, the {last:,}th version: {took * 1000:.1f} ms")
        told = f"verify {versions:,} versions / sha256sum"
        pairs.compare(told, lambda: verify(root), lambda: hashed(files), 3)
        print(f"memory of the verification: {memory(root)} MB")


if __name__ == "__main__":
    main()
