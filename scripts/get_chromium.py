"""Make sure there is a Chromium for the browser tests: use what is installed, else install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from livingpolicy.browser import VARIABLES, find_chromium

APT = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
)
PLAYWRIGHT = ((sys.executable, "-m", "playwright", "install", "chromium"),)


def main() -> int:
    """Return 0 when a browser is there, 3 when none could be had."""
    if find_chromium() is None:
        can_apt = sys.platform != "win32" and shutil.which("apt-get") and os.geteuid() == 0
        _run(APT if can_apt else PLAYWRIGHT)
    found = find_chromium()
    if found is None or not found.is_file():
        sys.stderr.write(
            "No Chromium for the browser tests: install Chromium, Chrome or Edge, or set "
            f"{VARIABLES[0]} to the path of one, and try again.\n"
        )
        return 3
    sys.stdout.write(f"Browser tests use {found}\n")
    return 0


def _run(commands: tuple[tuple[str, ...], ...]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        sys.stdout.write(f"No Chromium found. {' '.join(command)}\n")
        sys.stdout.flush()
        if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 (constants above)
            return


if __name__ == "__main__":
    raise SystemExit(main())
