"""What becomes of a change to a target, and of a number that contradicts one, from edit to gate."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from livingpolicy.clock import Clock
from livingpolicy.snapshot import take_snapshot
from tests.gate.conftest import NOON, OF_PLATFORMS
from tests.gate.desk import ACCESS, LATE_ON, TODAY, Desk
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo

REGISTER = "policy/targets.yml"
REVIEWS = "policy/reviews/targets.yml"
TARGETS = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: around-the-clock
  share: 90
  owner: kundtjanstchef
  review_every: 6 months
  measured: monthly
mejl:
  name: Svar på mejl
  wording: inom fyra timmar
  at_most: 4
  unit: hours
  clock: around-the-clock
"""
ABOUT = CHAPTER.replace("kind: promise\n", "kind: promise\ntarget: svarstid\n")
LINE = """\
- target: svarstid
  reviewed_on: 2026-11-22
  by: kundtjanstchef
  checked: Växelns statistik
  outcome: unchanged
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of targets that nobody has looked at for 584 days, and of texts of this autumn."""
    repo = PolicyRepo.create(tmp_path_factory.mktemp("targets") / "repo")
    repo.commit(LATE_ON, "Policyn", {**MINIMAL, REGISTER: TARGETS})
    texts = ABOUT.replace("sitt eget namn", "sitt namn").replace("samma dag", "fort").replace("Så", "Här")
    repo.commit("2026-11-01", "Texterna", {ACCESS: texts})
    return repo.root


@pytest.fixture
def desk(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    for name in OF_PLATFORMS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    return Desk(PolicyRepo(shutil.copytree(written, tmp_path / "repo")), capsys)


def register(*edits: tuple[str, str]) -> dict[str, str | None]:
    text = TARGETS
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return {REGISTER: text}


def found(desk: Desk, level: str) -> dict[str, str]:
    """Return which target has which finding of a level, of those that are about targets."""
    told = desk.check().document["findings"]
    return {
        one["values"]["target"]: one["code"]
        for one in told
        if one["level"] == level and "target" in one["values"]
    }


def test_every_night_says_which_targets_are_late(desk: Desk) -> None:
    code, out, _ = desk.run("check", "--today", TODAY)
    assert code == 1
    assert "policy/targets.yml:1: target-overdue: " in out
    assert "policy/targets.yml:11: target-overdue: " in out


def test_nobody_is_stopped_by_a_late_target_that_the_change_does_not_touch(desk: Desk) -> None:
    desk.propose({ACCESS: (desk.root / ACCESS).read_text("utf-8").replace("fort", "genast")})
    assert found(desk, "error") == {}
    assert found(desk, "note") == {"svarstid": "overdue-elsewhere", "mejl": "overdue-elsewhere"}


@pytest.mark.parametrize(
    "edit",
    [
        ("measured: monthly", "measured: weekly"),
        ("owner: kundtjanstchef", "owner: kundchef"),
        ("review_every: 6 months", "review_every: 3 months"),
        ("svarstid:", "svarstid:   # telefon"),
    ],
)
def test_a_late_target_touched_without_being_looked_at_stops_the_change(
    desk: Desk, edit: tuple[str, str]
) -> None:
    desk.propose(register(edit))
    stopped = {} if "#" in edit[1] else {"svarstid": "target-touched-overdue"}
    assert found(desk, "error") == stopped


def test_the_message_holds_the_line_that_cures_it(desk: Desk) -> None:
    desk.propose(register(("measured: monthly", "measured: weekly")))
    message = desk.check().message("target-touched-overdue")
    assert f"- {{target: svarstid, reviewed_on: {TODAY}, by: kundtjanstchef, checked: " in message
    assert f"sist i filen {REVIEWS}" in message
    desk.propose({REVIEWS: LINE})
    answer = desk.check()
    assert answer.code == 0
    assert "från 2 till 1" in answer.document["remarks"][0]


def test_a_target_that_asks_for_another_number_is_revised_and_no_longer_late(desk: Desk) -> None:
    two = register(("inom tre minuter\n  at_most: 3", "inom två minuter\n  at_most: 2"))
    text = (desk.root / ACCESS).read_text("utf-8").replace("inom tre minuter", "inom två minuter")
    desk.propose({**two, ACCESS: text})
    answer = desk.check()
    assert (answer.code, answer.codes("error")) == (0, [])
    assert "från 2 till 1" in answer.document["remarks"][0]


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (("inom tre minuter\n  at_most: 3", "inom fem minuter\n  at_most: 5"), "weaker-target"),
        (("share: 90", "share: 80"), "weaker-target"),
        (("minuter\n  at_most: 3\n  unit: minutes", "timmar\n  at_most: 3\n  unit: hours"), "weaker-target"),
        (("around-the-clock\n", "opening-hours\n  channel: phone\n"), "weaker-target-clock"),
        (("review_every: 6 months", "review_every: 12 months"), "weaker-target-interval"),
        (("owner: kundtjanstchef", "owner: kundchef"), "weaker-target-owner"),
        (("share: 90", "share: 85\n  effective_from: 2026-09-01"), "weaker-target-since"),
        (("share: 90", "share: 95\n  effective_from: 2026-09-01"), "weaker-target-since"),
        (("share: 90", "share: 95\n  effective_from: 2027-01-01"), "weaker-target-postponed"),
    ],
)  # fmt: skip
def test_an_approver_hears_of_a_target_that_becomes_weaker(
    desk: Desk, edit: tuple[str, str], kind: str
) -> None:
    desk.propose(register(edit))
    told = [one for one in desk.check().document["findings"] if one["code"].startswith("weaker-")]
    assert kind in [one["code"] for one in told]
    assert {one["values"]["target"] for one in told} == {"svarstid"}


