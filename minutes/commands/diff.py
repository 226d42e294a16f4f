"""``build.py diff MEETING``: what people changed in Word, and where it belongs in the agenda."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes.console import terminal
from minutes.console.terminal import PATH, shown
from minutes.console.wording import WORDS, Language
from minutes.paths import ROOT

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from minutes.diff.comparison import Did, Difference, Noted, Source, Word
    from minutes.diff.edits import Document, Handwork
    from minutes.diff.wording import Phrases

USAGE = {"th": "การประชุม [ไฟล์ Word…] [ตัวเลือก]", "en": "MEETING [WORD FILE…] [OPTIONS]"}
ABOUT = {
    "th": (
        "บอกว่ามีใครแก้อะไรในไฟล์ Word ของการประชุม และสิ่งที่แก้อยู่ที่บรรทัดใดของไฟล์การประชุม\n\n"
        "การประชุม คือไฟล์ของการประชุม หรือรหัส เช่น otop-2567-01 หรือไฟล์ Word ที่แก้แล้ว\n\n"
        "ผล: 0 ไม่ต่างกัน, 1 มีสิ่งที่ต่างกัน, 2 เปรียบเทียบไม่ได้"
    ),
    "en": (
        "Says what was changed by hand in a meeting's Word files, and to which line of its agenda "
        "each change belongs.\n\n"
        "MEETING is the meeting's file, its id such as otop-2567-01, or an edited Word file.\n\n"
        "Exit status: 0 nothing is different, 1 something is, 2 it could not be compared."
    ),
}
HELPS = {
    "th": {"html": "บันทึกผลเป็นหน้าเว็บไว้ที่ไฟล์นี้ด้วย"},
    "en": {"html": "write the comparison to this file too, as a web page"},
}
STYLES = {
    "kept": "",
    "removed": "red strike",
    "added": "green underline",
    "look": "yellow underline",
}
MARKS = {"kept": "{}", "removed": "[−{}−]", "added": "[+{}+]", "look": "[~{}~]"}
LEGEND: tuple["Did", ...] = ("removed", "added", "look")
CONTEXT = 60  # letters of unchanged text that are shown beside a change
INDENT = "    "


def command(language: Language) -> click.Command:
    """Give the command that compares."""
    words = WORDS[language]
    return terminal.Command(
        "diff",
        language,
        usage=USAGE[language],
        callback=diff,
        help=ABOUT[language],
        params=[
            click.Argument(["meeting"], type=PATH),
            click.Argument(["documents"], nargs=-1, type=PATH),
            click.Option(["--html"], type=PATH, help=HELPS[language]["html"]),
            click.Option(
                ["-o", "--output"], type=PATH, default=ROOT / "out", help=words.helps["output"]
            ),
            terminal.errors_option(words),
        ],
    )


def diff(
    meeting: Path,
    documents: tuple[Path, ...],
    html: Path | None,
    output: Path,
    errors: str,
    lang: Language,
) -> int:
    """Compare and print; gives the exit status."""
    from minutes.diff import edits
    from minutes.diff.wording import PHRASES
    from minutes.problems.errors import MinutesError

    try:
        found = edits.read(meeting, documents, ROOT / "agendas", output)
    except MinutesError as error:
        terminal.report(error.problems, errors, lang)
        return 2
    say = PHRASES[lang]
    _print(found, say)
    if html is not None and not _write(found, html, say, lang):
        return 2
    return 0 if found.is_same else 1


def _write(found: "Handwork", html: Path, say: "Phrases", lang: Language) -> bool:
    """Write the page, in the place of an earlier one alone; says so, or why it could not be."""
    from minutes import store
    from minutes.diff import report_page

    page = report_page.render(found, say, shown).encode()
    try:
        earlier = [store.digest_of(html) or ""] if report_page.is_one(html) else []
        written = store.write(html.parent, {html.name: page}, {html.name: earlier})[html.name]
    except OSError as error:
        click.echo(terminal.why_not_written(error, html, WORDS[lang]), err=True)
        return False
    if written.edited is not None:
        click.echo(say.not_ours.format(path=shown(html)), err=True)
    click.echo(say.saved.format(path=shown(written.path)))
    return True


# --- on the terminal --------------------------------------------------------------------------


def _print(found: "Handwork", say: "Phrases") -> None:
    from rich.console import Console

    from minutes.diff.comparison import Word
    from minutes.diff.wording import totals

    printer = Console(highlight=False, emoji=False, markup=False)
    meeting = found.meeting
    printer.print(_styled(f"{meeting.title} {meeting.occasion}".strip(), "bold"))
    if not found.is_same:
        legend = [(Word(did, say.did[did]), Word("kept", "  ")) for did in LEGEND]
        _print_words([word for pair in legend for word in pair], printer)
    for document in found.documents:
        _print_document(document, say, printer)
    printer.print()
    printer.print(_styled(totals(found, say), "bold"))
    if not found.is_same:
        printer.print(say.go_on)
    printer.print(_styled(say.not_compared, "dim"))


def _print_document(document: "Document", say: "Phrases", printer: "Console") -> None:
    """Print what was found in one document."""
    printer.print()
    head = _styled(f"{say.kinds[document.kind]}  ", "bold cyan")
    printer.print(head.append(shown(document.path), "dim"), soft_wrap=True)
    compared = document.compared
    if compared is None or not (compared.differences or compared.comments):
        printer.print(say.same if compared else say.untouched)
        return
    if compared.differences:
        printer.print(say.count.format(count=len(compared.differences)))
    for number, one in enumerate(compared.differences, 1):
        _print_difference(number, one, say, printer)
    if compared.comments:
        printer.print()
        printer.print(say.comments.format(count=len(compared.comments)))
    for number, noted in enumerate(compared.comments, 1):
        _print_comment(number, noted, say, printer)


def _print_difference(number: int, one: "Difference", say: "Phrases", printer: "Console") -> None:
    """Print what changed, then where it belongs."""
    from minutes.diff.wording import shortened

    row = f" ({say.row})" if one.is_row else ""
    printer.print()
    printer.print(_styled(f"{number:>3} ", "bold").append(f"{say.whats[one.what]}{row}", "bold"))
    _print_words(one.words, printer)
    if one.after:
        printer.print(_styled(INDENT + say.after.format(text=shortened(one.after)), "dim"))
    if one.authors:
        printer.print(INDENT + say.tracked.format(names=", ".join(one.authors)))
    if one.is_paired_by_words:
        printer.print(_styled(INDENT + say.by_words, "yellow"))
    _print_sources(one.sources, say, printer)


def _print_comment(number: int, noted: "Noted", say: "Phrases", printer: "Console") -> None:
    """Print a comment, what it is about, and where that belongs."""
    from minutes.diff.wording import shortened

    comment = noted.comment
    said = say.comment.format(author=comment.author, text=comment.text)
    printer.print()
    printer.print(_styled(f"{number:>3} ", "bold").append(said, "magenta"))
    if comment.about:
        printer.print(_styled(INDENT + say.about.format(text=shortened(comment.about)), "dim"))
    _print_sources(noted.sources, say, printer)


def _print_sources(sources: Sequence["Source"], say: "Phrases", printer: "Console") -> None:
    """Print the keys and the places of some sources."""
    from minutes.diff.wording import keys_of

    if not sources:
        printer.print(_styled(INDENT + say.template, "dim"))
    for source in sources:
        path, line, column, *_ = source.place
        place = say.place.format(path=shown(path), line=line, column=column)
        told = _styled(f"{INDENT}→ {say.roles[source.role]} ", "dim").append(
            keys_of(source), "cyan"
        )
        lead = f"{say.missing_place} " if source.role == "missing" else ""
        printer.print(told, soft_wrap=True)
        printer.print(_styled(f"{INDENT}  {lead}{place}", "dim"), soft_wrap=True)


def _styled(text: str, style: str) -> "Text":
    from rich.text import Text

    return Text().append(text, style)  # what is appended to it has a style of its own


def _print_words(parts: Iterable["Word"], printer: "Console") -> None:
    """Print a paragraph with its changes, in lines that end between words."""
    from rich.cells import cell_len
    from rich.text import Text

    has_marks = not printer.is_terminal or printer.no_color
    room = (printer.width if printer.is_terminal else 100) - len(INDENT) - 2
    line, used = Text(), 0
    for text, style in _pieces(parts, has_marks):
        if used and used + cell_len(text) > room:
            printer.print(_styled(f"{INDENT}│ ", "dim").append_text(line), soft_wrap=True)
            line, used = Text(), 0
            text = text.lstrip(" ")
        line.append(text, style)
        used += cell_len(text)
    printer.print(_styled(f"{INDENT}│ ", "dim").append_text(line), soft_wrap=True)


def _pieces(parts: Iterable["Word"], has_marks: bool) -> Iterator[tuple[str, str]]:
    """Give the words of a paragraph, each with its style; without colours they are in brackets."""
    from minutes.diff.comparison import words

    for did, text in parts:
        shown_text = _around_changes(text) if did == "kept" else text
        marked = MARKS[did].format(shown_text) if has_marks else shown_text
        yield from ((word, STYLES[did]) for word in words(marked))


def _around_changes(text: str) -> str:
    """Give unchanged text without its middle, if it is long."""
    from minutes.diff.comparison import words

    if len(text) <= 2 * CONTEXT:
        return text
    whole = words(text)
    return f"{_first(whole)} … {_first(whole[::-1], backwards=True)}"


def _first(whole: Sequence[str], *, backwards: bool = False) -> str:
    """Give the words of one end, about CONTEXT letters of them."""
    taken: list[str] = []
    length = 0
    for word in whole:
        if length + len(word) > CONTEXT:
            break
        taken.append(word)
        length += len(word)
    return "".join(reversed(taken) if backwards else taken).strip()
