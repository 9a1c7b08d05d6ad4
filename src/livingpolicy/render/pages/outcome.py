"""How a target stands, in the words that the pages, the start page and the chapters print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from livingpolicy.language import Catalogue
from livingpolicy.model import Level, Measurement, Target, TargetState, Verdict
from livingpolicy.render import measured
from livingpolicy.render.pages.addresses import named_url, relative
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.results import Standing, standing

JUDGED = (Standing.MET, Standing.MISSED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The latest result of a target, as far as it may be shown."""

    target: Target
    standing: Standing
    verdict: Verdict | None
    """Of the latest period, old as it may be; None when nothing was measured."""
    url: str
    """The target's page."""
    figure: str | None
    """What is judged: "93 %", "142"; None when there is nothing to show."""
    of: str
    """What the figure is of, if not of itself: "inom tre minuter"."""
    says: str | None
    """The figure and the target in one: "93 % inom tre minuter (mål 90 %)"."""
    asked: str
    """What it is compared with: "90 %", "högst 150"; empty when none was in force."""
    period: str | None
    """The latest period, which may be shown even where its value may not."""
    usual: str | None
    """"2,4 minuter": what is usual, where a share is judged."""
    cases: str | None
    comment: str | None
    stale_on: date | None
    """The first day on which the value is too old; None when there is none."""
    since: date | None
    """The day since which the level applies; None when that is not known."""

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing of today, and the one that time will bring."""
        if self.stale_on is None or self.standing in {Standing.STALE, Standing.WITHHELD}:
            return (self.standing,)
        return (self.standing, Standing.STALE)


def outcome(
    state: TargetState, *, origin: str, settings: SiteSettings, words: Catalogue, today: date
) -> Outcome:
    """Return the outcome of *state*, with its address from the page *origin*."""
    target, latest = state.target, state.latest
    now = level_on(state.levels, today)
    shown = latest if latest and latest.verdict is not Verdict.WITHHELD else None
    measurement = shown.measurement if shown else None
    level = latest.level if latest else None
    has_share = (level or target).share is not None
    return Outcome(
        target=target,
        standing=standing(state),
        verdict=latest.verdict if latest else None,
        url=relative(target_url(target.id, words, settings), origin),
        figure=measured.result(measurement, level, target, words) if measurement else None,
        of=(level or target).wording if has_share else "",
        says=measured.sentence(measurement, level, target, words) if measurement else None,
        asked=measured.asked_for(level, words) if level else "",
        period=measured.period(latest.measurement.period, words) if latest else None,
        usual=measured.amount(measurement.value, target.unit, words) if measurement and has_share else None,
        cases=_cases(measurement, words),
        comment=measurement.comment if measurement else None,
        stale_on=measured.stale_on(latest.measurement.period) if latest else None,
        since=now.effective_from if now else None,
    )


def target_url(target: str, words: Catalogue, settings: SiteSettings) -> str:
    """Return the address of the page of a target, by its id."""
    return named_url("targets", words, settings, target)


def level_on(levels: Iterable[Level], day: date) -> Level | None:
    """Return the level in force on a day; *levels* are newest first."""
    level = next((level for level in levels if level.effective_from <= day), None)
    return level if level and (level.ended is None or level.ended > day) else None


def goal(asked: Target | Level, words: Catalogue) -> str:
    """Return the whole target: "90 % inom tre minuter", "högst 150 ärenden"."""
    if asked.share is None:
        return asked.wording
    return words.text("targets.goal", share=measured.percent(asked.share, words), wording=asked.wording)


def _cases(measurement: Measurement | None, words: Catalogue) -> str | None:
    return None if measurement is None or measurement.n is None else measured.cases(measurement.n, words)
