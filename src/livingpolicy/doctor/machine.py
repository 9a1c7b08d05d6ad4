"""The computer: Python, the console, disks, folders that must be written to, a browser."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from livingpolicy.browser import VARIABLES, find_chromium
from livingpolicy.cache import OFF, Cache
from livingpolicy.doctor.values import Found, fail, ok, warn

NEEDED = 0.05
"""Gigabytes (10⁹ bytes) without which a site cannot be built: the pages, their fonts, one release beside."""
COMFORT = 0.5
"""Gigabytes below which somebody should make room before it is urgent."""
FONTS = {
    "fontpkg_bricolage_grotesque": "fontpkg-bricolage-grotesque",
    "fontpkg_hanken_grotesk": "fontpkg-hanken-grotesk",
}
"""The packages that hold the typefaces, by the name under which they are imported."""
_HOME_ZONE = "Europe/Stockholm"


def python() -> Found:
    """Which Python; that it is new enough is seen to when the program is installed."""
    return ok("python", "python", version=platform.python_version(), system=platform.system() or "?")


def console() -> Found:
    """Whether what is printed can be read, and names of files be told."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "åäö ”–”".encode(encoding)
    except (UnicodeError, LookupError):
        return warn("console", "console-poor", encoding=encoding)
    files = sys.getfilesystemencoding()
    if files.lower().replace("-", "") != "utf8":
        return warn("console", "console-poor", encoding=files)
    return ok("console", "console", encoding=encoding)


def timezone() -> Found:
    """Whether days can be told where the policy lives."""
    try:
        ZoneInfo(_HOME_ZONE)
    except (ZoneInfoNotFoundError, OSError):
        return fail("timezone", "timezone-missing")
    return ok("timezone", "timezone")


def disk(root: Path) -> Found:
    """Room for a site, where the policy lies and where temporary files do."""
    try:
        temporary = Path(tempfile.gettempdir())
    except OSError:
        return fail("disk", "temporary-missing")
    free, place = min((shutil.disk_usage(place).free / 1e9, place) for place in (_nearest(root), temporary))
    if free < NEEDED:
        return fail("disk", "disk-full", free=free, place=str(place))
    told, code = (warn, "disk-little") if free < COMFORT else (ok, "disk")
    return told("disk", code, free=free, place=str(place))


def user_cache(root: Path) -> Found:
    """Whether what was read of the history is remembered until the next time."""
    if os.environ.get(OFF, "") not in {"", "0"}:
        return ok("cache", "cache-off", variable=OFF)
    cache = Cache.of(root, "doctor")
    if cache is None:
        return warn("cache", "cache-none")
    if not _writable(cache.folder):
        return warn("cache", "cache-denied", place=str(cache.folder.parent))
    return ok("cache", "cache", place=str(cache.folder.parent))


def fonts(root: Path) -> Found:
    """Whether the typefaces are installed and can be cut where the site is built."""
    missing = [package for module, package in FONTS.items() if find_spec(module) is None]
    if missing:
        return fail("fonts", "package-missing", package=", ".join(missing))
    place = root / ".cache" / "fonts"
    if not _writable(place):
        return fail("fonts", "fonts-denied", place=str(place))
    return ok("fonts", "fonts", place=str(place))


def browser() -> Found:
    """Which browser prints; nothing else needs one."""
    found = find_chromium()
    if found is None:
        return warn("browser", "browser-none")
    if not (found.is_file() and os.access(found, os.X_OK)):
        variable = next((name for name in VARIABLES if os.environ.get(name)), VARIABLES[0])
        return warn("browser", "browser-wrong", browser=str(found), variable=variable)
    return ok("browser", "browser", browser=str(found))


def forge() -> Found:
    """Whether GitHub's own program is there, which writes the issues of owners."""
    found = shutil.which("gh")
    return ok("forge", "forge-none") if found is None else ok("forge", "forge", program=found)


def _nearest(place: Path) -> Path:
    """Return *place*, or the nearest folder above it that is there."""
    return next((folder for folder in (place, *place.parents) if folder.is_dir()), Path(place.anchor))


def _writable(place: Path) -> bool:
    """Whether files can be made in *place*, or *place* itself if it is not there. Leaves nothing behind."""
    there = next((above for above in (place, *place.parents) if above.exists()), Path(place.anchor))
    try:
        with tempfile.TemporaryFile(dir=there):
            return True
    except OSError:
        return False
