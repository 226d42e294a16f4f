"""What README.md and docs/ tell is true of the program: its keys, examples, commands and links."""

import getpass
import json
import re
import shlex
import shutil
import unicodedata
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from minutes import __main__ as cli
from minutes.commands import actions, archive, build, diff, import_, new, publish, watch
from minutes.commands.archive import frame, holdings
from minutes.commands.new import office
from minutes.console.wording import WORDS
from minutes.model.record import Record
from minutes.paths import ROOT
from minutes.problems.messages import MESSAGES
from minutes.thai import amounts, dates
from minutes.watch import loop
from tests.program.test_layers import ORDER
from tests.signing.test_verify import built
from tests.support import scanned_pages
from tests.support.certificates import authority
from tests.support.member_lists import excel

DOCS = ROOT / "docs"
RULES = DOCS / "rules"
ARCHIVE_PAGE = DOCS / "archive.md"
README, GUIDE, MESSAGES_PAGE = ROOT / "README.md", DOCS / "guide.md", DOCS / "messages.md"
PAGES = [README, *sorted(DOCS.glob("*.md"))]
BODY = Path("agendas") / "amphoe" / "water"  # as the guide names it
QUICK = ("--to", "docx", "--only", "minutes", "--errors", "json")

ARCHITECTURE = ROOT / "docs" / "architecture.md"
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """What stands between fences: after the language, of what it is a part and its fault's code."""

    page: Path
    line: int
    language: str
    part: str
    fault: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for match in FENCE.finditer(text):
        part, fault = [*match[2].split(), "", ""][:2]
        line = text.count("\n", 0, match.start()) + 1
        yield Block(page, line, match[1], part, fault, match[3])


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
GUIDE_YAML = [block for block in BLOCKS if block.page == GUIDE and block.language == "yaml"]
README_YAML = [block for block in BLOCKS if block.page == README and block.language == "yaml"]
MEETINGS = [block for block in GUIDE_YAML if block.part == "meeting"]


def the(part: str) -> str:
    """Give the guide's one example of an office or a body."""
    (block,) = (block for block in GUIDE_YAML if block.part == part)
    return block.text


# --- the guide's own office, its committee and its meeting, completed by each example -----------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the folders that the guide tells its reader to make, and sit down there."""
    body = tmp_path / BODY
    (body / "images").mkdir(parents=True)
    (body.parent / "office.yaml").write_text(the("office"), "utf-8")
    (body / "body.yaml").write_text(the("body"), "utf-8")
    picture = ROOT / "agendas" / "tuayang" / "product" / "images" / "meeting.jpg"
    shutil.copy(picture, body / "images")
    monkeypatch.chdir(tmp_path)
    for module in (
        archive,
        frame,
        holdings,
        actions,
        office,
        build,
        diff,
        import_,
        new,
        publish,
    ):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    people = [["ชื่อ-สกุล", "ตำแหน่ง"], ["นายตัวอย่าง ที่หนึ่ง", "นายอำเภอตัวอย่าง"]]
    (tmp_path / "รายชื่อ.xlsx").write_bytes(excel(people))
    return tmp_path


def completed(block: Block) -> str:
    """Give a whole meeting with the block in its place: the guide's second one fills the rest."""
    if block.part in ("", "meeting"):
        return block.text
    if block.part == "lines":
        return merged(block.text)
    if block.part == "section":
        return merged(f"ระเบียบวาระ:\n{block.text}")
    kind = "เพื่อทราบ" if "มติ: รับทราบ" in block.text else "เพื่อพิจารณา"
    return merged(f"ระเบียบวาระ:\n  - ชนิด: {kind}\n    เรื่อง:\n{block.text}")


def merged(lines: str) -> str:
    base = entries(MEETINGS[1].text)
    return "".join((base | entries(lines)).values())


def entries(text: str) -> dict[str, str]:
    """Give the text of each key that stands at the left edge."""
    parts = re.split(r"^(?=[^\s#-])", text, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if part.strip()}


