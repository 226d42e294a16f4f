"""What is written freely: each rule on short texts, beside look-alikes that it must let be."""

import os
import re

import pytest

from minutes.model.meeting import Meeting
from minutes.model.office import Body, Office
from minutes.rules import registry, spellings
from minutes.rules.texts import Role, Text, free_texts
from minutes.source.reader import Scalar, Written
from minutes.thai import units
from tests.support.effort import assert_in_proportion
from tests.support.sample import PATH, meeting, read


def found(text: str, role: Role = "prose") -> list[tuple[str, str]]:
    """Give what is objected to: each code with the part of the text that the message quotes."""
    problems = registry.read([Text(PATH, Scalar(text, 1, 1), role)])
    return [(problem.code, str(problem.values["text"])) for problem in problems]


WRONG = {
    "บันทึกการประชุมครั้งที่ 1/2567": [("W01", "บันทึกการประชุม")],
    "ปิดประชุมเวลา 12.00 น.": [("W01", "ปิดประชุมเวลา")],
    "**ผู้บันทึก**": [("W01", "ผู้บันทึก")],
    "วาระที่ ๔ เรื่องอื่น": [("W01", "วาระที่")],
    "ร้านค้ามีเยอะมาก": [("W20", "เยอะ")],
    "ที่ประชุมก็เห็นด้วย": [("W20", "ก็")],
    "กระผมขอเสนอ": [("W20", "กระผม")],
    "ที่ประชุมเห็นว่า OK": [("W20", "OK")],
    "ได้ทำการตรวจสอบแล้ว": [("W21", "ทำการตรวจสอบ")],
    "นางหนึ่ง ใจดี (ชื่อเล่น แดง)": [("W22", "(ชื่อเล่น แดง)")],
    "ครั้งที่ ๑/2567": [("W23", "๑/2567")],
    "๑๐.00 - ๑๒.๐๐ น.": [("W23", "๑๐.00 - ๑๒.๐๐")],
    "ๆ ขึ้นบรรทัด": [("W24", "ๆ")],
    "ผ้าฯลฯ": [("W24", "ผ้าฯลฯ")],
    "ผ้า ฯ ล ฯ และ": [("W24", "ผ้า ฯ ล ฯ และ")],
    "ต่าง\u00a0\u00a0ๆ": [("W24", "ต่าง\u00a0\u00a0ๆ")],
    "วันพุธที่ 16 ต.ค. 2569": [("W03", "วันพุธที่ 16 ต.ค. 2569"), ("W26", "16 ต.ค. 2569")],
    "วันที่ 31 เมษายน 2569": [("W63", "31 เมษายน 2569")],
    "เวลา 24.01 น.": [("W63", "24.01")],
    "เวลา 24:00 น.": [("W25", "24:00 น.")],
    "เวลา ๐๙:๓๐ น": [("W25", "๐๙:๓๐ น")],
    "0900น": [("W25", "0900น")],
    "09:00-12.00 น.": [("W25", "09:00")],
    "ค.ศ.2024": [("W26", "ค.ศ.2024")],
    "วันที่ 2 - 8 เดือนมกราคม 2567": [("W26", "8 เดือนมกราคม")],
    "14 ก.พ. 67": [("W26", "14 ก.พ. 67")],
    "๑๔ มกราคม ๖๗": [("W26", "๑๔ มกราคม ๖๗")],
    "14 มกราคม 2024": [("W26", "14 มกราคม 2024")],
    "14 เมษายน 2024": [("W26", "14 เมษายน 2024")],
    "แต่งตั้งนาย หนึ่ง ใจดี": [("W27", "นาย หนึ่ง ใจดี")],
    "น.ส. หนึ่ง ใจดี": [("W27", "น.ส. หนึ่ง ใจดี")],
    "ดร. หนึ่ง ณ ตัวอย่าง": [("W27", "ดร. หนึ่ง ณ ตัวอย่าง")],
    "ร.ต.อ.หนึ่ง ใจดี": [("W27", "ร.ต.อ.หนึ่ง ใจดี")],
    "ครั้งที่  5": [("W28", "")],
    "งบ 5  บาท": [("W28", "")],
    "คำหนึ่ง     คำสอง": [("W28", "")],
    "ผ้า (ไหม ) ดี": [("W28", "")],
    "ผ้า [ ไหม] ดี": [("W28", "")],
    "ดำเนินการแล้ว.": [("W29", ".")],
    "ผ้า,อาหาร": [("W29", ",")],
    "จนท. มา": [("W30", "จนท.")],
    "21 บาท (ยี่สิบบาทถ้วน)": [("W31", "21 บาท (ยี่สิบบาทถ้วน)")],
    "0.50 บาท (ศูนย์บาทห้าสิบเอ็ดสตางค์)": [("W31", "0.50 บาท (ศูนย์บาทห้าสิบเอ็ดสตางค์)")],
    "2500 บาท": [("W31", "2500")],
    "๒๕๐๐.๕๐ บาท": [("W31", "๒๕๐๐")],
    "กิี": [("W39", "กิี")],
    "ผู้ใหญู่บ้าน ุ": [("W39", "ุ")],
    "\ue123": [("W39", "\ue123")],
    "มี\u200bน้ํา": [("W39", "มี\u200bน้ํา"), ("W39", "น้ํา")],
    "จัดงาน???? แล้ว": [("W74", "????")],
    "?? ????": [("W74", "?? ????")],
    "ผ่าน \uf0fc": [("W75", "\uf0fc")],
    "\uf0b7 ผ้า": [("W75", "\uf0b7")],
    "กฏ": [("W40", "กฏ")],
    "เอกสารสาระบรรณ": [("W40", "สาระบรรณ")],
    "เป็นเอกฉัน": [("W40", "เป็นเอกฉัน")],
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_an_objection_is_raised_to(text: str) -> None:
    assert found(text) == WRONG[text]


RIGHT = [
    "ประธานกล่าวเปิดประชุม และผู้บันทึกข้อมูลบันทึกการประชุมลงระบบ",
    "วาระที่ 1 รับหลักการ",
    "ระเบียบวาระที่ 4 เรื่องอื่น ๆ",
    "ขอให้เก็บขยะ เก็บของเก่า ก๊อกน้ำ",
    "อย่างไรก็ตาม หากไม่พร้อมก็ได้ ไม่ว่ากรณีใดก็ดี จะจัดได้ก็ต่อเมื่อมีงบประมาณ",
    "ผู้ที่ผมยาวรับบริการตัดผมได้ ผมร่วง ย้อมผม",
    "ป้ายบอกว่าห้ามเข้า",
    "ร้าน OK Mart และโครงการ OK",
    "วันทำการ ที่ทำการปกครองอำเภอ เวลาทำการ ทำการเกษตร เปิดทำการตรวจรับ",
    "มีการประชุม และมีการสำรวจ",
    "นายหนึ่ง ใจดี (ประธาน) นายสอง ใจดี (แทน) กลุ่มจักสาน (เล็ก)",
    "COVID-19 A4-12/3 ห้อง N ๔๐๖ ร้านที่ ๑ กับร้านที่ 2",
    "“ๆ” (ๆ) **ต่าง ๆ** ต่าง ๆ) ต่าง ๆ ฯลฯ",
    "ฯพณฯ กรุงเทพฯ ผู้ว่าฯ",
    "เวลา 8.21 น. และ 13.30 นาฬิกา อัตรา 1:50 มาตราส่วน 1:4000 คะแนน 2:1 เวลา 09:30:15",
    "09.30 น.ส.หนึ่ง ใจดี เนื้อที่ 10.30 น้ำหนัก 25:70 น.",
    "ประจำเดือนมกราคม 2567 วันที่ 5 เดือนถัดไป 14 มกราคม ค.ศ. 2024 พ.ศ. ๒๕๕๓",
    "อบรมวันที่ 5 มกราคม 80 คน",
    "ตำรวจ 5 นาย ร่วม ตรวจ ทุก นาย พร้อม แล้ว ห้านาย เข้า เวร",
    "รศ. ดร.หนึ่ง ใจดี พ.ต.อ. สอง ใจดี พ.ต.ท.หญิง สาม ใจดี พ.ร.บ.การศึกษา แห่งชาติ",
    "เสร็จแล้ว  ประธานจึงเริ่ม ( ) เห็นชอบ ( / ) ไม่เห็นชอบ 1 ) ผ้า",
    "1.    ผ้า",
    "| ผ้า   | 5    คน |",
    "สมาชิก อบต. นายกอบต. หจก. จ. โทร. พ.ศ. และ น. ก. …… 1. อาจารย์. เลขา.",
    "ข้อ 8, 9 และ A, B",
    "องค์กรปกครองส่วนท้องถิ่น (อปท.) และ อปท. อื่น",
    "1,500 บาท (หนึ่งพันห้าร้อยบาทถ้วน) 21 บาท (ยี่สิบเอ็ดบาทถ้วน) 100 บาท (ร้อยบาทถ้วน)",
    "2 ล้านบาท (สองล้านบาทถ้วน) ล้านบาทถ้วน (1,000,000 บาท) 1,500 บาท (เงินสด)",
    "สิบล้านล้านบาทถ้วน (10,000,000,000,000 บาท) ปี 2567 หมู่ 12345",
    "สิทธิ์ พุทฺธํ ฤๅษี เก๋ไก๋ ชั่วโมง ผู้ใหญ่ น้ำ ◌่ ฤ เสน่ห์",
    "ปรากฏ มกุฎ โกฏิ เอกฉันท์ สร้างสรรค์ ในที่สาธารณะ เจ้าหน้าที่ นายสังเกตุ ใจดี",
    'แก้ “อนุญาติ” เป็น "อนุญาต" ที่ www.example.go.th/ต่างๆ กับ a@b.example',
]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of(text: str) -> None:
    assert found(text) == []


LENIENT = [
    ("W25", "เวลา 09:30 น."),
    ("W27", "พ.ต.อ.หนึ่ง ใจดี"),
    ("W28", "ผ้า ( ไหม)"),
    ("W39", "น้ํา"),
]


@pytest.mark.parametrize(("code", "text"), LENIENT)
def test_what_is_allowed_or_printed_right_is_only_advice(code: str, text: str) -> None:
    [problem] = registry.read([Text(PATH, Scalar(text, 1, 1), "prose")])
    assert (problem.code, problem.severity) == (code, "info")


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("spoken", "ผมอยากให้ทุกคนมา เยอะๆ".replace("ๆ", " ๆ")),
        ("spoken", "นาย หนึ่ง ใจดี (เล็ก) อนุญาติ 14 ม.ค. 67 เสร็จแล้ว."),
        ("news", "จัดงาน 14 ม.ค. 67"),
        ("line", "บรรยากาศ 14 ม.ค. 67"),
        ("name", "นาย หนึ่ง ใจดี"),
        ("name", "ผู้สังเกตุการณ์, 0900 น. ( 5 )"),
        ("heading", "วาระที่ 5"),
    ],
)
def test_a_rule_looks_at_texts_of_its_kind_alone(role: Role, text: str) -> None:
    assert found(text, role) == []


