"""Names of persons: titles, ranks, how they are shown, counted and sorted."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from minutes.thai.dates import keep_offline
from minutes.thai.digits import THAI_LETTERS, arabic, strip_invisible


def romanised(word: str) -> str:
    """Give a Thai word in Latin letters (Royal Institute); empty where some letter has no rule."""
    keep_offline()
    from pythainlp.transliterate import romanize

    latin = str(romanize(word, engine="royin"))
    return latin if re.fullmatch("[a-z]+", latin) else ""


TITLES = (
    "นางสาว", "นาย", "นาง", "น.ส.", "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "ดร.",
    "ศาสตราจารย์เกียรติคุณ", "ศาสตราจารย์", "รองศาสตราจารย์", "ผู้ช่วยศาสตราจารย์",
    "ศ.", "รศ.", "ผศ.", "นายแพทย์", "แพทย์หญิง", "ทันตแพทย์หญิง", "ทันตแพทย์", "นพ.", "พญ.",
    "ทพ.", "ทพญ.", "เภสัชกรหญิง", "เภสัชกร", "ภก.", "ภญ.", "นายสัตวแพทย์", "สัตวแพทย์หญิง",
    "น.สพ.", "สพ.ญ.", "หม่อมหลวง", "หม่อมราชวงศ์", "หม่อมเจ้า", "ม.ล.", "ม.ร.ว.", "ม.จ.",
    "ท่านผู้หญิง", "คุณหญิง", "อาจารย์",
)  # fmt: skip
_MONKS = (
    "พระครูสังฆรักษ์", "พระครูวินัยธร", "พระครูธรรมธร", "พระครูใบฎีกา", "พระครูสมุห์", "พระครูปลัด",
    "พระครู", "พระมหา", "พระอธิการ", "เจ้าอธิการ", "พระอาจารย์", "พระปลัด", "พระสมุห์", "พระใบฎีกา",
    "พระภิกษุ", "สมเด็จพระ", "พระ", "สามเณร", "หลวงพ่อ", "หลวงปู่", "หลวงตา",
)  # fmt: skip
_ROYAL = (
    "สมเด็จพระเจ้า",
    "สมเด็จพระนาง",
    "สมเด็จพระบรม",
    "พระบาท",
    "พระเจ้า",
    "พระองค์",
    "พระนาง",
    "พระวรวงศ์",
    "พระราชวงศ์",
    "พระบรม",
)
_GRADES = "(?:เอก|โท|ตรี)"
FULL_RANKS = (
    rf"(?:พลตำรวจ|พันตำรวจ|ร้อยตำรวจ|พลเรือ|พลอากาศ|นาวาอากาศ|เรืออากาศ|พันจ่าอากาศ|จ่าอากาศ|"
    rf"พันจ่า|จ่าสิบ|นาวา|สิบตำรวจ|นายกอง|นายหมวด|นายหมู่|พล|พัน|ร้อย|สิบ|จ่า|เรือ){_GRADES}"
    r"|ดาบตำรวจ|จ่าสิบตำรวจ|พลตำรวจ|พลจัตวา|นายกองใหญ่|นายหมู่ใหญ่"
)
_SHORT_RANKS = (
    r"(?:พล\.[ตรอ]\.|พ\.ต\.|ร\.ต\.|จ\.ส\.|ส\.ต\.|พ\.จ\.|พ\.อ\.)[อทต]\."
    r"|(?:พล|พ|ร|ส|น|จ)\.[อทต]\.|ด\.ต\."
)
RANK = rf"(?:ว่าที่ ?)?(?:{_SHORT_RANKS}|{FULL_RANKS})(?:หญิง(?= ))?(?: ?\(พิเศษ\))?"
_ENGLISH_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof)\.|Miss(?= )"


def alternatives(words: Iterable[str]) -> str:
    """Give a pattern of one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Words that begin like a title and name an office, a trade or a place.
NO_TITLE = (
    r"(?!นาย(?:ก(?:เทศ|องค์|สภา|สมาคม|รัฐ|อบ|เมือง|เหล่า|สโมสร|พุทธ| (?:อบ|เทศ|สมาคม|สภา)|$)"
    r"|อำเภอ|ทะเบียน|ทหาร|ตำรวจ|ช่าง|จ้าง|หน้า|ทุน|ประกัน|ตรวจ|ด่าน|ท้าย|ท่า|สถานี|ประจำ)"
    r"|นาง(?:พยาบาล|แบบ|ฟ้า|งาม|รำ|นพมาศ|สงกรานต์|เลิ้ง|รอง)"
    r"|อาจารย์(?:ใหญ่|ที่|ประจำ|พิเศษ)|พระราช(?:ดำริ|กรณียกิจ|ทาน|บัญญัติ))"
)
_TITLE_PART = re.compile(
    rf"(?P<rank>{RANK}|{_ENGLISH_TITLE})"
    rf"|{NO_TITLE}(?P<title>{alternatives([*TITLES, *_MONKS])})"
)
_PLAIN_NAME = re.compile(
    rf"[{THAI_LETTERS}]+ (?:[{THAI_LETTERS}]+(?: ณ [{THAI_LETTERS}]+)?|ณ [{THAI_LETTERS}]+)"
)


