"""Wrong agendas beside the exact text that the whole program prints for them.

``pytest --update`` rewrites the expected texts; read what changed before it is kept.
"""

import contextlib
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image

from minutes.thai import digits
from tests.support.agenda_folder import CASES, MEETING, QUICK, Answer, Desk

TARGETS = {"body": "agendas/otop/body.yaml", "office": "agendas/office.yaml"}
BAD = [
    file
    for kind in ("meeting", "body", "office")
    for file in sorted((CASES / "bad" / kind).glob("*.yaml"))
]
UNREADABLE = sorted((CASES / "source").glob("*.yaml"))  # see test_source
NEIGHBOUR = "council/2567-01/council-2567-01-minutes.docx"
EARLIER = "otop/2567-01/otop-2567-01-minutes.docx"
GOOD_MEETING = (CASES / "good.yaml").read_text("utf-8")

Record = Callable[[str, object], None]


def refuse(desk: Desk, record_property: Record, *arguments: str) -> Answer:
    """Run the program; it must refuse the meeting, leave its old documents and build the others."""
    old = desk.leave_old_documents()
    answer = desk.run(*QUICK, *arguments)
    record_property("seconds to refuse", answer.seconds)
    assert answer.status == 1
    assert {path: path.read_bytes() for path in old} == old
    assert NEIGHBOUR in desk.built()
    return answer


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


@pytest.mark.parametrize("case", BAD, ids=name_of)
def test_a_wrong_file_is_told_in_exactly_these_words(
    case: Path, desk: Desk, record_property: Record, update: bool
) -> None:
    desk.put(MEETING, GOOD_MEETING)
    desk.put(TARGETS.get(case.parent.name, MEETING), case.read_bytes())
    answer = refuse(desk, record_property)
    if update:
        case.with_suffix(".txt").write_text(answer.err, "utf-8")
    assert answer.err == case.with_suffix(".txt").read_text("utf-8")
    assert (EARLIER in desk.built()) == (case.parent.name not in TARGETS)


@pytest.mark.parametrize("case", UNREADABLE, ids=name_of)
def test_what_is_wrong_with_the_writing_is_told_by_the_whole_program(
    case: Path, desk: Desk, record_property: Record
) -> None:
    desk.put(MEETING, case.read_bytes())
    told = iter(refuse(desk, record_property).err.splitlines())
    expected = case.with_suffix(".txt").read_text("utf-8").replace(case.name, MEETING)
    assert [line for line in expected.splitlines() if line not in told] == []
    assert EARLIER in desk.built()


def test_there_are_cases() -> None:
    assert len(BAD) > 90
    assert len(UNREADABLE) > 40
    assert all(case.with_suffix(".txt").stat().st_size for case in BAD)


# --- what is too large or too strange to lie in a file of the repository --------------------------

FINAL = "เวลาเริ่ม: 09.30\nเวลาเลิก: 11.45\nสถานะ: ฉบับสมบูรณ์\n"
START = f"ครั้งที่: 2/2567\nวันที่: 18 มิถุนายน 2567\n{FINAL}"
ITEM = "ระเบียบวาระ:\n  - ชนิด: รับรองรายงาน\n  - ชนิด: เพื่อทราบ\n    เรื่อง:\n      - ชื่อเรื่อง: "
SOUND = f"{START}{ITEM}ก\n        มติ: รับทราบ\n"

BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
NAMES = "".join(f"  - นาย ก {number}\n" for number in range(20_000))

