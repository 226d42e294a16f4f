"""Personal data is known in whatever form it is written; innocent numbers are left alone."""

import json

import pytest

from minutes.paths import ROOT
from minutes.thai.personal_data import LOOKS, Allowed, find, is_citizen_number
from tests.support.effort import assert_in_proportion

CASES = ROOT / "tests/cases"
SENTENCES = (CASES / "innocent.txt").read_text("utf-8").splitlines()
LINES = (CASES / "personal-forms.jsonl").read_text("utf-8").splitlines()
FORMS = {form["name"]: form for form in map(json.loads, LINES)}
NOT_TOLD = ("no", "office")  # what is no personal datum by itself, and what the office decides
CITIZEN = "1101700230708"

PHONES = {
    "021234567": [
        "0 2123 4567", "๐ ๒๑๒๓ ๔๕๖๗", "0-2123-4567", "02-123-4567", "(02) 123-4567", "02.123.4567",
        "+66 2 123 4567", "+66-2-123-4567", "0 2123\n4567", "0 2123 45\n67", "0 2123 4567-9",
        "0 2123 4567 ต่อ 1234", "0 2123 4567 ext. 12", "0\u00a02123\u00a04567", "0–2123–4567",
        "0 2 1 2 3 4 5 6 7", "โทร. 021234567", "เลขที่ 0 2123 4567", "0 2123 4567 บาท",
    ],
    "0812345678": [
        "๐๘๑-๒๓๔ ๕๖๗๘", "081-234-5678", "081 2345678", "0812345678", "08 1234 5678", "0 8123 45678",
        "081.234.5678", "08123\n45678", "081-\n234-5678", "+66812345678", "+66 (0)81-234-5678",
        "0066 81 234 5678", "66812345678", "０８１２３４５６７８", "081\u200b234\u00ad5678",
        "081-234-5678/9", "081•234•5678", "081·234·5678", "𝟬𝟴𝟭-𝟮𝟯𝟰-𝟱𝟲𝟳𝟴", "𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
        "โทร0812345678",
        "มือถือ: 0812345678", "tel 0812345678", "0 8 1 2 3 4 5 6 7 8",
    ],
    "074311234": ["074-311234", "0 7431 1234", "074 311 234", "๐๗๔-๓๑๑๒๓๔"],
    "123456": ["โทร. 123456", "โทรศัพท์หมายเลข 12-34-56"],
    "60123456789": ["+60 12-345 6789"],
}  # fmt: skip
CITIZENS = [
    "1101700230708", "1-1017-00230-70-8", "1 1017 00230 70 8", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "1.1017.00230.70.8",
    "๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘", "1101700\n230708", "1-1017-\n00230-70-8", "1 1 0 1 7 0 0 2 3 0 7 0 8",
    "1\u00a01017\u00a000230\u00a070\u00a08", "1‑1017‑00230‑70‑8", "11017\u00ad00230708",
    "1101-7002-30708",
]  # fmt: skip
ACCOUNTS = [
    "บัญชีเลขที่ 1234567890", "เลขที่บัญชี 123-4-56789-0", "123-4-56789-0", "๑๒๓-๔-๕๖๗๘๙-๐", "123-456789-0",
    "บัญชีเลขที่ 123 456 7890", "บัญชีเลขที่ 12345\n67890", "ธนาคารตัวอย่าง สาขาตัวอย่าง เลขที่ 1234567890",
    "พร้อมเพย์ 1234567890", "เลขบัญชี: 1234567890", "Account no. 1234567890", "123-4-\n56789-0",
]  # fmt: skip
EMAILS = [
    "somchai@example.go.th", "somchai @ example.go.th", "Somchai@Example.go.th",
    "somchai(at)example.go.th",
    "somchai@example.\ngo.th", "somchai@\nexample.go.th", "somchai[at]example.go.th",
    "ส่งที่somchai@example.go.th",
]  # fmt: skip
PLATES = [
    "กข ๑๒๓๔ สงขลา", "กข-1234 กรุงเทพมหานคร", "กข 1234 (จังหวัดตัวอย่าง)", "ทะเบียน กข 1234",
    "รถยนต์ กข 1234",
    "ทะเบียนรถ กข1234", "หมายเลขทะเบียน กข\u00a01234",
]  # fmt: skip
ADDRESSES = [
    "บ้านเลขที่ ๑๒/๓ หมู่ที่ ๔ ตำบลตัวอย่าง", "ที่อยู่ 12/3 หมู่ 4 ต.ตัวอย่าง", "เลขที่ 12/3 ม.4 ต.ตัวอย่าง",
    "12/3 หมู่ที่ 4 ตำบลตัวอย่าง อำเภอตัวอย่าง", "อยู่บ้านเลขที่ 12/3\nหมู่ที่ 4", "ที่อยู่: 12/3 หมู่ 4",
]  # fmt: skip
WRITTEN = [
    *(("phone", form, text) for form, texts in PHONES.items() for text in texts),
    *(("citizen", CITIZEN, text) for text in CITIZENS),
    *(("account", "1234567890", text) for text in ACCOUNTS),
    *(("email", "somchai@example.go.th", text) for text in EMAILS[:-1]),
    *(("plate", "กข1234", text) for text in PLATES),
    *(("address", "12/3หมู่4", text) for text in ADDRESSES),
    ("email", "สมชาย@คน.ไทย", "สมชาย@คน.ไทย"),
    ("plate", "1กก1234", "๑กก ๑๒๓๔"),
    ("plate", "1กก1234", "1กก 1234"),
    ("plate", "701234", "ทะเบียน 70-1234"),
    ("line", "lineidsomchai99", "LINE ID: somchai99"),
    ("line", "line@somchai", "Line @somchai"),
    ("line", "ไลน์somchai99", "แอดไลน์ somchai99 ได้"),
    ("line", "ไอดีไลน์somchai_99", "ไอดีไลน์ somchai_99"),
    ("address", "123ถนนสุขใจ", "เลขที่ 123 ถนนสุขใจ ตำบลตัวอย่าง"),
    ("address", "เรือแพริมน้ำ", "ที่อยู่ : เรือแพริมน้ำ"),
    ("citizen", "0123489123459", "0-1234-89123-45-9"),
    ("citizen", "1101700230709", "1-1017-00230-70-9"),
    ("phone", "0812345678", "โทรศัพท์ 0812345678"),
    ("patient", "12345678", "HN 12345678"),
    ("patient", "6601234", "AN: 66-01234"),
    ("paper", "aa1234567", "หนังสือเดินทาง AA1234567"),
    ("paper", "jt0123456789", "JT0-1234567-89"),
    ("birth", "5มีนาคม2510", "เกิดวันที่ 5 มีนาคม 2510"),
    ("birth", "5มีค2510", "วันเกิด ๕ มี.ค. ๒๕๑๐"),
]


