"""Files mended in place: what is put right, and that nothing else changes by a byte."""

import re
import stat
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from minutes.rules import fixes
from minutes.rules.fixes import Mended
from minutes.rules.texts import free_texts
from minutes.source import positions
from tests.support.agenda_folder import CASES, Desk
from tests.support.effort import assert_in_proportion

EXAMPLES = sorted([*ROOT.glob("agendas/**/*.yaml"), *CASES.glob("clean/**/*.yaml")])
MEETINGS = [path for path in EXAMPLES if path.name not in fixes.KINDS]
FAULTY = sorted((CASES / "rules").glob("W[0234]*/wrong-*.yaml"))
PATH = Path("agendas/otop/2567-02.yaml")
FORMS = {
    "as it is": lambda data: data,
    "with a byte-order mark": lambda data: b"\xef\xbb\xbf" + data,
    "with CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "with CR": lambda data: data.replace(b"\n", b"\r"),
}

SOUND = """\
# หมายเหตุ: หน่วยงานต่างๆ เวลา 09.00น. อนุญาติ
ครั้งที่: 2/2567
วันที่: 18 มิถุนายน 2567
ระเบียบวาระ:
  - ชนิด: เพื่อทราบ
    เรื่อง:
"""


def mended(text: str) -> str:
    return fixes.mended(text.encode(), PATH).after.decode()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_in_a_clean_file_there_is_nothing_to_mend(path: Path) -> None:
    result = fixes.mend(path)
    assert (result.after, result.count, result.has_changed) == (path.read_bytes(), 0, False)
    assert result.diff("x") == []


MENDED = {
    "plain": ("ต่างๆ ที่  # ต่างๆ", "ต่าง ๆ ที่  # ต่างๆ"),
    "single quotes": ("'ต่างๆ ''ที่'''", "'ต่าง ๆ ''ที่'''"),
    "double quotes": ('"ต่างๆ \\u0e01 \\"ที่\\""', '"ต่าง ๆ \\u0e01 \\"ที่\\""'),
    "a line": (
        "|\n          ต่างๆ\n          เวลา 0930 น.",
        "|\n          ต่าง ๆ\n          เวลา 09.30 น.",
    ),
    "words": ("ขออนุญาติ ปฎิบัติ และสังเกตุ", "ขออนุญาต ปฏิบัติ และสังเกต"),
    "letters": ("นำ้ เเละ น้ํา ก่ี่ ว่่า", "น้ำ และ น้ำ กี่ ว่า"),
    "figures": ("วันที่ 14 พฤษภาคม ๒๕๖๗ เวลา 9:30 น", "วันที่ ๑๔ พฤษภาคม ๒๕๖๗ เวลา 9.30 น."),
    "months": ("วันที่ 14 เดือนพฤษภาคม 2567 พ.ศ.2567", "วันที่ 14 พฤษภาคม 2567 พ.ศ. 2567"),
    "names": ("นาย ตัวอย่าง ที่หนึ่ง", "นายตัวอย่าง ที่หนึ่ง"),
    "sums": ("'15000 บาท'", "'15,000 บาท'"),
    "brackets": ("'ผ้า ( ถ้ามี )'", "'ผ้า (ถ้ามี)'"),
    "in quotation marks": ("แก้ “ต่างๆ” และต่างๆ", "แก้ “ต่างๆ” และต่าง ๆ"),
}


@pytest.mark.parametrize("what", MENDED)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_certain_is_mended_in(what: str, form: str) -> None:
    wrong, right = (
        FORMS[form](f"{SOUND}      - ชื่อเรื่อง: ก\n        มติ: {text}\n".encode())
        for text in MENDED[what]
    )
    result = fixes.mended(wrong, PATH)
    assert result.after == right
    assert result.count > 0
    assert fixes.mended(right, PATH).after == right


LEFT = {
    "a comma in a plain text, which braces would part": "{ชื่อเรื่อง: ก, มติ: จ่าย 15000 บาท}",
    "an escape": '{ชื่อเรื่อง: ก, มติ: "ต่าง\\u0e46"}',
    "a fold": "{ชื่อเรื่อง: ก, มติ: ก, ผู้เสนอ: เวลา 09.30\n          น ก}",
    "a sum whose words disagree": "{ชื่อเรื่อง: ก, มติ: 15 บาท (สิบหกบาทถ้วน)}",
    "a year of two digits": "{ชื่อเรื่อง: ก, มติ: เลื่อนไป 14 พ.ค. 67}",
    "a nickname": "{ชื่อเรื่อง: ก, มติ: มอบนายหนึ่ง ใจดี (เล็ก)}",
    "a check that is switched off": "{ชื่อเรื่อง: ก, มติ: ต่างๆ, ละเว้น: {W24: ตามต้นฉบับ}}",
    "what would be a list": "{ชื่อเรื่อง: ก, มติ: ก}\n      - ชื่อเรื่อง: ข\n        มติ: \u200b- ก",
}


