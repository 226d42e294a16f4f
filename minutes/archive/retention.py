"""What has reached the end of its time: a list for a person to decide; nothing is ever deleted."""

import re
from dataclasses import dataclass
from datetime import date

from minutes.archive.vault import Version

FOR_EVER = "permanent"
YEARS = re.compile(r"([1-9][0-9]{0,2}) years")


@dataclass(frozen=True)
class Due:
    """A version whose years are over: since when, counted from the end of the meeting's year."""

    version: Version
    since: date


def ends(version: Version) -> date | None:
    """Give the first day after a version's years; None where it is kept for ever.

    Years are counted from the end of the calendar year in which the meeting was held.
    """
    years = YEARS.fullmatch(version.info.get("Retention-Class", FOR_EVER))
    held = version.info.get("Meeting-Date", "")[:10]
    if not years or not held:
        return None
    return date(date.fromisoformat(held).year + int(years[1]) + 1, 1, 1)


def due(versions: list[Version], on: date) -> list[Due]:
    """Give the versions whose years are over on a day, oldest first."""
    found = [Due(version, since) for version in versions if (since := ends(version))]
    return sorted((one for one in found if one.since <= on), key=lambda one: one.since)
