"""What a line may not tear apart: numbers with their words, days, names; whole words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from minutes.thai.dates import MONTHS, WEEKDAYS, keep_offline
from minutes.thai.digits import (
    DIGIT,
    LATIN_LETTERS,
    THAI_LETTERS,
    WEB,
    Span,
    in_brackets,
    merged,
    term_spans,
)
from minutes.thai.names import (
    FULL_RANKS,
    NO_TITLE,
    RANK,
    TITLES,
    alternatives,
    display_name,
    split_name,
)

_ORDINALS = (
    *(f"วัน{day}ที่" for day in WEEKDAYS),
    "ระเบียบวาระที่", "วาระที่", "ครั้งที่", "วันที่", "หมู่ที่", "ฉบับที่", "สมัยที่", "รุ่นที่", "ข้อที่",
    "คนที่", "ลำดับที่", "อันดับที่", "บ้านเลขที่", "เลขที่", "งวดที่", "ระยะที่", "ไตรมาสที่", "ภาคที่",
    "แบบที่", "ชั้นที่", "ไตรมาส", "พ.ศ.", "ค.ศ.", "พุทธศักราช", "ประจำปี", "ปี", "ปีงบประมาณ",
    "ปีการศึกษา", "ข้อ", "มาตรา", "วรรค", "ชั้น", "บรรทัด", "ห้อง", "โทร.", "โทรศัพท์", "โทรสาร",
    "ที่", "หน้า", "หมู่", "ม.",
)  # fmt: skip
_AMOUNTS = ("ร้อยละ", "เวลา", "อายุ")
_BEFORE_NUMBER = tuple(sorted((*_ORDINALS, *_AMOUNTS), key=len, reverse=True))
_WORDS_OF_THEIR_OWN = ("ที่", "หน้า", "หมู่", "ม.")  # else the end of พื้นที่, ล่วงหน้า, หมวดหมู่, กม.
_ENDS_OF_WORDS = ("หัวข้อ", "ระยะเวลา", "รูปี")
_COUNTERS = (
    "คน", "ราย", "รายการ", "บาท", "สตางค์", "รูป", "ท่าน", "ครั้ง", "วัน", "วันทำการ", "สัปดาห์", "เดือน",
    "ปี", "ชั่วโมง", "นาที", "แห่ง", "กลุ่ม", "ตำบล", "อำเภอ", "จังหวัด", "หมู่บ้าน", "ชุมชน", "ครัวเรือน",
    "หลังคาเรือน", "หลัง", "ไร่", "งาน", "ตารางวา", "ตารางเมตร", "ตารางกิโลเมตร", "ลูกบาศก์เมตร", "เมตร",
    "กิโลเมตร", "เซนติเมตร", "มิลลิเมตร", "กิโลกรัม", "กรัม", "ตัน", "ลิตร", "ชิ้น", "ผืน", "ตัว", "ตัวอย่าง",
    "คัน", "เครื่อง", "เล่ม", "ชุด", "ฉบับ", "เรื่อง", "ข้อ", "โครงการ", "กิจกรรม", "ประเภท", "ด้าน",
    "ระดับ", "ดาว", "หน้า", "บรรทัด", "เสียง", "ถุง", "กล่อง", "ขวด", "ต้น", "สาย", "จุด", "ช่อง", "ชั้น",
    "แปลง", "องค์", "คณะ", "หน่วย", "หน่วยงาน", "สถานี", "โรง", "โรงเรียน", "วัด", "ตอน", "เขต",
    "ประเทศ", "ผลิตภัณฑ์", "เมนู", "เปอร์เซ็นต์", "องศา", "คู่", "ใบ", "แผ่น", "ภาพ", "ดวง", "ทีม", "รุ่น",
    "ร้าน", "บูธ", "ลำ", "ขั้นตอน", "ประเด็น", "มาตรการ", "ช่องทาง", "ตำแหน่ง", "อัตรา", "สาขา", "กอง",
    "สมัย", "นาย", "ฝ่าย", "เท่า", "ปีงบประมาณ", "คูหา", "เส้น", "ทุน", "บริษัท", "องค์กร",
    "องค์ประกอบ", "กรณี", "คดี", "แผนงาน", "เป้าหมาย", "หลักสูตร", "คู่มือ", "ปีก",
)  # fmt: skip
_NOT_COUNTED = (
    r"(?!ข้อมูล|ข้อเท็จ|วัดผล|ตัวแทน|ตัวชี้|หน้าที่|หลังจาก|ต้นทุน|จุดประสงค์"
    rf"|(?:ชั้น|หน้า|ข้อ|บรรทัด|เขต|รุ่น) ?{DIGIT})"
)
_NOT_THE_END = "(?!ที่|[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"  # วันที่, and the ี of รูปี
_SPACE = " {0,2}"
_AFTER_NUMBER = re.compile(
    rf"{_SPACE}(?:(?:น\.(?!ส\.)|นาฬิกา|%|{_NOT_COUNTED}(?:(?:ล้าน|แสน|หมื่น|พัน|ร้อย)?(?:{alternatives(_COUNTERS)}){_NOT_THE_END}"
    rf"|(?:ล้าน|แสน|หมื่น)(?![{THAI_LETTERS}]))))"
)
COUNTS_NOTHING = f"(?!{_AFTER_NUMBER.pattern})"
"""What stands behind a figure that is a day or a year, as part of a pattern."""
_ANY_MONTH = "|".join(
    [*MONTHS, *(r"\.".join(_s) + r"\." for _s in
      (("ม", "ค"), ("ก", "พ"), ("มี", "ค"), ("เม", "ย"), ("พ", "ค"), ("มิ", "ย"), ("ก", "ค"),
       ("ส", "ค"), ("ก", "ย"), ("ต", "ค"), ("พ", "ย"), ("ธ", "ค")))]
)  # fmt: skip
_YEAR_AFTER = (
    rf"(?:{_SPACE}(?:พ\.ศ\.{_SPACE})?{DIGIT}{{4}}(?!{DIGIT})|{_SPACE}{DIGIT}{{2}}(?!{DIGIT}))?"
)
_AFTER_DAY = re.compile(rf"{_SPACE}(?:{_ANY_MONTH}){_YEAR_AFTER}")
_MONTH_YEAR = re.compile(rf"(?:{_ANY_MONTH}){_SPACE}(?:พ\.ศ\.{_SPACE})?{DIGIT}{{2,4}}(?!{DIGIT})")
_RANGE_DASH = re.compile(rf" [-–](?= ?{DIGIT})")
_FIGURE = re.compile(rf"{DIGIT}+(?:[.,/:–-]{DIGIT}+)*")
_DAYS = re.compile(rf"{DIGIT}{{1,2}}(?:[,–-]{DIGIT}{{1,2}})*")


def _figure_spans(text: str) -> Iterator[Span]:
    """Give dates, times, counted and numbered things, found from their figures outwards."""
    done, range_word = 0, ""
    for match in _FIGURE.finditer(text):
        if match.start() < done:
            continue
        word = _word_of_number(text, match.start())
        start = match.start() - len(word)
        word = word.strip() or range_word
        done = _end_after_number(text, match, word)
        range_word = ""
        if dash := _RANGE_DASH.match(text, done):
            done, range_word = dash.end(), word
        if (start, done) != match.span() or _BREAKS_INSIDE.search(match[0]):
            yield start, done


_SIGNS = r",.:/%+()\[\]#×=°'’&_~−–—-"
_CODE_OR_FIGURE = re.compile(
    rf"(?:(?<![{THAI_LETTERS}.])[ก-ฮ]{{1,3}})?[{LATIN_LETTERS}0-9๐-๙{_SIGNS}]+"
    rf"(?:[ก-ฮ]{{1,3}}[{LATIN_LETTERS}0-9๐-๙{_SIGNS}]+)*(?:[ก-ฮ]{{1,2}}(?![{THAI_LETTERS}]))"
    rf"?(?: ?น\.(?!ส\.))?"
)
_SPACED_FIGURE = re.compile(  # a telephone, the number of a citizen
    rf"(?<!{DIGIT})(?:[0๐]{DIGIT}?(?: {DIGIT}{{3,4}}){{2}}|{DIGIT} {DIGIT}{{4}} {DIGIT}{{5}}"
    rf" {DIGIT}{{2}} {DIGIT})(?!{DIGIT})"
)
_DAY = re.compile(rf"(?<!{DIGIT}){DIGIT}{{1,2}}(?:[,–-]{DIGIT}{{1,2}}){{0,9}}{_AFTER_DAY.pattern}")


def figures(text: str) -> list[Span]:
    """Give the figures, dates, times and codes of a text, each of which is misread when torn.

    A figure is a run of digits with all signs and Latin letters that touch it; an address of the
    web is none. Unlike ``units``, they hold no more than that: neither ครั้งที่ nor บาท.
    """
    text = _WEB_ADDRESS.sub(lambda address: " " * len(address[0]), text)
    spans = [
        *(match.span() for match in _CODE_OR_FIGURE.finditer(text) if _DIGIT.search(match[0])),
        *(match.span() for match in _SPACED_FIGURE.finditer(text)),
        *(match.span() for match in _DAY.finditer(text)),
        *(match.span() for match in _MONTH_YEAR.finditer(text)),
    ]
    return merged(spans)


_WEB_ADDRESS = re.compile(WEB)
_DIGIT = re.compile(DIGIT)


def _word_of_number(text: str, start: int) -> str:
    """Give the word, with the spaces, that a number belongs to: ``ครั้งที่ `` of ``ครั้งที่ ๑``."""
    lead = text[max(0, start - 2) : start]
    end = start - len(lead) + len(lead.rstrip(" "))
    low = max(0, end - 20)
    if not text.endswith(_BEFORE_NUMBER, low, end) or text.endswith(_ENDS_OF_WORDS, low, end):
        return ""
    word = next(w for w in _BEFORE_NUMBER if text.endswith(w, low, end))
    begin = end - len(word)
    if word in _WORDS_OF_THEIR_OWN and _LETTER.match(text, max(0, begin - 1), begin):
        return ""
    return text[begin:start]


def _end_after_number(text: str, match: re.Match[str], word: str) -> int:
    """Find where the unit ends that a number begins: behind its month, counter or bracket."""
    figure, end = match[0], match.end()
    after = _AFTER_DAY.match(text, end) if _DAYS.fullmatch(figure) else None
    if not after and word not in _ORDINALS and not _NAMES_A_THING.match(text, match.start()):
        after = _AFTER_NUMBER.match(text, end)
    mark = None if after or word else _LIST_MARK.match(text, end)
    if mark and not in_brackets(text, match.start()):
        return _word_after(text, mark.end())
    return after.end() if after else end


_NAMES_A_THING = re.compile(  # ๑/๒๕๖๗ and the year ๒๕๖๗ count nothing
    rf"{DIGIT}+/|[2๒][4-6๔-๖]{DIGIT}{DIGIT}(?![0-9๐-๙.,])(?! {{0,2}}(?:บาท|คน|ราย))"
)
_LIST_MARK = re.compile(rf"(?:\) ?|\. )(?=[{LATIN_LETTERS}{THAI_LETTERS}])")
_BREAKS_INSIDE = re.compile("[-–/]")
_LETTER = re.compile(f"[{THAI_LETTERS}.]")
_CLEAR_TITLES = ("น.ส.", "ดร.", "รศ.", "ผศ.", "นพ.", "พญ.")
_DOTTED_TITLES = [t for t in TITLES if "." in t and t not in _CLEAR_TITLES]
_WORD_TITLES = [t for t in TITLES if t not in _DOTTED_TITLES]
# One of these is in every title and every rank.
_OF_TITLES = (
    *(".", "เอก", "โท", "ตรี", "ตำรวจ", "จัตวา"),
    *(t for t in _WORD_TITLES if "." not in t and not any(o in t and o != t for o in _WORD_TITLES)),
)
_TITLES_IN_TEXT = (
    rf"(?:(?<![{THAI_LETTERS}.])(?:{RANK}|{alternatives(_DOTTED_TITLES)}) ?"
    rf"|(?:ว่าที่ ?)?(?:{FULL_RANKS})(?:หญิง(?= ))? ?"
    rf"|(?<!ท)(?<!ขุน)(?<!เจ้า){NO_TITLE}(?:{alternatives(_WORD_TITLES)}) ?){{1,3}}"
)
_SURNAME = rf"[{THAI_LETTERS}]{{2,22}}(?: ณ [{THAI_LETTERS}]{{2,20}})?|ณ [{THAI_LETTERS}]{{2,20}}"
_NAME_IN_TEXT = re.compile(
    rf"{_TITLES_IN_TEXT}(?P<given>[{THAI_LETTERS}]{{2,20}})(?![{THAI_LETTERS}.])"
    rf"(?: {{1,2}}(?P<surname>{_SURNAME})(?![{THAI_LETTERS}.]))?"
)


def persons_in(text: str) -> Iterator[tuple[int, str]]:
    """Go through the full names after a title in a text: where each begins, and the name."""
    may_be = " " in text and any(part in text for part in _OF_TITLES)
    for match in _NAME_IN_TEXT.finditer(text) if may_be else ():
        if match["surname"]:
            yield match.start(), match[0]


def names_in(text: str) -> list[str]:
    """Give the names of persons, with title and surname, that stand in running text."""
    return [name for _, name in persons_in(text)]


def _name_spans(text: str) -> Iterator[Span]:
    """Title and given name as one unit, the surname as the next: a line may turn between them."""
    for match in _NAME_IN_TEXT.finditer(text):
        yield match.start(), match.end("given")
        if match["surname"]:
            yield match.span("surname")


@lru_cache(maxsize=64)
def _known_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the forms in which known persons may stand in a text; lines for groups give none."""
    forms = set()
    for name in names:
        title, given, surname = split_name(name)
        if title:
            forms |= {name, display_name(name)}
        if surname and len(given) <= _LONGEST_GIVEN:
            forms.add(f"{given} {surname}")
    return tuple(sorted(forms))


