"""The rest of `.github/`: the required check, the forms, who must approve what."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.github.test_workflows import GITHUB, ROOT, WORKFLOWS, check_schema, jobs, read, scripts

TOOLS = Path(sys.executable).parent


def test_zizmor_has_nothing_to_say():
    """The strictest persona, every kind of file, without network."""
    done = subprocess.run(
        [TOOLS / "zizmor", "--offline", "--no-progress", "--persona", "auditor", "--collect=all", GITHUB],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for path in WORKFLOWS:
        assert path.name in done.stderr


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("ISSUE_TEMPLATE/stammer-inte.yml", "vendor.github-issue-forms"),
        ("ISSUE_TEMPLATE/config.yml", "vendor.github-issue-config"),
        ("dependabot.yml", "vendor.dependabot"),
    ],
)
def test_the_platform_can_read_it(path, schema):
    check_schema(schema, GITHUB / path)


def test_the_check_always_runs():
    """A required check that is skipped blocks a change for ever, or lets it through unseen."""
    workflow = read(GITHUB / "workflows/check.yml")
    assert workflow["on"] == {"pull_request": "", "merge_group": ""}
    assert all("if" not in job for job in workflow["jobs"].values())


def test_publishing_never_asks_whether_something_is_overdue():
    """A correction must get out even while another section is late."""
    assert scripts(GITHUB / "workflows/publish.yml").strip() == "make site"


def test_what_is_published_comes_from_no_cache():
    assert all(
        "cache" not in step.get("with", {})
        for path in WORKFLOWS
        for job in jobs(path)
        for step in job["steps"]
    )


def test_the_form_can_be_filled_in_by_the_site():
    """The link "Stämmer inte?" on the site names these fields in its address."""
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/stammer-inte.yml").read_text("utf-8"))
    assert {field["id"] for field in form["body"] if "id" in field} >= {"avsnitt", "fel", "kalla", "version"}


def owners() -> dict[str, str]:
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return dict(pairs)


def approver(path: str) -> str:
    """The last line that fits decides."""
    found = [
        owner
        for pattern, owner in owners().items()
        if pattern == "*"
        or (pattern.endswith("/") and f"/{path}".startswith(pattern))
        or fnmatch(f"/{path}", pattern)
    ]
    return found[-1]


def test_each_chapter_and_its_reviews_are_approved_by_the_role_that_owns_it():
    for chapter in sorted((ROOT / "policy/chapters").rglob("*.md")):
        owner = re.search(r"^owner: (\S+)$", chapter.read_text("utf-8"), re.MULTILINE)
        assert owner, chapter
        assert approver(f"policy/chapters/{chapter.name}") == f"@example/{owner[1]}"
        assert approver(f"policy/reviews/{chapter.stem}.yml") == f"@example/{owner[1]}"


@pytest.mark.parametrize(
    "path",
    [
        "policy/policy.yml",
        ".policy-ignore-revs",
        ".github/CODEOWNERS",
        ".github/workflows/check.yml",
        "src/livingpolicy/gate.py",
        "hooks/policy.py",
        "mkdocs.yml",
        "requirements.lock",
        "Makefile",
    ],
)
def test_what_can_weaken_the_checks_is_approved_by_the_owner_of_the_policy(path):
    policy = yaml.safe_load((ROOT / "policy/policy.yml").read_text("utf-8"))
    assert approver(path) == f"@example/{policy['owner']}"


def test_codeowners_names_nothing_that_is_gone():
    for pattern in owners():
        if pattern != "/.policy-ignore-revs":  # made when somebody first needs it
            assert list(ROOT.glob(pattern.strip("/"))), pattern


@pytest.mark.parametrize("answer", [0, 1, 2, 3])
def test_the_night_ends_with_the_answer_of_the_gate(tmp_path, answer):
    """The last step of review.yml, whatever became of the issues before it."""
    *before, step = next(jobs(GITHUB / "workflows/review.yml"))["steps"]
    assert before[-1]["run"].startswith(".venv/bin/livingpolicy issues --platform github")
    assert set(before[-1]["env"]) == {"GH_TOKEN", "GH_REPO"}
    assert step["if"] == "${{ !cancelled() }}"
    command = tmp_path / ".venv/bin/livingpolicy"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\necho "$*"\nexit {answer}\n', "utf-8")
    command.chmod(0o755)
    summary = tmp_path / "summary.md"

    done = subprocess.run(
        [shutil.which("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (answer, "check --scope all --format github\n")
    assert summary.read_text("utf-8") == f"Slutkod: {answer}\n"


def test_the_token_that_may_write_issues_reaches_one_step():
    for path in WORKFLOWS:
        for job in jobs(path):
            told = [step["run"] for step in job["steps"] if "GH_TOKEN" in step.get("env", {})]
            assert all(run.startswith(".venv/bin/livingpolicy issues") for run in told)


@pytest.mark.parametrize("answer", [0, 1, 2, 3])
def test_a_change_is_stopped_by_what_the_gate_says_of_it(tmp_path, answer):
    """The step of check.yml that judges, against a stand-in for `livingpolicy` with each of its answers."""
    (step,) = [
        step
        for job in jobs(GITHUB / "workflows/check.yml")
        for step in job["steps"]
        if "livingpolicy check" in step.get("run", "")
    ]
    command = tmp_path / ".venv/bin/livingpolicy"
    command.parent.mkdir(parents=True)
    command.write_text(
        '#!/bin/sh\necho "$*|$LIVINGPOLICY_PULL_REQUEST" >> calls\n'
        'case "$*" in *github*) echo "::error::escaped";; *) echo "fil.md:1: ::error::lurad"; '
        f'echo "</pre>" >&2;; esac\nexit {answer}\n',
        "utf-8",
    )
    command.chmod(0o755)
    summary = tmp_path / "summary.md"

    done = subprocess.run(
        [shutil.which("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={
            "PATH": "/usr/bin:/bin",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_STEP_SUMMARY": str(summary),
            "BASE": "$(id)",
            "LIVINGPOLICY_PULL_REQUEST": "Varför? $(id)",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (answer, "::error::escaped\n", "")
    assert set(step["env"]) == {"BASE", "LIVINGPOLICY_PULL_REQUEST"}
    asked = "check --scope changed --base $(id)"
    assert (tmp_path / "calls").read_text("utf-8").splitlines() == [
        f"{asked} --format github|Varför? $(id)",
        f"{asked}|Varför? $(id)",
    ]
    assert "    fil.md:1: ::error::lurad\n    </pre>\n" in summary.read_text("utf-8")
