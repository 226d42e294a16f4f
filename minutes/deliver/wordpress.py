"""Posts brought to WordPress through its REST API; none is doubled, and nothing is deleted.

WordPress knows no repeated request: what is sent twice is there twice. So whatever creates
something looks for it first, by a name that holds its content, and again after every failure.
A journal beside remembers what is there and what it was made of, so that an unchanged post is
neither built nor asked for by itself.
"""

import hashlib
import json
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple, TypeVar
from urllib.parse import urlsplit

import httpx
from lxml import html

from minutes import store
from minutes.problems.errors import Fault

T = TypeVar("T")
Kind = Literal["posts", "pages"]
Watch = Callable[[int, int, str], object]
"""Is told how many posts are done, of how many, and the name of one."""

DELAYS = (1.0, 2.0, 4.0, 8.0)  # seconds before each further attempt
LONGEST_WAIT = 60.0  # seconds, whatever the server asks for
TIMEOUT = 60.0  # seconds for a connection and for each part of an answer
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
AT_ONCE = 100  # of one list, which is all that WordPress gives
TOO_LARGE = frozenset({"rest_upload_file_too_big", "rest_upload_no_data"})
MEDIA = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True)
class Post:
    """What a visitor shall read; ``html`` names the files that go with it.

    ``key`` stands for all that it was made of.
    """

    slug: str
    title: str
    html: str
    date: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)
    key: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that it consists of."""
        files = {name: _digest(data) for name, data in self.files.items()}
        parts = [self.slug, self.title, self.html, self.date.isoformat(), files]
        return _digest(json.dumps(parts, sort_keys=True).encode())


class Deed(NamedTuple):
    """What became of a post; one that is ``public`` already is not changed by a draft."""

    slug: str
    what: Literal["created", "updated", "same", "public"]


class _Again(Exception):
    """A request that may go well another time; ``fault`` is told if it never does."""

    def __init__(self, fault: Fault, wait: float = 0.0) -> None:
        super().__init__(str(fault))
        self.fault, self.wait = fault, wait


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- the journal ------------------------------------------------------------------------------


@dataclass
class Journal:
    """What is known to be on a site: posts by slug, media by SHA-256; kept in a file.

    Of each post also what it was made of, and the digests of its files.
    """

    path: Path
    site: str
    posts: dict[str, tuple[int, str]] = field(default_factory=dict)
    media: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, site: str) -> "Journal":
        """Read it; a journal that is not there, broken, or another site's is empty."""
        journal = cls(path, site)
        try:
            known = json.loads(path.read_bytes())[site]
            for kept, name in ((journal.posts, "posts"), (journal.media, "media")):
                kept.update({str(k): (int(id_), str(v)) for k, (id_, v) in known[name].items()})
            journal.keys |= known.get("keys", {})
            journal.files |= known.get("files", {})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path, site)
        return journal

    def write(self) -> None:
        """Keep it, at once and whole; raises OSError."""
        names = ("posts", "media", "keys", "files")
        text = json.dumps({self.site: {name: getattr(self, name) for name in names}}, indent=1)
        if self.path.exists():
            store.replace_whole(self.path, text.encode())
        else:
            store.create(self.path, text.encode())

    def unused(self) -> dict[int, str]:
        """Give the media that no post has any more, by their ids, each with its address.

        None, as long as it is not known of every post which it has.
        """
        if self.posts.keys() - self.files.keys():
            return {}
        used = {digest for digests in self.files.values() for digest in digests}
        return dict(known for digest, known in self.media.items() if digest not in used)


# --- one request ------------------------------------------------------------------------------


