"""What each revision of a section changed, told against the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from livingpolicy.diff.compare import difference
from livingpolicy.diff.facts import facts
from livingpolicy.diff.values import Difference, Wording
from livingpolicy.language import Catalogue
from livingpolicy.model import Policy, PrintedTarget, Revision, RevisionKind

_WHOLE = frozenset({RevisionKind.ADDED, RevisionKind.RETIRED, RevisionKind.MOVED})
"""Kinds that say all there is to say."""


@dataclass(frozen=True, slots=True)
class ToldRevision:
    """A revision with what it changed."""

    revision: Revision
    difference: Difference | None
    """None: the section came, went or moved as a whole."""


def told_revisions(revisions: Sequence[Revision], policy: Policy, words: Catalogue) -> Iterator[ToldRevision]:
    """Yield *revisions* (one section's, newest first) with what each changed, in the same order.

    A reinstated section is compared with how it read before it was retired. Targets read as they did then.
    """
    for number, revision in enumerate(revisions):
        earlier = (old for old in revisions[number + 1 :] if old.kind is not RevisionKind.RETIRED)
        before = next(earlier, None)
        if before is None or revision.kind in _WHOLE:
            yield ToldRevision(revision, None)
        else:
            yield ToldRevision(
                revision, difference(wording(before, policy, words), wording(revision, policy, words))
            )


def wording(revision: Revision, policy: Policy, words: Catalogue) -> Wording:
    """Return how a section read after *revision*."""
    roles = {name: owner.name for name, owner in policy.owners.items()}
    return Wording(
        revision.text,
        revision.title,
        printed(revision.targets),
        facts_beside(revision.metadata, revision.targets, roles, words),
    )


def printed(targets: Mapping[str, PrintedTarget]) -> dict[str, str]:
    """Return what `{{ target.ID }}` printed, by id."""
    return {name: target.wording for name, target in targets.items() if target.wording}


def facts_beside(
    metadata: str | None, targets: Mapping[str, PrintedTarget], roles: Mapping[str, str], words: Catalogue
) -> Mapping[str, tuple[str, ...]]:
    """Return what stood beside the text; *roles* are the names of the owners, by id."""
    names = {
        name: f"{target.name}: {target.wording}" if target.wording else target.name
        for name, target in targets.items()
    }
    return facts(metadata, words, {**roles, **names})
