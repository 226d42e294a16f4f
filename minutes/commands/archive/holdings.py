"""``build.py archive show``, ``export``, ``copy`` …: versions given out, and doubled."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.commands.archive import frame
from minutes.commands.archive.frame import carried_out, part
from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.archive.copies import Comparison, Difference

SAYS: dict[Language, dict[str, str]] = {
    "th": {
        "show": "แสดงรายละเอียดของฉบับหนึ่ง ไฟล์ทุกไฟล์ และผลการตรวจเมื่อเก็บ",
        "version": "ฉบับ [ตัวเลือก]",
        "export": "ส่งออกฉบับหนึ่งเป็น zip ซึ่งใครก็ตรวจได้ด้วย sha256sum",
        "version file": "ฉบับ [ไฟล์.zip] [ตัวเลือก]",
        "restore": "คัดลอกไฟล์ของฉบับหนึ่งออกมาไว้ในโฟลเดอร์ใหม่",
        "version folder": "ฉบับ โฟลเดอร์ใหม่ [ตัวเลือก]",
        "copy": "ทำหรือเติมสำเนาของคลังอีกแห่ง เช่น บนดิสก์ของอีกคน",
        "place": "โฟลเดอร์ของสำเนา [ตัวเลือก]",
        "compare": "อ่านคลังทั้งสองแห่งและบอกสิ่งที่ต่างกัน",
        "repair": "ซ่อมสิ่งที่เสียจากอีกแห่ง ถามก่อนทุกครั้ง",
        "yes": "ซ่อมโดยไม่ถาม",
        "due": "แสดงฉบับที่ครบอายุการเก็บ ให้คนตัดสินใจ โปรแกรมไม่ลบสิ่งใด",
        "on": "ดู ณ วันที่นี้ (ปกติวันนี้)",
        "head": "แสดงเลขทะเบียน และเขียน register-head.json สำหรับเว็บไซต์",
        "output": "โฟลเดอร์ที่เก็บไฟล์ (ปกติ out)",
        "stamp": "ประทับเวลาอิเล็กทรอนิกส์ (RFC 3161) ให้เลขทะเบียน",
        "query": "เขียนคำขอไว้ที่ไฟล์นี้ (.tsq) ส่งให้ผู้ให้บริการเมื่อใดก็ได้",
        "reply": "เก็บคำตอบจากผู้ให้บริการ (.tsr) ไว้ในคลัง",
        "exists": "มี {path} อยู่แล้ว ไม่เขียนทับ ใช้ชื่ออื่น",
        "wrote": "สร้าง {path} แล้ว",
        "restored": "คัดลอก {count} ไฟล์ไว้ที่ {path} แล้ว ตรงกับที่เก็บไว้ทุกไฟล์",
        "copied": "สำเนาที่ {path} เป็นปัจจุบัน: เพิ่ม {count} ฉบับ",
        "even": "ทั้งสองแห่งครบถ้วนและตรงกัน: {versions} ฉบับ",
        "gone": "{name} หายไปจาก {place}",
        "damaged": "{name} ที่ {place} เสียหาย",
        "in both": "{name} เสียหายทั้งสองแห่ง แต่คนละไฟล์ รวมไฟล์ที่ดีของสองแห่งได้ครบ",
        "hopeless": "{name} เสียหายทั้งสองแห่ง และรวมให้ครบไม่ได้",
        "both": "ไฟล์ที่ดีของทั้งสองแห่ง",
        "behind": "{place} ขาด {count} รายการล่าสุด เติมด้วย archive copy จากอีกแห่ง",
        "ask": "ซ่อม {name} ที่ {place} จาก {source} หรือไม่",
        "repaired": "ซ่อม {name} จากอีกแห่งแล้ว",
        "aside": "ของเดิมที่เสียอยู่ที่ {path}",
        "nothing due": "ยังไม่มีฉบับใดครบอายุการเก็บ",
        "due since": "ครบอายุตั้งแต่",
        "keep": "โปรแกรมไม่ลบสิ่งใด ให้ผู้มีอำนาจตัดสินใจตามระเบียบงานสารบรรณ",
        "print": "พิมพ์เลขนี้ในรายงานการประชุมครั้งต่อไป หรือลงไฟล์นี้ในเว็บไซต์",
        "asked": "คำขอสำหรับเลขทะเบียน {head} อยู่ที่ {path}",
        "stamped": "เก็บการประทับเวลาของเลขทะเบียน {head} เมื่อ {at} แล้ว",
        "stamped before": "มีการประทับเวลาของเลขทะเบียน {head} เมื่อ {at} อยู่แล้ว",
        "no ca": "ผู้ประทับเวลาเป็นใคร ตรวจด้วย openssl ts -verify ตาม docs/archive.md",
        "stamped by": "ประทับเวลาโดย {signer} (ผู้ออกใบรับรอง {issuer})",
        "one of": "ระบุ --query หรือ --reply อย่างใดอย่างหนึ่ง",
        "entry": "รายการทะเบียน",
        "files": "ไฟล์ (SHA-256)",
        "looked": "ผลการตรวจเมื่อเก็บ",
        "no problems": "ไม่พบปัญหา",
        "page": "หน้า",
    },
    "en": {
        "show": "show one version: what it is, its files, and what was found when it was put",
        "version": "VERSION [OPTIONS]",
        "export": "give out a version as a zip that anybody can check with sha256sum",
        "version file": "VERSION [FILE.zip] [OPTIONS]",
        "restore": "copy a version's files into a new folder",
        "version folder": "VERSION NEW-FOLDER [OPTIONS]",
        "copy": "make a second copy of the archive, or bring it up to date",
        "place": "FOLDER-OF-THE-COPY [OPTIONS]",
        "compare": "read both places and say what differs",
        "repair": "mend what is damaged from the other place; asks each time",
        "yes": "mend without asking",
        "due": "show what has reached the end of its time; nothing is ever deleted",
        "on": "as of this day (today)",
        "head": "show the head of the register, and write register-head.json for the website",
        "output": "folder for the file (out)",
        "stamp": "time-stamp the head of the register (RFC 3161)",
        "query": "write the question to this file (.tsq), to be sent at any time",
        "reply": "keep the authority's answer (.tsr) in the archive",
        "exists": "{path} is there already and is not written over; take another name",
        "wrote": "wrote {path}",
        "restored": "{count} files copied to {path}, all of them as they were put",
        "copied": "the copy at {path} is up to date: {count} versions were new",
        "even": "both places are whole and say the same: {versions} versions",
        "gone": "{name} is gone from {place}",
        "damaged": "{name} is damaged in {place}",
        "in both": "{name} is damaged in both places, in different files: together they are whole",
        "hopeless": "{name} is damaged in both places, and not whole between them",
        "both": "the sound files of both places",
        "behind": "{place} lacks the newest {count} entries; bring them with archive copy",
        "ask": "mend {name} in {place} from {source}?",
        "repaired": "{name} was mended from the other place",
        "aside": "what was damaged is now at {path}",
        "nothing due": "nothing has reached the end of its time",
        "due since": "Due since",
        "keep": "nothing is deleted here: that is for those to decide who may",
        "print": "print it in the next minutes, or put the file on the website",
        "asked": "the question about {head} is at {path}",
        "stamped": "the time-stamp of {head}, given {at}, was kept",
        "stamped before": "the time-stamp of {head}, given {at}, was there already",
        "no ca": "who gave it is checked with openssl ts -verify; see docs/archive.md",
        "stamped by": "given by {signer} (certificate issued by {issuer})",
        "one of": "give one of --query and --reply",
        "entry": "Entry of the register",
        "files": "Files (SHA-256)",
        "looked": "Found when it was put",
        "no problems": "nothing wrong",
        "page": "page",
    },
}
HEAD_FILE = "register-head.json"


def commands(language: Language) -> list[click.Command]:
    """Give the archive's commands that give out, double and list."""
    say = SAYS[language]
    name, place = click.Argument(["name"]), click.Argument(["place"], type=PATH)
    file = click.Argument(["target"], type=PATH, required=False)
    folder = click.Argument(["target"], type=PATH)
    flags = [click.Option([f"--{f}"], is_flag=True, help=say[f]) for f in ("repair", "yes")]
    day = click.Option(["--on"], callback=terminal.thai_value("date", language), help=say["on"])
    output = click.Option(["-o", "--output"], type=PATH, default=ROOT / "out", help=say["output"])
    stamps = [click.Option([f"--{o}"], type=PATH, help=say[o]) for o in ("query", "reply")]
    v, f, n = say["version"], say["version file"], say["version folder"]
    return [
        part("show", language, show, name, about=say["show"], usage=v),
        part("export", language, export, name, file, about=say["export"], usage=f),
        part("restore", language, restore, name, folder, about=say["restore"], usage=n),
        part("copy", language, copy, place, about=say["copy"], usage=say["place"]),
        part("compare", language, compare, place, *flags, about=say["compare"], usage=say["place"]),
        part("due", language, due, day, about=say["due"]),
        part("head", language, head, output, about=say["head"]),
        part("stamp", language, stamp, *stamps, about=say["stamp"]),
    ]


