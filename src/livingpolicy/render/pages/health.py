"""How fresh the policy is, in counts that the reader's own day can correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from livingpolicy.model import SectionReview, Snapshot, Status
from livingpolicy.render.pages.sections import SEEN_LATER, facts

ALWAYS = (Status.OVERDUE, Status.DUE_SOON, Status.CURRENT)
"""Shown even when there are none."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sections and targets stand where on the day of the snapshot."""

    counts: tuple[tuple[Status, int], ...]
    """In the order of urgency."""
    dates: str
    """What a later day needs to count anew: `due/warn`, `due/warn/from` when upcoming; `*3`: three."""


def tally(snapshot: Snapshot) -> Tally:
    """Return the counts of *snapshot*."""
    counted = Counter(item.status for item in snapshot.items)
    known = [
        facts(item, snapshot.policy, today=snapshot.as_of)
        for item in snapshot.items
        if item.status in SEEN_LATER and item.due_on
    ]
    return Tally(
        counts=tuple((status, counted[status]) for status in Status if counted[status] or status in ALWAYS),
        dates=counted_dates((line.due_on, line.warn_on, line.effective_on) for line in known),
    )


def counted_dates(lines: Iterable[tuple[date | None, ...]]) -> str:
    """Return the dates of each line between slashes, equal lines once: "2026-11-03/2026-10-04*2"."""
    counted = Counter("/".join(str(day) for day in line if day) for line in lines)
    return " ".join(f"{dates}*{number}" if number > 1 else dates for dates, number in counted.items())


def last_seen(item: SectionReview) -> date | None:
    """Return the day on which somebody last wrote or reviewed the section; None when that is not known."""
    if item.last_revised is None or item.last_revised.landed_at is None:
        return None
    days = [item.last_revised.landed_at.date()]
    if item.last_reviewed:
        days.append(item.last_reviewed.reviewed_on)
    return max(days)


def longest_untouched(items: Iterable[SectionReview]) -> SectionReview | None:
    """Return the section that nobody has written or reviewed for the longest time."""
    known = [(seen, item) for item in items if (seen := last_seen(item))]
    return min(known, key=lambda pair: pair[0])[1] if known else None
