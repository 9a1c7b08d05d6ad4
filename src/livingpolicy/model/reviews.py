"""What people looked at, and where each section and each target stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from livingpolicy.interval import Interval
from livingpolicy.model.assessment import SelfAssessment
from livingpolicy.model.content import Chapter, Owner, Policy, Section, SectionId, Source, Target
from livingpolicy.model.history import Commit, History
from livingpolicy.model.improvements import Improvement
from livingpolicy.model.measures import TargetState


class Outcome(StrEnum):
    """What a review found."""

    UNCHANGED = "unchanged"
    REVISED = "revised"
    NEEDS_CHANGE = "needs-change"


@dataclass(frozen=True, slots=True)
class Review:
    """A person looked, and wrote down what was checked."""

    section: SectionId | None
    """None: it is a target that was looked at."""
    reviewed_on: date
    by: str
    """Owner id."""
    checked: str
    outcome: Outcome
    note: str | None
    source: Source
    target: str | None = None
    """The id of the target of the register; None: it is a section."""


class Status(StrEnum):
    """Where a section stands on a given day; in the order of urgency."""

    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    DRAFT = "draft"
    DUE_SOON = "due-soon"
    CURRENT = "current"
    UPCOMING = "upcoming"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class SectionReview:
    """A section with its dates and status on the day of the snapshot."""

    section: Section
    chapter: Chapter
    last_revised: Commit | None
    """The last commit that changed its meaning; None when that, or its date, is not known."""
    last_reviewed: Review | None
    """The last review in the ledger, whatever its outcome."""
    due_on: date | None
    days_overdue: int
    """0 unless overdue."""
    status: Status
    revisions: int
    """How many revisions the history has, editorial ones included; a move is none."""

    @property
    def id(self) -> SectionId:
        """Of the section."""
        return self.section.id

    @property
    def title(self) -> str:
        """Of the section."""
        return self.section.title

    @property
    def owner(self) -> Owner:
        """Who answers for the section."""
        return self.section.owner

    @property
    def interval(self) -> Interval:
        """How often it is reviewed."""
        return self.section.interval

    @property
    def effective_from(self) -> date | None:
        """The day from which it says what it says now; None: since it was written."""
        return self.section.metadata.effective_from

    @property
    def source(self) -> Source:
        """Where the section is written."""
        return self.section.source


@dataclass(frozen=True, slots=True)
class TargetReview:
    """A target of the register with its dates and status, as a section has them."""

    target: Target
    last_revised: Commit | None
    """The last commit that changed what it means; None when that, or its date, is not known."""
    last_reviewed: Review | None
    due_on: date | None
    days_overdue: int
    """0 unless overdue."""
    status: Status
    revisions: int

    @property
    def id(self) -> str:
        """Of the target."""
        return self.target.id

    @property
    def title(self) -> str:
        """What readers call it."""
        return self.target.name

    @property
    def owner(self) -> Owner:
        """Who answers for the target."""
        return self.target.owner

    @property
    def interval(self) -> Interval:
        """How often it is reviewed."""
        return self.target.interval

    @property
    def effective_from(self) -> date | None:
        """The day from which it asks what it asks now; None: since git has it so."""
        return self.target.effective_from

    @property
    def source(self) -> Source:
        """Where the target is written."""
        return self.target.source


AnyReview: TypeAlias = SectionReview | TargetReview
"""What has an owner and is reviewed at an interval."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The policy on a day: the one value that every output is a function of."""

    policy: Policy
    reviews: tuple[Review, ...]
    history: History
    as_of: date
    sections: tuple[SectionReview, ...]
    """In reading order."""
    targets: tuple[TargetState, ...] = ()
    """In the order of the register."""
    target_reviews: tuple[TargetReview, ...] = ()
    """In the order of the register."""
    assessment: SelfAssessment | None = None
    """None: the policy has no questionnaire."""
    improvements: tuple[Improvement, ...] = ()
    """In the order of `policy/improvements.yml`, finished ones included."""

    @property
    def head(self) -> str | None:
        """The commit the snapshot was taken at."""
        return self.history.head

    @property
    def items(self) -> tuple[AnyReview, ...]:
        """Everything that is reviewed: the sections in reading order, then the targets."""
        return (*self.sections, *self.target_reviews)

    def of(self, section_id: SectionId) -> SectionReview:
        """The dates of one section.

        Raises:
            KeyError: there is no such section.
        """
        for item in self.sections:
            if item.section.id == section_id:
                return item
        raise KeyError(section_id)
