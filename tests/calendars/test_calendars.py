"""The days in the calendars: the right ones, once, and nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.language import catalogue
from livingpolicy.model import (
    Evaluation,
    Outcome,
    Review,
    Revision,
    RevisionKind,
    Snapshot,
    Status,
    TargetReview,
)
from livingpolicy.render.calendar import calendar, event
from livingpolicy.render.calendar_days import CalendarDay
from livingpolicy.render.pages.calendars import calendar_files
from livingpolicy.render.pages.values import SiteSettings
from tests.calendars.reader import Component, day, events, moment, read
from tests.improvement.samples import PHONE, busy, checked, improvement
from tests.samples import history, policy, review, revision, section, snapshot

Golden = Callable[[str, str], None]
SITE = SiteSettings(address="https://intranet.example.com/policy/")


def calendars(made: Snapshot, settings: SiteSettings = SITE) -> dict[str, Component]:
    """Return every calendar by its path, read back."""
    return {file.path: read(file.content) for file in calendar_files(made, settings)}


def everybody(made: Snapshot, settings: SiteSettings = SITE) -> dict[str, Component]:
    """Return the events of the calendar with every day, by the part of their id before the @."""
    found = calendars(made, settings)["review.ics"]
    return {one["UID"].partition("@")[0]: one for one in events(found)}


def with_target(made: Snapshot) -> Snapshot:
    """Add a target that is to be questioned by 5 January."""
    due = TargetReview(
        target=PHONE,
        last_revised=revision("2026-10-05").commit,
        last_reviewed=None,
        due_on=date(2027, 1, 5),
        days_overdue=0,
        status=Status.CURRENT,
        revisions=1,
    )
    return replace(made, target_reviews=(due,))


def test_every_kind_of_day_is_there_on_its_day() -> None:
    found = everybody(with_target(busy()))
    assert {name: str(day(one)) for name, one in found.items()} == {
        "section-svar-mejl": "2026-11-10",
        "section-svar-telefon": "2026-12-20",
        "section-svar-chatt": "2027-10-12",
        "target-svarstid-telefon": "2027-01-05",
        "effect-ko-vid-lunch": "2026-12-01",
        "evaluation-2": "2026-12-07",
        "evaluation-3": "2027-02-08",
        "evaluation-4": "2027-04-06",
        "evaluation-5": "2027-06-07",
        "evaluation-6": "2027-08-06",
        "evaluation-7": "2027-10-06",
    }
    assert all(day(one, "DTEND") - day(one) == timedelta(days=1) for one in found.values())


def test_a_role_has_its_own_days_and_the_meetings() -> None:
    found = calendars(with_target(busy()))
    assert set(found) == {"review.ics", "kalender/kundchef.ics", "kalender/kundtjanstchef.ics"}
    kinds = {
        path: {one["UID"].partition("-")[0] for one in events(found[f"kalender/{path}.ics"])}
        for path in ("kundchef", "kundtjanstchef")
    }
    assert kinds == {
        "kundchef": {"evaluation"},
        "kundtjanstchef": {"section", "target", "effect", "evaluation"},
    }
    assert found["kalender/kundchef.ics"]["X-WR-CALNAME"] == "Kundpolicy: Kundchefen"


def test_in_english_the_folder_is_called_calendar() -> None:
    assert "calendar/kundchef.ics" in calendars(busy("en"))


def test_who_has_nothing_to_do_has_an_empty_calendar_and_not_a_missing_one() -> None:
    """Whoever subscribes early must not get an error until the first day comes."""
    made = snapshot(policy(), history())
    found = calendars(made)
    assert not events(found["kalender/kundchef.ics"])
    assert [one.name for one in found["kalender/kundchef.ics"].components] == ["VTIMEZONE"]


def test_what_is_done_retired_or_unknown_has_no_day() -> None:
    made = snapshot(
        policy(section("a"), section("b", retired_on=date(2026, 1, 1), reason="x"), section("c")),
        history(a=(revision("2026-05-03"),), b=(revision("2026-05-03"),), c=(revision(None),)),
    )
    made = replace(made, improvements=(improvement(check=checked("2026-11-20")),))
    assert set(everybody(made)) == {"section-a"}


def lines_of(*steps: str) -> tuple[tuple[Revision, ...], tuple[Review, ...]]:
    """Return the history of a section: `revised 2026-05-03`, `unchanged 2026-06-01`."""
    revisions: list[Revision] = []
    reviews: list[Review] = []
    for step in steps:
        what, on = step.split()
        if what in {kind.value for kind in RevisionKind}:
            revisions.insert(0, revision(on, RevisionKind(what)))
        else:
            reviews.append(review(on, Outcome(what)))
    return tuple(revisions), tuple(reviews)


@pytest.mark.parametrize(
    ("step", "moves"),
    [
        ("unchanged 2026-08-01", True),
        ("revised 2026-08-01", True),
        ("retitled 2026-08-01", True),
        ("editorial 2026-08-01", False),
        ("needs-change 2026-08-01", False),
    ],
)
def test_the_sequence_grows_when_the_day_moves_and_only_then(step: str, moves: bool) -> None:
    def told(*steps: str) -> Component:
        revisions, reviews = lines_of("added 2026-05-03", *steps)
        return everybody(snapshot(policy(), history(svar_telefon=revisions), reviews))["section-svar-telefon"]

    before, after = told(), told(step)
    assert (day(after) != day(before)) is moves
    assert int(after["SEQUENCE"]) - int(before["SEQUENCE"]) == moves
    assert after["UID"] == before["UID"]


def test_a_section_under_a_new_id_is_the_same_event() -> None:
    old = snapshot(policy(section("telefon")), history(telefon=(revision("2026-05-03"),)))
    new = snapshot(policy(section("svar", aliases=("telefon",))), history(svar=(revision("2026-05-03"),)))
    assert set(everybody(old)) == set(everybody(new)) == {"section-telefon"}


def test_a_meeting_that_is_moved_is_the_same_meeting() -> None:
    made = busy()
    later = replace(made, policy=replace(made.policy, evaluation=Evaluation(first_on=date(2026, 10, 13))))
    assert str(day(everybody(later)["evaluation-2"])) == "2026-12-14"


def test_when_it_was_written_and_changed_comes_from_the_policy_and_not_from_the_clock() -> None:
    one = everybody(busy())["section-svar-mejl"]
    assert moment(one, "DTSTAMP") == datetime(2026, 11, 22, tzinfo=UTC)
    assert moment(one, "LAST-MODIFIED") == datetime(2026, 8, 10, tzinfo=UTC)
    assert moment(everybody(busy())["section-svar-telefon"], "LAST-MODIFIED").hour == 12


def test_two_builds_are_the_same_bytes() -> None:
    made = with_target(busy())
    assert list(calendar_files(made, SITE)) == list(calendar_files(made, SITE))


def test_events_lead_to_the_site_when_it_is_known_where_that_is() -> None:
    linked = everybody(with_target(busy()))
    assert (
        linked["section-svar-mejl"]["URL"] == "https://intranet.example.com/policy/tillganglighet/#svar-mejl"
    )
    assert (
        linked["effect-ko-vid-lunch"]["URL"]
        == "https://intranet.example.com/policy/utvardering/#ko-vid-lunch"
    )
    assert (
        linked["target-svarstid-telefon"]["URL"]
        == "https://intranet.example.com/policy/mal/svarstid-telefon/"
    )
    assert calendars(busy())["review.ics"]["SOURCE"] == "https://intranet.example.com/policy/review.ics"
    for one in (*everybody(busy(), SiteSettings()).values(), calendars(busy(), SiteSettings())["review.ics"]):
        assert one.get("URL") is None
        assert one.get("SOURCE") is None


def test_a_subscriber_asks_once_a_day() -> None:
    found = calendars(busy())["review.ics"]
    assert found["METHOD"] == "PUBLISH"
    assert found.get("REFRESH-INTERVAL").parameters == {"VALUE": "DURATION"}
    assert found["REFRESH-INTERVAL"] == found["X-PUBLISHED-TTL"] == "P1D"


def test_nobody_is_named_and_no_mailbox_either() -> None:
    """A role answers; a calendar is passed on to others."""
    for file in calendar_files(with_target(busy()), SITE):
        text = file.content.decode().replace("\r\n ", "")
        assert "example.com" not in text.replace("intranet.example.com", "")
        assert not {"ATTENDEE", "ORGANIZER", "CONTACT", "MAILTO"} & set(
            text.upper().replace(":", "\n").split()
        )
        assert text.count("@") == text.count("UID:")


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1)


@given(TEXT, TEXT)
def test_any_text_comes_back_as_it_was(title: str, what: str) -> None:
    """Whatever stands in it: commas, semicolons, backslashes, characters of four bytes at a fold."""
    made = event(
        CalendarDay("section-a", date(2026, 3, 29), 2, None, title, what, "a/#b", None),
        made_on=date(2026, 1, 1),
        domain="kundpolicy",
        site=None,
    )
    read_back = read(
        calendar(
            title, [made], language="sv", timezone="Europe/Stockholm", made_on=date(2026, 1, 1), source=None
        )
    )
    (one,) = events(read_back)
    assert (one["SUMMARY"], one["DESCRIPTION"], read_back["X-WR-CALNAME"]) == (title, what, title)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 30)))
def test_a_day_ends_on_the_next(on: date) -> None:
    made = event(
        CalendarDay("section-a", on, 0, None, "a", "b", "", None),
        made_on=on,
        domain="x",
        site=None,
    )
    (one,) = events(read(calendar("a", [made], language="en", timezone="UTC", made_on=on, source=None)))
    assert day(one) == on
    assert day(one, "DTEND") == on + timedelta(days=1)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_calendar_reads_well(golden: Golden, language: str) -> None:
    made = with_target(busy(language))
    (file,) = (one for one in calendar_files(made, SITE) if one.path == "review.ics")
    text = file.content.decode()
    golden(f"review.{language}.ics", text.replace("\r\n", "\n"))
    assert catalogue(language).text("calendar.evaluation", policy=made.policy.title) in text
