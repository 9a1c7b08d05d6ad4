"""Decide when each section and each target is due and where it stands. No files, no git, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from livingpolicy.interval import Interval
from livingpolicy.model import (
    AnyReview,
    Chapter,
    Commit,
    History,
    Outcome,
    Policy,
    Review,
    ReviewRules,
    Revision,
    RevisionKind,
    Section,
    SectionId,
    SectionReview,
    Status,
    Target,
    TargetReview,
    TargetRevision,
)
from livingpolicy.versions import mapping

R = TypeVar("R", Revision, TargetRevision)
Item = TypeVar("Item", SectionReview, TargetReview, AnyReview)


def review_sections(
    policy: Policy, history: History, reviews: Iterable[Review], *, today: date
) -> tuple[SectionReview, ...]:
    """Return every section of *policy* with its dates and its status on *today*, in reading order."""
    latest = latest_reviews(policy, reviews)
    return tuple(
        review_section(section, chapter, history, latest.get(section.id, ()), policy.review, today=today)
        for chapter in policy.chapters
        for section in chapter.sections
    )


def latest_reviews(policy: Policy, reviews: Iterable[Review]) -> Mapping[SectionId, tuple[Review, ...]]:
    """Return the ledger by section, newest first; lines under an alias count for the section that has it."""
    now_called = {alias: section.id for section in policy.sections for alias in section.aliases}
    by_section: dict[SectionId, list[Review]] = {}
    for review in reviews:
        if review.section is not None:
            by_section.setdefault(now_called.get(review.section, review.section), []).append(review)
    return {section: _newest_first(lines) for section, lines in by_section.items()}


def reviews_of_targets(reviews: Iterable[Review]) -> Mapping[str, tuple[Review, ...]]:
    """Return the lines of the ledger about targets, by target, newest first."""
    by_target: dict[str, list[Review]] = {}
    for review in reviews:
        if review.target is not None:
            by_target.setdefault(review.target, []).append(review)
    return {target: _newest_first(lines) for target, lines in by_target.items()}


def _newest_first(reviews: Iterable[Review]) -> tuple[Review, ...]:
    # Sorting is stable: among lines of the same day the one written last in the file is the latest word.
    return tuple(sorted(reviews, key=lambda line: line.reviewed_on)[::-1])


def review_section(
    section: Section,
    chapter: Chapter,
    history: History,
    reviews: tuple[Review, ...],
    rules: ReviewRules,
    *,
    today: date,
) -> SectionReview:
    """Return the dates and the status of one section; *reviews* are its own, newest first."""
    revised = last_revised(section, history)
    held = in_force(section, history, today=today)
    due_on = due(section.interval, _restarted(held) if held and revised else revised, reviews)
    stands = status(section, history, due_on, rules, today=today)
    revisions = history.revisions.get(section.id, ())
    return SectionReview(
        section=section,
        chapter=chapter,
        last_revised=revised,
        last_reviewed=reviews[0] if reviews else None,
        due_on=due_on,
        days_overdue=(today - due_on).days if due_on and stands is Status.OVERDUE else 0,
        status=stands,
        revisions=sum(revision.kind.changes_meaning for revision in revisions),
    )


def last_revised(section: Section, history: History) -> Commit | None:
    """Return the commit since which the section means what it means, or None when that cannot be known.

    An older revision never stands in for a newer one whose date is impossible, nor for an edit that is not
    committed: that would be a guess.
    """
    if not history.complete or section.id in history.drafts:
        return None
    return _restarted(history.revisions.get(section.id, ()))


def _restarted(revisions: Iterable[Revision | TargetRevision]) -> Commit | None:
    """Return the first commit from which the interval is counted; None if its date is not known."""
    for revision in revisions:
        if revision.kind.restarts_clock:
            return revision.commit if revision.commit.landed_at else None
    return None


def revised_on(item: AnyReview) -> date | None:
    """Return the day on which the section or target was last revised; None when that is not known."""
    revised = item.last_revised
    return revised.landed_at.date() if revised and revised.landed_at else None


def in_force(section: Section, history: History, *, today: date) -> tuple[Revision, ...]:
    """Return the section's revisions, newest first, from the one that holds on *today*; empty if none does.

    A text that waits for its `effective_from` leaves the one before it in force, and in need of its review:
    otherwise a day far ahead would hide that the section is overdue.
    """
    revisions = history.revisions.get(section.id, ())
    return _held(revisions, section.metadata.effective_from, _begins, today)


def _held(
    revisions: tuple[R, ...], begins: date | None, begins_of: Callable[[R], date | None], today: date
) -> tuple[R, ...]:
    if begins is None or begins <= today:
        return revisions
    for number, revision in enumerate(revisions):
        if revision.kind is RevisionKind.RETIRED:
            return ()
        begun = begins_of(revision)
        if begun is None or begun <= today:
            return revisions[number:]
    return ()


def _begins(revision: Revision) -> date | None:
    """Return the day from which the text of *revision* holds. What cannot be read holds at once."""
    written = (mapping(revision.metadata) or {}).get("effective_from") if revision.metadata else None
    try:
        return date.fromisoformat(str(written)) if written is not None else None
    except ValueError:
        return None


def due(interval: Interval, revised: Commit | None, reviews: tuple[Review, ...]) -> date | None:
    """Return the last day on which a review is in time: the later of revised and reviewed, plus the interval.

    A review that found something to change does not restart the clock: the change will.
    """
    if revised is None or revised.landed_at is None:
        return None
    settled = [review.reviewed_on for review in reviews if review.outcome is not Outcome.NEEDS_CHANGE]
    return interval.after(max([revised.landed_at.date(), *settled]))


def late_since(due_on: date) -> date:
    """Return the first day on which a section due on *due_on* is overdue: that day itself is in time."""
    return due_on + timedelta(days=1)


def status(
    section: Section, history: History, due_on: date | None, rules: ReviewRules, *, today: date
) -> Status:
    """Return where the section stands on *today*. The due day itself is in time."""
    metadata = section.metadata
    if metadata.retired_on and metadata.retired_on <= today:
        return Status.RETIRED
    waits = metadata.effective_from is not None and metadata.effective_from > today
    if waits and not in_force(section, history, today=today):
        return Status.UPCOMING
    return _timely(due_on, rules, draft=section.id in history.drafts, today=today)


def _timely(due_on: date | None, rules: ReviewRules, *, draft: bool, today: date) -> Status:
    if draft:
        return Status.DRAFT
    if due_on is None:
        return Status.UNKNOWN
    if today > due_on:
        return Status.OVERDUE
    if today >= rules.warn.before(due_on):
        return Status.DUE_SOON
    return Status.CURRENT


def review_targets(
    policy: Policy, history: History, reviews: Iterable[Review], *, today: date
) -> tuple[TargetReview, ...]:
    """Return every target of the register with its dates and its status on *today*, in its order."""
    latest = reviews_of_targets(reviews)
    return tuple(
        review_target(target, history, latest.get(target.id, ()), policy.review, today=today)
        for target in policy.targets.values()
    )


def review_target(
    target: Target, history: History, reviews: tuple[Review, ...], rules: ReviewRules, *, today: date
) -> TargetReview:
    """Return the dates and the status of one target, by the rules for sections; *reviews* are its own."""
    revisions = history.target_revisions.get(target.id, ())
    draft = target.id in history.target_drafts
    revised = None if draft or not history.complete else _restarted(revisions)
    held = _held(revisions, target.effective_from, lambda revision: revision.effective_from, today)
    due_on = due(target.interval, _restarted(held) if held and revised else revised, reviews)
    waits = target.effective_from is not None and target.effective_from > today
    stands = Status.UPCOMING if waits and not held else _timely(due_on, rules, draft=draft, today=today)
    return TargetReview(
        target=target,
        last_revised=revised,
        last_reviewed=reviews[0] if reviews else None,
        due_on=due_on,
        days_overdue=(today - due_on).days if due_on and stands is Status.OVERDUE else 0,
        status=stands,
        revisions=len(revisions),
    )


def worst_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return *items* by urgency: the longest overdue first, then what falls due next."""
    urgency = {status: rank for rank, status in enumerate(Status)}
    return tuple(sorted(items, key=lambda item: (urgency[item.status], item.due_on or date.max)))


def past_grace(item: AnyReview, rules: ReviewRules, *, today: date) -> bool:
    """Whether the section or target has been overdue for longer than the grace the policy allows."""
    return (
        item.status is Status.OVERDUE and item.due_on is not None and today > rules.grace.after(item.due_on)
    )