# --- one version ------------------------------------------------------------------------------


def show(name: str, archive: Path, errors: str, lang: Language) -> int:
    """Show all about a version; gives the exit status."""
    from minutes.archive import bags
    from minutes.archive.vault import Vault

    def work() -> int:
        vault, say = Vault(archive), SAYS[lang]
        version = vault.version(name)
        entry = next(e for e in vault.read().entries if e.says.get("bag") == version.bag)
        bag = vault.bag(version)
        click.echo(version.name)
        for label, value in version.info.items():
            click.echo(f"  {label}: {value}")
        click.echo(f"{say['entry']}: {entry.head} · {shown(bag)}")
        click.echo(f"{say['files']}:")
        given = _given(bag / bags.PAYLOAD / "built-with.json")
        for file, digest in sorted(bags.payload(bag).items()):
            click.echo(f"  {digest}  {file}{given.get(file, '')}")
        _show_record(bag / bags.PAYLOAD / "verify.json", lang)
        return 0

    return carried_out(work, archive, errors, lang)


def _given(path: Path) -> dict[str, str]:
    """Give what the agenda calls the attachments in a bag, by their names there."""
    told = json.loads(path.read_bytes()) if path.is_file() else {}
    known = told.get("attachments", {}).items()
    return {name: f"  ({one['title'] or one['file']})" for name, one in known}


