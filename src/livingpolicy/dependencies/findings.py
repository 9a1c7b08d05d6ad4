"""What is wrong with the promises that wait for others. They are right to read, but they cannot be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from livingpolicy.dependencies.departments import department_names
from livingpolicy.dependencies.said import duration, holidays, in_turn, when
from livingpolicy.dependencies.schedule import Chain, chain, clock_of
from livingpolicy.errors import Problem
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.levels import level_on, stated
from livingpolicy.model import TIME_UNITS, Need, Policy, Snapshot, Target
from livingpolicy.needs import department_id
from livingpolicy.workclock import clocks_of

AGREED_FOR = Interval(12, "months")
"""After so long an agreement is asked about again: people change, and so does what they have time for."""


def findings(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return what stands between the targets of *snapshot* and their being kept, sorted by place.

    Errors: a promise shorter than what it waits for, a need that nobody has agreed to, a clock that nobody
    can read. Warnings: agreements that are old, or older than what is promised today.
    """
    policy = snapshot.policy
    words, names = catalogue(policy.language), department_names(policy)
    found: list[Problem] = []
    for target in policy.targets.values():
        found += _clocks(target, policy, words)
        if (made := chain(target, policy, snapshot.as_of)) is not None and not made.holds:
            found.append(_too_short(made, names, words))
        for need in target.needs:
            found += _agreement(need, target, names[department_id(need.department)], snapshot)
    return tuple(sorted(found, key=lambda problem: problem.order))


def touched(before: Policy | None, after: Policy) -> Collection[str]:
    """Return the targets of *after* whose findings may differ from those of *before*, by id."""
    if before is None or clocks_of(before) != clocks_of(after):
        return set(after.targets)
    changed = {name for name, target in after.targets.items() if before.targets.get(name) != target}
    # What waits for a target that has changed may have become too short without being touched itself.
    while more := {
        name
        for name, target in after.targets.items()
        if name not in changed and any(need.target in changed for need in target.needs)
    }:
        changed |= more
    return changed


def _clocks(target: Target, policy: Policy, words: Catalogue) -> Iterator[Problem]:
    if target.unit not in TIME_UNITS:
        return
    clocks = clocks_of(policy)
    told = {"target": target.id, "name": target.name, "owner": target.owner.name}
    if clocks.clock(target.clock, target.channel, target.unit) is None:
        if target.channel is None:
            yield Problem(target.source, "clock-without-channel", told)
        else:
            channel = words.text(f"channel.{target.channel}")
            yield Problem(target.source, "clock-without-hours", told | {"channel": channel})
        return
    for need in target.needs:
        if need.target is None and clock_of(need, target, policy.targets, clocks) is None:
            yield Problem(need.source, "need-without-hours", told | {"department": need.department})


def _too_short(made: Chain, names: Mapping[str, str], words: Catalogue) -> Problem:
    target = made.target
    free = holidays(made, words)
    values = {
        "target": target.id,
        "name": target.name,
        "promise": duration(made.promise, target.unit, words),
        "waits": duration(made.waits, target.unit, words),
        "over": duration(-made.slack, target.unit, words),
        "chain": in_turn(made, names, words),
        "start": when(made.start, words, timed=made.timed),
        "limit": when(made.limit, words),
        "ends": when(made.ends, words),
        "free": words.text("chain.on-the-way", days=free) if free else "",
        "owner": target.owner.name,
    }
    return Problem(target.source, "promise-too-short", values)


def _agreement(need: Need, target: Target, department: str, snapshot: Snapshot) -> Iterator[Problem]:
    told = {
        "target": target.id,
        "name": target.name,
        "department": department,
        "what": need.what,
        "owner": target.owner.name,
        "today": str(snapshot.as_of),
    }
    if need.agreed_on is None:
        yield Problem(need.source, "need-not-agreed", told)
        return
    told |= {"agreed": str(need.agreed_on)}
    since = _since(target, snapshot)
    if since is not None and need.agreed_on < since:
        yield Problem(need.source, "agreement-older", told | {"since": str(since)}, warning=True)
    elif AGREED_FOR.after(need.agreed_on) < snapshot.as_of:
        yield Problem(need.source, "agreement-old", told, warning=True)


def _since(target: Target, snapshot: Snapshot) -> date | None:
    """Return the day on which the level in force began, if there was another before it."""
    levels = snapshot.history.targets.get(target.id) or stated(target)
    level = level_on(levels, snapshot.as_of)
    # The first level of all began when the register was written down, which says nothing of agreements.
    if level is None or level is levels[-1]:
        return None
    return level.effective_from