def test_a_short_form_is_objected_to_once_in_a_meeting() -> None:
    texts = [Text(PATH, Scalar("ให้ จนท. มา จนท. ไป", line, 1), "prose") for line in (9, 3)]
    assert [problem.line for problem in registry.read(texts)] == [3]


def test_a_term_of_the_office_is_nobodys_fault() -> None:
    node = Scalar("ร้านต่างๆ จนท. และต่างๆ", 1, 1)
    text = Text(PATH, node, "prose", re.compile("ร้านต่างๆ|จนท\\."))
    assert [problem.values["text"] for problem in registry.read([text])] == ["และต่างๆ"]


# --- which texts ----------------------------------------------------------------------------------

EVERYWHERE = """
สมัยประชุม: ก1
ประจำเดือน: ก2
สถานที่: ก3
ชื่อการประชุม: ก4
คำเปิดประชุม: ก5
คำปิดประชุม: ก6
การเข้าประชุม:
  ผู้ไม่มาประชุม: [{ชื่อ: นายหนึ่ง ใจดี, เหตุผล: ก7}]
  ผู้มาประชุมแทน: [{แทน: นายหนึ่ง ใจดี, ชื่อ: ก8, ตำแหน่ง: ก9}]
  ผู้เข้าร่วมประชุม: [ก10, {ชื่อ: ก11, ตำแหน่ง: ก12, หมายเหตุ: ก13}]
ก่อนวาระ:
  - ก14
ระเบียบวาระ:
  - หัวข้อ: ก15
    มติ: ก16
    เรื่อง:
      - ชื่อเรื่อง: ก17
        ผู้เสนอ: ก18
        เรื่องเดิม: ก19
        รายละเอียด: ก20
        ข้อเสนอ: ก21
        อภิปราย: [ก22, {ผู้พูด: ก23, ข้อความ: ก24}]
        มติ: ก25
        มอบหมาย: [{งาน: ก26, ผู้รับผิดชอบ: ก27}]
        ในข่าว: ก28
        ภาพ: [{ไฟล์: x.png, คำบรรยาย: ก29}]
      - ชื่อเรื่อง: ก30
        ในข่าว: ไม่ใช่
เอกสารแนบ: [{ชื่อเอกสาร: ก31}]
ข่าวประชาสัมพันธ์:
  พาดหัว: ก32
  ความนำ: ก33
  ผู้เข้าร่วม: ก34
  ประเด็น: [ก35, ก36]
  คำกล่าว: {ชื่อ: นายหนึ่ง, ข้อความ: ก37}
  ปิดท้าย: ก38
  เครดิต: ก39
"""