@pytest.mark.parametrize(("kind", "form", "text"), WRITTEN)
def test_personal_data_is_found_in_whatever_form(kind: str, form: str, text: str) -> None:
    for around in ("{}", "นายตัวอย่าง {}", "ตามที่แจ้ง\n{}\nไว้", "({})", "“{}”")[
        : 3 if ":" in text else 5
    ]:
        written = around.format(text)
        [found] = find(written)
        assert (found.kind, found.form) == (kind, form)
        assert found.text == written[found.start : found.end]


@pytest.mark.parametrize("name", FORMS)
def test_a_written_form_is_told_as_what_it_is_or_is_known_not_to_be(name: str) -> None:
    form = FORMS[name]
    expected = set() if form["expect"] in NOT_TOLD else {form["expect"]}
    assert {found.kind for found in find(form["text"])} == expected


def test_what_is_not_told_is_listed_for_those_who_look_after_the_site() -> None:
    listed = (CASES.parent.parent / "docs" / "site.md").read_text("utf-8")
    rest = [form for form in FORMS.values() if form["expect"] in NOT_TOLD]
    assert 5 < len(rest) < 20
    for form in rest:
        shown = form["text"].removeprefix("ผู้ร้องแจ้งว่า ").removesuffix(" ตามเอกสาร")
        assert f"`{' ⏎ '.join(shown.split(chr(10) * 2))}`" in listed, form["name"]


