"""Follow every section through the commits: the same section under its id, wherever it stands.

Takes the versions of files in the order of the commits and writes down what each commit did to each section.
No git, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypeAlias

from livingpolicy.model import RevisionKind
from livingpolicy.outline import slug
from livingpolicy.versions import FileVersion, SectionVersion, TargetVersion

CHAPTERS = "policy/chapters/"

Place: TypeAlias = tuple[str, str | None, int]
"""Where a section without an id stands: its file, its title as a slug (None: the lead), the how-manieth."""

Found: TypeAlias = "dict[str | Place, tuple[SectionVersion, Life]]"
"""The sections of a file by their id or, without one, their place; with whose lives they are."""

Inherited: TypeAlias = tuple[str | None, str | None, dict[str, TargetVersion]]
"""What counts of a section's metadata (None: cannot be read), its owner, and its targets."""

NOTHING: Mapping[str, TargetVersion] = MappingProxyType({})

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit did to a section."""

    commit: int
    """Index of the commit."""
    kind: RevisionKind
    title: str
    text: str
    metadata: str | None = None
    targets: Mapping[str, TargetVersion] = field(default_factory=lambda: NOTHING)
    """The targets that the section prints, as they were then, by id."""


@dataclass(slots=True, eq=False)
class Life:
    """A section from its first commit to its last."""

    id: str | None
    """None while it has none of its own."""
    entries: list[Entry] = field(default_factory=list)
    """Oldest first."""
    standing: dict[str, SectionVersion] = field(default_factory=dict)
    """Where it stands now, by path; more than one place only while two sections share an id."""
    place: Place | None = None
    """Where it stands without an id."""
    path: str = ""
    """Where it was last seen."""
    alive: bool = False
    section: SectionVersion | None = None
    """How it was last seen."""
    facts: str | None = None
    owner: str | None = None
    targets: Mapping[str, TargetVersion] = field(default_factory=lambda: NOTHING)
    """The targets it prints as they were last seen, by id."""
    chapter: bool = False
    """Whether it ever stood in a chapter."""

    @property
    def name(self) -> str:
        """The id that people know it by."""
        if self.id is not None:
            return self.id
        path, name, number = self.place or (self.path, None, 1)
        name = chapter_name(path) if name is None else name
        return name if number == 1 else f"{name}-{number}"


def chapter_name(path: str) -> str:
    """Return the id of a chapter that states none: the name of its file, made an id if it is none."""
    stem = PurePosixPath(path).stem
    return stem if _ID.fullmatch(stem) else slug(stem)


@dataclass(slots=True)
class Lives:
    """All sections, as far as the commits have gone by."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """Old ids, and the id each is known by now."""
    by_id: dict[str, Life] = field(default_factory=dict)
    by_place: dict[Place, Life] = field(default_factory=dict)
    files: dict[str, FileVersion] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    """The sections of every file."""
    owner: str | None = None
    """Whose sections are that name no owner."""
    targets: Mapping[str, TargetVersion] = field(default_factory=lambda: NOTHING)

    def commit(
        self,
        number: int,
        changed: Mapping[str, FileVersion | None],
        *,
        owner: str | None = None,
        targets: Mapping[str, TargetVersion] | None = None,
        editorial: bool = False,
        ignored: bool = False,
    ) -> None:
        """Take the next commit, with the files it left different (None: gone).

        *owner* and *targets* are those of the policy after it, None if it did not touch them.
        """
        touched = self._inherited(owner, targets)
        touched.update(self._replaced(changed))
        for life in touched:
            self._settle(life, number, editorial, ignored)

    def _inherited(self, owner: str | None, targets: Mapping[str, TargetVersion] | None) -> dict[Life, None]:
        """Return the living sections that a new owner of the policy or a new target may concern."""
        if owner in (None, self.owner) and targets is None:
            return {}
        self.owner = owner or self.owner
        if targets is not None:
            self.targets = targets
        lives = (*self.by_id.values(), *self.by_place.values())
        return {life: None for life in lives if life.alive}

    def _replaced(self, changed: Mapping[str, FileVersion | None]) -> dict[Life, None]:
        """Put the new versions in place of the old ones; return the sections that may differ now."""
        touched: dict[Life, None] = {}
        gone: dict[str, Found] = {}
        new: dict[str, dict[str | Place, SectionVersion]] = {}
        for path in sorted(changed):
            gone[path], new[path] = self._exchange(path, changed[path], touched)
        renamed = self._renamed(changed, gone, new)
        for path, sections in new.items():
            origin = renamed.get(path, path)
            for key, section in sections.items():
                life = self._whose(key, section, path, origin, gone.get(origin, {}))
                life.standing[path] = section
                self.found[path][key] = section, life
                touched[life] = None
        return touched

    def _exchange(
        self, path: str, version: FileVersion | None, touched: dict[Life, None]
    ) -> tuple[Found, dict[str | Place, SectionVersion]]:
        """Put a file's new version in place; return the sections it lost, and those that are new or changed.

        Adds to *touched* the lives of which something is gone or has another owner.
        """
        before = self.files.pop(path, None)
        found = self.found.setdefault(path, {})
        lost, come = self._difference(path, before, version)
        gone: Found = {}
        if before is not None and (version is None or before.owner != version.owner):
            touched.update((life, None) for _, life in found.values())
        for key in lost:
            section, life = found.pop(key)
            if key not in come:
                gone[key] = section, life
                life.standing.pop(path, None)
                touched[life] = None
        if version is None:
            del self.found[path]
        else:
            self.files[path] = version
        return gone, come

    def _difference(
        self, path: str, before: FileVersion | None, version: FileVersion | None
    ) -> tuple[list[str | Place], dict[str | Place, SectionVersion]]:
        """Return the keys of the sections that are not as before, and the sections as they are now."""
        found = self.found[path]
        if before is not None and version is not None and before.named and version.named:
            # Most commits change one section of many: only what differs is looked at.
            keys = {self._key(path, section) for section in version.sections}
            if len(found) == len(before.sections) and len(keys) == len(version.sections):
                there, here = set(before.sections), set(version.sections)
                lost = [self._key(path, section) for section in before.sections if section not in here]
                come = [section for section in version.sections if section not in there]
                return lost, {self._key(path, section): section for section in come}
        now = self._keyed(path, version)
        kept = {key for key, (section, _) in found.items() if now.get(key) is section}
        lost = [key for key in found if key not in kept]
        return lost, {key: section for key, section in now.items() if key not in kept}

    def _key(self, path: str, section: SectionVersion) -> str | Place:
        if section.id is None:
            return path, None if section.lead else section.slug, 1
        return self.aliases.get(section.id, section.id)

    def _keyed(self, path: str, version: FileVersion | None) -> dict[str | Place, SectionVersion]:
        keyed: dict[str | Place, SectionVersion] = {}
        for section in version.sections if version is not None else ():
            if section.id is not None:
                # Of two sections with one id, which no valid policy has, the first is the section.
                keyed.setdefault(self.aliases.get(section.id, section.id), section)
                continue
            name = None if section.lead else section.slug
            number = 1
            while (path, name, number) in keyed:
                number += 1
            keyed[path, name, number] = section
        return keyed

    def _renamed(
        self,
        changed: Mapping[str, FileVersion | None],
        gone: Mapping[str, Found],
        new: Mapping[str, Mapping[str | Place, SectionVersion]],
    ) -> dict[str, str]:
        """Return the old paths of files that have a new one, told by what the two have in common."""
        features: dict[object, str] = {}
        for path, lost in gone.items():
            if changed[path] is None:
                for key, (section, _) in lost.items():
                    features.setdefault(_feature(key), path)
                    features.setdefault((section.title, section.body), path)
        if not features:
            return {}
        votes: dict[tuple[str, str], int] = {}
        for path, sections in new.items():
            if gone[path] or self.found.get(path):
                continue  # the file was there before
            for key, section in sections.items():
                for origin in {features.get(_feature(key)), features.get((section.title, section.body))}:
                    if origin is not None:
                        votes[origin, path] = votes.get((origin, path), 0) + 1
        renamed: dict[str, str] = {}
        for (origin, path), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if path not in renamed and origin not in renamed.values():
                renamed[path] = origin
        return renamed

    def _whose(self, key: str | Place, section: SectionVersion, path: str, origin: str, gone: Found) -> Life:
        """Return whose life it is that shows itself under *key*; a new one if nobody's.

        *gone* are the sections that *origin*, the file's own past, has lost in this commit.
        """
        if isinstance(key, str):
            life = self.by_id.get(key) or self._orphan(gone, section, with_id=False) or Life(key)
            self._take_from_place(life)
            life.id = key
            self.by_id[key] = life
            return life
        known = self.by_place.get(key)
        if known is None and origin != path:
            known = self.by_place.get((origin, *key[1:]))
        life = known or self._orphan(gone, section, with_id=True) or Life(None)
        self._take_from_place(life)
        life.place = key
        self.by_place[key] = life
        return life

    def _take_from_place(self, life: Life) -> None:
        if life.place is not None and self.by_place.get(life.place) is life:
            del self.by_place[life.place]
        life.place = None

    def _orphan(self, gone: Found, section: SectionVersion, *, with_id: bool) -> Life | None:
        """Return the life that stands nowhere since this commit and that *section* must go on with.

        That is how a section keeps its life when it gets its id, or loses it for a while: the lead after the
        lead, otherwise under the same title or with the same text.
        """
        orphans = [
            (lost, life)
            for lost, life in gone.values()
            if life.alive and not life.standing and (with_id or life.id is None) and lost.lead == section.lead
        ]
        for lost, life in orphans:
            if lost.lead or (lost.slug and lost.slug in {section.slug, section.id}):
                return life
        for lost, life in orphans:
            if lost.body and lost.reads_as(section):
                return life
        return None

    def _settle(self, life: Life, number: int, editorial: bool, ignored: bool) -> None:
        """Compare a section with how it was last seen, and write down what the commit did."""
        if not life.standing:
            if life.alive:
                life.alive = False
                title = life.section.title if life.section else ""
                life.entries.append(Entry(number, RevisionKind.RETIRED, title, ""))
            return
        path = life.path if life.path in life.standing else min(life.standing, key=_precedence)
        section = life.standing[path]
        inherited = self._with_inherited(section, self.files.get(path))
        came = not life.alive
        if came:
            kind: RevisionKind | None = RevisionKind.REINSTATED if life.section else RevisionKind.ADDED
        else:
            kind = _change(life, section, inherited)
            if kind is None and path != life.path:
                kind = RevisionKind.MOVED
        self._remember(life, path, section, inherited)
        # A section cannot be there without having come: that counts even when the commit is to be ignored.
        if kind is not None and (not ignored or came):
            if editorial and kind in {RevisionKind.REVISED, RevisionKind.RETITLED}:
                kind = RevisionKind.EDITORIAL
            life.entries.append(
                Entry(number, kind, section.title, section.body, section.metadata, life.targets)
            )

    def _with_inherited(self, section: SectionVersion, file: FileVersion | None) -> Inherited:
        """Return a section's metadata, its owner, and its targets, with what they inherit."""
        known = section.facts
        owner = (known.owner if known else None) or (file.owner if file else None) or self.owner
        targets = {name: self.targets[name] for name in section.targets if name in self.targets}
        return known.counted if known else None, owner, targets

    def _remember(self, life: Life, path: str, section: SectionVersion, inherited: Inherited) -> None:
        counted, owner, targets = inherited
        life.alive, life.path, life.section = True, path, section
        life.facts = life.facts if counted is None else counted
        life.owner = owner or life.owner
        if life.targets or targets:
            kept = {name: life.targets[name] for name in section.targets if name in life.targets}
            life.targets = kept | targets or NOTHING
        life.chapter = life.chapter or path.startswith(CHAPTERS)

    def drafts(self, path: str, version: FileVersion) -> Iterator[str]:
        """Yield the ids of the sections of a file in the working tree that are not as they were last seen."""
        for key, section in self._keyed(path, version).items():
            name = key if isinstance(key, str) else Life(None, place=key).name
            life = (
                self.by_id.get(name)
                if isinstance(key, str)
                else self.by_place.get(key) or self.by_id.get(name)
            )
            inherited = self._with_inherited(section, version)
            if life is None or not life.alive or _change(life, section, inherited) is not None:
                yield name

    def named(self) -> dict[str, Life]:
        """Return every section that a reader may have met, by its id; ids go before names that stand in."""
        named = {name: life for name, life in self.by_id.items() if _ID.fullmatch(name)}
        for life in self.by_place.values():
            if life.chapter and _ID.fullmatch(life.name):
                named.setdefault(life.name, life)
        return named


def _change(life: Life, section: SectionVersion, inherited: Inherited) -> RevisionKind | None:
    """Return `revised` or `retitled` if *section* means something else than when it was last seen.

    What cannot be read (metadata that are no YAML, an owner that nobody names) is taken to be as it was.
    """
    counted, owner, targets = inherited
    if owner is not None and life.owner is not None and owner != life.owner:
        return RevisionKind.REVISED
    if any(life.targets.get(name, value) != value for name, value in targets.items()):
        return RevisionKind.REVISED
    last = life.section
    if last is None or last is section:
        return None
    if counted is not None and life.facts is not None and counted != life.facts:
        return RevisionKind.REVISED
    if not section.reads_as(last):
        return RevisionKind.REVISED
    same_title = section.title == last.title and section.links == last.links
    return None if same_title or section.name == last.name else RevisionKind.RETITLED


def _feature(key: str | Place) -> object:
    return key if isinstance(key, str) else key[1:]


def _precedence(path: str) -> tuple[bool, str]:
    return not path.startswith(CHAPTERS), path
