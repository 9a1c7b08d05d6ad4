"""Small disks that are full or can only be read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def tmpfs(folder: Path, *options: str) -> Iterator[Path]:
    """Mount an empty disk at *folder* for a while; skipped where that is not allowed."""
    if shutil.which("mount") is None:
        pytest.skip("no mount here: a disk of its own cannot be made")
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(("size=1m", *options)), "none", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"only root can make a disk of its own: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
