"""The website in Chromium: for every eye, with the keyboard alone, and searched to the letter."""

import functools
import http.server
import shutil
import subprocess
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes import store
from minutes.paths import ROOT
from minutes.site import lists, meeting_data
from minutes.site.frame import Site
from minutes.site.meeting_data import Data
from tests.site.test_site import CORRECTIONS, ONE, RELEASE, Office, meeting, office_with_three
from tests.support import browser, site_data
from tests.support.browser import Browser, Page

pytestmark = pytest.mark.system
MODULES = ROOT / "tests/node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
PAGES = (
    "index.html",
    "2569/index.html",
    "body/water/index.html",
    "resolutions.html",
    "search.html",
    f"{ONE}/index.html",
    f"{ONE}/release.html",
    f"{ONE}/copy.html",
    "2569/water-04/index.html",
)
QUERIES = (
    "น้ำท่วม", "น้ำท่วมซ้ำซาก", "ซ้ำซาก", "แก้ไขปัญหา", "ผักตบชวา", "ตบชวา", "ไข้เลือดออก", "เลือดออก",
    "ถนนลูกรัง", "ลูกรัง", "ซ่อมแซม", "ขุดลอก", "ขุดลอกคลอง", "คลองส่งน้ำ", "ไฟส่องสว่าง", "หอถังประปา",
    "ประปา", "ศูนย์พัฒนาเด็กเล็ก", "เด็กเล็ก", "พัฒนาเด็ก", "อบรมอาชีพ", "แผนอพยพ", "ฝึกซ้อม", "ฤดูแล้ง",
    "การเตรียม", "เตรียมความพร้อม", "ความพร้อมรับ", "ท่องเที่ยว", "OTOP", "otop", "Otop", "PM2.5", "pm2.5",
    "PM๒.๕", "หมู่ที่ 3", "หมู่ที่ ๓", "หมู่ที่ 12", "หมู่ที่ ๑๒", "ครั้งที่ 7/2569", "ครั้งที่ ๗/๒๕๖๙", "2565",
    "๒๕๖๕", "บ้านหนองบัว", "หนองบัว", "โคกสูง", "บ้านเขาแก้ว", "เอกชัย", "ณ ตัวอย่าง", "มาลี", "ใจเย็น",
    "มาลี ประปา", "ผักตบชวา อนุมัติ", "ให้นำกลับมาเสนอใหม่", "ภายใน 30 วัน", "ภายใน ๓๐ วัน", "ทหารเรือ",
    "สนามบิน", "นํ้าท่วม", "เเผนอพยพ", "แม่น้ำโขง", "บาท", "99,9", "ผลิตภัณฑ์ชุมชน", "ชาวประมง",
    "21 ตุลาคม ๒๕๖๙", "ที่ว่าการอำเภอตัวอย่าง", "สภาท้องถิ่น", "กำนัน ผู้ใหญ่บ้าน",
    "ก", "ฮ", "นา", "๗", "x", "สห",
)  # fmt: skip


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser.opened() as chromium:
        yield chromium


@pytest.fixture
def chromium(started: Browser) -> Iterator[Browser]:
    yield started
    started.close_pages()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A site with every kind of page, one that was withdrawn among them."""
    office = office_with_three(tmp_path_factory.mktemp("made"))
    office.put(4, meeting(4, title="เรื่องที่ถอน"))
    office.publish()
    (office.agendas / "water/2569-04.yaml").unlink()
    assert office.publish().withdrawn == ["water-2569-04"]
    return office


@dataclass(frozen=True)
class Town:
    """Meetings, and by the address of each what its pages show, as another reader reads it."""

    meetings: list[Data]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def town() -> Town:
    """Three hundred meetings, and the examples."""
    given = [(one, " ".join(text for _, _, text in one["text"])) for one in site_data.meetings(300)]
    examples = list(site_data.examples())
    assert len(examples) >= 4
    given += examples
    texts = {meeting_data.address(one["id"]): plain(text) for one, text in given}
    return Town([one for one, _ in given], texts)


@pytest.fixture(scope="module")
def searched(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their site, in a sub-folder of a server's."""
    return laid(town.meetings, tmp_path_factory.mktemp("server") / "office/minutes")


def laid(meetings: list[Data], folder: Path) -> Path:
    for name, data in lists.build(meetings, Site("อำเภอตัวอย่าง", None), []).items():
        store.put(folder / name, data)
    return folder


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of lists that stand on several, for they would be long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "LARGEST", 5000)
        site = laid(site_data.meetings(60), tmp_path_factory.mktemp("parted"))
    names = ("2569/resolutions.html", "2569/resolutions-1.html", "body/water/index-2.html")
    return [site / name for name in names]


