"""Who was there: members, substitutes and guests, known by their names."""

from dataclasses import dataclass, field

from minutes.meetings.provenance import Origins

PERSONAL = ("name", "position", "role", "note")


MOST_HINTED = 50  # names that a nearest one is looked for
NEARLY_THE_SAME = 0.93  # likeness of two names, of which one is then taken for a slip


@dataclass(frozen=True)
class Attendee:
    """One line of a list of people."""

    name: str
    position: str = ""
    role: str = ""
    stands_for: str = ""
    reason: str = ""
    note: str = ""
    votes: bool = True
    origins: Origins = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_chair(self) -> bool:
        """Whether the role is the chair's."""
        return self.role.startswith("ประธาน")


@dataclass(frozen=True)
class People:
    """The lists of people; for a council those absent divide into leave and missing."""

    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]
    leave: tuple[Attendee, ...]
    missing: tuple[Attendee, ...]
    guests: tuple[Attendee, ...]
