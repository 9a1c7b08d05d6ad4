"""What the evaluation every second month speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.agenda import CLOSING_MINUTES, MINUTES, Topic, agenda, next_meeting, shared
from livingpolicy.interval import Interval
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import Evaluation, History, Verdict
from livingpolicy.render.agenda_text import markdown, plain
from tests.improvement.samples import (
    DONE,
    FIRST,
    GIVEN_UP,
    MAIL,
    PHONE,
    STATES,
    TILL,
    assessed,
    busy,
    checked,
    day,
    improvement,
    state,
)
from tests.samples import history, policy, snapshot

Golden = Callable[[str, str], None]

EVERY_SECOND_MONTH = Evaluation(Interval(2, "months"), FIRST)


@pytest.mark.parametrize(
    ("today", "on", "since", "until"),
    [
        ("2026-07-01", "2026-10-06", "2026-08-06", "2026-12-07"),
        ("2026-10-05", "2026-10-06", "2026-08-06", "2026-12-07"),
        ("2026-10-06", "2026-10-06", "2026-08-06", "2026-12-07"),
        ("2026-10-07", "2026-12-07", "2026-10-06", "2027-02-08"),
        ("2026-12-07", "2026-12-07", "2026-10-06", "2027-02-08"),
        ("2026-12-08", "2027-02-08", "2026-12-07", "2027-04-06"),
    ],
)
def test_the_next_meeting_covers_the_time_since_the_one_before(
    today: str, on: str, since: str, until: str
) -> None:
    """First on 6 October, every second month. On its own day the meeting is still the next one."""
    found = next_meeting(EVERY_SECOND_MONTH, day(today))
    assert (found.on, found.since, found.until) == (day(on), day(since), day(until))


def test_without_a_first_day_it_covers_two_months_and_says_so() -> None:
    found = agenda(busy(first_on=None))
    assert found.meeting.on is None
    assert (found.meeting.since, found.meeting.until) == (day("2026-09-22"), day("2027-01-22"))
    assert "Det står inte när utvärderingen hålls." in plain(busy(first_on=None), catalogue("sv"))


@given(st.dates(date(2000, 1, 1), date(2150, 1, 1)), st.integers(0, 3000), st.sampled_from([1, 2, 3, 6]))
def test_meetings_follow_each_other_without_a_gap(first: date, later: int, months: int) -> None:
    evaluation = Evaluation(Interval(months, "months"), first)
    today = first + timedelta(days=later)
    found = next_meeting(evaluation, today)
    assert found.on is not None
    assert found.since < found.on < found.until
    assert found.since < today <= found.on or today == first == found.on
    assert next_meeting(evaluation, found.on + timedelta(days=1)).since == found.on


def test_a_target_that_was_missed_since_the_last_meeting_is_spoken_of() -> None:
    """October's values came after the meeting of 6 October; those of September were there before it."""
    phone, till = agenda(busy()).targets
    assert phone.state.target is PHONE
    assert [str(one.measurement.period.first) for one in phone.missed] == ["2026-10-01"]
    assert phone.judged == 1
    assert till.state.target is TILL
    assert not till.missed
    assert [str(one.first) for one in till.missing] == ["2026-10-01"]
    assert agenda(busy()).met == 1


def test_effects_are_checked_before_the_meeting_after() -> None:
    made = replace(
        busy(),
        improvements=(
            DONE,
            improvement("efter", check_on=day("2027-02-09")),
            improvement("sent", check_on=day("2026-11-01")),
            improvement("fore", check_on=day("2027-02-08")),
        ),
    )
    found = agenda(made)
    assert [one.id for one in found.checks] == ["sent", "fore"]
    assert [one.id for one in found.in_work] == ["efter"]
    assert found.free == 0


def test_what_was_checked_waits_for_its_decision() -> None:
    made = replace(busy(), improvements=(improvement(check=checked("2026-11-20")),))
    found = agenda(made)
    assert [one.id for one in found.undecided] == ["ko-vid-lunch"]
    assert not found.checks
    assert found.free == 2


def test_the_next_problem_is_the_target_that_is_missed_most_often() -> None:
    """Of the till's three months two were missed; the phone is worked on already."""
    (till, weak) = agenda(busy()).candidates
    assert (till.state.target, till.missed, till.judged) == (TILL, 2, 3)
    assert weak.statement.statement.id == "klagomål"


def test_what_is_worked_on_is_not_proposed_again() -> None:
    made = replace(busy(), improvements=(improvement(target="kotid-kassa"),), assessment=None)
    assert [one.state.target for one in agenda(made).candidates] == [PHONE]


def test_old_failures_are_no_problem_of_today() -> None:
    made = replace(busy(), targets=(state(MAIL, {"2025-10": 10, "2025-11": 95}),), assessment=None)
    assert not agenda(made).candidates
    made = replace(busy(), targets=(state(MAIL, {"2025-11": 10}),), assessment=None)
    assert len(agenda(made).candidates) == 1


