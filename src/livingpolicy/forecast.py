"""The review load ahead, week by week, and in which order to begin early. No files, no git, no clock.

Dates stay as they are: this is advice, and whoever follows it writes the reviews down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from livingpolicy.model import AnyReview, ReviewRules, Status

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week, Monday to Sunday, and what falls due in it."""

    monday: date
    items: tuple[AnyReview, ...]
    """By due day."""

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def due(self) -> int:
        """How many reviews fall due in it."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Early:
    """A section or a target to review before the week in which it falls due."""

    item: AnyReview
    monday: date
    """First day of the proposed week."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is ahead, when more falls due in a week than the owners can review."""

    full: tuple[Week, ...]
    """Every such week, from this one on."""
    early: tuple[Early, ...]
    """In the order of the weeks proposed; empty when nothing is full."""


def monday(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())


def forecast(items: Iterable[AnyReview], rules: ReviewRules, *, today: date) -> Forecast:
    """Return the load from *today* on. What is overdue is not in it: that comes first in any case."""
    by_week: dict[date, list[AnyReview]] = {}
    for item in sorted(items, key=_due):
        if item.status is not Status.RETIRED and item.due_on is not None and item.due_on >= today:
            by_week.setdefault(monday(item.due_on), []).append(item)
    weeks = (Week(first, tuple(due)) for first, due in sorted(by_week.items()))
    full = tuple(week for week in weeks if week.due > rules.per_week)
    early = _early(by_week, rules.per_week, monday(today)) if full else ()
    return Forecast(full, early)


def _early(by_week: dict[date, list[AnyReview]], most: int, first: date) -> tuple[Early, ...]:
    """Level the load: what a week cannot hold goes to the week before, from the last week backwards.

    Long intervals go first: of two years a week is nothing, of a month a quarter. This week takes
    what is left, however much that is.
    """
    kept: dict[date, list[AnyReview]] = {}
    surplus: list[AnyReview] = []
    week = max(by_week)
    while week >= first:
        waiting = sorted([*by_week.get(week, ()), *surplus], key=_first_to_move)
        too_many = max(0, len(waiting) - most) if week > first else 0
        surplus, kept[week] = waiting[:too_many], waiting[too_many:]
        week -= _WEEK
    moved = [
        Early(item, week)
        for week, items in sorted(kept.items())
        for item in sorted(items, key=_due)
        if monday(_due(item)) > week
    ]
    return tuple(moved)


def _due(item: AnyReview) -> date:
    return item.due_on or date.max


def _first_to_move(item: AnyReview) -> tuple[int, date, str]:
    return -item.interval.longest_days, _due(item), item.id