def _show_record(path: Path, lang: Language) -> None:
    """Show what was found when a version was put."""
    say = SAYS[lang]
    record = json.loads(path.read_bytes()) if path.is_file() else {}
    told = [f"{say['page']} {one['page']}: {one['message']}" for one in record.get("problems", ())]
    click.echo(f"{say['looked']}:")
    for line in [*(told or [say["no problems"]]), *record.get("not_proven", ())]:
        click.echo(f"  {line}")
    frame.tell_signatures(record, lang)


def export(name: str, target: Path | None, archive: Path, errors: str, lang: Language) -> int:
    """Write a version as a zip; gives the exit status."""
    from minutes.archive import exports
    from minutes.archive.vault import Vault

    def work() -> int:
        vault = Vault(archive)
        version = vault.version(name)
        path = target or Path(f"{version.name.replace('/', '-')}.zip")
        if path.exists():
            return _refuse_to_overwrite(path, lang)
        click.echo(SAYS[lang]["wrote"].format(path=shown(exports.export(vault, version, path))))
        return 0

    return carried_out(work, target or archive, errors, lang)


def restore(name: str, target: Path, archive: Path, errors: str, lang: Language) -> int:
    """Copy a version's files out; gives the exit status."""
    from minutes.archive import exports
    from minutes.archive.vault import Vault

    def work() -> int:
        vault = Vault(archive)
        version = vault.version(name)
        if target.exists():
            return _refuse_to_overwrite(target, lang)
        count = len(exports.restore(vault, version, target))
        click.echo(SAYS[lang]["restored"].format(count=count, path=shown(target)))
        return 0

    return carried_out(work, target, errors, lang)


def _refuse_to_overwrite(path: Path, lang: Language) -> int:
    click.echo(SAYS[lang]["exists"].format(path=shown(path)), err=True)
    return 2


# --- two places -------------------------------------------------------------------------------


def copy(place: Path, archive: Path, errors: str, lang: Language) -> int:
    """Bring a copy up to date; gives the exit status."""
    from minutes.archive import copies

    def work() -> int:
        new = copies.copy(archive, place)
        click.echo(SAYS[lang]["copied"].format(path=shown(place), count=len(new)))
        damaged = copies.damaged_stamps(archive, place)
        terminal.report(damaged, errors, lang)
        return 1 if damaged else 0

    return carried_out(work, place, errors, lang)


def compare(
    place: Path, repair: bool, yes: bool, archive: Path, errors: str, lang: Language
) -> int:
    """Compare two places, and mend each from the other when asked to; gives the exit status."""
    from minutes.archive import copies

    def work() -> int:
        found = copies.compare(archive, place)
        _tell(found, archive, place, lang)
        if repair and found.mendable:
            for difference in found.mendable:
                _mend(difference, yes, lang)
            found = copies.compare(archive, place)
            _tell(found, archive, place, lang)
        terminal.report(found.problems, errors, lang)
        return 0 if found.is_even else 1

    return carried_out(work, place, errors, lang)


