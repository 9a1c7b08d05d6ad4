"""What is measured is also right."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.generator import Size, repository
from tests.history.story import read


def test_every_section_of_a_generated_repository_has_its_true_date(tmp_path: Path):
    repo, truth = repository(Size("tiny", 5, 4, 150), tmp_path)
    history = read(repo)
    found = {
        name: next(
            int(revision.commit.landed_at.timestamp())
            for revision in history.revisions[name]
            if revision.kind.changes_meaning and revision.commit.landed_at
        )
        for name in truth
    }
    assert found == truth


def test_the_same_size_is_the_same_repository(tmp_path: Path):
    size = Size("tiny", 3, 2, 30)
    one, other = (repository(size, tmp_path / name)[0] for name in ("ett", "annat"))
    assert one.git("rev-parse", "HEAD") == other.git("rev-parse", "HEAD")
