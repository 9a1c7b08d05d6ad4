"""Which target was in force when: the register's own history."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.levels import level_on
from livingpolicy.model import History, Level
from tests.history.story import read, rewrite, started
from tests.policy_repo import PolicyRepo

REGISTER = "policy/targets.yml"
TARGETS = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  share: 90
  owner: kundtjanstchef
  review_every: 3 months
  measured: monthly
"""
FIVE = TARGETS.replace("tre", "fem").replace("at_most: 3", "at_most: 5")
MAIL = """\
mejl:
  name: Svar på mejl
  wording: inom fyra timmar
  at_most: 4
  unit: hours
"""


@pytest.fixture
def repo(tmp_path: Path) -> PolicyRepo:
    """A target of three minutes since 1 February."""
    repo = started(tmp_path / "repo")
    repo.commit("2026-02-01", "Mål", {REGISTER: TARGETS})
    return repo


def told(history: History, name: str = "svarstid") -> list[str]:
    """Return "2026-02-01 3 minutes" for each level, newest first, and the day on which it ended."""
    return [
        " ".join(
            [
                f"{level.effective_from} {level.at_most if level.at_least is None else level.at_least:g}",
                level.unit,
                *([f"until {level.ended}"] if level.ended else []),
            ]
        )
        for level in history.targets.get(name, ())
    ]


def revised(history: History, name: str = "svarstid") -> list[str]:
    """Return "2026-02-01 added" for each revision, newest first."""
    return [
        f"{one.commit.landed_at:%Y-%m-%d} {one.kind}" if one.commit.landed_at else f"? {one.kind}"
        for one in history.target_revisions.get(name, ())
    ]


def test_a_level_applies_from_the_day_it_was_published(repo: PolicyRepo):
    rewrite(repo, "2026-05-03", "at_most: 3", "at_most: 5")
    history = read(repo)
    assert told(history) == ["2026-05-03 5 minutes", "2026-02-01 3 minutes"]
    commits = [level.commit.subject for level in history.targets["svarstid"] if level.commit]
    assert commits == ["Ändring", "Mål"]


@pytest.mark.parametrize(
    ("old", "new", "levels"),
    [
        ("at_most: 3", "at_least: 3", 2),
        ("unit: minutes", "unit: hours", 2),
        ("share: 90", "share: 80", 2),
        ("  share: 90\n", "", 2),
        ("inom tre minuter", "på högst tre minuter", 2),
        ("at_most: 3\n", "at_most: 3.0\n", 1),
        ("Svar i telefon", "Svar på samtal", 1),
        ("opening-hours", "around-the-clock", 1),
        ("measured: monthly", "measured: weekly", 1),
        ("owner: kundtjanstchef", "owner: kundchef", 1),
        ("review_every: 3 months", "review_every: 6 months", 1),
        ("svarstid:", "# Målet\n\nsvarstid:", 1),
    ],
)
def test_a_level_is_its_number_its_unit_its_share_and_its_words(
    repo: PolicyRepo, old: str, new: str, levels: int
):
    rewrite(repo, "2026-05-03", old, new)
    assert len(read(repo).targets["svarstid"]) == levels


@pytest.mark.parametrize(
    ("old", "new", "body", "kinds"),
    [
        ("at_most: 3", "at_most: 5", "", ["2026-05-03 revised"]),
        ("Svar i telefon", "Svar på samtal", "", ["2026-05-03 revised"]),
        ("opening-hours", "around-the-clock", "", ["2026-05-03 revised"]),
        ("inom tre", "på tre", "Change: editorial", ["2026-05-03 editorial"]),
        ("measured: monthly", "measured: weekly", "", []),
        ("owner: kundtjanstchef", "owner: kundchef", "", []),
        ("share: 90", "share: 90\n  effective_from: 2026-01-01", "", []),
    ],
)
def test_a_target_is_revised_when_the_sections_that_print_it_are(
    repo: PolicyRepo, old: str, new: str, body: str, kinds: list[str]
):
    rewrite(repo, "2026-05-03", old, new, body=body)
    assert revised(read(repo)) == [*kinds, "2026-02-01 added"]


def test_the_register_may_say_that_a_target_is_older_than_the_repository(repo: PolicyRepo):
    rewrite(repo, "2026-05-03", "  share: 90\n", "  share: 90\n  effective_from: 2024-10-01\n")
    assert told(read(repo)) == ["2024-10-01 3 minutes"]
    rewrite(repo, "2026-06-01", "  effective_from: 2024-10-01\n", "")
    assert told(read(repo)) == ["2026-02-01 3 minutes"]