@pytest.fixture(scope="module")
def server(searched: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(searched.parent.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/office/minutes"
        running.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the class
        """Say nothing."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_no_page_breaks_a_rule_of_accessibility(
    chromium: Browser, made: Office, width: int, dark: bool
) -> None:
    for name in PAGES:
        page = chromium.page(width, 800, dark=dark)
        page.go((made.site / name).as_uri())
        assert page.value("document.documentElement.scrollWidth") <= width, name
        assert page.faults == [], name
        assert page.violations() == [], name
        chromium.close_pages()


def test_the_parts_of_a_long_list_break_none(chromium: Browser, parted: list[Path]) -> None:
    for path in parted:
        page = chromium.page(360, 800)
        page.go(path.as_uri())
        assert page.value("document.querySelectorAll('nav[aria-label=ช่วงเวลา] a').length") > 1
        assert page.value("document.documentElement.scrollWidth") <= 360
        assert page.violations() == []
        chromium.close_pages()


def test_what_was_found_breaks_no_rule_either(chromium: Browser, made: Office) -> None:
    page = asked(chromium, made.site.as_uri(), "คลอง", 360)
    assert page.violations() == []


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_alone_reaches_everything(chromium: Browser, made: Office, name: str) -> None:
    page = chromium.page(360, 800)
    page.go((made.site / name).as_uri())
    page.value(MARK)
    reached = page.value("document.querySelectorAll('[data-stop]').length")
    assert reached > 6
    for _ in range(reached):
        press(page, "Tab")
    assert page.value(LEFT) == []


MARK = """
for (const one of document.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")) {
  if (one.hidden) continue;
  one.dataset.stop = "";
  one.addEventListener("focus", () => { one.dataset.seen = getComputedStyle(one).outlineStyle; });
}
"""
LEFT = """
[...document.querySelectorAll("[data-stop]")]
  .filter(one => !["solid", "auto"].includes(one.dataset.seen)).map(one => one.outerHTML)
"""


def press(page: Page, key: str, text: str = "") -> None:
    page.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, text=text, **CODES[key])
    page.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, **CODES[key])


CODES = {"Tab": {"windowsVirtualKeyCode": 9}, "Enter": {"windowsVirtualKeyCode": 13}}


def test_a_question_on_the_front_page_is_answered_with_the_keyboard(
    chromium: Browser, made: Office
) -> None:
    page = chromium.page(360, 800)
    page.go((made.site / "index.html").as_uri())
    page.value("document.getElementById('q').focus()")
    page.call("Input.insertText", text="งบประมาณ คลองหนึ่ง")
    press(page, "Enter", "\r")
    page.wait_for("location.pathname.endsWith('search.html')")
    page.wait_for("document.querySelector('#found a')")
    link = page.value("document.querySelector('#found a').href")
    assert link.endswith(f"{meeting_data.address('water-2569-02')}index.html#item-5-1")
    page.go(link)
    assert page.value("document.querySelector(':target').id") == "item-5-1"
    assert [one for one in page.requests if not one.startswith("file:")] == []


def test_a_text_is_copied_with_a_button(chromium: Browser, made: Office) -> None:
    page = chromium.page(360, 800)
    page.go((made.site / ONE / "copy.html").as_uri())
    page.value("document.querySelector('[data-copy=text]').focus()")
    press(page, "Enter", "\r")
    page.wait_for("document.querySelectorAll('[role=status]')[1].textContent")
    assert page.value("document.querySelectorAll('[role=status]')[1].textContent").startswith(
        "คัดลอก"
    )
    chosen = page.value("getSelection().toString()")
    assert chosen.strip() == page.value("document.getElementById('text').value").strip()


# Each title of a page with its lines; a line that ends where no place is, ends with "!".
LINES = """
[...document.querySelectorAll(".set")].map(title => {
  const walk = document.createTreeWalker(title, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let lines = "", before = null, may = true;
  while (walk.nextNode()) {
    const node = walk.currentNode;
    may ||= node.tagName === "WBR" || getComputedStyle(node.parentElement).display === "block";
    for (let place = 0; place < (node.data ?? "").length; place += 1) {
      const range = new Range();
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect();
      if (box.width && before && box.top > before.bottom - 4) lines += may ? "|" : "!";
      if (box.width) { before = box; may = false; }
      lines += node.data[place];
    }
  }
  return lines;
})
"""


@pytest.mark.parametrize("width", [320, 360])
def test_a_title_ends_its_lines_where_our_own_breaker_would(
    chromium: Browser, made: Office, searched: Path, width: int
) -> None:
    lists_ = ("index.html", "2569/index.html", "resolutions.html", "search.html?q=ผลิตภัณฑ์ชุมชน")
    places = [f"{made.site.as_uri()}/{name}" for name in PAGES if name != "search.html"]
    places += [f"{searched.as_uri()}/{name}" for name in lists_]
    broken, torn_by_chromium = 0, 0
    for place in places:
        page = chromium.page(width, 800)
        page.go(place)
        page.wait_for("!location.search || document.querySelector('#found .set')")
        titles = page.value(LINES)
        assert titles, place
        assert [title for title in titles if "!" in title] == [], place
        assert page.value("document.documentElement.scrollWidth") <= width, place
        broken += sum("|" in title for title in titles)
        page.value(
            "document.querySelectorAll('.set').forEach(o => { o.style.whiteSpace = 'normal' })"
        )
        torn_by_chromium += sum("!" in title for title in page.value(LINES))
        chromium.close_pages()
    assert broken > 20
    assert torn_by_chromium > 0


def test_a_title_is_copied_and_found_as_it_is_written(chromium: Browser, searched: Path) -> None:
    page = chromium.page(360, 800)
    page.go((searched / "2569/index.html").as_uri())
    name = "คณะกรรมการส่งเสริมผลิตภัณฑ์ชุมชนอำเภอตัวอย่าง ครั้งที่ 1/2569"
    assert name in page.value("document.body.innerText")
    assert page.value(f"find({name!r})")
    assert page.value("getSelection().toString()") == name


def test_the_nu_checker_finds_no_error(made: Office, parted: list[Path]) -> None:
    pages = [*(made.site / name for name in PAGES), *parted]
    answer = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", "--format", "gnu", *map(str, pages)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert answer.stderr == ""
    assert answer.returncode == 0
    style = made.site / "assets/site.css"
    command = ["java", "-jar", str(VNU), "--css", "--errors-only", "--format", "gnu", str(style)]
    assert subprocess.run(command, capture_output=True, text=True, timeout=300).stderr == ""


# --- the search -------------------------------------------------------------------------------


def asked(chromium: Browser, place: str, question: str, width: int = 1200) -> Page:
    page = chromium.page(width, 800)
    page.go(f"{place}/search.html?q={question}")
    page.wait_for("/^(พบ|ไม่พบ)/.test(document.getElementById('told').textContent)")
    return page


def plain(text: str) -> str:
    """Write a text as it is compared, in other words than the program's."""
    letters = unicodedata.normalize("NFKC", text).replace("เเ", "แ").replace("\u0e4d\u0e32", "ำ")
    letters = letters.replace("\u0e4d้า", "้ำ")
    for thai, arabic in zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True):
        letters = letters.replace(thai, arabic)
    return " ".join(letters.lower().split())


def expected(town: Town, question: str) -> set[str]:
    """Look every word up in every text, one after another."""
    words = plain(question).split()
    return {place for place, text in town.texts.items() if all(word in text for word in words)}


@pytest.mark.parametrize("how", ["folder", "server"])
def test_every_meeting_with_the_words_is_found_and_no_other(
    chromium: Browser, town: Town, searched: Path, server: str, how: str
) -> None:
    place = searched.as_uri() if how == "folder" else server
    page = asked(chromium, place, "บาท")
    assert page.value("loaded === listed.length"), "all years are here"
    assert len(set(QUERIES)) >= 60
    counts = []
    for question in QUERIES:
        found = page.value(f"find({question!r}).map(hit => hit.meeting.address)")
        assert len(found) == len(set(found))
        assert set(found) == expected(town, question), question
        counts.append(len(found))
    assert 0 in counts
    assert sum(0 < count < 300 for count in counts) > 30
    assert any(set(counts) & {1, 2}), "the examples have words of their own"
    assert all(one.startswith(place) for one in page.requests)
    assert page.faults == []


def test_an_answer_reads_few_meetings_that_it_does_not_find_and_draws_no_more_than_a_part(
    chromium: Browser, server: str
) -> None:
    page = asked(chromium, server, "บาท")
    page.value(COUNTED)
    found = read = 0
    for question in QUERIES:
        page.value(f"counts.read = counts.drawn = 0; at('q').value = {question!r}; answer()")
        read += page.value("counts.read")
        assert page.value("counts.drawn") <= 20, question
        found += page.value(f"find({question!r}).length")
    assert 1_000 < found <= read < 1.2 * found


COUNTED = """
var counts = { read: 0, drawn: 0 };
const searched = index.search.bind(index), drawn = row;
index.search = (...question) => {
  const hits = searched(...question);
  counts.read += hits.length;
  return hits;
};
row = (...hit) => { counts.drawn += 1; return drawn(...hit); };
"""


def test_what_was_found_is_shown_marked_and_in_parts(chromium: Browser, server: str) -> None:
    page = asked(chromium, server, "pm๒.๕")
    shown = "document.querySelectorAll('#found li').length"
    assert page.value(shown) == 20
    assert plain(page.value("document.querySelector('mark').textContent")) == "pm2.5"
    page.value("document.getElementById('more').click()")
    assert page.value(shown) == 40
    page.value("document.getElementById('q').value = ' '")
    page.value("document.getElementById('q').dispatchEvent(new Event('input'))")
    page.wait_for("document.getElementById('told').textContent.startsWith('พิมพ์คำที่ต้องการค้น')")
    assert page.value(shown) == 0


def test_the_best_comes_first_and_of_equals_the_newest(chromium: Browser, tmp_path: Path) -> None:
    meetings = site_data.meetings(40)
    for place in (3, 8, 21, 30):
        meetings[place]["text"][2][2] += " ชลประทาน"
    meetings[21]["text"][2][1] += " ชลประทาน"
    meetings[30]["name"] += " ชลประทาน"
    page = asked(chromium, laid(meetings, tmp_path).as_uri(), "ชลประทาน")
    found = page.value("find('ชลประทาน').map(hit => hit.meeting.address)")
    assert found == [meeting_data.address(meetings[place]["id"]) for place in (30, 21, 3, 8)]
    everywhere = page.value("find('น').map(hit => hit.meeting.id)")
    assert everywhere == list(range(40))


def test_who_types_on_while_files_come_has_each_once(chromium: Browser, searched: Path) -> None:
    page = chromium.page()
    page.go(f"{searched.as_uri()}/search.html")
    page.value("for (const word of ['น', 'น้ำ', 'น้ำท่วม']) { at('q').value = word; asked(); }")
    page.wait_for("document.getElementById('told').textContent.startsWith('พบ')")
    files = [one for one in page.requests if "/search/2" in one]
    assert len(files) == len(set(files)) == page.value("listed.length")
    assert page.value("meetings.length") == 300 + len(list(site_data.examples()))


def test_what_the_keyboard_is_on_stays_when_more_is_found(
    chromium: Browser, searched: Path
) -> None:
    page = asked(chromium, searched.as_uri(), "ซ่อมแซม")
    page.value("document.querySelectorAll('#found a')[2].focus()")
    before = page.value("document.activeElement.href")
    page.value("answer()")
    assert page.value("document.activeElement.href") == before


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("minisearch.js", "dist/umd/index.js"), ("minisearch-LICENSE.txt", "LICENSE.txt")],
)
def test_the_library_of_the_search_is_the_published_one(
    made: Office, ours: str, theirs: str
) -> None:
    published = (MODULES / "minisearch" / theirs).read_bytes()
    assert len(published) > 500
    assert (made.site / "assets/vendor" / ours).read_bytes() == published


