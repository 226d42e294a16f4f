"""Objections to the agenda and its items: numbers, resolutions, votes, what they follow up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from minutes.meetings.folders import BODY
from minutes.meetings.proceedings import Part, Proceedings, items_of
from minutes.meetings.quorum import voting
from minutes.model import prose
from minutes.model.meeting import BALLOTS, Action, Matter, Meeting
from minutes.model.record import Record, at_line
from minutes.model.values import squeeze
from minutes.problems.errors import Problem, problem
from minutes.rules.report import at, later
from minutes.rules.texts import texts
from minutes.thai import dates


def list_numbers_run_on(proceedings: Proceedings) -> Iterator[Problem]:
    """W12: the numbers that a writer types in a list follow one another."""
    for places, name, text in texts(proceedings):
        for offset, expected, found in prose.skipped(prose.parse(text)):
            line, column = places.of(name, offset)
            path = proceedings.case.path
            yield problem(path, line, column, "W12", expected=expected, found=found)


def writing_is_understood(proceedings: Proceedings) -> Iterator[Problem]:
    """D61, D62: marks of bold without a partner, and what looks like a table but is none."""
    for places, name, text in texts(proceedings):
        for fault in prose.remarks(prose.parse(text)):
            line, column = places.of(name, fault.line)
            yield problem(proceedings.case.path, line, column, fault.code, **fault.values)


def rows_are_those_of_a_table(proceedings: Proceedings) -> Iterator[Problem]:
    """W76: rows with tabs between their cells, as Excel gives them, are written as a table."""
    for places, name, text in texts(proceedings):
        for offset, row in prose.tabbed(prose.parse(text)) if "\t" in text else ():
            line, column = places.of(name, offset)
            cells = " | ".join(["", *row.split("\t"), ""]).strip()
            yield problem(proceedings.case.path, line, column, "W76", row=cells)


TYPED_NUMBER = re.compile(
    r"(?:ระเบียบ)?วาระ(?:ที่)? ?[0-9๐-๙]+|[0-9๐-๙]+(?:\.[0-9๐-๙]+)+[.)]? |[0-9๐-๙]+[.)](?![0-9๐-๙])"
)


def no_number_is_typed(proceedings: Proceedings) -> Iterator[Problem]:
    """W41: sections, items and persons are numbered by the program, not once more by hand."""
    meeting, attendance = proceedings.meeting, proceedings.meeting.attendance
    texts: list[tuple[str, Record, str]] = [
        *((person.name, person, "name") for person in attendance.present),
        *((person.name, person, "name") for person in attendance.substitutes),
        *((person.name, person, "name") for person in attendance.guests),
        *((section.title, section, "title") for section in meeting.agenda),
        *((matter.title, matter, "title") for matter in meeting.all_matters()),
    ]
    for text, record, name in texts:
        if TYPED_NUMBER.match(text):
            yield at(proceedings, record, name, "W41", text=text)
    for member in proceedings.body.members:
        if TYPED_NUMBER.match(member.name):
            path = proceedings.case.path.with_name(BODY)
            yield problem(path, *member.places.of("name"), "W41", text=member.name)


def item_has_a_resolution(proceedings: Proceedings) -> Iterator[Problem]:
    """W13: every item ends in a resolution or conclusion, unless it was withdrawn."""
    severity = later(proceedings)
    for numbered in proceedings.numbered():
        matter = numbered.matter
        if not matter.resolution and not matter.withdrawn:
            values = {"title": matter.title, "key": matter.key_for("resolution")}
            yield replace(at(proceedings, matter, "title", "W13", **values), severity=severity)


def follows_an_item(proceedings: Proceedings) -> Iterator[Problem]:
    """D88, D89: what an item follows up is an item of an earlier meeting of a body on file."""
    for matter in proceedings.meeting.all_matters():
        if not matter.follows:
            continue
        meeting_id, item = matter.follows.split()
        items = items_of(proceedings.case, meeting_id)
        if items is None:
            yield at(proceedings, matter, "follows", "D88", id=meeting_id)
        elif items and item not in items:
            values = {"id": meeting_id, "item": item, "items": items}
            yield at(proceedings, matter, "follows", "D89", **values)


def votes_fit_those_present(proceedings: Proceedings) -> Iterator[Problem]:
    """W17: no more votes than voting persons who are there."""
    present = voting(proceedings)
    for numbered in proceedings.numbered():
        votes = _votes(numbered.matter)
        if votes > present and proceedings.case.attendance_is_known:
            yield at(proceedings, numbered.matter, "vote", "W17", votes=votes, present=present)


def _votes(matter: Matter) -> int:
    if matter.vote is None:
        return 0
    return sum(matter.vote.count(ballot) for ballot in BALLOTS)


def earlier_minutes_are_certified(proceedings: Proceedings) -> Iterator[Problem]:
    """W19: the minutes of the previous meeting come up for certification."""
    is_certifying = any(_certifies(part) for part in proceedings.parts)
    if proceedings.case.previous and not proceedings.meeting.is_draft and not is_certifying:
        yield at(proceedings, proceedings.meeting, "agenda", "W19")


def _certifies(part: Part) -> bool:
    return part.kind == "certify" and part.is_listed


NOTHING = re.compile(r"[- ]*(?:ไม่มี(?:เรื่อง.{0,30})?|-)[- ]*")


def nothing_is_no_item(proceedings: Proceedings) -> Iterator[Problem]:
    """W14: a section without items is left empty, and a council lists its standard ones."""
    for section in proceedings.meeting.agenda:
        for matter in section.matters:
            if NOTHING.fullmatch(matter.title) and not (matter.detail or matter.discussion):
                yield at(proceedings, matter, "title", "W14", **_is_nothing(matter.title))
    if proceedings.body.kind == "council" and proceedings.meeting.agenda:
        yield from _missing_sections(proceedings)


def _is_nothing(title: str) -> dict[str, str]:
    return {
        "what_th": f'"{title}" ไม่ใช่เรื่อง แต่จะพิมพ์เป็นเรื่องที่มีเลขลำดับ',
        "what": f'"{title}" is no item, but will be printed as a numbered one',
        "how_th": "ลบเรื่องนี้ออก โปรแกรมพิมพ์ - ไม่มี - ให้เอง",
        "how": "delete it; the program prints that there is nothing",
    }


COUNCIL_SECTIONS = {"inform": ("แจ้ง", "แจ้งให้ทราบ"), "other": ("อื่น", "อื่น ๆ")}


def _missing_sections(proceedings: Proceedings) -> Iterator[Problem]:
    agenda = proceedings.meeting.agenda
    for kind, (word, name) in COUNCIL_SECTIONS.items():
        if not any(section.kind == kind or word in section.title for section in agenda):
            values = {
                "what_th": f'ไม่มีระเบียบวาระ "{name}"',
                "what": f'there is no section "{kind}"',
                "how_th": f'เพิ่ม "- ชนิด: {name}" แม้ไม่มีเรื่อง โปรแกรมพิมพ์ - ไม่มี - ให้เอง',
                "how": f'add "- kind: {kind}", also when there is nothing under it',
            }
            yield at(proceedings, proceedings.meeting, "agenda", "W14", **values)


NOTED = re.compile(r"(?:ที่ประชุม)?(?:มีมติ)?รับทราบ(?!.*(?:เห็นชอบ|อนุมัติ|เห็นควร))", re.DOTALL)
DECIDED = re.compile(r"(?:ที่ประชุม)?(?:มีมติ)?(?:อนุมัติ|ไม่อนุมัติ)")


def resolution_fits_its_section(proceedings: Proceedings) -> Iterator[Problem]:
    """W15: what is to be considered is decided, and what is only told is noted."""
    for part in proceedings.parts:
        for numbered in part.matters:
            matter = numbered.matter
            is_noted = part.kind == "consider" and NOTED.match(matter.resolution)
            is_decided = part.kind in ("inform", "acknowledge") and DECIDED.match(matter.resolution)
            if is_noted or is_decided:
                values = {"title": part.title, "resolution": matter.resolution}
                yield at(proceedings, matter, "resolution", "W15", **values)


NOBODY = re.compile(r"มอบหมาย(?:ให้)? ?(?:ดำเนินการ|(?:ผู้|หน่วยงาน|ฝ่าย|ส่วนราชการ|เจ้าหน้าที่)ที่เกี่ยวข้อง)")


def work_has_an_owner_and_a_day(proceedings: Proceedings) -> Iterator[Problem]:
    """W16: what is assigned says who does it, and until when."""
    for matter in proceedings.meeting.all_matters():
        for action in matter.actions:
            gaps = [] if action.owner else ["owner"]
            gaps += [] if action.due or action.done else ["due"]
            for name in gaps:
                yield at(proceedings, action, "task", "W16", what=action.key_for(name))
        if not matter.actions and NOBODY.search(matter.resolution):
            what = Action.shown_key("owner", english=matter.places.is_english)
            yield at(proceedings, matter, "resolution", "W16", what=what)


def work_is_due_after_the_meeting(proceedings: Proceedings) -> Iterator[Problem]:
    """W49: nothing is due, or done, before the day on which it was assigned."""
    day = proceedings.meeting.date
    for matter in _assigning(proceedings.meeting):
        for action in matter.actions:
            for name in ("due", "done"):
                when = getattr(action, name)
                if isinstance(when, date) and when < day:
                    values = {"key": action.key_for(name), "date": dates.date_text(when)}
                    values["day"] = dates.date_text(day)
                    yield at(proceedings, action, name, "W49", **values)


def _assigning(meeting: Meeting) -> Iterator[Matter]:
    """Go through the items that assign anew; one that follows up goes on with earlier days."""
    yield from meeting.before
    for section in meeting.agenda:
        if section.kind != "arising":
            yield from (matter for matter in section.matters if not matter.follows)


SOURCE = re.compile(r"ครั้งที่|ครั้งก่อน|ครั้งที่แล้ว|วาระที่|การประชุม.{0,80}เมื่อวัน")


def what_arises_has_a_source(proceedings: Proceedings) -> Iterator[Problem]:
    """W18: what arises from an earlier meeting says from which one, and which item."""
    for section in proceedings.meeting.agenda:
        for matter in section.matters if section.kind == "arising" else ():
            written = f"{matter.title} {matter.background} {matter.detail}"
            is_exempt = matter.follows or matter.withdrawn or NOTHING.fullmatch(matter.title)
            if not (is_exempt or SOURCE.search(written)):
                values = {"title": matter.title, "key": matter.key_for("follows")}
                yield at(proceedings, matter, "title", "W18", **values)


def titles_differ(proceedings: Proceedings) -> Iterator[Problem]:
    """W51: two items of one section do not have the same title."""
    for section in proceedings.meeting.agenda:
        first: dict[str, int] = {}
        for matter in section.matters:
            line, _ = matter.places.of("title")
            known = first.setdefault(squeeze(matter.title), line)
            if known != line:
                yield at(proceedings, matter, "title", "W51", title=matter.title, **at_line(known))


MOST_LINES = 8
LETTERS_A_LINE = 95  # that take room of their own; as many as 16 cm of 16 points hold


def paragraphs_are_short(proceedings: Proceedings) -> Iterator[Problem]:
    """W38: no paragraph of the minutes is longer than eight lines."""
    for places, name, text in texts(proceedings):
        is_of_release = places is proceedings.meeting.release.places or not name
        if is_of_release or len(text) < MOST_LINES * LETTERS_A_LINE:
            continue
        for block in prose.parse(text):
            if isinstance(block, prose.Paragraph) and (lines := _lines(block)) > MOST_LINES:
                line, column = places.of(name, block.line)
                yield problem(proceedings.case.path, line, column, "W38", lines=lines)


def _lines(block: prose.Paragraph) -> int:
    """Estimate how many lines a paragraph takes, its first indented."""
    lines = [MARKS.sub("", line) for line in prose.plain([block]).split("\n")]
    return sum(-(-(len(line) + INDENT * (not n)) // LETTERS_A_LINE) for n, line in enumerate(lines))


INDENT = 15  # letters' room that the first line leaves
MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
