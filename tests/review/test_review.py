"""When a section is due, and what its status is."""

from __future__ import annotations

from datetime import date

import pytest

from livingpolicy.model import History, Outcome, Revision, RevisionKind, SectionReview, Status
from livingpolicy.render.pages.sections import facts
from livingpolicy.review import past_grace, worst_first
from tests.samples import RULES, history, policy, review, revision, section, snapshot

ADDED = revision("2026-01-01", RevisionKind.ADDED)


def reviewed(today: str, *revisions: object, **more: object) -> SectionReview:
    known = history(svar_telefon=revisions or (ADDED,))  # type: ignore[arg-type]
    return snapshot(policy(), known, more.get("reviews", ()), today=today).sections[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-05-31", Status.CURRENT),
        ("2026-06-01", Status.DUE_SOON),
        ("2026-07-01", Status.DUE_SOON),
        ("2026-07-02", Status.OVERDUE),
    ],
)
def test_status_turns_after_the_due_day(today: str, status: Status) -> None:
    """Added 1 January, every 6 months, warned 30 days ahead: due 1 July, and overdue the day after."""
    item = reviewed(today)
    assert (item.due_on, item.status) == (date(2026, 7, 1), status)


def test_a_review_counts_from_its_own_day() -> None:
    item = reviewed("2026-11-22", reviews=(review("2026-06-20"),))
    assert (item.due_on, item.status) == (date(2026, 12, 20), Status.DUE_SOON)


def test_the_later_of_revised_and_reviewed_counts() -> None:
    item = reviewed("2026-11-22", revision("2026-09-01"), ADDED, reviews=(review("2026-06-20"),))
    assert item.due_on == date(2027, 3, 1)


def test_a_review_that_wants_a_change_does_not_restart_the_clock() -> None:
    item = reviewed("2026-11-22", reviews=(review("2026-06-20", Outcome.NEEDS_CHANGE),))
    assert (item.due_on, item.status) == (date(2026, 7, 1), Status.OVERDUE)
    assert item.last_reviewed == review("2026-06-20", Outcome.NEEDS_CHANGE)


def test_an_editorial_revision_does_not_restart_the_clock() -> None:
    item = reviewed("2026-11-22", revision("2026-10-01", RevisionKind.EDITORIAL), ADDED)
    assert (item.last_revised, item.due_on, item.revisions) == (ADDED.commit, date(2026, 7, 1), 2)


def test_a_move_is_no_revision() -> None:
    item = reviewed("2026-11-22", revision("2026-10-01", RevisionKind.MOVED), ADDED)
    assert (item.last_revised, item.revisions) == (ADDED.commit, 1)


def test_of_two_reviews_on_a_day_the_one_written_last_is_the_latest_word() -> None:
    lines = (review("2026-06-20", Outcome.NEEDS_CHANGE, line=1), review("2026-06-20", line=9))
    assert reviewed("2026-11-22", reviews=lines).last_reviewed == lines[1]


def test_a_review_under_an_old_id_counts() -> None:
    content = policy(section("svar-telefon", aliases=("svara-i-telefon",)))
    lines = (review("2026-06-20", section_id="svara-i-telefon"),)
    assert snapshot(content, history(svar_telefon=(ADDED,)), lines).sections[0].last_reviewed == lines[0]


def test_an_impossible_commit_date_is_unknown_and_no_older_one_stands_in() -> None:
    item = reviewed("2026-11-22", revision(None), ADDED, reviews=(review("2026-11-01"),))
    assert (item.last_revised, item.due_on, item.status) == (None, None, Status.UNKNOWN)


def test_without_history_nothing_is_known() -> None:
    known = History(revisions={}, complete=False, head=None)
    item = snapshot(policy(), known, (review("2026-11-01"),)).sections[0]
    assert (item.last_revised, item.due_on, item.days_overdue, item.status) == (None, None, 0, Status.UNKNOWN)


def test_an_edit_that_is_not_committed_is_a_draft_without_a_date() -> None:
    known = history(drafts=["svar-telefon"], svar_telefon=(ADDED,))
    item = snapshot(policy(), known).sections[0]
    assert (item.last_revised, item.due_on, item.status) == (None, None, Status.DRAFT)


