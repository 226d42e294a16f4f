"""The JSON Schemas (draft-07) by which an editor completes, explains and checks agendas.

Keys and words come from ``minutes.model``, explanations from ``wording.yaml``. An editor reads YAML
with types (``09.30`` is 9.3 to it): whatever the program accepts must pass, so a schema leaves to
the program what only it can judge. The schema of one language accepts the other's keys and words
without offering them. ``if``/``then`` stands for ``type`` where naming the types would have the
editor offer ``null`` and ``false``.
"""

import json
import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin
from urllib.parse import quote

import yaml
from pydantic import BeforeValidator, PlainValidator

from minutes.model import meeting, office, values
from minutes.model.meeting import Meeting
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.model.values import Choice, Value
from minutes.paths import ROOT
from minutes.problems.messages import MESSAGES
from minutes.thai import amounts, dates

FOLDER = ROOT / "schema"
LONGEST_LINE = 100
FILES: Mapping[str, type[Record]] = {"office": Office, "body": Body, "meeting": Meeting}

Language = Literal["th", "en"]
Schema: TypeAlias = dict[str, Any]

UNSEEN = r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"  # what the program drops before it reads
PLAIN_KEY = rf"^[^\s{UNSEEN[1:]}*$"
DIGIT = "[0-9๐-๙]"
SCALARS = ["string", "number", "boolean"]

SAYS: Mapping[str, tuple[str, str]] = {
    "text": ("ใส่ข้อความ ไม่ใช่รายการหรือคีย์ย่อย", "give text, not a list or keys"),
    "date": ("ใส่วันที่ เช่น 14 พฤษภาคม 2567", "give a date such as 14 พฤษภาคม 2567"),
    "time": ("ใส่เวลา เช่น 09.30", "give a time such as 09.30"),
    "money": ("ใส่จำนวนเงิน เช่น 15,000 บาท", "give an amount such as 15,000 บาท"),
    "number": ("ใส่ครั้งที่ เช่น 1/2569", "give a number such as 1/2569"),
    "count": ("ใส่จำนวนเต็ม", "give a whole number"),
    "names": ("ใส่จำนวน หรือรายชื่อ", "give a count or a list of names"),
    "half": ("ใส่ กึ่งหนึ่ง หรือจำนวนคน", "give half or a number of people"),
    "years": ("ใส่จำนวนปี หรือ ตลอดไป", "give a number of years or forever"),
    "reference": ("ใส่รหัสการประชุมและเลขเรื่อง เช่น otop-2567-01 5.2", "give an id: otop-2567-01 5.2"),
    "done": ("ใช้ได้: ใช่ · ไม่ใช่ หรือวันที่", "use true, false or a date"),
    "choice": ("ใช้ได้: {words}", "use {words}"),
    "list": ('ใส่เป็นรายการ แต่ละรายการขึ้นต้นด้วย "- "', 'give a list, each entry after "- "'),
    "keys": ("ใส่เป็นคีย์และค่า ย่อหน้าใต้คีย์นี้", "give keys with values, indented below this one"),
    "entry": ("ใส่ข้อความหรือคีย์และค่า", "give text or keys with values"),
    "reasons": ("ใส่เป็น ข้อความ: เหตุผล", "give text: reason"),
    "unknown": ("ไม่รู้จักคีย์นี้ในที่นี้", "this key is not known here"),
    "required": ("ต้องมีคีย์ {words}", "the key {words} is required"),
    "or": (" หรือ ", " or "),
}
REASON = {"allOf": [{"$ref": "#/definitions/reason"}]}
HALF = {"half": "กึ่งหนึ่ง"}
FOREVER = {"forever": "ตลอดไป"}
YES_OR_NO = {"true": "ใช่", "false": "ไม่ใช่"}
ALSO_MEANT = {"half": ["ครึ่งหนึ่ง"], "true": ["yes"], "false": ["no"]}

# The records of which one of a few keys is required although none of them is by itself.
ONE_OF: Mapping[type[Record], tuple[str, ...]] = {
    meeting.Section: ("kind", "title"),
    meeting.Attachment: ("file", "title"),
    meeting.Certified: ("number", "date"),
    meeting.Change: ("arrived", "left"),
}


def files() -> dict[Path, bytes]:
    """Return every schema."""
    return {path: text.encode() for path, text in schemas().items()}


