"""A file's nodes turned into a record, with every problem in file order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import (
    ValidationError,
)

from minutes.model.key_hints import unknown_key
from minutes.model.record import Fields, Reading, Record, folded, line_in
from minutes.problems.errors import Fault, MinutesError, Problem, problem
from minutes.source import reader
from minutes.source.reader import Node, Scalar
from minutes.source.repair import MOST_FAULTS

R = TypeVar("R", bound=Record)


def read(cls: type[R], path: Path) -> R:
    """Read a file as a record; raises MinutesError with every problem, in file order.

    Where the file could be read only in part, the rest is looked through for more problems.
    """
    return understand(cls, reader.survey(path), path)


def understand(cls: type[R], reading: reader.Reading, path: Path) -> R:
    """Turn what could be read of a file into a record; raises as ``read`` does."""
    node, problems = reading
    if node is None:
        raise MinutesError(problems)
    try:
        record = validate(cls, node, path)
    except MinutesError as error:
        stumbled = {known.line for known in problems}
        more = [found for found in error.problems if found.line not in stumbled]
        raise MinutesError(sorted([*problems, *more], key=_place)) from None
    if problems:
        raise MinutesError(problems)
    return record


def _place(found: Problem) -> tuple[int, int]:
    return found.line, found.column


def validate(cls: type[R], node: Node, path: Path) -> R:
    """Turn a file's nodes into a record; raises MinutesError with every problem, in file order."""
    reading = Reading(path)
    record = None
    try:
        record = cls.model_validate(node, context=reading)
    except ValidationError as caught:
        found = (_as_problem(error, path, node) for error in caught.errors())
        reading.problems += [problem for problem in found if problem is not None]
    if record is None or reading.problems:
        raise MinutesError(sorted(reading.problems, key=_place)[:MOST_FAULTS])
    return record


def _as_problem(error: Any, path: Path, whole: Node) -> Problem | None:
    """Give a problem its place: the node that was refused, or the mapping that lacks a key."""
    at = error["input"]
    if error["type"] == "missing" and isinstance(at, Fields):
        return _missing(at, str(error["loc"][-1]), path)
    fault = error.get("ctx", {}).get("error")
    if not isinstance(fault, Fault):
        raise TypeError(f"a fault of the program, not of the file: {error}")
    line, column = getattr(at, "line", whole.line), getattr(at, "column", whole.column)
    if fault.line is not None and isinstance(at, Scalar):
        line, column = line_in(at, fault.line)
    return problem(path, line, column, fault.code, **fault.values)


def _missing(fields: Fields, name: str, path: Path) -> Problem | None:
    """Say that a key is missing or has no value, unless an unknown key was meant for it."""
    record, places = fields.record, fields.places
    shown = record.shown_key(name, english=places.is_english)
    if name in places.fields:
        return problem(path, *places.of(name), "D90", key=shown)
    if name in {
        record.keys.get(near) for near in _meant(record, cast(reader.Mapping, places.whole))
    }:
        return None
    return problem(path, *places.of(), "D42", key=shown)


def _meant(record: type[Record], node: reader.Mapping) -> Iterator[str]:
    """Go through the known keys that the unknown ones of a mapping probably mean."""
    for entry in node.entries[:MOST_FAULTS]:
        if folded(entry.key.text) not in record.keys:
            yield str(unknown_key(record, entry.key.text).values.get("near", ""))
