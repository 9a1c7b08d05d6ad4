"""What takes how long: a line for each phase of a command, for whoever asks with `--verbose`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from livingpolicy.language import Catalogue


class Phases:
    """Tells of every phase when it has ended; of none without somebody to tell."""

    def __init__(self, words: Catalogue, tell: Callable[[str], None] | None) -> None:
        self._words = words
        self._tell = tell

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Last as long as the phase *name*, which is `timing.<name>` in the catalogue."""
        start = monotonic()
        try:
            yield
        finally:
            self.took(name, monotonic() - start)

    def took(self, name: str, seconds: float) -> None:
        """Tell of a phase that took *seconds* before anybody knew in which language to tell."""
        if self._tell:
            what = self._words.text(f"timing.{name}")
            self._tell(self._words.text("timing.line", name=what, seconds=f"{seconds:.2f}"))
