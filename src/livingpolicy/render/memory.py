"""HTML that was made once and is the same in the next build: nobody needs to make it again.

A wording of 2024 and what it changed look today as they looked yesterday. What a piece is made of is its key;
so whatever is remembered, the site is the same, and only the time differs.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from livingpolicy.beside import Promise

Made = TypeVar("Made")

_MADE_BY = ("icalendar", "jinja2", "markdown-it-py", "markupsafe", "nh3", "pyyaml", "snowballstemmer")
_FOLDERS = ("diff", "locale", "model", "render", "search", "templates")
_MODULES = (
    *(
        "chronicle",
        "editions",
        "headings",
        "language",
        "markup",
        "meaning",
        "strictyaml",
        "validate/numerals",
    ),
    "wording",
)


class Memory:
    """Pieces by the digest of what they are made of, in plain values that `marshal` knows."""

    def __init__(self, kept: dict[bytes, Any] | None = None) -> None:
        self._kept = kept or {}
        self._used: dict[bytes, Any] = {}
        self._coming: dict[bytes, Promise] = {}
        self.made = 0
        """How many pieces were not remembered."""

    @classmethod
    def read(cls, data: memoryview | None) -> Memory:
        """Return the memory that `write` made *data* of; an empty one if there is none."""
        try:
            # The cache gives back only what it wrote itself: files of the user's own, by their digest.
            kept = marshal.loads(data) if data is not None else None  # noqa: S302
        except (ValueError, EOFError, TypeError):
            kept = None
        return cls(kept if isinstance(kept, dict) else None)

    def write(self) -> bytes:
        """Return what this build used; what nobody asks for any more is forgotten."""
        return marshal.dumps(self._used)

    def of(self, parts: object, make: Callable[[], Made]) -> Made:
        """Return the piece that is made of *parts*, whose `repr` says all that it depends on."""
        key = _key(parts)
        if key in self._coming:
            self._receive(self._coming[key])
        if key in self._used:
            found = self._used[key]
        elif key in self._kept:
            found = self._used[key] = self._kept[key]
        else:
            found = self._used[key] = make()
            self.made += 1
        return found  # type: ignore[no-any-return]  # what was kept under the key is what `make` returns

    def knows(self, parts: object) -> bool:
        """Return whether the piece that is made of *parts* is there."""
        key = _key(parts)
        return key in self._used or key in self._kept

    def branch(self) -> Memory:
        """Return a memory that knows as much, and of which `write` gives only what it has been asked for."""
        return Memory(self._kept | self._used)

    def expect(self, pieces: Iterable[object], promise: Promise) -> None:
        """Await the *pieces* (their parts) from the branch that *promise* brings, once one is asked for.

        What it does not bring is made as if nobody had promised it.
        """
        self._coming |= dict.fromkeys(map(_key, pieces), promise)

    def _receive(self, promise: Promise) -> None:
        self._coming = {key: other for key, other in self._coming.items() if other is not promise}
        data = promise()
        brought = Memory.read(None if data is None else memoryview(data))._kept
        self.made += len(brought.keys() - self._used.keys() - self._kept.keys())
        self._used |= brought


def _key(parts: object) -> bytes:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@lru_cache(1)
def rules() -> str | None:
    """Return hexadecimal digits that change with anything a piece depends on besides its parts.

    None if the program cannot see its own source: then nothing may be remembered.
    """
    digest = blake2b(digest_size=16)
    digest.update("\0".join((sys.version, *(version(name) for name in _MADE_BY))).encode())
    here = Path(__file__).parents[1]
    files = [path for folder in _FOLDERS for path in (here / folder).rglob("*") if path.is_file()]
    try:
        for path in sorted(path for path in files if path.suffix != ".pyc"):
            digest.update(path.read_bytes())
        for name in _MODULES:
            digest.update((here / f"{name}.py").read_bytes())
    except OSError:
        return None
    return digest.hexdigest() if files else None
