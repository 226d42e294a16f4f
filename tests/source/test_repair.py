import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from minutes.source import repair


def found(text: str) -> list[tuple[int, int, str]]:
    return [(at.line, at.column, at.code) for at in repair.find(text).stumbles]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # what is right, which is never reported
        ("ก: ข\n\n# ค: ง: จ\nฉ:\n- ช\n- ซ: ฌ\n  ญ: ฎ\nฏ: ฐ\n", []),
        ("ก: |\n  ข: ค: ง\n   - @\n\n  จ\nฉ: >-\n    \n  ช: ซ: ฌ\n", []),
        ("ก: {ข: 'ค} ง', จ: [\n  ฉ, # ช ]\n  ซ, \"ซ\n  ]\"\n]}\nฌ: ญ\n", []),
        ("ก: \"ข\n\n  ค: ง\"\nจ: 'ฉ\n  ''ช' # ซ\n", []),
        ("- - ก\n  - ข\n- ค\n", []),
        ("'ก': ข\n\"ค\" : ง\n?จ: ฉ\n-ช: ซ\n", []),
        ("ก:\n  ข\n  ค\nง: *a\nจ: &b ฉ\nช: !!str ซ\nฌ: &c\n  ญ: ฎ\n", []),
        ("---\nก: ข\n...\n", []),
        ("{ก: ข}\n", []),
        ("\t\n  \t# ก: ข: ค\nง: จ\n", []),
        ("? ก\n: @\n", []),
        ("ก: ['ข', \"ค\", {? ง : จ}]\n", []),
        # values
        ("- ก: ข: ค\n- - ง: @\n", [(1, 7, "D27"), (2, 8, "D28")]),
        ("- @ก\n- ข\n", [(1, 3, "D28")]),
        ("ก:\n  @ข\n", [(2, 3, "D28")]),
        ("ก: - ข\n   - ค\nง: จ\n", [(1, 4, "D28")]),
        ("ก: [ข,\n  ค] ง\n", [(1, 4, "D28")]),
        ('ก: "ข\n  ค" ง\nจ: ฉ\n', [(1, 4, "D34")]),
        ("ก: {ข: 'ค' ง, จ: \"ฉ}\n", [(1, 8, "D29"), (1, 18, "D34")]),
        ("ก: {ข: 'ค}\n", [(1, 8, "D34")]),
        ("ก: {ข: ค # ง}\n", [(1, 10, "D36")]),
        ("ก: [ข #\n  ค\nง: จ\n", [(1, 7, "D36")]),
        ("ก: ข # ค\n  ง\nจ: ฉ\n", [(1, 6, "D36")]),
        ("ก: '\\ข'\nค: \"\\ง\"\n", [(2, 5, "D37")]),
        # lines
        ("ก: ข\nค\nง\nจ: ฉ\nช\n", [(2, 1, "D38"), (5, 1, "D38")]),
        ("ก\nข: ค\n", [(1, 1, "D38")]),
        ("ก: 'ข'\n  ค: ง\n", [(2, 3, "D31")]),
        ("ก: ข\n# ค\n  ง\n", [(3, 3, "D31")]),
        ("{ก: ข}\n ค: ง\n", [(2, 2, "D31")]),
        ("ก: ข\n- ค\n", [(2, 1, "D31")]),
        ("- ก\nข: ค\n", [(2, 1, "D31")]),
        ("ก:\n  ข:\n ค: ง\n", [(3, 2, "D31")]),
        ("ก: |\n   ข\n  ค\n   ง\nจ: ฉ\n", [(3, 3, "D31")]),
        ("%TAG ! a\nก: ข\n", [(1, 1, "D24")]),
        ("----\nก: ข\n", [(1, 1, "D38")]),
        # which of two lines is indented wrongly
        ("ก:\n   - ข: ค\n    ง: จ\n    ฉ: ช\n  - ซ: ฌ\n", [(2, 4, "D31")]),
        ("ก:\n  - ข: ค\n   ง: จ\n    ฉ: ช\n", [(3, 4, "D31")]),
        ("ก:\n - ข: ค\n    ง: จ\n  - ฉ: ช\n", [(2, 2, "D31")]),
        ("ก:\n  - ข: ค\n     ง: จ\n    ฉ: ช\n", [(3, 6, "D31")]),
        ("ก:\n  - ข: ค\n    - ง: จ\n  - ฉ: ช\n", [(3, 5, "D31")]),
        ("ก:\n - ข: ค\n  - ง: จ\n  - ฉ: ช\n", [(2, 2, "D31")]),
        ("ก:\n        - ข: ค\n  ง: จ\n", [(3, 3, "D31")]),
        ("  ก: ข\nค: ง\n", [(1, 3, "D31")]),
        # tabs make the depth of what follows uncertain
        ("ก:\n\tข: ค\n\tง: จ\n   ฉ: ช\nซ: ฌ: ญ\n", [(2, 1, "D22"), (5, 5, "D27")]),
    ],
)
def test_finds_each_stumble_in_its_place(text: str, places: list[tuple[int, int, str]]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("ก: ข: ค\nง: จ", 'ก: "ข: ค"\nง: จ'),
        ("ก:ข\n", "ก: ข\n"),
        ("ก: \"ข\" 'ค' \n", "ก: '\"ข\" ''ค'''\n"),
        ("ก：[ด่วน] ข\n", 'ก: "[ด่วน] ข"\n'),
        ("ก: {ข: @ค, ง: จ: ฉ}\n", 'ก: {ข: "@ค", ง: "จ: ฉ"}\n'),
        ("ก: |\n      \n  ข\n", "ก: |\n\n  ข\n"),
        ("ก: ข\n\t# ค\n", "ก: ข\n# ค\n"),
        ("ก: - ข\n   - ค\nง: จ\n", 'ก: "- ข"\n\nง: จ\n'),
    ],
)
def test_mends_what_is_certain(text: str, mended: str) -> None:
    assert repair.find(text).mended == mended
    assert repair.find(text).is_faithful


