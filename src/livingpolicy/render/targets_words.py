"""What is said of targets and their results in a line or a cell, without spaces that hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from livingpolicy.language import Catalogue
from livingpolicy.model import Level, Owner, Period, Result, Snapshot, Target, TargetState, Verdict
from livingpolicy.render import measured
from livingpolicy.results import Standing, standing, worst_first

MOST_PERIODS = 3
MOST_NAMES = 5
MOST_LINES = 8
"""Of the part of the nightly report; who has more of them opens the page."""


def aim(asked: Target | Level, words: Catalogue) -> str:
    """Return what was to be reached: "90 % inom tre minuter", "högst 150 ärenden"."""
    if asked.share is None:
        return asked.wording
    share = measured.percent(asked.share, words)
    return _loose(words.text("measured.share", share=share, wording=asked.wording))


def outcome(result: Result, target: Target, words: Catalogue) -> str:
    """Return what was reached: "93 %", "142"; "–" for what must not be shown."""
    if result.verdict is Verdict.WITHHELD:
        return "–"
    told = measured.result(result.measurement, result.level, target, words)
    return _loose(told or measured.amount(result.measurement.value, target.unit, words))


def period(told: Period, words: Catalogue) -> str:
    """Return "oktober 2026"."""
    return _loose(measured.period(told, words))


def periods(told: Sequence[Period], words: Catalogue) -> str:
    """Return "okt 2026, sep 2026 och 4 till"; "–" for none."""
    names = [_loose(measured.short_period(each, words, year=True)) for each in told]
    return _shortened(names, words, MOST_PERIODS) or "–"


def told_result(result: Result, target: Target, words: Catalogue) -> str:
    """Return a result in a sentence or two, as whoever enters it is told."""
    asked = result.level or target
    told = outcome(result, target, words)
    if result.verdict is Verdict.WITHHELD:
        told = words.text("measured.withheld")
    elif asked.share is not None and result.measurement.within_target is None:
        told = words.text("measured.share-unknown", value=told)
    elif result.level is not None:
        told = words.text("measured.with-aim", result=told, aim=aim(asked, words))
    return words.text(
        "measured.result",
        name=target.name,
        period=period(result.measurement.period, words),
        result=told,
        verdict=words.text(f"standing.{result.verdict}"),
    )


def to_attend(snapshot: Snapshot, words: Catalogue, owner: Owner | None = None) -> Iterator[str]:
    """Yield a line for each target that somebody should look at, the worst first, and how many are left.

    Those of one *owner* only, when one is given.
    """
    states = [
        state for state in worst_first(snapshot.targets) if owner is None or state.target.owner.id == owner.id
    ]
    told = [line for state in states if (line := _line(state, words)) is not None]
    never = [state.target.name for state in states if standing(state) is Standing.NEVER]
    if never:
        told.append(words.count("measured.never", len(never), names=_shortened(never, words, MOST_NAMES)))
    yield from told[:MOST_LINES]
    if len(told) > MOST_LINES:
        yield words.count("measured.others", len(told) - MOST_LINES)


def _line(state: TargetState, words: Catalogue) -> str | None:
    """Return what is to be said of a target that has been measured; None when all is well with it."""
    target, latest, where = state.target, state.latest, standing(state)
    if latest is None:
        return None
    values = {
        "name": target.name,
        "id": target.id,
        "owner": target.owner.name,
        "period": period(latest.measurement.period, words),
    }
    if where is Standing.MISSED:
        told = {"result": outcome(latest, target, words), "aim": aim(latest.level or target, words)}
        return words.text("measured.missed", **values, **told)
    if where is Standing.STALE:
        return words.text("measured.stale", **values)
    return (
        words.text("measured.missing", **values, periods=periods(state.missing, words))
        if state.missing
        else None
    )


def _shortened(names: Sequence[str], words: Catalogue, most: int) -> str:
    if len(names) > most:
        return words.count("measured.more", len(names) - most, names=", ".join(names[:most]))
    return ", ".join(names)


def _loose(text: str) -> str:
    """Return *text* with spaces that may break: a log, a mail and a search know no others."""
    return text.replace(measured.TIE, " ")
