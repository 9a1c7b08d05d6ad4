"""The self-assessment: what came of it, and the form on which it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import (
    AssessmentResult,
    GroupScore,
    SectionId,
    SelfAssessment,
    Snapshot,
    StatementScore,
    Status,
    WarningSign,
)
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, relative
from livingpolicy.render.pages.assessment_trend import HIGHEST, LOWEST, drawing
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.scores import mean_shown, means_shown, total_shown
from livingpolicy.scoring import FEWEST, MEAN_BORDERS, SCALE, TOTAL_BORDERS, trend

WEAKEST = 5
"""So many weak statements or groups are told at most: who is to do everything does nothing."""


@dataclass(frozen=True, slots=True)
class Help:
    """A section that is meant to help."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the table."""

    name: str
    shown: str | None
    """Its mean; None when nobody answered."""
    weak: bool
    width: int
    """Of its bar, in thousandths: 1 is nothing and 5 is all of it."""
    spread: str | None
    low: int
    high: int
    """The ends of the spread, in thousandths."""
    answered: int


@dataclass(frozen=True, slots=True)
class WeakRow:
    """Something to begin with."""

    text: str
    group: str | None
    """The group of a statement; None when it is a group itself."""
    shown: str
    helps: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in the table of all."""

    text: str
    shown: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SignRow:
    """A warning sign, and where to begin."""

    sign: WarningSign
    recognised: int | None
    """None when that may not be told."""
    asked: int
    helps: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The latest result, in words and lengths."""

    result: AssessmentResult
    total: str | None
    place: int
    """Of the total between 7 and 35, in thousandths."""
    spread: tuple[str, str] | None
    """The lowest and the highest total of a person."""
    low: int
    high: int
    unanswered: str
    """The groups that nobody answered."""
    groups: tuple[GroupRow, ...]
    weak: tuple[WeakRow, ...]
    strong: bool
    """Everything that may be told is 4 or more."""
    statements: tuple[tuple[str, tuple[StatementRow, ...]], ...]
    """Of each group that has some."""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A result beside the latest."""

    result: AssessmentResult
    total: str | None
    compares: bool


def assessment_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of the results and the form; none where nothing is asked."""
    if snapshot.assessment is not None:
        yield _results(snapshot, snapshot.assessment, settings)
        yield _form(snapshot, snapshot.assessment, settings)


