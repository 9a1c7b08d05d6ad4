"""What the report says below the table, if anything: about targets, the ledger, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from livingpolicy.effects import late_checks
from livingpolicy.errors import Problem
from livingpolicy.forecast import Forecast, forecast
from livingpolicy.language import Catalogue
from livingpolicy.model import AnyReview, Owner, Snapshot, TargetReview
from livingpolicy.render.targets_words import to_attend
from livingpolicy.signals import signals


@dataclass(frozen=True, slots=True)
class Points:
    """A sentence, and what it leads up to."""

    intro: str
    points: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A part of the report under a heading of its own."""

    heading: str
    parts: tuple[Points, ...]


def advice(snapshot: Snapshot, words: Catalogue, owner: Owner | None = None) -> Iterator[Advice]:
    """Yield what is to be said to everybody, or to one *owner*."""
    if missed := tuple(to_attend(snapshot, words, owner)):
        yield Advice(words.text("measured.report"), (Points(words.text("measured.report-intro"), missed),))
    theirs = {_named(item) for item in snapshot.items if owner is None or item.owner.id == owner.id}
    told = tuple(words.message(signal) for signal in signals(snapshot) if _concerns(signal, theirs, owner))
    if told:
        yield Advice(words.text("ledger.heading"), (Points(words.text("ledger.intro"), told),))
    late = tuple(words.message(one) for one in late_checks(snapshot) if _concerns(one, theirs, owner))
    if late:
        yield Advice(words.text("effects.heading"), (Points(words.text("effects.intro"), late),))
    ahead = forecast(snapshot.items, snapshot.policy.review, today=snapshot.as_of)
    ahead = replace(ahead, early=tuple(each for each in ahead.early if _named(each.item) in theirs))
    if ahead.full and (owner is None or ahead.early):
        yield Advice(words.text("forecast.heading"), tuple(_ahead(ahead, snapshot, words)))


def _named(item: AnyReview) -> tuple[str, str]:
    """Return how the values of a signal name *item*."""
    return "target" if isinstance(item, TargetReview) else "section", item.id


def _concerns(signal: Problem, theirs: set[tuple[str, str]], owner: Owner | None) -> bool:
    if "role" in signal.values:
        return owner is None or signal.values["role"] == owner.id
    return any(value in theirs for value in signal.values.items())


def _ahead(ahead: Forecast, snapshot: Snapshot, words: Catalogue) -> Iterator[Points]:
    weeks = (
        words.text(
            "forecast.week",
            monday=words.day(week.monday),
            sunday=words.day(week.sunday),
            sections=words.count("forecast.reviews", week.due),
        )
        for week in ahead.full
    )
    yield Points(words.text("forecast.intro", count=snapshot.policy.review.per_week), tuple(weeks))
    early = (
        words.text(
            "forecast.early",
            monday=words.day(each.monday),
            title=each.item.title,
            section=each.item.id,
            owner=each.item.owner.name,
            due=words.day(each.item.due_on) if each.item.due_on else "–",
        )
        for each in ahead.early
    )
    if ahead.early:
        yield Points(words.text("forecast.advice"), tuple(early), ordered=True)
