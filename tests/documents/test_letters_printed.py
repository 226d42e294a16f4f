"""Letters of every kind on paper: found again, the same on every machine, told if none is drawn."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import cmap_format_13

from minutes.build import pipeline
from minutes.documents.proof import layout
from minutes.paths import ROOT
from minutes.source import encoding
from minutes.thai import digits, faces, line_breaks
from tests.support import pdf_readers
from tests.support.agenda_folder import MEETING, Desk
from tests.support.sample import meeting
from tests.support.verapdf import Flavour, broken_rules

FLAVOURS: tuple[Flavour, ...] = ("3a", "ua1")
AGENDA = """\
ครั้งที่: 2/2567
วันที่: วันอังคารที่ 18 มิถุนายน 2567
เวลาเริ่ม: 09.30
เวลาเลิก: 11.45
สถานะ: ฉบับสมบูรณ์
ระเบียบวาระ:
  - ชนิด: รับรองรายงาน
  - ชนิด: เพื่อทราบ
    เรื่อง:
      - ชื่อเรื่อง: การทดสอบ
        รายละเอียด: |
          {text}
        มติ: รับทราบ
"""
THANKS = "ขอบคุณทุกหน่วยงาน 🙏"
NEIGHBOURS = "ผู้แทนจังหวัดบันเตียเมียนเจย (បន្ទាយមានជ័យ) และเมียวดี (မြဝတီ) เข้าร่วม"
SIGNS = (
    "● หัวข้อ ■ ย่อย ✔ เสร็จ ① ลำดับ อุณหภูมิ 35 ℃ พื้นที่ 20 ㎡ № 5 CO₂ 10⁴ ★ สำคัญ ◦ ⇒ ☎ ❤ Ω 中文 ລາວ Привет ő"
)
RIGHT_TO_LEFT = "ประชุม بهاس ملايو และ שלום עולם จบ"
UNDRAWN = "อักษร 𒀀 ข้าง 𓀀 และ 𒀀"


def spaceless(text: str) -> str:
    return "".join(text.split())


def printed(text: str) -> dict[str, bytes]:
    """Give the PDF and the Word file of a meeting with a paragraph."""
    matter = (
        f"ระเบียบวาระ: [{{ชนิด: เพื่อทราบ, เรื่อง: [{{ชื่อเรื่อง: ก, รายละเอียด: '{text}', มติ: รับทราบ}}]}}]"
    )
    return pipeline.build(meeting(matter), ["minutes"])


def of(files: Mapping[str, bytes], suffix: str) -> bytes:
    (data,) = (data for name, data in files.items() if name.endswith(suffix))
    return data


# --- what is printed is found again -------------------------------------------------------------


@pytest.mark.parametrize("text", [THANKS, NEIGHBOURS, SIGNS], ids=["emoji", "neighbours", "signs"])
def test_foreign_letters_are_built_without_a_word_and_found_again(desk: Desk, text: str) -> None:
    desk.put(MEETING, AGENDA.format(text=text))
    answer = desk.run("--only", "minutes", on=(f"agendas/{MEETING.partition('/')[2]}",))
    assert (answer.status, answer.problems) == (0, [])
    (path,) = desk.folder.glob("out/**/*minutes.pdf")
    wanted = spaceless(digits.digits(text, "thai"))
    for read in (pdf_readers.poppler, pdf_readers.pdfium):
        assert wanted in spaceless("".join(read(path.read_bytes()))), read.__name__


def test_letters_that_run_from_right_to_left_are_read_in_their_order() -> None:
    files = printed(RIGHT_TO_LEFT)
    directions = str.maketrans("", "", "\u202a\u202b\u202c")
    for read in (
        pdf_readers.poppler_by_place,
        pdf_readers.mupdf,
        pdf_readers.pdfium,
        pdf_readers.by_pypdf,
    ):
        text = "".join(read(of(files, ".pdf"))).translate(directions)
        for word in ("بهاس", "ملايو", "שלום", "עולם"):
            assert word in text, read.__name__
    assert RIGHT_TO_LEFT in layout.read_docx(of(files, ".docx"))
    assert layout.proof(Path("a.yaml"), files) == []


def test_a_letter_that_no_font_draws_is_a_box_beneath_which_it_is_written() -> None:
    files = printed(UNDRAWN)
    assert spaceless(UNDRAWN) in spaceless("".join(pdf_readers.poppler(of(files, ".pdf"))))
    assert "".join(pdf_readers.by_pypdf(of(files, ".pdf"))).count("□") >= 3
    assert UNDRAWN in layout.read_docx(of(files, ".docx"))
    assert layout.proof(Path("a.yaml"), files) == []


STRAY = "\u0600\u06dd\u070f\u08e2\U000110bd\U000110cd\U00013430"  # visible, and of no font's run


def test_a_sign_for_which_the_typesetter_asks_no_font_is_a_box_too() -> None:
    for sign in STRAY:
        files = printed(f"ก {sign} ข")
        assert sign in "".join(pdf_readers.poppler(of(files, ".pdf"))), f"U+{ord(sign):04X}"
        assert layout.proof(Path("a.yaml"), files) == []


def test_a_sign_that_cannot_be_set_where_it_stands_is_a_box_with_its_text() -> None:
    written = "ก\u2027"  # at a line's end Pango wants a hyphen for it, which its face lacks
    files = printed(written)
    assert written in spaceless("".join(pdf_readers.poppler(of(files, ".pdf"))))
    assert layout.proof(Path("a.yaml"), files) == []


@pytest.mark.system
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_letters_of_every_kind_keep_the_standards(flavour: Flavour) -> None:
    files = printed(
        f"{UNDRAWN} {NEIGHBOURS} {THANKS} {SIGNS} {RIGHT_TO_LEFT} {STRAY} x\u0301 \u0301ก"
    )
    assert broken_rules(of(files, ".pdf"), flavour) == {}


# --- what nobody sees ---------------------------------------------------------------------------

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), without the controls that turn
# the direction of writing, which are refused.
IGNORABLE = [
    chr(code)
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
        (0x180B, 0x180F), (0x200B, 0x200F), (0x2060, 0x2065), (0x206A, 0x206F), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
]  # fmt: skip


def test_every_letter_that_nobody_sees_is_dropped() -> None:
    assert len(IGNORABLE) > 4_000
    for letter in IGNORABLE:
        assert digits.strip_invisible(f"ก{letter}ข ☑{letter}") == "กข ☑", encoding.name_of(letter)
    assert digits.strip_invisible("ก".join(IGNORABLE)) == "ก" * (len(IGNORABLE) - 1)


def test_what_nobody_sees_is_no_fault_of_a_meeting(desk: Desk) -> None:
    text = "ก".join(letter for letter in IGNORABLE if ord(letter) < 0xE0100)
    desk.put(MEETING, AGENDA.format(text=f"☑\ufe0f {text}"))
    answer = desk.run("--only", "minutes")
    assert answer.status == 0
    assert not [line for line in answer.problems if "แนะนำ[W39]" not in line]


@pytest.mark.parametrize("letter", ["\ufff9", "\ufffa", "\ufffb", "\ufffc", "\ufdd0", "\U0001ffff"])
def test_what_holds_the_place_of_something_lost_is_refused_at_its_place(
    desk: Desk, letter: str
) -> None:
    desk.put(MEETING, AGENDA.format(text=f"ภาพ {letter} นี้"))
    answer = desk.call("check", "agendas")
    assert answer.status == 1
    assert f"{MEETING}:12:15: ผิดพลาด[D18]" in answer.err
    assert encoding.name_of(letter) in answer.err


# --- emoji ----------------------------------------------------------------------------------------

EMOJI = {
    "👨\u200d👩\u200d👧\u200d👦": "👨\u200d👩\u200d👧\u200d👦",
    "❤\ufe0f\u200d🔥": "❤\u200d🔥",
    "👍🏽": "👍🏽",
    "🇹🇭": "🇹🇭",
    "1\ufe0f\u20e3": "1\u20e3",
    "☑\ufe0f": "☑",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "🏴",
}


@pytest.mark.parametrize(("typed", "kept"), EMOJI.items(), ids=lambda text: f"{ord(text[0]):X}")
def test_an_emoji_of_many_letters_is_one_sign(typed: str, kept: str) -> None:
    files = printed(f"ก {typed} ข")
    assert f"ก {kept} ข" in layout.read_docx(of(files, ".docx"))
    for read in (pdf_readers.poppler, pdf_readers.pdfium):
        assert kept in "".join(read(of(files, ".pdf"))), read.__name__
    assert layout.proof(Path("a.yaml"), files) == []
    assert line_breaks.clusters(kept) == [0]


# --- where it is told ---------------------------------------------------------------------------


def test_each_letter_without_a_font_is_told_at_its_place_in_every_file(desk: Desk) -> None:
    desk.put(MEETING, AGENDA.format(text=UNDRAWN))
    office = desk.folder / "agendas/office.yaml"
    office.write_text(office.read_text("utf-8") + '\nส่วนงาน: "ฝ่าย 𐎀"\n', "utf-8")
    lines = office.read_text("utf-8").splitlines()
    answer = desk.call("check", "agendas")
    assert answer.status == 0
    assert [line.partition(": คำเตือน[W70]: ")[0] for line in answer.problems] == [
        f"agendas/office.yaml:{len(lines)}:16",
        f"{MEETING}:12:17",
        f"{MEETING}:12:24",
    ]
    assert '"𒀀" (U+12000, 2 แห่ง)' in answer.err
    assert desk.run("--only", "minutes").err.count("[W70]") == 3


# --- the same on every machine ------------------------------------------------------------------


@cache
def square() -> bytes:
    """Give a font that draws a black square for every letter there is."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 900), (900, 900), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "square"])
    made.setupGlyf({".notdef": pen.glyph(), "square": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (950, 0), "square": (950, 0)})
    made.setupCharacterMap({0x41: "square"})
    every = cmap_format_13(13)
    every.platformID, every.platEncID, every.language = 3, 10, 0
    every.cmap = dict.fromkeys(range(0x20, 0x110000), "square")
    made.font["cmap"].tables = [every]
    made.setupHorizontalHeader(ascent=1900, descent=-900)
    made.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    made.setupOS2(sTypoAscender=1900, usWinAscent=1900, usWinDescent=900)
    made.setupPost()
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def fake_font(folder: Path, name: str) -> None:
    """Write that font under another name."""
    font = TTFont(io.BytesIO(square()))
    for number in (1, 4, 6):
        font["name"].setName(name, number, 3, 1, 0x409)
    font.save(folder / f"{name}.ttf")


