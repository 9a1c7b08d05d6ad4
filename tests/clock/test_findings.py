"""What `livingpolicy check` has to say of promises that wait for others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.dependencies import findings, touched
from livingpolicy.disclosure.settings import setting_changes
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import Channel, History, Level, Snapshot, Target
from tests.clock.samples import AGREED, HOURS, around, day, need, register, target
from tests.gate.conftest import desk
from tests.gate.desk import PHONE, PHONE_REVISED, TODAY, Desk, chapter

__all__ = ["desk"]  # the fixture

SV = catalogue("sv")


def codes(snapshot: Snapshot) -> list[str]:
    """Return "9 need-not-agreed" for every finding, warnings in parentheses."""
    found = [(f"{one.source.line} {one.code}", one.warning) for one in findings(snapshot)]
    return [f"({text})" if warning else text for text, warning in found]


def only(*targets: Target) -> str:
    """Return the only finding, in Swedish."""
    (found,) = findings(day(register(*targets)))
    return SV.message(found)


def test_a_promise_that_holds_is_not_mentioned() -> None:
    assert codes(day(register(target("4 hours", need("lager: 1 hours"), need("ekonomi: 2 hours"))))) == []


def test_a_promise_shorter_than_its_needs_says_by_how_much_and_shows_it() -> None:
    """Both times on the promise's clock, an example to check by hand, and who decides."""
    told = only(target("4 hours", need("lager: 2 hours"), need("ekonomi: 3 hours", after=("lager",))))
    assert told == (
        "”Svarstid” lovar 4 timmar, men väntar på Lager (2 timmar), sedan Ekonomi (3 timmar). Det kan ta "
        "5 timmar, alltså 1 timme för mycket. Exempel: det som kommer onsdagen den 23 december 2026 kl. "
        "14.00 ska vara klart onsdagen den 23 december 2026 kl. 18.00, men alla svar finns först måndagen "
        "den 28 december 2026 kl. 09.00. På vägen ligger julafton och juldagen. Kom överens om kortare "
        "tider, eller lova mindre. Kundtjänstchefen avgör."
    )


def test_days_that_run_on_over_christmas_while_nobody_works() -> None:
    told = only(around("5 days", need("inkop: 2 working-days")))
    assert "lovar 5 dagar, men väntar på Inkop (2 arbetsdagar). Det kan ta 6 dagar, alltså 1 dag för" in told
    assert "det som kommer tisdagen den 22 december 2026 ska vara klart söndagen den 27 december 2026" in told


def test_a_need_that_nobody_has_agreed_to_is_an_error_on_its_own_line() -> None:
    content = register(target("4 hours", need("lager: 1 hours", agreed_on=None, line=12)))
    assert codes(day(content)) == ["12 need-not-agreed"]


@pytest.mark.parametrize(
    ("agreed", "levels", "expected"),
    [
        ("2025-11-22", [], []),
        ("2025-11-21", [], ["(9 agreement-old)"]),
        ("2026-09-01", ["2026-05-03"], []),
        ("2026-09-01", ["2026-10-01"], []),  # the first that is known: when the register was written down
        ("2026-09-01", ["2026-10-01", "2026-05-03"], ["(9 agreement-older)"]),
        ("2026-10-01", ["2026-10-01", "2026-05-03"], []),
        ("2026-09-01", ["2027-01-01", "2026-05-03"], []),  # not in force yet
        ("2025-09-01", ["2026-10-01", "2025-05-03"], ["(9 agreement-older)"]),
    ],
)
def test_an_agreement_grows_old_with_the_years_and_with_what_is_promised(
    agreed: str, levels: list[str], expected: list[str]
) -> None:
    content = register(target("4 hours", need("lager: 1 hours", agreed_on=date.fromisoformat(agreed))))
    known = tuple(Level(date.fromisoformat(since), 4, None, "hours", 90, "", commit=None) for since in levels)
    snapshot = day(content)
    history: History = replace(snapshot.history, targets={"svarstid": known})
    assert codes(replace(snapshot, history=history)) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (target("4 hours", channel=Channel.CHAT), ["1 clock-without-hours"]),
        (target("4 hours", channel=None), ["1 clock-without-channel"]),
        (target("4 days", channel=None), ["1 clock-without-channel"]),
        (target("4 working-days", channel=None), []),
        (target("4 percent", channel=Channel.CHAT), []),
        (target("4 hours", need("lager: 1 hours", channel=Channel.CHAT)), ["9 need-without-hours"]),
        (target("4 working-days", need("lager: 1 hours"), channel=None), ["9 need-without-hours"]),
        (target("4 working-days", need("lager: 1 hours"), channel=Channel.MAIL), []),
        (around("4 hours", need("lager: 1 working-days", channel=Channel.CHAT)), ["1 promise-too-short"]),
    ],
)
def test_a_clock_that_nobody_can_read_is_said_once(wrong: Target, expected: list[str]) -> None:
    assert codes(day(register(wrong))) == expected