def test_every_text_that_is_written_freely_is_looked_at() -> None:
    record = read(Meeting, EVERYWHERE, {"วันที่": "14 พฤษภาคม 2567"})
    texts = [text.node.text for text in free_texts(record, PATH)]
    numbered = [text for text in texts if text.startswith("ก")]
    assert sorted(numbered, key=lambda text: int(text[1:])) == [f"ก{n}" for n in range(1, 40)]
    assert "x.png" not in texts


def test_an_office_and_a_body_are_looked_at_too() -> None:
    office = read(Office, "ชื่อหน่วยงาน: ก1\nชื่อย่อ: ก2\nที่อยู่: ก3\nอีเมล: a@b.example\nเครดิตข่าว: ก4")
    assert [text.node.text for text in free_texts(office, PATH)] == ["ก1", "ก2", "ก3", "ก4"]
    body = read(Body, "ชื่อ: ก1\nระเบียบวาระ: [เพื่อทราบ]\nสมาชิก: [{ชื่อ: ก2, ตำแหน่ง: ก3}]")
    texts = [text.node.text for text in free_texts(body, PATH)]
    assert texts == ["ก1", "เพื่อทราบ", "ก2", "ก3"]


def test_a_body_is_objected_to_at_its_own_file() -> None:
    proceedings = meeting(body="ชื่อย่อ: กลุ่มต่างๆ\n")
    [problem] = [found for found in registry.check(proceedings) if found.code == "W24"]
    assert problem.path == PATH.with_name("body.yaml")
    assert (problem.line, problem.column) == (1, 19)


