"""What is installed, held against what is locked and what was tested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path

from livingpolicy.doctor.values import Found, fail, ok, warn

TESTED: Mapping[str, str] = {"mkdocs": "1.6.1", "mkdocs-material": "9.8.1"}
"""With these the tests are run: the versions of the lock (tested)."""
MATERIAL_ENDS = date(2027, 5, 5)
"""After this day nobody mends Material for MkDocs; from its own announcement."""
NOTICE = timedelta(days=365)
LOCKS = ("requirements.lock", "requirements.txt")
"""Of a clone of the program, and of a repository that `livingpolicy init` made."""

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[ \t]*(;)?", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_SHOWN = 5


def site_builder(today: date) -> Found:
    """Whether MkDocs and its theme are there, and in the versions that the tests know."""
    there = {name: _version(name) for name in TESTED}
    missing = [name for name, version in there.items() if version is None]
    if missing:
        return fail("mkdocs", "package-missing", package=", ".join(missing))
    told = ", ".join(f"{name} {version}" for name, version in there.items())
    if any(_series(there[name] or "") != _series(tested) for name, tested in TESTED.items()):
        tested = ", ".join(f"{name} {version}" for name, version in TESTED.items())
        return warn("mkdocs", "mkdocs-untested", versions=told, tested=tested)
    values = {"versions": told, "day": MATERIAL_ENDS.isoformat()}
    if today > MATERIAL_ENDS:
        return warn("mkdocs", "mkdocs-ended", **values)
    return ok("mkdocs", "mkdocs-ending" if today > MATERIAL_ENDS - NOTICE else "mkdocs", **values)


def packages(root: Path) -> Found:
    """Whether all that the program needs is installed, in the versions of the lock."""
    missing = sorted(name for name in _needed() if _version(name) is None)
    if missing:
        return fail("packages", "package-missing", package=", ".join(missing))
    lock = next((root / name for name in LOCKS if (root / name).is_file()), None)
    if lock is None:
        return ok("packages", "packages-unlocked")
    different = sorted(_differences(lock.read_text("utf-8", "replace")))
    if different:
        shown = ", ".join(different[:_SHOWN]) + (" …" if len(different) > _SHOWN else "")
        return warn("packages", "packages-differ", lock=lock.name, count=len(different), shown=shown)
    return ok("packages", "packages", lock=lock.name)


def locked(text: str) -> Mapping[str, frozenset[str]]:
    """Return the versions that a lock file allows of each package; "" for one that only some systems need."""
    versions: dict[str, set[str]] = {}
    for name, version, somewhere in _PINNED.findall(text):
        versions.setdefault(name.lower(), set()).update({version, ""} if somewhere else {version})
    return {name: frozenset(each) for name, each in versions.items()}


def _differences(text: str) -> Iterator[str]:
    for name, versions in locked(text).items():
        there = _version(name) or ""
        if _plain(there) not in map(_plain, versions):
            yield f"{name} {there or '–'} ({'/'.join(sorted(filter(None, versions)))})"


def _needed() -> Iterator[str]:
    for line in metadata.requires("livingpolicy") or ():
        name = _NAME.match(line)
        if name and "extra ==" not in line:
            yield name[0]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _plain(version: str) -> str:
    """Return "3.13" for "3.013": the same version, in the words of the lock."""
    return re.sub(r"(^|\.)0+(?=\d)", r"\1", version)


def _series(version: str) -> list[str]:
    return version.split(".")[:2]
