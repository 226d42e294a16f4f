"""The website's pages, from data: one template a kind of page, all inside one frame."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from minutes.documents import pages
from minutes.model.office import Office
from minutes.paths import TEMPLATES
from minutes.site import meeting_data, titles
from minutes.site.meeting_data import Data
from minutes.thai import digits

FOLDER = TEMPLATES / "site"
ASSETS = (
    "site.css",
    "search.js",
    "vendor/minisearch.js",
    "vendor/minisearch-LICENSE.txt",
    "copy.js",
    "icon.svg",
    "meeting.schema.json",
    "index.schema.json",
)


@dataclass(frozen=True)
class Site:
    """What all pages say of whose site it is; ``root`` is its address, ending in ``/``, if any.

    ``office`` is the one whose site it is; none where several publish together.
    """

    name: str
    office: Office | None
    root: str = ""


def site_of(offices: Mapping[str, Office], root: str) -> Site:
    """Give the site of those who publish on it."""
    only = next(iter(offices.values())) if len(offices) == 1 else None
    name = only.short_name or only.name if only else "รายงานการประชุมและข่าว"
    return Site(name, only, _as_root(root or (only.website if only else "")))


def _as_root(website: str) -> str:
    """Give a website's address as others are made from it."""
    if not website:
        return ""
    whole = website if "://" in website else f"https://{website}"
    return whole.rstrip("/") + "/"


def page(template: str, site: Site, place: str, **values: Any) -> bytes:
    """Give a page that lies at a place below the site, such as ``2569/product-01/index.html``."""
    up = "../" * place.count("/")
    address = site.root + place.removesuffix("index.html") if site.root else ""
    common = {"site": site, "up": up, "home": up or "./", "address": address, "data": ""}
    return str(
        _environment().get_template(f"site/{template}").render({**common, **values})
    ).encode()


def size_of(macro: str, one: Data) -> int:
    """Give how many bytes a meeting takes in a list that a macro of ``lists.html`` makes."""
    module = _environment().get_template("site/lists.html").module
    return len(getattr(module, macro)(one, "../../").encode())


def urn(what: str, site: Site) -> str:
    """Give the name of something of a site that has no address: it stays, and is no other's."""
    whose = site.office.name if site.office else site.name
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{whose}/{what}").urn


def linked_data(value: Data) -> Markup:
    """Give JSON-LD for a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def as_json(value: object) -> bytes:
    """Give data as a file of JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def assets() -> dict[str, bytes]:
    """Give the files that all pages share."""
    return {f"assets/{name}": (FOLDER / name).read_bytes() for name in ASSETS}


@cache
def _environment() -> Environment:
    made = pages.environment(Environment)
    made.filters |= {
        "day": meeting_data.day_text,
        "size": meeting_data.size_text,
        "year": meeting_data.year,
        "address": meeting_data.address,
        "arabic": digits.arabic,
        "urn": urn,
        "set": titles.title,
    }
    return made