class Site:
    """A WordPress site as one user sees it; the password is in no text that it gives."""

    def __init__(
        self,
        address: str,
        user: str,
        password: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = TIMEOUT,
    ) -> None:
        self.address, self.user, self._sleep = address, user, sleep
        self._client = httpx.Client(auth=httpx.BasicAuth(user, password), timeout=timeout)
        self._root, self._is_in = "", False

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def enter(self) -> None:
        """Find the API and see that the user is let in; raises Fault (D388, D390 to D395).

        Once is enough.
        """
        if self._is_in:
            return
        roots = (f"{self.address}/wp-json", f"{self.address}/?rest_route=")
        for root in roots:
            self._root = root
            found = self.insist(lambda: self.get("/", {}, missing=True))
            if isinstance(found, dict) and "wp/v2" in found.get("namespaces", ()):
                self.insist(lambda: self.get("/wp/v2/users/me", {"context": "edit"}))
                self._is_in = True
                return
        raise Fault("D391", site=self.address)

    def insist(self, attempt: Callable[[], T]) -> T:
        """Try until it goes well, with growing waits; raises the Fault of the last attempt."""
        for delay in DELAYS:
            try:
                return attempt()
            except _Again as again:
                self._sleep(max(delay, min(again.wait, LONGEST_WAIT)))
        try:
            return attempt()
        except _Again as again:
            raise again.fault from None

    def listed(
        self, route: str, ids: Sequence[int], query: Mapping[str, str]
    ) -> Iterator[dict[str, Any]]:
        """Go through what is there of some ids; raises Fault."""
        for start in range(0, len(ids), AT_ONCE):
            some = ",".join(map(str, ids[start : start + AT_ONCE]))
            asked = {**query, "include": some, "per_page": str(AT_ONCE)}
            yield from self.insist(partial(self.get, route, query=asked))

    def get(self, route: str, query: Mapping[str, str], *, missing: bool = False) -> Any:
        """Ask once; with ``missing`` an answer that is none of the API's comes back as None."""
        return self._once("GET", route, route, missing=missing, params=query)

    def post(self, route: str, what: str, **request: Any) -> Any:
        """Send once; ``what`` is named when it is refused."""
        return self._once("POST", route, what, **request)

    def _once(
        self, method: str, route: str, what: str, *, missing: bool = False, **request: Any
    ) -> Any:
        url, params = f"{self._root}{route}", request.pop("params", {})
        if "?" in self._root:
            url, params = f"{self.address}/", {"rest_route": route, **params}
        try:
            response = self._client.request(method, url, params=params, **request)
        except httpx.TransportError as error:
            raise self._broken(error) from None
        return self._answer(response, what, missing=missing)

    def _broken(self, error: httpx.TransportError) -> Exception:
        """Tell a connection that may work another time from a certificate that will not."""
        host, cause = urlsplit(self.address).hostname, error.__context__
        while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
            cause = cause.__context__
        if cause is not None:
            return Fault("D394", host=host, detail=cause.verify_message)
        return _Again(Fault("D388", host=host, detail=str(error) or type(error).__name__))

    def _answer(self, response: httpx.Response, what: str, *, missing: bool) -> Any:
        status, told = response.status_code, _json(response)
        if response.is_success and told is not None:
            return told
        if response.is_redirect and (fault := self._moved(response)):
            raise fault
        if status in TRANSIENT:
            fault = Fault("D393", site=self.address, name=what, detail=_detail(response, told))
            raise _Again(fault, _seconds(response.headers.get("Retry-After", "")))
        if status == 401 or (status == 403 and isinstance(told, dict)):
            raise Fault("D390", site=self.address, user=self.user)
        if missing and (told is None or status == 404):
            return None
        code = told.get("code") if isinstance(told, dict) else ""
        if status == 413 or code in TOO_LARGE:
            size = f"{len(response.request.content) / 1e6:.1f} MB"
            raise Fault("D392", site=self.address, name=what, size=size)
        raise Fault("D393", site=self.address, name=what, detail=_detail(response, told))

    def _moved(self, response: httpx.Response) -> Fault | None:
        """Give the fault of a site that has another address now."""
        new = urlsplit(response.headers.get("Location", ""))
        if new.netloc in ("", urlsplit(self.address).netloc) and new.scheme in ("", "http"):
            return None
        path = new.path.partition("/wp-json")[0].rstrip("/")
        return Fault("D395", site=self.address, new=f"{new.scheme}://{new.hostname}{path}")


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _detail(response: httpx.Response, told: Any) -> str:
    """Give what the site says of a refusal, without markup."""
    message = str(told.get("message", "")) if isinstance(told, dict) else ""
    plain = re.sub(r"<[^>]*>", "", message)
    return f"{response.status_code} {plain or response.reason_phrase}".strip()


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() else 0.0


# --- all posts --------------------------------------------------------------------------------

