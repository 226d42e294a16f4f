"""The examples under ``agendas/``, which a new user sees and copies first, are right."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from minutes.documents import pages
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.model import meeting, office, prose, validation
from minutes.model.record import Record
from minutes.paths import ROOT
from minutes.rules import registry
from minutes.source import reader
from minutes.source.reader import Mapping, Node, Scalar, Sequence
from tests.support.real_release import ENTREPRENEURS, FACTS, FAULTS, MENUS
from tools import draw_example_pictures
from tools.draw_example_pictures import PICTURES

AGENDAS = ROOT / "agendas"
# What a user adds beside them is no example, and must not fail a test.
ROOTS = [AGENDAS / name for name in ("otop", "sapha", "tuayang")]
FILES = sorted(
    [AGENDAS / "office.yaml", *(path for root in ROOTS for path in root.rglob("*.yaml"))]
)
OFFICES = [path for path in FILES if path.name == "office.yaml"]
BODIES = [path for path in FILES if path.name == "body.yaml"]
MEETINGS = [
    "council-2569-03",
    "heads-2569-10",
    "otop-2567-01",
    "product-2569-01",
    "product-2569-02",
]
SEED = AGENDAS / "otop" / "2567-01.yaml"

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
BUDDHIST_OFFSET = 543


def _folded(text: str) -> str:
    return " ".join(text.split())


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for member in node.members:
            yield from _scalars(member)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield from _scalars(entry.value)


def _texts(path: Path) -> str:
    return "\n".join(scalar.text for scalar in _scalars(reader.read(path)))


@cache
def _proceedings() -> dict[str, Proceedings]:
    found = loading.find(ROOTS)
    assert found.problems == ()
    return {case.id: work_out(case) for case in found.cases}


def _within(record: Record) -> Iterator[Record]:
    """Go through a record and every record below it."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from _within(one)


def _given() -> dict[type[Record], set[str]]:
    """Give, for every kind of record, the fields that some example writes down."""
    given: dict[type[Record], set[str]] = {}
    read = [validation.read(office.Office, path) for path in OFFICES]
    roots: list[Record] = [*read, *(validation.read(office.Body, path) for path in BODIES)]
    roots += [proceedings.meeting for proceedings in _proceedings().values()]
    for root in roots:
        for record in _within(root):
            given.setdefault(type(record), set()).update(record.places.fields)
    return given


@cache
def _release(meeting: str) -> str:
    return _folded(pages.plain(pages.render("release", _proceedings()[meeting])))


DRAWN = [name for name in PICTURES if not name.endswith(".pdf")]


def test_the_examples_are_a_real_one_a_committee_a_council_and_heads_of_agencies() -> None:
    assert sorted(_proceedings()) == MEETINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(AGENDAS)))
def test_every_file_is_a_mapping_that_the_reader_takes(path: Path) -> None:
    assert isinstance(reader.read(path), Mapping)


