"""The values of fields: lines, days, sums, choices, read from the nodes of a file."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    BeforeValidator,
    PlainValidator,
    ValidationInfo,
)

from minutes.model import prose
from minutes.model.record import Reading, folded, is_empty
from minutes.problems.errors import Fault
from minutes.problems.messages import MESSAGES
from minutes.source import reader
from minutes.source.reader import Node, Scalar, Sequence
from minutes.source.repair import OTHER_DASH
from minutes.thai import amounts, dates, digits, names
from minutes.thai.amounts import MeetingNumber

MOST_PERSONS = 1_000


def _scalar(node: Node) -> Scalar:
    """Give the node as text, or say that text was wanted where a list or a mapping stands."""
    if isinstance(node, Scalar):
        return node
    raise Fault("D43" if node.flow else "D44")


def line_text(node: Node) -> str:
    """Read one line of text; line breaks and runs of spaces fold into one space."""
    scalar = _scalar(node)
    if scalar.lost:
        raise Fault("D51", kept=scalar.text, lost=scalar.lost)
    return " ".join(digits.strip_invisible(scalar.text).split())


def _text(node: Node) -> str:
    """Read plain writing with a little Markdown; what cannot be read as such is a Fault."""
    scalar = _scalar(node)
    if scalar.lost:
        raise Fault("D51", kept=scalar.text, lost=scalar.lost)
    if scalar.lines and scalar.style != "literal":
        raise Fault("D101")
    text = digits.strip_invisible(scalar.text).rstrip()
    prose.parse(text)
    return text


def _entry(node: Node) -> str:
    """Read one line of text that must not be empty."""
    if is_empty(node) or not (line := line_text(node)):
        raise Fault("D91")
    return line


def _passage(node: Node) -> str:
    """Read plain writing that must not be empty."""
    if is_empty(node) or not (text := _text(node)):
        raise Fault("D91")
    return text


def _words_of(node: Node) -> str:
    return " ".join(digits.strip_invisible(_scalar(node).text).split())


class Value:
    """Reads a node as one value; ``parse`` makes it of the words that were written."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        self.parse = parse

    def __call__(self, node: Node) -> Any:
        """Give the value; raises Fault."""
        return self.parse(_words_of(node))


def value(parse: Callable[[str], Any]) -> Value:
    """Let a text be read by ``parse``, as a value that messages quote."""
    return Value(parse)


def whole_number(text: str, *, least: int = 0) -> int:
    """Return the whole number that a text holds; raises Fault where there is none."""
    plain = digits.arabic(text).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain) or int(plain) < least:
        raise Fault("D47", value=text, least=least)
    return int(plain)


class Choice(Value):
    """Reads one of a few words; ``words`` gives the Thai word of each English key."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(self._chosen)
        self.words = words
        self._known = {squeeze(word): key for key, word in words.items()} | {k: k for k in words}

    def _chosen(self, text: str) -> str:
        if (found := self._known.get(squeeze(text).lower())) is None:
            thai_words, words = tuple(self.words.values()), tuple(self.words)
            raise Fault("D46", value=text, wanted_th=thai_words, wanted=words)
        return found


def choice(**words: str) -> Choice:
    """Let a text be one of some words, Thai or English."""
    return Choice(words)


def squeeze(text: str) -> str:
    """Give the text without spaces: ``อื่น ๆ`` and ``อื่นๆ`` are one word to a reader of choices."""
    return "".join(text.split())


YES = frozenset({"true", "yes", "ใช่"})
NO = frozenset({"false", "no", "ไม่ใช่"})


def yes_or_no(text: str) -> bool:
    """Return whether a text says yes; raises Fault where it says neither."""
    word = text.lower()
    if word not in YES | NO:
        raise Fault("D57", value=text)
    return word in YES


REFERENCE = re.compile(r"([a-z0-9-]+-[0-9]{4}-[0-9]{1,4}[a-z]?) +([0-9]+(?:\.[0-9]+)*)")


def _reference(text: str) -> str:
    """Read the id and the item of an earlier meeting, ``otop-2567-01 5.2``."""
    if REFERENCE.fullmatch(plain := digits.arabic(text)) is None:
        raise Fault("D93", value=text)
    return plain


def _refuse_other_dashes(node: Node) -> None:
    """Say of lines that each begin with another dash than the keyboard's that they are no list."""
    is_plain = isinstance(node, Scalar) and node.style == "plain"
    if is_plain and (dash := OTHER_DASH.match(cast(Scalar, node).text)):
        raise Fault("D423", sign=dash["sign"])


