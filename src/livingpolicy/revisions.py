"""When was each section last revised, and how? The answer of the first-parent chain, or a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from livingpolicy.chain import SETTINGS, TARGETS, is_chapter, read_chain
from livingpolicy.errors import PolicyError, Problem
from livingpolicy.folder import belongs
from livingpolicy.gitlog import HASH, LoggedCommit, Repository, blob_name
from livingpolicy.lives import Life, Lives
from livingpolicy.model import Commit, History, Note, PrintedTarget, Revision, Source
from livingpolicy.versions import read_chapter, read_settings, read_targets

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
        chain = read_chain(repository, ignored)
        head = repository.head
    lives = Lives(aliases=working.aliases)
    for number, commit in enumerate(chain.commits):
        editorial = is_editorial(commit.body)
        step = chain.step(commit)
        lives.commit(
            number,
            step.chapters,
            owner=step.owner,
            targets=step.targets,
            editorial=editorial,
            ignored=commit.sha in ignored,
        )
    calendar = _Calendar(ZoneInfo(timezone), now)
    commits: dict[int, Commit] = {}

    def revisions(life: Life) -> Iterator[Revision]:
        for entry in reversed(life.entries):
            commit = commits.get(entry.commit)
            if commit is None:
                commit = commits[entry.commit] = calendar.commit(chain.commits[entry.commit])
            targets = {name: PrintedTarget(each.name, each.wording) for name, each in entry.targets.items()}
            yield Revision(commit, entry.kind, entry.title, entry.text, entry.metadata, targets)

    tracked = chain.tracked()
    found = {name: tuple(revisions(life)) for name, life in sorted(lives.named().items())}
    notes = [
        *(Note("note.ignore-unknown", {"commit": sha, "path": IGNORE_LIST}) for sha in chain.unknown),
        *chain.unreadable(),
        *calendar.notes(chain.commits[number] for number in sorted(commits)),
    ]
    return History(
        revisions=MappingProxyType({name: revisions for name, revisions in found.items() if revisions}),
        complete=True,
        head=head,
        drafts=frozenset(working.drafts(lives)),
        untracked=tuple(sorted(path for path in working.files if path not in tracked)),
        uncommitted=tuple(uncommitted(working.files, tracked)),
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


def uncommitted(files: Mapping[str, bytes], tracked: Mapping[str, str]) -> Iterator[str]:
    """Yield the files of the policy that are not in the working tree (*files*) as a commit has them.

    *tracked* are the commit's blobs; both by path (NFC). Line ends are git's own business.
    """
    for path, blob in sorted(tracked.items()):
        if not belongs(path):
            continue
        data = files.get(path)
        if data is None or blob not in {blob_name(one, blob) for one in (data, data.replace(b"\r\n", b"\n"))}:
            yield path


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
