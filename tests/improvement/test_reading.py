"""What stands in `improvements.yml` becomes what the agenda and the calendars speak of."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from livingpolicy.interval import Interval
from livingpolicy.model import Benefit, Criterion, Decision, EffectCheck, Evaluation
from tests.content.reading import TARGETS, TARGETS_PATH, Files, load, metadata, places, policy
from tests.content.test_faults_improvements import LUNCH, MORE, PATH, RESULT, improvements


def test_an_improvement_is_read_whole(tmp_path: Path) -> None:
    (one,) = load(tmp_path, improvements()).improvements
    assert one.id == "ko-vid-lunch"
    assert one.criteria == (Criterion.FREQUENT, Criterion.COSTLY)
    assert (one.target, one.sections) == ("svarstid", ("svar-telefon",))
    assert one.owner.name == "Kundtjänstchefen"
    assert one.check == EffectCheck(
        date(2026, 10, 2), Benefit.BETTER, "Nio av tio fick svar inom tre minuter."
    )
    assert one.decision is Decision.KEEP
    assert not one.in_work


@pytest.mark.parametrize(
    ("started", "check"),
    [
        ("2026-08-01", date(2026, 10, 1)),
        ("2026-12-31", date(2027, 2, 28)),
        ("2027-12-31", date(2028, 2, 29)),
    ],
)
def test_the_effect_is_checked_two_calendar_months_after_the_start(
    tmp_path: Path, started: str, check: date
) -> None:
    text = LUNCH.replace(RESULT, "").replace("  decision: keep\n", "").replace("2026-08-01", started)
    (one,) = load(tmp_path, {PATH: text, TARGETS_PATH: TARGETS}).improvements
    assert one.check_on == check
    assert one.unchecked


def test_or_on_the_day_that_the_file_says(tmp_path: Path) -> None:
    files = improvements("  checked_on", "  effect_check_on: 2026-09-15\n  checked_on")
    assert load(tmp_path, files).improvements[0].check_on == date(2026, 9, 15)


def test_the_day_itself_is_in_time(tmp_path: Path) -> None:
    text = LUNCH.replace(RESULT, "").replace("  decision: keep\n", "")
    (one,) = load(tmp_path, {PATH: text, TARGETS_PATH: TARGETS}).improvements
    assert [one.is_late(date(2026, 10, day)) for day in (1, 2)] == [False, True]


def test_what_waits_for_its_decision_is_in_work_and_not_late(tmp_path: Path) -> None:
    (one,) = load(tmp_path, improvements("  decision: keep\n", "")).improvements
    assert one.in_work
    assert not one.is_late(date(2026, 12, 1))


@pytest.mark.parametrize(
    "files",
    [
        {PATH: ""},
        {PATH: "# Inget än\n"},
        {PATH: "".join(line + "\n" for line in MORE.split("\n")[:3])},
        {PATH: LUNCH + "".join(line + "\n" for line in MORE.split("\n")[:3]), TARGETS_PATH: TARGETS},
        improvements("2026-08-01", "2026-08-02"),
        {PATH: MORE.split("\n")[0].replace("2026-11-01", "2027-01-01")},
        {**metadata("aliases: [telefonen]\n"), **improvements("svar-telefon", "telefonen")},
    ],
    ids=["empty", "a comment", "three", "three and a finished one", "on the day", "next year", "alias"],
)  # fmt: skip
def test_what_is_right_passes(tmp_path: Path, files: Files) -> None:
    assert places(tmp_path, files) == []


def test_an_alias_leads_to_the_section(tmp_path: Path) -> None:
    files = {**metadata("aliases: [telefonen]\n"), **improvements("svar-telefon", "telefonen")}
    assert load(tmp_path, files).improvements[0].sections == ("svar-telefon",)


def test_the_evaluation_is_held_when_policy_yml_says(tmp_path: Path) -> None:
    found = load(tmp_path, policy("phases:", "evaluation: {first_on: 2026-08-31}\nphases:")).policy.evaluation
    assert found.every == Interval(2, "months")
    assert [str(day) for day in islice(found.days(), 4)] == [
        "2026-08-31", "2026-11-02", "2026-12-31", "2027-03-01",
    ]  # fmt: skip  # 31 October is a Saturday and 28 February a Sunday


def test_and_on_no_day_when_it_says_none(tmp_path: Path) -> None:
    assert load(tmp_path, {}).policy.evaluation == Evaluation(Interval(2, "months"), None)
    assert list(Evaluation().days()) == []
