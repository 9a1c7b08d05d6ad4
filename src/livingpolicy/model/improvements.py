"""What is tried to make things better for customers, and whether it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from livingpolicy.model.content import Owner, SectionId, Source

MOST_IN_WORK = 3
"""Problems at the same time. Who works on ten solves none."""


class Criterion(StrEnum):
    """Why a problem is worth the work."""

    FREQUENT = "frequent"
    COSTLY = "costly"
    ACTIONABLE = "actionable"
    """We can do something about it ourselves."""


class Benefit(StrEnum):
    """What difference it made."""

    BETTER = "better"
    NONE = "none"
    WORSE = "worse"


class Decision(StrEnum):
    """What became of it."""

    KEEP = "keep"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class EffectCheck:
    """Somebody looked whether it helped."""

    checked_on: date
    benefit: Benefit
    note: str
    """What was seen."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A problem, what is done about it, and how that turned out: an entry of `policy/improvements.yml`."""

    id: str
    problem: str
    criteria: tuple[Criterion, ...]
    why: str | None
    """Why this problem and not another, in a sentence."""
    action: str
    target: str | None
    """Id of the target that shall show the difference."""
    sections: tuple[SectionId, ...]
    """The sections that say what is done now."""
    owner: Owner
    started_on: date
    check_on: date
    """The day by which somebody looks whether it helped; that day itself is in time."""
    check: EffectCheck | None
    decision: Decision | None
    reason: str | None
    """Why it was retired, or kept."""
    source: Source

    @property
    def in_work(self) -> bool:
        """Whether nothing is decided yet."""
        return self.decision is None

    @property
    def unchecked(self) -> bool:
        """Whether somebody has still to look if it helped."""
        return self.check is None and self.decision is None

    def is_late(self, today: date) -> bool:
        """Whether the check should have been made before *today*."""
        return self.unchecked and today > self.check_on