# --- spelling -------------------------------------------------------------------------------------


def words_of(name: str) -> frozenset[str]:
    os.environ["PYTHAINLP_OFFLINE"] = os.environ["PYTHAINLP_READ_ONLY"] = "1"
    from pythainlp import corpus

    words: frozenset[str] = getattr(corpus, name)()
    return words


def test_no_word_of_the_royal_societys_dictionary_is_called_wrong() -> None:
    words = words_of("thai_orst_words")
    assert len(words) > 30_000
    wrong = {word: found[0] for word in words for found in spellings.misspelt(word)}
    assert wrong == {}


def test_the_right_forms_are_words_and_no_wrong_form_is_right() -> None:
    known = words_of("thai_orst_words") | words_of("thai_words")
    assert len(spellings.WRONG_WORDS) > 150
    beginnings = {"ปฏิ", "ชะลอโครงการ"}
    for wrong, (right, _) in spellings.WRONG_WORDS.items():
        assert wrong != right
        assert list(spellings.misspelt(right)) == []
        assert right in known | beginnings or len(units.last_word(right, len(right))) > 1, right
        assert [found[0] for found in spellings.misspelt(wrong)] == [wrong]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [("แล้วขอบคุณ", 4, "แล้ว"), ("สมาชิกอบต", 9, ""), ("", 0, ""), ("abc", 3, "")],
)
def test_the_last_word_is_one_of_the_dictionary(text: str, place: int, word: str) -> None:
    assert units.last_word(text, place) == word


@pytest.mark.parametrize(
    ("text", "word", "is_whole"),
    [("ที่ประชุมก็เห็น", "ก็", True), ("ให้เก็บเงิน", "ก็", False), ("ก็", "ก็", True)],
)
def test_a_word_is_told_from_a_part_of_another(text: str, word: str, is_whole: bool) -> None:
    start = text.index(word)
    assert units.is_whole_word(text, start, start + len(word)) is is_whole


def test_these_cases_are_many() -> None:
    assert len(WRONG) > 40
    assert len(RIGHT) > 25
    assert {code for problems in WRONG.values() for code, _ in problems} == {*registry.OF_TEXTS}


ENDLESS = [
    "ต่างๆ", "ที่ ", " ", "1-", "1 - ", "หนึ่ง", "( ", " )", "( ก )", "จนท. ", "ก็", "เเ", "ิ", "่ี",
    "0900 น.", "09:30", "พ.ศ.2567", "นาย ก ข", "1,", "1500 บาท", "ก,", "ก.", "ก.   ", "“", '"',
    "a@", "http://", "อนุญาติ", "ก   ", "๑1", "|", "\u200b", "\uf70b", "วาระที่ 9\n", "มีการ", "ก  \n",
    "ๆ", "14 ม.ค. 67 ", "ฯ ล", "‘ก", "«", "“ก” ",
]  # fmt: skip


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_long_text_of_one_piece_is_read_with_work_in_proportion(piece: str) -> None:
    def work(size: int) -> None:
        text = piece * (size // len(piece)) + "A"
        file = f"a: |\n  {text.replace(chr(10), chr(10) + '  ')}\n"
        node = Scalar(text, 1, 4, "literal", written=Written(file, 3, len(file)))
        registry.read([Text(PATH, node, "prose")])

    assert_in_proportion(work, 60_000)
