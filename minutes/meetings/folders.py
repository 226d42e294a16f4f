"""The agendas folder by its names alone: which files are meetings, whose, in which order."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from minutes.problems.errors import Problem, problem

OFFICE, BODY = "office.yaml", "body.yaml"
NEW_BODY = "body.new.yaml"  # with members that somebody still has to look through
MEETING_NAME = re.compile(r"([0-9]{4})-([0-9]{1,4})([a-z]?)")
OLDEST_YEAR = 2400  # พ.ศ.; a smaller one in a file's name is a common year
AGENDA_LIKE = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # Notepad adds .txt unasked
BODY_ID = re.compile(r"[a-z0-9-]+")


def wanted(paths: Iterable[Path], problems: list[Problem]) -> dict[Path, list[Path]]:
    """Sort the paths asked for into bodies' folders, each with its chosen meetings in order."""
    files: dict[Path, Path] = {}
    for path in paths:
        for file in _meetings_under(path, problems):
            files.setdefault(absolute(file), file)
    folders: dict[Path, Path] = {}
    wanted: dict[Path, list[Path]] = {}
    for place in sorted(files, key=lambda place: (place.parent, order(place))):
        folder = folders.setdefault(place.parent, files[place].parent)
        wanted.setdefault(folder, []).append(folder / place.name)
    _refuse_same_ids(wanted, problems)
    return wanted


def _meetings_under(path: Path, problems: list[Problem]) -> Iterator[Path]:
    if path.is_dir():
        files = list(_walk(path, problems))
        if not files:
            problems.append(problem(path, 1, 1, "D82"))
        yield from files
    elif path.name in (OFFICE, BODY):
        yield from _meetings_under(path.parent, problems)
    elif not path.exists():
        problems.append(problem(path, 1, 1, "D80"))
    elif not is_meeting(path):
        problems.append(_not_a_meeting(path))
    else:
        yield path


def _walk(top: Path, problems: list[Problem]) -> Iterator[Path]:
    for where, folders, names in os.walk(top, onerror=_teller(problems)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith((".", "~$"))):
            path = Path(where, name)
            if is_meeting(path):
                yield path
            elif AGENDA_LIKE.search(name) and name not in (OFFICE, BODY, NEW_BODY):
                problems.append(replace(_not_a_meeting(path), severity="warning"))


def _teller(problems: list[Problem]) -> Callable[[OSError], None]:
    """Give what tells of a folder that cannot be read, rather than passing it over."""

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            problems.append(problem(Path(error.filename), 1, 1, "D12"))

    return tell


def bodies(paths: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """Give the bodies' folders at and below the paths, each once; a meeting's file means its own.

    A path without any body is a problem.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        folders = list(_bodies_at(path, problems))
        if not folders:
            problems.append(problem(path, 1, 1, "D82" if path.exists() else "D80"))
        for folder in folders:
            found.setdefault(absolute(folder), folder)
    return list(found.values())


def named(words: Iterable[str], root: Path, problems: list[Problem]) -> list[Path]:
    """Give the bodies' folders that are meant by paths, or by ids below the root."""
    paths: list[Path] = []
    for word in words:
        path = Path(word)
        is_id = not path.exists() and BODY_ID.fullmatch(word)
        below = (
            [folder for folder in _bodies_at(root, problems) if body_id(folder) == word]
            if is_id
            else []
        )
        paths += below or [path]
    return bodies(paths, problems)


def _bodies_at(path: Path, problems: list[Problem]) -> Iterator[Path]:
    is_one_body = path.is_file() and path.name != OFFICE
    top = path.parent if path.is_file() else path
    for where, below, names in os.walk(top, onerror=_teller(problems)):  # nothing, where nothing is
        below[:] = sorted(name for name in below if not (is_one_body or name.startswith(".")))
        if BODY in names or any(is_meeting(Path(where, name)) for name in names):
            yield Path(where)


def _refuse_same_ids(wanted: dict[Path, list[Path]], problems: list[Problem]) -> None:
    """Two bodies' folders of one name would write over each other's documents."""
    first: dict[str, Path] = {}
    for folder in list(wanted):
        name = body_id(folder)
        if not BODY_ID.fullmatch(name):
            problems.append(problem(folder, 1, 1, "D83", name=name))
            del wanted[folder]
        elif (other := first.setdefault(name, folder)) != folder:
            problems.append(problem(folder, 1, 1, "D84", name=name, other=other))
            del wanted[folder]


def body_id(folder: Path) -> str:
    """Give the name of a body's folder, however the path to it was written."""
    return absolute(folder).name


def meeting_id(path: Path) -> str:
    """Give a meeting's id, ``<folder>-<file stem>``."""
    return f"{body_id(path.parent)}-{path.stem}"


def output_folder(path: Path) -> str:
    """Give where a meeting's documents go, below the output folder: ``<body>/<stem>``."""
    return f"{body_id(path.parent)}/{path.stem}"


def absolute(path: Path) -> Path:
    """Give a path from the root on, its links as they stand."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def order(path: Path) -> tuple[int, int, str]:
    """Give the place of a meeting's file among its body's: year, number as a number, letter."""
    year, number, letter = _name(path).groups()
    return int(year), int(number), letter


def _name(path: Path) -> re.Match[str]:
    match = MEETING_NAME.fullmatch(path.stem)
    assert match is not None, "only files with a meeting's name are ordered"
    return match


def is_meeting(path: Path) -> bool:
    """Whether a file has the name of a meeting's: Buddhist year, hyphen, number."""
    match = MEETING_NAME.fullmatch(path.stem)
    return path.suffix == ".yaml" and match is not None and int(match[1]) > OLDEST_YEAR


def _not_a_meeting(path: Path) -> Problem:
    """Say why nothing is built from a file of this name."""
    is_common_year = path.suffix == ".yaml" and MEETING_NAME.fullmatch(path.stem)
    return problem(path, 1, 1, "D86" if is_common_year else "D81")


def meetings_in(folder: Path) -> list[Path]:
    """Give the files of a body's meetings in order, hidden from nobody who asks for one of them."""
    _, _, names = next(os.walk(folder), ("", [], []))
    return sorted((folder / name for name in names if is_meeting(folder / name)), key=order)


def office_of(folder: Path) -> Path:
    """Give the nearest office.yaml upward; the folder's own place if there is none."""
    for parent in absolute(folder).parents:
        if (parent / OFFICE).is_file():
            return parent / OFFICE
    return folder.parent / OFFICE


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, office and body before their meetings, and each named once."""
    return sorted(dict.fromkeys(problems), key=_place)


def _place(found: Problem) -> tuple[Path, tuple[int, int, str], str, int, int, str]:
    path = absolute(found.path)
    place = order(path) if is_meeting(path) else (0, 0, "")
    return path.parent, place, path.name, found.line, found.column, found.code
