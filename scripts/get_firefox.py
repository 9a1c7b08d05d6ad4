"""Make sure there is a Firefox for the tests of what is printed: use what is installed, else install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

COMMANDS = ("firefox", "firefox-esr")
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/Applications/Firefox.app/Contents/MacOS"])

APT = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "firefox-esr"),
)


def main() -> int:
    """Return 0 when a Firefox is there or the tests can do without; in CI they cannot, and it is 3."""
    if not _found() and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
    if found := _found():
        sys.stdout.write(f"Tests of what is printed use {found} as well\n")
        return 0
    sys.stderr.write("No Firefox: the tests of its prints are skipped. Install Firefox to run them.\n")
    return 3 if os.environ.get("CI") else 0


def _found() -> str | None:
    return next(filter(None, (shutil.which(command, path=PLACES) for command in COMMANDS)), None)


def _install() -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in APT:
        sys.stdout.write(f"No Firefox found. {' '.join(command)}\n")
        sys.stdout.flush()
        if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 (constants above)
            return


if __name__ == "__main__":
    raise SystemExit(main())
