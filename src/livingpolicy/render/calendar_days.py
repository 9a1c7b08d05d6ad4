"""What has a day to be done by, in words: sections, targets, effects to check, evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import dropwhile, islice

from livingpolicy.language import Catalogue
from livingpolicy.model import (
    AnyReview,
    Improvement,
    Outcome,
    Review,
    Revision,
    SectionReview,
    Snapshot,
    Status,
    TargetReview,
    TargetRevision,
)
from livingpolicy.render.agenda_parts import ended
from livingpolicy.render.pages.addresses import anchor, named_url, page_url
from livingpolicy.render.pages.values import SiteSettings

MEETINGS = 6
"""Evaluations ahead: a year, if it is every second month."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day in a calendar."""

    key: str
    """What it is about, never when: `section-svar-telefon`, `evaluation-3`."""
    on: date
    sequence: int
    """Grows whenever something moves the day; counted in the history, so that no state is kept."""
    changed_at: datetime | None
    """When it came to be on this day; None when that is not known."""
    summary: str
    what: str
    page: str
    """Relative to the site."""
    role: str | None
    """Owner id; None: everybody's."""


def calendar_days(snapshot: Snapshot, settings: SiteSettings, words: Catalogue) -> tuple[CalendarDay, ...]:
    """Return everything that has a day, in its order. What has no known day is left out."""
    found = [
        *_reviews(snapshot, settings, words),
        *_effects(snapshot, settings, words),
        *_evaluations(snapshot, settings, words),
    ]
    return tuple(sorted(found, key=lambda day: (day.on, day.key)))


def _reviews(snapshot: Snapshot, settings: SiteSettings, words: Catalogue) -> Iterator[CalendarDay]:
    settled: dict[tuple[str | None, str | None], list[Review]] = {}
    for line in snapshot.reviews:
        if line.outcome is not Outcome.NEEDS_CHANGE:
            settled.setdefault((line.section, line.target), []).append(line)
    for item in snapshot.sections:
        if item.due_on is not None and item.status is not Status.RETIRED:
            lines = settled.get((item.id, None), ())
            yield _section(item, item.due_on, lines, snapshot, settings, words)
    for target in snapshot.target_reviews:
        if target.due_on is not None:
            lines = settled.get((None, target.id), ())
            yield _target(target, target.due_on, lines, snapshot, settings, words)


def _section(
    item: SectionReview,
    on: date,
    lines: Iterable[Review],
    snapshot: Snapshot,
    settings: SiteSettings,
    words: Catalogue,
) -> CalendarDay:
    # A section that was given a new id goes on under its first one, so that no calendar shows it twice.
    first_id = (*item.section.aliases, item.id)[0]
    revisions = snapshot.history.revisions.get(item.id, ())
    return CalendarDay(
        key=f"section-{first_id}",
        on=on,
        sequence=_moved(revisions, lines),
        changed_at=_changed_at(item),
        summary=words.text("calendar.section", title=item.title),
        what=words.text("calendar.section-what", owner=item.owner.name, chapter=item.chapter.title),
        page=anchor(page_url(item.chapter.id, settings), item.id),
        role=item.owner.id,
    )


def _target(
    item: TargetReview,
    on: date,
    lines: Iterable[Review],
    snapshot: Snapshot,
    settings: SiteSettings,
    words: Catalogue,
) -> CalendarDay:
    return CalendarDay(
        key=f"target-{item.id}",
        on=on,
        sequence=_moved(snapshot.history.target_revisions.get(item.id, ()), lines),
        changed_at=_changed_at(item),
        summary=words.text("calendar.target", title=item.title),
        what=words.text("calendar.target-what", owner=item.owner.name, wording=item.target.wording),
        page=named_url("targets", words, settings, below=item.id),
        role=item.owner.id,
    )


def _moved(revisions: Iterable[Revision | TargetRevision], lines: Iterable[Review]) -> int:
    """Return how often the day was set anew; an interval made longer or shorter leaves no trace here."""
    return sum(revision.kind.restarts_clock for revision in revisions) + sum(1 for _ in lines)


def _changed_at(item: AnyReview) -> datetime | None:
    moments = []
    if item.last_revised and item.last_revised.landed_at:
        moments.append(item.last_revised.landed_at.astimezone(UTC))
    if item.last_reviewed:
        moments.append(datetime.combine(item.last_reviewed.reviewed_on, time(), UTC))
    return max(moments, default=None)


def _effects(snapshot: Snapshot, settings: SiteSettings, words: Catalogue) -> Iterator[CalendarDay]:
    for one in snapshot.improvements:
        if one.unchecked:
            yield _effect(one, settings, words)


def _effect(one: Improvement, settings: SiteSettings, words: Catalogue) -> CalendarDay:
    return CalendarDay(
        key=f"effect-{one.id}",
        on=one.check_on,
        sequence=0,
        changed_at=None,
        summary=words.text("calendar.effect", title=one.problem.rstrip(".")),
        what=words.text("calendar.effect-what", action=ended(one.action), owner=one.owner.name),
        page=f"{named_url('evaluation', words, settings)}#{one.id}",
        role=one.owner.id,
    )


def _evaluations(snapshot: Snapshot, settings: SiteSettings, words: Catalogue) -> Iterator[CalendarDay]:
    """Yield the meetings ahead, by their number: a meeting that is moved keeps its key."""
    numbered = enumerate(snapshot.policy.evaluation.days(), 1)
    ahead = dropwhile(lambda meeting: meeting[1] < snapshot.as_of, numbered)
    for number, on in islice(ahead, MEETINGS):
        yield CalendarDay(
            key=f"evaluation-{number}",
            on=on,
            sequence=0,
            changed_at=None,
            summary=words.text("calendar.evaluation", policy=snapshot.policy.title),
            what=words.text("calendar.evaluation-what"),
            page=named_url("evaluation", words, settings),
            role=None,
        )
