"""Intervals are whole calendar units."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.interval import Interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("6 months", Interval(6, "months")),
        ("1 month", Interval(1, "months")),
        ("6 månader", Interval(6, "months")),
        ("2 veckor", Interval(2, "weeks")),
        ("1 år", Interval(1, "years")),
        ("30 days", Interval(30, "days")),
        ("  3 Months ", Interval(3, "months")),
    ],
)
def test_an_interval_is_written_in_english_or_swedish(text: str, interval: Interval) -> None:
    assert Interval.parse(text) == interval


@pytest.mark.parametrize(
    "text",
    ["", "6", "months", "0 months", "-1 months", "ett år", "1.5 years", "6  months", "6 moons", "99999 days"],
)
def test_anything_else_is_no_interval(text: str) -> None:
    with pytest.raises(ValueError, match="not an interval"):
        Interval.parse(text)


@pytest.mark.parametrize(
    ("day", "interval", "due"),
    [
        ("2026-08-31", "1 month", "2026-09-30"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-03-28", "1 day", "2026-03-29"),
        ("2026-10-24", "2 weeks", "2026-11-07"),
    ],
)
def test_the_day_of_the_month_is_kept_or_is_the_last_one(day: str, interval: str, due: str) -> None:
    """Daylight saving starts on 29 March and ends on 25 October 2026; days are days all the same."""
    assert Interval.parse(interval).after(date.fromisoformat(day)).isoformat() == due


@given(st.integers(1, 9999), st.sampled_from(["days", "weeks", "months", "years"]))
def test_what_is_printed_can_be_read_back(count: int, unit: str) -> None:
    assert Interval.parse(str(Interval(count, unit))) == Interval(count, unit)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 400))
def test_a_longer_interval_never_ends_earlier(day: date, months: int) -> None:
    assert Interval(months, "months").after(day) < Interval(months + 1, "months").after(day)


def test_an_interval_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        Interval(9999, "years").after(date(2026, 1, 1))
