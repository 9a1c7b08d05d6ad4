"""The agenda of the evaluation, half an hour every second month. No files, no git, no clock, no language.

It is made from what is known: nobody has to collect anything before the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice

from livingpolicy.interval import Interval
from livingpolicy.model import (
    MOST_IN_WORK,
    AnyReview,
    Commit,
    Evaluation,
    Improvement,
    Period,
    Result,
    Revision,
    SectionId,
    Snapshot,
    StatementScore,
    Status,
    TargetState,
    Verdict,
)
from livingpolicy.review import worst_first
from livingpolicy.scoring import MEAN_BORDERS

MINUTES = 30
CLOSING_MINUTES = 3
"""To say who does what, and by when."""
MOST_WEIGHT = 6
"""However long a list is, half an hour is not for reading it aloud."""
REMEMBERED = Interval(12, "months")
"""Periods that ended longer ago say nothing about what to begin with now."""


class Topic(StrEnum):
    """What the meeting speaks of, in this order."""

    TARGETS = "targets"
    EFFECTS = "effects"
    WORK = "work"
    DUE = "due"
    CHANGES = "changes"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When the policy is evaluated, and what the meeting looks back and ahead at."""

    on: date | None
    """None: `policy.yml` does not say when, and no day is made up."""
    since: date
    """The meeting before; without a first day, or before the first meeting, one interval back."""
    until: date
    """The meeting after; without a first day, one interval ahead."""


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A target that has something to say in the meeting."""

    state: TargetState
    missed: tuple[Result, ...]
    """Of the periods that ended since the meeting before, newest first."""
    judged: int
    """How many of those have a verdict."""
    missing: tuple[Period, ...]
    """Those without a value, newest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem to work on next: a target that is missed, or a statement that is hardly true of us."""

    state: TargetState | None
    missed: int = 0
    judged: int = 0
    """Periods within `REMEMBERED` with a verdict."""
    statement: StatementScore | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A commit of the period, and the sections whose text it changed."""

    on: date
    commit: Commit
    sections: tuple[tuple[SectionId, Revision], ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything the meeting needs on paper."""

    as_of: date
    meeting: Meeting
    targets: tuple[TargetPoint, ...]
    """Those that were missed, lack a value or have an old one."""
    met: int
    """How many were met in every period that was judged."""
    checks: tuple[Improvement, ...]
    """Effects to look at before the meeting after; the oldest first."""
    undecided: tuple[Improvement, ...]
    """Looked at, and nobody has decided whether to go on."""
    in_work: tuple[Improvement, ...]
    """The rest of what is worked on."""
    free: int
    """How many problems more may be taken on."""
    candidates: tuple[Candidate, ...]
    """At most as many as there is room for; the worst first."""
    due: tuple[AnyReview, ...]
    """Overdue, or due before the meeting after; the worst first."""
    changes: tuple[Change, ...] | None
    """Oldest first; None when the history is not known."""
    minutes: Mapping[Topic, int]
    """They add up to `MINUTES`."""


def agenda(snapshot: Snapshot) -> Agenda:
    """Return the agenda of the next meeting, as far as it is known on the day of *snapshot*."""
    meeting = next_meeting(snapshot.policy.evaluation, snapshot.as_of)
    points = [_target(state, meeting) for state in snapshot.targets]
    told = tuple(one for one in points if one.missed or one.missing or one.state.stale)
    working = [one for one in snapshot.improvements if one.in_work]
    checks = tuple(
        sorted((one for one in working if one.unchecked and one.check_on <= meeting.until), key=_on)
    )
    undecided = tuple(one for one in working if not one.unchecked)
    rest = tuple(one for one in working if one.unchecked and one not in checks)
    free = max(0, MOST_IN_WORK - len(working))
    candidates = tuple(islice(_candidates(snapshot, working), free))
    due = tuple(item for item in worst_first(snapshot.items) if _is_due(item, meeting.until))
    changes = _changes(snapshot, meeting) if snapshot.history.complete else None
    return Agenda(
        as_of=snapshot.as_of,
        meeting=meeting,
        targets=told,
        met=sum(one.judged > 0 and not one.missed for one in points),
        checks=checks,
        undecided=undecided,
        in_work=rest,
        free=free,
        candidates=candidates,
        due=due,
        changes=changes,
        minutes=_minutes(
            {
                Topic.TARGETS: 2 + 3 * len(told),
                Topic.EFFECTS: 4 * len(checks) + 2 * len(undecided),
                Topic.WORK: 2 * len(rest) + 3 * free,
                Topic.DUE: min(len(due), MOST_WEIGHT),
                Topic.CHANGES: min(len(changes or ()), MOST_WEIGHT),
            }
        ),
    )


def next_meeting(evaluation: Evaluation, today: date) -> Meeting:
    """Return the meeting on *today* or, else, the first one after it."""
    every = evaluation.every
    previous = None
    days = evaluation.days()
    for day in days:
        if day >= today:
            return Meeting(day, previous or every.before(day), next(days))
        previous = day
    return Meeting(None, every.before(today), every.after(today))


def shared(weights: Iterable[int], total: int) -> tuple[int, ...]:
    """Return whole numbers in the proportion of *weights* that add up to *total*.

    The largest remainders are rounded up; without any weight all are alike.

    >>> shared([1, 1, 2], 10)
    (3, 2, 5)
    """
    wanted = tuple(weights)
    if not any(wanted):
        wanted = (1,) * len(wanted)
    parts = [divmod(weight * total, sum(wanted)) for weight in wanted]
    left = total - sum(whole for whole, _ in parts)
    most = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    return tuple(whole + (place in most) for place, (whole, _) in enumerate(parts))


def _minutes(weights: Mapping[Topic, int]) -> Mapping[Topic, int]:
    """Return a minute for everything, and the rest for what has most to it."""
    spread = shared(weights.values(), MINUTES - CLOSING_MINUTES - len(weights))
    minutes = {topic: 1 + more for topic, more in zip(weights, spread, strict=True)}
    return minutes | {Topic.CLOSING: CLOSING_MINUTES}


def _on(improvement: Improvement) -> date:
    return improvement.check_on


def _target(state: TargetState, meeting: Meeting) -> TargetPoint:
    since = [one for one in state.results if one.measurement.period.last >= meeting.since]
    return TargetPoint(
        state=state,
        missed=tuple(one for one in since if one.verdict is Verdict.MISSED),
        judged=sum(one.verdict in {Verdict.MET, Verdict.MISSED} for one in since),
        missing=tuple(one for one in state.missing if one.last >= meeting.since),
    )


def _candidates(snapshot: Snapshot, working: Iterable[Improvement]) -> Iterable[Candidate]:
    """Yield the targets that nobody works on by how often they are missed, then the weakest statements."""
    taken = {one.target for one in working}
    since = REMEMBERED.before(snapshot.as_of)
    missed = []
    for state in snapshot.targets:
        verdicts = [one.verdict for one in state.results if one.measurement.period.last > since]
        times = verdicts.count(Verdict.MISSED)
        if times and state.target.id not in taken:
            missed.append(Candidate(state, times, times + verdicts.count(Verdict.MET)))
    # Sorting is stable: among equals the order of the register says what matters most.
    yield from sorted(missed, key=lambda one: (-one.missed / one.judged, -one.missed))
    latest = snapshot.assessment.latest if snapshot.assessment else None
    weak = [one for one in latest.statements if one.mean < MEAN_BORDERS[0]] if latest else []
    for score in sorted(weak, key=lambda one: one.mean):
        yield Candidate(None, statement=score)


def _is_due(item: AnyReview, until: date) -> bool:
    return item.status is not Status.RETIRED and item.due_on is not None and item.due_on <= until


def _changes(snapshot: Snapshot, meeting: Meeting) -> tuple[Change, ...]:
    """Return the commits since the meeting before that changed what a section says, oldest first."""
    order = {item.section.id: place for place, item in enumerate(snapshot.sections)}
    found: dict[str, tuple[datetime, Commit, list[tuple[SectionId, Revision]]]] = {}
    for section, revisions in snapshot.history.revisions.items():
        for revision in revisions:
            landed = revision.commit.landed_at
            if landed is None or not revision.kind.changes_meaning:
                continue
            if meeting.since <= landed.date() <= snapshot.as_of:
                entry = found.setdefault(revision.commit.sha, (landed, revision.commit, []))
                entry[2].append((section, revision))
    return tuple(
        Change(
            landed.date(),
            commit,
            tuple(sorted(sections, key=lambda pair: order.get(pair[0], len(order)))),
        )
        for landed, commit, sections in sorted(found.values(), key=lambda entry: entry[0])
    )
