"""The page of targets: how many were met, which were not, and of which nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Period, Snapshot, TargetState
from livingpolicy.render import measured
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url
from livingpolicy.render.pages.outcome import JUDGED, Outcome, outcome
from livingpolicy.render.pages.trends import picture
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of
from livingpolicy.render.trend_svg import SPARK
from livingpolicy.results import Standing, standing, worst_first

NAMED = 3
"""Missing periods that are named; of more it is said how many they are."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How it goes on the whole, exactly."""

    sentence: str
    """ "7 av 8 mål nåddes i oktober 2026." """
    periods: tuple[str, ...]
    """Each period with its own count, when they differ."""
    left_out: int
    """Targets that the sentence does not count."""


@dataclass(frozen=True, slots=True)
class Row:
    """A target in the list."""

    outcome: Outcome
    picture: Markup
    """Its trend; empty when nothing was measured."""
    missing: str
    """The periods without a value, in words; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The targets on the start page: those that somebody should look at by name, the others counted."""

    summary: Summary
    attention: tuple[Outcome, ...]
    """Missed ones and those whose value is too old, the worst first."""
    rest: str
    """What else is not counted in the summary's sentence; empty when there is nothing."""


ATTENTION = (Standing.MISSED, Standing.STALE)


def targets_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of all targets; none where the register has none."""
    if not snapshot.targets:
        return
    words = catalogue(snapshot.policy.language)
    url = named_url("targets", words, settings)
    html = (
        environment(words.language)
        .get_template("site/targets.html")
        .render(
            summary=summary(snapshot.targets, words),
            rows=[_row(state, url, snapshot, settings, words) for state in snapshot.targets],
            as_of=snapshot.as_of,
            version=version_of(snapshot),
            history=snapshot.history.complete,
        )
    )
    yield SitePage(
        url=url,
        id="targets",
        title=words.text("targets.title"),
        description=words.text("targets.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=tuple(Heading(state.target.id, state.target.name) for state in snapshot.targets),
        anchors=frozenset(state.target.id for state in snapshot.targets),
        wide=True,
        group=Group.TARGETS,
    )


def summary(states: Sequence[TargetState], words: Catalogue) -> Summary:
    """Return how many of the targets were met, and when: only those that can be judged today are counted."""
    judged = [state for state in states if standing(state) in JUDGED]
    by_period: dict[Period, list[Standing]] = {}
    for state in judged:
        if state.latest:
            by_period.setdefault(state.latest.measurement.period, []).append(standing(state))
    periods = sorted(by_period, key=lambda period: period.last, reverse=True)
    met = sum(standing(state) is Standing.MET for state in judged)
    if not judged:
        sentence = words.text("targets.summary.none")
    elif len(periods) == 1:
        when = measured.in_period(periods[0], words)
        sentence = words.count("targets.summary.same", len(judged), met=met, period=when)
    else:
        sentence = words.count("targets.summary.latest", len(judged), met=met)
    return Summary(
        sentence=sentence,
        periods=tuple(
            words.text(
                "targets.summary.part",
                period=measured.period(period, words),
                met=by_period[period].count(Standing.MET),
                count=len(by_period[period]),
            )
            for period in periods
        )
        if len(periods) > 1
        else (),
        left_out=len(states) - len(judged),
    )


def glance(snapshot: Snapshot, origin: str, settings: SiteSettings, words: Catalogue) -> Glance | None:
    """Return how it goes in short, for the page *origin*; None where there is no target."""
    if not snapshot.targets:
        return None
    states = worst_first(snapshot.targets)
    rest = Counter(standing(state) for state in states if standing(state) not in {*ATTENTION, *JUDGED})
    return Glance(
        summary=summary(snapshot.targets, words),
        attention=tuple(
            outcome(state, origin=origin, settings=settings, words=words, today=snapshot.as_of)
            for state in states
            if standing(state) in ATTENTION
        ),
        rest=", ".join(
            words.text("targets.start.rest", word=words.text(f"standing.{each}"), count=number)
            for each, number in rest.items()
        ),
    )


def missing(state: TargetState, words: Catalogue) -> str:
    """Return the periods without a value; empty when there is none. Of many the newest are named."""
    named = [measured.period(period, words) for period in state.missing[:NAMED]]
    more = len(state.missing) - NAMED
    if more > 0:
        return words.count("targets.missing-more", more, periods=", ".join(named))
    return words.listed(named[::-1])


def _row(state: TargetState, url: str, snapshot: Snapshot, settings: SiteSettings, words: Catalogue) -> Row:
    return Row(
        outcome=outcome(state, origin=url, settings=settings, words=words, today=snapshot.as_of),
        picture=picture(state, SPARK, words) if state.results else Markup(),
        missing=missing(state, words),
    )
