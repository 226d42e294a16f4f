"""``build.py import FILE --as members``: a body's members out of a Word, Excel or CSV list."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.drafting.rosters import Roster


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    kind: str
    body: str
    output: str
    summary: str
    check: str
    paste: str
    replace: str
    wrote: str
    added: str
    beside: str
    there_already: str
    no_body: str
    name_it: str
    name_first: str
    of_office: str


SAID: dict[Language, Words] = {
    "th": Words(
        about=(
            "นำรายชื่อจากไฟล์ Word, Excel หรือ CSV มาเขียนเป็น สมาชิก ของ body.yaml\n\n"
            "ทุกแถวอยู่ครบ แถวที่ไม่แน่ใจมีบรรทัด # ตรวจ พร้อมข้อความเดิม ไม่เขียนทับรายชื่อใด"
        ),
        usage="ไฟล์ --as members [ตัวเลือก]",
        kind="สิ่งที่นำเข้า: members รายชื่อสมาชิก",
        body="คณะที่รับรายชื่อ: ชื่อโฟลเดอร์ เช่น water ถ้ายังไม่มี body.yaml จะสร้างให้ "
        "ถ้ามีสมาชิกอยู่แล้ว เขียนเป็น body.new.yaml",
        output="ไฟล์ใหม่ที่เก็บผล (ปกติแสดงบนจอ)",
        summary="อ่าน {rows} แถว: สมาชิก {members} คน (ต้องตรวจ {doubtful}) · หัวตาราง {headings} · "
        "ข้อความอื่น {remarks}",
        check="ค้นคำว่า # ตรวจ แล้วเทียบกับไฟล์เดิม จากนั้นลบบรรทัดนั้น",
        paste="วางต่อท้าย {path}",
        replace="วางแทน สมาชิก เดิม ตั้งแต่บรรทัดที่ {line} ของ {path}",
        wrote="เขียน {path} แล้ว",
        added="เพิ่ม สมาชิก ใน {path} แล้ว ส่วนอื่นคงเดิม",
        beside="เป็น body.yaml ที่มีรายชื่อใหม่แทนรายชื่อตั้งแต่บรรทัดที่ {line} ตรวจแล้วเปลี่ยนชื่อแทนไฟล์เดิม",
        there_already="มีไฟล์ {path} อยู่แล้ว จึงไม่เขียนทับ เลือกชื่ออื่น",
        no_body="ไม่พบคณะ {name} ในโฟลเดอร์ agendas สร้างโฟลเดอร์ของคณะก่อน หรือระบุที่อยู่ของโฟลเดอร์",
        name_it="แก้เป็นชื่อคณะ",
        of_office="{path} เป็นโฟลเดอร์ของหน่วยงาน (มี office.yaml) ระบุโฟลเดอร์ของคณะที่อยู่ข้างใน",
        name_first="เปิดไฟล์แล้วแก้ ชื่อ เป็นชื่อเต็มของคณะก่อน เพราะพิมพ์ในหัวเรื่องของรายงาน",
    ),
    "en": Words(
        about=(
            "Writes the names of a Word, Excel or CSV list as the members of body.yaml.\n\n"
            "No row is dropped; a doubtful one has a comment with its own text. No members are "
            "overwritten."
        ),
        usage="FILE --as members [OPTIONS]",
        kind="what is taken: members",
        body="body that gets the list: its folder's name; body.yaml is written if there is none, "
        "body.new.yaml if it has members",
        output="new file for the result (else it is printed)",
        summary="{rows} rows read: {members} members ({doubtful} to check) · {headings} of "
        "headings · {remarks} of other text",
        check="look for # check, compare with the old file, and delete those lines",
        paste="paste it at the end of {path}",
        replace="paste it in place of the members from line {line} of {path}",
        wrote="wrote {path}",
        added="added the members to {path}; all else in it is as it was",
        beside="it is body.yaml with the new members for those from line {line}; look through it "
        "and rename it",
        there_already="{path} is there already and is left alone; choose another name",
        no_body="there is no body {name} under agendas; make its folder first, or give its path",
        name_it="put the body's name here",
        of_office="{path} is an office's folder (it has office.yaml); name a body's folder in it",
        name_first="open it and write the body's full name first: it is printed in the title",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that takes lists from other files."""
    words = SAID[language]
    return terminal.Command(
        "import",
        language,
        usage=words.usage,
        callback=take,
        help=words.about,
        params=[
            click.Argument(["file"], type=PATH),
            click.Option(
                ["--as", "kind"], type=click.Choice(["members"]), required=True, help=words.kind
            ),
            click.Option(["--body"], help=words.body),
            click.Option(["-o", "--output"], type=PATH, help=words.output),
            terminal.errors_option(WORDS[language]),
        ],
    )


