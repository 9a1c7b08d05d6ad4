"""Find a Chromium on this machine: the poster's PDF and the browser tests use what is installed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLES = ("LIVINGPOLICY_CHROMIUM", "CHROMIUM_PATH")
"""Environment variables that name the browser and end the search."""

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)

_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the browser to use, or None.

    A variable of `VARIABLES` wins even when it points to nothing, so that a typing error is seen and not
    silently replaced by another browser. Then: commands on the path, the usual places of macOS and Windows,
    and what `playwright install chromium` downloaded.
    """
    for variable in VARIABLES:
        if environment.get(variable):
            return Path(environment[variable])
    return next((place for place in _places(environment) if place.is_file()), None)


def arguments() -> tuple[str, ...]:
    """Return the command line options that keep Chromium to itself: no sandbox as root, no calls home."""
    quiet = (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--metrics-recording-only",
        "--no-default-browser-check",
        "--no-first-run",
        "--no-pings",
    )
    # Chromium refuses to start its sandbox as root, as in a container; nobody else goes without it.
    as_root = sys.platform != "win32" and os.geteuid() == 0
    return ("--no-sandbox", *quiet) if as_root else quiet


def _places(environment: Mapping[str, str]) -> Iterator[Path]:
    for command in COMMANDS:
        if found := shutil.which(command, path=environment.get("PATH", "")):
            yield Path(found)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if programs := environment.get(variable):
            yield from (Path(programs) / name for name in _WINDOWS)
    for folder in _playwright_folders(environment):
        for pattern in _PLAYWRIGHT:
            yield from sorted(folder.glob(pattern), reverse=True)  # the newest first


def _playwright_folders(environment: Mapping[str, str]) -> Iterator[Path]:
    if chosen := environment.get("PLAYWRIGHT_BROWSERS_PATH"):
        yield Path(chosen)
        return
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or ".")
    yield home / ".cache/ms-playwright"
    yield home / "Library/Caches/ms-playwright"
    if local := environment.get("LOCALAPPDATA"):
        yield Path(local) / "ms-playwright"