_LONGEST_GIVEN = 20
# A word with a hyphen; a room; a short form in brackets; ต. and the like; a telephone number;
# places and royal names, which a dictionary does not know.
_FIXED = re.compile(
    rf"(?<![{LATIN_LETTERS}0-9])[{LATIN_LETTERS}0-9]{{1,20}}(?:-[{LATIN_LETTERS}0-9]{{1,20}}){{1,4}}(?![{LATIN_LETTERS}0-9])"
    rf"|(?<![{LATIN_LETTERS}0-9])[A-Z]{{1,2}} {DIGIT}+(?:[-–/.,:]{DIGIT}+)*"
    rf"|\([{LATIN_LETTERS}0-9๐-๙.&/-]{{1,24}}\)|\((?:[{THAI_LETTERS}]{{1,6}}\.){{1,6}}\)"
    rf"|(?<![{THAI_LETTERS}.])[ตอจมถซ]\. [{THAI_LETTERS}]{{2,15}}(?![{THAI_LETTERS}])"
    r"|ฯพณฯ"
    rf"|(?<!{DIGIT})[0๐]{DIGIT}? {DIGIT}{{3,4}} {DIGIT}{{3,4}}(?!{DIGIT})"
    rf"|(?:ตำบล|อำเภอ|จังหวัด|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร)[{THAI_LETTERS}]{{2,16}}(?![{THAI_LETTERS}])"
    rf"|(?:สมเด็จพระ|เจ้าฟ้า|พระองค์เจ้า)[{THAI_LETTERS}]{{2,24}}(?![{THAI_LETTERS}])"
)
_MARK = re.compile(
    r"(?P<open>[“‘«] {0,3}(?=\S)|[(\[] {1,3}(?=\S)|(?<![^\s(“\"])ณ {1,3}(?=\S))"
    r"|(?P<close> {0,3}(?:ฯลฯ|ๆ|ฯ(?!พณฯ))| {1,3}[)\]”’»,;:!?]| {1,3}\.(?= |$))"
)
_REPEATED = (
    "ต่าง", "อื่น", "ใหม่", "หลาย", "เล็ก", "จริง", "เร็ว", "ใกล้", "บ่อย", "ช้า", "ทุก", "เรื่อย", "ใหญ่",
    "ประชุม", "กรุงเทพ", "คณะกรรมการ", "คณะทำงาน", "โครงการ", "กรรมการ", "จังหวัด", "อำเภอ", "ตำบล",
)  # fmt: skip
_PLACES = (
    "ห้องประชุม", "หอประชุม", "ที่ว่าการ", "ศาลากลาง", "ศาลา", "สำนักงาน", "โรงเรียน", "โรงแรม", "อาคาร",
    "ศูนย์", "จังหวัด", "อำเภอ", "ตำบล", "เทศบาล", "องค์การ", "มหาวิทยาลัย", "โรงพยาบาล", "บริเวณ", "วันที่",
    "บ้าน", "ร้าน",
)  # fmt: skip
# พ.ร.บ. from the start of a run of letters, or its single letters at the end of one: ตามพ.ร.บ.
_SHORT_FORM = re.compile(
    rf"(?<![{THAI_LETTERS}.])(?:[{THAI_LETTERS}]{{1,5}}\.)+|(?<=[{THAI_LETTERS}])[ก-ฮ]\.(?:[{THAI_LETTERS}]{{1,2}}\.)+"
)


