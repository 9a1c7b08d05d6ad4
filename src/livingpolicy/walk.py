"""What the commits have said, as far as they have gone by: to be asked, to be continued, and to be kept.

A `Memory` is a `Walk` in plain values. It answers without being unpacked, and becomes a walk again when
commits have been added.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from livingpolicy.chain import Chain, changes_that_count
from livingpolicy.gitlog import LoggedCommit
from livingpolicy.levels import Register
from livingpolicy.lives import NOTHING, Entry, Life, Lives
from livingpolicy.model import RevisionKind
from livingpolicy.versions import FileVersion, SectionVersion, TargetVersion

_loads = marshal.loads
_NO_TIME = -(1 << 63)
"""Stands for seconds that git cannot read."""


@dataclass(slots=True)
class Memory:
    """A walk as it can be written to a file: `marshal` knows every value."""

    head: str
    commits: list[bytes]
    """Hash, seconds, subject and body of each commit."""
    seconds: bytes
    """Array "q" of the same seconds."""
    cited: bytes
    """Array "I" of the numbers of the commits that a named section or a target tells of, rising."""
    entries: list[bytes]
    """What happened to each life, the oldest first."""
    names: dict[str, int]
    """The lives that a reader may have met and that have entries, by their ids, sorted."""
    unreadable: list[tuple[str, str]]
    """Path and commit of each version that was passed over."""
    elsewhere: tuple[str, ...]
    """Ignored commits that do not touch the policy."""
    tracked: dict[str, str]
    """The blob of every file below the policy's folder, by path as git has it."""
    blobs: dict[str, str]
    """The content of each file that counts, by path (NFC); empty if it cannot be read."""
    drafts: dict[str, tuple[str, ...]]
    """The sections that would be drafts although their file (by path) is as the last commit has it."""
    register: bytes
    """Every target, and what was said of it."""
    state: bytes
    """What is needed to go on."""

    @classmethod
    def read(cls, data: memoryview) -> Memory | None:
        """Return the memory that `write` made *data* of; None if it made it of something else."""
        try:
            values = _loads(data)
            return cls(*values)
        except (ValueError, EOFError, TypeError):
            return None

    def write(self) -> bytes:
        """Return the memory as bytes."""
        return marshal.dumps(tuple(getattr(self, each.name) for each in fields(self)))

    def commit(self, number: int) -> LoggedCommit:
        """Return a commit by its number, without its changes."""
        sha, seconds, subject, body = _loads(self.commits[number])
        return LoggedCommit(sha, seconds, subject, body, ())

    def outside(self, first: int, last: float) -> Iterator[int]:
        """Yield the numbers of cited commits whose seconds are unknown or not from *first* to *last*."""
        seconds = array("q", self.seconds)
        for number in array("I", self.cited):
            if not first <= seconds[number] <= last:
                yield number

    def history(self, name: str) -> Iterator[Entry]:
        """Yield what happened to the section of this name, newest first."""
        for commit, kind, title, text, metadata, targets in reversed(_loads(self.entries[self.names[name]])):
            yield Entry(commit, RevisionKind(kind), title, text, metadata, _targets(targets))

    def targets(self) -> Register:
        """Return every target with what was said of it."""
        return Register.unpacked(_loads(self.register))


@dataclass(slots=True)
class Walk:
    """All lives after the commits that were taken."""

    lives: Lives
    register: Register = field(default_factory=Register)
    commits: list[bytes] = field(default_factory=list)
    seconds: array[int] = field(default_factory=lambda: array("q"))
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: tuple[str, ...] = ()
    tracked: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)
    earlier: dict[Life, tuple[bytes, bytes]] = field(default_factory=dict)
    """What happened to a life before the walk was taken up again: the entries, and the commits' numbers."""

    @classmethod
    def after(cls, memory: Memory, aliases: Mapping[str, str]) -> Walk:
        """Take up the walk where it was left."""
        known, lives, numbers = _unpacked(memory.state, aliases)
        return cls(
            lives=known,
            register=memory.targets(),
            commits=memory.commits,
            seconds=array("q", memory.seconds),
            unreadable=memory.unreadable,
            elsewhere=memory.elsewhere,
            tracked=memory.tracked,
            blobs=memory.blobs,
            earlier=dict(zip(lives, zip(memory.entries, numbers, strict=True), strict=True)),
        )

    def take(self, chain: Chain, *, ignored: Collection[str], editorial: Collection[str]) -> None:
        """Go on with the commits of *chain*; *ignored* and *editorial* are hashes of some of them."""
        for commit in chain.commits:
            step = chain.step(commit)
            counts = {"editorial": commit.sha in editorial, "ignored": commit.sha in ignored}
            self.lives.commit(
                len(self.commits),
                step.chapters,
                owner=step.owner,
                targets=step.register.targets if step.register is not None else None,
                **counts,
            )
            if step.register is not None:
                self.register.commit(len(self.commits), step.register, **counts)
            self.commits.append(marshal.dumps((commit.sha, commit.seconds, commit.subject, commit.body)))
            seconds = commit.seconds
            self.seconds.append(seconds if seconds is not None and abs(seconds) < -_NO_TIME else _NO_TIME)
            for change in commit.changes:
                if change.blob is None:
                    self.tracked.pop(change.path, None)
                else:
                    self.tracked[change.path] = change.blob
            for path, blob in changes_that_count(commit):
                if blob is None:
                    self.blobs.pop(path, None)
                else:
                    self.blobs[path] = blob if chain.readable(path, blob) else ""
        self.unreadable += chain.unreadable()
        self.elsewhere = chain.elsewhere

    def memory(self, head: str) -> Memory:
        """Return everything in plain values; *head* is the commit up to which the chain was read."""
        lives = _all(self.lives)
        number = {life: index for index, life in enumerate(lives)}
        named = sorted(self.lives.named().items())
        entries, cited = [], []
        for life in lives:
            before, numbers = self.earlier.get(life, (b"", b""))
            told = [
                (each.commit, each.kind.value, each.title, each.text, each.metadata, _rows(each.targets))
                for each in life.entries
            ]
            if before and not told:
                entries.append(before)
            else:
                entries.append(marshal.dumps([*(_loads(before) if before else ()), *told]))
            cited.append(numbers + array("I", [each.commit for each in life.entries]).tobytes())
        return Memory(
            head=head,
            commits=self.commits,
            seconds=self.seconds.tobytes(),
            cited=_sorted([*(cited[number[life]] for _, life in named), _cited(self.register)]),
            entries=entries,
            names={name: number[life] for name, life in named if cited[number[life]]},
            unreadable=self.unreadable,
            elsewhere=self.elsewhere,
            tracked=self.tracked,
            blobs=self.blobs,
            drafts=dict(_drafts(self.lives)),
            register=marshal.dumps(self.register.packed()),
            state=_packed(self.lives, number, cited),
        )


