"""What the website tells of a meeting, as plain data: a page of JSON, and all that lists need.

The words are those of OParl 1.1 (Meeting, AgendaItem, File) where it has one. Every value comes
from the public copy, or from the documents that were made of it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.meetings.proceedings import Proceedings
from minutes.site.article import Article, Item
from minutes.thai import dates

Data = dict[str, Any]
OPARL = "https://schema.oparl.org/1.1/"
MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NAMES = {"minutes": "รายงานการประชุม", "release": "ข่าวประชาสัมพันธ์"}


def address(meeting_id: str) -> str:
    """Give where a meeting's pages lie below the site: ``2569/product-01/``."""
    body, year, number = meeting_id.rsplit("-", 2)
    return f"{year}/{body}-{number}/"


def year(meeting_id: str) -> str:
    """Give the Buddhist year that a meeting's file is named by."""
    return meeting_id.rsplit("-", 2)[1]


def of(
    shown: Proceedings,
    minutes: Article,
    release: Article | None,
    files: Mapping[str, bytes],
    corrections: list[Data],
) -> Data:
    """Give a meeting's data from its public copy and what was made of that."""
    case = shown.case
    meeting = case.meeting
    return {
        "type": f"{OPARL}Meeting",
        "id": case.id,
        "web": "index.html",
        "name": f"{minutes.title} {shown.occasion}".strip(),
        "occasion": shown.occasion,
        "organization": {
            "type": f"{OPARL}Organization",
            "id": case.id.rsplit("-", 2)[0],
            "name": case.body.name,
            "office": case.office.name,
        },
        "date": meeting.date.isoformat(),
        "start": _moment(meeting.date, meeting.start),
        "end": _moment(meeting.date, meeting.end),
        "location": {
            "type": f"{OPARL}Location",
            "description": shown.whereabouts.removeprefix("ณ "),
        },
        "meetingState": STATES[meeting.status],
        "certified": pages.certified_at(shown),
        "modified": _modified(shown).isoformat(),
        "agendaItem": [_item(item) for item in minutes.items],
        "corrections": corrections,
        "resultsProtocol": list(_files(case.id, "minutes", files)),
        "release": _release(case.id, release, files) if release else None,
        "text": texts(minutes, release),
    }


STATES = {"certified": "รับรองแล้ว", "final": "ฉบับสมบูรณ์ ยังไม่ได้รับรอง"}


def _moment(day: date, clock: time | None) -> str | None:
    if clock is None:
        return None
    days = timedelta(days=isinstance(clock, dates.AfterMidnight))
    return datetime.combine(day + days, clock, dates.THAILAND).isoformat()


def _modified(shown: Proceedings) -> date:
    """Give the last day on which something was said of the meeting that is published of it."""
    following = shown.case.following
    known = [shown.meeting.date, shown.meeting.release.date]
    if shown.meeting.status == "certified" and following is not None:
        known.append(following.date)
    return max(day for day in known if day is not None)


def _item(item: Item) -> Data:
    numbers = {"number": item.number, "label": item.label}
    shown = {"type": f"{OPARL}AgendaItem", **numbers, "name": item.title}
    if item.resolution:
        shown["resolutionText"] = item.resolution
    return {**shown, "web": f"index.html#{item.resolution_anchor or item.anchor}"}


def _files(meeting_id: str, kind: str, files: Mapping[str, bytes]) -> Iterator[Data]:
    for form, mime in MIMES.items():
        name = f"{meeting_id}-{kind}-public.{form}"
        data = files[name]
        counted = {"pages": html_to_pdf.page_count(data)} if form == "pdf" else {}
        yield {
            "type": f"{OPARL}File",
            "name": NAMES[kind],
            "fileName": name,
            "mimeType": mime,
            "size": len(data),
            "accessUrl": name,
            **counted,
        }


def _release(meeting_id: str, release: Article, files: Mapping[str, bytes]) -> Data:
    return {
        "name": headline(release),
        "web": "release.html",
        "copy": "copy.html",
        "file": list(_files(meeting_id, "release", files)),
        "image": list(release.pictures),
    }


def headline(release: Article) -> str:
    """Give a release's headline."""
    return next(iter(release.subtitles), release.title).removeprefix("เรื่อง ")


def texts(minutes: Article, release: Article | None) -> list[tuple[str, str, str]]:
    """Give all that is searched: each passage's anchor, heading and text; titles come last."""
    found: list[tuple[str, str, str]] = [*minutes.passages, ("content", "", _head(minutes))]
    if release is not None:
        text = " ".join([_head(release), *(passage.text for passage in release.passages)])
        found.append(("release.html", NAMES["release"], text))
    return found


def _head(document: Article) -> str:
    return " ".join([document.title, *document.subtitles])


def size_text(size: int) -> str:
    """Give a file's size as a reader knows it: ``42 KB``."""
    return f"{max(1, round(size / 1024)):,} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def corrections_by(following: Proceedings) -> list[Data]:
    """Give what a published meeting changed in the minutes of the one before it."""
    return [
        {"page": change.page, "line": change.line, "from": change.old, "to": change.new}
        | {"by": following.occasion, "date": following.meeting.date.isoformat()}
        | {"web": f"../../{address(following.case.id)}index.html#agenda-{part.number}"}
        for part in following.parts
        for change in part.corrections
    ]


def day_text(iso: str, *, short: bool = False) -> str:
    """Give a day of the data as Thai readers know it."""
    return dates.date_text(date.fromisoformat(iso), short=short)
