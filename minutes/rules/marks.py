"""Objections to marks and spaces in free text: ๆ, ฯลฯ, names, brackets, stops, damaged letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.problems.errors import Problem
from minutes.rules.texts import HIDDEN, Role, Text
from minutes.thai import dates, invisible, units

GAP = "[ \u00a0]"
LETTER = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
PARAGRAPHS: frozenset[Role] = frozenset({"prose", "news"})

# --- W24 ----------------------------------------------------------------------------------------

REPEATED = re.compile(
    rf"(?<!{GAP})(?P<before>{GAP}*)(?P<mark>ๆ|ฯ{GAP}?ล{GAP}?ฯ)(?=(?P<behind>{GAP}*))"
)
OPENS = tuple("([{“‘«\"'*")
GOES_ON = re.compile(rf"[{LETTER}A-Za-z0-9๐-๙(“‘«ฯๆ{HIDDEN}]")


def repetition_stands_apart(texts: Sequence[Text]) -> Iterator[Problem]:
    """W24: a space stands before and behind ๆ and ฯลฯ, and no line begins with ๆ."""
    for text in texts:
        for found in REPEATED.finditer(text.own) if "ๆ" in text.own or "ฯ" in text.own else ():
            before, behind = _around(text.own, found)
            if not before and found["mark"] == "ๆ":
                span = found.span("mark")
                yield text.problem("W24", span, shown=text.around(span))
            elif before and not before.startswith(OPENS) and before != "ๆ":
                right, span = _set_apart(found, behind), (found.start(), found.end("behind"))
                if right != found[0] + found["behind"]:
                    yield text.problem("W24", span, right, text.around(span))


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """Give the characters before and behind a match; none at the end of a line."""
    before = text[max(0, found.start() - 1) : found.start()]
    return before.strip("\n"), text[found.end("behind") : found.end("behind") + 1]


def _set_apart(found: re.Match[str], behind: str) -> str:
    """Give a mark with a space on both sides; a space that is there stays what it is."""
    first = found["before"] if len(found["before"]) == 1 else " "
    last = found["behind"]
    if GOES_ON.match(behind) and len(last) != 1:
        last = " "
    return first + re.sub(GAP, "", found["mark"]) + last


# --- W27 ----------------------------------------------------------------------------------------

NAME = rf"[ก-ฮเ-ไ][{LETTER}]{{1,19}}{GAP}{{1,2}}(?:ณ{GAP})?[ก-ฮเ-ไ][{LETTER}]{{1,24}}(?![{LETTER}])"
# A title may touch the word before it, if that is one of these; ห้านาย is a number of men.
LEADS_TO_A_NAME = "|".join(
    rf"(?<={word})"
    for word in ("ให้", "โดย", "และ", "กับ", "คือ", "ของ", "ต่อ", "แต่งตั้ง", "เชิญ", "แก่", "แทน", "เป็น")
)
TITLE = re.compile(
    rf"(?:(?<![{LETTER}.A-Za-z])|{LEADS_TO_A_NAME})(?<![0-9๐-๙]{GAP})(?<!แต่ละ )(?<!หลาย )(?<!ทุก )"
    rf"(?P<title>นางสาว|นาย|นาง|ดร\.|น\.ส\.)(?P<gap>{GAP}+)(?=(?P<name>{NAME}))"
)
MAY_BE_TITLE = re.compile(rf"(?:นาย|นาง|นางสาว|ดร\.|น\.ส\.){GAP}")
MAY_BE_RANK = re.compile(r"[อทต]\.[ก-ฮเ-ไ]")
RANK = re.compile(
    rf"(?<![{LETTER}.])(?P<rank>(?:พล\.ต\.|พ\.ต\.|ร\.ต\.|จ\.ส\.)[อทต]\.|ด\.ต\.|(?:พล|พ|ร)\.[อทต]\.)"
    rf"(?!หญิง{GAP})(?=(?P<name>{NAME}))"
)


def names_are_spaced_alike(texts: Sequence[Text]) -> Iterator[Problem]:
    """W27: a title touches the name behind it; a rank stands a space away from it."""
    for text in texts:
        if text.role in ("name", "spoken"):
            continue
        for found in TITLE.finditer(text.own) if MAY_BE_TITLE.search(text.own) else ():
            shown = found.start(), found.end("name")
            yield text.problem("W27", found.span(), found["title"], shown)
        for found in RANK.finditer(text.own) if MAY_BE_RANK.search(text.own) else ():
            shown = found.start(), found.end("name")
            problem = text.problem("W27", found.span(), f"{found['rank']} ", shown)
            yield replace(problem, severity="info")


# --- W28 ----------------------------------------------------------------------------------------

LONGEST_MARK = 40  # characters from the beginning of a line to the end of 1.1 or 3)
LIST_MARK = r"[ \t]*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?|[-•\uf020-\uf0ff])"
WIDE = re.compile(rf"(?<=[^\s\ufffc]){GAP}{{3,}}(?=\S)")
LOOSE_FIGURE = re.compile(
    rf"(?:(?:จำนวน|วันที่|ครั้งที่|ร้อยละ|พ\.ศ\.|มาตรา|หมู่ที่|เวลา)(?P<before>{GAP}{{2,}})(?=[0-9๐-๙]))"
    rf"|(?<=[0-9๐-๙])(?P<behind>{GAP}{{2,}})(?=(?:บาท|คน|ราย|แห่ง|ครัวเรือน|{'|'.join(dates.MONTHS)})"
    rf"(?![{LETTER}])|น\.)"
)
LOOSE_MARK = re.compile(rf"(?<=\S)(?P<gap>{GAP}+)(?=[,;)\]])|(?<=[(\[])(?P<within>{GAP}+)(?=\S)")
IN_BRACKETS = re.compile(r"[^()\[\]\n]*")
LONGEST_BRACKET = 500  # characters between a bracket and its other half
SEVERAL = re.compile(f"{GAP}{{2}}|[(\\[]{GAP}|{GAP}[,;)\\]]")


def no_space_is_too_many(texts: Sequence[Text]) -> Iterator[Problem]:
    """W28: one space between words, two between sentences, none inside brackets or before , ; ).

    Spaces at the end of a line are dropped by the program and nobody's business.
    """
    for text in texts:
        if text.role == "name" or not SEVERAL.search(text.sentences):
            continue
        if text.role in PARAGRAPHS:
            yield from _wide_gaps(text)
        for found in LOOSE_MARK.finditer(text.sentences):
            if _is_in_brackets(text.sentences, found):
                yield replace(text.problem("W28", found.span(), ""), severity="info")


def _wide_gaps(text: Text) -> Iterator[Problem]:
    for found in WIDE.finditer(text.sentences):
        near = text.sentences[max(0, found.start() - LONGEST_MARK) : found.start()]
        if not re.fullmatch(LIST_MARK, near.rpartition("\n")[2]):
            yield text.problem("W28", found.span())
    for found in LOOSE_FIGURE.finditer(text.sentences):
        start, end = found.span("before" if found["before"] else "behind")
        if end - start == 2:  # wider ones are told above
            yield text.problem("W28", (start, end), " ")


def _is_in_brackets(text: str, found: re.Match[str]) -> bool:
    """Tell a bracket around words from a box to tick, ``( )`` or ``( / )``, and from ``1 )``."""
    if text.startswith((",", ";"), found.end()):
        return True
    low, high = max(0, found.start() - LONGEST_BRACKET), found.start() + 1
    opened = text.rfind("(", low, high), text.rfind("[", low, high)
    within = IN_BRACKETS.match(text, max(opened) + 1)
    return max(opened) >= 0 and within is not None and bool(re.search(r"\w\w", within[0]))


# --- W29 ----------------------------------------------------------------------------------------

STOP = re.compile(rf"(?m)(?<=[{LETTER}ๆ])\.(?={GAP}*$|{GAP}+[ก-ฮเ-ไ“])")
COMMA = re.compile(rf"(?<=[{LETTER}ๆฯ]),{GAP}?(?=[ก-ฮเ-ไ])")
HAS_A_VOWEL = re.compile("[\u0e30-\u0e39\u0e40-\u0e44\u0e47-\u0e4c]")
SHORTENED = frozenset({"โทร", "เลขา", "ผู้ว่า", "อาจารย์", "พล"})


def thai_needs_no_stop_or_comma(texts: Sequence[Text]) -> Iterator[Problem]:
    """W29: a Thai sentence ends without a stop; a space parts Thai words, not a comma."""
    for text in texts:
        if text.role in ("name", "spoken"):
            continue
        for found in STOP.finditer(text.sentences) if "." in text.own else ():
            word = units.last_word(text.sentences, found.start())
            if len(word) > 2 and HAS_A_VOWEL.search(word) and word not in SHORTENED:
                yield text.problem("W29", found.span())
        for found in COMMA.finditer(text.sentences) if "," in text.own else ():
            yield text.problem("W29", found.span())


# --- W39 ----------------------------------------------------------------------------------------

ABOVE = "\u0e31\u0e34-\u0e37"
TONE = "\u0e48-\u0e4b"
# What Windows' old Thai fonts keep in the private area: letters moved out of each other's way.
PRIVATE = str.maketrans(
    "\uf700\uf701\uf702\uf703\uf704\uf705\uf706\uf707\uf708\uf709\uf70a\uf70b\uf70c\uf70d\uf70e\uf70f"
    "\uf710\uf711\uf712\uf713\uf714\uf715\uf716\uf717\uf718\uf719\uf71a",
    "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ"
    "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
)
# All damage holds one of these, which whole letters hardly ever do: two marks of which the second
# is no tone of the first, a letter that is never doubled, a vowel behind one that wants a consonant
# or behind another, a mark on nothing, a PDF's own letters.
SUSPECT = (
    re.compile(
        "[\u0e30-\u0e3a\u0e47-\u0e4e][\u0e30-\u0e3a\u0e47-\u0e4e]"
        f"(?<![{ABOVE}\u0e38\u0e39][{TONE}\u0e4c])(?<![{TONE}][\u0e30\u0e32\u0e33])(?<!\u0e32\u0e30)"
    ),
    re.compile(
        "[\u0e40-\u0e46](?:(?<=[\u0e40-\u0e44])[\u0e30-\u0e3a\u0e40-\u0e4e]|[\u0e45\u0e46])"
    ),
    re.compile(f"[^\u0e01-\u0e2e\u0e31-\u0e4e\u25cc][{ABOVE}\u0e38-\u0e3a\u0e47-\u0e4e]"),
    re.compile("[\ue000-\uf01f\uf100-\uf8ff]"),
)
# What the program itself prints as it was meant.
UNPRINTED = re.compile(
    f"(?P<am>(?P<tone>[{TONE}]?)\u0e4d(?P<more>[{TONE}]?)\u0e32)|[\u00ad\u200b\u200c\u2060\ufeff]+"
    f"|(?:{invisible.NO_JOINER.pattern})+"
)
MAY_BE_UNPRINTED = re.compile("[\u0e4d\u00ad\u200b-\u200d\u2060\ufeff]")
PRIVATE_LETTER = re.compile("[\ue000-\uf8ff]")
DAMAGE = re.compile(
    "(?P<twice>เเ|(?P<mark>[\u0e30-\u0e3a\u0e41-\u0e45\u0e47-\u0e4eๆ])(?P=mark)+)"
    f"|(?P<am>\u0e4d(?P<tone>[{TONE}]?)\u0e33|\u0e33\u0e4d?\u0e32|\u0e33\u0e4d|\u0e32\u0e33)"
    f"|(?P<turned>[{TONE}][{ABOVE}\u0e38\u0e39]|(?<=[ดตธ])\u0e4c[\u0e34\u0e38]"
    f"|[\u0e32\u0e33][{TONE}])"
    "|(?P<private>[\ue000-\uf01f\uf100-\uf8ff]+)"
    f"|(?P<unclear>[{ABOVE}\u0e47]{{2}}|[\u0e38\u0e39]{{2}}|[{TONE}]{{2}}|\u0e30[{TONE}]|\u0e4c[{ABOVE}\u0e38\u0e39]"
    f"|[\u0e40-\u0e44][\u0e30-\u0e3a\u0e40-\u0e4e]|[\u0e30\u0e33][\u0e30\u0e32]"
    f"|[{ABOVE}\u0e38-\u0e3a\u0e47\u0e4c][\u0e30\u0e32\u0e33]"
    f"|(?<![\u0e01-\u0e2e\u0e31-\u0e4e\u25cc])[{ABOVE}\u0e38-\u0e3a\u0e47-\u0e4e])"
)


def letters_are_whole(texts: Sequence[Text]) -> Iterator[Problem]:
    """W39: no vowel or tone is typed twice, in the wrong order, or in letters of a PDF's own."""
    for text in texts if _is_suspect("\n".join(["", *(text.node.text for text in texts)])) else ():
        written = text.node.text
        for found in DAMAGE.finditer(written) if _is_suspect(f"\n{written}") else ():
            span = found.span()
            yield text.problem("W39", span, _mended(found), text.around(span))
        for found in UNPRINTED.finditer(written) if MAY_BE_UNPRINTED.search(written) else ():
            right = f"{found['tone']}{found['more']}ำ" if found["am"] else ""
            problem = text.problem("W39", found.span(), right, text.around(found.span()))
            yield replace(problem, severity="info")