@pytest.mark.parametrize("what", LEFT)
def test_what_is_not_certain_is_left_alone(what: str) -> None:
    text = f"{SOUND}      - {LEFT[what]}\n"
    assert mended(text) == text


def test_a_correction_that_would_change_the_meaning_does_not_keep_others_back() -> None:
    text = f"{SOUND}      - ชื่อเรื่อง: ต่างๆ\n        มติ: \u200b- ก\n"
    assert mended(text) == text.replace("ชื่อเรื่อง: ต่างๆ", "ชื่อเรื่อง: ต่าง ๆ")


def test_a_term_of_the_office_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "office.yaml").write_text("ชื่อหน่วยงาน: ก\nคำเฉพาะ: [ร้านต่างๆ]\n", "utf-8")
    path = tmp_path / "otop" / "2567-02.yaml"
    path.parent.mkdir()
    path.write_text(f"{SOUND}      - {{ชื่อเรื่อง: ร้านต่างๆ อื่นๆ, มติ: ก}}\n", "utf-8")
    assert "ร้านต่างๆ อื่น ๆ," in fixes.mend(path).after.decode()
    (path.parent / "body.yaml").write_text("ชื่อ: ก\nละเว้น: {W24: ตามต้นฉบับ}\n", "utf-8")
    assert not fixes.mend(path).has_changed
    assert fixes.corrections(path) == ()


@pytest.mark.parametrize("name", ["office.yaml", "body.yaml"])
def test_the_office_and_the_body_are_mended_as_well(name: str, tmp_path: Path) -> None:
    key = "ชื่อหน่วยงาน" if name == "office.yaml" else "ชื่อ"
    (tmp_path / name).write_text(f"{key}: กลุ่มต่างๆ  # ต่างๆ\n", "utf-8")
    [correction] = fixes.corrections(tmp_path / name)
    assert (correction.old, correction.new) == ("ๆ", " ๆ")
    assert fixes.mend(tmp_path / name).after.decode() == f"{key}: กลุ่มต่าง ๆ  # ต่างๆ\n"


@pytest.mark.parametrize("text", ["ครั้งที่: [", "ครั้งที่: หนึ่ง\n", "\xff"])
def test_a_file_that_cannot_be_read_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "2567-02.yaml"
    path.write_bytes(text.encode("latin-1", "ignore") or text.encode())
    with pytest.raises(MinutesError):
        fixes.mend(path)


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_to_mend_twice_is_to_mend_once(path: Path) -> None:
    if "[D02]" in path.with_suffix(".txt").read_text("utf-8"):  # the date was no date at all
        with pytest.raises(MinutesError):
            fixes.mended(path.read_bytes(), PATH)
        return
    once = fixes.mended(path.read_bytes(), PATH)
    assert not fixes.mended(once.after, PATH).has_changed
    assert outside(once) == outside(Mended(PATH, once.after, once.before))


def outside(result: Mended) -> list[str]:
    """Give the lines of a file that were not mended."""
    told = result.diff("x")
    changed = {line[1:] for line in told if line.startswith("-")}
    return [line for line in result.before.decode().splitlines() if line not in changed]


# --- faults put into sound files ------------------------------------------------------------------

SLIPS = (
    (re.compile(r" ๆ (?=[ก-ฮเ-ไ])"), "ๆ"),
    (re.compile(r"(?<=[ก-์]) ๆ(?= )"), "ๆ"),
    (re.compile(r"(?<=[0-9])\.(?=[0-9]{2} น\.)"), ":"),
    (re.compile(r"(?<=[0-9]\.[0-9]{2}) (?=น\.)"), ""),
    (re.compile(r"(?<=[0-9]\.[0-9]{2} น)\.(?= )"), ""),
    (re.compile("แ"), "เเ"),
    (re.compile("(?<=[ก-ฮ])ำ"), "\u0e4d\u0e32"),
    (re.compile("(?<=[ก-ฮ])้ำ"), "ำ้"),
    (re.compile("ที่"), "ที่่"),
    (re.compile("(?<=ว)่า"), "า่"),
    (re.compile("อนุญาต(?!ิ)"), "อนุญาติ"),
    (re.compile("กฎหมาย"), "กฏหมาย"),
    (re.compile("ปฏิบัติ"), "ปฎิบัติ"),
    (re.compile("บุคลากร"), "บุคคลากร"),
    (re.compile("พ\\.ศ\\. (?=[0-9]{4})"), "พ.ศ."),
    (re.compile("(?<=ที่ [1-3][0-9] )(?=[กตพธ][ก-์]+(?:คม|ยน) )"), "เดือน"),
    (re.compile("(?<=[ให้โดยและ])นาย(?=[ก-ฮเ-ไ]+ [ก-ฮเ-ไ])"), "นาย "),
    (re.compile("(?<=[1-9][0-9],[0-9]{2})0(?=,?[0-9]* บาท)"), "๐"),
)
"""What a sound text has, and what a writer's slip makes of it; to mend it gives the text again."""


