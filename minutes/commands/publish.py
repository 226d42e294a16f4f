"""``build.py publish --to PLACE``: bring the site to a folder, a server or WordPress."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from minutes.deliver.manifest import Changes, Parcel, Watch
    from minutes.deliver.targets import Folder, Server, WordPress
    from minutes.deliver.wordpress import Deed, Journal, Site
    from minutes.meetings.proceedings import Proceedings
    from minutes.problems.errors import Fault, Problem

PASSWORD = "MINUTES_WORDPRESS_PASSWORD"
MOST_SHOWN = 20  # names of files in a list, of each kind
ERROR_COLOUR = "red"
HELD_BACK = -1  # no exit status of a command


@dataclass(frozen=True)
class Words:
    """What this command says in one language."""

    about: str
    usage: str
    helps: dict[str, str]
    sending: str
    deeds: tuple[str, str, str, str]
    more: str
    would: str
    done: str
    nothing: str
    password: str
    posts: dict[str, str]
    posts_done: str
    posts_would: str
    no_posts: str
    left: str


SAID: dict[Language, Words] = {
    "th": Words(
        about="สร้างเว็บไซต์ให้เป็นปัจจุบัน แล้วเผยแพร่ไปยังโฟลเดอร์ หรือเครื่องแม่ข่าย (SSH) "
        "หรือเผยแพร่ข่าวและรายงานไปยัง WordPress\n\n"
        "หน้าแรกส่งหลังสุด ถ้าหยุดกลางคัน เว็บไซต์เดิมยังใช้ได้ สั่งใหม่จะส่งต่อเฉพาะที่ขาด",
        usage="[--to ที่หมาย] [ตัวเลือก]",
        helps={
            "to": "ที่หมาย: folder:/โฟลเดอร์ หรือ ผู้ใช้@เครื่อง:/โฟลเดอร์ "
            "(sftp://… เมื่อต้องการ SFTP) หรือ https://ผู้ใช้@เว็บไซต์ ที่เป็น WordPress "
            "(ปกติ เผยแพร่ที่ ใน office.yaml)",
            "site": "ส่งเว็บไซต์ที่อยู่ในโฟลเดอร์นี้ โดยไม่สร้างใหม่",
            "archive": "คลังที่เว็บไซต์แสดงหัวทะเบียน (ปกติตาม office.yaml หรือ archive)",
            "upcoming": "แสดงวัน เวลา และสถานที่ของการประชุมครั้งต่อไป อย่างคำสั่ง site",
            "dry-run": "บอกว่าจะส่งและลบอะไร โดยไม่ทำ",
            "allow-removal": "ยอมให้ลบเกินหนึ่งในสามของไฟล์ที่ปลายทาง",
            "ssh-config": "ไฟล์ตั้งค่า SSH อื่น (ปกติของผู้ใช้เอง)",
            "user": f"ชื่อผู้ใช้ WordPress รหัสผ่านแอปพลิเคชันอยู่ใน {PASSWORD} หรือพิมพ์เมื่อถาม",
            "drafts": "WordPress: ส่งเป็นฉบับร่างก่อน ผู้ดูแลเว็บกดเผยแพร่เอง",
            "pages": "WordPress: เป็นหน้า (page) แทนเรื่อง (post)",
        },
        sending="กำลังส่ง",
        deeds=("เพิ่ม", "แก้", "ลบ", "เก็บไว้ (ไม่ได้ส่งจากที่นี่)"),
        more="… อีก {count} ไฟล์",
        would="ถ้าเผยแพร่จริงไปที่ {to}: เพิ่ม {added} · แก้ {changed} · ลบ {removed} ไฟล์",
        done="เผยแพร่แล้วที่ {to} · เพิ่ม {added} · แก้ {changed} · ลบ {removed} ไฟล์",
        nothing="ที่ {to} เป็นปัจจุบันแล้ว ไม่มีอะไรต้องส่ง",
        password="รหัสผ่านแอปพลิเคชันของ {user} ที่ {to}",
        posts={
            "created": "เพิ่ม",
            "updated": "แก้",
            "same": "ไม่เปลี่ยน",
            "public": "เผยแพร่อยู่แล้ว ไม่แก้ด้วยฉบับร่าง",
        },
        posts_done="เผยแพร่แล้วที่ {to} · เพิ่ม {created} · แก้ {updated} · ไม่เปลี่ยน {same} เรื่อง",
        posts_would="ถ้าเผยแพร่จริงไปที่ {to}: เพิ่ม {created} · แก้ {updated} · ไม่เปลี่ยน {same} เรื่อง",
        left="ยังอยู่บนเว็บแต่ไม่มีเรื่องใดใช้แล้ว ผู้ดูแลเว็บลบได้: {address}",
        no_posts="ยังไม่มีการประชุมที่เผยแพร่ได้ ดูสถานะในไฟล์การประชุม และ เผยแพร่เมื่อ ใน office.yaml",
    ),
    "en": Words(
        about="Makes the site anew and brings it to a folder or to a server (SSH), or releases and "
        "minutes to WordPress.\n\n"
        "The front page is sent last: after an interruption the old site still stands, and the "
        "next run sends what is missing.",
        usage="[--to PLACE] [OPTIONS]",
        helps={
            "to": "where: folder:/folder, user@host:/folder (sftp://… asks for SFTP), or "
            "https://user@site of a WordPress (publish_to in office.yaml)",
            "site": "send the site in this folder, and make none anew",
            "archive": "the archive whose register's head the site shows (as in office.yaml)",
            "upcoming": "show meetings to come, as the command site does",
            "dry-run": "say what would be sent and removed, and do nothing",
            "allow-removal": "let more than a third of the files there go",
            "ssh-config": "another SSH configuration than the user's own",
            "user": f"user of WordPress; the application password is in {PASSWORD}, or asked for",
            "drafts": "WordPress: send drafts first, which the webmaster publishes",
            "pages": "WordPress: make pages instead of posts",
        },
        sending="sending",
        deeds=("add", "change", "remove", "keep (not sent from here)"),
        more="… and {count} more",
        would="would publish to {to}: {added} added · {changed} changed · {removed} removed",
        done="published to {to} · {added} added · {changed} changed · {removed} removed",
        nothing="{to} is up to date; there is nothing to send",
        password="application password of {user} at {to}",
        posts={
            "created": "add",
            "updated": "change",
            "same": "same",
            "public": "public already, not changed by a draft",
        },
        posts_done="published to {to} · {created} added · {updated} changed · {same} as they were",
        posts_would="would publish to {to}: {created} added · {updated} changed · {same} the same",
        left="still on the site, but nothing uses it; the webmaster may delete it: {address}",
        no_posts="no meeting may be published yet; see its status, and publish_from in office.yaml",
    ),
}


def command(language: Language) -> click.Command:
    """Give the command that publishes."""
    words = SAID[language]
    helps = words.helps
    return terminal.Command(
        "publish",
        language,
        usage=words.usage,
        callback=publish,
        help=words.about,
        params=[
            click.Option(["--to"], default="", help=helps["to"]),
            click.Option(["--site"], type=PATH, help=helps["site"]),
            click.Option(["--archive"], type=PATH, help=helps["archive"]),
            click.Option(["--upcoming"], is_flag=True, help=helps["upcoming"]),
            click.Option(["--dry-run"], is_flag=True, help=helps["dry-run"]),
            click.Option(["--allow-removal"], is_flag=True, help=helps["allow-removal"]),
            click.Option(["--ssh-config"], type=PATH, help=helps["ssh-config"]),
            click.Option(["--user"], default="", help=helps["user"]),
            click.Option(["--drafts"], is_flag=True, help=helps["drafts"]),
            click.Option(["--pages"], is_flag=True, help=helps["pages"]),
        ],
    )


def publish(to: str, lang: Language, **options: Any) -> int:
    """Deliver what is public; gives the exit status."""
    from minutes.documents.pdf import html_to_pdf
    from minutes.problems.errors import Fault

    try:
        to = to or _usual_place()
        return _publish(to, lang, options)
    except Fault as fault:
        _tell(fault, lang)
    except html_to_pdf.UnavailableError:
        click.echo(WORDS[lang].no_pdf, err=True)
    except OSError as error:
        click.echo(terminal.why_not_written(error, Path(to), WORDS[lang]), err=True)
    return 2


def _usual_place() -> str:
    """Give the place that the office names; raises Fault where none does, or several differ."""
    from minutes.meetings import loading
    from minutes.problems.errors import Fault

    cases = loading.find((ROOT / "agendas",)).cases
    places = {case.office.publish_to for case in cases} - {""}
    if len(places) != 1:
        raise Fault("D398")
    return places.pop()


def _publish(to: str, lang: Language, options: dict[str, Any]) -> int:
    from minutes.deliver import targets
    from minutes.problems.errors import Fault

    target = targets.read(to)
    words = SAID[lang]
    if isinstance(target, targets.WordPress):
        return _publish_posts(target, lang, options)
    made = ROOT / "site"
    status = 0 if options["site"] else _make_site(made, options, lang)
    if status not in (0, HELD_BACK):
        return status
    site = _proved(options["site"] or made)
    with _progress(words) as watch:
        found = _sent(site, target, watch, options)
    _conclude(found, to, words, dry=options["dry_run"])
    if found.is_unrecorded:
        _tell(Fault("D454", to=to), lang)
    return 1 if status else 0


def _make_site(folder: Path, options: dict[str, Any], lang: Language) -> int:
    """Bring the site up to date; gives its exit status, and it tells its own problems.

    HELD_BACK is the status where single meetings are held back and the rest is to be sent.
    """
    from minutes.commands.site import made

    archive, upcoming = options["archive"], options["upcoming"]
    status, outcome = made(
        (ROOT / "agendas",), folder, "", archive, upcoming, False, None, "text", lang
    )
    is_sound = outcome is not None and not outcome.stops
    return HELD_BACK if status == 1 and is_sound else status


def _proved(made: Path) -> "Parcel":
    """Give the site that was made in a folder, if nothing else is in it.

    Raises Fault: D185 for what lies among its files, D450 for what is not as it was made, D453
    where nothing says what was made.
    """
    from minutes.deliver import manifest
    from minutes.problems.errors import Fault
    from minutes.site import build_state

    site, known = manifest.pack(made), build_state.read(made).digests()
    if not known:
        raise Fault("D453", folder=made)
    manifest.refuse_others(site, known)
    manifest.refuse_edited(site, known)
    return site


def _sent(
    site: "Parcel", target: "Folder | Server", watch: "Watch", options: dict[str, Any]
) -> "Changes":
    """Send a site's folder, or see what would be sent."""
    from minutes.deliver import folder, ssh, targets

    dry, allow = options["dry_run"], options["allow_removal"]
    if isinstance(target, targets.Server):
        line = ssh.Line(target, options["ssh_config"])
        return ssh.publish(line, site, watch, allow_removal=allow, dry=dry)
    if dry:
        return folder.plan(site, target.path)
    return folder.publish(site, target.path, watch, allow_removal=allow)


