"""What is told of all meetings together: the front page, years, bodies, resolutions, feed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from minutes.site import frame, meeting_data, search
from minutes.site.frame import Site
from minutes.site.meeting_data import Data

LATEST = 12  # meetings on the front page
FED = 30  # meetings in the feed
LARGEST = 150_000  # bytes of what a page lists; its frame comes on top
REGISTER = "register-head.json"
START = "1970-01-01"  # of a feed that tells of nothing yet
Group = tuple[str, list[Data]]  # meetings below a heading


def build(
    meetings: Iterable[Data],
    site: Site,
    upcoming: Sequence[Data],
    head: Data | None = None,
) -> dict[str, bytes]:
    """Give every file that is made of all meetings; the front page is the last of them.

    ``head`` is that of the archive's register, to be kept by whoever wants to check it.
    """
    newest = sorted(meetings, key=lambda one: (one["date"], one["id"]), reverse=True)
    made = {**frame.assets(), **search.files(newest)}
    made |= dict(_groups(newest, site))
    made |= dict(_resolutions(newest, site))
    made["search.html"] = frame.page(
        "search.html", site, "search.html", title="ค้นหา", description="ค้นหาในรายงานการประชุมและข่าว"
    )
    made["feed.xml"] = frame.page(
        "feed.xml",
        site,
        "feed.xml",
        meetings=newest[:FED],
        updated=max((one["modified"] for one in newest), default=START),
    )
    made["index.json"] = frame.as_json({"name": site.name, "meeting": list(map(_listed, newest))})
    if site.root:
        made["sitemap.xml"] = frame.page(
            "sitemap.xml", site, "sitemap.xml", places=_places(made, newest)
        )
    if head is not None:
        made[REGISTER] = frame.as_json(head)
    made["index.html"] = _home(newest, site, upcoming, REGISTER if head else "")
    return made


def _home(newest: Sequence[Data], site: Site, upcoming: Sequence[Data], register: str) -> bytes:
    return frame.page(
        "home.html",
        site,
        "index.html",
        title=site.name,
        heading="รายงานการประชุมและข่าว",
        description=f"รายงานการประชุม มติ และข่าวของ{site.name}" if site.office else site.name,
        latest=newest[:LATEST],
        upcoming=upcoming,
        register=register,
        years=[(year, len(group)) for year, group in by_year(newest).items()],
        bodies=[
            (body, group[0]["organization"]["name"], len(group))
            for body, group in sorted(_by_body(newest).items())
        ],
    )


def by_year(newest: Iterable[Data]) -> dict[str, list[Data]]:
    """Give the meetings by their Buddhist years, the last one first."""
    years: dict[str, list[Data]] = {}
    for one in newest:
        years.setdefault(meeting_data.year(one["id"]), []).append(one)
    return dict(sorted(years.items(), reverse=True))


def _by_body(newest: Iterable[Data]) -> dict[str, list[Data]]:
    bodies: dict[str, list[Data]] = {}
    for one in newest:
        bodies.setdefault(one["organization"]["id"], []).append(one)
    return bodies


class Part(NamedTuple):
    """A page of a list: where it lies, and its meetings, the newest first."""

    place: str
    meetings: list[Data]

    @property
    def days(self) -> str:
        """From which day to which its meetings were held."""
        held = (self.meetings[-1]["date"], self.meetings[0]["date"])
        return " - ".join(meeting_data.day_text(day, short=True) for day in dict.fromkeys(held))


def parts(place: str, newest: Sequence[Data], macro: str) -> list[Part]:
    """Give the pages of a list, the newest first, which has the list's own address.

    They are cut and numbered from the oldest on: what is full holds what it held.
    """
    cut: list[list[Data]] = [[]]
    room = LARGEST
    for one in reversed(newest):
        size = frame.size_of(macro, one)
        if size > room and cut[-1]:
            cut.append([])
            room = LARGEST
        room -= size
        cut[-1].insert(0, one)
    stem = place.removesuffix(".html")
    places = [*(f"{stem}-{number}.html" for number in range(1, len(cut))), place]
    return [Part(*part) for part in zip(places, cut, strict=True)][::-1]


def _told(title: str, part: Part, pages: Sequence[Part], site: Site) -> Data:
    """Give what a page of a list says of itself and of the others."""
    whole = title if part is pages[0] else f"{title} ({part.days})"
    others = [(one.place, one.days, one is part) for one in pages] if len(pages) > 1 else []
    return {"title": whole, "description": f"{whole} {site.name}", "parts": others}


def _groups(newest: Sequence[Data], site: Site) -> Iterator[tuple[str, bytes]]:
    """Go through the pages of years, by bodies, and of bodies, by years."""
    for year, meetings in by_year(newest).items():
        title = f"การประชุมปี พ.ศ. {year}"
        yield from _list(f"{year}/index.html", title, meetings, _named, site)
    for body, meetings in _by_body(newest).items():
        title = meetings[0]["organization"]["name"]
        yield from _list(f"body/{body}/index.html", title, meetings, _dated, site)


def _named(newest: Sequence[Data]) -> list[Group]:
    return [(one[0]["organization"]["name"], one) for one in _by_body(newest).values()]


def _dated(newest: Sequence[Data]) -> list[Group]:
    return [(f"ปี พ.ศ. {year}", meetings) for year, meetings in by_year(newest).items()]


def _list(
    place: str,
    title: str,
    newest: Sequence[Data],
    grouped: Callable[[Sequence[Data]], list[Group]],
    site: Site,
) -> Iterator[tuple[str, bytes]]:
    pages = parts(place, newest, "meeting")
    for part in pages:
        told = _told(title, part, pages, site)
        groups = grouped(part.meetings)
        yield part.place, frame.page("list.html", site, part.place, groups=groups, **told)


def _resolutions(newest: Sequence[Data], site: Site) -> Iterator[tuple[str, bytes]]:
    """Go through the pages of resolutions, by years; the last year's stands at the top too."""
    years = by_year(newest)
    for year in years or [""]:
        resolved = [one for one in years.get(year, []) if _has_resolved(one)]
        title = f"มติที่ประชุมปี พ.ศ. {year}" if year else "มติที่ประชุม"
        pages = parts(f"{year}/resolutions.html", resolved, "resolved")
        top = [("resolutions.html", pages[0])] if year == next(iter(years), "") else []
        for place, part in [*((one.place, one) for one in pages if year), *top]:
            values = _told(title, part, pages, site) | {"years": list(years), "shown": year}
            meetings = part.meetings
            yield place, frame.page("resolutions.html", site, place, meetings=meetings, **values)


def _has_resolved(one: Data) -> bool:
    return any("resolutionText" in item for item in one["agendaItem"])


def withdrawn(place: str, name: str, site: Site) -> bytes:
    """Give the page that says of its place that what was there is no longer public."""
    about = "ถอนจากการเผยแพร่แล้ว"
    return frame.page("withdrawn.html", site, place, title=name, description=about)


def _listed(one: Data) -> Data:
    """Give a meeting as the index of all has it."""
    same = {name: one[name] for name in ("type", "id", "name", "date", "modified", "meetingState")}
    place = meeting_data.address(one["id"])
    own = {"organization": one["organization"]["name"]}
    return {**same, **own, "web": f"{place}index.html", "data": f"{place}meeting.json"}


def _places(made: Iterable[str], newest: Iterable[Data]) -> Iterator[tuple[str, str]]:
    """Go through the pages that search engines may list, with the day when they changed."""
    yield "", ""
    listed = (name for name in made if name.endswith(".html") and name != "search.html")
    yield from ((name.removesuffix("index.html"), "") for name in listed)
    for one in newest:
        yield meeting_data.address(one["id"]), one["modified"]
        if one["release"]:
            yield f"{meeting_data.address(one['id'])}release.html", one["modified"]
