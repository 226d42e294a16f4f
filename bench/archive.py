"""A whole archive verified, beside ``sha256sum`` over the same bytes; and what memory it takes."""

import hashlib
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import pairs
from minutes.archive.vault import Vault

SCAN = 200_000  # bytes of a scan
INFO = [("Meeting-Date", "2026-01-05 (5 มกราคม 2569)"), ("Retention-Class", "10 years")]


def fill(root: Path, versions: int) -> list[Path]:
    """Put so many versions into an archive, each with files of its own; gives all its files."""
    vault = Vault(root)
    for number in range(versions):
        seed = hashlib.sha256(str(number).encode()).digest()
        files = {"signed.pdf": seed * (SCAN // len(seed)), "source.yaml": seed * 100}
        vault.put(f"board-{number // 10}", files, INFO, "signed.pdf")
    return sorted(path for path in root.rglob("*") if path.is_file())


def verify(root: Path) -> None:
    """Verify it as cron does; the log of results is left alone."""
    pairs.build("archive", "verify", "--no-log", "--archive", root)


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
        files = fill(root, versions)
        told = f"verify {versions:,} versions / sha256sum"
        pairs.compare(told, lambda: verify(root), lambda: hashed(files), 3)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of the verification: {used:.0f} MB")


if __name__ == "__main__":
    main()
