"""What earlier builds made of a site's templates and guides, in the user's cache: never in the repository."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from livingpolicy.cache import Cache
from livingpolicy.render.compiled import Compiled, made_by
from livingpolicy.render.memory import Memory, rules

_MARKDOWN = ("markdown", "pymdown-extensions")
"""What reads the guides, besides MkDocs."""


def recall_templates(root: Path, language: str) -> Compiled:
    """Return what the last build in *language* compiled; nothing where there was none.

    Nothing in a template depends on the policy, so that all policies of a user share them. *root* is where
    that of the build is, and nothing is kept below it.
    """
    cache = _cache(root, "templates")
    return Compiled.read(cache.load(language) if cache is not None else None)


def keep_templates(root: Path, language: str, compiled: Compiled) -> None:
    """Keep what the build compiled, if any of it was new."""
    cache = _cache(root, "templates")
    if cache is not None and compiled.grown:
        cache.save(language, compiled.write())


def recall_guides(root: Path) -> Memory:
    """Return the guides of the repository in *root* as the last build read them; nothing without one."""
    cache = _cache(root, "guides", *_MARKDOWN)
    return Memory.read(cache.load(_place(root)) if cache is not None else None)


def keep_guides(root: Path, memory: Memory) -> None:
    """Keep the guides that the build read, if any of them was new."""
    cache = _cache(root, "guides", *_MARKDOWN)
    if cache is not None and memory.made:
        cache.save(_place(root), memory.write())


def _place(root: Path) -> str:
    return sha256(os.fsencode(root.resolve())).hexdigest()[:32]


def _cache(root: Path, name: str, *packages: str) -> Cache | None:
    found = rules()
    if found is None:
        return None
    return Cache.shared(root, sha256(f"{found} {made_by(*packages)}".encode()).hexdigest()[:32], name)
