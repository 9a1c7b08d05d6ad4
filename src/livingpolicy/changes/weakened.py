"""Find the rules that a change makes less strict, or another role's. No files, no git."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from livingpolicy.changes.values import Weakening, WeakeningKind
from livingpolicy.model import Kind, Mandate, Policy, Section, SectionId, Source
from livingpolicy.validate.dates import longer

_BINDING = (Kind.GUIDELINE, Kind.RULE, Kind.PROMISE)
"""From the least binding to the most."""


def weakenings(before: Policy, after: Policy, *, today: date) -> Iterator[Weakening]:
    """Yield what an approver should see: longer intervals, other owners, higher mandates, weaker kinds.

    So is a text of which the day that it holds from is put off beyond *today*.
    """
    yield from _of_policy(before, after)
    now_called = {alias: section.id for section in after.sections for alias in section.aliases}
    stood: dict[SectionId, Section] = {
        now_called.get(section.id, section.id): section for section in before.sections
    }
    for section in after.sections:
        if (old := stood.get(section.id)) is not None:
            yield from _of_section(old, section, today)


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
