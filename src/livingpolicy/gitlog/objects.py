"""One process that hands out the contents of objects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue

from livingpolicy.errors import HistoryError
from livingpolicy.gitlog.process import Failed, Process

MISSING = "missing"
"""What `git cat-file` says of an object that it does not have."""


class Objects:
    """One `git cat-file` that hands out objects in the order in which they are asked for."""

    def __init__(self, process: Process, refused: Callable[[Failed, str], HistoryError]) -> None:
        self._process = process
        self._refused = refused
        self._asked: SimpleQueue[list[str] | None] = SimpleQueue()
        # Of its own, because git stops listening while nobody takes what it hands out.
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, names: Iterable[str]) -> None:
        """Ask for objects by their hashes; to be taken later, in this order."""
        self._asked.put(list(names))

    def take(self, name: str) -> tuple[str, bytes]:
        """Return the type and the content of the next object, which must be *name*.

        Raises:
            HistoryError: it is missing or damaged.
        """
        try:
            return self._read(name)
        except Failed as failure:
            raise self._refused(failure, name) from failure

    def close(self) -> None:
        """End the process."""
        self._asked.put(None)
        self._process.stop()
        self._writer.join()

    def _read(self, name: str) -> tuple[str, bytes]:
        output = self._process.output
        head = output.readline()
        fields = head.decode("ascii", "replace").split()
        if fields[1:] == ["missing"]:
            raise Failed(0, MISSING)
        data = output.read(int(fields[2]) + 1) if len(fields) == 3 and fields[0] == name else b""
        if not data or len(data) != int(fields[2]) + 1:
            self._process.finish()
            raise Failed(1, head.decode("utf-8", "replace"))
        return fields[1], data[:-1]

    def _write(self) -> None:
        while (names := self._asked.get()) is not None:
            self._process.write(names)
