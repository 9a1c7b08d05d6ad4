"""Periods: days, ISO weeks, months, quarters and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.model import Frequency
from livingpolicy.period import (
    NoPeriodError,
    following,
    is_over,
    period_of,
    periods_over,
    preceding,
    read_period,
    written_period,
)

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))
FREQUENCIES = st.sampled_from(Frequency)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10-05", "2026-10-05", "2026-10-05"),
        ("2028-02-29", "2028-02-29", "2028-02-29"),
        ("2026-W41", "2026-10-05", "2026-10-11"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_whole_days(text: str, first: str, last: str) -> None:
    period = read_period(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert written_period(period) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-W53", "no-such-period"),  # 2025 has 52 weeks, 2026 has 53
        ("2026-W54", "no-such-period"),
        ("2026-W00", "no-such-period"),
        ("2026-13", "no-such-period"),
        ("2026-00", "no-such-period"),
        ("2026-Q5", "no-such-period"),
        ("2026-Q0", "no-such-period"),
        ("2027-02-29", "no-such-period"),
        ("0000", "date-year"),
        ("1899-12", "date-year"),
        ("2200-01", "date-year"),
        ("2026-1", "period-form"),
        ("2026-W1", "period-form"),
        ("2026W41", "period-form"),
        ("2026-w41", "period-form"),
        ("20261005", "period-form"),
        ("202610", "period-form"),
        ("oktober 2026", "period-form"),
        ("2026-10 ", "period-form"),
        ("２０２６", "period-form"),
        ("", "period-form"),
    ],
)
def test_what_is_no_period_is_refused(text: str, code: str) -> None:
    with pytest.raises(NoPeriodError) as refused:
        read_period(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2026-12-31", "2027-01-01"),
        ("2028-02-28", "2028-02-29"),
        ("2026-W52", "2026-W53"),
        ("2026-W53", "2027-W01"),
        ("2025-W52", "2026-W01"),
        ("2026-12", "2027-01"),
        ("2026-Q4", "2027-Q1"),
        ("2026", "2027"),
    ],
)
def test_periods_follow_each_other_over_new_year(text: str, after: str) -> None:
    assert written_period(following(read_period(text))) == after
    assert written_period(preceding(read_period(after))) == text


@given(DAYS, FREQUENCIES)
def test_every_day_lies_in_one_period_that_reads_back(day: date, frequency: Frequency) -> None:
    period = period_of(day, frequency)
    assert period.first <= day <= period.last
    assert read_period(written_period(period)) == period


@given(DAYS, FREQUENCIES)
def test_periods_leave_no_day_out_and_share_none(day: date, frequency: Frequency) -> None:
    period = period_of(day, frequency)
    after = following(period)
    assert after.first - period.last == timedelta(days=1)
    assert preceding(after) == period
    assert period < after


@given(st.text(alphabet="0123456789-WQwqK ", max_size=12))
def test_whatever_is_read_is_written_the_same_way(text: str) -> None:
    try:
        period = read_period(text)
    except NoPeriodError:
        return
    assert written_period(period) == text


@pytest.mark.parametrize(("today", "over"), [("2026-10-31", False), ("2026-11-01", True)])
def test_a_period_is_over_the_day_after_its_last(today: str, over: bool) -> None:
    assert is_over(read_period("2026-10"), date.fromisoformat(today)) is over


def test_the_periods_that_are_over_end_before_today() -> None:
    found = periods_over(read_period("2026-W52"), date(2027, 1, 18))
    assert [written_period(period) for period in found] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
