"""What was done by hand, as an HTML page that needs nothing else: no script, font or request."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment

from minutes.diff.comparison import Source
from minutes.diff.edits import Handwork
from minutes.diff.wording import Phrases, keys_of, shortened, totals
from minutes.documents import pages

MARK = b'<meta name="generator" content="minutes diff">'
HEAD = 4096  # bytes within which the mark stands


def is_one(path: Path) -> bool:
    """Whether a file is such a page, which a later one may replace; raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK in file.read(HEAD)


def render(handwork: Handwork, say: Phrases, shown: Callable[[Path], str]) -> str:
    """Give the page; ``shown`` gives a path as its reader would type it."""

    def place(source: Source) -> str:
        path, line, column, *_ = source.place
        return say.place.format(path=shown(path), line=line, column=column)

    meeting = handwork.meeting
    template = pages.environment(Environment).get_template("handwork.html")
    return template.render(
        say=say,
        id=meeting.case.id,
        title=f"{meeting.title} {meeting.occasion}".strip(),
        agenda=shown(meeting.case.path),
        total=totals(handwork, say),
        has_differences=not handwork.is_same,
        documents=handwork.documents,
        keys=keys_of,
        place=place,
        short=shortened,
        shown=shown,
    )
