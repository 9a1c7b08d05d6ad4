"""What the ledger says about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.language import catalogue
from livingpolicy.model import Outcome, Review, Section, Snapshot, Source
from livingpolicy.signals import signals
from tests.samples import history, policy, review, revision, section, snapshot

UNCHANGED, REVISED, WRONG = Outcome.UNCHANGED, Outcome.REVISED, Outcome.NEEDS_CHANGE


def codes(found: Snapshot) -> list[str]:
    return [problem.code for problem in signals(found)]


def reviewed(*lines: Review, revised: str = "2025-01-01", **about: object) -> Snapshot:
    """Return a snapshot of one section with these lines of the ledger, in the order of the file."""
    return snapshot(policy(section(**about)), history(svar_telefon=(revision(revised),)), lines)


@pytest.mark.parametrize(
    ("outcomes", "revised", "every", "found"),
    [
        ((UNCHANGED,) * 2, "2025-01-01", "6 months", []),
        ((UNCHANGED,) * 3, "2025-01-01", "6 months", ["unchanged-again"]),
        ((UNCHANGED,) * 5, "2025-01-01", "6 months", ["unchanged-again"]),
        ((UNCHANGED, REVISED, UNCHANGED, UNCHANGED), "2025-01-01", "6 months", []),
        ((REVISED, UNCHANGED, UNCHANGED, UNCHANGED), "2025-01-01", "6 months", ["unchanged-again"]),
        ((UNCHANGED,) * 3, "2026-01-05", "6 months", []),  # between the first review and the second
        ((UNCHANGED,) * 3, "2025-01-01", "24 months", []),  # the policy allows no longer interval
        ((UNCHANGED,) * 3, "2025-01-01", "2 years", []),
    ],
)
def test_the_third_review_in_a_row_without_a_change_asks_for_a_longer_interval(
    outcomes: tuple[Outcome, ...], revised: str, every: str, found: list[str]
) -> None:
    lines = [
        review(f"2026-0{month}-01", outcome, line=month) for month, outcome in enumerate(outcomes, start=1)
    ]
    assert codes(reviewed(*lines, revised=revised, every=every)) == found


@pytest.mark.parametrize(
    ("every", "proposal"), [("6 months", "12 months"), ("18 months", "24 months"), ("1 year", "2 years")]
)
def test_the_longer_interval_is_twice_as_long_at_most_what_the_policy_allows(
    every: str, proposal: str
) -> None:
    lines = [review(f"2026-0{month}-01", line=month) for month in (1, 2, 3)]
    (found,) = signals(reviewed(*lines, every=every))
    assert (found.values["proposal"], found.source.line) == (proposal, 3)
    assert f"review_every: {proposal}" in catalogue("sv").message(found)


@pytest.mark.parametrize(
    ("outcome", "reviewed_on", "found"),
    [
        (UNCHANGED, "2026-05-02", ["older-than-text"]),
        (UNCHANGED, "2026-05-03", []),
        (REVISED, "2026-05-02", []),  # dated when it was written, published the day after
        (WRONG, "2026-05-02", []),
    ],
)
def test_a_review_older_than_the_text_is_of_another_text(
    outcome: Outcome, reviewed_on: str, found: list[str]
) -> None:
    assert codes(reviewed(review(reviewed_on, outcome), revised="2026-05-03")) == found


def test_a_newer_review_settles_what_an_older_one_left() -> None:
    lines = (review("2026-05-02", line=1), review("2026-06-02", line=2))
    assert codes(reviewed(*lines, revised="2026-05-03")) == []


@pytest.mark.parametrize(("on", "found"), [("2026-06-01", ["needs-change"]), ("2026-06-02", [])])
def test_a_change_that_a_review_asked_for_stays_open_until_it_is_made(on: str, found: list[str]) -> None:
    assert codes(reviewed(review("2026-06-01", WRONG), revised=on)) == found


@pytest.mark.parametrize(("by", "found"), [("kundtjanstchef", []), ("kundchef", ["other-role"])])
def test_a_review_by_another_role_than_the_owner(by: str, found: list[str]) -> None:
    assert codes(reviewed(replace(review("2026-06-01"), by=by))) == found


def test_a_review_from_before_the_section_changed_hands_is_no_other_roles() -> None:
    """A new owner is a revision."""
    line = replace(review("2026-06-01", REVISED), by="kundchef")
    assert codes(reviewed(line, revised="2026-07-01")) == []


def many(count: int, by: str = "kundtjanstchef") -> tuple[list[Section], list[Review]]:
    sections = [section(f"avsnitt-{number}", line=10 * number) for number in range(1, count + 1)]
    lines = [
        replace(review("2026-06-01", section_id=one.id, line=number), by=by)
        for number, one in enumerate(sections, start=1)
    ]
    return sections, lines


@pytest.mark.parametrize(("count", "found"), [(5, []), (6, ["many-on-a-day"])])
def test_more_reviews_on_a_day_than_the_owners_can_do_in_a_week(count: int, found: list[str]) -> None:
    sections, lines = many(count)
    known = history(**{one.id.replace("-", "_"): (revision("2025-01-01"),) for one in sections})
    assert codes(snapshot(policy(*sections), known, tuple(lines))) == found


def test_two_roles_share_a_day() -> None:
    sections, lines = many(6)
    lines[0] = replace(lines[0], by="kundchef")
    known = history(**{one.id.replace("-", "_"): (revision("2025-01-01"),) for one in sections})
    assert "many-on-a-day" not in codes(snapshot(policy(*sections), known, tuple(lines)))


def test_many_on_a_day_is_over_when_they_are_reviewed_again() -> None:
    sections, lines = many(6)
    lines.append(review("2026-07-01", section_id="avsnitt-1", line=9))
    known = history(**{one.id.replace("-", "_"): (revision("2025-01-01"),) for one in sections})
    assert codes(snapshot(policy(*sections), known, tuple(lines))) == []


def test_a_retired_section_says_nothing() -> None:
    about = {"retired_on": date(2026, 7, 1), "reason": "Ingen frågar"}
    assert codes(reviewed(review("2026-06-01", WRONG), **about)) == []


def test_a_section_without_dates_is_not_guessed_about() -> None:
    found = snapshot(policy(section()), replace(history(), complete=False), (review("2026-06-01"),))
    assert codes(found) == []


def test_signals_stand_where_the_ledger_does() -> None:
    (found,) = signals(reviewed(review("2026-06-01", WRONG, line=7)))
    assert (found.source, found.warning) == (Source("policy/reviews/tillganglighet.yml", 7), True)
