"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.policy_repo import PolicyRepo

GOLDEN = Path(__file__).parent / "golden"

# CI tries the same examples every time, so that a red run is never somebody else's luck; desks try new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the programs remember between runs away from the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("LIVINGPOLICY_NO_CACHE", raising=False)
        yield


@pytest.fixture
def policy_repo(tmp_path: Path) -> PolicyRepo:
    """Return an empty git repository."""
    return PolicyRepo.create(tmp_path / "repo")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check that a whole output is what `tests/golden/NAME` says."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert text == path.read_text("utf-8"), f"see tests/golden/{name}; `make golden` writes it anew"

    return check
