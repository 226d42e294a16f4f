"""The Atom feed, valid by RFC 4287 with and without a website's address, and what is not."""

import re

import pytest
from lxml import etree

from minutes.site import lists
from minutes.site.frame import Site
from tests.support import atom_feed, site_data

PLACES = ["https://www.amphoe-tuayang.example/", "https://example.test/office/minutes/", ""]


def feed(root: str, count: int = 40, name: str = "อำเภอตัวอย่าง") -> bytes:
    return lists.build(site_data.meetings(count), Site(name, None, root), [])["feed.xml"]


@pytest.mark.parametrize("root", PLACES)
@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_feed_is_valid(root: str, count: int) -> None:
    data = feed(root, count)
    assert len(etree.fromstring(data).findall("a:entry", atom_feed.NAMES)) == min(count, lists.FED)
    assert atom_feed.faults(data) == []


@pytest.mark.parametrize("root", PLACES[:2])
def test_a_feed_says_where_it_lies(root: str) -> None:
    own = etree.fromstring(feed(root)).find("a:link[@rel='self']", atom_feed.NAMES)
    assert own is not None
    assert own.get("href") == f"{root}feed.xml"


def test_what_tells_an_entry_from_all_others_stays_and_is_no_other_offices() -> None:
    def ids(data: bytes) -> list[str]:
        return [
            one.text or "" for one in etree.fromstring(data).iterfind(".//a:id", atom_feed.NAMES)
        ]

    assert ids(feed("")) == ids(feed(""))
    assert not set(ids(feed(""))) & set(ids(feed("", name="อำเภออื่น")))


BROKEN = {
    "B": [
        (r"<title>[^<]*</title>\n<id>", "<id>"),
        (r"2005/Atom", "2005/Molecule"),
        (r"<updated>\S*</updated>\n<author>", "<updated>21 ตุลาคม 2569</updated>\n<author>"),
        (r"<author>.*</author>", "<author/>"),
        (r"</entry>", "<verdict>ดี</verdict></entry>"),
        (r"(<id>.*</id>)", r"\1\1"),
        (r' href="\S*feed.xml"', ""),
        (r'xml:lang="th"', 'xml:lang="ภาษาไทย"'),
        (r'type="text/html"', 'type="html"'),
    ],
    "4.1.1": [
        (r"<link rel=.self.*/>", ""),
        (r'rel="self" type="\S*"', 'rel="alternate" type="text/html"'),
        (r"(?s)(<entry>.*?</entry>)", r"\1\1"),
    ],
    "4.1.2": [
        (r"<author>.*</author>", ""),
        (r"(?s)(<entry>.*?)<link [^>]*>", r"\1"),
        (r'(?s)(<entry>.*?)rel="alternate"', r'\1rel="related"'),
    ],
    "3.3": [(r"(<updated>\S*)\+07:00", r"\1"), (r"(<published>\S*)\+07:00", r"\1")],
    "4.2.6": [(r"<id>https://[^<]*", "<id>../"), (r"<id>https://[^<]*", "<id>urn:minutes:site")],
    "4.2.7": [(r'href="https://', 'href="หน้า แรก ')],
    "4.2.9": [(r"<published>20", "<published>21")],
    "4.2.14": [(r"(?s)(<entry>\n<title>)[^<]*", r"\1 ")],
    "4.2.15": [(r"<updated>20", "<updated>19")],
}


@pytest.mark.parametrize(
    ("section", "what", "becomes"),
    [(section, *change) for section, changes in BROKEN.items() for change in changes],
)
def test_a_broken_feed_is_not(section: str, what: str, becomes: str) -> None:
    whole = feed(PLACES[0]).decode()
    broken = re.sub(what, becomes, whole, count=1)
    assert broken != whole
    found = [fault.partition(":")[0] for fault in atom_feed.faults(broken.encode())]
    assert section in found
