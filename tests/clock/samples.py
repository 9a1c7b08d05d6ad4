"""Targets that wait for departments, written as the register has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from livingpolicy.dependencies import Chain, chain
from livingpolicy.model import Channel, Need, OpeningHours, Policy, Snapshot, Source, Target
from tests.samples import CHIEF, RULES, SERVICE, history, policy, snapshot

OFFICE = (1, 2, 3, 4, 5)
HOURS = {
    Channel.MAIL: (OpeningHours(OFFICE, "08:00", "18:00"),),
    Channel.PHONE: (OpeningHours(OFFICE, "08:00", "18:00"), OpeningHours((6,), "10:00", "15:00")),
    Channel.WEB: (OpeningHours((*OFFICE, 6, 7), "00:00", "24:00"),),
}
TODAY = date(2026, 11, 22)
AGREED = date(2026, 9, 1)


def need(text: str, *, line: int = 9, **changes: Any) -> Need:
    """Return "lager: 1 hours" as a need; agreed on 1 September 2026."""
    department, _, time = text.partition(": ")
    amount, unit = time.split()
    made = Need(department, "besked", float(amount), unit, AGREED, source=Source("policy/targets.yml", line))
    return replace(made, **changes)


def target(promise: str, *needs: Need, name: str = "svarstid", **changes: Any) -> Target:
    """Return a target such as "4 hours"; on opening hours in the mail unless *changes* say otherwise."""
    amount, unit = promise.split()
    made = Target(
        id=name,
        name=name.capitalize(),
        wording=promise,
        at_most=float(amount),
        at_least=None,
        unit=unit,
        clock="opening-hours",
        share=90,
        channel=Channel.MAIL,
        owner=SERVICE,
        interval=RULES.every,
        measured="monthly",
        needs=needs,
        source=Source("policy/targets.yml", 1),
    )
    return replace(made, **changes)


def around(promise: str, *needs: Need, **changes: Any) -> Target:
    """Return a target that counts around the clock, in no channel."""
    return replace(target(promise, *needs, **changes), clock="around-the-clock", channel=None)


def register(*targets: Target, **changes: Any) -> Policy:
    """Return a policy with these targets, open as `HOURS` says; it is the chief's and customer service's."""
    made = replace(policy(), targets={each.id: each for each in targets}, opening_hours=HOURS, owners={})
    owners = {owner.id: owner for owner in (CHIEF, SERVICE)}
    return replace(made, **{"owners": owners} | changes)


def day(content: Policy, *, today: date = TODAY) -> Snapshot:
    """Return the snapshot of *content*."""
    return snapshot(content, history(), today=str(today))


def the_chain(*targets: Target, today: date = TODAY, **changes: Any) -> Chain:
    """Return the chain of the first of *targets*."""
    found = chain(targets[0], register(*targets, **changes), today)
    assert found is not None
    return found
