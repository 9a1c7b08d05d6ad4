"""Find the rules and targets that a change makes less strict, or another role's. No files, no git."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from livingpolicy.changes.values import Weakening, WeakeningKind
from livingpolicy.model import Kind, Mandate, Policy, Section, SectionId, Source, Target
from livingpolicy.validate.dates import longer
from livingpolicy.validate.quantities import MINUTES

_BINDING = (Kind.GUIDELINE, Kind.RULE, Kind.PROMISE)
"""From the least binding to the most."""


def weakenings(before: Policy, after: Policy, *, today: date) -> Iterator[Weakening]:
    """Yield what an approver should see: longer intervals, other owners, higher mandates, weaker kinds.

    So is a target that takes less to reach, and a text or target that is put off to a day after *today*.
    """
    yield from _of_policy(before, after)
    now_called = {alias: section.id for section in after.sections for alias in section.aliases}
    stood: dict[SectionId, Section] = {
        now_called.get(section.id, section.id): section for section in before.sections
    }
    for section in after.sections:
        if (old := stood.get(section.id)) is not None:
            yield from _of_section(old, section, today)
    for name, target in before.targets.items():
        if (new := after.targets.get(name)) is not None:
            yield from _of_target(target, new, today)
        else:
            source = Source(target.source.path)
            yield Weakening(WeakeningKind.TARGET_GONE, source, target.name, target.wording, "", target=name)


def _of_policy(before: Policy, after: Policy) -> Iterator[Weakening]:
    old, new = before.review, after.review
    source = Source("policy/policy.yml")
    for kind, was, becomes, weaker in (
        (WeakeningKind.GRACE, old.grace, new.grace, longer(new.grace, old.grace)),
        (WeakeningKind.CEILING, old.ceiling, new.ceiling, longer(new.ceiling, old.ceiling)),
        (WeakeningKind.WARN, old.warn, new.warn, longer(old.warn, new.warn)),
    ):
        if weaker:
            yield Weakening(kind, source, after.title, str(was), str(becomes))


def _of_section(old: Section, new: Section, today: date) -> Iterator[Weakening]:
    def told(kind: WeakeningKind, before: str, after: str) -> Weakening:
        return Weakening(kind, new.source, new.title, before, after, new.id)

    if longer(new.interval, old.interval):
        yield told(WeakeningKind.INTERVAL, str(old.interval), str(new.interval))
    if new.owner.id != old.owner.id:
        yield told(WeakeningKind.OWNER, old.owner.name, new.owner.name)
    if _BINDING.index(new.kind) < _BINDING.index(old.kind):
        yield told(WeakeningKind.KIND, old.kind.value, new.kind.value)
    begins, began = new.metadata.effective_from, old.metadata.effective_from
    if begins and begins > today and (began is None or begins > began):
        yield told(WeakeningKind.POSTPONED, began.isoformat() if began else "", begins.isoformat())
    limits = {(mandate.role, mandate.unit): mandate for mandate in old.metadata.mandate}
    for mandate in new.metadata.mandate:
        was = limits.get((mandate.role, mandate.unit))
        if was is None or mandate.up_to > was.up_to:
            yield told(WeakeningKind.MANDATE, _limit(was) if was else f"0 {mandate.unit}", _limit(mandate))


def _limit(mandate: Mandate) -> str:
    return f"{mandate.up_to:g} {mandate.unit} ({mandate.role})"


def _of_target(old: Target, new: Target, today: date) -> Iterator[Weakening]:
    def told(kind: WeakeningKind, before: str, after: str) -> Weakening:
        return Weakening(kind, new.source, new.name, before, after, target=new.id)

    if asks_less(old, new):
        yield told(WeakeningKind.TARGET, _asked(old), _asked(new))
    if (old.clock, new.clock) == ("around-the-clock", "opening-hours"):
        yield told(WeakeningKind.TARGET_CLOCK, str(old.clock), str(new.clock))
    if longer(new.interval, old.interval):
        yield told(WeakeningKind.TARGET_INTERVAL, str(old.interval), str(new.interval))
    if new.owner.id != old.owner.id:
        yield told(WeakeningKind.TARGET_OWNER, old.owner.name, new.owner.name)
    begins, began = new.effective_from, old.effective_from
    if begins is None or begins == began:
        return
    if begins > today:
        if began is None or begins > began:
            yield told(WeakeningKind.TARGET_POSTPONED, began.isoformat() if began else "", begins.isoformat())
    elif _asked(old) != _asked(new):
        # What was reached on those days was judged by the old number, and is now by the new one.
        yield told(WeakeningKind.TARGET_SINCE, _asked(old), begins.isoformat())


def asks_less(old: Target, new: Target) -> bool:
    """Whether it takes less to reach *new* than *old*, or nobody can say: it asks for something else.

    Without a share it asks it of what is usual, which says less of the worst cases.
    """
    if old.share is not None and (new.share is None or new.share < old.share):
        return True
    limits = [
        (_size(target.at_most, target.unit), _size(target.at_least, target.unit)) for target in (old, new)
    ]
    (most, least), (new_most, new_least) = limits
    if most is not None and new_most is not None and most[0] == new_most[0]:
        return new_most[1] > most[1]
    if least is not None and new_least is not None and least[0] == new_least[0]:
        return new_least[1] < least[1]
    return True


def _size(limit: float | None, unit: str) -> tuple[str, float] | None:
    """Return a limit in a unit in which it can be compared with others."""
    if limit is None:
        return None
    return ("minutes", limit * MINUTES[unit]) if unit in MINUTES else (unit, limit)


def _asked(target: Target) -> str:
    share = f" ({target.share:g} %)" if target.share is not None else ""
    return f"{target.wording}{share}"
