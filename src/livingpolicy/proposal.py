"""A proposed change, and where it leaves the sections: what the gate of a pull request judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from livingpolicy.changes import Changes, Effect, read_changes
from livingpolicy.clock import Clock
from livingpolicy.errors import HistoryError, Problem
from livingpolicy.load import load_policy
from livingpolicy.model import AnyReview, History, Outcome, Policy, Snapshot, Status, TargetReview
from livingpolicy.results import target_states
from livingpolicy.review import review_sections, review_targets
from livingpolicy.revisions import read_history


@dataclass(frozen=True, slots=True)
class Proposal:
    """The policy as the change leaves it, under the dates of the branch it is meant for."""

    snapshot: Snapshot
    """Dates are those of the commit where the change began, so that nothing in it can date itself; the ledger
    is that of the change. A section that it revises stands here as if it had not been."""
    changes: Changes
    overdue_before: int | None
    """How many sections and targets were overdue without the change; None when the policy was wrong then."""

    @property
    def overdue(self) -> int:
        """How many sections and targets are overdue with the change."""
        late = (item for item in self.snapshot.items if item.status is Status.OVERDUE)
        return sum(not self.revises(item) for item in late)

    @property
    def lessens(self) -> bool:
        """Whether fewer are overdue with the change than without."""
        return self.overdue_before is not None and self.overdue < self.overdue_before

    def effect(self, item: AnyReview) -> Effect | None:
        """Return what the change does to a section or a target; None if nothing."""
        if isinstance(item, TargetReview):
            return self.changes.targets.get(item.id)
        change = self.changes.of(item.id)
        return change.effect if change is not None else None

    def revises(self, item: AnyReview) -> bool:
        """Whether the interval begins anew when the change is published.

        It does not as long as another text or level is in force, for the new one waits for its day.
        """
        effect = self.effect(item)
        return effect is not None and effect.restarts_clock and not self._waits(item)

    def _waits(self, item: AnyReview) -> bool:
        """Whether the change leaves what applies today in force, until a day to come."""
        begins = (
            item.target.effective_from
            if isinstance(item, TargetReview)
            else item.section.metadata.effective_from
        )
        return item.status is not Status.UPCOMING and begins is not None and begins > self.snapshot.as_of

    def reviews(self, item: AnyReview) -> bool:
        """Whether the change writes down that somebody looked, and found it in order."""
        return any(
            item.id == (line.target if isinstance(item, TargetReview) else line.section)
            and line.outcome is not Outcome.NEEDS_CHANGE
            for line in self.changes.reviews
        )


def take_proposal(
    root: Path, clock: Clock, *, bases: Sequence[str], pull_request: str = ""
) -> tuple[Proposal, tuple[Problem, ...]]:
    """Read the policy under *root* and compare it with where the change began; also return the warnings.

    *bases* are names for the published branch, of which the first that exists counts.

    Raises:
        PolicyError: the content is wrong.
        NoBaseError: there is nothing to compare with.
        HistoryError: git cannot answer.
    """
    content = load_policy(root, clock)
    policy = content.policy
    try:
        changes = read_changes(root, content, clock, bases=bases, pull_request=pull_request)
        history = read_history(root, content.files, timezone=policy.timezone, now=clock.now, at=changes.base)
    except HistoryError as error:
        error.language = policy.language
        raise
    # What the change does is told by `changes`; to the branch it is no draft.
    history = replace(
        history,
        drafts=frozenset(),
        target_drafts=frozenset(),
        untracked=changes.untracked,
        uncommitted=changes.uncommitted,
    )
    as_of = clock.day(policy.timezone)
    sections = review_sections(policy, history, content.reviews, today=as_of)
    targets = target_states(policy, history, content.measurements, today=as_of)
    snapshot = Snapshot(
        policy,
        content.reviews,
        history,
        as_of,
        sections,
        targets,
        target_reviews=review_targets(policy, history, content.reviews, today=as_of),
    )
    return Proposal(snapshot, changes, _overdue_before(changes, history, as_of)), content.warnings


def _overdue_before(changes: Changes, history: History, today: date) -> int | None:
    if changes.before is None:
        return None
    policy = _as_now_called(changes.before, changes.after)
    items: tuple[AnyReview, ...] = (
        *review_sections(policy, history, changes.reviews_before, today=today),
        *review_targets(policy, history, changes.reviews_before, today=today),
    )
    return sum(item.status is Status.OVERDUE for item in items)


def _as_now_called(before: Policy, after: Policy) -> Policy:
    """Return *before* with the ids that its sections have *after*: the history is told by these."""
    now_called = {alias: section.id for section in after.sections for alias in section.aliases}
    chapters = tuple(
        replace(
            chapter,
            sections=tuple(
                replace(
                    section,
                    id=now_called.get(section.id, section.id),
                    aliases=(*section.aliases, section.id),
                )
                for section in chapter.sections
            ),
        )
        for chapter in before.chapters
    )
    return replace(before, chapters=chapters)
