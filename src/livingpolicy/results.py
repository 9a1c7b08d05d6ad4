"""How measured values stand against the targets that were in force. No files, no git, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from livingpolicy.model import (
    Frequency,
    History,
    Level,
    Measurement,
    Period,
    Policy,
    Result,
    Target,
    TargetState,
    Verdict,
)
from livingpolicy.period import following, is_over, periods_over

FEWEST_CASES = 5
"""A value that rests on fewer is not published: whoever knows one of them would recognise it."""


class Standing(StrEnum):
    """Where a target stands on a day, in a word; the worst first."""

    MISSED = "missed"
    STALE = "stale"
    """The latest value is too old to speak for today."""
    NEVER = "never"
    """It is to be measured, and nobody has."""
    UNJUDGED = "unjudged"
    WITHHELD = "withheld"
    MET = "met"
    UNMEASURED = "unmeasured"
    """Nobody means to measure it."""


def target_states(
    policy: Policy, history: History, measurements: Mapping[str, Sequence[Measurement]], *, today: date
) -> tuple[TargetState, ...]:
    """Return the state of every target of the register, in its order; *measurements* are by target."""
    return tuple(
        state_of(target, levels_of(target, history), measurements.get(target.id, ()), today=today)
        for target in policy.targets.values()
    )


def levels_of(target: Target, history: History) -> tuple[Level, ...]:
    """Return the target as it was in force, newest first; empty when nothing is known of that.

    Where git cannot answer, what the register itself says of its present level is known all the same.
    """
    if history.complete or target.effective_from is None:
        return history.targets.get(target.id, ())
    level = Level(
        effective_from=target.effective_from,
        at_most=target.at_most,
        at_least=target.at_least,
        unit=target.unit,
        share=target.share,
        wording=target.wording,
        commit=None,
    )
    return (level,)


def state_of(
    target: Target, levels: Sequence[Level], measurements: Iterable[Measurement], *, today: date
) -> TargetState:
    """Return where *target* stands on the day *today*."""
    newest = sorted(measurements, key=lambda one: one.period, reverse=True)
    results = tuple(judged(one, target, level_then(levels, one.period)) for one in newest)
    frequency = Frequency(target.measured) if target.measured else None
    periods = {one.period for one in newest if one.period.frequency is frequency}
    return TargetState(
        target=target,
        levels=tuple(levels),
        results=results,
        missing=missing_periods(periods, today=today),
        stale=bool(periods) and is_over(following(max(periods)), today),
    )


def level_then(levels: Sequence[Level], period: Period) -> Level | None:
    """Return the level by which a period is judged: the one in force when it began.

    Where there was none, it is the first that came in force while it ran. *levels* are newest first.
    """
    then = next((level for level in levels if level.effective_from <= period.first), None)
    if then is not None and (then.ended is None or then.ended > period.first):
        return then
    during = (level for level in reversed(levels) if period.first < level.effective_from <= period.last)
    return next(during, None)


def judged(measurement: Measurement, target: Target, level: Level | None) -> Result:
    """Return the measurement with its verdict. What it takes to judge it and is not known is not guessed."""
    return Result(measurement, level, _verdict(measurement, target, level))


def _verdict(measurement: Measurement, target: Target, level: Level | None) -> Verdict:
    if measurement.n is not None and measurement.n < FEWEST_CASES:
        return Verdict.WITHHELD
    if level is None:
        return Verdict.UNJUDGED
    if level.share is not None:
        if measurement.within_target is None:
            return Verdict.UNJUDGED
        return _met(measurement.within_target >= level.share)
    if level.unit != target.unit:
        return Verdict.UNJUDGED  # 90 minutes are not more than 2 hours
    if level.at_most is not None:
        return _met(measurement.value <= level.at_most)
    return Verdict.UNJUDGED if level.at_least is None else _met(measurement.value >= level.at_least)


def _met(reached: bool) -> Verdict:
    return Verdict.MET if reached else Verdict.MISSED


def missing_periods(measured: Iterable[Period], *, today: date) -> tuple[Period, ...]:
    """Return the periods that are over and not *measured*, since the first that is; newest first."""
    known = frozenset(measured)
    if not known:
        return ()
    return tuple(one for one in periods_over(min(known), today) if one not in known)[::-1]


def standing(state: TargetState) -> Standing:
    """Return where a target stands: its latest verdict, unless that is too old or there is none."""
    if state.latest is None:
        return Standing.NEVER if state.target.measured else Standing.UNMEASURED
    return Standing.STALE if state.stale else Standing(state.latest.verdict.value)


def worst_first(states: Iterable[TargetState]) -> tuple[TargetState, ...]:
    """Return the states in the order of their standing, else in that of the register."""
    order = {each: place for place, each in enumerate(Standing)}
    return tuple(sorted(states, key=lambda state: order[standing(state)]))