def test_a_target_that_is_to_apply_later_leaves_the_one_before_it_in_force(repo: PolicyRepo):
    later = FIVE.replace("  share: 90\n", "  share: 90\n  effective_from: 2027-01-01\n")
    repo.commit("2026-10-01", "Fem minuter från årsskiftet", {REGISTER: later})
    history = read(repo)
    assert told(history) == ["2027-01-01 5 minutes", "2026-02-01 3 minutes"]
    for day, limit in (("2026-01-31", None), ("2026-02-01", 3), ("2026-12-31", 3), ("2027-01-01", 5)):
        level = level_on(history.targets["svarstid"], date.fromisoformat(day))
        assert (level.at_most if level else None) == limit, day


def test_a_target_that_never_came_into_force_leaves_no_trace_in_what_applied(repo: PolicyRepo):
    later = FIVE.replace("  share: 90\n", "  share: 90\n  effective_from: 2027-01-01\n")
    repo.commit("2026-10-01", "Fem minuter från årsskiftet", {REGISTER: later})
    repo.commit("2026-11-01", "Nej, tre", {REGISTER: TARGETS})
    levels = read(repo).targets["svarstid"]
    assert told(read(repo)) == ["2026-11-01 3 minutes", "2027-01-01 5 minutes", "2026-02-01 3 minutes"]
    assert all(level_on(levels, day) is not levels[1] for day in days(levels))


def test_a_target_that_was_taken_out_applied_until_then(repo: PolicyRepo):
    repo.commit("2026-05-03", "Inget mål", {REGISTER: MAIL})
    history = read(repo)
    assert told(history) == ["2026-02-01 3 minutes until 2026-05-03"]
    assert level_on(history.targets["svarstid"], date(2026, 5, 2)) is not None
    assert level_on(history.targets["svarstid"], date(2026, 5, 3)) is None
    repo.commit("2026-08-01", "Åter", {REGISTER: TARGETS + MAIL})
    assert told(read(repo)) == ["2026-08-01 3 minutes", "2026-02-01 3 minutes until 2026-05-03"]
    assert revised(read(repo)) == ["2026-08-01 reinstated", "2026-05-03 retired", "2026-02-01 added"]


def test_a_register_that_is_taken_away_takes_its_targets_with_it(repo: PolicyRepo):
    repo.commit("2026-05-03", "Inga mål", {REGISTER: None})
    assert told(read(repo)) == ["2026-02-01 3 minutes until 2026-05-03"]


def test_a_target_taken_out_while_it_waited_takes_the_one_in_force_with_it(repo: PolicyRepo):
    later = FIVE.replace("  share: 90\n", "  share: 90\n  effective_from: 2027-01-01\n")
    repo.commit("2026-10-01", "Fem minuter från årsskiftet", {REGISTER: later})
    repo.commit("2026-11-01", "Inget mål", {REGISTER: MAIL})
    levels = read(repo).targets["svarstid"]
    for day, limit in (("2026-10-31", 3), ("2026-11-01", None), ("2027-01-01", None)):
        level = level_on(levels, date.fromisoformat(day))
        assert (level.at_most if level else None) == limit, day


def test_a_renamed_id_is_a_new_target(repo: PolicyRepo):
    rewrite(repo, "2026-05-03", "svarstid:", "svarstid-telefon:")
    history = read(repo)
    assert told(history) == ["2026-02-01 3 minutes until 2026-05-03"]
    assert told(history, "svarstid-telefon") == ["2026-05-03 3 minutes"]


@pytest.mark.parametrize(
    "broken",
    [
        "svarstid: [",
        "- svarstid",
        "svarstid:\n",
        "svarstid: tre minuter\n",
        TARGETS.replace("at_most: 3", "at_most: tre"),
        TARGETS.replace("unit: minutes", "unit: minuter"),
        TARGETS.replace("  at_most: 3\n", ""),
        TARGETS.replace("at_most: 3", "at_most: 3\n  at_least: 1"),
        TARGETS.replace("share: 90", "share: många"),
        b"\xff\xfe" + TARGETS.encode("utf-16-le"),
    ],
)
def test_a_version_that_cannot_be_read_changes_no_level(repo: PolicyRepo, broken: str | bytes):
    repo.commit("2026-03-01", "Fel", {REGISTER: broken})
    repo.commit("2026-03-02", "Rättat", {REGISTER: TARGETS})
    assert told(read(repo)) == ["2026-02-01 3 minutes"]


def test_what_can_be_read_of_a_broken_register_counts(repo: PolicyRepo):
    repo.commit("2026-03-01", "Fem, och ett fel", {REGISTER: f"{FIVE}mejl: snart\n"})
    repo.commit("2026-03-02", "Rättat", {REGISTER: FIVE + MAIL})
    assert told(read(repo)) == ["2026-03-01 5 minutes", "2026-02-01 3 minutes"]
    assert told(read(repo), "mejl") == ["2026-03-02 4 hours"]


