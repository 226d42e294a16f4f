"""The base of all records: keys in two languages, places in the file, what is reported."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema

from minutes.problems.errors import Fault, Problem, problem
from minutes.source import reader
from minutes.source.reader import Node, Scalar, Sequence
from minutes.source.repair import MOST_FAULTS
from minutes.thai import digits


@dataclass(frozen=True)
class Places:
    """Where a record and each of its fields stand in the file."""

    whole: Node
    fields: Mapping[str, Node] = field(default_factory=dict)

    def of(self, name: str = "", offset: int | None = None) -> tuple[int, int]:
        """Give line and column of a field, or of the record; ``offset`` counts lines in a text."""
        node = self.node(name)
        if offset is None:
            return node.line, node.column
        return line_in(node, offset)

    def node(self, name: str) -> Node:
        """Give what was written for a field, or for the record when the field was not."""
        return self.fields.get(name, self.whole)

    @property
    def is_english(self) -> bool:
        """Whether the record's keys are written in English."""
        if not isinstance(self.whole, reader.Mapping) or not self.whole.entries:
            return False
        return all(entry.key.text.isascii() for entry in self.whole.entries)


def line_in(node: Node, offset: int) -> tuple[int, int]:
    """Give line and column of a line in a text, counted from 0; a text after | begins below it."""
    line = node.line_of(offset) if isinstance(node, Scalar) else node.line
    return line, node.column if line == node.line else 1


def at_line(line: int) -> dict[str, str]:
    """Give the slots of a message that says where something stands besides."""
    return {"where_th": f"บรรทัดที่ {line}", "where": f"line {line}"}


NOWHERE = Places(Scalar("", 1, 1))


class Fields(dict[str, Any]):
    """The entries of one mapping by field name, and what its keys were taken for."""

    def __init__(self, record: type["Record"], node: reader.Mapping) -> None:
        super().__init__()
        self.record = record
        self.places = Places(node)


@dataclass
class Reading:
    """What is gathered while one file is validated."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def report(self, node: Node, code: str, **values: object) -> None:
        """Add a problem at a node."""
        self.problems.append(problem(self.path, node.line, node.column, code, **values))

    def report_unknown(self, key: Scalar, record: type["Record"]) -> None:
        """Report a key that the record does not have, unless more than enough is wrong already."""
        from minutes.model.key_hints import unknown_key

        if len(self.problems) < MOST_FAULTS:
            fault = unknown_key(record, key.text)
            self.report(key, fault.code, **fault.values)

    def text(self, node: Node, read: Callable[[Node], str]) -> str:
        """Read one text among several; a fault is reported at its own place."""
        try:
            return read(node)
        except Fault as fault:
            self.report(node, fault.code, **fault.values)
            return ""


def key(
    *thai_keys: str,
    english: str = "",
    default: Any = None,
    meant_by: tuple[str, ...] = (),
    **more: Any,
) -> Any:
    """Declare a field: its Thai keys, the first of which is shown, and its English one.

    ``meant_by`` are words that people write for it and that only a hint knows.
    """
    extra: JsonDict = {"keys": [english, *thai_keys], "meant_by": [*meant_by]}
    return Field(default, title=thai_keys[0], json_schema_extra=extra, **more)


def folded(text: str) -> str:
    """Give a key as it is compared: NBSP, doubled spaces and the split SARA AM are folded."""
    return " ".join(digits.strip_invisible(text).split())


class Record(BaseModel):
    """A mapping of the input; an unknown key is an error, with the nearest known one as a hint."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    places: SkipJsonSchema[Places] = Field(default=NOWHERE, exclude=True, repr=False)
    keys: ClassVar[Mapping[str, str]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """List the keys of the record, English and Thai, with the field that each one names."""
        cls.keys = {
            word: name for name, info in cls.model_fields.items() for word in _keys_of(name, info)
        }

    @model_validator(mode="before")
    @classmethod
    def _from_node(cls, node: object, info: ValidationInfo) -> object:
        if isinstance(node, (Scalar, Sequence)):
            if is_empty(node) or (isinstance(node, Scalar) and not node.text.strip()):
                raise Fault("D91")
            return cls._from_text(node)
        if isinstance(node, reader.Mapping):
            return cls._from_mapping(node, cast(Reading, info.context))
        return node

    @classmethod
    def _from_text(cls, node: Scalar | Sequence) -> object:
        first = next(name for name in cls.model_fields if name != "places")
        raise Fault("D52", key=cls.shown_key(first), key_en=cls.shown_key(first, english=True))

    @classmethod
    def _from_mapping(cls, node: reader.Mapping, reading: Reading) -> Fields:
        fields = Fields(cls, node)
        written: dict[str, reader.Entry] = {}
        for entry in node.entries:
            name = cls.keys.get(folded(entry.key.text))
            if name is None:
                reading.report_unknown(entry.key, cls)
            elif name in written:
                other = written[name].key
                values = {"key": entry.key.text, "other": other.text, "line": other.line}
                reading.report(entry.key, "D41", **values)
            else:
                written[name] = entry
        for name, entry in written.items():
            if not is_empty(entry.value):
                fields[name] = entry.value
        places = {name: e.key if is_empty(e.value) else e.value for name, e in written.items()}
        fields["places"] = fields.places = Places(node, places)
        return fields

    @classmethod
    def shown_key(cls, name: str, *, english: bool = False) -> str:
        """Give the key of a field as a message shows it."""
        info = cls.model_fields[name]
        return next(_keys_of(name, info)) if english else str(info.title)

    def key_for(self, name: str) -> str:
        """Give the key of a field in the language in which this record is written."""
        return self.shown_key(name, english=self.places.is_english)

    def within(self) -> Iterator["Record"]:
        """Go through every record below this one, in no order of the file."""
        found: list[Record] = []
        self._gather(found)
        return iter(found)

    def _gather(self, found: "list[Record]") -> None:
        for value in self.__dict__.values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Record):
                    found.append(one)
                    one._gather(found)

    def switched_off(self) -> Iterator[tuple[str, tuple[str, Scalar]]]:
        """Go through the checks that the record switches off: code, reason, the key in the file."""
        reasons: Mapping[str, str] = getattr(self, "ignore", {})
        node = self.places.node("ignore")
        for entry in node.entries if reasons and isinstance(node, reader.Mapping) else ():
            code = folded(entry.key.text)
            yield code, (reasons[code], entry.key)

    @property
    def has_unknown_keys(self) -> bool:
        """Whether a key was not understood, so that nothing can be said to be missing."""
        node = self.places.whole
        entries = node.entries if isinstance(node, reader.Mapping) else ()
        return any(folded(entry.key.text) not in self.keys for entry in entries)


def _keys_of(name: str, info: FieldInfo) -> Iterator[str]:
    extra = info.json_schema_extra
    if isinstance(extra, dict):
        english, *others = cast(list[str], extra["keys"])
        yield english or name
        yield from others


def is_empty(node: Node) -> bool:
    """Whether nothing was written for a key."""
    return isinstance(node, Scalar) and node.style == "plain" and node.text in ("", "~", "null")


def name_alone(node: Scalar | Sequence) -> dict[str, object]:
    """Take a text for the name of a person."""
    if isinstance(node, Sequence):
        raise Fault("D97")
    return {"name": node, "places": Places(node)}
