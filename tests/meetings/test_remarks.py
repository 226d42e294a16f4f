"""The agenda inside the minutes has no note and no reason of its writer's, all else as it was."""

import io
import random
import re
from pathlib import Path

import pypdf
import pytest
import yaml

from minutes.build import pipeline
from minutes.meetings import loading, redact, remarks
from minutes.meetings.proceedings import work_out
from minutes.model import validation
from minutes.model.meeting import Meeting
from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from minutes.source import reader
from minutes.source.reader import Node, Scalar

AGENDAS = sorted(
    path
    for folder in ("agendas", "tests/cases/clean")
    for path in (ROOT / folder).rglob("2*-*.yaml")
)
NOTE = "หมายเหตุส่วนตัว"
ENDS = ["", "#", "- ก: ข", '"', "ละเว้น: {"]


def read(data: bytes, path: Path) -> Meeting | None:
    """Read a file as the program does; nothing where it has a fault."""
    try:
        return validation.understand(Meeting, reader.examine(data, path), path)
    except MinutesError:
        return None


def said(meeting: Meeting | None) -> Meeting:
    """Give a meeting without where it was written, and without reasons of ละเว้น."""
    assert meeting is not None
    return redact.without_places(meeting)


def texts(node: Node) -> list[str]:
    """Give how each value of a file is written, byte for byte.

    Notes behind | and > are none of it, nor are empty lines below such a text.
    """
    if isinstance(node, Scalar):
        written = node.written.file[node.written.start : node.written.end] if node.written else ""
        return [re.sub(r"\A([|>]\S*)[^\n]*", r"\1", written).rstrip("\n")]
    if isinstance(node, reader.Sequence):
        return [text for member in node.members for text in texts(member)]
    return [text for one in node.entries for part in (one.key, one.value) for text in texts(part)]


def node_of(data: bytes, path: Path) -> Node:
    node = reader.examine(data, path).node
    assert node is not None
    return node


def noted(chance: random.Random, data: bytes, path: Path) -> tuple[bytes, int]:
    """Write notes into a file wherever it reads as before; gives how many."""
    before, count = read(data, path), 0
    for _ in range(12):
        lines = data.decode().splitlines(keepends=True)
        at = chance.randrange(len(lines) + 1)
        note = f"# {NOTE} {chance.choice(ENDS)}"
        if chance.random() < 0.5 and at < len(lines):
            end = lines[at][len(lines[at].rstrip("\r\n")) :]
            lines[at] = (
                f"{lines[at].rstrip()}{'  ' if chance.random() < 0.9 else chr(9)}{note}{end}"
            )
        else:
            blank = "\n" * chance.randrange(2)
            lines.insert(at, f"{blank}{' ' * chance.randrange(9)}{note}\n{blank}")
        other = "".join(lines).encode()
        after = read(other, path)
        if after is not None and said(after) == said(before):
            data, count = other, count + 1
    return data, count


def test_there_are_agendas() -> None:
    assert len(AGENDAS) > 15


