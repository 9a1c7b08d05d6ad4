"""What the review ledger says about itself. No files, no git, no clock.

Each signal is about the last line of a section or target, so it goes away when somebody reviews that again.
Who committed a line, and with how many others, is not looked up: that takes the history of every ledger file.
Lines of one role on one day stand in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from livingpolicy.errors import Problem
from livingpolicy.interval import Interval
from livingpolicy.model import AnyReview, Outcome, Policy, Review, Snapshot, Source, Status, TargetReview
from livingpolicy.review import latest_reviews, reviews_of_targets, revised_on
from livingpolicy.validate.dates import longer

IN_A_ROW = 3
"""After so many reviews without a change the interval may be too short."""


def signals(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return the signals as warnings with their place in the ledger, sorted by it.

    Their values name the `section` or the `target` that each is about, or the `role` that wrote many lines.
    """
    policy = snapshot.policy
    sections = latest_reviews(policy, snapshot.reviews)
    targets = reviews_of_targets(snapshot.reviews)
    living = [item for item in snapshot.items if item.status is not Status.RETIRED]
    found = [*_many_on_a_day(living, policy)]
    for item in living:
        lines = targets if isinstance(item, TargetReview) else sections
        found += _of_item(item, lines.get(item.id, ()), policy)
    return tuple(sorted(found, key=lambda problem: problem.order))


def _of_item(item: AnyReview, lines: tuple[Review, ...], policy: Policy) -> Iterator[Problem]:
    """Yield what the *lines* of a section or target, newest first, give rise to."""
    if not lines:
        return
    line, revised = lines[0], revised_on(item)
    key, of = ("target", "target-") if isinstance(item, TargetReview) else ("section", "")
    told = {
        "title": item.title,
        key: item.id,
        "reviewed": line.reviewed_on.isoformat(),
        "owner": item.owner.name,
    }
    superseded = revised is not None and revised > line.reviewed_on
    if line.outcome is Outcome.NEEDS_CHANGE:
        if not superseded:
            yield Problem(line.source, f"{of}needs-change", told, warning=True)
    elif superseded:
        # A review that announces its own revision is dated before the day on which that is published.
        if line.outcome is Outcome.UNCHANGED:
            values = told | {"revised": str(revised)}
            yield Problem(line.source, f"{of}older-than-text", values, warning=True)
    elif line.by != item.owner.id:
        by = policy.owners[line.by].name if line.by in policy.owners else line.by
        yield Problem(line.source, f"{of}other-role", told | {"by": by}, warning=True)
    row = _unchanged_in_a_row(lines, revised)
    proposal = _longer(item.interval, policy.review.ceiling)
    if row >= IN_A_ROW and proposal is not None:
        values = told | {"count": str(row), "every": str(item.interval), "proposal": str(proposal)}
        yield Problem(line.source, "unchanged-again", values, warning=True)


def _unchanged_in_a_row(lines: tuple[Review, ...], revised: date | None) -> int:
    """Return how many of the last reviews found nothing to change in the text as it stands."""
    row = 0
    for line in lines:
        if line.outcome is not Outcome.UNCHANGED or (revised is not None and line.reviewed_on < revised):
            break
        row += 1
    return row


def _longer(interval: Interval, ceiling: Interval) -> Interval | None:
    """Return twice the interval, or the longest that the policy allows; None if it is that already."""
    twice = Interval(2 * interval.count, interval.unit)
    proposal = ceiling if longer(twice, ceiling) else twice
    return proposal if longer(proposal, interval) else None


def _many_on_a_day(living: Iterable[AnyReview], policy: Policy) -> Iterator[Problem]:
    """Yield a signal for each role and day with more reviews than the owners say they can do in a week."""
    days: dict[tuple[str, date], list[Source]] = {}
    for item in living:
        if (line := item.last_reviewed) is not None:
            days.setdefault((line.by, line.reviewed_on), []).append(line.source)
    for (role, day), places in days.items():
        if len(places) > policy.review.per_week:
            values = {
                "role": role,
                "by": policy.owners[role].name if role in policy.owners else role,
                "day": day.isoformat(),
                "count": str(len(places)),
                "most": str(policy.review.per_week),
            }
            yield Problem(min(places), "many-on-a-day", values, warning=True)