@pytest.mark.parametrize(
    "text",
    [
        "ก:\n  - ข: @ค\n   ง: จ\n",
        "ก: |\n        \n  ข\nค: ง: จ\n",
        "ก: ข\n\t\nค: ง\n",
        "ก: ข\n\t# ค\nง: จ\n",
    ],
)
def test_what_is_mended_or_left_out_can_be_read(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        list(yaml.parse(text, Loader=yaml.CBaseLoader))
    assert list(yaml.parse(repair.find(text).mended, Loader=yaml.CBaseLoader))


def test_names_the_error_itself_when_it_has_no_place() -> None:
    (own,) = repair.Findings([], "").explaining(yaml.YAMLError())
    assert (own.line, own.column, own.code) == (1, 1, "D39")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("ก\n ข", "ก ข"), ("ก" * 60, "ก" * 60), ("ก" * 61, "ก" * 59 + "…"), ("", "")],
)
def test_shows_a_text_on_one_line(text: str, shown: str) -> None:
    assert repair.shortened(text) == shown


@given(st.text("กข\"'\\: #", min_size=1))
def test_quotes_a_text_so_that_it_is_read_as_it_is(text: str) -> None:
    assert yaml.load(repair.in_quotes(text), Loader=yaml.CBaseLoader) == text


TREES = st.recursive(
    st.text("กข:-#\"'[]{}|>*&!%@`,?\\ \n", max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("กข-#'\" ", min_size=1, max_size=9), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(
    st.dictionaries(st.text("กขค", min_size=1), TREES, min_size=1),
    st.sampled_from([False, None, True]),
    st.sampled_from([40, 80, 1000]),
)
def test_finds_no_stumble_where_there_is_none(
    tree: dict[str, object], flow: bool | None, width: int
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=width)
    assert found(text) == []
