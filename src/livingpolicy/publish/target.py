"""Where a site may be published. Everything dangerous is refused here, before anything is touched."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from livingpolicy.errors import ExitCode, PublishError

MARKER = ".livingpolicy"
"""Says in a folder of releases that it is ours."""
_INSIDE = re.compile(r"\.[^/]+\.releases")


class There(StrEnum):
    """What lies at the target now."""

    NOTHING = "nothing"
    RELEASE = "release"
    """A link of ours to a release."""
    OTHER_LINK = "other-link"
    """A link to a site that was built, but not published by us."""
    FOLDER = "folder"
    """A real folder with a site that was built, or an empty one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that readers ask, and the folder of releases beside it, on the same file system."""

    path: Path
    """Absolute; the last part is or becomes a link, all before it are resolved."""
    there: There

    @property
    def releases(self) -> Path:
        """The folder of releases. A dot first: web servers do not list it, our settings hide it."""
        return releases_of(self.path)


def releases_of(path: Path) -> Path:
    """Return the folder of releases that belongs to the target *path*."""
    return path.parent / f".{path.name}.releases"


def find_target(given: Path, *, home: Path | None, apart: Mapping[str, Iterable[Path]]) -> Target:
    """Return the target that somebody called *given*, if it is safe to publish there.

    *apart* holds folders: under "around" those that must neither be the target nor lie below it, under
    "inside" those in which it must not lie either.

    Raises:
        PublishError: it is not; nothing has been touched.
        OSError: the folder around it cannot be read or written.
    """
    path = _resolved(given)
    if path == path.parent:
        raise PublishError("refused.root", path=str(path))
    if home is not None and _within(home, path):
        raise PublishError("refused.home", path=str(path))
    for folder in apart.get("around", ()):
        if _within(folder, path):
            raise PublishError("refused.repository", path=str(path), folder=str(folder))
    for folder in apart.get("inside", ()):
        if _within(folder, path) or _within(path, folder):
            raise PublishError("refused.inside", path=str(path), folder=str(folder))
    if ".git" in path.parts:
        raise PublishError("refused.inside", path=str(path), folder=".git")
    if any(_INSIDE.fullmatch(part) for part in path.parts):
        raise PublishError("refused.in-release", path=str(path))
    if not path.parent.is_dir():
        raise PublishError("refused.no-parent", path=str(path), folder=str(path.parent))
    there = look(path)
    _ours_or_free(releases_of(path))
    _writable(path.parent)
    return Target(path, there)


def _resolved(given: Path) -> Path:
    if any(ord(character) < 32 for character in str(given)):
        raise PublishError("refused.name", path=ascii(str(given)))
    given = given.absolute()
    if given.name in {"", ".."}:
        return given.resolve()
    return given.parent.resolve() / given.name


def _within(path: Path, folder: Path) -> bool:
    """Whether *path* is *folder* or lies below it, also by another spelling or mount of the same folder."""
    if path.is_relative_to(folder):
        return True
    for ancestor in (path, *path.parents):
        try:
            if ancestor.samefile(folder):
                return True
        except OSError:
            continue
    return False


def look(path: Path) -> There:
    """Return what lies at *path*.

    Raises:
        PublishError: something that is not ours to replace.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return There.NOTHING
    if stat.S_ISLNK(mode):
        leads = path.parent / path.readlink()
        if leads.parent.parent == releases_of(path):
            return There.RELEASE
        if leads.is_dir() and is_site(leads):
            return There.OTHER_LINK
        raise PublishError("refused.other-link", path=str(path), leads=str(path.readlink()))
    if not stat.S_ISDIR(mode):
        raise PublishError("refused.file", path=str(path))
    if path.is_mount():
        raise PublishError("refused.mount", path=str(path))
    names = sorted(entry.name for entry in path.iterdir())
    if not names or (is_site(path) and ".git" not in names):
        return There.FOLDER
    strange = ".git" if ".git" in names else names[0]
    raise PublishError("refused.foreign", path=str(path), name=ascii(strange)[1:-1])


def is_site(folder: Path) -> bool:
    """Whether *folder* holds a site as we build it."""
    try:
        status = json.loads((folder / "status.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(status, dict) and {"schema", "build", "built_on"} <= status.keys()


def _ours_or_free(releases: Path) -> None:
    try:
        mode = releases.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        names = {entry.name for entry in releases.iterdir()}
        if not names or MARKER in names:
            return
    raise PublishError("refused.releases", path=str(releases))


def _writable(folder: Path) -> None:
    if os.name == "nt":
        raise PublishError("windows", ExitCode.CANNOT_ANSWER)
    if os.access(folder, os.W_OK | os.X_OK):
        return
    read_only = os.statvfs(folder).f_flag & os.ST_RDONLY
    code = errno.EROFS if read_only else errno.EACCES
    raise OSError(code, os.strerror(code), str(folder))
