"""The chain's memory: from the cache, from the cache and the commits since, or from the beginning.

Whichever it is, the answer is the same; only the time differs.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from livingpolicy.cache import Cache
from livingpolicy.chain import read_chain
from livingpolicy.gitlog import LoggedCommit, Repository
from livingpolicy.lives import Lives
from livingpolicy.walk import Memory, Walk

RULES = (
    "assessment_files",
    "cache",
    "chain",
    "discretion",
    "errors",
    "folder",
    "gitlog",
    "headings",
    "levels",
    "lives",
    "meaning",
    "model/content",
    "model/history",
    "outline",
    "recall",
    "revisions",
    "strictyaml",
    "versions",
    "walk",
    "wording",
)
"""The modules and packages that an answer depends on: when one of them changes, nothing is remembered."""

_TRIES = 2
"""Earlier commits that are tried; each costs a process."""


def recall(
    root: Path,
    repository: Repository,
    *,
    ignored: Collection[str],
    aliases: Mapping[str, str],
    editorial: Callable[[str], bool],
    tell: Callable[[int], None] | None = None,
) -> tuple[Memory, tuple[str, ...]]:
    """Return the memory of the chain up to the repository's head, and which of *ignored* do not exist.

    *aliases* are old ids, with the id each is known by now; *editorial* tells whether the body of a
    commit calls it so; *tell* is told how many commits were read.

    Raises:
        HistoryError: git could not read all of it.
    """
    key = _key(repository, ignored, aliases)
    cache = Cache.of(root, key) if key is not None else None
    memory = _kept(cache, repository.head)
    if memory is not None:
        absent = read_chain(repository, memory.elsewhere, batches=()).unknown if memory.elsewhere else ()
        return memory, absent
    walk, since = _begun(cache, repository, aliases)
    also = ignored if since is None else walk.elsewhere
    chain = read_chain(repository, also, batches=None if since is None else [since], tell=tell)
    walk.take(
        chain,
        ignored=ignored,
        editorial={commit.sha for commit in chain.commits if editorial(commit.body)},
    )
    memory = walk.memory(repository.head)
    if cache is not None:
        cache.save(repository.head, memory.write())
    return memory, chain.unknown


def _begun(
    cache: Cache | None, repository: Repository, aliases: Mapping[str, str]
) -> tuple[Walk, list[LoggedCommit] | None]:
    """Return a walk to go on with, and the commits since (newest first); None: all of them."""
    for commit in (cache.commits() if cache is not None else [])[:_TRIES]:
        since = repository.log_after(commit)
        if since is not None and (memory := _kept(cache, commit)) is not None:
            return Walk.after(memory, aliases), since
    return Walk(Lives(aliases=aliases)), None


def _kept(cache: Cache | None, commit: str) -> Memory | None:
    data = cache.load(commit) if cache is not None else None
    memory = Memory.read(data) if data is not None else None
    return memory if memory is not None and memory.head == commit else None


def _key(repository: Repository, ignored: Collection[str], aliases: Mapping[str, str]) -> str | None:
    rules = _rules()
    if rules is None:
        return None
    parts = (rules, repository.prefix, *ignored, *(f"{old}={new}" for old, new in sorted(aliases.items())))
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@lru_cache(1)
def _rules() -> str | None:
    """Return a digest of all that decides what a commit does to a section; None if its source is missing."""
    digest = sha256("\0".join(_versions()).encode())
    here = Path(__file__).parent
    try:
        for name in RULES:
            module, package = here / f"{name}.py", here / name
            for path in sorted(package.glob("*.py")) if package.is_dir() else (module,):
                digest.update(path.read_bytes())
    except OSError:
        return None
    return digest.hexdigest()


def _versions() -> Iterator[str]:
    yield sys.version
    yield str(getattr(sys.modules.get("yaml"), "__version__", ""))  # its door is elsewhere
    yield unicodedata.unidata_version
