"""How values stand against the targets that were in force, as tables that an owner could check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.model import Target, Verdict
from livingpolicy.period import read_period, written_period
from livingpolicy.results import Standing, level_then, standing, target_states, worst_first
from tests.measures.samples import BACKLOG, PHONE, PLEASED, content, level, measurement, state
from tests.samples import history

SINCE = "2025-01-01"


@pytest.mark.parametrize(
    ("target", "value", "within", "verdict"),
    [
        # Nine of ten calls within three minutes: the share decides, whatever the mean is.
        (PHONE, 2.4, 90, Verdict.MET),
        (PHONE, 2.4, 89.9, Verdict.MISSED),
        (PHONE, 9.0, 90, Verdict.MET),
        (PHONE, 2.4, None, Verdict.UNJUDGED),
        # At most 150 open cases.
        (BACKLOG, 150, None, Verdict.MET),
        (BACKLOG, 150.1, None, Verdict.MISSED),
        (BACKLOG, 0, None, Verdict.MET),
        # At least 80 percent pleased.
        (PLEASED, 80, None, Verdict.MET),
        (PLEASED, 79.9, None, Verdict.MISSED),
        (PLEASED, 100, None, Verdict.MET),
    ],
)
def test_the_limit_itself_is_met(
    target: Target, value: float, within: float | None, verdict: Verdict
) -> None:
    period = "2026-Q3" if target is PLEASED else "2026-10"
    found = state(target, [level(target, SINCE)], measurement(period, value, within))
    assert found.results[0].verdict is verdict


@pytest.mark.parametrize(
    ("n", "verdict"),
    [
        (1, Verdict.WITHHELD),
        (4, Verdict.WITHHELD),
        (5, Verdict.MET),
        (None, Verdict.MET),
    ],
)
def test_fewer_than_five_cases_are_withheld(n: int | None, verdict: Verdict) -> None:
    found = state(PHONE, [level(PHONE, SINCE)], measurement("2026-10", 2.4, 95, n=n))
    assert found.results[0].verdict is verdict


def test_few_cases_are_withheld_whatever_they_would_be_judged_by() -> None:
    assert state(PHONE, [], measurement("2026-10", 2.4, n=4)).results[0].verdict is Verdict.WITHHELD


@pytest.mark.parametrize(
    ("period", "share"),
    [
        ("2026-03", None),  # nobody had set it yet
        ("2026-04", 80),  # it came in force on the 15th: the first that came while the month ran
        ("2026-05", 85),
        ("2026-07", 85),
        ("2026-08", 90),  # in force from the first of August on
        ("2026-10", 90),  # 95 came on the 2nd: October began under 90
        ("2026-11", 95),
    ],
)
def test_a_period_is_judged_by_the_target_in_force_when_it_began(period: str, share: float | None) -> None:
    days = {"2026-10-02": 95, "2026-08-01": 90, "2026-04-20": 85, "2026-04-15": 80}
    levels = [level(PHONE, day, share=share) for day, share in days.items()]
    found = level_then(levels, read_period(period))
    assert (found.share if found else None) == share


@pytest.mark.parametrize(
    ("period", "share"),
    [
        ("2026-05", 80),
        ("2026-06", 80),  # it left the register on the 15th, and was in force when June began
        ("2026-07", None),
        ("2026-09", 90),  # it came back on the 10th
        ("2026-10", 90),
    ],
)
def test_a_target_that_left_the_register_judges_nothing_until_it_is_back(
    period: str, share: float | None
) -> None:
    levels = [
        level(PHONE, "2026-09-10", share=90),
        level(PHONE, "2026-01-01", share=80, ended=date(2026, 6, 15)),
    ]
    found = level_then(levels, read_period(period))
    assert (found.share if found else None) == share


def test_a_target_nobody_had_set_yet_judges_nothing() -> None:
    found = state(PHONE, [level(PHONE, "2026-11-01")], measurement("2026-10", 2.4, 95))
    assert (found.results[0].verdict, found.results[0].level) == (Verdict.UNJUDGED, None)


def test_a_share_that_came_later_is_not_asked_of_what_was_before() -> None:
    """In May the target was a mean of three minutes; since June nine of ten have to be within."""
    levels = [level(PHONE, "2026-06-01"), level(PHONE, SINCE, share=None)]
    found = state(PHONE, levels, measurement("2026-05", 3.0), measurement("2026-06", 3.0))
    assert [result.verdict for result in found.results] == [Verdict.UNJUDGED, Verdict.MET]


def test_hours_are_not_compared_with_minutes() -> None:
    """The value is in the unit of today's target; what was asked for then was counted otherwise."""
    then = level(BACKLOG, SINCE, unit="hours", at_most=2)
    assert state(BACKLOG, [then], measurement("2026-10", 1)).results[0].verdict is Verdict.UNJUDGED
    by_share = level(PHONE, SINCE, unit="hours", at_most=2)
    assert state(PHONE, [by_share], measurement("2026-10", 1, 95)).results[0].verdict is Verdict.MET


