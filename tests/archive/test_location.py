"""Which archive is meant, when nobody says so on the command line."""

from pathlib import Path

import pytest

from minutes.archive import location
from minutes.meetings import folders
from minutes.problems.errors import Fault, MinutesError
from tests.support.body_folder import OFFICE, Shelf

USUAL = Path("/usual")


def office(root: Path, name: str, more: str = "") -> Path:
    """Put an office with one body there; gives the office's file."""
    Shelf(root / name)
    file = root / name / "office.yaml"
    file.write_text(OFFICE + more, "utf-8")
    return file


@pytest.mark.parametrize(
    ("more", "place"),
    [("", ""), ("คลัง: ../kept\n", "../kept"), ("archive: /mnt/kept\n", "/mnt/kept")],
)
def test_an_office_names_its_archive_from_its_own_folder(
    tmp_path: Path, more: str, place: str
) -> None:
    file = office(tmp_path, "amphoe", more)
    expected = folders.absolute(tmp_path / "amphoe" / place) if place else USUAL
    assert location.of(file, location.named(file), USUAL) == expected
    assert location.only([tmp_path], USUAL) == expected


def test_a_faulty_office_names_none_and_is_told_of(tmp_path: Path) -> None:
    file = office(tmp_path, "amphoe", "คลัง: [1\n")
    assert location.named(file) == ""
    with pytest.raises(MinutesError):
        location.only([tmp_path], USUAL)


def test_of_several_offices_the_archive_that_is_there_is_meant(tmp_path: Path) -> None:
    for name in ("first", "second"):
        office(tmp_path, name, "คลัง: kept\n")
    (tmp_path / "second" / "kept").mkdir()
    assert location.only([tmp_path], USUAL) == tmp_path / "second" / "kept"
    (tmp_path / "first" / "kept").mkdir()
    with pytest.raises(Fault) as raised:
        location.only([tmp_path], USUAL)
    assert raised.value.code == "D190"
    there = tuple(str(tmp_path / name / "kept") for name in ("first", "second"))
    assert raised.value.values["places"] == there


def test_two_names_of_one_place_are_one_archive(tmp_path: Path) -> None:
    for name in ("first", "second"):
        office(tmp_path, name, "คลัง: ../kept\n")
    (tmp_path / "kept").mkdir()
    assert location.only([tmp_path], USUAL) == tmp_path / "kept"


def test_where_there_is_no_office_the_usual_place_is_meant(tmp_path: Path) -> None:
    assert location.only([tmp_path / "none"], USUAL) == USUAL
    assert location.only([tmp_path], USUAL) == USUAL
