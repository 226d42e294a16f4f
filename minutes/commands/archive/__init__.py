"""``build.py archive …``: signed minutes put away for decades, looked through and listed."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes.commands.archive import frame, holdings
from minutes.commands.archive.frame import carried_out, part
from minutes.console import terminal
from minutes.console.terminal import PATH
from minutes.console.wording import Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.archive.audit import Audit
    from minutes.archive.register import Head
    from minutes.deposit import Deposit
    from minutes.signing.timestamps import Token

SAYS: dict[Language, dict[str, str]] = {
    "th": {
        "usage": "คำสั่ง [ตัวเลือก]",
        "about": "เก็บรายงานที่ลงนามแล้วไว้ในคลัง ตรวจว่ายังครบและไม่เปลี่ยน และนำออก\n\n"
        "คลังไม่เขียนทับและไม่ลบสิ่งใด อ่านวิธีใช้และสิ่งที่รับรองได้ที่ docs/archive.md",
        "put": "เก็บฉบับที่ลงนามแล้ว (สแกน หรือลงนามดิจิทัล) เป็นฉบับใหม่ในคลัง",
        "put usage": "การประชุม ไฟล์.pdf [ตัวเลือก]",
        "approved-in": "รหัสของการประชุมที่มีมติให้แก้รายงานซึ่งรับรองแล้ว",
        "checked": "เก็บแม้รหัสบนหน้าไม่ครบหรือไม่ตรง เพราะตรวจด้วยตาแล้ว (บันทึกไว้ในคลัง)",
        "verify": "อ่านทุกไฟล์ในคลังและบอกสิ่งที่เปลี่ยน หาย หรือเกินมา",
        "anchor": "เลขทะเบียนที่พิมพ์ไว้ เช่น 12-0123456789abcdef หรือไฟล์ register-head.json (ใช้ซ้ำได้)",
        "quick": "ดูเฉพาะรายการไฟล์ ไม่อ่านเนื้อไฟล์",
        "no-log": "ไม่บันทึกผลไว้ในคลัง",
        "list": "แสดงทุกฉบับในคลัง",
        "kept": "เก็บ {name} แล้ว ({status})",
        "was there": "มี {name} ในคลังอยู่แล้ว ไม่ได้เก็บซ้ำ",
        "tied": "รหัสบนหน้าที่ลงนามตรงกับข้อความของไฟล์การประชุม",
        "not tied": "ยังพิสูจน์ไม่ได้ว่าฉบับที่ลงนามมีข้อความตรงกับไฟล์การประชุม ให้เทียบด้วยตา",
        "hand": "ลายมือชื่อบนกระดาษ โปรแกรมตรวจไม่ได้ว่าเป็นของผู้ใด รับรองได้เพียงว่าไฟล์ไม่เปลี่ยนนับแต่วันนี้",
        "sound": "ครบถ้วน ไม่มีสิ่งใดเปลี่ยน: {versions} ฉบับ",
        "quick sound": "ดูอย่างเร็ว ยังไม่ได้อ่านเนื้อไฟล์: รายการไฟล์ของ {versions} ฉบับครบถ้วน",
        "unsound": "พบสิ่งผิดปกติ {errors} รายการ จาก {versions} ฉบับ",
        "anchored": "ทะเบียนตรงกับหลักฐานถึงรายการที่ {number}",
        "vouched": "ทะเบียนถึงรายการที่ {number} มีอยู่แล้วเมื่อ {at} ตามการประทับเวลาของ {signer}",
        "not logged": "บันทึกผลไว้ในคลังไม่ได้ เพราะเขียนโฟลเดอร์นี้ไม่ได้",
        "empty": "ยังไม่มีรายงานในคลัง",
    },
    "en": {
        "usage": "COMMAND [OPTIONS]",
        "about": "Keeps signed minutes, checks that they are whole and unchanged, and gives them "
        "out.\n\nThe archive overwrites and deletes nothing; docs/archive.md says what it "
        "promises.",
        "put": "keep a signed copy, scanned or digital, as a new version",
        "put usage": "MEETING FILE.pdf [OPTIONS]",
        "approved-in": "id of the meeting that decided to correct certified minutes",
        "checked": "keep it though codes are missing or differ: a person has looked (noted)",
        "verify": "read every file of the archive and say what changed, is gone or was added",
        "anchor": "a head as printed, 12-0123456789abcdef, or a register-head.json (repeatable)",
        "quick": "look at the lists of files alone, not into them",
        "no-log": "do not write the result into the archive",
        "list": "show every version in the archive",
        "kept": "kept {name} ({status})",
        "was there": "{name} is in the archive already; it was not kept twice",
        "tied": "the codes on the signed pages fit the agenda's text",
        "not tied": "it is not proven that the signed copy has the agenda's text: compare by eye",
        "hand": "no program can say whose signature is on the paper; what is promised is that the "
        "file stays as it is from today",
        "sound": "all whole and unchanged: {versions} versions",
        "quick sound": "a quick look, no file was read: the lists of {versions} versions are whole",
        "unsound": "{errors} things are wrong, in {versions} versions",
        "anchored": "the register fits the anchors up to entry {number}",
        "vouched": "the register up to entry {number} was there at {at}: time-stamp of {signer}",
        "not logged": "the result could not be noted in the archive: its folder cannot be written",
        "empty": "the archive is empty",
    },
}


def command(language: Language) -> click.Command:
    """Give the group of the archive's commands."""
    group = _Group("archive", language, callback=_without_one, help=SAYS[language]["about"])
    for one in (_put(language), _verify(language), _list(language), *holdings.commands(language)):
        group.add_command(one)
    return group


