"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy_repo import PolicyRepo


@pytest.fixture
def policy_repo(tmp_path: Path) -> PolicyRepo:
    """Return an empty git repository."""
    return PolicyRepo.create(tmp_path / "repo")
