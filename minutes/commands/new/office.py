"""``build.py new --office`` and ``--body``: the first files, from a few questions or from options.

On a terminal what no option answers is asked, each answer judged by the model at once; elsewhere
only what must be there is missed.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.console import terminal
from minutes.console.terminal import shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.drafting.new_office import Beginning, Member
    from minutes.model.record import Record
    from minutes.problems.errors import Problem

# The questions, by the fields that they fill, in the order in which they are asked.
OFFICE = ("name", "short_name", "unit", "address", "phone", "email", "website")
BODY = ("name", "short_name", "kind", "numbering", "place")
PEOPLE = ("recorder", "checker")
OPTIONS = ("name", "short_name", "kind", "numbering", "place", "recorder", "checker")


@dataclass(frozen=True)
class Words:
    """What is asked and said in one language."""

    office: str
    body: str
    id: str
    member: str
    options: dict[str, str]
    ask: dict[str, str]
    ask_id: str
    ask_office: str
    ask_member: str
    skip: str
    made: str
    of_office: str
    next_office: str
    next_body: str
    no_name: str
    no_office: str
    which_office: str


TEXTS: dict[Language, Words] = {
    "th": Words(
        office="เริ่มหน่วยงานใหม่ (office.yaml)",
        body="เริ่มคณะใหม่ (body.yaml)",
        id="ชื่อโฟลเดอร์ ใช้ a-z 0-9 และขีด (ปกติถอดจากชื่อไทย)",
        member='สมาชิกหนึ่งคน "ชื่อ, ตำแหน่ง, หน้าที่" ใช้ซ้ำได้',
        options={
            "name": "ชื่อเต็มของหน่วยงานหรือคณะ",
            "short_name": "ชื่อย่อ",
            "kind": "ประเภทของคณะ: คณะกรรมการ สภาท้องถิ่น หรือ หัวหน้าส่วนราชการ",
            "numbering": "การนับครั้ง: ปีปฏิทิน หรือ ต่อเนื่อง",
            "place": "สถานที่ประชุมประจำ",
            "recorder": "ผู้จดรายงาน",
            "checker": "ผู้ตรวจรายงาน",
        },
        ask={
            "office.name": "ชื่อเต็มของหน่วยงาน เช่น ที่ว่าการอำเภอตัวอย่าง",
            "body.name": "ชื่อเต็มของคณะ เช่น คณะกรรมการบริหารจัดการน้ำอำเภอตัวอย่าง",
            "short_name": "ชื่อย่อ",
            "unit": "ส่วนงานที่จัดทำเอกสาร",
            "address": "ที่อยู่",
            "phone": "โทรศัพท์",
            "email": "อีเมล",
            "website": "เว็บไซต์",
            "kind": "ประเภท (คณะกรรมการ สภาท้องถิ่น หรือ หัวหน้าส่วนราชการ)",
            "numbering": "การนับครั้ง (ปีปฏิทิน หรือ ต่อเนื่อง)",
            "place": "สถานที่ประชุมประจำ",
            "recorder": "ผู้จดรายงาน",
            "checker": "ผู้ตรวจรายงาน",
        },
        ask_id="ชื่อโฟลเดอร์ (a-z 0-9 และขีด)",
        ask_office="คณะนี้อยู่ในหน่วยงานใด",
        ask_member="สมาชิกคนที่ {place}: ชื่อ, ตำแหน่ง, หน้าที่ (กด Enter เมื่อครบ)",
        skip="กด Enter เพื่อข้ามข้อที่ยังไม่ทราบ แก้ในไฟล์ภายหลังได้ทุกข้อ",
        made="สร้าง {path} แล้ว",
        of_office="เป็นคณะของหน่วยงานใน {path}",
        next_office="ต่อไปเริ่มคณะ: python3 build.py new --body",
        next_body='ต่อไปเริ่มการประชุม: python3 build.py new {path} --date "14 พ.ค. 67"',
        no_name="ต้องระบุ --name (เมื่อไม่ได้สั่งในหน้าต่างคำสั่ง โปรแกรมไม่ถาม)",
        no_office="ยังไม่มีหน่วยงาน (office.yaml) เริ่มด้วย python3 build.py new --office",
        which_office="มีหลายหน่วยงาน ระบุโฟลเดอร์ของคณะ เช่น python3 build.py new --body {path}",
    ),
    "en": Words(
        office="begin a new office (office.yaml)",
        body="begin a new body (body.yaml)",
        id="name of the folder: a-z, 0-9 and hyphens (else romanised from the Thai name)",
        member='a member, "name, position, role"; may be given again',
        options={
            "name": "full name of the office or the body",
            "short_name": "short name",
            "kind": "kind of the body: committee, council or staff",
            "numbering": "calendar or running",
            "place": "usual place of meeting",
            "recorder": "who takes the minutes",
            "checker": "who checks the minutes",
        },
        ask={
            "office.name": "Full name of the office",
            "body.name": "Full name of the body",
            "short_name": "Short name",
            "unit": "Section that writes",
            "address": "Address",
            "phone": "Telephone",
            "email": "E-mail",
            "website": "Website",
            "kind": "Kind (committee, council or staff)",
            "numbering": "Numbering (calendar or running)",
            "place": "Usual place of meeting",
            "recorder": "Who takes the minutes",
            "checker": "Who checks the minutes",
        },
        ask_id="Name of the folder (a-z, 0-9 and hyphens)",
        ask_office="Which office is the body of",
        ask_member="Member {place}: name, position, role (Enter when done)",
        skip="Enter skips what is not known yet; all can be changed in the file.",
        made="wrote {path}",
        of_office="it is a body of the office in {path}",
        next_office="next, begin a body: python3 build.py new --body",
        next_body='next, begin a meeting: python3 build.py new {path} --date "14 พ.ค. 67"',
        no_name="--name is needed (nothing is asked where there is no terminal)",
        no_office="there is no office yet; begin with python3 build.py new --office",
        which_office="there are several offices; name the body's folder, such as "
        "python3 build.py new --body {path}",
    ),
}


def options(language: Language) -> list[click.Option]:
    """Give the options that answer the questions."""
    words = TEXTS[language]
    answers = [
        click.Option([f"--{name.replace('_', '-')}"], help=words.options[name]) for name in OPTIONS
    ]
    return [
        click.Option(["--office", "wants_office"], is_flag=True, help=words.office),
        click.Option(["--body", "wants_body"], is_flag=True, help=words.body),
        click.Option(["--id"], help=words.id),
        click.Option(["--member", "members"], multiple=True, help=words.member),
        *answers,
    ]


@dataclass(frozen=True)
class Request:
    """What was asked for: where, and what the options answer already."""

    folder: Path | None
    id: str | None
    members: tuple[str, ...]
    answers: Mapping[str, str | None]
    schema_from: Callable[[Path], str]
    language: Language

    @property
    def words(self) -> Words:
        """The words of its language."""
        return TEXTS[self.language]


def asks() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def begin(request: Request, what: str, errors: str) -> int:
    """Write the office's or the body's first file; gives the exit status."""
    from minutes import store
    from minutes.meetings import folders
    from minutes.problems.errors import MinutesError

    if not (request.answers["name"] or asks()):
        click.echo(request.words.no_name, err=True)
        return 2
    try:
        new = (_office if what == "office" else _body)(request)
        store.create(new.path, new.data)
    except click.ClickException as refused:
        click.echo(refused.message, err=True)
        return 2
    except MinutesError as refused:
        _report(refused.problems, errors, request.language)
        return 2
    except OSError as error:
        click.echo(terminal.why_not_written(error, ROOT, WORDS[request.language]), err=True)
        return 2
    click.echo(request.words.made.format(path=shown(new.path)))
    if what == "body":
        office = folders.office_of(new.path.parent)
        click.echo(f"    {request.words.of_office.format(path=shown(office))}")
    next_ = request.words.next_office if what == "office" else request.words.next_body
    click.echo(f"    {terminal.typed(next_, new.path.parent)}")
    return 0


def _report(problems: "tuple[Problem, ...]", errors: str, language: Language) -> None:
    """Tell what is wrong; what is wrong with an option has no place in any file."""
    for one in problems:
        if one.path == Path() and errors == "text":
            say(one, language)
        else:
            terminal.report([one], errors, language)


def _office(request: Request) -> "Beginning":
    from minutes.drafting import new_office
    from minutes.meetings import folders
    from minutes.model.office import Office

    root, folder = ROOT / "agendas", request.folder
    if folder is not None:  # before anybody answers questions in vain
        _refuse_to_replace(folder / folders.OFFICE)
    answers = _answers(Office, OFFICE, request, "office")
    if folder is None:
        taken = {path.parent.name: path.parent for path in root.glob("*/*.yaml")}
        known = taken if request.id is None else {}  # else what is there is named below
        folder = root / _id(request, answers["name"], known, "office")
        _refuse_to_replace(folder / folders.OFFICE)
    return new_office.office(folder, answers, request.schema_from(folder))


def _body(request: Request) -> "Beginning":
    from minutes.drafting import new_office
    from minutes.model.office import Body

    office, folder = _folder_of_office(request), request.folder
    if folder is not None:
        _refuse_to_begin(folder)
    answers = _answers(Body, BODY, request, "body")
    members = _members(request)
    answers |= _answers(Body, PEOPLE, request, "body", _recorder(members))
    if folder is None:
        folder = office / _id(request, answers["name"], _bodies(), "body")
        _refuse_to_begin(folder)
    return new_office.body(folder, answers, members, request.schema_from(folder))


def _refuse_to_begin(folder: Path) -> None:
    """Refuse a folder that a body has already, or that cannot be a body's."""
    from minutes.drafting import new_office
    from minutes.meetings import folders

    _refuse_to_replace(folder / folders.BODY)
    _refuse(new_office.id_objection(folders.body_id(folder), _bodies(but=folder)))


