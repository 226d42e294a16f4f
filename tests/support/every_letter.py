"""Meetings with letters of every class in every text: refused at their place, or found again.

A class of letters is a general category, a block's script, a combining class and a direction. A
seed gives fifty letters of many classes, so that each stands beside others, in texts of an office,
a body and a meeting. ``python -m tests.support.every_letter 3000`` builds so many and says what
came of it.
"""

import io
import random
import sys
import tempfile
import time
import traceback
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree
from PIL import Image

from minutes.build import pipeline
from minutes.documents.proof import layout
from minutes.meetings import loading
from minutes.meetings.proceedings import work_out
from minutes.model import meeting, office
from minutes.model.record import Record
from minutes.problems.errors import Problem
from minutes.rules import registry
from minutes.rules.texts import PROSE
from minutes.source import encoding
from minutes.thai import invisible
from tests.support import every_field, pdf_readers
from tests.support.every_field import TOPS, Field, fields

LETTERS = 50
MOST_FAULTS = 30
FIELDS = 8  # of each build
MEMBERS = [
    {"ชื่อ": "นายหนึ่ง ใจดี", "ตำแหน่ง": "นายอำเภอ", "หน้าที่": "ประธานกรรมการ"},
    {"ชื่อ": "นางสอง ใจเย็น", "ตำแหน่ง": "ปลัดอำเภอ", "หน้าที่": "กรรมการและเลขานุการ"},
    {"ชื่อ": "นายตัวอย่าง ที่เก้า", "ตำแหน่ง": "เกษตรอำเภอ", "หน้าที่": "กรรมการ"},  # has the letters
]
UNASKED = ("W02", "W07", "W08", "W09", "W10", "W16", "W17", "W36", "W56", "W57", "W59")
MEETING = {
    "number": "2/2567",
    "date": "18 มิถุนายน 2567",
    "start": "09.30",
    "end": "11.45",
    "recorder": "นางสอง ใจเย็น",
    "status": "draft",
    "ignore": dict.fromkeys(UNASKED, "ไม่เกี่ยวกับตัวอักษร"),
}
FILES: dict[type[Record], tuple[str, dict[str, object]]] = {
    office.Office: ("office.yaml", {}),
    office.Body: ("otop/body.yaml", {"members": MEMBERS}),
    meeting.Meeting: ("otop/2567-02.yaml", {**MEETING}),
}
REFUSED_EVERY = 8  # of so many builds one has letters that no text may have, and names of nobody
# Who is named here is on a list.
NAMES_ON_A_LIST = {
    (meeting.Absentee, "name"),
    (meeting.Substitute, "member"),
    (meeting.Change, "name"),
    *((meeting.Vote, name) for name in ("in_favour", "against", "abstain")),
}
TEXTS = [
    one for top in TOPS for one in fields(top) if not one.is_withheld and one.last[1] != "follows"
]
LEANING = "".join(map(chr, (0xE31, *range(0xE33, 0xE3B), 0xE45, *range(0xE47, 0xE4F))))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What readers put around letters that run from right to left.
MARKUP = dict.fromkeys(map(ord, "*_|#-+>`[]()1234567890.๑๒๓๔๕๖๗๘๙๐"))
DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))


@cache
def classes() -> tuple[tuple[str, ...], ...]:
    """Give the letters of each class, surrogates and what is no letter among them."""
    found: defaultdict[tuple[str, str, int, str], list[str]] = defaultdict(list)
    for code in range(0x20, 0x110000):
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind == "Cs" or letter in "\x85\u2028\u2029":
            continue  # no file in UTF-8 holds a surrogate; line ends are no letters
        script = unicodedata.name(letter, f"NONE {code >> 12:X}").split()[0]
        direction = unicodedata.bidirectional(letter)
        found[kind, script, unicodedata.combining(letter), direction].append(letter)
    return tuple(tuple(one) for one in found.values())


def draw(chance: random.Random, *, is_sound: bool) -> str:
    """Give fifty letters of classes that are drawn by chance, the rare as often as the common."""
    drawn = "".join(chance.choice(one) for one in chance.choices(classes(), k=LETTERS))
    if not is_sound:
        return drawn
    return "".join("ก" if is_refused(letter) else letter for letter in drawn)


def is_refused(letter: str) -> bool:
    """Whether a file with the letter is refused: for what it is, or as a sign of damage (W39)."""
    damaged = letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter in LEANING
    return damaged or encoding.FORBIDDEN.match(letter) is not None


