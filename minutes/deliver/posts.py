"""A meeting's public copy as a post: the release with its photographs, and the minutes to fetch."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, time
from itertools import chain

from lxml import html
from markupsafe import Markup

from minutes.build import pipeline, runs, staleness
from minutes.build.staleness import Disk
from minutes.deliver.wordpress import Post
from minutes.documents import pages
from minutes.documents.pages import Kind
from minutes.documents.proof.leaks import Watch
from minutes.meetings import redact, release_text, secrecy
from minutes.meetings.folders import in_file_order
from minutes.meetings.proceedings import Proceedings
from minutes.problems.errors import Problem
from minutes.site import generator
from minutes.thai.dates import THAILAND

HOUR = time(9)
MINUTES: tuple[Kind, ...] = ("minutes",)
RELEASE: tuple[Kind, ...] = ("release",)
LINKS = {"pdf": "รายงานการประชุม (PDF, {size})", "docx": "รายงานการประชุม (Word, {size})"}


def keys(meetings: Iterable[Proceedings]) -> dict[str, str]:
    """Give one digest, by its slug, for all that each post is made of."""
    every, _ = secrecy.of_all(list(meetings))
    return _keys(every)


def _keys(every: Iterable[Proceedings]) -> dict[str, str]:
    disk = Disk(runs.glimpse, {})
    shown = [one for one in every if redact.may_be_published(one.case)]
    return {one.case.id: staleness.key(generator.made_of(one, disk)) for one in shown}


def of(
    meetings: Iterable[Proceedings], standing: Collection[str] = ()
) -> tuple[list[Post], list[Problem]]:
    """Give a post for each meeting that may be published, and what must not be in one.

    Those that stand already, as they would be made, are not made, and none that quote what is
    withheld (D112, D186). Where there is another problem, none may be sent.
    """
    every, secrets = secrecy.of_all(list(meetings))
    known = _keys(every)
    finished = [one for one in every if one.case.id in known]
    told = {one.case.id: secrecy.problems(one.case, secrets, one.unsaid) for one in finished}
    held_back = {id_ for id_, problems in told.items() if problems}
    due = [one for one in finished if one.case.id not in {*standing, *held_back}]
    posts = [replace(post(one), key=known[one.case.id]) for one in due]
    posts.sort(key=lambda one: (one.date, one.slug))
    found = Watch.over(every, held_back=held_back).findings(_files(posts)) if posts else []
    return posts, in_file_order([*found, *chain(*told.values())])


def stops_all(found: Problem) -> bool:
    """Whether a problem keeps all posts from being sent, and not its meeting's alone."""
    return found.code not in secrecy.CODES


def _files(posts: Iterable[Post]) -> dict[str, bytes]:
    """Give all that is sent as files that can be read back."""
    files: dict[str, bytes] = {}
    for one in posts:
        files[f"{one.slug}.html"] = f"<h1>{Markup.escape(one.title)}</h1>{one.html}".encode()
        files |= {f"{one.slug}/{name}": data for name, data in one.files.items()}
    return files


def post(meeting: Proceedings) -> Post:
    """Give the post of one meeting; raises ValueError where it may not be published."""
    shown = redact.public(meeting)
    files = pipeline.build_public(meeting, MINUTES, ("pdf", "docx"))
    title, told = release_text.headline(shown), ""
    if pipeline.wanted(shown, RELEASE):
        page = pages.render("release", shown)
        title, told = _release(page.html)
        files |= page.files
    links = "".join(map(_link, files, files.values()))
    release = shown.meeting.release
    day = datetime.combine(release.date or shown.meeting.date, HOUR, THAILAND)
    return Post(shown.case.id, title, f"{told}{links}", day, files)


def _release(page: str) -> tuple[str, str]:
    """Give the release's headline, and all that stands below it."""
    document = html.document_fromstring(page)
    (header,), (main,) = document.iter("header"), document.iter("main")
    headline = next(header.iter("p")).xpath("string()")
    title = " ".join(str(headline).split()).removeprefix("เรื่อง").strip()
    return title, "".join(html.tostring(each, encoding="unicode") for each in main)


def _link(name: str, data: bytes) -> str:
    """Give the paragraph that leads to a document; a picture stands in the text already."""
    words = LINKS.get(name.rpartition(".")[2])
    if words is None:
        return ""
    size = f"{len(data) / 1024:,.0f} KB"
    return Markup('<p><a href="{}">{}</a></p>').format(name, words.format(size=size))