@pytest.mark.parametrize(
    "edit",
    [
        ("inom tre minuter\n  at_most: 3", "inom två minuter\n  at_most: 2"),
        (
            "inom tre minuter\n  at_most: 3\n  unit: minutes",
            "inom 0,05 timmar\n  at_most: 0.05\n  unit: hours",
        ),
        ("share: 90", "share: 95"),
        ("review_every: 6 months", "review_every: 3 months"),
        ("share: 90", "share: 90\n  effective_from: 2024-01-01"),
    ],
)
def test_a_target_that_asks_as_much_or_more_is_not_weaker(desk: Desk, edit: tuple[str, str]) -> None:
    desk.propose(register(edit))
    assert [code for code in desk.check().codes() if code.startswith("weaker-")] == []


def test_a_target_that_is_taken_out_is_told(desk: Desk) -> None:
    desk.propose({REGISTER: TARGETS[: TARGETS.index("mejl:")]})
    answer = desk.check()
    assert answer.codes("note").count("weaker-target-gone") == 1
    _, out, _ = desk.run("diff", "main")
    assert out.count("Målet ”Svar på mejl” tas bort.") == 1


def test_the_report_to_an_approver_says_what_was_made_weaker(desk: Desk) -> None:
    desk.propose(
        register(
            ("review_every: 6 months", "review_every: 1 year"),
            ("owner: kundtjanstchef", "owner: kundchef"),
            ("share: 90", "share: 80\n  effective_from: 2026-09-01"),
        ),
    )
    _, out, _ = desk.run("diff", "main")
    assert "Målet ”Svar i telefon” prövas mer sällan: 6 månader → 1 år." in out
    assert "Målet ”Svar i telefon” byter ansvarig: Kundtjänstchefen lämnar över till Kundchefen." in out
    assert "sägs ha varit ett annat redan från 1 september 2026" in out


def test_a_promise_that_is_left_behind_when_its_target_changes_stops_the_change(desk: Desk) -> None:
    desk.propose(register(("inom tre minuter\n  at_most: 3", "inom två minuter\n  at_most: 2")))
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (1, {"svar-telefon": "number-contradicts"})
    assert answer.message("number-contradicts").startswith(
        "Här står ”tre minuter”, men målet ”Svar i telefon” är inom två minuter (policy/targets.yml:1)."
    )
    (one,) = [each for each in answer.document["findings"] if each["code"] == "number-contradicts"]
    assert (one["path"], one["line"]) == (ACCESS, 16)


def test_a_contradiction_stops_the_night_and_not_the_site(desk: Desk) -> None:
    desk.repo.commit(
        TODAY, "Två minuter", register(("inom tre minuter\n  at_most: 3", "inom två minuter\n  at_most: 2"))
    )
    code, out, _ = desk.run("check", "--today", TODAY)
    assert (code, out.count(": number-contradicts: ")) == (1, 1)
    assert desk.run("report", "--today", TODAY)[0] == 0


def test_a_contradiction_elsewhere_stops_nobody(desk: Desk) -> None:
    desk.repo.commit(
        TODAY, "Två minuter", register(("inom tre minuter\n  at_most: 3", "inom två minuter\n  at_most: 2"))
    )
    desk.propose({ACCESS: (desk.root / ACCESS).read_text("utf-8").replace("fort", "genast")})
    answer = desk.check()
    assert (answer.code, answer.about("warning")) == (0, {"svar-telefon": "number-contradicts"})


def test_a_review_of_a_target_is_written_by_its_id(desk: Desk) -> None:
    code, out, err = desk.run("review", "svarstid", "--checked", "Växelns statistik", "--today", TODAY)
    assert code == 0
    assert out.startswith("Granskningen av ”Svar i telefon” är inskriven. Nästa gång: senast 2027-05-22")
    assert REVIEWS in err
    assert (desk.root / REVIEWS).read_text("utf-8") == LINE
    desk.repo.commit(TODAY, "Granskat", {})
    _, out, _ = desk.run("check", "--today", TODAY)
    assert "svarstid" not in out


def test_an_id_that_is_both_is_asked_about(desk: Desk) -> None:
    desk.repo.write(register(("mejl:", "svar-mejl:")))
    said = ("--checked", "Statistik", "--today", TODAY)
    code, _, err = desk.run("review", "svar-mejl", *said)
    assert code == 2
    assert "section.svar-mejl" in err
    assert "target.svar-mejl" in err
    assert desk.run("review", "target.svar-mejl", *said)[0] == 0
    assert "- target: svar-mejl" in (desk.root / REVIEWS).read_text("utf-8")
    assert desk.run("review", "section.svar-mejl", *said)[0] == 0
    assert "- section: svar-mejl" in (desk.root / "policy/reviews/tillganglighet.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["svarstidd", "target.svar-telefon", "section.svarstid", "mal.svarstid", "."]
)
def test_an_id_that_is_neither_is_refused(desk: Desk, name: str) -> None:
    code, _, err = desk.run("review", name, "--checked", "Statistik")
    assert code == 2
    assert name in err


def test_without_git_the_day_that_the_register_gives_is_known(desk: Desk) -> None:
    """And nothing else."""
    desk.repo.write(register(("share: 90", "share: 90\n  effective_from: 2024-10-01")))
    snapshot, _ = take_snapshot(desk.root, Clock.read(), history="none")
    (level,) = snapshot.history.targets["svarstid"]
    assert (str(level.effective_from), level.at_most, level.commit) == ("2024-10-01", 3, None)
    assert "mejl" not in snapshot.history.targets
