"""Nothing to do over 1,000 and 5,000 meetings, and one of 1,000 edited."""

import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from bench import office, pairs


def main() -> None:
    """Print seconds with nothing to do, what growth costs, and what one edit costs."""
    times = pairs.number(sys.argv, "--pairs", 5)
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name, "1000"), Path(name, "5000")
        for root, bodies in ((few, 10), (many, 50)):
            office.remember(office.write(root, bodies, 100), root / "out")
        in_few, in_many = (lambda root=root: build(root) for root in (few, many))
        pairs.compare("nothing to do: 5,000 / 1,000 meetings", in_many, in_few, times)
        grown = [pairs.timed(in_many) - pairs.timed(in_few) for _ in range(times)]
        least = [pairs.timed(lambda: read_the_added(many)) for _ in range(times)]
        ratio = sorted(grown)[times // 2] / sorted(least)[times // 2]
        print(f"growth / sha256sum of the added files and one stat an output: {ratio:.2f}")
        edit_one(few, times)


def build(root: Path) -> None:
    """Bring an office up to date."""
    pairs.build(root / "agendas", "-o", root / "out")


def read_the_added(root: Path) -> None:
    """Hash the inputs of 40 bodies and look at each of their outputs, with the system's tools."""
    for top, kind, work in (("agendas", "*.yaml", "sha256sum"), ("out", "*.*", "stat")):
        places = [str(root / top / f"body-{body}") for body in range(11, 51)]
        find = ["find", *places, "-type", "f", "-name", kind, "-print0"]
        found = subprocess.run(find, check=True, capture_output=True).stdout
        subprocess.run(["xargs", "-0", work], input=found, check=True, stdout=subprocess.DEVNULL)


def edit_one(root: Path, times: int) -> None:
    """Compare a run after one edit among 1,000 with one meeting alone, from a cold start."""
    turns = count()
    path = root / "agendas/body-5/2567-50.yaml"

    def edited() -> None:
        text = office.meeting(50) + f"# {next(turns)}\n"
        path.write_text(text, "utf-8")
        build(root)

    def alone() -> None:
        shutil.rmtree(root / "alone", ignore_errors=True)
        pairs.build(path, "-o", root / "alone")

    edited()
    pairs.compare("one of 1,000 edited / one meeting, cold", edited, alone, times)


if __name__ == "__main__":
    main()
