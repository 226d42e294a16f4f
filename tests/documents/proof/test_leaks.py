"""What the proof of a publication stops, at which line, and what it lets pass."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from minutes.build import pipeline
from minutes.documents.proof import leaks
from minutes.documents.proof.leaks import Watch
from minutes.meetings import redact
from minutes.meetings.commonplace import letters
from minutes.meetings.proceedings import Proceedings
from minutes.problems.errors import Problem
from tests.support import sample
from tests.support.sample import agenda, item, meeting
from tests.thai.test_personal_data import CITIZENS, SENTENCES, WRITTEN

CERTIFIED = "สถานะ: รับรองแล้ว\n"
SECRET_TEXT = "พยานปากสำคัญเห็นเหตุการณ์ทุจริตในคืนวันเกิดเหตุ"
SECRET = f"""
ชื่อเรื่อง: สอบสวน
ลับ: ใช่
รายละเอียด: |
  {SECRET_TEXT}

  1. นายดำ แดงเขียว
  2. หลักฐานใหม่
มติ: ให้ออก
งบประมาณ: 7,654,321 บาท
"""
PLAIN = "ชื่อเรื่อง: แผนงาน\nมติ: เห็นชอบ\n"


def mixed(more: str = "", **around: Any) -> Proceedings:
    return meeting(CERTIFIED + agenda("เพื่อพิจารณา", SECRET, PLAIN) + more, **around)


def findings(proceedings: Proceedings, **files: str) -> list[Problem]:
    """Give the findings in files whose names end in .txt, .html … as the keywords do."""
    named = {name.replace("_", "."): data.encode() for name, data in files.items()}
    return Watch.over([proceedings]).findings(named)


def told(found: list[Problem]) -> list[str]:
    return [f"{each.line} {each.code}" for each in found]


# --- withheld texts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        SECRET_TEXT,
        " ".join(SECRET_TEXT),
        SECRET_TEXT[5:25],
        "ก่อน" + SECRET_TEXT[-20:] + "หลัง",
        "\u00ad\n".join((SECRET_TEXT[:14], SECRET_TEXT[14:])),
        "\u200b".join(SECRET_TEXT),
        "นายดำ แดงเขียว",
        "นายดำ  แดง-\nเขียว",
        "๒. หลักฐานใหม่",
        "๗,๖๕๔,๓๒๑ บาท",
        "7654321",
        "สอบสวน ๆ",
        "ให้ออก",
    ],
)
def test_a_withheld_text_is_found_however_it_is_set(shown: str) -> None:
    found = findings(mixed(), a_txt=shown)
    assert {each.code for each in found} == {"D111"}


@pytest.mark.parametrize(
    "shown",
    [
        "",
        SECRET_TEXT[:13],
        "สอบ",
        "เห็นชอบ",
        "65432",
        "17,654,321",
        "แผนงาน",
        "นายดำ",
        "มติ ออก",
        "14 พฤษภาคม 2567",
    ],
)
def test_what_gives_nothing_away_is_let_pass(shown: str) -> None:
    assert findings(mixed(), a_txt=shown) == []


@pytest.mark.parametrize(
    ("shown", "line"),
    [(SECRET_TEXT, 8), ("นายดำ แดงเขียว", 10), ("2. หลักฐานใหม่", 11), ("7,654,321", 13)],
)
def test_a_finding_has_its_line_in_the_agenda_and_its_files(shown: str, line: int) -> None:
    found = findings(mixed(), a_txt=shown, b_html=f"<p>{shown}</p>")
    assert {each.line for each in found} == {line}
    assert found[0].path == sample.PATH
    assert "a.txt · b.html" in found[0].message()


def test_a_line_below_the_first_of_a_long_text_is_named() -> None:
    text = "ความยาวพอสมควรของบรรทัดแรก"
    below = "อีกบรรทัดหนึ่งซึ่งยาวพอสมควรเช่นกัน"
    written = f"ลับ: ใช่\nรายละเอียด: |\n  {text}\n  {below}"
    [found] = findings(item(written, more=CERTIFIED), a_txt=below)
    assert found.message().startswith(f'ข้อความที่ไม่เผยแพร่ "{below}"')


def test_words_that_are_public_anyway_are_let_pass() -> None:
    also = f"ข่าวประชาสัมพันธ์: {{ความนำ: {SECRET_TEXT} โดยนายดำ แดงเขียว 7654321}}\n"
    assert findings(mixed(also), a_txt=SECRET_TEXT + "นายดำ แดงเขียว 7,654,321") == []


def test_words_that_the_office_allows_are_let_pass() -> None:
    office = "เปิดเผยได้: {นายดำ แดงเขียว: แถลงข่าวแล้ว}"
    assert findings(mixed(office=office), a_txt="นายดำ แดงเขียว") == []


@pytest.mark.parametrize(
    "text",
    [
        "คณะกรรมการตัวอย่าง ครั้งที่ 2/2567 เมื่อวันอังคารที่ 14 พฤษภาคม 2567 ณ ห้องประชุมอำเภอ",
        "นายหนึ่ง ใจดี นายอำเภอ ประธานกรรมการ",
        "เมื่อกรรมการมาครบองค์ประชุมแล้ว ประธานกล่าวเปิดประชุม",
        "14 พฤษภาคม 2567",
        "เรื่องที่เสนอให้ที่ประชุมพิจารณา",
        "150,000 บาท (หนึ่งแสนห้าหมื่นบาทถ้วน)",
        "เห็นชอบ",
    ],
)
def test_a_secret_that_repeats_what_every_document_says_stops_nothing(text: str) -> None:
    secret = f"ชื่อเรื่อง: สอบสวน\nลับ: ใช่\nรายละเอียด: {text}"
    public = f"{PLAIN}งบประมาณ: 150,000 บาท\nมอบหมาย: [{{งาน: ทำ, กำหนดเสร็จ: 5 กรกฎาคม 2567}}]"
    given = meeting(CERTIFIED + agenda("เพื่อพิจารณา", secret, public), previous=sample.PREVIOUS)
    assert Watch.over([given]).findings(pipeline.build_public(given)) == []


def test_a_figure_that_the_archives_digest_happens_to_hold_stops_nothing() -> None:
    given = replace(mixed(), kept=f"board-2567-02/v1 · SHA-256 a7654321{'b' * 56}")
    files = pipeline.build_public(given, ["minutes"])
    assert len(files) == 4
    assert Watch.over([given]).findings(files) == []
    assert told(findings(mixed(), a_txt="a7654321b")) == ["13 D111"]


def test_a_secret_of_one_meeting_is_looked_for_in_the_files_of_all() -> None:
    watch = Watch.over([meeting(CERTIFIED), mixed()])
    assert told(watch.findings({"feed.xml": f"<feed><title>{SECRET_TEXT}</title></feed>".encode()}))


def test_a_secret_of_a_meeting_that_is_not_published_is_kept_too() -> None:
    draft = meeting("สถานะ: ร่าง\n" + agenda("เพื่อพิจารณา", SECRET), draft=True)
    assert told(Watch.over([draft]).findings({"a.txt": SECRET_TEXT.encode()})) == ["8 D111"]


def test_personal_data_of_a_meeting_that_is_not_published_stops_nothing() -> None:
    assert findings(item("มติ: ก\nรายละเอียด: โทร. 081-234 5678")) == []


ABSENT = "การเข้าประชุม: {{ผู้ไม่มาประชุม: [{{ชื่อ: นายสาม ใจงาม, เหตุผล: {}}}]}}\n"


@pytest.mark.parametrize(
    "reason", ["ลาป่วยด้วยโรคหัวใจ", "ลาคลอด", "รักษาตัวที่โรงพยาบาลประสาท", "โทร 081-234 5678"]
)
def test_a_reason_of_absence_is_withheld_unless_the_office_tells_it(reason: str) -> None:
    given = meeting(CERTIFIED + ABSENT.format(reason))
    assert "2 D111" in told(findings(given, a_txt=f"นายสาม ใจงาม {reason}"))
    assert Watch.over([given]).findings(pipeline.build_public(given)) == []
    open_ = meeting(CERTIFIED + ABSENT.format(reason), office="เผยแพร่เหตุผลที่ไม่มา: ใช่")
    codes = {each.code for each in findings(open_, a_txt=f"นายสาม ใจงาม {reason}")}
    assert codes == ({"D110"} if "081" in reason else set())


@pytest.mark.parametrize("reason", ["ลา", "ลากิจ", "ติดราชการ", "ติดภารกิจ", "ไปราชการ", "ลาประชุม"])
def test_a_common_reason_raises_no_alarm_where_others_write_it(reason: str) -> None:
    absent = ABSENT.format(reason)
    also = f"{PLAIN}รายละเอียด: ผู้แทน{reason}ได้ครั้งละ 1 วัน"
    others = item(also, more=CERTIFIED)
    given = item(PLAIN, more=CERTIFIED + absent, previous=sample.PREVIOUS)
    files = {
        f"{n}{name}": data
        for n, each in enumerate((given, others))
        for name, data in pipeline.build_public(each).items()
    }
    assert len(files) == 16
    assert Watch.over([given, others]).findings(files) == []


def test_a_withheld_text_is_found_wherever_it_begins_in_a_file() -> None:
    part = SECRET_TEXT[3:23]
    for before in range(12):
        shown = "กขคงจฉชซฌญฎฏ"[:before] + part + "ถทธนบ"
        assert told(findings(mixed(), a_txt=shown)) == ["8 D111"], before


def test_what_meetings_say_by_themselves_is_set_once_and_only_at_a_suspicion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def shell(one: Proceedings) -> str:
        asked.append(one.case.id)
        return "ก"

    monkeypatch.setattr(leaks, "shell", shell)
    watch = Watch.over([mixed()], {"board-2567-01": "ข"})
    assert watch.findings({"a.txt": b"plain"}) == []
    assert asked == []
    for _ in range(2):
        assert told(watch.findings({"a.txt": SECRET_TEXT.encode()})) == ["8 D111"]
    assert asked == ["board-2567-02"]
    assert watch.shells == {"board-2567-01": "ข", "board-2567-02": "ก"}


def test_words_that_a_known_shell_has_are_let_pass() -> None:
    known = {"board-2567-01": letters(f"ก่อน {SECRET_TEXT} หลัง")}
    assert Watch.over([mixed()], known).findings({"a.txt": SECRET_TEXT.encode()}) == []


# --- every kind of file -----------------------------------------------------------------------


def package(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/b.txt", text)
    return packed.getvalue()


BYTES = SECRET_TEXT.encode()
FILES: dict[str, bytes] = {
    "a.txt": SECRET_TEXT.encode(),
    "a.html": f"<p>พยาน<b>{SECRET_TEXT[4:]}</b></p>".encode(),
    "alt.html": f'<p><img alt="{SECRET_TEXT}"></p>'.encode(),
    "data.html": f'<p data-x="{SECRET_TEXT}">ก</p>'.encode(),
    "comment.html": f"<p>ก</p><!-- {SECRET_TEXT} -->".encode(),
    "head.html": f'<head><meta name="description" content="{SECRET_TEXT}"></head><p>ก</p>'.encode(),
    "script.html": f"<script>var a = {json.dumps(SECRET_TEXT)}</script><p>ก</p>".encode(),
    "feed.xml": f"<feed><content>&lt;p&gt;{SECRET_TEXT}&lt;/p&gt;</content></feed>".encode(),
    "index.json": json.dumps({"a": [{"ข": SECRET_TEXT}, 1, None]}).encode(),
    "keys.json": json.dumps({SECRET_TEXT: 1}).encode(),
    "index.js": f"load({json.dumps(SECRET_TEXT)})".encode(),
    "a.zip": package(SECRET_TEXT),
    "a.jpg": b"\xff\xd8\xff\xfe" + (len(BYTES) + 2).to_bytes(2) + BYTES + b"\xff\xd9",
    "end.jpg": b"\xff\xd8\xff\xd9" + BYTES,
    "chunk.png": b"\x89PNG\r\n\x1a\n" + len(BYTES).to_bytes(4) + b"tEXt" + BYTES + b"CRC ",
    "end.png": sample.picture() + BYTES,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_withheld_text_is_found_in_every_kind_of_file(name: str) -> None:
    found = Watch.over([mixed()]).findings({name: FILES[name]})
    assert "8 D111" in told(found)


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "txt"])
def test_a_leak_of_the_program_itself_is_found_in_what_it_builds(
    form: pipeline.PublicFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redact, "matter", redact.without_places)
    files = pipeline.build_public(mixed(), ["minutes"], [form])
    found = Watch.over([mixed()]).findings(files)
    assert {"8 D111", "10 D111", "11 D111", "13 D111"} <= set(told(found))


def test_what_hides_in_a_file_is_told_by_the_files_name() -> None:
    files = pipeline.build(mixed(), ["minutes"], ["pdf"])
    hidden = [each for each in Watch.over([mixed()]).findings(files) if each.code == "D113"]
    assert [str(each.path) for each in hidden] == ["board-2567-02-minutes.pdf"]
    assert "attachment (board-2567-02.yaml)" in hidden[0].message("en")


# --- personal data ----------------------------------------------------------------------------

TOLD = [(kind, text) for kind, _, text in WRITTEN if "\n" not in text and '"' not in text]


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_personal_data_that_nobody_marked_stops_at_its_line(kind: str, text: str) -> None:
    given = item(f"มติ: รับทราบ\nรายละเอียด: |\n  ก่อน\n  ติดต่อ {text}", more=CERTIFIED)
    found = findings(given)
    assert set(told(found)) == {"8 D110"}
    assert findings(item(f"ข้อมูลส่วนบุคคล: ใช่\nรายละเอียด: {text!r}", more=CERTIFIED)) == []


PHONE = "081-234 5678"
EVERYWHERE = [
    "สถานที่: ห้องประชุม {}",
    "คำเปิดประชุม: เปิด {}",
    "การเข้าประชุม: {{ผู้เข้าร่วมประชุม: [{{ชื่อ: นายก ข, หมายเหตุ: '{}'}}]}}",
    "การเข้าประชุม: {{ผู้เข้าร่วมประชุม: ['{}']}}",
    "ก่อนวาระ: ['{}']",
    "ระเบียบวาระ: [{{ชนิด: เพื่อทราบ, มติ: 'ก {}'}}]",
    "ระเบียบวาระ: [{{หัวข้อ: 'ก {}'}}]",
    "ระเบียบวาระ: [{{ชนิด: รับรองรายงาน, ข้อแก้ไข: [{{จากเดิม: ก, แก้เป็น: '{}'}}]}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: ก, ข้อมูลส่วนบุคคล: ใช่, ในข่าว: 'ก {}'}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: 'ก {}', ข้อมูลส่วนบุคคล: ใช่}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: ก, อภิปราย: [{{ผู้พูด: ก, ข้อความ: '{}'}}]}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: ก, อภิปราย: ['{}']}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: ก, มอบหมาย: [{{งาน: ก, ผู้รับผิดชอบ: '{}'}}]}}]",
    "ก่อนวาระ: [{{ชื่อเรื่อง: ก, เอกสารแนบ: [{{ชื่อเอกสาร: '{}'}}]}}]",
    "เอกสารแนบ: [{{ไฟล์: 'files/แบบคำขอ {}.pdf'}}]",
    "เอกสารแนบ: [{{ไฟล์: 'files/แบบคำขอ_{}.pdf'}}]",
    "ข่าวประชาสัมพันธ์: {{ประเด็น: ['ก {}']}}",
    "ข่าวประชาสัมพันธ์: {{คำกล่าว: {{ชื่อ: นายก ข, ข้อความ: 'โทร {}'}}}}",
    "ข่าวประชาสัมพันธ์: {{เครดิต: 'โทร {}'}}",
    "เอกสารแนบ: [{{ชื่อเอกสาร: '{}'}}]",
    "ผู้ตรวจรายงาน: {{ชื่อ: นายก ข, ตำแหน่ง: 'ครู {}'}}",
]


@pytest.mark.parametrize("field", EVERYWHERE)
def test_personal_data_is_found_in_every_field(field: str) -> None:
    found = findings(meeting(CERTIFIED + field.format(PHONE)))
    assert told(found) == ["2 D110"]


def test_personal_data_in_the_body_and_the_office_is_told_in_their_files() -> None:
    body = "ผู้จดรายงาน: {ชื่อ: นายก ข, ตำแหน่ง: 'ครู 081-234 5678'}"
    given = meeting(CERTIFIED, body=body, office="เครดิตข่าว: งานประชาสัมพันธ์ โทร. 0 7431 1234")
    assert {(each.path.name, each.line) for each in findings(given)} == {
        ("body.yaml", 1),
        ("office.yaml", 1),
    }


def test_each_place_of_the_same_number_is_told() -> None:
    given = item("มติ: รับทราบ\nรายละเอียด: |\n  โทร 081-234 5678\n  หรือ ๐๘๑-๒๓๔-๕๖๗๘", more=CERTIFIED)
    assert len(set(told(findings(given)))) == 2


OWN = """
โทรศัพท์: 0 7431 1234
อีเมล: amphoe@example.go.th
ที่อยู่: เลขที่ 99 หมู่ที่ 1 ถนนตัวอย่าง ตำบลตัวอย่าง 90110
เปิดเผยได้: {081-234 5678: สายด่วนของโครงการ}
"""


@pytest.mark.parametrize(
    "text",
    [
        "๐-๗๔๓๑-๑๒๓๔ ต่อ 11",
        "Amphoe@example.go.th",
        "เลขที่ 99 หมู่ 1 ถนนตัวอย่าง",
        "0812345678",
        "+66 81 234 5678",
    ],
)
def test_what_is_the_offices_own_or_allowed_stops_nothing(text: str) -> None:
    given = item(f"มติ: รับทราบ\nรายละเอียด: ติดต่อ {text}", more=CERTIFIED, office=OWN)
    assert Watch.over([given]).findings(pipeline.build_public(given, ["minutes"])) == []
    assert findings(item(f"รายละเอียด: ติดต่อ {text}", more=CERTIFIED)) != []


def test_personal_data_that_no_agenda_says_is_told_by_the_files_name() -> None:
    [found] = findings(meeting(CERTIFIED), a_html="<p>โทร. 081 234 5678</p>")
    assert (str(found.path), found.code) == ("a.html", "D114")


def test_personal_data_that_spaces_hid_in_the_agenda_is_told_at_its_line() -> None:
    given = item("มติ: รับทราบ\nรายละเอียด: 0812 (34) 5678", more=CERTIFIED)
    [found] = findings(given, a_txt="0812345678")
    assert (found.path, found.line, found.code) == (sample.PATH, 6, "D114")


def test_innocent_numbers_stop_nothing() -> None:
    detail = "\n".join(f"  - {sentence}" for sentence in SENTENCES if "|" not in sentence)
    given = item(f"มติ: รับทราบ\nรายละเอียด: |\n{detail}", more=CERTIFIED)
    assert Watch.over([given]).findings(pipeline.build_public(given)) == []


def test_letters_are_compared_and_nothing_else() -> None:
    assert letters("น้ำ ๑-2 (Ab)\u00ad_\n") == letters("นํ้า๑๒AB")
    assert letters("กำ") != letters("กา")


def test_there_are_many_cases() -> None:
    assert (len(TOLD), len(CITIZENS), len(EVERYWHERE)) > (50, 10, 15)
