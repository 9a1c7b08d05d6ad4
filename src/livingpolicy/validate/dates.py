"""Rules about time: intervals, days on which sections begin and end, opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from livingpolicy.errors import Problem
from livingpolicy.interval import Interval
from livingpolicy.model import Source
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import Read

LONGEST_CEILING = Interval(10, "years")


def intervals_are_below_the_ceiling(written: WrittenPolicy) -> Iterator[Problem]:
    """No interval is longer than `review.ceiling`, and the ceiling itself is at most ten years.

    Passes: `review_every: 6 months`.
    Fails: `review_every: 30 months` with a ceiling of 24 months; `ceiling: 1000 years`.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("review"):
        return
    review = settings.value.review
    if longer(review.ceiling, LONGEST_CEILING):
        values = {"interval": str(review.ceiling), "limit": str(LONGEST_CEILING)}
        yield Problem(settings.source("review", "ceiling"), "ceiling-too-high", values)
        return
    for key in ("every", "warn", "grace"):
        interval = getattr(review, key)
        if longer(interval, review.ceiling):
            yield _too_long(interval, review.ceiling, settings.source("review", key))
    if settings.sure("evaluation") and longer(settings.value.evaluation.every, review.ceiling):
        yield _too_long(
            settings.value.evaluation.every, review.ceiling, settings.source("evaluation", "every")
        )
    entries: list[Read[Any]] = [
        *(chapter.front for chapter in written.chapters),
        *(section.block for section in written.sections),
        *(written.targets or {}).values(),
    ]
    for entry in entries:
        if entry.value is not None and entry.sure("review_every") and entry.value.review_every is not None:
            interval = entry.value.review_every
            if longer(interval, review.ceiling):
                yield _too_long(interval, review.ceiling, entry.source("review_every"))


def longer(interval: Interval, ceiling: Interval) -> bool:
    """Whether *interval* is longer than *ceiling*; 24 months and 2 years are the same."""
    if {interval.unit, ceiling.unit} <= {"months", "years"}:
        return _months(interval) > _months(ceiling)
    return interval.longest_days > ceiling.longest_days


def _months(interval: Interval) -> int:
    return interval.count * (12 if interval.unit == "years" else 1)


def _too_long(interval: Interval, ceiling: Interval, source: Source) -> Problem:
    return Problem(source, "interval-too-long", {"interval": str(interval), "ceiling": str(ceiling)})


def a_section_begins_before_it_ends(written: WrittenPolicy) -> Iterator[Problem]:
    """`effective_from` is earlier than `retired_on`.

    Passes: `effective_from: 2026-01-01`, `retired_on: 2026-06-30`.
    Fails: the other way round, or both on one day.
    """
    for section in written.sections:
        block = section.block.value
        if block is None or block.effective_from is None or block.retired_on is None:
            continue
        if block.effective_from >= block.retired_on:
            values = {"from": str(block.effective_from), "to": str(block.retired_on)}
            yield Problem(section.block.source("retired_on"), "ends-before-it-begins", values)


def opening_hours_follow_each_other(written: WrittenPolicy) -> Iterator[Problem]:
    """A channel opens before it closes, and is not open twice at once.

    Passes: `{days: mon, from: "08:00", to: "12:00"}` and `{days: mon, from: "13:00", to: "17:00"}`.
    Fails: `from: "18:00", to: "08:00"`; a second line with hours of `mon` that the first has.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("opening_hours"):
        return
    for channel, hours in (settings.value.opening_hours or {}).items():
        for place, one in enumerate(hours):
            source = settings.source("opening_hours", str(channel), place)
            if one.opens >= one.closes:
                yield Problem(source, "closes-before-it-opens", {"from": one.opens, "to": one.closes})
                continue
            for other in hours[:place]:
                shared = set(one.days) & set(other.days)
                if shared and one.opens < other.closes and other.opens < one.closes:
                    yield Problem(source, "opening-hours-overlap", {"channel": str(channel)})
                    break
