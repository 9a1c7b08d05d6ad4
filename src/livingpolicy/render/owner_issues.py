"""The issue of each owner who has something to review.

It holds whole dates and no "days ago", so that it changes when something has changed and not every night.
"""

from __future__ import annotations

from livingpolicy.issues import Wanted, marker
from livingpolicy.language import Catalogue
from livingpolicy.model import AnyReview, Owner, Snapshot, Status, TargetReview
from livingpolicy.render.report_table import SYMBOLS, advised, escaped, per_owner
from livingpolicy.review import worst_first

WAITING = frozenset({Status.OVERDUE, Status.DUE_SOON})
"""What opens an issue and keeps it open: the owner hears of it `review.warn` before the day, not after it."""
LONGEST = 50_000
"""Characters of the list. A forge takes bodies of 65,536, and what stands below may need the rest."""
TITLE = 200
"""Characters; a forge takes 256."""


def wanted(snapshot: Snapshot, words: Catalogue) -> tuple[Wanted, ...]:
    """Return the issue of each owner for whom something is overdue or soon due, who is latest first."""
    return tuple(
        Wanted(owner.id, _title(owner, snapshot, words), _body(owner, theirs, snapshot, words))
        for owner, theirs in per_owner(snapshot)
        if any(item.status in WAITING for item in theirs.items)
    )


def _title(owner: Owner, snapshot: Snapshot, words: Catalogue) -> str:
    text = words.text("issues.title", policy=snapshot.policy.title, owner=owner.name)
    return " ".join(text.split())[:TITLE]


def _body(owner: Owner, theirs: Snapshot, snapshot: Snapshot, words: Catalogue) -> str:
    waiting = [item for item in worst_first(theirs.items) if item.status in WAITING]
    targets = sum(isinstance(item, TargetReview) for item in waiting)
    parts = [words.count("issues.sections", len(waiting) - targets)] if targets < len(waiting) else []
    parts += [words.count("issues.targets", targets)] if targets else []
    what = words.text("issues.and").join(parts)
    columns = ("status", "section", "due")
    lines = [
        marker(owner.id),
        escaped(words.text("issues.intro", what=what, owner=owner.name, policy=snapshot.policy.title)),
        "",
        f"| {' | '.join(words.text(f'report.column.{column}') for column in columns)} |",
        "| --- | --- | --- |",
    ]
    left = LONGEST
    shown = 0
    for item in waiting:
        cells = (
            f"{SYMBOLS[item.status]} {words.text(f'status.{item.status}')}",
            f"{_named(item, words)} ({item.id}), {item.source.path}",
            words.day(item.due_on) if item.due_on else "–",
        )
        row = f"| {' | '.join(map(escaped, cells))} |"
        left -= len(row)
        if left < 0:
            break
        lines.append(row)
        shown += 1
    if shown < len(waiting):
        lines += ["", words.text("issues.more", count=len(waiting) - shown)]
    lines += ["", words.text("issues.how"), ""]
    below = list(advised(snapshot, words, owner, "###"))
    last = words.text("issues.last")
    if sum(len(line) + 1 for line in (*lines, *below)) < LONGEST:
        lines += below
    return "\n".join([*lines, last, ""])


def _named(item: AnyReview, words: Catalogue) -> str:
    return words.text("issues.target", title=item.title) if isinstance(item, TargetReview) else item.title
