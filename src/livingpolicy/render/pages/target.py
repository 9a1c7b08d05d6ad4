"""The page of a target: what was promised, what became of it period by period, and when it was another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.markup import target_references
from livingpolicy.model import (
    Channel,
    Improvement,
    Level,
    Measurement,
    Result,
    Section,
    SectionReview,
    Snapshot,
    Status,
    Target,
    TargetState,
    Verdict,
)
from livingpolicy.render import measured
from livingpolicy.render.chain_figure import chain_figure
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import edit_address, named_url, relative
from livingpolicy.render.pages.departments import department_links
from livingpolicy.render.pages.outcome import goal, level_on, outcome, target_url
from livingpolicy.render.pages.sections import Facts, facts, section_url
from livingpolicy.render.pages.trends import charts
from livingpolicy.render.pages.values import Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of
from livingpolicy.results import level_then

MOST = 60
"""Periods in the table, the latest ones."""


@dataclass(frozen=True, slots=True)
class Line:
    """A period in the table; "" is an empty cell."""

    period: str
    first: date
    standing: str
    """What became of it: a verdict, or `missing`."""
    result: str = ""
    asked: str = ""
    usual: str = ""
    spread: str = ""
    cases: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level of the target, and the time it was in force."""

    level: Level
    goal: str
    limit: str
    last: date | None
    """Its last day; None: it is in force, or comes."""
    now: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A section that the target stands in."""

    title: str
    chapter: str
    url: str


def target_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of every target."""
    for state in snapshot.targets:
        yield target_page(state, snapshot, settings)


def target_page(state: TargetState, snapshot: Snapshot, settings: SiteSettings) -> SitePage:
    """Return the page of a target."""
    words = catalogue(snapshot.policy.language)
    target = state.target
    url = target_url(target.id, words, settings)
    lines = table(state, words)
    levels = level_lines(state, words, snapshot.as_of)
    places = [
        Place(item.section.title, item.chapter.title, section_url(item, url, settings))
        for item in sections_of(target, snapshot)
    ]
    improvements = [one for one in snapshot.improvements if one.target == target.id]
    parts = {
        "trend": bool(state.results),
        "table": bool(lines),
        "levels": bool(levels),
        "needs": bool(target.needs),
        "sections": bool(places),
        "improvements": bool(improvements),
    }
    html = (
        environment(words.language)
        .get_template("site/target.html")
        .render(
            target=target,
            outcome=outcome(state, origin=url, settings=settings, words=words, today=snapshot.as_of),
            goal=goal(target, words),
            review=_review(target, snapshot),
            facts=_facts(target, words),
            charts=charts(state, words),
            lines=lines[:MOST],
            more=max(0, len(lines) - MOST),
            columns={
                name: any(getattr(line, name) for line in lines)
                for name in ("usual", "spread", "cases", "comment")
            },
            levels=levels,
            complete=snapshot.history.complete,
            waiting=chain_figure(
                target,
                snapshot.policy,
                words,
                snapshot.as_of,
                links=department_links(snapshot.policy, url, settings),
            ),
            places=places,
            improvements=[(one, _stands(one, words)) for one in improvements],
            back=relative(named_url("targets", words, settings), url),
            edit=edit_address(target.source.path, target.source.line, settings),
            as_of=snapshot.as_of,
            version=version_of(snapshot),
        )
    )
    headings = tuple(
        Heading(name, words.text(f"targets.heading.{name}")) for name, there in parts.items() if there
    )
    return SitePage(
        url=url,
        id=f"target-{target.id}",
        title=target.name,
        description=words.text("targets.page", name=target.name, goal=goal(target, words)),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        wide=True,
    )


def table(state: TargetState, words: Catalogue) -> list[Line]:
    """Return every period, newest first, those without a value too."""
    lines = [_line(result, state.target, words) for result in state.results]
    lines += [
        Line(
            period=measured.period(period, words),
            first=period.first,
            standing="missing",
            asked=_asked(level_then(state.levels, period), words),
        )
        for period in state.missing
    ]
    return sorted(lines, key=lambda line: line.first, reverse=True)


