"""The few things that have to be asked of the disk just so: modes, flushing, one atomic rename of a link."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as the process sees them
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)


def open_to_readers(folder: Path) -> None:
    """Let the web server read everything, whatever the umask of the one who publishes."""
    for path in (folder, *folder.rglob("*")):
        mode = path.lstat().st_mode
        wanted = 0o755 if stat.S_ISDIR(mode) else 0o644
        if stat.S_IMODE(mode) & 0o777 != wanted:
            path.chmod(wanted | (mode & stat.S_ISGID))


def flush(folder: Path) -> None:
    """Return when every file and folder from *folder* down would survive a power cut.

    Raises:
        OSError: the disk is full or broken after all.
    """
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    with ThreadPoolExecutor(8) as pool:  # the wait is the disk's, and disks take many at a time
        list(pool.map(flush_one, paths))


def flush_one(path: Path) -> None:
    """Return when the file or the folder *path* itself is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_link(text: str, path: Path, beside: Path) -> None:
    """Make *path* a link to *text* in one step: a reader finds the old or the new, never nothing.

    *beside* is a free name on the same file system, where the link is made first.

    Raises:
        OSError: links cannot be made or put in place here.
    """
    with suppress(FileNotFoundError):
        beside.unlink()
    beside.symlink_to(text, target_is_directory=True)
    beside.replace(path)
    flush_one(path.parent)


def exchange(one: Path, other: Path) -> bool:
    """Let two names change places in one step, where the system can do that; False: nothing was done."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        renameat2 = partial(ctypes.CDLL(None, use_errno=True).renameat2, _HERE)
        result = renameat2(os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
        return bool(result == 0)
    return False
