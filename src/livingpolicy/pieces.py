"""What earlier builds of a site left behind in the user's cache, so that this one need not make it again."""

from __future__ import annotations

from pathlib import Path

from livingpolicy.cache import Cache
from livingpolicy.render.memory import Memory, rules


def recall_pieces(root: Path) -> Memory:
    """Return what the last build of the policy in *root* remembered; nothing where there was none."""
    cache = _cache(root)
    kept = (cache.load(commit) for commit in cache.commits()) if cache is not None else iter(())
    return Memory.read(next((data for data in kept if data is not None), None))


def keep_pieces(root: Path, head: str | None, memory: Memory) -> None:
    """Remember what the build at the commit *head* used, if any of it was new."""
    cache = _cache(root)
    if cache is not None and head is not None and memory.made:
        cache.save(head, memory.write())


def _cache(root: Path) -> Cache | None:
    found = rules()
    return None if found is None else Cache.of(root, found)
