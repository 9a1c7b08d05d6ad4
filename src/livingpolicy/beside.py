"""Work done in another process while this one goes on, where the system can copy a process as it stands."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeAlias

Promise: TypeAlias = Callable[[], bytes | None]
"""Wait for a job and return what it made; None if it came to nothing. To be called once."""


def spare_processors() -> int:
    """Return how many more processes may work now.

    None where a process cannot be copied, or should not be (macOS), or where it has threads: a lock that one
    of them holds would never be released in the copy.
    """
    able = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    if not able or threading.active_count() > 1:
        return 0
    return _processors() - 1


def begin(job: Callable[[], bytes]) -> Promise:
    """Begin *job* in a copy of this process. It may not print, and whatever goes wrong in it stays there."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(job, ours, theirs), daemon=True)
    process.start()
    theirs.close()  # else nobody would notice that the other process has ended

    def wait() -> bytes | None:
        try:
            return ours.recv_bytes()
        except (EOFError, OSError):
            return None
        finally:
            ours.close()
            process.join()

    return wait


def _do(job: Callable[[], bytes], ours: Connection, theirs: Connection) -> None:
    ours.close()
    try:
        theirs.send_bytes(job())
    finally:
        os._exit(0)  # the buffers, the log and the files of the other process are not this one's to close


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
