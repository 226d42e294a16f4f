"""Posts brought to a real WordPress: Debian's, with MariaDB and PHP's own server."""

import hashlib
import json
import re
import signal
import struct
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minutes.deliver import posts, wordpress
from minutes.deliver.wordpress import Deed, Journal, Post, Site
from minutes.meetings import loading
from minutes.meetings.proceedings import work_out
from minutes.paths import ROOT
from minutes.problems.errors import Fault
from tests.support import servers
from tests.support.servers import WordPress

pytestmark = pytest.mark.servers


def png(shade: int) -> bytes:
    """Make a small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", 600, 400, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * 600) * 400
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def post(slug: str = "water-2568-03", shade: int = 9) -> Post:
    markup = (
        '<p>นายอำเภอเป็นประธาน</p><figure><img src="pictures/1.png" alt="ที่ประชุม" width="600" '
        'height="400"><figcaption>ที่ประชุม</figcaption></figure><script>alert(1)</script>'
        '<p><a href="รายงาน.pdf">รายงานการประชุม (PDF)</a></p>'
    )
    files = {"pictures/1.png": png(shade), "รายงาน.pdf": b"%PDF-1.7 " + slug.encode() + b"\n%%EOF"}
    title = f"อำเภอตัวอย่างเตรียมพร้อมรับฤดูแล้ง “น้ำ” & ไฟ {slug}"
    return Post(slug, title, markup, datetime(2025, 3, 28, 2, tzinfo=UTC), files)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with servers.wordpress(tmp_path_factory.mktemp("wordpress")) as site:
        yield site


@pytest.fixture
def site(installed: WordPress) -> Iterator[WordPress]:
    """Give an answering site without posts, drafts or media."""
    installed.php(
        "foreach (get_posts(['post_type' => ['post', 'attachment', 'page'], 'numberposts' => -1,"
        " 'post_status' => 'any']) as $p) wp_delete_post($p->ID, true);"
    )
    with servers.web(installed):
        yield installed


def bring(
    site: WordPress, tmp_path: Path, *posts: Post, password: str = "", **options: Any
) -> list[Deed]:
    client = Site(site.address, site.user, password or site.password, sleep=lambda _: None)
    journal = Journal.read(tmp_path / "journal.json", site.address)
    try:
        return list(wordpress.publish(posts, client, journal, lambda *_: None, **options))
    finally:
        client.close()


def shown(site: WordPress, kind: str = "posts") -> list[dict[str, Any]]:
    """Give what everybody may read."""
    with urllib.request.urlopen(f"{site.address}/?rest_route=/wp/v2/{kind}&per_page=100") as answer:
        found: list[dict[str, Any]] = json.load(answer)
        return found


def test_a_release_arrives_once_with_its_photograph_and_its_minutes(
    site: WordPress, tmp_path: Path
) -> None:
    ours = post()
    assert bring(site, tmp_path, ours) == [Deed(ours.slug, "created")]
    assert bring(site, tmp_path, ours) == [Deed(ours.slug, "same")]
    (tmp_path / "journal.json").unlink()
    assert bring(site, tmp_path, ours) == [Deed(ours.slug, "updated")]
    (there,) = shown(site)
    text = there["content"]["rendered"]
    assert there["slug"] == ours.slug
    assert there["date"] == "2025-03-28T02:00:00"
    assert "เตรียมพร้อมรับฤดูแล้ง “น้ำ” &amp; ไฟ" in there["title"]["rendered"]
    assert "นายอำเภอเป็นประธาน" in text
    assert "alert" not in text
    media = shown(site, "media")
    assert all(one["source_url"] in text and str(one["source_url"]).isascii() for one in media)
    digests = {hashlib.sha256(fetched(str(one["source_url"]))).digest() for one in media}
    assert digests == {hashlib.sha256(data).digest() for data in ours.files.values()}
    assert len(media) == 2


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        data: bytes = answer.read()
        return data


def test_an_update_changes_the_post_that_is_there(site: WordPress, tmp_path: Path) -> None:
    bring(site, tmp_path, post())
    newer = replace(post(), title="พาดหัวใหม่", files={**post().files, "pictures/1.png": png(99)})
    assert bring(site, tmp_path, newer) == [Deed(newer.slug, "updated")]
    (there,) = shown(site)
    assert there["title"]["rendered"] == "พาดหัวใหม่"
    assert len(shown(site, "media")) == 3
    client = Site(site.address, site.user, site.password, sleep=lambda _: None)
    journal = Journal.read(tmp_path / "journal.json", site.address)
    (unused,) = wordpress.left_behind([newer.slug], client, journal, kind="posts")
    assert wordpress.standing({newer.slug: ""}, client, journal) == {newer.slug}
    client.close()
    assert fetched(unused) == png(9)
    assert unused not in there["content"]["rendered"]


def test_a_draft_is_seen_by_nobody_until_it_is_published(site: WordPress, tmp_path: Path) -> None:
    assert bring(site, tmp_path, post(), drafts=True) == [Deed(post().slug, "created")]
    assert shown(site) == []
    assert bring(site, tmp_path, post(), drafts=True) == [Deed(post().slug, "same")]
    (tmp_path / "journal.json").unlink()
    assert bring(site, tmp_path, post()) == [Deed(post().slug, "updated")]
    newer = replace(post(), title="ยังไม่ให้เห็น")
    assert bring(site, tmp_path, newer, drafts=True) == [Deed(post().slug, "public")]
    (there,) = shown(site)
    assert "ยังไม่ให้เห็น" not in there["title"]["rendered"]


def test_a_dry_run_sends_nothing(site: WordPress, tmp_path: Path) -> None:
    assert bring(site, tmp_path, post(), dry=True) == [Deed(post().slug, "created")]
    assert shown(site) == []
    assert shown(site, "media") == []


def test_a_post_that_was_thrown_away_comes_back_as_one(site: WordPress, tmp_path: Path) -> None:
    bring(site, tmp_path, post())
    site.php("wp_trash_post(get_posts()[0]->ID);")
    assert bring(site, tmp_path, post()) == [Deed(post().slug, "created")]
    assert [one["slug"] for one in shown(site)] == [post().slug]


def test_a_wrong_password_is_told_and_not_repeated(site: WordPress, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="D390") as caught:
        bring(site, tmp_path, post(), password="wrong horse")
    assert "wrong horse" not in repr(caught.value.values)
    assert shown(site) == []


def test_a_site_that_is_gone_midway_is_finished_by_the_next_run(
    installed: WordPress, tmp_path: Path
) -> None:
    ours = [post(f"water-2568-{n:02}", n) for n in range(1, 7)]
    client = Site(installed.address, installed.user, installed.password, sleep=lambda _: None)
    journal = Journal.read(tmp_path / "journal.json", installed.address)
    with servers.web(installed):
        deeds = wordpress.publish(ours, client, journal, lambda *_: None)
        assert [next(deeds).what for _ in range(2)] == ["created"] * 2
    with pytest.raises(Fault, match="D388"):
        next(deeds)
    client.close()
    with servers.web(installed):
        assert [deed.what for deed in bring(installed, tmp_path, *ours)] == ["same"] * 2 + [
            "created"
        ] * 4
        slugs = [str(one["slug"]) for one in shown(installed)]
    assert sorted(slug for slug in slugs if slug.startswith("water")) == [one.slug for one in ours]


SCRIPT = """
import sys
from pathlib import Path
from minutes.deliver import posts; from minutes.meetings import loading as records
from minutes.deliver import wordpress
from tests.deliver.test_wordpress_server import post
address, user, journal = sys.argv[1:]
site = wordpress.Site(address, user, sys.stdin.readline().strip())
known = wordpress.Journal.read(Path(journal), address)
ours = [post(f"water-2568-{n:02}", n) for n in range(1, 7)]
list(wordpress.publish(ours, site, known, lambda *_: None))
"""


def test_a_program_that_is_killed_doubles_nothing(site: WordPress, tmp_path: Path) -> None:
    ours = [post(f"water-2568-{n:02}", n) for n in range(1, 7)]
    for after in (0.6, 0.9, 1.2, 1.5, 1.8, 2.1):
        words = [sys.executable, "-c", SCRIPT, site.address, site.user, f"{tmp_path}/journal.json"]
        process = subprocess.Popen(words, stdin=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(f"{site.password}\n".encode())
        process.stdin.close()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
    bring(site, tmp_path, *ours)
    assert sorted(str(one["slug"]) for one in shown(site)) == [one.slug for one in ours]
    assert len(shown(site, "media")) == 12


def test_an_examples_release_arrives_with_its_photographs_and_documents(
    site: WordPress, tmp_path: Path
) -> None:
    agendas = ROOT / "agendas" / "tuayang" / "product"
    ours, problems = posts.of(map(work_out, loading.find([agendas]).cases))
    assert problems == []
    assert len(ours) >= 1
    assert {deed.what for deed in bring(site, tmp_path, *ours)} == {"created"}
    (there,) = (one for one in shown(site) if one["slug"] == "product-2569-01")
    (one,) = (one for one in ours if one.slug == "product-2569-01")
    assert there["title"]["rendered"] == one.title.replace(" - ", " &#8211; ")
    sources = re.findall(r'(?:src|href)="([^"]+)"', there["content"]["rendered"])
    sent = {hashlib.sha256(data).hexdigest() for data in one.files.values()}
    assert {hashlib.sha256(fetched(address)).hexdigest() for address in sources} == sent
    assert len(sources) == len(sent) == 4
