"""The departments that others wait for, and what they have promised whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from livingpolicy.dependencies.schedule import Chain, Step, chain
from livingpolicy.model import Need, Owner, Policy, Target
from livingpolicy.needs import department_id


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that a department does so that a target is reached."""

    need: Need
    target: Target
    chain: Chain | None
    """None: it cannot be told what is left of the promise."""
    step: Step | None
    """The need's place in the chain."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department that others wait for."""

    id: str
    """Fit for an address; the same however the name is written."""
    name: str
    """As its team is called in `policy.yml`, else as it is written first, with a capital letter."""
    owners: tuple[Owner, ...]
    """The roles whose team it is."""
    awaited: tuple[Awaited, ...]
    """In the order of the register."""


def department_names(policy: Policy) -> Mapping[str, str]:
    """Return what each department is called, by id: as its team, else as it is written first."""
    names = {department_id(owner.team): owner.team for owner in policy.owners.values() if owner.team}
    for target in policy.targets.values():
        for need in target.needs:
            written = need.department
            names.setdefault(department_id(written), written[:1].upper() + written[1:])
    return names


def departments(policy: Policy, as_of: date) -> tuple[Department, ...]:
    """Return every department that a target needs, by name, with the chains of the year from *as_of*."""
    awaited: dict[str, list[Awaited]] = {}
    for target in policy.targets.values():
        made = chain(target, policy, as_of)
        for place, need in enumerate(target.needs):
            step = made.steps[place] if made else None
            awaited.setdefault(department_id(need.department), []).append(Awaited(need, target, made, step))
    names = department_names(policy)
    found = []
    for key, theirs in awaited.items():
        owners = tuple(
            owner for owner in policy.owners.values() if owner.team and department_id(owner.team) == key
        )
        found.append(Department(key, names[key], owners, tuple(theirs)))
    return tuple(sorted(found, key=lambda department: department.name.casefold()))
