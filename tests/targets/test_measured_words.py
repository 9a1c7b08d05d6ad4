"""Numbers, amounts and periods as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from babel.numbers import format_decimal

from livingpolicy.language import catalogue
from livingpolicy.model import Period
from livingpolicy.period import read_period
from livingpolicy.render import measured

SV, EN = catalogue("sv"), catalogue("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "sv", "en"),
    [
        (3, "minutes", "3 minuter", "3 minutes"),
        (1, "hours", "1 timme", "1 hour"),
        (2.4, "hours", "2,4 timmar", "2.4 hours"),
        (0, "count", "0", "0"),
        (-0.0, "count", "0", "0"),
        (1250.5, "count", "1 250,5", "1,250.5"),
        (93, "percent", "93 %", "93%"),
        (4.35, "score", "4,35 poäng", "4.35 points"),
        (1 / 3, "days", "0,33 dagar", "0.33 days"),
        (1e9, "count", "1 000 000 000", "1,000,000,000"),
    ],
)
def test_an_amount_reads_as_people_write_it(value: float, unit: str, sv: str, en: str) -> None:
    assert plain(measured.amount(value, unit, SV)) == sv
    assert plain(measured.amount(value, unit, EN)) == en


@pytest.mark.parametrize("value", [0, 1, 2.4, 999.99, 1000, 12345.6, 1e8, 0.1 + 0.2])
def test_numbers_are_those_of_the_country(value: float) -> None:
    assert measured.number(value, SV) == format_decimal(value, "#,##0.##", locale="sv")
    assert measured.number(value, EN) == format_decimal(value, "#,##0.##", locale="en")


@pytest.mark.parametrize(
    ("written", "sv", "short", "en"),
    [
        ("2026-10-05", "5 oktober 2026", "5 okt", "5 October 2026"),
        ("2026-W53", "vecka 53 2026", "v. 53", "week 53 of 2026"),
        ("2026-10", "oktober 2026", "okt", "October 2026"),
        ("2026-Q3", "tredje kvartalet 2026", "kv. 3", "the third quarter of 2026"),
        ("2026", "2026", "2026", "2026"),
    ],
)
def test_a_period_has_a_name(written: str, sv: str, short: str, en: str) -> None:
    """Week 53 of 2026 ends in 2027 and is still of 2026."""
    period = read_period(written)
    assert plain(measured.period(period, SV)) == sv
    assert plain(measured.period(period, EN)) == en
    assert plain(measured.short_period(period, SV)) == short
    with_year = short if written == "2026" else f"{short} 2026"
    assert plain(measured.short_period(period, SV, year=True)) == with_year


def test_the_period_of_a_week_at_new_year_is_of_the_year_that_has_most_of_it() -> None:
    week = read_period("2026-W01")
    assert week == Period(date(2025, 12, 29), date(2026, 1, 4), week.frequency)
    assert plain(measured.short_period(week, SV, year=True)) == "v. 1 2026"


@pytest.mark.parametrize(
    ("value", "beside", "text"),
    [
        (90.0, 90.0, "90"),
        (89.996, 90.0, "89,996"),
        (89.99, 90.0, "89,99"),
        (93.0, 90.0, "93"),
        (2.4, 3.0, "2,4"),
        (3.0000001, 3.0, "3,0000001"),
        (100.0, None, "100"),
    ],
)
def test_a_value_that_missed_is_never_printed_as_if_it_were_the_limit(value, beside, text) -> None:
    assert measured.number(value, SV, beside=beside) == text
