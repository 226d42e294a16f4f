"""What one meeting withholds is quoted by no other: in any field, of any body, before or after."""

import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from minutes import __main__ as cli
from minutes.build import review
from minutes.commands import publish
from minutes.deliver import posts
from minutes.meetings import loading, secrecy
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import work_out
from minutes.meetings.secrecy import Secrets
from minutes.problems.errors import Problem
from minutes.site import generator
from minutes.site.generator import Outcome, Request
from tests.deliver.test_wordpress import PASSWORD, serving
from tests.documents.proof.test_leaks import CERTIFIED, PLAIN, SECRET, SECRET_TEXT
from tests.program.test_every_field import unfolded
from tests.program.test_secrets import found_in, plain
from tests.support.sample import agenda, meeting, picture
from tests.thai.test_personal_data import SENTENCES

# --- an office with a secret ------------------------------------------------------------------

OFFICE = "ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง\nชื่อย่อ: อำเภอตัวอย่าง\n"
BODY = """\
ชื่อ: คณะกรรมการ{name}อำเภอตัวอย่าง
ผู้จดรายงาน: นางสาวตัวอย่าง ที่สอง
สมาชิก:
  - {{ชื่อ: นายตัวอย่าง ที่หนึ่ง, ตำแหน่ง: นายอำเภอตัวอย่าง, หน้าที่: ประธานกรรมการ}}
  - {{ชื่อ: นางสาวตัวอย่าง ที่สอง, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: กรรมการและเลขานุการ}}
"""
HEAD = """\
ครั้งที่: {number}/2569
วันที่: {day} ตุลาคม 2569
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานที่: ห้องประชุมอำเภอตัวอย่าง
สถานะ: รับรองแล้ว
"""
TITLE = "การสอบสวนวินัยร้ายแรงกรณีน้ำมันหาย"
SENTENCE = "คณะผู้ตรวจพบการแก้บัญชีเบิกน้ำมันสิบเจ็ดครั้งในคืนวันหยุดราชการ 12 เดือน"
NAME = "นายปกปิด นามสกุลลับ"
FIGURE = "487,250"
ITEM = f"""\
      - ชื่อเรื่อง: {TITLE}
        ลับ: ใช่
        รายละเอียด: {SENTENCE}
        มติ: ให้{NAME} ชดใช้
        งบประมาณ: {FIGURE}
"""
OPEN = "      - {ชื่อเรื่อง: แผนงานประจำปี, มติ: เห็นชอบตามที่เสนอ}\n"
CONSIDER = "ระเบียบวาระ:\n  - ชนิด: เพื่อพิจารณา\n    เรื่อง:\n"

# How a writer may set the same: each is told as well as the words as they stand.
WRITTEN: dict[str, tuple[str, ...]] = {
    "title": (TITLE, TITLE.replace("กรณี", "  กรณี"), TITLE.replace("วินัย", "**วินัย**")),
    "sentence": (
        SENTENCE,
        SENTENCE.replace("12", "๑๒").replace("ในคืน", "  ในคืน"),
        SENTENCE.replace("บัญชี", "**บัญชี**"),
        SENTENCE[6:40],
    ),
    "name": (NAME, NAME.removeprefix("นาย"), NAME.replace(" ", "  "), f"**{NAME}**"),
    "figure": (
        f"{FIGURE} บาท",
        "487250 บาท",
        "๔๘๗,๒๕๐ บาท",
        "**487,250** บาท",
        "2 487 250 บาท",
        "สี่แสนแปดหมื่นเจ็ดพันสองร้อยห้าสิบบาท",
        "4.8725 แสนบาท",
        "๐.๔๘๗๒๕ ล้านบาท",
        "487.25 พันบาท",
    ),
}
KEPT = {plain(text): text for texts in WRITTEN.values() for text in texts}


def item(more: str) -> str:
    return f"{CONSIDER}      - ชื่อเรื่อง: งานหนึ่ง\n        มติ: เห็นชอบ\n        {more}\n"


def section(more: str) -> str:
    return f"ระเบียบวาระ:\n  - {more}\n"


