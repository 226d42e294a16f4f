"""Every text of every file: no public file holds it, or personal data in it stops the run."""

import base64
import gzip
import re
from pathlib import Path

import pytest

from minutes.deliver import posts
from minutes.documents.proof.leaks import Watch
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model import meeting
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.rules import registry
from minutes.site import generator
from minutes.site.generator import Request
from tests.program.test_secrets import (
    DATES_AND_SUMS,
    Planter,
    drawing,
    found_in,
    marked,
    photograph,
    plain,
    words,
)
from tests.support import every_field, sample
from tests.support.every_field import FORMS, OWN, PUBLIC, TOPS, WITHHELD, Field, fields

EVERY = [field for top in TOPS for field in fields(top)]
SHOWN = [field for field in EVERY if field.is_public]
HIDDEN = [field for field in EVERY if field.is_withheld]
PERSONAL = [
    "1-1017-00230-70-8",
    "0 2123 4567",
    "๐๘๑-๒๓๔ ๕๖๗๘",
    "somchai@example.go.th",
    "บัญชีเลขที่ 123-4-56789-0",
]


def test_of_every_text_it_is_decided_once_whether_the_public_sees_it() -> None:
    tables = (PUBLIC, OWN, FORMS)
    decided = {str(field): sum(map(field.is_in, tables)) + field.is_withheld for field in EVERY}
    assert {field: times for field, times in decided.items() if times != 1} == {}
    assert (len(EVERY), len(SHOWN), len(HIDDEN)) > (140, 90, 30)


def test_the_tables_name_fields_that_there_are() -> None:
    there = {field.last for field in EVERY}
    for decided in (PUBLIC, WITHHELD, OWN, FORMS):
        for record, names in decided.items():
            assert {(record, name) for name in names.split()} <= there, record.__name__


# --- what the public sees: personal data in it stops the run ----------------------------------


def with_text(field: Field, text: str) -> Proceedings:
    """Give a meeting that may be published, with a text in one field of one of its files."""
    files = {field.top: every_field.written(field.top, {field: text})}
    own = files.get(meeting.Meeting, "")
    office, body = files.get(Office, ""), files.get(Body, "")
    return sample.meeting(f"สถานะ: รับรองแล้ว\n{own}", office=office, body=body)


