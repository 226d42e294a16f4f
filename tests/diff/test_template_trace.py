"""Every paragraph of a page knows from which field it came: changing that field changes it."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache

import pytest

from minutes.build import pipeline
from minutes.diff import template_trace
from minutes.diff.template_trace import Block, Trace
from minutes.documents import pages
from minutes.documents.pages import Kind
from minutes.documents.word import reader
from minutes.meetings import loading
from minutes.meetings.proceedings import Proceedings, work_out
from minutes.meetings.provenance import Origin
from minutes.model.record import Record
from minutes.thai import digits
from minutes.thai.amounts import MeetingNumber
from tests.program.test_examples import ROOTS

WORD: tuple[pipeline.Format, ...] = ("docx",)


@cache
def examples() -> dict[str, Proceedings]:
    return {case.id: work_out(case) for case in loading.find(ROOTS).cases}


def documents() -> list[tuple[str, Kind]]:
    found = [
        (id_, kind)
        for id_, meeting in examples().items()
        for kind in pipeline.wanted(meeting, pipeline.KINDS)
    ]
    assert len(found) >= 8
    return found


def built(meeting: Proceedings, kind: Kind) -> reader.Manuscript:
    files = pipeline.build(meeting, (kind,), WORD)
    return reader.read(files[f"{meeting.case.id}-{kind}.docx"])


@pytest.mark.parametrize(("id_", "kind"), documents())
def test_the_blocks_are_the_paragraphs_of_the_word_file_in_their_order(
    id_: str, kind: Kind
) -> None:
    meeting = examples()[id_]
    units = built(meeting, kind).units
    written = [digits.arabic(one.text) for unit in units for one in unit.paragraphs]
    assert [digits.arabic(block.text) for block in template_trace.trace(kind, meeting)] == written


@pytest.mark.parametrize(("id_", "kind"), documents())
def test_tracing_leaves_the_page_as_it_is(id_: str, kind: Kind) -> None:
    meeting = examples()[id_]
    before = pages.render(kind, meeting).html
    template_trace.trace(kind, meeting)
    assert pages.render(kind, meeting).html == before
    assert template_trace.BEGIN not in before


# --- the fields that are named are those that matter --------------------------------------------


def longer(line: str) -> str:
    """Give a line with a word more; of a table's row, one more in each cell."""
    return line.replace(" |", " ทดสอบ |") if "|" in line else f"{line} ทดสอบ"


CHOICES = {"inform": "consider", "hybrid": "online", "committee": "staff", "council": "staff"}


def changed(origin: Origin) -> object:
    """Give another value for a field; of a text, another line."""
    value = getattr(origin.record, origin.field)
    if origin.field in ("kind", "mode"):
        return CHOICES.get(value, "inform")
    if origin.field == "follows":
        return f"{value}9"
    if origin.member is not None:
        return (*value[: origin.member], f"ทดสอบ {origin.value}", *value[origin.member + 1 :])
    if isinstance(value, str):
        lines = value.split("\n")
        lines[origin.line or 0] = longer(lines[origin.line or 0])
        return "\n".join(lines)
    if isinstance(value, date):
        return value + timedelta(days=7)
    if isinstance(value, time):
        return value.replace(minute=(value.minute + 1) % 60)
    if isinstance(value, Decimal):
        return value + 1
    if isinstance(value, MeetingNumber):
        return MeetingNumber(value.running, (value.number or 0) + 1, value.year)
    return value


def put(record: Record, field: str, value: object) -> None:
    """Change a record that cannot be changed, as only a test may."""
    record.__dict__[field] = value


UNTRIED = {"", "file", "agenda", "arrived", "left"}  # what is changed by more than a value


def traces(block: Block) -> Iterator[Trace]:
    yield from (span.trace for span in block.spans if span.start < span.end)


def fields_of(block: Block) -> Iterator[Origin]:
    """Give the fields whose own words, or what is made of them, stand in a block."""
    for trace in traces(block):
        for origin in trace.origins:
            is_of_file = isinstance(origin.record, Record) and origin.field not in UNTRIED
            if trace.how in ("written", "made") and is_of_file and origin.has_value:
                yield origin


def texts(kind: Kind, meeting: Proceedings) -> list[str]:
    return [block.text for block in template_trace.trace(kind, meeting)]


def namesakes(meeting: Proceedings, origin: Origin) -> list[Record]:
    """Give the records that say the same name: whoever is renamed is renamed everywhere."""
    assert isinstance(origin.record, Record)
    if origin.field != "name":
        return [origin.record]
    case = meeting.case
    found = [one for top in (case.meeting, case.body) for one in below(top)]
    same = [one for one in found if getattr(one, "name", None) == origin.value]
    return [origin.record, *(one for one in same if one is not origin.record)]


def below(record: Record) -> Iterator[Record]:
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from below(one)


@pytest.mark.parametrize(("id_", "kind"), documents())
def test_changing_a_field_changes_every_paragraph_that_names_it(id_: str, kind: Kind) -> None:
    (case,) = loading.find([examples()[id_].case.path]).cases
    meeting = work_out(case)
    named: dict[object, tuple[Origin, list[int]]] = {}
    blocks = template_trace.trace(kind, meeting)
    for number, block in enumerate(blocks):
        for origin in fields_of(block):
            named.setdefault(origin.key, (origin, []))[1].append(number)
    assert len(named) > 5
    for origin, numbers in named.values():
        old, new = getattr(origin.record, origin.field), changed(origin)
        same = namesakes(meeting, origin)
        for record in same:
            put(record, origin.field, new)
        after = texts(kind, work_out(case))
        for record in same:
            put(record, origin.field, old)
        before = [block.text for block in blocks]
        unmoved = [
            before[n] for n in numbers if len(after) == len(before) and after[n] == before[n]
        ]
        assert unmoved == [], f"{origin.field}: {old}"
