"""The rules over the whole policy: what no single file or key can say of itself.

Each rule is a generator of problems over everything that was written. A rule says nothing about what could
not be read: whoever made one mistake sees one problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from livingpolicy.errors import Problem
from livingpolicy.parse import WrittenPolicy
from livingpolicy.validate import (
    assessment,
    contradictions,
    dates,
    identity,
    improvements,
    ledger,
    links,
    measurements,
    needs,
    people,
    posters,
    promises,
    targets,
    texts,
)
from livingpolicy.validate.people import named_in_words

__all__ = ["RULES", "Rule", "check", "named_in_words"]

Rule = Callable[[WrittenPolicy], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    identity.ids_are_unique,
    identity.there_are_chapters,
    identity.the_list_of_chapters_is_complete,
    identity.a_retired_section_says_why,
    people.owners_are_known,
    people.mandates_name_who_decides,
    dates.intervals_are_below_the_ceiling,
    dates.a_section_begins_before_it_ends,
    dates.opening_hours_follow_each_other,
    ledger.reviews_are_of_one_thing,
    ledger.reviews_are_of_known_sections,
    ledger.reviews_are_of_known_targets,
    ledger.reviews_are_not_in_the_future,
    promises.a_promise_is_a_sentence,
    promises.the_figure_stands_in_the_promise,
    posters.posters_are_short,
    posters.posters_are_read_from_afar,
    posters.posters_choose_what_is_there,
    posters.colours_can_be_read,
    posters.logos_can_be_seen,
    targets.a_target_has_one_limit,
    targets.clocks_count_time,
    targets.shares_are_of_cases,
    targets.a_target_can_be_missed,
    targets.a_target_begins_within_a_year,
    targets.targets_have_names_of_their_own,
    targets.a_target_is_measured_before_it_is_reviewed,
    targets.targets_are_known,
    contradictions.the_wording_says_the_number,
    contradictions.the_text_agrees_with_the_register,
    improvements.the_sections_are_known,
    improvements.a_problem_is_chosen_for_a_reason,
    improvements.the_days_follow_each_other,
    improvements.a_result_is_whole,
    improvements.at_most_three_are_in_work,
    assessment.questionnaires_follow_each_other,
    assessment.there_are_seven_groups,
    assessment.statements_have_ids_of_their_own,
    assessment.the_sections_that_help_are_known,
    assessment.results_are_of_known_statements,
    assessment.there_is_one_result_a_month,
    needs.the_country_is_known,
    needs.a_need_says_how_long_it_takes,
    needs.needs_wait_for_each_other_in_turn,
    needs.agreements_have_been_made,
    needs.a_department_has_one_name,
    measurements.measurements_are_of_known_targets,
    measurements.measured_targets_say_how_often,
    measurements.periods_are_as_the_target_says,
    measurements.values_can_be,
    measurements.shares_are_asked_for,
    links.links_lead_somewhere,
    links.pictures_are_here,
    texts.examples_are_written_over,
    texts.diagrams_have_a_title,
)


def check(written: WrittenPolicy) -> Iterator[Problem]:
    """Yield what every rule finds."""
    for rule in RULES:
        yield from rule(written)
