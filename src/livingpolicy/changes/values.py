"""What a change touches, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from livingpolicy.changes.improved import ImprovementChange
from livingpolicy.changes.measured import MeasurementChange
from livingpolicy.model import Policy, Review, Section, SectionId, Source


class Effect(StrEnum):
    """What a change does to a section; the heaviest first."""

    NEW = "new"
    RETIRED = "retired"
    """Taken out, or given a day from which it no longer holds."""
    REVISED = "revised"
    RETITLED = "retitled"
    EDITORIAL = "editorial"
    """Reads differently, and its author says that it means the same (`Change: editorial`)."""
    FORM = "form"
    """Written differently, and reads the same: wrapping, tags, the interval."""
    MOVED = "moved"
    """Stands in another file, word for word."""

    @property
    def restarts_clock(self) -> bool:
        """Whether the review interval is counted anew from the day the change is published."""
        return self in {Effect.NEW, Effect.REVISED, Effect.RETITLED}

    @property
    def needs_reason(self) -> bool:
        """Whether readers will want to know why."""
        return self.restarts_clock or self is Effect.RETIRED

    @property
    def leaves_clock(self) -> bool:
        """Whether somebody had the text in hand and left the interval running."""
        return self in {Effect.EDITORIAL, Effect.FORM}


@dataclass(frozen=True, slots=True)
class Written:
    """A section as it stands in its file, which the strict reader may refuse."""

    title: str
    body: str
    metadata: str | None
    """The inside of its `yaml` block; None without one."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that the change touches."""

    id: SectionId
    title: str
    """After the change; before it, when the section is gone."""
    effect: Effect
    moved: bool
    """Whether it stands in another file too."""
    source: Source
    """Where it stands after the change; the file it stood in, when it is gone."""
    before: Section | None
    """None: new, or the policy could not be read as it was before."""
    after: Section | None
    """None: gone."""
    explained: bool
    """Whether somebody wrote down why; also true of what is not committed yet."""
    written_before: Written | None = None
    """Known also when `before` is not; None: new."""
    written: Written | None = None
    """None: gone."""


class WeakeningKind(StrEnum):
    """Which rule became less strict, or another person's."""

    INTERVAL = "interval"
    OWNER = "owner"
    MANDATE = "mandate"
    KIND = "kind"
    POSTPONED = "postponed"
    """What held already is to hold from a day to come."""
    GRACE = "grace"
    CEILING = "ceiling"
    WARN = "warn"
    IGNORED = "ignored"
    """A commit more that never counts."""
    TARGET = "target"
    """A target that takes less to reach."""
    TARGET_GONE = "target-gone"
    TARGET_CLOCK = "target-clock"
    """A target whose time stands still while we are closed, and did not."""
    TARGET_INTERVAL = "target-interval"
    TARGET_OWNER = "target-owner"
    TARGET_SINCE = "target-since"
    """A target that is said to have asked something else on days that have been."""
    TARGET_POSTPONED = "target-postponed"


@dataclass(frozen=True, slots=True)
class Weakening:
    """A rule that an approver should see change, in a change that may look friendly."""

    kind: WeakeningKind
    source: Source
    title: str
    """Of the section or target; of the policy, when the rule is everybody's."""
    before: str
    """As an editor writes it: "6 months", an owner's name, "500 kr"."""
    after: str
    section: SectionId | None = None
    target: str | None = None
    """Id of the target that it is about."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A section that goes on under another id, without the old one among its `aliases`."""

    before: SectionId
    after: SectionId


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything a change does, from the commit where it left the published branch to the working tree."""

    base: str
    """Hash of that commit."""
    head: str
    """Hash of the commit that is checked out."""
    before: Policy | None
    """As it stood at `base`; None: it was wrong, and only its text could be compared."""
    after: Policy
    sections: tuple[SectionChange, ...]
    """In reading order, then what is gone."""
    reviews_before: tuple[Review, ...]
    """The ledger at `base`; empty when `before` is None."""
    reviews: tuple[Review, ...]
    """The lines that the change adds to the ledger."""
    weakenings: tuple[Weakening, ...]
    reasons: tuple[str, ...]
    """Why, in the words of its authors: the commits' bodies, oldest first, and the pull request's text."""
    untracked: tuple[str, ...]
    """Policy files of the working tree that `head` does not have."""
    reviews_gone: int = 0
    """How many lines of the ledger the change takes out or rewrites."""
    files: tuple[str, ...] = ()
    """The files that the policy is made of and that are not as they were."""
    outside: tuple[str, ...] = ()
    """Other files that `head` has not as `base` has them, pictures too, from the top of the repository."""
    targets: Mapping[str, Effect] = field(default_factory=lambda: MappingProxyType({}))
    """What it does to the targets of the register that it touches, by id."""
    renamed: tuple[Renamed, ...] = ()
    uncommitted: tuple[str, ...] = ()
    """Files of the policy that `head` has, and that are not so in the working tree."""
    measurements: tuple[MeasurementChange, ...] = ()
    """The measured values that are not as they were; empty when `before` is None."""
    improvements: tuple[ImprovementChange, ...] = ()
    """The improvements that are not as they were; empty when `before` is None."""

    def of(self, section: SectionId) -> SectionChange | None:
        """Return what the change does to a section, None if nothing."""
        return next((change for change in self.sections if change.id == section), None)

    @property
    def unexplained(self) -> tuple[SectionChange, ...]:
        """The sections whose readers will want to know why, and will not be told."""
        return tuple(
            change for change in self.sections if change.effect.needs_reason and not change.explained
        )