@cache
def places_for_slips() -> list[tuple[Path, int, int, str]]:
    """Give every place of the examples where a slip fits: file, from, to, and what is put there."""
    found = []
    for path in MEETINGS:
        for text in free_texts(validation.read(Meeting, path), path):
            if text.role in ("name", "spoken") or text.node.style == "folded":
                continue
            known = positions.indices(text.node)
            for pattern, slip in SLIPS:
                for match in pattern.finditer(text.own):
                    start = known[match.start()]
                    found.append((path, start, start + len(match[0]), slip))
    return found


def test_there_are_slips_of_every_kind_to_be_made() -> None:
    slips = {slip for *_, slip in places_for_slips()}
    assert len(places_for_slips()) > 2000
    assert len(slips) >= 14, slips


@given(st.data())
def test_a_slip_in_an_example_is_mended_to_the_byte(data: st.DataObject) -> None:
    path, start, end, slip = data.draw(st.sampled_from(places_for_slips()))
    form = data.draw(st.sampled_from(sorted(FORMS)))
    sound = path.read_text("utf-8")
    assert fixes.LINE_END.findall(sound)
    wrong = FORMS[form]((sound[:start] + slip + sound[end:]).encode())
    assert fixes.mended(wrong, path).after == FORMS[form](sound.encode())


@given(st.data())
def test_many_slips_at_once_leave_the_other_lines_alone(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(MEETINGS))
    mine = [place for place in places_for_slips() if place[0] == path]
    chosen = data.draw(st.lists(st.sampled_from(mine), max_size=8)) if mine else []
    text = path.read_text("utf-8")
    last = len(text)
    for _, start, end, slip in sorted(set(chosen), reverse=True):
        if end <= last:
            text, last = text[:start] + slip + text[end:], start - 12
    result = fixes.mended(text.encode(), path)
    assert not fixes.mended(result.after, path).has_changed
    before, after = text.splitlines(), result.after.decode().splitlines()
    sound = path.read_text("utf-8").splitlines()
    assert len(before) == len(after)
    for wrong, now, was in zip(before, after, sound, strict=True):
        assert now in {wrong, was} or wrong != was


# --- writing --------------------------------------------------------------------------------------

WRONG = f"{SOUND}      - {{ชื่อเรื่อง: ต่างๆ, มติ: ก}}\n"
RIGHT = WRONG.replace(": ต่างๆ,", ": ต่าง ๆ,")


def test_a_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "2567-02.yaml"
    kept.parent.mkdir()
    kept.write_text(WRONG, "utf-8")
    kept.chmod(0o640)
    link = tmp_path / "2567-02.yaml"
    link.symlink_to(kept)
    assert fixes.mend(link).write()
    assert link.is_symlink()
    assert kept.read_text("utf-8") == RIGHT
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert [path.name for path in kept.parent.iterdir()] == ["2567-02.yaml"]


def test_a_file_that_somebody_saves_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "2567-02.yaml"
    path.write_text(WRONG, "utf-8")
    result = fixes.mend(path)
    path.write_text("ของใหม่", "utf-8")
    assert not result.write()
    assert path.read_text("utf-8") == "ของใหม่"


def test_a_diff_shows_the_lines_that_change() -> None:
    result = fixes.mended(FORMS["with CRLF"](WRONG.encode()), PATH)
    told = result.diff("a.yaml")
    assert told[:2] == ["--- a.yaml", "+++ a.yaml"]
    assert [line for line in told[2:] if line[0] in "-+"] == [
        "-      - {ชื่อเรื่อง: ต่างๆ, มติ: ก}",
        "+      - {ชื่อเรื่อง: ต่าง ๆ, มติ: ก}",
    ]


# --- the command ----------------------------------------------------------------------------------

MEETING = "agendas/otop/2567-02.yaml"
DONE = (CASES / "rules" / "W24" / "wrong-2.yaml").read_text("utf-8")
MENDED_FILE = DONE.replace("อื่นๆ", "อื่น ๆ")


def test_without_a_terminal_and_consent_the_diff_is_only_shown(desk: Desk) -> None:
    path = desk.put(MEETING, DONE)
    answer = desk.call("check", "--fix", "agendas")
    assert "+        ข้อเสนอ: 'ให้กลุ่มอื่น ๆ ส่งรายชื่อ'" in answer.out.splitlines()
    assert "--yes" in answer.out
    assert "[W24]" in answer.err
    assert path.read_text("utf-8") == DONE


