"""The desk at which proposals are made."""

from __future__ import annotations

import pytest

from tests.gate.desk import FRESH_ON, LATE_ON, MAIL, Desk, chapter
from tests.policy_repo import MINIMAL, PolicyRepo

NOON = "1795348800"
"""Noon (UTC) on 22 November 2026, in seconds since 1970."""

OF_PLATFORMS = (
    "CI",
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
    "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    "LIVINGPOLICY_PULL_REQUEST",
)


@pytest.fixture
def desk(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Return a repository on `main` in which `svar-mejl` is fresh and the rest 400 days late."""
    for name in OF_PLATFORMS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    policy_repo.commit(LATE_ON, "Skriv ner policyn", MINIMAL | chapter((MAIL, "Vi svarar på mejl.")))
    policy_repo.commit(FRESH_ON, "Svara samma dag", chapter())
    return Desk(policy_repo, capsys)
