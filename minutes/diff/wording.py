"""What is said of a difference between a Word file and its agenda, in Thai and in English."""

from dataclasses import dataclass

from minutes.diff.comparison import Did, Role, Source, What
from minutes.diff.edits import Handwork
from minutes.documents.pages import Kind
from minutes.problems.messages import Language


@dataclass(frozen=True)
class Phrases:
    """The words about handwork in one language."""

    language: Language
    heading: str
    kinds: dict[Kind, str]
    whats: dict[What, str]
    roles: dict[Role, str]
    missing_place: str
    template: str
    place: str
    row: str
    after: str
    by_words: str
    tracked: str
    did: dict[Did, str]
    count: str
    same: str
    untouched: str
    comments: str
    comment: str
    about: str
    total: str
    all_same: str
    not_compared: str
    saved: str
    not_ours: str
    go_on: str


THAI = Phrases(
    language="th",
    heading="สิ่งที่แก้ในไฟล์ Word",
    kinds={"minutes": "รายงานการประชุม", "release": "ข่าว"},
    whats={
        "changed": "แก้ข้อความ",
        "added": "เพิ่มย่อหน้า",
        "removed": "ตัดย่อหน้า",
        "look": "เปลี่ยนตัวหนา ตัวเอียง หรือขีดเส้น",
        "picture": "เปลี่ยนภาพ",
        "margin": "หัวหรือท้ายกระดาษ",
    },
    roles={
        "written": "เขียนไว้ที่",
        "made": "โปรแกรมพิมพ์ให้จาก",
        "missing": "ยังไม่ได้เขียนคีย์",
        "about": "ถ้อยคำของแม่แบบ พิมพ์ประกอบ",
        "beside": "เพิ่มต่อจาก",
    },
    missing_place="เพิ่มได้ในส่วนที่เริ่มที่",
    template="ถ้อยคำของแม่แบบ หรือเลขที่โปรแกรมนับ ไม่ได้มาจากไฟล์การประชุม",
    place="{path} บรรทัด {line} อักษรที่ {column}",
    row="แถวในตาราง",
    after="อยู่หลัง “{text}”",
    by_words="จับคู่ย่อหน้าจากความคล้ายของถ้อยคำ โปรดดูว่าตรงกันหรือไม่",
    tracked="แก้โดยติดตามการเปลี่ยนแปลง: {names}",
    did={"kept": "", "removed": "ตัดออก", "added": "เพิ่ม", "look": "เปลี่ยนแบบอักษร"},
    count="ต่างกัน {count} แห่ง",
    same="ไม่ต่างจากไฟล์การประชุม",
    untouched="ยังไม่มีใครแก้ไฟล์นี้",
    comments="ข้อคิดเห็นในไฟล์ Word {count} ข้อ",
    comment="{author}: {text}",
    about="เกี่ยวกับ “{text}”",
    total="รวมต่างกัน {differences} แห่ง ข้อคิดเห็น {comments} ข้อ",
    all_same="ไม่มีสิ่งที่ต่างกัน",
    not_compared="ไม่เปรียบเทียบ: แบบและขนาดอักษร สี ระยะ การจัดหน้า ขนาดภาพ และจำนวนวรรค",
    saved="บันทึกหน้าเปรียบเทียบไว้ที่ {path}",
    not_ours="{path} ไม่ใช่หน้าเปรียบเทียบ จึงไม่เขียนทับ",
    go_on="ย้ายสิ่งที่ต้องการไปไว้ในไฟล์การประชุมตามบรรทัดที่บอก แล้วสั่งสร้างเอกสารใหม่",
)

ENGLISH = Phrases(
    language="en",
    heading="What was changed in the Word files",
    kinds={"minutes": "minutes", "release": "release"},
    whats={
        "changed": "words changed",
        "added": "paragraph added",
        "removed": "paragraph taken away",
        "look": "bold, italic or underline changed",
        "picture": "picture changed",
        "margin": "head or foot of the page",
    },
    roles={
        "written": "written at",
        "made": "printed by the program from",
        "missing": "not written yet:",
        "about": "the template's words, printed for",
        "beside": "added after",
    },
    missing_place="to be added where this begins:",
    template="the template's words, or a number that the program counts; no file says them",
    place="{path} line {line} column {column}",
    row="row of a table",
    after="after “{text}”",
    by_words="paired by the likeness of their words; see whether they belong together",
    tracked="tracked changes of {names}",
    did={"kept": "", "removed": "taken away", "added": "put in", "look": "set otherwise"},
    count="{count} differences",
    same="as the agenda gives it",
    untouched="nobody has edited this file",
    comments="{count} comments in the Word file",
    comment="{author}: {text}",
    about="about “{text}”",
    total="{differences} differences and {comments} comments in all",
    all_same="nothing is different",
    not_compared="Not compared: fonts and sizes, colours, spacing, layout, sizes of pictures, "
    "how many spaces there are",
    saved="the comparison is in {path}",
    not_ours="{path} is no page of a comparison, and is left alone",
    go_on="Bring what you want to keep into the agenda, at the lines named, and build again.",
)

PHRASES: dict[Language, Phrases] = {"th": THAI, "en": ENGLISH}


def totals(found: Handwork, say: Phrases) -> str:
    """Give the sentence that sums it up."""
    if found.is_same:
        return say.all_same
    compared = [one.compared for one in found.documents if one.compared]
    differences = sum(len(one.differences) for one in compared)
    comments = sum(len(one.comments) for one in compared)
    return say.total.format(differences=differences, comments=comments)


def keys_of(source: Source) -> str:
    """Give the keys that lead to a source: ``ระเบียบวาระ › เพื่อพิจารณา › เรื่องที่ 1 › มติ``."""
    return " › ".join(source.place.names)


def shortened(text: str, most: int = 60) -> str:
    """Give the beginning of a text, on a line."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