class _Group(terminal.Command, click.Group):
    """The archive's commands: the help names each."""

    def __init__(self, name: str, language: Language, **options: Any) -> None:
        usage = SAYS[language]["usage"]
        alone = {"no_args_is_help": False, "invoke_without_command": True}
        super().__init__(name, language, usage=usage, **alone, **options)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands before the options."""
        with formatter.section(self.words.all_commands):
            formatter.write_dl([(name, one.help or "") for name, one in self.commands.items()])
        terminal.Command.format_options(self, ctx, formatter)


@click.pass_context
def _without_one(ctx: click.Context, /, **_: str) -> int:
    """Show the help where no command is named: wrong use, exit status 2."""
    if ctx.invoked_subcommand is None:
        click.echo(f"{ctx.get_help()}\n")
    return 2


# --- put --------------------------------------------------------------------------------------


def _put(language: Language) -> terminal.Command:
    say = SAYS[language]
    return part(
        "put",
        language,
        put,
        click.Argument(["meeting"]),
        click.Argument(["signed"], type=PATH),
        click.Option(["--approved-in"], default="", help=say["approved-in"]),
        click.Option(["--checked"], is_flag=True, help=say["checked"]),
        about=say["put"],
        usage=say["put usage"],
        of_a_meeting=True,
    )


def put(
    meeting: str, signed: Path, approved_in: str, checked: bool,
    archive: Path | None, errors: str, lang: Language,
) -> int:  # fmt: skip
    """Keep a signed copy and say what was kept; gives the exit status."""
    from minutes import deposit
    from minutes.archive import location

    def work() -> int:
        found, _ = deposit.meeting(meeting, ROOT / "agendas")
        place = archive or deposit.archive_of(found, location.usual(ROOT))
        if approved_in:
            deposit.refuse_unknown_decision(found, approved_in, place)
        request = deposit.Request(found, signed, place, _now(), approved_in, checked)
        done = deposit.put(request)
        terminal.report(done.problems, errors, lang)
        _tell(done, lang)
        return 0

    return carried_out(work, signed, errors, lang)


def _now() -> datetime:
    return datetime.now().astimezone()


def _tell(done: "Deposit", lang: Language) -> None:
    """Say what was kept, what is not proven, and the head to write down."""
    say = SAYS[lang]
    version = done.kept.version
    if done.kept.was_there:
        click.echo(say["was there"].format(name=version.name))
        return
    click.echo(say["kept"].format(name=version.name, status=version.info["Minutes-Status"]))
    frame.tell_signatures(done.record, lang)
    click.echo(say["tied" if done.is_tied else "not tied"])
    if not done.is_digital:
        click.echo(say["hand"])
    click.echo(frame.SAYS[lang]["head"].format(head=done.kept.head))


# --- verify -----------------------------------------------------------------------------------


def _verify(language: Language) -> terminal.Command:
    say = SAYS[language]
    return part(
        "verify",
        language,
        verify,
        click.Option(["--anchor", "anchors"], multiple=True, help=say["anchor"]),
        click.Option(["--quick"], is_flag=True, help=say["quick"]),
        click.Option(["--no-log"], is_flag=True, help=say["no-log"]),
        about=say["verify"],
    )


def verify(
    anchors: tuple[str, ...], quick: bool, no_log: bool,
    archive: Path, errors: str, lang: Language,
) -> int:  # fmt: skip
    """Read the archive through and say what is wrong; gives the exit status, for cron too."""
    from minutes.archive import audit, check_log

    def work() -> int:
        found = audit.verify(archive, list(map(check_log.anchor, anchors)), quick=quick)
        vouched = _look_at_stamps(archive, found)
        terminal.report(found.problems, errors, lang)
        if not no_log and not _noted(archive, found):
            click.echo(SAYS[lang]["not logged"], err=errors == "json")
        _conclude(found, lang)
        for head, token in vouched:
            assert token.at is not None, "a good one has its moment"
            told = {
                "number": head.number,
                "at": frame.moment(token.at, lang) if token.at else "",
                "signer": token.signer,
            }
            click.echo(SAYS[lang]["vouched"].format(**told))
        return 0 if found.is_sound else 1

    return carried_out(work, archive, errors, lang)


def _look_at_stamps(archive: Path, found: "Audit") -> "list[tuple[Head, Token]]":
    """Add what is wrong with the time-stamps to what was found; gives the newest good one."""
    from minutes.archive import stamps, vault
    from minutes.problems.errors import problem
    from minutes.signing import timestamps

    folder = archive / vault.STAMPS
    if not folder.is_dir():
        return []
    if not timestamps.can_be_judged():
        found.problems.append(problem(folder, 1, 1, "D198"))
        return []
    good = []
    for path, head, token in stamps.kept(archive, frame.trusted):
        wrong = list(timestamps.judge(token, path))
        found.problems += wrong
        good += [] if wrong else [(head, token)]
    return good[-1:]


def _noted(archive: Path, found: "Audit") -> bool:
    """Write the result into the archive's log, where that can be written."""
    from minutes.archive import check_log
    from minutes.problems.errors import Fault

    try:
        check_log.record(archive, found, _now())
    except (OSError, Fault):
        return False
    return True


def _conclude(found: "Audit", lang: Language) -> None:
    say = SAYS[lang]
    errors = sum(one.severity == "error" for one in found.problems)
    what = ("quick sound" if found.quick else "sound") if found.is_sound else "unsound"
    click.echo(say[what].format(versions=found.versions, errors=errors))
    if found.anchored:
        click.echo(say["anchored"].format(number=found.anchored))
    if found.is_sound:  # what is wrong is mended first, and then a head worth keeping
        click.echo(frame.SAYS[lang]["head"].format(head=found.head))


# --- list -------------------------------------------------------------------------------------


def _list(language: Language) -> terminal.Command:
    return part("list", language, list_versions, about=SAYS[language]["list"])


def list_versions(archive: Path, errors: str, lang: Language) -> int:
    """Show every version; gives the exit status."""
    from minutes.archive.vault import Vault

    def work() -> int:
        found = Vault(archive).versions()
        if not found:
            click.echo(SAYS[lang]["empty"])
        else:
            frame.show_versions(found, lang)
        return 0

    return carried_out(work, archive, errors, lang)
