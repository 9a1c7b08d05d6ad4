"""Tell which targets of the register a change touches. No files, no git, no clock."""

from __future__ import annotations

from collections.abc import Mapping

from livingpolicy.chain import TARGETS
from livingpolicy.changes.values import Effect
from livingpolicy.versions import mapping_of, register_of


def touched_targets(
    before: Mapping[str, bytes], after: Mapping[str, bytes], *, editorial: bool
) -> Mapping[str, Effect]:
    """Return what became of each target that is not written as it was, by id; the files are by path.

    *editorial* is whether the authors say that no target means anything else.
    """
    old, new = (mapping_of(files.get(TARGETS, b"")) or {} for files in (before, after))
    stood, stands = register_of(old).targets, register_of(new).targets
    touched: dict[str, Effect] = {}
    for name in dict.fromkeys([*new, *old]):
        if name not in stands:
            touched[name] = Effect.RETIRED
        elif name not in stood:
            touched[name] = Effect.NEW
        elif stood[name] != stands[name]:
            touched[name] = Effect.EDITORIAL if editorial else Effect.REVISED
        elif old[name] != new[name]:
            touched[name] = Effect.FORM
    return touched
