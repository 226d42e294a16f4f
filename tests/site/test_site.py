"""The website, made of a small office's meetings, and read as its visitors' programs read it."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import unquote, urldefrag, urljoin

import jsonschema
import pytest
from lxml import etree, html

from minutes import __main__ as cli
from minutes import store
from minutes.archive.vault import Vault
from minutes.documents.pdf import html_to_pdf
from minutes.documents.proof import leaks, reading
from minutes.meetings import loading
from minutes.meetings.commonplace import letters
from minutes.meetings.proceedings import Proceedings
from minutes.site import article, build_state, frame, generator, lists, meeting_data, search
from minutes.site.generator import Outcome, Request
from tests.support import atom_feed
from tests.support.sample import picture

ATOM = "{http://www.w3.org/2005/Atom}"
OFFICE = """
ชื่อหน่วยงาน: ที่ว่าการอำเภอตัวอย่าง
ชื่อย่อ: อำเภอตัวอย่าง
เว็บไซต์: www.amphoe-tuayang.example
""".lstrip()
BODY = """
ชื่อ: คณะกรรมการแหล่งน้ำอำเภอตัวอย่าง
ผู้จดรายงาน: นางสาวตัวอย่าง ที่สอง
สมาชิก:
  - {ชื่อ: นายตัวอย่าง ที่หนึ่ง, ตำแหน่ง: นายอำเภอตัวอย่าง, หน้าที่: ประธานกรรมการ}
  - {ชื่อ: นางสาวตัวอย่าง ที่สอง, ตำแหน่ง: ปลัดอำเภอ, หน้าที่: กรรมการและเลขานุการ}
""".lstrip()
MEETING = """
ครั้งที่: {number}/2569
วันที่: {day} ตุลาคม 2569
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานที่: ห้องประชุมอำเภอตัวอย่าง
สถานะ: {status}
ระเบียบวาระ:
  - ชนิด: รับรองรายงาน
{corrections}  - ชนิด: เพื่อพิจารณา
    เรื่อง:
      - ชื่อเรื่อง: {title}
        รายละเอียด: |
          ขุดลอกคลอง จำนวน 3 สาย <b> & "คำพูด"

          | สาย | ยาว (เมตร) |
          | --- | ---: |
          | คลองหนึ่ง | 1,200 |
        มติ: เห็นชอบตามที่เสนอ
        คะแนนเสียง: {{เห็นชอบ: 2, ไม่เห็นชอบ: 0, งดออกเสียง: 0}}
      - ชื่อเรื่อง: ผู้รับความช่วยเหลือรายหนึ่ง
        ข้อมูลส่วนบุคคล: ใช่
        รายละเอียด: บ้านเลขที่หนึ่งซึ่งได้รับความเสียหายทั้งหลังจากน้ำป่า
        มติ: รับทราบ
{release}
"""
CORRECTIONS = "    ข้อแก้ไข: [{หน้า: 2, บรรทัด: 3, จากเดิม: คลองสี่สาย, แก้เป็น: คลองสามสาย}]\n"
RELEASE = "ข่าวประชาสัมพันธ์: {ภาพ: [{ไฟล์: pond.png, คำบรรยาย: สระน้ำ}]}"


def meeting(
    number: int,
    *,
    title: str = "แผนขุดลอกคลอง",
    status: str = "รับรองแล้ว",
    corrections: str = "",
    release: str = "ข่าวประชาสัมพันธ์: {ไม่ออกข่าว: ใช่}",
) -> str:
    """Give a meeting's file."""
    given = {"title": title, "status": status, "corrections": corrections, "release": release}
    return MEETING.lstrip().format(number=number, day=number, **given)


class Office:
    """A folder of agendas, and the site that is made of it."""

    def __init__(self, folder: Path) -> None:
        self.agendas = folder / "agendas"
        self.site = folder / "site"
        (self.agendas / "water").mkdir(parents=True)
        (self.agendas / "office.yaml").write_text(OFFICE, "utf-8")
        (self.agendas / "water/body.yaml").write_text(BODY, "utf-8")
        (self.agendas / "water/pond.png").write_bytes(picture())

    def put(self, number: int, text: str) -> None:
        (self.agendas / f"water/2569-{number:02}.yaml").write_text(text, "utf-8")

    def publish(self, **how: object) -> Outcome:
        return generator.run(Request((self.agendas,), self.site, **how))  # type: ignore[arg-type]  # as a test gives it

    def files(self) -> dict[str, bytes]:
        """Give every file of the site by its name."""
        paths = sorted(path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}

    def page(self, name: str) -> html.HtmlElement:
        return html.document_fromstring((self.site / name).read_text("utf-8"))

    def text(self, name: str) -> str:
        return article.words(self.page(name).find("body"))


