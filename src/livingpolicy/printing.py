"""Pages become paper and pictures, printed by the browser that is installed. Nothing is fetched."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from livingpolicy.browser import arguments, find_chromium
from livingpolicy.errors import PrintError

PATIENCE = 120
"""Seconds that a page may take."""


def pdf(files: Mapping[str, bytes], page: str) -> bytes:
    """Return *page* as PDF, in the size that its own style sheet asks for.

    *files* are the page and what it uses, by path relative to each other; *page* may end in `?query`.

    Raises:
        PrintError: there is no browser, or it cannot print the page.
    """
    return _printed(files, page, "page.pdf", "--print-to-pdf={}", "--no-pdf-header-footer")


def png(files: Mapping[str, bytes], page: str, *, width: int, height: int, scale: float = 1) -> bytes:
    """Return *page* as a picture of *width* × *height* CSS pixels, each *scale* pixels wide.

    Raises:
        PrintError: as `pdf`.
    """
    options = (
        f"--window-size={width},{height}",
        f"--force-device-scale-factor={scale:g}",
        "--hide-scrollbars",
    )
    return _printed(files, page, "page.png", "--screenshot={}", *options)


def _printed(files: Mapping[str, bytes], page: str, name: str, order: str, *options: str) -> bytes:
    browser = find_chromium()
    if browser is None:
        raise PrintError("no-browser")
    with tempfile.TemporaryDirectory(prefix="livingpolicy-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        for path, content in files.items():
            target = folder / "pages" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        out = folder / name
        address, _, query = page.partition("?")
        url = (folder / "pages" / address).as_uri() + (f"?{query}" if query else "")
        call = [
            str(browser),
            "--headless",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--run-all-compositor-stages-before-draw",
            "--virtual-time-budget=20000",  # fonts and scripts are done before the page is taken
            *arguments(),
            *options,
            order.format(out),
            url,
        ]
        try:
            done = subprocess.run(call, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603
        except OSError as error:
            raise PrintError("no-start", browser=str(browser), reason=error.strerror or "") from None
        except subprocess.TimeoutExpired:
            raise PrintError("too-slow", browser=str(browser), seconds=str(PATIENCE)) from None
        if done.returncode or not out.is_file() or not out.stat().st_size:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise PrintError(
                "failed", browser=str(browser), reason=said[-1] if said else str(done.returncode)
            )
        return out.read_bytes()
