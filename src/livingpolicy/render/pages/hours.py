"""Opening hours in words, and in a form that a script can compare with the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from livingpolicy.language import Catalogue
from livingpolicy.model import Channel, OpeningHours, Policy


@dataclass(frozen=True, slots=True)
class Open:
    """A channel on some days: "Måndag–fredag", "8–18"."""

    days: str
    hours: str
    weekdays: str
    """ISO weekdays: "1 2 3 4 5"."""
    opens: str
    """`HH:MM`."""
    closes: str


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """When a channel is open through the week."""

    channel: Channel
    times: tuple[Open, ...]


def opening_hours(policy: Policy, words: Catalogue) -> tuple[OpenChannel, ...]:
    """Return the opening hours in the order of `policy.yml`."""
    return tuple(
        OpenChannel(channel, tuple(_open(entry, words) for entry in entries))
        for channel, entries in policy.opening_hours.items()
    )


def _open(entry: OpeningHours, words: Catalogue) -> Open:
    whole_day = entry.opens == "00:00" and entry.closes in {"23:59", "24:00"}
    days = ", ".join(
        words.text(f"weekday.{first}")
        if first == last
        else words.text(
            "site.hours.span", first=words.text(f"weekday.{first}"), last=words.text(f"weekday.{last}")
        )
        for first, last in _runs(entry.days)
    )
    return Open(
        days=words.text("site.hours.every-day") if len(entry.days) == 7 else days[:1].upper() + days[1:],
        hours=words.text("site.hours.round-the-clock")
        if whole_day
        else words.text("site.hours.span", first=_time(entry.opens, words), last=_time(entry.closes, words)),
        weekdays=" ".join(map(str, entry.days)),
        opens=entry.opens,
        closes=entry.closes,
    )


def _time(clock: str, words: Catalogue) -> str:
    hour, minute = clock.split(":")
    form = "site.hours.hour" if minute == "00" else "site.hours.minute"
    return words.text(form, hour=int(hour), minute=minute)


def _runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Return days that follow each other as first and last.

    >>> _runs((1, 2, 3, 5))
    [(1, 3), (5, 5)]
    """
    runs: list[tuple[int, int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
