"""The rules over the whole policy: what no single file or key can say of itself.

Each rule is a generator of problems over everything that was written. A rule says nothing about what could
not be read: whoever made one mistake sees one problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from livingpolicy.errors import Problem
from livingpolicy.parse import WrittenPolicy
from livingpolicy.validate import dates, identity, improvements, links, people, promises, targets, texts
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
    dates.reviews_are_of_known_sections,
    dates.reviews_are_not_in_the_future,
    promises.a_promise_is_a_sentence,
    promises.the_figure_stands_in_the_promise,
    promises.the_poster_is_short,
    targets.a_target_has_one_limit,
    targets.targets_are_known,
    improvements.the_sections_are_known,
    improvements.a_problem_is_chosen_for_a_reason,
    improvements.the_days_follow_each_other,
    improvements.a_result_is_whole,
    improvements.at_most_three_are_in_work,
    links.links_lead_somewhere,
    links.pictures_are_here,
    texts.examples_are_written_over,
)


def check(written: WrittenPolicy) -> Iterator[Problem]:
    """Yield what every rule finds."""
    for rule in RULES:
        yield from rule(written)
