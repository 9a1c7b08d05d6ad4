"""Times in words, as the gate, the pages and the picture say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from livingpolicy.dependencies.schedule import Chain
from livingpolicy.language import Catalogue
from livingpolicy.needs import department_id
from livingpolicy.workclock import DAYS, SECONDS

MOST_NAMED = 4
"""Holidays that are listed; who wants more has a calendar."""


def duration(amount: float, unit: str, words: Catalogue) -> str:
    """Return "4 timmar", "1 timme 30 minuter", "2 arbetsdagar"; no days at all are "samma dag"."""
    if unit in DAYS:
        return _counted(f"{amount:g}", unit, words) if amount else words.text("chain.same-day")
    seconds = round(amount * SECONDS[unit])
    hours, minutes = seconds // 3600, seconds % 3600 / 60
    parts = [_counted(str(hours), "hours", words)] if hours else []
    if minutes or not hours:
        written = f"{minutes:.2f}".rstrip("0").rstrip(".").replace(".", words.text("number.decimal"))
        parts.append(_counted(written or "0", "minutes", words))
    return " ".join(parts)


def when(moment: datetime, words: Catalogue, *, timed: bool = True) -> str:
    """Return "torsdagen den 2 april 2026 kl. 17.50"; the day alone at its end, or where no time matters."""
    if moment.time() == time():
        moment, timed = moment - timedelta(seconds=1), False
    day = words.text(
        "chain.day", weekday=words.text(f"weekday.{moment.isoweekday()}"), day=words.day(moment.date())
    )
    return words.text("chain.moment", day=day, time=f"{moment:%H}.{moment:%M}") if timed else day


def shortly(moment: datetime, words: Catalogue, *, timed: bool = True) -> str:
    """Return "tor 2 april kl. 17.50", where the year has been said."""
    if moment.time() == time():
        moment, timed = moment - timedelta(seconds=1), False
    day = words.text(
        "chain.short",
        weekday=words.text(f"weekday.{moment.isoweekday()}")[:3],
        day=moment.day,
        month=words.text(f"month-short.{moment.month}"),
    )
    return words.text("chain.moment", day=day, time=f"{moment:%H}.{moment:%M}") if timed else day


def in_turn(chain: Chain, names: Mapping[str, str], words: Catalogue) -> str:
    """Return who is waited for longest: "Lager (1 arbetsdag), sedan Ekonomi (2 arbetsdagar)".

    *names* are those of the departments, by id.
    """
    steps = sorted((step for step in chain.steps if step.longest), key=lambda step: step.begins.timestamp())
    parts: list[str] = []
    last: datetime | None = None
    for step in steps:
        one = words.text(
            "chain.part",
            department=names[department_id(step.need.department)],
            duration=duration(step.need.within, step.need.unit, words),
        )
        if last is not None and step.begins.timestamp() >= last.timestamp():
            one = words.text("chain.then", part=one)
        parts.append(one)
        last = step.ends
    return ", ".join(parts)


def holidays(chain: Chain, words: Catalogue) -> str:
    """Return the free weekdays on the way: "långfredagen och annandag påsk"; "" when there are none."""
    names = [
        _inside(name, words) if name else words.text("chain.closed", day=words.day(day))
        for day, name in chain.free
    ]
    shown = list(dict.fromkeys(names))[:MOST_NAMED]
    return words.listed(shown)


def _inside(name: str, words: Catalogue) -> str:
    """Return a holiday's name as it stands within a sentence: in Swedish small, but for Christ's."""
    return name[:1].lower() + name[1:] if words.language == "sv" and not name.startswith("Kristi") else name


def _counted(written: str, unit: str, words: Catalogue) -> str:
    return words.text(f"amount.{unit}.{'one' if written == '1' else 'other'}", number=written)
