"""``build.py new BODY``: the next meeting's file from the last one, ready to be filled in.

With ``--office`` or ``--body`` instead, what ``beginning`` does.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.commands.new import office
from minutes.console import terminal
from minutes.console.terminal import shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.drafting.next_meeting import Sequel
    from minutes.meetings.loading import History
    from minutes.problems.errors import Problem
    from minutes.thai.amounts import MeetingNumber


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    usage: str
    about: str
    date: str
    number: str
    made: str
    occasion: str
    to_check: str
    carried: str
    next: str
    one_body: str
    one_beginning: str
    ask_day: str


TEXTS: dict[Language, Words] = {
    "th": Words(
        usage="คณะ [ตัวเลือก] หรือ --office หรือ --body [โฟลเดอร์] [ตัวเลือก]",
        about=(
            "สร้างไฟล์การประชุมครั้งต่อไปของคณะ จากการประชุมที่ผ่านมา พร้อมงานที่ยังค้าง\n\n"
            "คณะ: ชื่อโฟลเดอร์ของคณะ เช่น otop หรือที่อยู่ของโฟลเดอร์\n\n"
            "--office และ --body เริ่มหน่วยงานและคณะใหม่ โดยถามทีละข้อ หรือตอบด้วยตัวเลือก"
        ),
        date='วันประชุม เช่น "14 พ.ค. 67" (ปกติเสนอตามการประชุมครั้งก่อน)',
        number="ครั้งที่ เช่น 3/2567 (ปกตินับต่อจากครั้งก่อน ถ้าซ้ำครั้งก่อนคือประชุมต่ออีกวัน)",
        made="สร้าง {path} แล้ว",
        occasion="{occasion} {day}{check}",
        to_check=" (วันที่เสนอให้ โปรดตรวจ)",
        carried="ยกงานที่ยังค้างมา {tasks} งาน ใน {items} เรื่อง",
        next="เปิดไฟล์เติมหัวข้อที่ว่าง แล้วสั่ง python3 build.py {path}",
        one_body="ระบุคณะเดียว เช่น python3 build.py new {path}",
        one_beginning="ใช้ --office หรือ --body อย่างใดอย่างหนึ่ง และระบุได้โฟลเดอร์เดียว",
        ask_day="วันที่ของการประชุมแรก เช่น 14 พ.ค. 67",
    ),
    "en": Words(
        usage="BODY [OPTIONS], or --office or --body [FOLDER] [OPTIONS]",
        about=(
            "Writes the file of a body's next meeting from the earlier ones, with what is still "
            "open.\n\nBODY: the name of the body's folder, such as otop, or its path\n\n"
            "--office and --body begin a new office or body: questions, or options that answer them"
        ),
        date='day of the meeting, such as "14 พ.ค. 67" (else proposed from the last meetings)',
        number="number, such as 3/2567 (else the next one; the last one: another sitting of it)",
        made="wrote {path}",
        occasion="{occasion} {day}{check}",
        to_check=" (a proposal, please check)",
        carried="{tasks} open actions are carried over in {items} items",
        next="fill in the file, then run python3 build.py {path}",
        one_body="name one body, such as python3 build.py new {path}",
        one_beginning="either --office or --body, and one folder at most",
        ask_day="Day of the first meeting, such as 14 พ.ค. 67",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that starts a new file."""
    words = TEXTS[language]
    return terminal.Command(
        "new",
        language,
        usage=words.usage,
        callback=new,
        help=words.about,
        params=[
            click.Argument(["body"], nargs=-1),
            click.Option(
                ["--date", "day"], help=words.date, callback=terminal.thai_value("date", language)
            ),
            click.Option(
                ["--number"], help=words.number, callback=terminal.thai_value("number", language)
            ),
            *office.options(language),
            terminal.errors_option(WORDS[language]),
        ],
    )


def new(
    body: tuple[str, ...],
    day: date | None,
    number: "MeetingNumber | None",
    errors: str,
    lang: Language,
    wants_office: bool,
    wants_body: bool,
    id: str | None,  # noqa: A002 - the option's own name
    members: tuple[str, ...],
    **answers: str | None,
) -> int:
    """Write the file that is asked for and say what to do next; gives the exit status."""
    if wants_office or wants_body:
        if (wants_office and wants_body) or len(body) > 1:
            click.echo(TEXTS[lang].one_beginning, err=True)
            return 2
        folder, id_ = _where(*body, id_=id)
        request = office.Request(folder, id_, members, answers, schema_from, lang)
        return office.begin(request, "office" if wants_office else "body", errors)
    return _next_meeting(body, day, number, errors, lang)


