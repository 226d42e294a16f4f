"""The index of the website's search: small, whole, and in the letters that are compared."""

import json
import re

import pytest

from minutes.site import lists, record, search
from minutes.site.web import Site
from tests import townhall

SITE = Site("อำเภอตัวอย่าง", None)


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
    meetings = townhall.meetings(40)
    files = search.files(meetings)
    rows = {r[0]: r for data in files.values() for r in json.loads(search.unpacked(data))}
    assert len(rows) == 40
    for one in meetings:
        texts = [[anchor, search.shown(h), search.shown(t)] for anchor, h, t in one["text"]]
        assert rows[record.address(one["id"])][3] == texts


def test_years_come_newest_first_and_a_long_one_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LARGEST", 4000)
    files = search.files(townhall.meetings(60))
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
    assert len(search.files(townhall.meetings(3))) == 4


@pytest.fixture(scope="module")
def thousand() -> dict[str, bytes]:
    return lists.build(townhall.meetings(1000, 16), SITE, [])


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
    assert lists.build(townhall.meetings(1000, 16), SITE, []) == thousand