def take(
    file: Path, kind: str, body: str | None, output: Path | None, errors: str, lang: Language
) -> int:
    """Show or write the members of a list; gives the exit status."""
    from minutes.drafting import rosters
    from minutes.problems.errors import MinutesError

    words = SAID[lang]
    folder = _folder_of(body) if body else None
    if body and folder is None:
        click.echo(words.no_body.format(name=body), err=True)
        return 2
    if folder and _refused(folder, errors, lang):
        return 2
    try:
        roster = rosters.read(file)
    except MinutesError as error:
        terminal.report(error.problems, errors, lang)
        return 1
    status = _put(roster, folder, output, lang)
    if status == 0:
        _conclude(roster, words)
    return status


def _folder_of(body: str) -> Path | None:
    """Find a body's folder by its path or, anywhere below agendas, by its name."""
    from minutes.meetings.folders import BODY_ID

    if (path := Path(body)).is_dir():
        return path
    found = sorted((ROOT / "agendas").rglob(body)) if BODY_ID.fullmatch(body) else []
    return next((path for path in found if path.is_dir()), None)


def _refused(folder: Path, errors: str, language: Language) -> bool:
    """Whether a folder cannot be a body's, for its name or because it is an office's; says why."""
    from minutes.meetings import folders
    from minutes.problems.errors import problem

    name = folders.body_id(folder)
    if not folders.BODY_ID.fullmatch(name):
        terminal.report([problem(folder, 1, 1, "D83", name=name)], errors, language)
        return True
    if (folder / folders.OFFICE).is_file():
        click.echo(SAID[language].of_office.format(path=shown(folder)), err=True)
        return True
    return False


def _put(roster: "Roster", folder: Path | None, output: Path | None, lang: Language) -> int:
    """Put the members where they were asked for; gives the exit status."""
    from minutes.drafting import rosters

    words, text = SAID[lang], rosters.as_yaml(roster, lang)
    kept = folder / "body.yaml" if folder else None
    if output is None and kept and not kept.exists():
        output = kept
    if output is None:
        return _put_into(kept, roster, lang) if kept else _show(text)
    whole = _as_body(text, output.parent, words) if output == kept else text
    status = _write(output, whole.encode(), words)
    if status == 0 and output == kept:
        click.echo(f"    {words.name_first}", err=True)
    return status


def _show(text: str) -> int:
    click.echo(text, nl=False)
    return 0


def _put_into(kept: Path, roster: "Roster", lang: Language) -> int:
    """Put the members into a body's file, or beside it where it has others; gives the status."""
    from minutes import store
    from minutes.drafting import membership, rosters
    from minutes.meetings import folders

    words = SAID[lang]
    try:
        before = kept.read_bytes()
        fitted = membership.fitted(before, kept, roster, lang)
        if fitted is None:
            _show(rosters.as_yaml(roster, lang))
            click.echo(_where_to_paste(kept, words), err=True)
            return 0
        if not fitted.line:
            store.replace_whole(kept, fitted.data)
            click.echo(words.added.format(path=shown(kept)))
            return 0
    except OSError as error:
        click.echo(terminal.why_not_written(error, kept, WORDS[lang]), err=True)
        return 2
    status = _write(kept.with_name(folders.NEW_BODY), fitted.data, words)
    if status == 0:
        click.echo(f"    {words.beside.format(line=fitted.line)}")
    return status


def _as_body(text: str, folder: Path, words: Words) -> str:
    """Give a whole body.yaml, whose name is still to be written."""
    from minutes.commands.new import schema_from

    modeline = f"# yaml-language-server: $schema={schema_from(folder)}/th/body.json"
    return f"{modeline}\nชื่อ: คณะกรรมการ  # {words.name_it}\n{text}"


def _where_to_paste(path: Path, words: Words) -> str:
    """Say where in a body.yaml the members belong."""
    from minutes.model import office, record
    from minutes.source import reader

    node = reader.survey(path).node
    for entry in node.entries if node else ():
        if office.Body.keys.get(record.folded(entry.key.text)) == "members":
            return words.replace.format(line=entry.key.line, path=shown(path))
    return words.paste.format(path=shown(path))


def _write(path: Path, data: bytes, words: Words) -> int:
    """Write a new file; one that is there is left alone. Gives the exit status."""
    from minutes import store

    try:
        store.create(path, data)
    except OSError as error:
        if path.exists():
            click.echo(words.there_already.format(path=shown(path)), err=True)
        else:
            common = WORDS["th" if words is SAID["th"] else "en"]
            click.echo(terminal.why_not_written(error, path, common), err=True)
        return 2
    click.echo(words.wrote.format(path=shown(path)), err=True)
    return 0


def _conclude(roster: "Roster", words: Words) -> None:
    """Say how many rows became what; standard output is for the members."""
    members = len(roster.members)
    remarks = len(roster.entries) - members
    counts = {"members": members, "doubtful": roster.doubtful, "headings": roster.headings}
    rows = len(roster.entries) + roster.headings
    click.echo(words.summary.format(rows=rows, remarks=remarks, **counts), err=True)
    if roster.doubtful:
        click.echo(words.check, err=True)
