"""Where the change is taken from: what platforms check out, and what is missing there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from livingpolicy.commands.proposed import published
from tests.gate.desk import (
    MAIL,
    MAIL_REVISED,
    MAIL_REWRAPPED,
    PHONE,
    PHONE_REVISED,
    PHONE_REWRAPPED,
    TODAY,
    Desk,
    chapter,
)
from tests.github.test_workflows import ROOT, check_schema
from tests.policy_repo import MINIMAL, PolicyRepo

OVERDUE = {"svar-telefon": "touched-overdue"}


@pytest.mark.parametrize("way", ["branch", "merge", "squash", "rebase"])
@pytest.mark.parametrize(
    ("edits", "found"),
    [
        (((MAIL, MAIL_REVISED),), {}),
        (((PHONE, PHONE_REVISED),), {}),
        (((PHONE, PHONE_REWRAPPED),), OVERDUE),
    ],
)
def test_every_way_of_putting_it_on_main_is_judged_alike(
    desk: Desk, way: str, edits: tuple[tuple[str, str], ...], found: dict[str, str]
) -> None:
    """The branch itself; the merge that GitHub checks out, also of a fork and in a queue; what follows."""
    repo = desk.repo
    desk.propose(chapter(*edits))
    repo.git("checkout", "--quiet", "main")
    before = repo.commit(TODAY, "Något annat", {"docs/drift.md": "# Drift\n"})
    match way:
        case "branch":
            repo.git("checkout", "--quiet", "forslag")
        case "merge":
            repo.git("checkout", "--quiet", "--detach")
            repo.merge(TODAY, "forslag")
        case "squash":
            repo.git("checkout", "--quiet", "--detach")
            repo.git("merge", "--quiet", "--squash", "forslag")
            repo.commit(TODAY, "Ändra", body="Kunderna klagar.")
        case "rebase":
            repo.git("checkout", "--quiet", "forslag")
            repo.git("rebase", "--quiet", "main")
    answer = desk.check("--base", before)
    assert (answer.about("error"), answer.codes("warning")) == (found, [])
    assert answer.document["scope"] == "changed"


def test_what_came_with_a_merge_of_main_is_not_the_changes_own(desk: Desk) -> None:
    """On the branch everything that main did is one merge, which must not date nor blame anything."""
    repo = desk.repo
    desk.propose(chapter((MAIL, MAIL_REWRAPPED)))
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-11-01", "Fråga", chapter((PHONE, PHONE_REVISED)))
    repo.git("checkout", "--quiet", "forslag")
    repo.merge("2026-11-20", "main")
    answer = desk.check()
    assert (answer.code, answer.about("note")) == (0, {"tillganglighet": "overdue-elsewhere"})
    desk.propose(chapter((MAIL, MAIL_REWRAPPED), (PHONE, PHONE_REVISED.replace("och frågar", "och\nfrågar"))))
    assert desk.check(today="2027-04-28").about("error") == {
        "svar-mejl": "touched-overdue",
        "svar-telefon": "touched-due-soon",
    }


def test_an_editorial_claim_is_heard_through_the_merge_that_is_checked_out(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REVISED)), body="Rättar språket.\n\nChange: editorial")
    desk.repo.git("checkout", "--quiet", "--detach", "main")
    desk.repo.merge(TODAY, "forslag")
    assert desk.check().about("error") == OVERDUE


# ---- what it is compared with


@pytest.mark.parametrize(
    ("given", "environment", "names"),
    [
        (None, {}, ("origin/HEAD", "origin/main", "main")),
        (None, {"GITHUB_BASE_REF": "utgava"}, ("origin/utgava", "utgava")),
        (None, {"GITHUB_BASE_REF": ""}, ("origin/HEAD", "origin/main", "main")),  # a merge queue
        (None, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "c0ffee"}, ("c0ffee",)),
        (
            None,
            {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "beef", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "c0ffee"},
            ("beef", "c0ffee"),  # the pipeline runs on the result of the merge
        ),
        (None, {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": ""}, ("origin/HEAD", "origin/main", "main")),
        ("utgava", {"GITHUB_BASE_REF": "main"}, ("utgava", "origin/utgava")),
    ],
)
def test_the_published_branch_is_looked_for(
    given: str | None, environment: dict[str, str], names: tuple[str, ...]
) -> None:
    assert published(given, environment) == names


def test_a_clone_knows_what_it_is_compared_with(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `actions/checkout` leaves it: no branch, all of origin's."""
    desk.propose(chapter((PHONE, PHONE_REWRAPPED)))
    clone = tmp_path / "clone"
    desk.repo.git("checkout", "--quiet", "main")
    desk.repo.git("clone", "--quiet", str(desk.root), str(clone))
    PolicyRepo(clone).git("checkout", "--quiet", "--detach", "origin/forslag")
    assert desk.check("--root", str(clone)).about("error") == OVERDUE
    PolicyRepo(clone).git("remote", "set-head", "origin", "--delete")
    assert desk.check("--root", str(clone)).about("error") == OVERDUE
    monkeypatch.setenv("GITHUB_BASE_REF", "forslag")
    assert desk.check("--root", str(clone)).about("error") == {}


