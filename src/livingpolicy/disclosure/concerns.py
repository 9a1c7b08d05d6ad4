"""Whom a change concerns: teams that answer, departments that deliver, roles that decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from livingpolicy.changes import Changes, Effect
from livingpolicy.disclosure.values import Amount, Figure, IntervalChange, TargetChange
from livingpolicy.model import Need, Owner, SectionId, Target

_LEFT_AS_THEY_WERE = frozenset({Effect.FORM, Effect.MOVED})
"""What is written elsewhere or otherwise, and says the same, concerns nobody."""


def concerned(
    changes: Changes,
    figures: Mapping[SectionId, Iterable[Figure]],
    intervals: Iterable[IntervalChange],
    targets: Iterable[TargetChange],
) -> tuple[str, ...]:
    """Return the names of teams, departments and roles, each once."""
    names: dict[str, str] = {}
    for name in _names(changes, figures, intervals, targets):
        # "ekonomi" in a target and the team "Ekonomi" are one.
        names.setdefault(name.casefold(), name)
    return tuple(names.values())


def _names(
    changes: Changes,
    figures: Mapping[SectionId, Iterable[Figure]],
    intervals: Iterable[IntervalChange],
    targets: Iterable[TargetChange],
) -> Iterator[str]:
    for change in changes.sections:
        if change.effect not in _LEFT_AS_THEY_WERE:
            yield from (_team(section.owner) for section in (change.after, change.before) if section)
    slowed = {change.section for change in intervals} | {each.section for each in changes.weakenings}
    for section in changes.after.sections:
        if section.id in slowed:
            yield _team(section.owner)
    for target in targets:
        sides = [side for side in (target.after, target.before) if side]
        yield from (_team(side.owner) for side in sides)
        yield from (_sentence(need.department) for need in _needs(sides))
    owners = changes.after.owners
    for section_figures in figures.values():
        for figure in section_figures:
            if figure.amount is Amount.MANDATE:
                role = owners.get(figure.subject)
                yield role.name if role else _sentence(figure.subject)


def _needs(sides: Iterable[Target]) -> Iterator[Need]:
    for side in sides:
        yield from side.needs


def _team(owner: Owner) -> str:
    return owner.team or owner.name


def _sentence(name: str) -> str:
    return name[:1].upper() + name[1:]