def _bodies(but: Path | None = None) -> dict[str, Path]:
    """Give the folders of all bodies by their ids, apart from one."""
    from minutes.meetings import folders

    found = folders.bodies([ROOT / "agendas"], []) if (ROOT / "agendas").is_dir() else []
    own = folders.absolute(but) if but else None
    return {folders.body_id(f): f for f in found if folders.absolute(f) != own}


def _folder_of_office(request: Request) -> Path:
    """Give the folder of the office that the body is of, which must be there."""
    from minutes.meetings import folders
    from minutes.problems.errors import as_typed

    if request.folder is not None:
        found = folders.office_of(request.folder)
        offices = [found.parent] if found.is_file() else []
    else:
        offices = sorted(path.parent for path in (ROOT / "agendas").rglob(folders.OFFICE))
    if not offices:
        raise click.ClickException(as_typed(request.words.no_office))
    if len(offices) == 1:
        return offices[0]
    if not asks():
        example = offices[-1] / "water"
        raise click.ClickException(terminal.typed(request.words.which_office, example))
    names = [shown(office) for office in offices]
    return Path(click.prompt(request.words.ask_office, type=click.Choice(names)))


def _refuse_to_replace(path: Path) -> None:
    from minutes.problems.errors import MinutesError, problem

    if path.exists():
        free = next(
            name
            for number in range(2, 1000)
            if not path.parent.with_name(name := f"{path.parent.name}-{number}").exists()
        )
        raise MinutesError([problem(path, 1, 1, "D181", free=f"{free}/{path.name}")])


