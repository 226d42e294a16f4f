from pathlib import Path

import pytest
from hypothesis import given

from minutes.drafting import new_office
from minutes.drafting.new_office import Member
from minutes.model import validation
from minutes.model.office import Body, Office
from minutes.problems.errors import MinutesError
from minutes.source import reader
from tests.drafting.test_agenda import WORDS


def read_office(data: bytes) -> Office:
    return validation.validate(Office, reader.parse(data, Path("office.yaml")), Path("office.yaml"))


def read_body(data: bytes) -> Body:
    return validation.validate(Body, reader.parse(data, Path("body.yaml")), Path("body.yaml"))


def test_an_office_needs_its_name_alone_and_explains_the_other_keys() -> None:
    made = new_office.office(Path("amphoe"), {"name": "ที่ว่าการอำเภอตัวอย่าง"}, "../../schema")
    assert made.path == Path("amphoe/office.yaml")
    text = made.data.decode()
    assert text.startswith("# yaml-language-server: $schema=../../schema/th/office.json\n")
    assert "\n# ชื่อย่อ: อำเภอตัวอย่าง\n" in text
    office = read_office(made.data)
    assert (office.name, office.short_name, office.retention) == ("ที่ว่าการอำเภอตัวอย่าง", "", 10)
    assert (office.numerals.minutes, office.numerals.release) == ("thai", "arabic")


def test_what_is_in_comments_can_be_used() -> None:
    data = new_office.office(Path("a"), {"name": "ที่ว่าการอำเภอตัวอย่าง"}, "s").data.decode()
    keys = {key for key in Office.keys if not key.isascii()}
    lines = [line.removeprefix("# ") for line in data.splitlines()]
    used = [line for line in lines if line.partition(": ")[0] in keys]
    office = read_office("\n".join(used).encode())
    assert (office.short_name, office.phone) == ("อำเภอตัวอย่าง", "0 0000 0000")
    assert office.release_credit == "ข่าวและภาพ ที่ว่าการอำเภอตัวอย่าง"


@given(WORDS, WORDS, WORDS)
def test_whatever_is_answered_comes_back(name: str, position: str, role: str) -> None:
    office = read_office(new_office.office(Path("a"), {"name": name, "address": role}, "s").data)
    assert (office.name, office.address) == (name, role)
    answers = {"name": name, "place": position, "recorder": role}
    body = read_body(new_office.body(Path("a"), answers, [Member(name, position, role)], "s").data)
    (member,) = body.members
    assert (member.name, member.position, member.role) == (name, position, role)
    assert (body.name, body.place) == (name, position)
    assert body.recorder is not None
    assert body.recorder.name == role


def test_a_body_without_members_shows_how_they_are_written() -> None:
    made = new_office.body(Path("x/water"), {"name": "คณะทำงาน"}, [], "s")
    assert made.path == Path("x/water/body.yaml")
    assert read_body(made.data).members == ()
    assert "# สมาชิก:\n#   - ชื่อ: นายตัวอย่าง ที่หนึ่ง\n" in made.data.decode()
    assert "ชื่อโฟลเดอร์ (water)" in made.data.decode()


def test_an_answer_that_the_model_refuses_makes_no_file() -> None:
    with pytest.raises(MinutesError):
        new_office.body(Path("a"), {"name": "คณะ", "kind": "ชมรม"}, [], "s")


@pytest.mark.parametrize(
    ("record", "field", "answer", "code"),
    [
        (Office, "name", "", "D91"),
        (Office, "phone", "", None),
        (Office, "phone", "0 2000 0000", None),
        (Body, "name", "", "D91"),
        (Body, "kind", "สภาท้องถิ่น", None),
        (Body, "kind", "ชมรม", "D46"),
        (Body, "numbering", "running", None),
        (Body, "quorum", "ศูนย์", "D47"),
        (Body, "recorder", "นางตัวอย่าง ที่สอง", None),
    ],
)
def test_an_answer_is_judged_by_the_model(
    record: type[Office | Body], field: str, answer: str, code: str | None
) -> None:
    objection = new_office.objection(record, field, answer)
    assert (objection.code if objection else None) == code


@pytest.mark.parametrize(
    ("answer", "member"),
    [
        ("นายตัวอย่าง ที่หนึ่ง", Member("นายตัวอย่าง ที่หนึ่ง")),
        ("นาย  ก ข ,ปลัด , กรรมการ, เลขานุการ", Member("นาย ก ข", "ปลัด", "กรรมการ, เลขานุการ")),
    ],
)
def test_a_member_is_typed_on_one_line(answer: str, member: Member) -> None:
    assert new_office.member(answer) == member


def test_a_member_named_twice_or_not_at_all_is_told() -> None:
    twice = new_office.doubtful([Member("นาย ก ข"), Member("นาง ค"), Member("นายก ข", "ปลัด")])
    assert twice is not None
    assert (twice.code, twice.line) == ("W06", 3)
    nameless = new_office.doubtful([Member("", "ปลัด")])
    assert nameless is not None
    assert new_office.doubtful([Member("นาย ก ข", "ปลัด", "กรรมการ")]) is None


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("คณะกรรมการบริหารจัดการน้ำอำเภอตัวอย่าง", "borihan-chatkan"),
        ("ที่ว่าการอำเภอตัวอย่าง", "amphoe-tuayang"),
        ("OTOP อำเภอตัวอย่าง", "otop-amphoe"),
        ("คณะทำงาน COVID-19", "covid-19"),
        ("คณะกรรมการ", "body"),
        ("ๆๆ", "body"),
    ],
)
def test_a_folders_name_is_proposed_in_latin_letters(name: str, proposed: str) -> None:
    assert new_office.proposed_id(name, (), "body") == proposed


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"amphoe-tuayang", "amphoe-tuayang-2"}
    assert new_office.proposed_id("ที่ว่าการอำเภอตัวอย่าง", taken, "x") == "amphoe-tuayang-3"


@given(WORDS)
def test_every_proposal_can_be_a_folders_name(name: str) -> None:
    assert new_office.id_objection(new_office.proposed_id(name, (), "body"), {}) is None


@pytest.mark.parametrize(("name", "code"), [("น้ำ", "D83"), ("Water", "D83"), ("water", "D84")])
def test_a_folders_name_must_be_plain_and_nobody_elses(name: str, code: str) -> None:
    objection = new_office.id_objection(name, {"water": Path("a/water")})
    assert objection is not None
    assert objection.code == code
