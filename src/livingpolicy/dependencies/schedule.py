"""A promise beside what it waits for, on one clock, from the moment of the coming year that makes it longest.

Needs of one target begin at once and go on side by side, so the longest of them counts; one that comes
`after` another is added to it. A need that names a target takes as long as that target promises, or as long
as its own needs take, if that is longer. Minutes and hours are counted on the target's clock unless the need
says in whose opening hours; working days are the country's. Of half a day nothing is promised, and the whole
of it is waited for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from livingpolicy.interval import Interval
from livingpolicy.model import TIME_UNITS, Need, Policy, Target
from livingpolicy.needs import waits_for
from livingpolicy.workclock import (
    DAYS,
    FARTHEST,
    SECONDS,
    Clocks,
    WorkClock,
    clocks_of,
    deadline,
    elapsed,
    starts,
)

AHEAD = Interval(12, "months")
"""Over which the worst moment to begin is looked for, so that every holiday of a year is met once."""


@dataclass(frozen=True, slots=True)
class Step:
    """A need in the chain: when another department begins, and when it has to be done."""

    need: Need
    begins: datetime
    ends: datetime
    begins_at: float
    """How much of the promise has passed when it begins, in the promise's unit and on its clock."""
    ends_at: float
    slack: float
    """What is left of the promise when this need, and what waits for it, is done; below zero: too much."""
    longest: bool
    """Whether the chain would be shorter if this need were."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A promise and what it waits for, for something that begins at the worst moment."""

    target: Target
    promise: float
    """What the target allows, in its unit; of days only the whole ones."""
    waits: float
    """How long the needs take, in the same unit and on the same clock."""
    start: datetime
    limit: datetime
    """When the promise is to be kept."""
    ends: datetime
    """When the last department has to be done."""
    steps: tuple[Step, ...]
    """In the order of the register."""
    free: tuple[tuple[date, str | None], ...]
    """Weekdays on the way on which no work is done, with the name of the holiday."""
    timed: bool
    """Whether it matters at what time of the day something begins."""

    @property
    def slack(self) -> float:
        """What is left of the promise for work of our own; below zero: it cannot be kept."""
        return self.promise - self.waits

    @property
    def holds(self) -> bool:
        """Whether the promise is at least as long as what it waits for, to the second."""
        return self.slack > -1 / SECONDS.get(self.target.unit, 86400)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A target's needs with their clocks, in which one may wait for others."""

    target: Target
    clock: WorkClock
    before: tuple[tuple[int, ...], ...]
    """For each need the places of those that come before it."""
    order: tuple[int, ...]
    """Every place, none before one that it waits for."""
    clocks: tuple[WorkClock, ...]
    inner: tuple[_Plan | None, ...]
    """For each need the plan of the target that it names."""
    timed: bool
    """Whether anything is counted in minutes or hours."""


def chains(policy: Policy, as_of: date) -> Mapping[str, Chain]:
    """Return the chain of every target that has one, by id."""
    found = {name: chain(target, policy, as_of) for name, target in policy.targets.items()}
    return {name: made for name, made in found.items() if made is not None}


def chain(target: Target, policy: Policy, as_of: date) -> Chain | None:
    """Return the chain of *target* in the twelve months from *as_of*.

    None: it needs nothing, it promises no time, or nobody has said when a channel that it counts on is open.
    """
    if not target.needs or target.at_most is None or target.unit not in TIME_UNITS:
        return None
    return _chain(target, tuple(policy.targets.values()), clocks_of(policy), as_of)


@lru_cache(maxsize=128)  # the gate, a target's page and a department's page ask for the same
def _chain(target: Target, others: tuple[Target, ...], clocks: Clocks, as_of: date) -> Chain | None:
    plan = _plan(target, {other.id: other for other in others}, clocks)
    if plan is None:
        return None
    start = max(_starts(plan, as_of), key=lambda moment: _badness(plan, moment), default=None)
    return None if start is None else _drawn(plan, start)


def clock_of(need: Need, target: Target, targets: Mapping[str, Target], clocks: Clocks) -> WorkClock | None:
    """Return the clock on which a need of *target* is counted; None when a channel's hours are unknown."""
    if need.target is not None:
        other = targets[need.target]
        return clocks.clock(other.clock, other.channel, other.unit)
    if need.channel is not None:
        return clocks.clock("opening-hours", need.channel, need.unit)
    return clocks.clock(target.clock, target.channel, need.unit)


def _plan(
    target: Target, targets: Mapping[str, Target], clocks: Clocks, made: dict[str, _Plan | None] | None = None
) -> _Plan | None:
    made = {} if made is None else made
    if target.id not in made:
        made[target.id] = _planned(target, targets, clocks, made)
    return made[target.id]


