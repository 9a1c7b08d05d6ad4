"""The desk at which proposals are read."""

from __future__ import annotations

import pytest

from tests.policy_repo import PolicyRepo
from tests.proposal.desk import POLICY, PUBLISHED, Desk

NOON = "1795348800"
"""Noon (UTC) on 22 November 2026, in seconds since 1970."""


@pytest.fixture
def desk(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Return a repository with the policy on `main`."""
    for name in (
        "CI",
        "GITHUB_BASE_REF",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "LIVINGPOLICY_PULL_REQUEST",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    policy_repo.commit(PUBLISHED, "Skriv ner policyn", dict(POLICY))
    return Desk(policy_repo, capsys)
