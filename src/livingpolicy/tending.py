"""What is to be said of the dates of sections and targets: overdue, or touched and left unreviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from livingpolicy.errors import Problem
from livingpolicy.ledger import ledger_path
from livingpolicy.model import AnyReview, SectionReview, Snapshot, Status, TargetReview
from livingpolicy.proposal import Proposal
from livingpolicy.review import past_grace

MARGIN = timedelta(days=7)
"""Whoever touches a section or target that falls due within these days reviews it too."""


def late(item: AnyReview, snapshot: Snapshot) -> Iterator[Problem]:
    """Yield what the dates of a section or target leave to be desired."""
    of = "target-" if isinstance(item, TargetReview) else ""
    if item.status is Status.OVERDUE and item.due_on:
        late = past_grace(item, snapshot.policy.review, today=snapshot.as_of)
        values = _told(item) | {
            "days": str(item.days_overdue),
            "until": snapshot.policy.review.grace.after(item.due_on).isoformat(),
        }
        code = f"{of}overdue" if late else f"{of}overdue-in-grace"
        yield Problem(item.source, code, values, warning=not late)
    if item.status is Status.UNKNOWN and snapshot.history.complete:
        yield Problem(item.source, "date-unknown", {"title": item.title})


def untended(item: AnyReview, proposal: Proposal) -> Problem | None:
    """Return why the change must not pass: it touches what wants a review, and brings none."""
    effect = proposal.effect(item)
    if effect is None or not effect.leaves_clock or proposal.lessens or item.due_on is None:
        return None
    of = "target-" if isinstance(item, TargetReview) else ""
    values = _told(item) | {
        "ledger": str(ledger_path(item.chapter.id if isinstance(item, SectionReview) else None)),
        "line": _line(item, proposal.snapshot.as_of),
    }
    if item.status is Status.OVERDUE:
        return Problem(item.source, f"{of}touched-overdue", values)
    soon = (
        item.status in {Status.DUE_SOON, Status.CURRENT} and item.due_on <= proposal.snapshot.as_of + MARGIN
    )
    if soon and not proposal.reviews(item):
        return Problem(item.source, f"{of}touched-due-soon", values)
    return None


def _line(item: AnyReview, today: date) -> str:
    """Return the line of the ledger that is missing, but for what only the reviewer knows.

    Whoever leaves that empty is asked for it by the next check.
    """
    return (
        f"- {{{'target' if isinstance(item, TargetReview) else 'section'}: {item.id}, "
        f"reviewed_on: {today.isoformat()}, by: {item.owner.id}, "
        f'checked: "", outcome: unchanged}}'
    )


def elsewhere(item: AnyReview) -> Problem:
    """Return the line about what a change does not touch, and nobody is stopped by."""
    return Problem(item.source, "overdue-elsewhere", _told(item))


def _told(item: AnyReview) -> dict[str, str]:
    return {
        "target" if isinstance(item, TargetReview) else "section": item.id,
        "title": item.title,
        "due": item.due_on.isoformat() if item.due_on else "",
        "owner": item.owner.name,
    }