def _members(node: Node) -> list[Node]:
    """Give the members of a list, or say that a list was wanted."""
    if isinstance(node, Sequence):
        return list(node.members)
    if isinstance(node, Scalar) and node.style == "plain" and node.text.startswith("-"):
        raise Fault("D30", sign="-")
    _refuse_other_dashes(node)
    raise Fault("D94" if isinstance(node, reader.Mapping) else "D45")


def _persons(node: Node) -> list[Node]:
    members = _members(node)
    if len(members) > MOST_PERSONS:
        raise Fault("D48", count=f"{len(members):,}", limit=f"{MOST_PERSONS:,}")
    return members


def _one_or_more(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return _persons(node)
    _refuse_other_dashes(node)
    return [node]


def _names_or_count(node: Node, info: ValidationInfo) -> int | tuple[str, ...]:
    if not isinstance(node, Sequence):
        return whole_number(_words_of(node).removesuffix("เสียง").strip())
    reading = cast(Reading, info.context)
    return tuple(names.display_name(reading.text(name, _entry)) for name in _persons(node))


def _reasons(
    node: Node, info: ValidationInfo, example_th: str = "ข้อความ", example: str = "text"
) -> dict[str, str]:
    """Read a free mapping of texts and the reason for each."""
    if not isinstance(node, reader.Mapping):
        raise Fault("D95", example_th=f"{example_th}: เหตุผล", example=f"{example}: reason")
    reading = cast(Reading, info.context)
    for entry in node.entries:
        if is_empty(entry.value):
            reading.report(entry.key, "D92", key=entry.key.text)
    given = [entry for entry in node.entries if not is_empty(entry.value)]
    return {folded(entry.key.text): reading.text(entry.value, _entry) for entry in given}


CHECKS = (
    frozenset(f"W{number:02}" for number in range(1, 43))
    | {code for code in MESSAGES if code.startswith("W")}
    | {"D61", "D62"}
)
"""The codes of checks that may be switched off."""


def _ignored(node: Node, info: ValidationInfo) -> dict[str, str]:
    """Read the codes of checks and the reason to switch each one off."""
    reasons = _reasons(node, info, "W08", "W08")
    for entry in cast(reader.Mapping, node).entries:
        if (code := folded(entry.key.text)) not in CHECKS:
            values = {"value": entry.key.text, "near": _nearest_check(code)}
            cast(Reading, info.context).report(entry.key, "D59", **values)
    return reasons


def _nearest_check(code: str) -> str:
    """Give the code of a check that was meant: the one with the nearest number."""
    number = int((re.findall("[0-9]{1,3}", digits.arabic(code)) or ["8"])[0])
    return min(sorted(CHECKS, reverse=True), key=lambda known: abs(int(known[1:]) - number))


Line = Annotated[str, PlainValidator(line_text, json_schema_input_type=str)]
Entry = Annotated[str, PlainValidator(_entry, json_schema_input_type=str)]
Passage = Annotated[str, PlainValidator(_passage, json_schema_input_type=str)]
Prose = Annotated[str, PlainValidator(_text, json_schema_input_type=str)]
Day = Annotated[date, PlainValidator(value(dates.parse_date), json_schema_input_type=str)]
Clock = Annotated[time, PlainValidator(value(dates.parse_time), json_schema_input_type=str)]
LaterClock = Annotated[
    time, PlainValidator(value(dates.parse_later_time), json_schema_input_type=str)
]
Money = Annotated[Decimal, PlainValidator(value(amounts.parse_money), json_schema_input_type=str)]
Count = Annotated[int, PlainValidator(value(whole_number), json_schema_input_type=str)]
YesNo = Annotated[bool, PlainValidator(value(yes_or_no), json_schema_input_type=str)]
Reasons = Annotated[
    Mapping[str, str], PlainValidator(_reasons, json_schema_input_type=dict[str, str])
]
Ignored = Annotated[
    Mapping[str, str], PlainValidator(_ignored, json_schema_input_type=dict[str, str])
]
Reference = Annotated[str, PlainValidator(value(_reference), json_schema_input_type=str)]
Number = Annotated[
    MeetingNumber, PlainValidator(value(amounts.parse_number), json_schema_input_type=str)
]
Ballot = Annotated[int | tuple[str, ...], PlainValidator(_names_or_count)]
T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(_members)]
People = Annotated[tuple[T, ...], BeforeValidator(_persons)]
OneOrMore = Annotated[tuple[T, ...], BeforeValidator(_one_or_more)]
