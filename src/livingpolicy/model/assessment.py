"""How well we look after our customers, by our own reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from livingpolicy.model.content import SectionId, Source

if TYPE_CHECKING:  # the commands that count nothing do not wait for it
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is true of us to a degree: 1 (not at all) to 5 (all the time)."""

    id: str
    text: str
    management: bool
    """Only for those who manage others."""
    sections: tuple[SectionId, ...]
    """The sections that are meant to help where it is weak."""


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Statements about one thing; their mean is the group's score."""

    id: str
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class WarningSign:
    """Something that people recognise or not."""

    id: str
    name: str
    text: str
    sections: tuple[SectionId, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked. Whoever changes a statement gives the whole a new version."""

    version: int
    groups: tuple[StatementGroup, ...]
    """Seven of them."""
    signs: tuple[WarningSign, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement in the order of the form."""
        return tuple(statement for group in self.groups for statement in group.statements)


@dataclass(frozen=True, slots=True)
class Respondent:
    """What one person answered. Nobody knows who, and nothing but `scoring` ever looks at it."""

    answers: Mapping[str, int]
    """From statement id to 1 to 5; what was skipped is not there."""
    signs: tuple[str, ...] | None
    """The warning signs that the person recognised; None when they were not asked for."""


@dataclass(frozen=True, slots=True)
class AssessmentRound:
    """Everybody's answers on one occasion: a file in `policy/assessment/results/`."""

    answered_on: date
    """One day for all of them."""
    questionnaire: Questionnaire
    """The version that was asked."""
    respondents: tuple[Respondent, ...]
    """In no order that means anything."""
    source: Source


class Band(StrEnum):
    """What a total says."""

    ASSET = "asset"
    """28 or more."""
    ADEQUATE = "adequate"
    """21 or more: good enough, but in need of improvement."""
    LOSING = "losing"
    """Customers are probably being lost."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest of what people answered."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class GroupScore:
    """How a group came out."""

    group: StatementGroup
    mean: Fraction | None
    """1 to 5; None when nobody answered anything in it."""
    answered: int
    """How many people answered something in it."""
    spread: Spread | None
    """Between the people's own means; None when fewer than five answered."""


@dataclass(frozen=True, slots=True)
class StatementScore:
    """How one statement came out."""

    statement: Statement
    group: StatementGroup
    mean: Fraction
    counts: tuple[int, int, int, int, int]
    """How many answered 1, 2, 3, 4 and 5."""


@dataclass(frozen=True, slots=True)
class SignCount:
    """How many recognised a warning sign."""

    sign: WarningSign
    recognised: int
    asked: int


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """What a round says of us all: nothing in it says what a single person answered."""

    answered_on: date
    questionnaire: Questionnaire
    respondents: int
    given: int
    """Answers, of all people and statements."""
    skipped: int
    """Statements that were asked and not answered."""
    groups: tuple[GroupScore, ...]
    """In the order of the form."""
    total: Fraction | None
    """7 to 35, the sum of the groups' means; None when a group has none."""
    band: Band | None
    """Of the unrounded total."""
    spread: Spread | None
    """Between the totals of the people who have one; None when fewer than five do."""
    statements: tuple[StatementScore, ...]
    """In the order of the form; only those that five people or more answered."""
    signs: tuple[SignCount, ...]
    """In the order of the form; none when fewer than five people were asked."""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """What is asked today, and what came of it so far."""

    questionnaire: Questionnaire
    """The version that is asked today."""
    results: tuple[AssessmentResult, ...]
    """Newest first."""

    @property
    def latest(self) -> AssessmentResult | None:
        """The newest result, whichever version it answers."""
        return self.results[0] if self.results else None
