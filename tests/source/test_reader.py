import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.paths import ROOT
from minutes.problems import messages
from minutes.problems.errors import MinutesError, Problem
from minutes.source import encoding, reader
from minutes.source.reader import Mapping, Node, Scalar, Sequence
from tests.support.effort import assert_in_proportion, in_sight_of_an_end

PATH = Path("2567-02.yaml")
CASES = ROOT / "tests/cases" / "source"
MEETING = (ROOT / "agendas" / "otop" / "2567-01.yaml").read_bytes()

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: encoding.FORBIDDEN.sub("", text.replace("\r", ""))
)
TEXTS = TEXTS.filter(lambda text: encoding.decode(text.encode(), PATH)[1] == [])


def parse(text: str) -> Mapping:
    node = reader.parse(text.encode(), PATH)
    assert isinstance(node, Mapping)
    return node


def value(text: str, at: int = 0) -> Node:
    return parse(text).entries[at].value


def scalar(text: str, at: int = 0) -> Scalar:
    node = value(text, at)
    assert isinstance(node, Scalar)
    return node


def problems(text: str | bytes) -> tuple[Problem, ...]:
    data = text.encode() if isinstance(text, str) else text
    return reader.examine(data, PATH).problems


def codes(text: str | bytes) -> list[str]:
    return [problem.code for problem in problems(text)]


def plain(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(member) for member in node.members]
    assert node is not None
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def printed(found: tuple[Problem, ...]) -> str:
    return "".join(
        f"{problem.line_of_text(str(problem.path))}\n    {problem.hint()}\n" for problem in found
    )


# --- what is read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["no", "14:00", "0812345678", "1.10", "010", "2567-02-29", "1_000", "0x1F", "~", "null", "="],
)
def test_guesses_no_value(written: str) -> None:
    assert scalar(f"มติ: {written}\n").text == written


@pytest.mark.parametrize(
    "written",
    [
        '"{{7*7}}"',
        "'<script>alert(1)</script>'",
        "<b>หนา</b> &amp; </w:t>",
        "๑๔ พฤษภาคม ๒๕๖๗",
        "-เห็นชอบ",
        "“ด่วน” ขออนุมัติ",
        "09.30 - 16.30 น. (หรือ 9:30)",
        "https://example.go.th/?a=1#b",
    ],
)
def test_takes_angle_brackets_and_templates_for_text(written: str) -> None:
    assert scalar(f"มติ: {written}\n").text == written.strip("\"'")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_takes_any_line_end_with_or_without_a_mark(end: str, mark: str) -> None:
    node = parse(mark + end.join(["วันที่: ก", "มติ: |", "  หนึ่ง", "  สอง", ""]))
    day, resolution = node.entries
    assert (day.key.line, day.key.column) == (1, 1)
    assert resolution.value == Scalar("หนึ่ง\nสอง\n", 2, 6, "literal", "", range(3, 6))


def test_turns_written_carriage_returns_into_line_ends() -> None:
    assert scalar('มติ: "ก\\r\\nข\\rค"\n').text == "ก\nข\nค"


def test_counts_lines_and_columns_in_characters_from_one() -> None:
    node = parse("😀ก:\t'ข'\nค:\n  - {ง: จ, ฉ: [ช]}\n")
    first, second = node.entries
    assert (first.key.line, first.key.column) == (1, 1)
    assert (first.value.line, first.value.column) == (1, 5)
    assert isinstance(second.value, Sequence)
    inner = second.value.members[0]
    assert isinstance(inner, Mapping)
    assert (inner.line, inner.column, inner.flow, second.value.flow) == (3, 5, True, False)
    last = inner.entries[1].value
    assert isinstance(last, Sequence)
    assert (last.line, last.column, last.flow) == (3, 15, True)


@pytest.mark.parametrize(
    ("written", "style"),
    [("", "plain"), ("ก", "plain"), ("'ก'", "single"), ('""', "double"), (">\n  ก", "folded")],
)
def test_tells_how_a_text_was_written(written: str, style: str) -> None:
    assert scalar(f"มติ: {written}\n").style == style


