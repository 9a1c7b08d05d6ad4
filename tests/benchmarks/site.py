"""Measure the site against the same chapters built by plain MkDocs Material, side by side.

`python -m tests.benchmarks.site [SIZE]`. M is a build of the chapters with the theme as it comes: its search,
its navigation, no hooks. Seconds are of the processor: a busy machine spoils those of the wall.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.generator import SIZES, Size, repository
from tests.policy_repo import PolicyRepo
from tests.site.building import MKDOCS, environment, equip

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("BENCHMARKS", ROOT / ".cache" / "benchmarks"))
TODAY = "2026-11-22"
ROUNDS = 5

PLAIN = """\
site_name: Policyn
theme: {{name: material, language: sv, font: false, features: [{features}]}}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, tables, toc, pymdownx.superfences]
"""


def seconds(root: Path, **variables: str) -> tuple[float, float]:
    """Return what one build in *root* takes of the processor, and on the wall.

    It goes to a new folder, as one that is published does: where thousands of files were deleted just now, a
    file system may take seconds to find room for as many.
    """
    site = Path(tempfile.mkdtemp(dir=root.parent)) / "site"
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [MKDOCS, "build", "--quiet", "--site-dir", str(site)],
        cwd=root,
        env=environment(TODAY) | variables,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - start


def plain(root: Path, policy: Path, *features: str) -> Path:
    """Make a project of the same chapters that knows nothing of us."""
    (root / "docs").mkdir(parents=True)
    for path in sorted((policy / "chapters").rglob("*.md")):
        shutil.copy(path, root / "docs" / path.name)
    (root / "docs" / "index.md").write_text("# Policyn\n", "utf-8")
    (root / "mkdocs.yml").write_text(PLAIN.format(features=", ".join(features)), "utf-8")
    return root


def _make_valid(repo: PolicyRepo) -> None:
    """Take out the stamps, which only the reader of histories passes over."""
    repo.git("config", "user.name", "Test")
    repo.git("config", "user.email", "test@example.com")
    for path in (repo.root / "policy" / "chapters").rglob("*.md"):
        path.write_text(re.sub(r"^tags: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    repo.commit("2026-11-20", "Ta bort stämplar")


def equipped(root: Path, size: Size) -> Path:
    """Make a repository of that size with our hooks, theme and settings."""
    source, _ = repository(size, FOLDER)
    subprocess.run(["git", "clone", "--quiet", str(source.root), str(root)], check=True)
    equip(root)
    _make_valid(PolicyRepo(root))
    return root


def measure(size: Size) -> None:
    """Print the ratios of one size."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        site = equipped(base / "ours", size)
        cache = base / "cache"
        stock = plain(base / "plain", site / "policy")
        pruned = plain(base / "pruned", site / "policy", "navigation.prune")

        def cold() -> tuple[float, float]:
            shutil.rmtree(cache, ignore_errors=True)
            for kept in (site / ".cache").glob("*"):
                if kept.name != "fonts":
                    shutil.rmtree(kept, ignore_errors=True)
            return seconds(site, XDG_CACHE_HOME=str(cache))

        builds: dict[str, Callable[[], tuple[float, float]]] = {
            "M": lambda: seconds(stock),
            "M with prune": lambda: seconds(pruned),
            "ours, cold": cold,
            "ours, warm": lambda: seconds(site, XDG_CACHE_HOME=str(cache)),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in builds}
        for _ in range(int(os.environ.get("ROUNDS", ROUNDS))):
            for name, build in builds.items():
                taken[name].append(build())
        for name, times in taken.items():
            ratios = [used / base for (used, _), (base, _) in zip(times, taken["M"], strict=True)]
            print(  # noqa: T201
                f"{size.name:8} {name:14} {statistics.median(ratios):5.2f} M "
                f"({statistics.median(used for used, _ in times):.2f} s of the processor, "
                f"{statistics.median(wall for _, wall in times):.2f} s on the wall)"
            )


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["medium"]:
        measure(SIZES[wanted])