# --- WordPress ------------------------------------------------------------------------------------


def _publish_posts(target: "WordPress", lang: Language, options: dict[str, Any]) -> int:
    """Send the posts that changed, once nothing is found in any that must not be."""
    from minutes.deliver import posts

    meetings, problems = _meetings()
    if problems:
        terminal.report(problems, "text", lang)
        return 1
    words, keys = SAID[lang], posts.keys(meetings)
    if not keys:
        click.echo(words.no_posts)
        return 0
    with _wordpress(target, words, options) as (site, journal):
        return _bring(site, journal, meetings, keys, lang, options)


def _meetings() -> "tuple[list[Proceedings], list[Problem]]":
    """Read all meetings, each with its place in the archive, or what is wrong with them."""
    from minutes.archive import exports, location
    from minutes.meetings import loading
    from minutes.meetings.proceedings import work_out

    found = loading.find((ROOT / "agendas",))
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if errors:
        return [], errors
    archive = location.only([ROOT / "agendas"], location.usual(ROOT))
    register = exports.register_of(archive, errors)
    return list(exports.marked(map(work_out, found.cases), register)), errors


@contextmanager
def _wordpress(
    target: "WordPress", words: Words, options: dict[str, Any]
) -> "Iterator[tuple[Site, Journal]]":
    from minutes.deliver import wordpress

    address, user = target.address, options["user"] or target.user
    site = wordpress.Site(address, user, _password(address, user, words))
    try:
        yield site, wordpress.Journal.read(ROOT / "out" / ".wordpress.json", address)
    finally:
        site.close()


