"""Days, ISO weeks, months, quarters and years: reading, writing, and which comes before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from livingpolicy.model import Frequency, Period

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = timedelta(days=1)
_FORM = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:W(?P<week>[0-9]{2})|Q(?P<quarter>[0-9])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


class NoPeriodError(ValueError):
    """A text is no period."""

    def __init__(self, code: str) -> None:
        self.code = code
        """Of the problem: `period-form`, `no-such-period` (month 13, a week 53 too many) or `date-year`."""
        super().__init__(code)


def read_period(text: str) -> Period:
    """Read "2026-10-05", "2026-W41", "2026-10", "2026-Q3" or "2026".

    Raises:
        NoPeriodError: it is written in none of these ways, or there is no such period.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise NoPeriodError("period-form")
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoPeriodError("date-year")
    try:
        if found["week"]:
            return period_of(date.fromisocalendar(year, int(found["week"]), 1), Frequency.WEEKLY)
        if found["day"]:
            return period_of(date(year, int(found["month"]), int(found["day"])), Frequency.DAILY)
        if found["month"]:
            return period_of(date(year, int(found["month"]), 1), Frequency.MONTHLY)
        if found["quarter"]:
            return period_of(date(year, 3 * int(found["quarter"]) - 2, 1), Frequency.QUARTERLY)
    except ValueError:
        raise NoPeriodError("no-such-period") from None
    return period_of(date(year, 1, 1), Frequency.YEARLY)


def written_period(period: Period) -> str:
    """Return the period as `read_period` reads it: "2026-W41"."""
    first = period.first
    match period.frequency:
        case Frequency.DAILY:
            return first.isoformat()
        case Frequency.WEEKLY:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02}"
        case Frequency.MONTHLY:
            return f"{first.year}-{first.month:02}"
        case Frequency.QUARTERLY:
            return f"{first.year}-Q{quarter(first)}"
        case Frequency.YEARLY:
            return f"{first.year}"


def period_of(day: date, frequency: Frequency) -> Period:
    """Return the period that *day* lies in."""
    match frequency:
        case Frequency.DAILY:
            return Period(day, day, frequency)
        case Frequency.WEEKLY:
            monday = day - _DAY * (day.isoweekday() - 1)
            return Period(monday, monday + _DAY * 6, frequency)
        case Frequency.MONTHLY:
            first, months = day.replace(day=1), 1
        case Frequency.QUARTERLY:
            first, months = date(day.year, 3 * quarter(day) - 2, 1), 3
        case Frequency.YEARLY:
            first, months = date(day.year, 1, 1), 12
    count = first.month - 1 + months
    return Period(first, date(first.year + count // 12, count % 12 + 1, 1) - _DAY, frequency)


def quarter(day: date) -> int:
    """Return the quarter of the year, 1 to 4."""
    return (day.month + 2) // 3


def following(period: Period) -> Period:
    """Return the period that begins the day after."""
    return period_of(period.last + _DAY, period.frequency)


def preceding(period: Period) -> Period:
    """Return the period that ended the day before."""
    return period_of(period.first - _DAY, period.frequency)


def is_over(period: Period, today: date) -> bool:
    """Whether the last day of the period has passed."""
    return period.last < today


def periods_over(since: Period, today: date) -> Iterator[Period]:
    """Yield the periods from *since* on whose last day has passed, oldest first."""
    period = since
    while is_over(period, today):
        yield period
        period = following(period)