LISTED = "publish,future,draft,pending,private"


def standing(
    keys: Mapping[str, str],
    site: Site,
    journal: Journal,
    *,
    kind: Kind = "posts",
    drafts: bool = False,
) -> set[str]:
    """Give the posts, by slug, that are there and made of what ``keys`` stand for; raises Fault."""
    site.enter()
    delivery = _Delivery(site, journal, kind, drafts, dry=True)
    known = [slug for slug in keys if journal.keys.get(slug) in delivery.ways(keys[slug])]
    delivery.look_around(known)
    return {slug for slug in known if journal.posts[slug][0] in delivery.there}


def left_behind(keys: Iterable[str], site: Site, journal: Journal, *, kind: Kind) -> list[str]:
    """Give the addresses of what is there and shall be no more; nothing here deletes it.

    These are posts that ``keys`` does not name, and media that no post has. Raises Fault.
    """
    site.enter()
    slugs = [slug for slug in journal.posts if slug not in set(keys)]
    delivery = _Delivery(site, journal, kind, drafts=False, dry=True)
    delivery.look_around(slugs)
    query = "page_id" if kind == "pages" else "p"
    posts = [f"{site.address}/?{query}={id_}" for id_ in sorted(delivery.there)]
    unused = journal.unused()
    there = site.listed("/wp/v2/media", sorted(unused), {"_fields": "id"})
    return [*posts, *(unused[each["id"]] for each in there)]


def publish(
    posts: Sequence[Post],
    site: Site,
    journal: Journal,
    watch: Watch,
    *,
    kind: Kind = "posts",
    drafts: bool = False,
    dry: bool = False,
) -> Iterator[Deed]:
    """Make each post be on the site once, as it is now; gives what becomes of each, in order.

    With ``drafts`` new ones are not shown yet, and those that are shown stay as they are. With
    ``dry`` nothing is sent. Raises Fault; what is done by then is remembered.
    """
    site.enter()
    delivery = _Delivery(site, journal, kind, drafts, dry)
    delivery.look_around([post.slug for post in posts])
    for done, post in enumerate(posts, 1):
        yield Deed(post.slug, delivery.bring(post))
        watch(done, len(posts), post.slug)


