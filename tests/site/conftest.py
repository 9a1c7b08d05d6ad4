"""The sites that are built once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.building import PROJECT, Project, latest_day, make_project, run


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A repository of two chapters with its site built in strict mode. Not to be changed."""
    made = make_project(tmp_path_factory.mktemp("company") / "kundpolicy")
    done = made.build("--strict")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this project, policy and guides as they are, built in strict mode."""
    site = tmp_path_factory.mktemp("own") / "site"
    done = run(PROJECT, "build", "--strict", "--site-dir", str(site), today=latest_day(PROJECT))
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def changing(tmp_path: Path) -> Project:
    """A project of the test's own, not yet built."""
    return make_project(tmp_path / "kundpolicy")