def _tell(found: "Comparison", archive: Path, place: Path, lang: Language) -> None:
    """Say what differs, or that nothing does."""
    say = SAYS[lang]
    told = (
        say[_kind_of(one)].format(name=one.name, place=shown(one.archive))
        for one in found.differences
    )
    for line in dict.fromkeys(told):
        click.echo(line)
    if found.behind:
        is_here = found.here.head.number < found.there.head.number
        where = shown(archive if is_here else place)
        click.echo(say["behind"].format(place=where, count=found.behind))
    if found.is_even:
        click.echo(say["even"].format(versions=found.here.versions))


def _kind_of(difference: "Difference") -> str:
    """Give the word of ``SAYS`` for a difference."""
    if difference.lost:
        return "hopeless"
    if difference.is_in_both:
        return "in both"
    return "gone" if difference.is_gone else "damaged"


def _mend(difference: "Difference", yes: bool, lang: Language) -> None:
    """Mend a version, unless whoever is asked says no; says what was done."""
    from minutes.archive import copies

    say, name, place = SAYS[lang], difference.name, shown(difference.archive)
    source = say["both"] if difference.is_in_both else shown(difference.other)
    if not yes and not click.confirm(say["ask"].format(name=name, place=place, source=source)):
        return
    aside = copies.repair(difference, datetime.now().strftime("%Y-%m-%d-%H%M%S"))
    click.echo(say["repaired"].format(name=name))
    if aside:
        click.echo(say["aside"].format(path=shown(aside)))


# --- all versions -----------------------------------------------------------------------------


def due(on: date | None, archive: Path, errors: str, lang: Language) -> int:
    """List what has reached the end of its time; gives the exit status."""
    from minutes.archive import retention
    from minutes.archive.vault import Vault

    def work() -> int:
        say = SAYS[lang]
        found = retention.due(Vault(archive).versions(), on or date.today())
        if not found:
            click.echo(say["nothing due"])
            return 0
        frame.show_versions([one.version for one in found], lang)
        click.echo(say["keep"])
        return 0

    return carried_out(work, archive, errors, lang)


def head(output: Path, archive: Path, errors: str, lang: Language) -> int:
    """Show the head, and write it for the website; gives the exit status."""
    from minutes import store
    from minutes.archive import exports
    from minutes.archive.vault import Vault

    def work() -> int:
        reading = Vault(archive).read()
        told = json.dumps(exports.head_file(reading), indent=2) + "\n"
        path = output / HEAD_FILE
        write = store.replace_whole if path.exists() else store.create
        write(path, told.encode())
        click.echo(reading.head)
        click.echo(SAYS[lang]["wrote"].format(path=shown(path)))
        click.echo(SAYS[lang]["print"])
        return 0

    return carried_out(work, output, errors, lang)


def stamp(
    query: Path | None, reply: Path | None, archive: Path, errors: str, lang: Language
) -> int:
    """Write a question for a stamping authority, or keep its answer; gives the exit status."""
    if (query is None) == (reply is None):
        click.echo(SAYS[lang]["one of"], err=True)
        return 2

    def work() -> int:
        if query:
            return _ask(query, archive, lang)
        return _keep(reply or Path(), archive, errors, lang)

    return carried_out(work, query or reply or archive, errors, lang)


def _ask(query: Path, archive: Path, lang: Language) -> int:
    """Write the question about the head as it is now."""
    from minutes import store
    from minutes.archive import stamps
    from minutes.archive.vault import Vault

    if query.exists():
        return _refuse_to_overwrite(query, lang)
    now = Vault(archive).read().head
    store.create(query, stamps.query(now))
    click.echo(SAYS[lang]["asked"].format(head=now, path=shown(query)))
    return 0


def _keep(reply: Path, archive: Path, errors: str, lang: Language) -> int:
    """Keep an authority's answer, and say what it vouches for, and whose it is."""
    from minutes.archive import stamps
    from minutes.problems.errors import problem
    from minutes.signing import timestamps

    say, done = SAYS[lang], stamps.accept(archive, reply, frame.trusted())
    told = say["stamped before" if done.was_there else "stamped"]
    click.echo(told.format(head=done.head, at=frame.moment(done.at, lang)))
    if done.token is None:
        terminal.report([problem(reply, 1, 1, "D198")], errors, lang)
        click.echo(say["no ca"])
        return 0
    terminal.report(list(timestamps.judge(done.token, reply)), errors, lang)
    click.echo(say["stamped by"].format(signer=done.token.signer, issuer=done.token.issuer))
    return 0