def test_the_check_says_how_much_it_could_mend(desk: Desk) -> None:
    desk.put(MEETING, DONE)
    told = desk.call("check", "agendas", "--lang", "en").out.splitlines()
    assert "1 of these can be mended by check --fix" in told
    desk.put(MEETING, MENDED_FILE)
    assert "--fix" not in desk.call("check", "agendas").out


def test_with_yes_the_file_is_mended_and_nothing_is_left_to_object_to(desk: Desk) -> None:
    path = desk.put(MEETING, DONE)
    answer = desk.call("check", "--fix", "--yes", "agendas")
    assert (answer.status, answer.err) == (0, "")
    assert f"แก้แล้ว {MEETING}" in answer.out
    assert path.read_text("utf-8") == MENDED_FILE
    again = desk.call("check", "--fix", "--yes", "agendas", "--lang", "en")
    assert again.out.startswith("nothing can certainly be mended")


@pytest.mark.parametrize(
    ("word", "is_mended"), [("ใช่", True), ("Y", True), ("", False), ("no", False)]
)
def test_on_a_terminal_it_asks(
    word: str, is_mended: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.put(MEETING, DONE)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: word)
    desk.call("check", "--fix", MEETING)
    assert path.read_text("utf-8") == (MENDED_FILE if is_mended else DONE)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_mended(desk: Desk) -> None:
    desk.put("agendas/otop/2567-03.yaml", "ครั้งที่: [")
    path = desk.put(MEETING, DONE)
    answer = desk.call("check", "--fix", "--yes", "agendas")
    assert answer.status == 1
    assert "อ่านไฟล์ agendas/otop/2567-03.yaml ไม่ได้ จึงไม่แก้" in answer.out
    assert (desk.folder / "agendas/otop/2567-03.yaml").read_text("utf-8") == "ครั้งที่: ["
    assert path.read_text("utf-8") == MENDED_FILE


def test_a_meeting_that_is_named_is_mended_alone(desk: Desk) -> None:
    body = desk.folder / "agendas" / "otop" / "body.yaml"
    was = body.read_text("utf-8")
    body.write_text(was + "ชื่อย่อ: กลุ่มต่างๆ\n", "utf-8")
    desk.put(MEETING, DONE)
    assert fixes.files([Path(MEETING)], []) == [Path(MEETING)]
    desk.call("check", "--fix", "--yes", MEETING)
    assert body.read_text("utf-8") == was + "ชื่อย่อ: กลุ่มต่างๆ\n"
    desk.call("check", "--fix", "--yes", str(body))
    assert body.read_text("utf-8") == was + "ชื่อย่อ: กลุ่มต่าง ๆ\n"


def test_a_file_that_is_saved_while_it_asks_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(MEETING, DONE)
    monkeypatch.setattr(Mended, "write", lambda _: False)
    assert "จึงไม่เขียนทับ" in desk.call("check", "--fix", "--yes", MEETING).out


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Mended) -> bool:
        raise PermissionError(13, "Permission denied", MEETING)

    desk.put(MEETING, DONE)
    monkeypatch.setattr(Mended, "write", refuse)
    answer = desk.call("check", "--fix", "--yes", MEETING)
    assert answer.status == 2
    assert MEETING in answer.err


GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")


def test_what_the_manual_says_is_mended_is_mended_so() -> None:
    table = GUIDE.partition("### ให้โปรแกรมแก้คำผิดให้")[2].partition("\n\nโปรแกรม")[0]
    rows = re.findall(r"^\| (.+) \| (.+) \|$", table, re.MULTILINE)[1:]
    assert len(rows) > 4
    for wrong, right in rows:
        written = re.sub(r" \(.*\)", "", wrong).split(" หรือ ")
        results = {mended(f"{SOUND}      - {{ชื่อเรื่อง: ก, มติ: {one}}}\n") for one in written}
        assert results == {f"{SOUND}      - {{ชื่อเรื่อง: ก, มติ: {right}}}\n"}


def test_a_file_of_many_thousand_faults_is_mended_in_one_go() -> None:
    def work(count: int) -> fixes.Mended:
        lines = "".join(f"          ต่างๆ ที่ {number} อนุญาติ\n" for number in range(count))
        meeting = f"{SOUND}      - ชื่อเรื่อง: ก\n        มติ: |\n{lines}"
        return fixes.mended(meeting.encode(), PATH)

    assert_in_proportion(work, 4_000)
    result = work(4_000)
    assert result.count == 8_000
    assert not fixes.mended(result.after, PATH).has_changed
