"""Templates compiled once: reading seventy of them anew costs every build half a second.

What Jinja compiles is code. It is believed only from a cache that gives back what this program wrote itself,
and only if everything is as it was when it was compiled: Python, Jinja, the environment and the template.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

_MADE_BY = ("jinja2", "markupsafe", "mkdocs", "properdocs", "livingpolicy")
"""Packages whose filters may be worked out while a template is compiled, so that they end up in its code."""
_PYTHON = ("builtins", "operator", "_operator")
_WRITTEN = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline"),
    *("optimized", "autoescape", "is_async", "policies", "newstyle_gettext"),
)
"""What of an environment decides how a template is read."""


class Compiled:
    """The code of templates: what was kept, and what this build used of it or made."""

    def __init__(self, kept: dict[str, tuple[str, CodeType]] | None = None) -> None:
        self._kept = kept or {}
        self._used: dict[str, tuple[str, CodeType]] = {}
        self.grown = False
        """Whether there is more to keep than before."""

    @classmethod
    def read(cls, data: memoryview | None) -> Compiled:
        """Return what `write` made *data* of; nothing if there is none."""
        try:
            # The cache gives back only what it wrote itself: files of the user's own, by their digest.
            kept = marshal.loads(data) if data is not None else None  # noqa: S302
        except (ValueError, EOFError, TypeError):
            kept = None
        return cls(kept if isinstance(kept, dict) and all(map(_whole, kept.values())) else None)

    def write(self) -> bytes:
        """Return what this build used; a template that nobody asks for any more is forgotten."""
        return marshal.dumps(self._used)

    def serve(self, environment: Environment, also: str = "") -> None:
        """Have *environment* take its templates from here; *also* is what else their code depends on.

        It begins anew, for somebody who is served may have changed a template since. An environment with
        filters of unknown origin compiles for itself: nobody could tell when they change.
        """
        if environment.cache is not None:
            environment.cache.clear()
        marks = _marks(environment)
        if marks is not None:
            digest = sha256(repr((marks, also)).encode("utf-8", "surrogatepass")).hexdigest()
            environment.bytecode_cache = _Shelf(self, digest)

    def find(self, name: str, checksum: str) -> CodeType | None:
        """Return the code kept under *name* if it was compiled from the source with *checksum*."""
        found = self._used.get(name) or self._kept.get(name)
        if found is None or found[0] != checksum:
            return None
        self._used[name] = found
        return found[1]

    def keep(self, name: str, checksum: str, code: CodeType) -> None:
        """Keep *code* under *name*."""
        self._used[name] = (checksum, code)
        self.grown = True


class _Shelf(BytecodeCache):
    """The templates of one kind of environment."""

    def __init__(self, compiled: Compiled, marks: str) -> None:
        self._compiled = compiled
        self._marks = marks

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.find(f"{self._marks} {bucket.key}", bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled.keep(f"{self._marks} {bucket.key}", bucket.checksum, bucket.code)


def made_by() -> str:
    """Return hexadecimal digits that change with the programs that compile and run templates."""
    parts = (sys.version, sys.implementation.cache_tag or "", *(_version(name) for name in _MADE_BY))
    return sha256("\0".join(parts).encode()).hexdigest()


def _marks(environment: Environment) -> object | None:
    """Return what decides how *environment* compiles a template; None if that cannot be known."""
    helpers = {**environment.filters, **{f"is {name}": test for name, test in environment.tests.items()}}
    named = sorted((name, *_origin(helper)) for name, helper in helpers.items())
    origins = [*named, *((name, type(one).__module__) for name, one in environment.extensions.items())]
    known = all(module.partition(".")[0] in {*_MADE_BY, *_PYTHON} for _, module, *_ in origins)
    if not known or environment.finalize is not None or callable(environment.autoescape):
        return None
    settings = [repr(getattr(environment, name, None)) for name in _WRITTEN]
    return settings, sorted(origins)


def _origin(helper: Any) -> Iterator[str]:
    yield str(getattr(helper, "__module__", ""))
    yield str(getattr(helper, "__qualname__", ""))
    yield str(getattr(helper, "jinja_pass_arg", ""))  # whether it is handed the template's context


def _whole(kept: object) -> bool:
    return (
        isinstance(kept, tuple)
        and len(kept) == 2
        and isinstance(kept[0], str)
        and isinstance(kept[1], CodeType)
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
