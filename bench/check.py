"""``build.py check`` over 1,000 meetings of one body, against reading and validating them."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bench import pairs

MEETINGS = 1_000
EXAMPLE = Path(__file__).parent.parent / "agendas" / "tuayang"
FIRST = date(2015, 1, 7)
SECTIONS = """
  - ชนิด: รับรองรายงาน
  - ชนิด: สืบเนื่อง
    เรื่อง:
      - ชื่อเรื่อง: ความก้าวหน้าการเตรียมงาน
        สืบเนื่องจาก: {before} 5.1
        มติ: รับทราบ
"""


def main() -> None:
    """Print how long a check takes, in times of reading alone, and the memory that it needs."""
    if sys.argv[1:2] == ["--memory"]:
        print(memory(Path(sys.argv[2])))
        return
    times = pairs.number(sys.argv, "--pairs", 3)
    with tempfile.TemporaryDirectory() as name:
        agendas = write(Path(name), pairs.number(sys.argv, "--meetings", MEETINGS))
        compare(agendas, times)
        command = [sys.executable, "-m", "bench.check", "--memory", str(agendas)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def compare(agendas: Path, times: int) -> None:
    """Print both medians in seconds of the processor, which no other program's work lengthens."""
    ours, least = [], []
    for _ in range(times):
        ours.append(seconds(lambda: check(agendas)))
        least.append(seconds(lambda: read(agendas)))
    a, b = statistics.median(ours), statistics.median(least)
    print(f"check / read and validate: {a:.2f} s / {b:.2f} s = {a / b:.2f} ({times} pairs)")


def seconds(work: Callable[[], None]) -> float:
    """Give the time that the processor takes for something."""
    start = time.process_time()
    work()
    return time.process_time() - start


def write(root: Path, meetings: int) -> Path:
    """Write so many meetings of one body, each following up the one before; gives the agendas."""
    body = root / "product"
    body.mkdir()
    (root / "office.yaml").write_bytes((EXAMPLE / "office.yaml").read_bytes())
    (body / "body.yaml").write_bytes((EXAMPLE / "product" / "body.yaml").read_bytes())
    example = (EXAMPLE / "product" / "2569-01.yaml").read_text("utf-8")
    for number in range(1, meetings + 1):
        text = meeting(example, number)
        (body / f"2558-{number:04}.yaml").write_text(text, "utf-8")
    return root


def meeting(example: str, number: int) -> str:
    """Give the file of a meeting: the example's, with its own number and day and a follow-up."""
    day = FIRST + timedelta(days=number)
    kept = [
        line
        for line in example.splitlines()
        if not line.startswith(("    - {ไฟล์:", "ครั้งที่:", "วันที่:"))
    ]
    text = "\n".join([f"ครั้งที่: {number}/2558", f"วันที่: {day.isoformat()}", *kept])
    text = text.replace("อำเภอ", f"อำเภอ{number} ")  # so that no two texts are the same
    if number == 1:
        return text
    more = SECTIONS.format(before=f"product-2558-{number - 1:04}")
    return text.replace("\n  - ชนิด: เพื่อทราบ\n", f"{more}\n  - ชนิด: เพื่อทราบ\n", 1)


def check(agendas: Path) -> None:
    """Check all meetings."""
    from minutes.build import review

    review.review([agendas])


def read(agendas: Path) -> None:
    """Read and validate all meetings, and nothing else."""
    from minutes.model import validation
    from minutes.model.meeting import Meeting

    for path in sorted((agendas / "product").glob("2558-*.yaml")):
        validation.read(Meeting, path)


def memory(agendas: Path) -> str:
    """Give what a process needed at most that did nothing but check."""
    check(agendas)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"memory of a check: {most} MB"


if __name__ == "__main__":
    main()