def test_reads_what_json_writes() -> None:
    written = {"ครั้งที่": "1/2567", "เรื่อง": [{"มติ": 'ก "ข" \\ ค'}]}
    assert plain(parse(json.dumps(written))) == written


def test_reads_a_document_that_is_marked_as_one() -> None:
    assert scalar("---\nมติ: ก\n...\n").text == "ก"


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("|-\n  ก\n\n  ข\n", [2, 3, 4]),
        (">-\n  ก\n  ข\n\n  ค\n  ง\n", [2, 5]),
        (">-\n\n  ก\n\n\n  ข\n  ค\n", [2, 3, 5, 6]),
        (">-\n  ก\n   ข\n   ค\n  ง\n  จ\n\n   ฉ\n", [2, 3, 4, 5, 7, 8]),
        ("ก\n  ข\n\n  ค\n", [1, 4]),
        ('"ก\n  ข\n\n\n  ค"\n', [1, 4, 5]),
        ('"ก\\nข\n  ค\\n\\\\nง\n  \\\\\\n"\n', [1, 1, 2, 3]),
        ("ก\n", [1]),
        ('"\n"', [1]),
    ],
)
def test_knows_the_line_of_each_line_of_a_text(written: str, lines: list[int]) -> None:
    node = scalar(f"มติ: {written}")
    assert len(node.text.split("\n")) == len(lines)
    assert [node.line_of(offset) for offset in range(len(lines))] == lines
    assert node.line_of(99) == lines[-1]


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        ("ห้อง #1 ชั้น 2", "1 ชั้น 2"),
        ("ห้อง # ชั้น 2  ", "ชั้น 2"),
        ("ห้อง  # หมายเหตุ", ""),
        ("ห้อง\t# หมายเหตุ", ""),
        ("ห้อง#1", ""),
        ("# ยังไม่ประชุม", "# ยังไม่ประชุม"),
        ("'ห้อง' # หมายเหตุ", ""),
        ('"ห้อง" #ชั้น2', "#ชั้น2"),
        ("| #1\n  ห้อง", "#1"),
        ("| # หมายเหตุ\n  ห้อง #1", ""),
        ("ห้อง\n# หมายเหตุ", ""),
    ],
)
def test_keeps_what_a_hash_cut_off(written: str, lost: str) -> None:
    assert scalar(f"มติ: {written}\n").lost == lost


def test_loses_nothing_of_a_text_of_200_kilobytes() -> None:
    line = "ที่ประชุมรับทราบ " * 1300
    text = "\n".join([line.strip()] * 4)
    assert scalar("มติ: |-\n  " + text.replace("\n", "\n  ")).text == text


@given(TEXTS)
def test_gives_a_text_in_double_quotes_back_as_written(text: str) -> None:
    assert scalar(f"มติ: {json.dumps(text, ensure_ascii=False)}\n").text == text


@given(TEXTS)
def test_gives_a_text_behind_a_bar_back_as_written(text: str) -> None:
    keep = "+" if text.endswith("\n") else "-"
    body = "".join(f"  {line}\n" for line in text.removesuffix("\n").split("\n"))
    assert scalar(f"มติ: |2{keep}\n{body if text else ''}").text == text


TREES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("กขค", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("กขค", min_size=1), TREES, min_size=1), st.sampled_from([40, 80]))
def test_reads_what_another_program_writes_as_that_program_does(
    tree: dict[str, object], width: int
) -> None:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    written = yaml.dump(tree, Dumper=Dumper, allow_unicode=True, width=width)
    assert plain(parse(written)) == yaml.load(written, Loader=yaml.CBaseLoader)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_tells_a_writer_what_is_wrong(case: Path, update: bool) -> None:
    with pytest.raises(MinutesError) as caught:
        reader.parse(case.read_bytes(), Path(case.name))
    if update:
        case.with_suffix(".txt").write_text(printed(caught.value.problems), encoding="utf-8")
    assert printed(caught.value.problems) == case.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_wrong_file_lies_beside_what_it_should_say() -> None:
    wrong = {case.stem for case in CASES.glob("*.yaml")}
    assert len(wrong) > 40
    assert wrong == {case.stem for case in CASES.glob("*.txt")}


