"""The company's past, made once."""

from __future__ import annotations

import pytest

from tests.archive.company import Archive, archive, company
from tests.policy_repo import PolicyRepo


@pytest.fixture(scope="session")
def repo(tmp_path_factory: pytest.TempPathFactory) -> PolicyRepo:
    """The repository of a policy that has seen everything. Not to be changed."""
    return company(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def past(repo: PolicyRepo) -> Archive:
    """What is published of it, on 22 November 2026, at an address."""
    return archive(repo, address="https://kund.example.com/")
