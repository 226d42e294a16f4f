"""An office or a body from nothing: its file from a few answers, and a name for its folder.

Every answer is judged by the model that reads the file later, in its own words.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from minutes.meetings import folders
from minutes.model import validation
from minutes.model.office import Body, Office
from minutes.model.record import Record
from minutes.problems.errors import MinutesError, Problem, problem
from minutes.source import quoting, reader
from minutes.source.reader import Entry, Scalar
from minutes.thai import digits, names
from minutes.thai.dictionary import segment

NOBODY = "นายตัวอย่าง"  # stands for a required text while another one is judged
LONGEST_ID = 20
MOST_WORDS = 2  # of a name that go into the folder's


class Member(NamedTuple):
    """A member as answered: name, position and role, the latter two perhaps empty."""

    name: str
    position: str = ""
    role: str = ""


@dataclass(frozen=True)
class Beginning:
    """A new file: where it goes, and what stands in it."""

    path: Path
    data: bytes


def office(folder: Path, answers: Mapping[str, str], schema: str) -> Beginning:
    """Give ``office.yaml``; ``answers`` by the names of the fields of ``Office``.

    ``schema`` is as in ``agenda.following``. Raises MinutesError with what the answers get wrong.
    """
    return _file(Office, folder / folders.OFFICE, "office.yaml.j2", answers, schema)


def body(
    folder: Path, answers: Mapping[str, str], members: Iterable[Member], schema: str
) -> Beginning:
    """Give ``body.yaml``; raises as ``office`` does."""
    values = {"members": list(members), "id": folders.body_id(folder), **answers}
    return _file(Body, folder / folders.BODY, "body.yaml.j2", values, schema)


def _file(
    record: type[Record], path: Path, template: str, values: Mapping[str, object], schema: str
) -> Beginning:
    unanswered = dict.fromkeys(set(record.model_fields) - {"members"}, "")
    text = quoting.template(template).render(
        {**unanswered, **values, "schema": schema, "line": quoting.line}
    )
    data = text.encode()
    validation.validate(record, reader.parse(data, path), path)
    return Beginning(path, data)


def objection(record: type[Record], field: str, answer: str) -> Problem | None:
    """Say what the model has against an answer to one question; nothing when it has nothing.

    Emptiness is wrong only where the field is required.
    """
    required = [name for name, info in record.model_fields.items() if info.is_required()]
    if not answer and field not in required:
        return None
    given = dict.fromkeys(required, NOBODY) | {field: answer}
    entries = [_entry(record.shown_key(name), text) for name, text in given.items()]
    try:
        validation.validate(record, reader.Mapping(tuple(entries), 1, 1), Path())
    except MinutesError as error:
        return error.problems[0]
    return None


def _entry(key: str, text: str, line: int = 1) -> Entry:
    return Entry(Scalar(key, line, 1), Scalar(text, line, 1, "double"))


def member(answer: str) -> Member:
    """Read ``name, position, role``; a further comma belongs to the role."""
    parts = [" ".join(part.split()) for part in answer.split(",", 2)]
    return Member(*parts)


def doubtful(members: Iterable[Member]) -> Problem | None:
    """Say what is wrong with members so far, such as one who is named twice; a line is a member."""
    nodes = []
    for place, one in enumerate(members, 1):
        given = zip(("ชื่อ", "ตำแหน่ง", "หน้าที่"), one, strict=True)
        entries = [_entry(key, text, place) for key, text in given if text or key == "ชื่อ"]
        nodes.append(reader.Mapping(tuple(entries), place, 1))
    listed = Entry(Scalar("สมาชิก", 1, 1), reader.Sequence(tuple(nodes), 1, 1))
    try:
        validation.validate(Body, reader.Mapping((_entry("ชื่อ", NOBODY), listed), 1, 1), Path())
    except MinutesError as error:
        return error.problems[0]
    return None


# --- folders ------------------------------------------------------------------------------------

_GENERIC = (
    "คณะกรรมการ", "คณะอนุกรรมการ", "คณะทำงาน", "ที่ว่าการ", "สำนักงาน", "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด", "เทศบาล", "ศาลากลาง", "การ",
)  # fmt: skip
# Words of such names, after the Royal Institute; PyThaiNLP's own rules stumble over most of them.
_KNOWN = {
    "ผลิตภัณฑ์": "phalittaphan", "ชุมชน": "chumchon", "หัวหน้า": "huana", "ส่วนราชการ": "ratchakan",
    "ส่งเสริม": "songsoem", "พัฒนา": "phatthana", "บริหาร": "borihan", "จัดการ": "chatkan",
    "น้ำ": "nam", "งบประมาณ": "ngoppraman", "สภา": "sapha", "เทศบาล": "thetsaban",
    "อำเภอ": "amphoe", "ตำบล": "tambon", "จังหวัด": "changwat", "โครงการ": "khrongkan",
    "การศึกษา": "sueksa", "สุขภาพ": "sukkhaphap", "ป้องกัน": "pongkan", "สาธารณภัย": "phai",
    "ผู้สูงอายุ": "phusungayu", "เด็ก": "dek", "สตรี": "satri", "เยาวชน": "yaowachon",
    "กองทุน": "kongthun", "ความปลอดภัย": "plotphai", "ถนน": "thanon", "ยาเสพติด": "yaseptit",
    "ที่ดิน": "thidin", "แผน": "phaen", "ท้องถิ่น": "thongthin", "หมู่บ้าน": "muban",
    "ตัวอย่าง": "tuayang", "ใหญ่": "yai", "บุคคล": "bukkhon", "การเงิน": "kanngoen", "เกษตร": "kaset",
    "องค์การบริหารส่วนตำบล": "opoto", "โรงเรียน": "rongrian", "สิ่งแวดล้อม": "singwaetlom",
}  # fmt: skip
_WORDS = re.compile("[a-z0-9]+|[ก-๙]+")


def proposed_id(name: str, taken: Collection[str], otherwise: str) -> str:
    """Propose a folder's name in Latin letters for a Thai one, which no other folder has.

    Romanised word by word (Royal Institute), without what every such name begins with.
    """
    for word in _GENERIC:
        name = name.removeprefix(word)
    latin = islice(_latin_words(name), MOST_WORDS)
    short = "-".join(latin)[:LONGEST_ID].strip("-") or otherwise
    names = (short if number == 1 else f"{short}-{number}" for number in count(1))
    return next(each for each in names if each not in taken)


def id_objection(name: str, taken: Mapping[str, Path]) -> Problem | None:
    """Say why a body's folder cannot have this name: its letters, or another body's folder."""
    if not folders.BODY_ID.fullmatch(name):
        return problem(Path(name), 1, 1, "D83", name=name)
    if name in taken:
        return problem(Path(name), 1, 1, "D84", name=name, other=taken[name])
    return None


def _latin_words(name: str) -> Iterator[str]:
    for run in _WORDS.findall(digits.arabic(name).lower()):
        words = (run,) if run.isascii() else segment(run)
        for word in words:
            if latin := _KNOWN.get(word) or (word if word.isascii() else names.romanised(word)):
                yield latin
