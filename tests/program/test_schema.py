"""The schemas under ``schema/``: an editor offers, explains and underlines what the program would.

An editor reads YAML with types, so ``typed`` does as well: as YAML 1.2 says and as 1.1 did.
"""

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from minutes.model import meeting, validation
from minutes.model.meeting import Meeting
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.model.values import Choice
from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from minutes.source import reader
from tests.program.test_examples import FILES
from tests.support.agenda_folder import CASES

FOLDER = ROOT / "schema"
KINDS: dict[str, type[Record]] = {"office": Office, "body": Body, "meeting": Meeting}
LANGUAGES = ("th", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


# --- an editor ----------------------------------------------------------------------------------


class _Core(yaml.SafeLoader):
    """Reads YAML with the types of version 1.2, as editors do."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - so the base class declares it


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))  # in YAML 1.2 a leading zero means nothing


_Core.add_constructor("tag:yaml.org,2002:int", _whole)


def typed(text: str, loader: type[yaml.SafeLoader] = _Core) -> Any:
    """Give what an editor makes of a file."""
    return plain(yaml.load(text, loader))


def plain(value: Any) -> Any:
    """Give a value as JSON has it: keys are text, and so are dates."""
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return str(value) if isinstance(value, datetime.date) else value


@cache
def validator(language: str, kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(language, kind))


@cache
def schema(language: str, kind: str) -> Any:
    return json.loads((FOLDER / language / f"{kind}.json").read_text("utf-8"))


def underlined(text: str, kind: str = "meeting", language: str = "th") -> list[str]:
    """Give where a file is underlined, as paths into it."""
    errors = validator(language, kind).iter_errors(typed(text))
    return sorted({"/".join(map(str, error.absolute_path)) for error in errors})


def kind_of(path: Path) -> str:
    return path.stem if path.stem in KINDS else "meeting"


# --- the files ----------------------------------------------------------------------------------


def test_there_is_a_schema_for_each_kind_of_file_in_each_language() -> None:
    made = {FOLDER / language / f"{kind}.json" for language in LANGUAGES for kind in KINDS}
    assert set(FOLDER.rglob("*.json")) == made


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_of_draft_7(language: str, kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(language, kind))
    assert schema(language, kind)["$schema"] == "http://json-schema.org/draft-07/schema#"


@BOTH
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_example_is_not_underlined(path: Path, language: str) -> None:
    assert underlined(path.read_text("utf-8"), kind_of(path), language) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_example_leads_the_editor_to_its_schema(path: Path) -> None:
    first = path.read_text("utf-8").partition("\n")[0]
    match = re.fullmatch(
        r"# yaml-language-server: \$schema=((?:\.\./)+schema/(th|en)/\w+\.json)", first
    )
    assert match
    assert (path.parent / match[1]).resolve() == FOLDER / match[2] / f"{kind_of(path)}.json"


def test_vs_code_leads_every_example_to_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemaStore.enable"] is False  # nothing is asked of the network
    found = {
        path: ROOT / schema
        for schema, pattern in settings["yaml.schemas"].items()
        for path in ROOT.glob(pattern)
    }
    assert {path: found.get(path) for path in FILES} == {
        path: FOLDER / "th" / f"{kind_of(path)}.json" for path in FILES
    }
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text("utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


# --- keys and words -----------------------------------------------------------------------------


def records_of(kind: str, language: str) -> dict[type[Record], Any]:
    """Give the schema of every record that a kind of file holds."""
    whole = schema(language, kind)
    named = {one.__name__: one for one in Record.__subclasses__()}
    found = {named[name]: part for name, part in whole["definitions"].items() if name in named}
    return {KINDS[kind]: whole, **found}


def fields_of(record: type[Record]) -> list[str]:
    return [name for name in record.model_fields if name != "places"]


RECORDS = [
    (language, kind, record)
    for language in LANGUAGES
    for kind in KINDS
    for record in records_of(kind, language)
]


def test_every_record_has_a_schema() -> None:
    assert {record for _, _, record in RECORDS} == set(Record.__subclasses__())


@pytest.mark.parametrize(("language", "kind", "record"), RECORDS)
def test_the_keys_are_those_of(language: str, kind: str, record: type[Record]) -> None:
    part = records_of(kind, language)[record]
    english = language == "en"
    offered = [record.shown_key(name, english=english) for name in fields_of(record)]
    assert list(part["properties"]) == offered
    assert part["additionalProperties"] is False
    others = set(record.keys) - {"places"} - set(offered)
    for key in others:
        matching = [pattern for pattern in part["patternProperties"] if re.search(pattern, key)]
        assert len(matching) == 1, key
    assert not [p for p in part["patternProperties"] for key in offered if re.search(p, key)]


@pytest.mark.parametrize(("language", "kind", "record"), RECORDS)
def test_every_key_is_told_with_its_title_and_what_it_means(
    language: str, kind: str, record: type[Record]
) -> None:
    for key, told in records_of(kind, language)[record]["properties"].items():
        assert told["title"] == key
        is_thai = re.search("[ก-ฮ]", told["description"].replace("โดยมี", "")) is not None
        assert told["description"]
        assert (
            is_thai == (language == "th")
            or "รายงานการประชุม" in told["description"]
            or "ประธาน" in told["description"]
        )


def choices_of(record: type[Record]) -> Iterator[tuple[str, Choice]]:
    for name in fields_of(record):
        info = record.model_fields[name]
        for known in [*info.metadata, *(m for a in get_args(info.annotation) for m in get_args(a))]:
            if isinstance(reader := getattr(known, "func", None), Choice):
                yield name, reader


CHOICES = [(*at, *choice) for at in RECORDS for choice in choices_of(at[2])]


@pytest.mark.parametrize(("language", "kind", "record", "name", "choice"), CHOICES)
def test_the_words_that_are_offered_are_those_of(
    language: str, kind: str, record: type[Record], name: str, choice: Choice
) -> None:
    key = record.shown_key(name, english=language == "en")
    offered = records_of(kind, language)[record]["properties"][key]["anyOf"][0]["enum"]
    assert offered == list(choice.words.values() if language == "th" else choice.words)


def test_there_are_choices() -> None:
    assert len({(record, name) for _, _, record, name, _ in CHOICES}) == 9


# --- what is wrong ------------------------------------------------------------------------------

BAD = [path for kind in KINDS for path in sorted((CASES / "bad" / kind).glob("*.yaml"))]

# What only the program can judge, by the reason, and the wrong files whose every fault is such.
ONLY_THE_PROGRAM_SEES = {
    "a day, a month, a year or a weekday that is not": """
        date-without-year month-13 month-misspelt thirtieth-of-february thirty-first-of-june
        wrong-weekday year-in-two-digits-with-slashes year-of-another-era
        number-of-the-common-era number-with-a-short-year month-that-never-was""",
    "a time or an amount that has digits and is none": """
        money money-about time-14.3 time-9.75 time-range""",
    "one value against another": """
        end-at-the-start end-before-start final-without-particulars
        final-without-particulars-in-english warnings-beside-an-error numbers-typed-by-hand
        votes-beyond-those-present no-chair no-quorum quorum-beyond-the-members""",
    "who is a member and who is named twice": """
        person-twice member-twice present-and-absent the-absent-at-work unknown-member-absent
        unknown-member-substituted unknown-person-coming-late unknown-voters numbered-members
        misspelt-recorder misspelt-chair-recorder-checker""",
    "other files": "follows-nothing picture-missing picture-outside",
    "how a text is written": "ragged-table text-lost-after-a-hash text-over-several-lines",
    "one thing said by two keys": "key-twice-in-both-languages",
    "a text that is there and empty": "attachment-without-a-name",
}


def is_underlined(path: Path, language: str) -> bool:
    try:
        return bool(underlined(path.read_text("utf-8"), path.parent.name, language))
    except yaml.YAMLError:
        return True  # an editor underlines what is no YAML, whatever the schema


@BOTH
def test_every_other_wrong_file_is_underlined(language: str) -> None:
    unseen = {path.stem for path in BAD if not is_underlined(path, language)}
    assert unseen == {name for names in ONLY_THE_PROGRAM_SEES.values() for name in names.split()}
    assert len(BAD) - len(unseen) > 45


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("สถานะ: ร่างง", "สถานะ"),
        ("สถานะ: [ร่าง]", "สถานะ"),
        ("เวลาเริ่ม: 25.00", "เวลาเริ่ม"),
        ("เวลาเริ่ม: เช้า", "เวลาเริ่ม"),
        ("เวลาเริ่ม: ใช่", "เวลาเริ่ม"),
        ("สถานที่: {ก: ข}", "สถานที่"),
        ("ครั้งที่: แรก", "ครั้งที่"),
        ("ครั้งที่: 1.5", "ครั้งที่"),
        ("ระเบียบวาระ: ก", "ระเบียบวาระ"),
        ("ระเบียบวาระ: [{เรื่อง: [ก]}]", "ระเบียบวาระ/0"),
        ("ก่อนวาระ: [{ชื่อเรื่อง: ก, ลับ: บ้าง}]", "ก่อนวาระ/0/ลับ"),
        ("ก่อนวาระ: [{ชื่อเรื่อง: ก, คะแนนเสียง: {เห็นชอบ: 1.5}}]", "ก่อนวาระ/0/คะแนนเสียง/เห็นชอบ"),
        ("ก่อนวาระ: [{ชื่อเรื่อง: ก, คะแนนเสียง: {งดออกเสียง: 1}}]", "ก่อนวาระ/0/คะแนนเสียง"),
        ("ก่อนวาระ: [{ชื่อเรื่อง: ก, มอบหมาย: [{งาน: ก, เสร็จแล้ว: ยัง}]}]", "ก่อนวาระ/0/มอบหมาย/0/เสร็จแล้ว"),
        ("ก่อนวาระ: [{ชื่อเรื่อง: }]", "ก่อนวาระ/0/ชื่อเรื่อง"),
        ("ก่อนวาระ: [ก, ]\nก่อน: ก", ""),
        ("ละเว้น: {W99: ก}", "ละเว้น"),
        ("ละเว้น: {W08: }", "ละเว้น/W08"),
        ("ละเว้น: W08", "ละเว้น"),
    ],
)
@BOTH
def test_a_wrong_value_is_underlined_where_it_stands(text: str, where: str, language: str) -> None:
    assert underlined(f"วันที่: 1 พฤษภาคม 2567\n{text}\n", "meeting", language) == [where]


# --- what is right ------------------------------------------------------------------------------

WORDS = [word for *_, choice in CHOICES for word in (*choice.words, *choice.words.values())]
PIECES = [
    *WORDS, "ก", "นายตัวอย่าง ที่หนึ่ง", "ใช่", "ไม่ใช่", "yes", "no", "true", "false", "กึ่งหนึ่ง", "half",
    "ตลอดไป", "forever", "1", "7", "012", "๑๒", "0", "10 ปี", "5 คน", "7 เสียง", "1/2567",
    "70-5/2556",
    "ครั้งที่ ๑/๒๕๖๗", "49", "09.30", "9:05", "14.00 น.", "๑๔.๐๐ น.", "14:00", "23.59", "00.00",
    "14 พฤษภาคม 2567", "14 พ.ค. 67", "๑๔ พ.ค. ๒๕๖๗", "วันอังคารที่ 14 พฤษภาคม 2567", "2567-05-14",
    "2024-05-14", "14/5/2567", "15,000 บาท", "15000", "27,276,511.85", "8753.50", "0.5",
    "otop-2567-01 5.2", "0812345678", "1.10", "3e5", "0x1F", "1_000", ".5", "null", "~", "",
]  # fmt: skip
CHANGES = [
    lambda text: text,
    lambda text: text if text == "null" else text.upper(),  # nobody is called NULL
    lambda text: text if text == "null" else text.title(),
    lambda text: f'" {text} "',
    lambda text: f"'{text}'",
    lambda text: f'"{text[:1]}\\u200b{text[1:]}"',
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", ""),
    lambda text: f"[{text}]",
    lambda text: f"[{text}, ก]",
    lambda text: f"{{ชื่อ: {text}}}",
    lambda text: f"{{W08: {text}}}",
]
SPELLINGS = [
    lambda key: key,
    lambda key: key.replace("ำ", "ํา"),
    lambda key: f'"{key}\\u00a0"',
    lambda key: f'"{key[:1]}\\u200b{key[1:]}"',
]


def sound(record: type[Record], but: str) -> str:
    """Give lines for what a record requires, but for one field."""
    values = {"date": "1 พฤษภาคม 2567", "in_favour": "7", "arrived": "09.30", "kind": "other"}
    names = [name for name in fields_of(record) if record.model_fields[name].is_required()]
    names += {"Section": ["kind"], "Change": ["arrived"], "Attachment": ["title"]}.get(
        record.__name__, []
    )
    names += ["number"] if record is meeting.Certified else []
    values["number"] = "1/2567"
    return "".join(f"{record.shown_key(n)}: {values.get(n, 'ก')}\n" for n in names if n != but)


def accepts(record: type[Record], text: str) -> bool:
    """Say whether the program reads a text as a record without a word."""
    node, problems = reader.examine(text.encode(), Path("a.yaml"))
    if node is None or problems:
        return False
    try:
        validation.validate(record, node, Path("a.yaml"))
    except MinutesError:
        return False
    return True


FIELDS = [(record, name) for record in Record.__subclasses__() for name in fields_of(record)]


@given(
    field=st.sampled_from(FIELDS),
    piece=st.sampled_from(PIECES),
    change=st.sampled_from(CHANGES),
    spelling=st.sampled_from(SPELLINGS),
    data=st.data(),
)
def test_what_the_program_accepts_is_never_underlined(
    field: tuple[type[Record], str], piece: str, change: Any, spelling: Any, data: st.DataObject
) -> None:
    record, name = field
    key = data.draw(st.sampled_from([key for key, of in record.keys.items() if of == name]))
    text = f"{sound(record, but=name)}{spelling(key)}: {change(piece)}\n"
    if not accepts(record, text):
        return
    for language, kind, of in RECORDS:
        if of is record:
            for loader in loaders(text):
                assert complaints(language, kind, record, text, loader) == [], (language, kind)


def loaders(text: str) -> list[type[yaml.SafeLoader]]:
    """Give the ways to read a text; YAML 1.1 took 14:00 for 840 minutes, and no editor does."""
    return [_Core] if re.search(r"\d:\d\d", text) else [_Core, yaml.SafeLoader]


def complaints(
    language: str, kind: str, record: type[Record], text: str, loader: type[yaml.SafeLoader]
) -> list[str]:
    """Give what an editor says of a text that stands for a record."""
    whole = schema(language, kind)
    part = whole if KINDS[kind] is record else whole["definitions"][record.__name__]
    judge = validator(language, kind).evolve(schema=part)
    return [error.message for error in judge.iter_errors(typed(text, loader))]


def test_the_program_accepts_many_of_these_values() -> None:
    taken = {
        (record, name, piece)
        for record, name in FIELDS
        for piece in PIECES
        if accepts(record, f"{sound(record, but=name)}{record.shown_key(name)}: {piece}\n")
    }
    assert {(record, name) for record, name, _ in taken} == set(FIELDS)
    assert len(taken) > 4000