GENERATED = {
    "an alias bomb": (f"a0: &a0 [x]\n{BOMB}".encode(), "D24"),
    "100,000 nested brackets": (f"ครั้งที่: {'[' * 100_000}".encode(), "D25"),
    "100,000 nested brackets, closed": (f"มติ: {'[' * 100_000}{']' * 100_000}".encode(), "D25"),
    "100,000 nested braces": (f"มติ: {'{ก: ' * 100_000}".encode(), "D25"),
    "100,000 nested lists": (("- " * 100_000).encode(), "D25"),
    "a depth of 21": ("".join(f"{' ' * n}ก:\n" for n in range(21)).encode(), "D25"),
    "5 MB": (f"{SOUND}# {'ก' * 1_700_000}".encode(), "D13"),
    "20,000 members": (f"{START}การเข้าประชุม:\n  ผู้มาประชุม:\n{NAMES}".encode(), "D48"),
    "1,001 items": (
        f"{START}{ITEM}ก\n{'      - ข' * 1}\n".encode() + "      - ค\n".encode() * 1000,
        "D49",
    ),
    "Windows-874": (SOUND.encode("cp874"), "D14"),
    "TIS-620": (SOUND.encode("tis-620"), "D14"),
    "UTF-16 with a mark": (SOUND.encode("utf-16"), "D14"),
    "UTF-16 without a mark": (SOUND.encode("utf-16-le"), "D14"),
    "UTF-32": (SOUND.encode("utf-32"), "D14"),
    "bytes that are no UTF-8": (SOUND.encode() + b"# \xff\xfe\xfa\n", "D16"),
    "NUL": (SOUND.replace("รับทราบ", "รับ\0ทราบ").encode(), "D18"),
    "NULs alone": (bytes(1000), "D18"),
    "ESC": (SOUND.replace("รับทราบ", "\x1b[31mรับทราบ").encode(), "D18"),
    "U+202E": (SOUND.replace("รับทราบ", "รับ\u202eทราบ").encode(), "D18"),
    "an escaped NUL": (SOUND.replace("รับทราบ", '"รับ\\0ทราบ"').encode(), "D18"),
    "an escaped ESC": (SOUND.replace("รับทราบ", '"\\e[31mรับทราบ"').encode(), "D18"),
    "an escaped U+202E": (SOUND.replace("รับทราบ", '"\\u202eรับทราบ"').encode(), "D18"),
    "an escaped lone surrogate": (SOUND.replace("รับทราบ", '"\\ud83d"').encode(), "D37"),
    "an escaped long lone surrogate": (SOUND.replace("รับทราบ", '"\\U0000d83d"').encode(), "D37"),
    "an encoded lone surrogate": (SOUND.encode() + b"# \xed\xa0\xbd\n", "D16"),
    "an escape beyond Unicode": (SOUND.replace("รับทราบ", '"\\U00110000"').encode(), "D37"),
    "a Word document": (b"PK\x03\x04" + bytes(100), "D15"),
    "an old Word document": (b"\xd0\xcf\x11\xe0" + bytes(100), "D15"),
    "a PDF": (b"%PDF-1.7\n", "D15"),
    "a picture": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)), "D16"),
    "10,000 wrong lines": (("บรรทัดนี้ไม่มีอะไร\n" * 10_000).encode(), "D38"),
    "20,000 unknown keys": (
        ("วันที่: 1/2/2567\n" + "".join(f"ก{n}: ข\n" for n in range(20_000))).encode(),
        "D55",
    ),
    "90,000 unknown keys": (
        ("วันที่: 1/2/2567\n" + "".join(f"k{n}: v\n" for n in range(90_000))).encode(),
        "D422",
    ),
    "300,000 empty lists": (f"วันที่: 1/2/2567\nก: [{'[],' * 300_000}]".encode(), "D422"),
    "a key of 100,000 letters": (f"{'ก' * 100_000}: ข\n".encode(), "D38"),
    "a key of 1,000 letters": (f"วันที่: 1/2/2567\n{'ก' * 1_000}: ข\n".encode(), "D55"),
    "900 nameless people": (f"{START}การเข้าประชุม:\n  ผู้มาประชุม: [{'{}, ' * 900}]".encode(), "D42"),
    "a value of 300,000 letters": (f"วันที่: {'1' * 300_000}\n".encode(), "D01"),
    "a value with line feeds": ('วันที่: "1\\n2\\n3"\n'.encode(), "D01"),
}


@pytest.mark.parametrize("what", GENERATED)
def test_a_file_is_refused_that_has(what: str, desk: Desk, record_property: Record) -> None:
    data, code = GENERATED[what]
    desk.put(MEETING, data)
    answer = refuse(desk, record_property)
    assert f"[{code}]" in answer.problems[0]
    assert answer.problems[0].startswith(f"{MEETING}:")
    assert len(answer.problems) <= 200
    assert max(map(len, answer.err.splitlines())) < 1000
    assert EARLIER in desk.built()


