"""A meeting full of planted secrets: none of them is in any byte that the public gets."""

import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from minutes.build import pipeline
from minutes.documents.proof.leaks import Watch
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model import meeting
from minutes.model.record import Record
from tests.support import pdf_readers

# --- what is planted --------------------------------------------------------------------------

KINDS = (
    "1-1017-00230-70-{n}",
    "๑๑๐๑๗๐๐๒๓๐๗๐{n}",
    "0 2123 45{n}",
    "๐๘๑-๒๓๔ ๕๖{n}",
    "+66 81 234 56{n}",
    "somchai{n}@example.go.th",
    "บัญชีเลขที่ 123-4-56{n}-0",
    "1กก 12{n}",
    "บ้านเลขที่ {n}/7 หมู่ที่ 4",
    "LINE ID: somsri{n}",
    "นายสมมติ{n} นามสมมุติ",
    "ผลตรวจร่างกาย{n}เป็นบวก",
    "Whistle-Blower {n} REPORTS",
    "ผู้ร้องเรียนรายที่ {n} ขอสงวนนาม",
    "เงินสด 7,654,3{n} บาท",
)


class Planter:
    """Gives secrets, each once, and remembers them."""

    def __init__(self) -> None:
        self.planted: list[str] = []
        self.numbers = itertools.count(11)
        self.kinds = itertools.cycle(KINDS)

    def secret(self) -> str:
        """Give another string that nobody may find."""
        self.planted.append(next(self.kinds).format(n=next(self.numbers)))
        return self.planted[-1]


Plant = Callable[[Planter], str]


def text(planter: Planter) -> str:
    return f'"{planter.secret()}"'


def prose(planter: Planter) -> str:
    return f'"{planter.secret()} และ **{planter.secret()}**"'


def file(planter: Planter) -> str:
    return f'"files/{re.sub(r"[^ก-๙A-Za-z0-9]+", "-", planter.secret())}.jpg"'


# Each field of what an item may hold: how a secret is planted in it; a new one fails a test below.
FIELDS: dict[type[Record], dict[str, Plant]] = {
    meeting.Remark: {"speaker": text, "text": prose},
    meeting.Vote: {
        "in_favour": lambda p: f"[{text(p)}]",
        "against": lambda p: f"[{text(p)}]",
        "abstain": lambda p: f"[{text(p)}]",
    },
    meeting.Action: {
        "task": text,
        "owner": text,
        "due": lambda _: "5 กรกฎาคม 2599",
        "done": lambda _: "6 กรกฎาคม 2599",
    },
    meeting.Image: {"file": file, "caption": text},
    meeting.Attachment: {"file": file, "title": text},
    meeting.Matter: {
        "title": text,
        "presenter": text,
        "background": prose,
        "detail": prose,
        "proposal": prose,
        "discussion": lambda p: f"[{record(meeting.Remark, p)}, {text(p)}]",
        "resolution": prose,
        "vote": lambda p: record(meeting.Vote, p),
        "budget": lambda _: '"87,654,321.09"',
        "actions": lambda p: f"[{record(meeting.Action, p)}]",
        "images": lambda p: f"[{record(meeting.Image, p)}]",
        "attachments": lambda p: f"[{record(meeting.Attachment, p)}, {{title: {text(p)}}}]",
        "in_release": text,
        "follows": lambda _: "otop-2567-01 4.1",
    },
}
MARKS = {"places", "ignore", "secret", "personal", "votes_in_release", "withdrawn"}
DATES_AND_SUMS = ["5 กรกฎาคม 2599", "6 กรกฎาคม 2599", "87,654,321.09", "แปดสิบเจ็ดล้าน"]


def record(kind: type[Record], planter: Planter, *without: str) -> str:
    """Write a record with a secret in each of its fields."""
    names = {name: kind.shown_key(name, english=True) for name in FIELDS[kind]}
    given = [
        f"{names[n]}: {plant(planter)}" for n, plant in FIELDS[kind].items() if n not in without
    ]
    return f"{{{', '.join(given)}}}"


def marked(planter: Planter, mark: str) -> str:
    """Write an item that the public may not know; of one with personal data it may the title."""
    shown = ("title", "in_release") if mark == "personal" else ()
    title = "title: การช่วยเหลือประชาชน, " if shown else ""
    written = record(meeting.Matter, planter, *shown).removeprefix("{")
    return f"{{{mark}: true, {title}votes_in_release: true, {written}"


