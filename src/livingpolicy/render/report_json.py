"""The report as JSON: a contract that scripts of others depend on (schema 1)."""

from __future__ import annotations

from collections import Counter

from livingpolicy.model import AnyReview, Commit, Snapshot, Status
from livingpolicy.render import harmless
from livingpolicy.review import worst_first

SCHEMA = 1
ALWAYS_COUNTED = (Status.CURRENT, Status.DUE_SOON, Status.OVERDUE)
"""Counted even when there are none, so that a script can read them without asking first."""


def report(snapshot: Snapshot, remember: harmless.Remember = harmless.afresh) -> str:
    """Return the report document, worst section first, ending in a line feed; *remember* as in `harmless`."""
    counted = Counter(item.status for item in snapshot.sections)
    document = {
        "schema": SCHEMA,
        "policy": snapshot.policy.title,
        "head": snapshot.head,
        "as_of": snapshot.as_of.isoformat(),
        "timezone": snapshot.policy.timezone,
        "history": "complete" if snapshot.history.complete else "unavailable",
        "counts": {
            status.value: counted[status] for status in Status if counted[status] or status in ALWAYS_COUNTED
        },
        "sections": [_item(item, chapter=item.chapter.id) for item in worst_first(snapshot.sections)],
        "targets": [_item(item) for item in worst_first(snapshot.target_reviews)],
    }
    return harmless.document(document, remember)


def _item(item: AnyReview, **beside: str) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        **beside,
        "path": item.source.path,
        "line": item.source.line,
        "owner": item.owner.id,
        "status": item.status.value,
        "last_revised": commit(item.last_revised),
        "last_reviewed_on": item.last_reviewed.reviewed_on.isoformat() if item.last_reviewed else None,
        "review_every": str(item.interval),
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "days_overdue": item.days_overdue,
        "revisions": item.revisions,
    }


def commit(landed: Commit | None) -> dict[str, str] | None:
    """Return a commit as the contracts write it; None when its day is not known."""
    if landed is None or landed.landed_at is None:
        return None
    return {
        "commit": landed.sha,
        "on": landed.landed_at.date().isoformat(),
        "at": landed.landed_at.isoformat(),
        "subject": landed.subject,
    }