OURS = (
    "Minutes Sarabun",
    "Minutes Signs",
    "Minutes Khmer",
    "Minutes Box",
    "emoji",
    "TH SarabunPSK",
)
PREFERS_OTHERS = """
  <match target="pattern"><edit name="family" mode="assign" binding="strong">
    <string>Other 1</string></edit></match>
  <match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit>
    <edit name="matrix" mode="assign"><times><name>matrix</name>
      <matrix><double>2</double><double>0</double><double>0</double><double>2</double></matrix>
    </times></edit></match>
  <selectfont><rejectfont><glob>*weasyprint*</glob></rejectfont></selectfont>
"""


def settings(folder: Path, fonts: Path, rules: str = "") -> Path:
    """Write settings of fontconfig: a folder of fonts, and rules."""
    path = folder / f"{len(list(folder.iterdir()))}.conf"
    path.write_text(
        f"<fontconfig><dir>{escape(str(fonts))}</dir>"
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>{rules}</fontconfig>",
        "utf-8",
    )
    return path


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The environments of machines without fonts, with 130, and with a taste of its own."""
    folder = tmp_path_factory.mktemp("machines")
    many = folder / "fonts"
    many.mkdir()
    for name in (*OURS, *(f"Other {number}" for number in range(130 - len(OURS)))):
        fake_font(many, name)
    assert len(list(many.glob("*.ttf"))) == 130
    none = settings(folder, folder / "nothing")
    return {
        "none": {"FONTCONFIG_FILE": str(none), "HOME": "/nonexistent", "XDG_CACHE_HOME": ""},
        "many": {"FONTCONFIG_FILE": str(settings(folder, many)), "HOME": str(folder)},
        "others": {"FONTCONFIG_FILE": str(settings(folder, many, PREFERS_OTHERS))},
        "broken": {"FONTCONFIG_FILE": str(folder / "gone.conf"), "FONTCONFIG_PATH": "/nonexistent"},
    }


def built_on(machine: Mapping[str, str], folder: Path, *paths: str) -> dict[str, object]:
    """Build meetings of the folder in a process of a machine; gives its files and what it said."""
    known = {key: text for key, text in os.environ.items() if not key.startswith("FONTCONFIG")}
    command = [
        sys.executable,
        "-c",
        "import sys; from minutes import __main__ as cli; sys.exit(cli.main())",
    ]
    done = subprocess.run(
        [*command, *paths, "-o", "out", "--force"],
        cwd=folder,
        env={**known, "PYTHONPATH": str(ROOT), **machine},
        capture_output=True,
        text=True,
        check=False,
    )
    out = {
        path.name: path.read_bytes() for path in folder.glob("out/**/*") if path.suffix in SUFFIXES
    }
    return {"status": done.returncode, "said": done.stderr, **out}


SUFFIXES = {".pdf", ".docx", ".txt"}


def test_the_fonts_of_a_machine_change_neither_bytes_nor_words(
    desk: Desk, machines: Mapping[str, Mapping[str, str]]
) -> None:
    text = f"{THANKS} {NEIGHBOURS} {SIGNS} {UNDRAWN} ครั้งที่ x\u0301"
    desk.put(MEETING, AGENDA.format(text=text))
    first = built_on(machines["none"], desk.folder, MEETING)
    assert first["status"] == 0
    assert str(first["said"]).count("[W70]") == 2
    assert len([name for name in first if name.endswith(".pdf")]) >= 2
    for name in ("many", "others", "broken"):
        assert built_on(machines[name], desk.folder, MEETING) == first, name


@pytest.mark.system
def test_a_worker_sees_the_fonts_of_its_machine_as_little(
    desk: Desk, machines: Mapping[str, Mapping[str, str]]
) -> None:
    desk.put(MEETING, AGENDA.format(text=f"{SIGNS} {UNDRAWN}"))
    one, other = (
        built_on(machines[name], desk.folder, "agendas", "--jobs", "2")
        for name in ("none", "others")
    )
    assert one["status"] == 0
    assert {**one, "said": ""} == {**other, "said": ""}


def test_the_user_s_own_settings_are_left_to_other_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/own.conf")
    monkeypatch.delenv("FONTCONFIG_PATH", raising=False)
    with faces.alone():
        assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
    assert os.environ["FONTCONFIG_FILE"] == "/own.conf"
    assert "FONTCONFIG_PATH" not in os.environ