MEETING = """\
number: 2/2567
date: 18 มิถุนายน 2567
start: 09.30
end: 11.45
place: ห้องประชุมชั้น 2
status: certified
before: [{hidden}]
agenda:
  - kind: acknowledge
    items:
      - {{title: ผลการดำเนินงาน, resolution: รับทราบ, in_release: ผลการดำเนินงานประจำปี}}
      - {secret}
  - kind: consider
    items:
      - {personal}
      - title: แผนงานประจำปี
        resolution: เห็นชอบตามที่เสนอ
        images: [{{file: images/a.jpg, caption: ภาพกิจกรรม}}, {{file: images/b.png, caption: ผังงาน}}]
        attachments: [{{title: แผนงาน}}]
release:
  photos: [{{file: images/a.jpg, caption: ภาพกิจกรรม}}]
"""
BODY = (
    "name: คณะกรรมการตัวอย่าง\nmembers:\n"
    + "".join(
        f"  - {{name: {name}, position: {position}, role: {role}}}\n"
        for name, position, role in (
            ("นายหนึ่ง ใจดี", "นายอำเภอ", "ประธานกรรมการ"),
            ("นางสอง ใจเย็น", "ปลัดอำเภอ", "กรรมการและเลขานุการ"),
        )
    )
    + "recorder: นางสอง ใจเย็น\n"
)
OFFICE = "name: ที่ว่าการอำเภอตัวอย่าง\nphone: 0 7400 0000\nemail: office@example.go.th\n"


def described(secrets: Planter) -> str:
    """Describe a picture as programs that edit pictures do."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc>{secrets.secret()}</dc></x:xmpmeta>'


def photograph(secrets: Planter) -> bytes:
    """Take a picture with a telephone that writes down who took it, of what, and where."""
    picture, exif, packed = (
        Image.effect_noise((300, 200), 80).convert("RGB"),
        Image.Exif(),
        io.BytesIO(),
    )
    exif[0x010E], exif[0x013B] = (secrets.secret().encode() for _ in range(2))
    exif.get_ifd(0x8825)[29] = "2567:06:18"
    exif.get_ifd(0x8769)[0x9286] = secrets.secret().encode()
    comment, xmp = secrets.secret().encode(), described(secrets)
    picture.save(packed, "JPEG", exif=exif, comment=comment, xmp=xmp.encode())
    return packed.getvalue()


def drawing(secrets: Planter) -> bytes:
    """Draw a plan in a program that writes down who drew it."""
    about, packed = PngImagePlugin.PngInfo(), io.BytesIO()
    about.add_text("Author", secrets.secret())
    about.add_itxt("Comment", secrets.secret())
    about.add_itxt("XML:com.adobe.xmp", described(secrets))
    Image.new("RGB", (120, 80), "#c8d4d3").save(packed, "PNG", pnginfo=about)
    return packed.getvalue()


@cache
def planted(root: Path) -> tuple[Proceedings, tuple[str, ...]]:
    """Lay out the office's folder in ``root``; give the meeting, read, and what was planted."""
    planter = Planter()
    parts = {mark: marked(planter, mark) for mark in ("secret", "personal")}
    written = MEETING.format(**parts, hidden=marked(planter, "secret"))
    folder = root / "otop"
    (folder / "images").mkdir(parents=True)
    (folder / "files").mkdir()
    (folder / "images" / "a.jpg").write_bytes(photograph(planter))
    (folder / "images" / "b.png").write_bytes(drawing(planter))
    for name in re.findall(r'"(files/[^"]+)"', written):
        (folder / name).write_bytes(drawing(planter))
    (root / "office.yaml").write_text(OFFICE, "utf-8")
    (folder / "body.yaml").write_text(BODY, "utf-8")
    (folder / "2567-01.yaml").write_text("date: 2567-05-14\nstatus: certified\n", "utf-8")
    (folder / "2567-02.yaml").write_text(written, "utf-8")
    found = loading.find([folder / "2567-02.yaml"])
    [case] = found.cases
    return work_out(case), tuple(planter.planted)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planted") / "agendas"


# --- where it is looked for -------------------------------------------------------------------


DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def plain(text: str) -> str:
    """Give a text without what hides a word from a search: spaces, signs, other digits."""
    same = unicodedata.normalize("NFKC", text).casefold().translate(DIGITS)
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\\-]+", "", same)


