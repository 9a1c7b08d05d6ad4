"""The small change of the report on a proposal: names in a row, "500 → 1 000 kr", "6 → 24 månader"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from livingpolicy.diff.facts import number
from livingpolicy.disclosure import Amount, Figure, Setting
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue
from livingpolicy.model import OpeningHours

MOST_NAMES = 3
MOST_FILES = 5


def named(names: Sequence[str], words: Catalogue, most: int = MOST_NAMES) -> str:
    """Return "A, B och C", or "A, B, C och 4 till"."""
    if len(names) > most:
        return words.count("proposal.more", len(names) - most, names=", ".join(names[:most]))
    return words.listed(names)


def changed(before: str | None, after: str | None, words: Catalogue) -> str:
    """Return "before → after"; what was not there, or is no more, is said in words."""
    if not before:
        return words.text("proposal.set", after=after or words.text("proposal.none"))
    if not after:
        return words.text("proposal.unset", before=before)
    return words.text("proposal.change", before=before, after=after)


def lasting(interval: Interval, words: Catalogue) -> str:
    """Return "6 månader"."""
    return words.count(f"unit.{interval.unit}", interval.count)


def intervals(before: Interval, after: Interval, words: Catalogue) -> str:
    """Return "6 → 24 månader"."""
    was = str(before.count) if before.unit == after.unit else lasting(before, words)
    return changed(was, lasting(after, words), words)


def figure(told: Figure, words: Catalogue) -> str:
    """Return "500 → 1 000 kr"."""
    before, after = (number(value, words) if value is not None else "" for value in (told.before, told.after))
    before_unit, unit = (_unit(unit, told, words) for unit in (told.unit_before, told.unit))
    if not (before and after and before_unit == unit):
        before = f"{before} {before_unit}".strip() if before else ""
    return changed(before, f"{after} {unit}".strip() if after else "", words)


def _unit(unit: str, told: Figure, words: Catalogue) -> str:
    if told.amount in {Amount.MANDATE, Amount.POSTER}:
        return unit
    return words.texts.get(f"proposal.unit.{unit}", unit)


def settings(before: Setting, after: Setting, words: Catalogue) -> str:
    """Return "14 → 60 dagar", "Nära → Snabba"."""
    if isinstance(before, Interval) and isinstance(after, Interval):
        return intervals(before, after, words)
    return changed(setting(before, words), setting(after, words), words)


def setting(value: Setting, words: Catalogue) -> str:
    """Return a setting as a reader knows it; "" for none."""
    if isinstance(value, Interval):
        return lasting(value, words)
    if isinstance(value, tuple):
        return ", ".join(_hours(each, words) if isinstance(each, OpeningHours) else each for each in value)
    return "" if value is None else str(value)


def _hours(hours: OpeningHours, words: Catalogue) -> str:
    days = [words.text(f"weekday.{day}") for day in (hours.days[0], hours.days[-1])]
    span = days[0] if days[0] == days[1] else "–".join(days)
    return f"{span} {hours.opens}–{hours.closes}"


def files(paths: Iterable[str], words: Catalogue) -> str:
    """Return the first few of *paths*, and how many there are besides."""
    return named(list(paths), words, MOST_FILES)
