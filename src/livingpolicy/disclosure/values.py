"""What an approver is told beside the sections themselves, as values without language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from livingpolicy.changes import Changes, asks_less
from livingpolicy.disclosure.outcomes import OutcomeChange
from livingpolicy.interval import Interval
from livingpolicy.model import OpeningHours, Review, SectionId, Target


class Amount(StrEnum):
    """What a figure says."""

    MANDATE = "mandate"
    POSTER = "poster"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the change makes another: told as "500 → 1 000 kr"."""

    amount: Amount
    subject: str
    """The role of a mandate; empty for other figures."""
    before: float | str | None
    """None: there was none."""
    after: float | str | None
    """None: there is none any more."""
    unit_before: str
    unit: str
    """As written by the editors; of a target one of the fixed words (`minutes`, `percent`)."""

    @property
    def raised(self) -> bool:
        """Whether a number became a higher one."""
        numbers = isinstance(self.before, float | int) and isinstance(self.after, float | int)
        return numbers and self.unit == self.unit_before and self.after > self.before  # type: ignore[operator]

    @property
    def lowered(self) -> bool:
        """Whether a number became a lower one."""
        numbers = isinstance(self.before, float | int) and isinstance(self.after, float | int)
        return numbers and self.unit == self.unit_before and self.after < self.before  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that is new, gone or not as it was."""

    id: str
    before: Target | None
    after: Target | None
    figures: tuple[Figure, ...]
    fields: tuple[str, ...]
    """Names of the other fields that differ: `name`, `wording`, `owner`, `needs`, …"""

    @property
    def name(self) -> str:
        """What readers call it."""
        target = self.after or self.before
        return target.name if target else self.id

    @property
    def easier(self) -> bool:
        """Whether it takes less to reach it, or nobody has to any more."""
        if self.after is None:
            return True
        return self.before is not None and bool(self.figures) and asks_less(self.before, self.after)


class Topic(StrEnum):
    """A setting of the whole policy."""

    VISION = "vision"
    GUIDING_WORDS = "guiding-words"
    OPENING_HOURS = "opening-hours"
    POSTER_ADDRESS = "poster-address"
    POSTER_SIZE = "poster-size"
    TITLE = "title"
    ORGANISATION = "organisation"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    OWNER = "owner"
    ROLE = "role"
    CONTACT = "contact"
    CHAPTERS = "chapters"
    EVERY = "every"
    WARN = "warn"
    GRACE = "grace"
    CEILING = "ceiling"
    PER_WEEK = "per-week"
    EVALUATION = "evaluation"
    EVALUATION_FIRST = "evaluation-first"
    COUNTRY = "country"
    CLOSED_DAYS = "closed-days"


Setting: TypeAlias = str | int | Interval | tuple[str, ...] | tuple[OpeningHours, ...] | None


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that is not as it was."""

    topic: Topic
    subject: str
    """The channel whose hours, or the id of the role that they are about; else empty."""
    before: Setting
    after: Setting


@dataclass(frozen=True, slots=True)
class IntervalChange:
    """A section that is to be reviewed at another interval."""

    section: SectionId
    title: str
    before: Interval
    after: Interval
    longer: bool


class Guard(StrEnum):
    """What watches over the policy and lies outside it."""

    WORKFLOWS = "workflows"
    CODEOWNERS = "codeowners"
    CHECKS = "checks"
    """Hooks, scripts, the program itself and the versions it runs with."""
    IGNORED = "ignored"
    """The list of commits that never count."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A review that the change adds to the ledger."""

    review: Review
    title: str
    by: str
    """Name of the role."""
    owner: str
    """Name of the role that answers for the section."""
    other_role: bool


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything an approver should know of a change."""

    changes: Changes
    figures: Mapping[SectionId, tuple[Figure, ...]]
    """By section, those that differ; none for a section that is new or gone."""
    intervals: tuple[IntervalChange, ...]
    targets: tuple[TargetChange, ...]
    settings: tuple[SettingChange, ...]
    poster: bool
    """Whether the office screen will show something else."""
    concerned: tuple[str, ...]
    """Teams, departments and roles, by name."""
    stamps: tuple[Stamp, ...]
    many_stamps: bool
    """Whether the change adds more reviews than the owners say they can do in a week."""
    guards: Mapping[Guard, tuple[str, ...]]
    """Files that watch over the policy and that the change touches."""
    pictures: tuple[str, ...]
    """Pictures of the policy that it touches."""
    elsewhere: tuple[str, ...]
    """Every other file outside the policy that it touches."""
    outcomes: tuple[OutcomeChange, ...] = ()
    """The measured values that are new, gone or not as they were, target by target, newest first."""

    @property
    def nothing(self) -> bool:
        """Whether the change leaves every file as it was."""
        changes = self.changes
        return not (changes.files or changes.outside or changes.sections or changes.weakenings)