def office_with_three(folder: Path) -> Office:
    """Give an office with two public meetings, of which one corrects the other, and a draft."""
    office = Office(folder)
    office.put(1, meeting(1, release=RELEASE))
    office.put(2, meeting(2, title="งบประมาณสระน้ำ", corrections=CORRECTIONS))
    office.put(3, meeting(3, title="เรื่องที่ยังไม่เปิดเผย", status="ร่าง"))
    return office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = office_with_three(tmp_path_factory.mktemp("made"))
    outcome = office.publish()
    assert outcome.problems == []
    assert outcome.built == ["water-2569-01", "water-2569-02"]
    return office


@pytest.fixture
def own(made: Office, tmp_path: Path) -> Office:
    """A copy of the office and its site, to be changed."""
    shutil.copytree(made.agendas.parent, tmp_path / "own")
    office = Office.__new__(Office)
    office.agendas, office.site = tmp_path / "own/agendas", tmp_path / "own/site"
    return office


ONE = "2569/water-01"


def test_a_meeting_has_its_address_by_year_and_body(made: Office) -> None:
    names = [name for name in made.files() if name.startswith(f"{ONE}/")]
    documents = [f"water-2569-01-{kind}-public" for kind in ("minutes", "release")]
    assert names == sorted(
        f"{ONE}/{name}"
        for name in (
            "copy.html",
            "index.html",
            "meeting.json",
            "pictures/1.png",
            "release.html",
            f"{documents[1]}.zip",
            *(f"{document}.{form}" for document in documents for form in ("docx", "pdf")),
        )
    )


def test_a_draft_is_nowhere_on_the_site(made: Office) -> None:
    assert made.files()
    for name, data in made.files().items():
        told = search.unpacked(data) if name.startswith("search/") else data
        assert "เรื่องที่ยังไม่เปิดเผย".encode() not in told, name
        assert "water-03" not in name


def test_a_meetings_page_says_its_status_documents_and_resolutions(made: Office) -> None:
    text = made.text(f"{ONE}/index.html")
    assert "รับรองแล้ว ในการประชุมครั้งที่ 2/2569 เมื่อวันศุกร์ที่ 2 ตุลาคม 2569" in text
    assert re.search(r"รายงานการประชุม PDF [1-9] หน้า, \d+ KB", text)
    assert re.search(r"รายงานการประชุม Word \d+ KB", text)
    assert "๕.๑ แผนขุดลอกคลอง เห็นชอบตามที่เสนอ คะแนนเสียง เห็นชอบ ๒ เสียง" in text


def test_what_is_personal_is_not_on_the_page(made: Office) -> None:
    text = made.text(f"{ONE}/index.html")
    assert "ผู้รับความช่วยเหลือรายหนึ่ง - รายละเอียดเป็นข้อมูลส่วนบุคคล ไม่เผยแพร่ -" in text
    assert "น้ำป่า" not in text


def test_a_resolution_has_an_anchor_that_its_number_gives(made: Office) -> None:
    page = made.page(f"{ONE}/index.html")
    assert "เห็นชอบตามที่เสนอ" in article.words(page.get_element_by_id("resolution-5-1"))
    assert "#resolution-5-1" in page.xpath("//section//li/a/@href")


def test_minutes_that_were_corrected_say_what_was_changed_and_where(made: Office) -> None:
    text = made.text(f"{ONE}/index.html")
    assert "หน้า 2 บรรทัดที่ 3 จาก คลองสี่สาย เป็น คลองสามสาย" in text.replace("  ", " ")
    links = made.page(f"{ONE}/index.html").xpath("//section[del or .//del]//a/@href")
    assert links == ["../../2569/water-02/index.html#agenda-2"]


