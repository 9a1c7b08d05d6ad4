"""Says on a terminal how far a long reading has come; says nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from livingpolicy.language import catalogue

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""Seconds before anything is said."""

Tell = Callable[[int], None]
"""Takes the number of commits that have been read so far."""


@contextmanager
def progress(language: str) -> Iterator[Tell | None]:
    """Hand out what takes the progress, and clear the line at the end; None if nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line(language)
    try:
        yield line.tell
    finally:
        line.clear()


class _Line:
    def __init__(self, language: str) -> None:
        self._language = language
        self._start = monotonic()
        self._status: Status | None = None

    def tell(self, commits: int) -> None:
        if monotonic() - self._start < PATIENCE:
            return
        text = catalogue(self._language).text("progress.history", count=commits)
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True).status(text)
            self._status.start()
        else:
            self._status.update(text)

    def clear(self) -> None:
        if self._status is not None:
            self._status.stop()
