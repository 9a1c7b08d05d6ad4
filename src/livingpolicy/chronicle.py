"""Everything that happened to the policy, commit by commit, the newest first."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from livingpolicy.model import Commit, Revision, RevisionKind, SectionId, Snapshot
from livingpolicy.once import once


@dataclass(frozen=True, slots=True)
class Touched:
    """What a commit did to one section."""

    section: SectionId
    revision: Revision
    before: Revision | None
    """How it read until then; None for a section that is new, or gone, or has only been moved."""


@dataclass(frozen=True, slots=True)
class Event:
    """One commit, with every section that reads differently since."""

    commit: Commit
    touched: tuple[Touched, ...]
    """In reading order; then the sections that are gone, by id."""

    @property
    def landed_at(self) -> datetime | None:
        """When it took effect; None: not known."""
        return self.commit.landed_at


_WHOLE = frozenset({RevisionKind.ADDED, RevisionKind.RETIRED, RevisionKind.MOVED})


@once  # half a dozen outputs ask the same
def chronicle(snapshot: Snapshot) -> tuple[Event, ...]:
    """Return every commit that changed what the policy says, newest first.

    The order is that of the days, but never against the order in which a section went through its commits:
    a clock may have been wrong. A commit without a possible date comes right after the last one before it.
    """
    today = [section.id for section in snapshot.policy.sections]
    gone = sorted(snapshot.history.revisions.keys() - set(today))
    touched: dict[str, list[Touched]] = {}
    commits: dict[str, Commit] = {}
    chains: list[list[str]] = []
    for section in (*today, *gone):
        told = _touched(section, snapshot.history.revisions.get(section, ()))
        for each in told:
            commits.setdefault(each.revision.commit.sha, each.revision.commit)
            touched.setdefault(each.revision.commit.sha, []).append(each)
        chains.append([each.revision.commit.sha for each in told])
    return tuple(Event(commits[sha], tuple(touched[sha])) for sha in _in_order(commits, chains))


def before(revisions: Sequence[Revision], number: int) -> Revision | None:
    """Return how a section (its revisions newest first) read before the one with this number.

    A section that came back is compared with how it read before it was retired.
    """
    if revisions[number].kind in _WHOLE:
        return None
    return next((old for old in revisions[number + 1 :] if old.kind is not RevisionKind.RETIRED), None)


def _touched(section: SectionId, revisions: Sequence[Revision]) -> list[Touched]:
    return [
        Touched(section, revision, before(revisions, number))
        for number, revision in enumerate(revisions)
        if revision.kind.changes_meaning
    ]


def _in_order(commits: Mapping[str, Commit], chains: Sequence[Sequence[str]]) -> list[str]:
    """Return the hashes newest first: the latest of those after which nothing else is left to tell."""
    older: dict[str, list[str]] = {sha: [] for sha in commits}
    waiting = dict.fromkeys(commits, 0)
    times: dict[str, float] = {}
    for chain in chains:
        known = 0.0
        for sha in reversed(chain):
            landed = commits[sha].landed_at
            known = landed.timestamp() if landed else known
            times[sha] = known if landed else max(known, times.get(sha, 0.0))
        for newer, old in pairwise(chain):
            older[newer].append(old)
            waiting[old] += 1
    number = {sha: place for place, sha in enumerate(commits)}
    ready = [(-times[sha], number[sha], sha) for sha, left in waiting.items() if not left]
    heapq.heapify(ready)
    found = []
    while ready:
        sha = heapq.heappop(ready)[2]
        found.append(sha)
        for old in older[sha]:
            waiting[old] -= 1
            if not waiting[old]:
                heapq.heappush(ready, (-times[old], number[old], old))
    return found


def newest(snapshot: Snapshot) -> datetime | None:
    """Return when the last change took effect, as far as the dates are known."""
    landed = (
        revision.commit.landed_at
        for revisions in snapshot.history.revisions.values()
        for revision in revisions[:1]
        if revision.commit.landed_at
    )
    return max(landed, default=None)
