"""Where an office has its archive: where its file says, or else in the usual place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from minutes.meetings import folders
from minutes.problems.errors import Fault, MinutesError


@dataclass(frozen=True)
class Archives:
    """Which archive is asked: the one that was chosen, else each office's own, else the usual.

    Without a usual one, none is.
    """

    chosen: Path | None = None
    usual: Path | None = None


NONE = Archives()


def usual(root: Path) -> Path:
    """Give where the archive lies that no office's file names: beside the program."""
    return root / "archive"


def of(office: Path, named: str, otherwise: Path) -> Path:
    """Give an office's archive: what its file names, from that file's folder, or the other one."""
    return folders.absolute(office.parent / named) if named else otherwise


def named(office: Path, what: str = "archive") -> str:
    """Give the folder that an office's file names; nothing where it names none or is faulty."""
    from minutes.model import validation
    from minutes.model.office import Office

    try:
        return str(getattr(validation.read(Office, office), what))
    except (MinutesError, OSError):
        return ""


def only(agendas: Iterable[Path], otherwise: Path) -> Path:
    """Give the one archive that the offices with these agendas have, by what is on the disk.

    Raises Fault where they have several, MinutesError for an office's file that is faulty.
    """
    places = list(dict.fromkeys(map(folders.absolute, _all(agendas, otherwise))))
    there = [place for place in places if place.is_dir()]
    if len(there) > 1:
        raise Fault("D190", places=tuple(map(str, there)))
    return (there or places or [otherwise])[0]


def trusted(agendas: Iterable[Path]) -> list[Path]:
    """Give the folders of the certificates that the offices with these agendas trust."""
    known = ((office, named(office, "trust")) for office in _offices(agendas))
    return [office.parent / folder for office, folder in known if folder]


def _offices(agendas: Iterable[Path]) -> dict[Path, None]:
    return dict.fromkeys(map(folders.office_of, folders.bodies(agendas, [])))


def _all(agendas: Iterable[Path], otherwise: Path) -> Iterator[Path]:
    from minutes.model import validation
    from minutes.model.office import Office

    for office in _offices(agendas):
        known = validation.read(Office, office).archive if office.is_file() else ""
        yield of(office, known, otherwise)
