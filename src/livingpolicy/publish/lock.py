"""One publication at a time: a lock that the system takes back when its holder dies."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from livingpolicy.errors import ExitCode, PublishError

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who publishes."""

    host: str
    boot: str
    """Tells one start of one machine from all others; empty where the system does not say."""
    pid: int
    since: str

    def here(self, other: Holder) -> bool:
        """Whether *other* ran where this one runs, so that the system's own lock speaks for both.

        Containers on one machine have names of their own and share its start.
        """
        return self.host == other.host or (bool(self.boot) and self.boot == other.boot)


@contextmanager
def locked(folder: Path, now: datetime) -> Iterator[Holder | None]:
    """Hold the lock of *folder*; yields who held it before and died, None after an orderly end.

    The file stays: taking it away would let two others hold the lock of two files. Who holds it is written
    inside, for people, and for file systems that two machines share without sharing locks.

    Raises:
        PublishError: somebody else publishes.
        OSError: the file system knows no locks, or cannot be written.
    """
    import fcntl

    path = folder / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy("locked", _read(handle), path) from None
        mine = Holder(platform.node(), _boot(), os.getpid(), now.isoformat(timespec="seconds"))
        before = _read(handle)
        if before and not before.here(mine):
            raise _busy("locked-elsewhere", before, path)
        _write(handle, json.dumps(asdict(mine)).encode())
        try:
            yield before
        finally:
            with suppress(OSError):
                _write(handle, b"")
    finally:
        os.close(handle)


def _busy(code: str, holder: Holder | None, path: Path) -> PublishError:
    return PublishError(
        code,
        ExitCode.CANNOT_ANSWER,
        host=holder.host if holder else "?",
        pid=str(holder.pid) if holder else "?",
        since=holder.since if holder else "?",
        path=str(path),
    )


def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""


def _read(handle: int) -> Holder | None:
    """Return who is written in the file; None for nobody, and for what was only half written."""
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return Holder(str(said["host"]), str(said["boot"]), int(said["pid"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return None


def _write(handle: int, data: bytes) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, data, 0)
    os.fsync(handle)
