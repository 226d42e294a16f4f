"""The memory of a worker after 20 meetings and after 200: it must stay flat, below 250 MB."""

import os
import sys
import tempfile
from pathlib import Path

from bench import office, pairs
from minutes.archive import index
from minutes.build import pipeline, runs, workers
from minutes.meetings import loading, proceedings


def megabytes(meeting: proceedings.Proceedings) -> float:
    """Build a meeting where the worker is; gives the worker's resident memory afterwards."""
    runs._work(
        (meeting, index.NOTHING), kinds=pipeline.KINDS, formats=pipeline.FORMATS, embed_fonts=False
    )
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print the memory of one worker as it goes from meeting to meeting."""
    meetings = pairs.number(sys.argv, "--meetings", 200)
    with tempfile.TemporaryDirectory() as name:
        found = loading.find([office.write(Path(name), max(meetings // 20, 1), min(meetings, 20))])
        worked_out = [proceedings.work_out(case) for case in found.cases]
        with workers.processes(1, pipeline.begin) as pool:
            used = [result() for _, result in workers.in_order(pool, megabytes, worked_out)]
    for place in (1, 20, len(used)):
        print(f"after {place} meetings: {used[min(place, len(used)) - 1]:.0f} MB")


if __name__ == "__main__":
    main()