def test_a_body_of_20_000_members_is_refused(desk: Desk, record_property: Record) -> None:
    desk.put(MEETING, SOUND)
    desk.put(TARGETS["body"], f"ชื่อ: คณะกรรมการ\nสมาชิก:\n{NAMES}")
    answer = refuse(desk, record_property)
    (told,) = answer.problems
    assert told.startswith(f"{TARGETS['body']}:3:3: ผิดพลาด[D48]: รายชื่อมี 20,000 คน")


# --- pictures -------------------------------------------------------------------------------------


def a_jpeg() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((200, 100), 50).save(stream, "JPEG")
    return stream.getvalue()


PICTURES = {
    "missing": (None, "D71"),
    "of 0 bytes": (b"", "D74"),
    "truncated": (a_jpeg()[:1500], "D76"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(500), "D78"),
    "a text": ("ไม่ใช่ภาพ".encode(), "D79"),
    "a PDF": (b"%PDF-1.7\n", "D77"),
    "too large": (b"\xff\xd8\xff" + bytes(50_000_001), "D75"),
}


def naming(file: str) -> str:
    return f"{SOUND}        ภาพ:\n          - {{ไฟล์: '{file}', คำบรรยาย: บรรยากาศ}}\n"


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_is_refused_that_is(what: str, desk: Desk, record_property: Record) -> None:
    data, code = PICTURES[what]
    if data is not None:
        desk.put("agendas/otop/images/hall.jpg", data)
    desk.put(MEETING, naming("images/hall.jpg"))
    answer = refuse(desk, record_property)
    assert [line.partition(": ")[0] for line in answer.problems] == [f"{MEETING}:13:20"]
    assert f"[{code}]" in answer.err


def test_a_misspelt_picture_is_refused_with_the_name_that_was_meant(
    desk: Desk, record_property: Record
) -> None:
    desk.put("agendas/otop/images/Hall.JPG", a_jpeg())
    desk.put(MEETING, naming("images/hall.jpg"))
    assert '"images/Hall.JPG"' in refuse(desk, record_property).err


@pytest.mark.parametrize("link", ["file", "folder", "loop"])
def test_a_link_out_of_the_folder_is_refused(
    link: str, desk: Desk, record_property: Record
) -> None:
    outside = desk.put("secret/hall.jpg", a_jpeg())
    folder = desk.folder / "agendas" / "otop" / "images"
    if link == "folder":
        folder.symlink_to(outside.parent)
    else:
        folder.mkdir()
        (folder / "hall.jpg").symlink_to(outside if link == "file" else folder / "hall.jpg")
    desk.put(MEETING, naming("images/hall.jpg"))
    answer = refuse(desk, record_property)
    assert f"[{'D71' if link == 'loop' else 'D72'}]" in answer.err
    assert len(answer.problems) == 1


# --- files and folders ----------------------------------------------------------------------------

NAMES_OF_FILES = {
    "2567-2.yaml": "D85",
    "2024-05.yaml": "D86",
    "๒๕๖๗-๐๓.yaml": "D81",
    "2567-03.yml": "D81",
    "2567-03 (1).yaml": "D81",
    "2567-03 - สำเนา.yaml": "D81",
    "การประชุม.yaml": "D81",
}


@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_a_file_is_not_built_that_is_called(name: str, desk: Desk) -> None:
    desk.put(MEETING, SOUND)
    desk.put(f"agendas/otop/{name}", SOUND)
    answer = desk.run(*QUICK)
    assert f"agendas/otop/{name}:1:1: " in answer.err
    assert f"[{NAMES_OF_FILES[name]}]" in answer.err
    assert not any(Path(name).stem in path for path in desk.built())


@pytest.mark.parametrize("name", [".2567-03.yaml", "~$2567-03.yaml", "._2567-03.yaml", "a.yaml~"])
def test_a_file_that_another_program_left_is_passed_over(name: str, desk: Desk) -> None:
    desk.put(f"agendas/otop/{name}", b"\0\xff")
    answer = desk.run(*QUICK)
    assert (answer.status, answer.err) == (0, "")
    assert EARLIER in desk.built()


