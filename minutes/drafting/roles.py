"""What members are in a body, by its word: chair, secretary, member; and who takes its minutes."""

import re
from collections.abc import Iterable

_CHAIR = "(?:รอง|ผู้ช่วย)?(?:ประธาน|เลขานุการ|เหรัญญิก|หัวหน้า)"
_OF = (
    "(?:ในที่ประชุม|ที่ประชุม|คณะที่ปรึกษา|คณะกรรมการ|คณะอนุกรรมการ|คณะทำงาน|อนุกรรมการ|กรรมการ|สภา[ก-ฮะ-์]*)?"
)
_ONE = (
    rf"(?:ที่ปรึกษา(?:คณะกรรมการ|คณะทำงาน)?|{_CHAIR}{_OF}|กรรมการ(?:กลาง|บริหาร|โดยตำแหน่ง|"
    r"ผู้ทรงคุณวุฒิ)?|อนุกรรมการ|คณะทำงาน|ผู้ทำงาน|สมาชิก(?:สภา[ก-ฮะ-์]*)?|ผู้ประสานงาน|นายทะเบียน|"
    r"ประชาสัมพันธ์|ปฏิคม)"
)
_ORDER = "(?: ?(?:คนที่|ลำดับที่) ?(?:[0-9๐-๙]+|หนึ่ง|สอง|สาม|สี่))?"
ROLE = re.compile(rf"{_ONE}{_ORDER}(?: ?(?:และ|/|, ?) ?{_ONE}{_ORDER})*")
ROLE_AT_END = re.compile(rf"(?<=\s)({ROLE.pattern})$")
RECORDER = re.compile(r"(?:เป็น)?ผู้(?:จด|บันทึก)(?:บันทึก)?(?:รายงาน)?(?:การ)?(?:ประชุม)?")
PARTED = re.compile(r"\s*(?:[/,·\n]|และ)\s*")


def is_role(text: str) -> bool:
    """Whether a text says what somebody is in a body, and nothing else."""
    return ROLE.fullmatch(" ".join(text.split())) is not None


def are_roles(texts: Iterable[str]) -> bool:
    """Whether most of some texts are such."""
    known = [is_role(text) for text in texts]
    return bool(known) and sum(known) > len(known) / 2


def without_recorder(text: str) -> tuple[str, bool]:
    """Give what somebody is apart from taking the minutes, and whether that is among it."""
    parts = [part for part in PARTED.split(text.strip()) if part]
    others = [part for part in parts if not RECORDER.fullmatch(part)]
    if len(others) == len(parts) or not all(map(is_role, others)):
        return text, False
    return "และ".join(others), True