@pytest.mark.parametrize(("in_work", "proposed"), [(0, 3), (1, 2), (2, 1), (3, 0)])
def test_no_more_is_proposed_than_there_is_room_for(in_work: int, proposed: int) -> None:
    made = replace(
        busy(),
        improvements=tuple(improvement(f"p-{number}", target=None) for number in range(in_work)),
        assessment=assessed(ett=1, tva=2, tre=2),
    )
    assert len(agenda(made).candidates) == proposed


def test_sections_that_are_overdue_or_due_before_the_meeting_after_are_on_the_list() -> None:
    """Mail was due on 10 November, phone is due on 20 December, chat in October next year."""
    assert [item.section.id for item in agenda(busy()).due] == ["svar-mejl", "svar-telefon"]


def test_changes_are_those_since_the_meeting_before() -> None:
    (change,) = agenda(busy()).changes or ()
    assert (change.on, change.commit.subject) == (day("2026-10-12"), "Chatten öppnar klockan åtta")
    assert [name for name, _ in change.sections] == ["svar-chatt"]


def test_a_change_on_the_day_of_the_meeting_before_is_told_again_rather_than_lost() -> None:
    made = replace(
        busy(),
        policy=replace(busy().policy, evaluation=replace(EVERY_SECOND_MONTH, first_on=day("2026-10-12"))),
    )
    assert len(agenda(made).changes or ()) == 1


def test_without_a_history_nothing_is_said_to_have_changed_or_not() -> None:
    unknown = History(revisions={}, complete=False, head=None)
    made = snapshot(policy(), unknown)
    assert agenda(made).changes is None
    assert "Ändringshistoriken kan inte läsas" in plain(made, catalogue("sv"))


@settings(max_examples=25)
@given(
    st.integers(0, 3), st.integers(0, 30), st.integers(0, 25), st.sampled_from(["2026-09-01", "2026-11-22"])
)
def test_the_minutes_add_up_to_half_an_hour(working: int, due: int, missed: int, today: str) -> None:
    made = busy(today=today)
    made = replace(
        made,
        improvements=tuple(improvement(f"p-{number}") for number in range(working)),
        sections=made.sections[:1] * due,
        targets=STATES[:1] * missed,
    )
    found = agenda(made).minutes
    assert sum(found.values()) == MINUTES
    assert list(found) == list(Topic)
    assert min(found.values()) >= 1
    assert found[Topic.CLOSING] == CLOSING_MINUTES


@given(st.lists(st.integers(0, 50), min_size=1, max_size=9), st.integers(0, 60))
def test_minutes_are_shared_in_proportion(weights: list[int], total: int) -> None:
    found = shared(weights, total)
    assert sum(found) == total
    if any(weights):
        for part, weight in zip(found, weights, strict=True):
            assert abs(part - weight * total / sum(weights)) < 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agenda_reads_well(golden: Golden, language: str) -> None:
    words = catalogue(language)
    golden(f"agenda/busy.{language}.txt", plain(busy(language), words))
    golden(f"agenda/busy.{language}.md", markdown(busy(language), words))
    golden(f"agenda/bare.{language}.txt", plain(snapshot(policy(language=language), history()), words))


def test_text_of_the_policy_cannot_become_markup() -> None:
    made = replace(busy(), improvements=(improvement(problem="*[x](http://x)* #1 @alla | <b>"),))
    (line,) = (line for line in markdown(made, catalogue("sv")).splitlines() if "http" in line)
    assert not {"[x]", "<b>", "@alla", "#1"} & set(line.replace("(", " (").split())
    assert "&#60;b&#62;" in line


def test_lines_are_short_enough_for_a_mail() -> None:
    made = replace(busy(), improvements=(DONE, GIVEN_UP, improvement(action="Vi provar något nytt. " * 20)))
    assert max(map(len, plain(made, catalogue("sv")).splitlines())) <= 78


def test_nothing_of_a_withheld_value_is_told() -> None:
    """A value on fewer than five cases has no verdict; the agenda passes over it."""
    few = state(MAIL, {"2026-10": 17})
    few = replace(few, results=(replace(few.results[0], verdict=Verdict.WITHHELD),))
    made = replace(busy(), targets=(few,), improvements=())
    assert not agenda(made).targets
    assert "17" not in plain(made, catalogue("sv"))


def test_a_target_that_is_due_is_on_the_list_too() -> None:
    from tests.calendars.test_calendars import with_target

    found = plain(with_target(busy()), catalogue("sv"))
    assert "[ ] Målet: Svar i telefon (Kundtjänstchefen)\n       Senast 5 januari 2027." in found