def _planned(
    target: Target, targets: Mapping[str, Target], clocks: Clocks, made: dict[str, _Plan | None]
) -> _Plan | None:
    clock = clocks.clock(target.clock, target.channel, target.unit)
    theirs: list[WorkClock] = []
    inner: list[_Plan | None] = []
    for need in target.needs:
        other = _plan(targets[need.target], targets, clocks, made) if need.target else None
        found = clock_of(need, target, targets, clocks)
        if found is None or (need.target and other is None):
            return None
        theirs.append(found)
        inner.append(other)
    if clock is None:
        return None
    before = waits_for(target.needs)
    units = {target.unit, *(need.unit for need in target.needs)}
    timed = not units <= DAYS or any(plan.timed for plan in inner if plan)
    return _Plan(target, clock, before, _order(before), tuple(theirs), tuple(inner), timed)


def _starts(plan: _Plan, as_of: date) -> Iterator[datetime]:
    """Yield the moments from which the plan is gone through: one a day where only days are counted."""
    last = AHEAD.after(as_of) - timedelta(days=1)
    if plan.timed:
        yield from starts(plan.clock, as_of, last)
        return
    seen: date | None = None
    for moment in starts(WorkClock(plan.clock.calendar), as_of, last):
        if moment.date() != seen:
            yield moment
        seen = moment.date()


def _order(before: Sequence[Sequence[int]]) -> tuple[int, ...]:
    order: list[int] = []
    left = dict(enumerate(before))
    while left:
        ready = [place for place, others in left.items() if not any(other in left for other in others)]
        if not ready:
            raise ValueError("needs wait for each other in a circle")
        order += ready
        for place in ready:
            del left[place]
    return tuple(order)


def _badness(plan: _Plan, start: datetime) -> tuple[float, float]:
    """Return how much of the promise passes before the last is done, and how long that is in real time."""
    ends = _latest(end for _, end in _walk(plan, start, {}))
    return _passed(plan, start, ends), ends.timestamp() - start.timestamp()


_Known: TypeAlias = dict[tuple[str, float], datetime]
"""When a target that begins at a second has all that it needs: looked up once, however many ask."""


def _walk(plan: _Plan, start: datetime, known: _Known) -> list[tuple[datetime, datetime]]:
    """Return from when to when each need takes."""
    walked: dict[int, tuple[datetime, datetime]] = {}
    for place in plan.order:
        begins = _latest([start, *(walked[other][1] for other in plan.before[place])])
        walked[place] = begins, _done(plan, place, begins, known)
    return [walked[place] for place in range(len(walked))]


def _done(plan: _Plan, place: int, begins: datetime, known: _Known) -> datetime:
    need, inner = plan.target.needs[place], plan.inner[place]
    ends = _after(begins, _whole(need.within, need.unit, up=True), need.unit, plan.clocks[place])
    if inner is None:
        return ends
    key = (inner.target.id, begins.timestamp())
    if key not in known:
        known[key] = _latest([begins, *(end for _, end in _walk(inner, begins, known))])
    return _latest([ends, known[key]])


def _drawn(plan: _Plan, start: datetime) -> Chain:
    target = plan.target
    promise = _whole(target.at_most or 0, target.unit, up=False)
    walked = _walk(plan, start, {})
    ends = _latest(end for _, end in walked)
    limit = _after(start, promise, target.unit, plan.clock)
    steps = []
    for place, (begins, end) in enumerate(walked):
        last = _through(plan, place, end)
        steps.append(
            Step(
                need=target.needs[place],
                begins=begins,
                ends=end,
                begins_at=_passed(plan, start, begins),
                ends_at=_passed(plan, start, end),
                slack=promise - _passed(plan, start, last),
                longest=last.timestamp() == ends.timestamp(),
            )
        )
    free = _free(plan, start, _latest([limit, ends]))
    return Chain(
        target, promise, _passed(plan, start, ends), start, limit, ends, tuple(steps), free, plan.timed
    )


def _through(plan: _Plan, place: int, end: datetime) -> datetime:
    """Return when the last is done of what waits for the need at *place*, if all others are done at once."""
    held_up = {place: end}
    for other in plan.order:
        if waited := [held_up[before] for before in plan.before[other] if before in held_up]:
            held_up[other] = _done(plan, other, _latest(waited), {})
    return _latest(held_up.values())


def _free(plan: _Plan, start: datetime, end: datetime) -> tuple[tuple[date, str | None], ...]:
    calendar = plan.clock.calendar
    first, last = start.date(), calendar.day(int(end.timestamp()))
    days = [first + timedelta(days=number) for number in range(min((last - first).days, 60) + 1)]
    return tuple(
        (day, calendar.holiday(day))
        for day in days
        if calendar.is_weekday(day) and not calendar.is_working(day)
    )


def _after(start: datetime, amount: float, unit: str, clock: WorkClock) -> datetime:
    return deadline(start, amount, unit, clock) or start + timedelta(days=FARTHEST)


def _passed(plan: _Plan, start: datetime, end: datetime) -> float:
    return elapsed(start, end, plan.target.unit, plan.clock)


def _whole(amount: float, unit: str, *, up: bool) -> float:
    if unit not in DAYS:
        return amount
    return math.ceil(amount) if up else math.floor(amount)


def _latest(moments: Iterable[datetime]) -> datetime:
    # Two moments in one time zone are compared as the wall clock shows them, which one night a year is wrong.
    return max(moments, key=lambda moment: moment.timestamp())