def _bring(
    site: "Site",
    journal: "Journal",
    meetings: "list[Proceedings]",
    keys: dict[str, str],
    lang: Language,
    options: dict[str, Any],
) -> int:
    """Build what is not there as it is now, prove it, bring it, and tell; gives the exit status."""
    from minutes.deliver import posts, wordpress
    from minutes.meetings import folders

    kind: wordpress.Kind = "pages" if options["pages"] else "posts"
    drafts, words = options["drafts"], SAID[lang]
    standing = wordpress.standing(keys, site, journal, kind=kind, drafts=drafts)
    ours, problems = posts.of(meetings, standing)
    terminal.report(problems, "text", lang)
    if any(map(posts.stops_all, problems)):
        return 1
    deeds = [wordpress.Deed(slug, "same") for slug in standing]
    how = {"drafts": drafts, "dry": options["dry_run"]}
    with _progress(words) as watch:
        for deed in wordpress.publish(ours, site, journal, watch, kind=kind, **how):
            deeds.append(deed)
            if deed.what != "same":
                click.echo(f"{words.posts[deed.what]} {deed.slug}")
    held_back = {folders.meeting_id(found.path) for found in problems}
    wanted = keys.keys() - (held_back & set(standing))
    for address in wordpress.left_behind(wanted, site, journal, kind=kind):
        click.echo(words.left.format(address=address))
    _tell_deeds(deeds, site.address, words, dry=options["dry_run"])
    return 1 if problems else 0