def test_every_link_leads_to_a_file_or_an_anchor_of_the_site(made: Office) -> None:
    files = made.files()
    looked_at = 0
    for name in (name for name in files if name.endswith(".html")):
        for link in made.page(name).xpath("//@href | //@src"):
            if link.startswith("https://www.amphoe-tuayang.example/"):
                continue
            place, anchor = urldefrag(urljoin(name, unquote(link)))
            assert place in files, (name, link)
            if anchor:
                assert made.page(place).get_element_by_id(anchor, None) is not None, (name, link)
            looked_at += 1
    assert looked_at > 100


def test_no_page_asks_anything_of_anybody_else(made: Office) -> None:
    pages = [name for name in made.files() if name.endswith(".html")]
    assert len(pages) > 8
    for name in pages:
        page = made.page(name)
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert not page.xpath("//@style | //style | //@onclick"), name
        scripts = page.xpath("//script[not(@type)]")
        assert all(script.get("src") and not script.text for script in scripts)
        assert not [s for s in page.xpath("//@src") if "//" in s], name


def test_every_page_has_one_heading_a_title_and_a_way_past_the_menu(made: Office) -> None:
    for name in (name for name in made.files() if name.endswith(".html")):
        page = made.page(name)
        assert len(page.findall(".//h1")) == 1, name
        assert page.findtext(".//title"), name
        assert page.find("body")[0].get("href") == "#content"
        assert page.get("lang") == "th"


@pytest.mark.parametrize("kind", ["minutes", "release"])
def test_the_documents_of_the_site_carry_the_text_of_its_page(made: Office, kind: str) -> None:
    page = made.page(f"{ONE}/{'index' if kind == 'minutes' else 'release'}.html")
    for caption in page.findall(".//caption"):
        caption.getparent().remove(caption)
    parts = re.findall(".{25}", letters(article.words(page.find(".//article"))))
    assert len(parts) > 5
    for form, torn in (("docx", 0), ("pdf", 2)):  # by numbers of pages
        name = f"water-2569-01-{kind}-public.{form}"
        text = letters(reading.read(name, (made.site / ONE / name).read_bytes()).shown)
        assert len([part for part in parts if part not in text]) <= torn


def test_linked_data_cannot_end_its_script() -> None:
    told = frame.linked_data({"name": "</script><b>&"})
    assert "<" not in told
    assert "&" not in told
    assert json.loads(told) == {"name": "</script><b>&"}


def test_linked_data_tells_the_office_and_the_documents(made: Office) -> None:
    page = made.page(f"{ONE}/index.html")
    told = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert told["@type"] == "Report"
    assert told["publisher"] == {"@type": "GovernmentOrganization", "name": "ที่ว่าการอำเภอตัวอย่าง"}
    assert told["about"]["startDate"] == "2026-10-01T09:30:00+07:00"
    assert all((made.site / ONE / file["contentUrl"]).is_file() for file in told["encoding"])
    assert re.fullmatch(r"\d+ KB", told["encoding"][0]["contentSize"])


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("index.json", "index"),
        (f"{ONE}/meeting.json", "meeting"),
        ("2569/water-02/meeting.json", "meeting"),
    ],
)
def test_data_is_as_its_schema_says(made: Office, name: str, schema: str) -> None:
    rules = json.loads((made.site / f"assets/{schema}.schema.json").read_bytes())
    jsonschema.Draft7Validator.check_schema(rules)
    checker = jsonschema.FormatChecker()
    jsonschema.validate(json.loads((made.site / name).read_bytes()), rules, format_checker=checker)


def test_the_feed_has_what_atom_asks_for(made: Office) -> None:
    assert atom_feed.faults((made.site / "feed.xml").read_bytes()) == []
    feed = etree.parse(made.site / "feed.xml").getroot()
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "ที่ว่าการอำเภอตัวอย่าง"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    start = "https://www.amphoe-tuayang.example/2569/water-0"
    assert ids == [f"{start}2/", f"{start}1/"]


def test_the_sitemap_names_pages_that_are_there(made: Office) -> None:
    places = etree.parse(made.site / "sitemap.xml").getroot().findall("{*}url/{*}loc")
    found = [
        str(place.text).removeprefix("https://www.amphoe-tuayang.example/") for place in places
    ]
    assert len(found) == len(set(found)) == 8
    pages = [made.page(f"{place}index.html" if place[-1:] in "/" else place) for place in found]
    canonical = "//link[@rel='canonical']/@href"
    assert [page.xpath(canonical)[0] for page in pages] == [place.text for place in places]
    for place in found:
        assert (
            made.site / place / ("index.html" if place.endswith("/") or not place else "")
        ).is_file()


