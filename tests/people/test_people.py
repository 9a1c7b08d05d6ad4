"""Nothing of those who wrote, answered or were counted reaches any output: neither command, page nor feed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.changes.reasons import commit_reason, request_reason
from livingpolicy.cli import COMMANDS, main
from livingpolicy.clock import Clock
from livingpolicy.discretion import MASK, discreet
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.render.owner_issues import wanted
from livingpolicy.snapshot import take_snapshot
from tests.policy_repo import PolicyRepo
from tests.site.building import CONTENT, REACH, TODAY, Project, environment, equip

NOBODY = "zyxq"
"""Stands in the name, the address or the login of everybody that nothing may be told of."""

TARGETS = """\
svarstid:
  name: Svarstid i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  measured: monthly
  owner: kundtjanstchef
"""
FEW = (
    f"period,value,within_target,n,comment\n2026-09,2.7182,,4,{NOBODY}kunden ringde\n2026-08,2.5,,80,Lugnt\n"
)
SECRET = (NOBODY, "2.7182", "2,7182")

BODY = f"""\
Kunden Anna.{NOBODY}@kund.example mejlade två gånger, och <mailto:bo{NOBODY}@kund.example> ringde.

Reviewed-by: Cilla {NOBODY}
Kunderna väntar för länge.
signed-off-by: Dag {NOBODY} <dag{NOBODY}@localhost>

Change: editorial
Co-authored-by: Eva {NOBODY} <123+{NOBODY}@users.noreply.github.com>
Cc: {NOBODY}@privat.example
"""


def commit(repo: PolicyRepo, when: str, person: str, message: str, files: dict[str, str]) -> None:
    """Commit as *person*, who wrote what a colleague of the same kind commits."""
    repo.write(files)
    repo.git("add", "--all")
    who = ("-c", f"user.name=Per {NOBODY}", "-c", f"user.email=per.{NOBODY}@foretag.example")
    author = f"{person} {NOBODY} <{person}.{NOBODY}@foretag.example>"
    repo.git(*who, "commit", "--quiet", f"--author={author}", "-m", message, when=f"{when}T12:00:00+00:00")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> PolicyRepo:
    """Return a policy that many have written, with all that git writes down about them."""
    repo = PolicyRepo.create(tmp_path_factory.mktemp("people") / "kundpolicy")
    equip(repo.root)
    repo.write({".gitignore": "/site/\n/site-headers/\n/.cache/\n"})
    repo.write(CONTENT)
    chapter = "policy/chapters/tillganglighet.md"
    commit(repo, "2026-05-03", "Frida", "Kundpolicyn skrivs ner", {})
    commit(repo, "2026-06-01", "Gun", f"Svara fortare, bad gun.{NOBODY}@kund.example\n\n{BODY}", {
        chapter: REACH.replace("samma dag", "inom fyra timmar"),
    })  # fmt: skip
    commit(repo, "2026-07-01", "Hans", f"Merge pull request #7 from hans-{NOBODY}/patch-1", {
        chapter: REACH.replace("samma dag", "inom en timme"),
    })  # fmt: skip
    merge = f"Merge pull request #8 from {NOBODY}/patch-2"
    commit(repo, "2026-08-01", "Ida", f"{merge}\n\nMål för telefonen (#8)", {
        "policy/targets.yml": TARGETS,
    })  # fmt: skip
    commit(repo, "2026-10-02", "Jon", f"Mät\n\n{BODY}", {"policy/measurements/svarstid.csv": FEW})
    repo.git("tag", "-a", "-m", f"{NOBODY}", "v1", when="2026-10-02T12:00:00+00:00")
    repo.git("notes", "add", "-m", f"Sett av {NOBODY}", when="2026-10-02T12:00:00+00:00")
    return repo


PRINTED = {
    "report": [["--format", form] for form in ("text", "markdown", "json", "csv")] + [["--by-owner"]],
    "check": [
        [*scope, "--format", form]
        for form in ("text", "github", "json", "junit", "sarif")
        for scope in (["--scope", "all"], ["--scope", "changed", "--base", "HEAD~4"])
    ],
    "diff": [["HEAD~4", "HEAD", "--format", form] for form in ("text", "markdown", "json")],
    "agenda": [["--format", form] for form in ("text", "markdown")],
    "targets": [["--format", form] for form in ("text", "json", "csv")],
    "log": [["svar-mejl", *each] for each in ([], ["--short"], ["--whole"], ["--format", "json"])],
    "show": [
        [*each, "--on", "2026-07-15", "--format", form]
        for form in ("text", "json")
        for each in (["svar-mejl"], ["--all"])
    ],
    "doctor": [["--format", form] for form in ("text", "json")],
}
ELSEWHERE = {
    "issues": "needs a forge; what it would write is looked at below",
    "paper": "prints the page hela-policyn, which is among the site's",
    "poster": "prints the page plansch, which is among the site's",
    "publish": "publishes the site, and refuses it when it finds an address (tests/publish)",
}
WRITES = {"review", "measure", "assess", "new", "fix", "init"}
"""Write files of the policy and print the editor's own words."""


