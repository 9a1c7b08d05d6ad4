"""Find the sections that go on under another id, and lose their dates and reviews by it. No files, no git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from livingpolicy.changes.values import Effect, Renamed, SectionChange
from livingpolicy.meaning import meaning
from livingpolicy.model import History, Revision, RevisionKind, SectionId


@dataclass(frozen=True, slots=True)
class _Text:
    """A section as far as it is recognised by."""

    id: SectionId
    title: str
    body: str

    def is_as(self, other: _Text) -> bool:
        """Whether both say the same; sections without a text are told by their titles."""
        same = self.body == other.body or meaning(self.body, {}) == meaning(other.body, {})
        return same and (bool(self.body.strip()) or self.title == other.title)


def renamed_by_change(sections: Iterable[SectionChange]) -> tuple[Renamed, ...]:
    """Return the sections that a change takes out and puts back under an id without the old one as alias."""
    gone, new = [], []
    for change in sections:
        if change.effect is Effect.RETIRED and change.written is None and change.written_before:
            gone.append(_Text(change.id, change.written_before.title, change.written_before.body))
        elif change.effect is Effect.NEW and change.written:
            new.append(_Text(change.id, change.written.title, change.written.body))
    return tuple(_pairs(gone, new))


def renamed_in_history(history: History, living: Iterable[SectionId]) -> tuple[Renamed, ...]:
    """Return the *living* sections whose dates begin where the same text was taken out under another id.

    What was revised in the meantime has dates of its own.
    """
    new: dict[str, list[_Text]] = {}
    for section in living:
        started = next(_restarts(history.revisions.get(section, ())), None)
        if started is not None and started.kind is RevisionKind.ADDED:
            new.setdefault(started.commit.sha, []).append(_Text(section, started.title, started.text))
    gone = _gone(history.revisions)
    return tuple(pair for sha, added in new.items() for pair in _pairs(gone.get(sha, []), added))


def _restarts(revisions: Iterable[Revision]) -> Iterator[Revision]:
    return (revision for revision in revisions if revision.kind.restarts_clock)


def _gone(revisions: Mapping[SectionId, tuple[Revision, ...]]) -> dict[str, list[_Text]]:
    """Return the sections that are no more, as they last read, by the commit that took them out."""
    gone: dict[str, list[_Text]] = {}
    for section, theirs in revisions.items():
        if theirs and theirs[0].kind is RevisionKind.RETIRED and len(theirs) > 1:
            gone.setdefault(theirs[0].commit.sha, []).append(_Text(section, theirs[1].title, theirs[1].text))
    return gone


def _pairs(gone: list[_Text], new: list[_Text]) -> Iterator[Renamed]:
    """Yield each section of *new* with the one of *gone* that it is; those with the same title first."""
    left = list(gone)
    for section in new:
        for old in sorted(left, key=lambda each: each.title != section.title):
            if section.is_as(old):
                left.remove(old)
                yield Renamed(old.id, section.id)
                break
