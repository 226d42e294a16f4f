import pytest

from minutes import prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก\nข", "ก\nข"),
        ("ก\n\n\n    ข", "ก\n\nข"),
        ("1.อาหาร\n2)ผ้า", "1. อาหาร\n2) ผ้า"),
        ('**"ผ้าไทย"**ใส่ คำ**หนา**คำ', '"ผ้าไทย"ใส่ คำหนาคำ'),
        ("| ก | ข |\n|---|---|\n| 1 | 2 |", "ก | ข\n1 | 2"),
    ],
)
def test_plain_text_has_no_marks(text: str, expected: str) -> None:
    assert prose.plain(prose.parse(text)) == expected