@dataclass
class _Delivery:
    site: Site
    journal: Journal
    kind: Kind
    drafts: bool
    dry: bool
    there: dict[int, str] = field(default_factory=dict)  # status of the posts that are known

    @property
    def route(self) -> str:
        return f"/wp/v2/{self.kind}"

    def ways(self, made: str) -> tuple[str, str]:
        """Give what the journal may have of a post: it is as wanted, or shown already."""
        return f"{made} {'draft' if self.drafts else 'publish'}", f"{made} publish"

    def look_around(self, slugs: Iterable[str]) -> None:
        """See which of the posts that the journal tells of are still there."""
        known = [self.journal.posts[slug][0] for slug in slugs if slug in self.journal.posts]
        query = {"status": LISTED, "_fields": "id,status"}
        for found in self.site.listed(self.route, known, query):
            self.there[found["id"]] = found["status"]

    def bring(self, post: Post) -> Literal["created", "updated", "same", "public"]:
        """Make one post be there; gives what became of it."""
        id_, kept = self.journal.posts.get(post.slug, (0, ""))
        if self.there.get(id_) and kept in self.ways(post.digest):
            if not self.dry:
                self._remember(post, id_, kept)
            return "same"
        id_ = id_ if id_ in self.there else self.site.insist(lambda: self._found(post.slug))
        if self.drafts and self.there.get(id_) in ("publish", "future", "private"):
            return "public"
        if not self.dry:
            self._send(post, id_)
        return "updated" if id_ else "created"

    def _found(self, slug: str) -> int:
        """Look for a post by its slug; gives 0 where there is none."""
        found = self.site.get(self.route, {"slug": slug, "status": LISTED, "_fields": "id,status"})
        self.there |= {each["id"]: each["status"] for each in found}
        return min((each["id"] for each in found), default=0)

    def _remember(self, post: Post, id_: int, kept: str) -> None:
        """Note in the journal what a post is, of what it was made, and which files it has."""
        self.journal.posts[post.slug] = id_, kept
        self.journal.keys[post.slug] = f"{post.key} {kept.rpartition(' ')[2]}"
        self.journal.files[post.slug] = sorted(map(_digest, post.files.values()))
        self.journal.write()

    def _send(self, post: Post, id_: int) -> None:
        addresses = self._media(post)
        words = {
            "slug": post.slug,
            "title": escape(post.title, quote=False),
            "content": content(post.html, addresses),
            "date_gmt": post.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "status": "draft" if self.drafts else "publish",
        }

        def send() -> int:
            known = id_ or self._found(post.slug)  # an attempt that seemed to fail may have made it
            route = f"{self.route}/{known}" if known else self.route
            return int(self.site.post(route, post.slug, json=words)["id"])

        self._remember(post, self.site.insist(send), self.ways(post.digest)[0])

    def _media(self, post: Post) -> dict[str, str]:
        """Bring a post's files; gives their addresses by the names that its HTML has for them."""
        digests = {name: _digest(data) for name, data in post.files.items()}
        known = {self.journal.media[d][0] for d in digests.values() if d in self.journal.media}
        listed = self.site.listed("/wp/v2/media", sorted(known), {"_fields": "id"})
        there = {each["id"] for each in listed}
        for name, digest in digests.items():
            if self.journal.media.get(digest, (0, ""))[0] not in there:
                self.journal.media[digest] = self._file(name, digest, post.files[name])
                self.journal.write()
        return {name: self.journal.media[digest][1] for name, digest in digests.items()}

    def _file(self, name: str, digest: str, data: bytes) -> tuple[int, str]:
        """Bring one file, unless it is there already; gives its id and its address."""
        given = media_name(name, digest)
        slug, end = given.rsplit(".", 1)
        headers = {
            "Content-Disposition": f'attachment; filename="{given}"',
            "Content-Type": MEDIA[f".{end}"],
        }

        def send() -> tuple[int, str]:
            found = self.site.get("/wp/v2/media", {"slug": slug, "_fields": "id,source_url"})
            made = found or [self.site.post("/wp/v2/media", name, content=data, headers=headers)]
            return int(made[0]["id"]), str(made[0]["source_url"])

        return self.site.insist(send)


def media_name(name: str, digest: str) -> str:
    """Give the file name that WordPress gets: ASCII, and another one for other content."""
    path = PurePosixPath(name)
    stem = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "file"
    return f"{stem}-{digest[:12]}{path.suffix.lower()}"


# --- what the page says -----------------------------------------------------------------------

PLAIN = (
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "br", "strong", "em", "sup"),
    *("figure", "figcaption", "table", "caption", "thead", "tbody", "tr"),
)
KEPT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PLAIN, ()),
    "th": ("colspan", "rowspan", "scope"),
    "td": ("colspan", "rowspan"),
    "ul": ("style",),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
}
DROPPED = frozenset({"script", "style", "iframe", "object", "form", "template", "noscript"})


def content(markup: str, addresses: Mapping[str, str]) -> str:
    """Give a post's HTML as WordPress keeps it: plain elements only, files by their addresses."""
    body = html.fragment_fromstring(markup, create_parent="div")
    for element in list(body.iter()):
        _clean(element, addresses)
    inside = html.tostring(body, encoding="unicode")[len("<div>") : -len("</div>")]
    # in a block of its own WordPress adds no paragraphs; one line, for it keeps line ends
    return f"<!-- wp:html -->{' '.join(inside.split())}<!-- /wp:html -->"


def _clean(element: html.HtmlElement, addresses: Mapping[str, str]) -> None:
    if element.getparent() is None:
        return
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        element.drop_tree()
    elif element.tag not in KEPT:
        element.drop_tag()
    else:
        if element.get("class") == "list":  # its marks are typed
            element.set("style", "list-style-type:none")
        for name, value in dict(element.attrib).items():
            if name not in KEPT[element.tag]:
                del element.attrib[name]
            elif name in ("href", "src"):
                _address(element, name, addresses.get(value, value))


def _address(element: html.HtmlElement, name: str, value: str) -> None:
    """Set a link; one that leads nowhere on the web is none."""
    if value.startswith(("https://", "http://", "mailto:", "tel:")):
        element.set(name, value)
    else:
        del element.attrib[name]