def _short_form_spans(text: str) -> Iterator[Span]:
    """Give short forms with the word that touches them (``หจก.ยอดรส``), or a line ends in พ."""
    for match in _SHORT_FORM.finditer(text):
        yield match.start(), _word_after(text, match.end())


def _mark_spans(text: str) -> Iterator[Span]:
    """No line begins with ๆ ฯ ) ” or a comma, none ends with an opening mark or ณ."""
    for match in _MARK.finditer(text):
        start, end = match.span()
        if match["open"]:
            yield start, _word_after(text, end)
        elif start:
            yield _word_before(text, start), end


def _quote_spans(text: str) -> Iterator[Span]:
    """Hold spaces on the inner side of straight quotation marks, which open and close in turn."""
    opens = False
    for match in _QUOTE.finditer(text):
        opens = not opens
        start, mark = match.span("mark")
        if opens and match["after"]:
            yield start, _word_after(text, match.end())
        elif not opens and match["before"] and match.start():
            yield _word_before(text, match.start()), mark


_QUOTE = re.compile(r'(?P<before> {0,3})(?P<mark>")(?P<after> {1,3}(?=\S))?')
_OPENING = tuple('([“‘«"')
_THAI_TAIL = re.compile(rf"[{THAI_LETTERS}]+\Z")
_THAI_HEAD = re.compile(f"[{THAI_LETTERS}]{{1,30}}")
_THAI_RUN = re.compile(f"[{THAI_LETTERS}]*")
_OTHER_HEAD = re.compile(f"[^ \n{THAI_LETTERS}]{{1,20}}")