def test_speaks_no_english_of_libyaml() -> None:
    said = "".join(case.read_text(encoding="utf-8") for case in CASES.glob("*.txt"))
    assert said
    assert not [word for word in ("expected", "found", "while", "token", "scalar") if word in said]


def test_every_message_of_this_part_is_said_at_least_once(tmp_path: Path) -> None:
    said = {code for case in CASES.glob("*.yaml") for code in codes(case.read_bytes())}
    said |= set(codes(b"x" * (reader.MOST_BYTES + 1)))
    said |= set(codes(b"a: [" + b"b," * reader.MOST_NODES + b"]"))
    for path in (tmp_path, tmp_path / "none.yaml", Path("/dev/null")):
        with pytest.raises(MinutesError) as caught:
            reader.read(path)
        said |= {problem.code for problem in caught.value.problems}
    assert said == set(messages.SOURCE)


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "2567-01.yaml"
    path.write_bytes(MEETING)
    assert reader.read(path) == reader.parse(MEETING, path)
    assert reader.survey(path) == (reader.parse(MEETING, path), ())


def test_surveys_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    node, found = reader.survey(tmp_path)
    assert node is None
    assert [problem.code for problem in found] == ["D11"]


@pytest.mark.parametrize("name", ["none.yaml", "no/such.yaml", "\0.yaml", "ก" * 300 + ".yaml"])
def test_says_that_there_is_no_such_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(MinutesError) as caught:
        reader.read(tmp_path / name)
    assert [problem.code for problem in caught.value.problems] in (["D10"], ["D12"])


def test_refuses_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2567-01.yaml"
    path.write_bytes(MEETING)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MinutesError) as caught:
        reader.read(path)
    assert [problem.code for problem in caught.value.problems] == ["D12"]


def test_takes_a_megabyte_and_not_one_byte_more() -> None:
    start = "มติ: ".encode()
    data = start + b"x" * (reader.MOST_BYTES - len(start))
    assert codes(data) == []
    assert codes(data + b"x") == ["D13"]


def test_names_both_lines_of_a_key_that_is_given_twice() -> None:
    (problem,) = problems("มติ: ก\nวันที่: ข\n\nมติ: ค\n")
    assert (problem.line, problem.column) == (4, 1)
    assert "บรรทัดที่ 1 และบรรทัดที่ 4" in problem.message()
    assert "on line 1 and on line 4" in problem.message("en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ชื่อ เรื่อง", "ชื่อ\u00a0เรื่อง"),
        ("ชื่อ เรื่อง", "ชื่อ  เรื่อง"),
        ("คำเปิด", "คําเปิด"),
        ("น้ำ", "นํ้า"),
        ("มติ", "\u200bมติ\ufeff"),
        ("มติ", "'มติ '"),
    ],
)
def test_finds_a_key_twice_whatever_cannot_be_seen_in_it(one: str, other: str) -> None:
    assert codes(f"{one}: ก\n{other}: ข\n") == ["D23"]
    assert codes(f"{one}: ก\nวาระ: {{{other}: ข}}\n") == []


@pytest.mark.parametrize(
    ("text", "column"),
    [("ก: " + "[" * 100_000, 23), ("ก: " + "{" * 100_000, 23), ("- " * 100_000, 41)],
    ids=["brackets", "braces", "dashes"],
)
def test_100_000_brackets_are_a_message(text: str, column: int) -> None:
    with in_sight_of_an_end():
        (problem,) = problems(text)
    assert (problem.line, problem.column, problem.code) == (1, column, "D25")
    assert_in_proportion(lambda size: problems(text[:size]), len(text))


def test_takes_twenty_levels_and_not_one_more() -> None:
    assert codes("ก: " + "[" * 19 + "]" * 19) == []
    assert codes("ก: " + "[" * 20 + "]" * 20) == ["D25"]


def test_expands_no_alias() -> None:
    levels = [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 15)]
    found = problems("k0: &a0 [x]\n" + "\n".join(levels))
    assert (found[0].line, found[0].column, found[0].code) == (1, 5, "D24")
    assert {problem.code for problem in found} == {"D24"}


