"""What a checker of minutes would object to: one function and one code a rule, in a table."""

from collections.abc import Callable, Iterator

from minutes.errors import Problem
from minutes.proceedings import Proceedings
from minutes.rules import (
    figures,
    history,
    items,
    moments,
    names,
    people,
    publicity,
    sequence,
    switches,
)

Rule = Callable[[Proceedings], Iterator[Problem]]


RULES: dict[str, Rule] = {
    "D61": items.writing_is_understood,
    "D88": items.follows_an_item,
    "W01": items.words_are_the_regulations,
    "W02": people.missing_particulars,
    "W04": people.end_after_start,
    "W05": sequence.number_runs_on,
    "W06": people.nobody_is_listed_twice,
    "W07": people.members_and_guests_are_apart,
    "W08": people.absence_has_a_reason,
    "W09": people.substitutes_have_positions,
    "W10": people.somebody_chairs,
    "W11": people.quorum_is_met,
    "W12": items.list_numbers_run_on,
    "W13": items.item_has_a_resolution,
    "W14": items.nothing_is_no_item,
    "W15": items.resolution_fits_its_section,
    "W16": items.work_has_an_owner_and_a_day,
    "W17": items.votes_fit_those_present,
    "W18": items.what_arises_has_a_source,
    "W19": items.earlier_minutes_are_certified,
    "W34": publicity.release_says_what_the_minutes_say,
    "W35": publicity.release_comes_after_the_meeting,
    "W36": people.recorder_and_checker_are_two,
    "W38": items.paragraphs_are_short,
    "W41": items.no_number_is_typed,
    "W42": people.the_absent_do_nothing,
    "W43": names.names_are_spelt_alike,
    "W45": figures.tables_add_up,
    "W46": figures.texts_agree_with_the_budget,
    "W47": moments.nobody_votes_who_had_left,
    "W48": moments.quorum_lasts,
    "W49": items.work_is_due_after_the_meeting,
    "W50": people.the_substituted_stayed_away,
    "W51": items.titles_differ,
    "W54": moments.changes_fall_into_the_meeting,
    "W55": sequence.day_comes_after,
    "W56": people.recorder_was_there,
    "W57": moments.votes_fit_the_room,
    "W58": sequence.the_right_minutes_are_certified,
    "W59": sequence.corrections_are_whole,
}
IDLE = "W69"  # a check that is switched off in vain, which only a look at all meetings shows
CODES = frozenset(RULES) | history.CODES | {IDLE}


def check(proceedings: Proceedings) -> list[Problem]:
    """Give every objection that nobody switches off, in the order of the file."""
    kept, _ = switches.part(objections(proceedings), switches.switches(proceedings.case))
    return kept


def objections(proceedings: Proceedings) -> list[Problem]:
    """Give every objection, in the order of the file."""
    found = [objection for rule in RULES.values() for objection in rule(proceedings)]
    return sorted(found, key=lambda p: (p.line, p.column, p.code))
