"""The engine's answer equals the truth, whatever people do."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.history.story import read
from tests.history.worlds import build


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 25))
def test_every_section_has_the_commits_and_kinds_that_it_really_had(seed: int, commits: int):
    """Random edits, re-wraps, moves, renames, merges, reverts, ignore lists and editorial changes."""
    with tempfile.TemporaryDirectory() as folder:
        repo, truth = build(Path(folder) / "repo", random.Random(seed), commits)
        history = read(repo)
        told = {
            name: [(revision.commit.sha, str(revision.kind)) for revision in revisions]
            for name, revisions in history.revisions.items()
        }
        assert told == truth
        assert history.drafts == frozenset()
        assert history.untracked == ()
