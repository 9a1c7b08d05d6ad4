"""The templates that earlier builds of a site compiled, in the user's cache: never in the repository."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from livingpolicy.cache import Cache
from livingpolicy.render.compiled import Compiled, made_by
from livingpolicy.render.memory import rules

_KIND = "templates"


def recall_templates(root: Path) -> Compiled:
    """Return what the last build of the policy in *root* compiled; nothing where there was none."""
    cache = _cache(root)
    return Compiled.read(cache.load(_KIND) if cache is not None else None)


def keep_templates(root: Path, compiled: Compiled) -> None:
    """Keep what the build compiled, if any of it was new."""
    cache = _cache(root)
    if cache is not None and compiled.grown:
        cache.save(_KIND, compiled.write())


def _cache(root: Path) -> Cache | None:
    found = rules()
    if found is None:
        return None
    return Cache.of(root, sha256(f"{found} {made_by()}".encode()).hexdigest()[:32], _KIND)
