"""One issue for each owner: opened, rewritten in place, closed by itself, never a stranger's."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from livingpolicy.cli import main
from livingpolicy.issues import Action, OpenIssue, Wanted, marker, plan, read_issues
from livingpolicy.language import catalogue
from livingpolicy.render.owner_issues import wanted
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML, PolicyRepo
from tests.review.test_report import HOSTILE, busy
from tests.samples import history, policy, revision, section, snapshot

BOT = "app/github-actions"
RECORDED = Path(__file__).parent / "answers" / "gh-issue-list.json"
"""As `gh issue list --json number,title,body,author` prints it."""


def want(owner: str, text: str = "Lista") -> Wanted:
    return Wanted(owner, f"Granskning: {owner}", f"{marker(owner)}\n{text}\n")


def there(number: int, owner: str, text: str = "Lista", author: str = BOT) -> OpenIssue:
    return OpenIssue(number, f"Granskning: {owner}", f"{marker(owner)}\n{text}\n", author)


@pytest.mark.parametrize(
    ("wants", "issues", "steps"),
    [
        ([], [], []),
        ([want("chef")], [], ["create chef"]),
        ([want("chef")], [there(7, "chef")], ["leave chef 7"]),
        ([want("chef")], [there(7, "chef", "Gammal lista")], ["update chef 7"]),
        ([], [there(7, "chef")], ["close chef 7"]),
        ([want("b"), want("a")], [there(7, "a")], ["create b", "leave a 7"]),
        # An owner who has left the policy; two for one owner, after two runs at once.
        ([want("a")], [there(3, "slutat"), there(4, "a")], ["leave a 4", "close slutat 3"]),
        ([want("a")], [there(9, "a"), there(4, "a", "x")], ["update a 4", "close a 9"]),
        # A stranger's is neither rewritten nor closed, and stands in nobody's way.
        ([want("a")], [there(2, "a", author="mallory")], ["ignore a 2", "create a"]),
        ([], [there(2, "a", author="mallory")], ["ignore a 2"]),
        ([want("a")], [there(2, "a", author="mallory"), there(5, "a")], ["ignore a 2", "leave a 5"]),
        ([], [there(2, "a", author="github-actions")], ["ignore a 2"]),  # a person of the same name
        ([], [there(2, "a", author="app/")], ["ignore a 2"]),  # somebody who has left the forge
        ([], [there(2, "a", author="app/dependabot")], ["ignore a 2"]),
    ],
)
def test_what_is_done_with_each_issue(wants: list[Wanted], issues: list[OpenIssue], steps: list[str]) -> None:
    done = plan(wants, issues, author=BOT)
    assert [" ".join(filter(None, (s.action, s.owner, str(s.number or "")))) for s in done] == steps


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Se <!-- livingpolicy:review:chef -->",
        "\n<!-- livingpolicy:review:chef -->\n",
        "> <!-- livingpolicy:review:chef -->\n",
        "<!-- livingpolicy:review:chef --> och mer",
        "<!-- livingpolicy:review: -->\n",
        "<!-- livingpolicy:review:../chef -->\n",
        "<!-- livingpolicy:review:chef\n-->\n",
        "<!-- livingpolicy:review:chef chef -->\n",
        "<!-- LIVINGPOLICY:REVIEW:CHEF -->\n",
    ],
)
def test_only_the_whole_first_line_is_a_marker(body: str) -> None:
    """Also in an issue of ours: what it quotes does not move it to another owner."""
    assert plan([], [OpenIssue(1, "", body, BOT)], author=BOT) == ()


def test_a_title_that_somebody_changed_is_set_right() -> None:
    renamed = OpenIssue(7, "Viktigt!", want("chef").body, BOT)
    assert plan([want("chef")], [renamed], author=BOT)[0].action is Action.UPDATE


@pytest.mark.parametrize("change", [str.rstrip, lambda body: body.replace("\n", "\r\n")])
def test_how_the_forge_keeps_line_ends_is_no_change(change: Callable[[str], str]) -> None:
    kept = OpenIssue(7, want("chef").title, change(want("chef").body), BOT)
    assert [step.action for step in plan([want("chef")], [kept], author=BOT)] == [Action.LEAVE]


def test_a_recorded_answer_is_read() -> None:
    """Of people, apps and somebody who is gone, with what Windows and the web make of line ends."""
    issues = read_issues(RECORDED.read_text("utf-8"))
    assert [(issue.number, issue.owner, issue.author) for issue in issues] == [
        (61, None, "app/dependabot"),
        (58, "kundtjanstchef", "app/"),
        (57, "kundtjanstchef", "anna-ek"),
        (42, "kundtjanstchef", BOT),
        (41, "ekonomichef", BOT),
        (12, None, "anna-ek"),
    ]


@pytest.mark.parametrize("answer", ["", "null", "{}x", '{"message": "Not Found"}', '[{"number": 1}]', "[1]"])
def test_an_answer_that_is_no_list_is_refused(answer: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (any kind)
        read_issues(answer)


# ---- what an issue says


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_owner_reads_what_waits_and_what_to_do(language: str, golden: Callable[[str, str], None]) -> None:
    (one,) = wanted(busy(language), catalogue(language))
    golden(f"issue.{language}.md", f"{one.title}\n\n{one.body}")


def test_it_changes_only_when_something_has_changed() -> None:
    """An edit a day would be noise in its history: there is no day count and no "as of" in it."""
    from dataclasses import replace
    from datetime import timedelta

    today = busy()
    tomorrow = replace(today, as_of=today.as_of + timedelta(days=1))
    assert wanted(today, catalogue("sv")) == wanted(tomorrow, catalogue("sv"))


def test_what_a_title_says_cannot_act_on_the_forge() -> None:
    content = policy(section("a", title=HOSTILE + " <!-- livingpolicy:review:chef --> #1 `x`"))
    late = snapshot(content, history(a=(revision("2020-01-01"),)))
    (one,) = wanted(late, catalogue("sv"))
    below = one.body.partition("\n")[2]
    assert not re.search(r"[<@`]|(?<!&)#\d", below)
    assert len(one.body) < 65_536


def test_a_very_long_list_fits() -> None:
    many = [section(f"avsnitt-{number}", title="Ett långt namn & mer <" * 8) for number in range(500)]
    late = snapshot(
        policy(*many), history(**{one.id.replace("-", "_"): (revision("2020-01-01"),) for one in many})
    )
    (one,) = wanted(late, catalogue("sv"))
    assert len(one.body) < 65_536
    listed = one.body.count("\n| ! ")
    assert f"Och {500 - listed} till" in one.body


# ---- with a stand-in for gh


GH = """\
#!{python}
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
with (here / "calls").open("a", encoding="utf-8") as calls:
    calls.write(json.dumps(words) + "\\n")
