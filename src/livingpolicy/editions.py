"""Every wording that a section has had: from when to when it applied, and the name it keeps for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from livingpolicy import strictyaml
from livingpolicy.model import Revision, RevisionKind, SectionId, Snapshot, Source
from livingpolicy.once import once

NAME = 10
"""Hexadecimal digits of a commit that name an edition; more where two of a section begin alike."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One wording of a section."""

    section: SectionId
    name: str
    """The first digits of the commit that brought it. Never another, whatever is committed later."""
    revision: Revision
    since: date | None
    """The first day on which it applied; None: not known."""
    until: date | None
    """The day from which it no longer does; None: no such day is known."""
    followed: bool
    """Whether something came after it: another wording, or the end of the section."""


def editions(section: SectionId, revisions: Sequence[Revision]) -> tuple[Edition, ...]:
    """Return the editions of *section*, newest first; *revisions* are newest first too.

    A move to another file changes no word and makes none, nor does the end of a section. A text that names
    its own first or last day (`effective_from`, `retired_on`) applies from that day, or until it.
    """
    found: list[Edition] = []
    followed, next_on = False, None
    for revision, name in zip(revisions, _names(revisions), strict=True):
        if revision.kind is RevisionKind.MOVED:
            continue
        since, own_end = _days(revision)
        if revision.kind is not RevisionKind.RETIRED:
            until = min((day for day in (next_on, own_end) if day is not None), default=None)
            found.append(Edition(section, name, revision, since, until, followed))
        followed, next_on = True, since
    return tuple(found)


@once  # half a dozen outputs ask the same
def all_editions(snapshot: Snapshot) -> Mapping[SectionId, tuple[Edition, ...]]:
    """Return every section that ever stood: today's in reading order, then the others by id."""
    today = [section.id for section in snapshot.policy.sections]
    gone = sorted(snapshot.history.revisions.keys() - set(today))
    found = {
        section: editions(section, snapshot.history.revisions.get(section, ())) for section in (*today, *gone)
    }
    return MappingProxyType({section: each for section, each in found.items() if each})


def edition_on(found: Sequence[Edition], day: date) -> Edition | None:
    """Return which of a section's editions (newest first) applied at the end of *day*.

    One whose first day is not known is passed over: nobody can say that it applied.
    """
    for edition in found:
        if edition.since is not None and edition.since <= day:
            return edition if edition.until is None or day < edition.until else None
    return None


def _names(revisions: Sequence[Revision]) -> list[str]:
    """Return the name of each; of two that begin alike the older one keeps the shorter."""
    taken: set[str] = set()
    names = []
    for revision in reversed(revisions):
        length = NAME
        while revision.commit.sha[:length] in taken and length < len(revision.commit.sha):
            length += 1
        taken.add(revision.commit.sha[:length])
        names.append(revision.commit.sha[:length])
    return names[::-1]


def _days(revision: Revision) -> tuple[date | None, date | None]:
    """Return the first day of a revision and, if it says so itself, the first one after its last."""
    landed = revision.commit.landed_at.date() if revision.commit.landed_at else None
    if revision.metadata is None or not {"effective_from", "retired_on"} & _keys(revision.metadata):
        return landed, None
    document, _ = strictyaml.read(revision.metadata, Source(""))
    values = document.value if document is not None and isinstance(document.value, dict) else {}
    begins, ends = (_day(values.get(key)) for key in ("effective_from", "retired_on"))
    return (max(landed, begins) if landed and begins else landed), ends


def _keys(metadata: str) -> set[str]:
    return {line.partition(":")[0] for line in metadata.split("\n") if line[:1] in "er"}


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
