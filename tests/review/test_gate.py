"""The gate for `main` and for every night."""

from __future__ import annotations

from dataclasses import replace

import pytest

from livingpolicy.errors import ExitCode, Problem
from livingpolicy.gate import judge
from livingpolicy.language import catalogue
from livingpolicy.model import Outcome, RevisionKind, Source
from tests.samples import history, policy, review, revision, snapshot

ADDED = history(svar_telefon=(revision("2026-01-01", RevisionKind.ADDED),))
WARNING = Problem(Source("policy/chapters/tillganglighet.md", 12), "heading-skipped", {}, warning=True)


@pytest.mark.parametrize(
    ("today", "code", "exit_code"),
    [
        ("2026-07-01", None, ExitCode.FINE),
        ("2026-07-02", "overdue-in-grace", ExitCode.FINE),
        ("2026-07-15", "overdue-in-grace", ExitCode.FINE),
        ("2026-07-16", "overdue", ExitCode.FINDING),
    ],
)
def test_an_overdue_section_fails_the_gate_after_the_grace(
    today: str, code: str | None, exit_code: ExitCode
) -> None:
    verdict = judge(snapshot(policy(), ADDED, today=today))
    assert ([problem.code for problem in verdict.problems], verdict.exit_code) == (
        [code] if code else [],
        exit_code,
    )


def test_the_finding_says_who_is_late_with_what_and_what_to_do() -> None:
    (problem,) = judge(snapshot(policy(), ADDED, today="2026-07-16")).problems
    assert catalogue("sv").problem(problem) == (
        "policy/chapters/tillganglighet.md:9: overdue: Avsnittet ”Svar telefon” skulle ha granskats "
        "senast 2026-07-01 (15 dagar sedan). Kundtjänstchefen granskar det: ändra texten, eller skriv in "
        'granskningen med livingpolicy review svar-telefon --checked "vad som kontrollerades".'
    )


def test_a_commit_from_the_future_fails_the_gate() -> None:
    verdict = judge(snapshot(policy(), history(svar_telefon=(revision(None),))))
    assert ([problem.code for problem in verdict.problems], verdict.exit_code) == (
        ["date-unknown"],
        ExitCode.FINDING,
    )


def test_a_review_that_wanted_a_change_is_a_warning_until_the_text_changes() -> None:
    lines = (review("2026-06-20", Outcome.NEEDS_CHANGE),)
    open_still = judge(snapshot(policy(), ADDED, lines, today="2026-06-30"))
    changed = history(svar_telefon=(revision("2026-06-25"), *ADDED.revisions["svar-telefon"]))
    assert [problem.code for problem in open_still.problems] == ["needs-change"]
    assert not judge(snapshot(policy(), changed, lines, today="2026-06-30")).problems


def test_warnings_pass_unless_the_caller_is_strict() -> None:
    fine = snapshot(policy(), ADDED, today="2026-06-01")
    assert judge(fine, [WARNING]).exit_code is ExitCode.FINE
    assert judge(fine, [WARNING], strict=True).exit_code is ExitCode.WRONG


def test_a_policy_file_unknown_to_git_is_a_draft_at_a_desk_and_wrong_on_ci() -> None:
    known = replace(ADDED, untracked=("policy/chapters/nytt.md",))
    at_desk = judge(snapshot(policy(), known, today="2026-06-01"))
    on_ci = judge(snapshot(policy(), known, today="2026-06-01"), on_ci=True)
    assert (at_desk.exit_code, on_ci.exit_code) == (ExitCode.FINE, ExitCode.WRONG)