def layers(name: str, data: bytes) -> Iterator[bytes]:
    """Go through a file's bytes, and those of everything that is packed in it."""
    yield name.encode()
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.infolist():
                yield from layers(part.filename, package.read(part))
                yield part.comment + part.extra
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for thing in pdf.objects:
                yield thing.unparse(resolved=True)
                yield from (bytes(s) for s in strings(thing))
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()
                    with_filters = thing.get("/Filter") != "/DCTDecode"
                    yield thing.read_bytes() if with_filters else b""


def strings(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(thing, pikepdf.String):
        yield thing
    members: tuple[pikepdf.Object, ...] = ()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        members = tuple(dict(thing.items()).values())
    elif isinstance(thing, pikepdf.Array):
        members = tuple(iter(thing))
    for member in members:
        if isinstance(member, pikepdf.Object) and not member.is_indirect:
            yield from strings(member)


def words(name: str, data: bytes) -> Iterator[str]:
    """Go through what a file says, in every encoding and for every reader."""
    for layer in layers(name, data):
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "latin-1"):
            yield plain(layer.decode(encoding, "ignore"))
        unescaped = re.sub(rb"<[^<>]*>", b"", layer)
        yield plain(unescaped.decode("utf-8", "ignore"))
    if data.startswith(b"%PDF"):
        for reader in pdf_readers.IN_ORDER:
            yield plain("".join(reader(data)))


def found_in(files: Mapping[str, bytes], wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the files that hold what is wanted, by its plain letters, and what they hold."""
    return [
        (name, secret)
        for name, data in files.items()
        for text in words(name, data)
        for short, secret in wanted.items()
        if short in text
    ]


@cache
def public(root: Path) -> dict[str, bytes]:
    return pipeline.build_public(planted(root)[0])


# --- the tests --------------------------------------------------------------------------------


def test_every_field_of_an_item_has_a_secret_planted() -> None:
    for kind, plants in FIELDS.items():
        assert kind.model_fields.keys() - MARKS == plants.keys(), kind.__name__
    inside = {"Remark", "Vote", "Action", "Image", "Attachment"}
    named = {
        word
        for info in meeting.Matter.model_fields.values()
        for word in re.findall(r"\w+", str(info.annotation))
    }
    kinds = {kind.__name__ for kind in Record.__subclasses__()}
    assert named & kinds == inside == {kind.__name__ for kind in FIELDS} - {"Matter"}


def test_the_secrets_are_many_and_of_all_kinds(root: Path) -> None:
    _, secrets = planted(root)
    assert len(set(secrets)) > 80
    assert len({re.sub(r"\d", "", secret) for secret in secrets}) >= len(KINDS)


def test_the_full_documents_hold_what_was_planted(root: Path) -> None:
    proceedings, secrets = planted(root)
    built = pipeline.build(proceedings, ["minutes"])
    said = [text for name, data in built.items() for text in words(name, data)]
    wanted = {plain(secret) for secret in secrets}
    found = [short for short in wanted if any(short in text for text in said)]
    assert len(found) > 50


def test_no_secret_is_in_any_byte_that_the_public_gets(root: Path) -> None:
    _, secrets = planted(root)
    files = public(root)
    assert len(files) == 10
    wanted = {plain(secret): secret for secret in [*secrets, *DATES_AND_SUMS]}
    assert found_in(files, wanted) == []


def test_the_public_files_say_what_is_public(root: Path) -> None:
    for name, data in public(root).items():
        if "minutes-public" in name:
            said = "\n".join(words(name, data))
            for shown in ("แผนงานประจำปี", "เรื่องที่ไม่เผยแพร่", "การช่วยเหลือประชาชน", "ฉบับเผยแพร่"):
                assert plain(shown) in said


def test_no_picture_says_who_took_it_where(root: Path) -> None:
    pictures = [data for name, data in public(root).items() if name.startswith("pictures/")]
    assert len(pictures) == 2
    for data in pictures:
        image = Image.open(io.BytesIO(data))
        assert (
            dict(image.getexif()),
            image.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
        ) == ({}, set())


def test_the_proof_finds_nothing_in_the_public_files(root: Path) -> None:
    proceedings, _ = planted(root)
    assert Watch.over([proceedings]).findings(public(root)) == []


def test_the_proof_finds_the_secrets_in_the_full_documents(root: Path) -> None:
    proceedings, _ = planted(root)
    for name, data in pipeline.build(proceedings).items():
        if "minutes" in name:
            found = Watch.over([proceedings]).findings({name: data})
            assert len([each for each in found if each.code == "D111"]) > 20, name
