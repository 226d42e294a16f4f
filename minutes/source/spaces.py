"""Spaces that only look like one, or like none, where YAML wants an ordinary space.

Word, LINE and web pages leave them behind a colon or a dash, around ``|`` and at the end of a line.
A line keeps its length, so that every place in the file stays what it is; but one that only looks
blank becomes so.
"""

import re

WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # what is seen as a space
UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"  # what is not seen at all
SPECIAL = re.compile(f"[{WIDE}{UNSEEN}\t]")
LOOKS_BLANK = re.compile(f"[ \\t]*[{WIDE}{UNSEEN}][{WIDE}{UNSEEN} \\t]*\\Z")
IN_INDENT = re.compile(f" *(?P<first>[{WIDE}{UNSEEN}])|(?: *- *)+(?P<behind>[{WIDE}{UNSEEN}\t])")
GAP = f"[{WIDE}{UNSEEN} \t]*"
INDENT = re.compile(f"(?P<depth> *)(?P<unseen>[{UNSEEN}]*)")
DASH = re.compile(f"-(?=[{WIDE}{UNSEEN} \t])(?P<gap>{GAP})")
# A key is a word or a few; what has figures before its colon may be a time, and is a text.
KEY = re.compile(
    r"(?:\"[^\"]*\"|'[^']*'|[A-Z][0-9]{2}"
    rf"|[\u0e01-\u0e4eA-Za-z][\u0e01-\u0e4eA-Za-z_.() {WIDE}{UNSEEN}]{{1,100}}):"
)
TAIL = re.compile(f"[{WIDE}{UNSEEN} \t]*\\Z")
SIGNS = ("[", "{", '"', "'", "#")
QUOTES = re.compile("\"[^\"]*\"|'[^']*'")
ANY_WIDE = re.compile(f"[{WIDE}]")
NOTE = re.compile(f"(?<=[{WIDE} \t])#")
CLOSED = re.compile(rf"(?:\"[^\"]*\"|'[^']*'|[\[{{].*[\]}}]){GAP}")
BLOCK = re.compile(f"[|>][-+0-9]*{GAP}\\Z")
IN_FLOW = re.compile(rf"(?P<quoted>\"[^\"\n]*\"|'[^'\n]*')|(?P<mark>[:,\[{{])(?P<gap>{GAP})")


def as_ordinary(line: str, *, opens: bool) -> str:
    """Give a line of keys or of a list with ordinary spaces where YAML wants some.

    ``opens`` when lines below it stand deeper, so that nothing but a space can end it.
    """
    indent = INDENT.match(line)
    assert indent is not None, "it matches nothing too"
    head, at = line[: indent.end()], indent.end()
    if indent["unseen"] and line.startswith("-", at) and DASH.match(line, at):
        head = indent["depth"]  # what nobody sees goes behind the dash
        line, at = f"{head}-{indent['unseen']}{line[at + 1 :]}", len(head)
    if dash := DASH.match(line, at):
        head, at = f"{head}-{_gap(dash['gap'])}", dash.end()
    if key := KEY.match(line, at):
        behind = re.compile(GAP).match(line, key.end())
        assert behind is not None, "it matches nothing too"
        gap = _before_value(behind[0], line[behind.end() :], opens=opens)
        head, at = head + line[at : key.end()] + gap, behind.end()
    return head + _value(line[at:])


def _before_value(gap: str, value: str, *, opens: bool) -> str:
    """Give the gap behind a colon; one that begins well is left alone, unless it hides a sign.

    What nobody sees may have been put before a sign on purpose, to have it read as a letter.
    """
    is_left = gap.startswith((" ", "\t")) and not BLOCK.fullmatch(value)
    if is_left and value[:1] in SIGNS:
        is_left = re.search(f"[{UNSEEN}]", gap) is not None
    return gap if is_left and (value or not opens) else " " * len(gap)


def _gap(written: str) -> str:
    """Give the gap behind a dash with one ordinary space first; the rest goes with what follows."""
    if written.startswith(" "):
        return written
    seen = re.search(" ", written) or re.search(f"[{WIDE}\t]", written)
    return " " + written.replace(seen[0] if seen else written[0], "", 1)


def _value(text: str) -> str:
    """Give a value with ordinary spaces behind ``|``, behind quotes and within brackets."""
    if text[:1] in ("[", "{"):
        text = IN_FLOW.sub(_in_flow, text)
    text = _with_note_apart(text)
    if BLOCK.fullmatch(text) or CLOSED.fullmatch(text):
        return TAIL.sub(lambda tail: " " * len(tail[0]), text)
    return text


def _in_flow(found: re.Match[str]) -> str:
    if found["quoted"]:
        return found[0]
    return found["mark"] + " " * len(found["gap"])


def _with_note_apart(text: str) -> str:
    """Give a value with ordinary spaces before the note behind it, which else would be printed."""
    quoted = QUOTES.match(text)
    note = NOTE.search(text, quoted.end() if quoted else 0)
    if note is None or (text[0] in ("'", '"') and not quoted):
        return text
    value = text[: note.start()].rstrip()
    if not ANY_WIDE.search(text, len(value), note.start()):
        return text
    is_whole = len(value) == quoted.end() if quoted else text[0] not in "[{" or value[-1] in "]}"
    return value.ljust(note.start()) + text[note.start() :] if is_whole else text