def schemas() -> dict[Path, str]:
    """Give the text of every schema by the file it belongs in."""
    return {
        FOLDER / language / f"{name}.json": _as_json(Tongue(language).file(record))
        for language in ("th", "en")
        for name, record in FILES.items()
    }


def _as_json(schema: Schema) -> str:
    return f"{_lines(schema)}\n"


def _lines(value: Any, depth: int = 0) -> str:
    """Give a value as JSON: on a line where it is short, else with its parts below each other."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(short) + 2 * depth <= LONGEST_LINE:
        return short
    begin, end = "{}" if isinstance(value, dict) else "[]"
    parts = value.items() if isinstance(value, dict) else (("", part) for part in value)
    space = "\n" + "  " * (depth + 1)
    below = (
        f"{json.dumps(k, ensure_ascii=False)}: " * bool(k) + _lines(v, depth + 1) for k, v in parts
    )
    return f"{begin}{space}{f',{space}'.join(below)}{space[:-2]}{end}"


@cache
def wording() -> dict[str, dict[str, tuple[str, str, str]]]:
    """Give what is told of each field of each record: in Thai, in English, and an example."""
    read: dict[str, dict[str, Any]] = yaml.load(
        (FOLDER / "wording.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    return {
        record: {name: tuple(told) for name, told in fields.items()}
        for record, fields in read.items()
    }


# --- one language -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tongue:
    """Makes schemas that speak one language."""

    language: Language

    def file(self, record: type[Record]) -> Schema:
        """Give the schema of a file that holds one record."""
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": self.term(record)}
        whole = {"type": "object", **self.record(record, "#")}
        within = [other for other in _records_within(record) if other is not record]
        named = {o.__name__: self.record(o, f"#/definitions/{o.__name__}") for o in within}
        others = {"reason": self.entry(False), "checks": self.checks()}
        return {**head, **whole, "definitions": {**named, **others}}

    def term(self, record: type[Record]) -> str:
        """Give what a record is called, from the first words of its docstring."""
        term, _, english = str(record.__doc__).splitlines()[0].partition(": ")
        return term if self.language == "th" else english.rstrip(".")

    def say(self, what: str, words: str = "") -> str:
        """Give what an editor says of a wrong value."""
        return SAYS[what][self.language == "en"].format(words=words)

    def shown(self, words: Mapping[str, str]) -> list[str]:
        """Give the words of a choice that are offered."""
        return list(words.values() if self.language == "th" else words)

    # records

    def record(self, record: type[Record], at: str) -> Schema:
        """Give what a record's mapping holds, ``at`` the place of this schema in the file's.

        Says nothing of what else may stand for the mapping.
        """
        fields = [name for name in record.model_fields if name != "places"]
        shown = {name: self.key(record, name) for name in fields}
        others = {
            _other_spellings(record, name, key): {"$ref": f"{at}/properties/{quote(key)}"}
            for name, key in shown.items()
        }
        required = list(self.required(record))
        return {
            "properties": {shown[name]: self.field(record, name) for name in fields},
            "patternProperties": {**others, UNSEEN: {}},
            "additionalProperties": False,
            **({"allOf": required} if required else {}),
            "errorMessage": self.say("unknown"),
        }

    def key(self, record: type[Record], name: str) -> str:
        """Give the key of a field that is offered."""
        return record.shown_key(name, english=self.language == "en")

    def required(self, record: type[Record]) -> Iterator[Schema]:
        """Go through what the record cannot do without, each of it by any of its keys."""
        needed = [(name,) for name, info in record.model_fields.items() if info.is_required()]
        for names in [*needed, *([ONE_OF[record]] if record in ONE_OF else [])]:
            keys = [self.key(record, name) for name in names]
            others = [key for key, name in record.keys.items() if name in names and key not in keys]
            message = self.say("required", self.say("or").join(keys))
            yield {
                "anyOf": [
                    *({"required": [key], "errorMessage": message} for key in [*keys, *others]),
                    {"not": {"propertyNames": {"pattern": PLAIN_KEY}}},
                ]
            }

    def field(self, record: type[Record], name: str) -> Schema:
        """Give the schema of a field with its title, description and example."""
        info = record.model_fields[name]
        told = {**wording()["Record"], **wording()[record.__name__]}[name]
        described = {
            "title": self.key(record, name),
            "description": told[self.language == "en"],
        }
        shape = self.shape(info.annotation, info.metadata, optional=not info.is_required())
        example = {} if told[2] == "~" else {"examples": [told[2]]}
        return {**described, **shape, **example}

    # values

    def shape(self, annotation: Any, metadata: Sequence[Any], *, optional: bool) -> Schema:
        """Give what may be written for a type; nothing at all is something where it is optional."""
        of, reader = _unwrapped(annotation, metadata)
        if reader in (values._members, values._persons):
            entry = self.shape(get_args(of)[0], (), optional=False)
            return {**_of_type("array", optional), "items": entry, "errorMessage": self.say("list")}
        if reader is values._one_or_more:
            one = self.shape(get_args(of)[0], (), optional=False)
            alone = {key: value for key, value in one.items() if key not in ("if", "then")}
            return {**alone, "items": one}  # of any type: a list, a mapping, a name or nothing
        if isinstance(of, type) and issubclass(of, Record):
            return self.of_record(of, optional)
        if isinstance(reader, Choice):
            return self.choice(reader.words, "choice", optional)
        return VALUES[reader.parse if isinstance(reader, Value) else reader](self, optional)

    def of_record(self, record: type[Record], optional: bool) -> Schema:
        """Give a record's mapping, or the text that stands for one where that is allowed."""
        mapping = {"allOf": [{"$ref": f"#/definitions/{record.__name__}"}]}
        if record._from_text.__func__ is Record._from_text.__func__:  # type: ignore[attr-defined] # of a bound class method
            return {**_of_type("object", optional), **mapping, "errorMessage": self.say("keys")}
        return {**self.only([*SCALARS, "object"], "entry", optional), "pattern": r"\S", **mapping}

    def only(
        self, allowed: Sequence[str], what: str, optional: bool, *, message: str = ""
    ) -> Schema:
        """Refuse values of other types than these."""
        every = ["null", "array", "object", *SCALARS]
        refused = [
            kind for kind in every if kind not in allowed and not (optional and kind == "null")
        ]
        if not refused:
            return {}
        then = {"type": allowed[0], "errorMessage": message or self.say(what)}
        return {"if": {"type": refused}, "then": then}

    def text(self, optional: bool) -> Schema:
        """Give plain writing, which a number and a date are too."""
        return self.only(SCALARS, "text", optional)

    def entry(self, optional: bool) -> Schema:
        """Give a line that is not blank."""
        return {**self.text(optional), "pattern": r"\S", "patternErrorMessage": self.say("text")}

    def figures(self, what: str, optional: bool, *types: str, **limits: float) -> Schema:
        """Give a value that holds a digit at least; ``limits`` are for those read as numbers."""
        message = self.say(what)
        only = self.only(["string", *types], what, optional)
        return {**only, "pattern": DIGIT, "patternErrorMessage": message, **limits}

    def choice(
        self, words: Mapping[str, str], what: str, optional: bool, *types: str, **limits: float
    ) -> Schema:
        """Give one of a few words, or with other ``types`` a value that holds a digit besides."""
        offered: list[Any] = self.shown(words)
        if words is YES_OR_NO and self.language == "en":
            offered = [True, False]
        message = self.say(what, " · ".join(map(str, self.shown(words))))
        known = [
            *words,
            *words.values(),
            *(also for word in words for also in ALSO_MEANT.get(word, ())),
        ]
        spelt = "|".join(map(_any_spelling, known))
        figures = f"|{DIGIT}" if "number" in types or what == "done" else ""
        others = {"pattern": rf"^\s*(?:{spelt})\s*$|{UNSEEN}{figures}", **limits}
        only = self.only(["string", *types], what, optional, message=message)
        return {"anyOf": [{"enum": offered, "errorMessage": message}, {**only, **others}]}

    def reasons(self, optional: bool) -> Schema:
        """Give free text and the reason for each."""
        message = {"errorMessage": self.say("reasons")}
        return {
            **_of_type("object", optional),
            "additionalProperties": self.entry(False),
            **message,
        }

    def ignored(self, optional: bool) -> Schema:
        """Give the codes of checks and the reason to switch each one off."""
        checks = {"allOf": [{"$ref": "#/definitions/checks"}]}
        return {**_of_type("object", optional), **checks, "errorMessage": self.say("reasons")}

    def checks(self) -> Schema:
        """Give the mapping of all codes, each with what its check says."""
        codes = sorted(values.CHECKS)
        spaced = "|".join(codes)
        return {
            "properties": {code: {"description": self.message(code), **REASON} for code in codes},
            "patternProperties": {rf"^\s+(?:{spaced})\s*$|^(?:{spaced})\s+$": REASON, UNSEEN: {}},
            "additionalProperties": False,
            "errorMessage": self.say("unknown"),
        }

    def message(self, code: str) -> str:
        """Give what a check says, with dots for its slots."""
        wording = MESSAGES.get(code)
        text = "" if wording is None else wording.th if self.language == "th" else wording.en
        return re.sub(r"\{[^}]*\}", "…", text)


