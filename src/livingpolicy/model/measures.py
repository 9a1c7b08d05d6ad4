"""Numbers that were reached, and how they stand against the targets that were in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from livingpolicy.model.content import Source, Target
from livingpolicy.model.history import Level


class Frequency(StrEnum):
    """How often a target is measured."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A whole day, ISO week, month, quarter or year."""

    first: date
    last: date
    """That day included."""
    frequency: Frequency


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was reached in a period: a line of `policy/measurements/<target>.csv`."""

    period: Period
    value: float
    """In the target's unit; what is usual in the period, its mean or median."""
    within_target: float | None
    """Percent of cases within the limit, 0 to 100."""
    n: int | None
    """How many cases it rests on."""
    low: float | None
    """Nine cases of ten are at least this, in the target's unit."""
    high: float | None
    """Nine cases of ten are at most this."""
    comment: str | None
    """Why it went as it did."""
    source: Source


class Verdict(StrEnum):
    """How a measurement stands against the target that was in force then."""

    MET = "met"
    MISSED = "missed"
    UNJUDGED = "unjudged"
    """No target was in force then, its history is unknown, or the share was not measured."""
    WITHHELD = "withheld"
    """It rests on too few cases to be published; nothing but its period may be shown."""


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement with its verdict."""

    measurement: Measurement
    level: Level | None
    """The target in force when the period began, or that came in force during it; None when unknown."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target with everything that was measured, on the day of the snapshot."""

    target: Target
    levels: tuple[Level, ...]
    """Newest first; empty when nothing is known of its history."""
    results: tuple[Result, ...]
    """Newest period first."""
    missing: tuple[Period, ...]
    """Periods that are over and have no value, between the first measured one and today; newest first."""
    stale: bool
    """The latest value is older than the interval of measuring: it has lost its mark."""

    @property
    def latest(self) -> Result | None:
        """The newest result there is, withheld ones included."""
        return self.results[0] if self.results else None
