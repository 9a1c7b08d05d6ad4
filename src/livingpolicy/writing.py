"""Write files of the policy whole, and take everything back when the result is wrong."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from livingpolicy.errors import DiskError, PolicyError, Problem
from livingpolicy.model import Source


@contextlib.contextmanager
def written(
    root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes], language: str
) -> Iterator[None]:
    """Write *files* under *root* for as long as the body of the `with` does not raise, and then for good.

    Paths are relative with `/`; *before* holds what the caller has read of them, nothing for a new file.

    Raises:
        PolicyError: somebody else has changed one of the files since; nothing is written.
        DiskError: the folder cannot be written; nothing is.
    """
    other = [path for path in files if _read(root / path) != before.get(path)]
    if other:
        raise PolicyError([Problem(Source(path), "changed") for path in other], language)
    begun: list[str] = []
    try:
        for path, data in files.items():
            begun.append(path)
            write(root / path, data)
        yield
    except BaseException as error:
        for path in begun:
            # What was never written cannot be put back on a full disk, and need not be.
            if _read(root / path) != before.get(path):
                _put_back(root / path, before.get(path))
        if isinstance(error, OSError):
            raise DiskError(error, language) from error
        raise


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders it needs.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the rename is atomic.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _put_back(path: Path, data: bytes | None) -> None:
    if data is not None:
        write(path, data)
    else:
        path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