VALUES: Mapping[Callable[..., Any], Callable[[Tongue, bool], Schema]] = {
    values.line_text: Tongue.text,
    values._entry: Tongue.entry,
    values._text: Tongue.text,
    values._passage: Tongue.entry,
    meeting._line_or_false: Tongue.text,
    values._reasons: Tongue.reasons,
    values._ignored: Tongue.ignored,
    values._reference: lambda tongue, optional: tongue.figures("reference", optional),
    values.yes_or_no: lambda tongue, optional: tongue.choice(
        YES_OR_NO, "choice", optional, "boolean"
    ),
    meeting._yes_or_date: lambda tongue, optional: tongue.choice(
        YES_OR_NO, "done", optional, "boolean"
    ),
    meeting._yes_or_time: lambda tongue, optional: tongue.choice(
        YES_OR_NO, "time", optional, "boolean", "number", minimum=0, maximum=24
    ),
    office._half_or_number: lambda tongue, optional: tongue.choice(
        HALF, "half", optional, "number", minimum=1, multipleOf=1
    ),
    office._years_or_forever: lambda tongue, optional: tongue.choice(
        FOREVER, "years", optional, "number", minimum=1, multipleOf=1
    ),
    values.whole_number: lambda tongue, optional: tongue.figures(
        "count", optional, "number", minimum=0, multipleOf=1
    ),
    values._names_or_count: lambda tongue, optional: {
        **tongue.figures("names", optional, "number", "array", minimum=0, multipleOf=1),
        "items": tongue.entry(False),
    },
    dates.parse_date: lambda tongue, optional: tongue.figures("date", optional),
    dates.parse_time: lambda tongue, optional: tongue.figures(
        "time", optional, "number", minimum=0, maximum=23.59
    ),
    dates.parse_later_time: lambda tongue, optional: tongue.figures(
        "time", optional, "number", minimum=0, maximum=24
    ),
    amounts.parse_money: lambda tongue, optional: tongue.figures(
        "money", optional, "number", minimum=0
    ),
    amounts.parse_number: lambda tongue, optional: tongue.figures(
        "number", optional, "number", minimum=1, multipleOf=1
    ),
}
"""What may be written for each kind of value, by the function that reads it."""


