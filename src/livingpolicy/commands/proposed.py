"""What commands about a proposed change share: where it began, what its author says, who draws the answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click

from livingpolicy.commands.options import Command

PULL_REQUEST_HELP = "Text of the pull request: where a reason may be given."


def pull_request_option(command: Command) -> Command:
    """Add `--pull-request`."""
    return click.option(
        "--pull-request",
        metavar="TEXT",
        envvar="LIVINGPOLICY_PULL_REQUEST",
        show_envvar=True,
        default="",
        help=PULL_REQUEST_HELP,
    )(command)


def published(base: str | None, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names under which to look for the published branch, the likeliest first.

    On a forge the target of the proposal is known, and no other branch may stand in for it.
    """
    if base:
        return base, f"origin/{base}"
    if target := environment.get("GITHUB_BASE_REF"):
        return f"origin/{target}", target
    # GitLab fetches no branch but the proposal's; these are commits in its history.
    gitlab = ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA")
    commits = tuple(commit for name in gitlab if (commit := environment.get(name)))
    return commits or ("origin/HEAD", "origin/main", "main")


def renderer(place: str) -> Callable[..., Any]:
    """Return the function at *place*, "module:name" below `render/`, which is imported only now."""
    module, name = place.split(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f"livingpolicy.render.{module}"), name)
    return found
