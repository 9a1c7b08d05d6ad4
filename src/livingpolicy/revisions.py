"""When was each section last revised, and how? The answer of the first-parent chain, or a refusal."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from livingpolicy.errors import PolicyError, Problem
from livingpolicy.gitlog import HASH, LoggedCommit, Repository
from livingpolicy.lives import Life, Lives
from livingpolicy.model import Commit, History, Note, Revision, Source
from livingpolicy.versions import FileVersion, read_chapter, read_settings, read_targets

SETTINGS = "policy/policy.yml"
TARGETS = "policy/targets.yml"
IGNORE_LIST = ".policy-ignore-revs"


def read_history(
    root: Path, files: Mapping[str, bytes], *, timezone: str, now: datetime, at: str | None = None
) -> History:
    """Return what every commit of the published branch did to every section.

    *root* is the folder that holds `policy/`; *files* are the bytes of the working tree, by path below it;
    *timezone* is the policy's (an IANA name), in which days are told; *now* (aware) is the moment of the run;
    *at* is the commit (a hash) whose chain is read instead of HEAD's.

    Raises:
        HistoryError: git cannot answer; the error says why.
        PolicyError: a line of the ignore list is no hash.
    """
    ignored = read_ignore_list(root)
    working = _WorkingTree({unicodedata.normalize("NFC", path): data for path, data in files.items()})
    with Repository(root, at) as repository:
        log = repository.log()
        here = {commit.sha for commit in log}
        elsewhere = [sha for sha in ignored if sha not in here]
        reader = _Reader(log, repository, Lives(aliases=working.aliases), elsewhere)
        reader.read(frozenset(ignored))
        unknown = reader.unknown()
        head = repository.head
    calendar = _Calendar(ZoneInfo(timezone), now)
    commits: dict[int, Commit] = {}

    def revisions(life: Life) -> Iterator[Revision]:
        for entry in reversed(life.entries):
            commit = commits.get(entry.commit)
            if commit is None:
                commit = commits[entry.commit] = calendar.commit(log[entry.commit])
            yield Revision(commit, entry.kind, entry.title, entry.text, entry.metadata)

    lives = reader.lives
    found = {name: tuple(revisions(life)) for name, life in sorted(lives.named().items())}
    notes = [
        *(Note("note.ignore-unknown", {"commit": sha, "path": IGNORE_LIST}) for sha in unknown),
        *reader.notes,
        *calendar.notes(log[number] for number in sorted(commits)),
    ]
    return History(
        revisions=MappingProxyType({name: revisions for name, revisions in found.items() if revisions}),
        complete=True,
        head=head,
        drafts=frozenset(working.drafts(lives)),
        untracked=tuple(sorted(path for path in working.files if path not in reader.tracked)),
        notes=tuple(notes),
    )


def read_ignore_list(root: Path) -> tuple[str, ...]:
    """Return the hashes of the commits that never count, in the order of the list.

    The format is that of `git blame --ignore-revs-file`: a full hash on each line, `#` begins a comment.

    Raises:
        PolicyError: a line is neither.
    """
    path = root / IGNORE_LIST
    if not path.is_file():
        return ()
    hashes: dict[str, None] = {}
    problems = []
    for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), start=1):
        name = line.removeprefix("\ufeff").partition("#")[0].strip().lower()
        if HASH.fullmatch(name):
            hashes[name] = None
        elif name:
            source = Source(IGNORE_LIST, number)
            problems.append(Problem(source, "ignore-revs-malformed", {"text": name[:80]}))
    if problems:
        raise PolicyError(problems)
    return tuple(hashes)


def is_chapter(path: str) -> bool:
    """Whether a file of the policy holds sections."""
    return path.lower().endswith(".md")


class _Reader:
    """Reads the blobs that the log names, each once, and hands their sections to the lives."""

    def __init__(
        self, log: list[LoggedCommit], repository: Repository, lives: Lives, elsewhere: list[str]
    ) -> None:
        self.log = log
        self.lives = lives
        self.tracked: set[str] = set()
        """Paths of the files that `head` has."""
        self.notes: list[Note] = []
        self._uses = Counter(
            change.blob for commit in log for change in commit.changes if change.blob and _counts(change.path)
        )
        self._elsewhere = elsewhere
        self._contents = repository.blobs_and_commits(self._uses, elsewhere)
        self._kept: dict[str, bytes] = {}

    def read(self, ignored: frozenset[str]) -> None:
        """Go through the log; the commits with these hashes never count."""
        for number, commit in enumerate(self.log):
            self._commit(number, commit, commit.sha in ignored)

    def unknown(self) -> list[str]:
        """Return the commits outside the first-parent chain that do not exist at all. To be asked last."""
        return [sha for sha, found in zip(self._elsewhere, self._contents, strict=True) if found is None]

    def _commit(self, number: int, commit: LoggedCommit, ignored: bool) -> None:
        changed: dict[str, FileVersion | None] = {}
        owner: str | None = None
        targets: Mapping[str, str] | None = None
        read: object
        # What goes comes first: a file renamed from NFD to NFC goes and comes under one name.
        for change in sorted(commit.changes, key=lambda change: change.blob is not None):
            path = unicodedata.normalize("NFC", change.path)
            if change.blob is None:
                self.tracked.discard(path)
                if is_chapter(path):
                    changed[path] = None
                continue
            self.tracked.add(path)
            if not _counts(path):
                continue
            data = self._content(change.blob)
            if path == SETTINGS:
                settings = read_settings(data)
                owner, read = settings.owner if settings is not None else None, settings
            elif path == TARGETS:
                targets = read = read_targets(data)
            else:
                read = version = read_chapter(data, self.lives.files.get(path))
                if version is not None:
                    changed[path] = version
            if read is None:
                self.notes.append(Note("note.unreadable", {"path": path, "commit": commit.sha[:10]}))
        editorial = is_editorial(commit.body)
        self.lives.commit(number, changed, owner=owner, targets=targets, editorial=editorial, ignored=ignored)

    def _content(self, blob: str) -> bytes:
        """Return a blob, which is kept as long as the log will name it again."""
        data = self._kept.pop(blob, None)
        if data is None:
            data = next(self._contents) or b""
        self._uses[blob] -= 1
        if self._uses[blob]:
            self._kept[blob] = data
        return data


def _counts(path: str) -> bool:
    return is_chapter(path) or path in {SETTINGS, TARGETS}


def is_editorial(body: str) -> bool:
    """Whether the last paragraph of a commit message, its trailers, has `Change: editorial`."""
    trailers = body.rstrip().rpartition("\n\n")[2]
    return "editorial" in trailers.lower() and any(
        line.lower().split() == ["change:", "editorial"] for line in trailers.splitlines()
    )


class _WorkingTree:
    """The policy's files as they lie on disk."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    @property
    def aliases(self) -> Mapping[str, str]:
        """The ids that sections had before, and the id that each is known by now."""
        if not any(b"aliases" in data for path, data in self.files.items() if is_chapter(path)):
            return {}
        read = [read_chapter(data, None) for path, data in self.files.items() if is_chapter(path)]
        sections = [section for version in read if version is not None for section in version.sections]
        taken = {section.id for section in sections}
        return {
            alias: section.id
            for section in sections
            if section.id is not None and section.facts is not None
            for alias in section.facts.aliases
            if alias not in taken
        }

    def drafts(self, lives: Lives) -> Iterator[str]:
        """Yield the ids of the sections that read differently from how `head` has them."""
        settings = read_settings(self.files[SETTINGS]) if SETTINGS in self.files else None
        targets = read_targets(self.files[TARGETS]) if TARGETS in self.files else None
        lives.owner = (settings.owner if settings else None) or lives.owner
        lives.targets = targets if targets is not None else lives.targets
        for path, data in self.files.items():
            if is_chapter(path) and (version := read_chapter(data, lives.files.get(path))) is not None:
                yield from lives.drafts(path, version)


_YEAR_ONE = 365 * 24 * 60 * 60
"""Seconds since 1970. A computer without a clock dates its commits in 1970."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Turns what git records into days."""

    zone: ZoneInfo
    now: datetime

    def commit(self, logged: LoggedCommit) -> Commit:
        """Return the commit as readers know it."""
        return Commit(logged.sha, self.moment(logged.seconds), logged.subject, logged.body)

    def moment(self, seconds: int | None) -> datetime | None:
        """Return the moment in the policy's time zone; None if it is no date or of a later day than now."""
        if seconds is None or seconds < _YEAR_ONE:
            return None
        try:
            moment = datetime.fromtimestamp(seconds, self.zone)
        except (OverflowError, ValueError, OSError):
            return None
        return moment if moment.date() <= self.now.astimezone(self.zone).date() else None

    def notes(self, logged: Iterable[LoggedCommit]) -> Iterator[Note]:
        """Yield a note for each commit whose date cannot be shown."""
        for commit in logged:
            if self.moment(commit.seconds) is None:
                future = commit.seconds is not None and commit.seconds > self.now.timestamp()
                code = "note.date-future" if future else "note.date-impossible"
                yield Note(code, {"commit": commit.sha[:10], "subject": commit.subject})
