"""What a checker of minutes would object to: one function and one code a rule, in a table."""

from collections.abc import Callable, Iterator, Sequence

from minutes.meetings import suppressions
from minutes.meetings.folders import BODY
from minutes.meetings.loading import Case
from minutes.meetings.proceedings import Proceedings
from minutes.problems.errors import Problem
from minutes.rules import (
    boxes,
    calendar,
    figures,
    history,
    items,
    marks,
    names,
    people,
    personal_data,
    presence,
    release_facts,
    sequence,
    sums,
    tables,
    wording,
)
from minutes.rules.report import once_a_body
from minutes.rules.texts import Text, free_texts

Rule = Callable[[Proceedings], Iterator[Problem]]
RuleOfTexts = Callable[[Sequence[Text]], Iterator[Problem]]


RULES: dict[str, Rule] = {
    "D61": items.writing_is_understood,
    "D88": items.follows_an_item,
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
    "W33": personal_data.personal_data_is_marked,
    "W34": release_facts.release_says_what_the_minutes_say,
    "W35": release_facts.release_comes_after_the_meeting,
    "W36": people.recorder_and_checker_are_two,
    "W38": items.paragraphs_are_short,
    "W41": items.no_number_is_typed,
    "W42": people.the_absent_do_nothing,
    "W43": names.names_are_spelt_alike,
    "W45": sums.tables_add_up,
    "W46": sums.texts_agree_with_the_budget,
    "W47": presence.nobody_votes_who_had_left,
    "W48": presence.quorum_lasts,
    "W49": items.work_is_due_after_the_meeting,
    "W50": people.the_substituted_stayed_away,
    "W51": items.titles_differ,
    "W54": presence.changes_fall_into_the_meeting,
    "W55": sequence.day_comes_after,
    "W56": people.recorder_was_there,
    "W57": presence.votes_fit_the_room,
    "W58": sequence.the_right_minutes_are_certified,
    "W59": sequence.corrections_are_whole,
    "W76": items.rows_are_those_of_a_table,
    "W72": tables.tables_fit_their_page,
    "W80": personal_data.nothing_withheld_is_quoted,
    "W81": personal_data.corrections_of_the_withheld,
    "W70": boxes.letters_have_a_face,
}
OF_TEXTS: dict[str, RuleOfTexts] = {
    "W01": wording.headings_use_the_regulations_words,
    "W03": calendar.weekdays_fit_their_dates,
    "W20": wording.words_are_written_ones,
    "W21": wording.words_say_something,
    "W22": wording.nobody_is_called_by_a_nickname,
    "W23": figures.digits_are_of_one_kind,
    "W24": marks.repetition_stands_apart,
    "W25": figures.times_are_written_alike,
    "W26": figures.dates_are_written_in_full,
    "W27": marks.names_are_spaced_alike,
    "W28": marks.no_space_is_too_many,
    "W29": marks.thai_needs_no_stop_or_comma,
    "W30": wording.short_forms_are_told_once,
    "W31": figures.sums_agree_with_their_words,
    "W39": marks.letters_are_whole,
    "W40": wording.words_are_spelled_right,
    "W63": calendar.days_and_times_exist,
    "W74": marks.letters_are_not_lost,
    "W75": marks.symbols_are_letters_of_every_font,
}
"""The rules of what is written freely, which know nothing of the meeting around it."""

IDLE = "W69"  # a check that is switched off in vain, which only a look at all meetings shows
CODES = frozenset(RULES) | frozenset(OF_TEXTS) | history.CODES | {IDLE}


def check(proceedings: Proceedings) -> list[Problem]:
    """Give every objection that nobody switches off, in the order of the file."""
    kept, _ = suppressions.part(objections(proceedings), suppressions.switches(proceedings.case))
    return kept


def objections(proceedings: Proceedings) -> list[Problem]:
    """Give every objection, in the order of the file."""
    found = [objection for rule in RULES.values() for objection in rule(proceedings)]
    case = proceedings.case
    found += read([*free_texts(case.meeting, case.path, case.office.glossary)])
    found += _of_body(case)
    return sorted(found, key=lambda p: (p.line, p.column, p.code))


@once_a_body
def _of_body(case: Case) -> list[Problem]:
    """Give the objections to what a body's own file says."""
    path = case.path.with_name(BODY)
    return read([*free_texts(case.body, path, case.office.glossary)])


def read(texts: Sequence[Text]) -> list[Problem]:
    """Give every objection to what is written freely, rule by rule."""
    return [objection for rule in OF_TEXTS.values() for objection in rule(texts)]