def _where(given: str = "", *, id_: str | None) -> tuple[Path | None, str | None]:
    """Give the folder that is meant, or its name alone, which stands for a folder of agendas."""
    from minutes.meetings.folders import BODY_ID

    if BODY_ID.fullmatch(given) and not (id_ or Path(given).is_dir()):
        return None, given
    return Path(given) if given else None, id_


def _next_meeting(
    body: tuple[str, ...],
    day: date | None,
    number: "MeetingNumber | None",
    errors: str,
    lang: Language,
) -> int:
    from minutes.meetings import folders, loading

    problems: list[Problem] = []
    found = folders.named(body, ROOT / "agendas", problems) if body else []
    if problems:
        terminal.report(problems, errors, lang)
        return 2
    if len(found) != 1:
        click.echo(terminal.typed(TEXTS[lang].one_body, Path("otop")), err=True)
        return 2
    history = loading.history(found[0])
    if history.problems or history.body is None:
        terminal.report(history.problems, errors, lang)
        return 1
    if day is None and not history.cases and office.asks():
        day = _asked_day(lang)
    return _write(history, day, number, errors, lang)


def _asked_day(lang: Language) -> date:
    """Ask for the day of a body's first meeting until it can be read."""
    from minutes.problems.errors import Fault, problem
    from minutes.thai import dates

    while True:
        try:
            return dates.parse_date(click.prompt(TEXTS[lang].ask_day))
        except Fault as fault:
            office.say(problem(Path(), 1, 1, fault.code, **fault.values), lang)


def _write(
    history: "History",
    day: date | None,
    number: "MeetingNumber | None",
    errors: str,
    lang: Language,
) -> int:
    from minutes import store
    from minutes.drafting import agenda, next_meeting
    from minutes.meetings import folders
    from minutes.problems.errors import Fault, problem

    assert history.body is not None, "a history without problems has its body"
    files = folders.meetings_in(history.folder)
    try:
        next_ = next_meeting.after(history.body, files, history.cases, day=day, number=number)
    except Fault as fault:
        path = history.folder / str(fault.values.get("name", ""))
        terminal.report([problem(path, 1, 1, fault.code, **fault.values)], errors, lang)
        return 2
    path = history.folder / next_.name
    data = agenda.following(history, history.body, next_, schema_from(history.folder))
    try:
        store.create(path, data)
    except FileExistsError:  # made a moment ago by somebody else
        name = next_meeting.free(folders.meetings_in(history.folder))
        terminal.report([problem(path, 1, 1, "D181", free=name)], errors, lang)
        return 2
    except OSError as error:
        click.echo(terminal.why_not_written(error, path, WORDS[lang]), err=True)
        return 2
    _tell(path, history, next_, TEXTS[lang])
    return 0


def schema_from(folder: Path) -> str:
    """Give the folder of the schemas as a file in ``folder`` names it to its editor."""
    schema = ROOT / "schema"
    try:
        relative = os.path.relpath(schema, folder)
    except ValueError:  # another drive
        return schema.as_uri()
    return schema.as_uri() if " " in relative else Path(relative).as_posix()


def _tell(path: Path, history: "History", next_: "Sequel", words: Words) -> None:
    from minutes.meetings import actions
    from minutes.thai import dates

    check = "" if next_.day.reason == "given" else words.to_check
    number = next_.number.number
    occasion = f"ครั้งที่ {number}" if number else next_.session
    day = dates.date_text(next_.day.date, weekday=True)
    opened = [one for one in actions.of(history) if one.is_open]
    items = len({one.latest for one in opened})
    click.echo(words.made.format(path=shown(path)))
    click.echo(f"    {words.occasion.format(occasion=occasion, day=day, check=check).strip()}")
    if opened:
        click.echo(f"    {words.carried.format(tasks=len(opened), items=items)}")
    click.echo(f"    {terminal.typed(words.next, path)}")
