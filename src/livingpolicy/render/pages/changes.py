"""What changed lately, commit by commit, as far as the history says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from livingpolicy.model import Commit, RevisionKind, Snapshot
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import SiteSettings


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """One section that a commit touched."""

    title: str
    url: str | None
    """None when the section is no longer there."""
    kind: RevisionKind


@dataclass(frozen=True, slots=True)
class Change:
    """One commit as readers see it."""

    on: date
    subject: str
    sections: tuple[ChangedSection, ...]


def latest_changes(
    snapshot: Snapshot, *, origin: str, settings: SiteSettings, most: int
) -> tuple[Change, ...]:
    """Return the *most* latest changes, newest first; commits without a possible date are left out."""
    present = {item.section.id: item for item in snapshot.sections}
    order = {section: rank for rank, section in enumerate(present)}
    by_commit: dict[str, tuple[Commit, datetime, list[tuple[int, ChangedSection]]]] = {}
    for section, revisions in snapshot.history.revisions.items():
        item = present.get(section)
        for revision in revisions:
            landed = revision.commit.landed_at
            if landed is None or not revision.kind.changes_meaning:
                continue
            _, _, touched = by_commit.setdefault(revision.commit.sha, (revision.commit, landed, []))
            changed = ChangedSection(
                title=item.section.title if item else revision.title,
                url=section_url(item, origin, settings) if item else None,
                kind=revision.kind,
            )
            touched.append((order.get(section, len(order)), changed))
    # A stable sort over the history's own order settles what landed at the same second.
    newest = sorted(by_commit.values(), key=lambda entry: entry[1], reverse=True)[:most]
    return tuple(
        Change(landed.date(), commit.subject, _in_order(touched)) for commit, landed, touched in newest
    )


def _in_order(touched: Sequence[tuple[int, ChangedSection]]) -> tuple[ChangedSection, ...]:
    return tuple(changed for _, changed in sorted(touched, key=lambda pair: pair[0]))
