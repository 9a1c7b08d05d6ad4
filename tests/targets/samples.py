"""Targets with values, made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha1

from livingpolicy.interval import Interval
from livingpolicy.model import (
    Channel,
    Commit,
    Level,
    Measurement,
    Snapshot,
    Source,
    Target,
    TargetState,
)
from livingpolicy.period import read_period
from livingpolicy.results import state_of
from tests import samples

TODAY = "2026-11-22"


def target(target_id: str = "svarstid-telefon", **changes: object) -> Target:
    """Return "inom tre minuter, 90 procent", measured every month; *changes* are other fields."""
    made = Target(
        id=target_id,
        name="Svar i telefon",
        wording="inom tre minuter",
        at_most=3,
        at_least=None,
        unit="minutes",
        clock="opening-hours",
        share=90,
        channel=Channel.PHONE,
        owner=samples.SERVICE,
        interval=Interval(3, "months"),
        measured="monthly",
        needs=(),
        source=Source("policy/targets.yml", 20),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def backlog(**changes: object) -> Target:
    """Return "högst 150 ärenden", which no share belongs to."""
    fields: dict[str, object] = {
        "name": "Öppna ärenden",
        "wording": "högst 150 ärenden",
        "at_most": 150,
        "unit": "count",
        "clock": None,
        "share": None,
        "channel": None,
    }
    return target("oppna-arenden", **(fields | changes))


def level(
    since: str = "2025-01-01",
    of: Target | None = None,
    *,
    subject: str = "Sätt mål för telefonen",
    **changes: object,
) -> Level:
    """Return the level that *of* states, in force since the day."""
    of = of or target()
    landed = datetime.fromisoformat(f"{since}T12:00:00").replace(tzinfo=UTC)
    commit = Commit(sha1(f"{since} {subject}".encode()).hexdigest(), landed, subject, "")
    made = Level(date.fromisoformat(since), of.at_most, of.at_least, of.unit, of.share, of.wording, commit)
    return replace(made, **changes)  # type: ignore[arg-type]


def measurement(
    period: str,
    value: float,
    within: float | None = None,
    n: int | None = 800,
    comment: str | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
) -> Measurement:
    """Return a line of the CSV file."""
    source = Source("policy/measurements/svarstid-telefon.csv", 2)
    return Measurement(read_period(period), value, within, n, low, high, comment, source)


def state(
    *measurements: Measurement,
    of: Target | None = None,
    levels: Sequence[Level] | None = None,
    today: str = TODAY,
) -> TargetState:
    """Return the state of a target whose level has been the same since 2025, unless *levels* say else."""
    of = of or target()
    known = (level(of=of),) if levels is None else levels
    return state_of(of, known, measurements, today=date.fromisoformat(today))


def year(
    shares: Iterable[float | None], *, first: str = "2025-11", of: Target | None = None, **options: object
) -> TargetState:
    """Return a state with a share for each month from *first* on; None where nothing was measured."""
    month = date.fromisoformat(f"{first}-01")
    lines = []
    for share in shares:
        if share is not None:
            lines.append(measurement(f"{month:%Y-%m}", round(2 + (100 - share) / 10, 1), share))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return state(*lines, of=of, **options)  # type: ignore[arg-type]


def with_targets(taken: Snapshot, *states: TargetState) -> Snapshot:
    """Return the snapshot with the targets, in the register too."""
    register = {one.target.id: one.target for one in states}
    return replace(taken, policy=replace(taken.policy, targets=register), targets=states)
