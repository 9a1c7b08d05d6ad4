"""What a round of the self-assessment says, exactly. No files, no clock, no language.

Every person weighs as much as any other:

1. a person's score in a group is the mean of the statements that the person answered there;
2. the group's score is the mean of the scores of everybody who has one;
3. the total is the sum of the groups' scores. A group without any answer gives no total.

So a person who skipped a group still counts in the others, and where nobody skipped a whole group the total
is also the mean of the people's own totals. Everything is a fraction until somebody shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from livingpolicy.model import (
    AssessmentResult,
    AssessmentRound,
    Band,
    GroupScore,
    Questionnaire,
    Respondent,
    SelfAssessment,
    SignCount,
    Spread,
    StatementGroup,
    StatementScore,
)

FEWEST = 5
"""People. What fewer have answered is not broken down, so that nobody can be told from the rest."""
SCALE = (1, 2, 3, 4, 5)
TOTAL_BORDERS = (21, 28)
"""From here on the total is adequate, and from here on an asset."""
MEAN_BORDERS = (3, 4)
"""The same for one group or statement: a seventh of it."""


def assess(questionnaire: Questionnaire | None, rounds: Iterable[AssessmentRound]) -> SelfAssessment | None:
    """Return what is asked today with what came of every round, in their order; None without a question."""
    if questionnaire is None:
        return None
    return SelfAssessment(questionnaire, tuple(score(asked) for asked in rounds))


def score(asked: AssessmentRound) -> AssessmentResult:
    """Return what *asked* says of all its people together."""
    questionnaire, people = asked.questionnaire, asked.respondents
    groups = tuple(_group(group, people) for group in questionnaire.groups)
    means = [group.mean for group in groups if group.mean is not None]
    total = sum(means, Fraction()) if len(means) == len(groups) else None
    totals = [own for person in people if (own := own_total(person, questionnaire.groups)) is not None]
    return AssessmentResult(
        answered_on=asked.answered_on,
        questionnaire=questionnaire,
        respondents=len(people),
        given=sum(len(person.answers) for person in people),
        skipped=sum(_skipped(person, questionnaire.groups) for person in people),
        groups=groups,
        total=total,
        band=band(total) if total is not None else None,
        spread=_spread(totals),
        statements=tuple(_statements(questionnaire.groups, people)),
        signs=tuple(_signs(asked)),
    )


def band(total: Fraction) -> Band:
    """Return what a total says; it is never rounded first."""
    adequate, asset = TOTAL_BORDERS
    if total >= asset:
        return Band.ASSET
    return Band.ADEQUATE if total >= adequate else Band.LOSING


def own_mean(person: Respondent, group: StatementGroup) -> Fraction | None:
    """Return the mean of what *person* answered in *group*, None if that is nothing."""
    given = [person.answers[each.id] for each in group.statements if each.id in person.answers]
    return Fraction(sum(given), len(given)) if given else None


def own_total(person: Respondent, groups: Iterable[StatementGroup]) -> Fraction | None:
    """Return the sum of the person's means, None if a group has none."""
    total = Fraction()
    for group in groups:
        mean = own_mean(person, group)
        if mean is None:
            return None
        total += mean
    return total


def trend(assessment: SelfAssessment) -> tuple[AssessmentResult, ...]:
    """Return the results that can be compared with the latest, that one included, oldest first.

    Only totals of the same version compare: other statements, other totals.
    """
    latest = assessment.latest
    if latest is None:
        return ()
    return tuple(
        result
        for result in reversed(assessment.results)
        if result.questionnaire.version == latest.questionnaire.version and result.total is not None
    )


def tenths(value: Fraction, borders: Sequence[int]) -> int:
    """Return *value* in tenths as it is shown: rounded, half up, but never up to one of *borders*.

    >>> tenths(Fraction(279, 10), TOTAL_BORDERS), tenths(Fraction(2796, 100), TOTAL_BORDERS)
    (279, 279)
    >>> tenths(Fraction(2765, 100), TOTAL_BORDERS), tenths(Fraction(28), TOTAL_BORDERS)
    (277, 280)
    """
    rounded = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return rounded - any(value < border and rounded >= 10 * border for border in borders)


def _group(group: StatementGroup, people: Sequence[Respondent]) -> GroupScore:
    means = [mean for person in people if (mean := own_mean(person, group)) is not None]
    return GroupScore(
        group=group,
        mean=sum(means, Fraction()) / len(means) if means else None,
        answered=len(means),
        spread=_spread(means),
    )


def _spread(values: Sequence[Fraction]) -> Spread | None:
    return Spread(min(values), max(values)) if len(values) >= FEWEST else None


def _statements(groups: Iterable[StatementGroup], people: Sequence[Respondent]) -> Iterable[StatementScore]:
    for group in groups:
        for statement in group.statements:
            given = Counter(
                person.answers[statement.id] for person in people if statement.id in person.answers
            )
            count = given.total()
            if count >= FEWEST:
                mean = Fraction(sum(answer * times for answer, times in given.items()), count)
                one, two, three, four, five = (given[answer] for answer in SCALE)
                yield StatementScore(statement, group, mean, (one, two, three, four, five))


def _skipped(person: Respondent, groups: Iterable[StatementGroup]) -> int:
    """Count what *person* was asked and left out: what is for management, only if some of it was answered."""
    statements = [statement for group in groups for statement in group.statements]
    manages = any(statement.management and statement.id in person.answers for statement in statements)
    asked = [statement for statement in statements if manages or not statement.management]
    return sum(statement.id not in person.answers for statement in asked)


def _signs(asked: AssessmentRound) -> Iterable[SignCount]:
    lists = [person.signs for person in asked.respondents if person.signs is not None]
    if len(lists) >= FEWEST:
        for sign in asked.questionnaire.signs:
            yield SignCount(sign, sum(sign.id in recognised for recognised in lists), len(lists))
