"""The agenda of the evaluation in words, part by part, for the page, the text and the Markdown form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from livingpolicy.agenda import Agenda, Candidate, TargetPoint, Topic
from livingpolicy.language import Catalogue
from livingpolicy.model import (
    AnyReview,
    Improvement,
    Period,
    Result,
    SectionId,
    Snapshot,
    Status,
    TargetReview,
)
from livingpolicy.render import measured
from livingpolicy.scoring import MEAN_BORDERS, tenths

MOST = 12
"""Points of a part. A longer list is for the page of reviews, not for half an hour."""
MOST_SECTIONS = 4
"""Sections of a change that are named."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something to tick off."""

    head: str
    detail: str = ""
    owner: str | None = None
    section: SectionId | None = None
    """What it is about, for whoever can make a link of it."""
    target: str | None = None
    improvement: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What the meeting speaks of for some minutes."""

    topic: Topic
    heading: str
    minutes: str
    ask: str
    """What the meeting shall answer."""
    points: tuple[Point, ...]
    notes: tuple[str, ...]
    """Sentences after the points, or in their place."""


def opening(agenda: Agenda, snapshot: Snapshot, words: Catalogue) -> tuple[str, ...]:
    """Return when the meeting is, what it covers and what that is taken from, a sentence or two each."""
    meeting = agenda.meeting
    version = snapshot.head[:7] if snapshot.head else words.text("agenda.no-version")
    as_of = words.text("agenda.as-of", day=words.day(agenda.as_of), version=version)
    if meeting.on is None:
        interval = words.interval(snapshot.policy.evaluation.every)
        unplanned = words.text("agenda.unplanned", interval=interval, day=words.day(agenda.as_of))
        return minutes(sum(agenda.minutes.values()), words), unplanned, as_of
    when = words.text(
        "agenda.when",
        day=words.day(meeting.on),
        minutes=minutes(sum(agenda.minutes.values()), words),
    )
    period = words.text("agenda.period", since=words.day(meeting.since), until=words.day(meeting.until))
    return when, period, as_of


def minutes(count: int, words: Catalogue) -> str:
    """Return "30 minuter"."""
    return words.count("agenda.minutes", count)


def parts(agenda: Agenda, snapshot: Snapshot, words: Catalogue) -> tuple[Part, ...]:
    """Return the parts of the meeting in their order."""
    until = words.day(agenda.meeting.until)
    told: dict[Topic, tuple[list[Point], list[str]]] = {
        Topic.TARGETS: ([_target(one, words) for one in agenda.targets], _targets(agenda, snapshot, words)),
        Topic.EFFECTS: (
            [*_effects(agenda, words)],
            [] if agenda.checks or agenda.undecided else [words.text("agenda.effects.none", until=until)],
        ),
        Topic.WORK: (
            [_work(one, agenda, words) for one in agenda.in_work]
            + [_candidate(one, snapshot, words) for one in agenda.candidates],
            [*_room(agenda, words)],
        ),
        Topic.DUE: ([_due(item, words) for item in agenda.due], _nothing_due(agenda, snapshot, words)),
        Topic.CHANGES: ([*_changes(agenda, snapshot, words)], _no_change(agenda, words)),
        Topic.CLOSING: ([], []),
    }
    return tuple(
        Part(
            topic=topic,
            heading=words.text(f"agenda.{topic}.heading"),
            minutes=minutes(agenda.minutes[topic], words),
            ask=words.text(f"agenda.{topic}.ask"),
            points=tuple(points[:MOST]),
            notes=(*_more(len(points) - MOST, words), *notes),
        )
        for topic, (points, notes) in told.items()
    )


def _more(count: int, words: Catalogue) -> Iterator[str]:
    if count > 0:
        yield words.count("agenda.more", count)


def _target(point: TargetPoint, words: Catalogue) -> Point:
    state, told = point.state, []
    if point.missed:
        periods = ", ".join(_result(one, point, words) for one in point.missed[::-1])
        told.append(words.text("agenda.targets.missed", periods=periods))
        comments = (one.measurement.comment for one in point.missed[::-1])
        told += [ended(f"{each[0].upper()}{each[1:]}") for each in comments if each]
    if point.missing:
        told.append(words.text("agenda.targets.missing", periods=_periods(point.missing, words)))
    if state.stale and state.latest:
        period = measured.period(state.latest.measurement.period, words)
        told.append(words.text("agenda.targets.stale", period=period))
    return Point(state.target.name, " ".join(told), state.target.owner.name, target=state.target.id)


def _result(result: Result, point: TargetPoint, words: Catalogue) -> str:
    target = point.state.target
    period = measured.period(result.measurement.period, words)
    number = measured.result(result.measurement, result.level, target, words)
    if number is None or result.level is None:
        return period
    asked = measured.asked_for(result.level, words)
    return words.text("agenda.targets.result", period=period, result=number, asked=asked)


def _periods(periods: Iterable[Period], words: Catalogue) -> str:
    """Return them oldest first."""
    return ", ".join(measured.period(one, words) for one in tuple(periods)[::-1])


def _targets(agenda: Agenda, snapshot: Snapshot, words: Catalogue) -> list[str]:
    if not any(state.results for state in snapshot.targets):
        return [words.text("agenda.targets.unknown")]
    met = [words.count("agenda.targets.met", agenda.met)] if agenda.met else []
    return met if agenda.targets else [words.text("agenda.targets.none"), *met]


def _effects(agenda: Agenda, words: Catalogue) -> Iterator[Point]:
    for one in agenda.checks:
        key = "late" if one.is_late(agenda.as_of) else "by"
        detail = words.text(f"agenda.effects.{key}", action=ended(one.action), day=words.day(one.check_on))
        yield _improvement(one, detail)
    for one in agenda.undecided:
        if one.check is not None:
            benefit = ended(words.text(f"benefit.{one.check.benefit}"))
            detail = words.text(
                "agenda.effects.undecided",
                action=ended(one.action),
                day=words.day(one.check.checked_on),
                benefit=f"{benefit} {ended(one.check.note)}",
            )
            yield _improvement(one, detail)


def _work(one: Improvement, agenda: Agenda, words: Catalogue) -> Point:
    key = "since" if one.started_on <= agenda.as_of else "starts"
    detail = words.text(
        f"agenda.work.{key}",
        action=ended(one.action),
        day=words.day(one.started_on),
        check=words.day(one.check_on),
    )
    return _improvement(one, detail)


def _improvement(one: Improvement, detail: str) -> Point:
    return Point(one.problem.rstrip("."), detail, one.owner.name, improvement=one.id)


def _candidate(one: Candidate, snapshot: Snapshot, words: Catalogue) -> Point:
    if one.statement is not None:
        latest = snapshot.assessment.latest if snapshot.assessment else None
        mean = measured.number(tenths(one.statement.mean, MEAN_BORDERS) / 10, words)
        detail = words.text(
            "agenda.work.statement-detail", mean=mean, day=words.day(latest.answered_on) if latest else ""
        )
        statement = one.statement.statement
        sections = [*statement.sections, None]
        return Point(words.text("agenda.work.statement", text=statement.text), detail, section=sections[0])
    assert one.state is not None  # noqa: S101 - for the type checker: it is one or the other
    target = one.state.target
    detail = words.count("agenda.work.target-detail", one.judged, missed=one.missed)
    return Point(
        words.text("agenda.work.target", name=target.name), detail, target.owner.name, target=target.id
    )


def _room(agenda: Agenda, words: Catalogue) -> Iterator[str]:
    if not (agenda.checks or agenda.undecided or agenda.in_work):
        yield words.text("agenda.work.none")
    yield words.count("agenda.work.free", agenda.free) if agenda.free else words.text("agenda.work.full")


def _due(item: AnyReview, words: Catalogue) -> Point:
    key = "late" if item.status is Status.OVERDUE else "by"
    detail = words.text(f"agenda.due.{key}", day=words.day(item.due_on) if item.due_on else "")
    if isinstance(item, TargetReview):
        title = words.text("agenda.due.target", title=item.title)
        return Point(title, detail, item.owner.name, target=item.id)
    return Point(item.title, detail, item.owner.name, section=item.id)


def _nothing_due(agenda: Agenda, snapshot: Snapshot, words: Catalogue) -> list[str]:
    if not snapshot.history.complete:
        return [words.text("agenda.due.unknown")]
    return [] if agenda.due else [words.text("agenda.due.none", until=words.day(agenda.meeting.until))]


def _changes(agenda: Agenda, snapshot: Snapshot, words: Catalogue) -> Iterator[Point]:
    titles = {item.section.id: item.section.title for item in snapshot.sections}
    for change in agenda.changes or ():
        named = [titles.get(name, revision.title) for name, revision in change.sections]
        sections = ", ".join(named[:MOST_SECTIONS])
        if len(named) > MOST_SECTIONS:
            sections += " " + words.count("agenda.changes.more", len(named) - MOST_SECTIONS)
        detail = words.text("agenda.changes.detail", day=words.day(change.on), sections=sections)
        first = next((name for name, _ in change.sections if name in titles), None)
        yield Point(change.commit.subject, detail, section=first)


def _no_change(agenda: Agenda, words: Catalogue) -> list[str]:
    if agenda.changes is None:
        return [words.text("agenda.changes.unknown")]
    return (
        [] if agenda.changes else [words.text("agenda.changes.none", since=words.day(agenda.meeting.since))]
    )


def ended(text: str) -> str:
    """Return *text* with a full stop, unless it has an ending of its own."""
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."