if (here / "broken").exists():
    sys.exit("gh: error\\n::error::not here")
kept = here / "issues.json"
issues = json.loads(kept.read_text("utf-8"))
given = dict(word.split("=", 1) for word in words if word.startswith("--") and "=" in word)
if words[:2] == ["issue", "list"]:
    print(json.dumps(issues))
    sys.exit()
if words[1] == "create":
    number = max([one["number"] for one in issues], default=0) + 1
    issues.insert(0, dict(number=number, author=dict(is_bot=True, login="app/github-actions")))
else:
    number = int(words[2])
(issue,) = [one for one in issues if one["number"] == number]
if words[1] == "close":
    issues.remove(issue)
else:
    body = pathlib.Path(given["--body-file"]).read_text("utf-8")
    issue.update(title=given["--title"], body=body)
kept.write_text(json.dumps(issues), "utf-8")
"""


@dataclass
class Forge:
    """A folder with a `gh` that keeps issues in a file and writes down how it was called."""

    folder: Path
    root: Path
    capture: pytest.CaptureFixture[str]
    err: str = field(default="")

    def put(self, issues: list[dict[str, object]]) -> None:
        """Make these the open issues."""
        (self.folder / "issues.json").write_text(json.dumps(issues), "utf-8")

    @property
    def issues(self) -> tuple[OpenIssue, ...]:
        """The open issues."""
        return read_issues((self.folder / "issues.json").read_text("utf-8"))

    def calls(self) -> list[list[str]]:
        """Return the calls since the last time."""
        path = self.folder / "calls"
        made = path.read_text("utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [json.loads(line) for line in made]

    def run(self, today: str, *more: str) -> tuple[int, list[str]]:
        """Return the exit code and the lines of `livingpolicy issues`."""
        code = main(["issues", "--platform", "github", "--today", today, "--root", str(self.root), *more])
        out, self.err = self.capture.readouterr()
        return code, out.splitlines()


@pytest.fixture
def forge(
    tmp_path: Path,
    policy_repo: PolicyRepo,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Forge:
    """Return a forge without issues, and a policy that is reviewed every six months, from 3 May 2026."""
    import sys

    policy_repo.commit("2026-05-03", "Ny policy", MINIMAL)
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gh").write_text(GH.format(python=sys.executable), "utf-8")
    (folder / "gh").chmod(0o755)
    git = shutil.which("git")
    assert git
    monkeypatch.setenv("PATH", f"{folder}:{Path(git).parent}")
    made = Forge(folder, policy_repo.root, capsys)
    made.put([])
    return made


def test_a_year_of_nights(forge: Forge, policy_repo: PolicyRepo) -> None:
    """Opened a month before the day, rewritten when it has passed, left alone every other night, closed."""
    assert forge.run("2026-10-03") == (0, [])
    assert forge.run("2026-10-04") == (0, ["nytt ärende till kundtjanstchef"])
    for night in ("2026-10-05", "2026-10-31", "2026-11-03"):
        assert forge.run(night) == (0, ["ärende 1 till kundtjanstchef är som det ska"])
    assert forge.run("2026-11-04") == (0, ["ärende 1 till kundtjanstchef skrivs om"])
    forge.calls()
    for night in ("2026-11-04", "2026-12-24"):
        assert forge.run(night) == (0, ["ärende 1 till kundtjanstchef är som det ska"])
    assert [call[:2] for call in forge.calls()] == [["issue", "list"]] * 2
    text = CHAPTER.replace("namn och", "namn, och sedan").replace("samma dag", "inom en timme")
    text = text.replace("Så når", "Här når")
    policy_repo.commit("2026-12-27", "Skriv om", {"policy/chapters/tillganglighet.md": text})
    assert forge.run("2026-12-28") == (0, ["ärende 1 till kundtjanstchef stängs"])
    assert forge.issues == ()
    assert not any("comment" in word for call in forge.calls() for word in call)


def test_a_dry_run_asks_and_writes_nothing(forge: Forge) -> None:
    forge.put([{"number": 4, "title": "", "body": marker("slutat"), "author": {"login": BOT}}])
    before = forge.issues
    assert forge.run("2026-11-22", "--dry-run") == (
        0,
        ["nytt ärende till kundtjanstchef", "ärende 4 till slutat stängs"],
    )
    assert "Inget är ändrat" in forge.err
    assert [call[:2] for call in forge.calls()] == [["issue", "list"]]
    assert forge.issues == before


def test_the_recorded_issues_are_made_right_and_nobody_elses_are_touched(forge: Forge) -> None:
    forge.put(json.loads(RECORDED.read_text("utf-8")))
    others = {issue.number: issue for issue in forge.issues if issue.author != BOT}
    code, said = forge.run("2026-11-22")
    assert code == 0
    assert [re.sub(r"\D*(\d+).*", r"\1", line) for line in said] == ["57", "58", "42", "41"]
    assert "skrivet av någon annan" in said[0]
    now = {issue.number: issue for issue in forge.issues}
    assert {number: now[number] for number in others} == others
    assert now.keys() == {*others, 42}


def test_no_name_is_an_option_or_a_command(forge: Forge, policy_repo: PolicyRepo) -> None:
    """Everything of the policy comes to `gh` within one word, or in a file; no shell reads it."""
    name = '--web; $(touch pwned) `id` \\"${{ github.token }}\\" ::error::x'
    hostile = POLICY_YML.replace("name: Kundtjänstchefen", f'name: "{name}"')
    policy_repo.commit("2026-05-04", "Döp om", {"policy/policy.yml": hostile})
    assert forge.run("2026-11-22") == (0, ["nytt ärende till kundtjanstchef"])
    _, create = forge.calls()
    assert create[:2] == ["issue", "create"]
    assert [word.partition("=")[0] for word in create[2:]] == ["--title", "--body-file"]
    assert "::error::" not in forge.err
    assert not list(policy_repo.root.rglob("pwned"))


def test_an_account_of_ones_own_may_write_them(forge: Forge) -> None:
    assert forge.run("2026-11-22")[0] == 0
    assert forge.run("2026-11-22", "--author", "policyrobot") == (
        0,
        [
            "ärende 1 bär märket för kundtjanstchef men är skrivet av någon annan; det lämnas",
            "nytt ärende till kundtjanstchef",
        ],
    )


def test_without_gh_it_says_what_else_can_be_done(forge: Forge) -> None:
    (forge.folder / "gh").unlink()
    assert forge.run("2026-11-22") == (3, [])
    assert "report --by-owner" in forge.err


def test_what_gh_complains_of_is_told_in_one_line(forge: Forge) -> None:
    """And nothing in it is a command to the platform that runs us."""
    (forge.folder / "broken").touch()
    assert forge.run("2026-11-22") == (3, [])
    assert len(forge.err.splitlines()) == 1
    assert not forge.err.startswith("::")


def test_without_the_history_no_issue_is_touched(
    forge: Forge, tmp_path: Path, policy_repo: PolicyRepo
) -> None:
    """A list that is empty because nobody could tell must not look like one that is done."""
    policy_repo.commit("2026-05-04", "Mer")
    forge.run("2026-11-22")
    forge.calls()
    clone = tmp_path / "shallow"
    policy_repo.git("clone", "--quiet", "--depth=1", f"file://{policy_repo.root}", str(clone))
    forge.root = clone
    assert forge.run("2026-11-22") == (3, [])
    assert forge.calls() == []


def test_a_list_that_may_be_cut_off_is_not_trusted(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livingpolicy.forge.MOST", 1)
    forge.put([{"number": 4, "title": "", "body": "", "author": {"login": "anna"}}])
    assert forge.run("2026-11-22") == (3, [])
    assert len(forge.issues) == 1
