"""What an approver should know of a change, worked out from it. No files, no git, no clock, no language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from livingpolicy.changes import Changes
from livingpolicy.disclosure.concerns import concerned
from livingpolicy.disclosure.figures import section_figures, target_changes
from livingpolicy.disclosure.guards import sorted_out
from livingpolicy.disclosure.outcomes import OutcomeChange, outcome_changes
from livingpolicy.disclosure.settings import interval_changes, setting_changes
from livingpolicy.disclosure.values import (
    Amount,
    Disclosure,
    Figure,
    Guard,
    IntervalChange,
    Setting,
    SettingChange,
    Stamp,
    TargetChange,
    Topic,
)
from livingpolicy.folder import PICTURES
from livingpolicy.model import History, Policy

__all__ = [
    "Amount",
    "Disclosure",
    "Figure",
    "Guard",
    "IntervalChange",
    "OutcomeChange",
    "Setting",
    "SettingChange",
    "Stamp",
    "TargetChange",
    "Topic",
    "disclose",
]


def disclose(changes: Changes, history: History | None = None) -> Disclosure:
    """Return what to tell of *changes*. Where the policy was wrong before, only what stands now is known.

    By *history*, that of the published branch, its measured values are judged.
    """
    before, after = changes.before, changes.after
    figures = {
        change.id: found
        for change in changes.sections
        if change.before and change.after and (found := tuple(section_figures(change.before, change.after)))
    }
    intervals = tuple(interval_changes(before, after)) if before else ()
    targets = tuple(target_changes(before, after)) if before else ()
    pictures = tuple(path for path in changes.outside if _is_picture(path))
    guards, elsewhere = sorted_out(path for path in changes.outside if path not in pictures)
    stamps = tuple(_stamps(changes))
    days = Counter((stamp.review.by, stamp.review.reviewed_on) for stamp in stamps)
    return Disclosure(
        changes=changes,
        figures=figures,
        intervals=intervals,
        targets=targets,
        settings=tuple(setting_changes(before, after)) if before else (),
        poster=before is not None and _poster(before) != _poster(after),
        concerned=concerned(changes, figures, intervals, targets),
        stamps=stamps,
        many_stamps=max(days.values(), default=0) > after.review.per_week,
        guards=guards,
        pictures=pictures,
        elsewhere=elsewhere,
        outcomes=tuple(outcome_changes(changes, history)),
    )


def _is_picture(path: str) -> bool:
    return f"/{path}".rpartition("/")[0].endswith("/policy/images") and path.lower().endswith(PICTURES)


def _stamps(changes: Changes) -> Iterator[Stamp]:
    sections = {section.id: section for section in changes.after.sections}
    owners = changes.after.owners
    for review in changes.reviews:
        section = sections.get(changes.after.current_id(review.section)) if review.section else None
        target = changes.after.targets.get(review.target) if review.target else None
        owner = section.owner if section else target.owner if target else None
        yield Stamp(
            review,
            section.title if section else target.name if target else review.section or review.target or "",
            owners[review.by].name if review.by in owners else review.by,
            owner.name if owner else "",
            owner is not None and review.by != owner.id,
        )


def _poster(policy: Policy) -> tuple[object, ...]:
    """Return what the office screen shows of the policy."""
    promises = tuple(
        section.metadata.poster
        for section in policy.sections
        if section.metadata.poster and section.metadata.retired_on is None
    )
    return policy.vision, policy.guiding_words, policy.organisation, policy.title, policy.poster, promises
