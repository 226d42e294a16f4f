"""The website of many meetings: the texts of its search whole and small, its lists in parts."""

import json
import re
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html

from minutes.site import lists, meeting_data, search
from minutes.site.frame import Site
from tests.support import site_data

SITE = Site("อำเภอตัวอย่าง", None)
MEETING = re.compile(r"/(water|board)-\d{4}/")


@pytest.mark.parametrize(
    ("written", "kept", "compared"),
    [
        ("น้\u0e4d\u0e32  ดื่ม", "น้ำ ดื่ม", "น้ำ ดื่ม"),
        ("น\u0e4d้า", "น้ำ", "น้ำ"),
        ("เเผน\u200bงาน", "แผนงาน", "แผนงาน"),
        ("หมู่ที่ ๓", "หมู่ที่ ๓", "หมู่ที่ 3"),
        ("ＯＴＯＰ PM2.5", "OTOP PM2.5", "otop pm2.5"),
        ("ก\u00a0ข\nค", "ก ข ค", "ก ข ค"),
    ],
)
def test_a_text_is_kept_and_compared_in_one_form(written: str, kept: str, compared: str) -> None:
    assert search.shown(written) == kept
    assert search.folded(written) == compared
    assert len(search.folded(written)) == len(search.shown(written))


def test_the_index_holds_every_text_of_every_meeting() -> None:
    meetings = site_data.meetings(40)
    files = search.files(meetings)
    rows = {r[0]: r for data in files.values() for r in json.loads(search.unpacked(data))}
    assert len(rows) == 40
    for one in meetings:
        texts = [[anchor, search.shown(h), search.shown(t)] for anchor, h, t in one["text"]]
        assert rows[meeting_data.address(one["id"])][3] == texts


def test_years_come_newest_first_and_a_long_one_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LARGEST", 4000)
    files = search.files(site_data.meetings(60))
    listed = json.loads(re.fullmatch(rb"shards\((.*)\);\n", files["search/shards.js"])[1])  # type: ignore[index]  # it matches
    years = [year for _, _, year in listed]
    assert years == sorted(years, reverse=True)
    assert len(set(years)) == 10
    assert len(years) > 10
    for name, size, year in listed:
        match = search.SCRIPT.match(files[f"search/{name}.js"])
        assert match is not None
        assert len(match[2]) == size
        assert name.startswith(year)


def test_one_meeting_that_is_longer_than_a_file_has_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "LARGEST", 1)
    assert len(search.files(site_data.meetings(3))) == 4


@pytest.fixture(scope="module")
def thousand() -> dict[str, bytes]:
    return lists.build(site_data.meetings(1000, 16), SITE, [])


def test_of_a_thousand_meetings_the_front_page_is_small(thousand: dict[str, bytes]) -> None:
    assert len(thousand["index.html"]) < 200_000
    assert max(len(data) for name, data in thousand.items() if name.endswith(".js")) < 300_000


def test_of_a_thousand_meetings_the_first_search_is_small(thousand: dict[str, bytes]) -> None:
    """The script fetches what its budget allows; its page, style and list come on top."""
    budget = int(re.search(rb"BUDGET = (\d+)", thousand["assets/search.js"])[1])  # type: ignore[index]  # it is there
    scripts = ("assets/vendor/minisearch.js", "assets/search.js", "search/shards.js")
    always = ("search.html", "assets/site.css", *scripts)
    assert budget + sum(len(thousand[name]) for name in always) < 1_000_000
    largest = max(len(data) for name, data in thousand.items() if name.startswith("search/"))
    assert largest < budget


def test_the_same_meetings_give_the_same_bytes(thousand: dict[str, bytes]) -> None:
    assert lists.build(site_data.meetings(1000, 16), SITE, []) == thousand


# --- lists in parts ---------------------------------------------------------------------------


def test_of_a_thousand_meetings_no_list_is_larger_than_a_telephone_likes(
    thousand: dict[str, bytes],
) -> None:
    sizes = {name: len(data) for name, data in thousand.items() if name.endswith(".html")}
    assert max(sizes.values()) < 200_000, max(sizes, key=sizes.__getitem__)
    assert {"resolutions.html", "2560/resolutions.html", "body/water/index.html"} <= set(sizes)
    assert {"2560/resolutions-1.html", "body/water/index-1.html"} <= set(sizes)


def links(data: bytes) -> list[str]:
    anchors = html.document_fromstring(data.decode()).iterfind(".//main//a")
    return [anchor.get("href", "") for anchor in anchors]


def test_the_parts_of_a_list_lead_to_each_other_and_hold_each_meeting_once(
    thousand: dict[str, bytes],
) -> None:
    """From the list's own address, by its links, each meeting is reached, and on one part alone."""
    for first in ("resolutions.html", "2563/resolutions.html", "body/board/index.html"):
        others = {urljoin(first, link) for link in links(thousand[first])} & thousand.keys()
        parts = [name for name in others if re.search(r"(resolutions|index)-\d+\.html$", name)]
        assert parts, first
        own = [{urljoin(name, link) for link in links(thousand[name])} for name in [first, *parts]]
        meetings = [{urldefrag(link)[0] for link in one if MEETING.search(link)} for one in own]
        assert len(set.union(*meetings)) == sum(map(len, meetings)) > 90
    assert all(
        urldefrag(urljoin(name, link))[0] in thousand or MEETING.search(link)
        for name, data in thousand.items()
        if name.endswith(".html")
        for link in links(data)
    )


def test_the_parts_that_are_full_stay_when_meetings_are_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "LARGEST", 3000)
    newest = sorted(site_data.meetings(60), key=lambda one: one["date"], reverse=True)
    before, after = (lists.parts("a.html", some, "meeting") for some in (newest[20:], newest))
    assert before[0].place == after[0].place == "a.html"
    assert len(before) > 2
    assert before[1:] == after[-len(before) + 1 :]
    assert [one for part in after for one in part.meetings] == newest
    assert {one.place for one in after[1:]} == {f"a-{n}.html" for n in range(1, len(after))}


@pytest.mark.parametrize("macro", ["meeting", "resolved"])
def test_a_meeting_that_is_larger_than_a_part_has_one_of_its_own(
    macro: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LARGEST", 1)
    assert [len(part.meetings) for part in lists.parts("a.html", site_data.meetings(3), macro)] == [
        1,
        1,
        1,
    ]


def test_a_short_list_has_one_page_which_says_nothing_of_parts() -> None:
    pages = lists.build(site_data.meetings(20), SITE, [])
    assert not [name for name in pages if re.search(r"-\d+\.html", name)]
    assert "ช่วงเวลา" not in pages["resolutions.html"].decode()


def test_each_meeting_of_a_list_of_resolutions_has_an_anchor() -> None:
    meetings = site_data.meetings(10)
    page = html.document_fromstring(
        lists.build(meetings, SITE, [])["2569/resolutions.html"].decode()
    )
    assert page.find(f".//section[@id='{meetings[0]['id']}']") is not None
