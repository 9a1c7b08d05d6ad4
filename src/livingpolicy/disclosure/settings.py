"""What a change does to the settings of the whole policy, and to how often sections are reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from livingpolicy.disclosure.values import IntervalChange, Setting, SettingChange, Topic
from livingpolicy.model import Owner, Policy
from livingpolicy.validate.dates import longer


def setting_changes(before: Policy, after: Policy) -> Iterator[SettingChange]:
    """Yield every setting that differs, the ones that customers and staff notice first."""
    pairs: tuple[tuple[Topic, Setting, Setting], ...] = (
        (Topic.VISION, before.vision, after.vision),
        (Topic.GUIDING_WORDS, before.guiding_words, after.guiding_words),
        (Topic.TITLE, before.title, after.title),
        (Topic.ORGANISATION, before.organisation, after.organisation),
        (Topic.CHAPTERS, _chapters(before), _chapters(after)),
        (Topic.OWNER, before.owner.name, after.owner.name),
        (Topic.EVERY, before.review.every, after.review.every),
        (Topic.WARN, before.review.warn, after.review.warn),
        (Topic.GRACE, before.review.grace, after.review.grace),
        (Topic.CEILING, before.review.ceiling, after.review.ceiling),
        (Topic.PER_WEEK, before.review.per_week, after.review.per_week),
        (Topic.EVALUATION, before.evaluation.every, after.evaluation.every),
        (Topic.EVALUATION_FIRST, _day(before.evaluation.first_on), _day(after.evaluation.first_on)),
        (Topic.POSTER_ADDRESS, before.poster.address, after.poster.address),
        (Topic.POSTER_SIZE, _size(before), _size(after)),
        (Topic.LANGUAGE, before.language, after.language),
        (Topic.TIMEZONE, before.timezone, after.timezone),
        (Topic.COUNTRY, before.country, after.country),
        (Topic.CLOSED_DAYS, _days(before), _days(after)),
    )
    told = [SettingChange(topic, "", was, becomes) for topic, was, becomes in pairs if was != becomes]
    # A new name of the role that answers for the policy is told as such.
    if before.owner.id == after.owner.id:
        told = [change for change in told if change.topic is not Topic.OWNER]
    yield from told
    for channel in dict.fromkeys([*after.opening_hours, *before.opening_hours]):
        was_open, opens = (policy.opening_hours.get(channel) for policy in (before, after))
        if was_open != opens:
            yield SettingChange(Topic.OPENING_HOURS, channel, was_open, opens)
    yield from _roles(before, after)


def _chapters(policy: Policy) -> tuple[str, ...]:
    return tuple(chapter.title for chapter in policy.chapters)


def _days(policy: Policy) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in sorted(policy.closed_days))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _size(policy: Policy) -> str:
    return f"{policy.poster.screen_inches:g}″, {policy.poster.distance_m:g} m"


def _roles(before: Policy, after: Policy) -> Iterator[SettingChange]:
    for name in dict.fromkeys([*after.owners, *before.owners]):
        old, new = before.owners.get(name), after.owners.get(name)
        if _called(old) != _called(new):
            yield SettingChange(Topic.ROLE, name, _called(old), _called(new))
        if old and new and old.contact != new.contact:
            yield SettingChange(Topic.CONTACT, new.name, old.contact, new.contact)


def _called(owner: Owner | None) -> str | None:
    return ", ".join(filter(None, (owner.name, owner.team))) if owner else None


def interval_changes(before: Policy, after: Policy) -> Iterator[IntervalChange]:
    """Yield the sections that are reviewed at another interval, whether they say so or inherit it."""
    now_called = {alias: section.id for section in after.sections for alias in section.aliases}
    intervals = {now_called.get(section.id, section.id): section.interval for section in before.sections}
    for section in after.sections:
        was = intervals.get(section.id)
        if was is None or str(was) == str(section.interval):
            continue
        slower = longer(section.interval, was)
        if slower or longer(was, section.interval):
            yield IntervalChange(section.id, section.title, was, section.interval, slower)