@pytest.mark.parametrize(
    "line",
    ["a: b: c", "a: @b", "a", "a: '", "a: {b: @c}", "a:b", "a: *b", "a: ข\x1b", "- a: b\n c: d"],
)
def test_stops_at_some_hundred_faults(line: str) -> None:
    assert 0 < len(problems(f"{line}\n" * 20_000)) <= 200
    assert_in_proportion(lambda size: problems(f"{line}\n" * size), 20_000)


@pytest.mark.parametrize(
    "text",
    [
        "ก: |\n" + "  ที่ประชุมรับทราบ\n" * 20_000,
        "ก:\n" + "  - {ข: ค, ง: จ}\n" * 30_000,
        "ก:\n" + "  - ข: ค # ง\n    จ: >\n      ฉ\n      ช\n" * 15_000,
        "ก: " + " " * 900_000 + "ข: ค",
        'ก: ข: ค\nง: "' + '\\"' * 400_000,
        "ก: ข: ค\nง: [" + "}{" * 400_000,
        "ก: ข: ค\n" + '"' * 900_000,
    ],
    ids=range(7),
)
def test_takes_work_in_proportion_to_the_file(text: str) -> None:
    assert len(text.encode()) < reader.MOST_BYTES
    assert_in_proportion(lambda size: reader.examine(text[:size].encode(), PATH), len(text))


# --- several faults at once --------------------------------------------------------------------


def test_reads_on_behind_a_stumble_as_the_writer_meant_it() -> None:
    node, found = reader.examine(
        'มติ: ผลคือ: เห็นชอบ\nชื่อ: "ก" ข\nรายละเอียด:|\n  ค\nวาระ: {ง: @จ}\n'.encode(), PATH
    )
    assert [problem.line for problem in found] == [1, 2, 3, 5]
    meant = {"มติ": "ผลคือ: เห็นชอบ", "ชื่อ": '"ก" ข', "รายละเอียด": "ค\n", "วาระ": {"ง": "@จ"}}
    assert plain(node) == meant


def test_gives_no_tree_that_lacks_what_had_to_be_left_out() -> None:
    node, found = reader.examine("มติ: ก\nข้อความ\nมติ: ข\n".encode(), PATH)
    assert node is None
    assert [problem.line for problem in found] == [2]


def test_reports_a_key_twice_above_and_a_stumble_below_in_the_order_of_the_file() -> None:
    assert codes("มติ: ก\nมติ: ข\nข้อความ\n") == ["D23", "D38"]


def test_says_one_thing_of_a_line_with_a_control_character() -> None:
    assert codes("มติ: \x1bก: ข\nวันที่: ค: ง\n") == ["D18", "D27"]


def test_blames_libyamls_own_line_when_no_stumble_explains_it() -> None:
    found = problems("? ก\n: ข\nค: @ง\n")
    assert [(problem.line, problem.column, problem.code) for problem in found] == [(3, 4, "D39")]


# --- whatever comes ----------------------------------------------------------------------------


def is_well_behaved(data: bytes) -> bool:
    node, found = reader.examine(data, PATH)
    told = [problem.message() + problem.hint("en") for problem in found]
    in_file = all(1 <= problem.line <= len(data) + 1 <= 10**6 for problem in found)
    return in_file and "\n" not in "".join(told) and (bool(found) or node is not None)


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text("กa:-#\"'[]{}|>*&!%@`,? \n\t\\.0", max_size=80))
def test_never_breaks_on_rubbish(data: bytes | str) -> None:
    assert is_well_behaved(data if isinstance(data, bytes) else data.encode())


@settings(max_examples=200)
@given(
    st.integers(0, len(MEETING)),
    st.integers(0, 3),
    st.sampled_from(['"', "'", ": ", "\n", "\t", " ", "- ", "[", "}", "#", "|", "ก", "\\", "*"]),
)
def test_never_breaks_on_a_slip_in_a_good_file(at: int, gone: int, put: str) -> None:
    assert is_well_behaved(MEETING[:at] + put.encode() + MEETING[at + gone :])