@dataclass
class Tally:
    """What came of the builds."""

    built: int = 0
    refused: int = 0
    letters: int = 0
    boxes: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def lay_out(root: Path, seed: int) -> dict[Field, str]:
    """Write the files of a seed; gives the texts and where they stand."""
    chance = random.Random(seed)
    texts: dict[Field, str] = {}
    is_sound = seed % REFUSED_EVERY != 0
    known = [one for one in TEXTS if not (is_sound and one.last in NAMES_ON_A_LIST)]
    chosen = chance.sample(known, FIELDS)
    drawn = draw(chance, is_sound=is_sound)
    for number, one in enumerate(without_clashes(chosen)):
        piece = drawn[number * LETTERS // FIELDS : (number + 1) * LETTERS // FIELDS]
        texts[one] = chance.choice(["ก{}", "{}", "ก {} ข", "ก{}ข ค"]).format(piece)
    for top, (name, others) in FILES.items():
        own = {one: text for one, text in texts.items() if one.top is top}
        taken = {one.way[0][1] for one in own if one.way[0][1] != "members"}
        others = {key: value for key, value in others.items() if key not in taken}
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(every_field.written(top, own, **others), "utf-8")
    image = root / "otop" / every_field.IMAGE
    image.parent.mkdir(exist_ok=True)
    Image.new("RGB", (8, 6)).save(image, "JPEG")
    return texts


def without_clashes(chosen: list[Field]) -> Iterator[Field]:
    """Give the fields that can stand in one file: a person, say, is a text or a record."""
    ways: list[tuple[str, ...]] = []
    for one in chosen:
        way = (one.top.__name__, *(name for _, name in one.way))
        if all(way[: len(other)] != other and other[: len(way)] != way for other in ways):
            ways.append(way)
            yield one


def answer(root: Path) -> tuple[list[Problem], dict[str, bytes]]:
    """Read, check, build and proof the meeting; gives what is said and the documents, if any."""
    found = loading.find([root])
    problems = list(found.problems)
    files: dict[str, bytes] = {}
    for case in found.cases:
        meeting = work_out(case)
        problems += [*meeting.problems, *registry.check(meeting)]
        if not any(one.severity == "error" for one in problems):
            files = pipeline.build(meeting)
            problems += layout.proof(case.path, files)
    return problems, files


def faults(root: Path, problems: list[Problem], files: dict[str, bytes]) -> Iterator[str]:
    """Say what must not be: a refusal without its place, W62, a letter that is not found again."""
    refusals = [one for one in problems if one.severity == "error"]
    if not files and not refusals:
        yield "neither built nor refused"
    for one in problems:
        lines = one.path.read_bytes().count(b"\n") if one.path.is_file() else 0
        if not (one.path.is_relative_to(root) and 1 <= one.line <= lines and one.column >= 1):
            yield f"no place: {one}"
        if one.code in ("W62", "W32") or not one.message("th"):
            yield f"{one.code}: {one.message('en')}"
    for name, data in files.items():
        if name.endswith(".pdf"):
            twin = files[f"{name.removesuffix('.pdf')}.docx"]
            yield from (f"{name}: {lost}" for lost in lost_letters(data, twin))


def lost_letters(pdf: bytes, docx: bytes) -> Iterator[str]:
    """Give the letters of a Word file that no reader finds as often in its PDF.

    Poppler makes a mark of ˝ behind a letter, PDFium reads no emoji out of an ``ActualText``.
    """
    wanted = Counter("".join(word_text(docx).split()))
    lost = wanted
    for read in (pdf_readers.poppler, pdf_readers.pdfium):
        found = Counter("".join(read(pdf)).translate(DIRECTIONS))
        lost = Counter(
            {
                letter: count
                for letter, count in lost.items()
                if count > found[letter] and not mirrored(letter, wanted, found)
            }
        )
        if not lost:
            return
    yield from (f"U+{ord(letter):04X} {count} times in Word" for letter, count in lost.items())


def mirrored(letter: str, wanted: Counter[str], found: Counter[str]) -> bool:
    """Whether a bracket is only turned round, as among letters that run from right to left."""
    other = letter.translate(str.maketrans("()[]{}<>«»≤≥‹›", ")(][}{><»«≥≤›‹"))
    both = {letter, other}
    return sum(wanted[one] for one in both) <= sum(found[one] for one in both)


def word_text(docx: bytes) -> str:
    """Give what stands in the paragraphs of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return "".join(node.text or "" for node in body.iter(f"{W}t"))


def missing(texts: dict[Field, str], files: dict[str, bytes]) -> Iterator[str]:
    """Give the letters that were written in a paragraph and stand in no Word file."""
    everything = "".join(word_text(data) for name, data in files.items() if name.endswith("docx"))
    for one, text in texts.items():
        if one.last[1] in PROSE.get(one.last[0], ()):
            kept = invisible.without_invisible(text).translate(MARKUP)
            if lost := {letter for letter in kept if not letter.isspace()} - set(everything):
                yield f"{one}: {', '.join(f'U+{ord(letter):04X}' for letter in sorted(lost))}"


def run(root: Path, seed: int, tally: Tally) -> None:
    """Build the meeting of a seed below a folder and add to the tally."""
    texts = lay_out(root, seed)
    try:
        problems, files = answer(root)
        found = [*faults(root, problems, files), *(missing(texts, files) if files else ())]
    except Exception:  # whatever it is, it is a fault of the program
        tally.faults.append(f"seed {seed}: {traceback.format_exc()}")
        return
    tally.faults += [f"seed {seed}: {one}" for one in found]
    tally.built += bool(files)
    tally.refused += not files
    tally.letters += LETTERS * bool(files)
    tally.boxes += sum(one.code == "W70" for one in problems)
    tally.codes.update({one.code for one in problems})


def main() -> None:
    """Build as many as were asked for, from a first seed on, and print what came of it."""
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    tally, start = Tally(), time.monotonic()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder), seed, tally)
        if len(tally.faults) > MOST_FAULTS:
            break
    seconds = time.monotonic() - start
    sys.stdout.write("".join(f"{fault}\n" for fault in tally.faults))
    sys.stdout.write(f"{tally.built} built, {tally.refused} refused in {seconds:.0f} s; ")
    sys.stdout.write(f"{tally.boxes} boxes, {len(tally.faults)} faults; {dict(tally.codes)}\n")


if __name__ == "__main__":
    main()
