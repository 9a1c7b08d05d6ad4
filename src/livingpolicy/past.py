"""The policy as it stood on a day, from the history alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from livingpolicy.model import Revision, RevisionKind, SectionId, Snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """How a section read on a day."""

    section: SectionId
    revision: Revision
    """The last one that had landed by the end of the day."""
    since: Revision
    """The one since which it read so: *revision*, unless that only moved the section."""
    certain: bool
    """False: a later commit, whose own date is impossible, may have changed it by that day."""


def policy_on(snapshot: Snapshot, day: date) -> Iterator[Standing]:
    """Yield every section that stood on *day*: today's in reading order, then those that are gone, by id."""
    today = [section.id for section in snapshot.policy.sections]
    gone = sorted(snapshot.history.revisions.keys() - set(today))
    for section in (*today, *gone):
        standing = section_on(section, snapshot.history.revisions.get(section, ()), day)
        if standing is not None:
            yield standing


def section_on(section: SectionId, revisions: Sequence[Revision], day: date) -> Standing | None:
    """Return how *section* read on *day*; None if it did not stand then. *revisions* are newest first."""
    undated = False
    for number, revision in enumerate(revisions):
        landed = revision.commit.landed_at
        if landed is None:
            undated = True
        elif landed.date() <= day:
            if revision.kind is RevisionKind.RETIRED:
                return None
            earlier = (old for old in revisions[number:] if old.kind.changes_meaning)
            return Standing(section, revision, next(earlier, revision), certain=not undated)
    return None
