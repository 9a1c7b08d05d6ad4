"""A target is reviewed as a section is: is it still the right one?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.errors import ExitCode
from livingpolicy.gate import judge
from livingpolicy.interval import Interval
from livingpolicy.language import catalogue
from livingpolicy.model import (
    History,
    Outcome,
    Review,
    RevisionKind,
    Snapshot,
    Source,
    Status,
    Target,
    TargetReview,
    TargetRevision,
)
from livingpolicy.render import report_json, report_table
from livingpolicy.render.owner_issues import wanted
from livingpolicy.review import review_targets
from tests.samples import CHIEF, SERVICE, history, policy, revision, snapshot

PHONE = Target(
    id="svarstid",
    name="Svar i telefon",
    wording="inom tre minuter",
    at_most=3,
    at_least=None,
    unit="minutes",
    clock="around-the-clock",
    share=90,
    channel=None,
    owner=SERVICE,
    interval=Interval(6, "months"),
    measured="monthly",
    needs=(),
    source=Source("policy/targets.yml", 1),
)


def stated(
    when: str | None, kind: RevisionKind = RevisionKind.REVISED, begins: str | None = None
) -> TargetRevision:
    day = date.fromisoformat(begins) if begins else None
    return TargetRevision(revision(when).commit, kind, PHONE.name, PHONE.wording, day)


ADDED = stated("2026-01-01", RevisionKind.ADDED)


def line(
    when: str, outcome: Outcome = Outcome.UNCHANGED, by: str = "kundtjanstchef", place: int = 1
) -> Review:
    source = Source("policy/reviews/targets.yml", place)
    return Review(None, date.fromisoformat(when), by, "Utfallet", outcome, None, source, target="svarstid")


def known(*revisions: TargetRevision, drafts: Iterable[str] = ()) -> History:
    return replace(
        history(svar_telefon=(revision("2026-11-01", RevisionKind.ADDED),)),
        target_revisions={"svarstid": revisions or (ADDED,)},
        target_drafts=frozenset(drafts),
    )


def taken(
    *lines: Review, today: str = "2026-11-22", target: Target = PHONE, told: History | None = None
) -> Snapshot:
    content = replace(policy(), targets={target.id: target})
    told = told or known()
    day = date.fromisoformat(today)
    return replace(
        snapshot(content, told, lines, today=today),
        target_reviews=review_targets(content, told, lines, today=day),
    )


def reviewed(*lines: Review, **options: object) -> TargetReview:
    (item,) = taken(*lines, **options).target_reviews  # type: ignore[arg-type]
    return item


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
    item = reviewed(today=today)
    assert (item.due_on, item.status) == (date(2026, 7, 1), status)
    assert item.days_overdue == (1 if status is Status.OVERDUE else 0)


@pytest.mark.parametrize(
    ("lines", "revisions", "due_on"),
    [
        ([line("2026-06-20")], [], "2026-12-20"),
        ([line("2026-06-20", Outcome.NEEDS_CHANGE)], [], "2026-07-01"),
        ([line("2026-06-20")], [stated("2026-09-01")], "2027-03-01"),
        ([], [stated("2026-09-01", RevisionKind.EDITORIAL)], "2026-07-01"),
        ([], [stated("2026-09-01", RevisionKind.REINSTATED)], "2027-03-01"),
    ],
)
def test_the_later_of_revised_and_reviewed_counts(
    lines: list[Review], revisions: list[TargetRevision], due_on: str
) -> None:
    item = reviewed(*lines, told=known(*revisions, ADDED))
    assert item.due_on == date.fromisoformat(due_on)
    assert item.last_reviewed == (lines[0] if lines else None)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (known(stated(None), ADDED), Status.UNKNOWN),
        (known(drafts=["svarstid"]), Status.DRAFT),
        (History(revisions={}, complete=False, head=None), Status.UNKNOWN),
    ],
)
def test_what_is_not_known_is_not_guessed(told: History, status: Status) -> None:
    """Neither from an older revision nor from a review."""
    item = reviewed(line("2026-11-01"), told=told)
    assert (item.last_revised, item.due_on, item.status) == (None, None, status)


def test_a_target_that_waits_for_its_day_leaves_the_one_before_it_in_need_of_its_review() -> None:
    later = replace(PHONE, effective_from=date(2027, 1, 1))
    item = reviewed(target=later, told=known(stated("2026-11-01", begins="2027-01-01"), ADDED))
    assert (item.due_on, item.status) == (date(2026, 7, 1), Status.OVERDUE)
    new = stated("2026-11-01", RevisionKind.ADDED, "2027-01-01")
    assert reviewed(target=later, told=known(new)).status is Status.UPCOMING


def test_a_line_about_a_section_of_the_same_name_is_another_matter() -> None:
    section = replace(line("2026-06-20"), section="svarstid", target=None)
    assert reviewed(section).last_reviewed is None


@pytest.mark.parametrize(
    ("today", "code", "exit_code"),
    [
        ("2026-07-01", [], ExitCode.FINE),
        ("2026-07-02", ["target-overdue-in-grace"], ExitCode.FINE),
        ("2026-07-15", ["target-overdue-in-grace"], ExitCode.FINE),
        ("2026-07-16", ["target-overdue"], ExitCode.FINDING),
    ],
)
def test_an_overdue_target_fails_the_gate_after_the_grace(
    today: str, code: list[str], exit_code: ExitCode
) -> None:
    verdict = judge(taken(today=today))
    found = [problem for problem in verdict.problems if problem.source.path == "policy/targets.yml"]
    assert ([problem.code for problem in found], verdict.exit_code) == (code, exit_code)


def test_the_finding_says_who_is_late_with_what_and_what_to_do() -> None:
    (problem,) = judge(taken(today="2026-07-16")).problems
    assert catalogue("sv").problem(problem) == (
        "policy/targets.yml:1: target-overdue: Det skulle ha prövats senast 2026-07-01 om målet "
        "”Svar i telefon” är rätt satt (15 dagar sedan). Kundtjänstchefen prövar det: ändra målet i "
        "targets.yml, eller skriv in "
        'granskningen med livingpolicy review svarstid --checked "vad som kontrollerades".'
    )


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ([line("2026-11-01", Outcome.NEEDS_CHANGE)], ["target-needs-change"]),
        ([line("2026-11-01", by="kundchef")], ["target-other-role"]),
        ([line("2025-11-01")], ["target-older-than-text"]),
        ([line(f"2026-{month:02}-01", place=month) for month in (9, 10, 11)], ["unchanged-again"]),
        ([line("2026-11-01")], []),
    ],
)
def test_the_ledger_says_of_targets_what_it_says_of_sections(lines: list[Review], codes: list[str]) -> None:
    dated = [replace(one, reviewed_on=one.reviewed_on) for one in lines]
    told = judge(taken(*dated, today="2026-11-22")).problems
    assert [one.code for one in told if one.source.path == "policy/reviews/targets.yml"] == codes


def test_the_report_lists_the_targets_after_the_sections() -> None:
    now = taken(line("2026-06-20"))
    plain = report_table.plain(now, catalogue("sv"))
    assert "1 aktuellt. Mål: 1 granskas snart." in plain
    assert plain.index("svar-telefon") < plain.index("\nMål\n") < plain.index("Svar i telefon (svarstid)")
    assert "### Mål\n\n| Status | Mål |" in report_table.markdown(now, catalogue("sv"))
    rows = list(csv.DictReader(io.StringIO(report_table.comma_separated(now))))
    assert [(row["type"], row["id"], row["chapter"]) for row in rows] == [
        ("section", "svar-telefon", "tillganglighet"),
        ("target", "svarstid", ""),
    ]
    (target,) = json.loads(report_json.report(now))["targets"]
    assert target == {
        "id": "svarstid",
        "title": "Svar i telefon",
        "path": "policy/targets.yml",
        "line": 1,
        "owner": "kundtjanstchef",
        "status": "due-soon",
        "last_revised": report_json.commit(ADDED.commit),
        "last_reviewed_on": "2026-06-20",
        "review_every": "6 months",
        "due_on": "2026-12-20",
        "days_overdue": 0,
        "revisions": 1,
    }


def test_an_owner_of_targets_alone_has_a_part_and_an_issue() -> None:
    now = taken(today="2026-08-01", target=replace(PHONE, owner=CHIEF))
    part = report_table.markdown(now, catalogue("sv"), by_owner=True).split("\n### ")[1]
    assert part.startswith("Kundchefen (kundchef)")
    assert "Mål: 1 försenat." in part
    (issue,) = wanted(now, catalogue("sv"))
    assert issue.owner == "kundchef"
    assert "Kundchefen ansvarar för 1 mål i Kundpolicy" in issue.body
    assert "| ! Försenad | Målet Svar i telefon (svarstid), policy/targets.yml | 1 juli 2026 |" in issue.body