def _word_before(text: str, end: int) -> int:
    """Find where the word begins that ends here; looks at no more than 30 characters."""
    window = text[max(0, end - 30) : end]
    tail = _THAI_TAIL.search(window)
    if not tail:
        return end - len(window[-20:].rpartition(" ")[2].rpartition("\n")[2])
    run = tail[0]
    if run.endswith(_REPEATED):
        return end - len(next(w for w in _REPEATED if run.endswith(w)))
    return end - len(run if len(run) <= 8 else _words(run)[-1])


def _word_after(text: str, start: int) -> int:
    """Find where the word ends that begins here; looks at no more than 30 characters."""
    if text.startswith(_OPENING, start):
        start += 1
    head = _THAI_HEAD.match(text, start)
    if not head:
        other = _OTHER_HEAD.match(text, start)
        return other.end() if other else start
    run = head[0]
    if run.startswith(_PLACES):
        return start + len(next(w for w in _PLACES if run.startswith(w)))
    return start + len(run if len(run) <= 12 else _words(run)[0])


@lru_cache(maxsize=4096)
def _words(run: str) -> tuple[str, ...]:
    """Part a run of Thai letters into words, by PyThaiNLP's dictionary."""
    keep_offline()
    from pythainlp.tokenize import word_tokenize

    return tuple(word_tokenize(run))


