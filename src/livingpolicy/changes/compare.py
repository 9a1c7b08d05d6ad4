"""Tell what became of every section between two states of the policy's files. No git, no clock.

The two are a history of two commits: the rules are those by which the dates are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from livingpolicy.chain import SETTINGS, TARGETS, is_chapter
from livingpolicy.changes.values import Effect
from livingpolicy.lives import Life, Lives
from livingpolicy.model import RevisionKind, SectionId
from livingpolicy.versions import (
    FileVersion,
    SectionVersion,
    TargetVersion,
    read_chapter,
    read_settings,
    read_targets,
)

_EFFECTS = {
    RevisionKind.ADDED: Effect.NEW,
    RevisionKind.REVISED: Effect.REVISED,
    RevisionKind.RETITLED: Effect.RETITLED,
    RevisionKind.MOVED: Effect.MOVED,
    RevisionKind.RETIRED: Effect.RETIRED,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A section that is not as it was."""

    id: SectionId
    title: str
    effect: Effect
    path_before: str | None
    path: str | None
    before: SectionVersion | None = None
    after: SectionVersion | None = None

    @property
    def paths(self) -> frozenset[str]:
        """The files it stood and stands in."""
        return frozenset(path for path in (self.path_before, self.path) if path)


def compare(
    before: Mapping[str, bytes], after: Mapping[str, bytes], aliases: Mapping[SectionId, SectionId]
) -> tuple[Difference, ...]:
    """Return the sections that differ between two sets of files (by path, NFC), by id.

    *aliases* are the ids that sections had, and the id each is known by after the change.
    """
    lives = Lives(aliases=aliases)
    chapters = {path: chapter for path in before if (chapter := _chapter(before, path, None))}
    lives.commit(0, dict(chapters), owner=_owner(before), targets=_targets(before))
    stood = {life: (life.path, life.section) for life in lives.named().values()}
    differing = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    changed = {
        path: _chapter(after, path, chapters.get(path)) if path in after else None
        for path in differing
        if is_chapter(path)
    }
    lives.commit(
        1,
        changed,
        owner=_owner(after) if SETTINGS in differing else None,
        targets=_targets(after) if TARGETS in differing else None,
    )
    found = (_difference(name, life, *stood.get(life, (None, None))) for name, life in lives.named().items())
    return tuple(sorted(filter(None, found), key=lambda difference: difference.id))


def _difference(
    name: SectionId, life: Life, path_before: str | None, section_before: SectionVersion | None
) -> Difference | None:
    last = life.entries[-1] if life.entries else None
    path = life.path if life.alive else None
    if last is not None and last.commit == 1:
        after = life.section if life.alive else None
        return Difference(name, last.title, _EFFECTS[last.kind], path_before, path, section_before, after)
    if not life.alive or life.section is None or section_before is None:
        return None
    if _written(life.section) == _written(section_before):
        return None
    return Difference(name, life.section.title, Effect.FORM, path_before, path, section_before, life.section)


def _written(section: SectionVersion) -> tuple[str, str, str]:
    return section.title, section.body.strip(), (section.metadata or "").strip()


def _chapter(files: Mapping[str, bytes], path: str, before: FileVersion | None) -> FileVersion | None:
    return read_chapter(files[path], before) if is_chapter(path) else None


def _owner(files: Mapping[str, bytes]) -> str | None:
    settings = read_settings(files[SETTINGS]) if SETTINGS in files else None
    return settings.owner if settings is not None else None


def _targets(files: Mapping[str, bytes]) -> Mapping[str, TargetVersion] | None:
    return read_targets(files[TARGETS]) if TARGETS in files else None
