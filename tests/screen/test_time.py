"""What the screen says is worked out when it is seen, by the server's clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.screen.fault_server import code, reset, text
from tests.screen.wall import Wall

pytestmark = pytest.mark.browser

Hang = Callable[..., Wall]


def test_nothing_is_said_while_all_is_well(hang_up: Hang) -> None:
    assert hang_up().says() == ""


def test_no_contact_is_said_after_a_quarter_of_an_hour_and_larger_after_a_day(hang_up: Hang) -> None:
    """At noon the last contact; the poster stands all the time, and the line goes by itself."""
    wall = hang_up(now="2026-11-22T12:00:00+01:00")
    (good,) = wall.frames
    size = "parseFloat(getComputedStyle(document.querySelector('[data-notice=lost]')).fontSize)"
    small = wall.page.evaluate(size)
    wall.server.go()
    wall.wait(minutes=14, seconds=30)
    assert wall.says() == ""
    wall.wait(minutes=1)
    assert wall.says() == "Ingen kontakt sedan klockan 12.00"
    wall.wait(hours=11, minutes=50)
    assert wall.says() == "Ingen kontakt sedan 22 november klockan 12.00"
    assert wall.page.evaluate(size) == small
    wall.wait(hours=12)
    assert wall.says() == "Ingen kontakt sedan 22 november klockan 12.00"
    assert wall.page.evaluate(size) > 1.4 * small
    wall.wait(days=6)
    assert wall.says() == "Ingen kontakt sedan 22 november klockan 12.00"
    assert wall.frames == [good]
    wall.server.come()
    build = wall.publish()
    wall.status(built_on="2026-11-29")
    wall.asks()
    wall.shows(build)
    wall.wait(seconds=10)
    assert wall.says() == ""
    assert wall.page.evaluate(size) == small
    assert wall.complaints == []


@pytest.mark.parametrize(
    "fault",
    [code(500), reset, text(b"<h1>Logga in</h1>", content_type="text/html")],
    ids=["500", "reset", "login"],
)
def test_an_answer_that_is_none_is_no_contact(fault: Callable[..., None], hang_up: Hang) -> None:
    wall = hang_up()
    wall.server.faults["status.json"] = fault
    wall.wait(minutes=16)
    assert wall.says() == "Ingen kontakt sedan klockan 12.00"


def test_a_poster_that_cannot_be_loaded_is_no_contact_either(hang_up: Hang) -> None:
    """What stands may no longer be what is published, and that must be seen."""
    wall = hang_up()
    wall.server.faults[f"{wall.publish()}.html"] = code(404)
    wall.asks()
    wall.settles()
    wall.wait(minutes=16)
    assert wall.says() == "Ingen kontakt sedan klockan 12.00"


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-30T23:58:00+01:00", ""),
        ("2026-12-01T00:00:30+01:00", "Sidan har inte byggts sedan 22 november 2026"),
        ("2027-02-01T12:00:00+01:00", "Sidan har inte byggts sedan 22 november 2026"),
    ],
)
def test_a_build_older_than_eight_days_is_said(now: str, says: str, hang_up: Hang) -> None:
    """Built on 22 November: 30 November is the eighth day."""
    assert hang_up(now=now, device="2020-01-01T00:00:00Z").says() == says


def test_whether_the_site_is_built_is_not_guessed_while_there_is_no_contact(hang_up: Hang) -> None:
    wall = hang_up(now="2026-11-25T12:00:00+01:00")
    wall.server.go()
    wall.wait(days=20)
    assert wall.says() == "Ingen kontakt sedan 25 november klockan 12.00"
    wall.server.come()


def test_what_was_old_at_the_last_contact_is_still_old(hang_up: Hang) -> None:
    wall = hang_up(now="2026-12-05T12:00:00+01:00")
    wall.server.go()
    wall.wait(minutes=16)
    assert wall.says() == "Ingen kontakt sedan klockan 12.00 Sidan har inte byggts sedan 22 november 2026"
    wall.server.come()


@pytest.mark.parametrize(
    ("revised", "before", "late", "device"),
    [
        ("2026-07-25", "2026-10-25T23:58:00+01:00", "26 oktober 2026", "2031-05-01T03:00:00Z"),
        ("2025-12-29", "2026-03-29T23:58:00+02:00", "30 mars 2026", "1970-01-01T00:05:00Z"),
        ("2026-11-12", "2027-02-12T23:58:00+01:00", "13 februari 2027", "2027-02-12T10:00:00Z"),
    ],
    ids=["the night the clocks go back", "the night they go forward", "any night"],
)
def test_the_state_turns_at_the_policys_midnight_without_a_reload(
    revised: str, before: str, late: str, device: str, hang_up: Hang
) -> None:
    """By the server's clock, whatever the device believes about the time and the place."""
    wall = hang_up(now=before, device=device, timezone_id="Pacific/Honolulu")
    build = wall.publish(revised=revised, today=before[:10])
    wall.asks()
    wall.shows(build)
    assert wall.foot().startswith("Granskas snart")
    asked = wall.server.count("plansch/")
    wall.wait(minutes=1, seconds=30)
    assert wall.foot().startswith(f"Granskningen är försenad sedan {late}")
    assert wall.server.count("plansch/") == asked


def test_the_servers_clock_is_carried_on_while_it_is_away(hang_up: Hang) -> None:
    wall = hang_up(now="2027-02-11T12:00:00+01:00", device="2020-01-01T00:00:00Z")
    wall.server.go()
    wall.wait(days=1)
    assert wall.foot().startswith("Granskas snart")
    wall.wait(days=1)
    assert wall.foot().startswith("Granskningen är försenad")
    assert (
        wall.says()
        == "Ingen kontakt sedan 11 februari klockan 12.00 Sidan har inte byggts sedan 22 november 2026"
    )
    wall.server.come()


def test_without_a_date_from_the_server_the_devices_clock_has_to_do(hang_up: Hang) -> None:
    wall = hang_up(now=None, device="2027-02-13T12:00:00+01:00")
    assert wall.foot().startswith("Granskningen är försenad")


def test_a_mirror_tells_when_it_last_met_the_site(hang_up: Hang) -> None:
    """The mirror always answers, but what it has may be old."""
    wall = hang_up()
    wall.status(seen="2026-11-22T07:40:00Z")
    wall.asks()
    wall.settles()
    wall.wait(seconds=10)
    assert wall.says() == "Ingen kontakt sedan klockan 08.40"
    wall.status(seen=wall.server.now.isoformat())
    wall.asks()
    wall.settles()
    wall.wait(seconds=10)
    assert wall.says() == ""


@pytest.mark.parametrize(("chance", "seconds"), [(0, 54), (0.5, 60), (0.999999, 66)])
def test_it_asks_once_a_minute_give_or_take_a_tenth(chance: float, seconds: int, hang_up: Hang) -> None:
    """So that a hundred screens do not ask at the same moment."""
    wall = hang_up(reduced_motion="reduce", setup=f"() => {{ Math.random = () => {chance}; }}")
    wall.settles()
    asked = wall.server.count("status.json")
    wall.wait(seconds=seconds - 1)
    wall.settles()
    assert wall.server.count("status.json") == asked
    wall.wait(seconds=1.5)
    wall.server.wait_for("status.json", asked + 1)
