"""The measured values of a change, held against the targets that were in force on the published branch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from livingpolicy.changes import Changes, MeasurementChange
from livingpolicy.model import History, Measurement, Result, Target
from livingpolicy.results import judged, level_then, levels_of


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A period whose value is new, gone or not as it was, with the verdicts."""

    target: Target
    before: Result | None
    after: Result | None

    @property
    def rewrites(self) -> bool:
        """Whether what was written down already is no longer so."""
        return self.before is not None


def outcome_changes(changes: Changes, history: History | None) -> Iterator[OutcomeChange]:
    """Yield the values that differ, in the order of the register; without *history* none is judged."""
    targets = {**(changes.before.targets if changes.before else {}), **changes.after.targets}
    order = [*changes.after.targets, *targets]
    for change in sorted(changes.measurements, key=lambda change: order.index(change.target)):
        target = targets[change.target]
        yield OutcomeChange(target, *_results(change, target, history))


def _results(
    change: MeasurementChange, target: Target, history: History | None
) -> tuple[Result | None, Result | None]:
    level = level_then(levels_of(target, history), change.period) if history else None

    def result(measurement: Measurement | None) -> Result | None:
        return judged(measurement, target, level) if measurement else None

    return result(change.before), result(change.after)