def test_the_newest_period_comes_first_however_the_file_is_ordered() -> None:
    found = state(PHONE, [], *(measurement(period, 2) for period in ("2026-09", "2026-10", "2026-08")))
    assert [written_period(one.measurement.period) for one in found.results] == [
        "2026-10",
        "2026-09",
        "2026-08",
    ]
    assert found.latest is found.results[0]


@pytest.mark.parametrize(
    ("measured", "today", "missing"),
    [
        (("2026-08", "2026-10"), "2026-11-22", ["2026-09"]),
        (("2026-08",), "2026-11-22", ["2026-10", "2026-09"]),
        (("2026-10",), "2026-10-31", []),
        (("2026-10",), "2026-11-30", []),  # the last day of November: it is not over
        (("2026-10",), "2026-12-01", ["2026-11"]),
        ((), "2026-11-22", []),  # never measured: nothing began
    ],
)
def test_missing_is_what_is_over_since_the_first_value(
    measured: tuple[str, ...], today: str, missing: list[str]
) -> None:
    found = state(PHONE, [], *(measurement(period, 2) for period in measured), today=today)
    assert [written_period(period) for period in found.missing] == missing


@pytest.mark.parametrize(
    ("frequency", "latest", "fresh", "stale"),
    [
        ("daily", "2026-11-20", "2026-11-21", "2026-11-22"),
        ("weekly", "2026-W52", "2027-01-03", "2027-01-04"),
        ("monthly", "2026-09", "2026-10-31", "2026-11-01"),
        ("quarterly", "2026-Q3", "2026-12-31", "2027-01-01"),
        ("yearly", "2025", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_value_is_too_old_when_the_period_after_it_is_over_too(
    frequency: str, latest: str, fresh: str, stale: str
) -> None:
    target = replace(PHONE, measured=frequency)
    value = measurement(latest, 2, 95)
    assert not state(target, [], value, today=fresh).stale
    assert state(target, [], value, today=stale).stale


def test_a_withheld_period_is_measured_all_the_same() -> None:
    values = [measurement(period, 2, 95, n=n) for period, n in (("2026-09", 50), ("2026-10", 3))]
    found = state(PHONE, [level(PHONE, SINCE)], *values)
    assert (found.missing, found.stale) == ((), False)


@pytest.mark.parametrize(
    ("within", "n", "today", "where"),
    [
        (80, 500, "2026-11-22", Standing.MISSED),
        (80, 500, "2026-12-01", Standing.STALE),  # too old to be held against anybody
        (95, 500, "2026-11-22", Standing.MET),
        (95, 3, "2026-11-22", Standing.WITHHELD),
        (None, 500, "2026-11-22", Standing.UNJUDGED),
    ],
)
def test_a_target_stands_where_its_latest_value_stands(
    within: float | None, n: int, today: str, where: Standing
) -> None:
    found = state(PHONE, [level(PHONE, SINCE)], measurement("2026-10", 2, within, n=n), today=today)
    assert standing(found) is where


def test_a_target_that_is_never_measured_is_told_from_one_that_nobody_means_to_measure() -> None:
    assert standing(state(PHONE, [])) is Standing.NEVER
    assert standing(state(replace(PHONE, measured=None), [])) is Standing.UNMEASURED


def test_the_states_are_those_of_the_register_and_the_worst_can_come_first() -> None:
    register = content(PHONE, BACKLOG, PLEASED)
    levels = {target.id: (level(target, SINCE),) for target in (PHONE, BACKLOG)}
    known = replace(history(), targets=levels)
    values = {
        PHONE.id: (measurement("2026-10", 2, 95),),
        BACKLOG.id: (measurement("2026-10", 151),),
    }
    states = target_states(register, known, values, today=date(2026, 11, 22))
    assert [each.target for each in states] == [PHONE, BACKLOG, PLEASED]
    assert [each.target for each in worst_first(states)] == [BACKLOG, PLEASED, PHONE]
    assert states[0].levels == levels[PHONE.id]


@pytest.mark.parametrize(
    ("since", "verdict"),
    [(None, Verdict.UNJUDGED), (date(2026, 10, 1), Verdict.MISSED), (date(2026, 11, 1), Verdict.UNJUDGED)],
)
def test_without_a_history_only_the_day_that_the_register_gives_is_known(
    since: date | None, verdict: Verdict
) -> None:
    target = replace(BACKLOG, effective_from=since)
    unknown = replace(history(), complete=False)
    values = {target.id: (measurement("2026-10", 900),)}
    states = target_states(content(target), unknown, values, today=date(2026, 11, 22))
    assert states[0].results[0].verdict is verdict
    assert [level.effective_from for level in states[0].levels] == ([since] if since else [])