def _results(snapshot: Snapshot, assessment: SelfAssessment, settings: SiteSettings) -> SitePage:
    words = catalogue(snapshot.policy.language)
    url = named_url("assessment", words, settings)
    helps = _Helps(snapshot, url, settings)
    latest = assessment.latest
    comparable = trend(assessment)
    html = (
        environment(words.language)
        .get_template("site/assessment.html")
        .render(
            form=relative(named_url("assessment-form", words, settings), url),
            statements=len(assessment.questionnaire.statements),
            latest=_shown(latest, helps, words) if latest else None,
            borders=_borders(),
            fewest=FEWEST,
            drawing=drawing(comparable, words) if len(comparable) > 1 else None,
            results=[
                EarlierRow(
                    result,
                    total_shown(result.total, words) if result.total is not None else None,
                    result in comparable,
                )
                for result in assessment.results
            ],
            signs=list(_signs(assessment, helps)),
            versions=len({result.questionnaire.version for result in assessment.results}) > 1,
        )
    )
    names = ["signs", "counting"]
    if latest:
        names = ["groups", "begin", "trend", *names]
    headings = tuple(Heading(name, words.text(f"assessment.{name}.title")) for name in names)
    return SitePage(
        url=url,
        id="assessment",
        title=words.text("assessment.title"),
        description=words.text("assessment.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(names),
        wide=True,
        group=Group.TARGETS,
    )


def _form(snapshot: Snapshot, assessment: SelfAssessment, settings: SiteSettings) -> SitePage:
    words = catalogue(snapshot.policy.language)
    asked = assessment.questionnaire
    url = named_url("assessment-form", words, settings)
    html = (
        environment(words.language)
        .get_template("site/assessment_form.html")
        .render(
            asked=asked,
            owner=snapshot.policy.owner,
            scale=SCALE,
            borders=_borders(),
            total_borders=TOTAL_BORDERS,
            mean_borders=MEAN_BORDERS,
            results=relative(named_url("assessment", words, settings), url),
        )
    )
    headings = [Heading(f"group-{group.id}", group.name) for group in asked.groups]
    if asked.signs:
        headings.append(Heading("signs", words.text("assessment.signs.title")))
    headings.append(Heading("result", words.text("assessment.form.result")))
    return SitePage(
        url=url,
        id="assessment-form",
        title=words.text("assessment.form.title"),
        description=words.text("assessment.form.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=tuple(headings),
        anchors=frozenset(heading.id for heading in headings),
        wide=True,
    )


class _Helps:
    """The sections in force that a weak answer leads to, by id."""

    def __init__(self, snapshot: Snapshot, origin: str, settings: SiteSettings) -> None:
        self._found = {
            item.section.id: Help(item.section.title, section_url(item, origin, settings))
            for item in snapshot.sections
            if item.status is not Status.RETIRED
        }

    def __call__(self, names: Iterable[SectionId]) -> tuple[Help, ...]:
        return tuple(self._found[name] for name in dict.fromkeys(names) if name in self._found)


def _shown(result: AssessmentResult, helps: _Helps, words: Catalogue) -> Shown:
    means = [each.mean for each in result.statements or result.groups if each.mean is not None]
    spread = result.spread
    return Shown(
        result=result,
        total=total_shown(result.total, words) if result.total is not None else None,
        place=_along(result.total, LOWEST, HIGHEST),
        spread=(total_shown(spread.low, words), total_shown(spread.high, words)) if spread else None,
        low=_along(spread.low, LOWEST, HIGHEST) if spread else 0,
        high=_along(spread.high, LOWEST, HIGHEST) if spread else 0,
        unanswered=", ".join(group.group.name for group in result.groups if group.mean is None),
        groups=tuple(_group(group, words) for group in result.groups),
        weak=tuple(_weak(result, helps, words)),
        strong=all(mean >= MEAN_BORDERS[1] for mean in means),
        statements=tuple(_statements(result.statements, words)),
    )


def _group(score: GroupScore, words: Catalogue) -> GroupRow:
    spread = score.spread
    return GroupRow(
        name=score.group.name,
        shown=mean_shown(score.mean, words) if score.mean is not None else None,
        weak=score.mean is not None and score.mean < MEAN_BORDERS[0],
        width=_along(score.mean, SCALE[0], SCALE[-1]),
        spread=means_shown(spread, words) if spread else None,
        low=_along(spread.low, SCALE[0], SCALE[-1]) if spread else 0,
        high=_along(spread.high, SCALE[0], SCALE[-1]) if spread else 0,
        answered=score.answered,
    )


def _weak(result: AssessmentResult, helps: _Helps, words: Catalogue) -> Iterable[WeakRow]:
    """Yield what is furthest from an asset: statements, or whole groups where those may not be told."""
    strong = MEAN_BORDERS[1]
    if result.statements:
        statements = [each for each in result.statements if each.mean < strong]
        for each in sorted(statements, key=lambda each: each.mean)[:WEAKEST]:
            found = helps(each.statement.sections)
            yield WeakRow(each.statement.text, each.group.name, mean_shown(each.mean, words), found)
        return
    groups = [
        (each.mean, each.group) for each in result.groups if each.mean is not None and each.mean < strong
    ]
    for mean, group in sorted(groups, key=lambda pair: pair[0])[:WEAKEST]:
        found = helps(name for statement in group.statements for name in statement.sections)
        yield WeakRow(group.name, None, mean_shown(mean, words), found)


def _statements(
    scores: Sequence[StatementScore], words: Catalogue
) -> Iterable[tuple[str, tuple[StatementRow, ...]]]:
    for group in dict.fromkeys(score.group for score in scores):
        yield (
            group.name,
            tuple(
                StatementRow(score.statement.text, mean_shown(score.mean, words), score.counts)
                for score in scores
                if score.group == group
            ),
        )


def _signs(assessment: SelfAssessment, helps: _Helps) -> Iterable[SignRow]:
    counts = {each.sign.id: each for each in assessment.latest.signs} if assessment.latest else {}
    for sign in assessment.questionnaire.signs:
        count = counts.get(sign.id)
        yield SignRow(
            sign, count.recognised if count else None, count.asked if count else 0, helps(sign.sections)
        )


def _borders() -> tuple[int, ...]:
    """Return the places of the borders between 7 and 35, in thousandths."""
    return tuple(_along(Fraction(border), LOWEST, HIGHEST) for border in TOTAL_BORDERS)


def _along(value: Fraction | None, low: int, high: int) -> int:
    """Return how far *value* is from *low* to *high*, in thousandths; 0 for nothing."""
    return 0 if value is None else round(1000 * (value - low) / (high - low))