def test_a_file_asked_for_by_a_wrong_name_is_an_error(desk: Desk) -> None:
    desk.put("agendas/otop/draft.yaml", SOUND)
    wrong = ("agendas/otop/draft.yaml", "agendas/otop/2567-09.yaml", "nowhere")
    answer = desk.run(*QUICK, on=wrong)
    assert answer.status == 1
    codes = [line.partition("[")[2][:3] for line in answer.problems]
    assert codes == ["D80", "D81", "D80"]


def test_a_meeting_without_its_office_and_body_is_refused(desk: Desk) -> None:
    desk.put("elsewhere/club/2567-01.yaml", SOUND)
    answer = desk.run(*QUICK, on=("elsewhere",))
    assert answer.status == 1
    places = [line.partition(": ")[0] for line in answer.problems]
    assert places == ["elsewhere/office.yaml:1:1", "elsewhere/club/body.yaml:1:1"]


def test_two_bodies_of_one_name_are_refused(desk: Desk) -> None:
    shutil.copytree(desk.folder / "agendas" / "otop", desk.folder / "agendas" / "sapha" / "otop")
    answer = desk.run(*QUICK)
    assert answer.status == 1
    assert [line.partition("[")[2][:3] for line in answer.problems] == ["D84"]
    assert {EARLIER, NEIGHBOUR} <= desk.built()


def test_a_folder_whose_name_no_document_can_bear_is_refused(desk: Desk) -> None:
    (desk.folder / "agendas" / "otop").rename(desk.folder / "agendas" / "โอทอป")
    answer = desk.run(*QUICK)
    assert answer.status == 1
    assert "agendas/โอทอป:1:1: ผิดพลาด[D83]" in answer.err
    assert NEIGHBOUR in desk.built()


def test_a_name_that_is_no_text_is_told_without_a_crash(desk: Desk) -> None:
    (desk.folder / "agendas" / "otop" / "2567-\udcff.yaml").write_text(SOUND, "utf-8")
    assert "[D81]" in desk.run(*QUICK).err


def test_a_body_s_fault_is_told_once_and_stops_all_its_meetings(desk: Desk) -> None:
    desk.put(MEETING, SOUND)
    desk.put("agendas/otop/body.yaml", "ชื่อ: คณะกรรมการ\nองค์ประชุม: ทุกคน\n")
    answer = desk.run(*QUICK)
    assert len(answer.problems) == 1
    assert desk.built() == {NEIGHBOUR}


def test_a_meeting_is_built_although_the_one_before_it_cannot_be_read(desk: Desk) -> None:
    desk.put("agendas/otop/2567-01.yaml", "ครั้งที่: [")
    desk.put(MEETING, SOUND)
    answer = desk.run(*QUICK)
    assert answer.status == 1
    assert f"{MEETING}:7:11: คำเตือน[D87]" in answer.err
    text = text_of_docx(desk.folder / "out/otop/2567-02/otop-2567-02-minutes.docx")
    assert "เรื่องรับรองรายงานการประชุม" in text
    assert "รับรองรายงานการประชุม โดยไม่มีการแก้ไข" in text


def test_problems_of_all_files_stand_in_their_order(desk: Desk) -> None:
    desk.put("agendas/otop/2567-09.yaml", "วันที่: เมื่อวาน\n")
    desk.put("agendas/otop/2567-10.yaml", f"{SOUND}เวลาเริ่ม: 10.00\n")
    desk.put(
        MEETING,
        SOUND.replace("11.45", "09.00").replace("ก\n", "ก\n        คะแนนเสียง: {เห็นชอบ: 9}\n"),
    )
    desk.put("agendas/otop/2567-11.yaml", SOUND.replace("รับทราบ", "@"))
    answer = desk.run(*QUICK)
    places = [line.split(":")[:3] for line in answer.problems]
    assert [(Path(file).stem, int(line)) for file, line, _ in places] == [
        ("2567-02", 4), ("2567-02", 11), ("2567-09", 1), ("2567-10", 12), ("2567-11", 11),
    ]  # fmt: skip


