"""The numbers that a change makes others, from parsed data and never from prose."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.disclosure.values import Amount, Figure, TargetChange
from livingpolicy.model import Policy, PosterText, Section, Target


def section_figures(before: Section, after: Section) -> Iterator[Figure]:
    """Yield the limits of mandates and the figure on the poster, where they differ."""
    limits = [
        {(mandate.role, mandate.unit): mandate.up_to for mandate in section.metadata.mandate}
        for section in (before, after)
    ]
    for role, unit in dict.fromkeys([*limits[1], *limits[0]]):
        was, becomes = (limit.get((role, unit)) for limit in limits)
        if was != becomes:
            yield Figure(Amount.MANDATE, role, was, becomes, unit, unit)
    old, new = (_figure(section.metadata.poster) for section in (before, after))
    if old != new and (old[0] or new[0]):
        yield Figure(Amount.POSTER, "", old[0], new[0], old[1], new[1])


def _figure(poster: PosterText | None) -> tuple[str | None, str]:
    return (poster.figure, poster.unit or "") if poster else (None, "")


_FIELDS = (
    "name",
    "wording",
    "clock",
    "channel",
    "owner",
    "interval",
    "measured",
    "needs",
)


def target_changes(before: Policy, after: Policy) -> Iterator[TargetChange]:
    """Yield the targets that are new, gone or not as they were."""
    for name in dict.fromkeys([*after.targets, *before.targets]):
        old, new = before.targets.get(name), after.targets.get(name)
        figures = tuple(_target_figures(old, new)) if old and new else ()
        fields = tuple(
            field for field in _FIELDS if old and new and _differs(getattr(old, field), getattr(new, field))
        )
        if old is None or new is None or figures or fields:
            yield TargetChange(name, old, new, figures, fields)


def _differs(old: object, new: object) -> bool:
    """Whether two values differ; of a role only which one it is, its name is told elsewhere."""
    return bool(getattr(old, "id", old) != getattr(new, "id", new))


def _target_figures(old: Target, new: Target) -> Iterator[Figure]:
    for amount in (Amount.AT_MOST, Amount.AT_LEAST):
        was, becomes = getattr(old, amount), getattr(new, amount)
        if (was, old.unit) != (becomes, new.unit) and (was, becomes) != (None, None):
            yield Figure(amount, "", was, becomes, old.unit, new.unit)
    if old.share != new.share:
        yield Figure(Amount.SHARE, "", old.share, new.share, "percent", "percent")