def problems(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """Run the program; give what it says, each as an object."""
    capsys.readouterr()
    status = cli.main([*arguments, *QUICK])
    found = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert status == any(problem["severity"] == "error" for problem in found)
    return found


RIGHT = [block for block in GUIDE_YAML if not block.fault]
WRONG = [block for block in GUIDE_YAML if block.fault]


@pytest.mark.parametrize("block", RIGHT, ids=str)
def test_an_example_of_the_guide_builds(
    block: Block, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if block.part in ("office", "body"):
        written = merged("")
    else:
        assert block.part in ("meeting", "lines", "section", "item")
        written = completed(block)
    (desk / BODY / "2569-01.yaml").write_text(written, "utf-8")
    found = problems(["agendas"], capsys)
    is_draft = "สถานะ" not in written
    assert [p for p in found if p["severity"] != "warning" or not is_draft] == []
    assert list((desk / "out" / "water" / "2569-01").glob("*.docx"))


@pytest.mark.parametrize("block", WRONG, ids=str)
def test_a_stumble_of_the_guide_is_told_with_its_code(
    block: Block, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / BODY / "2569-01.yaml"
    path.write_text(completed(block), "utf-8")
    assert [problem["code"] for problem in problems(["agendas"], capsys)] == [block.fault]


def test_the_guide_shows_ten_stumbles_and_the_message_of_one() -> None:
    assert len(WRONG) == 10
    shown = next(b.text for b in blocks_of(GUIDE) if "ผิดพลาด[D02]" in b.text)
    code = MESSAGES["D02"]
    values = {"date": "21 ตุลาคม 2569", "right": "พุธ", "wrong": "พฤหัสบดี"}
    told = f"ผิดพลาด[D02]: {code.th.format(**values)}\n    {code.hint_th.format(**values)}\n"
    assert shown == f"agendas/amphoe/water/2569-01.yaml:2:9: {told}"


def test_the_readmes_meeting_builds_in_the_folder_that_it_tells_to_make(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = README_YAML
    shutil.rmtree(desk / BODY)
    shutil.copytree(ROOT / "agendas" / "tuayang" / "product", desk / BODY)
    for meeting in (desk / BODY).glob("2569-*.yaml"):
        meeting.unlink()
    (desk / BODY / "2569-01.yaml").write_text(block.text, "utf-8")
    assert problems(["agendas"], capsys) == []


# --- keys ---------------------------------------------------------------------------------------

HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def sections(page: Path) -> Iterator[tuple[str, str]]:
    """Go through a page's headings, each with the text below it."""
    text = FENCE.sub("", page.read_text("utf-8"))
    found = list(HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        yield match[2], text[match.end() : end]


def rows(text: str) -> Iterator[list[str]]:
    """Go through the rows of the first table in a text, without its head."""
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    for line in table[0].splitlines()[2:] if table else ():
        yield [cell.strip() for cell in line.strip("|").split("|")]


def keys_told(record: type[Record]) -> set[frozenset[str]]:
    """Give the keys in the guide's table of a record, those of one field together."""
    term = str(record.__doc__).partition(":")[0]
    tables = [text for title, text in sections(GUIDE) if title.partition(" (")[0] == term]
    return {frozenset(CODE.findall(row[0] + row[1])) for row in rows(tables[-1])}


def keys_known(record: type[Record]) -> set[frozenset[str]]:
    names = set(record.keys.values())
    return {frozenset(key for key, of in record.keys.items() if of == name) for name in names}


def test_there_are_records() -> None:
    assert len(Record.__subclasses__()) > 15


@pytest.mark.parametrize("record", Record.__subclasses__(), ids=lambda record: record.__name__)
def test_the_guide_tells_exactly_the_keys_of(record: type[Record]) -> None:
    keys_known_without_places = keys_known(record) - {frozenset({"places"})}
    assert keys_told(record) == keys_known_without_places


READERS: dict[str, Callable[[str], object]] = {
    "วันที่": dates.parse_date,
    "เวลา": dates.parse_time,
    "จำนวนเงิน": amounts.parse_money,
    "ครั้งที่": amounts.parse_number,
}


@pytest.mark.parametrize("kind", READERS)
def test_every_value_that_the_guide_shows_can_be_read(kind: str) -> None:
    (table,) = (text for title, text in sections(GUIDE) if title == kind)
    shown = [value for row in rows(table) for value in CODE.findall(row[0])]
    assert len(shown) >= 2
    for value in shown:
        READERS[kind](value)


# --- commands, modules, messages, links ---------------------------------------------------------

COMMAND = re.compile(r"^python3? build\.py( .*)?$")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Go through the commands in code, each with its arguments."""
    for page in (README, GUIDE, ARCHIVE_PAGE):
        for code in [*CODE.findall(FENCE.sub("", page.read_text("utf-8"))), *shell_lines(page)]:
            if (match := COMMAND.match(code)) and "ไฟล์หรือโฟลเดอร์" not in code:
                yield f"{page.name}: {code}", shlex.split(match[1] or "")


def shell_lines(page: Path) -> Iterator[str]:
    for block in blocks_of(page):
        if block.language == "sh":
            yield from block.text.splitlines()


COMMANDS = dict(commands())


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 12
    flags = {argument for words in COMMANDS.values() for argument in words}
    assert {"test", "--only", "--to", "-o", "--strict", "--lang", "--errors"} <= flags


WATCHING = [command for command, words in COMMANDS.items() if words[:1] == ["watch"]]
OTHERS = [c for c, words in COMMANDS.items() if words != ["test"] and c not in WATCHING]


def fill_the_archive(*, put: bool) -> None:
    """Scan the meeting, and let there be an archive with a copy and a published head."""
    scanned_pages.scan(Path("signed.pdf"), [""], scanned_pages.Glass(100))
    if put:
        assert cli.main(["archive", "put", "water-2569-01", "signed.pdf"]) == 0
        assert cli.main(["archive", "copy", "ดิสก์สำรอง"]) == 0
        assert cli.main(["archive", "head"]) == 0


@pytest.mark.parametrize("command", OTHERS)
def test_a_command_that_is_shown_works(
    command: str,
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = desk / BODY
    (body / "2569-01.yaml").write_text(MEETINGS[1].text, "utf-8")
    shutil.copytree(body, desk / "agendas" / "tuayang" / "product")
    shutil.copy(body.parent / "office.yaml", desk / "agendas")
    words = COMMANDS[command]
    if words[:1] == ["diff"]:  # which compares what was built
        assert cli.main([str(BODY), *QUICK]) == 0
    if words[:1] == ["sign"]:
        Path(words[1]).write_bytes(built())
        Path(words[-1]).write_bytes(authority().taker.p12("x"))
        monkeypatch.setattr(getpass, "getpass", lambda _: "x")
    if words[:1] == ["archive"]:
        fill_the_archive(put=words[1] != "put")
    is_named = words[:1] and words[0] in WORDS["th"].commands
    assert cli.main(words if is_named else ["--to", "docx", *words]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("command", WATCHING)
def test_a_command_that_watches_begins_with_a_build(
    command: str, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep_once(watcher: loop.Watcher, _: object) -> None:
        watcher.turn()
        raise KeyboardInterrupt

    (desk / BODY / "2569-01.yaml").write_text(MEETINGS[1].text, "utf-8")
    monkeypatch.setattr(watch, "ROOT", desk)
    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(open=lambda _: True))
    monkeypatch.setattr(loop.Watcher, "keep", keep_once)
    words = [word for word in COMMANDS[command] if not word.isdecimal() and word != "--port"]
    assert cli.main([*words, "--to", "docx"]) == 0
    assert "สร้างแล้ว water/2569-01 · 3 ไฟล์" in capsys.readouterr().out


def test_the_readme_names_every_option_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    offered = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--help", "--output"}
    assert offered
    assert offered <= set(re.findall(r"--[a-z]+", README.read_text("utf-8")))


def modules_told() -> list[str]:
    (table,) = (
        text for title, text in sections(ARCHITECTURE) if title == "The folders of `minutes/`"
    )
    return [name for row in rows(table) for name in CODE.findall(row[0])]


def test_the_architecture_names_exactly_the_folders_in_their_order() -> None:
    assert modules_told() == list(ORDER)


def test_the_table_of_messages_has_every_message() -> None:
    written = MESSAGES_PAGE.read_text("utf-8")
    assert all(f"| {code} |" in written for code in MESSAGES)


def test_the_pages_of_the_rules_lead_to_each_other() -> None:
    pages = list(RULES.iterdir())
    assert len(pages) > 12
    for page in pages:
        assert all((RULES / link).is_file() for link in LINK.findall(page.read_text("utf-8")))


LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """Give the addresses that GitHub makes of a page's headings."""
    found: set[str] = set()
    for title, _ in sections(page):
        kept = (c for c in title.lower() if c in "- _" or unicodedata.category(c)[0] in "LMN")
        slug = "".join(kept).replace(" ", "-")
        repeated = sum(other.rpartition("-")[0] == slug or other == slug for other in found)
        found.add(f"{slug}-{repeated}" if slug in found else slug)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert links
    for link in links:
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link
