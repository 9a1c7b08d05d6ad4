"""Decide when each section is due and where it stands. No files, no git, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from livingpolicy.model import (
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
)
from livingpolicy.versions import mapping


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
        by_section.setdefault(now_called.get(review.section, review.section), []).append(review)
    # Sorting is stable: among lines of the same day the one written last in the file is the latest word.
    return {
        section: tuple(sorted(lines, key=lambda line: line.reviewed_on)[::-1])
        for section, lines in by_section.items()
    }


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
    due_on = due(section, _restarted(held) if held and revised else revised, reviews)
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


def _restarted(revisions: Iterable[Revision]) -> Commit | None:
    """Return the first commit from which the interval is counted; None if its date is not known."""
    for revision in revisions:
        if revision.kind.restarts_clock:
            return revision.commit if revision.commit.landed_at else None
    return None


def revised_on(item: SectionReview) -> date | None:
    """Return the day on which the section was last revised; None when that is not known."""
    revised = item.last_revised
    return revised.landed_at.date() if revised and revised.landed_at else None


def in_force(section: Section, history: History, *, today: date) -> tuple[Revision, ...]:
    """Return the section's revisions, newest first, from the one that holds on *today*; empty if none does.

    A text that waits for its `effective_from` leaves the one before it in force, and in need of its review:
    otherwise a day far ahead would hide that the section is overdue.
    """
    revisions = history.revisions.get(section.id, ())
    begins = section.metadata.effective_from
    if begins is None or begins <= today:
        return revisions
    for number, revision in enumerate(revisions):
        if revision.kind is RevisionKind.RETIRED:
            return ()
        if not _waits(revision, today):
            return revisions[number:]
    return ()


def _waits(revision: Revision, today: date) -> bool:
    """Whether the text of *revision* is in force only after *today*. What cannot be read does not wait."""
    written = (mapping(revision.metadata) or {}).get("effective_from") if revision.metadata else None
    try:
        return written is not None and date.fromisoformat(str(written)) > today
    except ValueError:
        return False


def due(section: Section, revised: Commit | None, reviews: tuple[Review, ...]) -> date | None:
    """Return the last day on which a review is in time: the later of revised and reviewed, plus the interval.

    A review that found something to change does not restart the clock: the change will.
    """
    if revised is None or revised.landed_at is None:
        return None
    settled = [review.reviewed_on for review in reviews if review.outcome is not Outcome.NEEDS_CHANGE]
    return section.interval.after(max([revised.landed_at.date(), *settled]))


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
    if section.id in history.drafts:
        return Status.DRAFT
    if due_on is None:
        return Status.UNKNOWN
    if today > due_on:
        return Status.OVERDUE
    if today >= rules.warn.before(due_on):
        return Status.DUE_SOON
    return Status.CURRENT


def worst_first(sections: Iterable[SectionReview]) -> tuple[SectionReview, ...]:
    """Return *sections* by urgency: the longest overdue first, then what falls due next."""
    urgency = {status: rank for rank, status in enumerate(Status)}
    return tuple(sorted(sections, key=lambda item: (urgency[item.status], item.due_on or date.max)))


def past_grace(item: SectionReview, rules: ReviewRules, *, today: date) -> bool:
    """Whether the section has been overdue for longer than the grace the policy allows."""
    return (
        item.status is Status.OVERDUE and item.due_on is not None and today > rules.grace.after(item.due_on)
    )
