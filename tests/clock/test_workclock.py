"""When time passes, as tables that a manager can check against the calendar on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.model import Channel, OpeningHours
from livingpolicy.workclock import (
    Calendar,
    WorkClock,
    clocks_of,
    countries,
    deadline,
    elapsed,
    starts,
    worst_case,
)
from tests.samples import policy

STOCKHOLM = "Europe/Stockholm"
WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
OFFICE = (1, 2, 3, 4, 5)

SWEDEN = Calendar(STOCKHOLM)
CLOCKS: Mapping[str, WorkClock] = {
    "mejl 8–18": WorkClock(SWEDEN, (OpeningHours(OFFICE, "08:00", "18:00"),)),
    "telefon 8–18, lör 10–15": WorkClock(
        SWEDEN, (OpeningHours(OFFICE, "08:00", "18:00"), OpeningHours((6,), "10:00", "15:00"))
    ),
    "chatt 8–20, lör–sön 10–16": WorkClock(
        SWEDEN, (OpeningHours(OFFICE, "08:00", "20:00"), OpeningHours((6, 7), "10:00", "16:00"))
    ),
    "reception 8–12, 13–17": WorkClock(
        SWEDEN, (OpeningHours(OFFICE, "13:00", "17:00"), OpeningHours(OFFICE, "08:00", "12:00"))
    ),
    "webb alltid": WorkClock(SWEDEN, (OpeningHours((*OFFICE, 6, 7), "00:00", "24:00"),)),
    "jour 22–24": WorkClock(SWEDEN, (OpeningHours((*OFFICE, 6, 7), "22:00", "24:00"),)),
    "dygnet runt": WorkClock(SWEDEN),
}
HOLIDAYS = "mejl, stängt mellandagarna"
CLOCKS = {
    **CLOCKS,
    HOLIDAYS: WorkClock(
        Calendar(STOCKHOLM, closed_days=frozenset({date(2026, 12, 28), date(2026, 12, 29)})),
        (OpeningHours(OFFICE, "08:00", "18:00"),),
    ),
}


def at(text: str) -> datetime:
    """Return "fre 2026-11-27 16:00" as a moment. 24:00 is the end of that day, a * the second time round."""
    weekday, day, hour = text.split()
    assert WEEKDAYS[date.fromisoformat(day).weekday()] == weekday, text
    if hour == "24:00":
        day, hour = str(date.fromisoformat(day) + timedelta(days=1)), "00:00"
    moment = datetime.fromisoformat(f"{day}T{hour.rstrip('*')}").replace(tzinfo=ZoneInfo(STOCKHOLM))
    return moment.replace(fold=int(hour.endswith("*")))


TABLE = [
    # An ordinary week
    ("mån 2026-11-23 09:00", "4 hours", "mejl 8–18", "mån 2026-11-23 13:00"),
    ("fre 2026-11-27 16:00", "4 hours", "mejl 8–18", "mån 2026-11-30 10:00"),
    ("fre 2026-11-27 18:00", "1 minutes", "mejl 8–18", "mån 2026-11-30 08:01"),
    ("fre 2026-11-27 14:00", "4 hours", "mejl 8–18", "fre 2026-11-27 18:00"),
    ("lör 2026-11-28 20:00", "4 hours", "mejl 8–18", "mån 2026-11-30 12:00"),
    ("mån 2026-11-23 09:00", "20 hours", "mejl 8–18", "ons 2026-11-25 09:00"),
    ("mån 2026-11-23 09:00", "2.5 hours", "mejl 8–18", "mån 2026-11-23 11:30"),
    ("mån 2026-11-23 09:00", "0 hours", "mejl 8–18", "mån 2026-11-23 09:00"),
    ("mån 2026-11-23 11:30", "1 hours", "reception 8–12, 13–17", "mån 2026-11-23 13:30"),
    ("fre 2026-11-27 17:00", "2 hours", "telefon 8–18, lör 10–15", "lör 2026-11-28 11:00"),
    ("lör 2026-11-28 14:00", "2 hours", "telefon 8–18, lör 10–15", "mån 2026-11-30 09:00"),
    ("fre 2026-11-27 23:30", "1 hours", "webb alltid", "lör 2026-11-28 00:30"),
    ("mån 2026-11-23 23:30", "1 hours", "jour 22–24", "tis 2026-11-24 22:30"),
    # Holidays: the hours of a Sunday
    ("tor 2026-04-02 17:50", "4 hours", "mejl 8–18", "tis 2026-04-07 11:50"),
    ("fre 2026-04-03 11:00", "3 hours", "chatt 8–20, lör–sön 10–16", "fre 2026-04-03 14:00"),
    ("fre 2026-04-03 11:00", "3 hours", "webb alltid", "fre 2026-04-03 14:00"),
    ("lör 2026-06-06 11:00", "1 hours", "telefon 8–18, lör 10–15", "mån 2026-06-08 09:00"),
    # Midsummer, Christmas and New Year's Eves are no working days; Twelfth Night is
    ("tor 2026-06-18 17:00", "2 hours", "mejl 8–18", "mån 2026-06-22 09:00"),
    ("ons 2026-12-23 17:00", "2 hours", "mejl 8–18", "mån 2026-12-28 09:00"),
    ("ons 2026-12-30 17:00", "2 hours", "mejl 8–18", "mån 2027-01-04 09:00"),
    ("tis 2027-01-05 17:00", "2 hours", "mejl 8–18", "tor 2027-01-07 09:00"),
    ("ons 2026-12-23 17:00", "2 hours", HOLIDAYS, "ons 2026-12-30 09:00"),
    # The nights on which the clocks are changed: 29 March has 23 hours, 25 October 25
    ("lör 2026-03-28 12:00", "24 hours", "dygnet runt", "sön 2026-03-29 13:00"),
    ("lör 2026-10-24 12:00", "24 hours", "dygnet runt", "sön 2026-10-25 11:00"),
    ("sön 2026-03-29 01:30", "1 hours", "dygnet runt", "sön 2026-03-29 03:30"),
    ("sön 2026-10-25 02:30", "1 hours", "dygnet runt", "sön 2026-10-25 02:30*"),
    ("sön 2026-10-25 02:30*", "1 hours", "webb alltid", "sön 2026-10-25 03:30"),
    ("lör 2026-10-24 23:00", "25 hours", "webb alltid", "sön 2026-10-25 23:00"),
    ("fre 2026-03-27 17:00", "2 hours", "mejl 8–18", "mån 2026-03-30 09:00"),
    # Days: that of the beginning is not counted, and the whole of the last one is
    ("mån 2026-11-23 09:00", "2 days", "dygnet runt", "ons 2026-11-25 24:00"),
    ("mån 2026-11-23 23:59", "2 days", "dygnet runt", "ons 2026-11-25 24:00"),
    ("lör 2026-03-28 12:00", "1 days", "dygnet runt", "sön 2026-03-29 24:00"),
    ("lör 2026-10-24 12:00", "1 days", "dygnet runt", "sön 2026-10-25 24:00"),
    ("fre 2026-11-27 16:00", "2 days", "telefon 8–18, lör 10–15", "mån 2026-11-30 24:00"),
    ("mån 2026-11-23 09:00", "0 days", "dygnet runt", "mån 2026-11-23 24:00"),
    # Working days
    ("tis 2026-11-24 10:00", "5 working-days", "dygnet runt", "tis 2026-12-01 24:00"),
    ("fre 2026-11-27 10:00", "1 working-days", "dygnet runt", "mån 2026-11-30 24:00"),
    ("lör 2026-11-28 10:00", "1 working-days", "telefon 8–18, lör 10–15", "mån 2026-11-30 24:00"),
    ("lör 2026-11-28 10:00", "0 working-days", "dygnet runt", "mån 2026-11-30 24:00"),
    ("tor 2026-04-02 09:00", "1 working-days", "dygnet runt", "tis 2026-04-07 24:00"),
    ("tor 2026-06-18 09:00", "1 working-days", "dygnet runt", "mån 2026-06-22 24:00"),
    ("ons 2026-12-23 09:00", "4 working-days", "dygnet runt", "mån 2027-01-04 24:00"),
    ("ons 2026-12-23 09:00", "1 working-days", HOLIDAYS, "ons 2026-12-30 24:00"),
    ("mån 2026-11-23 24:00", "1 working-days", "dygnet runt", "tis 2026-11-24 24:00"),
]


@pytest.mark.parametrize(("start", "promise", "clock", "answer"), TABLE)
def test_when_something_is_to_be_done(start: str, promise: str, clock: str, answer: str) -> None:
    amount, unit = promise.split()
    found = deadline(at(start), float(amount), unit, CLOCKS[clock])
    assert found is not None
    assert found == at(answer)
    assert found.fold == at(answer).fold
    assert found.utcoffset() == at(answer).utcoffset()


@pytest.mark.parametrize(
    ("start", "end", "unit", "clock", "passed"),
    [
        ("fre 2026-11-27 16:00", "mån 2026-11-30 10:00", "hours", "mejl 8–18", 4),
        ("fre 2026-11-27 16:00", "sön 2026-11-29 10:00", "hours", "mejl 8–18", 2),
        ("fre 2026-11-27 16:00", "fre 2026-11-27 16:45", "minutes", "mejl 8–18", 45),
        ("lör 2026-03-28 12:00", "sön 2026-03-29 12:00", "hours", "dygnet runt", 23),
        ("lör 2026-10-24 12:00", "sön 2026-10-25 12:00", "hours", "webb alltid", 25),
        ("mån 2026-11-23 09:00", "mån 2026-11-23 17:00", "working-days", "dygnet runt", 0),
        ("fre 2026-11-27 09:00", "mån 2026-11-30 08:10", "working-days", "dygnet runt", 1),
        ("fre 2026-11-27 09:00", "lör 2026-11-28 08:10", "working-days", "dygnet runt", 1),
        ("tor 2026-04-02 09:00", "ons 2026-04-08 24:00", "days", "dygnet runt", 6),
        ("tor 2026-04-02 09:00", "ons 2026-04-08 24:00", "working-days", "dygnet runt", 2),
        ("ons 2026-04-08 09:00", "tor 2026-04-02 09:00", "hours", "dygnet runt", 0),
    ],
)
def test_how_much_time_has_passed(start: str, end: str, unit: str, clock: str, passed: float) -> None:
    assert elapsed(at(start), at(end), unit, CLOCKS[clock]) == passed


def test_midsummer_christmas_and_new_years_eves_are_no_working_days() -> None:
    """They are no public holidays by law, but the law on time limits counts them so, and nobody works."""
    assert SWEDEN.holiday(date(2026, 6, 19)) == "Midsommarafton"
    assert SWEDEN.holiday(date(2026, 12, 24)) == "Julafton"
    assert SWEDEN.holiday(date(2026, 12, 31)) == "Nyårsafton"
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(365))
    closed = {day for day in days if day.weekday() < 5 and not SWEDEN.is_working(day)}
    assert {f"{day:%m-%d}" for day in closed} == {
        "01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25", "12-31",
    }  # fmt: skip


@pytest.mark.parametrize("day", ["2026-01-05", "2026-04-02", "2026-04-30", "2026-10-30"])
def test_the_other_eves_are_working_days(day: str) -> None:
    """Many go home early, but that is for each company to say, in `closed_days`."""
    assert SWEDEN.is_working(date.fromisoformat(day))


def test_another_country_has_its_own_days_in_the_readers_words() -> None:
    norway = Calendar("Europe/Oslo", "NO", "sv")
    assert norway.holiday(date(2026, 5, 17)) is not None
    assert norway.is_working(date(2026, 6, 19))
    assert Calendar(STOCKHOLM, "SE", "en").holiday(date(2026, 12, 25)) == "Christmas Day"
    assert not Calendar("Asia/Riyadh", "SA").is_working(date(2026, 11, 27)), "Fridays are free there"
    assert countries()["SE"] == "Sweden"


def test_beyond_the_known_holidays_there_are_only_weekends() -> None:
    """The calendar ends in 2100. Nothing is guessed for the time after."""
    assert SWEDEN.is_working(date(2150, 12, 25))
    assert not SWEDEN.is_working(date(2150, 12, 26)), "a Saturday"


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        (1, "minutes", ()),
        (1, "days", ()),
        (4, "hours", (OpeningHours((1,), "02:30", "02:30"),)),
        (1e9, "hours", None),
        (1e9, "working-days", None),
        (1e9, "minutes", (OpeningHours((1,), "08:00", "12:00"),)),
    ],
)
def test_what_never_opens_and_what_takes_ten_years_has_no_deadline(
    amount: float, unit: str, hours: tuple[OpeningHours, ...] | None
) -> None:
    clock = WorkClock(SWEDEN, hours)
    assert deadline(at("mån 2026-11-23 09:00"), amount, unit, clock) is None
    assert worst_case(amount, unit, clock, date(2026, 11, 23), date(2026, 11, 23)) is None


def test_a_channel_open_in_the_hour_that_is_not_there_does_not_go_backwards() -> None:
    """02:15 to 02:45 on the night to 29 March is a quarter past three to a quarter to four."""
    clock = WorkClock(SWEDEN, (OpeningHours((7,), "02:15", "02:45"),))
    assert deadline(at("lör 2026-03-28 12:00"), 30, "minutes", clock) == at("sön 2026-03-29 03:45")


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        (datetime(2026, 11, 23, 9), 1, "hours"),  # noqa: DTZ001  # that is the mistake
        (datetime(2026, 11, 23, 9, tzinfo=UTC), 1, "percent"),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), -1, "hours"),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), 1.5, "days"),
    ],
)
def test_what_cannot_be_counted_is_refused(start: datetime, amount: float, unit: str) -> None:
    with pytest.raises(ValueError, match=unit):
        deadline(start, amount, unit, CLOCKS["dygnet runt"])


def test_a_moment_elsewhere_is_the_same_moment() -> None:
    """A mail from New York at 11.50 has come at 17.50."""
    elsewhere = datetime(2026, 4, 2, 11, 50, tzinfo=ZoneInfo("America/New_York"))
    assert deadline(elsewhere, 4, "hours", CLOCKS["mejl 8–18"]) == at("tis 2026-04-07 11:50")


@pytest.mark.parametrize(
    ("promise", "clock", "start", "days"),
    [
        ("4 hours", "mejl 8–18", "ons 2026-12-23 15:00", 5),
        ("1 working-days", "dygnet runt", "ons 2026-12-23 01:00", 6),
        ("2 working-days", "dygnet runt", "tis 2026-12-22 01:00", 7),
        ("5 working-days", "dygnet runt", "tis 2026-12-22 01:00", 14),
        ("24 hours", "dygnet runt", "fre 2026-05-01 01:00", 1),
    ],
)
def test_the_longest_that_a_promise_can_take_in_a_year(
    promise: str, clock: str, start: str, days: int
) -> None:
    """In the year from 1 May 2026, Christmas takes longest. A day and a night are always as long."""
    amount, unit = promise.split()
    found = worst_case(float(amount), unit, CLOCKS[clock], date(2026, 5, 1), date(2027, 4, 30))
    assert found is not None
    assert found.start == at(start)
    assert round(found.length / timedelta(days=1)) == days


def test_something_begins_while_it_is_open_and_ten_minutes_before_closing() -> None:
    clock = WorkClock(SWEDEN, (OpeningHours(OFFICE, "08:00", "09:00"), OpeningHours((1,), "12:00", "12:05")))
    found = [f"{moment:%a %H:%M}" for moment in starts(clock, date(2026, 11, 21), date(2026, 11, 24))]
    assert found == [
        "Mon 08:00",
        "Mon 08:50",
        "Mon 12:00",
        "Tue 08:00",
        "Tue 08:50",
    ]


def test_a_target_names_its_clock() -> None:
    hours = (OpeningHours(OFFICE, "08:00", "18:00"),)
    clocks = clocks_of(replace(policy(), opening_hours={Channel.MAIL: hours, Channel.CHAT: ()}))
    around = WorkClock(clocks.calendar)
    assert clocks.clock("opening-hours", Channel.MAIL, "hours") == WorkClock(clocks.calendar, hours)
    assert clocks.clock("around-the-clock", Channel.MAIL, "hours") == around
    assert clocks.clock(None, None, "days") == around
    assert clocks.clock("opening-hours", None, "working-days") == around
    for channel in (Channel.PHONE, Channel.CHAT, None):
        assert clocks.clock("opening-hours", channel, "hours") is None, "nobody has said when it is open"


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
AMOUNTS = st.integers(0, 300)
UNITS = st.sampled_from(["minutes", "hours", "days", "working-days"])
ANY_CLOCK = st.sampled_from(sorted(CLOCKS)).map(CLOCKS.__getitem__)


def due(start: datetime, amount: int, unit: str, clock: WorkClock) -> datetime:
    """Return the deadline in UTC, where moments can be compared."""
    found = deadline(start, amount, unit, clock)
    assert found is not None
    return found.astimezone(UTC)


@given(MOMENTS, MOMENTS, AMOUNTS, AMOUNTS, UNITS, ANY_CLOCK)
def test_who_begins_later_or_has_more_time_is_not_done_earlier(
    one: datetime, other: datetime, less: int, more: int, unit: str, clock: WorkClock
) -> None:
    less, more = sorted((less, more))
    first, then = sorted((one, other))
    assert (
        first
        <= due(first, less, unit, clock)
        <= due(first, more, unit, clock)
        <= due(then, more, unit, clock)
    )


@given(MOMENTS, st.integers(1, 150), AMOUNTS, UNITS, ANY_CLOCK)
def test_one_after_the_other_takes_as_long_as_both_together(
    start: datetime, one: int, other: int, unit: str, clock: WorkClock
) -> None:
    assert due(due(start, one, unit, clock), other, unit, clock) == due(start, one + other, unit, clock)


@given(MOMENTS, st.integers(1, 300), UNITS, ANY_CLOCK)
def test_what_has_passed_at_the_deadline_is_what_was_given(
    start: datetime, amount: int, unit: str, clock: WorkClock
) -> None:
    assert elapsed(start, due(start, amount, unit, clock), unit, clock) == amount


@given(MOMENTS, MOMENTS, st.sampled_from(["days", "working-days"]), ANY_CLOCK)
def test_so_many_days_are_enough_and_one_less_is_not(
    one: datetime, other: datetime, unit: str, clock: WorkClock
) -> None:
    first, then = sorted((one, other))
    passed = int(elapsed(first, then, unit, clock))
    assert due(first, passed, unit, clock) >= then
    assert passed < 2 or due(first, passed - 1, unit, clock) < then


@given(MOMENTS, MOMENTS, MOMENTS, st.sampled_from(["minutes", "hours"]), ANY_CLOCK)
def test_no_time_is_lost_or_counted_twice_on_the_way(
    one: datetime, two: datetime, three: datetime, unit: str, clock: WorkClock
) -> None:
    first, then, last = sorted((one, two, three))
    parts = elapsed(first, then, unit, clock) + elapsed(then, last, unit, clock)
    assert parts == pytest.approx(elapsed(first, last, unit, clock))
