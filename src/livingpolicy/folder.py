"""Walk `policy/` and read its files. Knows where files belong, not what they say.

Links are refused and never followed. What is too large, unreadable or badly named is refused, the rest read.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from livingpolicy.assessment_files import is_assessment
from livingpolicy.errors import Problem
from livingpolicy.model import Source

MAX_BYTES = 2_000_000
"""Of one file."""
MAX_PATH = 200
"""Characters of a path, from `policy/` on: what zip files, backups and Windows can carry."""

POLICY = "policy"
LOGO = re.compile(r"policy/images/logo[\w-]*\.(svg|png|webp)", re.ASCII)
"""The company's logo, for the poster: the one picture whose content counts, and that may be drawn in SVG."""
MAX_LOGO = 300_000
"""Bytes: it is part of a page that a screen loads again and again."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies under `policy/`."""

    files: Mapping[str, bytes]
    """The content of every file that the policy is made of, by path below the root."""
    images: Mapping[str, int]
    """The size of every picture, in bytes."""
    unread: frozenset[str]
    """Files and folders that are there but could not be read."""
    problems: tuple[Problem, ...]
    readable: bool = True
    """False: there is no folder to speak of."""
    logos: Mapping[str, bytes] = field(default_factory=dict)
    """The content of every logo."""
    logos_seen: bool = False
    """False: nobody has looked for them."""


def read_folder(root: Path) -> Folder:
    """Read every file under `policy/` that the policy is made of; nothing outside is touched."""
    reader = _Reader(root)
    if (code := _refusal(root / POLICY)) is not None:
        return Folder({}, {}, frozenset(), (Problem(Source(POLICY), code),), readable=False)
    reader.walk(POLICY)
    reader.collisions()
    reader.again()
    return Folder(
        reader.files,
        reader.images,
        frozenset(reader.unread),
        tuple(reader.problems),
        logos=reader.logos,
        logos_seen=True,
    )


def _refusal(folder: Path) -> str | None:
    """Return why *folder* cannot be the policy's."""
    try:
        mode = folder.lstat().st_mode
    except OSError:
        return "no-policy-folder"
    if stat.S_ISLNK(mode):
        return "symbolic-link"
    return None if stat.S_ISDIR(mode) else "policy-no-folder"


_Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of change of a file: what differs when somebody has written it."""


@dataclass(slots=True)
class _Reader:
    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)
    logos: dict[str, bytes] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Of all files and folders, in order."""
    stamps: dict[str, _Stamp] = field(default_factory=dict)

    def problem(self, path: str, code: str, *, warning: bool = False, **values: str) -> None:
        self.problems.append(Problem(Source(printable(path)), code, values, warning))

    def walk(self, folder: str) -> None:
        """Read what lies in *folder*, by name."""
        try:
            with os.scandir(self.root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.unread.add(folder)
            self.problem(folder, "unreadable", reason=error.strerror or "")
            return
        for entry in found:
            # Dot files are editors' and systems' own: lock files, .DS_Store, .schema.
            if not entry.name.startswith("."):
                self.entry(f"{folder}/{entry.name}", entry)

    def entry(self, path: str, entry: os.DirEntry[str]) -> None:
        """Take in one file or folder."""
        self.paths.append(path)
        if (code := _name_fault(entry.name)) is not None:
            self.unread.add(path)
            self.problem(path, code, name=printable(entry.name))
        if len(path) > MAX_PATH:
            self.unread.add(path)
            self.problem(f"{path[:MAX_PATH]}…", "path-too-long", length=str(len(path)), limit=str(MAX_PATH))
            return
        try:
            if entry.is_symlink():
                self.unread.add(path)
                self.problem(path, "symbolic-link")
            elif entry.is_dir(follow_symlinks=False):
                self.walk(path)
            elif not entry.is_file(follow_symlinks=False):
                self.unread.add(path)
                self.problem(path, "no-file")
            else:
                self.file(path, entry)
        except FileNotFoundError:
            self.unread.add(path)
            self.problem(path, "changed")
        except OSError as error:
            self.unread.add(path)
            self.problem(path, "unreadable", reason=error.strerror or "")

    def file(self, path: str, entry: os.DirEntry[str]) -> None:
        """Read the file if it is one of the policy's."""
        if LOGO.fullmatch(path):
            self.logo(path)
            if path.endswith(".svg"):
                return
        if path.startswith("policy/images/") and path.lower().endswith(PICTURES):
            self.images[unicodedata.normalize("NFC", path)] = entry.stat(follow_symlinks=False).st_size
            if not _is_picture(self.read(path, 16)):
                self.problem(path, "not-a-picture")
            return
        if not belongs(path):
            if path not in self.unread:
                self.problem(path, "unknown-file", warning=True)
            return
        data = self.read(path, MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            self.unread.add(path)
            self.problem(path, "file-too-large", limit=str(MAX_BYTES // 1_000_000))
        else:
            self.files[path] = data

    def logo(self, path: str) -> None:
        """Take in the company's logo; whether it can be used is for a rule to say."""
        data = self.read(path, MAX_LOGO + 1)
        if len(data) > MAX_LOGO:
            self.unread.add(path)
            self.problem(path, "logo-large", limit=str(MAX_LOGO // 1000))
        else:
            self.logos[path] = data

    def read(self, path: str, limit: int) -> bytes:
        """Return the first *limit* bytes of a plain file, which nobody has put a link in the place of."""
        handle = os.open(self.root / path, os.O_RDONLY | _NO_FOLLOW)
        with os.fdopen(handle, "rb") as stream:
            self.stamps[path] = _stamp(os.fstat(handle))
            return stream.read(limit)

    def again(self) -> None:
        """Refuse files that changed while others were read: together they never were the policy."""
        for path, stamp in self.stamps.items():
            try:
                same = _stamp((self.root / path).lstat()) == stamp
            except OSError:
                same = False
            if not same:
                self.files.pop(path, None)
                self.unread.add(path)
                self.problem(path, "changed")

    def collisions(self) -> None:
        """Refuse names that are one and the same on Windows and macOS."""
        first: dict[str, str] = {}
        for path in self.paths:
            folded = unicodedata.normalize("NFC", path).casefold()
            if folded in first and _parent(path) == _parent(first[folded]):
                self.problem(path, "name-collision", other=printable(first[folded]))
            first.setdefault(folded, path)


# A name that became a link, or a pipe that nobody writes to, between the listing and the reading
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def belongs(path: str) -> bool:
    """Whether the policy is made of this file."""
    return (
        path in {"policy/policy.yml", "policy/targets.yml", "policy/improvements.yml", "policy/synonyms.yml"}
        or (path.startswith("policy/chapters/") and path.endswith(".md"))
        or re.fullmatch(r"policy/(reviews/[^/]+\.yml|measurements/[^/]+\.csv)", path) is not None
        or is_assessment(path)
    )


def _is_picture(start: bytes) -> bool:
    return start.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (
        start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    )


_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _name_fault(name: str) -> str | None:
    """Return what is wrong with a file name."""
    if _UNPRINTABLE.search(name):
        return "name-characters"
    if _DEVICE.fullmatch(name):
        return "name-reserved"
    return "name-ending" if name.endswith((".", " ")) else None


def printable(path: str) -> str:
    r"""Return *path* on one line, with what cannot be printed as escapes ("a\nb.md")."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), path)
