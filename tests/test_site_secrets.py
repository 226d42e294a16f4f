"""A meeting full of planted secrets, as a website: none is in any byte of it."""

import json

import pytest

from minutes.exposure import Watch
from minutes.site import folder, lists, search, web
from tests.test_secrets import DATES_AND_SUMS, plain, planted, words


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The site's files, the index of its search unpacked, and what was planted."""
    meeting, secrets = planted(tmp_path_factory.mktemp("secrets") / "agendas")
    site = web.site_of({"": meeting.case.office}, "")
    own = folder.build(meeting, site, [])
    every = lists.build([json.loads(own["2567/otop-02/meeting.json"])], site, [])
    index = {f"{n}.json": search.unpacked(d) for n, d in every.items() if n.startswith("search/")}
    files = {**own, **every, **index}
    assert Watch.over([meeting]).findings(files) == []
    return files, secrets


def test_no_secret_is_in_any_byte_of_the_site(
    made: tuple[dict[str, bytes], tuple[str, ...]],
) -> None:
    files, secrets = made
    assert len(files) > 25
    wanted = {plain(secret): secret for secret in [*secrets, *DATES_AND_SUMS]}
    assert len(wanted) > 80
    found = [
        (name, secret)
        for name, data in files.items()
        for text in words(name, data)
        for short, secret in wanted.items()
        if short in text
    ]
    assert found == []


@pytest.mark.parametrize(
    "name", ["2567/otop-02/index.html", "2567/otop-02/meeting.json", "search/2567-1.js.json"]
)
def test_what_is_public_beside_the_secrets_is_there(
    made: tuple[dict[str, bytes], tuple[str, ...]], name: str
) -> None:
    said = "".join(words(name, made[0][name]))
    for shown in ("แผนงานประจำปี", "เรื่องที่ไม่เผยแพร่", "การช่วยเหลือประชาชน"):
        assert plain(shown) in said
