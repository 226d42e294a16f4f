"""What natural Thai makes YAML trip over, line by line: why it failed, and how to mend it.

libyaml stops at its first fault and speaks of tokens. Once it has stopped, the text is gone through
here by its lines, which finds every stumble that is certain, says it in the writer's terms, and
puts what was meant as text into quotes, so that the rest of the file can be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import yaml

from minutes.source import encoding, spaces

MOST_FAULTS = 200  # in one file; with more, something else is wrong with it
FARTHEST = 100  # lines to look ahead for one that shows which of two is indented wrongly
FARTHEST_APART = 3  # columns between where a line stands and where it was meant to stand
LONGEST_SHOWN = 60
MOST_COLUMNS = 10_000  # more than any line stands deep
LONGEST_KEY = 1024  # libyaml takes no longer one for a key

# A colon that no space follows (สถานที่:ห้องประชุม), but not that of a URL or a time.
TIGHT_COLON = re.compile(r"(?![\"'\[{#])[^:\n]{0,60}?[^:\d\s]:(?![\s:/]|$)")
OTHER_DASH = re.compile(f"(?P<sign>[–—−‐‑‒―﹣－•·]){spaces.GAP}")
ODD_INDENT = re.compile(f"[\t{spaces.WIDE}]")
WIDE_COLON = re.compile("[^:：︓﹕\n]{1,60}[：︓﹕]")
COLON = re.compile(r":(?=[ \t]|$)")
COLON_BEHIND_QUOTES = re.compile(r"[ \t]*:(?=[ \t]|$)")
COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
DASH = re.compile(r"-(?:[ \t]+|$)")
DOUBLE = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
SINGLE = r"'[^']*+(?:''[^']*+)*+'"
QUOTED = re.compile(f"{DOUBLE}|{SINGLE}")
# The rest of a quoted text that was opened on a line above.
QUOTED_TO_THE_END = {
    '"': re.compile(r'[^"\\]*+(?:\\(?:.|$)[^"\\]*+)*+"'),
    "'": re.compile(r"[^']*+(?:''[^']*+)*+'"),
}
BLOCK_HEADER = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])[ \t]*(?:(?<=[ \t])#.*)?$")
REFERENCE = re.compile(r"(?:\*[\w-]+$|&[\w-]+(?:[ \t]|$)|![!\w:/.<>-]*(?:[ \t]|$))", re.ASCII)
BAD_ESCAPE = re.compile(
    r"\\(?:[0abt\tnvfre \"/\\N_LP]|x[0-9A-Fa-f]{2}|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})|(?P<bad>\\.)"
)
IN_FLOW = re.compile(
    rf"""(?P<quoted>(?<=[\[{{,:?])\s*(?:{DOUBLE}|{SINGLE}))|(?P<mark>[][{{}},])"""
    r"""|(?P<comment>(?<!\S)\#[^\n]*)|[^][{},"':?\#]+|.""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Stumble:
    """A fault and its place, counted from 1.

    ``is_mended`` when the text that comes with it says there what the writer meant.
    """

    line: int
    column: int
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    is_mended: bool = True


class Findings(NamedTuple):
    """All stumbles of a text, in its order, and the text as it can be read."""

    stumbles: list[Stumble]
    mended: str

    @property
    def is_faithful(self) -> bool:
        """Whether nothing had to be left out of the mended text."""
        return all(stumble.is_mended for stumble in self.stumbles)

    def explaining(self, error: yaml.YAMLError) -> list[Stumble]:
        """Give the stumbles, and the error itself if none of them can be its cause."""
        own = of_error(error)
        if any(not known.is_mended and known.line <= own.line + 1 for known in self.stumbles):
            return self.stumbles
        return [*self.stumbles, own]


def find(text: str) -> Findings:
    """Go through the lines of a text that libyaml has refused; takes time in proportion to it."""
    lines = _Lines(text.split("\n"))
    lines.read()
    in_order = sorted(lines.stumbles, key=lambda known: (known.line, known.column))
    return Findings(in_order, "\n".join(lines.mended))


def with_ordinary_spaces(text: str) -> str:
    """Give a text with ordinary spaces where YAML wants some, whatever was typed there."""
    if not spaces.SPECIAL.search(text):
        return text
    lines = _Lines(text.split("\n"))
    lines.read()
    return "\n".join(lines.lines)


def as_meant(text: str) -> str:
    """Give the text of a sound file as every reader of YAML takes it."""
    ordinary = with_ordinary_spaces(text)
    try:
        for _ in yaml.parse(ordinary, Loader=yaml.CBaseLoader):
            pass
    except yaml.YAMLError:
        return find(ordinary).mended  # such as a line of nothing but a tab
    return ordinary


def in_quotes(text: str) -> str:
    """Give a text as YAML wants it quoted."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def shortened(text: str) -> str:
    """Give a text as a message can show it: one line, not too long."""
    line = " ".join(text[: 2 * LONGEST_SHOWN].split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def example_of_quotes(text: str) -> str:
    """Give the text in quotes, as a hint shows it."""
    return in_quotes(text) if len(text) <= LONGEST_SHOWN else '"…"'


OF_LIBYAML = {
    "could not find expected ':'": ("D38", "context_mark"),
    "found unexpected end of stream": ("D34", "context_mark"),
    "mapping values are not allowed in this context": ("D27", "problem_mark"),
    "did not find expected ',' or '}'": ("D35", "context_mark"),
    "did not find expected ',' or ']'": ("D35", "context_mark"),
    "did not find expected node content": ("D35", "problem_mark"),
    "did not find expected key": ("D31", "problem_mark"),
    "did not find expected '-' indicator": ("D31", "problem_mark"),
    "found unknown escape character": ("D37", "problem_mark"),
    "found invalid Unicode character escape code": ("D37", "problem_mark"),
}


def of_error(error: yaml.YAMLError) -> Stumble:
    """Say what libyaml objects to, as far as its words tell."""
    code, which = OF_LIBYAML.get(getattr(error, "problem", ""), ("D39", "problem_mark"))
    mark = getattr(error, which, None)
    if mark is None:
        return Stumble(1, 1, "D39", is_mended=False)
    return Stumble(mark.line + 1, mark.column + 1, code, {"fixed": '"…"'}, is_mended=False)


Kind = Literal["keys", "list"]


class _Level(NamedTuple):
    """An open collection: the column of its keys or dashes, and its first line, from 0."""

    column: int
    kind: Kind
    at: int

    def is_at(self, column: int, kind: str) -> bool:
        return (self.column, self.kind) == (column, kind)


class _Lines:
    """Goes through the lines of a text once, knowing only how deep they stand.

    ``owner`` is the column of the key or dash that came last; ``state`` says what a deeper line is:
    ``open`` what belongs to the key, ``plain`` more of its text, ``closed`` a fault,
    ``broken`` the rest of a stumble, ``tabbed`` uncertain; these last are left out.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.mended = list(lines)
        self.stumbles: list[Stumble] = []
        self.levels: list[_Level] = []
        self.owner = -1
        self.state: Literal["open", "plain", "closed", "broken", "tabbed"] = "open"
        self.above = -1  # the line of content before this one
        self.stray_at = -2
        self.is_unsure = False  # how deep the lines below a tab stand, until one is at the margin
        self.comment: tuple[int, int] | None = None
        self.at = 0

    def read(self) -> None:
        while self.at < len(self.lines) and len(self.stumbles) < MOST_FAULTS:
            here = self.at
            if self.line(self.lines[here].rstrip(" \t")):
                self.above = here
            self.at += 1

    def report(self, column: int, code: str, *, mended: str | None = None, **values: Any) -> None:
        """Report a stumble in this line; ``mended`` is the line as it was meant, else it goes."""
        self.stumbles.append(
            Stumble(self.at + 1, column + 1, code, values, is_mended=mended is not None)
        )
        self.mended[self.at] = mended or ""
        self.state = "broken"

    def report_value(self, line: str, start: int, code: str, at: int = 0, **values: Any) -> None:
        """Report that the value from ``start`` on must be quoted, as it is from now on."""
        text = line[start:]
        mended = line[:start] + in_quotes(text)
        self.report(at or start, code, mended=mended, fixed=example_of_quotes(text), **values)

    def report_line(self, at: int, code: str) -> None:
        """Report a line that fits nowhere; of a run of them only the first."""
        if not self.is_unsure and (at != self.stray_at + 1 or at != self.above + 1):
            column = _depth(self.lines[at])
            stumble = Stumble(at + 1, column + 1, code, is_mended=False)
            self.stumbles.append(self.unseen(at) or self.unseen(self.above) or stumble)
        self.stray_at, self.mended[at] = at, ""

    def unseen(self, at: int) -> Stumble | None:
        """Give the fault of what nobody sees before a line's text, when that is why it fits not."""
        found = spaces.IN_INDENT.match(self.lines[at]) if at >= 0 else None
        if found is None:
            return None
        name = encoding.name_of(found[0][-1])
        return Stumble(at + 1, found.end(), "D22", {"name": name}, is_mended=False)

    def line(self, line: str) -> bool:
        """Take a line; say whether it has content."""
        is_text = self.state == "plain" and _depth(line) > self.owner
        if not is_text and spaces.LOOKS_BLANK.match(line):
            line = self.lines[self.at] = self.mended[self.at] = ""
        content, column = line.lstrip(" \t"), _depth(line)
        if not content or content.startswith("#"):
            if self.lines[self.at].lstrip(" ").startswith("\t"):
                self.mended[self.at] = content  # libyaml objects to tabs even here
            if content and self.state == "plain":
                self.state = "closed"
            return False
        if line.startswith(("---", "...", "%")):
            self.between_documents(line)
        elif self.state == "broken" and column > self.owner:
            self.mended[self.at] = ""
        elif ODD_INDENT.match(line, column):
            self.odd_indent(column)
        elif self.state in ("plain", "closed") and column > self.owner:
            self.deeper(line, column)
        else:
            self.is_unsure = self.is_unsure and column > 0
            self.content(self.with_ordinary_spaces(), column)
        return True

    def with_ordinary_spaces(self) -> str:
        line = self.lines[self.at]
        if spaces.SPECIAL.search(line):
            deeper, kind = self.next_line(MOST_COLUMNS)
            opens = deeper > _depth(line) or (deeper == _depth(line) and kind == "list")
            line = spaces.as_ordinary(line, opens=opens)
            self.lines[self.at] = self.mended[self.at] = line
        return line.rstrip(" \t")

    def between_documents(self, line: str) -> None:
        if line.startswith("%"):
            self.report(0, "D24", sign=shortened(line.split()[0]))
        elif re.match(r"(?:---|\.\.\.)(?:\s|$)", line):
            self.levels, self.owner, self.state = [], -1, "open"
        else:
            self.content(line, 0)

    def odd_indent(self, column: int) -> None:
        """Report the first tab or such of a run of lines; nobody knows how deep those stand."""
        if self.state != "tabbed":
            self.report(column, "D22", name=encoding.name_of(self.lines[self.at][column]))
        self.mended[self.at], self.state, self.is_unsure = "", "tabbed", True

    def deeper(self, line: str, column: int) -> None:
        """Take a line that goes on with a text: neither a key nor what follows quotes can."""
        if self.comment:
            at, where = self.comment
            values = {"lost": shortened(self.lines[at][where + 1 :])}
            self.stumbles.append(Stumble(at + 1, where + 1, "D36", values, is_mended=False))
            self.mended[self.at], self.state = "", "broken"
        elif self.state == "plain" and not COLON.search(_without_comment(line)):
            self.note_comment(line, column)
        elif line[column] != "-" and self.line_above_was_wrong([], column, "keys"):
            self.content(line, column)
        else:
            self.report_line(self.at, "D31")
            self.state = "broken"

    def content(self, line: str, column: int) -> None:
        if dash := OTHER_DASH.match(line, column):
            line = self.dash_like_others(line, dash)
        while dash := DASH.match(line, column):
            if not self.fits(column, "list"):
                return
            self.owner, self.state, self.comment = column, "open", None
            column = dash.end()
        if line[column:].startswith("? "):
            self.at = len(self.lines)  # a file that knows explicit keys is beyond these rules
        elif column < len(line):
            self.entry(line, column)

    def dash_like_others(self, line: str, dash: re.Match[str]) -> str:
        """Report a dash that is not the keyboard's; gives the line with that one instead."""
        state, mended = self.state, f"{line[: dash.start()]}- {line[dash.end() :]}"
        self.report(dash.start(), "D423", mended=mended, sign=dash["sign"])
        self.state = state
        return mended

    def fits(self, column: int, kind: Kind) -> bool:
        """Find the collection that a key or dash at this column belongs to, or open it."""
        closed: list[_Level] = []
        while self.levels and self.levels[-1].column > column:
            closed.insert(0, self.levels.pop())
        if len(self.levels) > 1 and self.levels[-2].is_at(column, "keys") and kind == "keys":
            self.levels.pop()
        if not self.levels:
            if closed:
                self.report_line(closed[0].at, "D31")  # the file began too far to the right
            self.levels = [_Level(column, kind, self.at)]
        return (
            self.levels[-1].is_at(column, kind)
            or self.opens(column, kind)
            or self.line_above_was_wrong(closed, column, kind)
            or self.fits_nowhere(column)
        )

    def opens(self, column: int, kind: Kind) -> bool:
        """Open a collection below the key or dash above, if it stands where one may begin."""
        top = self.levels[-1]
        as_deep = kind == "list" and top.is_at(column, "keys")
        may_open = self.state == "open" and top.column == self.owner
        if may_open and (column > top.column or as_deep):
            self.levels.append(_Level(column, kind, self.at))
            return True
        return False

    def line_above_was_wrong(self, closed: list[_Level], column: int, kind: Kind) -> bool:
        """Blame the dash above, if the lines below it agree with one another and not with it."""
        here = [level for level in [*self.levels, *closed] if level.at == self.above]
        kept = [level for level in self.levels if level.at != self.above]
        if not here or here[0].kind != "list" or here[0 if kind == "list" else -1].kind != kind:
            return False
        stood = here[0 if kind == "list" else -1].column
        moved = [level._replace(column=level.column + column - stood) for level in here]
        following = self.next_line(max(column, stood))
        if not any(level.is_at(*following) for level in moved) and (
            column > stood or kind == "list" or any(level.is_at(*following) for level in here)
        ):
            return False
        if abs(column - stood) > FARTHEST_APART or (kept and moved[0].column < kept[-1].column):
            return False
        self.report_line(self.above, "D31")
        self.levels = [*kept, *moved] if kind == "keys" else [*kept, moved[0]]
        self.owner = column
        return True

    def next_line(self, most: int) -> tuple[int, Kind]:
        """Give the depth of the next line that is no deeper than this, and what begins there."""
        for at in range(self.at + 1, min(self.at + FARTHEST, len(self.lines))):
            line = self.lines[at]
            if line.strip(" ") and _depth(line) <= most and line.lstrip(" ")[0] != "#":
                return _depth(line), "list" if DASH.match(line, _depth(line)) else "keys"
        return -1, "keys"

    def fits_nowhere(self, column: int) -> bool:
        """Report a line at a depth where nothing stands; what is as deep goes with it."""
        self.report_line(self.at, "D31")
        self.owner, self.state = column - 1, "broken"
        return False

    def entry(self, line: str, column: int) -> None:
        """Take a key with its value, or a value that stands alone behind a dash or below a key."""
        end = _end_of_key(line, column)
        if end is not None:
            if self.fits(column, "keys"):
                self.owner, self.state, self.comment = column, "open", None
                self.value(line, end)
        elif self.may_be_value(line, column):
            self.value(line, column)
        else:
            self.stray(line, column)

    def may_be_value(self, line: str, column: int) -> bool:
        if not self.levels:
            return line[column] in "[{"
        return self.state == "open" and column > self.owner

    def stray(self, line: str, column: int) -> None:
        """Take a line that is no ``key: value``; a colon that is nearly right is put right."""
        wide, tight = WIDE_COLON.match(line, column), TIGHT_COLON.match(line, column)
        colon = wide or tight
        if colon is None:
            self.report_line(self.at, "D38")
            self.owner, self.state = column, "broken"
            return
        key = colon[0][:-1].rstrip()
        mended = f"{line[:column]}{key}: {line[colon.end() :].lstrip()}"
        state = self.state
        code, sign = ("D32", colon[0][-1]) if wide else ("D30", ":")
        self.report(colon.end() - 1, code, mended=mended, sign=sign, key=shortened(key))
        self.state = state
        self.content(mended.rstrip(), column)

    def value(self, line: str, start: int) -> None:
        text = line[start:]
        if not text or text.startswith("#"):
            self.state = "open"
        elif text[0] in "\"'":
            self.quoted(line, start)
        elif text[0] in "[{":
            self.flow(line, start)
        elif text[0] in "|>":
            self.block(line, start)
        elif _begins_with_a_sign(text):
            self.report_value(line, start, "D28", sign=text[0])
        elif colon := COLON.search(line, start, start + len(_without_comment(text))):
            self.report_value(line, start, "D27", colon.start())
        else:
            self.state = "open" if REFERENCE.fullmatch(text) else "plain"
            self.note_comment(line, start)

    def note_comment(self, line: str, start: int) -> None:
        comment = COMMENT.search(line, start + 1)
        self.comment = (self.at, comment.start()) if comment else None

    def quoted(self, line: str, start: int) -> None:
        quoted = QUOTED.match(line, start)
        if quoted is None:
            self.quoted_over_lines(line, start)
        elif not _is_comment(line[quoted.end() :]):
            self.report_value(line, start, "D29")
        elif bad := _bad_escape(quoted[0]):
            inside = quoted[0][1:-1]
            mended = line[:start] + in_quotes(inside)
            fixed = example_of_quotes(inside)
            self.report(start + bad.start(), "D37", mended=mended, escape=bad[0], fixed=fixed)
        else:
            self.state = "closed"

    def quoted_over_lines(self, line: str, start: int) -> None:
        """Find where a text ends whose quotes were not closed on its line, if they ever are."""
        for at in self.deeper_lines():
            end = QUOTED_TO_THE_END[line[start]].match(self.lines[at])
            if end is None:
                continue
            if not _is_comment(self.lines[at][end.end() :]):
                break
            self.at, self.state = at, "closed"
            return
        self.report_value(line, start, "D34")

    def deeper_lines(self) -> Iterator[int]:
        """Give the numbers of the lines below this one that are blank or deeper than its key."""
        for at in range(self.at + 1, len(self.lines)):
            if self.lines[at].strip(" ") and _depth(self.lines[at]) <= self.owner:
                if not spaces.LOOKS_BLANK.match(self.lines[at]):
                    return
                self.lines[at] = self.mended[at] = ""
            yield at

    def flow(self, line: str, start: int) -> None:
        text = "\n".join([line[start:], *self.lines_of_flow()])
        end, comment = _end_of_flow(text)
        if end is None and comment is not None:
            lost = shortened(line[start + comment + 1 :])
            self.report(start + comment, "D36", lost=lost)
        elif end is None:
            self.report(start, "D35", sign=line[start])
        elif not _is_comment(text[end:].split("\n", 1)[0]):
            self.report_value(line, start, "D28", sign=line[start])
        else:
            self.state = "closed"
            if "\n" not in text[:end]:
                self.inside_flow(line, start, start + end)
            self.at += text.count("\n", 0, end)

    def lines_of_flow(self) -> Iterator[str]:
        """Give the lines below this one that brackets may stretch over."""
        for at in range(self.at + 1, len(self.lines)):
            line = self.lines[at]
            content = line.lstrip(" ")
            if content and _depth(line) <= self.owner and content[0] not in "]}":
                return
            yield line

    def inside_flow(self, line: str, start: int, end: int) -> None:
        """Look at each value within brackets that are closed on this line."""
        mended, faults = line, []
        for at, after in reversed(list(_values_in_flow(line, start, end))):
            text = line[at:after]
            if found := _fault_in_flow(text):
                code, offset, values = found
                mended = mended[:at] + in_quotes(text) + mended[after:]
                values["fixed"] = example_of_quotes(text)
                faults.append((at + offset, code, values))
        for column, code, values in reversed(faults):
            self.report(column, code, mended=mended, **values)

    def block(self, line: str, start: int) -> None:
        """Pass over the lines of a text behind ``|``; they are nobody's business here."""
        if not BLOCK_HEADER.match(line, start):
            self.report_value(line, start, "D28", sign=line[start])
            return
        self.state = "closed"
        header, depth = self.at, 0
        for at in self.deeper_lines():
            text = self.lines[at].lstrip(" ")
            column = len(self.lines[at]) - len(text)
            if text and not depth:
                depth = column
                self.shorten_blank_lines(header + 1, at)
                if text.startswith("\t"):
                    self.at = at
                    self.odd_indent(column)
                    return
            self.at = at
            if text and column < depth:
                self.report_line(at, "D31")
                self.state = "broken"
                return

    def shorten_blank_lines(self, first: int, last: int) -> None:
        """Empty the blank lines above a text, whose spaces libyaml would take for its depth."""
        for at in range(first, last):
            self.mended[at] = ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end_of_key(line: str, column: int) -> int | None:
    """Give where the value of a key begins, or None if no key stands at this column."""
    if line[column] in "\"'":
        quoted = QUOTED.match(line, column)
        colon = COLON_BEHIND_QUOTES.match(line, quoted.end()) if quoted else None
        end = colon.end() if colon else 0
    elif line[column] in "[]{}#&*!|>%@`," or line[column : column + 2].strip() == "?":
        return None
    else:
        colon = COLON.search(line, column + 1, column + LONGEST_KEY)
        end = colon.end() if colon and not COMMENT.search(line, column, colon.end()) else 0
    return len(line) - len(line[end:].lstrip(" \t")) if end else None


def _without_comment(text: str) -> str:
    comment = COMMENT.search(text)
    return text[: comment.start()] if comment else text


def _is_comment(text: str) -> bool:
    """Say whether nothing, or nothing but a comment, stands behind a closed value."""
    return not text.strip() or (text[0] in " \t" and text.lstrip().startswith("#"))


def _begins_with_a_sign(text: str) -> bool:
    if text[0] in "*&!":
        return not REFERENCE.match(text)
    return text[0] in "@`%,]}" or (text[0] in "-?" and not text[1:2].strip())


def _bad_escape(quoted: str) -> re.Match[str] | None:
    if quoted[0] == "'":
        return None
    return next((found for found in BAD_ESCAPE.finditer(quoted) if found["bad"]), None)


def _end_of_flow(text: str) -> tuple[int | None, int | None]:
    """Give where the first bracket is closed, and where a comment on its line begins, if at all."""
    depth, comment, line_end = 0, None, f"{text}\n".find("\n")
    for found in IN_FLOW.finditer(text):
        if found["comment"] and comment is None and found.start() < line_end:
            comment = found.start()
        elif found["mark"] and found["mark"] != ",":
            depth += 1 if found["mark"] in "[{" else -1
            if depth == 0:
                return found.end(), comment
    return None, comment


def _values_in_flow(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where each value in brackets begins and ends, the brackets themselves left out."""
    after = start
    marks = [found for found in IN_FLOW.finditer(line, start, end) if found["mark"]]
    for mark in marks:
        piece = line[after : mark.start()]
        if after > start and piece.strip():
            at = after + len(piece) - len(piece.lstrip())
            key = _end_of_key(line[: mark.start()], at)
            at = key if key is not None else at
            if line[at : mark.start()].strip():
                yield at, at + len(line[at : mark.start()].rstrip())
        after = mark.end()


def _fault_in_flow(text: str) -> tuple[str, int, dict[str, Any]] | None:
    if text[0] in "\"'":
        quoted = QUOTED.match(text)
        if quoted is None:
            return "D34", 0, {}
        return ("D29", 0, {}) if text[quoted.end() :].strip() else None
    if text[0] == "?":
        return None
    if _begins_with_a_sign(text) or text[0] in "|>":
        return "D28", 0, {"sign": text[0]}
    colon = COLON.search(text)
    return ("D27", colon.start(), {}) if colon else None
