"""A git process, through GitPython's handling: what it prints, what it complains about, when it must end.

The child sees no `GIT_*` variable of ours and no configuration but the repository's own; nothing is written
and nothing fetched.
"""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from livingpolicy.errors import HistoryError

TIMEOUT = 600.0
"""Seconds until a git process that does not end is stopped."""


class Failed(Exception):  # noqa: N818 - never leaves this package
    """Git ended with an error, or wrote one."""

    def __init__(self, status: int, message: str, *, timed_out: bool = False) -> None:
        super().__init__(message)
        self.status, self.message, self.timed_out = status, message, timed_out


class Process:
    """A running git, its output, and what it complains about."""

    def __init__(self, process: Any) -> None:
        self._keep = process  # GitPython ends the process when this goes away
        self._popen = process.proc
        self.output = io.BufferedReader(self._popen.stdout.raw, 1 << 17)
        self._complaints: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._timed_out = False
        self._timer = threading.Timer(TIMEOUT, self._give_up)
        self._timer.daemon = True
        self._timer.start()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def write(self, lines: Iterable[str]) -> None:
        """Hand lines over; that the process has ended is found out by who reads."""
        with suppress(OSError, ValueError):
            self._popen.stdin.write("".join(f"{line}\n" for line in lines).encode("ascii"))
            self._popen.stdin.flush()

    def finish(self) -> None:
        """Wait for the end.

        Raises:
            Failed: git did not end well. A complaint counts even with status 0: `git log` over a damaged
                repository may go on after an error.
        """
        self._close_input()
        status = self._popen.wait()
        self._listener.join()
        said = b"".join(self._complaints).decode("utf-8", "replace")
        if status or self._timed_out or re.search(r"^(?:error|fatal):", said, re.MULTILINE):
            raise Failed(status, said, timed_out=self._timed_out)

    def stop(self) -> None:
        """End the process if it still runs."""
        self._timer.cancel()
        self._close_input()
        if self._popen.poll() is None:
            self._popen.kill()
            self._popen.wait()
        self._listener.join()
        self.output.close()
        self._popen.stderr.close()

    def _close_input(self) -> None:
        with suppress(OSError):
            self._popen.stdin.close()

    def _listen(self) -> None:
        for line in self._popen.stderr:
            if sum(map(len, self._complaints)) < 10_000:
                self._complaints.append(line)

    def _give_up(self) -> None:
        self._timed_out = True
        self._popen.kill()


_VARIABLES = threading.Lock()


@contextmanager
def _unseen_variables() -> Iterator[None]:
    """Take every `GIT_*` variable out of the environment while a process starts: GitPython passes all on."""
    with _VARIABLES:
        taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
        try:
            yield
        finally:
            os.environ.update(taken)


def _git() -> Any:
    """Return GitPython's way of starting git; imported late because it takes a tenth of a second."""
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # otherwise the import itself fails where git is missing
    try:
        from git.cmd import Git
    finally:
        del os.environ["GIT_PYTHON_REFRESH"]
    return Git


def start(
    folder: str, options: tuple[str, ...], arguments: tuple[str, ...], settings: Mapping[str, str]
) -> Process:
    """Start git in *folder*; *settings* are the only `GIT_*` variables it sees.

    Raises:
        HistoryError: git is missing.
    """
    with _unseen_variables():
        git = _git()
        try:
            process = git(folder).execute(
                [git.GIT_PYTHON_GIT_EXECUTABLE, *options, *arguments],
                as_process=True,
                istream=-1,  # subprocess.PIPE
                env=settings,
            )
        except OSError as error:
            raise HistoryError("git-missing") from error
        except Exception as error:
            if type(error).__name__ == "GitCommandNotFound":
                raise HistoryError("git-missing") from error
            raise
    return Process(process)