def _line(result: Result, target: Target, words: Catalogue) -> Line:
    measurement = result.measurement
    period = measured.period(measurement.period, words)
    if result.verdict is Verdict.WITHHELD:
        return Line(period, measurement.period.first, result.verdict.value)
    share = (result.level or target).share is not None
    return Line(
        period=period,
        first=measurement.period.first,
        standing=result.verdict.value,
        result=measured.result(measurement, result.level, target, words) or "",
        asked=_asked(result.level, words),
        usual=measured.number(measurement.value, words) if share else "",
        spread=_spread(measurement, words),
        cases="" if measurement.n is None else measured.number(measurement.n, words),
        comment=measurement.comment or "",
    )


def _asked(level: Level | None, words: Catalogue) -> str:
    return measured.asked_for(level, words) if level else ""


def _spread(measurement: Measurement, words: Catalogue) -> str:
    if measurement.low is None or measurement.high is None:
        return ""
    return words.text(
        "targets.spread",
        low=measured.number(measurement.low, words),
        high=measured.number(measurement.high, words),
    )


def level_lines(state: TargetState, words: Catalogue, today: date) -> list[LevelLine]:
    """Return the levels of the target, newest first, each with its last day.

    A level that a later commit replaced from a day before its own was never in force, and is left out.
    """
    now = level_on(state.levels, today)
    lines = []
    after: date | None = None
    for level in state.levels:
        ends = min((day for day in (level.ended, after) if day), default=None)
        if ends and ends <= level.effective_from:
            continue
        lines.append(
            LevelLine(
                level=level,
                goal=goal(level, words),
                limit=measured.limit(level, words),
                last=ends - timedelta(days=1) if ends else None,
                now=level is now,
                coming=level.effective_from > today,
            )
        )
        after = level.effective_from
    return lines


def sections_of(target: Target, snapshot: Snapshot) -> list[SectionReview]:
    """Return the sections in force that name the target or print it, in reading order."""
    return [
        item
        for item in snapshot.sections
        if item.status is not Status.RETIRED
        and (item.section.metadata.target == target.id or target.id in _printed(item.section))
    ]


def _printed(section: Section) -> set[str]:
    texts = (section.body, *section.metadata.steps)
    return {*section.metadata.prints, *(name for text in texts for name in target_references(text))}


def _review(target: Target, snapshot: Snapshot) -> Facts | None:
    """Return when the target was reviewed and is due, as a section's line tells it; None when not known."""
    item = next((one for one in snapshot.target_reviews if one.id == target.id), None)
    return facts(item, snapshot.policy, today=snapshot.as_of) if item else None


def _facts(target: Target, words: Catalogue) -> list[tuple[str, str]]:
    """Return what the register says of the target, as names and values."""
    channel = words.text(f"channel.{Channel(target.channel)}") if target.channel else ""
    facts = {
        "limit": measured.limit(target, words),
        "share": words.text("targets.facts.share-is", share=measured.percent(target.share, words))
        if target.share is not None
        else "",
        "clock": words.text(f"targets.clock.{target.clock}") if target.clock else "",
        "channel": channel,
        "measured": words.text(f"measured-every.{target.measured}") if target.measured else "",
        "review": words.text("targets.facts.review-is", interval=words.interval(target.interval)),
    }
    return [(words.text(f"targets.facts.{name}"), value) for name, value in facts.items() if value]


def _stands(improvement: Improvement, words: Catalogue) -> str:
    """Return what became of an improvement: its benefit, or when somebody will look."""
    if improvement.check:
        return words.text(f"targets.improvement.{improvement.check.benefit}")
    if improvement.decision:
        return words.text("targets.improvement.unseen")
    return words.text("targets.improvement.check", day=words.unbroken_day(improvement.check_on))