def test_a_release_can_be_copied_and_taken_as_one_file(made: Office) -> None:
    page = made.page(f"{ONE}/copy.html")
    text = page.get_element_by_id("text").text or ""
    with zipfile.ZipFile(
        BytesIO((made.site / ONE / "water-2569-01-release-public.zip").read_bytes())
    ) as packed:
        assert packed.namelist() == ["pictures/1.png", "release.txt"]
        whole = packed.read("release.txt").decode().strip()
        assert packed.read("pictures/1.png") == (made.site / ONE / "pictures/1.png").read_bytes()
    headline = page.get_element_by_id("headline").text
    assert whole == f"ข่าวที่ว่าการอำเภอตัวอย่าง\nเรื่อง {headline}\n\n{text.strip()}"
    assert "แผนขุดลอกคลอง" in text


# --- making it again --------------------------------------------------------------------------


def test_a_second_making_changes_no_byte_and_builds_nothing(own: Office) -> None:
    before = own.files()
    outcome = own.publish()
    assert (outcome.built, outcome.written, outcome.removed) == ([], 0, 0)
    assert own.files() == before


def test_where_nothing_differs_no_agenda_is_read(
    own: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("an agenda was read")

    with monkeypatch.context() as patch:
        patch.setattr(loading, "find", refuse)
        assert own.publish() == Outcome(meetings=2)
        with pytest.raises(AssertionError, match="was read"):
            own.publish(today=date(2026, 10, 3))


def spoil_a_list(own: Office) -> None:
    (own.site / "index.html").write_text("", "utf-8")


def lose_the_feed(own: Office) -> None:
    (own.site / "feed.xml").unlink()


def add_a_stray_file(own: Office) -> None:
    (own.agendas / "water/2569-1x.yaml").write_text("วันที่: 1 ตุลาคม 2569\n", "utf-8")


def touch_a_picture(own: Office) -> None:
    (own.agendas / "water/pond.png").write_bytes(picture(61))


def add_to_a_hidden_folder(own: Office) -> None:
    (own.agendas / "water/.pictures").mkdir()
    (own.agendas / "water/.pictures/1.png").write_bytes(picture())


def change_the_office(own: Office) -> None:
    with (own.agendas / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("เปิดเผยได้: {คำหนึ่ง: เหตุผล}\n")


DIFFERENCES = (
    spoil_a_list,
    lose_the_feed,
    add_a_stray_file,
    touch_a_picture,
    add_to_a_hidden_folder,
    change_the_office,
)


@pytest.mark.parametrize("differ", DIFFERENCES)
def test_whatever_differs_all_agendas_are_read(
    own: Office, differ: Callable[[Office], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own.files()
    finder = Mock(wraps=loading.find)
    with monkeypatch.context() as patch:
        patch.setattr(loading, "find", finder)
        differ(own)
        own.publish()
    assert finder.call_count == 1
    if differ in (spoil_a_list, lose_the_feed):
        assert own.files() == before


def test_a_making_elsewhere_gives_the_same_bytes(own: Office) -> None:
    before = own.files()
    shutil.rmtree(own.site)
    own.publish()
    after = own.files()
    del before[build_state.NAME], after[build_state.NAME]
    assert after == before


def test_one_meeting_that_changed_is_built_alone(own: Office) -> None:
    before = own.files()
    own.put(2, meeting(2, title="งบประมาณบ่อบาดาล", corrections=CORRECTIONS))
    assert own.publish().built == ["water-2569-02"]
    after = own.files()
    changed = {name for name in after if after[name] != before.get(name)}
    assert "2569/water-02/index.html" in changed
    assert not [name for name in changed if name.startswith(f"{ONE}/")]
    assert {"resolutions.html", "search/2569-1.js"} <= changed


QUOTING = """      - ชื่อเรื่อง: เรื่องที่ยังปิดอยู่
        ลับ: ใช่
        รายละเอียด: ตามรายงานการประชุมคณะกรรมการแหล่งน้ำอำเภอตัวอย่าง ครั้งที่ 1/2569
        มติ: รับทราบ
"""


def test_what_meetings_say_by_themselves_is_remembered_until_they_change(
    own: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    shell = leaks.shell

    def noted(meeting: Proceedings) -> str:
        asked.append(meeting.case.id)
        return shell(meeting)

    monkeypatch.setattr(leaks, "shell", noted)
    for title in ("งบประมาณหนึ่ง", "งบประมาณสอง"):
        text = meeting(2, title=title, corrections=CORRECTIONS)
        own.put(2, text.replace("      - ชื่อเรื่อง", f"{QUOTING}      - ชื่อเรื่อง", 1))
        assert own.publish().problems == []
    assert asked[0] == "water-2569-01"
    assert asked.count("water-2569-01") == 1
    told = (own.site / build_state.NAME).read_text("utf-8")
    assert "shell" in told
    assert "ยังปิดอยู่" not in told


def test_a_page_that_was_spoilt_is_made_again(own: Office) -> None:
    before = own.files()
    (own.site / ONE / "index.html").write_text("", "utf-8")
    assert own.publish().built == ["water-2569-01"]
    assert own.files() == before


def test_what_is_withdrawn_leaves_a_page_that_says_so(own: Office) -> None:
    (own.agendas / "water/2569-01.yaml").unlink()
    outcome = own.publish()
    assert outcome.withdrawn == ["water-2569-01"]
    left = [name for name in own.files() if name.startswith(ONE)]
    assert left == [f"{ONE}/{page}.html" for page in ("copy", "index", "release")]
    assert "ถอนสิ่งที่เคยเผยแพร่" in own.text(f"{ONE}/release.html")
    assert "ถอนสิ่งที่เคยเผยแพร่" in own.text(f"{ONE}/index.html")
    assert "ขุดลอกคลอง" not in own.text("resolutions.html")
    own.publish()
    assert "ถอนสิ่งที่เคยเผยแพร่" in own.text(f"{ONE}/index.html")


def test_what_is_public_again_has_its_address_again(own: Office) -> None:
    before = own.files()
    (own.agendas / "water/2569-01.yaml").unlink()
    own.publish()
    own.put(1, meeting(1, release=RELEASE))
    own.publish()
    assert own.files() == before


def test_many_meetings_are_not_withdrawn_unasked(own: Office) -> None:
    known = build_state.read(own.site)
    known.meetings |= {
        f"gone-2568-0{n}": {
            "name": f"ครั้งที่ {n}",
            "files": {f"2568/gone-0{n}/index.html": "", f"2568/gone-0{n}/a.pdf": ""},
        }
        for n in range(1, 6)
    }
    build_state.write(own.site, known)
    before = own.files()
    outcome = own.publish()
    assert [one.code for one in outcome.problems] == ["D170"]
    assert own.files() == before
    assert own.publish(withdraws=True).problems == []
    assert "ครั้งที่ 3" in own.text("2568/gone-03/index.html")


def test_files_of_others_in_the_folder_stay(own: Office) -> None:
    (own.site / "CNAME").write_text("example", "utf-8")
    own.put(1, meeting(1))
    own.publish()
    assert (own.site / "CNAME").read_text("utf-8") == "example"
    assert "ถอนสิ่งที่เคยเผยแพร่" in own.text(f"{ONE}/release.html")
    assert not (own.site / ONE / "pictures").exists()


def test_a_year_of_which_nothing_is_left_keeps_its_address(own: Office) -> None:
    for number in (1, 2):
        (own.agendas / f"water/2569-0{number}.yaml").unlink()
    own.publish()
    for page in ("2569/index.html", "2569/resolutions.html", "body/water/index.html"):
        assert "ถอนสิ่งที่เคยเผยแพร่" in own.text(page)
    assert list(json.loads((own.site / "index.json").read_bytes())["meeting"]) == []


def test_an_office_that_publishes_early_says_what_is_not_certified(own: Office) -> None:
    office = own.agendas / "office.yaml"
    office.write_text(f"{OFFICE}เผยแพร่เมื่อ: ฉบับสมบูรณ์\n", "utf-8")
    own.put(2, meeting(2, status="ฉบับสมบูรณ์"))
    own.publish()
    assert "ฉบับสมบูรณ์ ยังไม่ได้รับรอง" in own.text("2569/water-02/index.html")


def test_meetings_are_built_side_by_side_too(
    own: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = own.files()
    shutil.rmtree(own.site)
    assert cli.main(["site", "-j", "2", "-o", str(own.site), str(own.agendas)]) == 0
    assert own.files().keys() == before.keys()
    assert [name for name, data in own.files().items() if data != before[name]] == []
    assert "2 การประชุม · สร้างใหม่ 2" in capsys.readouterr().out


def test_a_run_that_is_cut_off_anywhere_is_made_good_by_the_next(
    own: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.put(1, meeting(1, title="แผนใหม่"))
    (own.agendas / "water/2569-02.yaml").unlink()
    put, calls = store.put, list[Path]()

    def cut_off(path: Path, data: bytes) -> bool:
        calls.append(path)
        if len(calls) % 7 == 0:
            raise OSError(28, "full", str(path))
        return put(path, data)

    monkeypatch.setattr(store, "put", cut_off)
    for _ in range(3):
        front = (own.site / "index.html").read_bytes()
        with pytest.raises(OSError, match="full"):
            own.publish()
        assert (own.site / "index.html").read_bytes() == front
    monkeypatch.setattr(store, "put", put)
    own.publish()
    left = own.files()
    shutil.rmtree(own.site)
    own.publish()
    again = own.files()
    gone = [f"{ONE}/copy.html", f"{ONE}/release.html", "2569/water-02/index.html"]
    assert [name for name in left if name not in again] == gone
    same = [name for name in again if name not in (build_state.NAME,)]
    assert [name for name in same if left[name] != again[name]] == []


# --- what stops it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("โทรศัพท์ 081 234 5678", "D110"),
        ("แผนขุดลอกคลองใหม่", ""),
    ],
)
def test_a_find_stops_it_and_leaves_the_old_site(own: Office, title: str, code: str) -> None:
    before = own.files()
    own.put(2, meeting(2, title=title))
    outcome = own.publish()
    codes = {one.code for one in outcome.problems}
    assert (code in codes) if code else not codes
    if code:
        (line,) = {one.line for one in outcome.problems}
        text = (own.agendas / "water/2569-02.yaml").read_text("utf-8").splitlines()
        assert "081 234 5678" in text[line - 1]
        assert own.files() == before


def test_an_agenda_with_faults_stops_it_for_nobody_knows_its_secrets(own: Office) -> None:
    before = own.files()
    own.put(3, "วันที่: 31 กุมภาพันธ์ 2569\n")
    outcome = own.publish()
    assert outcome.stops
    assert own.files() == before


def test_the_page_of_an_older_meeting_is_searched_for_what_is_secret_now(own: Office) -> None:
    before = own.files()
    page = own.site / "2569/water-02/meeting.json"
    told = page.read_text("utf-8").replace("งบประมาณสระน้ำ", "บ้านเลขที่หนึ่งซึ่งได้รับความเสียหายทั้งหลัง")
    page.write_text(told, "utf-8")
    known = build_state.read(own.site)
    known.meetings["water-2569-02"]["files"]["2569/water-02/meeting.json"] = (
        store.digest_of(page) or ""
    )
    known.state = "before another meeting changed"
    build_state.write(own.site, known)
    outcome = own.publish()
    assert {one.code for one in outcome.problems} == {"D111"}
    assert own.files()["resolutions.html"] == before["resolutions.html"]


# --- meetings to come, many offices, the command ----------------------------------------------


def test_meetings_to_come_show_day_and_place_alone_and_only_when_asked(own: Office) -> None:
    own.publish(today=date(2026, 10, 3))
    text = own.text("index.html")
    assert "คณะกรรมการแหล่งน้ำอำเภอตัวอย่าง 3 ตุลาคม 2569 เวลา 09.30 น. ณ ห้องประชุมอำเภอตัวอย่าง" in text
    assert "เรื่องที่ยังไม่เปิดเผย" not in text
    own.publish(today=date(2026, 10, 4))
    assert "การประชุมครั้งต่อไป" not in own.text("index.html")


def test_an_office_without_a_website_has_relative_links_in_its_feed(own: Office) -> None:
    office = own.agendas / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("เว็บไซต์", "# เว็บไซต์"), "utf-8")
    own.publish()
    feed = etree.parse(own.site / "feed.xml").getroot()
    assert [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")][:1] == [
        "2569/water-02/index.html"
    ]
    assert not (own.site / "sitemap.xml").exists()
    assert not own.page("index.html").xpath("//link[@rel='canonical']")


def test_the_address_can_be_given(own: Office) -> None:
    own.publish(address="http://example.test/min")
    (link,) = own.page(f"{ONE}/index.html").xpath("//link[@rel='canonical']/@href")
    assert link == f"http://example.test/min/{ONE}/"
    (shown,) = own.page(f"{ONE}/index.html").xpath("//meta[@property='og:image']/@content")
    assert shown == f"http://example.test/min/{ONE}/pictures/1.png"


def test_a_body_means_its_whole_office(made: Office) -> None:
    assert generator.roots([made.agendas / "water"], []) == [made.agendas]


def test_several_offices_have_a_site_of_no_ones_name(own: Office) -> None:
    from minutes.model.office import Office as Record

    one = Record.model_construct(name="หนึ่ง", website="a.example")
    assert frame.site_of({"a": one, "b": one}, "").name == "รายงานการประชุมและข่าว"
    assert frame.site_of({"a": one}, "") == frame.Site("หนึ่ง", one, "https://a.example/")


def test_a_site_of_nothing_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.put(1, meeting(1, status="ร่าง"))
    assert office.publish().meetings == 0
    assert "ยังไม่มีรายงานการประชุมที่เผยแพร่" in office.text("index.html")
    assert "ยังไม่มีมติที่เผยแพร่" in office.text("resolutions.html")


def test_a_memory_that_cannot_be_read_is_begun_anew(own: Office) -> None:
    whole = json.loads((own.site / build_state.NAME).read_text("utf-8"))
    odd = {"meetings": {"water-2569-01": 3}, "withdrawn": [], "lists": 1, "shared": [], "what": 1}
    odd_ones = [json.dumps({**whole, name: value}) for name, value in odd.items()]
    for spoilt in ("{", "[]", '{"version": 0}', '{"version": 1}', *odd_ones):
        (own.site / build_state.NAME).write_text(spoilt, "utf-8")
        assert build_state.read(own.site) == build_state.Memory()


def test_the_head_of_the_archives_register_is_published(own: Office, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    Vault(archive).put("water-2569-01", {"minutes.pdf": b"%PDF"}, (), "minutes.pdf")
    assert own.publish(archive=archive).problems == []
    told = json.loads((own.site / "register-head.json").read_bytes())
    assert told["hash"] == Vault(archive).read().head.hash
    assert "register-head.json" in own.page("index.html").xpath("//a/@href")
    own.publish()
    assert not (own.site / "register-head.json").exists()


def test_a_meeting_names_its_newest_version_in_the_archive(own: Office, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "archive")
    kept = [
        vault.put("water-2569-01", {"minutes.pdf": data}, (), "minutes.pdf").version
        for data in (b"%PDF", b"%PDF 2")
    ]
    outcome = own.publish(archive=vault.root)
    assert (outcome.problems, outcome.built) == ([], ["water-2569-01"])
    line = f"ฉบับเต็มเก็บในคลัง: water-2569-01/v2 · SHA-256 {kept[1].bag}"
    assert line in own.text(f"{ONE}/index.html")
    assert len(kept[1].bag) == 64
    told = [search.unpacked(data) for name, data in own.files().items() if "search/" in name]
    assert told
    assert not [data for data in told if kept[1].bag.encode() in data]
    assert "SHA-256" not in own.text("2569/water-02/index.html")
    assert own.publish(archive=vault.root).built == []
    assert own.publish().built == ["water-2569-01"]
    assert "SHA-256" not in own.text(f"{ONE}/index.html")


def test_a_register_that_is_broken_stops_the_site(own: Office, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    Vault(archive).put("water-2569-01", {"minutes.pdf": b"%PDF"}, (), "minutes.pdf")
    register = Vault(archive).register
    register.chmod(0o600)
    register.write_bytes(b"{}\n" + register.read_bytes())
    before = own.files()
    outcome = own.publish(archive=archive)
    assert {one.code for one in outcome.problems} == {"D152"}
    assert own.files() == before


def test_the_command_says_what_it_did(own: Office, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["site", "-o", str(own.site), str(own.agendas)]
    assert cli.main(arguments) == 0
    assert "2 การประชุม · สร้างใหม่ 0" in capsys.readouterr().out
    (own.agendas / "water/2569-01.yaml").unlink()
    assert cli.main([*arguments, "--lang", "en"]) == 0
    assert "withdrawn from the website: water-2569-01" in capsys.readouterr().out


def test_the_command_stops_at_a_find(own: Office, capsys: pytest.CaptureFixture[str]) -> None:
    own.put(2, meeting(2, title="โทรศัพท์ 081 234 5678"))
    assert cli.main(["site", "-o", str(own.site), str(own.agendas)]) == 1
    told = capsys.readouterr().err
    assert "2569-02.yaml:11:" in told
    assert "เว็บไซต์เดิมอยู่ครบ" in told


def test_the_command_says_when_nothing_may_be_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path)
    office.put(1, meeting(1, status="ร่าง"))
    assert cli.main(["site", "-o", str(office.site), str(office.agendas), "--upcoming"]) == 0
    assert "ยังไม่มีการประชุมที่เผยแพร่ได้" in capsys.readouterr().out


def test_the_command_says_which_file_cannot_be_written(
    own: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = own.agendas.parent / "blocked"
    blocked.write_text("", "utf-8")
    assert cli.main(["site", "-o", str(blocked), str(own.agendas)]) == 2
    assert "blocked" in capsys.readouterr().err


def test_without_pango_nothing_is_built_for_the_site(
    own: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise html_to_pdf.UnavailableError("libpango")

    monkeypatch.setattr(html_to_pdf, "engine", refuse)
    arguments = ["site", "-o", str(own.site), str(own.agendas)]
    assert cli.main(arguments) == 0
    own.put(2, meeting(2, title="งบประมาณบ่อบาดาล"))
    assert cli.main(arguments) == 2
    assert "Pango" in capsys.readouterr().err


# --- parts ------------------------------------------------------------------------------------


def test_a_page_of_lists_tells_years_newest_first() -> None:
    years = lists.by_year([{"id": "a-2568-01"}, {"id": "b-2569-01"}, {"id": "a-2569-02b"}])
    assert list(years) == ["2569", "2568"]


@pytest.mark.parametrize(
    ("id_", "place"),
    [("otop-2567-01", "2567/otop-01/"), ("a-b-2567-01b", "2567/a-b-01b/")],
)
def test_an_id_gives_an_address(id_: str, place: str) -> None:
    assert meeting_data.address(id_) == place


@pytest.mark.parametrize(
    ("size", "text"), [(10, "1 KB"), (43_292, "42 KB"), (2 * 1024 * 1024, "2.0 MB")]
)
def test_a_size_is_told_as_readers_know_it(size: int, text: str) -> None:
    assert meeting_data.size_text(size) == text


def pages_of(markup: str) -> Iterator[article.Article]:
    body = f"<html><body><header><h1>ก</h1></header><main>{markup}</main></body></html>"
    yield article.of(body)


def test_an_item_before_the_agenda_has_an_anchor_too() -> None:
    (one,) = pages_of(
        '<section><h2>ก่อน</h2><h3>มอบรางวัล</h3><p class="resolution">'
        '<strong class="label">มติ </strong>'
        'รับทราบ</p><p class="resolution more">สอง</p>'
        '<ul class="list"><li>สาม</li></ul><p>สี่</p></section>'
    )
    (item,) = one.items
    assert (item.anchor, item.number, item.resolution_anchor) == ("item-0-1", "", "resolution-0-1")
    assert item.resolution == "รับทราบ สอง สาม"


def test_what_a_listener_is_told_twice_is_searched_once() -> None:
    (one,) = pages_of('<h2>ผู้มาประชุม</h2><table class="people"><tr><td>นายหนึ่ง</td></tr></table>')
    assert "<caption" in one.markup
    assert [passage.text for passage in one.passages] == ["ผู้มาประชุม นายหนึ่ง"]


def test_a_table_scrolls_in_its_box_and_an_empty_heading_is_none() -> None:
    (one,) = pages_of(
        '<p class="resolution">ไม่มีเรื่อง</p><table class="grid">'
        "<colgroup><col></colgroup><thead><tr><th></th>"
        "<th>ชื่อ</th></tr></thead></table>ต่อ"
    )
    assert one.markup.count("<th ") == 1
    assert 'role="group" tabindex="0" aria-label="ตาราง ชื่อ"' in one.markup
    assert one.items == ()
    assert "colgroup" not in one.markup
