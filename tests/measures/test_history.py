"""Measured values on disk and in git: they date nothing, and are judged by what git knows of their target."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from livingpolicy.clock import Clock
from livingpolicy.model import Snapshot, Verdict
from livingpolicy.period import written_period
from livingpolicy.snapshot import HistoryUse, take_snapshot
from tests.policy_repo import MINIMAL, PolicyRepo

CLOCK = Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))
TARGETS = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  share: 80
  measured: monthly
oppna-arenden:
  name: Öppna ärenden
  wording: högst 150
  at_most: 150
  unit: count
"""
HEADER = "period,value,within_target,n,comment\n"
PATH = "policy/measurements/svarstid.csv"


@pytest.fixture
def repo(policy_repo: PolicyRepo) -> PolicyRepo:
    """Return a policy of May with a target of 80 percent, which has been 90 since 15 August."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", {**MINIMAL, "policy/targets.yml": TARGETS})
    raised = TARGETS.replace("share: 80", "share: 90")
    policy_repo.commit("2026-08-15", "Höj målet", {"policy/targets.yml": raised})
    policy_repo.commit(
        "2026-11-03",
        "För in utfall",
        {PATH: HEADER + "".join(f"2026-{month:02},2.4,85,812,\n" for month in (4, 5, 8, 9))},
    )
    return policy_repo


def taken(repo: PolicyRepo, history: HistoryUse = "required") -> Snapshot:
    return take_snapshot(repo.root, CLOCK, history=history)[0]


def test_a_value_is_judged_by_the_target_of_its_time(repo: PolicyRepo) -> None:
    """85 percent was enough until the target was raised; April began before there was any."""
    state = taken(repo).targets[0]
    verdicts = [(written_period(one.measurement.period), one.verdict) for one in state.results]
    assert verdicts == [
        ("2026-09", Verdict.MISSED),
        ("2026-08", Verdict.MET),
        ("2026-05", Verdict.MET),
        ("2026-04", Verdict.UNJUDGED),
    ]
    assert [written_period(period) for period in state.missing] == ["2026-10", "2026-07", "2026-06"]
    assert state.stale


def test_every_target_of_the_register_has_a_state(repo: PolicyRepo) -> None:
    assert [state.target.id for state in taken(repo).targets] == ["svarstid", "oppna-arenden"]


def test_without_git_values_are_shown_and_not_judged(repo: PolicyRepo) -> None:
    state = taken(repo, "none").targets[0]
    assert len(state.results) == 4
    assert {one.verdict for one in state.results} == {Verdict.UNJUDGED}


def test_values_change_no_date_and_make_no_draft(repo: PolicyRepo) -> None:
    """Neither when they are published nor while they lie uncommitted in the folder."""
    before = taken(repo).sections
    repo.commit("2026-11-04", "För in oktober", {PATH: HEADER + "2026-10,2.4,85,812,\n"})
    assert taken(repo).sections == before
    repo.write({PATH: HEADER + "2026-10,2.5,86,812,\n", "policy/measurements/oppna-arenden.csv": HEADER})
    dirty = taken(repo)
    assert dirty.sections == before
    assert dirty.history.drafts == frozenset()
    assert dirty.history.uncommitted == (PATH,)
    assert dirty.history.untracked == ("policy/measurements/oppna-arenden.csv",)


def test_another_today_moves_what_is_missing_and_never_a_value(repo: PolicyRepo) -> None:
    now = taken(repo).targets[0]
    clock = Clock(CLOCK.now, datetime(2027, 2, 1, tzinfo=UTC).date())
    later = take_snapshot(repo.root, clock)[0].targets[0]
    assert later.results == now.results
    assert len(later.missing) == len(now.missing) + 3
