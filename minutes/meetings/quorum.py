"""How many may vote, and how many make a quorum."""

from minutes.meetings.proceedings import Proceedings
from minutes.model.office import Body


def voting(proceedings: Proceedings) -> int:
    """Give how many of those present may vote."""
    return sum(person.votes for person in proceedings.people.present)


def quorum(body: Body) -> int:
    """Give how many voting members make a quorum; 0 for a body without standing members."""
    members = sum(body.votes(member) for member in body.members)
    if not members:
        return 0
    return (members + 1) // 2 if body.quorum == "half" else body.quorum
