"""The review load ahead, and in which order to begin early."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.forecast import Forecast, forecast, monday
from livingpolicy.interval import Interval
from livingpolicy.model import SectionReview, Status, TargetReview
from livingpolicy.review import review_sections
from tests.measures.samples import PHONE
from tests.samples import RULES, history, policy, revision, section

TODAY = date(2026, 11, 22)  # a Sunday
RULE = replace(RULES, per_week=2)


def due(*days: str, every: str = "6 months") -> list[SectionReview]:
    """Return a section due on each of these days."""
    return [_due(f"avsnitt-{number}", date.fromisoformat(day), every) for number, day in enumerate(days, 1)]


def _due(name: str, day: date, every: str = "6 months") -> SectionReview:
    one = section(name, every=every)
    known = history(**{name.replace("-", "_"): (revision("2026-06-01"),)})
    (item,) = review_sections(policy(one), known, (), today=TODAY)
    late = (TODAY - day).days
    return replace(item, due_on=day, status=Status.OVERDUE if late > 0 else Status.CURRENT)


def told(ahead: Forecast) -> list[tuple[str, str]]:
    return [(each.item.section.id, each.monday.isoformat()) for each in ahead.early]


def test_a_target_is_reviewed_by_the_same_people() -> None:
    phone = replace(PHONE, interval=Interval.parse("24 months"))
    target = TargetReview(phone, None, None, date(2026, 12, 9), 0, Status.CURRENT, 1)
    ahead = forecast([*due("2026-12-07", "2026-12-08"), target], RULE, today=TODAY)
    assert [week.due for week in ahead.full] == [3]
    assert [each.item.title for each in ahead.early] == ["Svar i telefon"], "a week is least of two years"


def test_a_load_that_the_owners_can_bear_needs_no_advice() -> None:
    ahead = forecast(due("2026-12-07", "2026-12-13", "2026-12-14"), RULE, today=TODAY)
    assert (ahead.full, ahead.early) == ((), ())


def test_a_week_runs_from_monday_to_sunday() -> None:
    (week,) = forecast(due("2026-12-07", "2026-12-10", "2026-12-13"), RULE, today=TODAY).full
    assert (week.monday, week.sunday, week.due) == (date(2026, 12, 7), date(2026, 12, 13), 3)


def test_what_a_week_cannot_hold_is_done_the_week_before() -> None:
    ahead = forecast(due("2026-12-07", "2026-12-08", "2026-12-09"), RULE, today=TODAY)
    assert told(ahead) == [("avsnitt-1", "2026-11-30")]


def test_a_full_week_before_passes_the_surplus_on() -> None:
    ahead = forecast(due("2026-11-30", "2026-12-01", *["2026-12-07"] * 4), RULE, today=TODAY)
    assert Counter(week for _, week in told(ahead)) == {"2026-11-23": 2, "2026-11-30": 2}
    assert [name for name, _ in told(ahead)][:2] == ["avsnitt-1", "avsnitt-2"]


def test_the_longest_interval_goes_first() -> None:
    """It loses least by a week."""
    items = [*due("2026-12-07", "2026-12-07", every="3 months"), _due("lang", date(2026, 12, 9), "24 months")]
    assert told(forecast(items, RULE, today=TODAY)) == [("lang", "2026-11-30")]


def test_this_week_takes_what_is_left() -> None:
    ahead = forecast(due(*["2026-11-24"] * 7), RULE, today=date(2026, 11, 23))
    assert (ahead.full[0].due, ahead.early) == (7, ())


def test_what_is_overdue_or_retired_is_no_load_ahead() -> None:
    items = due("2026-11-21", "2026-11-22", "2026-11-22", "2026-11-22")
    items[1] = replace(items[1], status=Status.RETIRED)
    items[2] = replace(items[2], due_on=None, status=Status.UNKNOWN)
    assert [week.due for week in forecast(items, replace(RULE, per_week=0), today=TODAY).full] == [1]


@given(st.lists(st.integers(0, 200), max_size=60), st.integers(1, 7))
def test_whoever_follows_the_advice_has_an_even_load_and_is_never_late(days: list[int], most: int) -> None:
    items = [_quick(number, TODAY + timedelta(days=day)) for number, day in enumerate(days)]
    ahead = forecast(items, replace(RULES, per_week=most), today=TODAY)
    early = {each.item.section.id: each.monday for each in ahead.early}
    plan = Counter(early.get(item.section.id, monday(item.due_on or TODAY)) for item in items)
    assert all(week >= monday(TODAY) for week in plan)
    assert all(each.monday < monday(each.item.due_on or TODAY) for each in ahead.early)
    assert all(count <= most for week, count in plan.items() if week > monday(TODAY))
    assert bool(ahead.early) <= bool(ahead.full)
    assert [each.monday for each in ahead.early] == sorted(each.monday for each in ahead.early)


ITEM = due("2026-12-07")[0]


def _quick(number: int, day: date) -> SectionReview:
    return replace(ITEM, section=replace(ITEM.section, id=f"avsnitt-{number}"), due_on=day)
