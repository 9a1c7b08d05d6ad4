"""Rules about measured values: what follows from the target they belong to, and from each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from livingpolicy.errors import Problem
from livingpolicy.measurements import MAX_PROBLEMS, WrittenMeasurement, WrittenMeasurements
from livingpolicy.model import Frequency, Period
from livingpolicy.parse import WrittenPolicy
from livingpolicy.period import is_over, period_of, written_period
from livingpolicy.schema import Read, TargetEntry
from livingpolicy.spelling import near


def measurements_are_of_known_targets(written: WrittenPolicy) -> Iterator[Problem]:
    """A file of measured values is named after a target of the register.

    Passes: `measurements/svarstid-telefon.csv` with that target in `targets.yml`.
    Fails: `measurements/svarstid-telefn.csv`.
    """
    if written.targets is None:
        return
    for file in written.measurements:
        if not written.targets:
            yield Problem(file.source, "no-targets", {"id": file.target})
        elif file.target not in written.targets:
            known = near(file.target, written.targets.keys())
            yield Problem(file.source, "measures-no-target", {"id": file.target, "known": known})


def measured_targets_say_how_often(written: WrittenPolicy) -> Iterator[Problem]:
    """A target with values says how often it is measured: only so can a value be missing, or too old.

    Passes: `measured: monthly`.
    Fails: a file with values, and no `measured`.
    """
    for file, entry, target in _measured(written):
        if file.rows and entry.sure("measured") and target.measured is None:
            yield Problem(entry.source(), "not-measured", {"id": file.target})


def periods_are_as_the_target_says(written: WrittenPolicy) -> Iterator[Problem]:
    """Every period is as long as the target's `measured` says, is over, and stands once.

    Passes: `2026-10` in November with `measured: monthly`.
    Fails: `2026-W41` with `measured: monthly`; `2026-11` in November; `2026-10` on two rows.
    """
    for file, entry, target in _measured(written):
        frequency = Frequency(target.measured) if entry.sure("measured") and target.measured else None
        yield from islice(_periods(file, frequency, written.today), MAX_PROBLEMS)


def values_can_be(written: WrittenPolicy) -> Iterator[Problem]:
    """A percentage is at most 100, and the value lies within its spread.

    Passes: value 2.4, low 0.5, high 6.
    Fails: 104 with `unit: percent`; low 6 and high 0.5; value 7 and high 6.
    """
    for file, entry, target in _measured(written):
        percent = entry.sure("unit") and target.unit == "percent"
        problems = (problem for row in file.rows for problem in _value(row, percent=percent))
        yield from islice(problems, MAX_PROBLEMS)


def shares_are_asked_for(written: WrittenPolicy) -> Iterator[Problem]:
    """What percentage was within the limit stands only where the target has a `share`. A warning.

    Once for a file: a target that gave up its share keeps what was measured while it had one.

    Passes: `within_target` 93 with `share: 90`.
    Fails: `within_target` 93 without `share`.
    """
    for file, entry, target in _measured(written):
        rows = [row for row in file.rows if row.within_target is not None]
        if rows and entry.sure("share") and target.share is None:
            newest = max(rows, key=lambda row: row.period.first if row.period else date.min)
            yield Problem(newest.source, "no-share", {"id": file.target}, warning=True)


def _measured(
    written: WrittenPolicy,
) -> Iterator[tuple[WrittenMeasurements, Read[TargetEntry], TargetEntry]]:
    """Yield the files whose target is known, with what the register says of it."""
    for file in written.measurements:
        entry = (written.targets or {}).get(file.target)
        if entry is not None and entry.value is not None:
            yield file, entry, entry.value


def _periods(file: WrittenMeasurements, frequency: Frequency | None, today: date) -> Iterator[Problem]:
    rows = [(row, row.period) for row in file.rows if row.period is not None]
    others = [each for each in rows if frequency and each[1].frequency is not frequency]
    if frequency and len(others) == len(rows) > 1:
        # The register changed and the file did not: one mistake.
        yield _other_length("periods-length", *others[0], frequency)
        return
    first: dict[Period, int] = {}
    for row, period in rows:
        values = {"period": written_period(period)}
        if frequency and period.frequency is not frequency:
            yield _other_length("period-length", row, period, frequency)
        elif period in first:
            yield Problem(row.source, "period-twice", {**values, "first": str(first[period])})
        elif period.first > today:
            yield Problem(row.source, "period-future", {**values, "today": str(today)})
        elif not is_over(period, today):
            yield Problem(row.source, "period-open", {**values, "last": str(period.last)})
        first.setdefault(period, row.source.line)


def _other_length(code: str, row: WrittenMeasurement, period: Period, frequency: Frequency) -> Problem:
    values = {
        "period": written_period(period),
        "measured": frequency.value,
        "proposal": written_period(period_of(period.first, frequency)),
    }
    return Problem(row.source, code, values)


def _value(row: WrittenMeasurement, *, percent: bool) -> Iterator[Problem]:
    value, low, high = row.value, row.low, row.high
    over = [each for each in (value, low, high) if percent and each is not None and each > 100]
    if over:
        yield Problem(row.source, "number-range", {"text": _plain(over[0]), "least": "0", "most": "100"})
    elif low is not None and high is not None and low > high:
        yield Problem(row.source, "spread-turned", {"low": _plain(low), "high": _plain(high)})
    elif value is not None and low is not None and value < low:
        yield Problem(row.source, "below-low", {"value": _plain(value), "low": _plain(low)})
    elif value is not None and high is not None and value > high:
        yield Problem(row.source, "above-high", {"value": _plain(value), "high": _plain(high)})


def _plain(number: float) -> str:
    return f"{number:.15g}"