def line_of(field: Field, text: str) -> int:
    """Give the line of its file in which the text stands."""
    key = field.way[0][0].shown_key(field.way[0][1])
    lines = every_field.written(field.top, {field: text}).splitlines()
    (number,) = (n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:"))
    return number + (field.top is meeting.Meeting)


FILES: dict[type[Record], str] = {
    Office: "office.yaml",
    Body: "body.yaml",
    meeting.Meeting: "2567-02.yaml",
}


@pytest.mark.parametrize("field", SHOWN, ids=str)
def test_personal_data_in_a_public_text_stops_at_its_line(field: Field) -> None:
    for text in PERSONAL:
        found = Watch.over([with_text(field, f"ติดต่อ {text}")]).findings({})
        told = {(one.path.name, one.line) for one in found if one.code == "D110"}
        assert told == {(FILES[field.top], line_of(field, text))}, text


@pytest.mark.parametrize("field", HIDDEN, ids=str)
def test_personal_data_in_a_text_that_nobody_sees_stops_nothing(field: Field) -> None:
    assert Watch.over([with_text(field, "ติดต่อ 081-234 5678")]).findings({}) == []


# --- what it does not see: in no byte of anything that is published ----------------------------

MEETING = {
    "number": "2/2567",
    "date": "18 มิถุนายน 2567",
    "start": "09.30",
    "end": "11.45",
    "place": "ห้องประชุมชั้น 2",
    "status": "รับรองแล้ว",
}
MEMBERS = [
    {"name": "นายหนึ่ง ใจดี", "position": "นายอำเภอ", "role": "ประธานกรรมการ"},
    {"name": "นางสอง ใจเย็น", "position": "ปลัดอำเภอ", "role": "กรรมการ"},
    {"name": "นางสาม ใจเย็น", "position": "พัฒนาการอำเภอ", "role": "กรรมการ"},
]
OTHERS: dict[type[Record], tuple[str, dict[str, object]]] = {
    Office: ("office.yaml", {}),
    Body: ("otop/body.yaml", {"members": MEMBERS}),
    meeting.Meeting: ("otop/2567-02.yaml", {**MEETING}),
}
MARKED = """\
number: 3/2567
date: 16 กรกฎาคม 2567
start: 09.30
end: 11.45
place: ห้องประชุมชั้น 2
status: certified
recorder: นายหนึ่ง ใจดี
attendance: {{present: [{{name: นายหนึ่ง ใจดี, role: ประธาน}}]}}
before: [{hidden}]
agenda:
  - kind: consider
    items:
      - {secret}
      - {personal}
      - title: แผนงานประจำปี
        resolution: เห็นชอบตามที่เสนอ
        images: [{{file: images/a.jpg, caption: ภาพกิจกรรม}}, {{file: images/b.png, caption: ผังงาน}}]
release: {{photos: [{{file: images/a.jpg, caption: ภาพกิจกรรม}}]}}
"""


def lay_out(root: Path) -> list[str]:
    """Write an office whose files hold a secret wherever one can stand; gives the secrets."""
    planter = Planter()
    (root / "team/images").mkdir(parents=True)
    (root / "team/images/a.jpg").write_bytes(photograph(planter))
    (root / "team/images/b.png").write_bytes(drawing(planter))
    (root / "otop/images").mkdir(parents=True)
    (root / "otop" / every_field.IMAGE).write_bytes(photograph(planter))
    for top, (name, others) in OTHERS.items():
        plants = {field: _plant(field, planter) for field in HIDDEN if field.top is top}
        _write(root / name, every_field.written(top, plants, **others), planter)
    parts = {mark: marked(planter, mark) for mark in ("secret", "personal")}
    third = MARKED.format(**parts, hidden=marked(planter, "secret"))
    _write(root / "team/body.yaml", "name: คณะทำงานตัวอย่าง\n", planter)
    _write(root / "team/2567-03.yaml", third.replace("2567-01 4.1", "2567-02 6.1"), planter)
    return planter.planted


def _plant(field: Field, planter: Planter) -> str:
    if field.last[1] != "file":
        return planter.secret()
    return f"files/{re.sub(r'[^ก-๙A-Za-z0-9]+', '-', planter.secret())}.png"


def _write(path: Path, text: str, planter: Planter) -> None:
    """Write a file with a remark, and the files that it names, each with a remark of its own."""
    path.write_text(f"# {planter.secret()}\n{text}", "utf-8")
    for name in re.findall(r'"(files/[^"]+)"', text):
        (path.parent / "files").mkdir(exist_ok=True)
        (path.parent / name).write_bytes(drawing(planter))


def unfolded(name: str, data: bytes) -> bytes:
    """Give a script of the search as a browser unpacks it; any other file as it is."""
    packed = re.findall(rb'"([A-Za-z0-9+/=]{60,})"', data) if name.endswith(".js") else []
    texts = [base64.b64decode(each) for each in packed]
    return b"".join(map(gzip.decompress, texts)) if texts else data


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], list[str]]:
    """What the website and WordPress get of that office, and what was planted in it."""
    root = tmp_path_factory.mktemp("office")
    secrets = lay_out(root / "agendas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "check", lambda _: [])  # the plants make no sense
        outcome = generator.run(Request((root / "agendas",), root / "site"))
    assert (outcome.problems, outcome.meetings) == ([], 2)
    paths = [path for path in (root / "site").rglob("*") if path.is_file()]
    files = {p.relative_to(root / "site").as_posix(): p.read_bytes() for p in paths}
    ours, problems = posts.of(map(work_out, loading.find([root / "agendas"]).cases))
    assert (len(ours), problems) == (2, [])
    for one in ours:
        files |= {f"post/{one.slug}.html": f"{one.title} {one.html}".encode(), **one.files}
    return {name: unfolded(name, data) for name, data in files.items()}, secrets


def test_no_secret_is_in_any_byte_that_is_published(
    published: tuple[dict[str, bytes], list[str]],
) -> None:
    files, secrets = published
    wanted = {plain(secret): secret for secret in [*secrets, *DATES_AND_SUMS]}
    assert (len(files), len(wanted)) > (40, 120)
    assert found_in(files, wanted) == []


@pytest.mark.parametrize(
    "name", ["2567/team-03/index.html", "2567/team-03/meeting.json", "search/2567-1.js"]
)
def test_what_is_public_beside_the_secrets_is_there(
    published: tuple[dict[str, bytes], list[str]], name: str
) -> None:
    said = "".join(words(name, published[0][name]))
    for shown in ("แผนงานประจำปี", "เรื่องที่ไม่เผยแพร่", "การช่วยเหลือประชาชน"):
        assert plain(shown) in said


def test_the_website_and_wordpress_stop_at_the_line_of_each_find(tmp_path: Path) -> None:
    (tmp_path / "otop").mkdir()
    placed = set()
    for top, (name, others) in OTHERS.items():
        chosen = [field for field in SHOWN if field.top is top and len(field.way) == 1]
        texts = {field: f"ติดต่อ {PERSONAL[n % 5]}" for n, field in enumerate(chosen)}
        if top is Body:
            others = {**others, "recorder": "นายหนึ่ง ใจดี"}
        lines = every_field.written(top, texts, **others).splitlines()
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
        placed |= {(name, n) for n, line in enumerate(lines, 1) if "ติดต่อ" in line}
    outcome = generator.run(Request((tmp_path,), tmp_path / "site"))
    _, problems = posts.of(map(work_out, loading.find([tmp_path]).cases))
    assert len(placed) > 12
    assert outcome.stops
    assert not (tmp_path / "site").exists()
    for found in (outcome.problems, problems):
        told = {(one.path.relative_to(tmp_path).as_posix(), one.line) for one in found}
        assert placed <= told
