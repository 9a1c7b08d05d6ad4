"""Lay all changes out on pages of a bearable size: years, their months where a year is much, and parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from livingpolicy.chronicle import Event

UNDATED = "0000-00"


@dataclass(frozen=True, slots=True)
class Sized:
    """A commit, how much room it takes, and the month it belongs to."""

    event: Event
    size: int
    """Bytes of HTML."""
    month: str
    """"2026-05"; of a commit without a date, that of the next older one with a date."""

    @property
    def year(self) -> str:
        """The year that the month is in."""
        return self.month[:4]


@dataclass(frozen=True, slots=True)
class Period:
    """A page: its commits, newest first, or the pages of the months it is divided into."""

    name: str
    """"2026", "2026-05", or "2026-05-2": the second part of that month, counted from its beginning."""
    events: tuple[Event, ...]
    months: tuple[str, ...] = ()

    @property
    def month(self) -> str | None:
        """The month, when it is one or a part of one."""
        return self.name[:7] if len(self.name) > 4 else None

    @property
    def part(self) -> int:
        """Which part of its month, counted from the beginning."""
        return int(self.name[8:] or 1)


def sized(events: Sequence[Event], sizes: Sequence[int]) -> list[Sized]:
    """Give each of *events* (newest first) its month."""
    month = UNDATED
    found = []
    for event, size in zip(reversed(events), reversed(sizes), strict=True):
        month = f"{event.landed_at:%Y-%m}" if event.landed_at else month
        found.append(Sized(event, size, month))
    return found[::-1]


def periods(events: Sequence[Sized], *, most: int) -> Iterator[Period]:
    """Yield the pages, newest first; no page holds more than *most* bytes unless one commit alone does.

    A year that fits on a page has one. Otherwise its page leads to its months, and a month has as many parts
    as it needs: the older ones stay as they are when something is added.
    """
    for year, of_year in groupby(_in_years(events), key=lambda each: each.year):
        found = list(of_year)
        if sum(each.size for each in found) <= most:
            yield Period(year, tuple(each.event for each in found))
            continue
        pages = [
            page for _, group in groupby(found, lambda each: each.month) for page in _parts([*group], most)
        ]
        yield Period(year, (), tuple(page.name for page in pages))
        yield from pages


def _in_years(events: Sequence[Sized]) -> list[Sized]:
    # Where a clock was wrong the months do not follow one another; each has its page all the same.
    return sorted(events, key=lambda each: each.month, reverse=True)


def _parts(found: Sequence[Sized], most: int) -> list[Period]:
    parts: list[list[Sized]] = [[]]
    room = most
    for each in reversed(found):
        if parts[-1] and each.size > room:
            parts.append([])
            room = most
        parts[-1].append(each)
        room -= each.size
    month = found[0].month
    return [
        Period(month if number == 1 else f"{month}-{number}", tuple(each.event for each in reversed(part)))
        for number, part in reversed([*enumerate(parts, start=1)])
    ]
