"""What a trend shows, before anybody draws it: a point for every period, and a scale that suits them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log10

from livingpolicy.model import Level, Period, Result, TargetState, Verdict
from livingpolicy.results import level_then

_NOTHING = 1e-9
"""What is less is as good as zero, to an axis."""


class Mark(StrEnum):
    """What stands at a period."""

    MET = "met"
    MISSED = "missed"
    UNJUDGED = "unjudged"
    WITHHELD = "withheld"
    """Measured, and no value may be shown."""
    MISSING = "missing"
    """Not measured."""
    VALUE = "value"
    """A value that is told beside what is judged, and not judged itself."""


@dataclass(frozen=True, slots=True)
class Point:
    """A period, and what was reached in it."""

    period: Period
    mark: Mark
    value: float | None
    """None: withheld, missing, or not measured in this way."""
    target: float | None
    """What it was compared with, in the unit of the value; None when none was in force."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis with round numbers on it."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def share(self, value: float) -> float:
        """Return how far up *value* is, from 0 to 1."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def judged_points(state: TargetState) -> tuple[Point, ...]:
    """Return what is judged, oldest first: the share within the limit, or without one the value."""
    if state.target.share is None:
        return value_points(state)

    def point(result: Result) -> Point:
        within = result.measurement.within_target
        level = result.level
        return Point(
            period=result.measurement.period,
            mark=Mark(result.verdict.value),
            value=None if result.verdict is Verdict.WITHHELD else within,
            target=level.share if level else None,
        )

    return _in_order(state, point, lambda level: level.share if level else None)


def value_points(state: TargetState) -> tuple[Point, ...]:
    """Return the values, oldest first, with their spread and the limit of that time.

    Where a share is judged they carry no verdict: a good mean may hide many who waited too long.
    """
    unit, is_judged = state.target.unit, state.target.share is None

    def limit(level: Level | None) -> float | None:
        if level is None or level.unit != unit:
            return None
        return level.at_least if level.at_most is None else level.at_most

    def point(result: Result) -> Point:
        measured, withheld = result.measurement, result.verdict is Verdict.WITHHELD
        return Point(
            period=measured.period,
            mark=Mark(result.verdict.value) if is_judged or withheld else Mark.VALUE,
            value=None if withheld else measured.value,
            target=limit(result.level),
            low=None if withheld else measured.low,
            high=None if withheld else measured.high,
        )

    return _in_order(state, point, limit)


def _in_order(
    state: TargetState, point: Callable[[Result], Point], asked: Callable[[Level | None], float | None]
) -> tuple[Point, ...]:
    points = [point(result) for result in state.results]
    points += [
        Point(period, Mark.MISSING, None, asked(level_then(state.levels, period))) for period in state.missing
    ]
    return tuple(sorted(points, key=lambda one: one.period.first))


def snug_scale(points: Iterable[Point]) -> Scale:
    """Return a scale without numbers that just holds *points*, for a picture too small to read any off."""
    numbers = [number for point in points for number in (point.value, point.target) if number is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    room = max(high - low, 0.08 * max(abs(high), abs(low)), _NOTHING)
    middle = (low + high) / 2
    return Scale(middle - room / 2, middle + room / 2, (), room)


def scale_of(points: Iterable[Point], *, percent: bool, most: int = 5) -> Scale:
    """Return an axis for *points* with at most about *most* numbers on it.

    It begins at zero, unless all values lie so far from it that nothing would be seen of how they differ;
    percent ends at 100, unless they are more.
    """
    numbers = [
        number
        for point in points
        for number in (point.value, point.target, point.low, point.high)
        if number is not None
    ]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    within = percent and low >= 0 and high <= 100
    if 0 <= low < 0.6 * high or 0 <= high < _NOTHING:
        low, high = 0.0, high if high >= _NOTHING else 1.0
    else:
        lacking = max(0.0, 0.08 * max(abs(high), abs(low)) - (high - low))
        low, high = low - lacking / 2, high + lacking / 2
    step = _round_step((high - low) / max(1, most - 1))
    bottom, top = floor(low / step), ceil(high / step)
    if top == bottom:
        top += 1
    if low > 0 and low / step - bottom < 0.2:
        bottom -= 1  # what lies on the axis of time is not a value
    if within:
        bottom, top = max(bottom, 0), min(top, round(100 / step))
    return Scale(
        low=bottom * step,
        high=top * step,
        ticks=tuple(number * step for number in range(bottom, top + 1)),
        step=step,
    )


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, 50… (or their tenths) that is not less than *least*."""
    magnitude = 10.0 ** floor(log10(least))
    return next(magnitude * digit for digit in (1, 2, 5, 10, 20) if magnitude * digit >= least * 0.999)
