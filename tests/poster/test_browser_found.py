"""Which browser is used, and that a machine without one is told what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from livingpolicy.browser import arguments, find_chromium


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_variable_ends_the_search_even_when_it_is_wrong(tmp_path: Path) -> None:
    """So that a typing error is seen, and not silently replaced by another browser."""
    program(tmp_path / "chromium")
    environment = {"LIVINGPOLICY_CHROMIUM": "/no/such/browser", "PATH": str(tmp_path)}
    assert find_chromium(environment) == Path("/no/such/browser")
    assert find_chromium({"CHROMIUM_PATH": "/a", "LIVINGPOLICY_CHROMIUM": "/b"}) == Path("/b")


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome-stable", "msedge"])
def test_a_browser_on_the_path_is_found(name: str, tmp_path: Path) -> None:
    there = program(tmp_path / name)
    assert find_chromium({"PATH": str(tmp_path)}) == there


def test_the_path_comes_before_what_playwright_downloaded(tmp_path: Path) -> None:
    downloaded = program(tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux/chrome")
    assert find_chromium({"PATH": "", "HOME": str(tmp_path)}) == downloaded
    newer = program(tmp_path / ".cache/ms-playwright/chromium-1217/chrome-linux64/chrome")
    assert find_chromium({"PATH": "", "HOME": str(tmp_path)}) == newer
    on_path = program(tmp_path / "bin/chromium")
    assert find_chromium({"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}) == on_path


def test_without_a_browser_there_is_none(tmp_path: Path) -> None:
    assert find_chromium({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_the_sandbox_is_given_up_only_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert "--no-sandbox" not in arguments()
    assert "--disable-background-networking" in arguments()


def test_the_script_says_which_browser_it_found(tmp_path: Path) -> None:
    there = program(tmp_path / "chromium")
    script = Path(__file__).parents[2] / "scripts" / "get_chromium.py"
    done = subprocess.run(
        [sys.executable, str(script)],
        env={"PATH": str(tmp_path), "LIVINGPOLICY_CHROMIUM": str(there)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"Browser tests use {there}\n")
    missing = subprocess.run(
        [sys.executable, str(script)],
        env={"PATH": str(tmp_path), "LIVINGPOLICY_CHROMIUM": "/no/such/browser"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert missing.returncode == 3
    assert missing.stderr.startswith("No Chromium for the browser tests: install")
