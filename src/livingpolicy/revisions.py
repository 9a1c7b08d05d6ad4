"""When was each section last revised, and how? The answer of the first-parent chain, or a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from livingpolicy.chain import SETTINGS, TARGETS, is_chapter
from livingpolicy.discretion import discreet
from livingpolicy.errors import PolicyError, Problem
from livingpolicy.folder import belongs
from livingpolicy.gitlog import HASH, LoggedCommit, Repository, blob_name
from livingpolicy.levels import Register, Statement, levels
from livingpolicy.lives import Entry
from livingpolicy.model import (
    Commit,
    History,
    Note,
    PrintedTarget,
    Revision,
    SectionId,
    Source,
    TargetRevision,
)
from livingpolicy.recall import recall
from livingpolicy.versions import read_chapter, read_settings, read_targets
from livingpolicy.walk import Memory, Walk

IGNORE_LIST = ".policy-ignore-revs"


def read_history(
    root: Path,
    files: Mapping[str, bytes],
    *,
    timezone: str,
    now: datetime,
    at: str | None = None,
    tell: Callable[[int], None] | None = None,
) -> History:
    """Return what every commit of the published branch did to every section.

    *root* is the folder that holds `policy/`; *files* are the bytes of the working tree, by path below it;
    *timezone* is the policy's (an IANA name), in which days are told; *now* (aware) is the moment of the run;
    *at* is the commit (a hash) whose chain is read instead of HEAD's; *tell* is told how many commits
    were read.

    Raises:
        HistoryError: git cannot answer; the error says why.
        PolicyError: a line of the ignore list is no hash.
    """
    ignored = read_ignore_list(root)
    working = _WorkingTree({unicodedata.normalize("NFC", path): data for path, data in files.items()})
    aliases = working.aliases
    with Repository(root, at) as repository:
        memory, absent = recall(
            root, repository, ignored=ignored, aliases=aliases, editorial=is_editorial, tell=tell
        )
    calendar = _Calendar(ZoneInfo(timezone), now)
    tracked = {unicodedata.normalize("NFC", path): blob for path, blob in memory.tracked.items()}
    loose = tuple(uncommitted(working.files, tracked))
    undated = (memory.commit(number) for number in memory.outside(_YEAR_ONE, now.timestamp()))
    notes = [
        *(Note("note.ignore-unknown", {"commit": sha, "path": IGNORE_LIST}) for sha in absent),
        *(Note("note.unreadable", {"path": path, "commit": sha[:10]}) for path, sha in memory.unreadable),
        *calendar.notes(undated),
    ]
    register = memory.targets()
    told = {
        name: tuple((one, calendar.commit(memory.commit(one.commit))) for one in statements)
        for name, statements in register.statements.items()
    }
    return History(
        revisions=_Revisions(memory, calendar),
        complete=True,
        head=memory.head,
        drafts=frozenset(working.drafts(memory, aliases, loose=loose, tracked=tracked)),
        untracked=tuple(sorted(path for path in working.files if path not in tracked)),
        uncommitted=loose,
        notes=tuple(notes),
        targets={name: levels(statements) for name, statements in told.items()},
        target_revisions={name: tuple(_target_revisions(each)) for name, each in told.items()},
        target_drafts=frozenset(working.target_drafts(register, loose=loose)),
    )


def _target_revisions(statements: Iterable[tuple[Statement, Commit]]) -> Iterator[TargetRevision]:
    """Yield what happened to a target, newest first."""
    for one, commit in reversed(tuple(statements)):
        if one.kind is not None:
            yield TargetRevision(commit, one.kind, one.name, one.wording, one.begins)


class _Revisions(Mapping[SectionId, tuple[Revision, ...]]):
    """The revisions of every section, newest first; each section's are made when somebody asks."""

    def __init__(self, memory: Memory, calendar: _Calendar) -> None:
        self._memory, self._calendar = memory, calendar
        self._made: dict[SectionId, tuple[Revision, ...]] = {}
        self._commits: dict[int, Commit] = {}

    def __getitem__(self, name: SectionId) -> tuple[Revision, ...]:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = tuple(self._revision(entry) for entry in self._memory.history(name))
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._memory.names

    def __iter__(self) -> Iterator[SectionId]:
        return iter(self._memory.names)

    def __len__(self) -> int:
        return len(self._memory.names)

    def _revision(self, entry: Entry) -> Revision:
        commit = self._commits.get(entry.commit)
        if commit is None:
            commit = self._calendar.commit(self._memory.commit(entry.commit))
            self._commits[entry.commit] = commit
        targets = {name: PrintedTarget(each.name, each.wording) for name, each in entry.targets.items()}
        return Revision(commit, entry.kind, entry.title, entry.text, entry.metadata, targets)


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