def _sorted(numbers: Iterable[bytes]) -> bytes:
    return array("I", sorted(set(array("I", b"".join(numbers))))).tobytes()


def _drafts(lives: Lives) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the files of which not every section is the one that was last seen of its life."""
    for path, found in lives.found.items():
        if not all(life.alive and life.section is section for section, life in found.values()):
            yield path, tuple(lives.drafts(path, lives.files[path]))


def _all(lives: Lives) -> list[Life]:
    found: dict[Life, None] = dict.fromkeys(lives.by_id.values())
    found.update(dict.fromkeys(lives.by_place.values()))
    found.update((life, None) for sections in lives.found.values() for _, life in sections.values())
    return list(found)


def _packed(lives: Lives, number: Mapping[Life, int], cited: list[bytes]) -> bytes:
    sections: dict[SectionVersion, int] = {}

    def index(section: SectionVersion | None) -> int | None:
        return None if section is None else sections.setdefault(section, len(sections))

    files = [
        (path, version.owner, dict(version.links), [index(section) for section in version.sections])
        for path, version in lives.files.items()
    ]
    found = [
        (path, [(key, index(section), number[life]) for key, (section, life) in there.items()])
        for path, there in lives.found.items()
    ]
    rows = [
        (
            life.id,
            [(path, index(section)) for path, section in life.standing.items()],
            life.place,
            life.path,
            life.alive,
            index(life.section),
            life.facts,
            life.owner,
            _rows(life.targets),
            life.chapter,
            cited[at],
        )
        for life, at in number.items()
    ]
    by_id = [(name, number[life]) for name, life in lives.by_id.items()]
    by_place = [(place, number[life]) for place, life in lives.by_place.items()]
    written = [section.packed() for section in sections]
    return marshal.dumps((lives.owner, _rows(lives.targets), written, files, found, rows, by_id, by_place))


def _unpacked(state: bytes, aliases: Mapping[str, str]) -> tuple[Lives, list[Life], list[bytes]]:
    owner, targets, written, files, found, rows, by_id, by_place = _loads(state)
    sections = [SectionVersion.unpacked(row) for row in written]
    lives, numbers = [], []
    for name, standing, place, path, alive, section, facts, owned, printed, chapter, cited in rows:
        lives.append(
            Life(
                id=name,
                standing={there: sections[index] for there, index in standing},
                place=place,
                path=path,
                alive=alive,
                section=None if section is None else sections[section],
                facts=facts,
                owner=owned,
                targets=_targets(printed),
                chapter=chapter,
            )
        )
        numbers.append(cited)
    known = Lives(
        aliases=aliases,
        by_id={name: lives[index] for name, index in by_id},
        by_place={place: lives[index] for place, index in by_place},
        files={
            path: FileVersion(owned, tuple([sections[index] for index in inside]), links, {})
            for path, owned, links, inside in files
        },
        found={
            path: {key: (sections[section], lives[life]) for key, section, life in there}
            for path, there in found
        },
        owner=owner,
        targets=_targets(targets),
    )
    return known, lives, numbers


def _rows(targets: Mapping[str, TargetVersion]) -> tuple[tuple[str, str, str, str], ...]:
    if not targets:
        return ()
    return tuple((name, each.counted, each.name, each.wording) for name, each in targets.items())


def _targets(rows: Iterable[tuple[str, str, str, str]]) -> Mapping[str, TargetVersion]:
    if not rows:
        return NOTHING
    return {name: TargetVersion(counted, title, wording) for name, counted, title, wording in rows}


def _cited(register: Register) -> bytes:
    return array("I", [each.commit for told in register.statements.values() for each in told]).tobytes()