@pytest.mark.parametrize("kind", Record.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_key_of_the_format_is_shown_by_some_example(kind: type[Record]) -> None:
    # a Garuda is never invented, no example is published anywhere or kept elsewhere than others
    never = {"garuda", "publish_to", "archive"} if kind is office.Office else set()
    shown = _given().get(kind, set()) | {"ignore"}  # which all records have alike
    assert set(kind.keys.values()) - shown == never


def test_a_check_is_switched_off_by_a_body_and_by_a_meeting_of_the_examples() -> None:
    assert {kind for kind, names in _given().items() if "ignore" in names} >= {
        office.Body,
        meeting.Meeting,
    }


@pytest.mark.parametrize("key", ["ครุฑ", "เผยแพร่ที่"])
def test_what_an_example_cannot_have_is_shown_as_a_comment_alone(key: str) -> None:
    assert f"# {key}:" in (AGENDAS / "tuayang" / "office.yaml").read_text("utf-8")


def test_one_example_is_written_in_english_keys_and_the_others_in_thai() -> None:
    def in_english(path: Path) -> bool:
        node = reader.read(path)
        assert isinstance(node, Mapping)
        return all(entry.key.text.isascii() for entry in node.entries)

    meetings = [case.case.path for case in _proceedings().values()]
    assert [path.parent.name for path in meetings if in_english(path)] == ["heads"]


@pytest.mark.parametrize("meeting", MEETINGS)
def test_an_example_gives_a_checker_nothing_to_object_to(meeting: str) -> None:
    proceedings = _proceedings()[meeting]
    assert [*proceedings.problems, *registry.check(proceedings)] == []


def test_the_real_example_switches_off_only_what_its_release_does_not_tell() -> None:
    assert _proceedings()["otop-2567-01"].meeting.ignore.keys() == {"W02", "W13"}


def test_every_weekday_fits_its_date() -> None:
    months, weekdays = "|".join(MONTHS), "|".join(WEEKDAYS)
    mention = re.compile(rf"วัน({weekdays})ที่ (\d+) ({months}) (\d{{4}})")
    found = [match.groups() for path in FILES for match in mention.finditer(_texts(path))]
    assert len(found) > 10
    for weekday, day, month, year in found:
        when = date(int(year) - BUDDHIST_OFFSET, MONTHS.index(month) + 1, int(day))
        assert WEEKDAYS[when.weekday()] == weekday, when


@pytest.mark.parametrize("withheld", ["ข้อร้องเรียน", "นายตัวอย่าง ที่สิบแปด", "ไม่เห็นชอบ"])
def test_the_release_of_the_fullest_example_withholds(withheld: str) -> None:
    assert withheld in _texts(AGENDAS / "tuayang" / "product" / "2569-02.yaml")
    assert withheld not in _release("product-2569-02")


def _tables() -> list[prose.Table]:
    texts = [
        getattr(matter, name)
        for proceedings in _proceedings().values()
        for matter in proceedings.meeting.all_matters()
        for name in ("background", "detail", "proposal")
    ]
    blocks = [block for text in texts for block in prose.parse(text)]
    return [block for block in blocks if isinstance(block, prose.Table)]


def _cell(content: tuple[prose.Inline, ...]) -> str:
    parts = [
        _cell(part.children) if isinstance(part, prose.Strong | prose.Emphasis) else part.text
        for part in content
        if not isinstance(part, prose.Break)
    ]
    return "".join(parts).strip()


def test_every_table_with_a_total_adds_up() -> None:
    rows = [[[_cell(cell) for cell in row] for row in table.rows] for table in _tables()]
    with_total = [table for table in rows if "รวม" in table[-1]]
    assert len(with_total) >= 5
    for *body, total in with_total:
        for column, cell in enumerate(total):
            if re.fullmatch(r"[\d,.]+", cell):
                figures = [float(row[column].replace(",", "")) for row in body]
                assert sum(figures) == pytest.approx(float(cell.replace(",", ""))), total


@pytest.mark.parametrize("fact", FACTS)
def test_the_release_of_the_real_example_tells(fact: str) -> None:
    assert fact in _release("otop-2567-01")


@pytest.mark.parametrize("names", [MENUS, ENTREPRENEURS], ids=["menus", "entrepreneurs"])
def test_the_lists_of_the_real_example_are_whole_and_skip_no_number(names: tuple[str, ...]) -> None:
    wanted = [f"{number}) {name}" for number, name in enumerate(names, 1)]
    listed = " ".join([*wanted[:-1], f"และ {wanted[-1]}"])
    assert listed in _release("otop-2567-01")
    typed = "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
    assert typed in _texts(SEED)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_real_example_has_none_of_the_faults_of_the_release_it_comes_from(fault: str) -> None:
    assert fault not in _texts(SEED)
    assert fault not in _release("otop-2567-01")


def test_the_release_of_the_real_example_mixes_no_digits() -> None:
    assert not re.search("[๐-๙]", _release("otop-2567-01"))


@pytest.mark.parametrize("missing", ["number", "session", "end", "recorder"])
def test_the_real_example_invents_no(missing: str) -> None:
    assert not getattr(_proceedings()["otop-2567-01"].meeting, missing)


def test_the_real_example_has_no_resolution_and_no_section_that_nobody_told_of() -> None:
    proceedings = _proceedings()["otop-2567-01"]
    assert [part.kind for part in proceedings.parts] == ["acknowledge"]
    assert [matter.resolution for matter in proceedings.meeting.all_matters()] == [""] * 5


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_what_the_script_draws(name: str) -> None:
    drawn = PICTURES[name]().finished()
    with Image.open(AGENDAS / name) as kept:
        difference = ImageChops.difference(drawn, kept.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 2


def test_every_picture_is_named_by_an_example_and_light() -> None:
    texts = "\n".join(_texts(path) for path in FILES)
    assert PICTURES
    for name in PICTURES:
        assert "/".join(Path(name).parts[-2:]) in texts
        assert (AGENDAS / name).stat().st_size < 80_000


def test_the_script_writes_the_same_bytes_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    for turn in ("one", "two"):
        monkeypatch.setattr(draw_example_pictures, "HERE", tmp_path / turn)
        draw_example_pictures.main()
        kept.append({name: (tmp_path / turn / name).read_bytes() for name in PICTURES})
    assert kept[0] == kept[1]
