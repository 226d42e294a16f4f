"""What the search reads: all texts, packed by years, for a browser to index by itself.

A file of a year, or of a part of a long one, is a script, for a page that was opened from a folder
may load nothing else; what it holds is packed with gzip. ``templates/site/search.js`` unpacks it,
and looks for the same letters in the same form.
"""

import base64
import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from minutes.site import meeting_data, titles
from minutes.site.meeting_data import Data
from minutes.thai import digits

Row = list[object]  # a meeting's address, the pieces of its name, its day, its passages
LARGEST = 200_000  # bytes of a file as it is sent
TONED = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
SCRIPT = re.compile(rb'^shard\("([^"]*)","([^"]*)"\);\n$')


def shown(text: str) -> str:
    """Give a text in the form in which it is kept: one way to write each letter, single spaces."""
    plain = unicodedata.normalize("NFKC", digits.strip_invisible(text)).replace("เเ", "แ")
    return " ".join(TONED.sub("\\1\u0e33", plain).split())


def folded(text: str) -> str:
    """Give what is compared of a text: digits are Arabic, letters small."""
    return digits.arabic(shown(text)).lower()


def files(meetings: Iterable[Data]) -> dict[str, bytes]:
    """Give the index of these meetings, the newest first, as files; the list of them is one."""
    made: dict[str, bytes] = {}
    listed: list[tuple[str, int, str]] = []
    by_year: dict[str, list[Data]] = {}
    for meeting in meetings:
        by_year.setdefault(meeting_data.year(meeting["id"]), []).append(meeting)
    for year in sorted(by_year, reverse=True):
        for number, script in enumerate(_scripts(list(map(_row, by_year[year]))), 1):
            name = f"{year}-{number}"
            made[f"search/{name}.js"] = b'shard("%s","%s");\n' % (name.encode(), script)
            listed.append((name, len(script), year))
    made["search/shards.js"] = f"shards({json.dumps(listed)});\n".encode()
    return made


def _scripts(rows: list[Row]) -> Iterator[bytes]:
    """Pack the meetings of a year, into as many files as they need."""
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    packed = base64.b64encode(gzip.compress(told, 9, mtime=0))
    if len(packed) <= LARGEST or len(rows) == 1:
        yield packed
        return
    middle = len(rows) // 2
    yield from _scripts(rows[:middle])
    yield from _scripts(rows[middle:])


def _row(meeting: Data) -> Row:
    return [
        meeting_data.address(meeting["id"]),
        titles.pieces(shown(meeting["name"])),
        meeting_data.day_text(meeting["date"], short=True),
        [[anchor, shown(heading), shown(text)] for anchor, heading, text in meeting["text"]],
    ]


def unpacked(script: bytes) -> bytes:
    """Give the JSON that a file of the index holds; its list of files has none."""
    match = SCRIPT.match(script)
    return gzip.decompress(base64.b64decode(match[2])) if match else b"[]"