def last_word(text: str, end: int) -> str:
    """Give the word that ends at a place; empty when it is none of the dictionary's."""
    keep_offline()
    from pythainlp.corpus import thai_words

    run = _THAI_TAIL.search(text, max(0, end - _FARTHEST), end)
    word = _words(run[0])[-1] if run else ""
    return word if word in thai_words() else ""


def are_words(text: str) -> bool:
    """Say whether all that spaces part in a text are words of PyThaiNLP's dictionary."""
    keep_offline()
    from pythainlp.corpus import thai_words

    return bool(thai_words().issuperset(text.split()))


_FARTHEST = 40  # characters; no word is longer, and what is farther away does not part it


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Say whether words begin and end at these places, and not within เก็บ where ``ก็`` was found.

    The Thai letters around are parted into the words of PyThaiNLP's dictionary.
    """
    before = _THAI_TAIL.search(text, max(0, start - _FARTHEST), start)
    begin = before.start() if before else start
    behind = _THAI_RUN.match(text, end, end + _FARTHEST)
    edges, place = {begin}, begin
    for word in _words(text[begin : behind.end() if behind else end]):
        place += len(word)
        edges.add(place)
    return {start, end} <= edges


def units(
    text: str, glossary: Sequence[str] = (), names: Sequence[str] = (), *, longest: int = 60
) -> list[Span]:
    """Give the places ``(start, end)`` that no line may tear apart, sorted, not overlapping.

    Dates (a range may turn after its dash), times, numbers with their word, names, ``คำ ๆ``,
    marks with their neighbour, codes, the terms of ``glossary``, and known ``names`` whole. A unit
    of more than ``longest`` characters is left out: it would not fit on a line.
    """
    spans = [
        *_figure_spans(text),
        *(match.span() for match in _MONTH_YEAR.finditer(text)),
        *_name_spans(text),
        *(match.span() for match in _FIXED.finditer(text)),
        *_mark_spans(text),
        *_short_form_spans(text),
        *_quote_spans(text),
        *term_spans(text, [*glossary, *_known_names(tuple(names))]),
    ]
    return _held(text, spans, longest)


def _held(text: str, spans: Iterable[Span], longest: int) -> list[Span]:
    """Unite what overlaps, with the marks that touch it; drop what grows too long."""
    held: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        before, behind = text[max(0, start - 3) : start], text[end : end + 3]
        first = start - len(before) + len(before.rstrip("([“‘«"))
        last = end + len(behind) - len(behind.lstrip(")]”’»,;:!?ๆฯ"))
        if held and first < held[-1][1]:
            first, last = held[-1][0], max(last, held[-1][1])
            if last - first <= longest:
                held[-1] = first, last
        elif last - first <= longest:
            held.append((first, last))
    return held
