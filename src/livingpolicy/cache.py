"""Files that save work the next time, outside the repository; one that is damaged is as if it were not there.

They lie in the user's cache folder, so that no repository can bring its own. `LIVINGPOLICY_NO_CACHE=1`
switches them off.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

OFF = "LIVINGPOLICY_NO_CACHE"

_MAGIC = b"lpcache1"
_KEEP = 4
"""Files in each folder."""
_MOST = 256 << 20
"""Bytes of all files together, and of one."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What was kept under one key."""

    folder: Path
    key: str
    """Hexadecimal digits that stand for everything the content depends on, besides the commit."""

    @classmethod
    def of(cls, root: Path, key: str) -> Cache | None:
        """Return the cache for the policy in *root*; None if there is to be none."""
        base = _base_beside(root)
        return None if base is None else cls(base / sha256(os.fsencode(root.resolve())).hexdigest()[:32], key)

    @classmethod
    def shared(cls, root: Path, key: str, name: str) -> Cache | None:
        """Return the cache called *name*, which serves other policies than that in *root* too."""
        base = _base_beside(root)
        return None if base is None else cls(base / name, key)

    def load(self, commit: str) -> memoryview | None:
        """Return what was kept for *commit* (a hash), whole and unchanged; otherwise None."""
        path = self._path(commit)
        try:
            with path.open("rb") as file:
                facts = os.fstat(file.fileno())
                if facts.st_size > _MOST or not _ours(facts):
                    return None
                data = memoryview(file.read())
        except OSError:
            return None
        start = len(_MAGIC) + 32
        if data[:start] != _MAGIC + self._seal(commit, data[start:]):
            return None
        with suppress(OSError):
            os.utime(path)
        return data[start:]

    def commits(self) -> list[str]:
        """Return the commits for which something is kept under the key, the one used last first."""
        files = [path for _, path in _by_age(self.folder) if path.name.startswith(f"{self.key}-")]
        return [path.name.partition("-")[2] for path in reversed(files)]

    def save(self, commit: str, content: bytes) -> None:
        """Keep *content* for *commit*, whole or not at all, and throw away what is old."""
        if len(content) > _MOST // 2:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".")  # readable by the user only
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MAGIC + self._seal(commit, content))
                    file.write(content)
                Path(name).replace(self._path(commit))
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
            self._prune()

    def _path(self, commit: str) -> Path:
        return self.folder / f"{self.key}-{commit}"

    def _seal(self, commit: str, content: bytes | memoryview) -> bytes:
        digest = sha256(f"{self.key}-{commit}\n".encode())
        digest.update(content)
        return digest.digest()

    def _prune(self) -> None:
        for _, path in list(_by_age(self.folder))[:-_KEEP]:
            path.unlink(missing_ok=True)
        everything = sorted(
            (facts.st_mtime_ns, facts.st_size, path)
            for folder in self.folder.parent.iterdir()
            if folder.is_dir()
            for facts, path in _by_age(folder)
        )
        size = sum(size for _, size, _ in everything)
        for _, one, path in everything[:-1]:
            if size <= _MOST:
                break
            path.unlink(missing_ok=True)
            size -= one


def _by_age(folder: Path) -> Iterator[tuple[os.stat_result, Path]]:
    """Yield the files of a folder, the oldest first."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                found.append((path.stat(), path))
    yield from sorted(found, key=lambda each: (each[0].st_mtime_ns, each[1]))


def _ours(facts: os.stat_result) -> bool:
    """Whether nobody else wrote the file, or could have: what is kept may be code."""
    return not hasattr(os, "getuid") or (facts.st_uid == os.getuid() and not facts.st_mode & 0o022)


def _base_beside(root: Path) -> Path | None:
    """Return the folder for our files; None if it is in *root*: nothing is ever written where a policy is."""
    base = _base()
    if base is None or os.environ.get(OFF, "") not in {"", "0"}:
        return None
    try:
        return None if base.resolve().is_relative_to(root.resolve()) else base
    except (OSError, RuntimeError):
        return None


def _base() -> Path | None:
    """Return the folder for the files of this program in the user's cache; None where there is none."""
    try:
        if configured := os.environ.get("XDG_CACHE_HOME"):
            base = Path(configured)
        elif sys.platform == "win32":
            base = Path(os.environ["LOCALAPPDATA"])
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path.home() / ".cache"
    except (KeyError, RuntimeError):
        return None
    return base / "livingpolicy" if base.is_absolute() else None
