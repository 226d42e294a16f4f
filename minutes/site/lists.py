"""What is told of all meetings together: the front page, years, bodies, resolutions, feed."""

from collections.abc import Iterable, Iterator, Sequence

from minutes.site import record, search, web
from minutes.site.record import Data
from minutes.site.web import Site

LATEST = 12  # meetings on the front page
FED = 30  # meetings in the feed
REGISTER = "register-head.json"
START = "1970-01-01"  # of a feed that tells of nothing yet


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
    made = {**web.assets(), **search.files(newest)}
    made |= dict(_groups(newest, site))
    made |= dict(_resolutions(newest, site))
    made["search.html"] = web.page(
        "search.html", site, "search.html", title="ค้นหา", description="ค้นหาในรายงานการประชุมและข่าว"
    )
    made["feed.xml"] = web.page(
        "feed.xml",
        site,
        "feed.xml",
        meetings=newest[:FED],
        updated=max((one["modified"] for one in newest), default=START),
    )
    made["index.json"] = web.as_json({"name": site.name, "meeting": list(map(_listed, newest))})
    if site.root:
        made["sitemap.xml"] = web.page(
            "sitemap.xml", site, "sitemap.xml", places=_places(made, newest)
        )
    if head is not None:
        made[REGISTER] = web.as_json(head)
    made["index.html"] = _home(newest, site, upcoming, REGISTER if head else "")
    return made


def _home(newest: Sequence[Data], site: Site, upcoming: Sequence[Data], register: str) -> bytes:
    return web.page(
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
        years.setdefault(record.year(one["id"]), []).append(one)
    return dict(sorted(years.items(), reverse=True))


def _by_body(newest: Iterable[Data]) -> dict[str, list[Data]]:
    bodies: dict[str, list[Data]] = {}
    for one in newest:
        bodies.setdefault(one["organization"]["id"], []).append(one)
    return bodies


def _groups(newest: Sequence[Data], site: Site) -> Iterator[tuple[str, bytes]]:
    """Go through the pages of years, by bodies, and of bodies, by years."""
    for year, meetings in by_year(newest).items():
        named = [(g[0]["organization"]["name"], g) for g in _by_body(meetings).values()]
        title = f"การประชุมปี พ.ศ. {year}"
        yield _list(f"{year}/index.html", title, named, site)
    for body, meetings in _by_body(newest).items():
        dated = [(f"ปี พ.ศ. {year}", group) for year, group in by_year(meetings).items()]
        yield _list(f"body/{body}/index.html", meetings[0]["organization"]["name"], dated, site)


def _list(
    place: str, title: str, groups: Sequence[tuple[str, list[Data]]], site: Site
) -> tuple[str, bytes]:
    description = f"{title} {site.name}"
    return place, web.page(
        "list.html", site, place, title=title, description=description, groups=groups
    )


def _resolutions(newest: Sequence[Data], site: Site) -> Iterator[tuple[str, bytes]]:
    """Go through the pages of resolutions, one a year; the last year's stands at the top too."""
    years = by_year(newest)
    top = next(iter(years), "")
    for place, year in [("resolutions.html", top), *((f"{y}/resolutions.html", y) for y in years)]:
        meetings = years.get(year, [])
        resolved = [
            one for one in meetings if any("resolutionText" in i for i in one["agendaItem"])
        ]
        title = f"มติที่ประชุมปี พ.ศ. {year}" if year else "มติที่ประชุม"
        values = {"title": title, "description": f"{title} {site.name}", "meetings": resolved}
        page = web.page("resolutions.html", site, place, years=list(years), shown=year, **values)
        yield place, page


def withdrawn(place: str, name: str, site: Site) -> bytes:
    """Give the page that says of its place that what was there is no longer public."""
    about = "ถอนจากการเผยแพร่แล้ว"
    return web.page("withdrawn.html", site, place, title=name, description=about)


def _listed(one: Data) -> Data:
    """Give a meeting as the index of all has it."""
    same = {name: one[name] for name in ("type", "id", "name", "date", "modified", "meetingState")}
    place = record.address(one["id"])
    own = {"organization": one["organization"]["name"]}
    return {**same, **own, "web": f"{place}index.html", "data": f"{place}meeting.json"}


def _places(made: Iterable[str], newest: Iterable[Data]) -> Iterator[tuple[str, str]]:
    """Go through the pages that search engines may list, with the day when they changed."""
    yield "", ""
    yield from ((name, "") for name in made if name.endswith("s.html") or "/index.html" in name)
    for one in newest:
        yield record.address(one["id"]), one["modified"]
        if one["release"]:
            yield f"{record.address(one['id'])}release.html", one["modified"]
