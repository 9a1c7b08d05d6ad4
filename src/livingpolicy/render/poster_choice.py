"""What stands on a poster: the promises that hold today, as far as its readers may see them."""

from __future__ import annotations

from livingpolicy.model import PosterPlan, SectionReview, Snapshot, Status

ABSENT = (Status.RETIRED, Status.UPCOMING)
"""What does not hold today is not on the wall."""


def promises(snapshot: Snapshot, plan: PosterPlan | None = None) -> tuple[SectionReview, ...]:
    """Return the sections on the poster *plan*: those it names first, then the others in reading order.

    Without a plan: on the poster that every policy has.
    """
    plan = plan or snapshot.policy.posters[0]
    chosen = [item for item in snapshot.sections if _stands(item, plan, snapshot)]
    places = {section: number for number, section in enumerate(plan.sections)}
    return tuple(sorted(chosen, key=lambda item: places.get(item.id, len(places))))


def _stands(item: SectionReview, plan: PosterPlan, snapshot: Snapshot) -> bool:
    metadata = item.section.metadata
    if metadata.poster is None or item.status in ABSENT:
        return False
    if metadata.effective_from is not None and metadata.effective_from > snapshot.as_of:
        return False
    if plan.visitors and not metadata.poster.for_visitors:
        return False
    return plan.takes(item.id, metadata.areas, metadata.channels)
