"""Read the history of one repository once, in a process of its own; print seconds and memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import git  # noqa: F401 (its import is not what is measured)

from livingpolicy.revisions import read_history
from tests.history.story import working_tree


def main(root: Path, at: str | None = None) -> None:
    """Print what reading the chain of *at* (or HEAD) cost, and when every section was last revised."""
    files = working_tree(root)
    start = time.perf_counter()
    history = read_history(root, files, timezone="UTC", now=datetime(2030, 1, 1, tzinfo=UTC), at=at)
    seconds = time.perf_counter() - start
    revised = {
        name: next(
            int(revision.commit.landed_at.timestamp())
            for revision in revisions
            if revision.kind.changes_meaning and revision.commit.landed_at
        )
        for name, revisions in history.revisions.items()
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"seconds": seconds, "memory": memory, "revised": revised}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
