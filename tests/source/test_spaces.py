"""Spaces that look like one or like nothing, in all places where YAML wants an ordinary space."""

import unicodedata
from pathlib import Path

import pytest

from minutes.problems.errors import Problem
from minutes.source import reader
from minutes.source.reader import Mapping, Node, Scalar

PATH = Path("2569-01.yaml")
MEETING = """\
ครั้งที่: 1/2569
ระเบียบวาระ:
  - ชนิด: เพื่อทราบ
    เรื่อง:
      - ชื่อเรื่อง: การทดสอบ
        รายละเอียด: |
          ข้อหนึ่ง

          ข้อสอง
        มติ: "รับทราบ"
        มอบหมาย: [{งาน: ก, ผู้รับผิดชอบ: ข}]
    """
WIDE = [chr(n) for n in range(0x80, 0x3001) if unicodedata.category(chr(n)) == "Zs"]
UNSEEN = list("\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff")
READ = {
    "behind a colon": ("ครั้งที่: 1", "ครั้งที่:{}1"),
    "behind a colon, before a space": ("ครั้งที่: 1", "ครั้งที่:{} 1"),
    "behind a colon and a space": ("ครั้งที่: 1", "ครั้งที่: {}1"),
    "behind a dash": ("- ชนิด", "-{}ชนิด"),
    "behind a dash, before a space": ("- ชนิด", "-{} ชนิด"),
    "behind a dash and a space": ("- ชนิด", "- {}ชนิด"),
    "between colon and bar": (": |", ":{}|"),
    "between colon, space and bar": (": |", ": {}|"),
    "behind a bar": ("|\n", "|{}\n"),
    "behind a bar and a space": ("|\n", "| {}\n"),
    "behind the colon of a list": ("เรื่อง:\n", "เรื่อง:{}\n"),
    "behind the colon of a list and a space": ("วาระ:\n", "วาระ: {}\n"),
    "before a colon": ("ชนิด:", "ชนิด{}:"),
    "before quotes": (': "', ':{}"'),
    "behind quotes": ('ทราบ"\n', 'ทราบ"{}\n'),
    "before brackets": (": [", ":{}["),
    "behind brackets": ("}]\n", "}}]{}\n"),
    "behind a colon within brackets": ("งาน: ก", "งาน:{}ก"),
    "behind a comma within brackets": (", ผู้", ",{}ผู้"),
    "on a blank line of a text": ("หนึ่ง\n\n", "หนึ่ง\n{}\n"),
    "on a line of its own": ("ทราบ\n", "ทราบ\n{}\n"),
}
NOTED = {
    "behind plain words": ("ชนิด: เพื่อทราบ", "ชนิด: เพื่อทราบ{}# โน้ต"),
    "behind quotes": ('"รับทราบ"', '"รับทราบ"{}# โน้ต'),
    "behind brackets": ("}]\n", "}}]{}# โน้ต\n"),
    "behind a bar": ("|\n", "|{}# โน้ต\n"),
    "behind the colon of a list": ("เรื่อง:\n", "เรื่อง: {}# โน้ต\n"),
}
NAMED = {
    "before a key": ("        มติ", "       {}มติ"),
    "before a dash": ("  - ชนิด", " {}- ชนิด"),
    "before a text": ("          ข้อหนึ่ง", "{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}ข้อหนึ่ง"),
}


def said(node: Node) -> object:
    """Give what a file says, without what nobody sees."""
    if isinstance(node, Scalar):
        return "".join(letter for letter in node.text if letter not in {*WIDE, *UNSEEN}).strip()
    if isinstance(node, Mapping):
        return {reader.folded_key(each.key.text): said(each.value) for each in node.entries}
    return [said(member) for member in node.members]


def examined(text: str) -> tuple[object, tuple[Problem, ...]]:
    node, problems = reader.examine(text.encode(), PATH)
    return said(node) if node else None, problems


def changed(place: tuple[str, str], space: str) -> str:
    found, put = place
    assert found in MEETING
    return MEETING.replace(found, put.format(space), 1)


def test_there_are_all_kinds_of_spaces() -> None:
    assert len(WIDE) == 16
    assert set("\u00a0\u2009\u202f\u3000") < set(WIDE)


@pytest.mark.parametrize("place", READ)
def test_a_special_space_is_read_as_a_space(place: str) -> None:
    expected = examined(MEETING)
    assert expected[1] == ()
    for space in (*WIDE, *UNSEEN):
        assert examined(changed(READ[place], space)) == expected, f"U+{ord(space):04X}"


@pytest.mark.parametrize("place", NAMED)
def test_a_special_space_that_shifts_a_line_is_named(place: str) -> None:
    for space in (*WIDE, "\t", *UNSEEN):
        text = changed(NAMED[place], space)
        _, problems = examined(text)
        assert {problem.code for problem in problems} == {"D22"}, f"U+{ord(space):04X}"
        assert f"(U+{ord(space):04X})" in problems[0].message()
        line = text.split("\n")[problems[0].line - 1]
        assert space in line[: problems[0].column + 1]


@pytest.mark.parametrize(
    "text",
    [
        "ก: 'ข:\u00a0ค'\n",
        "ก: |\n  ข:\u00a0ค\n  -\u00a0ง\n  \u00a0\n  จ\n",
        "ก: เวลา 10:\u00a030 น.\n",
        "ก:\n  - เวลา 10:\u00a030 น.\n",
        "ก: \u200b- ข\n",
        "ก: ข\n  ค:\u00a0ง\n",
    ],
)
def test_within_a_text_a_space_stays_what_it_is(text: str) -> None:
    node, problems = reader.examine(text.encode(), PATH)
    assert node is not None
    assert problems == ()
    value = node.entries[0].value
    (value,) = value.members if isinstance(value, reader.Sequence) else (value,)
    assert isinstance(value, Scalar)
    assert sum(letter in value.text for letter in "\u00a0\u200b") == 1


def test_places_behind_such_a_space_stay_what_they_are() -> None:
    node, _ = reader.examine("กก:\u00a0\u00a0ข\nคก:\u200bง\n".encode(), PATH)
    assert node is not None
    assert [(each.value.line, each.value.column) for each in node.entries] == [(1, 6), (2, 5)]


@pytest.mark.parametrize("dash", list("–—−‐‑‒―•"))
@pytest.mark.parametrize("space", [" ", "\u00a0", ""])
def test_a_dash_that_word_made_is_named_and_read_on_from(dash: str, space: str) -> None:
    text = MEETING.replace("  - ชนิด", f"  {dash}{space}ชนิด")
    _, problems = examined(text.replace("มติ: ", "มติ: ก: "))
    assert next((each.code, each.line, each.column) for each in problems) == ("D423", 3, 3)
    assert dash in problems[0].message()
    assert len(problems) == 2


@pytest.mark.parametrize("space", WIDE, ids=ascii)
@pytest.mark.parametrize("place", NOTED)
def test_a_note_behind_a_special_space_is_no_text(place: str, space: str) -> None:
    note = changed(NOTED[place], space * 2)
    assert "โน้ต" in note
    assert examined(note) == examined(MEETING)
