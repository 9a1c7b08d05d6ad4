"""Which improvements a change starts, finishes, makes others or takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from livingpolicy.model import Decision, Improvement


class Step(StrEnum):
    """What happens to an improvement."""

    STARTED = "started"
    CHECKED = "checked"
    """Somebody looked whether it helped, and nobody has decided."""
    KEPT = "kept"
    RETIRED = "retired"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ImprovementChange:
    """An improvement that is new, gone or not as it was."""

    before: Improvement | None
    after: Improvement | None
    step: Step
    fields: tuple[str, ...]
    """Names of the fields that differ, when it is `changed`."""

    @property
    def improvement(self) -> Improvement:
        """As it stands now, or stood."""
        one = self.after or self.before
        if one is None:
            raise AssertionError("a change is from something or to something")
        return one

    @property
    def rewrites(self) -> bool:
        """Whether what came of it was written down, and is no longer so."""
        before, after = self.before, self.after
        if before is None or before.check is None:
            return False
        if after is None or after.check != before.check:
            return True
        return before.decision is not None and before.decision is not after.decision

    @property
    def postponed(self) -> bool:
        """Whether the effect of what is tried already is to be looked at later."""
        before, after = self.before, self.after
        return (
            before is not None and after is not None and after.unchecked and after.check_on > before.check_on
        )


def improvement_changes(
    before: Iterable[Improvement], after: Iterable[Improvement]
) -> Iterator[ImprovementChange]:
    """Yield what differs, in the order of the file, then what is gone; their order makes no difference."""
    old, new = ({one.id: one for one in each} for each in (before, after))
    for name in dict.fromkeys([*new, *old]):
        was, becomes = old.get(name), new.get(name)
        if becomes is None:
            yield ImprovementChange(was, None, Step.GONE, ())
            continue
        differing = tuple(_differing(was, becomes)) if was else ()
        if was is None or differing:
            yield ImprovementChange(was, becomes, _step(was, becomes), differing)


def _differing(was: Improvement, becomes: Improvement) -> Iterator[str]:
    for field in fields(Improvement):
        old, new = getattr(was, field.name), getattr(becomes, field.name)
        # Of a role only which one it is: its name is told elsewhere.
        if field.name != "source" and getattr(old, "id", old) != getattr(new, "id", new):
            yield field.name


def _step(was: Improvement | None, becomes: Improvement) -> Step:
    if becomes.decision is not None and (was is None or was.decision is not becomes.decision):
        return Step.KEPT if becomes.decision is Decision.KEEP else Step.RETIRED
    if becomes.check is not None and (was is None or was.check is None):
        return Step.CHECKED
    return Step.STARTED if was is None else Step.CHANGED