def test_a_change_touches_what_it_changes_and_what_waits_for_that() -> None:
    stock = target("1 hours", name="lagerbesked")
    waiting = target("4 hours", replace(need("lager: 1 hours"), target="lagerbesked"))
    other = target("2 hours", name="annat")
    before = register(waiting, stock, other)
    assert touched(before, before) == set()
    assert touched(before, register(waiting, stock, replace(other, name="Nytt namn"))) == {"annat"}
    slower = register(waiting, replace(stock, at_most=3.0), other)
    assert touched(before, slower) == {"svarstid", "lagerbesked"}
    moved = register(replace(waiting, needs=(replace(waiting.needs[0], source=stock.source),)), stock, other)
    assert touched(before, moved) == set(), "another line is no other need"
    everything = {"svarstid", "lagerbesked", "annat"}
    assert touched(None, before) == everything
    assert touched(before, replace(before, closed_days=(AGREED,))) == everything
    assert touched(before, replace(before, opening_hours={Channel.MAIL: HOURS[Channel.PHONE]})) == everything


def test_every_finding_is_said_in_both_languages() -> None:
    wrong = [
        target("1 hours", need("lager: 2 hours"), need("ekonomi: 1 hours", agreed_on=None)),
        around("1 days", need("lager: 1 working-days", agreed_on=date(2024, 1, 1)), name="b"),
        target("1 hours", channel=None, name="c"),
        target("1 hours", channel=Channel.CHAT, name="d"),
        target("5 hours", need("lager: 1 hours", channel=Channel.CHAT), name="e"),
    ]
    for language in LANGUAGES:
        found = findings(day(register(*wrong, language=language)))
        assert len({one.code for one in found}) == 6
        assert all(catalogue(language).problem(one).startswith("policy/targets.yml:") for one in found)


REGISTER = """\
svarstid:
  name: Svar på mejl
  wording: inom en timme
  at_most: 1
  unit: hours
  clock: around-the-clock
  needs:
    - {department: lager, what: besked, within: 2, unit: hours, agreed_on: 2026-09-01}
"""


def test_the_gate_fails_with_one_and_says_so_in_every_format(desk: Desk) -> None:
    desk.repo.commit("2026-10-02", "Mål", {"policy/targets.yml": REGISTER} | chapter((PHONE, PHONE_REVISED)))
    for form in ("text", "github", "json", "junit", "sarif"):
        code, out, _ = desk.run("check", "--format", form, "--today", "2026-10-03")
        assert code == 1
        assert "promise-too-short" in out
        if form == "json":
            assert [each["line"] for each in json.loads(out)["findings"] if "target" in each["values"]] == [1]


PROPOSED: Mapping[str, Mapping[str, str | None]] = {
    "what it touches stops it": {"policy/targets.yml": REGISTER.replace("within: 2", "within: 3")},
    "what it does not touch is told": chapter((PHONE, PHONE_REVISED)),
}


@pytest.mark.parametrize("name", PROPOSED)
def test_a_change_is_stopped_only_by_the_targets_it_touches(desk: Desk, name: str) -> None:
    desk.repo.commit("2026-10-02", "Mål", {"policy/targets.yml": REGISTER})
    desk.propose(dict(PROPOSED[name]))
    answer = desk.check(today=TODAY)
    level = "error" if "stops" in name else "note"
    assert answer.codes(level).count("promise-too-short") == 1
    assert answer.code == (1 if level == "error" else 0)


def test_an_approver_is_told_of_other_holidays_and_closed_days() -> None:
    before = register(target("4 hours"))
    after = replace(before, country="FI", closed_days=(date(2026, 12, 29), date(2026, 12, 28)))
    told = [(change.topic.value, change.before, change.after) for change in setting_changes(before, after)]
    assert told == [("country", "SE", "FI"), ("closed-days", (), ("2026-12-28", "2026-12-29"))]