def _of_type(kind: str, optional: bool) -> Schema:
    return {"type": [kind, "null"] if optional else kind}


def _unwrapped(annotation: Any, metadata: Sequence[Any]) -> tuple[Any, Any]:
    """Give the type that an annotation names, and the function of ours that reads it."""
    for known in metadata:
        if isinstance(known, PlainValidator | BeforeValidator):
            return annotation, known.func
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _unwrapped(inner, more)
    if get_origin(annotation) in (Union, types.UnionType):
        return _unwrapped(next(one for one in get_args(annotation) if one is not type(None)), ())
    return annotation, None


def _records_within(record: type[Record]) -> Iterator[type[Record]]:
    """Go through the records that a record is made of, each once."""
    found: dict[type[Record], None] = {record: None}
    waiting = [record]
    while waiting:
        for info in waiting.pop().model_fields.values():
            of, reader = _unwrapped(info.annotation, info.metadata)
            if reader in (values._members, values._persons, values._one_or_more):
                of, _ = _unwrapped(get_args(of)[0], ())
            if isinstance(of, type) and issubclass(of, Record) and of not in found:
                found[of] = None
                waiting.append(of)
    yield from found


def _other_spellings(record: type[Record], name: str, shown: str) -> str:
    """Give the pattern of a field's other keys, and of the same one with the SARA AM in two."""
    keys = [key for key, of in record.keys.items() if of == name]
    spelt = "|".join(re.escape(key).replace("ำ", "(?:ำ|ํา)") for key in keys)
    return rf"^(?!{shown}$)\s*(?:{spelt})\s*$"


def _any_spelling(word: str) -> str:
    """Give the pattern of a word of a choice, whose spaces and capitals do not matter."""
    letters = (f"[{c}{c.upper()}]" if c.isascii() else re.escape(c) for c in word if c != " ")
    return r"\s*".join(letters)