def test_a_merge_counts_on_the_day_it_landed(repo: PolicyRepo):
    repo.git("switch", "--quiet", "-c", "gren")
    repo.commit("2026-03-01", "Fem", {REGISTER: FIVE})
    repo.git("switch", "--quiet", "main")
    repo.merge("2026-04-01", "gren")
    assert told(read(repo)) == ["2026-04-01 5 minutes", "2026-02-01 3 minutes"]


def test_days_are_those_of_the_policys_time_zone(repo: PolicyRepo):
    repo.commit("2026-03-31T23:30:00+00:00", "Fem", {REGISTER: FIVE})
    assert told(read(repo))[0] == "2026-04-01 5 minutes"
    assert told(read(repo, timezone="UTC"))[0] == "2026-03-31 5 minutes"


@pytest.mark.parametrize("when", ["1970-01-01T00:00:10+00:00", "2031-01-01T12:00:00+00:00"])
def test_a_level_without_a_day_has_none_and_neither_has_what_came_before(repo: PolicyRepo, when: str):
    """How long three minutes applied depends on when five came, and that nobody knows."""
    repo.commit(when, "Fem", {REGISTER: FIVE})
    assert told(read(repo)) == []
    assert revised(read(repo))[0] == "? revised"
    assert [note.code[:10] for note in read(repo).notes] == ["note.date-"]
    rewrite(repo, "2026-06-01", "  share: 90\n", "  share: 90\n  effective_from: 2026-05-01\n")
    assert told(read(repo)) == ["2026-05-01 5 minutes", "2026-02-01 3 minutes"]


def test_a_target_taken_out_on_an_unknown_day_may_have_ended_at_once(repo: PolicyRepo):
    repo.commit("1970-01-01T00:00:10+00:00", "Inget mål", {REGISTER: MAIL})
    levels = read(repo).targets["svarstid"]
    assert all(level_on(levels, day) is None for day in days(levels))


def test_a_commit_that_never_counts_may_reword_a_level_but_not_move_it(repo: PolicyRepo):
    sha = rewrite(repo, "2026-05-03", "inom tre minuter", "inom 3 minuter")
    repo.write({".policy-ignore-revs": sha})
    history = read(repo)
    assert told(history) == ["2026-02-01 3 minutes"]
    assert history.targets["svarstid"][0].wording == "inom 3 minuter"
    assert revised(history) == ["2026-02-01 added"]


def test_a_new_number_is_a_new_level_even_if_its_commit_is_not_to_count(repo: PolicyRepo):
    """Otherwise what was reached in January would be judged by what was asked in May."""
    sha = repo.commit("2026-05-03", "Fem", {REGISTER: FIVE})
    repo.write({".policy-ignore-revs": sha})
    assert told(read(repo)) == ["2026-05-03 5 minutes", "2026-02-01 3 minutes"]


def test_a_level_that_is_not_committed_has_no_day(repo: PolicyRepo):
    repo.write({REGISTER: FIVE + MAIL})
    history = read(repo)
    assert told(history) == ["2026-02-01 3 minutes"]
    assert "mejl" not in history.targets
    assert history.target_drafts == {"svarstid", "mejl"}
    repo.write({REGISTER: TARGETS.replace("monthly", "weekly")})
    assert read(repo).target_drafts == set()


def test_a_register_that_git_does_not_know_is_a_draft(tmp_path: Path):
    repo = started(tmp_path / "repo")
    repo.write({REGISTER: TARGETS})
    assert read(repo).target_drafts == {"svarstid"}


def test_what_is_remembered_goes_on_with_the_targets(repo: PolicyRepo):
    """`read` asks twice, from the beginning and from what was remembered, and compares."""
    for day, text in (("2026-05-03", FIVE), ("2026-06-01", MAIL), ("2026-07-01", FIVE + MAIL)):
        repo.commit(day, "Ändring", {REGISTER: text})
        read(repo)
    assert told(read(repo)) == [
        "2026-07-01 5 minutes",
        "2026-05-03 5 minutes until 2026-06-01",
        "2026-02-01 3 minutes",
    ]


def days(levels: tuple[Level, ...]) -> list[date]:
    """Return every day around those on which something happened."""
    found = {day for level in levels for day in (level.effective_from, level.ended) if day is not None}
    return sorted(day + timedelta(days=step) for day in found for step in (-1, 0, 1))


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            lambda first, ended: Level(first, 3, None, "minutes", None, "", None, ended),
            DAYS,
            st.none() | DAYS,
        ),
        max_size=5,
    ),
    DAYS,
)
def test_no_level_is_in_force_before_its_day_or_after_its_end(levels: list[Level], day: date):
    found = level_on(levels, day)
    if found is not None:
        assert found.effective_from <= day
        assert found.ended is None or day < found.ended
