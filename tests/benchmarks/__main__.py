"""Measure the history against one bare `git log` pass over the same repository, side by side."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.generator import SIZES, Size, repository
from tests.policy_repo import PolicyRepo, git_environment

ROUNDS = 5
ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("BENCHMARKS", ROOT / ".cache" / "benchmarks"))
REFERENCE = ("git", "log", "--raw", "-z", "--no-abbrev", "--", "policy")


def reference(repo: PolicyRepo) -> float:
    """Return the seconds of R."""
    start = time.perf_counter()
    subprocess.run(REFERENCE, cwd=repo.root, env=git_environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def ours(repo: PolicyRepo, at: str = "HEAD", *, cache: Path | None = None) -> dict[str, object]:
    """Return what one reading of ours cost, of the chain of *at*, with what is remembered in *cache*."""
    command = [sys.executable, "-m", "tests.benchmarks.once", str(repo.root), repo.git("rev-parse", at)]
    remembered = {"LIVINGPOLICY_NO_CACHE": "1"} if cache is None else {"XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **remembered}, stdout=subprocess.PIPE, check=True
    )
    return dict(json.loads(done.stdout))


def measure(size: Size) -> None:
    """Print the line of one size."""
    repo, truth = repository(size, FOLDER)
    reference(repo)
    ratios, seconds, memory = [], [], 0
    for _ in range(ROUNDS):
        bare = reference(repo)
        found = ours(repo)
        took = float(str(found["seconds"]))
        ratios.append(took / bare)
        seconds.append(took)
        memory = int(str(found["memory"]))
        revised = found["revised"]
        assert isinstance(revised, dict)
        right = sum(revised.get(name) == when for name, when in truth.items()) / len(truth)
    print(  # noqa: T201
        f"{size.name:8} {size.commits:7} commits   cold {statistics.median(ratios):6.2f} R "
        f"({min(ratios):.2f} to {max(ratios):.2f}; {statistics.median(seconds):.2f} s)   "
        f"right {right:.2%}   memory {memory / 1024:.0f} MB, git {git_memory(repo) / 1024:.0f} MB"
    )


def remembered(size: Size) -> None:
    """Print what a reading costs when all or all but the last commits are remembered."""
    repo, _ = repository(size, FOLDER)
    new = 100 if size.commits > 10_000 else 10
    ratios: dict[str, list[float]] = {"nothing new": [], f"{new} new commits": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder)
            ours(repo, f"HEAD~{new}", cache=cache)
            bare = reference(repo)
            continued, same = ours(repo, cache=cache), ours(repo, cache=cache)
            assert continued["revised"] == same["revised"]
            for told, found in zip(ratios.values(), (same, continued), strict=True):
                told.append(float(str(found["seconds"])) / bare)
    text = "   ".join(
        f"{name} {statistics.median(told):.3f} R ({min(told):.3f} to {max(told):.3f})"
        for name, told in ratios.items()
    )
    print(f"{size.name:8} remembered: {text}")  # noqa: T201


def growth(size: Size) -> None:
    """Print how much longer ten times the commits over the same files take."""
    few = Size(f"{size.name}-tenth", size.chapters, size.sections, size.commits // 10)
    repos = [repository(each, FOLDER)[0] for each in (few, size)]
    factors = []
    for _ in range(ROUNDS):
        short, long = (float(str(ours(repo)["seconds"])) for repo in repos)
        factors.append(long / short)
    print(f"{size.name:8} ten times the commits take {statistics.median(factors):.1f} times as long")  # noqa: T201


def git_memory(repo: PolicyRepo) -> int:
    """Return the peak memory of R in kB."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, *REFERENCE]
    done = subprocess.run(
        command, cwd=repo.root, env=git_environment(), stdout=subprocess.PIPE, check=True, text=True
    )
    return int(done.stdout)


def main(names: list[str]) -> None:
    """Measure the sizes with these names; all of them without any."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in names or SIZES:
        measure(SIZES[name])
        remembered(SIZES[name])
        if name == "medium":
            growth(SIZES[name])


if __name__ == "__main__":
    main(sys.argv[1:])