@pytest.mark.parametrize(
    ("today", "status"), [("2026-12-31", Status.UPCOMING), ("2027-01-01", Status.OVERDUE)]
)
def test_a_section_is_upcoming_until_it_takes_effect(today: str, status: Status) -> None:
    content = policy(section(effective_from=date(2027, 1, 1)))
    known = history(svar_telefon=(revision("2026-01-01", RevisionKind.ADDED, metadata=WAITING),))
    assert snapshot(content, known, today=today).sections[0].status is status


WAITING = "effective_from: 2027-01-01"


@pytest.mark.parametrize(
    ("newest", "older", "status"),
    [
        (revision("2026-11-01", metadata=WAITING), ADDED, Status.OVERDUE),
        (revision("2026-11-01", RevisionKind.EDITORIAL, metadata=WAITING), ADDED, Status.OVERDUE),
        (
            revision("2026-11-01", metadata=WAITING),
            revision("2026-01-01", RevisionKind.ADDED, metadata="effective_from: 2026-02-01"),
            Status.OVERDUE,
        ),
        (
            revision("2026-11-01", metadata=WAITING),
            revision("2026-01-01", RevisionKind.ADDED, metadata="effective_from: 2026-12-01"),
            Status.UPCOMING,  # only put off
        ),
        (revision("2026-11-01", metadata=WAITING), revision("2026-10-01"), Status.CURRENT),
        (revision("2026-11-01", metadata=WAITING), revision(None), Status.UNKNOWN),
        (
            revision("2026-11-01", RevisionKind.REINSTATED, metadata=WAITING),
            revision("2026-10-01", RevisionKind.RETIRED),
            Status.UPCOMING,
        ),
    ],
)
def test_the_text_in_force_is_judged_while_a_new_one_waits_for_its_day(
    newest: Revision, older: Revision, status: Status
) -> None:
    """A day far ahead cannot hide that the text of today is overdue."""
    content = policy(section(effective_from=date(2027, 1, 1)))
    (item,) = snapshot(content, history(svar_telefon=(newest, older))).sections
    assert item.status is status
    assert status is not Status.OVERDUE or item.due_on == date(2026, 7, 1)


def test_the_page_does_not_call_upcoming_what_is_in_force() -> None:
    waits = section(effective_from=date(2027, 1, 1))
    told = []
    for revisions in ((revision("2026-11-01", metadata=WAITING), ADDED), ()):
        shown = snapshot(policy(waits), history(svar_telefon=revisions))
        told.append(facts(shown.sections[0], shown.policy, today=shown.as_of).effective_on)
    assert told == [None, date(2027, 1, 1)]


def test_the_new_text_is_judged_from_its_own_day_on() -> None:
    content = policy(section(effective_from=date(2027, 1, 1)))
    known = history(svar_telefon=(revision("2026-11-01", metadata=WAITING), ADDED))
    item = snapshot(content, known, today="2027-01-01").sections[0]
    assert (item.status, item.due_on) == (Status.CURRENT, date(2027, 5, 1))


@pytest.mark.parametrize(
    ("today", "status"), [("2026-02-28", Status.CURRENT), ("2026-03-01", Status.RETIRED)]
)
def test_a_section_is_retired_from_its_day_on(today: str, status: Status) -> None:
    content = policy(section(retired_on=date(2026, 3, 1), reason="Ersatt"))
    assert snapshot(content, history(svar_telefon=(ADDED,)), today=today).sections[0].status is status


def test_another_today_moves_the_status_and_never_the_dates() -> None:
    early, late = reviewed("2026-02-01"), reviewed("2036-02-01")
    assert (early.status, late.status) == (Status.CURRENT, Status.OVERDUE)
    assert (early.last_revised, early.due_on) == (late.last_revised, late.due_on)


@pytest.mark.parametrize(("today", "past"), [("2026-07-15", False), ("2026-07-16", True)])
def test_the_grace_is_fourteen_days(today: str, past: bool) -> None:
    assert past_grace(reviewed(today), RULES, today=date.fromisoformat(today)) is past


def test_worst_comes_first() -> None:
    content = policy(section("a-aktuell"), section("b-sen"), section("c-senare"), section("d-okand"))
    known = history(
        a_aktuell=(revision("2026-11-01"),),
        b_sen=(revision("2026-04-01"),),
        c_senare=(revision("2026-01-01"),),
    )
    ordered = worst_first(snapshot(content, known).sections)
    assert [item.section.id for item in ordered] == ["c-senare", "b-sen", "d-okand", "a-aktuell"]