def _tell_deeds(deeds: "list[Deed]", address: str, words: Words, *, dry: bool) -> None:
    counts = {what: f"{sum(deed.what == what for deed in deeds):,}" for what in words.posts}
    said = words.posts_would if dry else words.posts_done
    click.echo(said.format(to=address, **counts))


def _password(address: str, user: str, words: Words) -> str:
    """Give the secret from the environment, the system's keyring or the keyboard."""
    from minutes.problems.errors import Fault

    if user and (found := os.environ.get(PASSWORD) or _kept(address, user)):
        return found
    if not user or not sys.stdin.isatty():
        raise Fault("D397")
    question = words.password.format(user=user, to=address)
    typed: str = click.prompt(question, hide_input=True, err=True)
    return typed


def _kept(address: str, user: str) -> str:
    """Give what the system's keyring keeps under the site's address, where there is a keyring."""
    from importlib import import_module

    try:
        return import_module("keyring").get_password(address, user) or ""
    except Exception:  # none is installed, or it is locked: each has errors of its own
        return ""


# --- what is said -----------------------------------------------------------------------------


def _tell(fault: "Fault", lang: Language) -> None:
    """Say on standard error what stopped this and what to do about it."""
    from minutes.problems.errors import problem
    from minutes.problems.messages import SEVERITIES

    values = {name: shown(v) if isinstance(v, Path) else v for name, v in fault.values.items()}
    told = problem(Path(), 1, 1, fault.code, **values)
    head = f"{SEVERITIES[told.severity][lang]}[{told.code}]: {told.message(lang)}"
    click.echo(f"{click.style(head, fg=ERROR_COLOUR)}\n    {told.hint(lang)}", err=True)


def _conclude(found: "Changes", to: str, words: Words, *, dry: bool) -> None:
    """Say what was done; name what was left alone, and of what would be done all files."""
    _list(words.deeds[3], found.kept, words)
    if not found.count:
        click.echo(words.nothing.format(to=to))
        return
    kinds = (found.added, found.changed, found.removed)
    if dry:
        for deed, names in zip(words.deeds, kinds, strict=False):
            _list(deed, names, words)
    added, changed, removed = (f"{len(names):,}" for names in kinds)
    said = words.would if dry else words.done
    click.echo(said.format(to=to, added=added, changed=changed, removed=removed))


def _list(deed: str, names: tuple[str, ...], words: Words) -> None:
    for name in names[:MOST_SHOWN]:
        click.echo(f"{deed} {name}")
    if len(names) > MOST_SHOWN:
        click.echo(f"{deed} {words.more.format(count=f'{len(names) - MOST_SHOWN:,}')}")


@contextmanager
def _progress(words: Words) -> Iterator["Watch"]:
    """Show on a terminal how far it is; elsewhere nothing until the end."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console

    with Console(stderr=True).status(words.sending) as status:
        yield lambda done, of, name: status.update(f"{words.sending} {name} ({done:,}/{of:,})")
