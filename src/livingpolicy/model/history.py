"""What git knows of the policy: commits, and what each did to each section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from livingpolicy.model.content import SectionId


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the published branch, as far as readers need to know it."""

    sha: str
    """40 or 64 hexadecimal digits."""
    landed_at: datetime | None
    """When it reached the branch (committer time, aware), in the policy's time zone; None when the recorded
    time is impossible or in the future."""
    subject: str
    """Without addresses, as the body: see `discretion`."""
    body: str
    """Without the lines that name people."""


class RevisionKind(StrEnum):
    """What a commit did to a section."""

    ADDED = "added"
    REVISED = "revised"
    EDITORIAL = "editorial"
    """Revised, and the author says that nothing changes for the reader: the clock goes on."""
    MOVED = "moved"
    """Another file, the same meaning: no revision."""
    RETITLED = "retitled"
    REINSTATED = "reinstated"
    RETIRED = "retired"

    @property
    def restarts_clock(self) -> bool:
        """Whether the review interval is counted from this revision."""
        return self in _RESTARTS_CLOCK

    @property
    def changes_meaning(self) -> bool:
        """Whether the section reads differently afterwards."""
        return self is not RevisionKind.MOVED


_RESTARTS_CLOCK = frozenset(
    {RevisionKind.ADDED, RevisionKind.REVISED, RevisionKind.RETITLED, RevisionKind.REINSTATED}
)


@dataclass(frozen=True, slots=True)
class PrintedTarget:
    """A target as it was at a commit, for the sections that print it."""

    name: str
    wording: str
    """What `{{ target.ID }}` printed: "inom tre minuter"; empty when it said nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """A target as it was in force from a day on."""

    effective_from: date
    """The day it landed on the published branch, or the day that the register gives instead."""
    at_most: float | None
    at_least: float | None
    unit: str
    share: float | None
    wording: str
    commit: Commit | None
    """What brought it; None when git does not say, and the register gives the day."""
    ended: date | None = None
    """The day it left the register, from which on none was in force; None: until the next level, or still."""


@dataclass(frozen=True, slots=True)
class TargetRevision:
    """One commit's effect on one target of the register."""

    commit: Commit
    kind: RevisionKind
    name: str
    """What readers called it after the commit (before it, when retired)."""
    wording: str
    effective_from: date | None
    """The day from which it applies, as the register said after the commit; None: from the commit on."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit's effect on one section."""

    commit: Commit
    kind: RevisionKind
    title: str
    """The heading after the commit (before it, when retired)."""
    text: str
    """The section's Markdown body after the commit; empty when retired."""
    metadata: str | None = None
    """The inside of its `yaml` block after the commit, as written; None without one and when retired."""
    targets: Mapping[str, PrintedTarget] = field(default_factory=lambda: MappingProxyType({}))
    """The targets that the section printed after the commit, by id; those nobody had set are left out."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the history should know: a code of the message catalogue and its values."""

    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """Every section's revisions along the first-parent chain."""

    revisions: Mapping[SectionId, tuple[Revision, ...]]
    """Newest first; sections that no longer exist are kept."""
    complete: bool
    """False: git could not answer, and no date may be shown."""
    head: str | None
    """The commit that was read, None when there was none."""
    drafts: frozenset[SectionId] = frozenset()
    """Sections whose meaning in the working tree is not that of `head`."""
    untracked: tuple[str, ...] = ()
    """Policy files that git does not know."""
    uncommitted: tuple[str, ...] = ()
    """Policy files that git knows, and that are not in the working tree as `head` has them."""
    notes: tuple[Note, ...] = ()
    targets: Mapping[str, tuple[Level, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Every target of the register as it was in force, by id, newest first; those that are gone are kept.

    What came before a level whose day is not known is left out: nobody can say until when it applied.
    """
    target_revisions: Mapping[str, tuple[TargetRevision, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """What every commit did to every target, by id, newest first."""
    target_drafts: frozenset[str] = frozenset()
    """Targets that mean something else in the working tree than at `head`."""