def test_every_kind_is_looked_for() -> None:
    assert {kind for kind, _, _ in WRITTEN} == LOOKS.keys()


def test_innocent_numbers_are_left_alone() -> None:
    assert len(set(SENTENCES)) > 400
    assert {sentence: find(sentence) for sentence in SENTENCES if find(sentence)} == {}
    assert find("\n".join(SENTENCES)) == []
    assert find("\n\n".join(reversed(SENTENCES))) == []


RIGHT = ["1101700230708", "3100200456788", "8901200123457", "0123489123459", "0081700123459"]
WRONG = ["1101700230709", "1101700230718", "1201700230708", "0105536000127", "9101700230703"]


@pytest.mark.parametrize("digits", [*RIGHT, *WRONG])
def test_a_citizens_number_has_its_check_digit_and_is_no_companys(digits: str) -> None:
    assert is_citizen_number(digits) is (digits in RIGHT)


def test_an_empty_line_ends_a_number() -> None:
    assert find("081-234\n\n5678") == []
    assert find("081-234\n \n5678") == []


def test_each_of_several_is_told_in_the_order_of_the_text() -> None:
    text = "โทร. 0812345678, 0 2123 4567 หรือ a@example.org (1-1017-00230-70-8)"
    assert [found.kind for found in find(text)] == ["phone", "phone", "email", "citizen"]


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    [found] = find("ก\u200bข 081\u200b2345678 ค")
    assert found.text == "081\u200b2345678"


@pytest.mark.parametrize("text", ["0 2123 4567", "๐-๒๑๒๓-๔๕๖๗", "02-123-4567 ต่อ 11", "+6621234567"])
def test_what_is_allowed_is_allowed_however_it_is_written(text: str) -> None:
    allowed = Allowed.of(["โทรศัพท์ 0 2123 4567 และ 0 7431 1234", ""])
    assert all(allowed.covers(found) for found in find(text))
    assert not Allowed.of(["0 2123 4568"]).covers(find(text)[0])


def test_an_address_is_allowed_in_part() -> None:
    allowed = Allowed.of(["เลขที่ 99 หมู่ที่ 1 ถนนตัวอย่าง ตำบลตัวอย่าง จังหวัดตัวอย่าง 90110"])
    for text in ("เลขที่ 99 หมู่ 1", "เลขที่ ๙๙ หมู่ที่ ๑ ถนนตัวอย่าง", "เลขที่ 99 ม.1 ถนนตัวอย่าง ต.ตัวอย่าง"):
        [found] = find(text)
        assert allowed.covers(found)
    assert not allowed.covers(find("เลขที่ 98 หมู่ที่ 1")[0])


def test_nothing_is_allowed_by_nothing() -> None:
    assert not Allowed.of(["", " "]).covers(find("0812345678")[0])


HOSTILE = ["1 " * 5_000, "1" * 50_000, "ก" * 50_000, "a" * 50_000, "a@" * 20_000, "12\n" * 5_000,
           "1|" * 20_000, "081/" * 9_000, "ศูนย์" * 9_000, "a at " * 9_000, "เกิด 5 " * 9_000,
           "12 หมู่ 4 " * 5_000, "HN " * 9_000 + "12345", "เลขที่ตำรวจ " * 9_000 + "12345",
           "O0" * 20_000, "๑_" * 20_000, "หนึ่ง " * 9_000,
           "ทะเบียน " * 9_000, "0812345678 " * 4_000, "12/3 หมู่ 4" + " " * 50_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_is_looked_through_in_proportion_to_its_length(text: str) -> None:
    assert_in_proportion(lambda size: find(text[:size]), len(text))