def uncommitted(files: Mapping[str, bytes], tracked: Mapping[str, str]) -> Iterator[str]:
    """Yield the files of the policy that are not in the working tree (*files*) as a commit has them.

    *tracked* are the commit's blobs; both by path (NFC). Line ends are git's own business.
    """
    for path, blob in sorted(tracked.items()):
        if not belongs(path):
            continue
        data = files.get(path)
        if data is None or (blob_name(data, blob) != blob and not _but_for_line_ends(data, blob)):
            yield path


def _but_for_line_ends(data: bytes, blob: str) -> bool:
    return b"\r\n" in data and blob_name(data.replace(b"\r\n", b"\n"), blob) == blob


def is_editorial(body: str) -> bool:
    """Whether the trailers of a commit message have `Change: editorial`."""
    return "editorial" in body.lower() and any(
        line.lower().split() == ["change:", "editorial"] for line in _last_lines(body)
    )


def without_trailers(body: str) -> str:
    """Return a commit's body without the paragraphs at its end that only name people, tools and kinds."""
    return "\n\n".join(_split(body)[0]).strip()


_TRAILER = re.compile(r"[A-Za-z][A-Za-z0-9-]*: \S.*|\(cherry picked from commit [0-9a-f]+\)|-{3,}")
"""A line of dashes too: a forge that squashes puts it above its own trailers."""


def _split(body: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a body, and those at its end that are trailers in every line, last first."""
    paragraphs, trailers = body.strip().split("\n\n"), []
    while paragraphs and all(_TRAILER.fullmatch(line.strip()) for line in paragraphs[-1].strip().split("\n")):
        trailers.append(paragraphs.pop())
    return paragraphs, trailers


def _last_lines(body: str) -> list[str]:
    """Return the lines in which a trailer counts: also of the last paragraph that says something else."""
    paragraphs, trailers = _split(body)
    return "\n".join([*trailers, *paragraphs[-1:]]).splitlines()


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

    def drafts(
        self,
        memory: Memory,
        aliases: Mapping[str, str],
        *,
        loose: Collection[str],
        tracked: Mapping[str, str],
    ) -> Iterator[str]:
        """Yield the ids of the sections that read differently from how the last commit has them.

        Of *tracked*, the files that git knows, those in *loose* are not as the commit has them.
        """

        def as_committed(path: str) -> bool:
            blob = tracked.get(path)
            return blob is not None and path not in loose and belongs(path) and memory.blobs.get(path) == blob

        same_rules = all(path not in self.files or as_committed(path) for path in (SETTINGS, TARGETS))
        chapters = [path for path in self.files if is_chapter(path)]
        unread = [path for path in chapters if not (same_rules and as_committed(path))]
        for path in memory.drafts.keys() & set(chapters) - set(unread):
            yield from memory.drafts[path]
        if not unread:
            return
        lives = Walk.after(memory, aliases).lives
        settings = read_settings(self.files[SETTINGS]) if SETTINGS in self.files else None
        targets = read_targets(self.files[TARGETS]) if TARGETS in self.files else None
        lives.owner = (settings.owner if settings else None) or lives.owner
        lives.targets = targets if targets is not None else lives.targets
        for path in unread:
            if (version := read_chapter(self.files[path], lives.files.get(path))) is not None:
                yield from lives.drafts(path, version)

    def target_drafts(self, register: Register, *, loose: Collection[str]) -> Iterator[str]:
        """Yield the targets that mean something else than the last commit has them mean."""
        if TARGETS in self.files and (TARGETS in loose or not register.standing):
            yield from register.drafts(read_targets(self.files[TARGETS]) or {})


_YEAR_ONE = 365 * 24 * 60 * 60
"""Seconds since 1970. A computer without a clock dates its commits in 1970."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Turns what git records into days."""

    zone: ZoneInfo
    now: datetime

    def commit(self, logged: LoggedCommit) -> Commit:
        """Return the commit as readers know it."""
        return Commit(
            logged.sha, self.moment(logged.seconds), discreet(logged.subject), discreet(logged.body)
        )

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
                yield Note(code, {"commit": commit.sha[:10], "subject": discreet(commit.subject)})
