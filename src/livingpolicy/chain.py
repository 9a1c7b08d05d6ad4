"""Read the first-parent chain: its commits, and what the files that they left have to say.

The log arrives newest first, and its files are read while it still arrives. Each blob is read once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from livingpolicy.errors import HistoryError
from livingpolicy.gitlog import LoggedCommit, Objects, Repository
from livingpolicy.versions import (
    NO_REGISTER,
    FileVersion,
    RegisterVersion,
    Settings,
    mapping_of,
    read_chapter,
    register_of,
    settings_of,
)

SETTINGS = "policy/policy.yml"
TARGETS = "policy/targets.yml"


def is_chapter(path: str) -> bool:
    """Whether a file of the policy holds sections."""
    return path.lower().endswith(".md")


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit left different."""

    chapters: Mapping[str, FileVersion | None]
    """By path in composed form (NFC); None: gone. Versions that cannot be read are left out."""
    owner: str | None
    """Who answers for the policy, None if the commit did not say."""
    register: RegisterVersion | None
    """The targets, None if the commit did not say."""


@dataclass(slots=True)
class Chain:
    """The commits that touch the policy, and everything that was read of their files."""

    commits: list[LoggedCommit] = field(default_factory=list)
    """Oldest first."""
    unknown: tuple[str, ...] = ()
    """Commits that were asked for by their hash and do not exist."""
    elsewhere: tuple[str, ...] = ()
    """Those that were asked for and do not touch the policy, whether they exist or not."""
    chapters: dict[str, FileVersion | None] = field(default_factory=dict)
    """By blob; None: cannot be read."""
    settings: dict[str, Settings | None] = field(default_factory=dict)
    registers: dict[str, RegisterVersion | None] = field(default_factory=dict)

    def step(self, commit: LoggedCommit) -> Step:
        """Return what *commit* left different."""
        chapters: dict[str, FileVersion | None] = {}
        settings: Settings | None = None
        register: RegisterVersion | None = None
        for path, blob in changes_that_count(commit):
            if path == SETTINGS:
                settings = self.settings[blob] if blob is not None else None
            elif path == TARGETS:
                register = self.registers[blob] if blob is not None else NO_REGISTER
            elif blob is None:
                chapters[path] = None
            elif (version := self.chapters[blob]) is not None:
                chapters[path] = version
        return Step(chapters, settings.owner if settings is not None else None, register)

    def unreadable(self) -> Iterator[tuple[str, str]]:
        """Yield path and commit of every version that is passed over."""
        if None not in (*self.chapters.values(), *self.settings.values(), *self.registers.values()):
            return
        for commit in self.commits:
            for path, blob in changes_that_count(commit):
                if blob is not None and not self.readable(path, blob):
                    yield path, commit.sha

    def readable(self, path: str, blob: str) -> bool:
        """Whether a file's content could be read as what its path says it is."""
        if path == SETTINGS:
            return self.settings[blob] is not None
        return (self.registers if path == TARGETS else self.chapters)[blob] is not None


def read_chain(
    repository: Repository,
    also: Iterable[str] = (),
    *,
    batches: Iterable[list[LoggedCommit]] | None = None,
    tell: Callable[[int], None] | None = None,
) -> Chain:
    """Read the chain of the repository's head; *also* are hashes of commits that ought to exist.

    *batches* are the commits to read, newest first, if not all of them. *tell* is told how many were read.

    Raises:
        HistoryError: git could not read all of it.
    """
    chain = Chain()
    reader = _Reader(chain)
    with repository.objects() as objects:
        waiting: list[tuple[str, str]] = []
        for batch in repository.log() if batches is None else batches:
            chain.commits += batch
            wanted = list(reader.wanted(batch))
            objects.ask(blob for _, blob in wanted)
            reader.take(waiting, objects)
            waiting = wanted
            if tell is not None:
                tell(len(chain.commits))
        reader.take(waiting, objects)
        here = {commit.sha for commit in chain.commits}
        chain.elsewhere = tuple(sha for sha in also if sha not in here)
        objects.ask(chain.elsewhere)
        chain.unknown = tuple(sha for sha in chain.elsewhere if not _is_commit(sha, objects))
    chain.commits.reverse()
    return chain


class _Reader:
    """Takes the blobs in the order of the log, and reads each as the kind of file that it is."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.asked: set[tuple[bool, str]] = set()
        self.newest: dict[str, FileVersion] = {}
        self.beside: dict[str, FileVersion] = {}
        """The version of each chapter that was read last: most of its sections stand in the next one too."""

    def wanted(self, commits: Iterable[LoggedCommit]) -> Iterator[tuple[str, str]]:
        """Yield path and blob of what has not been asked for."""
        for commit in commits:
            for path, blob in changes_that_count(commit):
                if blob is not None and (is_chapter(path), blob) not in self.asked:
                    self.asked.add((is_chapter(path), blob))
                    yield path, blob

    def take(self, wanted: Iterable[tuple[str, str]], objects: Objects) -> None:
        """Read what was asked for."""
        for path, blob in wanted:
            data = objects.take(blob)[1]
            if is_chapter(path):
                self.chain.chapters[blob] = self._chapter(path, data)
            else:
                found = mapping_of(data)
                self.chain.settings[blob] = None if found is None else settings_of(found)
                self.chain.registers[blob] = None if found is None else register_of(found)

    def _chapter(self, path: str, data: bytes) -> FileVersion | None:
        beside = self.beside.get(path)
        version = read_chapter(data, beside)
        if version is None:
            return None
        if beside is None:
            self.newest[path] = version
        elif beside is not self.newest[path]:
            beside.known = {}  # it has served, but for the newest, which the working tree is compared with
        self.beside[path] = version
        return version


def changes_that_count(commit: LoggedCommit) -> Iterator[tuple[str, str | None]]:
    """Yield path (NFC) and blob of the files that count, first those that are gone.

    A file renamed from NFD to NFC goes and comes under one name.
    """
    for gone in (True, False):
        for change in commit.changes:
            if (change.blob is None) is gone:
                path = unicodedata.normalize("NFC", change.path)
                if is_chapter(path) or path in {SETTINGS, TARGETS}:
                    yield path, change.blob


def _is_commit(name: str, objects: Objects) -> bool:
    try:
        return objects.take(name)[0] == "commit"
    except HistoryError:
        return False  # even a damaged one is none that could be ignored
