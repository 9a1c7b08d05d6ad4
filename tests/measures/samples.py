"""Targets, levels and measurements, for tests that need no files and no git."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from livingpolicy.model import (
    Commit,
    History,
    Level,
    Measurement,
    Policy,
    Snapshot,
    Source,
    Target,
    TargetState,
)
from livingpolicy.period import read_period
from livingpolicy.results import state_of, target_states
from tests.samples import SERVICE, policy, revision
from tests.samples import history as known_history
from tests.samples import snapshot as known_snapshot

PHONE = Target(
    id="svarstid-telefon",
    name="Svar i telefon",
    wording="inom tre minuter",
    at_most=3,
    at_least=None,
    unit="minutes",
    clock="opening-hours",
    share=90,
    channel=None,
    owner=SERVICE,
    interval=None,
    measured="monthly",
    needs=(),
    source=Source("policy/targets.yml", 1),
)
BACKLOG = replace(
    PHONE,
    id="oppna-arenden",
    name="Öppna ärenden",
    wording="högst 150 ärenden",
    at_most=150,
    unit="count",
    share=None,
    source=Source("policy/targets.yml", 14),
)
PLEASED = replace(
    PHONE,
    id="nojda",
    name="Nöjda efter klagomål",
    wording="minst 80 procent",
    at_most=None,
    at_least=80,
    unit="percent",
    share=None,
    measured="quarterly",
    source=Source("policy/targets.yml", 27),
)


def level(target: Target, since: str, **changes: Any) -> Level:
    """Return *target* as it came in force on the day *since*, but for *changes*."""
    found = Level(
        effective_from=date.fromisoformat(since),
        at_most=target.at_most,
        at_least=target.at_least,
        unit=target.unit,
        share=target.share,
        wording=target.wording,
        commit=landed(since),
    )
    return replace(found, **changes)


def landed(when: str) -> Commit:
    """Return a commit of the day *when*."""
    return revision(when).commit


def measurement(period: str, value: float, within: float | None = None, **others: Any) -> Measurement:
    """Return a value of *period*; *others* are `n`, `low`, `high` and `comment`."""
    rest = {"n": None, "low": None, "high": None, "comment": None} | others
    source = Source("policy/measurements/svarstid-telefon.csv", 2)
    return Measurement(read_period(period), value, within, source=source, **rest)  # type: ignore[arg-type]


def state(
    target: Target, levels: list[Level], *values: Measurement, today: str = "2026-11-22"
) -> TargetState:
    """Return where *target* stands."""
    return state_of(target, levels, values, today=date.fromisoformat(today))


def content(*targets: Target, language: str = "sv") -> Policy:
    """Return a policy with *targets*."""
    return replace(policy(language=language), targets={target.id: target for target in targets})


def snapshot(
    measured: dict[Target, tuple[Measurement, ...]],
    levels: dict[str, tuple[Level, ...]],
    *,
    language: str = "sv",
    today: str = "2026-11-22",
) -> Snapshot:
    """Return the snapshot of a policy whose targets are those of *measured*."""
    register = content(*measured, language=language)
    history: History = replace(known_history(), targets=levels)
    values = {target.id: those for target, those in measured.items()}
    states = target_states(register, history, values, today=date.fromisoformat(today))
    return replace(known_snapshot(register, history, today=today), targets=states)
