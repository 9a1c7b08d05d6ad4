"""The templates that earlier builds of a site compiled, in the user's cache: never in the repository."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from livingpolicy.cache import Cache
from livingpolicy.render.compiled import Compiled, made_by
from livingpolicy.render.memory import rules


def recall_templates(root: Path, language: str) -> Compiled:
    """Return what the last build in *language* compiled; nothing where there was none.

    Nothing in a template depends on the policy, so that all policies of a user share them. *root* is where
    that of the build is, and nothing is kept below it.
    """
    cache = _cache(root)
    return Compiled.read(cache.load(language) if cache is not None else None)


def keep_templates(root: Path, language: str, compiled: Compiled) -> None:
    """Keep what the build compiled, if any of it was new."""
    cache = _cache(root)
    if cache is not None and compiled.grown:
        cache.save(language, compiled.write())


def _cache(root: Path) -> Cache | None:
    found = rules()
    if found is None:
        return None
    return Cache.shared(root, sha256(f"{found} {made_by()}".encode()).hexdigest()[:32], "templates")