def _is_suspect(text: str) -> bool:
    """Whether letters of a text may be damaged, or be some that the program does not print."""
    return any(kind.search(text) for kind in SUSPECT) or bool(MAY_BE_UNPRINTED.search(text))


def _mended(found: re.Match[str]) -> str | None:
    """Give what was certainly meant; None where nobody can know."""
    if found["twice"]:
        return "แ" if found["twice"] == "เเ" else str(found["mark"])
    if found["am"]:
        return f"{found['tone'] or ''}ำ"
    if found["turned"]:
        return found["turned"][::-1]
    if found["private"]:
        meant = found["private"].translate(PRIVATE)
        return meant if not re.search("[\ue000-\uf8ff]", meant) else None
    return None


# --- W74, W75 -----------------------------------------------------------------------------------

LOST = re.compile(r"\?{2,}(?: \?{2,})+|\?{4,}")


def letters_are_not_lost(texts: Sequence[Text]) -> Iterator[Problem]:
    """W74: no word became question marks, as in a program that knows no Thai."""
    for text in texts:
        for found in LOST.finditer(text.node.text) if "??" in text.node.text else ():
            yield text.problem("W74", found.span())


# The signs of Symbol and Wingdings, by which Word draws bullets, are letters of those two alone.
SYMBOL = re.compile("[\uf020-\uf0ff]")
MEANT = {"\uf0b7": "•", "\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "☐", "\uf0e0": "→"}
AT_THE_BEGINNING = re.compile(r"(?:^|\n)[ \t]*\Z")


def symbols_are_letters_of_every_font(texts: Sequence[Text]) -> Iterator[Problem]:
    """W75: a sign of Word's own fonts is printed nowhere; before a line it is read as a bullet."""
    for text in texts if SYMBOL.search("\n".join(text.node.text for text in texts)) else ():
        written = text.node.text
        for found in SYMBOL.finditer(written):
            name = f"U+{ord(found[0]):04X}"
            if text.role in PARAGRAPHS and AT_THE_BEGINNING.search(written[: found.start()]):
                said = {"so_th": "อ่านเป็น •", "so": "it is read as •", "name": name}
                problem = text.problem("W75", found.span(), "•", None, **said)
                yield replace(problem, severity="info")
            else:
                said = {"so_th": "พิมพ์ไม่ได้", "so": "it cannot be printed", "name": name}
                yield text.problem("W75", found.span(), MEANT.get(found[0]), None, **said)