def test_each_problem_is_one_line_of_json(desk: Desk) -> None:
    desk.put(MEETING, SOUND.replace("18 มิถุนายน", "วันพุธที่ 18 มิถุนายน").replace("09.30", "9.75"))
    answer = desk.run(*QUICK, "--errors", "json", "--lang", "en")
    found = [json.loads(line) for line in answer.err.splitlines()]
    assert [(each["line"], each["column"], each["code"]) for each in found] == [
        (2, 9, "D02"),
        (3, 12, "D04"),
    ]
    assert found[0] == {
        "file": MEETING,
        "line": 2,
        "column": 9,
        "severity": "error",
        "code": "D02",
        "message": "2024-06-18 is a Tuesday, not a Wednesday",
        "hint": 'write "วันอังคารที่ 18 มิถุนายน 2567", or correct the date',
    }


# --- accepted, and printed as written -------------------------------------------------------------


def text_of_docx(path: Path) -> str:
    document = docx.Document(str(path))
    return folded("\n".join(paragraph.text for paragraph in document.paragraphs))


def text_of_pdf(path: Path) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        return folded("\n".join(page.get_textpage().get_text_bounded() for page in document))


def folded(text: str) -> str:
    return " ".join(text.split())


LONG = " ".join(f"ข้อ {number} ที่ประชุมอำเภอตัวอย่างได้พิจารณาแล้ว" for number in range(1_700))
AS_WRITTEN = {
    "29 February 2571": (
        SOUND.replace("2/2567", "1/2571").replace("18 มิถุนายน 2567", "29 กุมภาพันธ์ 2571").encode(),
        "๒๙ กุมภาพันธ์ ๒๕๗๑",
    ),
    "a byte-order mark": (b"\xef\xbb\xbf" + SOUND.encode(), "ครั้งที่ ๒/๒๕๖๗"),
    "CRLF": (SOUND.replace("\n", "\r\n").encode(), "มติที่ประชุม รับทราบ"),
    "CR alone": (SOUND.replace("\n", "\r").encode(), "มติที่ประชุม รับทราบ"),
    "a split SARA AM in a key and a value": (
        SOUND.replace("รับทราบ", "ดําเนินการ").encode(), "มติที่ประชุม ดำเนินการ",
    ),
}  # fmt: skip
ORDINARY = (
    "<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "</w:t>", "&amp;", "&lt;b&gt;",
    "<!-- x -->",
    "]]>", "${7*7}", "%s", "\\n", "C:\\Users", "a_b_c", "<b>เห็นชอบ</b>", "A&B", "https://example.org/?a=1&b=2",
)  # fmt: skip


def accept(desk: Desk, data: bytes) -> tuple[str, str]:
    """Build the meeting in both formats with no more than advice; give their texts."""
    desk.put(MEETING, data)
    answer = desk.run("--only", "minutes", on=(MEETING,))
    objections = [line for line in answer.problems if "แนะนำ[W39]" not in line]
    assert (answer.status, objections) == (0, [])
    stem = desk.folder / "out" / "otop" / "2567-02" / "otop-2567-02-minutes"
    return text_of_docx(stem.with_suffix(".docx")), text_of_pdf(stem.with_suffix(".pdf"))


@pytest.mark.parametrize("what", AS_WRITTEN)
def test_a_file_is_printed_that_has(what: str, desk: Desk) -> None:
    data, printed = AS_WRITTEN[what]
    for text in accept(desk, data):
        assert printed in text


@pytest.mark.parametrize("form", ["quoted", "after a bar"])
def test_markup_of_all_kinds_is_printed_as_written(form: str, desk: Desk) -> None:
    lines = [f"'{text}'" if form == "quoted" else f"|\n          {text}" for text in ORDINARY]
    items = "".join(
        f"      - ชื่อเรื่อง: ข {number}\n        มติ: {line}\n" for number, line in enumerate(lines)
    )
    printed = [digits.digits(text, "thai") for text in ORDINARY]
    for text in accept(desk, f"{SOUND}{items}".encode()):
        assert [mark for mark in printed if mark not in text] == []


def test_a_text_of_200_kb_is_printed_whole(desk: Desk) -> None:
    written = f"{SOUND}        รายละเอียด: {LONG}\n        ละเว้น: {{W38: ยาวโดยตั้งใจ}}\n"
    assert len(LONG.encode()) > 200_000
    printed = folded(digits.to_thai_digits(LONG))
    for text in accept(desk, written.encode()):
        bare = re.sub(r"- [๐-๙]+ - |MIN1:\S+ [0-9]+/[0-9]+", "", text)  # what each page has
        assert "".join(printed.split()) in "".join(bare.split())
