"""Which measured values a change brings, makes others or takes away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from livingpolicy.model import Measurement, Period, Source

Measured = Mapping[str, Sequence[Measurement]]
"""By target."""


@dataclass(frozen=True, slots=True)
class MeasurementChange:
    """A period whose value is new, gone or not as it was."""

    target: str
    """Its id."""
    before: Measurement | None
    after: Measurement | None

    @property
    def period(self) -> Period:
        """The period that it is about."""
        one = self.after or self.before
        if one is None:
            raise AssertionError("a change is from something or to something")
        return one.period


def measurement_changes(before: Measured, after: Measured) -> Iterator[MeasurementChange]:
    """Yield what differs, target by target, newest period first; where a row stands makes no difference."""
    for target in dict.fromkeys([*after, *before]):
        old, new = ({one.period: one for one in measured.get(target, ())} for measured in (before, after))
        for period in sorted({*old, *new}, reverse=True):
            was, becomes = old.get(period), new.get(period)
            if _told(was) != _told(becomes):
                yield MeasurementChange(target, was, becomes)


def _told(measurement: Measurement | None) -> Measurement | None:
    return measurement and replace(measurement, source=Source(""))
