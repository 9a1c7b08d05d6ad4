"""Which files outside the policy watch over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from livingpolicy.disclosure.values import Guard
from livingpolicy.revisions import IGNORE_LIST

_GUARDS = {
    Guard.CODEOWNERS: r"(\.github/|\.gitlab/|docs/|\.gitea/|\.forgejo/)?CODEOWNERS",
    Guard.WORKFLOWS: r"\.(github|gitea|forgejo)/((workflows|actions)/.*|dependabot\.ya?ml)"
    r"|\.(gitlab|circleci|ci)/.*"
    r"|\.gitlab-ci\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.yml|Jenkinsfile|\.pre-commit-config\.yaml",
    Guard.IGNORED: rf"(.*/)?{re.escape(IGNORE_LIST)}",
    Guard.CHECKS: r"(.*/)?((hooks|scripts|src|tests)/.*|mkdocs\.ya?ml|Makefile|pyproject\.toml|[^/]*\.lock"
    r"|requirements[^/]*\.txt|\.git(attributes|modules)|\.pre-commit-hooks\.yaml)",
}
"""Of paths from the top of the repository; the first that fits names the kind."""


def sorted_out(paths: Iterable[str]) -> tuple[Mapping[Guard, tuple[str, ...]], tuple[str, ...]]:
    """Return those of *paths* that watch over the policy, by kind, and the others."""
    guards: dict[Guard, tuple[str, ...]] = {}
    others: list[str] = []
    for path in paths:
        kind = next(
            (kind for kind, pattern in _GUARDS.items() if re.fullmatch(pattern, path, re.DOTALL)), None
        )
        if kind is None:
            others.append(path)
        else:
            guards[kind] = (*guards.get(kind, ()), path)
    return {kind: guards[kind] for kind in Guard if kind in guards}, tuple(others)