@pytest.mark.parametrize("path", AGENDAS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_notes_go_and_all_else_stays_byte_for_byte(path: Path) -> None:
    chance = random.Random(path.name)
    data, count = noted(chance, path.read_bytes(), path)
    assert count > 2
    assert data.decode().count(NOTE) == count
    bare = remarks.left_out(data)
    assert NOTE.encode() not in bare
    assert said(read(bare, path)) == said(read(data, path))
    if "ละเว้น" not in data.decode().replace("ละเว้น: {", ""):
        assert texts(node_of(bare, path)) == texts(node_of(data, path))


HARD = """\
# yaml-language-server: $schema=x
ครั้งที่: 1/2569  # {note}
วันที่: 5 มกราคม 2569 \t# {note}
สถานที่: 'ห้อง #1'
ชื่อการประชุม: "ก # ข"  # {note} "ค"
คำเปิดประชุม: |-  # {note}
  # เปิดประชุม #1
    ย่อหน้า # ไม่ใช่หมายเหตุ

  ท้าย
  # {kept}

# {note}
   # {note}
คำปิดประชุม: |+
  ปิด

# {note}

ระเบียบวาระ:
  # {note}
  - {{ชนิด: เพื่อทราบ, เรื่อง: [  # {note}
      'เรื่อง #2',  # {note}
      # {note}
      {{ชื่อเรื่อง: "ค#ง", มติ: รับทราบ}}  # {note}
    ]}}
  -  # {note}
    ชนิด: เพื่อพิจารณา
    เรื่อง: [แผน#3]
# {note}"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_signs_in_values_and_blocks_are_no_notes(begin: str, end: str) -> None:
    text = HARD.format(note=NOTE, kept="เนื้อความ")
    data = (begin + text.replace("\n", end)).encode()
    bare = remarks.left_out(data)
    path = Path("agendas/board/2569-01.yaml")
    assert (NOTE in bare.decode(), "$schema" in bare.decode()) == (False, False)
    assert said(read(bare, path)) == said(read(data, path))
    assert texts(node_of(bare, path)) == texts(node_of(data, path))
    assert all(kept in bare.decode() for kept in ("# เนื้อความ", "'ห้อง #1'", "แผน#3", "# ไม่ใช่"))


def test_a_file_without_notes_and_reasons_is_the_same_file() -> None:
    bare = remarks.left_out(HARD.format(note=NOTE, kept="ก").encode())
    assert remarks.left_out(bare) == bare


REASONS = """\
ละเว้น:
  W08: {note}
  W16: |
    {note}
    สองบรรทัด
  W18: "{note} # ก"
ระเบียบวาระ:
  - ชนิด: เพื่อทราบ
    ignore: {{W14: {note}, W13: '{note}'}}
    เรื่อง:
      - {{ชื่อเรื่อง: ก, "ละเว้น": {{W20: {note}}}}}
วันที่: 5 มกราคม 2569
"""


def test_of_what_is_switched_off_the_codes_stay_and_no_reason() -> None:
    path = Path("agendas/board/2569-01.yaml")
    bare = remarks.left_out(REASONS.format(note=NOTE).encode())
    meeting = read(bare, path)
    assert NOTE not in bare.decode()
    assert meeting is not None
    assert dict(meeting.ignore) == dict.fromkeys(["W08", "W16", "W18"], "ตัดออก")
    [section] = meeting.agenda
    assert (set(section.ignore), set(section.matters[0].ignore)) == ({"W14", "W13"}, {"W20"})
    assert said(meeting) == said(read(REASONS.format(note=NOTE).encode(), path))


@pytest.mark.pdf
def test_the_minutes_carry_the_agenda_without_notes(tmp_path: Path) -> None:
    (tmp_path / "office.yaml").write_text("ชื่อหน่วยงาน: อำเภอตัวอย่าง\n", "utf-8")
    (tmp_path / "board").mkdir()
    (tmp_path / "board/body.yaml").write_text("ชื่อ: คณะกรรมการตัวอย่าง\n", "utf-8")
    path = tmp_path / "board/2569-01.yaml"
    path.write_text(f"# {NOTE}\nวันที่: 5 มกราคม 2569\nละเว้น: {{W02: {NOTE}}}\n", "utf-8")
    [case] = loading.find([path]).cases
    [pdf] = pipeline.build(work_out(case), ["minutes"], ["pdf"]).values()
    [[carried]] = pypdf.PdfReader(io.BytesIO(pdf)).attachments.values()
    assert carried.decode() == "วันที่: 5 มกราคม 2569\nละเว้น: {W02: ตัดออก}\n"


SPACES = """\
ครั้งที่:{0}1/2569 # {note}
วันที่: 5 มกราคม 2569{0}
ระเบียบวาระ:{0}
  -{0}ชนิด: เพื่อทราบ
    เรื่อง:
      - ชื่อเรื่อง: ก
        รายละเอียด:{0}|{0}
          ข้อหนึ่ง{0}# ข้อสอง
{0}
        มติ:{0}รับทราบ  # {note}
        ละเว้น:{0}{{W14:{0}{note}}}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2009", "\u200b", "\t"], ids=ascii)
def test_spaces_that_were_mended_in_reading_are_ordinary_ones(space: str, end: str) -> None:
    path = Path("agendas/board/2569-01.yaml")
    data = SPACES.format(space, note=NOTE).replace("\n", end).encode()
    meeting = read(data, path)
    bare = remarks.left_out(data)
    assert meeting is not None
    assert NOTE not in bare.decode()
    assert said(read(bare, path)) == said(meeting)
    assert yaml.load(bare, Loader=yaml.CBaseLoader)["ระเบียบวาระ"][0]["เรื่อง"][0]["มติ"] == "รับทราบ"
