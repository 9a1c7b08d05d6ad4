"""Make sure there is an nginx for the tests of what is served: use what is installed, else install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])
"""Debian keeps it where only root looks."""

APT = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx"),
)


def main() -> int:
    """Return 0 when an nginx is there or the tests can do without; in CI they cannot, and it is 3."""
    if not shutil.which("nginx", path=PLACES) and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
    found = shutil.which("nginx", path=PLACES)
    if found:
        sys.stdout.write(f"Tests of the web server use {found}\n")
        return 0
    sys.stderr.write("No nginx: the tests of the web server are skipped. Install nginx to run them.\n")
    return 3 if os.environ.get("CI") else 0


def _install() -> None:
    # No web server is to start on the machine: tests start their own, on a port of theirs.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in APT:
        sys.stdout.write(f"No nginx found. {' '.join(command)}\n")
        sys.stdout.flush()
        if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 (constants above)
            return


if __name__ == "__main__":
    raise SystemExit(main())
