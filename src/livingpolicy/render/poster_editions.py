"""The editions of a poster: one for every commit that changed a promise on it, so that paper can be checked.

Printed posters carry the name of their edition. Words that are only on the poster are no promise: when they
change, what hangs on the wall still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from livingpolicy import strictyaml
from livingpolicy.chronicle import Touched, chronicle
from livingpolicy.model import Commit, PosterPlan, RevisionKind, SectionId, Snapshot, Source

NAME = 7
"""Characters of an edition's name, in capitals: with them the QR code has no more squares than without."""


@dataclass(frozen=True, slots=True)
class ChangedPromise:
    """What a commit did to one promise."""

    section: SectionId
    title: str
    before: str | None
    """The sentence until then; None: it was no promise on a poster."""
    after: str | None


@dataclass(frozen=True, slots=True)
class PosterChange:
    """A commit that changed promises on the poster."""

    commit: Commit
    promises: tuple[ChangedPromise, ...]

    @property
    def name(self) -> str:
        """Of the edition that it brought."""
        return self.commit.sha[:NAME].upper()

    @property
    def on(self) -> date | None:
        """The day on which it took effect; None: not known."""
        return self.commit.landed_at.date() if self.commit.landed_at else None


def poster_changes(snapshot: Snapshot, plan: PosterPlan) -> tuple[PosterChange, ...]:
    """Return every commit that changed what *plan* promises, newest first; none if git cannot say."""
    return tuple(_changes(snapshot, plan)) if snapshot.history.complete else ()


def edition(snapshot: Snapshot, plan: PosterPlan) -> str | None:
    """Return the name of the edition that hangs today; None when that is not published or not known."""
    if not snapshot.history.complete or snapshot.history.drafts:
        return None
    return next((change.name for change in _changes(snapshot, plan)), None)


def _changes(snapshot: Snapshot, plan: PosterPlan) -> Iterator[PosterChange]:
    sections = {item.id: item.section for item in snapshot.sections}
    for event in chronicle(snapshot):
        found = []
        for touched in event.touched:
            section = sections.get(touched.section)
            # Of one that is gone nobody knows its areas any more, and it may have been on any poster.
            if section and not plan.takes(section.id, section.metadata.areas, section.metadata.channels):
                continue
            changed = _promise(touched, plan, snapshot)
            if changed is not None:
                found.append(changed)
        if found:
            yield PosterChange(event.commit, tuple(found))


def _promise(touched: Touched, plan: PosterPlan, snapshot: Snapshot) -> ChangedPromise | None:
    """Return what was done to a promise on the poster; None if it was on none, or still says the same."""
    revisions = snapshot.history.revisions[touched.section]
    older = revisions[revisions.index(touched.revision) + 1 :]
    before = next((_said(old.metadata, plan) for old in older if old.kind is not RevisionKind.RETIRED), None)
    after = _said(touched.revision.metadata, plan)
    if touched.revision.kind is RevisionKind.EDITORIAL or before == after:
        return None
    return ChangedPromise(touched.section, touched.revision.title, before, after)


@lru_cache(4096)
def _mapping(metadata: str) -> Mapping[str, object]:
    document, _ = strictyaml.read(metadata, Source(""))
    return document.value if document is not None and isinstance(document.value, dict) else {}


def _said(metadata: str | None, plan: PosterPlan) -> str | None:
    """Return the promise that a section's metadata let stand on the poster."""
    if metadata is None or "poster:" not in metadata:
        return None
    found = _mapping(metadata)
    poster, promise = found.get("poster"), found.get("promise")
    if not isinstance(poster, dict) or not isinstance(promise, str) or "retired_on" in found:
        return None
    return promise if not plan.visitors or poster.get("visitors") is True else None
