"""Have MkDocs build the site, in a process of its own: this package does not know MkDocs."""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from livingpolicy.errors import ExitCode, PublishError

SETTINGS = "mkdocs.yml"
ADDRESS = "LIVINGPOLICY_SITE_URL"
"""Tells the hooks where the site will be, instead of `site_url` in mkdocs.yml."""
TIMEOUT = 3600.0
"""Seconds."""
_FULL = ("No space left on device", f"[Errno {errno.ENOSPC}]", "Disk quota exceeded")
_FOLDER = re.compile(r"^(?:site_dir|docs_dir):[ \t]*['\"]?([^'\"#\n]+?)['\"]?[ \t]*(?:#.*)?$", re.MULTILINE)


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders that the build reads and those it empties: no site may be published in any of them.

    Raises:
        PublishError: there are no settings for MkDocs in *root*.
    """
    try:
        settings = (root / SETTINGS).read_text("utf-8", "replace")
    except FileNotFoundError:
        raise PublishError("no-settings", path=str(root / SETTINGS)) from None
    named = {"policy", "docs", "hooks", "site", *_FOLDER.findall(settings)}
    return tuple((root / name).resolve() for name in sorted(named))


def build(
    root: Path, site: Path, *, strict: bool, address: str | None, loud: bool, say: Callable[[str], None]
) -> None:
    """Build the site of *root* into the new folder *site*; *say* gets what MkDocs has to say.

    Raises:
        PublishError: it was not built.
        OSError: the disk is full.
    """
    if importlib.util.find_spec("mkdocs") is None:
        raise PublishError("no-mkdocs", ExitCode.CANNOT_ANSWER)
    # -P: a file calendar.py beside the policy is not the one that Python means.
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--config-file", str(root / SETTINGS)]
    command += ["--site-dir", str(site), "--strict" if strict else "--no-strict"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, constants and two paths
            command,
            cwd=root,
            env=_environment(address),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PublishError("too-slow", ExitCode.CANNOT_ANSWER, minutes=f"{TIMEOUT / 60:.0f}") from None
    # Not --quiet: what is not said is not counted, and --strict lets every warning pass.
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    told = "\n".join(line for line in lines if loud or not line.startswith(("INFO ", "DEBUG ")))
    if told.strip():
        say(told.rstrip())
    if done.returncode == 0:
        return
    if any(sign in told for sign in _FULL):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(site.parents[1]))
    if done.returncode < 0:
        raise PublishError("killed", ExitCode.CANNOT_ANSWER, signal=str(-done.returncode))
    if "Traceback (most recent call last)" in told:
        raise PublishError("crashed", ExitCode.CANNOT_ANSWER)
    raise PublishError("not-built")


def _environment(address: str | None) -> dict[str, str]:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"}
    return environment | ({ADDRESS: address} if address else {})