def test_every_command_is_either_asked_here_or_has_a_reason_not_to() -> None:
    assert set(COMMANDS) == {*PRINTED, *ELSEWHERE, *WRITES}


@pytest.fixture
def quiet(company: PolicyRepo, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of the policy, on the day of the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", environment(TODAY)["SOURCE_DATE_EPOCH"])
    monkeypatch.delenv("CI", raising=False)
    return company.root


@pytest.mark.parametrize("command", PRINTED)
def test_no_command_tells_of_anybody(
    command: str, quiet: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVINGPOLICY_PULL_REQUEST", f"Varför?\n\n{BODY}")
    for arguments in PRINTED[command]:
        code = main([command, *arguments, "--root", str(quiet)])
        out, err = capsys.readouterr()
        assert code in {0, 1}, err
        assert out or err
        for secret in SECRET:
            assert secret not in (out + err).lower(), (command, arguments, secret)


def test_the_reason_of_a_change_is_still_told(quiet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "svar-mejl", "--root", str(quiet)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"Svara fortare, bad {MASK}" in told
    assert f"Kunden {MASK} mejlade två gånger, och <{MASK}> ringde. Kunderna väntar för länge." in told
    assert f"Merge pull request #7 from {MASK}" in told


def test_no_issue_tells_of_anybody(quiet: Path) -> None:
    snapshot, _ = take_snapshot(quiet, Clock.read())
    for language in LANGUAGES:
        made = str(wanted(snapshot, catalogue(language)))
        assert made
        assert not [secret for secret in SECRET if secret in made.lower()]


def test_no_file_of_the_site_tells_of_anybody(company: PolicyRepo) -> None:
    """Pages, older wordings, the search, feeds, calendars, the files for programs: all of them."""
    project = Project(company)
    done = project.build()
    assert done.returncode == 0, done.stderr
    files = [path for path in project.site.rglob("*") if path.is_file()]
    assert {".html", ".json", ".atom", ".ics"} <= {path.suffix for path in files}
    for path in files:
        content = path.read_bytes().lower()
        found = [secret for secret in SECRET if secret.encode() in content]
        assert not found, (path.relative_to(project.site), found)
    assert "Kunderna väntar för länge." in project.read("changes.atom")


# ---- the words of a message


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Mejla anna@example.com.", f"Mejla {MASK}."),
        ("(mailto:anna@example.com)", f"({MASK})"),
        ("<root@localhost>", f"<{MASK}>"),
        ("a.b+c@sub.example.co.uk,x@y.se", f"{MASK},{MASK}"),
        ("åsa@företag.se", MASK),
        ("kl. 8 @ lagret", "kl. 8 @ lagret"),
        ("@anna", "@anna"),
        ("Varför: kunder väntar", "Varför: kunder väntar"),
        ("Change: editorial", "Change: editorial"),
        ("Mer.\n  Acked-by: Anna\nMer.", "Mer.\nMer."),
        ("Cc: Anna", ""),
        ("Thanks-to: Anna <anna@example.com>", ""),
        ("Merge pull request #12 from anna/fix-1", f"Merge pull request #12 from {MASK}"),
        ("", ""),
    ],
)
def test_addresses_and_names_are_left_out_and_nothing_else(message: str, told: str) -> None:
    assert discreet(message) == told


@given(st.text(alphabet="ab.@<> \n:-by", max_size=60))
def test_whatever_stands_in_a_message_no_address_is_left(message: str) -> None:
    once = discreet(message)
    assert discreet(once) == once
    assert not [word for word in once.replace("<", " ").replace(">", " ").split() if "a@a" in word]


@pytest.mark.parametrize("read", [commit_reason, request_reason])
def test_a_reason_that_only_names_people_is_none(read: Callable[[str], str]) -> None:
    assert read("Reviewed-by: Anna <anna@example.com>\nTack!") == "Tack!"
    assert read("Cc: anna@example.com") == ""


def test_a_long_message_is_read_in_no_time() -> None:
    assert len(discreet("a" * 2_000_000)) == 2_000_000
