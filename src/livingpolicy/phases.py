"""What takes how long: a line for each phase of a command, for whoever asks with `--verbose`.

`phase` marks what may take long and costs nothing while nobody listens; `listening` is the edge's: a command,
or a hook of MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from livingpolicy.errors import PolicyError
from livingpolicy.language import Catalogue, catalogue


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


class _Listener:
    """Waits until the policy's language is known, and then tells at once."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._phases: Phases | None = None
        self._waiting: list[tuple[str, float]] = []

    def heard(self, name: str, seconds: float) -> None:
        self._waiting.append((name, seconds))
        if self._phases:
            self.speak(None)

    def speak(self, language: str | None) -> None:
        if language or self._phases is None:
            self._phases = Phases(catalogue(language or "sv"), self._tell)
        for name, seconds in self._waiting:
            self._phases.took(name, seconds)
        self._waiting.clear()


_listener: ContextVar[_Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(tell: Callable[[str], None]) -> Iterator[None]:
    """Have *tell* called with a line for every phase that ends meanwhile, also of what then fails."""
    listener = _Listener(tell)
    token = _listener.set(listener)
    try:
        yield
    finally:
        listener.speak(None)
        _listener.reset(token)


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Last as long as the phase *name*, which is `timing.<name>` in the catalogue."""
    listener = _listener.get()
    if listener is None:
        yield
        return
    start = monotonic()
    try:
        yield
    except PolicyError as error:
        listener.speak(error.language)  # whoever could not read the policy may still know its language
        raise
    finally:
        listener.heard(name, monotonic() - start)


def speak(language: str) -> None:
    """Tell from now on, and what has waited, in *language*: the policy's, once it is read."""
    if listener := _listener.get():
        listener.speak(language)
