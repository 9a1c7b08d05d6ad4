"""Measured values in words: numbers, amounts, periods and what was asked for. All spaces within them hold."""

from __future__ import annotations

from datetime import date, timedelta

from livingpolicy.language import Catalogue
from livingpolicy.model import Frequency, Level, Measurement, Period, Target
from livingpolicy.period import following, quarter

TIE = "\u00a0"
DECIMALS = 2
"""More says nothing to a reader."""
MOST_DECIMALS = 9
"""What two numbers differ by beyond that nobody has measured."""


def number(value: float, words: Catalogue, *, beside: float | None = None) -> str:
    """Return "1 250" or "2,4": at most two decimals, and none that are zero.

    A number that is compared with the one *beside* it gets as many as tell the two apart: 89.996 is not 90.
    """
    decimals = DECIMALS
    while beside is not None and value != beside and decimals < MOST_DECIMALS:
        if round(value, decimals) != round(beside, decimals):
            break
        decimals += 1
    return words.number(value, decimals=decimals)


def amount(value: float, unit: str, words: Catalogue, *, beside: float | None = None) -> str:
    """Return "2,4 minuter"; *unit* is one of the register's."""
    written = number(value, words, beside=beside)
    form = "one" if written == "1" else "other"
    return words.text(f"amount.{unit}.{form}", number=written).replace(" ", TIE)


def percent(share: float, words: Catalogue) -> str:
    """Return "93 %"."""
    return amount(share, "percent", words)


def cases(n: int, words: Catalogue) -> str:
    """Return "812 fall"."""
    form = "one" if n == 1 else "other"
    return words.text(f"level.cases.{form}", number=number(n, words)).replace(" ", TIE)


def period(period: Period, words: Catalogue) -> str:
    """Return "oktober 2026", "vecka 41 2026", "tredje kvartalet 2026", "2026" or "5 oktober 2026"."""
    first = period.first
    match period.frequency:
        case Frequency.DAILY:
            text = words.day(first)
        case Frequency.WEEKLY:
            year, week, _ = first.isocalendar()
            text = words.text("period.weekly", week=week, year=year)
        case Frequency.MONTHLY:
            text = words.month(first)
        case Frequency.QUARTERLY:
            text = words.text(f"period.quarterly.{quarter(first)}", year=first.year)
        case Frequency.YEARLY:
            text = words.text("period.yearly", year=first.year)
    return text.replace(" ", TIE)


def short_period(period: Period, words: Catalogue, *, year: bool = False) -> str:
    """Return "okt", "v. 41", "kv. 3" or "5 okt", with the *year* after it if asked for: "okt 2026"."""
    first = period.first
    shown, week, _ = first.isocalendar() if period.frequency is Frequency.WEEKLY else (first.year, 0, 0)
    text = words.text(
        f"period.short.{period.frequency}",
        day=first.day,
        month=words.text(f"month-short.{first.month}"),
        week=week,
        quarter=quarter(first),
        year=shown,
    )
    if year and period.frequency is not Frequency.YEARLY:
        text = words.text("period.short.with-year", period=text, year=shown)
    return text.replace(" ", TIE)


def limit(asked: Target | Level, words: Catalogue) -> str:
    """Return what a case must keep: "högst 3 minuter"; "" when it is not said."""
    if asked.at_most is not None:
        return words.text("level.at-most", amount=amount(asked.at_most, asked.unit, words))
    if asked.at_least is not None:
        return words.text("level.at-least", amount=amount(asked.at_least, asked.unit, words))
    return ""


def asked_for(asked: Target | Level, words: Catalogue) -> str:
    """Return what the result is compared with, for one who knows what is measured: "90 %", "högst 150"."""
    if asked.share is not None:
        return percent(asked.share, words)
    if asked.unit == "percent" and asked.at_most is None and asked.at_least is not None:
        return percent(asked.at_least, words)
    return limit(asked, words)


def result(measurement: Measurement, level: Level | None, target: Target, words: Catalogue) -> str | None:
    """Return the number that is judged: "93 %", "142"; None when a share is asked for and was not measured.

    *level* is what it was judged by; without one it is told as the *target* is today.
    """
    asked = level or target
    if asked.share is not None:
        within = measurement.within_target
        return None if within is None else amount(within, "percent", words, beside=asked.share)
    bound = asked.at_most if asked.at_most is not None else asked.at_least
    return amount(measurement.value, target.unit, words, beside=bound)


def in_period(period_: Period, words: Catalogue) -> str:
    """Return when something was: "i oktober 2026", "vecka 41 2026", "den 5 oktober 2026"."""
    return words.text(f"period.in.{period_.frequency}", period=period(period_, words))


def stale_on(latest: Period) -> date:
    """Return the first day on which a value of *latest* is too old: the period after it is over too."""
    return following(latest).last + timedelta(days=1)


def sentence(measurement: Measurement, level: Level | None, target: Target, words: Catalogue) -> str | None:
    """Return "93 % inom tre minuter (mål 90 %)", "142 (mål högst 150)"; None when there is no number."""
    figure = result(measurement, level, target, words)
    if figure is None:
        return None
    kind = "share" if (level or target).share is not None else "value"
    return words.text(
        f"targets.line.{kind}" if level else f"targets.line.{kind}-alone",
        figure=figure,
        of=(level or target).wording,
        asked=asked_for(level, words) if level else "",
    )