@pytest.mark.parametrize("base", ["finns-inte", "--all", "HEAD:policy", "", "f" * 40, "a b", "@{upstream}"])
def test_without_a_base_everything_is_checked_and_it_says_so(desk: Desk, base: str) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)))
    desk.repo.git("branch", "--quiet", "-D", "main")
    answer = desk.check("--base", base)
    assert (answer.code, answer.document["scope"], answer.codes("error")) == (
        1,
        "all",
        ["overdue", "overdue"],
    )
    assert "alla avsnitt" in answer.document["remarks"][0]


def test_a_branch_without_common_history_is_no_base(desk: Desk) -> None:
    desk.repo.git("checkout", "--quiet", "--orphan", "forslag")
    desk.repo.commit(TODAY, "Börja om", MINIMAL)
    answer = desk.check()
    assert (answer.code, answer.document["scope"]) == (0, "all")
    assert "ingen historia gemensam" in answer.document["remarks"][0]


@pytest.mark.parametrize("form", ["text", "github", "json", "junit", "sarif"])
def test_a_shallow_clone_is_refused_with_the_cure(desk: Desk, tmp_path: Path, form: str) -> None:
    clone = tmp_path / "shallow"
    desk.repo.git("clone", "--quiet", "--depth=1", f"file://{desk.root}", str(clone))
    code, out, err = desk.run("check", "--scope", "changed", "--format", form, "--root", str(clone))
    assert code == 3
    assert "fetch-depth: 0" in (out if form == "github" else err)
    assert (out if form != "github" else err) == ""


def test_without_git_the_content_is_checked_and_it_says_so(desk: Desk) -> None:
    answer = desk.check("--no-git")
    assert (answer.code, answer.document["scope"], answer.document["findings"]) == (0, "all", [])
    assert "Bara innehållet" in answer.document["remarks"][0]


def test_on_main_itself_what_is_not_committed_is_the_change(desk: Desk) -> None:
    assert desk.check().document["base"] == desk.repo.git("rev-parse", "HEAD")
    desk.repo.write(chapter((PHONE, PHONE_REWRAPPED)))
    assert desk.check().about("error") == OVERDUE


def test_the_example_for_gitlab_can_be_copied(tmp_path: Path) -> None:
    """Its commands and their options are looked up with those of all pages (test_named_commands.py)."""
    guide = (ROOT / "docs/drift.md").read_text("utf-8")
    example = re.search(r"^```yaml\n(variables:.+?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert example
    (tmp_path / ".gitlab-ci.yml").write_text(example[1], "utf-8")
    check_schema("vendor.gitlab-ci", tmp_path / ".gitlab-ci.yml")
    pipeline = yaml.safe_load(example[1])
    assert pipeline["variables"]["GIT_DEPTH"] == 0
    named = "\n".join(line for job in ("kontroll", "pages", "granskning") for line in pipeline[job]["script"])
    for command in ("check --scope changed --base", "make site", "report --by-owner", "check --scope all\n"):
        assert command in f"{named}\n"
    assert pipeline["kontroll"]["artifacts"]["when"] == "always"
    # The last word of the night is the answer of the gate.
    assert pipeline["granskning"]["script"][-1].endswith("livingpolicy check --scope all")


# ---- the day


@pytest.mark.parametrize(
    ("revised", "due"),
    [
        ("2026-04-24", "2026-10-24"),  # the night in which the clock goes back
        ("2026-04-25", "2026-10-25"),
        ("2026-09-27", "2027-03-27"),  # the night in which it goes forward
        ("2026-09-28", "2027-03-28"),
    ],
)
@pytest.mark.parametrize("clock", ["UTC", "Pacific/Auckland"])
def test_the_due_day_ends_at_midnight_where_the_policy_lives(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, revised: str, due: str, clock: str
) -> None:
    """23:59 is in time and 00:01 is late, whatever the clock of the machine and also in the two nights."""
    monkeypatch.setenv("TZ", clock)
    desk.repo.commit(revised, "Ny policy", chapter((MAIL, MAIL_REVISED)))
    desk.propose(chapter((MAIL, MAIL_REVISED.replace("inom fyra", "inom\nfyra"))))
    last = datetime.fromisoformat(f"{due}T23:59").replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    for seconds, found, status in [
        (0, "touched-due-soon", None),
        (120, "touched-overdue", "overdue-in-grace"),
    ]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(last.astimezone(UTC).timestamp()) + seconds))
        assert desk.check(today=None).about("error") == {"svar-mejl": found}
        code, out, _ = desk.run("check", "--format", "json")
        assert ('"overdue-in-grace"' in out) is (status is not None), (code, out)