def _refuse(objection: "Problem | None") -> None:
    from minutes.problems.errors import MinutesError

    if objection is not None:
        raise MinutesError([objection])


# --- questions ----------------------------------------------------------------------------------


def _answers(
    record: "type[Record]",
    fields: tuple[str, ...],
    request: Request,
    what: str,
    proposed: str = "",
) -> dict[str, str]:
    """Give an answer to each question: an option's, or what is typed; empty where there is none."""
    from minutes.drafting import new_office

    words, answers = request.words, {}
    for field in fields:
        judge = partial(new_office.objection, record, field)
        given = request.answers.get(field)
        if given is not None or not asks():
            answers[field] = " ".join((given or "").split())
            _refuse(judge(answers[field]))
            continue
        question = words.ask.get(f"{what}.{field}") or words.ask[field]
        answers[field] = _ask(question, judge, _default(field, answers, proposed), request)
        if field == "name":
            click.echo(words.skip)
    return answers


def _default(field: str, answers: Mapping[str, str], proposed: str) -> str:
    """Give what Enter answers, where something is likely."""
    name = answers.get("name", "")
    likely = {
        "short_name": name.removeprefix("ที่ว่าการ") if name.startswith("ที่ว่าการ") else "",
        "kind": "สภาท้องถิ่น" if name.startswith("สภา") else "คณะกรรมการ",
        "numbering": "ปีปฏิทิน",
        "recorder": proposed,
    }
    return likely.get(field, "")


def _ask(
    question: str, judge: "Callable[[str], Problem | None]", default: str, request: Request
) -> str:
    """Ask until the answer can be used; says what is wrong with one that cannot."""
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default))
        answer = " ".join(str(answer).split())
        if (objection := judge(answer)) is None:
            return answer
        say(objection, request.language)


def say(objection: "Problem", language: Language) -> None:
    """Tell why an answer cannot be used, and what to do about it."""
    click.echo(click.style(objection.message(language), fg="red"), err=True)
    if hint := objection.hint(language):
        click.echo(f"    {hint}", err=True)


def _members(request: Request) -> "list[Member]":
    """Give the members that the options name, or that are typed one after another."""
    from minutes.drafting import new_office

    members = [new_office.member(given) for given in request.members]
    _refuse(new_office.doubtful(members))
    while asks() and not request.members:
        question = request.words.ask_member.format(place=len(members) + 1)
        answer = click.prompt(question, default="", show_default=False)
        if not answer.strip():
            break
        more = [*members, new_office.member(answer)]
        if (objection := new_office.doubtful(more)) is None:
            members = more
        else:
            say(objection, request.language)
    return members


def _recorder(members: "list[Member]") -> str:
    return next((one.name for one in members if "เลขานุการ" in one.role), "")


def _id(request: Request, name: str, taken: Mapping[str, Path], otherwise: str) -> str:
    """Give the folder's name: the option's, or the proposal as it is accepted or replaced."""
    from minutes.drafting import new_office

    judge = partial(new_office.id_objection, taken=taken)
    if request.id is not None:
        _refuse(judge(request.id))
        return request.id
    proposed = new_office.proposed_id(name, taken, otherwise)
    return _ask(request.words.ask_id, judge, proposed, request) if asks() else proposed
