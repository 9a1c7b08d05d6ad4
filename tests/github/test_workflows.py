"""What `.github/` promises: valid, safe, and naming only what exists. No network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TOOLS = Path(sys.executable).parent

pytestmark = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    # BaseLoader: `on:` stays a word instead of becoming true.
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def jobs(path: Path) -> Iterator[dict[str, Any]]:
    yield from read(path)["jobs"].values()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(path):
        yield from job["steps"]


def scripts(path: Path) -> str:
    return "\n".join(step["run"] for step in steps(path) if "run" in step)


def test_every_action_is_pinned_to_a_commit_and_says_which_release(path):
    """A tag can be moved to other code; a hash cannot. The comment is for people and for Dependabot."""
    used = re.findall(r"^ *(?:- )?uses: *(.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert used
    for line in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line)


def test_one_release_of_each_action(path):
    """What is pinned here is what is pinned in the other workflows."""
    everywhere = {step["uses"] for other in WORKFLOWS for step in steps(other) if "uses" in step}
    mine = {step["uses"] for step in steps(path) if "uses" in step}
    names = [use.partition("@")[0] for use in everywhere]
    assert all(names.count(use.partition("@")[0]) == 1 for use in mine)


def test_no_run_step_contains_an_expression(path):
    """A branch may be called `$(curl …)`: what comes from outside is passed by environment."""
    assert "${{" not in scripts(path)


def test_nothing_is_permitted_unless_a_job_says_so(path):
    assert read(path)["permissions"] == {}
    for job in jobs(path):
        assert isinstance(job["permissions"], dict)


def test_only_what_runs_on_main_may_write(path):
    """A proposed change runs its own code, so it gets a token that can only read."""
    triggers = set(read(path)["on"])
    assert triggers <= {"pull_request", "merge_group", "push", "schedule", "workflow_dispatch"}
    if "pull_request" in triggers:
        assert all(job["permissions"] == {"contents": "read"} for job in jobs(path))
        assert "secrets." not in path.read_text("utf-8")


def test_every_checkout_has_the_history_and_keeps_no_token(path):
    checkouts = [step["with"] for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    for options in checkouts:
        assert options == {"fetch-depth": "0", "persist-credentials": "false"}


def test_nothing_runs_for_ever_or_twice_at_once(path):
    assert all(int(job["timeout-minutes"]) <= 20 for job in jobs(path))
    assert set(read(path)["concurrency"]) == {"group", "cancel-in-progress"}


def test_every_make_target_exists(path):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^ *make (\S+)", scripts(path), re.MULTILINE):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_the_platform_can_read_it(path):
    check_schema("vendor.github-workflows", path)


def check_schema(schema: str, path: Path) -> None:
    done = subprocess.run(
        [TOOLS / "check-jsonschema", "--builtin-schema", schema, path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
