"""Git and the repository: whether the days that sections were revised can be trusted."""

from __future__ import annotations

import re
from pathlib import Path

from livingpolicy.doctor.values import Found, Verdict, ok, warn
from livingpolicy.errors import HistoryError
from livingpolicy.gitlog.condition import Examined, git_version

OLDEST = (2, 31)
"""Of git, for `--end-of-options` and the rest that we ask."""


def git() -> Found:
    """Whether git is there and new enough."""
    try:
        version = git_version()
    except HistoryError as error:
        return refused("git", error)
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST:
        return refused("git", HistoryError("git-too-old"))
    return ok("git", "git", version=version)


def repository(root: Path) -> Found:
    """Whether there is a whole, trusted repository around the policy."""
    try:
        with Examined(root) as examined:
            condition = examined.condition()
            head = examined.head[:10]
    except HistoryError as error:
        return refused("repository", error)
    if condition.partial:
        return warn("repository", "repository-partial")
    if condition.rewritten:
        return warn("repository", "repository-rewritten")
    if condition.branch is None:
        return ok("repository", "repository-detached", head=head)
    return ok("repository", "repository", branch=condition.branch, head=head)


def refused(name: str, error: HistoryError) -> Found:
    """Return what git refuses, with the cure that every command gives."""
    return Found(name, Verdict.FAIL, f"history.{error.code}", error.values)