PLACES: dict[str, str] = {
    "arising": section("ชนิด: สืบเนื่อง\n    เรื่อง: [{{ชื่อเรื่อง: 'ตามเรื่อง {}', มติ: รับทราบ}}]"),
    "detail": item("รายละเอียด: |\n          ตามที่แจ้ง\n          {}"),
    "background": item("เรื่องเดิม: 'เดิม {}'"),
    "proposal": item("ข้อเสนอ: 'ขอ {}'"),
    "discussion": item("อภิปราย: [{{ผู้พูด: นายตัวอย่าง ที่หนึ่ง, ข้อความ: 'ว่า {}'}}]"),
    "resolution": section("ชนิด: เพื่อพิจารณา\n    เรื่อง: [{{ชื่อเรื่อง: งานหนึ่ง, มติ: 'ให้ทำ {}'}}]"),
    "task": item("มอบหมาย: [{{งาน: 'ทำ {}', ผู้รับผิดชอบ: กองช่าง}}]"),
    "caption": item("ภาพ: [{{ไฟล์: a.png, คำบรรยาย: 'ภาพ {}'}}]"),
    "attachment": item("เอกสารแนบ: [{{ชื่อเอกสาร: 'บัญชี {}'}}]"),
    "of the personal": item("ข้อมูลส่วนบุคคล: ใช่\n        ในข่าว: 'ช่วย {}'"),
    "heading": section("หัวข้อ: 'เรื่อง {}'"),
    "resolution of all": section("ชนิด: เพื่อทราบ\n    มติ: 'ทราบ {}'"),
    "before": "ก่อนวาระ: ['ชม {}']\n",
    "opening": "คำเปิดประชุม: 'เปิด {}'\n",
    "meeting": "ชื่อการประชุม: 'ประชุม {}'\n",
    "paper": "เอกสารแนบ: [{{ชื่อเอกสาร: 'บัญชี {}'}}]\n",
    "headline": "ข่าวประชาสัมพันธ์: {{พาดหัว: 'ข่าว {}'}}\n",
    "lead": "ข่าวประชาสัมพันธ์: {{ความนำ: 'นำ {}'}}\n",
    "highlight": "ข่าวประชาสัมพันธ์: {{ประเด็น: ['เด่น {}']}}\n",
    "quote": "ข่าวประชาสัมพันธ์: {{คำกล่าว: {{ชื่อ: นายตัวอย่าง ที่หนึ่ง, ข้อความ: 'ว่า {}'}}}}\n",
    "end": "ข่าวประชาสัมพันธ์: {{ปิดท้าย: 'ท้าย {}'}}\n",
    "photograph": "ข่าวประชาสัมพันธ์: {{ภาพ: [{{ไฟล์: a.png, คำบรรยาย: 'ภาพ {}'}}]}}\n",
}
CORRECTING = section("ชนิด: รับรองรายงาน\n    ข้อแก้ไข:\n{}")
FROM = "      - {{หน้า: 2, จากเดิม: 'ว่า {}', แก้เป็น: ว่าก}}\n"
TO = "      - {{หน้า: 3, จากเดิม: ว่าข, แก้เป็น: 'ว่า {}'}}\n"
SAID_OF_IT = "แก้ไขข้อความในเรื่องที่ไม่เผยแพร่"
RELATIONS = {"earlier": ("board", 100), "later": ("board", 600), "of another body": ("water", 100)}
ITS_NUMBER = 500
EVERY = list(product(WRITTEN, PLACES, RELATIONS))


class Placed(NamedTuple):
    """A meeting's file and the line that has the words."""

    name: str
    line: int


def meeting_text(number: int, rest: str) -> str:
    return HEAD.format(number=number, day=1 + number % 28) + rest


