"""The pages and files of one meeting, from its public documents."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from lxml import html
from markupsafe import Markup

from minutes.build import pipeline
from minutes.documents.word import ooxml
from minutes.meetings import redact
from minutes.meetings.proceedings import Proceedings
from minutes.site import article, frame, meeting_data
from minutes.site.article import Article
from minutes.site.frame import Site
from minutes.site.meeting_data import Data

KINDS = {
    mime: form.upper() if form == "pdf" else "Word" for form, mime in meeting_data.MIMES.items()
}


def build(meeting: Proceedings, site: Site, corrections: list[Data]) -> dict[str, bytes]:
    """Give all that is published of a meeting, by the names below the site."""
    shown = redact.public(meeting)
    files = pipeline.build_public(meeting)
    minutes = _article(files, f"{shown.case.id}-minutes-public.html")
    release = _article(files, f"{shown.case.id}-release-public.html")
    assert minutes is not None, "every meeting has minutes"
    it = meeting_data.of(shown, minutes, release, files, corrections)
    place = meeting_data.address(shown.case.id)
    given = {name: data for name, data in files.items() if not name.endswith((".html", ".txt"))}
    given["meeting.json"] = frame.as_json(it)
    given["index.html"] = _minutes_page(it, minutes, site, place)
    if release is not None:
        text = files[f"{shown.case.id}-release-public.txt"]
        given |= _release_pages(it, release, site, place, text, given)
    return {place + name: data for name, data in given.items()}


def _article(files: Mapping[str, bytes], name: str) -> Article | None:
    return article.of(files[name].decode()) if name in files else None


def _minutes_page(it: Data, minutes: Article, site: Site, place: str) -> bytes:
    return frame.page(
        "meeting.html",
        site,
        f"{place}index.html",
        title=it["name"],
        description=f"{it['name']} {meeting_data.day_text(it['date'])}",
        it=it,
        article=minutes,
        markup=Markup(minutes.markup),
        files=it["resultsProtocol"],
        kinds=KINDS,
        data=frame.linked_data(_report(it)),
    )


def _report(it: Data) -> Data:
    """Give the minutes in the words of Schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": it["name"],
        "inLanguage": "th",
        "datePublished": it["modified"],
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": it["organization"]["office"],
        },
        "about": {
            "@type": "Event",
            "name": it["name"],
            "startDate": it["start"] or it["date"],
            "endDate": it["end"] or it["date"],
            "location": {"@type": "Place", "name": it["location"]["description"]},
            "organizer": {"@type": "GovernmentOrganization", "name": it["organization"]["name"]},
        },
        "encoding": [_media(file) for file in it["resultsProtocol"]],
    }


def _media(file: Data) -> Data:
    return {
        "@type": "MediaObject",
        "name": file["name"],
        "contentUrl": file["accessUrl"],
        "contentSize": meeting_data.size_text(file["size"]),
        "encodingFormat": file["mimeType"],
    }


def _release_pages(
    it: Data, release: Article, site: Site, place: str, text: bytes, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Give the release's page, the page to copy it from, and all of it in one ZIP."""
    common: dict[str, Any] = {"it": it, "article": release, "kinds": KINDS}
    headline = it["release"]["name"]
    packed = f"{it['id']}-release-public.zip"
    contents = {"release.txt": text, **{name: files[name] for name in it["release"]["image"]}}
    archive = ooxml.archive(contents)
    pages = {
        "release.html": {"title": headline, "data": frame.linked_data(_news(it))},
        "copy.html": {
            "title": f"คัดลอกข่าว: {headline}",
            "text": text.decode().partition("\n\n")[2].strip(),  # its headline has its own field
            "images": list(_images(release)),
            "zip": packed,
            "zip_size": len(archive),
        },
    }
    made = {
        name: frame.page(
            name,
            site,
            place + name,
            description=headline,
            markup=Markup(release.markup),
            **{**common, **values},
        )
        for name, values in pages.items()
    }
    return {**made, packed: archive}


def _news(it: Data) -> Data:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": it["release"]["name"],
        "inLanguage": "th",
        "datePublished": it["date"],
        "image": it["release"]["image"],
        "publisher": {"@type": "GovernmentOrganization", "name": it["organization"]["office"]},
    }


def _images(release: Article) -> Iterator[tuple[str, str]]:
    """Go through the pictures that a release shows: the file, and what it shows."""
    for picture in html.fragment_fromstring(release.markup, create_parent=True).iter("img"):
        yield str(PurePosixPath(picture.get("src", ""))), picture.get("alt", "")
