"""What a checker of minutes would object to: one function and one code a rule, in a table."""

from collections.abc import Callable, Iterator

from minutes.errors import Problem
from minutes.proceedings import Proceedings
from minutes.rules import items, people, publication, switches

Rule = Callable[[Proceedings], Iterator[Problem]]


RULES: dict[str, Rule] = {
    "D61": items.writing_is_understood,
    "D88": items.follows_an_item,
    "W02": people.missing_particulars,
    "W04": people.end_after_start,
    "W06": people.nobody_is_listed_twice,
    "W08": people.absence_has_a_reason,
    "W10": people.somebody_chairs,
    "W11": people.quorum_is_met,
    "W12": items.list_numbers_run_on,
    "W13": items.item_has_a_resolution,
    "W17": items.votes_fit_those_present,
    "W19": items.earlier_minutes_are_certified,
    "W33": publication.personal_data_is_marked,
    "W41": items.no_number_is_typed,
    "W42": people.the_absent_do_nothing,
}
IDLE = "W69"  # a check that is switched off in vain, which only a look at all meetings shows
CODES = frozenset(RULES) | {IDLE}


def check(proceedings: Proceedings) -> list[Problem]:
    """Give every objection that nobody switches off, in the order of the file."""
    kept, _ = switches.part(objections(proceedings), switches.switches(proceedings.case))
    return kept


def objections(proceedings: Proceedings) -> list[Problem]:
    """Give every objection, in the order of the file."""
    found = [objection for rule in RULES.values() for objection in rule(proceedings)]
    return sorted(found, key=lambda p: (p.line, p.column, p.code))