class Name(NamedTuple):
    """A person's name in its parts; a ``ณ …`` belongs to the surname. Missing parts are empty."""

    title: str
    given: str
    surname: str


def split_name(name: str) -> Name:
    """Take a name apart; one whose shape is not recognised comes back whole, as ``given``."""
    folded = " ".join(strip_invisible(name).split())
    titles, rest = _leading_titles(folded)
    if not titles:
        known = _PLAIN_NAME.fullmatch(folded)
        given, _, surname = folded.partition(" ")
        return Name("", given, surname) if known else Name("", name, "")
    given, _, surname = rest.partition(" ")
    return Name(" ".join(titles), given, surname) if given else Name("", name, "")


def _leading_titles(folded: str) -> tuple[list[str], str]:
    """Peel the titles off a name's front; a rank comes back with its canonical spacing."""
    titles: list[str] = []
    rest = folded
    while (match := _TITLE_PART.match(rest)) and not rest.startswith(_ROYAL):
        titles.append(_rank_text(match["rank"]) if match["rank"] else match[0])
        rest = rest[match.end() :].lstrip()
        if match["title"] in _MONKS:
            break
    return titles, rest


def _rank_text(rank: str) -> str:
    """Space a rank: ``ว่าที่ร้อยตรี``, ``ว่าที่ ร.ต.``, ``พันเอก (พิเศษ)``."""
    rank = re.sub(r" ?\(พิเศษ\)", " (พิเศษ)", rank)
    return re.sub(r"ว่าที่ ?", "ว่าที่ " if "." in rank else "ว่าที่", rank)


@lru_cache(maxsize=10_000)
def display_name(name: str) -> str:
    """Give a name in the house spacing: ``นายก ข``, ``พ.ต.อ. ก ข``, ``รศ. ดร.ก ข``.

    A title touches the name; a rank, each further title and the surname stand one space away
    (Royal Society's rules of spacing 1.2.8 and 2.3). An unknown shape comes back as written.
    """
    title, given, surname = split_name(name)
    if not title:
        return f"{given} {surname}" if surname else name
    last = title.rpartition(" ")[2]
    joined = _TITLE_PART.fullmatch(last)
    gap = "" if joined and joined["title"] else " "
    return f"{title}{gap}{given} {surname}".rstrip()


def is_monk(name: str) -> bool:
    """Say whether a name is a monk's, who is counted with รูป; royal titles in พระ are not."""
    folded = strip_invisible(name).lstrip()
    return folded.startswith(_MONKS) and not folded.startswith(_ROYAL)


_HEADS = re.compile(r"(?<![0-9,.ละ-])(?<!ละ )([0-9][0-9,]{0,8}) ?(?:(คน|ท่าน|ราย|นาย)|รูป|องค์)")


def counter(names: Iterable[str]) -> str:
    """Count people: ``12 คน``, monks with their own word: ``2 รูป`` or ``2 รูป 12 คน``.

    A line for a group that tells its number (``ผู้แทนชุมชน 20 คน``) counts as that many.
    """
    heads = [_heads(name) for name in names]
    monks = sum(monk for monk, _ in heads)
    people = sum(person for _, person in heads)
    if not monks:
        return f"{people} คน"
    return f"{monks} รูป {people} คน" if people else f"{monks} รูป"


def _heads(name: str) -> tuple[int, int]:
    """Count the monks and the other people of one line."""
    told = _HEADS.findall(arabic(strip_invisible(name)))
    if not told:
        return (1, 0) if is_monk(name) else (0, 1)
    monks = sum(int(figure.replace(",", "")) for figure, people in told if not people)
    people = sum(int(figure.replace(",", "")) for figure, people in told if people)
    return monks, people


_TONES = "\u0e47-\u0e4e"


def sort_key(text: str) -> tuple[str, str]:
    """Order Thai words as a dictionary does: vowels written first count after their consonant."""
    letters = re.sub("([เ-ไ])([ก-ฮ])", r"\2\1", arabic(strip_invisible(text)))
    return re.sub(f"[{_TONES}]", "", letters), letters
