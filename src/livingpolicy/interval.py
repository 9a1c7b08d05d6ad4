"""Lengths of time in whole calendar units: "6 months", "2 weeks", "1 year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

UNITS = {
    "day": "days", "days": "days", "dag": "days", "dagar": "days",
    "week": "weeks", "weeks": "weeks", "vecka": "weeks", "veckor": "weeks",
    "month": "months", "months": "months", "månad": "months", "månader": "months",
    "year": "years", "years": "years", "år": "years",
}  # fmt: skip

_PATTERN = re.compile(r"([1-9][0-9]{0,3}) ([a-zåäö]+)")


@dataclass(frozen=True, slots=True)
class Interval:
    """A whole number of days, weeks, months or years."""

    count: int
    unit: str
    """`days`, `weeks`, `months` or `years`."""

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read "6 months" or "6 månader".

        >>> Interval.parse("1 år")
        Interval(count=1, unit='years')

        Raises:
            ValueError: anything else, zero and negative numbers included.
        """
        match = _PATTERN.fullmatch(text.strip().lower())
        if match is None or match[2] not in UNITS:
            raise ValueError(f"{text!r} is not an interval")
        return cls(int(match[1]), UNITS[match[2]])

    def after(self, day: date) -> date:
        """Return *day* moved forward by the interval.

        The day of the month is kept where it exists and is otherwise the last one:
        31 August plus one month is 30 September.

        >>> Interval(1, "months").after(date(2026, 8, 31))
        datetime.date(2026, 9, 30)

        Raises:
            OverflowError: the result lies after the year 9999.
        """
        try:
            return day + self._delta
        except ValueError as error:
            raise OverflowError(str(error)) from error

    def before(self, day: date) -> date:
        """Return *day* moved back by the interval."""
        return day - self._delta

    @property
    def _delta(self) -> relativedelta:
        match self.unit:
            case "days":
                return relativedelta(days=self.count)
            case "weeks":
                return relativedelta(weeks=self.count)
            case "months":
                return relativedelta(months=self.count)
            case _:
                return relativedelta(years=self.count)

    @property
    def longest_days(self) -> int:
        """At most so many days, for comparing intervals of different units."""
        return self.count * {"days": 1, "weeks": 7, "months": 31, "years": 366}[self.unit]

    def __str__(self) -> str:
        """Return the canonical English form, as written in JSON: "6 months", "1 month"."""
        return f"{self.count} {self.unit if self.count > 1 else self.unit[:-1]}"