def test_older_years_are_asked_for_when_the_newest_are_large(
    chromium: Browser, searched: Path, tmp_path: Path
) -> None:
    """With less to spend the script stops early, says from which year, and goes on when told."""
    folder = tmp_path / "site"
    shutil.copytree(searched, folder)
    script = folder / "assets/search.js"
    script.write_text(script.read_text("utf-8").replace("BUDGET = 700000", "BUDGET = 1"), "utf-8")
    page = asked(chromium, folder.as_uri(), "ครั้งที่ 300/2560")
    assert page.value("document.getElementById('told').textContent").endswith("ตั้งแต่ปี 2569 เป็นต้นมา")
    for _ in range(9):
        before = page.value("loaded")
        page.value("document.getElementById('more').click()")
        page.wait_for(f"loaded > {before}")
    page.wait_for("document.getElementById('told').textContent === 'พบ 1 การประชุม'")


def test_a_file_of_the_index_that_is_missing_is_told(
    chromium: Browser, searched: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(searched, folder)
    (folder / "search/2569-1.js").unlink()
    page = chromium.page()
    page.go(f"{folder.as_uri()}/search.html?q=ประปา")
    page.wait_for("document.getElementById('told').textContent.startsWith('อ่านข้อมูล')")


def test_the_example_is_found_among_the_office_own_words(chromium: Browser, made: Office) -> None:
    page = asked(chromium, made.site.as_uri(), "ยาว คลองหนึ่ง 1,200")
    found = page.value("find(document.getElementById('q').value).map(hit => hit.meeting.address)")
    assert sorted(found) == ["2569/water-01/", "2569/water-02/"]
    assert (CORRECTIONS, RELEASE) != ("", "")
