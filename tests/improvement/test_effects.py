"""Who should have looked whether something helped is told, and nobody is stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from livingpolicy.effects import late_checks
from livingpolicy.errors import ExitCode
from livingpolicy.gate import judge
from livingpolicy.language import catalogue
from livingpolicy.model import Owner, Snapshot
from livingpolicy.render.report_table import plain
from tests.improvement.samples import busy, checked, improvement
from tests.samples import CHIEF, SERVICE, history, policy, revision, snapshot


def trying(today: str, **changes: object) -> Snapshot:
    """Return a policy in order but for one improvement, to be checked by 1 December."""
    made = snapshot(policy(), history(svar_telefon=(revision("2026-11-01"),)), today=today)
    return replace(made, improvements=(improvement(**changes),))


@pytest.mark.parametrize(("today", "late"), [("2026-11-30", 0), ("2026-12-01", 0), ("2026-12-02", 1)])
def test_the_day_of_the_check_is_in_time(today: str, late: int) -> None:
    assert len(list(late_checks(trying(today)))) == late


def test_the_gate_warns_and_lets_pass() -> None:
    """A release must get out, whatever the next meeting has to speak of."""
    verdict = judge(trying("2026-12-24"))
    assert [(one.code, one.warning) for one in verdict.problems] == [("effect-check-late", True)]
    assert verdict.exit_code is ExitCode.FINE
    assert judge(trying("2026-12-24"), strict=True).exit_code is ExitCode.FINDING


def test_what_was_checked_is_not_asked_for_again() -> None:
    assert not list(late_checks(trying("2026-12-24", check=checked("2026-12-20"))))


@pytest.mark.parametrize(("owner", "told"), [(SERVICE, True), (CHIEF, False)])
def test_the_report_tells_everybody_and_the_role_that_is_waited_for(owner: Owner, told: bool) -> None:
    from livingpolicy.render.report_advice import advice

    words = catalogue("sv")
    sentence = "Effekten av arbetet med ”Köerna i telefon är längst mellan 12 och 13”"
    assert sentence in plain(trying("2026-12-24"), words)
    parts = [
        point
        for each in advice(trying("2026-12-24"), words, owner)
        for part in each.parts
        for point in part.points
    ]
    assert any(sentence in point for point in parts) is told


def test_the_agenda_asks_for_it_first() -> None:
    from livingpolicy.render.agenda_text import plain as agenda_text

    text = agenda_text(busy(today="2026-12-05"), catalogue("sv"))
    assert "Skulle ha kontrollerats senast 1 december 2026." in " ".join(text.split())