class Town:
    """An office of two bodies, of which one has a secret; its site."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.agendas, self.site = folder, folder / "agendas", folder / "site"
        for body, name in (("board", "ตัวอย่าง"), ("water", "แหล่งน้ำ")):
            self.put(f"{body}/body.yaml", BODY.format(name=name))
            (self.agendas / body / "a.png").write_bytes(picture())
        self.put("office.yaml", OFFICE)
        self.put(f"board/2569-{ITS_NUMBER}.yaml", meeting_text(ITS_NUMBER, CONSIDER + OPEN + ITEM))

    def put(self, name: str, text: str) -> Path:
        path = self.agendas / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def place(self, body: str, number: int, place: str, words: str) -> Placed:
        """Write a meeting with words in one of its places."""
        name = f"{body}/2569-{number:03}.yaml"
        text = meeting_text(number, place.format(words))
        self.put(name, text)
        mark = place.format("\0")
        line = text[: len(text) - len(place.format(words)) + mark.index("\0")].count("\n") + 1
        return Placed(name, line)

    def publish(self) -> Outcome:
        return generator.run(Request((self.agendas,), self.site))

    def told(self, found: Iterable[Problem]) -> set[Placed]:
        return {Placed(one.path.relative_to(self.agendas).as_posix(), one.line) for one in found}

    def public(self) -> dict[str, bytes]:
        """Give every byte that is published, scripts of the search as a browser unpacks them."""
        paths = [path for path in self.site.rglob("*") if path.is_file()]
        files = {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}
        return {name: unfolded(name, data) for name, data in files.items()}


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def full_of_quotations(town: Town) -> list[Placed]:
    """Write a meeting for each kind, place and relation, in each way of writing in turn."""
    placed = []
    for index, (kind, place, relation) in enumerate(EVERY):
        body, first = RELATIONS[relation]
        words = WRITTEN[kind][index % len(WRITTEN[kind])]
        placed.append(town.place(body, first + index % 300, PLACES[place], words))
    return placed


# --- every kind in every place of every meeting -----------------------------------------------


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, list[Placed], Outcome]:
    """An office whose other meetings all quote its secret, and what came of its site."""
    town = Town(tmp_path_factory.mktemp("town"))
    placed = full_of_quotations(town)
    for body, number in (("board", 99), ("board", 501), ("water", 99)):
        changes = [change.format(texts[0]) for texts in WRITTEN.values() for change in (FROM, TO)]
        open_ = "      - {หน้า: 4, จากเดิม: คลองสี่สาย, แก้เป็น: คลองสามสาย}\n"
        town.place(body, number, CORRECTING, "".join([*changes, open_]))
    return town, placed, town.publish()


def test_there_are_enough_places_kinds_and_meetings() -> None:
    assert (len(WRITTEN), len(PLACES), len(RELATIONS)) == (4, 22, 3)
    assert len(EVERY) == 264


def test_each_quotation_is_told_at_its_line(quoted: tuple[Town, list[Placed], Outcome]) -> None:
    town, placed, outcome = quoted
    assert len(set(placed)) == len(EVERY)
    assert set(placed) - town.told(outcome.quoting) == set()
    assert town.told(outcome.quoting) - set(placed) == set()
    assert {one.severity for one in outcome.quoting} == {"error"}
    assert [one.code for one in outcome.problems if one.severity == "error"] == []


def test_no_byte_of_the_site_has_anything_of_it(
    quoted: tuple[Town, list[Placed], Outcome],
) -> None:
    town, _, outcome = quoted
    files = town.public()
    assert (outcome.meetings, len(files) > 20) == (4, True)
    assert found_in(files, KEPT) == []


def test_no_post_has_anything_of_it(quoted: tuple[Town, list[Placed], Outcome]) -> None:
    town, placed, _ = quoted
    ours, problems = posts.of(map(work_out, loading.find([town.agendas]).cases))
    files: dict[str, bytes] = {}
    for one in ours:
        files |= {f"{one.slug}.html": f"{one.title} {one.html}".encode(), **one.files}
    assert len(ours) == 4
    assert town.told(problems) == set(placed)
    assert not any(map(posts.stops_all, problems))
    assert found_in(files, KEPT) == []


def test_check_warns_of_each_at_its_line(quoted: tuple[Town, list[Placed], Outcome]) -> None:
    town, placed, _ = quoted
    found = review.review([town.agendas]).problems
    assert town.told([one for one in found if one.code == "W80"]) == set(placed)
    assert {one.severity for one in found if one.code == "W80"} == {"warning"}
    assert len([one for one in found if one.code == "W81"]) == 3 * 2 * len(WRITTEN)


@pytest.mark.parametrize("name", ["board-099", "board-501", "water-099"])
def test_of_a_correction_that_quotes_it_the_public_reads_that_there_was_one(
    quoted: tuple[Town, list[Placed], Outcome], name: str
) -> None:
    page = quoted[0].public()[f"2569/{name}/index.html"].decode()
    assert page.count(SAID_OF_IT) >= 2 * len(WRITTEN)
    assert "คลองสามสาย" in re.sub("<[^>]*>", "", page)


def test_the_page_of_the_secret_meeting_shows_nothing_of_what_was_corrected(
    quoted: tuple[Town, list[Placed], Outcome],
) -> None:
    text = re.sub("<[^>]*>", "", quoted[0].public()["2569/board-500/index.html"].decode())
    box = text.partition("ข้อแก้ไขรายงานฉบับนี้")[2]
    assert box.count(SAID_OF_IT) == 2 * len(WRITTEN)
    assert ("หน้า 4 จาก คลองสี่สาย เป็น คลองสามสาย" in box, "หน้า 2" in box) == (True, False)


# --- what becomes secret, or quotes it, after the site was made -------------------------------

SAYS = section("ชนิด: สืบเนื่อง\n    เรื่อง: [{{ชื่อเรื่อง: '{}', มติ: รับทราบ}}]")
ITS_FILE = f"board/2569-{ITS_NUMBER}.yaml"
LATER = "2569/board-501/index.html"


def unmarked(town: Town) -> str:
    """Make the site while the item is no secret yet; gives the file as it is to become."""
    path = town.agendas / ITS_FILE
    marked = path.read_text("utf-8")
    path.write_text(marked.replace("        ลับ: ใช่\n", ""), "utf-8")
    return marked


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_meeting_that_did_not_change_goes_when_what_it_quotes_becomes_secret(
    town: Town, kind: str
) -> None:
    marked = unmarked(town)
    placed = town.place("board", 501, SAYS, f"ตามเรื่อง {WRITTEN[kind][0]}")
    assert (town.publish().told, LATER in town.public()) == ([], True)
    assert found_in(town.public(), KEPT) != []
    town.put(ITS_FILE, marked)
    for _ in range(2):
        outcome = town.publish()
        assert (town.told(outcome.quoting), outcome.meetings) == ({placed}, 1)
        assert found_in(town.public(), KEPT) == []
    assert "ถอน" in town.public()[LATER].decode()


def test_a_page_that_was_named_by_what_is_secret_now_is_withdrawn_without_its_name(
    town: Town,
) -> None:
    marked = unmarked(town)
    town.place("board", 501, "ชื่อการประชุม: 'ประชุม{}'\n", TITLE)
    assert town.publish().told == []
    town.put(ITS_FILE, marked)
    town.publish()
    assert "ถอน" in town.public()[LATER].decode()
    assert found_in(town.public(), KEPT) == []


def test_a_correction_is_withheld_when_what_it_corrects_becomes_secret(town: Town) -> None:
    marked = unmarked(town)
    town.place("board", 501, CORRECTING, FROM.format("ชดใช้"))
    town.place("board", 502, SAYS, "งานใหม่")
    assert town.publish().told == []
    assert "ว่า ชดใช้" in town.public()[LATER].decode()
    town.put(ITS_FILE, marked.replace(f"ให้{NAME} ชดใช้", "ว่า ชดใช้"))
    outcome = town.publish()
    assert [(one.code, one.line) for one in outcome.told] == [("W81", 10)]
    assert outcome.built == ["board-2569-500", "board-2569-501"]
    pages = [town.public()[f"2569/board-{number}/index.html"].decode() for number in (500, 501)]
    assert ["ชดใช้" in page for page in pages] == [False, False]
    assert [SAID_OF_IT in page for page in pages] == [True, True]


def test_a_meeting_that_quotes_later_stays_as_it_was(town: Town) -> None:
    town.place("board", 501, SAYS, "งานใหม่")
    town.publish()
    before = town.public()
    placed = town.place("board", 501, SAYS, f"งานใหม่ของ{NAME}")
    for _ in range(2):
        outcome = town.publish()
        assert (town.told(outcome.quoting), outcome.meetings) == ({placed}, 2)
        after = town.public()
        assert (after.pop(".site.json"), after)[1] == {k: before[k] for k in before if k[0] != "."}
    town.place("board", 501, SAYS, "งานใหม่ที่แก้แล้ว")
    outcome = town.publish()
    assert (outcome.told, outcome.built) == ([], ["board-2569-501"])


def test_a_second_run_reads_no_agenda_where_nothing_is_quoted(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.place("board", 501, SAYS, "งานใหม่")
    town.publish()
    monkeypatch.setattr(loading, "find", lambda _: pytest.fail("read"))
    assert (town.publish().built, town.publish().meetings) == ([], 2)


def test_only_what_changed_is_looked_through_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.place("board", 501, SAYS, "งานใหม่")
    town.place("board", 502, SAYS, "งานใหม่")
    town.publish()
    looked: list[str] = []
    problems = secrecy.problems

    def noted(case: Case, *rest: Any) -> list[Problem]:
        looked.append(case.id)
        return problems(case, *rest)

    monkeypatch.setattr(secrecy, "problems", noted)
    town.place("board", 502, SAYS, "งานใหม่อีกงาน")
    town.publish()
    assert looked == ["board-2569-502"]
    path = town.agendas / ITS_FILE
    path.write_text(path.read_text("utf-8").replace("12 เดือน", "13 เดือน"), "utf-8")
    town.publish()
    assert sorted(looked[1:]) == ["board-2569-500", "board-2569-501", "board-2569-502"]


def test_a_secret_matter_that_comes_back_as_a_secret_is_right(town: Town) -> None:
    again = f"{ITEM}        สืบเนื่องจาก: board-2569-{ITS_NUMBER} 5.2\n"
    text = f"ระเบียบวาระ:\n  - ชนิด: สืบเนื่อง\n    เรื่อง:\n{again}"
    town.put("board/2569-501.yaml", meeting_text(501, text))
    codes = {one.code for one in review.review([town.agendas]).problems}
    assert codes & {"W80", "W81"} == set()
    assert town.publish().told == []
    assert found_in(town.public(), KEPT) == []


# --- what is delivered ------------------------------------------------------------------------


def on_the_web(web: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in web.rglob("*") if path.is_file()}


def test_publish_takes_what_is_secret_now_from_the_web_and_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publish, "ROOT", town.folder)
    web = town.folder / "web"
    marked = unmarked(town)
    placed = town.place("board", 501, SAYS, f"ตามเรื่อง {NAME}")
    town.place("water", 501, SAYS, "งานใหม่")
    assert cli.main(["publish", "--to", f"folder:{web}"]) == 0
    assert found_in(on_the_web(web), KEPT) != []
    town.put(ITS_FILE, marked)
    assert cli.main(["publish", "--to", f"folder:{web}"]) == 1
    assert found_in(on_the_web(web), KEPT) == []
    assert "งานใหม่" in (web / "2569/water-501/meeting.json").read_text("utf-8")
    assert f"{placed.name}:{placed.line}:" in capsys.readouterr().err


def test_a_post_that_quotes_is_not_sent_and_the_others_are(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publish, "ROOT", town.folder)
    monkeypatch.setenv(publish.PASSWORD, PASSWORD)
    monkeypatch.setattr("time.sleep", lambda _: None)
    marked = unmarked(town)
    placed = town.place("board", 501, SAYS, f"ตามเรื่อง {NAME}")
    with serving() as fake:
        call = ["publish", "--to", fake.address, "--user", "clerk"]
        assert cli.main(call) == 0
        assert len(fake.posts) == 2
        before = len(fake.media)
        town.put(ITS_FILE, marked)
        capsys.readouterr()
        assert cli.main(call) == 1
        said = capsys.readouterr()
        new = str(fake.media[before:])
    assert f"{placed.name}:{placed.line}:" in said.err
    assert "แก้ board-2569-500" in said.out
    assert "board-2569-501" not in said.out + new
    assert f"{fake.address}/?p=" in said.out  # nothing is deleted there: it is named


# --- what is no quotation ---------------------------------------------------------------------

COMMON = [
    "รับทราบ",
    "เห็นชอบตามที่เสนอ",
    "การจัดซื้อครุภัณฑ์",
    "การจัดซื้อครุภัณฑ์คอมพิวเตอร์",
    "การแต่งตั้งคณะกรรมการ",
    "รายงานผลการดำเนินงานประจำเดือน",
    "การโอนงบประมาณรายจ่ายประจำปี",
    "การพิจารณาเลื่อนขั้นเงินเดือน",
    "งบประมาณ 150,000 บาท",
    "วงเงิน 2,500,000 บาท",
    "วันอังคารที่ 6 ตุลาคม พ.ศ. 2569 เวลา 09.30 น.",
    "ที่ประชุมพิจารณาแล้ว มีมติเป็นเอกฉันท์เห็นชอบตามที่เสนอ และมอบหมายให้ฝ่ายเลขานุการดำเนินการต่อไป",
    "มอบหมายให้หน่วยงานที่เกี่ยวข้องดำเนินการตามระเบียบ และรายงานผลให้ที่ประชุมทราบในการประชุมครั้งต่อไป",
    "จึงเสนอที่ประชุมเพื่อโปรดพิจารณา รายละเอียดปรากฏตามเอกสารแนบ",
    "ตามพระราชบัญญัติระเบียบบริหารราชการแผ่นดิน พ.ศ. 2534 และที่แก้ไขเพิ่มเติม มาตรา 53",
    "ระเบียบกระทรวงมหาดไทยว่าด้วยการเบิกจ่ายเงินขององค์กรปกครองส่วนท้องถิ่น พ.ศ. 2566 ข้อ 12",
    "หนังสือกรมส่งเสริมการปกครองท้องถิ่น ด่วนที่สุด ที่ มท 0808.2/ว 12345 ลงวันที่ 5 มกราคม 2569",
    "นายตัวอย่าง ที่หนึ่ง นายอำเภอตัวอย่าง ประธานกรรมการ แจ้งให้ที่ประชุมทราบ",
    "ที่ว่าการอำเภอตัวอย่าง จังหวัดสงขลา 90110",
    "คณะกรรมการแหล่งน้ำอำเภอตัวอย่าง",
]


def secret_with(texts: list[str]) -> str:
    """Give items that are secret and have these as their titles, and all of them as their text."""
    lines = "".join(f"          {text}\n" for text in texts)
    titles = "".join(f"      - {{ชื่อเรื่อง: '{text}', ลับ: ใช่}}\n" for text in texts)
    return f"{titles}      - ชื่อเรื่อง: อื่น\n        ลับ: ใช่\n        รายละเอียด: |\n{lines}"


def test_what_every_office_says_is_no_secret_of_any(town: Town) -> None:
    town.put(ITS_FILE, meeting_text(ITS_NUMBER, CONSIDER + secret_with(COMMON)))
    for number, text in enumerate(COMMON, 501):
        town.place("board", number, PLACES["detail"], text)
        town.place("water", number, SAYS, text)
    found = review.review([town.agendas]).problems
    assert [(one.line, one.message()) for one in found if one.code == "W80"] == []
    assert town.told(found) != set()


def test_innocent_texts_stop_nothing(town: Town) -> None:
    assert len(SENTENCES) >= 220
    lines = "\n          ".join(SENTENCES)
    town.place("board", 501, PLACES["detail"], lines)
    town.place("board", 499, PLACES["detail"], lines)
    town.place("water", 501, PLACES["detail"], lines)
    found = review.review([town.agendas]).problems
    assert [one for one in found if one.code in ("W80", "W81")] == []


@pytest.mark.parametrize(
    ("openly", "is_told"),
    [
        (f"ประธานกล่าวว่า {SECRET_TEXT[:32]}", True),
        (" ".join(SECRET_TEXT[9:41]), True),
        ("ขอให้ตรวจสอบ นายดำ  แดงเขียว โดยเร็ว", True),
        ("ขอให้ตรวจสอบดำ แดงเขียว โดยเร็ว", True),
        ("ขอให้ตรวจสอบนายหนึ่ง ใจดี โดยเร็ว", False),
        (SECRET_TEXT[:26], False),
        ("เห็นชอบ 7,654,321 บาท", True),
        ("เห็นชอบ 17,654,321 บาท", False),
        ("สอบสวน", False),
    ],
)
def test_a_meeting_may_not_quote_itself_either(openly: str, is_told: bool) -> None:
    secret = f"{SECRET}มอบหมาย: [{{งาน: สอบนายหนึ่ง ใจดี}}]\n"
    text = CERTIFIED + agenda("เพื่อพิจารณา", secret, f'{PLAIN}รายละเอียด: "{openly}"')
    case = meeting(text).case
    assert [one.code for one in secrecy.problems(case, Secrets.over([case]))] == ["D186"] * is_told
    office = f"เปิดเผยได้: {{{SECRET_TEXT}: แถลง, นายดำ แดงเขียว: แถลง, '7,654,321': แถลง}}"
    case = meeting(text, office=office).case
    assert secrecy.problems(case, Secrets.over([case])) == []


def test_a_title_is_told_at_its_line_unless_the_office_allows_it() -> None:
    secret = "ชื่อเรื่อง: การสอบสวนวินัยปลัด\nลับ: ใช่"
    openly = f"{PLAIN}รายละเอียด: |\n  ก่อนอื่น\n  สืบเนื่องจาก การสอบสวน วินัยปลัด"
    text = CERTIFIED + agenda("เพื่อพิจารณา", secret, openly)
    case = meeting(text).case
    [found] = secrecy.problems(case, Secrets.over([case]))
    assert (found.code, found.line) == ("D112", 11)
    case = meeting(text, office="เปิดเผยได้: {การสอบสวนวินัยปลัด: ศาลเปิดเผยแล้ว}").case
    assert secrecy.problems(case, Secrets.over([case])) == []


@pytest.mark.parametrize(
    "figure", ["487,250", "๔๘๗,๒๕๐", "487.250", "4.8725 แสน", "4 แสน 87,250", "487.25 พัน"]
)
def test_a_figure_is_told_at_its_own_line_and_in_no_longer_one(figure: str) -> None:
    secret = "ชื่อเรื่อง: การสอบสวนวินัยปลัด\nลับ: ใช่\nรายละเอียด: เรียกเงิน 487,250 บาท"
    openly = f"{PLAIN}รายละเอียด: |\n  น้ำในอ่าง 4,872,500 ลบ.ม.\n  รวม {figure} บาท"
    case = meeting(CERTIFIED + agenda("เพื่อพิจารณา", secret, openly)).case
    [found] = secrecy.problems(case, Secrets.over([case]))
    assert (found.code, found.line) == ("D186", 12)


@pytest.mark.parametrize(
    "figure", ["4.8 แสน", "487.250", "4.8725 ล้าน", "487.25 แสน", "4.8725", "1 แสน 487.2"]
)
def test_a_figure_with_other_zeros_is_another(figure: str) -> None:
    secret = "ชื่อเรื่อง: การสอบสวนวินัยปลัด\nลับ: ใช่\nรายละเอียด: เรียกเงิน 487,250 บาท"
    openly = f"{PLAIN}รายละเอียด: รวม {figure} ตารางเมตร"
    case = meeting(CERTIFIED + agenda("เพื่อพิจารณา", secret, openly)).case
    assert secrecy.problems(case, Secrets.over([case])) == []


def test_of_an_item_with_personal_data_its_title_is_nobodys_secret_and_its_names_are() -> None:
    title = "การช่วยเหลือผู้ประสบวาตภัยบ้านน้ำใส ตำบลตัวอย่าง"
    personal = f"ชื่อเรื่อง: {title}\nข้อมูลส่วนบุคคล: ใช่\nรายละเอียด: {title} คือ นายรับ เงินช่วย"
    openly = f"{PLAIN}รายละเอียด: |\n  {title}\n  ทราบแล้วว่า นายรับ เงินช่วย มา"
    case = meeting(CERTIFIED + agenda("เพื่อพิจารณา", personal, openly)).case
    assert [one.line for one in secrecy.problems(case, Secrets.over([case]))] == [12]


@pytest.mark.parametrize(("count", "is_told"), [(2, True), (3, False)])
def test_what_many_items_with_personal_data_say_is_of_nobody(count: int, is_told: bool) -> None:
    said = "ผู้ยื่นคำร้องมีคุณสมบัติครบและได้รับความเดือดร้อนจากวาตภัยจริง"
    items = [f"ชื่อเรื่อง: ราย {n}\nข้อมูลส่วนบุคคล: ใช่\nรายละเอียด: {said}" for n in range(count)]
    openly = f"{PLAIN}รายละเอียด: {said}"
    case = meeting(CERTIFIED + agenda("เพื่อพิจารณา", *items, openly)).case
    assert bool(secrecy.problems(case, Secrets.over([case]))) == is_told
